"""What tests of pages have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.shown import run
from tests.harness.engines import engine_stays


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the commands of the module's PAGE, which leave their files."""
    folder = tmp_path_factory.mktemp("page")
    with engine_stays():
        assert all(one.true for one in run(request.module.PAGE, folder, in_process=True))
    return folder
