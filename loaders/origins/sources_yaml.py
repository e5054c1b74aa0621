"""Read `sources.yaml`, which says of the documents beside it what their texts do not show.

It is a map of file names, or a list of entries with `file`. What it says wins over the text, and
what it contradicts is noted. It is wholly checked before anything is done with a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import Field

from graph.nodes import Model
from loaders.fields import dates
from loaders.profile import AUTHORITIES, Profile, RoleFramework
from loaders.yaml_lines import YamlFile, day, describe, line_of, near_name, without_address, written

P = TypeVar("P", Profile, RoleFramework)

SIDECAR = "sources.yaml"
"""Name of the file beside the documents."""

_EDITION = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_VERSION = re.compile(r"v(\d+(?:\.\d+)*)")
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


def with_sidecar(profile: P, entry: SourceEntry) -> P:
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
    given = {"source": entry.source, "licence": entry.licence}
    known = {name: value for name, value in given.items() if value is not None}
    whose = entry.authority or profile.authority
    stated = {"published": published, "version": version, "edition": edition, "authority": whose}
    more = {"sample": entry.sample is not None or profile.sample, "document": profile.document.model_copy(update=known)}
    notes = (*profile.notes, *_contradictions(profile, entry))
    if isinstance(profile, Profile):
        more["of_roles"] = tuple(with_sidecar(one, entry) for one in profile.of_roles)
    return profile.model_copy(update={**stated, **more, "notes": notes})


def _contradictions(profile: Profile | RoleFramework, entry: SourceEntry) -> Iterator[str]:
    for name, given, printed in (
        ("published", entry.published, profile.published),
        ("version", entry.version, profile.version),
    ):
        if given and printed and given != printed:
            yield f"{entry.place}: {name} {given} stands, though the text has {printed}"
    if entry.published and profile.not_before and entry.published < profile.not_before:
        yield f"{entry.place}: published {entry.published}, though the text names {profile.not_before}"
    if entry.published and profile.closes and entry.published > profile.closes:
        yield f"{entry.place}: published {entry.published}, though applications closed on {profile.closes}"


class _Reader:
    """Gathers the entries of one sidecar."""

    def __init__(self, path: Path, beside: frozenset[str]) -> None:
        self.file = YamlFile(path, f"{path} is at fault", expected="YAML in UTF-8")
        self.folder, self.beside = path.parent, beside
        self.by_name: dict[str, SourceEntry] = {}
        self.lines: dict[str, int] = {}

    def entries(self) -> Mapping[str, SourceEntry]:
        """Return what was gathered. Raises `DocumentErrors` with all that is wrong."""
        root = self.file.root
        if isinstance(root, yaml.MappingNode):
            for key, value in root.value:
                self._entry(key, key, value)
        elif isinstance(root, yaml.SequenceNode):
            for item in root.value:
                self._item(item)
        elif root is not None:
            self.file.fault(root, describe(root), _SHAPE, "write `name.txt:` and its keys below")
        self.file.check()
        return self.by_name

    def _item(self, item: yaml.Node) -> None:
        files = [pair for pair in item.value if pair[0].value == "file"] if isinstance(item, yaml.MappingNode) else []
        if len(files) != 1:
            self.file.fault(item, f"an entry with {len(files)} `file`", "one", "name the file that the entry is about")
            return
        rest = [pair for pair in item.value if pair is not files[0]]
        body = yaml.MappingNode(item.tag, rest, item.start_mark, item.end_mark)
        self._entry(files[0][1], files[0][0], body)

    def _entry(self, file: yaml.Node, at: yaml.Node, body: yaml.Node) -> None:
        name = self._document(file)
        keys = f"some of {', '.join(_FORMS)}"
        if not isinstance(body, yaml.MappingNode) or not body.value:
            self.file.fault(at, f"nothing on {describe(file)}", keys, "say it, or leave it out")
            return
        values = {key: self._value(key, node) for key, node in self.file.values(body, _FORMS, keys).items()}
        if name is not None:
            self.by_name[name] = SourceEntry(place=f"{SIDECAR}:{line_of(at)}", **values)

    def _document(self, node: yaml.Node) -> str | None:
        name = written(node)
        if name is None or name not in self.beside or not (self.folder / name).is_file():
            advice = near_name(name or "", self.beside - {SIDECAR}, "give the name as it stands in the folder")
            self.file.fault(node, describe(node), "the name of a file beside it", advice)
            return None
        if name in self.lines:
            actual = f"{name} again, after line {self.lines[name]}"
            self.file.fault(node, actual, "one entry a file", "keep one of them")
            return None
        self.lines[name] = line_of(node)
        return name

    def _value(self, name: str, node: yaml.Node) -> str | None:
        text = written(node)
        expected, form = _FORMS[name]
        value = form(text) if text else None
        if value is None:
            self.file.fault(node, f"{name}: {describe(node)}", expected, "write it so, or leave the key out")
        return value


def _edition(text: str) -> str | None:
    name = text.lower()
    return name if _EDITION.fullmatch(name) else None


def _authority(text: str) -> str | None:
    return text if text in AUTHORITIES else None


_FORMS = {
    "edition": ("letters, digits, dots and hyphens, such as v2.1 or 2021-01", _edition),
    "published": ("a day, month or year that there is, such as 2021-01-11 or 2021-01", day),
    "source": ("where it comes from, without an address of a person", without_address),
    "licence": ("its licence in words", without_address),
    "authority": (f"one of {', '.join(AUTHORITIES)}", _authority),
    "sample": ("yes, for an invented document", lambda text: "yes" if text.casefold() in {"yes", "true"} else None),
}
