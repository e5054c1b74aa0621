"""Where an answer may go: nowhere within the folder of a graph, and not through a link that leads to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import OutputError
from queries.show.files import writable, write, writing_folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of a graph, as far as it is known by it."""
    (tmp_path / "home" / "engine" / "databases").mkdir(parents=True)
    (tmp_path / "home" / "passwords.json").write_text("{}", encoding="utf-8")
    return tmp_path / "home"


@pytest.mark.parametrize("within", ["passwords.json", "answer.csv", "engine/answer.csv", "engine/databases/a.csv"])
@pytest.mark.parametrize("linked", [False, True])
def test_nothing_goes_into_the_folder_of_a_graph(home: Path, tmp_path: Path, within: str, *, linked: bool) -> None:
    """Be it named or linked to, as a file or as a folder, and whatever was asked to be replaced."""
    place = home / within
    if linked:
        (tmp_path / "link.csv").symlink_to(place)
        place = tmp_path / "link.csv"
    with pytest.raises(OutputError, match="found the folder of a graph"):
        writable(place, overwrite=True)
    with pytest.raises(OutputError, match="found the folder of a graph"), writing_folder(place, "m", overwrite=True):
        pass
    assert "{}" == (home / "passwords.json").read_text(encoding="utf-8")


def test_a_link_to_nothing_is_said_where_nothing_can_be_made(tmp_path: Path) -> None:
    """One to a file that is not there yet leads to that file, in a folder that is there."""
    (tmp_path / "nowhere.csv").symlink_to("missing/x.csv")
    (tmp_path / "new.csv").symlink_to("x.csv")
    with pytest.raises(OutputError, match=r"found no folder .*missing; make it first"):
        writable(tmp_path / "nowhere.csv", overwrite=False)
    write(writable(tmp_path / "new.csv", overwrite=False), "a\n")
    assert "a\n" == (tmp_path / "x.csv").read_text(encoding="utf-8")
