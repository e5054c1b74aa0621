"""Read a framework of roles and skills: a table, through the mapping that says what its columns are."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.errors import DocumentErrors
from graph.ids import canonical, even, fingerprint, slug
from loaders.documents.framework_mapping import read_mapping
from loaders.documents.framework_order import promotions
from loaders.documents.framework_rows import FrameworkRow, FrameworkRows, read_rows
from loaders.fields import dates
from loaders.formats.formats import read_bytes
from loaders.formats.table import Row, folded, read_table
from loaders.profile import DocumentInfo, RoleFramework, RoleLevel, SkillNeed

_SIGNS = re.compile(r"[^\w\s'\"&(),./:;?!-]")


def read_framework(path: Path, mapping_file: Path) -> RoleFramework:
    """Return what a table says through its mapping.

    Raises `DocumentErrors` with all that is at fault: columns and roles that the mapping names and the table has not,
    levels that it does not name, rows without a role or skill.
    """
    mapping, file = read_mapping(mapping_file)
    table = read_table(path, [column.text for column in mapping.columns.values()], mapping.sheet)
    rows = read_rows(table, mapping, str(mapping_file))
    framework = slug(mapping.framework)
    roles = _roles(rows, framework)
    steps = promotions(rows, roles, mapping, file)
    if faults := [*file.faults, *rows.faults()]:
        raise DocumentErrors(f"{path} is at fault", faults)
    published, version, sha256 = mapping.published, mapping.version, table.sha256
    origin = {"source": mapping.source, "licence": mapping.licence}
    digest = hashlib.sha256(read_bytes(mapping_file)).hexdigest()
    return RoleFramework(
        document=DocumentInfo(name=table.name, sha256=sha256, format="role-framework", **origin),
        mapping=DocumentInfo(name=mapping_file.name, sha256=digest, format="mapping"),
        authority=mapping.authority or f"role framework {mapping.framework}",
        framework=framework,
        name=mapping.name or mapping.framework,
        version=version,
        edition=dates.edition(version, published_on=published, closes=None, earliest=None, sha256=sha256),
        published=published,
        sample=mapping.sample,
        levels=tuple(level.text for level in mapping.levels),
        roles=tuple(roles),
        promotions=tuple(steps),
        ignored=tuple(rows.ignored),
        notes=tuple(rows.notes),
    )


def _key(name: str) -> str:
    """Return the slug of a name, told apart by a fingerprint where a sign would be lost: C, C++ and C# are three."""
    same = canonical(name)
    return f"{slug(same)}-{fingerprint(same, 4)}" if _SIGNS.search(same) else slug(same)


def _roles(found: FrameworkRows, framework: str) -> list[RoleLevel]:
    """Return the roles at their levels, in the order of the table.

    Where the name of a level comes again in another role, the names of all have that of their role too.
    """
    groups: defaultdict[tuple[str, str], list[FrameworkRow]] = defaultdict(list)
    for row in found.rows:
        groups[folded(row.cell("role")), folded(row.cell("role_level"))].append(row)
    levels = [level for _, level in groups if level]
    alone, skills = len(set(levels)) == len(levels), _skills(found, framework)
    roles = []
    for rows in groups.values():
        for row in rows:
            if (step := row.cell("step")) != rows[0].cell("step"):
                first = f"step {rows[0].cell('step') or 'of nothing'}, as on line {rows[0].lines[0]}"
                found.fault(Row(row.lines, ()), f"step: {step!r}", first, "give a level of a role one number")
        role, level = rows[0].cell("role"), rows[0].cell("role_level")
        whole = ", ".join(filter(None, (role, level)))
        name = level if level and alone else whole
        roles.append(
            RoleLevel(
                id=f"role/{framework}/{_key(' '.join(filter(None, (role, level))))}",
                name=name,
                aliases=() if name == whole else (whole,),
                role=role,
                role_level=level or None,
                step=rows[0].cell("step") or None,
                needs=tuple(_need(row, skills) for row in rows),
            )
        )
    firsts = (rows[0] for rows in groups.values())
    _check_apart(
        found, ((one.id, ", ".join((one.name, *one.aliases)), row) for one, row in zip(roles, firsts, strict=True))
    )
    return roles


def _skills(found: FrameworkRows, framework: str) -> dict[str, str]:
    """Return the id of each skill by its folded name."""
    firsts: dict[str, FrameworkRow] = {}
    for row in found.rows:
        firsts.setdefault(folded(row.cell("skill")), row)
    ids = {name: f"skill/{framework}/{_key(name)}" for name in firsts}
    _check_apart(found, ((ids[name], row.cell("skill"), row) for name, row in firsts.items()))
    return ids


def _need(row: FrameworkRow, skills: Mapping[str, str]) -> SkillNeed:
    skill, necessity = row.cell("skill"), folded(row.cell("necessity")) or "essential"
    values = {"skill": skills[folded(skill)], "name": even(skill), "level": row.level, "necessity": necessity}
    return SkillNeed.model_validate({"text": row.text, "lines": row.lines, **values})


def _check_apart(found: FrameworkRows, named: Iterable[tuple[str, str, FrameworkRow]]) -> None:
    """Keep a fault for each name that has no id of its own."""
    seen: dict[str, str] = {}
    for key, name, row in named:
        other = seen.setdefault(key, name)
        if key.endswith("/") or canonical(other) != canonical(name):
            beside = "" if other == name else f", whose id is that of {other!r}"
            expected = "names that differ in more than their signs, in letters of the Latin alphabet"
            found.fault(Row(row.lines, ()), f"{name!r}{beside}", expected, "write one of them another way")
