"""Read a text of no known family: what it may say that a role does or needs is uncertain, and says so."""

from __future__ import annotations

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.fields import title_block
from loaders.fields.duties import duties
from loaders.fields.role_title import title_of
from loaders.fields.title_block import Head
from loaders.layout.list_items import paragraphs
from loaders.layout.sections import is_titled


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the duties that its sentences give the holder of a post are uncertain."""
    parts = read_sections(text) + read_pay_and_stages(text)
    known = {number for one in (*parts.of("pay"), *parts.of("stages")) for number in one.lines}
    running = [line for line in text.lines if not is_titled(line) and line.first not in known]
    guessed = [one.model_copy(update={"certain": False}) for one in duties(paragraphs(running).items)]
    parts += Parts({"prose_duties": tuple(guessed)})
    title = title_of(text.top, text.form, text.lines, [one.text for one in guessed])
    organisation = title_block.force_in(line.text for line in text.lines)
    return title_block.head_of(title, organisation, title_block.code_of(text.top)), parts.with_frames(text.form.lines)


FAMILY = Family("other", authority="uncertain", matches=lambda _: False, resembles=lambda _: True, read=read)
