"""Read documents about police roles: what each says, with its lines, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import DocumentError
from loaders.annotate import annotate
from loaders.documents import advert, coded_profile, information_pack, web_page
from loaders.documents.profile_builder import Draft
from loaders.formats.plain_text import read_source
from loaders.layout.headings import PROFILE_KINDS
from loaders.layout.lines import laid_out
from loaders.layout.sections import outlined

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.layout.lines import Line
    from loaders.layout.sections import Outline
    from loaders.profile import Profile

__all__ = ["read"]

_EXPECTED = "a profile, pack or advert of one police role"
_CONTENT = ("purpose", "accountabilities", "skills", "education", "criteria", "prose_duties")
_READERS = {
    "web-page": web_page.read,
    "coded-profile": coded_profile.read,
    "pack": information_pack.read,
    "advert": advert.read,
}


def read(path: Path) -> Profile:
    """Return what a document says; its family is told by its content.

    Raises `DocumentError` for what is no text, and for a text that is no profile, pack or advert.
    """
    source = read_source(path)
    lines = laid_out(source.lines, source.hidden)
    outline = outlined(lines)
    family = _family(source.name, lines, outline)
    draft = Draft(source, lines, outline, family)
    head = _READERS[family](draft)
    if not head.role.name or not any(draft.fields.get(field) for field in _CONTENT):
        missing = "no role" if not head.role.name else "nothing that a role does or needs"
        raise DocumentError(
            source.name, f"a text like {family}, with {missing} in it", _EXPECTED, "check that it is such a document"
        )
    return _without_related(annotate(draft.profile(head), source.lines))


def _without_related(profile: Profile) -> Profile:
    """Set aside those of the leftovers that a relation quotes whole."""
    said = (relation for relation in profile.relations if relation.kind != "PART_OF")
    quoted = {(relation.lines, _words(relation.quote)) for relation in said}
    used = tuple(one for one in profile.leftovers if (one.lines, _words(one.text)) in quoted)
    left = tuple(one for one in profile.leftovers if one not in used)
    frames = tuple(sorted((*profile.frames, *used), key=lambda one: one.lines))
    return profile.model_copy(update={"leftovers": left, "frames": frames})


def _words(text: str) -> str:
    return " ".join(text.split()).strip(" .;")


def _family(name: str, lines: tuple[Line, ...], outline: Outline) -> str:
    kinds = {section.kind for section in outline.sections}
    profiled = bool(kinds & {"purpose", "accountabilities"})
    if profiled and web_page.is_web_page(lines) and not information_pack.is_pack(outline):
        return "web-page"
    if information_pack.is_pack(outline):
        return "pack"
    if profiled and coded_profile.is_coded_profile(lines):
        return "coded-profile"
    if advert.is_advert(lines):
        return "advert"
    if profiled and len(kinds & PROFILE_KINDS) > 1:
        return "pack" if information_pack.is_called_pack(outline) else "coded-profile"
    raise DocumentError(
        name, "a page without the parts of a profile or the words of an advert", _EXPECTED, "leave it out of the load"
    )
