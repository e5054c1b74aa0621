"""What was read of a document, before it is a profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from loaders.layout.lines import Line
from loaders.profile import Statement


@dataclass(frozen=True)
class Parts:
    """What was read of a document: statements by field, lines that only frame them, and lines below lists."""

    fields: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    frames: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    framework: str | None = None

    def __add__(self, other: Parts) -> Parts:
        """Return both, the statements of the other behind those of this one."""
        names = dict.fromkeys((*self.fields, *other.fields))
        return Parts(
            {name: (*self.fields.get(name, ()), *other.fields.get(name, ())) for name in names},
            (*self.frames, *other.frames),
            (*self.rest, *other.rest),
            (*self.notes, *other.notes),
            self.framework or other.framework,
        )

    def with_frames(self, lines: Iterable[Line]) -> Parts:
        """Return the same with more lines set aside: they say nothing of the role."""
        return replace(self, frames=(*self.frames, *lines))

    def of(self, name: str) -> tuple[Statement, ...]:
        """Return the statements of a field."""
        return self.fields.get(name, ())
