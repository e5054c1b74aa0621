"""Commands on the catalogue of questions: list them, ask one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from graph.errors import UsageError
from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.options import Suggesting, examples
from queries.commands.running import Result, log, opened

if TYPE_CHECKING:
    from queries.catalogue import Question


_OF_LOADS = {"trend", "people-counts"}
"""Questions on what loads left, which stays as it is on any day after them."""


@options.command("questions", "questions --format json")
@options.output()
def questions() -> Result:
    """List the questions that `rankgraph ask` knows."""
    from queries import catalogue
    from queries.show import catalogue_screens

    rows: list[dict[str, object]] = [
        {
            "question": question.name,
            "family": question.family,
            "title": question.title,
            "parameters": [parameter.name for parameter in question.parameters],
        }
        for question in catalogue.questions()
    ]
    return Result(Answer(("question", "family", "title", "parameters"), rows, []), catalogue_screens.questions)


class _Questions(Suggesting):
    """The catalogue as commands; only the file of the question that is asked is read."""

    member = "question"

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        from queries import catalogue

        return [question.name for question in catalogue.questions()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from queries import catalogue

        question = catalogue.question(cmd_name) if re.fullmatch(r"[a-z0-9-]{1,60}", cmd_name) else None
        return _command(question) if question else None

    def listed(self, names: list[str]) -> str:
        """Return where the questions stand: they are many."""
        return f"`rankgraph questions` lists the {len(names)} that there are"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the question that the first argument names, or show those that a sentence most likely means."""
        sentence = " ".join(takewhile(lambda one: not one.startswith("-"), args))
        if " " in sentence and self.get_command(ctx, args[0]) is None:
            from queries.answers.likely_questions import likely  # only a sentence needs it

            if commands := likely(sentence):
                for line in ("No question is called that. Did you mean:", *(f"  {command}" for command in commands)):
                    log.info(line)
                raise click.exceptions.Exit(2)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Questions,
    epilog=examples(
        'ask bodies-of --rank "met ac"',
        'ask rank-gap --from "met commander" --to dac --format csv',
        "ask pathway --from constable --to dac --graph",
        "ask duties-of --help",
    ),
)
def ask() -> None:
    """Ask one question of the catalogue.

    Each question has a help page of its own. A sentence shows the three questions that it may mean.
    """


@options.command("mcp", "mcp --audience aggregate")
@options.audience(
    None,
    "Names of people, codes, or numbers alone, small ones hidden; else what each question has by default.",
    of_file=True,
)
def mcp(audience: str | None) -> Result:
    """Answer the questions to an assistant, over stdin and stdout (Model Context Protocol).

    Each question is a tool, called as the question with _ for -, and takes the same parameters; the model and
    the reference data are resources. Nothing is written, no Cypher is taken, no file is read. To be started by the
    assistant's program; Ctrl-C ends it. Needs `pip install rankgraph[mcp]`.
    """
    from pathlib import Path

    import loaders.reference
    from queries.audience.codes import pseudonym_key

    try:
        from queries.agents.server import serve
    except ModuleNotFoundError as error:
        found = f"found no {error.name}, which this command needs"
        raise UsageError(f"{found}; run `pip install rankgraph[mcp]`") from error
    files = Path(loaders.reference.__file__).parent.glob("*.yaml")
    with opened() as graph:
        serve(
            graph,
            audience,
            pseudonym_key() if audience in {None, "pseudonymous"} else b"",
            {one.name: one for one in files},
        )
    return Result(Answer((), [], []), text="")


def _command(question: Question) -> click.Command:
    """Return a question as a command."""
    from queries.show.question_help import help_text

    def answer(
        *, browser: bool, graph_form: bool, force: str | None = None, audience: str = "named", **arguments: str | None
    ) -> Result:
        from queries.answers.for_audience import answer_for
        from queries.answers.loaded import beyond_load, last_load
        from queries.browser import links

        values = {name.removeprefix("parameter_"): value for name, value in arguments.items()}
        values["force"] = options.own_force()
        if browser or graph_form:
            form = links.form(question, click.get_current_context(), drawn=graph_form)
            with opened() as graph:
                text, notes = links.to_paste(graph, form, values, force=force, linked=browser)
            return Result(Answer((), [], notes), text=text)
        with opened() as graph:
            reply = answer_for(graph, question, values, audience, force=force)
            on_staff = question.family == "workforce" or bool({"unit", "person"} & kinds)
            on_staff &= question.name not in _OF_LOADS
            beyond = beyond_load(values.get("as_of"), last_load(graph)) if on_staff else []
        return Result(replace(reply, notes=[*beyond, *reply.notes]))

    kinds = {parameter.kind for parameter in question.parameters}
    has_ranks = bool({"rank", "role"} & kinds)
    command = options.in_order(
        *(options.parameter_option(one) for one in question.parameters if one.kind != "force"),
        *([options.force] if has_ranks else []),
        *([options.audience(question.audience)] if question.audience else []),
        *(options.browser_forms, options.output(), options.to_file),
    )(answer)
    return click.command(question.name, help=help_text(question))(command)
