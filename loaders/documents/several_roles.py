"""A paper on several roles, such as promotion to two ranks: which of its lines are on one of them, and which on all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from graph.ids import even_marks, slug
from loaders.documents.family import DocumentText
from loaders.fields.role_title import names_several, promoted_to
from loaders.language.patterns import any_case
from loaders.language.rank_titles import RankMention, find_ranks, is_post
from loaders.layout.columns import is_offer_row
from loaders.layout.headings import heading, heading_key, likely_heading
from loaders.layout.lines import Line, rows
from loaders.layout.openings import is_item
from loaders.layout.outline import is_titled, leads_to_list
from loaders.layout.table_rows import NEEDS
from loaders.profile import Profile, RoleInfo, Statement
from loaders.reference.ranks import ranks, roles

_TITLES, _FEWEST, _LONGEST = 8, 2, 10
_PROMOTION = any_case(r"\bpromot(?:ions?|ed)\b")
_AIMED_AT = any_case(
    r"\bpromot(?:ions?|ed)\b(?: process\w*| boards?)?(?: of [^.;:]{1,40})? (?:to|from(?=[^.;:]* to\b))"
    r" (?P<ranks>[^.;:]{3,160})|^applies to\s*:(?P<whom>.*)"
)
_JOINT = any_case(r"[\s,/&]*(?:and|or)?[\s,/&]*(?:to )?(?:the )?(?:ranks? of )?")
_SIDE_BY_SIDE = re.compile(r"\s*[/,&]\s*|\s+(?:and|or)\s+")
_UP_TO = any_case(r"\s*(?:(?:up |through )?to|[-–—>→]+)\s*")
_ABOVE = any_case(r"\s*(?:(?:and|or) (?:above|higher)|upwards)\b")
_AROUND = any_case(
    r"(?:(?:\d[\d.]*|temporary|substantive|promotions?|process|to|for|the|ranks?|of|only|candidates|applicants|boards?"
    r"|selection|and|or|above|higher|an?|section|part|annex|stage|what|will|i|you|do|as|your|eligibility|criteria"
    r"|requirements?|main|additional|further|duties|responsibilities|accountabilities|key|dates|timetable)\b|[\s,:&/().?–—-])*"
)
_FOR_ONE = any_case(
    r"(?:\b(?:candidates?|applicants?|applications?|competenc\w+|promot(?:ion|ed)|appl(?:y|ying)|interviews?|boards?"
    r"|criteria)(?: for| to)+ |\btemporarily promoted )(?:promotion to )?(?:the )?(?:ranks? of )?(?:an? )?$",
    r"(?:^|\()(?:for )?(?:an? |the )?$",
)
_OF_ONE = any_case(r"s?['’]?s?(?:\s*:| (?:candidates?|applicants?|boards?|interviews?|applications?|only)\b)")
_HEAD = any_case(
    r"(?:(?:post|job|role|position)(?: title)?|title|ranks?|(?:role|rank) profile|(?:job|role) description|vacancy)"
)
_POST = any_case(
    r"(?:post|role|vacancy|position|opportunity|job)\s*(?:no\.?\s*)?(?:\d{1,2}|[a-h]|i{1,3}|iv)\s*[-–—:.)]\s*(?P<title>\S.*)"
)
_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_NUMBERED = "1."
"""The mark of a line that has a number, whichever it is."""
_OF_WHOLE = frozenset({"frames", "leftovers", "notes", "of_roles"})


class Share(NamedTuple):
    """A line, and the ids of the ranks that it is on: none where it is on all; `is_title` where it only says which."""

    line: Line
    ranks: frozenset[str] | None
    is_title: bool = False


class Aim(NamedTuple):
    """A rank that a paper is on, and what the paper calls the role that has it."""

    id: str
    step: int
    title: str


def aims(text: DocumentText, whole: Profile) -> tuple[Aim, ...]:
    """Return the ranks that a paper is about, the lowest first, none where it is not about several.

    They are those of the posts in its table of vacancies, of its title, or, where it speaks of promotion, its aims;
    posts with a number of their own, and roles of its title that each have a part, may be of one rank, or of none.
    """
    organisation = whole.role.organisation
    if posts := _numbered_posts(text) or _roles_of_title(text):
        return tuple(Aim(slug(title), number, title) for number, title in enumerate(posts, 1))
    titles = _posts(text, whole.role) or _joint_titles(whole.role.name, organisation) or _headed(text, organisation)
    if not titles:
        aimed = _titles_of_parts(text, whole)
        aimed |= frozenset() if whole.role.name else _promoted_to(text, organisation)
        titles = {rank.id: rank.name for rank in ranks() if rank.id in aimed}
    found = tuple(Aim(rank.id, rank.step, titles[rank.id]) for rank in ranks() if rank.id in titles)
    return found if len(found) >= _FEWEST else ()


def _numbered_posts(text: DocumentText) -> Sequence[str]:
    """Return the titles of the posts that headings of a paper count: "Post 1: Custody Sergeant"."""
    matches = (_POST.fullmatch(line.text) for line in text.lines if is_titled(_unnumbered(line)) and not line.cell)
    named = dict.fromkeys(match["title"] for match in matches if match)
    titles = [title for title in named if is_post(title) or find_ranks(title)]
    return titles if len(titles) >= _FEWEST else ()


def _roles_of_title(text: DocumentText) -> Sequence[str]:
    """Return the roles without a rank that one line at the top names together, and that each head a part below it."""
    heads = {line.text.casefold().removesuffix("s") for line in text.lines if is_titled(_unnumbered(line))}
    names = [role.name for role in roles() if role.rank is None and role.name.casefold() in heads]
    together = ([name for name in names if name.casefold() in line.text.casefold()] for line in text.lines[:_TITLES])
    return next((named for named in together if len(named) >= _FEWEST), ())


def _posts(text: DocumentText, role: RoleInfo) -> dict[str, str]:
    """Return the posts of a table of vacancies, by their ranks: one post a rank, the role that was read among them."""
    posts: dict[str, str] = {}
    listed = False
    for row in rows(text.lines):
        is_head = is_offer_row([line.text for line in row])
        listed = bool(row[0].cell) and (listed or is_head)
        if listed and not is_head:
            named = {one.rank_id for one in find_ranks(row[0].text, role.organisation)}
            if len(named) != 1 or named & posts.keys():
                return {}
            posts[str(named.pop())] = row[0].text
    return posts if not role.name or role.name in set(posts.values()) - {rank.name for rank in ranks()} else {}


def _joint_titles(title: str, organisation: str | None) -> dict[str, str]:
    """Return the titles that one is of several ranks, by the ranks: "Constable / Sergeant - Roads Policing"."""
    named = [one for one in find_ranks(title, organisation) if one.rank_id]
    side_by_side = all(_SIDE_BY_SIDE.fullmatch(title, one.end, two.start) for one, two in pairwise(named))
    if len(named) < _FEWEST or not side_by_side or re.search(r"\b(?:to|for)\b", title[: named[0].start]):
        return {}
    return {str(one.rank_id): f"{title[: named[0].start]}{one.text}{title[named[-1].end :]}" for one in named}


def _titles_of_parts(text: DocumentText, whole: Profile) -> frozenset[str]:
    """Return the ranks that titles of one standing say promotions are to; the first line is the title of the whole."""
    found: dict[int, set[str]] = {}
    promotes = not whole.role.name and any(_PROMOTION.search(line.text) for line in text.lines)
    for line in text.lines[1:]:
        rank = _rank_of_part(line, alone=promotes) if is_titled(_unnumbered(line)) and not line.cell else None
        named = find_ranks(rank, whole.role.organisation) if rank else ()
        found.setdefault(line.heading, set()).update(one.rank_id for one in named if one.rank_id)
    several = next((ids for ids in found.values() if len(ids) >= _FEWEST), set[str]())
    return frozenset(several if not whole.role.name or whole.role.id in several else ())


def _rank_of_part(line: Line, *, alone: bool) -> str | None:
    """Return the rank that the title of a part says promotion is to, or, in a paper on promotion, names `alone`."""
    named = find_ranks(line.text)
    is_bare = alone and len(named) == 1 and _AROUND.fullmatch(_without(line.text, named))
    return named[0].text if is_bare else promoted_to(line.text)


def _headed(text: DocumentText, organisation: str | None) -> dict[str, str]:
    """Return the titles by rank that a paper has at its top: behind a label, or on a line of nothing but ranks."""
    for line in text.lines[:_TITLES]:
        label, _, value = line.text.rpartition(":")
        others = _without(value, find_ranks(value, organisation))
        if _HEAD.fullmatch(label.strip()) if label else not re.sub(r"\b(?:and|or)\b|[\s,/&]", "", others):
            titles = _joint_titles(value.strip(), organisation)
            if len(titles) >= _FEWEST:
                return titles
    return {}


def _promoted_to(text: DocumentText, organisation: str | None) -> frozenset[str]:
    """Return the ranks that a paper on promotion says it is to: in its title, else in its sentences."""
    if not any(_PROMOTION.search(line.text) for line in text.lines):
        return frozenset()
    titles = [line.text for line in text.lines[:_TITLES] if is_titled(line) and names_several(line.text)]
    spoken = [match["ranks"] or match["whom"] for line in text.lines if (match := _AIMED_AT.search(line.text))]
    titled = (ranked for title in titles if len(ranked := _aimed(title, organisation)) >= _FEWEST)
    spoken_of = frozenset[str]().union(*(_aimed(words, organisation) for words in spoken))
    return next(titled, spoken_of) - {"uk/constable"}


def _aimed(words: str, organisation: str | None) -> frozenset[str]:
    """Return the ranks that words name side by side: of "A to B" the upper one, and all between where they are far."""
    named = [one for one in find_ranks(words, organisation) if one.rank_id]
    steps = {rank.id: rank.step for rank in ranks()}
    aimed = {str(one.rank_id) for one in named[:1]}
    for one, two in pairwise(named):
        lower, upper = str(one.rank_id), str(two.rank_id)
        if _UP_TO.fullmatch(words, one.end, two.start):
            aimed -= {lower} if steps[upper] == steps[lower] + 1 else set()
            between = range(steps[lower] + 1, steps[upper])
            aimed |= {upper, *(rank for rank in steps if rank.startswith("uk/") and steps[rank] in between)}
        elif _JOINT.fullmatch(words, one.end, two.start):
            aimed.add(upper)
        else:
            break
    return frozenset(aimed)


def shares(text: DocumentText, about: Sequence[Aim], organisation: str | None) -> list[Share]:
    """Return each line with the ranks that it is on: by the title or the row or column above it, or by its own words.

    A part goes on until a title of the same standing that names no rank; what stands below that is on all again.
    """
    names = {line: _named(line, about, organisation) for line in text.lines}
    names = {line: named if len(named) < len(about) else frozenset() for line, named in names.items()}
    last = max((line.first for line, named in names.items() if named and not line.cell), default=0)
    return list(_shares(text, names, _Reader(about, organisation, last, text.source.lines)))


@dataclass
class _Reader:
    """Where the reading of a paper stands: the title that says of which ranks the lines below are."""

    about: Sequence[Aim]
    organisation: str | None
    last: int
    raw: Sequence[str]
    current: frozenset[str] | None = None
    title: Line | None = None
    below: set[str] = field(default_factory=set)
    columns: dict[int, frozenset[str]] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)

    def ends(self, line: Line) -> bool:
        """Return whether a line is a title of the same standing as the one above, and so ends its part."""
        leads = line.text.endswith(":") and (find_ranks(line.text) or leads_to_list(line.text))
        if self.title is None or leads or not is_titled(_unnumbered(line)):
            return False
        if self.title.heading:
            return 0 < line.heading <= self.title.heading
        number, upper = self.number(line), self.number(self.title)
        if number and upper:
            return line.gap and len(number) <= len(upper) and number > upper
        key = heading_key(line.text)
        ends = line.first > self.last and key not in self.below and line.gap and (not line.mark or number > [1])
        self.below.add(key)
        return ends

    def number(self, line: Line) -> list[int]:
        """Return the number in front of a line, part by part, none where it has none."""
        match = _NUMBER.match(self.raw[line.first - 1])
        return [int(one) for one in match[1].split(".")] if match else []

    def of_row(self, row: Sequence[Line], named: Sequence[frozenset[str]]) -> Iterator[Share]:
        """Yield the cells of a row: ranks over columns, else one in its first cell, say of which ranks they are."""
        if len({one for one in named if one}) > 1:
            self.columns = {_column(line): one for line, one in zip(row, named, strict=True) if one}
            yield from (Share(line, one or self.current, bool(one)) for line, one in zip(row, named, strict=True))
            return
        if self.columns and len(row) > 1:
            label = row[0].text
            label = f"Eligibility: {label}" if NEEDS.search(label) and not heading(label) else label
            for line in row[1:]:
                yield Share(_labelled(label, line), self.columns.get(_column(line), self.current))
            return
        if is_offer_row([line.text for line in row]):
            self.heads = {_column(line): line.text for line in row}
        own = named[0] if len(row) > 1 else frozenset()
        for line in row:
            head = self.heads.get(_column(line)) if own else None
            yield Share(_labelled(head, line) if head else line, own or self.current)


def _column(line: Line) -> int:
    return line.cell[1] if line.cell else 0


def _labelled(label: str, line: Line) -> Line:
    return replace(line, text=f"{label}{' ' if ':' in label else ': '}{line.text}", cell=None, gap=True)


def _unnumbered(line: Line) -> Line:
    return replace(line, mark="") if line.mark == _NUMBERED else line


def _shares(text: DocumentText, names: dict[Line, frozenset[str]], at: _Reader) -> Iterator[Share]:
    for row in rows(text.lines):
        if row[0].cell:
            yield from at.of_row(row, [names[line] for line in row])
            continue
        at.columns, at.heads = {}, {}
        line, about = row[0], names[row[0]]
        is_title = not line.mark or bool(at.number(line))  # a letter is that of an item, which those below it complete
        if about:
            at.current, at.title = about, line
        elif at.ends(line):
            at.current, at.title = None, None
        yield Share(
            line, about or _of_sentence(line.text, at.about, at.organisation) or at.current, bool(about) and is_title
        )


def _named(line: Line, about: Sequence[Aim], organisation: str | None) -> frozenset[str]:
    """Return the ranks of a title or cell that says nothing but which they are, those above them where it says so."""
    if not is_titled(_unnumbered(line)):
        return frozenset()
    named = [one for one in find_ranks(line.text, organisation) if one.rank_id]
    post = _POST.fullmatch(line.text)
    head = (post["title"] if post else line.text).casefold()
    if called := [aim.id for aim in about if aim.title.casefold() in {head, head.removesuffix("s")}]:
        return frozenset(called)
    if not named or not _AROUND.fullmatch(_without(line.text, named)):
        stands = not line.cell and len(line.text.split()) <= _LONGEST and ":" not in line.text[:-1]
        return _of_sentence(line.text, about, organisation) if stands else frozenset()
    known = [rank for rank in about if rank.id in _aimed(line.text, organisation)]
    if known and _ABOVE.match(line.text, named[-1].end):
        known = [rank for rank in about if rank.step >= known[0].step]
    return frozenset(rank.id for rank in known)


def _without(text: str, named: Sequence[RankMention]) -> str:
    for one in reversed(named):
        text = text[: one.start] + text[one.end :]
    return re.sub(r"^s\b|(?<=\s)s\b", "", even_marks(text))


def _of_sentence(text: str, about: Sequence[Aim], organisation: str | None) -> frozenset[str]:
    """Return the ranks that a sentence is on by its own words, as "Candidates for Sergeant must ..." is."""
    found: set[str | None] = set()
    end = -1
    for one in find_ranks(text, organisation):
        led = _FOR_ONE.search(text[: one.start])
        joined = end >= 0 and _JOINT.fullmatch(text, end, one.start)
        if joined or (led and (len(led[0].split()) > 1 or _OF_ONE.match(text, one.end))):
            found.add(one.rank_id)
            end = one.end
    return frozenset(rank.id for rank in about if rank.id in found)


def lines_of(rank: str, shared: Sequence[Share]) -> tuple[Line, ...]:
    """Return the lines on a rank, without the titles that only say so; of those, what opens a part is kept."""
    own = [one for one in shared if one.ranks is None or rank in one.ranks]
    below = [*own[1:], *own[-1:]]
    lines = (_opener(one.line, two.line) if one.is_title else one.line for one, two in zip(own, below, strict=True))
    return tuple(filter(None, lines))


def _opener(line: Line, below: Line) -> Line | None:
    """Return a title without the rank in it, where that opens a part, or all of it where no list goes on below."""
    words = re.sub(r"(?: for| to| of)?(?: the)?\s*$", "", _without(line.text, find_ranks(line.text)).strip(" :–-"))
    if heading(words):
        return replace(line, text=words)
    opens = heading(line.text) or likely_heading(line.text)
    return line if opens or not (line.cell or is_item(below)) else None


def together(whole: Profile, each: Sequence[Profile]) -> Profile:
    """Return a paper as a whole, with all that is said of each of its roles."""
    silent = [one for one in each if not one.says_something]
    each = [one for one in each if one.says_something]
    if not each:
        return whole
    names = [name for name in Profile.model_fields if name not in _OF_WHOLE and isinstance(getattr(whole, name), tuple)]
    fields: dict[str, object] = {name: _union(name, whole, each) for name in names}
    stated = {one.lines for name in names for one in _union(name, whole, each)}
    fields["leftovers"] = tuple(one for one in _union("leftovers", whole, [*each, *silent]) if one.lines not in stated)
    of_roles = ", ".join(one.role.name for one in each)
    note = f"it is on {of_roles}: what is said of one of them, and of all, is loaded as a profile of each"
    fields |= (
        {"role": RoleInfo(id="", name="", organisation=whole.role.organisation)}
        if whole.role.id not in {one.role.id for one in each if not one.is_share}
        else {}
    )
    return whole.model_copy(update={**fields, "of_roles": tuple(each), "notes": (*whole.notes, note)})


def _union(name: str, whole: Profile, each: Sequence[Profile]) -> tuple[Statement, ...]:
    """Return what the parts of a paper say, each once, in the order of its lines."""
    listed: tuple[Statement, ...] = tuple(one for part in each for one in getattr(part, name))
    return tuple(sorted(dict.fromkeys(listed or getattr(whole, name)), key=lambda one: one.lines))
