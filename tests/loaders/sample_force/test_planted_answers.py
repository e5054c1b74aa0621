"""What the questions answer on sample forces is what was planted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.documents.load import load
from graph.documents.reset import reset
from graph.session import Graph
from graph.staff.load import load as load_staff
from loaders import files, read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from loaders.sample_force import AS_OF, make
from loaders.staff.read import read as read_staff
from queries.ask import ask
from queries.catalogue import question
from queries.parameters.staff_names import staff_names
from tests.harness.engines import EMBEDDED, FIRST_LINE, Engine, with_settings
from tests.oracles.planted.force import planted_answers

PEOPLE = 300
FORCES = ((EMBEDDED, 1), (EMBEDDED, 2), (EMBEDDED, 3), (FIRST_LINE, 1))
"""Engine and seed."""
QUESTIONS = (
    "heat-map",
    "single-points",
    "expiring",
    "vacancies",
    "establishment",
    "training-demand",
    "succession",
    "ready-for",
    "lateral-moves",
    "person-gap",
)


@dataclass(frozen=True)
class Planted:
    """One answer as it was planted; `asked` is what the question is sent."""

    question: str
    asked: dict[str, object]
    columns: tuple[str, ...]
    rows: Counter[str]


@pytest.fixture(scope="module")
def planted(
    request: pytest.FixtureRequest, engine_of_module: Engine, tmp_path_factory: pytest.TempPathFactory
) -> list[Planted]:
    """Load the force of a seed as a user does, and return what was planted in it."""
    seed: int = request.param
    folder = tmp_path_factory.mktemp("force")
    make(folder, PEOPLE, seed)
    with with_settings(engine_of_module.environment), engine_of_module.open() as graph:
        reset(graph)
        _load(graph, folder)
    return list(_planted(seed))


def _load(graph: Graph, folder: Path) -> None:
    profiles = files.read_all(files.find([folder / "documents"]), read)
    load(graph, [facts(profile, known()) for profile in profiles], reference_facts())
    with read_staff(folder / "csv", staff_names(graph, as_of=AS_OF.isoformat())) as staff:
        load_staff(graph, staff)


def _planted(seed: int) -> Iterator[Planted]:
    with planted_answers(PEOPLE, seed) as answers:
        for answer in answers:
            said = {name: value for name, value in answer.parameters.items() if name != "gates"}
            asked = {**said, "as_of": AS_OF.isoformat()}
            yield Planted(answer.question, asked, answer.columns, _counted(answer.rows()))


def _counted(rows: Iterable[Iterable[object]]) -> Counter[str]:
    """Return rows without their order, nor that of lists in them; 2 and 2.0 are one number."""
    return Counter(json.dumps([_even(value) for value in row]) for row in rows)


def _even(value: object) -> object:
    if isinstance(value, list):
        return sorted(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize(("engine_of_module", "planted"), FORCES, indirect=True, scope="module")
def test_a_question_answers_what_was_planted(engine: Engine, planted: list[Planted], name: str) -> None:
    """Every answer of a question, on the whole force, its units and its people, has the planted rows and no others."""
    found = question(name)
    assert found is not None
    expected, actual = {}, {}
    with engine.open(write=False) as graph:
        for one in planted:
            if one.question == name:
                rows = ask(graph, found, {key: _name_or_id(value) for key, value in one.asked.items()}).rows
                of_aim = [row for row in rows if row.get("kind") != "gate"]
                key = json.dumps(one.asked)
                expected[key], actual[key] = one.rows, _counted([row[name] for name in one.columns] for row in of_aim)
    assert (True, expected) == (bool(expected), actual)


def _name_or_id(value: object) -> object:
    return value if value is None else str(value)
