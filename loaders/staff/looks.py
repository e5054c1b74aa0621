"""Look at a file of another system: its header, and what stands in each column."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import yaml

from loaders.staff.dates import Days
from loaders.staff.faults import WrongCellError
from loaders.staff.files import Place
from loaders.staff.mapping import OPEN
from loaders.staff.rows import TOTAL
from loaders.staff.schema import normalise, split_names
from loaders.staff.sheets import SHEETS

MANY = 0.5
"""Share of the words of a column from which on it is of a kind."""
NOTHING = re.compile(r"n/?a|not req\w*|not applicable|exempt|-+|nil|none|null", re.IGNORECASE)
TICK = re.compile(r"y|yes|x|✓|✔|☑|held|pass|passed|complete|completed|in date", re.IGNORECASE)
CROSS = re.compile(
    r"no?|✗|✘|☒|not held|expired|lapsed|overdue|out of date|not (?:trained|attended)|failed|booked|pending",
    re.IGNORECASE,
)
STAFF_GRADE = re.compile(
    r"(?:(?:police|support|ps|nhs|njc|staff|pay|civilian) )*(?:grade|band|scale|level|gr)\s*[A-Z]?\d{0,2}[A-Z]?"
    r"|pse [A-Z]\d?|(?:(?:police|support|civilian) )*staff|civilian|volunteer",
    re.IGNORECASE,
)
"""How a grade of police staff is written where others have a rank."""
_MONTHS = 12
_IN_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d\d)(?:\D.*)?$")
_SHORT = re.compile(r"\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/. ]?\d\d")
_FULL_WEEK = range(35, 43)
_SAMPLE = 5000
_HEADERS = 10
_LEVELS = "force|command|directorate|division|area|bcu|district|department|dept|branch|section|team|unit|shift"
_LEVEL = re.compile(rf"(?:\w+ )?(?:{_LEVELS})")
_NUMBERED = re.compile(r"\b(?:id|no|number|ref|reference|code)\b")
_GRADE = re.compile(r"\b(?:rank|grade)\b")
_FIRST_NAME = re.compile(r"(?:fore|first |given )names?(?: s)?")
_LAST_NAME = re.compile(r"(?:sur|last |family )name")
_NUMBER_WORDS = ("no", "number", "num", "id", "ref", "reference", "code")
_NUMBER = re.compile(rf" (?:{'|'.join(_NUMBER_WORDS)})$")
_FTE = re.compile(r"\b[fw]te\b|\btime equivalents?\b")
_OF_PERSON = re.compile(
    r"\b(?:contract\w*|actual|work\w*|assign\w*|person|employee|staff|current|post ?holder|in post)\b"
)
_OF_POST = re.compile(r"\b(?:est\w*|budget\w*|fund\w*|plan\w*|position|post|approved|authori[sz]ed)\b")


@dataclass
class Look:
    """A file or sheet: its header, and the words of each column with how often they stand there."""

    place: Place
    header: list[str] = field(default_factory=list)
    above: str = ""
    words: list[Counter[str]] = field(default_factory=list)
    body: list[list[str]] = field(default_factory=list)

    def at(self, name: str, column: str) -> list[str]:
        """Return the headers that may be a column of a sheet of ours."""
        known, is_fte = lexicon()[name][column], column == "fte"
        possible = list(
            dict.fromkeys(
                one for one in self.header if normalise(one) in known or (is_fte and _FTE.search(normalise(one)))
            )
        )
        if (name, column) == ("posts", "rank") and not possible:
            return [
                one for one in self.header if _GRADE.search(normalise(one)) and not _OF_PERSON.search(normalise(one))
            ]
        if is_fte:
            sides = {one: _side(normalise(one)) for one in possible}
            return [one for one in possible if sides[one] == name] or [one for one in possible if not sides[one]]
        if possible[1:] and column in {"person_id", "title"}:
            of_people = self.at("people", column) if name != "people" and column == "person_id" else []
            possible = of_people or [one for one in possible if normalise(one) != column] or possible
        return self._of_posts(name, possible) if column == "post_id" else possible

    def _of_posts(self, name: str, possible: list[str]) -> list[str]:
        """Return the headers that number posts: with few repeats, which titles have, and best called a number."""
        unique = [one for one in possible if len(self.of(one)) >= MANY * self.of(one).total()]
        numbered = [one for one in possible if _NUMBERED.search(normalise(one))]
        both = [one for one in unique if one in numbered]
        return both or unique or numbered or ([] if name == "posts" else possible)

    def has(self, name: str, column: str) -> bool:
        """Return whether a column of ours is there, or for a name the two of which it is joined."""
        return bool(self.at(name, column) or ((name, column) == ("people", "name") and self.name_parts))

    @cached_property
    def name_parts(self) -> list[str]:
        """Return the columns of which a name is joined, first and last name; none where one column has all of it."""
        parts = [[one for one in self.header if of.fullmatch(normalise(one))][:1] for of in (_FIRST_NAME, _LAST_NAME)]
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
        levels = [
            one for one in self.header if _LEVEL.fullmatch(normalise(one)) and not any(map(read_day, self.of(one)))
        ]
        if not levels[1:]:
            return []
        usual = sorted(levels, key=lambda one: _LEVELS.split("|").index(normalise(one).split()[-1]))
        nested = sorted(usual, key=lambda one: len(self.of(one)))
        if all(self._nests(*pair) and not self._nests(*pair[::-1]) for pair in itertools.pairwise(nested)):
            return [nested]
        is_upside_down = any(self._nests(*pair[::-1]) and not self._nests(*pair) for pair in itertools.pairwise(levels))
        orders = [levels] if levels == usual and not is_upside_down else [nested, levels, usual]
        return [order for at, order in enumerate(orders) if order not in orders[:at]]

    def _nests(self, upper: str, lower: str) -> bool:
        """Return whether each value of one column stands with one value of the other only."""
        above, below = self.header.index(upper), self.header.index(lower)
        pairs = {(row[above], row[below]) for row in self.body if max(above, below) < len(row)}
        filled = [below for above, below in pairs if above and below]
        return len(filled) == len({*filled})

    @cached_property
    def courses(self) -> list[str]:
        """Return the columns of a matrix: headers that are none of ours above days, ticks and the like."""
        return [one for one in self.unknown if _is_of_matrix(self.of(one))]

    @cached_property
    def unknown(self) -> list[str]:
        """Return the columns with values whose headers are none of ours."""
        return [one for one in self.header if one and normalise(one) not in all_names() and self.of(one)]

    @cached_property
    def mixed(self) -> list[str]:
        """Return columns that may be of a matrix, but hold more than days and ticks: "Booked 03/02/2027"."""
        left = [one for one in self.unknown if one not in self.courses]
        return [one for one in left if any(map(_is_of_course, self.of(one)))]


def _is_of_matrix(words: Counter[str]) -> bool:
    filled = [word for word in words if not NOTHING.fullmatch(word) and not CROSS.fullmatch(word)]
    fitting = sum(words[word] for word in filled if TICK.fullmatch(word) or read_day(word))
    return bool(fitting) and fitting >= MANY * sum(words[word] for word in filled)


def _is_of_course(word: str) -> bool:
    return any(TICK.fullmatch(part) or CROSS.fullmatch(part) or read_day(part) for part in word.split())


def of_grade(word: str) -> str:
    """Return the name of a grade of police staff for all of its letters or numbers.

    >>> of_grade("Police Staff Grade E"), of_grade("Volunteer")
    ('Police Staff Grade *', 'Volunteer')
    """
    return re.sub(r"(?i)\b((?:grade|band|scale|level|gr|pse)\s*)[A-Z]?\d{0,2}[A-Z]?$", r"\1*", word)


def _side(normal: str) -> str:
    """Return the sheet of which an FTE is by its header: what is worked, or what is established; nothing if unclear."""
    if _OF_PERSON.search(normal):
        return "occupancies" if _FTE.search(normal) else ""
    return "posts" if _OF_POST.search(normal) else ""


def read_day(word: str) -> str:
    """Return a day, the day first where it can be, or nothing for what is none."""
    for order in ("uk", "us"):
        with contextlib.suppress(WrongCellError):
            return str(Days(order).read(word))
    return ""


def written_dates(look: Look) -> list[str]:
    """Return how days of a file are written: what stands first, if that is shown, and whether they are numbers."""
    columns = [(one.name, column.name) for one in SHEETS for column in one.columns if column.kind == "day"]
    headers = dict.fromkeys((*(one for where in columns for one in look.at(*where)), *look.courses))
    words = [word for header in headers for word in look.of(header)]
    pairs = [(int(match[1]), int(match[2])) for word in words if (match := _IN_NUMBERS.match(word))]
    uk, us = any(one > _MONTHS for one, _ in pairs), any(other > _MONTHS for _, other in pairs)
    is_open = uk == us and any(one != other for one, other in pairs)
    order = f"{OPEN} uk | us" if is_open else "us" if us else "uk"
    return [order] * bool(pairs or any(map(_SHORT.fullmatch, words))) + ["serial"] * any(
        re.fullmatch(r"[1-9]\d{4}", word) for word in words
    )


def full_week(look: Look) -> dict[str, object]:
    """Return the hours of a full week, where the fte of people are hours: the likeliest number from 35 up."""
    for header in look.at("occupancies", "fte")[:1]:
        counted: Counter[str] = Counter()
        for word, rows in look.of(header).items():
            match = re.fullmatch(r"(\d\d(?:\.\d+)?)\s*(?:h|hrs?|hours?)?.*", word)
            if match and int(float(match[1])) in _FULL_WEEK and "%" not in word:
                counted[f"{float(match[1]):g}"] += rows
        if counted:
            return {"hours": counted.most_common(1)[0][0]}
    return {}


@cache
def lexicon() -> Mapping[str, Mapping[str, set[str]]]:
    """Return the names of each column of each sheet, evened out: ours, synonyms, and those of known systems."""
    known = {
        one.name: {column.name: {normalise(column.name), *split_names(column.synonyms)} for column in one.columns}
        for one in SHEETS
    }
    shapes = yaml.safe_load(files("loaders.staff").joinpath("shapes.yaml").read_text(encoding="utf-8"))
    for system in shapes.values():
        for name, columns in system.items():
            for column, theirs in columns.items():
                known[name][column] |= {normalise(one) for one in ([theirs] if isinstance(theirs, str) else theirs)}
    for column, of in (("person_id", "people"), ("post_id", "posts")):
        for columns in known.values():
            names = columns.get(column, set()) | known[of][column]
            ends = {
                f"{_NUMBER.sub('', name)} {word}" for name in names for word in _NUMBER_WORDS if _NUMBER.search(name)
            }
            columns.update({column: names | ends} if column in columns else {})
    return known


@cache
def all_names() -> set[str]:
    """Return the names of all columns of all sheets."""
    return {name for columns in lexicon().values() for names in columns.values() for name in names}


def look_at(place: Place) -> Look:
    """Return what stands in a file: the header is the row of the first that has most names which are known."""
    known = all_names()

    def score(cells: Sequence[str]) -> int:
        return sum(10 * (name in known) + bool(name) for name in {normalise(cell) for cell in cells})

    rows = [(number, row) for number, row in itertools.islice(place.rows(score), _SAMPLE) if not isinstance(row, str)]
    first = max(range(min(_HEADERS, len(rows))), key=lambda at: score(rows[at][1]), default=None)
    look = Look(place)
    if first is None or not any(normalise(cell) in known for cell in rows[first][1]):
        return look
    look.header = [cell.strip() for cell in rows[first][1]]
    look.above = " ".join(cell for _, row in rows[:first] for cell in row).casefold()
    body = [row for _, row in rows[first + 1 :] if not any(TOTAL.fullmatch(cell.strip()) for cell in row)]
    look.body = [[" ".join(cell.split()) for cell in row] for row in body]
    cells = ([row[at] for row in look.body if at < len(row)] for at in range(len(look.header)))
    look.words = [Counter(word for word in column if word) for column in cells]
    return look
