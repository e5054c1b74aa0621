"""How rows become text."""

from __future__ import annotations

import csv
import io

from queries.show.tables import as_csv, as_json, as_markdown, as_table

COLUMNS = ("rank", "gates", "months")
ROWS: list[dict[str, object]] = [
    {"rank": "Sergeant", "gates": ["exam", "a | b"], "months": 12},
    {"rank": 'the "Met"\x1b', "gates": [], "months": None},
]


def test_json_keeps_lists_nulls_and_letters() -> None:
    """Values stay what they are."""
    assert '{\n  "a": [\n    "é"\n  ],\n  "b": null\n}\n' == as_json({"a": ["é"], "b": None})


def test_csv_joins_lists_and_quotes() -> None:
    """A list is one cell, a null an empty one."""
    assert 'rank,gates,months\nSergeant,exam; a | b,12\n"the ""Met""\x1b",,\n' == as_csv(COLUMNS, ROWS)


def test_csv_holds_no_cell_that_a_spreadsheet_would_run() -> None:
    """An apostrophe stands before a formula; numbers stay numbers, and what looks like one only at first does not."""
    values = ["=1+1", "+44 1", "-a", "@SUM(A1)", "\ta", "\ra", -5, "-5.5", "+1e3", ["=1"], "a=1", None, "'=1", "a\r=1"]

    written = as_csv(("text",), [{"text": value} for value in values])

    assert [
        *("'=1+1", "'+44 1", "'-a", "'@SUM(A1)", "'\ta", "'\na"),
        *("-5", "-5.5", "+1e3", "'=1", "a=1", "", "'=1", "a\n=1"),
    ] == ["".join(row) for row in csv.reader(io.StringIO(written, newline=""))][1:]


def test_markdown_escapes_what_would_end_a_cell() -> None:
    """A bar inside a cell stays inside, and escape signs are not passed on."""
    assert [
        "| rank | gates | months |",
        "| --- | --- | --- |",
        "| Sergeant | exam; a \\| b | 12 |",
        '| the "Met"� |  |  |',
    ] == as_markdown(COLUMNS, ROWS).splitlines()


def test_a_table_off_a_terminal_cuts_and_folds_nothing() -> None:
    """A long cell stays on one line where there is no terminal."""
    lines = as_table(("text",), [{"text": "word " * 400}]).splitlines()

    assert ("word " * 400).strip() == lines[-1]


def test_numbers_stand_to_the_right() -> None:
    """A column of numbers lines up at its end."""
    lines = as_table(("n",), [{"n": 1}, {"n": 1000}]).splitlines()

    assert ["   1", "1000"] == lines[-2:]


def test_a_table_too_wide_for_the_terminal_becomes_blocks() -> None:
    """On a narrow terminal each row is a block, and no line is longer than the terminal."""
    lines = as_table(COLUMNS, ROWS, 20).splitlines()

    assert 20 >= max(map(len, lines))
    assert ["1 of 2", "2 of 2"] == [line.strip(" ─") for line in lines if "─" in line]
    assert ["Sergeant"] == [line.split()[1] for line in lines if line.startswith("rank") and "Met" not in line]


def test_a_long_word_is_folded_and_never_cut() -> None:
    """An id that is longer than the terminal goes on in the next line."""
    lines = as_table(("fact",), [{"fact": "fact/" + "a" * 40}], 20).splitlines()

    assert "fact/" + "a" * 40 == "".join(line.removeprefix("fact  ").strip() for line in lines[1:])


def test_signs_of_markup_are_text() -> None:
    """Square brackets and colons are shown as they are."""
    lines = as_table(("label",), [{"label": "[bold]REQUIRES[/] :smile:"}]).splitlines()

    assert "[bold]REQUIRES[/] :smile:" == lines[-1]
