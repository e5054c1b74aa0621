"""Read a profile page of the College's site: a summary, a sentence about the role, then the parts of a profile."""

from __future__ import annotations

import re

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.documents.running_text import read_about
from loaders.fields.role_title import last_of_way, page_title
from loaders.fields.title_block import Head, about_title, level_in, role_named
from loaders.language.patterns import any_case

_SIGNS = any_case(
    r"information about the role of .*|.*\bin the policing professional profiles\b.*",
    r"key responsibility statements show\b.*|.*\bwithin (?:the .* )?(?:sector of )?policing\. it['’]s an? .* role\b.*",
)


def is_web_page(text: DocumentText) -> bool:
    """Return whether the text has the sentences that every such page prints."""
    return text.is_profile and any(_SIGNS.match(line.text) for line in text.lines)


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the title is that of the page, and where the page lost it that of its summary."""
    outline = text.outline
    about = [line for section in outline.of("about") for line in section.lines]
    top = [*outline.head, *about]
    summary = about_title(top)
    title = page_title(outline.head) or last_of_way(outline.head) or summary or ""
    differing = summary and _differ(title, summary)
    notes = (f"the page is titled {title!r}, its text is about {summary!r}",) if differing else ()
    organisation = text.force([title, *(line.text for line in top)])
    parts = read_sections(text).with_frames(outline.head)
    parts = parts.with_frames(line for line in about if about_title([line]) or parts.of("purpose"))
    role = role_named(title, organisation, None, level_in(line.text for line in text.lines))
    if text.kinds & {"pay", "process"}:
        parts += read_pay_and_stages(text)
    return Head(role=role, notes=notes), parts + read_about(text, parts)


def _differ(title: str, summary: str) -> bool:
    words = [set(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", text.casefold()))) for text in (title, summary)]
    return not (words[0] <= words[1] or words[1] <= words[0])


FAMILY = Family("web-page", authority="national profile", matches=is_web_page, read=read)
