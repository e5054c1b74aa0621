"""Lay out what pictures share: a heading, cards with lists, the box of a rank, the sources at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from queries.picture import contrast
from queries.picture.shapes import BODY, MARGIN, SHEET, SMALL, Block, Box, Group, Route, Shape, Words
from queries.picture.text_width import lines, width

_LINE = 15.0
_GAP = 4.0
_STRIP = 22.0
_BAR = 5.0
_TALLEST = 560.0
"""A card that is higher goes on in another one, so that every card fits on a page."""
_INSET = 12.0
_STEP = 13.0
_BRANCH = 22.0
_STOPS = " ,.;:"

Data = Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """One entry of a list: a sub-heading (depth 0, bold), an entry (1) or what belongs to an entry (2)."""

    text: str
    depth: int = 1
    cite: str = ""
    bold: bool = False
    at_most: int | None = None
    """How many lines it may take."""
    data: Data = field(default_factory=dict)


def draw_heading(title: str, *under: str) -> Block:
    """Return the head of a picture: its title and what is said under it."""
    shapes: list[Shape] = []
    y = 14.0
    for line in lines(title, SHEET - 2 * MARGIN, 20, bold=True):
        y += 24
        shapes.append(Words(line, MARGIN, y - 6, 20, bold=True))
    for text in under:
        for line in lines(text, SHEET - 2 * MARGIN, BODY):
            y += 16
            shapes.append(Words(line, MARGIN, y - 4, BODY, fill=contrast.MUTED))
    return Block(y + 8, [Group(shapes, {"part": "heading"})])


def lay_out_items(items: Iterable[Item], x: float, wide: float, *, size: float = BODY) -> Iterator[tuple[float, Group]]:
    """Yield each item with its height, drawn from y = 0 downwards."""
    for item in items:
        left = x + max(item.depth - 1, 0) * _STEP + (_STEP if item.depth else 0)
        texts = _lines_with_mark(item, wide - (left - x), size)
        shapes: list[Shape] = [
            Words(line, left, _LINE * (number + 1) - 3.5, size, bold=item.bold) for number, line in enumerate(texts)
        ]
        if item.depth:
            mark = "•" if item.depth == 1 else "–"
            shapes.insert(0, Words(mark, left - 10, _LINE - 3.5, size))
        yield len(texts) * _LINE + _GAP, Group(shapes, item.data)


def _lines_with_mark(item: Item, room: float, size: float) -> list[str]:
    """Return the lines of an entry; where its text has to be cut, the mark of its place stays whole."""
    mark = item.cite.replace(" ", "\xa0")
    whole = lines(f"{item.text} {mark}".strip(), room, size, bold=item.bold)
    if item.at_most is None or len(whole) <= item.at_most:
        return whole
    less = width(f" {mark}", size, bold=item.bold) if mark else 0.0
    text_lines = lines(item.text, room, size, bold=item.bold, at_most=item.at_most)
    last = lines(text_lines[-1].removesuffix("…"), max(room - less, room / 3), size, bold=item.bold)[0]
    cut = f"{last.rstrip(_STOPS)}… {mark}"
    while " " in last and width(cut, size, bold=item.bold) > room:
        last = last.rpartition(" ")[0]
        cut = f"{last.rstrip(_STOPS)}… {mark}"
    return lines(" ".join([*text_lines[:-1], cut]), room, size, bold=item.bold)


def stack(entries: Iterable[tuple[float, Group]], y: float) -> tuple[float, list[Shape]]:
    """Return where entries end that stand under each other from `y` on, and the entries moved there."""
    shapes: list[Shape] = []
    for high, group in entries:
        shapes.append(Group(group.shapes, group.data, down=y))
        y += high
    return y, shapes


def draw_cards(title: str, items: Sequence[Item], colour: str, *, part: str, trunk: float | None = None) -> list[Block]:
    """Return a card with a list; one that is too high for a page comes as several.

    Args:
        title: Stands in the strip at its top.
        items: What it lists.
        colour: The colour of its kind of node.
        part: Its name, for data-part.
        trunk: Where the line is from which the card branches off, if it does.
    """
    x = MARGIN if trunk is None else trunk + _BRANCH
    wide = SHEET - MARGIN - x
    entries = list(lay_out_items(items, x + _BAR + _INSET, wide - _BAR - 2 * _INSET))
    blocks: list[Block] = []
    for number, some in enumerate(_fit_pages(entries)):
        name = title if number == 0 else f"{title}, continued"
        block = _card(name, some, colour, {"part": part}, x=x)
        blocks.append(block if trunk is None else with_trunk(block, trunk, branch=number == 0))
    return blocks


def with_trunk(block: Block, trunk: float, *, branch: bool) -> Block:
    """Return a block with a line down its left side, from which it may branch off at its top."""
    down: list[Shape] = [Route([(trunk, 0), (trunk, block.high)])]
    if branch:
        down.append(Route([(trunk, 11), (trunk + _BRANCH, 11)]))
    return Block(block.high, [*down, *block.shapes])


def _fit_pages(entries: Sequence[tuple[float, Group]]) -> list[list[tuple[float, Group]]]:
    parts: list[list[tuple[float, Group]]] = [[]]
    for entry in entries:
        if parts[-1] and sum(high for high, _ in parts[-1]) + entry[0] > _TALLEST:
            parts.append([])
        parts[-1].append(entry)
    return parts


def _card(title: str, entries: Sequence[tuple[float, Group]], colour: str, data: Data, *, x: float) -> Block:
    wide, edge, tint = SHEET - MARGIN - x, contrast.line(colour), contrast.tint(colour)
    names = lines(title, wide - 2 * _INSET, 13, bold=True)
    strip = _STRIP + (len(names) - 1) * 16
    bottom, inner = stack(entries, strip + 6)
    high = bottom + 4 if entries else strip
    frame: list[Shape] = [
        Box(x, 0, wide, strip, fill=tint),
        Route([(x, strip), (x + wide, strip)], stroke=edge, thick=1),
        Box(x, 0, wide, high, fill="none", stroke=edge),
        Box(x, 0, _BAR, high, fill=edge, round=2),
    ]
    heads = [Words(line, x + _INSET, 15.5 + 16 * number, 13, bold=True) for number, line in enumerate(names)]
    return Block(high + 10, [Group([*frame, *heads, *inner], data)])


def end_trunk(block: Block) -> Block:
    """Return a block made by `with_trunk` whose line goes no further down than its branch."""
    line, *rest = block.shapes
    if rest and isinstance(rest[0], Route) and isinstance(line, Route):
        return Block(block.high, [Route([line.points[0], (line.points[0][0], 11.8)]), *rest])
    return Block(block.high, rest)


def draw_rank_box(
    name: str, under: str, x: float, wide: float, colour: str, *, data: Data, size: float = BODY
) -> tuple[float, Group]:
    """Return the box of a rank and its height, drawn from y = 0 downwards."""
    fill = contrast.text_colour(colour)
    names = lines(name, wide - 12, size, bold=True)
    small = lines(under, wide - 12, SMALL) if under else []
    high = len(names) * (size + 2.5) + len(small) * 14 + 11
    middle = x + wide / 2
    shapes: list[Shape] = [Box(x, 0, wide, high, fill=colour, stroke=contrast.line(colour))]
    y = 5.0
    for line in names:
        y += size + 2.5
        shapes.append(Words(line, middle, y - 2.5, size, bold=True, fill=fill, anchor="middle"))
    for line in small:
        y += 14
        shapes.append(Words(line, middle, y - 2, SMALL, fill=fill, anchor="middle"))
    return high, Group(shapes, data)


def draw_wide_rank(name: str, under: str, colour: str, data: Data) -> tuple[float, Group]:
    """Return the box of a rank across the whole sheet, and its height."""
    return draw_rank_box(name, under, MARGIN, SHEET - 2 * MARGIN, colour, data=data, size=14)


def draw_list(title: str, texts: Iterable[str], *, part: str) -> Block:
    """Return a plain list without a frame, as at the foot of a picture."""
    items = lay_out_items((Item(text, 0) for text in texts), MARGIN, SHEET - 2 * MARGIN, size=SMALL)
    bottom, shapes = stack(items, 20.0)
    return Block(bottom + 10, [Group([Words(title, MARGIN, 14, BODY, bold=True), *shapes], {"part": part})])
