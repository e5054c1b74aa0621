"""Pictures in a real browser: no text leaves its box or meets another, all can be read, and nothing is asked for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from graph.errors import AnswerError
from graph.session import Graph, open_graph
from queries.picture.contrast import PAPER, ratio
from queries.picture.shapes import Picture
from queries.picture.writing import html, png, svg
from tests.harness.chromium import opened_quietly
from tests.harness.engines import with_settings
from tests.harness.loaded import prepared, reference
from tests.harness.pictures import gap, ladder, oversight, pathway, rank
from tests.harness.real import needed

MOST_PHONE, LEAST_LETTER, LEAST_ON_PAPER = 390, 9.0, 8.0
PHONE: ViewportSize = {"width": MOST_PHONE, "height": 844}
A4_HIGH = 1123 - 76
"""Points that a sheet of A4 is high in the browser's measure, less its margins."""

_FAULTS = """() => {
  const sheet = document.querySelector('svg').getBoundingClientRect();
  const found = [], texts = [...document.querySelectorAll('svg text')];
  const boxes = texts.map(text => text.getBoundingClientRect());
  const inside = (box, frame) => box.left >= frame.left - 0.6 && box.right <= frame.right + 0.6
    && box.top >= frame.top - 0.6 && box.bottom <= frame.bottom + 0.6;
  texts.forEach((text, at) => {
    let frame = sheet, group = text.parentElement;
    for (; group; group = group.parentElement) {
      const own = [...group.children].filter(child => child.tagName === 'rect' && child.getAttribute('height') > 12);
      if (own.length && group.tagName === 'g') {
        frame = own.map(rect => rect.getBoundingClientRect()).sort((a, b) => b.height - a.height)[0];
        break;
      }
    }
    if (!inside(boxes[at], sheet)) found.push('leaves the sheet: ' + text.textContent);
    if (!inside(boxes[at], frame)) found.push('leaves its box: ' + text.textContent);
    for (let other = at + 1; other < texts.length; other++) {
      const wide = Math.min(boxes[at].right, boxes[other].right) - Math.max(boxes[at].left, boxes[other].left);
      const high = Math.min(boxes[at].bottom, boxes[other].bottom) - Math.max(boxes[at].top, boxes[other].top);
      if (wide > 0.6 && high > 0.6) found.push(text.textContent + ' meets ' + texts[other].textContent);
    }
  });
  return found;
}"""
_PAIRS = """() => {
  const rects = [...document.querySelectorAll('svg rect')].filter(rect => rect.getAttribute('fill') !== 'none');
  const boxes = rects.map(rect => rect.getBoundingClientRect());
  const pairs = [...document.querySelectorAll('svg text')].map(text => {
    const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    let behind = '#FFFFFF';
    boxes.forEach((one, at) => {
      const before = rects[at].compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (before && one.left <= x && x <= one.right && one.top <= y && y <= one.bottom)
        behind = rects[at].getAttribute('fill');
    });
    return text.getAttribute('fill') + ' ' + behind;
  });
  return [...new Set(pairs)];
}"""
_LINES = """() => [...new Set([...document.querySelectorAll('svg [stroke]')].map(one => one.getAttribute('stroke')))]
  .filter(stroke => stroke !== 'none')"""
_LETTER = """() => Math.min(...[...document.querySelectorAll('svg text')].map(text =>
  text.getAttribute('font-size') * text.ownerSVGElement.getBoundingClientRect().width
  / text.ownerSVGElement.viewBox.baseVal.width))"""

_HIGHEST = "Math.max(...[...document.querySelectorAll('svg')].map(one => one.getBoundingClientRect().height))"


@pytest.fixture(scope="module", params=[pytest.param("documents", marks=[needed, pytest.mark.real]), "reference"])
def pictures(request: pytest.FixtureRequest, common: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Picture]:
    """Draw all kinds of pictures, of every rank, with the real documents and with the reference data alone."""
    home = shutil.copytree(prepared(common, request.param), tmp_path_factory.mktemp("pictures") / "home")
    with with_settings({"RANKGRAPH_HOME": str(home)}), open_graph() as graph:
        return list(drawn(graph))


def drawn(graph: Graph) -> Iterator[Picture]:
    """Yield the ladder, each rank and its oversight, pathways up each ladder, gaps between neighbours and far apart."""
    ranks = sorted(node.id for node in reference().nodes if "Rank" in node.labels())
    tops = ("mps/commissioner", "city/commissioner", "territorial/chief-constable")
    pairs = [("uk/constable", top) for top in tops] + [("uk/superintendent", "mps/commander")]
    gaps = [
        *(("mps/commander", "mps/deputy-assistant-commissioner"), ("uk/sergeant", "mps/commissioner")),
        *(("mps/assistant-commissioner", "mps/commander"), ("uk/constable", "uk/sergeant")),
    ]
    yield ladder(graph)
    for name in [*ranks, "role/pcso"]:
        yield rank(graph, name)
        yield oversight(graph, name)
    for held, aim in pairs:
        yield pathway(graph, held, aim, way=1)
    for held, aim in gaps:
        try:
            yield gap(graph, held, aim)
        except AnswerError:  # reference data alone knows nothing of some ranks
            continue


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open an empty page as wide as a telephone."""
    with closing(chromium.new_page(viewport=PHONE)) as opened:
        yield opened


def shown(page: Page, picture: Picture) -> None:
    """Show the SVG as wide as the page."""
    style = "<!DOCTYPE html><style>body{margin:0} svg{display:block;width:100%;height:auto}</style>"
    page.set_content(f"{style}{svg(picture)}")


@dataclass(frozen=True)
class Measured:
    """What the browser measures of a picture: its faults, the height of its lowest letter, and its colours."""

    faults: list[str]
    letter: float
    pairs: list[str]
    lines: list[str]


@pytest.fixture(scope="module")
def measured(chromium: Browser, pictures: list[Picture]) -> dict[str, Measured]:
    """Show each picture once, and measure it."""
    found = {}
    with closing(chromium.new_page(viewport=PHONE)) as page:
        for number, picture in enumerate(pictures):
            shown(page, picture)
            values = page.evaluate(f"() => [({_FAULTS})(), ({_LETTER})(), ({_PAIRS})(), ({_LINES})()]")
            found[f"{number} {picture.title}"] = Measured(*values)
    return found


def test_no_text_leaves_its_box_or_meets_another(measured: dict[str, Measured]) -> None:
    """Every text of every picture, as the browser draws it."""
    assert {name: one.faults for name, one in measured.items() if one.faults} == {}


def test_what_leaves_its_box_is_noticed(page: Page, pictures: list[Picture]) -> None:
    """A text that is moved, or made longer, is found."""
    shown(page, pictures[0])
    page.evaluate("document.querySelector('g[data-rank] text').setAttribute('textLength', 300)")
    page.evaluate("document.querySelectorAll('svg text')[1].setAttribute('x', -20)")
    found = page.evaluate(_FAULTS)
    assert {"leaves the sheet", "leaves its box"} <= {str(fault).partition(":")[0] for fault in found}


def test_every_letter_is_high_enough_on_a_telephone(measured: dict[str, Measured]) -> None:
    """Nine points at 390, without zooming."""
    assert {name: one.letter for name, one in measured.items() if one.letter < LEAST_LETTER} == {}


def test_text_and_lines_stand_out(measured: dict[str, Measured]) -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 for lines."""
    texts = {pair for one in measured.values() for pair in one.pairs}
    lines = {line for one in measured.values() for line in one.lines}
    weak = {pair for pair in texts if ratio(*pair.split()) < 4.5}
    faint = {line for line in lines if ratio(line, PAPER) < 3}
    assert (set(), set(), True) == (weak, faint, len(texts) > 3)


@pytest.fixture(scope="module")
def kinds(pictures: list[Picture]) -> dict[str, Picture]:
    """Return one picture of each kind; the longest pathway."""
    words = {"ladder": "Police ranks", "oversight": "Oversight", "pathway": "From Constable", "rank": "Commander"}
    return {name: next(one for one in pictures if one.title.startswith(start)) for name, start in words.items()}


KINDS = ("ladder", "oversight", "pathway", "rank")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_silent_and_no_wider_than_a_phone(
    chromium: Browser, kinds: dict[str, Picture], kind: str, tmp_path: Path
) -> None:
    """No request, no message, no script, nothing to move sideways."""
    target = tmp_path / "picture.html"
    target.write_text(html(kinds[kind]), encoding="utf-8")
    with opened_quietly(chromium, target.as_uri(), viewport=PHONE) as (opened, heard):
        wide = opened.evaluate("document.documentElement.scrollWidth")
        scripts, letter = opened.locator("script").count(), opened.evaluate(_LETTER)
    assert ([], True, 0, True) == (heard, wide <= MOST_PHONE, scripts, letter >= LEAST_LETTER)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_all_that_it_shows(page: Page, kinds: dict[str, Picture], kind: str) -> None:
    """A table of the rows, a language, a title, and a picture with a name and a description."""
    picture = kinds[kind]
    page.set_content(html(picture))
    rows = page.locator("tbody tr").count()
    whole = page.locator("[role=img]")
    described = page.locator(f"#{whole.get_attribute('aria-describedby')}").inner_text()
    assert (len(picture.rows), "en-GB", picture.title, picture.title, " ".join(picture.says.split())) == (
        rows,
        page.locator("html").get_attribute("lang"),
        page.title(),
        whole.get_attribute("aria-label"),
        " ".join(described.split()),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_prints_on_a4(page: Page, kinds: dict[str, Picture], kind: str, tmp_path: Path) -> None:
    """No strip of the picture is higher than a sheet, letters are eight points at least, and sheets are A4."""
    page.set_content(html(kinds[kind]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": A4_HIGH})
    high = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg')].map(s => s.getBoundingClientRect().height))"
    )
    points = page.evaluate(_LETTER) * 72 / 96
    assert (True, True) == (high <= A4_HIGH, points >= LEAST_ON_PAPER)
    if shutil.which("pdfinfo"):
        target = tmp_path / "picture.pdf"
        page.pdf(path=target, prefer_css_page_size=True)
        said = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True).stdout
        assert "(A4)" in next(line for line in said.splitlines() if "Page size" in line)


def test_the_ladder_is_on_one_sheet_of_a4(page: Page, kinds: dict[str, Picture]) -> None:
    """All of it, the sources too."""
    page.set_content(html(kinds["ladder"]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": A4_HIGH})
    assert page.evaluate("document.querySelector('.picture').getBoundingClientRect().height") <= A4_HIGH


@pytest.mark.parametrize("kind", KINDS)
def test_a_png_opens_at_twice_the_size(page: Page, kinds: dict[str, Picture], kind: str, tmp_path: Path) -> None:
    """The browser reads it, and it is as high as the picture twice."""
    target = tmp_path / "picture.png"
    target.write_bytes(png(kinds[kind]))
    page.goto(target.as_uri())
    size = page.evaluate(
        "(() => { const i = document.querySelector('img'); return [i.naturalWidth, i.naturalHeight] })()"
    )
    assert (960, True) == (size[0], abs(size[1] - 2 * kinds[kind].high) <= 2)
