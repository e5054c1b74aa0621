"""What the questions on units answer, in plain Python over the rows of a force; nothing here knows Cypher."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from tests.builders.force import Force, Row

Need = tuple[str, int | None]
Found = list[tuple[object, ...]]

COLUMNS = {
    "heat-map": "unit unit_id depth requirement requirement_id level need have have_absent short unknown",
    "single-points": "unit unit_id requirement requirement_id need person_id expires depth name",
    "expiring": "person_id requirement expires days_left post_id last_holder requirement_id level unit_id name",
    "vacancies": "unit_id post_id rank title vacant_since covered_by unit role fte vacant",
    "attributes": "attribute rank posts established_fte heads strength_fte vacant_fte",
    "minimum-cover": "unit unit_id requirement requirement_id level people have have_absent short weight",
    "establishment": "unit_id rank posts established_fte heads strength_fte vacant_fte unit depth",
    "units": "unit unit_id parent parent_id depth posts people",
}
"""The columns of each question, as its answer here has them."""


def _rank(level: object) -> int:
    return -1 if level is None else int(str(level))


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


class UnitOracle:
    """A force on one day.

    Args:
        force: The rows.
        day: The day asked about; none for today.
        today: The day on which it is asked.
        also: What is counted too: desirable, unrecorded, or both.
        known: Requirements that no sheet lists: whether each is recorded, by id.
    """

    def __init__(
        self,
        force: Force,
        day: str | None,
        today: str,
        *,
        also: Collection[str] = (),
        known: dict[str, bool] | None = None,
    ) -> None:
        self.force, self.asked, self.also = force, day, also
        self.day = day or today
        self.recorded = {**(known or {}), **{str(row["id"]): True for row in force.requirements}}
        self.names = {str(row["id"]): row["name"] for row in force.requirements} | {name: name for name in known or {}}
        self.units = {str(row["unit_id"]): row for row in force.units}
        self.people = {str(row["person_id"]): row for row in force.people}
        self.open_posts = [row for row in force.posts if self._counts(row, "opened", "closed")]

    def _counts(self, row: Row, first: str, last: str, day: str | None = None) -> bool:
        return (row.get(first) or "0") <= (day or self.day) <= (row.get(last) or "9999-12-31")  # type: ignore[operator]

    def _stated(self, row: Row) -> bool:
        begins, ends = row.get("valid_from", "2000-01-01"), row.get("valid_to")
        return (begins is None or str(begins) <= self.day) and (ends is None or self.day < str(ends))

    def scope(self, unit: str | None) -> list[tuple[str, int]]:
        """Return the units from one down, or from the tops, each with its depth."""
        tops = [unit] if unit else [name for name, row in self.units.items() if row.get("parent_id") is None]
        found = [(top, 0) for top in tops]
        for name, depth in found:
            found += [(other, depth + 1) for other, row in self.units.items() if row.get("parent_id") == name]
        return found

    def posts(self, unit: str | None) -> list[Row]:
        """Return the open posts of a unit and of those within it."""
        within = {name for name, _ in self.scope(unit)}
        return [row for row in self.open_posts if row["unit_id"] in within]

    def needs(self, post: Row) -> dict[str, int | None]:
        """Return what a post asks for, each at its highest level."""
        found: dict[str, int | None] = {}
        for row in self.asks(post):
            name, level = str(row["requirement"]), row.get("level")
            best = max(_rank(level), _rank(found.get(name)))
            found[name] = None if best < 0 else best
        return found

    def asks(self, post: Row) -> list[Row]:
        """Return the rows by which a post asks for something that counts."""
        roles = {post.get("rank"), post.get("role")}
        asked = [row for row in self.force.needs if row["role"] in roles and self._stated(row)]
        asked += [row for row in self.force.post_requirements if row["post_id"] == post["post_id"]]
        return [
            row
            for row in asked
            if (row.get("necessity", "essential") == "essential" or "desirable" in self.also)
            and (self.recorded[str(row["requirement"])] or "unrecorded" in self.also)
        ]

    def meets(self, person: str, need: Need) -> bool:
        """Return whether a person holds something at a level, or at any where none is asked."""
        return self._meets(person, need)

    def occupancies(self, post: Row) -> list[Row]:
        """Return who is in a post on the day, and how."""
        return [
            row
            for row in self.force.occupancies
            if row["post_id"] == post["post_id"]
            and self._counts(row, "from", "to")
            and self._counts(self.people[str(row["person_id"])], "joined", "left")
        ]

    def holders(self, post: Row) -> list[Row]:
        """Return who counts in a post: who holds it substantively, and who is in it and holds none."""
        held = {
            row["person_id"]
            for one in self.open_posts
            for row in self.occupancies(one)
            if row.get("basis", "substantive") == "substantive"
        }
        return [
            row
            for row in self.occupancies(post)
            if row.get("basis", "substantive") == "substantive" or row["person_id"] not in held
        ]

    def occupants(self, post: Row) -> set[str]:
        """Return the people in a post, on whatever basis."""
        return {str(row["person_id"]) for row in self.occupancies(post)}

    def present(self, person: str) -> bool:
        """Return whether no absence of a person covers the day."""
        return not any(row["person_id"] == person and self._counts(row, "from", "to") for row in self.force.absences)

    def holdings(self, person: str, requirement: str, day: str | None = None) -> list[Row]:
        """Return what a person holds of a requirement on a day."""
        return [
            row
            for row in self.force.holdings
            if (row["person_id"], row["requirement"]) == (person, requirement)
            and self._counts(row, "achieved", "expires", day)
        ]

    def _meets(self, person: str, need: Need) -> bool:
        return any(need[1] is None or (row.get("level") or 0) >= need[1] for row in self.holdings(person, need[0]))  # type: ignore[operator]

    def heat_map(self, unit: str | None) -> Found:
        """Return the answer of heat-map."""
        return sorted(
            (row for name, depth in self.scope(unit) for row in self._heat(name, depth)),
            key=lambda row: (row[2], row[1], row[4], _rank(row[5])),
        )

    def _heat(self, unit: str, depth: int) -> Iterator[tuple[object, ...]]:
        asking: dict[Need, list[Row]] = {}
        for post in self.posts(unit):
            for need in self.needs(post).items():
                asking.setdefault(need, []).append(post)
        for need, posts in asking.items():
            have = absent = 0
            for post in posts:
                able = [person for person in self.occupants(post) if self._meets(person, need)]
                here = min(sum(map(self.present, able)), self.force.places(post))
                have += here
                absent += min(len(able), self.force.places(post)) - here
            places = sum(map(self.force.places, posts))
            unknown = 0 if self.force.is_known(need[0]) else places
            counts = (places, have, absent, places - have - unknown, unknown)
            yield (self.units[unit]["name"], unit, depth, self.names[need[0]], *need, *counts)

    def attributes(self, unit: str | None) -> Found:
        """Return the answer of attributes."""
        found: dict[tuple[str, str], list[Row]] = {}
        for post in self.posts(unit):
            for attribute in str(post.get("attributes") or "").split(", "):
                if attribute:
                    found.setdefault((attribute, str(post.get("rank") or post.get("role"))), []).append(post)
        return sorted((*key, *self._strength(posts)) for key, posts in found.items())

    def _strength(self, posts: list[Row]) -> tuple[object, ...]:
        """Return posts, established_fte, heads, strength_fte and vacant_fte of some posts."""
        here = [row for post in posts for row in self.holders(post)]
        planned = sum(float(str(post.get("fte", 1.0))) for post in posts)
        strength = sum(float(str(row.get("fte", 1.0))) for row in here)
        heads = len({row["person_id"] for row in here})
        places = sum(map(self.force.places, posts))
        return places, round(planned, 2), heads, round(strength, 2), round(planned - strength, 2)

    def minimum_cover(self, unit: str | None) -> Found:
        """Return the answer of minimum-cover."""
        scope, found = {name for name, _ in self.scope(unit)}, []
        for row in self.force.cover:
            of, need, people = str(row["unit_id"]), str(row["requirement"]), int(str(row["people"]))
            if of not in scope:
                continue
            there = {person for post in self.posts(of) for person in self.occupants(post)}
            able = [one for one in there if self._meets(one, (need, row.get("level")))]  # type: ignore[arg-type]
            here = sum(map(self.present, able))
            counts = (here, len(able) - here, max(people - here, 0))
            if not self.force.is_known(need):
                counts = (None, 0, None)  # type: ignore[assignment]
            shown = (self.units[of]["name"], of, self.names[need], need, row.get("level"), people)
            found.append((*shown, *counts, row.get("weight") or 1.0))
        return sorted(found, key=lambda row: (not row[8], -float(str(row[9])), row[1], row[3]))

    def single_points(self, unit: str | None) -> Found:
        """Return the answer of single-points."""
        found: Found = []
        for name, depth in self.scope(unit):
            posts = self.posts(name)
            here = {person for post in posts for person in self.occupants(post) if self.present(person)}
            for need in {need for post in posts for need in self.needs(post)}:
                held = {person: self._enough(posts, person, need) for person in here}
                able = [person for person, enough in held.items() if enough]
                if len(able) == 1:
                    ends = [row.get("expires") for row in held[able[0]]]
                    last = None if None in ends else max(map(str, ends))
                    count = sum(self.force.places(post) for post in posts if need in self.needs(post))
                    shown = (self.units[name]["name"], name, self.names[need], need, count, able[0], last)
                    found.append((*shown, depth, self.people[able[0]]["name"]))
        return sorted(found, key=lambda row: (row[7], row[1], row[3]))

    def _enough(self, posts: list[Row], person: str, need: str, day: str | None = None) -> list[Row]:
        """Return what a person holds at the lowest level that any of these posts asks for, or above."""
        lowest = min(_rank(asked[need]) for asked in map(self.needs, posts) if need in asked)
        return [row for row in self.holdings(person, need, day) if (row.get("level") or 0) >= lowest]  # type: ignore[operator]

    def expiring(self, unit: str | None, days: int) -> Found:
        """Return the answer of expiring."""
        posts, until = self.posts(unit), _later(self.day, days)
        here = {person for post in posts for person in self.occupants(post) if self.present(person)}
        found: set[tuple[object, ...]] = set()
        for post in posts:
            for person in self.occupants(post):
                for need in self.needs(post):
                    held = self.holdings(person, need)
                    for row in held:
                        last = row.get("expires")
                        if last is None or str(last) > until or self._outlasted(row, held):
                            continue
                        after = _later(str(last), 1)
                        alone = not any(self._enough(posts, other, need, after) for other in here - {person})
                        left = (date.fromisoformat(str(last)) - date.fromisoformat(self.day)).days
                        shown = (person, self.names[need], last, left, post["post_id"], alone, need, row.get("level"))
                        found.add((*shown, post["unit_id"], self.people[person]["name"]))
        return sorted(found, key=lambda row: (row[2], row[0], row[6], row[4], _rank(row[7])))

    @staticmethod
    def _outlasted(row: Row, held: list[Row]) -> bool:
        return any(
            (other.get("level") or 0) >= (row.get("level") or 0)  # type: ignore[operator]
            and (other.get("expires") is None or str(other["expires"]) > str(row["expires"]))
            for other in held
        )

    def vacancies(self, unit: str | None, attribute: str | None = None) -> Found:
        """Return the answer of vacancies."""
        found: Found = []
        for post in self._marked(self.posts(unit), attribute):
            holders = {str(row["person_id"]) for row in self.holders(post)}
            if (vacant := self.force.places(post) - len(holders)) <= 0:
                continue
            others = [row for row in self.occupancies(post) if row not in self.holders(post)]
            covered = sorted({str(row["person_id"]) for row in others})
            since = None if holders else self._vacant_since(post)
            rank, role, unit_id = post.get("rank"), post.get("role"), str(post["unit_id"])
            shown = (unit_id, post["post_id"], rank or role, post.get("title"), since, covered)
            found.append((*shown, self.units[unit_id]["name"], role, post.get("fte", 1.0), vacant))
        return sorted(found, key=lambda row: (row[0], row[1]))

    def _vacant_since(self, post: Row) -> object:
        ended = []
        for row in self.force.occupancies:
            if row["post_id"] == post["post_id"] and row.get("basis", "substantive") == "substantive":
                person = self.people[str(row["person_id"])]
                first = max(str(row.get("from") or "0"), str(person.get("joined") or "0"))
                last = min(str(row.get("to") or "9999-12-31"), str(person.get("left") or "9999-12-31"))
                if first <= last < self.day:
                    ended.append(last)
        return _later(max(ended), 1) if ended else post.get("opened")

    @staticmethod
    def _marked(posts: list[Row], attribute: str | None) -> list[Row]:
        marks = [str(post.get("attributes") or "").split(", ") for post in posts]
        return [post for post, own in zip(posts, marks, strict=True) if attribute is None or attribute in own]

    def unit_rows(self, unit: str | None) -> Found:
        """Return the answer of units."""
        found: Found = []
        for name, depth in self.scope(unit):
            parent = self.units[name]["parent_id"]
            above = self.units[str(parent)]["name"] if parent else None
            of_ranks = self.establishment(name)
            posts, people = (sum(int(str(row[at])) for row in of_ranks) for at in (2, 4))
            found.append((self.units[name]["name"], name, above, parent, depth, posts, people))
        return sorted(found, key=lambda row: (row[4], row[1]))

    def establishment(self, unit: str | None, attribute: str | None = None) -> Found:
        """Return the answer of establishment."""
        found: Found = []
        for name, depth in self.scope(unit):
            own = [post for post in self._marked(self.open_posts, attribute) if post["unit_id"] == name]
            for rank in {str(post.get("rank") or post.get("role")) for post in own}:
                posts = [post for post in own if str(post.get("rank") or post.get("role")) == rank]
                found.append((name, rank, *self._strength(posts), self.units[name]["name"], depth))
        return sorted(found, key=lambda row: (row[8], row[0], row[1]))
