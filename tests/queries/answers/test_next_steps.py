"""What an officer may and can do next, and what days have to do with it, on the real documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from queries.answers.comparison import comparison
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.rank import rank
from queries.parameters.holdings import Holding, from_options
from queries.show import screens
from queries.show.screen import Screen
from queries.show.words import day_words
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.real import needed

pytestmark = [ON_EMBEDDED, needed, pytest.mark.real, pytest.mark.holds("documents")]

DAY = "2026-11-29"


@pytest.fixture
def inquiry(engine: Engine) -> Iterator[Inquiry]:
    """Return the open graph, asked about one day."""
    with engine.open(write=False) as graph:
        yield Inquiry(graph, DAY)


def _said(screen: Screen) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return texts and places by label."""
    labels = dict.fromkeys(label.strip() for label, *_ in screen.lines if label)
    return {
        one: [(text, place) for label, text, place in screen.lines if (label or "").strip() == one] for one in labels
    }


def test_what_was_done_too_soon_is_unclear(inquiry: Inquiry) -> None:
    """An exam before the rank or the service that it asks for; a selection lapses with its place in the pool."""
    exams = {
        ("inspector", "sergeant:2023-01-31"): ("passed before you were Sergeant", "[2]"),
        ("inspector", "constable:2010-01-31"): ("passed before you were Sergeant", "[1]"),
        ("sergeant", "constable:2022-03-01"): ("passed before 24 months as Constable", "[1]"),
    }
    for (aim, held), (words, source) in exams.items():
        mine = from_options((f"nppf-exam-{aim}:2022-06-01", "NPPF step 3:2024-01-15"), (held,))
        answer = gates(inquiry, aim, mine, place=None)
        said = _said(screens.gates(answer))
        assert (f"NPPF step 2: legal exam: {words}, which has to come first: check the days", source) in said["unclear"]
        assert "NPPF step 3: local selection: counts for 12 months" in {text for text, _ in said["lapsed"]}
        exam = next(row for row in answer.rows if row["needs_id"] == f"course/nppf-exam-{aim}")
        assert ("unclear", None, None, None, []) == tuple(
            exam[name] for name in ("part_status", "option_open", "gate_open", "until", "windows")
        )


def test_an_exam_of_the_day_on_which_it_may_be_taken_counts(inquiry: Inquiry) -> None:
    """The day of the promotion, or the last of two years; a rank whose day is not known contradicts nothing."""
    for aim, held, source in (
        ("inspector", "sergeant:2022-06-01", "[2]"),
        ("sergeant", "constable:2020-06-01", "[1]"),
        ("inspector", "sergeant", "[1]"),
    ):
        mine = from_options((f"nppf-exam-{aim}:2022-06-01",), (held,))
        said = _said(screens.gates(gates(inquiry, aim, mine, place=None)))
        assert [("NPPF step 2: legal exam", source)] == said["counts until 1 Jun 2027"]


def test_temporary_promotion_that_began_before_the_exam_is_unclear(inquiry: Inquiry) -> None:
    """The gate is no longer passed; what opens it by another option would stay."""
    mine = (
        *from_options(("nppf-exam-inspector:2025-03-01",), ("sergeant:2020-01-31",)),
        Holding("temporary", "inspector", begun="2024-02-01", achieved="2025-02-03"),
    )
    answer = gates(inquiry, "inspector", mine, place=None)
    words = "begun before NPPF step 2: legal exam, which has to come first: check the days"
    assert (f"NPPF step 4: temporary promotion: {words}", "[2]") in _said(screens.gates(answer))["unclear"]


def test_a_day_before_the_first_edition_is_said_by_every_answer(engine: Engine) -> None:
    """That none was in force, and which is the first; nobody is advised to load what is loaded."""
    dac = "mps/deputy-assistant-commissioner"
    reason = f"no edition of {dac} was in force on 2019-06-01: the first, {dac}@2021-01, counts from 2021-01-01"
    with engine.open(write=False) as graph:
        then = Inquiry(graph, "2019-06-01")
        drawn = {
            "gap": screens.gap(gap(then, "met commander", "dac")),
            "pathway": screens.pathway(pathway(then, "met commander", "dac")),
            "gates": screens.gates(gates(then, "dac", (), place=None)),
            "rank": screens.rank(rank(then, "dac")),
        }
        with pytest.raises(AnswerError, match=reason):
            comparison(then, "dac", "met commander")
    lines = {
        name: [text.removeprefix("Deputy Assistant Commissioner: ") for _, text, _ in screen.lines]
        for name, screen in drawn.items()
    }
    assert dict.fromkeys(drawn, True) == {name: reason in texts for name, texts in lines.items()}
    assert not [text for texts in lines.values() for text in texts if "skills and duties of Deputy" in text]


NEXT = {
    ("constable:2020-01-01",): "NPPF step 2: legal exam",
    ("constable:2025-10-01",): "NPPF step 1: competence in rank; then time: Promotion: least service before sergeant "
    "(for your force to judge, not before 1 Oct 2027)",
    ("constable:2020-01-01", "sergeants' exam:2024"): "Promotion: least service before sergeant (still: has completed "
    'the probation of a constable; once it is: --holds "has completed the probation of a constable:DATE")',
    ("sergeant:2023-05-01",): "NPPF step 2: legal exam",
    ("sergeant:2025-05-01", "inspectors' exam:2026-03-01"): "NPPF step 1: competence in rank; then time: Promotion: "
    "least service before inspector (opens on 1 May 2027)",
}
"""What comes next, by the rank held and what was passed."""


@pytest.mark.parametrize("held", NEXT)
def test_what_can_be_done_comes_next_and_time_after_it(inquiry: Inquiry, held: tuple[str, ...]) -> None:
    """An exam that may be taken, else evidence; one that only two years open is not advised before."""
    now, *passed = held
    start = now.partition(":")[0]
    aim = {"constable": "sergeant", "sergeant": "inspector"}[start]
    screen = screens.pathway(pathway(inquiry, start, aim, holdings=from_options(passed, (now,))))
    assert NEXT[held] == screen.lines[0][1].partition(" Next: ")[2]


def test_each_step_of_a_way_has_its_earliest_day(inquiry: Inquiry) -> None:
    """Also those whose conditions stand in one line."""
    answer = pathway(inquiry, "constable", "chief superintendent", holdings=from_options((), ("constable:2020-01-01",)))
    heads = [text for _, text, _ in screens.pathway(answer).lines if text[:1].isdigit()]
    days = [first.day or first.not_before for first in answer.earliest[:5]]
    assert ["2027-11-29", *["2030-11-29"] * 4] == days
    assert [True] * 5 == [f"not before {day_words(day)}" in head for day, head in zip(days, heads, strict=True)]


def test_gates_begin_with_the_day_and_with_what_comes_next(inquiry: Inquiry) -> None:
    """Elsewhere what is not known there is never what comes next; of a role without a profile what to load is said."""
    mine = from_options((), ("sergeant:2020-01-01",))
    lines = {
        place: [(label, text) for label, text, _ in screens.gates(gates(inquiry, "inspector", mine, place=place)).lines]
        for place in (None, "scotland")
    }
    assert ("Next", "NPPF step 2: legal exam") == lines[None][2]
    assert ("Next", "Police Scotland: leadership diploma or programme") in lines["scotland"]
    assert ["Earliest", "Next"] == [label for label, _ in lines[None][1:3]]
    special = _said(screens.rank(rank(inquiry, "special constable")))["NOT KNOWN"][0][0]
    assert special.startswith("its skills and duties; load a profile")


def test_an_exam_that_service_keeps_one_from_says_until_when(inquiry: Inquiry) -> None:
    """A constable of one year; in gates and gap alike, and no longer once two years are served."""
    new, old = (from_options((), (f"constable:{day}",)) for day in ("2025-11-01", "2020-01-01"))
    words = "missing, not before 1 Nov 2027"
    exam = ("NPPF step 2: legal exam", "[1]")
    assert exam in _said(screens.gates(gates(inquiry, "sergeant", new, place=None)))[words]
    assert exam in _said(screens.gates(gates(inquiry, "sergeant", old, place=None)))["missing"]
    lacking = [text for text, _ in _said(screens.gap(gap(inquiry, "constable", "sergeant", holdings=new)))["YOU LACK"]]
    assert f"NPPF step 2: legal exam ({words})" in lacking


@pytest.mark.parametrize(
    ("start", "aim", "held"),
    [
        ("constable", "sergeant", "constable:2021-01-01"),
        ("sergeant", "inspector", "sergeant:2026-10-31"),
        ("inspector", "chief inspector", "inspector:2020-01-01"),
    ],
)
def test_gates_and_a_way_say_the_same_of_one_record(inquiry: Inquiry, start: str, aim: str, held: str) -> None:
    """What comes next, the first day, and the conditions in one order."""
    mine = from_options((), (held,))
    of_gates = screens.gates(gates(inquiry, aim, mine, place=None)).lines
    (_, title, _), *way = screens.pathway(pathway(inquiry, start, aim, holdings=mine)).lines
    said = {label: text for label, text, _ in of_gates}
    assert said["Earliest"].partition("; appointed")[0] == title.partition("Earliest: ")[2].partition(". ")[0]
    assert said["Next"] == title.partition(" Next: ")[2]
    closed = [text for _, text, place in of_gates if place and text != said.get("done")]
    assert closed == [text for _, text, place in way if place and text != said.get("done")]


def test_a_condition_of_alternatives_keeps_its_name(inquiry: Inquiry) -> None:
    """What comes next names the service as the row does."""
    answer = gates(inquiry, "inspector", from_options((), ("sergeant:2026-10-31",)), place=None)
    (service,) = [text for _, text, _ in screens.gates(answer).lines if "for 24 months" in text]
    assert service.startswith("Promotion: least service before inspector: the rank of Sergeant for 24 months, or takes")


def test_where_no_least_time_is_known_no_day_stands_for_it(inquiry: Inquiry) -> None:
    """From inspector up none is known."""
    mine = from_options((), ("inspector:2026-10-31",))
    lines = screens.pathway(pathway(inquiry, "inspector", "superintendent", holdings=mine)).lines
    title, *heads = [text for _, text, _ in lines if text[:1].isdigit() or "Earliest: " in text]
    assert "Superintendent: no least time is known. " in title
    assert [
        "1. Chief Inspector: no least time is known",
        "2. Superintendent: no least time is known, once your force has judged",
    ] == heads


@pytest.mark.parametrize("name", ["probation", "Probation of a constable", "completed probation"])
def test_what_a_condition_still_needs_is_understood_by_its_words(inquiry: Inquiry, name: str) -> None:
    """On a way of several ranks too, where the others do not ask for it; words of two conditions are refused."""
    mine = from_options((f"{name}:2023-03-15",), ("constable:2021-01-01",))
    done = _said(screens.gates(gates(inquiry, "sergeant", mine, place=None)))["done"]
    assert [("Promotion: least service before sergeant", "[2]")] == done
    answer = pathway(inquiry, "constable", "inspector", holdings=mine)
    assert ["Promotion: least service before sergeant"] == answer.rows[0]["gates_open"]
    assert not [note for note in answer.notes if "other ranks" in note]
    with pytest.raises(NameAmbiguousError, match="temporarily-promoted"):
        gates(inquiry, "inspector", from_options(("competent:2026-01-01",)), place=None)
    with pytest.raises(NameUnknownError):
        gates(inquiry, "sergeant", from_options(("probatory:2026-01-01",)), place=None)


def test_temporary_promotion_is_under_way(inquiry: Inquiry) -> None:
    """Whatever before it is recorded; that comes next. Once the time is over, the force judges."""
    ranks = ("sergeant:2020-01-01", "T/Insp:2026-09-01")
    said = _said(screens.gates(gates(inquiry, "inspector", from_options((), ranks), place=None)))
    step = "NPPF step 4: temporary promotion"
    assert [(f"{step}: since 1 Sep 2026, 12 months on 1 Sep 2027", "[2]")] == said["under way"]
    steps = ("NPPF step 1: competence in rank", "NPPF step 2: legal exam", "NPPF step 3: local selection")
    assert f"record what came before {step}: {' and '.join(steps)}" == said["Next"][0][0]
