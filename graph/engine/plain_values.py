"""Values as a database gives them, made plain: text, numbers, lists and dictionaries only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def plain_value(value: object) -> object:
    """Return a value that JSON can hold: a node or edge as its properties, a path as nodes and edges in turn.

    >>> plain_value(({"name": "Sergeant"}, 2))
    [{'name': 'Sergeant'}, 2]
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Mapping):
        return {str(name): plain_value(part) for name, part in value.items()}
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain_value(part) for part in value]
    if hasattr(value, "relationships") and hasattr(value, "nodes"):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return [plain_value(value.nodes[0]), *(plain_value(part) for step in steps for part in step)]
    return value.iso_format() if hasattr(value, "iso_format") else str(value)
