"""A small export of staff in memory, how tests write it as files, and names that need no graph."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from graph.errors import NameUnknownError
from graph.staff_nodes import StaffNames
from loaders.staff.sheets import SHEETS
from loaders.staff.sheets import sheet as declared

Export = dict[str, list[dict[str, str]]]
"""Rows by sheet, each cell as it is typed."""

_RANKS = {
    "Constable": "uk/constable",
    "Sergeant": "uk/sergeant",
    "Inspector": "uk/inspector",
    "Chief Inspector": "uk/chief-inspector",
    "Superintendent": "uk/superintendent",
    "Chief Superintendent": "uk/chief-superintendent",
    "ACC": "territorial/assistant-chief-constable",
}
_REQUIREMENTS = {
    "Risk assessment": "skill/risk-assessment",
    "We take ownership": "cvf-2024/we-take-ownership",
    "Strategic Command Course": "course/scc",
}


_ROWS = """
units: U0 ; Force ;
units: U1 ; North ; U0
units: U2 ; South ; U0
units: U3 ; North, team A ; U1
posts: T1 ; U3 ; PS ; Team sergeant ;  ; 1.0 ; 2015-01-01 ;
posts: T2 ; U3 ; PC ; Response ;  ; 1 ; 2015-01-01 ;
posts: T3 ; U3 ; DC ;  ;  ; 2 ;  ;
posts: T4 ; U2 ; DCI ;  ;  ; 1 ;  ;
posts: T5 ; U2 ;  ; Ward team ; PCSO ; 0.5 ;  ;
posts: T6 ; U1 ; D/Supt ;  ;  ; 1 ; 2010-01-01 ; 2020-03-31
people: P1 ; Person 1 ; 2001-05-01 ;
people: P2 ; Person 2 ; 2010-05-01 ;
people: P3 ; Person 3 ; 2011-05-01 ;
people: P4 ; Person 4 ; 2012-05-01 ;
people: P5 ; Person 5 ; 1999-05-01 ; 2020-03-31
people: P6 ; Person 6 ;  ;
occupancies: P1 ; T1 ; 2016-01-01 ;  ; 1 ;
occupancies: P2 ; T2 ; 2016-01-01 ;  ; 0.5 ; substantive
occupancies: P3 ; T2 ; 2017-01-01 ;  ; 0.5 ; sub
occupancies: P3 ; T3 ; 2017-01-01 ;  ; 0.5 ; substantive
occupancies: P2 ; T1 ; 2024-01-01 ; 2024-03-31 ; 0.5 ; acting
occupancies: P4 ; T4 ; 2019-01-01 ;  ;  ; substantive
occupancies: P5 ; T6 ; 2012-01-01 ; 2020-03-31 ; 1 ;
occupancies: P6 ; T5 ;  ; 2025-12-31 ; 0.5 ; temp
roles: Crime analyst ; Grade E
requirements: Taser ; ticket ; 12 ;
requirements: Driving ; skill ; 60 ; 3
requirements: First aid at work ; course ;  ;
post_requirements: T2 ; Taser ;  ; essential
post_requirements: T2 ; Driving ; 2 ; desirable
post_requirements: T4 ; We take ownership ; 3 ;
holdings: P1 ; Taser ;  ; 2024-02-01 ;  ; Certificate 1
holdings: P1 ; Taser ;  ; 2025-02-01 ;  ;
holdings: P2 ; driving ; 2 ; 1 Mar 2023 ; 28/02/2028 ;
holdings: P3 ; We take ownership ; 1 ;  ;  ; =cmd|' /C calc'!A0
holdings: P4 ; course/scc ;  ; 2021-06-30 ;  ;
holdings: P5 ; Risk assessment ;  ; 2019-06-30 ; 2021-06-30 ;
holdings: P6 ; First aid at work ;  ; 2025-06-30 ;  ;
not_met: P2 ; Taser ; 2025-02-01
ranks_held: P1 ; Sergeant ; 2016-01-01 ;  ; substantive
ranks_held: P2 ; T/DS ; 2024-01-01 ; 2024-03-31 ;
ranks_held: P4 ; A/DCI ; 2018-01-01 ; 2018-12-31 ; acting
absences: P3 ; 2025-01-01 ; 2025-06-30 ; Maternity leave
absences: P4 ; 2025-01-01 ;  ; long term sick
courses: C1 ; Taser, first course ; £1,250.00 ; 3 ; 12 ; Training school
courses: C2 ; First aid at work ; 90 ; 0.5 ;  ;
teaches: C1 ; Taser ;
teaches: C2 ; First aid at work ;
course_dates: C1 ; 2026-04-13 ; 8
course_dates: C1 ; 2026-09-07 ;
"""
"""Sheet and cells of each row."""


class KnownNames(StaffNames):
    """Knows a few ranks and requirements as a graph would; those of a framework have 3 levels."""

    def __init__(self, requirements: Mapping[str, str] | None = None) -> None:
        self.requirements = dict(_REQUIREMENTS if requirements is None else requirements)
        roles = {"PCSO": "role/pcso", **_RANKS}
        super().__init__(
            rank=lambda name: _find(name, "rank", _RANKS),
            role=lambda name: _find(name, "role", roles),
            requirement=lambda name: _find(name, "requirement", self.requirements),
            candidates=lambda name: [key for known, key in self.requirements.items() if name in {known, key}][:1],
            names={key: name for name, key in reversed(self.requirements.items())},
            max_levels={key: 3 for key in self.requirements.values() if key.startswith("cvf-")},
            notes=list,
        )


def _find(name: str, kind: str, known: Mapping[str, str]) -> str:
    for other, key in known.items():
        if name in {key, other}:
            return key
    raise NameUnknownError(name, kind, [f"{key} ({other})" for other, key in known.items() if other[:3] == name[:3]])


def export() -> Export:
    """Return an export without a fault; some of its cells are written as people write them."""
    found: Export = {sheet.name: [] for sheet in SHEETS}
    for line in _ROWS.strip().splitlines():
        name, _, cells = line.partition(": ")
        found[name].append(row(name, *(cell.strip() for cell in cells.split(";"))))
    return found


def row(sheet: str, *cells: str) -> dict[str, str]:
    """Return a row of a sheet, cell by cell; the columns behind the last cell are empty."""
    found = dict.fromkeys(declared(sheet).names, "")
    return found | dict(zip(list(found)[: len(cells)], cells, strict=True))


def _header(name: str, found: list[dict[str, str]]) -> list[str]:
    return list(found[0]) if found else list(declared(name).names)


def write_csv(rows: Export, folder: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write an export as a folder of CSV files, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in rows.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, _header(name, found), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(found)
    return folder


def write_workbook(rows: Export, path: Path) -> Path:
    """Write an export as a workbook, each cell as text, and return its path."""
    from openpyxl import Workbook  # noqa: PLC0415 -- few tests write one
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    for name, found in rows.items():
        sheet = book.create_sheet(name)
        sheet.append(_header(name, found))
        for row in found:
            cells = [WriteOnlyCell(sheet, value=value or None) for value in row.values()]
            for cell in cells:
                if cell.value is not None:
                    cell.data_type = "s"
            sheet.append(cells)
    book.save(path)
    return path
