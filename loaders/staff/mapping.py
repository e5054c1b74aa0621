"""Read a mapping file: what another system calls our sheets and columns.

people:
  file: hr extract.csv        # or, in a workbook, sheet: Staff list
  person_id: Payroll ref
  name: Display name
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import yaml

from graph.errors import DocumentError, DocumentErrors
from graph.ontology import Model
from loaders.staff.sheets import SHEETS, sheet

__all__ = ["NOTHING", "Said", "mapped"]

_SHEETS = ", ".join(one.name for one in SHEETS)
_PLACES = ("file", "sheet")


class Said(Model):
    """What is said of one sheet: its name elsewhere, and the headers of our columns."""

    place: str | None = None
    columns: Mapping[str, str] = {}


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
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
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
    if not isinstance(body, dict) or not all(isinstance(value, str | int | float) for value in body.values()):
        expected = "our columns, and behind each their header"
        problems.append(DocumentError(str(path), f"{name} without columns", expected, "write `name: Their header`"))
        return NOTHING
    columns = {str(key): str(value) for key, value in body.items()}
    places = [columns.pop(key) for key in _PLACES if key in columns]
    ours = {column.name for column in sheet(name).columns}
    for wrong in sorted(set(columns) - ours):
        expected = f"file, sheet or one of {', '.join(column.name for column in sheet(name).columns)}"
        problems.append(DocumentError(str(path), f"{name}: {wrong!r}", expected, _near(wrong, ours)))
    return Said(place=places[0] if places else None, columns=columns)


def _near(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else "leave it out"
