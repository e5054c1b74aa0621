"""The gap of a way over several ranks, what changed in what a rank asks for, and days before all editions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.documents.load import load
from graph.ontology import Facts
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from loaders.files import find, samples
from queries.answers.inquiry import Inquiry
from queries.answers.pathway_gap import pathway_gap as summed
from queries.catalogue import questions
from tests.harness.commands import documents, run
from tests.harness.engines import Engine
from tests.harness.loaded import TODAY
from tests.harness.real import DOCUMENTS, needed, path_of
from tests.oracles.facts import Oracle
from tests.oracles.pathways import changed, numbered_routes, pathway_gap
from tests.queries.test_questions import PAIRS, RANKS, answer

REAL = pytest.param("real", marks=[needed, pytest.mark.real])
DAYS = (None, "2021-06-01", "2015-01-01", "2012-01-01")
WAYS = (
    *PAIRS[:5],
    ("uk/constable", "territorial/chief-constable"),
    ("uk/inspector", "city/commissioner"),
    ("territorial/deputy-chief-constable", "mps/commissioner"),
    ("uk/chief-superintendent", "mps/assistant-commissioner"),
)
UNKNOWN = [
    *("uk/chief-inspector", "uk/superintendent", "uk/chief-superintendent", "mps/commander"),
    *("mps/deputy-assistant-commissioner", "mps/assistant-commissioner", "mps/deputy-commissioner", "mps/commissioner"),
]
DAC = "mps/deputy-assistant-commissioner"


@cache
def parts(which: str) -> tuple[Facts, ...]:
    """Return the facts of the five documents, or of the samples."""
    if which == "real":
        return tuple(facts(read(path_of(number)), known()) for number in DOCUMENTS)
    return tuple(facts(read(path), known(), basis="sample") for path in find([samples()]).documents)


@cache
def oracle(which: str) -> Oracle:
    """Return all facts in memory."""
    return Oracle([reference_facts(), *parts(which)])


@pytest.fixture(scope="module")
def loaded(engine_of_module: Engine) -> dict[str, str]:
    """Hold which documents stand in the graph of the module."""
    return {"engine": engine_of_module.name}


@pytest.fixture(params=[REAL, "samples"], scope="module")
def which(request: pytest.FixtureRequest) -> str:
    """Name the documents that are loaded."""
    return str(request.param)


@pytest.fixture
def graph(engine: Engine, loaded: dict[str, str], which: str) -> Iterator[Graph]:
    """Open the graph with the documents, loaded where others stand."""
    if loaded.get("documents") != which:
        with engine.open() as opened:
            opened.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
            load(opened, parts(which), reference_facts())
        loaded["documents"] = which
    with engine.open(write=False) as opened:
        yield opened


COLUMNS = (
    *("route", "order", "kind", "requirement_id", "level", "held_level", "held", "met_by", "restates"),
    *("first_asked_at", "options", "fact", "least_months", "time_unknown", "term_months"),
)


def plain(value: object) -> object:
    """Make lists comparable in sets."""
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("day", DAYS)
def test_the_gap_of_a_way_agrees_with_the_facts_in_memory(
    graph: Graph, which: str, way: tuple[str, str], day: str | None
) -> None:
    """Each thing once in a route, at its highest level, with its step, time and statement."""
    rows = answer(graph, "pathway-gap", from_=way[0], to=way[1], as_of=day).rows
    found = {tuple(plain(row[column]) for column in COLUMNS) for row in rows}
    assert pathway_gap(oracle(which), *way, day, TODAY) == found
    assert len(found) == len(rows)


@pytest.mark.parametrize("way", WAYS)
def test_routes_have_the_numbers_of_the_question_pathway(graph: Graph, which: str, way: tuple[str, str]) -> None:
    """Promotion first, then the shortest."""
    expected = [path[1:] for path in numbered_routes(oracle(which), *way, None, TODAY)]
    for name in ("pathway", "pathway-gap"):
        steps = {
            (row["route"], row["order"], row["rank_id"]) for row in answer(graph, name, from_=way[0], to=way[1]).rows
        }
        assert {
            (number, order, rank) for number, path in enumerate(expected, 1) for order, rank in enumerate(path, 1)
        } == steps


@pytest.mark.parametrize("since", [*DAYS[1:], "2022-06-01"])
@pytest.mark.parametrize("day", [None, "2022-01-01"])
def test_what_changed_agrees_with_the_facts_in_memory(graph: Graph, which: str, since: str, day: str | None) -> None:
    """For every rank, the status of each thing on two days."""
    wanted = {rank: changed(oracle(which), rank, since, day, TODAY) for rank in RANKS}
    columns = ("kind", "requirement_id", "status")
    found = {
        rank: [
            tuple(row[column] for column in columns)
            for row in answer(graph, "what-changed", rank=rank, since=since, as_of=day).rows
        ]
        for rank in RANKS
    }
    assert wanted == {rank: set(rows) for rank, rows in found.items()}
    assert {rank: len(rows) for rank, rows in wanted.items()} == {rank: len(rows) for rank, rows in found.items()}


def at(row: dict[str, object], document: str, lines: str) -> str | None:
    """Return where a row stands, the document by its number."""
    return f"{str(row[document])[:3]}:{row[lines]}" if row[document] else None


GATES_THEN = ["Strategic Command Course (SCC) and Senior Police National Assessment Centre (Senior PNAC)"]
OPEN_THEN = (
    "the rank of Assistant Chief Constable (territorial/assistant-chief-constable)",
    "the rank of Commander (mps/commander)",
    "the rank of Deputy Chief Constable (territorial/deputy-chief-constable)",
)
COMPETENCIES = ("227, 421-427", "229, 431-435", "234, 439-445", "236, 449-453", "240, 457-459", "242, 463-465")
"""Where each is named, and where the document says what it is."""
CHANGED = {
    *{("competency", "unknown", f"003:{lines}", f"003:{lines}") for lines in COMPETENCIES},
    ("core skills", "kept", None, "001:60"),
    ("course", "kept", "003:255", "001:65"),
    *{("experience", "kept", f"003:{line}", f"001:{line - 190}") for line in (256, 258, 259, 260, 261)},
    ("experience", "reworded", "003:257", "001:67"),
    ("gate", "changed", "003:254", "001:64"),
    ("gate", "changed", "003:254", "ref:351-378"),
    ("gate", "dropped", "003:54", "003:54"),
    ("knowledge", "kept", "003:264", "001:74"),
    *{("knowledge", "reworded", f"003:{line}", f"001:{line - 190}") for line in (262, 263)},
    ("open-to", "dropped", "003:54, 318", "003:54, 318"),
    *{("skill", "added", None, f"001:{line}") for line in (81, 82, 87)},
    ("skill", "dropped", "003:269", "003:269"),
    *{
        ("skill", "reworded", f"003:{old}", f"001:{new}")
        for old, new in (
            *((268, 80), (270, 83), (271, 84), (272, 85), (276, 86), (277, 88), (278, 89), (279, 90), (280, 91)),
        )
    },
    ("value", "unknown", "003:52, 79, 112", "003:52, 79, 112"),
}


@pytest.mark.parametrize("which", [REAL], indirect=True)
class TestRealDocuments:
    """Whole answers on the five documents."""

    def test_promotion_to_deputy_assistant_commissioner_asks_for_other_things_than_in_2021(self, graph: Graph) -> None:
        """Every line of both editions has its place, and the law's gate beside them."""
        rows = answer(graph, "what-changed", rank=DAC, since="2021-06-01").rows
        assert {
            (row["kind"], row["status"], at(row, "then_document", "then_lines"), at(row, "document", "lines"))
            for row in rows
        } == CHANGED
        assert {(3, None)} == {(row["then_level"], row["now_level"]) for row in rows if row["kind"] == "competency"}
        assert {(*GATES_THEN,), OPEN_THEN} == {plain(row["then_options"]) for row in rows if row["kind"] == "gate"}

    def test_a_day_before_the_first_edition_is_said(self, graph: Graph) -> None:
        """What is added since then may have been asked for before."""
        notes = answer(graph, "what-changed", rank=DAC, since="2015-01-01").notes
        first = f"the first, {DAC}@2021-01, counts from 2021-01-01"
        assert [f"no edition of {DAC} was in force on 2015-01-01: {first}"] == notes

    def test_no_day_means_the_first_of_which_anything_is_known(self, graph: Graph) -> None:
        """For this rank the law of 2012."""
        rows = answer(graph, "what-changed", rank=DAC, since=None).rows
        assert {"2012-11-22"} == {row["since"] for row in rows}

    def test_the_least_time_from_constable_to_the_top_is_known_of_two_steps(self, graph: Graph) -> None:
        """Two years of service before sergeant, two as sergeant; of the other eight steps no source tells."""
        found = summed(Inquiry(graph), "constable", "met commissioner")
        steps = [
            (row["least_months"], row["time_unknown"])
            for row in found.rows
            if row["route"] == 1 and row["kind"] == "promotion"
        ]
        expected: list[tuple[object, object]] = [(24, []), (48, [])]
        assert expected + [(48, UNKNOWN[:number]) for number in range(1, 9)] == steps
        assert [note for note in found.notes if note.startswith("no source gives a least time for uk/chief-inspector,")]

    def test_a_gate_is_met_on_the_way_or_by_the_rank_held(self, graph: Graph) -> None:
        """Service as Commander opens the gate of an Assistant Commissioner (000:59) and of a head of force."""
        gates = {
            start: {
                (at(row, "document", "lines"), row["met_by"], row["held"])
                for row in answer(graph, "pathway-gap", from_=start, to="mps/commissioner").rows
                if row["kind"] == "gate" and row["route"] == 1 and row["met_by"]
            }
            for start in ("uk/superintendent", "mps/deputy-assistant-commissioner")
        }
        assert {
            "uk/superintendent": {
                ("000:59", "mps/commander", False),
                ("004:43", "mps/assistant-commissioner", False),
                ("ref:408-434", "mps/commander", False),
                ("ref:574-585", "uk/superintendent", True),
            },
            "mps/deputy-assistant-commissioner": {
                ("000:59", DAC, True),
                ("004:43", "mps/assistant-commissioner", False),
                ("ref:408-434", DAC, True),
                ("ref:574-585", DAC, True),
            },
        } == gates

    def test_a_day_before_the_first_edition_gives_no_rows_and_the_reason(self, graph: Graph) -> None:
        """Every question on a rank says from when its first edition counts, where the reference data is silent too."""
        assert graph.read("MATCH (p:Profile) RETURN count(p) AS n", {}) == [{"n": 5}]
        reason = f"no edition of {DAC} was in force on 2012-01-01: the first, {DAC}@2021-01, counts from 2021-01-01"
        for question in questions():
            ranks = {parameter.name for parameter in question.parameters if parameter.kind == "rank"}
            days = {parameter.name for parameter in question.parameters if parameter.kind == "day"} - {"as_of"}
            others = {parameter.name for parameter in question.parameters if not parameter.optional} - ranks
            if not ranks or others:
                continue
            said = [f"--{name}={rank}" for name, rank in zip(sorted(ranks), (DAC, "met commander"), strict=False)]
            said += [f"--{name}=2011-01-01" for name in days]
            found = run("ask", question.name, *said, "--as-of", "2012-01-01", "--format", "json")
            rows = json.loads(found.stdout)
            assert (question.name, 0) == (question.name, found.exit_code)
            assert (question.name, []) == (question.name, [row for row in rows if f"/{DAC}@" in str(row.get("fact"))])
            assert (question.name, bool(rows) or reason in found.stderr) == (question.name, True)


def test_what_is_held_is_met_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By options and by a file, as in pathway: the sum has what is left, and each gate says how it stands."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / "home"))
    me = tmp_path / "me.yaml"
    me.write_text(
        "rank: sergeant\nfrom: 2020-01-01\nexams: [{rank: inspector, passed: 2023-03-14}]\n", encoding="utf-8"
    )
    given = ("--held-rank", "sergeant:2020-01-01", "--holds", "inspectors' exam:2023-03-14")

    for mine in (given, ("--me", str(me))):
        words = ("pathway-gap", "sergeant", "chief-inspector", *mine, "--as-of", "2025-06-01")
        text = " ".join(run(*words).stdout.split())
        rows = json.loads(run(*words, "--format", "json").stdout)

        met = {row["requirement"]: row["until"] for row in rows if row["met"]}
        assert {"Promotion: least service before inspector": None, "NPPF step 2: legal exam": "2028-03-14"} == met
        assert {None} == {row["met"] for row in rows if row["kind"] == "promotion"}
        assert "in all: 4 gates; at least 24 months" in text
        for line in (
            "gate: Promotion: least service before inspector: done",
            "gate: NPPF step 2: legal exam: counts until 14 Mar 2028",
            "gate: NPPF step 1: competence in rank: for your force to judge",
        ):
            assert line in text


def test_the_command_draws_each_step_with_its_time_and_sums_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A level that two steps ask for is said once, at the higher; what the held rank asks for stands apart."""
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / "home"))
    assert 0 == run("load", str(documents(tmp_path / "docs"))).exit_code

    found = run("pathway-gap", "sergeant", "inspector")
    data = json.loads(run("pathway-gap", "constable", "inspector", "--format", "json").stdout)

    lines = [line.lstrip("│├└─ ").split("  ")[0] for line in found.stdout.splitlines()]
    sums = "5 gates, 1 competency, 1 skill, 1 experience"
    assert [
        "Route 1 of 1: 1 step, Sergeant > Inspector",
        f"in all: {sums} (1 of them nearly as asked for before); at least 24 months",
        "1. Inspector: at least 24 months so far",
        "promotion from Sergeant",
        "gate: Promotion: least service before inspector",
        "either: the rank of Sergeant (uk/sergeant) for 24 months",
        "or: Takes part in the high potential development scheme and the rank of Sergeant (uk/sergeant) for 12 months",
        "gate: NPPF step 1: competence in rank",
        "Shown to be competent in the rank of sergeant and the rank of Sergeant (uk/sergeant)",
        "gate: NPPF step 2: legal exam",
        "NPPF step 2: inspectors' legal exam in the last 60 months",
        "gate: NPPF step 3: local selection",
        "Chosen for promotion to inspector by the force's own process in the last 12 months",
        "gate: NPPF step 4: temporary promotion",
        "Assessed as competent while temporarily promoted to inspector for 12 months",
        "competency: We take ownership (level 2, 1 held)",
        "skill: Able to lead at an incident with many casualties",
        "experience: Experience of work as a confirmed sergeant, nearly as asked for before",
        "Held already, with the rank (1)",
        "skill: Able to plan the work of one team",
        "Sources",
    ] == lines[:21]
    columns = ("order", "requirement", "level", "held_level", "held", "first_asked_at", "lines")
    assert [(2, "We take ownership", 2, None, False, "uk/sergeant", "16")] == [
        tuple(row[column] for column in columns) for row in data if row["kind"] == "competency"
    ]
