"""How rows become text."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from rich.text import Text

from queries.show.html import fill
from queries.show.tables import as_csv, as_json, as_markdown, as_table, draw

STEERING_HERE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

COLUMNS = ("rank", "gates", "months")
ROWS: list[dict[str, object]] = [
    {"rank": "Sergeant", "gates": ["exam", "a | b"], "months": 12},
    {"rank": 'the "Met"\x1b', "gates": [], "months": None},
]


def test_json_keeps_lists_nulls_and_letters() -> None:
    """Values stay what they are."""
    assert '{\n  "a": [\n    "é"\n  ],\n  "b": null\n}\n' == as_json({"a": ["é"], "b": None})


def test_json_loses_no_sign_and_holds_none_that_steers() -> None:
    """Signs of control, direction and ends of lines are escapes, which every reader of JSON takes back."""
    text = "".join(map(chr, (*range(0x2100), *range(0xFFF0, 0xFFFE))))

    written = as_json({text: [text]})

    assert ({text: [text]}, {"\n"}) == (json.loads(written), {sign for sign in written if STEERING_HERE.match(sign)})


def test_what_a_view_lets_through_steers_nothing() -> None:
    """Whatever is drawn passes one door, colours apart."""
    drawn = draw(Text.assemble("a\u202eb\x1b]8;;x", ("c", "bold")), None, colour=True)

    assert "a�b�]8;;x\x1b[1mc\x1b[0m\n" == drawn


def test_a_page_keeps_what_is_read_to_the_left_apart(tmp_path: Path) -> None:
    """A text stands in an element of its own where it could turn its neighbours, and nowhere in a tag or a title."""
    template = tmp_path / "page.html"
    template.write_text('<title>{{ a }}</title><p class="{{ a }}">{{ a }}: {{ b }}, {{ c }} {{ 1 }}</p>', "utf-8")

    page = fill(template, {}, {"a": "\u05d0<", "b": "\u202eb\ufdd0", "c": "c"})

    assert '<title>\u05d0&lt;</title><p class="\u05d0&lt;"><bdi>\u05d0&lt;</bdi>: <bdi>�b�</bdi>, c 1</p>' == page


def test_csv_joins_lists_and_quotes() -> None:
    """A list is one cell, a null an empty one."""
    assert 'rank,gates,months\nSergeant,exam; a | b,12\n"the ""Met""�",,\n' == as_csv(COLUMNS, ROWS)


def test_csv_holds_no_cell_that_a_spreadsheet_would_run() -> None:
    """An apostrophe stands before a formula; numbers stay numbers, and what looks like one only at first does not."""
    values = ["=1+1", "+44 1", "-a", "@SUM(A1)", "\ta", "\ra", -5, "-5.5", "+1e3", ["=1"], "a=1", None, "'=1", "a\r=1"]
    values += ["\uff1d1", "\uff0b1", "\uff0da", "\uff20A", "\n=1", "\u202e=1", "\ufe66a", "\uff1d"]

    written = as_csv(("text",), [{"text": value} for value in values])

    assert [
        *("'=1+1", "'+44 1", "'-a", "'@SUM(A1)", "'\ta", "'\na"),
        *("-5", "-5.5", "+1e3", "'=1", "a=1", "", "'=1", "a\n=1"),
        *("'\uff1d1", "'\uff0b1", "'\uff0da", "'\uff20A", "'\n=1", "�=1", "'\ufe66a", "\uff1d"),
    ] == ["".join(row) for row in csv.reader(io.StringIO(written, newline=""))][1:]


def test_markdown_escapes_what_would_end_a_cell() -> None:
    """A bar inside a cell stays inside, and escape signs are not passed on."""
    assert [
        "| rank | gates | months |",
        "| --- | --- | --- |",
        "| Sergeant | exam; a \\| b | 12 |",
        '| the "Met"� |  |  |',
    ] == as_markdown(COLUMNS, ROWS).splitlines()


def test_a_name_is_no_link_picture_or_element_of_markdown() -> None:
    """All that Markdown would read as more than letters is escaped."""
    text = "![a](javascript:b) [c]: d <img src=x> *e* `f` &lt; \u2028# g"

    [*_, line] = as_markdown(("text",), [{"text": text}]).splitlines()

    assert r"| !\[a\](javascript:b) [c]: d \<img src=x\> \*e\* \`f\` \&lt; \# g |" == line


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
