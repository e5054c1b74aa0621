"""Read a Word document: its paragraphs, lists and tables as a page shows them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar
from xml.etree.ElementTree import Element

from loaders.formats.office import symbols
from loaders.formats.office.blocks import Block, Look, Paragraph, Table
from loaders.formats.office.counters import whole
from loaders.formats.office.package import NOTHING, Package, value
from loaders.formats.office.story import Document, Handlers, Story
from loaders.formats.office.word_styles import OFF, Lists, Styles, is_on

_EMBEDDED = {"altChunk", "subDoc"}
_REMOVED = {"del", "moveFrom"}
_SPACE = str.maketrans({"\n": " ", "\r": " "})


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
        text = package.xml(main).find("body")
        if text is None:
            raise package.refusal("a Word document without its text")
        self.text = text
        for _ in self._xml("comments"):
            self.remarks.add("comment")
        self.notes = cache(self._notes)

    def _xml(self, kind: str) -> Element:
        return self.package.xml(self._parts.get(kind, ""))

    def _notes(self, kind: str) -> dict[str, Element]:
        return {one.get("id", ""): one for one in self._xml(f"{kind}s")}

    def story(self, part: Element, *, is_page: bool = False) -> _WordStory:  # noqa: ARG002
        return _WordStory(part, self)

    def headers(self) -> Iterator[tuple[str, Element, bool]]:
        done: set[str] = set()
        for number, section in enumerate(self.text.iter("sectPr")):
            for reference in section:
                kind = reference.tag.removesuffix("Reference")
                _, name = self._relations.get(reference.get("id", ""), ("", ""))
                is_first = reference.get("type") == "first"
                is_shown = not is_first or is_on(section, "titlePg")
                if kind in {"header", "footer"} and name and name not in done and is_shown:
                    done.add(name)
                    yield kind, self.package.xml(name), is_first and not number


@dataclass(slots=True)
class _Field:
    """A field whose result may not have begun yet: what stands before that is its instruction."""

    element: Element
    instruction: str = ""
    has_result: bool = False


class _WordStory(Story):
    """Read one part, paragraph by paragraph: a field can begin in one and end in another."""

    SIGNS: ClassVar = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "den": "/", "sup": "^"}
    NOT_READ: ClassVar = {
        **dict.fromkeys(("blip", "imagedata"), "picture"),
        **dict.fromkeys(("chart", "relIds"), "diagram"),
        "OLEObject": "embedded",
        "del": "deletion",
        "moveFrom": "move",
    }

    def __init__(self, root: Element, document: _WordDocument) -> None:
        super().__init__(document.remarks)
        self._document = document
        self._fields: list[_Field] = []
        self._paired = _paired(root)

    def blocks(self, parent: Element) -> Iterator[Block]:
        carried = ""
        for element in self._within(parent, "p", "tbl"):
            if element.tag == "tbl":
                yield Table([*self._cells(element)])
            elif element.tag == "p":
                look = self._document.styles.look(element)
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
            is_control = part.tag == "sdt" and _is_prompt(part)
            if is_control:
                self.remarks.add("prompt", _shown(part))
            if is_control or part.tag in tags:
                yield part
            elif part.tag in _EMBEDDED:
                self.remarks.add("embedded")
            elif len(part) and part.tag not in _REMOVED and not part.tag.endswith("Pr"):
                yield from self._within(part[:1] if part.tag == "AlternateContent" else part, *tags)

    def put(self, text: str | None) -> None:
        """Leave out what stands between the elements: it is the layout of the file."""

    def add(self, text: str) -> None:
        """Add characters as they are shown, if they are no instruction of a field."""
        if all(one.has_result for one in self._fields):
            super().add(text)

    def _run(self, run: Element) -> None:
        start, font = len(self.text), value(run, "rPr/rFonts", "ascii") or ""
        self.content_as(run, self._document.styles.hides(run), font)
        if any(part.get("customMarkFollows", "0") not in OFF for part in run):
            del self.text[start:]

    def _text(self, element: Element) -> None:
        text = element.text or ""
        self.add((text if element.get("space") == "preserve" else text.strip(" \t\r\n")).translate(_SPACE))

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get("char", ""), 16)
            sign = chr(code) if chr(code).isprintable() else chr(0xF000 | code & 0xFF)
        except (ValueError, OverflowError):
            sign = "\ufffd"
        self.add(symbols.as_unicode(sign, element.get("font", "")))

    def _note(self, element: Element) -> None:
        kind = element.tag.removesuffix("Reference")
        note = self._document.notes(kind).get(element.get("id", ""))
        if note is not None and not self.is_hidden:
            self.notes[note] = kind

    def _insertion(self, element: Element) -> None:
        self.remarks.add("insertion")
        self.content(element)

    def _control(self, element: Element) -> None:
        """Read what was chosen or written in a control of a form, and not what asks for it."""
        if element.find("sdtPr/checkbox") is not None:
            self.add(symbols.BOXES[value(element, "sdtPr/checkbox/checked") in {"1", "true", "on"}])
        elif _is_prompt(element):
            self.remarks.add("prompt", _shown(element))
        else:
            self.content(element)

    def _field_mark(self, element: Element) -> None:
        kind = element.get("fldCharType")
        if element not in self._paired:
            return
        if kind == "begin":
            self._fields.append(_Field(element))
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._end(self._fields.pop())

    def _end(self, ended: _Field) -> None:
        name, _, rest = ended.instruction.strip().partition(" ")
        if name == "FORMCHECKBOX":
            states = (is_on(ended.element, f"ffData/checkBox/{kind}") for kind in ("checked", "default"))
            self.add(symbols.BOXES[next((state for state in states if state is not None), False)])
        elif name == "FORMDROPDOWN":
            entries = [one.get("val", "") for one in ended.element.iter("listEntry")]
            chosen = [value(ended.element, f"ffData/ddList/{kind}") for kind in ("result", "default")]
            self.add(dict(enumerate(entries)).get(whole(chosen[0] or chosen[1]), ""))
        elif name == "MACROBUTTON":
            self.remarks.add("prompt", rest.partition(" ")[2])

    def _instruction(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    HANDLERS: ClassVar[Handlers] = {
        "r": _run,
        "t": _text,
        "sym": _symbol,
        "fldChar": _field_mark,
        "instrText": _instruction,
        **dict.fromkeys(("footnoteReference", "endnoteReference"), _note),
        "ins": _insertion,
        "sdt": _control,
        "AlternateContent": Story.first_form,
        **dict.fromkeys(("Choice", "Fallback"), Story.content),
        "txbxContent": Story.box,
        "textpath": lambda story, one: story.add(one.get("string", "")),
        "rt": lambda *_: None,
    }


def _goes_on(paragraph: Element, look: Look) -> bool:
    """Return whether a paragraph has no end of its own: that was removed or hidden, or it is a large first letter."""
    if value(paragraph, "pPr/framePr", "dropCap") not in {None, "", "none"}:
        return True
    hidden = is_on(paragraph, "pPr/rPr/vanish")
    is_removed = any(paragraph.find(f"pPr/rPr/{tag}") is not None for tag in _REMOVED)
    return is_removed or (look.is_hidden if hidden is None else hidden)


def _paired(root: Element) -> set[Element]:
    """Return the marks of those fields that begin and end: what stands in any other would never be shown."""
    begun: list[list[Element]] = []
    paired: set[Element] = set()
    rest = [root]
    while rest:
        one = rest.pop()
        kind = one.get("fldCharType")
        if kind == "begin":
            begun.append([one])
        elif kind and begun:
            begun[-1].append(one)
            paired.update(begun.pop() if kind == "end" else ())
        if one.tag not in {*_REMOVED, "Fallback"}:
            rest += reversed(one)
    return paired


def _is_prompt(control: Element) -> bool:
    """Return whether a control of a form shows what it asks for, not an answer."""
    return bool(is_on(control, "sdtPr/showingPlcHdr"))


def _shown(element: Element) -> str:
    """Return the words of an element, without what was struck out."""
    return "".join(text.text or "" for text in element.iter("t"))


read_lines = _WordDocument.read_lines
