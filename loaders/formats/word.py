"""Read a Word document: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from loaders.formats.office.blocks import Block, Paragraph, Table
from loaders.formats.office.counters import whole
from loaders.formats.office.package import NOTHING, Package, value
from loaders.formats.office.story import Document
from loaders.formats.office.word_styles import Lists, Styles, is_on
from loaders.formats.office.word_text import WordText, is_prompt, shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.blocks import Look

_EMBEDDED = {"altChunk", "subDoc"}
_REMOVED = {"del", "moveFrom"}


class _WordDocument(Document):
    """A document in its parts: text, styles, lists, notes, headers and footers."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        parts = dict(package.relations("").values())
        main = parts.get("officeDocument", "word/document.xml")
        self._relations = package.relations(main)
        self._parts = dict(self._relations.values())
        self.styles = Styles(self._xml("styles"))
        self.lists = Lists(self._xml("numbering"), self.styles)
        body = package.xml(main).find("body")
        if body is None:
            raise package.refusal("a Word document without its text")
        self._body = body
        self.notes = cache(self._notes)

    def _xml(self, kind: str) -> Element:
        return self.package.xml(self._parts.get(kind, ""))

    def _notes(self, kind: str) -> dict[str, Element]:
        return {one.get("id", ""): one for one in self._xml(f"{kind}s")}

    def body(self) -> Element:
        for _ in self._xml("comments"):
            self.remarks.add("comment")
        return self._body

    def story(self, part: Element, *, is_page: bool = False) -> _WordStory:  # noqa: ARG002
        return _WordStory(part, self)

    def headers(self) -> Iterator[tuple[str, Element, bool]]:
        done: set[str] = set()
        for number, section in enumerate(self._body.iter("sectPr")):
            for reference in section:
                kind = reference.tag.removesuffix("Reference")
                _, name = self._relations.get(reference.get("id", ""), ("", ""))
                is_first = reference.get("type") == "first"
                is_shown = not is_first or is_on(section, "titlePg")
                if kind in {"header", "footer"} and name and name not in done and is_shown:
                    done.add(name)
                    yield kind, self.package.xml(name), is_first and not number


class _WordStory(WordText):
    """Read the blocks of one part."""

    def __init__(self, root: Element, document: _WordDocument) -> None:
        super().__init__(root, document.styles, document.remarks)
        self._document = document

    def note(self, kind: str, number: str) -> None:
        note = self._document.notes(kind).get(number)
        if note is not None:
            self.notes[note] = kind

    def blocks(self, parent: Element) -> Iterator[Block]:
        carried = ""
        for element in self._within(parent, "p", "tbl"):
            if element.tag == "tbl":
                yield Table([*self._cells(element)])
            elif element.tag == "p":
                look = self.styles.look(element)
                text, boxes = self.read(element, is_hidden=look.is_hidden)
                paragraph = Paragraph(carried + text, look)
                joins = _goes_on(element, look)
                carried = paragraph.text if joins else ""
                if look.list_id and not joins:
                    self._document.lists.number(paragraph)
                if not joins:
                    yield paragraph
                yield from self.boxed(boxes)
        if carried:
            yield Paragraph(carried)

    def _cells(self, table: Element) -> Iterator[tuple[int, int, list[Block]]]:
        above: dict[int, int] = {}
        for row, line in enumerate(self._rows(table), 1):
            column = 1 + whole(value(line, "trPr/gridBefore"))
            for element in self._within(line, "tc"):
                properties = next(element.iter("tcPr"), NOTHING)
                if value(properties, "vMerge") not in {"", "continue"}:
                    above[column] = row
                if properties.find("cellDel") is not None:
                    self.remarks.add("deletion")
                elif element.tag == "tc":
                    yield above.get(column, row), column, [*self.blocks(element)]
                column += max(1, whole(value(properties, "gridSpan")))

    def _rows(self, table: Element) -> Iterator[Element]:
        for row in self._within(table, "tr"):
            if row.find("trPr/del") is not None:
                self.remarks.add("deletion")
            elif is_on(row, "trPr/hidden"):
                self.remarks.add("hidden")
            elif row.tag == "tr":
                yield row

    def _within(self, parent: Iterable[Element], *tags: str) -> Iterator[Element]:
        """Yield the parts of some tags in whatever they are wrapped, and controls that only ask to be filled in."""
        for part in parent:
            is_control = part.tag == "sdt" and is_prompt(part)
            if is_control:
                self.remarks.add("prompt", shown(part))
            if is_control or part.tag in tags:
                yield part
            elif part.tag in _EMBEDDED:
                self.remarks.add("embedded")
            elif len(part) and part.tag not in _REMOVED and not part.tag.endswith("Pr"):
                yield from self._within(part[:1] if part.tag == "AlternateContent" else part, *tags)


def _goes_on(paragraph: Element, look: Look) -> bool:
    """Return whether a paragraph has no end of its own: that was removed or hidden, or it is a large first letter."""
    if value(paragraph, "pPr/framePr", "dropCap") not in {None, "", "none"}:
        return True
    hidden = is_on(paragraph, "pPr/rPr/vanish")
    is_removed = any(paragraph.find(f"pPr/rPr/{tag}") is not None for tag in _REMOVED)
    return is_removed or (look.is_hidden if hidden is None else hidden)


read_lines = _WordDocument.read_lines
