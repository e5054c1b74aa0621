"""Files of scenarios: what is read of them, and each fault with its line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from graph.errors import DocumentError, DocumentErrors
from queries.parameters.scenario import Change, Scenario, plans
from tests.harness.commands import run

HEAD = "rankgraph: scenario\nchanges:\n"


def read(folder: Path, text: str) -> Scenario:
    """Read a text as a file of a scenario."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    [plan] = plans({}, [str(path)])
    return plan.scenario


def test_a_file_says_what_options_say(tmp_path: Path) -> None:
    """The changes are the same, in the order of the options; the file is called by its name where it gives none."""
    text = """
  - leave: P1
  - leave: P2
  - close: T1
  - open: {posts: 2, rank: sergeant, unit: North}
  - promote: {person: P3, rank: inspector}
  - move: {person: P4, to: South}
  - recruit: {people: 20, rank: constable}
  - train: {who: North, course: Taser}
"""
    options: dict[str, list[object]] = {
        "leave": ["P1", "P2"],
        "close": ["T1"],
        "open_": [("2", "sergeant", "North")],
        "promote": [("P3", "inspector")],
        "move": [("P4", "South")],
        "recruit": [("20", "constable")],
        "train": [("North", "Taser")],
    }
    found, [given] = read(tmp_path, HEAD + text), plans(options, [])
    assert (given.scenario.changes, "plan", "after") == (found.changes, found.name, given.scenario.name)


@pytest.mark.parametrize(
    ("file", "name"), [("=a\x1b[1mb", "a1mb"), ("Plan B, 2027", "Plan B 2027"), ("--", "scenario")]
)
def test_a_file_lends_its_name_without_signs_that_a_spreadsheet_or_a_terminal_obeys(
    tmp_path: Path, file: str, name: str
) -> None:
    """The name of a scenario is the head of a column."""
    path = tmp_path / f"{file}.yaml"
    path.write_text(f"{HEAD}  - leave: P1\n", encoding="utf-8")
    assert [name] == [plan.scenario.name for plan in plans({}, [str(path)])]


def test_no_option_is_no_scenario() -> None:
    """And nothing to be compared."""
    assert [] == plans({"leave": [], "open_": []}, [])


def test_a_day_may_be_a_month_and_one_name_no_list(tmp_path: Path) -> None:
    """A month counts from its first day."""
    found = read(tmp_path, f"{HEAD}  - recruit: {{rank: PC, holds: Taser}}\n  - leave: [P1, P2]\nday: 2027-04\n")
    recruits, leavers = found.changes
    assert ("2027-04-01", ("P1", "P2")) == (found.day, leavers.leave)
    assert Change.model_validate({"recruit": {"people": "1", "rank": "PC", "holds": ["Taser"]}}) == recruits


FAULTS: dict[str, list[tuple[int, str, str]]] = {
    "rankgraph: assumptions\nchanges: [leave: P1]": [(1, "`rankgraph: assumptions`", "rankgraph: scenario")],
    "changes: [leave: P1]": [(1, "another first key", "rankgraph: scenario")],
    "rankgraph: scenario": [(1, "no changes", "the key changes")],
    "rankgraph: scenario\nchanges: P1": [(2, "changes: 'P1'", "a list of changes, each behind a dash")],
    "rankgraph: scenario\nchanges: {leave: P1}": [(2, "changes: a map", "a list of changes, each behind a dash")],
    "rankgraph: scenario\nchanges: &again\n  - *again": [(3, "a reference to another place (*)", "write it out")],
    f"{HEAD}  - leave: P1\n  - fire: P2": [(4, "the key 'fire'", "one of leave, promote, move, recruit, open")],
    f"{HEAD}  - leave: P1\n    close: T1": [(3, "changes: a map", "one of leave, promote, move, recruit")],
    f"{HEAD}  - P1": [(3, "changes: 'P1'", "one of leave, promote, move, recruit")],
    f"{HEAD}  - leave: {{P1: P2}}": [(3, "leave: a map", "a name, or a list of them")],
    f"{HEAD}  - close: [T1, T2]": [(3, "close: a list", "keys, and behind each its value; write it so")],
    f"{HEAD}  - recruit: {{people: 0, rank: PC}}": [(3, "people: '0'", "a number from 1 to 10000")],
    f"{HEAD}  - recruit: {{people: 2.5, rank: PC}}": [(3, "people: '2.5'", "a number from 1 to 10000")],
    f"{HEAD}  - recruit: {{people: 99999999999, rank: PC}}": [(3, "people: '99999999999'", "a number from 1 to 10000")],
    f"{HEAD}  - recruit: {{people: 2}}": [(3, "no rank", "the key rank")],
    f"{HEAD}  - train:\n      who: North\n      course: Taser\n      level: high": [
        (6, "level: 'high'", "a number from 1 to 100")
    ],
    f"{HEAD}  - leave: P1\nday: 2027-13": [(4, "day: '2027-13'", "a day, month or year that there is")],
    f"{HEAD}  - leave: P1\ncosts: {{pay: {{PC: much}}}}": [(4, "PC: 'much'", "number")],
    f"{HEAD}  - leave: P1\ncosts: {{pay: {{PC: -5}}}}": [(4, "PC: '-5'", "greater than or equal to 0")],
    f"{HEAD}  - leave: P1\ncosts: {{pay: {{PC: .inf}}}}": [(4, "PC: '.inf'", "number")],
    f'{HEAD}  - leave: P1\nname: "=1+1"': [(4, "name: '=1+1'", "a name of at most 40 letters, digits and spaces")],
    f'{HEAD}  - leave: P1\nname: "A\\e[31m"': [(4, "name: 'A\\x1b[31m'", "a name of at most 40 letters")],
    f"{HEAD}  - leave: P1\nname: {'x' * 41}": [(4, f"name: '{'x' * 41}'", "a name of at most 40 letters")],
    f"{HEAD}  - leave: P1\nnames: x": [(4, "the key 'names'", "did you mean name?")],
    f"{HEAD}  - leave: [P1": [(3, "what is no YAML (expected ',' or ']', but got '<stream end>')", "brackets")],
    f"{HEAD}  - leave: P1\n  - add_need: {{rank: PC}}\n  - close: {{unit: [North]}}": [
        (4, "no requirement", "the key requirement"),
        (5, "unit: a list", "words"),
    ],
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_said_with_its_line(tmp_path: Path, text: str) -> None:
    """What was found, and what was expected or is near; all of them at once."""
    with pytest.raises(DocumentErrors) as error:
        read(tmp_path, text)
    faults = [fault for fault in error.value.exceptions if isinstance(fault, DocumentError)]
    found = sorted((fault.line or 0, fault.found, f"{fault.expected}; {fault.advice}") for fault in faults)
    assert [one[:2] for one in FAULTS[text]] == [one[:2] for one in found]
    assert all(words in one for (*_, words), (*_, one) in zip(FAULTS[text], found, strict=True)), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [(HEAD + "  - leave: P1\n" * 501, "at most 500 changes"), (HEAD + "#" * 1_000_000, "fewer")],
)
def test_a_file_without_measure_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    """Changes that nobody would read, and bytes that nobody wrote."""
    with pytest.raises(DocumentErrors) as error:
        read(tmp_path, text)
    assert expected in str(error.value.exceptions[0])


def test_the_file_that_the_help_shows_is_one_and_has_every_kind_of_change(tmp_path: Path) -> None:
    """As it stands there, line by line."""
    shown = run("what-if", "--help").stdout
    text = textwrap.dedent(shown[shown.index("    rankgraph: scenario") : shown.index("\nOptions:")])
    found = read(tmp_path, text)
    assert set(Change.model_fields) == {kind for change in found.changes for kind in change.model_fields_set}
    assert ("Plan B", "2027-04-01", {"constable": 45000}, {"Taser": 450}) == (
        found.name,
        found.day,
        found.costs.pay,
        found.costs.courses,
    )
