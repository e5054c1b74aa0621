"""Questions asked of one graph, about one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from graph.days import today
from queries.answers.answer import named
from queries.ask import EDITION, Reply, ask
from queries.parameters.editions import Roles

if TYPE_CHECKING:
    from graph.rows import Row
    from graph.session import Graph


_CONDITIONS = ("gates", "gate-status")


@dataclass(frozen=True)
class Inquiry:
    """A graph, the day it is asked about (none for today), and the ladder of names that ladders share.

    `body` is the id of the user's own force, where it is known. Its ranks and roles are read once, for all questions.
    """

    graph: Graph
    as_of: str | None = None
    force: str | None = None
    body: str | None = None

    def force_of(self, reply: Reply) -> str | None:
        """Return the force that the ranks of a reply were named with, else the user's own."""
        return reply.force or self.body

    def for_force_of(self, reply: Reply) -> Inquiry:
        """Return the inquiry of somebody of the force that the ranks of a reply were named with, else this one."""
        force = self.force_of(reply)
        if force == self.body:
            return self
        other = replace(self, body=force)
        other.__dict__["roles"] = self.roles
        return other

    @property
    def day(self) -> str:
        """The day asked about."""
        return self.as_of or today()

    @cached_property
    def roles(self) -> Roles:
        """The ranks and roles of the graph, with the editions of the day."""
        return Roles(self.graph, self.as_of)

    def ask(self, name: str, values: Row) -> Reply:
        """Return the reply to a question with these values, on the day asked about. Raises as queries.ask.ask does.

        What the paper of another force asks of a rank that forces share is left out of conditions, and a note says so.
        """
        parameters = {"force": self.body, **values, "as_of": self.as_of}
        reply = ask(self.graph, named(name), parameters, force=self.force, roles=self.roles)
        forces = [self._force_of_other(row, reply) if _is_condition(name, row) else None for row in reply.rows]
        notes = [
            f"left out is what the paper of {force} asks; name that force (--in, --force) to count it"
            for force in dict.fromkeys(filter(None, forces))
        ]
        rows = [row for row, force in zip(reply.rows, forces, strict=True) if force is None]
        return replace(reply, rows=rows, notes=[*reply.notes, *notes])

    def _force_of_other(self, row: Row, reply: Reply) -> str | None:
        """Return the name of the force whose paper states a row, where that is not the force of the reply."""
        edition = EDITION.match(str(row.get("fact")))
        paper = self.roles.papers.get(edition[1]) if edition else None
        return str(paper["force_name"]) if paper and paper["force"] != self.force_of(reply) else None


def _is_condition(question: str, row: Row) -> bool:
    return question in _CONDITIONS or row.get("kind") in {"gate", "course"}
