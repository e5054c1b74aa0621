"""The first page of a report: whole tables, made of what its audience sees anyway."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.answers.skills_gap import totals
from queries.answers.skills_gap.facts import Load, Report, Rows
from queries.audience.small_numbers import FEW, HIDDEN
from queries.report.aggregate import for_audience
from queries.report.first_page import first_page
from tests.builders.report_rows import report

GREEN = "\N{BLACK CIRCLE} green"
AMBER = "\N{BLACK UP-POINTING TRIANGLE} amber"
RED = "\N{BLACK SQUARE} red"
_LATER: dict[str, object] = {"later": "2028-04-01", "assumptions": []}
UNITS: Rows = tuple(
    {"unit_id": unit, "unit": unit.capitalize(), "parent_id": parent, "depth": depth}
    for unit, parent, depth in (("force", None, 0), ("east", "force", 1), ("team", "east", 2), ("west", "force", 1))
)


def _row(name: str, need: object, have: object, unit: str = "east", level: int | None = None) -> dict[str, object]:
    depth = next(row["depth"] for row in UNITS if row["unit_id"] == unit)
    short = need - have if isinstance(need, int) and isinstance(have, int) else HIDDEN
    what = {"requirement": name.capitalize(), "requirement_id": f"skill/{name}", "level": level}
    where = {"unit_id": unit, "unit": unit.capitalize(), "depth": depth}
    return {**where, **what, "need": need, "have": have, "have_absent": 0, "short": short}


def _of(**facts: object) -> Report:
    return replace(report(), units=UNITS, **facts)  # type: ignore[arg-type]


def _table(of: Report, name: str, *columns: str) -> list[tuple[object, ...]]:
    table = next(table for table in first_page(of).tables if table.name == name)
    return [tuple(row[column] for column in columns) for row in table.rows]


def test_risks_are_ranked_by_weight_places_short_and_the_share_that_is_not_covered() -> None:
    """Of the units below the first one; what is hidden or not short is none; at most five."""
    heat = (
        _row("taser", 40, 20),  # 20 short, half of them: 10
        _row("taser", 40, 20, "force"),
        _row("taser", 8, 0, "team"),
        _row("search", 10, 0),  # 10
        _row("driver", 100, 80, "west"),  # 4, thrice: 12
        _row("first aid", 30, 30),
        _row("custody", 50, HIDDEN),
        *(_row(f"other {number}", 10, 9 - number, "west", 2) for number in range(3)),  # 0.1, 0.4, 0.9
    )
    prices = (
        *(("taser", "course/a", 1, 300.0), ("taser", "course/b", 1, 250.0), ("other 2", "course/a", 1, 10.0)),
        *(("driver", "skill/driver", None, 1000.0), ("search", "course/c", 1, None)),
    )
    seats = tuple(
        {"requirement_id": f"skill/{name}", "course_id": course, "level": level, "cost": cost}
        for name, course, level, cost in (
            *prices,
            ("driver", "skill/driver", None, 1000.0),
            ("search", "course/c", 1, None),
        )
    )
    of = _of(heat_map=heat, seats=seats, weights={"skill/driver": 3.0})

    none = "no course teaches it"
    assert [
        ("Driver", "West", "80 %", 20, 3.0, 20_000.0),
        ("Search", "East", "0 %", 10, 1.0, none),
        ("Taser", "East", "50 %", 20, 1.0, 5_000.0),
        ("Other 2", "West", "70 %", 3, 1.0, none),
        ("Other 1", "West", "80 %", 2, 1.0, none),
    ] == _table(of, "risks", "requirement", "unit", "cover", "short", "weight", "cost")


@pytest.mark.parametrize(
    ("have", "standing"),
    [
        (95, "\N{BLACK CIRCLE} green"),
        (94, AMBER),
        (79, RED),
        (80, AMBER),
    ],
)
def test_a_command_stands_by_the_share_of_places_that_are_covered(have: int, standing: str) -> None:
    """In a word and a shape; strength counts the units within; where nothing is asked for there is none."""
    staff = tuple(
        {"unit_id": unit, "strength_fte": strength, "established_fte": fte}
        for unit, strength, fte in (("east", 3.5, 4), ("team", 4, 6), ("force", 1, 1))
    )
    heat = (_row("a", 60, 60), _row("b", 40, have - 60), _row("a", 60, 0, "team"))

    assert [
        ("East", standing, "7.5 of 10, 75 % FTE", f"{have} of 100, {have} %"),
        ("West", "nothing asked for", "-", "-"),
    ] == _table(_of(heat_map=heat, establishment=staff), "commands", "unit", "standing", "strength", "cover")


@pytest.mark.parametrize(
    ("have", "places", "standing", "cover"),
    [
        (60, 3, GREEN, "60 of 60 (95 % of all is shown)"),
        (60, 9, "not shown", "60 of 60 (87 % of all is shown)"),
        (54, 2, AMBER, "54 of 60 (97 % of all is shown)"),
        (50, 90, "not shown", "50 of 60 (40 % of all is shown)"),
        (10, 9, RED, "10 of 60 (87 % of all is shown)"),
    ],
)
def test_a_command_of_which_a_number_is_hidden_says_how_much_is_shown(
    have: int, places: int, standing: str, cover: str
) -> None:
    """Without a percentage, which would be too good; a colour only where what is hidden cannot change it."""
    strengths = {"east": 3, "team": HIDDEN}
    staff = tuple({"unit_id": unit, "strength_fte": one, "established_fte": 4} for unit, one in strengths.items())
    of = _of(heat_map=(_row("a", 60, have), _row("c", places, HIDDEN)), establishment=staff)

    strength = "3 of 4 FTE (50 % of all is shown)"
    assert ("East", standing, strength, cover) == _table(of, "commands", "unit", "standing", "strength", "cover")[0]


@pytest.mark.parametrize("strength", [4, HIDDEN])
def test_sums_that_leave_out_what_is_hidden_are_headed_so(strength: object) -> None:
    """And the note has what they would add up to; where nothing is hidden they are sums of all."""
    staff = tuple(
        {"unit_id": unit, "strength_fte": one, "established_fte": 4} for unit, one in (("east", 3), ("team", strength))
    )
    of = _of(heat_map=(_row("a", 60, 60),), establishment=staff)
    table = next(table for table in first_page(of).tables if table.name == "commands")
    is_hidden = strength == HIDDEN
    headings = [column.heading for column in table.columns[2:]]
    assert [f"{one}{', of what is shown' * is_hidden}" for one in ("Strength", "Places covered")] == headings
    whole = of.strength[-1]
    total = f"do not add up to the {whole['strength_fte']} of {whole['established_fte']}"
    assert is_hidden == any(total in text for text in table.notes)


def test_a_command_of_which_all_is_hidden_is_not_shown() -> None:
    """Neither its strength nor its places."""
    staff = ({"unit_id": "east", "strength_fte": HIDDEN, "established_fte": 4},)
    of = _of(heat_map=(_row("c", 9, HIDDEN),), establishment=staff)
    assert ("East", *["not shown"] * 3) == _table(of, "commands", "unit", "standing", "strength", "cover")[0]


def test_several_units_at_the_top_are_the_commands() -> None:
    """Those below them are none."""
    units = tuple({**row, "depth": row["depth"] - 1} for row in UNITS if row["depth"])  # type: ignore[operator]
    heat = tuple(
        {**_row("a", 10, have, unit), "depth": depth} for unit, have, depth in (("east", 5, 0), ("team", 0, 1))
    )
    of = replace(report(), units=units, heat_map=heat, establishment=())

    assert [("East", "5 of 10, 50 %"), ("West", "-")] == _table(of, "commands", "unit", "cover")
    assert [("A", "East")] == _table(of, "risks", "requirement", "unit")


def test_what_a_unit_must_have_people_for_is_a_risk_by_its_own_weight() -> None:
    """Beside what posts ask for, and the first of it is something to decide."""
    must = {**_row("search", 10, 5), "weight": 4.0, "people": 10}
    of = _of(heat_map=(_row("taser", 10, 3),), cover=(must, {**must, "have": 10, "short": 0}))

    expected = [("Search", 5, 4.0), ("Taser", 7, 1.0)]
    assert expected == _table(of, "risks", "requirement", "short", "weight")
    assert ("Cover: Search, East", "5 short of 10 who must hold it") in _table(of, "decisions", "what", "value")


def test_no_more_seats_are_to_be_booked_than_are_on_offer() -> None:
    """At their share of the cost."""
    course = {"course": "Taser", "people": 98, "seats": 40, "days": 3, "cost": 39_200.0}
    expected = ("Book seats: Taser", "40 of 98 who need one, all that are on offer, £16,000; arrange 58 more, £23,200")
    assert expected in _table(_of(training=(course,)), "decisions", "what", "value")


def test_the_cost_says_what_seats_on_offer_take_and_what_it_leaves_out() -> None:
    """A course without seats takes nobody, one of few people is left out, and a price that is not known is said."""
    course = {"course": "Taser", "people": 98, "seats": 40, "days": 3, "cost": 39_200.0}
    others = ({"seats": 0}, {"seats": None, "people": 10, "cost": None}, {"people": FEW, "cost": HIDDEN})
    of = _of(training=(course, *({**course, **other} for other in others)))

    cost = "at least £78,400 for 206 seats on 3 courses; 50 of these seats are on offer, for £16,000"
    assert (
        "To close a part of what training closes",
        f"{cost}; 1 course without a price; 1 course left out, with numbers that are hidden",
    ) in _table(of, "in short", "what", "value")
    assert "To close all that training closes" in [
        row[0] for row in _table(_of(training=(course,)), "in short", "what")
    ]


def test_minimum_cover_says_what_it_costs_to_close() -> None:
    """By the cheapest course for each who is missing; what is not taught is counted."""
    must = {**_row("search", 10, 5), "weight": 4.0, "people": 10}
    other = {**_row("taser", 10, 8), "weight": 1.0, "people": 10}
    seat = {"requirement_id": "skill/search", "course_id": "course/a", "level": None, "cost": 200.0}
    of = _of(cover=(must, other, {**must, "have": 10, "short": 0}), seats=(seat,))

    expected = "2 of 3 short, by 7 holders: £1,000 to train; for 1 of these no course with a price is known"
    assert ("Minimum cover", expected) in _table(of, "in short", "what", "value")
    assert ("Minimum cover", "none of 1 is short") in _table(
        _of(cover=({**must, "short": 0},)), "in short", "what", "value"
    )


def test_a_force_of_one_unit_is_its_own_command() -> None:
    """Where nothing is below it."""
    of = replace(report(), units=UNITS[:1], heat_map=(_row("a", 10, 5, "force"),), establishment=())
    assert [("Force", "5 of 10, 50 %")] == _table(of, "commands", "unit", "cover")
    assert [("A", "Force")] == _table(of, "risks", "requirement", "unit")


def test_changes_are_those_of_the_first_unit_that_both_days_show() -> None:
    """The worst first; what is hidden on either day, new, or as it was, is none; no earlier day, no table."""
    now = (_row("a", 9, 1, "force"), _row("b", 9, 5, "force"), _row("c", 9, 2, "force"), _row("d", 9, HIDDEN, "force"))
    before = (_row("a", 9, 3, "force"), _row("b", 9, 1, "force"), _row("c", 9, 2, "force"), _row("d", 9, 1, "force"))
    of = _of(heat_map=(*now, _row("e", 9, 1, "force"), _row("a", 9, 0)), before=before, since="2027-01-01")

    ranks: dict[object, float] = {"uk/inspector": 1.5, "uk/constable": 70.0, "uk/chief-superintendent": 6.0}
    whole = {
        "rank_id": None,
        "rank": "All",
        "strength_fte": 70.0,
        "established_fte": 90.0,
        "vacant": 0,
        "vacant_fte": 20,
        "heads": 75,
    }
    now_by_rank = {"uk/inspector": 3.5, "uk/constable": 60.5, "uk/chief-superintendent": 6.0}
    strength = (
        *({**whole, "rank_id": rank, "rank": rank[3:], "strength_fte": fte} for rank, fte in now_by_rank.items()),
        whole,
    )
    of = replace(of, strength=strength, strength_before=77.5)
    minus = "\N{MINUS SIGN}"
    text = f"77.5 FTE, since then {minus}7.5"
    no_ranks: dict[object, float] = {}
    for earlier, expected in ((no_ranks, text), (ranks, f"{text}: constable {minus}9.5; inspector +2")):
        changed = replace(of, ranks_before=earlier)
        assert ("Strength on 2027-01-01", expected) in _table(changed, "in short", "what", "value")
    columns = ("requirement", "short_before", "short", "change")
    assert [("A", 6, 8, "+2"), ("B", 8, 4, "-4")] == _table(of, "changes", *columns)
    assert "changes" not in {table.name for table in first_page(_of(heat_map=now)).tables}


def test_the_aggregate_audience_sees_no_change_by_few() -> None:
    """Neither of what is short nor of the strength; none at all is no few."""
    now = tuple(_row(name, 90, have, "force") for name, have in (("a", 40), ("b", 40), ("c", 40)))
    before = tuple(_row(name, 90, have, "force") for name, have in (("a", 50), ("b", 41), ("c", 36)))
    strength = tuple(
        {**row, "strength_fte": 80.0, "heads": 80, "posts": 90, "vacant": 10} for row in report().strength[-1:]
    )
    of = _of(heat_map=now, before=before, since="2027-01-01", strength=strength, establishment=())

    seen = {before: for_audience(replace(of, strength_before=before), "aggregate") for before in (80.0, 78.5, 70.0)}

    assert [("A", 40, 50, "+10")] == _table(seen[80.0], "changes", "requirement", "short_before", "short", "change")
    shown = {day: _table(one, "in short", "what", "value")[3] for day, one in seen.items()}
    strengths = {80.0: "80 FTE, since then +0", 78.5: f"{HIDDEN} FTE", 70.0: "70 FTE, since then +10"}
    assert {day: ("Strength on 2027-01-01", text) for day, text in strengths.items()} == shown
    assert ("B", 49, 50, "+1") in _table(of, "changes", "requirement", "short_before", "short", "change")


def test_a_table_of_risks_that_are_all_hidden_says_so() -> None:
    """It does not say that nothing is short, nor where no post asks for anything."""
    hidden, none, nothing = (
        next(table for table in first_page(_of(heat_map=heat)).tables if table.name == "risks").empty
        for heat in ((_row("a", 9, HIDDEN),), (_row("a", 9, 9),), ())
    )
    assert ("None is shown to this audience.", "Nothing that is recorded is short.") == (hidden, none)
    assert (
        "No post asks for anything that records can show: load a sheet of rules that says what posts need." == nothing
    )


def test_what_gets_worse_is_what_falls_most() -> None:
    """What stays or rises is left out."""
    ahead = tuple(
        {"name": name, "kind": "ticket", "established": 30, "now": now, "in_12m": later, **_LATER}
        for name, now, later in (("A", 20, 15), ("B", 20, 5), ("C", 20, 20), ("D", 20, 25))
    )
    assert [("B", 5), ("A", 15)] == _table(_of(ahead=ahead), "in 12 months", "name", "in_12m")


@pytest.mark.parametrize("renewed", [["leavers", "renewals (estimated)"], ["leavers"]])
def test_tickets_that_fall_because_nobody_renews_them_stand_last_and_say_so(renewed: list[str]) -> None:
    """They would all fall to 0, and crowd out what falls whatever is renewed."""
    row = {"established": 30, "now": 20, "later": "2028-04-01", "assumptions": renewed}
    ahead = ({**row, "name": "A", "kind": "ticket", "in_12m": 0}, {**row, "name": "PC", "kind": "rank", "in_12m": 19})
    found = _table(_of(ahead=ahead), "in 12 months", "name", "kind")
    assert found == (
        [("A", "ticket"), ("PC", "rank")] if renewed[1:] else [("PC", "rank"), ("A", "ticket, if nobody renews it")]
    )


def test_what_gets_worse_says_of_which_days_its_numbers_are() -> None:
    """What is asked for is of the last day, as the people beside it."""
    table = next(table for table in first_page(report()).tables if table.name == "in 12 months")
    now, then = report().day, "2028-04-01"
    assert [f"Asked for on {then}", f"People on {now}", f"People on {then}"] == [
        one.heading for one in table.columns[2:]
    ]


def test_the_aggregate_audience_sees_no_few_of_what_comes() -> None:
    """Neither fewer than five who hold it, or will, or who leave; nor ranks whose people are hidden."""
    ahead = tuple(
        {"name": name, "kind": "ticket", "established": 30, "now": now, "in_12m": later, **_LATER}
        for name, now, later in (
            ("A", 20, 15),
            ("B", 20, 16),
            ("C", 4, 0),
            ("D", 20, 4),
            ("E", 20, 0),
            ("Chief Superintendent", 20, 9),
        )
    )
    seen = for_audience(replace(report(), ahead=ahead), "aggregate")

    assert HIDDEN in {row["heads"] for row in seen.strength if row["rank"] == "Chief Superintendent"}
    assert [("E", 0), ("A", 15)] == _table(seen, "in 12 months", "name", "in_12m")


def test_the_page_begins_with_the_figures_and_how_far_they_can_be_trusted() -> None:
    """The strength, the ranks most short, the cost, the load, what nobody was recorded with."""
    strength = totals.strength(
        tuple(
            {"rank_id": rank, "rank": rank, "posts": posts, "established_fte": posts, "strength_fte": have}
            | {"vacant": posts - have, "heads": have, "vacant_fte": posts - have}
            for rank, posts, have in (("PC", 100, 80), ("PS", 20, 19), ("Insp", 5, 5))
        )
    )
    course = {"course": "Taser", "people": 7, "seats": None, "days": 3, "cost": 1750.0}
    training: Rows = (course, {**course, "course": None, "people": 2, "cost": None})
    of = _of(strength=strength, training=training, heat_map=(), expiries=(), marking="OFFICIAL")
    of = replace(of, load=Load("done", ("a.csv",), "0", "2027-03-20", "2027-03-01", 400, 3, 2))

    doubt = "2 of 104 people in post have nothing on record, so part of what is short may be records that are missing"
    lasting = "2 tickets among them that may still be valid"
    name, untaught = of.quality.unrecorded[0]["requirement"], "1 kind of gap that no course closes"
    of = replace(of, pay={"PC": 40_000.0})
    assert [
        ("Protective marking", "OFFICIAL"),
        ("Strength against establishment", "104 of 125, 83 % FTE"),
        ("Ranks most short, by FTE", "PC (80 of 100, 80 %); PS (19 of 20, 95 %)"),
        ("Pay of vacancies", "£800,000 a year not spent, on 20 vacant FTE; without pay in the table: PS"),
        ("To close all that training closes", f"£1,750 for 7 seats on 1 course; {untaught}"),
        ("How far to trust it", f"staff files of 2027-03-01; 3 rows left out as faulty, {lasting}; {doubt}"),
        ("Recorded of nobody, so not counted as short", name),
    ] == _table(of, "in short", "what", "value")
    assert [
        ("Say what posts need (sheet rules)", "no post asks for anything that records can show"),
        ("Fill posts: PC", "20 of 100 posts are vacant"),
        ("Book seats: Taser", "7, £1,750"),
        ("Train a second holder", f"{of.single['cases']} times a unit rests on one person"),
        ("Record, or ask for no longer", "1 requirement that nobody was recorded with"),
        ("Mend the staff files", "3 rows left out in the last load"),
    ] == _table(of, "decisions", "what", "value")


@pytest.mark.parametrize(("audience", "said"), [("aggregate", True), ("pseudonymous", False)])
def test_a_page_whose_cells_are_mostly_hidden_says_so(audience: str, *, said: bool) -> None:
    """Only to whom they are hidden."""
    heat = tuple(_row(name, 3, 1) for name in "abc")
    seen = for_audience(_of(heat_map=heat), audience, b"a key that nobody can guess")
    assert said == any("--audience pseudonymous" in text for text in first_page(seen).says)


def test_few_are_no_number_to_add_up() -> None:
    """What ends soon counts the numbers that are shown, and says that there is more."""
    row = {"requirement": "A", "requirement_id": "skill/a", "within_365": 0, "last_holders": 0}
    expiries = ({**row, "within_30": 12, "within_90": FEW}, {**row, "within_30": 0, "within_90": 7})
    for rows, holdings in (
        (expiries, "at least 19 holdings, of what is shown"),
        (expiries[1:], "7 holdings"),
        (({**row, "within_30": FEW, "within_90": 0},), "holdings of few, not shown"),
    ):
        expected = ("Renew what ends within 90 days", holdings)
        assert expected in _table(_of(expiries=rows), "decisions", "what", "value")


def test_ranks_of_which_numbers_are_hidden_are_said_to_be_left_out_of_those_most_short() -> None:
    """The worst may be among them."""
    row = {**report().strength[-1], "rank": "PC", "strength_fte": 8, "established_fte": 10, "vacant_fte": 2}
    hidden = {**row, "rank": "PS", **dict.fromkeys(("strength_fte", "vacant_fte", "vacant", "heads"), HIDDEN)}
    for rows, few in (((row, row), ""), ((row, hidden, row), "; a rank whose numbers are hidden may be shorter")):
        found = _table(_of(strength=rows), "in short", "what", "value")
        assert ("Ranks most short, by FTE", f"PC (8 of 10, 80 %){few}") in found


def test_what_rests_on_samples_is_said_on_the_first_page() -> None:
    """Those that come with the program are invented: a report that rests on them is to try the program with."""
    real, made_up = ({**report().editions[0], "basis": basis} for basis in ("stated", "sample"))
    expected = "1 of 2 profiles of ranks and roles in scope are samples that come with rankgraph: "
    assert [expected + "what rests on them is invented; load real ones"] == [
        value for what, value in _table(_of(editions=(real, made_up)), "in short", "what", "value") if what == "Made up"
    ]
    assert "Made up" not in {what for what, _ in _table(_of(editions=(real,)), "in short", "what", "value")}
