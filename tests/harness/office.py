"""LibreOffice Writer, which turns documents of one format into another."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(folder: Path, target: str, files: Iterable[Path], *options: str) -> Path:
    """Return the folder with the files in another format; without Writer the test is skipped, or fails in CI."""
    if OFFICE is None:
        _missing()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = folder / target.partition(":")[0]
    words = [str(OFFICE), profile, "--headless", *options, "--convert-to", target, "--outdir", str(made)]
    words += map(str, files)
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
    if "could not be loaded" in done.stdout + done.stderr:
        _missing()
    assert done.returncode == 0, done.stderr
    return made


def _missing() -> None:
    if os.environ.get("RANKGRAPH_REQUIRE_LIBREOFFICE"):
        pytest.fail("no LibreOffice Writer found, and one is required here")
    pytest.skip("no LibreOffice Writer found")
