"""Commands on ranks and the ways between them: what a rank is, what it asks for, how one gets there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from queries.commands import options
from queries.commands.running import Result, shown, with_inquiry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.answers.inquiry import Inquiry
    from queries.parameters.holdings import Holding


@options.command("rank dac", 'rank "chief constable" --format json')
@options.rank
@options.detail
@with_inquiry
@options.output("table", "json")
def rank(inquiry: Inquiry, name: str, *, detail: options.Detail) -> Result:
    """Show all that is known of a rank or role."""
    from queries.answers import rank as question
    from queries.show import screens, views

    return shown(question.rank(inquiry, name), screens.rank, views.rank, detail)


@options.command(
    'pathway constable "met commissioner"', 'pathway inspector "dcc" --all', "pathway sergeant inspector --in scotland"
)
@options.ends
@options.place
@options.detail
@options.holdings
@with_inquiry
@options.output()
def pathway(
    inquiry: Inquiry,
    from_rank: str,
    to_rank: str,
    *,
    detail: options.Detail,
    place: str | None,
    holdings: Sequence[Holding],
) -> Result:
    """Show the ways from one rank to another.

    Each step comes with what it asks for. Ranks are given by id or by name.
    With what you hold (--holds, --held-rank, --me) it says what of that is done, and until when, and the
    earliest day on which the next step is possible.
    """
    from queries.answers import pathway as question
    from queries.show import screens, views

    answer = question.pathway(inquiry, from_rank, to_rank, holdings=holdings, place=place)
    return shown(answer, screens.pathway, partial(views.pathway, whole=True), detail)


@options.command(
    'pathway-gap constable "met commissioner"',
    'pathway-gap inspector "dcc" --all',
    "pathway-gap sergeant superintendent --held-rank sergeant:2021-04",
)
@options.ends
@options.whole
@options.holdings
@with_inquiry
@options.output()
def pathway_gap(inquiry: Inquiry, from_rank: str, to_rank: str, *, whole: bool, holdings: Sequence[Holding]) -> Result:
    """Show what all steps between two ranks ask for together.

    What several steps ask for is counted once, at the highest level. The gates stand in the order in
    which they are met, and with each step the least time to it, as far as a source gives one. With
    what you hold (--holds, --held-rank, --me) it says how each gate stands, and counts what is left.
    """
    from queries.answers import pathway_gap as question
    from queries.show import views

    answer = question.pathway_gap(inquiry, from_rank, to_rank, holdings)
    return Result(answer, partial(views.pathway_gap, whole=whole))


@options.command('gap "met commander" dac', "gap sergeant inspector --duties", "gap dac ac --holds scc:2019")
@options.ends
@click.option("--duties", is_flag=True, help="Add the duties of both ranks.")
@options.place
@options.detail
@options.holdings
@with_inquiry
@options.output()
def gap(
    inquiry: Inquiry,
    from_rank: str,
    to_rank: str,
    *,
    duties: bool,
    detail: options.Detail,
    place: str | None,
    holdings: Sequence[Holding],
) -> Result:
    """Show what stands between two ranks.

    First what you lack, then what is harder or new, how much changed or stayed, and what is not known.
    Ranks are given by id or by name. With what you hold (--holds, --held-rank, --me) it says what of
    that is met, and until when.
    """
    from queries.answers import gap as question
    from queries.show import screens, views

    answer = question.gap(inquiry, from_rank, to_rank, duties=duties, holdings=holdings, place=place)
    return shown(answer, screens.gap, views.gap, detail)


class _HelpWithRecord(click.Command):
    """A command whose help ends in a file for --me."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        from queries.parameters.my_record import TEMPLATE  # reads YAML, which few commands need

        formatter.write("\nA file for --me, with everything that may stand in it:\n\n")
        formatter.write("".join(f"  {line}\n" for line in TEMPLATE.splitlines()))


@options.command(
    'gates "met ac" --holds scc:2019 --holds senior-pnac:2018-06-30 --held-rank "met commander"',
    "gates inspector --me me.yaml --as-of 2027-01-01",
    "gates inspector --in scotland",
    cls=_HelpWithRecord,
)
@options.rank
@options.holdings
@options.place
@options.detail
@with_inquiry
@options.output()
def gates(
    inquiry: Inquiry, name: str, *, holdings: Sequence[Holding], place: str | None, detail: options.Detail
) -> Result:
    """Show which gates of a rank are open to you.

    What the law asks, a force, a profile and an advert stand side by side. Each is done,
    counts until a day, opens on a day, has lapsed, is missing, for your force to judge, not stated, or
    unclear; then comes the earliest day. In JSON and CSV each row has `earliest`, the first day on
    which its gate is open by what you hold, none where it never is. Elsewhere (--in) the rules of
    England and Wales are left out, and it says whose hold there.
    """
    from queries.answers import gates as question
    from queries.show import screens, views

    answer = question.gates(inquiry, name, holdings, place=place)
    return shown(answer, screens.gates, views.gates, detail)
