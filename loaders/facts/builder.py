"""Gather the nodes and edges of one edition, each once."""

from __future__ import annotations

from graph.ids import fact_id, slug
from graph.nodes import Basis, Node, Ref
from graph.ontology import Edge, Facts, Properties, Statement
from loaders import profile


class FactsBuilder:
    """The nodes and edges of one edition as they are found; a second statement of one pair joins the first."""

    def __init__(self, edition: str, known: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.edition, self.known = edition, known
        self.nodes: dict[tuple[str, str], Node] = {}
        self.edges: dict[tuple[str, ...], Edge] = {}

    def node(self, node: Node) -> Ref:
        """Add a node, unless it is known or was added before, and return a pointer to it."""
        if (node.label, node.id) not in self.known:
            self.nodes.setdefault((node.label, node.id), node)
        return node.ref

    def link(self, kind: str, start: Ref, end: Ref) -> None:
        """Add an edge that no words state."""
        self.add(Edge(kind=kind, start=start, end=end))

    def fact(self, kind: str, ends: tuple[Ref, Ref], key: str = "-") -> str:
        """Return the id of the fact that the edition states of two nodes."""
        return fact_id(self.edition, kind, ends[0].id, ends[1].id, key)

    def add_stated(self, kind: str, ends: tuple[Ref, Ref], properties: Properties | None, words: Statement) -> None:
        """Add an edge with the words that state it."""
        start, end = ends
        self.add(Edge(kind=kind, start=start, end=end, properties=properties or Properties(), statement=words))

    def add(self, edge: Edge) -> None:
        """Add an edge, joined with the one of the same identity that was added before."""
        self.edges[edge.identity] = _joined(self.edges.get(edge.identity), edge)

    def facts(self) -> Facts:
        """Return what was gathered."""
        return Facts(edition=self.edition, nodes=tuple(self.nodes.values()), edges=tuple(self.edges.values()))


class StatedFacts(FactsBuilder):
    """The facts that one document states: whose word they are, and from which day."""

    document: str
    """Id of the document."""
    basis: Basis
    authority: str
    valid_from: str
    closed: str | None = None

    def state(
        self,
        kind: str,
        ends: tuple[Ref, Ref],
        at: profile.Statement,
        properties: Properties | None = None,
        *,
        quote: str = "",
        aside: bool = False,
        document: str | None = None,
    ) -> None:
        """Add a stated edge; other properties for the same pair make another statement, told apart by its key."""
        carried = properties.model_dump(exclude_defaults=True) if properties else {}
        key = "-".join(f"{name}-{value}" for name, value in carried.items()) or "-"
        words = Statement(
            fact=self.fact(kind, ends, key),
            edition=self.edition,
            instance=slug(key) or "-",
            document=document or self.document,
            lines=in_words(at.lines),
            text=quote or at.text,
            basis=self.basis,
            authority=self.authority,
            valid_from=self.valid_from,
            closed=self.closed,
            aside=aside or None,
        )
        self.add_stated(kind, ends, properties, words)


def in_words(lines: tuple[int, int]) -> str:
    """Return lines as a fact has them."""
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def _joined(old: Edge | None, new: Edge) -> Edge:
    if old is None or old.statement is None or new.statement is None:
        return new
    before, after = old.statement, new.statement
    if f", {after.lines}, " in f", {before.lines}, ":
        return old
    known = f" | {after.text} | " in f" | {before.text} | "
    text = before.text if known else f"{before.text} | {after.text}"
    both = {"lines": f"{before.lines}, {after.lines}", "text": text}
    return old.model_copy(update={"statement": before.model_copy(update=both)})
