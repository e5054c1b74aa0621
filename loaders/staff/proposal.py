"""Look at the files of other systems and propose how they are to be understood; what is not sure is left open."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from graph.days import today
from graph.errors import DocumentError, RankgraphError
from graph.rows import visible
from graph.staff_nodes import StaffNames
from loaders.staff import rank_prefixes
from loaders.staff.column_words import CROSS, LEVEL, NOTHING, TICK, before_a_day, is_day, read_day
from loaders.staff.files import places_of
from loaders.staff.header import counts, fails, is_outcome, is_outcome_column
from loaders.staff.header_words import lexicon
from loaders.staff.looks import Look, look_at, written_dates
from loaders.staff.mapping import OPEN
from loaders.staff.near_names import nearest
from loaders.staff.proposed_posts import list_of_posts, of_police_staff, pools, roles_of
from loaders.staff.proposed_sheet import (
    MOST,
    NONE,
    Proposal,
    columns_of,
    file_of,
    ids_of,
    in_yaml,
    numbers_of,
    required_of,
    values_of,
    without_column,
    without_numbers,
)
from loaders.staff.schema import normalise
from loaders.staff.shaping import DAY_OF_COURSE, SEVERAL
from loaders.staff.sheets import SHEETS

_FEW = 3
_LONGEST = 110
"""Characters of a line of a mapping; a longer one becomes a line a word."""
_TWO = "put each on a sheet, or in a file, of its own, and run this again"
_PLAIN = re.compile(r"[\w ,.:;/()&'%?*#£+-]+")
"""A header or a word that can stand in a comment as it is; another is named by its place."""
_LONGEST_RUN = dt.timedelta(45)
"""From the first to the last day of a course: no ticket is as short."""
_GOT = re.compile(r"pass(?:ed)?|done|achieved|attended|completed?|trained|qualified|held|yes|y|✓", re.IGNORECASE)
_ENDS = re.compile(r"exp(?:ir\w+)?|valid|valid (?:to|until)|until|to|due|renew\w*|in date|current", re.IGNORECASE)
_NOT_YET = re.compile(
    r"(?:not )?(?:registered|requested|approved|nominated|scheduled|planned|invited|offered|declined|rejected|"
    r"pending|outstanding|required|due|past due|overdue|suspended|removed|waived|exempt|expired|lapsed|assigned)"
    "(?: .*)?"
)
"""Words beside those of an outcome of what is not held yet, or no more."""


def propose(paths: Sequence[Path], names: StaffNames) -> str:
    """Return the text of a mapping of raw exports; an open choice is a line with ? and its candidates.

    Args:
        paths: Files and folders.
        names: What names mean in the graph.

    Raises DocumentError for a file that cannot be read, and where there are none.
    """

    @cache
    def is_rank(word: str) -> bool:
        with contextlib.suppress(RankgraphError):
            return bool(names.rank(rank_prefixes.read(word).name))
        return False

    if not (places := [place for path in paths for place in places_of(path)]):
        expected = "files of an HR or a training system"
        raise DocumentError(", ".join(map(str, paths)), "no files of an export", expected, "name another folder")
    looks = [look for place in places if (look := look_at(place)).header]
    written = [written_dates(look) for look in looks]
    is_general = len({one[0] for one in written if one[:1] != ["serial"] and one}) <= 1
    dates = list(dict.fromkeys(one for of in written for one in of))
    parts = _parts(looks, [[] if is_general else own for own in written], names, is_rank)
    general: Proposal = {"rankgraph": "mapping"}
    if dates and is_general:
        general["dates"] = sorted(dates, key="serial".__eq__)
    missing = [one for one in SHEETS if parts and one.required and one.name not in parts]
    general |= {one.name: f"{OPEN} no file has {' and '.join(required_of(one.name))}" for one in missing}
    read = {part["file"] for of in parts.values() for part in of}
    unread = dict.fromkeys(place.path.name for place in places if without_numbers(place.path.name) not in read)
    notes = [f"# {OPEN} {visible(name)}: its columns are not understood; write what they are" for name in unread]
    notes += [one for look in looks if look.place.path.name not in unread for one in _unread(look, parts)]
    for look in looks:
        notes += [f"# {OPEN} {visible(look.place.name)}: {visible(one)}" for one in _of_another_shape(look)]
    return "".join((*_lines(general, parts), *(f"{one}\n" for one in notes)))


def _of_another_shape(look: Look) -> Iterator[str]:
    """Yield what cannot be read as it stands, and what to do: two tables, columns of ranks, units in rows."""
    if look.next_table:
        yield f"row {look.next_table} begins another table; {_TWO}"
    if len(ranks := [one for one in look.header if rank_prefixes.is_rank(one)]) > 1:
        yield f"its columns are ranks ({', '.join(ranks)}); put the rank in a column, and its number in another"
    alone = [filled[0] for row in look.body if len(filled := [one for one in row if one]) == 1]
    if alone[1:] and not look.paths and not look.at("posts", "unit_id"):
        yield f"a row each has {', '.join(alone[:_FEW])} alone; if these are units, put them in a column of their own"
    last = max((at for at, one in enumerate(look.header) if one), default=0)
    gap = next((at for at in range(1, last) if not look.header[at] and not look.words[at]), 0)
    if gap and any(one.endswith(" (2)") and one in look.header[gap:] for one in look.called):
        yield f"another table stands to the right of column {gap}; {_TWO}"


def _unread(look: Look, parts: Mapping[str, Sequence[Proposal]]) -> Iterator[str]:
    """Yield a line on the columns of a file that nothing reads, with what stands in one that has few words."""
    at = file_of(look)
    of_file = [part for of in parts.values() for part in of if at.items() <= part.items()]
    named = {one for part in of_file for value in part.values() for one in _named(value)}
    matrix = look.courses if any("matrix" in part for part in of_file) else []
    left = [one for one in look.header if one and one not in named and one not in matrix and look.of(one)]
    people = [*look.at("people", "name"), *look.name_parts]
    words = {one: list(look.of(one)) if _is_of_few(look.of(one)) and one not in people else [] for one in left}
    names = {one: one if _PLAIN.fullmatch(one) else f"column {look.header.index(one) + 1}" for one in left}
    shown = (f"{names[one]} ({', '.join(words[one])})" if words[one] else names[one] for one in left)
    if of_file and left:
        yield f"# {in_yaml(look.place.name)}: not read: {'; '.join(shown)}"


def _is_of_few(words: Counter[str]) -> bool:
    """Return whether a column has few words, of letters: nobody is known by them."""
    is_plain = all(map(_PLAIN.fullmatch, words)) and not re.search(r"\d", "".join(words))
    return is_plain and len(words) <= MOST and 2 * len(words) <= words.total()


def _named(value: object) -> Iterator[str]:
    """Yield the headers that a value of a mapping may name, those of an open choice too."""
    for one in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else [value]:
        yield from _named(one) if isinstance(one, list | dict) else str(one).removeprefix(f"{OPEN} ").split(" | ")


def _parts(
    looks: Sequence[Look], dates: Sequence[list[str]], names: StaffNames, is_rank: Callable[[str], bool]
) -> dict[str, list[Proposal]]:
    """Return what files are to be understood as, by sheet; `dates` is how each writes days, where it is not as all."""
    parts: dict[str, list[Proposal]] = {}
    for look, own in zip(looks, dates, strict=True):
        for name, part in _of_look(look, looks, is_rank):
            if own:
                part = {**file_of(look), "dates": own, **part}  # noqa: PLW2901 -- how days are written stands first
            if name == "requirements" and (choices := _near_courses(look, part, names)):
                part["values"] = {**part.get("values", {}), "requirement": choices}  # type: ignore[dict-item]
            for each in (part, *of_police_staff(look, name, part, is_rank)):
                parts.setdefault(name, []).append(each)
                if name == "posts" and (roles := roles_of(look, each, names)):
                    parts.setdefault("roles", []).append(roles)
                each.update(without_column(look, name, each))
    parts.get("holdings", []).sort(key=lambda part: "matrix" in part)
    if "units" not in parts and (
        posts := [one for one in parts.get("posts", ()) if OPEN not in str(one.get("unit_id", OPEN))]
    ):
        parts["units"] = [_units(looks, posts[0])]
    if leavers := [one for one in parts.get("people", ()) if "left" in one]:
        others = [{**one, "unless_above": "yes"} for one in parts["people"] if one not in leavers]
        parts["people"] = [*leavers, *others]
    if "people" in parts:
        files = [(one["file"], one.get("sheet")) for one in parts["people"]]
        seats = [one for one in parts.get("occupancies", ()) if (one["file"], one.get("sheet")) in files]
        parts["people"] = [one for one in parts["people"] if not _is_said_again(one, seats, looks)]
    return parts


def _is_said_again(part: Proposal, seats: Sequence[Proposal], looks: Sequence[Look]) -> bool:
    """Return whether all people of a file, which says of nobody in which post they are, stand in those that do."""
    own, others = set[str](), set[str]()
    for look in looks:
        people = {one.lstrip("0") for one in numbers_of(look)}
        if any(file_of(look).items() <= one.items() for one in seats):
            others |= people
        elif file_of(look).items() <= part.items():
            own = people
    return bool(own) and own <= others


def _units(looks: Sequence[Look], posts: Proposal) -> Proposal:
    """Return units as posts name them: by what the same file calls them, else by what stands there for each."""
    at: Proposal = {name: posts[name] for name in ("file", "sheet") if name in posts}
    look = next(one for one in looks if file_of(one) == at)
    unit, called = posts["unit_id"], [one for one in look.at("units", "name") if one not in look.at("people", "name")]
    return at | ({"unit_id": unit, "name": called[0]} if called and isinstance(unit, str) else {"path": unit})


def _of_look(look: Look, looks: Sequence[Look], is_rank: Callable[[str], bool]) -> Iterator[tuple[str, Proposal]]:
    """Yield the sheets of ours that a file holds, each with what is to be understood by it."""
    person, post, course = (
        look.at("people", "person_id"),
        look.at("posts", "post_id"),
        look.at("holdings", "requirement"),
    )
    if person and not post and not course and look.courses and len(look.courses + look.mixed) >= _FEW:
        matrix = _matrix(look, looks)
        if "unless_above" not in matrix:
            named = {"ignore": [*matrix.get("ignore", ()), person[0]], "matrix": matrix["matrix"]}  # type: ignore[misc]
            yield "requirements", {**file_of(look), **named}
        yield "holdings", matrix
    elif course and (person or look.at("holdings", "person_id")):
        if post and look.has("people", "name"):
            yield from list_of_posts(look, looks, is_rank)
        columns = {**_lists(look, course[0]), **columns_of(look, "holdings")}
        kind = {"fixed": {"kind": "course"}} if "course" in course[0].casefold() else {}
        months = zip(["valid_months"], look.at("requirements", "valid_months"), strict=False)
        listed = {**_lists(look, course[0]), "requirement": columns["requirement"]}
        yield "requirements", {**file_of(look), **kind, **listed, **dict(months)}
        columns |= {**_of_run(look, columns), **values_of(look, looks, "holdings", is_rank)}
        yield "holdings", {**file_of(look), **_outcomes(look), **ids_of(look, looks), **columns}
    elif post and (look.at("posts", "rank") or look.paths) and (person or look.paths):
        yield from list_of_posts(look, looks, is_rank)
    elif pooled := list(pools(look, looks, is_rank)):
        yield from pooled
    else:
        fitting = [one.name for one in SHEETS if all(look.has(one.name, c.name) for c in one.columns if c.required)]
        fitting = [one for one in fitting if one != "units" or "people" not in fitting]
        for name in sorted(fitting, key=lambda one: -len(columns_of(look, one)))[:1]:
            yield (
                name,
                {
                    **file_of(look),
                    **ids_of(look, looks),
                    **columns_of(look, name),
                    **values_of(look, looks, name, is_rank),
                },
            )


def _of_run(look: Look, columns: Proposal) -> Proposal:
    """Return that what seems to be the last day of a ticket is that of its course, which lasts some days only."""
    days = [columns.get(name) for name in ("achieved", "expires")]
    if not all(one in look.header for one in days):
        return {}
    places = [look.header.index(str(one)) for one in days]
    rows = [[read_day(row[at]) for at in places] for row in look.body if max(places) < len(row)]
    runs = [dt.date.fromisoformat(last) - dt.date.fromisoformat(first) for first, last in rows if first and last]
    return {"achieved": days[1], "expires": NONE} if runs and max(runs) <= _LONGEST_RUN else {}


def _lists(look: Look, header: str) -> Proposal:
    """Return that a cell lists several courses, where each person has one row and parts of the cells come again."""
    person = look.of((look.at("people", "person_id") or [header])[0])
    parts = [part for word in look.of(header) for part in SEVERAL.split(word)]
    is_list = len(person) == person.total() and len(look.of(header)) < len({*parts}) + len(parts) - len({*parts})
    return {"split": ["requirement"]} if is_list and len({*parts}) < len(parts) else {}


def _near_courses(look: Look, part: Proposal, names: StaffNames) -> dict[str, str]:
    """Return an open choice for each course that is not known by its name, and may be one that is known by another."""
    header = str(part.get("requirement"))
    courses: Iterable[str] = look.of(header) if header in look.header else look.courses
    if "split" in part:
        courses = dict.fromkeys(one for word in courses for one in SEVERAL.split(word))
    known = {name: one for one, of in names.aliases.items() if one.startswith("course/") for name in of}
    named = {*map(normalise, courses)}
    days = [one for one in courses if (day := DAY_OF_COURSE.fullmatch(normalise(one))) and day["course"] in named]
    near = {one: nearest([one], known) for one in courses if one not in days and not names.candidates(one)}
    return {one: f"{OPEN} {one} | {known[other]}" for one, other in near.items() if other}


def _outcomes(look: Look) -> Proposal:
    """Return which words of how a course went count; open where one of them is not known.

    The column counts of whose words most are known; of others what failed is left out.
    """
    ours = {name for names in lexicon()["holdings"].values() for name in names}
    columns = {
        header: list(words)
        for header, words in zip(look.header, look.words, strict=True)
        if normalise(header) not in ours and is_outcome_column(header, list(words))
    }
    first, *others = sorted(columns, key=lambda one: -sum(map(_is_known, columns[one])) / (len(columns[one]) or 1)) or [
        ""
    ]
    skip = {one: bad for one in others if (bad := [word for word in columns[one] if fails(word)])}
    if not first:
        return {}
    good = [word for word in columns[first] if counts(word)]
    unknown = [word for word in columns[first] if not _is_known(word)]
    not_yet = [one for one in unknown if _NOT_YET.fullmatch(normalise(one)) or CROSS.fullmatch(one)]
    unsure = [word for word in unknown if word not in not_yet]
    skip |= {first: not_yet} if not_yet else {}
    only = f"{OPEN} {' | '.join([*good, *unsure])}" if unsure else good
    return {"only": {first: only}, **({"skip": skip} if skip else {})}


def _is_known(word: str) -> bool:
    return counts(word) or is_outcome(word)


def _matrix(look: Look, looks: Sequence[Look]) -> Proposal:
    """Return how a matrix is to be read: what its days are, and which of its words mean nothing."""
    person = look.at("people", "person_id")[0]
    words: Counter[str] = sum((look.of(one) for one in look.courses), Counter())
    words = Counter(map(before_a_day, words.elements()))
    odd = [word for word in words if not is_day(word)]
    empty = [word for word in odd if NOTHING.fullmatch(word)]
    values = {word: _in_matrix(word) for word in odd if word not in empty}
    values = {word: to for word, to in values.items() if not word.isdecimal()}
    if not {*odd} - {"0", "1"}:
        values = {"0": NONE, "1": "held"}
    later = any(read_day(word) > today() for word in words)
    ends = (
        later
        or "expir" in look.above
        or "due" in look.above
        or any(re.search("expir|due", one.casefold()) for one in look.courses)
    )
    left = [
        f"{OPEN} {one} ({', '.join([*look.of(one)][:_FEW])})" if one in look.unknown else one
        for one in look.header
        if one and one != person and one not in look.courses
    ]
    found: Proposal = {**file_of(look)}
    found |= {"empty": empty} if empty else {}
    found |= {"ignore": left} if left else {}
    found["matrix"] = "expires" if ends else f"{OPEN} expires | achieved | level"
    found |= {"values": {"matrix": values}} if values else {}
    found |= ids_of(look, looks)
    if any(other.at("people", "person_id") and other.at("holdings", "requirement") for other in looks):
        found["unless_above"] = "yes"
    return {**found, "person_id": person}


def _in_matrix(word: str) -> str:
    """Return what a word of a matrix means, alone or before a day; open where that is not known."""
    alone = word.removesuffix(" *")
    if CROSS.fullmatch(alone) or NOTHING.fullmatch(alone):
        return NONE
    if level := LEVEL.fullmatch(word):
        return level["number"] or f"{OPEN} held | none | 1 | 2 | 3"
    if alone == word:
        return "held" if TICK.fullmatch(word) else f"{OPEN} held | none"
    days = [to for to, of in (("achieved", _GOT), ("expires", _ENDS)) if of.fullmatch(alone)]
    return days[0] if days else f"{OPEN} achieved | expires | none"


def _lines(general: Proposal, parts: Mapping[str, Sequence[Proposal]]) -> Iterator[str]:
    """Yield the lines of a mapping, the sheets in the order of all."""
    for key, value in general.items():
        yield f"{key}: {in_yaml(value)}\n"
    for name in (one.name for one in SHEETS if one.name in parts):
        yield f"{name}:\n"
        for part in parts[name]:
            first = "  - " if len(parts[name]) > 1 else "  "
            for key, value in part.items():
                line = f"{key}: {in_yaml(value)}"
                for one in [line] if len(line) <= _LONGEST else in_yaml({key: value}, flow=False).splitlines():
                    yield f"{first}{one}\n"
                    first = " " * len(first)
