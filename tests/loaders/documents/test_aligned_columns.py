"""Tables whose columns spaces set apart: a cell that wraps is one statement, and other wide spaces mean no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.documents.test_tables import criteria, of, statements

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Person specification\n\n"
LABELLED = """\
                       Essential                           Desirable                  How
                                                                                      assessed
Education and          Good general standard of            A level in a science       A
training               English, written and spoken
Service                Has kept a store, a library or      Has moved a store to a     A, I
                       a registry in good order            new building
                       Can lift 20 kg
Driving                Full driving licence                                           A

Parking
There is none.
"""
UNLABELLED = """\
            Essential                             Desirable
•  Good general standard of            •   A level in a science
   English, written and spoken         •   Has moved a store to a
•  Has kept a store, a library or          new building
   a registry in good order
•  Can lift 20 kg
•  Full driving licence

Hours
37 a week.
"""
MARKED = """\
Criteria                                      E/D     Assessed
Learning
Good general standard of English, written     E       Application
and spoken
A level in a science                          D       Application
Practice
Has kept a store, a library or a registry     E       Interview
in good order
Has moved a store to a new building           D       Interview
Can lift 20 kg                                E       Test
Full driving licence                          E       Application
"""
OVER_PAGES = """\
Area               Essential                            Desirable

Education          Good general standard of             A level in a science
                   English, written and spoken

Handling           Has kept a store, a library or
                   a registry in good order

OFFICIAL
                              Page 1 of 2
Area               Essential                            Desirable

Handling           Can lift 20 kg                       Has moved a store to a
                                                        new building

Driving            Full driving licence
"""
MIDDLE = """\
                       Essential criteria                  Desirable criteria

                       Good general standard of
Education              English, written and spoken         A level in a science

                       Has kept a store, a library or      Has moved a store to a
Handling               a registry in good order            new building
                       Can lift 20 kg

Driving                Full driving licence                None
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (LABELLED, ["Parking", "There is none."]),
        (UNLABELLED, ["Hours", "37 a week."]),
        (MARKED, []),
        (OVER_PAGES, []),
        (MIDDLE, []),
    ],
    ids=["labelled", "unlabelled", "marked", "over pages", "middle"],
)
def test_cells_that_wrap(tmp_path: Path, text: str, left: list[str]) -> None:
    """Each statement is whole, has the necessity of its column, and what stands below the table is none of it."""
    found = of(tmp_path, TITLE + text)
    assert (
        {
            ("Good general standard of English, written and spoken", "essential"),
            ("A level in a science", "desirable"),
            ("Has kept a store, a library or a registry in good order", "essential"),
            ("Has moved a store to a new building", "desirable"),
            ("Can lift 20 kg", "essential"),
            ("Full driving licence", "essential"),
        },
        6,
        {},
        left,
    ) == (set(criteria(found)), len(found.criteria), statements(found), [one.text for one in found.leftovers])


def test_a_cell_stands_on_its_lines(tmp_path: Path) -> None:
    """A cell that wraps has the first and the last of its lines, whatever stands beside it."""
    found = of(tmp_path, TITLE + LABELLED)
    assert [(10, 11), (10, 10), (12, 13), (14, 14), (12, 13), (15, 15)] == [one.lines for one in found.criteria]


def test_duties_that_wrap(tmp_path: Path) -> None:
    """Numbers and shares of time stand beside the duties."""
    text = (
        "Main duties\n\nNo.   Key task                                % of time\n"
        "1     Decide who may take an exhibit out of     60\n      the store and for how long\n"
        "2     Keep the register                         40\n"
    )
    duties = ["Decide who may take an exhibit out of the store and for how long", "Keep the register"]
    found = of(tmp_path, text)
    assert ({"accountabilities": duties}, ()) == (statements(found), found.leftovers)


def test_other_wide_spaces(tmp_path: Path) -> None:
    """A form, justified prose and items with wide spaces behind their marks are no tables."""
    text = (
        "Post title:      Storekeeper           Grade:    C\nReports to:      Registrar             Base:     Ely\n\n"
        "Purpose of the post\nTo look  after  exhibits and  to give\nthem  back to  those who  own  them.\n\n"
        "Main duties\n1.   Decides what is kept, how it is kept and for how long, and says so in a register that\n"
        "     is open to the courts.\n2.   Runs the store.\n"
    )
    purpose = ["To look after exhibits and to give them back to those who own them."]
    duties = [
        "Decides what is kept, how it is kept and for how long, and says so in a register that is open to the courts.",
        "Runs the store.",
    ]
    assert {"purpose": purpose, "accountabilities": duties} == statements(of(tmp_path, text))
