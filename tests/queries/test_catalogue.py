"""The question files, and what is refused in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import QuestionError
from queries import catalogue
from queries.catalogue import Question, graph_form, graph_forms, parse, question, questions

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
    "gaps": {"rank-gap", "requirements-of", "shared-requirements", "shared-themes"},
    "progression": {"feeder-ranks", "gates", "next-ranks", "pathway", "similar-ranks"},
    "provenance": {
        *("changed-since", "conflicts", "counts", "documents", "editions-of", "source-of", "stale", "unsourced", "why"),
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
    """All but the counts read editions as of a day; a rule of health may look at all that is stored."""
    if found.name != "counts":
        assert ("as_of" in found.example or found.severity is not None, bool(found.no_rows)) == (True, True)


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
        ("// returns: x\n", "// severity: grave\n// returns: x\n", "found the severity 'grave'"),
        ("RETURN r.id", "SET r.x = 1 RETURN r.id", "found SET"),
        ("RETURN r.id", "CALL apoc.cypher.run('x') YIELD value RETURN r.id", "found calls of ['apoc.cypher.run']"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, words: str) -> None:
    """Declared, used and exampled agree, and nothing is written."""
    with pytest.raises(QuestionError) as caught:
        parse("broken", "duties", GOOD.replace(old, new))
    assert words in str(caught.value)


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_a_rule_says_how_grave_its_rows_are(severity: str) -> None:
    """One of three words, beside the title."""
    found = parse("rule", "health", GOOD.replace("// returns", f"// severity: {severity}\n// returns"))
    assert severity == found.severity


def test_what_has_no_severity_is_no_rule() -> None:
    """A question of any other family is just asked."""
    assert parse("good", "duties", GOOD).severity is None
    assert {"health"} >= {found.family for found in questions() if found.severity is not None}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have a catalogue of one question, and forget it afterwards."""
    family = tmp_path / "duties"
    family.mkdir()
    (family / "good.cypher").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_families", lambda: [family])
    known = (graph_form, question, questions)
    for asked in known:
        asked.cache_clear()
    yield family
    for asked in known:
        asked.cache_clear()


def _drawn(folder: Path, text: str) -> None:
    (folder / "good.graph.cypher").write_text(text, encoding="utf-8")


def test_a_graph_form_is_known_by_the_name_of_its_question(folder: Path) -> None:
    """It stands beside the question, and is none itself."""
    text = GOOD.replace("// Title", "// Graph: Title")
    _drawn(folder, text)
    found = graph_form("good")
    assert found is not None
    assert ("good", text, (found,), None, ["good"]) == (
        found.name,
        found.text,
        graph_forms(),
        question("good.graph"),
        [asked.name for asked in questions()],
    )


@pytest.mark.usefixtures("folder")
def test_a_question_may_have_no_graph_form() -> None:
    """Nor has one that there is not."""
    assert (None, None, ()) == (graph_form("good"), graph_form("no-such-question"), graph_forms())


def test_a_graph_form_without_its_question_is_none(folder: Path) -> None:
    """Nobody could ask for it."""
    (folder / "lonely.graph.cypher").write_text(GOOD, encoding="utf-8")
    assert (None, ()) == (graph_form("lonely"), graph_forms())


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("// rank (rank): the rank", "// rank (rank): another rank"),
        GOOD.replace("// rank (rank)", "// rank (role)"),
        GOOD.replace(
            "// rank (rank): the rank\n// as_of (day): the day\n", "// as_of (day): the day\n// rank (rank): the rank\n"
        ),
    ],
    ids=["other words", "another kind", "another order"],
)
def test_a_graph_form_with_parameters_of_its_own_is_refused(folder: Path, text: str) -> None:
    """What is set for the one is set for the other."""
    _drawn(folder, text)
    with pytest.raises(QuestionError, match=r"expected the parameters of duties/good\.cypher"):
        graph_form("good")
