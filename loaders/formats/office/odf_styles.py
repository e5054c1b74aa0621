"""What the styles and lists of an OpenDocument text give a paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from loaders.formats.office.blocks import Look, heading_of, twips
from loaders.formats.office.counters import BULLET, DEEPEST, Level, whole
from loaders.formats.office.package import first, value

_LONGEST_CHAIN = 20
_SPACES = ("margin-top", "margin-bottom", "contextual-spacing")
_DEFAULT = "default"
OUTLINE = "outline"
"""The list of the headings that number themselves."""


class Styles:
    """The styles of a part, in the order in which they are looked for: its own, then those of the whole document."""

    def __init__(self, automatic: Sequence[Element], common: Sequence[Element]) -> None:
        """Take the styles that the program made up for the part, and those that have names of their own."""
        self._styles: dict[tuple[str, str], Element] = {}
        self.lists: dict[str, Mapping[int, Level]] = {}
        self._made_up = {style.get("name", "") for style in automatic}
        for style in (*automatic, *common):
            name = style.get("name", "")
            if style.tag in {"list-style", "outline-style"}:
                self.lists.setdefault(name if style.tag == "list-style" else OUTLINE, _levels(style))
            else:
                kind = _DEFAULT if style.tag == "default-style" else name
                self._styles.setdefault((style.get("family", ""), kind), style)
        self._looks: dict[str, Look] = {}

    def look(self, name: str) -> Look:
        """Return what a style gives a paragraph; for one made up, with the name of the one that it is based on."""
        if name not in self._looks:
            chain = self._chain("paragraph", name)
            above, below, close = (first(chain, "paragraph-properties", key) for key in _SPACES)
            self._looks[name] = Look(
                chain[0].get("parent-style-name", "") if name in self._made_up and chain else name,
                heading=next(filter(None, map(_heading, chain)), 0),
                list_id=first(chain, ".", "list-style-name") or "",
                above=twips(above),
                below=twips(below),
                is_close=close == "true",
                is_hidden=first(chain, "text-properties", "display") == "none",
            )
        return self._looks[name]

    def of_words(self, name: str, key: str) -> str | None:
        """Return what a style of words says of them, none if it does not speak of that."""
        return first(self._chain("text", name), "text-properties", key)

    def first_page(self, family: str, name: str) -> str:
        """Return the page that begins with what has this style, empty if it goes on with the one before."""
        return first(self._chain(family, name), ".", "master-page-name") or ""

    def _chain(self, family: str, name: str) -> list[Element]:
        """Return a style, the one that it is based on, and so on to the default."""
        chain: list[Element] = []
        while (family, name) in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[family, name])
            name = chain[-1].get("parent-style-name", "")
        default = self._styles.get((family, _DEFAULT))
        return chain if default is None else [*chain, default]


def _heading(style: Element) -> int:
    name = style.get("display-name", style.get("name", "").replace("_20_", " "))
    return heading_of(name) or whole(style.get("default-outline-level"))


def _levels(style: Element) -> dict[int, Level]:
    levels = {whole(one.get("level")) - 1: _level(one) for one in style}
    return {at: level for at, level in levels.items() if 0 <= at <= DEEPEST}


def _level(style: Element) -> Level:
    properties, label = "list-level-properties", "list-level-properties/list-level-label-alignment"
    spaces = [value(style, properties, key) for key in ("space-before", "min-label-width")]
    margin = value(style, label, "margin-left")
    indent = sum(map(twips, spaces)) if margin is None else twips(margin)
    if style.tag in {"list-level-style-bullet", "list-level-style-image"}:
        return Level(text=style.get("bullet-char", BULLET), indent=indent)
    kind = style.get("num-format", "")
    return Level(kind, _pattern(style, kind), whole(style.get("start-value"), 1), indent=indent)


def _pattern(style: Element, kind: str) -> str:
    """Return what is printed before an item, as "%1.%2."; empty where nothing is counted."""
    pattern = style.get("num-list-format")
    if pattern is not None:
        return re.sub(r"%([1-9])%", r"%\1", pattern)
    level = whole(style.get("level"), 1)
    counts = [] if not kind else range(max(1, level - whole(style.get("display-levels"), 1) + 1), level + 1)
    return style.get("num-prefix", "") + ".".join(f"%{at}" for at in counts) + style.get("num-suffix", "")
