"""Read the headings and labels that stand in two languages beside each other, as in Wales, in the one that we know."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from loaders.language.patterns import any_case
from loaders.layout.headings import heading

_HALVES = re.compile(r"(?P<first>[^\W\d][^/.:;]{2,60}?) [/|] (?P<second>[^\W\d][^/.;]{2,60}?)(?P<rest>\s*:\s.*|:?)")
_FEWEST_HEADINGS = 3
_WELSH = any_case(
    r"\b(?:swydd\w*|heddlu|heddwas|rhingyll|arolygydd|cwnstabl|ditectif|prif|cymorth|rheolwr|cydlynydd|pennaeth"
    r"|cymdogaeth)\b"
)


def in_english(title: str) -> str:
    """Return the half of a title that is not in Welsh, where the other is.

    >>> [in_english(one) for one in ("Rhingyll / Sergeant", "Constable / Sergeant")]
    ['Sergeant', 'Constable / Sergeant']
    """
    halves = title.split(" / ")
    english = [half for half in halves if not _WELSH.search(half)]
    return english[0] if len(halves) == len(english) + 1 == 2 else title  # noqa: PLR2004


def in_one_language(raw: Sequence[str]) -> Callable[[str], str]:
    """Return what leaves out the half of a heading or label that is in the other language.

    A document is in two where several lines are a known heading beside words that are none, on the same side.
    """
    known = {"first": 0, "second": 0}
    for line in raw:
        if side := _known_side(line):
            known[side] += 1
    side = max(known, key=lambda name: known[name])
    if known[side] < _FEWEST_HEADINGS:
        return lambda line: line

    def half(line: str) -> str:
        match = _HALVES.fullmatch(line.strip())
        if match is None or not (match["rest"] or _known_side(line) or line.isupper()):
            return line
        return f"{match[side]}{match['rest']}"

    return half


def _known_side(line: str) -> str | None:
    """Return which half of a line alone is a heading."""
    match = _HALVES.fullmatch(line.strip())
    sides = [side for side in ("first", "second") if match and heading(match[side])]
    return sides[0] if len(sides) == 1 else None
