"""The pictures that the pages show are those that the commands draw now, of the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.commands import ROOT, run

IMAGES = {
    "ladder": ("ladder",),
    "rank": ("rank", "sergeant"),
    "pathway": ("pathway", "sergeant", "chief inspector"),
    "gap": ("gap", "sergeant", "inspector"),
    "oversight": ("oversight", "dac", "--force", "mps"),
}
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Load the samples."""
    home = str(tmp_path_factory.mktemp("samples") / "home")
    assert run("load", "--samples", RANKGRAPH_HOME=home).exit_code == 0
    return home


@pytest.mark.parametrize("name", IMAGES)
def test_a_shown_picture_is_not_stale(name: str, home: str, tmp_path: Path) -> None:
    """The command of the picture, given with the day, writes the file in docs/images: mend it so."""
    target = tmp_path / f"{name}.svg"
    found = run("picture", *IMAGES[name], "--as-of", DAY, "--out", str(target), RANKGRAPH_HOME=home)
    assert (0, (ROOT / "docs" / "images" / target.name).read_bytes()) == (found.exit_code, target.read_bytes())
