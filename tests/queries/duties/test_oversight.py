"""Who must be involved, authorises, appoints, covers and holds to account: the whole answers on the real documents."""

from __future__ import annotations

import networkx as nx
import pytest
from pydantic import ValidationError

from graph.days import FIRST_DAY, LAST_DAY
from graph.documents.derived_edges import Duty, EditionDuties, counterparts
from graph.nodes import Accountability
from graph.session import Graph
from loaders.reference import rules
from tests.harness.loaded import TODAY, oracle, places, rows
from tests.harness.real import needed
from tests.loaders.language.test_relations import said

pytestmark = pytest.mark.holds("documents")

AC, DAC, COMMANDER = "mps/assistant-commissioner", "mps/deputy-assistant-commissioner", "mps/commander"
COMMISSIONER, DEPUTY = "mps/commissioner", "mps/deputy-commissioner"
OVERSIGHT, PACK, PAGE = "reference/oversight.yaml", f"{DAC}@2021-01", f"{DAC}@since-2024"
RANKS = (
    *("uk/constable", "uk/superintendent", COMMANDER, DAC, AC, DEPUTY, COMMISSIONER, "city/commissioner"),
    *("territorial/assistant-chief-constable", "territorial/deputy-chief-constable", "territorial/chief-constable"),
)
HOPS = ("REPORTS_TO", "ACCOUNTABLE_TO", "DIRECTED_BY", "OCCUPIED_BY", "ELECTED_BY")
DAYS = (None, "2021-06-01", "2010-01-01")


INVOLVED = {
    *((rank, "LIAISES_WITH", "mopac", place) for rank, place in ((DAC, "001:31"), (COMMANDER, "002:28"))),
    *((rank, "INFORMS", "mayor-of-london", place) for rank, place in ((DAC, "001:31"), (COMMANDER, "002:28"))),
}
THEN = {(DAC, "LIAISES_WITH", "mopac", "003:193"), (DAC, "INFORMS", "mayor-of-london", "003:193")}


@pytest.mark.real
@needed
def test_every_edition_is_read_where_no_day_is_asked_for(graph: Graph) -> None:
    """MOPAC is liaised with in each of the three texts, the Mayor is informed, the older text says so."""
    found = rows(graph, "who-must-be-involved", words="operational independence")
    expected = {(*row[:-1], True, row[-1]) for row in INVOLVED} | {(*row[:-1], False, row[-1]) for row in THEN}
    assert expected == places(found, "rank_id", "relation", "body_id", "current")


@pytest.mark.real
@needed
def test_with_a_day_the_editions_of_that_day_are_read(graph: Graph) -> None:
    """In June 2021 the pack alone counted."""
    found = rows(graph, "who-must-be-involved", words="operational independence", as_of="2021-06-01")
    assert THEN == places(found, "rank_id", "relation", "body_id")


@pytest.mark.real
@needed
def test_a_body_that_is_only_named_is_said_to_be_involved(graph: Graph) -> None:
    """The board is supported or informed; the Commissioner is an office that is a rank."""
    found = rows(graph, "who-must-be-involved", words="external stakeholders support")
    expected = {
        (COMMANDER, "SUPPORTS", "mps-management-board", "002:30"),
        (COMMANDER, "SUPPORTS", COMMISSIONER, "002:30"),
        (DAC, "SUPPORTS", "mps-management-board", "003:212"),
        (DAC, "SUPPORTS", COMMISSIONER, "003:212"),
    }
    assert expected == places(found, "rank_id", "relation", "body_id")


DIRECTED = {(rank, "rank", "power", OVERSIGHT) for rank in ("uk/superintendent", "uk/inspector")}
INTRUSIVE = {
    ("senior-authorising-officer", "office", "power", OVERSIGHT),
    *((rank, "rank", "power", OVERSIGHT) for rank in ("territorial/chief-constable", COMMISSIONER, AC)),
    *((rank, "rank", "power", OVERSIGHT) for rank in ("territorial/assistant-chief-constable", COMMANDER)),
    *((rank, "rank", "power", OVERSIGHT) for rank in ("city/commissioner", "city/commander")),
    (AC, "rank", "duty", "000:30"),
}
AUTHORISING = {
    "directed surveillance": DIRECTED,
    "Intrusive surveillance": INTRUSIVE,
    "surveillance": DIRECTED | INTRUSIVE,
    "budget": set(),
}


@pytest.mark.real
@needed
@pytest.mark.parametrize("words", AUTHORISING)
def test_who_may_authorise(graph: Graph, words: str) -> None:
    """A power is a rank's or an office's by a source, or stands in a duty; every word asked for is found."""
    found = rows(graph, "who-may-authorise", words=words)
    assert AUTHORISING[words] == places(found, "holder_id", "kind", "via")


APPOINTED = {
    (COMMISSIONER, None): {
        *(("appointed by", "crown", None, place) for place in ("004:45", OVERSIGHT)),
        *(("recommended by", "home-secretary", None, place) for place in ("004:45", OVERSIGHT)),
        *(("consulted", "mopac", None, place) for place in ("004:45", OVERSIGHT)),
        ("may be suspended by", "mopac", None, OVERSIGHT),
        ("term", None, 60, OVERSIGHT),
    },
    (DAC, "2021-06-01"): {
        ("appointed by", COMMISSIONER, None, OVERSIGHT),
        ("consulted", "mopac", None, OVERSIGHT),
        ("may be suspended by", COMMISSIONER, None, OVERSIGHT),
        ("term", None, 60, OVERSIGHT),
        ("term", None, 60, "003:326"),
    },
    ("territorial/chief-constable", None): {
        ("appointed by", "pcc", None, OVERSIGHT),
        ("consulted", "police-and-crime-panel", None, OVERSIGHT),
        ("may be suspended by", "pcc", None, OVERSIGHT),
        ("term", None, 60, OVERSIGHT),
    },
    (COMMANDER, None): {
        ("appointed by", COMMISSIONER, None, OVERSIGHT),
        ("consulted", "mopac", None, OVERSIGHT),
        ("may be suspended by", COMMISSIONER, None, OVERSIGHT),
    },
    (COMMANDER, "2005-01-01"): {("appointed by", COMMISSIONER, None, OVERSIGHT)},  # MOPAC began in 2012
    ("uk/sergeant", None): set(),
}


@pytest.mark.real
@needed
@pytest.mark.parametrize(("rank", "day"), APPOINTED)
def test_who_appoints(graph: Graph, rank: str, day: str | None) -> None:
    """The advert's words stand beside the law's; a Commander has no fixed term; of a Sergeant nothing is known."""
    found = rows(graph, "appointment-of", rank=rank, as_of=day)
    assert APPOINTED[rank, day] == places(found, "part", "by_id", "months")


def chains(rank: str, day: str | None) -> set[tuple[str, ...]]:
    """Return every simple chain that goes no further, by networkx; being part of a force is a first hop only."""
    facts = oracle()
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((one.edge.start.id, one.edge.end.id) for one in facts.on(day, TODAY, *HOPS))
    graph.add_node(rank)
    forces = [one.edge.end.id for one in facts.on(day, TODAY, "PART_OF") if one.edge.start.id == rank]
    graph.add_edges_from((rank, force) for force in forces)
    ends = [node for node in graph if node != rank and not graph.out_degree(node)]
    return {tuple(path) for end in ends for path in nx.all_simple_paths(graph, rank, end)}


@pytest.mark.real
@needed
@pytest.mark.parametrize("day", DAYS)
def test_chains_of_accountability_are_all_simple_paths(graph: Graph, day: str | None) -> None:
    """For every rank networkx finds the same chains; those that reach the public come first and say so."""
    for rank in RANKS:
        found: dict[object, list[str]] = {}
        reached: dict[object, object] = {}
        for row in rows(graph, "accountability-chain", rank=rank, as_of=day):
            chain = found.setdefault(row["chain"], [rank])
            if row["to_id"] not in chain:
                chain.append(str(row["to_id"]))
            reached[row["chain"]] = row["reaches_public"]
        assert sorted(chains(rank, day)) == sorted(map(tuple, found.values()))
        assert {number: chain[-1] == "the-public" for number, chain in found.items()} == reached
        assert sorted(map(bool, reached.values()), reverse=True) == list(reached.values())


@pytest.mark.real
@needed
def test_from_the_commissioner_to_the_public(graph: Graph) -> None:
    """Each hop rests on words: the advert's, the pack's on the Met, or the law's."""
    found = rows(graph, "accountability-chain", rank=COMMISSIONER)
    onwards = {
        ("mopac", "OCCUPIED_BY", "mayor-of-london", OVERSIGHT),
        ("mayor-of-london", "ELECTED_BY", "the-public", OVERSIGHT),
    }
    expected = {
        (COMMISSIONER, "ACCOUNTABLE_TO", "the-public", "004:16"),
        (COMMISSIONER, "ACCOUNTABLE_TO", "mopac", "004:16"),
        (COMMISSIONER, "ACCOUNTABLE_TO", "mopac", OVERSIGHT),
        (COMMISSIONER, "ACCOUNTABLE_TO", "home-secretary", "004:16"),
        (COMMISSIONER, "PART_OF", "mps", "004:14"),
        ("mps", "ACCOUNTABLE_TO", "mopac", "003:77"),
    }
    assert expected | onwards == places(found, "from_id", "relation", "to_id")


@pytest.mark.real
@needed
@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (COMMISSIONER, {("covered by", DEPUTY, OVERSIGHT)}),
        (DEPUTY, {("covers for", COMMISSIONER, OVERSIGHT)}),
        (DAC, set()),
        (
            "territorial/chief-constable",
            {
                ("covered by", "territorial/deputy-chief-constable", OVERSIGHT),
                ("covered by", "territorial/assistant-chief-constable", OVERSIGHT),
            },
        ),
    ],
)
def test_who_covers(graph: Graph, rank: str, expected: set[tuple[str, ...]]) -> None:
    """By law the Deputy covers for the Commissioner, a deputy or a designated assistant for a Chief Constable."""
    assert expected == places(rows(graph, "cover", rank=rank), "position", "other_id")


def unique(rank: str, neighbours: set[str]) -> set[tuple[str, str]]:
    """Return duties without a like one next to the rank, from the alignment of the facts in memory."""
    facts = oracle()
    said = facts.on(None, TODAY, "ACCOUNTABLE_FOR")
    texts = {node.id: node.text for node in facts.every(Accountability)}
    editions = {
        role: EditionDuties(
            role, FIRST_DAY, LAST_DAY, tuple(Duty(one.edge.end.id, texts[one.edge.end.id]) for one in ordered)
        )
        for role in {rank, *neighbours}
        if (ordered := sorted((one for one in said if one.edge.start.id == role), key=lambda one: int(one.lines)))
    }
    pairs = counterparts(editions, [*((rank, other) for other in neighbours), *((other, rank) for other in neighbours)])
    alike = {end for ends in pairs for end in ends}
    return {(one.edge.end.id, one.lines) for one in said if one.edge.start.id == rank and one.edge.end.id not in alike}


@pytest.mark.real
@needed
@pytest.mark.parametrize(
    ("rank", "neighbours", "compared"),
    [
        (DAC, {COMMANDER, AC}, ["Commander", "Assistant Commissioner"]),
        (COMMANDER, {DAC}, ["Deputy Assistant Commissioner"]),
        (AC, {DAC}, ["Deputy Assistant Commissioner"]),
    ],
)
def test_duties_that_the_neighbours_do_not_have(
    graph: Graph, rank: str, neighbours: set[str], compared: list[str]
) -> None:
    """What the alignment pairs is not unique; the neighbours that were compared are named."""
    found = rows(graph, "unique-duties", rank=rank)
    assert unique(rank, neighbours) == {(row["duty_id"], row["lines"]) for row in found}
    assert [compared] * len(found) == [row["compared"] for row in found]


@pytest.mark.real
@needed
def test_the_three_duties_of_a_deputy_assistant_commissioner_alone(graph: Graph) -> None:
    """The performance framework and the support of financial management have no like above or below.

    The service delivery plan has none either: with what a Commander reports on performance it shares one half only.
    """
    assert {("001:34",), ("001:40",), ("001:41",)} == places(rows(graph, "unique-duties", rank=DAC))


@pytest.mark.real
@needed
def test_a_rank_whose_neighbours_have_no_profile_is_compared_with_nobody(graph: Graph) -> None:
    """Then nothing is called unique."""
    assert [] == rows(graph, "unique-duties", rank="uk/inspector")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputise for the Chief Constable.", {("DEPUTISES_FOR", "territorial/chief-constable")}),
        ("The force is inspected by HMICFRS.", {("INSPECTED_BY", "hmicfrs")}),
        (
            "They are accountable to the Home Secretary and the public.",
            {("ACCOUNTABLE_TO", "home-secretary"), ("ACCOUNTABLE_TO", "the-public")},
        ),
        ("They work with the public.", set()),
        ("They are accountable to the public sector.", set()),
    ],
)
def test_what_is_said_of_cover_inspection_and_the_public(text: str, expected: set[tuple[str, str]]) -> None:
    """The public is somebody only where one answers to it."""
    found = said(text, title="Deputy Chief Constable")
    assert expected == {(kind, target) for _, kind, target in found}


@pytest.mark.parametrize(
    ("relation", "ends"),
    [
        ("APPOINTED_BY", {}),
        ("APPOINTED_BY", {"other": "crown", "power": "Directed surveillance"}),
        ("MAY_AUTHORISE", {"other": "crown"}),
        ("HAS_FIGURE", {"power": "Directed surveillance"}),
    ],
)
def test_an_entry_has_the_one_end_that_its_relation_takes(relation: str, ends: dict[str, str]) -> None:
    """A power is authorised, a figure is had, everything else has a body or rank."""
    place = {"file": "oversight.yaml", "line": 1, "last_line": 2, "source": "a law", "seen": "text", "says": "so"}
    with pytest.raises(ValidationError, match="nothing else at its other end"):
        rules.OversightEntry.model_validate({**place, **ends, "holders": ("uk/constable",), "relation": relation})
