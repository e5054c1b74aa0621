"""The guide as one page of HTML: it asks the network for nothing, and its links open Neo4j Browser."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from queries.browser.archive import PLAIN
from queries.browser.guide import guide_steps, other_questions
from queries.browser.links import link, params_line
from queries.show.html import fill
from queries.show.question_help import example

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def page(browser: str, bolt: str, zip_name: str, grass_name: str) -> str:
    """Return the page; every text in it is escaped.

    Args:
        browser: Address of a Neo4j Browser page.
        bolt: Address of the graph.
        zip_name: File name of the archive of favourites.
        grass_name: File name of the style sheet.
    """
    template = Path(__file__).with_name("page.html")
    values = {
        "steps": guide_steps(),
        "others": other_questions(),
        "plain": PLAIN,
        "link": lambda text: link(browser, bolt, text),
        "browser": browser,
        "bolt": bolt,
        "zip_name": zip_name,
        "grass_name": grass_name,
        "script_hash": _hash(template.read_text(encoding="utf-8")),
    }
    return fill(template, {"params": params_line, "command": example}, values)


def _hash(text: str) -> str:
    """Return the mark by which the page's policy knows its one script."""
    (script,) = _SCRIPT.findall(text)
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
