"""What the questions on people answer, in plain Python over the rows of a force; nothing here knows Cypher."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loaders.reference.ranks import ranks
from tests.builders.force import Force, Row
from tests.oracles.gates import Held, Part, months_later
from tests.oracles.order import EVER, Dated, Gate, begins, counts_ever, in_time, met_until

Need = tuple[str, int | None]
Found = set[tuple[object, ...]]

_STEPS = {rank.id: rank.step for rank in ranks()}


@dataclass(frozen=True)
class _Run:
    """A time in a rank without a break: both days count, none is unknown or open."""

    rank: str
    begins: str | None
    ends: str | None


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _grade(level: object) -> int:
    return 0 if level is None else int(str(level))


def _counts(row: Row, day: str, first: str, last: str) -> bool:
    return str(row.get(first) or "") <= day <= str(row.get(last) or EVER)


class PersonOracle:
    """A force on one day.

    Args:
        force: The rows.
        gates: What they ask for.
        day: The day asked about.
        also: What is counted too: desirable, unrecorded, or both.
        unrecorded: Requirements that no system records.
        steps: Steps of ranks that the reference data does not have.
        names: Names of requirements, where they differ from their ids.
    """

    def __init__(
        self,
        force: Force,
        gates: Iterable[Gate],
        day: str,
        *,
        also: Collection[str] = (),
        unrecorded: Iterable[str] = (),
        steps: dict[str, int] | None = None,
        names: dict[str, str] | None = None,
    ) -> None:
        self.force, self.gates, self.day, self.also = force, tuple(gates), day, also
        self.unrecorded, self.steps, self.names = set(unrecorded), _STEPS | (steps or {}), names or {}
        self.posts = {str(row["post_id"]): row for row in force.posts}
        self.people = {str(row["person_id"]): row for row in force.people}
        self.roles = {
            post: [str(row[kind]) for kind in ("rank", "role") if row.get(kind)] for post, row in self.posts.items()
        }

    def name(self, thing: str) -> str:
        """Return the name of a requirement."""
        return self.names.get(thing, thing)

    # what is asked for

    def _highest(self, rows: Iterable[Row]) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for row in rows:
            thing, level = str(row["requirement"]), row.get("level")
            is_essential = row.get("necessity", "essential") != "desirable"
            wanted = is_essential or "desirable" in self.also
            if (
                wanted
                and (thing not in self.unrecorded or "unrecorded" in self.also)
                and _grade(level) >= _grade(found.get(thing))
            ):
                found[thing] = found.get(thing) if level is None else int(str(level))
        return found

    def _stated(self, row: Row) -> bool:
        begins, ends = row.get("valid_from", "2000-01-01"), row.get("valid_to") or EVER
        return str(begins or "") <= self.day < str(ends)

    def asked(self, role: str) -> dict[str, int | None]:
        """Return the level at which a role asks for each requirement."""
        return self._highest(row for row in self.force.needs if row["role"] == role and self._stated(row))

    def asked_of(self, post: str) -> dict[str, int | None]:
        """Return the level at which a post asks for each requirement, for its rank, its role or itself."""
        stated = [row for row in self.force.needs if row["role"] in self.roles[post] and self._stated(row)]
        return self._highest([*stated, *(row for row in self.force.post_requirements if row["post_id"] == post)])

    def hard(self, role: str) -> list[Gate]:
        """Return the gates of a role that must be open."""
        return [gate for gate in self.gates if gate.role == role and not gate.desirable]

    # what is held

    def held(self, person: str, thing: str) -> list[Row]:
        """Return all that a person holds or held of a requirement."""
        return [row for row in self.force.holdings if (row["person_id"], row["requirement"]) == (person, thing)]

    def has(self, person: str, need: Need, day: str | None = None) -> bool:
        """Return whether a person holds a requirement at the level."""
        counting = [row for row in self.held(person, need[0]) if _counts(row, day or self.day, "achieved", "expires")]
        return any(_grade(row.get("level")) >= _grade(need[1]) for row in counting)

    def runs(self, person: str) -> list[_Run]:
        """Return the times in each rank or role; those that touch are one, those without a first day stay apart."""
        found = [
            (str(row["rank"]), row.get("from"), row.get("to"))
            for row in self.force.ranks_held
            if row["person_id"] == person and row.get("basis", "substantive") == "substantive"
        ]
        for row in self.force.occupancies:
            if row["person_id"] == person and row.get("basis", "substantive") == "substantive":
                found += [(role, row.get("from"), row.get("to")) for role in self.roles[str(row["post_id"])]]
        times = [_Run(rank, begins and str(begins), ends and str(ends)) for rank, begins, ends in found]  # type: ignore[arg-type]
        dated = sorted((one for one in times if one.begins), key=lambda one: (one.rank, str(one.begins)))
        joined: list[_Run] = []
        for one in dated:
            last = joined[-1] if joined else None
            if last and last.rank == one.rank and (last.ends is None or str(one.begins) <= _next(last.ends)):
                ends = None if None in {last.ends, one.ends} else max(str(last.ends), str(one.ends))
                joined[-1] = _Run(last.rank, last.begins, ends)
            else:
                joined.append(one)
        return [*joined, *(one for one in times if not one.begins)]

    def now_in(self, person: str) -> list[_Run]:
        """Return the times in ranks and roles that the day is in."""
        return [one for one in self.runs(person) if (one.begins or "") <= self.day <= (one.ends or EVER)]

    def since(self, person: str, rank: str | None) -> str | None:
        """Return the day from which a person has held a rank without a break."""
        return max((one.begins for one in self.now_in(person) if one.rank == rank and one.begins), default=None)

    # gates

    def sent(self, person: str, day: str, *, renewed: bool = False) -> list[tuple[Held, str]]:
        """Return what counts on a day as the question gate-status takes it, and its last day."""
        found: list[tuple[Held, str]] = []
        for row in self.force.holdings:
            lasting = renewed and _counts(row, self.day, "achieved", "expires")
            if row["person_id"] == person and _counts(
                {**row, **({"expires": None} if lasting else {})}, day, "", "expires"
            ):
                begins = row.get("achieved")
                last = EVER if lasting else str(row.get("expires") or EVER)
                found.append((Held(str(row["requirement"]), begins and str(begins)), last))  # type: ignore[arg-type]
        ranks_held = [(run, _next(run.ends) if run.ends else None) for run in self.runs(person)]
        return [*found, *((Held(run.rank, run.begins, None, ended), EVER) for run, ended in ranks_held)]

    def _last_day(self, part: Part, held: list[tuple[Held, str]], day: str) -> str:
        """Return the last day on which a part is met by what meets it on the day, empty if it is not."""
        return max(["", *(min(last, met_until(part, one, day)) for one, last in held)])

    def open_until(self, person: str, gate: Gate, day: str | None = None, *, renewed: bool = True) -> str:
        """Return the last day on which a gate is open by what opens it on the day, empty if it is blocked."""
        on = day or self.day
        held = self._in_order(person, gate, self.sent(person, on, renewed=renewed and on != self.day))
        return max(min(self._last_day(part, held, on) for part in option) for option in gate.options)

    def _in_order(self, person: str, gate: Gate, held: Dated) -> Dated:
        """Return holdings without what was passed before the ranks that have to come first."""
        stated = [one for one, _ in self.sent(person, self.day)]
        return in_time(
            held, [begins(other.options[0], stated, self.day) for other in self.gates if other.id in gate.after]
        )

    def _is_met_too_soon(self, person: str, gate: Gate) -> bool:
        """Return whether a gate would be open, now or later, but for what was passed before its time."""
        every = self.sent(person, self.day)
        counting = self._in_order(person, gate, every)
        early = [pair for pair in every if pair not in counting]
        found = (
            [(counts_ever(part, early, self.day), self._last_day(part, counting, self.day)) for part in option]
            for option in gate.options
        )
        return any(all(soon or met for soon, met in option) and any(soon for soon, _ in option) for option in found)

    # the questions

    def person_gap(self, person: str, role: str) -> Found:
        """Return requirement_id, status, held_level, needed_level, until and opens of each row."""
        rows = {(thing, *self._row(person, (thing, level))) for thing, level in self.asked(role).items()}
        for gate in self.hard(role):
            until = self.open_until(person, gate)
            opens = None if until else self._opening(person, gate)
            status = "done" if until else "opens" if opens else self._closed(person, gate)
            rows.add((gate.id, status, None, None, None if until in {"", EVER} else until, opens))
        return rows

    def _first_day(self, is_met: Callable[[str], bool], *, back: bool = False) -> str | None:
        """Return the first later day, or earlier one, on which something is met, of those on which anything begins."""
        rows = [*self.force.holdings, *self.force.ranks_held, *self.force.occupancies]
        starts = {str(row[key]) for row in rows for key in ("achieved", "from") if row.get(key)}
        months = {part.for_months for gate in self.gates for option in gate.options for part in option}
        days = {months_later(day, count) if count else day for day in starts for count in months | {None}}
        asked = sorted(day for day in days | {"0001-01-01"} if (day < self.day if back else day > self.day))
        return next((day for day in asked if is_met(day)), None)

    def _opening(self, person: str, gate: Gate, *, back: bool = False) -> str | None:
        return self._first_day(lambda day: bool(self.open_until(person, gate, day, renewed=False)), back=back)

    def _closed(self, person: str, gate: Gate) -> str:
        """Return how a gate stands that is not open and will not be by what is on file."""
        if self._is_met_too_soon(person, gate):
            return "unclear"
        if self._opening(person, gate, back=True):
            return "lapsed"
        held = self._in_order(person, gate, self.sent(person, self.day))
        unmet = [[part for part in option if not self._last_day(part, held, self.day)] for option in gate.options]
        if any(all(part.is_judged for part in option) for option in unmet):
            return "to_judge"
        return "not_recorded" if self._is_open_by_what_is_known(person, gate, self.day) else "missing"

    def _row(self, person: str, need: Need) -> tuple[object, ...]:
        held = self.held(person, need[0])
        now = [row for row in held if _counts(row, self.day, "achieved", "expires")]
        gone = [row for row in held if str(row.get("expires") or EVER) < self.day]
        fitting = (row for row in held if _grade(row.get("level")) >= _grade(need[1]))
        opens = min((day for row in fitting if (day := str(row.get("achieved") or "")) > self.day), default=None)
        if not now and opens:
            return ("opens", None, need[1], None, opens)
        if not now and not gone:
            known = need[0] not in self.unrecorded and any(row["requirement"] == need[0] for row in self.force.holdings)
            return ("missing" if known else "not_recorded", None, need[1], None, None)
        if not now:
            last = max(gone, key=lambda row: (str(row["expires"]), _grade(row.get("level"))))
            return ("lapsed", last.get("level"), need[1], last["expires"], None)
        best = max(now, key=lambda row: _grade(row.get("level")))
        met = _grade(best.get("level")) >= _grade(need[1])
        least = _grade(need[1]) if met else _grade(best.get("level"))
        until = max(str(row.get("expires") or EVER) for row in now if _grade(row.get("level")) >= least)
        levels = [row["level"] for row in now if row.get("level") is not None]
        level = max(map(_grade, levels)) if levels else None
        return ("done" if met else "too_low", level, need[1], None if until == EVER else until, None if met else opens)

    def blocks(self, person: str, role: str, day: str | None = None) -> list[str]:
        """Return what is unmet: on the day, or on a later one with what counts on the day renewed."""
        on = day or self.day
        found = [
            need[0] for need in self.asked(role).items() if not (self.has(person, need) or self.has(person, need, on))
        ]
        gates = (gate for gate in self.hard(role) if not self.open_until(person, gate, on))
        return [*map(self.name, found), *(gate.id for gate in gates)]

    def known_blocks(self, person: str, role: str, day: str | None = None) -> list[str]:
        """Return what is unmet whatever those hold who were never recorded with what nobody was recorded with."""
        on = day or self.day
        names = {self.name(thing) for thing in self.asked(role) if not self._is_recorded(thing)}
        open_by_what_is_known = {
            gate.id for gate in self.hard(role) if self._is_open_by_what_is_known(person, gate, on)
        }
        return [one for one in self.blocks(person, role, day) if one not in names | open_by_what_is_known]

    def _is_open_by_what_is_known(self, person: str, gate: Gate, on: str) -> bool:
        """Return whether a gate would be open if all held what nobody was ever recorded with."""
        options = [tuple(x for x in option if x.is_rank or self._is_recorded(x.target)) for option in gate.options]
        return not all(options) or bool(self.open_until(person, replace(gate, options=tuple(options)), on))

    def _is_recorded(self, thing: str) -> bool:
        return self.force.is_known(thing) or any(row["requirement"] == thing for row in self.force.not_met)

    def _present(self) -> set[str]:
        away = {row["person_id"] for row in self.force.absences if _counts(row, self.day, "from", "to")}
        return {one for one, row in self.people.items() if one not in away and _counts(row, self.day, "joined", "left")}

    def _within(self, unit: str | None) -> set[str]:
        """Return the open posts of a unit and those below it."""
        parents = {str(row["unit_id"]): row.get("parent_id") for row in self.force.units}

        def inside(own: object) -> bool:
            return own is not None and (own == unit or inside(parents[str(own)]))

        rows = [row for row in self.force.posts if _counts(row, self.day, "opened", "closed")]
        return {str(row["post_id"]) for row in rows if unit is None or inside(row["unit_id"])}

    def place(self, person: str, unit: str | None) -> str | None:
        """Return the open post of a unit that a person is in, the substantive one first."""
        within = self._within(unit)
        found = [
            (row.get("basis", "substantive") != "substantive", str(row["post_id"]))
            for row in self.force.occupancies
            if row["person_id"] == person and row["post_id"] in within and _counts(row, self.day, "from", "to")
        ]
        return min(found)[1] if found else None

    def succession(self, rank: str, feeders: set[str], unit: str | None) -> Found:
        """Return person, ready, blocked_by, since, rank, post, earliest and unknown of each candidate."""
        rows: Found = set()
        for person in (one for one, row in self.people.items() if _counts(row, self.day, "joined", "left")):
            now = {run.rank for run in self.now_in(person)}
            place = self.place(person, unit)
            too_high = any(self.steps.get(one, 0) >= self.steps[rank] for one in now)
            if not now & feeders or too_high or (unit is not None and place is None):
                continue
            held = min(now & feeders, key=lambda one: (-self.steps[one], one))
            blocked = self.known_blocks(person, rank)
            unknown = set(self.blocks(person, rank)) - set(blocked)
            days = {word: months_later(self.day, months) for word, months in (("12m", 12), ("24m", 24))}
            free = {"now": self.day, **days}
            ready = next((word for word, day in free.items() if not self.known_blocks(person, rank, day)), "no")
            if ready != "no" and self.blocks(person, rank, free[ready]):
                ready = "unknown"
            earliest = self._ready_on(person, rank) if blocked or unknown else self.day
            since = self.since(person, held)
            rows.add((person, ready, tuple(sorted(blocked)), since, held, place, earliest, tuple(sorted(unknown))))
        return rows

    def _ready_on(self, person: str, rank: str) -> str | None:
        limit = months_later(self.day, 24)
        return self._first_day(lambda day: day <= limit and not self.blocks(person, rank, day))

    def ready_for(self, role: str, unit: str | None) -> Found:
        """Return person, post, rank and since of each who lacks nothing."""
        rows: Found = set()
        for person in self.people:
            place = self.place(person, unit)
            now = {run.rank for run in self.now_in(person)}
            there = person in self._present() and place is not None
            if there and role not in now and not self.blocks(person, role):
                rank = min(
                    (one for one in now if one in self.steps), key=lambda one: (-self.steps[one], one), default=None
                )
                rows.add((person, place, rank, self.since(person, rank)))
        return rows

    def lateral_moves(self, role: str, others: Iterable[str]) -> Found:
        """Return role, shared, needed, overlap and missing of each other role."""
        mine = self.asked(role)
        rows: Found = set()
        for other in others:
            asked = self.asked(other)
            step = self.steps.get(other)
            if other != role and asked and step in {None, self.steps.get(role)}:
                lacking = [
                    self.name(thing) + (f" (level {level})" if level else "")
                    for thing, level in asked.items()
                    if thing not in mine or _grade(mine[thing]) < _grade(level)
                ]
                shared = len(asked) - len(lacking)
                rows.add((other, shared, len(asked), 100 * shared // len(asked), tuple(sorted(lacking))))
        return rows

    def training_demand(self, unit: str | None) -> Found:
        """Return course, people, seats, days, cost and gaps."""
        wanted: dict[str | None, set[tuple[str, Need]]] = {}
        for post in self._within(unit):
            people = {
                str(row["person_id"])
                for row in self.force.occupancies
                if row["post_id"] == post and _counts(row, self.day, "from", "to")
            }
            present = people & self._present()
            for need in self.asked_of(post).items():
                lacking = {person for person in present if not self.has(person, need)}
                if len(present) - len(lacking) < self.force.places(post) and self.force.is_known(need[0]):
                    wanted.setdefault(self._course(need), set()).update((person, need) for person in lacking)
        courses = {str(row["id"]): row for row in self.force.courses}
        rows: Found = set()
        for course, gaps in wanted.items():
            people, row = {person for person, _ in gaps}, courses.get(course or "", {})
            days, cost = (
                None if row.get(key) is None else float(str(row[key])) * len(people) for key in ("days", "cost")
            )
            if people:
                rows.add((course, len(people), row.get("seats"), days, cost, len(gaps)))
        return rows

    def _course(self, need: Need) -> str | None:
        taught = {
            str(row["course"])
            for row in self.force.teaches
            if row["requirement"] == need[0] and _grade(row.get("level")) >= _grade(need[1])
        }
        kinds = {str(row["id"]): row["kind"] for row in self.force.requirements}
        own = {need[0]} if kinds.get(need[0]) == "Course" else set()
        known = {str(row["id"]): row for row in self.force.courses}

        def price(course: str) -> tuple[float, float, str]:
            row = known.get(course, {})
            cost, days = (float("inf") if row.get(key) is None else float(str(row[key])) for key in ("cost", "days"))
            return (cost, days, course)

        return min(taught | own, key=price, default=None)
