"""Read what a force writes of one of its own jobs: a job description, a person specification, an advert of a post."""

from __future__ import annotations

from dataclasses import replace

from graph.ids import slug
from loaders.documents.family import DocumentText, Family
from loaders.documents.information_pack import is_called_pack
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.documents.running_text import asked_in_passing, read_about
from loaders.fields import title_block
from loaders.fields.form_labels import Form, label_of
from loaders.fields.role_title import promoted_to, title_of
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.layout.headings import LISTS
from loaders.layout.lines import Line
from loaders.layout.outline import is_titled
from loaders.layout.sections import split_sections
from loaders.profile import RoleInfo

_CONTENT = frozenset({"purpose", "accountabilities", "criteria", "skills", "education"})


_DOES = frozenset({"purpose", "accountabilities"})
_TITLES, _TITLES_OF_NOTICE = 20, 3
_CALLED = any_case(r"(?:job|role|post) (?:description|profile)(?: (?:and|&|/) (?:person|personal) specification)?")
_NAMED = any_case(r".*\b(?:job|role|post) (?:description|profile)\b.*|.*\bperson specification\b.*")


def is_job_description(text: DocumentText) -> bool:
    """Return whether it is called so, or a form or the name of a force says that it is about a job of one force."""
    named = bool(text.form.title) or any(is_titled(line) and _NAMED.fullmatch(line.text) for line in text.top)
    named = named or any(_CALLED.fullmatch(line.text) for line in text.lines[:_TITLES])
    if is_called_pack(text) or not asks_or_does(text) or promotes(text):
        return False
    of_force = bool(text.form.lines) or text.force(line.text for line in text.top) is not None
    return named or (bool(text.kinds & _DOES) and of_force)


def promotes(text: DocumentText) -> bool:
    """Return whether the first titles say that it is on promotion to a rank, whose duties it may list."""
    return any(is_titled(line) and promoted_to(line.text) for line in text.lines[:_TITLES_OF_NOTICE])


def asks_or_does(text: DocumentText) -> bool:
    """Return whether one part is surely what a job is for, does or asks for."""
    return bool(text.kinds & _CONTENT)


def own_job(role: RoleInfo) -> RoleInfo:
    """Return the job of one force that bears the name of a rank: its duties are not those of the rank everywhere."""
    if not role.id or role.id.startswith("role/"):
        return role
    job = f"role/{'-'.join(filter(None, (role.organisation, slug(role.name))))}"
    return role.model_copy(update={"id": job, "at_rank": role.id})


def _is_title_again(line: Line, form: Form) -> bool:
    """Return whether a line prints the title of the form once more, as the head or foot of a page does."""
    return not line.mark and form.title is not None and line.text.casefold() == form.title.casefold()


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the title is what the form at the top says, else a heading, else who does the duties."""
    top, form = text.top, text.form
    inner = tuple(line for line in text.lines if line not in form.lines and not _is_title_again(line, form))
    text = replace(text, outline=split_sections(inner))
    parts = read_sections(text)
    parts += read_about(text, parts) + read_pay_and_stages(text)
    parts += asked_in_passing(text, parts)
    statements = [one.text for name in ("purpose", "accountabilities") for one in parts.of(name)]
    title = title_of(top, form, text.lines, statements)
    organisation = text.force([form.force or "", title, *(line.text for line in top)])
    listed = {line.first for section in text.outline.sections if section.kind in LISTS for line in section.lines}
    above = [line for line in top if line.first not in listed]
    other = [line for line in above if ": " in line.text and label_of(line.text) == "title" and line not in form.lines]
    frames = (line for line in above if line not in other and (is_titled(line) or title_block.is_label(line.text)))
    parts = parts.with_frames((*form.lines, *frames))
    coded = title_block.code_of(text.lines)
    head = title_block.head_of(title, organisation, coded, title_block.level_in(line.text for line in top))
    return head.model_copy(update={"role": own_job(head.role)}), parts


FAMILY = Family(
    "job-description",
    authority="force paper",
    matches=is_job_description,
    resembles=asks_or_does,
    read=read,
    source_kind="job_description",
    recruits=True,
)
