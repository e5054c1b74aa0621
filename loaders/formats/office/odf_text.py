"""Read the words of one paragraph of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from loaders.formats.office import symbols
from loaders.formats.office.counters import whole
from loaders.formats.office.story import Handlers, Story

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from loaders.formats.office.odf_styles import Styles
    from loaders.formats.office.remarks import Remarks

_SHAPES = ("text-box", "custom-shape", "rect", "circle", "ellipse", "polygon", "path", "caption", "g")
"""Drawings that can have paragraphs in them."""

_MOST_SPACES = 100
_SPACES = re.compile(r"[ \t\r\n]+")
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}
_BETWEEN = {"mfrac": "/", "msup": "^"}


class OdfText(Story):
    """Read the paragraphs of a part one after the other."""

    NOT_READ: ClassVar = {
        "image": "picture",
        "annotation": "comment",
        **dict.fromkeys(("object-ole", "plugin", "applet"), "embedded"),
    }

    def __init__(self, styles: Styles, remarks: Remarks, shown: Mapping[str, str]) -> None:
        """Take the styles of the part, and what its formulas and the controls of its forms show, by name."""
        super().__init__(remarks)
        self.styles, self._shown, self._after_space = styles, shown, True

    def read(self, paragraph: Element, *, is_hidden: bool) -> tuple[str, list[Element]]:
        """Return the words of a paragraph, and the boxes with text that are anchored in it."""
        self._after_space = True
        return super().read(paragraph, is_hidden=is_hidden)

    def put(self, text: str | None) -> None:
        """Add characters as they stand in the file, where any number of spaces is one."""
        text = _SPACES.sub(" ", text or "")
        text = text.lstrip(" ") if self._after_space else text
        if text:
            self.add(text)
            self._after_space = text.endswith(" ")

    def add(self, text: str) -> None:
        """Add characters as they are shown."""
        self._after_space = False
        super().add(text)

    def _sign(self, element: Element) -> None:
        times = whole(element.get("c"), 1) if element.tag == "s" else 1
        self.add(_SIGNS[element.tag] * min(times, _MOST_SPACES))

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

    def _frame(self, element: Element) -> None:
        """Read the first of several forms of the same."""
        for form in [part for part in element if part.tag in {*self.HANDLERS, *self.NOT_READ}][:1]:
            self.part(form)

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
        **dict.fromkeys(_SIGNS, _sign),
        "span": _span,
        **dict.fromkeys(("hidden-text", "hidden-paragraph"), _hidden_field),
        "note": _note,
        "frame": _frame,
        **dict.fromkeys(_SHAPES, Story.box),
        "object": _object,
        "control": _form_control,
        "placeholder": _prompt,
        "content-control": _control,
        "fieldmark": _field_mark,
        **dict.fromkeys(("number", "ruby-text"), lambda *_: None),
    }


def formula(root: Element) -> str:
    """Return the words and signs of a formula."""
    parts = [(root.text or "").strip(), *(formula(part) for part in root if not part.tag.startswith("annotation"))]
    return _BETWEEN.get(root.tag, "").join(filter(None, parts))


def control(element: Element) -> str:
    """Return what a control of a form shows."""
    if element.tag == "checkbox":
        ticked = element.get("current-state", element.get("state")) == "checked"
        return f"{symbols.BOXES[ticked]} {element.get('label', '')}".strip()
    return element.get("current-value") or element.get("value") or ""
