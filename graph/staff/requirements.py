"""What the sheets `requirements` and `courses` say: a force's own requirements, and properties of known ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import derive
from graph.documents.write import Counts, Tally
from graph.errors import CheckError
from graph.ids import fingerprint
from graph.nodes import Course, Node
from graph.ontology import node_kind
from graph.staff import cypher
from graph.staff.sheet_rows import Row
from graph.staff.write import BATCH, Change

if TYPE_CHECKING:
    from graph.session import Transaction
    from graph.staff.write import Writer


_OF_REQUIREMENTS = ("declared", "valid_months", "max_level")
_OF_COURSES = ("declared", "course_id", "cost", "days", "seats", "provider")
_ALL = tuple(dict.fromkeys((*_OF_REQUIREMENTS, *_OF_COURSES)))
_LABEL = Course.label
_READ = cypher.read_nodes(_LABEL, ("id", *_ALL))
_DIGITS = 16


@dataclass
class Listed:
    """A requirement that the files list: its node as it is made where there is none, and which values are theirs."""

    kind: str
    name: str
    said: dict[str, object] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Return the properties that the files give, in one order."""
        return tuple(name for name in _ALL if name in self.said)

    def node(self, id: str) -> Node:  # noqa: A002 -- the key's own name
        """Return the node to be made; pydantic evens out the kinds of number."""
        said = {name: value for name, value in self.said.items() if value is not None}
        fields = {"id": id, "name": self.name, "text": self.name, "recorded": True, **said}
        return node_kind(_LABEL, self.kind).model_validate(fields)


def listed(requirements: Iterable[Row], courses: Iterable[Row]) -> dict[str, Listed]:
    """Return what the two sheets list, by id; in both it is a course. Raises CheckError for one listed twice."""
    found: dict[str, Listed] = {}
    for one, row in _once("requirements", requirements).items():
        found[one] = Listed(str(row[2]), str(row[1]), dict(zip(_OF_REQUIREMENTS, (True, *row[3:]), strict=True)))
    for one, row in _once("courses", courses).items():
        course = found.setdefault(one, Listed(Course.subtype, str(row[2])))
        course.kind = Course.subtype
        course.said |= dict(zip(_OF_COURSES, (True, row[1], *map(_amount, row[3:5]), *row[5:]), strict=True))
    return found


def _once(sheet: str, rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if str(row[0]) in found:
            raise CheckError(
                [f"{sheet}: found two rows of one key, {row[0]}; expected one; give each a name of its own"]
            )
        found[str(row[0])] = row
    return found


def _amount(value: object) -> float | None:
    return None if value is None else float(str(value))


def write(writer: Writer, wanted: Mapping[str, Listed]) -> set[str]:
    """Make the graph hold what is listed; return the ids of known requirements that count for other months now."""
    changed: set[str] = set()
    ids = list(wanted)
    for start in range(0, len(ids), BATCH):
        part = {one: wanted[one] for one in ids[start : start + BATCH]}

        def compare(transaction: Transaction, *, repeated: bool, part: Mapping[str, Listed] = part) -> Change:
            del repeated  # what documents stated is always read back
            stored = _stored(transaction, list(part))
            changed.update(one for one, row in stored.items() if _other_months(part[one], row))
            return _change(part, stored)

        writer.carry_out("requirements", compare)
    return changed


def _stored(transaction: Transaction, ids: Sequence[str]) -> dict[str, dict[str, object]]:
    [found] = transaction.run(_READ, {"ids": list(ids)})
    rows: Iterable[Sequence[object]] = found["found"]  # type: ignore[assignment]
    return {str(row[0]): dict(zip(_ALL, row[1:], strict=True)) for row in rows}


def _other_months(one: Listed, stored: Mapping[str, object]) -> bool:
    return "valid_months" in one.said and one.said["valid_months"] != stored["valid_months"]


def _change(wanted: Mapping[str, Listed], stored: Mapping[str, Mapping[str, object]]) -> Change:
    new = [one for one in wanted if one not in stored]
    other = [one for one in wanted if one in stored and any(stored[one][x] != y for x, y in wanted[one].said.items())]
    change = Change(
        Counts(
            created=Tally(nodes=len(new)),
            changed=Tally(nodes=len(other)),
            untouched=Tally(nodes=len(wanted) - len(new) - len(other)),
        )
    )
    for kind in sorted({wanted[one].kind for one in new}):
        nodes = [wanted[one].node(one) for one in new if wanted[one].kind == kind]
        change.send(derive.create_nodes(node_kind(_LABEL, kind)), [{"props": _properties(node)} for node in nodes])
    for names in sorted({wanted[one].names() for one in other}):
        rows = [[one, *(wanted[one].said[name] for name in names)] for one in other if wanted[one].names() == names]
        change.send(cypher.set_nodes(_LABEL, names), rows)
    return change


def _properties(node: Node) -> dict[str, object]:
    """Return a node as it is stored; a document that states it says more, so the digest is another."""
    row = {name: value for name, value in node.__dict__.items() if value is not None}
    return {**row, "digest": fingerprint(json.dumps(row, sort_keys=True), _DIGITS)}
