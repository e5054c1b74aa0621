"""The reference data on ranks and roles: ladders, promotions, equals and names."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

from graph.nodes import Rank, Role
from graph.ontology import Facts, Promotion
from loaders.facts import reference
from loaders.reference import ranks, rules
from tests.builders.reference_facts import DAY, pairs


def test_there_are_seventeen_ranks(facts: Facts) -> None:
    """Each has its short name, step, level and longest term."""
    expected = {
        ("uk/constable", "PC", 1, "SD"),
        ("uk/sergeant", "PS", 2, "TL"),
        ("uk/inspector", "Insp", 3, "ME"),
        ("uk/chief-inspector", "Ch Insp", 4, "ME"),
        ("uk/superintendent", "Supt", 5, "SL"),
        ("uk/chief-superintendent", "Ch Supt", 6, "SL"),
        ("territorial/assistant-chief-constable", "ACC", 7, "FL"),
        ("territorial/deputy-chief-constable", "DCC", 8, "FL"),
        ("territorial/chief-constable", "CC", 9, "FL"),
        ("mps/commander", "Cdr", 7, "FL"),
        ("mps/deputy-assistant-commissioner", "DAC", 8, "FL"),
        ("mps/assistant-commissioner", "AC", 9, "FL"),
        ("mps/deputy-commissioner", "Dep Commissioner", 10, "FL"),
        ("mps/commissioner", "Met Commissioner", 11, "FL"),
        ("city/commander", "Cdr", 7, "FL"),
        ("city/assistant-commissioner", "AC", 8, "FL"),
        ("city/commissioner", "City Commissioner", 11, "FL"),
    }
    found = [node for node in facts.nodes if isinstance(node, Rank)]
    assert expected == {(rank.id, rank.short_name, rank.step, rank.profile_level) for rank in found}
    assert len(expected) == len(found)


def test_each_rank_bears_its_ladder(facts: Facts) -> None:
    """The ladder is the first part of the id."""
    found = [node for node in facts.nodes if isinstance(node, Rank)]
    assert {rank.id: rank.id.split("/")[0] for rank in found} == {rank.id: rank.ladder for rank in found}


def test_promotions_are_sixteen_with_their_terms(facts: Facts) -> None:
    """Each pair has one edge; months stand only where a source gives them."""
    expected = {
        ("uk/sergeant", "uk/constable", 24, None),
        ("uk/inspector", "uk/sergeant", 24, None),
        ("uk/chief-inspector", "uk/inspector", None, None),
        ("uk/superintendent", "uk/chief-inspector", None, None),
        ("uk/chief-superintendent", "uk/superintendent", None, None),
        ("territorial/assistant-chief-constable", "uk/chief-superintendent", None, None),
        ("territorial/deputy-chief-constable", "territorial/assistant-chief-constable", None, 60),
        ("territorial/chief-constable", "territorial/deputy-chief-constable", None, 60),
        ("mps/commander", "uk/chief-superintendent", None, None),
        ("mps/deputy-assistant-commissioner", "mps/commander", None, 60),
        ("mps/assistant-commissioner", "mps/deputy-assistant-commissioner", None, 60),
        ("mps/deputy-commissioner", "mps/assistant-commissioner", None, 60),
        ("mps/commissioner", "mps/deputy-commissioner", None, 60),
        ("city/commander", "uk/chief-superintendent", None, None),
        ("city/assistant-commissioner", "city/commander", None, 60),
        ("city/commissioner", "city/assistant-commissioner", None, None),
    }
    found = [
        (edge.start.id, edge.end.id, edge.properties.minimum_months, edge.properties.term_months)
        for edge in facts.edges
        if isinstance(edge.properties, Promotion)
    ]
    assert expected == set(found)
    assert len(expected) == len(found)


def test_terms_of_the_ladder_are_those_of_the_ranks() -> None:
    """The two files agree on the term of every upper rank."""
    terms = {rank.id: rank.term_months for rank in ranks.ranks()}
    steps = [step for step in rules.ladder() if step.relation == "PROMOTES_FROM"]
    assert {step.rank: terms[step.rank] for step in steps} == {step.rank: step.term_months for step in steps}


def test_equivalents_are_seven_pairs_of_one_step(facts: Facts) -> None:
    """Each pair is stated once and stands on one step; the City's Commissioner is in none."""
    expected = {
        frozenset({"territorial/assistant-chief-constable", "mps/commander"}),
        frozenset({"territorial/assistant-chief-constable", "city/commander"}),
        frozenset({"mps/commander", "city/commander"}),
        frozenset({"territorial/deputy-chief-constable", "mps/deputy-assistant-commissioner"}),
        frozenset({"territorial/deputy-chief-constable", "city/assistant-commissioner"}),
        frozenset({"mps/deputy-assistant-commissioner", "city/assistant-commissioner"}),
        frozenset({"territorial/chief-constable", "mps/assistant-commissioner"}),
    }
    found = pairs(facts, "EQUIVALENT_TO")
    steps = {node.id: node.step for node in facts.nodes if isinstance(node, Rank)}
    assert expected == {frozenset(pair) for pair in found}
    assert len(expected) == len(found)
    assert {steps[one] for one, _ in found} == {7, 8, 9}
    assert [pair for pair in found if steps[pair[0]] != steps[pair[1]]] == []


def test_the_way_from_constable_to_met_commissioner(facts: Facts) -> None:
    """Promotions alone lead there, by one route only."""
    climb: nx.DiGraph[str] = nx.DiGraph((lower, upper) for upper, lower in pairs(facts, "PROMOTES_FROM"))
    expected = [
        [
            "uk/constable",
            "uk/sergeant",
            "uk/inspector",
            "uk/chief-inspector",
            "uk/superintendent",
            "uk/chief-superintendent",
            "mps/commander",
            "mps/deputy-assistant-commissioner",
            "mps/assistant-commissioner",
            "mps/deputy-commissioner",
            "mps/commissioner",
        ]
    ]
    assert expected == list(nx.all_simple_paths(climb, "uk/constable", "mps/commissioner"))
    assert nx.is_directed_acyclic_graph(climb)


def test_names_of_a_rank_lead_to_it_alone_or_to_its_namesakes() -> None:
    """A name in any case belongs to one rank, or to ranks of several ladders that share it."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for node in reference.reference_facts(DAY).nodes:
        if isinstance(node, Rank):
            for name in (node.name, *node.aliases):
                bearers[name.casefold()].add(node.id)
    shared = {name: ids for name, ids in bearers.items() if len(ids) > 1}
    expected = {
        "commander": {"mps/commander", "city/commander"},
        "cdr": {"mps/commander", "city/commander"},
        "assistant commissioner": {"mps/assistant-commissioner", "city/assistant-commissioner"},
        "ac": {"mps/assistant-commissioner", "city/assistant-commissioner"},
        "commissioner": {"mps/commissioner", "city/commissioner"},
    }
    asked = ("pc", "police constable", "dac", "met ac", "ac (met)", "met commissioner", "acc", "cc", "city ac")
    assert expected == shared
    assert [1] * len(asked) == [len(bearers[name]) for name in asked]


def test_names_of_a_role_belong_to_it_alone() -> None:
    """No title means two roles, or a role and a rank."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for node in reference.reference_facts(DAY).nodes:
        if isinstance(node, Role):
            for name in (node.name, *node.aliases):
                bearers[" ".join(sorted(name.casefold().split()))].add(node.id)
    expected: dict[str, set[str]] = {}
    assert expected == {
        name: ids for name, ids in bearers.items() if len(ids) > 1 and any(of.startswith("role/") for of in ids)
    }
