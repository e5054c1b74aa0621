"""The question files, and what is refused in one."""

from __future__ import annotations

import pytest

from graph.errors import QuestionError
from queries.catalogue import Question, parse, question, questions

OVERSIGHT = (
    *("accountability-chain", "appointment-of", "cover", "unique-duties", "who-may-authorise", "who-must-be-involved"),
)
EXPECTED = {
    "duties": {
        "bodies-of",
        "chain-of-command",
        "duties-of",
        "plans-of",
        "ranks-with-body",
        "who-is-accountable",
        *OVERSIGHT,
    },
    "gaps": {"rank-gap", "requirements-of", "shared-requirements"},
    "progression": {"feeder-ranks", "gates", "next-ranks", "pathway"},
    "provenance": {
        *("changed-since", "conflicts", "counts", "editions-of", "source-of", "stale", "unsourced", "why"),
    },
}
GOOD = """// Title
// A row is a thing. No rows: nothing is there.
// rank (rank): the rank
// as_of (day): the day
// :params {rank: "uk/constable", as_of: null}
// returns: x
MATCH (r:Role {id: $rank}) WHERE $as_of IS NULL
RETURN r.id AS x ORDER BY x
"""


def test_the_catalogue_holds_every_question_that_was_promised() -> None:
    """Families and names are those of the files."""
    assert {(family, name) for family, names in EXPECTED.items() for name in names} <= {
        (found.family, found.name) for found in questions()
    }


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.name)
def test_a_question_that_shows_lines_names_fact_and_authority_too(found: Question) -> None:
    """No row names lines without the document, the fact and whose word it is."""
    if "lines" in found.returns:
        assert {"document", "fact", "authority"} <= set(found.returns)


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.name)
def test_a_question_takes_the_day_and_says_what_no_rows_mean(found: Question) -> None:
    """All but the counts read editions as of a day."""
    if found.name != "counts":
        assert ("as_of" in found.example, bool(found.no_rows)) == (True, True)


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.name)
def test_a_question_ends_in_an_order(found: Question) -> None:
    """Answers are repeatable."""
    assert found.text.rstrip().splitlines()[-1].startswith("ORDER BY ")


def test_a_question_is_found_by_its_file_name_alone() -> None:
    """Asking for one reads no other."""
    found = question("duties-of")
    assert found is not None
    assert (found.family, found.name) == ("duties", "duties-of")


def test_an_unknown_question_is_none() -> None:
    """The caller says what is known."""
    assert question("no-such-question") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("// rank (rank): the rank\n", "", "declares ['as_of'], uses ['as_of', 'rank']"),
        ("// rank (rank)", "// rank (king)", "found the kinds ['king']"),
        ('{rank: "uk/constable", as_of: null}', '{rank: "uk/constable"}', "has examples of ['rank']"),
        ("{rank:", "{rank", "expected a map"),
        ("// returns: x\n", "", "// returns: ..."),
        ("RETURN r.id", "SET r.x = 1 RETURN r.id", "found SET"),
        ("RETURN r.id", "CALL apoc.cypher.run('x') YIELD value RETURN r.id", "found calls of ['apoc.cypher.run']"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, words: str) -> None:
    """Declared, used and exampled agree, and nothing is written."""
    with pytest.raises(QuestionError) as caught:
        parse("broken", "duties", GOOD.replace(old, new))
    assert words in str(caught.value)
