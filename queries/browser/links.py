"""Write a question as Neo4j Browser takes it: a `:params` line, and a link that opens it with the question inside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from graph.errors import AnswerError, UsageError
from queries.ask import resolve_parameters
from queries.catalogue import graph_form, graph_forms

if TYPE_CHECKING:
    from click import Context

    from graph.session import Graph
    from queries.catalogue import Question


_ORDER = (
    "Browser forgets parameters when its page is loaded: open the link and run the question, which Browser keeps "
    "though it says that parameters are missing; run the :params line; then the arrow beside the question runs it again"
)
_BARE_KEY = re.compile(r"[A-Za-z_]\w*")


def params_line(parameters: Mapping[str, object]) -> str:
    """Return the command of Neo4j Browser that sets parameters, and forgets all others.

    >>> params_line({"rank": "mps/commander", "holdings": [{"id": "course/scc"}], "days": 90, "as_of": None})
    ':params {rank: "mps/commander", holdings: [{id: "course/scc"}], days: 90, as_of: null}'
    """
    return f":params {cypher_value(parameters)}"


def cypher_value(value: object) -> str:
    """Return a value as Cypher writes it."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(str(name))}: {cypher_value(part)}' for name, part in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(cypher_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def link(page: str, bolt: str, text: str) -> str:
    """Return the address that opens Neo4j Browser with a text in its editor, ready to run.

    Browser reads it all by script, so its length is bounded by the web browser alone: Chromium takes 2 MB,
    and the longest question of the catalogue gives about 20 kB.

    Args:
        page: Address of the Browser page.
        bolt: Address of the graph that Browser offers to connect to.
        text: What stands in the editor.

    >>> link("http://localhost:7474/browser/", "bolt://localhost:7687", "RETURN 1 AS one")
    'http://localhost:7474/browser/?dbms=bolt%3A%2F%2Flocalhost%3A7687&cmd=edit&arg=RETURN%201%20AS%20one'
    """
    return f"{page}?dbms={quote(bolt, safe='')}&cmd=edit&arg={quote(text, safe='')}"


def form(question: Question, context: Context, *, drawn: bool) -> Question:
    """Return the form of a question that Browser is to run: as it is, or the one that it draws.

    Raises UsageError where the user gave --format too, AnswerError where there is nothing to draw, naming what has.
    """
    source = context.get_parameter_source("kind")
    if source is not None and source.name == "COMMANDLINE":
        raise UsageError("found --format beside --browser or --graph; these two run nothing, so leave --format out")
    result = graph_form(question.name) if drawn else question
    if result is None:
        names = ", ".join(one.name for one in graph_forms())
        raise AnswerError(f"{question.name} has no graph form; ask it without --graph; those with one are {names}")
    return result


def to_paste(
    graph: Graph, question: Question, values: Mapping[str, object], *, force: str | None, linked: bool
) -> tuple[str, list[str]]:
    """Return what is to be pasted into Browser, and what the user should know beside it; nothing is run.

    The first line is the `:params` line. Below it is the text of the question, or, if `linked`, one line with the
    link that opens Browser with that text in its editor.

    Raises as queries.ask.ask does, and AnswerError, with the `:params` line in it, where a link is wanted and no
    Browser page of the graph is known.
    """
    sent, notes = resolve_parameters(graph, question, values, force=force)
    line = params_line(sent)
    if graph.engine.startswith("embedded") and graph.page is None:  # the page that `serve` gives is set so
        notes.append(
            "run `:config autoComplete: false` in Browser once: on the embedded graph it looks for more in vain"
        )
    if not linked:
        return f"{line}\n{question.text.rstrip()}\n", notes
    if graph.page is None:
        raise AnswerError(
            f"found no Neo4j Browser page for the graph in {graph.address}; serve it with one, `rankgraph serve "
            f"--browser JAR`, and ask again; to paste into another Browser: {line}"
        )
    if sent:
        notes.append(_ORDER)
    return f"{line}\n{link(graph.page, graph.bolt, question.text)}\n", notes
