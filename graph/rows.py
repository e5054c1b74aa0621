"""Rows as a database gives them, and which signs of their texts may leave the program."""

from __future__ import annotations

import re
from collections.abc import Mapping

Row = Mapping[str, object]
"""One row of an answer: values by the name of their column."""

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
"""A sign that steers what shows it: controls of terminals, marks of direction, ends of lines but for the usual one."""


def visible(text: str) -> str:
    r"""Return text with a sign to be seen in place of each that would steer a terminal, a page or an editor.

    >>> visible("a\x1b[31mb, \u202ec")
    'a�[31mb, �c'
    """
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def text_or_none(value: object) -> str | None:
    """Return a value as text, and none for none."""
    return None if value is None else str(value)


def list_or_empty(value: object) -> list[object]:
    """Return a value that is a list, and an empty list for anything else.

    >>> list_or_empty(["003"]), list_or_empty(None)
    (['003'], [])
    """
    return value if isinstance(value, list) else []
