"""One writer and a hundred connections of readers at a served graph: every answer is of before or after a load."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j

from graph.engine.data_folder import DataFolder
from graph.engine.embedded import REMOVED
from tests.campaign.homes import fresh, whole
from tests.campaign.judge import apart, settings_of
from tests.campaign.trial import Part
from tests.harness.commands import SERGEANT
from tests.harness.serving import Serve

CONNECTIONS = 100
SECONDS = float(os.environ.get("RANKGRAPH_CAMPAIGN_SECONDS", "120"))
_DUTIES = 12
_ONCE_IN = 100
"""Of so many reads at most one, and of few one, is told that what it read has just gone, and asks again."""
_COUNT = """MATCH (role {id: 'uk/sergeant'})-[e:ACCOUNTABLE_FOR]->(duty)
WHERE duty.text STARTS WITH 'Give team'
RETURN count(duty) AS duties, collect(DISTINCT split(duty.text, ' ')[-1]) AS loads"""


def document(number: int) -> str:
    """Return a profile whose twelve duties bear the number of a load."""
    first, _, rest = SERGEANT.partition("  • Give each constable a clear task at the start of a shift.\n")
    return first + "".join(f"  • Give team {team} a task by plan {number}\n" for team in range(_DUTIES)) + rest


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Load one document after another while a hundred connections ask, each of them again and again."""
    del seed
    home = fresh(shared, "reference", own / "home")
    settings = settings_of(home)
    path = own / "sergeant.txt"
    path.write_text(document(0), encoding="utf-8")
    if why := apart("load", str(path), settings=settings).wrong(answers=True):
        return why
    served = Serve(own / "notes", "--bolt-port", str(_port()), **settings)
    try:
        address = served.ready()
        return _used(address, DataFolder(home).passwords().reader, path, settings)
    finally:
        served.stop()
        served.end()


def _port() -> int:
    from tests.harness.neo4j_server import free_port  # noqa: PLC0415 -- only where something is served

    return free_port()


def _used(address: str, password: str, path: Path, settings: dict[str, str]) -> str:
    """Write and read for as long as it takes; return what was wrong first."""
    end, wrong, done = time.monotonic() + SECONDS, list[str](), Counter[str]()
    newest = [0]

    def read() -> None:
        with neo4j.GraphDatabase.driver(address, auth=("reader", password), max_connection_pool_size=1) as driver:
            while time.monotonic() < end and not wrong:
                least = newest[0]
                try:
                    with driver.session(database="neo4j") as session:
                        row = session.execute_read(lambda tx: tx.run(_COUNT).single(strict=True).data())
                except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                    done["asked again"] += 1
                    if (
                        getattr(error, "code", None) == REMOVED
                        and done["asked again"] * _ONCE_IN <= done["reads"] + _ONCE_IN
                    ):
                        continue
                    wrong.append(f"a reader met {type(error).__name__}: {error}")
                    return
                done["reads"] += 1
                if row["duties"] != _DUTIES or len(row["loads"]) != 1 or int(row["loads"][0]) < least:
                    wrong.append(f"after load {least} a reader saw {row}")
                time.sleep(0.2)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        reading = [pool.submit(read) for _ in range(CONNECTIONS)]
        while time.monotonic() < end and not wrong:
            path.write_text(document(newest[0] + 1), encoding="utf-8")
            if why := apart("load", str(path), "--replace", settings=settings).wrong(answers=True):
                wrong.append(f"the writer: {why}")
                break
            newest[0] += 1
            done["loads"] += 1
        for one in reading:
            one.result()
    few = "" if done["loads"] and done["reads"] > CONNECTIONS else f"only {dict(done)}"
    return wrong[0] if wrong else few


PART = Part(
    "readers",
    count=1,
    means="for two minutes a hundred connections see twelve duties of one load, never of two, never older than what "
    "was loaded when they asked; no load fails, and of a hundred reads at most one has to be asked again",
    attempt=attempt,
    prepare=lambda shared: whole(shared, "reference"),
    workers=1,
    seconds=SECONDS + 180,
)
