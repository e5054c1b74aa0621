"""The rules of health: silent on a sound graph, and each finds what it is for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from graph.days import FIRST_DAY, LAST_DAY
from graph.ids import SCHEMA_VERSION
from graph.ontology import EDGE_KINDS
from graph.session import Graph
from queries.answers.health import COLUMNS, check_health, rules
from queries.catalogue import SEVERITIES, question
from tests.harness.commands import run

pytestmark = pytest.mark.holds("samples", changed=True)

_KNOWN = {"schema": SCHEMA_VERSION, "as_of": "2026-10-01"}
_WORDS = {
    "fact": "broken",
    "edition": "reference@2",
    "instance": "broken",
    "lines": "1",
    "text": "words",
    "authority": "a test",
    "basis": "reference",
    "current": True,
}
_UNDO = (
    "MATCH ()-[e]->() WHERE e.instance = 'broken' DELETE e",
    "MATCH (n) WHERE n.id STARTS WITH 'broken' DETACH DELETE n",
    f"MATCH (d:Document) WHERE d.schema_version > {SCHEMA_VERSION} SET d.schema_version = {SCHEMA_VERSION}",
)
_RANK_TO_BODY = "MATCH (a:Role {id: 'uk/sergeant'}) MATCH (b:Body {id: 'iopc'})"


@pytest.fixture
def graph(graph: Graph) -> Iterator[Graph]:
    """Take back what a test broke."""
    yield graph
    for statement in _UNDO:
        change(graph, statement)


def change(graph: Graph, statement: str, **parameters: object) -> None:
    """Write to the graph by hand."""
    document = graph.read("MATCH (d:Document {name: 'reference/ranks.yaml'}) RETURN d.id AS id", {})[0]["id"]
    graph.write(
        lambda transaction: transaction.run(statement, {"words": {**_WORDS, "document": document}} | parameters)
    )


def found(graph: Graph, rule: str) -> set[tuple[object, object, object]]:
    """Return what a rule finds."""
    rows = check_health(graph, _KNOWN).rows
    return {(row["label"], row["id"], row["finding"]) for row in rows if row["rule"] == rule}


def test_a_sound_graph_has_no_error_and_no_warning(graph: Graph) -> None:
    """The samples hold an edition on a framework that was to be left, and lines that are not understood."""
    answer = check_health(graph, _KNOWN)
    grave = {(row["rule"], row["id"]) for row in answer.rows if row["severity"] != "note"}
    assert (set(), None) == (grave, answer.failed)


def test_every_rule_says_how_to_mend_what_it_finds() -> None:
    """And all have the same columns."""
    assert {(True, COLUMNS[2:-1])} == {(bool(rule.mend), rule.returns) for rule in rules()}


def test_the_rules_come_with_the_gravest_first() -> None:
    """An error stands before a warning, and a warning before a note."""
    places = [SEVERITIES.index(str(rule.severity)) for rule in rules()]
    assert (sorted(places), set(range(len(SEVERITIES)))) == (places, set(places))


def test_the_rule_on_sources_knows_every_relationship_that_needs_none() -> None:
    """Those that no document states, and that start where stated ones start, are named in it, and no other."""
    rule = question("facts-without-source")
    assert rule is not None
    [listed] = [part.partition("]")[0] for part in rule.text.split("NOT type(e) IN [")[1:]]
    starts = {start for kind in EDGE_KINDS.values() if kind.stated for start in kind.starts}
    unstated = {name for name, kind in EDGE_KINDS.items() if not kind.stated and starts & set(kind.starts)}
    assert unstated == {name.strip().strip("'") for name in listed.split(",")}


def test_the_example_of_the_schema_rule_is_this_version() -> None:
    """So it is right when it is run by hand in Neo4j Browser."""
    rule = question("schema-version")
    assert rule is not None
    assert {"schema": SCHEMA_VERSION} == rule.example


CIRCLES = {
    "PROMOTES_FROM": "Role",
    "REPORTS_TO": "Role",
    "SUPERSEDES": "Profile",
    "REPLACES": "Requirement:Course",
    "SUCCEEDS": "Requirement:Competency",
    "WITHIN": "Unit",
}


@pytest.mark.parametrize("kind", CIRCLES)
def test_a_way_that_leads_back_is_found(graph: Graph, kind: str) -> None:
    """Three in a circle, and one that leads into it."""
    nodes = ", ".join(f"({name}:{CIRCLES[kind]} {{id: 'broken/{name}', name: '{name}'}})" for name in "abcd")
    edges = ", ".join(f"({one})-[:{kind} $words]->({two})" for one, two in ("ab", "bc", "ca", "da"))
    change(graph, f"CREATE {nodes} CREATE {edges}")
    assert {
        (kind, f"broken/{one}", f"leads back to itself through broken/{two}") for one, two in ("ab", "bc", "ca")
    } == found(graph, "cycles")


def test_a_node_that_leads_to_itself_is_found(graph: Graph) -> None:
    """The shortest circle there is."""
    change(graph, "CREATE (a:Unit {id: 'broken/a', name: 'a'}) CREATE (a)-[:WITHIN $words]->(a)")
    assert {("WITHIN", "broken/a", "leads back to itself through broken/a")} == found(graph, "cycles")


LACKS = {
    "document": ("", "names no document"),
    "edition": ("", "names no edition"),
    "lines": ("", "names no lines"),
    "text": ("", "holds no words"),
    "fact": ("", "has no id of its own"),
    "authority": ("", "says not whose word it is"),
}


@pytest.mark.parametrize("name", LACKS)
@pytest.mark.parametrize("empty", [True, False])
def test_a_fact_that_lacks_part_of_its_source_is_found(graph: Graph, name: str, empty: bool) -> None:
    """Whether the part is missing or empty."""
    change(
        graph,
        f"{_RANK_TO_BODY} CREATE (a)-[e:WORKS_WITH]->(b) SET e = $words, e.{name} = $value",
        value="" if empty else None,
    )
    assert {("WORKS_WITH", "uk/sergeant -> iopc", LACKS[name][1])} == found(graph, "facts-without-source")


@pytest.mark.parametrize("name", ["document", "edition"])
def test_a_fact_whose_source_is_not_in_the_graph_is_found(graph: Graph, name: str) -> None:
    """It names one that is gone."""
    change(graph, f"{_RANK_TO_BODY} CREATE (a)-[e:WORKS_WITH]->(b) SET e = $words, e.{name} = 'gone'")
    finding = f"names the {name} gone, which is not in the graph"
    assert {("WORKS_WITH", "uk/sergeant -> iopc", finding)} == found(graph, "facts-without-source")


def test_a_relationship_made_by_hand_is_found(graph: Graph) -> None:
    """It carries nothing at all; a relationship of staff files needs no source."""
    change(graph, f"{_RANK_TO_BODY} CREATE (a)-[:WORKS_WITH {{instance: 'broken'}}]->(b)")
    change(graph, "CREATE (:Unit {id: 'broken/1', name: '1'})-[:WITHIN {instance: 'broken'}]->(:Unit {id: 'broken/2'})")
    assert {("WORKS_WITH", "uk/sergeant -> iopc", "names no document")} == found(graph, "facts-without-source")


def test_nodes_on_which_nothing_hangs_are_found(graph: Graph) -> None:
    """A force's own requirement that nobody asks for yet is none of them."""
    for label in ("Accountability", "Gate", "Option", "Requirement:Skill", "Development", "Figure", "PayItem", "Theme"):
        change(graph, f"CREATE (:{label} {{id: 'broken/{label.casefold()}', name: 'x', text: 'x'}})")
    change(
        graph,
        "CREATE (:Requirement:Skill {id: 'broken/alike', name: 'x'})-[:VARIANT_OF {instance: 'broken'}]->"
        "(:Theme {id: 'broken/grouping', name: 'x'})",
    )
    change(graph, "CREATE (:Requirement:Skill {id: 'broken/declared', name: 'x', text: 'x', declared: true})")
    assert {
        ("Accountability", "broken/accountability", "is the duty of no rank"),
        ("Gate", "broken/gate", "is the gate of no rank"),
        ("Option", "broken/option", "opens no gate"),
        ("Requirement", "broken/requirement:skill", "hangs on nothing"),
        ("Requirement", "broken/alike", "hangs on nothing"),
        ("Theme", "broken/theme", "hangs on nothing"),
        ("Development", "broken/development", "hangs on nothing"),
        ("Figure", "broken/figure", "hangs on nothing"),
        ("PayItem", "broken/payitem", "hangs on nothing"),
    } == found(graph, "loose-ends")


def test_posts_without_a_place_are_found(graph: Graph) -> None:
    """One has no unit, one no rank or role."""
    change(
        graph,
        "MATCH (r:Role {id: 'uk/sergeant'}) "
        "CREATE (:Post {id: 'broken/1', title: 'x'})-[:FOR_ROLE {instance: 'broken'}]->(r)",
    )
    change(
        graph,
        "CREATE (:Post {id: 'broken/2', title: 'x'})-[:WITHIN {instance: 'broken'}]->"
        "(:Unit {id: 'broken/u', name: 'x'})",
    )
    assert {("Post", "broken/1", "is in no unit"), ("Post", "broken/2", "is for no rank or role")} == found(
        graph, "loose-ends"
    )


def test_a_gate_that_nothing_opens_is_found(graph: Graph) -> None:
    """And an option that would open in silence."""
    change(graph, "MATCH (r:Role {id: 'uk/sergeant'}) CREATE (r)-[:REQUIRES $words]->(:Gate {id: 'broken/g'})")
    change(
        graph,
        "MATCH (g:Gate {id: 'broken/g'}) CREATE (:Option {id: 'broken/o'}) "
        "CREATE (h:Gate {id: 'broken/h'})-[:OPTION $words]->(:Option {id: 'broken/p'})",
    )
    assert {
        ("Gate", "broken/g", "has no option that opens it"),
        ("Option", "broken/o", "asks for nothing"),
        ("Option", "broken/p", "asks for nothing"),
    } == found(graph, "gates-without-options")


def test_an_edition_without_a_role_or_a_document_is_found(graph: Graph) -> None:
    """No question would reach it."""
    change(
        graph,
        "MATCH (d:Document {name: 'reference/ranks.yaml'}) "
        "CREATE (:Profile {id: 'broken/1', series: 'broken/1'})-[:PUBLISHED_IN {instance: 'broken'}]->(d)",
    )
    change(
        graph,
        "MATCH (r:Role {id: 'uk/sergeant'}) "
        "CREATE (:Profile {id: 'broken/2', series: 'broken/2'})-[:DESCRIBES {instance: 'broken'}]->(r)",
    )
    assert {
        ("Profile", "broken/1", "describes no role"),
        ("Profile", "broken/2", "was published in no document"),
    } == found(graph, "profiles-without-role")


def test_a_rank_that_no_way_reaches_is_found(graph: Graph) -> None:
    """Nor the one that is promoted from it."""
    change(
        graph,
        "CREATE (:Role:Rank {id: 'broken/1', name: 'x', step: 10})-[:PROMOTES_FROM $words]->"
        "(:Role:Rank {id: 'broken/2', name: 'y', step: 9})",
    )
    finding = "is reached by no line of promotions from the first step"
    assert {("Rank", "broken/1", finding), ("Rank", "broken/2", finding)} == found(graph, "unreached-ranks")


def test_a_promotion_that_stands_twice_is_found(graph: Graph) -> None:
    """Ways would be counted twice."""
    change(
        graph,
        "MATCH (a:Role {id: 'uk/sergeant'}) MATCH (b:Role {id: 'uk/constable'}) "
        "CREATE (a)-[:PROMOTES_FROM $words]->(b)",
    )
    assert {("PROMOTES_FROM", "uk/sergeant -> uk/constable", "stands 2 times")} == found(graph, "double-promotions")


def test_a_document_of_another_schema_version_is_found(graph: Graph) -> None:
    """Loading it again mends that."""
    newer = SCHEMA_VERSION + 1
    change(graph, f"MATCH (d:Document {{name: 'reference/ranks.yaml'}}) SET d.schema_version = {newer}")
    finding = f"was loaded under version {newer}, expected {SCHEMA_VERSION}"
    assert {("Document", finding)} == {(label, said) for label, _, said in found(graph, "schema-version")}


def test_a_document_of_before_versions_were_kept_is_found(graph: Graph) -> None:
    """It has no version at all."""
    change(graph, "CREATE (:Document {id: 'broken/d', name: 'old.txt'})")
    finding = f"was loaded before versions were kept, expected {SCHEMA_VERSION}"
    assert {("Document", "broken/d", finding)} == found(graph, "schema-version")


def test_a_load_of_staff_that_was_cut_short_is_found(graph: Graph) -> None:
    """One that is done is no finding."""
    change(graph, "CREATE (:StaffLoad {id: 'broken/1', state: 'loading', loaded: '2026-09-01'})")
    change(graph, "CREATE (:StaffLoad {id: 'broken/2', state: 'done', loaded: '2026-09-01'})")
    assert {("StaffLoad", "broken/1", "was begun on 2026-09-01 and has not ended")} == found(
        graph, "unfinished-staff-load"
    )


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "current", "finding"),
    [
        ("2020-01-01", "2026-10-01", True, "is marked as current, and does not count on 2026-10-01"),
        ("2026-10-01", LAST_DAY, False, "counts on 2026-10-01, and is not marked so"),
        ("2026-10-02", LAST_DAY, False, None),
        (FIRST_DAY, "2026-10-02", True, None),
    ],
)
def test_a_mark_of_today_that_is_out_of_date_is_found(
    graph: Graph, valid_from: str, valid_to: str, current: bool, finding: str | None
) -> None:
    """The first day counts, and the last named does not."""
    change(
        graph,
        f"{_RANK_TO_BODY} CREATE (a)-[e:WORKS_WITH]->(b) SET e = $words, e.valid_from = $from, e.valid_to = $to, "
        "e.current = $current",
        **{"from": valid_from, "to": valid_to, "current": current},
    )
    expected = {("WORKS_WITH", "uk/sergeant -> iopc", finding)} if finding else set()
    assert expected == found(graph, "current-out-of-date")


def test_editions_of_which_both_count_are_found(graph: Graph) -> None:
    """A pair is one row; one that has ended, and one of another series, are none."""
    for number, series, end in ((1, "s", LAST_DAY), (2, "s", LAST_DAY), (3, "s", "2026-10-01"), (4, "t", LAST_DAY)):
        change(
            graph,
            "CREATE (:Profile {id: $id, series: $series, valid_from: '2020-01-01', valid_to: $end})",
            id=f"broken/{number}",
            series=f"broken/{series}",
            end=end,
        )
    assert {("Profile", "broken/1", "counts at once with broken/2")} == found(graph, "editions-at-once")


def test_what_only_needs_a_note_is_noted(graph: Graph) -> None:
    """A framework that was to be left, a day that is unknown, and lines that were not understood."""
    before = {rule: found(graph, rule) for rule in ("lapsed-frameworks", "editions-without-a-day", "not-understood")}
    change(
        graph,
        "CREATE (:Profile {id: 'broken/1', series: 'broken/1', valid_from: '2020-01-01', "
        "valid_to: '9999-12-31', start: 'known', framework: 'cvf-2016', leftovers: 3})",
    )
    change(
        graph,
        "CREATE (:Profile {id: 'broken/2', series: 'broken/2', start: 'unknown', valid_from: '0001-01-01', "
        "valid_to: '9999-12-31', framework: 'cvf-2024', leftovers: 0})",
    )
    assert {
        "lapsed-frameworks": {("Profile", "broken/1", "follows cvf-2016, which was to be left by 2025-05-01")},
        "editions-without-a-day": {("Profile", "broken/2", "has no first day")},
        "not-understood": {("Profile", "broken/1", "3 statement(s) not understood")},
    } == {rule: found(graph, rule) - was for rule, was in before.items()}


def test_an_error_ends_the_command_with_1_and_shows_what_was_found(graph: Graph) -> None:
    """Data on stdout, the sum on stderr."""
    change(graph, "CREATE (:Gate {id: 'broken/g', name: 'x'})")
    answer = run("check", "--format", "json")
    rows = [row for row in json.loads(answer.stdout) if row["severity"] == "error"]
    assert (1, {("loose-ends", "broken/g"), ("gates-without-options", "broken/g")}) == (
        answer.exit_code,
        {(row["rule"], row["id"]) for row in rows},
    )
    assert answer.stderr.splitlines()[-1].startswith("Error: 2 errors, 0 warnings, ")


def test_notes_alone_end_the_command_with_0(graph: Graph) -> None:
    """A graph with an older edition is no faulty graph."""
    change(graph, "CREATE (:Document {id: 'broken/d', name: 'x', schema_version: 2})")
    change(
        graph,
        "MATCH (d:Document {id: 'broken/d'}) MATCH (r:Role {id: 'uk/sergeant'}) CREATE (r)<-[:DESCRIBES]-"
        "(:Profile {id: 'broken/1', series: 'broken/1', leftovers: 3})-[:PUBLISHED_IN]->(d)",
    )
    answer = run("check", "--as-of", "2026-10-01", "--format", "json")
    assert (0, True) == (answer.exit_code, {"broken/1"} <= {row["id"] for row in json.loads(answer.stdout)})
