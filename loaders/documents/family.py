"""What a family of documents is: how its texts are known, what reads them, and whose word they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.nodes import SourceKind
from loaders.documents.parts import Parts
from loaders.fields.form_labels import Form, label_of, read_form
from loaders.fields.title_block import Head, force_in, is_force_name
from loaders.formats.source import Source
from loaders.layout.columns import NECESSITIES, heads_of_row
from loaders.layout.headings import LISTS, PROFILE_KINDS
from loaders.layout.lines import Line, rows
from loaders.layout.outline import Outline

_MOST_TOP_LINES = 40
_LONGEST_OF_FORM = 110


@dataclass(frozen=True)
class DocumentText:
    """The text of one document: its file, its logical lines, and the sections they stand in."""

    source: Source
    lines: tuple[Line, ...]
    outline: Outline

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of its sections."""
        return frozenset(section.kind for section in self.outline.sections)

    @cached_property
    def top(self) -> list[Line]:
        """Return the lines above the first part of a profile, and the labels below it, of a form."""
        starts = (one.title.first for one in self.outline.sections if one.kind in PROFILE_KINDS and one.title)
        end = min(starts, default=None)
        lines = self.lines[:_MOST_TOP_LINES]
        text = _length_of_form(lines)
        labels = [place for place, line in enumerate(lines[:text]) if not line.mark and label_of(line.text)]
        below = min(labels[-1] + 2, text) if labels else 0
        return [line for place, line in enumerate(lines) if end is None or line.first < end or place < below]

    @cached_property
    def form(self) -> Form:
        """Return the labels among those lines, with their values."""
        lists = self.outline.of(*(LISTS - {"criteria", "eligibility"}), "process")
        listed = {one.first for part in lists for one in (part.title, *part.lines) if one and one.cell}
        return read_form([line for line in self.top if line.first not in listed])

    def force(self, texts: Iterable[str]) -> str | None:
        """Return the id of the force that texts of it name most often, else what stands around its pages, or alone."""
        alone = (line.text for line in self.lines if not line.mark and is_force_name(line.text))
        return force_in(texts) or force_in(self.source.around) or force_in(alone)

    @property
    def is_profile(self) -> bool:
        """Return whether it says what a role is for or answers for."""
        return bool(self.kinds & {"purpose", "accountabilities"})

    @property
    def has_several_parts(self) -> bool:
        """Return whether it has two parts of a profile or more."""
        return self.is_profile and len(self.kinds & PROFILE_KINDS) > 1


def _length_of_form(lines: Sequence[Line]) -> int:
    """Return how many lines stand above the first long one, and above the first row of a table that is no form.

    A form has labels beside values; heads of columns, or cells without a partner, are none.
    """
    length = 0
    for row in rows(lines):
        heads = heads_of_row([line.text for line in row])
        alone = len(row) > 1 and (len(row) % 2 or len(heads) > 1 or NECESSITIES & set(heads.values()))
        if alone or any(len(line.text) > _LONGEST_OF_FORM for line in row):
            break
        length += len(row)
    return length


@dataclass(frozen=True)
class Family:
    """One family of documents."""

    name: str
    """As `format` of the document says it."""
    authority: str
    """Whose word it is, where no sources.yaml says otherwise."""
    matches: Callable[[DocumentText], bool]
    """Returns whether a text is surely of this family."""
    read: Callable[[DocumentText], tuple[Head, Parts]]
    resembles: Callable[[DocumentText], bool] = lambda _text: False
    """Returns whether a text that no family surely claims is taken for one of this family."""
    source_kind: SourceKind = "profile"
    """What sort of paper it is."""
    series: str = "profile"
    """What a newer edition of it replaces: the role's profile, or what only its like replaces."""
    recruits: bool = False
    """Whether it invites applications, and so gives a closing day, a term and pay."""
