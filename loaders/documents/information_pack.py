"""Read an information pack: a profile among what a force tells its candidates on itself, pay and the selection."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.documents.running_text import read_about
from loaders.fields import title_block
from loaders.fields.role_title import below_letterhead, framed_title, page_title
from loaders.fields.title_block import Head
from loaders.layout.headings import PROFILE_KINDS
from loaders.layout.lines import Line
from loaders.layout.outline import Outline, is_titled

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


def is_pack(text: DocumentText) -> bool:
    """Return whether the parts of a pack stand around the profile: three kinds, or two in what is called a pack."""
    count = len(text.kinds & _PACK_PARTS)
    return count >= _FEWEST_PARTS or (is_called_pack(text) and count >= _FEWEST_PARTS - 1)


def is_called_pack(text: DocumentText) -> bool:
    """Return whether what stands before all parts calls the document a pack."""
    head = " ".join(line.text.casefold() for line in text.outline.head)
    return any(name in head for name in _NAMED_PACK)


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the role is the one named above the profile, else on the cover, else in the letter."""
    outline = text.outline
    above = _above_profile(outline)
    cover = [line for line in outline.head if is_titled(line) or not line.text.endswith((".", "!", "?"))]
    organisation = _force(text, [*cover, *above])
    coded = title_block.code_of(above)
    title = (
        title_block.labelled_title(above)
        or title_block.rank_line(above, organisation)
        or title_block.rank_line(below_letterhead(cover), organisation)
        or title_block.rank_wanted((line.text for line in text.lines[:_HEAD_LINES]), organisation)
        or page_title(above)
        or page_title(cover)
        or framed_title(text.top)
        or ""
    )
    parts = read_sections(text)
    parts += read_about(text, parts) + read_pay_and_stages(text)
    parts = parts.with_frames((*cover, *(line for line in above if is_titled(line) or title_block.is_label(line.text))))
    return title_block.head_of(title, organisation, coded), parts


def _above_profile(outline: Outline) -> list[Line]:
    """Return what stands under the headings right above the first part of the profile."""
    above: list[Line] = []
    for section in outline.sections:
        if section.kind in PROFILE_KINDS:
            break
        above = [*above, *section.lines] if section.kind == "about" else []
    return above


def _force(text: DocumentText, top: Sequence[Line]) -> str | None:
    return title_block.force_in(line.text for line in top) or text.force(line.text for line in text.lines)


FAMILY = Family(
    "pack",
    authority="pack",
    source_kind="pack",
    matches=is_pack,
    resembles=lambda text: text.has_several_parts and is_called_pack(text),
    read=read,
    recruits=True,
)
