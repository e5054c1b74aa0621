"""Where each fact comes from, where sources disagree, and what changed: whole answers on the real documents."""

from __future__ import annotations

import pytest

from graph.days import FIRST_DAY
from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from graph.session import Graph
from queries.answers.answer import named
from queries.answers.for_audience import answer_for
from queries.answers.inquiry import Inquiry
from queries.answers.sources import sources
from queries.show import evidence_views
from queries.show.tables import as_json, draw
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.harness.loaded import TODAY, documents, oracle, places, rows
from tests.harness.real import needed
from tests.oracles.facts import Said

pytestmark = [needed, pytest.mark.real, pytest.mark.holds("documents")]

AC, DAC, COMMANDER = "mps/assistant-commissioner", "mps/deputy-assistant-commissioner", "mps/commander"
BOARD = "MPS Management Board"
LADDER, GATES = "reference/ladder.yaml", "reference/gates.yaml"
ELP, PNAC, SCC = (
    "Executive leaders programme (ELP)",
    "Senior Police National Assessment Centre (Senior PNAC)",
    "Strategic Command Course (SCC)",
)
BOTH = f"{PNAC} and {SCC}"
BOTH_OR_ELP = f"{ELP}; or {PNAC} and {SCC}"
BEFORE_2023 = f"{ELP}; or {PNAC} before 2023-01-01 and {SCC} before 2023-01-01"
SCC_BEFORE_2023 = f"{ELP}; or {SCC} before 2023-01-01"
HEAD = "the highest rank is Commissioner of Police of the Metropolis"
OFFICE = "there is a Chief Constable"


FIGURES = {
    ("different figures", "mps", "head count", 1, "head count: over 43,000 people", "004:14"),
    ("different figures", "mps", "head count", 2, "head count: more than 48,000 people", "003:75"),
    ("different figures", "mps", "head count", 3, "head count: nearly 48,000 people", "003:37"),
}
MEMBER = {
    ("member and supporter", DAC, BOARD, 1, "is a member", "003:39"),
    ("member and supporter", DAC, BOARD, 2, "supports it", "003:176, 180, 194, 212"),
}
CONFLICTS = {
    *FIGURES,
    *MEMBER,
    *(
        ("an office the force has not", rank, "Chief Constable", side, said, place)
        for rank, where in ((AC, "000:88"), (DAC, "001:100"))
        for side, said, place in ((1, HEAD, LADDER), (2, OFFICE, where))
    ),
    *(
        ("different conditions", rank, ELP, side, said, place)
        for rank, said_there, where in (
            (AC, BEFORE_2023, "000:60"),
            (DAC, BEFORE_2023, "001:64"),
            (COMMANDER, SCC_BEFORE_2023, "002:51"),
        )
        for side, said, place in ((1, BOTH, GATES), (2, said_there, where), (3, BOTH_OR_ELP, GATES))
    ),
}
"""What the edition of 2024 says in place of the pack of 2021, of courses and of the board, is no conflict with it."""


def test_every_conflict_of_the_real_documents(graph: Graph) -> None:
    """Board, courses, head counts and the chief constable of a force that has none: nothing else, nothing chosen."""
    found = rows(graph, "conflicts")
    assert CONFLICTS == places(found, "conflict", "subject_id", "about", "side", "said")


def test_four_logics_of_courses_stand_in_four_texts(graph: Graph) -> None:
    """Three profiles and the law, before July 2024 and after, do not agree; the pack of 2021 was as the law then."""
    found: dict[object, set[str]] = {}
    for row in rows(graph, "conflicts"):
        if row["conflict"] == "different conditions":
            found.setdefault(row["said"], set()).add(str(row["document"])[:3])
    assert {BEFORE_2023: {"000", "001"}, SCC_BEFORE_2023: {"002"}, BOTH: {"ref"}, BOTH_OR_ELP: {"ref"}} == found


def test_conflicts_of_a_day_are_those_of_what_counted_on_it(graph: Graph) -> None:
    """In June 2021 the pack contradicts itself on the board and on its size; it agrees with the law on courses."""
    found = rows(graph, "conflicts", as_of="2021-06-01")
    assert FIGURES | MEMBER == places(found, "conflict", "subject_id", "about", "side", "said")


def test_each_side_names_its_authority_and_its_days(graph: Graph) -> None:
    """A reader sees that both sides stand in a pack that was in force until 2024."""
    found = rows(graph, "conflicts")
    expected = {
        (1, "pack", "2021-01-01", "2024-05-01"),
        (2, "pack", "2021-01-01", "2024-05-01"),
    }
    board = [row for row in found if row["conflict"] == "member and supporter"]
    assert expected == {(row["side"], row["authority"], row["valid_from"], row["valid_to"]) for row in board}


def test_the_conflicts_are_drawn_side_by_side(graph: Graph) -> None:
    """Each conflict is a heading, each side a numbered line under it, with its words and places."""
    view = evidence_views.conflicts(answer_for(graph, named("conflicts"), {}, "named"))
    assert view is not None
    drawn = draw(view, 400)
    board = drawn[drawn.index("Deputy Assistant Commissioner: member and supporter") :].splitlines()[:5]
    assert [f"Deputy Assistant Commissioner: member and supporter ({BOARD})", "1. is a member", "2. supports it"] == [
        line.strip("├└─│ ") for line in board if "003_" not in line and "001_" not in line
    ]
    assert [("1", "003_437376a8630aa21b.txt:39")] == [
        (board[1].strip("├└─│ ")[0], part) for part in board[2].split() if part.startswith("003_")
    ]


def naming(node: str) -> list[Said]:
    """Return the statements in memory that name a node."""
    return [one for one in oracle().said if node in {one.edge.start.id, one.edge.end.id}]


@pytest.mark.parametrize("node", ["cobr", "mopac", DAC, "course/scc", "power/intrusive-surveillance", "cvf-2016"])
def test_why_names_every_statement_of_a_node(graph: Graph, node: str) -> None:
    """Old ones too: none is left out, none is said twice, and those that count today are marked."""
    found = sources(Inquiry(graph), node).rows
    today = {one.edge.statement.fact for one in oracle().on(None, TODAY, *kinds()) if one.edge.statement}
    expected = {
        (one.edge.statement.fact, one.lines, one.edge.statement.text, one.edge.statement.fact in today)
        for one in naming(node)
        if one.edge.statement
    }
    assert expected == {(row["fact"], row["lines"], row["quote"], row["current"]) for row in found}
    assert len(expected) == len(found)


def kinds() -> set[str]:
    """Return the kinds of all stated edges in memory."""
    return {one.edge.kind for one in oracle().said}


def test_why_of_a_fact_shows_what_other_editions_say_of_it(graph: Graph) -> None:
    """The fact that was asked for comes first, with the words of each of its lines."""
    asked = next(
        one.edge.statement
        for one in oracle().said
        if one.edge.kind == "SUPPORTS" and one.edge.start.id == DAC and one.lines.startswith("176")
    )
    assert asked is not None
    found = sources(Inquiry(graph), asked.fact).rows
    assert [(asked.fact, True), (found[1]["fact"], False)] == [(row["fact"], row["asked"]) for row in found]
    expected = {("supports", "003:176, 180, 194, 212", False), ("supports", "001:13, 15, 32", True)}
    assert expected == {
        (str(row["relation"]).lower(), f"{str(row['document'])[:3]}:{row['lines']}", row["current"]) for row in found
    }


def test_why_on_a_day_keeps_what_counted_then(graph: Graph) -> None:
    """COBR is named by the profile of 2023 alone, so in 2021 nothing but the reference data named it."""
    found = sources(Inquiry(graph, as_of="2021-06-01"), "cobr").rows
    assert [("DECLARED_IN", "reference/bodies.yaml")] == [(row["relation"], row["document"]) for row in found]


@pytest.mark.parametrize(
    ("said", "node"),
    [
        ("strategic command course", "course/scc"),
        ("SPNAC", "course/senior-pnac"),
        ("met ac", AC),
        ("Home Secretary", "home-secretary"),
        ("directed surveillance", "power/directed-surveillance"),
    ],
)
def test_why_takes_a_name(graph: Graph, said: str, node: str) -> None:
    """A rank, body, course or power by its name gives what its id gives."""
    by_name, by_id = (sources(Inquiry(graph), one).rows for one in (said, node))
    assert list(by_id) == list(by_name)


def test_why_takes_a_force_for_a_name_that_ladders_share(graph: Graph) -> None:
    """Without one the candidates are named."""
    found = sources(Inquiry(graph, force="mps"), "commander")
    assert "'commander' is taken as mps/commander, as --force or RANKGRAPH_FORCE says" in found.notes
    with pytest.raises(NameAmbiguousError) as caught:
        sources(Inquiry(graph), "commander")
    assert ("city/commander", "mps/commander") == caught.value.candidates


def test_why_of_nothing_says_so(graph: Graph) -> None:
    """A fact that is not loaded, and a name that is near one."""
    with pytest.raises(AnswerError, match="found no fact 'fact/none'"):
        sources(Inquiry(graph), "fact/none")
    with pytest.raises(NameUnknownError) as caught:
        sources(Inquiry(graph), "strategic comand course")
    assert caught.value.suggestions[0] == "course/scc (strategic command course)"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, {(f"{COMMANDER}@v2.1", "cvf-2016", "2025-05-01", "cvf-2024")}),
        ("2025-05-01", {(f"{COMMANDER}@v2.1", "cvf-2016", "2025-05-01", "cvf-2024")}),
        ("2025-04-30", set()),
    ],
)
def test_an_edition_on_a_withdrawn_framework_is_stale(
    graph: Graph, day: str | None, expected: set[tuple[str, ...]]
) -> None:
    """The pack of 2021 rests on it too, but has been replaced; on the day before nothing is stale."""
    columns = ("edition", "framework", "withdrawn", "successor")
    assert expected == {tuple(row[column] for column in columns) for row in rows(graph, "stale", as_of=day)}


DOUBTFUL = ("general knowledge", "inferred", "cited elsewhere, not read")


def test_what_rests_on_no_source_that_was_read(graph: Graph) -> None:
    """Every node has a statement; what is general knowledge, inferred or cited is listed, and nothing else is."""
    found = rows(graph, "unsourced")
    doubtful = {
        one.edge.statement.fact
        for one in oracle().on(None, TODAY, *kinds())
        if one.edge.statement and any(f"({basis})" in one.edge.statement.authority for basis in DOUBTFUL)
    }
    assert {("source read", fact) for fact in doubtful} == {(row["lacks"], row["fact"]) for row in found}


def test_a_node_or_fact_that_lacks_something_is_found(graph: Graph, engine: Engine) -> None:
    """A body that nobody names, and a statement without lines or words, as another tool might write them.

    What staff files give rests on those files.
    """
    made = """CREATE (:Unit {id: 'made-u'}), (:Post {id: 'made-p'}), (:Person {id: 'made-n'}),
      (:Absence {id: 'made-o'}), (:Theme {id: 'made-t'}),
      (:StaffLoad {id: 'made-l'}), (:Requirement:Skill {id: 'made-s', declared: true}),
      (:Requirement:Course {id: 'made-c', course_id: 'C1'})
    CREATE (:Body {id: 'made-up', name: 'Made up'}), (a:Body {id: 'made-a'}), (b:Body {id: 'made-b'})
    CREATE (a)-[:INFORMS {fact: 'fact/made-1', edition: 'made', instance: '-', lines: '', text: 'x', document: 'none',
      authority: 'x', basis: 'reference', valid_from: '0001-01-01', valid_to: '9999-12-31'}]->(b)
    CREATE (a)-[:INFORMS {fact: 'fact/made-2', edition: 'made', instance: '2', lines: '', text: 'x',
      document: $document, authority: 'x', basis: 'reference', valid_from: '0001-01-01', valid_to: '9999-12-31'}]->(b)
    CREATE (a)-[:INFORMS {fact: 'fact/made-3', edition: 'made', instance: '3', lines: '1', text: '',
      document: $document, authority: 'x', basis: 'reference', valid_from: '0001-01-01',
      valid_to: '9999-12-31'}]->(b)"""
    document = next(node.id for node in documents()[0].nodes if node.label == "Document")
    before = {(row["lacks"], row["id"], row["fact"]) for row in rows(graph, "unsourced")}
    with engine.open() as writing:
        writing.write(lambda transaction: transaction.run(made, {"document": document}))
        try:
            found = {(row["lacks"], row["id"], row["fact"]) for row in rows(writing, "unsourced")}
        finally:
            gone = "MATCH (n) WHERE n.id STARTS WITH 'made-' DETACH DELETE n"
            writing.write(lambda transaction: transaction.run(gone))
    expected = {
        ("statement", "made-up", None),
        ("document", "made-a made-b", "fact/made-1"),
        ("lines", "made-a made-b", "fact/made-2"),
        ("words", "made-a made-b", "fact/made-3"),
    }
    assert expected == found - before


def changes(since: str | None, day: str | None) -> set[tuple[str, str]]:
    """Return what began and ceased to be stated between two days, from the facts in memory."""
    past = since or FIRST_DAY

    def same(one: Said) -> tuple[str, ...]:
        statement = one.edge.statement
        return (one.edge.kind, one.edge.start.id, one.edge.end.id, statement.instance if statement else "")

    then, now = (oracle().on(when, TODAY, *kinds()) for when in (past, day))
    said_then, said_now = {same(one) for one in then}, {same(one) for one in now}
    begun = [one for one in now if (one.valid_from or FIRST_DAY) > past and same(one) not in said_then]
    ended = [one for one in then if one.valid_to and one.valid_to <= (day or TODAY) and same(one) not in said_now]
    return {
        (change, one.edge.statement.fact)
        for change, of in (("stated", begun), ("closed", ended))
        for one in of
        if one.edge.statement
    }


@pytest.mark.parametrize(
    ("since", "day"),
    [("2022-01-01", None), ("2010-01-01", "2021-06-01"), ("2023-01-01", "2024-07-01"), (None, None)],
)
def test_what_changed_between_two_days(graph: Graph, since: str | None, day: str | None) -> None:
    """Plain Python finds the same statements; what a later edition repeats did not change."""
    found = rows(graph, "changed-since", since=since, as_of=day)
    assert changes(since, day) == {(row["change"], row["fact"]) for row in found}


def test_the_duties_of_a_deputy_assistant_commissioner_changed_whole(graph: Graph) -> None:
    """Each of the sixteen was closed and each of the twelve stated on the first day of the newer framework's month."""
    found = [
        row
        for row in rows(graph, "changed-since", since="2022-01-01")
        if (row["relation"], row["subject_id"]) == ("ACCOUNTABLE_FOR", DAC)
    ]
    old = {*range(192, 195), *range(198, 208), *range(211, 214)}
    expected = {
        *(("closed", "2024-05-01", f"003:{line}") for line in old),
        *(("stated", "2024-05-01", f"001:{line}") for line in range(31, 43)),
    }
    assert expected == places(found, "change", "on")


def test_the_commands_give_the_rows_of_their_questions(graph: Graph) -> None:
    """`why` and `conflicts` write the rows of the question as JSON."""
    for arguments, wanted in (
        (["conflicts"], rows(graph, "conflicts")),
        (["conflicts", "--as-of", "2021-06-01"], rows(graph, "conflicts", as_of="2021-06-01")),
        (["why", "Civil Contingencies Committee"], rows(graph, "why", id="cobr")),
    ):
        assert as_json(wanted) == run(*arguments, "--format", "json").stdout
