"""Read what sentences outside lists say: what the holder of a post will do, and what is asked in passing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.documents.family import DocumentText
from loaders.documents.parts import Parts
from loaders.fields.form_labels import label_of, paired
from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.lines import Line
from loaders.layout.list_items import items, paragraphs, stated
from loaders.layout.outline import is_titled
from loaders.profile import Criterion

_ADVANTAGE = any_case(
    r"^(?:it|this|that)(?:['’]d| would| will| is| may)(?: also)?(?: be)?"
    r" (?:an? (?:advantage|bonus|asset|benefit)|desirable|advantageous|beneficial|helpful|useful) (?:if|to|for)\b"
)
_ASKED = any_case(
    r"\b(?:officers|staff|people|those|you|constables|sergeants|inspectors)\b.{0,200}\b(?:may|can"
    r"|are eligible to) apply\b",
    r"\b(?:experience|knowledge|qualification|licen[cs]e|degree|rank|clearance)\b[^.]{0,60}\bis (?:essential"
    r"|required|needed)\b",
)
_CLEARED = any_case(
    r"(?:(?:security |minimum )?vetting(?: (?:level|required|requirement|status))*|security clearance(?: level)?)\s*:"
    r"\s*(?!(?:n/?a|none|nil|not|no|tbc|to be)\b)\w.*"
)
"""A label of a form that asks for something of whoever has the post."""
_DOES = any_case(r"(?:you['’]ll|(?:you|the (?:post|role|job) ?-?holder) (?:will|shall))\b")


def read_about(text: DocumentText, parts: Parts) -> Parts:
    """Return what is said about the role: its duties where it lists them and no section does, else its purpose.

    Of a text with a section that is called purpose, only the duties are returned.
    """
    framed = {(line.first, line.text) for line in (*text.outline.frames, *parts.frames)}
    running = (
        [line for line in section.lines if (line.first, line.text) not in framed and (line.mark or not is_titled(line))]
        for section in text.outline.of("about")
    )
    found = Parts()
    for lines in running:
        prose = paragraphs([line for line in lines if not line.mark]).items
        whole = [replace(one.line, last=one.last, text=one.text, whole=True) for one in prose]
        parted = [
            [line] if line.mark else [replace(line, text=text) for text in split_sentences(line.text)]
            for line in sorted([*whole, *(one for one in lines if one.mark)], key=lambda line: line.first)
        ]
        does = [one for line in parted for one in line if one.mark or _DOES.match(one.text)]
        if not parts.of("accountabilities") and len(does) > 1:
            listed = items(does)
            found += Parts({"accountabilities": tuple(map(stated, listed.items))}, tuple(listed.frames))
        else:
            does = []
        if not parts.of("purpose"):
            rest = [[one for one in line if one not in does] for line in parted]
            kept = [replace(line[0], text=" ".join(one.text for one in line)) for line in rest if line]
            found += Parts({"purpose": tuple(map(stated, paragraphs(kept).items))})
    return found


def _with_values(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines; a label of what is asked for that stands alone has its value from the next line."""
    for one, two in pairwise([*lines, *lines[-1:]]):
        joined = replace(one, last=two.last, text=f"{one.text.rstrip(' :')}: {two.text}")
        stands = ": " not in one.text and is_titled(two) and not label_of(two.text) and _CLEARED.fullmatch(joined.text)
        yield joined if stands else one


def asked_in_passing(text: DocumentText, parts: Parts) -> Parts:
    """Return what sentences outside all lists ask of those who apply."""
    known = {number for of_field in parts.fields.values() for one in of_field for number in one.lines}
    asked = [
        one
        for one in _with_values(paired(text.lines))
        if one.first not in known
        and (
            _CLEARED.fullmatch(one.text)
            or (not is_titled(one) and (_ASKED.search(one.text) or _ADVANTAGE.search(one.text)))
        )
    ]
    wished = ["desirable" if _ADVANTAGE.search(one.text) else "essential" for one in asked]
    pairs = zip(asked, wished, strict=True)
    criteria = [{"text": line.text, "lines": line.lines, "necessity": necessity} for line, necessity in pairs]
    return Parts({"criteria": tuple(map(Criterion.model_validate, criteria))})
