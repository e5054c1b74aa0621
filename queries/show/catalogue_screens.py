"""Draw the questions of the catalogue by family, and what its rules of health have to say, cause by cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.answer import group_by, number_of, some
from queries.show.screen import Screen

if TYPE_CHECKING:
    from queries.answers.answer import Answer


def check(answer: Answer) -> Screen | None:
    """Draw each finding once, with how many nodes it is of, the first of them and how to mend it."""
    if not answer.rows:
        return None
    causes = group_by(
        answer.rows, lambda row: tuple(str(row[name]) for name in ("severity", "rule", "label", "finding"))
    )
    screen = Screen(f"{number_of(len(answer.rows), 'finding')} of {number_of(len(causes), 'kind')}")
    for (severity, rule, label, finding), rows in causes.items():
        ids = some([str(row["id"]) for row in rows])
        screen.add(
            f"{severity}: {rule}", f"{number_of(len(rows), label)}, {finding}: {ids}. To mend: {rows[0]['mend']}"
        )
    screen.add("More", "--format csv (every node, with fact, document and lines)")
    return screen


def questions(answer: Answer) -> Screen:
    """Draw the name and the title of each question, family by family."""
    screen = Screen(number_of(len(answer.rows), "question"))
    for family, rows in group_by(answer.rows, lambda row: str(row["family"])).items():
        screen.head(family)
        for row in rows:
            screen.add(str(row["question"]), str(row["title"]))
    screen.head("")
    screen.add("More", "ask QUESTION --help (what it takes and gives), --format csv (parameters)")
    return screen
