"""What docs/statements.md says is what the program answers with the reference data alone."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from tests.harness.commands import ROOT, run

pytestmark = pytest.mark.holds("reference")

_LINE = re.compile(
    r"\| (\d+) \| (?P<statement>[^|]+) \| (?P<source>[^|]+) \| `rankgraph (?P<question>[^|]+)` \| `([^|]+)` \|"
)
STATEMENTS = _LINE.findall((ROOT / "docs" / "statements.md").read_text(encoding="utf-8"))


def test_there_are_thirty_or_more() -> None:
    """Each is numbered, and asks for a value of at least one column."""
    assert [str(number) for number in range(1, len(STATEMENTS) + 1)] == [line[0] for line in STATEMENTS]
    assert 30 <= len(STATEMENTS)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("line", STATEMENTS, ids=lambda line: line[0])
def test_each_statement_stands_in_the_answer(line: tuple[str, ...]) -> None:
    """One row at least has every value; sources name a section, a circular or a page."""
    *_, question, wanted = line
    found = run(*shlex.split(question), "--format", "json")
    assert 0 == found.exit_code, found.stderr
    conditions = [re.split(r"([=~])", words, maxsplit=1) for words in shlex.split(wanted)]
    rows = [
        row
        for row in json.loads(found.stdout)
        if all(str(row[name]) == value if sign == "=" else value in str(row[name]) for name, sign, value in conditions)
    ]
    assert rows, (question, wanted)
