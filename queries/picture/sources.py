"""Number the documents that a picture rests on, so that each line names its own in little room."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.rows import Row
from queries.picture.cards import draw_list
from queries.picture.shapes import Block
from queries.show.citations import Citations

_ADDRESS = re.compile(r",?\s*https?://\S+")
_CITED = re.compile(r"(?P<authority>.*) \((?P<document>.+):(?P<lines>[\d, -]+)\)", re.DOTALL)


class Sources:
    """Gathers documents, and whose word stands in each."""

    def __init__(self) -> None:
        self._citations = Citations()
        self._authorities: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._remarks: dict[str, None] = {}

    def cite(self, row: Row) -> str:
        """Return the mark of where a row stands, such as [2:39-41]; empty where it stands nowhere."""
        document, at = row.get("document"), row.get("lines")
        if not document:
            return ""
        number = self._number(str(document), str(row.get("authority") or ""))
        return f"[{number}:{at}]" if at else f"[{number}]"

    def once(self, remark: str) -> str:
        """Return a remark, or of one that stands in the picture already that it is said above."""
        is_known = remark in self._remarks
        self._remarks[remark] = None
        return "as said above" if is_known else remark

    def cite_all(self, rows: Sequence[Row]) -> str:
        """Return the marks of where rows stand, one a document: [2:39, 41]."""
        lines_by_number: dict[int, dict[str, None]] = {}
        for row in rows:
            if row.get("document"):
                number = self._number(str(row["document"]), str(row.get("authority") or ""))
                lines_by_number.setdefault(number, {})[str(row["lines"])] = None
        return " ".join(f"[{number}:{_spans(list(lines))}]" for number, lines in lines_by_number.items())

    def cite_text(self, text: str) -> str:
        """Return the mark of a source that is written as authority (document:lines)."""
        match = _CITED.fullmatch(text)
        return self.cite(match.groupdict()) if match else ""

    def _number(self, document: str, authority: str) -> int:
        names = (name.strip(" ,") for name in _ADDRESS.sub("", authority).split(";"))
        self._authorities[document] |= dict.fromkeys(name for name in names if name)
        return self._citations.number(document)

    def foot(self, day: str, *, marks: bool = True) -> Block:
        """Return the foot of the picture: each document with its number, and the day.

        Args:
            day: The day that the picture is of.
            marks: Whether the foot explains what a mark is.
        """
        texts = [
            f"{self._citations.mark(document)} {document}{': ' if names else ''}{'; '.join(names)}"
            for document, names in self._authorities.items()
        ]
        legend = "A mark such as [1:20] names a source below and the line in it." if texts else "None says anything."
        return draw_list(f"Sources, as of {day}", [*([legend] if marks or not texts else []), *texts], part="sources")


def _spans(lines: Sequence[str]) -> str:
    """Return lines with runs of neighbours joined.

    >>> _spans(["80", "81", "82", "90", "203-228"])
    '80-82, 90, 203-228'
    """
    spans: list[tuple[str, str]] = []
    for line in lines:
        if spans and line.isdigit() and spans[-1][1].isdigit() and int(line) == int(spans[-1][1]) + 1:
            spans[-1] = (spans[-1][0], line)
        else:
            spans.append((line, line))
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in spans)


def text_row(part: str, item: object, detail: object = None, row: Mapping[str, object] | None = None) -> Row:
    """Return a row of the table under a picture, which says in text what the picture shows."""
    at = row or {}
    return {
        "part": part,
        "item": item,
        "detail": detail,
        "authority": at.get("authority"),
        "document": at.get("document"),
        "lines": at.get("lines"),
    }


def caveat(unprofiled: Mapping[str, str]) -> list[str]:
    """Return the line that a picture lacks what ranks without a profile ask for, empty where each has one."""
    return [f"Not whole: {'; '.join(unprofiled.values())}."] if unprofiled else []
