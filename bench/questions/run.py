"""Ask the questions of the benchmark and score the answers, ours or those of another tool.

    python bench/questions/run.py                      ours, in a graph of its own
    python bench/questions/run.py --sources FOLDER     write what the questions are about
    python bench/questions/run.py --answers FOLDER     score FOLDER/<set>.json of another tool

An answer is right when it has the expected rows, each as often as expected and no other. Exit code 1 if one is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEOPLE, SEED = "150", "1"

Rows = Sequence[Mapping[str, object]]
Answers = Mapping[str, Mapping[str, Rows]]
"""The rows of each question, by its title, by the name of its set."""


@dataclass(frozen=True)
class Score:
    """How an answer compares with the expected rows: how many were expected, given, and both."""

    expected: int
    given: int
    right: int

    @property
    def exact(self) -> bool:
        """Return whether it has the expected rows and no other."""
        return self.expected == self.given == self.right


def score(expected: Rows, given: Rows, columns: Sequence[str]) -> Score:
    """Compare rows by some columns, in any order, each as often as it stands."""
    wanted, there = (Counter(_key(row, columns) for row in rows) for rows in (expected, given))
    return Score(wanted.total(), there.total(), (wanted & there).total())


def _key(row: Mapping[str, object], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(_evened(row.get(column)) for column in columns)


def _evened(value: object) -> str:
    """Return a value as it is compared: without capitals, spaces and a final stop; 2 is 2.0, null an empty text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.6g}"
    return " ".join(str(value if value is not None else "").replace("’", "'").casefold().split()).removesuffix(".")


def stored(name: str) -> dict[str, dict[str, Any]]:
    """Return what a JSON file beside this one holds."""
    loaded: dict[str, dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return loaded


def write_sources(folder: Path) -> None:
    """Write what the questions are about: documents, a force in CSV files, a table of roles with its mapping."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "loaders" / "samples", folder / "documents", dirs_exist_ok=True)
    shutil.copytree(HERE / "framework", folder / "framework", dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        rankgraph(Path(made), "sample-force", f"{made}/force", "--people", PEOPLE, "--seed", SEED)
        shutil.copytree(Path(made, "force", "csv"), folder / "force", dirs_exist_ok=True)


def rankgraph(home: Path, *words: str) -> str:
    """Run a command in a process of its own, and return what it prints."""
    own = {"RANKGRAPH_HOME": str(home), "RANKGRAPH_AUDIENCE": "named", "NEO4J_URI": ""}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **own}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"rankgraph {' '.join(words)}: {done.stderr}")
    return done.stdout


def loads(sources: Path) -> dict[str, list[list[str]]]:
    """Return the commands that load what each set asks about, into a graph of its own."""
    roles = sources / "framework"
    return {
        "documents": [["load", "--mix", str(sources / "documents")]],
        "force": [["load"], ["staff", "load", str(sources / "force")]],
        "framework": [["load", str(roles / "roles.csv"), "--mapping", str(roles / "roles.yaml")]],
    }


def our_answers(sources: Path, sets: Iterable[str], most: int | None = None) -> Answers:
    """Load each set into a graph of its own and ask its questions, by the catalogue, one process each."""
    answers: dict[str, dict[str, Rows]] = {}
    for name in sets:
        with tempfile.TemporaryDirectory() as home:
            for words in loads(sources)[name]:
                rankgraph(Path(home), *words)
            asked = list(stored("questions.json")[name].items())[:most]
            answers[name] = {title: _ask(Path(home), entry["ours"]) for title, entry in asked}
    return answers


def _ask(home: Path, ours: Mapping[str, object]) -> Rows:
    """Ask a question of ours, keep the rows that it is about and name their columns as the benchmark does."""
    words, where, columns = ours["ask"], ours.get("where", {}), ours["columns"]
    assert isinstance(words, list) and isinstance(where, dict) and isinstance(columns, dict)  # noqa: S101, PT018
    rows = json.loads(rankgraph(home, "ask", *words, "--format", "json"))
    kept = [row for row in rows if all(row[name] in values for name, values in where.items())]
    return [
        dict(pair) for pair in dict.fromkeys(tuple((name, row[own]) for name, own in columns.items()) for row in kept)
    ]


def read_answers(folder: Path, sets: Iterable[str]) -> Answers:
    """Return the answers of another tool; a set without a file has none."""
    files = {name: folder / f"{name}.json" for name in sets}
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in files.items() if path.exists()}


def lines(answers: Answers, sets: Iterable[str], most: int | None = None) -> tuple[list[str], bool]:
    """Return a line for each wrong answer and one for each set, and whether all are right."""
    questions, expected = stored("questions.json"), stored("expected.json")
    shown, right = [], True
    for name in sets:
        scores = {
            title: score(expected[name][title], answers.get(name, {}).get(title, ()), entry["columns"])
            for title, entry in list(questions[name].items())[:most]
        }
        wrong = {title: one for title, one in scores.items() if not one.exact}
        shown += [
            f"  {title}: {one.expected} rows expected, {one.given} given, {one.right} of them right"
            for title, one in wrong.items()
        ]
        correct = sum(one.right for one in scores.values())
        recall = correct / max(1, sum(one.expected for one in scores.values()))
        precision = correct / max(1, sum(one.given for one in scores.values()))
        exact = f"{name}: {len(scores) - len(wrong)} of {len(scores)} questions right"
        shown.append(f"{exact}, {recall:.3f} of the rows found, {precision:.3f} of those given right")
        right = right and not wrong
    return shown, right


def main(words: Sequence[str] | None = None) -> int:
    """Print the score of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sets = list(stored("questions.json"))
    parser.add_argument("--sources", type=Path, metavar="FOLDER", help="write the sources here, and no more")
    parser.add_argument("--answers", type=Path, metavar="FOLDER", help="score these answers in place of ours")
    parser.add_argument("--set", action="append", choices=sets, help="only this set; may be given again")
    parser.add_argument("--most", type=int, help="only so many questions of each set")
    given = parser.parse_args(words)
    chosen = given.set or sets
    if given.sources:
        write_sources(given.sources)
        return 0
    if given.answers:
        answers = read_answers(given.answers, chosen)
    else:
        with tempfile.TemporaryDirectory() as folder:
            write_sources(Path(folder))
            answers = our_answers(Path(folder), chosen, given.most)
    shown, right = lines(answers, chosen, given.most)
    print("\n".join(shown))
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
