"""A force of other data as the systems of the raw force give it out: the same headers, and more that is odd."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

HEADER = (
    *("Post No", "Post Title", "Rank/Grade", "Command", "Department", "Team", "Est FTE", "Collar No", "Name"),
    *("Actual Rank", "Contracted Hours", "Contract", "Start In Post", "Date Joined Force", "Leaving Date", "NI No"),
)
LOG = ("Collar No", "Name", "Course", "Date Achieved", "Expiry Date", "Outcome")
FILES = ("HR0931_Establishment.xlsx", "Chronicle_Training.txt", "Chronicle_Matrix.xlsx")
COURSES = ("Boat Handling", "Search Level 2", "Search Level 1", "Rape Trauma Support", "C/C# Coding", "Voice (Basic)")
RANKS = ("PC", "PC(D)", "PS", "DS", "Insp", "DI", "Ch Insp", "DCI", "Supt", "Ch Supt", "PCSO")
STAFF = "Police Staff Grade F"
OUTCOMES = ("Completed", "Completed", "Completed", "completed ", "Failed", "Booked", "Deferred", "Resit offered", "")
_UNITS = {"Operations": ("Marine", "Dogs"), "Crime": ("Major", "Marine"), "People": ("Training",)}
_SHARES = ((1.0, ("37.0 hours", "100%", 1)), (0.6, ("22.2 hours", "60%", 0.6)), (0.5, ("18.5 hours", "50%", 0.5)))
_FIRST = dt.date(2001, 1, 1)
Cell = str | float | dt.datetime | None


class RawForce:
    """Draws a force, and writes it as three files."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 -- no secret
        self.numbers = iter(self.draw.sample([f"{n:04}" for n in range(20, 9000)] + ["10234", "99001"], 150))
        self.people: dict[str, dict[str, Cell]] = {}
        self.posts: list[list[dict[str, Cell]]] = [list(self._team(*unit)) for unit in self._teams()]

    def _teams(self) -> Iterator[tuple[str, str, str]]:
        for command, departments in _UNITS.items():
            for department in departments:
                for team in ("Team A", "Team B", "Management")[: self.draw.randint(2, 3)]:
                    yield command, department, team

    def _day(self, first: dt.date = _FIRST, days: int = 9000) -> Cell:
        """Return a day as one of the ways in which the list has it."""
        day = first + dt.timedelta(days=self.draw.randrange(days))
        text = (f"{day:%d/%m/%Y}", f"{day:%d-%b-%y}".upper(), dt.datetime(day.year, day.month, day.day))  # noqa: DTZ001
        return self.draw.choice((*text, (day - dt.date(1899, 12, 30)).days))

    def _person(self, rank: str) -> dict[str, Cell]:
        number = next(self.numbers)
        last = self.draw.choice(("ÅKE", "O'NEIL", "van DAM", "SUMMERS", "VACANTI"))
        who: dict[str, Cell] = {"Collar No": number, "Name": f"{last}, {number} ({rank})", "Actual Rank": rank}
        left = self.draw.choice((None, None, None, "31/12/2099", "28/02/2024"))
        self.people[number] = who | {"Date Joined Force": self._day(days=8000), "Leaving Date": left, "NI No": "X"}
        return self.people[number]

    def _seat(self, person: dict[str, Cell], share: float, contract: str) -> dict[str, Cell]:
        written = self.draw.choice(dict(_SHARES)[share])
        start = self._day(dt.date(2023, 1, 1), 400)
        return {**person, "Contracted Hours": written, "Contract": contract, "Start In Post": start}

    def _team(self, command: str, department: str, team: str) -> Iterator[dict[str, Cell]]:
        """Yield the rows of a team: posts that one holds, shares, pools, vacancies, and who is there for a time."""
        unit = {"Command": command, "Department": department, "Team": team}
        for _ in range(self.draw.randint(2, 5)):
            rank = self.draw.choice((*RANKS, STAFF))
            places = self.draw.choice((1, 1, 1, 3))
            number = f"{len(self.people) + self.draw.randrange(10**6):07}"
            post: dict[str, Cell] = {"Post No": number, "Post Title": f"{rank} of {team}", "Rank/Grade": rank}
            post |= {**unit, "Est FTE": places}
            seats = list(self._seats(rank, places))
            for seat in seats or [{"Name": self.draw.choice(("VACANT", "VACANT - recruiting", "Vacant (on hold)"))}]:
                yield post | seat

    def _seats(self, rank: str, places: int) -> Iterator[dict[str, Cell]]:
        for _ in range(self.draw.randint(0, places)):
            shares = self.draw.choice(((1.0,), (1.0,), (0.6,), (0.5, 0.5)))
            for share in shares:
                contract = self.draw.choice(("Perm", "Perm", "Perm", "Temp"))
                yield self._seat(self._person(rank), share, contract)
        held = [one for one in self.people.values() if one["Actual Rank"] == rank]
        if held and self.draw.random() < 0.2:
            yield self._seat(self.draw.choice(held), 1.0, "Temp")

    def write(self, folder: Path) -> list[Path]:
        """Write the three files, and return their paths."""
        from openpyxl import Workbook  # noqa: PLC0415 -- few tests write one

        paths = [folder / name for name in FILES]
        book = Workbook()
        book.worksheets[0].title = "Report Parameters"
        sheet = book.create_sheet("Post Listing")
        for row in (["EASTSHIRE - Establishment v Strength"], [], list(HEADER)):
            sheet.append(row)
        for team in self.posts:
            for seat in team:
                sheet.append([seat.get(name) for name in HEADER])
            sheet.append([f"Sub-total {team[0]['Department']}", *[None] * 5, len(team)])
            sheet.append([])
        sheet.append(["TOTAL", *[None] * 5, sum(map(len, self.posts))])
        book.save(paths[0])
        log = list(self._log())
        text = "".join("\t".join(cells) + "\r\n" for cells in (LOG, *log))
        paths[1].write_bytes(text.encode("utf-16"))
        matrix = Workbook()
        matrix.worksheets[0].title = "Matrix"
        for cells in self._matrix({(one[0], one[2]) for one in log}):
            matrix.worksheets[0].append(cells)
        matrix.save(paths[2])
        return paths

    def _log(self) -> Iterator[tuple[str, ...]]:
        for number, person in self.people.items():
            for course in self.draw.sample(COURSES, self.draw.randint(0, 4)):
                day = dt.date(2020, 1, 1) + dt.timedelta(days=self.draw.randrange(2000))
                for again in range(self.draw.randint(1, 2)):
                    achieved = day + dt.timedelta(days=400 * again)
                    ends = "" if self.draw.random() < 0.3 else f"{achieved + dt.timedelta(days=365):%d/%m/%Y}"
                    outcome = self.draw.choice(OUTCOMES)
                    yield number, str(person["Name"]), course, f"{achieved:%d/%m/%Y}", ends, outcome

    def _matrix(self, logged: set[tuple[str, str]]) -> Iterator[list[Cell]]:
        """Yield a matrix of what the log has, and of some that it has not; numbers have lost their zeros."""
        yield ["Training matrix - expiry dates"]
        yield []
        yield ["Collar No", "Name", *COURSES]
        for number, person in self.people.items():
            cells: list[Cell] = []
            for course in COURSES:
                has = (number, course) in logged or self.draw.random() < 0.1
                day = dt.datetime(2027, self.draw.randint(1, 12), self.draw.randint(1, 28))  # noqa: DTZ001 -- a cell
                cells.append(day if has else self.draw.choice((None, "N/A", "Not req")))
            yield [int(number), person["Name"], *cells]
        yield ["Total trained", None, *[len(self.people)] * len(COURSES)]
