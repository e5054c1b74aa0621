"""Questions asked of one graph, about one day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.days import today
from queries.answers.answer import named
from queries.ask import Reply, ask
from queries.parameters.editions import Roles

if TYPE_CHECKING:
    from graph.rows import Row
    from graph.session import Graph


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

    @property
    def day(self) -> str:
        """The day asked about."""
        return self.as_of or today()

    @cached_property
    def roles(self) -> Roles:
        """The ranks and roles of the graph, with the editions of the day."""
        return Roles(self.graph, self.as_of)

    def ask(self, name: str, values: Row) -> Reply:
        """Return the reply to a question with these values, on the day asked about. Raises as queries.ask.ask does."""
        parameters = {"force": self.body, **values, "as_of": self.as_of}
        return ask(self.graph, named(name), parameters, force=self.force, roles=self.roles)
