"""The form at the head of a job description: labels such as "Job title" or "Grade", and the value of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby, pairwise
from operator import itemgetter

import yaml

from loaders.fields.dates import names_closing, only_day
from loaders.language.patterns import any_case
from loaders.layout.bilingual import in_english
from loaders.layout.headings import heading
from loaders.layout.lines import Line, rows
from loaders.layout.outline import is_titled

_FORMS = yaml.safe_load(files("loaders.fields").joinpath("form_labels.yaml").read_text(encoding="utf-8"))
_LABELS = {name: f"(?:{'|'.join(forms)})" for name, forms in _FORMS.items()}
_VALUE = {name: any_case(rf"(?P<label>{form})\s*(?:[:/|]|\s[-–—])\s*(?P<value>.*)") for name, form in _LABELS.items()}
_ALONE = {name: any_case(rf"(?P<label>{form})\s*(?:\(.{{2,40}}\))?\s*[:?]?") for name, form in _LABELS.items()}
_NEXT = any_case(
    rf" / |\s*\||\s+(?=(?:(?:current|present|existing|proposed|new) )?(?:{_LABELS['any']}|{_LABELS['grade']})\s*:)"
)
_EDGES = " |"
"""Signs at both ends of a row of a table."""
_HINT = re.compile(r"\(.*\)")
_LONGEST_VALUE = 14
_SHORT = 6
_NEAR = 2
"""How many lines below the last label the first value stands at the most."""


@dataclass(frozen=True)
class Form:
    """What labels at the head of a document say."""

    title: str | None = None
    grade: str | None = None
    force: str | None = None
    lines: tuple[Line, ...] = ()
    """Labels and values, which say nothing more of the role."""


def label_of(text: str) -> str | None:
    """Return what a line labels: title, grade, force or any; none where it is no label, with or without a value."""
    text = text.strip(_EDGES)
    if heading(text.rstrip(":")) and not text.rstrip().endswith(":"):
        return None
    return next(
        (name for name in _LABELS if _VALUE[name].fullmatch(text) or _ALONE[name].fullmatch(text)),
        None,
    )


def read_form(lines: Sequence[Line]) -> Form:
    """Return the form among the first lines of a document.

    A value stands behind its label, or on the next line; where labels stand one below the other, as the columns of a
    table are copied, the values follow in the same order.
    """
    values: dict[str, str] = {}
    used: list[Line] = []
    waiting: list[str] = []
    for place, line in enumerate(lines):
        text = line.text.strip(_EDGES)
        if _HINT.fullmatch(text):
            used.append(line)
            continue
        in_turn = any(label_of(one.text) for one in lines[place + 2 : place + 3]) and not label_of(
            lines[place + 1].text
        )
        name, value = _split(text, within=bool(waiting) or in_turn or line.cell is not None)
        if name and not (value or line.mark) and any(one.mark for one in lines[place + 1 : place + 2]):
            waiting = []  # the heading of a list
        elif name and value:
            again = values.setdefault(name, value).casefold() == value.casefold()
            prose = name == "title" and value[0].islower() and (";" in value or not again)
            used += [] if prose else [line]
            waiting = []
        elif name:
            waiting.append(name)
            used.append(line)
        elif waiting:
            values.setdefault(waiting.pop(0), _short(text))
            used.append(line)
        elif used and _goes_on(used[-1], line):
            used.append(line)
    return Form(
        values.get("title") or values.get("welsh") or None, values.get("grade"), values.get("force"), tuple(used)
    )


def values_below(lines: Sequence[str], cells: Mapping[int, tuple[int, int, int]] | None = None) -> dict[int, int]:
    """Return the line of the value of each label that stands alone, both counted from 1; 0 where there is none.

    `cells` are the table, row and column of lines: a value is in the row or column of its label.

    Labels that stand one below the other have their values after the last of them, in the same order; where fewer
    values follow, the last has the line below it. A heading has no value, and is none.

    >>> values_below(["Post title", "Reports to", "Band", "Dog Handler", "Kennel Manager", "4", "Hours", "Grade: C"])
    {1: 4, 2: 5, 3: 6, 7: 0}
    """
    kinds = [(number, _stands_as(line.strip(" |*•\t\r\n"))) for number, line in enumerate(lines, 1)]
    runs = [(kind, [n for n, _ in run]) for kind, run in groupby(filter(itemgetter(1), kinds), itemgetter(1))]
    places = dict.fromkeys((n for kind, run in runs if kind in {"label", "heading"} for n in run), 0)
    for (kind, labels), (after, values) in pairwise(runs):
        if (kind, after) == ("label", "value") and values[0] - labels[-1] <= _NEAR:
            places |= zip(labels, values, strict=False) if len(values) >= len(labels) else {labels[-1]: values[0]}
    cells = cells or {}
    beside = ((label, cells.get(label), cells.get(value)) for label, value in places.items())
    apart = (label for label, one, two in beside if one and two and one[1] != two[1] and one[2] != two[2])
    return places | dict.fromkeys(apart, 0)


def _stands_as(text: str) -> str:
    """Return whether a line is a label alone, a heading, a field with its value or a value; empty for no words."""
    if not re.search(r"\w", text) or _HINT.fullmatch(text):
        return ""
    label, value = _split(text, within=True)
    if label_of(text) and label:
        return "field" if value else "label"
    return "heading" if heading(text.rstrip(":")) else "value"


_DAY_OR_VALUE = re.compile(r"\d|: ")


def paired(lines: Sequence[Line], *, timetable: bool = False) -> list[Line]:
    """Return the lines, each label joined to its value: of the cells of a row, or of a closing day on the next line.

    In a timetable any title may have its day on the next line.
    """
    joined: list[Line] = []
    for line in (pair for row in rows(lines) for pair in _pairs(row)):
        above = joined[-1] if joined else None
        is_label = above and (
            names_closing(above.text) or (timetable and is_titled(above) and not _DAY_OR_VALUE.search(above.text))
        )
        if above and is_label and not line.mark and only_day(line.text):
            joined[-1] = _beside([above, line])
        else:
            joined.append(line)
    return joined


def _pairs(row: Sequence[Line]) -> Iterator[Line]:
    """Yield the cells of a row as one line, or as several where labels stand between them; a number marks an item."""
    if len(row) > 1 and row[0].text.strip("().[]").isdigit():
        row = [replace(row[1], mark="1."), *row[2:]]
    starts = [n for n in range(len(row)) if n == 0 or (n % 2 == 0 and label_of(row[n].text))]
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        yield _beside(row[start:end])


def _beside(parts: Sequence[Line]) -> Line:
    text = ": ".join(part.text.rstrip(" :") for part in parts) if len(parts) > 1 else parts[0].text
    return replace(parts[0], text=text, last=parts[-1].last)


def _goes_on(above: Line, line: Line) -> bool:
    """Return whether a short line below a value is more of it."""
    return line.first == above.last + 1 and not line.gap and not heading(line.text) and len(line.text.split()) <= _SHORT


def _split(text: str, *, within: bool) -> tuple[str | None, str]:
    """Return what a line labels and the value behind it; one word without a colon is a label only among labels."""
    for name in _LABELS:
        if match := _VALUE[name].fullmatch(text):
            return name, _short(match["value"])
    for name in _LABELS:
        match = _ALONE[name].fullmatch(text)
        if match and (text.rstrip().endswith(":") or " " in match["label"] or text.isupper() or within):
            return name, ""
    return None, ""


def _short(value: str) -> str:
    value = _NEXT.split(in_english(value.strip(" /|")))[0].strip()
    return value if len(value.split()) <= _LONGEST_VALUE and not re.match(r"[,;.]", value) else ""
