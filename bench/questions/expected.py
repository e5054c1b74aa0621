"""Work out what each question of the benchmark should answer, from the source files alone and without any graph.

    python bench/questions/expected.py SOURCES     prints the expected rows as JSON

SOURCES is what `python bench/questions/run.py --sources SOURCES` writes: documents, a force in CSV files, a table.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, object]
Rows = list[Row]

DAY = "2026-10-01"
_OPEN = "9999-12-31"
_HEADINGS = {
    "duties": ("Key Accountabilities", "Key responsibilities"),
    "competencies": ("Behaviours", "Competencies"),
    "education": ("Prior education and experience:", "Education, qualifications and experience"),
    "skills": ("Skills:", "Skills"),
}
_ENDS = (
    *(
        "Role Purpose",
        "Role purpose",
        "Continuing Professional Development (CPD)",
        "Continuing professional development",
    ),
    *("Education, Qualifications, Skills and Experience", "Related roles", "Leave Feedback"),
)
_RANKS = {"PC": "uk/constable", "PS": "uk/sergeant", "Insp": "uk/inspector"}
"""How the files of a force spell some ranks, beside their ids."""
_LEVEL = re.compile(r"\s*(?:•\s+)?(We .*?)(?: –)? [Ll]evel (\d)")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Documents:
    """The sample documents, each by the name of its file without the ending."""

    def __init__(self, folder: Path) -> None:
        self._lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in folder.glob("*.txt")}

    def part(self, name: str, kind: str) -> list[str]:
        """Return the lines below the heading of a part, up to the next heading."""
        others = {head for heads in _HEADINGS.values() for head in heads if head not in _HEADINGS[kind]} | {*_ENDS}
        inside, lines = False, []
        for line in self._lines[name]:
            if line.strip() in _HEADINGS[kind]:
                inside = True
            elif line.strip() in others:
                inside = False
            elif inside:
                lines.append(line)
        return lines

    def items(self, name: str, kind: str, column: str, beginning: str = "") -> Rows:
        """Return the bullets of a part as they are printed, those alone that begin with some words."""
        texts = [line.strip()[1:].strip() for line in self.part(name, kind) if line.strip().startswith("•")]
        return [{column: text} for text in texts if text.startswith(beginning)]

    def competencies(self, name: str) -> Rows:
        """Return the competencies of a document with their levels."""
        matches = map(_LEVEL.fullmatch, self.part(name, "competencies"))
        return [{"competency": match[1], "level": int(match[2])} for match in matches if match]

    def both(self, one: str, other: str, kind: str, column: str) -> Rows:
        """Return the bullets that two documents print alike."""
        texts = {str(row[column]) for row in self.items(other, kind, column)}
        return [row for row in self.items(one, kind, column) if row[column] in texts]


def documents(folder: Path) -> dict[str, Rows]:
    """Return the expected rows of the questions on documents."""
    read = Documents(folder)
    names = (
        *("pcso", "constable", "sergeant", "inspector", "met-commander"),
        *("met-deputy-assistant-commissioner", "met-assistant-commissioner"),
    )
    return {
        **{f"duties of {name}": read.items(name, "duties", "duty") for name in names},
        **{f"competencies of {name}": read.competencies(name) for name in names[:1] + names[2:5]},
        **{f"skills of {name}": read.items(name, "skills", "skill") for name in names[1:5]},
        **{f"knowledge of {name}": read.items(name, "education", "knowledge", "Knowledge") for name in names[1:4]},
        "skills of sergeant and inspector": read.both("sergeant", "inspector", "skills", "skill"),
        "skills of constable and sergeant": read.both("constable", "sergeant", "skills", "skill"),
    }


class Force:
    """The CSV files of a force, and what follows from them on a day."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: _table(path) for path in folder.glob("*.csv")}
        self.months = {requirement(row["requirement"]): row["valid_months"] for row in self.tables["requirements"]}
        self.left = {row["person_id"]: row["left"] or _OPEN for row in self.tables["people"]}
        self.parents = {row["unit_id"]: row["parent_id"] for row in self.tables["units"]}
        self.posts = {row["post_id"]: row for row in self.tables["posts"] if _counts(row["opened"], row["closed"])}
        self.occupants = [
            row
            for row in self.tables["occupancies"]
            if _counts(row["from"], row["to"]) and self.left[row["person_id"]] >= DAY and row["post_id"] in self.posts
        ]

    def within(self, unit: str | None) -> dict[str, dict[str, str]]:
        """Return the open posts of a unit and of those within it; of the whole force for none."""
        return {
            name: post for name, post in self.posts.items() if unit is None or self.is_within(post["unit_id"], unit)
        }

    def is_within(self, unit: str, other: str) -> bool:
        """Return whether a unit is another one or within it."""
        return unit == other or (bool(self.parents[unit]) and self.is_within(self.parents[unit], other))

    def vacancies(self, unit: str | None) -> Rows:
        """Return posts that nobody is in substantively, or for good in no other."""
        substantive = {row["person_id"] for row in self.occupants if row["basis"] in {"", "substantive"}}
        filled = {
            row["post_id"]
            for row in self.occupants
            if row["basis"] in {"", "substantive"} or row["person_id"] not in substantive
        }
        return [{"post_id": name, "rank": rank(post)} for name, post in self.within(unit).items() if name not in filled]

    def establishment(self, unit: str) -> Rows:
        """Return how many posts of each rank or role are open in each unit from one down, and their full-time size."""
        sizes: dict[tuple[str, str], list[float]] = {}
        for post in self.within(unit).values():
            sizes.setdefault((post["unit_id"], rank(post)), []).append(float(post["fte"] or 1))
        return [
            {"unit_id": own, "rank": name, "posts": len(size), "established_fte": sum(size)}
            for (own, name), size in sizes.items()
        ]

    def needs(self, unit: str | None) -> dict[tuple[str, str], int]:
        """Return the level that each open post asks for of each requirement, 0 for any; not what is only desirable."""
        asked: dict[tuple[str, str], int] = {}
        for row in self.tables["post_requirements"]:
            if row["post_id"] in self.within(unit) and row["necessity"] != "desirable":
                key = row["post_id"], requirement(row["requirement"])
                asked[key] = max(asked.get(key, 0), int(row["level"] or 0))
        return asked

    def holdings(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """Return level and last day of what each person holds on the day, by person and requirement."""
        held: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for row in self.tables["holdings"]:
            name = requirement(row["requirement"])
            months = self.months.get(name, "")
            last = row["expires"] or (months_after(row["achieved"], int(months)) if months else _OPEN)
            if row["achieved"] <= DAY <= last:
                held.setdefault((row["person_id"], name), []).append((int(row["level"] or 0), last))
        return held

    def present(self, unit: str | None) -> list[dict[str, str]]:
        """Return who is in which open post of a unit, and not absent."""
        away = {row["person_id"] for row in self.tables["absences"] if _counts(row["from"], row["to"])}
        return [row for row in self.occupants if row["post_id"] in self.within(unit) and row["person_id"] not in away]

    def shortages(self, unit: str | None) -> Rows:
        """Return how many posts ask for what at which level, and in how many somebody present holds it."""
        held, present = self.holdings(), self.present(unit)
        rows: dict[tuple[str, int], list[int]] = {}
        for (post, name), level in self.needs(unit).items():
            counts = rows.setdefault((name, level), [0, 0])
            people = [row["person_id"] for row in present if row["post_id"] == post]
            counts[0] += 1
            counts[1] += any(has >= level for one in people for has, _ in held.get((one, name), ()))
        return [
            {"requirement_id": name, "level": level or None, "need": need, "have": have}
            for (name, level), (need, have) in rows.items()
        ]

    def single_points(self, unit: str) -> Rows:
        """Return what only one person present in a unit, those within it included, holds at the lowest level asked."""
        held, people = self.holdings(), {row["person_id"] for row in self.present(unit)}
        lowest: dict[str, int] = {}
        for (_, name), level in self.needs(unit).items():
            lowest[name] = min(lowest.get(name, level), level)
        rows: Rows = []
        for name, level in lowest.items():
            holders = [one for one in people if any(has >= level for has, _ in held.get((one, name), ()))]
            if len(holders) == 1:
                rows.append({"requirement_id": name, "person_id": holders[0]})
        return rows

    def expiring(self, days: int) -> Rows:
        """Return what people hold, and their posts ask for, that counts for the last time within so many days."""
        until = (date.fromisoformat(DAY) + timedelta(days=days)).isoformat()
        held, asked = self.holdings(), self.needs(None)
        rows = {
            (row["person_id"], name, last)
            for row in self.occupants
            for post, name in asked
            if post == row["post_id"]
            for level, last in held.get((row["person_id"], name), ())
            if last <= until
            and not any(other >= level and later > last for other, later in held[row["person_id"], name])
        }
        return [{"person_id": one, "requirement_id": name, "expires": last} for one, name, last in rows]

    def courses(self, name: str) -> Rows:
        """Return the courses that teach a requirement, with level and cost."""
        known = {row["course_id"]: row for row in self.tables["courses"]}
        return [
            {
                "number": row["course_id"],
                "level": int(row["level"] or 0) or None,
                "cost": _number(known[row["course_id"]]["cost"]),
            }
            for row in self.tables["teaches"]
            if requirement(row["requirement"]) == name
        ]


def rank(post: Mapping[str, str]) -> str:
    """Return the id of the rank of a post, or of its role where it has no rank."""
    return _RANKS.get(post["rank"], post["rank"]) or post["role"]


def requirement(name: str) -> str:
    """Return the id of a requirement by its name; ids stay.

    >>> requirement("First aid skills"), requirement("course/elp")
    ('skill/first-aid-skills', 'course/elp')
    """
    return name if "/" in name else f"skill/{'-'.join(re.findall(r'[a-z0-9]+', name.casefold()))}"


def months_after(day: str, months: int) -> str:
    """Return the day so many months later, the last of the month where that is shorter.

    >>> months_after("2024-02-29", 12), months_after("2025-11-30", 3)
    ('2025-02-28', '2026-02-28')
    """
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    for last in range(int(day[8:]), 27, -1):
        try:
            return date(count // 12, count % 12 + 1, last).isoformat()
        except ValueError:
            continue
    return date(count // 12, count % 12 + 1, int(day[8:])).isoformat()


def _number(text: str) -> float | None:
    return float(text) if text else None


def _counts(first: str, last: str) -> bool:
    return first <= DAY <= (last or _OPEN)


def force(folder: Path) -> dict[str, Rows]:
    """Return the expected rows of the questions on a force."""
    read = Force(folder)
    units = {"the force": None, "U00001": "U00001", "U00010": "U00010"}
    return {
        **{f"vacancies of {name}": read.vacancies(unit) for name, unit in units.items()},
        **{f"establishment of {unit}": read.establishment(unit) for unit in ("U00001", "U00002", "U00010")},
        **{
            f"shortages of {name}": read.shortages(unit) for name, unit in [*[*units.items()][1:], ("U00002", "U00002")]
        },
        **{f"single points of {unit}": read.single_points(unit) for unit in ("U00001", "U00002", "U00010")},
        **{f"expiring in {days} days": read.expiring(days) for days in (30, 60, 90, 120)},
        **{
            f"courses for {name}": read.courses(f"skill/{name}")
            for name in ("taser-carrier", "response-driver", "firearms-ticket", "first-aid-skills")
        },
    }


class Framework:
    """The table of a framework: skills and levels of each job."""

    levels = ("Awareness", "Working", "Practitioner", "Expert")

    def __init__(self, file: Path) -> None:
        self.rows = _table(file)

    def asked(self, job: str) -> dict[str, tuple[int, str]]:
        """Return level and necessity of each skill of a job."""
        return {
            row["Skill"]: (self.levels.index(row["Level"]) + 1, row["Must have"])
            for row in self.rows
            if row["Job"] == job
        }

    def skills(self, job: str) -> Rows:
        """Return what a job asks for."""
        return [{"skill": name, "level": level, "necessity": must} for name, (level, must) in self.asked(job).items()]

    def gap(self, job: str, other: str) -> Rows:
        """Return what another job asks for at a level that the first does not."""
        old, new = self.asked(job), self.asked(other)
        return [{"skill": name, "level": new[name][0]} for name in new if old.get(name, (0, ""))[0] < new[name][0]]

    def shared(self, job: str, other: str) -> Rows:
        """Return what two jobs both ask for, with the level of each."""
        old, new = self.asked(job), self.asked(other)
        return [{"skill": name, "first": old[name][0], "second": new[name][0]} for name in old if name in new]


def framework(file: Path) -> dict[str, Rows]:
    """Return the expected rows of the questions on a framework of roles."""
    read = Framework(file)
    jobs = [*dict.fromkeys(row["Job"] for row in read.rows)]
    pairs = [
        (jobs[0], jobs[1]),
        (jobs[1], jobs[2]),
        (jobs[0], jobs[2]),
        (jobs[3], jobs[4]),
        (jobs[4], jobs[5]),
        (jobs[3], jobs[5]),
        (jobs[1], jobs[4]),
    ]
    return {
        **{f"skills of {job}": read.skills(job) for job in jobs},
        **{f"gap from {one} to {other}": read.gap(one, other) for one, other in pairs},
        **{f"shared by {one} and {other}": read.shared(one, other) for one, other in pairs},
    }


SETS: Mapping[str, Callable[[Path], dict[str, Rows]]] = {
    "documents": lambda sources: documents(sources / "documents"),
    "force": lambda sources: force(sources / "force"),
    "framework": lambda sources: framework(sources / "framework" / "roles.csv"),
}


def all_expected(sources: Path) -> dict[str, dict[str, Rows]]:
    """Return the expected rows by set and question, sorted."""
    return {name: {title: _sorted(rows) for title, rows in make(sources).items()} for name, make in SETS.items()}


def _sorted(rows: Iterable[Row]) -> Rows:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


if __name__ == "__main__":
    print(json.dumps(all_expected(Path(sys.argv[1])), indent=1, ensure_ascii=False))
