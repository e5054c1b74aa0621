"""Answers recounted from the CSV files of a sample force, slowly and plainly, without the plan it was made from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from graph.ids import slug
from loaders import files, read

Row = dict[str, str]
Rows = list[tuple[object, ...]]

NEVER = "9999-12-31"
_RANKS = {"PC": "uk/constable", "PS": "uk/sergeant", "Insp": "uk/inspector"}
_GATE = "Senior appointment: executive leaders programme, or senior PNAC with SCC"
_ROUTES = (("course/elp",), ("course/senior-pnac", "course/scc"))


@cache
def plus_months(day: str, months: int) -> str:
    """Return the same day so many months later, or the last of a shorter month."""
    year, month, number = (int(part) for part in day.split("-"))
    month += months
    while month > 12:
        year, month = year + 1, month - 12
    while True:
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            number -= 1


@dataclass(frozen=True)
class Held:
    """One holding with its days filled in."""

    thing: str
    level: int | None
    begins: str
    ends: str

    def counts(self, day: str) -> bool:
        """Return whether it counts on a day."""
        return self.begins <= day <= self.ends

    def enough(self, level: int | None) -> bool:
        """Return whether it is at the level."""
        return level is None or (self.level or 0) >= level


class Recount:
    """A sample force read from its files, and questions asked of it."""

    def __init__(self, folder: Path, day: str) -> None:
        self.day = day
        self.sheets: dict[str, list[Row]] = {}
        for path in (folder / "csv").glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                self.sheets[path.stem] = list(csv.DictReader(stream))
        self.courses = {row["name"]: row for row in self.sheets["courses"]}
        self.months = {f"skill/{slug(row['requirement'])}": row["valid_months"] for row in self.sheets["requirements"]}
        self.profiles = {
            profile.role.id: {
                **{one.id: one.level for one in profile.competencies},
                **{one.id: None for one in profile.courses},
            }
            for profile in files.read_all(files.find([folder / "documents"]), read)
        }
        self.names = {one: name for name, one in self._ids.items()}

    @cached_property
    def _ids(self) -> dict[str, str]:
        from loaders.reference.names import courses  # noqa: PLC0415
        from loaders.reference.rules import frameworks  # noqa: PLC0415

        found = {row["requirement"]: f"skill/{slug(row['requirement'])}" for row in self.sheets["requirements"]}
        found |= {name: f"course/{slug(name)}" for name in self.courses}
        found |= {entry.name: entry.id for entry in courses()}
        return {**found, **{entry.name: entry.id for entry in frameworks() if entry.id.startswith("cvf-2024/")}}

    def thing(self, said: str) -> str:
        """Return the id of a requirement."""
        return self._ids.get(said, said)

    @cached_property
    def posts(self) -> dict[str, Row]:
        """Return the posts that are open."""
        return {row["post_id"]: row for row in self.sheets["posts"] if self._on(row["opened"], row["closed"])}

    @cached_property
    def people(self) -> dict[str, Row]:
        """Return the people who are in the force."""
        return {row["person_id"]: row for row in self.sheets["people"] if self._on(row["joined"], row["left"])}

    @cached_property
    def absent(self) -> set[str]:
        """Return who is away."""
        return {row["person_id"] for row in self.sheets["absences"] if self._on(row["from"], row["to"])}

    @cached_property
    def sitting(self) -> dict[str, list[Row]]:
        """Return who is in each open post."""
        found: dict[str, list[Row]] = {post: [] for post in self.posts}
        for row in self.sheets["occupancies"]:
            if row["post_id"] in found and row["person_id"] in self.people and self._on(row["from"], row["to"]):
                found[row["post_id"]].append(row)
        return found

    @cached_property
    def held(self) -> dict[str, list[Held]]:
        """Return what each person holds or held."""
        found: dict[str, list[Held]] = {row["person_id"]: [] for row in self.sheets["people"]}
        for row in self.sheets["holdings"]:
            thing, months = self.thing(row["requirement"]), self.months.get(self.thing(row["requirement"]))
            ends = row["expires"] or (plus_months(row["achieved"], int(months)) if months else NEVER)
            level = int(row["level"]) if row["level"] else None
            found[row["person_id"]].append(Held(thing, level, row["achieved"], ends))
        return found

    def rank_of(self, post: Row) -> str:
        """Return the rank of a post, or its role."""
        return _RANKS.get(post["rank"], post["rank"]) or post["role"]

    @cached_property
    def needs(self) -> dict[str, dict[str, int | None]]:
        """Return what each open post asks for, the higher level of two."""
        found: dict[str, dict[str, int | None]] = {post: {} for post in self.posts}
        asked = [
            (post, thing, level)
            for post, row in self.posts.items()
            for role in (_RANKS.get(row["rank"], row["rank"]), row["role"])
            for thing, level in self.profiles.get(role, {}).items()
        ]
        asked += [
            (row["post_id"], self.thing(row["requirement"]), int(row["level"]) if row["level"] else None)
            for row in self.sheets["post_requirements"]
            if row["post_id"] in found and row["necessity"] != "desirable"
        ]
        for post, thing, level in asked:
            old = found[post].get(thing)
            found[post][thing] = level if old is None or (level or 0) > old else old
        return found

    def within(self, unit: str | None) -> dict[str, int]:
        """Return the units from the one asked down, with their depth."""
        tops = [unit] if unit else [row["unit_id"] for row in self.sheets["units"] if not row["parent_id"]]
        found, depth = dict.fromkeys(tops, 0), 0
        while tops:
            depth += 1
            tops = [row["unit_id"] for row in self.sheets["units"] if row["parent_id"] in tops]
            found |= dict.fromkeys(tops, depth)
        return found

    def posts_of(self, unit: str | None) -> list[str]:
        """Return the open posts of a unit and of all below it."""
        units = self.within(unit)
        return [post for post, row in self.posts.items() if row["unit_id"] in units]

    def has(self, person: str, thing: str, level: int | None, day: str | None = None) -> bool:
        """Return whether somebody holds a thing at a level on a day."""
        return any(
            one.thing == thing and one.counts(day or self.day) and one.enough(level) for one in self.held[person]
        )

    def present(self, post: str) -> list[str]:
        """Return who is in a post and not away."""
        return [row["person_id"] for row in self.sitting[post] if row["person_id"] not in self.absent]

    def heat_map(self, unit: str | None) -> Rows:
        """Return need, have, have_absent, short and unknown of each unit, requirement and level."""
        rows: Rows = []
        called = {row["unit_id"]: row["name"] for row in self.sheets["units"]}
        for one, depth in self.within(unit).items():
            counted: dict[tuple[str, int | None], list[int]] = {}
            for post in self.posts_of(one):
                for thing, level in self.needs[post].items():
                    numbers = counted.setdefault((thing, level), [0, 0, 0])
                    everybody = [row["person_id"] for row in self.sitting[post]]
                    have = any(self.has(person, thing, level) for person in self.present(post))
                    away = any(self.has(person, thing, level) for person in everybody)
                    numbers[:] = [numbers[0] + 1, numbers[1] + have, numbers[2] + (away and not have)]
            for (thing, level), (need, have_now, have_away) in counted.items():
                place = (called[one], one, depth, self.names[thing], thing, level)
                rows.append((*place, need, have_now, have_away, need - have_now, 0))
        return rows

    def single_points(self, unit: str | None) -> Rows:
        """Return what exactly one present person of a unit holds, of what its posts ask for."""
        rows: Rows = []
        called = {row["unit_id"]: row["name"] for row in self.sheets["units"]}
        for one in self.within(unit):
            posts = self.posts_of(one)
            people = {person for post in posts for person in self.present(post)}
            for thing in {thing for post in posts for thing in self.needs[post]}:
                lowest = self.lowest(posts, thing)
                holders = [person for person in people if self.has(person, thing, lowest)]
                if len(holders) == 1:
                    ends = max(self._ends(holders[0], thing, lowest))
                    need = sum(1 for post in posts if thing in self.needs[post])
                    last = None if ends == NEVER else ends
                    rows.append((called[one], one, self.names[thing], thing, need, holders[0], last))
        return rows

    def lowest(self, posts: list[str], thing: str) -> int | None:
        """Return the lowest level at which any of the posts asks for a thing; none where one of them names none."""
        levels = [self.needs[post][thing] for post in posts if thing in self.needs[post]]
        return None if None in levels else min(level for level in levels if level is not None)

    def expiring(self, unit: str | None, days: int) -> Rows:
        """Return what runs out, of what the posts of those who hold it need."""
        until = (date.fromisoformat(self.day) + timedelta(days=days)).isoformat()
        posts = self.posts_of(unit)
        present = {person for post in posts for person in self.present(post)}
        rows: Rows = []
        for post in posts:
            for person in {row["person_id"] for row in self.sitting[post]}:
                for one in self.held[person]:
                    if one.thing not in self.needs[post] or not self.day <= one.ends <= until:
                        continue
                    others = [two for two in self.held[person] if two.thing == one.thing and two.counts(one.ends)]
                    if any(two.ends > one.ends and two.enough(one.level) for two in others):
                        continue
                    next_day = (date.fromisoformat(one.ends) + timedelta(days=1)).isoformat()
                    least = self.lowest(posts, one.thing)
                    last = not any(self.has(other, one.thing, least, next_day) for other in present - {person})
                    left = (date.fromisoformat(one.ends) - date.fromisoformat(self.day)).days
                    rows.append((person, self.names[one.thing], one.ends, left, post, last, one.thing))
        return rows

    def vacancies(self, unit: str | None) -> Rows:
        """Return the open posts without a substantive occupant, and since when."""
        rows: Rows = []
        for post in self.posts_of(unit):
            if any(_is_substantive(row) for row in self.sitting[post]):
                continue
            row = self.posts[post]
            over = [
                one["to"]
                for one in self.sheets["occupancies"]
                if one["post_id"] == post and _is_substantive(one) and one["to"]
            ]
            since = row["opened"] or None
            if over:
                since = (date.fromisoformat(max(over)) + timedelta(days=1)).isoformat()
            covers = sorted(one["person_id"] for one in self.sitting[post])
            rows.append((row["unit_id"], post, self.rank_of(row), row["title"], since, covers))
        return rows

    def establishment(self, unit: str | None) -> Rows:
        """Return posts, fte, heads and strength of each unit and rank."""
        rows: Rows = []
        for one in self.within(unit):
            ranks: dict[str, list[str]] = {}
            for post, row in self.posts.items():
                if row["unit_id"] == one:
                    ranks.setdefault(self.rank_of(row), []).append(post)
            for rank, posts in ranks.items():
                seats = [row for post in posts for row in self.sitting[post] if _is_substantive(row)]
                fte = sum(float(self.posts[post]["fte"]) for post in posts)
                strength = sum(float(row["fte"]) for row in seats)
                heads = len({row["person_id"] for row in seats})
                rows.append((one, rank, len(posts), fte, heads, strength, fte - strength))
        return rows

    def training_demand(self, unit: str | None) -> Rows:
        """Return the cheapest courses for those who lack what their short post asks for."""
        people: dict[str | None, set[str]] = {}
        for post in self.posts_of(unit):
            for thing, level in self.needs[post].items():
                present = self.present(post)
                if not any(self.has(person, thing, level) for person in present):
                    for person in present:
                        people.setdefault(self._course(thing, level), set()).add(person)
        rows: Rows = []
        for course, found in people.items():
            row = self.courses[course] if course else {}
            seats, days, cost = (float(row[name]) if row.get(name) else None for name in ("seats", "days", "cost"))
            each = [None if number is None else number * len(found) for number in (days, cost)]
            rows.append((course, len(found), seats, *each))
        return rows

    def _course(self, thing: str, level: int | None) -> str | None:
        numbers = {
            row["course_id"]
            for row in self.sheets["teaches"]
            if self.thing(row["requirement"]) == thing and (level is None or int(row["level"] or 0) >= level)
        }
        fit = [
            (float(row["cost"] or "inf"), float(row["days"] or "inf"), self.thing(name), name)
            for name, row in self.courses.items()
            if row["course_id"] in numbers or self.thing(name) == thing
        ]
        return min(fit)[-1] if fit else None

    def succession(self, unit: str | None, rank: str) -> Rows:
        """Return who could be a commander, when, and what blocks each."""
        rows: Rows = []
        for post in self.posts_of(unit):
            for seat in self.sitting[post]:
                if self.rank_of(self.posts[post]) == "uk/chief-superintendent" and _is_substantive(seat):
                    person = seat["person_id"]
                    held_since = [
                        row["from"]
                        for row in self.sheets["ranks_held"]
                        if row["person_id"] == person
                        and not row["to"]
                        and "hief" in row["rank"] + "hief" * ("Ch " in row["rank"])
                    ]
                    blocks = self._blocks(person, rank, self.day)
                    later = [
                        name
                        for name, months in (("12m", 12), ("24m", 24))
                        if not self._blocks(person, rank, plus_months(self.day, months))
                    ]
                    ready = "now" if not blocks else (later or ["no"])[0]
                    rows.append((person, ready, sorted(blocks), min([*held_since, seat["from"]])))
        return rows

    def _blocks(self, person: str, role: str, day: str) -> list[str]:
        """Return what keeps somebody from a role on a day; what counts today is taken to be renewed."""

        def has(thing: str, level: int | None) -> bool:
            return self.has(person, thing, level) or self.has(person, thing, level, day)

        found = [self.names[thing] for thing, level in self.profiles[role].items() if not has(thing, level)]
        if role == "mps/commander" and not any(all(has(course, None) for course in route) for route in _ROUTES):
            found.append(_GATE)
        return found

    def ready_for(self, unit: str | None, role: str) -> Rows:
        """Return who is present, in another post, and lacks nothing of a role without gates."""
        of_role = {
            row["person_id"] for post, rows in self.sitting.items() for row in rows if self.posts[post]["role"] == role
        }
        people = {person for post in self.posts_of(unit) for person in self.present(post)}
        return [(person,) for person in people - of_role if not self._blocks(person, role, self.day)]

    def person_gap(self, person: str, role: str) -> Rows:
        """Return what a role asks for, and how somebody stands to it."""
        rows: Rows = []
        for thing, level in self.profiles[role].items():
            all_held = [one for one in self.held[person] if one.thing == thing and one.begins <= self.day]
            now = [one for one in all_held if one.counts(self.day)]
            best = max(now or all_held, key=lambda one: (one.level or 0, one.ends), default=None)
            booked = any(one.enough(level) for one in self.held[person] if one.thing == thing and one.begins > self.day)
            status = "opens" if booked else "missing" if best is None else "lapsed"
            if now and best:
                status = "done" if best.enough(level) else "too_low"
            until = None if best is None or best.ends == NEVER else best.ends
            kind = thing.partition("/")[0] if thing.startswith("course/") else "competency"
            rows.append((kind, self.names[thing], thing, status, best and best.level, level, until))
        return rows

    def lateral_moves(self, held: str) -> Rows:
        """Return how much of what each role asks for another asks for too."""
        mine = self.profiles[held]
        rows: Rows = []
        for role, asked in self.profiles.items():
            shared = sum(1 for thing, level in asked.items() if thing in mine and (mine[thing] or 0) >= (level or 0))
            if role.startswith("role/"):
                rows.append((role, shared, len(asked), round(100 * shared / len(asked))))
        return rows

    def _ends(self, person: str, thing: str, level: int | None) -> list[str]:
        held = [one for one in self.held[person] if one.thing == thing and one.enough(level)]
        return [one.ends for one in held if one.counts(self.day)]

    def _on(self, begins: str, ends: str) -> bool:
        return begins <= self.day <= (ends or NEVER)


def _is_substantive(row: Row) -> bool:
    return row["basis"] in {"", "substantive"}
