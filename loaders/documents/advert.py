"""Read an advert or letter: duties in running text, what the candidate must show, and the day it closes."""

from __future__ import annotations

from loaders.documents.family import DocumentText, Family
from loaders.documents.job_description import promotes
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.documents.running_text import asked_in_passing
from loaders.fields import title_block
from loaders.fields.duties import duties
from loaders.fields.role_title import below_letterhead, framed_title, names_several, title_of, without_frame
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.lines import Line
from loaders.layout.list_items import paragraphs
from loaders.layout.outline import is_titled

_SIGNS = any_case(
    r"\b(?:advertis\w+ for|looking to (?:appoint|recruit)|seek\w* (?:to (?:appoint|recruit)|an? |applications)"
    r"|applications? (?:are|is|should|will|must|from|for|close)\b|applicants (?:should|must|will)"
    "|invites? applications|to apply|closing date|(?:promotion|selection|recruitment) process|vacanc(?:y|ies)"
    "|advert (?:for|of)|we are recruiting|dear (?:candidate|applicant|colleague))"
)
_DATED = any_case(r"(?:updated|posted|published)\b.*|\[name\]|dear .*|yours .*")


def is_advert(text: DocumentText) -> bool:
    """Return whether the text asks for applications, or is on promotion to a rank."""
    return promotes(text) or any(_SIGNS.search(line.text) for line in text.lines)


def _only_advertises(line: Line) -> bool:
    """Return whether a line is one sentence that a post is to be filled, or the form of a letter."""
    alone = len(split_sentences(line.text)) == 1 and bool(_SIGNS.search(line.text))
    return alone or _DATED.fullmatch(line.text) is not None


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the role is the one in the title, else the one that the text says is to be filled."""
    outline, head = text.outline, text.outline.head
    parts = read_sections(text) + read_pay_and_stages(text)
    about = (line for part in outline.of("about", "introduction", "force") for line in part.lines)
    running = [*head, *about, *parts.rest]
    prose = paragraphs([line for line in running if not is_titled(line)])
    parts += Parts({"prose_duties": tuple(duties(prose.items))}, tuple(head[:1]))
    parts = parts.with_frames(
        line for line in head if is_titled(line) or title_block.is_label(line.text) or _DATED.fullmatch(line.text)
    ).with_frames(line for line in running if _only_advertises(line))
    organisation = text.force(line.text for line in text.lines)
    coded = title_block.code_of(head)
    title = (
        title_block.labelled_title(head)
        or framed_title(head)
        or title_block.rank_line(below_letterhead(head) or text.lines[:1], organisation)
        or title_block.rank_wanted((line.text for line in text.lines), organisation)
        or title_of(text.top, text.form, text.lines, ())
    )
    title = "" if names_several(title) else without_frame(title) or title
    parts += asked_in_passing(text, parts)
    return title_block.head_of(title, organisation, coded), parts


FAMILY = Family("advert", authority="advert", matches=is_advert, read=read, source_kind="advert", recruits=True)
