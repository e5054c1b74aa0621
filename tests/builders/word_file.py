"""Write Word documents out of pieces of their XML, and zipped files out of parts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WORD_TYPE = f"{_TYPE}.document.main+xml"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": f"{_OFFICE}/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "r": f"{_OFFICE}/relationships",
    }.items()
)

STYLES = """
<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/><w:basedOn w:val="berschrift1"/>
 <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Tight"><w:name w:val="Tight"/><w:pPr><w:spacing w:after="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Close"><w:name w:val="Close"/><w:pPr><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def level(at: int, kind: str, text: str, more: str = "", left: int | None = None) -> str:
    """Return one level of a list."""
    indent = 360 * (at + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def numbering(*lists: str, numbers: Iterable[tuple[int, int, str]] = ()) -> str:
    """Return the part of numbering from the levels of lists; `numbers` are ids, lists and what they override."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{one}</w:abstractNum>' for at, one in enumerate(lists, 1)
    )
    given = [*numbers] or [(at, at, "") for at in range(1, len(lists) + 1)]
    return abstract + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{at}"/>{more}</w:num>' for number, at, more in given
    )


BULLETS = numbering(level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + level(2, "bullet", "\uf0a7"))


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs, or of a text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs if run)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def item(text: str, at: int = 0, number: int = 1) -> str:
    """Return an item of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*blocks: str, properties: str = "") -> str:
    """Return a cell."""
    inner = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    """Return a table of rows of cells."""
    written = "".join(row if isinstance(row, str) else f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{written}</w:tbl>"


def field(instruction: str, *result: str, data: str = "") -> str:
    """Return the runs of a field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    shown = mark.format("separate", "") + "".join(result) if result else ""
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{mark.format('begin', data)}{told}{shown}{mark.format('end', '')}"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zipped file of parts, the same bytes for the same parts."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return made.getvalue()


def word_file(body: str, section: str = "", main_type: str = WORD_TYPE, **parts: str) -> bytes:
    """Return a Word document; a part such as `header1` or `footnotes` is what stands in its root."""
    parts = {"styles": STYLES, "numbering": BULLETS, **parts}
    kinds = {name: name.rstrip("0123456789") for name in parts}
    roots = {"header": "hdr", "footer": "ftr"}
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    related = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    typed = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{typed}</Types>',
            "_rels/.rels": f'{head}<Relationships xmlns="{relations}"><Relationship Id="a"'
            f' Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{relations}">{related}</Relationships>',
            "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"
            "</w:document>",
            **{
                f"word/{name}.xml": f"{head}<w:{roots.get(kind, kind)} {NAMESPACES}>{parts[name]}"
                f"</w:{roots.get(kind, kind)}>"
                for name, kind in kinds.items()
            },
        }
    )
