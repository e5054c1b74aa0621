"""The reference data on gates, frameworks and oversight."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from graph.days import FIRST_DAY
from graph.nodes import Gate, Option, Role
from graph.ontology import Condition, Facts
from loaders.facts import reference
from loaders.facts.document import facts as document_facts
from loaders.language.rank_titles import role_of
from loaders.profile import DocumentInfo, Profile, Statement
from loaders.reference import rules
from tests.builders.reference_facts import pairs, words

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


FIRST_DAYS = {
    "2001-11-04": {"psni", "northern-ireland-policing-board"},
    "2004-04-01": {"iopc"},
    "2012-01-16": {"mopac"},
    "2012-11-22": {"pcc"},
    "2012-12-01": {"college-of-policing"},
    "2013-04-01": {"police-scotland"},
    "2013-10-07": {"nca"},
    "2015-04-01": {
        *("npcc", "national-police-promotion-framework", "course/nppf", "course/nppf-exam"),
        *("course/nppf-exam-sergeant", "course/nppf-exam-inspector"),
        *(f"course/nppf-step-{step}" for step in (1, 3, 4)),
    },
    "2016-11-04": {"cvf", "cvf-2016"},
    "2021-03-01": {"course/pldp"},
    "2023-09-01": {"course/elp"},
    "2024-01-01": {"code-of-ethics-2024"},
    "2024-04-01": {"course/pcep", "sergeants-and-inspectors-promotion-test"},
    "2024-05-01": {"cvf-2024"},
}


def test_nothing_is_said_of_what_was_not_there_yet(facts: Facts) -> None:
    """An edge begins with the later of its ends, and a part of a framework with the framework."""
    first = {one: day for day, those in FIRST_DAYS.items() for one in those}
    declared = {
        edge.start.id: words(edge).valid_from
        for edge in facts.edges
        if edge.kind == "DECLARED_IN" and words(edge).valid_from != FIRST_DAY
    }
    early = {
        words(edge).fact
        for edge in facts.edges
        if words(edge).valid_from < max(declared.get(edge.start.id, ""), declared.get(edge.end.id, ""))
    }
    parts = {one: first[one.partition("/")[0]] for one in declared if one.startswith("cvf-2")}
    assert (first | parts, set()) == (declared, early)


@pytest.mark.parametrize(
    ("rank", "day", "expected"),
    [
        ("uk/constable", date(2024, 3, 31), {"constable-initial-training-until-2024"}),
        ("uk/constable", date(2024, 4, 1), {"constable-initial-training", "constable-education"}),
        ("territorial/chief-constable", date(2014, 9, 30), {"chief-constable-office-2012"}),
        ("territorial/chief-constable", date(2014, 10, 1), {"chief-constable-office-2014"}),
        ("territorial/chief-constable", date(2018, 1, 1), {"chief-constable-office"}),
        ("mps/commissioner", date(2014, 9, 30), {"met-commissioner-office-until-2014"}),
        ("mps/commissioner", date(2014, 10, 1), {"met-commissioner-office"}),
        ("uk/constable", date(2025, 5, 13), {"constable-initial-training", "constable-education"}),
        (
            *("uk/constable", date(2025, 5, 14)),
            {"constable-initial-training", "constable-education", "vetting-clearance"},
        ),
    ],
)
def test_law_counts_from_its_day(rank: str, day: date, expected: set[str]) -> None:
    """Of entry programmes, education, eligible ranks overseas, fire services and vetting only what stood on the day."""
    dated = ("constable-initial", "constable-education", "chief-constable-office", "met-commissioner-office", "vetting")
    gates = gates_of(reference.reference_facts(day))[rank]
    assert expected == {gate for gate, _, current in gates if current and gate.startswith(dated)}


@pytest.mark.parametrize(("day", "gates"), [("2015-03-31", 0), ("2015-04-01", 4)])
def test_the_promotion_framework_has_no_gates_before_it_began(facts: Facts, day: str, gates: int) -> None:
    """All four begin on one day."""
    begun = [edge for edge in facts.edges if edge.kind == "REQUIRES" and words(edge).valid_from <= day]
    assert gates == sum("/sergeant-nppf-" in edge.end.id for edge in begun)


def test_the_parts_of_a_gate_begin_with_it(facts: Facts) -> None:
    """Questions look at the day of the gate alone, so an option that came later would need a gate of its own."""
    days = defaultdict(set)
    for edge in facts.edges:
        if edge.kind in {"OPTION", "NEEDS"} or edge.end.label == "Gate":
            gate = (edge.end if edge.end.label == "Gate" else edge.start).id.removeprefix("reference@2/gate/")
            days[gate.partition("/")[0]].add(words(edge).valid_from)
    assert {} == {gate: found for gate, found in days.items() if len(found) > 1}


def gates_of(facts: Facts) -> dict[str, set[tuple[str, str, bool]]]:
    """Return name, what asks for it, and whether it counts on the day, of the gates of each rank."""
    gates = {node.id: node for node in facts.nodes if isinstance(node, Gate)}
    found: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for edge in facts.edges:
        if edge.kind == "REQUIRES":
            gate = gates[edge.end.id]
            found[edge.start.id].add((gate.id.removeprefix("reference@2/gate/"), gate.source, words(edge).current))
    return dict(found)


def test_gates_of_every_rank(facts: Facts) -> None:
    """Every rank from Constable up has its gates, those of the past no longer current."""
    courses = {("senior-appointment-courses", "law", True), ("senior-appointment-courses-2012", "law", False)}
    head = {("head-of-force-service", "law", True), ("senior-appointment-courses-2012", "law", False)}
    asked = {1: "policy", 2: "law", 3: "law", 4: "law"}
    expected = {
        "uk/constable": {
            *((f"constable-{name}", "law", True) for name in ("age-and-residence", "education", "probation")),
            *((f"constable-{name}", "policy", True) for name in ("selection", "initial-training")),
            ("constable-initial-training-until-2024", "policy", False),
            *((name, "law", True) for name in ("constable-medical-and-education", "vetting-clearance")),
        },
        **{
            f"uk/{rank}": {
                (f"{rank}-service", "law", True),
                *((f"{rank}-nppf-{step}", by, True) for step, by in asked.items()),
            }
            for rank in ("sergeant", "inspector")
        },
        "uk/chief-inspector": {("chief-inspector-local-process", "law", True)},
        "uk/superintendent": {("superintendent-local-process", "law", True)},
        "uk/chief-superintendent": {("chief-superintendent-local-process", "law", True)},
        **dict.fromkeys(BELOW_THE_HEAD, courses),
        "territorial/chief-constable": head
        | {
            *((f"chief-constable-office{since}", "law", not since) for since in ("", "-2012", "-2014")),
            ("chief-constable-barred-list", "law", True),
            ("chief-constable-service-until-2012", "law", False),
            ("chief-constable-service-2018", "policy", False),
        },
        "mps/commissioner": head
        | {
            ("met-commissioner-office", "law", True),
            ("met-commissioner-office-until-2014", "law", False),
            ("met-commissioner-barred-list", "law", True),
        },
        "mps/deputy-commissioner": courses | {("deputy-commissioner-barred-list", "law", True)},
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
        (
            "sergeant-service",
            [
                {
                    ("uk/constable", False, None, 24),
                    ("experience/has-completed-the-probation-of-a-constable", False, None, None),
                }
            ],
        ),
        (
            "inspector-service",
            [
                {("uk/sergeant", False, None, 24)},
                {
                    ("uk/sergeant", False, None, 12),
                    ("experience/takes-part-in-the-high-potential-development-scheme", False, None, None),
                },
            ],
        ),
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
    kinds = {"APPOINTED_BY", "RECOMMENDED_BY", "APPOINTMENT_CONSULTS", "APPOINTMENT_APPROVED_BY", "SUSPENDED_BY"}
    kinds |= {"ACCOUNTABLE_TO", "REPORTS_TO"}
    mayors = {
        "greater-manchester-police": "mayor-of-greater-manchester",
        "west-yorkshire-police": "mayor-of-west-yorkshire",
        "south-yorkshire-police": "mayor-of-south-yorkshire",
        "north-yorkshire-police": "mayor-of-york-and-north-yorkshire",
    }
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
        *((rank, "SUSPENDED_BY", "mps/commissioner") for rank in appointed),
        *((rank, "APPOINTED_BY", "territorial/chief-constable") for rank in deputies),
        *((rank, "APPOINTMENT_CONSULTS", "pcc") for rank in deputies),
        *((rank, "SUSPENDED_BY", "territorial/chief-constable") for rank in deputies),
        ("city/commissioner", "APPOINTED_BY", "city-of-london-corporation"),
        ("city/commissioner", "APPOINTMENT_APPROVED_BY", "crown"),
        ("city/commissioner", "ACCOUNTABLE_TO", "city-of-london-corporation"),
        *((force, "ACCOUNTABLE_TO", mayor) for force, mayor in mayors.items()),
    }
    assert expected == {(edge.start.id, edge.kind, edge.end.id) for edge in facts.edges if edge.kind in kinds}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("PC AFO", "PC AFO"),
        ("CBRN TRAINER", "CBRN trainer"),
        ("Psd Clerk", "PSD clerk"),
        ("Dog Handler", "Dog handler"),
    ],
)
def test_abbreviations_keep_their_capitals_in_the_name_of_a_role(title: str, name: str) -> None:
    """However a document prints the title, the name is one."""
    info = DocumentInfo(name="own.txt", sha256="0" * 64, format="pack")
    role, purpose = role_of(title), (Statement(text="Serve.", lines=(1, 1)),)
    said = document_facts(Profile(document=info, role=role, edition="undated", purpose=purpose), frozenset())
    assert [name] == [node.name for node in said.nodes if isinstance(node, Role)]
