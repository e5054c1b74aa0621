"""Take a condition in words apart into its alternatives: what "and", "or", commas and brackets join."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from graph.ids import even_marks
from loaders.language.condition_terms import (
    EQUIVALENT,
    RANK_EQUIVALENT,
    Terms,
    asks_more,
    at_least,
    exempts,
    human_judgement,
    is_hedged,
    is_minimum,
    is_only_verb,
    is_senior,
    names_qualification,
    spanned,
    states_time,
    terms_of,
    trimmed,
)
from loaders.language.document_names import Naming
from loaders.language.patterns import any_case
from loaders.language.rank_titles import RankMention, ranks_called, ranks_to_hold
from loaders.profile import OptionPart

_JOIN = any_case(
    r"[\s(]*(?P<first>,?)[\s(]*\b(?P<word>and\s*/\s*or|or\s*/\s*and|or(?!\s+(?:more|less|over|longer|so)\b)"
    r"|and|plus|together with|as well as)\b[\s(]*",
    r"\s*(?P<comma>[,;])\s*|\s*(?P<slash>/)\s*",
)
_NO_WORDS = any_case(r"[\W_]*(?:\b(?:either|both|an?|the|any)\b[\W_]*)*")
_ENDS_OPEN = re.compile(r"\b(?:or|either)\b(?:\s*/\s*and\b)?" + _NO_WORDS.pattern + "$", re.IGNORECASE)
_CHOICE = any_case(r"^\s*(?:either|one of|any of)\b")
_AIMED_AT = any_case(
    r"\b(?:qualif\w+|promot\w+|exam(?:ination)?s?|eligible|aspir\w+)\W+(?:(?:to|for|the|rank|of|a)\W+)*$"
)
_SUPPORTS = any_case(
    r"\b(?:their|your|his|her) (?:(?!own\b|current\b|present\b|substantive\b)[\w-]+ )?$",
    r"\b(?:support|endors\w+|recommend\w+|approv\w+|letter)\b[^.;]{0,30}\b(?:from|by|of) (?:the|an?) $",
)
_OWNS_EXAM = any_case(
    r"^(?:'s|s'|')?\s+(?:(?:promotion|legal|qualifying|NPPF|OSPRE|selection|development"
    r"|knowledge)\s+)*(?:exam(?:ination)?|course|assessment|board|promotion\s+process)s?\b"
)


_LONGEST = 2_000
"""Characters; what no author writes as one condition, a person has to judge."""


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
    start: int = 0


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
    of who may apply (`listed`) "and" is another applicant. Where the words end in "or", what else would do is not
    printed: the whole is one more alternative, for a person to judge; so it is for who is exempt. A time that no
    part has is for a person to judge too.
    """
    whole: list[tuple[OptionPart, ...]] = [(human_judgement(text),)]
    options = _options(text, naming, organisation, listed=listed) if len(text) <= _LONGEST else whole
    if options == whole:
        return whole
    parts = [part for option in options for part in option]
    if states_time(text) and not any(one.before or one.within_months or one.for_months for one in parts):
        judged = [part for part in parts if part.target.startswith("experience/")]
        options = options if judged else [(*option, *whole[0]) for option in options]
    return [*options, *whole] if _ENDS_OPEN.search(text) or exempts(text) else options


def _options(text: str, naming: Naming, organisation: str | None, *, listed: bool) -> list[tuple[OptionPart, ...]]:
    marks = _bracketed(text, _marks(text, naming, organisation))
    raw = _raw(text, marks) if marks else []
    if not raw:
        return [(human_judgement(text),)]
    if len({mark.rank for mark in marks}) == 1:
        return same_kind_options(text, marks, raw, listed=listed)
    cut = _cut(text, marks)
    if cut is None:
        return [(human_judgement(text),)]
    joined, left, right = cut
    first = _options(text[:left], naming, organisation, listed=listed)
    second = _options(text[right:], naming, organisation, listed=listed)
    return [*first, *second] if joined == "or" else [(*one, *other) for one in first for other in second]


def _cut(text: str, marks: Sequence[_Mark]) -> tuple[str, int, int] | None:
    """Part the ranks of a condition from its courses: the connector, where the one half ends, the other begins."""
    turn = next(place for place, mark in enumerate(marks) if mark.rank != marks[0].rank)
    if any(mark.rank == marks[0].rank for mark in marks[turn:]):
        return None
    joins = [join for join in _JOIN.finditer(text) if _joins(join, marks) and not join["comma"]]
    between = [join for join in joins if marks[turn - 1].end <= join.start() and join.end() <= marks[turn].start]
    shared = between and marks[0].rank and asks_more(text[marks[turn - 1].end : between[-1].start()])
    if between and not shared:
        return _connector(between[-1]).strip(","), between[-1].start(), between[-1].end()
    apart = [join for join in joins if join["first"] and join.end() <= marks[turn - 1].start]
    if apart and _connector(apart[-1]) == "or":
        return "or", apart[-1].start(), apart[-1].end()
    return "and", marks[turn - 1].end, marks[turn - 1].end


def same_kind_options(
    text: str, marks: Sequence[_Mark], raw: Sequence[_Raw], *, listed: bool
) -> list[tuple[OptionPart, ...]]:
    """Return the alternatives of a condition on courses alone, or on ranks alone."""
    whole = at_least(text) or _is_least(text, marks)
    options: list[list[OptionPart]] = []
    common: list[list[OptionPart]] = [[]]
    pieces = _lasting(_merged(text, raw))
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if is_senior(piece.text) or (whole and RANK_EQUIVALENT.match(piece.text)):
            options = [[_timed(part, piece.terms) for part in option] for option in options]
            continue
        alternatives = _alternatives(piece, before, whole=whole)
        joins = bool(options) and not listed and _is_needed_too(before, piece)
        if joins and _CHOICE.match(piece.text):
            common, options, joins = options, [], False
        all_need_it = joins and piece.joined == ",and" and len(options) > 1
        if joins:
            first = 0 if all_need_it else len(options) - 1
            options[first:] = _combined(options[first:], alternatives)
        else:
            options += _combined(common, alternatives)
        if not all_need_it:
            _dated(options, piece)
    return [tuple(option) for option in options if option] or [(human_judgement(text),)]


def _combined(options: Sequence[list[OptionPart]], alternatives: Sequence[list[OptionPart]]) -> list[list[OptionPart]]:
    return [[*option, *parts] for option in options for parts in alternatives]


def _is_needed_too(before: _Piece | None, piece: _Piece) -> bool:
    """Return whether "and" makes a piece a part of what stands before it: between two ranks it does not."""
    ranks_alone = before is not None and all(one.marks and all(x.rank for x in one.marks) for one in (before, piece))
    return piece.joined.endswith("and") and not ranks_alone


def _is_least(text: str, marks: Sequence[_Mark]) -> bool:
    """Return whether a rank is the lowest that does: "at least Sergeant"."""
    return any(mark.rank and is_minimum(text, mark.start) for mark in marks)


def _dated(options: list[list[OptionPart]], piece: _Piece) -> None:
    """Give a day that ends an alternative to all of it."""
    if piece.terms.before:
        options[-1] = [part.model_copy(update={"before": piece.terms.before}) for part in options[-1]]


def _lasting(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Give what stands after the last of bare titles to each: "Inspector or Sergeant for two years"."""
    settled = list(pieces)
    for place in range(len(settled) - 1, 0, -1):
        one, before = settled[place], settled[place - 1]
        bare = before.marks and one.marks and all(mark.rank for mark in (*before.marks, *one.marks))
        title = bare and re.match(r"^\s*(?:[A-Z][\w-]*,?\s+)+(?:rank,?\s+)?(?:for|with)\b", one.text)
        if title and one.joined in {"or", "and", ","} and one.terms.for_months and before.terms == Terms():
            settled[place - 1] = before._replace(terms=Terms(for_months=one.terms.for_months))
        plural = not re.match(r"\s*(?:an?|the)\s", one.text)
        if bare and plural and one.joined in {"or", ","} and asks_more(_behind(one)) and not _behind(before).strip():
            settled[place - 1] = before._replace(text=f"{before.text.rstrip()} {_behind(one).strip()}")
    return settled


def _behind(piece: _Piece) -> str:
    """Return the words behind the last rank of a piece, none where it is a course."""
    return piece.text[piece.marks[-1].end - piece.start :] if piece.marks[-1].rank else ""


def _alternatives(piece: _Piece, before: _Piece | None, *, whole: bool) -> list[list[OptionPart]]:
    words = trimmed(piece.text)
    if not piece.marks:
        shorter = _shorter(piece, before)
        if shorter:
            return shorter
        if before and EQUIVALENT.match(words):
            words = f"{trimmed(before.text)} {piece.joined.strip(',')} {words}"
        return [[human_judgement(words)]]
    if is_hedged(piece.text) and not _is_done(piece):
        return [[human_judgement(words)]]
    options: list[list[OptionPart]] = [[]]
    for mark in piece.marks:
        options = [[*parts, _part(target, mark, piece, whole=whole)] for parts in options for target in mark.targets]
    behind = _behind(piece)
    return [[*parts, human_judgement(behind)] for parts in options] if asks_more(behind) else options


def _shorter(piece: _Piece, before: _Piece | None) -> list[list[OptionPart]]:
    """Read "a year for graduates" after a rank held for longer: the same rank, and what a person judges."""
    span = spanned(piece.text)
    if span is None or before is None or not before.marks or not all(mark.rank for mark in before.marks):
        return []
    months, whom = span
    words = trimmed(piece.text)
    return [
        [OptionPart(target=target, text=words, for_months=months), human_judgement(whom)]
        for mark in before.marks
        for target in mark.targets
    ]


def _is_done(piece: _Piece) -> bool:
    """Return whether the words open with the thing done, a promise being the other alternative."""
    return is_only_verb(re.split(r",?\s+or\b", piece.text, maxsplit=1, flags=re.IGNORECASE)[0])


def _part(target: str, mark: _Mark, piece: _Piece, *, whole: bool) -> OptionPart:
    part = OptionPart(target=target, text=trimmed(piece.text), at_least=whole and mark.rank)
    return _timed(part, piece.terms)


def _timed(part: OptionPart, terms: Terms) -> OptionPart:
    spans = {"within_months": terms.within_months, "for_months": terms.for_months}
    return part.model_copy(update={name: span for name, span in spans.items() if span is not None})


def _marks(text: str, naming: Naming, organisation: str | None) -> tuple[_Mark, ...]:
    courses = [_Mark(course.start, course.end, (course.entity_id,), rank=False) for course in naming.courses_in(text)]
    rank_marks = [
        _Mark(rank.start, rank.end, (rank.rank_id,) if rank.rank_id else ranks_called(rank.text), rank=True)
        for rank in ranks_to_hold(text, organisation)
        if not any(mark.start < rank.end and rank.start < mark.end for mark in courses)
        and not _is_aim(text, rank, courses)
    ]
    return tuple(sorted([*courses, *(mark for mark in rank_marks if mark.targets)]))


_OPENED = any_case(r"(?:(?!\b(?:or|and)\b)[^().;]){0,40}\(\s*(?:the\s+)?")
_OTHER_HEAD = any_case(r"\s+(?:training\s+)?(?:programme|course|training|pathway)\s*\(\s*(?:the\s+)?")


def _bracketed(text: str, marks: Sequence[_Mark]) -> tuple[_Mark, ...]:
    """Join a course with the names in the brackets after it, which are names of the same course.

    Where the course only says what programme the brackets name, the name in the brackets is the course.
    """
    joined: list[_Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        if last and mark.start < last.end:
            continue
        opened = last and _OPENED.fullmatch(text[last.end : mark.start])
        close = text.find(")", mark.end)
        if last is None or last.rank or mark.rank or not opened or not _names_only(text, mark, close, marks):
            joined.append(mark)
            continue
        named = mark if _OTHER_HEAD.fullmatch(text[last.end : mark.start]) else last
        joined[-1] = _Mark(last.start, close + 1, named.targets, rank=False)
    return tuple(joined)


def _names_only(text: str, first: _Mark, close: int, marks: Sequence[_Mark]) -> bool:
    """Return whether brackets hold the names of one course and nothing else."""
    inside = [mark for mark in marks if first.start <= mark.start and mark.end <= close]
    rest = text[first.start : close]
    for mark in reversed(inside):
        rest = rest[: mark.start - first.start] + rest[mark.end - first.start :]
    return close > 0 and {mark.targets for mark in inside} == {first.targets} and not rest.strip(" ,;-")


def _is_aim(text: str, rank: RankMention, courses: Sequence[_Mark]) -> bool:
    """Return whether a rank is what an exam is for, or whose word is asked for, and not one to have held."""
    bracketed = text[: rank.start].endswith("(") and text[rank.end :].startswith(")")
    aside = _OWNS_EXAM.match(even_marks(text[rank.end :])) or _SUPPORTS.search(text[: rank.start])
    return bool(aside or (courses and (bracketed or _AIMED_AT.search(text[: rank.start]))))


def _raw(text: str, marks: Sequence[_Mark]) -> list[_Raw]:
    """Cut a text at its connectors; return nothing where "or" meets "and", which no rule puts in order.

    What has no words is no piece, as between "or" and a second "or".
    """
    joins = [join for join in _JOIN.finditer(text) if _joins(join, marks)]
    starts, ends = [0, *(join.end() for join in joins)], [*(join.start() for join in joins), len(text)]
    words = ["", *map(_connector, joins)]
    raw = [
        _Raw(word, start, end, tuple(mark for mark in marks if start <= mark.start and mark.end <= end))
        for word, start, end in zip(words, starts, ends, strict=True)
    ]
    kept: list[_Raw] = []
    before = ""
    for one in raw:
        if before.strip(",") and one.joined.strip(",") not in {"", before.strip(",")}:
            return []
        joined = before if before.strip(",") else one.joined
        if _NO_WORDS.fullmatch(text, one.start, one.end):
            before = joined
            continue
        kept.append(one._replace(joined=joined if kept else ""))
        before = ""
    return kept


def _joins(join: re.Match[str], marks: Sequence[_Mark]) -> bool:
    if any(mark.start < join.end() and join.start() < mark.end for mark in marks):
        return False
    ends, starts = {mark.end for mark in marks}, {mark.start for mark in marks}
    return not join["slash"] or (join.start() in ends and join.end() in starts)


def _connector(join: re.Match[str]) -> str:
    if join["comma"]:
        return ","
    if join["slash"] or "or" in re.split(r"\W+", join["word"].casefold()):
        return "or"
    return ",and" if join["first"] else "and"


def _merged(text: str, raw: Sequence[_Raw]) -> list[_Piece]:
    """Join words that name nothing to what they belong to; a comma counts as the connector that ends its list."""
    pieces = _half_done(text, raw)
    rest = raw[next(place for place, one in enumerate(raw) if one.marks) + 1 :] if pieces else raw
    lead = leading_qualification(text, rest) if not pieces else None
    if lead:
        pieces, rest = [lead], rest[1:]
    for place, one in enumerate(rest):
        if not one.marks and not pieces:
            continue
        start = one.start if pieces else 0
        words = text[start : one.end]
        if not one.marks and (one.joined == "," or _goes_on(pieces[-1], words)):
            between = ", " if one.joined == "," else f" {one.joined.strip(',')} "
            both = f"{pieces[-1].text}{between}{words}"
            pieces[-1] = pieces[-1]._replace(text=both, terms=terms_of(both))
            continue
        joined = (
            one.joined if one.joined != "," else next((e.joined for e in rest[place + 1 :] if e.joined != ","), "and")
        )
        pieces.append(_Piece(joined if pieces else "", words, one.marks, terms_of(words), start))
    return pieces


def _goes_on(before: _Piece, words: str) -> bool:
    """Return whether words that name nothing carry on words that name nothing: "skill in law or finance"."""
    equal = bool(RANK_EQUIVALENT.match(before.text.strip()))
    return not (before.marks or equal or is_senior(before.text) or is_senior(words))


def leading_qualification(text: str, raw: Sequence[_Raw]) -> _Piece | None:
    """Read "a degree, or the course": a qualification that no list holds is an alternative of its own."""
    first, then = raw[0], raw[1:2]
    words = text[first.start : first.end]
    if first.marks or not then or then[0].joined not in {"or", "and"} or not names_qualification(words):
        return None
    return _Piece("", words, (), terms_of(words))


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
