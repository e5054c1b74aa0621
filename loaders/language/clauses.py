"""Who does what in a sentence: where a cue is_asserted, who its subject is, which names it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from loaders.language.patterns import NEAR, any_case, ends_with
from loaders.language.relation_phrases import Cue
from loaders.language.sentences import Sentence


class Party(NamedTuple):
    """A body, rank or role that a sentence names; `who` is None for a rank whose ladder is open."""

    start: int
    end: int
    who: str | None
    is_body: bool


_SAME_CLAUSE = r"(?:[^,;]|,(?!\s*(?:but|(?:and\s+)?(?:the|they|he|she|you|it|will|must|is|are))\b)){0,60}$"
_DENIED = any_case(
    rf"\b(?:not|never|neither|nor|without|no\s+longer|rather\s+than|instead\s+of|cannot|except)\b{_SAME_CLAUSE}"
)
_DOUBTED = any_case(r"\b(?:may|might|could|would|if|unless|whether|formerly|previously|used\s+to)\b[^,;]{0,40}$")
_MADE_TO = any_case(
    r"\b(?:enabl|allow|encourag|requir|ask|help|direct|empower|instruct|tell|invit|expect|motivat|inspir"
    r"|prepar|train|coach)\w*\b[^,;.]*\bto\s+(?:\w+ly\s+)?$",
    r"\bensur\w+\s+(?:that\s+)?(?:\w+\s+){1,5}$",
)
_FREE = any_case(r"^(?:in|as|at|by|following|on|after|upon|under|having|authorising|have|has|appoint|to)\w*\b")
_LEADS_IN = any_case(
    r"(?:^|[,;:.()/-]\s*|\b(?:and|or|to|by|also|who|will|must|shall|should|can|is|are|be|being|was|of|for|while"
    "|whilst|when|through|includes?|including|involves?|requires?|then|they|he|she|it|you|role|post|holder|holders"
    r"|postholder|postholders|candidate|has|have|required|appropriate|necessary|directly|held|as|a|an|\w+ly)\s+)$"
)
_SUBJECT_PLACE = any_case(
    r"(?:^(?:at all times\s+)?(?:the|an?|our|this|every|each|any|all|both|new|next|successful|\s)*"
    r"|(?:[,;:]|\bwhere|\bwhen|\bthat)\s+(?:the|an?|our|this|every|each|both)\s+(?:new\s+|next\s+|successful\s+)?)$"
)
_GOES_ON = (
    r"^(?:\s*\([^()]*\))?(?:\s+(?:and|or)\s+(?:the|her|his|their)\s+\w+(?:\s+\w+)?)?\s+(?:also\s+|\w+ly\s+)?"
    r"(?!(?:and|or|of|in|to|for|on|at|with|who|as|from|across|within|is\s+not)\b)"
)
_ONE_GOES_ON = re.compile(
    rf"{_GOES_ON}(?:is|are|was|has|have|had|will|must|shall|should|can|may|remains?|lines?|[a-z]+s)\b"
)
_MANY_GO_ON = re.compile(rf"{_GOES_ON}[a-z]+\b")
_PRONOUN = any_case(
    r"\b(?:they|he|she|you|(?:post|role|job)[\s-]?holders?|(?:the|this)\s+(?:role|post)|(?:candidate|applicant))\b"
)
_BARE = re.compile(
    r"(?:Reports|Works|Liaises|Line[ -]manages|Deputises|Advises|Supports)\b"
    r"(?!.*\b(?:is|are|was|were|will|must|should)\b)"
)
"""How a sentence on the holder begins that leaves the holder out: "Reports to the Head of Fleet."."""
_SPEAKER = any_case(r"^\W*(?:\w+\s+){0,2}?(?:I|we|my)\b")
_ADDRESSED = any_case(r"\byou(?:'ll)?\s+(?:will|must|shall|are)\b")
_WANTED = any_case(r"\b(?:appoint|recruit|seeking|looking\s+for|advertising\s+for|search\w*\s+for)\b")
_BREAK = any_case(
    "[.;:()]",
    r"\b(?:to|that|which|who|whom|whose|where|when|while|whilst|by|from|on|in|at|across|within|through"
    "|throughout|under|over|about|via|during|upon|of|for|with|is|are|be|will|must|ensure|enable|supports?"
    "|assists?|provides?|leads?|delivers?|develops?|they|he|she|we|you|it|has|have|manages?|maintains?"
    "|represents?|advises?|report|liaises?|works?|acts?|takes?|makes?|holds?|promotes?|protects?|contributes?"
    "|participates?|engages?|builds?|attends?|chairs?|prepares?|responds?|monitors?|identify|undertakes?"
    r"|conducts?|gives?|receives?|shares?|improves?|achieves?|prevents?|reduces?|tackles?|solves?)\b",
    r"\b(?!policing\b|including\b|neighbouring\b|existing\b|emerging\b|housing\b)\w+ing\b",
)
_ASIDE = any_case(
    r"\b(?:range|variety|number|network|wide\s+range|host)\s+of\b",
    r"\((?=\s*(?:e\.g\.|eg|such\s+as|including|for\s+example))|\b(?:e\.g\.|i\.e\.|for\s+example)",
    r"\b(?:leading|heading|responsible\s+for|in\s+charge\s+of)\s+(?:[\w-]+\s+){1,4}?(?=and\b|,)",
)
_INFINITIVE = re.compile(r"\s+to\s+(?:\w+ly\s+)?$")
_NEW_CLAUSE = any_case(r",\s*(?:(?:the|an?|this|each)\s+)?$")
_LONGEST_GAP = 12
_SHORT_GAP = any_case(
    r"^(?:\s*(?:the|an?|our|its|new|next|current|local|national|respective|relevant|whole|entire|other|four"
    r"|three|two)\b)*\s*$"
)
_FOLLOWS = any_case(
    r"^\s*(?:$|[.,;:)\](-])",
    r"^\s+(?:and|or|&|to|in|on|for|with|by|at|as|is|are|who|which|that|when|where|while|whilst|through|across|via|of"
    "|regarding|about|under|over|during|within|from|before|after|if|so|but|following|both|will|must|should|ensuring"
    r"|leading|heading|providing|delivering|including|supporting|setting|developing|working|making|\w+ly)\b",
)


class Scene(NamedTuple):
    """A sentence with whom it names, the role that the document is about, and who spoke or acted before."""

    sentence: Sentence
    parties: Sequence[Party]
    role: str
    last: str | None


def is_asserted(scene: Scene, cue: Cue, match: re.Match[str]) -> bool:
    """Return whether a cue is stated of its subject, and not denied, doubted, or said of somebody else."""
    at = match.start()
    before = scene.sentence.even_text[max(0, at - NEAR) : at]
    if cue.about and not _is_about(cue.about, scene.sentence.block):
        return False
    inside = any(party.start <= at < party.end for party in scene.parties)
    if inside or _DENIED.search(before) or _DOUBTED.search(before):
        return False
    if cue.by_role:
        return True
    stands = _FREE.match(match[0]) or _LEADS_IN.search(before) or _follows_name(before, at, scene.parties)
    return bool(stands) and not _MADE_TO.search(before)


@lru_cache(maxsize=100)
def _is_about(subject: re.Pattern[str], block: str) -> bool:
    return bool(subject.search(block))


def _follows_name(before: str, at: int, parties: Sequence[Party]) -> bool:
    """Return whether a name ends before a place, but for spaces and an abbreviation in brackets."""
    end = at - len(before) + len(re.sub(r"\s*(?:\([^()]*\))?\s*$", "", before))
    return any(party.end == end for party in parties)


def find_subject(scene: Scene, cue: Cue, at: int) -> str | None:
    """Return who does what a cue says, or None where the sentence does not make it plain.

    Args:
        scene: The sentence and whom it names.
        cue: The words that say a relation.
        at: Where they begin.
    """
    if cue.by_role:
        return scene.role
    text, before = scene.sentence.even_text, scene.sentence.even_text[:at]
    infinitive = _INFINITIVE.search(before)
    for party in scene.parties:
        if infinitive and party.end == infinitive.start():
            return None if party.is_body else party.who
    earlier = next((one for one in reversed(scene.parties) if one.end <= at and _is_subject(text, one)), None)
    if earlier:
        return earlier.who
    if _LEADS_IN.search(before) and not _PRONOUN.search(before):
        later = next((one for one in scene.parties if one.start > at and _is_subject(text, one)), None)
        if later and "," in text[at : later.start]:
            return later.who
    return _unnamed(scene, before)


def _unnamed(scene: Scene, before: str) -> str | None:
    """Return the subject of a sentence that names none: a pronoun's, or the role's in its own statements."""
    seeks = bool(_WANTED.search(before))
    if _SPEAKER.match(before) and not _ADDRESSED.search(before) and not seeks:
        return None
    pronoun = _PRONOUN.search(before)
    if not before and _BARE.match(scene.sentence.even_text):
        return scene.role
    if pronoun and pronoun[0].casefold() in {"they", "he", "she"} and not scene.sentence.of_role:
        return scene.last or scene.role
    return scene.role if pronoun or scene.sentence.of_role or seeks else None


@lru_cache(maxsize=2_000)
def _is_subject(text: str, party: Party) -> bool:
    verb = _MANY_GO_ON if text[party.end - 1] == "s" else _ONE_GOES_ON
    return bool(ends_with(_SUBJECT_PLACE, text, party.start) and verb.match(text[party.end : party.end + NEAR]))


def find_targets(scene: Scene, cue: Cue, match: re.Match[str]) -> Iterable[Party]:
    """Yield the names after the words of a cue: the next one, or those of a list."""
    parties = scene.parties
    text, at, place, first = scene.sentence.even_text, match.start(), match.end(), True
    for party, following in zip_longest(parties, parties[1:]):
        if party.end <= place or party.start < at:
            continue
        gap, rest = text[place : party.start], text[party.end :]
        if not _spans(gap, first=first, listed=cue.reach == "list", by=match[0].split()[-1]):
            return
        if _NEW_CLAUSE.search(gap) and _is_subject(text, party):
            return
        owner = rest.startswith(("'s", "' ")) or (following and following.start == party.end + 1)
        fits = cue.ends == "any" or (cue.ends == "body") == party.is_body
        follows = cue.after.search(rest) if cue.after else _FOLLOWS.match(rest) and not owner
        if fits and follows and party.who:
            yield party
        if owner:
            place, first = party.end + (2 if rest.startswith("'s") else 1), True
            continue
        if cue.after and not follows:
            return
        place, first = party.end, False


def _spans(gap: str, *, first: bool, listed: bool, by: str = "") -> bool:
    """Return whether words may stand before the next name; in a list the cue's last word may come again: "and to"."""
    if first and not listed:
        return bool(_SHORT_GAP.match(gap))
    words = _ASIDE.sub(" ", gap)
    if not first and by in {"to", "with", "by"}:
        words = re.sub(rf"^(\s*,?\s*(?:and|or|&)(?:\s+also)?)\s+{by}\b", r"\1", words)
    if not first:
        joined = re.match(r"^\s*(?:,?\s*(?:and|or|&|as well as)\b|[,(])", words)
        if joined is None or (not listed and not _SHORT_GAP.match(words[joined.end() :])):
            return False
    short = len(words.split()) <= _LONGEST_GAP
    return short and not _BREAK.search(words)
