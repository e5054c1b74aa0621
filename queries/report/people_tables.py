"""The parts of a report that are about single people: lists for those who may see them, numbers for the rest."""

from __future__ import annotations

from graph.rows import Row, list_or_empty
from queries.answers.skills_gap.facts import Report
from queries.answers.skills_gap.totals import READY, WINDOWS, number
from queries.report.model import Column, Section, Table, columns, facts_table
from queries.report.pay import pay_columns, posts_with_pay


def person_columns(report: Report) -> tuple[Column, ...]:
    """Return the columns that tell who somebody is, as the audience may see it."""
    return columns("person_id", "name") if report.audience == "named" else columns("person_id", person_id="Code")


def _post(report: Report) -> tuple[Column, ...]:
    return columns("post_id", post_id="Post" if report.audience == "named" else "Code of post")


def _lists(report: Report) -> bool:
    return report.audience != "aggregate"


def vacancies(report: Report) -> tuple[Table, ...]:
    """Return the vacant posts one by one; to the aggregate audience they are numbers in the tables before."""
    if not _lists(report):
        return ()
    known = columns("unit", "post_id", "rank", "title", "vacant_since", "covered_by")
    if report.audience == "pseudonymous":
        known = (*known[:-1], Column("covered_by", "Covered by, people", "number"))
    known = (*known, *pay_columns(report))
    rows = tuple({"covered_by": None, **row} for row in posts_with_pay(report))
    return (Table("vacancies", "Vacant posts: no substantive occupant", known, rows, "No post is vacant."),)


def single_points(report: Report) -> Section:
    """Return what rests on one person: each case, or their number."""
    says = ("A single point is held by exactly one present person of a unit. Without a last day it has no end.",)
    row = report.single
    facts = (
        ("Cases (a requirement in a unit)", row["cases"]),
        ("Out of requirements asked for in units", row["of"]),
        ("Units with a case", row["units"]),
        ("Out of units that ask for anything", row["of_units"]),
    )
    tables = [facts_table("single points count", "How much rests on one person", facts, numbers=True)]
    if _lists(report):
        known = (*columns("unit", "requirement", "need"), *person_columns(report), *columns("expires"))
        tables.append(Table("single points", "Single points", known, report.single_points, "There is none."))
    return Section("Single points", says, tuple(tables))


def expiring(report: Report) -> Section:
    """Return the expiry calendar and, for those who may see it, who is next."""
    says = (
        (
            "Holdings that end and that the holder's post asks for, unless the same person holds the same for longer. "
            "Each person stands in one column of a requirement only."
        ),
    )
    first, second, third = WINDOWS
    known = (
        *columns("requirement"),
        Column(f"within_{first}", f"Within {first} days", "number"),
        Column(f"within_{second}", f"Days {first + 1} to {second}", "number"),
        Column(f"within_{third}", f"Days {second + 1} to {third}", "number"),
        *(columns("last_holders") if _lists(report) else ()),
    )
    empty = f"Nothing ends within {third} days."
    tables = [_by_month(report), Table("expiry calendar", "Expiry calendar, people", known, report.expiries, empty)]
    if _lists(report):
        days = columns("expires", "days_left", "requirement", expires="Last day")
        known = (*days, *person_columns(report), *_post(report), *columns("last_holder"))
        rows = tuple({**row, "last_holder": "yes" if row["last_holder"] else "no"} for row in report.expiring)
        caption = f"What ends within {second} days"
        tables.append(Table("expiring", caption, known, rows, f"Nothing ends within {second} days."))
    return Section("Expiry calendar", says, tuple(tables))


def _by_month(report: Report) -> Table:
    """Return what ends month by month, drawn as bars."""
    notes: tuple[str, ...] = ("A month is 30 days here, and the last one 35.",)
    if not _lists(report):
        few = (
            "Left out: requirements of which a number is hidden, so that [c] is a month of which nothing is shown. "
            "Months of fewer than five stand with one beside them."
        )
        notes = (*notes, few)
    rows = report.ends if any(number(row["ends"]) for row in report.ends) else ()
    empty = f"Nothing that is shown ends within {WINDOWS[-1]} days."
    known = columns("by", "ends", by="Ends by", ends="Holdings")
    return Table("expiry by month", "What ends month by month", known, rows, empty, notes, bars=("ends",))


def succession(report: Report) -> Section:
    """Return who could follow into the critical posts: by rank, and person by person for those who may see it."""
    says = (
        _critical(report),
        (
            "Candidates are those in scope who substantively hold a rank from which it is reached by one promotion. "
            "In 12 or 24 months means that nothing but time is lacking: no further training is assumed, and what is "
            "held is taken as renewed. Not known is what only hangs on what nobody was ever recorded with."
        ),
        *_unknown(report),
    )
    known = columns("rank", "posts", *READY, rank="Rank")
    none = _no_post(report)
    tables = [Table("readiness", "Candidates by rank, people", known, report.readiness, none)]
    if _lists(report):
        tables.append(_critical_posts(report, none))
    known = columns("rank", "blocked_by", "people", rank="For")
    empty = _no_candidate(report, "Nothing on file holds a candidate back.")
    tables.append(Table("blockers", "What holds candidates back", known, report.blockers, empty))
    if _lists(report):
        tables.append(_candidates(report))
    return Section("Succession", says, tuple(tables))


def _unknown(report: Report) -> tuple[str, ...]:
    """Return what nobody was ever recorded with, where candidates are listed."""
    names = sorted({str(one) for row in report.succession for one in list_or_empty(row["unknown"])})
    return (f"Nobody was ever recorded with: {', '.join(names)}.",) if names else ()


def _critical(report: Report) -> str:
    """Return what a critical post is here, and how its rank was chosen."""
    chosen = report.critical_ranks
    if chosen.high:
        return "A critical post is an open post of superintendent or above that is vacant or has one person in it."
    none = "No post in scope is superintendent or above"
    if not chosen.ranks:
        return f"{none}, nor of any rank with another below it, so none is a critical one."
    return (
        f"{none}, so the highest ranks that it has, two at most and each with a rank below it, are taken instead: "
        f"{', '.join(chosen.ranks)}. A critical post is an open post of these that is vacant or has one person in it."
    )


def _no_post(report: Report) -> str:
    """Return the note that no post in scope is a critical one."""
    chosen = report.critical_ranks
    if not chosen.ranks:
        return "No post is of a rank with another below it: nobody could follow by promotion."
    ranks = "superintendent or above" if chosen.high else f"of these ranks ({', '.join(chosen.ranks)})"
    return f"No post is {ranks} and vacant or held by one: succession was not asked for."


def _no_candidate(report: Report, otherwise: str) -> str:
    """Return why nobody could follow, as far as the audience sees it; else what is given."""
    if not report.readiness:
        return _no_post(report)
    nobody = all(row[name] == 0 for row in report.readiness for name in READY)
    return "Nobody in scope holds a rank below: there is no candidate." if nobody else otherwise


def _critical_posts(report: Report, none: str) -> Table:
    known = columns("post_id", "title", "unit", "rank", "state", *READY, rank="Rank")
    by_rank = {row["rank_id"]: row for row in report.readiness}
    rows = tuple({**row, **{name: by_rank[row["rank_id"]][name] for name in READY}} for row in report.critical_posts)
    return Table("critical posts", "Critical posts and who could follow", known, rows, none)


def _candidates(report: Report) -> Table:
    """List those who are ready within 24 months; of the others the table of what holds them back tells enough."""
    names = {row["rank_id"]: row["rank"] for row in report.readiness}
    known = (
        *columns("for"),
        *person_columns(report),
        *columns("ready", "earliest", "blocked_by", "since"),
        *_post(report),
    )
    rows = sorted(
        (_candidate(row, names) for row in report.succession if row["ready"] != "no"),
        key=lambda row: (str(row["for"]), number(row["order"])),
    )
    empty = _no_candidate(report, "There is none.")
    return Table("candidates", "Candidates who are ready within 24 months, or may be", known, tuple(rows), empty)


def _candidate(row: Row, names: dict[object, object]) -> Row:
    ready = str(row["ready"])
    words = {"now": "now", "12m": "in 12 months", "24m": "in 24 months", "unknown": "not known"}
    order = READY.index(ready) if ready in READY else len(READY)
    return {**row, "for": names[row["for_rank"]], "ready": words.get(ready, ready), "order": order}
