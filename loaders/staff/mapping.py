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

from collections.abc import Mapping
from pathlib import Path

import yaml

from graph.nodes import Model
from loaders.staff.sheets import SHEETS, sheet
from loaders.yaml_lines import YamlFile, written

_SHEETS = ", ".join(one.name for one in SHEETS)
_PLACES = ("file", "sheet")
_SHAPE = "YAML: our sheet, and below it our column and their header"
_ONLY = "only: {Outcome: [Completed]}"
_IGNORE = "ignore: [Outcome]"


class SheetMapping(Model):
    """What the mapping gives for one sheet: its name elsewhere, the headers of our columns, and what is left out.

    `only` has the words that the rows taken have, by their header; `ignore` the headers that say nothing.
    """

    place: str | None = None
    columns: Mapping[str, str] = {}
    only: Mapping[str, tuple[str, ...]] = {}
    ignore: tuple[str, ...] = ()


NO_MAPPING = SheetMapping()


def read_mapping(path: Path | None) -> Mapping[str, SheetMapping]:
    """Return what a mapping file says, by sheet; nothing where there is none.

    Raises DocumentErrors with all that is wrong with it.
    """
    if path is None:
        return {}
    file = YamlFile(path, "the mapping file is at fault", expected=_SHAPE)
    sheets = {one.name for one in SHEETS}
    if not file.faults and (not isinstance(file.root, yaml.MappingNode) or not file.root.value):
        file.fault(file.root, "no sheets", _SHAPE, "write `people:` and below it `person_id: Their header`")
    bodies = file.values(file.root, sheets, f"one of {_SHEETS}", kind="the sheet") if file.root else {}
    mappings = {name: _sheet_mapping(file, name, body) for name, body in bodies.items()}
    file.check()
    return mappings


def _sheet_mapping(file: YamlFile, name: str, body: yaml.Node) -> SheetMapping:
    columns = tuple(column.name for column in sheet(name).columns)
    expected = f"file, sheet, only, ignore or one of {', '.join(columns)}"
    values = file.values(body, (*_PLACES, "only", "ignore", *columns), expected, kind=f"{name}:")
    only, ignore = _only(values.pop("only", None)), _words(values.pop("ignore", None))
    if only is None:
        expected = "their header, and behind it the words of the rows that count"
        file.fault(body, f"{name}: only without them", expected, f"write `{_ONLY}`")
    if ignore is None:
        file.fault(body, f"{name}: ignore without them", "their headers", f"write `{_IGNORE}`")
    headers = {key: written(value) for key, value in values.items()}
    if not isinstance(body, yaml.MappingNode) or not all(headers.values()):
        expected = "our columns, and behind each their header"
        file.fault(body, f"{name} without columns", expected, "write `name: Their header`")
    theirs = {key: header for key, header in headers.items() if header}
    places = [theirs.pop(key) for key in _PLACES if key in theirs]
    return SheetMapping(place=places[0] if places else None, columns=theirs, only=only or {}, ignore=ignore or ())


def _only(node: yaml.Node | None) -> dict[str, tuple[str, ...]] | None:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return None
    listed = {str(header.value): _words(words) for header, words in node.value}
    valid = {header: words for header, words in listed.items() if words}
    return valid if len(valid) == len(listed) else None


def _words(node: yaml.Node | None) -> tuple[str, ...] | None:
    """Return one word, or a list of them, as a list; None for what is neither."""
    nodes = () if node is None else node.value if isinstance(node, yaml.SequenceNode) else (node,)
    words = tuple(str(word.value) for word in nodes if isinstance(word, yaml.ScalarNode))
    return words if len(words) == len(nodes) else None
