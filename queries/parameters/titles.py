"""Read what people write around the name of a rank: its force, temporary or acting, detective.

The reference data knows how ranks are spelled and what forces are called; it is imported only for a name that
no rank bears as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.staff.rank_prefixes import Grade

_FILLERS = frozenset(
    ("police", "constabulary", "service", "force", "heddlu", "of", "the", "in", "at", "for", "with", "from")
)
"""Words that tell no force from another: "Kent Police", "the Met", "in Kent"."""


@dataclass(frozen=True)
class Title:
    """The name in a title, empty where it is a force alone, with what stood around it.

    `prefixes` are temporary, acting and detective; `force` is the id of the force, and `ladder` that of its chief
    officers.
    """

    name: str
    prefixes: tuple[str, ...] = ()
    force: str | None = None
    ladder: str | None = None


def read_title(given: str) -> Title:
    """Return the parts of a title.

    >>> read_title("T/DCI, Kent Police")
    Title(name='Chief Inspector', prefixes=('temporary', 'detective'), force='kent-police', ladder='territorial')
    >>> read_title("the Met").force, read_title("gold commander")
    ('mps', Title(name='gold commander', prefixes=(), force=None, ladder=None))
    """
    outer = _grade(given)
    name, force = _without_force(outer.name)
    inner = _grade(name)
    basis = outer.basis or inner.basis
    detective = outer.detective or inner.detective
    prefixes = (*([basis] if basis else []), *(["detective"] if detective else []))
    return Title(inner.name, prefixes, force, _forces()[force] if force else None)


def basis_of(given: str) -> str | None:
    """Return whether a rank is written as a temporary or acting one; none for a substantive one.

    >>> basis_of("T/Insp"), basis_of("acting sergeant"), basis_of("sergeant")
    ('temporary', 'acting', None)
    """
    prefixes = read_title(given).prefixes
    return next((basis for basis in ("temporary", "acting") if basis in prefixes), None)


def force_ladder(name: str) -> str | None:
    """Return the ladder of the chief officers of a force; none where no force has that name.

    >>> force_ladder("the Met"), force_ladder("Thames Valley"), force_ladder("Narnia")
    ('mps', 'territorial', None)
    """
    force = force_named(name)
    return _forces()[force] if force else None


def force_named(name: str) -> str | None:
    """Return the id of the force that has a name; none where the name is no force's.

    >>> force_named("the Met"), force_named("met commander")
    ('mps', None)
    """
    rest, force = _without_force(name)
    return None if rest else force


def is_named_in(text: str, force: str) -> bool:
    """Return whether a text names a force.

    >>> is_named_in("Avon and Somerset, Gwent and Lincolnshire Police", "gwent-police"), is_named_in("Gwent", "mps")
    (True, False)
    """
    words = f" {' '.join(_bare(text))} "
    return any(f" {' '.join(name)} " in words for name, named in _force_names().items() if named == force)


def rank_names() -> dict[str, int]:
    """Return what people call ranks and roles, in lower case, alone and with a force of London, also of several.

    Each has the lowest step of the ranks of that name, 0 for a role.
    """
    from loaders.reference.ranks import ranks, roles

    named = {name.casefold(): 0 for one in roles() for name in (one.name, *one.aliases)}
    for one in sorted(ranks(), key=lambda one: -one.step):
        called = (one.name, one.short_name, *one.titles, *one.abbreviations, *one.aliases)
        named |= {name.casefold(): one.step for name in called}
    forces = {f"{force} {name}": step for force in ("met", "city") for name, step in named.items()}
    return {**named, **forces, **{f"{name}s": step for name, step in named.items()}}


def _grade(text: str) -> Grade:
    from loaders.staff import rank_prefixes

    grade = rank_prefixes.read(text)
    singular = rank_prefixes.read(text[:-1]) if text.endswith("s") else grade
    return singular if grade == rank_prefixes.Grade(text) and singular.name != text[:-1] else grade


def _without_force(text: str) -> tuple[str, str | None]:
    """Return a text without the longest name of a force that it begins or ends with, and the force."""
    plain = text.replace("’", "'").replace("'", "").replace("&", " and ")
    words = list(re.finditer(r"\w+", plain))
    for length in range(len(words), 0, -1):
        for run, rest in (
            (words[-length:], plain[: words[-length].start()]),
            (words[:length], plain[words[length - 1].end() :]),
        ):
            if force := _force_names().get(_bare(" ".join(word[0] for word in run))):
                return rest.strip(" ,.:()[]-–"), force
    return text, None


def _bare(name: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"\w+", name.casefold().replace("&", " and ")) if word not in _FILLERS)


@cache
def _force_names() -> dict[tuple[str, ...], str]:
    from loaders.reference.names import bodies

    forces = [body for body in bodies() if body.id in _forces()]
    names = {
        _bare(name): body.id for body in forces for name in (body.name, *body.aliases, *body.contextual, *body.informal)
    }
    return {words: force for words, force in names.items() if words}


@cache
def _forces() -> dict[str, str | None]:
    """Return the ladders of forces by their ids, of those too of whose ranks little is known."""
    from loaders.reference.names import bodies
    from loaders.reference.ranks import ladder_of
    from loaders.reference.rules import elsewhere

    others = {entry.body for entry in elsewhere()}
    forces = (body for body in bodies() if body.kind == "force" or body.id in others)
    return {body.id: None if body.abroad else ladder_of(body.id) for body in forces}
