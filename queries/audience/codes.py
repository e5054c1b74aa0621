"""Put codes in place of people, and leave their names out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Collection, Sequence
from itertools import groupby

from graph.errors import UsageError
from graph.rows import Row

KEY = "RANKGRAPH_PSEUDONYM_KEY"
"""Names the setting whose value makes the codes of two reports the same."""

_LEAST_KEY = 16
_PERSON, _POST, _PEOPLE, _NAMES = "person_id", "post_id", "covered_by", ("name",)


def pseudonym_key() -> bytes:
    """Return the key of the codes: the one that RANKGRAPH_PSEUDONYM_KEY gives, else a new one that is then forgotten.

    Raises UsageError for a short key: numbers of people are few, so one that can be guessed gives them all away.
    """
    key = os.environ.get(KEY, "")
    if not key:
        return secrets.token_bytes(32)
    if len(key) < _LEAST_KEY:
        raise UsageError(f"{KEY}: found {len(key)} signs; expected {_LEAST_KEY} or more that nobody can guess")
    return key.encode("utf-8")


def code(of: object, key: bytes) -> str:
    """Return the code that stands for a number: the same for the same key, and of no use without it.

    >>> code("P1", b"a key of the report"), code("P1", b"a key of the report") == code("P2", b"a key of the report")
    ('x-oqbhrzd4k5', False)
    """
    digest = hmac.new(key, str(of).encode("utf-8"), hashlib.sha256).digest()
    return f"x-{base64.b32encode(digest)[:10].decode('ascii').lower()}"


def pseudonymous(columns: Sequence[str], rows: Sequence[Row], key: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return columns and rows with codes in place of people, and of the posts that they are in; names are left out.

    A list of those who cover a post becomes their number, because the post itself stands beside it.
    """
    kept = tuple(name for name in columns if name not in _NAMES)
    coded = {_PERSON, _POST} if _PERSON in columns else {_PERSON}
    return kept, [{name: _veiled(name, row[name], coded, key) for name in kept} for row in rows]


def _veiled(name: str, value: object, coded: Collection[str], key: bytes) -> object:
    if name == _PEOPLE:
        return len(value) if isinstance(value, list | tuple) else value
    return code(f"{name}:{value}", key) if name in coded and value is not None else value


def fit(columns: Sequence[str], rows: Sequence[Row], key: bytes, ordered_by: Sequence[str] = ()) -> list[Row]:
    """Return rows of a question with the same columns, codes in place of people, and null in place of names.

    Rows that are alike in what they are `ordered_by` are in the order of codes: that of numbers would tell whose they
    are.
    """
    _, coded = pseudonymous(columns, rows, key)
    fitted: list[Row] = [{name: row.get(name) for name in columns} for row in coded]
    if _PERSON not in columns:
        return fitted
    alike = groupby(fitted, key=lambda row: [len(v) if isinstance(v := row[one], list) else v for one in ordered_by])
    return [row for _, some in alike for row in sorted(some, key=lambda row: str(row[_PERSON]))]
