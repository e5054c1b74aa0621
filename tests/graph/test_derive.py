"""The Cypher that follows from the ontology."""

from __future__ import annotations

import subprocess
import sys

import pytest

from graph import derive
from graph.nodes import Profile, Skill
from graph.ontology import EDGE_KINDS, NODE_KINDS
from tests.harness.commands import environment

_ENDS_WITHOUT_A_KIND = """
from graph.ontology import EDGE_KINDS, NODE_KINDS
ends = {end for kind in EDGE_KINDS.values() for end in (*kind.starts, *kind.ends)}
print(sorted(ends - {kind.label for kind in NODE_KINDS}))
"""


def test_every_end_of_an_edge_is_a_kind_of_node() -> None:
    """The ontology alone knows all of them, whatever else has been imported."""
    asked = [sys.executable, "-c", _ENDS_WITHOUT_A_KIND]
    assert subprocess.check_output(asked, env=environment(), text=True) == "[]\n"


def test_every_base_label_has_one_constraint_and_no_subtype_has() -> None:
    """Uniqueness holds on the label that nodes are matched by."""
    assert {f"{kind.label}[id]" for kind in NODE_KINDS} == set(derive.constraints())


def test_every_kind_of_edge_has_an_index_on_its_edition() -> None:
    """What an edition states is found without reading the graph, and so is a node by its second label."""
    seconds = {f"{kind.subtype}[id]" for kind in NODE_KINDS if kind.subtype}
    assert {f"{name}[edition]" for name in derive.document_edges()} | seconds == set(derive.indexes(of_facts=False))


def test_every_fact_has_an_index_on_its_id_where_it_is_used() -> None:
    """A Neo4j finds a fact by its id, whatever kind it is of."""
    stated = {f"{kind.name}[fact]" for kind in EDGE_KINDS.values() if kind.stated}
    assert stated == set(derive.indexes(of_facts=True)) - set(derive.indexes(of_facts=False))


def test_nodes_are_created_with_their_full_label_set() -> None:
    """A subtype is set with its base label, in one statement."""
    assert (
        "UNWIND $rows AS row CREATE (n:Requirement:Skill) SET n = row.props RETURN count(*) AS rows",
        "UNWIND $rows AS row CREATE (n:Profile) SET n = row.props RETURN count(*) AS rows",
    ) == (derive.create_nodes(Skill), derive.create_nodes(Profile))


def test_edges_are_merged_between_ends_found_by_base_label_and_id() -> None:
    """The identity of an edge is its ends, kind, edition and key."""
    assert (
        "UNWIND $rows AS row MATCH (a:Role {id: row.start}) MATCH (b:Requirement {id: row.end}) "
        "MERGE (a)-[e:REQUIRES {edition: row.edition, instance: row.instance}]->(b) "
        "SET e = row.props RETURN count(*) AS rows"
    ) == derive.merge_edges("REQUIRES", "Role", "Requirement")


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("REQUIRES]->() DELETE", "Role", "Requirement"),
        ("REQUIRES", "Role) DELETE", "Body"),
        ("REQUIRES", "Role", "Skill"),
    ],
)
def test_what_the_ontology_does_not_declare_makes_no_statement(kind: str, start: str, end: str) -> None:
    """No text from outside becomes a type or a label; a subtype is no end to match by."""
    with pytest.raises(KeyError):
        derive.merge_edges(kind, start, end)


def test_a_kind_that_the_ontology_does_not_declare_makes_no_statement_for_a_neo4j() -> None:
    """No text from outside becomes a type."""
    with pytest.raises(KeyError):
        derive.merge_edges_of_elements("REQUIRES]->() DELETE")


def test_the_question_for_an_edition_has_a_branch_for_every_kind() -> None:
    """No kind of edge is forgotten when what is no longer stated is looked for."""
    branches = derive.edges_of_edition(on_server=False).split(" UNION ALL ")

    assert f"[e:{'|'.join(derive.document_edges())}]->" in derive.edges_of_edition(on_server=True)
    assert [f"MATCH (a)-[e:{name}]->(b) WHERE e.edition = $edition" for name in derive.document_edges()] == [
        branch.split(" RETURN ")[0] for branch in branches
    ]
