"""Measure loading staff files against the bare driver, on the engine that the environment chooses; one ratio a line.

Without NEO4J_URI every round writes into an embedded graph of its own; with it, the database must be empty and is
left empty. The full size, 50,000 people and 1,000,000 holdings, is `python bench/staff.py --people 50000`.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import click  # noqa: E402
import neo4j  # noqa: E402

from graph.documents.load import load as load_documents  # noqa: E402
from graph.engine.data_folder import DataFolder  # noqa: E402
from graph.session import Graph, open_graph  # noqa: E402
from graph.staff.load import load  # noqa: E402
from graph.staff.write import BATCH  # noqa: E402
from graph.staff_nodes import SheetCount, StaffRows  # noqa: E402
from loaders.facts.reference import reference_facts  # noqa: E402
from loaders.staff.read import read  # noqa: E402
from loaders.staff.sheets import SHEETS  # noqa: E402
from queries.parameters.staff_names import staff_names  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.rows import Row

HOLDINGS, TICKETS = 20, 300
RANKS = ("uk/constable", "uk/sergeant", "uk/inspector")
Values = tuple[object, ...]
VALUES = {sheet.name: sheet.values for sheet in SHEETS}
Batches = list[tuple[str, list[dict[str, object]]]]
"""Statements with their rows, in the order of writing."""


class Invented(StaffRows):
    """A force of so many people, the same rows each time they are asked for."""

    def __init__(self, people: int) -> None:
        self.people = people
        taken = {sheet.name: sum(1 for _ in self._values(sheet.name)) for sheet in SHEETS}
        counts = {name: SheetCount(count, count, 0) for name, count in taken.items()}
        super().__init__(
            ("invented",), "invented", [name for name, count in taken.items() if count], counts, self._rows
        )

    def _rows(self, name: str) -> Iterator[Row]:
        return (dict(zip_longest(VALUES[name], row)) for row in self._values(name))

    def _values(self, sheet: str) -> Iterator[Values]:
        """Yield the first values of a sheet, column by column; the force has six of the eleven."""
        units = max(1, self.people // 50)
        numbers = range(self.people)
        if sheet == "units":
            yield from ((f"U{n:05}", f"Unit {n}", f"U{(n - 1) // 8:05}" if n else None) for n in range(units))
        if sheet == "posts":
            yield from (_post(n, units) for n in numbers)
        if sheet == "people":
            yield from ((f"P{n:06}", f"Person {n}", "2015-04-01", None) for n in numbers)
        if sheet == "occupancies":
            yield from ((f"P{n:06}", f"POST{n:06}", "2020-04-01", None, 1.0, "substantive") for n in numbers)
        if sheet == "requirements":
            yield from ((f"skill/ticket-{n:03}", f"Ticket {n:03}", "Skill", 36, 3) for n in range(TICKETS))
        if sheet == "holdings":
            for n in numbers:
                yield from _holdings(n)


def _post(number: int, units: int) -> Values:
    unit, rank = f"U{number % units:05}", RANKS[number % len(RANKS)]
    return (f"POST{number:06}", unit, rank, f"Post {number}", None, 1.0, "2010-04-01", None)


def _holdings(number: int) -> Iterator[Values]:
    random = Random(number)  # noqa: S311  (a benchmark keeps no secrets)
    for ticket in sorted(random.sample(range(TICKETS), HOLDINGS)):
        day = f"20{random.randrange(18, 26)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
        yield (f"P{number:06}", f"skill/ticket-{ticket:03}", ticket % 3 + 1, day, "2030-03-31", f"Card {number}")


@click.command()
@click.option("--people", default=5000, show_default=True, help="People; each holds twenty tickets.")
@click.option("--rounds", default=3, show_default=True, help="Rounds that count, in which both sides take turns.")
def main(people: int, rounds: int) -> None:
    """Print the ratios."""
    staff = Invented(people)
    rows = sum(count.taken for count in staff.counts.values())
    with scratch() as folder:
        bare = _bare_rows(staff)
        pairs = [(_ours(folder, staff), _bare(folder, bare)) for _ in range(rounds)]
        ours, other = (median(pair[side] for pair in pairs) for side in (0, 1))
        tell("staff write", f"{rows / ours:.0f} rows/s", f"{rows / other:.0f} rows/s bare", other / ours, "least 0.8")
        again = min(_again(folder, staff) for _ in range(rounds))
        tell("staff written again", f"{again:.1f} s", f"{ours:.1f} s the first time", again / ours, "most 1")
        del bare
        _whole(folder, staff, rows, other)
        tenth = Invented(people // 10)
        small = median(_ours(folder, tenth) for _ in range(rounds))
        tell(f"{people} people and {people // 10}", f"{ours:.1f} s", f"{small:.2f} s", ours / small, "most 11")


def tell(what: str, ours: str, other: str, ratio: float, target: str) -> None:
    """Print one line: what, the ratio, both sides, the target."""
    print(f"{what}: {ratio:.2f} ({ours}, {other}; at {target})", flush=True)


def _whole(folder: Path, staff: Invented, rows: int, bare: float) -> None:
    """Measure a whole load from files, in a process of its own that is a guest of this one's graph."""
    files = _files(folder / "files", staff)
    with fresh(folder) as graph:
        began = time.perf_counter()
        with read(files, staff_names(graph)) as staff_files:
            reading = time.perf_counter() - began
            load(graph, staff_files)
        whole = time.perf_counter() - began
    tell(
        "staff load from files",
        f"{rows / whole:.0f} rows/s",
        f"{rows / bare:.0f} rows/s bare",
        bare / whole,
        "least 0.8",
    )
    print(f"reading and checking: {rows / reading:.0f} rows/s ({reading:.1f} s of {whole:.1f} s)", flush=True)
    with fresh(folder):
        peak = _peak("staff", "load", str(files))
    tell("memory of the command", f"{peak:.0f} MB at its peak", f"{rows} rows", peak / 300, "most 1, that is 300 MB")


def _files(folder: Path, staff: Invented) -> Path:
    """Write the rows as the CSV files of an export."""
    folder.mkdir()
    for sheet in SHEETS:
        with (folder / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, sheet.names, extrasaction="ignore")
            writer.writeheader()
            for row in staff.rows(sheet.name):  # the files name a requirement and its kind; the reader makes the id
                writer.writerow({**row, "requirement": row["name"]} if sheet.name == "requirements" else row)
    return folder


def _peak(*arguments: str) -> float:
    """Run our command to its end and return the most memory it took, in megabytes. Raises CalledProcessError."""
    script = (
        "import re, sys\nfrom cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return int(done.stderr.split()[-1]) / 1024


@contextmanager
def scratch() -> Iterator[Path]:
    """Give embedded graphs a place, and leave nothing behind, in a server neither."""
    folder = Path(tempfile.mkdtemp(prefix="rankgraph-bench-"))
    if os.environ.get("NEO4J_URI"):
        with open_graph() as graph:
            if graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
                sys.exit(f"found data at {graph.address}; the benchmark writes, so give it an empty database")
    try:
        yield folder
    finally:
        _empty()
        shutil.rmtree(folder, ignore_errors=True)


def _empty() -> None:
    """Empty the server; an embedded graph goes with its folder."""
    if not os.environ.get("NEO4J_URI"):
        return
    with open_graph(write=True) as graph:
        while graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
            graph.write(lambda transaction: transaction.run("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n"))


@contextmanager
def fresh(folder: Path) -> Iterator[Graph]:
    """Open a graph that holds the reference data alone; an embedded one is removed afterwards."""
    _empty()
    home = tempfile.mkdtemp(dir=folder)
    os.environ["RANKGRAPH_HOME"] = home
    with open_graph(write=True) as graph:
        load_documents(graph, [], reference_facts())
        yield graph
    shutil.rmtree(home)


def _ours(folder: Path, staff: Invented) -> float:
    with fresh(folder) as graph:
        return seconds(lambda: load(graph, staff))


def _again(folder: Path, staff: Invented) -> float:
    with fresh(folder) as graph:
        load(graph, staff)
        return seconds(lambda: load(graph, staff))


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _bare(folder: Path, rows: Batches) -> float:
    with fresh(folder) as graph, driver(graph) as bare, bare.session(database=database()) as session:
        return seconds(lambda: [session.execute_write(_send, *batch) for batch in rows])


def _send(transaction: neo4j.ManagedTransaction, statement: str, rows: list[dict[str, object]]) -> None:
    transaction.run(statement, {"rows": rows}).consume()


def database() -> str:
    """Return the name of the database."""
    return os.environ.get("NEO4J_DATABASE", "neo4j") if os.environ.get("NEO4J_URI") else "neo4j"


def driver(graph: Graph) -> neo4j.Driver:
    """Return a driver of our own to the same engine."""
    if uri := os.environ.get("NEO4J_URI"):
        user = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        return neo4j.GraphDatabase.driver(uri, auth=user)
    home = DataFolder(Path(os.environ["RANKGRAPH_HOME"]))
    graph.read("RETURN 1 AS one", {})
    return neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{home.address().bolt}", auth=("root", home.passwords().root))


def _bare_rows(staff: Invented) -> Batches:
    """Return what a script would send that knows nothing but UNWIND and MERGE, in batches as large as ours."""
    node, edge = "UNWIND $rows AS row MERGE (n:%s {id: row.id}) SET n = row", _edge
    work = {"instance": "from", "from": "from", "basis": "basis", "fte": "fte"}
    holds = {"instance": "achieved", **{name: name for name in ("level", "achieved", "expires", "evidence")}}
    person, post, unit = {"start": "person_id"}, {"start": "post_id"}, {"start": "unit_id"}
    return [
        *_cut(node % "Requirement:Skill", staff, "requirements", {"id": "requirement", "name": "name", "text": "name"}),
        *_cut(node % "Unit", staff, "units", {"id": "unit_id", "name": "name"}),
        *_cut(node % "Post", staff, "posts", {"id": "post_id", "title": "title", "fte": "fte", "opened": "opened"}),
        *_cut(node % "Person", staff, "people", {"id": "person_id", "name": "name", "joined": "joined"}),
        *_cut(edge("Unit", "WITHIN", "Unit"), staff, "units", {**unit, "end": "parent_id"}),
        *_cut(edge("Post", "WITHIN", "Unit"), staff, "posts", {**post, "end": "unit_id"}),
        *_cut(edge("Post", "FOR_ROLE", "Role"), staff, "posts", {**post, "end": "rank"}),
        *_cut(edge("Person", "OCCUPIES", "Post", *work), staff, "occupancies", {**person, "end": "post_id", **work}),
        *_cut(
            edge("Person", "HOLDS", "Requirement", *holds), staff, "holdings", {**person, "end": "requirement", **holds}
        ),
    ]


def _edge(start: str, kind: str, end: str, *names: str) -> str:
    key = "{instance: row.instance}" if names else ""
    assignments = f" SET {', '.join(f'e.`{name}` = row.`{name}`' for name in names)}" if names else ""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"MERGE (a)-[e:{kind} {key}]->(b){assignments}"
    )


def _cut(statement: str, staff: Invented, sheet: str, columns: dict[str, str]) -> Batches:
    """Return a statement with the rows of a sheet, each by the names of properties; a unit at the top has no parent."""
    rows = [{name: row[column] for name, column in columns.items()} for row in staff.rows(sheet)]
    taken = [row for row in rows if row.get("end", row)]
    return [(statement, taken[start : start + BATCH]) for start in range(0, len(taken), BATCH)]


if __name__ == "__main__":
    main()
