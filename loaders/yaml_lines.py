"""Read YAML that a user wrote: every value as it is printed, and every fault with its line, all of them at once."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast, get_args

import yaml

from graph.errors import DocumentError, DocumentErrors, expected_of

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    M = TypeVar("M", bound=BaseModel)

HEAD = "rankgraph"
"""The first key of a file that a user wrote for us; its value says what the file is."""

_LARGEST = 1_000_000
_DEEPEST = 40
_SHOWN = 80
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")


class WrongEntryError(ValueError):
    """What is wrong with one entry of a map or a list, and its key or place, by which its line is found."""

    def __init__(self, expected: str, key: str | int) -> None:
        """Keep both."""
        super().__init__(expected)
        self.key = key


class Written(str):
    """A value as it is printed, and the 1-based lines, first and last, that it stands on."""

    __slots__ = ("lines",)
    lines: tuple[int, int]


class _Unwanted(yaml.MarkedYAMLError):
    """Something that is YAML and that nobody needs here."""


class _Loader(yaml.SafeLoader):
    """Composes nodes of a bounded depth that each stand in one place, so that whoever walks them comes to an end."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise _Unwanted(
                "each value where it belongs", None, "a reference to another place (*)", mark, "write it out"
            )
        if self._depth == _DEEPEST:
            found, expected = f"more than {_DEEPEST} levels within each other", "fewer"
            raise _Unwanted(expected, None, found, mark, "correct the brackets or dashes there")
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


class YamlFile:
    """A file of a user's: its root, none where it cannot be read or says nothing, and what is wrong with it."""

    def __init__(self, path: Path, title: str, *, expected: str) -> None:
        """Read the file.

        Args:
            path: Where it is.
            title: What the whole error says.
            expected: What a file that is no YAML should be.
        """
        self.path, self.title, self._expected = path, title, expected
        self.faults: list[DocumentError] = []
        self._text: list[str] = []
        self.root = self._root(expected)

    def _root(self, expected: str) -> yaml.Node | None:
        try:
            with self.path.open("rb") as file:
                raw = file.read(_LARGEST + 1)  # what has no end is read no further
            if len(raw) > _LARGEST:
                self.fault(None, f"more than {_LARGEST:,} bytes", "fewer", "leave out what is no entry")
                return None
            text = raw.decode("utf-8-sig")
            self._text = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)
            root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
            for token in yaml.scan(text, Loader=yaml.SafeLoader) if "!" in text else ():
                if isinstance(token, yaml.TagToken):
                    found = f"the tag {''.join(part or '' for part in token.value)}"
                    self.fault(token.start_mark, found, "values without tags", "leave it out, or put quotes around all")
        except OSError as error:
            advice = "check its name and who may read it"
            self.fault(None, f"a file that cannot be read ({error.strerror})", expected, advice)
        except UnicodeDecodeError as error:
            self.fault(None, f"bytes that are no UTF-8 ({error.reason})", expected, "save it as UTF-8")
        except _Unwanted as error:
            self.fault(error.problem_mark, str(error.problem), str(error.context), str(error.note))
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            advice = "correct the brackets, quotes or indents there"
            self.fault(at, f"what is no YAML ({error.problem or error.context})", expected, advice)
        except yaml.YAMLError as error:
            actual = f"what is no YAML ({' '.join(str(error).split())})"
            self.fault(None, actual, expected, "write `key: value` lines, as text")
        else:
            return root
        return None

    @property
    def kind(self) -> str | None:
        """Return what the first key says that the file is; none where that is another key."""
        first = self.root.value[0] if isinstance(self.root, yaml.MappingNode) and self.root.value else None
        return written(first[1]) if first and written(first[0]) == HEAD else None

    def check_kind(self, kind: str, advice: str) -> None:
        """Keep a fault where the first key does not say that the file is of a kind."""
        if not self.faults and self.kind != kind:
            actual = f"`{HEAD}: {self.kind}`" if self.kind else "another first key"
            self.fault(self.root, actual, self._expected, f"write it as the first line; {advice}")

    def model(self, kind: type[M]) -> M:
        """Return what the file says, a value as `Written`. Raises `DocumentErrors` with all that is wrong."""
        from pydantic import ValidationError  # questions read YAML without models

        values = self._value_of(self.root) if self.root else {}
        self.check()
        try:
            return kind.model_validate(values)
        except ValidationError as error:
            for one in error.errors():
                self._refuse(one, _known_keys(kind, one["loc"]))
            raise DocumentErrors(self.title, self.faults) from error

    def _value_of(self, node: yaml.Node) -> object:
        """Return a node as texts, lists and maps without what is empty."""
        if isinstance(node, yaml.ScalarNode):
            value = Written(written(node) or "")
            value.lines = self._lines_of(node)
            return value
        if isinstance(node, yaml.SequenceNode):
            return [self._value_of(item) for item in node.value]
        named = self.values(node, {str(key.value) for key, _ in node.value}, "a key")
        return {key: self._value_of(one) for key, one in named.items() if written(one) or _is_filled(one)}

    def _lines_of(self, node: yaml.Node) -> tuple[int, int]:
        """Return the lines on which a node stands, without blank ones behind it."""
        first, end = node.start_mark.line, node.end_mark
        last = end.line if end.column else end.line - 1
        while last > first and not self._text[last].strip():
            last -= 1
        return first + 1, max(first, last) + 1

    def _refuse(self, error: ErrorDetails, known: Sequence[str]) -> None:
        """Keep a fault that a model finds, at the innermost of the nodes on the way to it."""
        cause = error.get("ctx", {}).get("error")
        loc, node = (*error["loc"], *([cause.key] if isinstance(cause, WrongEntryError) else [])), self.root
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
        of_key = loc[-1:] == ("[key]",)
        name = next((str(step) for step in reversed(loc) if step != "[key]" and isinstance(step, str)), "all")
        expected = expected_of(error["type"], error["msg"])
        if error["type"] == "extra_forbidden":
            expected = f"one of {', '.join(known)}" if known else "a key that may stand here"
            self.fault(node, f"the key {name!r}", expected, near_name(name, known, "leave it out"))
        elif error["type"] == "missing":
            self.fault(node, f"no {name}", f"the key {name}, and its value", "write it")
        else:
            actual = f"the key {name!r}" if of_key else f"{name}: {describe(node)}" if node else "nothing"
            self.fault(node, actual, expected, "write it so, or leave it out")

    def fault(self, at: yaml.Node | yaml.Mark | None, actual: str, expected: str, advice: str) -> None:
        """Keep a fault, with the line of a node or a mark."""
        mark = at.start_mark if isinstance(at, yaml.Node) else at
        line = mark.line + 1 if mark else None
        self.faults.append(DocumentError(str(self.path), actual, expected, advice, line=line))

    def check(self) -> None:
        """Raise `DocumentErrors` with all that is wrong, if anything is."""
        if self.faults:
            raise DocumentErrors(self.title, self.faults)

    def values(
        self, node: yaml.Node, known: Collection[str], expected: str, *, kind: str = "the key"
    ) -> dict[str, yaml.Node]:
        """Return the values of a map by key; a key that is unknown or comes again is a fault.

        Args:
            node: The map; what is no map has no values.
            known: The keys that it may have.
            expected: What a message says of them.
            kind: What a message calls a key.
        """
        nodes: dict[str, yaml.Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            name = written(key) or ""
            if name not in known:
                self.fault(key, f"{kind} {describe(key)}", expected, near_name(name, known, "leave it out"))
            elif name in nodes:
                self.fault(key, f"{name} again, after line {lines[name]}", "each key once", "keep one of them")
            else:
                nodes[name], lines[name] = value, line_of(key)
        return nodes


def _known_keys(kind: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """Return the keys that may stand where a model has found another: those of the innermost model on the way."""
    kinds = [kind]
    for step in loc[:-1]:
        fields = [one.model_fields[str(step)].annotation for one in kinds if str(step) in one.model_fields]
        kinds = [model for field in fields for model in _models(field)] or kinds
    return [name for one in kinds for name in one.model_fields]


def _models(annotation: object) -> list[type[BaseModel]]:
    """Return the models within a type, such as a list of one."""
    if hasattr(annotation, "model_fields"):
        return [cast("type[BaseModel]", annotation)]
    return [model for part in get_args(annotation) for model in _models(part)]


def line_of(node: yaml.Node) -> int:
    """Return the 1-based line on which a node begins."""
    return int(node.start_mark.line) + 1


def _is_filled(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.value)


def day(text: str) -> str | None:
    """Return a day, month or year as the first day that it can be; none where there is no such day.

    >>> day("2021-02"), day("2021-02-30")
    ('2021-02-01', None)
    """
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text):
        return None
    try:
        return dt.date.fromisoformat(f"{text}-01-01"[:10] if len(text) < len("2021-01-01") else text).isoformat()
    except ValueError:
        return None


def first_day(text: object) -> str:
    """Return a day, month or year as the first day that it can be. Raises ValueError for anything else."""
    if (known := day(str(text))) is None:
        raise ValueError("a day, month or year that there is, such as 2024-12-01 or 2024")
    return known


def without_address(text: str) -> str | None:
    """Return a text on one line; none where the address of a person stands in it."""
    return None if _EMAIL.search(text) else " ".join(text.split())


def written(node: yaml.Node) -> str | None:
    """Return what is written, whatever YAML takes it for: 2.10 stays 2.10, and a day is no number."""
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value).strip() or None


def describe(node: yaml.Node) -> str:
    """Return what a message says of a node: its words in quotes, or what it is."""
    if isinstance(node, yaml.CollectionNode):
        return "a map" if isinstance(node, yaml.MappingNode) else "a list"
    if not written(node):
        return "nothing"
    text = str(node.value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def near_name(name: str, known: Collection[str], otherwise: str) -> str:
    """Return advice on a name that is not known: the nearest that is, or what to do where none is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise
