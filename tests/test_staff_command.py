"""`rankgraph staff load`: what is said, what is written where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from graph.session import open_graph
from queries.staff_outcome import problems
from tests.commands import process, run
from tests.staff_files import dump

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
def folder(tmp_path: Path) -> Path:
    """Write the files of a force of two."""
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
    """Nothing is written; the fault is said with sheet, row and column, and all of them stand in the workbook."""
    write(folder, holdings="person_id,requirement,achieved\nP1,Tazer,2026-01-31\nP9,Taser,\n")
    errors = folder.parent / "errors.xlsx"

    stopped = run("staff", "load", str(folder), "--errors", str(errors))

    expected = "expected an id that stands in people; mend it, or add the row that is missing"
    assert (1, "") == (stopped.exit_code, stopped.stdout)
    assert [
        "Error: the facts do not hold together, nothing was written:",
        "holdings, requirement: found 'Tazer' in 1 row(s); did you mean skill/taser (Taser), course/taser (taser)?",
        f"holdings, row 3, person_id: found 'P9'; {expected}",
        f"2 row(s) at fault stand in {errors}, each with what is wrong",
    ] == stopped.stderr.splitlines()[1:]
    assert ["summary", "holdings"] == openpyxl.load_workbook(errors).sheetnames
    assert [] == _people()


def test_bad_rows_can_be_skipped_and_are_written_out(folder: Path) -> None:
    """The good rows are loaded; without --errors the workbook stands beside the input, and is not replaced unasked."""
    write(folder, holdings="person_id,requirement,achieved\nP1,Tazer,2026-01-31\nP2,Taser,\n")

    done = run("staff", "load", str(folder), "--on-error", "skip", "--format", "json")
    again = run("staff", "load", str(folder), "--on-error", "skip")

    assert {"read": 2, "taken": 1, "skipped": 1} == json.loads(done.stdout)["sheets"]["holdings"]
    assert ["summary", "holdings"] == openpyxl.load_workbook(folder.parent / "export-errors.xlsx").sheetnames
    assert (0, ["P1", "P2"], 1) == (done.exit_code, _people(), again.exit_code)
    assert "export-errors.xlsx: found a file there" in again.stderr
    assert 0 == run("staff", "load", str(folder), "--on-error", "skip", "--overwrite").exit_code


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

    said = run("staff", "load", str(folder), "--full", "--as-of", "2026-03-31", "--format", "json")

    assert {"nodes": 1, "edges": 1} == json.loads(said.stdout)["closed"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--full",), "found --full without --as-of"),
        (("--as-of", "2026-03-31"), "found --as-of without --full"),
        (("--full", "--as-of", "31/03/2026"), "expected a day such as"),
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


def test_a_load_in_a_process_of_its_own_keeps_stdout_for_data(folder: Path) -> None:
    """The bar and the notes are on stderr."""
    done = process("staff", "load", str(folder), "--format", "json")

    assert (0, {"nodes": 7, "edges": 9}) == (done.returncode, json.loads(done.stdout)["created"])
    with open_graph() as graph:
        assert 2 == sum("['Person']" in node for node in dump(graph)[0])


def test_only_the_first_faults_are_told() -> None:
    """The others are counted."""
    assert [*map(str, range(20)), "and 80 more"] == problems(iter(range(100)), 100, [])
    assert ["0"] == problems(iter(range(1)), 1, [])
