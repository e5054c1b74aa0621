"""Read a profile that has a code and version, or a force's own role description of the same make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.fields.title_block import (
    Head,
    code_of,
    force_in,
    graded,
    is_label,
    labelled,
    level_in,
    role_named,
    title_line,
)
from loaders.layout.sections import is_titled

if TYPE_CHECKING:
    from loaders.documents.profile_builder import Draft
    from loaders.layout.lines import Line


_SIGNS = re.compile(
    r"job (?:sub[ -]?)?family\b.*|code [A-Z]{2,4}-.*|(?:job|role|post|position) title\s*[:/].*|role code\s*:.*",
    re.IGNORECASE,
)


def is_coded_profile(lines: tuple[Line, ...]) -> bool:
    """Tell whether the head bears the labels of a profile."""
    return code_of(lines).code is not None or any(_SIGNS.fullmatch(line.text) for line in lines)


def read(draft: Draft) -> Head:
    """Fill the draft; the title is what a label says, else the first line, else what the code names."""
    outline = draft.outline
    coded = code_of(draft.lines)
    top = [*outline.head, *(line for section in outline.of("about") for line in section.lines)]
    title = labelled(top) or title_line(top) or graded(top) or ""
    organisation = force_in([title, *(line.text for line in top if not _SIGNS.fullmatch(line.text))])
    draft.take_profile()
    draft.frame(line for line in top if is_titled(line) or is_label(line.text) or draft.fields.get("purpose"))
    draft.take_about()
    draft.frame([coded.line] if coded.line else [])
    draft.frame(line for line in draft.lines if is_label(line.text) and not line.mark)
    role = role_named(
        title, organisation or _force_of_code(coded.code), coded.code, level_in(line.text for line in top)
    )
    return Head(role=role, code=coded.code, version=coded.version)


def _force_of_code(code: str | None) -> str | None:
    return "mps" if code and "-MPS-" in code else None
