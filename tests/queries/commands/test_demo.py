"""What `make demo` prints: the first that anybody sees of rankgraph."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.commands import ROOT, run

MOST_LINES = 60


MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def _steps() -> Iterator[str]:
    """Yield what the recipe of the target does, a command each."""
    recipe = re.search(r"^demo: \.venv/installed\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe
    for line in recipe[1].splitlines():
        yield from re.split(r";(?= echo)", line.strip().removeprefix("@"))


@pytest.mark.usefixtures("_no_settings")
def test_the_demo_fits_on_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its commands print together, what they say on stderr included where that is shown."""
    home = re.search(r"^demo: export RANKGRAPH_HOME := \$\(CURDIR\)/(.+)$", MAKEFILE, re.MULTILINE)
    assert home
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / home[1]))
    (tmp_path / ".demo").mkdir()
    lines: list[str] = []
    kept = ""
    for step in _steps():
        program, *words = shlex.split(step.partition("||")[0])
        if program == "echo":
            lines.append(" ".join(words))
        elif program == "$(rankgraph)":
            found = run(*(word for word in words if not word.startswith((">", "2>"))))
            assert 0 == found.exit_code, found.stderr
            kept = found.stdout
            lines += [] if " >" in step else (found.stdout if "2>" in step else found.output).splitlines()
        elif program == "sed":
            lines += kept.splitlines()[:1]
    assert 4 == sum(line.startswith("$$ rankgraph ") for line in lines)
    assert MOST_LINES >= len(lines), "\n".join(lines)
    assert (tmp_path / ".demo" / "way.html").is_file()
