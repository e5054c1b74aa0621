"""No page, however it is made, costs much time or memory, ends in another error or gives other lines another time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from graph.errors import DocumentError
from loaders.formats.html import read_lines
from tests.harness.project_files import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = """<!DOCTYPE html><html><head><title>Sergeant</title><style>p{}</style>
<script>let a = "<p>"</script></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><main><h1>Sergeant</h1><p>Leads a team, and <b>answers</b> for it:</p>
<ul><li>plans <i>each</i> shift</li><li>checks files<ol start="2"><li>late</li></ol></li></ul>
<table><tr><th>a</th><th>b</th>
</tr><tr><td rowspan="2">c</td><td>d<br>e</td></tr></table><pre>x\n  y</pre><!-- note --><div hidden>z</div></main>
<footer>© Northshire Police</footer></body></html>"""
_KIND = "Content-Type: "
_MIME = f"MIME-Version: 1.0\n{_KIND}"
HOSTILE: dict[str, Callable[[], str]] = {
    "nested": lambda: "<div>" * 100_000,
    "nested pairs": lambda: "<b x=1><p>" * 500 + "x" + "</p></b>" * 500,
    "stray end tags": lambda: "<div>" * 900 + "</b>" * 100_000 + "<p>x",
    "attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x",
    "formatting": lambda: "".join(f"<b x={n}><p>x" for n in range(10_000)),
    "spans": lambda: "<table><tr>" + "<td rowspan=65534 colspan=3>x" * 400 + "<tr><td>y" * 40_000,
    "links": lambda: "<h1>t</h1>" + "<div>" * 900 + "<a href=#x>t</a>" * 40_000,
    "entities": lambda: '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><p>&a;&a;' * 1_000,
    "one line": lambda: "<p>" + "word " * 5_800_000,
    "blank lines": lambda: "<pre>" + "\n" * 3_000_000 + "x",
    "picture": lambda: '<img src="data:image/png;base64,' + "A" * 20_000_000 + '">x',
    "remote": lambda: (
        "<link href=http://127.0.0.1:9/><iframe src=http://127.0.0.1:9/></iframe><script src=//x></script>x"
        "<img src=http://127.0.0.1:9/a.png onerror=alert(1)><script>while (true) {}</script>"
    ),
    "broken": lambda: '<p <p <!-- <a href="><!DOCTYPE </' + "<" * 100_000,
    "no text": lambda: "<script>let a</script><p> </p>",
    "parts": lambda: f"{_MIME}multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 700_000,
    "parts in parts": lambda: (
        _MIME + "".join(f"multipart/mixed; boundary=b{n}\n\n--b{n}\n{_KIND}" for n in range(5_000))
    ),
    "header": lambda: f"{_MIME}text/html;" + " a=b;" * 3_000_000 + "\n\nx",
    "no page": lambda: f"{_MIME}text/plain\n\n<p>x",
}
_REFUSED = {
    "nested",
    "formatting",
    "spans",
    "one line",
    "broken",
    "no text",
    "parts",
    "parts in parts",
    "header",
    "no page",
}
_READ_FILES = """
import re, resource, socket, sys, time
from pathlib import Path
from graph.errors import DocumentError
from loaders.formats.formats import read_source
def fetch(*_):
    raise SystemExit("something is fetched")
socket.socket = socket.getaddrinfo = fetch
for path in sorted(Path(sys.argv[1]).iterdir()):
    before = time.process_time()
    try:
        read_source(path)
        ended = "read"
    except DocumentError:
        ended = "refused"
    seconds = time.process_time() - before
    # What the parent of a program had in memory counts in its ru_maxrss.
    own = Path("/proc/self/status")
    kilobytes = re.search(r"VmHWM:\\s+(\\d+)", own.read_text())[1] if own.exists() else 0
    megabytes = (int(kilobytes) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1_000
    print(path.stem, ended, "in time" if seconds < 5 else seconds, "small" if megabytes < 500 else megabytes, sep="|")
"""


def _python(code: str, *arguments: str, seed: str = "0") -> str:
    run = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_hostile_pages_are_read_or_refused_at_once(tmp_path: Path) -> None:
    """What no author wrote costs less than five seconds and 500 MB, and nothing is fetched."""
    for name, page in HOSTILE.items():
        (tmp_path / f"{name}.html").write_text(page(), encoding="utf-8")
    expected = {(name, "refused" if name in _REFUSED else "read", "in time", "small") for name in HOSTILE}
    assert expected == {tuple(line.split("|")) for line in _python(_READ_FILES, str(tmp_path)).splitlines()}


def test_a_page_torn_off_anywhere_is_read_or_refused() -> None:
    """No part of a page ends in another error, and none that has the title is without text."""
    for end in range(0, len(PAGE), 3):
        try:
            read = any(line.heading for line in read_lines("a.html", PAGE[:end].encode()).lines)
        except DocumentError:
            read = False
        assert read or end < PAGE.index("geant</h1>")


def test_the_same_bytes_give_the_same_lines() -> None:
    """Nothing depends on the order of a set."""
    code = f"from loaders.formats.html import read_lines; print(read_lines('a', {PAGE!r}.encode()))"
    assert _python(code, seed="1") == _python(code, seed="2")


def test_the_library_is_imported_with_the_first_page() -> None:
    """The registry of formats costs commands nothing that read no page."""
    assert "False" == _python("import sys, loaders.formats.formats; print('lxml' in sys.modules)").strip()
