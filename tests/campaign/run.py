"""Try to break rankgraph, part by part, and print what was tried, what held and what fell.

    python -m tests.campaign.run                        all parts, at most an hour on two cores
    python -m tests.campaign.run --part kills --times 2
    python -m tests.campaign.run --part kills --seed 7  one try again; its folder stays if it falls

Exit code 1 where anything fell. Everything is in a folder of its own, which
goes when nothing fell, and nothing outside of this machine is used.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.campaign.parts import PARTS
from tests.campaign.trial import Part
from tests.harness.engines import SETTINGS
from tests.harness.project_files import ROOT

FIRST_SEED = 1


@dataclass(frozen=True)
class Tried:
    """One try: its seed, how long it took, and why it fell; empty where it held."""

    seed: int
    seconds: float
    why: str


class Worker:
    """A process that tries seeds of a part, started anew where one of them ends it."""

    def __init__(self, part: Part, shared: Path, scratch: Path) -> None:
        self.part = part
        self._log = scratch / f"{part.name}-{threading.get_ident()}.log"
        self._words = [sys.executable, "-m", "tests.campaign.worker", part.name, str(shared), str(scratch)]
        self._process: subprocess.Popen[str] | None = None

    def attempt(self, seed: int) -> Tried:
        """Try a seed."""
        process, began = self._started(), time.monotonic()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{seed}\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self.part.seconds)
        line = process.stdout.readline() if ready else ""
        if line:
            seconds, why = json.loads(line)
            return Tried(seed, seconds, why)
        if not ready:
            process.kill()
        code = self.end()
        why = f"it ended the process: {code}" if ready else f"no end after {self.part.seconds:.0f} s"
        return Tried(seed, time.monotonic() - began, f"{why}; {' '.join(self._log.read_text()[-300:].split())}")

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
            with self._log.open("w", encoding="utf-8") as log:
                self._process = subprocess.Popen(
                    self._words,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    cwd=ROOT,
                    env={**kept, "PYTHONPATH": str(ROOT), "RANKGRAPH_HOME": str(self._log.with_suffix(".home"))},
                )
        return self._process

    def end(self) -> int:
        """Let it leave, or kill it where it does not; return its exit code."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return process.returncode


def attempts(part: Part, seeds: Iterable[int], shared: Path, scratch: Path) -> Iterator[Tried]:
    """Yield each try as it ends; several workers share the seeds."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    ended: queue.SimpleQueue[Tried | None] = queue.SimpleQueue()
    for seed in seeds:
        waiting.put(seed)

    def work() -> None:
        worker = Worker(part, shared, scratch)
        try:
            while True:
                ended.put(worker.attempt(waiting.get_nowait()))
        except queue.Empty:
            worker.end()
        finally:
            ended.put(None)

    threads = [threading.Thread(target=work) for _ in range(part.workers)]
    for thread in threads:
        thread.start()
    left = len(threads)
    while left:
        one = ended.get()
        left -= one is None
        if one is not None:
            yield one


def run_part(part: Part, seeds: Sequence[int], folder: Path) -> list[Tried]:
    """Try all seeds of a part."""
    shared, scratch = folder / "shared", folder / "tries"
    for one in (shared, scratch):
        one.mkdir(parents=True, exist_ok=True)
    part.prepare(shared)
    return list(attempts(part, seeds, shared, scratch))


def chosen(arguments: argparse.Namespace, part: Part) -> list[int]:
    """Return the seeds of a part."""
    if arguments.seed is not None:
        return [arguments.seed]
    return list(range(FIRST_SEED, FIRST_SEED + max(1, round(part.count * arguments.times))))


def row(*cells: object) -> str:
    """Return a row of the table."""
    return "{:<14} {:>7} {:>7} {:>6} {:>8}  {}".format(*cells)


def main(words: Sequence[str] | None = None) -> int:
    """Print a row a part as it ends, then each fall; return 1 where anything fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be given again")
    parser.add_argument("--times", type=float, default=1, help="so many times as much, such as 3 or 0.25")
    parser.add_argument("--seed", type=int, help="only this seed")
    parser.add_argument("--folder", type=Path, help="where all is written; else a new folder")
    arguments = parser.parse_args(words)
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="rankgraph-campaign-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # another user has to pass through it
    falls: list[tuple[str, Tried]] = []
    print(f"in {folder}\n{row('part', 'tried', 'held', 'fell', 'seconds', 'seeds')}", flush=True)
    for name in arguments.part or PARTS:
        part, began = PARTS[name], time.monotonic()
        if why := part.missing():
            print(row(name, 0, 0, 0, 0, f"SKIPPED: {why}"), flush=True)
            continue
        seeds = chosen(arguments, part)
        tries = run_part(part, seeds, folder)
        fell = [one for one in tries if one.why]
        falls += [(name, one) for one in fell]
        taken = round(time.monotonic() - began)
        print(row(name, len(tries), len(tries) - len(fell), len(fell), taken, f"{seeds[0]}-{seeds[-1]}"), flush=True)
    for name, one in falls:
        print(f"\n{name}, seed {one.seed}: {one.why}\n  python -m tests.campaign.run --part {name} --seed {one.seed}")
    print("\nWhat it means that a try held:")
    for name in arguments.part or PARTS:
        print(f"  {name}: {PARTS[name].means}")
    if not falls and arguments.folder is None:
        shutil.rmtree(folder, ignore_errors=True)
    return int(bool(falls))


if __name__ == "__main__":
    sys.exit(main())
