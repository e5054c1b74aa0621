"""People without a substantive post are counted and said; Temp of police staff may be a contract that ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.staff.proposal import propose
from loaders.staff.read import read
from tests.builders.staff_export import Export, KnownNames, export, row, write_csv


def _notes(folder: Path, rows: Export, mapping: str = "") -> list[str]:
    path = folder / "mapping.yaml"
    path.write_text("rankgraph: mapping\n" + mapping, encoding="utf-8")
    with read(write_csv(rows, folder / "csv"), KnownNames(), mapping=path if mapping else None) as staff:
        assert [] == list(staff.faults)
        return [note for note in staff.notes if note.startswith("occupancies:")]


def _sitting(*occupancies: str) -> Export:
    """Return an export with a person a row: the post, the basis and the last day."""
    kept = ("units", "posts", "people")
    rows = {name: of for name, of in export().items() if name in kept}
    for post in rows["posts"]:
        post["opened"] = post["closed"] = ""
    parts = [one.split(";") for one in occupancies]
    rows["occupancies"] = [
        row("occupancies", person, post, "", last, "0.5", basis) for person, post, basis, last in parts
    ]
    return rows


@pytest.mark.parametrize(
    ("occupancies", "people"),
    [
        (["P1;T1;acting;"], 1),
        (["P1;T1;acting;", "P1;T2;substantive;"], 0),
        (["P1;T1;acting;", "P1;T2;substantive;2024-12-31"], 1),
        (["P1;T1;acting;2024-12-31"], 0),
        (["P1;T1;acting;", "P1;T2;acting;", "P2;T1;T/;"], 2),
        (["P1;T1;substantive;", "P2;T1;acting;", "P2;T2;sub;"], 0),
    ],
)
def test_people_who_hold_no_post_substantively_are_said(tmp_path: Path, occupancies: list[str], people: int) -> None:
    """They count where they are; one whose time there is over is not."""
    notes = _notes(tmp_path, _sitting(*occupancies))
    more = " ..." if people > 1 else ""
    says = "are acting or temporary and hold no post substantively; they count in the strength of the post they are in"
    assert ([f"occupancies: {people} person(s) (P1{more}) {says}"] if people else []) == notes


@pytest.mark.parametrize("word", ["Temp", "temporary", "TEMPY"])
def test_temp_of_police_staff_is_said_with_its_cure(tmp_path: Path, word: str) -> None:
    """The cure makes them holders of their posts; the mapping may also say that it is a promotion."""
    rows = _sitting(f"P1;T5;{word};")
    _, note = _notes(tmp_path, rows)
    cure = f'occupancies: {{values: {{basis: {{"{word}": substantive}}}}}}'
    assert (f"{word} stands for a temporary promotion, and 1 of these are in posts without a rank (T5)" in note) is True
    assert f"`{cure}`" in note
    assert [] == _notes(tmp_path, rows, cure)
    assert 1 == len(_notes(tmp_path, rows, cure.replace("substantive", "temporary")))


@pytest.mark.parametrize("occupancy", ["P1;T2;Temp;", "P1;T5;T/;", "P1;T5;acting;", "P1;T5;Temp;2024-12-31"])
def test_nothing_is_said_of_ranks_or_of_what_can_be_read_one_way(tmp_path: Path, occupancy: str) -> None:
    """T/ is a promotion."""
    assert not any("contract" in note for note in _notes(tmp_path, _sitting(occupancy)))


@pytest.mark.parametrize(
    ("rank", "word", "is_open"),
    [
        ("Police Staff Grade E", "Temp", True),
        ("PCSO", "Temporary", True),
        ("PS", "Temp", False),
        ("DCI", "temporary", False),
        ("Police Staff Grade E", "T/", False),
        ("Police Staff Grade E", "Temporary promotion", False),
    ],
)
def test_temp_is_an_open_choice_beside_no_rank_of_police(
    tmp_path: Path, rank: str, word: str, *, is_open: bool
) -> None:
    """A promotion of police is one."""
    text = f"Post No,Rank/Grade,Command,Team,Collar No,Name,Contract\n1,{rank},A,B,12,X,{word}\n2,PC,A,B,13,Y,Perm\n"
    (tmp_path / "posts.csv").write_text(text, encoding="utf-8")
    assert (f"basis: {{{word}: '? temporary | substantive'}}" in propose([tmp_path], KnownNames())) is is_open


def test_temp_is_an_open_choice_where_no_rank_stands_in_the_file(tmp_path: Path) -> None:
    """Nobody can know then."""
    (tmp_path / "x.csv").write_text("Collar No,Post No,Contract\n1,2,Temp\n2,3,Perm\n", encoding="utf-8")
    assert "basis: {Temp: '? temporary | substantive'}" in propose([tmp_path], KnownNames())
