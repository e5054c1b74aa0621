"""Propose what a mapping says of one sheet in one file: its name, our columns in it, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import yaml

from graph.rows import visible
from loaders.staff import rank_prefixes
from loaders.staff.absence_words import is_away, kind_of
from loaders.staff.column_words import NOTHING, has_numbers_beside, is_day, of_grade
from loaders.staff.looks import Look
from loaders.staff.mapping import OPEN
from loaders.staff.rows import FIXED_TERM
from loaders.staff.schema import normalise, split_names, word_of
from loaders.staff.shaping import number_beside, without_rank
from loaders.staff.sheets import sheet

NONE = "none"
MOST = 8
"""Words and headers that a choice lists."""
_NO_DAY = re.compile(
    r"(?:current|present|ongoing|to date|unknown|not known|tb[acd]|never|lifetime|permanent|indefinite|does not expire)"
    r"|no (?:end(?: date)?|expiry(?: date)?)|open(?:[ -]ended)?|[0/. :-]+|\?+",
    re.IGNORECASE,
)
_CONTRACT = re.compile(r"(?:fixed[ -]?term|ftc|permanent)\b.*", re.IGNORECASE)
"""What is said of a contract: how long it lasts is no temporary promotion."""
_FULL = re.compile(r"full[ -]?time|f/?t|full|whole[ -]?time", re.IGNORECASE)
Proposal = dict[str, object]


def file_of(look: Look) -> Proposal:
    """Return the name of a file, with * for numbers, which change each month, and of its sheet."""
    name = without_numbers(look.place.path.name)
    return {"file": name} if look.place.tab is None or look.place.alone else {"file": name, "sheet": look.place.tab}


def without_numbers(name: str) -> str:
    """Return the name of a file with * for its numbers."""
    return re.sub(r"\d+", "*", name)


def columns_of(look: Look, name: str, instead: Proposal | None = None) -> Proposal:
    """Return our columns of a sheet with their headers; an open choice where there are several."""
    found: Proposal = {}
    for column in sheet(name).columns:
        if instead and column.name in instead:
            found[column.name] = instead[column.name]
            continue
        headers = [one for one in look.at(name, column.name) if one not in found.values()]
        if column.name == "title" and not headers:
            headers = [one for one in look.meant(name, "title") if one not in found.values()]
        if (name, column.name) == ("people", "name") and look.name_parts:
            found["name"] = look.name_parts
        elif headers:
            found[column.name] = headers[0] if len(headers) == 1 else f"{OPEN} {' | '.join(headers)}"
    if name == "people" and "name" not in found and has_numbers_beside(look.of(str(found["person_id"]))):
        found["name"] = found["person_id"]
    return found


def read_as(look: Look, looks: Sequence[Look], name: str, is_rank: Callable[[str], bool]) -> Proposal:
    """Return our columns of a sheet with their headers, and what words in them mean."""
    columns = columns_of(look, name)
    unread = [
        header
        for column in sheet(name).columns
        if column.kind == "word" and column.name not in columns
        for header in look.header
        if normalise(header) in split_names(column.synonyms)
    ]
    return {**columns, **values_of(look, looks, name, is_rank), **({"ignore": unread} if unread else {})}


def required_of(name: str) -> list[str]:
    """Return the columns that a sheet must have."""
    return [one.name for one in sheet(name).columns if one.required]


def without_column(look: Look, name: str, part: Proposal) -> Proposal:
    """Return an open choice for each column that must be there and for which nothing is seen."""
    given = {*part} | ({"unit_id", "name", "requirement"} if {"path", "matrix"} & {*part} else set())
    one_of = sheet(name).one_of
    missing = [*required_of(name), *(one_of[:1] if not {*one_of} & given else ())]
    taken = [one for value in part.values() for one in (value if isinstance(value, list) else [value])]
    free = " | ".join([one for one in look.header if one and one not in taken][:MOST])
    return {one: f"{OPEN} {free or 'no column'}" for one in missing if one not in given}


def values_of(look: Look, looks: Sequence[Look], name: str, is_rank: Callable[[str], bool]) -> Proposal:
    """Return what words of theirs mean: those of ranks and of columns with words of our own that are not known."""
    values: dict[str, dict[str, str]] = {}
    for column in sheet(name).columns:
        for header in look.at(name, column.name)[:1]:
            words = [word for word, _ in look.of(header).most_common()]
            if column.kind == "rank" and name == "posts":
                grades = [of_grade(word) for word in words if not is_rank(word)]
                values[column.name] = {
                    one: NONE if NOTHING.fullmatch(one) else f"{OPEN} none | the id of a rank" for one in grades
                }
            elif column.kind == "day":
                odd = [word for word in words if not is_day(word)][:MOST]
                empty = {word for word in odd if NOTHING.fullmatch(word) or _NO_DAY.fullmatch(word)}
                values[column.name] = {word: NONE if word in empty else f"{OPEN} none | a day" for word in odd}
            elif column.kind in {"id", "number", "whole", "level"} and not column.required:
                values[column.name] = {word: NONE for word in words if NOTHING.fullmatch(word)}
                if column.name == "fte":
                    named = [word for word in words if word[0].isalpha() and word not in values[column.name]][:MOST]
                    values[column.name] |= {one: "1" if _FULL.fullmatch(one) else f"{OPEN} a number" for one in named}
            elif column.kind == "word":
                unknown = [word for word in words if word_of(column, word) is None][:MOST]
                asked = f"{OPEN} {' | '.join(column.words)}"
                values[column.name] = {word: (column.name == "kind" and kind_of(word)) or asked for word in unknown}
                if column.name == "basis":
                    values[column.name] |= {one: of for one in unknown if (of := rank_prefixes.read(one).basis)}
                    terms = [one for one in unknown if _CONTRACT.fullmatch(one) or is_away(one) or _is_substantive(one)]
                    values[column.name] |= dict.fromkeys(terms, "substantive")
                    values[column.name] |= _terms(look, looks)
    values = {one: of for one, of in values.items() if of}
    return {"values": values} if values else {}


def _is_substantive(word: str) -> bool:
    return rank_prefixes.is_rank(word) and not rank_prefixes.read(word).basis


def _terms(look: Look, looks: Sequence[Look]) -> dict[str, str]:
    """Return an open choice for Temp where the post has no rank of police: there it may be a contract that ends."""
    ranks = {post: rank for one in looks for post, rank in one.pairs("posts", "post_id", "rank")}
    seats = look.pairs("occupancies", "basis", "post_id")
    words = [
        word for word, post in seats if FIXED_TERM.fullmatch(word) and not rank_prefixes.is_rank(ranks.get(post, ""))
    ]
    return dict.fromkeys(words, f"{OPEN} temporary | substantive")


def ids_of(look: Look, looks: Sequence[Look], *others: str) -> Proposal:
    """Return what numbers of people, and other columns, lack or have too much: zeros that others have, ranks."""
    person = look.at("people", "person_id")
    if not person:
        return {}
    found: Proposal = {}
    columns = {name: look.at("people", name)[:1] for name in ("person_id", *others)}
    beside = [name for name, headers in columns.items() for one in headers if has_numbers_beside(look.of(one))]
    ranked = [
        name for name, headers in columns.items() for one in headers if any(without_rank(w) != w for w in look.of(one))
    ]
    found |= {"number_beside": beside} if "person_id" in beside else {}
    if ranked := [name for name in ranked if not found or name not in beside]:
        found["without_rank"] = ranked
    width = max(
        (len(one) for other in looks for one in numbers_of(other) if one[0] == "0" and one.strip("0")), default=0
    )
    if any(one.isdecimal() and len(one) < width for one in numbers_of(look)):
        found["pad"] = {"person_id": width}
    return found


def numbers_of(look: Look) -> list[str]:
    """Return the numbers of people in a file, without names beside them."""
    words = [word for header in look.at("people", "person_id")[:1] for word in look.of(header)]
    return [(number_beside(word) or (without_rank(word),))[0] for word in words]


def in_yaml(value: object, *, flow: bool = True) -> str:
    """Return a value as YAML, on one line or several; signs that steer a terminal are written as escapes."""
    steers = visible(str(value)) != str(value)
    text: str = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=not steers, width=10**6, sort_keys=False)
    return text.removesuffix("...\n").strip()
