"""`rankgraph what-if`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.errors import UsageError
from queries.commands import options
from queries.commands.options import FORMATS, Asked, examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.session import Graph, Transaction
    from queries.answers.answer import Composed
    from queries.answers.what_if import Rise


_SHOWN = ("kind", "unit_id", "what", "what_id", "level", "before", "after")


@click.command(
    "what-if",
    epilog=examples("what-if --leave P123", "what-if --leave P123 --promote P456 inspector --as-of 2027-04-01"),
)
@click.option("--leave", multiple=True, metavar="PERSON", help="Somebody leaves. May be given again.")
@click.option(
    "--promote", multiple=True, nargs=2, metavar="PERSON RANK", help="Somebody rises to a rank. May be given again."
)
@options.unit
@options.everything
@options.as_of
@options.force
@options.output(*FORMATS)
def command(
    leave: tuple[str, ...],
    *,
    promote: tuple[tuple[str, str], ...],
    unit: str | None,
    everything: bool,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Asked:
    """Show what would change if people left or rose.

    Lines are what posts are short of, vacancies, single points and what nobody holds any more, before and
    after, where they differ.
    Who rises takes the nearest vacant post of the rank. Nothing is kept.
    """
    if not leave and not promote:
        raise UsageError("found neither --leave nor --promote; expected one of them at least")
    asked = {"unit": unit, "all": everything or None}
    return Asked(lambda graph: _run(graph, leave, promote, asked, as_of=as_of, force=force), kind)


def _run(
    graph: Graph,
    leave: tuple[str, ...],
    promote: tuple[tuple[str, str], ...],
    asked: Mapping[str, object],
    *,
    as_of: str | None,
    force: str | None,
) -> Composed:
    from graph.days import today
    from graph.staff.trial import rehearse
    from queries.answers.answer import Composed, named
    from queries.answers.what_if import COLUMNS, QUESTIONS, differences, in_force, rise
    from queries.answers.workforce import drawn, staffed
    from queries.ask import ask, day

    notes, on = staffed(graph), day(as_of, "--as-of") if as_of else today()
    leaving = [in_force(graph, person, on) for person in leave]
    rising = [rise(graph, person, rank, as_of=on, force=force) for person, rank in promote]
    _refuse_twice([*leaving, *(one.person for one, _ in rising)])
    questions = [named(name) for name in QUESTIONS]
    takes = [{parameter.name for parameter in question.parameters} for question in questions]
    said = [{name: value for name, value in {**asked, "as_of": on}.items() if name in names} for names in takes]
    before = [ask(graph, question, one) for question, one in zip(questions, said, strict=True)]

    def work(transaction: Transaction) -> tuple[list[str], list[list[dict[str, object]]]]:
        moved = _moved(transaction, leaving, [one for one, _ in rising], on)
        answers = [transaction.run(q.text, answer.sent) for q, answer in zip(questions, before, strict=True)]
        return moved, answers

    moved, after = rehearse(graph, work)
    rows = differences([answer.rows for answer in before], after)
    notes += [note for _, more in rising for note in more] + moved + ([] if rows else ["no rows: nothing differs"])
    return Composed(COLUMNS, rows, [*notes, "nothing of this was kept"], drawn(_SHOWN, rows))


def _moved(transaction: Transaction, leaving: list[str], rising: list[Rise], day: str) -> list[str]:
    from graph.staff.trial import leave, promote

    for person in leaving:
        leave(transaction, person, day)
    notes = [f"{person} leaves" for person in leaving]
    for one in rising:
        post = promote(transaction, one.person, one.rank, day).post
        where = f"into the vacant post {post}" if post else "but no post of that rank is vacant: none is taken"
        unmet = f"; {one.unmet} of the things it asks for are not met" if one.unmet else ""
        notes.append(f"{one.person} takes the rank {one.rank}, {where}{unmet}")
    return notes


def _refuse_twice(people: list[str]) -> None:
    twice = sorted({person for person in people if people.count(person) > 1})
    if twice:
        raise UsageError(f"{', '.join(twice)}: found more than one change; expected one a person")
