"""Read a Word document: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.formats.office.blocks import Block, Cell, Paragraph, Table, as_note, lines, words
from loaders.formats.office.counters import whole
from loaders.formats.office.package import Package, Relation, child
from loaders.formats.office.remarks import Remarks
from loaders.formats.office.word_styles import Lists, Styles, is_on, value
from loaders.formats.office.word_text import WordReader, is_prompt, shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.word_styles import Look
    from loaders.formats.source import Text

_EMBEDDED = {"w:altChunk", "w:subDoc"}
_REMOVED = {"w:del", "w:moveFrom"}


def read_lines(name: str, raw: bytes) -> Text:
    """Return the lines of a Word document; the notes say what was left out.

    Raises `DocumentError` for a file that is damaged, or has no words.
    """
    package = Package(name, raw)
    with package.reading():
        document = _Document(package)
        return package.text(lines(document.blocks()), document.remarks.notes())


class _Document:
    """A document in its parts: text, styles, lists, notes, headers and footers."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.remarks = Remarks()
        self._main = next(
            (one.target for one in package.relations("").values() if one.kind == "officeDocument"), "word/document.xml"
        )
        self._relations = package.relations(self._main)
        self._parts = {one.kind: one for one in self._relations.values()}
        self.styles = Styles(self._xml(self._parts.get("styles")))
        self.lists = Lists(self._xml(self._parts.get("numbering")), self.styles)
        self.notes: dict[tuple[str, str], None] = {}

    def _xml(self, relation: Relation | None) -> Element | None:
        return self._package.xml(relation.target) if relation else None

    def blocks(self) -> list[Block]:
        """Return the blocks of the text, the header of the first page above it, the notes below it."""
        root = self._package.xml(self._main)
        body = child(root, "w:body")
        if body is None:
            raise self._package.refusal("a Word document without its text")
        blocks = [*_Story(self, body).blocks(body)]
        for _ in range(len(self._all("comments", "w:comment"))):
            self.remarks.add("comment")
        blocks += self._given_notes()
        return [*self._headers(body, " ".join(words(blocks)).casefold()), *blocks]

    def _all(self, kind: str, tag: str) -> list[Element]:
        root = self._xml(self._parts.get(kind))
        return [] if root is None else root.findall(tag)

    def _given_notes(self) -> Iterator[Block]:
        for kind in ("footnote", "endnote"):
            wanted = [number for one, number in self.notes if one == kind]
            found = {one.get("w:id"): one for one in self._all(f"{kind}s", f"w:{kind}")} if wanted else {}
            for note in (found[number] for number in wanted if number in found):
                self.remarks.add(kind)
                yield from as_note(_Story(self, note).blocks(note))

    def _headers(self, body: Element, text: str) -> list[Block]:
        """Say what headers and footers there are, and return those of the first page that the text has nowhere."""
        kept: list[Block] = []
        done: set[str] = set()
        for number, section in enumerate(body.iter("w:sectPr")):
            for reference in section:
                kind = reference.tag.removeprefix("w:").removesuffix("Reference")
                relation = self._relations.get(reference.get("r:id", ""))
                is_first = reference.get("w:type") == "first"
                if kind not in {"header", "footer"} or relation is None or relation.target in done:
                    continue
                if not is_first or is_on(section, "w:titlePg"):
                    done.add(relation.target)
                    is_candidate = is_first and kind == "header" and not number
                    kept += self._header(kind, relation, text if is_candidate else None)
        return kept

    def _header(self, kind: str, relation: Relation, text: str | None) -> list[Block]:
        root = self._xml(relation)
        found = [] if root is None else [*words(_Story(self, root).blocks(root))]
        return [*map(Paragraph, self.remarks.header(kind, found, text)), Paragraph("")]


class _Story:
    """Read the blocks of one part, whose fields can run over several paragraphs."""

    def __init__(self, document: _Document, root: Element) -> None:
        self._document = document
        self._reader = WordReader(root, document.styles, document.remarks)

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks of the body, a cell, a box, a note or a header."""
        carried = ""
        for element in _children(parent, self._document.remarks):
            if element.tag == "w:tbl":
                yield Table(self._cells(element))
                continue
            paragraph, joins, boxes = self._paragraph(element, carried)
            carried = paragraph.text if joins else ""
            if not joins:
                yield paragraph
            for box in boxes:
                yield from (Paragraph(""), *self.blocks(box), Paragraph(""))
        if carried:
            yield Paragraph(carried)

    def _paragraph(self, element: Element, carried: str) -> tuple[Paragraph, bool, list[Element]]:
        """Return a paragraph, whether it goes on in the next one, and the boxes with text that are anchored in it."""
        document, properties = self._document, element.find("w:pPr")
        style = value(properties, "w:pStyle")
        look = document.styles.look(style).over(properties)
        found = self._reader.read(element, is_hidden=look.is_hidden)
        document.notes.update(dict.fromkeys(found.notes))
        paragraph = Paragraph(
            carried + "".join(found.text),
            heading=look.heading,
            indent=look.indent or 0,
            style=style or "",
            above=look.above,
            below=look.below,
            close=look.close,
        )
        joins = _goes_on(properties, look)
        if look.list_id and not joins:
            at, level = document.lists.level_of(look, style)
            paragraph.mark = document.lists.mark(look.list_id, at)
            paragraph.level = at + 1 if paragraph.mark and not look.heading else 0
            paragraph.group = look.list_id
            if look.indent is None and level:
                paragraph.indent = level.indent
        return paragraph, joins, found.boxes

    def _cells(self, table: Element) -> list[Cell]:
        cells: list[Cell] = []
        above: dict[int, int] = {}
        remarks = self._document.remarks
        for row, line in enumerate(_rows(table, remarks), 1):
            column = 1 + whole(value(line.find("w:trPr"), "w:gridBefore"))
            for element, asks in _within(line, "w:tc"):
                properties = element.find("w:tcPr")
                if value(properties, "w:vMerge") not in {"", "continue"}:
                    above[column] = row
                if value(properties, "w:cellDel") is not None:
                    remarks.add("deletion")
                elif asks:
                    remarks.add("prompt", shown(element))
                else:
                    cells.append(Cell(above.get(column, row), column, [*self.blocks(element)]))
                column += max(1, whole(value(properties, "w:gridSpan")))
        return cells


def _goes_on(properties: Element | None, look: Look) -> bool:
    """Return whether a paragraph has no end of its own: that was removed or hidden, or it is a large first letter."""
    frame, mark = child(properties, "w:framePr"), child(properties, "w:rPr")
    if frame is not None and frame.get("w:dropCap", "none") != "none":
        return True
    if mark is None:
        return look.is_hidden
    hidden = is_on(mark, "w:vanish")
    return (look.is_hidden if hidden is None else hidden) or any(one.tag in _REMOVED for one in mark)


def _children(parent: Element, remarks: Remarks) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part, in whatever they are wrapped."""
    for part in parent:
        if part.tag in {"w:p", "w:tbl"}:
            yield part
        elif part.tag in _EMBEDDED:
            remarks.add("embedded")
        elif part.tag == "w:sdt" and is_prompt(part):
            remarks.add("prompt", shown(part))
        elif part.tag == "mc:AlternateContent":
            yield from _children(part[0], remarks) if len(part) else ()
        elif part.tag not in _REMOVED and len(part) and not part.tag.endswith("Pr"):
            yield from _children(part, remarks)


def _rows(table: Element, remarks: Remarks) -> Iterator[Element]:
    for row, _ in _within(table, "w:tr"):
        properties = row.find("w:trPr")
        if value(properties, "w:del") is not None:
            remarks.add("deletion")
        elif is_on(properties, "w:hidden"):
            remarks.add("hidden")
        else:
            yield row


def _within(parent: Element, tag: str, *, asks: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table or the cells of a row, each with whether a control around it only asks for words."""
    for part in parent:
        if part.tag == tag:
            yield part, asks
        elif part.tag in {"w:sdt", "w:sdtContent", "w:customXml"}:
            yield from _within(part, tag, asks=asks or (part.tag == "w:sdt" and is_prompt(part)))
