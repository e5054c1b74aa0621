"""What loading staff files does to the graph, on every engine."""

from __future__ import annotations

import pytest

from graph.documents.write import Counts, Tally
from graph.errors import CheckError, WriteError
from graph.session import Graph
from graph.staff.load import load
from graph.staff.write import Writer
from graph.text.captions import circle_caption
from queries.answers.loaded import unfinished_load
from tests.builders.staff_files import Sheets, after, dump, force
from tests.harness.engines import ON_EVERY_LINE

pytestmark = pytest.mark.holds("reference", changed=True)

DAY, EVE = "2026-03-31", "2026-03-30"
SMALL = Sheets(
    {
        "units": [("U1", "Force", None), ("U2", "Team", "U1")],
        "posts": [
            ("A", "U2", "uk/sergeant", "Team sergeant", None, None, "2020-01-01", None),
            ("B", "U2", "uk/constable", None, "role/pcso", 2.0, None, "2029-12-31"),
        ],
        "people": [("P1", "Person 1", "2010-01-01", None), ("P2", "Person 2", None, "2028-01-01")],
        "occupancies": [
            ("P1", "A", "2024-02-29", None, 0.5, "acting"),
            ("P1", "B", None, "2024-02-28", None, None),
            ("P2", "B", "2025-01-01", None, 1.0, "substantive"),
        ],
        "requirements": [("skill/taser", "Taser", "Skill", 12, 2), ("skill/boat", "Boat", "Skill", None, None)],
        "post_requirements": [("A", "skill/taser", 2, None), ("B", "skill/boat", None, "desirable")],
        "holdings": [
            ("P1", "skill/boat", None, None, None, None),
            ("P1", "skill/taser", 1, "2024-02-29", None, "Card 7"),
            ("P1", "skill/taser", 2, "2025-02-28", "2027-01-31", None),
            ("P2", "skill/taser", None, "2025-01-01", None, None),
        ],
        "ranks_held": [
            ("P1", "uk/constable", "2010-01-01", "2023-12-31", None), ("P1", "uk/sergeant", None, None, None),
        ],
        "absences": [("P2", "2026-01-01", None, "career break")],
        "courses": [("course/boat-course", "C1", "Boat course", 100, 2, 8, "School")],
        "teaches": [("course/boat-course", "skill/boat", None)],
    }
)  # fmt: skip
HELD: list[tuple[object, ...]] = [
    ("P1", "skill/boat", {"instance": "-"}),
    (
        "P1",
        "skill/taser",
        {"instance": "2024-02-29", "level": 1, "achieved": "2024-02-29", "expires": "2025-02-28", "evidence": "Card 7"},
    ),
    (
        "P1",
        "skill/taser",
        {
            "instance": "2025-02-28",
            "level": 2,
            "achieved": "2025-02-28",
            "expires": "2027-01-31",
            "expires_given": True,
        },
    ),
    ("P2", "skill/taser", {"instance": "2025-01-01", "achieved": "2025-01-01", "expires": "2026-01-01"}),
]


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have no staff in the graph; role/pcso stands for a role of a document."""
    _forget(graph)
    return graph


def _forget(graph: Graph) -> None:
    for label in ("Unit", "Post", "Person", "Absence", "StaffLoad"):
        graph.write(lambda tx, label=label: tx.run(f"MATCH (n:{label}) DETACH DELETE n"))  # type: ignore[misc]
    graph.write(lambda tx: tx.run("MATCH (n:Requirement) WHERE n.declared DETACH DELETE n"))
    graph.write(lambda tx: tx.run("MERGE (n:Role {id: 'role/pcso'}) SET n.name = 'PCSO'"))


def _nodes(graph: Graph, label: str) -> list[dict[str, object]]:
    rows = graph.read(f"MATCH (n:{label}) RETURN n.id AS id, properties(n) AS said ORDER BY id", {})
    return [row["said"] for row in rows if isinstance(row["said"], dict)]


def _edges(graph: Graph, kind: str) -> list[tuple[object, ...]]:
    rows = graph.read(
        f"MATCH (a)-[e:{kind}]->(b) RETURN a.id AS a, b.id AS b, properties(e) AS said ORDER BY a, b, e.instance", {}
    )
    return [(row["a"], row["b"], row["said"]) for row in rows]


def _counted(**counts: tuple[int, int]) -> Counts:
    return Counts.model_validate({name: {"nodes": part[0], "edges": part[1]} for name, part in counts.items()})


def test_a_refusal_stands_apart_from_what_is_held(graph: Graph) -> None:
    """One edge a judgement; it is no holding."""
    refused = ("P1", "skill/boat", "2026-05-12"), ("P1", "skill/boat", "2026-06-30")
    counts = load(graph, SMALL.but(not_met=refused))
    assert _counted(created=(10, 21)) == counts
    expected = [(one, need, {"instance": day, "judged": day}) for one, need, day in refused]
    assert expected == _edges(graph, "NOT_MET")
    assert HELD == _edges(graph, "HOLDS")
    assert _counted(untouched=(10, 21)) == load(graph, SMALL.but(not_met=refused))


def test_a_load_writes_what_the_sheets_say(graph: Graph) -> None:
    """Every node and edge stands as the contract of the graph has it, and no other."""
    counts = load(graph, SMALL)

    assert _counted(created=(10, 19)) == counts
    assert [
        {"id": "U1", "name": "Force", "circle": circle_caption("Force")},
        {"id": "U2", "name": "Team", "circle": circle_caption("Team")},
    ] == _nodes(graph, "Unit")
    assert [
        {
            "id": "A",
            "title": "Team sergeant",
            "circle": circle_caption("Team sergeant"),
            "fte": 1.0,
            "opened": "2020-01-01",
        },
        {"id": "B", "fte": 2.0, "closed": "2029-12-31"},
    ] == _nodes(graph, "Post")
    assert [
        {"id": "P1", "name": "Person 1", "joined": "2010-01-01"},
        {"id": "P2", "name": "Person 2", "left": "2028-01-01"},
    ] == _nodes(graph, "Person")
    assert [{"id": "P2/2026-01-01/career break", "from": "2026-01-01", "kind": "career break"}] == _nodes(
        graph, "Absence"
    )
    [marker] = _nodes(graph, "StaffLoad")
    assert ("done", ["staff.xlsx"], SMALL.sha256, 2, 0) == tuple(
        marker[name] for name in ("state", "files", "sha256", "people", "skipped")
    )


def test_requirements_and_courses_are_nodes_that_can_be_recorded(graph: Graph) -> None:
    """They carry what documents give a requirement, and what only staff files know."""
    load(graph, SMALL)

    said = ("id", "name", "text", "recorded", "declared", "valid_months", "max_level", "cost", "days", "seats")
    course = "course/boat-course"
    assert [
        (course, "Boat course", "Boat course", True, True, None, None, 100.0, 2.0, 8),
        ("skill/boat", "Boat", "Boat", True, True, None, None, None, None, None),
        ("skill/taser", "Taser", "Taser", True, True, 12, 2, None, None, None),
    ] == [tuple(row.get(name) for name in said) for row in _nodes(graph, "Requirement") if row.get("declared")]
    assert [course] == [row["id"] for row in _nodes(graph, "Course") if row.get("course_id") == "C1"]


@ON_EVERY_LINE
def test_a_load_writes_the_edges_that_the_sheets_say(graph: Graph) -> None:
    """Days and levels stand on the edges; the day of expiry follows from the months where none is given."""
    load(graph, SMALL)

    plain = {"instance": "-"}
    assert [("A", "U2", plain), ("B", "U2", plain), ("U2", "U1", plain)] == _edges(graph, "WITHIN")
    assert [("A", "uk/sergeant", plain), ("B", "role/pcso", plain), ("B", "uk/constable", plain)] == _edges(
        graph, "FOR_ROLE"
    )
    assert [
        ("A", "skill/taser", {"instance": "-", "level": 2, "necessity": "essential"}),
        ("B", "skill/boat", {"instance": "-", "necessity": "desirable"}),
    ] == _edges(graph, "ASKS_FOR")
    assert [
        ("P1", "A", {"instance": "2024-02-29", "from": "2024-02-29", "basis": "acting", "fte": 0.5}),
        ("P1", "B", {"instance": "-", "to": "2024-02-28", "basis": "substantive", "fte": 1.0}),
        ("P2", "B", {"instance": "2025-01-01", "from": "2025-01-01", "basis": "substantive", "fte": 1.0}),
    ] == _edges(graph, "OCCUPIES")
    assert [
        (
            "P1",
            "uk/constable",
            {"instance": "2010-01-01", "from": "2010-01-01", "to": "2023-12-31", "basis": "substantive"},
        ),
        ("P1", "uk/sergeant", {"instance": "-", "basis": "substantive"}),
    ] == _edges(graph, "HELD_RANK")
    assert [("P2", "P2/2026-01-01/career break", plain)] == _edges(graph, "ABSENT")
    assert [("course/boat-course", "skill/boat", plain)] == _edges(graph, "TEACHES")
    assert HELD == _edges(graph, "HOLDS")


@ON_EVERY_LINE
def test_a_second_load_writes_nothing(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a row nor the marker is written where nothing differs."""
    small = force(60)
    first = load(graph, small)
    graph.write(lambda tx: tx.run("MATCH (n:StaffLoad) SET n.loaded = '2020-01-01'"))
    before = dump(graph)
    monkeypatch.setattr(Writer, "_write", None)

    assert (Counts(untouched=first.created), before) == (load(graph, small), dump(graph))


def test_a_dry_run_counts_the_same_and_writes_nothing(graph: Graph) -> None:
    """What it says of a graph with staff and of one without is what a load then does."""
    first, second = force(30), force(40, seed=2)
    before = dump(graph)

    assert (load(graph, first, dry_run=True), before) == (Counts(created=load(graph, first).created), before)
    before = dump(graph)
    said = load(graph, second, full_day=DAY, dry_run=True)
    assert (before, said) == (dump(graph), load(graph, second, full_day=DAY))


def test_a_post_or_unit_that_moved_is_in_one_place(graph: Graph) -> None:
    """The edge to where it was goes; a move is one change."""
    load(graph, SMALL)
    posts = [
        ("A", "U1", "uk/inspector", "Team sergeant", None, None, "2020-01-01", None),
        ("B", "U2", None, None, "role/pcso", 2.0, None, "2029-12-31"),
    ]
    units = [("U1", "Force", None), ("U2", "Team", None)]

    counts = load(graph, SMALL.but(posts=posts, units=units))

    assert Counts(changed=Tally(edges=4), untouched=Tally(nodes=10, edges=15)) == counts
    assert [("A", "U1"), ("B", "U2")] == [edge[:2] for edge in _edges(graph, "WITHIN")]
    assert [("A", "uk/inspector"), ("B", "role/pcso")] == [edge[:2] for edge in _edges(graph, "FOR_ROLE")]


def test_a_changed_value_is_written_and_an_empty_one_taken_away(graph: Graph) -> None:
    """What the newest files say counts, empty cells included; under the same key an edge is changed, not doubled."""
    load(graph, SMALL)
    people = [("P1", "Person One", None, None), SMALL.sheets["people"][1]]
    occupancies = [("P1", "A", "2024-02-29", "2026-01-31", None, None), *SMALL.sheets["occupancies"][1:]]

    counts = load(graph, SMALL.but(people=people, occupancies=occupancies))

    assert Counts(changed=Tally(nodes=1, edges=1), untouched=Tally(nodes=9, edges=18)) == counts
    assert {"id": "P1", "name": "Person One"} == _nodes(graph, "Person")[0]
    changed = {"instance": "2024-02-29", "from": "2024-02-29", "to": "2026-01-31", "basis": "substantive", "fte": 1.0}
    assert ("P1", "A", changed) == _edges(graph, "OCCUPIES")[0]


def test_other_months_give_what_is_held_another_last_day(graph: Graph) -> None:
    """A holding that the files no longer name counts for the new months too; a day that a file gave stays."""
    load(graph, SMALL)
    longer = [("skill/taser", "Taser", "Skill", 24, 2)]

    counts = load(graph, SMALL.but(requirements=longer, holdings=SMALL.sheets["holdings"][3:]))

    assert (Tally(nodes=1, edges=2), Tally()) == (counts.changed, counts.created)
    assert [None, "2026-02-28", "2027-01-31", "2027-01-01"] == _last_days(graph)
    load(graph, SMALL.but(requirements=[("skill/taser", "Taser", "Skill", None, 2)], holdings=()))
    assert [None, None, "2027-01-31", None] == _last_days(graph)


def test_months_changed_by_a_load_that_was_cut_short_are_made_good(graph: Graph) -> None:
    """The next load looks at every holding again."""
    load(graph, SMALL)
    longer = SMALL.but(requirements=[("skill/taser", "Taser", "Skill", 24, 2)], holdings=())
    graph.write(
        lambda tx: tx.run(
            "MATCH (n:StaffLoad), (r:Requirement {id: 'skill/taser'}) SET n.state = 'loading', r.valid_months = 24"
        )
    )

    load(graph, longer)

    assert [None, "2026-02-28", "2027-01-31", "2027-01-01"] == _last_days(graph)


def _last_days(graph: Graph) -> list[object]:
    return [said.get("expires") for _, _, said in _edges(graph, "HOLDS") if isinstance(said, dict)]


def test_a_whole_export_closes_who_is_not_in_it(graph: Graph) -> None:
    """They left by the eve, and their occupancy ended then; who left before stays as they were; nothing is deleted."""
    more = SMALL.but(
        people=[*SMALL.sheets["people"], ("P3", "Person 3", None, "2020-06-30"), ("P4", "Person 4", None, None)],
        occupancies=[*SMALL.sheets["occupancies"], ("P3", "B", None, "2020-06-30", None, None)],
    )
    load(graph, more)
    rest = SMALL.but(
        people=SMALL.sheets["people"][:1],
        occupancies=SMALL.sheets["occupancies"][:2],
        holdings=SMALL.sheets["holdings"][:3],
        absences=(),
    )

    counts = load(graph, rest, full_day=DAY)

    assert (Tally(nodes=2, edges=1), Tally(), Tally()) == (counts.closed, counts.changed, counts.created)
    assert [("P1", None), ("P2", EVE), ("P3", "2020-06-30"), ("P4", EVE)] == [
        (row["id"], row.get("left")) for row in _nodes(graph, "Person")
    ]
    assert [None, "2024-02-28", EVE, "2020-06-30"] == _last_days_of_posts(graph)
    assert HELD == _edges(graph, "HOLDS")


def _last_days_of_posts(graph: Graph) -> list[object]:
    return [said.get("to") for _, _, said in _edges(graph, "OCCUPIES") if isinstance(said, dict)]


def test_a_whole_export_ends_an_occupancy_that_is_not_in_it(graph: Graph) -> None:
    """Somebody who moved is not counted in the former post for ever."""
    load(graph, SMALL)
    moved = [("P1", "B", "2026-03-01", None, None, None), SMALL.sheets["occupancies"][2]]

    counts = load(graph, SMALL.but(occupancies=moved), full_day=DAY)

    assert (Tally(edges=1), Tally(edges=1)) == (counts.closed, counts.created)
    assert [EVE, "2024-02-28", None, None] == _last_days_of_posts(graph)


def test_without_a_whole_export_nobody_is_closed(graph: Graph) -> None:
    """An export of a part says nothing of the others."""
    load(graph, SMALL)
    before = dump(graph)

    load(graph, SMALL.but(people=SMALL.sheets["people"][:1], occupancies=(), holdings=()))

    assert [row for row in before[0] if "StaffLoad" not in row] == [
        row for row in dump(graph)[0] if "StaffLoad" not in row
    ]
    assert before[1] == dump(graph)[1]


def test_who_was_closed_and_is_in_the_next_export_follows_it(graph: Graph) -> None:
    """The person and the occupancy are open again."""
    load(graph, SMALL)
    before = dump(graph)
    units = ("units", "posts", "people", "occupancies")
    rest = Sheets({name: SMALL.sheets[name] for name in units}).but(people=[("P3", "Person 3", None, None)])
    load(graph, rest.but(occupancies=()), full_day=DAY)
    graph.write(lambda tx: tx.run("MATCH (n:Person {id: 'P3'}) DETACH DELETE n"))

    counts = load(graph, SMALL)

    assert Tally(nodes=2, edges=2) == counts.changed
    assert before == dump(graph)


def test_a_whole_export_with_rows_left_out_is_refused(graph: Graph) -> None:
    """A person whose row was at fault is in the export all the same."""
    load(graph, SMALL)
    before = dump(graph)

    with pytest.raises(CheckError, match="people: found 1 row"):
        load(graph, Sheets(SMALL.sheets, skipped=1), full_day=DAY)

    assert before == dump(graph)


def test_a_row_that_points_at_nothing_ends_the_load(graph: Graph) -> None:
    """The load says so, the graph says that it is unfinished, and the mended files complete it."""
    wrong = SMALL.but(ranks_held=[("P1", "uk/no-such-rank", None, None, None)])

    with pytest.raises(WriteError, match="staff files, HELD_RANK: 1 rows were sent and 0 stand"):
        load(graph, wrong)

    assert "staff.xlsx" in str(unfinished_load(graph))
    load(graph, SMALL)
    assert (None, HELD) == (unfinished_load(graph), _edges(graph, "HOLDS"))


@pytest.mark.parametrize(
    "twice",
    [
        {"people": [("P1", "Person 1", None, None), ("P1", "Person 1", None, None)]},
        {"holdings": [("P1", "skill/boat", 1, None, None, None), ("P1", "skill/boat", 2, None, None, None)]},
        {"courses": [("course/boat", "C1", "Boat", *[None] * 4), ("course/boat", "C2", "Boat", *[None] * 4)]},
    ],
    ids=["people", "holdings", "courses"],
)
def test_two_rows_of_one_key_are_refused(graph: Graph, twice: dict[str, list[tuple[object, ...]]]) -> None:
    """Which of them counts is not for the loader to choose."""
    with pytest.raises(CheckError, match="found two rows of one key"):
        load(graph, SMALL.but(**twice))


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_exports_ends_as_plain_python_says(graph: Graph, seed: int) -> None:
    """Nodes and edges add up by their keys, the newest values count, and a post is in one unit."""
    exports = [force(people, seed=10 * seed + people) for people in (25, 40, 30)]
    for export in exports:
        load(graph, export)

    assert after(exports) == {
        "WITHIN": {(start, end) for start, end, _ in _edges(graph, "WITHIN")},
        "HOLDS": {(a, b, *(said.get(x) for x in ("level", "achieved", "expires"))) for a, b, said in _said(graph)},
    }


def _said(graph: Graph) -> list[tuple[object, object, dict[str, object]]]:
    return [(a, b, said) for a, b, said in _edges(graph, "HOLDS") if isinstance(said, dict)]
