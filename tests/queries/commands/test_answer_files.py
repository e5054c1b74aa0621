"""Answers that are written to files: as Excel and LibreOffice read them, and with nothing added on stdout."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.builders.staff_export import export, row, write_csv
from tests.harness.commands import run

MARK = b"\xef\xbb\xbf"
NAME = "Zoë’s team, £5"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have a force with a unit whose name is not of ASCII alone, and a vacant post in it."""
    folder = tmp_path_factory.mktemp("answers")
    rows = export()
    rows["units"].append(row("units", "U99", NAME, "U1"))
    rows["posts"].append(row("posts", "T99", "U99", "PC"))
    write_csv(rows, folder / "export")
    for words in (("load", "--samples"), ("staff", "load", str(folder / "export"), "--on-error", "skip")):
        assert 0 == run(*words, RANKGRAPH_HOME=str(folder / "home")).exit_code
    return folder


def _asked(home: Path, *words: str) -> tuple[int, str, str]:
    found = run("ask", "vacancies", "--as-of", "2026-01-01", *words, RANKGRAPH_HOME=str(home / "home"))
    return found.exit_code, found.stdout, found.stderr.splitlines()[-1] if found.stderr else ""


def test_a_csv_file_begins_with_a_mark_and_stdout_does_not(home: Path, tmp_path: Path) -> None:
    """The same rows stand in both."""
    file = tmp_path / "vacancies.csv"
    assert (0, "", f"the answer is in {file}") == _asked(home, "--out", str(file))
    _, text, _ = _asked(home, "--format", "csv")

    assert (True, False) == (file.read_bytes().startswith(MARK + b"unit_id,"), text.encode().startswith(MARK))
    assert (text, True) == (file.read_text(encoding="utf-8-sig"), NAME in text)


@pytest.mark.parametrize("ending", ["json", "md"])
def test_other_files_have_no_mark_and_are_of_the_format_of_their_ending(
    home: Path, tmp_path: Path, ending: str
) -> None:
    """Where --format says otherwise, before it or behind, nothing is written and one line says so."""
    file = tmp_path / f"vacancies.{ending}"
    kinds = {"json": "json", "md": "markdown"}
    out, given = ("--out", str(file)), ("--format", "csv")
    for words in ((*out, *given), (*given, *out)):
        code, _, said = _asked(home, *words)
        assert (2, False, True) == (code, file.exists(), f"which is {kinds[ending]}; leave --format out" in said)
    assert 0 == _asked(home, *out, "--format", kinds[ending])[0]
    text = file.read_text(encoding="utf-8")
    first = {"json": "[", "md": "| unit_id |"}[ending]
    assert (True, True) == (text.startswith(first), NAME in text)
    assert ending != "json" or NAME in {one["unit"] for one in json.loads(text)}


def test_a_file_that_is_there_stays_and_one_of_another_ending_is_refused(home: Path, tmp_path: Path) -> None:
    """But with --overwrite, which may stand before or after."""
    file = tmp_path / "vacancies.csv"
    file.write_text("mine", encoding="utf-8")
    code, _, said = _asked(home, "--out", str(file))
    assert (1, True, "mine") == (code, "--overwrite" in said, file.read_text(encoding="utf-8"))
    for words in (("--overwrite", "--out", str(file)), ("--out", str(file), "--overwrite")):
        assert 0 == _asked(home, *words)[0]
    code, _, said = _asked(home, "--out", str(tmp_path / "vacancies.xls"))
    assert (2, True) == (code, "expected a name that ends in .csv, .json, .md" in said)


def test_commands_on_workforce_write_files_too(home: Path, tmp_path: Path) -> None:
    """With what their audience may see, to be read by their owner only."""
    file = tmp_path / "vacancies.csv"
    words = ("vacancies", "--as-of", "2026-01-01", "--audience", "aggregate", "--out", str(file))
    assert 0 == run(*words, RANKGRAPH_HOME=str(home / "home")).exit_code
    assert MARK == file.read_bytes()[:3]
    assert file.stat().st_mode & 0o077 in {0, 0o066}  # Windows has no such modes


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice found")
def test_libreoffice_shows_the_name_as_it_is_and_no_mark(home: Path, tmp_path: Path) -> None:
    """Read as UTF-8, which its window proposes where there is a mark, the mark is no part of the first heading."""
    _asked(home, "--out", str(tmp_path / "vacancies.csv"))
    form = "Text - txt - csv (StarCalc):44,34,76"
    for name, kind in (("vacancies.csv", "ods"), ("vacancies.ods", f"csv:{form}")):
        words = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        words += [*([f"--infilter={form}"] if kind == "ods" else []), "--convert-to", kind, name]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
        assert 0 == done.returncode, done.stderr
    with (tmp_path / "vacancies.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert ("unit_id", True) == (lines[0][0], NAME in {cell for line in lines for cell in line})
