"""Run one question: resolve and check its parameters, send the file as it is, return its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import NameAmbiguousError, NameUnknownError, QuestionError, UsageError
from graph.rows import Row
from queries.parameters.held import holdings
from queries.parameters.holdings import from_text
from queries.parameters.names import Entry, ladder_of, resolve

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.catalogue import Parameter, Question


_ROLES = """MATCH (r:Role)
RETURN r.id AS id, r.name AS name, r.short_name AS short, r.aliases AS aliases, r.ladder AS ladder ORDER BY id"""
_BODIES = (
    "MATCH (b:Body) RETURN b.id AS id, b.name AS name, null AS short, b.aliases AS aliases, null AS ladder ORDER BY id"
)
_UNITS = "MATCH (u:Unit) RETURN u.id AS id, u.name AS name, u.id AS short, null AS aliases, null AS ladder ORDER BY id"
_ENTRIES = {"rank": _ROLES, "role": _ROLES, "body": _BODIES, "unit": _UNITS}
_RESTS_ON = {"holdings": "rank", "edition": "role"}
"""Kinds whose values name ranks in their turn."""
_PERSON = "MATCH (p:Person {id: $said}) RETURN p.id AS id"
_NAMESAKES = "MATCH (p:Person) WHERE toLower(p.name) = toLower($said) RETURN p.id AS id ORDER BY id LIMIT 10"
_MOST = 1_000_000
_FLAGS = {"true": True, "false": False}
_PLACES = ("england-and-wales", "scotland", "northern-ireland")
_OPPOSITE = (("from", "to"), ("first", "second"))
_EDITIONS = """MATCH (:Role {id: $rank})<-[:DESCRIBES]-(p:Profile)
RETURN p.id AS edition, p.valid_from AS valid_from ORDER BY valid_from, edition"""


@dataclass(frozen=True)
class Answer:
    """Rows with exactly the columns of the file's `// returns:`, and what the user should know beside them."""

    rows: list[dict[str, object]]
    sent: dict[str, object]
    notes: list[str] = field(default_factory=list)


def ask(graph: Graph, question: Question, said: Mapping[str, object], *, force: str | None = None) -> Answer:
    """Return the answer of a question.

    Args:
        graph: An open graph.
        question: The question.
        said: What the user gave, by parameter name; names of ranks and bodies are resolved here.
        force: Ladder for names that ladders share (mps, city or territorial).

    Raises UsageError for a missing or unknown parameter or equal ends, NameUnknownError and
    NameAmbiguousError for names, QuestionError where the columns are not those declared.
    """
    sent, notes = resolved(graph, question, said, force=force)
    rows = graph.read(question.text, sent)
    if rows and tuple(rows[0]) != question.returns:
        raise QuestionError(question.name, f"returned {list(rows[0])}; its header says {list(question.returns)}")
    if not rows:
        notes += _why_nothing(graph, question, sent)
    return Answer(rows, sent, notes)


def resolved(
    graph: Graph, question: Question, said: Mapping[str, object], *, force: str | None = None
) -> tuple[dict[str, object], list[str]]:
    """Return the parameters that are sent for what a user gave, and what the user should know. Raises as `ask` does."""
    notes: list[str] = []
    names = {parameter.name for parameter in question.parameters}
    if unknown := sorted(set(said) - names):
        raise UsageError(f"{question.name} takes {', '.join(sorted(names))}; found {', '.join(unknown)}")
    entries = _entries(graph, question)
    sent: dict[str, object] = {}
    for parameter in question.parameters:
        value = said.get(parameter.name)
        if value is None:
            if not parameter.optional:
                raise UsageError(f"{question.name} needs --{parameter.name.replace('_', '-')}: {parameter.says}")
            sent[parameter.name] = None
        else:
            sent[parameter.name] = _meant(graph, parameter, said, entries, force=force, notes=notes)
    for one, other in _OPPOSITE:
        if one in sent and sent[one] == sent.get(other):
            raise UsageError(f"--{one} and --{other} are both {sent[one]}; expected two different ranks")
    return sent, notes


def _meant(
    graph: Graph,
    parameter: Parameter,
    said: Mapping[str, object],
    entries: Mapping[str, list[Entry]],
    *,
    force: str | None,
    notes: list[str],
) -> object:
    value = said[parameter.name]
    if parameter.kind == "holdings":
        return _held(graph, value, said, entries["rank"], force=force, notes=notes)
    if parameter.kind == "edition":
        return _edition(graph, str(value), said.get("as_of"), entries["role"], notes, force=force)
    if parameter.kind == "person":
        return person(graph, str(value))
    if parameter.kind not in entries:
        return _checked(parameter, value, notes)
    known = entries[parameter.kind]
    choice = resolve(str(value), parameter.kind, known, other=_other(parameter, said, known), force=force)
    notes += [choice.note] if choice.note else []
    return choice.id


def _entries(graph: Graph, question: Question) -> dict[str, list[Entry]]:
    kinds = {parameter.kind for parameter in question.parameters}
    asked = (kinds & set(_ENTRIES)) | {of for kind, of in _RESTS_ON.items() if kind in kinds}
    return {kind: [_entry(row) for row in graph.read(_ENTRIES[kind], {})] for kind in sorted(asked)}


def _entry(row: Row) -> Entry:
    aliases = row["aliases"]
    others = [str(alias) for alias in aliases] if isinstance(aliases, list) else []
    names = (str(row["name"]), *([str(row["short"])] if row["short"] else []), *others)
    return Entry(str(row["id"]), names, str(row["ladder"]) if row["ladder"] else None)


def _other(parameter: Parameter, said: Mapping[str, object], entries: list[Entry]) -> str | None:
    for pair in _OPPOSITE:
        if parameter.name in pair:
            other = said.get(pair[1 - pair.index(parameter.name)])
            return ladder_of(str(other), entries) if other is not None else None
    return None


def _held(
    graph: Graph, value: object, said: Mapping[str, object], ranks: list[Entry], *, force: str | None, notes: list[str]
) -> list[Row]:
    aim = said.get("rank", said.get("to"))
    other = ladder_of(str(aim), ranks) if aim is not None else None
    given = value if isinstance(value, tuple) else from_text(str(value))
    found, more = holdings(graph, given, ranks, other=other, force=force)
    notes += more
    return found


def _edition(
    graph: Graph, value: str, as_of: object, roles: list[Entry], notes: list[str], *, force: str | None
) -> str:
    from queries.parameters.editions import find  # few questions ask for one

    asked = None if as_of is None else day(str(as_of), "--as-of")
    now = today()
    found, more = find(graph, value, roles, as_of=asked, today=now, force=force)
    notes += more
    return found


def _checked(parameter: Parameter, value: object, notes: list[str]) -> object:
    if parameter.kind == "day":
        return day(str(value), f"--{parameter.name.replace('_', '-')}")
    if parameter.kind == "words":
        return search_words(str(value), notes)
    if parameter.kind == "place" and value not in _PLACES:
        raise UsageError(f"--{parameter.name}: found {value!r}; expected one of {', '.join(_PLACES)}")
    if parameter.kind == "number":
        if not re.fullmatch(r"-?\d+", str(value)):
            raise UsageError(f"--{parameter.name}: found {value!r}; expected a whole number")
        if abs(int(str(value))) > _MOST:
            raise UsageError(f"--{parameter.name}: found {value}; expected a number of at most {_MOST}")
        return int(str(value))
    if parameter.kind == "flag" and not isinstance(value, bool):
        if str(value).casefold() not in _FLAGS:
            raise UsageError(f"--{parameter.name}: found {value!r}; expected true or false")
        return _FLAGS[str(value).casefold()]
    return value


def person(graph: Graph, said: str) -> str:
    """Return the number of the person whom a number or a name means. Raises NameUnknownError, NameAmbiguousError."""
    rows = graph.read(_PERSON, {"said": said}) or graph.read(_NAMESAKES, {"said": said})
    if not rows:
        raise NameUnknownError(said, "person", [])
    if len(rows) > 1:
        raise NameAmbiguousError(said, "person", [str(row["id"]) for row in rows], "give the number")
    return str(rows[0]["id"])


def day(said: str, option: str) -> str:
    """Return a day as YYYY-MM-DD. Raises UsageError for anything else.

    >>> day("2021-06-01", "--as-of")
    '2021-06-01'
    """
    try:
        return date.fromisoformat(said).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", said) else _no_day(said, option)
    except ValueError:
        return _no_day(said, option)


def _no_day(said: str, option: str) -> str:
    raise UsageError(f"{option}: found {said!r}; expected a day such as 2021-06-01")


def search_words(said: str, notes: list[str]) -> str:
    """Return words to search for, in lower case; signs that the index reads as operators are left out.

    >>> search_words("Operational (independence)!", notes := []), notes
    ('operational independence', ["'Operational (independence)!' is searched as: operational independence"])
    """
    plain = said.replace("’", "'").casefold()
    words = " ".join(re.findall(r"[\w]+(?:'\w+)*", plain))
    if not words:
        raise UsageError(f"--words: found {said!r}; expected at least one word")
    if re.search(r"[^\w\s']", plain):
        notes.append(f"{said!r} is searched as: {words}")
    return words


def _why_nothing(graph: Graph, question: Question, sent: Mapping[str, object]) -> list[str]:
    notes = [f"no rows: {question.no_rows}"] if question.no_rows else []
    as_of = sent.get("as_of")
    for parameter in question.parameters:
        if parameter.kind != "rank":
            continue
        rank = sent[parameter.name]
        editions = graph.read(_EDITIONS, {"rank": rank})
        days = [str(row["valid_from"]) for row in editions if row["valid_from"]]
        if not editions:
            notes.append(f"no profile of {rank} is loaded")
        elif as_of is not None and (not days or str(as_of) < days[0]):
            first = (
                f"the first edition, {editions[0]['edition']}, counts from {days[0]}"
                if days
                else "no edition has a day"
            )
            notes.append(f"nothing on {rank} counts on {as_of}: {first}")
    return notes
