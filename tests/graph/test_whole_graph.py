"""What stands in a graph of the five documents, the reference data and a small force is what the declarations say."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from graph.days import standing, today
from graph.derive import model
from graph.nodes import Node
from graph.ontology import NODE_KINDS
from graph.session import Graph
from queries.catalogue import Question, graph_forms
from tests.harness.engines import ON_EMBEDDED
from tests.harness.real import needed
from tests.queries.test_graph_forms import asked_of, paths_of

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.holds("documents and a force"), pytest.mark.real, needed]

Declared = dict[str, set[str]]
_ID_PARTS = model()["id_parts"]


def _declared() -> Declared:
    """Return the properties that nodes by their labels, and relationships by their type, may have."""
    whole = model()
    added = set(whole["of_documents"])
    declared = {}
    for kind in (*whole["nodes"], *whole["relationships"]):
        name = kind["type"] if "type" in kind else ":".join(sorted(kind["labels"]))
        common = set(whole["statement" if kind["stated"] else "unstated"]) if "type" in kind else set()
        declared[name] = set(kind["properties"]) | (set() if kind["staff"] else added | common)
    return declared


@ON_EMBEDDED
def test_every_property_in_the_graph_is_declared(graph: Graph) -> None:
    """So docs/model.md names, with a sentence, all that a reader can meet."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties", {}):
        used[":".join(sorted(row["labels"]))] |= row["properties"].keys()  # type: ignore[call-overload, attr-defined]
    for row in graph.read("MATCH ()-[e]->() RETURN type(e) AS type, properties(e) AS properties", {}):
        used[str(row["type"])] |= row["properties"].keys()  # type: ignore[attr-defined]
    declared = _declared()
    assert {} == {kind: found - declared[kind] for kind, found in used.items() if found - declared[kind]}


@ON_EMBEDDED
def test_every_edge_that_does_not_count_says_so(graph: Graph) -> None:
    """Of documents, of the reference data and of what is derived, and no other says it."""
    rows = graph.read(
        "MATCH ()-[e]->() WHERE e.valid_from IS NOT NULL RETURN DISTINCT e.valid_from AS begins, e.valid_to AS ends, "
        "e.current AS current, e.standing AS standing",
        {},
    )
    wanted = [standing(str(row["begins"]), str(row["ends"]), today()) for row in rows]
    assert wanted == [row["standing"] for row in rows]
    assert [one is None for one in wanted] == [row["current"] for row in rows]
    assert {True, False} == {one is None for one in wanted}


def _pattern(form: str) -> str:
    """Return the regular expression of a form of ids."""
    return re.sub("<([^>]+)>", lambda part: f"(?:{_pattern(_ID_PARTS[part[1]]['pattern'])})", form)


def _forms(kind: type[Node]) -> list[tuple[str, str]]:
    """Return each form of the ids of a kind as a regular expression, and its example; a fixed id is its own."""
    marked = [re.findall("`([^`]+)`", form) for form in kind.id_form.split("; ")]
    return [(_pattern(form[0]), form[-1]) for form in marked if form]


def test_the_example_of_a_form_of_ids_has_it() -> None:
    """Each kind of node that can stand in a graph has a form, and each part of a form is declared."""
    assert ["Requirement"] == [":".join(kind.labels()) for kind in NODE_KINDS if not _forms(kind)]
    assert [] == [example for kind in NODE_KINDS for form, example in _forms(kind) if not re.fullmatch(form, example)]


@ON_EMBEDDED
def test_every_id_in_the_graph_has_a_form_of_its_label(graph: Graph) -> None:
    """Documents, reference data, themes and staff files alike."""
    forms = {frozenset(kind.labels()): [form for form, _ in _forms(kind)] for kind in NODE_KINDS}
    rows = graph.read("MATCH (n) RETURN labels(n) AS labels, n.id AS id ORDER BY id", {})
    labels = [(frozenset(map(str, row["labels"])), str(row["id"])) for row in rows]  # type: ignore[call-overload]
    assert [] == [(kind, key) for kind, key in labels if not any(re.fullmatch(form, key) for form in forms[kind])]
    staff = {frozenset(kind.labels()) for kind in NODE_KINDS if kind.staff}
    assert len({kind for kind, _ in labels} - staff) == len(NODE_KINDS) - len(staff) - 1


def test_every_relationship_type_has_a_sentence_in_each_direction_and_a_source() -> None:
    """And graph/model.yaml names no other type."""
    whole = {kind["type"]: kind for kind in model()["relationships"]}
    said = yaml.safe_load((ROOT / "graph" / "model.yaml").read_text(encoding="utf-8"))["relationships"]
    assert whole.keys() == said.keys()
    for kind in whole.values():
        example = kind["example"]
        assert all((kind["reads"], kind["reads_back"], example["start"], example["end"], example["source"])), kind


@ON_EMBEDDED
def test_an_example_stands_in_the_graph_where_its_type_does(graph: Graph) -> None:
    """A stated type has no ids where no document says it; others where the id would be that of a file or a day."""
    asked = "MATCH (a)-[e]->(b) RETURN type(e) AS type, a.id AS start, b.id AS id, b.name AS name"
    stated = graph.read(asked, {})
    edges = {(row["type"], row["start"], end) for row in stated for end in (row["id"], row["name"])}
    kinds = {kind["type"]: kind for kind in model()["relationships"]}
    missing = [
        name for name, kind in kinds.items() if kind["example"]["ids"] and (name, *kind["example"]["ids"]) not in edges
    ]
    without = {name for name, kind in kinds.items() if kind["stated"] and not kind["example"]["ids"]}
    assert ([], without - {row["type"] for row in stated}) == (missing, without)


def test_only_what_restates_says_what_was_done() -> None:
    """The measures of likeness share a class, not every property of it."""
    assert {"RESTATES"} == {kind for kind, properties in _declared().items() if "change" in properties}


@ON_EMBEDDED
def test_a_duty_and_a_line_of_development_are_captioned_by_their_first_words(graph: Graph) -> None:
    """At most 60 characters, cut at a word; a short one stands whole."""
    asked = "MATCH (n) WHERE n:Accountability OR n:Development RETURN n.name AS name, n.text AS text"
    rows = [(str(row["name"]), str(row["text"])) for row in graph.read(asked, {})]
    cut = [name.removesuffix("…") for name, text in rows if name != text]
    whole = [text for name, text in rows if name == text]
    assert 0 < max(map(len, cut)) < 60 >= max(map(len, whole))
    assert all(f"{text} ".startswith(f"{name.removesuffix('…')} ") for name, text in rows)


@ON_EMBEDDED
@pytest.mark.parametrize("form", graph_forms(), ids=lambda form: form.name)
def test_nothing_that_is_drawn_starts_and_ends_at_one_node(graph: Graph, form: Question) -> None:
    """Three statements tie those who hold a rank to each other; a table has them, a picture does not."""
    loops = graph.read("MATCH (a)-[e]->(b) WHERE a = b RETURN a.id AS id, e.fact AS fact ORDER BY fact", {})
    ids, facts = ([str(row[name]) for row in loops] for name in ("id", "fact"))
    values = {**dict.fromkeys(("rank", "from", "to", "first", "second"), ids), "id": [*ids, *facts]}
    given = [
        {
            **form.example,
            **{
                one.name: values[one.name][place % len(values[one.name])]
                for one in form.parameters
                if one.name in values
            },
        }
        for place in range(len(values["id"]))
    ]
    assert len(loops) == 3
    assert [] == [
        (sent, path)
        for sent in (*asked_of(form), *given)
        for row in graph.read(form.text, sent)
        for value in row.values()
        for path in paths_of(value)
        if any(start == end for start, end in pairwise(path[::2]))
    ]
