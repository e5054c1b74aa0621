"""Load staff files into the graph: units, posts, people, what they hold, and a force's own requirements.

Rows are streamed and written in transactions of bounded size, so memory is flat and a load can be cut short.
The next load of the same files completes it: every row is compared with what is stored. Nothing is deleted
but the edge of a post or unit to where it no longer is, and what a whole export says no longer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from graph.days import today
from graph.documents.derived_edges import relate_requirements
from graph.documents.write import Counts
from graph.errors import CheckError
from graph.staff import cypher
from graph.staff.lease import Lease, leased
from graph.staff.missing_rows import ending, leaving, unsaid
from graph.staff.requirements import Listed, listed, write
from graph.staff.sheet_rows import EDGE_SHEETS, HOLDINGS, NODE_SHEETS, EdgeSheet, NodeSheet, Row, expiry, holding
from graph.staff.write import Rest, Target, Unsaid, Writer, batches, edge_target, node_target
from graph.staff_nodes import Person, StaffLoad, StaffRows

if TYPE_CHECKING:
    from graph.session import Graph


_LAST_EXPORT = "MATCH (n:StaffLoad) WHERE n.export_day IS NOT NULL RETURN n.export_day AS day"
_STATE = "MATCH (n:StaffLoad {id: 'staff'}) RETURN properties(n) AS stored"
_ANY = "MATCH (n:%s) RETURN n.id AS id LIMIT 1"
_MONTHS = "MATCH (r:Requirement) WHERE r.valid_months IS NOT NULL RETURN r.id AS id, r.valid_months AS months"
_DECLARED = "MATCH (r:Requirement) WHERE r.declared RETURN r.id AS id"
_HOLDERS = (
    "UNWIND $requirements AS id MATCH (r:Requirement {id: id})<-[e:HOLDS]-(p:Person) WHERE e.expires_given IS NULL "
    "RETURN collect(DISTINCT p.id) AS ids"
)


def load(
    graph: Graph,
    staff: StaffRows,
    *,
    full_day: str | None = None,
    dry_run: bool = False,
    on_rows: Callable[[str, int], None] = lambda _sheet, _rows: None,
    on_note: Callable[[str], None] = lambda _note: None,
) -> Counts:
    """Make the graph hold what staff files say; a second load of the same files writes nothing.

    The marker of the load and the likeness of the force's own requirements to others are not among the counts.

    Args:
        graph: Opened for writing, unless this is a dry run; it holds the ranks and requirements that the rows name.
        staff: The files.
        full_day: The export is whole: who is not in it left on this day at the latest, and an occupancy that
            is not in it ended then; counted as closed. Of people, posts and courses that are in it, what its
            sheets say no longer is removed; a sheet that it has not, or with rows left out, removes nothing.
        dry_run: Compare and count only.
        on_rows: Told a sheet and how many of its rows stand now, batch by batch.
        on_note: Told what the user should know of rows in the graph that are not in the export.

    Raises CheckError where two rows have one key, or where a whole export has nobody in it, lacks rows of
    people or occupancies, or is older than the one before; BusyError where another load does not end in time.
    """
    if full_day:
        _refuse_parts(staff)
    with contextlib.nullcontext() if dry_run else leased(graph) as lease:
        if full_day:
            _refuse_older(graph, full_day)
        one = _Load(graph, staff, full_day=full_day, lease=lease, on_rows=on_rows)
        counts = one.run()
        for note in one.notes:
            on_note(note)
        if lease:
            one.finish(lease)
        return counts


def passes(sheet: str) -> int:
    """Return how often the rows of a sheet are told of while they are written."""
    return sum(one.sheet == sheet for one in (*NODE_SHEETS, *EDGE_SHEETS, HOLDINGS))


def _refuse_parts(staff: StaffRows) -> None:
    """A person whose row was left out is in the export all the same; one of nobody is not whole."""
    left_out = {name: staff.counts[name].skipped for name in ("people", "occupancies") if name in staff.counts}
    problems = [
        f"{name}: found {count} row(s) at fault; expected none in a whole export, else people who are in it would be "
        "closed; mend them, or load without --full"
        for name, count in left_out.items()
        if count
    ]
    if not problems and not ("people" in staff.counts and staff.counts["people"].taken):
        found = "people: found no rows; expected everybody in a whole export, else all in the graph would be closed"
        problems = [f"{found}; export them too, or load without --full"]
    if problems:
        raise CheckError(problems)


def _refuse_older(graph: Graph, day: str) -> None:
    """An older export knows nothing of who came since."""
    last = max((str(row["day"]) for row in graph.read(_LAST_EXPORT, {})), default="")
    if day < last:
        found = f"found a whole export of {day}; expected none older than that of {last}, which is in the graph"
        raise CheckError([f"{found}; load without --full, or run `rankgraph reset` and load in order"])


class _Load:
    """One load under way."""

    def __init__(
        self,
        graph: Graph,
        staff: StaffRows,
        *,
        full_day: str | None,
        lease: Lease | None,
        on_rows: Callable[[str, int], None],
    ) -> None:
        self._graph, self._staff, self._day, self._on_rows = graph, staff, full_day, on_rows
        found = graph.read(_STATE, {})
        self._stored: Mapping[str, object] = found[0]["stored"] if found else {}  # type: ignore[assignment]
        self._resumed = self._stored.get("state") == "loading"
        fresh = not found and not any(graph.read(_ANY % sheet.kind.label, {}) for sheet in NODE_SHEETS)
        self._writer = Writer(graph, self._marker("loading"), fresh=fresh, lease=lease)
        self._fresh = fresh
        self.notes: list[str] = []

    def run(self) -> Counts:
        """Write all sheets, nodes first."""
        wanted = listed(self._rows("requirements"), self._rows("courses"))
        renewed = write(self._writer, wanted)
        if self._resumed:  # the months may have been written, and not yet what follows from them
            renewed |= {*wanted, *(str(row["id"]) for row in self._graph.read(_DECLARED, {}))}
        for sheet in NODE_SHEETS:
            self._nodes(sheet)
        months = self._months(wanted)
        for edges in EDGE_SHEETS:
            self._edges(edges)
        self._holdings(months, renewed)
        if self._writer.unsaid:
            advice = "--full --as-of DAY takes the export as whole"
            self.notes.append(f"at least {self._writer.unsaid} row(s) in the graph are not in this export; {advice}")
        return self._writer.counts

    def finish(self, lease: Lease) -> None:
        """Say that the load is done, if there was anything to do."""
        done = self._marker("done")
        if self._writer.marked or self._resumed:
            lease.write(relate_requirements)
        elif done == {**self._stored, "loaded": done["loaded"]}:
            return
        lease.write(lambda transaction: transaction.run(cypher.MARKER, {"props": done}))

    def _rows(self, sheet: str) -> Iterator[Row]:
        return (tuple(row.values()) for row in self._staff.rows(sheet))

    def _marker(self, state: str) -> dict[str, object]:
        counts = self._staff.counts
        marker = StaffLoad(
            id="staff",
            state=state,
            files=tuple(self._staff.files),
            sha256=self._staff.sha256,
            loaded=today(),
            export_day=self._day,
            people=counts["people"].taken if "people" in counts else 0,
            skipped=sum(count.skipped for count in counts.values()),
        )
        return marker.model_dump(mode="json", exclude_none=True)

    def _months(self, wanted: Mapping[str, Listed]) -> dict[str, int]:
        """Return for how many months requirements count, those that are listed as the files say."""
        found: dict[str, object] = {str(row["id"]): row["months"] for row in self._graph.read(_MONTHS, {})}
        found |= {one: said.said["valid_months"] for one, said in wanted.items() if "valid_months" in said.said}
        return {one: int(str(months)) for one, months in found.items() if months is not None}

    def _nodes(self, sheet: NodeSheet) -> None:
        target, seen = node_target(sheet.kind), set[object]()
        rest = leaving(self._day) if self._day and sheet.kind is Person else None
        for batch in batches(self._rows(sheet.sheet)):
            rows = [sheet.take(row) for row in batch]
            ids = [row[0] for row in rows]
            self._writer.rows(target, ids, rows)
            if rest:
                seen.update(ids)
            self._on_rows(sheet.sheet, len(batch))
        if rest:
            self._writer.rest(target, seen, rest)

    def _edges(self, sheet: EdgeSheet) -> None:
        self._stream(sheet, sheet.take, ending(self._day) if self._day and sheet.kind == "OCCUPIES" else None)

    def _holdings(self, months: Mapping[str, int], renewed: set[str]) -> None:
        self._stream(HOLDINGS, holding(months), _renewing(renewed, months) if renewed else None)

    def _stream(self, sheet: EdgeSheet, take: Callable[[Row], Iterable[Row]], rest: Rest | None) -> None:
        target, seen, lost = edge_target(sheet), set[object](), self._unsaid(sheet)
        for batch in batches(self._rows(sheet.sheet)):
            starts = list(dict.fromkeys(row[0] for row in batch))
            self._writer.rows(target, starts, [edge for row in batch for edge in take(row)], rest, lost)
            if rest or lost:
                seen.update(starts)
            self._on_rows(sheet.sheet, len(batch))
        if lost and lost.removed and sheet.kind != "OCCUPIES":
            self._without(sheet, target, seen, lost)
        if rest:
            self._writer.rest(target, seen, rest)

    def _unsaid(self, sheet: EdgeSheet) -> Unsaid | None:
        """Return what is done with what a sheet says no longer; nothing where that cannot be known."""
        if self._fresh or not sheet.of or sheet.sheet not in self._staff.sheets:
            return None
        left_out = self._staff.counts[sheet.sheet].skipped
        if left_out and self._day:
            self.notes.append(f"{sheet.sheet}: {left_out} row(s) at fault, so nothing of this sheet was removed")
        return None if left_out else unsaid(sheet, removed=self._day is not None)

    def _without(self, sheet: EdgeSheet, target: Target, seen: set[object], lost: Unsaid) -> None:
        """Remove what stands at those who are in the export and have no row in a sheet; they are seen then."""
        before = self._writer.counts.removed.edges
        for batch in batches(self._rows(sheet.of)):
            ids = [row[0] for row in batch if row[0] not in seen]
            if ids:
                self._writer.rows(target, ids, (), None, lost)
                seen.update(ids)
        removed = self._writer.counts.removed.edges - before
        if removed and not self._staff.counts[sheet.sheet].taken:
            advice = "leave it out of an export that does not have it"
            self.notes.append(f"{sheet.sheet}: no rows, so all {removed} of those in the export go; {advice}")


def _renewing(requirements: set[str], months: Mapping[str, int]) -> Rest:
    """Let a holding whose last day was computed have the one that follows from the months of today."""

    def become(row: Row) -> Row | None:
        requirement, achieved, expires, given = row[1], row[4], row[5], row[6]
        if given or requirement not in requirements:
            return None
        until = expiry(achieved, months.get(str(requirement)))
        return None if until == expires else (*row[:5], until, *row[6:])

    return Rest(become, "changed", _HOLDERS, {"requirements": sorted(requirements)})
