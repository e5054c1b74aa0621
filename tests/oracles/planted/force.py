"""What the questions must answer on a sample force, counted from its plan, without any file or query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from loaders.sample_force import Force
from loaders.sample_force.model import Block
from tests.oracles.planted.answers import Answer, Answers
from tests.oracles.planted.cases import Cases
from tests.oracles.planted.tallies import Tally


@contextmanager
def planted_answers(people: int, seed: int) -> Iterator[list[Answer]]:
    """Plan a force and yield every answer on it; the rows are on the disk until the context ends.

    `person-gap` is given without its gates, which are national rules, and `succession` with them; the order of rows
    means nothing, nor does that of `blocked_by`. Memory does not grow with the force: a block is counted at a time.
    """
    with Answers() as answers:
        _count(answers, Force(people, seed))
        yield answers.all


def _count(answers: Answers, force: Force) -> None:
    """Ask about the force, its first top unit, the first command and the first team there; count them all."""
    answers.scope(None)
    cases: Cases | None = None
    for headquarters, commands in force.top_units():
        top = headquarters.units[0]
        if cases is None:
            answers.scope(top)
            cases = Cases(answers, top)
        whole = answers.block(headquarters)
        cases.block(headquarters)
        for number, block in enumerate(commands):
            if number == 0 and len(answers.scopes) == 2:
                answers.scope(block.units[0])
                answers.scope(block.units[1])
            whole.add(_count_command(answers, cases, block))
        answers.unit(top, whole)
    answers.close()


def _count_command(answers: Answers, cases: Cases, block: Block) -> Tally:
    found = answers.block(block)
    answers.unit(block.units[0], found)
    cases.block(block)
    return found
