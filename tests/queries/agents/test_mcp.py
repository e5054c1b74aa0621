"""An assistant's program talks to the server: what it may ask, what it is told, and what it cannot get."""

from __future__ import annotations

import json
import random
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from graph.session import Graph
from queries.agents.tools import MOST_ROWS, offered
from queries.audience.small_numbers import HIDDEN
from queries.catalogue import Question, questions
from tests.builders.staff_files import dump
from tests.harness.commands import ROOT, run
from tests.harness.engines import EMBEDDED, Engine
from tests.harness.favourites import OF_EACH_KIND

pytestmark = pytest.mark.holds("samples and a force")

Sayings = Mapping[str, dict[str, object] | None]
SEED = 20261130
PEOPLE = """MATCH (p:Person) RETURN p.id AS id, p.name AS name"""
HOSTILE = (
    *("MATCH (n) DETACH DELETE n", "') DETACH DELETE (n) //", "CALL dbms.components()", "$rank", "{id: 'x'}", "null"),
    *(
        "../../etc/passwd",
        "file:///etc/passwd",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "%00",
        "\u202e",
    ),
    *(
        "\x1b[31m",
        "\N{GRINNING FACE}" * 50,
        "P000001",
        "x" * 1_000_000,
        "-1e309",
        "9" * 6000,
        "",
        " ",
    ),
)


def talk(engine: Engine, audience: str | None, work: Callable[[Client], Awaitable[None]]) -> None:
    """Start the server as an assistant's program does, and talk to it."""
    words = ["-m", "cli", "mcp", *(["--audience", audience] if audience else [])]
    settings = {**engine.environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    started = StdioServerParameters(command=sys.executable, args=words, env=settings, cwd=str(ROOT))

    async def connected() -> None:
        with anyio.fail_after(400):
            async with Client(stdio_client(started)) as client:
                await work(client)

    with ThreadPoolExecutor(1) as thread:  # for in its own thread a browser of other tests may be waiting
        thread.submit(anyio.run, connected).result()


def sent(question: Question, sayings: Sayings) -> dict[str, object]:
    """Return arguments that give rows, without those that are not given."""
    said = sayings[question.name] or dict(question.example)
    return {name: value for name, value in said.items() if value is not None and name != "force"}


def is_called(engine: Engine, question: Question) -> bool:
    """Return whether a question is called here: all are where they are not planned for seconds the first time."""
    return engine.name == EMBEDDED or question.name in OF_EACH_KIND


def on_the_command_line(question: Question, given: Mapping[str, object]) -> list[dict[str, object]] | None:
    """Return the rows of `rankgraph ask`, none where it refuses."""
    words = [
        word
        for name, value in given.items()
        if value is not False
        for word in ([f"--{name.replace('_', '-')}"] if value is True else [f"--{name.replace('_', '-')}={value}"])
    ]
    words += ["--audience", "named"] if question.audience else []
    found = run("ask", question.name, *words, "--format", "json")
    if found.exit_code:
        return None
    rows: list[dict[str, object]] = json.loads(found.stdout)
    return rows


def test_every_question_has_the_rows_of_the_command_line(engine: Engine, graph: Graph, sayings: Sayings) -> None:
    """For those who may see names, a tool answers as `rankgraph ask` does, with the sources that the rows name."""
    del graph
    called = [one for one in questions() if is_called(engine, one)]
    found: dict[str, Any] = {}

    async def work(client: Client) -> None:
        tools = {one.name for one in (await client.list_tools()).tools}
        assert tools == {question.name.replace("-", "_") for question in questions()}
        for question in called:
            name = question.name.replace("-", "_")
            found[question.name] = await client.call_tool(name, sent(question, sayings))
        resources = (await client.list_resources()).resources
        model = await client.read_resource("rankgraph://model")
        assert "PROMOTES_FROM" in str(model.contents[0])
        assert {f"rankgraph://reference/{path.name}" for path in (ROOT / "loaders/reference").glob("*.yaml")} == {
            one.uri for one in resources
        } - {"rankgraph://model"}

    talk(engine, "named", work)
    answered = 0
    for question in called:
        result, wanted = found[question.name], on_the_command_line(question, sent(question, sayings))
        assert result.is_error is (wanted is None), (question.name, result.content)
        if wanted is None:
            continue
        content = result.structured_content
        assert content["rows"] == wanted[:MOST_ROWS], question.name
        assert json.loads(result.content[0].text) == content
        assert {(row["document"], row.get("lines")) for row in content["rows"] if row.get("document")} == {
            (one["document"], one["lines"]) for one in content["sources"]
        }
        answered += bool(wanted)
    assert answered > len(called) / 2


def test_codes_stand_for_people_and_nobody_is_asked_for(engine: Engine, graph: Graph, sayings: Sayings) -> None:
    """By default no answer has a number or a name; rows are in the order of codes, columns those of the question."""
    people = {str(value) for row in graph.read(PEOPLE, {}) for value in row.values() if value}
    allowed = offered(None)
    assert not any(one.kind == "person" for question in allowed.values() for one in question.parameters)

    async def work(client: Client) -> None:
        assert {one.name for one in (await client.list_tools()).tools} == set(allowed)
        for name, question in allowed.items():
            if not is_called(engine, question):
                continue
            result = await client.call_tool(name, sent(question, sayings))
            told = json.dumps(result.structured_content or {}, ensure_ascii=False)
            assert {one for one in people if f'"{one}"' in told} == set(), name
            rows = (result.structured_content or {"rows": []})["rows"]
            assert all(tuple(row) == question.returns for row in rows)
            if "person_id" in question.returns:
                codes = [row["person_id"] for row in rows]
                assert question.ordered_by or codes == sorted(codes, key=str)
                assert all(row.get("name") is None for row in rows)
        refused = await client.call_tool("person_gap", {"person": "P000001", "to": "sergeant"})
        assert refused.is_error

    talk(engine, None, work)


def test_the_aggregate_audience_asks_of_staff_only_what_hides_small_numbers(engine: Engine, graph: Graph) -> None:
    """The heat map is as on the command line, without numbers of one to four; no row on a person is offered."""
    del graph
    names = set(offered("aggregate"))
    assert {"bodies_of", "pathway", "heat_map", "establishment", "trend"} <= names
    assert not {"expiring", "person_gap", "single_points", "succession", "vacancies"} & names
    wanted = json.loads(run("ask", "heat-map", "--depth", "1", "--format", "json").stdout)

    async def work(client: Client) -> None:
        result = await client.call_tool("heat_map", {"depth": 1})
        assert (result.structured_content or {})["rows"] == wanted[:MOST_ROWS]

    talk(engine, "aggregate", work)
    assert HIDDEN in {row["have"] for row in wanted}


def test_hostile_calls_change_nothing_and_show_nobody(engine: Engine, graph: Graph) -> None:
    """200 calls with Cypher, paths, huge numbers, steering signs, and names of tools that are not there."""
    before = dump(graph)
    people = {str(value) for row in graph.read(PEOPLE, {}) for value in row.values() if value}
    draw = random.Random(SEED)  # noqa: S311 -- no secret
    allowed = offered("pseudonymous")

    async def work(client: Client) -> None:
        for _ in range(200):
            name = draw.choice(
                [*allowed, *allowed, "cypher", "../load", "DROP", "run_query", "person_gap", "\u202eksa"]
            )
            parameters = [one.name for one in allowed[name].parameters] if name in allowed else ["query", "statement"]
            parameters += [one for one in ("extra", "file") if draw.random() < 0.1]
            given = {one: _hostile(draw) for one in parameters if draw.random() < 0.5}
            result = await client.call_tool(name, given)
            assert result.is_error or name in allowed
            told = "\n".join(getattr(one, "text", "") for one in result.content)
            assert {one for one in people if f'"{one}"' in told} == set(), (name, given)
            assert "Traceback" not in told
        assert not (await client.call_tool("bodies_of", {"rank": "uk/sergeant"})).is_error

    talk(engine, "pseudonymous", work)
    assert dump(graph) == before


def _hostile(draw: random.Random) -> object:
    others: list[object] = [10**400, -1, 1.5, True, None, [], ["x"], {"$where": 1}]
    return draw.choice([*HOSTILE, *others])


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: who does not have it is told how to get it."""
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    monkeypatch.delitem(sys.modules, "queries.agents.server", raising=False)
    found = run("mcp")
    assert (found.exit_code, shlex.split(found.stderr.splitlines()[-1])[-2:]) == (2, ["install", "rankgraph[mcp]`"])
