"""Loading: any order, again, killed half-way, and what is refused."""

from __future__ import annotations

import itertools
import json
import pickle
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest

from graph.days import LAST_DAY
from graph.documents.load import load
from graph.documents.write import Counts, Tally, write
from graph.errors import DocumentErrors, MixError
from graph.nodes import Document, Profile
from graph.ontology import Facts
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from tests.harness.commands import command, environment
from tests.harness.engines import ON_EVERY_LINE, Engine, delete_all, with_settings
from tests.harness.processes import Process
from tests.harness.real import DOCUMENTS, SHARED, needed, path_of

NOTHING = (Tally(), Tally(), Tally(), Tally())
LOAD = """
import pickle
from pathlib import Path
from graph.documents.load import load
from graph.session import open_graph
documents, reference = pickle.loads(Path({facts!r}).read_bytes())
with open_graph(write=True) as graph:
    load(graph, documents, reference, on_document=lambda name, _: print(name, flush=True))
"""


@cache
def reference() -> Facts:
    """Return the reference data."""
    return reference_facts()


@cache
def said_by(number: str) -> Facts:
    """Return the facts of a real document."""
    return facts(read(path_of(number)), known())


def everything(graph: Graph) -> set[str]:
    """Return all that stands in the graph, node by node and edge by edge."""
    nodes = graph.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties", {})
    edges = graph.read(
        "MATCH (a)-[e]->(b) RETURN a.id AS start, type(e) AS kind, b.id AS end, properties(e) AS properties", {}
    )
    for row in nodes:
        row["labels"] = sorted(row["labels"])  # type: ignore[call-overload]
    return {json.dumps(row, sort_keys=True) for row in (*nodes, *edges)}


def done(counts: Counts) -> tuple[Tally, ...]:
    """Return what was created, changed, removed and closed."""
    return (counts.created, counts.changed, counts.removed, counts.closed)


@pytest.fixture
def empty(graph: Graph) -> Graph:
    """Have nothing in the graph."""
    delete_all(graph)
    return graph


@needed
@pytest.mark.real
class TestRealDocuments:
    """The five documents."""

    @ON_EVERY_LINE
    def test_what_was_created_stands_in_the_graph_and_a_second_load_changes_nothing(self, empty: Graph) -> None:
        """Every node and edge is counted once; then it says 0 created, 0 changed, 0 removed, 0 closed.

        A node that two documents name is untouched by each. The named e-mail address of a pack and the office address
        of an advert stay outside.
        """
        documents = [said_by(number) for number in DOCUMENTS]
        first = load(empty, documents, reference()).counts
        before = everything(empty)
        again = load(empty, documents, reference()).counts
        nodes, edges = (
            int(str(empty.read(f"MATCH {part} RETURN count(*) AS n", {})[0]["n"])) for part in ("(n)", "()-[e]->()")
        )
        assert (NOTHING, before) == (done(again), everything(empty))
        assert (Tally(nodes=nodes, edges=edges), edges) == (first.created, again.untouched.edges)
        assert [] == [text for text in before if "@met" in text or "@homeoffice" in text]

    def test_any_order_of_loading_gives_one_graph(self, empty: Graph) -> None:
        """Together, one by one, and backwards."""
        graphs = []
        single = [(number,) for number in ("003", "000", "004", "001", "002")]
        for order in ([DOCUMENTS], single, [(number,) for number in reversed(DOCUMENTS)]):
            delete_all(empty)
            for numbers in order:
                load(empty, [said_by(number) for number in numbers], reference())
            graphs.append(everything(empty))
        assert [set(), set()] == [one ^ graphs[0] for one in graphs[1:]]

    def test_the_newer_edition_closes_the_older(self, empty: Graph) -> None:
        """Edges of the pack end on the day from which the page counts, but for what it says of other ranks."""
        load(empty, [said_by("003")], reference())
        counts = load(empty, [said_by("001")], reference()).counts
        rows = empty.read(
            "MATCH ()-[e]->() WHERE e.edition = 'mps/deputy-assistant-commissioner@2021-01' AND e.fact IS NOT NULL "
            "RETURN e.valid_to AS ends, coalesce(e.aside, false) AS aside, e.current AS current, count(*) AS edges",
            {},
        )
        ended = next(row for row in rows if row["ends"] != LAST_DAY)
        assert {("2024-05-01", False, False), (LAST_DAY, True, True)} == {
            (row["ends"], row["aside"], row["current"]) for row in rows
        }
        assert Tally(edges=int(str(ended["edges"]))) == counts.closed

    def test_two_texts_that_claim_one_edition_are_refused(self, empty: Graph, tmp_path: Path) -> None:
        """Nothing is written, and the message names both files."""
        load(empty, [said_by("002")], reference())
        before = everything(empty)
        with pytest.raises(DocumentErrors) as caught:
            load(empty, [changed(tmp_path)], reference())
        assert str(caught.value).startswith("v21.txt: found the edition mps/commander@v2.1, which 002_")
        assert before == everything(empty)

    def test_a_text_that_another_load_has_just_written_is_not_written_over(self, empty: Graph, tmp_path: Path) -> None:
        """What no longer holds when the document is written is found in the transaction that writes it."""
        theirs, ours = changed(tmp_path), said_by("002")

        def other_load(name: str, _: Counts) -> None:
            if name.startswith("000"):
                write(empty, "v21.txt", theirs.nodes, theirs.edges, edition=theirs.edition)

        with pytest.raises(DocumentErrors) as caught:
            load(empty, [said_by("000"), ours], reference(), on_document=other_load)

        texts = empty.read(
            "MATCH ()-[e]->() WHERE e.edition = $edition AND e.fact IS NOT NULL RETURN DISTINCT e.document AS id",
            {"edition": ours.edition},
        )
        assert str(caught.value).startswith("002_")
        assert "found the edition mps/commander@v2.1, which v21.txt claims with other text" in str(caught.value)
        assert [{"id": next(node.id for node in theirs.nodes if isinstance(node, Document))}] == texts

    def test_replace_takes_the_new_text(self, empty: Graph, tmp_path: Path) -> None:
        """The graph is then as if only the new one had been loaded."""
        load(empty, [said_by("002")], reference())
        load(empty, [changed(tmp_path)], reference(), replace=True)
        after = everything(empty)
        delete_all(empty)
        load(empty, [changed(tmp_path)], reference())
        leftover = {text for text in after - everything(empty) if '"Document"' not in text}
        assert leftover == set()

    def test_a_copy_in_another_rendering_stands_for_the_same(self, empty: Graph, tmp_path: Path) -> None:
        """Whichever is loaded first, one of the two files is kept, and that is said."""
        copy = tmp_path / "copy.txt"
        copy.write_text(path_of("002").read_text(encoding="utf-8").replace("  • ", "- "), encoding="utf-8")
        both = [said_by("002"), facts(read(copy), known())]
        graphs, notes = [], []
        for order in itertools.permutations(both):
            delete_all(empty)
            for one in order:
                notes += load(empty, [one], reference()).notes
            graphs.append({text for text in everything(empty) if '"Document"' not in text})
        assert graphs[0] == graphs[1]
        assert [True, True] == ["says the same as" in note for note in notes]

    def test_samples_and_real_documents_do_not_mix(self, empty: Graph) -> None:
        """Either way round, unless it is asked for."""
        sample = facts(read(path_of("000")), known(), basis="sample")
        load(empty, [said_by("002")], reference())
        with pytest.raises(MixError):
            load(empty, [sample], reference())
        load(empty, [sample], reference(), mix=True)
        assert {"sample", "stated"} == {
            str(row["basis"]) for row in empty.read("MATCH (p:Profile) RETURN DISTINCT p.basis AS basis", {})
        }


def changed(folder: Path) -> Facts:
    """Return the facts of the Commander's profile with one duty less, under the same version."""
    path = folder / "v21.txt"
    lines = path_of("002").read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines[:20], *lines[21:]]), encoding="utf-8")
    return facts(read(path), known())


@needed
@pytest.mark.real
def test_a_dry_run_writes_nothing(empty: Graph) -> None:
    """It counts what a load would create."""
    counts = load(empty, [said_by("002")], reference(), dry_run=True).counts
    assert set() == everything(empty)
    assert (counts.created.nodes > 400, counts.changed) == (True, Tally())


@pytest.fixture(scope="module")
def whole(engine_of_module: Engine) -> set[str]:
    """Return what stands after a load of the five documents that went through."""
    with with_settings(engine_of_module.environment), engine_of_module.open() as graph:
        delete_all(graph)
        load(graph, [said_by(number) for number in DOCUMENTS], reference())
        return everything(graph)


@needed
@pytest.mark.real
@pytest.mark.parametrize("written", [0, 2, 5])
def test_a_load_that_was_killed_is_repaired_by_the_next(
    whole: set[str], empty: Graph, tmp_path: Path, written: int
) -> None:
    """Kill -9 after the reference data, after some documents or after all, run again: the graph of one without it."""
    documents = [said_by(number) for number in DOCUMENTS]
    (tmp_path / "facts").write_bytes(pickle.dumps((documents, reference())))
    process = Process(LOAD.format(facts=str(tmp_path / "facts")))
    wait_until_something_stands(empty, process.popen)
    heard = [process.hear() for _ in range(written)]
    process.kill()
    process.input.close()
    process.output.close()
    assert all(heard)
    assert whole > everything(empty)

    load(empty, documents, reference())
    assert set() == whole ^ everything(empty)


def test_two_first_loads_at_once_both_end_well(tmp_path: Path) -> None:
    """One waits for the other: what one creates the other finds, and the graph holds everything once."""
    both = [
        subprocess.Popen(
            command("load", "--format", "json"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment({"RANKGRAPH_HOME": str(tmp_path / "new")}),
        )
        for _ in range(2)
    ]
    created = sorted(json.loads(process.communicate()[0])["created"]["edges"] for process in both)
    assert [0, 0] == [process.returncode for process in both]
    assert (0, True) == (created[0], created[1] > 100)


def wait_until_something_stands(graph: Graph, process: subprocess.Popen[str]) -> None:
    """Return when the other process has written its first rows, or has ended."""
    while process.poll() is None:
        if graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
            return
        time.sleep(0.01)


def test_the_reference_data_alone_can_be_loaded(empty: Graph) -> None:
    """Seventeen ranks stand without any document."""
    load(empty, [], reference())
    rows = empty.read("MATCH (r:Rank) RETURN count(*) AS ranks", {})
    assert [{"ranks": 17}] == rows


@needed
@pytest.mark.real
def test_the_two_assistant_commissioners_are_two(empty: Graph) -> None:
    """Met and City share the name, not the node, the step or the duties."""
    load(empty, [said_by("000")], reference())
    rows = empty.read(
        "MATCH (r:Rank {name: 'Assistant Commissioner'}) OPTIONAL MATCH (r)-[:ACCOUNTABLE_FOR]->(a) "
        "RETURN r.id AS id, r.step AS step, count(a) AS duties ORDER BY id",
        {},
    )
    assert [("city/assistant-commissioner", 8, 0), ("mps/assistant-commissioner", 9, 12)] == [
        (row["id"], row["step"], row["duties"]) for row in rows
    ]


def test_every_profile_of_the_real_documents_has_the_days_of_the_design() -> None:
    """Editions, and from which day they count."""
    if not SHARED.is_dir():
        pytest.skip("the real documents are not beside the project")
    found = {
        node.id: (node.not_before, node.closes)
        for number in DOCUMENTS
        for node in said_by(number).nodes
        if isinstance(node, Profile)
    }
    assert {
        "mps/assistant-commissioner@since-2024": ("2024-05-01", None),
        "mps/deputy-assistant-commissioner@since-2024": ("2024-05-01", None),
        "mps/commander@v2.1": ("2023-01-01", None),
        "mps/deputy-assistant-commissioner@2021-01": ("2020-11-01", "2021-01-11"),
        "mps/commissioner@2017-01": (None, "2017-01-04"),
    } == found


def test_rules_of_the_reference_data_end_on_their_day(empty: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load on a later day says which of them still hold, in a word for who draws them too."""
    ended = (
        "MATCH ()-[e:REQUIRES]->(:Gate) WHERE e.valid_to = '2024-07-01' "
        "RETURN DISTINCT e.current AS current, e.standing AS standing"
    )
    found = []
    for day in ("2024-06-30", "2024-07-01"):
        monkeypatch.setattr("graph.documents.load.today", lambda day=day: day)
        load(empty, [], reference())
        found.append([(row["current"], row["standing"]) for row in empty.read(ended, {})])
    assert [[(True, None)], [(False, "ended 2024-07-01")]] == found
