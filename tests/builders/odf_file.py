"""Write OpenDocument texts out of pieces of their XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from tests.builders.word_file import zipped

TEXT_TYPE = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        **{name: f"{_ODF}{name}:1.0" for name in ("office", "style", "text", "table", "form", "manifest")},
        "draw": f"{_ODF}drawing:1.0",
        "svg": f"{_ODF}svg-compatible:1.0",
        "fo": f"{_ODF}xsl-fo-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "math": "http://www.w3.org/1998/Math/MathML",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    }.items()
)

STYLES = """
<style:default-style style:family="paragraph">
 <style:paragraph-properties fo:margin-bottom="0.1in"/></style:default-style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Tight" style:family="paragraph">
 <style:paragraph-properties fo:margin-bottom="0in"/></style:style>
<style:style style:name="Close" style:family="paragraph">
 <style:paragraph-properties style:contextual-spacing="true"/></style:style>
<style:style style:name="Away" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="\u2022"/>
 <text:list-level-style-bullet text:level="2" text:bullet-char="o"/></text:list-style>
<text:list-style style:name="Counted">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
 <text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3" text:start-value="2"/>
 </text:list-style>
"""
MADE_UP = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Close"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>
"""


def p(inner: str = "", style: str = "Standard") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def items(*inner: str, style: str = "", more: str = "") -> str:
    """Return a list; an item that is only a text becomes a paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    within = "".join(f"<text:list-item>{one if one.startswith('<') else p(one)}</text:list-item>" for one in inner)
    return f"<text:list{named}{more}>{within}</text:list>"


def cell(inner: str = "", more: str = "") -> str:
    """Return a cell."""
    return f"<table:table-cell{more}>{inner if inner.startswith('<') else p(inner)}</table:table-cell>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"


def odf_file(body: str, pages: str = "", media_type: str = TEXT_TYPE, styles: str = STYLES, **others: str) -> bytes:
    """Return an OpenDocument text; `others` are further parts by their names."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return zipped(
        {
            "mimetype": media_type,
            "content.xml": f"{head}<office:document-content {NAMESPACES}><office:automatic-styles>{MADE_UP}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"{head}<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{pages}</office:master-styles></office:document-styles>",
            **others,
        }
    )


def spreadsheet(sheets: Mapping[str, Iterable[Iterable[str]]]) -> bytes:
    """Return an OpenDocument spreadsheet of sheets by their names, each cell as text."""
    made = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_text_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    return zipped(
        {
            "mimetype": kind,
            "content.xml": f"{head}<office:document-content {NAMESPACES}><office:body><office:spreadsheet>{made}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f"{head}<manifest:manifest {NAMESPACES}>{entries}</manifest:manifest>",
        }
    )


def _text_cell(value: str) -> str:
    return cell(p(escape(value)), ' office:value-type="string"') if value else "<table:table-cell/>"
