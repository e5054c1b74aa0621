"""Fill the templates of pages; every text in them is escaped, steers nothing, and turns none but its own letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from graph.rows import Row, visible

_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Stand around a text of a page until it is known whether it stands in a tag; `visible` takes them out of texts."""
_NO_ELEMENTS = re.compile(r"<(title|style|script|text)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""What of a page may have no <bdi> in it."""


def fill(template: Path, filters: Mapping[str, Callable[..., object]], values: Row) -> str:
    """Return the page that a Jinja2 template makes of values; a name that it uses and that has no value is an error.

    `filters` are what the template calls by name, beside the filters that Jinja2 has.
    """
    import jinja2  # few commands write a page

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_apart
    )
    environment.filters |= filters
    page = environment.from_string(template.read_text(encoding="utf-8")).render(values)
    page = _NO_ELEMENTS.sub(lambda tag: tag[0].replace(_OPEN, "").replace(_CLOSE, ""), page)
    return page.replace(_OPEN, "<bdi>").replace(_CLOSE, "</bdi>")


def _apart(value: object) -> object:
    """Return a value of a page; a text that may be read to the left is marked, so that it turns nothing beside it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    text = visible(value)
    return f"{_OPEN}{text}{_CLOSE}" if text != value or _LEFTWARDS.search(text) else text
