"""Kill a Neo4j under a command, or the command that uses it: the next run of the same ends in the same graph."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from graph.session import open_graph
from tests.builders.staff_files import dump
from tests.campaign.homes import Dump, difference, without_leases
from tests.campaign.judge import End, apart
from tests.campaign.kills import SCENARIOS, Scenario, Undisturbed, kill_while_running, words_of
from tests.campaign.trial import Part
from tests.harness.commands import command, environment
from tests.harness.engines import FIRST_LINE, delete_all, with_settings
from tests.harness.loaded import fill_graph
from tests.harness.neo4j_server import LINES, Jars, NoServerError, startable

_SECONDS = {"RANKGRAPH_CONNECT_SECONDS": "5", "RANKGRAPH_RETRY_SECONDS": "5", "RANKGRAPH_ACQUIRE_SECONDS": "5"}
_OF_SERVERS = [scenario for scenario in SCENARIOS if scenario.name in {"documents", "staff", "full", "reset"}]
_RUNNING: list[Jars] = []
_KNOWN: dict[str, Undisturbed] = {}


@contextmanager
def around(shared: Path) -> Iterator[None]:
    """Have a Neo4j of the first line for all tries of a worker."""
    del shared
    with startable(LINES[FIRST_LINE]) as jars:
        _RUNNING[:] = [jars]
        yield


def missing() -> str:
    """Return why no Neo4j can be started here."""
    try:
        Jars(LINES[FIRST_LINE])
    except NoServerError as error:
        return str(error)
    return ""


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Kill the server in two of five, else the command, at a moment that the seed draws; run the command again."""
    jars, random, scenario = _RUNNING[0], Random(seed), _OF_SERVERS[seed % len(_OF_SERVERS)]
    settings, words = {**jars.server.environment, **_SECONDS}, words_of(scenario, shared, own)
    whole = _undisturbed(scenario, words, settings)
    moment = random.uniform(0.1, 1) * whole.seconds
    if seed % 5 in {1, 3}:
        begin(settings, scenario.begins)
        why = f"server killed: {why}" if (why := _server_killed(jars, words, settings, moment)) else ""
    else:
        kill_while_running(words, settings, lambda: begin(settings, scenario.begins), moment)
        why = apart("status", settings=settings).wrong(answers=True)
    why = why or apart(*words, settings=settings).wrong(answers=True) or difference(whole.graph, contents(settings))
    return f"{scenario.name}: {why}" if why else ""


def begin(settings: dict[str, str], contents_before: str) -> None:
    """Have the graph hold what stands before a command."""
    with with_settings(settings), open_graph(write=True) as graph:
        delete_all(graph)
        fill_graph(graph, contents_before)


def contents(settings: dict[str, str]) -> Dump:
    """Return all nodes and edges of the server."""
    with with_settings(settings), open_graph() as graph:
        return without_leases(dump(graph))


def _undisturbed(scenario: Scenario, words: list[str], settings: dict[str, str]) -> Undisturbed:
    if scenario.name not in _KNOWN:
        begin(settings, scenario.begins)
        began = time.monotonic()
        end = apart(*words, settings=settings, seconds=200)
        assert end.code == 0, end
        _KNOWN[scenario.name] = Undisturbed(contents(settings), {}, time.monotonic() - began)
    return _KNOWN[scenario.name]


def _server_killed(jars: Jars, words: list[str], settings: dict[str, str], moment: float) -> str:
    """Kill the server under a command and start it again; return what is wrong with how the command ended."""
    with subprocess.Popen(
        command(*words), env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        time.sleep(moment)
        jars.kill()
        output, notes = running.communicate(timeout=120)
    jars.start()
    return End(running.returncode, output, notes).wrong()


PART = Part(
    "server-kills",
    count=20,
    means="a command under which a Neo4j is killed ends with an answer or one message; with the server back, or after "
    "a kill of the command, the same command ends in the graph of an undisturbed one",
    attempt=attempt,
    around=around,
    missing=missing,
    workers=1,
    seconds=600,
)
