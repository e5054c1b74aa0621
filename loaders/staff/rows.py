"""Read the rows of one sheet: cells become values, and what is wrong with a row by itself becomes a fault."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from loaders.formats.csv_file import Record
from loaders.staff import rank_prefixes
from loaders.staff.cell_values import Cells, Readers, cells
from loaders.staff.dates import AmbiguousDay, Order
from loaders.staff.faults import Problem, WrongCellError
from loaders.staff.files import Table
from loaders.staff.name_register import NameRegister
from loaders.staff.numbers import AmbiguousNumber
from loaders.staff.row_store import RowStore
from loaders.staff.shaping import COUNTED

_CHUNK = 4000
_ADVICE_ON_ROW = "mend the row where it was exported, or put the cell in quotes"
TOTAL = re.compile(
    r"(?:grand|sub|over ?all)?[ -]?totals?\b.*|(?:sum|count|overall)(?: of .*)?[: ]*|.+ (?:sub)?totals?:?",
    re.IGNORECASE | re.DOTALL,
)
_TOTALS = {"id": TOTAL, "name": re.compile(r"(?:.+ )?(?:grand|sub)?[ -]?totals?:?", re.IGNORECASE)}
"""What stands in a row of totals in place of an identifier, and in that of a name: a course may begin with "Total"."""
_RULE = re.compile(r"[-=_*+ ]{3,}")
_OF_REPORT = re.compile(
    r"\bpage \d+|\bend of (?:the )?(?:report|list|file|data)\b|\b\d+ (?:rows?|records?)\b|\bofficial[ -]sensitive\b"
    r"|\b(?:report|list|data|extract) (?:run|generated|produced|printed|date)"
    r"|\b(?:generated|printed|produced|extracted|run) (?:on|at|by)\b|^(?:applied )?filters?(?: applied)?\s*:",
    re.IGNORECASE,
)
"""What stands alone in a row of a printed list: its page, its end, who ran it and when."""
_NOTE = re.compile(r"(?=.*[a-z])\S*[^\W\d]\S*(?: \S+){2}")
"""Some words alone in a row, which below a blank one are a note on the table."""
VACANT = re.compile(
    r"(?:vacan(?:t|cy)(?: post| position)?|unfilled|no post ?holder)(?:\s*[-\u2013(:/,].*)?|vac[-_ ]?\d+", re.IGNORECASE
)
"""What stands in place of a person where a post is vacant."""
FIXED_TERM = re.compile(r"temp(?:orary|y)?", re.IGNORECASE)
"""What means a temporary promotion of police, and of police staff as often a contract that ends."""
TABLE = 1 << 44
"""Rows of the second file of a sheet have their number and this, those of the third twice this."""


def is_rule(row: Sequence[str]) -> bool:
    """Return whether a row is a line of dashes, as printed lists have above and below."""
    return bool(_RULE.fullmatch(_alone(row)))


def _alone(row: Sequence[str]) -> str:
    """Return the one cell of a row that has no other, else nothing."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return cells[0] if len(cells) == 1 and len(row) > 1 else ""


class SheetReader:
    """Reads one sheet into the store, some thousand rows at a time, column by column."""

    def __init__(
        self,
        table: Table,
        store: RowStore,
        register: NameRegister,
        *,
        order: Order = None,
        place: int = 0,
        above: set[tuple[str, ...]] | None = None,
    ) -> None:
        """Read a table, at a place among those of its sheet; `above` keeps what the files before it speak of."""
        self.sheet, self.table, self.store, self.register = table.sheet, table, store, register
        self.readers: dict[str, Readers] = {}
        self._before, self._above = place * TABLE, above
        self._key = (
            [one.name for one in self.sheet.columns if one.name in self.sheet.key and one.kind != "day"]
            if above is not None
            else []
        )
        self.ranks_on_basis: set[str] = set()
        self.left_out: Counter[str] = Counter()
        self.no_rows: Counter[str] = Counter()
        self.cells = cells(table, register, self.readers, order)
        self._seen: set[tuple[str, ...]] = set()
        self._labels: dict[int, str] = {}
        self._is_after_blank = False
        self._header = [name.strip() for name in table.header.written[: table.header.width]]
        totals = {column.name: _TOTALS.get(column.kind) for column in self.sheet.columns if column.required}
        keys = [(at, of) for name, of in totals.items() if of for at in table.header.parts.get(name, ())]
        self._keys = [key for key in (*keys, *((at, _TOTALS["name"]) for at in table.header.path)) if key[0] >= 0]
        seats = ("person_id", "name") if self.sheet.name in {"people", "occupancies", "ranks_held"} else ()
        self._people = [table.header.places[name] for name in seats if name in table.header.places]
        self._finish = _FINISH.get(self.sheet.name)

    @property
    def temporary_words(self) -> list[str]:
        """Return the words for a temporary occupant that may be a contract that ends, where no mapping says it."""
        there = self.cells["basis"] if self.sheet.name == "occupancies" else ()
        known = {word.casefold() for word in self.table.mapping.values.get("basis", {})}
        words = (text.strip() for text in there)
        return sorted({word for word in words if FIXED_TERM.fullmatch(word) and word.casefold() not in known})

    def read_rows(self, on_progress: Callable[[int], None] | None = None) -> None:
        """Read every row."""
        rows = self._shaped(self._rows_of_equal_width(self.table.rows(on_progress)))
        while chunk := list(itertools.islice(rows, _CHUNK)):
            self.store.rows_read[self.sheet.name] += len(chunk)
            self._store_chunk(_Chunk(self, [number for number, _ in chunk], [row for _, row in chunk]))

    def _rows_of_equal_width(self, rows: Iterator[Record]) -> Iterator[tuple[int, list[str], bool]]:
        """Yield rows of equal width, and whether they count; an empty one is none, nor is one that cannot be read."""
        header, width = self.table.header, self.table.header.width
        for number, row in rows:
            if isinstance(row, str):
                self._fault_of_row(number, row, "")
                continue
            if len(row) != width:
                beyond = [cell for cell in row[width:] if cell.strip()]
                if beyond:
                    self._fault_of_row(number, f"at most {width} cells, as the header has", beyond[0])
                    continue
                row = [*row[:width], *[""] * (width - len(row))]  # noqa: PLW2901 -- evened out
            self._is_after_blank = not any(map(str.strip, row)) or (self._is_after_blank and bool(_alone(row)))
            if row and (row[0] or any(cell.strip() for cell in row)):
                if self.table.header.repeat and not _alone(row):
                    self._repeat(row)
                if left_out := header.reason_to_leave_out(row):
                    self.left_out[left_out] += 1
                    if self._above is not None:
                        yield number, row, False
                elif no_row := self._no_row(row):
                    self.no_rows[no_row] += 1
                else:
                    yield number, row, True

    def _repeat(self, row: list[str]) -> None:
        """Fill the empty cells of a row with those above, until one further left or itself is filled anew."""
        is_anew = False
        for place in self.table.header.repeat:
            is_anew = is_anew or bool(row[place].strip())
            self._labels[place] = row[place] if is_anew else self._labels.get(place, "")
            row[place] = self._labels[place]

    def _no_row(self, row: list[str]) -> str | None:
        """Return what a row is that is none of the export: one of totals, the header again, or a vacancy."""
        for place, total in self._keys:
            if total.fullmatch(row[place].strip()):
                return f"a total ({row[place].strip()})"
            if row[place].strip() != self._header[place]:
                continue
            if [cell.strip() for cell in row] == self._header:
                return "the header again"
        if is_rule(row):
            return "a ruled line"
        first = next(filter(None, map(str.strip, row)), "")
        if _TOTALS["name"].fullmatch(first) and not any(row[place].strip() for place, _ in self._keys):
            return f"a total ({first})"
        return self._of_report(row)

    def _of_report(self, row: list[str]) -> str | None:
        """Return what a row is that says something of the export, or of a post without anybody."""
        if (alone := " ".join(_alone(row).split())) and (
            _OF_REPORT.search(alone) or (self._is_after_blank and _NOTE.match(alone))
        ):
            return f"a line of the report ({alone})"
        if self._people:
            cells = [row[place].strip() for place in self._people]
            vacant = next(filter(VACANT.fullmatch, map(str.strip, cells if cells[0] else row)), None)
            return vacant and f"a vacancy ({vacant})"
        return None

    def _shaped(self, rows: Iterator[tuple[int, list[str], bool]]) -> Iterator[tuple[int, list[str]]]:
        """Yield rows of ours; what several rows of a file say of one unit, post or person is said once."""
        shape = self.table.shape
        for number, row, counts in rows:
            for place, made in shape.rows(number, row) if shape else ((number, row),):
                if self._above is not None and self._is_left_out(made, counts=counts):
                    continue
                if self.table.shared or (shape and self.table.mapping.path):
                    cells = (made[column] for column in self.table.columns.values())
                    said = tuple(" ".join(cell.split()).casefold() for cell in cells)
                    if said in self._seen:
                        continue
                    self._seen.add(said)
                yield self._before + place, made

    def _is_left_out(self, cells: list[str], *, counts: bool) -> bool:
        """Return whether a row is left out, for it does not count or a file above speaks of the same."""
        key = tuple(" ".join(cells[self.table.columns[name]].split()).casefold() for name in self._key)
        if not self.table.mapping.unless_above:
            self._above.add(key)  # type: ignore[union-attr]
        elif counts and key in self._above:  # type: ignore[operator]
            self.left_out["what a file above speaks of"] += 1
            return True
        return not counts

    def _fault_of_row(self, number: int, expected: str, value: str) -> None:
        self.store.rows_read[self.sheet.name] += 1
        self.store.add_faults(
            self.sheet, [(self._before + number, "", value, Problem(expected, _ADVICE_ON_ROW, "row"))]
        )

    def _store_chunk(self, chunk: _Chunk) -> None:
        for column in self.sheet.columns:
            chunk.read(column.name, self.cells[column.name])
        if self._finish:
            self._finish(chunk)
        self.store.add_faults(self.sheet, chunk.faults)
        self.store.add_ambiguous_days(self.sheet, chunk.unsure)
        self.store.rows_read[self.sheet.name] -= len(chunk.dropped)
        values = (chunk.values.get(name, [None] * len(chunk.numbers)) for name in self.sheet.values)
        rows = zip(chunk.numbers, *values, strict=True)
        self.store.add_rows(self.sheet, (row for row in rows if row[0] not in chunk.dropped) if chunk.dropped else rows)


class _Chunk:
    """Some rows by column: the texts as they stand, the values, and what is wrong with them."""

    def __init__(self, reader: SheetReader, numbers: list[int], rows: list[list[str]]) -> None:
        self.reader, self.numbers = reader, numbers
        self._columns = list(zip(*rows, strict=True))
        self.values: dict[str, list[object]] = {}
        self.faults: list[tuple[int, str, str, Problem]] = []
        self.unsure: list[tuple[int, str, str, str, str]] = []
        self.faulty: set[int] = set()
        self.dropped: set[int] = set()
        """Numbers of rows that say again what another says."""

    def texts(self, named: str) -> tuple[str, ...]:
        """Return the cells of a column as they stand; empty ones where the file has no such column."""
        place = self.reader.table.columns.get(named)
        return ("",) * len(self.numbers) if place is None else self._columns[place]

    def read(self, named: str, known: Cells) -> None:
        """Turn a column into values; what is wrong becomes a fault and no value."""
        texts = self.texts(named)
        values = list(map(known.__getitem__, texts))
        if known.flagged:
            for place, value in enumerate(values):
                if isinstance(value, Problem):
                    values[place] = None
                    self.fault(place, named, value)
                elif isinstance(value, AmbiguousDay | AmbiguousNumber):
                    values[place] = value.value
                    self.unsure.append((self.numbers[place], named, texts[place], str(value.value), str(value.other)))
        self.values[named] = values

    def ranks(self) -> list[str]:
        """Return the ranks as they are written, or as the mapping translates them."""
        known = {text: self.reader.cells["rank"].translated(text.strip()) for text in set(self.texts("rank"))}
        return [known[text] for text in self.texts("rank")]

    def fault(self, place: int, named: str, problem: Problem) -> None:
        """Add a fault of the row at a place of the chunk."""
        self.faulty.add(place)
        self.faults.append((self.numbers[place], named, self.texts(named.partition(",")[0])[place], problem))

    def derive(self, named: str, make: Callable[[int], object], at_fault: str) -> None:
        """Fill a column from the rest of each row; a row at fault has nothing there."""
        values: list[object] = []
        for place in range(len(self.numbers)):
            try:
                values.append(None if place in self.faulty else make(place))
            except WrongCellError as error:
                self.fault(place, at_fault, error.problem)
                values.append(None)
        self.values[named] = values


def _posts(chunk: _Chunk) -> None:
    ranks, roles = chunk.values["rank"], chunk.values["role"]
    texts, role_texts = chunk.texts("rank"), chunk.texts("role")
    lacking = " and no ".join(name for name in ("rank", "role") if name not in chunk.reader.table.columns)
    advice = f"the file has no column {lacking}; call it so, or name yours in a mapping" if lacking else ""
    for place, (rank, role) in enumerate(zip(ranks, roles, strict=True)):
        if rank is None and role is None and not texts[place].strip() and not role_texts[place].strip():
            chunk.fault(place, "rank", Problem("a rank or a role", advice or "give the post one of the two", "cell"))
        elif rank == role:
            roles[place] = None
    pairs = zip(chunk.values["places"], chunk.values["fte"], strict=True)
    counts = (places or int(float(str(fte or 1)) + 0.5) for places, fte in pairs)
    chunk.values["places"] = [count if isinstance(count, int) and count > 1 else None for count in counts]
    chunk.values["attributes"] = list(map(_attributes, chunk.ranks(), chunk.texts("attributes")))
    chunk.reader.ranks_on_basis.update(text for text in set(texts) if rank_prefixes.read(text).basis)


def _attributes(rank: str, text: str) -> str | None:
    """Return the attributes of a post in lower case, in the order of the alphabet and each once.

    >>> _attributes("DC", "PIP 2; Firearms"), _attributes("PC", "")
    ('detective, firearms, pip 2', None)
    """
    words = [" ".join(word.split()).casefold() for word in re.split("[,;|]", text)]
    known = {*filter(None, words), *(["detective"] if rank_prefixes.read(rank).detective else [])}
    return ", ".join(sorted(known)) or None


def _requirements(chunk: _Chunk) -> None:
    names, levels, cells = chunk.values["requirement"], chunk.values["max_level"], chunk.texts("kind")
    register, kinds, written = chunk.reader.register, list(chunk.values["kind"]), chunk.texts("requirement")
    labels: dict[int, str] = {}

    def declared(place: int) -> str:
        kind, level = str(kinds[place]) if cells[place].strip() else None, levels[place]
        max_level = level if isinstance(level, int) else None
        if chunk.reader.table.shared and register.is_alias(str(names[place]), kind, written[place]):
            chunk.dropped.add(chunk.numbers[place])
            return ""
        requirement_id, labels[place] = register.declare(str(names[place]), kind, max_level, chunk.numbers[place])
        return requirement_id

    chunk.values["name"] = list(names)
    chunk.derive("requirement", declared, "requirement")
    chunk.values["kind"] = [labels.get(place) for place in range(len(names))]
    for text, one in zip(written, chunk.values["requirement"], strict=True):
        register.also_call(str(one or ""), text)
    for place in chunk.faulty:
        register.leave_out(str(names[place] or ""), chunk.numbers[place])


def _rules(chunk: _Chunk) -> None:
    """Note which rules are for detectives only: their rank is written as that of a detective."""
    chunk.values["detective"] = [rank_prefixes.read(text).detective or None for text in chunk.ranks()]
    conditions = [chunk.texts(name) for name in ("rank", "role", "title", "unit_id")]
    for place, texts in enumerate(zip(*conditions, strict=True)):
        if not any(text.strip() for text in texts):
            chunk.fault(place, "rank", Problem("a rank, role, title or unit", "say which posts are meant", "cell"))


def _roles(chunk: _Chunk) -> None:
    names, register = chunk.values["role"], chunk.reader.register
    chunk.derive("role", lambda place: register.declare_role(str(names[place]), chunk.numbers[place]), "role")
    known = register.names.names
    chunk.values["name"] = [known.get(str(one), name) for one, name in zip(chunk.values["role"], names, strict=True)]
    chunk.values["declared"] = [True] * len(names)


def _courses(chunk: _Chunk) -> None:
    names, numbers, register = chunk.values["name"], chunk.values["course_id"], chunk.reader.register

    def declared(place: int) -> str:
        return register.declare_course(str(names[place]), str(numbers[place]), chunk.numbers[place])

    chunk.derive("requirement", declared, "name")


def _ranks_held(chunk: _Chunk) -> None:
    """Take the basis from T/ or A/ before the rank where the row itself gives none."""
    ranks, cells, values = chunk.ranks(), chunk.texts("basis"), list(chunk.values["basis"])
    bases = {text: rank_prefixes.read(text).basis for text in set(ranks)}

    def basis(place: int) -> object:
        prefix = bases[ranks[place]]
        if prefix and cells[place].strip() and prefix != values[place]:
            raise WrongCellError(f"{prefix}, as the rank says", "mend one of the two")
        return prefix or values[place]

    if any(bases.values()):
        chunk.derive("basis", basis, "basis")


def _people(chunk: _Chunk) -> None:
    chunk.values[COUNTED] = [text or None for text in chunk.texts(COUNTED)]


_FINISH: dict[str, Callable[[_Chunk], None]] = {
    "people": _people,
    "posts": _posts,
    "requirements": _requirements,
    "courses": _courses,
    "roles": _roles,
    "rules": _rules,
    "ranks_held": _ranks_held,
}
"""What a sheet's rows need beside their single cells."""
