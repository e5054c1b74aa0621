"""Cut the lines of a document into its parts, and set aside what is furniture: page headers, contents, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from loaders.language.competency_lines import (
    LEVEL_LINE,
    is_competency_line,
    is_competency_row,
    is_lead_of_level,
    level_of,
    match_competency,
)
from loaders.language.number_words import MONTH, WEEKDAY
from loaders.language.patterns import any_case
from loaders.layout.columns import NECESSITIES, column_head, heads_of_row, is_head_row, is_mark, is_number
from loaders.layout.headings import LISTS, PROFILE_KINDS, Heading, heading, heading_key
from loaders.layout.lines import Line, rows
from loaders.layout.openings import is_item, opening
from loaders.layout.outline import GROUP, GROUPS_OF_CRITERIA, MOST_WORDS, Outline, Section, is_titled, kind_of
from loaders.layout.table_rows import competency_joined, levels_over, rows_of_ranks

_NOISE = any_case(
    "sorry, you need to enable javascript.*|accessibility settings.*|skip to (?:main )?content.*",
    r"quickly exit this site.*|leave this site.*|this site is a beta\b.*",
    "(?:we use|this (?:site|website) uses) cookies.*|cookies?|advertisement|<<|>>|total page:.*|file type:.*",
    r"size: ?px|start display at page:.*|download \".*|transcription|transcript|upload: .*",
    "(?:official|not protectively marked|unclassified|restricted)(?:[ -]+(?:sensitive|open|public|police))?",
    r"copyright .*|©.*|.{0,60}\bpage \d{1,3}(?: ?(?:of|/) ?\d{1,3})?|page \d+(?: ?(?:of|/) ?\d+)?",
    r"\d{1,3}(?: ?(?:of|/) ?\d{1,3})?|- ?\d{1,3} ?-|you will need to log ?in to college learn.*|form|guidance",
    r"[-_=*]{5,} ?\d{1,3}",
    r"(?:published|posted|created|modified|updated)\b[^|]{0,40}(?: \| [^|]{1,30}){2,}",
    "was this (?:page|information) helpful.*",
    r"share this (?:job|page|vacancy|role|post|article)\b.{0,60}|back to top|print this page",
    "correspondence|(?:last )?updated:? .{4,30}|published:? .{4,30}|posted on .{4,30}",
)
_WILL = any_case(r"(?:the )?(?:(?:successful|ideal) )?(?:candidate|applicant)s? (?:will|shall)")
_HAS = any_case(
    r"(?:also |already |ideally |typically |be able to )*"
    r"(?:have|be|hold|possess|show|demonstrate|need|bring|an?|experience|knowledge|skills?|evidence|proven)\b"
)
_PAGE_NUMBER = any_case(r"(?:page )?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?|- ?\d{1,3} ?-")
_HINT = re.compile(r"[(\[].*[)\]]\.?")
_STATUS = any_case(
    "(?:please note,? )?this (?:profile|role profile|page) (?:has (?:recently )?been"
    r"|is (?:currently )?(?:out of date|being|under|in the process))\b.*"
)
_ENTRY = re.compile(r".*\w[\s.…·_-]+\d{1,3}|\d{1,3}[.)]?\s+\S.*|.*…\s*")
_PAGE = re.compile(r"\d{1,3}")
_LONGEST_GROUP = 4
_COVER = 60
_FEWEST_OF_MENU = 3
_LONGEST_CONTENTS = 600
_MINOR = any_case(
    r"(?:[a-z](?:\s*[/,]\s*[a-z])*|or|and|plus|either|level \d.*|essential|desirable|none"
    r"|not applicable|n/a|stage \w+\b.*|.*£.*)"
)
_DAY = any_case(
    rf"(?:{WEEKDAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH},? (?:19|20)\d\d"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d\d){{1,2}}"
    r"|v(?:ersion)?\.? ?\d+(?:\.\d+)*"
)
_BESIDE_COMPETENCIES = frozenset({"criteria", "eligibility", "process", "unknown"})
"""Parts of a document in which competencies may stand with their levels, as a part of their own."""
_CONTAINERS = frozenset({"about", "force", "introduction", "pay", "process", "contents", "eligibility"})


def split_sections(lines: tuple[Line, ...]) -> Outline:
    """Return the parts of a document; a heading that comes again on the next page opens nothing."""
    outline = Outline()
    repeated = _repeated(lines)
    rest = _contents_set_aside(lines, outline)
    outline.lone = frozenset(
        line.first for line, below in pairwise(rest) if line.mark == "1." and line.gap and below.mark != "1."
    )
    table = list(rows(rest))
    ranked = rows_of_ranks(table)
    over: dict[int, str] = {}
    for number, (row, following) in enumerate(zip_longest(table, table[1:])):
        over = (levels_over(row) or over) if row[0].cell else {}
        if number in ranked:
            _place_rank(row, outline, is_head=number - 1 not in ranked)
        else:
            _place_row(_joined(row, over, outline), following[0] if following else None, outline, repeated)
    for section in outline.sections:
        if section.title and _WILL.fullmatch(heading_key(section.title.text)) and _tells_deeds(section.lines):
            section.kind = "accountabilities"
    return outline


def _joined(row: Sequence[Line], over: Mapping[int, str], outline: Outline) -> Sequence[Line]:
    """Return a row, a competency beside its level, or below it, as one line."""
    joined = competency_joined(row, over)
    outline.frames.extend(row[1:] if len(joined) < len(row) else ())
    return joined


def _tells_deeds(lines: Sequence[Line]) -> bool:
    """Return whether a list that the candidate "will" complete says what is done, and not what one is or has."""
    listed = [line.text for line in lines if line.mark] or [line.text for line in lines]
    return bool(listed) and 2 * sum(bool(_HAS.match(text)) for text in listed) < len(listed)


def _place_row(row: Sequence[Line], below: Line | None, outline: Outline, repeated: frozenset[str]) -> None:
    """Place the cells of a row: its first that is no number may open a part, the others stand in that.

    Heads that say what is essential open criteria themselves.
    """
    current = outline.current
    heads = is_head_row([line.text for line in row])
    begun = current is not None and current.kind in LISTS and not current.lines
    counted = len(row) > 1 and column_head(row[0].text) == "number" and not begun
    first = next((place for place, line in enumerate(row[:-1]) if not is_number(heading_key(line.text))), 0) or counted
    both = set(heads_of_row([line.text for line in row]).values()) >= NECESSITIES
    if heads and not (current and current.kind == "criteria") and (both or kind_of(row[first]) != "criteria"):
        outline.sections.append(Section("criteria", None))
    for place, line in enumerate(row):
        current = outline.current
        if place == first and not (current and _is_of_table(row, current, heads=heads)):
            _place(line, row[place + 1] if place + 1 < len(row) else below, outline, repeated)
        elif line.is_ornament or (counted and column_head(line.text) == "number"):
            outline.frames.append(line)
        else:
            (current.lines if current else outline.head).append(line)


def _is_of_table(row: Sequence[Line], current: Section, *, heads: bool) -> bool:
    """Return whether a row can only go on with a table: marks stand beside its text, or a group of criteria begins it.

    A cell that stands alone, but not in the first column, is none of a heading, either.
    """
    marked = not heads and any(is_mark(line.text) for line in row[1:])
    if current.kind != "criteria":
        return marked and current.kind in LISTS
    alone = row[0].cell is not None and row[0].cell[1] > 1
    named = len(row) > 1 and kind_of(row[0]) in {*GROUPS_OF_CRITERIA, "criteria"}
    return heads or marked or ((alone or named) and any(line.cell for line in current.lines))


def _place_rank(row: Sequence[Line], outline: Outline, *, is_head: bool) -> None:
    """Place a row on a rank: what each cell asks is a criterion; the heads open the part and are furniture."""
    if is_head:
        outline.sections.append(Section("criteria", None, closed=True))
    outline.frames.extend(row if is_head else row[:1])
    asked = [] if is_head else row[1:]
    outline.sections[-1].lines.extend(replace(line, mark=line.mark or "•", cell=None) for line in asked)


def is_group(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line names a group of its list: it is a known name, or a short line above marked items."""
    if not is_titled(line):
        return False
    place = lines.index(line)
    below = lines[place + 1] if place + 1 < len(lines) else None
    if below is None or (line.text.endswith(":") and len(line.text.split()) > _LONGEST_GROUP):
        return False
    known = bool(GROUP.fullmatch(heading_key(line.text)))
    return known or (bool(below.mark) and len(line.text.split()) <= _LONGEST_GROUP and line.gap)


def _key(line: Line) -> str:
    return re.sub(r"^(?:page )?\d{1,3}\s+|\s+(?:page )?\d{1,3}$", "", heading_key(line.text))


def _repeated(lines: tuple[Line, ...]) -> frozenset[str]:
    """Return the titles that stand more than once, and longer lines beside page numbers: page headers and footers."""
    pages = [bool(_PAGE_NUMBER.fullmatch(line.text)) for line in lines]
    beside = [above or below for above, below in zip((False, *pages), (*pages[1:], False), strict=False)]
    turned = {_key(line) for line, is_beside in zip(lines, beside, strict=True) if is_beside and not line.mark}
    counts = Counter(
        _key(line)
        for line in lines
        if (_key(line) in turned and not line.text.endswith("."))
        or (is_titled(line) and not _MINOR.fullmatch(line.text) and not is_competency_line(line.text))
    )
    return frozenset(key for key, count in counts.items() if key and count > 1)


def _contents_set_aside(lines: tuple[Line, ...], outline: Outline) -> list[Line]:
    """Put the lines of a contents page among the frames, and what stands before it, the cover, into the head."""
    start = next((n for n, line in enumerate(lines[:_COVER]) if _is_contents(line)), None)
    if start is None:
        menu = _menu(lines)
        outline.frames.extend(menu)
        return [line for line in lines if line not in menu]
    end = start + 1
    later = Counter(_key(line) for line in lines[end:])
    numbered = any(_ENTRY.fullmatch(line.text) for line in lines[end : end + 2])
    first = _key(lines[end]) if end < len(lines) else ""
    while end < len(lines) and (_is_entry(lines[end], later, numbered=numbered) or _has_page_beside(lines, end)):
        if end > start + 1 and _key(lines[end]) == first and later[first] == 1:
            break
        later[_key(lines[end])] -= 1
        end += 1
    outline.frames.extend(lines[start:end])
    if any(kind_of(line) in {"purpose", "accountabilities"} for line in lines[:start]):
        return [*lines[:start], *lines[end:]]  # a list of contents below the first part of a page
    outline.head.extend(lines[:start])
    return list(lines[end:])


def _menu(lines: Sequence[Line]) -> list[Line]:
    """Return the headings at the top, in no table, that stand one below the other, and each again over its part."""
    counts = Counter(_key(line) for line in lines)
    again = [not line.cell and heading(line.text) is not None and counts[_key(line)] > 1 for line in lines[:_COVER]]
    start = next((place for place in range(len(again)) if all(again[place : place + _FEWEST_OF_MENU])), len(again))
    run: dict[str, Line] = {}
    for line, more in zip(lines[start:], again[start:], strict=False):
        if not more or _key(line) in run:
            break
        run[_key(line)] = line
    return list(run.values()) if len(run) >= _FEWEST_OF_MENU else []


def _is_contents(line: Line) -> bool:
    opened = heading(line.text) if not line.mark else None
    return opened is not None and opened.kind == "contents"


def _is_entry(line: Line, later: Counter[str], *, numbered: bool) -> bool:
    if len(line.text) > _LONGEST_CONTENTS or heading(line.text) == Heading("contents", ""):
        return False
    if _ENTRY.fullmatch(line.text) or line.mark == "1.":
        return True
    return not numbered and is_titled(replace(line, mark="")) and later[_key(line)] > bool(not line.mark)


def _has_page_beside(lines: Sequence[Line], place: int) -> bool:
    """Return whether a cell of a contents page is the name of a part beside its page, or the page beside the name."""
    near = pairwise(lines[max(0, place - 1) : place + 2])
    beside = [(one, two) for one, two in near if one.cell and two.cell and one.cell[0] == two.cell[0]]
    return any(is_titled(name) and _PAGE.fullmatch(page.text) for name, page in beside)


def _place(line: Line, below: Line | None, outline: Outline, repeated: frozenset[str]) -> None:
    current = outline.current
    target = current.lines if current else outline.head
    if _NOISE.fullmatch(line.text) or line.is_ornament or _is_lone_day(line, current):
        outline.frames.append(line)
        return
    if current and current.kind in _BESIDE_COMPETENCIES and _is_competency(line):
        leads = current.lines[-1:] if current.lines and is_lead_of_level(current.lines[-1].text) else []
        del current.lines[len(current.lines) - len(leads) :]
        _beside(outline).extend([*leads, line])
        return
    opened = opening(line, below, outline)
    named = None if opened or not current or is_item(line) else heading(line.text)
    if named and GROUP.fullmatch(heading_key(line.text)):
        target.append(line)
    elif opened and not (opened.kind == "unknown" and _is_page_header(line, current, repeated)):
        _open(opened, line, outline, repeated)
    elif _HINT.fullmatch(line.text) or _STATUS.fullmatch(line.text) or _is_page_header(line, current, repeated):
        outline.frames.append(line)
    else:
        target.append(line)


def _is_lone_day(line: Line, current: Section | None) -> bool:
    """Return whether a line is a day that interrupts a part; where the selection is told, a day is a fact."""
    return current is not None and current.kind != "process" and not line.mark and bool(_DAY.fullmatch(line.text))


def _is_competency(line: Line) -> bool:
    """Return whether a line is a competency with its level, or in the words of a framework that speaks of us."""
    match = match_competency(line.text)
    alone = match is not None and (level_of(match) is not None or match["name"].startswith("We "))
    level = not line.mark and not line.cell and LEVEL_LINE.fullmatch(line.text)
    return alone or bool(level) or is_competency_row(line.text)


def _beside(outline: Outline) -> list[Line]:
    """Return the lines of the competencies that a person specification holds, a part beside its criteria."""
    last = outline.sections.index(next(one for one in reversed(outline.sections) if not one.closed))
    if not last or outline.sections[last - 1].kind != "behaviours" or outline.sections[last - 1].title:
        outline.sections.insert(last, Section("behaviours", None))
        last += 1
    return outline.sections[last - 1].lines


def _is_page_header(line: Line, current: Section | None, repeated: frozenset[str]) -> bool:
    runs = not line.mark and (current is not None if is_titled(line) else not line.text.endswith("."))
    return runs and _key(line) in repeated and not _MINOR.fullmatch(line.text)


def _is_value(opened: Heading) -> bool:
    """Return whether the line is a label and its value, as in "Salary: ...", with no sentence or list after it."""
    short = len(opened.rest.split()) <= MOST_WORDS and not opened.rest.endswith((".", ":", ";"))
    return opened.kind not in PROFILE_KINDS and bool(opened.rest) and short


def _open(opened: Heading, line: Line, outline: Outline, repeated: frozenset[str]) -> None:
    current = outline.current
    kind = current.kind if current else ""
    is_list = any(one.mark for one in current.lines) if current else False
    if opened.kind == "about" and kind in PROFILE_KINDS and _key(line) in repeated:
        outline.frames.append(line)
        return
    again = any(section.title and _key(section.title) == _key(line) for section in outline.sections)
    if again and opened.kind in _CONTAINERS and _key(line) in repeated:
        outline.frames.append(line)
        return
    closed = _is_value(opened) and (kind not in PROFILE_KINDS or is_list)
    section = Section(opened.kind, line, closed=closed)
    outline.sections.append(section)
    if opened.rest:
        section.lines.append(replace(line, text=opened.rest, mark="", gap=False))
    if opened.kind == "unknown":
        section.lines.append(line)
    elif opened.kind in PROFILE_KINDS or not opened.rest:
        outline.frames.append(replace(line, text=line.text.removesuffix(opened.rest).strip()))
