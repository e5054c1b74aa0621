"""What the styles and the lists of a Word document give a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loaders.formats.office.counters import BULLET, DEEPEST, Counters, Level, whole
from loaders.formats.office.package import child

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading ([1-9])")
_BODY_TEXT = 9
"""Outline levels from here on are no headings."""

_LONGEST_CHAIN = 20
_AUTOMATIC = 280
_OFF = {"0", "false", "off"}
_NO_LIST = "0"


def value(parent: Element | None, tag: str, key: str = "w:val") -> str | None:
    """Return an attribute of the child of that tag, none if there is no such child."""
    found = child(parent, tag)
    return None if found is None else found.get(key, "")


def is_on(parent: Element | None, tag: str) -> bool | None:
    """Return whether a property is switched on, none if it is not spoken of."""
    found = value(parent, tag)
    return None if found is None else found not in _OFF


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is given by its style, or by its own properties over those of its style."""

    heading: int = 0
    list_id: str = ""
    level: int | None = None
    indent: int | None = None
    above: int = 0
    below: int = 0
    close: bool = False
    is_hidden: bool = False

    def over(self, properties: Element | None) -> Look:
        """Return this look with a paragraph's or style's properties over it."""
        if properties is None:
            return self
        spacing, numbering, indent = (properties.find(f"w:{tag}") for tag in ("spacing", "numPr", "ind"))
        look = self
        outline = value(properties, "w:outlineLvl")
        if outline is not None:
            look = replace(look, heading=(whole(outline, _BODY_TEXT) + 1) % (_BODY_TEXT + 1))
        if numbering is not None:
            level, list_id = value(numbering, "w:ilvl"), value(numbering, "w:numId")
            look = replace(
                look,
                list_id=look.list_id if list_id is None else list_id.strip(_NO_LIST) and list_id,
                level=look.level if level is None else min(max(whole(level), 0), DEEPEST),
                indent=None,
            )
        if indent is not None:
            left = indent.get("w:left") or indent.get("w:start")
            look = replace(look, indent=look.indent if left is None else whole(left))
        if spacing is not None:
            above, below = _space(spacing, "before", look.above), _space(spacing, "after", look.below)
            look = replace(look, above=above, below=below)
        close = is_on(properties, "w:contextualSpacing")
        return look if close is None else replace(look, close=close)


def _space(spacing: Element, side: str, inherited: int) -> int:
    if spacing.get(f"w:{side}Autospacing", "0") not in _OFF:
        return _AUTOMATIC
    return whole(spacing.get(f"w:{side}"), inherited)


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of its part of styles; none for a document without."""
        found = [] if root is None else root.findall("w:style")
        self._styles = {style.get("w:styleId", ""): style for style in found}
        self._default = next(
            (
                style.get("w:styleId", "")
                for style in found
                if style.get("w:type") == "paragraph" and style.get("w:default", "0") not in _OFF
            ),
            "",
        )
        self._plain = Look().over(child(root, "w:docDefaults", "w:pPrDefault", "w:pPr"))
        self._looks: dict[str, Look] = {}
        self._hides: dict[str, bool | None] = {}

    def look(self, style: str | None) -> Look:
        """Return what a style gives a paragraph; the default style where none is named or known."""
        name = style if style in self._styles else self._default
        if name not in self._looks:
            look = self._plain
            for one in reversed([*self._chain(name)]):
                look = _named_heading(look, one).over(one.find("w:pPr"))
            self._looks[name] = replace(look, is_hidden=bool(self.hides(name)))
        return self._looks[name]

    def hides(self, style: str | None) -> bool | None:
        """Return whether a style hides text, none if it does not speak of that."""
        if style is None:
            return None
        if style not in self._hides:
            found = (is_on(one.find("w:rPr"), "w:vanish") for one in self._chain(style))
            self._hides[style] = next((hidden for hidden in found if hidden is not None), None)
        return self._hides[style]

    def list_of(self, style: str | None) -> str:
        """Return the list that a style of lists stands for, empty if there is none."""
        return value(child(self._styles.get(style or ""), "w:pPr", "w:numPr"), "w:numId") or ""

    def _chain(self, name: str) -> Iterator[Element]:
        """Yield a style, the one that it is based on, and so on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "w:basedOn") or ""


def _named_heading(look: Look, style: Element) -> Look:
    name = (value(style, "w:name") or "").lower()
    match = _HEADING.fullmatch(name)
    return replace(look, heading=int(match[1]) if match else 1) if match or name == "title" else look


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document: what stands before each item, counted in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the root of its part of numbering; none for a document without."""
        self._styles = styles
        self._abstract = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self._numbers = _by_id(root, "w:num", "w:numId")
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, Counters] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, look: Look, style: str | None) -> tuple[int, Level | None]:
        """Return the level that a paragraph stands on, from 0, and how that level is marked; none outside lists."""
        one = self._list(look.list_id) if look.list_id else None
        if one is None:
            return 0, None
        at = look.level
        if at is None:
            at = next((at for at, level in one.levels.items() if style and level.style == style), 0)
        return at, one.levels.get(at)

    def mark(self, list_id: str, at: int) -> str:
        """Count an item and return what stands before it."""
        one = self._list(list_id)
        if one is None:
            return ""
        counters = self._counters.setdefault(one.abstract, Counters())
        if at in one.starts and (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            counters.begin(at, one.starts[at])
        return counters.mark(one.levels, at)

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        return self._lists[list_id]

    def _read(self, list_id: str) -> _List | None:
        number = self._numbers.get(list_id)
        name = value(number, "w:abstractNumId") or ""
        abstract = self._abstract.get(name)
        if linked := value(abstract, "w:numStyleLink"):
            name = value(self._numbers.get(self._styles.list_of(linked)), "w:abstractNumId") or ""
            abstract = self._abstract.get(name)
        if number is None or abstract is None:
            return None
        levels = _levels(abstract)
        starts = {}
        for override in number.findall("w:lvlOverride"):
            at = whole(override.get("w:ilvl"))
            levels |= _levels(override)
            start = value(override, "w:startOverride")
            if start is not None:
                starts[at] = whole(start, 1)
        return _List(name, levels, starts)


def _by_id(root: Element | None, tag: str, key: str) -> dict[str, Element]:
    return {} if root is None else {one.get(key, ""): one for one in root.findall(tag)}


def _levels(parent: Element) -> dict[int, Level]:
    levels = {whole(one.get("w:ilvl")): _level(one) for one in parent.findall("w:lvl")}
    return {at: level for at, level in levels.items() if 0 <= at <= DEEPEST}


def _level(element: Element) -> Level:
    restarts = value(element, "w:lvlRestart")
    kind = value(element, "w:numFmt") or "decimal"
    look = Look().over(element.find("w:pPr"))
    return Level(
        kind=kind,
        text=BULLET if element.find("w:lvlPicBulletId") is not None else value(element, "w:lvlText") or "",
        start=whole(value(element, "w:start"), 0),
        restarts_after=None if restarts is None else whole(restarts),
        in_digits=bool(is_on(element, "w:isLgl")),
        indent=look.indent or 0,
        style=value(element, "w:pStyle") or "",
    )
