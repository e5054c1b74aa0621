"""Gaps between roles of a framework of others, beside what plain Python computes from the rows of its file."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.session import Graph
from loaders.documents.framework_table import read_framework
from loaders.facts.framework import framework_facts
from loaders.facts.reference import known
from loaders.profile import RoleFramework
from queries.answers.answer import named
from queries.answers.gap import gap
from queries.answers.inquiry import Inquiry
from queries.answers.pathway_gap import pathway_gap
from tests.harness.engines import Engine
from tests.harness.loaded import fill, rows
from tests.harness.real import SHARED

ROLES = SHARED / "data" / "ddat" / "role.csv"
MAPPING = """rankgraph: mapping
framework: ddat
licence: Open Government Licence v3.0
published: 2024-05
columns:
  {role: Role, role_level: Role Level, skill: Skill Name, level: Skill Level, description: Skill Level Description}
levels: [Awareness, Working, Practitioner, Expert]
role_levels:
  "*": [Trainee *, Apprentice *, Junior *, Associate *, "*", Senior *, Lead *, Principal *, Head of *]
ignore: {level: [NOT IN USE]}
"""
LEVELS = {"Awareness": 1, "Working": 2, "Practitioner": 3, "Expert": 4}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not ROLES.is_file(), reason="the data of others are not beside the project"),
]

Needs = dict[str, int]
"""Levels by the name of the skill."""


@cache
def framework() -> RoleFramework:
    """Return what the file says through the mapping."""
    with TemporaryDirectory() as folder:
        mapping = Path(folder) / "ddat.yaml"
        mapping.write_text(MAPPING, encoding="utf-8")
        return read_framework(ROLES, mapping)


@cache
def needs() -> dict[str, dict[str, Needs]]:
    """Return what each level of each role asks for, from the rows of the file: no code of ours reads them."""
    found: dict[str, dict[str, Needs]] = defaultdict(lambda: defaultdict(dict))
    with ROLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Skill Level"] != "NOT IN USE":
                found[row["Role"]][row["Role Level"].strip()][row["Skill Name"]] = LEVELS[row["Skill Level"]]
    return found


def _expected(held: Needs, aimed: Needs) -> set[tuple[object, ...]]:
    """Return skill, status, level held and level needed."""
    return {
        *((skill, "new", None, level) for skill, level in aimed.items() if skill not in held),
        *((skill, "raised", held[skill], level) for skill, level in aimed.items() if level > held.get(skill, level)),
        *((skill, "kept", held[skill], level) for skill, level in aimed.items() if level <= held.get(skill, 0)),
        *((skill, "dropped", level, None) for skill, level in held.items() if skill not in aimed),
    }


@pytest.fixture(scope="module", autouse=True)
def _loaded(engine_of_module: Engine) -> Iterator[None]:
    """Have the framework in the graph, beside the reference data."""
    with fill(engine_of_module, [framework_facts(framework(), known())]):
        yield


def _ids() -> dict[tuple[str, str], str]:
    return {(one.role, str(one.role_level)): one.id for one in framework().roles}


def test_every_gap_between_two_levels_of_a_role_is_what_the_file_gives(graph: Graph) -> None:
    """New, raised, kept and dropped, for every ordered pair of levels of every role."""
    question, ids = named("rank-gap").text, _ids()
    pairs = [(role, one, other) for role, levels in needs().items() for one, other in permutations(levels, 2)]
    sent = [{"from": ids[role, one], "to": ids[role, other], "as_of": None} for role, one, other in pairs]
    answers = graph.reading(lambda transaction: [transaction.run(question, ends) for ends in sent])
    columns = ("requirement", "status", "held_level", "needed_level")
    wrong = [
        pair
        for pair, found in zip(pairs, answers, strict=True)
        if {tuple(row[name] for name in columns) for row in found}
        != _expected(needs()[pair[0]][pair[1]], needs()[pair[0]][pair[2]])
        or len(found) != len({row["requirement"] for row in found})
    ]
    assert ([], 788) == (wrong, len(pairs))


def test_the_answer_of_gap_has_these_rows(graph: Graph) -> None:
    """With the lines of the file and the words of the level, and no note but that of the way between."""
    ids, levels = _ids(), needs()["Data scientist"]
    held, aimed = ids["Data scientist", "Associate data scientist"], ids["Data scientist", "Lead data scientist"]
    found = gap(Inquiry(graph), held, aimed)
    told = {tuple(row[name] for name in ("requirement", "status", "held_level", "needed_level")) for row in found.rows}
    assert _expected(levels["Associate data scientist"], levels["Lead data scientist"]) == told
    lines = ROLES.read_text(encoding="utf-8").split("\n")
    for row in found.rows:
        first, last = map(int, str(row["lines"]).split("-"))
        rest = " ".join("\n".join(lines[first - 1 : last]).split())
        name, _, description = str(row["quote"]).split(" | ")
        assert name in rest
        assert description.replace('"', '""') in rest
    assert ["on the way: Data scientist; `rankgraph pathway-gap` adds what is asked for there"] == found.warnings


def test_a_pathway_goes_by_the_order_of_the_mapping(graph: Graph) -> None:
    """From the lowest level to the highest, and what all steps ask for together is the highest of each skill."""
    ids, levels = _ids(), needs()["Data scientist"]
    start, aim = ids["Data scientist", "Trainee data scientist"], ids["Data scientist", "Head of data science"]
    found = pathway_gap(Inquiry(graph), start, aim)
    steps = [str(row["to_rank"]) for row in found.rows if row["kind"] == "promotion"]
    order = ["Associate data scientist", "Data scientist", "Senior data scientist", "Lead data scientist"]
    way = [name for name in (*order, "Principal data scientist", "Head of data science") if name in levels]
    assert way == steps
    highest = {skill: max(levels[name].get(skill, 0) for name in way) for name in way for skill in levels[name]}
    assert highest == {row["requirement"]: row["level"] for row in found.rows if row["kind"] == "skill"}


def test_no_rule_of_health_finds_an_error(graph: Graph) -> None:
    """Sources, ends, promotions and editions are whole."""
    rules = (
        "facts-without-source",
        "loose-ends",
        "profiles-without-role",
        "double-promotions",
        "doubled-edges",
        "cycles",
    )
    assert {} == {rule: found for rule in rules if (found := rows(graph, rule))}
