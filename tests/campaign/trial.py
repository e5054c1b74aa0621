"""What a part of the campaign is: what is tried in it, how often, and what it means that a try held."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

Attempt = Callable[[Path, Path, int], str]
"""Tries one seed, with what all tries share and a folder of its own; returns why it fell, empty where it held."""


def _nothing(shared: Path) -> None:
    """Prepare nothing."""


def _always() -> str:
    """Return that nothing is missing here."""
    return ""


def _alone(shared: Path) -> AbstractContextManager[object]:
    """Have nothing around the tries of a worker."""
    return nullcontext(shared)


@dataclass(frozen=True)
class Part:
    """One part of the campaign. `missing` says why it cannot be tried on this machine, empty where it can."""

    name: str
    count: int
    means: str
    attempt: Attempt
    prepare: Callable[[Path], object] = _nothing
    around: Callable[[Path], AbstractContextManager[object]] = _alone
    missing: Callable[[], str] = _always
    workers: int = 2
    seconds: float = 120.0
    """The longest that one try may take before it counts as hanging."""
