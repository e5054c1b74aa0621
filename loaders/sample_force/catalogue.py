"""What can be held in the sample force, and which courses teach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from graph.ids import slug
from loaders.reference.names import courses
from loaders.reference.rules import frameworks


@dataclass(frozen=True)
class Ticket:
    """Something of the force's own that a person can hold; `valid_months` it counts, up to `max_level`."""

    name: str
    valid_months: int | None = None
    max_level: int | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", f"skill/{slug(self.name)}")


@dataclass(frozen=True)
class Offer:
    """A course that can be booked; `known` is its id where the reference data has it: then it teaches itself."""

    number: str
    name: str
    cost: int | None
    days: float | None
    seats: int | None
    provider: str
    teaches: tuple[tuple[str, int | None], ...] = ()
    known: str | None = None

    @property
    def id(self) -> str:
        """Return the id that the course has in the graph."""
        return self.known or f"course/{slug(self.name)}"


TICKETS = {
    ticket.id: ticket
    for ticket in (
        Ticket("Taser carrier", 12),
        Ticket("Method of entry operator", 24),
        Ticket("Public order level 2", 12),
        Ticket("Response driver", 60, 3),
        Ticket("Licensed search officer", 24, 2),
        Ticket("First aid skills", 12, 3),
        Ticket("Investigator accreditation", None, 4),
        Ticket("Firearms ticket", 12, 2),
        Ticket("Custody skills", 24),
        Ticket("Operational command", 36, 3),
        Ticket("Crisis negotiator", 24),
        Ticket("Drone pilot", 24),
        Ticket("Officer safety", 12),
    )
}
"""The force's own tickets by id, in the order of the sheet."""

TASER, ENTRY, ORDER, DRIVING, SEARCH, AID, INVESTIGATION, FIREARMS, *_OTHERS = TICKETS
CUSTODY, COMMAND, NEGOTIATOR, DRONE, SAFETY = _OTHERS

STAGE_2, CUSTODY_COURSE, A7 = "course/plp-stage-2", "course/custody-officer", "course/a7-authorising-officer"
ELP, PNAC, SCC = "course/elp", "course/senior-pnac", "course/scc"

COMPETENCIES = (
    "cvf-2024/we-take-ownership",
    "cvf-2024/we-are-emotionally-aware",
    "cvf-2024/we-support-and-inspire",
    "cvf-2024/we-collaborate",
    "cvf-2024/we-are-innovative-and-open-minded",
    "cvf-2024/we-analyse-critically",
)
"""The six competencies that ranks ask for, on levels 1 to 3; the last is the one that custody asks more of."""

_SCHOOL, _REGION, _COLLEGE = "Force training school", "Regional training centre", "College of Policing"

OFFERS = (
    Offer("C01", "Taser carrier course", 380, 4, 48, _SCHOOL, ((TASER, None),)),
    Offer("C02", "Taser carrier course at the regional centre", 610, 4, None, _REGION, ((TASER, None),)),
    Offer("C03", "Method of entry course", 540, 3, 24, _REGION, ((ENTRY, None),)),
    Offer("C04", "Public order course", 450, 2, 120, _SCHOOL, ((ORDER, None),)),
    Offer("C05", "Basic driving assessment", 90, 0.5, None, _SCHOOL, ((DRIVING, 1),)),
    Offer("C06", "Standard driving course", 1450, 15, 60, _SCHOOL, ((DRIVING, 2),)),
    Offer("C07", "Driving at the highest level", 2900, 20, 16, _REGION, ((DRIVING, 3),)),
    Offer("C08", "Search course", 320, 2, 40, _SCHOOL, ((SEARCH, 1),)),
    Offer("C09", "Advanced search course", 980, 5, 12, _REGION, ((SEARCH, 2),)),
    Offer("C10", "First aid day", 75, 1, 200, _SCHOOL, ((AID, 2),)),
    Offer("C11", "First aid at the hospital", None, 1, None, "Local hospital", ((AID, 3),)),
    Offer("C12", "First aid for armed officers", 260, 2.5, 30, _SCHOOL, ((AID, 3),)),
    Offer("C13", "Investigator foundation course", 700, 10, 30, _SCHOOL, ((INVESTIGATION, 1),)),
    Offer("C14", "Serious crime investigator course", 1900, 20, 20, _COLLEGE, ((INVESTIGATION, 2),)),
    Offer("C15", "Firearms course", 5200, 45, 12, _REGION, ((FIREARMS, 1),)),
    Offer("C16", "Firearms leaders course", 6100, 50, 8, _REGION, ((FIREARMS, 2),)),
    Offer("C17", "Custody skills course", 310, 3, 36, _SCHOOL, ((CUSTODY, None),)),
    Offer("C18", "Bronze command course", 640, 3, 20, _SCHOOL, ((COMMAND, 1),)),
    Offer("C19", "Silver command course", 1200, 4, 12, _REGION, ((COMMAND, 2),)),
    Offer("C20", "Gold command course", 2400, 5, 6, _COLLEGE, ((COMMAND, 3),)),
    Offer("C21", "Drone pilot course", 1100, 5, 4, "A maker of drones", ((DRONE, None),)),
    Offer("C22", "Officer safety and first aid day", 70, 1.5, None, _SCHOOL, ((SAFETY, None), (AID, 1))),
    Offer("C23", "Workshop on careful analysis", 150, 1, 25, _SCHOOL, ((COMPETENCIES[-1], 3),)),
    Offer("C24", "Police Leadership Programme stage 2 (first-line leaders)", 560, 10, 80, _COLLEGE, (), STAGE_2),
    Offer("C25", "Custody officer course", 890, 15, 18, _SCHOOL, (), CUSTODY_COURSE),
    Offer("C26", "Authorising officer's course (A7)", 1750, 5, 6, _COLLEGE, (), A7),
)
"""The courses of the sheet; nobody teaches negotiators, nor five of the six competencies."""


@cache
def names() -> dict[str, str]:
    """Return the name of everything that can be held, by id."""
    parts = {entry.id: entry.name for entry in frameworks()}
    known = {entry.id: entry.name for entry in courses()}
    return {**parts, **known, **{ticket.id: ticket.name for ticket in TICKETS.values()}}
