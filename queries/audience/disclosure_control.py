"""Decide which numbers of a table that adds up have to be hidden, so that none under five can be worked out.

A node is a unit (or the whole, or a rank) with the posts it is about and how many of those are filled or met.
Its number is the sum of its children's. Posts are public, so "met" and "not met" tell each other. A reader who
subtracts what is shown from a sum that is shown learns the sum of a region: the hidden leaves below a node that
is shown. Within a region the number of a leaf can be anything from none to all of its posts as long as the sum
stays the same; so it is safe as soon as enough other posts are in the region, and enough people both in it and
missing from it. docs/decisions/0010 has the argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from queries.audience.small_numbers import LEAST


@dataclass(frozen=True)
class Cell:
    """What a node shows: its posts (always shown), those met or filled, and further numbers hidden with them."""

    posts: int
    met: int
    most: int
    """How many can be met, by what else is shown of the node: its posts, or fewer."""
    more: tuple[int, ...] = ()
    careful: bool = False
    """Whether one to four posts that are not met are to be hidden too, because people stand behind them."""
    marked: bool = False
    """Whether it is to be hidden for what is shown elsewhere."""

    @property
    def secret(self) -> bool:
        """Return whether the cell is about fewer than five posts, or shows a number of one to four people."""
        if self.marked:
            return True
        lacking = self.posts - self.met if self.careful and self.met else 0
        return 0 < self.posts < LEAST or any(0 < number < LEAST for number in (self.met, lacking, *self.more))

    @property
    def nobody(self) -> bool:
        """Return whether there are posts enough to say that nobody is in them, or holds what they ask for."""
        return self.posts >= LEAST and not self.met and not any(self.more)


@dataclass(frozen=True)
class Pool:
    """What hidden leaves add up to."""

    posts: int = 0
    met: int = 0
    most: int = 0
    more: tuple[int, ...] = ()

    def __add__(self, other: Pool) -> Pool:
        one, two = self.more, other.more
        more = tuple(map(sum, zip(one, two, strict=True))) if one and two else one or two
        return Pool(self.posts + other.posts, self.met + other.met, self.most + other.most, more)


@dataclass
class Node:
    """A cell and those it is the sum of; what a unit has beside its children is a child that is not shown."""

    key: object
    cell: Cell
    children: list[Node] = field(default_factory=list)
    shown: bool = True
    hidden: bool = False
    pool: Pool = Pool()
    """The hidden leaves below; of a leaf, itself."""


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    for child in node.children:
        yield from walk(child)


def hide(top: Node) -> None:
    """Mark as hidden what must be, from the leaves up; where hiding siblings does not do, the sum is hidden too.

    Where five posts or more have nobody, that is said, and so nothing below is a secret.
    """
    for child in top.children if not top.cell.nobody else []:
        hide(child)
    _add_up(top)
    if top.cell.nobody:
        return
    if top.cell.secret:
        _cover(top)
    elif any(_wants_cover(child) for child in top.children):
        _protect(top)


def _add_up(node: Node) -> None:
    cell = node.cell
    own = Pool() if node.children else Pool(cell.posts, cell.met, cell.most, cell.more)
    node.pool = sum((child.pool for child in node.children if child.hidden or not child.shown), own)


def _wants_cover(child: Node) -> bool:
    return child.hidden if child.shown else child.cell.secret


def _cover(node: Node) -> None:
    """Hide a node, and enough below it that it is not the sum, or nearly the sum, of what is shown."""
    node.hidden = True
    waiting = _waiting(node)
    while waiting and (node.pool.posts < LEAST or not node.pool.most):
        _cover(waiting.pop(0))
        _add_up(node)


def _waiting(node: Node) -> list[Node]:
    """Return the children that can still be hidden: first what has people on both sides, then what is smallest."""
    children = [child for child in node.children if child.shown and not child.hidden and child.cell.most]
    return sorted(
        children, key=lambda child: (child.cell.met in {0, child.cell.most}, child.cell.posts, str(child.key))
    )


def _protect(parent: Node) -> None:
    """Hide children until none can be worked out from the parent; where that cannot be, hide the parent."""
    cell = parent.cell
    waiting = _waiting(parent)
    while not _safe(parent):
        if not waiting or cell.met in {0, cell.most}:
            _cover(parent)
            return
        settling = (child for child in waiting if _enough(parent.pool + child.pool, careful=cell.careful))
        chosen = next(settling, waiting[0])
        waiting.remove(chosen)
        _cover(chosen)
        _add_up(parent)


def _safe(parent: Node) -> bool:
    whole = parent.pool
    alone = any(
        whole.posts - child.pool.posts < LEAST or whole.most == child.pool.most
        for child in parent.children
        if _wants_cover(child)
    )
    return not alone and _enough(whole, careful=parent.cell.careful)


def _enough(whole: Pool, *, careful: bool) -> bool:
    lacking = whole.posts - whole.met >= LEAST if careful else True
    many = all(number == 0 or number >= LEAST for number in whole.more)
    return whole.met >= LEAST and whole.met < whole.most and lacking and many
