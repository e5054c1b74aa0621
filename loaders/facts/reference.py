"""Turn the reference data into nodes and edges, each edge with the entry and the source it rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from graph.days import FIRST_DAY, LAST_DAY, standing
from graph.errors import ReferenceDataError
from graph.ids import SCHEMA_VERSION, even, slug, text_key
from graph.nodes import Document, Experience, Gate, Node, Option, Power, Rank, Ref
from graph.ontology import Condition, Facts, Need, Promotion, Properties, Statement
from loaders.facts.builder import FactsBuilder
from loaders.facts.reference_nodes import reference_nodes
from loaders.fields.figures import figure
from loaders.reference.entries import REFERENCE_VERSION, Entry, file_digest
from loaders.reference.names import NamedEntry, bodies, courses, instruments
from loaders.reference.ranks import roles
from loaders.reference.rules import (
    FrameworkEntry,
    GateEntry,
    NeedEntry,
    OptionEntry,
    OversightEntry,
    elsewhere,
    frameworks,
    gates,
    ladder,
    oversight,
)

EDITION = f"reference@{REFERENCE_VERSION}"
"""The edition of every fact that rests on the reference data."""

_ELSEWHERE = frozenset(("scotland", "northern-ireland"))
"""Where a gate holds of which no question on England and Wales may know."""


def reference_facts(today: date | None = None) -> Facts:
    """Return the facts of the reference data.

    Args:
        today: The day that `current` is about; the present one if not given.

    Raises:
        ReferenceDataError: An entry points at what no entry declares, or says the same thing twice.
    """
    builder = _ReferenceFacts((today or datetime.now(UTC).date()).isoformat())
    for add in (_nodes, _ladder, _jobs, _framework_parts, _gates, _forces_elsewhere, _oversight, _bodies_and_courses):
        add(builder)
    return builder.facts()


@cache
def known() -> frozenset[tuple[str, str]]:
    """Return the label and id of each node that the reference data declares."""
    return frozenset((node.label, node.id) for node in reference_facts().nodes)


class _ReferenceFacts(FactsBuilder):
    """Facts of all entries: each node and each edge is declared once, and both ends of an edge before it."""

    def __init__(self, today: str) -> None:
        super().__init__(EDITION)
        self.today, self.begins = today, _first_days()

    def node(self, node: Node) -> Ref:
        ref = super().node(node)
        if self.nodes[node.label, node.id] != node:
            raise ReferenceDataError("reference", f"two entries called {node.id!r}", "one", "rename one of them")
        return ref

    def ref(self, of: str) -> Ref:
        """Point at a rank or role, a requirement, a cluster, a framework or a body by its id alone."""
        labels = ("Role", "Requirement", "Cluster", "Framework", "Body")
        label = next((label for label in labels if (label, of) in self.nodes), "Body")
        return Ref(label=label, id=of)

    def name(self, key: str) -> str:
        """Return the name of what has an id, a rank's with the words that say so."""
        named = self.nodes.get((self.ref(key).label, key))
        name = str(getattr(named, "name", key))
        return f"the rank of {name}" if isinstance(named, Rank) else name

    def first_day(self, key: str) -> str:
        """Return the day from which there is what has an id."""
        return self.begins.get(key, FIRST_DAY)

    def state(
        self, kind: str, ends: tuple[Ref, Ref], entry: Entry, properties: Properties | None = None, *, says: str
    ) -> None:
        """Add an edge that an entry states, for as long as the entry is valid and both ends are there."""
        digest, name = file_digest(entry.file), f"reference/{entry.file}"
        document = Document(
            id=digest[:16],
            name=name,
            format="reference",
            sha256=digest,
            licence=None,
            source=None,
            schema_version=SCHEMA_VERSION,
        )
        start, end = FIRST_DAY, LAST_DAY
        if isinstance(entry, GateEntry | OversightEntry):
            start, end = entry.valid_from or start, entry.valid_to or end
        start = max(start, *(self.first_day(one.id) for one in ends))
        words = Statement(
            fact=self.fact(kind, ends),
            edition=EDITION,
            document=self.node(document).id,
            lines=f"{entry.line}-{entry.last_line}",
            text=says,
            basis="reference",
            authority=_authority(entry),
            valid_from=start,
            valid_to=end,
            current=start <= self.today < end,
            standing=standing(start, end, self.today),
        )
        count = len(self.edges)
        self.add_stated(kind, ends, properties, words)
        self._check(kind, ends, entry, is_new=len(self.edges) > count)

    def _check(self, kind: str, ends: tuple[Ref, Ref], entry: Entry, *, is_new: bool) -> None:
        unknown = next((end.id for end in ends if (end.label, end.id) not in self.nodes), None)
        if unknown is not None:
            actual, expected, advice = repr(unknown), "the id of an entry", "declare it or correct the id"
        elif not is_new:
            actual, expected, advice = f"{ends[0].id} {kind} {ends[1].id} again", "each once", "drop one"
        else:
            return
        raise ReferenceDataError(entry.file, actual, expected, advice, line=entry.line)


def _first_days() -> dict[str, str]:
    """Return the first days that entries give, by id; a part of a framework begins with it."""
    named: tuple[NamedEntry | FrameworkEntry, ...] = (*bodies(), *courses(), *instruments(), *frameworks())
    days = {one.id: one.valid_from for one in named if one.valid_from}
    for part in frameworks():
        if part.part_of in days:
            days.setdefault(part.id, days[part.part_of])
    return days


def _authority(entry: Entry) -> str:
    """Return the source of an entry, the day it stood so and its address; and that it was not read, if it was not."""
    source = f"{entry.source}, as at {entry.as_at}" if entry.as_at else entry.source
    if entry.basis != "found":
        source += f" ({entry.basis.replace('-', ' ')})"
    elif entry.seen == "cited":
        source += " (cited elsewhere, not read)"
    return f"{source}, {entry.address}" if entry.address else source


def _nodes(builder: _ReferenceFacts) -> None:
    for node, entry in reference_nodes():
        document = Ref(label="Document", id=file_digest(entry.file)[:16])
        name = getattr(node, "name", node.id)
        builder.state("DECLARED_IN", (builder.node(node), document), entry, says=name)


def _ladder(builder: _ReferenceFacts) -> None:
    for step in ladder():
        properties = (
            Promotion(minimum_months=step.minimum_months, term_months=step.term_months)
            if step.relation == "PROMOTES_FROM"
            else None
        )
        builder.state(step.relation, (_role(step.rank), _role(step.other)), step, properties, says=step.says)


def _jobs(builder: _ReferenceFacts) -> None:
    for role in roles():
        if role.rank:
            builder.state("AT_RANK", (_role(role.id), _role(role.rank)), role, says=role.says)


def _role(of: str) -> Ref:
    return Ref(label="Role", id=of)


def _framework_parts(builder: _ReferenceFacts) -> None:
    for part in frameworks():
        start = builder.ref(part.id)
        if part.part_of:
            builder.state("PART_OF", (start, builder.ref(part.part_of)), part, says=part.says)
        for older in part.succeeds:
            builder.state("SUCCEEDS", (start, builder.ref(older)), part, says=part.says)


def _gates(builder: _ReferenceFacts) -> None:
    for entry in gates():
        gate = builder.node(
            Gate(
                id=f"{EDITION}/gate/{entry.id}",
                name=entry.name,
                applies_in=entry.applies_in,
                source=entry.asks,
                exempt=entry.exempt,
                after=tuple(f"{EDITION}/gate/{one}" for one in entry.after),
                follows=entry.follows,
            )
        )
        builder.begins[gate.id] = min(_first_day(builder, option) for option in entry.options)
        kind = "REQUIRES_ELSEWHERE" if entry.applies_in in _ELSEWHERE else "REQUIRES"
        for rank in entry.ranks:
            builder.state(kind, (_role(rank), gate), entry, Need(level=None), says=entry.says)
        for number, option in enumerate(entry.options, 1):
            _option(builder, entry, gate, number, option)


def _forces_elsewhere(builder: _ReferenceFacts) -> None:
    for entry in elsewhere():
        for rank in entry.ranks:
            builder.state("HAS_RANK", (builder.ref(entry.body), _role(rank)), entry, says=entry.says)


def _first_day(builder: _ReferenceFacts, option: OptionEntry) -> str:
    """Return the day from which there is all that an option needs."""
    return max(builder.first_day(need.target or "") for need in option.needs)


def _option(builder: _ReferenceFacts, entry: GateEntry, gate: Ref, number: int, option: OptionEntry) -> None:
    name = option.name or " and ".join(need.judged or builder.name(need.target or "") for need in option.needs)
    ref = builder.node(Option(id=f"{gate.id}/{number}", name=name, number=number))
    builder.begins[ref.id] = _first_day(builder, option)
    builder.state("OPTION", (gate, ref), entry, says=entry.says)
    for need in option.needs:
        condition = Condition(**need.model_dump(include=set(Condition.model_fields)))
        builder.state("NEEDS", (ref, _target(builder, need)), entry, condition, says=entry.says)


def _target(builder: _ReferenceFacts, need: NeedEntry) -> Ref:
    if need.judged is None:
        return builder.ref(need.target or "")
    same = even(need.judged)
    return builder.node(
        Experience(id=f"experience/{text_key(same)}", name=same, text=same, recorded=False, framework=None)
    )


def _oversight(builder: _ReferenceFacts) -> None:
    for entry in oversight():
        for holder in entry.holders:
            builder.state(entry.relation, (builder.ref(holder), _other(builder, entry, holder)), entry, says=entry.says)


def _other(builder: _ReferenceFacts, entry: OversightEntry, holder: str) -> Ref:
    if entry.power:
        return builder.node(Power(id=f"power/{slug(entry.power)}", name=entry.power))
    if entry.figure:
        declared = entry.figure
        return builder.node(figure(holder, declared.measure, declared.amount, declared.unit, declared.qualifier))
    return builder.ref(entry.other or "")


def _bodies_and_courses(builder: _ReferenceFacts) -> None:
    names = {one.id: one.name for one in (*bodies(), *courses())}
    for body in bodies():
        if body.part_of:
            says = f"{body.name} is a part of {names.get(body.part_of)}."
            builder.state("PART_OF", (builder.ref(body.id), builder.ref(body.part_of)), body, says=says)
    for course in courses():
        start = builder.ref(course.id)
        for older in course.replaces:
            says = f"{course.name} takes the place of {names.get(older)}."
            builder.state("REPLACES", (start, builder.ref(older)), course, says=says)
        if course.provided_by:
            says = f"{course.name} is provided by {names.get(course.provided_by)}."
            builder.state("PROVIDED_BY", (start, builder.ref(course.provided_by)), course, says=says)
