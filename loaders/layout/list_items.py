"""Read the lines of a part as statements: the items of a list, or paragraphs with what is nested below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.columns import necessity_of
from loaders.layout.headings import heading_key
from loaders.layout.lines import Line
from loaders.layout.outline import first_lines_of_labels, is_titled, leads_to_list
from loaders.profile import Statement

_TEMPLATE = re.compile(
    r"key (?:responsibility|accountability) statements show\b.*"
    r"|(?:this|the) (?:role|post|job) (?:requires|should consider|will need) (?:the following|these)\b[^:]*:?"
    r"|(?:this|the) (?:role|post|job) should be operating at\b.*"
    r"|it is suggested that this role should\b.*"
    r"|(?:(?:the )?following|listed|set out|these|here|below)\b.{0,80}(?:are|is|below|show|examples)\b.*[:.]"
    r"|unless noted below\b.*"
    r"|all (?:roles|staff|officers|post holders) (?:are expected to (?:know|understand|act)|in policing have)\b.*"
    r"|the (?:competency and values framework(?: \(cvf\))?|cvf) (?:has|provides|sets|describes|is)\b.*"
    r"|.*\bframework has been (?:developed|designed|created)\b.*"
    r"|(?:continuing professional development(?: \(cpd\))?|cpd"
    r"|continuing professional development \(cpd\)) (?:enables|ensures|is|helps)\b.*"
    r"|defines? the (?:role|purpose|important|key)\b.*"
    r"|discussion of cpd\b.*"
    r"|\(cpd\) (?:enables|ensures|is|helps)\b.*"
    r"|(?:[a-z]+ ){1,4}(?:should|may|are encouraged to) (?:reflect (?:up)?on|consider) (?:their|the following"
    r"|undertaking)\b.*"
    r"|(?:why|what|how|who|which) (?:the|this|a|an|your) (?:[a-z]+ ){0,3}(?:role|job|post|position|holder)\b[^.?!:;]*"
    r"|(?:the|a|an|any|key|main|specific) [^.?!:;]*\b(?:needed|required|necessary|associated|expected)"
    r" (?:to (?:do|perform|carry out|fulfil)|for|with|of|in|by) (?:the|this) (?:role|job|post|position)(?: ?holder)?"
    r"|(?:please |briefly )*(?:describe|outline|list|summari[sz]e) (?:briefly )?(?:the|a|what|why)"
    r" (?:main|key|purpose|overall|short|role|job|post)\b[^.;]*\b(?:role|job|post|position|post ?holder)\b[^;]*"
    r"|(?:below|these) are (?:some )?(?:suggested )?examples\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FILLED = any_case(r"(?:this|the) (?:role|post|job) (?:requires|should consider) the following\b[^:]*:.+")
_NOTHING = any_case(r"(?:(?:% of )?(?:working )?time|none|nil|not applicable|n/?a|to be confirmed|tbc)\.?")
_NECESSITY = any_case(r"(?P<word>essential|desirable)(?: [a-z]+){0,3}")
_NECESSITY_PREFIX = any_case(
    r"(?P<word>essential|desirable)\s*[:–-]\s*(?=\S)",
    r"[(\[](?P<letter>essential|desirable|E|D)[)\]]\s*[:–-]?\s*(?=\S)",
    r"(?P<initial>(?-i:[ED]))\s*[:–—-]\s*(?=\S)",
)
_METHODS = r"[A-Z](?:[\s/,&+]*[A-Z])*"
_NECESSITY_SUFFIX = any_case(
    rf"(?<=\S)\s*[(\[](?P<word>essential|desirable|E|D)(?:[\s,;:/-]+{_METHODS})?[)\]]"
    rf"(?:\s*[(\[](?-i:{_METHODS})[)\]])?\.?$",
    r"(?<=\S)\s+[–—-]\s*(?P<last>essential|desirable)\.?$",
)
_LETTER_BEHIND = re.compile(r"\s+([ED])$")
_AFTERWARDS = any_case(
    "(?:applications?|applicants?|candidates?|to apply|for (?:further|more|an informal)|if you|interviews?"
    "|please|shortlist|(?:the )?(?:closing|appointment|successful candidate|process|salary|post is)"
    r"|(?:you|we) (?:can|will|are|would))\b.*\b(?:appl(?:y|ication|icants?|ications)|welcome|invited?"
    r"|interview|appoint(?:ed|ment)|contact|clos(?:e|es|ing)|salary|vetting|should be|form)\b"
)
_PAGE_NUMBER = re.compile(r"(?<=[a-z]{4}[.;]|[a-z]{3}\)[.;]) \d{1,3}$")
_BEFORE_NUMBER = any_case(r"\b(?:approx|para|paras|sect|schedule|chap|page|pages|form|nos|part|band|level)\.$")
_GOES_ON = re.compile(r"(?:and|or|but|which|including|as well as)\b")
_SMALL_WORD = re.compile(r"(?:and|or|of|the|for|in|on|to|&)")
_LONGEST_NAME = 8
_STOPS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class Item:
    """A statement as it grows line by line."""

    text: str
    first: int
    last: int
    marked: bool
    line: Line
    group: str | None = None
    necessity: str | None = None
    nested: int = 0

    @property
    def lines(self) -> tuple[int, int]:
        """Return the first and last line of the file that it stands on."""
        return self.first, self.last

    def nest(self, line: Line) -> None:
        """Add a nested item, which completes the sentence above it."""
        self.text = f"{self.text.rstrip(';,')}{';' if self.nested else ''} {line.text}"
        self.last, self.nested = line.last, self.nested + 1

    def go_on(self, line: Line) -> None:
        """Add the rest of a torn line."""
        self.text, self.last = f"{self.text} {line.text}", line.last

    def drop_page_number(self) -> None:
        """Take off the number of the page that stands behind the last word of it."""
        match = _PAGE_NUMBER.search(self.text)
        if match and not _BEFORE_NUMBER.search(self.text[: match.start()]):
            self.text = self.text[: match.start()]


@dataclass(slots=True)
class Items:
    """What a part says, and which of its lines only frame that."""

    items: list[Item] = field(default_factory=list)
    frames: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    """What stands below the list and is none of it."""

    def without_page_numbers(self) -> Items:
        """Return the same, no item ending in the number of a page."""
        for item in self.items:
            item.drop_page_number()
        return self


def stated(item: Item) -> Statement:
    """Return an item as a statement."""
    return Statement(text=item.text, lines=item.lines)


def is_template(line: Line) -> bool:
    """Return whether a line is one that every document of the family prints."""
    return bool(_TEMPLATE.fullmatch(line.text) or _NOTHING.fullmatch(line.text))


def paragraphs(lines: Sequence[Line]) -> Items:
    """Return paragraphs; items below one that ends in a colon complete it, and a torn paragraph is one."""
    content = Items()
    for line in lines:
        above = content.items[-1] if content.items else None
        if is_template(line):
            content.frames.append(line)
        elif above and _completes(above, line):
            above.nest(line)
        elif above and not line.mark and _is_torn(above, line):
            above.go_on(line)
        else:
            content.items.append(_item(line))
    return content.without_page_numbers()


def _item(line: Line) -> Item:
    return Item(line.text, line.first, line.last, bool(line.mark), line)


def _completes(above: Item, line: Line) -> bool:
    """Return whether a line is nested: the sentence above waits for it."""
    if above.nested:
        return bool(line.mark) or (line.text[:1].islower() and not above.line.mark)
    return above.text.endswith(":") and (bool(line.mark) or line.text[:1].islower())


def _is_torn(above: Item, line: Line) -> bool:
    return line.text[:1].islower() and not above.text.endswith(_STOPS) and not above.nested


def items(
    lines: Sequence[Line], group: str | None = None, necessity: str | None = None, *, closed: bool = False
) -> Items:
    """Return the items of a list: those with a mark, those that lost it, and those torn or nested, joined.

    A short line like a heading is no item, nor are the unmarked lines below it: whatever they are, they are no part of
    this list. Where no line has a mark every line is an item, but one in capitals or ended by a colon.

    Args:
        lines: Lines of the part, below its heading.
        group: Heading that they stand under, if they are a group of it.
        necessity: Whether they are essential or desirable, if the heading says so.
        closed: Whether a list with marks ends with its last mark: in a letter, paragraphs follow.
    """
    style = _Style(lines)
    end = len(lines) if style.labels else _end_of_list(lines, style, closed=closed)
    content = read_items(lines[:end], style, group, necessity)
    _take_letters(content.items)
    return replace(content, rest=list(lines[end:])).without_page_numbers()


def _take_letters(listed: Sequence[Item]) -> None:
    """Take the letter that says what is essential off the end of each item, where most end in one, and both stand."""
    lettered = [(item, match) for item in listed if (match := _LETTER_BEHIND.search(item.text))]
    if len({match[1] for _, match in lettered}) > 1 and 2 * len(lettered) > len(listed):
        for item, match in lettered:
            item.text, item.necessity = item.text[: match.start()], necessity_of(match[1], None)


def _end_of_list(lines: Sequence[Line], style: _Style, *, closed: bool) -> int:
    """Return where a list ends: below its last mark, paragraphs that read otherwise are none of it."""
    last = max((place for place, line in enumerate(lines) if line.mark), default=-1)
    for place in range(last + 1, len(lines)):
        text = lines[place].text
        titled = is_titled(lines[place])
        apart = lines[place].gap and (titled or not style.apart)
        other = style.marked and (
            (closed and text[:1].isupper())
            or apart
            or len(split_sentences(text)) > 1
            or (style.lower and text[:1].isupper())
        )
        if _AFTERWARDS.match(text) or (other and not is_template(lines[place]) and not _is_necessity(text)):
            return place
    return len(lines)


def _is_necessity(text: str) -> re.Match[str] | None:
    return None if text.endswith(".") else _NECESSITY.fullmatch(heading_key(text))


class _Style:
    """How a list is set: whether items have marks, begin with capitals, stand apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        marked = [line for line in lines if line.mark]
        self.marked = bool(marked)
        self.mark = marked[0].mark if marked else ""
        self.lower = sum(line.text[:1].islower() for line in marked or lines) * 2 > len(marked or lines)
        below = (marked or list(lines))[1:]
        self.apart = sum(line.gap for line in below) * 2 > len(below)
        self.lone = bool(marked) and all(line.first < line.last for line in marked)
        """Whether marks stand on lines of their own: what stands below an item without one is more of it."""
        self.stopped = self.marked and sum(line.text.endswith((".", ";")) for line in marked) * 2 >= len(marked)
        self.labels = first_lines_of_labels(lines)


def _is_stem(above: Item, line: Line, following: Line | None) -> bool:
    """Return whether an item without a mark waits for the marked ones below it, as those above it have none either."""
    if line.mark or above.marked or following is None or not line.text.endswith(":") or leads_to_list(line.text):
        return False
    return bool(following.mark) and following.text[:1].islower()


def _is_lead_in(line: Line, following: Line | None, above: Item | None) -> bool:
    numbered = line.mark == "1." and above is None and leads_to_list(line.text)
    if (line.mark and not numbered) or not line.text.endswith(":"):
        return False
    return following is not None and (above is None or bool(following.mark)) and len(line.text.split()) > 2  # noqa: PLR2004


def _is_nested(above: Item, line: Line) -> bool:
    """Return whether an item is part of the one above, which ends in a colon or stands less deep under another mark."""
    top = above.line
    lower = line.text[:1].islower() and not top.text[:1].islower()
    deeper = bool(line.mark) and bool(top.mark) and line.mark != top.mark and line.indent > top.indent
    if above.nested:
        return (
            deeper
            or lower
            or _is_fragment(above, line)
            or (bool(line.mark) and bool(top.mark) and line.indent > top.indent)
        )
    waiting = above.text.endswith(":")
    return (
        deeper
        or _is_fragment(above, line)
        or (waiting and (lower or line.indent > top.indent or line.mark != top.mark))
    )


def _is_fragment(above: Item, line: Line) -> bool:
    """Return whether an item with the mark of the one above, which waits for more, is a name and so a part of it."""
    top = above.line.text
    if not line.mark or line.mark != above.line.mark or not (above.nested or top.endswith(":")):
        return False
    if _is_gerund(top) and line.text[:1].islower() and not _is_gerund(line.text):
        return True
    words = line.text.rstrip(".;,").split()
    acronym = len(words[0]) > 1 and words[0].isupper()
    capital = all(word[:1].isupper() or _SMALL_WORD.fullmatch(word) for word in words) and len(words) > 1
    return (acronym or capital) and len(words) <= _LONGEST_NAME


def _is_gerund(text: str) -> bool:
    return bool(re.match(r"\w+ing\b", text))


def _is_broken(above: Item, line: Line, following: Line | None, style: _Style) -> bool:
    """Return whether a line without a mark is the end of the marked item right above, which has no end of its own."""
    if line.mark or line.gap or not above.marked or above.nested or line.first != above.last + 1:
        return False
    lower = line.text[:1].islower()
    if (style.lone and not is_titled(line)) or line.indent > above.line.indent:
        return True
    if lower and above.text.endswith((";", ",")):
        return bool(_GOES_ON.match(line.text))
    ends = line.text.endswith((".", ";")) or (following is not None and not following.mark and not following.gap)
    return style.stopped and ends and not above.text.endswith(_STOPS) and (lower or not line.text.isupper())


def _continues(above: Item, line: Line, following: Line | None, style: _Style) -> bool:
    torn = line.text[:1].islower() and not above.text.endswith(_STOPS)
    if line.mark:
        return torn and line.mark in "-–" and style.mark == line.mark and not style.lower and _leaves_open(above.text)
    torn = torn and (not style.lower or (above.marked and _leaves_open(above.text)))
    return torn or _is_broken(above, line, following, style)


def _leaves_open(text: str) -> bool:
    """Return whether a text cannot end where it does: after a comma, or a word that wants another."""
    words = text.split()
    return text.endswith(",") or words[-1].lower() in {
        *("a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "with", "by", "at", "from", "as", "be", "into"),
        *("that", "which", "their", "its", "this", "these", "within", "through", "between", "across", "is", "are"),
    }


def _is_sub_heading(line: Line, following: Line | None, style: _Style) -> bool:
    if not is_titled(line) or following is None:
        return False
    if line.text.isupper() or line.text.endswith(":"):
        return True
    return style.marked and line.gap and (following.gap or not style.apart)


def _with_necessity(item: Item) -> Item:
    for pattern in (_NECESSITY_PREFIX, _NECESSITY_SUFFIX):
        match = pattern.match(item.text) if pattern is _NECESSITY_PREFIX else pattern.search(item.text)
        if match:
            word = "essential" if next(filter(None, match.groups())).lower().startswith("e") else "desirable"
            return replace(item, text=pattern.sub("", item.text), necessity=word)
    return item


class _Place(NamedTuple):
    """A line of a list, with what stands around it."""

    line: Line
    following: Line | None
    above: Item | None
    style: _Style
    is_lost: bool
    """Whether it stands below what may be a heading."""
    is_led: bool
    """Whether the line before it ends in a colon."""


_KINDS: dict[str, Callable[[_Place], object]] = {
    "necessity": lambda at: _is_necessity(at.line.text),
    "template": lambda at: _FILLED.match(at.line.text),
    "stem": lambda at: at.above and _is_stem(at.above, at.line, at.following),
    "frame": lambda at: is_template(at.line) or _is_lead_in(at.line, at.following, at.above),
    "nested": lambda at: at.above and _is_nested(at.above, at.line),
    "rest": lambda at: at.above and not at.is_lost and _continues(at.above, at.line, at.following, at.style),
    "label": lambda at: at.line.first in at.style.labels,
    "heading": lambda at: _is_sub_heading(at.line, at.following, at.style),
    "lost": lambda at: at.is_lost and (not at.line.mark or at.line.mark != at.style.mark or at.is_led),
    "item": lambda _: True,
}
"""What a line of a list can be, in the order in which it is asked."""


def read_items(lines: Sequence[Line], style: _Style, group: str | None, necessity: str | None) -> Items:
    """Return the items and frames among the lines of a list; a line that is neither is left out."""
    content, is_lost = Items(), False
    for line, before, following in zip(lines, (None, *lines), (*lines[1:], None), strict=False):
        above = content.items[-1] if content.items else None
        is_led = before is not None and before.text.endswith(":")
        place = _Place(line, following, above, style, is_lost, is_led)
        kind = next(kind for kind, holds in _KINDS.items() if holds(place))
        if kind in {"necessity", "frame"}:
            content.frames.append(line)
        if named := _is_necessity(line.text):
            necessity, is_lost = named["word"].lower(), False
        elif kind in {"stem", "item"}:
            item = replace(_item(line), group=group, necessity=necessity)
            content.items.append(_with_necessity(item) if kind == "item" else item)
            is_lost = is_lost and kind == "stem"
        elif kind == "nested" and above:
            above.nest(line)
        elif kind == "rest" and above:
            above.go_on(line)
        elif kind == "heading":
            is_lost = following is not None and style.marked and following.mark != style.mark
    return content
