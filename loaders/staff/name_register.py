"""Know by name what the graph holds and what the export itself brings: requirements and courses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.ids import fingerprint, name_key, slug
from graph.staff_nodes import StaffNames
from loaders.staff.faults import WrongCellError
from loaders.staff.sheets import LABELS

_NEAR, _SUGGESTIONS = 75, 3
_MOST_SEARCHED = 300
"""A file whose column holds something else has a new unknown name in each row: only the first are compared."""
_COURSE = "course"
_UNKNOWN = {"rank": "give the rank by its id", "role": "declare it in the sheet roles"}
_ONE = "leave one of the two, or name them apart"


@dataclass(frozen=True)
class _Own:
    id: str
    name: str
    row: int


class NameRegister:
    """What names mean in one export: those of the graph, and those of its own sheets.

    A requirement of the `requirements` sheet goes before all others of its name. One that only other sheets
    or the graph know must be the only one of its name. `scales` are the highest levels of all that was asked for.
    `notes` say which rows of those sheets are something that the graph knows by another name.
    """

    def __init__(self, names: StaffNames) -> None:
        self.names = names
        self.scales: dict[str, int | None] = {}
        self.notes: dict[str, None] = {}
        self._written: dict[tuple[str, str], str] = {}
        self._own: dict[str, _Own] = {}
        self._courses: dict[str, _Own] = {}
        self._numbers: dict[str, str] = {}
        self._roles: dict[str, _Own] = {}
        self._left_out: dict[str, int] = {}
        self._unmatched = 0

    def declare(self, name: str, kind: str | None, max_level: int | None, row: int) -> tuple[str, str]:
        """Return id and label of a row of `requirements`, known from now on.

        Raises WrongCellError for a name that another row has, or that means several things.
        """
        requirement_id = self._find_in_graph("requirements", name, kind) or f"{kind or 'skill'}/{_slug(name)}"
        for key in (name_key(name), requirement_id):
            if before := self._own.get(key):
                raise WrongCellError(f"a name of its own; row {before.row} has the same", _ONE, "duplicate")
        self._own[name_key(name)] = self._own[requirement_id] = _Own(requirement_id, name, row)
        self.scales[requirement_id] = self.names.max_levels.get(requirement_id) if max_level is None else max_level
        return requirement_id, LABELS[_COURSE if _is_course(requirement_id) else kind or "skill"]

    def is_alias(self, name: str, kind: str | None, written: str) -> bool:
        """Return whether what the file writes is another name of a requirement that is declared already."""
        own = self._own.get(name_key(name)) or self._own.get(self._find_in_graph("requirements", name, kind) or "")
        return own is not None and self.also_call(own.id, written)

    def also_call(self, requirement: str, written: str) -> bool:
        """Return whether a requirement that is declared is called so for the first time; known from now on."""
        own, key = self._own.get(requirement), name_key(written)
        is_new = own is not None and key not in self._own
        if own and is_new:
            self._own[key] = own
        return is_new

    def leave_out(self, name: str, row: int) -> None:
        """Note that the row of `requirements` with this name is not taken."""
        self._left_out.setdefault(name_key(name), row)

    def declare_course(self, name: str, number: str, row: int) -> str:
        """Return the id of a row of `courses`. Raises WrongCellError if another course has the name."""
        own = self._own.get(name_key(name))
        known = own.id if own and _is_course(own.id) else self._find_in_graph("courses", name, _COURSE)
        course_id = known or f"{_COURSE}/{_slug(name)}"
        before = self._courses.get(course_id)
        if before and self._numbers.get(number) != course_id:
            raise WrongCellError(f"a name of its own; row {before.row} has the same", _ONE, "duplicate")
        self._courses.setdefault(course_id, _Own(course_id, name, row))
        self._courses.setdefault(name_key(name), self._courses[course_id])
        self._numbers.setdefault(number, course_id)
        return course_id

    def _find_in_graph(self, sheet: str, name: str, kind: str | None) -> str | None:
        """Return the one requirement of the graph that has the name, a course only where a course is meant."""
        ids = [one for one in self.names.candidates(name) if kind is None or _is_course(one) == (kind == _COURSE)]
        if len(ids) > 1:
            raise WrongCellError(f"one thing; the name is that of {' and of '.join(ids)}", "give the id", "name")
        if ids and (called := self.names.names.get(ids[0])) and name_key(name) not in {name_key(called), ids[0]}:
            self.notes[f"{sheet}: {name!r} is {ids[0]} ({called})"] = None
        return ids[0] if ids else None

    def declare_role(self, name: str, row: int) -> str:
        """Return the id of a row of `roles`. Raises WrongCellError for the name of a rank or of another row."""
        try:
            role_id = self.names.role(name)
        except (NameUnknownError, NameAmbiguousError):
            role_id = f"role/{_slug(name)}"
        if not role_id.startswith("role/"):
            raise WrongCellError("a role of police staff; this is a rank", "leave the row out", "name")
        if before := self._roles.get(role_id):
            raise WrongCellError(f"a name of its own; row {before.row} has the same", _ONE, "duplicate")
        self._roles[role_id] = self._roles[name_key(name)] = _Own(role_id, name, row)
        return role_id

    def rank(self, name: str) -> str:
        """Return the id of a rank. Raises WrongCellError with suggestions."""
        return self._own_role(name) or _resolve(self.names.rank, name, "rank")

    def role(self, name: str) -> str:
        """Return the id of a role. Raises WrongCellError with suggestions."""
        return self._own_role(name) or _resolve(self.names.role, name, "role")

    def _own_role(self, name: str) -> str | None:
        own = self._roles.get(name) or self._roles.get(name_key(name))
        return own.id if own else None

    def all_names(self, requirement: str, sheet: str) -> list[str]:
        """Return what a requirement is called, first by a sheet of the files, then by the graph and its own sheet."""
        own = self._own.get(requirement) or self._courses.get(requirement)
        called = self._written.get((sheet, requirement)), own.name if own else None, self.names.names.get(requirement)
        return list(dict.fromkeys(filter(None, (*called, *self.names.aliases.get(requirement, ())))))

    def requirement(self, name: str, sheet: str) -> str:
        """Return the id of a requirement or course that a sheet names. Raises WrongCellError with suggestions."""
        requirement_id = self._requirement(name)
        self._written.setdefault((sheet, requirement_id), name)
        if requirement_id not in self.scales:
            self.scales[requirement_id] = self.names.max_levels.get(requirement_id)
        return requirement_id

    def _requirement(self, name: str) -> str:
        key = name_key(name)
        if own := self._own.get(name) or self._own.get(key):
            return own.id
        course = self._courses.get(name) or self._courses.get(key)
        ids = {*self.names.candidates(name), *([course.id] if course else [])}
        if not ids and name in self._numbers:
            return self._numbers[name]
        if len(ids) > 1:
            expected = f"one requirement; the name is that of {' and of '.join(sorted(ids))}"
            raise WrongCellError(expected, "give the id", "name")
        return ids.pop() if ids else self._refuse(name)

    def _refuse(self, name: str) -> str:
        if row := self._left_out.get(name_key(name)):
            expected = f"a requirement that is taken: row {row} of requirements is left out for its own fault"
            raise WrongCellError(expected, "mend that row first", "left out")
        near = self._near(name)
        advice = f"did you mean {', '.join(near)}?" if near else "name it in the sheet requirements"
        raise WrongCellError("a requirement that the graph or the sheet requirements knows", advice, "name")

    def _near(self, name: str) -> list[str]:
        self._unmatched += 1
        if self._unmatched > _MOST_SEARCHED:
            return []
        from rapidfuzz import fuzz, process  # only a wrong name needs it

        own = {one.name: one.id for one in (*self._own.values(), *self._courses.values())}
        near = process.extract(
            name, list(own), scorer=fuzz.WRatio, processor=str.casefold, limit=_SUGGESTIONS, score_cutoff=_NEAR
        )
        try:
            self.names.requirement(name)
        except NameUnknownError as error:
            names = (*(f"{own[one]} ({one})" for one, _, _ in near), *error.suggestions)
            return [*dict.fromkeys(names)][:_SUGGESTIONS]
        except NameAmbiguousError as error:
            return list(error.candidates)
        return [own[one] for one, _, _ in near]


def _resolve(find: Callable[[str], str], name: str, kind: str) -> str:
    try:
        return find(name)
    except NameUnknownError as error:
        advice = f"did you mean {', '.join(error.suggestions)}?" if error.suggestions else _UNKNOWN[kind]
        raise WrongCellError(f"a {kind} that the graph knows", advice, "name") from error
    except NameAmbiguousError as error:
        expected = f"one {kind}; the name is that of {' and of '.join(error.candidates)}"
        raise WrongCellError(expected, "give the id, or --force", "name") from error


def _slug(name: str) -> str:
    """Return a key of a name; where a slug would lose signs or letters of it, a fingerprint tells it from others."""
    key, words = slug(name), name_key(name)
    if not words:
        raise WrongCellError("a name with letters or digits", "name it in words")
    if key and (words.isascii() and re.sub("[^a-z0-9]+", "-", words).strip("-") == words.replace(" ", "-")):
        return key
    return "-".join(filter(None, (key, fingerprint(words, 6))))


def _is_course(requirement: str) -> bool:
    return requirement.startswith(f"{_COURSE}/")
