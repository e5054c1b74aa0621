"""Every question on the real documents: equal to plain Python over the same facts, and equal on every engine."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.session import Graph, open_graph
from queries.ask import Reply, ask
from queries.catalogue import question, questions
from tests.harness.engines import ON_EVERY_LINE, with_settings
from tests.harness.loaded import TODAY, oracle, prepared
from tests.harness.once import made_once
from tests.harness.real import needed
from tests.oracles.facts import ANSWERS, counts, distinct, rank_gap, routes
from tests.oracles.themes import theme_of

pytestmark = [needed, pytest.mark.real, pytest.mark.holds("documents")]

DAYS = (None, "2021-06-01", "2015-01-01")
RANKS = (
    *("uk/constable", "uk/sergeant", "uk/inspector", "uk/chief-superintendent"),
    *("territorial/assistant-chief-constable", "territorial/chief-constable"),
    *("mps/commander", "mps/deputy-assistant-commissioner", "mps/assistant-commissioner"),
    *("mps/deputy-commissioner", "mps/commissioner", "city/assistant-commissioner", "city/commissioner"),
)
PAIRS = (
    ("mps/commander", "mps/deputy-assistant-commissioner"),
    ("mps/deputy-assistant-commissioner", "mps/assistant-commissioner"),
    ("uk/sergeant", "uk/inspector"),
    ("uk/constable", "mps/commissioner"),
    ("territorial/assistant-chief-constable", "mps/commissioner"),
    ("mps/commissioner", "uk/constable"),
)


def answer(graph: Graph, name: str, **said: str | None) -> Reply:
    """Ask a question."""
    found = question(name)
    assert found is not None
    return ask(graph, found, {key.rstrip("_"): value for key, value in said.items()})


@dataclass(frozen=True)
class Asked:
    """A question with its parameters."""

    name: str
    said: tuple[tuple[str, str], ...]

    def rows(self, graph: Graph) -> list[dict[str, object]]:
        """Return its rows."""
        return answer(graph, self.name, **dict(self.said)).rows


def every_question() -> list[Asked]:
    """Return each question of the catalogue with parameters that have answers, and some that have none.

    One that needs the name of a unit or a person is asked where there are staff: the documents name none.
    """
    values = {
        "rank": [*RANKS[5:9], "mps/commissioner", "uk/sergeant"],
        "body": ["mopac", "iopc", "mps", "tfl"],
        "words": ["operational independence", "mayor", "no-such-word"],
        "edition": ["dac@2021-01", "met ac"],
        "id": ["cobr", "mps/commander", "course/elp"],
        "number": ["0", "90"],
        "flag": ["true", "false"],
    }
    values["role"] = values["rank"]
    staff = {"unit", "person"}
    asked = []
    for found in questions():
        kinds = [parameter for parameter in found.parameters if not parameter.optional]
        if staff & {parameter.kind for parameter in kinds}:
            continue
        if len(kinds) == 2:
            asked += [Asked(found.name, ((kinds[0].name, one), (kinds[1].name, other))) for one, other in PAIRS]
        elif kinds:
            asked += [Asked(found.name, ((kinds[0].name, value),)) for value in values[kinds[0].kind]]
        else:
            asked.append(Asked(found.name, ()))
    return asked


@pytest.fixture(scope="module")
def expected(common: Path) -> dict[Asked, list[dict[str, object]]]:
    """Return what the embedded engine answers to everything, asked once for all engines."""

    def make(draft: Path) -> None:
        shutil.copytree(prepared(common, "documents"), draft / "home")
        with with_settings({"RANKGRAPH_HOME": str(draft / "home")}), open_graph() as graph:
            rows = [asked.rows(graph) for asked in every_question()]
        (draft / "rows.json").write_text(json.dumps(rows), encoding="utf-8")

    found = json.loads((made_once(common, "answers on the documents", make) / "rows.json").read_text(encoding="utf-8"))
    return dict(zip(every_question(), found, strict=True))


@ON_EVERY_LINE
@pytest.mark.parametrize("asked", every_question(), ids=lambda asked: f"{asked.name} {asked.said}")
def test_every_engine_gives_the_same_rows_in_the_same_order(
    graph: Graph, expected: dict[Asked, list[dict[str, object]]], asked: Asked
) -> None:
    """One question file means one thing."""
    assert expected[asked] == asked.rows(graph)


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("day", DAYS)
def test_a_question_on_a_rank_agrees_with_the_facts_in_memory(graph: Graph, name: str, day: str | None) -> None:
    """For every rank, the rows are what plain Python finds."""
    compute, columns = ANSWERS[name]
    wanted = {rank: compute(oracle(), rank, day, TODAY) for rank in RANKS}
    found = {rank: distinct(answer(graph, name, rank=rank, as_of=day).rows, columns) for rank in RANKS}
    assert wanted == found


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("day", DAYS)
def test_routes_are_all_simple_paths(graph: Graph, pair: tuple[str, str], day: str | None) -> None:
    """Networkx finds the same ways, each once."""
    rows = answer(graph, "pathway", from_=pair[0], to=pair[1], as_of=day).rows
    found: dict[object, list[str]] = {}
    for row in rows:
        found.setdefault(row["route"], [pair[0]]).append(str(row["rank_id"]))
    expected = routes(oracle(), *pair, day, TODAY)
    assert sorted(map(list, expected)) == sorted(found.values())


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("day", DAYS)
def test_a_gap_agrees_with_the_facts_in_memory(graph: Graph, pair: tuple[str, str], day: str | None) -> None:
    """Each requirement has the status that plain Python gives it."""
    rows = answer(graph, "rank-gap", from_=pair[0], to=pair[1], as_of=day).rows
    found = {(row["status"], row["requirement_id"]) for row in rows if row["kind"] != "gate"}
    assert rank_gap(oracle(), *pair, day, TODAY) == found


def test_counts_agree_with_the_facts_in_memory(graph: Graph) -> None:
    """Every node stands once, and so does each theme that follows from them."""
    themes = ("Theme", len(set(theme_of(oracle()).values())))
    assert counts(oracle()) | {themes} == distinct(answer(graph, "counts").rows, ("label", "count"))


def numbered(rows: list[dict[str, object]], status: str, kind: str) -> set[tuple[str, ...]]:
    """Return held and needed lines, with the number of their document."""
    return {
        tuple(
            f"{str(row[document])[:3]}:{row[lines]}"
            for document, lines in (("held_document", "held_lines"), ("document", "lines"))
            if row[lines] is not None
        )
        for row in rows
        if (row["status"], row["kind"]) == (status, kind)
    }


@pytest.fixture
def commander_gap(graph: Graph) -> list[dict[str, object]]:
    """Ask what a Deputy Assistant Commissioner needs that a Commander of the Met does not."""
    return answer(graph, "rank-gap", from_="met commander", to="dac").rows


SKILLS = {
    "new": {("001:80",), ("001:81",), ("001:87",)},
    "reworded": {
        (f"002:{old}", f"001:{new}")
        for old, new in ((65, 82), (66, 83), (67, 84), (68, 85), (69, 86), (70, 88), (71, 89), (72, 90), (73, 91))
    },
    "kept": set(),
    "raised": set(),
    "dropped": set(),
}


@pytest.mark.parametrize("status", SKILLS)
def test_the_skills_between_commander_and_deputy_assistant_commissioner(
    commander_gap: list[dict[str, object]], status: str
) -> None:
    """Three are new, nine reworded, none is dropped."""
    assert SKILLS[status] == numbered(commander_gap, status, "skill")


def test_the_experience_and_knowledge_between_the_two(commander_gap: list[dict[str, object]]) -> None:
    """Six lines are kept word for word, three reworded, none is new or dropped."""
    found = {
        status: numbered(commander_gap, status, "experience") | numbered(commander_gap, status, "knowledge")
        for status in ("kept", "reworded")
    }
    expected = {
        "kept": {(53, 66), (55, 68), (56, 69), (57, 70), (58, 71), (61, 74)},
        "reworded": {(54, 67), (59, 72), (60, 73)},
    }
    wanted = {status: {(f"002:{old}", f"001:{new}") for old, new in pairs} for status, pairs in expected.items()}
    assert wanted == found


def test_the_courses_of_the_two_are_the_same_nodes(commander_gap: list[dict[str, object]]) -> None:
    """The leadership programme of lines 51 and 64, and the authorising course of 52 and 65, are one each."""
    found = {
        (row["requirement_id"], row["held_lines"], row["lines"])
        for row in commander_gap
        if row["kind"] == "course" and row["status"] == "kept" and row["authority"] == "national profile"
    }
    expected = {("course/elp", "51", "64"), ("course/scc", "51", "64"), ("course/a7-authorising-officer", "52", "65")}
    assert expected <= found
