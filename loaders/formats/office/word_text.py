"""Read the words of one paragraph of a Word document, as a page shows them when all changes are accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from loaders.formats.office import symbols
from loaders.formats.office.counters import whole
from loaders.formats.office.package import child, children
from loaders.formats.office.word_styles import Styles, is_on, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.remarks import Remarks

_SPACE = str.maketrans({"\n": " ", "\r": " "})


_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_NOT_READ = {
    "a:blip": "picture",
    "v:imagedata": "picture",
    "c:chart": "diagram",
    "dgm:relIds": "diagram",
    "o:OLEObject": "embedded",
}
_LEFT_OUT = {"w:del", "w:moveFrom", "mc:Fallback"}


@dataclass(slots=True)
class _Field:
    """A field whose result may not have begun yet: what stands before that is its instruction."""

    element: Element
    instruction: list[str] = field(default_factory=list)
    has_result: bool = False


@dataclass(slots=True)
class Words:
    """What stands in a paragraph: its text, the boxes with text that are anchored in it, the notes it refers to."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class WordReader:
    """Read the paragraphs of a part one after the other: a field can begin in one and end in another."""

    def __init__(self, root: Element, styles: Styles, remarks: Remarks) -> None:
        """Take the root of the part; a field that never ends is none."""
        self._styles, self._remarks = styles, remarks
        self._fields: list[_Field] = []
        self._paired = _paired(root)
        self._words = Words()
        self._is_hidden = False
        self._font = ""

    def read(self, paragraph: Element, *, is_hidden: bool) -> Words:
        """Return the words of a paragraph; `is_hidden` says whether its style hides them."""
        self._words = Words()
        self._is_hidden, self._font = is_hidden, ""
        self._children(paragraph)
        return self._words

    def _children(self, element: Element) -> None:
        for part in element:
            handler = self._HANDLERS.get(part.tag)
            if handler is not None:
                handler(self, part)
            elif len(part) and not part.tag.endswith("Pr"):
                self._children(part)

    def _put(self, text: str) -> None:
        if not text or any(not one.has_result for one in self._fields):
            return
        if self._is_hidden:
            if text.strip():
                self._remarks.add("hidden")
            return
        text = symbols.plain(text, self._font)
        if symbols.private(text):
            self._remarks.add("sign", symbols.private(text))
        self._words.text.append(text)

    def _run(self, run: Element) -> None:
        properties, outer = run.find("w:rPr"), self._is_hidden
        self._font = ""
        if properties is not None:
            hidden = is_on(properties, "w:vanish")
            if hidden is None:
                hidden = self._styles.hides(value(properties, "w:rStyle"))
            self._is_hidden = outer if hidden is None else hidden
            self._font = value(properties, "w:rFonts", "w:ascii") or ""
        if _has_own_mark(run):
            self._note_references(run)
        else:
            self._children(run)
        self._is_hidden, self._font = outer, ""

    def _note_references(self, run: Element) -> None:
        for part in run:
            if part.tag in _NOTES:
                self._note(part)

    def _text(self, element: Element) -> None:
        text = element.text or ""
        self._put((text if element.get("xml:space") == "preserve" else text.strip(" \t\r\n")).translate(_SPACE))

    def _symbol(self, element: Element) -> None:
        code, font = element.get("w:char", ""), element.get("w:font", "")
        try:
            self._put(symbols.character(int(code, 16), font))
        except ValueError:
            self._put("\ufffd")

    def _note(self, element: Element) -> None:
        if not self._is_hidden:
            self._words.notes.append((_NOTES[element.tag], element.get("w:id", "")))

    def _change(self, element: Element) -> None:
        if element.tag in {"w:ins", "w:moveTo"}:
            if element.tag == "w:ins":
                self._remarks.add("insertion")
            self._children(element)
        else:
            self._remarks.add("deletion" if element.tag == "w:del" else "move")

    def _alternatives(self, element: Element) -> None:
        """Read the first of several forms of the same."""
        choice = element.find("mc:Choice")
        if choice is None:
            choice = element.find("mc:Fallback")
        if choice is not None:
            self._children(choice)

    def _box(self, element: Element) -> None:
        if not self._is_hidden:
            self._words.boxes.append(element)

    def _word_art(self, element: Element) -> None:
        self._put(element.get("string", ""))

    def _control(self, element: Element) -> None:
        """Read what was chosen or written in a control of a form, and not what asks for it."""
        properties, content = element.find("w:sdtPr"), element.find("w:sdtContent")
        box = child(properties, "w14:checkbox")
        if box is not None:
            self._put(symbols.BOXES[value(box, "w14:checked", "w14:val") in {"1", "true", "on"}])
        elif content is not None and is_prompt(element):
            self._remarks.add("prompt", shown(content))
        elif content is not None:
            self._children(content)

    def _field_mark(self, element: Element) -> None:
        kind = element.get("w:fldCharType")
        if id(element) not in self._paired:
            return
        if kind == "begin":
            self._fields.append(_Field(element))
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._end(self._fields.pop())

    def _end(self, ended: _Field) -> None:
        name, _, rest = "".join(ended.instruction).strip().partition(" ")
        if name == "FORMCHECKBOX":
            box = child(ended.element, "w:ffData", "w:checkBox")
            ticked = is_on(box, "w:checked")
            self._put(symbols.BOXES[bool(is_on(box, "w:default") if ticked is None else ticked)])
        elif name == "FORMDROPDOWN":
            choices = child(ended.element, "w:ffData", "w:ddList")
            entries = [one.get("w:val", "") for one in children(choices) if one.tag == "w:listEntry"]
            at = whole(value(choices, "w:result") or value(choices, "w:default"))
            self._put(entries[at] if 0 <= at < len(entries) else "")
        elif name == "MACROBUTTON":
            self._remarks.add("prompt", rest.partition(" ")[2])

    def _instruction(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].instruction.append(element.text or "")

    def _fraction(self, element: Element) -> None:
        for part, sign in (("m:num", ""), ("m:den", "/")):
            self._put(sign)
            self._children_of(element.find(part))

    def _raised(self, element: Element) -> None:
        self._children_of(element.find("m:e"))
        self._put("^")
        self._children_of(element.find("m:sup"))

    def _children_of(self, element: Element | None) -> None:
        if element is not None:
            self._children(element)

    def _sign(self, element: Element) -> None:
        self._put(_SIGNS[element.tag])

    def _not_read(self, element: Element) -> None:
        self._remarks.add(_NOT_READ[element.tag])

    _HANDLERS: ClassVar[dict[str, Callable[[WordReader, Element], None]]] = {
        "w:r": _run,
        **dict.fromkeys(("w:t", "m:t"), _text),
        **dict.fromkeys(_SIGNS, _sign),
        "w:sym": _symbol,
        "w:fldChar": _field_mark,
        "w:instrText": _instruction,
        **dict.fromkeys(_NOTES, _note),
        **dict.fromkeys(("w:ins", "w:moveTo", "w:del", "w:moveFrom"), _change),
        "w:sdt": _control,
        "mc:AlternateContent": _alternatives,
        "w:txbxContent": _box,
        "v:textpath": _word_art,
        **dict.fromkeys(_NOT_READ, _not_read),
        "m:f": _fraction,
        "m:sSup": _raised,
        "w:rt": lambda *_: None,
    }
    """What is read of an element; of any other, what stands in it."""


def _has_own_mark(run: Element) -> bool:
    """Return whether a run holds the mark of a note that its author chose, such as an asterisk."""
    return any(part.tag in _NOTES and part.get("w:customMarkFollows", "0") not in {"0", "false"} for part in run)


def _paired(root: Element) -> set[int]:
    """Return the marks of those fields that begin and end: what stands in any other would never be shown."""
    begun: list[list[int]] = []
    paired: set[int] = set()
    rest = [root]
    while rest:
        element = rest.pop()
        kind = element.get("w:fldCharType") if element.tag == "w:fldChar" else None
        if kind == "begin":
            begun.append([id(element)])
        elif kind and begun:
            begun[-1].append(id(element))
            paired.update(begun.pop() if kind == "end" else ())
        if element.tag not in _LEFT_OUT:
            rest.extend(reversed(element))
    return paired


def is_prompt(control: Element) -> bool:
    """Return whether a control of a form shows what it asks for, not an answer."""
    return bool(is_on(control.find("w:sdtPr"), "w:showingPlcHdr"))


def shown(element: Element) -> str:
    """Return the words of an element, without what was struck out."""
    return " ".join("".join(text.text or "" for text in element.iter("w:t")).split())
