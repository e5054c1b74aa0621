"""The promotion ladders side by side on the ranks that all forces share, equal ranks on one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.rows import Row
from queries.answers.rank import LaddersAnswer
from queries.picture.cards import draw_heading, draw_rank_box
from queries.picture.contrast import MUTED
from queries.picture.shapes import MARGIN, SHEET, SMALL, Block, Group, Look, Picture, Route, Shape, Words
from queries.picture.sources import Sources, text_row
from queries.picture.text_width import lines
from queries.show.words import LADDERS, SHARED, in_order, ladder_name

_LEFT = 44.0
_BETWEEN = 16.0
_RISE = 26.0
_FLAT = 20.0
_WIDE = 250.0
"""How wide the box of a shared rank is."""


@dataclass(frozen=True)
class _Placed:
    """Where the box of a rank is."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        return self.x + self.wide / 2

    @property
    def center(self) -> float:
        return self.y + self.high / 2


def ladder(answer: LaddersAnswer, look: Look) -> Picture:
    """Return the picture of all ladders."""
    edges, ranks = answer.rows, answer.ranks
    promotions = _pairs(edges, "PROMOTES_FROM")
    equals = _pairs(edges, "EQUIVALENT_TO")
    sources = Sources()
    for row in edges:
        sources.cite(row)
    columns = in_order(sorted({str(row["ladder"]) for row in ranks} - {SHARED}), tuple(LADDERS))
    title = "Police ranks of the United Kingdom"
    under = "An arrow is a promotion. Equal ranks stand on one line, joined by an equals sign."
    blocks = [
        draw_heading(title, under, f"As of {look.day}"),
        _block(ranks, columns, promotions, equals, look.colours["Rank"]),
        sources.foot(look.day, marks=False),
    ]
    rows = [*_rank_rows(ranks), *_edge_rows(edges)]
    return Picture(title, _in_words(ranks, columns, promotions, equals), blocks, rows, answer.notes)


def _pairs(edges: Sequence[Row], relation: str) -> list[tuple[str, str]]:
    pairs = ((str(row["rank_id"]), str(row["other_id"])) for row in edges if row["relation"] == relation)
    return list(dict.fromkeys(pairs))


def _block(
    ranks: Sequence[Row],
    columns: Sequence[str],
    promotions: Sequence[tuple[str, str]],
    equals: Sequence[tuple[str, str]],
    colour: str,
) -> Block:
    wide = (SHEET - _LEFT - MARGIN - _BETWEEN * (len(columns) - 1)) / max(len(columns), 1)
    shapes: list[Shape] = [Words("Step", MARGIN - 6, 12, SMALL, fill=MUTED)]
    high = 0.0
    for number, name in enumerate(columns):
        middle = _LEFT + number * (wide + _BETWEEN) + wide / 2
        texts = lines(ladder_name(name), wide, 12, bold=True)
        shapes += [Words(text, middle, 12 + 15 * at, bold=True, anchor="middle") for at, text in enumerate(texts)]
        high = max(high, 15.0 * len(texts))
    placed: dict[str, _Placed] = {}
    boxes: list[Shape] = []
    y = high + 6
    for shared, step, row in _rows(ranks):
        drawn = [_box(rank, columns, wide, colour) for rank in row]
        most = max(box[2] for box in drawn)
        for rank, (x, across, tall, group) in zip(row, drawn, strict=True):
            boxes.append(Group(group.shapes, group.data, down=y + (most - tall) / 2))
            placed[str(rank["rank_id"])] = _Placed(x, y + (most - tall) / 2, across, tall)
        shapes.append(Words(str(step), MARGIN, y + most / 2 + 4, 12, bold=True, fill=MUTED))
        y += most + (_FLAT if shared else _RISE)
    edges = _arrows(promotions, placed) + _equal_signs(equals, placed)
    return Block(y, [*shapes, *edges, *boxes])


def _rows(ranks: Sequence[Row]) -> Iterator[tuple[bool, int, list[Row]]]:
    """Yield the ranks line by line from the top: whether all forces share it, its step, its ranks."""
    places = {(row["ladder"] == SHARED, int(str(row["step"]))) for row in ranks}
    for shared, step in sorted(places, key=lambda place: (place[0], -place[1])):
        yield shared, step, [row for row in ranks if (row["ladder"] == SHARED, row["step"]) == (shared, step)]


def _box(rank: Row, columns: Sequence[str], wide: float, colour: str) -> tuple[float, float, float, Group]:
    name, short = str(rank["rank"]), str(rank["short_name"] or "")
    data = {"rank": str(rank["rank_id"]), "step": str(rank["step"])}
    if rank["ladder"] == SHARED:
        x, wide, name, short = _LEFT + (SHEET - _LEFT - MARGIN - _WIDE) / 2, _WIDE, f"{name} ({short})", ""
    else:
        x = _LEFT + columns.index(str(rank["ladder"])) * (wide + _BETWEEN)
    high, group = draw_rank_box(name, short, x, wide, colour, data=data)
    return x, wide, high, group


def _arrows(promotions: Sequence[tuple[str, str]], placed: Mapping[str, _Placed]) -> list[Shape]:
    arrows: list[Shape] = []
    for upper, lower in promotions:
        if upper not in placed or lower not in placed:
            continue
        top, low = placed[upper], placed[lower]
        start, end = (low.middle, low.y), (top.middle, top.y + top.high)
        turn = low.y - _FLAT / 2
        way = [start, end] if start[0] == end[0] else [start, (start[0], turn), (end[0], turn), end]
        arrows.append(Group([Route(way, arrow=True)], {"promotes-from": lower, "promotes-to": upper}))
    return arrows


def _equal_signs(equals: Sequence[tuple[str, str]], placed: Mapping[str, _Placed]) -> list[Shape]:
    """Return an equals sign between neighbours; ranks further apart need none where those between say it."""
    signs: list[Shape] = []
    there = {frozenset(pair) for pair in equals}
    for one, other in equals:
        if one not in placed or other not in placed:
            continue
        left, right = sorted((placed[one], placed[other]), key=lambda place: place.x)
        between = [
            name for name, place in placed.items() if left.x < place.x < right.x and abs(place.center - left.center) < 1
        ]
        joined = between and all({frozenset((one, name)), frozenset((name, other))} <= there for name in between)
        signs.append(Group([] if joined else _sign(left, right), {"equal": f"{one} {other}"}))
    return signs


def _sign(left: _Placed, right: _Placed) -> list[Shape]:
    ends = (left.x + left.wide + 3, right.x - 3)
    return [Route([(ends[0], left.center + lift), (ends[1], right.center + lift)], thick=1.8) for lift in (-2.5, 2.5)]


def _rank_rows(ranks: Sequence[Row]) -> list[Row]:
    return [
        text_row(
            "rank",
            f"{row['rank']} ({row['rank_id']})",
            f"step {row['step']}, {ladder_name(row['ladder'])}; {row['insignia'] or 'insignia unknown'}",
        )
        for row in ranks
    ]


def _edge_rows(edges: Sequence[Row]) -> list[Row]:
    words = {"PROMOTES_FROM": "is promoted from", "EQUIVALENT_TO": "is equal to"}
    return [
        text_row(
            "promotion" if row["relation"] == "PROMOTES_FROM" else "equal ranks",
            f"{row['rank']} ({row['rank_id']})",
            f"{words[str(row['relation'])]} {row['other']} ({row['other_id']})",
            row,
        )
        for row in edges
    ]


def _in_words(
    ranks: Sequence[Row],
    columns: Sequence[str],
    promotions: Sequence[tuple[str, str]],
    equals: Sequence[tuple[str, str]],
) -> str:
    names = {str(row["rank_id"]): str(row["rank"]) for row in ranks}
    parts = [f"{len(ranks)} ranks and {len(promotions)} promotions."]
    for name in [SHARED, *columns]:
        row = [f"{rank['rank']} (step {rank['step']})" for rank in ranks if rank["ladder"] == name]
        if row:
            parts.append(f"{ladder_name(name)}, from the lowest up: {', '.join(row)}.")
    alike = [
        f"{names[one]} of the {_of(one)} and {names[two]} of the {_of(two)}"
        for one, two in equals
        if one in names and two in names
    ]
    return " ".join([*parts, *([f"Equal: {'; '.join(alike)}."] if alike else [])])


def _of(rank_id: str) -> str:
    return ladder_name(rank_id.partition("/")[0])
