"""Turn the reference data into nodes and edges, each edge with the entry and the source it rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from graph.errors import ReferenceDataError
from graph.ids import even, fact_id, slug, text_key
from graph.nodes import Document, Experience, Gate, Node, Option, Power, Rank, Ref
from graph.ontology import Condition, Edge, Facts, Need, Promotion, Properties, Statement
from loaders.facts.reference_nodes import reference_nodes
from loaders.fields.figures import figure
from loaders.reference.entries import REFERENCE_VERSION, Entry, file_digest
from loaders.reference.names import bodies, courses
from loaders.reference.rules import (
    GateEntry,
    NeedEntry,
    OptionEntry,
    OversightEntry,
    frameworks,
    gates,
    ladder,
    oversight,
)

EDITION = f"reference@{REFERENCE_VERSION}"
"""The edition of every fact that rests on the reference data."""


def reference_facts(today: date | None = None) -> Facts:
    """Return the facts of the reference data.

    Args:
        today: The day that `current` is about; the present one if not given.

    Raises:
        ReferenceDataError: An entry points at what no entry declares, or says the same thing twice.
    """
    gatherer = _Gatherer(today or datetime.now(UTC).date())
    for gather in (_nodes, _ladder, _framework_parts, _gates, _oversight, _things):
        gather(gatherer)
    return gatherer.facts()


@cache
def known() -> frozenset[tuple[str, str]]:
    """Return the label and id of each node that the reference data declares."""
    return frozenset((node.label, node.id) for node in reference_facts().nodes)


class _Gatherer:
    """Collects the nodes and edges of all entries."""

    def __init__(self, today: date) -> None:
        self.today = today.isoformat()
        self._nodes: dict[tuple[str, str], Node] = {}
        self._edges: dict[tuple[str, ...], tuple[Edge, Entry]] = {}

    def node(self, node: Node) -> Ref:
        if self._nodes.setdefault((node.label, node.id), node) != node:
            raise ReferenceDataError("reference", f"two entries called {node.id!r}", "one", "rename one of them")
        return node.ref

    def ref(self, of: str) -> Ref:
        """Point at a rank or role, a requirement, a cluster, a framework or a body by its id alone."""
        labels = ("Role", "Requirement", "Cluster", "Framework", "Body")
        label = next((label for label in labels if (label, of) in self._nodes), "Body")
        return Ref(label=label, id=of)

    def name(self, key: str) -> str:
        """Return the name of what has an id, a rank's with the words that say so."""
        named = self._nodes.get((self.ref(key).label, key))
        name = str(getattr(named, "name", key))
        return f"the rank of {name}" if isinstance(named, Rank) else name

    def state(
        self,
        kind: str,
        ends: tuple[Ref, Ref],
        entry: Entry,
        properties: Properties | None = None,
        *,
        says: str,
        valid: tuple[str | None, str | None] = (None, None),
    ) -> None:
        edge = Edge(
            kind=kind,
            start=ends[0],
            end=ends[1],
            properties=properties or Properties(),
            statement=self._words(kind, ends, entry, says, valid),
        )
        if edge.identity in self._edges:
            raise ReferenceDataError(
                entry.file, f"{ends[0].id} {kind} {ends[1].id} again", "each once", "drop one", line=entry.line
            )
        self._edges[edge.identity] = (edge, entry)

    def _words(
        self, kind: str, ends: tuple[Ref, Ref], entry: Entry, says: str, valid: tuple[str | None, str | None]
    ) -> Statement:
        start, end = valid
        digest = file_digest(entry.file)
        name = f"reference/{entry.file}"
        self.node(Document(id=digest[:16], name=name, format="reference", sha256=digest, licence=None, source=None))
        return Statement(
            fact=fact_id(EDITION, kind, ends[0].id, ends[1].id),
            edition=EDITION,
            document=digest[:16],
            lines=f"{entry.line}-{entry.last_line}",
            text=says,
            basis="reference",
            authority=_authority(entry),
            valid_from=start,
            valid_to=end,
            current=(start or "") <= self.today < (end or "9999-12-31"),
        )

    def facts(self) -> Facts:
        """Return what was gathered, once each end of each edge is a node."""
        for edge, entry in self._edges.values():
            for end in (edge.start, edge.end):
                if (end.label, end.id) not in self._nodes:
                    raise ReferenceDataError(
                        entry.file, f"{end.id!r}", "the id of an entry", "declare it or mend the id", line=entry.line
                    )
        return Facts(
            edition=EDITION, nodes=tuple(self._nodes.values()), edges=tuple(edge for edge, _ in self._edges.values())
        )


def _authority(entry: Entry) -> str:
    """Return the source of an entry, with its address, and what kind of basis it is if it was not read there."""
    said = entry.source if entry.basis == "found" else f"{entry.source} ({entry.basis.replace('-', ' ')})"
    return f"{said}, {entry.address}" if entry.address else said


def _nodes(to: _Gatherer) -> None:
    for node, entry in reference_nodes():
        document = Ref(label="Document", id=file_digest(entry.file)[:16])
        name = getattr(node, "name", node.id)
        to.state("DECLARED_IN", (to.node(node), document), entry, says=name)


def _ladder(to: _Gatherer) -> None:
    for step in ladder():
        properties = (
            Promotion(minimum_months=step.minimum_months, term_months=step.term_months)
            if step.relation == "PROMOTES_FROM"
            else None
        )
        to.state(step.relation, (_role(step.rank), _role(step.other)), step, properties, says=step.says)


def _role(of: str) -> Ref:
    return Ref(label="Role", id=of)


def _framework_parts(to: _Gatherer) -> None:
    for part in frameworks():
        start = to.ref(part.id)
        if part.part_of:
            to.state("PART_OF", (start, to.ref(part.part_of)), part, says=part.says)
        for older in part.succeeds:
            to.state("SUCCEEDS", (start, to.ref(older)), part, says=part.says)


def _gates(to: _Gatherer) -> None:
    for entry in gates():
        valid = (entry.valid_from, entry.valid_to)
        gate = to.node(
            Gate(
                id=f"{EDITION}/gate/{entry.id}",
                name=entry.name,
                applies_in=entry.applies_in,
                source=entry.asks,
                exempt=entry.exempt,
            )
        )
        for rank in entry.ranks:
            to.state("REQUIRES", (_role(rank), gate), entry, Need(level=None), says=entry.says, valid=valid)
        for number, option in enumerate(entry.options, 1):
            _option(to, entry, gate, number, option)


def _option(to: _Gatherer, entry: GateEntry, gate: Ref, number: int, option: OptionEntry) -> None:
    valid = (entry.valid_from, entry.valid_to)
    name = option.name or " and ".join(need.judged or to.name(need.target or "") for need in option.needs)
    ref = to.node(Option(id=f"{gate.id}/{number}", name=name, number=number))
    to.state("OPTION", (gate, ref), entry, says=entry.says, valid=valid)
    for need in option.needs:
        condition = Condition(**need.model_dump(include=set(Condition.model_fields)))
        to.state("NEEDS", (ref, _target(to, need)), entry, condition, says=entry.says, valid=valid)


def _target(to: _Gatherer, need: NeedEntry) -> Ref:
    if need.judged is None:
        return to.ref(need.target or "")
    same = even(need.judged)
    return to.node(Experience(id=f"experience/{text_key(same)}", name=same, text=same, recorded=False, framework=None))


def _oversight(to: _Gatherer) -> None:
    for entry in oversight():
        valid = (entry.valid_from, entry.valid_to)
        for holder in entry.holders:
            to.state(entry.relation, (to.ref(holder), _other(to, entry, holder)), entry, says=entry.says, valid=valid)


def _other(to: _Gatherer, entry: OversightEntry, holder: str) -> Ref:
    if entry.power:
        return to.node(Power(id=f"power/{slug(entry.power)}", name=entry.power))
    if entry.figure:
        found = entry.figure
        return to.node(figure(holder, found.measure, found.amount, found.unit, found.qualifier))
    return to.ref(entry.other or "")


def _things(to: _Gatherer) -> None:
    names = {thing.id: thing.name for thing in (*bodies(), *courses())}
    for body in bodies():
        if body.part_of:
            says = f"{body.name} is a part of {names.get(body.part_of)}."
            to.state("PART_OF", (to.ref(body.id), to.ref(body.part_of)), body, says=says)
    for course in courses():
        start = to.ref(course.id)
        for older in course.replaces:
            says = f"{course.name} takes the place of {names.get(older)}."
            to.state("REPLACES", (start, to.ref(older)), course, says=says)
        if course.provided_by:
            says = f"{course.name} is provided by {names.get(course.provided_by)}."
            to.state("PROVIDED_BY", (start, to.ref(course.provided_by)), course, says=says)
