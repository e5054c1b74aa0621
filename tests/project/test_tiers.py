"""Which worker a test goes to, when its turn comes, and whether it is among the quick ones."""

from __future__ import annotations

from itertools import groupby
from types import SimpleNamespace
from typing import cast

import pytest

from tests.harness import tiers
from tests.harness.commands import ROOT
from tests.harness.engines import EMBEDDED, named_server
from tests.harness.neo4j_server import LINES

FIRST, SECOND = LINES
CHANGED = None


def item(module: str, engine: str = "", holds: str | None = "", *fixtures: str, **how: bool) -> pytest.Item:
    """Return what a tier asks a test for; `holds` is what its module reads, None where it changes the graph."""
    mark = None if holds is CHANGED else SimpleNamespace(args=(holds,), kwargs=how)
    call = SimpleNamespace(params={"engine_of_module": engine}) if engine else None
    names = [*fixtures, "engine_of_module"] if engine else [*fixtures]
    return cast(
        "pytest.Item",
        SimpleNamespace(
            nodeid=f"tests/{module}.py::test", callspec=call, fixturenames=names, get_closest_marker=lambda _: mark
        ),
    )


QUICK, SLOW = item("graph/text/test_likeness"), item("queries/commands/test_answers")
EMBEDDED_ONE = item("graph/documents/test_check", EMBEDDED, "documents")
READS, READS_TOO = (item(f"queries/{name}", FIRST, "documents") for name in ("test_a", "test_c"))
READS_OTHER, CHANGES = item("queries/test_b", FIRST, "samples"), item("graph/test_load", FIRST, CHANGED)
SCHEMA = item("graph/test_a", FIRST, "reference", changed=True, schema=True)
OTHER_LINE = item("queries/test_a", SECOND, "documents")


def test_only_what_needs_no_engine_and_no_browser_is_quick() -> None:
    """By its fixtures, or by its module where it starts one by itself."""
    browser = item("queries/show/test_tables", "", "", "chromium")
    assert [QUICK] == [test for test in (QUICK, SLOW, EMBEDDED_ONE, READS, browser) if tiers.is_quick(test)]


def test_a_module_is_left_out_unread_only_where_none_of_its_tests_is_quick() -> None:
    """One slow test does not take its module along, nor does a folder take one with a longer name."""
    left_out = ["tests/graph/engine/test_folders.py", "tests/graph/engine", "tests/graph/test_session.py"]
    kept = ["tests/graph", "tests/loaders/documents/test_written_profile.py", "tests/graph/test_sessions.py"]
    assert left_out[::2] == [name for name in left_out + kept if tiers.is_slow_module(name)]


@pytest.mark.skipif(named_server() is not None, reason="all share the server that NEO4J_URI names")
def test_a_line_of_neo4j_belongs_to_one_worker() -> None:
    """Every module on it is of its group; on the embedded engine each module is one of its own."""
    tests = (READS, READS_OTHER, CHANGES, OTHER_LINE, EMBEDDED_ONE, QUICK)
    alone = [f"tests/graph/documents/test_check.py {EMBEDDED}", "tests/graph/text/test_likeness.py"]
    assert [FIRST, FIRST, FIRST, SECOND, *alone] == [tiers.group(test) for test in tests]


@pytest.mark.skipif(named_server() is not None, reason="all share the server that NEO4J_URI names")
def test_what_takes_long_comes_first_and_the_same_contents_together() -> None:
    """A Neo4j is filled once for all modules that only read the same, and has nothing to plan anew until the last."""
    tests = sorted(
        [QUICK, SCHEMA, READS, SLOW, CHANGES, READS_OTHER, OTHER_LINE, EMBEDDED_ONE, READS_TOO], key=tiers.turn
    )
    assert [FIRST, SECOND] == [name for name, _ in groupby(map(tiers.group, tests))][:2]
    assert [READS, READS_TOO, READS_OTHER, CHANGES, SCHEMA] == [test for test in tests if tiers.group(test) == FIRST]
    assert QUICK is tests[-1]


def test_the_longest_modules_come_before_the_other_slow_ones() -> None:
    """In the order in which they are named, each of which is there; their tests on a Neo4j stay in its group."""
    longest, next_longest = (
        item(name.removeprefix("tests/").removesuffix(".py"), EMBEDDED) for name in tiers.LONGEST[:2]
    )
    on_neo4j = item(tiers.LONGEST[0].removeprefix("tests/").removesuffix(".py"), FIRST, "samples")
    given = [QUICK, SLOW, EMBEDDED_ONE, next_longest, longest, on_neo4j, READS]
    assert [READS, on_neo4j, longest, next_longest] == sorted(given, key=tiers.turn)[:4]
    assert [] == [name for name in tiers.LONGEST if not (ROOT / name).is_file()]
