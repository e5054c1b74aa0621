"""Tables of roles and skills through a mapping: what is made of them, what is left out and told, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import DocumentErrors
from loaders.documents.framework_table import read_framework
from loaders.facts.framework import framework_facts
from loaders.profile import RoleFramework
from tests.loaders.formats.test_table import book

TABLE = """Job,Grade,Skill name,Skill level,Must have,Text
Data analyst,Senior data analyst,Data quality,Expert,,"Sets checks,
and keeps them."
Data analyst,Data analyst,Data quality,Working,essential,Finds records that contradict each other.
Data analyst,Data analyst,Plain words,,Desirable,
Data analyst,Trainee data analyst,data  Quality,awareness,,Knows what a good record is.
Plotter,Plotter,Maps,NOT IN USE,,
Data analyst,Data analyst,Data quality,Working,essential,Finds records that contradict each other.
"""
MAPPING = """rankgraph: mapping
framework: Example digital
licence: Open Government Licence v3.0
published: 2025-02
columns:
  role: Job
  role_level: Grade
  skill: Skill name
  level: Skill level
  necessity: Must have
  description: Text
levels:
  - Awareness
  - Working
  - Expert
role_levels:
  "*":
    - Trainee *
    - "*"
    - Senior *
ignore:
  level: [not in use]
"""


def framework(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> RoleFramework:
    """Read a table with its mapping."""
    (folder / "roles.csv").write_text(table, encoding="utf-8")
    (folder / "roles.yaml").write_text(mapping, encoding="utf-8")
    return read_framework(folder / "roles.csv", folder / "roles.yaml")


def faults(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> set[tuple[str, int | None, str]]:
    """Return file, line and what was found, of everything that is wrong."""
    with pytest.raises(DocumentErrors) as error:
        framework(folder, table, mapping)
    return {(Path(one.file).name, one.line, one.found) for one in error.value.exceptions}  # type: ignore[union-attr]


def test_roles_and_what_they_ask_for_are_made(tmp_path: Path) -> None:
    """Ids are slugs of role and level, and of the skill; each need has its cells and the lines of the file."""
    found = framework(tmp_path)
    role, skill = "role/example-digital/data-analyst-", "skill/example-digital/"
    quality = "Finds records that contradict each other."
    assert [
        (
            "senior-data-analyst",
            "data-quality",
            3,
            "essential",
            (2, 3),
            "Data quality | Expert | Sets checks, and keeps them.",
        ),
        ("data-analyst", "data-quality", 2, "essential", (4, 4), f"Data quality | Working | essential | {quality}"),
        ("data-analyst", "plain-words", None, "desirable", (5, 5), "Plain words | Desirable"),
        ("data-analyst", "data-quality", 2, "essential", (8, 8), f"Data quality | Working | essential | {quality}"),
        (
            "trainee-data-analyst",
            "data-quality",
            1,
            "essential",
            (6, 6),
            "data Quality | awareness | Knows what a good record is.",
        ),
    ] == [
        (one.id.removeprefix(role), need.skill.removeprefix(skill), need.level, need.necessity, need.lines, need.text)
        for one in found.roles
        for need in one.needs
    ]
    assert ("example-digital", "2025-02", "2025-02-01", "role framework Example digital") == (
        found.framework, found.edition, found.published, found.authority
    )  # fmt: skip


def test_what_is_left_out_is_told_with_its_lines(tmp_path: Path) -> None:
    """Rows that the mapping leaves out, rows without a level, and columns that it does not name."""
    found = framework(tmp_path, TABLE.replace("Text\n", "Text,Family\n", 1))
    assert {
        "columns that the mapping does not name are not read: Family",
        "1 row(s) left out, as `ignore` of the mapping says: lines 7",
        "1 row(s) without a level, loaded without one: lines 5",
    } == set(found.notes)
    assert [("Plotter | Plotter | Maps | NOT IN USE", (7, 7))] == [(one.text, one.lines) for one in found.ignored]


def test_the_order_of_levels_is_that_of_the_mapping(tmp_path: Path) -> None:
    """The narrowest pattern fits; the words that state it are the lines of the mapping."""
    steps = {(one.lower[-8:], one.upper[-14:], one.text, one.lines) for one in framework(tmp_path).promotions}
    assert {
        ("-analyst", "t-data-analyst", "Trainee *, *", (18, 19)),
        ("-analyst", "r-data-analyst", "*, Senior *", (19, 20)),
    } == steps


def test_a_pattern_that_fits_nothing_is_told(tmp_path: Path) -> None:
    """A word alone is the whole name of a level."""
    found = framework(tmp_path, mapping=MAPPING.replace("Senior *", "Senior"))
    assert "patterns of `role_levels` that fit no level (`*` stands for any words): Senior" in found.notes


def test_without_an_order_no_role_is_promoted(tmp_path: Path) -> None:
    """A table lists levels by the alphabet, or as it likes."""
    found = framework(tmp_path, mapping=MAPPING[: MAPPING.index("role_levels")] + "ignore: {level: NOT IN USE}\n")
    assert () == found.promotions
    assert "the mapping gives no order of role levels (`role_levels`): none is promoted from another" in found.notes


def test_levels_that_fit_one_pattern_stand_on_one_step(tmp_path: Path) -> None:
    """Each is promoted from those of the step below; that is told."""
    table = "role,role_level,skill\nClerk,Clerk,Filing\nClerk,Lead clerk,Filing\nClerk,Lead clerk - archive,Filing\n"
    mapping = "rankgraph: framework\nframework: office\nrole_levels:\n  Clerk: [Clerk, Lead *]\n"
    found = framework(tmp_path, table, mapping)
    steps = {(one.lower[-11:], one.upper[-10:], one.text, one.lines) for one in found.promotions}
    assert {
        ("clerk-clerk", "lead-clerk", "Clerk, Lead *", (4, 4)),
        ("clerk-clerk", "rk-archive", "Clerk, Lead *", (4, 4)),
    } == steps
    assert ("on one step of Clerk: Lead clerk, Lead clerk - archive",) == found.notes


def test_what_only_a_star_fits_has_no_place_beside_others(tmp_path: Path) -> None:
    """It states nothing of several that it fits, so nothing is promoted to or from them; that is told."""
    table = TABLE + "Data analyst,Chief data analyst,Data quality,Expert,,\n"
    found = framework(tmp_path, table)
    assert () == found.promotions
    beside = "Data analyst (Data analyst), Chief data analyst (Data analyst)"
    assert f"no place in the order of their role, and so promoted from none: {beside}" in found.notes


def test_names_that_signs_alone_tell_apart_have_ids_of_their_own(tmp_path: Path) -> None:
    """And levels that several roles call the same are named with their role."""
    table = "role,role_level,skill,level\nA,Lead,C,1\nA,Lead,C++,2\nB,Lead,C#,Level 3\n"
    found = framework(tmp_path, table, "rankgraph: framework\nframework: code\n")
    assert ["A, Lead", "B, Lead"] == [one.name for one in found.roles]
    needs = [need for one in found.roles for need in one.needs]
    assert (3, [1, 2, 3]) == (len({need.skill for need in needs}), [need.level for need in needs])


def test_a_workbook_gives_the_same_but_for_its_lines(tmp_path: Path) -> None:
    """The rows of a sheet are its lines."""
    rows = [line.split(",") for line in TABLE.replace('"Sets checks,\nand keeps them."', "Sets checks").splitlines()]
    (tmp_path / "roles.yaml").write_text(MAPPING, encoding="utf-8")
    found = read_framework(
        book(tmp_path / "roles.xlsx", ("Roles", [list(row) for row in rows])), tmp_path / "roles.yaml"
    )
    other = framework(tmp_path, TABLE.replace('"Sets checks,\nand keeps them."', "Sets checks"))
    assert found.roles == other.roles


FAULTS = {
    "unknown levels": (
        TABLE.replace("Expert", "Master").replace(",Working,", ",Wrking,"),
        MAPPING,
        {("roles.csv", 2, "level: 'Master'"), ("roles.csv", 4, "level: 'Wrking', in 2 rows")},
    ),
    "a column that is not there": (
        TABLE,
        MAPPING.replace("Skill level", "Skil level"),
        {("roles.yaml", 9, "the column 'Skil level' for level")},
    ),
    "a column that is there twice": (
        TABLE.replace("Must have", "Text"),
        MAPPING.replace("  necessity: Must have\n", ""),
        {("roles.yaml", 10, "the column 'Text' for description")},
    ),
    "no role, no skill, another necessity, a broken cell": (
        TABLE + "X,,,Working,maybe,\n,,Maps,Working,,\nY,,#N/A,Working,,=A1\n",
        MAPPING,
        {
            *(("roles.csv", 9, one) for one in ("no skill", "necessity: 'maybe'")),
            ("roles.csv", 10, "no role"),
            *(("roles.csv", 11, one) for one in ("skill: '#N/A'", "description: '=A1'")),
        },
    ),
    "a role that is not there": (
        TABLE,
        MAPPING.replace("ignore:", "  Data analist: [A, B]\nignore:"),
        {("roles.yaml", 21, "the role 'Data analist'")},
    ),
    "a level that two patterns fit": (
        TABLE,
        MAPPING.replace('    - "*"\n', '    - "*"\n    - "* data analyst"\n'),
        {
            (
                *("roles.yaml", 18),
                "'Trainee *' and '* data analyst', which both fit 'Trainee data analyst' of 'Data analyst'",
            ),
            (
                *("roles.yaml", 20),
                "'* data analyst' and 'Senior *', which both fit 'Senior data analyst' of 'Data analyst'",
            ),
        },
    ),
    "keys that mean nothing, and a day that there is not": (
        TABLE,
        MAPPING.replace("licence:", "license:").replace("2025-02", "2025-13").replace("  role: Job", "  rank: Job"),
        {
            ("roles.yaml", 3, "the key 'license'"),
            ("roles.yaml", 4, "published: '2025-13'"),
            ("roles.yaml", 6, "the key 'rank'"),
        },
    ),
    "a framework that is there already": (
        TABLE, MAPPING.replace("Example digital", "CVF 2024"), {("roles.yaml", 2, "framework: 'CVF 2024'")}
    ),
    "another first key": (
        TABLE, MAPPING.replace("rankgraph: mapping\n", ""), {("roles.yaml", 1, "no `rankgraph:` as the first key")}
    ),
    "references": (
        TABLE, MAPPING.replace("\nlevels:\n", "\nlevels: &l\n").replace("  level: [not in use]", "  level: *l"),
        {("roles.yaml", 22, "a reference to another place (*)")},
    ),
    "names that cannot be told apart": (
        "role,skill\nA,A/B\nA,A-B\nA,...\n",
        "rankgraph: framework\nframework: x\n",
        {("roles.csv", 3, "'A-B', whose id is that of 'A/B'"), ("roles.csv", 4, "'...'")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_all_that_is_wrong_is_refused_with_its_line(fault: str, tmp_path: Path) -> None:
    """At once, in the file where it is to be put right; rows with the same fault are one."""
    table, mapping, expected = FAULTS[fault]
    assert expected <= faults(tmp_path, table, mapping)


def test_every_edge_has_its_document_lines_and_words(tmp_path: Path) -> None:
    """The order is that of the mapping, which is a document of its own; a statement that comes again is one edge."""
    found = framework(tmp_path)
    facts = framework_facts(found)
    stated = [(edge.kind, edge.statement) for edge in facts.edges if edge.statement]
    names = {node.id: getattr(node, "name", "") for node in facts.nodes}
    assert {"REQUIRES", "PART_OF", "PROMOTES_FROM"} == {kind for kind, _ in stated}
    assert {("PROMOTES_FROM", "roles.yaml"), ("REQUIRES", "roles.csv"), ("PART_OF", "roles.csv")} == {
        (kind, names[statement.document]) for kind, statement in stated
    }
    twice = [statement for kind, statement in stated if kind == "REQUIRES" and statement.lines == "4, 8"]
    assert ["Data quality | Working | essential | Finds records that contradict each other."] == [
        one.text for one in twice
    ]
    assert {"example-digital@2025-02"} == {statement.edition for _, statement in stated} | {facts.edition}
