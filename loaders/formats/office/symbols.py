"""Replace the characters of symbol fonts by Unicode characters of the same meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping

BOXES = {True: "☒", False: "☐"}
"""The character for a check box, by whether it is ticked."""

_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"


def _signs(pairs: str) -> dict[int, str]:
    return {int(pair[:2], 16): pair[2:] for pair in pairs.split()}


_WINGDINGS = _signs(
    "28☎ 2A✉ 4A☺ 6C● 6D◦ 6E■ 6F□ 70□ 71□ 72□ 73▪ 74▪ 75▪ 76❖ 77▪ 78☒ 9E· 9F• A0▪ A1◦ A4● A7▪ A8☐ D8➢ DC➢ DF← E0→ E8➤"
    " EF← F0→ FB✗ FC✓ FD☒ FE☒"
)
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": {
        **{code: chr(code) for code in range(0x20, 0x40)},
        **dict(enumerate(_CAPITALS, ord("A"))),
        **dict(enumerate(_GREEK, ord("a"))),
        **_signs("2D− A2′ A3≤ A5∞ AB↔ AC← AE→ B0° B1± B2″ B3≥ B4× B7• B8÷ B9≠ BB≈ BC… D2® D3© D4™ D7· DE⇒ E2® E3© E4™"),
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _signs("2A☐ 30☐ 4F✗ 50✓ 51☒ 52☒ 53☒ 54☒ 96▪ 97• 98● 99◦ A2■ A3☐"),
    "wingdings 3": _signs("22→ 67→ 7D► 84→ 86►"),
    "webdings": _signs("34► 3D■ 61✓ 63☐ 67■ 6E● 72✗"),
}
"""What a code of each font looks like: bullets that stand before items, boxes of forms, arrows, and what is text."""

_USUAL = {**_WINGDINGS, ord("·"): "•"}
"""What a private character most often is, in a text that names no font for it."""

_UNSEEN = str.maketrans({"\u00ad": None, "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\u000b": "\n"})
"""Hyphens that are seen only where a line ends are none, and those that never end a line are as any other."""

_PRIVATE = re.compile(r"[\uf020-\uf0ff]")
_CODED = re.compile(r"[\x21-\xff\uf020-\uf0ff]")
_CODE = 0xFF


def as_unicode(text: str, font: str) -> str:
    r"""Return a text with its private characters, and in a symbol font all others, as what they look like.

    >>> as_unicode("\uf0b7 one", ""), as_unicode("Ø", "Wingdings")
    ('• one', '➢')
    """
    text = text.translate(_UNSEEN)
    known = _FONTS.get(font.lower())
    pattern, signs = (_CODED, known) if known else (_PRIVATE, _USUAL)
    return pattern.sub(lambda match: signs.get(ord(match[0]) & _CODE, match[0]), text)


def private(text: str) -> str:
    """Return the characters of a text that no font but its own knows."""
    return "".join(_PRIVATE.findall(text))
