"""What the commands answer, in which form, and on which stream."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
from pathlib import Path

import pytest

from graph.documents.write import Counts
from graph.ids import canonical
from loaders.profile import Profile
from queries.catalogue import Question, questions
from queries.show.question_help import example
from tests.harness.commands import INSPECTOR, documents, run

STRANGE = "\nWorms of the Sea\n\nA herring has no rank and wants none of ours.\n"
NOTHING = {"nodes": 0, "edges": 0}
NO_DAY = {
    f"nothing tells when uk/{rank}@v7.1 began: it counts on every day that is asked about"
    for rank in ("sergeant", "inspector")
}
NPPF = {
    "NPPF step 1: competence in rank",
    "NPPF step 2: legal exam",
    "NPPF step 3: local selection",
    "NPPF step 4: temporary promotion",
}


@pytest.fixture(scope="module")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph that holds the two documents."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    found = run("load", str(documents(tmp_path_factory.mktemp("documents"))), RANKGRAPH_HOME=str(home))
    assert found.exit_code == 0, found.stderr
    return home


@pytest.fixture
def loaded(loaded_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> Path:
    """Use the graph that holds the two documents."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(loaded_home))
    return loaded_home


def leaves(text: str) -> set[str]:
    """Return the lines of a tree without its branches, places and sources."""
    return {line.lstrip("│├└─ ").split("  ")[0] for line in text.splitlines()}


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

    assert content["leftovers"]
    assert f"{file}: {len(content['leftovers'])} statement(s) not understood, listed as leftovers\n" == found.stderr


def test_load_says_a_line_a_document_and_the_totals(tmp_path: Path) -> None:
    """Each document has a line with its role, edition and counts; all together make the total."""
    found = run("load", str(documents(tmp_path / "documents")))

    lines = [line.split() for line in found.stdout.splitlines()[2:]]
    counts = [[tuple(map(int, count.split("+"))) for count in line[-5:]] for line in lines]
    assert [["inspector.txt", "Inspector", "uk/inspector@v7.1"], ["sergeant.txt", "Sergeant", "uk/sergeant@v7.1"]] == [
        line[:3] for line in lines[1:3]
    ]
    assert counts[-1] == [tuple(map(sum, zip(*column, strict=True))) for column in zip(*counts[:-1], strict=True)]
    assert NO_DAY == set(found.stderr.splitlines())


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

    note = f"{file}: {len(leftovers)} statement(s) not understood; `rankgraph read '{file}'` lists them"
    assert note == found.stderr.splitlines()[0]


@pytest.mark.usefixtures("loaded")
def test_samples_and_real_documents_do_not_meet_unasked() -> None:
    """Samples are refused beside other documents, and nothing is written."""
    before = run("status", "--format", "json").stdout

    found = run("load", "--samples")

    assert 1 == found.exit_code
    assert "give --mix" in found.stderr
    assert before == run("status", "--format", "json").stdout


def test_a_folder_passes_over_other_files_and_says_so(tmp_path: Path) -> None:
    """Files of other kinds in a folder are named in a note."""
    folder = documents(tmp_path / "documents")
    (folder / "table.xlsx").write_bytes(b"PK")

    found = run("load", str(folder), "--dry-run")

    assert 0 == found.exit_code
    note = f"{folder}: passed over table.xlsx; expected documents ending in .md, .text, .txt; name a file itself"
    assert note == found.stderr.splitlines()[0].removesuffix(" to have it read")


def test_questions_lists_the_whole_catalogue() -> None:
    """`questions` gives name, family, title and parameters of each question."""
    found = json.loads(run("questions", "--format", "json").stdout)

    expected = [
        {
            "question": question.name,
            "family": question.family,
            "title": question.title,
            "parameters": [parameter.name for parameter in question.parameters],
        }
        for question in questions()
    ]
    assert expected == found


@pytest.fixture(scope="module")
def sampled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph that holds the samples, and a sample force."""
    folder = tmp_path_factory.mktemp("sampled")
    force = str(folder / "force")
    for words in (("load", "--samples"), ("sample-force", force), ("staff", "load", f"{force}/csv")):
        found = run(*words, RANKGRAPH_HOME=str(folder / "home"))
        assert found.exit_code == 0, found.stderr
    return folder / "home"


@pytest.fixture
def _sampled(sampled_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> None:
    """Use the graph that holds the samples."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(sampled_home))


@pytest.mark.usefixtures("_sampled")
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_example_of_a_question_gives_its_columns_in_every_form(question: Question) -> None:
    """JSON objects have exactly the declared columns; CSV, Markdown and the table have them as a header."""
    # the samples have editions of other days, so the example asks for the one that counts today
    _, *arguments = shlex.split(re.sub(r"@[\w.-]+", "", example(question)))
    forms = {kind: run(*arguments, "--format", kind) for kind in ("json", "csv", "markdown", "table")}

    assert {0} == {found.exit_code for found in forms.values()}, forms["json"].stderr
    rows = json.loads(forms["json"].stdout)
    assert {question.returns} >= {tuple(row) for row in rows}
    lines = list(csv.reader(forms["csv"].stdout.splitlines()))
    assert [list(question.returns), len(rows)] == [lines[0], len(lines) - 1]
    assert [*question.returns] == [cell.strip() for cell in forms["markdown"].stdout.splitlines()[0].split("|")[1:-1]]
    assert [*question.returns] == forms["table"].stdout.splitlines()[0].split()


@pytest.mark.usefixtures("loaded")
def test_an_answer_without_rows_is_empty_and_says_why() -> None:
    """Nothing found is no error: an empty list on stdout and the reason on stderr."""
    found = run("ask", "cover", "--rank", "sergeant", "--format", "json")

    assert (0, "[]\n") == (found.exit_code, found.stdout)
    assert "no rows: no source that counts on the day says who covers\n" == found.stderr


@pytest.mark.usefixtures("loaded")
def test_a_header_stands_over_no_rows() -> None:
    """CSV without rows is its header."""
    found = run("ask", "duties-of", "--rank", "chief inspector", "--format", "csv")

    assert "duty,duty_id,edition,fact,authority,document,lines\n" == found.stdout


@pytest.mark.usefixtures("loaded")
def test_signs_of_a_search_language_are_words() -> None:
    """Words with operators of the index are searched as words, and the user is told."""
    found = run("ask", "who-is-accountable", "--words", 'shift~2 AND (task^3) "', "--format", "json")

    assert {"uk/sergeant", "uk/inspector"} == {row["rank_id"] for row in json.loads(found.stdout)}
    assert "'shift~2 AND (task^3) \"' is searched as: shift 2 and task 3\n" == found.stderr


@pytest.mark.usefixtures("loaded")
def test_a_shared_name_follows_force_and_says_so() -> None:
    """A name that two ladders share is taken from --force or RANKGRAPH_FORCE, and said on stderr."""
    by_option = run("ask", "gates", "--rank", "ac", "--force", "city", "--format", "json")
    by_setting = run("ask", "gates", "--rank", "ac", "--format", "json", RANKGRAPH_FORCE="city")

    assert (0, by_option.stdout) == (by_setting.exit_code, by_setting.stdout)
    assert "'ac' is taken as city/assistant-commissioner, as --force or RANKGRAPH_FORCE says\n" == by_option.stderr


def test_an_empty_embedded_graph_is_given_the_reference_first() -> None:
    """The first question of a new user is answered, with one note, and the second without."""
    first = run("ask", "next-ranks", "--rank", "constable", "--format", "json")
    second = run("ask", "next-ranks", "--rank", "constable", "--format", "json")

    home = os.environ["RANKGRAPH_HOME"]
    assert f"the graph in {home} was empty: the reference data was loaded into it first\n" == first.stderr
    assert (first.stdout, "") == (second.stdout, "")
    assert ["uk/sergeant"] == [row["rank_id"] for row in json.loads(first.stdout)]


@pytest.mark.usefixtures("loaded")
def test_a_pathway_shows_each_step_with_its_gates() -> None:
    """The first route is drawn step by step; ranks that no loaded profile describes are named on stderr."""
    found = run("pathway", "constable", "inspector")

    shown = leaves(found.stdout)
    assert {
        "Route 1 of 1: 2 steps, Constable > Sergeant > Inspector",
        "1. Constable to Sergeant (promotion)",
        "2. Sergeant to Inspector (promotion)",
        *(f"gate: {name}" for name in NPPF),
    } <= shown
    assert "no profile of uk/constable is loaded\n" == found.stderr


@pytest.mark.usefixtures("loaded")
def test_a_pathway_as_json_is_the_question() -> None:
    """`pathway --format json` gives the rows of the question."""
    short = run("pathway", "constable", "inspector", "--format", "json")
    long = run("ask", "pathway", "--from", "constable", "--to", "inspector", "--format", "json")

    assert long.stdout == short.stdout


@pytest.mark.usefixtures("loaded")
def test_a_gap_is_drawn_by_kind_and_status() -> None:
    """Gates come first; each line says where it stands, and where what is held stands."""
    found = run("gap", "sergeant", "inspector")

    lines = [line.strip("│├└─ ") for line in found.stdout.splitlines()]
    headings = ["Gates", "Courses", "Competencies", "Skills", "Experience"]
    assert headings == [line for line in lines if line in headings]
    assert {
        "We take ownership (level 2, 1 held)  inspector.txt:16",
        "Able to plan the work of one team  inspector.txt:26",
        "Able to lead at an incident with many casualties  inspector.txt:27",
    } <= {line.split(" [")[0] for line in lines}
    assert (0, "") == (found.exit_code, found.stderr)


def test_a_gap_on_reference_data_alone_says_what_is_missing() -> None:
    """Without profiles the gates are shown with their sources, then the profiles that are missing."""
    found = run("gap", "sergeant", "inspector")

    assert {f"gate: {name}" for name in NPPF} <= leaves(found.stdout)
    assert [f"no profile of uk/{rank} is loaded" for rank in ("sergeant", "inspector")] == (
        found.stderr.splitlines()[1:]
    )


@pytest.mark.usefixtures("loaded")
def test_a_gap_to_a_rank_without_a_profile_calls_nothing_dropped() -> None:
    """What that rank asks for is not known."""
    found = run("gap", "sergeant", "chief inspector")
    headings = {line.strip("│├└─ ").partition(" (")[0] for line in found.stdout.splitlines() if line.endswith(")")}
    unknown = "asked for by the rank held; of the rank aimed at no profile is loaded"
    assert (True, False) == (unknown in headings, "dropped" in headings)


@pytest.mark.usefixtures("loaded")
def test_a_gap_can_show_duties_too() -> None:
    """--duties adds rows of the kind duty with the same columns."""
    plain = json.loads(run("gap", "sergeant", "inspector", "--format", "json").stdout)
    found = json.loads(run("gap", "sergeant", "inspector", "--duties", "--format", "json").stdout)

    assert plain == [row for row in found if row["kind"] != "duty"]
    assert {tuple(plain[0])} == {tuple(row) for row in found}
    assert {
        ("new", "Give each sergeant a clear task at the start of a shift.", "12"),
        ("dropped", "Give each constable a clear task at the start of a shift.", "12"),
        (
            "dropped",
            "Tell the Independent Office for Police Conduct (IOPC) of any complaint that it must see.",
            "13",
        ),
    } == {(row["status"], row["requirement"], row["lines"]) for row in found if row["kind"] == "duty"}


@pytest.mark.usefixtures("loaded")
def test_a_rank_is_an_object_of_its_parts() -> None:
    """`rank --format json` holds what the ladder, the profile and the reference data say."""
    found = json.loads(run("rank", "sergeant", "--format", "json").stdout)

    assert {
        "id": "uk/sergeant",
        "name": "Sergeant",
        "short_name": "PS",
        "step": 2,
        "ladder": "uk",
        "editions": ["uk/sergeant@v7.1"],
        "purpose": [("A sergeant runs one team and answers for its shifts.", "8")],
        "duties": ["12", "13"],
        "requirements": {
            ("competency", "We take ownership", 1),
            ("experience", canonical("Experience of work as a confirmed constable"), None),
            ("skill", canonical("Able to plan the work of one team"), None),
        },
        "gates": NPPF,
        "bodies": ["iopc"],
        "chain_of_command": [("above", "ladder only", "uk/inspector"), ("below", "ladder only", "uk/constable")],
        "next_ranks": ["uk/inspector"],
        "feeder_ranks": {"uk/constable"},
    } == {
        **{name: found[name] for name in ("id", "name", "short_name", "step", "ladder")},
        "chain_of_command": [(row["position"], row["tie"], row["rank_id"]) for row in found["chain_of_command"]],
        "editions": [row["edition"] for row in found["editions"]],
        "purpose": [(row["text"], row["lines"]) for row in found["purpose"]],
        "duties": [row["lines"] for row in found["duties"]],
        "requirements": {
            (row["kind"], row["requirement"] if row["level"] else canonical(row["requirement"]), row["level"])
            for row in found["requirements"]
        },
        "gates": {row["gate"] for row in found["gates"]},
        "bodies": [row["body_id"] for row in found["bodies"]],
        "next_ranks": [row["rank_id"] for row in found["next_ranks"]],
        "feeder_ranks": {row["rank_id"] for row in found["feeder_ranks"]},
    }


@pytest.mark.usefixtures("loaded")
def test_equals_are_found_from_either_end() -> None:
    """Whichever rank the source names first, both name the other."""
    found = {
        name: {row["rank_id"] for row in json.loads(run("rank", name, "--format", "json").stdout)["equivalents"]}
        for name in ("dac", "city ac", "dcc")
    }

    dac, ac = "mps/deputy-assistant-commissioner", "city/assistant-commissioner"
    dcc = "territorial/deputy-chief-constable"
    assert {"dac": {ac, dcc}, "city ac": {dac, dcc}, "dcc": {ac, dac}} == found


@pytest.mark.usefixtures("loaded")
def test_a_rank_shows_its_equals_on_other_ladders() -> None:
    """The readable form names the ranks of the same step, and who directs it by law."""
    found = run("rank", "dac")

    assert {
        "Deputy Assistant Commissioner (mps/deputy-assistant-commissioner)",
        "Assistant Commissioner (city/assistant-commissioner)",
        "Deputy Chief Constable (territorial/deputy-chief-constable)",
    } <= leaves(found.stdout)
    assert "above, direction and control: Commissioner of Police of the Metropolis (mps/commissioner)" in found.stdout
    assert {"no profile of mps/deputy-assistant-commissioner is loaded"} == set(found.stderr.splitlines())


def test_status_says_engine_address_and_counts(loaded: Path) -> None:
    """`status` names what is in use and how much of each kind it holds."""
    found = json.loads(run("status", "--format", "json").stdout)

    assert ["engine", "address", "schema_version", "reference", "nodes", "edges"] == list(found)
    assert str(loaded) == found["address"]
    assert ["reference@1"] == found["reference"]
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
