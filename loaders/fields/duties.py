"""Duties that an advert states in running text: what the holder will do, and not what the holder is like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.language.patterns import any_case
from loaders.language.sentences import short_sentences
from loaders.layout.list_items import Item
from loaders.profile import Statement

_ADJECTIVE = r"(?:new|next|successful|ideal|future|appointed|incoming)"
_RANK = (
    r"(?:(?:deputy |assistant )*(?:commissioner|chief constable)|commander|(?:detective )?(?:chief )?"
    r"(?:superintendent|inspector)|sergeant|constable|chief officer|officer|investigator|operator|dispatcher"
    r"|handler|analyst|pcso|lead)"
)
_HOLDER = (
    rf"(?:the|our|a|an|any) (?:{_ADJECTIVE} )*(?:candidate|applicant|appointee|individual|person"
    rf"|post-?\s?holder|role-?\s?holder"
    rf"|job-?\s?holder|role|post|{_RANK})s?|as (?:the |an? |our )?(?:{_ADJECTIVE} )*(?:candidate|{_RANK}),? you|you"
)
_SUBJECT = any_case(rf"^(?:(?:in addition|also|additionally|furthermore|together|as [^,]{{3,80}}),? )?(?:{_HOLDER})\b")
_AGAIN = any_case(r"^(?:(?:in addition|also|additionally|furthermore),? )?(?:they|he or she|he/she|she or he)\b")
_QUALITY = (
    "be|been|become|have|hold(?!.{0,80}to account)|need|understand|possess|demonstrate|show|recognise|know|bring"
    "|receive|enjoy|find|join|get|feel|appreciate|value|share|believes?|respect|remain|like|want|wish|see|display"
    "|exhibit|already|require|expect|benefit"
)
_ADVERB = r"(?:also|then|therefore|always|personally|directly|effectively|actively|successfully|jointly|continually)"
_STARTS = any_case(
    r"\b(?:(?:be |is |are |being |and )?(?:(?:also|directly|ultimately|personally|jointly) )?(?:responsible"
    "|accountable) for (?P<responsible>)|(?:duty|duties|responsibility|responsibilities) of (?P<duty>)"
    "|(?:duty|duties|responsibility|responsibilities|task|tasks|role) (?:is to|are to|includes?|will be to"
    "|will include) (?P<task>)|(?:will|must|shall|is to|are to|is required to|is expected to"
    f"|are expected to) (?:{_ADVERB} )*(?:be (?:expected|required|asked|called upon|tasked) (?:to|with) "
    f"|continue to |need to |have to |help (?:to )?)?(?:{_ADVERB} )*(?P<verb>(?!(?:{_QUALITY}|{_ADVERB}"
    rf"|not)\b)[a-z]+)|,? and (?:will |must )(?:{_ADVERB} )*(?P<also>(?!(?:{_QUALITY}|{_ADVERB}|not)\b)[a-z]+))"
)
_NO_DUTY = any_case(
    "(?:be )?(?:appointed|invited|paid|offered|based|entitled|eligible|interviewed|assessed"
    "|asked to (?:complete|attend|submit)|submit|complete (?:a|an|the) (?:application|form|presentation)"
    r"|attend (?:an?|the) (?:interview|assessment)|apply|undergo|relocate|pass)\b"
)
_INSTRUMENT = any_case(
    r"\b(?:plan|plans|strategy|strategies|programme|requirement|commitments|code|framework|priorities"
    r"|manifesto|vision|policy)\b"
)
_CAPITAL = re.compile(
    r"\b[A-Z][a-z]+ (?:and [A-Z][a-z]+ )*[A-Z]?[a-z]*(?:Plan|Strategy|Programme|Requirement|Code|Framework"
    r"|Vision)|\b[\w’']+[’']s? \w* ?(?:commitments|priorities|plan|strategy|manifesto)\b"
)
_PARTICIPLE = re.compile(
    r",? (?:while |by |and )?(?P<text>[a-z]+ing (?:the|a|an|its|their|our|his|her|on|against)?\b[^,;]*)"
)
_JOINS = re.compile(r",?\s*(?:and|but|while|whilst|;)\s*$|[\s,;.]+$")


def duties(paragraphs: Iterable[Item]) -> list[Statement]:
    """Return the duties in paragraphs of running text, each with the lines of its paragraph.

    A sentence counts when its subject is the holder of the post; "they" is the holder where the sentence before was
    on the holder. A clause in -ing is a duty of its own only where it names a plan or other instrument.
    """
    statements: list[Statement] = []
    for item in paragraphs:
        about = False
        for sentence in short_sentences(item.text):
            if _SUBJECT.match(sentence):
                about = True
            elif not (about and _AGAIN.match(sentence)):
                about = False
                continue
            statements += [Statement(text=text, lines=item.lines) for text in _of_sentence(sentence)]
    return statements


def _of_sentence(sentence: str) -> list[str]:
    starts = [match for match in _STARTS.finditer(sentence) if not _NO_DUTY.match(_rest(sentence, match))]
    texts = []
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(sentence)
        texts += _clauses(sentence[_begin(match) : end])
    return [text for text in texts if text]


def _begin(match: re.Match[str]) -> int:
    group = next(name for name, value in match.groupdict().items() if value is not None)
    return match.start(group)


def _rest(sentence: str, match: re.Match[str]) -> str:
    return sentence[_begin(match) :]


def _clauses(text: str) -> list[str]:
    """Return a duty and, apart, the clause in -ing that carries out a plan."""
    match = next(
        (clause for clause in _PARTICIPLE.finditer(text) if clause.start() and _names_instrument(clause["text"])), None
    )
    if match is None or not text[: match.start()].strip():
        return [_tidy(text)]
    return [_tidy(text[: match.start()]), _tidy(text[match.start("text") :])]


def _names_instrument(text: str) -> bool:
    return bool(_INSTRUMENT.search(text) and _CAPITAL.search(text))


def _tidy(text: str) -> str:
    return _JOINS.sub("", text.strip()).strip(" ,;.")
