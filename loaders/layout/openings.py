"""Tell which lines open a part of a document: by their words, and by how they stand among others."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from loaders.language.competency_lines import LEVEL_IN_TITLE
from loaders.language.number_words import MONTH
from loaders.language.patterns import any_case
from loaders.language.rank_titles import is_post
from loaders.layout.headings import LISTS, PROFILE_KINDS, Heading, heading, heading_key, likely_heading
from loaders.layout.lines import Line
from loaders.layout.outline import GROUP, GROUPS_OF_CRITERIA, LONGEST_TITLE, Outline, Section, is_titled, kind_of

_SPECIFICATION = any_case(
    r".*\b(?:person|personal|candidate|employee|personnel) (?:specification|profile|requirements)\b.*|.*\bcriteria\b.*"
    r"|(?:essential|desirable)\b.*"
)
_ORDERED = re.compile(r"(?P<word>(?i:section|part|annex|appendix) )?(?P<place>[A-Z]|\d{1,2})\b[.:)]*\s+(?=[A-Z])")
_NECESSITY = re.compile(r"(?:essential|desirable)(?: (?:criteria|requirements?|qualifications|experience|knowledge))?")
_LEADS_STAFF = any_case(r"(?:directly )?(?:accountable|responsible) for(?: staff)?\s*:?")
_MOST_WORDS_OF_HEADING = 9
_NO_HEADING = any_case(
    r"[(\[]|.*(?: > | \| |\[(?:name|telephone|e-mail)\])|.*[\w)]\s\d{1,3}$(?<!step \d)(?<!stage \d)"
    r"|(?:stage|step|phase) (?:\d|[a-z]+\b)|to \w+"
    r"|(?:\S+ ){4,}[(\[](?:essential|desirable)[)\]]\.?$"
    rf"|.*\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?$"
)
_PAGE_BEHIND = re.compile(r"(?<=[A-Z]) \d{1,3}$")
_ADDRESSES = any_case(
    r"\b(?:you|we|it|they|applicants?|candidates?|officers?|(?:post|job|role) ?-?holders?|applications?|who)\b"
)
_GROUP_OF_DUTIES = any_case(
    r"(?:problem solving|decision making|creativity|resources|supervision|management|line management|communications?"
    r"|training|development|learning|policy|operations)(?: and .*)?:?"
)
"""What opens a part elsewhere, and among duties may say of what some of them are."""
_ENDED = LISTS | {"process"}
_ENDED_BY_LEVEL = frozenset({"purpose", "accountabilities", "criteria", "eligibility", "education"})
_MOST_WORDS_OF_TITLE = 6
_OF_FRAMEWORK = any_case(rf"{LEVEL_IN_TITLE.pattern}|\bcvf\b|\bframework\b")
_PAPER = any_case(r".*\bpromotions?\b.* (?:policy|procedure|guidance|framework|scheme|notice|opportunit(?:y|ies))\b.*")
"""What a paper is called, which above all parts opens none."""
_FIRST = frozenset({"accountabilities", "criteria"})
_AROUND = frozenset({"foot", "contact"})
"""Parts around a document, which the next heading ends whatever it says."""


def opening(line: Line, below: Line | None, outline: Outline) -> Heading | None:
    """Return the part that a line opens: by all its words, or by some where it stands as a heading."""
    if line.text.isupper():
        line = replace(line, text=_PAGE_BEHIND.sub("", line.text))
    if (
        _names_staff(line, below)
        or _goes_on_numbered(line, outline.current)
        or _is_group_of_duties(line, below, outline.current)
    ):
        return None
    if opened := heading(line.text) if not is_item(line) else None:
        if _opens(opened, line, outline) or _is_next(line, outline):
            return opened
        return None
    current = outline.current
    follows = _is_next(line, outline) or _is_numbered_title(line, current, outline.lone)
    stands = not _is_foot(outline) and _stands_as_heading(line, below, outline)
    underlined = below is not None and below.is_ornament
    level = 0 if is_item(line) or _NO_HEADING.match(line.text) else line.heading or int(underlined)
    titled = not outline.sections and (is_post(line.text) or bool(_PAPER.fullmatch(line.text)))
    opened = likely_heading(line.text) if (stands or follows or level) and not titled else None
    if opened and current and opened.kind == current.kind == "process" and not current.lines:
        return None  # the first of its stages, right below the heading of the part
    if opened and _opens(opened, line, outline) and (line.heading or not _is_menu(opened, line, below, outline)):
        return opened
    ends = stands and current is not None and (current.kind in _AROUND or _is_peer(line, below, current))
    ends = ends or (
        stands and current is not None and current.kind == "purpose" and below is not None and bool(below.mark)
    )
    ends = ends or (0 < level <= _level_to_end(current) and not GROUP.fullmatch(heading_key(line.text)))
    return Heading("unknown", "") if ends or follows else None


def _names_staff(line: Line, below: Line | None) -> bool:
    """Return whether a cell is a label of the one beside it, which says whom the holder of the post leads."""
    beside = line.cell is not None and below is not None and below.cell is not None and below.cell[0] == line.cell[0]
    return beside and bool(_LEADS_STAFF.fullmatch(line.text)) and below is not None and is_titled(below)


def _level_to_end(current: Section | None) -> int:
    """Return the level of a part that any heading of that level ends: no group within has the same."""
    title = current.title if current and current.lines and current.kind in _ENDED_BY_LEVEL else None
    return title.heading if title else 0


def _is_group_of_duties(line: Line, below: Line | None, current: Section | None) -> bool:
    """Return whether a line names a group of a list of duties that has groups, and not a part of its own."""
    grouped = current is not None and current.kind == "accountabilities" and any(map(is_titled, current.lines))
    return grouped and below is not None and bool(below.mark) and _GROUP_OF_DUTIES.fullmatch(line.text) is not None


def _goes_on_numbered(line: Line, current: Section | None) -> bool:
    """Return whether a line is the next step of a selection: numbered right below another, and no part of a profile."""
    above = current.lines[-1] if current and current.kind == "process" and current.lines else None
    right_below = above is not None and above.mark == line.mark == "1." and not line.gap
    return right_below and kind_of(line) not in {*PROFILE_KINDS, "eligibility"}


def _stands_as_heading(line: Line, below: Line | None, outline: Outline) -> bool:
    """Return whether the place and form of a line are those of a heading, whatever its words are."""
    if below is None or not line.gap or len(line.text) > LONGEST_TITLE or is_item(line) or _NO_HEADING.match(line.text):
        return False
    current = outline.current
    last = current.lines[-1] if current and current.lines else None
    if line.last == below.first or (last and last.last == line.first):
        return False
    capitals = line.text.isupper() and not below.text.isupper()
    if line.mark and not capitals and not below.gap and (below.mark == line.mark or below.mark[:1].isalpha()):
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
        and (listed or (len(line.text.split()) <= _MOST_WORDS_OF_HEADING and not alike))
    )


def _is_title(line: Line) -> bool:
    """Return whether a line could be a heading, but for its number."""
    return is_titled(replace(line, mark="") if line.mark == "1." else line)


def _is_foot(outline: Outline) -> bool:
    """Return whether the foot of a page goes on: below what a profile lists, nothing ends it."""
    current = outline.current
    return current is not None and current.kind == "foot" and bool(outline.of(*LISTS))


def _is_menu(opened: Heading, line: Line, below: Line | None, outline: Outline) -> bool:
    """Return whether a line above all parts may as well be the way to a page, which speaks of other things."""
    asked = line.text.endswith("?") or line.text.isupper() or (below is not None and bool(below.mark))
    return not outline.sections and not asked and opened.kind not in _FIRST


def _is_peer(line: Line, below: Line | None, section: Section) -> bool:
    """Return whether a line has the form of the heading of a part: both numbered, in capitals, or questions."""
    title = section.title
    if (
        title is None
        or section.kind not in _ENDED
        or line.text.endswith(":")
        or GROUP.fullmatch(heading_key(line.text))
    ):
        return False
    if not line.mark and _SPECIFICATION.fullmatch(heading_key(title.text)):
        return False
    asks = title.text.endswith("?") and line.text.endswith("?")
    alike = (
        line.mark == title.mark
        and (section.kind in LISTS or bool(line.mark))
        and title.text.isupper()
        and line.text.isupper()
    )
    brief = len(line.text.split()) <= _MOST_WORDS_OF_TITLE and below is not None and below.text.endswith(".")
    return asks or alike or (line.mark == title.mark == "1." and brief and not title.text.isupper())


def _is_next(line: Line, outline: Outline) -> bool:
    """Return whether a heading bears the next number or letter after that of a part before it."""
    match = _ORDERED.match(line.text) if (line.gap or line.cell) and is_titled(line) else None
    if match is None:
        return False
    before = (_ORDERED.match(section.title.text) for section in reversed(outline.sections) if section.title)
    last = next((one for one in before if one and one["word"] == match["word"]), None)
    return last is not None and _ordinal(match) == _ordinal(last) + 1


def _is_numbered_title(line: Line, current: Section | None, lone: frozenset[int]) -> bool:
    """Return whether a numbered line stands apart below a list with other marks: it opens a part of another kind."""
    if current is None or line.first not in lone or not is_titled(replace(line, mark="")):
        return False
    marks = {one.mark for one in current.lines if one.mark}
    return bool(marks) and "1." not in marks


def _ordinal(match: re.Match[str]) -> int:
    return int(match["place"]) if match["place"].isdigit() else ord(match["place"].upper())


def is_item(line: Line) -> bool:
    """Return whether a mark makes the line an item of a list; numbers and letters also number headings."""
    return bool(line.mark) and line.mark != "1." and not line.mark[0].isalpha()


def _opens(opened: Heading, line: Line, outline: Outline) -> bool:
    """Return whether a heading opens a part here; in a list, a lead-in does not, nor the name of a group."""
    current = outline.current
    if current is None:
        return True
    leads = current.kind in LISTS and line.text.endswith(":") and not current.lines and current.title is not None
    levelled = opened.kind in {"behaviours", "competencies"} and _OF_FRAMEWORK.search(line.text)
    grouped = current.kind in {"criteria", "eligibility"} and opened.kind in GROUPS_OF_CRITERIA and not levelled
    peer = bool(current.title and 0 < line.heading <= current.title.heading)
    if grouped and not peer and (_is_specified(outline) or _holds_groups(current)):
        return False
    within = current.kind in {"education", "criteria"} or (current.kind == "skills" and not current.lines)
    if within and _is_necessity(line):
        return False
    if current.kind == "development" and opened.kind in {"skills", "development"} and _is_group(line, opened):
        return False
    within = current.kind in {"pay", "process", "contact"} and opened.kind in {"accountabilities", "criteria", "skills"}
    if leads or (within and not (line.gap and is_titled(line))):
        return False
    lead_in = line.text.rstrip().endswith(":") and not (line.gap and _ADDRESSES.search(line.text))
    return not (opened.kind == "criteria" and current.kind in LISTS - {"criteria"} and lead_in)


def _is_specified(outline: Outline) -> bool:
    """Return whether a person specification goes on, whatever the groups of it are called."""
    parts = takewhile(lambda section: section.kind in {"criteria", "eligibility"}, reversed(outline.sections))
    titles = (section.title.text for section in parts if section.title)
    return any(_SPECIFICATION.fullmatch(heading_key(title)) for title in titles)


def _holds_groups(current: Section) -> bool:
    """Return whether the first thing below what is essential is the name of a group, and so is the one at hand."""
    lines = [*([current.title] if current.title else []), *current.lines]
    return any(
        _is_necessity(line) and (below is None or kind_of(below) in GROUPS_OF_CRITERIA)
        for line, below in zip(lines, [*lines[1:], None], strict=False)
    )


def _is_necessity(line: Line) -> bool:
    return _NECESSITY.fullmatch(heading_key(line.text)) is not None


def _is_group(line: Line, opened: Heading) -> bool:
    words = heading_key(line.text)
    return (
        bool(GROUP.fullmatch(words))
        and words not in {"skills", "professional development", "development"}
        and not opened.rest
    )
