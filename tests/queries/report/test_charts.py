"""What a report draws: what ends month by month, and ranks year by year; and what its audiences may see of both."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from queries.answers.skills_gap import totals
from queries.answers.skills_gap.facts import Rows
from queries.audience.small_numbers import FEW, HIDDEN, LEAST, few
from queries.report.aggregate import for_audience
from queries.report.cell_text import by_day
from queries.report.markdown import markdown
from queries.report.model import Table
from queries.report.page import page, panels
from queries.report.sections import to_sections
from tests.builders.report_rows import report

DAY = "2027-04-01"


def _ends(counts: Sequence[int], least: int = 1) -> list[tuple[object, object]]:
    rows = ({"months": tuple(counts) + (0,) * (len(totals.MONTHS) - len(counts))},)
    return [(row["by"], row["ends"]) for row in totals.ends_by_month(rows, DAY, least)]


def test_a_holding_stands_in_the_month_in_which_it_ends_and_once() -> None:
    """By the first that ends of a person, who counts in the same part of the calendar."""
    rows = [
        {"requirement": "A", "requirement_id": "a", "person_id": person, "days_left": days, "last_holder": False}
        for person, days in ((1, 0), (1, 200), (2, 30), (3, 31), (4, 90), (5, 91), (6, 330), (7, 331), (8, 365))
    ]
    [row] = totals.expiries(rows)

    assert (2, 2, 4) == tuple(row[f"within_{days}"] for days in totals.WINDOWS)
    assert (2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 2) == row["months"]


def test_months_end_on_days_of_the_calendar() -> None:
    """A year after the day, twelve of them; at the end of the calendar on its last day."""
    found = _ends(range(12))
    assert [("2027-05-01", 0), ("2027-05-31", 1), ("2028-03-31", 11)] == [*found[:2], found[-1]]
    late = totals.ends_by_month(({"months": (1,) * 12},), "9999-06-01")
    assert "9999-12-31" == late[-1]["by"]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((0, 3, 4), [0, 7, *[0] * 9]),
        ((0, 6, 3), [0, 9, *[0] * 9]),
        ((0, 0, 0, 9, *[0] * 7, 3), [0, 0, 0, 12]),
        ((5, 5, 0, 1, 1, 1, 1, 1, 6), [5, 5, 0, 5, 6, 0, 0, 0]),
    ],
)
def test_months_of_few_stand_with_those_beside_them(counts: Sequence[int], shown: list[int]) -> None:
    """Within the same part of the calendar."""
    assert shown == [ends for _, ends in _ends(counts, LEAST)]


@pytest.mark.parametrize("seed", range(200))
def test_no_month_of_few_is_shown_and_they_add_up_to_the_calendar(seed: int) -> None:
    """So what is shown of the months tells no more than the sums of the calendar and numbers of five or more."""
    source = random.Random(seed)  # noqa: S311 -- no secret
    counts = [source.choice((0, 0, 1, 2, 4, 5, 9, 30)) for _ in totals.MONTHS]
    spans = [(first, end) for first, end in zip((0, *totals.WINDOWS), totals.WINDOWS, strict=False)]
    sums = [
        sum(n for days, n in zip(totals.MONTHS, counts, strict=True) if first < days <= end) for first, end in spans
    ]
    rows = ({"months": tuple(counts)},) if FEW not in map(few, sums) else ()
    found = totals.ends_by_month(rows, DAY, LEAST) if rows else ()

    ends = {row["by"]: row["ends"] for row in found}
    last = {days: row["by"] for days, row in zip(totals.MONTHS, totals.ends_by_month(rows, DAY), strict=True)}
    assert FEW not in {few(int(totals.number(n))) for n in ends.values()}
    inside = [{by for days, by in last.items() if first < days <= end} for first, end in spans]
    assert (sums if rows else [0, 0, 0]) == [sum(int(totals.number(ends.get(by))) for by in span) for span in inside]


def test_the_aggregate_audience_sees_months_only_of_what_is_shown_of_each_requirement() -> None:
    """Else the months would add up to the few that are hidden; a month of which none is shown is then no nought."""
    row = {"requirement": "A", "requirement_id": "a", "last_holders": 0}
    shown = {**row, "within_30": 9, "within_90": 0, "within_365": 6, "months": (9, *[0] * 9, 1, 5)}
    hidden = {**row, "within_30": 9, "within_90": 3, "within_365": 0, "months": (9, 3, *[0] * 10)}
    seen = for_audience(replace(report(), expiries=(shown, hidden)), "aggregate")

    assert [9, *[HIDDEN] * 9, 6] == [row["ends"] for row in seen.ends]
    none_left_out = for_audience(replace(report(), expiries=(shown,)), "aggregate")
    assert [9, *[0] * 9, 6] == [row["ends"] for row in none_left_out.ends]
    assert [FEW, ()] == [seen.expiries[1][name] for name in ("within_90", "months")]


def _years(*central: int, name: str = "PC") -> Rows:
    return tuple(
        {"id": name, "rank": name, "day": f"{2027 + year}-04-01", "established": 90}
        | {"low": people - 2, "central": people, "high": people + 2}
        for year, people in enumerate(central)
    )


@pytest.mark.parametrize(
    ("central", "shown"),
    [
        ((50, 40, 40, 40, 40), [50, 40, 40, 40, 40]),
        ((50, 47, 44, 41, 38), [50, HIDDEN, 44, HIDDEN, 38]),
        ((9, 4, 0, 0, 0), [9, HIDDEN, 0, 0, 0]),
        ((50, 40, 46, 44, 30), [50, 40, HIDDEN, HIDDEN, 30]),
    ],
)
def test_the_aggregate_audience_sees_no_few_of_a_rank_and_no_change_by_few(
    central: Sequence[int], shown: list[object]
) -> None:
    """Between any two days that are shown; the band is hidden with what is expected."""
    seen = for_audience(replace(report(), years=_years(*central)), "aggregate").years
    assert shown == [row["central"] for row in seen]
    assert all((row["low"] == HIDDEN) == (row["central"] == HIDDEN) for row in seen)


def test_a_rank_whose_people_are_hidden_is_hidden_in_every_year() -> None:
    """As in the table of strength."""
    seen = for_audience(replace(report(), years=_years(50, 40, name="Chief Superintendent")), "aggregate")
    assert HIDDEN in {row["heads"] for row in seen.strength if row["rank"] == "Chief Superintendent"}
    assert [HIDDEN, HIDDEN] == [row["central"] for row in seen.years]


def _table(rows: Rows, audience: str = "named", assumed: str = "assumed: leavers (plan.yaml)") -> Table:
    of = for_audience(replace(report(), years=rows, assumed=assumed), audience)
    return next(t for section in to_sections(of).sections for t in section.tables if t.name == "years ahead")


def test_each_rank_is_a_field_with_its_first_and_last_number() -> None:
    """But for one of which a number is hidden, which is said."""
    table = _table((*_years(50, 40, 30), *_years(30, 28, 20, name="Sgt")), "aggregate")

    assert [("PC", "2027: 50", "2029: 30")] == [
        tuple(one[k] for k in ("name", "first", "last")) for one in panels(table)
    ]
    assert ("Ranks of which a number is hidden are not drawn.",) == table.notes
    field = panels(table)[0]
    assert ("0.0,", "140.0,") == (field["central"][:4], field["central"].split()[-1][:6])
    assert 6 == len(field["band"].split())


def test_a_page_has_a_row_for_each_rank_with_the_band_in_brackets() -> None:
    """Where it has a width."""
    rows = _years(1050, 1040)
    table = by_day(_table((*rows, *({**row, "rank": "Sgt", "low": 7, "central": 7, "high": 7} for row in rows))))

    headings = [column.heading.replace("\N{NON-BREAKING HYPHEN}", "-") for column in table.columns]
    assert ["Rank or role", "Established in the end", "2027-04-01", "2028-04-01"] == headings
    assert [("PC", "1,050 (1,048 to 1,052)", "1,040 (1,038 to 1,042)"), ("Sgt", "7", "7")] == [
        tuple(row[name] for name in ("rank", "2027-04-01", "2028-04-01")) for row in table.rows
    ]
    text = markdown(to_sections(report()))
    assert "| Rank or role | Established in the end | 2027-04-01 |" in text.replace("\N{NON-BREAKING HYPHEN}", "-")


def test_without_assumptions_the_chart_says_that_only_what_is_recorded_moves() -> None:
    """In words of the forecast, and without a word on draws."""
    only = "only what is recorded moves: no assumption was given"
    rows = tuple({**row, "low": row["central"], "high": row["central"]} for row in _years(50, 40))
    section = next(
        one for one in to_sections(replace(report(), years=rows, assumed=only)).sections if one.title == "Years ahead"
    )
    assert (f"{only[0].upper()}{only[1:]}.",) == section.says
    assert [""] == [field["band"] for field in panels(section.tables[0])]
    assert "Assumed: leavers (plan.yaml). Eight of ten draws lie from low to high." in page(to_sections(report()))


def test_pay_is_by_rank_and_by_vacant_post() -> None:
    """Of the vacant FTE, none where the table has no pay or more are there than established."""
    base = report()
    strength = tuple(
        {**base.strength[-1], "rank_id": rank, "rank": rank, "vacant_fte": vacant}
        for rank, vacant in (("a", 2.5), ("b", -1), ("c", 4), (None, 5.5))
    )
    vacancy = {**base.vacancies[0], "rank_id": "a"}
    vacancies = (vacancy, {**vacancy, "fte": 0.5}, {**vacancy, "fte": 6, "vacant": 2}, {**vacancy, "rank_id": "c"})
    of = replace(base, strength=strength, vacancies=vacancies, pay={"a": 40_000.0, "b": 50_000.0})
    tables = {t.name: t for section in to_sections(of).sections for t in section.tables}

    assert [100_000, 0, None, 100_000] == [row["not_spent"] for row in tables["strength"].rows]
    assert [40_000, 20_000, 80_000, None] == [row["not_spent"] for row in tables["vacancies"].rows]
    assert ("Pay not spent a year, £", "money") == (
        tables["vacancies"].columns[-1].heading,
        tables["strength"].columns[-1].kind,
    )
    assert "not_spent" not in {
        column.name
        for section in to_sections(replace(of, pay={})).sections
        for t in section.tables
        for column in t.columns
    }


def test_pay_hides_what_the_vacancies_hide() -> None:
    """Also the sum, and the first page says of what it is."""
    of = for_audience(report(), "aggregate")
    of = replace(of, pay={str(row["rank_id"]): 1000.0 for row in of.strength[:-1]})
    tables = {t.name: t for section in to_sections(of).sections for t in section.tables}

    rows = tables["strength"].rows
    assert HIDDEN in {row["vacant_fte"] for row in rows[:-1]}
    assert all((row["not_spent"] == HIDDEN) == (row["vacant_fte"] == HIDDEN) for row in rows[:-1])
    assert HIDDEN == rows[-1]["not_spent"]
    assert "vacant FTE of ranks whose numbers are shown" in str(tables["in short"].rows)


def test_a_summary_leaves_out_columns_without_a_value_and_keeps_noughts() -> None:
    """A level where nothing has one; with annexes all stand there."""
    heat = tuple({**row, "level": None, "have": 0, "have_absent": 0, "short": row["need"]} for row in report().heat_map)
    columns = {}
    for annexes in (True, False):
        found = to_sections(replace(report(), heat_map=heat), annexes=annexes)
        gaps = next(t for section in found.sections for t in section.tables if t.name == "critical gaps")
        columns[annexes] = [column.name for column in gaps.columns]
    every = ["unit", "unit_id", "requirement", "level", "need", "have_absent"]
    assert {True: every, False: [name for name in every if name != "level"]} == columns
