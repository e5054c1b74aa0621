"""Too little room: on the disk, for open files, in memory. One message, and the next run with room is right at once."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.campaign.homes import contents_of, difference, fresh
from tests.campaign.judge import End, apart
from tests.campaign.kills import SCENARIOS, Scenario, Undisturbed, files_in, settings, undisturbed, words_of
from tests.campaign.trial import Part

_WRITING = tuple(one for one in SCENARIOS if one.name in {"documents", "staff", "full", "export"})
_READING = Scenario("answer", "samples and a force", ("gap", "sergeant", "inspector"))
_KILO, _MEGA = 1 << 10, 1 << 20


def _file_size(random: Random) -> dict[int, int]:
    return {resource.RLIMIT_FSIZE: random.choice((random.randrange(0, 64), random.randrange(64, 6000))) * _KILO}


def _open_files(random: Random) -> dict[int, int]:
    return {resource.RLIMIT_NOFILE: random.choice((random.randrange(8, 64), random.randrange(64, 700)))}


def _memory(random: Random) -> dict[int, int]:
    return {resource.RLIMIT_AS: random.randrange(80, 2000) * _MEGA}


def limited(draw: Callable[[Random], dict[int, int]]) -> Callable[[Path, Path, int], str]:
    """Return what tries a command under a limit that the seed draws, then without it."""

    def attempt(shared: Path, own: Path, seed: int) -> str:
        random, scenario = Random(seed), (*_WRITING, _READING)[seed % (len(_WRITING) + 1)]
        limits, whole, home = draw(random), undisturbed(shared, scenario), fresh(shared, scenario.begins, own / "home")
        words = words_of(scenario, shared, own)
        end = apart(*words, settings=settings(home), limits=limits)
        why = end.wrong() or after(end, scenario, own, home, whole)
        if not why:
            again = apart(*words, settings=settings(home))
            why = again.wrong(answers=True) or difference(whole.graph, contents_of(home))
            why = f"with room again: {why}" if why else ""
        return f"{scenario.name} with {list(limits.values())}: {why}" if why else ""

    return attempt


def after(end: End, scenario: Scenario, own: Path, home: Path, whole: Undisturbed) -> str:
    """Return what is wrong with what stands after a limited run: all of it after an answer, no half export else."""
    if scenario.name == "export" and (there := files_in(own)) and there != whole.files:
        return f"half an export: {sorted(there)}"
    return difference(whole.graph, contents_of(home)) if end.code == 0 else ""


def prepare(shared: Path) -> None:
    """Run each scenario undisturbed."""
    for scenario in (*_WRITING, _READING):
        undisturbed(shared, scenario)


def _part(name: str, what: str, draw: Callable[[Random], dict[int, int]], count: int) -> Part:
    means = f"with too little {what} a command answers right or ends with one message, no stack, nothing by halves; "
    return Part(name, count, f"{means}with room the same is right the first time", limited(draw), prepare, seconds=300)


FILES = _part("open-files", "files that may be open (ulimit -n)", _open_files, 20)
MEMORY = _part("memory", "memory (ulimit -v)", _memory, 20)
FILE_SIZE = _part("file-size", "room in a file (ulimit -f)", _file_size, 20)
