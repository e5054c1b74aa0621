"""The page on the model, docs/model.md, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic.fields import FieldInfo

from graph.nodes import Node
from graph.ontology import EDGE_KINDS, NODE_KINDS, EdgeKind, Statement

_HEAD = """# The model

Made from `graph/nodes.py` and `graph/ontology.py` by `python docs/update.py`; do not edit it by hand.

A node is unique by its `id` within its first label. Ids are slugs of content, so loading in another
order gives the same graph.
"""
_STATED = """
## Statements

Every relationship marked *stated* rests on words in a document, and carries:
"""


def model_page() -> str:
    """Return the page in Markdown."""
    parts = [_HEAD, "\n## Nodes\n"]
    parts += [_node(kind) for kind in NODE_KINDS]
    parts += [_STATED, _table(Statement.model_fields.items())]
    parts += ["\n## Relationships\n\n| type | from | to | reads | properties | stated |\n", f"{'|---' * 6}|\n"]
    parts += [_edge(kind) for kind in EDGE_KINDS.values()]
    return "".join(parts)


def _node(kind: type[Node]) -> str:
    labels = ":".join(kind.labels())
    owned = " Removed when nothing states it any more." if kind.owned else ""
    head = f"\n### `{labels}`\n\n{_sentence(kind)}{owned}\n\n"
    return head + _table(kind.model_fields.items())


def _sentence(kind: type) -> str:
    return (kind.__doc__ or "").strip()


def _table(fields: Iterable[tuple[str, FieldInfo]]) -> str:
    rows = (f"| `{field.alias or name}` | {field.description} |\n" for name, field in fields)
    return "| property | holds |\n|---|---|\n" + "".join(rows)


def _edge(kind: EdgeKind) -> str:
    carried = ", ".join(
        f"`{field.alias or name}`: {field.description}" for name, field in kind.properties.model_fields.items()
    )
    ends = (", ".join(f"`{label}`" for label in labels) for labels in (kind.starts, kind.ends))
    stated = "yes" if kind.stated else "no"
    return f"| `{kind.name}` | {' | '.join(ends)} | {kind.says} | {carried or ' '} | {stated} |\n"
