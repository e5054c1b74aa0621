"""Fill the templates of pages; every text in them is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.rows import Row


def fill(template: Path, filters: Mapping[str, Callable[..., object]], values: Row) -> str:
    """Return the page that a Jinja2 template makes of values; a name that it uses and that has no value is an error.

    `filters` are what the template calls by name, beside the filters that Jinja2 has.
    """
    import jinja2  # few commands write a page

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= filters
    return environment.from_string(template.read_text(encoding="utf-8")).render(values)
