"""Make a screenshot small: a PNG of at most 256 colours, which suits flat drawings and letters."""

from __future__ import annotations

import struct
import zlib
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST = 256


def small(png: bytes) -> bytes:
    """Return the same picture in its 256 commonest colours, each other colour as the nearest of them."""
    image = pixels(png)
    height, width, _ = image.shape
    colours, which, counts = np.unique(image.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-counts, kind="stable")[:_MOST]]
    nearest = np.array([np.abs(palette.astype(int) - colour).sum(axis=1).argmin() for colour in colours.astype(int)])
    rows = nearest[which.reshape(-1)].astype(np.uint8).reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pixels(png: bytes) -> Pixels:
    """Return the pixels of a PNG as Chromium writes it: 8 bits, red, green and blue, not interlaced."""
    parts = _parts(png)
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    step = {2: 3, 6: 4}[kind]
    if (depth, interlaced) != (8, 0):
        raise ValueError(f"found {depth} bits a colour, interlaced {interlaced}; expected 8 and 0")
    packed = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + width * step)
    image = np.zeros((height + 1, width + 1, step), np.uint8)
    for at, line in enumerate(packed, 1):
        _unfilter(line[0], line[1:].reshape(width, step), image[at - 1], image[at])
    return image[1:, 1:, :3]


def _parts(png: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind = png[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _unfilter(how: int, line: Pixels, above: Pixels, out: Pixels) -> None:
    """Undo the filter of one line; lines have one empty pixel before the first."""
    if how in (0, 2):  # as it is, or less the pixel above
        out[1:] = line if how == 0 else line + above[1:]
    elif how == 1:  # less the pixel to the left
        out[1:] = np.cumsum(line, axis=0, dtype=np.uint8)
    else:
        for x in range(1, len(out)):
            left, up, corner = out[x - 1].astype(int), above[x].astype(int), above[x - 1].astype(int)
            guess = (left + up) // 2 if how == 3 else _paeth(left, up, corner)  # noqa: PLR2004  (filter 3 is the mean)
            out[x] = (line[x - 1] + guess) % 256


def _paeth(left: NDArray[np.int_], up: NDArray[np.int_], corner: NDArray[np.int_]) -> NDArray[np.int_]:
    straight = left + up - corner
    to_left, to_up, to_corner = abs(straight - left), abs(straight - up), abs(straight - corner)
    nearest = np.where(to_up <= to_corner, up, corner)
    return np.where((to_left <= to_up) & (to_left <= to_corner), left, nearest)
