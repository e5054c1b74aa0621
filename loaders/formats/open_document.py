"""Read an OpenDocument text: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from loaders.formats.office.blocks import Block, Paragraph, Table
from loaders.formats.office.counters import Counters, whole
from loaders.formats.office.odf_styles import OUTLINE, Styles
from loaders.formats.office.odf_text import OdfText, control, formula
from loaders.formats.office.package import NOTHING, Package
from loaders.formats.office.story import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROWS = {"table-header-rows", "table-rows", "table-row-group"}
_SILENT = {"forms", "annotation"}
_STYLED = {"p": "paragraph", "h": "paragraph", "table": "table"}


class _OpenDocument(Document):
    """A document in its parts: text, styles, headers and footers."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        if package.xml("META-INF/manifest.xml").find(".//encryption-data") is not None:
            raise package.refusal("a document with a password", "take the password off, save it again and read that")
        content, common = package.xml("content.xml"), package.xml("styles.xml")
        text = content.find("body/text")
        if text is None:
            raise package.refusal("an OpenDocument text without its text")
        self._text, self._pages = text, common.findall("master-styles/master-page")
        own, of_pages = (part.findall("automatic-styles/*") for part in (content, common))
        self._styles, self._page_styles = (Styles(one, common.findall("styles/*")) for one in (own, of_pages))
        self._shown = self._formulas()
        for form in text.iter("forms"):
            self._shown |= {one.get("id", ""): control(one) for one in form.iter()}

    def _formulas(self) -> dict[str, str]:
        """Return what each formula of the text shows, by its name."""
        shown = {}
        for name in {one.get("href", ""): None for one in self._text.iter("object")}:
            root = self.package.xml(f"{name.removeprefix('./')}/content.xml")
            if root.tag == "math":
                shown[name] = formula(root)
        return shown

    def body(self) -> Element:
        return self._text

    def story(self, part: Element, *, is_page: bool = False) -> _OdfStory:  # noqa: ARG002
        return _OdfStory(self._page_styles if is_page else self._styles, self.remarks, self._shown)

    def headers(self) -> Iterator[tuple[str, Element, bool]]:
        first = self._first_page()
        for page in self._pages:
            is_alone = page.get("next-style-name", first) != first
            for part in page:
                kind, _, pages = part.tag.partition("-")
                if kind in {"header", "footer"} and part.get("display") != "false":
                    yield kind, part, page.get("name") == first and (is_alone or pages == "first")

    def _first_page(self) -> str:
        """Return the name of the kind of page that the text begins on."""
        parts = (element for part in self._text if part.tag != "tracked-changes" for element in part.iter())
        begun = next((one for one in parts if one.tag in _STYLED), NOTHING)
        return self._styles.first_page(_STYLED.get(begun.tag, ""), begun.get("style-name", "")) or "Standard"


@dataclass(slots=True)
class _Item:
    """An item of a list: where it stands, and whether its mark still has to be set."""

    style: str
    level: int
    counters: Counters
    list_id: str
    has_mark: bool
    start: str | None = None


class _OdfStory(OdfText):
    """Read the blocks of one part, whose lists can go on from one to the next."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._lists: dict[str, tuple[Counters, str]] = {}
        self._outline = Counters()

    def blocks(self, parent: Element, item: _Item | None = None) -> Iterator[Block]:
        for element in parent:
            tag = element.tag
            if tag in {"p", "h"}:
                yield from self._paragraph(element, item)
            elif tag == "list":
                yield from self._list(element, item)
            elif tag == "table":
                yield Table([*self._cells(element)])
            elif tag == "tracked-changes":
                for change in element.iterfind("changed-region/*"):
                    self.remarks.add(change.tag)
            elif tag == "section" and element.get("display") == "none":
                self.remarks.add("hidden")
            elif tag == "frame":
                yield from self.boxed(self.read(element, is_hidden=False)[1])
            elif tag not in _SILENT:
                yield from self.blocks(element, item)

    def _paragraph(self, element: Element, item: _Item | None) -> Iterator[Block]:
        look = self.styles.look(element.get("style-name", ""))
        text, boxes = self.read(element, is_hidden=look.is_hidden)
        if element.tag == "h":
            look = replace(look, heading=whole(element.get("outline-level"), 1))
        paragraph = Paragraph(text, look)
        if not look.is_hidden:
            if item and item.has_mark:
                item.has_mark = False
                paragraph.look = replace(look, list_id=item.list_id)
                if item.start is not None:
                    item.counters.begin(item.level, whole(item.start, 1))
                item.counters.number(paragraph, self.styles.lists.get(item.style or look.list_id, {}), item.level)
            elif element.tag == "h" and not item and element.get("is-list-header") != "true":
                paragraph.mark = self._outline.mark(self.styles.lists.get(OUTLINE, {}), look.heading - 1)
            yield paragraph
        yield from self.boxed(boxes)

    def _list(self, element: Element, outer: _Item | None) -> Iterator[Block]:
        style = element.get("style-name") or (outer.style if outer else "")
        counters, list_id = (outer.counters, outer.list_id) if outer else self._begun(element, style)
        level = outer.level + 1 if outer else 0
        for part in element:
            has_mark = part.tag == "list-item"
            yield from self.blocks(part, _Item(style, level, counters, list_id, has_mark, part.get("start-value")))

    def _begun(self, element: Element, style: str) -> tuple[Counters, str]:
        """Return the counts of a list, and its name: those of an earlier one if it goes on with that."""
        continued = element.get("continue-list")
        found = self._lists.get(f"id {continued}")
        if found is None and (continued or element.get("continue-numbering") == "true"):
            # LibreOffice also names lists that it does not write; it means the last one of the same style.
            found = self._lists.get(f"style {style}")
        found = found or (Counters(), str(len(self._lists)))
        self._lists[f"id {element.get('id', len(self._lists))}"] = self._lists[f"style {style}"] = found
        return found

    def _cells(self, table: Element) -> Iterator[tuple[int, int, list[Block]]]:
        row = 1
        for line in _rows(table):
            column = 1
            for element in line:
                if element.tag == "table-cell":
                    yield row, column, [*self.blocks(element)]
                column += max(1, whole(element.get("number-columns-repeated"), 1))
            row += max(1, whole(line.get("number-rows-repeated"), 1))


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if part.tag == "table-row":
            yield part
        elif part.tag in _ROWS:
            yield from _rows(part)


read_lines = _OpenDocument.read_lines
