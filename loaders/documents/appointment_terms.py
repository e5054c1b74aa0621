"""Read the terms of an appointment: what the holder is paid, for how long, and on what conditions."""

from __future__ import annotations

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages
from loaders.fields import title_block
from loaders.fields.role_title import title_of
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case

_SIGNS = tuple(
    any_case(form)
    for form in (
        (
            r"\bterms (?:and conditions )?(?:of|for) (?:the )?(?:appointment|service|employment|post)\b"
            r"|\bterms and conditions\b"
        ),
        (
            r"\bfixed[ -]term (?:appointment|contract)\b|\bappointment (?:will be|is) (?:for )?a (?:fixed )?(?:term"
            r"|period)\b"
        ),
        r"\b(?:annual|basic|starting) salary\b|\bsalary (?:will|is|for|range)\b|\bremuneration\b",
        r"\bannual leave\b|\bleave entitlement\b",
        r"\bpension(?:s|able)?\b.*\b(?:scheme|regulations|contributions)\b",
        r"\b(?:notice|probation(?:ary)?) period\b|\b\w+ months['’]? notice\b",
        r"\b(?:relocation|removal) (?:expenses|package|allowance)\b|\bhousing allowance\b",
        r"\bpolice (?:acts|regulations|pensions)\b",
    )
)
_FEWEST_SIGNS = 3


def is_terms(text: DocumentText) -> bool:
    """Return whether it speaks of the conditions of a post in three ways, and of no duties."""
    lines = [line.text for line in text.lines]
    return not text.is_profile and sum(any(sign.search(line) for line in lines) for sign in _SIGNS) >= _FEWEST_SIGNS


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts: pay and stages; the role is the one that is appointed to."""
    title = title_of(text.top, text.form, text.lines, [line.text for line in text.lines])
    organisation = text.force(line.text for line in text.lines)
    parts = read_pay_and_stages(text).with_frames(text.form.lines)
    return title_block.head_of(title, organisation, title_block.code_of(text.top)), parts


FAMILY = Family(
    "terms",
    authority="terms of appointment",
    matches=lambda _: False,
    resembles=is_terms,
    read=read,
    source_kind="terms",
    series="terms",
    recruits=True,
)
"""Its term and pay stand where an advert gives them."""
