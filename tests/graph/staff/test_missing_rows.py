"""What a whole export removes: of those in it, what its sheets say no longer."""

from __future__ import annotations

import pytest

from graph.days import add_months, today
from graph.documents.write import Counts, Tally
from graph.errors import CheckError
from graph.rows import Row as NamedRow
from graph.session import Graph
from graph.staff.load import load
from loaders.staff.sheets import sheet as declared
from queries.ask import ask
from queries.catalogue import question
from tests.builders.staff_files import Row, Sheets, dump, force
from tests.harness.engines import delete_all

DAY = "2026-03-31"
RANKS = ["uk/constable", "uk/sergeant", "uk/inspector", "uk/chief-inspector"]
TASER, DRIVING = "skill/taser", "skill/driving"
EXPORT = Sheets(
    {
        "units": [("U1", "Force", None)],
        "posts": [(post, "U1", "uk/sergeant", None, None, None, None, None) for post in ("A", "B")],
        "people": [(person, f"Person {person}", None, None) for person in ("P1", "P2", "P3")],
        "occupancies": [("P1", "A", "2024-01-01", None, None, None), ("P2", "B", "2024-01-01", None, None, None)],
        "requirements": [(TASER, "Taser", "Skill", 12, 2), (DRIVING, "Driving", "Skill", None, None)],
        "post_requirements": [("A", DRIVING, None, None), ("A", TASER, 1, None), ("B", TASER, None, None)],
        "holdings": [
            ("P1", TASER, 1, "2025-06-01", None, None),
            ("P2", DRIVING, None, None, None, None),
            ("P2", TASER, 1, "2025-06-01", None, None),
            ("P3", TASER, None, "2025-06-01", None, None),
        ],
        "ranks_held": [("P1", "uk/constable", None, None, None), ("P1", "uk/sergeant", "2024-01-01", None, None)],
        "absences": [("P1", "2026-01-01", None, "secondment"), ("P3", "2026-01-01", None, "maternity")],
        "courses": [("course/boat", "C1", "Boat", None, None, None, None)],
        "teaches": [("course/boat", DRIVING, None), ("course/boat", TASER, 1)],
        "course_dates": [("course/boat", "2026-04-13", 8), ("course/boat", "2026-09-07", None)],
    }
)
SHEETS = {
    "holdings": "HOLDS",
    "ranks_held": "HELD_RANK",
    "absences": "ABSENT",
    "post_requirements": "ASKS_FOR",
    "teaches": "TEACHES",
    "course_dates": "HAS_RUN",
}
STARTS = {"post_requirements": "posts", "teaches": "courses", "course_dates": "courses"}


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the ranks and the first export in the graph."""
    delete_all(graph)
    graph.write(lambda tx: tx.run("UNWIND $ids AS id MERGE (n:Role:Rank {id: id, name: id})", {"ids": RANKS}))
    load(graph, EXPORT)
    return graph


def _edges(graph: Graph, kind: str) -> list[tuple[object, object, object]]:
    rows = graph.read(
        f"MATCH (a)-[e:{kind}]->(b) RETURN a.id AS a, b.id AS b, e.instance AS instance ORDER BY a, b, instance", {}
    )
    return [(row["a"], row["b"], row["instance"]) for row in rows]


def _without(sheet: str) -> Sheets:
    return Sheets({name: rows for name, rows in EXPORT.sheets.items() if name != sheet})


def test_a_mended_day_takes_the_place_of_the_wrong_one(graph: Graph) -> None:
    """Of somebody in the export one holding goes and one comes; a second run has no work."""
    holdings = [("P1", TASER, 1, "2024-06-01", None, None), *EXPORT.sheets["holdings"][1:]]

    counts = load(graph, EXPORT.but(holdings=holdings), full_day=DAY)

    assert (Tally(edges=1), Tally(edges=1), Tally(), Tally()) == (
        counts.created,
        counts.removed,
        counts.closed,
        counts.changed,
    )
    assert [("P1", TASER, "2024-06-01")] == _edges(graph, "HOLDS")[:1]
    again = load(graph, EXPORT.but(holdings=holdings), full_day=DAY)
    assert Counts(untouched=counts.untouched + counts.created) == again


def test_a_mended_last_day_is_a_change(graph: Graph) -> None:
    """The day achieved tells a holding from others; its expiry does not."""
    holdings = [("P1", TASER, 1, "2025-06-01", "2026-02-28", None), *EXPORT.sheets["holdings"][1:]]

    counts = load(graph, EXPORT.but(holdings=holdings), full_day=DAY)

    assert (Tally(edges=1), Tally(), 4) == (counts.changed, counts.removed, len(_edges(graph, "HOLDS")))


@pytest.mark.parametrize("start", ["2023-05-01", "2026-03-31", None])
def test_a_mended_first_day_in_a_post_leaves_one_occupancy(graph: Graph, start: str | None) -> None:
    """The strength is right on the day itself: nobody is in a post twice."""
    mended = [("P1", "A", start, None, None, None), EXPORT.sheets["occupancies"][1]]

    counts = load(graph, EXPORT.but(occupancies=mended), full_day=DAY)

    assert (Tally(edges=1), Tally(edges=1), Tally()) == (counts.created, counts.removed, counts.closed)
    assert [("P1", "A", start or "-"), ("P2", "B", "2024-01-01")] == _edges(graph, "OCCUPIES")
    asked = question("establishment")
    assert asked is not None
    [row] = ask(graph, asked, {"as_of": DAY}).rows
    assert (2, 2, 2.0) == (row["posts"], row["heads"], row["strength_fte"])


def test_an_earlier_time_in_the_same_post_stays(graph: Graph) -> None:
    """Somebody who left a post and came back was in it before."""
    first = EXPORT.but(occupancies=[("P1", "A", "2024-01-01", "2024-12-31", None, None)])
    load(graph, first, full_day=DAY)

    counts = load(graph, first.but(occupancies=[("P1", "A", "2025-06-01", None, None, None)]), full_day=DAY)

    assert (Tally(), 3) == (counts.removed, len(_edges(graph, "OCCUPIES")))


def test_an_absence_that_is_gone_goes_with_its_node(graph: Graph) -> None:
    """Somebody with no row left in the sheet is in the export all the same."""
    counts = load(graph, EXPORT.but(absences=EXPORT.sheets["absences"][:1]), full_day=DAY)

    assert Tally(nodes=1, edges=1) == counts.removed
    kept = "P1/2026-01-01/secondment"
    assert [kept] == [row["id"] for row in graph.read("MATCH (n:Absence) RETURN n.id AS id", {})]
    assert [("P1", kept, "-")] == _edges(graph, "ABSENT")


def test_a_sheet_that_is_missing_removes_nothing(graph: Graph) -> None:
    """An export of a system that does not know it says nothing of it."""
    for sheet, kind in SHEETS.items():
        before = _edges(graph, kind)

        counts = load(graph, _without(sheet), full_day=DAY)

        assert (Tally(), before) == (counts.removed, _edges(graph, kind))


def test_a_sheet_without_rows_empties_and_says_so(graph: Graph) -> None:
    """It stands in the export, so it says that there is none."""
    for sheet, kind in SHEETS.items():
        notes: list[str] = []
        count = len(EXPORT.sheets[sheet])

        counts = load(graph, EXPORT.but(**{sheet: ()}), full_day=DAY, on_note=notes.append)

        assert (count, []) == (counts.removed.edges, _edges(graph, kind))
        advice = "leave it out of an export that does not have it"
        assert [f"{sheet}: no rows, so all {count} of those in the export go; {advice}"] == notes


def test_who_is_not_in_the_export_keeps_what_they_held(graph: Graph) -> None:
    """They are closed; what they held stays true of the time before."""

    def gone(sheet: str) -> list[Row]:
        return [row for row in EXPORT.sheets[sheet] if row[0] != "P2"]

    rest = EXPORT.but(**{name: gone(name) for name in ("people", "occupancies", "holdings")})

    counts = load(graph, rest, full_day=DAY)

    assert (Tally(), Tally(nodes=1, edges=1)) == (counts.removed, counts.closed)
    assert 4 == len(_edges(graph, "HOLDS"))


def test_a_sheet_with_rows_at_fault_removes_nothing(graph: Graph) -> None:
    """What a row at fault would have said is not known."""
    notes: list[str] = []
    faulty = Sheets(EXPORT.but(holdings=EXPORT.sheets["holdings"][:1]).sheets, skipped=2, skipped_in="holdings")

    counts = load(graph, faulty, full_day=DAY, on_note=notes.append)

    assert (Tally(), ["holdings: 2 row(s) at fault, so nothing of this sheet was removed"]) == (counts.removed, notes)


def test_without_a_whole_export_rows_that_are_not_in_it_are_counted(graph: Graph) -> None:
    """Of those who have other rows in the sheet; nothing is removed."""
    notes: list[str] = []
    part = EXPORT.but(holdings=EXPORT.sheets["holdings"][:2], occupancies=[("P1", "A", "2025-01-01", None, None, None)])

    counts = load(graph, part, on_note=notes.append)

    advice = "--full --as-of DAY takes the export as whole"
    assert [f"at least 2 row(s) in the graph are not in this export; {advice}"] == notes
    assert (Tally(), Tally()) == (counts.removed, counts.closed)


def test_an_export_of_nobody_is_no_whole_one(graph: Graph) -> None:
    """Everybody would be closed by an empty file."""
    before = dump(graph)

    with pytest.raises(CheckError, match="people: found no rows; expected everybody in a whole export"):
        load(graph, EXPORT.but(people=(), occupancies=(), holdings=(), ranks_held=(), absences=()), full_day=DAY)

    assert before == dump(graph)


def test_an_older_whole_export_is_refused_after_a_newer_one(graph: Graph) -> None:
    """It knows nothing of who came since; the same day again is no older."""
    load(graph, EXPORT, full_day=DAY)
    before = dump(graph)

    with pytest.raises(CheckError, match="found a whole export of 2026-03-30; expected none older than that of 2026-"):
        load(graph, EXPORT, full_day="2026-03-30")

    assert (before, Tally()) == (dump(graph), load(graph, EXPORT, full_day=DAY).closed)


@pytest.mark.parametrize("full", [True, False])
def test_a_load_while_the_clock_was_wrong_bars_none_that_follows(
    graph: Graph, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its day is in the future: what is loaded next takes its place, and no day of a load is one to come."""
    with monkeypatch.context() as wrong:
        wrong.setattr("graph.staff.load.today", lambda: "2062-03-31")
        load(graph, EXPORT, full_day="2062-03-31" if full else None)
    load(graph, EXPORT, full_day=DAY if full else None)
    [row] = graph.read("MATCH (n:StaffLoad) RETURN n.loaded AS loaded, n.export_day AS day", {})
    assert (today(), DAY if full else None) == (row["loaded"], row["day"])


@pytest.mark.parametrize("day", [str(add_months(today(), 1)), "2062-03-31", "9999-12-31"])
def test_a_whole_export_of_a_day_to_come_is_refused(graph: Graph, day: str) -> None:
    """Each real one that follows would be older."""
    before = dump(graph)

    with pytest.raises(CheckError, match=f"found a whole export of {day}; expected one of today"):
        load(graph, EXPORT, full_day=day)

    assert before == dump(graph)


@pytest.mark.parametrize(
    ("left", "most", "is_refused"),
    [(2, 0.1, True), (1, 0.5, False), (2, 0.5, True), (1, 1, False), (2, 1, True), (2, 2, False), (2, None, False)],
)
def test_a_whole_export_that_would_close_many_stops(
    graph: Graph, left: int, most: float | None, is_refused: bool
) -> None:
    """A share below 1, or a number of people; a dry run stops as well."""
    gone = [f"P{number}" for number in range(3, 3 - left, -1)]
    kept = {
        name: [row for row in EXPORT.sheets[name] if row[0] not in gone]
        for name in ("people", "occupancies", "holdings", "ranks_held", "absences")
    }
    before = dump(graph)
    for dry_run in (True, False):
        try:
            load(graph, EXPORT.but(**kept), full_day=DAY, most_closed=most, dry_run=dry_run)
            stopped = False
        except CheckError as error:
            stopped = str(error).splitlines()[-1].startswith(f"people: {left} of 3 in the graph are not in this whole")
        assert is_refused == stopped
        assert is_refused or dry_run == (before == dump(graph))


@pytest.mark.parametrize("sheet", ["people", "occupancies", "absences", "holdings"])
def test_a_whole_load_that_was_cut_short_is_completed_by_the_next(graph: Graph, sheet: str) -> None:
    """What was to be removed and closed is so then, wherever it was cut."""
    rest = Sheets({name: rows[:1] for name, rows in EXPORT.sheets.items()})

    def cut(told: str, _rows: int) -> None:
        if told == sheet:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(graph, rest, full_day=DAY, on_rows=cut)
    load(graph, rest, full_day=DAY)
    completed = dump(graph)

    delete_all(graph)
    graph.write(lambda tx: tx.run("UNWIND $ids AS id MERGE (n:Role:Rank {id: id, name: id})", {"ids": RANKS}))
    load(graph, EXPORT)
    load(graph, rest, full_day=DAY)
    assert dump(graph) == completed


@pytest.mark.parametrize("seed", range(3))
def test_whole_exports_end_as_plain_python_says(graph: Graph, seed: int) -> None:
    """Of those in the last export only its rows stand, of others those of the last that had them; a dry run agrees."""
    exports = [EXPORT, *(force(people, seed=10 * seed + people, holdings=5) for people in (25, 40, 30))]
    expected: dict[str, dict[object, set[object]]] = {sheet: {} for sheet in SHEETS}
    for export in exports:
        counted = load(graph, export, full_day=DAY, dry_run=True)
        assert counted == load(graph, export, full_day=DAY)
        assert Tally() == load(graph, export, full_day=DAY).removed
        for sheet, said in expected.items():
            starts = STARTS.get(sheet, "people")
            said |= {row[_start(starts)]: set() for row in export.rows(starts)}
            for row in export.rows(sheet):
                said[row[_start(sheet)]].add(_key(sheet, row))

    for sheet, said in expected.items():
        assert {(start, *key) for start, keys in said.items() for key in keys if isinstance(key, tuple)} == set(
            _edges(graph, SHEETS[sheet])
        )


def _start(sheet: str) -> str:
    return declared(sheet).values[0]


def _key(sheet: str, row: NamedRow) -> Row:
    if sheet == "absences":
        return (f"{row['person_id']}/{row['from'] or '-'}/{row['kind']}", "-")
    if sheet == "course_dates":
        return (f"{row['course_id']}/run/{row['starts']}", "-")
    _, end, *day = declared(sheet).key
    return (row[end], (row[day[0]] if day and sheet != "occupancies" else None) or "-")
