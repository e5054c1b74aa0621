"""Read a mapping file: how the files of other systems are to be understood.

rankgraph: mapping
dates: uk                     # 03/04/26 is 3 April (us: 4 March); also for one of the sheets below
people:
  file: HR extract*.csv       # * stands for any letters; or, in a workbook, sheet: Staff list
  person_id: Payroll ref
  name: [Forename, Surname]   # several columns are joined
  skip: {Surname: VACANT}     # rows left out
  counted: {Age band: age}    # a column that is only counted, and kept of nobody
holdings:
  only:                       # rows with another word in their column are left out
    Outcome: [Completed, Passed]
  ignore: [Booking status]    # a column of theirs that says nothing of whether the row counts
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, create_model

from graph.nodes import Model
from loaders.staff.sheets import SHEETS
from loaders.yaml_lines import HEAD, WrongEntryError, YamlFile, describe, written

_SHAPE = "YAML: our sheet, and below it our column and their header"
OPEN = "?"
"""What an open choice of a proposed mapping begins with."""
SHEET = "(sheet)"
"""What a mapping calls the name of the sheet, or of the file, as if it were a column."""
_CHOOSE = "one of the candidates, or several in a list, without the question mark"


def _listed(value: object) -> object:
    """Return one value as a list of one; an open choice is none yet."""
    values = value if isinstance(value, list) else [value]
    words = [one for one in values if isinstance(one, str)]
    if not words or len(words) < len(values):
        raise ValueError("a word, or a list of them")
    for at, one in enumerate(words):
        if one.startswith(OPEN) and isinstance(value, list):
            raise WrongEntryError(_CHOOSE, at)
    return [_chosen(one) for one in words]


def _chosen(value: str) -> str:
    if value.startswith(OPEN):
        raise ValueError(_CHOOSE)
    return value


def _by_header(value: object) -> object:
    if not isinstance(value, dict) or not all(value.values()):
        raise ValueError("their header, and behind it the words of the rows that count")
    return value


def _one_order(words: tuple[str, ...]) -> tuple[str, ...]:
    if set(words) - {*_ORDERS, "serial"} or {*_ORDERS} <= {*words}:
        raise ValueError("uk or us, with serial or without")
    return words


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
_ByHeader = Annotated[dict[str, Words], BeforeValidator(_by_header)]
_ORDERS: tuple[Literal["uk"], Literal["us"]] = ("uk", "us")


def _hours(value: str) -> str:
    if not re.fullmatch(r"none|100|[1-9]\d(\.\d+)?", value):
        raise ValueError("hours of a full week such as 37.5, 100 for per cent, or none")
    return value


class Settings(Model):
    """How days, numbers and text are written, in all files or in those of one sheet."""

    dates: Annotated[Words, AfterValidator(_one_order)] = Field(
        (), description="uk: 03/04/26 is 3 April 2026; us: it is 4 March; serial: a number such as 45495 is a day"
    )
    decimal: Literal["comma", "point"] | None = Field(None, description="The sign before decimals")
    empty: Words = Field((), description="Words that mean an empty cell, such as N/A")
    encoding: Literal["cp850", "cp1252", "utf-8", "utf-16"] | None = Field(None, description="How text is encoded")


class SheetMapping(Settings):
    """What the mapping gives for one sheet of ours, or for one of several files of it."""

    file: str | None = Field(None, description="Name of the file, or of all files of a kind: * stands for any letters")
    sheet: str | None = Field(None, description="Name of the sheet of a workbook, likewise")
    only: _ByHeader = Field({}, description="Rows that count: their header, and the words that it then holds")
    skip: _ByHeader = Field({}, description='Rows left out: their header, and its words; "" is an empty cell')
    ignore: Words = Field((), description="Their columns that say nothing")
    counted: dict[str, Annotated[str, Field(pattern=r"^\w+$")]] = Field(
        {}, description="Of people: their columns, such as age band, that are only counted, and what they are called"
    )
    values: dict[str, dict[str, Annotated[str, AfterValidator(_chosen)]]] = Field(
        {}, description="Our column, and behind each word of theirs ours, or none"
    )
    fixed: dict[str, Annotated[str, AfterValidator(_chosen)]] = Field(
        {}, description="Our column, and what it holds in every row"
    )
    pad: dict[str, int] = Field({}, description="Our column of numbers, and how many digits zeros in front make up")
    without_rank: Words = Field((), description="Our columns from which a rank is taken: PS 0345, LEE, Kim (PC)")
    number_beside: Words = Field((), description="Our columns of a number and a name in one cell: PC 1007 Lloyd")
    hours: Annotated[str, AfterValidator(_hours)] | None = Field(
        None, description="Hours of a full week, 100 for per cent, or none"
    )
    path: Words = Field((), description="Units from columns: their headers from the top down")
    split: Words = Field((), description="Our columns of which a cell lists several, with commas or the like between")
    repeat: Words = Field((), description="Their columns in which an empty cell repeats what stands above")
    matrix: Literal["achieved", "expires", "level"] | None = Field(
        None, description="A column is a requirement: what its cells are"
    )
    courses: Words = Field((), description="The columns of a matrix that are requirements; all others where left out")
    unless_above: str | None = Field(None, description="yes: leave out what a file above has a row of, counted or not")
    columns: dict[str, Words] = Field({}, description="Our column, and behind it their header, or several to be joined")

    @property
    def is_of_others(self) -> bool:
        """Return whether sheet and columns go by other names."""
        return bool(self.file or self.sheet or self.columns)

    @property
    def order(self) -> Literal["uk", "us"] | None:
        """Return whether the day or the month stands first, none where it is not said."""
        return next((one for one in _ORDERS if one in self.dates), None)

    @property
    def shapes(self) -> bool:
        """Return whether rows are not taken as they stand."""
        joined = any(len(headers) > 1 or SHEET in headers for headers in self.columns.values())
        cells = (self.fixed, self.pad, self.without_rank, self.number_beside, self.split)
        return bool(joined or any(cells) or self.path or self.matrix or self.counted)


NO_MAPPING = SheetMapping()


@cache
def model() -> type[BaseModel]:
    """Return the model of a mapping file: the settings of all, and for each sheet those of one, with its columns."""
    sheets: dict[str, Any] = {}
    for sheet in SHEETS:
        columns: dict[str, Any] = {one.name: (Words, Field((), description=one.says)) for one in sheet.columns}
        shape = create_model(f"{sheet.name.title()}Mapping", __base__=SheetMapping, **columns)
        listed = BeforeValidator(
            lambda value: value if isinstance(value, list) else [value], json_schema_input_type=shape
        )
        sheets[sheet.name] = (Annotated[tuple[shape, ...], listed], Field((), description=sheet.says))
    first: dict[str, Any] = {HEAD: (Literal["mapping"], Field("mapping", description="What this file is"))}
    return create_model("StaffMapping", __base__=Settings, **first, **sheets)


def read_mapping(path: Path | None) -> Mapping[str, tuple[SheetMapping, ...]]:
    """Return what a mapping file says, by sheet; nothing where there is none.

    Raises DocumentErrors with all that is wrong with it.
    """
    if path is None:
        return {}
    file = YamlFile(path, "the mapping file is at fault", expected=_SHAPE)
    _check_shape(file)
    read = file.model(model())
    general = {name: value for name in Settings.model_fields if (value := getattr(read, name))}
    unnamed = (NO_MAPPING.model_copy(update=general),)
    return {sheet.name: tuple(_part(one, general) for one in getattr(read, sheet.name)) or unnamed for sheet in SHEETS}


def _part(read: SheetMapping, general: Mapping[str, object]) -> SheetMapping:
    names = [name for name in type(read).model_fields if name not in SheetMapping.model_fields]
    columns = {name: value for name in names if (value := getattr(read, name))}
    unset = {name: value for name, value in general.items() if not getattr(read, name)}
    return read.model_copy(update={**unset, "columns": {**read.columns, **columns}})


def _check_shape(file: YamlFile) -> None:
    """Keep as faults what a model would say less well of."""
    sheets = {one.name for one in SHEETS}
    if not file.faults and (not isinstance(file.root, yaml.MappingNode) or not file.root.value):
        file.fault(file.root, "no sheets", _SHAPE, "write `people:` and below it `person_id: Their header`")
    known = {HEAD, *Settings.model_fields, *sheets}
    bodies = (
        file.values(file.root, known, f"one of {', '.join(one.name for one in SHEETS)}", kind="the sheet")
        if file.root
        else {}
    )
    for name in sheets & bodies.keys():
        shape = next(one for one in SHEETS if one.name == name)
        keys = [key for key in SheetMapping.model_fields if key != "columns"]
        expected = f"{', '.join(keys)} or one of {', '.join(shape.names)}"
        body = bodies[name]
        for part in body.value if isinstance(body, yaml.SequenceNode) else [body]:
            values = file.values(part, (*keys, "columns", *shape.names), expected, kind=f"{name}:")
            blank = next(filter(None, map(_blank, values.values())), None)
            if isinstance(part, yaml.ScalarNode) and str(part.value).startswith(OPEN):
                advice = (
                    "load its file too, or write what a file of yours is of it: `file:`, and behind each column yours"
                )
                file.fault(part, f"{name}: {describe(part)}", "a file in which it stands", advice)
            elif blank or not isinstance(part, yaml.MappingNode):
                wanted = "our columns, and behind each their header"
                file.fault(
                    blank or part,
                    f"{name} without columns",
                    wanted,
                    "write `name: Their header`, or `none` for nothing",
                )
    file.check()


def _blank(node: yaml.Node) -> yaml.Node | None:
    """Return the first of a value and of those within it that says nothing."""
    if isinstance(node, yaml.ScalarNode):
        return None if written(node) else node
    below = [pair[1] if isinstance(pair, tuple) else pair for pair in node.value]
    return next(filter(None, map(_blank, below)), None) if below else node
