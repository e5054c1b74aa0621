"""What a load did: a line a document or a sheet, the totals, and what is wrong with rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from graph.rows import Row
from queries.answers.answer import Answer

COUNTED = ("created", "changed", "removed", "closed", "untouched")
_MOST = 20
_MOST_NAMES = 10

Counts = Mapping[str, Mapping[str, int]]


Line = tuple[str, str, str, Counts]
"""A document, its role and edition, and what was done for it."""


def document_load(lines: Sequence[Line], total: Counts, notes: Sequence[str]) -> Answer:
    """Return counts as nodes+edges; what no document accounts for is the reference data and likeness of texts."""
    rest = {
        name: {part: total[name][part] - sum(counts[name][part] for *_, counts in lines) for part in ("nodes", "edges")}
        for name in COUNTED
    }
    all_lines: list[Line] = [("reference data and likenesses", "", "", rest), *lines, ("total", "", "", total)]
    columns = ("document", "role", "edition", *COUNTED)
    rows = [
        dict(
            zip(
                columns,
                (*names, *(f"{counts[name]['nodes']}+{counts[name]['edges']}" for name in COUNTED)),
                strict=True,
            )
        )
        for *names, counts in all_lines
    ]
    return Answer(columns, rows, list(notes), total)


def staff_load(sheets: Mapping[str, Mapping[str, int]], counts: Counts, notes: Sequence[str]) -> Answer:
    """Return a row a sheet that has rows, and as parts those sheets and what was done to nodes and edges."""
    read = {name: count for name, count in sheets.items() if count["read"]}
    rows = [{"sheet": name, **count} for name, count in read.items()]
    columns = ("sheet", "read", "taken", "skipped")
    return Answer(columns, rows, list(notes), {"sheets": read, **counts})


def problems(faults: Iterable[object], others: int, unknown: Sequence[Row], following: int = 0) -> list[str]:
    """Return a line for each kind of fault, an unknown name being one, and how many rows follow from these.

    `faults` are the first of each kind that is not of an unknown name, `others` is how many they are, and `following`
    how many rows are at fault only because of these. Each of `unknown` has sheet, column, name, rows (how many), first
    (of those rows) and advice.
    """
    lines = [
        f"{one.get('place') or one['sheet']}, row {one['first']}, {one['column']}: found {one['name']!r}"
        + (f" (in {one['rows']} rows)" if one["rows"] != 1 else "")
        + f"; {one['advice']}"
        for one in unknown[:_MOST_NAMES]
    ]
    lines += [str(fault) for fault in islice(faults, _MOST - len(lines))]
    kinds = others + len(unknown)
    more = [f"and {kinds - len(lines)} more"] if kinds > len(lines) else []
    said = f"{kinds} kind{'s' * (kinds != 1)} of fault"
    head = [f"{said}; {following:,} row(s) follow from these"] * (following > 0)
    return [*head, *lines, *more]
