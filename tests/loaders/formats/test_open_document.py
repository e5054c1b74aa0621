"""OpenDocument texts are read as a page shows them, and as the Word documents that they were made from."""

from __future__ import annotations

import pytest

from loaders.formats.open_document import read_lines
from tests.builders.marked_lines import marked
from tests.builders.odf_file import NAMESPACES, cell, items, odf_file, p, table

BOX = f"<draw:frame><draw:text-box>{p('Boxed')}{items('item', style='Dots')}</draw:text-box><draw:image/></draw:frame>"
LINES: dict[str, tuple[str, list[str]]] = {
    "headings": (
        p("Sergeant", "P2")
        + '<text:h text:outline-level="1">Purpose</text:h>'
        + p("Detail", "Heading_20_2")
        + p("Text"),
        ["# Sergeant", "", "# Purpose", "", "## Detail", "", "Text"],
    ),
    "a gap where the page has one": (
        p("One") + p("two", "Tight") + p("three", "Tight") + p() + p("four", "Close") + p("five", "P1"),
        ["One", "", "two", "three", "", "four", "five"],
    ),
    "items and typed ones": (
        items(p("one") + items("in it") + p("more of one"), "two", style="Dots") + p("- typed"),
        ["> • one", ">> • in it", "", "more of one", "", "> • two", "", "- typed"],
    ),
    "numbers": (
        items(p("a") + items(p("b") + items("c", "d")), p("e") + items("f"), style="Counted", more=' xml:id="x"')
        + p("Between")
        + items("g", style="Counted", more=' text:continue-numbering="true"')
        + items("new", style="Counted")
        + items("h", style="Counted", more=' text:continue-list="x"')
        + '<text:list text:style-name="Counted"><text:list-header><text:p>no item</text:p></text:list-header>'
        '<text:list-item text:start-value="7"><text:p>seven</text:p></text:list-item></text:list>',
        [
            *("> 1. a", ">> a) b", ">>> 1.a.ii c", ">>> 1.a.iii d", "> 2. e", ">> a) f", "", "Between", "", "> 3. g"),
            *("", "> 1. new", "", "> 4. h", "", "no item", "", "> 7. seven"),
        ],
    ),
    "spaces, tabs and line breaks": (
        p('  One \n <text:s text:c="2"/>two<text:tab/>three<text:line-break/>four<text:soft-page-break/>'),
        ["~One   two\tthree", "four"],
    ),
    "merged cells and a nested table": (
        table(
            cell("A") + cell("B", ' table:number-columns-spanned="2"') + "<table:covered-table-cell/>",
            cell("C", ' table:number-rows-spanned="2"') + cell("D") + cell("E"),
            "<table:covered-table-cell/>" + cell("F") + cell(table(cell("a") + cell("b"), cell("c") + cell("d"))),
        ),
        [
            *("[1 1 1] A", "[1 1 2] B", "", "[1 2 1] C", "[1 2 2] D", "[1 2 3] E", "", "[1 3 2] F", ""),
            *("[2 1 1] a", "[2 1 2] b", "", "[2 2 1] c", "[2 2 2] d"),
        ],
    ),
    "tables that only put paragraphs in their place": (
        table(cell("one") + cell() + cell("two")) + table(cell("three"), cell("four")),
        ["one", "", "two", "", "three", "", "four"],
    ),
    "a box with text, once and in its place": (
        p(f"Before{BOX}") + f"<draw:frame><draw:text-box>{p('On the page')}</draw:text-box></draw:frame>" + p("After"),
        ["Before", "", "Boxed", "", "> • item", "", "On the page", "", "After"],
    ),
    "fields, links and signs": (
        p('Page <text:page-number>3</text:page-number>, <text:a xlink:href="https://example.org">a link</text:a>')
        + p('<text:span text:style-name="T2">\u00fc</text:span> so\u00adftly non\u2011stop')
        + p("<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above</text:ruby-text></text:ruby>"),
        ["Page 3, a link", "", "✓ softly non-stop", "", "base"],
    ),
    "boxes and choices of forms": (
        p('<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control> a ')
        + p(
            '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/> b '
            '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN"><field:param'
            ' field:name="Dropdown_ListEntry" field:value="x"/><field:param field:name="Dropdown_ListEntry"'
            ' field:value="y"/><field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>'
        )
        + '<office:forms><form:form><form:checkbox form:id="c1" form:label="Yes" form:current-state="checked"/>'
        "</form:form></office:forms>" + p('<draw:control draw:control="c1"/>'),
        ["☒ a", "", "☐ b y", "", "☒ Yes"],
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_a_document_is_read_as_a_page_shows_it(name: str) -> None:
    """Each line is what stands there, with what is known of it; nothing has to be said."""
    body, expected = LINES[name]
    text = read_lines("a.odt", odf_file(body))
    assert (expected, ()) == (marked(text), text.notes)


def test_what_is_left_out_is_said() -> None:
    """Nothing goes in silence."""
    changes = (
        "<text:tracked-changes><text:changed-region><text:insertion/></text:changed-region><text:changed-region>"
        f"<text:deletion>{p('old')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    body = (
        changes
        + p("Keep<text:change/> new" + note.format("endnote", p("End")) + note.format("footnote", p(" <text:s/>Foot")))
        + p(
            'Seen<text:span text:style-name="T1"> not</text:span>'
            "<office:annotation><text:p>Remark</text:p></office:annotation>"
        )
        + p("Nowhere", "Away")
        + f'<text:section text:display="none">{p("Nor")}</text:section>'
        + p("Name: <text:placeholder>&lt;name&gt;</text:placeholder><draw:frame><draw:image/></draw:frame>")
    )
    text = read_lines("a.odt", odf_file(body))
    lines = ["Keep new", "", "Seen", "", "Name:", "", "Foot", "", "End"]
    notes = (
        "tracked changes read as accepted: insertions (1), deletions (1)",
        "left out, for it only asks to be filled in: “<name>”",
        "left out: comments (1), hidden text (3)",
        "given at the end: footnotes (1), endnotes (1)",
        "not read: pictures (1)",
    )
    assert (lines, notes) == (marked(text), text.notes)


def test_headings_show_their_numbers() -> None:
    """Headings that number themselves begin with their numbers, without being in a list."""
    level = '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    outline = f"<text:outline-style>{level}</text:outline-style>"
    heading = '<text:h text:outline-level="1"{}>{}</text:h>'
    body = (
        heading.format("", "Purpose")
        + heading.format(' text:is-list-header="true"', "Plain")
        + heading.format("", "Duties")
    )
    assert ["# 1. Purpose", "", "# Plain", "", "# 2. Duties"] == marked(
        read_lines("a.odt", odf_file(body, styles=outline))
    )


def test_a_formula_is_text() -> None:
    """Its words and signs stand in the line."""
    formula = (
        f"<math:math {NAMESPACES}><math:semantics><math:mfrac><math:mn>1</math:mn><math:mn>2</math:mn></math:mfrac>"
        "<math:annotation>1 over 2</math:annotation></math:semantics></math:math>"
    )
    body = p('<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame> of it')
    assert ["1/2 of it"] == marked(read_lines("a.odt", odf_file(body, **{"Object 1/content.xml": formula})))


@pytest.mark.parametrize(
    ("style", "lines", "notes"),
    [
        (
            "First",
            ["Role profile", "", "Text"],
            ("header of the first page kept, for nothing else says it: “Role profile”", "header left out: “Police”"),
        ),
        ("Standard", ["Text"], ("header left out: “Police”; “Role profile”",)),
    ],
)
def test_headers_are_left_out_but_what_only_the_first_page_says(
    style: str, lines: list[str], notes: tuple[str, ...]
) -> None:
    """A header that all pages have goes, with its words; that of a first page stays where the text has it nowhere."""
    pages = (
        f'<style:master-page style:name="Standard"><style:header>{p("Police")}</style:header></style:master-page>'
        '<style:master-page style:name="First" style:next-style-name="Standard">'
        f"<style:header>{p('Role profile')}</style:header></style:master-page>"
    )
    styles = f'<style:style style:name="Begin" style:family="paragraph" style:master-page-name="{style}"/>'
    text = read_lines("a.odt", odf_file(p("Text", "Begin"), pages, styles=styles))
    assert (lines, notes) == (marked(text), text.notes)
