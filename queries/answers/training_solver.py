"""The seats on courses that close what matters most for the least money: an integer programme, solved by HiGHS.

In this order: the weight of what must be held, and of minimum cover, is as high as the limits allow, then that of what
is desirable, then the cost as low; then each seat is as near as can be to when it is due: at once, or before
something lapses.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from queries.answers.training_parts import (
    DESIRABLE,
    FOR_COVER,
    MUST,
    Course,
    Cover,
    Gap,
    Limits,
    Part,
    Place,
    Plan,
    Seat,
    Shortfall,
    Slot,
    parts,
    taught,
)

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import highs_linear_expression, highs_var

    _Term = highs_var | highs_linear_expression

_NONE = 1e-6
_SOLVED = 2
"""What HiGHS says of values that keep every constraint."""
_SHARE, _LEAST_SECONDS, _LATEST_SECONDS = 0.8, 5.0, 10.0
"""What a sum may take of the time that is left, and at the least; and the order of the seats at the most."""
_LATE = 3.0
"""How much worse it is to be late by a slot than to be early by one."""
_ROUNDS = 5
"""How often a plan is made anew because somebody would be on two courses at once."""


Queues = dict[tuple[Place, int], list[Seat]]


class Programme:
    """One set of gaps, courses and limits; `whole` closes every gap, and lets each limit be raised."""

    def __init__(
        self, parts: Sequence[Part], courses: Sequence[Course], limits: Limits, covers: Sequence[int], *, whole: bool
    ) -> None:
        from highspy import Highs, HighsSolution

        self._parts, self._courses, self._whole = parts, courses, whole
        self._model: Highs = Highs()  # type: ignore[no-untyped-call]  # its maker is not annotated
        self._model.silent()
        self._model.setOptionValue("mip_rel_gap", 1e-6)
        self._start = HighsSolution()
        self._values: list[float] = []
        self._whole_numbers: list[highs_var] = []
        self.slack: dict[tuple[str, str | None], tuple[highs_var, float]] = {}
        self.seat: dict[tuple[int, int], highs_var] = {}
        self.closed: dict[tuple[int, int], highs_var] = {}
        self.slot: dict[tuple[Place, int, int], highs_var] = {}
        for number, part in enumerate(parts):
            self._add_part(number, part)
        self.covers = [self._whole_number(most, most if whole else 0) for most in covers]
        for number, mended in enumerate(self.covers):
            self._at_most(mended, [one for key, one in self.closed.items() if number in self._gap(key).covers])
        self._add_slots()
        self._add_limits(limits)
        if self._whole_numbers:
            self._model.setInteger(self._whole_numbers)  # one by one it takes as long as to solve it

    def _whole_number(self, most: float, least: float = 0) -> highs_var:
        self._whole_numbers.append(self._model.addVariable(least, most))
        return self._whole_numbers[-1]

    def _gap(self, key: tuple[int, int]) -> Gap:
        return self._parts[key[0]].wants[key[1]]

    def sum(self, terms: Iterable[_Term]) -> highs_linear_expression:
        """Return the sum of terms."""
        return self._model.qsum(terms)

    def _at_most(self, left: _Term, right: Sequence[highs_var]) -> None:
        self._model.addConstr(left <= self.sum(right))

    def _add_part(self, number: int, part: Part) -> None:
        """A gap is closed at most as often as seats that close it are taken."""
        most = len(part.people)
        for course in part.helps:
            self.seat[number, course] = self._whole_number(most)
        for want, gap in enumerate(part.wants):
            must = most if self._whole and gap.tier != FOR_COVER else 0
            self.closed[number, want] = self._whole_number(most, must)
            helping = [self.seat[number, course] for course, closes in part.helps.items() if want in closes]
            self._at_most(self.closed[number, want], helping)

    def _add_slots(self) -> None:
        """Each seat of a place has its slot."""
        taken: defaultdict[tuple[Place, int], list[highs_var]] = defaultdict(list)
        people = Counter[tuple[Place, int]]()
        for (number, course), seat in self.seat.items():
            taken[self._parts[number].place, course].append(seat)
            people[self._parts[number].place, course] += len(self._parts[number].people)
        for (place, course), seats in taken.items():
            slots = range(len(self._courses[course].slots))
            most = people[place, course]
            self.slot |= {(place, course, slot): self._whole_number(most) for slot in slots}
            self._model.addConstr(self.sum(seats) == self.sum(self.slot[place, course, slot] for slot in slots))

    def _limit(self, limit: str, of: str | None, terms: Iterable[highs_linear_expression], most: float) -> None:
        """Keep a sum below a limit, which may be raised where all gaps are to be closed."""
        key = limit, of
        if self._whole and key not in self.slack:
            self.slack[key] = self._model.addVariable(0), 1 / max(most, 1.0)
        raised = [-1.0 * self.slack[key][0]] if self._whole else []
        self._model.addConstr(self.sum([*terms, *raised]) <= most)

    def _add_limits(self, limits: Limits) -> None:
        courses = self._courses
        if limits.budget is not None:
            self._limit("budget", None, [self.cost], limits.budget)
        days = {key: courses[key[1]].days * seat for key, seat in self.seat.items()}
        if limits.days is not None:
            self._limit("days", None, days.values(), limits.days)
        if limits.days_a_person is not None:
            for number, part in enumerate(self._parts):
                if len(part.people) == 1:
                    alone = [days[number, course] for course in part.helps]
                    self._limit("days_a_person", None, alone, limits.days_a_person)
        for number, course in enumerate(courses):
            of_course = {key: one for key, one in self.slot.items() if key[1] == number}
            if course.seats is not None:
                self._limit("seats", course.course, [1.0 * one for one in of_course.values()], course.seats)
            for place, slot in enumerate(course.slots):
                if slot.seats is not None:
                    on_slot = [1.0 * one for key, one in of_course.items() if key[2] == place]
                    self._limit("seats", course.course, on_slot, slot.seats)
        self._add_days_away(limits)

    def _add_days_away(self, limits: Limits) -> None:
        """Keep the days of units by month, and of people who are kept apart by month and by day."""
        by_unit: defaultdict[tuple[str, str], list[highs_linear_expression]] = defaultdict(list)
        by_person: defaultdict[tuple[str, str], list[highs_linear_expression]] = defaultdict(list)
        own: defaultdict[str, list[tuple[Slot, highs_var]]] = defaultdict(list)
        for ((unit, person), course, place), one in self.slot.items():
            slot = self._courses[course].slots[place]
            own[person].append((slot, one))
            for month, days in slot.days.items():
                by_unit[unit, month].append(days * one)
                by_person[person, month].append(days * one)
        for (unit, month), most in limits.away.items():
            self._limit("away", f"{unit} in {month}", by_unit[unit, month], most)
        for (person, month), terms in by_person.items():
            if person:
                self._model.addConstr(self.sum(terms) <= limits.working[month])
        for slots in (slots for person, slots in own.items() if person):
            dated = [(slot, one) for slot, one in slots if slot.dated]
            for first in {slot.starts for slot, _ in dated}:
                on_day = [one for slot, one in dated if slot.starts <= first <= slot.ends]
                self._model.addConstr(self.sum(on_day) <= 1)

    @property
    def cost(self) -> highs_linear_expression:
        """Return what the seats cost."""
        return self.sum(self._courses[course].cost * seat for (_, course), seat in self.seat.items())

    def weight(self, tier: int, weights: Sequence[float]) -> highs_linear_expression:
        """Return the weight of what is closed of a tier; what must be held goes with the covers."""
        closed = [self._gap(key).weight * one for key, one in self.closed.items() if self._gap(key).tier == tier]
        covers = [weight * one for weight, one in zip(weights, self.covers, strict=True)] if tier == MUST else []
        return self.sum([*closed, *covers])

    def untimely(self, due: Mapping[tuple[Place, int], Sequence[int]]) -> highs_linear_expression:
        """Return how far seats are from the slots in which they are due, those of a course in order; late is worse."""
        terms = []
        for (place, course), slots in due.items():
            taken = [self.slot[place, course, slot] for slot in range(len(self._courses[course].slots))]
            for last in range(len(taken)):
                late, early = self._model.addVariable(0), self._model.addVariable(0)
                done = sum(slot <= last for slot in slots)
                self._model.addConstr(self.sum([*taken[: last + 1], late, -1.0 * early]) == done)
                terms += [_LATE * late, 1.0 * early]
        return self.sum(terms)

    def keep(self, kept: highs_linear_expression, least: float) -> None:
        """Let a sum stay as high as it is."""
        self._model.addConstr(kept >= least - _NONE * max(1.0, abs(least)))

    def keep_seats(self) -> None:
        """Let all seats stay as they are."""
        for seat in self.seat.values():
            value = round(self.value(seat))
            self._model.changeColBounds(seat.index, value, value)

    def solve(self, least: highs_linear_expression, seconds: float) -> tuple[float, float]:
        """Make a sum as low as can be in so many seconds; return it, and how much lower it may be at the most."""
        if not self.seat:
            return 0.0, 0.0
        model = self._model
        if self._values:
            self._values += [0.0] * (model.getNumCol() - len(self._values))
            self._start.col_value = self._values
            model.setSolution(self._start)  # a change of the model makes it forget
        model.setOptionValue("time_limit", seconds)
        model.minimize(least)
        info, is_best = model.getInfo(), model.getModelStatus().name == "kOptimal"
        if info.primal_solution_status == _SOLVED:
            self._values = list(model.getSolution().col_value)
        best = float(least.evaluate(self._values or [0.0] * model.getNumCol()))
        return best, 0.0 if is_best else max(0.0, best - info.mip_dual_bound)

    def value(self, of: highs_var) -> float:
        """Return the value that a variable has in the last solution, 0 where there is none."""
        return self._values[of.index] if self._values else 0.0


def plan(
    gaps: Iterable[Gap], courses: Sequence[Course], limits: Limits, covers: Sequence[Cover] = (), *, seconds: float = 90
) -> Plan:
    """Return the cheapest seats that close all gaps within the limits; where that cannot be, what matters most.

    It takes about so many seconds. Who would be on two courses at once is then decided apart.
    """
    ends = time.monotonic() + seconds
    closable, untaught, late = taught(gaps, courses)
    candidates = Counter(number for gap in closable for number in gap.covers)
    most = [min(cover.short, candidates[number]) for number, cover in enumerate(covers)]
    weights = [cover.weight for cover in covers]
    taken, clashes, distance = _settled(closable, courses, limits, most, weights=weights, ends=ends, spare=seconds / 2)
    closed = {(gap.person, gap.want): gap for seat in taken for gap in seat.closes}
    covered = Counter(number for gap in closed.values() for number in gap.covers)
    own = [gap for gap in closable if gap.tier != FOR_COVER]
    remaining = tuple(gap for gap in own if (gap.person, gap.want) not in closed)
    mended = [min(cover.short, covered[number]) for number, cover in enumerate(covers)]
    never, never_in_time = (tuple(gap for gap in some if gap.tier != FOR_COVER) for some in (untaught, late))
    missing: tuple[Shortfall, ...] = ()
    free = None
    if remaining or mended < most:
        decided = parts(closable, courses, most_days=limits.days_a_person)
        missing, free = _shortfalls(Programme(decided, courses, limits, most, whole=True), ends)
    so_far = tuple(taken), remaining, never, never_in_time
    return Plan(*so_far, mended, missing, free, distance, frozenset(clashes))


def _settled(
    closable: Sequence[Gap],
    courses: Sequence[Course],
    limits: Limits,
    most: Sequence[int],
    *,
    weights: Sequence[float],
    ends: float,
    spare: float,
) -> tuple[list[Seat], set[str], dict[str, float]]:
    """Return who is on which course when, who is still on two at once, and the distance to the best."""
    taken, clashes, apart, distance = list[Seat](), set[str](), set[str](), dict[str, float]()
    for _ in range(_ROUNDS):
        decided = parts(closable, courses, most_days=limits.days_a_person, apart=apart)
        programme = Programme(decided, courses, limits, most, whole=False)
        further = _best(programme, weights, ends)
        if apart and further:  # there was no time to do as well once more: what clashes is said
            break
        distance, queues = further, _queues(programme, decided, courses)
        programme.keep_seats()
        due = {key: [_due(seat) for seat in queue] for key, queue in queues.items()}
        programme.solve(programme.untimely(due), min(_LATEST_SECONDS, _left(ends)))
        taken, clashes = _seated(programme, queues, courses, limits.working)
        if clashes <= apart or time.monotonic() > ends - spare:  # there is no time for another
            break
        apart |= clashes
    return taken, clashes, distance


def _best(programme: Programme, weights: Sequence[float], ends: float) -> dict[str, float]:
    """Make one sum after the other as good as can be; return by how much a better plan may be better."""
    distance = {"weight": 0.0, "cost": 0.0}
    for tier in (MUST, DESIRABLE):
        weight = programme.weight(tier, weights)
        best, more = programme.solve(-1.0 * weight, _left(ends))
        programme.keep(weight, -best)
        distance["weight"] += more
    _, distance["cost"] = programme.solve(programme.cost, _left(ends))
    return {name: more for name, more in distance.items() if more}


def _left(ends: float) -> float:
    """Return the seconds for one sum: a share of those that are left, and some where none are."""
    return max(_LEAST_SECONDS, _SHARE * (ends - time.monotonic()))


def _shortfalls(programme: Programme, ends: float) -> tuple[tuple[Shortfall, ...], float]:
    """Return by how much each limit has to be raised, as little as can be in proportion to it, and the least cost."""
    programme.solve(programme.sum(by * raised for raised, by in programme.slack.values()), _left(ends))
    raised = {key: programme.value(one) for key, (one, _) in programme.slack.items()}
    missing = tuple(Shortfall(*key, amount) for key, amount in raised.items() if amount > _NONE)
    return missing, programme.solve(programme.cost, _left(ends))[0]


def _queues(programme: Programme, decided: Sequence[Part], courses: Sequence[Course]) -> Queues:
    """Return the seats by place and course, still without a slot of their own; who falls due first stands first."""
    queues: Queues = defaultdict(list)
    for number, part in enumerate(decided):
        for seat, course in _seats_of(programme, number, part, courses):
            queues[part.place, course].append(seat)
    for queue in queues.values():
        queue.sort(key=lambda seat: (min(gap.due for gap in seat.closes), seat.person))
    return queues


def _due(seat: Seat) -> int:
    """Return the number of the slot in which a seat is due: the last in time for what lapses, else the first."""
    due = min(gap.due for gap in seat.closes)
    in_time = [slot.ends <= due if slot.dated else slot.starts[:7] < due[:7] for slot in seat.course.slots]
    return max(0, sum(in_time) - 1)


def _seated(
    programme: Programme, queues: Queues, courses: Sequence[Course], working: Mapping[str, float]
) -> tuple[list[Seat], set[str]]:
    """Return who is on which course when, and who is on two at once; who falls due first goes first."""
    taken: defaultdict[str, list[Seat]] = defaultdict(list)
    clashes = set()
    for (place, course), queue in sorted(queues.items(), key=lambda item: (not item[0][0][1], item[0])):
        runs = [
            slot
            for number, slot in enumerate(courses[course].slots)
            for _ in range(round(programme.value(programme.slot[place, course, number])))
        ]
        going: list[Seat] = []
        for slot in runs[: len(queue)]:
            first = next((seat for seat in queue if _is_free(taken[seat.person], slot, working)), None)
            if first is None and not _exchange(going, queue, slot, taken, working):
                first = queue[0]
                clashes.add(first.person)
            if first:
                queue.remove(first)
                going.append(replace(first, slot=slot))
        for seat in going:
            taken[seat.person].append(seat)
    return [seat for seats in taken.values() for seat in seats], clashes


def _exchange(
    going: list[Seat], queue: list[Seat], slot: Slot, taken: Mapping[str, list[Seat]], working: Mapping[str, float]
) -> bool:
    """Let somebody who goes on another run take this one, and the first who can theirs; return whether that can be."""
    for place, other in enumerate(going):
        if _is_free(taken[other.person], slot, working):
            for seat in queue:
                if _is_free(taken[seat.person], other.slot, working):
                    queue.remove(seat)
                    going[place] = replace(seat, slot=other.slot)
                    going.append(replace(other, slot=slot))
                    return True
    return False


def _seats_of(programme: Programme, number: int, part: Part, courses: Sequence[Course]) -> Iterator[tuple[Seat, int]]:
    """Yield the seats of a part's people, with the number of the course, that close something; one a person each."""
    left = [list(wants) for wants in part.people]
    for course in part.helps:
        offer = courses[course]
        able = [wants for wants in left if any(offer.closes(gap.want) for gap in wants)]
        for wants in able[: round(programme.value(programme.seat[number, course]))]:
            closes = tuple(gap for gap in wants if offer.closes(gap.want))
            yield Seat(closes[0].person, part.place[0], offer, offer.slots[0], closes), course
            wants[:] = [gap for gap in wants if gap not in closes]


def _is_free(taken: Sequence[Seat], slot: Slot, working: Mapping[str, float]) -> bool:
    """Return whether a person can be on one more run: on no other then, and no longer away than a month is long."""
    dated = [seat.slot for seat in taken if seat.slot.dated and slot.dated]
    if any(one.starts <= slot.ends and slot.starts <= one.ends for one in dated):
        return False
    away = Counter(slot.days)
    for seat in taken:
        away.update(seat.slot.days)
    return all(days <= working.get(month, days) + _NONE for month, days in away.items())
