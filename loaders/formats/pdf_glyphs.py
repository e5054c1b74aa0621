"""Print what stands on the pages of a PDF, as JSON: a program of its own, which a made file may exhaust or bring down.

The bytes come on the standard input. It is started by its path and imports nothing of ours, so that it starts at once.
A page is words in the order in which they were drawn, ruled lines, dots that may be bullets, and how much of it is
pictures. Lengths are points, y grows downwards; a page is turned so that most of its words read from left to right.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

MOST_SECONDS, MOST_BYTES = 3, 400_000_000
MOST_PAGES, MOST_LETTERS, MOST_LETTERS_OF_PAGE = 500, 1_000_000, 25_000
"""A page full of the smallest print that can be read has 20 thousand letters."""

MOST_OBJECTS, MOST_POINTS, DEEPEST_FORM = 20_000, 200, 6
"""Of a page, that are no text, and of one of them: what has more is a drawing, in which no table is looked for."""

THINNEST, SMALLEST_DOT, LARGEST_DOT = 3.0, 1.2, 8.0
"""Points: a box no thicker is a line, and what is about as wide as high and between the two others may be a bullet."""

_SPACE, _DOUBTFUL, _LINE, _SPACED_LINE = 0.18, 0.08, 0.75, 1.5
"""Shares of the size of letters: a gap that parts words, one that does where the library thinks so too, as between
letters that lean on each other, and those that part what stands beside each other, without and with a written space."""

_FEWEST_GAPS, _WIDER = 2, 1.7
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|dings", re.IGNORECASE)
_HYPHENS = {0x2: "-", 0xFFFE: "-"}
_STRAIGHT, _WHITE, _CORNERS, _SQUARE = 3, 250, 12, 0.6

Point = tuple[float, float]


class Matrix(NamedTuple):
    """What brings a point of one drawing to where it stands in another."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def place(self, x: float, y: float) -> Point:
        """Return where a point stands."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def undo(self, x: float, y: float) -> Point:
        """Return which point stands there, for a matrix that only turns and moves."""
        return self.a * (x - self.e) + self.b * (y - self.f), self.c * (x - self.e) + self.d * (y - self.f)


class Glyph(NamedTuple):
    """A letter from `x` to `end` on the line `y`, and what stands before it: a space, or a gap that may be one."""

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool
    symbol: bool
    spaced: bool
    parted: bool


def main() -> None:
    """Read the standard input, print the pages or what is at fault."""
    threading.Thread(target=_stop_in_time, daemon=True).start()
    _limit_memory()
    raw = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
    found = _pages(document) if document else {"fault": "damaged"}
    if not document and pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
        found = {"fault": "password"}
    with open(1, "wb", closefd=False) as pipe:
        pipe.write(json.dumps(found).encode())


def _stop_in_time() -> None:
    while time.process_time() < MOST_SECONDS:
        time.sleep(0.05)
    os._exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: there only time is limited
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def _pages(document: Any) -> dict[str, Any]:
    count, letters, pages = pdfium.FPDF_GetPageCount(document), 0, []
    if not 0 < count <= MOST_PAGES:
        return {"fault": "pages", "pages": count, "most": MOST_PAGES}
    for number in range(count):
        page = _page(document, number)
        letters += page["letters"]
        if page["letters"] > MOST_LETTERS_OF_PAGE or letters > MOST_LETTERS:
            return {"fault": "letters", "page": number + 1}
        pages.append(page)
    return {"pages": pages}


def _page(document: Any, number: int) -> dict[str, Any]:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {"letters": 0, "broken": True}
    if pdfium.FPDFPage_GetAnnotCount(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == 1:
        pdfium.FPDF_ClosePage(page)  # what fields of a form hold is now text of the page
        page = pdfium.FPDF_LoadPage(document, number)
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    textpage = pdfium.FPDFText_LoadPage(page)
    letters = pdfium.FPDFText_CountChars(textpage)
    found = {"letters": letters, **(_content(page, textpage, box) if letters <= MOST_LETTERS_OF_PAGE else {})}
    pdfium.FPDFText_ClosePage(textpage)
    pdfium.FPDF_ClosePage(page)
    return found


def _content(page: Any, textpage: Any, box: Any) -> dict[str, Any]:
    turns = _turns(box)
    by_turn: dict[int, list[Glyph]] = defaultdict(list)
    slanted = ""
    for turn, glyph in _glyphs(textpage, turns):
        if turn is None:
            slanted += f" {glyph.text}" if glyph.parted else glyph.text
        else:
            by_turn[turn].append(glyph)
    ordered = sorted(by_turn, key=lambda turn: (-len(by_turn[turn]), turn))
    level = turns[ordered[0] if ordered else 0]
    drawn = _Drawing(level)
    drawn.add(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    lines, dots = (drawn.lines, drawn.dots) if drawn.seen <= MOST_OBJECTS else ([], [])
    width, height = box.right - box.left, box.top - box.bottom
    layers = []
    for turn in ordered:
        words = _words(by_turn[turn])
        places = [[round(value, 2) for value in level.place(*turns[turn].undo(word[1], word[3]))] for word in words]
        across, down = (width, height) if turn % 2 == 0 else (height, width)
        layers.append({"width": round(across, 1), "height": round(down, 1), "words": words, "places": places})
    pictures = drawn.pictures / max(1.0, width * height)
    return {"layers": layers, "slanted": slanted.strip(), "lines": lines, "dots": dots, "pictures": round(pictures, 2)}


def _turns(box: Any) -> tuple[Matrix, ...]:
    """Return, by the quarter turns of a text, what makes it level, with the corner of the page at 0, 0."""
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    return (
        Matrix(1, 0, 0, -1, -left, top),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, right, -bottom),
        Matrix(0, -1, -1, 0, top, right),
    )


def _glyphs(textpage: Any, turns: tuple[Matrix, ...]) -> Iterator[tuple[int | None, Glyph]]:
    """Yield each letter with its quarter turns, none for text that is aslant."""
    styles = _Styles(textpage)
    x, y, box, spaced, parted = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), False, False
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        text = _HYPHENS.get(code) or chr(code)
        if text.isspace() or code == 0:
            parted, spaced = True, spaced or not pdfium.FPDFText_IsGenerated(textpage, index)
            continue
        style = styles.of(index)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        turn = turns[style.quarters or 0]
        left, line = turn.place(x.value, y.value)
        right = max(left, turn.place(box.left, box.bottom)[0], turn.place(box.right, box.top)[0])
        if math.isfinite(left + line + right + style.size):
            glyph = Glyph(text, left, right, line, style.size, style.bold, style.symbol, spaced, parted)
            yield style.quarters, glyph
        spaced = parted = False


class _Style(NamedTuple):
    size: float
    bold: bool
    symbol: bool
    quarters: int | None
    """Quarter turns against the clock, none if it is aslant."""


class _Styles:
    """How the letters of a page look, by the text object that they are drawn by."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._of_object: dict[int | None, _Style] = {}
        self._of_font: dict[int | None, tuple[bool, bool]] = {}

    def of(self, index: int) -> _Style:
        """Return how a letter looks."""
        text_object = pdfium.FPDFText_GetTextObject(self._textpage, index)
        key = _address(text_object)
        if key not in self._of_object:
            self._of_object[key] = self._look(index, text_object)
        return self._of_object[key]

    def _look(self, index: int, text_object: Any) -> _Style:
        matrix, font = pdfium.FS_MATRIX(), pdfium.FPDFTextObj_GetFont(text_object)
        pdfium.FPDFText_GetMatrix(self._textpage, index, matrix)
        key = _address(font)
        if key not in self._of_font:
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            named = name.value.decode(errors="replace")
            self._of_font[key] = bool(_BOLD.search(named)), bool(_SYMBOLS.search(named))
        bold, symbol = self._of_font[key]
        outlined = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        size = pdfium.FPDFText_GetFontSize(self._textpage, index) * math.hypot(matrix.c, matrix.d)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        is_straight = abs((degrees + 45) % 90 - 45) <= _STRAIGHT
        return _Style(size, bold or outlined, symbol, round(degrees / 90) % 4 if is_straight else None)


def _address(pointer: Any) -> int | None:
    return ctypes.cast(pointer, ctypes.c_void_p).value


def _words(glyphs: list[Glyph]) -> list[list[Any]]:
    """Return the words: text, left, right, line, size, whether bold, whether a symbol."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        last = lines[-1][-1] if lines else None
        if last and not glyph.spaced and (last.x, last.y) == (glyph.x, glyph.y):  # letters of one ligature
            lines[-1][-1] = last._replace(text=last.text + glyph.text, end=max(last.end, glyph.end))
        elif last and _goes_on(lines[-1][-2:], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_word(glyphs) for line in lines for glyphs in _parted(line)]


def _goes_on(end: list[Glyph], two: Glyph) -> bool:
    """Return whether a letter stands on the line of which the last two letters are given."""
    one, size = end[-1], max(end[-1].size, two.size)
    loose = max(0.0, one.x - end[0].end) if len(end) > 1 and not one.spaced else 0.0
    furthest = size * (_SPACED_LINE if two.spaced else _LINE) + 2 * loose
    return abs(one.y - two.y) <= size / 20 and -size / 2 < two.x - one.end < furthest


def _parted(line: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the letters of each word of a line: letters may be spaced out, and a space need not be written."""
    gaps = [two.x - one.end for one, two in pairwise(line) if not two.spaced]
    usual = max(0.0, median(gaps)) if len(gaps) >= _FEWEST_GAPS else 0.0
    if usual > line[0].size * _SPACE and not any(glyph.spaced for glyph in line[1:]) and max(gaps) < usual * _WIDER:
        usual = 0.0  # one letter after the other with a space between, and no wider space to part words
    start = 0
    for place in range(1, len(line)):
        one, two = line[place - 1 : place + 1]
        enough = usual + two.size * (_DOUBTFUL if two.parted else _SPACE)
        if two.spaced or two.x - one.end > enough or one.symbol != two.symbol:
            yield line[start:place]
            start = place
    yield line[start:]


def _word(glyphs: list[Glyph]) -> list[Any]:
    first, last = glyphs[0], glyphs[-1]
    bold = sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs)
    sizes = [round(value, 2) for value in (first.x, last.end, first.y, max(glyph.size for glyph in glyphs))]
    return ["".join(glyph.text for glyph in glyphs), *sizes, bold, first.symbol]


class _Drawing:
    """What is drawn on a page beside text."""

    def __init__(self, turn: Matrix) -> None:
        self.lines: list[list[float]] = []
        self.dots: list[list[float | str]] = []
        self.pictures = 0.0
        self.seen = 0
        self._turn = turn

    def add(self, owner: Any, count: Any, get: Any, matrices: tuple[Matrix, ...] = ()) -> None:
        """Add the objects of a page, or of a form that is drawn on it."""
        for index in range(count(owner)):
            found = get(owner, index)
            kind = pdfium.FPDFPageObj_GetType(found)
            self.seen += kind != pdfium.FPDF_PAGEOBJ_TEXT
            if self.seen > MOST_OBJECTS:
                return
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(found, matrix)
            placed = (Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), *matrices)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._add_path(found, placed)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                box = _bounds([self._placed(corner, placed) for corner in ((0.0, 0.0), (1.0, 1.0))])
                self._add_dot(box, "•")
                self.pictures += (box[2] - box[0]) * (box[3] - box[1])
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(matrices) < DEEPEST_FORM:
                self.add(found, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, placed)

    def _add_path(self, path: Any, matrices: tuple[Matrix, ...]) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        filled = bool(fill.value) and _is_seen(path, pdfium.FPDFPageObj_GetFillColor)
        stroked = bool(stroke.value) and _is_seen(path, pdfium.FPDFPageObj_GetStrokeColor)
        if not (filled or stroked) or pdfium.FPDFPath_CountSegments(path) > MOST_POINTS:
            return
        outlines = [[self._placed(point, matrices) for point in outline] for outline in _outlines(path)]
        points = [point for outline in outlines for point in outline]
        text = "▪" if len(points) <= _CORNERS else "•" if filled else "◦"
        if not points or self._add_dot(_bounds(points), text):
            return
        for outline in outlines:
            box = _bounds(outline)
            is_line = filled and min(box[2] - box[0], box[3] - box[1]) <= THINNEST
            for part in [box] if is_line else [_bounds(list(ends)) for ends in pairwise(outline)]:
                if min(part[2] - part[0], part[3] - part[1]) <= THINNEST and all(map(math.isfinite, part)):
                    self.lines.append([round(value, 1) for value in part])

    def _placed(self, point: Point, matrices: tuple[Matrix, ...]) -> Point:
        for matrix in (*matrices, self._turn):
            point = matrix.place(*point)
        return point

    def _add_dot(self, box: list[float], text: str) -> bool:
        sides = box[2] - box[0], box[3] - box[1]
        is_dot = min(sides) >= SMALLEST_DOT and max(sides) <= LARGEST_DOT and min(sides) > _SQUARE * max(sides)
        if is_dot:
            self.dots.append([*(round(value, 2) for value in box), text])
        return is_dot


def _is_seen(path: Any, colour_of: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    colour_of(path, *colour)
    return colour[3].value > 0 and min(part.value for part in colour[:3]) < _WHITE


def _outlines(path: Any) -> list[list[Point]]:
    outlines: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        outlines[-1].append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines


def _bounds(points: list[Point]) -> list[float]:
    across, down = zip(*points, strict=True)
    return [min(across), min(down), max(across), max(down)]


if __name__ == "__main__":
    main()
