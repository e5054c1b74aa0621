"""Make small PDF files of words at places, as a printer would."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[float, float, str]
"""Where a text begins, from the left and from the bottom in points, and the text, in Latin-1; `**bold**` is bold."""


Ruled = tuple[float, float, float, float]
"""A line, from a point to another."""


def pdf_file(*pages: Sequence[Placed], size: int = 11, ruled: Sequence[Ruled] = ()) -> bytes:
    """Return a PDF with a page of A4 for each list of placed texts; all have the same ruled lines."""
    count, font = len(pages), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{} /Encoding /WinAnsiEncoding >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(count))}] /Count {count} >>",
        font.format(""),
        font.format("-Bold"),
    ]
    for number, page in enumerate(pages):
        drawn = "\n".join(f"{x} {y} m {to_x} {to_y} l S" for x, y, to_x, to_y in ruled)
        drawn += "\n".join(f"\nBT {_font(text)} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in page)
        media = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {media} /Contents {6 + 2 * number} 0 R >>",
            f"<< /Length {len(drawn.encode('latin-1'))} >>\nstream\n{drawn}\nendstream",
        ]
    return pdf_of(objects)


def _font(text: str) -> str:
    return "/F2" if text.startswith("**") else "/F1"


def _escaped(text: str) -> str:
    return text.strip("*").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(objects: Sequence[str]) -> bytes:
    """Return a PDF of objects, the first of them its catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")
