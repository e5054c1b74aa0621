"""How a gap is put together: what is asked of the engine for it, and what it gives to those who draw it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from graph.session import Graph
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.pathway_gap import pathway_gap
from queries.parameters.holdings import from_options
from queries.parameters.my_record import read
from queries.show import views
from queries.show.tables import draw
from tests.harness.commands import run
from tests.harness.engines import Engine

pytestmark = pytest.mark.holds("reference")

ENDS = ("mps/deputy-assistant-commissioner", "mps/assistant-commissioner")
ROUND_TRIPS = 5
Read = Callable[[Graph, str, Mapping[str, object]], list[dict[str, object]]]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> list[str]:
    """Gather the statements that are read from a graph with the reference data."""
    del engine
    read: Read = Graph.read
    found: list[str] = []

    def listening(graph: Graph, query: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        found.append(query)
        return read(graph, query, parameters)

    monkeypatch.setattr(Graph, "read", listening)
    return found


@pytest.mark.parametrize("options", [[], ["--as-of", "2026-03-01"], ["--format", "json"]])
def test_a_gap_makes_at_most_five_round_trips(statements: list[str], options: list[str]) -> None:
    """Names and editions are read once, and each question is asked once."""
    assert run("gap", "dac", "ac", *options).exit_code == 0
    assert ROUND_TRIPS >= len(statements) == len(set(statements)), statements


def test_a_way_reads_the_names_of_ranks_once(statements: list[str]) -> None:
    """However many ranks, and so gates, there are on the way: beside the names just questions are sent."""
    assert run("pathway", "constable", "met commissioner").exit_code == 0
    others = [query.split()[:2] for query in statements if not query.startswith("//")]
    assert [["MATCH", "(d:Document)"], ["OPTIONAL", "MATCH"]] == others


@pytest.mark.parametrize("holds", [(), ("scc:2019", "senior-pnac:2018-06-30")])
def test_an_answer_has_all_that_is_drawn(engine: Engine, holds: tuple[str, ...]) -> None:
    """Names, what gates need by their place, what no profile describes, and what is met; the engine is closed."""
    with engine.open(write=False) as graph:
        found = gap(Inquiry(graph), "dac", "ac", duties=False, holdings=from_options(holds))
    names = dict(zip(ENDS, ("Deputy Assistant Commissioner", "Assistant Commissioner"), strict=True))
    missing = {end: f"no profile of {end} is loaded" for end in ENDS}
    assert (ENDS, names, missing) == (found.ends, found.names, found.unprofiled)
    met = {str(row["requirement_id"]): row.get("met") for row in found.rows if row["kind"] == "course"}
    held = True if holds else None
    assert {"course/elp": False if holds else None, "course/scc": held, "course/senior-pnac": held} == met
    gates = [row for row in found.rows if row["kind"] == "gate"]
    assert {(row["requirement"], row["document"], row["lines"]) for row in gates} <= set(found.gates)
    lines = [line.strip("├└─│ ") for line in draw(views.gap(found), 400).splitlines()]
    state = "  [done, held since 31 Dec 2019]" if holds else ""
    assert "From Deputy Assistant Commissioner to Assistant Commissioner" == lines[0]
    assert 1 == sum(line.startswith(f"Strategic Command Course (SCC){state}  reference/") for line in lines)


@pytest.mark.parametrize(
    "record",
    [
        "rank: constable\n",
        "rank: constable\nfrom: 2020-01-01\nexams: [{rank: inspector, passed: 2024-03-14}]\n",
        "rank: sergeant\nfrom: 2019\nheld: [{rank: constable, from: 2012}]\n",
    ],
)
def test_one_record_stands_alike_in_every_answer(engine: Engine, tmp_path: Path, record: str) -> None:
    """The rank of the record is the one held now, whichever rank the answer starts from."""
    file = tmp_path / "me.yaml"
    file.write_text(record, encoding="utf-8")
    holdings = read(file)
    with engine.open(write=False) as graph:
        inquiry = Inquiry(graph)
        for start, aim in itertools.pairwise(("constable", "sergeant", "inspector", "chief inspector")):
            way = pathway(inquiry, start, aim, holdings=holdings)
            asked = gates(inquiry, aim, holdings, place=None).rows
            parts = [part for some in way.gates[way.ends[1]].values() for part in some]
            answers = (asked, parts, gap(inquiry, start, aim, holdings=holdings).status)
            first, *others = [{(row["fact"], row["needs_id"], row["part_status"]) for row in rows} for rows in answers]
            assert [first, first] == others


def test_a_rank_that_the_own_record_does_not_have_is_not_held(engine: Engine, tmp_path: Path) -> None:
    """A constable who asks from sergeant is told so, and lacks the rank."""
    file = tmp_path / "me.yaml"
    file.write_text("rank: constable\nfrom: 2020-01-01\n", encoding="utf-8")
    with engine.open(write=False) as graph:
        found = gap(Inquiry(graph), "sergeant", "inspector", holdings=read(file))
    assert {"missing"} == {row["part_status"] for row in found.status if row["needs_id"] == "uk/sergeant"}
    assert "uk/sergeant is not counted as held: your own record has another rank now" in found.notes


@pytest.mark.parametrize(
    ("record", "ranks"),
    [
        ("rank: substantive sergeant\nfrom: 2023-01\nheld:\n  - rank: constable\n    from: 2021-01\n", ()),
        ("held:\n  - {rank: constable, from: 2021-01}\n  - rank: sergeant\n", ()),
        ("", ("sergeant", "constable:2021-01")),
    ],
)
def test_a_way_begins_at_the_rank_held_now(engine: Engine, tmp_path: Path, record: str, ranks: tuple[str, ...]) -> None:
    """Steps that are behind somebody are no part of it, and the gates of another rank name that one too."""
    file = tmp_path / "me.yaml"
    file.write_text(record, encoding="utf-8")
    holdings = (*read(file), *from_options([], ranks))
    with engine.open(write=False) as graph:
        inquiry = Inquiry(graph)
        ways = (
            pathway(inquiry, "constable", "chief inspector", holdings=holdings),
            pathway_gap(inquiry, "constable", "chief inspector", holdings),
        )
        above = gates(inquiry, "chief inspector", holdings, place=None)
    for way in ways:
        assert "the way begins at uk/sergeant, which you hold now, not at uk/constable" in way.notes
        assert ["uk/inspector", "uk/chief-inspector"] == list(dict.fromkeys(row["rank_id"] for row in way.rows))
    assert "uk/sergeant" == above.below
