"""Read the words of one paragraph of a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from loaders.formats.office import symbols
from loaders.formats.office.counters import whole
from loaders.formats.office.package import value
from loaders.formats.office.story import Handlers, Story
from loaders.formats.office.word_styles import OFF, is_on

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.remarks import Remarks
    from loaders.formats.office.word_styles import Styles

_SPACE = str.maketrans({"\n": " ", "\r": " "})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_RAISED = {"den": "/", "sup": "^"}
"""What stands before a part of a formula."""


@dataclass(slots=True)
class _Field:
    """A field whose result may not have begun yet: what stands before that is its instruction."""

    element: Element
    instruction: str = ""
    has_result: bool = False


class WordText(Story):
    """Read the paragraphs of a part one after the other: a field can begin in one and end in another."""

    NOT_READ: ClassVar = {
        **dict.fromkeys(("blip", "imagedata"), "picture"),
        **dict.fromkeys(("chart", "relIds"), "diagram"),
        "OLEObject": "embedded",
        "del": "deletion",
        "moveFrom": "move",
    }

    def __init__(self, root: Element, styles: Styles, remarks: Remarks) -> None:
        """Take the root of the part; a field that never ends is none."""
        super().__init__(remarks)
        self.styles = styles
        self._fields: list[_Field] = []
        self._paired = _paired(root)

    def note(self, kind: str, number: str) -> None:
        """Let a note be read after the text."""

    def put(self, text: str | None) -> None:
        """Leave out what stands between the elements: it is the layout of the file."""

    def add(self, text: str) -> None:
        """Add characters as they are shown, if they are no instruction of a field."""
        if all(one.has_result for one in self._fields):
            super().add(text)

    def _run(self, run: Element) -> None:
        properties, hidden, font, start = run.find("rPr"), None, "", len(self.text)
        if properties is not None:
            hidden = is_on(properties, "vanish")
            hidden = self.styles.hides(value(properties, "rStyle")) if hidden is None else hidden
            font = value(properties, "rFonts", "ascii") or ""
        self.content_as(run, hidden, font)
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
        self.add(symbols.plain(sign, element.get("font", "")))

    def _note(self, element: Element) -> None:
        if not self.is_hidden:
            self.note(element.tag.removesuffix("Reference"), element.get("id", ""))

    def _insertion(self, element: Element) -> None:
        self.remarks.add("insertion")
        self.content(element)

    def _alternatives(self, element: Element) -> None:
        """Read the first of several forms of the same."""
        for form in element[:1]:
            self.content(form)

    def _control(self, element: Element) -> None:
        """Read what was chosen or written in a control of a form, and not what asks for it."""
        if element.find("sdtPr/checkbox") is not None:
            self.add(symbols.BOXES[value(element, "sdtPr/checkbox/checked") in {"1", "true", "on"}])
        elif is_prompt(element):
            self.remarks.add("prompt", shown(element))
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

    def _raised(self, element: Element) -> None:
        self.add(_RAISED[element.tag])
        self.content(element)

    def _sign(self, element: Element) -> None:
        self.add(_SIGNS[element.tag])

    HANDLERS: ClassVar[Handlers] = {
        "r": _run,
        "t": _text,
        **dict.fromkeys(_SIGNS, _sign),
        "sym": _symbol,
        "fldChar": _field_mark,
        "instrText": _instruction,
        **dict.fromkeys(("footnoteReference", "endnoteReference"), _note),
        "ins": _insertion,
        "sdt": _control,
        "AlternateContent": _alternatives,
        "txbxContent": Story.box,
        "textpath": lambda story, one: story.add(one.get("string", "")),
        **dict.fromkeys(_RAISED, _raised),
        "rt": lambda *_: None,
    }


def _paired(root: Element) -> set[Element]:
    """Return the marks of those fields that begin and end: what stands in any other would never be shown."""
    begun: list[list[Element]] = []
    paired: set[Element] = set()
    for mark in root.iter("fldChar"):
        kind = mark.get("fldCharType")
        if kind == "begin":
            begun.append([mark])
        elif begun:
            begun[-1].append(mark)
            paired.update(begun.pop() if kind == "end" else ())
    return paired


def is_prompt(control: Element) -> bool:
    """Return whether a control of a form shows what it asks for, not an answer."""
    return bool(is_on(control, "sdtPr/showingPlcHdr"))


def shown(element: Element) -> str:
    """Return the words of an element, without what was struck out."""
    return "".join(text.text or "" for text in element.iter("t"))
