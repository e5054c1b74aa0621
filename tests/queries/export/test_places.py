"""Where an export may be written, and what stands in one of the samples."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from queries.export.texts import MOST_WORDS
from tests.harness.commands import run
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.exports import export

pytestmark = [ON_EMBEDDED, pytest.mark.holds("samples")]


def test_samples_stand_whole_and_with_none_are_cut(engine: Engine, tmp_path: Path) -> None:
    """Samples, which are our own, stand whole unless no text is to."""
    del engine
    assert all(row["whole"] for row in export("tables", tmp_path / "whole")["documents"])
    export("tables", tmp_path / "cut", "--texts", "none")
    for name, is_whole in (("whole", True), ("cut", False)):
        with (tmp_path / name / "nodes" / "Accountability.csv").open(encoding="utf-8") as file:
            longest = max(len(row["text"].split()) for row in csv.DictReader(file))
        assert (longest > MOST_WORDS + 1) is is_whole


def test_what_is_there_is_replaced_only_when_asked_and_only_by_an_export(engine: Engine, tmp_path: Path) -> None:
    """What is there stays, unless it is an export and is to be replaced; nothing half-written is left."""
    del engine
    export("tables", tmp_path / "out")
    (tmp_path / "out" / "nodes" / "Old.csv").write_text("old", encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "kept.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "own.graphml").write_text("mine", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    refused = (
        (("tables", "out"), "give --overwrite"),
        (("tables", "own", "--overwrite"), "it has no manifest.json, so it stays"),
        (("graphml", "own.graphml"), "--overwrite"),
        (("csv", "nowhere/out"), "found no folder"),
        (("csv", "loop"), "its link leads to itself"),
        (("graphml", "loop"), "its link leads to itself"),
        (("csv", "n" * 300), "cannot be a folder here"),
        (("graphml", "pipe", "--overwrite"), "found what is no file"),
        (("jsonld", "nowhere/out.jsonld"), "found no folder"),
    )
    for (kind, name, *options), message in refused:
        found = run("export", kind, str(tmp_path / name), *options)
        assert (found.exit_code, message in found.stderr) == (1, True), found.stderr
    assert (tmp_path / "own" / "kept.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "own.graphml").read_text(encoding="utf-8") == "mine"
    export("tables", tmp_path / "out", "--overwrite")
    assert not (tmp_path / "out" / "nodes" / "Old.csv").exists()
    assert {one.name for one in tmp_path.iterdir() if one.name != "home"} == {
        "out",
        "own",
        "own.graphml",
        "loop",
        "pipe",
    }
