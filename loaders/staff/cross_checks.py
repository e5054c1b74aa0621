"""Check what one row cannot show: duplicates, ids that stand nowhere, cycles, levels, days and establishment.

Of two rows that cannot both stand, the later one is at fault. A row that names one at fault is at fault itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loaders.staff.cell_values import Readers
from loaders.staff.faults import Problem
from loaders.staff.overfilled_posts import Excess, Span, find_excesses
from loaders.staff.row_store import NUMBERS, RowStore, quoted
from loaders.staff.schema import Column, Sheet
from loaders.staff.shaping import without_rank
from loaders.staff.sheets import SHEETS
from loaders.staff.sheets import sheet as declared

_COLUMNS = "fault (sheet, row, place, named, value, expected, advice, kind)"
_ADD_FAULT = f"INSERT INTO {_COLUMNS[:-1]}, root) SELECT {{number}}, t.row, {{place}}, '{{named}}', "
"""Add the faults that one of the selections below finds; what stands for the braces comes from the declarations."""

_UNSURE = """t.value, '{what} that can be read one way only; it may be ' || t.iso || ' or ' || t.other,
  '{advice}', 'cell', NULL FROM unsure t WHERE t.sheet = {number} AND t.named = '{named}' AND row >> 44 = {file}"""
_FORGET = """UPDATE "{table}" SET "{named}" = NULL
WHERE row IN (SELECT row FROM unsure WHERE sheet = {number} AND named = '{named}' AND row >> 44 = {file})"""
_PERIODS = """t."{first}" || ', ' || t."{last}", 'a first day that is not after the last', 'change one of them',
  'order', NULL FROM "{table}" t WHERE t."{first}" > t."{last}" """
_LEVELS = """CAST(t.level AS TEXT),
  CASE WHEN s.top IS NULL THEN 'a level from 1' ELSE 'a level from 1 to ' || s.top END,
  'mend it, or leave it empty where the requirement has no levels', 'level', NULL
FROM "{table}" t JOIN scale s ON s.requirement = t.requirement
WHERE t.level IS NOT NULL AND (t.level < 1 OR t.level > s.top)"""
_REFERENCES = """t."{named}",
  CASE WHEN o.row IS NULL THEN 'an id that stands in {target}'
    ELSE 'an id that is taken: row ' || (o.row & 4294967295) || ' of {target} is left out for its own fault' END,
  CASE WHEN o.row IS NULL THEN 'mend it, or add the row that is missing' ELSE 'mend that row first' END,
  CASE WHEN o.row IS NULL THEN 'reference' ELSE 'left out' END,
  (SELECT coalesce(f.root, f.rowid) FROM fault f WHERE f.sheet = {to} AND f.row = o.row ORDER BY f.place LIMIT 1)
FROM "{table}" t
LEFT JOIN (SELECT id, min(row) AS row FROM left_out WHERE sheet = {to} GROUP BY id) o ON o.id = t."{named}"
WHERE t."{named}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target}" x WHERE x."{id}" = t."{named}")"""
_OR_KNOWN = """ AND (o.row IS NOT NULL OR t."{named}" NOT IN (SELECT id FROM person))"""
_GONE = """SELECT count(*), count(DISTINCT person_id), min(person_id) FROM "{table}"
WHERE person_id NOT IN (SELECT person_id FROM people)"""
_DUPLICATES = """{value}, 'a row of its own; row ' || (d.first & 4294967295) || ' is the same in this',
  'leave one of the two', 'duplicate', NULL
FROM (SELECT min(row) AS first, {key} FROM "{table}" GROUP BY {key} HAVING count(*) > 1) d
JOIN "{table}" t ON {same} AND t.row > d.first"""
_WRONG = (
    "SELECT DISTINCT value FROM fault WHERE sheet = {number} AND named = '{named}' AND kind = 'reference' LIMIT 1000"
)
_SUGGEST = """UPDATE fault SET advice = ? WHERE value = ? AND sheet = {number} AND named = '{named}'
  AND kind = 'reference'"""
_INDEX = 'CREATE INDEX "{table} key" ON "{table}" ({key})'
_CYCLE = """t.parent_id, 'a unit that is not within itself', 'name another parent, or none', 'cycle', NULL
FROM units t WHERE t.unit_id IN (SELECT value FROM json_each(?))"""
_CLOSED = """INSERT INTO {columns} SELECT {number}, row, CASE named WHEN 'from' THEN {begins} ELSE {ends} END, named,
  coalesce(CASE named WHEN 'from' THEN a ELSE b END, ''),
  'a time in which the post is open:' || coalesce(' from ' || opened, '') || coalesce(' until ' || closed, '')
    || ' (row ' || (post & 4294967295) || ' of posts)', 'end it, or mend the days of the post', 'post'
FROM (SELECT o.row, p.row AS post, p.opened, p.closed, o."from" AS a, o."to" AS b, CASE
    WHEN o."from" < p.opened THEN 'from' WHEN o."to" < p.opened THEN 'to' WHEN o."from" > p.closed THEN 'from'
    WHEN p.closed < coalesce(o."to", '9999-12-31') THEN 'to' END AS named
  FROM occupancies o JOIN posts p ON p.post_id = o.post_id) WHERE named IS NOT NULL"""
_AFTER = """INSERT INTO {columns} SELECT {number}, row, CASE named WHEN 'from' THEN {begins} ELSE {ends} END, named,
  CASE named WHEN 'from' THEN a ELSE b END,
  'a day on which the person is there: until ' || gone || ' (row ' || (person & 4294967295) || ' of people)',
  'end it on that day, or mend the day of leaving', 'post'
FROM (SELECT o.row, p.row AS person, p."left" AS gone, o."from" AS a, o."to" AS b,
    CASE WHEN o."from" > p."left" THEN 'from' WHEN o."to" > p."left" THEN 'to' END AS named
  FROM occupancies o JOIN people p ON p.person_id = o.person_id) WHERE named IS NOT NULL"""
_SUBSTANTIVE = """SELECT {whose}, {most}, o.row, o."from", coalesce(o."to", q."left"), o.fte
FROM occupancies o JOIN posts p ON p.post_id = o.post_id JOIN people q ON q.person_id = o.person_id
WHERE o.basis = 'substantive' AND o.fte > 0 ORDER BY {whose}, o.row"""


def check(
    store: RowStore,
    readers: Sequence[tuple[str, Mapping[str, Readers]]],
    scales: Mapping[str, int | None],
    people: Iterable[str],
) -> Iterator[str]:
    """Find every fault that takes more than one cell to see; yield the name of each sheet when it is done.

    Args:
        store: The rows; those at fault are taken out.
        readers: What read days and numbers, by column, for each file of each sheet: how they are written is known now.
        scales: The highest level of each requirement.
        people: The ids of the people that the graph has.
    """
    store.add_scales(scales)
    store.add_people(people)
    for sheet in SHEETS:
        _unsure(store, sheet, [of for name, of in readers if name == sheet.name])
        _run(store, sheet, _INDEX, key=quoted(sheet.key))
        _rows(store, sheet)
        store.drop_faulty_rows(sheet)
        _duplicates(store, sheet)
        store.drop_faulty_rows(sheet)
        if sheet.name == "units":
            _tree(store, sheet)
        elif sheet.name == "occupancies":
            _occupancies(store, sheet)
        yield sheet.name


def _run(store: RowStore, sheet: Sheet, statement: str, **parts: object) -> None:
    store.run(statement, {**parts, "table": sheet.name, "number": NUMBERS[sheet.name]})


def _add(store: RowStore, sheet: Sheet, faulty: str, named: str, values: tuple[str, ...] = (), **parts: object) -> None:
    place = {"table": sheet.name, "number": NUMBERS[sheet.name], "place": sheet.place(named), "named": named}
    store.run(_ADD_FAULT + faulty, {**parts, **place}, values)


def _unsure(store: RowStore, sheet: Sheet, readers: Sequence[Mapping[str, Readers]]) -> None:
    """Make days and numbers faults that can be read two ways, unless another row of the file shows which is meant."""
    for file, of in enumerate(readers):
        for named, read in of.items():
            if read.both and not read.proven:
                _add(store, sheet, _UNSURE, named, advice=read.advice, what=read.what, file=file)
                _run(store, sheet, _FORGET, named=named, file=file)


def _rows(store: RowStore, sheet: Sheet) -> None:
    for first, last in sheet.periods:
        named = f"{first}, {last}"
        _add(store, sheet, _PERIODS, named, first=first, last=last)
    for column in sheet.columns:
        if column.kind == "level":
            _add(store, sheet, _LEVELS, column.name)
        if column.points_to:
            _references(store, sheet, column)


def _references(store: RowStore, sheet: Sheet, column: Column) -> None:
    target = declared(column.points_to)
    to = NUMBERS[target.name]
    faulty = _REFERENCES + (_OR_KNOWN if column in _of_people(sheet) else "")
    _add(store, sheet, faulty, column.name, target=target.name, to=to, id=target.identifier)
    parts = {"number": NUMBERS[sheet.name], "named": column.name, "target": target.name, "id": target.identifier}
    wrong = [str(value) for (value,) in store.run(_WRONG, parts)]
    if not wrong:
        return
    ids: dict[str, set[str]] = {}
    named = ', "name"' if "name" in target.names else ""
    for one, *names in store.run('SELECT "{id}"{names} FROM "{target}"', {**parts, "names": named}):
        for written in (one, *names):
            ids.setdefault(_bare(str(written)), set()).add(str(one))
    for value in wrong:
        near = ids.get(_bare(value), set())
        if len(near) == 1:
            [other] = near
            store.run(_SUGGEST, parts, (_suggestion(sheet, column, value, other), value))


def _of_people(sheet: Sheet) -> list[Column]:
    """Return the columns that may name people of the graph who are not in the export: all but who is in which post."""
    return [] if sheet.name == "occupancies" else [one for one in sheet.columns if one.points_to == "people"]


def notes_on_leavers(store: RowStore) -> Iterator[str]:
    """Yield how many rows are taken of people whom the graph knows and this export does not, for each sheet."""
    for sheet in filter(_of_people, SHEETS):
        [(rows, people, first)] = store.run(_GONE, {"table": sheet.name})
        if rows:
            more = " ..." if people > 1 else ""
            who = f"{people:,} person(s) who are in the graph, and not in people ({first}{more})"
            yield f"{sheet.name}: {rows:,} row(s) of {who}; they are taken"


def notes_on_posts(store: RowStore) -> Iterator[str]:
    """Yield how many posts are for no rank and no role, where a mapping says that their rank is none."""
    [(posts, first)] = store.run("SELECT count(*), min(post_id) FROM posts WHERE rank IS NULL AND role IS NULL")
    if posts:
        yield (
            f"posts: {posts:,} post(s) ({first}{' ...' if posts > 1 else ''}) are for no rank and no role, so "
            "nothing is asked of who is in them, and `check` calls them an error; where they are of police staff, "
            "give `posts` a second entry in the mapping, with `only: {RANK: [WORDS]}` and `role: TITLE`, and `roles` "
            "the same"
        )


def _bare(text: str) -> str:
    """Return an id or a name without what systems add or lose: a rank, zeros in front, signs, spaces, .0 behind."""
    return re.sub(r"[\s.,/-]|\.0$", "", without_rank(text.strip())).lstrip("0").casefold()


def _suggestion(sheet: Sheet, column: Column, value: str, other: str) -> str:
    cure = f"pad: {{{column.name}: {max(len(value), len(other))}}}" if value.isdecimal() and other.isdecimal() else ""
    if not cure and without_rank(value) != value:
        cure = f"without_rank: [{column.name}]"
    name = sheet.name if len(other) >= len(value) or not value.isdecimal() else column.points_to
    how = f", or write in a mapping `{name}: {{{cure}}}`" if cure else ""
    return f"did you mean {other}? correct it{how}"


def _duplicates(store: RowStore, sheet: Sheet) -> None:
    key = [f't."{name}"' for name in sheet.key]
    value = " || ', ' || ".join(f"coalesce({name}, '')" for name in key)
    same = " AND ".join(f't."{name}" IS d."{name}"' for name in sheet.key)
    _add(store, sheet, _DUPLICATES, ", ".join(sheet.key), value=value, key=quoted(sheet.key), same=same)


def _tree(store: RowStore, sheet: Sheet) -> None:
    """Remove cycles, and then all units below those that are removed."""
    parents = {str(unit): parent for unit, parent in store.run("SELECT unit_id, parent_id FROM units")}
    if circular := find_cycles(parents):
        _add(store, sheet, _CYCLE, "parent_id", (json.dumps(sorted(circular)),))
    store.drop_faulty_rows(sheet)
    while True:
        _references(store, sheet, sheet.column("parent_id"))
        if not store.drop_faulty_rows(sheet):
            return


def find_cycles(parents: Mapping[str, str | None]) -> set[str]:
    """Return the units that are within themselves.

    >>> sorted(find_cycles({"a": "b", "b": "a", "c": "a", "d": None}))
    ['a', 'b']
    """
    done: set[str] = set()
    units: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            units.update(list(path)[list(path).index(at) :])
        done.update(path)
    return units


def _occupancies(store: RowStore, sheet: Sheet) -> None:
    for statement in (_CLOSED, _AFTER):
        _run(store, sheet, statement, columns=_COLUMNS, begins=sheet.place("from"), ends=sheet.place("to"))
    store.drop_faulty_rows(sheet)
    for whose, most, named in (("o.post_id", "p.fte", "post_id"), ("o.person_id", "1.0", "person_id")):
        spans = (Span(*row) for row in store.run(_SUBSTANTIVE, {"whose": whose, "most": most}))
        store.add_faults(sheet, (_excess_fault(excess, named) for excess in find_excesses(spans)))
    store.drop_faulty_rows(sheet)


def _excess_fault(excess: Excess, named: str) -> tuple[int, str, str, Problem]:
    span = excess.span
    what = "in the post" if named == "post_id" else "of one person"
    when = f"on {excess.day}" if excess.day else "on the first days"
    beside = f" with row {', '.join(str(row & 0xFFFFFFFF) for row in excess.beside)}" if excess.beside else ""
    expected = f"at most {span.most:g} substantively {what} on any day; {when} it is {excess.total:g}{beside}"
    advice = "end one of them, mend the fte, or say that it is temporary or acting"
    kind = "establishment" if named == "post_id" else "person"
    return span.row, f"{named}, fte", f"{span.whose}, {span.fte:g}", Problem(expected, advice, kind)
