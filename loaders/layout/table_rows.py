"""Know the rows of tables that are no criteria in columns: a competency beside its level, what a rank needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from loaders.language.competency_lines import LEVEL_LINE, match_competency
from loaders.language.patterns import any_case
from loaders.language.rank_titles import find_ranks
from loaders.layout.columns import is_mark, is_method
from loaders.layout.lines import Line

_RANK_HEAD = any_case(r"(?:rank|role|grade|post|promotion to|applying for|to)\b")
NEEDS = any_case(
    r"\b(?:service|exam\w*|qualif\w+|requir\w+|experience|eligib\w+|criteria|essential|need\w*|must|training"
    r"|accredit\w+|standards?|evidence|conditions?|time in rank|minimum rank)\b"
)
"""Words for what is asked of whoever wants a rank."""
_LEVEL = any_case(r"[1-5]|one|two|three|four|five")
_LEVEL_HEAD = any_case(r"(?:l|level )([1-5])")
_LONGEST_RANK = 4


def levels_over(row: Sequence[Line]) -> dict[int, str]:
    """Return the levels that are the heads of columns, by their column, none where a row has no two of them."""
    levels = {line.cell[1]: match[1] for line in row if line.cell and (match := _LEVEL_HEAD.fullmatch(line.text))}
    return levels if len(levels) > 1 else {}


def competency_joined(row: Sequence[Line], over: Mapping[int, str]) -> Sequence[Line]:
    """Return a row whose first cell is a competency as one line with its level, where nothing else stands beside it.

    `over` are the levels that stand over columns: there a mark says which it is.
    """
    first, *others = row
    if not others or not match_competency(first.text):
        return row
    levels = [line.text for line in others if _LEVEL.fullmatch(line.text) or LEVEL_LINE.fullmatch(line.text)]
    levels += [over[line.cell[1]] for line in others if line.cell and line.cell[1] in over and is_mark(line.text)]
    if not levels or not all(is_mark(line.text) or is_method(line.text) or line.text in levels for line in others):
        return row
    level = levels[0] if LEVEL_LINE.fullmatch(levels[0]) else f"level {levels[0]}"
    return [replace(first, text=f"{first.text} - {level}", cell=None)]


def rows_of_ranks(table: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Return the places of the rows of tables whose first column names ranks and whose others say what each needs."""
    found: set[int] = set()
    for number, row in enumerate(table):
        heads = [line.text for line in row]
        if len(row) < 2 or not _RANK_HEAD.match(heads[0]) or not any(map(NEEDS.search, heads[1:])):  # noqa: PLR2004
            continue
        ranked = list(takewhile(lambda one: len(one) > 1 and _is_rank(one[0].text), table[number + 1 :]))
        if len(ranked) > 1 or (ranked and all(map(NEEDS.search, heads[1:]))):
            found.update(range(number, number + 1 + len(ranked)))
    return frozenset(found)


def _is_rank(text: str) -> bool:
    named = find_ranks(text)
    return bool(named) and len(text.split()) <= _LONGEST_RANK
