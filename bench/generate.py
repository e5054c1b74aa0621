"""Make profiles of invented roles, the same ones for the same seed."""

from __future__ import annotations

import hashlib
from random import Random
from typing import TYPE_CHECKING, TypeVar

from graph.ontology import Facts
from loaders.facts.document import facts
from loaders.facts.reference import known
from loaders.profile import DevelopmentLine, DocumentInfo, EducationLine, NamedEntity, Profile, RoleInfo, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence


_VERBS = ("lead", "plan", "review", "support", "measure", "explain", "record", "improve", "share", "test")
_TOPICS = ("patrols", "case files", "custody", "call handling", "search", "evidence", "training", "vetting", "rosters")
_PLACES = ("in the district", "at night", "with partners", "across borders", "on major incidents", "in schools")
_ENDS = ("so that harm falls", "so that victims are heard", "within budget", "before each shift", "after each event")
_BODIES = (
    ("mopac", "Mayor's Office for Policing and Crime", "local_policing_body"),
    ("iopc", "Independent Office for Police Conduct", "watchdog"),
    ("college-of-policing", "College of Policing", "professional_body"),
    ("nca", "National Crime Agency", "agency"),
)
_POOL = 600
"""Skills and the like are drawn from so many, so that roles share them."""

S = TypeVar("S", bound=Statement)


def generate(count: int, seed: int = 20260101) -> list[Facts]:
    """Return the facts of so many profiles, each of a role of its own, about as long as a real one."""
    random = Random(seed)  # noqa: S311  (a benchmark keeps no secrets)
    pool = [_sentence(random, number) for number in range(_POOL)]
    return [facts(_profile(random, number, pool), known(), basis="sample") for number in range(count)]


def row_count(documents: Sequence[Facts]) -> int:
    """Return how many nodes and edges the documents state, those that they share counted for each."""
    return sum(len(document.nodes) + len(document.edges) for document in documents)


def _sentence(random: Random, number: int) -> str:
    words = (random.choice(_VERBS), random.choice(_TOPICS), random.choice(_PLACES), random.choice(_ENDS))
    return f"{' '.join(words).capitalize()}, number {number}."


def _profile(random: Random, number: int, pool: Sequence[str]) -> Profile:
    mark = hashlib.sha256(f"generated {number}".encode()).hexdigest()
    page = _Page(random)
    own = [_sentence(random, 10_000 * (number + 1) + line) for line in range(26)]
    return Profile(
        document=DocumentInfo(name=f"generated-{number:03}.txt", sha256=mark, format="coded-profile"),
        role=RoleInfo(id=f"role/generated-{number:03}", name=f"Generated role {number}"),
        code=f"GEN-GEN-SD-Generated {number}",
        version="1.0",
        edition="v1.0",
        framework="cvf-2016",
        purpose=page.lines(Statement, own[:2]),
        accountabilities=page.lines(Statement, own[2:14]),
        skills=page.lines(Statement, random.sample(pool, 9)),
        education=page.lines(EducationLine, random.sample(pool, 10)),
        development=page.lines(DevelopmentLine, own[14:]),
        bodies=tuple(page.body(*body) for body in random.sample(_BODIES, 3)),
    )


class _Page:
    """Gives each statement the next line of a page."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._line = 0

    def lines(self, kind: type[S], texts: Sequence[str]) -> tuple[S, ...]:
        return tuple(kind(text=text, lines=self._next()) for text in texts)

    def body(self, key: str, name: str, kind: str) -> NamedEntity:
        return NamedEntity(id=key, name=name, kind=kind, text=name, lines=self._next(), mentions=())

    def _next(self) -> tuple[int, int]:
        self._line += self._random.randint(1, 3)
        return (self._line, self._line)
