"""What stands in a picture: the same as the answers of the questions, each thing once."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.errors import AnswerError, UsageError
from graph.session import Graph
from queries.picture.writing import svg
from tests.harness.engines import EMBEDDED
from tests.harness.loaded import reference, rows
from tests.harness.pictures import gap, ladder, marked, oversight, parsed, pathway, rank, texts
from tests.harness.real import needed

AC, DAC, COMMANDER, COMMISSIONER = (
    *("mps/assistant-commissioner", "mps/deputy-assistant-commissioner"),
    *("mps/commander", "mps/commissioner"),
)
PATHS = (("uk/constable", COMMISSIONER), ("uk/inspector", "territorial/chief-constable"), (COMMANDER, DAC))
GAPS = ((COMMANDER, DAC), (DAC, AC), ("uk/sergeant", "uk/inspector"), (AC, COMMANDER))

pytestmark = [
    *(needed, pytest.mark.real, pytest.mark.holds("documents")),
    # the questions answer alike on all engines (tests/queries/test_questions.py), and a picture is made of their rows
    pytest.mark.parametrize("engine_of_module", [EMBEDDED], indirect=True, scope="module"),
]


def stated(kind: str) -> Counter[tuple[str, ...]]:
    """Return the pairs of an edge of the reference data, the upper or first rank first, and how often each stands."""
    return Counter((edge.start.id, edge.end.id) for edge in reference().edges if edge.kind == kind)


def test_the_table_of_a_gap_calls_nothing_dropped_by_a_rank_without_a_profile(graph: Graph) -> None:
    """It is not known whether that rank asks for it; one with a profile drops what it no longer asks for."""
    parts = {
        aim: {str(row["part"]).partition(", ")[2] for row in gap(graph, AC, aim).rows}
        for aim in ("uk/inspector", COMMANDER)
    }
    unknown = "not known of the other"
    assert {"uk/inspector": (True, False), COMMANDER: (False, True)} == {
        aim: (unknown in found, "dropped" in found) for aim, found in parts.items()
    }


def test_a_picture_says_in_itself_what_is_not_loaded(graph: Graph) -> None:
    """Of Inspector and Sergeant no document is among the five."""
    drawn = pathway(graph, "uk/sergeant", "uk/inspector", way=1)
    compared = gap(graph, "uk/sergeant", "uk/inspector")
    way, both = (texts([parsed(picture)]) for picture in (drawn, compared))
    missing = [f"no profile of uk/{rank} is loaded" for rank in ("sergeant", "inspector")]
    assert (True, True) == (f"Not whole: {missing[1]}." in way, f"Not whole: {'; '.join(missing)}." in both)


@pytest.mark.parametrize("relation", ["PROMOTES_FROM", "EQUIVALENT_TO"])
def test_the_question_of_the_ladders_answers_each_edge_once(graph: Graph, relation: str) -> None:
    """All promotions and all equal ranks of the reference data."""
    found = [row for row in rows(graph, "ladders") if row["relation"] == relation]
    assert stated(relation) == Counter((str(row["rank_id"]), str(row["other_id"])) for row in found)


def test_the_ladder_holds_every_rank_and_every_promotion_once(graph: Graph) -> None:
    """Boxes and arrows against the reference data, and equals signs too."""
    root = parsed(ladder(graph))
    ranks = Counter((node.id,) for node in reference().nodes if "Rank" in node.labels())
    assert (ranks, stated("PROMOTES_FROM")) == (
        Counter(marked(root, "rank")),
        Counter(marked(root, "promotes-to", "promotes-from")),
    )


def test_equal_ranks_stand_on_one_line(graph: Graph) -> None:
    """Every stated pair is marked once, and is of one step."""
    root = parsed(ladder(graph))
    steps = {name: step for name, step in marked(root, "rank", "step")}  # noqa: C416 -- a dict of pairs whose length is not typed
    pairs = [tuple(pair.split()) for (pair,) in marked(root, "equal")]
    assert stated("EQUIVALENT_TO") == Counter(pairs)
    assert [] == [pair for pair in pairs if steps[pair[0]] != steps[pair[1]]]


@pytest.mark.parametrize(("held", "aim"), PATHS)
def test_a_pathway_holds_its_ranks_its_gates_and_their_options(graph: Graph, held: str, aim: str) -> None:
    """Steps in the order of the question; options as alternatives, each with all that it needs."""
    root = parsed(pathway(graph, held, aim, way=1))
    steps = [row for row in rows(graph, "pathway", from_=held, to=aim) if row["route"] == 1]
    assert [held, *(str(row["rank_id"]) for row in steps)] == [name for name, _ in marked(root, "rank", "order")]
    expected = set()
    for step in steps:
        options: dict[tuple[object, ...], set[str]] = {}
        for row in rows(graph, "gates", rank=str(step["rank_id"])):
            key = (row["gate"], row["option"], row["document"], row["lines"])
            options.setdefault(key, set()).add(str(row["needs_id"]))
        expected |= {(step["rank_id"], key[0], " ".join(sorted(needs))) for key, needs in options.items()}
    assert expected == set(marked(root, "rank", "option", "needs"))


def test_the_gates_of_a_step_are_those_that_the_question_names(graph: Graph) -> None:
    """`pathway` lists names of gates; each stands in the picture with its rank."""
    root = parsed(pathway(graph, "uk/constable", COMMISSIONER, way=1))
    steps = [row for row in rows(graph, "pathway", from_="uk/constable", to=COMMISSIONER) if row["route"] == 1]
    named = {
        (str(row["rank_id"]), str(gate)) for row in steps if isinstance(row["gates"], list) for gate in row["gates"]
    }
    assert named == set(marked(root, "rank", "gate"))


def test_a_pathway_names_the_other_ways_and_draws_the_one_asked_for(graph: Graph) -> None:
    """Way 2 is the question's second route, and the first is named under it."""
    steps = rows(graph, "pathway", from_="uk/constable", to=COMMISSIONER)
    root = parsed(pathway(graph, "uk/constable", COMMISSIONER, way=2))
    second = [str(row["rank_id"]) for row in steps if row["route"] == 2]
    others = sorted({str(row["route"]) for row in steps} - {"2"})
    assert (["uk/constable", *second], others) == (
        [name for name, _ in marked(root, "rank", "order")],
        [way for (way,) in marked(root, "way")],
    )


def test_a_way_that_is_not_there_is_refused(graph: Graph) -> None:
    """It says how many there are."""
    with pytest.raises(UsageError, match="--way: found 99; expected a number from 1 to"):
        pathway(graph, "uk/constable", COMMISSIONER, way=99)


def test_a_pathway_that_leads_nowhere_is_an_error(graph: Graph) -> None:
    """No picture is drawn of nothing."""
    with pytest.raises(AnswerError, match="no way leads from mps/commissioner up to uk/constable"):
        pathway(graph, COMMISSIONER, "uk/constable", way=1)


@pytest.mark.parametrize(("held", "aim"), GAPS)
def test_a_gap_is_that_of_the_question(graph: Graph, held: str, aim: str) -> None:
    """Kind, requirement and status of every row, none twice."""
    picture = gap(graph, held, aim)
    asked = rows(graph, "rank-gap", from_=held, to=aim)
    expected = Counter({(row["kind"], row["requirement_id"], row["status"]) for row in asked})
    found = Counter(marked(parsed(picture), "kind", "requirement", "status"))
    assert (expected, len(asked)) == (found, len(picture.rows))


@pytest.mark.parametrize("aim", [AC, DAC, COMMISSIONER, "territorial/chief-constable", "uk/sergeant"])
def test_oversight_is_that_of_the_questions(graph: Graph, aim: str) -> None:
    """Each body once under each relation, each statement once, and who is managed; no line leads back to the rank."""
    root = parsed(oversight(graph, aim))
    asked = [row for row in rows(graph, "bodies-of", rank=aim) if row["body_id"] != aim]
    below = [row for row in rows(graph, "chain-of-command", rank=aim) if row["tie"] == "line manager"]
    below = [row for row in below if row["position"] == "below"]
    assert (
        Counter({(str(row["relation"]), str(row["body_id"])) for row in asked}),
        Counter((str(row["fact"]),) for row in asked),
        Counter((str(row["rank_id"]),) for row in below),
    ) == (
        Counter(marked(root, "relation", "body")),
        Counter(marked(root, "fact")),
        Counter(marked(root, "below")),
    )


@pytest.mark.parametrize("aim", [DAC, "uk/inspector", "role/pcso"])
def test_the_card_of_a_rank_counts_what_the_questions_answer(graph: Graph, aim: str) -> None:
    """Neighbours, gates, editions and requirements by kind."""
    root = parsed(rank(graph, aim))
    kinds = Counter(str(row["kind"]) for row in rows(graph, "requirements-of", rank=aim))
    feeders = Counter({(str(row["rank_id"]),) for row in rows(graph, "feeder-ranks", rank=aim)})
    assert (
        {(kind, str(count)) for kind, count in kinds.items()},
        feeders,
        {(str(row["edition"]),) for row in rows(graph, "editions-of", rank=aim)},
        {(str(row["gate"]),) for row in rows(graph, "gates", rank=aim)},
    ) == (
        set(marked(root, "kind", "count")),
        Counter(marked(root, "feeder")),
        set(marked(root, "edition")),
        set(marked(root, "gate")),
    )


def test_what_a_card_leaves_out_is_counted(graph: Graph) -> None:
    """Five of the duties are shown, and the command that shows the others."""
    root = parsed(rank(graph, DAC))
    found = texts(one for one in root.iter() if one.get("data-part") == "duties")
    left = len(rows(graph, "duties-of", rank=DAC)) - 5
    assert f"and {left} more: rankgraph ask duties-of --rank {DAC}" in found


def test_a_picture_names_every_document_it_rests_on_and_the_day(graph: Graph) -> None:
    """The foot of a gap has the documents of its rows, and the day asked about."""
    root = parsed(gap(graph, COMMANDER, DAC, as_of="2026-03-31"))
    foot = texts(one for one in root.iter() if one.get("data-part") == "sources")
    named = {str(row["document"]) for row in rows(graph, "rank-gap", from_=COMMANDER, to=DAC, as_of="2026-03-31")}
    assert (True, set()) == ("as of 2026-03-31" in foot, {name for name in named if name not in foot})


def test_the_alternative_text_is_made_of_the_same_rows(graph: Graph) -> None:
    """Title and description of the ladder name each rank."""
    picture = ladder(graph)
    root = parsed(picture)
    told = {one.tag.rpartition("}")[2]: one.text for one in root if one.get("id")}
    missing = [str(row["item"]) for row in picture.rows if str(row["item"]).split(" (")[0] not in picture.says]
    assert ("img", "title desc", {"title": picture.title, "desc": picture.says}, []) == (
        root.get("role"),
        root.get("aria-labelledby"),
        told,
        missing,
    )


def test_the_same_graph_and_day_give_the_same_bytes(graph: Graph) -> None:
    """Nothing is random, and no time is written."""
    first, second = (svg(oversight(graph, AC, as_of="2026-03-31")) for _ in range(2))
    assert first == second
