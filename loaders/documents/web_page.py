"""Read a profile page of the College's site: a summary, a sentence about the role, then the parts of a profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.fields.title_block import Head, about_title, force_in, level_in, role_named, title_line

if TYPE_CHECKING:
    from loaders.documents.profile_builder import Draft
    from loaders.layout.lines import Line


_SIGNS = re.compile(
    r"information about the role of .*|.*\bin the policing professional profiles\b.*"
    r"|key responsibility statements show\b.*"
    r"|.*\bwithin (?:the .* )?(?:sector of )?policing\. it['’]s an? .* role\b.*",
    re.IGNORECASE,
)


def is_web_page(lines: tuple[Line, ...]) -> bool:
    """Tell whether the text bears the sentences that every such page prints."""
    return any(_SIGNS.match(line.text) for line in lines)


def read(draft: Draft) -> Head:
    """Fill the draft; the title is that of the page, and where the page lost it that of its summary."""
    outline = draft.outline
    about = [line for section in outline.of("about") for line in section.lines]
    top = [*outline.head, *about]
    said = about_title(top)
    title = title_line(outline.head) or said or ""
    notes = (f"the page is titled {title!r}, its text is about {said!r}",) if said and _differ(title, said) else ()
    organisation = force_in([title, *(line.text for line in top)])
    draft.take_profile()
    draft.frame(outline.head)
    draft.frame(line for line in about if about_title([line]) or draft.fields.get("purpose"))
    draft.take_about()
    draft.frame(line for section in outline.sections if section.kind == "foot" for line in section.lines)
    role = role_named(title, organisation, None, level_in(line.text for line in draft.lines))
    return Head(role=role, notes=notes)


def _differ(title: str, said: str) -> bool:
    words = [set(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", text.casefold()))) for text in (title, said)]
    return not (words[0] <= words[1] or words[1] <= words[0])
