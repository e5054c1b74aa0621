"""Find which column of a file is which of ours, by name, synonym or mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.errors import DocumentError
from loaders.staff.mapping import SHEET, SheetMapping
from loaders.staff.schema import Column, Sheet, folded, normalise, split_names
from loaders.staff.sheets import SHEETS

_OUTCOME = re.compile(
    r"(?:outcome|result|status)(?:e?s)?\b|\b(?:pass|passed|passes|passfail|fail|failed|complete|completed|completion|"
    r"incomplete|attend|attended|attendance|achieved|attained|success|successful|competent|withdrawn|revoked|"
    r"cancelled|no show|dna|scores?)\b"
)
_HELD = re.compile(r"(?:currently )?(?:held|holds|valid|current|in date|compliant|qualified|certified|authorised)")
_OF_TIME = re.compile(r"^(?:days|hours)\b|\bpass mark\b|\bdate\b|\b(?:days?|year|month|hours|on|by)$")
WORD_OF_OUTCOME = re.compile(
    r"(?:not |in|un)?(?:pass|passed|fail|failed|complete|completed|attended|achieved|successful)"
    r"|(?:not (?:yet )?)?competent|refer|referred|withdrawn|withdrew|cancell?ed|absent|dna|no show"
    r"|non attend(?:ance|er)|(?:did(?: not|n t)|failed to) (?:attend|pass|complete|achieve|finish|show|turn up)"
    r"|in progress|not (?:yet )?started|(?:re|pre)? ?booked(?: on)?|enrolled|wait(?:ing )?list(?:ed)?|postponed|re ?sit"
)
_DAY = re.compile(r"\d{1,4}([-/. ])\w{1,9}\1\d{2,4}(?!\d)")
"""How a day begins: a column of days says of no row how it went."""
_BEHIND = re.compile(r"\s[-\u2013]\s.*|\s*[(:;,].*", re.DOTALL)
"""What stands behind a word of an outcome, such as in "Failed (practical)"."""
COUNTS = re.compile(
    r"(?:passed|pass|completed?|achieved|attended|successful|competent|certified|qualified|held|current|valid|yes|y)",
    re.IGNORECASE,
)
"""Words of an outcome that count."""

_SAMPLE, _MOST_WORDS, _LONGEST_WORD = 2000, 40, 30
"""Texts of a column that show what it is, those that a message lists, and the letters of each."""
_ADD = "add it, or name yours in a mapping file, which `rankgraph staff mapping` proposes"
_LEAVE_ONE = "leave one of them, or name the one that is meant in a mapping file"
_EMPTY = "none"
PLACE_OF_SHEET = -1
"""Where the name of the sheet stands, as if it were a column."""
_NEAR, _SHORT = 2, 8
"""Letters in which a misspelled header may differ from ours, one in a short one."""


@dataclass(frozen=True)
class Header:
    """The columns of a file: where ours are, from 0, and what else there is.

    `places` has the first of theirs for each of ours, `parts` all of them where several are joined; `path` those of
    units, `courses` those of a matrix, `counted` those that are only counted, `repeat` those in which an
    empty cell repeats the one above. `only` and `skip` have the words of rows
    that are taken and left out, by the place of their column; `unread` are the places of `unknown`.
    """

    written: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    only: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    skip: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    path: tuple[int, ...] = ()
    courses: tuple[int, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
    repeat: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    def reason_to_leave_out(self, row: Sequence[str]) -> str | None:
        """Return the cell for which the mapping leaves a row out, with its header; None for a row to take."""
        for listed, places in ((False, self.only), (True, self.skip)):
            for place, words in places.items():
                if any(fnmatchcase(_word(row[place]), word) for word in words) is listed:
                    return f"{self.written[place].strip()} {' '.join(row[place].split()) or '(empty)'}"
        return None

    def unexplained(self, left_out: Iterable[str]) -> Iterator[tuple[str, list[str], str]]:
        """Yield outcomes for which rows are left out, and of which nothing tells that they do not count.

        `left_out` are cells as `reason_to_leave_out` gives them. With each column and its words comes what names them
        all in a mapping.
        """
        for place in self.only:
            name, listed = self.written[place].strip(), self.skip.get(place, ())
            words = [one.removeprefix(f"{name} ") for one in left_out if one.startswith(f"{name} ")]
            known = (any(fnmatchcase(_word(word), pattern) for pattern in listed) for word in words)
            new = [word for word, is_known in zip(words, known, strict=True) if not is_known and not fails(word)]
            if new and is_outcome_column(name, words):
                yield name, sorted(new), json.dumps(sorted(new), ensure_ascii=False)

    @property
    def known(self) -> int:
        """Return how many columns are ours, or read for what they name."""
        return len(self.places) + len(self.path) + len(self.courses)

    @property
    def width(self) -> int:
        """Return how many cells a row has at most: those behind the last header are none of it."""
        return max((place + 1 for place, name in enumerate(self.written) if name.strip()), default=0)


def is_outcome_column(name: str, cells: Iterable[str]) -> bool:
    """Return whether a column says of each row whether it was passed or attended, by its header or by its cells.

    >>> [is_outcome_column(*column) for column in (("CourseStatus", []), ("Completion date", []), ("A", ["Failed"]))]
    [True, False, True]
    """
    normal = normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    named = (_OUTCOME.search(normal) and ("?" in name or not _OF_TIME.search(normal))) or _HELD.fullmatch(normal)
    words = [cell for cell in cells if cell.strip()]
    has_days = 2 * sum(bool(_DAY.match(word)) for word in words) > len(words)
    return (bool(named) and not has_days) or any(map(is_outcome, words))


def is_outcome(cell: str) -> bool:
    """Return whether a cell is a word of an outcome, whatever stands behind it in brackets or after a dash."""
    return bool(WORD_OF_OUTCOME.fullmatch(normalise(_BEHIND.sub("", cell))))


def unmapped_outcomes(
    sheet: Sheet, place: str, header: Header, mapping: SheetMapping, rows: Iterable[Sequence[str]]
) -> Iterator[DocumentError]:
    """Yield a fault for each column that says how a row went, where no mapping says which rows count.

    One of ours that may hold any text is at fault only for words of what does not count.
    """
    ignored = [*map(normalise, mapping.ignore)]
    texts = {at for one in sheet.columns if one.kind == "text" for at in header.parts.get(one.name, ())}
    ours = {at for at in texts.difference(header.only, header.skip) if normalise(header.written[at]) not in ignored}
    names = {**dict(zip(header.unread, header.unknown, strict=True)), **{at: header.written[at].strip() for at in ours}}
    for at, words in _texts(rows, names):
        name = names[at]
        failed = [word for word in words if at not in ours or not counts(word)]
        if is_outcome_column("" if at in ours else name, failed):
            sample = folded([word[:_LONGEST_WORD] for word in words], _MOST_WORDS)
            column = json.dumps(name, ensure_ascii=False)
            good = {word.casefold(): word for word in reversed(words) if counts(word)}
            listed = json.dumps(list(good.values()), ensure_ascii=False) if good else "[WORD, WORD]"
            yield DocumentError(
                place,
                f"the column {name!r} ({sample or 'empty'}), of which no mapping says which of its words count",
                f"in {sheet.name} only rows of what is held: not what was failed or not attended",
                f"write in a mapping file (--mapping) `{sheet.name}: {{only: {{{column}: {listed}}}}}` with the "
                f"words of the rows that count, or `{sheet.name}: {{ignore: [{column}]}}` where all rows do",
            )


def _texts(rows: Iterable[Sequence[str]], places: Iterable[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the texts of columns, each once: all words of an outcome, before the others where these are many."""
    texts: dict[int, dict[str, None]] = {at: {} for at in places}
    for row in rows:
        for at, known in texts.items():
            cell = row[at] if at < len(row) else ""
            if cell not in known and (len(known) < _SAMPLE or is_outcome(cell)):
                known[cell] = None
    for at, known in texts.items():
        words = list(dict.fromkeys(" ".join(cell.split()) for cell in known if cell.strip()))
        if len(words) > _MOST_WORDS:
            words.sort(key=lambda word: not is_outcome(word))
        yield at, words


def match_header(sheet: Sheet, written: Sequence[str], sheet_mapping: SheetMapping) -> Header:
    """Return where the columns of a sheet stand in a header.

    A name of the mapping goes before ours, ours before a synonym; a question such as "Achieved?" is no day, and what
    is ignored is none of ours. A problem is a required column that is not there, a mapped one that is not, or two
    columns for one; `advice` says once what corrects those of a kind.
    """
    return _Match(sheet, written, sheet_mapping).header()


class _Match:
    """Finds the columns of one sheet in one header, and keeps what is wrong."""

    def __init__(self, sheet: Sheet, written: Sequence[str], mapping: SheetMapping) -> None:
        self.sheet, self.written, self.mapping = sheet, written, mapping
        self.called = [normalise(_called(place, name)) for place, name in enumerate(written)]
        self.names = [normalise(name) for name in written]
        self.asked = {place for place, name in enumerate(written) if name.rstrip().endswith("?")}
        self.problems: dict[str, str] = {}

    def header(self) -> Header:
        """Return what was found."""
        mapping, ignored = self.mapping, {place for name in self.mapping.ignore for place in self._named(name)}
        parts = {
            column.name: found
            for column in self.sheet.columns
            if (found := self._column(column, ignored)) and column.name not in mapping.fixed
        }
        only, skip = (self._words(key, getattr(mapping, key)) for key in ("only", "skip"))
        path, repeat = self._mapped("path", mapping.path), self._mapped("repeat", mapping.repeat)
        counted = self._counted()
        taken = {
            *only,
            *skip,
            *ignored,
            *path,
            *counted.values(),
            *(place for places in parts.values() for place in places),
        }
        last = max((place for place, name in enumerate(self.written) if normalise(name)), default=-1)
        unread = tuple(place for place in range(last + 1) if place not in taken)
        courses: tuple[int, ...] = ()
        if mapping.matrix and mapping.ignore and not ignored:  # what stands above a matrix is no header of it
            self._problem(f"none of the columns {', '.join(mapping.ignore)}", _ADD)
        if mapping.matrix:
            named = self._mapped("courses", mapping.courses) if mapping.courses else ()
            courses = named or tuple(place for place in unread if self.written[place].strip())
            unread = tuple(place for place in unread if place not in courses)
        unknown = tuple(_called(place, self.written[place]) for place in unread)
        self._near(unknown, parts)
        if self.sheet.one_of and not {*self.sheet.one_of} & {*parts, *mapping.fixed}:
            self._problem(f"no {' and no '.join(self.sheet.one_of)}", _ADD)
        places = {name: found[0] for name, found in parts.items()}
        advice = tuple(dict.fromkeys(self.problems.values()))
        written = tuple(self.written)
        problems = tuple(self.problems)
        return Header(
            written, places, unknown, unread, only, skip, parts, path, courses, counted, repeat, problems, advice
        )

    def _problem(self, found: str, advice: str) -> None:
        self.problems[found] = advice

    def _named(self, name: str) -> list[int]:
        """Return the columns of a name; "Date (2)" is the second that is called Date."""
        places = [place for place, one in enumerate(self.called) if one == normalise(name)]
        if name == SHEET:
            return [PLACE_OF_SHEET]
        if not places and (numbered := re.fullmatch(r"(.*\S)\s*\((\d)\)", name)):
            same = [place for place, one in enumerate(self.called) if one == normalise(numbered[1])]
            places = same[int(numbered[2]) - 1 : int(numbered[2])]
        return places

    def _mapped(self, ours: str, headers: Sequence[str]) -> tuple[int, ...]:
        found = (
            self._one(self._named(name), ours, f"column {name[:80]!r}, which the mapping gives for {ours}")
            for name in headers
        )
        return tuple(place for place in found if place is not None)

    def _counted(self) -> dict[str, int]:
        """Return where the columns stand that are only counted, by what they are called; a sheet of people has some."""
        if self.mapping.counted and self.sheet.name != "people":
            self._problem(
                f"counted columns of {self.sheet.name}", "write `counted` below `people`: only they are counted"
            )
        found = {name: self._mapped("counted", (header,)) for header, name in self.mapping.counted.items()}
        return {name: places[0] for name, places in found.items() if places}

    def _words(self, key: str, words: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
        found = {name: self._mapped(key, (name,)) for name in words}
        return {
            places[0]: tuple("" if one == _EMPTY else one for one in map(_pattern, words[name]))
            for name, places in found.items()
            if places
        }

    def _column(self, column: Column, ignored: set[int]) -> tuple[int, ...]:
        """Return where the column stands, several places where the mapping joins them."""
        headers = self.mapping.columns.get(column.name)
        if headers == (_EMPTY,) and not column.required and not self._named(_EMPTY):
            return ()
        if headers:
            return self._mapped(column.name, headers)
        names = {
            place: name
            for place, name in enumerate(self.names)
            if place not in ignored and not (column.kind == "day" and place in self.asked)
        }
        others = split_names(column.synonyms)
        exact = [place for place, name in names.items() if name == normalise(column.name)]
        positions = exact or [place for place, name in names.items() if name in others]
        given = (
            column.name in self.mapping.fixed
            or self.mapping.path
            or (self.mapping.matrix and column.name == "requirement")
        )
        if not positions and (given or not column.required):
            return ()
        place = self._one(positions, column.name, column.name)
        return () if place is None else (place,)

    def _one(self, positions: Sequence[int], named: str, expected: str) -> int | None:
        if len(positions) == 1:
            return positions[0]
        if not positions:
            self._problem(f"no {expected}", _ADD)
        else:
            places = " and ".join(str(place + 1) for place in positions)
            self._problem(f"more than one column for {named} (columns {places})", _LEAVE_ONE)
        return None

    def _near(self, unknown: Sequence[str], parts: Mapping[str, object]) -> None:
        """Make a problem of a column that is nearly one of ours which is not there, and would be missed in silence."""
        absent = {
            name: column.name
            for column in self.sheet.columns
            if column.name not in parts and column.name not in self.mapping.fixed
            for name in (normalise(column.name), *split_names(column.synonyms))
        }
        for name in (one for one in unknown if normalise(one) not in _all_names()):
            near = process.extractOne(normalise(name), absent.keys(), scorer=OSA.distance, score_cutoff=_most(name))
            if near and _is_near_by_word(normalise(name), near[0]):
                ours = absent[near[0]]
                advice = f"if {name!r} is {ours}, write `{self.sheet.name}: {{{ours}: {name}}}` in a mapping file"
                self._problem(f"no {ours}, but {name!r}", f"{advice}; if not, `ignore: [{name}]`")


def _most(name: str) -> int:
    return _NEAR - (len(name) < _SHORT)


def _is_near_by_word(name: str, ours: str) -> bool:
    """Return whether each word is near its own: "last name" is no "post name", though two letters differ in all."""
    words = name.split(), ours.split()
    if len(words[0]) != len(words[1]):
        return True
    return all(OSA.distance(one, other) <= _most(other) for one, other in zip(*words, strict=True))


@cache
def _all_names() -> set[str]:
    """Return the names of all columns of all sheets: what is one of another sheet is not misspelt."""
    columns = [column for sheet in SHEETS for column in sheet.columns]
    return {name for one in columns for name in (normalise(one.name), *split_names(one.synonyms))}


def fails(word: str) -> bool:
    """Return whether a word of an outcome says that nothing was reached."""
    return word.casefold() in {"(empty)", "no", "n"} or (is_outcome(word) and not counts(word))


def counts(word: str) -> bool:
    """Return whether a word of an outcome counts, whatever stands behind it; what ends in one that does not counts not.

    >>> [counts(word) for word in ("Pass (practical)", "Attended - Pass", "Attended - Fail")]
    [True, True, False]
    """
    front, _, behind = re.sub(r"\s[-\u2013]\s", "\n", word).partition("\n")
    is_undone = is_outcome(behind) and not COUNTS.fullmatch(behind)
    return bool(COUNTS.fullmatch(_BEHIND.sub("", front))) and not is_undone


def _word(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _pattern(word: str) -> str:
    """Return a word of a mapping as a pattern, in which * alone stands for any letters."""
    return re.sub(r"[\[?]", r"[\g<0>]", _word(word))


def _called(place: int, name: str) -> str:
    return name.strip() or f"(column {place + 1}, without a name)"
