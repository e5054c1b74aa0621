"""Read an OpenDocument text: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.formats.office.blocks import Block, Cell, Paragraph, Table, as_note, lines, words
from loaders.formats.office.counters import Counters, Level, whole
from loaders.formats.office.odf_styles import OUTLINE, Styles
from loaders.formats.office.odf_text import OdfReader, control, formula
from loaders.formats.office.package import Package, child, children
from loaders.formats.office.remarks import Remarks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.source import Text

_PARAGRAPHS = {"text:p", "text:h"}
_ROWS = {"table:table-header-rows", "table:table-rows", "table:table-row-group"}
_SILENT = {"office:forms", "office:annotation", "svg:title", "svg:desc"}
_STYLED = {"text:p": "paragraph", "text:h": "paragraph", "table:table": "table"}
_CHANGES = {"text:insertion": "insertion", "text:deletion": "deletion"}
_HEADERS = {
    **dict.fromkeys(("style:header", "style:header-left", "style:header-first", "loext:header-first"), "header"),
    **dict.fromkeys(("style:footer", "style:footer-left", "style:footer-first", "loext:footer-first"), "footer"),
}


def read_lines(name: str, raw: bytes) -> Text:
    """Return the lines of an OpenDocument text; the notes say what was left out.

    Raises `DocumentError` for a file that is damaged or has a password, or has no words.
    """
    package = Package(name, raw)
    with package.reading():
        document = _Document(package)
        return package.text(lines(document.blocks()), document.remarks.notes())


class _Document:
    """A document in its parts: text, styles, headers and footers."""

    def __init__(self, package: Package) -> None:
        self._package, self.remarks = package, Remarks()
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("manifest:encryption-data"), None) is not None:
            raise package.refusal("a document with a password", "take the password off, save it again and read that")
        content, common = package.xml("content.xml"), package.xml("styles.xml")
        text = child(content, "office:body", "office:text")
        if text is None:
            raise package.refusal("an OpenDocument text without its text")
        self._text, self._pages = text, child(common, "office:master-styles")
        shared = child(common, "office:styles")
        self._styles = Styles(child(content, "office:automatic-styles"), shared)
        self._page_styles = Styles(child(common, "office:automatic-styles"), shared)

    def blocks(self) -> list[Block]:
        """Return the blocks of the text, the header of the first page above it, the notes below it."""
        story = _Story(self._styles, self.remarks, self._shown())
        blocks = [*story.blocks(self._text)]
        blocks += story.given_notes()
        return [*self._headers(" ".join(words(blocks)).casefold()), *blocks]

    def _shown(self) -> dict[str, str]:
        """Return what formulas and the controls of forms show, by their names."""
        shown = {}
        for one in self._text.iter("draw:object"):
            name = one.get("xlink:href", "")
            root = self._package.xml(f"{name.removeprefix('./')}/content.xml") if name and name not in shown else None
            if root is not None and root.tag == "math:math":
                shown[name] = formula(root)
        for form in self._text.iter("office:forms"):
            shown |= {one.get("form:id", ""): control(one) for one in form.iter() if one.get("form:id")}
        return shown

    def _headers(self, text: str) -> list[Block]:
        """Say what headers and footers there are, and return those of the first page that the text has nowhere."""
        kept: list[str] = []
        first = self._first_page()
        for page in children(self._pages):
            is_first = page.get("style:name") == first
            is_alone = page.get("style:next-style-name", first) != first
            for part in page:
                kind = _HEADERS.get(part.tag)
                if kind and part.get("style:display") != "false":
                    found = [*words(_Story(self._page_styles, self.remarks, {}).blocks(part))]
                    is_kept = is_first and kind == "header" and (is_alone or part.tag.endswith("first"))
                    kept += self.remarks.header(kind, found, text if is_kept else None)
        return [*map(Paragraph, kept), Paragraph("")]

    def _first_page(self) -> str:
        """Return the name of the kind of page that the text begins on."""
        for part in (part for part in self._text if part.tag != "text:tracked-changes"):
            for element in part.iter():
                family = _STYLED.get(element.tag)
                if family:
                    style = element.get(f"{element.tag.partition(':')[0]}:style-name", "")
                    return self._styles.first_page(family, style) or "Standard"
        return "Standard"


@dataclass(slots=True)
class _Spot:
    """An item of a list: where it stands, and whether its mark still has to be set."""

    style: str
    level: int
    counters: Counters
    group: str
    has_mark: bool
    start: str | None = None


class _Story:
    """Read the blocks of one part, whose lists can go on from one to the next."""

    def __init__(self, styles: Styles, remarks: Remarks, shown: dict[str, str]) -> None:
        self._styles, self._remarks = styles, remarks
        self._reader = OdfReader(styles, remarks, shown)
        self._notes: list[Element] = []
        self._lists: dict[str, tuple[Counters, str]] = {}
        self._outline = Counters()

    def blocks(self, parent: Element, spot: _Spot | None = None) -> Iterator[Block]:
        """Yield the blocks of the text, an item, a cell, a box, a note or a header."""
        for element in parent:
            tag = element.tag
            if tag in _PARAGRAPHS:
                yield from self._paragraph(element, spot)
            elif tag == "text:list":
                yield from self._list(element, spot)
            elif tag == "table:table":
                yield Table([*self._cells(element)])
            elif tag == "text:tracked-changes":
                self._changes(element)
            elif tag == "text:section" and element.get("text:display") == "none":
                self._remarks.add("hidden")
            elif tag == "draw:frame":
                yield from self._boxes(self._reader.read(element, is_hidden=False).boxes)
            elif tag not in _SILENT:
                yield from self.blocks(element, spot)

    def given_notes(self) -> Iterator[Block]:
        """Yield footnotes, then endnotes, in the order in which the text refers to them."""
        for kind in ("footnote", "endnote"):
            for note in [note for note in self._notes if note.get("text:note-class", "footnote") == kind]:
                self._remarks.add(kind)
                body = child(note, "text:note-body")
                yield from as_note(self.blocks(body)) if body is not None else ()

    def _paragraph(self, element: Element, spot: _Spot | None) -> Iterator[Block]:
        look = self._styles.look(element.get("text:style-name", ""))
        is_heading = element.tag == "text:h"
        found = self._reader.read(element, is_hidden=look.is_hidden)
        self._notes += found.notes
        paragraph = Paragraph(
            "".join(found.text),
            heading=whole(element.get("text:outline-level"), 1) if is_heading else look.heading,
            indent=look.indent or 0,
            style=look.name,
            above=look.above,
            below=look.below,
            close=look.close,
        )
        if not look.is_hidden:
            if spot and spot.has_mark:
                self._mark(paragraph, spot, self._styles.lists.get(spot.style or look.list_style, {}))
            elif is_heading and not spot and element.get("text:is-list-header") != "true":
                levels = self._styles.lists.get(OUTLINE, {})
                paragraph.mark = self._outline.mark(levels, paragraph.heading - 1)
            yield paragraph
        yield from self._boxes(found.boxes)

    def _mark(self, paragraph: Paragraph, spot: _Spot, levels: Mapping[int, Level]) -> None:
        spot.has_mark = False
        if spot.start is not None:
            spot.counters.begin(spot.level, whole(spot.start, 1))
        paragraph.mark = spot.counters.mark(levels, spot.level)
        paragraph.level = spot.level + 1 if paragraph.mark and not paragraph.heading else 0
        paragraph.group = spot.group
        level = levels.get(spot.level)
        paragraph.indent = level.indent if level else 0

    def _boxes(self, boxes: list[Element]) -> Iterator[Block]:
        for box in boxes:
            yield from (Paragraph(""), *self.blocks(box), Paragraph(""))

    def _list(self, element: Element, outer: _Spot | None) -> Iterator[Block]:
        style = element.get("text:style-name") or (outer.style if outer else "")
        counters, group = (outer.counters, outer.group) if outer else self._begun(element, style)
        for part in element:
            if part.tag in {"text:list-item", "text:list-header"}:
                level = outer.level + 1 if outer else 0
                is_item = part.tag == "text:list-item"
                spot = _Spot(style, level, counters, group, is_item, part.get("text:start-value"))
                yield from self.blocks(part, spot)

    def _begun(self, element: Element, style: str) -> tuple[Counters, str]:
        """Return the counts of a list, and its name: those of an earlier one if it goes on with that."""
        continued = element.get("text:continue-list")
        found = self._lists.get(f"id {continued}")
        if found is None and (continued or element.get("text:continue-numbering") == "true"):
            # LibreOffice also names lists that it does not write; it means the last one of the same style.
            found = self._lists.get(f"style {style}")
        if found is None:
            found = Counters(), str(len(self._lists))
        self._lists[f"id {element.get('xml:id', len(self._lists))}"] = self._lists[f"style {style}"] = found
        return found

    def _cells(self, table: Element) -> Iterator[Cell]:
        row = 1
        for line in _rows(table):
            column = 1
            for element in line:
                if element.tag == "table:table-cell":
                    yield Cell(row, column, [*self.blocks(element)])
                column += max(1, whole(element.get("table:number-columns-repeated"), 1))
            row += max(1, whole(line.get("table:number-rows-repeated"), 1))

    def _changes(self, element: Element) -> None:
        for kind in (part.tag for region in element for part in region):
            if kind in _CHANGES:
                self._remarks.add(_CHANGES[kind])


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if part.tag == "table:table-row":
            yield part
        elif part.tag in _ROWS:
            yield from _rows(part)
