"""Ways into the ranks that are no promotion: how one joins, and a sentence on what is not known, never nothing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import pytest

from graph.errors import UsageError
from graph.session import Graph
from loaders.reference.ranks import ranks, roles
from loaders.reference.rules import way_in
from queries.answers.answer import Answer
from queries.answers.gap import gap
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from tests.harness.commands import run

pytestmark = pytest.mark.holds("reference")


@pytest.mark.parametrize(
    ("start", "aim", "steps", "words"),
    [
        ("pcso", "constable", [("entry", "uk/constable")], "A PCSO is police staff"),
        ("pcso", "sergeant", [("entry", "uk/constable"), ("promotion", "uk/sergeant")], "A PCSO is police staff"),
        ("special constable", "constable", [("entry", "uk/constable")], "What service as a special counts for"),
        ("special constable", "special sergeant", [], "no national list of their ranks"),
        ("applicant", "constable", [("entry", "uk/constable")], "by the conditions of any applicant"),
        ("csi", "constable", [("entry", "uk/constable")], "That is no police rank"),
        ("direct entry", "superintendent", [], "paused since its evaluation of July 2020"),
        ("rejoiner", "sergeant", [], "No source was found on officers who left"),
        ("transferee", "sergeant", [], "No national rule on a transfer"),
        ("dc", "ds", [("promotion", "uk/sergeant")], "Detective is no rank"),
        ("role/detective-constable", "sergeant", [("promotion", "uk/sergeant")], "is a job at the rank of Constable"),
        ("role/detective-constable", "constable", [], "a move there is no promotion"),
        ("sergeant", "pcso", [], "is no police rank"),
        ("inspector", "sergeant", [], "Sergeant is no higher than Inspector"),
        ("met commander", "dcc", [], "No ladder leads from Commander"),
        ("sergeant", "inspector", [("promotion", "uk/inspector")], None),
    ],
)
def test_a_way_that_is_no_promotion_is_told(
    graph: Graph, start: str, aim: str, steps: list[tuple[str, str]], words: str | None
) -> None:
    """The steps that are known, and one sentence on it; a promotion needs none."""
    found = pathway(Inquiry(graph), start, aim)
    assert steps == [(row["via"], row["rank_id"]) for row in found.rows]
    assert (words is None) == (found.rules is None)
    assert (words or "") in (found.rules or "")
    assert not found.rows or not any(note.startswith("no rows") for note in found.notes)


def test_who_joins_is_asked_what_a_constable_is_asked(graph: Graph) -> None:
    """The step has the gates of the rank, and the source on which it rests."""
    (step,) = pathway(Inquiry(graph), "pcso", "constable").rows
    assert "Joining: age and right to serve" in str(step["gates"])
    assert "Police Reform Act 2002, section 38" in str(step["sources"])
    assert "reference/ways_in.yaml" in str(step["sources"])


@pytest.mark.parametrize(
    ("start", "aim", "advice"),
    [
        ("special sergeant", "special inspector", []),
        ("inspector", "sergeant", ['gates "uk/sergeant"', 'gap "uk/inspector" "uk/sergeant"']),
        ("sergeant", "pcso", []),
        ("transferee", "inspector", ['gates "uk/inspector"']),
        ("met commander", "city commander", ['gates "city/commander"', 'gap "mps/commander" "city/commander"']),
    ],
)
def test_what_is_advised_where_no_way_leads_has_an_answer(
    graph: Graph, start: str, aim: str, advice: list[str]
) -> None:
    """Commands that would find nothing are not advised, nor what one holds where nothing is asked for."""
    assert graph
    shown = " ".join(run("pathway", start, aim).stdout.split())  # however it is folded
    assert advice == re.findall(r"`rankgraph ((?:gates|gap) [^`]+)`", shown)
    assert {0} == {run(*shlex.split(one)).exit_code for one in advice} | {0}
    assert bool(advice) == ("say what you hold" in run("gates", aim).stdout)


def test_every_role_has_an_answer() -> None:
    """Whatever rank is aimed at."""
    for role in roles():
        for rank in ranks():
            assert way_in(role.id, rank.id).says


@pytest.mark.parametrize("answer", [pathway, gap])
@pytest.mark.parametrize("rank", ["inspector", "sergeant"])
def test_a_move_to_another_force_in_the_same_rank_is_said_to_be_a_transfer(
    graph: Graph, answer: Callable[[Inquiry, str, str], Answer], rank: str
) -> None:
    """Both names are one rank, so there is no way to show: what is known of it is said at once."""
    with pytest.raises(UsageError, match=r"for the force that takes the officer.*the ranks are the same") as caught:
        answer(Inquiry(graph), f"kent {rank}", f"met {rank}")
    assert "rankgraph" not in str(caught.value)
