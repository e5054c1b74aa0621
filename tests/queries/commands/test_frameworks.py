"""Tables of roles and skills, and profiles by hand, on the command line: templates, read, load, and what is asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.harness.commands import documents, run

ROLE = "role/example-digital/data-analyst-"
ENDS = (f"{ROLE}data-analyst", f"{ROLE}senior-data-analyst")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Write the template of a framework."""
    folder = tmp_path / "roles"
    assert 0 == run("template", "framework", "--out", str(folder)).exit_code
    return folder


def test_the_template_of_a_framework_loads_as_it_stands(template: Path) -> None:
    """As a folder, by its mapping, and as a table with it; the second load changes nothing."""
    arguments = (
        (str(template),),
        (str(template / "framework.yaml"),),
        (str(template / "framework.csv"), "--mapping", str(template / "framework.yaml")),
    )
    found = [json.loads(run("load", *words, "--format", "json").stdout) for words in arguments]
    assert found[0]["created"]["edges"] > 0
    assert [{"nodes": 0, "edges": 0}] * 2 == [one["created"] for one in found[1:]]
    counts = found[2]
    assert counts["untouched"]["edges"] == found[0]["created"]["edges"]


def test_a_gap_between_levels_tells_what_is_raised_from_what_is_new(template: Path) -> None:
    """And what is kept and dropped, in JSON as in words; the level is a number on the scale of the framework."""
    run("load", str(template))
    rows = json.loads(run("gap", *ENDS, "--format", "json").stdout)
    columns = ("requirement", "status", "held_level", "needed_level", "document", "lines")
    assert {
        ("Data quality", "raised", 2, 3, "framework.csv", "7"),
        ("Forecasting", "raised", 1, 3, "framework.csv", "8"),
        ("Plain words", "dropped", 2, None, "framework.csv", "5"),
    } == {tuple(row[name] for name in columns) for row in rows}
    shown = run("gap", "data analyst", "senior data analyst").stdout.split("\n\n")[1].splitlines()
    labels = {line[:11].strip() for line in shown if line[:2].isupper()}
    assert {"RAISED", "NOT NAMED"} == labels - {"NOT KNOWN"}
    new = json.loads(run("gap", ENDS[1], f"{ROLE}head-of-analysis", "--format", "json").stdout)
    assert ("Leading analysts", "new") in {(row["requirement"], row["status"]) for row in new}


def test_a_pathway_leads_from_the_lowest_level_to_the_highest(template: Path) -> None:
    """By the order that the mapping states; each step rests on its lines."""
    run("load", str(template))
    rows = json.loads(run("pathway", "trainee data analyst", "head of analysis", "--format", "json").stdout)
    assert ["Data analyst", "Senior data analyst", "Head of analysis"] == [row["to_rank"] for row in rows]
    assert all("framework.yaml:" in source for row in rows for source in row["sources"] if "role framework" in source)


def test_a_table_is_read_before_it_is_loaded(template: Path) -> None:
    """`read` shows each need with its lines, as a table and as JSON."""
    words = ("read", str(template / "framework.csv"), "--mapping", str(template / "framework.yaml"))
    shown, parts = run(*words), json.loads(run(*words, "--format", "json").stdout)
    assert "left out, as `ignore` of the mapping says: lines 15" in shown.stderr
    assert 13 == sum("role/example-digital/" in line for line in shown.stdout.splitlines())
    assert ("framework", "example-digital", 6) == (parts["source_kind"], parts["framework"], len(parts["roles"]))
    assert (
        parts["roles"] == json.loads(run("read", str(template / "framework.yaml"), "--format", "json").stdout)["roles"]
    )


def test_a_mapping_without_a_table_is_wrong_usage(template: Path, tmp_path: Path) -> None:
    """It says nothing of a document."""
    found = run("load", str(documents(tmp_path / "d")), "--mapping", str(template / "framework.yaml"))
    assert (2, True) == (found.exit_code, "no table (.csv, .xlsx)" in found.stderr)


def test_templates_take_no_place_of_a_file_unless_asked(template: Path) -> None:
    """As those of staff files."""
    assert 1 == run("template", "framework", "--out", str(template)).exit_code
    assert 0 == run("template", "framework", "--out", str(template), "--overwrite").exit_code


def test_a_newer_edition_of_a_framework_takes_the_place_of_the_older(template: Path, tmp_path: Path) -> None:
    """Its roles are asked about by day; what is no longer said has ended, promotions among it."""
    newer = tmp_path / "newer"
    shutil.copytree(template, newer)
    (newer / "framework.yaml").write_text(
        (template / "framework.yaml").read_text(encoding="utf-8").replace("2026-03", "2026-06"), encoding="utf-8"
    )
    table = (
        (template / "framework.csv")
        .read_text(encoding="utf-8")
        .replace("Data quality,Practitioner", "Data quality,Expert")
    )
    (newer / "framework.csv").write_text(
        table.replace("Forensic imager,Imaging", "Forensic imager,Old imaging"), encoding="utf-8"
    )
    for folders in ((template, newer), (newer, template)):
        run("reset", "--yes")
        for folder in folders:
            assert 0 == run("load", str(folder)).exit_code
        levels = [
            {
                row["requirement"]: row["needed_level"]
                for row in json.loads(run("gap", *ENDS, "--as-of", day, "--format", "json").stdout)
            }
            for day in ("2026-04-01", "2026-07-01")
        ]
        assert [3, 4] == [found["Data quality"] for found in levels]
        assert 0 == run("check").exit_code


def test_what_a_sidecar_says_of_a_table_holds(template: Path) -> None:
    """As of any document."""
    (template / "sources.yaml").write_text("framework.csv: {published: 2026-05, licence: none}\n", encoding="utf-8")
    parts = json.loads(run("read", str(template / "framework.yaml"), "--format", "json").stdout)
    assert ("2026-05", "2026-05-01", "none") == (parts["edition"], parts["published"], parts["document"]["licence"])


def test_a_profile_by_hand_is_loaded_as_a_document(tmp_path: Path) -> None:
    """Its duties stand on its lines, and it is asked about as any other."""
    path = tmp_path / "my-rank.yaml"
    path.write_text(run("template", "profile").stdout, encoding="utf-8")
    assert 0 == run("load", str(path)).exit_code
    rows = json.loads(run("ask", "duties-of", "--rank", "custody support officer", "--format", "json").stdout)
    assert {("my-rank.yaml", "24"), ("my-rank.yaml", "25")} == {(row["document"], row["lines"]) for row in rows}
