"""Break a name into the lines of a circle of Neo4j Browser, so that none of its words is cut there.

Browser takes a caption for words with spaces between. With one line, then two, and so on, it fills lines from the top,
and draws the first way that holds all words and leaves no line empty; where there is none it cuts a word. So each line
is one "word" by no-break spaces: narrow enough for the narrowest line of a circle, and too wide for two in the widest.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from operator import lt

DIAMETER, SIZE = 112, 10
"""Pixels of a circle and of its letters. In narrower circles and in wider ones Browser cuts the caption of some rank,
which has no lines of ours; with 112 all fit in faces as narrow as Arial and as wide as DejaVu Sans or Verdana."""
_LINES, _SIGNS = 6, 98
_MOST, _LEAST, _SPACE = 83, 54, 2.8
"""Pixels of a line, in wide letters at the most and in narrow ones at the least, and of the space of a narrow face."""
_WIDTHS = {
    "mwMW%@—…": (10, 7),
    " ijlI.,:;'‘’|": (3.2, 2.2),
    "frt()[]!-/J": (4.2, 2.7),
    "ckLsvxyzF": (5.8, 5),
    "ABCDEGHKNOPQRSTUVXYZ&+=<>£": (8, 5.5),
}
_OTHERS = (6.4, 5.5)
_PIECES = re.compile(r"[^\s/_.-]*[/_.-]+\s*|[^\s/_.-]+\s*")
_NO_BREAK = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=1 << 12)
def circle_caption(name: str) -> str:
    r"""Return the words of a name that a circle holds, its lines between spaces; it ends in … if some are left out.

    >>> circle_caption("Able to weigh risk, money and public trust").replace("\N{NO-BREAK SPACE}", "_")
    'Able_to_weigh risk,_money_and __public_trust__'
    """
    lines = [""]
    for piece in _PIECES.findall(" ".join(name.split())):
        if lines[-1] and _width(lines[-1] + piece.rstrip(), 0) > _MOST:
            lines.append("")
        lines[-1] += piece
    ways = (_first(lines, count) for count in range(min(_LINES, len(lines)), 0, -1))
    return next((" ".join(map(_one_word, way)) for way in ways if _fits(way)), name)


def _first(lines: list[str], count: int) -> list[str]:
    """Return the first lines, the last with … where more follow."""
    last = lines[count - 1].strip()
    if count < len(lines):
        while _width(f"{last}…", 0) > _MOST and " " in last:
            last = last.rpartition(" ")[0]
        last = f"{last.rstrip(' ,;:-')}…"
    return [*(line.strip() for line in lines[: count - 1]), last]


def _fits(lines: list[str]) -> bool:
    """Return whether each line is narrower than the circle is at the outer edge of its letters."""
    middle = len(lines) / 2
    edges = [SIZE * (number - middle + (0.5 if number < middle else 1.5)) for number in range(len(lines))]
    rooms = [2 * math.sqrt((DIAMETER / 2) ** 2 - edge**2) - _SPACE for edge in edges]
    wide = [_width(line, 0) for line in lines]
    return all(map(lt, wide, rooms)) and len(" ".join(map(_one_word, lines))) <= _SIGNS


def _one_word(line: str) -> str:
    beside = _NO_BREAK * max(0, round((_LEAST - _width(line, 1)) / _SPACE / 2 + 0.5))
    return f"{beside}{line.replace(' ', _NO_BREAK)}{beside}"


def _width(text: str, face: int) -> float:
    """Return the pixels of a text in the widest face (0) or the narrowest (1) that a machine is thought to have."""
    return sum(next((wide for signs, wide in _WIDTHS.items() if sign in signs), _OTHERS)[face] for sign in text)
