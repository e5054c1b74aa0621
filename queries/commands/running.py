"""What commands share while they run: the open graph, notes and progress on stderr, and what they return."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from graph.errors import AnswerError
from queries.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from graph.session import Graph
    from queries.answers.answer import Answer
    from queries.commands.options import Function
    from queries.show.screen import Screen

    Advance = Callable[[str, int], None]

    View = Callable[..., RenderableType | None]
    OnScreen = Callable[..., Screen]

log = logging.getLogger("rankgraph")
"""Takes the notes that a user should read while a command runs; `cli` writes them to stderr."""


@dataclass(frozen=True)
class Result:
    """What a command shows: an answer, in the form that --format asks for.

    A `view` draws the answer, given to it, where a table is asked for and its rows are not the table; it
    `says_warnings` where it has those of the answer in it. A `text` stands on stdout as it is, in place of the answer,
    whose notes are shown all the same.
    """

    answer: Answer
    view: View | None = None
    text: str | None = None
    says_warnings: bool = False


def shown(answer: Answer, screen: OnScreen, tree: View, detail: options.Detail) -> Result:
    """Return an answer on one screen, which says its warnings, with the detail that is wanted, or whole as a tree.

    Whose rules hold stands below the title where that is not England and Wales.
    """

    def view(answer: Answer) -> Screen:
        drawn = screen(answer)
        if answer.rules:
            drawn.below_title(answer.rules)
        return drawn.detailed(words=detail.words, sources=detail.sources)

    is_empty = not answer.rows and answer.parts is None  # a tree of nothing says nothing
    return Result(answer, tree) if detail.whole and not is_empty else Result(answer, view, says_warnings=True)


@contextlib.contextmanager
def opened(*, write: bool = False, fill: bool = True) -> Iterator[Graph]:
    """Open the graph for the length of a block; with `fill`, an embedded one that is empty gets the reference data.

    Raises AnswerError where another graph is to be filled, and as open_graph does.
    """
    from graph.documents.schema_change import as_version_1, stored_version
    from graph.ids import SCHEMA_VERSION
    from graph.session import open_graph

    with open_graph(write=write, notify=log.info) as graph:
        version = stored_version(graph)
        if fill and version is None:
            _load_reference(graph)
        elif version is not None and version < SCHEMA_VERSION and not write:
            graph.rewrite = as_version_1
            log.info("the graph was loaded by an older version of rankgraph: it is read as it is until the next load")
        yield graph


def with_inquiry(command: Function) -> Function:
    """Add --as-of and --force; the command is given the open graph, to be asked about that day."""

    @options.scope
    @wraps(command)
    def ask(*, as_of: str | None, force: str | None, **others: Any) -> Any:
        from queries.answers.inquiry import Inquiry

        with opened() as graph:
            return command(Inquiry(graph, as_of, force, options.own_force()), **others)

    return ask


def _load_reference(graph: Graph) -> None:
    if not graph.engine.startswith("embedded"):
        raise AnswerError(f"found no ranks at {graph.address}; expected the reference data; run `rankgraph load`")
    from graph.documents.load import load
    from loaders.facts.reference import reference_facts

    load(graph, [], reference_facts())
    log.info("the graph in %s was empty: the reference data was loaded into it first", graph.address)


@contextlib.contextmanager
def progress() -> Iterator[Advance]:
    """Show bars on stderr for the length of a block, if it is a terminal.

    Yields a function to be called after each step of a task, with the task's name and its number of steps.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.file.isatty():
        yield lambda _task, _steps: None
        return
    from rich.progress import Progress, TaskID

    with Progress(console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(task: str, steps: int) -> None:
            tasks[task] = tasks[task] if task in tasks else bars.add_task(task, total=steps)
            bars.advance(tasks[task])

        yield advance
