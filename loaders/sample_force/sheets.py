"""Write the plan as rows of the staff files, one CSV file a sheet."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Self

from loaders.sample_force.catalogue import OFFERS, TICKETS, names
from loaders.sample_force.model import Block, Person, Post, Unit

SHEETS = {
    "units": ("unit_id", "name", "parent_id"),
    "posts": ("post_id", "unit_id", "rank", "title", "role", "fte", "opened", "closed"),
    "people": ("person_id", "name", "joined", "left"),
    "occupancies": ("person_id", "post_id", "from", "to", "fte", "basis"),
    "requirements": ("requirement", "kind", "valid_months", "max_level"),
    "post_requirements": ("post_id", "requirement", "level", "necessity"),
    "holdings": ("person_id", "requirement", "level", "achieved", "expires", "evidence"),
    "ranks_held": ("person_id", "rank", "from", "to", "basis"),
    "absences": ("person_id", "from", "to", "kind"),
    "courses": ("course_id", "name", "cost", "days", "seats", "provider"),
    "teaches": ("course_id", "requirement", "level"),
}
"""The columns of each sheet."""

_POST_RANKS = {"uk/constable": ("uk/constable", "PC"), "uk/sergeant": ("uk/sergeant", "PS"), "uk/inspector": ("Insp",)}
_EVIDENCE = ("", "", "Certificate", "Course record")


class Sheets:
    """The open files of one folder. A context: they are closed afterwards, and `rows` says how many each has."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._stack = ExitStack()
        self.rows = dict.fromkeys(SHEETS, 0)
        self._writers: dict[str, Any] = {}
        for name, columns in SHEETS.items():
            stream = self._stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.writer(stream, lineterminator="\n")
            self._writers[name].writerow(columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def offers(self) -> None:
        """Write what does not depend on who is in the force: requirements, courses and what they teach."""
        for ticket in TICKETS.values():
            self._write("requirements", ticket.name, "skill", ticket.months, ticket.top)
        for offer in OFFERS:
            self._write("courses", offer.number, offer.name, offer.cost, offer.days, offer.seats, offer.provider)
            for thing, level in offer.teaches:
                self._write("teaches", offer.number, _said(thing), level)

    def unit(self, unit: Unit) -> None:
        """Write one unit."""
        self._write("units", unit.id, unit.name, unit.above[-1] if unit.above else None)

    def block(self, block: Block, random: Random) -> None:
        """Write the posts and people of a block; `random` draws words that mean the same."""
        for unit in block.units:
            for post in unit.posts:
                self._post(post, random)
        for person in block.people:
            self._person(person, random)

    def _post(self, post: Post, random: Random) -> None:
        said = random.choice(_POST_RANKS.get(post.rank or "", (post.rank,)))
        self._write("posts", post.id, post.unit, said, post.title, post.role, post.fte, post.opened, post.closed)
        for need in post.extras:
            necessity = "desirable" if need.desirable else random.choice(("essential", ""))
            self._write("post_requirements", post.id, _said(need.thing), need.level, necessity)
        for seat in post.seats:
            basis = "" if seat.basis == "substantive" and random.random() < 0.2 else seat.basis  # noqa: PLR2004
            self._write("occupancies", seat.person.id, post.id, seat.begins, seat.ends, seat.fte, basis)

    def _person(self, person: Person, random: Random) -> None:
        self._write("people", person.id, f"Person {person.id[1:]}", person.joined, person.left)
        for thing, grasp in person.grasps.items():
            said = random.choice((_said(thing), thing))
            for award in grasp.awards:
                evidence = random.choice(_EVIDENCE)
                self._write("holdings", person.id, said, award.level, award.achieved, award.expires, evidence)
        for spell in person.spells:
            self._write("ranks_held", person.id, spell.word, spell.begins, spell.ends, spell.basis)
        for away in person.aways:
            self._write("absences", person.id, away.begins, away.ends, away.kind)

    def _write(self, sheet: str, *values: str | float | date | None) -> None:
        self._writers[sheet].writerow(values)
        self.rows[sheet] += 1


def _said(thing: str) -> str:
    """Return the name of a thing, or its id where two frameworks share the name."""
    return thing if thing.startswith("cvf-") else names()[thing]
