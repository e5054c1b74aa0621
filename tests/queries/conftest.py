"""Keep the embedded graph open between the tests of a module: to start the engine takes longer than most questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.harness.engines import EMBEDDED, Engine, with_settings


@pytest.fixture(scope="module")
def engine_of_module(request: pytest.FixtureRequest, engine_of_module: Engine) -> Iterator[Engine]:
    """Return the engine of the module, open also where tests change what is in it.

    What is tested in Neo4j Browser is served by a process of its own, which needs the graph for itself.
    """
    with ExitStack() as stack:
        if engine_of_module.name == EMBEDDED and "jar" not in request.fixturenames:
            with with_settings(engine_of_module.environment):
                stack.enter_context(engine_of_module.open())
        yield engine_of_module
