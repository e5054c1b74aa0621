"""Read `sources.yaml`, which says of the documents beside it what their texts do not show.

It is a map of file names, or a list of entries with `file`. What it says wins over the text, and
what it contradicts is noted. It is wholly checked before anything is done with a document.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import yaml
from pydantic import Field

from graph.errors import DocumentError, DocumentErrors
from graph.nodes import Model
from loaders.fields import dates

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile


SIDECAR = "sources.yaml"
"""Name of the file beside the documents."""

AUTHORITIES = ("national profile", "force policy", "pack", "advert")
"""Whose word a document can be."""

_KEYS = ("edition", "published", "source", "licence", "authority", "sample")
_EDITION = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_VERSION = re.compile(r"v(\d+(?:\.\d+)*)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_LARGEST = 1_000_000
_SHAPE = "a map of file names, or a list of entries with `file`"


class SourceEntry(Model):
    """What is known of one document from outside its text."""

    place: str = Field(description="The sidecar and the line of the entry")
    edition: str | None = Field(None, description="Name after the @, such as v2.1 or 2021-01")
    published: str | None = Field(None, description="Day of publication, a month or year widened to its first day")
    source: str | None = Field(None, description="Where the document comes from")
    licence: str | None = None
    authority: str | None = Field(None, description="national profile, force policy, pack or advert")
    sample: str | None = Field(None, description="yes for an invented document: it never stands beside a real one")

    @property
    def version(self) -> str | None:
        """Return the version that the edition names, if it names one."""
        named = _VERSION.fullmatch(self.edition or "")
        return named[1] if named else None


def source_entries(folder: Path) -> Mapping[str, SourceEntry]:
    """Return the entries of a folder's sidecar by file name, empty where it has none.

    Raises `DocumentErrors` with everything that is wrong with it.
    """
    path = folder / SIDECAR
    if not path.is_file():
        return {}
    return _Reader(path, frozenset(entry.name for entry in folder.iterdir())).entries()


def with_sidecar(profile: Profile, entry: SourceEntry) -> Profile:
    """Return what a document says with what its sidecar adds; what that contradicts is among the notes."""
    published = entry.published or profile.published
    version = entry.version or profile.version
    edition = entry.edition or dates.edition(
        version,
        published_on=published,
        closes=profile.closes,
        earliest=profile.not_before,
        sha256=profile.document.sha256,
    )
    known = {"source": entry.source, "licence": entry.licence}
    said = {"published": published, "version": version, "edition": edition, "authority": entry.authority}
    more = {"sample": entry.sample is not None, "document": profile.document.model_copy(update=known)}
    notes = (*profile.notes, *_contradictions(profile, entry))
    return profile.model_copy(update={**said, **more, "notes": notes})


def _contradictions(profile: Profile, entry: SourceEntry) -> Iterator[str]:
    for name, told, printed in (
        ("published", entry.published, profile.published),
        ("version", entry.version, profile.version),
    ):
        if told and printed and told != printed:
            yield f"{entry.place}: {name} {told} stands, though the text has {printed}"
    if entry.published and profile.not_before and entry.published < profile.not_before:
        yield f"{entry.place}: published {entry.published}, though the text names {profile.not_before}"
    if entry.published and profile.closes and entry.published > profile.closes:
        yield f"{entry.place}: published {entry.published}, though applications closed on {profile.closes}"


class _Reader:
    """Gathers the entries of one sidecar and all that is wrong with them."""

    def __init__(self, path: Path, beside: frozenset[str]) -> None:
        self.path, self.beside = path, beside
        self.found: dict[str, SourceEntry] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[DocumentError] = []

    def entries(self) -> Mapping[str, SourceEntry]:
        root = self._root()
        if root is not None:
            self._all(root)
        if self.problems:
            raise DocumentErrors(f"{self.path} is at fault", self.problems)
        return self.found

    def _root(self) -> yaml.Node | None:
        expected = "YAML in UTF-8"
        try:
            raw = self.path.read_bytes()
            if len(raw) > _LARGEST:
                self._fault(None, f"{len(raw)} bytes", f"at most {_LARGEST}", "leave out what is no entry")
                return None
            root: yaml.Node | None = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._fault(mark, f"what is no YAML ({error.problem or error.context})", expected, "mend it")
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
            self._fault(None, f"what is no YAML ({' '.join(str(error).split())})", expected, "mend it")
        except OSError as error:
            self._fault(None, f"a file that cannot be read ({error.strerror})", expected, "mend it")
        else:
            return root
        return None

    def _fault(self, at: yaml.Node | yaml.Mark | None, found: str, expected: str, advice: str) -> None:
        mark = at.start_mark if isinstance(at, yaml.Node) else at
        line = None if mark is None else mark.line + 1
        self.problems.append(DocumentError(str(self.path), found, expected, advice, line=line))

    def _all(self, root: yaml.Node) -> None:
        if isinstance(root, yaml.MappingNode):
            for key, value in root.value:
                self._entry(key, key, value)
        elif isinstance(root, yaml.SequenceNode):
            for item in root.value:
                self._item(item)
        else:
            self._fault(root, _quoted(root), _SHAPE, "write `name.txt:` and its keys below")

    def _item(self, item: yaml.Node) -> None:
        files = [pair for pair in item.value if pair[0].value == "file"] if isinstance(item, yaml.MappingNode) else []
        if len(files) != 1:
            self._fault(item, f"an entry with {len(files)} `file`", "one", "name the file that the entry is about")
            return
        rest = [pair for pair in item.value if pair is not files[0]]
        body = yaml.MappingNode(item.tag, rest, item.start_mark, item.end_mark)
        self._entry(files[0][1], files[0][0], body)

    def _entry(self, file: yaml.Node, at: yaml.Node, body: yaml.Node) -> None:
        name = self._file(file)
        if not isinstance(body, yaml.MappingNode) or not body.value:
            self._fault(at, f"nothing on {_quoted(file)}", f"some of {', '.join(_KEYS)}", "say it, or leave it out")
            return
        said = self._values(body)
        if name is not None:
            self.found[name] = SourceEntry(place=f"{SIDECAR}:{at.start_mark.line + 1}", **said)

    def _file(self, node: yaml.Node) -> str | None:
        name, line = _text(node), node.start_mark.line + 1
        if name is None or name not in self.beside or not (self.path.parent / name).is_file():
            near = difflib.get_close_matches(name or "", self.beside - {SIDECAR}, n=1)
            advice = f"did you mean {near[0]}?" if near else "give the name as it stands in the folder"
            self._fault(node, _quoted(node), "the name of a file beside it", advice)
            return None
        if name in self.lines:
            self._fault(node, f"{name} again, after line {self.lines[name]}", "one entry a file", "keep one of them")
            return None
        self.lines[name] = line
        return name

    def _values(self, body: yaml.MappingNode) -> dict[str, str]:
        said: dict[str, str] = {}
        for key, value in body.value:
            name = _text(key)
            if name not in _KEYS:
                near = difflib.get_close_matches(name or "", _KEYS, n=1)
                advice = f"did you mean {near[0]}?" if near else "leave it out"
                self._fault(key, f"the key {_quoted(key)}", f"some of {', '.join(_KEYS)}", advice)
            elif name in said:
                self._fault(key, f"{name} twice in one entry", "once", "keep one of them")
            elif (text := self._value(name, value)) is not None:
                said[name] = text
        return said

    def _value(self, name: str, node: yaml.Node) -> str | None:
        text = _text(node)
        expected, form = _FORMS[name]
        found = form(text) if text else None
        if found is None:
            self._fault(node, f"{name}: {_quoted(node)}", expected, "mend it, or leave it out")
        return found


def _text(node: yaml.Node) -> str | None:
    """Return what is written, whatever YAML takes it for: 2.10 stays 2.10, and a day is no number."""
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value).strip() or None


def _quoted(node: yaml.Node) -> str:
    if isinstance(node, yaml.CollectionNode):
        return "a map" if isinstance(node, yaml.MappingNode) else "a list"
    return repr(str(node.value)) if _text(node) else "nothing"


def _edition(text: str) -> str | None:
    name = text.lower()
    return name if _EDITION.fullmatch(name) else None


def _day(text: str) -> str | None:
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text):
        return None
    try:
        return dt.date.fromisoformat(f"{text}-01-01"[:10] if len(text) < len("2021-01-01") else text).isoformat()
    except ValueError:
        return None


def _without_address(text: str) -> str | None:
    return None if _EMAIL.search(text) else " ".join(text.split())


def _authority(text: str) -> str | None:
    return text if text in AUTHORITIES else None


_FORMS = {
    "edition": ("letters, digits, dots and hyphens, such as v2.1 or 2021-01", _edition),
    "published": ("a day, month or year that there is, such as 2021-01-11 or 2021-01", _day),
    "source": ("where it comes from, without an address of a person", _without_address),
    "licence": ("its licence in words", _without_address),
    "authority": (f"one of {', '.join(AUTHORITIES)}", _authority),
    "sample": ("yes, for an invented document", lambda text: "yes" if text.casefold() in {"yes", "true"} else None),
}
