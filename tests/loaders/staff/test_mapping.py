"""Raw exports of other systems, and the one small file that says how they are to be understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from graph.errors import DocumentErrors
from graph.rows import Row
from loaders.staff import fault_workbook
from loaders.staff.mapping import model, read_mapping
from loaders.staff.read import Staff, read
from loaders.staff.shaping import without_rank
from loaders.staff.sheets import SHEETS
from tests.builders.staff_export import KnownNames, export, row, write_csv

_POSTS = "Post,Command,Team,Title,Rank,Holder,Surname,First name,Hours,Hours\n"
_FLAT = (
    _POSTS
    + """7,North,,Head,Insp,PS 12,Lee,Kim,37 hours,1
Subtotal,,,,,,,,,1
8,North,A,Response,PC(D),13,Shaw,Pat,50%,1
8,North,A,Response,PC(D),13,Shaw,Pat,50%,1
9,North,A,Response,PC,,VACANT,,,1
"""
)
_MAPPING = """
rankgraph: mapping
units: {file: flat*.csv, path: [Command, Team]}
posts:
  file: flat*.csv
  skip: {Post: Subtotal}
  post_id: [Command, Post]
  unit_id: [Command, Team]
  rank: Rank
  fte: Hours (2)
  values: {rank: {PC(D): constable}}
people:
  file: flat*.csv
  skip: {Holder: none}
  person_id: Holder
  name: [First name, Surname]
  pad: {person_id: 4}
  without_rank: [person_id]
occupancies:
  file: flat*.csv
  skip: {Surname: VACANT, Post: Sub*}
  person_id: Holder
  pad: {person_id: 4}
  without_rank: [person_id]
  post_id: [Command, Post]
  fte: Hours (1)
  hours: 37
"""


class Names(KnownNames):
    """Knows constables by their short name, too."""

    def __init__(self) -> None:
        super().__init__()
        find = self.rank
        self.rank = lambda name: "uk/constable" if name == "constable" else find(name)


def _read(folder: Path, mapping: str, **files: str) -> Staff:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder.parent / "mapping.yaml").write_text(mapping)
    return read(folder, Names(), mapping=folder.parent / "mapping.yaml")


def rows_of(staff: Staff, sheet: str, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of the rows of a sheet."""
    return [tuple(one[name] for name in columns) for one in staff.rows(sheet)]


def test_a_flat_list_of_posts_gives_units_posts_people_and_who_is_in_them(tmp_path: Path) -> None:
    """Joined keys and names, units of a path, ranks in front, zeros, hours, and rows that are the same."""
    with _read(tmp_path / "raw", _MAPPING, flat=_FLAT) as staff:
        assert [] == list(staff.faults)
        assert [("North", "North", None), ("North/A", "A", "North")] == rows_of(
            staff, "units", "unit_id", "name", "parent_id"
        )
        assert [
            ("North/7", "North", "uk/inspector", 1.0),
            ("North/8", "North/A", "uk/constable", 1.0),
            ("North/9", "North/A", "uk/constable", 1.0),
        ] == rows_of(staff, "posts", "post_id", "unit_id", "rank", "fte")
        assert [("0012", "Kim Lee"), ("0013", "Pat Shaw")] == rows_of(staff, "people", "person_id", "name")
        assert [("0012", "North/7", 1.0), ("0013", "North/8", 0.5)] == rows_of(
            staff, "occupancies", "person_id", "post_id", "fte"
        )


def test_several_files_of_one_kind_are_read_as_one(tmp_path: Path) -> None:
    """Each fault names its file, its row there, and the header."""
    more = _POSTS + "7,South,,Head,Boss,20,Hall,Ann,1,1\n"
    with _read(tmp_path / "raw", _MAPPING, flat=_FLAT, flat2=more) as staff:
        assert ["flat2.csv (posts), row 2, Rank (rank): found 'Boss'"] == [
            str(one).partition(";")[0] for one in staff.faults if one.kind == "name"
        ]
        assert 3 == len(list(staff.rows("people")))
        book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
        [sheet] = [one for one in book.worksheets if one.title.startswith("posts")]
        assert [(2, "Boss")] == [(row[0], row[6]) for row in sheet.iter_rows(min_row=2, values_only=True)]


_MATRIX = "Name,No,Taser,First aid at work,Driving\nLee,P1,{},Y,3\nHall,P2,{},✓,\n"


@pytest.mark.parametrize(
    ("mapping", "cells", "expected"),
    [
        (
            "matrix: expires, ignore: [Name, Driving], values: {matrix: {Y: held, ✓: held}}",
            ("31/12/2027", ""),
            [("P1", "skill/taser", None, "2027-12-31", None)],
        ),
        (
            "matrix: achieved, courses: [Taser]",
            ("2024-01-31", "2024-02-28"),
            [("P1", "skill/taser", "2024-01-31", None, None), ("P2", "skill/taser", "2024-02-28", None, None)],
        ),
        ("matrix: level, courses: [Driving]", ("", ""), [("P1", "skill/driving", None, None, 3)]),
        (
            "matrix: expires, courses: [Taser], empty: [N/A, Not req], values: {matrix: {EXPIRED: none}}",
            ("Not req", "expired"),
            [],
        ),
    ],
)
def test_a_matrix_has_a_column_for_each_course(
    mapping: str, cells: tuple[str, str], expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    """Its cells are days, levels or words of the mapping."""
    write_csv(export(), tmp_path / "raw")
    (tmp_path / "raw" / "holdings.csv").unlink()
    with _read(
        tmp_path / "raw", f"holdings: {{file: m.csv, person_id: No, {mapping}}}", m=_MATRIX.format(*cells)
    ) as staff:
        held = rows_of(staff, "holdings", "person_id", "requirement", "achieved", "expires", "level")
        assert ([], expected) == (list(staff.faults), [one for one in held if one[1] != "course/first-aid-at-work"])


def test_a_cell_of_a_matrix_that_nobody_translated_is_a_fault_of_its_column(tmp_path: Path) -> None:
    """It is not passed over."""
    write_csv(export(), tmp_path / "raw")
    (tmp_path / "raw" / "holdings.csv").unlink()
    mapping = "holdings: {file: m.csv, person_id: No, matrix: expires, courses: [Taser, Driving]}"
    with _read(tmp_path / "raw", mapping, m=_MATRIX.format("Pending", "")) as staff:
        assert [("m.csv", 2, "Taser", "Pending"), ("m.csv", 2, "Driving", "3")] == [
            (one.place, one.row, one.header, one.value) for one in staff.faults
        ]
        book = load_workbook(fault_workbook.write(staff, tmp_path / "errors.xlsx"))
        assert [(2, "Lee", "Pending")] == [
            (row[0], row[2], row[4]) for row in book["holdings"].iter_rows(min_row=2, values_only=True)
        ]


def test_what_a_file_above_speaks_of_is_not_taken_from_one_below(tmp_path: Path) -> None:
    """A course that the log says was failed is not held because a matrix has a day for it."""
    write_csv(export(), tmp_path / "raw")
    (tmp_path / "raw" / "holdings.csv").unlink()
    log = "Collar,Course,Day,Result\nP1,Taser,2024-01-01,Failed\nP2,Taser,2024-01-01,Passed\n"
    mapping = """
holdings:
  - {file: log.csv, person_id: Collar, requirement: Course, achieved: Day, only: {Result: Pass*}}
  - file: m.csv
    person_id: No
    matrix: expires
    courses: [Taser, Driving]
    unless_above: yes
    values: {matrix: {"3": held}}
"""
    with _read(tmp_path / "raw", mapping, log=log, m=_MATRIX.format("2027-01-01", "2027-01-01")) as staff:
        held = rows_of(staff, "holdings", "person_id", "requirement", "achieved", "expires")
        assert [("P1", "skill/driving", None, None), ("P2", "skill/taser", "2024-01-01", None)] == held
        assert any("what a file above speaks of (2)" in note for note in staff.notes)


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_numbers_that_stand_for_days_are_read_where_the_mapping_says_so(epoch: int, tmp_path: Path) -> None:
    """By the first day of the workbook; without the mapping they are a fault that says how."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415 -- one test

    book = Workbook()
    book.remove(book.worksheets[0])
    if epoch == 1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in export().items():
        if not rows:
            continue
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for one in rows:
            sheet.append([cell or None for cell in one.values()])
    book["people"]["C2"] = 45495 if epoch == 1900 else 45495 - 1462
    book.save(tmp_path / "staff.xlsx")
    (tmp_path / "m.yaml").write_text("dates: serial")
    with read(tmp_path / "staff.xlsx", Names()) as staff:
        assert ["joined"] == [
            one.column for one in staff.faults if one.kind == "cell" and "dates: [serial]" in one.advice
        ]
    with read(tmp_path / "staff.xlsx", Names(), mapping=tmp_path / "m.yaml") as staff:
        assert "2024-07-22" == next(one["joined"] for one in staff.rows("people"))
        assert any("numbers such as" in note for note in staff.notes)


def test_the_second_of_two_columns_of_one_name_is_named_by_its_number(tmp_path: Path) -> None:
    """One that is called so itself goes before it."""
    rows = export()
    folder = write_csv(rows, tmp_path / "raw")
    (folder / "units.csv").write_text(
        "unit_id,Name,Name,parent_id\nU0,F,Force,\nU1,N,North,U0\nU2,S,South,U0\nU3,A,Team,U1\n"
    )
    with _read(folder, "units: {name: Name (2)}") as staff:
        assert ["Force", "North", "South", "Team"] == [name for (name,) in rows_of(staff, "units", "name")]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PS 0345", "0345"),
        ("T/DCI-77", "77"),
        ("LEE, Kim (PC)", "LEE, Kim"),
        ("Kim Lee [T/Insp]", "Kim Lee"),
        ("XY 12", "XY 12"),
        ("0345", "0345"),
    ],
)
def test_a_rank_is_taken_from_a_number_or_a_name(text: str, rest: str) -> None:
    """Only one that every force has."""
    assert rest == without_rank(text)


def test_every_column_and_setting_stands_in_the_json_schema() -> None:
    """An editor can offer them."""
    schema = model().model_json_schema()
    assert {sheet.name for sheet in SHEETS} < set(schema["properties"])
    assert set(SHEETS[1].names) < set(schema["$defs"]["PostsMapping"]["properties"])


def _taken(staff: Staff) -> dict[str, list[Row]]:
    return {sheet.name: list(staff.rows(sheet.name)) for sheet in SHEETS}


def test_a_mapping_may_begin_with_what_it_is(tmp_path: Path) -> None:
    """Older ones do not, and stay right."""
    rows = export()
    rows["people"].append(row("people", "X1", "Somebody", "03/04/26"))
    folder = write_csv(rows, tmp_path / "raw")
    with _read(folder, "dates: uk\npeople: {name: name}") as old, _read(folder, "rankgraph: mapping\ndates: uk") as new:
        assert ([], _taken(old)) == (list(new.faults), _taken(new))


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        ("dates: ['? uk | us']", "dates: '? uk | us'", "one of the candidates, or several in a list, without the"),
        ("people: {name: [A, '? B | C']}", "name: '? B | C'", "one of the candidates, or several in a list, without"),
        ("units: '? no file has unit_id'", "units: '? no file has unit_id'", "a file in which it stands"),
    ],
)
def test_an_open_choice_is_named_as_it_stands(line: str, found: str, expected: str, tmp_path: Path) -> None:
    """In a list too, and where no file has a sheet that must be there."""
    (mapping := tmp_path / "mapping.yaml").write_text(f"rankgraph: mapping\n{line}\n", encoding="utf-8")
    with pytest.raises(DocumentErrors) as error:
        read_mapping(mapping)
    [problem] = map(str, error.value.exceptions)
    assert f"mapping.yaml:2: found {found}; expected {expected}" in problem
