"""Keys: readable, stable slugs of content, never of position."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

SCHEMA_VERSION = 2
"""The form in which ids, nodes and edges stand in a graph; a load brings an older one up to it."""

_SLUG_LENGTH = 60
_MARKS = tuple(zip("‘’‛“”–—‐‑\u00a0\u202f\u2009\t", "'''\"\"----    ", strict=True))


def even_marks(text: str) -> str:
    """Return a text of the same length with one kind of quote, dash and space."""
    if text.isascii():
        return text.replace("\t", " ")
    for mark, even_mark in _MARKS:  # many times as fast as str.translate
        text = text.replace(mark, even_mark)
    return text


def even(text: str) -> str:
    """Even out quotes, dashes, spaces, the final stop and the case of the first letter; the rest keeps its case.

    >>> even("  the service’s  plans.")
    "The service's plans"
    """
    text = even_marks(unicodedata.normalize("NFKC", text))
    text = " ".join(text.split()).rstrip(".;,: ")
    return text[:1].upper() + text[1:]


def canonical(text: str) -> str:
    """Return what texts share that differ in form only, case included.

    >>> canonical("The Service’s  plans.")
    "the service's plans"
    """
    return even(text).casefold()


def distinct_words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in lower case, in their order.

    >>> distinct_words("The Mayor’s plan, the plan")
    ('the', "mayor's", 'plan')
    """
    return tuple(dict.fromkeys(re.findall(r"[\w']+", canonical(text))))


def fingerprint(text: str, length: int = 8) -> str:
    """Return the first hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@lru_cache(maxsize=20_000)
def slug(text: str) -> str:
    """Return a readable key for a text; a long one is cut at a word and told apart by a fingerprint.

    >>> slug("Mayor’s Office for Policing & Crime")
    'mayors-office-for-policing-and-crime'
    """
    ascii_text = canonical(text).replace("'", "").replace("&", " and ")
    ascii_text = unicodedata.normalize("NFKD", ascii_text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(words) <= _SLUG_LENGTH:
        return words
    return f"{words[: _SLUG_LENGTH - 9].rsplit('-', 1)[0]}-{fingerprint(words)}"


_WORDS_AND_SIGNS = re.compile(r"[^\W_]+|(?<=\w)-(?!\w)|(?<=\d)[./,-](?=\d)|[^\w\s.,:;/()\[\]{}'\"&-]")
"""Words, and the signs that tell one name from another, as in A+, C#, < 3.5t and B-: none that only parts words."""


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return what two ways to write one name share: case, spaces and what parts words do not matter, other signs do.

    >>> name_key("First-Aid  (FAW)") == name_key("first aid: FAW"), name_key("Grade A+") == name_key("Grade A")
    (True, False)
    """
    evened = even_marks(unicodedata.normalize("NFC", text)).casefold().replace("\u2212", "-")
    return " ".join(_WORDS_AND_SIGNS.findall(evened.replace("'", "").replace("&", " and ").rstrip(" .;,:")))


def text_key(text: str) -> str:
    """Return a key for a sentence: its slug, told apart by a fingerprint where capitals stand inside.

    >>> text_key("Budget management."), text_key("knowledge of MPS plans")
    ('budget-management', 'knowledge-of-mps-plans-2650')
    """
    same = even(text)
    return slug(same) if same[1:] == same[1:].lower() else f"{slug(same)}-{fingerprint(same, 4)}"


def fact_id(edition: str, kind: str, start: str, end: str, key: str = "-") -> str:
    """Return the id of a fact: its edition, its kind and what it points at, told apart by a fingerprint."""
    mark = fingerprint(f"{start}\n{end}\n{key}", 6)
    return f"fact/{edition}/{kind.lower().replace('_', '-')}/{slug(end)[:40].strip('-')}-{mark}"
