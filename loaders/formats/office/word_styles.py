"""What the styles and the lists of a Word document give a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from loaders.formats.office.blocks import Look, Paragraph, heading_of
from loaders.formats.office.counters import BULLET, DEEPEST, Counters, Level, whole
from loaders.formats.office.package import NOTHING, first, value

_BODY_TEXT = 9
"""Outline levels from here on are no headings."""

_LONGEST_CHAIN = 20
_MOST_LOOKS = 1000
"""Looks of paragraphs that are kept: documents have few."""

OFF = {"0", "false", "off"}


def is_on(parent: Element, path: str) -> bool | None:
    """Return whether a property is switched on, none if it is not spoken of."""
    found = value(parent, path)
    return None if found is None else found not in OFF


def _first_on(chain: Iterable[Element], path: str) -> bool | None:
    return next((found for one in chain if (found := is_on(one, path)) is not None), None)


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element) -> None:
        """Take the root of its part of styles."""
        self._styles = {style.get("styleId", ""): style for style in root.findall("style")}
        self._default = ""
        for name, style in reversed(self._styles.items()):
            if style.get("type") == "paragraph" and style.get("default", "0") not in OFF:
                self._default = name
        self._plain = root.findall("docDefaults/pPrDefault")
        self._looks: dict[bytes, Look] = {}
        self._usual = self._look("", [*self._chain(self._default), *self._plain])

    def look(self, paragraph: Element) -> Look:
        """Return what its properties and its style give a paragraph; the default style where none is named or known."""
        own = paragraph.find("pPr")
        if own is None:
            return self._usual
        written = tostring(own)
        if (look := self._looks.get(written)) is None:
            style = value(own, "pStyle") or ""
            chain = self._chain(style if style in self._styles else self._default)
            look = self._look(style, [paragraph, *chain, *self._plain])
            if len(self._looks) < _MOST_LOOKS:
                self._looks[written] = look
        return look

    def hides(self, run: Element) -> bool | None:
        """Return whether words are hidden by their properties or style, none if these do not speak of that."""
        return _first_on([run, *self._chain(value(run, "rPr/rStyle"))], "rPr/vanish")

    def list_of(self, style: str) -> str:
        """Return the list that a style of lists stands for, empty if there is none."""
        return first(self._chain(style), "pPr/numPr/numId") or ""

    def _chain(self, name: str | None) -> Iterator[Element]:
        """Yield a style, the one that it is based on, and so on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    @staticmethod
    def _look(style: str, chain: list[Element]) -> Look:
        properties = [found for one in chain for found in one.findall("pPr")]
        level = first(properties, "numPr/ilvl")
        headings = (found for one in chain if (found := _heading(one)) is not None)
        return Look(
            style,
            heading=next(headings, 0),
            list_id=(first(properties, "numPr/numId") or "").lstrip("0"),
            level=None if level is None else min(max(whole(level), 0), DEEPEST),
            indent=_indent(properties),
            above=whole(first(properties, "spacing", "before")),
            below=whole(first(properties, "spacing", "after")),
            is_close=bool(_first_on(properties, "contextualSpacing")),
            is_hidden=bool(_first_on(chain, "rPr/vanish")),
        )


def _heading(style: Element) -> int | None:
    """Return the level of a heading, 0 for what says that it is none, nothing for what does not speak of that."""
    outline, name = value(style, "pPr/outlineLvl"), value(style, "name") or ""
    if outline is not None:
        return (whole(outline, _BODY_TEXT) + 1) % (_BODY_TEXT + 1)
    return heading_of(name) or None


def _indent(properties: list[Element]) -> int | None:
    """Return the twips from the margin, none where they are those of the list."""
    numbered = next((at for at, one in enumerate(properties) if one.find("numPr") is not None), len(properties))
    own = properties[: numbered + 1]
    left = first(own, "ind", "left") or first(own, "ind", "start")
    return None if left is None else whole(left)


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document: what stands before each item, counted in the order of the text."""

    def __init__(self, root: Element, styles: Styles) -> None:
        """Take the root of its part of numbering."""
        self._styles = styles
        self._abstract = {one.get("abstractNumId", ""): one for one in root.findall("abstractNum")}
        self._numbers = {one.get("numId", ""): one for one in root.findall("num")}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counters] = {}

    def number(self, paragraph: Paragraph) -> None:
        """Count an item, and give it its mark and level."""
        look = paragraph.look
        one = self._lists.get(look.list_id) or self._read(look.list_id)
        named = (at for at, level in one.levels.items() if look.style and level.style == look.style)
        at = next(named, 0) if look.level is None else look.level
        counters = self._counters.setdefault(one.abstract, Counters())
        if at in one.starts:
            counters.begin(at, one.starts.pop(at))
        counters.number(paragraph, one.levels, at)

    def _read(self, list_id: str) -> _List:
        number = self._numbers.get(list_id, NOTHING)
        name = value(number, "abstractNumId") or ""
        if linked := value(self._abstract.get(name, NOTHING), "numStyleLink"):
            name = value(self._numbers.get(self._styles.list_of(linked), NOTHING), "abstractNumId") or ""
        levels, starts = _levels(self._abstract.get(name, NOTHING)), {}
        for override in number.findall("lvlOverride"):
            levels |= _levels(override)
            if (start := value(override, "startOverride")) is not None:
                starts[whole(override.get("ilvl"))] = whole(start, 1)
        self._lists[list_id] = _List(name, levels, starts)
        return self._lists[list_id]


def _levels(parent: Element) -> dict[int, Level]:
    levels = {whole(one.get("ilvl")): _level(one) for one in parent.findall("lvl")}
    return {at: level for at, level in levels.items() if 0 <= at <= DEEPEST}


def _level(element: Element) -> Level:
    restarts = value(element, "lvlRestart")
    return Level(
        kind=value(element, "numFmt") or "decimal",
        text=BULLET if element.find("lvlPicBulletId") is not None else value(element, "lvlText") or "",
        start=whole(value(element, "start"), 0),
        restarts_after=None if restarts is None else whole(restarts),
        in_digits=bool(is_on(element, "isLgl")),
        indent=_indent(element.findall("pPr")) or 0,
        style=value(element, "pStyle") or "",
    )
