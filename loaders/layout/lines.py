"""Turn the lines of a file into the lines an author wrote: marks set apart, wrapped and torn lines joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby, pairwise

from loaders.formats.plain_text import clean
from loaders.formats.source import SourceLine
from loaders.language.patterns import any_case
from loaders.language.sentences import ENDS_OPEN, split_sentences
from loaders.layout.aligned_columns import Cell, aligned_tables
from loaders.layout.bilingual import in_one_language
from loaders.layout.cells import cells_of, pasted_cells
from loaders.layout.columns import column_head, is_mark
from loaders.layout.headings import INLINE, LISTS, heading
from loaders.layout.side_by_side import side_by_side

_GLYPH = "•●▪◦‣∙·■□➢➤✓✔❖►▶▸»›◆◇♦★☆✦✪→⇒⁃\ue000-\uf8ff"
_LETTER = "oqñØø§"
"""Letters and signs that stand for a bullet where its font is lost; in running text they are what they are."""
_MARK = re.compile(
    rf"(?P<mark>[{_GLYPH}]|â€¢|[-–—*>](?=\s)|\+(?=\s+[A-Z])|-(?=[A-Z][a-z])|[{_LETTER}](?=\s)|\d{{1,2}}(?:\.\d{{1,2}})*[.)](?=\s|$)"
    r"|\d{1,2}(?::|\s+[→⇒–—-])(?=\s+[^\W\d])|\d{1,2}(?:\.\d{1,2})+(?=\s)|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:[a-z]|[ivx]{1,4})\)|[a-h]\.(?=\s+[a-z])|[ivx]{1,4}\.(?=\s)|(?:\d{1,2}|[ivx]{2,4})\.(?=[A-Za-z][a-z]{2}))\s*(?:\[[\sxX]\]\s+)?(?P<text>.*)"
)
_MARK_ALONE = re.compile(
    rf"[{_GLYPH}{_LETTER}*–-]|â€¢|(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]|\((?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\)"
)
_LETTERED = re.compile(r"^(?:(?P<letter>[A-Z]|[a-z](?=\.))[.)]?\s+(?=[A-Z0-9])|0?(?P<number>\d{1,2})\s+(?=[^\W\d]))")
_NUMBER_CELL = re.compile(r"^\s*(\d{1,2})\t\s*(?=[^\W\d])")
"""A number that a tab sets apart from what it counts."""
_LONGEST_NUMBER, _NUMBER_AND_TEXT = 3, 2
_DECIMAL = re.compile(r"\s*\d{1,2}\.\d{1,2}\s")
"""What numbers an item only where another has such a number, too: else it is a measure."""
_INLINE_MARK = re.compile(rf"\s+[ñ{re.sub('[·»›→⇒]', '', _GLYPH)}]\s+")
_LABELLED_PIECES = re.compile(r"[^|:]{2,40}: [^|]{2,60}(?: \| [^|:]{2,40}: [^|]{2,60}){2,}")
_ORNAMENT = re.compile(r"[\W_]+")
_HINT = re.compile(r"\([A-Z][^()]{10,}\)\s+")
_ASIDE = re.compile(r"\([A-Z].*\)|\[[A-Z].*\]")
"""A sentence in brackets, which has no stop at its end."""

_IN_A_NAME = re.compile(
    r"\b[A-Z][a-z]+\n(?!(?:The|A|An|They|This|These|It|In|As|You|We|To|All|Each|For|With)\b)[A-Z][a-z]"
)
"""A line that ends within a name, which the next one goes on with."""
_DIVIDED = re.compile(r"\b(?P<start>[A-Za-z]{2,})-\n(?P<end>[a-z]{2,})")
_TORN = re.compile(r"[\w-]+-\n\w+")
_FINAL_DASH = re.compile(r"(\w[)’']?) [-–—]$")
"""A dash at the end of a line announces what follows, as a colon does."""
_SUFFIX = any_case(r"(?:based|class|driven|focused|led|level|making|oriented|related|specific|term|time|wide|solving)")
_PREFIX = any_case(r"(?:anti|co|cross|ex|high|inter|long|low|multi|non|part|post|pre|self|semi|short|well|full)")
_ALONE = any_case(r"(?:or|and|plus):?")
_LIST_DASH = re.compile(r"(?:(?<=[:;.])|(?<=; and)|(?<=; or)) [-–] (?=\w)")
_CAPITALS = re.compile(r"(?<=[.:;!?)\w] )[A-Z]{3,}(?:,? (?:[A-Z]{2,}|&))+(?= )")
_ONE_LINE, _ONE_LINE_HEADINGS, _FEWEST_DASHES = 300, 2, 2
_WIDEST, _NARROWEST = 130, 36
_NEARLY_FULL, _FULL = 0.88, 0.95
_FEWEST_BREAKS, _SHARE_OF_BREAKS, _OUTLIERS = 3, 0.08, 0.02
_FULL_SHARE = 0.7
_LONG_LINE, _FULL_LINE = 60, 80
_COLUMN_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its author wrote it, with the 1-based lines of the file that it stands on."""

    first: int
    last: int
    text: str
    mark: str = ""
    indent: int = 0
    gap: bool = False
    """Whether a blank line, or nothing, stands above it."""
    hidden: int = 0
    """How many characters of it were put out of sight."""
    whole: bool = False
    """Whether the format of its file knows that it does not go on in the next line."""
    cell: tuple[int, int] | None = None
    """Row and column of the table that it stands in."""
    heading: int = 0
    """Level of a heading, 1 to 6, where the format of its file knows it."""

    @property
    def lines(self) -> tuple[int, int]:
        """Return the first and last line of the file that it stands on."""
        return self.first, self.last

    @property
    def is_ornament(self) -> bool:
        """Return whether the line has no word in it."""
        return _ORNAMENT.fullmatch(self.text) is not None and not (
            self.cell and (is_mark(self.text) or self.text == "%")
        )


def logical_lines(raw: Sequence[str], hidden: Sequence[int] = (), known: Sequence[SourceLine] = ()) -> tuple[Line, ...]:
    """Return the lines that have words, in their order: one for each paragraph, heading or item.

    Args:
        raw: Lines of a file.
        hidden: How many characters of each were put out of sight; a line broke where it was full before that.
        known: What the format of the file knows of each.
    """
    lines = [line for physical in _physical(raw, hidden, known) for line in _parts(physical)]
    lines = _lettered(_lone_marks_joined(lines))
    lines = _unwrapped(lines, _width(lines), _words(lines))
    cells = pasted_cells(["" if line.cell else line.text for line in lines])
    for place, (row, column) in cells.items():
        lines[place] = replace(lines[place], cell=(lines[row].first, column))
    return tuple(lines)


def rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Return lines by the row that they stand in; a line that stands in none is a row."""
    for _, together in groupby(enumerate(lines), key=lambda one: one[1].cell[0] if one[1].cell else -one[0] - 1):
        yield [line for _, line in together]


def _physical(raw: Sequence[str], hidden: Sequence[int], known: Sequence[SourceLine]) -> Iterator[Line]:
    gap = True
    half = in_one_language(raw)
    decimals = sum(bool(_DECIMAL.match(line)) for line in raw) > 1
    parted = None if any(one.cell for one in known) else cells_of(raw, _without_mark)
    tables = aligned_tables(raw) if parted else {}
    aligned = tables | (side_by_side(raw, tables) if parted else {})
    words = _words([Line(number, number, line) for number, line in enumerate(raw, 1)]) if aligned else frozenset()
    for number, line in enumerate(raw, 1):
        if number in aligned:
            wrapped = [_aligned(cell, number, words) for cell in aligned[number]]
            yield from (cell if _DECIMAL.match(cell.text) and not decimals else _marked(cell) for cell in wrapped)
            gap = False
            continue
        pieces = parted(half(line)) if parted else [half(line)]
        for column, piece in enumerate(pieces, 1):
            text = _FINAL_DASH.sub(r"\1:", clean(_NUMBER_CELL.sub(r"\1. ", piece)))
            if text:
                to_mark = _marked if decimals or not _DECIMAL.match(text) else lambda line: line
                one = known[number - 1] if known else SourceLine(line)
                expanded = piece.replace("\u00a0", " ").expandtabs(4)
                cell = one.cell[1:] if one.cell else (number, column) if len(pieces) > 1 else None
                yield to_mark(
                    Line(
                        number,
                        number,
                        text,
                        indent=2 * one.item or len(expanded) - len(expanded.lstrip()),
                        gap=gap or bool(one.heading) or column > 1,
                        hidden=hidden[number - 1] if hidden else 0,
                        whole=one.whole or bool(cell),
                        cell=cell,
                        heading=one.heading or piece.split(maxsplit=1)[0].count("#") * piece.lstrip().startswith("#"),
                    )
                )
        gap = not clean(line) or bool(known and known[number - 1].heading)


def _aligned(cell: Cell, row: int, words: frozenset[str]) -> Line:
    """Return a cell that may be wrapped as the line that its author wrote."""
    parts = [Line(one.line, one.line, clean(one.text), gap=True, whole=True) for one in cell.pieces]
    place = (row, cell.column) if cell.column else None
    return replace(reduce(lambda one, two: _joined(one, two, words), parts), cell=place)


def _without_mark(line: str) -> str:
    """Return a line from its first word on: a tab behind a mark sets nothing apart."""
    match = re.match(
        rf"\s*(?:[{_GLYPH}{_LETTER}*–—-]|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,4}})[.)]|\d+(?:\.\d+)+|\d{{1,2}}(?=\t[^\t]+$))?\s+",
        line,
    )
    return line[match.end() :] if match else line


def _marked(line: Line) -> Line:
    match = _MARK.fullmatch(line.text)
    if match is None:
        return line
    mark = "1." if match["mark"][0].isdigit() or match["mark"][0] == "(" else match["mark"]
    return replace(line, mark=mark, text=match["text"].strip() or line.text)


def _parts(line: Line) -> list[Line]:
    """Cut a line at the marks inside it and, where it is the whole document, at the headings inside it."""
    pieces = _cut_at_headings(line) if len(line.text) > _ONE_LINE else [line]
    return [part for piece in pieces for part in _cut_at_marks(piece)]


def _cut_at_marks(line: Line) -> list[Line]:
    head, *items = _INLINE_MARK.split(line.text)
    if len(items) == 1 and items[0][:1].islower() and not head.endswith((":", ".", ";")):
        head, items = line.text.replace(line.text[len(head) : len(line.text) - len(items[0])], " "), []
    if not items and not line.cell and _LABELLED_PIECES.fullmatch(line.text):
        return [replace(line, text=piece, whole=True) for piece in line.text.split(" | ")]
    if not items and (not line.mark or line.mark in "-–"):
        head, *items = _LIST_DASH.split(line.text)
    if not items or (len(items) < _FEWEST_DASHES and not _INLINE_MARK.search(line.text)):
        return _lead_apart(line) if line.text.endswith(":") and not line.mark else [line]
    rest = [replace(line, text=item.strip(), mark="•", gap=False) for item in items if item.strip()]
    return [*_lead_apart(replace(line, text=head.strip())), *rest]


def _lead_apart(line: Line) -> list[Line]:
    """Set the sentence that opens a list apart from the paragraph before it."""
    pieces = split_sentences(line.text)
    if len(pieces) < 2 or heading(pieces[-1]) is None:  # noqa: PLR2004
        return [line] if line.text else []
    return [replace(line, text=" ".join(pieces[:-1])), replace(line, text=pieces[-1], mark="", gap=True)]


def _cut_at_headings(line: Line) -> list[Line]:
    spans = sorted(
        {match.span("heading") for match in INLINE.finditer(line.text)}
        | {match.span() for match in _CAPITALS.finditer(line.text) if heading(match.group())}
    )
    spans = [span for n, span in enumerate(spans) if n == 0 or span[0] >= spans[n - 1][1]]
    if len(spans) < _ONE_LINE_HEADINGS:
        return [line]
    cuts = [0, *(place for span in spans for place in span), len(line.text)]
    pieces = [line.text[start:end].strip() for start, end in pairwise(cuts)]
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1] in {"Code", "Job Family", "Job Sub Family"}:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    parts = [
        text for above, piece in zip(["", *joined], joined, strict=False) for text in _one_line_parts(above, piece)
    ]
    return [_marked(replace(line, text=text, mark="", gap=True)) for text in parts]


def _one_line_parts(above: str, piece: str) -> list[str]:
    """Return the sentences of a list that has neither lines nor marks."""
    if hint := _HINT.match(piece):
        return [hint.group().strip(), *_one_line_parts(above, piece[hint.end() :])]
    opened = heading(above)
    listed = opened is not None and opened.kind in LISTS and not _INLINE_MARK.search(piece)
    return split_sentences(piece) if listed else [piece] if piece else []


def _lone_marks_joined(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    cells = Counter(line.first for line in lines if line.cell)
    for line in lines:
        above = joined[-1] if joined else None
        below = above and not line.mark and _MARK_ALONE.fullmatch(above.text) and line.first == above.last + 1
        alone = below and above and not above.cell
        numbered = above and above.cell and above.text.isdigit() and len(above.text) < _LONGEST_NUMBER
        if above and numbered and line.first == above.first and cells[line.first] == _NUMBER_AND_TEXT:
            joined[-1] = replace(line, mark="1.", indent=above.indent, gap=above.gap)
        elif above and alone:
            joined[-1] = replace(line, first=above.first, mark=above.text, indent=above.indent, gap=above.gap)
        else:
            joined.append(line)
    return joined


def _lettered(lines: list[Line]) -> list[Line]:
    """Set apart what numbers the items of a list: A, B and so on, or 1, 2 without a point, one below the other."""
    places = [_LETTERED.match(line.text) if not (line.mark or _is_beside(line)) else None for line in lines]
    letters = [(match["letter"] or match["number"]).upper() if match else "" for match in places]
    for place, letter in enumerate(letters):
        run = _run(lines, letters, place) if letter in {"A", "1"} else []
        for number in run if len(run) > 1 else ():
            lines[number] = replace(lines[number], mark="1.", text=_LETTERED.sub("", lines[number].text))
    return lines


def _run(lines: Sequence[Line], letters: Sequence[str], place: int) -> list[int]:
    """Return the places of the lines that bear one letter after the other, beside those they are wrapped into."""
    found: list[int] = []
    for number in range(place, len(lines)):
        expected = str(1 + len(found)) if letters[place] == "1" else chr(ord("A") + len(found))
        if letters[number] == expected and lines[number].indent == lines[place].indent:
            found.append(number)
        elif letters[number] or (lines[number].indent <= lines[place].indent and not _is_beside(lines[number])):
            break
    return found


def _is_beside(line: Line) -> bool:
    """Return whether a line stands in a table, and not in its first column."""
    return line.cell is not None and line.cell[1] > 1


def _width(lines: list[Line]) -> int | None:
    """Return the width that the text was wrapped at, or none: most lines are as long as they please."""
    lengths = sorted(len(line.text) + line.indent for line in lines if line.last == line.first)
    if not lengths:
        return None
    widest = lengths[min(len(lengths) - 1, int(len(lengths) * (1 - _OUTLIERS)))]
    if not _NARROWEST <= widest <= _WIDEST:
        return None
    breaks = sum(
        _follows(one, two) and two.text[:1].islower() and _is_full(one, two, widest * _NEARLY_FULL)
        for one, two in pairwise(lines)
    )
    return widest if breaks >= max(_FEWEST_BREAKS, _SHARE_OF_BREAKS * len(lines)) else None


def _follows(one: Line, two: Line) -> bool:
    return not two.gap and not two.mark and two.first == one.last + 1 and not one.whole and not two.whole


def _is_full(one: Line, two: Line, width: float) -> bool:
    mark = 2 if one.mark else 0
    word = two.text.split(maxsplit=1)[0]
    unseen = one.hidden + (two.hidden if "[" in word else 0)
    return one.indent + mark + len(one.text) + 1 + len(word) + unseen > width


def _running_text(lines: list[Line]) -> dict[int, int]:
    """Return, by the first line of each line of running text, the width of its paragraph; 0 where that is ragged."""
    widths: dict[int, int] = {}
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and _follows(lines[place - 1], lines[place]) and not heading(lines[place].text):
            continue
        block = lines[start:place]
        widest = max((len(line.text) for line in block), default=0)
        pairs = [(one, two) for one, two in pairwise(block) if two.text[:1].islower()]
        full = sum(_is_full(one, two, widest * _NEARLY_FULL) for one, two in pairs)
        if len(pairs) >= _FEWEST_BREAKS - 1 and widest >= _NARROWEST / 2 and 2 * len(pairs) >= len(block) - 1:
            widths.update((line.first, widest if full > _FULL_SHARE * len(pairs) else 0) for line in block)
        start = place
    return widths


def _words(lines: list[Line]) -> frozenset[str]:
    """Return all words of a document that are not divided at the end of a line."""
    text = _TORN.sub(" ", "\n".join(line.text for line in lines))
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", text.casefold()))


def _unwrapped(lines: list[Line], width: int | None, words: frozenset[str]) -> list[Line]:
    unwrapped: list[Line] = []
    above: Line | None = None
    running = _running_text(lines)
    for line in lines:
        narrow = running.get(above.first) if above else None
        fits = narrow if narrow and (width is None or narrow < _COLUMN_SHARE * width) else width
        torn = above and unwrapped and _is_torn_apart(above, line)
        if torn or (
            above and unwrapped and _follows(above, line) and _goes_on(above, line, fits, prose=narrow is not None)
        ):
            unwrapped[-1] = _joined(unwrapped[-1], line, words)
        else:
            unwrapped.append(line)
        above = line
    return unwrapped


def _is_torn_apart(one: Line, two: Line) -> bool:
    """Return whether a paragraph goes on in the next one of a page that was made line by line of a printed one."""
    apart = not (one.whole and two.whole) or one.cell or two.cell or two.mark or two.first > one.last + 2
    if apart or two.heading or one.text.endswith((".", ":", ";", "!", "?")) or two.text[-1] == ":" or heading(two.text):
        return False
    if _ALONE.fullmatch(two.text) or _ASIDE.fullmatch(one.text):
        return False
    if two.text[:1].islower():
        return len(one.text) >= _LONG_LINE
    return len(one.text) >= _FULL_LINE and not heading(one.text)


def _goes_on(one: Line, two: Line, width: int | None, *, prose: bool) -> bool:
    if _DIVIDED.search(f"{one.text}\n{two.text}"):
        return True
    open_end = ENDS_OPEN.search(one.text) and not heading(two.text)
    in_head = column_head(one.text) is None and column_head(f"{one.text} {two.text}")
    if (open_end or in_head) and not heading(one.text):
        return True
    if width is None:
        return False
    ended = one.text.endswith((".", ":", ";", "!", "?"))
    titled = heading(one.text) or (heading(two.text) and not two.text[:1].islower())
    if titled and (ended or not _is_full(one, two, width)):
        return False
    if _ALONE.fullmatch(two.text) and not one.text.endswith((";", ",")):
        return False
    lower = two.text[:1].islower()
    within = prose and (two.text[0] == "(" or bool(_IN_A_NAME.search(f"{one.text}\n{two.text}")))
    share = 1.0 if ended else _NEARLY_FULL if lower or within else _FULL
    return _is_full(one, two, width * share) or (not ended and lower and len(one.text) > width / 2)


def _joined(one: Line, two: Line, words: frozenset[str]) -> Line:
    """Join two lines; a word divided between them loses its hyphen, unless the document has it with the hyphen."""
    divided = _DIVIDED.search(f"{one.text[-_ONE_LINE:]}\n{two.text}")
    text = one.text
    if divided:
        start, end = divided["start"].casefold(), divided["end"].casefold()
        compound = f"{start}-{end}" in words or (f"{start}{end}" not in words and {start, end} <= words)
        text = text if compound or _PREFIX.fullmatch(start) or _SUFFIX.fullmatch(end) else text[:-1]
    torn = divided or re.search(r"\w-$", one.text[-2:])
    first, last = min(one.first, two.first), max(one.last, two.last)  # columns side by side are read one by one
    return replace(one, first=first, last=last, text=f"{text}{'' if torn else ' '}{two.text}")
