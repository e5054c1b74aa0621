"""Measure how staff files are read beside polars; docs/decisions/0013-reading-staff-files.md rests on what is printed.

Usage: python bench/staff_reading.py [PEOPLE]; the full size, 50000, has 893,570 holdings. polars is no part of the
product, and does less here than a reader must: it makes no values and writes no faults. Memory is told on Linux only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from csv import DictReader
from importlib import import_module, metadata
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graph.ids import slug  # noqa: E402
from graph.staff_nodes import StaffNames  # noqa: E402
from loaders.staff.read import read  # noqa: E402

IDS = {"unit_id": "units", "post_id": "posts", "person_id": "people", "course_id": "courses"}
OTHERS = {"units": "unit_id,name", "posts": "post_id,unit_id,fte", "occupancies": "person_id,post_id"}
CASES = {
    "a line break in quotes": b'P1,"A\nB"\nP2,C\n',
    "a cell too many": b"P1,A,x\nP2,C\n",
    "a quote that is never closed": b'P1,A\nP2,"C\n',
    "text behind a closing quote": b'P1,"A"x\nP2,C\n',
    "one quote in a bare cell": b'P1,A 6"\nP2,C\n',
    "quotes in quotes, not doubled": b'P1,"A "B" C"\nP2,C\n',
    "lines that end in CR": b"P1,A\rP2,C\r",
    "cp1252": b"P1,Ren\xe9\nP2,C\n",
}


def names(folder: Path) -> StaffNames:
    """Return what finds every name, in place of a graph: each means what its slug is."""
    path = folder / "courses.csv"
    courses = {row["name"] for row in DictReader(path.read_text().splitlines())} if path.exists() else set()

    def find(name: str) -> str:
        return name if "/" in name else f"{'course' if name in courses else 'skill'}/{slug(name)}"

    return StaffNames(slug, slug, find, lambda name: [find(name)], {}, {}, list)


def today(folder: Path) -> int:
    """Read and check an export as the product does; return how many rows it hands out."""
    with read(folder, names(folder)) as staff:
        return sum(1 for name in staff.sheets for _ in staff.rows(name))


def polars(folder: Path) -> int:
    """Scan files as text, gather the texts of each column, join ids, mark duplicates, hand out sorted rows."""
    pl, sheets = import_module("polars"), {}
    for path in folder.glob("*.csv"):
        scan = pl.scan_csv(path, infer_schema=False, empty_string_is_null=False, row_index_name="row")
        sheets[path.stem] = scan.with_columns(pl.col(pl.String).str.strip_chars()).collect(engine="streaming")
    for sheet in sheets.values():
        for column in sheet.columns[1:]:
            sheet[column].unique()
            if column in IDS:
                sheet.join(sheets[IDS[column]], on=column, how="anti")
        sheet.drop("row").is_duplicated()
    return sum(1 for sheet in sheets.values() for _ in sheet.sort(sheet.columns[1:]).iter_rows())


def measure(side: str, folder: Path) -> str:
    """Run one side in this process, which is its own, and return what it took."""
    began = time.perf_counter()
    rows = {"today": today, "polars": polars}[side](folder)
    took, peak = time.perf_counter() - began, re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]
    return f"{rows:,} rows, {took:.1f} s, {time.process_time():.1f} s of processors, {int(peak) >> 10} MB at the peak"


def oddity(side: str, folder: Path) -> str:
    """Return the names that come out of people.csv, and the rows at fault."""
    try:
        if side == "polars":
            return f"{import_module('polars').scan_csv(folder / 'people.csv', infer_schema=False).collect().rows()}"
        with read(folder, names(folder)) as staff:
            people = [(row["person_id"], row["name"]) for row in staff.rows("people")]
            return f"{people}, at fault {[fault.row for fault in staff.faults]}"
    except Exception as error:  # noqa: BLE001  (what it raises is the finding)
        return f"refuses the file: {type(error).__name__}"


def main(people: str = "5000") -> None:
    """Print both sides, today's first."""
    sides = ["today", "polars"] if find_spec("polars") else ["today"]
    if not sides[1:]:
        print("POLARS IS NOT INSTALLED, AND NOT MEASURED: `pip install polars`, then run this again", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for case, rows in CASES.items():
            (folder / "people.csv").write_bytes(b"person_id,name" + rows[-1:] + rows)  # the header ends as they do
            for name, columns in OTHERS.items():
                (folder / f"{name}.csv").write_text(columns)
            print(*(f"{case}, {side}: {oddity(side, folder)}" for side in sides), sep="\n")
        command = [sys.executable, str(ROOT / "cli.py"), "sample-force", "--people", people, "--seed", "1"]
        subprocess.run([*command, str(folder / "f")], check=True, capture_output=True)
        for side in sides:
            with ProcessPoolExecutor(1, get_context("spawn")) as own:
                print(f"{people} people, {side}: {own.submit(measure, side, folder / 'f/csv').result()}", flush=True)
    for package in ("polars", "polars-runtime-32") if sides[1:] else ():
        print(f"{package}: {sum(file.size or 0 for file in metadata.files(package) or ()) / 1e6:.0f} MB installed")


if __name__ == "__main__":
    main(*sys.argv[1:])
