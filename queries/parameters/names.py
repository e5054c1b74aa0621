"""Find what a user means by a name: a rank, a role or a body of the loaded graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.rows import Row, list_or_empty
from queries.parameters.places import place_of, why_not
from queries.parameters.titles import Title, read_title

_SUGGESTIONS = 3
_NEAR = 60
_NEAR_WORD = 80
_SHORT = 5
"""An abbreviation is near what has its letters in another order, not what holds some of them."""

_SHORT_WORDS = {
    "asst": "assistant",
    "ch": "chief",
    "cmdr": "commander",
    "comm": "commissioner",
    "con": "constable",
    "dep": "deputy",
    "det": "detective",
    "insp": "inspector",
    "sgt": "sergeant",
    "supt": "superintendent",
}
_DETECTIVE = "role/detective-"
_SHARED = (None, "uk")
_KEPT = 20_000
"""How many names are kept in words: all that a graph knows, and what was lately given."""


@dataclass(frozen=True)
class Entry:
    """Something that can be named."""

    id: str
    names: tuple[str, ...]
    ladder: str | None = None


@dataclass(frozen=True)
class Choice:
    """What a name was taken to mean; `note` says why where there was a choice, `title` how it was read in parts."""

    id: str
    note: str | None = None
    title: Title | None = field(default=None, compare=False)


FORCES = {"mps": "Met", "city": "City"}
"""Short names of the forces that have ladders of their own, by ladder."""


def apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names of ranks by id, with the force behind those of one name where ladders of one force have them.

    >>> apart({"mps/commander": "Commander", "city/commander": "Commander", "uk/sergeant": "Sergeant"})
    {'mps/commander': 'Commander (Met)', 'city/commander': 'Commander (City)', 'uk/sergeant': 'Sergeant'}
    """
    times, forces = Counter(names.values()), {key: FORCES.get(key.partition("/")[0]) for key in names}
    return {key: f"{name} ({forces[key]})" if times[name] > 1 and forces[key] else name for key, name in names.items()}


def entry(row: Row, *others: str) -> Entry:
    """Return the entry of a row with id, name and aliases, and short name and ladder where it has them.

    What a name has in brackets at its end, in capitals, names it too.

    >>> entry({"id": "course/a7", "name": "Officer's course (A7)", "aliases": None}).names
    ("Officer's course (A7)", 'A7')
    """
    short = re.search(r"\(([A-Z][A-Z0-9]+)\)$", str(row["name"]))
    names = (row["name"], row.get("short"), *([short[1]] if short else []), *list_or_empty(row["aliases"]), *others)
    ladder = row.get("ladder")
    return Entry(str(row["id"]), tuple(str(name) for name in names if name), str(ladder) if ladder else None)


def requirement_entry(row: Row) -> Entry:
    """Return the entry of a requirement; a course is named by the end of its id too.

    >>> requirement_entry({"id": "course/scc", "name": "Strategic Command Course", "aliases": None, "course": 1}).names
    ('Strategic Command Course', 'scc')
    """
    return entry(row, *([str(row["id"]).partition("/")[2]] if row["course"] else []))


def resolve(
    given: str, kind: str, entries: Sequence[Entry], *, other: str | None = None, force: str | None = None
) -> Choice:
    """Return which entry of a kind the user means by an id or by a name such as "dac", "met ac" or "ac (met)".

    Of entries that share the name, the one on the ladder of the command's other rank is taken, where that is plain,
    else the one on the ladder of --force or RANKGRAPH_FORCE.

    Raises NameUnknownError with the nearest names, NameAmbiguousError with the candidates.
    """
    if printed := next((entry.id for entry in entries if _is_printed(given, entry)), None):
        return Choice(printed)
    matches, title = _matches(given, kind, entries)
    force_named = title.force if title else None
    if not matches:
        raise NameUnknownError(given, kind, _suggestions(given, title, entries), _is_force(title))
    if len(matches) == 1:
        if kind != "body" and (reason := why_not(matches[0].id, force_named)):
            raise NameUnknownError(given, kind, [], reason)
        return Choice(matches[0].id, _why(given, matches[0], title), title)
    for ladder, why in ((other, "as the other rank"), (force, "as --force or RANKGRAPH_FORCE says")):
        chosen = [entry for entry in matches if entry.ladder == ladder]
        if ladder and len(chosen) == 1:
            return Choice(chosen[0].id, f"{given!r} is taken as {chosen[0].id}, {why}")
    ranks = [entry.id for entry in matches if entry.ladder]
    if len(ranks) == 1:
        jobs = ", ".join(entry.id for entry in matches if not entry.ladder)
        return Choice(ranks[0], f"{given!r} is taken as {ranks[0]}, the rank; a job of that name is {jobs}")
    advice = "give the id, name the force, or set --force or RANKGRAPH_FORCE" if ranks else ""
    raise NameAmbiguousError(given, kind, [entry.id for entry in matches], advice)


def ladder_of(given: str, entries: Sequence[Entry]) -> str | None:
    """Return the ladder of a name where it is plain, by its rank or a force in it, and not shared by all forces."""
    exact = [entry for entry in entries if entry.id == given]
    matches, title = (exact, None) if exact else _matches(given, "rank", entries)
    ladders = {entry.ladder for entry in matches}
    if title and title.ladder and matches:
        return title.ladder
    return matches[0].ladder if len(ladders) == 1 and matches[0].ladder != "uk" else None


def _matches(given: str, kind: str, entries: Sequence[Entry]) -> tuple[list[Entry], Title | None]:
    """Return the entries that a name means, and how it was read where it is not theirs as it stands.

    A detective has a rank, of which the role is another thing.
    """
    loose = kind == "body" or any(entry.ladder for entry in entries)
    exact = _named(given, entries, loose=loose)
    if not loose or (exact and not (kind == "rank" and any(entry.id.startswith(_DETECTIVE) for entry in exact))):
        return exact, None
    title = read_title(given)
    if not title.name:
        return [entry for entry in entries if entry.id == title.force], title
    roles = [f"Detective {title.name}"] if "detective" in title.prefixes and kind != "rank" else []
    for name in (*roles, title.name):
        found = [
            entry for entry in _named(name, entries) if title.ladder is None or entry.ladder in (*_SHARED, title.ladder)
        ]
        if found:
            return found, title
    return [], title


def _why(given: str, entry: Entry, title: Title | None) -> str | None:
    """Return what the user should know of a name that was read in parts; nothing where the parts are all in the id."""
    if title is None:
        return None
    prefixes = [prefix for prefix in title.prefixes if f"/{prefix}-" not in entry.id]
    reasons = [f"{' and '.join(prefixes)} {'are' if prefixes[1:] else 'is'} no part of the rank"] if prefixes else []
    reasons += ["every force has it"] if title.force and entry.ladder == "uk" else []
    reasons += [f"other rules of promotion hold there, --in {place}"] if (place := place_of(title.force)) else []
    return f"{given!r} is taken as {entry.id}: {', '.join(reasons)}" if reasons else None


def _is_force(title: Title | None) -> str:
    """Return what is said of the name of a force alone, where a rank is asked for; empty for anything else."""
    return "that is a force, and no rank of it is named" if title and title.force and not title.name else ""


def _is_printed(given: str, entry: Entry) -> bool:
    """Return whether it is the id, or name and id as answers and suggestions print them: "uk/sergeant (PS)"."""
    key = entry.id
    return given == key or (key in given and any(given in {f"{key} ({n})", f"{n} ({key})"} for n in entry.names))


def _named(given: str, entries: Sequence[Entry], *, loose: bool = True) -> list[Entry]:
    for fold in (_words, _loose_words) if loose else (_words,):
        words = fold(given)
        if found := [entry for entry in entries if words and any(fold(name) == words for name in entry.names)]:
            return found
    return []


@lru_cache(maxsize=_KEPT)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", name.casefold().replace("’", "").replace("'", "").replace("&", " and ")))


@lru_cache(maxsize=_KEPT)
def _loose_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without "the", short ones in full and the last one in the singular.

    >>> _loose_words("the Asst Chief Cons"), _loose_words("D.A.C."), _loose_words("PCSOs")
    (('assistant', 'chief', 'constable'), ('dac',), ('pcso',))
    """
    words = [word for word in _words(name) if word != "the"]
    if words and all(len(word) == 1 for word in words):
        return ("".join(words),)
    if words and len(words[-1]) > 2:  # noqa: PLR2004 -- PS is no plural
        words[-1] = words[-1].removesuffix("s")
    return tuple(_SHORT_WORDS.get(word, word) for word in words)


def _suggestions(given: str, title: Title | None, entries: Sequence[Entry]) -> list[str]:
    """Return what may have been meant: the rank, where the force that was named has none such, else the nearest."""
    elsewhere = _named(title.name, entries) if title and title.force else []
    return [entry.id for entry in elsewhere] or _nearest(title.name if title else given, entries, more=title is None)


def _nearest(given: str, entries: Iterable[Entry], *, more: bool) -> list[str]:
    """Return the nearest names; `more` lets words be given that are not in the name, as of a course."""
    from rapidfuzz import fuzz, process  # only a wrong name needs it

    named = [(name, entry.id) for entry in entries for name in ((entry.id,) if "/" in given else entry.names)]
    near = process.extract(
        given,
        [name for name, _ in named],
        scorer=fuzz.ratio if len(given) <= _SHORT else fuzz.WRatio,
        processor=str.casefold,
        limit=None,
        score_cutoff=_NEAR,
    )
    best: dict[str, str] = {}
    for name, _, place in near:
        if _is_near(given, name) or (more and _is_near(name, given)):
            best.setdefault(named[place][1], name)
    return [key if name == key else f"{key} ({name})" for key, name in best.items()][:_SUGGESTIONS]


def _is_near(given: str, name: str) -> bool:
    """Return whether each word of what was given is nearly one of the name: a word more may make it another thing."""
    from rapidfuzz import fuzz

    if max(len(given), len(name)) < _SHORT:
        one, other = given.casefold(), name.casefold()
        alike = one[:1] == other[:1] and set(one) == set(other)
        return alike and (len(one) == len(other) or min(len(one), len(other)) > 2)  # noqa: PLR2004 -- PCC is no PC
    words, others = _words(given), _words(name)
    return len(others) <= 2 * len(words) and all(
        any(fuzz.ratio(word, other) >= _NEAR_WORD for other in others) for word in words
    )
