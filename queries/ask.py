"""Run one question: resolve and check its parameters, send the file as it is, return its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from graph.errors import NameAmbiguousError, NameUnknownError, QuestionError, UsageError
from graph.rows import Row
from queries.parameters.choices import PLACES
from queries.parameters.days import full_day
from queries.parameters.editions import Roles
from queries.parameters.holding_names import find_holdings
from queries.parameters.holdings import from_text
from queries.parameters.names import Entry, entry, ladder_of, resolve
from queries.parameters.unit_names import unit_entries, with_unit_names
from queries.parameters.ways_in import transfer

if TYPE_CHECKING:
    from graph.session import Graph
    from queries.catalogue import Parameter, Question
    from queries.parameters.titles import Title


_BODIES = (
    "MATCH (b:Body) RETURN b.id AS id, b.name AS name, null AS short, b.aliases AS aliases, null AS ladder ORDER BY id"
)
_ENTRIES = {"body": _BODIES, "force": _BODIES}
_ATTRIBUTES = "MATCH (p:Post) WHERE p.attributes IS NOT NULL RETURN DISTINCT p.attributes AS attributes"
_PERSON = "MATCH (p:Person {id: $name}) RETURN p.id AS id"
_NAMESAKES = "MATCH (p:Person) WHERE toLower(p.name) = toLower($name) RETURN p.id AS id ORDER BY id LIMIT 10"
_NEAR_NUMBERS = "MATCH (p:Person) WHERE toLower(p.id) ENDS WITH $number RETURN p.id AS id ORDER BY id LIMIT 1000"
_HINTS = 5
_STAFF = "MATCH (u:Unit) RETURN u.id AS id LIMIT 1"
LOADING = "MATCH (n:StaffLoad) WHERE n.state = 'loading' RETURN n.loaded AS day, n.files AS files"
NO_STAFF = (
    "found no units in the graph; expected the files of a force; load them with `rankgraph staff load`, "
    "or make a force to try with `rankgraph sample-force`"
)
_MOST = 1_000_000
_FLAGS = {"true": True, "false": False}
EDITION = re.compile(r"fact/(.+@[^/]+)/")
"""The edition in the id of a fact."""
_OPPOSITE = (("from", "to"), ("first", "second"))

T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """Rows with exactly the columns of the file's `// returns:`, and what the user should know beside them.

    `sent` are the parameters as they were sent: names resolved to ids; `titles` are names
    of ranks that were read in parts.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, object]]
    sent: dict[str, object]
    notes: list[str] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)

    @property
    def force(self) -> str | None:
        """The force that a rank was named with, the last where there are several."""
        return _force_of(self.titles)


def ask(
    graph: Graph,
    question: Question,
    values: Mapping[str, object],
    *,
    force: str | None = None,
    roles: Roles | None = None,
) -> Reply:
    """Return the reply to a question.

    `values` are what the user gave, by parameter name: names of ranks, bodies, units and people are resolved here. A
    force among them is left out where the question does not ask for one.
    `roles` are the ranks and roles of the graph, where they were read before.

    Raises UsageError for a missing or unknown parameter or equal ends, NameUnknownError and
    NameAmbiguousError for names, QuestionError where the columns are not those declared.
    """
    resolver = _Resolver(graph, question, values, force, roles)
    sent = resolver.resolve()
    rows = graph.read(question.text, sent)
    if rows and tuple(rows[0]) != question.returns:
        raise QuestionError(question.name, f"returned {list(rows[0])}; its header says {list(question.returns)}")
    if {"unit", "unit_id"} <= {*question.returns}:
        rows = with_unit_names(graph, rows)
    about = [*resolver.compared(sent), *resolver.undated(rows)] if rows else resolver.why_nothing(sent)
    notes = [*resolver.notes, *about]
    return Reply(question.returns, rows, sent, notes, resolver.titles)


def resolve_parameters(
    graph: Graph, question: Question, values: Mapping[str, object], *, force: str | None = None
) -> tuple[dict[str, object], list[str]]:
    """Return the parameters that are sent for what a user gave, and what the user should know. Raises as `ask` does."""
    resolver = _Resolver(graph, question, values, force, None)
    return resolver.resolve(), resolver.notes


class _Resolver:
    """Turns what a user gave for the parameters of a question into what is sent."""

    def __init__(
        self, graph: Graph, question: Question, values: Mapping[str, object], force: str | None, roles: Roles | None
    ) -> None:
        self._graph, self._question, self._values, self._force = graph, question, values, force
        self._as_of = None if values.get("as_of") is None else str(values["as_of"])
        self._known = roles
        self._ids: dict[str, str] = {}
        self.notes: list[str] = []
        self.titles: list[Title] = []

    @cached_property
    def _roles(self) -> Roles:
        return self._known or Roles(self._graph, day(self._as_of, "--as-of") if self._as_of else None)

    def resolve(self) -> dict[str, object]:
        """Return the parameters that are sent."""
        names = {parameter.name for parameter in self._question.parameters}
        if unknown := sorted(set(self._values) - names - {"force"}):
            raise UsageError(f"{self._question.name} takes {', '.join(sorted(names))}; found {', '.join(unknown)}")
        sent = {parameter.name: self._value(parameter) for parameter in self._question.parameters}
        for one, other in _OPPOSITE:
            if one in sent and sent[one] == sent.get(other):
                advice = f" ({transfer()})" if any(title.force for title in self.titles) else ""
                raise UsageError(f"--{one} and --{other} are both {sent[one]}; expected two different ranks{advice}")
        return sent

    def _value(self, parameter: Parameter) -> object:
        value = self._values.get(parameter.name)
        if parameter.kind == "force":
            value = _force_of(self.titles) or value
        if value is None:
            if not parameter.optional:
                option = parameter.name.replace("_", "-")
                raise UsageError(f"{self._question.name} needs --{option}: {parameter.says}")
            return None
        if parameter.kind == "holdings":
            return self._holdings(value)
        if parameter.kind == "edition":
            return self._noted(self._roles.find_edition(str(value), force=self._force))
        if parameter.kind == "person":
            return find_person(self._graph, str(value))
        if parameter.kind not in {"rank", "role", "unit", "attribute", *_ENTRIES}:
            return _check_value(parameter, value, self.notes)
        entries = self._entries(parameter.kind)
        other = self._opposite_ladder(parameter, entries)
        choice = resolve(str(value), parameter.kind, entries, other=other, force=self._force)
        self._ids[parameter.name] = choice.id
        self.titles += [choice.title] if choice.title else []
        return self._noted((choice.id, [choice.note] if choice.note else []))

    def _noted(self, result: tuple[T, list[str]]) -> T:
        self.notes += result[1]
        return result[0]

    def _entries(self, kind: str) -> list[Entry]:
        if kind in _ENTRIES:
            return [entry(row) for row in self._graph.read(_ENTRIES[kind], {})]
        if kind == "attribute":
            marks = {one for row in self._graph.read(_ATTRIBUTES, {}) for one in str(row["attributes"]).split(", ")}
            return [Entry(one, (one,)) for one in sorted(marks)]
        return unit_entries(self._graph) if kind == "unit" else self._roles.entries

    def _opposite_ladder(self, parameter: Parameter, entries: list[Entry]) -> str | None:
        for pair in _OPPOSITE:
            if parameter.name in pair:
                other = self._values.get(pair[1 - pair.index(parameter.name)])
                return ladder_of(str(other), entries) if other is not None else None
        return None

    def _holdings(self, value: object) -> list[Row]:
        aim = self._values.get("rank", self._values.get("to"))
        other = ladder_of(str(aim), self._roles.entries) if aim is not None else None
        holdings = value if isinstance(value, tuple) else from_text(str(value))
        found = find_holdings(
            self._graph, holdings, self._roles.entries, other=other, force=self._force, aim=self._ids.get("rank")
        )
        return self._noted(found)

    def undated(self, rows: list[dict[str, object]]) -> list[str]:
        """Return a note on each edition of an answer for a given day of which nothing tells when it began."""
        if self._as_of is None or "fact" not in rows[0]:
            return []
        used = {match[1] for row in rows if (match := EDITION.match(str(row["fact"])))}
        known = (row for rank_rows in self._roles.editions.values() for row in rank_rows)
        unknown = {str(row["edition"]) for row in known if row["valid_from"] is None}
        return [
            f"nothing tells when {name} began: it counts on {self._as_of} all the same"
            for name in sorted(used & unknown)
        ]

    def why_nothing(self, sent: Mapping[str, object]) -> list[str]:
        """Return what it means that there are no rows, and which ranks nothing is loaded of."""
        reason = self._question.no_rows
        if self._asks_of_staff and not has_staff(self._graph):
            reason = NO_STAFF
        elif self._asks_of_staff and self._graph.read(LOADING, {}):
            reason = "the load of staff files is not whole, so that this says nothing; complete it first"
        notes = [f"no rows: {reason}"] if reason else []
        for rank in self._ranks(sent):
            if not self._roles.editions[rank]:
                notes.append(f"no profile of {rank} is loaded")
            elif self._as_of is not None:
                notes += filter(None, [self._roles.before_first(rank, self._as_of)])
        return notes

    @property
    def _asks_of_staff(self) -> bool:
        kinds = {parameter.kind for parameter in self._question.parameters}
        return self._question.family == "workforce" or bool({"unit", "person"} & kinds)

    def compared(self, sent: Mapping[str, object]) -> list[str]:
        """Return a note on each rank that is compared with a day before its first edition."""
        if (since := sent.get("since")) is None:
            return []
        return [note for rank in self._ranks(sent) if (note := self._roles.before_first(rank, str(since)))]

    def _ranks(self, sent: Mapping[str, object]) -> list[str]:
        return [str(sent[one.name]) for one in self._question.parameters if one.kind == "rank"]


def _check_value(parameter: Parameter, value: object, notes: list[str]) -> object:
    if parameter.kind == "day":
        return day(str(value), f"--{parameter.name.replace('_', '-')}")
    if parameter.kind == "words":
        return search_words(str(value), notes)
    if parameter.kind == "place" and value not in PLACES:
        raise UsageError(f"--{parameter.name}: found {value!r}; expected one of {', '.join(PLACES)}")
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


def _force_of(titles: Sequence[Title]) -> str | None:
    return next((title.force for title in reversed(titles) if title.force), None)


def has_staff(graph: Graph) -> bool:
    """Return whether staff files were loaded."""
    return bool(graph.read(_STAFF, {}))


def find_person(graph: Graph, name: str) -> str:
    """Return the number of the person whom a number or a name means.

    Raises NameUnknownError with numbers that differ in zeros or letters in front only, NameAmbiguousError.
    """
    rows = graph.read(_PERSON, {"name": name}) or graph.read(_NAMESAKES, {"name": name})
    if not rows:
        number = _without_front(name)
        near = graph.read(_NEAR_NUMBERS, {"number": number}) if number else []
        same = [str(row["id"]) for row in near if _without_front(str(row["id"])) == number]
        raise NameUnknownError(name, "person", same[:_HINTS])
    if len(rows) > 1:
        raise NameAmbiguousError(name, "person", [str(row["id"]) for row in rows], "give the number")
    return str(rows[0]["id"])


def _without_front(number: str) -> str:
    """Return what is left of a number without letters, signs and zeros in front of its digits; nothing without digits.

    >>> _without_front("PS 0264"), _without_front("264"), _without_front("Lee")
    ('264', '264', '')
    """
    return re.sub(r"^\D*0*", "", number).casefold()


def day(text: str, option: str) -> str:
    """Return a day as YYYY-MM-DD. Raises UsageError for anything else.

    >>> day("2021-06-01", "--as-of")
    '2021-06-01'
    """
    return full_day(text, option)


def search_words(text: str, notes: list[str]) -> str:
    """Return words to search for, in lower case; signs that the index reads as operators are left out.

    >>> search_words("Operational (independence)!", notes := []), notes
    ('operational independence', ["'Operational (independence)!' is searched as: operational independence"])
    """
    folded = text.replace("’", "'").casefold()
    words = " ".join(re.findall(r"[\w]+(?:'\w+)*", folded))
    if not words:
        raise UsageError(f"--words: found {text!r}; expected at least one word")
    if re.search(r"[^\w\s']", folded):
        notes.append(f"{text!r} is searched as: {words}")
    return words
