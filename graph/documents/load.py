"""Load facts: the reference data, then each document in one transaction, then what follows from all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from graph import derive
from graph.days import FIRST_DAY, LAST_DAY, edition_start, today
from graph.documents.check import check
from graph.documents.derived_edges import relate_duties
from graph.documents.edition_order import Edition, Place, order
from graph.documents.schema_change import Write, upgrade
from graph.documents.stored import edges_of
from graph.documents.themes import relate_requirements
from graph.documents.write import ALWAYS, Counts, Tally, locked, prepare, set_validity, write
from graph.errors import DocumentError, DocumentErrors, MixError
from graph.nodes import Document, Profile
from graph.ontology import Facts
from graph.rows import text_or_none

if TYPE_CHECKING:
    from graph.session import Graph, Transaction


_SERIES = """MATCH (p:Profile {series: $series})
RETURN p.id AS id, p.code AS code, p.version AS version, p.published AS published, p.closes AS closes,
  p.not_before AS not_before, p.valid_to AS valid_to ORDER BY id"""
_STORED = """UNWIND $ids AS id MATCH (p:Profile {id: id})-[:PUBLISHED_IN]->(d:Document)
RETURN p.id AS id, p.content AS content, d.id AS document, d.name AS name"""
_FORMER = """UNWIND $ids AS id MATCH (d:Document {id: id})<-[:PUBLISHED_IN]-(p:Profile)
RETURN p.id AS edition, p.series AS series, d.id AS document, d.name AS name ORDER BY edition"""
_EDGES_OF_FORMER_REFERENCE = """MATCH (d:Document {format: 'reference'})<-[e]-() WHERE NOT d.id IN $ids
RETURN count(e) AS rows"""
_FORMER_REFERENCE = """MATCH (d:Document {format: 'reference'}) WHERE NOT d.id IN $ids
DETACH DELETE d RETURN count(*) AS rows"""
_SUPERSEDES = """MATCH (new:Profile {series: $series})-[e:SUPERSEDES]->(old:Profile)
RETURN new.id AS new, old.id AS old"""


Claims = dict[str, set[str]]
"""The editions that documents claim, by the id of the document."""


@dataclass(frozen=True)
class Loaded:
    """What a load did, and what the user should know."""

    counts: Counts
    documents: dict[str, Counts]
    notes: list[str]


def load(
    graph: Graph,
    documents: Sequence[Facts],
    reference: Facts,
    *,
    mix: bool = False,
    replace: bool = False,
    dry_run: bool = False,
    on_document: Callable[[str, Counts], None] = lambda _name, _counts: None,
) -> Loaded:
    """Make the graph hold the reference data and the documents; any order of loading ends in the same graph.

    Args:
        graph: Opened for writing, unless this is a dry run.
        documents: Facts of each document.
        reference: The reference data.
        mix: Let samples and real documents stand in one graph.
        replace: Let a document take the place of another that claims the same edition with other text.
        dry_run: Compare and count only; what follows from all documents is not counted.
        on_document: Called with the name and counts of each document when it stands.

    Raises CheckError, MixError, or DocumentErrors for editions claimed twice, before anything is written.
    """
    check([reference, *documents])
    with contextlib.nullcontext() if dry_run else graph.alone():
        if not dry_run:
            prepare(graph)
            bring_up_to_date(graph)
        if not mix:
            _refuse_mix(graph, documents)
        editions, notes = _one_an_edition(graph, documents, replace=replace)
        total = _reference(graph, reference, dry_run=dry_run)
        done, claims = dict[str, Counts](), None if replace else _claims(documents)
        for facts in editions:
            name = _document(facts).name
            written = _write(graph, facts, dry_run=dry_run, claims=claims)
            done[name], total = done.get(name, Counts()) + written, total + written
            on_document(name, written)
        total += _consequences(graph, editions, dry_run=dry_run)
        return Loaded(total, done, notes if dry_run else [*notes, *_unordered(graph, editions)])


def bring_up_to_date(graph: Graph, write: Write | None = None) -> None:
    """Rewrite in place what an older version loaded, before a load does its own work, by a way to write of its own."""
    upgrade(graph, write or graph.write, partial(_sync_series, loaded=""))


def _document(facts: Facts) -> Document:
    return next(node for node in facts.nodes if isinstance(node, Document))


def _profile(facts: Facts) -> Profile:
    return next(node for node in facts.nodes if isinstance(node, Profile))


def _refuse_mix(graph: Graph, documents: Sequence[Facts]) -> None:
    stored = graph.read("MATCH (p:Profile) RETURN DISTINCT p.basis AS basis", {})
    bases = {str(row["basis"]) for row in stored} | {_profile(facts).basis for facts in documents}
    if {"sample", "stated"} <= bases:
        raise MixError(
            "found samples and real documents; expected one or the other in a graph, so that no sample passes for "
            "a source; load into another RANKGRAPH_HOME or database, run `rankgraph reset` first, or give --mix"
        )


def _one_an_edition(graph: Graph, documents: Sequence[Facts], *, replace: bool) -> tuple[list[Facts], list[str]]:
    """Leave out all but one of the files that say the same; refuse those that claim one edition and differ."""
    there = _stored(graph.read, documents, _claims(documents))
    editions: dict[str, Facts] = {}
    problems, notes = [], []
    for facts in documents:
        document, content = _document(facts), _profile(facts).content
        other = there.get(facts.edition)
        if other is None or other[1] == document.id or (replace and facts.edition not in editions):
            pass
        elif other[0] != content:
            problems.append(_conflict(facts, other[2]))
            continue
        else:
            notes.append(f"{document.name} says the same as {other[2]} ({facts.edition}): one of them stands for both")
            if other[1] < document.id:
                continue
        editions[facts.edition] = facts
        there[facts.edition] = (str(content), document.id, document.name)
    if problems:
        raise DocumentErrors("editions claimed twice, nothing was written", problems)
    return list(editions.values()), notes


def _stored(
    read: Callable[[str, dict[str, object]], list[dict[str, object]]], documents: Sequence[Facts], claims: Claims
) -> dict[str, tuple[str, str, str]]:
    """Return content, id and name of the document of each edition that stands, but where that now claims another."""
    return {
        str(row["id"]): (str(row["content"]), str(row["document"]), str(row["name"]))
        for row in read(_STORED, {"ids": [facts.edition for facts in documents]})
        if str(row["id"]) in claims.get(str(row["document"]), {str(row["id"])})
    }


def _claims(documents: Sequence[Facts]) -> Claims:
    """Return the editions that each document claims, by its id."""
    claims: Claims = {}
    for facts in documents:
        claims.setdefault(_document(facts).id, set()).add(facts.edition)
    return claims


def _consequences(graph: Graph, documents: Sequence[Facts], *, dry_run: bool) -> Counts:
    """Write what follows from all documents together."""
    withdrawn = _withdraw(graph, documents, dry_run=dry_run)
    return (
        withdrawn
        if dry_run
        else withdrawn + graph.write(locked(relate_requirements)) + graph.write(locked(relate_duties))
    )


def _withdraw(graph: Graph, documents: Sequence[Facts], *, dry_run: bool) -> Counts:
    """Take away editions under which these documents stood before; a new sidecar gives a text another name."""
    claims = _claims(documents)
    nodes = {key: [node for one in documents if _document(one).id == key for node in one.nodes] for key in claims}
    total = Counts()
    for row in graph.read(_FORMER, {"ids": sorted(claims)}):
        document, edition = str(row["document"]), str(row["edition"])
        if edition not in claims[document]:
            after = partial(_remove, edition=edition, series=str(row["series"]))
            # the nodes of the new edition are kept; they were counted when it was written
            done = write(graph, str(row["name"]), nodes[document], (), edition=edition, dry_run=dry_run, after=after)
            total += Counts(removed=done.removed + Tally(nodes=1), closed=done.closed)
    return total


def _remove(transaction: Transaction, *, edition: str, series: str) -> Counts:
    transaction.run(derive.delete_nodes("Profile"), {"rows": [{"id": edition}]})
    return _sync_series(transaction, series, edition)


def _conflict(facts: Facts, other: str) -> DocumentError:
    return DocumentError(
        _document(facts).name,
        f"the edition {facts.edition}, which {other} claims with other text",
        "one text an edition",
        f"compare the two files, then load the right one with --replace (it takes the place of {other})",
    )


def _reference(graph: Graph, reference: Facts, *, dry_run: bool) -> Counts:
    outdated = graph.read(
        "MATCH (:Role)-[e:PROMOTES_FROM]->(:Role) WHERE e.edition STARTS WITH 'reference@' AND e.edition <> $edition "
        "RETURN DISTINCT e.edition AS edition",
        {"edition": reference.edition},
    )
    after = partial(_refresh, reference=reference)
    name, edition = "reference data", reference.edition
    total = write(graph, name, reference.nodes, reference.edges, edition=edition, dry_run=dry_run, after=after)
    for row in outdated:
        total += write(graph, name, (), (), edition=str(row["edition"]), dry_run=dry_run)
    return total


def _refresh(transaction: Transaction, reference: Facts) -> Counts:
    """Rules of the reference data begin and end on days of their own; return how many ended since the last load.

    What former reference data declared goes with it, and is counted as removed.
    """
    values = {"edition": reference.edition, "today": today()}
    documents = [node.id for node in reference.nodes if isinstance(node, Document)]
    former = int(str(transaction.run(_EDGES_OF_FORMER_REFERENCE, {"ids": documents})[0]["rows"]))
    transaction.run(_FORMER_REFERENCE, {"ids": documents})
    stated = {edge.kind for edge in reference.edges if edge.statement}
    kinds = sorted(stated & {str(row["kind"]) for row in edges_of(transaction, reference.edition) if _turns(row)})
    rows = [row for kind in kinds for row in transaction.run(derive.refresh_current(kind), values)]
    return Counts(closed=Tally(edges=sum(int(str(row["rows"])) for row in rows)), removed=Tally(edges=former))


def _turns(edge: dict[str, object]) -> bool:
    """Return whether an edge has begun or ended since it was written."""
    return bool(edge["current"]) != (str(edge["valid_from"]) <= today() < str(edge["valid_to"]))


def _write(graph: Graph, facts: Facts, *, dry_run: bool, claims: Claims | None) -> Counts:
    return write(
        graph,
        _document(facts).name,
        facts.nodes,
        facts.edges,
        edition=facts.edition,
        dry_run=dry_run,
        before=partial(_may_stand, facts=facts, claims=claims),
        after=partial(_sync_series, series=_profile(facts).series, loaded=facts.edition),
    )


def _may_stand(transaction: Transaction, facts: Facts, claims: Claims | None) -> bool:
    """Return whether no other load has meanwhile written the same text under a lower id; refuse one with other text."""
    document, content = _document(facts).id, _profile(facts).content
    if claims is None:
        return True
    for stored, other, name in _stored(transaction.run, [facts], claims).values():
        if other != document and stored != content:
            raise DocumentErrors(f"{facts.edition} was not written", [_conflict(facts, name)])
        if other < document:
            return False
    return True


def _places(rows: Sequence[dict[str, object]]) -> tuple[Place, ...]:
    def edition(row: dict[str, object]) -> Edition:
        columns = ("code", "version", "published", "closes", "not_before")
        code, version, *days = (text_or_none(row[name]) for name in columns)
        return Edition(str(row["id"]), code, version, edition_start(*days))

    return order([edition(row) for row in rows])


def _sync_series(transaction: Transaction, series: str, loaded: str) -> Counts:
    """Compute the validity of a whole series anew; count edges of other editions that it ended, and what supersedes."""
    rows = transaction.run(_SERIES, {"series": series})
    stored = {str(row["id"]): row["valid_to"] for row in rows}
    places = _places(rows)
    now = today()
    closed = 0
    for place in places:
        start, end = place.valid_from or FIRST_DAY, place.valid_to or LAST_DAY
        begun = start <= now
        edges = set_validity(transaction, place.id, start, end, begun=begun, current=begun and now < end)
        if place.id != loaded and place.valid_to and stored[place.id] in {None, LAST_DAY}:
            closed += edges
    return Counts(closed=Tally(edges=closed)) + _supersede(transaction, series, places, loaded)


def _supersede(transaction: Transaction, series: str, places: Sequence[Place], loaded: str) -> Counts:
    """Make the editions of a series take each other's place as they should; that of other documents is no change."""
    wanted = {(place.id, old) for place in places for old in place.supersedes}
    stored = {(str(row["new"]), str(row["old"])) for row in transaction.run(_SUPERSEDES, {"series": series})}
    for pairs, statement in (
        (wanted - stored, derive.merge_edges("SUPERSEDES", "Profile", "Profile")),
        (stored - wanted, derive.delete_edges("SUPERSEDES", "Profile", "Profile")),
    ):
        place = {"edition": series, "instance": "-"}
        props = {**place, **ALWAYS}
        rows = [{"start": new, "end": old, **place, "props": props} for new, old in sorted(pairs)]
        if rows:
            transaction.run(statement, {"rows": rows})
    return Counts(
        created=Tally(edges=len(wanted - stored)),
        removed=Tally(edges=len(stored - wanted)),
        untouched=Tally(edges=sum(new == loaded for new, _ in wanted & stored)),
    )


def _unordered(graph: Graph, documents: Sequence[Facts]) -> list[str]:
    notes = []
    for series in sorted({_profile(facts).series for facts in documents}):
        for place in _places(graph.read(_SERIES, {"series": series})):
            if place.valid_from is None:
                notes.append(f"nothing tells when {place.id} began: it counts on every day that is asked about")
            if place.beside:
                notes.append(
                    f"{place.id} cannot be ordered against {', '.join(place.beside)}: they stay open beside it"
                )
    return notes
