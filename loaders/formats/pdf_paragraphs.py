"""Join the lines of a column, page or cell of a PDF into paragraphs, where they stand says which go on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from loaders.formats.pdf_page import Piece

ENDED = re.compile(r"[.;:!?…][\"'”’)\]]*$")
_SPACE, _TAB = 0.25, 2.0
"""Times the size of letters: a space, and a gap before what stands at a tab stop, where no line is full."""

_APART = 1.25
"""Times the usual distance of lines: what is further apart is another paragraph."""

_USUAL, _LOOSEST = 1.22, 1.15
_FLUSH, _DEEPEST = 0.4, 4.5
"""Times the size of letters: lines begin at one place, and a first line is not indented further."""

_LARGER = 1.08
_SURE_MARKS = re.compile(r"[^\w(–*-].*|o")
_COUNTED = re.compile(r"[a-z][.)]")
_ADDRESS = re.compile(r"://|\bwww\.|\w@\w")
_REST = re.compile(r"[\w./?&=#%~+-]")
_SIGNS = "/_=&?%#-"
_LETTER = 0.75
"""Times the size of letters: how wide one is at the most."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]$")


@dataclass(slots=True)
class Line(Piece):
    """A line as it is printed."""

    @property
    def text_x(self) -> float:
        """Return where its text begins, behind its mark."""
        return self.words[1].x0 if self.marked and len(self.words) > 1 else self.x0

    @property
    def bold(self) -> bool:
        """Return whether all of it is bold."""
        return all(word.bold for word in self.words[self.marked :] or self.words)

    @property
    def is_rest(self) -> bool:
        """Return whether it begins within a sentence, and not with a letter that counts."""
        return self.text[0].islower() and not _COUNTED.match(self.text)


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, heading or item; `apart` says whether a gap, or another look, stands above it."""

    lines: list[Line]
    page: int
    right: float
    """Where the lines of its column end."""

    left: float = 0.0
    """Where the first of the lines of its column begin."""

    flow: int = 0
    """Which column of which page it begins in, counted from the first."""

    apart: bool = True
    aside: bool = False
    """Whether it is a note, or turned text, that the text of the page goes on around."""

    cell: tuple[int, int, int] | None = None
    heading: int = 0
    item: int = 0

    @property
    def size(self) -> float:
        """Return the size of its letters."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Return whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def marked(self) -> bool:
        """Return whether it is an item of a list."""
        return self.lines[0].marked

    @property
    def word_count(self) -> int:
        """Return how many words it has."""
        return sum(len(line.words) for line in self.lines)

    @property
    def is_ended(self) -> bool:
        """Return whether its last sentence is ended."""
        return bool(ENDED.search(self.lines[-1].words[-1].text))


@dataclass(slots=True)
class Measures:
    """What is usual in a document: the size of its text, how far lines are apart, and the words in it."""

    size: float = 10.0
    spacing: float = _USUAL
    distances: dict[int, float] = field(default_factory=dict)
    rights: dict[tuple[int, ...], float] = field(default_factory=dict)
    lefts: dict[tuple[int, ...], float] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def distance(self, size: float) -> float:
        """Return how far lines of a size are apart."""
        return self.distances.get(round(size * 2), size * self.spacing)


def measures(flows: Iterable[tuple[tuple[int, ...], Sequence[Line]]]) -> Measures:
    """Return what is usual, of the lines of each flow and a name for the place where it stands."""
    sizes: Counter[int] = Counter()
    distances: dict[int, Counter[float]] = defaultdict(Counter)
    ends: dict[tuple[int, ...], list[float]] = defaultdict(list)
    starts: dict[tuple[int, ...], list[float]] = defaultdict(list)
    found = Measures()
    for place, lines in flows:
        for line in lines:
            sizes[round(line.size * 2)] += sum(len(word.text) for word in line.words)
            found.words.update(re.sub(r"^\W+|\W+$", "", word.text).casefold() for word in line.words[:-1])
            ends[place].append(line.x1)
            starts[place].append(-line.x0)
        for one, two in pairwise(lines):
            if abs(one.size - two.size) < 0.3 and two.size < two.y - one.y < 2.5 * two.size:  # noqa: PLR2004
                distances[round(two.size * 2)][round((two.y - one.y) * 2) / 2] += 1
    found.size = max(sizes, key=lambda size: (sizes[size], size), default=20) / 2
    found.spacing = _usual_distance(distances.get(round(found.size * 2)), found.size * _USUAL) / found.size
    for size, counted in distances.items():
        expected = size / 2 * found.spacing
        found.distances[size] = min(_usual_distance(counted, expected), expected * _LOOSEST)
    found.rights = {place: _right(values) for place, values in ends.items()}
    found.lefts = {place: -_right(values) for place, values in starts.items()}
    return found


def _usual_distance(counted: Counter[float] | None, default: float) -> float:
    """Return the smallest distance that is not rare."""
    enough = max(2, 0.03 * counted.total()) if counted else 0
    return min((one for one in counted or () if counted and counted[one] >= enough), default=default)


def _right(ends: list[float]) -> float:
    """Return where lines end that are full: further out than all the others stands none but by mistake."""
    ordered = sorted(ends, reverse=True)
    return next((one for one, two in pairwise(ordered) if one - two < 25), ordered[0])  # noqa: PLR2004


def as_lines(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines that pieces form, from the top to the bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        if rows and piece.y - rows[-1][0].y <= min(piece.size, rows[-1][0].size) * 0.4:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    ordered = [sorted(row, key=lambda piece: piece.x0) for row in rows]
    return [Line([word for piece in row for word in piece.words], row[0].marked) for row in ordered]


def paragraphs(lines: Sequence[Line], page: int, right: float, usual: Measures) -> list[Paragraph]:
    """Return the paragraphs of lines that stand below each other in a column that ends at `right`."""
    found: list[Paragraph] = []
    for line, after in zip_longest(lines, lines[1:]):
        if not found:
            found.append(Paragraph([line], page, right))
            continue
        above = found[-1]
        line.marked = line.marked and _is_mark(above, line)
        is_stressed = _is_stressed(above, line)
        if (_looks_other(above.lines[-1], line) and not is_stressed) or _is_apart(above.lines[-1], line, usual):
            found.append(Paragraph([line], page, right))
        elif line.marked:
            found.append(Paragraph([line], page, right, apart=False))
        elif not _is_flush(above, line) or (after and _is_first(above, line, after, usual)):
            found.append(Paragraph([line], page, right))
        elif is_full(above, line) or (not above.is_ended and line.is_rest):
            above.lines.append(line)
        else:
            found.append(Paragraph([line], page, right, apart=False))
    return found


def _is_mark(above: Paragraph, line: Line) -> bool:
    """Return whether a line opens an item, and does not go on with a number or a dash."""
    if _SURE_MARKS.fullmatch(line.words[0].text) or above.is_ended or not is_full(above, line):
        return True
    return abs(line.x0 - above.lines[-1].x0) > line.size * _FLUSH or above.lines[-1].marked


def _looks_other(one: Line, two: Line) -> bool:
    larger, smaller = max(one.size, two.size), min(one.size, two.size)
    return larger > smaller * _LARGER or (one.bold != two.bold and one.words[-1].bold != two.words[0].bold)


def _is_stressed(above: Paragraph, line: Line) -> bool:
    """Return whether a sentence that began in plain letters goes on in, or after, a line of bold ones."""
    alike = abs(above.lines[-1].size - line.size) < line.size * (_LARGER - 1)
    return alike and not (above.bold or above.is_ended or line.marked) and is_full(above, line)


def _is_apart(one: Line, two: Line, usual: Measures) -> bool:
    return two.y - one.y > usual.distance(two.size) * _APART


def is_full(above: Paragraph, line: Line) -> bool:
    """Return whether the first word of a line had no room at the end of the line above, or hardly any."""
    last = above.lines[-1]
    gaps = sorted(two.x0 - one.x1 for one, two in pairwise(last.words[last.marked :]))
    if gaps and gaps[-1] > _TAB * max(last.size, *gaps[-2:-1], 0):
        return False
    space = min(gaps, default=0.0)
    first = line.words[0].x1 - line.words[0].x0
    # Behind the end of a sentence some set two spaces.
    spaces, slack = (2, 1) if above.is_ended else (1, last.size)
    return last.x1 + spaces * max(space, last.size * _SPACE) + first > above.right - slack


def _is_flush(above: Paragraph, line: Line) -> bool:
    """Return whether a line begins where the next line of a paragraph does."""
    near = line.size * _FLUSH
    if len(above.lines) > 1:
        return abs(line.x0 - above.lines[-1].x0) <= near or _is_centred(above, line)
    first = above.lines[0]
    if above.marked:
        return -near <= line.x0 - first.x0 and line.x0 - first.text_x <= line.size
    indent = first.x0 - line.x0
    if abs(indent) <= near or _is_centred(above, line):
        return True
    goes_on = not above.is_ended and line.is_rest
    return abs(indent) <= line.size * _DEEPEST and is_full(above, line) and (indent > 0 or goes_on)


def _is_first(above: Paragraph, line: Line, after: Line, usual: Measures) -> bool:
    """Return whether a line below a paragraph of one line begins another: both are indented, and the next is not."""
    goes_on = not (after.marked or _is_apart(line, after, usual) or _looks_other(line, after))
    alike = len(above.lines) == 1 and not above.marked and abs(above.lines[0].x0 - line.x0) < line.size * _FLUSH
    return alike and goes_on and after.x0 < line.x0 - line.size * _FLUSH


def _is_centred(above: Paragraph, line: Line) -> bool:
    last = above.lines[-1]
    return abs((last.x0 + last.x1) - (line.x0 + line.x1)) < line.size / 2 and abs(last.x0 - line.x0) > 1


def text_of(paragraph: Paragraph, usual: Measures) -> str:
    """Return the words of a paragraph, those parted at the end of a line joined where that is sure."""
    text = paragraph.lines[0].text
    for above, line in pairwise(paragraph.lines):
        is_cut = _is_cut(text.rsplit(maxsplit=1)[-1], above, line, paragraph.right)
        text = f"{text}{line.text}" if is_cut else joined(text, line.text, usual)
    return text


def _is_cut(word: str, above: Line, line: Line, right: float) -> bool:
    """Return whether an address goes on in the next line: it has all of the one above, or is parted at a sign."""
    last, first = above.words[-1], line.words[0].text
    if not _ADDRESS.search(word) or not _REST.match(first):
        return False
    is_filled = len(above.words) == 1 + above.marked and last.x1 > right - last.size * _LETTER
    return is_filled or (last.text[-1] in _SIGNS and any(one in first for one in _SIGNS))


def joined(one: str, two: str, usual: Measures) -> str:
    """Return two parts of a sentence as one; a hyphen goes if the document has the word only without it."""
    if not _HYPHEN.search(one):
        return f"{one} {two}"
    if not two[:1].islower():
        return f"{one}{two}"
    head, tail = one[:-1].rsplit(maxsplit=1)[-1], two.split(maxsplit=1)[0]
    whole = re.sub(r"^\W+|\W+$", "", f"{head}{tail}").casefold()
    parted = re.sub(r"^\W+|\W+$", "", f"{head}-{tail}").casefold()
    is_soft = one[-1] == "\u00ad" or (one[-1] == "‐" and not any("‐" in word for word in usual.words))
    is_known = usual.words[whole] > 0 and not usual.words[parted]
    return f"{one[:-1]}{two}" if is_soft or is_known else f"{one}{two}"
