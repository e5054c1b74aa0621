"""What holds names or passwords is its owner's alone, whatever the folder and the mask of the user are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.staff_export import export, row, write_csv
from tests.harness.commands import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


def mode(path: Path) -> str:
    """Return who may do what."""
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have a folder that all may enter, with the samples and a force in it, and a mask that hides nothing."""
    home = tmp_path / "open"
    home.mkdir()
    home.chmod(0o755)
    monkeypatch.setenv("RANKGRAPH_HOME", str(home))
    before = os.umask(0o022)
    assert 0 == run("load", "--samples").exit_code
    yield home
    os.umask(before)


def test_the_folders_of_the_engine_are_closed_and_an_open_home_is_said(home: Path, tmp_path: Path) -> None:
    """Names lie in the engine; a folder that was open before is closed by the next command."""
    assert ["0700"] * 3 == [mode(home / name) for name in ("engine", "log", "guests")]
    (home / "engine").chmod(0o755)
    write_csv(export(), tmp_path / "export")
    words = ("staff", "load", str(tmp_path / "export"), "--on-error", "skip")
    note = f"others on this machine may enter {home}; `chmod 700 {home}` keeps them out"
    assert note in run(*words).stderr.splitlines()
    assert "0700" == mode(home / "engine")
    home.chmod(0o700)
    assert note not in run(*words, "--overwrite").stderr.splitlines()


def test_passwords_that_others_may_read_are_refused_by_every_command(home: Path) -> None:
    """Whoever read them is the owner of the graph; the message says what to do."""
    file = home / "passwords.json"
    file.chmod(0o640)
    found = [
        run(*words) for words in (("ask", "ranks"), ("pathway", "pc", "sergeant"), ("status",), ("load", "--samples"))
    ]
    expected = f"Error: {home}: others may read the passwords: found mode 0640, expected 0600; run `chmod 600 {file}`\n"
    assert [(1, expected)] * 4 == [(one.exit_code, one.stderr[-len(expected) :]) for one in found]
    file.chmod(0o600)
    assert 0 == run("ask", "ranks").exit_code


@pytest.mark.usefixtures("home")
def test_files_with_names_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """Bad rows and reports with names or codes; a report of numbers is for all. One that is there is closed too."""
    rows = export()
    rows["people"].append(row("people", "P9", "Somebody", "soon"))
    write_csv(rows, tmp_path / "export")
    errors, names, codes, numbers = (tmp_path / name for name in ("bad.xlsx", "names.html", "codes.md", "all.html"))
    names.touch(mode=0o644)
    words = ("staff", "load", str(tmp_path / "export"), "--on-error", "skip", "--errors", str(errors))
    assert 0 == run(*words).exit_code
    for path, audience in ((names, "named"), (codes, "pseudonymous"), (numbers, "aggregate")):
        assert 0 == run("report", "--out", str(path), "--audience", audience, "--overwrite").exit_code
    assert ["0600", "0600", "0600", "0644"] == [mode(path) for path in (errors, names, codes, numbers)]
