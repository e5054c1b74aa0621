"""Write the plan as rows of the staff files, one CSV file a sheet."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random
from typing import Self

from loaders.sample_force.catalogue import OFFERS, TICKETS, names
from loaders.sample_force.model import Block, Person, Post, Unit
from loaders.staff.sheets import SHEETS

_POST_RANKS = {"uk/constable": ("uk/constable", "PC"), "uk/sergeant": ("uk/sergeant", "PS"), "uk/inspector": ("Insp",)}
_EVIDENCE = ("", "", "Certificate", "Course record")


class Sheets:
    """The open files of one folder. A context: they are closed afterwards, and `rows` says how many each has."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._stack = ExitStack()
        self.rows = {sheet.name: 0 for sheet in SHEETS}
        self._writers: dict[str, csv.DictWriter[str]] = {}
        for sheet in SHEETS:
            stream = self._stack.enter_context((folder / f"{sheet.name}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[sheet.name] = csv.DictWriter(stream, sheet.names, lineterminator="\n")
            self._writers[sheet.name].writeheader()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def write_courses(self) -> None:
        """Write what does not depend on who is in the force: requirements, courses and what they teach."""
        for ticket in TICKETS.values():
            own = {"valid_months": ticket.valid_months, "max_level": ticket.max_level}
            self._write("requirements", requirement=ticket.name, kind="skill", **own)
        for offer in OFFERS:
            own = {name: getattr(offer, name) for name in ("name", "cost", "days", "seats", "provider")}
            self._write("courses", course_id=offer.number, **own)
            for requirement, level in offer.teaches:
                self._write("teaches", course_id=offer.number, requirement=_name_or_id(requirement), level=level)

    def write_unit(self, unit: Unit) -> None:
        """Write one unit."""
        self._write("units", unit_id=unit.id, name=unit.name, parent_id=unit.above[-1] if unit.above else None)

    def write_block(self, block: Block, random: Random) -> None:
        """Write the posts and people of a block; `random` draws words that mean the same."""
        for unit in block.units:
            for post in unit.posts:
                self._write_post(post, random)
        for person in block.people:
            self._write_person(person, random)

    def _write_post(self, post: Post, random: Random) -> None:
        rank = random.choice(_POST_RANKS.get(post.rank or "", (post.rank,)))
        own = {name: getattr(post, name) for name in ("title", "role", "fte", "opened", "closed")}
        self._write("posts", post_id=post.id, unit_id=post.unit, rank=rank, **own)
        for need in post.extras:
            own = {
                "level": need.level,
                "necessity": "desirable" if need.desirable else random.choice(("essential", "")),
            }
            self._write("post_requirements", post_id=post.id, requirement=_name_or_id(need.requirement), **own)
        for seat in post.seats:
            basis = "" if seat.basis == "substantive" and random.random() < 0.2 else seat.basis  # noqa: PLR2004
            own = {"from": seat.begins, "to": seat.ends, "fte": seat.fte, "basis": basis}
            self._write("occupancies", person_id=seat.person.id, post_id=post.id, **own)

    def _write_person(self, person: Person, random: Random) -> None:
        name = f"Person {person.id[1:]}"
        self._write("people", person_id=person.id, name=name, joined=person.joined, left=person.left)
        for requirement, qualification in person.qualifications.items():
            written = random.choice((_name_or_id(requirement), requirement))
            for award in qualification.awards:
                own = {"achieved": award.achieved, "expires": award.expires, "evidence": random.choice(_EVIDENCE)}
                self._write("holdings", person_id=person.id, requirement=written, level=award.level, **own)
        for rank_period in person.rank_periods:
            own = {"from": rank_period.begins, "to": rank_period.ends, "basis": rank_period.basis}
            self._write("ranks_held", person_id=person.id, rank=rank_period.word, **own)
        for away in person.absences:
            self._write("absences", person_id=person.id, kind=away.kind, **{"from": away.begins, "to": away.ends})

    def _write(self, sheet: str, **row: str | float | date | None) -> None:
        """Write a row by the names of its columns; one that is not named is empty."""
        self._writers[sheet].writerow(row)
        self.rows[sheet] += 1


def _name_or_id(requirement: str) -> str:
    """Return the name of a requirement, or its id where two frameworks share the name."""
    return requirement if requirement.startswith("cvf-") else names()[requirement]
