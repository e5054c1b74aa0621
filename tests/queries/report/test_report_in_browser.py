"""The page of a report, in a real browser: on a screen, on a telephone and on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from queries.parameters.choices import AUDIENCES
from queries.report.aggregate import for_audience
from queries.report.page import page as written
from queries.report.sections import to_sections
from tests.builders.report_rows import report
from tests.harness.chromium import opened_quietly
from tests.harness.contrast import least_contrast

_A4 = 794 - 98
"""Points that a sheet of A4 is wide in the browser's measure, less its margins."""


@pytest.fixture(scope="module", params=["aggregate", "named"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a report on a unit with forty teams."""
    target = tmp_path_factory.mktemp("report") / "gap.html"
    target.write_text(written(to_sections(for_audience(report(40), request.param))), encoding="utf-8")
    return target


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[tuple[Page, list[str]]]:
    """Open the page, and note what it asks the network for and what it complains of."""
    with opened_quietly(chromium, file.as_uri(), viewport={"width": 1280, "height": 900}) as found:
        yield found


def test_the_page_is_silent_and_asks_for_nothing(page: tuple[Page, list[str]]) -> None:
    """No request, no message on the console, no error; and a picture can be taken of it whole."""
    opened, heard = page
    picture = opened.screenshot(full_page=True)
    assert ([], b"\x89PNG") == (heard, picture[:4])


def test_every_table_says_what_it_is_and_which_cells_are_headings(page: tuple[Page, list[str]]) -> None:
    """Caption, scope of each heading, language and one first heading."""
    opened, _ = page
    tables = opened.locator("table").count()
    assert tables > 10
    assert (tables, 0, 1, "en-GB") == (
        opened.locator("table > caption").count(),
        opened.locator("th:not([scope])").count(),
        opened.locator("h1").count(),
        opened.locator("html").get_attribute("lang"),
    )


def test_text_stands_out_from_what_is_behind_it(page: tuple[Page, list[str]]) -> None:
    """WCAG AA asks for 4.5 to 1."""
    opened, _ = page
    assert least_contrast(opened, "h1, h2, p, th, td, td span, caption, a") >= 4.5


def test_each_shade_of_the_heat_map_is_said_in_words_too(page: tuple[Page, list[str]]) -> None:
    """Without colour nothing is lost."""
    opened, _ = page
    words = {
        "full": "none short",
        "few": "short",
        "some": "short",
        "many": "short",
        "nobody": "nobody",
        "hidden": "[c]",
    }
    for shade, word in words.items():
        cells = opened.locator(f".heat td.{shade}").all_inner_texts()
        assert [] == [text for text in cells if word not in text]


def test_the_page_is_no_wider_than_a_phone(page: tuple[Page, list[str]]) -> None:
    """Only a wide table is moved sideways, within its frame."""
    opened, _ = page
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_no_column_is_cut_and_headings_come_again(page: tuple[Page, list[str]]) -> None:
    """Every table is as wide as a sheet of A4 at most, and its heading is repeated on each."""
    opened, _ = page
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": _A4, "height": 1000})
    wide = opened.evaluate(
        "most => [...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > most + 1)"
        ".map(t => t.caption.innerText)",
        _A4,
    )
    heads = opened.evaluate(
        "[...new Set([...document.querySelectorAll('thead')].map(h => getComputedStyle(h).display))]"
    )
    assert ([], ["table-header-group"]) == (wide, heads)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="no pdfinfo found")
def test_it_prints_on_a4(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    """The sheets are A4 whatever the printer would choose."""
    import subprocess  # noqa: PLC0415

    opened, _ = page
    target = tmp_path / "gap.pdf"
    opened.pdf(path=target, prefer_css_page_size=True)
    told_of = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True).stdout
    assert ["A4"] == [line.rpartition("(")[2].rstrip(")") for line in told_of.splitlines() if "Page size" in line]


_BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll('th, td:not(.long), svg text')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[^\\s/-]+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(one => Math.round(one.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""Words of tables and charts that go on in another line."""


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_summary_has_twelve_sheets_at_most_and_breaks_no_word(
    chromium: Browser, tmp_path: Path, audience: str
) -> None:
    """Of a unit with forty teams, the first page by itself."""
    of = to_sections(for_audience(report(40), audience, b"a key that nobody can guess"), annexes=False)
    (tmp_path / "gap.html").write_text(written(of), encoding="utf-8")
    with opened_quietly(chromium, (tmp_path / "gap.html").as_uri(), viewport={"width": _A4, "height": 900}) as found:
        opened, heard = found
        opened.emulate_media(media="print")
        assert ([], []) == (heard, opened.evaluate(_BROKEN))
        opened.pdf(path=tmp_path / "gap.pdf", prefer_css_page_size=True)
    sheets = pypdfium2.PdfDocument(tmp_path / "gap.pdf")
    texts = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    assert len(texts) <= 12
    assert [True, False] == ["2. Scope" in texts[1], "2. Scope" in texts[0]]
