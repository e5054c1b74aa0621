"""Plan a force block by block: the headquarters, then each command with its teams, until all people are used up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random

from loaders.sample_force.histories import add_histories
from loaders.sample_force.model import Block, Unit
from loaders.sample_force.posts import SHOWCASE, Staffing
from loaders.sample_force.teams import ARMED, FRONTLINE, Team, command, headquarters

LEAST, MOST = 150, 900_000
"""How many people a sample force can have."""

_COMMAND = 1200
"""How many people a command has at most, as far as the numbers allow."""

_STAFF = 8
"""Chief superintendents at the headquarters: one of each case."""

_FRONTLINE_SHARE = 0.75
_COVERED = 0.65


class Force:
    """The plan of a force of so many people, always the same for one seed."""

    def __init__(self, people: int, seed: int) -> None:
        self._people, self._seed, self._made, self._units = people, seed, 0, 0
        size = min(_COMMAND, max(80, people // 8))
        frontline = max(1, round(people * _FRONTLINE_SHARE / size))
        specialist = max(1, round(people * (1 - _FRONTLINE_SHARE) / size))
        self._plan = (
            ("Frontline Policing", "BCU", FRONTLINE, frontline),
            ("Specialist Operations", "Command", ARMED, specialist),
        )
        self._left = frontline + specialist

    def top_units(self) -> Iterator[tuple[Block, Iterator[Block]]]:
        """Yield each unit at the top with its own posts, and the commands below it, to be taken before the next."""
        for number, (name, kind, teams, commands) in enumerate(self._plan):
            top = self._unit(name)
            yield self._headquarters(top, first=number == 0), self._commands(top, kind, teams, commands)

    def random(self, what: str) -> Random:
        """Return a source of chance that depends on the size, the seed and the word alone."""
        return Random(f"{self._people}/{self._seed}/{what}")  # noqa: S311 -- it makes up a force

    def _unit(self, name: str, above: Unit | None = None) -> Unit:
        self._units += 1
        return Unit(f"U{self._units:05}", name, (*above.above, above.id) if above else ())

    def _headquarters(self, top: Unit, *, first: bool) -> Block:
        chiefs = _STAFF + self._people // 4000 if first else 1
        random = self.random(top.id)
        staffing = Staffing(random, self._made + 1)
        staffing.fill(top, headquarters(chiefs), ("left", *["filled"] * (_STAFF + 1)))
        staffing.cover(top.posts, top.posts, share=1.0)
        return self._done(Block([top], staffing.people), random, showcase=False)

    def _commands(self, top: Unit, kind: str, teams: tuple[Team, ...], count: int) -> Iterator[Block]:
        for number in range(1, count + 1):
            yield self._command(self._unit(f"{kind} {number:03}", top), teams, showcase=number == 1)

    def _command(self, unit: Unit, teams: tuple[Team, ...], *, showcase: bool) -> Block:
        budget = (self._people - self._made) // self._left
        self._left -= 1
        random = self.random(unit.id)
        staffing = Staffing(random, self._made + 1)
        staffing.fill(unit, command(max(2, budget // 45)))
        units, counts = [unit], dict.fromkeys((team.name for team in teams), 0)
        for team in cycle(teams):
            if len(staffing.people) + 2 * len(team.slots) > budget:
                break
            counts[team.name] += 1
            units.append(self._unit(f"{unit.name} {team.name} {counts[team.name]}", unit))
            states = SHOWCASE[len(units) - 2] if showcase and len(units) - 2 < len(SHOWCASE) else ()
            staffing.fill(units[-1], team, states)
            staffing.cover(units[-1].posts, units[-1].posts, share=1.0 if states else _COVERED)
        staffing.cover(unit.posts, [post for one in units for post in one.posts], share=_COVERED)
        if not self._left:
            staffing.spare(budget - len(staffing.people))
        return self._done(Block(units, staffing.people), random, showcase=showcase)

    def _done(self, block: Block, random: Random, *, showcase: bool) -> Block:
        self._made += len(block.people)
        add_histories(random, block, showcase=showcase)
        return block
