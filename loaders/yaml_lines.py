"""Read YAML that a user wrote: every value as it is printed, and every fault with its line, all of them at once."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

import yaml

from graph.errors import DocumentError, DocumentErrors

_LARGEST = 1_000_000


class YamlFile:
    """A file of a user's: its root, none where it cannot be read or says nothing, and what is wrong with it."""

    def __init__(self, path: Path, title: str, *, expected: str) -> None:
        """Read the file.

        Args:
            path: Where it is.
            title: What the whole error says.
            expected: What a file that is no YAML should be.
        """
        self.path, self.title = path, title
        self.faults: list[DocumentError] = []
        self.root = self._root(expected)

    def _root(self, expected: str) -> yaml.Node | None:
        try:
            raw = self.path.read_bytes()
            if len(raw) > _LARGEST:
                self.fault(None, f"{len(raw)} bytes", f"at most {_LARGEST}", "leave out what is no entry")
                return None
            root: yaml.Node | None = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.SafeLoader)
        except OSError as error:
            advice = "check its name and who may read it"
            self.fault(None, f"a file that cannot be read ({error.strerror})", expected, advice)
        except UnicodeDecodeError as error:
            self.fault(None, f"bytes that are no UTF-8 ({error.reason})", expected, "save it as UTF-8")
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            advice = "correct the brackets, quotes or indents there"
            self.fault(at, f"what is no YAML ({error.problem or error.context})", expected, advice)
        except (yaml.YAMLError, RecursionError) as error:
            actual = f"what is no YAML ({' '.join(str(error).split())})"
            self.fault(None, actual, expected, "write `key: value` lines, as text")
        else:
            return root
        return None

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


def line_of(node: yaml.Node) -> int:
    """Return the 1-based line on which a node begins."""
    return int(node.start_mark.line) + 1


def written(node: yaml.Node) -> str | None:
    """Return what is written, whatever YAML takes it for: 2.10 stays 2.10, and a day is no number."""
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value).strip() or None


def describe(node: yaml.Node) -> str:
    """Return what a message says of a node: its words in quotes, or what it is."""
    if isinstance(node, yaml.CollectionNode):
        return "a map" if isinstance(node, yaml.MappingNode) else "a list"
    return repr(str(node.value)) if written(node) else "nothing"


def near_name(name: str, known: Collection[str], otherwise: str) -> str:
    """Return advice on a name that is not known: the nearest that is, or what to do where none is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise
