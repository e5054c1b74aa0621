"""Damage files of every format: their bytes, or what stands in the parts that they are made of."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from random import Random
from zipfile import ZipFile

from tests.builders.word_file import zipped

Mutation = Callable[[bytes, Random], bytes]

_LONGEST = 400
_TAGS = re.compile(rb"<[^>]*>")
_OBJECTS = re.compile(rb"\d+ 0 R|/[A-Za-z]+|-?\d+(?:\.\d+)?|<<|>>|\[|\]")
_WORDS = re.compile(rb"[^\s,:]+|[,:]")
_VALUE = re.compile(rb'="[^"]*"')
_ODD = (b"", b"-1", b"0", b"9999999999999", b"1e999", b"x", b"&a;", b"{", b'"', b"- ", b"\xff", b"\x00")


def mutated(raw: bytes, random: Random) -> bytes:
    """Return a file with damage to its bytes, or inside of what it is made of."""
    inner = _part_changed if raw.startswith(b"PK") else _content_changed
    return random.choice((inner, inner, inner, *_OF_BYTES))(raw, random)


def _part_changed(raw: bytes, random: Random) -> bytes:
    """Change one part of a zipped file, and zip it again."""
    with ZipFile(io.BytesIO(raw)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = random.choice(sorted(parts))
    parts[name] = random.choice((_content_changed, _content_changed, *_OF_BYTES))(parts[name], random)
    return zipped(parts)


def _content_changed(raw: bytes, random: Random) -> bytes:
    """Put tags, objects of a PDF or words in each other's place, so that some hold themselves, or odd values there."""
    pieces = _OBJECTS if raw.startswith(b"%PDF") else _TAGS if _TAGS.search(raw) else _WORDS
    for _ in range(random.choice((1, 3, 20))):
        found = [match.span() for match in pieces.finditer(raw)]
        if not found:
            break
        (start, end), (first, last), odd = random.choice(found), random.choice(found), random.choice(_ODD)
        other = random.choice((raw[first:last], odd, _VALUE.sub(lambda _, odd=odd: b'="' + odd + b'"', raw[start:end])))  # type: ignore[misc]
        raw = raw[:start] + other + raw[end:]
    return raw


def _slice(raw: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(raw) + 1)
    return start, min(len(raw), start + random.randint(1, _LONGEST))


def _flipped(raw: bytes, random: Random) -> bytes:
    made = bytearray(raw)
    for _ in range(random.choice((1, 5, 50)) if made else 0):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def _cut(raw: bytes, random: Random) -> bytes:
    start, end = _slice(raw, random)
    return random.choice((raw[:start], raw[start:], raw[:start] + raw[end:]))


def _inserted(raw: bytes, random: Random) -> bytes:
    start, _ = _slice(raw, random)
    return raw[:start] + random.randbytes(random.randint(1, _LONGEST)) + raw[start:]


def _doubled(raw: bytes, random: Random) -> bytes:
    start, end = _slice(raw, random)
    return raw[:end] + raw[start:end] * random.choice((1, 2, 500)) + raw[end:]


def _zeroed(raw: bytes, random: Random) -> bytes:
    start, end = _slice(raw, random)
    return raw[:start] + bytes(end - start) + raw[end:]


def _swapped(raw: bytes, random: Random) -> bytes:
    one, two, three = sorted(random.randrange(len(raw) + 1) for _ in range(3))
    return raw[:one] + raw[two:three] + raw[one:two] + raw[three:]


_OF_BYTES: tuple[Mutation, ...] = (_flipped, _cut, _inserted, _doubled, _zeroed, _swapped)
