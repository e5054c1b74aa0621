"""Turn what one document says into nodes and edges of the ontology.

Nodes that the reference data declares (ranks, known bodies, courses, frameworks) are pointed at,
never written again; ids of the others are slugs of their text, so the order of loading changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import ValidationError

from graph import advert_nodes, nodes
from graph.days import FIRST_DAY, LAST_DAY, edition_start, today
from graph.errors import DocumentError
from graph.ids import SCHEMA_VERSION, distinct_words, even, fingerprint, slug, text_key
from graph.nodes import Basis, Ref
from graph.ontology import Condition, Facts, Grouping, Need
from loaders.documents.families import family_named
from loaders.facts.builder import StatedFacts, in_words
from loaders.fields.figures import figure
from loaders.profile import Competency, Course, GateText, NamedEntity, OptionPart, Profile, Statement, refusal
from loaders.reference.ranks import is_abbreviation, is_shared, roles

S = TypeVar("S", bound=Statement)
_POLICY = "force policy"
_TURNED = {"LINE_MANAGES": "REPORTS_TO", "DEPUTISES_FOR": "COVERED_BY"}
"""What a text says of one end, and the relationship that says it of the other."""

_KINDS: dict[str, type[nodes.Requirement]] = {"knowledge": nodes.Knowledge, "skill": nodes.Skill}


def facts(profile: Profile, known: frozenset[tuple[str, str]], *, basis: Basis = "stated") -> Facts:
    """Return the facts of a document.

    Args:
        profile: What the document says.
        known: Label and id of each node that the reference data declares.
        basis: `sample` for a shipped document; one that its sidecar calls invented is a sample too.

    Raises `DocumentError`, with the line where it is known, for what the ontology does not allow.
    """
    missing = _missing(profile)
    if missing:
        uncertain = any("--accept-uncertain" in note for note in profile.notes)
        advice = "load it with --accept-uncertain, or leave it out" if uncertain else "leave it out of the load"
        advice = f"{advice}; `rankgraph read` shows what was understood"
        raise DocumentError(
            profile.document.name, f"a text with {missing} in it", "what one police role does or needs", advice
        )
    builder = _DocumentFacts(profile, known, "sample" if profile.sample else basis)
    for add in (_profile, _duties, _requirements, _gates, _development, _relations, _figures, _mentions, _advert):
        try:
            add(builder)
        except ValidationError as error:
            raise refusal(profile.document.name, error, builder.line) from error
    return builder.facts()


def _missing(profile: Profile) -> str | None:
    """Return what a document would have to say to be loaded, none where it says enough."""
    if not profile.role.name:
        return "no title of a role"
    return None if profile.says_something else "nothing that a role does or needs"


class _DocumentFacts(StatedFacts):
    """Facts of one document; `line` is the first line of the statement that is in hand."""

    def __init__(self, profile: Profile, known: frozenset[tuple[str, str]], basis: Basis) -> None:
        super().__init__(f"{profile.role.id}@{profile.edition}{_whose(profile)}", known)
        self.text, self.basis = profile, basis
        self.whose = profile.authority or family_named(profile.document.format).authority
        self.kind = _series(profile)
        self.closed = profile.closes if self.kind == "advert" else None
        article = "an" if self.whose[:1].casefold() in "aeiou" else "a"
        whose = f"sample of {article} {self.whose}" if basis == "sample" else self.whose
        closing = f", {'closed' if self.closed < today() else 'closes'} on {self.closed}" if self.closed else ""
        self.authority = f"{whose}{closing}"
        self.document = _document_id(profile)
        start = edition_start(profile.published, profile.closes, profile.not_before)
        self.valid_from = start or FIRST_DAY
        self.role = Ref(label="Role", id=profile.role.id)
        self.profile = Ref(label="Profile", id=self.edition)
        self.line: int | None = None

    def each(self, statements: Iterable[S]) -> Iterator[S]:
        """Yield statements one by one, and keep the line of each."""
        for one in statements:
            self.line = one.lines[0]
            yield one
        self.line = None

    def require(self, node: nodes.Node, at: Statement, need: Need | None = None) -> Ref:
        """Add what the role requires, and return a pointer to it."""
        ref = self.node(node)
        self.state("REQUIRES", (self.role, ref), at, need or Need())
        return ref


def _document_id(profile: Profile) -> str:
    """Return the id of the document: a file is known by its bytes, a page by its address and edition.

    What a page says of one edition later takes the place of what it said before, and leaves other editions alone.
    """
    document = profile.document
    is_page = document.name == document.source
    return fingerprint(f"{document.name} {profile.edition}", 16) if is_page else document.sha256[:16]


def _profile(builder: _DocumentFacts) -> None:
    text, role = builder.text, builder.text.role
    builder.node(_role(role.id))
    kind = builder.kind
    document = nodes.Document(id=builder.document, schema_version=SCHEMA_VERSION, **text.document.model_dump())
    builder.node(document)
    builder.node(
        nodes.Profile(
            id=builder.edition,
            name=f"{role.name}, {text.edition}",
            source_kind=_source_kind(text, kind),
            authority=builder.authority,
            series=f"{role.id}#{'policy' if builder.whose == _POLICY and kind == 'profile' else kind}{_whose(text)}",
            basis=builder.basis,
            organisation=role.organisation,
            profile_level=role.profile_level,
            **text.model_dump(include={"code", "version", "framework", "published", "not_before", "closes"}),
            start=_start(text),
            valid_from=builder.valid_from,
            valid_to=LAST_DAY,
            purpose=tuple(paragraph.text for paragraph in text.purpose),
            purpose_lines=tuple(in_words(paragraph.lines) for paragraph in text.purpose),
            not_printed=tuple(one.kind for one in text.not_printed),
            not_printed_counts=tuple(one.announced for one in text.not_printed),
            not_printed_lines=tuple(in_words(one.lines) for one in text.not_printed),
            clusters=tuple(cluster.text for cluster in text.clusters),
            leftovers=len(text.leftovers),
            content=text.content,
        )
    )
    builder.link("DESCRIBES", builder.profile, builder.role)
    builder.link("PUBLISHED_IN", builder.profile, Ref(label="Document", id=builder.document))


def _whose(text: Profile) -> str:
    """Return what sets a force's own paper on a rank or role that forces share apart from that of another force."""
    known = text.document.format == "job-description" and any(role.id == text.role.id for role in roles())
    own = known or (is_shared(text.role.id) and _series(text) != "profile")
    of_force = bool(text.role.organisation) and own
    return f"-{text.role.organisation or text.document.sha256[:8]}" if text.is_share or of_force else ""


def _series(text: Profile) -> str:
    """Return whether a text is of the role's profiles, which a pack reprints, or of its adverts, terms or policies."""
    family = text.document.format
    is_advert = family == "advert" or (family == "pack" and not text.accountabilities)
    return "advert" if is_advert else family_named(family).series


def _source_kind(text: Profile, series: str) -> str:
    """Return what sort of paper a text is; one that only says what a candidate must have is a person specification."""
    family = family_named(text.document.format)
    if series == "advert" and family.name != "pack":
        return "advert"
    only_asks = bool(text.criteria) and not (text.accountabilities or text.purpose or text.prose_duties)
    return "person_specification" if family.source_kind == "job_description" and only_asks else family.source_kind


def _start(text: Profile) -> str:
    if text.published or text.closes:
        return "known"
    return "bounded" if text.not_before else "unknown"


def _duties(builder: _DocumentFacts) -> None:
    named_on: dict[int, dict[tuple[str, str, str], None]] = {}
    for named, label, kind in (
        *((body, "Body", "INVOLVES") for body in builder.text.bodies),
        *((instrument, "Instrument", "HAS_REGARD_TO") for instrument in builder.text.instruments),
    ):
        for mention in named.mentions:
            named_on.setdefault(mention.line, {})[named.id, label, kind] = None
    for duty in builder.each((*builder.text.accountabilities, *builder.text.prose_duties)):
        same = even(duty.text)
        key = _key(builder.role.id, "duty", same)
        ref = builder.node(nodes.Accountability(id=key, text=same, words=distinct_words(same)))
        builder.state("ACCOUNTABLE_FOR", (builder.role, ref), duty)
        lines = range(duty.lines[0], duty.lines[1] + 1)
        for entity, label, kind in {found: None for line in lines for found in named_on.get(line, ())}:
            builder.state(kind, (ref, Ref(label=label, id=entity)), duty)


def _key(role: str, kind: str, text: str) -> str:
    return f"{role}/{kind}/{slug(text)[:40].strip('-')}-{fingerprint(text)}"


def _requirements(builder: _DocumentFacts) -> None:
    for skill in builder.each(builder.text.skills):
        name, level = getattr(skill, "name", skill.text), getattr(skill, "level", None)
        builder.require(_requirement(nodes.Skill, name), skill, Need(level=level))
    gated = {gate.lines for gate in builder.text.gates}
    for line in builder.each(builder.text.criteria):
        if line.lines not in gated:
            builder.require(_requirement(nodes.Experience, line.text), line, Need(necessity=line.necessity))
    for item in builder.each(builder.text.education):
        if item.lines not in gated:
            requirement = _requirement(_KINDS.get(item.kind, nodes.Experience), item.text)
            builder.require(requirement, item, Need(necessity=item.necessity))
    _competencies(builder)
    for value in builder.each(builder.text.values):
        of, same = value.framework or "unnamed", even(value.text)
        key = f"{of}/{slug(same)}" if of.startswith("cvf-") else f"value/{of}/{slug(same)}"
        node = nodes.Value(id=key, name=same, text=same, recorded=False, framework=of)
        for number in (value.lines[0], *value.also):
            builder.require(node, Statement(text=value.text, lines=(number, number)))
    if builder.text.core_skills and builder.text.core_skill_count:
        count = builder.text.core_skill_count
        name = f"{count} core skills, names not published"
        core = nodes.CoreSkillSet(id=f"core-skills/{count}", name=name, text=name, recorded=False, count=count)
        builder.require(core, builder.text.core_skills)


def _competencies(builder: _DocumentFacts) -> None:
    """Add competencies, each with what the document says it is, where it does."""
    for named in builder.each(builder.text.competencies):
        ref, words = builder.node(_competency(named)), " ".join((named.description or "").split())
        text = f"{named.text} | {words}" if words else named.text
        for lines in (named.lines, named.description_lines) if words else (named.lines,):
            at = Statement(text=text, lines=(lines[0], lines[-1]))
            builder.state("REQUIRES", (builder.role, ref), at, Need(level=named.level))


def _requirement(kind: type[nodes.Requirement], text: str) -> nodes.Requirement:
    same = even(text)
    return kind(id=f"{kind.subtype.lower()}/{text_key(same)}", name=same, text=same, recorded=False)


def _competency(named: Competency) -> nodes.Competency:
    same = even(named.text)
    key = named.id or f"competency/{slug(same)}"
    return nodes.Competency(id=key, name=same, text=same, recorded=True, framework=named.framework)


def _gates(builder: _DocumentFacts) -> None:
    courses = {course.id: course for course in builder.text.courses}
    for gate in builder.each(builder.text.gates):
        if len(gate.options) == 1 and len(gate.options[0]) == 1:
            part = gate.options[0][0]
            is_unconditional = part.model_dump(exclude_defaults=True).keys() <= {"target", "text"}
            if is_unconditional and part.target in courses:
                builder.require(_course(courses[part.target]), gate)
                continue
        _gate(builder, gate, courses)


def _course(course: Course) -> nodes.Course:
    return nodes.Course(id=course.id, name=course.name, text=course.name, recorded=True)


def _gate(builder: _DocumentFacts, gate: GateText, courses: dict[str, Course]) -> None:
    source = "policy" if builder.whose == _POLICY else family_named(builder.text.document.format).source_kind
    key = f"{builder.edition}/gate/{slug(gate.name)}"
    node = nodes.Gate(id=key, name=gate.name, applies_in="england-and-wales", source=source)
    ref = builder.require(node, gate)
    for number, option in enumerate(gate.options, 1):
        name = " and ".join(part.text for part in option)
        end = builder.node(nodes.Option(id=f"{key}/{number}", name=name, number=number))
        builder.state("OPTION", (ref, end), gate, quote=name)
        for part in option:
            condition = Condition(**part.model_dump(include={"before", "at_least", "within_months", "for_months"}))
            builder.state("NEEDS", (end, _target(builder, part, courses)), gate, condition, quote=part.text)


def _target(builder: _DocumentFacts, part: OptionPart, courses: dict[str, Course]) -> Ref:
    if part.target in courses:
        return builder.node(_course(courses[part.target]))
    if ("Role", part.target) in builder.known or part.target.startswith("role/"):
        return Ref(label="Role", id=part.target)
    if ("Requirement", part.target) in builder.known:
        return Ref(label="Requirement", id=part.target)
    return builder.node(_requirement(nodes.Experience, part.text))


def _development(builder: _DocumentFacts) -> None:
    lines: Iterable[tuple[Statement, str | None]] = (
        *((line, line.group) for line in builder.text.development),
        *((line, "Learning and accreditation") for line in builder.text.learning),
    )
    for line, group in lines:
        same = even(line.text)
        node = nodes.Development(id=_key(builder.role.id, "development", same), text=same)
        builder.state("DEVELOPS_BY", (builder.role, builder.node(node)), line, Grouping(group=group))


def _end(builder: _DocumentFacts, of: str) -> Ref:
    """Point at a role or a body: only the ids of roles have a slash."""
    if "/" not in of:
        return Ref(label="Body", id=of)
    return builder.node(_role(of))


def _role(of: str) -> nodes.Role:
    """Name a role by its id, so that two documents that print it differently agree."""
    words = of.partition("/")[2].split("-")
    return nodes.Role(id=of, name=even(" ".join(word.upper() if is_abbreviation(word) else word for word in words)))


def _relations(builder: _DocumentFacts) -> None:
    for relation in builder.each(builder.text.relations):
        condition = Condition(at_least=relation.at_least) if relation.kind == "OPEN_TO" else None
        kind, ends = relation.kind, (_end(builder, relation.subject), _end(builder, relation.target))
        if kind in _TURNED:
            kind, ends = _TURNED[kind], (ends[1], ends[0])
        builder.state(kind, ends, relation, condition, quote=relation.quote, aside=builder.role not in ends)


def _figures(builder: _DocumentFacts) -> None:
    for line in builder.each(builder.text.figures):
        node = figure(line.subject, line.name, line.amount, line.unit, line.qualifier)
        builder.state("HAS_FIGURE", (_end(builder, line.subject), builder.node(node)), line, quote=line.quote)


def _mentions(builder: _DocumentFacts) -> None:
    for kind, named in ((nodes.Body, builder.text.bodies), (nodes.Instrument, builder.text.instruments)):
        for one in builder.each(named):
            _mention(builder, builder.node(kind(id=one.id, name=one.name, kind=one.kind)), one)
    for course in builder.each(builder.text.courses):
        _mention(builder, builder.node(_course(course)), course)


def _mention(builder: _DocumentFacts, ref: Ref, named: NamedEntity) -> None:
    for mention in named.mentions:
        at = Statement(text=mention.text, lines=(mention.line, mention.line))
        builder.state("MENTIONS", (builder.profile, ref), at)


def _advert(builder: _DocumentFacts) -> None:
    text = builder.text
    family = family_named(text.document.format)
    offered = family.series == "profile" and family.source_kind == "job_description"
    if not family.recruits or (offered and not (text.pay or text.stages or text.closes or text.term_months)):
        return
    name = f"{text.role.name}, {text.edition}"
    ref = builder.node(
        advert_nodes.Advert(
            id=f"{builder.edition}/advert", name=name, closes=text.closes, term_months=text.term_months, place=None
        )
    )
    builder.link("OFFERS", builder.profile, ref)
    for stage in builder.each(text.stages):
        node = advert_nodes.Stage(
            id=f"{builder.edition}/stage/{stage.order}-{slug(stage.name)}",
            name=stage.name,
            order=stage.order,
            date=stage.date,
        )
        builder.state("SELECTS_BY", (ref, builder.node(node)), stage)
    for pay in builder.each(text.pay):
        amount = "" if pay.amount is None else f"-{pay.amount:g}"
        item = advert_nodes.PayItem(
            id=f"{builder.edition}/pay/{slug(pay.name)}{amount}",
            name=pay.name,
            amount=pay.amount,
            currency=pay.currency,
            per=pay.per,
        )
        builder.state("PAYS", (ref, builder.node(item)), pay)
