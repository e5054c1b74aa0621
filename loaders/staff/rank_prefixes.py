"""Read a rank as rosters write it: T/DCI, A/Sgt, PC, D/Supt.

Detective is a prefix, not a rank; T/ and A/ say on what basis it is held, but T/DC is a trainee. What is left
is a name for the graph to resolve. How a rank is spelled stands in the reference data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.reference.ranks import ranks

_AFTER_D = {"Constable": ("c",), "Sergeant": ("s",), "Inspector": ("i",), "Superintendent": ("su",)}
"""Letters that mean a rank behind the D of detective only: DC, DS, DI, DSU."""
_NO_RANKS = frozenset(("dpc", "dps", "dpi"))
"""Police or detective, never both: DPS is a directorate."""

_DETECTIVE = ("detective", "det", "d")
_SPECIAL = ("special", "specialconstabulary", "spec")
_TRAINEE = ("trainee", "student", "probationary")
_BASES = {"temporary": ("temporary", "temp", "tempy", "t"), "acting": ("acting", "actg", "act", "ag", "a")}
_SUBSTANTIVE = re.compile(r"^subst(?:antive|\.|\b)\s*|(?:\s*[-,]|\s)\s*[(\[]?subst(?:antive|\.)?[)\]]?$", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"(?:(?P<temporary>temporary|tempy?|t)|(?P<acting>acting|actg|act|a/?g|a))(?:\s*[/.]\s*|(?<=[a-z]{3})\s+)(?P<rest>\S.*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\d{1,4}\s*[-\u2013:.]\s*(?=[^\W\d])")
"""A number in front: 03 - Inspector."""
_TWICE = re.compile(r"(?P<long>[^()]*\S)\s*(?:\((?P<short>[^()]+)\))")
"""A rank and its letters: Police Constable (PC)."""
_DETECTIVE_BEHIND = re.compile(r"(?P<rest>.*\S)\s*[(\[]\s*(?:detective|det|d)\.?\s*[)\]]", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?P<rest>.*\S)\s*(?:[(\[]\s*|\s-\s*|,\s*)(?:(?P<temporary>temporary|temp|t)|(?P<acting>acting|actg|act|a))\s*[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grade:
    """A rank as written: the name that is left, on what basis it is held, and whether by a detective."""

    name: str
    basis: str | None = None
    detective: bool = False


def read(text: str) -> Grade:
    """Return what a rank says; what it does not know is left as a name.

    >>> read("T/DCI")
    Grade(name='Chief Inspector', basis='temporary', detective=True)
    >>> read("A/Sgt").basis, read("A/ACC").name, read("DCC"), read("TDC").basis
    ('acting', 'ACC', Grade(name='DCC', basis=None, detective=False), None)
    """
    words = _SUBSTANTIVE.sub("", _CODE.sub("", " ".join(text.split())))
    if (both := _TWICE.fullmatch(words)) and read(both["long"]) == read(both["short"]):
        words = both["long"]
    if grade := _ranks_by_spelling().get(_letters_only(words)):
        return grade
    if match := _DETECTIVE_BEHIND.fullmatch(words):
        inner = read(match["rest"])
        return Grade(inner.name, inner.basis, detective=True)
    for form in (_BEHIND, _IN_FRONT):
        if match := form.fullmatch(words):
            basis = "temporary" if match["temporary"] else "acting"
            inner = _ranks_by_spelling().get(_letters_only(match["rest"]), Grade(match["rest"]))
            return inner if inner.basis else _on_basis(inner, basis)
    return Grade(words)


def is_rank(text: str) -> bool:
    """Return whether a text is a rank of every force, as rosters write it, whatever its basis."""
    return read(text).name in _written()


def _on_basis(grade: Grade, basis: str | None) -> Grade:
    """Return a grade on a basis; nobody is a temporary constable: that T is of a trainee."""
    trainee = grade.name == "Constable" and basis == "temporary"
    return Grade(grade.name, None if trainee else basis, grade.detective)


def _letters_only(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@cache
def _ranks_by_spelling() -> dict[str, Grade]:
    grades: dict[str, Grade] = {}
    for written, grade in _spellings():
        grades.setdefault(written, grade)
    for basis, prefixes in _BASES.items():
        for written, grade in _spellings():
            for prefix in prefixes:
                grades.setdefault(prefix + written, _on_basis(grade, basis))
    return grades


def _spellings() -> Iterator[tuple[str, Grade]]:
    for name, spellings in _written().items():
        for one in spellings:
            yield one, Grade(name)
            detectives = (prefix + one for prefix in _DETECTIVE)
            yield from ((written, Grade(name, detective=True)) for written in detectives if written not in _NO_RANKS)
            yield from ((prefix + one, Grade(f"Special {name}")) for prefix in _SPECIAL)
        yield from (("d" + letter, Grade(name, detective=True)) for letter in _AFTER_D.get(name, ()))
    constables = _written()["Constable"]
    for prefix in _TRAINEE:
        yield from ((prefix + one, Grade("Constable")) for one in constables)
        yield from (
            (prefix + detective, Grade("Constable", detective=True)) for detective in ("dc", "detectiveconstable")
        )


@cache
def _written() -> dict[str, list[str]]:
    """Return how each rank that every force has is written, without signs and spaces."""
    return {
        rank.name: [_letters_only(one) for one in (rank.name, *rank.titles, *rank.abbreviations, *rank.aliases)]
        for rank in ranks()
        if rank.ladder == "uk"
    }
