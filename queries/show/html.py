"""Fill the templates of pages; every text in them is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.rows import Row


def fill(template: Path, filters: Mapping[str, Callable[..., object]], values: Row) -> str:
    """Return a page of HTML; a name that the template uses and that has no value is an error.

    Args:
        template: A file of Jinja2.
        filters: What the template calls by name on its values, beside the filters that Jinja2 has.
        values: What the template uses.
    """
    import jinja2  # few commands write a page

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= filters
    return environment.from_string(template.read_text(encoding="utf-8")).render(values)
