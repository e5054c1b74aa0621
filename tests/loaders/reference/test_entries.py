"""What holds of every entry of the reference data, of its nodes and edges, and which entries are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from graph.errors import ReferenceDataError
from graph.ontology import EDGE_KINDS, NODE_KINDS, Facts
from loaders.facts import reference, reference_nodes
from loaders.facts.reference import known
from loaders.reference import entries, names, ranks, rules
from tests.builders.reference_facts import DAY, words


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
    assert {(statement.edition, statement.basis) for statement in stated} == {("reference@2", "reference")}
    assert [statement for statement in stated if not (statement.text and statement.authority)] == []
    assert len(stated) == len({statement.fact for statement in stated}) == len({e.identity for e in facts.edges})


def all_entries() -> Iterator[entries.Entry]:
    """Return the entries of the files on ranks, roles and rules."""
    for read in (ranks.ranks, ranks.roles, rules.ladder, rules.frameworks, rules.gates, rules.oversight):
        yield from read()


def test_general_knowledge_is_nothing_that_was_seen() -> None:
    """Basis and `seen` agree, and what was read or cited says so wherever law speaks of ranks."""
    named = [*all_entries(), *names.bodies(), *names.courses(), *names.instruments(), *rules.scales()]
    assert [] == [
        (one.file, one.line) for one in named if (one.basis == "general-knowledge") != (one.seen == "general knowledge")
    ]


def sources() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield file, text of source and address, and the entry as it stands, of every file of the reference data."""
    for path in sorted(Path(entries.__file__).parent.glob("*.yaml")):
        for one in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield path.name, f"{one['source']} {one.get('address', '')}", one


def test_every_entry_says_how_its_source_was_seen_and_where_that_is() -> None:
    """By a page and not a host alone; a server for trials is none, and an online encyclopaedia is called one."""
    found = list(sources())
    assert 13 == len({name for name, _, _ in found})
    assert [] == [(name, text) for name, text, one in found if "seen" not in one]
    assert [] == [text for _, text, _ in found if "copweb" in text or re.search(r"https?://[^/\s]+/?(\s|$)", text)]
    pedias = [text for _, text, _ in found if re.search(r"liquisearch|wikipedia|pedia\.org", text)]
    assert [] == [text for text in pedias if "online encyclopaedia" not in text or "legislation.gov.uk" not in text]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("seen", "hearsay", "expected 'text', 'cited' or 'general knowledge'"),
        ("as_at", "May 2024", "expected a word of this form"),
    ],
)
def test_an_unknown_way_of_seeing_or_day_is_refused(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str, expected: str
) -> None:
    """The error names file, line, field and value."""
    monkeypatch.setattr(entries, "_text", lambda _: f"- source: An Act, section 1\n  {field}: {value}\n")
    with pytest.raises(ReferenceDataError) as raised:
        entries.entries("made-up.yaml", entries.Entry)
    error = raised.value
    assert ("made-up.yaml", 1, f"{field}: {value!r}") == (error.file, error.line, error.found)
    assert expected in str(error)


def test_authority_says_the_day_and_whether_the_source_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader sees both behind the source, before the address."""
    changes = {"source": "An Act", "address": "https://a.example", "as_at": "2013-08", "seen": "cited"}
    step = rules.ladder()[0].model_copy(update=changes)
    monkeypatch.setattr(reference, "ladder", lambda: (step,))
    found = [edge for edge in reference.reference_facts(DAY).edges if edge.kind == "PROMOTES_FROM"]
    assert ["An Act, as at 2013-08 (cited elsewhere, not read), https://a.example"] == [
        words(edge).authority for edge in found
    ]


def test_every_entry_says_how_its_source_was_had() -> None:
    """A source that was read has an address; only other bases may lack one."""
    found = [(entry.file, entry.line, entry.basis, entry.address) for entry in all_entries()]
    assert {basis for _, _, basis, _ in found} == {"found", "inferred", "general-knowledge"}
    assert [entry for entry in found if entry[2] == "found" and not entry[3]] == []


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
    files = ("ranks.yaml", "roles.yaml", "ladder.yaml", "frameworks.yaml", "gates.yaml", "oversight.yaml")
    folder = Path(entries.__file__).parent
    found = [yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in files]
    assert [{dict}] * len(files) == [{type(entry) for entry in content} for content in found]


def test_an_id_is_of_one_thing() -> None:
    """Whatever label it has: a pointer by id alone is then never wrong."""
    labels: dict[str, set[str]] = {}
    for node in reference.reference_facts(DAY).nodes:
        labels.setdefault(node.id, set()).add(node.label)
    assert {} == {name: of for name, of in labels.items() if len(of) > 1}
