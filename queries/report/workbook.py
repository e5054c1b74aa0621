"""Write a report as a workbook: a sheet a table, with filters, frozen headings, real numbers and real days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from graph.rows import visible
from queries.answers.skills_gap.facts import Rows
from queries.audience.small_numbers import HIDDEN
from queries.report import heat_map_table
from queries.report.model import Column, SectionedReport, Table
from queries.show.tables import inert

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


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
_FORMATS = {"day": {"num_format": "yyyy-mm-dd", "align": "left"}, "money": {"num_format": "#,##0.00"}}
_SIGNS = (*"=+-@#\uff1d\uff0b\uff0d\uff20",)
"""What text begins with that a spreadsheet would run, or take for an error."""
_NOBODY = "#EEB0A6"
_LACKING = (("#F6C9A8", 0.5), ("#FBE3B6", 0.25), ("#FDF6DC", 0.0))
_SCALE = ("#FFFFFF", "#FBE3B6", "#E58E73")


def workbook(report: SectionedReport) -> bytes:
    """Return the workbook; whatever stands in a name, no cell of it is a formula."""
    return _Book(report).content()


class _Book:
    """A workbook while it is written: row by row, so that a large force needs no more memory than a small one."""

    def __init__(self, report: SectionedReport) -> None:
        from xlsxwriter import Workbook  # takes 0.1 s to import

        self._report, self._stream = report, io.BytesIO()
        self._book = Workbook(self._stream, {"constant_memory": True})
        self._format = cache(self._make_format)
        self._book.set_properties({"title": visible(report.title), "author": "rankgraph"})

    def content(self) -> bytes:
        self._write_first()
        for section in self._report.sections:
            for table in section.tables:
                if table.kind == "heat map":
                    self._write_matrix(table)
                self._write_table(table)
        self._book.close()
        return self._stream.getvalue()

    def _write_first(self) -> None:
        """Write what the report is and how to read it, section by section, with the sheets of each."""
        sheet = self._new("report", _FIRST)
        for row, (left, right) in enumerate(_lines(self._report)):
            heading = right is None
            sheet.set_row(row, _height(("", right or ""), _FIRST))
            self._write(sheet, row, (left, right), bold=heading, wrap=not heading)

    def _new(self, name: str, widths: Sequence[int]) -> Worksheet:
        """Add a sheet that prints on A4 across, one page wide, with its first row and the marking on each page."""
        sheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        marking, audience = (text.replace("&", "&&") for text in (self._report.marking, self._report.audience))
        sheet.set_header(f"&C{marking}" if marking else "")
        sheet.set_footer(f"&L{audience}&R&P / &N")
        return sheet

    def _write_rows(
        self,
        name: str,
        columns: Sequence[Column],
        widths: Sequence[int],
        rows: Rows,
        *,
        frozen: int = 0,
        summed: int = 0,
    ) -> Worksheet:
        """Write rows under headings that stay in sight, with a filter over them but for the `summed` last ones."""
        sheet = self._new(name, widths)
        sheet.freeze_panes(1, frozen)
        headings = [column.heading for column in columns]
        sheet.set_row(0, _height(headings, widths))
        self._write(sheet, 0, headings, bold=True, wrap=True)
        kinds = [column.kind for column in columns]
        for place, row in enumerate(rows[: _MOST_ROWS - 1], 1):
            self._write(sheet, place, [row.get(column.name) for column in columns], kinds)
        sheet.autofilter(0, 0, min(len(rows), _MOST_ROWS - 1) - (summed if rows else 0), len(columns) - 1)
        return sheet

    def _write(
        self, sheet: Worksheet, row: int, values: Sequence[object], kinds: Sequence[str] = (), **style: bool
    ) -> None:
        for place, value in enumerate(map(_value, values)):
            if isinstance(value, str):
                sheet.write_string(row, place, value, self._format("text", quoted=value.startswith(_SIGNS), **style))
            elif isinstance(value, datetime):
                sheet.write_datetime(row, place, value, self._format("day"))
            elif value is not None:
                sheet.write_number(row, place, value, self._format(kinds[place] if kinds else "number"))

    def _make_format(self, kind: str, *, quoted: bool = False, bold: bool = False, wrap: bool = False) -> Format | None:
        """Return the format of a cell, none where it has no style of its own."""
        style = {**_FORMATS.get(kind, {}), **({"text_wrap": True, "valign": "top"} if wrap else {})}
        style |= {name: True for name, wanted in (("quote_prefix", quoted), ("bold", bold)) if wanted}
        return self._book.add_format(style) if style else None

    def _write_table(self, table: Table) -> None:
        name = "heat map rows" if table.kind == "heat map" else table.name
        sheet = self._write_rows(
            name,
            table.columns,
            [_width(column, table.rows) for column in table.columns],
            table.rows,
            summed=table.summed,
        )
        if table.kind == "heat map":
            self._shade(sheet, [column.name for column in table.columns], len(table.rows))
        if table.bars and table.rows:
            self._draw_bars(sheet, table)
        if table.lines:
            self._draw_lines(sheet, table)

    def _draw_bars(self, sheet: Worksheet, table: Table) -> None:
        """Draw the bars of a table below it, as a chart of the workbook that follows its cells."""
        last = len(table.rows) - table.summed
        hidden = any(row[bar] == HIDDEN for row in table.rows for bar in table.bars)
        title = f"{table.caption}{f' (no bar where {HIDDEN} stands)' if hidden else ''}"
        chart = self._chart("bar", title, 830, 150 + 21 * last)  # most fit under their table on a page
        chart.set_y_axis({"reverse": True, **_AS_TEXT})
        for bar, colour in zip(table.bars, _BARS, strict=False):
            labels = {"data_labels": {"value": True}} if len(table.bars) == 1 else {}
            chart.add_series({**self._series(table, bar, 1, last), "fill": {"color": colour}, **labels})
        sheet.insert_chart(len(table.rows) + 3, 0, chart, {"description": f"{table.caption}: the table above, drawn"})

    def _chart(self, kind: str, title: str, width: int, height: int) -> Chart:
        """Return an empty chart of so many pixels, with its legend below."""
        chart = cast("Chart", self._book.add_chart({"type": kind}))
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": width, "height": height})
        return chart

    def _series(self, table: Table, column: str, first: int, last: int) -> dict[str, object]:
        """Return a series of one column from one row to another, by what stands in the column of days or the first."""
        names = [one.name for one in table.columns]
        place, at = names.index(column), names.index("day") if table.lines else 0
        return {
            "name": [table.name, 0, place],
            "categories": [table.name, first, at, last, at],
            "values": [table.name, first, place, last, place],
        }

    def _draw_lines(self, sheet: Worksheet, table: Table) -> None:
        """Draw a chart for each panel of a table, two beside each other below it."""
        for number, (name, first, rows) in enumerate(table.panels()):
            chart = self._chart("line", inert(name), 420, 240)
            chart.set_x_axis(_AS_TEXT)
            for line in table.lines:
                if line not in _BAND or any(row[line] != row["central"] for row in rows):
                    style = {"line": _DASHES.get(line, {"color": "#1F3A5F", "width": 2})}
                    chart.add_series({**self._series(table, line, first + 1, first + len(rows)), **style})
            at = len(table.rows) + 3 + 13 * (number // 2)
            options = {"description": f"{table.caption}: {name}, drawn", "x_offset": 430 * (number % 2)}
            sheet.insert_chart(at, 0, chart, options)

    def _write_matrix(self, table: Table) -> None:
        """Write how many are short, units down and requirements across, shaded by condition."""
        keys = {(row["requirement_id"], row["level"]): heat_map_table.requirement(row) for row in table.rows}
        order = sorted(keys, key=lambda key: (keys[key], str(key)))
        lines: dict[object, dict[str, object]] = {}
        places = {key: f"need {place}" for place, key in enumerate(order)}
        for row in table.rows:
            line = lines.setdefault(row["unit_id"], {name: row[name] for name in ("unit", "unit_id", "depth")})
            line[places[row["requirement_id"], row["level"]]] = row["short"]
        columns = (
            *(Column("unit", "Unit"), Column("unit_id", "Unit number"), Column("depth", "Depth", "number")),
            *(Column(places[key], f"{keys[key]}: short", "number") for key in order),
        )
        widths = [36, 14, 8, *[14] * len(order)]
        sheet = self._write_rows("heat map", columns, widths, tuple(lines.values()), frozen=3)
        for column in range(3, len(columns) if lines else 0):  # by its own largest number, so that none pales others
            sheet.conditional_format(1, column, len(lines), column, _COLOUR_SCALE)

    def _shade(self, sheet: Worksheet, names: Sequence[str], rows: int) -> None:
        """Shade the rows by the share that is short, nobody darkest."""
        from xlsxwriter.utility import xl_col_to_name

        at = {name: xl_col_to_name(place) for place, name in enumerate(names)}
        need, have, short = (f"${at[name]}2" for name in ("need", "have", "short"))
        steps = [(f"=IF(ISNUMBER({have}),{have}=0,FALSE)", _NOBODY)]
        steps += [(f"=IF(ISNUMBER({short}),{short}/{need}>{least},FALSE)", colour) for colour, least in _LACKING]
        for criteria, colour in steps if rows else ():
            shade = self._book.add_format({"bg_color": colour})
            rule = {"type": "formula", "criteria": criteria, "format": shade, "stop_if_true": True}
            sheet.conditional_format(1, names.index("need"), rows, names.index("short"), rule)


_AS_TEXT = {"num_format": "yyyy-mm-dd", "text_axis": True}
"""Days of an axis as they stand in the cells, each where it comes and not by its distance."""
_BARS = ("#1F3A5F", "#9FB6D1")
_BAND = ("low", "high")
_DOTS = {"color": "#1F3A5F", "width": 1, "dash_type": "round_dot"}
_DASHES = {"low": _DOTS, "high": _DOTS, "established": {"color": "#5B6B7D", "width": 1.5, "dash_type": "dash"}}
"""How lines are told apart other than by colour."""
_COLOUR_SCALE = {
    "type": "3_color_scale",
    "min_type": "num",
    "min_value": 0,
    "mid_type": "percentile",
    "mid_value": 50,
    "max_type": "max",
    **dict(zip(("min_color", "mid_color", "max_color"), _SCALE, strict=True)),
}


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


def _width(column: Column, rows: Rows) -> int:
    if column.kind in {"number", "money"}:
        return max(10, len(column.heading) + 4)
    longest = max((len(str(row[column.name] or "")) for row in rows[:1000]), default=0)
    return min(_WIDEST, max(12, longest + 2, len(column.heading) + 4))


def _value(value: object) -> str | float | datetime | None:
    """Return a value as a workbook holds it: days as days, lists as text.

    >>> _value("2026-02-28"), _value("2026-02-30"), _value(["a", "b"]), _value(None)
    (datetime.datetime(2026, 2, 28, 0, 0), '2026-02-30', 'a; b', None)
    """
    if value is None or isinstance(value, int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if _DAY.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    return visible(text)[:_LONGEST]
