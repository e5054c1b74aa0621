"""Lines that name competencies, clusters, values or levels, in the names that the frameworks use."""

from __future__ import annotations

import re
from functools import cache

from loaders.language.number_words import NUMBER, number
from loaders.language.patterns import any_case
from loaders.reference.rules import FrameworkEntry, frameworks

LEVEL = rf"(?:(?:at|to|working towards)\s+)?(?:level\s*(?P<level>{NUMBER})|(?-i:L)(?P<short>[1-5]))\b"
_LEVEL_WORDS = (
    r"\s*(?:[-–—:(,]?\s*(?:practitioner|supervisor|middle|senior|manager|executive|leader)[\w /,]*\)?)?\s*[.;]?"
)
BETWEEN = r"\s*[-–—:|,(/]*\s*"
LEVEL_LINE = any_case(rf"{LEVEL}{_LEVEL_WORDS}:?")
TEMPLATE_LEVEL = any_case(
    rf"\b(?:operating|working|assessed|required|expected)\b.{{0,60}}\b{LEVEL}",
    rf"\blevel\s*(?P<all>{NUMBER})\b.{{0,40}}\b(?:appl(?:y|ies)|required|expected"
    r"|(?:for|in|across|to) (?:all|each|every))\b",
)
LEVEL_IN_TITLE = any_case(rf"\blevel\s*[:–-]?\s*(?P<level>{NUMBER})\b")
_GENERAL = any_case(rf"(?P<name>We [a-z][a-z ,&-]{{3,50}}?){BETWEEN}{LEVEL}{_LEVEL_WORDS}\)?")


_CODE = r"(?:(?-i:[A-Z]{1,3})\d{1,2}[.:)]?\s+)"
"""The letters and number that a paper gives a competency: "C1 We take ownership"."""
_OF_A_LEVEL = any_case(r"\b(?:cvf|competenc\w+|framework|assess\w*|test\w*|scored?|measured?)\b")
_MOST_WORDS_OF_LEAD = 14
_ROW = any_case(rf"(?:{LEVEL}\s*[:–-]\s*)?(?:@(?:[^@a-z]|level|l(?=\d)|and\b)*){{2,}}")
_LEAD = any_case(
    r"^[^:]{0,80}\b(?=level \d)",
    r"(?<=\d) (?:behaviours|competenc(?:y|ies))(?=:)",
    r"^competenc(?:y|ies)[^:]{0,60}:\s*",
)
"""Several competencies and nothing else, each put as a sign."""


def normal_name(text: str) -> str:
    """Return a name as it is compared: words only, without the `we`, one form of what print varies."""
    words = re.sub(r"[^a-z ]+", " ", text.replace("&", " and ").casefold().replace("-", " ")).split()
    return " ".join(words).removeprefix("we ").removeprefix("are ")


@cache
def entries_by_name(kind: str) -> dict[str, tuple[FrameworkEntry, ...]]:
    """Return the competencies, clusters or values of all frameworks, by their normal name."""
    by_name: dict[str, tuple[FrameworkEntry, ...]] = {}
    for entry in frameworks():
        if entry.kind == kind:
            by_name[normal_name(entry.name)] = (*by_name.get(normal_name(entry.name), ()), entry)
    return by_name


@cache
def name_pattern() -> re.Pattern[str]:
    """Return what matches the name of any competency."""
    names = sorted(entries_by_name("competency"), key=len, reverse=True)
    forms = "|".join(r"[\s,&-]+(?:and\s+)?".join(name.split()) for name in names)
    return any_case(rf"\b(?:we\s+)?(?:are\s+)?(?:{forms})\b")


@cache
def cluster_pattern() -> re.Pattern[str]:
    """Return what matches the name of any cluster."""
    forms = "|".join(
        r"[\s,&-]+(?:and\s+)?".join(name.replace(" and ", " ").split()) for name in entries_by_name("cluster")
    )
    return any_case(rf"\b(?:{forms})\b")


@cache
def _line_pattern() -> re.Pattern[str]:
    name = name_pattern().pattern
    before = rf"(?:{LEVEL.replace('level>', 'before>').replace('short>', 'brief>')}{BETWEEN}|competency\s*[:–-]\s*)?"
    after = rf"(?:{BETWEEN}(?:{LEVEL}{_LEVEL_WORDS}|(?P<digit>[1-5]))\)?)?\s*[.;:]?"
    return any_case(rf"{_CODE}?{before}(?P<name>{name}){after}")


def is_competency_line(text: str) -> bool:
    """Return whether a line is a competency, its level beside it or not, or a level alone."""
    return bool(match_competency(text) or LEVEL_LINE.fullmatch(text.strip()))


def is_lead_of_level(text: str) -> bool:
    """Return whether a short line gives the one level of the competencies listed below it.

    >>> [is_lead_of_level(text) for text in ("CVF 2024, Level 2", "Tested at level 1 on:", "Level 3 diploma")]
    [True, True, False]
    """
    text = text.rpartition(". ")[2]
    short = len(text.split()) <= _MOST_WORDS_OF_LEAD and not text.endswith((".", ";"))
    return short and len(LEVEL_IN_TITLE.findall(text)) == 1 and bool(_OF_A_LEVEL.search(text))


def is_competency_row(text: str) -> bool:
    """Return whether a line is several competencies and nothing else, their levels beside them or before them all.

    >>> is_competency_row("Level 2: We take ownership, We are collaborative")
    True
    """
    return _ROW.fullmatch(name_pattern().sub("@", _LEAD.sub("", text))) is not None


def match_competency(text: str) -> re.Match[str] | None:
    """Return the match of a line that is one competency, with its level where that stands beside it."""
    return _line_pattern().fullmatch(text.strip()) or _GENERAL.fullmatch(text.strip())


def level_of(match: re.Match[str]) -> int | None:
    """Return the level that a match of this module found, none where it found none."""
    parts = match.groupdict()
    word = next(
        (parts[name] for name in ("level", "short", "before", "brief", "digit", "all") if parts.get(name)), None
    )
    return number(word) if word else None


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_OF_ANOTHER_EDITION = any_case(
    r"\b(?:out[- ]of[- ]date|outdated|obsolete|superseded|withdrawn|replac(?:ed|es|ing))\b",
    r"\b(?:is|are) being (?:updated|revised|reviewed|rewritten)\b",
    r"\b(?:new|newer|latest|updated|revised|next|current|later|other)(?: \w+)? (?:version|edition|profile)s?\b",
    r"\bwill (?:follow|use|be (?:based|updated|aligned|moved))\b",
)


def framework_of(text: str) -> str | None:
    """Return the framework whose names the text uses, or none where it uses those of several, or of none.

    >>> framework_of("The CVF has six competencies that are clustered into three groups.")
    'cvf-2016'

    A sentence on another edition of the text tells nothing of this one.
    """
    lower = " ".join(part for part in _SENTENCE_END.split(text.casefold()) if not _OF_ANOTHER_EDITION.search(part))
    lower = " ".join(lower.split())
    if "competency and values framework" not in lower.replace("competencies", "competency").replace("&", "and") and (
        "cvf" not in lower and not name_pattern().search(lower)
    ):
        return None
    votes = {"cvf-2016": 0, "cvf-2024": 0}
    for kind in ("competency", "cluster"):
        for name, entries in entries_by_name(kind).items():
            subject = r"we (?:are )?" if kind == "competency" else r"\b"
            if len(entries) == 1 and re.search(rf"{subject}{'[ ,-]+'.join(name.split())}\b", lower):
                votes[entries[0].id.split("/")[0]] += 1
    votes["cvf-2016"] += bool(re.search(r"clustered into three|three clusters|four values", lower))
    votes["cvf-2024"] += bool(re.search(r"\bthree values\b|cvf 2024|framework 2024", lower))
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] > 0 and min(votes.values()) <= 0 else None
