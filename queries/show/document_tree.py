"""Draw what was read in a document as a tree, each statement behind its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.rows import list_or_empty
from queries.show.trees import branch, leaf, tree

if TYPE_CHECKING:
    from rich.tree import Tree


_HEAD = ("code", "version", "edition", "authority", "published", "not_before", "closes", "term_months", "framework")
_OTHERS = frozenset(
    {"document", "role", "core_skills", "core_skill_count", "not_printed", "frames", "notes", "of_roles", *_HEAD}
)


def document(profile: Mapping[str, object]) -> Tree:
    """Return the tree of a profile, given as `rankgraph read --format json` gives it; frames by number only."""
    root = _head(profile)
    for name, statements in profile.items():
        if name not in _OTHERS and isinstance(statements, Sequence) and statements:
            heading = branch(root, f"{name.replace('_', ' ')} ({len(statements)})")
            for statement in statements:
                _statement(heading, _mapping(statement))
    if core := profile.get("core_skills"):
        _statement(branch(root, "core skills"), _mapping(core))
    shares = [_mapping(share) for share in list_or_empty(profile.get("of_roles"))]
    of_roles = branch(root, f"of roles ({len(shares)})") if shares else root
    for share in shares:
        counts = (f"{len(list_or_empty(share[name]))} {name}" for name in _COUNTED if share[name])
        leaf(of_roles, f"{_mapping(share['role'])['name']} ({_mapping(share['role'])['id']}): {', '.join(counts)}")
    frames = profile["frames"]
    if isinstance(frames, Sequence) and frames:
        leaf(root, f"frames ({len(frames)}): template lines and headings, set aside; --format json lists them")
    return root


def _head(profile: Mapping[str, object]) -> Tree:
    role, file = _mapping(profile["role"]), _mapping(profile["document"])
    root = tree(f"{role['name']} ({role['id']})")
    leaf(root, f"document: {file['name']} ({file['format']})")
    known = {**file, "organisation": role["organisation"], **profile}
    for name in ("source", "licence", "organisation", *_HEAD):
        if known.get(name) is not None:
            leaf(root, f"{name.replace('_', ' ')}: {known[name]}")
    return root


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _statement(under: Tree, statement: Mapping[str, object]) -> None:
    at = "-".join(dict.fromkeys(str(line) for line in list_or_empty(statement["lines"])))
    leaf(under, f"{at:>7}  {_words(statement)}")


def _words(statement: Mapping[str, object]) -> str:
    """Return what was understood before the words it was read from."""
    if "options" in statement:
        return f"{statement['name']}: {_options(statement['options'])}"
    if "target" in statement:
        return f"{statement['subject']} {statement['kind']} {statement['target']}: {statement['quote']}"
    if "mentions" in statement:
        named = [str(_mapping(mention)["line"]) for mention in list_or_empty(statement["mentions"])]
        return f"{statement['name']} ({statement['kind']}), named on {', '.join(named)}"
    fields = [f"{name} {statement[name]}" for name in _FIELDS if statement.get(name) not in (None, ())]
    return f"{statement['text']}  ({', '.join(fields)})" if fields else str(statement["text"])


_COUNTED = ("accountabilities", "criteria", "skills", "education", "competencies", "gates", "stages", "pay")
_FIELDS = (
    "level",
    "cluster",
    "kind",
    "necessity",
    "group",
    "amount",
    "currency",
    "per",
    "order",
    "date",
    "why",
    "heading",
)


def _options(options: object) -> str:
    return ", or ".join(
        " and ".join(_part(_mapping(part)) for part in list_or_empty(option)) for option in list_or_empty(options)
    )


def _part(part: Mapping[str, object]) -> str:
    higher = " or higher" if part["at_least"] else ""
    before = f" before {part['before']}" if part["before"] else ""
    return f"{part['target']}{higher}{before}"
