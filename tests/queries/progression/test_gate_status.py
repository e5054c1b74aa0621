"""Whether gates are open: the Cypher against plain Python, on drawn gates and on the real documents."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.days import LAST_DAY
from graph.session import Graph, Transaction
from loaders.reference.ranks import ranks
from queries.ask import ask
from queries.catalogue import Question, question
from queries.parameters.holdings import from_options
from tests.harness.commands import run
from tests.harness.engines import Engine, with_settings
from tests.harness.loaded import prepared
from tests.harness.real import needed
from tests.oracles.gates import Case, Held, Part, answer

pytestmark = pytest.mark.holds("reference" if needed.args[0] else "documents", changed=True)

CASES = 1000
COURSES = ("course/elp", "course/scc", "course/senior-pnac", "course/nppf-exam-sergeant")
JUDGED = (
    "experience/chosen-for-promotion-to-inspector-by-the-forces-own-process",
    "experience/shown-to-be-competent-in-the-rank-of-sergeant",
)
RANKS = tuple(rank.id for rank in ranks())
COLUMNS = ("option", "needs_id", "part_status", "option_open", "gate_open", "until", "earliest")
EXAMPLE = ("--holds", "scc:2019", "--holds", "senior-pnac:2018-06-30", "--held-rank", "met commander")

EDGES = ("2019-12-31", "2020-01-31", "2020-02-28", "2020-02-29", "2020-03-31", "2021-02-28", "2021-03-01", "2022-01-01")
_days = st.one_of(
    st.sampled_from(EDGES),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(2016, 2023), st.integers(1, 12), st.integers(1, 28)),
)
_months = st.sampled_from([1, 6, 12, 13, 24, 60])
_targets = st.sampled_from([*RANKS, *RANKS[5:], *COURSES * 4, *JUDGED * 4])
_conditions = st.sampled_from([(), (), ("before",), ("within",), ("within",), ("for",), ("before", "within", "for")])


@st.composite
def _part(draw: st.DrawFn) -> Part:
    target, asked = draw(_targets), draw(_conditions)
    return Part(
        target,
        draw(_days) if "before" in asked else None,
        at_least=target in RANKS and draw(st.booleans()),
        within_months=draw(_months) if "within" in asked else None,
        for_months=draw(_months) if "for" in asked else None,
    )


@st.composite
def _held(draw: st.DrawFn, of: str) -> Held:
    first, second = sorted(draw(st.tuples(_days, _days)))
    dated = draw(st.sampled_from([True, True, True, False]))
    if of in RANKS:
        ended = second if dated and draw(st.booleans()) else None
        return Held(of, first if dated else None, None, ended, ended_unknown=draw(st.booleans()))
    begun = first if of in JUDGED and draw(st.booleans()) else None
    return Held(of, second if dated else None, begun)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a gate of some options, and holdings that are mostly of the kind it asks for."""
    options = st.lists(_part(), min_size=1, max_size=3, unique_by=lambda part: part.target)
    drawn = draw(st.lists(options, min_size=1, max_size=3))
    likely = [part.target for option in drawn for part in option if draw(st.sampled_from([True, True, True, False]))]
    return Case(
        tuple(map(tuple, drawn)),
        tuple(draw(_held(of)) for of in [*likely, *draw(st.lists(_targets, max_size=2))]),
        draw(st.sampled_from(["england-and-wales", "england-and-wales", "scotland", "uk", "mps"])),
        draw(st.sampled_from([None, None, None, None, "england-and-wales", "scotland", "northern-ireland"])),
        draw(_days),
    )


@cache
def drawn() -> tuple[Case, ...]:
    """Return a thousand different cases, the same in each run."""
    found: dict[Case, None] = {}

    @settings(
        max_examples=CASES + CASES // 2,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def draw(case: Case) -> None:
        found.setdefault(case)

    draw()
    return tuple(found)[:CASES]


_WRITE = """UNWIND $gates AS g
CREATE (r:Role {id: g.edition, name: g.edition})-[asks:REQUIRES]->(gate:Gate {id: g.edition + '/gate'})
SET asks = g.edge, gate.name = g.edition, gate.applies_in = g.applies_in, gate.source = 'policy'
WITH g, gate
UNWIND g.options AS o
CREATE (gate)-[opens:OPTION]->(way:Option {id: o.id, name: o.id, number: o.number})
SET opens = g.edge
WITH o, way
UNWIND o.parts AS p
MATCH (need {id: p.target})
CREATE (way)-[e:NEEDS]->(need)
SET e = p.edge"""


def _row(number: int, case: Case) -> dict[str, object]:
    edition = f"role/drawn-{number}"
    options = [
        {"id": f"{edition}/{place}", "number": place, "parts": [_asked(edition, place, part) for part in option]}
        for place, option in enumerate(case.options, 1)
    ]
    return {"edition": edition, "edge": _edge(edition, "-"), "applies_in": case.applies_in, "options": options}


def _asked(edition: str, place: int, part: Part) -> dict[str, object]:
    condition = {key: value for key, value in asdict(part).items() if key != "target" and value is not None}
    return {"target": part.target, "edge": {**_edge(edition, f"{place}/{part.target}"), **condition}}


def _edge(edition: str, key: str) -> dict[str, object]:
    said = {"document": "drawn", "lines": "1", "authority": "drawn", "basis": "stated"}
    days = {"valid_from": "2000-01-01", "valid_to": LAST_DAY}
    return {"edition": edition, "fact": f"{edition}/{key}", **said, **days}


def _write(graph: Graph) -> None:
    rows = [_row(number, case) for number, case in enumerate(drawn())]

    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:Document {id: 'drawn', name: 'drawn', format: 'drawn', sha256: 'drawn'})")
        transaction.run(_WRITE, {"gates": rows})

    graph.write(work)


@pytest.fixture(scope="module")
def drawn_gates(engine_of_module: Engine) -> None:
    """Have the drawn gates in the graph, beside the real documents if they are there."""
    with with_settings(engine_of_module.environment), engine_of_module.open() as graph:
        _write(graph)


@pytest.fixture
def graph(graph: Graph, drawn_gates: None) -> Graph:
    """Open the graph with the drawn gates."""
    del drawn_gates
    return graph


def the_question() -> Question:
    """Return the question."""
    found = question("gate-status")
    assert found is not None
    return found


def rows(graph: Graph, rank: str, *holds: str, held_rank: str = "", **said: str) -> list[dict[str, object]]:
    """Ask about a rank."""
    holdings = from_options(holds, [held_rank] if held_rank else [])
    return ask(graph, the_question(), {"rank": rank, "holdings": holdings, **said}).rows


def test_a_thousand_drawn_gates_are_open_as_plain_python_says(graph: Graph) -> None:
    """Part by part: status, whether option and gate are open, until when, and the earliest day."""
    text = the_question().text
    asked = [
        {
            "rank": f"role/drawn-{number}",
            "holdings": [asdict(one) for one in case.holdings],
            "in": case.place,
            "as_of": case.day,
        }
        for number, case in enumerate(drawn())
    ]

    found = graph.reading(lambda transaction: [transaction.run(text, sent) for sent in asked])

    assert len(found) == CASES
    for case, got in zip(drawn(), found, strict=True):
        assert (case, answer(case)) == (case, [tuple(row[column] for column in COLUMNS) for row in got])


def test_the_drawn_gates_show_every_status() -> None:
    """None of the thousand agreements is empty: each status, and each state of a gate, is there often."""
    parts = [part for case in drawn() for part in answer(case)]
    often = {status for status, count in Counter(part[2] for part in parts).items() if count >= 20}
    assert {"met", "missing", "unknown", "not yet", "too short", "too late", "lapsed"} == often
    assert {True, False, None} == {part[4] for part in parts}
    assert {(True, False), (False, True), (False, False)} == {(bool(part[5]), bool(part[6])) for part in parts}


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


SENIOR = "Senior appointment: executive leaders programme, or senior PNAC with SCC"
OVERSEAS = "experience/have-held-one-of-the-designated-roles-if-appointed-356e96ff"


@needed
@pytest.mark.real
def test_an_assistant_commissioner_is_kept_back_by_the_authorising_course_alone(graph: Graph) -> None:
    """The rank held opens line 59, two courses before 2023 the second option of line 60; line 61 is blocked."""
    found = rows(graph, "met ac", "scc:2019", "senior-pnac:2018-06-30", held_rank="met commander")

    assert {
        ("000:59", 1, "territorial/assistant-chief-constable", "met", True),
        ("000:59", 2, "mps/commander", "met", True),
        ("000:59", 3, OVERSEAS, "missing", True),
        ("000:60", 1, "course/elp", "missing", True),
        ("000:60", 2, "course/scc", "met", True),
        ("000:60", 2, "course/senior-pnac", "met", True),
        ("000:61", 1, "course/a7-authorising-officer", "missing", False),
    } == parts(found)
    assert {SENIOR: True} == gates(found)
    assert {("profile", None), ("law", "Temporary promotion, and doing the duties of a higher rank for a time")} == {
        (row["source"], row["exempt"]) for row in found
    }


@needed
@pytest.mark.real
def test_what_the_profile_asks_and_what_the_law_asks_are_judged_apart(graph: Graph) -> None:
    """Both courses after 2022 are too late for the profile, and good enough for the law."""
    found = rows(graph, "met ac", "scc:2023-03", "senior-pnac:2018-06-30")

    assert {
        ("000:60", 1, "course/elp", "missing", False),
        ("000:60", 2, "course/scc", "too late", False),
        ("000:60", 2, "course/senior-pnac", "met", False),
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

    assert {"scc:2022": {"met"}, "scc:2022-12-31": {"met"}, "scc:2023": {"too late"}, "scc": {"unknown"}} == status


@needed
@pytest.mark.real
def test_what_only_a_person_can_judge_is_met_where_it_is_said(graph: Graph) -> None:
    """A designated role overseas opens line 59 for who says so."""
    assert {("000:59", 3, OVERSEAS, "met", True)} == {
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
            (row["part_status"], row["until"])
            for row in rows(graph, "inspector", exam, as_of=day)
            if row["gate"] == NPPF[1]
        }
        for day in ("2020-02-28", "2020-02-29", "2025-02-28", "2025-03-01")
    }

    assert {
        "2020-02-28": {("not yet", None)},
        "2020-02-29": {("met", "2025-03-01")},
        "2025-02-28": {("met", "2025-03-01")},
        "2025-03-01": {("lapsed", None)},
    } == found


def test_outside_england_and_wales_its_gates_are_unknown(graph: Graph) -> None:
    """Neither what is held nor what is missing says anything there."""
    found = rows(graph, "inspector", "nppf-exam-inspector:2025", **{"in": "scotland"})

    assert dict.fromkeys(NPPF) == gates(found)
    assert {("unknown", None, None)} == {(row["part_status"], row["option_open"], row["until"]) for row in found}


def test_a_rank_or_higher_is_met_across_ladders_by_a_rank_that_stands_level(graph: Graph) -> None:
    """The head of a force must have been a chief officer; where nobody says who stands level it is unknown."""
    name = "Head of a force: service as a chief officer"
    ranks_held = ("chief superintendent", "met commander", "dcc", "city ac")
    opens = {rank: gates(rows(graph, "chief constable", held_rank=rank))[name] for rank in ranks_held}

    assert {"chief superintendent": False, "met commander": True, "dcc": True, "city ac": True} == opens


@pytest.fixture(scope="module")
def home(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph for the command line, with the real documents if they are there."""
    contents = "reference" if needed.args[0] else "documents"
    return Path(shutil.copytree(prepared(common, contents), tmp_path_factory.mktemp("gates") / "home"))


def said(text: str) -> list[str]:
    """Return the lines of a tree without its branches and places."""
    return [line.lstrip("│├└─ ").split("  ")[0] for line in text.splitlines()]


@needed
@pytest.mark.real
def test_gates_says_what_blocks_and_by_which_option_a_gate_is_open(home: Path) -> None:
    """The readable answer begins with what stands in the way."""
    found = run("gates", "met ac", *EXAMPLE, RANKGRAPH_HOME=str(home))

    assert (0, "a year or month counts as its last day: 2019 as 2019-12-31; what lapses may lapse sooner\n") == (
        found.exit_code,
        found.stderr,
    )
    assert "blocked by: Authorising officer's course (A7)" == said(found.stdout)[1]
    scc = "Strategic Command Course (SCC) before 2023-01-01 [met, held since 2019-12-31]"
    centre = "Senior Police National Assessment Centre (Senior PNAC) before 2023-01-01 [met, held since 2018-06-30]"
    assert {
        "either: Executive leaders programme (ELP) [missing]",
        f"or: {scc} and {centre}",
        "asked by: law, in England and Wales",
        "exempt: Temporary promotion, and doing the duties of a higher rank for a time",
    } <= set(said(found.stdout))


@needed
@pytest.mark.real
def test_gates_as_json_are_the_rows_of_the_question(home: Path) -> None:
    """The command and the question answer alike, whichever way the holdings are written."""
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

    assert list(the_question().returns) == list(json.loads(found.stdout)[0])
    assert dict.fromkeys(asked, json.loads(found.stdout)) == {
        text: json.loads(answered.stdout) for text, answered in asked.items()
    }


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
    drawn_as = run("pathway", "constable", "inspector", *exam, RANKGRAPH_HOME=str(home))

    assert [
        ([NPPF[1]], [NPPF[0], *NPPF[2:]], []),
        ([], list(NPPF), []),
    ] == [(row["gates_open"], row["gates_blocked"], row["gates_unknown"]) for row in json.loads(found.stdout)]
    assert [f"gate: {NPPF[1]}", f"gate: {NPPF[1]}"] == [
        line for line in said(drawn_as.stdout) if "gate: NPPF step 2" in line
    ]
    assert 1 == drawn_as.stdout.count("[open, lapses on 2029-05-02]")


def test_gates_says_of_a_course_that_no_gate_asks_for_it(home: Path) -> None:
    """A name that was meant for a gate opens nothing when it is that of a course."""
    held = ("--holds", "scc:2019", "--holds", "NPPF step 2: inspectors' legal exam:2025-03-14")
    found = run("gates", "inspector", *held, RANKGRAPH_HOME=str(home))
    notes = [line for line in found.stderr.splitlines() if "asks for" in line]
    says = "what a gate asks for stands below its name, and is held by that name"
    assert [f"no gate of uk/inspector asks for course/scc; {says}"] == notes


def test_the_day_given_for_the_rank_held_counts_in_a_gap(home: Path) -> None:
    """FROM is held, since the day that --held-rank gives."""
    found = run("gap", "sergeant", "inspector", "--held-rank", "sergeant:2021-04-30", RANKGRAPH_HOME=str(home))
    assert {"the rank of Sergeant [met, held since 2021-04-30]"} == {
        part for line in said(found.stdout) for part in line.split(" and ") if part.startswith("the rank of Sergeant")
    }


def test_a_rank_that_both_forces_of_london_have_is_named_with_its_force(home: Path) -> None:
    """Else two options of one gate would read the same."""
    found = run("gates", "chief constable", RANKGRAPH_HOME=str(home))
    ranks = {line.split(" [")[0] for line in said(found.stdout) if "rank of Commander" in line}
    assert {"or: the rank of Commander (Met) or higher", "or: the rank of Commander (City) or higher"} == ranks


def test_gates_says_that_nothing_is_known_elsewhere(home: Path) -> None:
    """Not open, not blocked."""
    found = run("gates", "inspector", "--in", "scotland", RANKGRAPH_HOME=str(home))
    assert f"unknown: {'; '.join(NPPF)}" == said(found.stdout)[1]
    assert "the gates known here hold in England and Wales; of Scotland nothing is known\n" == found.stderr


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
