"""Read an information pack: a profile among what a force tells its candidates on itself, pay and the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.fields.title_block import Head, code_of, force_in, is_label, labelled, rank_wanted, role_named, title_line
from loaders.language.rank_titles import find_ranks
from loaders.layout.headings import PROFILE_KINDS
from loaders.layout.sections import is_titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.documents.profile_builder import Draft
    from loaders.layout.lines import Line
    from loaders.layout.sections import Outline


_PACK_PARTS = frozenset({"introduction", "force", "pay", "process", "contents", "vetting"})
_FEWEST_PARTS = 3
_NAMED_PACK = (
    "information pack",
    "applicant information",
    "candidate information",
    "candidate pack",
    "recruitment pack",
    "application pack",
    "applicant pack",
    "recruitment information",
)
_HEAD_LINES = 60


def is_pack(outline: Outline) -> bool:
    """Tell whether the parts of a pack stand around the profile: three kinds, or two in what is called a pack."""
    kinds = {section.kind for section in outline.sections} & _PACK_PARTS
    return len(kinds) >= _FEWEST_PARTS or (is_called_pack(outline) and len(kinds) >= _FEWEST_PARTS - 1)


def is_called_pack(outline: Outline) -> bool:
    """Tell whether the cover calls the document a pack."""
    head = " ".join(line.text.casefold() for line in outline.head)
    return any(name in head for name in _NAMED_PACK)


def read(draft: Draft) -> Head:
    """Fill the draft; the role is the one named above the profile, else on the cover, else in the letter."""
    outline = draft.outline
    above = _above_profile(outline)
    cover = [line for line in outline.head if is_titled(line) or not line.text.endswith((".", "!", "?"))]
    organisation = _force(draft, [*cover, *above])
    coded = code_of(above)
    title = (
        labelled(above)
        or _rank_line(above, organisation)
        or _rank_line(cover, organisation)
        or rank_wanted((line.text for line in draft.lines[:_HEAD_LINES]), organisation)
        or title_line(line for line in above if not force_in([line.text]))
        or title_line(cover)
        or ""
    )
    draft.take_profile()
    draft.take_about()
    draft.take_offer()
    draft.frame(cover)
    draft.frame(line for line in above if is_titled(line) or is_label(line.text))
    return Head(role=role_named(title, organisation, coded.code), code=coded.code, version=coded.version)


def _above_profile(outline: Outline) -> list[Line]:
    """Return what stands under the headings right above the first part of the profile."""
    found: list[Line] = []
    for section in outline.sections:
        if section.kind in PROFILE_KINDS:
            break
        found = [*found, *section.lines] if section.kind == "about" else []
    return found


def _rank_line(lines: Sequence[Line], organisation: str | None) -> str | None:
    """Return the first title line that names a rank."""
    return next((line.text for line in lines if is_titled(line) and find_ranks(line.text, organisation)), None)


def _force(draft: Draft, top: Sequence[Line]) -> str | None:
    return force_in(line.text for line in top) or force_in(line.text for line in draft.lines)
