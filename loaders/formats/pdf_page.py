"""What stands on a page of a PDF: words in pieces of lines, marks set before their text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_GLYPHS = "•●▪◦‣∙·■□➢➤✓❖►»\uf0b7\uf0a7\uf0d8\u2043"
MARK = re.compile(
    rf"[{_GLYPHS}*oo–—-]|\d{{1,2}}(?:\.\d{{1,2}})*[.)]|\d{{1,2}}(?:\.\d{{1,2}})+|\((?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\)"
    r"|(?:[a-z]|[ivx]{1,4})\)|[ivx]{1,4}\."
)
_NUMBER = re.compile(r"\d{1,2}")
BULLET = "•"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_BESIDE = 0.75
"""Share of the size of letters: what is further apart is not drawn as one piece."""

_MARK_REACH = 3.5
"""Times the size of letters, from a mark to its text."""

_TALLEST = 40.0
_MOST_BESIDE = 60


class Word(NamedTuple):
    """A word from `x0` to `x1` on the line `y`; `order` counts the words as they were drawn."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    symbol: bool
    order: int


@dataclass(slots=True)
class Piece:
    """Words beside each other on one line; a mark that opens it stands in `words` too."""

    words: list[Word]
    marked: bool = False

    @property
    def x0(self) -> float:
        """Return where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return where it ends."""
        return self.words[-1].x1

    @property
    def y(self) -> float:
        """Return the line that its letters stand on."""
        return self.words[-1].y

    @property
    def size(self) -> float:
        """Return the size of most of its letters."""
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def top(self) -> float:
        """Return how high its small letters reach, about."""
        return self.y - self.size * 0.6

    @property
    def bold(self) -> bool:
        """Return whether all its words are bold."""
        return all(word.bold for word in self.words if not word.symbol)

    @property
    def order(self) -> int:
        """Return when the last of its words was drawn."""
        return self.words[-1].order

    @property
    def text(self) -> str:
        """Return its words."""
        return " ".join(word.text for word in self.words)

    @property
    def text_x(self) -> float:
        """Return where its text begins, behind the mark if there is one."""
        return self.words[1].x0 if self.marked and len(self.words) > 1 else self.x0


class Box(NamedTuple):
    """A part of a page, and what is drawn there if it is a dot."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str = ""


@dataclass(slots=True)
class Page:
    """A page, or the text of it that reads in one direction."""

    number: int
    width: float
    height: float
    words: list[Word]
    lines: Sequence[Box] = ()
    dots: Sequence[Box] = ()
    aside: bool = False
    """Whether it is text that stands on its side on the page before it in a list."""

    places: Sequence[tuple[float, float]] = ()
    """Where each word of it, by its order, begins on that page."""


def as_pieces(words: Iterable[Word]) -> list[Piece]:
    """Return the pieces, in the order in which they were drawn; raised letters join the word that they stand at."""
    pieces: list[Piece] = []
    for word in words:
        last = pieces[-1].words[-1] if pieces else None
        if last and _is_beside(last, word):
            pieces[-1].words.append(word)
        elif last and _is_raised(last, word):
            raised = word.text.translate(_RAISED)
            pieces[-1].words[-1] = last._replace(text=f"{last.text}{raised}", x1=word.x1)
        elif last and len(pieces[-1].words) == 1 and _is_raised(word, last):
            note = last._replace(text=last.text.translate(_RAISED), y=word.y, size=word.size)
            pieces[-1].words = [note, word]
        else:
            pieces.append(Piece([word]))
    return pieces


def _is_beside(one: Word, two: Word) -> bool:
    size = max(one.size, two.size)
    return abs(one.y - two.y) <= size * 0.1 and -size / 2 < two.x0 - one.x1 < size * _BESIDE


def _is_raised(word: Word, note: Word) -> bool:
    """Return whether a word is small and stands higher, right at another."""
    gap = note.x0 - word.x1 if note.order > word.order else word.x0 - note.x1
    near = -word.size / 4 < gap < word.size * (0.25 if note.order > word.order else 1)
    return near and note.size < word.size * 0.85 and word.size * 0.1 < word.y - note.y < word.size * 0.7


def without_overprint(pieces: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """Return the pieces without those that are printed over others, and the text of those.

    A piece printed twice, as some do for bold, is kept once; of two others goes the one that lies over more, or later.
    """
    ordered = sorted(pieces, key=lambda piece: (piece.y, piece.order))
    crossed: dict[int, list[Piece]] = {}
    twice: set[int] = set()
    for place, piece in enumerate(ordered):
        for other in ordered[place + 1 : place + _MOST_BESIDE]:
            if other.y - piece.y > piece.size:
                break
            if _overlap(piece, other):
                if piece.text == other.text and abs(piece.x0 - other.x0) < piece.size / 4:
                    twice.add(id(max(piece, other, key=lambda one: one.order)))
                crossed.setdefault(id(piece), []).append(other)
                crossed.setdefault(id(other), []).append(piece)
    gone, covered = set(twice), []
    for piece in sorted(
        (piece for piece in ordered if id(piece) in crossed),
        key=lambda piece: (any(map(str.isalnum, piece.text)), -len(crossed[id(piece)]), -piece.order),
    ):
        if id(piece) not in gone and any(id(other) not in gone for other in crossed[id(piece)]):
            gone.add(id(piece))
            covered += [piece.text] if any(map(str.isalnum, piece.text)) else []
    return [piece for piece in pieces if id(piece) not in gone], covered


def _overlap(one: Piece, two: Piece) -> bool:
    size = min(one.size, two.size)
    return abs(one.y - two.y) < size * 0.55 and min(one.x1, two.x1) - max(one.x0, two.x0) > size * 0.6


class _Rows:
    """Pieces of a page by the line that they stand on."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = sorted(pieces, key=lambda piece: (piece.y, piece.x0))
        self._heights = [piece.y for piece in self._pieces]

    def right_of(self, mark: Box, tallest: float) -> Piece | None:
        """Return the nearest piece to the right, on the line of a mark, its letters no larger than given."""
        middle = (mark.y0 + mark.y1) / 2
        first = bisect_left(self._heights, middle - tallest)
        last = bisect_left(self._heights, middle + tallest)
        near = [
            piece
            for piece in self._pieces[first:last]
            if -1 <= piece.x0 - mark.x1 < _MARK_REACH * piece.size
            and piece.y - piece.size * 0.85 < middle < piece.y + piece.size * 0.15
        ]
        return min(near, key=lambda piece: piece.x0, default=None)


def with_marks(pieces: Sequence[Piece], dots: Iterable[Box] = ()) -> list[Piece]:
    """Return the pieces with every mark that stands apart, written or drawn, put before its text."""
    rows, taken = _Rows(pieces), set()
    for piece in pieces:
        mark = piece.words[0]
        if not (is_mark(mark) or (len(piece.words) == 1 and _NUMBER.fullmatch(mark.text))):
            continue
        piece.words[0] = mark = mark._replace(text=BULLET if mark.symbol and mark.text not in _GLYPHS else mark.text)
        if len(piece.words) > 1:
            piece.marked = True
        else:
            text = rows.right_of(Box(piece.x0, piece.top, piece.x1, piece.y), 2 * piece.size)
            if text and not text.marked:
                text.words.insert(0, mark._replace(y=text.y))
                text.marked = True
                taken.add(id(piece))
    for dot in _lone(dots):
        text = rows.right_of(dot, _TALLEST)
        if text and not text.marked and dot.y1 - dot.y0 < text.size * 0.8:
            text.words.insert(0, Word(dot.text, dot.x0, dot.x1, text.y, text.size, False, True, text.words[0].order))
            text.marked = True
    return [piece for piece in pieces if id(piece) not in taken]


def is_mark(word: Word) -> bool:
    """Return whether a word opens an item of a list."""
    return bool(MARK.fullmatch(word.text)) or (word.symbol and len(word.text) == 1)


def _lone(dots: Iterable[Box]) -> list[Box]:
    """Return the dots that have none right beside them: those that have are a line of dots."""
    ordered = sorted(dots, key=lambda dot: (round(dot.y0), dot.x0))
    beside = [
        abs(one.y0 - two.y0) < 1 and -1 < two.x0 - one.x1 < 3 * (one.x1 - one.x0) for one, two in pairwise(ordered)
    ]
    crowded = [before or after for before, after in zip([False, *beside], [*beside, False], strict=True)]
    return [dot for dot, is_crowded in zip(ordered, crowded, strict=False) if not is_crowded]
