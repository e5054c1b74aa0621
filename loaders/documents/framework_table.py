"""Read a framework of roles and skills: a table, through the mapping that says what its columns are."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import DocumentError, DocumentErrors
from graph.ids import canonical, even, fingerprint, slug
from loaders.documents.framework_mapping import REQUIRED, Column, FrameworkMapping, read_mapping
from loaders.documents.framework_order import promotions
from loaders.fields import dates
from loaders.formats.formats import read_bytes
from loaders.formats.table import Row, Table, folded, read_table
from loaders.profile import DocumentInfo, RoleFramework, RoleLevel, SkillNeed, Statement
from loaders.yaml_lines import near_name

_HEADERS = 10
_MOST_RANGES = 20
_BROKEN = re.compile(r"=.*|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|#+)")
_NUMBER = re.compile(r"(?:level\s*)?(?P<number>[1-9]\d?)", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s'\"&(),./:;?!-]")
_SAID: tuple[Column, ...] = ("skill", "level", "necessity", "description")

_Cells = Mapping[Column, str]


def read_framework(path: Path, mapping_file: Path) -> RoleFramework:
    """Return what a table says through its mapping.

    Raises `DocumentErrors` with all that is at fault: columns and roles that the mapping names and the table has not,
    levels that it does not name, rows without a role or skill.
    """
    mapping, file = read_mapping(mapping_file)
    table = read_table(path, [column.text for column in mapping.columns.values()], mapping.sheet)
    reader = _Reader(table, mapping)
    reader.read(str(mapping_file))
    roles = reader.roles(slug(mapping.framework))
    steps, notes = promotions(roles, mapping, file)
    if faults := [*file.faults, *reader.faults()]:
        raise DocumentErrors(f"{path} is at fault", faults)
    published, version, sha256 = mapping.published, mapping.version, table.sha256
    origin = {"source": mapping.source, "licence": mapping.licence}
    digest = hashlib.sha256(read_bytes(mapping_file)).hexdigest()
    return RoleFramework(
        document=DocumentInfo(name=table.name, sha256=sha256, format="role-framework", **origin),
        mapping=DocumentInfo(name=mapping_file.name, sha256=digest, format="mapping"),
        authority=mapping.authority or f"role framework {mapping.framework}",
        framework=slug(mapping.framework),
        name=mapping.name or mapping.framework,
        version=version,
        edition=dates.edition(version, published_on=published, closes=None, earliest=None, sha256=sha256),
        published=published,
        sample=mapping.sample,
        levels=tuple(level.text for level in mapping.levels),
        roles=tuple(roles),
        promotions=tuple(steps),
        ignored=tuple(reader.ignored),
        notes=(*reader.notes, *notes),
    )


@dataclass
class _Reader:
    """Gathers the rows that count, those that the mapping leaves out, and what is wrong, once for all rows with it."""

    table: Table
    mapping: FrameworkMapping
    needs: list[tuple[_Cells, SkillNeed]] = field(default_factory=list)
    ignored: list[Statement] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)
    wrong: defaultdict[tuple[str, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def faults(self) -> Iterator[DocumentError]:
        """Yield all that is wrong, each at the first of its lines."""
        yield from self.problems
        for (actual, expected, advice), lines in self.wrong.items():
            beside = f", in {len(lines)} rows" if len(lines) > 1 else ""
            yield DocumentError(self.table.name, f"{actual}{beside}", expected, advice, line=lines[0])

    def read(self, mapping_file: str) -> None:
        """Read every row below the header."""
        wanted = {column: folded(line.text) for column, line in self.mapping.columns.items()}
        rows = self.table.rows or (Row((1, 1), ()),)
        fitting = (sum(name in map(folded, row.cells) for name in wanted.values()) for row in rows[:_HEADERS])
        first = max(enumerate(fitting), key=lambda one: one[1])[0]
        names = list(map(folded, rows[first].cells))
        places = {column: names.index(name) for column, name in wanted.items() if names.count(name) == 1}
        self._check_header(rows[first], places, mapping_file)
        self.notes += self.table.notes
        if others := [cell for place, cell in enumerate(rows[first].cells) if cell and place not in places.values()]:
            self.notes.append(f"columns that the mapping does not name are not read: {', '.join(others)}")
        for row in rows[first + 1 :] if not self.problems else ():
            self._read(row, {column: row.cells[at] if at < len(row.cells) else "" for column, at in places.items()})
        if self.ignored:
            at = ranges(one.lines for one in self.ignored)
            self.notes.append(f"{len(self.ignored)} row(s) left out, as `ignore` of the mapping says: lines {at}")
        if unlevelled := [one.lines for cells, one in self.needs if "level" in cells and one.level is None]:
            self.notes.append(
                f"{len(unlevelled)} row(s) without a level, loaded without one: lines {ranges(unlevelled)}"
            )

    def _check_header(self, header: Row, places: Mapping[Column, int], mapping_file: str) -> None:
        there, is_own = [cell for cell in header.cells if cell], "columns" not in self.mapping.model_fields_set
        place = f"{self.table.name}:{header.lines[0]}"
        expected = f"one of the columns of {place}, each there once: {', '.join(there) or 'none'}"
        for column, line in self.mapping.columns.items():
            if column not in places and (not is_own or column in REQUIRED):
                actual, advice = f"the column {line.text!r} for {column}", near_name(line.text, there, "name another")
                at = None if is_own else line.lines[0]
                self.problems.append(DocumentError(mapping_file, actual, expected, advice, line=at))

    def _read(self, row: Row, cells: _Cells) -> None:
        if any(folded(cells.get(name, "")) in map(folded, words) for name, words in self.mapping.ignore.items()):
            self.ignored.append(Statement(text=" | ".join(filter(None, cells.values())), lines=row.lines))
            return
        found = [*self._check(cells)]
        for fault in found:
            self.wrong[fault].append(row.lines[0])
        if not found:
            text = " | ".join(cell for name in _SAID if (cell := cells.get(name)))
            necessity = folded(cells.get("necessity", "")) or "essential"
            need = {"text": text, "lines": row.lines, "level": self._level(cells), "necessity": necessity}
            names = {"skill": _key(cells["skill"]), "name": even(cells["skill"])}
            self.needs.append((cells, SkillNeed.model_validate({**need, **names})))

    def _check(self, cells: _Cells) -> Iterator[tuple[str, str, str]]:
        """Yield what was found that is wrong, what was expected, and what to do."""
        for column, cell in cells.items():
            if _BROKEN.fullmatch(cell):
                yield f"{column}: {cell!r}", "words, or nothing", "put there what the formula should give"
            elif column in REQUIRED and not cell:
                yield f"no {column}", f"a {column} in each row", "fill it in, or leave such rows out with `ignore`"
        if folded(cells.get("necessity", "")) not in {"", "essential", "desirable"}:
            yield f"necessity: {cells['necessity']!r}", "essential, desirable or nothing", "write one of the two"
        if cells.get("level") and self._level(cells) is None:
            words = [level.text for level in self.mapping.levels]
            expected = f"one of {', '.join(words)}" if words else "a number from 1, or `levels` in the mapping"
            advice = near_name(cells["level"], words, "add it in the mapping: to `levels`, or to `ignore: {level: []}`")
            yield f"level: {cells['level']!r}", expected, advice

    def _level(self, cells: _Cells) -> int | None:
        number = _NUMBER.fullmatch(cell := cells.get("level", ""))
        word = number["number"] if number else folded(cell)
        return int(word) if number and not self.mapping.levels else self.mapping.scale.get(word)

    def roles(self, framework: str) -> list[RoleLevel]:
        """Return the roles at their levels, in the order of the table.

        Where the name of a level comes again in another role, the names of all have that of their role too.
        """
        groups: defaultdict[tuple[str, str], list[tuple[_Cells, SkillNeed]]] = defaultdict(list)
        for cells, need in self.needs:
            groups[folded(cells["role"]), folded(cells.get("role_level", ""))].append((cells, need))
        levels = [level for _, level in groups if level]
        alone, roles = len(set(levels)) == len(levels), []
        for rows in groups.values():
            role, level = rows[0][0]["role"], rows[0][0].get("role_level")
            whole = ", ".join(filter(None, (role, level)))
            name = level if level and alone else whole
            roles.append(
                RoleLevel(
                    id=f"role/{framework}/{_key(' '.join(filter(None, (role, level))))}",
                    name=name,
                    aliases=() if name == whole else (whole,),
                    role=role,
                    role_level=level or None,
                    needs=tuple(
                        need.model_copy(update={"skill": f"skill/{framework}/{need.skill}"}) for _, need in rows
                    ),
                )
            )
        self._check_apart((one.id, ", ".join((one.role, one.role_level or "")), one.needs[0].lines[0]) for one in roles)
        self._check_apart((need.skill, cells["skill"], need.lines[0]) for cells, need in self.needs)
        return roles

    def _check_apart(self, named: Iterable[tuple[str, str, int]]) -> None:
        """Keep a fault for each name that has no id of its own."""
        seen: dict[str, str] = {}
        for key, name, line in named:
            other = seen.setdefault(key, name)
            if key.endswith("/") or canonical(other) != canonical(name) or not key:
                beside = "" if other == name else f", whose id is that of {other!r}"
                expected = "names that differ in more than their signs, in letters of the Latin alphabet"
                self.wrong[f"{name!r}{beside}", expected, "write one of them another way"].append(line)


def _key(name: str) -> str:
    """Return the slug of a name, told apart by a fingerprint where a sign would be lost: C, C++ and C# are three."""
    same = canonical(name)
    return f"{slug(same)}-{fingerprint(same, 4)}" if _SIGNS.search(same) else slug(same)


def ranges(lines: Iterable[tuple[int, int]]) -> str:
    """Return lines in few words, those that follow each other as one range.

    >>> ranges([(2, 4), (5, 5), (9, 9)])
    '2-5, 9'
    """
    joined: list[tuple[int, int]] = []
    for first, last in lines:
        follows = joined and joined[-1][1] + 1 == first
        joined[-1:] = [(joined[-1][0], last)] if follows else [*joined[-1:], (first, last)]
    words = [str(first) if first == last else f"{first}-{last}" for first, last in joined[:_MOST_RANGES]]
    return ", ".join(words) + (f" and {len(joined) - len(words)} more" if len(joined) > len(words) else "")
