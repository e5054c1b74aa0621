"""What the commands answer that read and load documents, say what the graph holds, and empty it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.documents.write import Counts
from loaders.profile import Profile
from tests.harness.commands import INSPECTOR, documents, run

STRANGE = "\nWorms of the Sea\n\nA herring has no rank and wants none of ours.\n"
NOTHING = {"nodes": 0, "edges": 0}
NO_DAY = {
    f"nothing tells when uk/{rank}@v7.1 began: it counts on every day that is asked about"
    for rank in ("sergeant", "inspector")
}


def test_read_gives_every_field_of_a_profile_as_json(tmp_path: Path) -> None:
    """The JSON of `read` has the fields of the model and the lines of the file."""
    file = documents(tmp_path) / "sergeant.txt"

    found = json.loads(run("read", str(file), "--format", "json").stdout)

    assert [name for name, field in Profile.model_fields.items() if not field.exclude] == list(found)
    assert [{"text": "Able to plan the work of one team.", "lines": [27, 27]}] == found["skills"]


def test_read_draws_each_statement_behind_its_line(tmp_path: Path) -> None:
    """The readable form of `read` puts the line before the words."""
    file = documents(tmp_path) / "inspector.txt"

    found = run("read", str(file))

    assert (0, "") == (found.exit_code, found.stderr)
    skills = [line[8:] for line in found.stdout.splitlines() if "Able to" in line]
    assert [
        "     26  Able to plan the work of one team.",
        "     27  Able to lead at an incident with many casualties.",
    ] == skills


def test_read_says_what_was_not_understood(tmp_path: Path) -> None:
    """Leftovers are counted on stderr and listed among the sections."""
    file = tmp_path / "inspector.txt"
    file.write_text(
        INSPECTOR + "\nWorms of the Sea\n\nA herring has no rank and wants none of ours.\n", encoding="utf-8"
    )

    found = run("read", str(file))
    content = json.loads(run("read", str(file), "--format", "json").stdout)

    assert [
        {"text": "Worms of the Sea", "why": "title"},
        {"text": "A herring has no rank and wants none of ours.", "why": "in a list"},
    ] == [{name: one[name] for name in ("text", "why")} for one in content["leftovers"]]
    note = "2 statement(s) not understood: 1 title, 1 in a list; they are listed as leftovers"
    assert f"{file}: {note}\n" == found.stderr


def test_load_says_a_line_a_document_and_the_totals(tmp_path: Path) -> None:
    """Each document has a line with its role, edition and counts; all together make the total."""
    found = run("load", str(documents(tmp_path / "documents")), "--all")

    lines = [line.split() for line in found.stdout.splitlines()[2:]]
    counts = [[tuple(map(int, count.split("+"))) for count in line[-5:]] for line in lines]
    assert [["inspector.txt", "Inspector", "uk/inspector@v7.1"], ["sergeant.txt", "Sergeant", "uk/sergeant@v7.1"]] == [
        line[:3] for line in lines[1:3]
    ]
    assert counts[-1] == [tuple(map(sum, zip(*column, strict=True))) for column in zip(*counts[:-1], strict=True)]
    assert NO_DAY == set(found.stderr.splitlines())


def test_a_paper_on_two_ranks_is_loaded_as_a_profile_of_each(tmp_path: Path) -> None:
    """Each has a line of its own with its counts; loading the paper again changes nothing, and `read` says of which."""
    file = tmp_path / "boards.txt"
    file.write_text(
        "Sergeant and Inspector promotion boards 2027\n\nIssued 3 May 2027 by Hillshire Police\n\n"
        "Eligibility for Sergeant\n\n"
        "- You must be a substantive constable.\n- You must be fit.\n\nEligibility for Inspector\n\n"
        "- You must be a substantive sergeant.\n- You must hold a licence.\n",
        encoding="utf-8",
    )

    first, again = (run("load", str(file), "--all").stdout for _ in range(2))

    expected = [f"uk/{rank}@2027-05-hillshire-police" for rank in ("sergeant", "inspector")]
    lines = [line.split() for line in again.splitlines() if line.startswith("boards.txt")]
    assert expected == [line.split()[2] for line in first.splitlines() if line.startswith("boards.txt")]
    assert [(one, ["0+0"] * 4) for one in expected] == [(line[2], line[3:7]) for line in lines]
    read = [line.strip("│├└─ ") for line in run("read", str(file)).stdout.splitlines()]
    assert {f"{name} (uk/{name.lower()}): 2 criteria, 1 gates" for name in ("Sergeant", "Inspector")} <= set(read)


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    """The second load of the same files leaves all untouched, and says so in one object."""
    folder = str(documents(tmp_path / "documents"))
    run("load", folder)

    found = json.loads(run("load", folder, "--format", "json").stdout)

    untouched = found.pop("untouched")
    assert {"created": NOTHING, "changed": NOTHING, "removed": NOTHING, "closed": NOTHING} == found
    assert set(Counts.model_fields) == {*found, "untouched"}
    assert min(untouched.values()) > 0


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    """A dry run says what a load would create and leaves the graph as it was."""
    folder = str(documents(tmp_path / "documents"))

    found = run("load", folder, "--dry-run", "--format", "json")
    after = json.loads(run("status", "--format", "json").stdout)

    assert json.loads(found.stdout)["created"]["nodes"] > 0
    assert ["dry run: nothing was written"] == found.stderr.splitlines()
    assert ([], {}, {}) == (after["reference"], after["nodes"], after["edges"])


def test_without_a_path_the_reference_data_alone_is_loaded() -> None:
    """`load` with nothing to load makes the ladder and no profile."""
    run("load")

    found = json.loads(run("status", "--format", "json").stdout)

    assert 17 == found["nodes"]["Rank"]
    assert "Profile" not in found["nodes"]


def test_load_says_where_what_was_not_understood_is_listed(tmp_path: Path) -> None:
    """Leftovers of a document are counted on stderr with the command that shows them."""
    file = tmp_path / "the inspector.txt"
    file.write_text(INSPECTOR + STRANGE, encoding="utf-8")
    leftovers = json.loads(run("read", str(file), "--format", "json").stdout)["leftovers"]

    found = run("load", str(file), "--dry-run")

    note = found.stderr.splitlines()[0]
    assert note.startswith(f"{file}: {len(leftovers)} statement(s) not understood: ")
    assert note.endswith(f"; `rankgraph read '{file}'` lists them")


@pytest.mark.usefixtures("loaded")
def test_samples_and_real_documents_do_not_meet_unasked() -> None:
    """Samples are refused beside other documents, and nothing is written."""
    before = run("status", "--format", "json").stdout

    found = run("load", "--samples")

    assert 1 == found.exit_code
    assert "give --mix" in found.stderr
    assert before == run("status", "--format", "json").stdout


MIXED = {
    "mail.eml": b"Subject: cakes\n\nThe station sells cakes on Friday.\n",
    "empty.txt": b"",
    "photograph.jpg": b"\xff\xd8\xff\xe0 no picture",
    "leave.csv": b"person,days\n1,3\n",
    "settings.yaml": b"rank: sergeant\n",
    "plan.yaml": b"rankgraph: scenario\n",
    "damaged.yaml": b"rankgraph: profile\ntitle: [\n",
    "map.yaml": b"rankgraph: mapping\nframework: x\n",
    "cakes.txt": b"Cake sale\n\nThe station sells cakes on Friday.\n",
}
"""Files that no load takes, by name."""


def test_what_cannot_be_read_in_a_folder_is_left_out_and_listed(tmp_path: Path) -> None:
    """The others are loaded; each that is left out is named with the reason."""
    folder = documents(tmp_path / "documents")
    for name, content in MIXED.items():
        (folder / name).write_bytes(content)

    found = run("load", str(folder), "--dry-run")

    assert 0 == found.exit_code
    left_out = "11 documents: 2 new, 9 left out (see above); reference data: new"
    assert left_out == found.stdout.splitlines()[0]
    assert ["inspector.txt", "sergeant.txt"] == [line.split()[-1] for line in found.stdout.splitlines()[1:3]]
    assert [name for name in MIXED if name not in found.stderr] == []
    reasons = {
        "settings.yaml is left out: found YAML that does not begin with `rankgraph:`",
        "plan.yaml is left out: found `rankgraph: scenario`",
        "leave.csv is left out: found a table without a mapping",
        "map.yaml is left out: found a mapping that names no table",
        "empty.txt is left out: found an empty file",
    }
    assert reasons == {reason for reason in reasons if f"{folder}/{reason}; expected " in found.stderr}


@pytest.mark.parametrize("name", MIXED)
def test_what_cannot_be_read_is_an_error_where_it_is_named(name: str, tmp_path: Path) -> None:
    """Nothing is written then; so it is in a folder with --strict, and where a folder holds nothing else."""
    folder = documents(tmp_path / "documents")
    (folder / name).write_bytes(MIXED[name])
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / name).write_bytes(MIXED[name])

    found = [
        run("load", *arguments)
        for arguments in (
            (str(folder), str(folder / name)),
            (str(folder), "--strict"),
            (str(tmp_path / "alone"),),
        )
    ]

    assert [1, 1, 1] == [one.exit_code for one in found]
    assert all(name in one.stderr.partition("Error: ")[2] for one in found)
    assert {} == json.loads(run("status", "--format", "json").stdout)["nodes"]


def test_the_numbered_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """What every `lines` of an answer refers to, and no more."""
    file = documents(tmp_path) / "sergeant.txt"

    found = run("read", str(file), "--as-text")

    lines = file.read_text(encoding="utf-8").split("\n")
    assert [f"{number:>6}  {line}".rstrip() for number, line in enumerate(lines, 1)] == found.stdout.split("\n")[:-1]


def test_status_says_engine_address_and_counts(loaded: Path) -> None:
    """`status` names what is in use and how much of each kind it holds."""
    found = json.loads(run("status", "--format", "json").stdout)

    assert ["engine", "address", "schema_version", "reference", "nodes", "edges"] == list(found)
    assert str(loaded) == found["address"]
    assert ["reference@2"] == found["reference"]
    assert (17, 2) == (found["nodes"]["Rank"], found["edges"]["DESCRIBES"])


def test_reset_asks_unless_told_not_to() -> None:
    """Without a terminal `reset` wants --yes; with it the graph is empty, and can be loaded again."""
    run("load")

    refused = run("reset")
    kept = json.loads(run("status", "--format", "json").stdout)
    done = run("reset", "--yes")
    after = json.loads(run("status", "--format", "json").stdout)

    assert (2, 0) == (refused.exit_code, done.exit_code)
    assert ({}, {}) == (after["nodes"], after["edges"])
    assert kept["nodes"]["Rank"] == 17
    assert 0 == run("load").exit_code
