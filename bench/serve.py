"""Use `rankgraph serve` from all sides at once: a load, fifty questions, and a Neo4j Browser if its jar is given.

    python bench/serve.py --minutes 5 --browser neo4j-browser-5.24.0.jar

A writer raises a counter; whoever reads it must see at least what was committed when the reading began, else the
answer is stale. Each load changes a duty of one document, which a command asked next, in a process of its own, must
show. Exit code 1 on an error, a stale answer, or memory of the serving process that goes on growing. All of it is in
a folder of its own, and talks to this machine only.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import click  # noqa: E402

from graph.engine.data_folder import DataFolder, home_folder  # noqa: E402
from graph.session import Graph, Transaction, open_graph  # noqa: E402
from queries.ask import ask  # noqa: E402
from queries.catalogue import question  # noqa: E402

AT_ONCE = 50
QUESTIONS = (
    ("next-ranks", {"rank": "constable"}),
    ("pathway", {"from": "constable", "to": "met commissioner"}),
    ("chain-of-command", {"rank": "uk/inspector"}),
    ("gates", {"rank": "uk/inspector"}),
    ("feeder-ranks", {"rank": "mps/commander"}),
)
VALUE = "MATCH (n:BenchCounter {id: 'one'}) RETURN n.value AS value"
DOCUMENT = """Sergeant

Job Family Core : Rank profiles
Code CR-TL-Sergeant v7.1

Role Purpose

A sergeant runs one team and answers for its shifts.

Key Accountabilities

  • Give each constable a clear task at the start of shift number {}.

Behaviours

We take ownership Level 1
"""


@dataclass
class Use:
    """What is done and found until the end."""

    end: float
    committed: int = 0
    done: Counter[str] = field(default_factory=Counter)
    stale: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def going_on(self) -> bool:
        """Return whether there is time left, and nothing went wrong yet."""
        return time.monotonic() < self.end and not self.errors

    def count(self, what: str) -> None:
        """Count one thing done."""
        with self.lock:
            self.done[what] += 1

    def check(self, who: str, floor: int, value: object) -> None:
        """Note an answer that is older than what was committed before it was asked for."""
        if not isinstance(value, int) or value < floor:
            self.stale.append(f"{who} saw {value}, {floor} had been committed")


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[int, str]]:
    """Serve the graph in a process of its own, and give its id and its Bolt address."""
    command = [sys.executable, "-m", "cli", "serve", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None  # noqa: S101
        try:
            yield running.pid, running.stdout.readline().strip()
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)


def write(graph: Graph, use: Use) -> None:
    """Raise the counter, again and again."""

    def raise_it(transaction: Transaction) -> None:
        transaction.run("MERGE (n:BenchCounter {id: 'one'}) SET n.value = $value", {"value": use.committed + 1})

    while use.going_on():
        graph.write(raise_it)
        use.committed += 1
        use.count("writes")
        time.sleep(0.05)


def ask_at_once(graph: Graph, use: Use) -> None:
    """Ask fifty questions at once, in rounds; the answers are those of the first round."""
    known = {name: answer(graph, name, parameters) for name, parameters in QUESTIONS}

    def one(number: int) -> None:
        name, parameters = QUESTIONS[number % len(QUESTIONS)]
        floor = use.committed
        use.check(f"question {number}", floor, graph.read(VALUE, {})[0]["value"])
        if answer(graph, name, parameters) != known[name]:
            use.stale.append(f"{name} has another answer than at first")
        use.count("questions")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        while use.going_on():
            list(pool.map(one, range(AT_ONCE)))
            time.sleep(0.5)


def answer(graph: Graph, name: str, parameters: dict[str, str]) -> object:
    """Return the rows of a question."""
    definition = question(name)
    if definition is None:
        raise LookupError(name)
    return [dict(row) for row in ask(graph, definition, parameters).rows]


def load(use: Use, folder: Path) -> None:
    """Load a document that changed, and ask for what changed, each in a process of its own."""
    folder.mkdir()
    for number in itertools.count(1):
        if not use.going_on():
            return
        (folder / "sergeant.txt").write_text(DOCUMENT.format(number), encoding="utf-8")
        rankgraph("load", str(folder), "--replace")
        rows = json.loads(rankgraph("ask", "duties-of", "--rank", "uk/sergeant", "--format", "json"))
        duties = [row["duty"] for row in rows]
        if duties != [f"Give each constable a clear task at the start of shift number {number}."]:
            use.stale.append(f"after load {number} the duties were {duties}")
        use.count("loads")
        time.sleep(1)


def rankgraph(*words: str) -> str:
    """Run a command in a process of its own, and return what it wrote. Raises RuntimeError if it failed."""
    command = [sys.executable, "-m", "cli", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr}")
    return done.stdout


def browse(use: Use, page: str, bolt: str) -> None:
    """Be an analyst at the page: read the counter, and have the ranks drawn."""
    from tests.harness.chromium import launched  # noqa: PLC0415  (only where a jar is given)
    from tests.harness.neo4j_browser import opened  # noqa: PLC0415

    password = DataFolder(home_folder()).passwords().reader
    with launched() as chromium, opened(chromium) as analyst:
        analyst.log_in(f"{page}?dbms={bolt}", "reader", password)
        while use.going_on():
            floor = use.committed
            analyst.say(VALUE)
            use.check("the Browser", floor, int(analyst.table().rows[0][0]))
            analyst.say("MATCH (n:Rank) RETURN n")
            analyst.drawing()
            analyst.clear()
            use.count("pages")


def sample(use: Use, process: int) -> None:
    """Note the memory of the serving process, once a second."""
    while use.going_on():
        use.memory.append(resident(process))
        time.sleep(1)


def resident(process: int) -> int:
    """Return the memory that a process has in use, in KiB."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True)  # noqa: S607
    return int(done.stdout)


def run(use: Use, work: list[Callable[[], None]]) -> None:
    """Do all at once, until the end or the first error."""

    def guarded(one: Callable[[], None]) -> None:
        try:
            one()
        except Exception as error:  # noqa: BLE001  (whatever it is, it is the finding)
            use.errors.append(" ".join(f"{type(error).__name__}: {error}".split()))

    threads = [threading.Thread(target=guarded, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def report(use: Use, most: float) -> bool:
    """Print what was found, and return whether it is as it should be."""
    third = len(use.memory) // 3
    parts = [
        median(part) / 1024 for part in (use.memory[:third], use.memory[third : -third or None], use.memory[-third:])
    ]
    growth = (parts[2] / parts[1] - 1) * 100
    print(", ".join(f"{number} {what}" for what, number in sorted(use.done.items())))
    print(
        f"memory of the serving process: first {use.memory[0] / 1024:.0f} MiB, by thirds "
        f"{', '.join(f'{part:.0f}' for part in parts)} MiB, peak {max(use.memory) / 1024:.0f} MiB; "
        f"the last third is {growth:+.1f} % of the second"
    )
    print(f"{len(use.stale)} stale answers, {len(use.errors)} errors")
    for finding in (*use.stale[:10], *use.errors[:10]):
        print(f"  {finding}")
    return not use.stale and not use.errors and growth <= most


@click.command()
@click.option("--minutes", type=float, default=5, show_default=True)
@click.option("--browser", metavar="JAR_OR_FOLDER", help="Have a Neo4j Browser at it too.")
@click.option(
    "--most-growth", type=float, default=15, show_default=True, help="Per cent, from the second third to the last."
)
def main(minutes: float, browser: str | None, most_growth: float) -> None:
    """Use a graph that is served from all sides at once."""
    os.environ.pop("NEO4J_URI", None)
    with tempfile.TemporaryDirectory(prefix="rankgraph-serve-") as folder:
        os.environ["RANKGRAPH_HOME"] = str(Path(folder) / "home")
        arguments = ("--browser", str(Path(browser).resolve())) if browser else ()
        with serving(*arguments) as (process, bolt), open_graph(write=True) as graph:
            graph.write(lambda transaction: transaction.run("MERGE (n:BenchCounter {id: 'one'}) SET n.value = 0"))
            use, page = Use(time.monotonic() + minutes * 60), graph.page
            work = [
                lambda: write(graph, use),
                lambda: ask_at_once(graph, use),
                lambda: load(use, Path(folder) / "documents"),
                lambda: sample(use, process),
            ]
            run(use, [*work, *([lambda: browse(use, page, bolt)] if page else [])])
        good = report(use, most_growth)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
