"""Turn the entries of the reference data into nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph import nodes
from loaders.reference.entries import Entry
from loaders.reference.names import BodyEntry, CourseEntry, InstrumentEntry, bodies, courses, instruments
from loaders.reference.ranks import RankEntry, RoleEntry, ranks, roles
from loaders.reference.rules import FrameworkEntry, frameworks

_PARTS: Mapping[str, type[nodes.Requirement]] = {"competency": nodes.Competency, "value": nodes.Value}


def reference_nodes() -> Iterator[tuple[nodes.Node, Entry]]:
    """Yield the node of every entry on ranks, roles, bodies, courses, instruments and frameworks, with the entry."""
    yield from ((_rank(rank), rank) for rank in ranks())
    yield from ((_role(role), role) for role in roles())
    yield from ((_body(body), body) for body in bodies())
    yield from ((_course(course), course) for course in courses())
    yield from ((_instrument(one), one) for one in instruments())
    yield from ((_framework_node(part), part) for part in frameworks())


def _role(role: RoleEntry) -> nodes.Role:
    names = (*([role.short_name] if role.short_name else []), *role.aliases, *role.informal)
    return nodes.Role(id=role.id, name=role.name, profile_level=role.profile_level, aliases=_distinct(names, role.name))


def _body(body: BodyEntry) -> nodes.Body:
    names = (*body.aliases, *body.contextual, *body.informal)
    return nodes.Body(
        id=body.id,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        aliases=_distinct(names, body.name),
    )


def _course(course: CourseEntry) -> nodes.Course:
    return nodes.Course(
        id=course.id,
        name=course.name,
        text=course.name,
        recorded=course.recorded,
        framework=None,
        aliases=_distinct((*course.aliases, *course.contextual), course.name),
        withdrawn=course.withdrawn,
    )


def _instrument(one: InstrumentEntry) -> nodes.Instrument:
    ahead = one.model_dump(include={"status", "proposed", "touches", "says", "seen"}) if one.status else {}
    return nodes.Instrument(id=one.id, name=one.name, kind=one.kind, superseded=one.superseded, **ahead)


def _rank(rank: RankEntry) -> nodes.Rank:
    names = (*rank.titles, rank.short_name, *rank.abbreviations, *rank.aliases)
    return nodes.Rank(
        id=rank.id,
        name=rank.name,
        short_name=rank.short_name,
        step=rank.step,
        ladder=rank.ladder,
        profile_level=rank.profile_level,
        insignia=rank.insignia,
        aliases=_distinct(names, rank.name),
    )


def _distinct(names: tuple[str, ...], but: str) -> tuple[str, ...]:
    """Return names that differ in more than case, without the one that the node bears."""
    spellings = {but.casefold(): ""}
    for name in names:
        spellings.setdefault(name.casefold(), name)
    return tuple(name for name in spellings.values() if name)


def _framework_node(part: FrameworkEntry) -> nodes.Node:
    if part.kind == "framework":
        return nodes.Framework(
            id=part.id, name=part.name, scale=part.scale, valid_from=part.valid_from, valid_to=part.valid_to
        )
    if part.kind == "cluster":
        return nodes.Cluster(id=part.id, name=part.name)
    if part.kind == "core-skill-set":
        return nodes.CoreSkillSet(
            id=part.id, name=part.name, text=part.name, recorded=False, framework=None, count=part.count or 0
        )
    return _PARTS[part.kind](
        id=part.id,
        name=part.name,
        text=part.name,
        recorded=part.kind == "competency",
        framework=part.id.split("/", 1)[0],
    )
