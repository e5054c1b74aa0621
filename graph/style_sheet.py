"""The style sheet of Neo4j Browser (GraSS), derived from the declarations of graph/ontology.py.

Browser 5 lets every rule apply whose labels a node has, the later one over the earlier, so the rule of a base
label comes first and the rule of a second label after it: a `Role:Rank` looks as a `Rank`. Rules name one label
each, because Browser's list of labels looks them up one by one.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.nodes import Node
from graph.ontology import EDGE_KINDS, NODE_KINDS, EdgeKind
from graph.text.captions import DIAMETER, SIZE

_DARK, _LIGHT = "#000000", "#FFFFFF"
_GREY = "#A5ABB6"
_BORDER = 0.75
"""How much darker the edge of a circle is."""
_STRAIGHT = 0.04045
"""Up to here the light of a colour grows in a straight line (WCAG 2, relative luminance)."""


def style_sheet() -> str:
    """Return the rules, one a label and one a relationship type."""
    everything = {"node": _node(_GREY, ""), "relationship": _edge("<type>")}
    bases_first = sorted(NODE_KINDS, key=lambda kind: bool(kind.subtype))
    nodes = {f"node.{kind.subtype or kind.label}": _node_of(kind) for kind in bases_first}
    edges = {f"relationship.{name}": _edge(_words(kind)) for name, kind in EDGE_KINDS.items()}
    return "\n".join(_rule(selector, looks) for selector, looks in {**everything, **nodes, **edges}.items())


def _rule(selector: str, looks: Mapping[str, str]) -> str:
    return "\n".join((f"{selector} {{", *(f"  {name}: {value};" for name, value in looks.items()), "}\n"))


def _node_of(kind: type[Node]) -> dict[str, str]:
    caption = " ".join(f"{{{name}}}" for name in kind.caption.split())
    return _node(kind.colour, caption)


def _node(colour: str, caption: str) -> dict[str, str]:
    looks = {
        "diameter": f"{DIAMETER}px",
        "color": colour,
        "border-color": _darker(colour),
        "border-width": "2px",
        "text-color-internal": text_on(colour),
        "font-size": f"{SIZE}px",
    }
    return {**looks, "caption": f"'{caption}'"} if caption else looks


def _edge(caption: str) -> dict[str, str]:
    return {
        "color": _GREY,
        "shaft-width": "1px",
        "font-size": "8px",
        "padding": "3px",
        "text-color-external": _DARK,
        "text-color-internal": text_on(_GREY),
        "caption": f"'{caption}'",
    }


def _words(kind: EdgeKind) -> str:
    """Return the type, before it that an edge does not count today, and after it the level where it can have one.

    Browser knows an edge by its type alone, so an old edition's cannot have a colour; it reads `<type>` only if that is
    all there is.
    """
    standing = "" if kind.staff else "{standing} "
    level = " {level}" if "level" in kind.properties.model_fields else ""
    return f"{standing}{kind.name}{level}" if standing or level else "<type>"


def text_on(fill: str) -> str:
    """Return black or white, whichever stands out more.

    >>> text_on("#1F5FA8"), text_on("#FFC454")
    ('#FFFFFF', '#000000')
    """
    return max((_DARK, _LIGHT), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 measures it, 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour.removeprefix("#")))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _STRAIGHT else float(((part + 0.055) / 1.055) ** 2.4)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(part * _BORDER):02X}" for part in bytes.fromhex(colour.removeprefix("#")))
