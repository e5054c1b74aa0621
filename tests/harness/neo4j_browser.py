"""Drive the real Neo4j Browser as an analyst does: connect, drop a pack, open a favourite, run it, read the table."""

from __future__ import annotations

import base64
import contextlib
import functools
import http.server
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Error, Page, Request, Response, Route

HERE = "127.0.0.1"
_SOON, _SECONDS, _IDLE = 30, 60, 5
"""Seconds for what the page does by itself or with a server that is there, for the answer to a question, and until
nothing happens."""

_SILENT: WeakKeyDictionary[Browser, str] = WeakKeyDictionary()
"""What did not answer a browser: it is not waited for again."""
_EVERYTHING: Mapping[str, object] = {"maxRows": 1_000_000, "maxFieldItems": 1_000_000}
"""Browser otherwise shows the first 1,000 rows of a table and the first 500 items of a list."""

_TELL = "addEventListener('securitypolicyviolation', event => tellRefused(event.blockedURI))"
_DROP = """async ([name, content]) => {
  const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const [x, y] = [innerWidth / 2, innerHeight / 2];
  const fire = kind => document.elementFromPoint(x, y).dispatchEvent(
    new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: carried, clientX: x, clientY: y}));
  ["dragenter", "dragover"].forEach(fire);
  await new Promise(resolve => setTimeout(resolve, 500));  // the page is covered by a target of its own first
  ["dragover", "drop"].forEach(fire);
}"""
_DROPPED = {".zip": "neo4j.documents", ".grass": "neo4j.grass"}
"""Where Browser keeps what is dropped on it."""
_POLL = 50
"""Milliseconds between two looks at the page: to look at each frame has the page drawn all the time."""
_FRAMES = "() => document.querySelectorAll('[data-testid=frame]').length"
_REFUSED = """() => document.querySelector("[data-testid=frameStatusbar] .fa-exclamation-triangle")
  ?.parentElement.textContent.trim()"""
_GREETED = f"() => ({_FRAMES})() === 2 || ({_REFUSED})()"
_DONE = """frames => {
  const [first, ...others] = document.querySelectorAll("[data-testid=frame]");
  if (others.length !== frames) return false;
  const status = first.querySelector("[data-testid=frameStatusbar]");
  return first.querySelector("[data-testid=cypherFrameErrorMessage], [data-testid=rawParamData], .neod3viz .node")
    || (status !== null && /completed/i.test(status.textContent));
}"""
_DONE_AGAIN = """number => {
  const frame = document.querySelectorAll("[data-testid=frame]")[number];
  const status = frame.querySelector("[data-testid=frameStatusbar]");
  return frame.querySelector("[data-testid=cypherFrameErrorMessage]") === null
    && status !== null && /completed/i.test(status.textContent);
}"""
_SHOWN = """() => document.querySelector("[data-testid=frame] [data-testid=frameContents]").textContent !== ''
  || document.querySelector("[data-testid=frame] [data-testid=cypherFrameErrorMessage]") !== null"""
_EDITOR = """() =>
  document.querySelector("[data-testid=activeEditor] .view-lines")?.textContent.replace(/\\s/g, "") ?? ""
"""
_FILLED = f"""([before, start]) => {{
  const text = ({_EDITOR.strip()})();
  return text !== "" && (text !== before || (start !== "" && text.startsWith(start)));
}}"""
_CONFIGURED = """wanted => {
  const kept = JSON.parse(localStorage.getItem("neo4j.settings"));
  return Object.entries(wanted).every(([name, value]) => kept[name] === value);
}"""
_CLOSE = "() => document.querySelectorAll('[data-testid=frame] button[title=Close]').forEach(button => button.click())"
_VIEW = "view => document.querySelector(`[data-testid=frame] [data-testid=cypherFrameSidebar${view}]`)?.click()"
_TABLE = """() => {
  const frame = document.querySelector("[data-testid=frame]");
  const cells = row => [...row.querySelectorAll("[role=columnheader], [role=cell]")].map(cell => cell.textContent);
  return {
    error: frame.querySelector("[data-testid=cypherFrameErrorMessage]")?.textContent ?? null,
    command: frame.querySelector("[data-testid=frameCommand]").textContent,
    contents: frame.querySelector("[data-testid=frameContents]").textContent,
    rows: [...frame.querySelectorAll("table.relatable__table tr")].map(cells),
  };
}"""
_DRAWING = """() => [...document.querySelector("[data-testid=frame]").querySelectorAll(".neod3viz .node")].map(node => [
  node.querySelector("circle.b-outline").getAttribute("fill"),
  [...node.querySelectorAll("text.caption")].map(line => line.textContent.trim()),
])"""
_EDGES = """() => [...document.querySelector("[data-testid=frame]").querySelectorAll(".neod3viz g.relationship")].map(
  edge => edge.__data__.caption.trim())"""
_PLAIN = "() => JSON.parse(localStorage.getItem('neo4j.settings') ?? '{}').autoComplete === false"
_WIDTHS = """([words, size]) => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = `${size}px sans-serif`;
  return Object.fromEntries(words.map(word => [word, canvas.measureText(word).width]));
}"""
_FAVOURITES = """() => {
  const read = name => JSON.parse(localStorage.getItem("neo4j." + name) ?? "[]").filter(one => !one.isStatic);
  const folders = Object.fromEntries(read("folders").map(folder => [folder.id, folder.name]));
  return read("documents").map(one => [folders[one.folder] ?? null, one.content]);
}"""
_SIDEBAR = """() => [...document.querySelectorAll("[data-testid=savedScriptListItem]")].map(
  item => item.querySelector("[data-testid^=scriptTitle-]").textContent)"""


class NoAnswerError(Exception):
    """A page or graph did not answer; the message says which, and what was seen instead."""


@dataclass(frozen=True)
class Table:
    """What Browser shows of an answer: cells as `shown` writes their values; without rows no columns either."""

    command: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests read what the page asks for on its own side."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the page that was unpacked into a folder, and give its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((HERE, 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://{HERE}:{server.server_port}/browser/"
        finally:
            server.shutdown()
            serving.join()


@contextlib.contextmanager
def opened(browser: Browser, *, width: int = 1200, height: int = 800) -> Iterator[Neo4jBrowser]:
    """Open an empty page in a profile of its own, which forgets everything at the end.

    Raises NoAnswerError at once where a page of this browser, or what it should connect to, did not answer before.
    """
    if browser in _SILENT:
        raise NoAnswerError(f"not tried again: {_SILENT[browser]}")
    with contextlib.closing(
        browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    ) as context:
        try:
            yield Neo4jBrowser(context.new_page())
        except NoAnswerError as error:
            _SILENT[browser] = str(error)
            raise


@contextlib.contextmanager
def _expecting(what: str) -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise NoAnswerError(f"{what} within {_SOON} seconds: {error.message.splitlines()[0]}") from error


def _listened(url: str) -> None:
    """Raise NoAnswerError where nothing listens at an address."""
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), timeout=_SOON).close()
    except OSError as error:
        raise NoAnswerError(f"nothing listens at {url}: {error}") from error


class Neo4jBrowser:
    """One page of Neo4j Browser; requests to anything but this machine are refused and listed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tried: set[str] = set()
        """Hosts that the page asked for and was refused."""
        self.refused: set[str] = set()
        """What the page's own Content-Security-Policy kept it from, before it could ask."""
        self.answered: set[str] = set()
        """Hosts that answered, this machine among them."""
        self.complaints: list[str] = []
        """What the page wrote on the console as an error."""
        self._parameters = ""
        page.set_default_timeout(_SOON * 1000)
        self._await = functools.partial(page.wait_for_function, polling=_POLL)
        page.context.route("**/*", self._let_through)
        page.context.on("response", self._hear_response)
        page.on("websocket", lambda heard: self.tried.add(_host(heard.url)) if _host(heard.url) != HERE else None)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.expose_function("tellRefused", lambda url: self.refused.add(_host(url)))
        page.add_init_script(_TELL)

    def _let_through(self, route: Route, request: Request) -> None:
        host = _host(request.url)
        if host == HERE:
            route.continue_()
        else:
            self.tried.add(host)
            route.abort()

    def _hear_response(self, response: Response) -> None:
        self.answered.add(_host(response.url))

    def fill_in(self, address: str, user: str, password: str) -> None:
        """Open the page with its `dbms` and what else it is told, and fill in the form."""
        for url in (address, *parse_qs(urlsplit(address).query).get("dbms", ())):
            _listened(url)
        with _expecting(f"the page {address} did not open"):
            answer = self.page.goto(address, wait_until="commit")
        if answer is None or not answer.ok:
            raise NoAnswerError(f"the page {address} answered {answer and answer.status}")
        with _expecting(f"the page {address} did not ask for a user"):
            self.page.fill("input[data-testid=username]", user)
        self.page.fill("input[data-testid=password]", password)

    def log_in(self, address: str, user: str, password: str) -> None:
        """Open the page, connect, and wait for the two frames that Browser greets with."""
        self.fill_in(address, user, password)
        with _expecting(f"Browser of {address} did not connect as {user}"):
            self.page.click("button[data-testid=connect]")
            self._await(_GREETED)
        if said := self.page.evaluate(_REFUSED):
            raise NoAnswerError(f"Browser of {address} did not connect as {user}: {said}")

    def configure(self, **more: object) -> None:
        """Have all rows and items shown, and change other settings; `:config` forgets what it is not told."""
        self.await_plain()  # else that would be set meanwhile
        wanted = {**json.loads(self.page.evaluate("localStorage.getItem('neo4j.settings')")), **_EVERYTHING, **more}
        self.write(f":config {json.dumps(wanted)}")
        self.page.click("[data-testid=editor-Run]")
        self._await(_CONFIGURED, arg=wanted)

    def drop(self, file: Path) -> None:
        """Drop a file on the page, as from a folder of the desktop."""
        kept = _DROPPED[file.suffix]
        before = self.page.evaluate("name => localStorage.getItem(name)", kept)
        frames = self.page.evaluate(_FRAMES)
        self.page.evaluate(_DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
        self._await("([name, before]) => localStorage.getItem(name) !== before", arg=[kept, before])
        if file.suffix == ".grass":  # Browser then shows it
            self._await(f"frames => ({_FRAMES})() > frames", arg=frames)

    def kept(self) -> list[str | None]:
        """Return what Browser keeps of files and settings."""
        names = [*_DROPPED.values(), "neo4j.folders", "neo4j.settings"]
        kept: list[str | None] = self.page.evaluate("names => names.map(name => localStorage.getItem(name))", names)
        return kept

    def favourites(self) -> list[tuple[str | None, str]]:
        """Return folder and content of each favourite that Browser keeps for the user."""
        return [(folder, content) for folder, content in self.page.evaluate(_FAVOURITES)]

    def open_sidebar(self, folders: set[str]) -> None:
        """Open the favourites at the side, and these folders of them."""
        self.page.click("[data-testid=navigationFavorites]")
        for folder in sorted(folders):
            self.page.click(f'[data-testid="expandFolder-{folder}"]')

    def sidebar(self) -> list[str]:
        """Return the titles that stand at the side, from top to bottom."""
        titles: list[str] = self.page.evaluate(_SIDEBAR)
        return titles

    def open_favourite(self, title: str) -> None:
        """Put a favourite into the editor by a click on its title."""
        before = self.page.evaluate(_EDITOR)
        self.page.click(f"[data-testid={json.dumps('scriptTitle-' + title)}]")
        self._await_editor(before)

    def _await_editor(self, before: str, text: str = "") -> None:
        """Wait until the editor holds something else than before, or this: it takes its time, and Run what it holds."""
        self._await(_FILLED, arg=[before, "".join(text.split())[:20]])

    def write(self, text: str) -> None:
        """Replace what is in the editor."""
        before = self.page.evaluate(_EDITOR)
        self.page.click("[data-testid=activeEditor] .monaco-editor")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self._await_editor(before, text)

    def run(self) -> None:
        """Run what is in the editor, and wait until its frame is complete."""
        frames, text = self.page.evaluate(_FRAMES), self.page.evaluate(_EDITOR)
        self.page.click("[data-testid=editor-Run]")
        self._click_again(frames, text)
        try:
            self._await(_DONE, arg=frames, timeout=_SECONDS * 1000)
        except Error as error:
            now = self.page.evaluate("() => document.querySelector('[data-testid=frame]')?.textContent.slice(0, 300)")
            seen = f"{frames} frames before, {self.page.evaluate(_FRAMES)} now, the newest {now!r}"
            raise Error(f"no answer to {text[:100]!r} ({seen}): {error.message}") from error

    def _click_again(self, frames: int, text: str) -> None:
        """Click Run once more where no frame came and the editor still holds its text: the page was not ready."""
        try:
            self._await(f"frames => ({_FRAMES})() > frames", arg=frames, timeout=_IDLE * 1000)
        except Error:
            if text and self.page.evaluate(_EDITOR) == text:
                self.page.click("[data-testid=editor-Run]")

    def run_again(self, number: int) -> None:
        """Run what stands in a frame once more, by the arrow beside it; the newest frame is number 0."""
        frame = self.page.locator("[data-testid=frame]").nth(number)
        frame.locator("[data-testid=rerunFrameButton]").click()
        self._await(_DONE_AGAIN, arg=number, timeout=_SECONDS * 1000)

    def say(self, text: str) -> None:
        """Write and run."""
        self.write(text)
        self.run()

    def set_parameters(self, line: str) -> None:
        """Say a `:params` line, unless it was the last one said here: parameters stay until another is said."""
        if line != self._parameters:
            self.say(line)
            self._parameters = line

    def close(self, number: int) -> None:
        """Close a frame; the newest is number 0."""
        frames = self.page.locator("[data-testid=frame]")
        left = frames.count() - 1
        frames.nth(number).locator("button[title=Close]").click()
        self._await(f"left => ({_FRAMES})() === left", arg=left)

    def clear(self) -> None:
        """Close all frames."""
        self.page.evaluate(_CLOSE)
        self._await("() => document.querySelector('[data-testid=frame]') === null")

    def table(self) -> Table:
        """Read the table of the newest frame. Raises Error where Browser shows an error in its place."""
        self.page.evaluate(_VIEW, "Table")  # where nothing but a table can be shown, nothing is to be clicked
        self._await(_SHOWN)
        found = self.page.evaluate(_TABLE)
        if found["error"] is not None:
            raise Error(f"Browser shows an error: {found['error']} for {found['command']}")
        head, *rows = found["rows"] or [()]
        if not head and found["contents"] != "(no changes, no records)":
            raise Error(f"Browser shows no table: {found['contents'][:200]}")
        return Table(found["command"], tuple(head), tuple(map(tuple, rows)))

    def drawing(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return colour and lines of caption of each node that the newest frame draws; there must be some."""
        self.page.evaluate(_VIEW, "Visualization")
        self.page.wait_for_selector("[data-testid=frame] .neod3viz .node")
        return [(colour, tuple(lines)) for colour, lines in self.page.evaluate(_DRAWING)]

    def edges(self) -> list[str]:
        """Return the caption of each edge that the newest frame draws, before it is cut to the length of its arrow."""
        captions: list[str] = self.page.evaluate(_EDGES)
        return captions

    def await_plain(self) -> None:
        """Wait until "Connect result nodes" is off, which whoever serves the page has seen to."""
        self._await(_PLAIN)

    def widths(self, words: list[str], size: int) -> dict[str, float]:
        """Return how wide words are in the letters that Browser measures captions with."""
        found: dict[str, float] = self.page.evaluate(_WIDTHS, [words, size])
        return found


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
