"""Read the words of one paragraph of an OpenDocument text, as a page shows them when all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from loaders.formats.office import symbols
from loaders.formats.office.counters import whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.odf_styles import Styles
    from loaders.formats.office.remarks import Remarks

_SHAPES = ("text-box", "custom-shape", "rect", "circle", "ellipse", "polygon", "path", "caption")
SHAPES = {f"draw:{name}" for name in _SHAPES}
"""Drawings that can have paragraphs in them."""

_MOST_SPACES = 100
_SPACES = re.compile(r"[ \t\r\n]+")
_SIGNS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_SILENT = {"text:number", "text:ruby-text", "svg:title", "svg:desc"}
_BETWEEN: Mapping[str, str] = {"math:mfrac": "/", "math:msup": "^"}
_NOT_READ = {
    "draw:image": "picture",
    "draw:object-ole": "embedded",
    "draw:plugin": "embedded",
    "draw:applet": "embedded",
    "office:annotation": "comment",
}


@dataclass(slots=True)
class Words:
    """What stands in a paragraph: its text, the boxes with text that are anchored in it, the notes it has."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)


class OdfReader:
    """Read the paragraphs of a part one after the other."""

    def __init__(self, styles: Styles, remarks: Remarks, shown: Mapping[str, str]) -> None:
        """Take the styles of the part, and what its formulas and the controls of its forms show, by name."""
        self._styles, self._remarks, self._shown = styles, remarks, shown
        self._words = Words()
        self._is_hidden, self._font, self._after_space = False, "", True

    def read(self, paragraph: Element, *, is_hidden: bool) -> Words:
        """Return the words of a paragraph; `is_hidden` says whether its style hides them."""
        self._words = Words()
        self._is_hidden, self._font, self._after_space = is_hidden, "", True
        self._content(paragraph)
        return self._words

    def _content(self, element: Element) -> None:
        self._put(element.text)
        for part in element:
            handler = self._HANDLERS.get(part.tag, OdfReader._content)
            handler(self, part)
            self._put(part.tail)

    def _put(self, text: str | None) -> None:
        """Add characters as they stand in the file, where any number of spaces is one."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._after_space:
            text = text.lstrip(" ")
        if text:
            self._add(text)
            self._after_space = text.endswith(" ")

    def _add(self, text: str) -> None:
        """Add characters as they are shown."""
        self._after_space = False
        if self._is_hidden:
            if text.strip():
                self._remarks.add("hidden")
            return
        text = symbols.plain(text, self._font)
        if symbols.private(text):
            self._remarks.add("sign", symbols.private(text))
        self._words.text.append(text)

    def _sign(self, element: Element) -> None:
        times = whole(element.get("text:c"), 1) if element.tag == "text:s" else 1
        self._add(_SIGNS[element.tag] * min(max(times, 0), _MOST_SPACES))

    def _span(self, element: Element) -> None:
        outer, name = (self._is_hidden, self._font), element.get("text:style-name", "")
        hidden = self._styles.hides(name)
        self._is_hidden = outer[0] if hidden is None else hidden
        self._font = self._styles.font(name) or outer[1]
        self._content(element)
        self._is_hidden, self._font = outer

    def _hidden_field(self, element: Element) -> None:
        outer = self._is_hidden
        self._is_hidden = outer or element.get("text:is-hidden") == "true"
        self._content(element)
        self._is_hidden = outer

    def _note(self, element: Element) -> None:
        if not self._is_hidden:
            self._words.notes.append(element)

    def _box(self, element: Element) -> None:
        if not self._is_hidden:
            self._words.boxes.append(element)

    def _frame(self, element: Element) -> None:
        """Read the first of several forms of the same."""
        for part in element:
            if part.tag in self._HANDLERS and part.tag not in _SILENT:
                self._HANDLERS[part.tag](self, part)
                return

    def _object(self, element: Element) -> None:
        formula = self._shown.get(element.get("xlink:href", ""))
        if formula is None:
            self._remarks.add("embedded")
        else:
            self._add(formula)

    def _not_read(self, element: Element) -> None:
        self._remarks.add(_NOT_READ[element.tag])

    def _prompt(self, element: Element) -> None:
        self._remarks.add("prompt", "".join(element.itertext()))

    def _control(self, element: Element) -> None:
        """Read what was chosen or written in a control, and not what asks for it."""
        if element.get("loext:checkbox") == "true":
            self._add(symbols.BOXES[element.get("loext:checked") == "true"])
        elif element.get("loext:showing-place-holder") == "true":
            self._prompt(element)
        else:
            self._content(element)

    def _form_control(self, element: Element) -> None:
        self._add(self._shown.get(element.get("draw:control", ""), ""))

    def _field_mark(self, element: Element) -> None:
        """Read a box or a choice as Word's forms have them."""
        values: dict[str, list[str]] = {}
        for one in element:
            values.setdefault(one.get("field:name", ""), []).append(one.get("field:value", ""))
        kind = element.get("field:type", "").rpartition(".")[2]
        if kind == "FORMCHECKBOX":
            self._add(symbols.BOXES["true" in values.get("Checkbox_Checked", [])])
        elif kind == "FORMDROPDOWN":
            entries, chosen = values.get("Dropdown_ListEntry", []), values.get("Dropdown_Selected", ["0"])
            self._add("".join(entries[whole(chosen[0]) :][:1]))

    def _silence(self, element: Element) -> None:
        """Leave out what is not printed where it stands."""

    _HANDLERS: ClassVar[dict[str, Callable[[OdfReader, Element], None]]] = {
        **dict.fromkeys(_SIGNS, _sign),
        "text:span": _span,
        **dict.fromkeys(("text:hidden-text", "text:hidden-paragraph"), _hidden_field),
        "text:note": _note,
        "draw:frame": _frame,
        **dict.fromkeys(SHAPES, _box),
        "draw:object": _object,
        "draw:control": _form_control,
        **dict.fromkeys(_NOT_READ, _not_read),
        "text:placeholder": _prompt,
        "loext:content-control": _control,
        "field:fieldmark": _field_mark,
        **dict.fromkeys(_SILENT, _silence),
    }
    """What is read of an element; of any other, what stands in it."""


def formula(root: Element) -> str:
    """Return the words and signs of a formula."""
    if root.tag in {"math:annotation", "math:annotation-xml"}:
        return ""
    parts = [(root.text or "").strip(), *map(formula, root)]
    return _BETWEEN.get(root.tag, "").join(part for part in parts if part)


def control(element: Element) -> str:
    """Return what a control of a form shows."""
    if element.tag == "form:checkbox":
        ticked = element.get("form:current-state", element.get("form:state")) == "checked"
        return f"{symbols.BOXES[ticked]} {element.get('form:label', '')}".strip()
    return element.get("form:current-value") or element.get("form:value") or ""
