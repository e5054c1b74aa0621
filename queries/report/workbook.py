"""Write a report as a workbook: a sheet a table, with filters, frozen headings, real numbers and real days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from queries.answers.skills_gap.facts import Rows
from queries.report import heat_map_table
from queries.report.model import Column, SectionedReport, Table
from queries.show.tables import visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 32_767
"""Signs that a cell can hold."""
_MOST_ROWS = 1_048_576
_WIDEST = 60
_A4 = 9
_FIRST = (34, 110)
"""How wide the two columns of the first sheet are."""
_LINE = 15.0
_FULL = 0.88
"""How much of a column letters take at most: bold ones are wider than the digits that its width is counted in."""
_DAYS, _MONEY = "yyyy-mm-dd", "#,##0.00"
_SIGNS = ("=", "+", "-", "@", "#")
"""What text begins with that a spreadsheet would run, or take for an error."""
_NOBODY = "FFEEB0A6"
_LACKING = (("FFF6C9A8", 0.5), ("FFFBE3B6", 0.25), ("FFFDF6DC", 0.0))
_SCALE = ("FFFFFFFF", "FFFBE3B6", "FFE58E73")


def workbook(report: SectionedReport) -> bytes:
    """Return the workbook; whatever stands in a name, no cell of it is a formula."""
    from openpyxl import Workbook  # takes 0.2 s to import

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = visible(report.title), "rankgraph"
    _first(book, report)
    for section in report.sections:
        for table in section.tables:
            if table.kind == "heat map":
                _matrix(book, table)
            _sheet(book, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _first(book: Workbook, report: SectionedReport) -> None:
    """Write what the report is and how to read it, section by section, with the sheets of each."""
    sheet = _new(book, "report")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _FIRST
    _print_setup(sheet)
    for row, (left, right) in enumerate(_lines(report), 1):
        heading = right is None
        sheet.row_dimensions[row].height = _height(("", right or ""), _FIRST)
        sheet.append(
            [
                None if left is None else _cell(sheet, left, bold=heading, wrap=not heading),
                _cell(sheet, right, wrap=not heading),
            ]
        )


def _lines(report: SectionedReport) -> Iterator[tuple[str | None, str | None]]:
    """Yield what stands on the left and on the right; a heading has nothing on its right."""
    yield report.title, None
    yield from ((None, text) for text in report.says)
    for section in report.sections:
        yield None, None
        yield section.title, None
        yield from ((None, text) for text in section.says)
        for table in section.tables:
            yield table.name, table.caption if table.rows else f"{table.caption}. {table.empty}"


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height of a row in which text goes on in further lines; not every program finds it by itself."""
    lines = (len(wrap(text, int(width * _FULL))) for text, width in zip(texts, widths, strict=True))
    return _LINE * max(1, *lines)


def _new(book: Workbook, name: str) -> Worksheet:
    return cast("Worksheet", book.create_sheet(name))


def _sheet(book: Workbook, table: Table) -> None:
    name = "heat map rows" if table.kind == "heat map" else table.name
    sheet = _new(book, name)
    _lay_out(sheet, [column.heading for column in table.columns], _widths(table), frozen="A2")
    for row in table.rows[: _MOST_ROWS - 1]:
        sheet.append([_cell(sheet, row[column.name], column.kind) for column in table.columns])
    _finish(sheet, len(table.columns), min(len(table.rows), _MOST_ROWS - 1), summed=table.summed)
    if table.kind == "heat map":
        _shade(sheet, table.columns, len(table.rows))
    if table.bars and table.rows:
        _chart(sheet, table)


def _chart(sheet: Worksheet, table: Table) -> None:
    """Draw the bars of a table below it, as a chart of the workbook that follows its cells."""
    from openpyxl.chart import BarChart, Reference

    last = 1 + len(table.rows) - (1 if table.summed else 0)
    chart = BarChart()
    chart.type, chart.title, chart.legend.position = "bar", table.caption, "b"
    chart.width, chart.height = 22, 4 + 0.55 * last  # in centimetres, so that most fit under their table on a page
    names = [column.name for column in table.columns]
    for bar in table.bars:
        column = 1 + names.index(bar)
        chart.add_data(Reference(sheet, min_col=column, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    sheet.add_chart(chart, f"A{len(table.rows) + 4}")


def _widths(table: Table) -> list[int]:
    return [_width(column, table.rows) for column in table.columns]


def _width(column: Column, rows: Rows) -> int:
    if column.kind in {"number", "money"}:
        return max(10, len(column.heading) + 4)
    longest = max((len(str(row[column.name] or "")) for row in rows[:1000]), default=0)
    return min(_WIDEST, max(12, longest + 2, len(column.heading) + 4))


def _lay_out(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], *, frozen: str) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = frozen
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _print_setup(sheet)
    sheet.row_dimensions[1].height = _height(headings, widths)
    sheet.append([_cell(sheet, heading, bold=True, wrap=True) for heading in headings])


def _print_setup(sheet: Worksheet) -> None:
    """Let a sheet print on A4 across, one page wide, with its first row again on each page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"


def _finish(sheet: Worksheet, columns: int, rows: int, *, summed: bool = False) -> None:
    """Put a filter over the rows, without the sum under them."""
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{max(1, 1 + rows - (1 if summed else 0))}"


def _cell(
    sheet: Worksheet, value: object, kind: str = "text", *, bold: bool = False, wrap: bool = False
) -> Cell | str | float | None:
    """Return what is appended to a row: a value alone where that will do, which is three times faster."""
    content = _value(value)
    odd = content.startswith(_SIGNS) if isinstance(content, str) else isinstance(content, date)
    if isinstance(content, date) or odd or bold or wrap or (kind == "money" and not isinstance(content, str)):
        return _styled(sheet, content, kind, bold=bold, wrap=wrap)
    return content


def _styled(sheet: Worksheet, value: str | float | date | None, kind: str, *, bold: bool, wrap: bool) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # a day is taken too
    if isinstance(value, str):
        cell.data_type = "s"  # else text that begins with = would be a formula
        cell.quotePrefix = value.startswith(_SIGNS)
    elif isinstance(value, date):
        cell.number_format = _DAYS
    elif kind == "money":
        cell.number_format = _MONEY
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _value(value: object) -> str | float | date | None:
    """Return a value as a workbook holds it: days as days, lists as text.

    >>> _value("2026-02-28"), _value("2026-02-30"), _value(["a", "b"]), _value(None)
    (datetime.date(2026, 2, 28), '2026-02-30', 'a; b', None)
    """
    if value is None or isinstance(value, int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return visible(text)[:_LONGEST]


def _matrix(book: Workbook, table: Table) -> None:
    """Write how many are short, units down and requirements across, shaded by condition."""
    keys = {(row["requirement_id"], row["level"]): heat_map_table.requirement(row) for row in table.rows}
    order = sorted(keys, key=lambda key: (keys[key], str(key)))
    lines: dict[object, dict[object, object]] = {}
    names: dict[object, tuple[object, object, object]] = {}
    for row in table.rows:
        lines.setdefault(row["unit_id"], {})[row["requirement_id"], row["level"]] = row["short"]
        names[row["unit_id"]] = (row["unit"], row["unit_id"], row["depth"])
    sheet = _new(book, "heat map")
    headings = ["Unit", "Unit number", "Depth", *(f"{keys[key]}: short" for key in order)]
    _lay_out(sheet, headings, [36, 14, 8, *[14] * len(order)], frozen="D2")
    for unit, cells in lines.items():
        sheet.append([_cell(sheet, value) for value in (*names[unit], *(cells.get(key) for key in order))])
    _finish(sheet, len(headings), len(lines))
    if order and lines:
        _scale(sheet, 4, len(headings), len(lines) + 1)


def _scale(sheet: Worksheet, first: int, last: int, bottom: int) -> None:
    """Shade each column by its own largest number, so that one requirement does not pale the others."""
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color
    from openpyxl.utils import get_column_letter

    points = [FormatObject(type="num", val=0), FormatObject(type="percentile", val=50), FormatObject(type="max")]
    scale = ColorScale(cfvo=points, color=[Color(rgb=colour) for colour in _SCALE])
    for column in range(first, last + 1):
        letter = get_column_letter(column)
        sheet.conditional_formatting.add(f"{letter}2:{letter}{bottom}", Rule(type="colorScale", colorScale=scale))


def _shade(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    """Shade the rows by the share that is short, nobody darkest."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.utils import get_column_letter

    at = {column.name: get_column_letter(place) for place, column in enumerate(columns, 1)}
    need, have, short = (f"${at[name]}2" for name in ("need", "have", "short"))
    span = f"{at['need']}2:{at['short']}{rows + 1}"
    steps = [(f"IF(ISNUMBER({have}),{have}=0,FALSE)", _NOBODY)]
    steps += [(f"IF(ISNUMBER({short}),{short}/{need}>{least},FALSE)", colour) for colour, least in _LACKING]
    for formula, colour in steps:
        style = DifferentialStyle(fill=PatternFill(start_color=colour, end_color=colour, fill_type="solid"))
        rule = Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=True)
        sheet.conditional_formatting.add(span, rule)
