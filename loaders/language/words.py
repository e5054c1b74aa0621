"""The words of a text, as search and scoring see them."""

from __future__ import annotations

import re

from graph.ids import canonical


def words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in lower case, in their order.

    >>> words("The Mayor’s plan, the plan")
    ('the', "mayor's", 'plan')
    """
    return tuple(dict.fromkeys(re.findall(r"[\w']+", canonical(text))))
