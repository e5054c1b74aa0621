"""Two columns that only spaces set apart are read one after the other, and a table is none."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.layout.side_by_side import side_by_side
from tests.harness.project_files import ROOT
from tests.loaders.documents.test_tables import of

if TYPE_CHECKING:
    from pathlib import Path

LEFT = (
    ("Lend boats to the members of the", "club and write down each loan."),
    ("Tow a boat that has lost its wind.",),
    ("Teach those who are new to the", "water, at least twice in each", "month of the summer."),
)
RIGHT = (
    ("Mend sails, ropes and oars before", "they are lent again."),
    ("Keep the log of the harbour.",),
    ("Report a lost boat to His", "Majesty's Coastguard at once."),
)
TITLE = "Harbour Officer\n\nMain duties\n\n"
END = "\n\nEssential criteria\n\n• Can swim.\n• Can row.\n"
DUTIES = [" ".join(item) for item in (*LEFT, *RIGHT)]


def column(items: tuple[tuple[str, ...], ...], mark: str, hanging: int) -> list[str]:
    """Return the lines of a list whose items are wrapped."""
    return [
        f"{mark.format(place)} {line}" if n == 0 else " " * hanging + line
        for place, item in enumerate(items, 1)
        for n, line in enumerate(item)
    ]


def beside(left: list[str], right: list[str], gutter: int) -> str:
    """Return two columns on the same lines."""
    return "\n".join(f"{one:{gutter}}{two}".rstrip() for one, two in zip_longest(left, right, fillvalue=""))


@pytest.mark.parametrize("mark", ["•", "-", "➢", "{}."])
@pytest.mark.parametrize("hanging", [0, 2, 4])
@pytest.mark.parametrize("gutter", [39, 60])
def test_each_item_of_two_columns_is_whole(tmp_path: Path, mark: str, hanging: int, gutter: int) -> None:
    """However it is marked and however far the lines below its first stand."""
    text = TITLE + beside(column(LEFT, mark, hanging), column(RIGHT, mark, hanging), gutter) + END
    profile = of(tmp_path, text)
    assert (DUTIES, []) == ([one.text for one in profile.accountabilities], list(profile.leftovers))


def test_parts_that_begin_on_one_line_are_two(tmp_path: Path) -> None:
    """Running text under its heading beside a list under another; the lines stay those of the file."""
    purpose = ["Purpose", "", "Answers for all that is lent, mended", "and lost in the harbour of the town", "by day."]
    duties = ["Main duties", "", *column(RIGHT, "•", 2)]
    profile = of(tmp_path, "Harbour Officer\n\n" + beside(purpose, duties, 42) + END)
    answers = "Answers for all that is lent, mended and lost in the harbour of the town by day."
    assert [(answers, (10, 12))] == [(one.text, one.lines) for one in profile.purpose]
    assert DUTIES[3:] == [one.text for one in profile.accountabilities]
    assert [(10, 11), (12, 12), (13, 14)] == [one.lines for one in profile.accountabilities]


def test_what_one_column_says_hides_nothing_of_the_other(tmp_path: Path) -> None:
    """A paragraph that is no statement stays over, though a duty stands on its lines."""
    left = ["Context", "", "The harbour was built for herring", "boats and is now used by the club", "and by the town."]
    profile = of(tmp_path, "Harbour Officer\n\n" + beside(left, ["Main duties", "", *column(RIGHT, "•", 2)], 42) + END)
    whole = "The harbour was built for herring boats and is now used by the club and by the town."
    assert [(whole, (10, 12))] == [(one.text, one.lines) for one in profile.leftovers]


@pytest.mark.parametrize(
    "rows",
    [
        ["• Can swim a mile       Interview", "• Can row               Test", "• Can tie ropes         Test"],
        ["1. Applications close       6 March 2026", "2. Tests at the harbour     9 March 2026"],
        ["Care     Lends boats and", "         mends sails.", "Log      Keeps the book", "         and the key."],
    ],
)
def test_rows_of_a_table_are_no_columns(rows: list[str]) -> None:
    """What stands beside an item says something of it."""
    assert {} == side_by_side(rows * 2, ())


@pytest.mark.parametrize("replaced", [("", ""), ("# code", "code"), ("#", "-"), ("Inspector", "sergeant")])
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_what_runs_from_one_column_into_the_next_has_its_lines_in_order(
    tmp_path: Path, replaced: tuple[str, str], ending: str
) -> None:
    """Remarks beside what they explain are a column that may begin lower on the page than the other ends."""
    path = tmp_path / f"remarks.{ending}"
    path.write_text((ROOT / "loaders/documents/templates/profile.yaml").read_text().replace(*replaced))
    spans = [(one.lines, one.text) for one in read(path).frames]
    assert [] == [span for span in spans if span[0][0] > span[0][1]]
