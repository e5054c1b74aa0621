"""`rankgraph staff load`: what is said, what is written where, and the exit codes."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import openpyxl
import pytest

from graph.session import open_graph
from queries.answers.load_result import problems
from tests.builders.staff_files import dump
from tests.harness.commands import process, run

FILES = {
    "units": "unit_id,name,parent_id\nU1,Force,\nU2,Team,U1\n",
    "posts": "post_id,unit_id,rank,title,role,fte,opened,closed\nA,U2,PS,Team sergeant,,1,,\nB,U2,PC,,,1,,\n",
    "people": "person_id,name,joined,left\nP1,Person 1,2010-01-01,\nP2,Person 2,,\n",
    "occupancies": "person_id,post_id,from,to,fte,basis\nP1,A,2024-01-01,,1,substantive\nP2,B,,,1,\n",
    "requirements": "requirement,kind,valid_months,max_level\nTaser,ticket,12,3\n",
    "holdings": "person_id,requirement,level,achieved,expires,evidence\nP1,Taser,2,2026-01-31,,\nP2,Taser,,,,\n",
}
NOTHING = {"nodes": 0, "edges": 0}
NEVER = {"removed": NOTHING, "closed": NOTHING, "changed": NOTHING}


@pytest.fixture
def folder(tmp_path: Path, reference: None) -> Path:
    """Write the files of a force of two."""
    del reference
    return write(tmp_path / "export", **FILES)


def write(folder: Path, **files: str) -> Path:
    """Write CSV files into a folder, which is made if it is not there."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_an_export_is_loaded_and_told_sheet_by_sheet(folder: Path) -> None:
    """The rows of each sheet, and what that made of the graph; the same again changes nothing."""
    sheets = {
        name: {"read": 1 if name == "requirements" else 2, "taken": 1 if name == "requirements" else 2, "skipped": 0}
        for name in FILES
    }

    first = run("staff", "load", str(folder), "--format", "json")
    again = run("staff", "load", str(folder), "--format", "json")

    assert (0, 0) == (first.exit_code, again.exit_code)
    made = {"nodes": 7, "edges": 9}
    assert {"sheets": sheets, "created": made, "untouched": NOTHING, **NEVER} == json.loads(first.stdout)
    assert {"sheets": sheets, "created": NOTHING, "untouched": made, **NEVER} == json.loads(again.stdout)


def test_the_table_has_a_line_a_sheet_and_the_totals(folder: Path) -> None:
    """What is read on a terminal."""
    shown = run("staff", "load", str(folder)).stdout

    lines = [line.split() for line in shown.splitlines()]
    assert [
        ["sheet", "read", "taken", "skipped"],
        *([name, *(["1", "1"] if name == "requirements" else ["2", "2"]), "0"] for name in FILES),
        ["in", "the", "graph", "created", "changed", "removed", "closed", "untouched"],
        ["nodes", "7", "0", "0", "0", "0"],
        ["edges", "9", "0", "0", "0", "0"],
    ] == [line for line in lines if line and line[0][0].isalpha()]


def test_a_row_at_fault_stops_the_load(folder: Path) -> None:
    """Nothing is written; faults come first, with their place, then notes of the reading; the workbook has all."""
    write(folder, holdings="person_id,requirement,achieved,more\nP1,Tazer,2026-01-31\nP9,Taser,\nP2,Tazer,\n")
    errors = folder.parent / "errors.xlsx"

    stopped = run("staff", "load", str(folder), "--errors", str(errors))

    expected = "expected an id that stands in people; mend it, or add the row that is missing"
    assert (1, "") == (stopped.exit_code, stopped.stdout)
    near = "did you mean skill/taser (Taser), course/taser (taser)?"
    columns = "person_id, requirement, level, achieved, expires, evidence"
    cure = 'holdings: {values: {requirement: {"Tazer": OURS}}}'
    assert [
        "Error: the facts do not hold together, nothing was written:",
        f"holdings, row 2, requirement: found 'Tazer' (in 2 rows); {near}",
        f"holdings, row 3, person_id: found 'P9'; {expected}",
        f"a mapping (--mapping) translates names, `none` being an empty cell: `{cure}`",
        f"3 row(s) at fault stand in {errors}, each with what is wrong",
        f"holdings.csv: not read: more; the columns are {columns}",
    ] == stopped.stderr.splitlines()
    assert ["summary", "holdings"] == openpyxl.load_workbook(errors).sheetnames
    assert [] == _people()


def test_faults_stand_before_what_else_there_is_to_say(folder: Path) -> None:
    """However many notes there are, in a load that stops and in one that goes on."""
    write(
        folder, people=FILES["people"].replace("name,", "name,Shoe size,").replace("Person 2,", "Person 2,,32/13/2020")
    )
    for words in ((), ("--on-error", "skip", "--dry-run")):
        lines = run("staff", "load", str(folder), *words).stderr.splitlines()
        fault, note = (next(n for n, line in enumerate(lines) if one in line) for one in ("32/13/2020", "Shoe size"))
        assert fault < note


def test_the_day_of_an_export_is_checked_before_its_files_are_read(folder: Path) -> None:
    """One that is to come, or older than the last, ends the load at once; the files may be at fault, too."""
    assert 0 == run("staff", "load", str(folder), "--full", "--as-of", "2026-03-31").exit_code
    write(folder, people="nothing\n")
    for day, said in (("2999-01-01", "expected one of today"), ("2026-03-30", "expected none older than that of")):
        stopped = run("staff", "load", str(folder), "--full", "--as-of", day)
        assert (1, True, False) == (stopped.exit_code, said in stopped.stderr, "people.csv" in stopped.stderr)


def test_bad_rows_can_be_skipped_and_are_written_out(folder: Path) -> None:
    """The good rows are loaded; without --errors the workbook stands beside the input, under a name that is free."""
    write(folder, holdings="person_id,requirement,achieved\nP1,Tazer,2026-01-31\nP2,Taser,\n")

    done = run("staff", "load", str(folder), "--on-error", "skip", "--format", "json")
    again = run("staff", "load", str(folder), "--on-error", "skip")

    assert {"read": 2, "taken": 1, "skipped": 1} == json.loads(done.stdout)["sheets"]["holdings"]
    assert ["summary", "holdings"] == openpyxl.load_workbook(folder.parent / "export-errors.xlsx").sheetnames
    assert (0, ["P1", "P2"], 0) == (done.exit_code, _people(), again.exit_code)
    assert 0 == run("staff", "load", str(folder), "--on-error", "skip").exit_code
    assert f"stand in {folder.parent.resolve() / 'export-errors-2.xlsx'}, each" in again.stderr
    assert 0 == run("staff", "load", str(folder), "--on-error", "skip", "--overwrite").exit_code
    names = ["export-errors-2.xlsx", "export-errors-3.xlsx", "export-errors.xlsx"]
    assert names == sorted(path.name for path in folder.parent.glob("*.xlsx"))


def _people() -> list[object]:
    with open_graph() as graph:
        return [row["id"] for row in graph.read("MATCH (n:Person) RETURN n.id AS id ORDER BY id", {})]


def test_a_dry_run_writes_no_staff(folder: Path) -> None:
    """It says what a load would do."""
    said = run("staff", "load", str(folder), "--dry-run", "--format", "json")

    assert ({"nodes": 7, "edges": 9}, []) == (json.loads(said.stdout)["created"], _people())
    assert "dry run: nothing was written" in said.stderr


def test_a_whole_export_closes_people(folder: Path) -> None:
    """One person is not in it."""
    run("staff", "load", str(folder))
    write(folder, people="person_id,name\nP1,Person 1\n", occupancies="person_id,post_id,from\nP1,A,2024-01-01\n")
    write(folder, holdings="person_id,requirement,achieved\nP1,Taser,2026-01-31\n")

    whole = ("staff", "load", str(folder), "--full", "--as-of", "2026-03-31", "--format", "json")
    stopped, said = run(*whole), run(*whole, "--allow-closing", "1")

    assert (1, "people: 1 of 2 in the graph are not in this whole export (P2)") == (
        stopped.exit_code,
        next(line.partition(";")[0] for line in stopped.stderr.splitlines() if "1 of 2" in line),
    )
    assert {"nodes": 1, "edges": 1} == json.loads(said.stdout)["closed"]
    asked = ("ask", "establishment", "--audience", "named", "--format", "json", "--as-of")
    heads = [sum(row["heads"] for row in json.loads(run(*asked, f"2026-03-{day}").stdout)) for day in (30, 31)]
    assert [2, 1] == heads


def test_what_a_whole_export_says_no_longer_is_removed_and_told(folder: Path) -> None:
    """Without --full it is only counted, in a note."""
    run("staff", "load", str(folder))
    write(folder, holdings="person_id,requirement,level,achieved\nP1,Taser,2,2026-02-28\nP2,Taser,,\n")

    part = run("staff", "load", str(folder), "--format", "json")
    whole = run("staff", "load", str(folder), "--full", "--as-of", "2026-03-31", "--format", "json")

    advice = "--full --as-of DAY takes the export as whole"
    assert f"at least 1 row(s) in the graph are not in this export; {advice}" in part.stderr.splitlines()
    assert (NOTHING, {"nodes": 0, "edges": 1}) == tuple(json.loads(one.stdout)["removed"] for one in (part, whole))
    assert advice not in whole.stderr


def test_the_mapping_file_of_the_help_is_read_as_it_stands(folder: Path) -> None:
    """What the help shows is an example that works."""
    shown = run("staff", "load", "--help").stdout.partition("your headers:\n")[2].partition("  In a workbook")[0]
    (folder.parent / "mapping.yaml").write_text(textwrap.dedent(shown))
    write(folder, **{"HR extract": "Payroll ref,Display name\nP1,Person 1\nP2,Person 2\n"})
    write(folder, Training="person_id,Ticket,Outcome,Booking status\nP1,Taser,Completed,Open\nP2,Taser,Failed,\n")
    for name in ("people", "holdings"):
        (folder / f"{name}.csv").unlink()

    done = run("staff", "load", str(folder), "--mapping", str(folder.parent / "mapping.yaml"), "--format", "json")

    assert {"read": 1, "taken": 1, "skipped": 0} == json.loads(done.stdout)["sheets"]["holdings"]


def test_a_course_under_another_name_is_said(folder: Path) -> None:
    """Which course of the graph a row means is not found out by chance."""
    write(folder, courses="course_id,name\nC1,SCC\nC2,Boat course\n")

    done = run("staff", "load", str(folder))

    [note] = [line for line in done.stderr.splitlines() if line.startswith("courses: ")]
    assert (0, True) == (done.exit_code, note.startswith("courses: 'SCC' is course/scc ("))


def test_two_columns_for_one_are_told_with_what_helps(folder: Path) -> None:
    """One more column would not mend it."""
    write(folder, posts="post_id,unit_id,rank,WTE,Established FTE\nA,U2,PS,1,1\n")

    said = run("staff", "load", str(folder)).stderr

    assert "more than one column for fte (columns 4 and 5)" in said
    assert ("leave one of them, or name the one that is meant in a mapping file", False) == (
        "leave one of them" + said.partition("leave one of them")[2].splitlines()[0],
        "add it" in said,
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--full",), "found --full without --as-of"),
        (("--as-of", "2026-03-31"), "found --as-of without --full"),
        (("--full", "--as-of", "31/04/2026"), "expected a day such as"),
        (("--errors", "errors.csv"), "ending in .xlsx"),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_wrong_usage_is_told(folder: Path, options: tuple[str, ...], said: str) -> None:
    """With exit code 2, before anything is read."""
    done = run("staff", "load", str(folder), *options)

    assert (2, True) == (done.exit_code, said in done.stderr)


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    """With exit code 1, as for any other fault of the data."""
    done = run("staff", "load", str(tmp_path / "no-such-folder"))

    assert (1, True) == (done.exit_code, "no-such-folder" in done.stderr)


def test_a_load_in_a_process_of_its_own_keeps_stdout_for_data(tmp_path: Path) -> None:
    """The bar and the notes are on stderr."""
    done = process("staff", "load", str(write(tmp_path / "export", **FILES)), "--format", "json")

    assert (0, {"nodes": 7, "edges": 9}) == (done.returncode, json.loads(done.stdout)["created"])
    with open_graph() as graph:
        assert 2 == sum("['Person']" in node for node in dump(graph)[0])


def test_only_the_first_faults_are_told() -> None:
    """The others are counted."""
    assert [*map(str, range(20)), "and 80 more"] == problems(iter(range(100)), 100, [])
    assert ["0"] == problems(iter(range(1)), 1, [])


@pytest.mark.parametrize("whole", [(), ("--full", "--as-of", "2026-03-31", "--allow-closing", "1")])
def test_a_training_log_may_keep_who_has_left(folder: Path, whole: tuple[str, ...]) -> None:
    """Their rows of the second month are taken, whole export or not; one of nobody is a fault."""
    run("staff", "load", str(folder))
    write(folder, people="person_id,name\nP1,Person 1\n", occupancies="person_id,post_id,from\nP1,A,2024-01-01\n")
    log = FILES["holdings"] + "P2,Taser,1,2026-02-28,,\n"
    write(folder, holdings=log, absences="person_id,from,to,kind\nP2,2026-01-01,2026-01-31,sick\n")

    done = run("staff", "load", str(folder), *whole, "--format", "json")
    bad = run("staff", "load", str(write(folder, holdings=log + "P3,Taser,,,,\n")), *whole)

    who = "1 person(s) who are in the graph, and not in people (P2); they are taken"
    assert [f"holdings: 2 row(s) of {who}", f"absences: 1 row(s) of {who}"] == [
        line for line in done.stderr.splitlines() if "not in people" in line
    ]
    assert (0, {"nodes": 1, "edges": 2}) == (done.exit_code, json.loads(done.stdout)["created"])
    assert (1, 1) == (bad.exit_code, bad.stderr.count("an id that stands in people"))


def test_tickets_left_out_that_may_still_be_valid_are_counted(folder: Path, tmp_path: Path) -> None:
    """In a matrix: of a person who is unknown, or in a cell that is not understood; not those that have ended."""
    matrix = "person_id,Taser,Driving\nP1,31/03/2099,soon\nP9,31/03/2099,31/03/2001\n"
    (tmp_path / "matrix.csv").write_text(matrix, encoding="utf-8")
    (tmp_path / "force.yaml").write_text(
        "rankgraph: mapping\ndates: uk\n"
        + "".join(f"{name}: {{file: {name}.csv}}\n" for name in FILES if name not in {"holdings", "requirements"})
        + "requirements: {file: matrix.csv, matrix: expires, ignore: [person_id], fixed: {kind: course}}\n"
        + "holdings: {file: matrix.csv, matrix: expires}\n",
        encoding="utf-8",
    )
    words = ("staff", "load", str(folder), str(tmp_path / "matrix.csv"), "--mapping", str(tmp_path / "force.yaml"))
    done = run(*words, "--on-error", "skip")
    said = "tickets left out that may still be valid: 2; who holds one is short of it here"
    assert (0, True) == (done.exit_code, said in done.stderr), done.stderr
    with open_graph() as graph:
        assert [2] == [row["n"] for row in graph.read("MATCH (s:StaffLoad) RETURN s.lasting AS n", {})]
