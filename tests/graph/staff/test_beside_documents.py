"""Staff files and documents in one graph: neither takes away what the other gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.documents.load import load as load_documents
from graph.documents.reset import reset
from graph.documents.write import Counts, Tally
from graph.nodes import Skill
from graph.ontology import Facts
from graph.session import Graph
from graph.staff.load import load
from graph.text.captions import circle_caption
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known
from tests.builders.staff_files import Sheets, dump
from tests.harness.commands import SERGEANT
from tests.harness.engines import delete_all
from tests.harness.loaded import reference

PLAN = "skill/able-to-plan-the-work-of-one-team"
OTHER = SERGEANT.replace("plan the work of one team", "brief a team before its shift")
TICKET = "skill/able-to-plan-the-work-of-one-team-at-night"


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have nothing in the graph."""
    delete_all(graph)
    return graph


def _document(folder: Path, text: str) -> Facts:
    path = folder / "sergeant.txt"
    path.write_text(text, encoding="utf-8")
    return facts(read(path), known())


def _staff(*requirements: tuple[object, ...]) -> Sheets:
    """Return the files of a force of one, who holds what is listed."""
    return Sheets(
        {
            "units": [("U1", "Force", None)],
            "posts": [("A", "U1", "uk/sergeant", None, None, None, None, None)],
            "people": [("P1", "Person 1", None, None)],
            "occupancies": [("P1", "A", None, None, None, None)],
            "requirements": requirements,
            "holdings": [("P1", row[0], None, "2026-01-01", None, None) for row in requirements],
        }
    )


def _named(graph: Graph, name: str) -> dict[str, object]:
    [row] = graph.read("MATCH (n:Requirement {id: $id}) RETURN properties(n) AS said", {"id": name})
    assert isinstance(row["said"], dict)
    return row["said"]


def test_a_known_requirement_is_only_given_what_is_theirs(graph: Graph, tmp_path: Path) -> None:
    """Its name and text stay as the document has them."""
    load_documents(graph, [_document(tmp_path, SERGEANT)], reference())
    before = _named(graph, PLAN)

    load(graph, _staff((PLAN, "Another name", "Skill", 12, None)))

    assert {**before, "declared": True, "valid_months": 12} == _named(graph, PLAN)


def test_loading_a_document_again_takes_nothing_from_staff(graph: Graph, tmp_path: Path) -> None:
    """A document that states other things now leaves held requirements, and what staff files said of them."""
    load_documents(graph, [_document(tmp_path, SERGEANT)], reference())
    load(graph, _staff((PLAN, "Plan", "Skill", 12, None)))
    held = _named(graph, PLAN)

    load_documents(graph, [_document(tmp_path, OTHER)], reference(), replace=True)

    assert (held, "skill/able-to-brief-a-team-before-its-shift") == (
        _named(graph, PLAN),
        _named(graph, "skill/able-to-brief-a-team-before-its-shift")["id"],
    )
    assert [{"start": "P1", "expires": "2027-01-01"}] == graph.read(
        "MATCH (p:Person)-[e:HOLDS]->(r:Requirement) RETURN p.id AS start, e.expires AS expires", {}
    )
    load_documents(graph, [_document(tmp_path, SERGEANT)], reference(), replace=True)
    assert held == _named(graph, PLAN)


def test_a_listed_requirement_that_nobody_holds_outlives_its_document(graph: Graph, tmp_path: Path) -> None:
    """The force may ask for it, or teach it, on the day after."""
    load_documents(graph, [_document(tmp_path, SERGEANT)], reference())
    load(graph, _staff((PLAN, "Plan", "Skill", 12, None)).but(holdings=()))
    listed = _named(graph, PLAN)

    load_documents(graph, [_document(tmp_path, OTHER)], reference(), replace=True)

    assert listed == _named(graph, PLAN)


def test_staff_and_documents_give_one_graph_in_either_order(graph: Graph, tmp_path: Path) -> None:
    """A force's own ticket that reads nearly as a skill of a document is like it, whichever came first."""
    staff = _staff(
        (PLAN, "Plan", "Skill", 12, None), (TICKET, "Able to plan the work of one team at night", "Skill", 6, 3)
    )
    document = _document(tmp_path, SERGEANT)
    load_documents(graph, [document], reference())
    load(graph, staff)
    one = dump(graph)
    reset(graph)
    load_documents(graph, [], reference())
    load(graph, staff)
    load_documents(graph, [document], reference())

    assert one == dump(graph)
    assert [{"a": PLAN, "b": TICKET}] == graph.read(
        "MATCH (a)-[:SIMILAR_TO]->(b) WHERE b.id = $ticket OR a.id = $ticket RETURN a.id AS a, b.id AS b",
        {"ticket": TICKET},
    )


def test_a_document_that_states_a_ticket_of_the_force_counts_it_as_changed(graph: Graph, tmp_path: Path) -> None:
    """The second load of the document then finds nothing to do, and neither do the staff files."""
    staff = _staff((PLAN, "Able to plan the work of one team", "Skill", 12, None))
    document = _document(tmp_path, SERGEANT)
    load_documents(graph, [], reference())
    first = load(graph, staff)
    assert Tally(nodes=1) == load_documents(graph, [document], reference()).counts.changed

    again = load_documents(graph, [document], reference()).counts

    assert (Tally(), Tally(), Tally()) == (again.created, again.changed, again.removed)
    assert Counts(untouched=first.created) == load(graph, staff)


def test_a_reset_removes_staff_too(graph: Graph) -> None:
    """No node is left, and the next load writes the same again."""
    load_documents(graph, [], reference())
    staff = _staff(("skill/taser", "Taser", "Skill", 12, None))
    load(graph, staff)
    before = dump(graph)

    reset(graph)

    assert ([], []) == dump(graph)
    load_documents(graph, [], reference())
    load(graph, staff)
    assert before == dump(graph)


def test_a_ticket_has_the_properties_of_its_kind(graph: Graph) -> None:
    """It is a node as a document would make it, and says that the force declared it."""
    load_documents(graph, [], reference())
    load(graph, _staff(("skill/taser", "Taser", "Skill", 12, 2)))

    made = Skill(
        id="skill/taser", name="Taser", text="Taser", recorded=True, declared=True, valid_months=12, max_level=2
    )
    stored = _named(graph, "skill/taser")
    assert made.model_dump(exclude_none=True) | {"circle": circle_caption("Taser")} == {
        name: stored[name] for name in stored if name != "digest"
    }
    assert ["Requirement", "Skill"] == sorted(
        str(label)
        for row in graph.read("MATCH (n:Requirement {id: 'skill/taser'}) UNWIND labels(n) AS label RETURN label", {})
        for label in [row["label"]]
    )
