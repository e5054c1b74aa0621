"""Compare: the two real editions, and a re-issue of a real profile."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from graph.days import LAST_DAY
from graph.documents.load import load
from graph.errors import NameUnknownError
from graph.ontology import Facts
from graph.session import Graph
from graph.text.edition_diff import KINDS
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from queries.answers.comparison import Comparison, comparison, summary
from queries.answers.inquiry import Inquiry
from queries.ask import ask
from queries.catalogue import question
from queries.show.words import change_counts
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.real import DOCUMENTS, needed, path_of
from tests.oracles.judged_pairs import LIKE_DUTIES

pytestmark = [ON_EMBEDDED, pytest.mark.holds("documents")]

REAL = (needed, pytest.mark.real)
PACK, PAGE = "mps/deputy-assistant-commissioner@2021-01", "mps/deputy-assistant-commissioner@since-2024"

DUTIES = {
    *((193, 31), (198, 33), (199, 34), (200, 35), (201, 36), (202, 37)),
    *((204, 39), (205, 40), (206, 41), (207, 42)),
}
EXPECTED: dict[str, set[tuple[str, str | None, str | None, str | None]]] = {
    "duty": {
        *(("kept", "reworded", str(old), str(new)) for old, new in DUTIES),
        *(("kept", "form", old, new) for old, new in (("194", "32"), ("203", "38"))),
        *(("dropped", None, old, None) for old in ("192", "211", "212", "213")),
    },
    "purpose": {
        *(
            ("kept", "reworded", old, new)
            for old, new in (("176", "13"), ("182", "17"), ("184", "19-23"), ("186", "25"))
        ),
        *(("kept", "merged", old, "15") for old in ("178", "180")),
    },
    "skill": {
        *(("added", None, None, new) for new in ("81", "82", "87")),
        ("dropped", None, "269", None),
        *(("kept", "form", old, new) for old, new in (("271", "84"), ("279", "90"), ("280", "91"))),
        *(
            ("kept", "reworded", old, new)
            for old, new in (("268", "80"), ("270", "83"), ("272", "85"), ("276", "86"), ("277", "88"), ("278", "89"))
        ),
    },
    "education": {
        *(("kept", "identical", str(old), str(old - 190)) for old in (256, 258, 259, 260, 261, 264)),
        *(("kept", "reworded", str(old), str(old - 190)) for old in (254, 255, 257, 262, 263)),
    },
    "development": {
        ("dropped", None, "294", None),
        *(("added", None, None, new) for new in ("108", "119")),
        *(("kept", "split", "312", new) for new in ("116", "117")),
        ("kept", "moved", "314", "99"),
        ("kept", "reworded", "314", "120"),
        *(("kept", "reworded", old, new) for old, new in (("299", "110"), ("310", "114"), ("313", "118"))),
        *(("kept", "form", old, new) for old, new in (("292", "106"), ("293", "107"), ("295", "109"), ("301", "111"))),
        *(("kept", "form", old, new) for old, new in (("305", "112"), ("306", "113"), ("311", "115"))),
    },
    "learning": {("added", None, None, "100")},
    "competency": set(),
    "framework": {("kept", "reworded", None, None)},
}
NAMED = {
    "instrument": {
        "kept": {"Service Delivery Plan", "Competency and values framework (CVF)"},
        "added": {"Code of Ethics"},
        "dropped": {
            *("Police and Crime Plan", "Strategic Policing Requirement", "Met Direction", "Transformation Portfolio"),
            *("senior leaders CPD Framework", "Police regulations (unnamed)"),
        },
    },
    "value": {},
    "course": {
        "kept": {"course/scc", "course/senior-pnac", "course/a7-authorising-officer"},
        "added": {"course/elp"},
    },
    "eligibility": {"dropped": {"Commander", "Assistant Chief Constable", "Deputy Chief Constable"}},
}


@cache
def reference() -> Facts:
    """Return the reference data."""
    return reference_facts()


@cache
def said_by(number: str) -> Facts:
    """Return the facts of a real document."""
    return facts(read(path_of(number)), known())


def between(graph: Graph, old: str, new: str) -> Comparison:
    """Compare two editions."""
    return comparison(Inquiry(graph), old, new)


def of_kind(rows: object, kind: str) -> list[dict[str, object]]:
    """Return the rows of one kind."""
    assert isinstance(rows, list)
    return [row for row in rows if row["kind"] == kind]


@needed
@pytest.mark.real
class TestRealEditions:
    """The pack of 2021 and the page of today, on one role."""

    @pytest.mark.parametrize("kind", EXPECTED)
    def test_each_kind_has_exactly_the_changes_that_a_reader_finds(self, graph: Graph, kind: str) -> None:
        """Whole sets: status, change, old and new lines."""
        rows = of_kind(between(graph, PACK, PAGE).rows, kind)
        assert EXPECTED[kind] == {(row["status"], row["change"], row["old_lines"], row["new_lines"]) for row in rows}

    @pytest.mark.parametrize("kind", NAMED)
    def test_things_are_one_where_the_graph_says_so(self, graph: Graph, kind: str) -> None:
        """Instruments, values and ranks by name; courses by the name of their node."""
        rows = of_kind(between(graph, PACK, PAGE).rows, kind)
        names = {
            str(row["name"]): str(row["id"])
            for row in graph.read("MATCH (c:Course) RETURN c.id AS id, c.name AS name", {})
        }
        found: dict[str, set[str]] = {}
        for row in rows:
            name = str(row["new_text"] or row["old_text"])
            found.setdefault(str(row["status"]), set()).add(names.get(name, name) if kind == "course" else name)
        assert NAMED[kind] == found

    def test_lists_that_are_not_printed_are_said_and_the_framework_changed(self, graph: Graph) -> None:
        """The page announces six competencies, three values and nine core skills; CVF 2024 is the newer."""
        answer = between(graph, PACK, PAGE)
        rows = answer.rows
        announced = [words.removeprefix(f"{answer.new['document']}:") for words in answer.announcements]
        frameworks = [(row["old_text"], row["new_text"]) for row in of_kind(rows, "framework")]
        years = [tuple(re.findall(r"\d{4}", f"{old} {new}")) for old, new in frameworks]
        assert [
            "50 announces 6 competencies and does not print them",
            "56 announces 3 values and does not print them",
            "60 announces 9 core skills and does not print them",
        ] == announced
        assert [("2016", "2024")] == years

    def test_the_numbers_of_statements_are_those_of_the_documents(self, graph: Graph) -> None:
        """Duties 16 to 12, skills 10 to 12, education 11 to 11, purpose 6 to 5, CPD 13 to 15 and 2."""
        found = summary(between(graph, PACK, PAGE).rows)
        for row in found:
            assert (row["old"], row["new"]) == (row["kept"] + row["dropped"], row["kept_as"] + row["added"])  # type: ignore[operator]
        words = {str(row["kind"]): change_counts(row, ("kept", "dropped", "added")) for row in found}
        assert ["12 kept as 13", "1 dropped", "2 added"] == words["development"]
        assert ["1 moved here", "1 added"] == words["learning"]
        sizes = {str(row["kind"]): (row["old"], row["new"]) for row in found}
        assert {
            "duty": (16, 12),
            "purpose": (6, 5),
            "skill": (10, 12),
            "education": (11, 11),
            "development": (13, 15),
            "learning": (0, 2),
        } == {kind: sizes[kind] for kind in KINDS[:6]}

    def test_kinds_come_in_order_and_rows_by_line(self, graph: Graph) -> None:
        """What is added or kept by its new line, then what is dropped by its old line."""
        rows = between(graph, PACK, PAGE).rows
        places = [
            (
                KINDS.index(str(row["kind"])),
                row["new_text"] is None,
                *(int(re.split("[-,]", str(row[side] or 0))[0]) for side in ("new_lines", "old_lines")),
            )
            for row in rows
        ]
        assert sorted(places) == places

    def test_duties_restate_those_of_the_older_edition(self, graph: Graph) -> None:
        """The edges say what the comparison says; a duty that was dropped is restated by none."""
        rows = graph.read(
            "MATCH (new)-[e:RESTATES]->(old) MATCH ()-[a:ACCOUNTABLE_FOR {edition: $new}]->(new) "
            "MATCH ()-[b:ACCOUNTABLE_FOR {edition: $old}]->(old) "
            "RETURN 'kept' AS status, e.change AS change, b.lines AS old_lines, a.lines AS new_lines, e.score AS score "
            "ORDER BY old_lines",
            {"new": PAGE, "old": PACK},
        )
        kept = [row for row in of_kind(between(graph, PACK, PAGE).rows, "duty") if row["status"] == "kept"]
        columns = ("status", "change", "old_lines", "new_lines", "score")
        assert {tuple(row[name] for name in columns) for row in kept} == {tuple(row.values()) for row in rows}

    def test_duties_have_counterparts_at_the_rank_next_below(self, graph: Graph) -> None:
        """The Commander's text of the same days, not the older pack's; the Assistant Commissioner shares two.

        Duties that share one half only are not alike: judged by hand in tests/oracles/judged_pairs.py.
        """
        rows = graph.read(
            "MATCH (a)-[e:COUNTERPART_OF {current: true}]->(b) MATCH (above)-[one:ACCOUNTABLE_FOR]->(a) "
            "MATCH (below)-[two:ACCOUNTABLE_FOR]->(b) RETURN DISTINCT one.edition + ':' + one.lines AS above, "
            "two.edition + ':' + two.lines AS below ORDER BY above, below",
            {},
        )
        ids = {PAGE: "001", "mps/commander@v2.1": "002", "mps/assistant-commissioner@since-2024": "000"}
        found = {
            tuple(f"{ids[str(end).rpartition(':')[0]]}:{str(end).rpartition(':')[2]}" for end in row.values())
            for row in rows
        }
        assert set(LIKE_DUTIES) == found

    def test_an_edition_can_be_named_in_three_ways(self, graph: Graph) -> None:
        """By its id, by a name of the rank and the edition's, or by the rank alone on a day."""
        asked = question("statements-of")
        assert asked is not None
        said = ((PACK, None), ("dac@2021-01", None), ("dac", "2021-06-01"), ("DAC (Met)", "2021-06-01"))
        found = {str(ask(graph, asked, {"edition": name, "as_of": day}).sent["edition"]) for name, day in said}
        assert ({PACK}, PAGE) == (found, ask(graph, asked, {"edition": "dac"}).sent["edition"])

    def test_an_unknown_edition_lists_the_known_ones(self, graph: Graph) -> None:
        """Both, in the order of their names."""
        asked = question("statements-of")
        assert asked is not None
        with pytest.raises(NameUnknownError) as caught:
            ask(graph, asked, {"edition": "dac@2020-01"})
        assert (PACK, PAGE) == caught.value.suggestions

    def test_every_statement_of_a_document_is_among_the_rows(self, graph: Graph) -> None:
        """The lines of each section are those that the reader finds."""
        asked = question("statements-of")
        assert asked is not None
        text = read(path_of("001"))
        fields = {
            "duty": "accountabilities",
            "skill": "skills",
            "education": "education",
            "development": "development",
            "learning": "learning",
            "purpose": "purpose",
        }
        rows = ask(graph, asked, {"edition": PAGE}).rows
        found = {kind: {str(row["lines"]) for row in rows if row["kind"] == kind} for kind in fields}
        assert {
            kind: {"-".join(dict.fromkeys(map(str, one.lines))) for one in getattr(text, field)}
            for kind, field in fields.items()
        } == found


@needed
@pytest.mark.real
def test_a_re_issue_of_a_real_profile_compares_right(engine: Engine, tmp_path: Path) -> None:
    """Duties reordered, two dropped, one new, two in another verb form; it is current, and closes the older."""
    path = tmp_path / "reissue.txt"
    path.write_text(reissue(path_of("002").read_text(encoding="utf-8")), encoding="utf-8")
    with engine.open() as graph:
        graph.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
        load(graph, [facts(read(path), known()), said_by("002")], reference())
        duties = of_kind(between(graph, "mps/commander@v2.1", "met commander").rows, "duty")
        editions = graph.read("MATCH (p:Profile) RETURN p.version AS version, p.valid_to AS ends ORDER BY version", {})
        current = graph.read(
            "MATCH ()-[e:ACCOUNTABLE_FOR {current: true}]->() RETURN DISTINCT e.edition AS edition", {}
        )
        restated = graph.read("MATCH ()-[e:RESTATES]->() RETURN e.change AS change, e.score AS score", {})
        graph.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
        load(graph, [said_by(number) for number in DOCUMENTS], reference())
    found = {(row["status"], row["change"], row["old_lines"]) for row in duties}
    assert {
        *(("dropped", None, line) for line in ("20", "29")),
        *(("kept", "form", line) for line in ("19", "31")),
        *(("kept", "identical", str(line)) for line in (18, *range(21, 29), 30)),
        ("added", None, None),
    } == found
    assert [{"version": "2.1", "ends": "2023-01-01"}, {"version": "2.2", "ends": LAST_DAY}] == editions
    assert [{"edition": "mps/commander@v2.2"}] == current
    assert [{"change": "form", "score": 100.0}] * 2 == restated


def reissue(text: str) -> str:
    """Return the Commander's profile as version 2.2 with other duties, the last one first."""
    lines = text.split("\n")
    duties = lines[17:31]
    for place, forms in {
        1: ("Support", "Supporting"),
        13: ("manage and encourage", "managing and encouraging"),
    }.items():
        duties[place] = duties[place].replace(*forms, 1)
    kept = [duty for place, duty in enumerate(duties) if place not in {2, 11}]
    new = "  • Keep the boats of the river unit ready for floods at every hour of the night."
    changed = [*lines[:17], *reversed(kept), new, *lines[31:]]
    return "\n".join(changed).replace("v2.1", "v2.2")
