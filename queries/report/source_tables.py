"""What a report rests on, and what is wrong with that."""

from __future__ import annotations

from queries.answers.skills_gap.facts import Load, Report
from queries.audience.small_numbers import few
from queries.report.model import Section, Table, columns, facts_table
from queries.report.people_tables import person_columns

_SHORT = 12
"""Digits of a hash that tell one load from another."""


def sources(report: Report) -> Section:
    """Return the editions that say what ranks and roles ask for, and the staff files."""
    known = columns("role", "edition", "source_kind", "authority", "document", "published", "valid_from")
    empty = "No profile of a rank or role in scope counts on the day."
    editions = Table("editions", "Profiles of the ranks and roles of posts in scope", known, report.editions, empty)
    names = " and ".join(report.reference) or "none"
    says = (f"Ladders and promotion gates rest on the reference data of rankgraph: {names}.",)
    return Section("Sources", says, (editions, _load(report)))


def _load(report: Report) -> Table:
    load = report.load
    facts: list[tuple[str, object]] = []
    if load:
        facts = [
            ("Files", "; ".join(load.files)),
            ("SHA-256 of all together, first digits", load.sha256[:_SHORT]),
            ("Loaded on", load.loaded),
            ("Day of the export", load.export_day or "not given"),
            ("Rows of people taken", few(load.people) if report.audience == "aggregate" else load.people),
            ("Rows left out", load.skipped),
        ]
    return facts_table("staff files", "Staff files", facts, empty="The graph does not say which files it holds.")


def quality(report: Report) -> Section:
    """Return what a reader should know of the data before believing the rest."""
    facts = report.quality
    unprofiled = Table(
        "without profile",
        "Ranks and roles of posts without a profile: what they ask for is not counted",
        columns("role", "posts", "problem"),
        facts.unprofiled,
        "Each rank and role of a post in scope has a profile.",
    )
    stale = Table(
        "stale editions",
        "Editions that rest on a framework no longer in use",
        columns("role", "edition", "framework", "withdrawn", "successor"),
        facts.stale,
        "There is none.",
    )
    unrecorded = Table(
        "never recorded",
        "Requirements that nobody in the files was ever recorded with",
        columns("requirement", "need"),
        facts.unrecorded,
        "There is none.",
    )
    return Section("Data quality", _says(report), (unprofiled, stale, unrecorded, *_idle(report)))


def _says(report: Report) -> tuple[str, ...]:
    facts = report.quality
    return (
        *_of_load(report.load),
        f"People in posts in scope of whom no holding is recorded: {facts.without_holdings}.",
        (
            "People in posts in scope who substantively hold another rank than that of the post they are "
            f"substantively in: {facts.contradicting}."
        ),
        *(
            (f"Members of the force who are in no open post on the day: {facts.idle}.",)
            if facts.idle is not None
            else ()
        ),
        "A requirement that nobody was ever recorded with is as likely missing from the records as from the force.",
        *report.notes,
    )


def _idle(report: Report) -> tuple[Table, ...]:
    """Return who is in no post, for those who may see it."""
    if report.quality.idle is None or report.audience == "aggregate":
        return ()
    caption = "Members of the force who are in no open post on the day"
    return (Table("in no post", caption, person_columns(report), report.quality.idle_people, "There is none."),)


def _of_load(load: Load | None) -> tuple[str, ...]:
    if load is None:
        return ("The graph does not say when its staff files were loaded.",)
    unfinished = "The last load of staff files did not finish: load them again before relying on this report."
    skipped = (
        f"{load.skipped} rows of the staff files were left out as faulty; the error workbook of that load lists them, "
        "with the names that matched nothing."
        if load.skipped
        else "No row of the staff files was left out in the last load."
    )
    return (skipped,) if load.state == "done" else (unfinished, skipped)
