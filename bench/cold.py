"""Measure what each command for officers costs, started anew, beside a bare script of the driver; one ratio a line.

Usage: python bench/cold.py [ROUNDS]. The graph is an embedded one of the samples in a folder of its own. Counted are
the CPU seconds of the process and of what it starts, the median of the rounds, in which all commands take turns: they
vary less than the time that passes. The floor answers one question. POSIX only.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (
    ("pathway", "sergeant", "inspector", "--me", "ME"),
    ("gates", "inspector", "--me", "ME"),
    ("gap", "met commander", "dac"),
    ("gap", "met commander", "dac", "--words"),
    ("rank", "dac"),
    ("compare", "sergeant", "inspector"),
    ("conflicts",),
    ("ask", "ranks"),
    ("why", "COBR"),
)
MOST = 2.0
ME = "rank: sergeant\nfrom: 2021-04-01\nexams: [{name: inspectors' legal exam, passed: 2023-03-14}]\n"


def main() -> None:
    """Print the ratios. Ends with 1 where one is above the most that is allowed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "me.yaml").write_text(ME, encoding="utf-8")
        os.environ["RANKGRAPH_HOME"] = str(folder / "home")
        os.environ.pop("NEO4J_URI", None)
        _cpu([sys.executable, "-m", "cli", "load", "--samples"])
        question = next(ROOT.glob("queries/*/ranks.cypher"))
        floor = [sys.executable, str(ROOT / "bench" / "bare.py"), str(question), json.dumps({"as_of": None})]
        ours = {" ".join(words): [sys.executable, "-m", "cli", *_words(words, folder)] for words in COMMANDS}
        spent: dict[str, list[float]] = {"floor": [], **{name: [] for name in ours}}
        for _ in range(rounds + 1):
            spent["floor"].append(_cpu(floor))
            for name, command in ours.items():
                spent[name].append(_cpu(command))
    least = median(spent.pop("floor")[1:])
    ratios = {name: median(seconds[1:]) / least for name, seconds in spent.items()}
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} ({ratio * least:.2f} s, floor {least:.2f} s; at most {MOST})")
    sys.exit(any(ratio > MOST for ratio in ratios.values()))


def _words(words: tuple[str, ...], folder: Path) -> list[str]:
    return [str(folder / "me.yaml") if word == "ME" else word for word in words]


def _cpu(command: list[str]) -> float:
    """Return the CPU seconds that a command and its children take. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
