"""Know how wide a text will be, without a font at hand, and break it into lines."""

from __future__ import annotations

import re
import unicodedata

_REGULAR = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " \xa0!,./:;I[\\]ft·",
    333: "()-`r“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz",
    549: "≥",
    556: "#$0123456789?L_abdeghnopqu£§«»–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " \xa0,./I\\ijl·‘’",
    280: "|",
    333: "!()-:;[]`ft",
    350: "•",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”",
    549: "≥",
    556: "#$0123456789J_aceksvxy£§«»–",
    584: "+<=>^~",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
"""Thousandths of the size that a sign is wide in Arial and Helvetica, and in all faces made to their measure."""

_WIDTHS = {
    bold: {sign: wide for wide, signs in table.items() for sign in signs}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_WIDEST = 1000
"""What a sign that is not in the table is taken to be: other scripts are wider than ours."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at a size.

    >>> width("Chief Constable", 10), width("Chief Constable", 10, bold=True)
    (71.14, 76.12)
    """
    table = _WIDTHS[bold]
    return round(sum(_sign(table, sign) for sign in text) * size / 1000, 2)


def _sign(table: dict[str, int], sign: str) -> int:
    """Return the width of a sign; one with an accent is as wide as the one below the accent."""
    if sign in table:
        return table[sign]
    if unicodedata.combining(sign):
        return 0
    return table.get(unicodedata.normalize("NFD", sign)[0], _WIDEST)


def lines(text: str, most: float, size: float, *, bold: bool = False, at_most: int | None = None) -> list[str]:
    """Return a text as lines no wider than `most`; a word that is wider alone is broken.

    Args:
        text: Any text; each run of white space counts as one space, no-break spaces stay.
        most: The width there is.
        size: The size of the letters.
        bold: Measure bold letters.
        at_most: How many lines there may be; the last then ends in three dots where text is left over.

    >>> lines("Assistant Chief Constable", 100, 12)
    ['Assistant Chief', 'Constable']
    """
    result: list[str] = []
    for word in re.split(r"[ \t\r\n\f\v]+", text.strip()):
        for part in _broken(word, most, size, bold=bold):
            joined = f"{result[-1]} {part}" if result else part
            if result and width(joined, size, bold=bold) <= most and not _continues(part, word):
                result[-1] = joined
            else:
                result.append(part)
    if at_most is not None and len(result) > at_most:
        result = [*result[: at_most - 1], _dotted(result[at_most - 1], most, size, bold=bold)]
    return result


def _continues(part: str, word: str) -> bool:
    return part != word and not word.startswith(part)


def _broken(word: str, most: float, size: float, *, bold: bool) -> list[str]:
    if width(word, size, bold=bold) <= most:
        return [word]
    parts = [""]
    for sign in word:
        if parts[-1] and width(parts[-1] + sign, size, bold=bold) > most:
            parts.append("")
        parts[-1] += sign
    return parts


def _dotted(line: str, most: float, size: float, *, bold: bool) -> str:
    while line and width(f"{line}…", size, bold=bold) > most:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(' ,.;:')}…"
