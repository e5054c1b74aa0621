"""Who sits where: each post of a unit is filled, shared, left empty, covered, closed or still to open, as drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from loaders.sample_force.calendar import AS_OF, QUIET, after, before
from loaders.sample_force.model import Absence, Person, Post, Seat, Unit
from loaders.sample_force.teams import CHIEF, COMMANDER, CONSTABLE, SERGEANT, Slot, Team, needs_of

_STATES = {
    "filled": 850,
    "part-time": 35,
    "job share": 20,
    "split": 10,
    "absent": 35,
    "left": 20,
    "moved": 10,
    "new": 6,
    "unknown": 4,
    "coming": 4,
    "closed": 10,
    "to open": 4,
}
"""Of a thousand posts, how many are in which state."""

SHOWCASE = (
    ("left", "filled", "job share", "left", "absent", "moved", "part-time", "split", "split"),
    (),
    ("absent", "new", "unknown", "coming", "to open", "closed", "filled", "filled", "absent"),
)
"""The states of the first teams' posts, so that a small force has each of them."""

_BELOW = {
    SERGEANT: CONSTABLE,
    "uk/inspector": SERGEANT,
    "uk/chief-inspector": "uk/inspector",
    "uk/superintendent": "uk/chief-inspector",
    CHIEF: "uk/superintendent",
    COMMANDER: CHIEF,
}
_KINDS = ("long-term sick", "maternity", "career break", "secondment", "restricted duties")
_SHARES = ("0.25", "0.5", "0.75")


class Staffing:
    """Fills the posts of one block; people are made as they are needed, numbered from `first`."""

    def __init__(self, random: Random, first: int) -> None:
        self.random, self.people, self._next = random, list[Person](), first
        self._split, self._acting = set[str](), set[str]()

    def fill(self, unit: Unit, team: Team, states: Iterable[str] = ()) -> None:
        """Make the posts of a team in a unit; `states` are those of its first posts, the rest is drawn."""
        first_states: Iterator[str] = iter(states)
        for slot in team.slots:
            post = self._post(unit, slot)
            state = next(first_states, None) or self._drawn(slot)
            self._take(unit, post, state)
            unit.posts.append(post)

    def cover(self, posts: Iterable[Post], among: Iterable[Post], share: float) -> None:
        """Have a share of the posts whose holder is away, or that are vacant, covered by those next below."""
        sitting = [seat.person for post in among for seat in post.sitting if _can_cover(post, seat)]
        free = [person for person in sitting if person.id not in self._acting]
        self.random.shuffle(free)
        for post in posts:
            empty = post.vacant or all(seat.person.absent for seat in post.sitting)
            if not post.open or not empty or post.rank not in _BELOW or self.random.random() > share:
                continue
            person = next((one for one in free if one.rank in (_BELOW[post.rank], post.rank)), None)
            if person is not None:
                free.remove(person)
                self._acting.add(person.id)
                self._act(person, post)

    def spare(self, count: int) -> None:
        """Add people who have no post: trainees who have just joined."""
        for _ in range(count):
            person = self._person(CONSTABLE, joined=before(self.random.randint(5, 90)))
            person.since = person.joined

    def _drawn(self, slot: Slot) -> str:
        state = self.random.choices(tuple(_STATES), tuple(_STATES.values()))[0]
        steady = slot.rank == CHIEF and state in {"absent", "coming", "to open", "closed"}
        return "filled" if steady else state

    def _post(self, unit: Unit, slot: Slot) -> Post:
        opened = before(self.random.randint(2600, 5000)) if self.random.random() < 0.2 else None  # noqa: PLR2004
        needs = needs_of(slot.rank, slot.role, slot.extras)
        number = f"{unit.id.replace('U', 'T')}-{len(unit.posts) + 1:02}"
        return Post(number, unit.id, slot.title, slot.rank, slot.role, slot.extras, needs, opened=opened)

    def _person(self, rank: str | None, joined: date | None = None) -> Person:
        person = Person(f"P{self._next:06}", joined, rank=rank)
        self._next += 1
        self.people.append(person)
        return person

    def _serving(self, rank: str | None) -> Person:
        """Make somebody who has been in the force for a while, and in the rank since a later day."""
        since = self.random.randint(400, 2500)
        person = self._person(rank, before(since + self.random.randint(0, 4000)))
        person.since = before(since)
        if rank == CONSTABLE or rank is None:
            person.since = person.joined = person.since
        if self.random.random() < 0.03 and rank is None:  # noqa: PLR2004 -- a day that is not on file
            person.joined = None
        return person

    def _take(self, unit: Unit, post: Post, state: str) -> None:
        if state == "filled":
            self._sit(post, self._serving(post.rank))
        elif state in {"part-time", "job share", "split"}:
            self._share(unit, post, state)
        elif state == "absent":
            self._sit(post, self._serving(post.rank))
            self._away(post.seats[0].person)
        elif state in {"left", "moved"}:
            self._leave(unit, post, state)
        elif state in {"closed", "to open"}:
            self._shut(post, state)
        else:
            self._empty(post, state)

    def _sit(self, post: Post, person: Person, fte: float = 1.0) -> None:
        begins = person.since or before(400)
        begins += timedelta(days=self.random.randint(0, (AS_OF - begins).days - 380))
        post.seats.append(Seat(person, begins, fte=fte))

    def _share(self, unit: Unit, post: Post, state: str) -> None:
        """Have the post filled in part, by two, or by half of somebody who is in another half post of the unit."""
        if state == "job share":
            for _ in range(2):
                self._sit(post, self._serving(post.rank), 0.5)
            return
        halves = [other.seats[0].person for other in unit.posts if _is_half(other)]
        other = next((person for person in halves if person.id not in self._split), None)
        if state == "split" and post.rank == CONSTABLE and other is not None:
            self._split.add(other.id)
            post.fte = 0.5
            self._sit(post, other, 0.5)
            return
        fte = 0.5 if post.rank == CONSTABLE else float(self.random.choice(_SHARES))
        post.fte = self.random.choice((1.0, fte))
        self._sit(post, self._serving(post.rank), fte)

    def _leave(self, unit: Unit, post: Post, state: str) -> None:
        """Leave the post empty: its last holder has left the force, or moved to another post of the unit."""
        last = before(self._lately())
        others = [other for other in unit.posts if _could_have_moved(other, post, last)]
        if state == "moved" and others:
            seat = self.random.choice(others).seats[0]
            post.opened = None
            post.seats.append(Seat(seat.person, seat.begins, last, now=False))
            seat.begins = last + timedelta(days=1)
        else:
            person = self._serving(post.rank)
            person.left = last
            self._sit(post, person)
            post.seats[0].ends, post.seats[0].now = last, False
        post.vacant_since = last + timedelta(days=1)

    def _empty(self, post: Post, state: str) -> None:
        """Leave the post empty from its first day, known or not; somebody may be on the way."""
        post.opened = before(self.random.randint(30, 900)) if state in {"new", "coming"} else None
        post.vacant_since = post.opened
        if state == "coming":
            person = self._person(post.rank, after(self.random.randint(QUIET + 9, 250)))
            person.since = person.joined
            post.seats.append(Seat(person, person.joined or AS_OF, now=False))

    def _shut(self, post: Post, state: str) -> None:
        """Close the post before the day, its last holder gone with it, or open it after the quiet days."""
        post.open = False
        if state == "to open":
            post.opened = after(self.random.randint(QUIET, 400))
            return
        post.closed = before(self._lately())
        person = self._serving(post.rank)
        person.left = post.closed
        self._sit(post, person)
        post.seats[0].ends, post.seats[0].now = post.closed, False

    def _lately(self) -> int:
        """Return how many days ago something was over; at times it was yesterday."""
        return 1 if self.random.random() < 1 / 7 else self.random.randint(2, 340)

    def _away(self, person: Person) -> None:
        person.absent = True
        until = after(self.random.randint(QUIET, 500)) if self.random.random() < 0.5 else None  # noqa: PLR2004
        begins = self.random.choice((AS_OF, before(self.random.randint(1, 200))))
        person.absences.append(Absence(begins, until, self.random.choice(_KINDS)))

    def _act(self, person: Person, post: Post) -> None:
        begins = before(self.random.randint(1, 25))
        ends = after(self.random.randint(QUIET, 300)) if self.random.random() < 0.4 else None  # noqa: PLR2004
        basis = self.random.choice(("acting", "temporary"))
        post.seats.append(Seat(person, begins, ends, basis, 1.0))


def _can_cover(post: Post, seat: Seat) -> bool:
    whole = seat.basis == "substantive" and seat.fte == 1.0
    return whole and not seat.person.absent and len(post.seats) == 1 and post.rank is not None


def _is_half(post: Post) -> bool:
    return len(post.sitting) == 1 and post.sitting[0].fte == 0.5 and post.rank == CONSTABLE  # noqa: PLR2004


def _could_have_moved(other: Post, post: Post, last: date) -> bool:
    """Return whether the one in another post may have come from this one."""
    if other.rank != post.rank or len(other.seats) != 1 or not other.sitting or other.sitting[0].person.absent:
        return False
    seat = other.seats[0]
    return seat.fte == 1.0 and seat.begins < last - timedelta(days=30) and (other.opened or last) <= last
