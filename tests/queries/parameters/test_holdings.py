"""What somebody holds, as they say it: options, a text, and a file about oneself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import DocumentError, DocumentErrors, NameUnknownError, UsageError
from graph.session import Graph, open_graph
from loaders.reference.ranks import ranks
from queries.parameters.days import last_day
from queries.parameters.holding_names import find_holdings, notes_of_all
from queries.parameters.holdings import Holding, from_options, from_text, with_rank
from queries.parameters.my_record import TEMPLATE, read
from queries.parameters.names import Entry
from tests.harness.engines import with_settings
from tests.harness.loaded import prepared

RANKS = [Entry(rank.id, (rank.name, rank.short_name, *rank.aliases), rank.ladder) for rank in ranks()]
ASSESSED = "experience/assessed-as-competent-while-temporarily-promoted-ed02f7f2"


@pytest.fixture(scope="module")
def graph(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Open a graph of the reference data."""
    home = shutil.copytree(prepared(common, "reference"), tmp_path_factory.mktemp("holdings") / "home")
    with with_settings({"RANKGRAPH_HOME": str(home)}), open_graph() as opened:
        yield opened


def file(folder: Path, text: str) -> Path:
    """Write a file about oneself."""
    path = folder / "me.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(group: DocumentErrors) -> list[DocumentError]:
    """Return the single faults of a file."""
    return [error for error in group.exceptions if isinstance(error, DocumentError)]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2019", "2019-12-31"),
        ("2020-02", "2020-02-29"),
        ("2019-2", "2019-02-28"),
        (" 2018-06-30 ", "2018-06-30"),
        ("30/06/2018", "2018-06-30"),
        ("5 March 2023", "2023-03-05"),
        ("05/05/2023", "2023-05-05"),
        ("Feb 2020", "2020-02-29"),
        ("6/2018", "2018-06-30"),
    ],
)
def test_a_day_is_the_last_that_is_meant(said: str, day: str) -> None:
    """A year or month ends on its last day."""
    assert day == last_day(said, "--holds")


@pytest.mark.parametrize(
    "said",
    ["19", "2019-13", "2019-02-30", "0000", "2019-00", "soon", "05/03/2023", "14/03/23", "13/2023", "03/14/2023"],
)
def test_a_day_that_is_none_is_refused(said: str) -> None:
    """Neither guessed nor bent."""
    with pytest.raises(UsageError):
        last_day(said, "--holds")


def test_options_give_names_and_days() -> None:
    """A colon inside a name stays there; without a day the day is unknown."""
    found = from_options(["scc:2019", "NPPF step 2: sergeants' legal exam"], ["met commander:2020-04", "dac"])

    assert (
        Holding("course", "scc", "2019-12-31", achieved_from="2019-01-01", printed="2019"),
        Holding("course", "NPPF step 2: sergeants' legal exam"),
        Holding("rank", "met commander", "2020-04-30", achieved_from="2020-04-01", printed="2020-04"),
        Holding("rank", "dac"),
    ) == found


def test_a_text_is_items_parted_by_commas() -> None:
    """A rank or temporary promotion is told by its first word."""
    assert (
        Holding("course", "scc", "2019-12-31", achieved_from="2019-01-01", printed="2019"),
        Holding("rank", "met commander"),
        Holding("temporary", "inspector", begun="2025-09-01", printed="2025-09-01"),
    ) == from_text("scc:2019, rank met commander, temporary inspector:2025-09-01")


def test_a_text_can_be_a_list_in_json() -> None:
    """Items are words, or what is sent."""
    assert (
        Holding("course", "scc, the course", "2019-12-31", achieved_from="2019-01-01", printed="2019"),
        Holding("id", "course/elp", "2020-12-31", ended_unknown=True, achieved_from="2020-01-01"),
    ) == from_text('["scc, the course:2019", {"id": "course/elp", "achieved": "2020", "ended_unknown": true}]')


@pytest.mark.parametrize(
    "text", ["[1]", "[", '[{"name": "scc"}]', '[{"id": "scc", "when": "2019"}]', "temporary inspector", '[{"id": 1}]']
)
def test_a_text_that_says_something_else_is_refused(text: str) -> None:
    """Unknown keys and missing days are usage."""
    with pytest.raises(UsageError):
        from_text(text)


def test_names_become_ids_and_ranks_end_where_the_next_begins(graph: Graph) -> None:
    """Known days give an end; an undated rank leaves the end of the others open, except for the one held now."""
    said = from_options(["SPNAC:2018", "senior-pnac"], ["sergeant:2010", "inspector:2015-03-01", "met commander"])
    found, notes = find_holdings(graph, [Holding("rank", "uk/chief-superintendent", now=True), *said], RANKS)

    assert [
        ("uk/chief-superintendent", None, None, None),
        ("course/senior-pnac", "2018-12-31", None, None),
        ("course/senior-pnac", None, None, None),
        ("uk/sergeant", "2010-12-31", "2015-03-01", True),
        ("uk/inspector", "2015-03-01", None, True),
        ("mps/commander", None, None, True),
    ] == [(row["id"], row["achieved"], row["ended"], row["ended_unknown"]) for row in found]
    assert [
        "a year or month counts from its last day: 2018 as 2018-12-31, 2010 as 2010-12-31; it lapses as its first"
    ] == notes


def test_an_unknown_course_suggests_the_nearest(graph: Graph) -> None:
    """Courses are found like ranks."""
    with pytest.raises(NameUnknownError) as caught:
        find_holdings(graph, from_options(["strategic comand course:2019"]), RANKS)
    assert ("course", "course/scc (strategic command course)") == (caught.value.kind, caught.value.suggestions[0])


def test_the_template_can_be_read_and_means_what_it_says(graph: Graph, tmp_path: Path) -> None:
    """The file in the help is a whole one: the exam and the promotion are those on the way to the rank."""
    found, notes = find_holdings(graph, read(file(tmp_path, TEMPLATE)), RANKS)

    assert {
        ("uk/sergeant", "2019-04-30", None, None),
        ("uk/constable", "2012-12-31", None, "2019-04-30"),
        ("course/custody-officer", "2020-12-31", None, None),
        ("course/nppf-exam-inspector", "2023-03-14", None, None),
        (ASSESSED, "2026-09-30", "2025-09-01", None),
    } == {(row["id"], row["achieved"], row["begun"], row["ended"]) for row in found}
    assert 1 == len(notes)


def test_promotion_to_a_rank_without_such_a_gate_changes_nothing_and_is_said(graph: Graph) -> None:
    """Nobody asks for a time of temporary promotion to chief inspector."""
    found, notes = find_holdings(graph, from_text("temporary chief inspector:2025-09-01"), RANKS)
    expected = (
        "no gate of uk/chief-inspector asks for a time of temporary promotion: what was said of it changes nothing"
    )
    assert ([], [expected]) == (found, notes)


FAULTS = {
    "rank: sergeant\nform: 2021\n": [(2, "the key 'form'")],
    "held:\n  - rank: constable\n    from: 2015-02-30\n": [(3, "'2015-02-30'")],
    "courses:\n  - course: [scc]\n": [(2, "a list as course")],
    "courses: scc\n": [(1, "'scc'")],
    "courses:\n  - scc\n": [(2, "'scc'")],
    "courses:\n  - achieved: 2019\n": [(2, "no course")],
    "exams:\n  - exam: scc\n    rank: inspector\n": [(3, "both exam and rank")],
    "exams:\n  - exam: scc\n    name: scc\n": [(3, "both exam and name")],
    "judged:\n  - gate: NPPF step 1\n    result: perhaps\n": [(3, "'perhaps' as result")],
    "judged:\n  - gate: NPPF step 1\n": [(2, "no result")],
    "temporary_promotion:\n  rank: inspector\n": [(2, "no begun")],
    "rank: sergeant\nrank: inspector\n": [(2, "rank again, after line 1")],
    "- rank\n": [(1, "a list")],
    "rank: !grade sergeant\nfrom: !!int 2019\n": [(1, "the tag !grade"), (2, "the tag !!int")],
    "from: 2019\n": [(1, "no rank")],
    "rank:\nheld:\n  - rank: constable\n    from: 1/2/2015\n": [
        (1, "nothing as rank"),
        (4, "'1/2/2015', which can be read two ways"),
    ],
    "rank: T/Insp\nfrom: 2015-02-30\n": [(1, "'T/Insp' as rank"), (2, "'2015-02-30'")],
    "held:\n  - {rank: acting sergeant, from: 2015}\n": [(2, "'acting sergeant' as rank")],
    "exams:\n  - inspectors' exam: 2025-03-14\n": [(2, 'the name "inspectors\' exam" as a key')],
    "exams:\n  - nmae: inspectors' exam\n": [(2, "the key 'nmae'"), (2, "no name")],
    "judged:\n  - NPPF step 1: met\n": [(2, "the name 'NPPF step 1' as a key")],
    "temporary_promotion:\n  - rank: inspector\n    begun: 2026\n": [(2, "a list")],
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_of_a_file_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    """All of them at once."""
    with pytest.raises(DocumentErrors) as caught:
        read(file(tmp_path, text))
    assert FAULTS[text] == [(error.line, error.found) for error in faults(caught.value)]


@pytest.mark.parametrize("text", ["courses: [\n", "a: b: c\n", "rank: \x07\n"])
def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path, text: str) -> None:
    """The parser's own words, with the file."""
    with pytest.raises(DocumentErrors) as caught:
        read(file(tmp_path, text))
    assert ["YAML"] == [error.expected for error in faults(caught.value)]


def test_a_course_is_the_form_of_it_that_the_rank_aimed_at_asks_for(graph: Graph) -> None:
    """The exam is another for each rank; without a rank it is the exam."""
    exam = "course/nppf-exam"
    for aim, expected in (("uk/inspector", f"{exam}-inspector"), ("uk/superintendent", exam), (None, exam)):
        found, notes = find_holdings(graph, from_options(["NPPF step 2"]), RANKS, aim=aim)
        assert (expected, expected != exam) == (found[0]["id"], bool(notes))


def test_the_rank_held_now_is_held_since_the_day_that_is_given(graph: Graph) -> None:
    """The rank that a command adds without a day is the same one."""
    holdings = with_rank(from_options([], ["sergeant:2025-03-01"]), "uk/sergeant")
    found, _ = find_holdings(graph, holdings, RANKS)
    assert [("uk/sergeant", "2025-03-01", None)] == [(row["id"], row["achieved"], row["ended"]) for row in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["sergeant:2023-01-01", "constable:2021-01-01"], {("uk/sergeant", None), ("uk/constable", "2023-01-01")}),
        (["constable:2021-01-01", "sergeant:2023-01-01"], {("uk/sergeant", None), ("uk/constable", "2023-01-01")}),
        (["substantive sergeant", "PC:2021-01-01"], {("uk/sergeant", None), ("uk/constable", None)}),
        (["sergeant:2023-01-01"], {("uk/sergeant", None)}),
        (["inspector:2019-01-01", "constable:2021-01-01"], {("uk/inspector", "2021-01-01"), ("uk/constable", None)}),
    ],
)
def test_a_way_from_a_lower_rank_ends_no_higher_one(
    graph: Graph, given: list[str], expected: set[tuple[str, str | None]]
) -> None:
    """The rank held now is the highest that has not ended; that a way starts below says nothing of it."""
    found, _ = find_holdings(graph, with_rank(from_options([], given), "uk/constable"), RANKS, aim="uk/inspector")
    assert expected == {(str(row["id"]), row["ended"]) for row in found}
    assert [] == [row["id"] for row in found if row["id"] == "uk/sergeant" and row["ended_unknown"]]


@pytest.mark.parametrize("name", ["inspectors' legal exam", "NPPF step 2 inspector", "Inspectors\u2019 exam"])
def test_an_exam_has_the_names_that_officers_use(graph: Graph, name: str) -> None:
    """Each means the exam on the way to inspector."""
    assert ["course/nppf-exam-inspector"] == [row["id"] for row in find_holdings(graph, from_options([name]), RANKS)[0]]


@pytest.mark.parametrize("gate", ["NPPF step 1", "competence in rank", "nppf step 1: Competence in rank"])
def test_what_was_judged_counts_for_the_next_rank_alone(graph: Graph, tmp_path: Path, gate: str) -> None:
    """By the number of the step, its name or both; a gate that nobody judges is said, and a judgement for no use."""
    text = "rank: sergeant\njudged:\n  - {gate: GATE, result: met, on: 2026}\n  - {gate: step 9, result: not met}\n"
    text = text.replace("GATE", f"'{gate}'")
    holdings = read(file(tmp_path, text))
    competent = "experience/shown-to-be-competent-in-the-rank-of-sergeant"
    found, notes = find_holdings(graph, holdings, RANKS, aim="uk/inspector")
    assert [("uk/sergeant", None, None, None), (competent, "2026-12-31", "2026-01-01", "met")] == [
        (row["id"], row["achieved"], row["achieved_from"], row["result"]) for row in found
    ]
    judged = "NPPF step 1: competence in rank; NPPF step 3: local selection; NPPF step 4: temporary promotion"
    assert (
        f"no gate of uk/inspector that a person judges is called 'step 9': it changes nothing; judged are {judged}"
    ) == notes[0]
    found, notes = find_holdings(graph, holdings, RANKS, aim="uk/chief-inspector")
    assert ["uk/sergeant"] == [row["id"] for row in found]
    end = "is for the rank after uk/sergeant: for another it changes nothing"
    assert [f"what was judged of {one!r} {end}" for one in (gate, "step 9")] == notes[:2]


def test_of_two_ranks_aimed_at_it_is_said_what_changes_nothing_for_both() -> None:
    """What counts for one of them is no fault."""
    one, both = (f"what was judged of {name} is for the rank after x: for another it changes nothing" for name in "ab")
    assert [both, "c"] == notes_of_all([[both, "c"], [one, both]])


def test_a_temporary_rank_is_a_temporary_promotion() -> None:
    """An acting one is none at all."""
    assert [("temporary", "Inspector", None, "2026-02-01")] == [
        (one.kind, one.name, one.achieved, one.begun) for one in from_options([], ["T/Insp:2026-02-01"])
    ]
    for given, expected in (("T/Insp", "such as T/Insp:2025-09-01"), ("A/Insp:2026", "expected a substantive rank")):
        with pytest.raises(UsageError, match=expected):
            from_options([], [given])


def test_a_name_in_place_of_a_key_is_shown_as_it_should_be_written(tmp_path: Path) -> None:
    """With its day or result on the next line."""
    with pytest.raises(DocumentErrors) as caught:
        read(file(tmp_path, "exams:\n  - inspectors' exam: 2025-03-14\njudged:\n  - NPPF step 1: met\n"))
    below = "and, on a line below it,"
    assert [
        f"`- name: inspectors' exam` {below} `passed: 2025-03-14`",
        f"`- gate: NPPF step 1` {below} `result: met`",
    ] == [error.expected for error in faults(caught.value)]


@pytest.mark.parametrize(
    ("gate", "on", "expected"),
    [
        ("NPPF step 3", "2017", "of 'NPPF step 3' on 2017 is from before you were uk/sergeant (2019-06): it changes"),
        ("NPPF step 3", "2019-05-31", "is from before you were uk/sergeant (2019-06): it changes nothing"),
        ("NPPF step 3", "2019-06-01", None),
        ("NPPF step 3", "2019", None),
        ("Promotion", "2022", "of 'Promotion' days decide, not a judgement: it changes nothing; give the ranks you"),
        ("legal exam", "2022", "of 'legal exam' what was passed decides, not a judgement: it changes nothing; give it"),
    ],
)
def test_a_judgement_counts_where_one_is_asked_for_and_from_the_rank_on(
    graph: Graph, tmp_path: Path, gate: str, on: str, expected: str | None
) -> None:
    """Of a month any day can be meant; what days or an exam decide is met by no judgement."""
    text = f"rank: sergeant\nfrom: 2019-06\njudged:\n  - {{gate: {gate}, result: Met, on: {on}}}\n"
    found, notes = find_holdings(graph, read(file(tmp_path, text)), RANKS, aim="uk/inspector")
    assert (1 if expected else 2, bool(expected)) == (len(found), any(expected in one for one in notes if expected))
    assert expected or found[1]["result"] == "met"


@pytest.mark.parametrize(
    ("constable", "sergeant", "is_said"),
    [
        ("2020", "2019-06", True),
        ("2020", "2020-06", False),
        ("2021-01-02", "2021-01-01", True),
        ("2019", "2020", False),
    ],
)
def test_a_rank_from_before_a_lower_one_is_said(graph: Graph, constable: str, sergeant: str, is_said: bool) -> None:
    """Where no day that can be meant puts them in order."""
    _, notes = find_holdings(graph, from_options([], [f"sergeant:{sergeant}", f"constable:{constable}"]), RANKS)
    said = f"found uk/sergeant since {sergeant}, and the lower uk/constable since {constable}, later: check the days"
    assert is_said == any(one.startswith(said) for one in notes)


def test_a_time_cannot_be_judged_before_it_began(graph: Graph, tmp_path: Path) -> None:
    """Of a month each day can be meant; a file names the line."""
    text = "temporary_promotion: {rank: inspector, begun: 2025-06, assessed: DAY}\n"
    for day in ("2025-05-31", "2024"):
        with pytest.raises(DocumentError) as caught:
            find_holdings(graph, read(file(tmp_path, text.replace("DAY", day))), RANKS)
        assert (1, "a day after it was begun") == (caught.value.line, caught.value.expected)
    assert find_holdings(graph, read(file(tmp_path, text.replace("DAY", "2025-06-01"))), RANKS)[0]
    sent = '[{"id": "course/scc", "begun": "2025-06", "achieved": "2025-05-31"}]'
    with pytest.raises(UsageError, match="expected a day after it was begun"):
        find_holdings(graph, from_text(sent), RANKS)


@pytest.mark.parametrize("text", ["scc:", "scc: ", "scc:2021:05", "scc:2021-05:2022"])
def test_a_name_has_one_day_behind_it_or_none(text: str) -> None:
    """The whole of what was given is in the message."""
    with pytest.raises(UsageError, match=f"--holds: found '{text}'; expected a name alone, or one day behind it"):
        from_options([text])


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    """Nothing is held, and nothing is at fault."""
    assert () == read(file(tmp_path, "# nothing yet\n"))


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("rank: sergeant\ncourses:\n  - achieved: 2019\n    course: sccs\n", 4, "the course 'sccs'"),
        ("# mine\nrank: lord mayor\nfrom: 2019\n", 2, "the rank 'lord mayor'"),
        ("rank: '---'\n", 1, "the rank '---'"),
        ("rank: sergeant\nheld:\n  - rank: beadle\n", 3, "the rank 'beadle'"),
        ("exams:\n  - rank: beadle\n    passed: 2020\n", 2, "the rank 'beadle'"),
        ("temporary_promotion: {rank: beadle, begun: 2020}\n", 1, "the rank 'beadle'"),
    ],
)
def test_a_name_in_a_file_that_means_nothing_is_told_with_its_line(
    graph: Graph, tmp_path: Path, text: str, line: int, found: str
) -> None:
    """Found and expected, as for any other fault of a file."""
    holdings = read(file(tmp_path, text))
    with pytest.raises(DocumentError) as caught:
        find_holdings(graph, holdings, RANKS)
    assert (line, found) == (caught.value.line, caught.value.found)
