"""Look at the files of other systems and propose how they are to be understood; what is not sure is left open."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from graph.days import today
from graph.errors import DocumentError, RankgraphError
from graph.rows import visible
from graph.staff_nodes import StaffNames
from loaders.staff import rank_prefixes
from loaders.staff.files import places_of
from loaders.staff.header import COUNTS, WORD_OF_OUTCOME, is_outcome_column
from loaders.staff.looks import (
    CROSS,
    MANY,
    NOTHING,
    STAFF_GRADE,
    TICK,
    Look,
    full_week,
    lexicon,
    look_at,
    of_grade,
    read_day,
    written_dates,
)
from loaders.staff.mapping import OPEN
from loaders.staff.near_names import nearest
from loaders.staff.rows import FIXED_TERM, VACANT
from loaders.staff.schema import normalise, word_of
from loaders.staff.shaping import without_rank
from loaders.staff.sheets import SHEETS, sheet

_FEW, _MOST = 3, 8
_NONE = "none"
_VACANT = re.compile(rf"{VACANT.pattern}|tb[ac]", re.IGNORECASE)
_LONGEST = 110
"""Characters of a line of a mapping; a longer one becomes a line a word."""
_NO_DAY = re.compile(
    r"(?:current|present|ongoing|to date|unknown|not known|tb[acd]|never|lifetime|permanent|indefinite|does not expire)"
    r"|no (?:end(?: date)?|expiry(?: date)?)|open(?:[ -]ended)?|[0/. :-]+|\?+",
    re.IGNORECASE,
)
Proposal = dict[str, object]


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
    general |= {one.name: f"{OPEN} no file has {' and '.join(_required(one.name))}" for one in missing}
    read = {part["file"] for of in parts.values() for part in of}
    unread = dict.fromkeys(place.path.name for place in places if _without_numbers(place.path.name) not in read)
    notes = (f"# {OPEN} {visible(name)}: its columns are not understood; write what they are\n" for name in unread)
    return "".join((*_lines(general, parts), *notes))


def _parts(
    looks: Sequence[Look], dates: Sequence[list[str]], names: StaffNames, is_rank: Callable[[str], bool]
) -> dict[str, list[Proposal]]:
    """Return what files are to be understood as, by sheet; `dates` is how each writes days, where it is not as all."""
    parts: dict[str, list[Proposal]] = {}
    for look, own in zip(looks, dates, strict=True):
        for name, part in _of_look(look, looks, is_rank):
            if own:
                part = {**_file(look), "dates": own, **part}  # noqa: PLW2901 -- how days are written stands first
            if name == "requirements" and (choices := _near_courses(look, part, names)):
                part["values"] = {**part.get("values", {}), "requirement": choices}  # type: ignore[dict-item]
            for each in (part, *_of_police_staff(look, name, part, is_rank)):
                parts.setdefault(name, []).append(each)
                if name == "posts" and (roles := _roles(look, each, names)):
                    parts.setdefault("roles", []).append(roles)
                each.update(_without_column(look, name, each))
    parts.get("holdings", []).sort(key=lambda part: "matrix" in part)
    if "units" not in parts and (
        posts := [one for one in parts.get("posts", ()) if OPEN not in str(one.get("unit_id", OPEN))]
    ):
        at: Proposal = {name: posts[0][name] for name in ("file", "sheet") if name in posts[0]}
        parts["units"] = [at | {"path": [posts[0]["unit_id"]]}]
    return parts


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
            yield "requirements", {**_file(look), **named}
        yield "holdings", matrix
    elif course and (person or look.at("holdings", "person_id")):
        held = _columns(look, "holdings")
        kind = {"fixed": {"kind": "course"}} if "course" in course[0].casefold() else {}
        yield "requirements", {**_file(look), **kind, "requirement": held["requirement"]}
        held |= _values(look, looks, "holdings", is_rank)
        yield "holdings", {**_file(look), **_outcomes(look), **_ids(look, looks), **held}
    elif post and (look.at("posts", "rank") or look.paths) and (person or look.paths):
        yield from _list_of_posts(look, looks, is_rank)
    else:
        fitting = [one.name for one in SHEETS if all(look.has(one.name, c.name) for c in one.columns if c.required)]
        for name in sorted(fitting, key=lambda one: -len(_columns(look, one)))[:1]:
            yield (
                name,
                {**_file(look), **_ids(look, looks), **_columns(look, name), **_values(look, looks, name, is_rank)},
            )


def _list_of_posts(look: Look, looks: Sequence[Look], is_rank: Callable[[str], bool]) -> Iterator[tuple[str, Proposal]]:
    """Yield what a list of posts says: units, posts, and where there are people, these and who is in which post."""
    at = _file(look)
    path = look.paths[0] if len(look.paths) == 1 else f"{OPEN} {' | '.join(map(_flow, look.paths))}"
    if look.paths:
        yield "units", {**at, "path": path}
    unit: Proposal = {"unit_id": path} if look.paths else {}
    in_posts = {**_columns(look, "posts", instead=unit), **_values(look, looks, "posts", is_rank)}
    if not look.at("people", "person_id"):
        yield "posts", {**at, **in_posts}
        return
    in_seat = [one for day in ("from", "to") for one in look.at("occupancies", day)]
    yield "posts", {**at, **_without(in_posts, [*in_seat, *look.at("people", "joined"), *look.at("people", "left")])}
    skip = _vacant(look)
    people = {**_columns(look, "people"), **_values(look, looks, "people", is_rank)}
    yield "people", {**at, **skip, **_ids(look, looks, "name"), **_without(people, in_seat)}
    hours, ids = full_week(look), _ids(look, looks)
    yield (
        "occupancies",
        {**at, **skip, **hours, **ids, **_columns(look, "occupancies"), **_values(look, looks, "occupancies", is_rank)},
    )
    for held in look.at("ranks_held", "rank")[:1]:
        if held in look.at("posts", "rank"):
            continue
        other = list(dict.fromkeys(of_grade(word) for word in look.of(held) if not is_rank(word)))
        left = {**skip.get("skip", {}), **({held: other} if other else {})}  # type: ignore[dict-item]
        of_person = {"person_id": look.at("people", "person_id")[0], "rank": held}
        yield "ranks_held", {**at, **({"skip": left} if left else {}), **ids, **of_person}


def _without(part: Proposal, taken: Sequence[str]) -> Proposal:
    """Return a part without days that are of something else by their headers: the first day in a post is none of it."""
    days = [name for name in ("opened", "closed", "joined", "left") if part.get(name) in taken]
    ignored = {"ignore": list(dict.fromkeys(part[name] for name in days))} if days else {}
    return {**{name: one for name, one in part.items() if name not in days}, **ignored}


def _file(look: Look) -> Proposal:
    """Return the name of a file, with * for numbers, which change each month, and of its sheet."""
    name = _without_numbers(look.place.path.name)
    return {"file": name} if look.place.tab is None or look.place.alone else {"file": name, "sheet": look.place.tab}


def _without_numbers(name: str) -> str:
    return re.sub(r"\d+", "*", name)


def _columns(look: Look, name: str, instead: Proposal | None = None) -> Proposal:
    """Return our columns of a sheet with their headers; an open choice where there are several."""
    found: Proposal = {}
    for column in sheet(name).columns:
        if instead and column.name in instead:
            found[column.name] = instead[column.name]
            continue
        headers = [one for one in look.at(name, column.name) if one not in found.values()]
        if (name, column.name) == ("people", "name") and look.name_parts:
            found["name"] = look.name_parts
        elif headers:
            found[column.name] = headers[0] if len(headers) == 1 else f"{OPEN} {' | '.join(headers)}"
    return found


def _required(name: str) -> list[str]:
    return [one.name for one in sheet(name).columns if one.required]


def _without_column(look: Look, name: str, part: Proposal) -> Proposal:
    """Return an open choice for each column that must be there and for which nothing is seen."""
    given = {*part} | ({"unit_id", "name", "requirement"} if {"path", "matrix"} & {*part} else set())
    one_of = sheet(name).one_of
    missing = [*_required(name), *(one_of[:1] if not {*one_of} & given else ())]
    taken = [one for value in part.values() for one in (value if isinstance(value, list) else [value])]
    free = " | ".join([one for one in look.header if one and one not in taken][:_MOST])
    return {one: f"{OPEN} {free or 'no column'}" for one in missing if one not in given}


def _values(look: Look, looks: Sequence[Look], name: str, is_rank: Callable[[str], bool]) -> Proposal:
    """Return what words of theirs mean: those of ranks and of columns with words of our own that are not known."""
    values: dict[str, dict[str, str]] = {}
    for column in sheet(name).columns:
        for header in look.at(name, column.name)[:1]:
            words = [word for word, _ in look.of(header).most_common()]
            if column.kind == "rank" and name == "posts":
                grades = [of_grade(word) for word in words if not is_rank(word)]
                values[column.name] = {
                    one: _NONE if NOTHING.fullmatch(one) else f"{OPEN} none | the id of a rank" for one in grades
                }
            elif column.kind == "day":
                odd = [word for word in words if not read_day(word) and not re.fullmatch(r"\d{5}", word)][:_MOST]
                empty = {word for word in odd if NOTHING.fullmatch(word) or _NO_DAY.fullmatch(word)}
                values[column.name] = {word: _NONE if word in empty else f"{OPEN} none | a day" for word in odd}
            elif column.kind in {"id", "number", "whole", "level"} and not column.required:
                values[column.name] = {word: _NONE for word in words if NOTHING.fullmatch(word)}
            elif column.kind == "word":
                unknown = [word for word in words if word_of(column, word) is None][:_MOST]
                values[column.name] = {word: f"{OPEN} {' | '.join(column.words)}" for word in unknown}
                if column.name == "basis":
                    values[column.name] |= _terms(look, looks)
    values = {one: of for one, of in values.items() if of}
    return {"values": values} if values else {}


def _terms(look: Look, looks: Sequence[Look]) -> dict[str, str]:
    """Return an open choice for Temp where the post has no rank of police: there it may be a contract that ends."""
    ranks = {post: rank for one in looks for post, rank in one.pairs("posts", "post_id", "rank")}
    seats = look.pairs("occupancies", "basis", "post_id")
    words = [
        word for word, post in seats if FIXED_TERM.fullmatch(word) and not rank_prefixes.is_rank(ranks.get(post, ""))
    ]
    return dict.fromkeys(words, f"{OPEN} temporary | substantive")


def _vacant(look: Look) -> Proposal:
    """Return which rows have nobody in them."""
    for header in look.at("people", "name")[:1] or look.name_parts[1:]:
        if words := [word for word in look.of(header) if _VACANT.fullmatch(word)]:
            return {"skip": {header: [*words, "none"]}}
    return {"skip": {look.at("people", "person_id")[0]: ["none"]}}


def _ids(look: Look, looks: Sequence[Look], *others: str) -> Proposal:
    """Return what numbers of people, and other columns, lack or have too much: zeros that others have, ranks."""
    person = look.at("people", "person_id")
    if not person:
        return {}
    found: Proposal = {}
    columns = {name: look.at("people", name)[:1] for name in ("person_id", *others)}
    if ranked := [name for name, headers in columns.items() for one in headers if _has_ranks(look.of(one))]:
        found["without_rank"] = ranked
    numbers = [[*other.of(one)] for other in looks for one in other.at("people", "person_id")[:1]]
    width = max((len(one) for words in numbers for one in words if one[0] == "0"), default=0)
    if any(one.isdecimal() and len(one) < width for one in look.of(person[0])):
        found["pad"] = {"person_id": width}
    return found


def _near_courses(look: Look, part: Proposal, names: StaffNames) -> dict[str, str]:
    """Return an open choice for each course that is not known by its name, and may be one that is known by another."""
    header = str(part.get("requirement"))
    courses = look.of(header) if header in look.header else look.courses
    known = {name: one for one, of in names.aliases.items() if one.startswith("course/") for name in of}
    near = {one: nearest([one], known) for one in courses if not names.candidates(one)}
    return {one: f"{OPEN} {one} | {known[other]}" for one, other in near.items() if other}


def _of_police_staff(look: Look, name: str, part: Proposal, is_rank: Callable[[str], bool]) -> Iterator[Proposal]:
    """Yield the posts that have a grade in place of a rank, which the part skips: their role is their title."""
    rank = part.get("rank")
    if name != "posts" or rank not in look.header or "role" in part:
        return
    words = [word for word in look.of(rank) if STAFF_GRADE.fullmatch(word) and not is_rank(word)]
    if grades := list(dict.fromkeys(map(of_grade, words))):
        values: dict[str, dict[str, str]] = part.pop("values")  # type: ignore[assignment]
        others = {one: of for one, of in part.items() if one != "rank"}
        unsure = {word: to for word, to in values.pop("rank").items() if word not in grades}
        of_rank = {**values, "rank": unsure} if unsure else values
        part |= {"skip": {rank: grades}, **({"values": of_rank} if of_rank else {})}
        ignored: list[object] = others.get("ignore", [])  # type: ignore[assignment]
        of_role = {"only": {rank: grades}, "ignore": [*ignored, rank], "role": part.get("title", rank)}
        yield {**others, **of_role, **({"values": values} if values else {})}


def _roles(look: Look, part: Proposal, names: StaffNames) -> Proposal:
    """Return the roles of police staff that posts name and nobody declares; posts without a rank are of their title."""
    if not {"rank", "role"} & {*part} and "title" in part:
        part["role"] = part["title"]
    header = str(part.get("role"))
    if header not in look.header:
        return {}
    only: dict[str, list[str]] = part.get("only", {})  # type: ignore[assignment]
    at, grades = [look.header.index(one) for one in (*only, header)], [*itertools.chain(*only.values())]
    rows = ([row[one] for one in at] for row in look.body if max(at) < len(row))
    words = {row[-1] for row in rows if row[-1] and (not only or of_grade(row[0]) in grades)}
    known: dict[str, str] = {}
    for word in sorted(words):
        with contextlib.suppress(RankgraphError):
            known[word] = names.role(word)
    if words <= {*known}:
        return {}
    ranks = [word for word, one in known.items() if not one.startswith("role/")]
    ignored = [one for one in look.at("roles", "grade") if one != header]
    part_of = {"only": only} if only else {}
    skip = {"skip": {header: [*ranks, _NONE]}, **({"ignore": ignored} if ignored else {})}
    return {**_file(look), **part_of, **skip, "role": header}


def _has_ranks(words: Counter[str]) -> bool:
    return sum(without_rank(word) != word for word in words) > MANY * len(words)


def _outcomes(look: Look) -> Proposal:
    """Return which words of how a course went count; open where one of them is not known."""
    ours = {name for names in lexicon()["holdings"].values() for name in names}
    for header, words in zip(look.header, look.words, strict=True):
        if normalise(header) not in ours and is_outcome_column(header, list(words)):
            good = [word for word in words if COUNTS.fullmatch(word)]
            unknown = [word for word in words if word not in good and not WORD_OF_OUTCOME.fullmatch(normalise(word))]
            return {"only": {header: f"{OPEN} {' | '.join([*good, *unknown])}" if unknown else good}}
    return {}


def _matrix(look: Look, looks: Sequence[Look]) -> Proposal:
    """Return how a matrix is to be read: what its days are, and which of its words mean nothing."""
    person = look.at("people", "person_id")[0]
    words: Counter[str] = sum((look.of(one) for one in look.courses), Counter())
    odd = [word for word in words if not read_day(word) and not re.fullmatch(r"\d{5}", word)]
    empty = [word for word in odd if NOTHING.fullmatch(word)]
    values = {
        word: "held" if TICK.fullmatch(word) else "none" if CROSS.fullmatch(word) else f"{OPEN} held | none"
        for word in odd
        if word not in empty
    }
    values = {word: to for word, to in values.items() if not word.isdecimal()}
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
    found: Proposal = {**_file(look)}
    found |= {"empty": empty} if empty else {}
    found |= {"ignore": left} if left else {}
    found["matrix"] = "expires" if ends else f"{OPEN} expires | achieved | level"
    found |= {"values": {"matrix": values}} if values else {}
    found |= _ids(look, looks)
    if any(other.at("people", "person_id") and other.at("holdings", "requirement") for other in looks):
        found["unless_above"] = "yes"
    return {**found, "person_id": person}


def _lines(general: Proposal, parts: Mapping[str, Sequence[Proposal]]) -> Iterator[str]:
    """Yield the lines of a mapping, the sheets in the order of all."""
    for key, value in general.items():
        yield f"{key}: {_flow(value)}\n"
    for name in (one.name for one in SHEETS if one.name in parts):
        yield f"{name}:\n"
        for part in parts[name]:
            first = "  - " if len(parts[name]) > 1 else "  "
            for key, value in part.items():
                line = f"{key}: {_flow(value)}"
                for one in [line] if len(line) <= _LONGEST else _flow({key: value}, flow=False).splitlines():
                    yield f"{first}{one}\n"
                    first = " " * len(first)


def _flow(value: object, *, flow: bool = True) -> str:
    steers = visible(str(value)) != str(value)
    text: str = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=not steers, width=10**6, sort_keys=False)
    return text.removesuffix("...\n").strip()
