"""Put the levels of each role in order, where the mapping or a column of the table states one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from graph.errors import DocumentError
from loaders.documents.framework_mapping import ANY_ROLE, FrameworkMapping, narrowest
from loaders.documents.framework_rows import FrameworkRows
from loaders.documents.yaml_values import WrittenLine
from loaders.formats.table import Row, folded
from loaders.profile import PromotionStep, RoleLevel
from loaders.yaml_lines import YamlFile, near_name

_NO_ORDER = "the mapping gives no order of role levels (`role_levels`): none is promoted from another"
_MOST_NAMES = 20

_Rungs = Mapping[int, Sequence[RoleLevel]]
"""Levels of a role by their place in the order; those of one place are not ordered among themselves."""


def promotions(
    found: FrameworkRows, roles: Sequence[RoleLevel], mapping: FrameworkMapping, file: YamlFile
) -> list[PromotionStep]:
    """Return which level of a role is promoted from which: each from those of the next lower place in the order.

    What has no place is among the notes of the rows; what fits two places is a fault of the mapping's file.
    """
    by_role: defaultdict[str, list[RoleLevel]] = defaultdict(list)
    for one in roles:
        by_role[folded(one.role)].append(one)
    orders = {folded(name): patterns for name, patterns in mapping.role_levels.items()}
    _check_names(mapping, [one.role for one in roles], file)
    steps: list[PromotionStep] = []
    unplaced: list[RoleLevel] = []
    for name, levels in by_role.items():
        patterns = orders.get(name) or orders.get(ANY_ROLE)
        rungs = _by_patterns(levels, patterns, file) if patterns else _by_steps(levels, found)
        steps += _steps(rungs, patterns)
        placed = {one.id for place, rung in rungs.items() if _is_stated(place, rung, patterns) for one in rung}
        unplaced += [one for one in levels if one.id not in placed] if len(levels) > 1 else []
        together = (rung for rung in rungs.values() if len(rung) > 1 and rung[0].id in placed)
        named = (", ".join(one.name for one in rung) for rung in together)
        found.notes += [f"on one step of {levels[0].role}: {names}" for names in named]
    found.notes += _tell(unplaced, has_order=bool(orders) or any(one.step for one in roles))
    return steps


def _check_names(mapping: FrameworkMapping, roles: Sequence[str], file: YamlFile) -> None:
    known = {folded(role) for role in (ANY_ROLE, *roles)}
    for name, patterns in mapping.role_levels.items() if roles else ():
        if folded(name) not in known:
            expected = "a role of the table, or * for all others"
            advice = near_name(name, roles, "leave it out")
            line = patterns[0].lines[0]
            file.faults.append(DocumentError(str(file.path), f"the role {name!r}", expected, advice, line=line))


def _by_patterns(levels: Sequence[RoleLevel], patterns: Sequence[WrittenLine], file: YamlFile) -> _Rungs:
    rungs: defaultdict[int, list[RoleLevel]] = defaultdict(list)
    for one in levels:
        name = one.role_level or one.role
        fitting = narrowest(name, patterns)
        if len(fitting) > 1:
            actual = (
                f"{' and '.join(repr(pattern.text) for pattern in fitting)}, which both fit {name!r} of {one.role!r}"
            )
            advice = f"write {name!r} itself in its place"
            line = fitting[0].lines[0]
            file.faults.append(DocumentError(str(file.path), actual, "one place for it", advice, line=line))
        elif fitting:
            rungs[patterns.index(fitting[0])].append(one)
    return rungs


def _is_stated(place: int, rung: Sequence[RoleLevel], patterns: Sequence[WrittenLine] | None) -> bool:
    """Return whether the place of levels is stated: what fits anything states nothing of several that it fits."""
    return len(rung) == 1 or not patterns or bool(patterns[place].text.strip("* "))


def _by_steps(levels: Sequence[RoleLevel], found: FrameworkRows) -> _Rungs:
    """Return levels by the number that the table gives them; some may have none."""
    rungs: defaultdict[int, list[RoleLevel]] = defaultdict(list)
    for one in levels:
        if one.step is not None and not one.step.isdecimal():
            row = Row(one.needs[0].lines, ())
            found.fault(
                row, f"step: {one.step!r}", "a number, from the lowest", "write 1 for the lowest level of a role"
            )
        elif one.step is not None:
            rungs[int(one.step)].append(one)
    return rungs


def _steps(rungs: _Rungs, patterns: Sequence[WrittenLine] | None) -> Iterator[PromotionStep]:
    for low, high in pairwise(sorted(rungs)):
        stated = all(_is_stated(place, rungs[place], patterns) for place in (low, high))
        for lower, upper in product(rungs[low], rungs[high]) if stated else ():
            if patterns:
                text = ", ".join(pattern.text for pattern in patterns[low : high + 1])
                lines = patterns[low].lines[0], patterns[high].lines[1]
            else:
                text, lines = f"{upper.name} | {upper.step}", upper.needs[0].lines
            stated_in = "mapping" if patterns else "table"
            yield PromotionStep.model_validate(
                {"upper": upper.id, "lower": lower.id, "text": text, "lines": lines, "stated_in": stated_in}
            )


def _tell(unplaced: Sequence[RoleLevel], *, has_order: bool) -> Iterator[str]:
    if unplaced and not has_order:
        yield _NO_ORDER
    elif unplaced:
        names = ", ".join(f"{one.name} ({one.role})" for one in unplaced[:_MOST_NAMES])
        more = f" and {len(unplaced) - _MOST_NAMES} more" if len(unplaced) > _MOST_NAMES else ""
        yield f"no place in the order of their role, and so promoted from none: {names}{more}"
