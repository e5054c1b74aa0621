"""Every kind of relationship that a source states, named in the questions that look for any of them.

A Neo4j uses its indexes only where kinds are named, and a question file is sent as it stands.
"""

from __future__ import annotations

import re
from textwrap import fill

from graph.ontology import EDGE_KINDS

_LIST = re.compile(r"(\[\w+:\n)[A-Z_|\s]+(?=\])")


def with_all_kinds(question: str) -> str:
    r"""Return a question with all kinds in each list of kinds that has lines of its own.

    >>> with_all_kinds("MATCH (a)-[e:\n    REQUIRES]->(b)").count("PROMOTES_FROM")
    1
    """
    kinds = sorted(kind.name for kind in EDGE_KINDS.values() if kind.stated)
    lines = fill(" |".join(kinds), 110, initial_indent="    ", subsequent_indent="    ")
    return _LIST.sub(lambda found: found[1] + re.sub(r"(?<=\S) \|", "|", lines), question)
