"""The reference data: ranks, ladder, frameworks, gates and oversight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
import yaml

from graph.errors import ReferenceDataError
from graph.nodes import Gate, Option, Rank, Role
from graph.ontology import EDGE_KINDS, NODE_KINDS, Condition, Edge, Facts, Promotion, Statement
from loaders.facts import reference, reference_nodes
from loaders.facts.reference import known
from loaders.reference import entries, ranks, rules

BELOW_THE_HEAD = {
    "territorial/assistant-chief-constable",
    "territorial/deputy-chief-constable",
    "mps/commander",
    "mps/deputy-assistant-commissioner",
    "mps/assistant-commissioner",
    "mps/deputy-commissioner",
    "city/commander",
    "city/assistant-commissioner",
}
HEADS = {"territorial/chief-constable", "mps/commissioner", "city/commissioner"}
DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Return the facts of the reference data as of one day."""
    return reference.reference_facts(DAY)


def pairs(facts: Facts, kind: str) -> set[tuple[str, str]]:
    """Return the ends of all edges of a kind."""
    return {(edge.start.id, edge.end.id) for edge in facts.edges if edge.kind == kind}


def words(edge: Edge) -> Statement:
    """Return what an edge rests on."""
    assert edge.statement is not None
    return edge.statement


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
        ("uk/sergeant", "uk/constable", 12, None),
        ("uk/inspector", "uk/sergeant", 12, None),
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


def gates_of(facts: Facts) -> dict[str, set[tuple[str, str, bool]]]:
    """Return name, what asks for it, and whether it counts on the day, of the gates of each rank."""
    gates = {node.id: node for node in facts.nodes if isinstance(node, Gate)}
    found: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for edge in facts.edges:
        if edge.kind == "REQUIRES":
            gate = gates[edge.end.id]
            found[edge.start.id].add((gate.id.removeprefix("reference@1/gate/"), gate.source, words(edge).current))
    return dict(found)


def test_gates_of_every_rank(facts: Facts) -> None:
    """Every rank from Constable up has its gates, those of the past no longer current."""
    courses = {("senior-appointment-courses", "law", True), ("senior-appointment-courses-2012", "law", False)}
    head = {("head-of-force-service", "law", True), ("senior-appointment-courses-2012", "law", False)}
    expected = {
        "uk/constable": {
            ("constable-age-and-residence", "policy", True),
            ("constable-selection", "policy", True),
            ("constable-initial-training", "policy", True),
            ("constable-probation", "policy", True),
        },
        "uk/sergeant": {(f"sergeant-nppf-{step}", "policy", True) for step in range(1, 5)},
        "uk/inspector": {(f"inspector-nppf-{step}", "policy", True) for step in range(1, 5)},
        "uk/chief-inspector": {("chief-inspector-local-process", "policy", True)},
        "uk/superintendent": {("superintendent-local-process", "policy", True)},
        "uk/chief-superintendent": {("chief-superintendent-local-process", "policy", True)},
        **dict.fromkeys(BELOW_THE_HEAD, courses),
        "territorial/chief-constable": head
        | {
            ("chief-constable-office", "law", True),
            ("chief-constable-service-until-2012", "law", False),
            ("chief-constable-service-2018", "policy", False),
        },
        "mps/commissioner": head | {("met-commissioner-office", "law", True)},
        "city/commissioner": head,
    }
    assert expected == gates_of(facts)


def options_of(facts: Facts, gate: str) -> list[set[tuple[str, bool, int | None, int | None]]]:
    """Return what each option of a gate needs, in their order."""
    places = {edge.end.id for edge in facts.edges if edge.kind == "OPTION" and edge.start.id.endswith(f"/{gate}")}
    found: dict[str, set[tuple[str, bool, int | None, int | None]]] = {place: set() for place in sorted(places)}
    for edge in facts.edges:
        if edge.start.id in found and isinstance(edge.properties, Condition):
            needs = edge.properties
            found[edge.start.id].add((edge.end.id, needs.at_least, needs.within_months, needs.for_months))
    return list(found.values())


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ("sergeant-nppf-2", [{("course/nppf-exam-sergeant", False, 60, None)}]),
        ("inspector-nppf-2", [{("course/nppf-exam-inspector", False, 60, None)}]),
        (
            "sergeant-nppf-4",
            [{("experience/assessed-as-competent-while-temporarily-promoted-to-sergeant", False, None, 12)}],
        ),
        (
            "inspector-nppf-4",
            [{("experience/assessed-as-competent-while-temporarily-promoted-ed02f7f2", False, None, 12)}],
        ),
        (
            "senior-appointment-courses",
            [
                {("course/elp", False, None, None)},
                {("course/senior-pnac", False, None, None), ("course/scc", False, None, None)},
            ],
        ),
        (
            "head-of-force-service",
            [
                {("territorial/assistant-chief-constable", True, None, None)},
                {("mps/commander", True, None, None)},
                {("city/commander", True, None, None)},
                {("experience/meets-a-further-route-of-annex-b-part-1a-which-was-not-seen-4892", False, None, None)},
            ],
        ),
    ],
)
def test_options_of_a_gate(
    facts: Facts, gate: str, expected: list[set[tuple[str, bool, int | None, int | None]]]
) -> None:
    """Each option needs all of its parts, within or for the months that the source gives."""
    assert expected == options_of(facts, gate)


def test_no_gate_and_no_option_is_empty(facts: Facts) -> None:
    """Each gate has an option, each option a need, so none opens by itself."""
    gates = {node.id for node in facts.nodes if isinstance(node, Gate)}
    options = {node.id for node in facts.nodes if isinstance(node, Option)}
    assert gates == {start for start, _ in pairs(facts, "OPTION")}
    assert options == {start for start, _ in pairs(facts, "NEEDS")}


def test_the_rule_on_courses_changes_on_its_day() -> None:
    """On the last day of the older rule that one counts, on the next the newer."""
    days = (date(2024, 6, 30), date(2024, 7, 1))
    found = [gates_of(reference.reference_facts(day))["mps/commander"] for day in days]
    assert [{"senior-appointment-courses-2012"}, {"senior-appointment-courses"}] == [
        {gate for gate, _, current in gates if current} for gates in found
    ]


def test_competencies_of_2024_succeed_those_of_2016(facts: Facts) -> None:
    """Renamed ones are mapped by name, values without a namesake are not mapped."""
    expected = {
        ("cvf-2016", "ppf"),
        ("cvf-2024", "cvf-2016"),
        ("cvf-2024/we-are-emotionally-aware", "cvf-2016/we-are-emotionally-aware"),
        ("cvf-2024/we-take-ownership", "cvf-2016/we-take-ownership"),
        ("cvf-2024/we-collaborate", "cvf-2016/we-are-collaborative"),
        ("cvf-2024/we-support-and-inspire", "cvf-2016/we-deliver-support-and-inspire"),
        ("cvf-2024/we-analyse-critically", "cvf-2016/we-analyse-critically"),
        ("cvf-2024/we-are-innovative-and-open-minded", "cvf-2016/we-are-innovative-and-open-minded"),
        ("cvf-2024/public-service", "cvf-2016/public-service"),
    }
    assert expected == pairs(facts, "SUCCEEDS")


def test_parts_of_the_frameworks(facts: Facts) -> None:
    """The framework of 2016 has clusters, that of 2024 none."""
    clusters = {
        "cvf-2016/resolute-compassionate-and-committed": ("we-are-emotionally-aware", "we-take-ownership"),
        "cvf-2016/inclusive-enabling-and-visionary-leadership": (
            "we-are-collaborative",
            "we-deliver-support-and-inspire",
        ),
        "cvf-2016/intelligent-creative-and-informed-policing": (
            "we-analyse-critically",
            "we-are-innovative-and-open-minded",
        ),
    }
    values = ("integrity", "impartiality", "public-service", "transparency")
    newer = (
        "we-are-emotionally-aware",
        "we-take-ownership",
        "we-collaborate",
        "we-support-and-inspire",
        "we-analyse-critically",
        "we-are-innovative-and-open-minded",
        "courage",
        "respect-and-empathy",
        "public-service",
    )
    expected = {
        *((f"cvf-2016/{part}", cluster) for cluster, parts in clusters.items() for part in parts),
        *((cluster, "cvf-2016") for cluster in clusters),
        *((f"cvf-2016/{value}", "cvf-2016") for value in values),
        *((f"cvf-2024/{part}", "cvf-2024") for part in newer),
    }
    assert expected == {pair for pair in pairs(facts, "PART_OF") if pair[1].startswith("cvf-")}


def test_core_skills_are_nine_without_names(facts: Facts) -> None:
    """Their names were not published, so there is one node with their number."""
    expected = {("core-skills/9", 9)}
    assert expected == {(part.id, part.count) for part in rules.frameworks() if part.kind == "core-skill-set"}
    assert "core-skills/9" in {node.id for node in facts.nodes}


def test_who_stands_over_the_chief_officers(facts: Facts) -> None:
    """Appointment, recommendation, consultation, suspension and account are those of the law; nobody reports."""
    kinds = (
        "APPOINTED_BY",
        "RECOMMENDED_BY",
        "APPOINTMENT_CONSULTS",
        "APPOINTMENT_APPROVED_BY",
        "SUSPENDED_BY",
        "ACCOUNTABLE_TO",
        "REPORTS_TO",
    )
    deputies = ("territorial/deputy-chief-constable", "territorial/assistant-chief-constable")
    appointed = ("mps/assistant-commissioner", "mps/deputy-assistant-commissioner", "mps/commander")
    expected = {
        ("mps/commissioner", "APPOINTED_BY", "crown"),
        ("mps/commissioner", "RECOMMENDED_BY", "home-secretary"),
        ("mps/commissioner", "APPOINTMENT_CONSULTS", "mopac"),
        ("mps/commissioner", "SUSPENDED_BY", "mopac"),
        ("mps/commissioner", "ACCOUNTABLE_TO", "mopac"),
        ("mps/deputy-commissioner", "APPOINTED_BY", "crown"),
        ("mps/deputy-commissioner", "RECOMMENDED_BY", "home-secretary"),
        ("mps/deputy-commissioner", "APPOINTMENT_CONSULTS", "mps/commissioner"),
        ("mps/deputy-commissioner", "APPOINTMENT_CONSULTS", "mopac"),
        ("mps/deputy-commissioner", "SUSPENDED_BY", "mopac"),
        *((rank, "APPOINTED_BY", "mps/commissioner") for rank in appointed),
        *((rank, "APPOINTMENT_CONSULTS", "mopac") for rank in appointed),
        ("territorial/chief-constable", "APPOINTED_BY", "pcc"),
        ("territorial/chief-constable", "APPOINTMENT_CONSULTS", "police-and-crime-panel"),
        ("territorial/chief-constable", "SUSPENDED_BY", "pcc"),
        ("territorial/chief-constable", "ACCOUNTABLE_TO", "pcc"),
        *((rank, "APPOINTED_BY", "territorial/chief-constable") for rank in deputies),
        *((rank, "APPOINTMENT_CONSULTS", "pcc") for rank in deputies),
        *((rank, "SUSPENDED_BY", "territorial/chief-constable") for rank in deputies),
        ("city/commissioner", "APPOINTED_BY", "city-of-london-corporation"),
        ("city/commissioner", "APPOINTMENT_APPROVED_BY", "crown"),
        ("city/commissioner", "ACCOUNTABLE_TO", "city-of-london-corporation"),
    }
    assert expected == {(edge.start.id, edge.kind, edge.end.id) for edge in facts.edges if edge.kind in kinds}


def test_every_edge_is_declared_and_ends_in_nodes(facts: Facts) -> None:
    """Kinds, labels and properties are those of the ontology, and no end is loose."""
    nodes = {(node.label, node.id) for node in facts.nodes}
    for edge in facts.edges:
        kind = EDGE_KINDS[edge.kind]
        assert {(edge.start.label, edge.start.id), (edge.end.label, edge.end.id)} <= nodes
        assert (edge.start.label in kind.starts, edge.end.label in kind.ends) == (True, True)
        assert type(edge.properties) is kind.properties
    assert {type(node) for node in facts.nodes} <= set(NODE_KINDS)


def test_every_edge_names_its_entry_and_source(facts: Facts) -> None:
    """File, lines, words and authority are there; facts and identities are distinct."""
    documents = {node.id for node in facts.nodes if node.label == "Document"}
    stated = [words(edge) for edge in facts.edges]
    assert {statement.document for statement in stated} == documents
    assert {(statement.edition, statement.basis) for statement in stated} == {("reference@1", "reference")}
    assert [statement for statement in stated if not (statement.text and statement.authority)] == []
    assert len(stated) == len({statement.fact for statement in stated}) == len({e.identity for e in facts.edges})


def all_entries() -> Iterator[entries.Entry]:
    """Return the entries of the files on ranks, roles and rules."""
    for read in (ranks.ranks, ranks.roles, rules.ladder, rules.frameworks, rules.gates, rules.oversight):
        yield from read()


def test_every_entry_says_how_its_source_was_had() -> None:
    """A source that was read has an address; only other bases may lack one."""
    found = [(entry.file, entry.line, entry.basis, entry.address) for entry in all_entries()]
    assert {basis for _, _, basis, _ in found} == {"found", "inferred", "general-knowledge"}
    assert [entry for entry in found if entry[2] == "found" and not entry[3]] == []


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


def test_known_are_all_nodes(facts: Facts) -> None:
    """What documents point at instead of writing it again is what is declared."""
    assert {(node.label, node.id) for node in facts.nodes} == known()


def test_a_loose_end_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """An id that no entry declares is an error that names file, line and id."""
    step = rules.ladder()[0].model_copy(update={"other": "uk/nobody"})
    monkeypatch.setattr(reference, "ladder", lambda: (step,))
    with pytest.raises(ReferenceDataError) as raised:
        reference.reference_facts(DAY)
    assert ("ladder.yaml", step.line, "'uk/nobody'") == (raised.value.file, raised.value.line, raised.value.found)


def test_a_statement_made_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One pair has one promotion."""
    step = rules.ladder()[0]
    monkeypatch.setattr(reference, "ladder", lambda: (step, step))
    with pytest.raises(ReferenceDataError) as raised:
        reference.reference_facts(DAY)
    expected = "uk/sergeant PROMOTES_FROM uk/constable again"
    assert expected == raised.value.found


def test_two_entries_of_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An id that two entries give to different things is an error."""
    rank = ranks.ranks()[0]
    monkeypatch.setattr(reference_nodes, "ranks", lambda: (rank, rank.model_copy(update={"name": "Officer"})))
    with pytest.raises(ReferenceDataError) as raised:
        reference.reference_facts(DAY)
    expected = "two entries called 'uk/constable'"
    assert expected == raised.value.found


def test_a_need_is_either_a_target_or_judged() -> None:
    """Both, or neither, is refused."""
    for said in ({}, {"target": "course/scc", "judged": "somehow"}):
        with pytest.raises(ValueError, match="either a target or what is judged"):
            rules.NeedEntry.model_validate(said)


def test_files_are_plain_yaml_lists() -> None:
    """Every file of the reference data is one list of mappings."""
    names = ("ranks.yaml", "roles.yaml", "ladder.yaml", "frameworks.yaml", "gates.yaml", "oversight.yaml")
    folder = Path(entries.__file__).parent
    found = [yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in names]
    assert [{dict}] * len(names) == [{type(entry) for entry in content} for content in found]


def test_an_id_is_of_one_thing() -> None:
    """Whatever label it has: a pointer by id alone is then never wrong."""
    labels: dict[str, set[str]] = {}
    for node in reference.reference_facts(DAY).nodes:
        labels.setdefault(node.id, set()).add(node.label)
    assert {} == {name: of for name, of in labels.items() if len(of) > 1}
