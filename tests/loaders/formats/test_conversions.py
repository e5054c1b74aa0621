"""What LibreOffice makes of a document says the same in every format."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from loaders.formats.formats import format_of, read_source
from tests.builders.marked_lines import marked
from tests.builders.word_file import cell, field, item, level, numbering, p, r, table, word_file
from tests.harness.office import converted
from tests.harness.real import SHARED

PAGES = sorted((SHARED / "documents" / "formats").glob("*.docx"))
PROFILES = sorted((SHARED / "profiles").glob("*.txt"))
KINDS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero", "ordinal", "bullet")
_CELL = re.compile(r"^\[[\d ]+\] ")
needed = pytest.mark.skipif(not PAGES or not PROFILES, reason="the real documents are not beside the project")


def lists(seed: int) -> bytes:
    """Return a Word document with drawn lists of four levels, of which some begin again and some go on."""
    rng = random.Random(seed)  # noqa: S311 -- no secret

    def drawn(at: int) -> str:
        kind = rng.choice(KINDS)
        counts = ".".join(f"%{one}" for one in range(1, at + 2))
        marks = [f"%{at + 1}.", f"(%{at + 1})", f"Part %{at + 1}:", counts]
        return level(at, kind, "\uf0b7" if kind == "bullet" else rng.choice(marks))

    begun = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbers = [(n, n, "") for n in (1, 2, 3)] + [(n + 10, n, begun.format(rng.randint(1, 4))) for n in (1, 2, 3)]
    body, at, number = "", 0, 1
    for place in range(120):
        if rng.random() < 0.15:
            at, number = 0, rng.choice(numbers)[0]
        if rng.random() < 0.1:
            body += p(f"between {place}")
        at = rng.choice([at, at, max(0, at - 1), min(3, at + 1), 0])
        body += item(f"item {place}", at, number)
    drawn_lists = ["".join(map(drawn, range(4))) for _ in range(3)]
    return word_file(body, numbering=numbering(*drawn_lists, numbers=numbers))


OWN = word_file(
    p("Sergeant", style="Titel")
    + p("Purpose", style="berschrift1", properties='<w:outlineLvl w:val="0"/>')
    + p("Keeps", '<w:ins w:id="1" w:author="a">' + r(" new") + "</w:ins>")
    + item("one")
    + item("in it", 1)
    + item("two")
    + p("Seen", r(" not", "<w:vanish/>"), "<w:r><w:tab/></w:r>", "tab")
    + table(
        "<w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/></w:tblGrid>",
        [cell("A"), cell("B", properties='<w:gridSpan w:val="2"/>')],
        [cell("C", properties='<w:vMerge w:val="restart"/>'), cell("D"), cell("E")],
        [cell("", properties="<w:vMerge/>"), cell("F"), cell("G")],
    )
    + p(
        "Text",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        " and ",
        field('HYPERLINK "https://example.org"', r("a link")),
    ),
    '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
    "<w:titlePg/>",
    header1=p("Police"),
    header2=p("Role profile"),
    footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1">'
    f'<w:p/></w:footnote><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " Foot")}</w:footnote>',
)
SEEDS = (1, 7)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the documents as LibreOffice writes them, one folder a format."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "own.docx").write_bytes(OWN)
    for seed in SEEDS:
        (folder / f"lists-{seed}.docx").write_bytes(lists(seed))
    own = sorted(folder.glob("*.docx"))
    texts = converted(folder, "docx", PROFILES, "--infilter=Text (encoded):UTF8") if PROFILES else folder / "docx"
    converted(folder, "odt", [*own, *PAGES, *sorted(texts.glob("*.docx"))])
    converted(folder, "txt:Text (encoded):UTF8", own)
    return folder


def read(path: Path) -> list[str]:
    """Return what is read of a document, without the blank lines."""
    raw = path.read_bytes()
    return [line for line in marked(format_of(path.name, raw).read_lines(path.name, raw)) if line.strip()]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_items_are_numbered_as_libreoffice_numbers_them(office: Path, seed: int, ending: str) -> None:
    """Every mark of drawn lists is the one that is printed."""
    folder = office / "odt" if ending == "odt" else office
    shown = (office / "txt" / f"lists-{seed}.txt").read_text(encoding="utf-8-sig").splitlines()
    expected = [re.sub("[◦▪]", "•", line.strip()) for line in shown]
    assert expected == [line.lstrip("> ") for line in read(folder / f"lists-{seed}.{ending}")]


def test_an_open_document_says_what_its_word_document_says(office: Path) -> None:
    """Headings, items, cells, notes and the header of the first page are the same."""
    assert read(office / "own.docx") == read(office / "odt" / "own.odt")


@needed
@pytest.mark.real
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_real_word_document_says_the_same_as_open_document(office: Path, path: Path) -> None:
    """Every line, with what is known of it; LibreOffice counts the columns of two tables that touch each other anew."""
    word, odf = ([_CELL.sub("", line) for line in read(one)] for one in (path, office / "odt" / f"{path.stem}.odt"))
    assert word == odf


@needed
@pytest.mark.real
@pytest.mark.parametrize("ending", ["docx", "odt"])
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name[:3])
def test_a_real_text_says_the_same_in_a_word_processor(office: Path, path: Path, ending: str) -> None:
    """Each line of the text is a paragraph, and no other is there; people are out of sight in both."""
    made = read_source(office / ending / f"{path.stem}.{ending}")
    expected = [" ".join(line.split()) for line in read_source(path).lines if line.strip()]
    assert expected == [" ".join(line.split()) for line in made.lines if line.strip()]
