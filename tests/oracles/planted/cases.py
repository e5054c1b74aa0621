"""The answers about people: who could be a commander, who could run custody, and what single persons still need."""

from __future__ import annotations

from loaders.sample_force.catalogue import A7, COMPETENCIES, names
from loaders.sample_force.model import Block, Person, Qualification, Unit
from loaders.sample_force.teams import CHIEF, COMMANDER, CUSTODY_SERGEANT, PROFILES, SERGEANT
from tests.oracles.planted.answers import Answer, Answers, day
from tests.oracles.planted.tallies import met_by

GATE = "Senior appointment: executive leaders programme, or senior PNAC with SCC"
"""Name of the one gate of the reference data before the rank of Commander."""

_GAP = ("kind", "requirement", "requirement_id", "status", "held_level", "needed_level", "until")
_READY = {
    "now": ("now", ()),
    "now by the older way": ("now", ()),
    "12m": ("12m", (A7,)),
    "12m by the gate": ("12m", (GATE,)),
    "24m": ("24m", (A7,)),
    "no gate": ("no", (GATE,)),
    "no level": ("no", (COMPETENCIES[3], COMPETENCIES[5])),
    "no course": ("no", (A7,)),
}
"""What was planted before the rank of Commander: when somebody is ready, and what blocks on the day."""

_AIMS = {"every status": SERGEANT, "nearly there": SERGEANT, "ready for custody": CUSTODY_SERGEANT}


class Cases:
    """Answers about people, for the whole force and for one unit."""

    def __init__(self, answers: Answers, unit: Unit) -> None:
        self._answers = answers
        self._scopes: tuple[Unit | None, ...] = (None, unit)
        self._told: set[str] = set()
        self._succession = [
            self._start("succession", {"rank": COMMANDER}, scope, _SUCCESSION) for scope in self._scopes
        ]
        self._ready = [
            self._start("ready-for", {"to": CUSTODY_SERGEANT}, scope, ("person_id",)) for scope in self._scopes
        ]
        self._lateral()

    def block(self, block: Block) -> None:
        """Write what was planted for the people of a block."""
        for unit in block.units:
            for post in unit.posts:
                for seat in post.sitting:
                    if seat.basis == "substantive":
                        self._person(seat.person, unit)

    def _start(self, question: str, asked: dict[str, object], unit: Unit | None, columns: tuple[str, ...]) -> Answer:
        return self._answers.answer(question, {**asked, "unit": unit.id if unit else None}, columns)

    def _person(self, person: Person, unit: Unit) -> None:
        for scope, succession, ready in zip(self._scopes, self._succession, self._ready, strict=True):
            if scope is not None and scope.id not in (*unit.above, unit.id):
                continue
            if person.rank == CHIEF:
                when, blocks = _READY[person.career]
                called = sorted(names().get(one, one) for one in blocks)
                succession.add(person.id, when, called, day(person.since))
            elif person.career == "ready for custody":
                ready.add(person.id)
        aim = COMMANDER if person.rank == CHIEF and not person.career.startswith("12m") else _AIMS.get(person.career)
        if aim and "24m" not in person.career and person.career not in self._told:
            self._told.add(person.career)
            self._gap(person, aim)

    def _gap(self, person: Person, aim: str) -> None:
        """Write what a person still needs, as the requirements of the aim say; its gates are not among them."""
        asked: dict[str, object] = {"person": person.id, "to": aim, "gates": False}
        answer = self._answers.answer("person-gap", asked, _GAP)
        for need in PROFILES[aim]:
            kind = "competency" if need.requirement in COMPETENCIES else "course"
            status, level, until = _status(person.qualifications.get(need.requirement), need.level)
            answer.add(kind, names()[need.requirement], need.requirement, status, level, need.level, until)

    def _lateral(self) -> None:
        """Write how far the role of a custody sergeant asks for what a sergeant is asked for anyway."""
        columns = ("role_id", "shared", "needed", "overlap")
        held = {need.requirement: need.level for need in PROFILES[SERGEANT]}
        asked = PROFILES[CUSTODY_SERGEANT]
        shared = sum(
            1 for need in asked if need.requirement in held and (held[need.requirement] or 0) >= (need.level or 0)
        )
        answer = self._answers.answer("lateral-moves", {"from": SERGEANT}, columns)
        answer.add(CUSTODY_SERGEANT, shared, len(asked), 100 * shared // len(asked))


_SUCCESSION = ("person_id", "ready", "blocked_by", "since")


def _status(qualification: Qualification | None, level: int | None) -> tuple[str, int | None, str | None]:
    """Return status, held_level and until of one requirement."""
    if qualification is None or qualification.state == "booked":
        is_enough = qualification and (qualification.level or 0) >= (level or 0)
        return "opens" if is_enough else "missing", None, None
    if qualification.state == "lapsed":
        return "lapsed", qualification.level, day(qualification.ends)
    return "done" if met_by(qualification, level) else "too_low", qualification.level, day(qualification.ends)
