"""What the styles and lists of an OpenDocument text give a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.formats.office.counters import BULLET, DEEPEST, Level, whole
from loaders.formats.office.package import child, children

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading ([1-9])")
_LENGTH = re.compile(r"(-?\d{1,5}(?:\.\d{1,6})?)(in|cm|mm|pt|pc)")
_TWIPS = {"in": 1440.0, "cm": 566.93, "mm": 56.693, "pt": 20.0, "pc": 240.0}
_LONGEST_CHAIN = 20
_KINDS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "1st": "ordinal",
    "01, 02, 03, ...": "decimalZero",
}
OUTLINE = "outline"
"""The list of the headings that number themselves."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is given by its style."""

    name: str
    """The style, or for one that the program made up for this paragraph the one that it is based on."""
    heading: int
    list_style: str
    indent: int | None
    above: int
    below: int
    close: bool
    is_hidden: bool


def twips(length: str | None) -> int:
    """Return a length in twips, 0 for one that is none or relative.

    >>> twips("0.5in"), twips("12pt"), twips("100%")
    (720, 240, 0)
    """
    match = _LENGTH.fullmatch(length or "")
    return round(float(match[1]) * _TWIPS[match[2]]) if match else 0


class Styles:
    """The styles of a part, in the order in which they are looked for: its own, then those of the whole document."""

    def __init__(self, automatic: Element | None, common: Element | None) -> None:
        """Take the styles that the program made up for the part, and those that have names of their own."""
        self._styles: dict[tuple[str, str], Element] = {}
        self.lists: dict[str, Mapping[int, Level]] = {}
        self._made_up = {style.get("style:name", "") for style in children(automatic)}
        for style in (*children(automatic), *children(common)):
            name = style.get("style:name", "")
            if style.tag == "text:list-style":
                self.lists.setdefault(name, _levels(style))
            elif style.tag == "text:outline-style":
                self.lists.setdefault(OUTLINE, _levels(style))
            else:
                kind = "default" if style.tag == "style:default-style" else name
                self._styles.setdefault((style.get("style:family", ""), kind), style)
        self._looks: dict[str, Look] = {}

    def look(self, name: str) -> Look:
        """Return what a style gives a paragraph."""
        if name not in self._looks:
            chain = [*self.chain("paragraph", name)]
            self._looks[name] = Look(
                name=chain[0].get("style:parent-style-name", "") if name in self._made_up and chain else name,
                heading=next((level for level in map(_heading, chain) if level), 0),
                list_style=_first(chain, None, "style:list-style-name") or "",
                indent=twips(left) if (left := _first(chain, _PARAGRAPH, "fo:margin-left")) else None,
                above=twips(_first(chain, _PARAGRAPH, "fo:margin-top")),
                below=twips(_first(chain, _PARAGRAPH, "fo:margin-bottom")),
                close=_first(chain, _PARAGRAPH, "style:contextual-spacing") == "true",
                is_hidden=_first(chain, _TEXT, "text:display") == "none",
            )
        return self._looks[name]

    def hides(self, name: str) -> bool | None:
        """Return whether a style of words hides them, none if it does not speak of that."""
        display = _first(self.chain("text", name), _TEXT, "text:display")
        return None if display is None else display == "none"

    def font(self, name: str) -> str:
        """Return the font of a style of words, empty if it names none."""
        return _first(self.chain("text", name), _TEXT, "style:font-name") or ""

    def first_page(self, family: str, name: str) -> str:
        """Return the page that begins with what has this style, empty if it goes on with the one before."""
        return _first(self.chain(family, name), None, "style:master-page-name") or ""

    def chain(self, family: str, name: str) -> Iterator[Element]:
        """Yield a style, the one that it is based on, and so on to the default."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                break
            yield style
            name = style.get("style:parent-style-name", "")
        default = self._styles.get((family, "default"))
        if default is not None:
            yield default


_PARAGRAPH = "style:paragraph-properties"
_TEXT = "style:text-properties"


def _first(chain: Iterable[Element], properties: str | None, key: str) -> str | None:
    for style in chain:
        found = child(style, properties) if properties else style
        if found is not None and (value := found.get(key)) is not None:
            return value
    return None


def _heading(style: Element) -> int:
    name = style.get("style:display-name", style.get("style:name", "").replace("_20_", " ")).lower()
    match = _HEADING.fullmatch(name)
    return int(match[1]) if match else int(name == "title") or whole(style.get("style:default-outline-level"))


def _levels(style: Element) -> dict[int, Level]:
    levels = {whole(one.get("text:level")) - 1: _level(one) for one in style}
    return {at: level for at, level in levels.items() if 0 <= at <= DEEPEST}


def _level(style: Element) -> Level:
    properties = child(style, "style:list-level-properties")
    label = child(properties, "style:list-level-label-alignment")
    spaces = ("text:space-before", "text:min-label-width")
    indent = sum(twips(properties.get(key)) for key in spaces) if properties is not None else 0
    if label is not None:
        indent = twips(label.get("fo:margin-left"))
    if style.tag == "text:list-level-style-bullet":
        return Level(text=style.get("text:bullet-char", ""), indent=indent)
    if style.tag == "text:list-level-style-image":
        return Level(text=BULLET, indent=indent)
    kind = _KINDS.get(style.get("style:num-format", ""), "decimal")
    return Level(kind, _pattern(style, kind), whole(style.get("text:start-value"), 1), indent=indent)


def _pattern(style: Element, kind: str) -> str:
    """Return what is printed before an item, as "%1.%2."; empty where nothing is counted."""
    pattern = style.get("loext:num-list-format")
    if pattern is not None:
        return re.sub(r"%([1-9])%", r"%\1", pattern)
    level = whole(style.get("text:level"), 1)
    counts = [] if kind == "none" else range(max(1, level - whole(style.get("text:display-levels"), 1) + 1), level + 1)
    return style.get("style:num-prefix", "") + ".".join(f"%{at}" for at in counts) + style.get("style:num-suffix", "")
