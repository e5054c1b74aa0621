"""The posts of a team, a command and a headquarters, and what each asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from loaders.sample_force.catalogue import (
    A7,
    AID,
    COMMAND,
    COMPETENCIES,
    CUSTODY,
    CUSTODY_COURSE,
    DRIVING,
    DRONE,
    ENTRY,
    FIREARMS,
    INVESTIGATION,
    NEGOTIATOR,
    ORDER,
    SAFETY,
    SEARCH,
    STAGE_2,
    TASER,
)
from loaders.sample_force.model import Need

CONSTABLE, SERGEANT, COMMANDER = "uk/constable", "uk/sergeant", "mps/commander"
INSPECTOR, CHIEF_INSPECTOR = "uk/inspector", "uk/chief-inspector"
SUPERINTENDENT, CHIEF = "uk/superintendent", "uk/chief-superintendent"
CUSTODY_SERGEANT = "role/custody-sergeant"

PROFILES: dict[str, tuple[Need, ...]] = {
    CONSTABLE: tuple(Need(one, 1) for one in COMPETENCIES),
    SERGEANT: (*(Need(one, 2) for one in COMPETENCIES), Need(STAGE_2)),
    CUSTODY_SERGEANT: (
        *(Need(one, 2) for one in COMPETENCIES[:-1]),
        Need(COMPETENCIES[-1], 3),
        Need(STAGE_2),
        Need(CUSTODY_COURSE),
    ),
    COMMANDER: (*(Need(one, 3) for one in COMPETENCIES), Need(A7)),
}
"""What the four documents of the sample force ask of a rank or a role, as far as it is recorded."""


@dataclass(frozen=True)
class Slot:
    """One post of a team: the first of a team leads it and is covered by others of the team."""

    title: str
    rank: str | None
    extras: tuple[Need, ...] = ()
    role: str | None = None


@dataclass(frozen=True)
class Team:
    """A kind of team."""

    name: str
    slots: tuple[Slot, ...]


@cache
def needs_of(rank: str | None, role: str | None, extras: tuple[Need, ...]) -> dict[str, int | None]:
    """Return all that a post asks for: of a requirement asked for twice, the higher level."""
    needs: dict[str, int | None] = {}
    for need in (*PROFILES.get(rank or "", ()), *PROFILES.get(role or "", ()), *extras):
        if need.desirable:
            continue
        levels = [level for level in (needs.get(need.requirement), need.level) if level is not None]
        needs[need.requirement] = max(levels, default=None)
    return needs


def _needs(*requirements: tuple[str, int] | str) -> tuple[Need, ...]:
    return tuple(Need(one) if isinstance(one, str) else Need(*one) for one in requirements)


def _constables(
    title: str, common: Iterable[Need], own: Iterable[tuple[Need, ...]], role: str | None = None
) -> list[Slot]:
    return [Slot(title, CONSTABLE, (*common, *extras), role) for extras in own]


_RESPONSE = Team(
    "Response Team",
    (
        Slot("Response sergeant", SERGEANT, (*_needs(SAFETY, (AID, 2), ORDER), Need(TASER, desirable=True))),
        *_constables(
            "Response constable",
            _needs(SAFETY, (AID, 2)),
            [
                _needs((DRIVING, 3), TASER),
                _needs((DRIVING, 2), TASER, ENTRY),
                _needs((DRIVING, 2), TASER, (SEARCH, 1)),
                _needs((DRIVING, 2), TASER),
                _needs((DRIVING, 2), ORDER, ENTRY),
            ],
            "role/response-officer",
        ),
        *_constables(
            "Response constable",
            _needs(SAFETY, (AID, 2)),
            [
                _needs((DRIVING, 2), ORDER, (SEARCH, 1)),
                _needs((DRIVING, 1), ORDER, (COMPETENCIES[2], 2)),
                _needs((DRIVING, 1), ORDER, COMPETENCIES[0]),
            ],
        ),
    ),
)
_NEIGHBOURHOOD = Team(
    "Neighbourhood Team",
    (
        Slot("Neighbourhood sergeant", SERGEANT, _needs(SAFETY, (AID, 1))),
        *_constables(
            "Neighbourhood constable",
            _needs(SAFETY, (AID, 1)),
            [_needs((SEARCH, 1)), _needs(TASER), _needs(DRONE), (), ()],
        ),
        *(Slot("Community support officer", None, _needs((AID, 1)), "role/pcso"),) * 3,
    ),
)
_INVESTIGATION = Team(
    "Investigation Team",
    (
        Slot("Detective sergeant", SERGEANT, _needs(SAFETY, (INVESTIGATION, 2))),
        *_constables(
            "Detective constable",
            _needs(SAFETY, (AID, 1)),
            [_needs((INVESTIGATION, level)) for level in (2, 2, 2, 1, 1, 1)],
        ),
        Slot("Intelligence analyst", None, (), "role/intelligence-analyst"),
    ),
)
_CUSTODY = Team(
    "Custody Suite",
    (
        *(Slot("Custody sergeant", SERGEANT, _needs(SAFETY, (AID, 2), CUSTODY), CUSTODY_SERGEANT),) * 3,
        *(Slot("Detention officer", None, _needs((AID, 2), CUSTODY), "role/detention-officer"),) * 4,
    ),
)
_ARMED = Team(
    "Armed Response Team",
    (
        Slot("Firearms sergeant", SERGEANT, _needs(SAFETY, (AID, 3), (FIREARMS, 2))),
        *_constables(
            "Firearms constable",
            _needs(SAFETY, (AID, 3), (DRIVING, 3), TASER),
            [_needs((FIREARMS, level), *more) for level, more in ((2, (ENTRY,)), (2, (ENTRY,)), *(((1, ()),) * 6))],
        ),
    ),
)
_SUPPORT = Team(
    "Support Team",
    (
        Slot("Support sergeant", SERGEANT, _needs(SAFETY, ORDER, (SEARCH, 2))),
        *_constables(
            "Support constable",
            _needs(SAFETY, ORDER, (AID, 2)),
            [_needs((SEARCH, level), *more) for level, more in ((2, ()), (2, ()), (1, (DRONE,)), *(((1, ()),) * 4))],
        ),
    ),
)

FRONTLINE = (_RESPONSE, _CUSTODY, _NEIGHBOURHOOD, _INVESTIGATION, _RESPONSE)
"""The teams of a frontline command, again and again in this order."""

ARMED = (_ARMED, _SUPPORT)
"""The teams of a specialist command."""


def command(inspectors: int) -> Team:
    """Return the posts of a command itself, with so many inspectors."""
    chiefs = max(1, inspectors // 3)
    return Team(
        "",
        (
            Slot("Head of command", CHIEF, _needs((COMMAND, 3))),
            Slot("Deputy head of command", SUPERINTENDENT, _needs((COMMAND, 2))),
            *(Slot("Operations manager", CHIEF_INSPECTOR, _needs((COMMAND, 2))),) * chiefs,
            *(Slot("Duty inspector", INSPECTOR, _needs((COMMAND, 1), NEGOTIATOR)),) * min(3, inspectors),
            *(Slot("Duty inspector", INSPECTOR, _needs((COMMAND, 1))),) * (inspectors - min(3, inspectors)),
        ),
    )


def headquarters(chiefs: int) -> Team:
    """Return the posts at the top: two commanders, and so many chief superintendents on the staff."""
    return Team(
        "",
        (
            *(Slot("Area commander", COMMANDER, _needs((COMMAND, 3))),) * 2,
            *(Slot("Staff officer", CHIEF, _needs((COMMAND, 3))),) * chiefs,
        ),
    )
