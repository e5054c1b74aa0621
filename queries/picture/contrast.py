"""Measure the contrast of colours (WCAG 2.2, relative luminance), and find shades that can be told apart."""

from __future__ import annotations

INK = "#1A1A1A"
MUTED = "#555555"
PAPER = "#FFFFFF"

_LINE = 3.0
_LINEAR = 0.04045
"""Below this share of a channel, light grows in a straight line."""
_CHANNELS = (1, 3, 5)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in _CHANNELS]


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (share / 12.92 if share <= _LINEAR else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return how far two colours stand apart, 1 to 21; AA asks for 4.5 of text and 3 of lines.

    >>> round(ratio("#000000", "#FFFFFF"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def tint(colour: str) -> str:
    """Return a light shade of a colour, to write on."""
    return _mix(colour, PAPER, 0.22)


def line(colour: str) -> str:
    """Return the colour, darkened until a line of it can be seen on paper and on its own tint.

    >>> line("#1F5FA8")
    '#1F5FA8'
    """
    behind, result, share = tint(colour), colour, 1.0
    while min(ratio(result, PAPER), ratio(result, behind)) < _LINE:
        share -= 0.05
        result = _mix(colour, "#000000", share)
    return result


def text_colour(colour: str) -> str:
    """Return the colour of text on a colour: ink or paper, whichever has more contrast."""
    return max((INK, PAPER), key=lambda letters: ratio(letters, colour))
