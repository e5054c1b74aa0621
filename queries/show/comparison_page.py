"""Lay two editions side by side as one page of HTML that needs nothing else: no network, no script, no colour."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from graph.rows import Row
from queries.answers.comparison import Comparison
from queries.show.html import fill
from queries.show.words import heading

_BREAK = "\n"
_WORDS = re.compile(r"(?P<word>\n|\w+(?:['’]\w+)*|[^\w\s])(?P<space>[^\S\n]*)")


Run = tuple[str, str, str]
"""Words, their mark (del in the old text alone, ins in the new text alone, else empty), and the space after them."""


def page(comparison: Comparison) -> str:
    """Return the page of a comparison, kind by kind."""
    kinds = groupby(comparison.rows, lambda row: str(row["kind"]))
    values = {
        "old": comparison.old,
        "new": comparison.new,
        "summary": comparison.summary,
        "announcements": comparison.announcements,
        "kinds": [(kind, list(map(_page_row, _groups(rows)))) for kind, rows in kinds],
    }
    template = Path(__file__).with_suffix(".html")
    return fill(template, {"heading": heading}, values) + "\n"


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the parts of one split statement together, and those merged into one."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for number, row in enumerate(rows):
        whole = {"split": "old", "merged": "new"}.get(str(row["change"]))
        key = (row["change"], row[f"{whole}_lines"], row[f"{whole}_text"]) if whole else (number,)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _page_row(group: Sequence[Row]) -> Row:
    """Return one row of the page: a statement, or all the parts of one that was split or merged."""
    lines, texts = (
        [list(dict.fromkeys(str(row[name]) for row in group if row[name])) for name in (f"old_{of}", f"new_{of}")]
        for of in ("lines", "text")
    )
    runs = _marked(*(_words(_BREAK.join(text)) for text in texts))
    sides = [("; ".join(at), _paragraphs(side)) for at, side in zip(lines, runs, strict=True)]
    return {**group[0], "sides": sides}


def _words(text: str) -> list[tuple[str, str]]:
    """Return each word, sign or break with the space that follows it."""
    return [(match["word"], match["space"]) for match in _WORDS.finditer(text)]


def _marked(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> tuple[list[Run], list[Run]]:
    """Return the runs of both texts, words that the other lacks marked; nothing is marked where one side is empty."""
    before, after = ([word for word, _ in side] for side in (old, new))
    marks = ("del", "ins") if old and new else ("", "")
    runs: tuple[list[Run], list[Run]] = ([], [])
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for side, words, mark in zip(runs, (old[i:j], new[k:m]), marks, strict=True):
            side.extend(_runs(words, "" if tag == "equal" else mark))
    return runs


def _runs(words: Sequence[tuple[str, str]], mark: str) -> list[Run]:
    """Return runs of words between breaks, the space after the last word of each apart; a break is never marked."""
    runs = []
    for is_break, group in groupby(words, lambda word: word[0] == _BREAK):
        run = list(group)
        text = _BREAK * len(run) if is_break else "".join(f"{word}{space}" for word, space in run)
        space = run[-1][1]
        runs.append((text.removesuffix(space), "" if is_break else mark, space))
    return runs


def _paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs paragraph by paragraph, as breaks part them."""
    paragraphs: list[list[Run]] = [[]] if runs else []
    for run in runs:
        if run[0].startswith(_BREAK):
            paragraphs += [[] for _ in run[0]]
        else:
            paragraphs[-1].append(run)
    return paragraphs
