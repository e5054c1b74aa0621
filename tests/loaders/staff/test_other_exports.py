"""Exports with columns and words of other systems: roles of police staff, placeholders, vacancies, new outcomes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.errors import DocumentErrors
from loaders.staff.proposal import propose
from loaders.staff.read import read
from tests.builders.staff_export import KnownNames, export, write_csv
from tests.loaders.staff.test_proposal import EXPORTS, beside, real

STAFF = "Collar No,Post No,Job Title,Unit,Name\n1,A1,Crime Analyst,U1,Ann\n2,A2,Crime Analyst,U1,Bo\n3,A3,PCSO,U1,Cy\n"


def _proposed(folder: Path, **texts: str) -> dict[str, object]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    found = yaml.safe_load(propose([folder], KnownNames()))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("header", "cells", "roles"),
    [
        ("Role", ["Crime analyst", "PCSO", ""], {"skip": {"Role": ["none"]}, "role": "Role"}),
        ("Job Role", ["Clerk", "Sergeant"], {"skip": {"Job Role": ["Sergeant", "none"]}, "role": "Job Role"}),
        ("Role", ["PCSO", "PCSO"], None),
        ("Role,Pay Band", ["Clerk,E", "Clerk,F"], {"skip": {"Role": ["none"]}, "ignore": ["Pay Band"], "role": "Role"}),
        ("Post Title", ["Clerk", "Analyst"], {"skip": {"Post Title": ["none"]}, "role": "Post Title"}),
    ],
)
def test_roles_that_nobody_declares_are_proposed(
    header: str, cells: list[str], roles: dict[str, object] | None, tmp_path: Path
) -> None:
    """A known role, and a rank, is none of the force's own; where posts have no rank their title is their role."""
    rows = "".join(f"A{n},U1,{cell}\n" for n, cell in enumerate(cells))
    found = _proposed(tmp_path / "raw", posts=f"Post No,Unit,{header}\n{rows}")
    assert ({"file": "posts.csv", **roles} if roles else None) == found.get("roles")


@real
@beside
@pytest.mark.parametrize("name", ["39-police-staff-roles", "14-placeholders"])
def test_what_is_proposed_for_them_loads_all_of_it(name: str, tmp_path: Path) -> None:
    """Without a change."""
    (tmp_path / "mapping.yaml").write_text(propose([EXPORTS / name], KnownNames()), encoding="utf-8")
    names = KnownNames({"taser": "course/taser"})
    rank = names.rank
    names.rank = lambda one: {"DI": "uk/inspector"}.get(one) or rank(one.capitalize())
    with read(EXPORTS / name, names, mapping=tmp_path / "mapping.yaml") as staff:
        assert [] == list(staff.faults)


@pytest.mark.parametrize("word", ["N/A", "-", "NULL", "Current", "00/00/0000", "ongoing", "TBC", "No end date", "?"])
@pytest.mark.parametrize("column", ["Leaving Date", "Date Joined Force"])
def test_what_means_no_day_is_proposed_as_none(word: str, column: str, tmp_path: Path) -> None:
    """Anything else that is no day is an open choice."""
    text = f"Collar No,Name,{column}\n1,A,{word}\n2,B,2020-01-01\n3,C,whenever\n"
    [values] = _proposed(tmp_path / "raw", people=text)["people"]["values"].values()  # type: ignore[index]
    assert {word: "none", "whenever": "? none | a day"} == values


@pytest.mark.parametrize("word", ["N/A", "-", "NULL", "none"])
def test_what_means_no_number_and_no_id_is_proposed_as_none(word: str, tmp_path: Path) -> None:
    """In units and posts."""
    found = _proposed(
        tmp_path / "raw",
        units=f"unit_id,name,parent_id\nU1,A,{word}\n",
        posts=f"post_id,unit_id,rank,fte\nT1,U1,Sergeant,{word}\n",
    )
    values = [found[name]["values"] for name in ("units", "posts")]  # type: ignore[index]
    assert [{"parent_id": {word: "none"}}, {"fte": {word: "none"}}] == values


@pytest.mark.parametrize(
    "word", ["VACANT", "Vacant - recruiting", "VACANT (advertised)", "vacancy: on hold", "Vacant post", "UNFILLED"]
)
@pytest.mark.parametrize("person", ["", "VAC001", "VACANT"])
def test_a_vacancy_in_a_list_of_posts_is_no_person_and_said_once(word: str, person: str, tmp_path: Path) -> None:
    """In people and occupancies alike, with how often it stands there."""
    rows = export()
    folder = write_csv({name: rows[name] for name in ("units", "posts")}, tmp_path / "raw")
    rows["people"] = [{"person_id": "P1", "name": "Ann"}, {"person_id": person, "name": word}]
    rows["occupancies"] = [
        {"person_id": one["person_id"], "post_id": f"T{n}", "name": one["name"]}
        for n, one in enumerate(rows["people"], 1)
    ]
    write_csv({name: rows[name] for name in ("people", "occupancies")}, folder)
    with read(folder, KnownNames()) as staff:
        assert ([], 1, 1) == (list(staff.faults), staff.counts["people"].taken, staff.counts["occupancies"].taken)
        shown = person if person == "VACANT" else word
        found = [note for note in staff.notes if "vacancy" in note]
        of_people = f"people.csv: 1 row(s) of people left out: a vacancy ({shown if person == 'VACANT' else word})"
        assert [f"{of_people} (1)", 2] == [found[0].replace("(VAC001)", f"({word})"), len(found)]


@pytest.mark.parametrize("name", ["Vacanti", "LEE, Vacant Kim", "Unfilleder"])
def test_a_name_that_begins_like_a_vacancy_is_a_name(name: str, tmp_path: Path) -> None:
    """And so is the title of a post on vacant property."""
    rows = export()
    rows["people"][0]["name"] = name
    for one in rows["occupancies"]:
        one["post title"] = "Vacant Property Officer"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert (6, False) == (staff.counts["people"].taken, any("vacancy" in note for note in staff.notes))


def _log(*words: str) -> str:
    rows = (f"P{n % 5 + 1},Taser,202{n % 5}-01-0{n // 5 + 1},{word}\n" for n, word in enumerate(words))
    return "person_id,requirement,achieved,Outcome\n" + "".join(rows)


def test_all_words_of_an_outcome_without_a_mapping_are_listed_with_the_cure(tmp_path: Path) -> None:
    """Those that count are in the line to paste."""
    words = ("Completed", "Failed", "Booked", "DNA", "Deferred", "Achieved", "Withdrawn", "Expired early")
    folder = write_csv({name: of for name, of in export().items() if name != "holdings" and of}, tmp_path / "raw")
    (folder / "holdings.csv").write_text(_log(*words), encoding="utf-8")
    with pytest.raises(DocumentErrors) as error:
        read(folder, KnownNames())
    assert f"'Outcome' ({', '.join(words)})" in str(error.value)
    assert '`holdings: {only: {"Outcome": ["Achieved", "Completed"]}}`' in str(error.value)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        (("Completed", "Failed", "Booked", "did not attend", ""), []),
        (("Completed", "Achieved", "Deferred", "Failed", "Deferred"), ["Achieved", "Deferred"]),
        (("Completed", "Complete"), ["Complete"]),
        (("Completed", "Resit needed", "No Show"), ["Resit needed"]),
    ],
)
def test_new_words_of_an_outcome_are_said_all_at_once(words: tuple[str, ...], new: list[str], tmp_path: Path) -> None:
    """A new word that counts would else be left out for ever; what it says to write makes it silent."""
    folder = write_csv({name: of for name, of in export().items() if name != "holdings" and of}, tmp_path / "raw")
    (folder / "holdings.csv").write_text(_log(*words), encoding="utf-8")
    mapping, first = tmp_path / "mapping.yaml", "holdings: {only: {Outcome: [Completed]}"
    mapping.write_text(f"{first}}}\n", encoding="utf-8")
    listed = ", ".join(f'"{word}"' for word in new)
    cure = f'holdings: {{skip: {{"Outcome": [{listed}]}}}}'
    with read(folder, KnownNames(), mapping=mapping) as staff:
        says = f"holdings.csv: Outcome {', '.join(new)}: left out, for `only` does not name it; add what counts to it, "
        expected = [f"{says}and what does not here: `{cure}`"] * bool(new)
        assert (expected, 1) == ([one for one in staff.notes if "`only`" in one], staff.counts["holdings"].taken)
    if not new:
        return
    mapping.write_text(f"{first}, {cure.removeprefix('holdings: {')}\n", encoding="utf-8")
    with read(folder, KnownNames(), mapping=mapping) as staff:
        assert ([], 1) == ([one for one in staff.notes if "`only`" in one], staff.counts["holdings"].taken)


def test_many_columns_that_are_not_read_are_counted(tmp_path: Path) -> None:
    """An export of a hundred columns takes one short line."""
    rows = export()
    rows["people"] = [{**one, **{f"Field {n}": "x" for n in range(100)}} for one in rows["people"]]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        listed = ", ".join(f"Field {n}" for n in range(12))
        columns = "the columns are person_id, name, joined, left"
        assert [f"people.csv: not read: {listed} and 88 more; {columns}"] == [
            note for note in staff.notes if "not read" in note
        ]
