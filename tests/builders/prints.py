"""Set a text as an author would: a web page, its prints by a browser, and word processor files of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

from tests.harness.office import converted

WAYS = {"page": "html", "one column": "pdf", "two columns": "pdf", "docx": "docx", "odt": "odt"}
"""The folder of each way to print a text, and the ending of its files."""

_ITEM = re.compile(r"\s*[•-]\s+(?=\S)")
_STRONG = re.compile(r"(\*\*?)(?=\S)(.+?)(?<=\S)\1")
_LEAD = re.compile(r"\b(?:will|following|through|to|who)\b.*:$")
_NO_HEADING = re.compile(r"[a-z].*|.{1,3}|.*(?:[^.]\.|[,;?!'\"*\d])")
_LONGEST_HEADING = 12
_STYLE = """
body { font: 10.5pt/1.35 "DejaVu Sans", Verdana, sans-serif; max-width: 60em; margin: 0 auto }
h1 { font-size: 22pt } h2 { font-size: 14pt } li { margin: 0 0 4pt }
td { border: 1px solid #999; padding: 4pt; vertical-align: top }
@page { margin: 2cm } @media print { header, footer, .cookies { display: none } }
"""
_TWO_COLUMNS = "main { columns: 2; column-gap: 1cm; overflow-wrap: break-word } table { column-span: all }"
_ABOVE = """<div class="cookies" role="dialog" aria-label="Cookies"><p>We use cookies to make this site work and to
understand how it is used.</p><button>Accept all cookies</button><button>Reject</button></div>
<header><a href="/">Northshire Police</a><nav aria-label="Main"><ul><li><a href="/about">About us</a></li>
<li><a href="/careers">Careers</a></li><li><a href="/news">News</a></li><li><a href="/contact">Contact us</a></li></ul>
</nav></header>"""
_BELOW = """<footer><ul><li><a href="/privacy">Privacy notice</a></li><li><a href="/terms">Terms of use</a></li></ul>
<p>© Northshire Police. All rights reserved.</p></footer>"""


def write_prints(folder: Path, texts: Mapping[str, str], browser: Browser) -> None:
    """Write each text in all ways into the folder of the way; a file has the name of its text.

    The page has navigation, a cookie banner and a foot; prints and word processor files are without them.
    """
    for way in ("page", "bare", "one column", "two columns"):
        (folder / way).mkdir()
    for name, text in texts.items():
        (folder / "page" / f"{name}.html").write_text(web_page(text, _ABOVE, _BELOW), encoding="utf-8")
        (folder / "bare" / f"{name}.html").write_text(web_page(text), encoding="utf-8")
        tab = browser.new_page()
        tab.goto((folder / "page" / f"{name}.html").as_uri())
        tab.pdf(path=folder / "one column" / f"{name}.pdf", format="A4", display_header_footer=True)
        tab.add_style_tag(content=_TWO_COLUMNS)
        tab.pdf(path=folder / "two columns" / f"{name}.pdf", format="A4")
        tab.close()
    odt = converted(folder, "odt", sorted((folder / "bare").iterdir()), "--infilter=HTML (StarWriter)")
    converted(folder, "docx", sorted(odt.iterdir()))


def web_page(text: str, above: str = "", below: str = "") -> str:
    """Return a text as a web page, its first heading as the title of it."""
    groups = groupby(text.split("\n"), lambda line: bool(line.strip()))
    blocks = [[line.strip(" \u00a0") for line in lines] for is_text, lines in groups if is_text]
    title = next((lines[0] for lines in blocks if _is_heading(lines)), "")
    body = "\n".join(part for lines in blocks for part in _block(lines, title))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>{above}<main>\n{body}\n</main>{below}</body></html>\n"
    )


def _block(lines: list[str], title: str) -> Iterator[str]:
    """Yield what stands between two blank lines: a heading, or lists, tables and paragraphs with their line breaks."""
    if _is_heading(lines):
        level = 1 if lines[0] == title else 2
        yield f"<h{level}>{_words(lines[0])}</h{level}>"
        return
    for kind, group in groupby(lines, lambda line: "li" if _ITEM.match(line) else "tr" if "\t" in line else "p"):
        if kind == "li":
            items = (_ITEM.sub("", line, count=1) for line in group)
            yield f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in items)}</ul>"
        elif kind == "tr":
            yield f"<table>{''.join(map(_row, group))}</table>"
        else:
            yield f"<p>{'<br>'.join(map(_words, group))}</p>"


def _is_heading(lines: list[str]) -> bool:
    """Return whether a block is a short line alone that neither ends as a sentence does nor leads in to a list."""
    is_short = len(lines) == 1 and len(lines[0].split()) <= _LONGEST_HEADING and not _ITEM.match(lines[0])
    return is_short and not (_LEAD.search(lines[0]) or _NO_HEADING.fullmatch(lines[0]))


def _row(line: str) -> str:
    """Return a row of a table; the empty cells behind one belong to it."""
    cells = re.findall(r"([^\t]+)(\t*)", f"{line}\t")
    return f"<tr>{''.join(f'<td colspan={len(tabs)}>{_words(text)}</td>' for text, tabs in cells)}</tr>"


def _words(text: str) -> str:
    marked = _STRONG.sub(r"<strong>\2</strong>", escape(text, quote=False))
    return re.sub(r"&lt;(/?p)&gt;", r"<\1>", marked)
