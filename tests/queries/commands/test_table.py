"""The table of commands in cli.py, from which the help of all is made without importing any."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from cli import COMMANDS, main

FOLDER = Path(__file__).resolve().parents[3] / "queries" / "commands"


def _defined() -> dict[str, tuple[str, str]]:
    """Return module and short help of each command that is defined, by name; those of groups are left out."""
    defined: dict[str, tuple[str, click.Command]] = {}
    for path in FOLDER.glob("[!_]*.py"):
        module = importlib.import_module(f"queries.commands.{path.stem}")
        commands = {attribute: value for attribute, value in vars(module).items() if isinstance(value, click.Command)}
        inner = {
            command
            for group in commands.values()
            if isinstance(group, click.Group)
            for command in group.commands.values()
        }
        for attribute, command in commands.items():
            if command not in inner:
                defined[attribute.replace("_", "-")] = (path.stem, command)
    return {name: (module, command.get_short_help_str(limit=200)) for name, (module, command) in defined.items()}


def test_the_table_has_every_command_with_its_own_short_help() -> None:
    """Nothing is missing, nothing is left over, and the words are those of the command itself."""
    assert _defined() == COMMANDS


def test_a_command_is_called_as_in_the_table() -> None:
    """The name of the function is the name that is typed."""
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in COMMANDS}
    assert {name: name for name in COMMANDS} == {name: command and command.name for name, command in commands.items()}


def test_a_narrow_terminal_shortens_the_list_as_click_does() -> None:
    """The lists by the table have the lines that click makes of the commands themselves."""
    assert isinstance(main, click.Group)
    lists = []
    for list_commands in (main.format_commands, super(type(main), main).format_commands):
        formatter = click.HelpFormatter(width=50)
        list_commands(click.Context(main), formatter)
        lists.append(sorted(line for line in formatter.getvalue().splitlines() if line.startswith("  ")))
    assert lists[1] == lists[0]
