"""The benchmark of `rankgraph serve`, in short: used from all sides at once, it gives no error and no stale answer."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
from types import ModuleType

import pytest

from tests.harness.commands import ROOT, environment

BENCH = ROOT / "bench" / "serve.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """Return the benchmark as a module."""
    spec = importlib.util.spec_from_file_location("bench_serve", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_serve"] = module
    spec.loader.exec_module(module)
    return module


def test_used_from_all_sides_it_gives_no_error_and_no_stale_answer() -> None:
    """Ten seconds of a load, fifty questions at once and a writer; how memory goes needs longer."""
    words = [sys.executable, str(BENCH), "--minutes", "0.17", "--most-growth", "1000"]
    found = subprocess.run(words, capture_output=True, text=True, env=environment(), check=False)
    done, _, faults = found.stdout.splitlines()

    counts = {what: int(number) for number, what in re.findall(r"(\d+) (\w+)", done)}
    assert (0, "0 stale answers, 0 errors") == (found.returncode, faults), found.stderr
    assert {"loads", "questions", "writes"} == {what for what, number in counts.items() if number}


def test_a_stale_answer_an_error_and_growth_are_noticed(bench: ModuleType) -> None:
    """Each of them alone is enough."""
    found = {}
    for fault in ("none", "stale", "error", "growth"):
        use = bench.Use(time.monotonic())
        use.memory = [100_000] * 6 + [130_000 if fault == "growth" else 100_000] * 3
        use.check("a question", 7, 6 if fault == "stale" else 7)
        bench.run(use, [lambda fault=fault: 1 / (0 if fault == "error" else 1)])
        found[fault] = bench.report(use, 15)
    assert {"none": True, "stale": False, "error": False, "growth": False} == found
