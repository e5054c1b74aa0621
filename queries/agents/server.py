"""The server that assistants talk to, over stdin and stdout: they ask questions, and nothing is written."""

from __future__ import annotations

import json
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from graph.derive import model
from graph.errors import RankgraphError, UsageError
from graph.rows import visible
from queries.agents.tools import answer, offered, tool
from queries.show.tables import as_json

if TYPE_CHECKING:
    from graph.session import Graph

_MODEL = "rankgraph://model"
_SECONDS = 60
_ABOUT = (
    "Questions on UK police ranks, what they ask for, and the force in the graph. Rows that rest on a document name it "
    "and its lines. Names of ranks, bodies and units may be given as people write them."
)


def serve(graph: Graph, audience: str | None, key: bytes, reference: dict[str, Path]) -> None:
    """Answer until stdin ends, each question for its own audience where none is given.

    `reference` are the files of the reference data by name.
    """
    anyio.run(_serve, _Desk(graph, audience, key, reference))


async def _serve(desk: _Desk) -> None:
    server: Server[Any] = Server(
        "rankgraph",
        version=version("rankgraph"),
        instructions=_ABOUT,
        on_list_tools=desk.tools,
        on_call_tool=desk.call,
        on_list_resources=desk.resources,
        on_read_resource=desk.read,
    )
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


class _Desk:
    """Where an assistant's requests are answered."""

    def __init__(self, graph: Graph, audience: str | None, key: bytes, reference: dict[str, Path]) -> None:
        self._graph, self._audience, self._key = graph, audience, key
        self._questions = offered(audience)
        self._files = {f"rankgraph://reference/{name}": path for name, path in reference.items()}

    async def tools(self, _context: object, _params: object) -> types.ListToolsResult:
        """List the questions."""
        return types.ListToolsResult(tools=[types.Tool(**tool(name, one)) for name, one in self._questions.items()])

    async def call(self, _context: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Answer a question, or say why not."""
        question, given = self._questions.get(params.name), params.arguments or {}
        if question is None:
            return _refused(f"no question is called {params.name[:60]!r}; list the tools that there are")
        work = partial(answer, self._graph, question, given, self._audience, self._key)
        try:
            with anyio.fail_after(_SECONDS):
                content = await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        except TimeoutError:
            return _refused(f"the answer took longer than {_SECONDS} s; ask for less, such as one unit")
        except (RankgraphError, UsageError) as error:
            return _refused(str(error))
        structured = json.loads(visible(json.dumps(content, ensure_ascii=False)))
        return types.CallToolResult(
            content=[types.TextContent(text=as_json(content, None))], structured_content=structured
        )

    async def resources(self, _context: object, _params: object) -> types.ListResourcesResult:
        """List the model and the files of the reference data."""
        return types.ListResourcesResult(
            resources=[types.Resource(name=uri, uri=uri) for uri in (_MODEL, *self._files)]
        )

    async def read(self, _context: object, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """Return one of them."""
        if params.uri == _MODEL:
            text = json.dumps(model(), ensure_ascii=False)
        elif params.uri in self._files:
            text = self._files[params.uri].read_text(encoding="utf-8")
        else:
            raise ValueError(f"no resource is called {visible(params.uri[:60])!r}")
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=params.uri, text=text)])


def _refused(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=visible(message))], is_error=True)
