"""What a load did: a line a document or a sheet, the totals, and what is wrong with rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.rows import Row
from queries.answers.answer import Answer

COUNTED = ("created", "changed", "removed", "closed", "untouched")
_MOST = 20
_MOST_NAMES = 10

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class DocumentLine:
    """One document and what was done for it."""

    document: str
    role: str
    edition: str
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class StaffLoadAnswer(Answer):
    """A row a sheet that has rows, and the totals of nodes and edges."""

    totals: Counts


def document_load(lines: Sequence[DocumentLine], total: Counts, notes: Sequence[str]) -> Answer:
    """Return counts as nodes+edges; what no document accounts for is the reference data and likeness of texts."""
    rest = {
        name: {part: total[name][part] - sum(line.counts[name][part] for line in lines) for part in ("nodes", "edges")}
        for name in COUNTED
    }
    shown = [DocumentLine("reference data and likenesses", "", "", rest), *lines, DocumentLine("total", "", "", total)]
    rows = [
        {
            **{name: getattr(line, name) for name in ("document", "role", "edition")},
            **{name: f"{line.counts[name]['nodes']}+{line.counts[name]['edges']}" for name in COUNTED},
        }
        for line in shown
    ]
    return Answer(("document", "role", "edition", *COUNTED), rows, list(notes), total)


def staff_load(sheets: Mapping[str, Mapping[str, int]], counts: Counts, notes: Sequence[str]) -> StaffLoadAnswer:
    """Return a row a sheet that has rows, and the totals of nodes and edges.

    Args:
        sheets: How many rows of each sheet were read, and of those taken and skipped.
        counts: What was done to nodes and edges.
        notes: What the user should know beside them.
    """
    read = {name: count for name, count in sheets.items() if count["read"]}
    rows = [{"sheet": name, **count} for name, count in read.items()]
    columns = ("sheet", "read", "taken", "skipped")
    return StaffLoadAnswer(columns, rows, list(notes), {"sheets": read, **counts}, totals=counts)


def problems(faults: Iterable[object], others: int, unknown: Sequence[Row]) -> list[str]:
    """Return the first faults of rows, a line each, and how many more there are; an unknown name has one line for all.

    Args:
        faults: Those that are not of an unknown name.
        others: How many those are.
        unknown: The names: sheet, column, name, rows (how many), first (of those rows) and advice.
    """
    lines = [
        f"{one['sheet']}, row {one['first']}, {one['column']}: found {one['name']!r}"
        + (f" (in {one['rows']} rows)" if one["rows"] != 1 else "")
        + f"; {one['advice']}"
        for one in unknown[:_MOST_NAMES]
    ]
    lines += [str(fault) for fault in islice(faults, _MOST - len(lines))]
    more = others + len(unknown) - len(lines)
    return [*lines, f"and {more} more"] if more > 0 else lines
