"""What the commands answer on ranks, ways and gaps and for every question, in which form, and on which stream."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
from pathlib import Path

import pytest

from graph.ids import canonical
from queries.catalogue import Question, questions
from queries.show.question_help import example
from tests.harness.commands import documents, run

NPPF = {
    "NPPF step 1: competence in rank",
    "NPPF step 2: legal exam",
    "NPPF step 3: local selection",
    "NPPF step 4: temporary promotion",
}


def leaves(text: str) -> set[str]:
    """Return the lines of a tree without its branches, places and sources."""
    return {line.lstrip("│├└─ ").split("  ")[0] for line in text.splitlines()}


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


@pytest.fixture
def _sampled(sampled_home: Path, monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> None:
    """Use the graph that holds the samples."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(sampled_home))


@pytest.mark.usefixtures("_sampled")
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_example_of_a_question_gives_its_columns_in_every_form(question: Question) -> None:
    """JSON objects have exactly the declared columns; CSV, Markdown and a table of rows have them as a header."""
    # the samples have editions of other days, so the example asks for the one that counts today
    _, *arguments = shlex.split(re.sub(r"@[\w.-]+", "", example(question)))
    forms = {kind: run(*arguments, "--format", kind) for kind in ("json", "csv", "markdown", "table")}

    assert {0} == {found.exit_code for found in forms.values()}, forms["json"].stderr
    rows = json.loads(forms["json"].stdout)
    assert {question.returns} >= {tuple(row) for row in rows}
    lines = list(csv.reader(forms["csv"].stdout.splitlines()))
    assert [list(question.returns), len(rows)] == [lines[0], len(lines) - 1]
    assert [*question.returns] == [cell.strip() for cell in forms["markdown"].stdout.splitlines()[0].split("|")[1:-1]]
    assert [*question.returns] * bool(rows) == forms["table"].stdout.partition("\n")[0].split()


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
    """With --all each route is drawn step by step; ranks that no loaded profile describes are named on stderr."""
    found = run("pathway", "constable", "inspector", "--all")

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
    """With --all gates come first; each line says where it stands, and where what is held stands."""
    found = run("gap", "sergeant", "inspector", "--all")

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
    """Without profiles the gates are shown with their sources, and the profiles that are missing are named."""
    found = run("gap", "sergeant", "inspector", "--all")

    assert {f"gate: {name}" for name in NPPF} <= leaves(found.stdout)
    assert [f"no profile of uk/{rank} is loaded" for rank in ("sergeant", "inspector")] == (
        found.stderr.splitlines()[1:]
    )


@pytest.mark.usefixtures("loaded")
def test_a_gap_to_a_rank_without_a_profile_calls_nothing_dropped() -> None:
    """What that rank asks for is not known."""
    found = run("gap", "sergeant", "chief inspector", "--all", COLUMNS="300")
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
        "gates": {*NPPF, "Promotion: least service before sergeant"},
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
    found = run("rank", "dac", "--all", COLUMNS="300")

    assert {
        "Deputy Assistant Commissioner (mps/deputy-assistant-commissioner)",
        "Assistant Commissioner (city/assistant-commissioner)",
        "Deputy Chief Constable (territorial/deputy-chief-constable)",
    } <= leaves(found.stdout)
    assert "above, direction and control: Commissioner of Police of the Metropolis (mps/commissioner)" in found.stdout
    assert {"no profile of mps/deputy-assistant-commissioner is loaded"} == set(found.stderr.splitlines())


def test_an_answer_on_a_superseded_code_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each answer on the rank whose document names it, from the day on which another had its place."""
    monkeypatch.setenv("RANKGRAPH_HOME", str(tmp_path / "home"))
    folder = documents(tmp_path / "documents")
    text = (folder / "inspector.txt").read_text(encoding="utf-8")
    duty = "  • Hold each sergeant to the Code of Ethics 2014.\n\nBehaviours"
    (folder / "inspector.txt").write_text(text.replace("\nBehaviours", duty, 1), encoding="utf-8")
    assert 0 == run("load", str(folder)).exit_code
    said = "Inspector: names Code of Ethics 2014, which is superseded (by 2024-01-31)"
    asked = (("gates", "inspector"), ("pathway", "sergeant", "inspector"), ("gap", "sergeant", "inspector"))
    for words in (*asked, ("rank", "inspector"), ("gates", "sergeant")):
        for day in ("2024-01-30", "2024-01-31"):
            text = " ".join(run(*words, "--as-of", day).stdout.split())
            assert (words, day, day > "2024-01-30" and words[-1] == "inspector") == (words, day, said in text)


CARD = "{title}\n\nRole Purpose\n\nRuns a team.\n\nKey Accountabilities\n\n  • Give each officer a task.\n"


def test_a_profile_of_duties_alone_has_a_gap(tmp_path: Path) -> None:
    """It says that nothing is asked beside them; of two roles that no profile describes it says what is missing."""
    card = tmp_path / "custody.txt"
    card.write_text(CARD.format(title="Custody Sergeant"), encoding="utf-8")
    assert 0 == run("load", str(card)).exit_code
    for start, words in {"sergeant": "Sergeant", "detention officer": "Detention Officer"}.items():
        found = run("gap", start, "custody sergeant", COLUMNS="300")
        title = f"{words} to Custody Sergeant: no condition or requirement of it is stated"
        assert (0, title) == (found.exit_code, found.stdout.splitlines()[0])
    none = run("gap", "sergeant", "detention officer", COLUMNS="300")
    assert 1 == none.exit_code
    assert "found no profile of uk/sergeant or of role/detention-officer, and no gate of role/det" in none.stderr


@pytest.mark.usefixtures("_sampled")
def test_ranks_of_one_name_are_told_apart_by_their_force() -> None:
    """In every line of a gap and a way, and of what is equal to a rank; what no profile tells is not nothing."""
    title, *lines = run("gap", "met commander", "city commander", COLUMNS="300").stdout.splitlines()
    assert "Commander (Met) to Commander (City): skills and duties not known" == title
    assert ["Commander (Met)", "Commander (City)"] == [line.strip().partition(":")[0] for line in lines[:2]]
    way = run("pathway", "met commander", "city commander", COLUMNS="300").stdout
    assert way.startswith("No promotion that is known leads from Commander (Met) to Commander (City)")
    equal = next(line for line in run("rank", "met commander", COLUMNS="300").stdout.splitlines() if "EQUAL" in line)
    assert "Commander (City), Assistant Chief Constable" in equal


@pytest.mark.usefixtures("_sampled")
def test_a_rank_says_what_a_chief_may_be_and_where_one_comes_from() -> None:
    """What a condition asks to have held is no rank before; a detective's rank says what detective is."""
    lines = run("rank", "chief constable", COLUMNS="300").stdout.splitlines()
    assert "FROM        Deputy Chief Constable" in lines
    assert any("may be suspended by Police and Crime Commissioner" in line for line in lines)
    for name in ("rank", "gates"):
        assert "Detective is no rank" in run(name, "detective constable", COLUMNS="300").stdout
        assert "Detective is no rank" not in run(name, "constable", COLUMNS="300").stdout


@pytest.mark.usefixtures("_sampled")
@pytest.mark.parametrize("place", ["inspector.txt:49", "reference/gates.yaml:218-239", "reference/gates.yaml:220"])
def test_why_understands_the_place_that_a_screen_cites(place: str) -> None:
    """Every statement of the place, with its words; of a line that states nothing it says so."""
    document = place.rpartition(":")[0]
    rows = json.loads(run("why", place, "--format", "json").stdout)
    assert {document} == {row["document"] for row in rows}
    assert all(row["asked"] and row["quote"] for row in rows)
    assert {"inspector.txt": {"49"}}.get(document, {"218-239"}) == {row["lines"] for row in rows}
    nothing = run("why", f"{document}:99999")
    assert (1, True) == (nothing.exit_code, f"nothing that {document} states in line 99999" in nothing.stderr)


@pytest.mark.usefixtures("_sampled")
def test_status_names_the_question_that_lists_documents() -> None:
    """Where there are any; the question has an answer."""
    assert "documents by name: `rankgraph ask documents`" in run("status", COLUMNS="300").stdout
    assert "sergeant.txt" in run("ask", "documents", COLUMNS="300").stdout


@pytest.mark.usefixtures("reference")
def test_status_names_no_question_without_an_answer() -> None:
    """With reference data alone."""
    assert "ask documents" not in run("status", COLUMNS="300").stdout


def test_status_makes_nothing_where_there_is_no_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says where the graph would be, and what begins one."""
    monkeypatch.delenv("NEO4J_URI", raising=False)
    found = run("status", "--format", "json", RANKGRAPH_HOME=str(tmp_path / "none"))
    assert (0, [], "there is no graph yet: `rankgraph load` begins one\n") == (
        found.exit_code,
        list(tmp_path.iterdir()),
        found.stderr,
    )
    assert str(tmp_path / "none") == json.loads(found.stdout)["address"]
