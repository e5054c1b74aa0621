"""What users write in YAML and nobody can use: in words, with its line, and soon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import DocumentErrors
from loaders.documents.framework_mapping import read_mapping as read_framework
from loaders.origins.sources_yaml import source_entries
from loaders.staff.mapping import read_mapping
from loaders.yaml_lines import YamlFile
from queries.parameters.my_record import read as read_record
from queries.parameters.scenario import plans

READERS: dict[str, Callable[[Path], object]] = {
    "mapping": read_mapping,
    "me": read_record,
    "scenario": lambda path: plans({}, [str(path)]),
    "sources": lambda path: source_entries(path.parent),
    "framework": read_framework,
}
ALIAS = "found a reference to another place (*); expected each value where it belongs; write it out"
DEEP = "found more than 40 levels within each other; expected fewer; correct the brackets or dashes there"


def _faults(read: Callable[[Path], object], path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentErrors) as caught:
        read(path)
    return [str(one).removeprefix(str(path)) for one in caught.value.exceptions]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\npeople: &all\n  name: *all\n", f":3: {ALIAS}"),
        ("a: &one [x]\nb: *one\n", f":2: {ALIAS}"),
        ("- &one\n  - *one\n", f":2: {ALIAS}"),
        ("a:\n  " + "[" * 3000 + "]" * 3000, f":2: {DEEP}"),
        ("- " * 20000, f":1: {DEEP}"),
        ("{a: " * 100 + "1" + "}" * 100, f":1: {DEEP}"),
    ],
)
def test_what_has_no_end_is_a_fault_of_every_file(reader: str, text: str, fault: str, tmp_path: Path) -> None:
    """A reference to what it stands in, or levels without end."""
    assert [fault] == _faults(READERS[reader], tmp_path / "sources.yaml", text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "changes: yes\n",
            "changes: 'yes'; expected a list of changes, each behind a dash; write it so, or leave it out",
        ),
        ("changes:\n  - promote: sergeant\n", "promote: 'sergeant'; expected keys, and behind each its value; "),
        (
            "changes:\n  - promote: {person: 1, rang: a}\n",
            "the key 'rang'; expected one of person, rank; did you mean rank?",
        ),
        (
            "changes:\n  - open: {unit: A, of: b}\n",
            "the key 'of'; expected one of posts, rank, unit, like; leave it out",
        ),
        ("costs: {pay: {sergeant: -1}}\n", "sergeant: '-1'; expected greater than or equal to 0; "),
        ("costs: {pay: {sergeant: much}}\n", "sergeant: 'much'; expected a number; write it so, or leave it out"),
        ("day: 2021-99-99\n", "day: '2021-99-99'; expected a day, month or year that there is, such as 2024-12-01"),
        (f"day: {'9' * 6000}\n", f"day: '{'9' * 80}...'; expected a day"),
    ],
)
def test_what_a_model_refuses_is_said_in_our_words(text: str, fault: str, tmp_path: Path) -> None:
    """With what may stand there; a value of thousands of digits is shown by its beginning."""
    rest = "" if text.startswith("changes") else "changes:\n  - leave: [A]\n"
    faults = _faults(READERS["scenario"], tmp_path / "a.yaml", f"rankgraph: scenario\n{text}{rest}")
    assert fault in [one.partition(": found ")[2][: len(fault)] for one in faults]


def test_a_tag_does_not_hide_what_else_there_is(tmp_path: Path) -> None:
    """A sign that only looks like a reference is text."""
    path = tmp_path / "a.yaml"
    path.write_text("title: '*'\nfile: HR*.csv\n", encoding="utf-8")
    assert [] == YamlFile(path, "at fault", expected="YAML").faults
