"""Count what a reader left out or changed, and write notes about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_MOST_WORDS = 300
_LONGEST_HEADER = 40
"""Lines of a header that are looked for in the text; one with more of them is no header."""

_TOPICS = {
    "tracked changes read as accepted": {"insertion": "insertions", "deletion": "deletions", "move": "moves"},
    "header of the first page kept, for nothing else says it": {"first header": ""},
    "header left out": {"header": ""},
    "footer left out": {"footer": ""},
    "left out, for it only asks to be filled in": {"prompt": ""},
    "left out": {"comment": "comments", "hidden": "hidden text"},
    "given at the end": {"footnote": "footnotes", "endnote": "endnotes"},
    "not read": {"picture": "pictures", "diagram": "charts and diagrams", "embedded": "embedded files"},
    "signs of unknown fonts, kept as they are": {"sign": ""},
}
"""How each kind is called beside its number, by topic; where that is empty, its words are given."""


class Remarks:
    """What was left out or changed, by kind; with words where they are worth saying."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts: Counter[str] = Counter()
        self._words: dict[str, dict[str, None]] = {}

    def add(self, kind: str, words: str = "") -> None:
        """Count one of a kind."""
        self._counts[kind] += 1
        if words := " ".join(words.split()):
            self._words.setdefault(kind, {})[f"“{words}”"] = None

    def header(self, kind: str, lines: Sequence[str], text: str | None) -> list[str]:
        """Say what a header or footer has, and return those of its lines that are to be kept.

        `text` is the text of the document, in lower case, for the header of the first page alone: what is nowhere else
        is kept. It is none for all others.
        """
        is_candidate = text is not None and len(lines) <= _LONGEST_HEADER
        kept = [line for line in lines if is_candidate and line.casefold() not in (text or "")]
        self.add("first header", " / ".join(kept))
        self.add(kind, " / ".join(line for line in lines if line not in kept))
        return kept

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each topic; a kind that is given by its words needs some."""
        topics = ((topic, [self._phrase(*kind) for kind in kinds.items()]) for topic, kinds in _TOPICS.items())
        return tuple(f"{topic}: {', '.join(filter(None, pieces))}" for topic, pieces in topics if any(pieces))

    def _phrase(self, kind: str, name: str) -> str:
        if name:
            return f"{name} ({self._counts[kind]})" if self._counts[kind] else ""
        words = "; ".join(self._words.get(kind, {}))
        return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]} …"
