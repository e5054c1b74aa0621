"""Commands on what answers rest on: sources, conflicts between them, changes of editions, the health of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import AnswerError
from queries.commands import options
from queries.commands.running import Result, opened, shown, with_inquiry

if TYPE_CHECKING:
    from queries.answers.inquiry import Inquiry


@options.command("why mopac", 'why "met commander"', 'why "strategic command course" --format json')
@click.argument("name", metavar="ID")
@with_inquiry
@options.output()
def why(inquiry: Inquiry, name: str) -> Result:
    """Show every source of a fact or a node.

    ID is the id of a fact or node, as answers give it, the place that they cite (inspector.txt:49), or
    the name of a rank, body, course or plan.
    Statements that no longer count are shown with their days; --as-of keeps those of one day.
    """
    from queries.answers.sources import sources
    from queries.show import evidence_views

    return Result(sources(inquiry, name), evidence_views.sources)


@options.command("conflicts", "conflicts --as-of 2021-06-01 --format json")
@options.as_of
@options.detail
@options.output()
def conflicts(as_of: str | None, detail: options.Detail) -> Result:
    """Show where sources disagree, side by side.

    Every edition is read, old ones too, with the days each counts; --as-of keeps what counts on one
    day. Nothing is chosen.
    """
    from queries.answers.answer import named
    from queries.answers.for_audience import answer_for
    from queries.show import evidence_screens, evidence_views

    with opened() as graph:
        answer = answer_for(graph, named("conflicts"), {"as_of": as_of}, "named")
    return shown(answer, evidence_screens.conflicts, evidence_views.conflicts, detail)


@options.command(
    "compare dac@2021-01 dac",
    "compare dac@2021-01 dac@since-2023 --out changes.html",
    'compare "met commander" dac --format markdown',
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--out", metavar="FILE", help="Write a page with both side by side to FILE.")
@options.overwrite
@options.detail
@options.scope
@options.output()
def compare(
    old: str,
    new: str,
    *,
    out: str | None,
    overwrite: bool,
    detail: options.Detail,
    as_of: str | None,
    force: str | None,
) -> Result:
    """Show what changed between two editions, duty by duty.

    An edition is a rank and what stands after the @ in `rankgraph ask editions-of`; a rank alone is its
    edition that counts on the day. Duties, purpose, skills and the like are aligned by their words; what is
    kept is identical, another form of the same words, reworded, split, merged or moved.
    """
    from queries.answers.comparison import comparison  # numpy and scipy
    from queries.answers.inquiry import Inquiry
    from queries.show import comparison_page, evidence_screens, evidence_views, files

    target = files.writable(Path(out), overwrite=overwrite) if out else None
    with opened() as graph:
        answer = comparison(Inquiry(graph, as_of, force), old, new)
    if target:
        files.write(target, comparison_page.page(answer))
        answer.notes.append(f"both editions stand side by side in {target}")
    return shown(answer, evidence_screens.comparison, evidence_views.comparison, detail)


@options.command("check", "check --format json", "check --save state.json", "check --against state.json")
@click.option("--against", metavar="FILE", help="Show what changed since a state that was saved, instead of the rules.")
@click.option("--save", metavar="FILE", help="Write the state of the graph into a file, for --against another time.")
@options.overwrite
@options.as_of
@options.output()
def check(against: str | None, save: str | None, *, overwrite: bool, as_of: str | None) -> Result:
    """Check the graph by its rules of health, or against a state that was saved.

    A row is a finding: an error (exit code 1), a warning, or a note, with what to do about it. No rows:
    all is well. Each rule is a question file of queries/health, and can be asked by itself.

    A state has no names and no texts: editions and documents by their fingerprints, the reference data, and how
    many there are of staff. With --against a row is what changed, and any change is exit code 1.
    """
    from graph.ids import SCHEMA_VERSION
    from queries.answers import drift
    from queries.answers.health import check_health
    from queries.show import catalogue_screens, files

    target = files.writable(Path(save), overwrite=overwrite) if save else None
    before = drift.from_text(_text(against), against) if against else None
    with opened() as graph:
        now = drift.state(graph) if target or before else {}
        if before:
            answer = drift.drift(before[1], before[0], now)
        else:
            answer = check_health(graph, {"schema": SCHEMA_VERSION, "as_of": as_of})
    if target:
        files.write(target, drift.to_text(now))
        answer.notes.append(f"the state of the graph is in {target}")
    return Result(answer, None if before else catalogue_screens.check)


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise AnswerError(
            f"{name}: cannot be read ({error.strerror}); expected a file that `rankgraph check --save` wrote"
        ) from error
