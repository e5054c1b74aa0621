"""Rows as a database gives them."""

from __future__ import annotations

from collections.abc import Mapping

Row = Mapping[str, object]
"""One row of an answer: values by the name of their column."""


def text_or_none(value: object) -> str | None:
    """Return a value as text, and none for none."""
    return None if value is None else str(value)


def list_or_empty(value: object) -> list[object]:
    """Return a value that is a list, and an empty list for anything else.

    >>> list_or_empty(["003"]), list_or_empty(None)
    (['003'], [])
    """
    return value if isinstance(value, list) else []
