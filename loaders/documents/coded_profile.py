"""Read a profile that has a code and version, or a force's own role description of the same make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.documents.family import Family
from loaders.documents.profile_builder import read_about, read_sections
from loaders.fields.title_block import (
    Head,
    code_of,
    force_in,
    graded,
    is_label,
    labelled_title,
    level_in,
    role_named,
    title_line,
)
from loaders.language.patterns import any_case
from loaders.layout.sections import is_titled

if TYPE_CHECKING:
    from loaders.documents.family import DocumentText
    from loaders.documents.parts import Parts


_SIGNS = any_case(
    r"job (?:sub[ -]?)?family\b.*|code [A-Z]{2,4}-.*|(?:job|role|post|position) title\s*[:/].*|role code\s*:.*"
)


def is_coded_profile(text: DocumentText) -> bool:
    """Return whether the head has the labels of a profile."""
    lines = text.lines
    return text.is_profile and (code_of(lines).code is not None or any(_SIGNS.fullmatch(line.text) for line in lines))


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the title is what a label says, else the first line, else what the code names."""
    coded = code_of(text.lines)
    top = [*text.outline.head, *(line for section in text.outline.of("about") for line in section.lines)]
    title = labelled_title(top) or title_line(top) or graded(top) or ""
    organisation = force_in([title, *(line.text for line in top if not _SIGNS.fullmatch(line.text))])
    parts = read_sections(text)
    parts = parts.with_frames(line for line in top if is_titled(line) or is_label(line.text) or parts.of("purpose"))
    parts += read_about(text, parts)
    labels = (line for line in text.lines if is_label(line.text) and not line.mark)
    parts = parts.with_frames((*([coded.line] if coded.line else []), *labels))
    role = role_named(
        title, organisation or _force_of_code(coded.code), coded.code, level_in(line.text for line in top)
    )
    return Head(role=role, code=coded.code, version=coded.version), parts


def _force_of_code(code: str | None) -> str | None:
    return "mps" if code and "-MPS-" in code else None


FAMILY = Family(
    "coded-profile",
    authority="national profile",
    matches=is_coded_profile,
    resembles=lambda text: text.has_several_parts,
    read=read,
)
