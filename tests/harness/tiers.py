"""Which tests are quick, which belong to one worker, and in which order they are handed out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.harness.engines import EMBEDDED, FIRST_LINE, Contents, named_server

_SLOW_FIXTURES = {"engine_of_module", "servers", "chromium", "jar", "office", "serve", "common"}
"""What a quick test does without: an engine, a browser, an office, a server, a graph that is made once for the run."""

_SLOW_MODULES = (
    "tests/campaign/",
    "tests/graph/documents/test_load.py",
    "tests/graph/engine/",
    "tests/graph/staff/test_killed_load.py",
    "tests/graph/test_cluster.py",
    "tests/graph/test_server_errors.py",
    "tests/graph/test_session.py",
    "tests/loaders/documents/test_distortions.py",
    "tests/loaders/documents/test_renderings.py",
    "tests/loaders/formats/test_hostile_html.py",
    "tests/loaders/formats/test_mutations.py",
    "tests/loaders/formats/test_office_files.py",
    "tests/loaders/formats/test_pdf.py",
    "tests/loaders/documents/test_formats.py",
    "tests/loaders/documents/test_written_profile.py::test_the_schema_says_what_the_model_does",
    "tests/loaders/sample_force/",
    "tests/loaders/staff/test_faults.py",
    "tests/loaders/staff/test_older_workbooks.py",
    "tests/loaders/origins/",
    "tests/loaders/test_reading_time.py",
    "tests/project/test_contributing.py",
    "tests/project/test_docs.py",
    "tests/project/test_question_bench.py",
    "tests/project/test_serve_bench.py",
    "tests/project/test_spreadsheets.py",
    "tests/project/test_tools_page.py",
    "tests/project/test_tutorials.py",
    "tests/queries/answers/test_earliest.py",
    "tests/queries/answers/test_forecast_bands.py",
    "tests/queries/browser/",
    "tests/queries/commands/",
    "tests/queries/parameters/test_holdings.py",
    "tests/queries/picture/test_picture_files.py",
    "tests/queries/picture/test_picture_images.py",
    "tests/queries/progression/test_drawn_gates.py",
    "tests/queries/progression/test_pathway_gap.py",
    "tests/queries/test_disclosure_control.py",
)
"""Modules and tests that start an engine by themselves, or take long for another reason."""

LONGEST = (
    "tests/queries/browser/test_browser.py",
    "tests/loaders/test_reading_time.py",
    "tests/project/test_tutorials.py",
    "tests/graph/staff/test_killed_load.py",
    "tests/loaders/staff/test_faults.py",
    "tests/graph/documents/test_load.py",
    "tests/queries/commands/test_faults.py",
    "tests/queries/commands/test_answers.py",
    "tests/loaders/documents/test_renderings.py",
    "tests/loaders/documents/test_distortions.py",
)
"""Modules that take longest, from minutes to half of one: begun late, one of them would hold up the end of a run."""


def is_slow_module(name: str) -> bool:
    """Return whether no test of a module is quick, by its path within the project."""
    return name.startswith(tuple(slow for slow in _SLOW_MODULES if "::" not in slow))


def is_quick(item: pytest.Item) -> bool:
    """Return whether a test needs no engine and no browser."""
    return not (_SLOW_FIXTURES & set(_fixtures(item)) or item.nodeid.startswith(_SLOW_MODULES))


def group(item: pytest.Item) -> str:
    """Return the tests that one worker has to itself: those of a module on the embedded engine, or of a line of Neo4j.

    A Neo4j of the free edition has one database for users, and its first minute is spent on getting warm: so each line
    is started once, by one worker.
    """
    module, name = item.nodeid.partition("::")[0], _engine(item)
    if name in {"", EMBEDDED}:
        return f"{module} {name}".strip()
    return name if named_server() is None else "the server that the environment names"


def turn(item: pytest.Item) -> tuple[int, int, str, str]:
    """Return a key that puts what is handed out as a whole and takes long first, and what is quick last.

    Modules that only read the same contents of a Neo4j stand together, so that it is filled once; those that change its
    schema come last.
    """
    name = _engine(item)
    contents = Contents.of(item) if name not in {"", EMBEDDED} else Contents()
    slow = [name == FIRST_LINE, name not in {"", EMBEDDED}, not is_quick(item), True]
    module = item.nodeid.partition("::")[0]
    length = LONGEST.index(module) if module in LONGEST and name in {"", EMBEDDED} else len(LONGEST)
    return slow.index(True), length, group(item), f"{contents.schema} {contents.changed} {contents.name}"


def _engine(item: pytest.Item) -> str:
    """Return the name of the engine that a test runs on; empty where it takes none from the fixtures."""
    call = getattr(item, "callspec", None)
    return str(call.params.get("engine_of_module", "")) if call else ""


def _fixtures(item: pytest.Item) -> Iterable[str]:
    return getattr(item, "fixturenames", ())
