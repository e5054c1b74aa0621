"""What the declared columns of staff files become in the graph."""

from __future__ import annotations

import pytest

from graph.nodes import Course, Node, Requirement
from graph.ontology import EDGE_KINDS, Properties
from graph.staff_nodes import Absence, CourseRun, ForceRole, Person, Post, Unit
from loaders.staff.schema import Sheet
from loaders.staff.sheets import SHEETS

ENDS = {"id", "rank", "role", "requirement"}
"""Kinds of cell that name the node of a row, or what it is joined to."""

BECOMES: dict[str, type[Node | Properties]] = {
    "units": Unit,
    "posts": Post,
    "people": Person,
    "roles": ForceRole,
    "absences": Absence,
    "requirements": Requirement,
    "courses": Course,
    "occupancies": EDGE_KINDS["OCCUPIES"].properties,
    "post_requirements": EDGE_KINDS["ASKS_FOR"].properties,
    "rules": EDGE_KINDS["ASKS_FOR"].properties,
    "cover": EDGE_KINDS["MUST_COVER"].properties,
    "holdings": EDGE_KINDS["HOLDS"].properties,
    "not_met": EDGE_KINDS["NOT_MET"].properties,
    "ranks_held": EDGE_KINDS["HELD_RANK"].properties,
    "teaches": EDGE_KINDS["TEACHES"].properties,
    "course_dates": CourseRun,
}

APART = {"requirements": {"requirement", "kind"}, "roles": {"role"}, "rules": {"title"}}
"""The name of a requirement or role gives its id, and the kind of a requirement the label.

The title of a rule says which posts it is on.
"""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_column_becomes_a_property_of_its_name(sheet: Sheet) -> None:
    """A column without one would be read and then lost in silence."""
    properties = {field.alias or name for name, field in BECOMES[sheet.name].model_fields.items()}
    columns = {column.name for column in sheet.columns if column.kind not in ENDS}
    assert set() == columns - properties - APART.get(sheet.name, set())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_two_columns_of_a_sheet_go_by_one_name(sheet: Sheet) -> None:
    """Else a file with that header would have two columns for one."""
    names = [name for column in sheet.columns for name in {column.name, *filter(None, column.synonyms.split(", "))}]
    assert sorted(set(names)) == sorted(names)
