"""The help of every command."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import GROUPS, TRY, main
from tests.harness.commands import ROOT, process, run
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
def test_tables_are_drawn_with_the_signs_there_are(charset: str, drawn: str, tmp_path: Path) -> None:
    """Nothing is written as a number of a sign."""
    found = CliRunner(charset=charset).invoke(main, ["template", "staff", "--out", str(tmp_path / "out")])
    assert drawn in found.stdout
    assert "\\u" not in found.stdout


def test_alone_it_shows_three_things_to_try_for_each_kind_of_user() -> None:
    """Commands with options that exist."""
    found = run()
    assert 0 == found.exit_code
    lines = [line.strip() for line in found.stdout.splitlines()]
    assert dict.fromkeys(TRY, 3) == {user: len(commands) for user, commands in TRY.items()}
    for command in (one for commands in TRY.values() for one in commands):
        assert f"rankgraph {command}" in lines
        _parse(main, shlex.split(command))


@pytest.mark.parametrize(
    ("shell", "words", "begun", "completed"),
    [
        ("bash", "rankgraph pathw", "1", {"plain,pathway", "plain,pathway-gap"}),
        ("bash", "rankgraph gates chief-i", "2", {"plain,chief-inspector"}),
        ("zsh", "rankgraph person P1 --to chief-sup", "4", {"plain", "chief-superintendent", "_"}),
        ("fish", "rankgraph pathway sergeant insp", "insp", {"plain,inspector"}),
    ],
)
def test_a_shell_completes_commands_and_ranks(shell: str, words: str, begun: str, completed: set[str]) -> None:
    """In the form that the shell asks for; no graph is opened."""
    settings = {"_RANKGRAPH_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": begun}
    found = process(**settings)
    assert (completed, "") == (set(found.stdout.splitlines()), found.stderr)
    assert f"_RANKGRAPH_COMPLETE={shell}_source rankgraph" in (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
