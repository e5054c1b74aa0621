"""Compare two editions statement by statement: what was added, dropped or kept, and how its words changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.ids import even
from graph.rows import Row
from graph.text.alignment import Text, align

COLUMNS = ("kind", "status", "change", "old_text", "new_text", "old_lines", "new_lines", "score")

KINDS = (
    *("duty", "purpose", "skill", "education", "development", "learning", "competency", "value"),
    *("course", "instrument", "body", "framework", "eligibility"),
)
"""What is compared, in the order of the answer."""

_SENTENCES = (("duty",), ("purpose",), ("skill",), ("education",), ("development", "learning"))
"""Kinds of sentences; a sentence may move between those of one group."""

_NAMED = tuple((kind,) for kind in KINDS if not any(kind in group for group in _SENTENCES))


@dataclass(frozen=True)
class _Match:
    """A statement of either edition, or one of each that say the same."""

    old: Row | None
    new: Row | None
    change: str | None = None
    score: float | None = None


def compare(old: Sequence[Row], new: Sequence[Row]) -> list[dict[str, object]]:
    """Return how two editions differ, and what they share, as rows of COLUMNS.

    Kinds come in the order of KINDS; in each, what is added or kept by its new line, then what is dropped by its
    old line. Sentences are aligned by their words; competencies, courses, bodies and the like are one where the
    graph says so, or where one succeeds the other. A sentence that moved stands under the kind that it left.

    Args:
        old: Rows of the question `statements-of` on one edition.
        new: Rows of the same question on the other.
    """
    matches: list[_Match] = []
    for kinds in (*_SENTENCES, *_NAMED):
        matches += _paired(kinds, _distinct(old, kinds), _distinct(new, kinds))
    return [_row(match) for match in sorted(matches, key=_place)]


def _distinct(rows: Iterable[Row], kinds: Sequence[str]) -> list[Row]:
    """Leave out what is said twice on one line, such as a course that is asked for in a gate too."""
    distinct: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if row["kind"] in kinds:
            distinct.setdefault((row["kind"], row["lines"], even(str(row["text"]))), row)
    return list(distinct.values())


def _paired(kinds: tuple[str, ...], old: Sequence[Row], new: Sequence[Row]) -> list[_Match]:
    known = {str(row["id"]) for row in old}
    pairs = align([_text(row) for row in old], [_text(row, known) for row in new], alike=kinds in _SENTENCES)
    olds, news = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return [
        *(_Match(old[pair.old], new[pair.new], pair.change, pair.score) for pair in pairs),
        *(_Match(row, None) for number, row in enumerate(old) if number not in olds),
        *(_Match(None, row) for number, row in enumerate(new) if number not in news),
    ]


def _text(row: Row, known: Iterable[str] = ()) -> Text:
    """Return a statement to align; one that takes the place of something known has the key of that."""
    former = row["succeeds"]
    keys = [key for key in former if key in known] if isinstance(former, list) else []
    return Text(_words(row), str(row["kind"]), str(keys[0] if keys else row["id"]))


def _words(row: Row) -> str:
    level = f", level {row['level']}" if row["level"] is not None else ""
    return f"{row['text']}{level}{' (desirable)' if row['necessity'] == 'desirable' else ''}"


def _row(match: _Match) -> dict[str, object]:
    old, new = match.old, match.new
    values = (
        (old or new or {})["kind"],
        "added" if old is None else "dropped" if new is None else "kept",
        match.change,
        _words(old) if old else None,
        _words(new) if new else None,
        old["lines"] if old else None,
        new["lines"] if new else None,
        match.score,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _place(match: _Match) -> tuple[int, bool, int, int]:
    kind = str((match.old or match.new or {})["kind"])
    return KINDS.index(kind), match.new is None, _line(match.new), _line(match.old)


def _line(row: Row | None) -> int:
    lines = str(row["lines"] or 0) if row else "0"
    return int(lines.split(",")[0].split("-")[0])
