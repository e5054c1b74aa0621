"""Open a zipped file of a word processor: its parts by name, as XML; nothing is fetched, no part grows without end."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from posixpath import join, normpath
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from graph.errors import DocumentError
from loaders.formats.source import EXPECTED

LARGEST = 16_000_000
"""Bytes of XML that are read of one file; the body of a real pack of 100 pages has about one million."""

MOST_ELEMENTS = 250_000
MOST_PARTS = 5_000
_ONE_ALONE = "give the text of one document alone"
_SAVE_AGAIN = "open it in a word processor, save it again as .docx or .odt and read that"
_FAULTS = (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, struct.error, zlib.error)
"""What `zipfile` raises for bytes that are damaged or made up."""

_MAIN = ".main+xml"
NOTHING = Element("")
"""What stands for a part or an element that is missing."""


class _Builder(ET.TreeBuilder):
    """Build a tree of names without their namespaces, which are others in each edition of the standards."""

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        """Begin an element."""
        return super().start(
            _local(tag), {_local(key): value for key, value in attributes.items()} if attributes else {}
        )

    def doctype(self, *_: str | None) -> None:
        """Refuse a document type before it is read: without one, nothing can be expanded or point outside."""
        raise ValueError("a document type declaration")


@lru_cache(4096)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


class Package:
    """The parts of a zipped file."""

    def __init__(self, name: str, raw: bytes) -> None:
        """Open it. Raises `DocumentError` for what is no zipped file, or is damaged."""
        self.name, self._left, self._elements = name, LARGEST, MOST_ELEMENTS
        if raw.count(b"PK\x01\x02") > MOST_PARTS:
            raise self.refusal(f"a zipped file of more than {MOST_PARTS:,} parts", _ONE_ALONE)
        try:
            self._zip = ZipFile(io.BytesIO(raw))
        except _FAULTS as error:
            raise self.refusal(f"a zipped file that is damaged ({error})") from error
        self._parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in self._zip.infolist()}

    def refusal(self, actual: str, advice: str = _SAVE_AGAIN) -> DocumentError:
        """Return the error that says what is at fault in the file."""
        return DocumentError(self.name, actual, EXPECTED, advice)

    def read(self, part: str) -> bytes:
        """Return the bytes of a part, empty if it is missing. Raises `DocumentError`, also for what is too large."""
        entry = self._parts.get(part.lower())
        if entry is None:
            return b""
        try:
            if entry.flag_bits & 1 or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                raise self.refusal(f"{part} encrypted or packed in an unusual way")
            with self._zip.open(entry) as file:
                raw = file.read(self._left + 1)
        except _FAULTS as error:
            raise self.refusal(f"{part} damaged ({error or type(error).__name__})") from error
        self._left -= len(raw)
        if self._left < 0:
            raise self.refusal(f"more than {LARGEST:,} bytes of text and layout", _ONE_ALONE)
        return raw

    def xml(self, part: str) -> Element:
        """Return a part as XML, in which "p" is the name of "w:p"; an element without anything if it is missing.

        Raises `DocumentError` for XML that is damaged or unsafe.
        """
        raw = self.read(part)
        if not raw:
            return NOTHING
        self._elements -= raw.count(b"<") - raw.count(b"</")
        if self._elements < 0:
            raise self.refusal(f"more than {MOST_ELEMENTS:,} pieces of text and layout", _ONE_ALONE)
        try:
            return ET.fromstring(raw, parser=ET.XMLParser(target=_Builder()))  # noqa: S314 -- see `_Builder`
        except (ET.ParseError, ValueError, LookupError) as error:
            raise self.refusal(f"{part} with XML that cannot be read ({error})") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of each part that a part refers to, by id; nothing outside of the file."""
        folder, _, name = part.rpartition("/")
        found = {}
        for one in self.xml(f"{folder}/_rels/{name}.rels".lstrip("/")):
            if one.get("TargetMode") != "External":
                target = normpath(join("/", folder, one.get("Target", "")))
                found[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], target.lstrip("/")
        return found


def value(parent: Element, path: str, key: str = "val") -> str | None:
    """Return an attribute of an element within another, empty if it lacks that, none if there is no such element."""
    found = parent.find(path)
    return None if found is None else found.get(key, "")


def first(chain: Iterable[Element], path: str, key: str = "val") -> str | None:
    """Return an attribute of the first of some elements that has it, each within another that stands in `chain`."""
    found = (one.find(path) for one in chain)
    return next((one.get(key) for one in found if one is not None and key in one.attrib), None)


def media_type(name: str, raw: bytes) -> str:
    """Return what a zipped file says that it is, in lower case without ".main+xml", empty if it says nothing.

    Raises `DocumentError` for a zipped file that is damaged.
    """
    package = Package(name, raw)
    if stated := package.read("mimetype"):
        return stated[:200].decode("ascii", "replace").strip().lower()
    found = [one.get("ContentType", "").lower() for one in package.xml("[Content_Types].xml")]
    return next((kind.removesuffix(_MAIN) for kind in found if kind.endswith(_MAIN)), "")
