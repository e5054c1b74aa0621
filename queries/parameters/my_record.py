"""Read a file about oneself: ranks, courses, exams and temporary promotion, in YAML.

Every value is read as it is printed, so that 2019 and 2019-06 stay a year and a month; each fault is
reported with its line, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from graph.errors import DocumentError, DocumentErrors, UsageError
from queries.parameters.holdings import Holding, last_day

TEMPLATE = """\
rank: sergeant                # held now
from: 2019-04                 # since when; a year or month counts as its last day
held:                         # ranks held before
  - rank: constable
    from: 2012
courses:                      # by name, as in --holds
  - course: custody officer course
    achieved: 2020
exams:                        # by name, or the one on the way to a rank
  - rank: inspector
    passed: 2023-03-14
temporary_promotion:
  rank: inspector
  begun: 2025-09-01
  assessed: 2026-09-30        # once judged competent; left out before
"""
"""A file with everything that may stand in one."""

_ADVICE = "`rankgraph gates --help` shows a file with everything that may stand in it"
_LISTS = {"held": ("rank", "from"), "courses": ("course", "achieved"), "exams": ("exam", "rank", "passed")}
_TEMPORARY = ("rank", "begun", "assessed")
_KEYS = ("rank", "from", *_LISTS, "temporary_promotion")
_DAYS = frozenset({"from", "achieved", "passed", "begun", "assessed"})

Values = dict[str, tuple[str, int]]
"""What was printed, empty where it is at fault, and its line, by key."""


def read(path: Path) -> tuple[Holding, ...]:
    """Return what a file says of somebody. Raises DocumentErrors with every fault and its line."""
    reader = _Reader(str(path))
    found = tuple(reader.holdings(_root(path)))
    if reader.faults:
        raise DocumentErrors("a file about oneself is at fault", reader.faults)
    return found


def _root(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        fault = DocumentError(str(path), error.strerror or "no file", "a YAML file that can be read", _ADVICE)
    except UnicodeDecodeError:
        fault = DocumentError(str(path), "bytes that are no UTF-8", "text", "save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        fault = DocumentError(str(path), error.problem or "no YAML", "YAML", _ADVICE, line=line)
    except yaml.YAMLError as error:
        fault = DocumentError(str(path), " ".join(str(error).split()), "YAML", _ADVICE)
    raise DocumentErrors("a file about oneself is at fault", [fault])


class _Reader:
    """Reads node by node, and keeps every fault."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[DocumentError] = []

    def holdings(self, root: yaml.Node | None) -> Iterator[Holding]:
        """Yield what the file says, as far as it can be read."""
        whole = self._mapping(root, _KEYS) if root is not None else {}
        now = self._values({key: node for key, node in whole.items() if key in {"rank", "from"}})
        if now:
            yield from self._holding("rank", now, "rank", achieved="from")
        for key, node in whole.items():
            if key in _LISTS:
                for item in self._items(node):
                    values = self._values(self._mapping(item, _LISTS[key]))
                    yield from self._listed(key, values, item) if isinstance(item, yaml.MappingNode) else ()
            elif key == "temporary_promotion":
                values = self._values(self._mapping(node, _TEMPORARY))
                self._wants(values, node, "begun")
                yield from self._holding("temporary", values, "rank", begun="begun", achieved="assessed", at=node)

    def _listed(self, key: str, values: Values, at: yaml.Node) -> Iterator[Holding]:
        if key == "held":
            yield from self._holding("rank", values, "rank", achieved="from", at=at)
        elif key == "courses":
            yield from self._holding("course", values, "course", achieved="achieved", at=at)
        elif "exam" in values and "rank" in values:
            self._fault("both an exam and a rank", "one of them", values["rank"][1])
        elif "exam" in values:
            yield from self._holding("course", values, "exam", achieved="passed", at=at)
        else:
            yield from self._holding("exam", values, "rank", achieved="passed", at=at)

    def _holding(
        self,
        kind: str,
        values: Values,
        name: str,
        *,
        achieved: str,
        begun: str = "",
        at: yaml.Node | None = None,
    ) -> Iterator[Holding]:
        if name not in values:
            line = at.start_mark.line + 1 if at else next(iter(values.values()))[1]
            self._fault(f"no {name}", f"a {name}", line)
            return
        days = {key: self._day(*values[key]) for key in (achieved, begun) if values.get(key, ("", 0))[0]}
        yield Holding(
            kind,
            values[name][0],
            achieved=days.get(achieved),
            begun=days.get(begun),
            now=at is None,
            printed=values.get(achieved, values.get(begun, (None, 0)))[0],
            file=self._file,
            line=values[name][1],
        )

    def _day(self, text: str, line: int) -> str | None:
        try:
            return last_day(text, self._file)
        except UsageError:
            self._fault(repr(text), "a day such as 2018-06-30, 2018-06 or 2018", line)
            return None

    def _wants(self, values: Values, node: yaml.Node, key: str) -> None:
        if key not in values:
            self._fault(f"no {key}", f"the day it was {key}", node.start_mark.line + 1)

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self._fault(_printed(node), "a list of `- ` items", node.start_mark.line + 1)
        return []

    def _mapping(self, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
        expected = f"{', '.join(keys)}, each at most once"
        if not isinstance(node, yaml.MappingNode):
            self._fault(_printed(node), f"keys of {expected}", node.start_mark.line + 1)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if _printed(key) not in keys or _printed(key) in found:
                self._fault(f"the key {_printed(key)!r}", expected, key.start_mark.line + 1)
            else:
                found[_printed(key)] = value
        return found

    def _values(self, nodes: dict[str, yaml.Node]) -> Values:
        found: Values = {}
        for key, node in nodes.items():
            line = node.start_mark.line + 1
            found[key] = (node.value.strip() if isinstance(node, yaml.ScalarNode) else "", line)
            if not found[key][0]:
                self._fault(f"{_printed(node)} as {key}", "a day" if key in _DAYS else "a name", line)
        return found

    def _fault(self, found: str, expected: str, line: int) -> None:
        self.faults.append(DocumentError(self._file, found, expected, _ADVICE, line=line))


def _printed(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value) or "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"
