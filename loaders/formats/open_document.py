"""Read an OpenDocument text: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar
from xml.etree.ElementTree import Element

from loaders.formats.office import symbols
from loaders.formats.office.blocks import Block, Paragraph, Table
from loaders.formats.office.counters import Counters, whole
from loaders.formats.office.odf_styles import OUTLINE, Styles
from loaders.formats.office.package import NOTHING, Package
from loaders.formats.office.remarks import Remarks
from loaders.formats.office.story import Document, Handlers, Story

_ROWS = {"table-header-rows", "table-rows", "table-row-group"}
_SILENT = {"forms", "annotation"}
_STYLED = {"p": "paragraph", "h": "paragraph", "table": "table"}
_SHAPES = ("text-box", "custom-shape", "rect", "circle", "ellipse", "polygon", "path", "caption", "g")
"""Drawings that can have paragraphs in them."""

_MOST_SPACES = 100
_SPACES = re.compile(r"[ \t\r\n]+")
_BETWEEN = {"mfrac": "/", "msup": "^"}


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
        self.text, self._pages = text, common.findall("master-styles/master-page")
        own, of_pages = (part.findall("automatic-styles/*") for part in (content, common))
        self._styles, self._page_styles = (Styles(one, common.findall("styles/*")) for one in (own, of_pages))
        self._shown = self._formulas()
        for form in text.iter("forms"):
            self._shown |= {one.get("id", ""): _shown_by(one) for one in form.iter()}

    def _formulas(self) -> dict[str, str]:
        """Return what each formula of the text shows, by its name."""
        shown = {}
        for name in {one.get("href", ""): None for one in self.text.iter("object")}:
            root = self.package.xml(f"{name.removeprefix('./')}/content.xml")
            if root.tag == "math":
                shown[name] = _formula(root)
        return shown

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
        parts = (element for part in self.text if part.tag != "tracked-changes" for element in part.iter())
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


class _OdfStory(Story):
    """Read one part, paragraph by paragraph; its lists can go on from one to the next."""

    SIGNS: ClassVar = {"tab": "\t", "line-break": "\n"}
    NOT_READ: ClassVar = {
        "image": "picture",
        "annotation": "comment",
        **dict.fromkeys(("object-ole", "plugin", "applet"), "embedded"),
    }

    def __init__(self, styles: Styles, remarks: Remarks, shown: Mapping[str, str]) -> None:
        """Take the styles of the part, and what its formulas and the controls of its forms show, by name."""
        super().__init__(remarks)
        self.styles, self._shown = styles, shown
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

    def put(self, text: str | None) -> None:
        """Add characters as they stand in the file, where any number of spaces is one."""
        text = _SPACES.sub(" ", text or "")
        if text := text if self.text and not self.text[-1].endswith(" ") else text.lstrip(" "):
            self.add(text)

    def _spaces(self, element: Element) -> None:
        self.add(" " * min(whole(element.get("c"), 1), _MOST_SPACES))

    def _span(self, element: Element) -> None:
        style = element.get("style-name", "")
        display = self.styles.of_words(style, "display")
        font = self.styles.of_words(style, "font-name") or ""
        self.content_as(element, None if display is None else display == "none", font)

    def _hidden_field(self, element: Element) -> None:
        self.content_as(element, element.get("is-hidden") == "true" or None)

    def _note(self, element: Element) -> None:
        if not self.is_hidden:
            self.notes[element] = element.get("note-class", "footnote")

    def _object(self, element: Element) -> None:
        formula = self._shown.get(element.get("href", ""))
        if formula is None:
            self.remarks.add("embedded")
        else:
            self.add(formula)

    def _prompt(self, element: Element) -> None:
        self.remarks.add("prompt", "".join(element.itertext()))

    def _control(self, element: Element) -> None:
        """Read what was chosen or written in a control, and not what asks for it."""
        if element.get("checkbox") == "true":
            self.add(symbols.BOXES[element.get("checked") == "true"])
        elif element.get("showing-place-holder") == "true":
            self._prompt(element)
        else:
            self.content(element)

    def _form_control(self, element: Element) -> None:
        self.add(self._shown.get(element.get("control", ""), ""))

    def _field_mark(self, element: Element) -> None:
        """Read a box or a choice as Word's forms have them."""
        values: dict[str, list[str]] = {}
        for one in element:
            values.setdefault(one.get("name", ""), []).append(one.get("value", ""))
        kind = element.get("type", "").rpartition(".")[2]
        if kind == "FORMCHECKBOX":
            self.add(symbols.BOXES["true" in values.get("Checkbox_Checked", [])])
        elif kind == "FORMDROPDOWN":
            entries, chosen = values.get("Dropdown_ListEntry", []), values.get("Dropdown_Selected", ["0"])
            self.add(dict(enumerate(entries)).get(whole(chosen[0]), ""))

    HANDLERS: ClassVar[Handlers] = {
        "s": _spaces,
        "span": _span,
        **dict.fromkeys(("hidden-text", "hidden-paragraph"), _hidden_field),
        "note": _note,
        "frame": Story.first_form,
        **dict.fromkeys(_SHAPES, Story.box),
        "object": _object,
        "control": _form_control,
        "placeholder": _prompt,
        "content-control": _control,
        "fieldmark": _field_mark,
        **dict.fromkeys(("number", "ruby-text"), lambda *_: None),
    }


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if part.tag == "table-row":
            yield part
        elif part.tag in _ROWS:
            yield from _rows(part)


def _formula(root: Element) -> str:
    """Return the words and signs of a formula."""
    parts = [(root.text or "").strip(), *(_formula(part) for part in root if not part.tag.startswith("annotation"))]
    return _BETWEEN.get(root.tag, "").join(filter(None, parts))


def _shown_by(element: Element) -> str:
    """Return what a control of a form shows."""
    if element.tag == "checkbox":
        ticked = element.get("current-state", element.get("state")) == "checked"
        return f"{symbols.BOXES[ticked]} {element.get('label', '')}".strip()
    return element.get("current-value") or element.get("value") or ""


read_lines = _OpenDocument.read_lines
