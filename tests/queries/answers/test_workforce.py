"""The commands of a planner: what each shows of a force, and to whom it shows people."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graph.session import Graph
from tests.builders.force import Force, Row, put
from tests.harness.commands import run
from tests.harness.engines import ON_EMBEDDED

pytestmark = [ON_EMBEDDED, pytest.mark.holds("reference", changed=True)]

DAY = "2026-03-01"
TASER = "skill/taser"
PEOPLE = 9


def _posts() -> list[Row]:
    found: list[Row] = [
        {"post_id": f"T{n}", "unit_id": "A", "rank": "uk/constable", "title": "Officer"} for n in range(PEOPLE)
    ]
    skipper: Row = {"post_id": "S1", "unit_id": "F", "rank": "uk/sergeant", "title": "Skipper", "opened": "2020-01-01"}
    return [*found, skipper]


def _occupancies() -> list[Row]:
    found: list[Row] = [{"person_id": f"P{n}", "post_id": f"T{n}", "from": "2020-01-01"} for n in range(PEOPLE)]
    return [*found, {"person_id": "P1", "post_id": "S1", "basis": "acting"}]


def _holdings() -> list[Row]:
    found: list[Row] = [{"person_id": f"P{n}", "requirement": TASER, "expires": "2026-04-01"} for n in range(6)]
    return [*found, {"person_id": "P1", "requirement": "skill/search", "expires": None}]


FORCE = Force(
    units=[
        {"unit_id": "F", "name": "Force", "parent_id": None},
        {"unit_id": "A", "name": "Area", "parent_id": "F"},
    ],
    posts=_posts(),
    people=[{"person_id": f"P{n}", "name": f"Person number {n}"} for n in range(PEOPLE)],
    occupancies=_occupancies(),
    requirements=[
        {"id": TASER, "name": "Taser", "kind": "Skill"},
        {"id": "skill/search", "name": "Search", "kind": "Skill"},
    ],
    needs=[
        {"role": "uk/constable", "requirement": TASER, "level": None},
        {"role": "uk/sergeant", "requirement": "skill/search", "level": None},
        {"role": "uk/constable", "requirement": "skill/search", "level": None, "necessity": "desirable"},
    ],
    holdings=_holdings(),
)
LISTS = (
    ("expiring",),
    ("single-points",),
    ("succession", "sergeant"),
    ("vacancies",),
)


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """Have the force in the graph."""
    put(graph, FORCE)
    return graph


def shown(*words: str) -> list[Row]:
    """Return the rows of a command on the day."""
    found = run(*words, "--as-of", DAY, "--format", "json")
    assert 0 == found.exit_code, found.stderr
    rows: list[Row] = json.loads(found.stdout)
    return rows


def picked(rows: list[Row], *names: str) -> set[tuple[object, ...]]:
    """Return some columns of rows."""
    return {tuple(row[name] for name in names) for row in rows}


@pytest.mark.usefixtures("graph")
def test_a_heat_map_shows_need_have_and_short() -> None:
    """A unit counts those below it; what is desirable is left out."""
    expected = {
        ("F", "Taser", 9, 6, 3),
        ("F", "Search", 1, 1, 0),
        ("A", "Taser", 9, 6, 3),
    }
    assert expected == picked(
        shown("heat-map", "--audience", "named"), "unit_id", "requirement", "need", "have", "short"
    )


@pytest.mark.parametrize("searching", [1, 6])
def test_a_force_of_several_units_at_the_top_has_a_row_of_its_own(graph: Graph, searching: int) -> None:
    """Their sums come first, hidden from the aggregate audience where one of them is; one unit alone has none."""
    units: list[Row] = [{"unit_id": name, "name": name, "parent_id": None} for name in ("X", "Y")]
    posts = [{**row, "unit_id": "XY"[n % 2]} for n, row in enumerate((*_posts(), *_posts()))]
    posts = [{**row, "post_id": f"{n}"} for n, row in enumerate(posts)]
    holders: list[Row] = [{"person_id": f"P{n}", "post_id": f"{n}"} for n in range(PEOPLE)]
    held: list[Row] = [{"person_id": f"P{n}", "requirement": TASER, "expires": None} for n in range(searching)]
    put(graph, replace(FORCE, units=units, posts=posts, occupancies=holders, holdings=held))
    columns = ("unit", "unit_id", "depth", "need", "have", "short", "unknown")
    for audience, hidden in (("named", ()), ("aggregate", ("have", "short"))):
        rows = [row for row in shown("heat-map", "--audience", audience) if row["requirement"] == "Taser"]
        first, *tops = [{name: row[name] for name in columns} for row in rows]
        sums = {
            name: sum(int(str(row[name])) for row in tops)
            for name in ("need", *({"have", "short"} - {*hidden}), "unknown")
        }
        assert {"unit": "Whole force", "unit_id": None, "depth": None, **sums} == {
            name: value for name, value in first.items() if name not in hidden
        }
        assert all("[c]" == first[name] for name in hidden)
        assert ("X", "Y") == tuple(row["unit_id"] for row in tops)
    assert {"X"} == {row["unit_id"] for row in shown("heat-map", "--unit", "X", "--audience", "named")}


@pytest.mark.usefixtures("graph")
def test_a_heat_map_counts_what_is_desirable_where_that_is_asked_for() -> None:
    """With --desirable constables are asked for Search; where --all is the old name of it, it says the new ones."""
    refused = run("person", "P1", "--to", "sergeant", "--all")
    assert (2, "") == (refused.exit_code, refused.stdout)
    assert "found --all; expected --unrecorded, --desirable or both" in refused.stderr
    found = picked(
        shown("heat-map", "--desirable", "--unit", "a", "--audience", "named"), "requirement", "need", "have"
    )
    assert {("Taser", 9, 6), ("Search", 9, 1)} == found


@pytest.mark.usefixtures("graph")
def test_a_table_sets_units_in_by_their_depth() -> None:
    """The unit below stands further to the right."""
    lines = run("heat-map", "--as-of", DAY).stdout.splitlines()
    starts = [line.split("  Taser")[0].rstrip() for line in lines if "Taser" in line]
    assert ["Force", "  Area"] == starts


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
@pytest.mark.parametrize("audience", ["pseudonymous", "aggregate", None])
@pytest.mark.usefixtures("graph")
def test_nobody_is_named_unless_that_is_asked(words: tuple[str, ...], audience: str | None) -> None:
    """Neither a number nor a name of a person stands in any form of the answer, or beside it."""
    chosen = ["--audience", audience] if audience else []
    for kind in ("table", "json", "csv", "markdown"):
        found = run(*words, *chosen, "--as-of", DAY, "--format", kind)
        text = found.stdout + found.stderr
        people = [row for row in FORCE.people if str(row["person_id"]) in text or str(row["name"]) in text]
        refused = (audience, words) == ("aggregate", ("single-points",))
        assert (2 if refused else 0, []) == (found.exit_code, people)


@pytest.mark.usefixtures("graph")
def test_named_answers_show_numbers() -> None:
    """Those who may see all see who covers, who holds and who could follow."""
    found = {
        " ".join(words): picked(shown(*words, "--audience", "named"), column)
        for words, column in zip(LISTS[1:3], ("person_id", "person_id"), strict=True)
    }
    expected = {
        "single-points": {("P1",)},
        "succession sergeant": {(f"P{n}",) for n in range(PEOPLE)},
    }
    assert expected == found


@pytest.mark.usefixtures("graph")
def test_the_aggregate_audience_gets_counts_and_few_are_hidden() -> None:
    """Six tickets lapse; a vacancy is of one post, which nine could follow into: few of them, and so the rest.

    Nobody was ever recorded with the gates of a sergeant, so they block nobody.
    """
    found = {words: shown(*words, "--audience", "aggregate") for words in LISTS if words != ("single-points",)}
    expected = {
        ("expiring",): [{"requirement": "Taser", "requirement_id": TASER, "people": 6}],
        ("succession", "sergeant"): [{"ready": "unknown", "people": "[c]"}, {"ready": "no", "people": "[c]"}],
        ("vacancies",): [{"unit": "Force", "unit_id": "F", "rank": "uk/sergeant", "vacant": "[c]"}],
    }
    assert expected == found


@pytest.mark.usefixtures("graph")
def test_codes_are_the_same_within_one_key_and_differ_between_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two answers can be set side by side only with a key of one's own."""

    def codes(key: str | None) -> set[tuple[object, ...]]:
        if key is None:
            monkeypatch.delenv("RANKGRAPH_PSEUDONYM_KEY", raising=False)
        else:
            monkeypatch.setenv("RANKGRAPH_PSEUDONYM_KEY", key)
        return picked(shown("expiring"), "person_id")

    keyed, again, other = (codes(f"a key that is {word} enough") for word in ("long", "long", "wide"))
    assert (True, set(), set()) == (keyed == again, keyed & other, codes(None) & codes(None))


@pytest.mark.usefixtures("graph")
def test_a_person_is_told_what_is_not_met_first_and_what_they_hold_already() -> None:
    """A constable lacks what the gates of a sergeant ask for, and holds the rank of constable."""
    up, same = (run("person", "P1", "--to", rank, "--as-of", DAY, "--format", "json") for rank in ("sergeant", "pc"))
    statuses = [row["status"] for row in json.loads(up.stdout)]
    held = "this person holds uk/constable already on 2026-03-01"
    assert sorted(statuses, key="done".__eq__) == statuses
    assert (["done"], True) == (statuses[-1:], held in same.stderr.splitlines())


def test_of_a_person_who_has_left_that_is_said(graph: Graph) -> None:
    """The answer is about somebody who is no longer there."""
    gone = [{**person, "left": "2026-02-28"} if person["person_id"] == "P1" else person for person in FORCE.people]
    put(graph, replace(FORCE, people=gone))
    said = [run("person", "P1", "--to", "sergeant", "--as-of", day).stderr for day in ("2026-02-28", "2026-03-01")]
    note = "this person is not in the force on 2026-03-01: has left it, or has yet to join"
    assert [False, True] == [note in one.splitlines() for one in said]


@pytest.mark.usefixtures("graph")
def test_a_unit_that_is_not_there_is_refused() -> None:
    """The message names what is near."""
    found = run("heat-map", "--unit", "Arae")
    assert (1, "Error: no unit is called 'Arae': did you mean A (Area)?") == (found.exit_code, found.stderr.strip())


def test_a_name_of_two_units_asks_for_the_id(graph: Graph) -> None:
    """Nothing is said of ladders, which units have none of."""
    put(graph, replace(FORCE, units=[*FORCE.units, {"unit_id": "B", "name": "Area", "parent_id": "F"}]))
    found = run("heat-map", "--unit", "Area")
    said = "Error: 'Area' is the name of more than one unit: A, B; give the id"
    assert (1, said) == (found.exit_code, found.stderr.strip())
