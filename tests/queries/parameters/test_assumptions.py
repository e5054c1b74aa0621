"""Files of assumptions: what is read of them, and each fault with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import DocumentError, DocumentErrors, NameUnknownError
from graph.staff_nodes import StaffNames
from queries.parameters.assumptions import Assumptions, Rate, as_yaml, read_assumptions

RANKS = {"constable": "uk/constable", "pc": "uk/constable", "sergeant": "uk/sergeant", "pcso": "role/pcso"}
TICKETS = {"taser": "skill/taser", "first aid": "skill/first-aid"}


def _finder(kind: str, ids: dict[str, str]) -> Callable[[str], str]:
    def find(name: str) -> str:
        if name.casefold() in ids or name in ids.values():
            return ids.get(name.casefold(), name)
        raise NameUnknownError(name, kind, sorted(one for one in ids if one[0] == name[0].casefold()))

    return find


NAMES = StaffNames(
    *(_finder("rank", RANKS), _finder("role", RANKS), _finder("requirement", TICKETS)),
    *(lambda _: (), {}, {}, list),  # type: ignore[arg-type]
)

WHOLE = """\
rankgraph: assumptions
since: 2024-04
leavers:
  PC: {0: 8 %, 2: 4.5% of 310, 25: 0.2}
  all: 3 %
promotions: {constable: 2 %}
intake:
  constable: 60
  pcso: 4.5 of 2
retirement: {1987: 30, 2006-04: 35}
renewals: {all: 90 %, Taser: 95 % of 40}
pay: {PC: "£48,231", pcso: 27000.5}
"""


def read(folder: Path, text: str) -> Assumptions:
    """Read a text as a file of assumptions."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_assumptions(path, NAMES)


def test_a_whole_file_is_read_by_ids(tmp_path: Path) -> None:
    """Names become ids, shares parts of one, bands come in order, and what was counted stands beside its rate."""
    found = read(tmp_path, WHOLE)

    constables = ((0, Rate(0.08)), (2, Rate(0.045, 310)), (25, Rate(0.2)))
    assert {
        "rankgraph": "assumptions",
        "estimate": False,
        "since": "2024-04-01",
        "leavers": {"uk/constable": constables, "all": ((0, Rate(0.03)),)},
        "promotions": {"uk/constable": Rate(0.02)},
        "intake": {"uk/constable": Rate(60), "role/pcso": Rate(4.5, 2)},
        "retirement": (("1987-01-01", 30), ("2006-04-01", 35)),
        "renewals": {"all": Rate(0.9), "skill/taser": Rate(0.95, 40)},
        "pay": {"uk/constable": 48231, "role/pcso": 27000.5},
    } == dict(found)
    assert ["leavers", "promotions", "intake", "retirement", "renewals"] == found.names
    labels = ["leavers (estimated)", "promotions", "intake (estimated)", "retirement", "renewals (estimated)"]
    assert labels == [found.label(name) for name in found.names]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """But for the day since which all is recorded, which only estimates need."""
    found = read(tmp_path, WHOLE)
    assert found.model_copy(update={"since": None}) == read(tmp_path, as_yaml(found))


def test_one_number_holds_for_all(tmp_path: Path) -> None:
    """A share from the first day of service, and years of service whenever somebody joined."""
    found = read(tmp_path, "rankgraph: assumptions\nleavers: {sergeant: 0.05}\nretirement: 30\nestimate: yes\n")
    assert ({"uk/sergeant": ((0, Rate(0.05)),)}, (("0001-01-01", 30),), True) == (
        found.leavers,
        found.retirement,
        found.estimate,
    )


def _faults(error: DocumentErrors) -> list[DocumentError]:
    return [fault for fault in error.exceptions if isinstance(fault, DocumentError)]


FAULTS = {
    "rankgraph: scenario": [(1, "`rankgraph: scenario`", "assumptions")],
    "leavers: {all: 3 %}": [(1, "another first key", "assumptions")],
    "rankgraph: assumptions\nleaver: {all: 3 %}": [(2, "the key 'leaver'", "did you mean leavers?")],
    "rankgraph: assumptions\nleavers:\n  serjeant: 3 %": [(3, "in leavers 'serjeant'", "did you mean sergeant?")],
    "rankgraph: assumptions\nrenewals:\n  tazer: 3 %": [(3, "in renewals 'tazer'", "did you mean taser?")],
    "rankgraph: assumptions\nintake: {all: 60}": [(2, "in intake 'all'", "the name of a rank")],
    "rankgraph: assumptions\nintake: {PC: 60, constable: 50}": [(2, "'constable' in intake again", "keep one")],
    "rankgraph: assumptions\nleavers:\n  PC: 4.5": [(3, "PC: '4.5'", "a share of all")],
    "rankgraph: assumptions\nleavers:\n  PC: 104 %": [(3, "PC: '104 %'", "a share of all")],
    "rankgraph: assumptions\nleavers:\n  PC: few": [(3, "PC: 'few'", "a share of all")],
    "rankgraph: assumptions\nleavers:\n  PC: 4 % of 0": [(3, "PC: '4 % of 0'", "a share of all")],
    "rankgraph: assumptions\nleavers:\n  PC:\n    ten: 4 %": [(4, "ten: '4 %'", "years of service, such as 30")],
    "rankgraph: assumptions\nleavers:\n  PC:\n    0: 3 %\n    3: 800 %": [(5, "3: '800 %'", "a share of all")],
    "rankgraph: assumptions\nintake:\n  PC: sixty": [(3, "PC: 'sixty'", "a number, such as 60")],
    "rankgraph: assumptions\nintake:\n  PC: 5 %": [(3, "PC: '5 %'", "a number, such as 60")],
    "rankgraph: assumptions\nintake:\n  PC: 1000001": [(3, "PC: '1000001'", "a number, such as 60")],
    "rankgraph: assumptions\npay:\n  PC: top of scale": [(3, "PC: 'top of scale'", "pounds a year")],
    "rankgraph: assumptions\npay: {all: 3}": [(2, "in pay 'all'", "the name of a rank")],
    "rankgraph: assumptions\nretirement: 0": [(2, "retirement: '0'", "years of service from 1 to 50")],
    "rankgraph: assumptions\nretirement: {1987: 99}": [(2, "1987: '99'", "years of service from 1 to 50")],
    "rankgraph: assumptions\nleavers:\n  PC:\n    70: 4 %": [(4, "70: '4 %'", "years of service from 0 to 50")],
    "rankgraph: assumptions\nretirement: old": [(2, "retirement: 'old'", "years of service")],
    "rankgraph: assumptions\nretirement: {someday: 30}": [(2, "someday: '30'", "the day, month or year of joining")],
    "rankgraph: assumptions\nsince: 2024-13": [(2, "since: '2024-13'", "a day, month or year")],
    "rankgraph: assumptions\nleavers: [3 %]": [(2, "leavers: a list", "keys, and behind each its value")],
    "rankgraph: assumptions\npromotions: {PC: 3 %, PC: 4 %}\nintakes: {}": [
        (2, "PC again, after line 2", "keep one"),
    ],
    "rankgraph: assumptions\nintakes: {PC: 3}\nleavers:\n  PC: few": [
        (4, "PC: 'few'", "a share"),
        (2, "the key 'intakes'", "did you mean intake?"),
    ],
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_said_with_its_line(tmp_path: Path, text: str) -> None:
    """What was found, and what was expected or is near."""
    with pytest.raises(DocumentErrors) as error:
        read(tmp_path, text)
    found = sorted((fault.line, fault.found, f"{fault.expected}; {fault.advice}") for fault in _faults(error.value))
    expected = sorted(FAULTS[text])
    assert [one[:2] for one in expected] == [one[:2] for one in found]
    assert all(words in one for (*_, words), (*_, one) in zip(expected, found, strict=True)), found
