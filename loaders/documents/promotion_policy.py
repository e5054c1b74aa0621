"""Read a policy on promotion: the steps of its process, in their order."""

from __future__ import annotations

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.fields import title_block
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.profile import RoleInfo

_POLICY = any_case(r"\b(?:promotion|policy|procedure|framework|process)\b")
_PROMOTION = any_case(r"\bpromotion\b")


def is_policy(text: DocumentText) -> bool:
    """Return whether it is titled as a policy, procedure or framework, speaks of promotion, and describes no role."""
    titles = [line.text for line in text.top if len(line.text.split()) <= _LONGEST_TITLE]
    spoken = sum(bool(_PROMOTION.search(line.text)) for line in text.lines)
    return not text.is_profile and spoken > 1 and any(_POLICY.search(title) for title in titles)


_LONGEST_TITLE = 8


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; a policy is about promotion to several ranks, and so about no one role."""
    parts = read_sections(text) + read_pay_and_stages(text)
    organisation = title_block.force_in(line.text for line in text.lines)
    coded = title_block.code_of(text.top)
    role = RoleInfo(id="", name="", organisation=organisation)
    return Head(role=role, code=coded.code, version=coded.version), parts.with_frames(text.form.lines)


FAMILY = Family("policy", authority="force policy", matches=lambda _: False, resembles=is_policy, read=read)
