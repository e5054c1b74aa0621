"""Read a policy on promotion: the steps of its process, in their order."""

from __future__ import annotations

from dataclasses import replace

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.fields import title_block
from loaders.fields.role_title import names_several, promoted_to
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.language.rank_titles import find_ranks
from loaders.layout.outline import is_titled
from loaders.profile import RoleInfo

_POLICY = any_case(
    r".*\b(?:policy|procedure|framework|guidance|manual|scheme)\b.*",
    r"(?:selection(?: and|,| for) )?promotions?\b(?! to).*",
)
_ELSEWHERE = any_case(r"\b(?:from|another|other|equivalent|transfer\w*)\b")
"""A sentence that may name a force whose officers come to the one that writes."""
_TITLE = any_case(r"^(?:(?:policy|procedure|document) )?title\s*:\s*")
_RECRUITS = any_case(
    r"\bclosing date\b|\bvacanc(?:y|ies) (?:for|of|in|at)\b|\bapplications? (?:must|should"
    r"|are invited)\b"
)
_PROMOTION = any_case(r"\bpromot(?:ions?|ed)\b")
_TITLES = 6
_LONGEST_TITLE = 8


def is_policy(text: DocumentText) -> bool:
    """Return whether it is titled as a policy, procedure or framework, speaks of promotion, and describes no role."""
    titles = [_TITLE.sub("", line.text) for line in text.top[:_TITLES] if is_titled(line)]
    spoken = sum(bool(_PROMOTION.search(line.text)) for line in text.lines)
    recruits = any(_RECRUITS.search(line.text) for line in text.lines)
    brief = [title for title in titles if len(title.split()) <= _LONGEST_TITLE and not find_ranks(title)]
    named = [title for title in titles if _POLICY.fullmatch(title) and (title in brief or names_several(title))]
    if any(map(promoted_to, titles)):
        return False
    no_post = "accountabilities" not in text.kinds or any(map(names_several, named))
    return bool(named) and spoken > 1 and not recruits and no_post


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; a policy is about promotion to several ranks, and so about no one role.

    Its responsibilities are what those who carry it out do, and no duties of a rank.
    """
    title = text.lines[0]
    kept = [one for one in text.outline.sections if one.kind != "accountabilities" and one.title != title]
    described = replace(text, outline=replace(text.outline, sections=kept))
    parts = read_sections(described) + read_pay_and_stages(described)
    organisation = text.force(line.text for line in text.lines if is_titled(line) or not _ELSEWHERE.search(line.text))
    coded = title_block.code_of(text.top)
    role = RoleInfo(id="", name="", organisation=organisation)
    return Head(role=role, code=coded.code, version=coded.version), parts.with_frames(text.form.lines)


FAMILY = Family("policy", authority="force policy", matches=is_policy, read=read, source_kind="policy", series="policy")
