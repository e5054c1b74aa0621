"""Change the tables of a force: people leave, rise, move, join and are trained, posts and needs come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from graph.errors import AnswerError, NameUnknownError, UsageError
from graph.rows import Row
from queries.answers.answer import number_of, some
from queries.answers.scenarios.force import Force, Person, Post
from queries.parameters.scenario import Change, Close, Move, Need, Open, Promote, Recruit, Train, Which

_FAR = 1000


@dataclass(frozen=True)
class Names:
    """What names mean, as functions that raise NameUnknownError or NameAmbiguousError, and what is known of them.

    `person` raises AnswerError for one who is not in the force; `unmet` counts what a rank asks for and a person lacks;
    `listed` names people as the audience may know them. `steps` are those of ranks, `recorded` the requirements that
    count, and `courses` rows of the question of that name.
    """

    person: Callable[[str], str]
    unit: Callable[[str], str]
    rank: Callable[[str], str]
    requirement: Callable[[str], str]
    unmet: Callable[[str, str], int]
    listed: Callable[[Sequence[str]], str]
    day: str
    steps: Mapping[str, int] = field(default_factory=dict)
    recorded: Collection[str] = ()
    courses: Sequence[Row] = ()

    def highest(self, ranks: Sequence[str]) -> str:
        """Return the highest of some ranks, and nothing of none."""
        return max(ranks, key=lambda rank: self.steps.get(rank, 0), default="")


class ChangedForce:
    """A force to which changes are made, one after another; `notes` say what became of each."""

    def __init__(self, force: Force, names: Names, prices: Mapping[str, float]) -> None:
        """Begin with a force, which stays as it is; `prices` are pounds a seat that are given, by course."""
        self.force = replace(force, posts={**force.posts}, people={**force.people}, known={*force.known})
        self._posts, self._people = self.force.posts, self.force.people
        self._names, self._prices = names, prices
        self._within, self._changed = force.occupants(), set[str]()
        self.notes: list[str] = []
        self.spent = 0.0
        """Pounds for seats on courses, as far as their price is known."""

    def apply(self, change: Change) -> None:
        """Make one change.

        Raises AnswerError, UsageError, NameUnknownError or NameAmbiguousError where it cannot be made.
        """
        [kind] = change.model_fields_set
        getattr(self, f"_{kind}")(getattr(change, kind))

    def _leave(self, people: Sequence[str]) -> None:
        gone = [self._person(name, once=True) for name in people]
        for one in gone:
            self._step_out(one, self._people[one].posts)
            del self._people[one]
        self.notes.append(f"{some(gone)} {'leave' if gone[1:] else 'leaves'}")

    def _promote(self, change: Promote) -> None:
        rank, one = self._names.rank(change.rank), self._person(change.person, once=True)
        steps, held = self._names.steps, self._names.highest(self._people[one].ranks)
        acting = [
            post
            for post, substantive in self._people[one].posts.items()
            if not substantive and self._posts[post].is_for(rank)
        ]
        if rank in steps and held in steps and steps[rank] <= steps[held] and not acting:
            reason = f"{one} holds {held} on {self._names.day}, which is not below {rank}"
            raise AnswerError(f"{reason}; expected a rank above it: nobody is promoted downwards")
        number = self._names.unmet(one, rank)
        unmet = f"; {number} of the things it asks for are not met" if number else ""
        own = [self._posts[post].unit for post in self._people[one].posts]
        vacant = acting or self._vacant(lambda post: post.is_for(rank), own)
        if vacant:
            self._step_in(one, vacant[0])
            self._people[one] = self._people[one]._replace(ranks=(rank,))
            self.notes.append(f"{one} takes the rank {rank}, into the vacant post {vacant[0]}{unmet}")
        else:
            waits = f"{one} waits for the rank {rank} in the post held now: no post of that rank is vacant"
            self.notes.append(f"{waits}{unmet}")

    def _move(self, change: Move) -> None:
        to, is_post = _either(change.to, "post that is open or unit", self._post, self._names.unit)
        one = self._person(change.person, once=True)
        if not is_post:
            unit, person = to, self._people[one]
            kinds = {self._posts[post].kind for post in person.own_posts} or {*person.ranks}
            vacant = self._vacant(lambda post: post.kind in kinds and self._is_within(post, unit))
            if not vacant:
                self.notes.append(f"{one} stays in the post held now: no post of that rank is vacant in {unit}")
                return
            to = vacant[0]
        if self._people[one].posts.get(to):
            self.notes.append(f"{one} is in the post {to} already")
            return
        full = "" if self._places(to) else ", which was full"
        ranks = [self._posts[to].rank or "", self._names.highest(self._people[one].ranks)]
        below, own = (self._names.steps.get(rank) for rank in ranks)
        lower = f", of a lower rank ({ranks[0]}) than {ranks[1]}" if below and own and below < own else ""
        self._step_in(one, to)
        self.notes.append(f"{one} moves into the post {to}{full}{lower}")

    def _recruit(self, change: Recruit) -> None:
        rank = self._names.rank(change.rank)
        unit = self._names.unit(change.unit) if change.unit else None
        holdings: dict[str, int] = {}
        for need in map(self._names.requirement, change.holds):
            holdings |= self._taught(need, None)
        self._learn_of(holdings)
        vacant = self._vacant(lambda post: post.is_for(rank) and (not unit or self._is_within(post, unit)))
        first = sum(one.startswith("recruit ") for one in self._people) + 1
        for number in range(change.people):
            one = f"recruit {first + number}"
            self._people[one] = Person(is_present=True, ranks=(rank,), posts={}, holdings=holdings)
            if number < len(vacant):
                self._step_in(one, vacant[number])
        filled = vacant[: change.people]
        where = f"{len(filled)} into vacant posts{f' ({some(filled)})' if filled else ''}"
        none = f"no more of that rank are vacant{f' in {unit}' if unit else ''}"
        rest = f", {left} without a post: {none}" if (left := change.people - len(filled)) else ""
        self.notes.append(f"{change.people} recruited as {rank}: {where}{rest}")

    def _open(self, change: Open) -> None:
        unit = self._names.unit(change.unit)
        rank = self._names.rank(change.rank) if change.rank else None
        if bool(rank) == bool(change.like):
            raise AnswerError("neither or both of rank and like; expected one of them; like: POST names a post")
        models = [self._post(change.like)] if change.like else self._nearest(lambda post: post.is_for(rank), [unit])
        if not models:
            raise AnswerError(
                f"{rank}, of which no post is open; expected a rank that posts have; name one by like: POST"
            )
        first = sum(key.startswith(f"{unit}/new-") for key in self._posts) + 1
        keys = [f"{unit}/new-{first + number}" for number in range(change.posts)]
        self._posts |= dict.fromkeys(keys, self._posts[models[0]]._replace(unit=unit, places=1))
        kind = self._posts[models[0]].kind
        opened = f"{number_of(change.posts, 'post')} of {kind} opened in {unit}"
        self.notes.append(f"{opened}, asking for what {models[0]} does")

    def _close(self, change: Close) -> None:
        fitting = sorted(self._fitting(change), key=lambda key: (len(self._within.get(key, ())), key))
        closed = fitting[: change.posts]
        if len(closed) < (change.posts or 1):
            raise AnswerError(f"{number_of(len(closed), 'such post')}; expected {change.posts} at least; close fewer")
        people = {one for post in closed for one in self._within.get(post, ())}
        for one in people:
            self._step_out(one, closed)
        for post in closed:
            del self._posts[post]
        without = sorted(one for one in people if not self._people[one].posts)
        rest = f"; without a post: {self._names.listed(without)}" if without else ""
        self.notes.append(f"{number_of(len(closed), 'post')} closed ({some(closed)}){rest}")

    def _train(self, change: Train) -> None:
        need = self._names.requirement(change.course)
        taught = self._taught(need, change.level)
        learners, who = self._learners(change.who, taught)
        self._learn_of(taught if learners else ())
        for one in learners:
            person = self._people[one]
            better = {name: max(level, person.holdings.get(name, 0)) for name, level in taught.items()}
            self._people[one] = person._replace(holdings={**person.holdings, **better})
        price = self._price(need, taught[need])
        self.spent += (price or 0) * len(learners)
        count = "1 person" if len(learners) == 1 else f"{len(learners)} people"
        cost = "the price is not known" if price is None else f"{price:,.0f} pounds each"
        self.notes.append(f"{count}{who} trained in {need}: {cost}")

    def _taught(self, need: str, level: int | None) -> dict[str, int]:
        """Return what a course teaches, itself included, or a requirement at a level, else the highest asked for."""
        rows = [row for row in self._names.courses if row["course_id"] == need]
        if rows:
            taught = {str(row["requirement_id"]): int(str(row["level"] or 0)) for row in rows}
            return {**taught, need: max(taught.get(need, 0), level or 0)}
        asked = max((post.needs.get(need, 0) for post in self._posts.values()), default=0)
        return {need: max(0, asked if level is None else level)}

    def _learners(self, name: str, taught: Mapping[str, int]) -> tuple[list[str], str]:
        """Return who is trained, of those who lack something that posts ask for, and what they are called."""
        needed = taught.keys() & self._needs() or taught.keys()

        def lacks(one: str) -> bool:
            return any(self._people[one].holdings.get(need, -1) < taught[need] for need in needed)

        unit, is_unit = _either(name, "unit or person", self._names.unit, self._person)
        if not is_unit:
            return [unit] if lacks(unit) else [], f" ({unit})"
        posts = [key for key, post in self._posts.items() if self._is_within(post, unit)]
        asking = [key for key in posts if taught.keys() & self._posts[key].needs.keys()]
        people = {one for post in asking or posts for one in self._within.get(post, ())}
        whose = " whose posts ask for it" if asking else ", where no post asks for it,"
        return sorted(one for one in people if self._people[one].is_present and lacks(one)), f" of {unit}{whose}"

    def _price(self, need: str, level: int) -> float | None:
        """Return the pounds of a seat: as given, of the course, or of the cheapest course that teaches it."""
        if need in self._prices:
            return self._prices[need]
        prices = [
            self._prices.get(str(row["course_id"]), row["cost"])
            for row in self._names.courses
            if row["requirement_id"] == need and int(str(row["level"] or 0)) >= level
        ]
        return min((float(str(price)) for price in prices if price is not None), default=None)

    def _learn_of(self, holdings: Iterable[str]) -> None:
        """Note what posts ask for that was never recorded before: from now on others lack it, not known to before."""
        if new := sorted(({*holdings} - self.force.known) & self._needs()):
            self.notes.append(f"nobody was ever recorded with {', '.join(new)}: others now count as short of it")
        self.force.known.update(holdings)

    def _needs(self) -> set[str]:
        """Return what some open post asks for."""
        return {need for post in self._posts.values() for need in post.needs}

    def _add_need(self, change: Need) -> None:
        need = self._names.requirement(change.requirement)
        if need not in self._names.recorded:
            raise AnswerError(f"{need} is in no system; expected what is recorded; count it too by --unrecorded")
        level = change.level or -1
        fitting = self._fitting(change)
        for key in fitting:
            needs = self._posts[key].needs
            self._posts[key] = self._posts[key]._replace(needs={**needs, need: max(level, needs.get(need, -1))})
        self.notes.append(f"{number_of(len(fitting), 'post')} asked for {need} too")

    def _drop_need(self, change: Need) -> None:
        need = self._names.requirement(change.requirement)
        asking = [key for key in self._fitting(change) if need in self._posts[key].needs]
        for key in asking:
            post = self._posts[key]
            self._posts[key] = post._replace(needs={name: level for name, level in post.needs.items() if name != need})
        self.notes.append(f"{number_of(len(asking), 'post')} no longer asked for {need}")

    def _fitting(self, which: Which) -> list[str]:
        """Return the posts that fit. Raises AnswerError where none does."""
        rank = self._names.rank(which.rank) if which.rank else None
        unit = self._names.unit(which.unit) if which.unit else None
        only = self._post(which.post) if which.post else None
        title = (which.title or "*").casefold()
        fitting = [
            key
            for key, post in self._posts.items()
            if only in (None, key) and rank in (None, post.rank, post.role)
            if (unit is None or self._is_within(post, unit)) and fnmatchcase((post.title or "").casefold(), title)
        ]
        if not fitting:
            raise AnswerError("no open post that fits; expected one at least; correct rank, title, unit or post")
        return fitting

    def _person(self, name: str, *, once: bool = False) -> str:
        """Return somebody who is still there; with `once` who has not left, risen or moved yet."""
        one = self._names.person(name)
        if one not in self._people or (once and one in self._changed):
            raise UsageError(f"{one}: found more than one change; expected one a person")
        if once:
            self._changed.add(one)
        return one

    def _post(self, name: str) -> str:
        if name not in self._posts:
            raise NameUnknownError(name, "post that is open", get_close_matches(name, self._posts, n=3))
        return name

    def _is_within(self, post: Post, unit: str) -> bool:
        return unit in self.force.above[post.unit]

    def _vacant(self, fits: Callable[[Post], bool], near: Collection[str] = ()) -> list[str]:
        """Return posts that fit, once for each of their vacant places, the nearest to some units first, then by id."""
        return [key for key in self._nearest(fits, near) for _ in range(self._places(key))]

    def _places(self, post: str) -> int:
        return self.force.vacant(post, self._within.get(post, ()))

    def _nearest(self, fits: Callable[[Post], bool], near: Collection[str]) -> list[str]:
        """Return posts that fit by how far up the tree the first unit is that is above both, then by id."""
        steps: dict[str, int] = {}
        for own in near:
            for number, unit in enumerate(self.force.above[own]):
                steps[unit] = min(number, steps.get(unit, number))
        far = {own: min(steps.get(unit, _FAR) for unit in way) for own, way in self.force.above.items()}
        return sorted(
            (key for key, post in self._posts.items() if fits(post)), key=lambda key: (far[self._posts[key].unit], key)
        )

    def _step_out(self, one: str, posts: Iterable[str]) -> None:
        person, stays = self._people[one], dict(self._people[one].posts)
        for post in posts:
            stays.pop(post, None)
            self._within.get(post, set()).discard(one)
        self._people[one] = person._replace(posts=stays)

    def _step_in(self, one: str, post: str) -> None:
        """Let somebody hold a post and give up those held before."""
        self._step_out(one, self._people[one].own_posts)
        person = self._people[one]
        self._people[one] = person._replace(posts={**person.posts, post: True})
        self._within.setdefault(post, set()).add(one)


def _either(name: str, kind: str, first: Callable[[str], str], second: Callable[[str], str]) -> tuple[str, bool]:
    """Return what a name means, and whether it is of the first of two kinds."""
    try:
        return first(name), True
    except NameUnknownError as unknown:
        try:
            return second(name), False
        except NameUnknownError as error:
            raise NameUnknownError(name, kind, [*unknown.suggestions, *error.suggestions]) from error


def worked(force: Force, names: Names) -> dict[str, float]:
    """Return the full-time equivalents of people by the highest rank that each holds."""
    sums: dict[str, float] = defaultdict(float)
    for person in force.people.values():
        sums[names.highest(person.ranks)] += person.fte
    return sums


def pay(force: Force, rates: Mapping[str, float], names: Names) -> float:
    """Return a year's pay of all whose rank has a rate."""
    return sum(rates.get(rank, 0) * fte for rank, fte in worked(force, names).items())
