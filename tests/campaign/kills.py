"""Kill commands while they write: nothing is lost, and the next run of the same ends in the same graph."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from tests.campaign.homes import FORCE, OLDER, Dump, contents_of, difference, force, fresh
from tests.campaign.judge import End, apart, settings_of
from tests.campaign.trial import Part
from tests.harness.commands import command, environment
from tests.harness.once import made_once

_TODAY = date.today().isoformat()  # noqa: DTZ011 -- the day that the commands see
_ATTEMPTS = 4


@dataclass(frozen=True)
class Scenario:
    """What stands before, and the command that is killed; `{force}` is a folder of staff files, `{own}` the try's."""

    name: str
    begins: str
    words: tuple[str, ...]
    seed: int = 1


_FULL = ("staff", "load", "{force}", "--full", "--as-of", _TODAY, "--allow-closing", "1000")
SCENARIOS = (
    Scenario("documents", "reference", ("load", "--samples")),
    Scenario("staff", "samples", ("staff", "load", "{force}")),
    Scenario("full", FORCE, _FULL, seed=2),
    Scenario("reset", FORCE, ("reset", "--yes")),
    Scenario("serve", "samples", ("staff", "load", "{force}")),
    Scenario("migration", OLDER, ("load", "--samples")),
    Scenario("export", FORCE, ("export", "tables", "{own}/out", "--overwrite")),
    Scenario("export", FORCE, ("export", "graphml", "{own}/out", "--overwrite")),
)


@dataclass(frozen=True)
class Undisturbed:
    """What stands after a command that nobody killed, and how long it took."""

    graph: Dump
    files: dict[str, str]
    seconds: float


def words_of(scenario: Scenario, shared: Path, own: Path) -> list[str]:
    """Return the words of the command."""
    return [word.format(force=force(shared, scenario.seed) / "csv", own=own) for word in scenario.words]


def settings(home: Path) -> dict[str, str]:
    """Return the settings of a try; codes of people are the same in each export."""
    return settings_of(home, RANKGRAPH_PSEUDONYM_KEY="0123456789abcdef0123456789abcdef")


def undisturbed(shared: Path, scenario: Scenario) -> Undisturbed:
    """Return what the command of a scenario leaves, made once."""

    def make(draft: Path) -> None:
        home, began = fresh(shared, scenario.begins, draft / "home"), time.monotonic()
        end = apart(*words_of(scenario, shared, draft), settings=settings(home))
        taken = time.monotonic() - began
        assert end.code == 0, end
        whole = [contents_of(home), files_in(draft), taken]
        shutil.rmtree(home)
        (draft / "whole.json").write_text(json.dumps(whole), encoding="utf-8")

    name = f"after {scenario.words[0]} {scenario.words[1]} on {scenario.begins}"
    (nodes, edges), files, seconds = json.loads((made_once(shared, name, make) / "whole.json").read_text())
    return Undisturbed((nodes, edges), files, seconds)


def files_in(own: Path) -> dict[str, str]:
    """Return the text of each file of an export, but for the manifest, which has the time in it."""
    paths = [path for path in sorted(own.glob("out*/*")) + sorted(own.glob("out*")) if path.is_file()]
    return {
        path.relative_to(own).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if "manifest" not in path.name
    }


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Kill a command at a moment that the seed draws, and run it again."""
    scenario, random = SCENARIOS[seed % len(SCENARIOS)], Random(seed)
    whole = undisturbed(shared, scenario)
    home, words = own / "home", words_of(scenario, shared, own)
    if scenario.name == "serve":
        why = _serve_killed(fresh(shared, scenario.begins, home), words, own, random.uniform(0.05, 1) * whole.seconds)
    else:
        if scenario.name == "export":
            apart(*words, settings=settings(fresh(shared, scenario.begins, home)))

        def begin() -> None:
            fresh(shared, scenario.begins, home)

        kill_while_running(words, settings(home), begin, random.uniform(0.05, 1) * whole.seconds)
        why = _left_by_kill(scenario, home, own, whole)
    if not why:
        why = apart(*words, settings=settings(home)).wrong(answers=True)
    why = why or difference(whole.graph, contents_of(home))
    if not why and files_in(own) != whole.files:
        why = f"another export: {sorted(files_in(own))}"
    return f"{scenario.name}: {why}" if why else ""


def kill_while_running(words: Sequence[str], env: dict[str, str], begin: Callable[[], None], seconds: float) -> float:
    """Kill a command after so many seconds, sooner where it went through; return after how many it was killed."""
    for _ in range(_ATTEMPTS):
        begin()
        process = started(words, env)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return seconds
        seconds *= 0.6
    raise RuntimeError(f"{' '.join(words)} went through each time")


def started(words: Sequence[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command whose words nobody reads."""
    return subprocess.Popen(command(*words), env=environment(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _left_by_kill(scenario: Scenario, home: Path, own: Path, whole: Undisturbed) -> str:
    """Return what is wrong with what a kill has left: the graph opens, documents and exports are whole or not there."""
    why = apart("status", settings=settings(home)).wrong(answers=True)
    if why or scenario.name not in {"documents", "export"}:
        return why
    if scenario.name == "export":
        there = files_in(own)
        return f"half an export: {sorted(there)}" if there and there != whole.files else ""
    counts, expected = edges_by_document(contents_of(home)), edges_by_document(whole.graph)
    halves = {name: count for name, count in counts.items() if count != expected[name]}
    return f"documents by halves: {halves}" if halves else ""


def edges_by_document(graph: Dump) -> Counter[str]:
    """Return how many edges each document states."""
    marks = [edge.partition("('document', '")[2].partition("'")[0] for edge in graph[1]]
    return Counter(mark for mark in marks if mark)


def _serve_killed(home: Path, words: Sequence[str], own: Path, seconds: float) -> str:
    """Kill `serve` while its guest loads: the guest takes over and ends well."""
    with (own / "serve").open("wb") as notes:
        serve = subprocess.Popen(
            command("serve"), env=environment(settings(home)), stdout=subprocess.PIPE, stderr=notes
        )
    assert serve.stdout is not None
    ready = serve.stdout.readline()
    guest = subprocess.Popen(
        command(*words),
        env=environment(settings(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(seconds)
    serve.kill()
    serve.wait()
    output, notes_of_guest = guest.communicate(timeout=100)
    if not ready:
        return f"serve did not start: {(own / 'serve').read_text()[-300:]}"
    return End(guest.returncode, output, notes_of_guest).wrong(answers=True)


def prepare(shared: Path) -> None:
    """Run each scenario undisturbed."""
    for scenario in SCENARIOS:
        undisturbed(shared, scenario)


PART = Part(
    "kills",
    count=40,
    means="after the kill the graph opens, documents and exports are whole or not there, what stood before stands; the "
    "same command again ends in the graph of an undisturbed one; a guest of a killed `serve` goes on",
    attempt=attempt,
    prepare=prepare,
    seconds=300,
)
