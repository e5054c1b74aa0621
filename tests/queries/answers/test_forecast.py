"""Forecasts of small tables: what each recorded end and each assumption does, by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from graph.rows import Row
from queries.answers.forecast import COLUMNS, Force, band, forecast
from queries.answers.forecast_rates import estimate
from queries.parameters.assumptions import ALL, Assumptions, Rate

DAY = "2026-01-01"
PC, PS = "uk/constable", "uk/sergeant"
TASER = ["skill/taser", 12]


def post(unit: str = "A", rank: str = PC, places: int = 10, **more: object) -> Row:
    """Return a row of posts-ahead."""
    row: Row = {"unit_id": unit, "units": [unit, "F"], "rank": rank, "opened": None, "closed": None}
    return {**row, "places": places, "needs": [], **more}


def person(name: str, unit: str = "A", rank: str = PC, **more: object) -> Row:
    """Return a row of people-ahead: somebody who joined in 2020."""
    row: Row = {"person_id": name, "post_id": "T", "unit_id": unit, "rank": rank, "basis": "substantive"}
    row = {**row, "joined": "2020-01-01", "first": "2020-01-01", "last": "9999-12-31", "away": [], "tickets": []}
    return {**row, **more}


def line(rows: list[Row], column: str, unit: str | None = "F", one: str = PC, kind: str = "rank") -> list[object]:
    """Return what becomes of a rank or ticket, day by day."""
    return [row[column] for row in rows if (row["unit_id"], row["kind"], row["id"]) == (unit, kind, one)]


def assuming(posts: Sequence[Row], people: Sequence[Row], **given: object) -> list[Row]:
    """Return a forecast with what is assumed."""
    return forecast(Force(posts, people, {PC: PS}), Assumptions.model_validate(given), DAY)


MANY = [person(f"P{n:03}") for n in range(100)]


@pytest.mark.parametrize(
    ("people", "expected"),
    {
        "leaves": ([person("1", last="2027-06-30"), person("2")], [2, 2, 1, 1, 1]),
        "joins": ([person("1", first="2027-06-30")], [0, 0, 1, 1, 1]),
        "holds no other": ([person("1", basis="temporary"), person("2", basis="acting")], [2, 2, 2, 2, 2]),
        "holds another": ([person("1", basis="acting"), person("1", rank=PS)], []),
        "holds another for a while": (
            [person("1", basis="acting"), person("1", rank=PS, last="2027-06-30")],
            [0, 0, 1, 1, 1],
        ),
        "in two posts": ([person("1", last="2029-01-01"), person("1", first="2029-06-30")], [1, 1, 1, 1, 1]),
        "in posts of two units": ([person("1"), person("1", "B")], [1, 1, 1, 1, 1]),
    }.values(),
    ids=[
        "leaves",
        "joins",
        "holds no other",
        "holds another",
        "holds another for a while",
        "in two posts",
        "in posts of two units",
    ],
)
def test_people_count_while_they_are_recorded_in_post(people: list[Row], expected: list[int]) -> None:
    """Once in each unit, and for good only where they are in a post for good."""
    rows = assuming([post(), post("B")], people)
    assert (expected or [0] * 5) == line(rows, "recorded")
    assert line(rows, "recorded") == line(rows, "low") == line(rows, "central") == line(rows, "high")
    assert [0] * 5 == line(rows, "assumed")
    assert all(tuple(row) == COLUMNS and row["assumptions"] == [] for row in rows)


def test_places_count_while_posts_are_open() -> None:
    """A unit has those of the units within it; a force of several units has a row of its own without a unit."""
    places = [post("A", places=3), post("A", places=2, opened="2027-01-01"), post("B", places=4, closed="2028-12-31")]
    assert [7, 9, 9, 5, 5] == line(assuming(places, []), "established")
    apart = [{**row, "units": [row["unit_id"]]} for row in places]
    assert [7, 9, 9, 5, 5] == line(assuming(apart, []), "established", None)
    assert [] == line(assuming(places, []), "established", None)


TICKETS: dict[str, tuple[list[list[str | None]], Row, list[int]]] = {
    "without end": ([["skill/taser", "2025-01-01", None]], {}, [1, 1, 1, 1, 1]),
    "lapses": ([["skill/taser", "2025-01-01", "2027-06-30"]], {}, [1, 1, 0, 0, 0]),
    "to come": ([["skill/taser", "2028-06-30", None]], {}, [0, 0, 0, 1, 1]),
    "with a gap": ([["skill/taser", None, "2026-06-30"], ["skill/taser", "2027-06-30", None]], {}, [1, 0, 1, 1, 1]),
    "absent": ([["skill/taser", None, None]], {"away": [[None, "2026-12-31"]]}, [0, 1, 1, 1, 1]),
    "acting": ([["skill/taser", None, None]], {"basis": "acting", "last": "2027-12-31"}, [1, 1, 0, 0, 0]),
}


@pytest.mark.parametrize("case", TICKETS)
def test_a_ticket_counts_while_its_holder_is_in_a_post_that_asks_for_it(case: str) -> None:
    """Present, on whatever basis; with all renewed it lapses for nobody who holds it, or will, in such a post."""
    tickets, more, expected = TICKETS[case]
    posts, people = [post(needs=[TASER])], [{**person("1", tickets=tickets), **more}]
    assert expected == line(assuming(posts, people), "recorded", one="skill/taser", kind="ticket")
    renewed = assuming(posts, people, renewals={"taser": "0 %", ALL: "100 %"})
    held = {"lapses": [1] * 5, "with a gap": [1] * 5}.get(case, expected)
    assert held == line(renewed, "central", one="skill/taser", kind="ticket")
    assert expected == line(renewed, "recorded", one="skill/taser", kind="ticket")


def test_a_ticket_is_renewed_each_time_that_it_lapses() -> None:
    """Of a hundred that lapse each year at 80 %: 80, 64, 51 and 41 are left."""
    people = [person(f"P{n:03}", tickets=[["skill/taser", None, "2026-06-30"]]) for n in range(100)]
    rows = assuming([post(needs=[TASER])], people, renewals={"skill/taser": "80 %"})
    found = line(rows, "central", one="skill/taser", kind="ticket")
    assert [100, 80, 64, 51, 41] == pytest.approx(found, abs=2)
    assert [["renewals"]] * 5 == line(rows, "assumptions", one="skill/taser", kind="ticket")


def test_a_share_leaves_each_year_and_those_of_few_years_of_service_by_their_own() -> None:
    """A tenth of a hundred; of those of a year of service half go for a year, and then a tenth."""
    assert [100, 90, 81, 73, 66] == pytest.approx(
        line(assuming([post()], MANY, leavers={ALL: "10 %"}), "central"), abs=2
    )
    young = [{**row, "joined": "2025-06-30"} for row in MANY]
    rows = assuming([post()], young, leavers={PC: {"0": "50 %", "2": "0 %"}})
    after = 100 * 0.5**1.5  # the year from half a year of service, and half of the next
    assert [100, 50, after, after, after] == pytest.approx(line(rows, "central"), abs=7)


def test_who_has_served_so_long_retires() -> None:
    """On the day; who has served longer already within a year; roles of police staff do not."""
    joined = {"1": "1995-07-01", "2": "1998-01-01", "3": "1998-01-02", "4": "2020-01-01"}
    people = [person(name, joined=day) for name, day in joined.items()]
    rows = assuming([post()], people, retirement="30")
    assert ([4, 3, 2, 1, 1], [0, -1, -2, -3, -3]) == (line(rows, "central"), line(rows, "assumed"))
    assert [4, 3, 3, 2, 1] == line(
        assuming(
            [post()],
            [*people[:1], *people[1:3], person("4", joined="1999-06-01")],
            retirement={"1990": "30", "1998": "31"},
        ),
        "central",
    )
    tickets = [["skill/taser", None, None]]
    staff = [person(name, rank="role/pcso", joined=day) for name, day in joined.items()]
    staff = [{**row, "tickets": tickets} for row in staff]
    rows = assuming([post(rank="role/pcso", needs=[TASER])], staff, retirement="30")
    assert [4] * 5 == line(rows, "central", one="role/pcso") == line(rows, "central", "F", "skill/taser", "ticket")


def test_who_rises_leaves_one_rank_and_comes_to_units_by_their_posts_of_the_next() -> None:
    """A tenth of a hundred constables a year, three quarters of them to the unit with three of four posts."""
    posts = [post(), post("A", PS, 30), post("B", PS, 10)]
    rows = assuming(posts, MANY, promotions={PC: "10 %"})
    assert [100, 90, 81, 73, 66] == pytest.approx(line(rows, "central"), abs=2)
    assert [0, 10, 19, 27, 34] == pytest.approx(line(rows, "central", one=PS), abs=2)
    assert [0, 7.5, 14, 20, 26] == pytest.approx(line(rows, "central", "A", PS), abs=2)
    assert [0, 2.5, 5, 7, 9] == pytest.approx(line(rows, "central", "B", PS), abs=2)
    assert [["promotions"]] * 5 == line(rows, "assumptions", one=PS)
    joiners = assuming(posts, [], promotions={PC: "10 %"}, intake={PC: "100"})
    risen = [sum(1 - 0.9 ** (year + 0.5) for year in range(years)) for years in range(5)]
    assert [100 * share for share in risen] == pytest.approx(line(joiners, "central", one=PS), abs=4)


def test_a_plan_of_intake_is_kept_and_shared_by_posts() -> None:
    """Ten a year in the force, to the unit; a number that was counted is one that may fall otherwise."""
    posts = [post("A", places=30), post("B", places=10)]
    rows = assuming(posts, [], intake={PC: "20"})
    assert [0, 20, 40, 60, 80] == line(rows, "low") == line(rows, "high")
    assert [0, 15, 30, 45, 60] == pytest.approx(line(rows, "central", "A"), abs=2)
    leaving = assuming(posts, [], intake={PC: "200"}, leavers={PC: "50 %"})  # joined half a year ago on average
    assert [0, 141, 212, 247, 265] == pytest.approx(line(leaving, "central"), abs=8)
    counted = assuming(posts, [], intake={PC: "20 of 3"})
    assert [0, 20, 40, 60, 80] == pytest.approx(line(counted, "central"), abs=4)
    bands = zip(*(line(counted, name)[1:] for name in ("low", "central", "high")), strict=True)
    assert all(int(str(low)) < int(str(central)) < int(str(high)) for low, central, high in bands)


def _width(rows: list[Row]) -> int:
    *_, last = rows
    return int(str(last["high"])) - int(str(last["low"]))


def test_a_rate_counted_of_few_is_less_sure() -> None:
    """The same rate, as given, of 1,000 person-years or tickets and of 50: the band widens."""
    holders = [{**row, "tickets": [["skill/taser", None, "2029-06-30"]]} for row in MANY]
    leaving = [_width(assuming([post()], MANY, leavers={PC: f"5 %{of}"})) for of in ("", " of 1000", " of 50")]
    renewed = [
        _width(assuming([post(needs=[TASER])], holders, renewals={ALL: f"80 %{of}"}))
        for of in ("", " of 1000", " of 50")
    ]
    for widths in (leaving, renewed):
        assert sorted(widths) == widths
        assert widths[2] > 1.5 * widths[0]


def test_the_same_seed_gives_the_same_rows_whichever_unit_is_asked() -> None:
    """Another seed gives others."""
    force = Force([post(), post("B")], [*MANY, person("Q", "B")], {})
    assumptions = Assumptions.model_validate({"leavers": {ALL: "5 % of 100"}})
    rows, again, other = (forecast(force, assumptions, DAY, seed=seed) for seed in (1, 1, 2))
    assert rows == again
    assert rows != other
    assert [row for row in rows if row["unit_id"] == "A"] == forecast(force, assumptions, DAY, unit="A", seed=1)


@pytest.mark.parametrize("mean", [0.4, 1.5, 4, 20, 300])
def test_a_band_has_nearest_to_eight_of_ten_that_whole_numbers_can(mean: float) -> None:
    """No narrower or wider band by one at either end is nearer, and the median lies within."""
    drawn = np.random.default_rng(5).poisson(mean, 500)
    low, central, high = band(drawn)

    def off(low: int, high: int) -> float:
        return abs(float(np.mean((low <= drawn) & (drawn <= high))) - 0.8)

    assert low <= central <= high
    assert central == int(np.sort(drawn)[250])
    near = [(a, b) for a in (low - 1, low, low + 1) for b in (high - 1, high, high + 1) if a <= central <= b]
    assert off(low, high) <= min(off(*ends) for ends in near)


def test_rates_are_counted_in_person_years_of_rank_and_service() -> None:
    """By hand: two constables for two years, of whom one leaves and one rises after a year, and one who joins."""
    rows = [
        {"person_id": "1", "joined": "2000-01-01", "left": "2024-12-31", "rank": PC, "first": None, "last": None},
        {"person_id": "2", "joined": "2000-01-01", "left": None, "rank": PC, "first": "2000-01-01", "last": None},
        {"person_id": "2", "joined": "2000-01-01", "left": None, "rank": PS, "first": "2025-01-01", "last": None},
        {"person_id": "3", "joined": "2025-01-01", "left": None, "rank": PC, "first": "2025-01-01", "last": None},
    ]
    lapsed = [{"requirement_id": "skill/taser", "requirement": "Taser", "lapsed": 40, "renewed": 30}]
    found, note = estimate([{**row, "as_rank": True} for row in rows], lapsed, {PC: PS}, "2023-12-31", DAY)

    years = 366 / 365.25 + 1 * 366 / 365.25 + 2 * 366 / 365.25
    [(first, leaving)] = found.leavers[ALL]
    [(rank, (joiners, counted))] = found.intake.items()
    assert first == 0
    assert pytest.approx(years, abs=0.02) == leaving.counted
    assert pytest.approx(1 - np.exp(-1 / years), abs=0.002) == leaving.value
    assert pytest.approx(3.0, abs=0.02) == found.promotions[ALL].counted
    assert ({ALL}, {ALL}) == (set(found.promotions), set(found.leavers))  # the rank has too few person-years
    assert (PC, pytest.approx(0.5, abs=0.01), pytest.approx(2, abs=0.01)) == (rank, joiners, counted)  # type: ignore[comparison-overlap]
    assert {ALL: Rate(0.75, 40), "skill/taser": Rate(0.75, 40)} == found.renewals
    assert "4 person-years after 2023-12-31, until 2026-01-01: 1 leaver, 1 promotion, 1 joiner" == note


def test_no_renewal_is_estimated_where_none_is_recorded() -> None:
    """Then files have the last holding of each alone, and nothing tells how many are renewed."""
    row = {
        "person_id": "1",
        "joined": "2000-01-01",
        "left": None,
        "rank": PC,
        "first": None,
        "last": None,
        "as_rank": 1,
    }
    lapsed = [{"requirement_id": "skill/taser", "requirement": "Taser", "lapsed": 40, "renewed": 0}]
    assert {} == estimate([row], lapsed, {}, "2023-12-31", DAY)[0].renewals


def test_a_band_of_service_has_a_share_of_its_own_where_enough_was_counted() -> None:
    """Three hundred people of one year of service and three hundred of 15, for a year; twenty of 26 are too few."""
    rows: list[Row] = [
        {"person_id": f"{joined}{n}", "joined": joined, "left": "2025-12-01" if n < gone else None, "rank": PC}
        | {"first": None, "last": None, "as_rank": 1}
        for joined, number, gone in (("2024-12-31", 300, 60), ("2010-01-01", 300, 6), ("1999-06-01", 20, 10))
        for n in range(number)
    ]
    found, _ = estimate(rows, [], {}, "2024-12-31", DAY)
    bands = {years: round(100 * rate.value) for years, rate in found.leavers[PC]}
    assert {0.0: 18, 2.0: 5} == bands


def test_ranks_held_go_before_the_ranks_of_posts() -> None:
    """Who acts as a sergeant in a sergeant's post is a constable still, where ranks held are recorded."""
    row: Row = {"person_id": "1", "joined": "2000-01-01", "left": None, "first": "2000-01-01", "last": None}
    rows: list[Row] = [
        {**row, "rank": PC, "as_rank": False},
        {**row, "rank": PS, "first": "2025-01-01", "as_rank": False},
    ]
    held: Row = {**row, "rank": PC, "as_rank": True}
    by_post, by_rank = (estimate(these, [], {PC: PS}, "2024-06-30", DAY) for these in (rows, [*rows, held]))
    assert ("1 promotion", "0 promotions") == tuple(note.split(", ")[2] for _, note in (by_post, by_rank))
