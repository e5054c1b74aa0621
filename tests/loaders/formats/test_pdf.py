"""A PDF is read as somebody reads the pages, or refused in one clear sentence."""

from __future__ import annotations

import pytest

from graph.errors import DocumentError
from loaders.formats.pdf import read_lines
from tests.builders.pdf_file import Placed, pdf_file, pdf_of

HEAD, FOOT = "Northshire Police role profiles", "Page {} of 2"


def _page(number: int, *lines: str, x: float = 60, top: float = 740) -> list[Placed]:
    """Return lines one below the other, a page's head above and its foot below them."""
    placed = [(x, top - 14.0 * place, line) for place, line in enumerate(lines)]
    return [(60, 800, HEAD), *placed, (60, 40, FOOT.format(number))]


def _said(raw: bytes) -> list[tuple[str, int | None]]:
    return [(line.text, line.page) for line in read_lines("a.pdf", raw).lines if line.text]


def test_heads_and_feet_of_pages_go_and_paragraphs_are_joined() -> None:
    """A paragraph is one line, on the page where it begins; what each page prints at its edge is named in a note."""
    first = _page(
        *(
            1,
            "Custody Sergeant",
            "",
            "The sergeant runs the custody suite of the force by day and by night, and decides",
        ),
        *("on the detention of everybody who is brought there under arrest.", ""),
    )
    second = _page(2, "Reviews the detention of each person at the times that the law sets.")
    raw = pdf_file(first, second)
    text = " ".join(line for line, _ in _said(raw))
    assert "by day and by night, and decides on the detention of everybody" in text
    assert HEAD not in text
    assert "Page 1" not in text
    assert [2] == [page for line, page in _said(raw) if line.startswith("Reviews")]
    assert any(HEAD in note for note in read_lines("a.pdf", raw).notes)


def test_two_columns_are_read_one_after_the_other() -> None:
    """Lines of two columns at the same height are no sentence."""
    left = [(60.0, 700.0 - 14 * n, f"Left column line {n} of the text that is set") for n in range(8)]
    right = [(320.0, 700.0 - 14 * n, f"Right column line {n} of the text that is") for n in range(8)]
    text = " ".join(line for line, _ in _said(pdf_file([*left, *right])))
    assert text.index("Left column line 7") < text.index("Right column line 0")


def test_an_item_goes_on_at_the_top_of_the_next_page() -> None:
    """Where its text stands to the right of the margin, even if a sentence ended with the page."""
    head = "Custody Sergeant, who is one of those that this page tells you more about in full"
    above = "Runs the custody suite of the force by day and by night, with all who work there."
    below = "Reviews each detention of a person in the suite."
    first = [(60.0, 140.0, head), (75.0, 100.0, "-"), (90.0, 100.0, above)]
    second = [(90.0, 740.0, below), (75.0, 720.0, "-"), (90.0, 720.0, "Checks files."), (60.0, 690.0, "At the margin.")]
    said = [line for line, _ in _said(pdf_file(first, second))]
    assert [head, f"- {above} {below}", "- Checks files.", "At the margin."] == said


def test_an_address_that_is_wider_than_its_column_is_one_word() -> None:
    """What stands behind an address that only ends its line is another word."""
    lines = [
        "Send the form to the team, and read what the law says, which you will find at",
        "https://www.example.org/northshire/police/roles/and/ranks/of/the/force/custody_",
        "sergeant_en.pdf, or write before noon to the office at custody@example.org",
        "by the end of the month.",
    ]
    placed = [(60.0, 700.0 - 14 * place, line) for place, line in enumerate(lines)]
    expected = f"{lines[0]} {lines[1]}{lines[2]} {lines[3]}"
    assert [expected] == [line for line, _ in _said(pdf_file(placed))]


def test_an_address_over_three_lines_is_one_word() -> None:
    """Only the first of the lines has what an address is known by."""
    head = "Send the form to the team, and read what the law says, which stands at"
    parts = (
        "https://www.example.org/northshire/police/roles/and/ranks/of/the/whole",
        "/county/and/its/towns/in/the/year/of/two/thousand/and/twenty/five_pages",
        "a.pdf",
    )
    placed = [(60.0, 700.0 - 14 * place, line) for place, line in enumerate((head, *parts))]
    assert [f"{head} {''.join(parts)}"] == [line for line, _ in _said(pdf_file(placed))]


def test_a_line_of_bold_words_is_part_of_its_sentence() -> None:
    """A heading is bold from its first line on."""
    lines = [
        "The sergeant runs the custody suite of the force by day and by night with the",
        "**inspector, who is on call for the whole of the county and for each of its parts,**",
        "and decides on the detention of all who are brought there under arrest by anybody.",
    ]
    placed = [(60.0, 700.0 - 14 * place, line) for place, line in enumerate(lines)]
    assert [" ".join(lines).replace("**", "")] == [line for line, _ in _said(pdf_file(placed))]
    heading = [(60.0, 714.0, f"**{'The custody sergeant of the county and all that is asked of a custody sergeant'}**")]
    assert lines[0] not in [line for line, _ in _said(pdf_file([*heading, *placed]))]
    assert heading[0][2].strip("*") == _said(pdf_file([*heading, *placed]))[0][0]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Runs the custody suite of the force by day and by night, with all who work", "there.", True),
        ("Runs the custody suite", "or", False),
    ],
)
def test_what_goes_on_in_another_column(above: str, below: str, joined: bool) -> None:
    """A word alone between two ways, or text at the margin below an item, is of its own."""
    page = [(60.0, 140.0, "Custody Sergeant, who is one of those that this page tells you more about")]
    first, second = [*page, (60.0, 100.0, above)], [(60.0, 740.0, below), (60.0, 700.0, "Checks files.")]
    said = [line for line, _ in _said(pdf_file(first, second))]
    assert (f"{above} {below}" in said) is joined
    item = [*page, (75.0, 100.0, "-"), (90.0, 100.0, "Runs the custody suite of the force, and all who work here now")]
    assert "At the margin begins a text." in [
        line for line, _ in _said(pdf_file(item, [(60.0, 740.0, "At the margin begins a text.")]))
    ]


def test_a_cell_that_spans_all_columns_is_one() -> None:
    """Lines of the rows above and below it do not cut it, though they stand at nearly the same place."""
    ruled = [(60.0, y, 400.0, y) for y in (700.0, 660.0, 620.0, 580.0)]
    ruled += [(x, 700.0, x, 580.0) for x in (60.0, 400.0)]
    ruled += [(200.5, 700.0, 200.5, 660.0), (200.0, 620.0, 200.0, 580.0)]
    cells = [(70.0, 680.0, "Essential"), (210.0, 680.0, "Desirable"), (70.0, 640.0, "All that a sergeant has to do"),
             (70.0, 600.0, "Law"), (210.0, 600.0, "Languages")]  # fmt: skip
    assert [text for _, _, text in cells] == [line for line, _ in _said(pdf_file(cells, ruled=ruled))]


def test_a_head_at_the_end_of_a_page_belongs_to_the_rows_on_the_next() -> None:
    """One row alone is no table, but with those that go on with it on the next page it is."""
    ruled = [(60.0, y, 400.0, y) for y in (700.0, 660.0, 620.0)] + [(x, 700.0, x, 620.0) for x in (60.0, 200.0, 400.0)]
    heads = [(70.0, 740.0, "What we ask for"), (70.0, 640.0, "Essential"), (210.0, 640.0, "Desirable")]
    rows = [(70.0, 680.0, "Law"), (210.0, 680.0, "Languages"), (70.0, 640.0, "Diving"), (210.0, 640.0, "Boats")]
    lines = [line for line in read_lines("a.pdf", pdf_file(heads, rows, ruled=ruled)).lines if line.cell]
    assert [
        ("Essential", (1, 1, 1)),
        ("Desirable", (1, 1, 2)),
        ("Law", (1, 2, 1)),
        ("Languages", (1, 2, 2)),
        ("Diving", (1, 3, 1)),
        ("Boats", (1, 3, 2)),
    ] == [(line.text, line.cell) for line in lines]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"%PDF-1.4\nnothing", "a damaged PDF"),
        (pdf_file([]), "a PDF without text"),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, found: str) -> None:
    """The error says what was found."""
    with pytest.raises(DocumentError) as error:
        read_lines("a.pdf", raw)
    assert found == error.value.found


_CATALOGUE, _PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_SHEET = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
)
_DRAWS = "<< /Length 5 >>\nstream\n/X Do\nendstream"
_FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>"


@pytest.mark.parametrize(
    "objects",
    [
        [_CATALOGUE, _PAGES, _SHEET, _DRAWS, f"{_FORM}\nstream\n/X Do /X Do\nendstream"],
        [_CATALOGUE, _PAGES, "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"],
        [_CATALOGUE, _PAGES, _SHEET, _DRAWS.replace("5", "4 0 R")],
    ],
    ids=["a drawing that holds itself", "pages that hold each other", "a length that is its own"],
)
def test_what_holds_itself_is_refused(objects: list[str]) -> None:
    """The program that reads it ends by itself."""
    with pytest.raises(DocumentError):
        read_lines("a.pdf", pdf_of(objects))


def test_the_same_bytes_give_the_same_lines() -> None:
    """Numbers of lines in answers stay right."""
    raw = pdf_file(_page(1, "Custody Sergeant", "Runs the custody suite."))
    assert read_lines("a.pdf", raw) == read_lines("a.pdf", raw)
