"""The help of every command."""

from __future__ import annotations

import shlex

import click
import pytest
from click.testing import CliRunner

from cli import GROUPS, main
from tests.harness.commands import run
from tests.project.test_docs import update
from tests.project.test_release import VERSION

COMMANDS: list[tuple[str, ...]] = update().commands()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "rankgraph")
def test_every_command_has_examples_that_parse(words: tuple[str, ...]) -> None:
    """Each example in the help is a command with options that exist."""
    _, _, tail = update().help_of(words).partition("Examples:\n")
    examples = [shlex.split(line) for line in tail.splitlines() if line.strip().startswith("rankgraph ")]

    assert examples
    for program, *arguments in examples:
        assert program == "rankgraph"
        _parse(main, arguments)


def _parse(command: click.Command, arguments: list[str]) -> None:
    context = click.Context(command, info_name="rankgraph", **command.context_settings)
    while isinstance(command, click.Group):
        _, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        command, context = found, click.Context(found, parent=context)
    if "--help" not in arguments:
        command.parse_args(context, arguments)


def test_the_version_is_that_of_the_package() -> None:
    """`--version` says what is installed."""
    assert f"rankgraph, version {VERSION}\n" == run("--version").stdout


def test_the_help_of_all_lists_each_command_once_by_its_user() -> None:
    """Below the groups of officers, planners and analysts, and of the graph itself."""
    shown = run("--help").stdout.splitlines()
    listed = [
        line.split()[0]
        for line in shown
        if line.startswith("  ") and line.split() and line.split()[0] in main.list_commands(click.Context(main))
    ]
    assert sorted(main.list_commands(click.Context(main))) == sorted(listed)
    assert [f"{title}:" for title in GROUPS] == [line for line in shown if line[:-1] in GROUPS]


@pytest.mark.parametrize(
    ("charset", "drawn"), [("cp1252", "---"), ("ascii", "---"), ("cp437", "───"), ("utf-8", "───")]
)
def test_tables_are_drawn_with_the_signs_there_are(charset: str, drawn: str) -> None:
    """Nothing is written as a number of a sign."""
    found = CliRunner(charset=charset).invoke(main, ["questions"], prog_name="rankgraph")
    assert drawn in found.stdout
    assert "\\u" not in found.stdout
