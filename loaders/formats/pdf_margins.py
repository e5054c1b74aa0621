"""Leave out what runs along the edges of the pages of a PDF: heads, feet, page numbers, what a browser prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.formats.pdf_page import Page, Piece, as_pieces

_EDGE, _NARROWEST_EDGE = 0.15, 72.0
"""How far the edges reach at the top and the bottom: a share of the page, but at least so many points."""

_SHARE_OF_PAGES, _MOST_PAGES = 0.3, 0.5
_SAME_PLACE = 2.0
_APART = 1.6
"""Times the size of letters: what is no closer to the next line stands apart from it."""

_LONGEST = 10
_BROWSER = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?\b.*|(?:.* )?(?:https?|file)://\S+(?: \d+ ?/ ?\d+)?"
    r"|about:blank(?: \d+ ?/ ?\d+)?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–|]? ?\d{1,3} ?[-–|]?|[ivx]{1,5}|\d{1,3} ?(?:of|/) ?\d{1,3}"
    r"|(?:.*\W)?page:? ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?|page:? ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?:\W.*)?",
    re.IGNORECASE,
)
_MARKING = re.compile(
    r"(?:OFFICIAL|NOT PROTECTIVELY MARKED|PROTECT|RESTRICTED|CONFIDENTIAL|UNCLASSIFIED|SECRET)"
    r"(?:[ :–-]+(?:SENSITIVE|PUBLIC|COMMERCIAL|PERSONAL|STAFF|ONLY|USE|INTERNAL|WHEN COMPLETE))*"
)


@dataclass(frozen=True)
class _Row:
    """What stands on one line of a page, across it, so far from its edge."""

    pieces: tuple[Piece, ...]
    is_top: bool
    distance: float

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def key(self) -> tuple[bool, int, str]:
        """Return what is alike on every page: its words, whatever their numbers, on whichever side they stand."""
        return self.is_top, round(self.size), " ".join(sorted(re.sub(r"\d+", "#", self.text).split()))

    def is_known(self) -> bool:
        """Return whether it is a page number, a protective marking or a line of a browser."""
        if len(self.text.split()) <= _LONGEST and _PAGE_NUMBER.fullmatch(self.text):
            return True
        return bool(_BROWSER.fullmatch(self.text)) or any(_MARKING.fullmatch(piece.text) for piece in self.pieces)

    def is_like(self, other: _Row) -> bool:
        """Return whether another row stands in the same place and is as large."""
        near = abs(self.distance - other.distance) <= _SAME_PLACE
        return self.is_top == other.is_top and near and round(self.size) == round(other.size)


class _Edge:
    """The rows at one edge of a page, and how many of them, from the outermost, run along it."""

    def __init__(self, page: Page, rows: Sequence[_Row]) -> None:
        self.page = page
        self.rows = rows
        self.running = 0

    @property
    def row(self) -> _Row | None:
        """Return the outermost row that does not run along the edge so far."""
        return self.rows[self.running] if self.running < len(self.rows) else None

    @property
    def is_known(self) -> bool:
        """Return whether that row stands apart from the next and is known by its words."""
        row = self.row
        within = self.rows[self.running + 1] if self.running + 1 < len(self.rows) else None
        is_apart = row and (not within or within.distance - row.distance >= _APART * min(row.size, within.size))
        return bool(row and is_apart and row.is_known())


def without_margins(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """Return the pages without what runs along their edges, and notes of what that was."""
    edges = [_Edge(page, _rows(page, is_top=is_top)) for page in pages for is_top in (True, False)]
    _find_running(edges, len({page.number for page in pages}))
    left_out: dict[tuple[bool, int, str], list[tuple[int, str]]] = defaultdict(list)
    gone: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        for row in edge.rows[: edge.running]:
            orders = {word.order for piece in row.pieces for word in piece.words}
            if not orders <= gone[id(edge.page)]:
                left_out[row.key].append((edge.page.number, row.text))
                gone[id(edge.page)] |= orders
    kept = [replace(page, words=[word for word in page.words if word.order not in gone[id(page)]]) for page in pages]
    return kept, tuple(_note(key[0], found) for key, found in left_out.items())


def _find_running(edges: Sequence[_Edge], pages: int) -> None:
    """Count the rows that run along each edge: row by row from the outside, what is repeated or known."""
    repeated: dict[tuple[bool, int, str], _Row] = {}
    places: list[_Row] = []
    is_new = True
    while is_new:
        by_key: dict[tuple[bool, int, str], list[_Row]] = defaultdict(list)
        for edge in edges:
            if edge.row:
                by_key[edge.row.key].append(edge.row)
        for key, rows in by_key.items():
            alike = sum(rows[len(rows) // 2].is_like(row) for row in rows)
            if alike >= max(2, pages * _SHARE_OF_PAGES):
                repeated[key] = rows[len(rows) // 2]
                places += [repeated[key]] if alike > pages * _MOST_PAGES else []
        running = [edge for edge in edges if edge.row and (edge.is_known or _runs(edge.row, repeated, places))]
        for edge in running:
            edge.running += 1
        is_new = bool(running)


def _runs(row: _Row, repeated: dict[tuple[bool, int, str], _Row], places: Sequence[_Row]) -> bool:
    """Return whether a row is repeated on other pages, or stands where most pages have such a row."""
    return (row.key in repeated and row.is_like(repeated[row.key])) or any(map(row.is_like, places))


def _rows(page: Page, *, is_top: bool) -> list[_Row]:
    """Return the rows of an edge, the outermost first, and one row of the text within."""
    reach = max(page.height * _EDGE, _NARROWEST_EDGE)
    by_distance = sorted(
        ((piece.y if is_top else page.height - piece.y), piece.x0, n, piece)
        for n, piece in enumerate(as_pieces(page.words))
    )
    rows: list[list[Piece]] = []
    distances: list[float] = []
    for distance, _, _, piece in by_distance:
        if rows and distance - distances[-1] <= _SAME_PLACE:
            rows[-1].append(piece)
        elif not rows or distances[-1] <= reach:
            rows.append([piece])
            distances.append(distance)
        else:
            break
    return [
        _Row(tuple(sorted(row, key=lambda piece: piece.x0)), is_top, distance)
        for row, distance in zip(rows, distances, strict=True)
    ]


def _note(is_top: bool, found: list[tuple[int, str]]) -> str:
    numbers = sorted({number for number, _ in found})
    others = " and the like" if len({text for _, text in found}) > 1 else ""
    pages = f"page {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} pages from page {numbers[0]} on"
    return f'left out at the {"top" if is_top else "bottom"} of {pages}: "{found[0][1]}"{others}'
