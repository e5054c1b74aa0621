"""Group texts by complete linkage: all of a group are alike, each with each."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping


def linked(texts: Mapping[str, str], pairs: Iterable[tuple[str, str, float]]) -> list[list[str]]:
    """Return the ids of texts in groups, each once; a text that is like no other is a group of its own.

    The two groups whose least alike members are most alike are joined first, until no two groups are left of which
    every pair is among `pairs`. Of ties the one whose texts come first in the order of the texts is joined first, so
    that the groups are the same in whatever order texts and pairs come.

    >>> linked({"a": "Lead teams", "b": "Lead the team", "c": "Buy boats"}, [("a", "b", 100.0)])
    [['c'], ['a', 'b']]
    """
    in_order = sorted(texts, key=lambda key: (texts[key], key))
    number = {key: place for place, key in enumerate(in_order)}
    groups = {place: [key] for place, key in enumerate(in_order)}
    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    nearest: list[tuple[float, int, int]] = []

    def link(one: int, other: int, score: float) -> None:
        links[one][other] = links[other][one] = score
        heapq.heappush(nearest, (-score, min(one, other), max(one, other)))

    for key, alike, score in pairs:
        link(number[key], number[alike], score)
    while nearest:
        distance, one, other = heapq.heappop(nearest)
        if links[one].get(other) != -distance:  # one of the two has been joined to a third since
            continue
        groups[one] += groups.pop(other)
        before, joined = links.pop(one), links.pop(other)
        for third in before.keys() | joined.keys():
            links[third].pop(one, None)
            links[third].pop(other, None)
        for third in before.keys() & joined.keys():
            link(one, third, min(before[third], joined[third]))
    return list(groups.values())
