"""Turn the text of a page into a tree of its elements, however broken its tags are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

MOST_CHARACTERS = 10_000_000
MOST_TAGS = 150_000
DEEPEST = 1_000
"""Tags within tags; pages of forces have up to 60. Stray end tags cost as much time each as the page is deep."""


def names(text: str) -> frozenset[str]:
    """Return the names that a text lists."""
    return frozenset(text.split())


SCRIPTS = names("script style template noscript")
UNSEEN = SCRIPTS | names("title meta link base")
"""What holds no text of the page; what stands in it is not kept."""

LONGEST_LINK = 25
"""Words; an end tag is missing where a link has more, or it is a whole paragraph."""

_EMBEDDED_DATA = re.compile(r"data:[\w/+.;=-]{0,200};base64,[A-Za-z0-9+/=%]+")
_DECLARATION = re.compile(r"([\w-]+):([^;!]*)")
_CHUNK = 65_536
"""Characters that the parser is given at once: only between two chunks can it be stopped."""

_NONE: Mapping[str, str] = {}


class UnreasonablePageError(Exception):
    """What no author wrote: too many tags, or too deep."""


@dataclass(slots=True, eq=False)
class Element:
    """An element with its children in order; the numbers are those of the whole of it."""

    tag: str
    attributes: Mapping[str, str]
    parent: Element | None
    order: int
    role: str = ""
    style: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """The style that it bears itself, in lower case and without spaces."""
    children: list[Element | str] = field(default_factory=list)
    last: int = 0
    """The order of the last element in it."""
    words: int = 0
    linked: int = 0
    """How many of the words stand in links."""
    left_out: str = ""
    """Why it is no part of the text, if it is none."""

    @property
    def text(self) -> str:
        """Return the text in it, white space folded."""
        return " ".join("".join(one for one, _ in walk(self) if isinstance(one, str)).split())

    @property
    def elements(self) -> list[Element]:
        """Return its children without the texts and what is left out."""
        return [one for one in self.children if not isinstance(one, str) and not one.left_out]


def walk(element: Element) -> Iterator[tuple[Element | str, bool]]:
    """Yield what stands in an element and is not left out: a text once, another element as it begins and as it ends."""
    stack = [(one, False) for one in reversed(element.children)]
    while stack:
        one, ends = stack.pop()
        if isinstance(one, str) or ends:
            yield one, ends
        elif not one.left_out:
            yield one, False
            stack += [(one, True), *((inner, False) for inner in reversed(one.children))]


class Tree:
    """All elements of a page in the order in which they begin, the first of them the root; the parser builds it."""

    def __init__(self, text: str) -> None:
        """Take the text of a page. Raises `UnreasonablePageError`."""
        self.elements = [Element("", _NONE, None, 0)]
        self.comments = 0
        self._open = [self.elements[0]]
        text = _EMBEDDED_DATA.sub("", text)
        if len(text) > MOST_CHARACTERS or text.count("<") > MOST_TAGS:
            actual = f"a page of {len(text):,} characters with {text.count('<'):,} tags"
            raise UnreasonablePageError(f"{actual}, pictures apart")
        parser = etree.HTMLParser(target=self, encoding="utf-8", huge_tree=True, no_network=True)
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode())
        parser.close()
        self.count_words()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if len(self._open) > DEEPEST:
            raise UnreasonablePageError(f"tags more than {DEEPEST:,} deep in each other")
        element = Element(tag, dict(attributes) if attributes else _NONE, self._open[-1], len(self.elements))
        if attributes:
            element.role = attributes.get("role", "").strip().lower()
            element.style = dict(_DECLARATION.findall("".join(attributes.get("style", "").lower().split())))
        self._open[-1].children.append(element)
        self._open.append(element)
        self.elements.append(element)

    def end(self, tag: str) -> None:
        """End an element."""
        if self._open[-1].tag == tag:
            self._open.pop()

    def data(self, text: str) -> None:
        """Add a text."""
        if self._open[-1].tag not in UNSEEN:
            self._open[-1].children.append(text)

    def comment(self, text: str) -> None:
        """Count a comment."""
        # "<![if ...]>" and "<?xml ...>" of Word come here too; the text between them stands by itself.
        self.comments += not text.startswith(("[", "?"))

    def close(self) -> None:
        """End the page."""

    def count_words(self) -> None:
        """Count the words of each element, without those of what is left out."""
        for one in self.elements:
            one.words, one.linked, one.last = 0, 0, one.order
        for one in reversed(self.elements):
            one.words += sum(_words(text) for text in one.children if isinstance(text, str))
            if one.tag == "a" and "href" in one.attributes and one.words <= LONGEST_LINK:
                one.linked = one.words
            if one.parent is not None:
                one.parent.last = max(one.parent.last, one.last)
                if not one.left_out and one.tag not in UNSEEN:
                    one.parent.words += one.words
                    one.parent.linked += one.linked


def _words(text: str) -> int:
    """Return how many words there are; strokes and arrows between links are none."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())
