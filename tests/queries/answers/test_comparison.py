"""Compare: the two real editions, a re-issue of a real profile, and what is refused."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest

from graph.days import LAST_DAY
from graph.documents.load import load
from graph.errors import AnswerError, NameAmbiguousError, NameUnknownError
from graph.ontology import Facts
from graph.session import Graph
from graph.text.edition_diff import COLUMNS, KINDS, compare
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from queries.answers.comparison import Comparison, comparison, summary
from queries.answers.inquiry import Inquiry
from queries.ask import ask
from queries.catalogue import question
from queries.parameters.editions import Roles
from queries.show.comparison_page import page
from tests.harness.commands import run
from tests.harness.engines import Engine
from tests.harness.real import DOCUMENTS, needed, path_of
from tests.oracles.judged_pairs import LIKE_DUTIES

pytestmark = pytest.mark.holds("documents")

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
        sizes = {str(row["kind"]): (row["old"], row["new"]) for row in summary(between(graph, PACK, PAGE).rows)}
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


class _Editions:
    """Stands for a graph that knows some editions of one role and nothing else."""

    def __init__(self, **editions: tuple[str, bool]) -> None:
        self.editions = editions

    def read(self, query: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        """Return the editions, each with its series and whether it counts."""
        assert "DESCRIBES" in query
        assert {"day": "2026-01-01"} == parameters
        role = {"id": "role/boss", "name": "Boss", "short": None, "aliases": None, "ladder": None}
        return [
            {**role, "edition": f"role/boss@{name}", "series": f"role/boss#{series}", "counts": counts}
            for name, (series, counts) in self.editions.items()
        ]


def found_among(**editions: tuple[str, bool]) -> str:
    """Return the edition that the rank alone is taken as."""
    graph = cast("Graph", _Editions(**editions))
    return Roles(graph, "2026-01-01").find_edition("boss", force=None)[0]


def test_a_rank_alone_is_its_profile_before_an_advert() -> None:
    """An advert stands for the rank only where no profile counts."""
    assert ("role/boss@old", "role/boss@new") == (
        found_among(new=("advert", True), old=("profile", True)),
        found_among(new=("advert", True), old=("profile", False)),
    )


def test_editions_that_cannot_be_ordered_have_to_be_named() -> None:
    """Two that count on the day are listed; where none does, all that are known are."""
    with pytest.raises(NameAmbiguousError) as several:
        found_among(a=("profile", True), b=("profile", True))
    with pytest.raises(AnswerError) as none:
        found_among(a=("profile", False), b=("profile", False))
    assert ("role/boss@a", "role/boss@b") == several.value.candidates
    assert str(none.value).endswith("counts on the day; give one of role/boss@a, role/boss@b")


class _Page(HTMLParser):
    """Gathers the words of a page, those that are marked, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.marked: dict[str, list[str]] = {"del": [], "ins": []}
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br", "col"}:
            self.open.append(tag)
        self.fetched += [str(value) for name, value in attrs if name in {"src", "href"}]
        self.fetched += [tag] if tag in {"script", "link", "img", "iframe"} else []

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for tag, found in self.marked.items():
            if tag in self.open:
                found.append(data)


def parsed(html: str) -> _Page:
    """Read a page; every tag that opens must close in turn."""
    found = _Page()
    found.feed(html)
    found.close()
    assert found.open == []
    return found


ROW: dict[str, object] = {
    "succeeds": [],
    "level": None,
    "necessity": None,
    "current": True,
    "fact": "f",
    "authority": "a",
    "document": "d",
}


def said(kind: str, text: str, lines: str = "1", **other: object) -> dict[str, object]:
    """Return a row as the question gives it."""
    return {**ROW, "kind": kind, "text": text, "id": text, "lines": lines, **other}


def test_rows_have_the_columns_and_no_others() -> None:
    """An added statement has no old side, no change and no score."""
    assert [
        dict(zip(COLUMNS, ("duty", "kept", "form", "Lead it.", "Leading it", "1", "2", 100.0), strict=True)),
        dict(zip(COLUMNS, ("duty", "added", None, None, "Buy boats", None, "3", None), strict=True)),
        dict(zip(COLUMNS, ("body", "dropped", None, "IOPC", None, "9", None, None), strict=True)),
    ] == compare(
        [said("duty", "Lead it."), said("body", "IOPC", "9")],
        [said("duty", "Leading it", "2"), said("duty", "Buy boats", "3")],
    )


def test_a_level_and_what_is_desirable_are_part_of_what_is_asked() -> None:
    """The same competency at another level is kept with other words."""
    rows = compare(
        [said("competency", "We care", level=1), said("skill", "Able to swim", necessity="desirable")],
        [said("competency", "We care", level=2), said("skill", "Able to swim", necessity="essential")],
    )
    assert [
        ("skill", "reworded", "Able to swim (desirable)", "Able to swim"),
        ("competency", "reworded", "We care, level 1", "We care, level 2"),
    ] == [(row["kind"], row["change"], row["old_text"], row["new_text"]) for row in rows]


def test_what_succeeds_another_is_kept() -> None:
    """A renamed competency is not dropped and added."""
    (row,) = compare(
        [said("competency", "We are kind", id="old/kind")],
        [said("competency", "Kindness", id="new/kind", succeeds=["older/kind", "old/kind"])],
    )
    assert ("kept", "reworded") == (row["status"], row["change"])


def test_what_is_said_twice_on_one_line_counts_once() -> None:
    """A course asked for by itself and inside a gate is one line of the text."""
    twice = [said("education", "The course.", id="gate"), said("education", "The course", id="course")]
    assert [("kept", "identical")] == [(row["status"], row["change"]) for row in compare(twice, twice)]


@needed
@pytest.mark.real
class TestPage:
    """The page of the two real editions."""

    def test_the_page_marks_the_words_that_changed(self, graph: Graph) -> None:
        """Words of one side alone are struck through or underlined; a change is also said in words."""
        found = parsed(page(between(graph, PACK, PAGE)))
        text = " ".join(" ".join(found.text).split())
        assert ("Represent" in found.marked["del"], "Representing" in found.marked["ins"]) == (True, True)
        assert {"reworded", "form", "split", "merged", "moved", "added", "dropped"} <= set(text.split())
        assert all(document in text for document in ("003_437376a8630aa21b.txt", "001_170ebb81ebc6000d.txt"))

    def test_the_page_fetches_nothing(self, graph: Graph) -> None:
        """No script, picture, font or address; the page itself forbids it."""
        html = page(between(graph, PACK, PAGE))
        assert ([], True, []) == (
            parsed(html).fetched,
            "default-src 'none'" in html,
            re.findall(r"https?:|url\(", html),
        )

    def test_every_statement_stands_on_the_page(self, graph: Graph) -> None:
        """Whole, marks or not."""
        comparison = between(graph, PACK, PAGE)
        text = "".join("".join(parsed(page(comparison)).text).split())
        texts = {str(row[side]) for row in comparison.rows for side in ("old_text", "new_text") if row[side]}
        assert [one for one in texts if "".join(one.split()) not in text] == []


def test_text_of_a_document_is_no_markup() -> None:
    """Signs of HTML in a document are shown as they are."""
    names = ("edition", "role", "authority", "valid_from", "valid_to", "document")
    head = dict(zip(names, ("r@1", "R", "profile", None, None, "<script>.txt"), strict=True))
    rows = compare([said("duty", "Use <b>force & care</b>")], [said("duty", "Use <i>force & care</i>")])
    found = parsed(page(Comparison(COLUMNS, rows, [], old=head, new=head, summary=summary(rows), announcements=[])))
    assert ([], True) == (found.fetched, "<script>.txt" in "".join(found.text))


@needed
@pytest.mark.real
@pytest.mark.usefixtures("engine")
class TestCommand:
    """The command line, on each engine."""

    def test_json_is_the_rows(self, graph: Graph) -> None:
        """Objects with the columns of the interface, in order."""
        result = run("compare", "dac@2021-01", "dac", "--format", "json")
        rows = json.loads(result.stdout)
        assert (0, [list(COLUMNS)] * len(rows)) == (result.exit_code, [list(row) for row in rows])
        assert [dict(row) for row in between(graph, PACK, PAGE).rows] == rows

    @pytest.mark.parametrize(("kind", "begins"), [("csv", "kind,status,"), ("markdown", "| kind | status |")])
    def test_other_forms_have_a_row_each(self, kind: str, begins: str) -> None:
        """A header, then every row."""
        result = run("compare", "dac@2021-01", "dac", "--format", kind)
        assert (0, True) == (result.exit_code, result.stdout.startswith(begins))

    def test_the_readable_form_counts_each_kind(self) -> None:
        """Duties went from 16 to 12."""
        result = run("compare", "dac@2021-01", "dac")
        assert "Duties, 16 to 12: 4 dropped, 12 kept" in result.stdout

    def test_a_page_is_written_once(self, tmp_path: Path) -> None:
        """A file that is there is left alone unless it is to be replaced."""
        target = tmp_path / "page.html"
        words = ("compare", "dac@2021-01", "dac", "--out", str(target))
        codes = [run(*words).exit_code, (refused := run(*words)).exit_code]
        before = target.read_text(encoding="utf-8")
        target.write_text("old", encoding="utf-8")
        codes.append(run(*words, "--overwrite").exit_code)
        assert ([0, 1, 0], before) == (codes, target.read_text(encoding="utf-8"))
        assert (
            f"Error: {target}: found a file there; name another, or give --overwrite to replace it\n" == refused.stderr
        )

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (("dac@2021-01", "dac@2021-01"), 2, f"OLD and NEW are both {PACK}; expected two editions"),
            (("dac", PAGE), 2, f"OLD and NEW are both {PAGE}; expected two editions"),
            (("dac@2019", "dac"), 1, f"no edition is called 'dac@2019': did you mean {PACK}, {PAGE}?"),
            (("sergeant", "dac"), 1, "found no edition of uk/sergeant; load a profile of it with `rankgraph load`"),
            (("dac@2021-01", "ac"), 1, "'ac' is the name of more than one rank"),
            (("dac@", "dac"), 1, "no edition is called 'dac@'"),
            (("nobody", "dac"), 1, "no rank is called 'nobody'"),
        ],
    )
    def test_what_cannot_be_compared_is_said_in_one_line(
        self,
        words: tuple[str, ...],
        code: int,
        message: str,
    ) -> None:
        """Each with what was found and what to do, and nothing on stdout."""
        result = run("compare", *words)
        assert (code, "", True) == (result.exit_code, result.stdout, message in result.stderr)

    def test_a_missing_folder_is_said_before_anything_is_asked(self, tmp_path: Path) -> None:
        """The folder is named."""
        target = tmp_path / "no" / "page.html"
        result = run("compare", "dac@2021-01", "dac", "--out", str(target))
        message = f"Error: {target}: found no folder {target.parent}; make it first, or name another place\n"
        assert (1, message) == (result.exit_code, result.stderr)

    def test_a_shared_name_takes_the_ladder_that_is_given(self) -> None:
        """With --force the Met's Assistant Commissioner is meant."""
        result = run("compare", "dac", "ac", "--force", "mps", "--format", "json")
        assert 0 == result.exit_code
