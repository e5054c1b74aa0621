"""The guide: the questions whose files give them a step, in an order that tells a story, and then all others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from queries.catalogue import Question, graph_form, questions


@dataclass(frozen=True)
class Entry:
    """A question of the guide, the form of it that Browser draws, if it has one, and its title there."""

    question: Question
    graph: Question | None
    title: str
    number: int = 0

    @property
    def favourite(self) -> str:
        """Return the text of a step's favourite: the graph form where there is one, under the name of the step."""
        _, _, rest = (self.graph or self.question).text.partition("\n")
        return f"// {self.title}\n// {self.question.step and self.question.step.asks}\n{rest}"


def guide_steps() -> list[Entry]:
    """Return the steps in order; Browser sorts favourites by their letters, hence 01."""
    steps = [(question.step.number, question) for question in questions() if question.step]
    ordered = [question for _, question in sorted(steps, key=lambda step: step[0])]
    return [
        Entry(one, graph_form(one.name), f"{number:02} of {len(ordered)}: {one.title}", number)
        for number, one in enumerate(ordered, 1)
    ]


def other_questions() -> list[tuple[str, list[Entry]]]:
    """Return all questions that are no step, by family."""
    others = [Entry(one, graph_form(one.name), one.title) for one in questions() if one.step is None]
    return [(family, list(entries)) for family, entries in groupby(others, lambda entry: entry.question.family)]
