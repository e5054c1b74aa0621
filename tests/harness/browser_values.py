"""Write values as the table view of Neo4j Browser shows them."""

from __future__ import annotations

import json
from decimal import Decimal


def shown(value: object) -> str:
    """Return a value as the table view of Browser shows it.

    Text stands in quotes, with those inside as they are, so "null" is told from null; a number with a fraction
    has one (2.0), a whole one has none; lists are on one line and maps are spread over lines.

    >>> shown(["two", 2, 2.0, None, True])
    '["two", 2, 2.0, null, true]'
    """
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    return _spread(value, 1)


def _spread(value: object, depth: int) -> str:
    match value:
        case str():
            return f'"{value}"'
        case bool() | None:
            return json.dumps(value)
        case float():
            return format(Decimal(repr(value)), "f")
        case list():
            return _block("[]", [_spread(one, depth + 1) for one in value], depth)
        case dict():
            parts = [f"{json.dumps(name)}: {_spread(one, depth + 1)}" for name, one in value.items()]
            return _block("{}", parts, depth) if parts else "{\n\n" + "  " * (depth - 1) + "}"
        case _:
            return str(value)


def _block(ends: str, parts: list[str], depth: int) -> str:
    if not parts:
        return ends
    inner = ",\n".join("  " * depth + part for part in parts)
    return f"{ends[0]}\n{inner}\n{'  ' * (depth - 1)}{ends[1]}"
