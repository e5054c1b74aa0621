"""Profiles by hand in YAML: what their keys say, on which lines; all that is wrong is refused with its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from graph.errors import DocumentErrors
from loaders import read
from loaders.documents.written_profile import WrittenProfile
from loaders.facts.document import facts
from loaders.facts.reference import known
from tests.harness.commands import run

PROFILE = """# a profile by hand
rankgraph: profile
title: Inspector
version: 2.10
published: 2025-04
framework: CVF 2024
purpose: Runs several teams,
  and answers for a whole shift.
accountabilities:
  - Give each sergeant a clear task.    # a comment is no word of it
  - >
    Tell the Independent Office for Police Conduct (IOPC)
    of every complaint that it must see.

  - Write to a.person@example.org.
skills:
  - Able to lead at an incident.
  - {text: Able to speak Polish, necessity: desirable}
education:
  - text: Knowledge of the law on custody
  - Must have passed the Strategic Command Course (SCC)
competencies:
  - We take ownership, level 2
  - text: We are collaborative
    level: 3
    description: Joins up partners.
values: [Courage, Honesty]
development: [{text: Read the budget, group: Finance}]
learning: First aid
"""


def written(folder: Path, text: str = PROFILE) -> Path:
    """Write a profile."""
    path = folder / "inspector.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read_with_its_lines(tmp_path: Path) -> None:
    """Words that go over lines are one statement; what a line says in brackets or lists is told apart."""
    found = read(written(tmp_path))
    assert ("uk/inspector", "v2.10", "2025-04-01", "force policy", "cvf-2024", "2024-05-01") == (
        found.role.id, found.edition, found.published, found.authority, found.framework, found.not_before
    )  # fmt: skip
    said = {
        name: [(one.text, one.lines) for one in getattr(found, name)]
        for name in ("purpose", "accountabilities", "skills", "education", "competencies", "values", "learning")
    }
    told = "Tell the Independent Office for Police Conduct (IOPC) of every complaint that it must see."
    assert {
        "purpose": [("Runs several teams, and answers for a whole shift.", (7, 8))],
        "accountabilities": [
            ("Give each sergeant a clear task.", (10, 10)),
            (told, (11, 13)),
            ("Write to [e-mail].", (15, 15)),
        ],
        "skills": [("Able to lead at an incident.", (17, 17))],
        "education": [
            ("Knowledge of the law on custody", (20, 20)),
            ("Must have passed the Strategic Command Course (SCC)", (21, 21)),
            ("Able to speak Polish", (18, 18)),
        ],
        "competencies": [("We take ownership", (23, 23)), ("We are collaborative", (24, 24))],
        "values": [("Courage", (27, 27)), ("Honesty", (27, 27))],
        "learning": [("First aid", (29, 29))],
    } == said


def test_names_and_conditions_are_found_in_the_words(tmp_path: Path) -> None:
    """As in a document, on the lines of the file; competencies are those of the framework."""
    found = read(written(tmp_path))
    assert [("iopc", 11)] == [(body.id, body.mentions[0].line) for body in found.bodies]
    assert [("course/scc", 21)] == [(course.id, course.mentions[0].line) for course in found.courses]
    assert [("cvf-2024/we-take-ownership", 2)] == [(one.id, one.level) for one in found.competencies[:1]]
    assert ["knowledge", "course", "skill"] == [one.kind for one in found.education]
    assert [[(21, 21)]] == [[gate.lines for gate in found.gates]]


def test_its_facts_stand_beside_a_national_profile(tmp_path: Path) -> None:
    """It is of a series of its own, unless it says that it is the national profile; what is invented is a sample."""
    series = [
        next(node.series for node in facts(read(written(tmp_path, text)), known()).nodes if node.label == "Profile")  # type: ignore[attr-defined]
        for text in (PROFILE, PROFILE.replace("title:", "authority: national profile\ntitle:"))
    ]
    assert ["uk/inspector#policy", "uk/inspector#profile"] == series
    sample = facts(read(written(tmp_path, PROFILE.replace("title:", "sample: yes\ntitle:"))), known())
    assert {"sample"} == {edge.statement.basis for edge in sample.edges if edge.statement}


FAULTS = {
    "an unknown key": ("skils: [x]\n", {(30, "the key 'skils'", "did you mean skills?")}),
    "a key twice": ("title: Sergeant\n", {(30, "title again, after line 3", "keep one of them")}),
    "a wrong word": (
        "criteria:\n  - x\nauthority: my word\n",
        {(32, "authority: 'my word'", "write it so, or leave it out")},
    ),
    "a wrong value in a line": (
        PROFILE.replace("necessity: desirable", "necessity: nice"),
        {(18, "necessity: 'nice'", "write it so, or leave it out")},
    ),
    "a level that is none": (
        PROFILE.replace("level: 3", "level: high"),
        {(25, "level: 'high'", "write it so, or leave it out")},
    ),
    "no title": (PROFILE.replace("title: Inspector", "title:"), {(3, "no title", "write it")}),
    "no such day": (
        PROFILE.replace("2025-04", "2025-02-30"),
        {(5, "published: '2025-02-30'", "write it so, or leave it out")},
    ),
    "an unknown framework": (
        PROFILE.replace("CVF 2024", "CVF"),
        {(6, "framework: 'CVF'", "write it so, or leave it out")},
    ),
    "no YAML": (PROFILE + "values: [", {(30, "what is no YAML", "correct the brackets, quotes or indents there")}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_refused_with_its_line(fault: str, tmp_path: Path) -> None:
    """With what was found there, and what to do."""
    text, expected = FAULTS[fault]
    with pytest.raises(DocumentErrors) as error:
        read(written(tmp_path, text if text.startswith("#") else PROFILE + text))
    found = error.value.exceptions
    assert expected == {(one.line, re.sub(r" \(expected .*", "", one.found), one.advice) for one in found}  # type: ignore[union-attr]


def test_the_template_is_an_invented_profile(tmp_path: Path) -> None:
    """It loads as it stands, as a sample, and has every key, those that stand in a comment among them."""
    text = run("template", "profile").stdout
    assert read(written(tmp_path, text)).sample
    keys = set(re.findall(r"^(?:# )?(\w+):", text, re.MULTILINE))
    assert set(WrittenProfile.model_fields) == keys
    assert "# yaml-language-server: $schema=profile.schema.json" == text.splitlines()[0]


def test_the_schema_says_what_the_model_does(tmp_path: Path) -> None:
    """It knows every key of the template, what must be there, and what a value can be; --out writes both."""
    schema = json.loads(run("template", "profile", "--schema").stdout)
    keys = yaml.safe_load(run("template", "profile").stdout).keys()
    assert (["rankgraph", "title"], False) == (schema["required"], schema["additionalProperties"])
    assert keys <= schema["properties"].keys() == WrittenProfile.model_fields.keys()
    assert "lines" not in json.dumps(schema["$defs"])
    assert 0 == run("template", "profile", "--out", str(tmp_path / "my" / "rank.yaml")).exit_code
    assert schema == json.loads((tmp_path / "my" / "profile.schema.json").read_text(encoding="utf-8"))
    assert 0 == run("load", str(tmp_path / "my" / "rank.yaml"), "--dry-run").exit_code
    assert 2 == run("template", "staff", "--schema").exit_code
