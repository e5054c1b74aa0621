"""A release: one version, its changes written down, and a workflow that would publish it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))


def _runs(job: str) -> list[str]:
    return [step["run"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]


def test_the_version_stands_in_one_place() -> None:
    """Only pyproject.toml gives the version; the changelog tells of it, and nothing else repeats it."""
    files = [path for room in ("graph", "loaders", "queries") for path in (ROOT / room).rglob("*.py")]
    files += [ROOT / "cli.py", ROOT / "README.md", ROOT / "docs" / "install.md"]
    assert [] == [path.name for path in files if re.search(rf"\b{re.escape(VERSION)}\b", path.read_text("utf-8"))]


def test_the_newest_entry_of_the_changelog_is_the_version() -> None:
    """A release has a day, and what changed."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", changes, re.MULTILINE)
    dated = [(name, bool(day)) for name, day in headings if name != "Unreleased"]
    assert (VERSION, True) == dated[0]


def test_a_tag_builds_and_tests_before_it_would_publish() -> None:
    """Publishing needs the build, the build all tests, and only a tag of somebody who switched it on publishes."""
    jobs = WORKFLOW["jobs"]
    assert ["v*"] == WORKFLOW[True]["push"]["tags"]  # YAML reads the key `on` as true
    assert ("build", ["test", "elsewhere"]) == (jobs["publish"]["needs"], jobs["build"]["needs"])
    assert "github.ref_type == 'tag' && vars.PUBLISH == 'yes'" == jobs["publish"]["if"]
    assert "bash .ci/run" in _runs("test")
    assert "python -m build" in _runs("build")
