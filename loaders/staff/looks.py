"""Look at a file of another system: its header, and what stands in each column."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from loaders.staff import rank_prefixes
from loaders.staff.absence_words import is_away
from loaders.staff.column_words import (
    AT_WORK,
    MANY,
    NOTHING,
    fits,
    has_numbers_beside,
    has_ranks,
    is_of_course,
    is_of_matrix,
    read_day,
)
from loaders.staff.files import Place
from loaders.staff.header_words import ENDING, all_names, lexicon, may_be, meanings
from loaders.staff.mapping import OPEN
from loaders.staff.numbers import PER_CENT
from loaders.staff.rows import TOTAL, is_rule
from loaders.staff.schema import normalise, word_of
from loaders.staff.shaping import WORDS_AND_DAY
from loaders.staff.sheets import SHEETS, sheet

_MONTHS = 12
_IN_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d\d)(?:\D.*)?$")
_SHORT = re.compile(r"\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/. ]?\d\d|(?:\d{1,2}|[A-Za-z]{3,9})[-/'\u2019]\d\d")
NO_COLUMN = "none"
"""Stands beside a column that may be of a sheet, and is more likely of another."""

_DAYS_OF_POST = {"opened": "from", "closed": "to", "from": "from", "to": "to"}
_FULL_WEEK = range(35, 43)
_SAMPLE = 5000
_FEW = 3
_HEADERS = 10
_LEVELS = "force|command|directorate|division|area|bcu|district|department|dept|branch|section|team|unit|shift"
LEVEL = re.compile(rf"\b(?:{_LEVELS})\b")
_LEVEL = re.compile(
    rf"(?:\w+ ){{0,3}}(?P<level>{_LEVELS})(?: (?:name|title|desc|description|text))?"
    r"|(?:\w+ )*(?:org\w*|unit|structure|hierarchy|tier)(?: level| tier)? (?P<number>\d)"
)
_NUMBERED = re.compile(r"\b(?:id|no|number|ref|reference|code)\b")
_PLACE = re.compile(r"loc(?:atio)?n?(?: (?:code|name|no|desc\w*))?|station")
_OF_DAYS = re.compile(
    r"(?:(?:date|day|initial|first|last|latest|next|previous|current|course|training|refresher|renewal|review|of|due|on)"
    r"|(?:auth\w*|valid\w*|exp\w*|qualif\w*|achieved|awarded|passed|issued?|completed|attended|booked|until|to|from)|\W)+"
)
"""Headers that name a day and no course."""
_OF_WHOM = re.compile(r"\b(?:rank|grade|group|type|category|class|employ\w*|contract\w*)\b")
_GRADE = re.compile(r"\b(?:rank|grade)\b")
_FIRST_NAME = re.compile(
    r"(?:first |other )?(?:fore|first |given |known |preferred )names?(?: s)?|known as|initials?|vorna"
)
_LAST_NAME = re.compile(r"(?:sur|last |family )names?|nachn")
_IS_NUMBER = re.compile(r"[A-Za-z]{0,4}[-/ ]?\d{2,}").fullmatch
_COUNT = re.compile(r"\b(?:total|count|number|posts|places|heads|headcount|sum|strength|establishment)\b")
_IS_COUNT = re.compile(r"\d{1,4}(?:\.\d+)?").fullmatch
_FTE = re.compile(r"\b[fw]te\b|\btime equivalents?\b|^(?:per ?cent(?:age)? )?of post$")
_FULL_TIME = re.compile(r"\b(?:fte|full[ -]time|standard) h(?:ou)?rs\b")
"""Hours of a full week, of which what somebody works is a part."""
_IN_PER_CENT = re.compile(r"%|\bper ?cent|\bpct\b|\bcap\w*[. ]util|\bbsgrd\b")
_OF_PERSON = re.compile(
    r"\b(?:contract\w*|actual|work\w*|assign\w*|person|employee|staff|curr(?:ent)?|(?:post ?)?holders?|incumbents?"
    r"|occupants?|in post)\b"
)
OF_POST = re.compile(r"\b(?:est\w*|budget\w*|fund\w*|plan\w*|position|post|approved|authori[sz]ed)\b")


@dataclass
class Look:
    """A file or sheet: its header, and the words of each column with how often they stand there."""

    place: Place
    header: list[str] = field(default_factory=list)
    above: str = ""
    words: list[Counter[str]] = field(default_factory=list)
    body: list[list[str]] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)
    """What headers that stand there several times say with the group above them: Number (2) is Holder Number."""
    next_table: int = 0
    """The row in which the header of another table stands below this one; 0 where there is none."""
    groups: dict[str, str] = field(default_factory=dict)
    """What stands above each header, where headers stand below others."""

    def name_of(self, header: str) -> str:
        """Return what a header is called, evened out, with the group above it where it stands there several times."""
        return normalise(self.called.get(header, header))

    def at(self, name: str, column: str) -> list[str]:
        """Return the headers that may be a column of a sheet of ours."""
        known = lexicon()[name][column]
        possible = [one for one in dict.fromkeys(self.header) if self.name_of(one) in known]
        if (name, column) == ("posts", "rank") and not possible:
            return self._ranks()
        if column == "fte":
            return self._fte(name, possible)
        if sheet(name).column(column).kind == "word":
            return self._best_known(name, column, possible)
        possible = possible or self.meant(name, column)
        if possible[1:] and column in {"person_id", "title"}:
            of_people = self.at("people", column) if name != "people" and column == "person_id" else []
            possible = of_people or [one for one in possible if self.name_of(one) != column] or possible
        if column in _DAYS_OF_POST and name in {"posts", "occupancies"}:
            return self._days_of(name, column, possible)
        return self._of_posts(name, possible) if column == "post_id" else possible

    def _days_of(self, name: str, column: str, possible: list[str]) -> list[str]:
        """Return the headers of days of a post, which stand beside nobody too, or of who is in it: the others."""
        person = self.at("people", "person_id")[:1]
        seats = [*(possible if name == "occupancies" else []), *self.meant("occupancies", _DAYS_OF_POST[column])]
        places = [self.header.index(one) for one in person]
        vacant = [row for row in self.body if places and places[0] < len(row) and not row[places[0]]]
        named = [one for one in dict.fromkeys(seats) if self.name_of(one).startswith(("post ", "position "))]
        own = [one for one in named if any(row[self.header.index(one)] for row in vacant)]
        if name == "posts":
            return own or possible
        return [one for one in possible if one not in own]

    def meant(self, name: str, column: str) -> list[str]:
        """Return the headers that mean a column by their words, and what stands below them."""
        ours = sheet(name).column(column)
        there = [one for one in dict.fromkeys(self.header) if may_be(self.called.get(one, one), name, column)]
        fitting = [one for one in there if fits(self.of(one), ours)]
        if not fitting and column == "unit_id":
            people = self.at("people", "name")
            named = [one for one in self.at("units", "name") if one not in people] if name == "posts" else []
            places = [one for one in self.header if _PLACE.fullmatch(self.name_of(one))]
            return named or [one for one in places if not ENDING.search(self.name_of(one))][:1] or places[:1]
        if not fitting and column == "person_id":
            beside = [one for one in self.header if may_be(one, "people", "name") and has_numbers_beside(self.of(one))]
            return beside or (self._number_each() if name in {"people", "occupancies"} else [])
        return fitting

    def _number_each(self) -> list[str]:
        """Return columns beside names that have another number in each row, of which none says whose it is."""
        named = next(filter(None, (self.at("people", "name"), self.name_parts)), [])
        rows = self.of(named[0]).total() if named else 0
        each = [one for one in self.unknown if len(self.of(one)) == self.of(one).total() == rows > 1]
        return [*each, NO_COLUMN] if (each := [one for one in each if all(map(_IS_NUMBER, self.of(one)))]) else []

    def _best_known(self, name: str, column: str, known: list[str]) -> list[str]:
        """Return the headers with most cells that are words of ours; none of them says only who works at present."""
        ours = sheet(name).column(column)
        there = dict.fromkeys([*known, *self.meant(name, column)])
        counts = {one: sum(n for word, n in self.of(one).items() if word_of(ours, word)) for one in there}
        work = {one: [word for word in self.of(one) if AT_WORK.fullmatch(word) or is_away(word)] for one in there}
        left = [one for one in there if counts[one] or column != "basis" or not work[one]]
        if column == "basis" and not left:
            ranks = [one for one in self.header if _GRADE.search(self.name_of(one))]
            return [one for one in ranks if any(rank_prefixes.read(word).basis for word in self.of(one))]
        counts = {one: counts[one] for one in left}
        return [one for one in left if counts[one] == max(counts.values())]

    def _fte(self, name: str, known: list[str]) -> list[str]:
        """Return the headers of what is established or worked, as the sheet has it, else those that may be of both."""
        there = dict.fromkeys(
            [*known, *(one for one in self.header if _FTE.search(self.name_of(one))), *self.meant(name, "fte")]
        )
        groups = {one: normalise(f"{self.groups.get(one, '')} {one}") for one in there}
        sides = {one: _side(words) for one, words in groups.items() if not _FULL_TIME.search(words)}
        own, unclear = ([one for one, side in sides.items() if side == wanted] for wanted in (name, ""))
        is_shared = len(unclear) == 1 and {*sides.values()} == {""} and name in {"posts", "occupancies"}
        is_other = is_shared and self._side_of(unclear[0]) not in {name, ""}
        return own or [*unclear, *([NO_COLUMN] if is_other else [])] or (self._counts() if name == "posts" else [])

    def _counts(self) -> list[str]:
        """Return the one column of numbers of a list of units and ranks in which there are no people."""
        if self.at("people", "person_id") or self.at("posts", "post_id") or not self.at("posts", "rank"):
            return []
        named = [one for one in self.header if _COUNT.search(self.name_of(one)) and all(map(_IS_COUNT, self.of(one)))]
        return [*named, NO_COLUMN] if len(named) == 1 else []

    def _ranks(self) -> list[str]:
        """Return the headers that speak of ranks of posts, else those of columns that are no title and hold ranks."""
        called = [
            one for one in self.header if _GRADE.search(self.name_of(one)) and not _OF_PERSON.search(self.name_of(one))
        ]
        taken = [*self.name_parts]
        for where in (("ranks_held", "rank"), ("people", "name"), ("posts", "role")):
            taken += self.at(*where)
        others = [one for one in self.header if one and one not in taken]
        return called or next(
            (found for of in (self.unknown, others) if (found := [one for one in of if has_ranks(self.of(one))])), []
        )

    def _side_of(self, header: str) -> str:
        """Return the sheet of which an FTE is whose header does not say it, in a list of posts and who is in them.

        It is of the post where it stands beside nobody, else of the person; empty in another list.
        """
        person, post = self.at("people", "person_id")[:1], self.at("posts", "post_id")
        if not person or not post:
            return ""
        at, there = self.header.index(header), self.header.index(person[0])
        rows = [row for row in self.body if max(at, there) < len(row) and not row[there]]
        return "posts" if any(row[at] and not NOTHING.fullmatch(row[at]) for row in rows) else "occupancies"

    def _of_posts(self, name: str, possible: list[str]) -> list[str]:
        """Return the headers that number posts: with few repeats, which titles have, and best called a number."""
        unique = [one for one in possible if len(self.of(one)) >= MANY * self.of(one).total()]
        numbered = [one for one in possible if _NUMBERED.search(self.name_of(one))]
        both = [one for one in unique if one in numbered]
        return both or unique or numbered or ([] if name == "posts" else possible)

    def has(self, name: str, column: str) -> bool:
        """Return whether a column of ours is there, or for a name the two of which it is joined."""
        return bool(self.at(name, column) or ((name, column) == ("people", "name") and self.name_parts))

    @cached_property
    def name_parts(self) -> list[str]:
        """Return the columns of which a name is joined, first and last name; none where one column has all of it."""
        parts = [
            [one for one in self.header if of.fullmatch(self.name_of(one))][:1] for of in (_FIRST_NAME, _LAST_NAME)
        ]
        return [] if self.at("people", "name") or not all(parts) else [one for [one] in parts]

    def of(self, header: str) -> Counter[str]:
        """Return the words of a column that are not empty."""
        return self.words[self.header.index(header)]

    def pairs(self, name: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield what stands in some columns of a sheet of ours, row by row; nothing where one is not there."""
        headers = [found[0] for column in columns if (found := self.at(name, column))]
        places = [self.header.index(one) for one in headers] if len(headers) == len(columns) else []
        return (tuple(row[at] for at in places) for row in self.body if places and max(places) < len(row))

    @cached_property
    def paths(self) -> list[list[str]]:
        """Return the columns that say in which unit a row is, from the top down; several orders where it is in doubt.

        The order is that in which values nest, or where names repeat ("Team A") that of the file, if it is the usual.
        """
        found = {one: match for one in self.header if (match := _LEVEL.fullmatch(self.name_of(one)))}
        levels = [one for one in found if not any(map(read_day, self.of(one)))]
        levels = [one for one in levels if not any(self._is_code_of(one, other) for other in levels)]
        if not levels[1:]:
            return []
        order = _LEVELS.split("|").index
        usual = sorted(levels, key=lambda one: int(found[one]["number"] or 0) or order(found[one]["level"] or "force"))
        nested = sorted(usual, key=lambda one: len(self.of(one)))
        if all(self._nests(*pair) and not self._nests(*pair[::-1]) for pair in itertools.pairwise(nested)):
            return [nested]
        is_upside_down = any(self._nests(*pair[::-1]) and not self._nests(*pair) for pair in itertools.pairwise(levels))
        orders = [levels] if levels == usual and not is_upside_down else [nested, levels, usual]
        return [order for at, order in enumerate(orders) if order not in orders[:at]]

    def _is_code_of(self, code: str, name: str) -> bool:
        """Return whether a column has the codes of what another names: "Team" beside "Team name"."""
        is_named = self.name_of(name).startswith(f"{ENDING.sub('', self.name_of(code))} ")
        return is_named and self._nests(code, name) and self._nests(name, code)

    def _nests(self, upper: str, lower: str) -> bool:
        """Return whether each value of one column stands with one value of the other only."""
        above, below = self.header.index(upper), self.header.index(lower)
        pairs = {(row[above], row[below]) for row in self.body if max(above, below) < len(row)}
        filled = [below for above, below in pairs if above and below]
        return len(filled) == len({*filled})

    @cached_property
    def courses(self) -> list[str]:
        """Return the columns of a matrix: headers that are none of ours above days, ticks and the like."""
        named = [one for one in self.unknown if not _OF_DAYS.fullmatch(self.name_of(one))]
        return [one for one in named if is_of_matrix(self.of(one))]

    @cached_property
    def unknown(self) -> list[str]:
        """Return the columns with values whose headers are none of ours."""
        return [
            one
            for one in self.header
            if one and not _is_known(self.called.get(one, one), holdings=False) and self.of(one)
        ]

    @cached_property
    def mixed(self) -> list[str]:
        """Return columns that may be of a matrix, but hold more than days and ticks: "Booked 03/02/2027"."""
        left = [one for one in self.unknown if one not in self.courses and not _OF_DAYS.fullmatch(self.name_of(one))]
        return [one for one in left if any(map(is_of_course, self.of(one)))]


def _is_known(header: str, *, holdings: bool = True) -> bool:
    """Return whether a header is one of ours, or means one by its words; a day of a holding may be a course's own."""
    means = {name for name, _ in meanings(header) if holdings or name != "holdings"}
    return normalise(header) in all_names() or bool(means)


def _side(normal: str) -> str:
    """Return the sheet of which an FTE is by its header: what is worked, or what is established; nothing if unclear."""
    if normal.endswith("of post"):
        return "occupancies"
    if _OF_PERSON.search(normal):
        return "occupancies" if _FTE.search(normal) else ""
    return "posts" if OF_POST.search(normal) else ""


def written_dates(look: Look) -> list[str]:
    """Return how days of a file are written: what stands first, if that is shown, and whether they are numbers."""
    columns = [(one.name, column.name) for one in SHEETS for column in one.columns if column.kind == "day"]
    headers = dict.fromkeys((*(one for where in columns for one in look.at(*where)), *look.courses))
    cells = [word for header in headers for word in look.of(header)]
    words = [match["day"] if (match := WORDS_AND_DAY.fullmatch(cell)) else cell for cell in cells]
    pairs = [(int(match[1]), int(match[2])) for word in words if (match := _IN_NUMBERS.match(word))]
    uk, us = any(one > _MONTHS for one, _ in pairs), any(other > _MONTHS for _, other in pairs)
    is_open = uk == us and any(one != other for one, other in pairs)
    order = f"{OPEN} uk | us" if is_open else "us" if us else "uk"
    return [order] * bool(pairs or any(map(_SHORT.fullmatch, words))) + ["serial"] * any(
        re.fullmatch(r"[1-9]\d{4}", word) for word in words
    )


def full_weeks(look: Look) -> list[dict[str, object]]:
    """Return what a full post has where the fte of people are hours or per cent: the likeliest number from 35 up.

    Where there are several and a column says of whom each is, such as officers and staff, there is a part for each.
    """
    header = next(iter(look.at("occupancies", "fte")), "")
    if not header:
        return [{}]
    if _IN_PER_CENT.search(header.casefold()) and not any("%" in word for word in look.of(header)):
        return [{"hours": str(PER_CENT)}]
    weeks = {word: week for word in look.of(header) if (week := _full_week(word))}
    counted = Counter(weeks[word] for word in look.of(header).elements() if word in weeks)
    if not counted:
        return [{}]
    [(first, _), *others] = counted.most_common()
    if not others:
        return [{"hours": first}]
    at = look.header.index(header)
    groups_of = [one for one in look.header if one != header and _OF_WHOM.search(look.name_of(one))]
    for group in sorted(groups_of, key=lambda one: len(look.of(one))):
        place = look.header.index(group)
        pairs = {(row[place], weeks[row[at]]) for row in look.body if max(place, at) < len(row) and row[at] in weeks}
        of = dict(pairs)
        if "" not in of and len(of) == len(pairs) and len(of) < counted.total():
            rest = {word: of.get(word, first) for word in look.of(group)}
            groups = {week: [word for word in rest if rest[word] == week] for week in counted}
            return [{"only": {group: words}, "hours": week} for week, words in groups.items()]
    return [{"hours": f"{OPEN} {' | '.join(counted)}"}]


def _full_week(word: str) -> str:
    """Return the hours of a full week, or 100 per cent, that a cell has; nothing for a part."""
    match = re.fullmatch(r"(\d\d\d?(?:\.\d+)?)(?::00)?\s*(?:h|hrs?|hours?)?.*", word)
    is_full = match and (int(float(match[1])) in _FULL_WEEK or float(match[1]) == PER_CENT) and "%" not in word
    return f"{float(match[1]):g}" if match and is_full else ""


def _told_apart(headers: Sequence[str], at: int) -> str:
    """Return a header, with its number among those of its name where it is not alone.

    >>> _told_apart(["Number", "Name", "Number", ""], 2)
    'Number (2)'
    """
    name = headers[at]
    return f"{name} ({headers[: at + 1].count(name)})" if name and headers.count(name) > 1 else name


def _is_header(row: Sequence[str], above: Sequence[str]) -> bool:
    """Return whether a row is the header of another table: names that are known, and some that are not those above."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) >= _FEW and all(map(_is_known, cells)) and not {*cells} <= {*above}


def look_at(place: Place) -> Look:
    """Return what stands in a file: the header is the row of the first that has most names which are known."""

    def score(cells: Sequence[str]) -> int:
        return sum(10 * _is_known(cell) + bool(cell) for cell in {cell.strip() for cell in cells})

    rows = [(number, row) for number, row in itertools.islice(place.rows(score), _SAMPLE) if not isinstance(row, str)]
    first = max(range(min(_HEADERS, len(rows))), key=lambda at: score(rows[at][1]), default=None)
    look = Look(place)
    if first is None or not any(map(_is_known, rows[first][1])):
        return look
    written = [cell.strip() for cell in rows[first][1]]
    groups = next((row for _, row in rows[first - 1 : first] if len({*row} - {""}) > 1), [])
    look.header = [_told_apart(written, at) for at in range(len(written))]
    for name, header, group in itertools.zip_longest(written, look.header, groups[: len(written)], fillvalue=""):
        look.groups[header] = group
        if name != header:
            look.called[header] = f"{group} {name}"
    look.above = " ".join(cell for _, row in rows[:first] for cell in row).casefold()
    below = next((at for at in range(first + 2, len(rows)) if _is_header(rows[at][1], written)), len(rows))
    look.next_table = rows[below][0] if below < len(rows) else 0
    body = [row for _, row in rows[first + 1 : below] if not any(TOTAL.fullmatch(cell.strip()) for cell in row)]
    body = [row for row in body if [cell.strip() for cell in row] != written and not is_rule(row)]
    look.body = [[" ".join(cell.split()) for cell in row] for row in body]
    cells = ([row[at] for row in look.body if at < len(row)] for at in range(len(look.header)))
    look.words = [Counter(word for word in column if word) for column in cells]
    return look
