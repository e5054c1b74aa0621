"""Word documents are read as a page shows them, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loaders.formats.formats import read_source
from loaders.formats.word import read_lines
from tests.builders.marked_lines import marked
from tests.builders.word_file import (
    STYLES,
    cell,
    field,
    item,
    level,
    numbering,
    p,
    r,
    table,
    word_file,
)
from tests.harness.real import SHARED

NUMBERS = numbering(
    level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "decimal", "%1.%2.%3"),
    level(0, "upperRoman", "Part %1:") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    numbers=[
        (1, 1, ""),
        (2, 2, ""),
        (3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        (4, 1, ""),
    ],
)
_MARK = re.compile(r"^\s*(?:[•▪–-]|\d+[.)])\s+")


def box(*blocks: str) -> str:
    """Return a run with a box as Word writes it: in its own form, and again for older programs."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>{inner}</wps:txbx>'
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(properties: str, inner: str) -> str:
    """Return a control of a form."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def tick_box(state: str) -> str:
    """Return a box of a form."""
    return control(f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>', r("?"))


def old_box(state: str) -> str:
    """Return a box of a form as older editions of Word have it."""
    return field(" FORMCHECKBOX ", data=f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>")


REMOVED = '<w:rPr><w:del w:id="1"/></w:rPr>'
MOVED = '<w:rPr><w:moveFrom w:id="1"/></w:rPr>'
BREAK, PAGE = "<w:r><w:br/></w:r>", '<w:r><w:br w:type="page"/></w:r>'
TAB = "<w:r><w:tab/></w:r>"
LINES: dict[str, tuple[str, list[str]]] = {
    "headings by style, by the style below it, and by outline level": (
        p("Sergeant", style="Titel")
        + p("Purpose", style="berschrift1")
        + p("Detail", style="Part")
        + p("Own level", properties='<w:outlineLvl w:val="2"/>')
        + p("None", style="berschrift1", properties='<w:outlineLvl w:val="9"/>'),
        ["# Sergeant", "", "# Purpose", "", "## Detail", "", "### Own level", "", "None"],
    ),
    "a gap where the page has one": (
        p("One") + p("two", style="Tight") + p("three", style="Tight") + p() + p() + p("four", style="Tight"),
        ["One", "", "two", "three", "", "four"],
    ),
    "no gap within a style that has none": (
        p("One", style="Close") + p("two", style="Close") + p("three"),
        ["One", "two", "", "three"],
    ),
    "items of a list, and typed ones": (
        p("Lead:")
        + item("one")
        + item("in it", 1)
        + item("deeper", 2)
        + p()
        + item("two")
        + p("• typed")
        + p("2) typed"),
        ["Lead:", "", "> • one", ">> • in it", ">>> • deeper", "> • two", "", "• typed", "", "2) typed"],
    ),
    "a list by style": (
        p("one", style="Bullet")
        + p("two", style="Bullet")
        + p("none", style="Bullet", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ["> • one", "> • two", "", "none"],
    ),
    "line breaks and tabs": (
        p("one", BREAK, TAB, "two", PAGE, "three") + item("item") + p(),
        ["~one", "~\ttwo", "three", "", "> • item"],
    ),
    "merged cells": (
        table(
            [cell("A"), cell("B", properties='<w:gridSpan w:val="2"/>')],
            [cell("C", properties='<w:vMerge w:val="restart"/>'), cell("D", "E"), cell("F")],
            [cell("", properties="<w:vMerge/>"), cell(item("G")), cell("")],
        )
        + p("After"),
        [
            "[1 1 1] A",
            "[1 1 2] B",
            "",
            "[1 2 1] C",
            "[1 2 2] D",
            "",
            "[1 2 2] E",
            "[1 2 3] F",
            "",
            "[1 3 2] > • G",
            "",
            "After",
        ],
    ),
    "a nested table": (
        table(
            [cell("A"), cell(table(["<w:tc/>"]), "B", table([cell("a"), cell("b")], [cell("c"), cell("d")]), p())],
            [cell("C"), cell("D")],
        ),
        [
            "[1 1 1] A",
            "",
            "[1 1 2] B",
            "",
            "[2 1 1] a",
            "[2 1 2] b",
            "",
            "[2 2 1] c",
            "[2 2 2] d",
            "",
            "[1 2 1] C",
            "[1 2 2] D",
        ],
    ),
    "tables that only put paragraphs in their place": (
        table([cell("one"), cell("two")])
        + table([cell("three")], [cell(table([cell("a"), cell("b")], [cell("c"), cell("d")]))]),
        ["one", "", "two", "", "three", "", "[1 1 1] a", "[1 1 2] b", "", "[1 2 1] c", "[1 2 2] d"],
    ),
    "a box with text, once and in its place": (
        p("Before", box(p("Boxed"), item("item"))) + p("After"),
        ["Before", "", "Boxed", "", "> • item", "", "After"],
    ),
    "fields": (
        p("Page ", field(" PAGE ", r("3")), " of 4")
        + p(
            field(' HYPERLINK "https://example.org" ', r("a link")),
            '<w:hyperlink w:anchor="x">' + r(" and more") + "</w:hyperlink>",
        )
        + p('<w:fldSimple w:instr="AUTHOR">' + r("simple") + "</w:fldSimple>", field(' XE "index" '))
        + p(field("IF ", field("REF a", r("x")), r("y")))
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>', "never ended")
        + p("goes on"),
        ["Page 3 of 4", "", "a link and more", "", "simple", "", "xy", "", "never ended", "", "goes on"],
    ),
    "boxes and choices of forms": (
        p(
            tick_box("1"),
            " a ",
            tick_box("0"),
            " b ",
            old_box('<w:default w:val="1"/>'),
            " c ",
            old_box('<w:default/><w:checked w:val="0"/>'),
            " d",
        )
        + p(
            field(
                "FORMDROPDOWN",
                data='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="x"/><w:listEntry w:val="y"/>'
                "</w:ddList></w:ffData>",
            ),
            control('<w:dropDownList><w:listItem w:value="3"/></w:dropDownList>', r(" level 3")),
        )
        + control("", p("a whole paragraph")),
        ["☒ a ☐ b ☒ c ☐ d", "", "y level 3", "", "a whole paragraph"],
    ),
    "signs": (
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>',
            TAB,
            '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>',
            r("\u00fc", '<w:rFonts w:ascii="Wingdings"/>'),
            '<w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r>',
        )
        + p("non", "<w:r><w:noBreakHyphen/></w:r>", "stop, so\u00adft", "<w:r><w:softHyphen/></w:r>", "ly")
        + p(
            "<w:smartTag>" + r("smart") + "</w:smartTag>",
            " <w:ruby><w:rt>".strip() + r("above") + "</w:rt><w:rubyBase>" + r(" base") + "</w:rubyBase></w:ruby>",
        )
        + p(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            " of it",
        ),
        ["▪\t•✓☒", "", "non-stop, softly", "", "smart base", "", "1/2 of it"],
    ),
    "a large first letter": (p("T", properties='<w:framePr w:dropCap="drop"/>') + p("he role"), ["The role"]),
}


@pytest.mark.parametrize("name", LINES)
def test_a_document_is_read_as_a_page_shows_it(name: str) -> None:
    """Each line is what stands there, with what is known of it; nothing has to be said."""
    body, expected = LINES[name]
    text = read_lines("a.docx", word_file(body))
    assert (expected, ()) == (marked(text), text.notes)


def test_items_are_numbered_as_word_numbers_them() -> None:
    """Levels count on their own, go on after other text and in lists of the same kind, and begin again if told."""
    body = (
        item("a")
        + item("b", 1)
        + item("c", 1)
        + item("d")
        + item("e", 1)
        + item("f", 2)
        + p("Between", style="Tight")
        + item("g")
        + item("again", 0, 3)
        + item("next", 0, 3)
        + item("same kind", 0, 4)
        + item("other", 0, 2)
        + item("legal", 1, 2)
    )
    expected = [
        *("> 1. a", ">> a) b", ">> b) c", "> 2. d", ">> a) e", ">>> 2.a.1 f", "", "Between"),
        *("> 3. g", "", "> 1. again", "> 2. next", "", "> 3. same kind", "", "> Part I: other", ">> 1.1 legal"),
    ]
    assert expected == marked(read_lines("a.docx", word_file(body, numbering=NUMBERS)))


def test_headings_show_their_numbers() -> None:
    """A heading that is counted by its style begins with its number, and is no item."""
    styles = STYLES.replace(
        '<w:name w:val="heading 1"/>',
        '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    )
    lists = numbering(level(0, "decimal", "%1.", '<w:pStyle w:val="berschrift1"/>'))
    body = p("Purpose", style="berschrift1") + p("Text") + p("Duties", style="berschrift1")
    text = read_lines("a.docx", word_file(body, styles=styles, numbering=lists))
    assert ["# 1. Purpose", "", "Text", "", "# 2. Duties"] == marked(text)


NOTED: dict[str, tuple[str, list[str], tuple[str, ...]]] = {
    "tracked changes": (
        p(
            "Keep ",
            '<w:ins w:id="1">' + r("new") + "</w:ins>",
            '<w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>',
        )
        + p("Joi", properties=REMOVED)
        + p("ned")
        + p('<w:moveFrom w:id="3">' + r("Moved") + "</w:moveFrom>", properties=MOVED)
        + p("Rest")
        + p('<w:moveTo w:id="3">' + r("Moved") + "</w:moveTo>")
        + table("<w:tr><w:trPr><w:del w:id='4'/></w:trPr>" + cell("Gone") + "</w:tr>", [cell("Left")]),
        ["Keep new", "", "Joined", "", "Rest", "", "Moved", "", "Left"],
        ("tracked changes read as accepted: insertions (1), deletions (2), moves (1)",),
    ),
    "what only asks to be filled in": (
        p("Name: ", control("<w:showingPlcHdr/>", r("Click here")))
        + control("<w:showingPlcHdr/>", p("Choose one"))
        + table([cell("Grade"), control("<w:showingPlcHdr/>", cell("A grade"))], [cell("Unit"), control("", cell("A"))])
        + p(field("MACROBUTTON NoMacro [Type here]"), "."),
        ["Name:", "", "[1 1 1] Grade", "", "[1 2 1] Unit", "[1 2 2] A", "", "."],
        ("left out, for it only asks to be filled in: “Click here”; “Choose one”; “A grade”; “[Type here]”",),
    ),
    "hidden text": (
        p(
            "Seen ",
            r("not", "<w:vanish/>"),
            r("nor", '<w:rStyle w:val="Unseen"/>'),
            r("but", '<w:rStyle w:val="Unseen"/><w:vanish w:val="0"/>'),
        )
        + p(r("all of it", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>")
        + p("End"),
        ["Seen but", "", "End"],
        ("left out: hidden text (3)",),
    ),
    "what is not read": (
        p("Text", "<w:r><w:drawing><a:blip/></w:drawing></w:r>", '<w:r><w:sym w:font="Odd" w:char="F041"/></w:r>')
        + '<w:altChunk r:id="x"/>',
        ["Text\uf041"],
        ("not read: pictures (1), embedded files (1)", "signs of unknown fonts, kept as they are: “\uf041”"),
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_what_is_left_out_is_said(name: str) -> None:
    """Nothing goes in silence."""
    body, lines, notes = NOTED[name]
    text = read_lines("a.docx", word_file(body))
    assert (lines, notes) == (marked(text), text.notes)


def test_notes_stand_at_the_end_and_comments_nowhere() -> None:
    """Their marks are no words of the text; a mark that the author chose goes too."""
    body = p(
        "One",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        " two",
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>',
        '<w:r><w:commentReference w:id="1"/></w:r>',
    )
    text = read_lines(
        "a.docx",
        word_file(
            body,
            footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
            f'{p("<w:r><w:footnoteRef/></w:r>", " Foot")}</w:footnote><w:footnote w:id="3">{p("Star")}</w:footnote>',
            endnotes=f'<w:endnote w:id="2">{p("End")}</w:endnote>',
            comments=f'<w:comment w:id="1">{p("Remark")}</w:comment>',
        ),
    )
    expected = ("left out: comments (1)", "given at the end: footnotes (2), endnotes (1)")
    assert (["One two", "", "Foot", "", "Star", "", "End"], expected) == (marked(text), text.notes)


@pytest.mark.parametrize(
    ("is_own", "lines", "notes"),
    [
        (
            True,
            ["Role profile", "", "Sergeant"],
            "header of the first page kept, for nothing else says it: “Role profile”",
        ),
        (False, ["Sergeant"], None),
    ],
)
def test_headers_are_left_out_but_what_only_the_first_page_says(
    is_own: bool, lines: list[str], notes: str | None
) -> None:
    """A header that all pages have goes, with its words; that of the first page stays where the text has it nowhere."""
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        f'<w:footerReference w:type="default" r:id="footer1"/>{"<w:titlePg/>" if is_own else ""}'
    )
    text = read_lines(
        "a.docx",
        word_file(
            p("Sergeant"),
            section,
            header1=p("Police"),
            header2=p("Role profile") + p("SERGEANT"),
            footer1=p("Page ", field("PAGE", r("1"))),
        ),
    )
    heads = ("header left out: “Police”; “SERGEANT”",) if is_own else ("header left out: “Police”",)
    expected = (*([notes] if notes else []), *heads, "footer left out: “Page 1”")
    assert (lines, expected) == (marked(text), text.notes)


def test_people_in_a_header_are_put_out_of_sight(tmp_path: Path) -> None:
    """What is said of a header goes no further than the lines do."""
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(p("Text"), '<w:footerReference r:id="footer1"/>', footer1=p("Write to a@force.example")))
    assert ("footer left out: “Write to [e-mail]”",) == read_source(path).notes


def _words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in _MARK.sub("", line).split()]


SHOWN = [
    # The page of the person specification has the cells of its table in another order, and rows that the file has not.
    path
    for path in sorted((SHARED / "documents" / "formats").glob("*.docx"))
    if "person-specification" not in path.name
]


@pytest.mark.real
@pytest.mark.skipif(not SHOWN, reason="the real documents are not beside the project")
@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_a_real_document_has_the_words_of_its_page(path: Path) -> None:
    """The words are those of the text that people took from it, in their order."""
    page = SHARED / "documents" / "pages" / f"{path.name.partition('.')[0]}.txt"
    expected = _words(page.read_text(encoding="utf-8").splitlines())
    assert expected == _words([line.text for line in read_lines(path.name, path.read_bytes()).lines])
