"""Measure the questions of a planner on a sample force, on the engine that the environment chooses; one ratio a line.

Usage: python bench/workforce.py [--people N]. Without NEO4J_URI the graph is an embedded one of its own; with it, the
database must be empty and is left empty. The heat map by pandas must have the same rows, else the run fails.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import click  # noqa: E402

from bench.staff import database, driver, fresh, scratch, seconds, tell  # noqa: E402
from graph.documents.load import load as load_documents  # noqa: E402
from graph.rows import Row  # noqa: E402
from graph.session import Graph  # noqa: E402
from graph.staff.load import load  # noqa: E402
from loaders import read as read_document  # noqa: E402
from loaders.facts.document import facts  # noqa: E402
from loaders.facts.reference import known, reference_facts  # noqa: E402
from loaders.sample_force import AS_OF, make  # noqa: E402
from loaders.staff.read import read  # noqa: E402
from loaders.staff.sheets import sheet  # noqa: E402
from queries.answers.answer import named  # noqa: E402
from queries.ask import ask  # noqa: E402
from queries.parameters.staff_names import staff_names  # noqa: E402

DAY = AS_OF.isoformat()
SHEETS = ("units", "posts", "people", "occupancies", "post_requirements", "holdings", "absences")
NEEDS = """MATCH (role:Role)-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= $day AND $day < coalesce(e.valid_to, '9999-12-31') AND e.necessity = 'essential'
  AND (need.recorded OR need.declared)
RETURN role.id AS for_role, need.id AS requirement, e.level AS level ORDER BY for_role, requirement"""
_PER_UNIT = """WITH own, need, level, sum(asking) AS asking, sum(met) AS met, sum(known) AS known
RETURN own.id AS unit_id, need.id AS requirement_id, level, asking, met, known"""
SAMPLE = 200


@click.command()
@click.option("--people", default=5000, show_default=True, help="People of the sample force.")
@click.option("--rounds", default=3, show_default=True, help="Rounds that count.")
def main(people: int, rounds: int) -> None:
    """Print the ratios."""
    with scratch() as place:
        make(place / "force", people, 1)
        with fresh(place) as graph:
            documents = sorted((place / "force" / "documents").glob("*.txt"))
            load_documents(graph, [facts(read_document(path), known()) for path in documents], reference_facts())
            with read(place / "force" / "csv", staff_names(graph)) as staff:
                load(graph, staff)
            _export(graph, place / "clean", place / "force" / "csv")
            _heat_map(graph, rounds)
            _person_gaps(graph)
            _cold(place / "clean", rounds)


def _export(graph: Graph, target: Path, source: Path) -> None:
    """Write what a planner would have who has cleaned the files: ids resolved, days filled in, needs by role."""
    target.mkdir()
    with read(source, staff_names(graph)) as staff:
        for name in SHEETS:
            _write(target / f"{name}.csv", sheet(name).names, staff.rows(name))
    holdings = graph.read(
        "MATCH (p:Person)-[h:HOLDS]->(r:Requirement) RETURN p.id AS person_id, r.id AS requirement, h.level AS level, "
        "h.achieved AS achieved, h.expires AS expires ORDER BY person_id, requirement, achieved",
        {},
    )
    _write(target / "holdings.csv", list(holdings[0]), holdings)
    needs = graph.read(NEEDS, {"day": DAY})
    _write(target / "role_needs.csv", ["for_role", "requirement", "level"], needs)


def _write(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")  # a row has what follows from its cells too
        writer.writeheader()
        writer.writerows(rows)


def _heat_map(graph: Graph, rounds: int) -> None:
    """Ask for all units and for the first two levels, beside a count a unit that is not added up; show each step."""
    question = named("heat-map")
    text = question.text
    counted = text[: text.index("WITH own, need, level, sum(")] + _PER_UNIT
    sent = {"unit": None, "unrecorded": None, "desirable": None, "depth": None, "as_of": DAY}
    parts = {
        "units, posts and what they ask for": text[: text.index("CALL (kinds")] + "RETURN size(kinds) AS kinds",
        "and who holds it": counted,
        "and added up": text[: text.rindex("WITH need, collect(")] + "RETURN count(*) AS sums",
    }
    with driver(graph) as bare, bare.session(database=database()) as session:

        def answer(text: str) -> float:
            return seconds(lambda: session.execute_read(lambda transaction: transaction.run(text, sent).data()))

        ask(graph, question, {"as_of": DAY})
        for depth, target in ((None, "no target"), (1, "most 1.1")):
            asked = {"as_of": DAY, "depth": depth}
            pairs = [(seconds(lambda: ask(graph, question, asked)), answer(counted)) for _ in range(rounds)]  # noqa: B023
            ours, other = (median(pair[side] for pair in pairs) for side in (0, 1))
            levels = "all units" if depth is None else "units one below the force"
            tell(
                f"heat map, {levels}, beside a bare count a unit",
                f"{ours:.2f} s",
                f"{other:.2f} s",
                ours / other,
                target,
            )
        for part, text in parts.items():
            print(f"  {part}: {answer(text):.2f} s", flush=True)
    unit = graph.read("MATCH (u:Unit)-[:WITHIN]->(:Unit) RETURN u.id AS id ORDER BY id LIMIT 1", {})[0]["id"]
    warm = median(seconds(lambda: ask(graph, question, {"as_of": DAY, "unit": unit})) for _ in range(5))
    tell("heat map of a unit, warm", f"{warm:.2f} s", "0.3 s", warm / 0.3, "most 1")


def _person_gaps(graph: Graph) -> None:
    """Ask for many people in turn, as one who has resolved the names once: what a report of people does."""
    people = [str(row["id"]) for row in graph.read("MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 5000", {})]
    chosen = people[:: max(1, len(people) // SAMPLE)][:SAMPLE]
    text = named("person-gap").text

    def once(person: str) -> float:
        began = time.perf_counter()
        graph.read(text, {"person": person, "to": "uk/sergeant", "unrecorded": None, "desirable": None, "as_of": DAY})
        return time.perf_counter() - began

    for person in chosen[:20]:
        once(person)
    slow = quantiles([once(person) for person in chosen], n=20)[-1] * 1000
    tell("person gap, 95th percentile warm", f"{slow:.1f} ms", "10 ms", slow / 10, "most 1")


def _cold(clean: Path, rounds: int) -> None:
    command = Path(sysconfig.get_path("scripts")) / "rankgraph"
    ours = [str(command), "ask", "heat-map", "--as-of", DAY, "--format", "json"]
    other = [sys.executable, str(ROOT / "bench" / "pandas_heat_map.py"), str(clean), DAY]
    if _rows(ours) != _rows(other):
        sys.exit("the heat map by pandas has other rows")
    pairs = [(seconds(lambda: _rows(ours)), seconds(lambda: _rows(other))) for _ in range(rounds)]
    mine, theirs = (median(pair[side] for pair in pairs) for side in (0, 1))
    tell("heat map, cold, beside pandas", f"{mine:.2f} s", f"{theirs:.2f} s", mine / theirs, "whatever it is")


def _rows(command: list[str]) -> set[tuple[object, ...]]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    columns = ("unit_id", "requirement_id", "need", "have", "have_absent", "short")
    return {(*(row[name] for name in columns), row["level"] or -1) for row in json.loads(done.stdout)}


if __name__ == "__main__":
    main()
