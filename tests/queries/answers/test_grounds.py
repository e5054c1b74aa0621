"""What an answer rests on: the latest judgement, what is kept, what came too late, and texts that are old."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graph.rows import Row
from queries.answers.answer import named
from queries.answers.earliest import Earliest
from queries.answers.for_audience import answer_for
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.rank import rank
from queries.parameters.holdings import Holding, from_options
from queries.picture.gates import gate_items
from queries.picture.sources import Sources
from queries.show import screens, views
from queries.show.gate_words import condition_of, earliest_words
from queries.show.tables import draw
from tests.harness.engines import Engine

pytestmark = pytest.mark.holds("reference")

DAY = "2026-11-29"


@pytest.fixture
def inquiry(engine: Engine) -> Iterator[Inquiry]:
    """Return the open graph, asked about one day."""
    with engine.open(write=False) as graph:
        yield Inquiry(graph, DAY)


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ("met 2022, not met 2023", "missing"),
        ("not met 2022, met 2023", "done"),
        ("not met 2023, met 2022", "missing"),
        ("met 2022, not met 2022", "missing"),
        ("met, not met 2022", "missing"),
        ("met 2022, not met 2030", "done"),
        ("met 2021, not met 2022, met 2023", "done"),
    ],
)
def test_the_latest_judgement_counts(inquiry: Inquiry, judgements: str, expected: str) -> None:
    """Whatever stands first; of one day the refusal; what is to come changes nothing yet."""
    mine = [Holding("rank", "sergeant", achieved="2020-01-01", now=True)]
    for one in judgements.split(", "):
        result, _, year = one.partition("met")
        mine.append(Holding("gate", "NPPF step 1", f"{year.strip()}-05-01" if year else None, result=f"{result}met"))
    rows = gates(inquiry, "inspector", mine, place=None).rows
    assert {expected} == {row["part_status"] for row in rows if "step 1" in str(row["gate"]) and row["kind"] != "rank"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2035-05-01", "(too late: counts only until 31 Dec 2022)"),
        ("2023-01-01", "(too late: counts only until 31 Dec 2022)"),
        ("2022-12-31", "beside your Strategic Command Course (SCC)"),
    ],
)
def test_a_course_that_came_too_late_is_named_with_the_last_day(day: str, expected: str) -> None:
    """Beside it stands what the other option asks for."""
    part: Row = {"at_least": False, "within_months": None, "for_months": None, "kind": "course", "before": "2023-01-01"}
    part = {**part, "gate": "A", "gate_open": False, "option_open": False, "opens": None}
    scc, pnac = "Strategic Command Course (SCC)", "Senior PNAC"
    status = "done" if day < "2023-01-01" else "missing"
    held = {"needs": scc, "held": scc, "held_since": day, "part_status": status, "option": 2}
    lacking = {"held": None, "held_since": None, "part_status": "missing"}
    words = condition_of(
        [
            {**part, **lacking, "needs": "ELP", "option": 1},
            {**part, **held},
            {**part, **lacking, "needs": pnac, "option": 2},
        ]
    )
    assert words.startswith("A: ELP before 2023-01-01, or ")
    assert expected in words


@pytest.mark.parametrize(("months", "words"), [(24, "Sergeant for 24 months"), (None, "Sergeant")])
def test_a_condition_called_by_its_rank_says_for_how_long(months: int | None, words: str) -> None:
    """The rank alone would hide the time that is asked for."""
    part: Row = {"gate": "Sergeant", "needs": "Sergeant", "kind": "rank", "option": 1, "for_months": months}
    assert words == condition_of([part])


@pytest.mark.parametrize(
    ("begun", "status"), [("2026-02-01", "done"), ("2026-11-16", "lapsed"), ("2021-11-14", "lapsed")]
)
def test_the_question_itself_knows_what_is_kept(inquiry: Inquiry, begun: str, status: str) -> None:
    """An exam of November 2021 lapsed after five years; it is kept if temporary promotion began while it counted."""
    held = f"inspectors' exam:2021-11-15, rank sergeant:2018-01-31, temporary inspector:{begun}"
    asked = {"rank": "uk/inspector", "holdings": held, "as_of": DAY}
    [exam] = [
        row
        for row in answer_for(inquiry.graph, named("gate-status"), asked, "named").rows
        if "exam" in str(row["needs_id"])
    ]
    expected = (status, status == "done", begun if status == "done" else None)
    assert expected == (exam["part_status"], exam["gate_open"], exam["kept_from"])


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2015-06-01", None),
        ("2015-09-01", "2013"),
        ("2018-01-01", "2013 and 2015"),
        ("2024-01-01", "2013, 2015 and 2019"),
    ],
)
def test_an_answer_on_old_texts_says_so_in_one_line(inquiry: Inquiry, day: str, years: str | None) -> None:
    """Older than two years on the day; what is newer than the day is no matter."""
    on = Inquiry(inquiry.graph, day)
    note = f"law and policy are read as of {years}: look for later changes"
    for screen in (
        screens.gates(gates(on, "inspector", (), place=None)),
        screens.pathway(pathway(on, "sergeant", "inspector")),
        screens.gap(gap(on, "sergeant", "inspector")),
        screens.rank(rank(on, "inspector")),
    ):
        lines = [
            text for label, text, _ in screen.lines if str(label).casefold() == "note" and "law and policy" in text
        ]
        assert ([note] if years else []) == lines


def test_a_tree_folds_to_the_columns_there_are(monkeypatch: pytest.MonkeyPatch, inquiry: Inquiry) -> None:
    """COLUMNS, else 100; nothing is cut."""
    tree = views.gates(gates(inquiry, "inspector", (), place=None))
    texts = {}
    for columns in ("60", "", "400"):
        monkeypatch.setenv("COLUMNS", columns)
        texts[columns] = draw(tree, None)
        assert max(map(len, texts[columns].splitlines())) <= int(columns or 100)
    words = {columns: "".join(re.findall(r"\w+", text)) for columns, text in texts.items()}
    assert words["60"] == words[""] == words["400"]


def test_what_comes_after_joining_is_no_condition_of_it(inquiry: Inquiry) -> None:
    """Probation stands last, in words of its own, whether or not anything is stated."""
    for held in ((), from_options(("pcep:2024-05-01",))):
        lines = [(label, text) for label, text, _ in screens.gates(gates(inquiry, "constable", held, place=None)).lines]
        labels = [str(label).strip() for label, _ in lines if label]
        assert 1 == labels.count("comes afterwards")
        assert {"Note", "Next", "Earliest", "done"} >= set(labels[labels.index("comes afterwards") + 1 :])
    on_rank = [(label, text) for label, text, _ in screens.rank(rank(inquiry, "constable")).lines]
    assert ["AFTERWARDS"] == [label for label, text in on_rank if "probation" in text and label]


def test_gates_with_alternatives_are_told_apart() -> None:
    """Each of several gates that are needed together begins anew."""
    parts = [[{"gate": name, "gate_open": False, "part_status": "missing"}] for name in ("A7", "ELP or PNAC", "C")]
    for names, expected in (
        (parts, "once you have A7, and also ELP or PNAC, and also C"),
        (parts[::2], "once you have A7 and C"),
    ):
        rows = [[{**row, "option": 1, "kind": "course", "held": None} for row in one] for one in names]
        assert earliest_words(Earliest(None, DAY, rows, []), DAY, rows).startswith(expected)


def test_who_is_exempt_stands_once_in_a_picture(inquiry: Inquiry) -> None:
    """With the steps from which they are; further up the way it is said above."""
    answer = pathway(inquiry, "constable", "inspector")
    sources = Sources()
    lines = [item.text for gates_of in answer.gates.values() for item in gate_items(gates_of, sources, rank="x")]
    steps = "NPPF step 1, NPPF step 2, NPPF step 3, NPPF step 4"
    exempt = [line for line in lines if line.startswith("Exempt")]
    assert [1, 1] == [sum(words in line for line in exempt) for words in ("SIPP", "fast track")]
    assert [2, 2] == [
        sum(line.startswith(f"Exempt from {of}") for line in exempt) for of in (steps, "Promotion: least")
    ]
    assert 2 == sum(line.endswith("as said above") for line in exempt)
