"""Conflicts and oversight in documents of other forces, made up for the test: the rules are about kinds of facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.ontology import Facts
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from queries.answers.answer import named
from queries.answers.for_audience import answer_for
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.parameters.holdings import Holding
from queries.show import evidence_screens
from tests.harness.engines import Engine
from tests.harness.loaded import fill, rows

DCC, CC, PCC = "territorial/deputy-chief-constable", "territorial/chief-constable", "pcc"
MET, PUBLIC = "Commissioner of Police of the Metropolis", "the-public"
OLD = """Sussex Police - Deputy Chief Constable

Job Family Core : Rank profiles
Code CR-FL-Deputy Chief Constable v1.0
Published: 1 March 2019

Role Purpose

Sussex Police employs around 5,000 officers and staff. The Deputy Chief Constable reports to the Chief Constable.

Key Accountabilities

  • Deputise for the Chief Constable in any matter.
  • Any exemptions from training are at the discretion of the Commissioner of Police of the Metropolis.
  • Authorise the use of firearms when no other officer can.

Behaviours

We take ownership Level 3

Education, Qualifications, Skills and Experience

Prior education and experience:

  • Years of leading a county's policing.
  • Successful completion of the strategic command course.
"""
NEW = (
    OLD.replace("v1.0", "v2.0")
    .replace("March 2019", "March 2025")
    .replace("around 5,000", "more than 5,400")
    .replace("reports to the Chief Constable", "reports to the Police and Crime Commissioner")
    .replace(
        "Successful completion of the strategic",
        "Successful completion of the executive leaders programme or the strategic",
    )
    .replace(
        "  • Any exemptions from training are at the discretion of the Commissioner of Police of the Metropolis.\n", ""
    )
)
UNDATED = """Sussex Police - Deputy Chief Constable

Role Purpose

Sussex Police employs more than 5,300 officers and staff. The Deputy Chief Constable reports to the Police and
Crime Commissioner.

Key Accountabilities

  • Lead the work of the force on fraud.
"""
"""It has no day, so that it may count beside either of the others, which follow each other."""

ADVERT = """Ministry of Defence Police

Superintendent

We are recruiting a Superintendent. Closing date: 3 June 2024

On transfer you must have served in the rank of Superintendent and show a good record. Those who seek promotion will
need at least 18 months' experience as a substantive Chief Inspector.
"""
LOCAL = "Chosen for promotion to superintendent by the force's own process"
TRANSFER = "On transfer you must have served in the rank of Superintendent and show a good record"


@cache
def texts() -> tuple[Facts, ...]:
    """Return the facts of both editions, and of an advert."""
    with TemporaryDirectory() as folder:
        found = []
        for name, text in (("old.txt", OLD), ("new.txt", NEW), ("undated.txt", UNDATED), ("mdp.txt", ADVERT)):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            found.append(facts(read(path), known()))
        return tuple(found)


@pytest.fixture(scope="module", autouse=True)
def _loaded(engine_of_module: Engine) -> Iterator[None]:
    """Have both editions in the graph."""
    with fill(engine_of_module, texts()):
        yield


def test_every_rule_finds_its_conflict_in_another_force(graph: Graph) -> None:
    """Two superiors, two sizes, two conditions, and a Commissioner in a force that has a Chief Constable.

    What a later edition says in place of an earlier one is no conflict with it; an edition of no known day may be one.
    """
    found = {
        (row["conflict"], row["subject_id"], row["about"], row["said"], str(row["document"]).partition("/")[0])
        for row in rows(graph, "conflicts")
    }
    scc, elp = "Strategic Command Course (SCC)", "Executive leaders programme (ELP)"
    pnac = "Senior Police National Assessment Centre (Senior PNAC)"
    expected = {
        ("more than one superior", DCC, "REPORTS_TO", "Chief Constable", "old.txt"),
        ("more than one superior", DCC, "REPORTS_TO", "Police and Crime Commissioner", "undated.txt"),
        ("different figures", "sussex-police", "head count", "head count: around 5,000 people", "old.txt"),
        ("different figures", "sussex-police", "head count", "head count: more than 5,400 people", "new.txt"),
        ("different figures", "sussex-police", "head count", "head count: more than 5,300 people", "undated.txt"),
        ("different conditions", DCC, elp, scc, "old.txt"),
        ("different conditions", DCC, elp, f"{elp}; or {scc}", "new.txt"),
        ("different conditions", DCC, elp, f"{pnac} and {scc}", "reference"),
        ("different conditions", DCC, elp, f"{elp}; or {pnac} and {scc}", "reference"),
        ("different conditions", "uk/superintendent", LOCAL, f"Chief Inspector and {LOCAL}", "reference"),
        (
            "different conditions",
            "uk/superintendent",
            LOCAL,
            f"Chief Inspector for 18 months; or {TRANSFER}",
            "mdp.txt",
        ),
        ("an office the force has not", DCC, MET, f"there is a {MET}", "old.txt"),
        ("an office the force has not", DCC, MET, "the highest rank is Chief Constable", "reference"),
    }
    assert expected == found


def test_a_side_of_no_known_day_says_so(graph: Graph) -> None:
    """It may not have counted beside the other."""
    screen = evidence_screens.conflicts(answer_for(graph, named("conflicts"), {"as_of": None}, "named"))
    said = {text for _, text, _ in screen.lines if text.startswith("head count")}
    assert "head count: more than 5,300 people (from an unknown day)" in said


@pytest.mark.parametrize(
    ("rank", "own", "place", "document"),
    [
        (DCC, "sussex-police", None, "new.txt"),
        (DCC, "kent-police", None, None),
        (DCC, None, None, None),
        ("uk/superintendent", "mdp", "mdp", "mdp.txt"),
        ("uk/superintendent", "btp", "btp", None),
        ("uk/superintendent", None, None, None),
        ("mdp superintendent", None, None, "mdp.txt"),
    ],
)
def test_what_one_force_asks_of_a_rank_of_all_counts_for_it_alone(
    graph: Graph, rank: str, own: str | None, place: str | None, document: str | None
) -> None:
    """The law counts for all; that what another force asks is left out is noted."""
    answer = gates(Inquiry(graph, body=own), rank, (), place=place)
    papers = {row["document"] for row in answer.rows if row["basis"] != "reference"}
    left_out = any("left out is what the paper of" in note for note in answer.notes)
    assert (papers, left_out) == ({document} - {None}, document is None)
    assert all(row["part_status"] == "not_stated" for row in answer.rows if row["document"] == document)


@pytest.mark.parametrize(("aim", "document"), [("mdp superintendent", {"mdp.txt"}), ("superintendent", set())])
def test_a_force_in_the_name_of_the_rank_counts_in_a_gap_and_on_a_way(
    graph: Graph, aim: str, document: set[str]
) -> None:
    """As it does for the gates of the rank, and no part of what is left out is lacking."""
    held = (Holding("rank", "chief inspector", "2020-01-01"),)
    inquiry = Inquiry(graph)
    rows = gap(inquiry, "chief inspector", aim, holdings=held).rows
    steps = pathway(inquiry, "chief inspector", aim, holdings=held).gates["uk/superintendent"]
    papers = {row["document"] for row in rows if row["kind"] in {"gate", "course"}}
    assert document == {one for one in papers if not str(one).startswith("reference/")}
    assert document == {row["document"] for parts in steps.values() for row in parts if row["basis"] != "reference"}


def test_a_transfer_is_an_alternative_to_promotion(graph: Graph) -> None:
    """Who is to be promoted waits for no rank that is the one aimed at."""
    held = (Holding("rank", "chief inspector", "2020-01-01"),)
    answer = gates(Inquiry(graph, body="mdp"), "uk/superintendent", held, place="mdp")
    found = {(row["option"], row["needs_id"], row["part_status"], row["gate_open"]) for row in answer.rows}
    assert (2, "uk/chief-inspector", "done", True) in found
    assert "uk/superintendent" not in {row["needs_id"] for row in answer.rows}


def test_cover_that_a_document_states(graph: Graph) -> None:
    """Who deputises for the Chief Constable covers for the office: both editions say so, and the law beside them."""
    found = rows(graph, "cover", rank="chief constable")
    law = {("covered by", one, "reference/oversight.yaml") for one in (DCC, "territorial/assistant-chief-constable")}
    assert law | {("covered by", DCC, "new.txt")} == {
        (row["position"], row["other_id"], row["document"]) for row in found
    }


def test_a_duty_that_speaks_of_authorising_is_found_by_its_words(graph: Graph) -> None:
    """The form of the verb does not matter; duties without it are left out."""
    found = rows(graph, "who-may-authorise", words="firearms")
    assert {(DCC, "duty", "new.txt")} == {(row["holder_id"], row["via"], row["document"]) for row in found}


def test_the_chain_of_accountability_of_another_force(graph: Graph) -> None:
    """By the newer text straight to the commissioner, by law through the chief constable; both end at the public."""
    found = rows(graph, "accountability-chain", rank=DCC)
    chains: dict[object, list[object]] = {}
    for row in found:
        chains.setdefault(row["chain"], []).append(row["to_id"])
    assert [[PCC, PUBLIC], [CC, PCC, PUBLIC]] == [list(dict.fromkeys(way)) for way in chains.values()]


def test_what_an_exemption_said_is_closed_by_the_next_edition(graph: Graph) -> None:
    """The newer text drops the line: the fact keeps its source and counts no more."""
    [row] = [row for row in rows(graph, "why", id="mps/commissioner") if row["relation"] == "EXEMPTED_BY"]
    assert ("old.txt", False) == (row["document"], row["current"])
