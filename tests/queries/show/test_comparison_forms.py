"""How a comparison is shown: its page, the forms of the command, and what the command refuses."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graph.session import Graph
from graph.text.edition_diff import COLUMNS, compare
from queries.answers.comparison import Comparison, summary
from queries.show.comparison_page import page
from tests.graph.text.test_edition_diff import said
from tests.harness.commands import run
from tests.harness.real import needed
from tests.queries.answers.test_comparison import PACK, PAGE, between

pytestmark = pytest.mark.holds("documents")


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
        result = run("compare", "dac@2021-01", "dac", "--all")
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
