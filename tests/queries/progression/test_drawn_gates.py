"""Whether gates are open: the Cypher against plain Python, on a thousand drawn gates."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict
from functools import cache

import pytest

from graph.days import LAST_DAY
from graph.session import Graph, Transaction
from loaders.reference.ranks import ranks
from tests.harness.engines import Engine, with_settings
from tests.harness.real import needed
from tests.oracles.gates import Case, Held, Part, answer, counts_for, is_met_on, still_counting
from tests.queries.progression.test_gate_status import the_question

pytestmark = pytest.mark.holds("reference" if needed.args[0] else "documents", changed=True)

CASES = 1000
COURSES = ("course/elp", "course/scc", "course/senior-pnac", "course/nppf-exam-sergeant")
JUDGED = (
    "experience/chosen-for-promotion-to-inspector-by-the-forces-own-process",
    "experience/shown-to-be-competent-in-the-rank-of-sergeant",
)
RANKS = tuple(rank.id for rank in ranks())
COLUMNS = ("option", "needs_id", "part_status", "option_open", "gate_open", "until", "opens", "windows")

EDGES = ("2019-12-31", "2020-01-31", "2020-02-28", "2020-02-29", "2020-03-31", "2021-02-28", "2021-03-01", "2022-01-01")
_MONTHS = (1, 6, 12, 13, 24, 60)
_TARGETS = (*RANKS, *RANKS[5:], *COURSES * 4, *JUDGED * 4)
_CONDITIONS = ((), (), ("before",), ("within",), ("within",), ("for",), ("before", "within", "for"))


def _day(chance: random.Random) -> str:
    year, month, day = chance.randint(2016, 2023), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice([*EDGES, *[f"{year}-{month:02}-{day:02}"] * len(EDGES)])


def _often(chance: random.Random) -> bool:
    return chance.random() < 0.75


def _part(chance: random.Random, target: str) -> Part:
    asked = chance.choice(_CONDITIONS)
    return Part(
        target,
        _day(chance) if "before" in asked else None,
        at_least=target in RANKS and chance.random() < 0.5,
        within_months=chance.choice(_MONTHS) if "within" in asked else None,
        for_months=chance.choice(_MONTHS) if "for" in asked else None,
    )


def _held(chance: random.Random, of: str) -> Held:
    first, second = sorted((_day(chance), _day(chance)))
    dated = _often(chance)
    since = _since(chance, second if of not in RANKS else first) if dated else None
    if of in RANKS:
        ended = second if dated and chance.random() < 0.5 else None
        ended_from = _since(chance, ended) if ended else None
        unknown = chance.random() < 0.5
        return Held(of, first if dated else None, None, ended, unknown, achieved_from=since, ended_from=ended_from)
    begun = first if of in JUDGED and chance.random() < 0.5 else None
    result = chance.choice(["met", "not met", None]) if of in JUDGED else None
    begun_from = _since(chance, begun) if begun else None
    return Held(of, second if dated else None, begun, achieved_from=since, begun_from=begun_from, result=result)


def _since(chance: random.Random, day: str) -> str | None:
    """Return the first day of a year or month of which a day is the last, or none where the day is known."""
    return chance.choice([None, None, f"{day[:4]}-01-01", f"{day[:7]}-01"])


def _case(chance: random.Random) -> Case:
    """Return a gate of some options, and holdings that are mostly of the kind it asks for."""
    options = tuple(
        tuple(_part(chance, target) for target in dict.fromkeys(chance.choices(_TARGETS, k=chance.randint(1, 3))))
        for _ in range(chance.randint(1, 3))
    )
    likely = [part.target for option in options for part in option if _often(chance)]
    return Case(
        options,
        tuple(_held(chance, of) for of in [*likely, *chance.choices(_TARGETS, k=chance.randint(0, 2))]),
        chance.choice(["england-and-wales", "england-and-wales", "scotland", "uk", "mps"]),
        chance.choice([None, None, None, None, "england-and-wales", "scotland", "northern-ireland"]),
        _day(chance),
    )


@cache
def drawn() -> tuple[Case, ...]:
    """Return a thousand different cases, the same in each run."""
    chance, found = random.Random(0), dict[Case, None]()  # noqa: S311 -- a test, not a secret
    while len(found) < CASES:
        found.setdefault(_case(chance))
    return tuple(found)


@cache
def expected() -> list[list[tuple[object, ...]]]:
    """Return what plain Python says of each case."""
    return [answer(case) for case in drawn()]


_WRITE = """UNWIND $gates AS g
CREATE (r:Role {id: g.edition, name: g.edition})-[asks:REQUIRES]->(gate:Gate {id: g.edition + '/gate'})
SET asks = g.edge, gate.name = g.edition, gate.applies_in = g.applies_in, gate.source = 'policy'
WITH g, gate
UNWIND g.options AS o
CREATE (gate)-[opens:OPTION]->(way:Option {id: o.id, name: o.id, number: o.number})
SET opens = g.edge
WITH o, way
UNWIND o.parts AS p
MATCH (need:Role|Requirement {id: p.target})
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
    for case, wanted, rows in zip(drawn(), expected(), found, strict=True):
        got = [tuple(row[column] for column in COLUMNS) for row in rows]
        assert (case, sorted_windows(wanted)) == (case, sorted_windows(got))


def test_a_part_is_done_where_a_walk_day_by_day_meets_it() -> None:
    """The two ways in which plain Python says so agree, where nothing is of another place."""
    for case in drawn():
        if case.applies_in == "uk":
            done = {(row[0], row[1]) for row in answer(case) if row[2] == "done"}
            parts = [(place, part) for place, option in enumerate(case.options, 1) for part in option]
            held = still_counting(case.holdings, case.day)
            assert done == {
                (place, part.target)
                for place, part in parts
                if any(is_met_on(part, one, case.day) for one in held if counts_for(part, one.id) != "no")
            }


def sorted_windows(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return rows with their windows in order."""
    return [(*row, sorted(str(one) for one in windows)) for *row, windows in rows if isinstance(windows, list)]


def test_the_drawn_gates_show_every_status() -> None:
    """None of the thousand agreements is empty: each status, and each state of a gate, is there often."""
    parts = [part for answers in expected() for part in answers]
    often = {status for status, count in Counter(part[2] for part in parts).items() if count >= 20}
    assert {"done", "missing", "unclear", "to_judge", "opens", "lapsed"} <= often
    assert {True, False, None} == {part[4] for part in parts}
    assert {(True, False), (False, True), (False, False)} == {(bool(part[5]), bool(part[6])) for part in parts}
    assert {0, 1, 2} <= {len(str(part[7]).split(",")) if part[7] else 0 for part in parts}
