"""Faults to plant in an export: each brings rows of its own, so that however many are planted, none hides another."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import Export, row

Cells = dict[str, str]


@dataclass(frozen=True)
class Planted:
    """A fault that must be found: on the last in the file of these rows, in this column, of this kind."""

    sheet: str
    rows: tuple[Cells, ...]
    column: str
    kind: str


@dataclass
class Planter:
    """Adds rows to an export, with ids that nobody has, and keeps what must be found."""

    rows: Export
    chance: random.Random
    planted: list[Planted] = field(default_factory=list)
    _number: int = 100

    def new(self, prefix: str) -> str:
        """Return an id that is not in use."""
        self._number += 1
        return f"{prefix}{self._number}"

    def add(self, sheet: str, *cells: str) -> Cells:
        """Add a row."""
        added = row(sheet, *cells)
        self.rows[sheet].append(added)
        return added

    def expect(self, sheet: str, column: str, kind: str, *rows: Cells) -> None:
        """Keep what must be found."""
        self.planted.append(Planted(sheet, rows, column, kind))

    def unit(self, parent: str = "U1") -> str:
        """Add a unit."""
        return self.add("units", self.new("U"), "A unit", parent)["unit_id"]

    def post(self, fte: str = "1", opened: str = "", closed: str = "") -> str:
        """Add a post."""
        return self.add("posts", self.new("T"), "U3", "PC", "", "", fte, opened, closed)["post_id"]

    def person(self, left: str = "") -> str:
        """Add a person."""
        return self.add("people", self.new("P"), "Somebody", "", left)["person_id"]

    def good(self, sheet: str) -> Cells:
        """Add a good row of any sheet."""
        cells: dict[str, Callable[[], tuple[str, ...]]] = {
            "units": lambda: (self.new("U"), "A unit", "U1"),
            "posts": lambda: (self.new("T"), "U3", "PC", "", "", "1", "2001-01-01", "2030-12-31"),
            "people": lambda: (self.new("P"), "Somebody", "2001-01-01", "2030-12-31"),
            "occupancies": lambda: (self.person(), self.post(), "2020-01-01", "2024-12-31", "1", ""),
            "roles": lambda: (self.new("Analyst "), "Grade E"),
            "requirements": lambda: (self.new("Ticket "), "ticket", "12", "3"),
            "post_requirements": lambda: (self.post(), "Driving", "2", "essential"),
            "rules": lambda: ("PC", "", self.new("Driver "), "", "Driving", "2", "essential", ""),
            "cover": lambda: (self.good("units")["unit_id"], "Driving", "2", "3", ""),
            "holdings": lambda: (self.person(), "Driving", "2", "2020-01-01", "2024-12-31", ""),
            "not_met": lambda: (self.person(), "Driving", "2025-01-01"),
            "ranks_held": lambda: (self.person(), "PS", "2020-01-01", "2024-12-31", ""),
            "absences": lambda: (self.person(), "2020-01-01", "2024-12-31", "maternity"),
            "courses": lambda: (self.new("C"), self.new("Course "), "100", "2", "10", ""),
            "teaches": lambda: (self.good("courses")["course_id"], "Driving", "2"),
            "course_dates": lambda: (self.good("courses")["course_id"], "2026-04-13", "8"),
        }
        return self.add(sheet, *cells[sheet]())

    def bad(self, sheet: str, column: str, value: str, kind: str) -> None:
        """Add a row of which one cell is at fault."""
        added = self.good(sheet)
        added[column] = value
        self.expect(sheet, column, kind, added)


def _duplicate(planter: Planter) -> None:
    sheet = planter.chance.choice(SHEETS)
    first = planter.good(sheet.name)
    second = dict(first)
    planter.rows[sheet.name].append(second)
    column = "requirement" if sheet.name == "requirements" else ", ".join(sheet.key)
    planter.expect(sheet.name, column, "duplicate", first, second)


def _course_name_again(planter: Planter) -> None:
    first = planter.good("courses")
    second = planter.add("courses", planter.new("C"), first["name"], "", "", "", "")
    planter.expect("courses", "name", "duplicate", first, second)


def _missing(planter: Planter) -> None:
    sheet = planter.chance.choice(SHEETS)
    column = planter.chance.choice([one for one in sheet.columns if one.required])
    planter.bad(sheet.name, column.name, planter.chance.choice(("", "  ")), "cell")


def _dangling(planter: Planter) -> None:
    pointing = [(one.name, column.name) for one in SHEETS for column in one.columns if column.points_to]
    sheet, column = planter.chance.choice(pointing)
    planter.bad(sheet, column, planter.new("X"), "reference")


def _unmatched(planter: Planter) -> None:
    places = [
        (one.name, column.name)
        for one in SHEETS
        for column in one.columns
        if column.kind in {"rank", "role", "requirement"}
    ]
    sheet, column = planter.chance.choice(places)
    planter.bad(sheet, column, planter.new("No such thing "), "name")


def _reversed(planter: Planter) -> None:
    sheet = planter.chance.choice([one for one in SHEETS if one.periods])
    [(first, last)] = sheet.periods
    added = planter.good(sheet.name)
    added[first], added[last] = "2026-02-01", "2026-01-31"
    planter.expect(sheet.name, f"{first}, {last}", "order", added)


def _no_number(planter: Planter) -> None:
    places = [(one.name, column) for one in SHEETS for column in one.columns if column.kind in {"number", "whole"}]
    sheet, column = planter.chance.choice(places)
    wrong = ["-1", "many", "1.2.3", "1e3", "=1+1"]
    wrong += ["0"] if column.least else []
    wrong += ["1.01", "37.5"] if column.most else []
    wrong += ["1.5"] if column.kind == "whole" else []
    planter.bad(sheet, column.name, planter.chance.choice(wrong), "cell")


def _no_word(planter: Planter) -> None:
    places = [(one.name, column.name) for one in SHEETS for column in one.columns if column.words]
    sheet, column = planter.chance.choice(places)
    planter.bad(sheet, column, "whatever", "cell")


def _no_day(planter: Planter) -> None:
    places = [(one.name, column.name) for one in SHEETS for column in one.columns if column.kind == "day"]
    sheet, column = planter.chance.choice(places)
    wrong = ("2026-02-30", "31/02/2026", "soon", "2026", "27-Mar", "46022", "12/31/2026", "31/12/26", "0026-01-01")
    planter.bad(sheet, column, planter.chance.choice(wrong), "cell")


def _day_read_two_ways(planter: Planter) -> None:
    sheet, column = planter.chance.choice((("people", "joined"), ("posts", "opened"), ("occupancies", "from")))
    planter.bad(sheet, column, planter.chance.choice(("03/04/2002", "3-4-2002", "03.04.2002 00:00")), "cell")


def _no_level(planter: Planter) -> None:
    sheet = planter.chance.choice(("post_requirements", "holdings", "teaches"))
    need, level = planter.chance.choice(
        (("Driving", "4"), ("We take ownership", "4"), ("Taser", "0"), ("Driving", "-1"))
    )
    added = planter.good(sheet)
    added["requirement"], added["level"] = need, level
    planter.expect(sheet, "level", "level", added)


def _cycle(planter: Planter) -> None:
    """A ring of one to three units, with two units and a post below it that go with it."""
    names = [planter.new("U") for _ in range(planter.chance.randint(1, 3))]
    for name, parent in zip(names, [*names[1:], names[0]], strict=True):
        planter.expect("units", "parent_id", "cycle", planter.add("units", name, "Round", parent))
    under = names[0]
    for _ in range(2):
        below = planter.add("units", planter.new("U"), "Below", under)
        planter.expect("units", "parent_id", "left out", below)
        under = below["unit_id"]
    post = planter.add("posts", planter.new("T"), under, "PC", "", "", "", "", "")
    planter.expect("posts", "unit_id", "left out", post)


def _held_by_too_many(planter: Planter) -> None:
    post = planter.post(fte="1")
    periods = planter.chance.choice(
        (
            (("2020-01-01", ""), ("2022-01-01", "2022-12-31")),
            (("", "2022-01-01"), ("2022-01-01", "")),
            (("", ""), ("", "")),
        )
    )
    ftes = planter.chance.choice((("1", "0.1"), ("0.6", "0.6"), ("", "")))
    added = [
        planter.add("occupancies", planter.person(), post, *period, fte, "substantive")
        for period, fte in zip(periods, ftes, strict=True)
    ]
    planter.add("occupancies", planter.person(), post, "", "", "1", "acting")
    planter.expect("occupancies", "post_id, fte", "establishment", *added)


def _in_too_many(planter: Planter) -> None:
    person = planter.person()
    added = [
        planter.add("occupancies", person, planter.post(), begins, ends, "0.6", "")
        for begins, ends in (("2020-01-01", "2021-12-31"), ("2021-12-31", ""))
    ]
    planter.expect("occupancies", "person_id, fte", "person", *added)


def _in_a_closed_post(planter: Planter) -> None:
    begins, ends, column = planter.chance.choice(
        (
            ("2009-12-31", "2012-01-01", "from"),
            ("", "2009-12-31", "to"),
            ("2021-01-01", "", "from"),
            ("2012-01-01", "2021-01-01", "to"),
            ("2012-01-01", "", "to"),
            ("", "", "to"),
        )
    )
    post = planter.post(opened="2010-01-01", closed="2020-12-31")
    added = planter.add("occupancies", planter.person(), post, begins, ends, "1", "acting")
    planter.expect("occupancies", column, "post", added)


def _after_leaving(planter: Planter) -> None:
    begins, ends, column = planter.chance.choice((("2021-01-01", "", "from"), ("2012-01-01", "2021-01-01", "to")))
    added = planter.add("occupancies", planter.person(left="2020-12-31"), planter.post(), begins, ends, "1", "")
    planter.expect("occupancies", column, "post", added)


def _two_bases(planter: Planter) -> None:
    added = planter.add("ranks_held", planter.person(), "T/DCI", "2020-01-01", "", "substantive")
    planter.expect("ranks_held", "basis", "cell", added)


def _neither_rank_nor_role(planter: Planter) -> None:
    added = planter.add("posts", planter.new("T"), "U3", "", "Post", "", "1", "", "")
    planter.expect("posts", "rank", "cell", added)


def _left_out_with_its_person(planter: Planter) -> None:
    person = planter.add("people", planter.new("P"), "", "", "")
    planter.expect("people", "name", "cell", person)
    holding = planter.add("holdings", person["person_id"], "Taser", "", "", "", "")
    planter.expect("holdings", "person_id", "left out", holding)


def _left_out_with_its_requirement(planter: Planter) -> None:
    need = planter.add("requirements", planter.new("Ticket "), "ticket", "0", "")
    planter.expect("requirements", "valid_months", "cell", need)
    holding = planter.add("holdings", planter.person(), need["requirement"], "", "", "", "")
    planter.expect("holdings", "requirement", "left out", holding)


def _two_in_one_row(planter: Planter) -> None:
    added = planter.add("holdings", planter.new("X"), "Driving", "9", "2026-02-01", "2026-01-01", "")
    planter.expect("holdings", "person_id", "reference", added)
    planter.expect("holdings", "level", "level", added)
    planter.expect("holdings", "achieved, expires", "order", added)


PLANTS: tuple[Callable[[Planter], None], ...] = (
    _duplicate,
    _course_name_again,
    _missing,
    _dangling,
    _unmatched,
    _reversed,
    _no_number,
    _no_word,
    _no_day,
    _day_read_two_ways,
    _no_level,
    _cycle,
    _held_by_too_many,
    _in_too_many,
    _in_a_closed_post,
    _after_leaving,
    _two_bases,
    _neither_rank_nor_role,
    _left_out_with_its_person,
    _left_out_with_its_requirement,
    _two_in_one_row,
)
"""What can be planted."""
