"""Commands on the people, posts and units of a force: what they hold, are short of, and could become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.errors import UsageError
from queries.commands import options
from queries.commands.options import examples
from queries.commands.running import Result, opened
from queries.parameters.choices import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.session import Graph, Transaction
    from queries.answers.answer import Answer
    from queries.answers.what_if import Rise


def _chosen(answer: Answer, kind: str, shown: Sequence[str]) -> Result:
    """Return an answer whose table shows some columns; other forms have all."""
    from queries.show.views import chosen_columns

    return Result(answer, kind, lambda answer: chosen_columns(answer, shown))


@click.command(epilog=examples("person P123 --to inspector", "person P123 --to sergeant --as-of 2027-04-01"))
@click.argument("number", metavar="PERSON")
@click.option("--to", "rank", required=True, metavar="RANK", help="The rank or role aimed at, by id or name.")
@options.everything
@options.as_of
@options.force
@options.output(*FORMATS)
def person(number: str, *, rank: str, everything: bool, as_of: str | None, force: str | None, kind: str) -> Result:
    """Show what one person still needs to reach a rank.

    What is not met comes first, gates before all; until is the last day on which what is held counts.
    PERSON is the number that the staff files give.
    """
    from queries.answers.workforce import on_person

    shown = ("status", "kind", "requirement", "held_level", "needed_level", "until", "document", "lines")
    with opened() as graph:
        return _chosen(on_person(graph, number, rank, everything=everything, as_of=as_of, force=force), kind, shown)


@click.command(epilog=examples("heat-map", 'heat-map --unit "Frontline Policing"', "heat-map --format csv"))
@options.unit
@options.everything
@options.as_of
@options.output(*FORMATS)
def heat_map(unit: str | None, *, everything: bool, as_of: str | None, kind: str) -> Result:
    """Show what posts need, have and are short of.

    A line is one requirement in one unit; a unit includes those below it. Need hangs on posts: a vacant
    post is short, and a post counts once however many are in it.
    """
    from queries.answers.workforce import on_units

    parameters = {"unit": unit, "all": everything or None, "as_of": as_of}
    shown = ("unit", "requirement", "level", "need", "have", "have_absent", "short")
    with opened() as graph:
        return _chosen(on_units(graph, "heat-map", parameters), kind, shown)


@click.command(epilog=examples('succession "met commander"', "succession inspector --audience named"))
@click.argument("rank", metavar="RANK")
@options.unit
@options.audience("pseudonymous")
@options.as_of
@options.force
@options.output(*FORMATS)
def succession(
    rank: str, *, unit: str | None, audience: str, as_of: str | None, force: str | None, kind: str
) -> Result:
    """Show who could follow into a rank, and when.

    A line is one person of a rank just below: ready now, within 12 or 24 months by the mere passing of
    time, or not, with what blocks on the day. No training is assumed that is not recorded.
    """
    from queries.answers.workforce import on_people

    parameters = {"rank": rank, "unit": unit, "as_of": as_of}
    shown = ("ready", "person_id", "rank", "since", "blocked_by")
    with opened() as graph:
        answer = on_people(graph, "succession", parameters, ("ready",), audience=audience, force=force)
    return _chosen(answer, kind, shown)


@click.command(epilog=examples("expiring", "expiring --days 30 --audience aggregate"))
@click.option("--days", type=click.IntRange(0, 36_500), default=90, show_default=True, help="So many days ahead.")
@options.unit
@options.everything
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def expiring(days: int, *, unit: str | None, everything: bool, audience: str, as_of: str | None, kind: str) -> Result:
    """Show what people hold, and their posts need, that is about to lapse.

    last_holder is true where nobody else in the unit holds it on the day after.
    """
    from queries.answers.workforce import on_people

    parameters = {"unit": unit, "days": days, "all": everything or None, "as_of": as_of}
    shown = ("expires", "days_left", "requirement", "person_id", "post_id", "last_holder")
    by = ("requirement", "requirement_id")
    with opened() as graph:
        return _chosen(on_people(graph, "expiring", parameters, by, audience=audience), kind, shown)


@click.command(epilog=examples("single-points", "single-points --as-of 2027-04-01 --audience named"))
@options.unit
@options.everything
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def single_points(unit: str | None, *, everything: bool, audience: str, as_of: str | None, kind: str) -> Result:
    """Show what only one person in a unit holds on the day.

    A line is one requirement that posts of the unit need and that exactly one present person holds; a
    unit includes those below it.
    """
    from queries.answers.workforce import on_people

    parameters = {"unit": unit, "all": everything or None, "as_of": as_of}
    shown = ("unit", "requirement", "need", "person_id", "expires")
    with opened() as graph:
        return _chosen(
            on_people(graph, "single-points", parameters, ("unit", "unit_id"), audience=audience), kind, shown
        )


@click.command(epilog=examples("vacancies", 'vacancies --unit "Frontline Policing" --as-of 2027-04-01'))
@options.unit
@options.audience("pseudonymous")
@options.as_of
@options.output(*FORMATS)
def vacancies(unit: str | None, *, audience: str, as_of: str | None, kind: str) -> Result:
    """Show the open posts that nobody is in substantively.

    A post that somebody covers, acting or temporary, is vacant too; by default it is said how many do.
    """
    from queries.answers.workforce import on_people

    parameters = {"unit": unit, "as_of": as_of}
    shown = ("unit_id", "post_id", "rank", "title", "vacant_since", "covered_by")
    by = ("unit", "unit_id", "rank")
    with opened() as graph:
        return _chosen(on_people(graph, "vacancies", parameters, by, audience=audience), kind, shown)


@click.command(
    epilog=examples("training-plan --budget 50000", "training-plan --days 200 --deadline 2027-03-31 --format csv"),
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="POUNDS", help="Pounds that may be spent.")
@click.option("--days", type=click.FloatRange(min=0), help="Days away from duty of all people together.")
@click.option("--deadline", metavar="DAY", help="The day by which all courses are to be done.")
@options.unit
@options.everything
@options.as_of
@options.output(*FORMATS)
def training_plan(
    budget: float | None,
    *,
    days: float | None,
    deadline: str | None,
    unit: str | None,
    everything: bool,
    as_of: str | None,
    kind: str,
) -> Result:
    """Find the cheapest courses that close the gap.

    The gap is what posts are short of and somebody in them could learn. Seats, budget, days and deadline
    are kept; where not all can be closed, it says by how much they fall short, and closes the most.
    """
    from queries.answers import training_plan as answer

    limits = answer.limits_until(budget=budget, days=days, deadline=deadline, as_of=as_of)
    with opened() as graph:
        plan = answer.training_plan(graph, unit=unit, everything=everything, as_of=as_of, limits=limits)
    return Result(plan, kind)


@click.command(
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
def what_if(
    leave: tuple[str, ...],
    *,
    promote: tuple[tuple[str, str], ...],
    unit: str | None,
    everything: bool,
    as_of: str | None,
    force: str | None,
    kind: str,
) -> Result:
    """Show what would change if people left or rose.

    Lines are what posts are short of, vacancies, single points and what nobody holds any more, before and
    after, where they differ.
    Who rises takes the nearest vacant post of the rank. Nothing is kept.
    """
    if not leave and not promote:
        raise UsageError("found neither --leave nor --promote; expected one of them at least")
    parameters = {"unit": unit, "all": everything or None}
    shown = ("kind", "unit_id", "what", "what_id", "level", "before", "after")
    with opened() as graph:
        return _chosen(_what_if(graph, leave, promote, parameters, as_of=as_of, force=force), kind, shown)


def _what_if(
    graph: Graph,
    leave: tuple[str, ...],
    promote: tuple[tuple[str, str], ...],
    parameters: Mapping[str, object],
    *,
    as_of: str | None,
    force: str | None,
) -> Answer:
    from graph.days import today
    from graph.staff.trial import rehearse
    from queries.answers.answer import Answer, named
    from queries.answers.what_if import COLUMNS, QUESTIONS, differences, in_force, rise
    from queries.answers.workforce import check_staff
    from queries.ask import ask, day

    notes, on = check_staff(graph), day(as_of, "--as-of") if as_of else today()
    leaving = [in_force(graph, person, on) for person in leave]
    rising = [rise(graph, person, rank, as_of=on, force=force) for person, rank in promote]
    _refuse_twice([*leaving, *(one.person for one, _ in rising)])
    before = []
    for question in map(named, QUESTIONS):
        names = {parameter.name for parameter in question.parameters}
        given = {name: value for name, value in {**parameters, "as_of": on}.items() if name in names}
        before.append((question, ask(graph, question, given)))

    def work(transaction: Transaction) -> tuple[list[str], list[list[dict[str, object]]]]:
        moves = _move(transaction, leaving, [one for one, _ in rising], on)
        return moves, [transaction.run(question.text, answer.sent) for question, answer in before]

    moves, after = rehearse(graph, work)
    rows = differences([answer.rows for _, answer in before], after)
    notes += [note for _, more in rising for note in more] + moves + ([] if rows else ["no rows: nothing differs"])
    return Answer(COLUMNS, rows, [*notes, "nothing of this was kept"])


def _move(transaction: Transaction, leaving: list[str], rising: list[Rise], day: str) -> list[str]:
    """Let people leave and rise within a transaction, and return a note on each."""
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
