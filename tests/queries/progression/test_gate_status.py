"""Whether gates are open: on the real documents, on the reference data, and in the words of the commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.session import Graph, open_graph
from queries.ask import ask
from queries.catalogue import Question, question
from queries.parameters.holdings import from_options
from tests.harness.commands import run
from tests.harness.engines import with_settings
from tests.harness.loaded import prepared
from tests.harness.real import needed

pytestmark = pytest.mark.holds("reference" if needed.args[0] else "documents")

EXAMPLE = ("--holds", "scc:2019", "--holds", "senior-pnac:2018-06-30", "--held-rank", "met commander")


def the_question() -> Question:
    """Return the question."""
    found = question("gate-status")
    assert found is not None
    return found


def rows(graph: Graph, rank: str, *holds: str, held_rank: str = "", **said: str) -> list[dict[str, object]]:
    """Ask about a rank."""
    holdings = from_options(holds, [held_rank] if held_rank else [])
    return ask(graph, the_question(), {"rank": rank, "holdings": holdings, **said}).rows


def parts(found: list[dict[str, object]]) -> set[tuple[object, ...]]:
    """Return where each part stands, which it is, its status and whether its gate is open."""
    return {
        (
            f"{str(row['document'])[:3]}:{row['lines']}",
            row["option"],
            row["needs_id"],
            row["part_status"],
            row["gate_open"],
        )
        for row in found
        if row["basis"] == "stated"
    }


def gates(found: list[dict[str, object]]) -> dict[object, object]:
    """Return whether each gate of the reference data is open, by name."""
    return {row["gate"]: row["gate_open"] for row in found if row["basis"] == "reference"}


SERVICE = "Promotion: least service before "
SENIOR = "Senior appointment: executive leaders programme, or senior PNAC with SCC"
OVERSEAS = "experience/have-held-one-of-the-designated-roles-if-appointed-356e96ff"


@needed
@pytest.mark.real
def test_an_assistant_commissioner_is_kept_back_by_the_authorising_course(graph: Graph) -> None:
    """The rank held opens line 59, two courses before 2023 the second option of line 60; line 61 is blocked."""
    found = rows(graph, "met ac", "scc:2019", "senior-pnac:2018-06-30", held_rank="met commander")

    assert {
        ("000:59", 1, "territorial/assistant-chief-constable", "done", True),
        ("000:59", 2, "mps/commander", "done", True),
        ("000:59", 3, OVERSEAS, "to_judge", True),
        ("000:60", 1, "course/elp", "missing", True),
        ("000:60", 2, "course/scc", "done", True),
        ("000:60", 2, "course/senior-pnac", "done", True),
        ("000:61", 1, "course/a7-authorising-officer", "missing", False),
    } == parts(found)
    assert {SENIOR: True} == gates(found)
    assert {
        ("profile", None),
        ("law", "Temporary promotion, and doing the duties of a higher rank for a time"),
    } == {(row["source"], row["exempt"]) for row in found}


@needed
@pytest.mark.real
def test_what_the_profile_asks_and_what_the_law_asks_are_judged_apart(graph: Graph) -> None:
    """Both courses after 2022 are too late for the profile, and good enough for the law."""
    found = rows(graph, "met ac", "scc:2023-03", "senior-pnac:2018-06-30")

    assert {
        ("000:60", 1, "course/elp", "missing", False),
        ("000:60", 2, "course/scc", "missing", False),
        ("000:60", 2, "course/senior-pnac", "done", False),
    } == {part for part in parts(found) if part[0] == "000:60"}
    assert {SENIOR: True} == gates(found)


@needed
@pytest.mark.real
def test_a_year_counts_as_its_last_day(graph: Graph) -> None:
    """2022 is before 2023, and a course of this year's end is not yet there in its June."""
    status = {
        said: {part[3] for part in parts(rows(graph, "met ac", said, as_of="2024-06-30")) if part[2] == "course/scc"}
        for said in ("scc:2022", "scc:2022-12-31", "scc:2023", "scc")
    }

    assert {"scc:2022": {"done"}, "scc:2022-12-31": {"done"}, "scc:2023": {"missing"}, "scc": {"unclear"}} == status


@needed
@pytest.mark.real
def test_what_only_a_person_can_judge_is_met_where_it_is_said(graph: Graph) -> None:
    """A designated role overseas opens line 59 for who says so."""
    assert {("000:59", 3, OVERSEAS, "done", True)} == {
        part for part in parts(rows(graph, "met ac", f"{OVERSEAS}:2019")) if part[2] == OVERSEAS
    }


@needed
@pytest.mark.real
def test_two_editions_of_a_rank_ask_for_their_own_courses(graph: Graph) -> None:
    """In 2021 the pack asked a Deputy Assistant Commissioner for two courses, with no programme in their place."""
    found = rows(graph, "dac", "elp:2020", as_of="2021-06-01")

    assert {
        (course, "missing", False) for course in ("course/scc", "course/senior-pnac", "course/a7-authorising-officer")
    } == {part[2:] for part in parts(found) if str(part[2]).startswith("course/")}


NPPF = tuple(
    f"NPPF step {number}: {name}"
    for number, name in enumerate(("competence in rank", "legal exam", "local selection", "temporary promotion"), 1)
)


def test_an_exam_lapses_after_five_years(graph: Graph) -> None:
    """It counts on the day five years on, and from the next day no more."""
    exam = "nppf-exam-inspector:2020-02-29"
    found = {
        day: {
            (row["part_status"], row["until"], row["opens"])
            for row in rows(graph, "inspector", exam, as_of=day)
            if row["gate"] == NPPF[1]
        }
        for day in ("2020-02-28", "2020-02-29", "2025-02-28", "2025-03-01")
    }

    assert {
        "2020-02-28": {("opens", None, "2020-02-29")},
        "2020-02-29": {("done", "2025-02-28", None)},
        "2025-02-28": {("done", "2025-02-28", None)},
        "2025-03-01": {("lapsed", None, None)},
    } == found


def test_outside_england_and_wales_its_gates_are_unknown(graph: Graph) -> None:
    """Neither what is held nor what is missing says anything there."""
    every = rows(graph, "inspector", "nppf-exam-inspector:2025", **{"in": "scotland"})
    found = [row for row in every if row["applies_in"] == "england-and-wales"]

    assert dict.fromkeys((*NPPF, f"{SERVICE}inspector")) == gates(found)
    assert {("unclear", None, None)} == {(row["part_status"], row["option_open"], row["until"]) for row in found}
    assert {"scotland"} == {row["applies_in"] for row in every if row not in found}


def test_a_rank_or_higher_is_met_across_ladders_by_a_rank_that_stands_level(graph: Graph) -> None:
    """The head of a force must have been a chief officer; where nobody says who stands level it is unknown."""
    name = "Head of a force: service as a chief officer"
    ranks_held = ("chief superintendent", "met commander", "dcc", "city ac")
    opens = {rank: gates(rows(graph, "chief constable", held_rank=rank))[name] for rank in ranks_held}

    assert {"chief superintendent": False, "met commander": True, "dcc": True, "city ac": True} == opens


@pytest.fixture(scope="module")
def home(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of an open graph for the command line, with the real documents if they are there."""
    contents = "reference" if needed.args[0] else "documents"
    found = Path(shutil.copytree(prepared(common, contents), tmp_path_factory.mktemp("gates") / "home"))
    with ExitStack() as stack:
        with with_settings({"RANKGRAPH_HOME": str(found)}):
            stack.enter_context(open_graph())
        yield found


def said(text: str) -> list[str]:
    """Return the lines of a tree without its branches and places."""
    return [line.lstrip("│├└─ ").split("  ")[0] for line in text.splitlines()]


@needed
@pytest.mark.real
def test_gates_says_what_blocks_and_by_which_option_a_gate_is_open(home: Path) -> None:
    """The readable answer begins with what stands in the way."""
    found = run("gates", "met ac", *EXAMPLE, "--all", RANKGRAPH_HOME=str(home), COLUMNS="300")

    assert (0, "a year or month counts from its last day: 2019 as 2019-12-31; it lapses as its first\n") == (
        found.exit_code,
        found.stderr,
    )
    assert "still to do: Authorising officer's course (A7)" == said(found.stdout)[1]
    scc = "Strategic Command Course (SCC) before 2023-01-01 [done, held since 31 Dec 2019]"
    centre = "Senior Police National Assessment Centre (Senior PNAC) before 2023-01-01 [done, held since 30 Jun 2018]"
    assert {
        "either: Executive leaders programme (ELP) [missing]",
        f"or: {scc} and {centre}",
        "asked by: law, in England and Wales",
        "exempt: Temporary promotion, and doing the duties of a higher rank for a time",
    } <= set(said(found.stdout))


@needed
@pytest.mark.real
def test_gates_as_json_are_the_rows_of_the_question(home: Path) -> None:
    """The command and the question answer alike, however holdings are written; the command adds order and a day."""
    form = ("--format", "json")
    days = {"course/scc": "2019", "course/senior-pnac": "2018-06-30", "mps/commander": None}
    as_sent = [{"id": of, "achieved": achieved} for of, achieved in days.items()]
    found = run("gates", "met ac", *EXAMPLE, *form, RANKGRAPH_HOME=str(home))
    asked = {
        text: run("ask", "gate-status", "--rank", "met ac", "--holdings", text, *form, RANKGRAPH_HOME=str(home))
        for text in (
            "scc:2019, senior-pnac:2018-06-30, rank met commander",
            '["scc:2019", "senior-pnac:2018-06-30", "rank met commander"]',
            json.dumps(as_sent),
        )
    }

    rows_found = json.loads(found.stdout)
    assert [*the_question().returns, "earliest"] == list(rows_found[0])
    rows_alone = [{name: row[name] for name in the_question().returns} for row in rows_found]
    assert dict.fromkeys(asked, rows_alone) == {text: json.loads(answered.stdout) for text, answered in asked.items()}


@needed
@pytest.mark.real
def test_a_gap_says_what_is_met_and_until_when(home: Path) -> None:
    """With holdings each row has two more columns; the rank held now counts without being named."""
    found = run("gap", "dac", "ac", "--holds", "scc:2019", "--format", "json", RANKGRAPH_HOME=str(home))
    met = {
        (row["kind"], row["lines"], row["requirement_id"].rpartition("/")[2], row["met"])
        for row in json.loads(found.stdout)
        if row["kind"] in {"gate", "course"} and row["document"].startswith("000")
    }

    assert {("gate", "59", True), ("gate", "60", False)} == {
        (kind, at, state) for kind, at, _, state in met if kind == "gate"
    }
    assert {("scc", True), ("elp", False), ("senior-pnac", False), ("a7-authorising-officer", False)} == {
        (name, state) for kind, _, name, state in met if kind == "course"
    }


def test_a_gap_without_holdings_has_its_own_columns_alone(home: Path) -> None:
    """Nobody is judged who said nothing."""
    asked = question("rank-gap")
    assert asked is not None
    found = run("gap", "sergeant", "inspector", "--format", "json", RANKGRAPH_HOME=str(home))
    assert {asked.returns} == {tuple(row) for row in json.loads(found.stdout)}


def test_a_pathway_says_which_gates_are_open_step_by_step(home: Path) -> None:
    """A pass opens the second gate of the first step only."""
    exam = ("--holds", "nppf-exam-sergeant:2024-05-01", "--as-of", "2026-01-01")
    found = run("pathway", "constable", "inspector", *exam, "--format", "json", RANKGRAPH_HOME=str(home))
    drawn_as = run("pathway", "constable", "inspector", *exam, "--all", RANKGRAPH_HOME=str(home))

    assert [
        ([NPPF[1]], [NPPF[0], *NPPF[2:], f"{SERVICE}sergeant"], []),
        ([], [*NPPF, f"{SERVICE}inspector"], []),
    ] == [(row["gates_open"], row["gates_blocked"], row["gates_unknown"]) for row in json.loads(found.stdout)]
    assert [f"gate: {NPPF[1]}", f"gate: {NPPF[1]}"] == [
        line for line in said(drawn_as.stdout) if "gate: NPPF step 2" in line
    ]
    assert 1 == drawn_as.stdout.count("[counts until 1 May 2029]")


def test_gates_says_of_a_course_that_no_gate_asks_for_it(home: Path) -> None:
    """A name that was meant for a gate opens nothing when it is that of a course."""
    held = ("--holds", "scc:2019", "--holds", "NPPF step 2: inspectors' legal exam:2025-03-14")
    found = run("gates", "inspector", *held, RANKGRAPH_HOME=str(home))
    notes = [line for line in found.stderr.splitlines() if "asks for" in line]
    says = "what a gate asks for stands below its name, and is held by that name"
    assert [f"no gate of uk/inspector asks for course/scc; {says}"] == notes


def test_the_day_given_for_the_rank_held_counts_in_a_gap(home: Path) -> None:
    """FROM is held, since the day that --held-rank gives."""
    words = ("gap", "sergeant", "inspector", "--held-rank", "sergeant:2021-04-30", "--all")
    found = run(*words, RANKGRAPH_HOME=str(home), COLUMNS="300")
    assert {
        "the rank of Sergeant [done, held since 30 Apr 2021]",
        "either: the rank of Sergeant for 24 months [done, held since 30 Apr 2021]",
        "the rank of Sergeant for 12 months [done, held since 30 Apr 2021]",
    } == {part for line in said(found.stdout) for part in line.split(" and ") if "the rank of Sergeant" in part}


def test_a_rank_that_both_forces_of_london_have_is_named_with_its_force(home: Path) -> None:
    """Else two options of one gate would read the same."""
    found = run("gates", "chief constable", "--all", RANKGRAPH_HOME=str(home))
    ranks = {line.split(" [")[0] for line in said(found.stdout) if "rank of Commander" in line}
    assert {"or: the rank of Commander (Met) or higher", "or: the rank of Commander (City) or higher"} == ranks


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--holds", "sccs:2019"), 1, "no course is called 'sccs': did you mean course/scc (SCC)"),
        (("--held-rank", "comander"), 1, "no rank is called 'comander': did you mean "),
        (("--holds", "scc:2019-02-30"), 2, "--holds: found '2019-02-30'; expected a day such as"),
        (("--holds", ":2019"), 2, "--holds: found ':2019'; expected a name"),
        (("--me", "none.yaml"), 1, "none.yaml: found a file that cannot be read (No such file or directory)"),
    ],
)
def test_a_wrong_holding_is_refused(home: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    """The nearest is suggested for a name; a day is one of the calendar."""
    found = run("gates", "met ac", *arguments, RANKGRAPH_HOME=str(home))
    assert (code, "") == (found.exit_code, found.stdout)
    assert words in found.stderr


@pytest.mark.parametrize(
    ("exams", "sergeant", "expected"),
    [
        (["2022-06-01"], "2023-01-31", ("unclear", None, "you were Sergeant")),
        (["2023-01-31"], "2023-01-31", ("done", True, None)),
        (["2022-06-01", "2024-06-01"], "2023-01-31", ("done", True, None)),
        (["2022-06-01"], None, ("done", True, None)),
    ],
)
def test_an_exam_that_was_passed_too_soon_is_unclear_where_rows_are_asked_for(
    graph: Graph, exams: list[str], sergeant: str | None, expected: tuple[object, ...]
) -> None:
    """The question itself says so, in Neo4j Browser too; what was passed again in time counts."""
    holdings = [{"id": "course/nppf-exam-inspector", "achieved": day} for day in exams]
    sent = {"holdings": [*holdings, {"id": "uk/sergeant", "achieved": sergeant}], "rank": "uk/inspector"}
    found = graph.read(the_question().text, {**sent, "in": None, "as_of": "2026-11-29"})
    exam = next(row for row in found if row["needs_id"] == "course/nppf-exam-inspector")
    assert expected == (exam["part_status"], exam["gate_open"], exam["too_soon"])
