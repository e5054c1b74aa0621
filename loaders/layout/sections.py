"""Cut the lines of a document into its parts, and set aside what is furniture: page headers, contents, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile, zip_longest

from loaders.language.competency_lines import is_competency_line
from loaders.language.number_words import MONTH, WEEKDAY
from loaders.language.patterns import any_case
from loaders.layout.headings import LISTS, PROFILE_KINDS, Heading, heading, heading_key, likely_heading
from loaders.layout.lines import Line

_NOISE = any_case(
    "sorry, you need to enable javascript.*|accessibility settings.*|skip to (?:main )?content.*",
    r"quickly exit this site.*|leave this site.*|this site is a beta\b.*",
    "(?:we use|this (?:site|website) uses) cookies.*|cookies?|advertisement|<<|>>|total page:.*|file type:.*",
    r"size: ?px|start display at page:.*|download \".*|transcription|transcript|upload: .*",
    "(?:official|not protectively marked|unclassified|restricted)(?:[ -]+(?:sensitive|open|public|police))?",
    r"copyright .*|©.*|.{0,60}\bpage \d{1,3}(?: ?(?:of|/) ?\d{1,3})?|page \d+(?: ?(?:of|/) ?\d+)?",
    r"\d{1,3}(?: ?(?:of|/) ?\d{1,3})?|- ?\d{1,3} ?-|you will need to log ?in to college learn.*|form|guidance",
    "correspondence|(?:last )?updated:? .{4,30}|published:? .{4,30}|posted on .{4,30}",
)
_HINT = re.compile(r"[(\[].*[)\]]\.?")
_STATUS = any_case(
    "(?:please note,? )?this (?:profile|role profile|page) (?:has (?:recently )?been"
    r"|is (?:currently )?(?:out of date|being|under|in the process))\b.*"
)
_ENTRY = re.compile(r".*\w[\s.…·_-]+\d{1,3}|\d{1,3}[.)]?\s+\S.*|.*…\s*")
_PAGE = re.compile(r"\d{1,3}")
_LONGEST_TITLE = 90
_MOST_WORDS = 12
_LONGEST_GROUP = 4
_COVER = 60
_LONGEST_CONTENTS = 600
_MINOR = any_case(
    r"(?:[a-z](?:\s*[/,]\s*[a-z])*|or|and|plus|either|level \d.*|essential|desirable|none"
    r"|not applicable|n/a|stage \w+\b.*|.*£.*)"
)
_GROUP = any_case(r"(?:[a-z]+ (?:and [a-z]+ )?)?(?:skills|development|learning)|leadership|wellbeing")
_SPECIFICATION = any_case(
    r".*\b(?:person|personal|candidate|employee|personnel) (?:specification|profile)\b.*|.*\bcriteria\b.*"
    r"|(?:essential|desirable)\b.*"
)
_DAY = any_case(
    rf"(?:{WEEKDAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH},? (?:19|20)\d\d"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d\d){{1,2}}"
    r"|v(?:ersion)?\.? ?\d+(?:\.\d+)*"
)
_GROUPS_OF_CRITERIA = frozenset({"education", "skills", "behaviours", "competencies", "learning"})
_NECESSITY = re.compile(r"(?:essential|desirable)(?: (?:criteria|requirements?|qualifications|experience|knowledge))?")
_MOST_WORDS_OF_HEADING = 9
_NO_HEADING = any_case(r"[(\[]|.*\s\d{1,3}$|(?:stage|step|phase) (?:\d|[a-z]+\b)|to \w+")
_PAGE_BEHIND = re.compile(r"(?<=[A-Z]) \d{1,3}$")
_ADDRESSES = any_case(
    r"\b(?:you|we|it|they|applicants?|candidates?|officers?|(?:post|job|role) ?-?holders?|applications?|who)\b"
)
_AROUND = frozenset({"foot", "contact"})
"""Parts around a document, which the next heading ends whatever it says."""
_CONTAINERS = frozenset({"about", "force", "introduction", "pay", "process", "contents", "eligibility"})


@dataclass(slots=True)
class Section:
    """A part of a document: what it is, and its lines below the heading."""

    kind: str
    title: Line | None
    lines: list[Line] = field(default_factory=list)
    closed: bool = False
    """Whether it is a label with its value: what stands below goes on with the part above."""


@dataclass(slots=True)
class Outline:
    """A document in parts: `frames` holds what is furniture, `head` what stands before all parts."""

    head: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    frames: list[Line] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Section]:
        """Return the parts of these kinds, in the order of the document."""
        return [section for section in self.sections if section.kind in kinds]


def split_sections(lines: tuple[Line, ...]) -> Outline:
    """Return the parts of a document; a heading that comes again on the next page opens nothing."""
    outline = Outline()
    repeated = _repeated(lines)
    rest = _contents_set_aside(lines, outline)
    for line, below in zip_longest(rest, rest[1:]):
        _place(line, below, outline, repeated)
    return outline


def is_titled(line: Line) -> bool:
    """Return whether a line could be a heading: short, unmarked, begun with a capital, ended without a stop."""
    return (
        not line.mark
        and len(line.text) <= _LONGEST_TITLE
        and len(line.text.split()) <= _MOST_WORDS
        and not line.text.endswith((".", ";", ",", "!"))
        and not line.text[:1].islower()
    )


def is_group(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line names a group of its list: it is a known name, or a short line above marked items."""
    if not is_titled(line):
        return False
    place = lines.index(line)
    below = lines[place + 1] if place + 1 < len(lines) else None
    if below is None or (line.text.endswith(":") and len(line.text.split()) > _LONGEST_GROUP):
        return False
    known = bool(_GROUP.fullmatch(heading_key(line.text)))
    return known or (bool(below.mark) and len(line.text.split()) <= _LONGEST_GROUP and line.gap)


def _key(line: Line) -> str:
    return re.sub(r"^(?:page )?\d{1,3}\s+|\s+(?:page )?\d{1,3}$", "", heading_key(line.text))


def _repeated(lines: tuple[Line, ...]) -> frozenset[str]:
    """Return the titles that stand more than once: page headers and footers."""
    counts = Counter(
        _key(line)
        for line in lines
        if is_titled(line) and not _MINOR.fullmatch(line.text) and not is_competency_line(line.text)
    )
    return frozenset(key for key, count in counts.items() if key and count > 1)


def _contents_set_aside(lines: tuple[Line, ...], outline: Outline) -> list[Line]:
    """Put the lines of a contents page among the frames, and what stands before it, the cover, into the head."""
    start = next((n for n, line in enumerate(lines[:_COVER]) if _is_contents(line)), None)
    if start is None:
        return list(lines)
    end = start + 1
    later = Counter(_key(line) for line in lines[end:])
    numbered = any(_ENTRY.fullmatch(line.text) for line in lines[end : end + 2])
    first = _key(lines[end]) if end < len(lines) else ""
    while end < len(lines) and (_is_entry(lines[end], later, numbered=numbered) or _has_page_beside(lines, end)):
        if end > start + 1 and _key(lines[end]) == first and later[first] == 1:
            break
        later[_key(lines[end])] -= 1
        end += 1
    outline.head.extend(lines[:start])
    outline.frames.extend(lines[start:end])
    return list(lines[end:])


def _is_contents(line: Line) -> bool:
    opened = heading(line.text) if not line.mark else None
    return opened is not None and opened.kind == "contents"


def _is_entry(line: Line, later: Counter[str], *, numbered: bool) -> bool:
    if len(line.text) > _LONGEST_CONTENTS or heading(line.text) == Heading("contents", ""):
        return False
    if _ENTRY.fullmatch(line.text) or line.mark == "1.":
        return True
    return not numbered and is_titled(line) and later[_key(line)] > 1


def _stands_as_heading(line: Line, below: Line | None, outline: Outline) -> bool:
    """Return whether the place and form of a line are those of a heading, whatever its words are."""
    if (
        below is None
        or not line.gap
        or len(line.text) > _LONGEST_TITLE
        or _is_item(line)
        or _NO_HEADING.match(line.text)
    ):
        return False
    current = _current(outline)
    last = current.lines[-1] if current and current.lines else None
    if line.last == below.first or (last and last.last == line.first):
        return False
    if line.mark and not below.gap and (below.mark == line.mark or below.mark[:1].isalpha()):
        return False
    listed = bool(below.mark) or below.indent > line.indent
    if line.text.isupper() or line.text.endswith("?"):
        return True
    if line.text.endswith(":"):
        return listed and bool(_ADDRESSES.search(line.text))
    alike = last is not None and current is not None and current.kind in LISTS and last.gap and _is_title(last)
    return (
        _is_title(line)
        and (not line.mark or below.gap)
        and len(line.text.split()) <= _MOST_WORDS_OF_HEADING
        and (listed or not alike)
    )


def _is_title(line: Line) -> bool:
    """Return whether a line could be a heading, but for its number."""
    return is_titled(replace(line, mark="") if line.mark == "1." else line)


def _opening(line: Line, below: Line | None, outline: Outline) -> Heading | None:
    """Return the part that a line opens: by all its words, or by some where it stands as a heading."""
    if line.text.isupper():
        line = replace(line, text=_PAGE_BEHIND.sub("", line.text))
    if opened := heading(line.text) if not _is_item(line) else None:
        return opened if _opens(opened, line, outline) else None
    if _is_foot(outline) or not _stands_as_heading(line, below, outline):
        return None
    opened = likely_heading(line.text)
    if opened and _opens(opened, line, outline):
        return opened
    current = _current(outline)
    ends = current is not None and (current.kind in _AROUND or _is_peer(line, current))
    return Heading("unknown", "") if ends else None


def _is_foot(outline: Outline) -> bool:
    """Return whether the foot of a page goes on: below what a profile lists, nothing ends it."""
    current = _current(outline)
    return current is not None and current.kind == "foot" and bool(outline.of(*LISTS))


def _is_peer(line: Line, section: Section) -> bool:
    """Return whether a line has the form of the heading of a part: as both are in capitals or questions."""
    title = section.title
    if (
        title is None
        or section.kind not in LISTS
        or line.text.endswith(":")
        or _GROUP.fullmatch(heading_key(line.text))
    ):
        return False
    if not line.mark and _SPECIFICATION.fullmatch(heading_key(title.text)):
        return False
    asks = title.text.endswith("?") and line.text.endswith("?")
    return asks or (line.mark == title.mark and title.text.isupper() and line.text.isupper())


def _has_page_beside(lines: Sequence[Line], place: int) -> bool:
    """Return whether a cell of a contents page is the name of a part beside its page, or the page beside the name."""
    near = pairwise(lines[max(0, place - 1) : place + 2])
    beside = [(one, two) for one, two in near if one.cell and two.cell and one.cell[0] == two.cell[0]]
    return any(is_titled(name) and _PAGE.fullmatch(page.text) for name, page in beside)


def _place(line: Line, below: Line | None, outline: Outline, repeated: frozenset[str]) -> None:
    current = _current(outline)
    target = current.lines if current else outline.head
    if _NOISE.fullmatch(line.text) or line.is_ornament or _is_lone_day(line, current):
        outline.frames.append(line)
        return
    opened = _opening(line, below, outline)
    if (
        not opened
        and current
        and not _is_item(line)
        and heading(line.text)
        and _GROUP.fullmatch(heading_key(line.text))
    ):
        target.append(line)
    elif opened:
        _open(opened, line, outline, repeated)
    elif _HINT.fullmatch(line.text) or _STATUS.fullmatch(line.text) or _is_page_header(line, current, repeated):
        outline.frames.append(line)
    else:
        target.append(line)


def _is_lone_day(line: Line, current: Section | None) -> bool:
    """Return whether a line is a day that interrupts a part; where the selection is told, a day is a fact."""
    return current is not None and current.kind != "process" and not line.mark and bool(_DAY.fullmatch(line.text))


def _is_item(line: Line) -> bool:
    """Return whether a mark makes the line an item of a list; numbers and letters also number headings."""
    return bool(line.mark) and line.mark != "1." and not line.mark[0].isalpha()


def _opens(opened: Heading, line: Line, outline: Outline) -> bool:
    """Return whether a heading opens a part here; in a list, a lead-in does not, nor the name of a group."""
    current = _current(outline)
    if current is None:
        return True
    if current.kind == "criteria" and opened.kind in _GROUPS_OF_CRITERIA and _is_specified(outline):
        return False
    if _is_necessity(line) and (
        current.kind in {"education", "criteria"} or (current.kind == "skills" and not current.lines)
    ):
        return False
    if current.kind == "development" and opened.kind in {"skills", "development"} and _is_group(line, opened):
        return False
    within = current.kind in {"pay", "process", "contact"} and opened.kind in {"accountabilities", "criteria", "skills"}
    if within and not (line.gap and is_titled(line)):
        return False
    lead_in = line.text.rstrip().endswith(":") and not (line.gap and _ADDRESSES.search(line.text))
    return not (opened.kind == "criteria" and current.kind in LISTS - {"criteria"} and lead_in)


def _is_specified(outline: Outline) -> bool:
    """Return whether a person specification goes on, whatever the groups of it are called."""
    parts = takewhile(lambda section: section.kind == "criteria", reversed(outline.sections))
    titles = (section.title.text for section in parts if section.title)
    return any(_SPECIFICATION.fullmatch(heading_key(title)) for title in titles)


def _is_necessity(line: Line) -> bool:
    return _NECESSITY.fullmatch(heading_key(line.text)) is not None


def _is_group(line: Line, opened: Heading) -> bool:
    words = heading_key(line.text)
    return (
        bool(_GROUP.fullmatch(words))
        and words not in {"skills", "professional development", "development"}
        and not opened.rest
    )


def _is_page_header(line: Line, current: Section | None, repeated: frozenset[str]) -> bool:
    return current is not None and is_titled(line) and _key(line) in repeated and not _MINOR.fullmatch(line.text)


def _is_value(opened: Heading) -> bool:
    """Return whether the line is a label and its value, as in "Salary: ...", with no sentence or list after it."""
    short = len(opened.rest.split()) <= _MOST_WORDS and not opened.rest.endswith((".", ":", ";"))
    return opened.kind not in PROFILE_KINDS and bool(opened.rest) and short


def _current(outline: Outline) -> Section | None:
    return next((section for section in reversed(outline.sections) if not section.closed), None)


def _open(opened: Heading, line: Line, outline: Outline, repeated: frozenset[str]) -> None:
    current = _current(outline)
    kind = current.kind if current else ""
    if opened.kind == "about" and kind in PROFILE_KINDS and _key(line) in repeated:
        outline.frames.append(line)
        return
    again = any(section.title and _key(section.title) == _key(line) for section in outline.sections)
    if again and opened.kind in _CONTAINERS and _key(line) in repeated:
        outline.frames.append(line)
        return
    closed = _is_value(opened) and kind not in PROFILE_KINDS
    section = Section(opened.kind, line, closed=closed)
    outline.sections.append(section)
    if opened.rest:
        section.lines.append(replace(line, text=opened.rest, mark="", gap=False))
    if opened.kind == "unknown":
        section.lines.append(line)
    elif opened.kind in PROFILE_KINDS or not opened.rest:
        outline.frames.append(replace(line, text=line.text.removesuffix(opened.rest).strip()))
