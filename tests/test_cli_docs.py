"""docs/cli.md is the help of every command; run this file to write it anew."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from cli import main
from queries.catalogue import questions
from tests.commands import ROOT, run

PAGE = ROOT / "docs" / "cli.md"


def commands() -> list[tuple[str, ...]]:
    """Return the words of each command, questions last."""
    return [(), *((name,) for name in sorted(main.commands)), *(("ask", question.name) for question in questions())]


def page() -> str:
    """Return the page as it should be."""
    parts = [
        "# The command line\n\nMade from the help of each command by `python tests/test_cli_docs.py`; do not edit.\n"
    ]
    for words in commands():
        name = " ".join(("rankgraph", *words))
        parts.append(f"## {name}\n\n```text\n{help_of(words)}```\n")
    return "\n".join(parts)


def help_of(words: tuple[str, ...]) -> str:
    """Return the help of a command, as wide as it is at most."""
    from click.testing import CliRunner  # noqa: PLC0415

    found = CliRunner().invoke(main, [*words, "--help"], prog_name="rankgraph", terminal_width=100)
    assert found.exit_code == 0
    return found.stdout


def test_the_page_is_the_help() -> None:
    """The page says what the commands say; `python tests/test_cli_docs.py` brings it up to date."""
    assert page() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or "rankgraph")
def test_every_command_has_examples_that_parse(words: tuple[str, ...]) -> None:
    """Each example in the help is a command with options that exist."""
    _, _, tail = help_of(words).partition("Examples:\n")
    examples = [shlex.split(line) for line in tail.splitlines() if line.strip().startswith("rankgraph ")]

    assert examples
    for program, *arguments in examples:
        assert program == "rankgraph"
        _parse(main, arguments)


def _parse(command: click.Command, arguments: list[str]) -> None:
    context = click.Context(command, info_name="rankgraph")
    while isinstance(command, click.Group):
        _, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        command, context = found, click.Context(found, parent=context)
    if "--help" not in arguments:
        command.parse_args(context, arguments)


def test_the_version_is_that_of_the_package() -> None:
    """`--version` says what is installed."""
    assert "rankgraph, version 0.1.0\n" == run("--version").stdout


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
