"""The first section of a report: its largest gaps and main numbers, taken from what the audience may see."""

from __future__ import annotations

from queries.answers.skills_gap.facts import Report
from queries.answers.skills_gap.totals import WINDOWS, number
from queries.audience import HIDDEN
from queries.report.model import Section, Table, columns, facts_table

_GAPS = 5


def summary(report: Report) -> Section:
    """Return the largest gaps and the numbers that a planner looks for first.

    `report` is one that was fitted to its audience.
    """
    facts = (
        ("Vacant posts", report.strength[-1]["vacant"]),
        ("Single points (a requirement in a unit that rests on one person)", report.single["cases"]),
        (f"What ends within {WINDOWS[1]} days, a person and a requirement each", _ending(report)),
        (
            "Requirements that nobody was ever recorded with: not known, and counted nowhere",
            len(report.quality.unrecorded),
        ),
    )
    table = facts_table("in short", "Numbers to begin with", facts, numbers=True)
    says = ("Each of these stands further down, with how it is counted.", *_mostly_hidden(report))
    return Section("In short", says, (_gaps(report), table))


def _gaps(report: Report) -> Table:
    tops = sum(1 for row in report.units if not row["depth"])
    rows = sorted(
        (row for row in report.heat_map if not row["depth"] and number(row["short"]) > 0),
        key=lambda row: (-number(row["short"]), str(row["requirement"]), number(row["level"]), str(row["unit_id"])),
    )
    known = columns(*(("unit",) if tops > 1 else ()), "requirement", "level", "need", "have", "short")
    hidden = any(row["short"] == HIDDEN for row in report.heat_map if not row["depth"])
    notes = ("What is hidden is left out here, whatever its size.",) if hidden else ()
    empty = "None is shown to this audience." if hidden else "Nothing that is recorded is short."
    empty = empty if report.heat_map else "Nothing is asked for that anybody was ever recorded with."
    return Table("largest gaps", "The largest gaps", known, tuple(rows[:_GAPS]), empty, notes)


def _ending(report: Report) -> int | str:
    """Add up what ends soon; where a number is hidden, only that there are more than those that are shown."""
    numbers = [row[f"within_{days}"] for row in report.expiries for days in WINDOWS[:2]]
    total = sum(int(number(value)) for value in numbers)
    return f"more than {total:,}" if any(isinstance(value, str) for value in numbers) else total


def _mostly_hidden(report: Report) -> tuple[str, ...]:
    hidden = sum(1 for row in report.heat_map if row["have"] == HIDDEN)
    if report.audience != "aggregate" or 2 * hidden <= len(report.heat_map):
        return ()
    return (
        (
            "Most cells of the heat map are hidden, because the groups are small. A report for the audience "
            "pseudonymous (--audience pseudonymous) shows them to those who may see them."
        ),
    )
