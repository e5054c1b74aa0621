"""Parts of a page that unfold: the button that opens one is its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from pathlib import Path

BUTTONS = [
    '<button class="accordion">{}</button>',
    '<button aria-expanded="false">{}</button>',
    '<div role="button" aria-expanded="true">{}</div>',
    '<button class="js-collapsible">{}</button>',
]


@pytest.mark.parametrize("button", BUTTONS)
def test_the_title_of_a_part_that_unfolds_opens_it(button: str, tmp_path: Path) -> None:
    """Duties and criteria are told apart; a button that opens nothing is left out."""
    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><main><h1>Harbour Constable</h1><p>Harbour Police looks for people who keep ports safe.</p>"
        f"{button.format('Key responsibilities')}<div><ul><li>Patrol the quays.</li><li>Search ships.</li></ul></div>"
        f"{button.format('Essential criteria')}<div><ul><li>You can swim.</li><li>You sail.</li></ul></div>"
        "<button>Apply now</button></main></body></html>",
        encoding="utf-8",
    )
    found = read(page)

    assert (["Patrol the quays.", "Search ships."], ["You can swim.", "You sail."]) == (
        [one.text for one in found.accountabilities],
        [one.text for one in found.criteria],
    )
    assert "Apply now" not in {one.text for one in (*found.leftovers, *found.frames)}
