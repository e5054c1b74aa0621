"""Read a file about oneself: ranks, courses, exams, temporary promotion and what was judged, in YAML.

Every value is read as it is printed, so that 2019 and 2019-06 stay a year and a month; each fault is
reported with its line, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from graph.errors import UsageError
from loaders.yaml_lines import YamlFile, describe, line_of, near_name, written
from queries.parameters.days import first_day, last_day
from queries.parameters.holdings import Holding
from queries.parameters.titles import basis_of

TEMPLATE = """\
rank: sergeant                # held now
from: 2019-04                 # since when; a year or month counts from its last day, and lapses as its first
held:                         # ranks held before
  - rank: constable
    from: 2012
courses:                      # by name, as in --holds
  - course: custody officer course
    achieved: 2020
exams:                        # by name, or with rank: the one on the way to it
  - name: inspectors' legal exam
    passed: 2023-03-14
temporary_promotion:
  rank: inspector
  begun: 2025-09-01
  assessed: 2026-09-30        # once judged competent; left out before
judged:                       # what only a person can judge, by the gate of the next rank
  - gate: NPPF step 1
    result: met               # or: not met
    on: 2026-05-12
"""
"""A file with everything that may stand in one."""

_ADVICE = "`rankgraph gates --help` shows a file with everything that may stand in it"
_LISTS = {
    "held": ("rank", "from"),
    "courses": ("course", "achieved"),
    "exams": ("name", "exam", "rank", "passed"),
    "judged": ("gate", "result", "on"),
}
_ON_BASIS = {
    "temporary": "write the temporary one as `temporary_promotion: {rank: inspector, begun: 2025-09-01}`",
    "acting": "leave the acting one out: no condition is known that counts it",
}
_RESULTS = ("met", "not met")
_TEMPORARY = ("rank", "begun", "assessed")
_KEYS = ("rank", "from", *_LISTS, "temporary_promotion")
_DAYS = frozenset({"from", "achieved", "passed", "begun", "assessed", "on"})

Values = dict[str, tuple[str, yaml.Node]]
"""What was printed, empty where it is at fault, and where it stands, by key."""


def read(path: Path) -> tuple[Holding, ...]:
    """Return what a file says of somebody. Raises DocumentErrors with every fault and its line."""
    reader = _Reader(YamlFile(path, "a file about oneself is at fault", expected="YAML"))
    holdings = tuple(reader.holdings())
    reader.file.check()
    return holdings


class _Reader:
    """Reads node by node."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file

    def holdings(self) -> Iterator[Holding]:
        """Yield what the file says, as far as it can be read."""
        whole = self._mapping(self.file.root, _KEYS) if self.file.root else {}
        now = self._values({key: node for key, node in whole.items() if key in {"rank", "from"}})
        if now:
            yield from self._holding("rank", now, "rank", achieved="from")
        for key, node in whole.items():
            if key in _LISTS:
                for item in self._items(node):
                    if self._is_name_as_key(key, item):
                        continue
                    values = self._values(self._mapping(item, _LISTS[key]))
                    yield from self._listed(key, values, item) if isinstance(item, yaml.MappingNode) else ()
            elif key == "temporary_promotion":
                values = self._values(self._mapping(node, _TEMPORARY))
                if not isinstance(node, yaml.MappingNode):
                    continue
                if "begun" not in values:
                    self._fault(node, "no begun", "the day it was begun")
                yield from self._holding("temporary", values, "rank", begun="begun", achieved="assessed", at=node)

    def _listed(self, key: str, values: Values, at: yaml.Node) -> Iterator[Holding]:
        if key == "held":
            yield from self._holding("rank", values, "rank", achieved="from", at=at)
        elif key == "courses":
            yield from self._holding("course", values, "course", achieved="achieved", at=at)
        elif key == "judged":
            text, node = values.get("result", ("", at))
            if text.casefold() not in _RESULTS:
                self._fault(node, f"{text!r} as result" if text else "no result", " or ".join(_RESULTS))
            found = self._holding("gate", values, "gate", achieved="on", at=at)
            yield from (replace(one, result=text.casefold()) for one in found)
        else:
            named = [name for name in values if name != "passed"] or ["name"]
            if named[1:]:
                self._fault(values[named[1]][1], f"both {named[0]} and {named[1]}", "one of them")
                return
            kind = "exam" if named == ["rank"] else "course"
            yield from self._holding(kind, values, named[0], achieved="passed", at=at)

    def _holding(
        self, kind: str, values: Values, name: str, *, achieved: str, begun: str = "", at: yaml.Node | None = None
    ) -> Iterator[Holding]:
        if name not in values:
            self._fault(at or next(iter(values.values()))[1], f"no {name}", f"a {name}")
            return
        if kind == "rank" and (basis := basis_of(values[name][0])):
            self._fault(values[name][1], f"{values[name][0]!r} as rank", "your substantive rank", _ON_BASIS[basis])
        days = {key: self._day(*values[key]) for key in (achieved, begun) if key in values and values[key][0]}
        firsts = {key: first_day(values[key][0], day) for key, day in days.items() if day}
        printed = values.get(achieved) or values.get(begun)
        yield Holding(
            kind,
            values[name][0],
            achieved=days.get(achieved),
            begun=days.get(begun),
            achieved_from=firsts.get(achieved),
            begun_from=firsts.get(begun),
            now=at is None,
            printed=printed[0] if printed else None,
            file=str(self.file.path),
            line=line_of(values[name][1]),
        )

    def _day(self, text: str, at: yaml.Node) -> str | None:
        try:
            return last_day(text, str(self.file.path))
        except UsageError as error:
            found, _, expected = str(error).removeprefix(f"{self.file.path}: found ").rpartition("; expected ")
            self._fault(at, found, expected)
            return None

    def _is_name_as_key(self, key: str, item: yaml.Node) -> bool:
        """Return whether an item is a name with a day or result behind it, and report it as it should be written."""
        if not isinstance(item, yaml.MappingNode) or len(item.value) != 1:
            return False
        (name, value), keys = (written(node) or "" for node in item.value[0]), _LISTS[key]
        if not (name and value) or near_name(name, keys, "") or name in keys:
            return False
        behind = "result" if value.casefold() in _RESULTS else keys[-1]
        expected = f"`- {keys[0]}: {name}` and, on a line below it, `{behind}: {value}`"
        self._fault(item, f"the name {name!r} as a key", expected)
        return True

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self._fault(node, describe(node), "a list of `- ` items")
        return []

    def _mapping(self, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
        expected = f"{', '.join(keys)}, each at most once"
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, describe(node), f"keys of {expected}")
        return self.file.values(node, keys, expected)

    def _values(self, nodes: dict[str, yaml.Node]) -> Values:
        values = {key: (written(node) or "", node) for key, node in nodes.items()}
        for key, (text, node) in values.items():
            if not text:
                self._fault(node, f"{describe(node)} as {key}", "a day" if key in _DAYS else "a name")
        return values

    def _fault(self, at: yaml.Node, found: str, expected: str, advice: str = _ADVICE) -> None:
        self.file.fault(at, found, expected, advice)
