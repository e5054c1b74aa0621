"""Draw pictures in tests, and read back what they are marked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

from graph.days import today
from graph.ontology import EDGE_KINDS, NODE_KINDS
from graph.session import Graph, open_graph
from queries.answers import gap as gaps
from queries.answers import pathway as pathways
from queries.answers import rank as ranks
from queries.answers.inquiry import Inquiry
from queries.picture import gap as gap_picture
from queries.picture import ladder as ladder_picture
from queries.picture import oversight as oversight_picture
from queries.picture import pathway as pathway_picture
from queries.picture import rank as rank_picture
from queries.picture.shapes import Look, Picture
from queries.picture.writing import svg
from tests.harness.engines import with_settings

COLOURS = {kind.subtype or kind.label: kind.colour for kind in NODE_KINDS}
RELATIONS = {name: kind.says for name, kind in EDGE_KINDS.items()}


def look(as_of: str | None = None) -> Look:
    """Return what the command gives to the pictures: what the ontology says, and the day."""
    return Look(COLOURS, RELATIONS, as_of or today())


@contextmanager
def kept_open(home: Path) -> Iterator[str]:
    """Keep the graph of a folder open for commands that draw: to start the engine takes longer than to draw."""
    with ExitStack() as stack:
        with with_settings({"RANKGRAPH_HOME": str(home)}):
            stack.enter_context(open_graph())
        yield str(home)


def ladder(graph: Graph) -> Picture:
    """Ask for the ladders of today, and draw them."""
    return ladder_picture.ladder(ranks.ladders(Inquiry(graph)), look())


def rank(graph: Graph, name: str) -> Picture:
    """Ask for a rank of today, and draw it."""
    return rank_picture.rank(ranks.rank(Inquiry(graph), name), look())


def oversight(graph: Graph, name: str, as_of: str | None = None) -> Picture:
    """Ask who oversees a rank, and draw it."""
    return oversight_picture.oversight(ranks.oversight(Inquiry(graph, as_of), name), look(as_of))


def pathway(graph: Graph, held: str, aim: str, *, way: int) -> Picture:
    """Ask for the ways between two ranks today, and draw one."""
    answer = pathways.pathway(Inquiry(graph), held, aim, route=way)
    return pathway_picture.pathway(answer, look(), way=way)


def gap(graph: Graph, held: str, aim: str, as_of: str | None = None) -> Picture:
    """Ask what stands between two ranks, and draw it."""
    answer = gaps.gap(Inquiry(graph, as_of), held, aim, gates_of_both=True)
    return gap_picture.gap(answer, look(as_of))


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
