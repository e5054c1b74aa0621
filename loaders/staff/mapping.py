"""Read a mapping file: what another system calls our sheets and columns.

people:
  file: hr extract.csv        # or, in a workbook, sheet: Staff list
  person_id: Payroll ref
  name: Display name
holdings:
  only:                       # rows with another word in their column are left out
    Outcome: [Completed, Passed]
  ignore: [Booking status]    # a column of theirs that says nothing of whether the row counts
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import yaml

from graph.errors import DocumentError, DocumentErrors
from graph.nodes import Model
from loaders.staff.sheets import SHEETS, sheet

_SHEETS = ", ".join(one.name for one in SHEETS)
_PLACES = ("file", "sheet")
_ONLY = "only: {Outcome: [Completed]}"
_IGNORE = "ignore: [Outcome]"


class Said(Model):
    """What is said of one sheet: its name elsewhere, the headers of our columns, and what is left out.

    `only` has the words that the rows taken have, by their header; `ignore` the headers that say nothing.
    """

    place: str | None = None
    columns: Mapping[str, str] = {}
    only: Mapping[str, tuple[str, ...]] = {}
    ignore: tuple[str, ...] = ()


NOTHING = Said()


def mapped(path: Path | None) -> Mapping[str, Said]:
    """Return what a mapping file says, by sheet; nothing where there is none.

    Raises DocumentErrors with all that is wrong with it.
    """
    if path is None:
        return {}
    problems: list[DocumentError] = []
    found = {name: _said(path, name, body, problems) for name, body in _root(path).items()}
    if problems:
        raise DocumentErrors("the mapping file is at fault", problems)
    return found


def _root(path: Path) -> dict[str, object]:
    expected = "YAML: our sheet, and below it our column and their header"
    try:
        said = yaml.BaseLoader(path.read_text(encoding="utf-8-sig")).get_single_data()  # every value as it is written
    except OSError as error:
        raise DocumentError(
            str(path), f"no file that can be read ({error.strerror})", expected, "name another"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        told = " ".join(str(error).split())
        raise DocumentError(str(path), f"what is no YAML ({told})", expected, "mend it") from error
    if not isinstance(said, dict) or not said:
        raise DocumentError(str(path), "no sheets", expected, "write `people:` and below it `person_id: Their header`")
    return {str(name): body for name, body in said.items()}


def _said(path: Path, name: str, body: object, problems: list[DocumentError]) -> Said:
    known = {one.name for one in SHEETS}
    if name not in known:
        problems.append(DocumentError(str(path), f"the sheet {name!r}", f"one of {_SHEETS}", _near(name, known)))
        return NOTHING
    body = dict(body) if isinstance(body, dict) else {"": None}
    only, ignore = _only(body.pop("only", {})), _words(body.pop("ignore", []))
    if only is None:
        expected, advice = "their header, and behind it the words of the rows that count", f"write `{_ONLY}`"
        problems.append(DocumentError(str(path), f"{name}: only without them", expected, advice))
    if ignore is None:
        problems.append(DocumentError(str(path), f"{name}: ignore without them", "their headers", f"write `{_IGNORE}`"))
    if not all(value and isinstance(value, str) for value in body.values()):
        expected = "our columns, and behind each their header"
        problems.append(DocumentError(str(path), f"{name} without columns", expected, "write `name: Their header`"))
        return NOTHING
    columns = {str(key): str(value) for key, value in body.items()}
    places = [columns.pop(key) for key in _PLACES if key in columns]
    ours = {column.name for column in sheet(name).columns}
    for wrong in sorted(set(columns) - ours):
        expected = f"file, sheet, only, ignore or one of {', '.join(column.name for column in sheet(name).columns)}"
        problems.append(DocumentError(str(path), f"{name}: {wrong!r}", expected, _near(wrong, ours)))
    return Said(place=places[0] if places else None, columns=columns, only=only or {}, ignore=ignore or ())


def _only(value: object) -> dict[str, tuple[str, ...]] | None:
    found = {str(header): _words(words) for header, words in value.items()} if isinstance(value, dict) else {"": None}
    listed = {header: words for header, words in found.items() if words}
    return listed if len(listed) == len(found) else None


def _words(value: object) -> tuple[str, ...] | None:
    """Return one word, or a list of them, as a list; None for what is neither."""
    words = value if isinstance(value, list) else [value]
    found = tuple(word for word in words if isinstance(word, str))
    return found if len(found) == len(words) else None


def _near(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else "leave it out"
