"""Forms whose rows are a label and what it says, and Markdown: nothing of a row is lost, and none is a duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "head", ["<h2>Person specification</h2><table>", "<table><tr><td>Purpose</td><td>To sail boats.</td></tr>"]
)
def test_the_first_cell_of_a_row_says_what_the_rest_of_it_is(tmp_path: Path, head: str) -> None:
    """One row of a form is what is essential, the next what is desirable; nothing of either is lost."""
    path = tmp_path / "boat.html"
    path.write_text(
        "<h1>Job description: Boat Officer</h1><p>Valleyshire Police</p>"
        f"{head}<tr><td>Essential</td><td>Boat licence<br>Can swim a mile</td></tr>"
        "<tr><td>Desirable</td><td>Radio licence</td></tr></table>",
        encoding="utf-8",
    )
    found = read(path)
    assert {"Boat licence": "essential", "Can swim a mile": "essential", "Radio licence": "desirable"} == {
        one.text: one.necessity for one in found.criteria
    }


def test_the_head_of_a_markdown_part_ends_the_one_above(tmp_path: Path) -> None:
    """Signs before a heading say its level, and the heads of a table of competencies are no criteria."""
    path = tmp_path / "boat.md"
    path.write_text(
        "# Boat Sergeant\n\n**Force:** Valleyshire Police\n\n## Duties\n\n- Plan patrols.\n- Check boats.\n\n"
        "## Essential\n\n- Can swim a mile\n\n## Behaviours\n\n| Competency | Level |\n|---|---|\n"
        "| We take ownership | 2 |\n| We collaborate | 1 |\n",
        encoding="utf-8",
    )
    found = read(path)
    assert ["Can swim a mile"] == [one.text for one in found.criteria]
    assert {"We take ownership": 2, "We collaborate": 1} == {one.text: one.level for one in found.competencies}
    assert () == found.leftovers


FORM = (
    "<h1>Job description</h1><p>Valleyshire Police</p><table><tr><td>Role</td><td>Harbour Inspector</td></tr>"
    "<tr><td>{label}</td><td>{staff}</td></tr><tr><td>Vetting level</td><td>{vetting}</td></tr>"
    "<tr><td>Main activities</td><td>1. Search ships.<br>2. Check crews.</td></tr></table>"
    "<h2>Essential</h2><ul><li>Can swim a mile</li></ul>"
)


@pytest.mark.parametrize(
    ("label", "staff"),
    [
        ("Accountable for", "Four Dog Handlers"),
        ("Responsible for:", "2 x Dog Handlers"),
        ("Line management responsibility for", "Dog Handlers (6)"),
    ],
)
def test_a_form_says_whom_the_post_leads_and_what_clearance_it_needs(tmp_path: Path, label: str, staff: str) -> None:
    """Whom one answers for is no duty; the clearance that a label asks for is a criterion, unless it asks for none."""
    path = tmp_path / "form.html"
    path.write_text(FORM.format(label=label, staff=staff, vetting="Harbour Vetting"), encoding="utf-8")
    found = read(path)
    assert ["Search ships.", "Check crews."] == [one.text for one in found.accountabilities]
    assert ["role/dog-handler"] == [one.target for one in found.relations if one.kind == "LINE_MANAGES"]
    assert ["Can swim a mile", "Vetting level: Harbour Vetting"] == [one.text for one in found.criteria]
    path.write_text(FORM.format(label=label, staff=staff, vetting="None"), encoding="utf-8")
    assert ["Can swim a mile"] == [one.text for one in read(path).criteria]


def test_the_vetting_that_a_coded_profile_names_is_a_criterion(tmp_path: Path) -> None:
    """A label of its head asks for it, as in any form."""
    path = tmp_path / "profile.txt"
    path.write_text(
        "Role title: Boat Manager\nRole code: PS-12\nSecurity clearance: Harbour Clearance\n\nRole Purpose\n\n"
        "Runs the boats.\n\nKey Accountabilities\n\n- Keep the boats safe.\n",
        encoding="utf-8",
    )
    assert ["Security clearance: Harbour Clearance"] == [one.text for one in read(path).criteria]
