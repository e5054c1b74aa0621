"""Files are read into numbered lines, or refused in one clear sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import DocumentError
from loaders.formats.formats import LARGEST_TEXT, MOST_LINES, read_source
from loaders.formats.masking import mask
from loaders.formats.plain_text import clean
from loaders.formats.source import SourceLine
from loaders.layout.lines import logical_lines

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Café staff’s plan – £5\n\nsecond"


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", 0),
        ("utf-8-sig", 0),
        ("utf-16", 1),
        ("cp1252", 1),
    ],
)
def test_known_encodings_are_read_and_strange_ones_said(tmp_path: Path, encoding: str, notes: int) -> None:
    """Four encodings give the same lines; those that are not UTF-8 are said."""
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode(encoding))
    found = read_source(path)
    assert (("Café staff’s plan – £5", "", "second"), notes) == (found.lines, len(found.notes))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_alike_whatever_ends_them(tmp_path: Path, end: str) -> None:
    """Line ends of every system count as one."""
    path = tmp_path / "a.txt"
    path.write_bytes(f"one{end}{end}three".encode())
    assert ("one", "", "three") == read_source(path).lines


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "an empty file"),
        (b" \n\t\n", "an empty file"),
        (b"%PDF-1.7 text", "a damaged PDF"),
        (b"PK\x03\x04rest", "a zipped file"),
        (b"\xd0\xcf\x11\xe0rest", "an old Word document"),
        (b"{\\rtf1 text}", "a rich text file"),
        (b"text\x00text", "a binary file"),
        ("Полиция и служба".encode("cp1251"), "text in an unknown encoding"),
        (b"text \x81\x8d text", "text in an unknown encoding"),
        (b"\xff\xfea", "bytes that are not UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, found: str) -> None:
    """The error names what was found instead of a text."""
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(DocumentError) as error:
        read_source(path)
    assert error.value.found.startswith(found)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """The error says which of the two it is."""
    found = []
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DocumentError) as error:
            read_source(path)
        found.append(error.value.found)
    assert ["no such file", "a folder"] == found


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A file beyond the limit fails by its size alone."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_TEXT * 200)
    with pytest.raises(DocumentError, match="200,000,000 bytes"):
        read_source(path)


@pytest.mark.parametrize("line", ["x" * 3_000, "word " * 110_000])
def test_a_line_that_no_author_wrote_is_refused(tmp_path: Path, line: str) -> None:
    """An endless word or line fails with its number."""
    path = tmp_path / "a.txt"
    path.write_text(f"text\n{line}\n", encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        read_source(path)
    assert error.value.line == 2


def test_more_lines_than_an_author_wrote_are_refused(tmp_path: Path) -> None:
    """The error says how many there are, and where the first one too many stands."""
    path = tmp_path / "a.txt"
    path.write_text("text\n" * MOST_LINES, encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        read_source(path)
    assert (f"{MOST_LINES + 1:,} lines", MOST_LINES + 1) == (error.value.found, error.value.line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a\u00a0 b\t c ", "a b c"),
        ("**bold** and *plain*", "bold and plain"),
        ("<p>cell</p>\t<p>next</p>", "cell next"),
        ("the offi cer is effi cient, fi rst", "the officer is efficient, first"),
        ("the ﬁrst oﬃcer", "the first officer"),
        ("a sheriff arrives on wifi today", "a sheriff arrives on wifi today"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("### Heading", "Heading"),
    ],
)
def test_damage_and_mark_up_are_taken_away(line: str, expected: str) -> None:
    """Spaces are folded, tags and emphasis go, split ligatures are mended."""
    assert expected == clean(line)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Write to a.b@force.example now"], ["Write to [e-mail] now"]),
        (["Write to [email\u00a0protected]"], ["Write to [e-mail]"]),
        ([f"Call 01632 960 {1:03} or +44 {1632} 960001."], ["Call [telephone] or [telephone]."]),
        (
            ["Act of 2011, SI 2014/2376, £156,693, 1st September 2020"],
            ["Act of 2011, SI 2014/2376, £156,693, 1st September 2020"],
        ),
        (["Founded by Sir Alpha Beta in 1829"], ["Founded by [name] in 1829"]),
        (["Please contact Alpha Beta on the number"], ["Please contact [name] on the number"]),
        (["Contact Centre Officer"], ["Contact Centre Officer"]),
        (
            ["We hope to hear of you.", "", "Alpha Beta", "Commissioner"],
            ["We hope to hear of you.", "", "[name]", "Commissioner"],
        ),
        (["Yours sincerely,", "", "Alpha Beta"], ["Yours sincerely,", "", "[name]"]),
        (["", "Northshire Police", "Chief Constable"], ["", "Northshire Police", "Chief Constable"]),
    ],
)
def test_people_are_put_out_of_sight(lines: list[str], expected: list[str]) -> None:
    """Addresses, numbers and names of people go; what only looks alike stays."""
    assert expected == list(mask(lines))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            ["• one", "- two", "3. three", "o four", "(a) five"],
            [("•", "one"), ("-", "two"), ("1.", "three"), ("o", "four"), ("1.", "five")],
        ),
        (["-", "torn from its mark"], [("-", "torn from its mark")]),
        (["Lead: • one • two"], [("", "Lead:"), ("•", "one"), ("•", "two")]),
        (["over £3bn", "on-call work"], [("", "over £3bn"), ("", "on-call work")]),
    ],
)
def test_marks_are_set_apart(raw: list[str], expected: list[tuple[str, str]]) -> None:
    """Marks of every make are known, inside a line as well."""
    assert expected == [(line.mark, line.text) for line in logical_lines(raw)]


@pytest.mark.parametrize(
    "lines",
    [
        ["An allowance for those who joined before this day (what it is depends on what they do)", "or", "A car"],
        ["(What the holder does to keep up with what is new in the work of the custody suite)", "The holder reads."],
    ],
)
def test_paragraphs_that_a_format_knows_stay_apart(lines: list[str]) -> None:
    """A word that joins two choices goes with neither; a sentence in brackets needs no stop."""
    known = [SourceLine(line, whole=True) for line in lines]
    assert lines == [line.text for line in logical_lines(lines, (), known)]


def test_wrapped_lines_are_joined_with_their_numbers() -> None:
    """A paragraph broken at the width of a page is one line from its first to its last."""
    raw = [
        "The holder of this post leads the shift, sees to the wellbeing of those on",
        "it, and answers for the quality of its files to the inspector of the area",
        "in which it works.",
        "",
        "Skills",
        "- Plans the work of a shift over the weeks ahead, with regard to leave and",
        "  training, and keeps the plan.",
        "- Writes plain",
        "- Talks to people who are in distress, and stays calm while they are upset",
        "  or angry",
    ]
    assert [(1, 3), (5, 5), (6, 7), (8, 8), (9, 10)] == [(line.first, line.last) for line in logical_lines(raw)]
