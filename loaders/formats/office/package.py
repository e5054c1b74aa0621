"""Open a zipped file of a word processor: its parts by name, as XML; nothing is fetched, no part grows without end."""

from __future__ import annotations

import io
import posixpath
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from graph.errors import DocumentError
from loaders.formats.source import EXPECTED, SourceLine, Text

LARGEST = 16_000_000
"""Bytes of XML that are read of one file; the body of a real pack of 100 pages has about one million."""

MOST_ELEMENTS = 250_000
MOST_PARTS = 5_000
_ONE_ALONE = "give the text of one document alone"
_SAVE_AGAIN = "open it in a word processor, save it again as .docx or .odt and read that"
_FAULTS = (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, struct.error, zlib.error)
"""What `zipfile` raises for bytes that are damaged or made up."""

_MAIN = ".main+xml"
_SCHEMAS = "http://schemas.openxmlformats.org/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_SCHEMAS}wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    f"{_SCHEMAS}officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    f"{_SCHEMAS}markup-compatibility/2006": "mc",
    f"{_SCHEMAS}officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    f"{_SCHEMAS}drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    f"{_SCHEMAS}drawingml/2006/chart": "c",
    f"{_SCHEMAS}drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0": "field",
    **{f"{_ODF}{name}:1.0": name for name in ("office", "style", "text", "table", "form", "manifest")},
    f"{_ODF}drawing:1.0": "draw",
    f"{_ODF}svg-compatible:1.0": "svg",
    f"{_ODF}xsl-fo-compatible:1.0": "fo",
}


class Relation(NamedTuple):
    """What a part of a file refers to: its kind, such as "header", and the name of the other part."""

    kind: str
    target: str


class _Builder(ET.TreeBuilder):
    """Build a tree, and refuse a document type: without one, nothing can be expanded or point outside."""

    def doctype(self, *_: str | None) -> None:
        """Refuse it before anything in it is read."""
        raise ValueError("a document type declaration")


class _Names(dict[str, str]):
    """Short names by full ones; a name of another namespace stays as it is."""

    def __missing__(self, name: str) -> str:
        space, _, local = name[1:].rpartition("}")
        self[name] = short = f"{_NAMESPACES[space]}:{local}" if name[0] == "{" and space in _NAMESPACES else name
        return short


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

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let nothing go on without end. Raises `DocumentError` for parts that are nested too deep."""
        try:
            yield
        except RecursionError as error:
            raise self.refusal("parts nested in each other without end") from error

    def text(self, lines: tuple[SourceLine, ...], notes: tuple[str, ...]) -> Text:
        """Return lines and notes as the text of the file. Raises `DocumentError` if there are no lines."""
        if not lines:
            raise self.refusal("a document without words", "give the text of the document; pictures are not read")
        return Text(lines, notes)

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, none if it is missing. Raises `DocumentError`, also for what is too large."""
        entry = self._parts.get(part.lower())
        if entry is None:
            return None
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

    def xml(self, part: str) -> Element | None:
        """Return a part as XML, none if it is missing; names are short, as "w:p", by whichever edition it was written.

        Raises `DocumentError` for XML that is damaged or unsafe.
        """
        raw = self.read(part)
        if raw is None:
            return None
        self._elements -= raw.count(b"<") - raw.count(b"</")
        if self._elements < 0:
            raise self.refusal(f"more than {MOST_ELEMENTS:,} pieces of text and layout", _ONE_ALONE)
        try:
            root = ET.fromstring(raw, parser=ET.XMLParser(target=_Builder()))  # noqa: S314 -- see `_Builder`
        except (ET.ParseError, ValueError, LookupError) as error:
            raise self.refusal(f"{part} with XML that cannot be read ({error})") from error
        return _shortened(root)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to within the file, by id; what lies outside the file is left out."""
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = {}
        for one in children(root):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found


def _shortened(root: Element) -> Element:
    names = _Names()
    for one in root.iter():
        one.tag = names[one.tag]
        if one.attrib:
            one.attrib = {names[key]: value for key, value in one.attrib.items()}
    return root


def child(element: Element | None, *tags: str) -> Element | None:
    """Return the child of that tag, or of that child the child of the next tag; none if one of them is missing."""
    for tag in tags:
        element = element.find(tag) if element is not None else None
    return element


def children(element: Element | None) -> Iterable[Element]:
    """Return the children of an element, none of what is missing."""
    return () if element is None else element


def media_type(name: str, raw: bytes) -> str:
    """Return what a zipped file says that it is, in lower case without ".main+xml", empty if it says nothing.

    Raises `DocumentError` for a zipped file that is damaged.
    """
    package = Package(name, raw)
    if stated := package.read("mimetype"):
        return stated[:200].decode("ascii", "replace").strip().lower()
    kinds = package.xml("[Content_Types].xml")
    found = [one.get("ContentType", "").lower() for one in children(kinds)]
    return next((kind.removesuffix(_MAIN) for kind in found if kind.endswith(_MAIN)), "")
