"""Lay two editions side by side as one page of HTML that needs nothing else: no network, no script, no colour."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from graph.rows import Row
from queries.answers.comparison import PLURALS, Comparison, Head, summary
from queries.show.tables import visible

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
table.sides { table-layout: fixed; } table.sides col.how { width: 8rem; }
th, td { border: 1px solid #888; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td p { margin: 0 0 .4rem; } .lines { font-size: .85em; opacity: .75; }
del { text-decoration: line-through; text-decoration-thickness: .1em; }
ins { text-decoration: underline; text-decoration-thickness: .15em; font-weight: 600; }
.added td:last-child, .dropped td:nth-child(2) { border-width: 2px; }
@media print {
  body { margin: 0; max-width: none; font-size: 9pt; }
  tr { break-inside: avoid; } thead { display: table-header-group; }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LEGEND = (
    "Struck-through words stand in the old text alone, underlined words in the new text alone. The first column "
    "says what happened: added, dropped, identical, form (verb forms, capitals or punctuation alone), reworded, "
    "split, merged or moved, with a score of 0 to 100 for the share of word stems in common. Numbers after "
    "“line” are lines of the files named above."
)
_BREAK = "\n"


def page(comparison: Comparison) -> str:
    """Return the page of a comparison, kind by kind."""
    old, new = comparison.old, comparison.new
    name = escape(f"{old.edition} and {new.edition}, side by side")
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>",
        f"<ul>\n<li>Old: {_head(old)}</li>\n<li>New: {_head(new)}</li>\n</ul>\n<p>{_LEGEND}</p>",
        _summary(comparison.rows),
        *(
            _section(kind, list(rows), comparison)
            for kind, rows in groupby(comparison.rows, lambda row: str(row["kind"]))
        ),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _head(head: Head) -> str:
    days = f"counts from {head.valid_from or 'an unknown day'} to {head.valid_to or 'now'}"
    return _text(f"{head.role}, {head.edition}: {head.authority}, {days}, file {head.document}")


def _text(said: object) -> str:
    return escape(visible(str(said)))


def _summary(rows: Sequence[Row]) -> str:
    columns = ("old", "new", "added", "dropped", "kept")
    head = "".join(f'<th scope="col">{name}</th>' for name in ("kind", *columns))
    body = "\n".join(
        f'<tr><th scope="row">{PLURALS[str(row["kind"])]}</th>'
        + "".join(f"<td>{row[name]}</td>" for name in columns)
        + "</tr>"
        for row in summary(rows)
    )
    caption = "<caption>How many statements</caption>"
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _section(kind: str, rows: Sequence[Row], comparison: Comparison) -> str:
    head = "".join(
        f'<th scope="col">{_text(name)}</th>' for name in ("change", comparison.old.edition, comparison.new.edition)
    )
    body = "\n".join(_row(group) for group in _groups(rows))
    return (
        f'<h2>{PLURALS[kind]}</h2>\n<table class="sides">\n<colgroup><col class="how"><col><col></colgroup>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Put the parts of one split statement into one row, and those merged into one."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for number, row in enumerate(rows):
        whole = {"split": "old", "merged": "new"}.get(str(row["change"]))
        mark = (row["change"], row[f"{whole}_lines"], row[f"{whole}_text"]) if whole else (number,)
        found.setdefault(mark, []).append(row)
    return list(found.values())


def _row(group: Sequence[Row]) -> str:
    row = group[0]
    score = f'<br><span class="lines">score {row["score"]}</span>' if row["score"] is not None else ""
    how = f"{_text(row['change'] or row['status'])}{score}"
    old, new = (_side(group, side) for side in ("old", "new"))
    marked = _marked(old[1], new[1]) if old[1] and new[1] else (_plain(old[1]), _plain(new[1]))
    cells = "".join(f"<td>{_lines(lines)}{text}</td>" for (lines, _), text in zip((old, new), marked, strict=True))
    return f'<tr class="{_text(row["status"])}"><td>{how}</td>{cells}</tr>'


def _side(group: Sequence[Row], side: str) -> tuple[list[str], str]:
    """Return the lines and texts of one side, each once."""
    lines = dict.fromkeys(str(row[f"{side}_lines"]) for row in group if row[f"{side}_lines"])
    texts = dict.fromkeys(str(row[f"{side}_text"]) for row in group if row[f"{side}_text"])
    return list(lines), _BREAK.join(texts)


def _lines(lines: Sequence[str]) -> str:
    said = "; ".join(lines)
    return f'<p class="lines">line{"" if said.isdecimal() else "s"} {_text(said)}</p>' if lines else ""


def _plain(text: str) -> str:
    return "".join(f"<p>{_text(part)}</p>" for part in text.split(_BREAK)) if text else ""


def _marked(old: str, new: str) -> tuple[str, str]:
    """Return both texts with the words that the other lacks marked; spaces and the break between parts never are."""
    before, after = (re.findall(r"\n|\w+(?:['’]\w+)*|[^\w\s]", text) for text in (old, new))
    spaced = [_spaces(text, words) for text, words in ((old, before), (new, after))]
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    left = "".join(_span(spaced[0][first:last], "del" if tag != "equal" else "") for tag, first, last, _, _ in steps)
    right = "".join(_span(spaced[1][first:last], "ins" if tag != "equal" else "") for tag, _, _, first, last in steps)
    return _paragraphs(left), _paragraphs(right)


def _spaces(text: str, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return each word with the space that follows it."""
    found, at = [], 0
    for word in words:
        at = text.index(word, at) + len(word)
        space = re.match(r"[^\S\n]*", text[at:])
        found.append((word, space[0] if space else ""))
    return found


def _span(words: Sequence[tuple[str, str]], tag: str) -> str:
    """Mark a run of words, but for the space after its last; a break inside it ends one mark and begins another."""
    found = []
    for is_break, group in groupby(words, lambda word: word[0] == _BREAK):
        run = list(group)
        said = (
            _text("".join(f"{word}{space}" for word, space in run)).rstrip(" ") if not is_break else _BREAK * len(run)
        )
        after = run[-1][1]
        found.append(f"<{tag}>{said}</{tag}>{after}" if tag and not is_break else f"{said}{after}")
    return "".join(found)


def _paragraphs(marked: str) -> str:
    return "".join(f"<p>{part}</p>" for part in marked.split(_BREAK))
