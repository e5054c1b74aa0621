"""The pictures that the pages show are those that the commands draw now, of the samples."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.commands import ROOT, run
from tests.harness.loaded import prepared
from tests.harness.pictures import kept_open

IMAGES = {
    "ladder": ("ladder",),
    "rank": ("rank", "sergeant"),
    "pathway": ("pathway", "sergeant", "chief inspector"),
    "gap": ("gap", "sergeant", "inspector"),
    "oversight": ("oversight", "dac", "--force", "mps"),
}
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def home(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Have the samples."""
    copy = shutil.copytree(prepared(common, "samples"), tmp_path_factory.mktemp("samples") / "home")
    with kept_open(copy) as home:
        yield home


@pytest.mark.parametrize("name", IMAGES)
def test_a_shown_picture_is_not_stale(name: str, home: str, tmp_path: Path) -> None:
    """The command of the picture, given with the day, writes the file in docs/images: mend it so."""
    target = tmp_path / f"{name}.svg"
    found = run("picture", *IMAGES[name], "--as-of", DAY, "--out", str(target), RANKGRAPH_HOME=home)
    assert (0, (ROOT / "docs" / "images" / target.name).read_bytes()) == (found.exit_code, target.read_bytes())
