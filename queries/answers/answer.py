"""Put questions together into the answers that people ask for most: a pathway, a gap, a rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.days import today
from graph.errors import AnswerError
from graph.rows import Row
from queries.answers import loaded
from queries.ask import Answer, ask
from queries.catalogue import Question, question
from queries.parameters.holdings import Holding, now
from queries.show import gate_words, words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.session import Graph


Holdings = Sequence[Holding]

_PARTS = {
    "editions": "editions-of",
    "duties": "duties-of",
    "requirements": "requirements-of",
    "gates": "gates",
    "bodies": "bodies-of",
    "chain_of_command": "chain-of-command",
    "next_ranks": "next-ranks",
    "feeder_ranks": "feeder-ranks",
}


@dataclass(frozen=True)
class Composed:
    """Rows, what the user should know beside them, and how they are drawn for reading.

    An answer that is no table has `parts` instead of rows, for JSON. `failed` says what is at fault with
    what was found: it is shown all the same, and the exit code is 1.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    notes: list[str]
    view: RenderableType | None = None
    parts: Mapping[str, object] | None = None
    failed: str | None = None


def named(name: str) -> Question:
    """Return a question that the readable commands rest on. Raises AnswerError if its file is missing."""
    found = question(name)
    if found is None:
        raise AnswerError(f"the question {name} is missing from the installation; install rankgraph again")
    return found


def pathway(
    graph: Graph, held: str, aim: str, *, as_of: str | None, force: str | None, whole: bool, said: Holdings = ()
) -> Composed:
    """Return the routes between two ranks, and which of their ranks no loaded profile describes.

    Args:
        graph: An open graph.
        held: The rank held now, by id or name.
        aim: The rank aimed at.
        as_of: The day asked about; none for today.
        force: Ladder for names that ladders share.
        whole: Draw all routes step by step.
        said: What the user holds: the gates are then said to be open, blocked or unknown.
    """
    found = _ask(graph, "pathway", {"from": held, "to": aim, "as_of": as_of}, force)
    ranks = list(dict.fromkeys([str(found.sent["from"]), *(str(row["rank_id"]) for row in found.rows)]))
    notes = list(found.notes)
    if missing := loaded.unprofiled(graph, ranks if found.rows else [], as_of):
        notes.append("; ".join(missing.values()))
    columns, gates = named("pathway").returns, dict[str, words.Gates]()
    rows: Sequence[Row] = found.rows
    if said:
        judged = {rank: _judged(graph, rank, (*said, now(ranks[0])), as_of=as_of, force=force) for rank in ranks[1:]}
        notes += dict.fromkeys(note for answer in judged.values() if answer.rows for note in answer.notes)
        statuses = {rank: answer.rows for rank, answer in judged.items()}
        columns = (*columns, "gates_open", "gates_blocked", "gates_unknown")
        rows, gates = gate_words.ways(rows, statuses), {rank: words.gates_by_place(statuses[rank]) for rank in statuses}
    elif rows:
        gates = {rank: _gates(graph, [rank], as_of) for rank in ranks}
    return Composed(columns, rows, notes, words.pathway(rows, gates, whole=whole) if rows else None)


def gap(
    graph: Graph, held: str, aim: str, *, as_of: str | None, force: str | None, duties: bool, said: Holdings = ()
) -> Composed:
    """Return what one rank asks for beside another, and which of the two no loaded profile describes.

    Raises AnswerError where neither rank has a profile or a gate.

    Args:
        graph: An open graph.
        held: The rank held now, by id or name.
        aim: The rank aimed at.
        as_of: The day asked about; none for today.
        force: Ladder for names that ladders share.
        duties: Add the duties of both as rows of the kind duty.
        said: What the user holds: what is met is then struck out.
    """
    found = _ask(graph, "rank-gap", {"from": held, "to": aim, "as_of": as_of}, force)
    ends = [str(found.sent["from"]), str(found.sent["to"])]
    missing = loaded.unprofiled(graph, ends, as_of)
    rows: list[Row] = [*found.rows, *(_duties(graph, ends, as_of) if duties else [])]
    if not rows:
        raise AnswerError(
            f"found neither a profile nor a gate of {' or of '.join(ends)} that counts on the day; expected one of "
            f"them at least; load a profile with `rankgraph load`"
        )
    notes = [
        *found.notes,
        *missing.values(),
        *_between(graph, ends, as_of),
    ]
    names = loaded.names(graph, ends)
    title = f"From {names[ends[0]]} to {names[ends[1]]}"
    columns, gates = named("rank-gap").returns, _gates(graph, ends, as_of)
    if said:
        judged = _judged(graph, ends[1], (*said, now(ends[0])), as_of=as_of, force=force)
        rows, notes = _struck(rows, judged, as_of), [*notes, *judged.notes]
        columns, gates = (*columns, "met", "until"), {**gates, **words.gates_by_place(judged.rows)}
    known = ends[1] not in missing
    return Composed(columns, rows, notes, words.gap(title, rows, gates, known=known))


def _struck(rows: Sequence[Row], judged: Answer, as_of: str | None) -> list[Row]:
    held = judged.sent["holdings"]
    return gate_words.struck(rows, judged.rows, held if isinstance(held, list) else [], as_of or today())


def gates(
    graph: Graph, aim: str, said: Holdings, *, place: str | None, as_of: str | None, force: str | None
) -> Composed:
    """Return which gates of a rank are open to what somebody holds.

    Args:
        graph: An open graph.
        aim: The rank aimed at, by id or name.
        said: What the user holds.
        place: england-and-wales, scotland or northern-ireland; none for the first.
        as_of: The day asked about; none for today.
        force: Ladder for names that ladders share.
    """
    found = _judged(graph, aim, said, as_of=as_of, force=force, place=place)
    name = str(found.sent["rank"])
    notes = [*found.notes, *_of_no_use(name, found)]
    if any(part["gate_open"] is None and part["applies_in"] not in {"uk", place} for part in found.rows if place):
        notes.append(f"the gates known here hold in England and Wales; of {words.applying(place)} nothing is known")
    title = f"Gates of {loaded.names(graph, [name])[name]} ({name}) on {found.sent['as_of'] or today()}"
    return Composed(named("gate-status").returns, found.rows, notes, words.gates(title, found.rows))


def _of_no_use(name: str, judged: Answer) -> list[str]:
    """Say which courses that are held no gate of a rank asks for: they may have been meant for another thing."""
    held = judged.sent["holdings"]
    asked = {row["needs_id"] for row in judged.rows}
    given = [str(one["id"]) for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    idle = [one for one in dict.fromkeys(given) if one.startswith("course/") and one not in asked]
    says = "what a gate asks for stands below its name, and is held by that name"
    return [f"no gate of {name} asks for {', '.join(idle)}; {says}"] if idle and judged.rows else []


def _judged(
    graph: Graph, aim: str, said: Holdings, *, as_of: str | None, force: str | None, place: str | None = None
) -> Answer:
    return _ask(graph, "gate-status", {"rank": aim, "holdings": tuple(said), "in": place, "as_of": as_of}, force)


def rank(graph: Graph, said: str, *, as_of: str | None, force: str | None) -> Composed:
    """Return all that is known of a rank or role, part by part."""
    first = _ask(graph, _PARTS["editions"], {"rank": said, "as_of": as_of}, force)
    name = str(first.sent["rank"])
    answers = {part: _ask(graph, asked, {"rank": name, "as_of": as_of}) for part, asked in _PARTS.items()}
    notes = [note for note in first.notes if not note.startswith("no rows")]
    notes += [f"chain of command: {note}" for note in answers["chain_of_command"].notes if note.startswith("no rows")]
    itself = loaded.rank_itself(graph, name, as_of)
    parts = {**itself, **{part: answer.rows for part, answer in answers.items()}}
    return Composed((), (), notes, words.rank(parts), parts)


def _ask(graph: Graph, name: str, said: Mapping[str, object], force: str | None = None) -> Answer:
    return ask(graph, named(name), said, force=force)


def _between(graph: Graph, ends: Sequence[str], as_of: str | None) -> list[str]:
    """Say which ranks lie between two, because their gates and requirements are no part of the gap."""
    rows = _ask(graph, "pathway", {"from": ends[0], "to": ends[1], "as_of": as_of}).rows
    passed = [str(row["to_rank"]) for row in rows if row["route"] == 1][:-1]
    if not rows:
        return [f"no way leads from {ends[0]} up to {ends[1]}: the gap compares the two as they are written"]
    return [f"on the way: {', '.join(passed)}; `rankgraph pathway-gap` adds what is asked for there"] if passed else []


def _gates(graph: Graph, ranks: Sequence[str], as_of: str | None) -> words.Gates:
    rows = [row for rank in ranks for row in _ask(graph, "gates", {"rank": rank, "as_of": as_of}).rows]
    return words.gates_by_place(rows)


def _duties(graph: Graph, ends: Sequence[str], as_of: str | None) -> list[Row]:
    """Return duties as rows of a gap: kept where both texts are the same but for signs and capitals."""
    old, new = ([*_ask(graph, "duties-of", {"rank": rank, "as_of": as_of}).rows] for rank in ends)
    before = {_plain(row["duty"]): row for row in old}
    after = {_plain(row["duty"]): row for row in new}
    kept = [(row, before.get(plain)) for plain, row in after.items()]
    rows = [_duty(row, "kept" if same else "new", same) for row, same in kept]
    return [*rows, *(_duty(row, "dropped", row) for plain, row in before.items() if plain not in after)]


def _plain(duty: object) -> str:
    return "".join(sign for sign in str(duty).casefold() if sign.isalnum())


def _duty(row: Row, status: str, held: Row | None) -> Row:
    return {
        "kind": "duty",
        "requirement": row["duty"],
        "requirement_id": row["duty_id"],
        "status": status,
        "held_level": None,
        "needed_level": None,
        "held_document": held["document"] if held else None,
        "held_lines": held["lines"] if held else None,
        "held_quote": held["duty"] if held else None,
        **{name: row[name] for name in ("fact", "authority", "document", "lines")},
        "quote": row["duty"],
    }
