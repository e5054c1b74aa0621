"""Which numbers of tables on staff have to be hidden: of needs, of posts and people, and of what comes.

Each is decided over the whole force, whatever part is shown, so that two answers of one day hide the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graph.rows import Row
from queries.audience.disclosure_control import Cell, Node, hide, walk
from queries.audience.small_numbers import FEW, HIDDEN, LEAST, few

Rows = tuple[Row, ...]
Need = tuple[object, object, object]
"""Unit, requirement and level."""
Staffed = tuple[object, object, bool]
"""Unit (none for the force), rank (`ALL` for all), and whether those within the unit count too."""

STAFFING = ("heads", "strength_fte", "vacant", "vacant_fte")
SUPPLY = ("low", "central", "high", "recorded", "assumed")
ALL = "*"
"""Stands for all ranks together."""


def without(row: Row, names: Iterable[str]) -> Row:
    """Return a row with some of its numbers hidden."""
    return {**row, **{name: HIDDEN for name in names if name in row}}


def need_of(row: Row) -> Need:
    """Return which need a row of the heat map is about."""
    return row["unit_id"], row["requirement_id"], row["level"]


def hidden_needs(rows: Sequence[Row], units: Sequence[Row]) -> dict[Need, tuple[str, ...]]:
    """Return the columns to hide of rows of the heat map: where fewer than five hold or lack, and what tells it.

    `units` have unit_id, parent_id and depth, each after its parent.
    """
    trees: dict[tuple[object, object], dict[object, Row]] = defaultdict(dict)
    for row in rows:
        trees[row["requirement_id"], row["level"]][row["unit_id"]] = row
    return {need: names for of in trees.values() for need, names in _hidden_of(of, units).items()}


def hidden_at_top(rows: Sequence[Row], hidden: Mapping[Need, tuple[str, ...]], units: Sequence[Row]) -> set[object]:
    """Return the names of requirements of which units at the top, and so the force, do not show how many hold them."""
    tops = {unit["unit_id"] for unit in units if unit["depth"] == 0}
    kept = (row for row in rows if row["unit_id"] in tops and "have" in hidden.get(need_of(row), ()))
    return {row["requirement"] for row in kept}


def _hidden_of(rows: Mapping[object, Row], units: Sequence[Row]) -> dict[Need, tuple[str, ...]]:
    """Return the columns to hide of the rows of one requirement: of those present and of those absent, each a tree.

    What one of the two may be is judged with the other as it is, so what is hidden of one leaves the other open too.
    """
    columns: dict[Need, tuple[str, ...]] = defaultdict(tuple)
    for cell_of, names in ((_present, ("have", "short")), (_absent, ("have_absent",))):
        for top in _forest(rows, units, cell_of):
            for unit in _hidden(top):
                columns[need_of(rows[unit])] += names
    return dict(columns)


def _hidden(top: Node) -> Iterator[object]:
    hide(top)
    return (node.key for node in walk(top) if node.hidden and node.shown)


def _forest(
    rows: Mapping[object, Row], units: Sequence[Row], cell_of: Callable[[int, int, int], Cell]
) -> Iterator[Node]:
    """Yield the units that ask for something as trees; a unit without a row asks for nothing, nor do those below."""
    return _trees({unit: _counts(row) for unit, row in rows.items()}, units, lambda _, counts: cell_of(*counts))


def _trees(
    counts: Mapping[object, tuple[int, ...]], units: Sequence[Row], cell_of: Callable[[object, tuple[int, ...]], Cell]
) -> Iterator[Node]:
    """Yield trees of the units that have counts; what a unit has beside those below it is a child that is not shown."""
    nodes: dict[object, Node] = {}
    left = {unit: list(of) for unit, of in counts.items()}
    tops: list[Node] = []
    for unit in units:
        key, parent = unit["unit_id"], unit["parent_id"] if unit["depth"] else None
        if key not in counts:
            continue
        node = Node(key, cell_of(key, counts[key]))
        (nodes[parent].children if parent in nodes else tops).append(node)
        nodes[key] = node
        if parent != key and parent in left:
            left[parent] = [one - part for one, part in zip(left[parent], counts[key], strict=True)]
    for key, node in nodes.items():
        if node.children and left[key][0]:
            node.children.append(Node(f"{key}/rest", cell_of(f"{key}/rest", tuple(left[key])), shown=False))
    yield from tops


def _counts(row: Row) -> tuple[int, int, int]:
    need, have, away = (whole(row[name]) for name in ("need", "have", "have_absent"))
    return need, have, away


def whole(value: object) -> int:
    """Return a number that is whole, nought for none."""
    return round(value) if isinstance(value, int | float) else 0


def _present(need: int, have: int, away: int) -> Cell:
    return Cell(need, have, need - away, careful=True)


def _absent(need: int, have: int, away: int) -> Cell:
    return Cell(need, away, need - have)


def hidden_staffing(rows: Sequence[Row], units: Sequence[Row]) -> set[Staffed]:
    """Return of which units, with and without those within them, and of which ranks staffing has to be hidden.

    `rows` are by unit (its own posts alone) and rank: unit_id, rank_id, posts, vacant and heads.
    """
    by_rank: dict[object, dict[object, Row]] = defaultdict(dict)
    for row in rows:
        by_rank[row["rank_id"]][row["unit_id"]] = row
    ranks = [_of_rank(rank, of, units) for rank, of in by_rank.items()]
    top = _sum((None, ALL, True), ranks)
    return set(_hidden(top))  # type: ignore[arg-type]  # its keys are


def _of_rank(rank: object, rows: Mapping[object, Row], units: Sequence[Row]) -> Node:
    """Return a rank as a tree of the units that have posts of it; the posts of a unit itself are the lowest nodes."""
    parents = {unit["unit_id"]: unit["parent_id"] if unit["depth"] else None for unit in units}
    below: dict[object, list[Node]] = defaultdict(list)
    for unit in reversed(list(parents)):
        own = [Node((unit, rank, False), _filled(rows[unit]))] if unit in rows else []
        if parts := own + below.pop(unit, [])[::-1]:
            below[parents[unit]].append(_sum((unit, rank, True), parts))
    elsewhere = [Node((unit, rank, False), _filled(row)) for unit, row in rows.items() if unit not in parents]
    return _sum((None, rank, True), [*below.pop(None, [])[::-1], *elsewhere])


def _sum(key: Staffed, parts: list[Node]) -> Node:
    cells = [part.cell for part in parts]
    counts = [sum(numbers) for numbers in zip(*((one.posts, one.met, *one.more) for one in cells), strict=True)]
    posts, filled, heads = counts or (0, 0, 0)
    return Node(key, Cell(posts, filled, posts, (heads,)), parts)


def _filled(row: Row) -> Cell:
    posts = whole(row["posts"])
    return Cell(posts, posts - whole(row["vacant"]), posts, (whole(row["heads"]),))


def staffing(strength: Rows, establishment: Rows, hidden: set[Staffed], unit: object = None) -> tuple[Rows, Rows]:
    """Hide heads, full-time equivalents and vacancies of groups of fewer than five posts or people.

    `strength` is of a unit, none for the force, by rank with the sum as its last row, `establishment` by unit and rank.
    A sum of a unit's ranks is hidden with any of them.
    """
    ranks = [(unit, row["rank_id"], True) in hidden for row in strength[:-1]]
    of_all = any(ranks) if unit else (None, ALL, True) in hidden
    return (
        tuple(_masked(row, is_hidden) for row, is_hidden in zip(strength, (*ranks, of_all), strict=True)),
        tuple(_masked(row, (row["unit_id"], row["rank_id"], False) in hidden) for row in establishment),
    )


def _masked(row: Row, is_hidden: bool) -> Row:
    return without(row, STAFFING) if is_hidden else row


def supply(rows: Sequence[Row], units: Sequence[Row], hidden: set[Staffed]) -> Rows:
    """Return a forecast of the whole force without numbers of few, and what would tell them.

    `rows` have unit_id, kind, id, day and `SUPPLY`, a unit counts those within it; `hidden` is of staffing. On each day
    a tree of units is judged; a number that differs by few from one of an earlier day that is shown is few, too.
    """
    secret = _few_from_day_to_day(rows)
    force: list[Row] = [{"unit_id": None, "parent_id": None, "depth": 0}]  # above the units where it is none itself
    placed = [*force, *({**unit, "depth": int(str(unit["depth"])) + 1} for unit in units)]
    masked, tables = set[int](), defaultdict[tuple[str, str, object], dict[object, Row]](dict)
    for row in rows:
        tables[str(row["kind"]), str(row["id"]), row["day"]][row["unit_id"]] = row
    for (kind, key, _), by_unit in tables.items():
        marked = {
            unit
            for unit, row in by_unit.items()
            if id(row) in secret or (kind == "rank" and (unit, key, True) in hidden)
        }
        for top in _of_supply(by_unit, placed if None in by_unit else units, marked):
            masked.update(id(by_unit[unit]) for unit in _hidden(top))
    return tuple(without(row, SUPPLY) if id(row) in masked else row for row in rows)


def _few_from_day_to_day(rows: Sequence[Row]) -> set[int]:
    """Return the identities of rows with few, or few more or fewer than on an earlier day that is no such row."""
    secret, seen = set[int](), defaultdict[object, list[tuple[int, int]]](list)
    for row in sorted(rows, key=lambda row: str(row["day"])):
        numbers = whole(row["central"]), whole(row["recorded"])
        earlier = seen[row["unit_id"], row["kind"], row["id"]]
        changes = (abs(number - old) for before in earlier for number, old in zip(numbers, before, strict=True))
        if FEW in map(few, (*numbers, *changes)):
            secret.add(id(row))
        else:
            earlier.append(numbers)
    return secret


def _of_supply(rows: Mapping[object, Row], units: Sequence[Row], marked: set[object]) -> Iterator[Node]:
    """Yield the units with people as trees; of people nothing says how many there could be at the most."""

    def people(unit: object, counts: tuple[int, ...]) -> Cell:
        return Cell(counts[0], counts[0], counts[0] + LEAST, marked=unit in marked)

    return _trees({unit: (whole(row["recorded"]),) for unit, row in rows.items()}, units, people)
