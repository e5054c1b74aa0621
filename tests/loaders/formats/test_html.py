"""A saved web page is read as the lines of its text, each as the page shows it; what surrounds them is named."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from quopri import encodestring

import pytest

from loaders.formats.formats import read_source
from loaders.formats.html import read_lines
from tests.harness.real import SHARED, needed

FORCE = """<!DOCTYPE html><!-- saved from url=(0032)https://northshire.example/jobs/ --><html lang="en-GB"><head>
<meta charset="utf-8"><title>Sergeant</title><style>p{color:red}</style><script>let x = "<p>no text</p>"</script></head>
<body class="cookie-banner-shown"><noscript>Please use scripts</noscript><a href="#main">Skip to main content</a>
<div id="consent"><p>This site uses cookies to know <a href="/c">how it is used</a>.</p><button>Accept</button></div>
<div><p>In an emergency, call <strong>999</strong></p></div>
<header><h2>Northshire Police</h2><nav><ul><li><a href="/">Home</a></li><li><a href="/a">Advice</a></ul></nav></header>
<div class="c-crumbs"><a href="/">Home</a> &gt; <a href="/jobs">Jobs</a> &gt; Response sergeant</div>
<div class="side-menu"><h2>In this part</h2><ul><li><a href="/pc">Constable</a></li><li><a href="/i">Inspector</a></li>
<li><a href="/cso">Community support</a></li></ul></div>
<div id="main"><h1>Response sergeant</h1><p>Share: <a href="https://www.facebook.com/sharer.php?u=1">Facebook</a></p>
<div><h2>On this page</h2><ul><li><a href="#do">What you will do</a><li><a href="#ask">What we ask</a></ul></div>
<h2 id="do">What you will do</h2><p>You answer to the duty inspector.  You
will also:</p><ul><li>brief the team and set its <a href="/t">daily tasks</a>;</li><li>review each
<abbr>UoF</abbr> record:<ul><li>at once</li><li>and again within 24&nbsp;hours</li></ul></li></ul>
<h2 id="ask">What we ask</h2><h3><button aria-expanded="false" aria-controls="p1">Essential</button></h3>
<div id="p1" hidden><ol start="3"><li>Two years as a constable</li><li><p>The sergeants&rsquo; examination</p>
<p>or its like abroad</p></li></ol></div><details><summary>Desirable</summary><p>Public order, level 2</p></details>
<p>Write to <a href="mailto:a@force.example">the team</a> or <a href="/e">[email&#160;protected]</a>:</p>
<p>Careers<br>Station Road<br/>Northtown</p><div hidden>code 7</div><p style="display: none">old text</p>
<p>Pay: <s>£40,000</s> £45,000</p><img src="https://t.example/1.png"><iframe src="https://t.example/"></iframe>
<h2>Related roles</h2><ul><li><a href="/i">Inspector</a></li><li><a href="/d">Detective sergeant</a></li></ul>
<form action="/f"><h2>Your view</h2><label for="v">Was it useful?</label><input id="v"></form></div>
<div class="foot"><a href="/p">Privacy</a> | <a href="/x">Accessibility</a><p>© Northshire Police</p></div></body>"""
FORCE_LINES = """In an emergency, call 999

h1 Response sergeant

h2 What you will do

You answer to the duty inspector. You will also:

i1 • brief the team and set its daily tasks;
i1 • review each UoF record:
i2 • at once
i2 • and again within 24 hours

h2 What we ask

h3 Essential

i1 3. Two years as a constable
i1 4. The sergeants’ examination
or its like abroad

Desirable

Public order, level 2

Write to the team or [email protected]:

~ Careers
~ Station Road
Northtown

Pay: £45,000

h2 Related roles

i1 • Inspector
i1 • Detective sergeant"""

_TYPED = "<![if !supportLists]><span style='font-family:Symbol'>{}<span>&nbsp;&nbsp; </span></span><![endif]>"
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type
content="text/html; charset=windows-1252"><!--[if gte mso 9]><xml><o:Author>X</o:Author></xml><![endif]--></head><body>
<div class=WordSection1><h1>Role profile – Firearms<o:p></o:p></h1>
<p class=MsoToc1><a href="#_Toc1">Role purpose<span>........ </span>2</a></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Post</b></p></td><td><p class=MsoNormal>Firearms
  Sergeant</p></td></tr><tr><td><p>Grade</p></td><td><p>Sergeant</p><p>(armed)</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><h2><a name="_Toc1">Role purpose</a></h2><p class=MsoNormal>Leads
an armed team <span style='mso-spacerun:yes'> </span>and sees to its “<i>readi</i>ness”.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{_TYPED.format("·")}Briefs
the team.</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>{_TYPED.format("o")}Names the aim.</p>
<p style='margin-left:36.0pt;text-indent:-18.0pt'>2.<span>&nbsp;&nbsp; </span>Checks each weapon.</p></div>"""
WORD_LINES = """h1 Role profile – Firearms

(1, 1, 1) Post
(1, 1, 2) Firearms Sergeant
(1, 2, 1) Grade
(1, 2, 2) Sergeant
(1, 2, 2) (armed)

h2 Role purpose

Leads an armed team and sees to its “readiness”.

i1 • Briefs the team.
i2 • Names the aim.
i1 2. Checks each weapon."""

BOARD = """<html><body><form id="all"><input type="hidden" name="state" value="1"><div><a href="/">Police jobs</a>
<a href="/search">Search</a></div><table width="100%"><tr><td><h1>Inspector</h1><table><tr><td><b>Pay:</b><td>
&pound;61,197<tr><td>Closes:<td>9 May 2025
</table><p>Runs two suites.<br>&#8226; Leads reviews<br>&#8226; Leads sergeants
<br><br>Reports to: <label>Chief Inspector</label><p><b>Essential<p></b>Is an <i>inspector</i>.
<ul><li>Custody ticket
<li>Safety training</ul><select><option>Send to a friend</select>
<td><h3>Like this</h3><ul><li><a href="/2">Sergeant</a></ul></table>
<p><a href="/t">Terms</a> | <a href="/p">Privacy policy</a></p></form>"""
BOARD_LINES = """h1 Inspector

(1, 1, 1) Pay:
(1, 1, 2) £61,197
(1, 2, 1) Closes:
(1, 2, 2) 9 May 2025

~ Runs two suites.
~ • Leads reviews
~ • Leads sergeants

Reports to: Chief Inspector

Essential

Is an inspector.

i1 • Custody ticket
i1 • Safety training

h3 Like this

i1 • Sergeant"""


def shown(html: str | bytes) -> str:
    """Return the lines of a page, each with what is known of it before its text; ~ is one that may go on."""
    lines = []
    for line in read_lines("page.html", html if isinstance(html, bytes) else html.encode()).lines:
        known = [f"h{line.heading}" * bool(line.heading), f"i{line.item}" * bool(line.item), str(line.cell or "")]
        known.append("~" * bool(line.text and not line.whole))
        lines.append(" ".join([*filter(None, known), line.text]))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("page", "expected"),
    [(FORCE, FORCE_LINES), (WORD.encode("cp1252"), WORD_LINES), (BOARD, BOARD_LINES)],
    ids=["force", "word", "board"],
)
def test_a_page_is_read_as_it_is_shown(page: str | bytes, expected: str) -> None:
    """Text of a force's site, of Word and of a job board stays whole; all around it goes."""
    assert expected == shown(page)


def test_notes_say_what_was_left_out() -> None:
    """Each kind of thing that is no text is named and counted."""
    expected = (
        "left out, as no part of the text: comment (1), contents list (2), cookie notice (1), embedded object (1), "
        "form or button (1), hidden part (2), navigation (2), page footer (1), page header (1), script or style (3), "
        "share links (1), struck-out text (1)"
    )
    assert (expected,) == read_lines("page.html", FORCE.encode()).notes


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a<b>b</b>c <i>d</i>\n e<span> f</span><wbr>g&shy;h", "abc d e fg\u00adh"),
        ("<p>say <q>so</q> &amp; &lt;go&gt; &bogus; &#x2019;</p>", "say “so” & <go> &bogus; ’"),
        ("<pre>\n  Grade   A\n\n\tB\n</pre>", "~   Grade   A\n\n        B"),
        ("<li style='white-space:pre'>one<li style='white-space:pre'><p>two</p>", "i1 • one\ni1 • two"),
        ("<dl><dt>To</dt><dd>Inspector</dd><dd>Chief</dd></dl>end", "To\nInspector\nChief\n\nend"),
        ("<ol type=a start=27><li>x<li value=2>y</ol>", "i1 aa. x\ni1 b. y"),
        ("<ol reversed style='list-style: lower-roman'><li>x<li>y<li>z</ol>", "i1 iii. x\ni1 ii. y\ni1 i. z"),
        ("<ol><li><h2>Purpose</h2><p>x</p></li></ol><ul><li><h3>Card</h3>y</ul>", "h2 1. Purpose\nx\n\nh3 Card\ny"),
        ("<ul><li>a<ol><li>b</ol>c<li>d</ul>", "i1 • a\ni2 1. b\nc\ni1 • d"),
        ("<div>a</div><div><br></div><div>b</div><div>&nbsp;</div>c", "a\n\nb\n\nc"),
        ("<div role=heading aria-level=3>Title</div>text", "h3 Title\n\ntext"),
        (
            "<h1>Sergeant</h1><button>Print" + "<p>Leads a team each day." * 9,
            "h1 Sergeant\n\nPrint" + "\n\nLeads a team each day." * 9,
        ),
        ("<p><a href=1>One</a><a href=2>Two</a> <a href=3>three</a></p>", "One\nTwo three"),
        (
            "<a role=tab href=#x>Pay</a> <a role=tab href=#y>Terms</a><div id=x>a</div><div id=y hidden>terms b</div>",
            "h2 Pay\n\na\nterms b",
        ),
        ("<table><tr><td><p>a</p><p>b</p><td>c</table>d", "a\n\nb\n\nc\n\nd"),
        (
            "<table><tr><td>a<td><ul><li>b</ul><tr><td>c<td>d</table>",
            "(1, 1, 1) a|i1 (1, 1, 2) • b|(1, 2, 1) c|(1, 2, 2) d",
        ),
        ("<table role=none><tr><td>a<td>b<tr><td>c<td>d</table>", "a\nb\nc\nd"),
        (
            "<table><caption>Levels</caption><tr><th rowspan=2>a<th colspan=2>b<th>c<tr><td>d<td>e<td>f</table>",
            "Levels|(1, 1, 1) a|(1, 1, 2) b|(1, 1, 4) c|(1, 2, 2) d|(1, 2, 3) e|(1, 2, 4) f",
        ),
        (
            "<table><tr><td>a<table><tr><td>b<td>c<tr><td>d<td>e</table>f<td>g<tr><td><td>i</table>",
            "(1, 1, 1) a|(2, 1, 1) b|(2, 1, 2) c|(2, 2, 1) d|(2, 2, 2) e|(1, 1, 1) f|(1, 1, 2) g|(1, 2, 2) i",
        ),
        ("<td>a</td><li>b</div></p><p>c<table>d<tr>e", "a\ni1 • b\nc\nd\ne"),
    ],
)
def test_blocks_lists_and_tables_become_lines(page: str, expected: str) -> None:
    """Words are joined as they are shown, items have their marks, cells their places."""
    assert expected.replace("|", "\n") == shown(page)


@pytest.mark.parametrize(
    "page",
    [
        "<header><h1>Sergeant</h1></header><p>Leads a team.</p>",
        "<nav><h1>Sergeant</h1><p>Leads a team.</p>",
        "<body style='display:none'><h1>Sergeant</h1><p>Leads a team.",
        "<main><header><h1>Sergeant</h1></header><footer>Leads a team.</footer></main>",
        "<h1>Sergeant</h1><div class='menu nav footer cookie'>Leads a team.</div>",
        "<main><h1>Sergeant</h1><aside><p>Leads a team.</p></aside></main>",
        "<h1>Sergeant</h1><p hidden>x</p><a href='#x'>Leads</a> <div id=x hidden>a team.</div>",
        "<h1><a href='/'>Sergeant</a></h1><ul><li><a href='/1'>Leads a team.</a></li></ul>",
        "<input type=checkbox id=c><label for=c>Sergeant</label><p>Leads a team.</p>",
        "<main><h1>Sergeant</h1><a href='/'><p>Leads a team.</p></a></main>",
        "<h1>Sergeant</h1><p>Leads a team.</p><select><option>Other</select><button>Send</button>",
    ],
)
def test_text_stays_where_only_its_tag_speaks_against_it(page: str) -> None:
    """The page's title and what is not mostly links are text, whatever tag, class or state they have."""
    assert "Sergeant Leads a team." == " ".join(
        re.sub(r"^(?:h1|i1|•|~) |• ", "", shown(page), flags=re.MULTILINE).split()
    )


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("<p>Café – £5</p>".encode(), ""),
        ("<p>Café – £5</p>".encode("utf-8-sig"), ""),
        ("<p>Café – £5</p>".encode("utf-16"), "read as UTF-16: page.html starts with its mark"),
        ("<p>Café – £5</p>".encode("cp1252"), "read as Windows-1252: it is not UTF-8"),
        ("<meta charset='ISO-8859-1'><p>Café – £5</p>".encode("cp1252"), "read as ISO-8859-1, as it says"),
        ("<meta charset=x-none><p>Café – £5</p>".encode(), ""),
        ("<meta charset=unicode_escape><p>Café – £5</p>".encode(), ""),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=latin1'><p>Café – £5</p>".encode(),
            "read as UTF-8, which its bytes are, though it says latin1",
        ),
        (
            "<meta charset=utf-8><p>Café – £5</p>".encode() + b"<!-- \xff -->",
            "read as UTF-8, as it says, though 1 of its bytes are not",
        ),
        ("<meta charset=utf-8><p>Café – £5</p>".encode("cp1252"), "read as Windows-1252: it is not UTF-8"),
    ],
)
def test_the_encoding_is_found(raw: bytes, note: str) -> None:
    """A mark, what the page says, its bytes, and Windows-1252 are tried in turn, and strange ones said."""
    text = read_lines("page.html", raw)
    kept = [one for one in text.notes if not one.startswith("left out")]
    assert (["Café – £5"], [note] * bool(note)) == ([line.text for line in text.lines], kept)


def archive(*parts: tuple[str, bytes], start: str = "<0@x>") -> bytes:
    """Return an archive as browsers save it."""
    head = "From: <Saved by X>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    head += f'\tstart="{start}"; boundary="--b"\r\n'
    body = [
        f"\r\n----b\r\nContent-Type: {kind}\r\nContent-ID: <{n}@x>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        + encodestring(page)
        for n, (kind, page) in enumerate(parts)
    ]
    return head.encode() + b"".join(body) + b"\r\n----b--\r\n"


def test_of_an_archive_its_page_is_read(tmp_path: Path) -> None:
    """The page that the archive starts with is read in its encoding; frames, styles and pictures are not."""
    path = tmp_path / "saved.mhtml"
    frame, style, page = b"<p>frame</p>", b"p{}", "<p>Café – a = b</p>".encode("cp1252")
    path.write_bytes(
        archive(("text/html", frame), ("text/css", style), ("text/html; charset=windows-1252", page), start="<2@x>")
    )
    source = read_source(path)
    notes = ("read as windows-1252, as it says", "left out of the archive: 2 other parts (pictures, styles, frames)")
    assert ("html", ("Café – a = b",), notes) == (source.form, source.lines, source.notes)


PAGES = sorted((SHARED / "documents" / "formats").glob("*.html"))
_SHORTER = "person-specification_investigator_short_list"
"""Its saved page has a line of its first table and the explanations of its columns less than its text."""


class _Main(HTMLParser):
    """The words of the main part of a page, by another parser, in which each tag parts words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.partition("<main>")[2].partition("</main>")[0])

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def _words(text: str) -> list[str]:
    return re.sub(r"^ *(?:•|\d+\.) +", "", text, flags=re.MULTILINE).split()


@needed
@pytest.mark.real
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_of_a_real_page_its_text_is_read_and_nothing_else(path: Path) -> None:
    """Its words, in their order, are those of its text; or of its main part, where page and text differ."""
    text = (SHARED / "documents" / "pages" / f"{path.stem}.txt").read_text(encoding="utf-8")
    expected = _Main(path.read_text(encoding="utf-8")).words if path.stem == _SHORTER else _words(text)
    read = read_lines(path.name, path.read_bytes()).lines
    without_marks = [line.text.partition(" ")[2] if line.item else line.text for line in read]
    assert expected == " ".join(without_marks).split()
