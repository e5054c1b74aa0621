"""What a report tells its audiences, whatever it is written as."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from queries.answers.skills_gap.facts import Report
from queries.answers.skills_gap.totals import number
from queries.audience.small_numbers import FEW, HIDDEN
from queries.parameters.choices import AUDIENCES
from queries.report.aggregate import for_audience
from queries.report.cell_text import cell_text
from queries.report.markdown import markdown
from queries.report.model import SectionedReport
from queries.report.page import bars, page
from queries.report.sections import SUPPLY, to_sections
from queries.report.workbook import workbook
from tests.builders.report_rows import FORMULA, PEOPLE, report

KEY = b"a key that nobody can guess"


def _seen(audience: str, of: Report | None = None) -> SectionedReport:
    return to_sections(for_audience(of or report(), audience, KEY))


def _cells(found: SectionedReport) -> str:
    """Return every value of a workbook, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(found)))
    return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


WRITERS: dict[str, Callable[[SectionedReport], str]] = {"html": page, "md": markdown, "xlsx": _cells}


@pytest.mark.parametrize("kind", WRITERS)
def test_an_aggregate_report_tells_of_nobody(kind: str) -> None:
    """No number, no name, no post of anybody, in whatever form; the named report has them."""
    written = {audience: WRITERS[kind](_seen(audience)) for audience in AUDIENCES}

    found = {
        audience: {what for what in (*PEOPLE, "Person", "POST-") if what in text} for audience, text in written.items()
    }
    assert set() == found["aggregate"]
    assert {"Person", "POST-"} < found["named"]
    assert {"POST-"} == found["pseudonymous"]


def test_nothing_on_anybody_is_left_in_what_an_aggregate_report_is_made_of() -> None:
    """What is not shown today is not there to be shown tomorrow."""
    held = repr(for_audience(report(), "aggregate"))
    assert set() == {what for what in (*PEOPLE, "Person", "POST-") if what in held}


def test_a_pseudonymous_report_names_only_posts_without_a_person_beside_them() -> None:
    """A vacant post and a critical one are named by themselves; who holds or covers is a code or a number."""
    text = page(_seen("pseudonymous"))

    assert {"POST-9", "POST-70"} == set(re.findall(r"POST-\d+", text))
    assert len(set(re.findall(r"x-[a-z2-7]{10}", text))) > 20


def test_the_sections_stand_in_the_order_of_reading() -> None:
    """Each is there for every audience, with what moves it and what it does not cover first."""
    titles = [
        *(
            "In short",
            "Scope",
            "Sources",
            "Establishment, strength and vacancies",
            "Years ahead",
            "Heat map",
            "Critical gaps",
            "Single points",
        ),
        *("Expiry calendar", "Succession", "Training demand", "Data quality"),
    ]
    found = {audience: _seen(audience) for audience in AUDIENCES}

    assert dict.fromkeys(AUDIENCES, titles) == {name: [s.title for s in one.sections] for name, one in found.items()}
    beyond = "2027-04-01 is after the last load of staff files (2027-03-19): only recorded ends move it"
    assert {(beyond, SUPPLY)} == {one.says[:2] for one in found.values()}


def test_of_one_unit_numbers_alone_are_those_that_are_hidden_over_the_whole_force() -> None:
    """Its expiries and candidates, subtracted from those of the force, can tell of few; with codes all stand."""
    unit = replace(report(), unit_id="front", since="2027-01-01")
    left = {"Single points", "Expiry calendar", "Succession", "Training demand"}
    titles = {name: {one.title for one in to_sections(for_audience(unit, name)).sections} for name in AUDIENCES}
    assert left == titles["named"] - titles["aggregate"]
    assert titles["named"] == titles["pseudonymous"]

    seen = to_sections(for_audience(unit, "aggregate"))
    first = {str(next(iter(row.values()))) for row in seen.sections[0].tables[0].rows}
    assert not {"To close all that training closes", "Minimum cover", "Strength on 2027-01-01"} & first
    assert seen.says[-1].startswith("Of one unit it has the staffing and the heat map alone.")
    quality = next(one for one in seen.sections if one.title == "Data quality")
    assert f"People in posts in scope of whom no holding is recorded: {HIDDEN}." in quality.says


def test_bars_say_what_is_hidden() -> None:
    """A bar of nothing has the sign of what is hidden beside it, and no number."""
    table = next(
        table for section in _seen("aggregate").sections for table in section.tables if table.name == "strength"
    )
    lines, most = bars(table)

    assert [
        (row["rank"], [number(row["strength_fte"]), row["established_fte"]], cell_text(row["strength_fte"]))
        for row in table.rows[:-1]
    ] == [*lines]
    assert max(row["established_fte"] for row in table.rows[:-1]) == most  # type: ignore[type-var]
    assert HIDDEN in {first for *_, first in lines}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_heat_map_says_how_restricted_duties_and_acting_up_count(audience: str) -> None:
    """Both are not what everybody would expect."""
    [section] = [section for section in _seen(audience).sections if section.title == "Heat map"]
    assert (
        "Somebody on restricted, adjusted or recuperative duties counts as absent, as with any other absence. "
        "Somebody who acts up counts in "
        "both posts: the one acted in, and the substantive one."
    ) == section.says[1]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("named", ("4", "3", 4)), ("pseudonymous", ("4", "3", 4)), ("aggregate", (FEW, FEW, 0))],
)
def test_data_quality_counts_who_is_in_no_post_and_whose_ranks_contradict(
    audience: str, expected: tuple[str, str, int]
) -> None:
    """Those in no post are listed for those who may see them, with codes or names."""
    section = _seen(audience).sections[-1]
    text = "\n".join(section.says)
    listed = [row for table in section.tables if table.name == "in no post" for row in table.rows]

    assert expected == (
        *(found[1] for found in (re.search(rf"{words}: (\S+)\.", text) for words in _COUNTED) if found),
        len(listed),
    )
    assert [] == [row for row in listed if audience != "named" and (row["person_id"] in PEOPLE or "name" in row)]


_COUNTED = ("no open post on the day", "substantively in")


def test_a_report_on_a_unit_does_not_count_who_is_in_no_post() -> None:
    """Whoever is in no post is in no unit."""
    of = replace(report(), quality=replace(report().quality, idle=None, idle_people=()))
    section = _seen("named", of).sections[-1]

    assert ([], []) == (
        [text for text in section.says if "no open post" in text],
        [table for table in section.tables if table.name == "in no post"],
    )


def test_critical_gaps_are_taken_from_what_the_audience_sees() -> None:
    """A nought that is hidden in the heat map does not come back as a gap."""
    seen = for_audience(report(), "aggregate")
    gaps = next(section for section in to_sections(seen).sections if section.title == "Critical gaps").tables[0].rows
    hidden = {(row["unit_id"], row["requirement_id"]) for row in seen.heat_map if row["have"] == HIDDEN}

    assert hidden
    assert set() == {(row["unit_id"], row["requirement_id"]) for row in gaps} & hidden
    assert {0} == {row["have"] for row in gaps}


def test_training_hides_a_course_of_few_and_adds_up_only_what_is_shown() -> None:
    """People, days and cost tell each other, and a total would tell what is left out of it."""
    table = next(section for section in _seen("aggregate").sections if section.title == "Training demand").tables[0]

    assert {
        ("no course teaches it", 7, None, None),
        ("Search course", FEW, HIDDEN, HIDDEN),
        ("Taser course", 12, 36.0, 4800.5),
        ("Courses with numbers shown", None, 36.0, 4800.5),
    } == {tuple(row[name] for name in ("course", "people", "days", "cost")) for row in table.rows}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 0, 0, 9), (5, 0, 0, 9)),
        ((5, 2, 0, 9), (HIDDEN, HIDDEN, 0, 9)),
        ((0, 2, 3, 9), (0, HIDDEN, HIDDEN, 9)),
        ((0, 2, 0, 0), (HIDDEN, HIDDEN, HIDDEN, HIDDEN)),
        ((0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_readiness_hides_two_numbers_and_five_people_at_least(
    counts: tuple[int, ...], expected: tuple[object, ...]
) -> None:
    """Their sum may be known from the heads of the rank below."""
    names = ("now", "12m", "24m", "no")
    row = {
        "rank_id": "uk/superintendent",
        "rank": "Superintendent",
        "posts": 4,
        "unknown": 0,
        **dict(zip(names, counts, strict=True)),
    }

    [seen] = for_audience(replace(report(), readiness=(row,)), "aggregate").readiness

    assert expected == tuple(seen[name] for name in names)


@pytest.mark.parametrize(
    ("single", "expected"),
    [
        ({"cases": 0, "of": 9, "units": 0, "of_units": 3}, (0, 0)),
        ({"cases": 3, "of": 90, "units": 3, "of_units": 30}, (HIDDEN, HIDDEN)),
        ({"cases": 9, "of": 12, "units": 5, "of_units": 30}, (HIDDEN, HIDDEN)),
        ({"cases": 9, "of": 90, "units": 5, "of_units": 30}, (9, 5)),
        ({"cases": 9, "of": 90, "units": 5, "of_units": 6}, (9, HIDDEN)),
    ],
)
def test_single_points_are_a_count_that_leaves_open_which(
    single: dict[str, object], expected: tuple[object, ...]
) -> None:
    """Neither few cases are told, nor that nearly all are."""
    seen = for_audience(replace(report(), single=single), "aggregate")

    assert ((), *expected) == (seen.single_points, seen.single["cases"], seen.single["units"])


def test_the_order_of_what_is_hidden_tells_nothing() -> None:
    """Blockers of few people stand by name, not by number."""
    of = {"rank_id": "uk/superintendent", "rank": "Superintendent"}
    rows = tuple({**of, "blocked_by": name, "people": people} for name, people in (("C", 9), ("B", 4), ("A", 1)))

    seen = for_audience(replace(report(), blockers=rows), "aggregate").blockers

    assert [("C", 9), ("A", FEW), ("B", FEW)] == [(row["blocked_by"], row["people"]) for row in seen]


def test_a_load_that_did_not_finish_is_said() -> None:
    """Whoever reads the report sees it among the data quality."""
    load = report().load
    assert load is not None
    unfinished = replace(report(), load=replace(load, state="loading"))
    sentence = "The last load of staff files did not finish: load them again before relying on this report."

    assert [False, True] == [sentence in page(_seen("aggregate", of)) for of in (report(), unfinished)]


@pytest.mark.parametrize(("audience", "shown"), [("named", "3"), ("aggregate", r"\<5")])
def test_few_rows_of_people_are_hidden_from_the_aggregate_audience(audience: str, shown: str) -> None:
    """The staff files of a force of three say no more than the rest of its report."""
    load = report().load
    assert load is not None
    text = markdown(_seen(audience, replace(report(), load=replace(load, people=3))))
    assert f"| Rows of people taken | {shown} |" in text.splitlines()


@pytest.mark.parametrize("audience", ["named", "aggregate"])
def test_a_formula_or_a_tag_in_a_name_is_text_in_the_page(audience: str) -> None:
    """What stands in a file cannot become part of the page."""
    text = page(_seen(audience))

    assert "=cmd|&#39; /C calc&#39;!A0" in text
    assert ("&lt;Policing&gt;" in text, "<Policing>" in text) == (True, False)


def test_a_bar_or_a_star_in_a_name_is_text_in_markdown() -> None:
    """A name cannot end a cell of a table."""
    lines = [line for line in markdown(_seen("named")).splitlines() if FORMULA.replace("|", "\\|") in line]

    assert lines
    assert "<Policing>" not in markdown(_seen("named")).replace("\\<Policing\\>", "")


def test_markdown_tables_are_whole() -> None:
    """Every line of a table has as many cells as its heading."""
    widths: dict[int, set[int]] = {}
    number = 0
    for line in markdown(_seen("named")).splitlines():
        number += not line.startswith("|")
        if line.startswith("|"):
            widths.setdefault(number, set()).add(len(re.findall(r"(?<!\\)\|", line)))

    assert [] == [found for found in widths.values() if len(found) > 1]
    assert len(widths) > 15
