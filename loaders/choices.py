"""Take a condition in words apart into its alternatives: what "and", "or", commas and brackets join."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from graph.ontology import even, text_key
from loaders.gate_terms import Terms, at_least, is_hedged, is_only_verb, is_senior, terms_of
from loaders.naming import Naming
from loaders.profile import OptionPart
from loaders.ranks import rank_names, ranks
from loaders.titles import RankMention, find_ranks

__all__ = ["judged", "options_of", "ranks_called"]

_JOIN = re.compile(
    r"[\s(]*(?P<first>,?)[\s(]*"
    r"\b(?P<word>and/or|or(?!\s+(?:more|less|over|longer|so)\b)|and|plus|together with|as well as)\b[\s(]*"
    r"|\s*(?P<comma>[,;])\s*|\s*(?P<slash>/)\s*",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"^\s*(?:either|one of|any of)\b", re.IGNORECASE)
_EQUIVALENT = re.compile(r"^(?:an?\s+|of\s+)?(?:equivalent|comparable|similar)\b", re.IGNORECASE)
_RANK_EQUIVALENT = re.compile(
    r"^(?:(?:hold|be|have|serve)\w*\s+)?(?:in\s+)?(?:an?\s+|of\s+)?equivalent(?:\s+(?:\w+\s+)?(?:ranks?|levels?))?$",
    re.IGNORECASE,
)
_AIMED_AT = re.compile(
    r"\b(?:qualif\w+|promot\w+|exam\w*|eligible|aspir\w+)\W+(?:(?:to|for|the|rank|of|a)\W+)*$", re.IGNORECASE
)


class _Mark(NamedTuple):
    """A course or rank named in a condition; several targets where ladders share the title."""

    start: int
    end: int
    targets: tuple[str, ...]
    rank: bool


class _Piece(NamedTuple):
    """Words between two connectors, and what is known in them."""

    joined: str
    text: str
    marks: tuple[_Mark, ...]
    terms: Terms


class _Raw(NamedTuple):
    """A piece before commas are settled."""

    joined: str
    start: int
    end: int
    marks: tuple[_Mark, ...]


def options_of(
    text: str, naming: Naming, organisation: str | None, *, listed: bool = False
) -> list[tuple[OptionPart, ...]]:
    """Return the alternatives of a condition, each the parts that it needs together.

    "And" binds closer than "or", unless a comma or "either" parts it off. Words that name neither a course nor a
    rank are a part that only a person can judge, and so is the whole where ranks and courses take turns. In a list
    of who may apply (`listed`) "and" is another applicant.
    """
    marks = _marks(text, naming, organisation)
    if not marks:
        return [(judged(text),)]
    if len({mark.rank for mark in marks}) == 1:
        return _alike(text, marks, listed=listed)
    cut = _cut(text, marks)
    if cut is None:
        return [(judged(text),)]
    joined, left, right = cut
    first = options_of(text[:left], naming, organisation, listed=listed)
    second = options_of(text[right:], naming, organisation, listed=listed)
    return [*first, *second] if joined == "or" else [(*one, *other) for one in first for other in second]


def _cut(text: str, marks: Sequence[_Mark]) -> tuple[str, int, int] | None:
    """Part the ranks of a condition from its courses: the connector, where the one half ends, the other begins."""
    turn = next(place for place, mark in enumerate(marks) if mark.rank != marks[0].rank)
    if any(mark.rank == marks[0].rank for mark in marks[turn:]):
        return None
    joins = [join for join in _JOIN.finditer(text) if _joins(join, marks) and not join["comma"]]
    between = [join for join in joins if marks[turn - 1].end <= join.start() and join.end() <= marks[turn].start]
    if between:
        return _connector(between[-1]).strip(","), between[-1].start(), between[-1].end()
    apart = [join for join in joins if join["first"] and join.end() <= marks[turn - 1].start]
    if apart and _connector(apart[-1]) == "or":
        return "or", apart[-1].start(), apart[-1].end()
    return "and", marks[turn - 1].end, marks[turn - 1].end


def _alike(text: str, marks: Sequence[_Mark], *, listed: bool) -> list[tuple[OptionPart, ...]]:
    """Return the alternatives of a condition on courses alone, or on ranks alone."""
    whole = at_least(text)
    options: list[list[OptionPart]] = []
    common: list[list[OptionPart]] = [[]]
    pieces = _pieces(text, marks)
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if is_senior(piece.text) or (whole and _RANK_EQUIVALENT.match(piece.text)):
            options = [[_timed(part, piece.terms) for part in option] for option in options]
            continue
        wanted = _alternatives(piece, before, whole=whole)
        also = listed or (before is not None and _is_list_of_ranks(before, piece))
        if piece.joined.endswith("and") and options and not also:
            if piece.joined == ",and" and len(options) > 1 and not _CHOICE.match(piece.text):
                options = [[*option, *parts] for option in options for parts in wanted]
                continue
            if not _CHOICE.match(piece.text):
                options[-1:] = [[*options[-1], *parts] for parts in wanted]
                _dated(options, piece)
                continue
            common, options = options, []
        options += [[*shared, *parts] for shared in common for parts in wanted]
        _dated(options, piece)
    return [tuple(option) for option in options if option]


def _dated(options: list[list[OptionPart]], piece: _Piece) -> None:
    """A day that ends an alternative holds for all of it."""
    if piece.terms.before:
        options[-1] = [part.model_copy(update={"before": piece.terms.before}) for part in options[-1]]


def _is_list_of_ranks(before: _Piece, piece: _Piece) -> bool:
    return all(one.marks and all(mark.rank for mark in one.marks) for one in (before, piece))


def _alternatives(piece: _Piece, before: _Piece | None, *, whole: bool) -> list[list[OptionPart]]:
    words = _trimmed(piece.text)
    if not piece.marks:
        if before and _EQUIVALENT.match(words):
            words = f"{_trimmed(before.text)} {piece.joined.strip(',')} {words}"
        return [[judged(words)]]
    if is_hedged(piece.text) and not _is_done(piece):
        return [[judged(words)]]
    found: list[list[OptionPart]] = [[]]
    for mark in piece.marks:
        found = [[*parts, _part(target, mark, piece, whole=whole)] for parts in found for target in mark.targets]
    return found


def _is_done(piece: _Piece) -> bool:
    """Say whether the words open with the thing done, a promise being the other alternative."""
    return is_only_verb(re.split(r",?\s+or\b", piece.text, maxsplit=1, flags=re.IGNORECASE)[0])


def _part(target: str, mark: _Mark, piece: _Piece, *, whole: bool) -> OptionPart:
    part = OptionPart(target=target, text=_trimmed(piece.text), at_least=whole and mark.rank)
    return _timed(part, piece.terms)


def _timed(part: OptionPart, terms: Terms) -> OptionPart:
    spans = {"within_months": terms.within_months, "for_months": terms.for_months}
    return part.model_copy(update={name: span for name, span in spans.items() if span is not None})


def judged(text: str) -> OptionPart:
    """Return a part that only a person can judge."""
    words = _trimmed(re.sub(r"\s*\((?:https?://|www\.)[^)]*\)", "", text))
    return OptionPart(target=f"experience/{text_key(even(words))}", text=words)


def _trimmed(text: str) -> str:
    words = " ".join(text.split()).strip(" .,;:")
    if words.count("(") < words.count(")"):
        words = words.removesuffix(")") if words.endswith(")") else words
    return words.removeprefix("(") if words.count("(") > words.count(")") else words


def _marks(text: str, naming: Naming, organisation: str | None) -> tuple[_Mark, ...]:
    courses = [_Mark(found.start, found.end, (found.thing,), rank=False) for found in naming.courses_in(text)]
    held = [
        _Mark(found.start, found.end, (found.rank_id,) if found.rank_id else ranks_called(found.text), rank=True)
        for found in find_ranks(text, organisation)
        if not any(mark.start < found.end and found.start < mark.end for mark in courses)
        and not _is_aim(text, found, courses)
    ]
    return tuple(sorted([*courses, *(mark for mark in held if mark.targets)]))


def _is_aim(text: str, found: RankMention, courses: Sequence[_Mark]) -> bool:
    """Say whether a rank is what an exam is for, and not one to have held: "exam (Sergeant)", "qualified to"."""
    bracketed = text[: found.start].endswith("(") and text[found.end :].startswith(")")
    return bool(courses) and (bracketed or bool(_AIMED_AT.search(text[: found.start])))


def ranks_called(title: str) -> tuple[str, ...]:
    """Return every rank of a title that ladders share: one held on any of them counts."""
    plain = " ".join(title.casefold().split())
    shared = rank_names().get(plain) or rank_names().get(plain.removesuffix("s"), ())
    short = title.removesuffix("s")
    return tuple(rank.id for rank in shared or (rank for rank in ranks() if short in rank.abbreviations))


def _pieces(text: str, marks: Sequence[_Mark]) -> list[_Piece]:
    """Cut a text at its connectors; a comma counts as the connector that ends its list."""
    joins = [join for join in _JOIN.finditer(text) if _joins(join, marks)]
    starts, ends = [0, *(join.end() for join in joins)], [*(join.start() for join in joins), len(text)]
    words = ["", *(_connector(join) for join in joins)]
    raw = [
        _Raw(word, start, end, tuple(mark for mark in marks if start <= mark.start and mark.end <= end))
        for word, start, end in zip(words, starts, ends, strict=True)
    ]
    return _merged(text, raw)


def _joins(join: re.Match[str], marks: Sequence[_Mark]) -> bool:
    if any(mark.start < join.end() and join.start() < mark.end for mark in marks):
        return False
    ends, starts = {mark.end for mark in marks}, {mark.start for mark in marks}
    return not join["slash"] or (join.start() in ends and join.end() in starts)


def _connector(join: re.Match[str]) -> str:
    if join["comma"]:
        return ","
    if join["slash"] or join["word"].casefold() in {"or", "and/or"}:
        return "or"
    return ",and" if join["first"] else "and"


def _merged(text: str, raw: Sequence[_Raw]) -> list[_Piece]:
    """Join words that name nothing to what they belong to, and settle the commas."""
    pieces = _half_done(text, raw)
    rest = raw[next(place for place, one in enumerate(raw) if one.marks) + 1 :] if pieces else raw
    for place, one in enumerate(rest):
        if not one.marks and not pieces:
            continue
        words = text[one.start if pieces else 0 : one.end]
        if not one.marks and (one.joined == "," or _goes_on(pieces[-1], words)):
            between = ", " if one.joined == "," else f" {one.joined.strip(',')} "
            both = f"{pieces[-1].text}{between}{words}"
            pieces[-1] = pieces[-1]._replace(text=both, terms=terms_of(both))
            continue
        joined = (
            one.joined if one.joined != "," else next((e.joined for e in rest[place + 1 :] if e.joined != ","), "and")
        )
        pieces.append(_Piece(joined if pieces else "", words, one.marks, terms_of(words)))
    return pieces


def _goes_on(before: _Piece, words: str) -> bool:
    """Say whether words that name nothing carry on words that name nothing: "skill in law or finance"."""
    equal = bool(_RANK_EQUIVALENT.match(before.text.strip()))
    return not (before.marks or equal or is_senior(before.text) or is_senior(words))


def _half_done(text: str, raw: Sequence[_Raw]) -> list[_Piece]:
    """Read "completed, or working towards, the course": two alternatives that share its name."""
    named = next((place for place, one in enumerate(raw) if one.marks), 0)
    if not named or not is_only_verb(text[raw[0].start : raw[0].end]) or raw[1].joined != "or":
        return []
    promise = text[raw[1].start : raw[named].end]
    if not is_hedged(promise):
        return []
    done = text[: raw[named].marks[-1].end]
    marks = raw[named].marks
    return [_Piece("", done, marks, Terms()), _Piece("or", promise, marks, terms_of(promise))]
