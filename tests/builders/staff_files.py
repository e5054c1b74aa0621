"""Staff files in memory, as the reader gives them, and a force of any size for tests of loading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from graph.rows import Row as NamedRow
from graph.session import Graph
from graph.staff_nodes import SheetCount, StaffRows
from loaders.staff.sheets import sheet

Row = tuple[object, ...]
_RANKS = ("uk/constable", "uk/sergeant", "uk/inspector", "uk/chief-inspector")
_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS said"
_EDGES = "MATCH (a)-[e]->(b) RETURN collect([a.id, type(e), b.id, properties(e)]) AS found"


class Sheets(StaffRows):
    """Rows by sheet, each a value a column; those that are left out are people unless another sheet is named."""

    sheets: Mapping[str, Sequence[Row]]

    def __init__(self, sheets: Mapping[str, Sequence[Row]], skipped: int = 0, skipped_in: str = "people") -> None:
        left_out = dict.fromkeys(sheets, 0) | {skipped_in: skipped}
        taken = {name: len(rows) for name, rows in sheets.items()}
        counts = {name: SheetCount(taken[name] + left_out[name], taken[name], left_out[name]) for name in sheets}
        mark = hashlib.sha256(repr(sorted(sheets.items())).encode()).hexdigest()
        super().__init__(["staff.xlsx"], mark, sheets, counts, self._named)

    def _named(self, name: str) -> Iterator[NamedRow]:
        """Yield the rows by the names of their values; those behind the last that a row has are None."""
        names = sheet(name).values
        for row in sorted(self.sheets.get(name, ()), key=repr):
            yield dict.fromkeys(names) | dict(zip(names[: len(row)], row, strict=True))

    def but(self, **sheets: Sequence[Row]) -> Sheets:
        """Return the same with other rows in some sheets."""
        return Sheets({**self.sheets, **sheets})


def force(people: int, seed: int = 1, *, holdings: int = 20) -> Sheets:
    """Return a consistent force with a post for each person and so many holdings on average."""
    random = Random(seed)  # noqa: S311  (nothing secret)
    units, posts, everyone = max(2, people // 50), people + people // 10, [f"P{number:06}" for number in range(people)]
    requirements = [f"skill/ticket-{number}" for number in range(40)]
    courses = [f"course/course-{number}" for number in range(10)]
    return Sheets(
        {
            "units": [(f"U{n:04}", f"Unit {n}", f"U{(n - 1) // 5:04}" if n else None) for n in range(units)],
            "posts": [_post(random, number, units) for number in range(posts)],
            "people": [(one, f"Person {one}", f"20{random.randrange(10, 24)}-04-01", None) for one in everyone],
            "occupancies": [
                (one, f"POST{number:06}", "2024-01-01", None, random.choice((None, 0.5)), "substantive")
                for number, one in enumerate(everyone)
            ],
            "requirements": [(one, one[6:].title(), "Skill", random.choice((None, 12, 36)), 3) for one in requirements],
            "post_requirements": sorted(
                {(f"POST{random.randrange(posts):06}", random.choice(requirements), None, None) for _ in range(people)}
            ),
            "holdings": sorted(_held(random, everyone, [*requirements, *courses], people * holdings), key=repr),
            "ranks_held": [(one, random.choice(_RANKS), "2020-02-29", None, None) for one in everyone],
            "absences": [(one, "2024-05-01", None, "career break") for one in everyone if random.random() < 0.1],
            "courses": [
                (one, f"C{number}", f"Course {number}", 100.0 * number, 2.5, None, "Training centre")
                for number, one in enumerate(courses)
            ],
            "teaches": [(one, requirements[number], 2) for number, one in enumerate(courses)],
        }
    )


def _post(random: Random, number: int, units: int) -> Row:
    unit, rank = f"U{random.randrange(units):04}", random.choice(_RANKS)
    return (f"POST{number:06}", unit, rank, f"Post {number}", None, random.choice((None, 2.0)), "2020-01-01", None)


def _held(random: Random, people: Sequence[str], names: Sequence[str], count: int) -> list[Row]:
    found: dict[Row, Row] = {}
    for _ in range(count):
        day = random.choice((None, f"20{random.randrange(18, 25)}-0{random.randrange(1, 10)}-28"))
        ends = random.choice((None, None, "2027-08-31"))
        person, need, level = random.choice(people), random.choice(names), random.choice((None, 1, 2))
        found[person, need, day] = (person, need, level, day, ends, None)
    return list(found.values())


def dump(graph: Graph) -> tuple[list[str], list[str]]:
    """Return all nodes and all edges of a graph as sorted texts."""
    [edges] = graph.read(_EDGES, {})
    assert isinstance(edges["found"], list)
    nodes = graph.read(_NODES, {})
    return sorted(_text(row["labels"], row["said"]) for row in nodes), sorted(_text(*row) for row in edges["found"])


def _text(*values: object) -> str:
    return " ".join(
        repr(sorted(value.items()) if isinstance(value, dict) else sorted(value) if isinstance(value, list) else value)
        for value in values
    )


def after(exports: list[Sheets]) -> dict[str, set[tuple[object, ...]]]:
    """Return where posts and units are and what is held after some exports, by plain dictionaries."""
    within: dict[object, object] = {}
    held: dict[tuple[object, ...], tuple[object, ...]] = {}
    months: dict[object, object] = {}
    for export in exports:
        months |= {row["requirement"]: row["valid_months"] for row in export.rows("requirements")}
        within |= {row["unit_id"]: row["parent_id"] for row in export.rows("units")}
        within |= {row["post_id"]: row["unit_id"] for row in export.rows("posts")}
        for row in export.rows("holdings"):
            held[row["person_id"], row["requirement"], row["achieved"]] = (row["level"], row["expires"])
    return {
        "WITHIN": {(start, end) for start, end in within.items() if end},
        "HOLDS": {
            (person, need, level, day, given or _later(day, months.get(need)))
            for (person, need, day), (level, given) in held.items()
        },
    }


def _later(day: object, months: object) -> object:
    """Return the day so many months later; days up to the 28th need no care."""
    if not isinstance(day, str) or not isinstance(months, int):
        return None
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}-{day[8:]}"
