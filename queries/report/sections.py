"""Put a report into sections and tables, each under its heading, with the paragraphs that explain it."""

from __future__ import annotations

from dataclasses import replace

from graph.rows import Row
from queries.answers.loaded import beyond_load
from queries.answers.skills_gap.facts import Report, Rows
from queries.answers.skills_gap.totals import number
from queries.audience.small_numbers import FEW, HIDDEN
from queries.report.first_page import first_page
from queries.report.model import Section, SectionedReport, Table, columns, facts_table
from queries.report.pay import pay_columns, ranks_with_pay
from queries.report.people_tables import expiring, single_points, succession, vacancies
from queries.report.source_tables import quality, sources

SUPPLY = (
    "For the Force Management Statement this is the supply of workforce: the posts there are, who is in them, and what "
    "they are recorded to hold. Demand is not covered: calls, crime, events, or how many posts the work would take."
)

_AUDIENCES = {
    "named": "Named: numbers and names of people stand in it. Give it only to those who may see them.",
    "pseudonymous": (
        "Pseudonymous: a code stands for each person, the same throughout this report. Who knows the units well may "
        "still recognise somebody."
    ),
    "aggregate": (
        f"Aggregate: nobody is named, and no number of one to four people is shown. {FEW} is a number of one to four. "
        f"{HIDDEN} (confidential) stands where numbers add up: for a number of one to four people, for a group of "
        f"fewer than five posts, and for a number, of whatever size, from which one of those could be worked out."
    ),
}


_OF_PART = (
    "Of one unit it has the staffing and the heat map alone. Changes, single points, what ends, succession and "
    "training stand in the report of the whole force, and in one with codes: beside those of the force, these numbers "
    "of a unit could tell of fewer than five people."
)
_SUMMARY = 12
"""Rows of a table that a page without annexes shows."""
_ANNEXES = {"establishment"}
"""Tables of which the first rows alone tell nothing."""


def to_sections(report: Report, *, annexes: bool = True) -> SectionedReport:
    """Return the report as sections, in the order in which they are read; without annexes each table is cut short."""
    sections: tuple[Section, ...] = (
        first_page(report),
        _scope(report),
        sources(report),
        _staffing(report),
        _years_ahead(report),
        _heat(report),
        _critical(report),
        *(() if report.of_part else (single_points(report), expiring(report), succession(report), _training(report))),
        quality(report),
    )
    title = f"Skills gap report: {report.unit}, {report.day}"
    load = report.load
    beyond = beyond_load(report.day, load.export_day or load.loaded) if load else ()
    sections = sections if annexes else tuple(map(_without_annexes, sections))
    says = (*beyond, SUPPLY, _AUDIENCES[report.audience], *([_OF_PART] if report.of_part else []))
    return SectionedReport(title, says, report.audience, sections, report.marking)


def _without_annexes(section: Section) -> Section:
    """Leave out what fills pages: the heat map below the commands, and all but the first rows of tables."""
    tables = []
    for table in section.tables:
        if table.name in _ANNEXES and len(table.rows) > _SUMMARY:
            continue
        shallow = table.kind == "heat map"
        rows = tuple(row for row in table.rows if number(row["depth"]) <= 1) if shallow else table.rows
        filled = {name for row in rows[:_SUMMARY] for name, value in row.items() if value not in (None, "", (), [])}
        known = tuple(column for column in table.columns if not rows or table.lines or column.name in filled)
        tables.append(replace(table, columns=known, rows=rows, most=_SUMMARY))
    return replace(section, tables=tuple(tables))


def _scope(report: Report) -> Section:
    whole = report.strength[-1]
    facts = [
        ("Unit", report.unit if report.unit_id is None else f"{report.unit} ({report.unit_id})"),
        ("Day asked about", report.day),
        ("Report made on", report.made),
        ("Audience", report.audience),
        ("Units", len(report.units)),
        ("Open posts", whole["posts"]),
        ("Established full-time equivalents", whole["established_fte"]),
        ("People in post, by the post each counts in", whole["heads"]),
        ("Vacant posts", whole["vacant"]),
        ("Requirements asked for, by level", len({(row["requirement_id"], row["level"]) for row in report.heat_map})),
    ]
    says = (
        (
            "Both the first and the last day of a period count. A need hangs on the post and not on who is in it, so a "
            "vacant post is a gap. Counted are the requirements that records can show and that are essential."
        ),
    )
    return Section("Scope", says, (facts_table("scope", "What this report is about", facts),))


_PAY = (
    "Pay not spent is vacant FTE by the pay table; what part-time work leaves of a post counts, which a list of vacant "
    "posts has not, and a rank with more than established counts as nothing. Empty: not in the table."
)
_STRENGTH = ("posts", "established_fte", "heads", "strength_fte", "vacant_fte", "vacant")


def _staffing(report: Report) -> Section:
    says = (
        (
            "FTE are full-time equivalents. Strength counts those who are substantively in a post; an acting or "
            "temporary occupant leaves the post vacant, but for one who holds no other and so counts there. Vacant "
            "FTE is established less strength, negative where there are more than established. Somebody with posts "
            "of two ranks or units is one of the people of "
            "each."
        ),
    )
    by_rank = Table(
        "strength",
        "Establishment and strength by rank",
        (*columns("rank", *_STRENGTH), *pay_columns(report)),
        ranks_with_pay(report),
        "No post is open on the day.",
        (_PAY,) if report.pay else (),
        bars=("strength_fte", "established_fte"),
        summed=True,
    )
    by_unit = Table(
        "establishment",
        "Establishment and strength by unit and rank, posts of the unit itself",
        columns("unit", "rank", *_STRENGTH),
        report.establishment,
        "No post is open on the day.",
    )
    return Section("Establishment, strength and vacancies", says, (by_rank, by_unit, *vacancies(report)))


def _years_ahead(report: Report) -> Section:
    """Return each rank year by year, with its band where something is assumed."""
    assumed = f"{report.assumed[:1].upper()}{report.assumed[1:]}."
    band = "Eight of ten draws lie from low to high." if any(row["low"] != row["high"] for row in report.years) else ""
    hidden = any(row["central"] == HIDDEN for row in report.years)
    table = Table(
        "years ahead",
        "People by rank against establishment, year by year",
        columns("rank", "day", "established", "low", "central", "high", rank="Rank or role", central="Expected"),
        report.years,
        "No post is open on the day.",
        ("Ranks of which a number is hidden are not drawn.",) if hidden else (),
        lines=("established", "low", "central", "high"),
    )
    return Section("Years ahead", (f"{assumed} {band}".strip(),), (table,))


def _heat(report: Report) -> Section:
    says = (
        (
            "Need is the number of places in open posts that ask for the requirement at the level, by their rank, "
            "their role or for themselves; a unit includes those below it. Have is how many of those places a present "
            "person fills who holds it; only absent, how many only somebody absent does. Short is need less have. "
            "What nobody was ever recorded with is not known and stands in the data quality alone."
        ),
        (
            "Somebody on restricted, adjusted or recuperative duties counts as absent, as with any other absence. "
            "Somebody who acts up counts in both posts: the one acted in, and the substantive one."
        ),
    )
    place = {row["unit_id"]: place for place, row in enumerate(report.units)}
    rows = sorted(report.heat_map, key=lambda row: (place.get(row["unit_id"], 0), *_requirement(row)))
    table = Table(
        "heat map",
        "Heat map: have of need, and how many are short",
        columns("unit", "unit_id", "depth", "requirement", "level", "need", "have", "have_absent", "short"),
        tuple(rows),
        "No post in scope asks for anything that records can show.",
        kind="heat map",
    )
    return Section("Heat map", says, (table,))


def _requirement(row: Row) -> tuple[str, str, float]:
    return str(row["requirement"]), str(row["requirement_id"]), number(row["level"])


def _critical(report: Report) -> Section:
    """Take the gaps from what the audience sees of the heat map, so that nothing hidden there is shown here."""
    rows = sorted(
        (row for row in report.heat_map if row["have"] == 0),
        key=lambda row: (row["depth"], -number(row["need"]), str(row["unit"]), *_requirement(row)),
    )
    known = columns("unit", "unit_id", "requirement", "level", "need", "have_absent")
    small = "What fewer than five posts of a unit ask for is left out here."
    says = (
        "Asked for, and no present person in a post that asks for it holds it.",
        *((small,) if report.audience == "aggregate" else ()),
    )
    table = Table("critical gaps", "Critical gaps: need and nobody present", known, tuple(rows), "There is none.")
    return Section("Critical gaps", says, (table,))


def _training(report: Report) -> Section:
    says = (
        (
            "For each post that is short, whoever is present in it and lacks the requirement is put down for the "
            "cheapest course that teaches it at the level. A vacant post cannot be trained for. Without a number of "
            "seats no limit is known."
        ),
    )
    rows = tuple({**row, "course": row["course"] or "no course teaches it"} for row in report.training)
    total = _total(report.training)
    table = Table(
        "training demand",
        "Training demand and what it costs",
        columns("course", "people", "seats", "days", "cost"),
        (*rows, *total),
        "Nobody in post lacks anything that their post asks for.",
        summed=bool(total),
    )
    return Section("Training demand", says, (table,))


def _total(rows: Rows) -> Rows:
    """Add up days and cost of the courses whose numbers are shown; people of two courses would count twice."""
    courses = [row for row in rows if row["course"] and row["people"] != FEW]
    if not courses:
        return ()
    words = "All courses" if len(courses) == sum(1 for row in rows if row["course"]) else "Courses with numbers shown"
    total: Row = {
        "course": words,
        "people": None,
        "seats": None,
        **{name: sum(number(row[name]) for row in courses) for name in ("days", "cost")},
    }
    return (total,)
