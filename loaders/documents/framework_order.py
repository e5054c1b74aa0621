"""Put the levels of each role in order, where the mapping states one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, product

from graph.errors import DocumentError
from loaders.documents.framework_mapping import ANY_ROLE, FrameworkMapping, narrowest
from loaders.documents.yaml_values import WrittenLine
from loaders.formats.table import folded
from loaders.profile import PromotionStep, RoleLevel
from loaders.yaml_lines import YamlFile, near_name

_NO_ORDER = "the mapping gives no order of role levels (`role_levels`): none is promoted from another"
_MOST_NAMES = 20

_Rungs = Mapping[int, Sequence[RoleLevel]]
"""Levels of a role by the place of their pattern; those of one place are not ordered among themselves."""


def promotions(
    roles: Sequence[RoleLevel], mapping: FrameworkMapping, file: YamlFile
) -> tuple[list[PromotionStep], list[str]]:
    """Return which level of a role is promoted from which, each from those of the next lower place, and notes.

    The notes have what has no place; what fits two places is a fault of the mapping's file.
    """
    by_role: defaultdict[str, list[RoleLevel]] = defaultdict(list)
    for one in roles:
        by_role[folded(one.role)].append(one)
    orders = {folded(name): patterns for name, patterns in mapping.role_levels.items()}
    _check_names(mapping, [ANY_ROLE, *(one.role for one in roles)], file)
    steps: list[PromotionStep] = []
    unplaced: list[str] = []
    notes: list[str] = []
    unused = {pattern for patterns in mapping.role_levels.values() for pattern in patterns}
    for name, levels in by_role.items():
        patterns = orders.get(name) or orders.get(ANY_ROLE, ())
        rungs = _rungs(levels, patterns, file)
        steps += _steps(rungs, patterns)
        unused -= {patterns[place] for place in rungs}
        together = (", ".join(one.name for one in rung) for rung in rungs.values() if len(rung) > 1)
        notes += [f"on one step of {levels[0].role}: {names}" for names in together]
        placed = [one for rung in rungs.values() for one in rung]
        unplaced += [f"{one.name} ({one.role})" for one in levels if one not in placed and len(levels) > 1]
    if unplaced:
        more = f" and {len(unplaced) - _MOST_NAMES} more" if len(unplaced) > _MOST_NAMES else ""
        names = f"{', '.join(unplaced[:_MOST_NAMES])}{more}"
        without = f"no place in the order of their role, and so promoted from none: {names}"
        notes.append(without if orders else _NO_ORDER)
    if unused:
        names = ", ".join(pattern.text for pattern in sorted(unused, key=lambda pattern: pattern.lines))
        notes.append(f"patterns of `role_levels` that fit no level (`*` stands for any words): {names}")
    return steps, notes


def _check_names(mapping: FrameworkMapping, roles: Sequence[str], file: YamlFile) -> None:
    known = set(map(folded, roles))
    for name, patterns in mapping.role_levels.items() if len(known) > 1 else ():
        if folded(name) not in known:
            _fault(
                file,
                patterns[0],
                f"the role {name!r}",
                "a role of the table, or * for all others",
                near_name(name, roles, "leave it out"),
            )


def _fault(file: YamlFile, at: WrittenLine, actual: str, expected: str, advice: str) -> None:
    file.faults.append(DocumentError(str(file.path), actual, expected, advice, line=at.lines[0]))


def _rungs(levels: Sequence[RoleLevel], patterns: Sequence[WrittenLine], file: YamlFile) -> _Rungs:
    """Return the levels that have a place; what fits anything gives none to several that it fits."""
    rungs: defaultdict[int, list[RoleLevel]] = defaultdict(list)
    for one in levels:
        name = one.role_level or one.role
        fitting = narrowest(name, patterns)
        if len(fitting) > 1:
            actual = (
                f"{' and '.join(repr(pattern.text) for pattern in fitting)}, which both fit {name!r} of {one.role!r}"
            )
            _fault(file, fitting[0], actual, "one place for it", f"write {name!r} itself in its place")
        elif fitting:
            rungs[patterns.index(fitting[0])].append(one)
    return {
        place: rung if len(rung) == 1 or patterns[place].text.strip("* ") else []
        for place, rung in sorted(rungs.items())
    }


def _steps(rungs: _Rungs, patterns: Sequence[WrittenLine]) -> list[PromotionStep]:
    """Return a step between levels of each place and the next; nothing leads over a place that is empty."""
    return [
        PromotionStep(
            upper=upper.id,
            lower=lower.id,
            text=", ".join(pattern.text for pattern in patterns[low : high + 1]),
            lines=(patterns[low].lines[0], patterns[high].lines[1]),
        )
        for low, high in pairwise(rungs)
        for lower, upper in product(rungs[low], rungs[high])
    ]
