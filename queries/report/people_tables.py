"""The parts of a report that are about single people: lists for those who may see them, numbers for the rest."""

from __future__ import annotations

from graph.rows import Row
from queries.report.model import Column, Report, Rows, Section, Table
from queries.report.totals import READY, WINDOWS, number

_PERSON = {"named": "Number", "pseudonymous": "Code"}


def _person(report: Report) -> tuple[Column, ...]:
    name = (Column("name", "Name"),) if report.audience == "named" else ()
    return (Column("person_id", _PERSON[report.audience], "id"), *name)


def _post(report: Report) -> Column:
    return Column("post_id", "Post" if report.audience == "named" else "Code of post", "id")


def _lists(report: Report) -> bool:
    return report.audience != "aggregate"


def vacancies(report: Report) -> tuple[Table, ...]:
    """Return the vacant posts one by one; to the aggregate audience they are numbers in the tables before."""
    if not _lists(report):
        return ()
    covered = (
        Column("covered_by", "Covered by")
        if report.audience == "named"
        else Column("covered_by", "Covered by, people", "number")
    )
    columns = (
        Column("unit", "Unit"),
        Column("post_id", "Post", "id"),
        Column("rank", "Rank or role"),
        Column("title", "Title"),
        Column("vacant_since", "Vacant since", "day"),
        covered,
    )
    rows = tuple({"covered_by": None, **row} for row in report.vacancies)
    return (Table("vacancies", "Vacant posts: no substantive occupant", columns, rows, "No post is vacant."),)


def single_points(report: Report) -> Section:
    """Return what rests on one person: each case, or their number."""
    says = ("A single point is held by exactly one present person of a unit. Without a last day it has no end.",)
    row = report.single
    facts: Rows = (
        {"what": "Cases (a requirement in a unit)", "value": row["cases"]},
        {"what": "Out of requirements asked for in units", "value": row["of"]},
        {"what": "Units with a case", "value": row["units"]},
        {"what": "Out of units that ask for anything", "value": row["of_units"]},
    )
    columns: tuple[Column, ...] = (Column("what", "What"), Column("value", "Number", "number"))
    tables = [Table("single points count", "How much rests on one person", columns, facts, "Nothing.", kind="facts")]
    if _lists(report):
        columns = (
            Column("unit", "Unit"),
            Column("requirement", "Requirement"),
            Column("need", "Need", "number"),
            *_person(report),
            Column("expires", "Counts until", "day"),
        )
        tables.append(Table("single points", "Single points", columns, report.single_points, "There is none."))
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
    columns = (
        Column("requirement", "Requirement"),
        Column(f"within_{first}", f"Within {first} days", "number"),
        Column(f"within_{second}", f"Days {first + 1} to {second}", "number"),
        Column(f"within_{third}", f"Days {second + 1} to {third}", "number"),
        *((Column("last_holders", "Last holders", "number"),) if _lists(report) else ()),
    )
    empty = f"Nothing ends within {third} days."
    tables = [Table("expiry calendar", "Expiry calendar, people", columns, report.expiries, empty)]
    if _lists(report):
        columns = (
            Column("expires", "Last day", "day"),
            Column("days_left", "Days left", "number"),
            Column("requirement", "Requirement"),
            *_person(report),
            _post(report),
            Column("last_holder", "Last holder"),
        )
        rows = tuple({**row, "last_holder": "yes" if row["last_holder"] else "no"} for row in report.expiring)
        caption = f"What ends within {second} days"
        tables.append(Table("expiring", caption, columns, rows, f"Nothing ends within {second} days."))
    return Section("Expiry calendar", says, tuple(tables))


_READY_HEADINGS = {"now": "Ready now", "12m": "In 12 months", "24m": "In 24 months", "no": "Not by then"}


def succession(report: Report) -> Section:
    """Return who could follow into the critical posts: by rank, and person by person for those who may see it."""
    says = (
        _critical(report),
        (
            "Candidates are those in scope who substantively hold a rank from which it is reached by one promotion. "
            "In 12 or 24 months means that nothing but time is lacking: no further training is assumed, and what is "
            "held is taken as renewed."
        ),
    )
    ready = tuple(Column(name, _READY_HEADINGS[name], "number") for name in READY)
    columns = (Column("rank", "Rank"), Column("posts", "Open posts", "number"), *ready)
    none = _no_post(report)
    tables = [Table("readiness", "Candidates by rank, people", columns, report.readiness, none)]
    if _lists(report):
        tables.append(_critical_posts(report, ready, none))
    columns = (Column("rank", "For"), Column("blocked_by", "Held back by"), Column("people", "People", "number"))
    empty = _no_candidate(report, "Nothing holds a candidate back.")
    tables.append(Table("blockers", "What holds candidates back", columns, report.blockers, empty))
    if _lists(report):
        tables.append(_candidates(report))
    return Section("Succession", says, tuple(tables))


def _critical(report: Report) -> str:
    """Say what a critical post is here, and how its rank was chosen."""
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
    """Say that no post in scope is a critical one."""
    chosen = report.critical_ranks
    if not chosen.ranks:
        return "No post is of a rank with another below it: nobody could follow by promotion."
    ranks = "superintendent or above" if chosen.high else f"of these ranks ({', '.join(chosen.ranks)})"
    return f"No post is {ranks} and vacant or held by one: succession was not asked for."


def _no_candidate(report: Report, otherwise: str) -> str:
    """Say why nobody could follow, as far as the audience sees it; else what is given."""
    if not report.readiness:
        return _no_post(report)
    nobody = all(row[name] == 0 for row in report.readiness for name in READY)
    return "Nobody in scope holds a rank below: there is no candidate." if nobody else otherwise


def _critical_posts(report: Report, ready: tuple[Column, ...], none: str) -> Table:
    columns = (
        Column("post_id", "Post", "id"),
        Column("title", "Title"),
        Column("unit", "Unit"),
        Column("rank", "Rank"),
        Column("state", "State"),
        *ready,
    )
    by_rank = {row["rank_id"]: row for row in report.readiness}
    rows = tuple({**row, **{name: by_rank[row["rank_id"]][name] for name in READY}} for row in report.critical_posts)
    return Table("critical posts", "Critical posts and who could follow", columns, rows, none)


def _candidates(report: Report) -> Table:
    """List those who are ready within 24 months; of the others the table of what holds them back tells enough."""
    names = {row["rank_id"]: row["rank"] for row in report.readiness}
    columns = (
        Column("for", "For"),
        *_person(report),
        Column("ready", "Ready"),
        Column("blocked_by", "Held back by"),
        Column("since", "In rank since", "day"),
        _post(report),
    )
    rows = sorted(
        (_candidate(row, names) for row in report.succession if row["ready"] != "no"),
        key=lambda row: (str(row["for"]), number(row["order"])),
    )
    empty = _no_candidate(report, "There is none.")
    return Table("candidates", "Candidates who are ready within 24 months", columns, tuple(rows), empty)


def _candidate(row: Row, names: dict[object, object]) -> Row:
    ready = str(row["ready"])
    words = {"now": "now", "12m": "in 12 months", "24m": "in 24 months"}
    order = READY.index(ready) if ready in READY else len(READY)
    return {**row, "for": names[row["for_rank"]], "ready": words.get(ready, ready), "order": order}
