"""The workbook of a report, opened again."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from operator import attrgetter
from pathlib import Path

import openpyxl
import pytest

from queries.report.aggregate import for_audience
from queries.report.sections import to_sections
from queries.report.workbook import workbook
from tests.builders.report_rows import FORMULA, report

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SHEETS = [
    *(
        "report",
        "in short",
        "decisions",
        "risks",
        "commands",
        "in 12 months",
        "scope",
        "editions",
        "staff files",
        "strength",
        "establishment",
        "vacancies",
        "years ahead",
        "heat map",
    ),
    *(
        "heat map rows",
        "critical gaps",
        "single points count",
        "single points",
        "expiry by month",
        "expiry calendar",
        "expiring",
    ),
    *("readiness", "critical posts", "blockers", "candidates", "training demand", "without profile"),
    *("stale editions", "never recorded", "in no post"),
]


def _made(audience: str = "named") -> bytes:
    return workbook(to_sections(for_audience(report(), audience, b"a key of a report")))


@pytest.fixture
def book() -> openpyxl.Workbook:
    """Open the named report."""
    return openpyxl.load_workbook(io.BytesIO(_made()))


def test_each_table_has_a_sheet_with_a_filter_and_frozen_headings(book: openpyxl.Workbook) -> None:
    """The first sheet says what they are; the heat map keeps its units in sight too."""
    frozen = {sheet.title: sheet.freeze_panes for sheet in book}
    expected = {**dict.fromkeys(SHEETS, "A2"), "report": None, "heat map": "D2"}

    assert SHEETS == book.sheetnames
    assert expected == frozen
    assert {"report"} == {sheet.title for sheet in book if not sheet.auto_filter.ref}


def test_a_filter_leaves_the_sum_alone(book: openpyxl.Workbook) -> None:
    """The last row of establishment by rank adds up those before."""
    sheet = book["strength"]
    assert ("All", f"A1:H{sheet.max_row - 1}") == (sheet.cell(sheet.max_row, 1).value, sheet.auto_filter.ref)


def _charts(made: bytes) -> dict[str, tuple[str, list[str]]]:
    """Return by the alternative text of each chart what kind it is and the cells that it follows."""
    archive = zipfile.ZipFile(io.BytesIO(made))
    drawings = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    texts = [text for drawing in drawings for text in re.findall('descr="([^"]*)"', drawing)]
    charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in range(1, len(texts) + 1)]
    kinds = [found[1] if (found := re.search("<c:(barDir|lineChart)", chart)) else "" for chart in charts]
    return {
        text: (kind, re.findall("<c:f>([^<]*)</c:f>", chart))
        for text, kind, chart in zip(texts, kinds, charts, strict=True)
    }


def test_bars_lie_under_their_table_and_follow_its_cells() -> None:
    """Those of strength and of establishment, rank by rank, without the sum."""
    rows = 1 + len({row["rank_id"] for row in report().establishment})
    texts = [
        ref
        for column in "EC"
        for ref in (f"strength!${column}$1", f"strength!$A$2:$A${rows}", f"strength!${column}$2:${column}${rows}")
    ]
    text = "Establishment and strength by rank: the table above, drawn"
    assert ("barDir", texts) == _charts(_made())[text]


def test_each_rank_has_a_chart_of_lines_that_follows_its_cells() -> None:
    """Expected, established and the band, over the days of the rank."""
    first = "People by rank against establishment, year by year"
    charts = {text: chart for text, chart in _charts(_made()).items() if text.startswith(first)}
    assert [f"{first}: {rank}, drawn" for rank in ("Chief Superintendent", "Inspector", "PC")] == [*charts]
    assert (
        "lineChart",
        [
            ref
            for column in "CDEF"
            for ref in (
                f"'years ahead'!${column}$1",
                "'years ahead'!$B$7:$B$11",
                f"'years ahead'!${column}$7:${column}$11",
            )
        ],
    ) == charts[f"{first}: Inspector, drawn"]


@pytest.mark.parametrize(("audience", "said"), [("named", False), ("aggregate", True)])
def test_a_chart_with_hidden_numbers_says_that_no_bar_is_no_nought(audience: str, *, said: bool) -> None:
    """A spreadsheet draws text as nothing."""
    chart = zipfile.ZipFile(io.BytesIO(_made(audience))).read("xl/charts/chart1.xml").decode()
    assert said == ("Establishment and strength by rank (no bar where [c] stands)" in chart)


def test_days_of_a_chart_are_days_and_single_bars_have_their_number() -> None:
    """Not the numbers that a workbook holds for days, and not spaced by them."""
    archive = zipfile.ZipFile(io.BytesIO(_made()))
    charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    of_days = [chart for chart in charts if "'years ahead'!$B" in chart or "'expiry by month'!$A" in chart]
    assert 4 == len(of_days)
    assert [] == [chart for chart in of_days if 'formatCode="yyyy-mm-dd" sourceLinked="0"' not in chart]
    assert [] == [chart for chart in of_days if "<c:dateAx>" in chart or "<c:auto " in chart]
    assert 1 == sum('<c:showVal val="1"/>' in chart for chart in charts)


def test_every_sheet_prints_across_one_page_wide_with_its_first_row_on_each(book: openpyxl.Workbook) -> None:
    """The first one too: its title is the row that comes again. The marking stands above, page and audience below."""
    found = {
        (
            sheet.page_setup.orientation,
            bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage),
            (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight),  # 1 is not written
            sheet.print_title_rows,
        )
        for sheet in book
    }
    assert {("landscape", True, (1, 0), "$1:$1")} == found
    heads, feet = ({str(part) for part in map(attrgetter(name), book)} for name in ("oddHeader", "oddFooter"))
    assert ({"&COFFICIAL"}, {"&Lnamed&R&P / &N"}) == (heads, feet)


def test_a_row_is_high_enough_for_its_text(book: openpyxl.Workbook) -> None:
    """LibreOffice does not find the height by itself: lines of text would stand on each other."""
    sheet = book["report"]
    low = [
        text
        for place, (_, text) in enumerate(sheet.iter_rows(values_only=True), 1)
        if (sheet.row_dimensions[place].height or 15) < 15 * -(-len(str(text or "")) // 110)
    ]
    heading = "Radio and control room procedures for major incidents: short"

    assert [] == low
    assert (True, 90) == (
        heading in {cell.value for cell in book["heat map"][1]},
        book["heat map"].row_dimensions[1].height,
    )
    assert (True, None) == (str(sheet["A1"].value).startswith("Skills gap report: "), sheet["B1"].value)


def test_numbers_are_numbers_and_days_are_days(book: openpyxl.Workbook) -> None:
    """A spreadsheet can add them up and sort them."""
    training = next(iter(book["training demand"].iter_rows(min_row=2, max_row=2)))
    expiring = next(iter(book["expiring"].iter_rows(min_row=2, max_row=2)))

    assert ["Taser course", 12, 10, 36.0, 4800.5] == [cell.value for cell in training]
    assert "#,##0.00" == training[4].number_format
    day = expiring[0]
    assert ("d", "2027-05-01 00:00:00", "yyyy-mm-dd") == (day.data_type, str(day.value), day.number_format)


def test_no_cell_is_a_formula(book: openpyxl.Workbook) -> None:
    """A name that begins with = is text, and stays so when it is edited."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    named = [cell for cell in cells if cell.value == FORMULA]

    assert ([], True, {True}) == (formulas, len(named) > 5, {cell.quotePrefix for cell in named})


def test_the_heat_map_is_shaded_by_condition(book: openpyxl.Workbook) -> None:
    """Each requirement has a scale of its own, the rows have rules for nobody and for three shares."""
    shaded = {
        name: [(str(span.sqref), [rule.type for rule in span.rules]) for span in book[name].conditional_formatting]
        for name in ("heat map", "heat map rows")
    }
    columns = book["heat map"].max_column

    assert [["colorScale"]] * (columns - 3) == [kinds for _, kinds in shaded["heat map"]]
    assert [(f"F2:I{book['heat map rows'].max_row}", ["expression"] * 4)] == shaded["heat map rows"]


def test_what_is_hidden_is_text_among_the_numbers() -> None:
    """No number stands in its place, in neither form of the heat map."""
    book = openpyxl.load_workbook(io.BytesIO(_made("aggregate")))
    hidden = {
        name: sum(1 for row in book[name].iter_rows(values_only=True) for value in row if value == "[c]")
        for name in ("heat map", "heat map rows")
    }

    assert hidden["heat map"] > 5
    assert hidden["heat map rows"] >= 2 * hidden["heat map"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let LibreOffice read the workbook and write each sheet as CSV; without it tests are skipped, or fail in CI."""
    if OFFICE is None:
        if os.environ.get("RANKGRAPH_REQUIRE_LIBREOFFICE"):
            pytest.fail("no LibreOffice found, and one is required here")
        pytest.skip("no LibreOffice found")
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.xlsx").write_bytes(_made())
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [OFFICE, profile, "--headless", "--convert-to", every_sheet, "--outdir", str(folder), "report.xlsx"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def _read(folder: Path, sheet: str) -> list[list[str]]:
    with (folder / f"report-{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_libreoffice_opens_every_sheet(office: Path) -> None:
    """Nothing in it is refused."""
    assert set(SHEETS) == {path.stem.removeprefix("report-") for path in office.glob("report-*.csv")}


def test_libreoffice_shows_days_numbers_and_formulas_as_meant(office: Path) -> None:
    """What begins with = is not computed."""
    heading, *rows = _read(office, "expiring")
    names = {row[heading.index("Name")] for row in rows}

    assert ["2027-05-01"] == sorted({row[0] for row in rows})
    assert (True, set()) == (FORMULA in names, {name for name in names if name.startswith(("#", "Err"))})
    assert ["Taser course", "12", "10", "36", "4800.5"] == _read(office, "training demand")[1]
