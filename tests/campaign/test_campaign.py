"""A slice of each part of the campaign, and that a fall is counted, named and repeatable."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign import readers, run
from tests.campaign.judge import End
from tests.campaign.parts import PARTS
from tests.campaign.trial import Part
from tests.campaign.worker import tried

SLICES = {name: 1 for name in PARTS if name != "server-kills"} | {"documents": 40, "sheets": 5, "yaml": 10}
"""Tries of a part here. To start, kill and start a Neo4j takes minutes: that part is in `make campaign` alone."""


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Return a folder that another user may pass through, as that of `make campaign` is."""
    with tempfile.TemporaryDirectory(prefix="rankgraph-campaign-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_holds(name: str, common: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first seeds of a part, in this process."""
    part = PARTS[name]
    if why := part.missing():
        pytest.skip(why)
    monkeypatch.setenv("RANKGRAPH_HOME", str(scratch / "home"))
    monkeypatch.setattr(readers, "SECONDS", 10.0)
    monkeypatch.setattr(readers, "CONNECTIONS", 10)
    with part.around(common):
        falls = {seed: why for seed in range(1, SLICES[name] + 1) if (why := tried(part, common, scratch, seed)[1])}
    assert {} == falls


def _odd_one(shared: Path, own: Path, seed: int) -> str:
    del shared
    (own / "left").touch()
    if seed == 3:
        raise ValueError("no such day")
    return "it is two" if seed == 2 else ""


def test_a_fall_is_counted_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A try that says why, or raises, has fallen; the others go on, and its folder stays."""
    part = Part("clock", 4, "nothing", _odd_one, workers=1)
    monkeypatch.setitem(PARTS, "clock", part)
    monkeypatch.setattr("tests.campaign.run.Worker", _InProcess)
    assert 1 == run.main(["--part", "clock", "--folder", str(tmp_path)])
    table = capsys.readouterr().out
    assert ["clock", "4", "2", "2"] == table.splitlines()[2].split()[:4]
    assert "clock, seed 2: it is two\n  python -m tests.campaign.run --part clock --seed 2" in table
    assert {"clock-2", "clock-3"} == {path.name for path in (tmp_path / "tries").iterdir()}


class _InProcess:
    """Tries seeds in this process."""

    def __init__(self, part: Part, shared: Path, scratch: Path) -> None:
        self.part, self.shared, self.scratch = part, shared, scratch

    def attempt(self, seed: int) -> run.Tried:
        """Try a seed."""
        return run.Tried(seed, *tried(self.part, self.shared, self.scratch, seed))

    def end(self) -> None:
        """Leave nothing."""


@pytest.mark.parametrize(
    ("end", "right", "must_answer"),
    [
        (End(0, "an answer", ""), True, True),
        (End(1, "", "a note\nError: what is wrong\n"), True, False),
        (End(1, "", "Error: one\nError: two\n"), False, False),
        (End(1, "", ""), False, False),
        (End(2, "", "Error: no such option"), False, False),
        (End(-9, "", ""), False, False),
        (End(0, "", "Traceback (most recent call last)"), False, False),
        (End(1, "", "Error: KeyError; this is a fault of rankgraph"), False, False),
        (End(1, "", "Error: \x1b[31mred"), False, False),
        (End(1, "", "java.io.IOException: no room\nError: no room"), False, False),
    ],
)
def test_what_is_no_answer_and_no_clear_message_is_wrong(end: End, right: bool, must_answer: bool) -> None:
    """One message and exit code 1, or an answer; where it must answer, only that."""
    assert right == (not end.wrong())
    assert must_answer == (not end.wrong(answers=True))


def test_a_process_that_ends_or_hangs_has_fallen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next seed has a new process; one that answers nothing in time is ended."""
    worker = run.Worker(Part("clock", 1, "nothing", _odd_one, seconds=1.0), tmp_path, tmp_path)
    ends = []
    for script in ("import os; input(); os._exit(9)", "import time; time.sleep(60)", "input(); print('[0.5, \"\"]')"):
        monkeypatch.setattr(worker, "_words", [sys.executable, "-c", script])
        ends.append(worker.attempt(7).why.partition(";")[0])
        worker.end()
    assert ["it ended the process: 9", "no end after 1 s", ""] == ends


def test_every_part_says_what_it_means_to_hold() -> None:
    """And tries something."""
    assert all(part.means and part.count > 0 for part in PARTS.values())
