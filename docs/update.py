"""Write the pages that are made from the code, and what commands print into the pages that show them.

Run `python docs/update.py` when a test says that a page is stale, or with the names of pages for those alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import click
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cli import main  # noqa: E402
from docs.cookbook import filled  # noqa: E402
from docs.kinds import with_all_kinds  # noqa: E402
from docs.model import model_page  # noqa: E402
from docs.shown import rewritten  # noqa: E402
from graph.session import open_graph  # noqa: E402
from queries.catalogue import Question, graph_form, questions  # noqa: E402

SHOWING = (
    "README.md",
    "docs/tutorial-officer.md",
    "docs/tutorial-planner.md",
    "docs/tutorial-analyst.md",
    "docs/cookbook.md",
    "docs/spreadsheets.md",
    "docs/tools.md",
    "docs/export.md",
    "docs/frameworks.md",
    "docs/operations.md",
    "docs/security.md",
)
"""The pages whose commands are run."""

COOKBOOK = "docs/cookbook.md"
"""The page that asks short queries of what its commands have loaded."""


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


_QUESTIONS = """# The questions

Made from the question files by `python docs/update.py`; do not edit.

A question is one file, `queries/<family>/<name>.cypher`. `rankgraph ask NAME` asks it, with an option for each
parameter; `rankgraph ask NAME --help` says how. In Neo4j Browser run the line after `:params` first, then the file as
it is. A question with a graph form has a second file, `<name>.graph.cypher`, that returns what Browser can draw.
The questions of the family health are rules: each row is something at fault, as grave as the rule says.
"""


def questions_page() -> str:
    """Return the catalogue as a page, family by family."""
    families = [(family, list(found)) for family, found in groupby(questions(), lambda question: question.family)]
    lists = [f"- [{family}](#{family}): {', '.join(one.name for one in found)}" for family, found in families]
    parts = [_QUESTIONS, "\n".join(lists) + "\n"]
    for family, found in families:
        parts += [f"## {family}\n", *(_question(one) for one in found)]
    return "\n".join(parts)


def _question(question: Question) -> str:
    example = next(line for line in question.text.splitlines() if line.startswith("// :params"))
    facts = [
        f"- columns: {', '.join(f'`{column}`' for column in question.returns)}",
        f"- example: `{example.removeprefix('// ')}`",
        f"- graph form: {'yes' if graph_form(question.name) else 'no'}",
    ]
    if question.severity:
        facts.append(f"- severity: {question.severity}")
    image = f"images/graph-{question.name}.png"
    drawn = [f"\n![{question.title}, drawn by Neo4j Browser]({image})"] if (ROOT / "docs" / image).exists() else []
    rows = [
        f"| `{one.name}` | {one.kind}{', may be left out' if one.optional else ''} | {_cell(one.says)} |"
        for one in question.parameters
    ]
    table = ["| parameter | kind | meaning |", "| --- | --- | --- |", *rows, ""] if rows else []
    return "\n".join((f"### {question.name}: {question.title}\n", f"{question.prose}\n", *table, *facts, *drawn, ""))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _naming_all_kinds(name: str) -> Callable[[], str]:
    return lambda: with_all_kinds((ROOT / name).read_text(encoding="utf-8"))


PAGES = {
    "docs/cli.md": cli_page,
    "docs/model.md": model_page,
    "docs/questions.md": questions_page,
    **{
        name: _naming_all_kinds(name)
        for name in (f"queries/provenance/{question}.cypher" for question in ("source-of", "why", "why.graph"))
    },
}
"""What makes each page, and each question that names every kind of relationship."""


def _with_rows(page: str, home: str) -> str:
    """Return a page with the rows of its queries on the embedded graph in a folder."""
    with mock.patch.dict(os.environ, {"RANKGRAPH_HOME": home, "NEO4J_URI": ""}), open_graph() as graph:
        return filled(page, graph.read)


def update(name: str) -> None:
    """Write a page as it is now, unless somebody changed it meanwhile."""
    page = ROOT / name
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    if name in PAGES:
        after = PAGES[name]()
    else:
        with TemporaryDirectory() as folder:
            empty = Path(folder) / "page"
            empty.mkdir()
            after = rewritten(before, empty)
            if name == COOKBOOK:
                after = _with_rows(after, f"{empty}-home")
    if page.exists() and page.read_text(encoding="utf-8") != before:
        sys.exit(f"{name} was changed while its commands ran; run this again")
    page.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for given in sys.argv[1:] or [*PAGES, *SHOWING]:
        update(given)
