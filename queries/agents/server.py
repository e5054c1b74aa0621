"""The server that assistants talk to, over stdin and stdout: they ask questions, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from graph.derive import model
from graph.errors import RankgraphError
from queries.agents.tools import answer, offered, tool
from queries.show.tables import visible

if TYPE_CHECKING:
    from graph.session import Graph

_SECONDS = 60
_ABOUT = (
    "Questions on UK police ranks, what they ask for, and the force in the graph. Rows that rest on a document name it "
    "and its lines. Names of ranks, bodies and units may be given as people write them."
)


def serve(graph: Graph, audience: str, key: bytes, resources: dict[str, Path]) -> None:
    """Answer until stdin ends. `resources` are the files of the reference data by name."""
    anyio.run(_serve, _server(graph, audience, key, resources))


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _server(graph: Graph, audience: str, key: bytes, resources: dict[str, Path]) -> Server[Any]:
    questions = offered(audience)
    texts: dict[str, Callable[[], str]] = {"rankgraph://model": lambda: json.dumps(model(), ensure_ascii=False)}
    for name, path in resources.items():
        texts[f"rankgraph://reference/{name}"] = lambda path=path: path.read_text(encoding="utf-8")  # type: ignore[misc]

    async def tools(_context: object, _params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[types.Tool(**tool(name, one)) for name, one in questions.items()])

    async def call(_context: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        question = questions.get(params.name)
        if question is None:
            return _refused(f"no question is called {visible(params.name[:60])!r}; list the tools that there are")
        given = params.arguments or {}
        try:
            with anyio.fail_after(_SECONDS):
                content = await anyio.to_thread.run_sync(
                    lambda: answer(graph, question, given, audience, key), abandon_on_cancel=True
                )
        except TimeoutError:
            return _refused(f"the answer took longer than {_SECONDS} s; ask for less, such as one unit")
        except RankgraphError as error:
            return _refused(str(error))
        text = json.dumps(content, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=content)

    async def listed(_context: object, _params: object) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[types.Resource(name=uri, uri=uri) for uri in texts])

    async def read(_context: object, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        if params.uri not in texts:
            raise ValueError(f"no resource is called {visible(params.uri[:60])!r}")
        content = types.TextResourceContents(uri=params.uri, text=texts[params.uri]())
        return types.ReadResourceResult(contents=[content])

    return Server(
        "rankgraph",
        version=version("rankgraph"),
        instructions=_ABOUT,
        on_list_tools=tools,
        on_call_tool=call,
        on_list_resources=listed,
        on_read_resource=read,
    )


def _refused(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
