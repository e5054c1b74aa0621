"""A full disk: the home stands on a small file system of its own, which is full while a command writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.campaign.homes import contents_of, difference, fresh
from tests.campaign.judge import apart
from tests.campaign.kills import SCENARIOS, settings, undisturbed, words_of
from tests.campaign.trial import Part

_WRITING = tuple(one for one in SCENARIOS if one.name in {"documents", "staff", "full"})
_MEGABYTES = 160


def missing() -> str:
    """Return why no file system can be mounted here."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        return "only root can mount a file system; file-size tries a limit in its place"
    return ""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a file system in memory for the length of a try."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "rankgraph-campaign", str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Leave a command as little room as the seed draws, then make room and run it again."""
    random, scenario = Random(seed), _WRITING[seed % len(_WRITING)]
    whole = undisturbed(shared, scenario)
    words = words_of(scenario, shared, own)
    with small_disk(own / "disk") as disk:
        home = fresh(shared, scenario.begins, disk / "home")
        free = shutil.disk_usage(disk).free
        left = random.choice((0, 20_000, random.randrange(8_000_000), random.randrange(40_000_000)))
        (disk / "ballast").write_bytes(bytes(max(0, free - left)))
        end = apart(*words, settings=settings(home))
        why = end.wrong()
        (disk / "ballast").unlink()
        if not why and end.code == 0:
            why = difference(whole.graph, contents_of(home))
        if not why:
            why = apart(*words, settings=settings(home)).wrong(answers=True) or difference(
                whole.graph, contents_of(home)
            )
            why = f"with room again: {why}" if why else ""
    return f"{scenario.name} with {left} bytes left: {why}" if why else ""


def prepare(shared: Path) -> None:
    """Run each scenario undisturbed."""
    for scenario in _WRITING:
        undisturbed(shared, scenario)


PART = Part(
    "disk",
    count=24,
    means="on a full disk a command answers right or ends with one message and no stack; with room the same is right "
    "the first time",
    attempt=attempt,
    prepare=prepare,
    missing=missing,
    seconds=300,
)
