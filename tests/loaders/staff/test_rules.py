"""Rules ask of posts what fits their rank, role, title and unit, as plain Python finds it."""

from __future__ import annotations

import random
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from loaders.staff.read import read
from tests.builders.staff_export import Export, KnownNames, export, row, write_csv

UNITS = {"U0": None, "U1": "U0", "U2": "U0", "U3": "U1"}
RANKS = {"PC": "uk/constable", "PS": "uk/sergeant", "": None}
NEEDS = {"Taser": "skill/taser", "Driving": "skill/driving"}


def _within(unit: str | None, top: str) -> bool:
    return unit is not None and (unit == top or _within(UNITS[unit], top))


def _drawn(seed: int) -> Export:
    """Return an export with posts and rules of many kinds; titles have signs that a pattern must take as they are."""
    draw = random.Random(seed)  # noqa: S311 -- no secret
    rows = export()
    titles = ("Response team", "response", "50% patrol", "500 patrol", "a_b", "axb", "")
    rows["posts"] = [
        row("posts", f"T{number}", draw.choice([*UNITS]), draw.choice(("PC", "PS")), draw.choice(titles), "", "1")
        for number in range(12)
    ]
    patterns = ("*response*", "Response*", "50%*", "a_b", "*", "")
    seen = set()
    rows["rules"] = []
    for _ in range(8):
        cells = (draw.choice([*RANKS]), "", draw.choice(patterns), draw.choice(("", *UNITS)), draw.choice([*NEEDS]))
        if any(cells[:4]) and cells not in seen:
            seen.add(cells)
            level = draw.choice(("", "1", "2", "3")) if cells[4] == "Driving" else ""
            weight = draw.choice(("", "2", "0.5"))
            rows["rules"].append(row("rules", *cells, level, draw.choice(("essential", "desirable", "")), weight))
    rows["post_requirements"] = [row("post_requirements", "T0", "Driving", "1", "desirable")]
    for name in ("occupancies", "holdings", "absences", "ranks_held"):
        rows[name] = []
    rows["occupancies"] = [row("occupancies", "P1", "T0")]
    return {name: found for name, found in rows.items() if found}


def _expected(rows: Export) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = {("T0", "skill/driving", 1, "desirable", None)}
    for post in rows["posts"]:
        for need, requirement in NEEDS.items():
            fitting = [
                rule
                for rule in rows.get("rules", [])
                if rule["requirement"] == need
                and rule["rank"] in {"", post["rank"]}
                and (not rule["title"] or (post["title"] and fnmatchcase(post["title"].lower(), rule["title"].lower())))
                and (not rule["unit_id"] or _within(post["unit_id"], rule["unit_id"]))
            ]
            if fitting and (post["post_id"], need) != ("T0", "Driving"):
                level = max((int(rule["level"]) for rule in fitting if rule["level"]), default=None)
                weight = max((float(rule["weight"]) for rule in fitting if rule["weight"]), default=None)
                is_desirable = all(rule["necessity"] == "desirable" for rule in fitting)
                necessity = "desirable" if is_desirable else "essential"
                found.add((post["post_id"], requirement, level, necessity, weight))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_posts_are_asked_what_fits_them(tmp_path: Path, seed: int) -> None:
    """By rank, title and unit with those below it; what a post itself asks goes before a rule."""
    rows = _drawn(seed)
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [] == list(staff.faults)
        columns = ("post_id", "requirement", "level", "necessity", "weight")
        found = [tuple(one[name] for name in columns) for one in staff.rows("post_requirements")]
        own = [one["post_id"] for one in staff.rows("post_requirements") if not one["by_rule"]]
        assert ["T0"] == own
        assert "post_requirements" in staff.sheets
    assert (_expected(rows), len(set(found))) == (set(found), len(found))


def test_a_rule_that_fits_no_post_is_said(tmp_path: Path) -> None:
    """By its row: most often its title is misspelt."""
    rows = export() | {"rules": [row("rules", "PC", "", "Dog handler*", "", "Taser")]}
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        notes = [note for note in staff.notes if note.startswith("rules:")]
    assert ["rules: they ask 0 times for something of a post", "rules: no post fits row 2"] == notes


def test_a_rule_without_a_condition_is_a_fault(tmp_path: Path) -> None:
    """It would ask of every post."""
    rows = export() | {"rules": [row("rules", "", "", "", "", "Taser")]}
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [(2, "rank", "a rank, role, title or unit")] == [
            (fault.row, fault.column, fault.expected) for fault in staff.faults
        ]


@pytest.mark.parametrize("rank", ["PC(D)", "DC", "Detective Constable", "D/Constable", "TDC", "Plain clothes"])
def test_a_rule_on_detectives_fits_only_their_posts(tmp_path: Path, rank: str) -> None:
    """By the rank of the post or by its attributes; one on constables asks of all, and is a row of its own."""
    rows = export()
    marked = row("posts", "T7", "U2", "PC", "", "", "1", "", "", "", "PIP 2; Detective")
    other = row("posts", "T8", "U2", "PC", "", "", "1", "", "", "", "Detective desk")
    rows["posts"] += [marked, other, row("posts", "T9", "U2", "CID")]
    rows["rules"] = [row("rules", rank, "", "", "", need) for need in ("Taser", "Driving")]
    rows["rules"] += [row("rules", "PC", "", "", "", "Driving", "2"), row("rules", "DS", "", "", "", "Taser")]
    rows["post_requirements"] = [row("post_requirements", "T1", "Driving")]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("posts: {values: {rank: {CID: DS}}}\nrules: {values: {rank: {TDC: DC, Plain clothes: DC}}}")
    with read(write_csv(rows, tmp_path / "csv"), KnownNames(), mapping=mapping) as staff:
        assert [] == list(staff.faults)
        found = {(one["post_id"], one["requirement"], one["level"]) for one in staff.rows("post_requirements")}
    driving = {(post, "skill/driving", 2) for post in ("T2", "T3", "T7", "T8")}
    assert {
        ("T1", "skill/driving", None),
        *driving,
        *((post, "skill/taser", None) for post in ("T3", "T7", "T9")),
    } == found
