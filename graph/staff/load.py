"""Load staff files into the graph: units, posts, people, what they hold, and a force's own requirements.

Rows are streamed and written in transactions of bounded size, so memory is flat and a load can be cut short.
The next load of the same files completes it: every row is compared with what is stored. Nothing is deleted
but the edge of a post or unit to where it no longer is, and what a whole export says no longer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graph import derive
from graph.days import today
from graph.documents.themes import relate_requirements
from graph.documents.write import Counts, in_batches, locked
from graph.errors import CheckError, WriteError
from graph.staff import cypher
from graph.staff.lease import Lease, leased
from graph.staff.missing_rows import missing_rows, renewed_holdings, unseen_occupancies, unseen_people
from graph.staff.sheet_rows import EDGE_SHEETS, HOLDINGS, NODE_SHEETS, STARTS, EdgeSheet, NodeSheet, complete
from graph.staff.write import Writer, ahead, batches, edge_target, list_requirements, node_target, write_requirements
from graph.staff_nodes import LoadTotal, PeopleCount, Person, StaffLoad, StaffRows

if TYPE_CHECKING:
    from graph.rows import Row
    from graph.session import Graph, Transaction
    from graph.staff.sheet_rows import Values
    from graph.staff.write import ListedRequirement, MissingRows, Target, UnseenRows


_LAST_EXPORT = "MATCH (n:StaffLoad) WHERE n.export_day IS NOT NULL RETURN n.export_day AS day"
_STATE = "MATCH (n:StaffLoad {id: 'staff'}) RETURN properties(n) AS stored"
_THERE = """MATCH (p:Person) WITH p.id AS id, coalesce(p.joined, '') AS joined, coalesce(p.left, '9999-12-31') AS left
WHERE joined <= $day AND $day <= left AND joined < left RETURN collect(id) AS ids"""
_ANY = "MATCH (n:%s) RETURN n.id AS id LIMIT 1"
_MONTHS = "MATCH (r:Requirement) WHERE r.valid_months IS NOT NULL RETURN r.id AS id, r.valid_months AS months"
_DECLARED = "MATCH (r:Requirement) WHERE r.declared RETURN r.id AS id"
_ANY_TOTAL = "MATCH (n:LoadTotal {day: $day}) RETURN n.id AS id LIMIT 1"
_DROP_TOTALS = "MATCH (n:LoadTotal {day: $day}) DETACH DELETE n RETURN count(*) AS rows"
_DROP_COUNTS = "MATCH (n:PeopleCount) DETACH DELETE n RETURN count(*) AS rows"

CountTotals = Callable[["Graph", str], Sequence[LoadTotal | PeopleCount]]
"""Returns the totals of a graph on a day, and the counts of people that take the place of those of any load before."""


def load(
    graph: Graph,
    staff: StaffRows,
    *,
    full_day: str | None = None,
    most_closed: float | None = None,
    dry_run: bool = False,
    count_totals: CountTotals | None = None,
    on_rows: Callable[[str, int], None] = lambda _sheet, _rows: None,
    on_note: Callable[[str], None] = lambda _note: None,
) -> Counts:
    """Make the graph hold what staff files say; a second load of the same files writes nothing.

    Its marker, its totals and the likeness of the force's own requirements to others are not among the counts.

    Args:
        graph: Opened for writing, unless this is a dry run; it holds the ranks and requirements that the rows name.
        staff: The files.
        full_day: The export is whole: who is not in it left by the eve of this day, and an occupancy that is not in
            it ended by then, as closed. Removed is one that begins later and, of people, posts and courses in it, what
            its sheets say no longer; a sheet that it has not, or with rows left out, removes nothing.
        most_closed: How many people a whole export may close, below 1 as a share of all; none: any number.
        dry_run: Compare and count only.
        count_totals: Counts what the load leaves of its day, in place of what an earlier one left; none: nothing.
        on_rows: Called after each batch with the sheet and how many of its rows stand now.
        on_note: Called with what the user should know of rows that are not in the export.

    Raises CheckError where two rows have one key, or where a whole export has nobody in it, lacks rows of people or
    occupancies, is older than the one before, of a day to come, or closes too many; BusyError where another goes on.
    """
    if full_day:
        _refuse_parts(staff)
    with contextlib.nullcontext() if dry_run else leased(graph) as lease:
        _refuse_export(graph, staff, full_day, most_closed)
        one = _Load(graph, staff, full_day=full_day, lease=lease, on_rows=on_rows, on_note=on_note)
        counts = one.run()
        if lease:
            one.finish(lease, count_totals)
        return counts


def writes_per_sheet(sheet: str) -> int:
    """Return how often each row of a sheet is written, as a node and as an edge of each kind."""
    return sum(one.sheet == sheet for one in (*NODE_SHEETS, *EDGE_SHEETS, HOLDINGS))


def check_day(graph: Graph, day: str) -> None:
    """Raise CheckError where a whole export of a day is of one to come, or older than the one before."""
    if day > today():
        problem = f"found a whole export of {day}; expected one of today, {today()}, or before"
        raise CheckError([f"{problem}, else each one that follows would be older; correct --as-of"])
    last = max((str(row["day"]) for row in graph.read(_LAST_EXPORT, {})), default="")
    if day < last <= today():  # one of a day to come was loaded while a clock was wrong
        problem = f"found a whole export of {day}; expected none older than that of {last}, which is in the graph"
        raise CheckError([f"{problem}; load without --full, or run `rankgraph reset` and load in order"])


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
        problem = "people: found no rows; expected everybody in a whole export, else all in the graph would be closed"
        problems = [f"{problem}; export them too, or load without --full"]
    if problems:
        raise CheckError(problems)


def _refuse_export(graph: Graph, staff: StaffRows, day: str | None, most: float | None) -> None:
    """An older export knows nothing of who came since; one in which many are missing is likely no whole one."""
    if day is None:
        return
    check_day(graph, day)
    there = {str(one) for row in graph.read(_THERE, {"day": day}) for one in row["ids"]}  # type: ignore[attr-defined]
    missing = sorted(there - {str(row["person_id"]) for row in staff.rows("people")})
    limit = len(there) if most is None else int(most * len(there)) if most < 1 else int(most)
    if len(missing) > limit:
        sample = f"{', '.join(missing[:3])}{' ...' if len(missing) > 3 else ''}"  # noqa: PLR2004 -- enough to know them by
        problem = f"people: {len(missing):,} of {len(there):,} in the graph are not in this whole export ({sample})"
        advice = f"if all of these have left, give --allow-closing {len(missing)}"
        raise CheckError(
            [f"{problem}; expected at most {limit:,}; check that it is whole and has the same numbers, or {advice}"]
        )


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
        on_note: Callable[[str], None],
    ) -> None:
        self._graph, self._staff, self._day = graph, staff, full_day
        self._on_rows, self._on_note = on_rows, on_note
        rows = graph.read(_STATE, {})
        self._stored: Mapping[str, object] = rows[0]["stored"] if rows else {}  # type: ignore[assignment]
        self._resumed = self._stored.get("state") == "loading"
        fresh = not rows and not any(graph.read(_ANY % sheet.kind.label, {}) for sheet in NODE_SHEETS)
        self._writer = Writer(graph, self._marker("loading"), fresh=fresh, lease=lease)
        self._fresh = fresh
        self._months: Mapping[str, int] = {}

    def run(self) -> Counts:
        """Write all sheets, nodes first."""
        listed = list_requirements(self._staff.rows("requirements"), self._staff.rows("courses"))
        renewed = write_requirements(self._writer, listed)
        if self._resumed:  # the months may have been written, and not yet what follows from them
            renewed |= {*listed, *(str(row["id"]) for row in self._graph.read(_DECLARED, {}))}
        for sheet in NODE_SHEETS:
            self._nodes(sheet)
        for edges in EDGE_SHEETS:
            self._edges(edges, unseen_occupancies(self._day) if self._day and edges.kind == "OCCUPIES" else None)
        self._months = self._valid_months(listed)
        self._edges(HOLDINGS, renewed_holdings(renewed, self._months) if renewed else None)
        if self._writer.missing:
            advice = "--full --as-of DAY takes the export as whole"
            self._on_note(f"at least {self._writer.missing} row(s) in the graph are not in this export; {advice}")
        return self._writer.counts

    def finish(self, lease: Lease, count_totals: CountTotals | None) -> None:
        """Write that the load is done, with its totals, if there was anything to do."""
        done = self._marker("done")
        day = str(done.get("export_day", done["loaded"]))
        if self._writer.marked or self._resumed:
            lease.write(locked(relate_requirements))
        elif self._stands(done) and not (count_totals and self._lacks_totals()):
            return
        totals = count_totals(self._graph, day) if count_totals else ()

        def work(transaction: Transaction) -> None:
            transaction.run(_DROP_TOTALS, {"day": day})
            transaction.run(_DROP_COUNTS)
            for kind in (LoadTotal, PeopleCount):
                rows = [{"props": one.model_dump(exclude_none=True)} for one in totals if isinstance(one, kind)]
                sent = [transaction.run(derive.create_nodes(kind), {"rows": batch}) for batch in in_batches(rows)]
                if (stored := sum(int(str(row["rows"])) for [row] in sent)) != len(rows):
                    raise WriteError("totals of the load", len(rows), stored)
            transaction.run(cypher.MARKER, {"props": done})

        lease.write(work)

    def _stands(self, done: Mapping[str, object]) -> bool:
        """Return whether all that is to be written of the load stands already, of a day that is none to come."""
        return done == {**self._stored, "loaded": done["loaded"]} and str(self._stored["loaded"]) <= today()

    def _lacks_totals(self) -> bool:
        """Return whether the load before, of the same files, left no totals, as older versions did."""
        return not self._graph.read(_ANY_TOTAL, {"day": self._stored.get("export_day", self._stored["loaded"])})

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
            counted=tuple(self._staff.counted) or None,
            skipped=sum(count.skipped for count in counts.values()),
            lasting=self._staff.lasting or None,
        )
        return marker.model_dump(mode="json", exclude_none=True)

    def _valid_months(self, listed: Mapping[str, ListedRequirement]) -> dict[str, int]:
        """Return for how many months requirements count, those that are listed as the files say."""
        months: dict[str, object] = {str(row["id"]): row["months"] for row in self._graph.read(_MONTHS, {})}
        months |= {key: one.values["valid_months"] for key, one in listed.items() if "valid_months" in one.values}
        return {one: int(str(number)) for one, number in months.items() if number is not None}

    def _nodes(self, sheet: NodeSheet) -> None:
        target, seen = node_target(sheet.kind), set[object]()
        unseen = unseen_people(self._day) if self._day and sheet.kind is Person else None
        for batch in batches(self._rows(sheet.sheet), sheet.id):
            rows = [sheet.node(row) for row in batch]
            ids = [row[0] for row in rows]
            self._writer.write_rows(target, ids, rows)
            if unseen:
                seen.update(ids)
            self._on_rows(sheet.sheet, len(batch))
        if unseen:
            self._writer.write_unseen(target, seen, unseen)

    def _rows(self, sheet: str) -> Iterator[Row]:
        return (complete(sheet, row, self._months) for row in self._staff.rows(sheet))

    def _edges(self, sheet: EdgeSheet, unseen: UnseenRows | None = None) -> None:
        target, seen, missing = edge_target(sheet), set[object](), self._missing(sheet)
        for starts, edges, number in ahead(self._edge_batches(sheet)):
            self._writer.write_rows(target, starts, edges, unseen, missing)
            if unseen or missing:
                seen.update(starts)
            self._on_rows(sheet.sheet, number)
        if missing and missing.removed and sheet.kind != "OCCUPIES":
            self._remove_all(sheet, target, seen, missing)
        if unseen:
            self._writer.write_unseen(target, seen, unseen, missing if sheet.kind == "OCCUPIES" else None)

    def _edge_batches(self, sheet: EdgeSheet) -> Iterator[tuple[list[object], list[Values], int]]:
        """Yield starts, their edges, and of how many rows they are."""
        for batch in batches(self._rows(sheet.sheet), sheet.start_id):
            starts = list(dict.fromkeys(row[sheet.start_id] for row in batch))
            yield starts, [edge for row in batch for edge in sheet.edges(row)], len(batch)

    def _missing(self, sheet: EdgeSheet) -> MissingRows | None:
        """Return which stored rows of a sheet are missing from the export; none where that cannot be known."""
        if self._fresh or not sheet.of or sheet.sheet not in self._staff.sheets:
            return None
        by_rules = sheet.kind == "ASKS_FOR" and "rules" in self._staff.sheets
        sources = (sheet.sheet, *(["rules"] if by_rules else []))
        left_out = sum(self._staff.counts[name].skipped for name in sources)
        if left_out and (self._day or by_rules):
            self._on_note(f"{sheet.sheet}: {left_out} row(s) at fault, so nothing of this sheet was removed")
        return None if left_out else missing_rows(sheet, day=self._day, by_rules=by_rules)

    def _remove_all(self, sheet: EdgeSheet, target: Target, seen: set[object], missing: MissingRows) -> None:
        """Remove what stands at those who are in the export and have no row in a sheet; they are seen then."""
        before, start = self._writer.counts.removed.edges, STARTS[sheet.of]
        for batch in batches(self._staff.rows(sheet.of), start):
            ids = [row[start] for row in batch if row[start] not in seen]
            if ids:
                self._writer.write_rows(target, ids, (), None, missing)
                seen.update(ids)
        removed = self._writer.counts.removed.edges - before
        if removed and not self._staff.counts[sheet.sheet].taken:
            advice = "leave it out of an export that does not have it"
            self._on_note(f"{sheet.sheet}: no rows, so all {removed} of those in the export go; {advice}")
