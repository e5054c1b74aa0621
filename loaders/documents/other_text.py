"""Read a text of no known family: what it may say that a role does or needs is uncertain, and says so."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.profile_builder import read_pay_and_stages, read_sections
from loaders.fields import title_block
from loaders.fields.duties import duties
from loaders.fields.role_title import title_of
from loaders.fields.title_block import Head
from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.list_items import Item, paragraphs
from loaders.layout.outline import is_titled
from loaders.profile import Statement

_DOES = any_case(
    r"^(?:the|an?|our|each|every) (?:[\w’'-]+ ){0,4}?(?:officer|manager|supervisor|lead(?:er)?|investigator"
    r"|analyst|commander|sergeant"
    r"|inspector|constable|co-?ordinator|advis[eo]r|assistant|controller|handler)s? (?:will|must|shall|(?:is"
    r"|are) responsible for) (?P<duty>.+)"
)


def _guessed(items: Iterable[Item]) -> list[Statement]:
    """Return the duties of the holder of a post, and those of anybody whom a sentence names by a kind of post."""
    found = list(items)
    known = duties(found)
    lines = {one.lines for one in known}
    for item in found:
        sentences = split_sentences(item.text) if item.lines not in lines else []
        matches = [match for sentence in sentences if (match := _DOES.match(sentence))]
        known += [Statement(text=match["duty"].rstrip(" ."), lines=item.lines) for match in matches]
    return sorted(known, key=lambda one: one.lines)


def read(text: DocumentText) -> tuple[Head, Parts]:
    """Return head and parts; the duties that its sentences give the holder of a post are uncertain."""
    parts = read_sections(text) + read_pay_and_stages(text)
    known = {number for one in (*parts.of("pay"), *parts.of("stages")) for number in one.lines}
    running = [line for line in text.lines if not is_titled(line) and line.first not in known]
    guessed = [one.model_copy(update={"certain": False}) for one in _guessed(paragraphs(running).items)]
    parts += Parts({"prose_duties": tuple(guessed)})
    title = title_of(text.top, text.form, text.lines, [one.text for one in guessed])
    organisation = text.force(line.text for line in text.lines)
    return title_block.head_of(title, organisation, title_block.code_of(text.top)), parts.with_frames(text.form.lines)


FAMILY = Family("other", authority="uncertain", matches=lambda _: False, resembles=lambda _: True, read=read)
