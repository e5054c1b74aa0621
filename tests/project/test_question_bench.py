"""The public benchmark: its expected rows come from the files alone, and its scores are what its page says."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from bench.questions import run
from bench.questions.expected import all_expected
from tests.harness.project_files import ROOT, tree_of
from tests.project.test_rooms import imported

SETS = ("documents", "force", "framework")


@pytest.fixture(scope="module")
def sources(small_force: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the questions are about; the force is the one that the benchmark makes."""
    assert ("150", "1") == (run.PEOPLE, run.SEED)
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "loaders" / "samples", folder / "documents")
    shutil.copytree(small_force / "csv", folder / "force")
    shutil.copytree(run.HERE / "framework", folder / "framework")
    return folder


def test_the_expected_rows_are_what_the_files_say(sources: Path) -> None:
    """They are stored as they are worked out, twenty questions a set, none of them without rows."""
    expected = all_expected(sources)
    assert expected == run.stored("expected.json")
    assert dict.fromkeys(SETS, 20) == {name: len(rows) for name, rows in expected.items()}
    assert [] == [title for rows in expected.values() for title, answer in rows.items() if not answer]


def test_the_expected_rows_are_worked_out_by_python_alone() -> None:
    """Nothing that is compared with them has made them."""
    names = {name.partition(".")[0] for name in imported(tree_of(ROOT / "bench" / "questions" / "expected.py"))}
    assert names <= sys.stdlib_module_names | {"__future__"}


def test_each_question_has_words_columns_and_rows_of_these_columns() -> None:
    """A stranger needs no more than that."""
    expected = run.stored("expected.json")
    for name, questions in run.stored("questions.json").items():
        assert list(questions) == list(expected[name]), name
        for title, entry in questions.items():
            assert str(entry["question"]).endswith((".", "?")), title
            assert [set(entry["columns"])] * len(expected[name][title]) == [set(row) for row in expected[name][title]]


@pytest.mark.parametrize(
    ("given", "exact", "right"),
    [
        ([{"a": "Lend a boat", "b": 2}, {"b": 1.0, "a": "tow"}], True, 2),
        ([{"a": "LEND  A BOAT.", "b": "2"}, {"a": "tow", "b": 1, "c": 9}], True, 2),
        ([{"a": "tow", "b": 1}], False, 1),
        ([{"a": "tow", "b": 1}, {"a": "tow", "b": 1}, {"a": "Lend a boat", "b": 2}], False, 2),
        ([{"a": "tow", "b": 2}, {"a": "Lend a boat", "b": 1}], False, 0),
        ([], False, 0),
    ],
)
def test_an_answer_is_right_with_all_rows_and_no_other(given: list[dict[str, object]], exact: bool, right: int) -> None:
    """In any order, however they are spelled, each as often as expected."""
    found = run.score([{"a": "Lend a boat.", "b": 2}, {"a": "tow", "b": 1}], given, ["a", "b"])
    assert (exact, right, 2, len(given)) == (found.exact, found.right, found.expected, found.given)


def test_answers_of_another_tool_are_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a set, the wrong ones named above it; a set without a file has no rows."""
    expected = run.stored("expected.json")
    for name in SETS:
        (tmp_path / f"{name}.json").write_text(json.dumps(expected[name]), encoding="utf-8")
    whole = " questions right, 1.000 of the rows found, 1.000 of those given right\n"
    assert 0 == run.main(["--answers", str(tmp_path)])
    assert "".join(f"{name}: 20 of 20{whole}" for name in SETS) == capsys.readouterr().out

    (tmp_path / "force.json").unlink()
    wrong = {**expected["framework"], "skills of Archivist": []}
    (tmp_path / "framework.json").write_text(json.dumps(wrong), encoding="utf-8")
    assert 1 == run.main(["--answers", str(tmp_path), "--set", "force", "--set", "framework"])
    shown = capsys.readouterr().out.splitlines()
    assert "force: 0 of 20 questions right, 0.000 of the rows found, 0.000 of those given right" in shown
    assert "  skills of Archivist: 4 rows expected, 0 given, 0 of them right" in shown
    assert shown[-1].startswith("framework: 19 of 20 questions right, 0.9")


def test_ours_answers_a_slice(capsys: pytest.CaptureFixture[str]) -> None:
    """Loaded and asked by the commands, as anybody would."""
    assert 0 == run.main(["--set", "framework", "--most", "2"])
    assert capsys.readouterr().out.startswith("framework: 2 of 2 questions right")
