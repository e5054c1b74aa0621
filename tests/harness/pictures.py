"""Draw pictures in tests, and read back what they are marked with."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from graph.ontology import EDGE_KINDS, NODE_KINDS
from queries.picture.shapes import Look, Picture
from queries.picture.writing import svg

LOOK = Look(
    {kind.subtype or kind.label: kind.colour for kind in NODE_KINDS},
    {name: kind.says for name, kind in EDGE_KINDS.items()},
)
"""What the ontology says, as the command gives it to the pictures."""


def parsed(picture: Picture) -> ET.Element:
    """Return the SVG of a picture as a tree."""
    return ET.fromstring(svg(picture))  # noqa: S314 -- our own text


def marked(root: ET.Element, *names: str) -> list[tuple[str, ...]]:
    """Return the values of data-* attributes, of each element that has all of them, in the order of the picture."""
    keys = [f"data-{name}" for name in names]
    return [tuple(one.attrib[key] for key in keys) for one in root.iter() if all(key in one.attrib for key in keys)]


def texts(elements: Iterable[ET.Element]) -> str:
    """Return all words in some elements, lines joined."""
    return " ".join(one.text or "" for element in elements for one in element.iter() if one.tag.endswith("text"))
