"""Count what two aggregate heat maps, of two month ends, tell together that neither tells alone.

Usage: python bench/month_ends.py [PEOPLE]; a sample force in a folder of its own, asked as of two days. The reader is
taken to know that in no unit more than one person more or fewer holds something than a month ago, which is more than
anybody knows. Prints how many hidden cells there are, and of how many one value is left.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from click.testing import CliRunner

from cli import main as rankgraph
from graph.rows import Row
from graph.session import Graph, open_graph
from queries.answers.aggregate import Force
from queries.answers.answer import named
from queries.answers.for_audience import answer_for
from queries.audience.small_numbers import HIDDEN
from queries.audience.staff_tables import need_of, whole
from tests.oracles.attacker import Known, add_heat_map

DAYS = ("2026-10-31", "2026-11-30")
PEOPLE = "400"
Cell = tuple[object, str]


def main() -> None:
    """Print one line for each month end alone, and one for both."""
    people = (sys.argv[1:] or [PEOPLE])[0]
    with TemporaryDirectory() as folder:
        os.environ["RANKGRAPH_HOME"] = str(Path(folder) / "home")
        force = Path(folder) / "force"
        for command in (
            ("sample-force", "--people", people, "--seed", "1", str(force)),
            ("load", str(force / "documents")),
            ("staff", "load", str(force / "csv")),
        ):
            result = CliRunner().invoke(rankgraph, command)
            if result.exit_code:
                sys.exit(result.output)
        with open_graph() as graph:
            tables = [_by_requirement(graph, day) for day in DAYS]
            units = Force(graph).units
    hidden = [sum(row[name] == HIDDEN for of in table.values() for row in of for name in NAMES) for table in tables]
    alone = [sum(_narrowed([of], units) for of in table.values()) for table in tables]
    both = sum(_narrowed([table.get(key, []) for table in tables], units) for key in {*tables[0], *tables[1]})
    for day, cells, narrowed in zip(DAYS, hidden, alone, strict=True):
        print(f"{day} alone: {narrowed} of {cells} hidden cells have one value left")
    print(f"both, and a change of at most one in each unit: {both} of {sum(hidden)} hidden cells have one value left")


NAMES = ("have", "have_absent")


def _by_requirement(graph: Graph, day: str) -> dict[object, list[Row]]:
    rows = answer_for(graph, named("heat-map"), {"as_of": day}, "aggregate").rows
    tables: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if not row["unknown"]:
            tables[need_of(row)[1:]].append(row)
    return tables


def _narrowed(tables: Sequence[Sequence[Row]], units: Sequence[Row]) -> int:
    """Return how many hidden cells of one requirement have one whole number left, by all the tables together."""
    known = Known()
    by_unit: list[Mapping[object, Row]] = [{row["unit_id"]: row for row in rows} for rows in tables]
    for number, rows in enumerate(by_unit):
        add_heat_map(known, rows, units, number)
    for unit in set.intersection(*map(set, by_unit)) if by_unit[1:] else ():
        if whole(by_unit[0][unit]["need"]) == whole(by_unit[1][unit]["need"]):
            for name in NAMES:
                _limit(known, (0, unit, name), (1, unit, name))
    hidden = [
        (n, unit, name)
        for n, rows in enumerate(by_unit)
        for unit, row in rows.items()
        for name in NAMES
        if row[name] == HIDDEN
    ]
    if not hidden or not known.is_possible():
        return 0
    return sum(high - low < 1 - 1e-6 for low, high in map(known.range_of, hidden))


def _limit(known: Known, one: Cell | tuple[object, ...], other: Cell | tuple[object, ...]) -> None:
    known.limits({one: 1.0, other: -1.0}, 1.0)
    known.limits({one: -1.0, other: 1.0}, 1.0)


if __name__ == "__main__":
    main()
