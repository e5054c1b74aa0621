"""Read a profile that has a code and version, or a force's own role description of the same make."""

from __future__ import annotations

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.documents.running_text import asked_in_passing, read_about
from loaders.fields import title_block
from loaders.fields.role_title import title_of
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.layout.outline import is_titled

_SIGNS = any_case(r"job (?:sub[ -]?)?family\b.*|code [A-Z]{2,4}-.*")


def is_coded_profile(text: DocumentText) -> bool:
    """Return whether the head has the labels of a profile of the College."""
    lines = text.lines
    coded = title_block.code_of(lines).code
    return text.is_profile and (
        (coded is not None and "-" in coded) or any(_SIGNS.fullmatch(line.text) for line in lines)
    )


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the title is what a label says, else the first line, else what the code names."""
    coded = title_block.code_of(text.lines)
    top = [*text.outline.head, *(line for section in text.outline.of("about") for line in section.lines)]
    title = title_block.labelled_title(top) or title_of(top or text.top, text.form, text.lines, ())
    organisation = text.force([title, *(line.text for line in top if not _SIGNS.fullmatch(line.text))])
    parts = read_sections(text)
    parts = parts.with_frames(
        line for line in top if is_titled(line) or title_block.is_label(line.text) or parts.of("purpose")
    )
    parts += read_about(text, parts) + read_pay_and_stages(text)
    parts += asked_in_passing(text, parts)
    labels = (line for line in text.lines if title_block.is_label(line.text) and not line.mark)
    parts = parts.with_frames((*([coded.line] if coded.line else []), *labels))
    level = title_block.level_in(line.text for line in top)
    return title_block.head_of(title, organisation or _force_of_code(coded.code), coded, level), parts


def _force_of_code(code: str | None) -> str | None:
    return "mps" if code and "-MPS-" in code else None


FAMILY = Family(
    "coded-profile",
    authority="national profile",
    matches=is_coded_profile,
    read=read,
)
UNCODED = Family(
    "uncoded-profile",
    authority="profile of unknown origin",
    matches=lambda _: False,
    resembles=lambda text: text.has_several_parts,
    read=read,
)
"""A text that has the parts of a profile and nothing that says whose it is."""
