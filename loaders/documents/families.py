"""The registry of families: a family is one module and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.documents import (
    advert,
    appointment_terms,
    coded_profile,
    information_pack,
    job_description,
    other_text,
    promotion_policy,
    web_page,
    written_profile,
)

if TYPE_CHECKING:
    from loaders.documents.family import DocumentText, Family

FAMILIES: tuple[Family, ...] = (
    information_pack.FAMILY,
    web_page.FAMILY,
    coded_profile.FAMILY,
    coded_profile.UNCODED,
    promotion_policy.FAMILY,
    job_description.FAMILY,
    advert.FAMILY,
    appointment_terms.FAMILY,
    written_profile.FAMILY,
    other_text.FAMILY,
)
"""The first that claims a text reads it."""


def family_of(text: DocumentText) -> Family:
    """Return the family of a text: one that is sure of it, else the first that it resembles."""
    sure = (family for family in FAMILIES if family.matches(text))
    return next(sure, None) or next(family for family in FAMILIES if family.resembles(text))


def family_named(name: str) -> Family:
    """Return a family by its name, as `format` of a document gives it."""
    return next(family for family in FAMILIES if family.name == name)
