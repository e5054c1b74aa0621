"""Turn what one document says into nodes and edges of the ontology.

Nodes that the reference data declares (ranks, known bodies, courses, frameworks) are pointed at,
never written again; ids of the others are slugs of their text, so the order of loading changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pydantic import ValidationError

from graph.errors import DocumentError, DocumentErrors
from graph.ids import even, fact_id, fingerprint, slug, text_key
from graph.nodes import (
    Accountability,
    Advert,
    Basis,
    Body,
    CoreSkillSet,
    Course,
    Development,
    Document,
    Experience,
    Gate,
    Instrument,
    Knowledge,
    Node,
    Option,
    PayItem,
    Ref,
    Requirement,
    Role,
    Skill,
    Stage,
    Value,
)
from graph.nodes import Competency as CompetencyNode
from graph.nodes import Profile as ProfileNode
from graph.ontology import Condition, Edge, Facts, Grouping, Need, Properties
from graph.ontology import Statement as Words
from loaders import profile as said
from loaders.documents.families import family_named
from loaders.fields.figures import figure
from loaders.language.words import words

S = TypeVar("S", bound=said.Statement)
_POLICY = "force policy"
_TURNED = {"LINE_MANAGES": "REPORTS_TO", "DEPUTISES_FOR": "COVERED_BY"}
"""What a text says of one end, and the relationship that says it of the other."""

_KINDS: dict[str, type[Requirement]] = {"knowledge": Knowledge, "skill": Skill}


def facts(profile: said.Profile, known: frozenset[tuple[str, str]], *, basis: Basis = "stated") -> Facts:
    """Return the facts of a document.

    Args:
        profile: What the document says.
        known: Label and id of each node that the reference data declares.
        basis: `sample` for a shipped document; one that its sidecar calls invented is a sample too.

    Raises `DocumentError`, with the line where it is known, for what the ontology does not allow.
    """
    gatherer = _Gatherer(profile, known, "sample" if profile.sample else basis)
    for gather in (_profile, _duties, _requirements, _gates, _development, _relations, _figures, _mentions, _advert):
        try:
            gather(gatherer)
        except ValidationError as error:
            raise said.refusal(profile.document.name, error, gatherer.line) from error
    return gatherer.facts()


def facts_of_all(
    profiles: Iterable[said.Profile], known: frozenset[tuple[str, str]], *, basis: Basis = "stated"
) -> list[Facts]:
    """Return the facts of each document, in their order. Raises `DocumentErrors` with the faults of all."""
    found, problems = [], []
    for profile in profiles:
        try:
            found.append(facts(profile, known, basis=basis))
        except DocumentError as error:
            problems.append(error)
    if problems:
        raise DocumentErrors("documents at fault, nothing was written", problems)
    return found


class _Gatherer:
    """Collects nodes and edges of one document; a second statement of one pair joins the first."""

    def __init__(self, profile: said.Profile, known: frozenset[tuple[str, str]], basis: Basis) -> None:
        self.said, self.known, self.basis = profile, known, basis
        self.edition = f"{profile.role.id}@{profile.edition}"
        self.whose = profile.authority or family_named(profile.document.format).authority
        article = "an" if self.whose[:1].casefold() in "aeiou" else "a"
        self.authority = f"sample of {article} {self.whose}" if basis == "sample" else self.whose
        self.document = profile.document.sha256[:16]
        self.role = Ref(label="Role", id=profile.role.id)
        self.profile = Ref(label="Profile", id=self.edition)
        self.line: int | None = None
        self._nodes: dict[tuple[str, str], Node] = {}
        self._edges: dict[tuple[str, ...], Edge] = {}

    def each(self, statements: Iterable[S]) -> Iterator[S]:
        """Give statements one by one; `line` is the first line of the one that is in hand."""
        for one in statements:
            self.line = one.lines[0]
            yield one
        self.line = None

    def node(self, node: Node) -> Ref:
        if (node.label, node.id) not in self.known:
            self._nodes.setdefault((node.label, node.id), node)
        return node.ref

    def link(self, kind: str, start: Ref, end: Ref) -> None:
        edge = Edge(kind=kind, start=start, end=end)
        self._edges[edge.identity] = edge

    def state(
        self,
        kind: str,
        ends: tuple[Ref, Ref],
        at: said.Statement,
        properties: Properties | None = None,
        *,
        quote: str = "",
        aside: bool = False,
    ) -> None:
        """Add a stated edge; other properties for the same pair make another statement, told apart by its key."""
        start, end = ends
        carried = properties or Properties()
        key = "-".join(f"{name}-{value}" for name, value in carried.model_dump(exclude_defaults=True).items()) or "-"
        words = Words(
            fact=fact_id(self.edition, kind, start.id, end.id, key),
            edition=self.edition,
            key=slug(key) or "-",
            document=self.document,
            lines=_lines(at.lines),
            text=quote or at.text,
            basis=self.basis,
            authority=self.authority,
            aside=aside or None,
        )
        edge = Edge(kind=kind, start=start, end=end, properties=carried, statement=words)
        self._edges[edge.identity] = _joined(self._edges.get(edge.identity), edge)

    def facts(self) -> Facts:
        return Facts(edition=self.edition, nodes=tuple(self._nodes.values()), edges=tuple(self._edges.values()))


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def _joined(old: Edge | None, new: Edge) -> Edge:
    if old is None or old.statement is None or new.statement is None:
        return new
    if new.statement.lines in old.statement.lines.split(", "):
        return old
    both = {
        "lines": f"{old.statement.lines}, {new.statement.lines}",
        "text": old.statement.text
        if new.statement.text in old.statement.text.split(" | ")
        else f"{old.statement.text} | {new.statement.text}",
    }
    return old.model_copy(update={"statement": old.statement.model_copy(update=both)})


def _profile(to: _Gatherer) -> None:
    text, role = to.said, to.said.role
    to.node(_role(role.id))
    family = text.document.format
    kind = "advert" if family == "advert" or (family == "pack" and not text.accountabilities) else "profile"
    to.node(Document(id=to.document, **text.document.model_dump()))
    to.node(
        ProfileNode(
            id=to.edition,
            name=f"{role.name}, {text.edition}",
            source_kind="pack" if family == "pack" else kind,
            authority=to.authority,
            series=f"{role.id}#{'policy' if to.whose == _POLICY and kind == 'profile' else kind}",
            basis=to.basis,
            organisation=role.organisation,
            profile_level=role.profile_level,
            **text.model_dump(include={"code", "version", "framework", "published", "not_before", "closes"}),
            valid_from=text.published or text.not_before,
            purpose=tuple(paragraph.text for paragraph in text.purpose),
            purpose_lines=tuple(_lines(paragraph.lines) for paragraph in text.purpose),
            clusters=tuple(cluster.text for cluster in text.clusters),
            leftovers=len(text.leftovers),
            content=_content(text),
        )
    )
    to.link("DESCRIBES", to.profile, to.role)
    to.link("PUBLISHED_IN", to.profile, Ref(label="Document", id=to.document))


def _content(text: said.Profile) -> str:
    """Tell apart texts, not bytes: the same page in another rendering has the same mark."""
    parts: list[str] = []
    for field in ("purpose", "accountabilities", "prose_duties", "criteria", "skills", "education", "development"):
        statements: Sequence[said.Statement] = getattr(text, field)
        parts += sorted(even(statement.text) for statement in statements)
    parts += sorted(f"{item.text} {item.level}" for item in text.competencies)
    return fingerprint("\n".join(parts), 16)


def _duties(to: _Gatherer) -> None:
    for duty in to.each((*to.said.accountabilities, *to.said.prose_duties)):
        same = even(duty.text)
        key = f"{to.role.id}/duty/{slug(same)[:40].strip('-')}-{fingerprint(same)}"
        ref = to.node(Accountability(id=key, text=same, words=words(same)))
        to.state("ACCOUNTABLE_FOR", (to.role, ref), duty)
        for thing, label, kind in (
            *((body, "Body", "INVOLVES") for body in to.said.bodies),
            *((instrument, "Instrument", "HAS_REGARD_TO") for instrument in to.said.instruments),
        ):
            if any(duty.lines[0] <= mention.line <= duty.lines[1] for mention in thing.mentions):
                to.state(kind, (ref, Ref(label=label, id=thing.id)), duty)


def _requirements(to: _Gatherer) -> None:
    for skill in to.each(to.said.skills):
        _require(to, Skill, skill)
    gated = {gate.lines for gate in to.said.gates}
    for line in to.each(to.said.criteria):
        if line.lines not in gated:
            _require(to, Experience, line)
    for item in to.each(to.said.education):
        if item.lines not in gated:
            _require(to, _KINDS.get(item.kind, Experience), item, Need(necessity=item.necessity))
    for named in to.each(to.said.competencies):
        _competency(to, named)
    for value in to.each(to.said.values):
        of = value.framework or "unnamed"
        ref = to.node(
            Value(
                id=f"{of}/{slug(value.text)}" if of.startswith("cvf-") else f"value/{of}/{slug(value.text)}",
                name=even(value.text),
                text=even(value.text),
                recorded=False,
                framework=of,
            )
        )
        for number in (value.lines[0], *value.also):
            to.state("REQUIRES", (to.role, ref), said.Statement(text=value.text, lines=(number, number)), Need())
    if to.said.core_skills and to.said.core_skill_count:
        count = to.said.core_skill_count
        name = f"{count} core skills, names not published"
        ref = to.node(CoreSkillSet(id=f"core-skills/{count}", name=name, text=name, recorded=False, count=count))
        to.state("REQUIRES", (to.role, ref), to.said.core_skills, Need())


def _require(to: _Gatherer, kind: type[Requirement], line: said.Statement, need: Need | None = None) -> None:
    ref = to.node(_requirement(kind, line.text))
    to.state("REQUIRES", (to.role, ref), line, need or Need())


def _requirement(kind: type[Requirement], text: str, key: str = "") -> Requirement:
    same = even(text)
    return kind(id=key or f"{kind.subtype.lower()}/{text_key(same)}", name=same, text=same, recorded=False)


def _competency(to: _Gatherer, named: said.Competency) -> None:
    same = even(named.text)
    node = CompetencyNode(
        id=named.id or f"competency/{slug(same)}", name=same, text=same, recorded=True, framework=named.framework
    )
    to.state("REQUIRES", (to.role, to.node(node)), named, Need(level=named.level))


def _gates(to: _Gatherer) -> None:
    courses = {course.id: course for course in to.said.courses}
    for gate in to.each(to.said.gates):
        if len(gate.options) == 1 and len(gate.options[0]) == 1:
            part = gate.options[0][0]
            plain = part.model_dump(exclude_defaults=True).keys() <= {"target", "text"}
            if plain and part.target in courses:
                to.state("REQUIRES", (to.role, _course(to, courses[part.target])), gate, Need())
                continue
        _gate(to, gate, courses)


def _course(to: _Gatherer, course: said.Course) -> Ref:
    return to.node(Course(id=course.id, name=course.name, text=course.name, recorded=True))


def _gate(to: _Gatherer, gate: said.GateText, courses: dict[str, said.Course]) -> None:
    asked = "advert" if to.said.document.format == "advert" else to.said.document.format.split("-")[-1]
    source = "policy" if to.whose == _POLICY else "profile" if asked in {"page", "profile"} else asked
    key = f"{to.edition}/gate/{slug(gate.name)}"
    ref = to.node(Gate(id=key, name=gate.name, applies_in="england-and-wales", source=source, exempt=None))
    to.state("REQUIRES", (to.role, ref), gate, Need())
    for number, option in enumerate(gate.options, 1):
        name = " and ".join(part.text for part in option)
        end = to.node(Option(id=f"{key}/{number}", name=name, number=number))
        to.state("OPTION", (ref, end), gate, quote=name)
        for part in option:
            condition = Condition(**part.model_dump(include={"before", "at_least", "within_months", "for_months"}))
            to.state("NEEDS", (end, _target(to, part, courses)), gate, condition, quote=part.text)


def _target(to: _Gatherer, part: said.OptionPart, courses: dict[str, said.Course]) -> Ref:
    if part.target in courses:
        return _course(to, courses[part.target])
    if ("Role", part.target) in to.known or part.target.startswith("role/"):
        return Ref(label="Role", id=part.target)
    if ("Requirement", part.target) in to.known:
        return Ref(label="Requirement", id=part.target)
    return to.node(_requirement(Experience, part.text))


def _development(to: _Gatherer) -> None:
    lines: Iterable[tuple[said.Statement, str | None]] = (
        *((line, line.group) for line in to.said.development),
        *((line, "Learning and accreditation") for line in to.said.learning),
    )
    for line, group in lines:
        same = even(line.text)
        key = f"{to.role.id}/development/{slug(same)[:40].strip('-')}-{fingerprint(same)}"
        to.state("DEVELOPS_BY", (to.role, to.node(Development(id=key, text=same))), line, Grouping(group=group))


def _end(to: _Gatherer, of: str) -> Ref:
    """Point at a role or a body: only the ids of roles have a slash."""
    if "/" not in of:
        return Ref(label="Body", id=of)
    return to.node(_role(of))


def _role(of: str) -> Role:
    """Name a role by its id, so that two documents that print it differently agree."""
    words = of.partition("/")[2].split("-")
    return Role(id=of, name=even(" ".join(word.upper() if re.search(r"\d", word) else word for word in words)))


def _relations(to: _Gatherer) -> None:
    for relation in to.each(to.said.relations):
        condition = Condition(at_least=relation.at_least) if relation.kind == "OPEN_TO" else None
        kind, ends = relation.kind, (_end(to, relation.subject), _end(to, relation.target))
        if kind in _TURNED:
            kind, ends = _TURNED[kind], (ends[1], ends[0])
        to.state(kind, ends, relation, condition, quote=relation.quote, aside=to.role not in ends)


def _figures(to: _Gatherer) -> None:
    for line in to.each(to.said.figures):
        node = figure(line.subject, line.name, line.amount, line.unit, line.qualifier)
        to.state("HAS_FIGURE", (_end(to, line.subject), to.node(node)), line, quote=line.quote)


def _mentions(to: _Gatherer) -> None:
    for body in to.each(to.said.bodies):
        _mention(to, to.node(Body(id=body.id, name=body.name, kind=body.kind)), body)
    for instrument in to.each(to.said.instruments):
        _mention(to, to.node(Instrument(id=instrument.id, name=instrument.name, kind=instrument.kind)), instrument)
    for course in to.each(to.said.courses):
        _mention(to, _course(to, course), course)


def _mention(to: _Gatherer, ref: Ref, thing: said.NamedThing) -> None:
    for mention in thing.mentions:
        to.state("MENTIONS", (to.profile, ref), said.Statement(text=mention.text, lines=(mention.line, mention.line)))


def _advert(to: _Gatherer) -> None:
    text = to.said
    if not family_named(text.document.format).recruits:
        return
    name = f"{text.role.name}, {text.edition}"
    ref = to.node(
        Advert(id=f"{to.edition}/advert", name=name, closes=text.closes, term_months=text.term_months, place=None)
    )
    to.link("OFFERS", to.profile, ref)
    for stage in to.each(text.stages):
        node = Stage(
            id=f"{to.edition}/stage/{stage.order}-{slug(stage.name)}",
            name=stage.name,
            order=stage.order,
            date=stage.date,
        )
        to.state("SELECTS_BY", (ref, to.node(node)), stage)
    for pay in to.each(text.pay):
        amount = "" if pay.amount is None else f"-{pay.amount:g}"
        item = PayItem(
            id=f"{to.edition}/pay/{slug(pay.name)}{amount}",
            name=pay.name,
            amount=pay.amount,
            currency=pay.currency,
            per=pay.per,
        )
        to.state("PAYS", (ref, to.node(item)), pay)
