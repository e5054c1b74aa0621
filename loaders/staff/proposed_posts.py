"""Propose how a list of posts is to be understood: its units, its posts, who is in them, and roles of police staff."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from graph.errors import RankgraphError
from graph.staff_nodes import StaffNames
from loaders.staff.absence_words import is_away, kind_of
from loaders.staff.column_words import STAFF_GRADE, of_grade
from loaders.staff.looks import LEVEL, OF_POST, Look, full_weeks
from loaders.staff.mapping import OPEN, SHEET
from loaders.staff.proposed_sheet import NONE, Proposal, columns_of, file_of, ids_of, in_yaml, read_as, values_of
from loaders.staff.rows import VACANT
from loaders.staff.schema import normalise
from loaders.staff.sheets import sheet

_STATUS = re.compile(r"\b(?:status|state|absence|availability|duty|duties|leave|occupancy|deployab\w+)\b")
_DAYS = ("opened", "closed", "joined", "left")
_VACANT = re.compile(rf"{VACANT.pattern}|tb[ac]", re.IGNORECASE)


def list_of_posts(look: Look, looks: Sequence[Look], is_rank: Callable[[str], bool]) -> Iterator[tuple[str, Proposal]]:
    """Yield what a list of posts says: units, posts, and where there are people, these and who is in which post."""
    paths = _paths(look, looks)
    path = paths[0] if len(paths) == 1 else f"{OPEN} {' | '.join(map(in_yaml, paths))}"
    at = file_of(look)
    again = _repeated(look, paths[0] if paths else look.at("posts", "unit_id")[:1])
    if paths:
        yield "units", {**at, **again, "path": path}
    unit: Proposal = {"unit_id": path} if paths else {}
    in_posts = {**columns_of(look, "posts", instead=unit), **values_of(look, looks, "posts", is_rank)}
    if not look.at("people", "person_id"):
        yield "posts", {**at, **again, **in_posts}
        return
    if "places" in in_posts and not OF_POST.search(normalise(str(in_posts["places"]))):
        in_posts["places"] = NONE
    in_seat = [one for day in ("from", "to") for one in look.at("occupancies", day)]
    yield (
        "posts",
        {**at, **again, **_without(in_posts, [*in_seat, *look.at("people", "joined"), *look.at("people", "left")])},
    )
    skip = _vacant(look)
    people = read_as(look, looks, "people", is_rank)
    yield "people", {**at, **skip, **ids_of(look, looks, "name"), **_without(people, in_seat)}
    ids, seats = ids_of(look, looks), read_as(look, looks, "occupancies", is_rank)
    for hours in full_weeks(look):
        yield "occupancies", {**at, **skip, **hours, **ids, **seats}
    yield from _away(look, ids)
    for held in look.at("ranks_held", "rank")[:1]:
        if held in look.at("posts", "rank"):
            continue
        other = list(dict.fromkeys(of_grade(word) for word in look.of(held) if not is_rank(word)))
        left = {**skip.get("skip", {}), **({held: other} if other else {})}  # type: ignore[dict-item]
        of_person = {"person_id": look.at("people", "person_id")[0], "rank": held}
        yield "ranks_held", {**at, **({"skip": left} if left else {}), **ids, **of_person}


def _paths(look: Look, looks: Sequence[Look]) -> list[list[str]]:
    """Return the columns of units, below the name of the sheet where each sheet of a workbook is of another unit."""
    alike = [one for one in looks if one.place.path == look.place.path and one.header == look.header]
    unit = look.at("posts", "unit_id")[:1]
    if not alike[1:]:
        return look.paths
    below = look.paths or ([unit] if unit else [])
    named = [[SHEET, *path] for path in below] or [[SHEET]]
    words = Counter(word for one in alike for word in one.of(below[0][0])) if below else Counter[str]()
    shared = below and sum(len(one.of(below[0][0])) for one in alike) > len(words)
    is_unit = all(LEVEL.search(normalise(one.place.tab or "")) for one in alike)
    return named if is_unit or not below else [*named, *below] if shared else look.paths


def _repeated(look: Look, unit: Sequence[str]) -> Proposal:
    """Return the columns of units in which an empty cell repeats the one above: the topmost is empty below others."""
    places = [look.header.index(one) for one in unit if one in look.header]
    rows = [row for row in look.body if places and len(row) > max(places) and sum(map(bool, row)) > 1]
    if not rows or not rows[0][places[0]] or all(row[places[0]] for row in rows):
        return {}
    return {"repeat": [look.header[at] for at in places if not all(row[at] for row in rows)]}


def _away(look: Look, ids: Proposal) -> Iterator[tuple[str, Proposal]]:
    """Yield who is away by a column of a list of people: since when is not said, and nor is until when."""
    for header in (one for one in look.header if _STATUS.search(normalise(one)) and not look.at("absences", "from")):
        if away := [word for word in look.of(header) if is_away(word)]:
            asked = f"{OPEN} {' | '.join(sheet('absences').column('kind').words)}"
            kinds = {word: kind_of(word) or asked for word in away}
            of_person = {
                **ids,
                "person_id": look.at("people", "person_id")[0],
                "kind": header,
                "values": {"kind": kinds},
            }
            yield "absences", {**file_of(look), "only": {header: away}, **of_person}
            return


def pools(look: Look, looks: Sequence[Look], is_rank: Callable[[str], bool]) -> Iterator[tuple[str, Proposal]]:
    """Yield what is said by an establishment that counts posts by unit and rank, and by a list of people beside it.

    Such posts have no numbers: unit and rank name each, in both files.
    """
    counted = [one for one in looks if not one.at("people", "person_id") and _pool(one) and one.at("posts", "fte")]
    if look in counted:
        unit = _pool(look)[:-1]
        at = {**file_of(look), **_repeated(look, unit)}
        yield "units", {**at, "path": unit}
        of_post: Proposal = {"post_id": _pool(look), "unit_id": unit}
        yield "posts", {**at, **columns_of(look, "posts", of_post), **values_of(look, looks, "posts", is_rank)}
    elif counted and look.at("people", "person_id") and len(_pool(look)) == len(_pool(counted[0])):
        yield "people", {**file_of(look), **ids_of(look, looks, "name"), **read_as(look, looks, "people", is_rank)}
        seat = columns_of(look, "occupancies", {"post_id": _pool(look)})
        of_words = values_of(look, looks, "occupancies", is_rank)
        for hours in full_weeks(look):
            yield "occupancies", {**file_of(look), **hours, **ids_of(look, looks), **seat, **of_words}
        yield from _away(look, ids_of(look, looks))


def _pool(look: Look) -> list[str]:
    """Return the columns that name a post which has no number: those of its unit, and that of its rank."""
    unit = look.paths[0] if len(look.paths) == 1 else look.at("posts", "unit_id")[:1]
    rank = look.at("posts", "rank")[:1]
    return [*unit, *rank] if unit and rank and not look.at("posts", "post_id") else []


def _without(part: Proposal, taken: Sequence[str]) -> Proposal:
    """Return a part without days that are of something else by their headers: the first day in a post is none of it."""
    part = {name: _untaken(one, taken) if name in _DAYS else one for name, one in part.items()}
    days = [name for name in _DAYS if part.get(name) in taken]
    ignored = {"ignore": list(dict.fromkeys(part[name] for name in days))} if days else {}
    left = {name: one for name, one in part.items() if name not in (*days, "values")}
    values = {name: of for name, of in part.get("values", {}).items() if name not in days}  # type: ignore[attr-defined]
    return {**left, **({"values": values} if values else {}), **ignored}


def _untaken(choice: object, taken: Sequence[str]) -> object:
    """Return an open choice without the headers that are of something else, unless none is left."""
    headers = str(choice).removeprefix(OPEN).strip().split(" | ")
    left = [one for one in headers if one not in taken]
    return choice if not headers[1:] or not left else left[0] if not left[1:] else f"{OPEN} {' | '.join(left)}"


def _vacant(look: Look) -> Proposal:
    """Return which rows have nobody in them."""
    for header in look.at("people", "name")[:1] or look.name_parts[1:]:
        if words := [word for word in look.of(header) if _VACANT.fullmatch(word)]:
            return {"skip": {header: [*words, NONE]}}
    number = look.at("people", "person_id")[0]
    return {"skip": {number: [*(word for word in look.of(number) if not word.strip("0")), NONE]}}


def of_police_staff(look: Look, name: str, part: Proposal, is_rank: Callable[[str], bool]) -> Iterator[Proposal]:
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


def roles_of(look: Look, part: Proposal, names: StaffNames) -> Proposal:
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
    skip = {"skip": {header: [*ranks, NONE]}, **({"ignore": ignored} if ignored else {})}
    return {**file_of(look), **part_of, **skip, "role": header}
