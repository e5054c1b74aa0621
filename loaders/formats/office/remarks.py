"""Count what a reader left out or changed, and say it in notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_MOST_WORDS = 300
_LONGEST_HEADER = 40
"""Lines of a header that are looked for in the text; one with more of them is no header."""

_KINDS = {
    "insertion": ("tracked changes read as accepted", "insertions"),
    "deletion": ("tracked changes read as accepted", "deletions"),
    "move": ("tracked changes read as accepted", "moves"),
    "first header": ("header of the first page kept, for nothing else says it", ""),
    "header": ("header left out", ""),
    "footer": ("footer left out", ""),
    "prompt": ("left out, for it only asks to be filled in", ""),
    "comment": ("left out", "comments"),
    "hidden": ("left out", "hidden text"),
    "footnote": ("given at the end", "footnotes"),
    "endnote": ("given at the end", "endnotes"),
    "picture": ("not read", "pictures"),
    "diagram": ("not read", "charts and diagrams"),
    "embedded": ("not read", "embedded files"),
    "sign": ("signs of unknown fonts, kept as they are", ""),
}
"""What is said of each kind, and of what with its number; where that is empty, the words are given."""


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
            self._words.setdefault(kind, {})[words] = None

    def header(self, kind: str, lines: Sequence[str], text: str | None) -> list[str]:
        """Say what a header or footer has, and return those of its lines that are to be kept.

        `text` is the text of the document, in lower case, for the header of the first page alone: what is nowhere else
        is kept. It is none for all others.
        """
        known = text is None or len(lines) > _LONGEST_HEADER
        kept = [] if known or text is None else [line for line in lines if line.casefold() not in text]
        for name, some in (("first header", kept), (kind, [line for line in lines if line not in kept])):
            if some:
                self.add(name, " / ".join(some))
        return kept

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for all that has the same said of it; what is said by its words needs words."""
        sentences: dict[str, list[str]] = {}
        for kind, (topic, name) in _KINDS.items():
            words = f"{name} ({self._counts[kind]})" if name else self._quoted(kind)
            if self._counts[kind] and words:
                sentences.setdefault(topic, []).append(words)
        return tuple(f"{topic}: {', '.join(pieces)}" for topic, pieces in sentences.items())

    def _quoted(self, kind: str) -> str:
        words = "; ".join(f"“{one}”" for one in self._words.get(kind, {}))
        return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]} …"
