"""How Neo4j Browser 5 breaks a caption into the lines of a circle, worked out for letters of any width."""

from __future__ import annotations

import math
from collections.abc import Callable

from queries.picture.text_width import width

Measure = Callable[[str], float]
"""Return how many pixels wide a text is."""

_WIDE = {
    sign: wide
    for wide, signs in {
        275: "'",
        278: "ijl",
        295: "IJ",
        318: " ,.",
        337: "/",
        352: "f",
        361: "-",
        390: "()",
        392: "t",
        411: "r",
        521: "s",
        525: "z",
        550: "c",
        557: "L",
        575: "F",
        579: "k",
        592: "vxy",
        603: "P",
        611: "TY",
        612: "o",
        613: "a",
        615: "e",
        632: "E",
        634: "hnu",
        635: "Sbdgpq",
        636: "0123456789",
        656: "K",
        684: "AV",
        685: "XZ",
        686: "B",
        695: "R",
        698: "C",
        732: "U",
        748: "N",
        752: "H",
        770: "D",
        775: "G",
        787: "OQ",
        818: "w",
        863: "M",
        974: "m",
        989: "W",
        1000: "…",
    }.items()
    for sign in signs
}
"""Thousandths of the size that a sign is wide in DejaVu Sans, and within one in a hundred in Verdana."""


def between(share: float, size: float) -> Measure:
    """Return the measure of a face as wide as Arial (0), as DejaVu Sans (1), or between them.

    >>> round(between(0, 10)("Commissioner"), 1), round(between(1, 10)("Commissioner"), 1)
    (63.9, 71.3)
    """
    return lambda text: (1 - share) * width(text, size) + share * sum(_WIDE[sign] for sign in text) * size / 1000


def caption_lines(caption: str, diameter: float, size: float, measure: Measure) -> list[str] | None:
    """Return the lines that Browser draws, or None where it cuts the caption.

    With each number of lines in turn it fills them from the top, and takes the first that holds all words and
    leaves no line empty.

    >>> caption_lines("a caption", 36, 10, len)
    ['a caption']
    """
    words, radius = caption.split(" "), diameter / 2
    if len(caption) > radius**2 * math.pi / size**2:
        return None
    for count in range(1, int(diameter / size) + 1):
        rooms = [_room(number, count, radius, size) for number in range(count)]
        lines = _filled(words, rooms, measure)
        if all(lines) and sum(map(len, lines)) == len(words):
            return [" ".join(line) for line in lines]
    return None


def _room(number: int, count: int, radius: float, size: float) -> float:
    """Return how wide the circle is at the outer edge of a line."""
    baseline = (1 + number - count / 2) * size
    apart = baseline - size / 2 if number < count / 2 else baseline + size / 2
    return 2 * math.sqrt(max(0, radius**2 - apart**2))


def _filled(words: list[str], rooms: list[float], measure: Measure) -> list[list[str]]:
    left = list(words)
    space = measure(" ")
    lines: list[list[str]] = []
    for room in rooms:
        line: list[str] = []
        while left and measure(left[0]) < room - space:
            room -= measure(left[0]) + space  # noqa: PLW2901
            line.append(left.pop(0))
        lines.append(line)
    return lines
