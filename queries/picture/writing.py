"""Write a picture as SVG, as a page of HTML that asks for nothing else, or as PNG: always the same bytes."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from graph.rows import Row, visible
from queries.picture.contrast import PAPER
from queries.picture.shapes import SHEET, Block, Box, Group, Picture, Route, Shape, Words
from queries.picture.text_width import width
from queries.show.html import fill

ENDINGS = (".svg", ".html", ".png")
_FACES = "Arial, Helvetica, 'Liberation Sans', Lato, sans-serif"
_ARROW = 7.0
_ZOOM = 2
_PAPER_WIDE, _PAPER_HIGH = 190.0, 275.0
"""Millimetres of A4 within margins of one centimetre, less what rounding takes."""
_SMALLEST_PAPER = 120.0
"""Millimetres that the sheet is wide on paper at least: its smallest letters are then 8.1 points high."""
_LONG_PAPER = 150.0
"""Millimetres that a picture on several sheets is wide."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_as(picture: Picture, ending: str) -> str | bytes:
    """Return the picture in the form that one of ENDINGS asks for."""
    if ending == ".html":
        return html(picture)
    return png(picture) if ending == ".png" else svg(picture)


def is_long(picture: Picture) -> bool:
    """Return whether the picture is too high for one sheet of A4 on which it can be read."""
    return _paper(picture) < _SMALLEST_PAPER


def svg(picture: Picture) -> str:
    """Return the picture as one SVG document, with its title and alternative text."""
    root = _root(picture.high, {"role": "img", "aria-labelledby": "title desc"})
    ET.SubElement(root, "title", {"id": "title"}).text = _without_control(picture.title)
    ET.SubElement(root, "desc", {"id": "desc"}).text = _without_control(picture.says)
    ET.SubElement(root, "rect", {"width": _n(SHEET), "height": _n(picture.high), "fill": PAPER})
    y = 0.0
    for block in picture.blocks:
        _add(root, Group(block.shapes, down=y))
        y += block.high
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def html(picture: Picture) -> str:
    """Return the picture as a page: each block as SVG of its own, so that paper breaks between them; a table below."""
    from markupsafe import Markup  # a page alone needs it

    blocks = [Markup(_strip(block)) for block in picture.blocks]  # noqa: S704 -- ElementTree escapes what is in it
    paper = _paper(picture) if not is_long(picture) else _LONG_PAPER
    values = {"picture": picture, "blocks": blocks, "paper": f"{paper:.0f}"}
    return fill(Path(__file__).with_name("page.html"), {"source": _source}, values) + "\n"


def _source(row: Row) -> str:
    place = ":".join(str(row[name]) for name in ("document", "lines") if row[name])
    return ", ".join(part for part in (str(row["authority"] or ""), place) if part)


def png(picture: Picture) -> bytes:
    """Return the picture as PNG, two dots a point, with its title and alternative text; needs no font installed."""
    import resvg_py  # a picture of dots alone needs it

    fonts = [str(_fonts() / f"Lato-{face}.ttf") for face in ("Regular", "Bold")]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg(picture), zoom=_ZOOM, skip_system_fonts=True, font_files=fonts, sans_serif_family="Lato"
    )
    texts = {"Title": visible(picture.title), "Description": visible(picture.says)}
    head = 33  # the signature and the IHDR chunk
    return drawn[:head] + b"".join(_text_chunk(name, text) for name, text in texts.items()) + drawn[head:]


@cache
def _fonts() -> Path:
    from importlib.resources import files  # slow to import

    return Path(str(files("font_lato"))) / "files"


def _text_chunk(name: str, text: str) -> bytes:
    body = b"iTXt" + name.encode() + b"\0\0\0en-GB\0\0" + text.encode("utf-8", "replace")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _paper(picture: Picture) -> float:
    return min(_PAPER_WIDE, _PAPER_HIGH * SHEET / picture.high)


def _strip(block: Block) -> str:
    root = _root(block.high, {"aria-hidden": "true"})
    for shape in block.shapes:
        _add(root, shape)
    return ET.tostring(root, encoding="unicode")


def _root(high: float, more: dict[str, str]) -> ET.Element:
    size = {"width": _n(SHEET), "height": _n(high), "viewBox": f"0 0 {_n(SHEET)} {_n(high)}"}
    return ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": _FACES, **more})


def _add(parent: ET.Element, shape: Shape) -> None:
    if isinstance(shape, Group):
        data = {f"data-{name}": _without_control(value) for name, value in shape.data.items()}
        moved = {"transform": f"translate(0 {_n(shape.down)})"} if shape.down else {}
        group = ET.SubElement(parent, "g", {**data, **moved}) if data or moved else parent
        for inner in shape.shapes:
            _add(group, inner)
    elif isinstance(shape, Words):
        _words(parent, shape)
    elif isinstance(shape, Box):
        place = {"x": _n(shape.x), "y": _n(shape.y), "width": _n(shape.wide), "height": _n(shape.high)}
        ET.SubElement(parent, "rect", {**place, "rx": _n(shape.round), "fill": shape.fill, "stroke": shape.stroke})
    else:
        _route(parent, shape)


def _words(parent: ET.Element, shape: Words) -> None:
    text = _without_control(shape.text)
    if not text:
        return
    attributes = {
        "x": _n(shape.x),
        "y": _n(shape.y),
        "font-size": _n(shape.size),
        "fill": shape.fill,
        "textLength": _n(width(text, shape.size, bold=shape.bold)),
        "lengthAdjust": "spacingAndGlyphs",
    }
    if shape.bold:
        attributes["font-weight"] = "700"
    if shape.anchor != "start":
        attributes["text-anchor"] = shape.anchor
    ET.SubElement(parent, "text", attributes).text = text


def _route(parent: ET.Element, shape: Route) -> None:
    points = list(shape.points)
    if shape.arrow:
        tip, back = points[-1], points[-2]
        down = 1 if tip[1] > back[1] else -1
        points[-1] = (tip[0], tip[1] - down * _ARROW)
        head = [tip, (tip[0] - 4.5, points[-1][1]), (tip[0] + 4.5, points[-1][1])]
        ET.SubElement(parent, "polygon", {"points": _pairs(head), "fill": shape.stroke})
    line = {"fill": "none", "stroke": shape.stroke, "stroke-width": _n(shape.thick)}
    ET.SubElement(parent, "polyline", {"points": _pairs(points), **line})


def _pairs(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _without_control(text: str) -> str:
    return _NOT_XML.sub("�", visible(text))
