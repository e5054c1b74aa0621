"""The page on the model, docs/model.md, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.derive import model

_HEAD = """# The model

Made from `graph/nodes.py`, `graph/ontology.py` and `graph/model.yaml` by `python docs/update.py`; do not edit it by
hand.
`rankgraph model --format json` has the same as data.

A node is unique by its `id` within its first label. Ids are slugs of content, so loading in another
order gives the same graph. Under each label stands the form of its ids, made of these parts:

@PARTS
Days are texts, YYYY-MM-DD, and never values of the type date: a date compared with a text is null, so that rows would
vanish without a word, and both engines order texts alike. `valid_from` and `valid_to` are never missing on an edge that
a document or the reference data gives: an unknown or open first day is 0001-01-01, an open last one 9999-12-31, so
`WHERE e.valid_from <= $day AND $day < e.valid_to` is right for every day, and `{current: true}` for today.
"""
_WRITTEN = """
## What loading adds

Every node and relationship but those of staff files can carry:

"""
_STATED = """
## Statements

Every relationship marked *stated* rests on words in a document or an entry of the reference data, and carries:

"""
_UNSTATED = """
## What no words state

A relationship that is neither stated nor from staff files carries:

"""
_SENTENCES = """
## Relationships in sentences

An example of each, read along the arrow and back, and whose word it is:

"""

Properties = Mapping[str, Mapping[str, Any]]


def model_page() -> str:
    """Return the page in Markdown."""
    whole = model()
    names = "".join(f"| `<{name}>` | {one['says']} |\n" for name, one in whole["id_parts"].items())
    parts = [_HEAD.replace("@PARTS\n", f"| part | is |\n|---|---|\n{names}\n"), "\n## Nodes\n"]
    parts += [_node(kind) for kind in whole["nodes"]]
    parts += [_WRITTEN, _table(whole["of_documents"]), _STATED, _table(whole["statement"])]
    parts += [_UNSTATED, _table(whole["unstated"])]
    parts += ["\n## Relationships\n\n| type | from | to | reads | properties | stated |\n", f"{'|---' * 6}|\n"]
    parts += [_edge(kind) for kind in whole["relationships"]]
    parts += [_SENTENCES, *(_sentences(kind) for kind in whole["relationships"])]
    return "".join(parts)


def _node(kind: Mapping[str, Any]) -> str:
    owned = " Removed when nothing states it any more." if kind["owned"] else ""
    return (
        f"\n### `{':'.join(kind['labels'])}`\n\n{kind['says']}{owned} Id: {kind['id']}.\n\n{_table(kind['properties'])}"
    )


def _sentences(kind: Mapping[str, Any]) -> str:
    example = kind["example"]
    start, end = example["start"], example["end"]
    both = (f"{start} {kind['reads']} {end}.", f"{end} {kind['reads_back']} {start}.")
    there, back = (sentence[:1].upper() + sentence[1:] for sentence in both)
    return f"- `{kind['type']}`: {there} / {back} ({example['source']})\n"


def _table(properties: Properties) -> str:
    rows = (f"| `{name}` | {_holds(one)} |\n" for name, one in properties.items())
    return "| property | holds |\n|---|---|\n" + "".join(rows)


def _holds(one: Mapping[str, Any]) -> str:
    values = ", ".join(f"`{value}`" for value in one.get("values", ()))
    return f"{one['holds']}{f' (one of {values})' if values else ''}"


def _edge(kind: Mapping[str, Any]) -> str:
    carried = ", ".join(f"`{name}`: {_holds(one)}" for name, one in kind["properties"].items())
    ends = (", ".join(f"`{label}`" for label in kind[side]) for side in ("from", "to"))
    stated = "yes" if kind["stated"] else "staff files" if kind["staff"] else "no"
    return f"| `{kind['type']}` | {' | '.join(ends)} | {kind['reads']} | {carried or ' '} | {stated} |\n"
