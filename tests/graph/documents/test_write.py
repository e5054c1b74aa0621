"""What writing a document does to the graph, on every engine."""

from __future__ import annotations

import pytest

from graph.days import FIRST_DAY, LAST_DAY
from graph.documents.write import Counts, Tally, prepare, set_validity, write
from graph.errors import CheckError, WriteError
from graph.nodes import Accountability, Body, Course, Node, Profile, Rank, Ref, Skill
from graph.ontology import Condition, Edge, Likeness, Need, Properties, Statement
from graph.session import Graph, Transaction
from tests.harness.engines import delete_all

DAYS = {"valid_from": FIRST_DAY, "valid_to": LAST_DAY}
EDITION = "uk/inspector@v1"


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have nothing in the graph."""
    delete_all(graph)
    return graph


RANK = Rank(id="uk/inspector", name="Inspector", short_name="Insp", step=3, ladder="uk", aliases=("Insp.",))
PROFILE = Profile(
    **DAYS,
    id=EDITION, name="Inspector", source_kind="profile", authority="national profile",
    series="uk/inspector#profile", basis="stated", purpose=("Leads.", "Plans."),
)  # fmt: skip
DUTY = Accountability(id="uk/inspector/lead", text="Lead officers.")
OTHER_DUTY = Accountability(id="uk/inspector/plan", text="Plan operations.")
SKILL = Skill(id="skill/listening", name="Listening", text="listening", recorded=False)
COURSE = Course(id="course/first", name="First", text="first", recorded=True)
BODY = Body(id="college", name="College", kind="agency")


def said(fact: str, *, edition: str = EDITION, instance: str = "-", text: str = "words") -> Statement:
    """Return a statement of an edition."""
    return Statement(
        fact=fact,
        edition=edition,
        instance=instance,
        document="d1",
        lines="3-4",
        text=text,
        basis="stated",
        authority="profile",
    )  # fmt: skip


def edge(kind: str, start: Node, end: Node, statement: Statement | None, properties: Properties | None = None) -> Edge:
    """Return an edge between two nodes."""
    return Edge(kind=kind, start=start.ref, end=end.ref, properties=properties or Properties(), statement=statement)


def facts(edition: str = EDITION) -> tuple[list[Node], list[Edge]]:
    """Return the facts of one small document."""
    nodes = [RANK, PROFILE, DUTY, OTHER_DUTY, SKILL, BODY]
    edges = [
        edge("DESCRIBES", PROFILE, RANK, None),
        edge("ACCOUNTABLE_FOR", RANK, DUTY, said("f1", edition=edition)),
        edge("ACCOUNTABLE_FOR", RANK, OTHER_DUTY, said("f2", edition=edition)),
        edge("INVOLVES", OTHER_DUTY, BODY, said("f3", edition=edition)),
        edge("REQUIRES", RANK, SKILL, said("f4", edition=edition), Need(level=2)),
    ]
    return nodes, edges


def counts(**given: tuple[int, int]) -> Counts:
    """Return counts from pairs of nodes and edges."""
    return Counts(**{name: Tally(nodes=nodes, edges=edges) for name, (nodes, edges) in given.items()})


def everything(graph: Graph) -> tuple[set[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return all nodes, and all edges in the order of their words."""
    nodes = graph.read("MATCH (n) RETURN labels(n) AS labels, n.id AS id, n.digest AS digest", {})
    edges = graph.read(
        "MATCH (a)-[e]->(b) RETURN a.id AS start, type(e) AS kind, b.id AS end, e.text AS text, e.level AS level", {}
    )
    return (
        {(tuple(sorted(row["labels"])), row["id"], row["digest"]) for row in nodes},  # type: ignore[call-overload]
        sorted((tuple(row.values()) for row in edges), key=str),
    )


def test_a_first_write_creates_everything(graph: Graph) -> None:
    """Every node has its full label set, every edge its words and its own properties."""
    result = write(graph, "one", *facts(), edition=EDITION)

    nodes, edges = everything(graph)
    assert counts(created=(6, 5)) == result
    assert {
        (("Rank", "Role"), "uk/inspector"),
        (("Profile",), EDITION),
        (("Accountability",), DUTY.id),
        (("Accountability",), OTHER_DUTY.id),
        (("Requirement", "Skill"), SKILL.id),
        (("Body",), "college"),
    } == {node[:2] for node in nodes}
    assert [
        ("uk/inspector", "ACCOUNTABLE_FOR", DUTY.id, "words", None),
        ("uk/inspector", "ACCOUNTABLE_FOR", OTHER_DUTY.id, "words", None),
        ("uk/inspector", "REQUIRES", SKILL.id, "words", 2),
        (OTHER_DUTY.id, "INVOLVES", "college", "words", None),
        (EDITION, "DESCRIBES", "uk/inspector", None, None),
    ] == edges


def test_what_is_stored_of_an_edge_is_its_statement_and_its_properties(graph: Graph) -> None:
    """Nothing is stored for what is unknown."""
    write(graph, "one", *facts(), edition=EDITION)

    rows = graph.read("MATCH ()-[e:REQUIRES]->() RETURN e", {})

    stored = dict(rows[0]["e"])  # type: ignore[call-overload]
    assert len(stored.pop("digest")) == 16
    assert {
        "fact": "f4", "edition": EDITION, "instance": "-", "document": "d1", "lines": "3-4", "text": "words",
        "basis": "stated", "authority": "profile", "current": True, **DAYS, "level": 2, "necessity": "essential",
    } == stored  # fmt: skip


def test_the_same_write_again_touches_nothing(graph: Graph) -> None:
    """A second identical write counts only what is untouched."""
    write(graph, "one", *facts(), edition=EDITION)

    assert counts(untouched=(6, 5)) == write(graph, "one", *facts(), edition=EDITION)


def test_a_changed_document_changes_only_what_differs(graph: Graph) -> None:
    """A reworded line is a changed edge, and a dropped property goes."""
    nodes, edges = facts()
    write(graph, "one", nodes, edges, edition=EDITION)
    nodes[0] = RANK.model_copy(update={"aliases": ("Inspector of police",), "insignia": "two pips"})
    edges[1] = edge("ACCOUNTABLE_FOR", RANK, DUTY, said("f1", text="other words"))
    edges[4] = edge("REQUIRES", RANK, SKILL, said("f4"), Properties())

    result = write(graph, "one", nodes, edges, edition=EDITION)

    assert counts(changed=(1, 2), untouched=(5, 3)) == result
    assert [{"a": ["Inspector of police"], "i": "two pips"}] == graph.read(
        "MATCH (n:Rank) RETURN n.aliases AS a, n.insignia AS i", {}
    )
    assert [
        ("uk/inspector", "ACCOUNTABLE_FOR", DUTY.id, "other words", None),
        ("uk/inspector", "ACCOUNTABLE_FOR", OTHER_DUTY.id, "words", None),
        ("uk/inspector", "REQUIRES", SKILL.id, "words", None),
        (OTHER_DUTY.id, "INVOLVES", "college", "words", None),
        (EDITION, "DESCRIBES", "uk/inspector", None, None),
    ] == everything(graph)[1]


def test_what_is_no_longer_stated_goes(graph: Graph) -> None:
    """Edges go, owned nodes that nothing states go with them, others stay."""
    nodes, edges = facts()
    write(graph, "one", nodes, edges, edition=EDITION)

    result = write(graph, "one", [RANK, PROFILE, DUTY], edges[:2], edition=EDITION)

    assert counts(removed=(2, 3), untouched=(3, 2)) == result
    assert {"uk/inspector", EDITION, DUTY.id, "college"} == {node[1] for node in everything(graph)[0]}


def test_what_another_edition_states_stays(graph: Graph) -> None:
    """An owned node shared by two editions outlives the one that drops it."""
    other = "uk/inspector@v2"
    nodes, edges = facts()
    write(graph, "one", nodes, edges, edition=EDITION)
    write(graph, "two", [RANK, SKILL], [edge("REQUIRES", RANK, SKILL, said("g1", edition=other))], edition=other)

    result = write(graph, "one", nodes[:2], edges[:1], edition=EDITION)

    assert counts(removed=(2, 4), untouched=(2, 1)) == result
    assert [
        ("uk/inspector", "REQUIRES", SKILL.id, "words", None),
        (EDITION, "DESCRIBES", "uk/inspector", None, None),
    ] == everything(graph)[1]


def test_two_statements_of_one_pair_are_told_apart_by_their_instance(graph: Graph) -> None:
    """One edition may say the same of one pair twice, and lose one of the two later."""
    once = edge("SUPPORTS", RANK, BODY, said("f1", instance="a", text="first"))
    twice = edge("SUPPORTS", RANK, BODY, said("f2", instance="b", text="second"))
    first = write(graph, "one", [RANK, BODY], [once, twice], edition=EDITION)

    second = write(graph, "one", [RANK, BODY], [twice], edition=EDITION)

    assert [counts(created=(2, 2)), counts(removed=(0, 1), untouched=(2, 1))] == [first, second]
    assert [("uk/inspector", "SUPPORTS", "college", "second", None)] == everything(graph)[1]


def test_an_edge_that_no_source_states_goes_with_its_edition(graph: Graph) -> None:
    """Likenesses found by a load are replaced by those of the next."""
    similar = edge("SIMILAR_TO", SKILL, COURSE, None, Likeness(score=91.5))
    write(graph, "one", [SKILL, COURSE], [similar], edition=EDITION)

    assert counts(removed=(0, 1), untouched=(2, 0)) == write(graph, "one", [SKILL, COURSE], [], edition=EDITION)


def test_a_missing_end_is_an_error_and_nothing_is_kept(graph: Graph) -> None:
    """An edge to a node that is nowhere raises, and the nodes of its document are not kept."""
    loose = Edge(kind="ACCOUNTABLE_FOR", start=RANK.ref, end=Ref(label="Accountability", id="no"), statement=said("f"))

    with pytest.raises(WriteError) as caught:
        write(graph, "one.txt", [RANK, DUTY], [loose], edition=EDITION)

    assert ("one.txt", 1, 0) == (caught.value.document, caught.value.sent, caught.value.stored)
    assert (set(), []) == everything(graph)


def test_contradictions_are_all_reported_before_anything_is_sent(graph: Graph) -> None:
    """Two nodes of one id, two edges of one place and an edge of another edition are three problems."""
    edges = [
        edge("ACCOUNTABLE_FOR", RANK, DUTY, said("f1")),
        edge("ACCOUNTABLE_FOR", RANK, DUTY, said("f2", text="else")),
        edge("REQUIRES", RANK, SKILL, said("f3", edition="another")),
    ]

    with pytest.raises(CheckError) as caught:
        write(graph, "one", [RANK, DUTY, SKILL, DUTY.model_copy(update={"text": "Else."})], edges, edition=EDITION)

    assert 3 == len(caught.value.problems)
    assert (set(), []) == everything(graph)


def test_one_id_cannot_be_of_two_kinds(graph: Graph) -> None:
    """A requirement stored as a skill is not taken for a course."""
    write(graph, "one", [SKILL], [], edition=EDITION)

    with pytest.raises(CheckError):
        write(graph, "two", [COURSE.model_copy(update={"id": SKILL.id})], [], edition=EDITION)


def test_a_dry_run_counts_and_writes_nothing(graph: Graph) -> None:
    """A dry run says what a run would do, of creating as of removing."""
    nodes, edges = facts()
    before = write(graph, "one", nodes, edges, edition=EDITION, dry_run=True)
    empty = everything(graph)
    write(graph, "one", nodes, edges, edition=EDITION)

    after = write(graph, "one", nodes[:3], edges[:2], edition=EDITION, dry_run=True)

    assert (counts(created=(6, 5)), (set(), [])) == (before, empty)
    assert counts(removed=(2, 3), untouched=(3, 2)) == after
    assert 6 == len(everything(graph)[0])


def test_validity_is_set_once_and_kept_by_an_equal_write(graph: Graph) -> None:
    """Closing an edition changes its stated edges once; loading it again does not open it."""
    write(graph, "one", *facts(), edition=EDITION)

    def close(transaction: Transaction) -> int:
        return set_validity(transaction, EDITION, "2020-01-01", "2023-01-01", current=False)

    first, second = graph.write(close), graph.write(close)
    nodes, edges = facts()
    nodes[1] = PROFILE.model_copy(update={"valid_from": "2020-01-01"})
    again = write(graph, "one", nodes, edges, edition=EDITION)

    assert (4, 0, counts(untouched=(6, 5))) == (first, second, again)
    assert [{"f": "2020-01-01", "t": "2023-01-01", "c": False, "n": 4}] == graph.read(
        "MATCH ()-[e]->() WHERE e.fact IS NOT NULL RETURN e.valid_from AS f, e.valid_to AS t, e.current AS c, "
        "count(*) AS n",
        {},
    )
    assert [{"f": "2020-01-01", "t": "2023-01-01"}] == graph.read(
        "MATCH (p:Profile) RETURN p.valid_from AS f, p.valid_to AS t", {}
    )


def test_validity_can_be_taken_back(graph: Graph) -> None:
    """An edition whose successor is gone is open again."""
    write(graph, "one", *facts(), edition=EDITION)
    stored = "MATCH ()-[e]->() WHERE e.fact IS NOT NULL RETURN e.standing AS s, e.current AS c, count(*) AS n"
    graph.write(lambda tx: set_validity(tx, EDITION, "2020-01-01", "2023-01-01", current=False))
    assert [{"s": "ended 2023-01-01", "c": False, "n": 4}] == graph.read(stored, {})
    graph.write(lambda tx: set_validity(tx, EDITION, "2099-01-01", LAST_DAY, begun=False, current=False))
    assert [{"s": "begins 2099-01-01", "c": False, "n": 4}] == graph.read(stored, {})

    assert 4 == graph.write(lambda tx: set_validity(tx, EDITION, FIRST_DAY, LAST_DAY, current=True))
    assert [{"s": None, "c": True, "n": 4}] == graph.read(stored, {})
    assert [{"t": LAST_DAY, "n": 4}] == graph.read(
        "MATCH ()-[e]->() WHERE e.fact IS NOT NULL RETURN e.valid_to AS t, count(*) AS n", {}
    )


def test_what_comes_after_is_of_the_same_transaction(graph: Graph) -> None:
    """An error in what the caller adds undoes the document."""

    def fail(_: Transaction) -> Counts:
        raise LookupError

    with pytest.raises(LookupError):
        write(graph, "one", *facts(), edition=EDITION, after=fail)

    assert (set(), []) == everything(graph)


def test_rows_beyond_one_batch_are_all_written(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than one statement takes are written and counted in full."""
    monkeypatch.setattr("graph.documents.write.BATCH", 10)
    duties = [Accountability(id=f"uk/inspector/{number}", text=f"Duty {number}.") for number in range(25)]
    edges = [edge("ACCOUNTABLE_FOR", RANK, duty, said(f"f{number}")) for number, duty in enumerate(duties)]

    first = write(graph, "one", [RANK, *duties], edges, edition=EDITION)

    assert counts(created=(26, 25)) == first
    assert counts(removed=(24, 24), untouched=(2, 1)) == write(
        graph, "one", [RANK, duties[0]], edges[:1], edition=EDITION
    )


def test_preparing_twice_makes_nothing_twice(graph: Graph) -> None:
    """Constraints and indexes are made once, and full text can be asked by the same words everywhere."""
    before = {str(row["name"]) for row in graph.read("SHOW INDEXES", {})}
    prepare(graph)
    write(graph, "one", *facts(), edition=EDITION)

    rows = graph.read(
        'CALL db.index.fulltext.queryNodes("Accountability[text]", $words) YIELD node RETURN node.id AS id',
        {"words": "operations"},
    )

    assert before == {str(row["name"]) for row in graph.read("SHOW INDEXES", {})}
    assert [{"id": OTHER_DUTY.id}] == rows


def test_conditions_keep_what_is_false(graph: Graph) -> None:
    """Only what is unknown is left out; a no is stored, of a node as of an edge."""
    write(
        graph, "one", [RANK, SKILL], [edge("OPEN_TO", RANK, RANK, said("f"), Condition(for_months=6))], edition=EDITION
    )

    assert [{"least": False, "months": 6, "before": None}] == graph.read(
        "MATCH ()-[e:OPEN_TO]->() RETURN e.at_least AS least, e.for_months AS months, e.before AS before", {}
    )
    assert [{"recorded": False, "framework": None}] == graph.read(
        "MATCH (n:Skill) RETURN n.recorded AS recorded, n.framework AS framework", {}
    )
