"""Run the tests of the questions on the Java build of the embedded engine, and print what differs from ours.

    python tests/other_engine.py FOLDER [TESTS...]

FOLDER keeps a virtual environment in which `arcadedb-embedded` stands in for `arcadedb`, all else is that of the
Python that runs this. Ends with 1 where a test fails there and passes here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "arcadedb-embedded==26.10.2.post1"
QUESTIONS = ("test_questions.py", "test_health.py", "gaps", "duties", "progression", "provenance", "workforce")
STAND_IN = f"""from arcadedb_embedded import ArcadeDBError, create_server
ENGINE_VERSION = {PACKAGE!r}
"""
"""What our one module on the engine takes of it."""


def main(folder: Path, tests: list[str]) -> int:
    """Run the tests on both engines and say what differs; return the exit code."""
    pythons = {"here": Path(sys.executable), "there": _made(folder)}
    found = {name: _run(python, folder, tests) for name, python in pythons.items()}
    for name, (failed, last) in found.items():
        alone = "".join(f"  fails {name} alone: {test}\n" for test in sorted(failed - found["here"][0]))
        sys.stdout.write(f"{name}: {last}\n{alone}")
    return int(bool(found["there"][0] - found["here"][0]))


def _made(folder: Path) -> Path:
    """Return the Python of the environment, made unless it is there."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=False)
        subprocess.run(
            [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", PACKAGE], check=True
        )
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (packages / "arcadedb.py").write_text(STAND_IN, encoding="utf-8")
    (packages / "zz_ours.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")  # after its own
    return python


def _run(python: Path, folder: Path, tests: list[str]) -> tuple[set[str], str]:
    """Return the tests that failed, and the last line with the seconds of the clock.

    They run in the folder, for the Java build logs where it is started.
    """
    began = time.monotonic()
    options = ["-q", "-p", "no:cacheprovider", "-rfE", "-k", "embedded", "--tb", "no", "--rootdir", str(ROOT)]
    options += ["--config-file", str(ROOT / "pyproject.toml"), *(str(ROOT / test) for test in tests)]
    done = subprocess.run(
        [str(python), "-m", "pytest", *options], cwd=folder, capture_output=True, text=True, check=False
    )
    failed = set(re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE))
    lines = (done.stdout + done.stderr).strip().splitlines()
    return failed, f"{lines[-1] if lines else 'nothing was said'} ({time.monotonic() - began:.0f} s of the clock)"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), sys.argv[2:] or [f"tests/queries/{one}" for one in QUESTIONS]))
