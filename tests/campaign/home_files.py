"""Damage every file of the home in turn: a right answer or one message, and nothing else is wiped."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from random import Random

from tests.campaign.homes import FORCE, fresh, right_answers, whole, wrong_answers
from tests.campaign.trial import Part

_PASSING = ("log", "guests", "address.json", "server-event-log", "txlog", ".wal")
"""Names in the paths of files that any start may write anew or take away."""


def files(home: Path) -> list[Path]:
    """Return the files of a home, those around the tables first."""
    found = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    return sorted(found, key=lambda path: ("databases" in path.parts, path.as_posix()))


def damage(path: Path, random: Random) -> str:
    """Damage a file in one of the ways that disks and people do; return which."""
    raw = path.read_bytes()
    way = random.choice(("gone", "empty", "cut", "zeroed", "flipped", "longer"))
    if way == "gone":
        path.unlink()
    elif way == "empty" or not raw:
        path.write_bytes(b"")
    elif way == "cut":
        path.write_bytes(raw[: random.randrange(len(raw))])
    elif way == "zeroed":
        path.write_bytes(bytes(len(raw)))
    elif way == "longer":
        path.write_bytes(raw + random.randbytes(100))
    else:
        place = random.randrange(len(raw))
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 255]) + raw[place + 1 :])
    return way


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Damage one file, ask, put the file back and ask again."""
    home, random = fresh(shared, FORCE, own / "home"), Random(seed)
    names = files(home)
    name = names[seed % len(names)]
    kept = home.parent / "kept"
    shutil.copy2(home / name, kept)
    before = _digests(home)
    way = damage(home / name, random)
    why = wrong_answers(shared, home)
    after = _digests(home)
    if lost := sorted(path for path in before if path != name and path not in after and not _is_passing(path)):
        why = why or f"{len(lost)} other files are gone, such as {lost[0]}"
    if not why and not _is_passing(name):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(kept, home / name)
        why = "with the file back: " + back if (back := wrong_answers(shared, home, must=True)) else ""
    return f"{name} {way}: {why}" if why else ""


def _digests(home: Path) -> dict[Path, str]:
    return {path: hashlib.sha256((home / path).read_bytes()).hexdigest() for path in files(home)}


def _is_passing(path: Path) -> bool:
    return any(name in path.as_posix() for name in _PASSING)


def prepare(shared: Path) -> None:
    """Make the home, and what it answers undamaged."""
    whole(shared, FORCE)
    right_answers(shared)


PART = Part(
    "home-files",
    count=350,
    means="with one file of the home missing or damaged, questions answer right or one message says what is wrong; no "
    "other file is taken away; with the file back all answers are right",
    attempt=attempt,
    prepare=prepare,
)
