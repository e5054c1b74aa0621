"""Make the pictures of Neo4j Browser in docs/images: run it after a change of the style sheet or of a graph form.

It needs Chromium and Maven, and a Java for the pictures of a Neo4j. Look at what it made.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import FloatRect, Page  # noqa: E402

from docs.palette import small  # noqa: E402
from queries.browser.links import params_line  # noqa: E402
from queries.catalogue import Question, graph_forms  # noqa: E402
from tests.harness.analyst import Desk, desk, load_samples, pack, set_up  # noqa: E402
from tests.harness.chromium import launched  # noqa: E402
from tests.harness.engines import Engine, Servers  # noqa: E402
from tests.harness.neo4j_browser import Neo4jBrowser, opened  # noqa: E402
from tests.harness.neo4j_server import browser_jar  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DRAWN: dict[str, dict[str, object]] = {
    "ranks": {},
    "pathway": {"from": "uk/constable", "to": "uk/superintendent"},
    "next-ranks": {"rank": "uk/chief-superintendent"},
    "feeder-ranks": {"rank": "mps/assistant-commissioner"},
    "gates": {"rank": "uk/sergeant"},
    "requirements-of": {},
    "shared-requirements": {},
    "duties-of": {},
    "bodies-of": {},
    "accountability-chain": {},
    "appointment-of": {},
    "cover": {},
    "plans-of": {},
    "who-may-authorise": {},
    "why": {},
}
"""Graph forms that are drawn, and what is said in place of the question's own example."""

_MARGIN = 12
_SETTLED = """() => {
  const now = document.querySelector(".neod3viz").innerHTML;
  [window.before, window.same] = [now, now === window.before ? (window.same ?? 0) + 1 : 0];
  return window.same > 20;
}"""
_TO_TOP = """() => {
  for (let part = document.querySelector("[data-testid=frame]"); part; part = part.parentElement) part.scrollTop = 0;
}"""
_BOX = """() => {
  const boxes = [...document.querySelectorAll(".neod3viz .node circle.b-outline, .neod3viz .relationship text")]
    .map(part => part.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map(box => box.left)), Math.min(...boxes.map(box => box.top))];
  return {x: left, y: top, width: Math.max(...boxes.map(box => box.right)) - left,
          height: Math.max(...boxes.map(box => box.bottom)) - top};
}"""


def save(page: Page, name: str, clip: FloatRect | None = None) -> None:
    """Write what the page shows, or a part of it."""
    (IMAGES / f"{name}.png").write_bytes(small(page.screenshot(clip=clip, scale="css")))


def first_steps(browser: Neo4jBrowser, place: Desk, folder: Path, engine: str) -> None:
    """Picture an analyst's way: the form filled in, the favourites, the first graph."""
    page = f"{place.page}?dbms={place.bolt}"
    browser.fill_in(page, place.user, place.password)
    save(browser.page, f"browser-{engine}-connect")
    browser.log_in(page, place.user, place.password)
    browser.configure()
    for file in pack(folder):
        browser.drop(file)
    browser.clear()
    form = asked("gates", {"rank": "uk/sergeant"})
    browser.open_sidebar({form.family})
    browser.page.wait_for_selector(f'[data-testid="scriptTitle-{form.title}"]')
    save(browser.page, f"browser-{engine}-favourites")
    browser.say(params_line(form.example))
    browser.clear()
    browser.open_favourite(form.title)
    browser.run()
    browser.page.click("button[title='Collapse the node properties display']")
    browser.page.click("button[aria-label=zoom-to-fit]")
    settled(browser)
    browser.page.evaluate(_TO_TOP)
    save(browser.page, f"browser-{engine}-first-graph")


def settled(browser: Neo4jBrowser) -> None:
    """Wait until what is drawn stands still."""
    browser.drawing()
    browser.page.wait_for_function(_SETTLED, polling=50)


def asked(name: str, said: dict[str, object]) -> Question:
    """Return a graph form with other parameters than its own."""
    form = next(form for form in graph_forms() if form.name == name)
    return replace(form, example={**form.example, **said})


def draw(browser: Neo4jBrowser, form: Question) -> None:
    """Picture a graph form, cropped to the drawing."""
    browser.clear()
    browser.say(params_line(form.example))
    browser.clear()
    browser.say(form.text)
    settled(browser)
    browser.page.click("[data-testid=frame] button[title=Fullscreen]")
    if (panel := browser.page.query_selector("button[title='Collapse the node properties display']")) is not None:
        panel.click()
    browser.page.click("button[aria-label=zoom-to-fit]")
    settled(browser)
    box = browser.page.evaluate(_BOX)
    view = browser.page.viewport_size or {"width": 0, "height": 0}
    left, top = max(0, box["x"] - _MARGIN), max(0, box["y"] - _MARGIN)
    clip = FloatRect(
        x=left,
        y=top,
        width=min(view["width"] - left, box["width"] + 2 * _MARGIN),
        height=min(view["height"] - top, box["height"] + 2 * _MARGIN),
    )
    save(browser.page, f"graph-{form.name}", clip)
    browser.page.click("[data-testid=frame] button[title='Close fullscreen']")


@contextlib.contextmanager
def at(engine: Engine, folder: Path) -> Iterator[Desk]:
    """Load the samples and serve them."""
    with set_up(engine.environment):
        load_samples(folder)
        with desk(engine, browser_jar(), folder) as place:
            yield place


def main() -> None:
    """Make all pictures."""
    servers = Servers()
    with launched() as chromium, tempfile.TemporaryDirectory() as scratch:
        IMAGES.mkdir(exist_ok=True)
        for name in ("embedded", "neo4j-5.26"):
            folder = Path(scratch) / name
            folder.mkdir()
            here = {"RANKGRAPH_HOME": str(folder / "home")}
            engine = Engine(name, here if name == "embedded" else servers.get(name).environment)
            with at(engine, folder) as place, opened(chromium, width=1000, height=640) as browser:
                first_steps(browser, place, folder, name.partition("-")[0])
                for drawn, said in DRAWN.items() if name == "embedded" else ():
                    draw(browser, asked(drawn, said))
    servers.close()


if __name__ == "__main__":
    main()
