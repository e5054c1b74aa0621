"""What is asked for by another name than it is recorded by is said, with the cure, and never matched by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.staff_nodes import StaffNames
from loaders.staff.near_names import are_near, nearest
from loaders.staff.proposal import propose
from loaders.staff.read import read
from tests.builders.staff_export import Export, KnownNames, export, row, write_csv

NEAR = [
    ("Taser", "Taser (CED)"),
    ("First Aid", "First Aid at Work"),
    ("First aid training", "First Aid at Work"),
    ("Custody Officer", "Custody officer course"),
    ("Public order level 2", "L2 Public Order"),
    ("PPST", "Public and Personal Safety Training"),
    ("Response driver", "Response Driving"),
    ("Method of entry", "Methods of Entry operators"),
    ("Licensed search officer", "Licenced Search Officer"),
]
APART = [
    ("PIP 1", "PIP 2"),
    ("Public order level 2", "L3 Public Order"),
    ("Custody course", "Search course"),
    ("Taser", "Drone Pilot"),
    ("Category A driver", "Category B driver"),
]


@pytest.mark.parametrize(("name", "other"), NEAR)
def test_names_are_near_if_one_says_all_of_the_other(name: str, other: str) -> None:
    """Words that say little, endings, the order and first letters do not matter."""
    assert are_near(name, other)
    assert are_near(other, name)


@pytest.mark.parametrize(("name", "other"), APART)
def test_names_of_another_level_or_subject_are_apart(name: str, other: str) -> None:
    """A number is never like another one."""
    assert not are_near(name, other)
    assert not are_near(other, name)


def test_the_nearest_of_several_is_the_one_whose_letters_are_most_alike() -> None:
    """It is one line a name, not one a pair."""
    assert nearest(["Taser"], ["Taser instructor (advanced)", "Taser (CED)", "Drone"]) == "Taser (CED)"


def _asking(sheet: str, name: str, other: str) -> Export:
    """Return an export in which a sheet asks for one name, and another is recorded."""
    rows = export()
    rows["requirements"] = [row("requirements", one, "ticket") for one in (name, other)]
    asked = {"rules": ("PC", "", "", "", name), "post_requirements": ("T2", name), "cover": ("U1", name, "", "2")}
    rows |= {"rules": [], "cover": [], "post_requirements": [], "teaches": [], "not_met": []}
    rows[sheet] = [row(sheet, *asked[sheet])]
    rows["holdings"] = [row("holdings", "P1", other, "", "2025-02-01")]
    return {one: of for one, of in rows.items() if of}


def _notes(folder: Path, rows: Export, names: StaffNames | None = None, mapping: str = "") -> list[str]:
    path = folder / "mapping.yaml"
    path.write_text("rankgraph: mapping\n" + mapping, encoding="utf-8")
    with read(write_csv(rows, folder / "csv"), names or KnownNames(), mapping=path if mapping else None) as staff:
        assert [] == list(staff.faults)
        return [note for note in staff.notes if "never recorded" in note]


@pytest.mark.parametrize(("name", "other"), NEAR[:4])
@pytest.mark.parametrize("sheet", ["rules", "post_requirements", "cover"])
def test_what_is_asked_for_by_another_name_is_said_and_the_cure_works(
    tmp_path: Path, sheet: str, name: str, other: str
) -> None:
    """The note names both, and what it says to write makes them one."""
    rows = _asking(sheet, name, other)
    [note] = _notes(tmp_path, rows)
    cure = f'{sheet}: {{values: {{requirement: {{"{name}": "{other}"}}}}}}'
    ending = f"if they are one, write in a mapping `{cure}`"
    assert note == f"{name!r} is asked for and was never recorded, {other!r} was; {ending}"
    assert [] == _notes(tmp_path, rows, mapping=cure)


@pytest.mark.parametrize(("name", "other"), [*APART, ("Taser", "taser")])
def test_nothing_is_said_of_what_is_far_or_the_same(tmp_path: Path, name: str, other: str) -> None:
    """Two tickets of two names may well be two."""
    rows = _asking("rules", name, other)
    rows["requirements"] = rows["requirements"][: 1 if name.casefold() == other.casefold() else 2]
    assert [] == _notes(tmp_path, rows)


def test_what_documents_ask_of_ranks_in_use_is_said_too(tmp_path: Path) -> None:
    """By any of its names; the log is then translated. What the graph knows as recorded is not missed."""
    rows = _asking("rules", "Other", "Taser (CED)")
    del rows["rules"]
    names = KnownNames({"Conducted energy device training": "course/ced"})
    names.aliases = {"course/ced": ("Conducted energy device training", "Taser")}
    names.asked = {"course/ced": ["uk/constable"]}
    [note] = _notes(tmp_path, rows, names)
    assert note.endswith('`holdings: {values: {requirement: {"Taser (CED)": "Conducted energy device training"}}}`')
    names.asked = {"course/ced": ["uk/chief-superintendent"]}
    assert [] == _notes(tmp_path, rows, names)
    names.asked, names.recorded = {"course/ced": ["uk/constable"]}, {"course/ced"}
    assert [] == _notes(tmp_path, rows, names)


def test_many_are_counted_and_not_listed(tmp_path: Path) -> None:
    """Ten lines are enough to see what is wrong."""
    rows = _asking("rules", "Subject 0", "Subject 0 (old)")
    rows["requirements"] = [row("requirements", f"Subject {n}{end}") for n in range(13) for end in ("", " (old)")]
    rows["rules"] = [row("rules", "PC", "", "", "", f"Subject {n}") for n in range(13)]
    rows["holdings"] = [row("holdings", "P1", f"Subject {n} (old)", "", "2025-02-01") for n in range(13)]
    notes = _notes(tmp_path, rows)
    assert (11, "3 more are asked for") == (len(notes), notes[-1][:20])


@pytest.mark.parametrize("choice", ["First Aid at Work", "course/first-aid"])
@pytest.mark.parametrize("is_matrix", [False, True])
def test_a_course_that_may_be_a_known_one_is_an_open_choice(tmp_path: Path, choice: str, *, is_matrix: bool) -> None:
    """Once it is made, log, matrix and rules follow it."""
    rows = {name: of for name, of in export().items() if name in {"units", "posts", "people", "occupancies"}}
    rows["occupancies"] = rows["occupancies"][:-1]
    folder = write_csv(rows | {"rules": [row("rules", "PC", "", "", "", "First Aid at Work")]}, tmp_path / "raw")
    log = "Collar No,Course,Date Achieved\nP1,First Aid at Work,2026-02-01\nP2,PPST,2026-02-01\n"
    table = "Collar No,First Aid at Work,PPST,Drone\nP1,2099-02-01,,\nP2,2099-02-01,2099-02-01,2099-02-01\n"
    (folder / "log.csv").write_text(table if is_matrix else log, encoding="utf-8")
    names = KnownNames({"First aid training": "course/first-aid", "PPST": "course/ppst"})
    names.aliases = {"course/first-aid": ("First aid training",), "course/ppst": ("PPST",)}
    text = propose([folder], names)
    open_choice = "'? First Aid at Work | course/first-aid'"
    assert [1, 1] == [text.count("'? "), text.count(open_choice)]
    path = tmp_path / "mapping.yaml"
    path.write_text(text.replace(open_choice, choice), encoding="utf-8")
    with read(folder, names, mapping=path) as staff:
        assert [] == list(staff.faults)
        expected = choice if "/" in choice else f"{'skill' if is_matrix else 'course'}/first-aid-at-work"
        assert (expected in {one["requirement"] for one in staff.rows("holdings")}) is True
        assert {expected} == {one["requirement"] for one in staff.rows("rules")}
    assert yaml.safe_load(text)["rankgraph"] == "mapping"
