"""Commands on the people, posts and units of a force: what they hold, are short of, and could become."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import UsageError
from queries.answers.answer import Answer, named
from queries.commands import options
from queries.commands.running import Result, opened, with_inquiry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

    from graph.rows import Row
    from graph.session import Graph
    from queries.answers.inquiry import Inquiry
    from queries.commands.options import Decorator, Function


def _shown(name: str, answer: Answer, columns: Sequence[str], graph: Graph, *, whole: bool) -> Result:
    """Return an answer whose table shows some columns, or is a screen where there are none; other forms have all.

    The table begins with a verdict, and ends where a screen does unless it is asked for as a `whole`.
    """
    from queries.answers.skills_gap.totals import tree
    from queries.parameters.unit_names import read_units
    from queries.show.growth_screen import growth as screen
    from queries.show.verdicts import under_verdict
    from queries.show.views import in_tree
    from queries.show.words import with_kinds

    if not columns:
        return Result(answer, screen)
    is_tree = {"unit", "unit_id", "depth"} <= {*answer.columns}
    units = tree(read_units(graph), None) if is_tree else ()

    def view(shown: Answer) -> RenderableType | None:
        rows = in_tree(shown.rows, units) if is_tree else shown.rows
        rows = with_kinds(rows) if {"requirement", "requirement_id"} <= {*answer.columns} else rows
        return under_verdict(name, replace(shown, rows=rows), columns, whole=whole)

    return Result(answer, view)


def _question_command(
    *runs: str, columns: str = "", own: Sequence[Decorator] = (), without: Sequence[str] = (), counts: bool = True
) -> Callable[[Function], click.Command]:
    """Return what makes the name and docstring of a function the command that asks the question of that name.

    Its options follow from the parameters of the question: one that no other has gets its `own`, some do `without`.
    `columns` are those of the table; without them it is a screen. The aggregate audience sees none without `counts`.
    """

    def answer(
        name: str,
        *,
        audience: str = "named",
        force: str | None = None,
        also: Row | None = None,
        whole: bool = False,
        **arguments: object,
    ) -> Result:
        from queries.answers.workforce import on_workforce

        parameters = {**arguments, **(also or {})}
        with opened() as graph:
            found = on_workforce(graph, name, parameters, audience=audience, force=force)
            return _shown(name, found, columns.split(), graph, whole=whole)

    def decorate(function: Function) -> click.Command:
        name = function.__name__.replace("_", "-")
        question = named(name)
        parameters = {parameter.name for parameter in question.parameters}.difference(without)
        command = options.in_order(
            *own,
            options.unit,
            *([options.whole] if columns else []),
            *([options.counted if columns else options.also] if "unrecorded" in parameters else []),
            *([options.audience(question.audience, counts=counts)] if question.audience else []),
            *(options.scope if "rank" in parameters else options.as_of, options.output(), options.to_file),
        )(partial(answer, name))
        return options.command(*runs, name=name, help=function.__doc__)(command)

    return decorate


@options.command("person P123 --to inspector", "person P123 --to sergeant --as-of 2027-04-01")
@click.argument("number", metavar="PERSON")
@click.option(
    "--to",
    "rank",
    required=True,
    metavar="RANK",
    shell_complete=options.complete_rank,
    help="The rank or role aimed at, by id or name.",
)
@options.also
@options.audience("pseudonymous", "Whether what is said of the person has the number in it.", counts=False)
@with_inquiry
@options.output()
def person(inquiry: Inquiry, number: str, *, rank: str, also: Row, audience: str) -> Result:
    """Show what one person still needs to reach a rank.

    What is not done comes first, gates before all; until is the last day on which what is held counts.
    It says the earliest day on which all of it is done, by what is on file.
    PERSON is the number that the staff files give.
    """
    from queries.answers.workforce import on_person
    from queries.show.views import person as person_view

    return Result(on_person(inquiry, number, rank, also=also, audience=audience), person_view)


@_question_command(
    *("heat-map --depth 1", 'heat-map --unit "Frontline Policing"', "heat-map --format csv"),
    columns="unit requirement level need have have_absent short unknown",
    own=[
        click.option(
            "--depth", type=click.IntRange(0, 100), help="Show units so many levels below the first; without it, all."
        )
    ],
)
def heat_map() -> None:
    """Show what posts need, have and are short of.

    A line is one requirement in one unit; a unit includes those below it. Need hangs on posts: a vacant
    post is short, and a post counts once however many are in it, a pool of posts for each of its places.
    What nobody was ever recorded with is unknown, and not short. Where several units are at the top, the
    whole force has lines too, the first ones, without a depth.
    """


@_question_command(
    *('succession "met commander"', "succession inspector --audience named"),
    columns="ready earliest person_id rank since blocked_by",
    own=[click.argument("rank", metavar="RANK", shell_complete=options.complete_rank)],
    without=("unrecorded", "desirable"),
)
def succession() -> None:
    """Show who could follow into a rank, and when.

    A line is one person of a rank just below: ready now, within 12 or 24 months by the mere passing of
    time (earliest is the day), or not, with what blocks on the day. No training is assumed that is not recorded.
    """


@_question_command(
    *("expiring", "expiring --days 30 --audience aggregate"),
    columns="expires days_left requirement person_id post_id last_holder",
    own=[
        click.option(
            "--days", type=click.IntRange(0, 36_500), default=90, show_default=True, help="So many days ahead."
        )
    ],
)
def expiring() -> None:
    """Show what people hold, and their posts need, that is about to lapse.

    last_holder is true where nobody else in the unit holds it on the day after.
    """


@_question_command(
    *('growth --unit "Frontline Policing"', "growth --audience named --format csv"),
    counts=False,
)
def growth() -> None:
    """Show who is nearest to closing each gap, by level, cost and time.

    A line is one person and one gap that this person could close: minimum cover first, then what posts are short
    of, what matters most before the rest, then where most are short. near is lapsed, lower level, next to
    it (its course is held) or nothing.
    """


@_question_command(
    *("single-points", "single-points --as-of 2027-04-01 --audience named"),
    columns="unit requirement need person_id expires",
    counts=False,
)
def single_points() -> None:
    """Show what only one person in a unit holds on the day.

    A line is one requirement that posts of the unit need and that exactly one present person holds; a
    unit includes those below it.
    """


@_question_command(
    *("vacancies", 'vacancies --unit "Frontline Policing" --as-of 2027-04-01'),
    columns="unit post_id rank title vacant vacant_since covered_by",
    own=[click.option("--attribute", metavar="ATTRIBUTE", help="Only posts marked with it, such as detective.")],
)
def vacancies() -> None:
    """Show the open posts that nobody is in substantively, and pools with empty places.

    A post that somebody covers, acting or temporary, is vacant too; by default it is said how many do.
    """


@options.command(
    "forecast", 'forecast --unit "Frontline Policing" --years 2', "forecast --assume plan.yaml --format csv"
)
@click.option("--years", type=click.IntRange(1, 10), default=4, show_default=True, help="So many years ahead.")
@options.unit
@click.option(
    "--assume", metavar="FILE", help="A YAML file of what is assumed, or `recorded`: rates of what is on file."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same draws for the same number."
)
@click.option("--out", metavar="FILE.yaml", help="Write what is assumed here, to edit and give back with --assume.")
@options.overwrite
@options.audience("aggregate")
@options.as_of
@options.output()
def forecast(*, out: str | None, overwrite: bool, audience: str, **asked: Any) -> Result:
    r"""Show how many of each rank, and holders of each ticket, there will be year by year.

    A unit counts those within it. recorded is what is left when only recorded ends move it (people who leave,
    posts and tickets that end); assumed is what assumptions add. Eight in ten draws lie from low to high.

    A file of assumptions begins with `rankgraph: assumptions`; each part may be left out:

    \b
      rankgraph: assumptions
      leavers:                    # share of a rank that leaves in a year
        constable: {0: 8 %, 3: 4 % of 310}   # from so many years of service, counted of so many person-years
        all: 3 %                  # of all other ranks
      promotions: {constable: 2 %}
      intake: {constable: 60}     # people a year
      retirement: 30              # years of service; or by the day of joining: {1987: 30, 2006-04: 35}
      renewals: {all: 90 %, Taser: 95 %}
      estimate: yes               # what is left out is estimated from what is recorded
      pay: {constable: 48000}     # pounds a year of a full-time post, for `report`
    """
    from queries.answers.forecast_answer import forecast_for
    from queries.parameters.assumptions import as_yaml
    from queries.show.files import writable, write
    from queries.show.forecast_screen import forecast as view

    if out and Path(out).suffix.casefold() not in {".yaml", ".yml"}:
        raise UsageError(f"--out: found {out!r}; expected a name that ends in .yaml; --format csv writes the rows")
    target = writable(Path(out), overwrite=overwrite) if out else None
    with opened() as graph:
        answer = forecast_for(graph, audience, **asked)
    if target:
        write(target, as_yaml(answer.assumptions))
    return Result(answer, view, says_warnings=True)


@options.command("trend", "trend --what rank --depth 1", "trend --what taser --since 2026-04-01")
@options.unit
@click.option("--depth", type=click.IntRange(0, 100), help="Show units so many levels below it, too.")
@click.option("--what", metavar="NAME", help="Only `rank`, only `requirement`, or one of them by id or name.")
@click.option("--since", metavar="DAY", help="The day of the first load that is shown; without it, all.")
@options.audience("aggregate")
@options.as_of
@options.output()
@options.to_file
def trend(*, audience: str, **parameters: Any) -> Result:
    """Show what got worse and what better since the last load of staff files, and from load to load.

    Each load leaves totals of its day, and nobody's names: of each unit with those below it, posts and people by
    rank; of the units at the top and one level below, what posts ask for. A load of the same day takes their place.
    """
    from queries.answers.load_totals import trend as answer
    from queries.show.trend_screen import trend as view

    with opened() as graph:
        return Result(answer(graph, parameters, audience), view)


@options.command(
    "what-if --leave P000123",
    *(
        "what-if --leave P123 --promote P456 inspector --as-of 2027-04-01",
        "what-if --scenario a.yaml --scenario b.yaml",
    ),
)
@click.option("--leave", multiple=True, metavar="PERSON", help="Somebody leaves.")
@click.option("--close", multiple=True, metavar="POST", help="A post closes.")
@click.option("--open", "open_", multiple=True, nargs=3, metavar="N RANK UNIT", help="So many posts of a rank open.")
@click.option("--promote", multiple=True, nargs=2, metavar="PERSON RANK", help="Somebody rises to a rank.")
@click.option("--move", multiple=True, nargs=2, metavar="PERSON POST-OR-UNIT", help="Somebody goes to another post.")
@click.option("--recruit", multiple=True, nargs=2, metavar="N RANK", help="So many people join in a rank.")
@click.option(
    "--train", multiple=True, nargs=2, metavar="PERSON-OR-UNIT COURSE", help="They come to hold what a course teaches."
)
@click.option(
    "--scenario", "files", multiple=True, metavar="FILE", help="A YAML file of changes; several are compared."
)
@options.unit
@options.also
@options.audience("pseudonymous", "With numbers of people, with codes, or totals of the force alone.")
@options.scope
@options.output()
@options.to_file
def what_if(*, files: tuple[str, ...], **given: Any) -> Result:
    r"""Show what would change if people, posts or needs did.

    It says what posts are short of, vacancies, single points, what nobody holds and minimum cover, before and
    after, and what differs. Each change may be given again; they are made in the order of these options, those
    of a file in its own. Who rises takes the nearest vacant post of the rank, or waits in the old one. Nothing
    is written: who may read the graph may ask.

    A file of a scenario, with all kinds of change (name, day and costs may be left out):

    \b
      rankgraph: scenario
      name: Plan B
      day: 2027-04-01
      changes:
        - leave: [P123, P124]
        - promote: {person: P456, rank: inspector}
        - move: {person: P457, to: Response Team 1}    # or a post
        - recruit: {people: 20, rank: constable, unit: Response Team 1, holds: [Taser]}
        - open: {posts: 2, rank: sergeant, unit: Response Team 1}     # or like: POST
        - close: {posts: 3, rank: constable, unit: Response Team 1}   # or post: POST
        - train: {who: Response Team 1, course: Taser}                # or a person
        - add_need: {requirement: Taser, rank: constable, title: "*response*"}
        - drop_need: {requirement: Taser, unit: Response Team 2}
      costs: {pay: {constable: 45000}, courses: {Taser: 450}}     # pounds a year, and a seat
    """
    from queries.answers.scenarios.answer import what_if as answer
    from queries.parameters.scenario import plans
    from queries.show.scenario_screen import scenarios as view

    asked = {name: given.pop(name) for name in ("as_of", "force", "audience", "unit", "also")}
    scenarios = plans(given, files)
    if not scenarios:
        raise UsageError("found no change; expected --scenario FILE, or a change such as --leave PERSON")
    with opened() as graph:
        return Result(answer(graph, scenarios, **asked), view)
