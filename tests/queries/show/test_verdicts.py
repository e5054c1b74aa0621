"""The tables of the workforce: what they say first, and where they end."""

from __future__ import annotations

from rich.console import RenderableType

from queries.answers.answer import Answer
from queries.audience.small_numbers import HIDDEN
from queries.show.tables import draw
from queries.show.verdicts import VERDICTS, under_verdict

COLUMNS = ("unit", "unit_id", "depth", "requirement", "requirement_id", "level", "need", "short", "unknown")
Row = dict[str, object]


def _row(
    unit: str | None, depth: int | None, requirement: str, *, need: object, short: object, unknown: int = 0
) -> Row:
    values = (unit or "Whole force", unit, depth, requirement, requirement, 2 if requirement == "Taser" else None)
    return dict(zip(COLUMNS, (*values, need, short, unknown), strict=True))


verdict = VERDICTS["heat-map"]


def heat_map(answer: Answer, columns: tuple[str, ...], *, whole: bool = False) -> RenderableType | None:
    """Draw a heat map."""
    return under_verdict("heat-map", answer, columns, whole=whole)


ROWS = [
    _row(None, None, "Driving", need=30, short=20),
    _row("North", 0, "Driving", need=20, short=12),
    _row("Team 1", 1, "Driving", need=10, short=5),
    _row("Team 2", 1, "Driving", need=10, short=7),
    _row("Team 2", 1, "Taser", need=9, short=8),
    _row("South", 0, "Driving", need=10, short=HIDDEN),
    _row("South", 0, "Search", need=4, short=0, unknown=4),
]


def test_the_first_line_names_the_worst_unit_and_how_many_lines_are_short() -> None:
    """Of units that have others below them the whole is no worse than its parts; the sum of the force is no unit."""
    assert (
        "Worst of what is shown: Team 2, Taser (level 2): 8 of 9 short; 4 of 6 lines short, 1 hidden, 1 not known"
        == verdict(ROWS)
    )
    assert "Nothing is short: 0 of 1 line short, 1 not known" == verdict(ROWS[-1:])
    assert "Nothing that is shown is short: 0 of 2 lines short, 1 hidden, 1 not known" == verdict(ROWS[-2:])


def test_a_table_ends_where_a_screen_does_and_says_how_many_lines_are_left() -> None:
    """With all of them it does not."""
    many = [_row(f"Team {number}", 0, "Driving", need=1, short=1) for number in range(100)]
    answer, columns = Answer(COLUMNS, many, []), ("unit", "requirement", "short")
    drawn = [
        draw(view, 100).splitlines() for whole in (False, True) if (view := heat_map(answer, columns, whole=whole))
    ]
    assert "Worst: Team 0, Driving: 1 of 1 short; 100 of 100 lines short" == drawn[0][0] == drawn[1][0]
    assert [40, 100] == [sum(line.startswith("Team") for line in lines) for lines in drawn]
    assert "More  60 more lines: --all, or --unit NAME (one unit)" == drawn[0][-1]
    assert heat_map(Answer(COLUMNS, [], []), columns) is None


def test_of_more_lines_than_a_screen_has_room_for_the_shortest_are_drawn() -> None:
    """Ten of the force, the rest of units without others below; where nothing is short the first ones."""
    force = [_row(None, None, f"Ticket {one}", need=99, short=one) for one in range(20)]
    parts = [_row(f"Team {one}", 1, "Driving", need=99, short=one) for one in range(50)]
    rows = [*force, _row("North", 0, "Driving", need=99, short=90), *parts]

    def drawn(rows: list[Row]) -> list[str]:
        view = heat_map(Answer(COLUMNS, rows, []), ("unit", "requirement", "short"))
        assert view is not None
        return [" ".join(line.split()) for line in draw(view, 100).splitlines()[3:-1] if line]

    expected = [f"Whole force Ticket {one} {one}" for one in range(19, 9, -1)]
    assert drawn(rows) == [*expected, *(f"Team {one} Driving {one}" for one in range(49, 19, -1))]
    unknown = [_row(f"Team {one}", 0, "Driving", need=1, short=0, unknown=1) for one in range(50)]
    assert drawn(unknown) == [f"Team {one} Driving 0" for one in range(40)]


def test_each_table_says_first_what_matters_most() -> None:
    """How many there are, the first or the worst of them, and what is worse than the rest."""
    ends = [
        ("2027-01-05", "Taser", "P1", False),
        ("2026-12-30", "Search", "P2", True),
        ("2027-01-09", "Taser", "P2", True),
    ]
    expiring = [dict(zip(("expires", "requirement", "person_id", "last_holder"), one, strict=True)) for one in ends]
    first = "3 tickets of 2 people will end by 2027-01-09, first on 2026-12-30 (Search); most Taser: 2"
    assert VERDICTS["expiring"](expiring) == f"{first}; of 2 nobody else there is a holder"
    assert "nobody else" not in VERDICTS["expiring"](expiring[:1])

    alone: list[Row] = [{"unit_id": unit, "person_id": one} for unit, one in (("A", "P1"), ("B", "P2"), ("B", "P1"))]
    said = "3 requirements of 2 units rest on one person, 2 people in all; most on P1: 2"
    assert VERDICTS["single-points"](alone) == said

    places = [("uk/constable", "A", 2, []), ("uk/constable", "B", 4, []), ("uk/sergeant", "B", 5, ["P1"])]
    vacancies = [dict(zip(("rank", "unit", "vacant", "covered_by"), one, strict=True)) for one in places]
    said = "11 places empty in 3 posts, 1 of them covered; most uk/constable: 6, B: 9"
    assert VERDICTS["vacancies"](vacancies) == said

    waiting: list[Row] = [{"ready": one} for one in ("12m", "unknown", "no", "no")]
    assert (
        VERDICTS["succession"](waiting) == "Of 4 people nobody ready now, 1 within 12 months, 2 not ready, 1 not known"
    )
    assert VERDICTS["succession"]([{"ready": "now"}]) == "Of 1 person 1 ready now"


def test_counts_that_an_audience_is_shown_have_no_verdict() -> None:
    """Their columns are others; the lines themselves are drawn."""
    answer = Answer(("requirement", "people"), [{"requirement": "Taser", "people": "<5"}], [])
    view = under_verdict("expiring", answer, ("expires", "requirement"))
    assert view is not None
    assert ["requirement   people", "Taser         <5"] == [draw(view, 80).splitlines()[at].rstrip() for at in (0, 2)]
