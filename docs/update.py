"""Write the pages that are made from the code: run `python docs/update.py` when a test says one is stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cli import main  # noqa: E402
from graph.model import model_page  # noqa: E402
from queries.catalogue import questions  # noqa: E402


def commands() -> list[tuple[str, ...]]:
    """Return the words of each command, the questions last."""
    context = click.Context(main)
    names: list[tuple[str, ...]] = []
    for name in sorted(main.list_commands(context)):
        names.append((name,))
        command = main.get_command(context, name)
        if isinstance(command, click.Group) and name != "ask":
            names += [(name, inner) for inner in sorted(command.list_commands(context))]
    return [(), *names, *(("ask", question.name) for question in questions())]


def help_of(words: tuple[str, ...]) -> str:
    """Return the help of a command, as wide as it is at most."""
    return CliRunner().invoke(main, [*words, "--help"], prog_name="rankgraph", terminal_width=100).stdout


def cli_page() -> str:
    """Return the help of every command as a page."""
    head = "# The command line\n\nMade from the help of each command by `python docs/update.py`; do not edit.\n"
    pages = (f"## {' '.join(('rankgraph', *words))}\n\n```text\n{help_of(words)}```\n" for words in commands())
    return "\n".join((head, *pages))


PAGES = {"docs/cli.md": cli_page, "docs/model.md": model_page}
"""What makes each page."""

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
