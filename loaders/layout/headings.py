"""The headings that profiles, packs and adverts print, and the part of a document that each opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from graph.ids import even_marks
from loaders.language.patterns import any_case


def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    """Return the pattern of each part in a table of headings.yaml, its words put in."""
    read = yaml.safe_load(files("loaders.layout").joinpath("headings.yaml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, forms in read["words"].items():
        text = f"(?:{'|'.join(forms)})" if isinstance(forms, list) else forms
        words[name] = _filled(text, words)
    return {
        kind: re.compile("|".join(f"(?:{_filled(form, words)})" for form in forms))
        for kind, forms in read[table].items()
    }


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: words[match[1]], text)


PROFILE_KINDS = frozenset(
    (
        *("purpose", "accountabilities", "behaviours", "competencies", "values", "core-skills", "skills"),
        *("education", "development", "learning", "registration", "links", "related", "criteria"),
    )
)
"""Parts of a role's profile; the rest are parts of a page, pack or advert around it."""

LISTS = frozenset(["accountabilities", "skills", "education", "development", "learning", "criteria", "eligibility"])
"""Parts whose lines are statements of a list, whether or not they bear a mark."""

_HINTS = _patterns("hints")
_PARTS = re.compile(
    "|".join(f"(?P<{kind.replace('-', '_')}>{one.pattern})" for kind, one in _patterns("parts").items())
)
_STATEMENTS = re.compile(r"key (?:responsibility|accountability) statements show\b.*")
_SHOULD = r"(?:must|should|(?:will )?need(?: to)?|will be able to)"
_OPENERS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("accountabilities", r".{0,80}\byou(?:'ll| will)(?: be expected to| need to)?:"),
        (
            "criteria",
            r".*\b(?:candidates|applicants|members|officers|people|individuals) (?:who|that) [a-z]+(?: [a-z]+){0,3}:",
        ),
        ("criteria", r".*\b(?:successful|ideal) candidates? (?:will|must|should)(?: [a-z]+){0,6}:"),
        ("criteria", rf".*\b(?:candidates|applicants|officers|you)\b.* {_SHOULD}(?: [a-z]+){{0,6}}:"),
        ("criteria", r".*\b(?:appoint|looking for|seeking|recruit)\b.*\b(?:who|that|with|criteria)\b.*:"),
    )
)
_NUMBERING = any_case(
    r"^(?:(?:section|part|annex|appendix) [a-z0-9]{1,3}\b[\s.:–—-]*|\d{1,2}(?:\.\d{1,2})*[.)]?\s+"
    r"|(?:[a-h]|[ivx]{1,4})[.)]\s+)"
)
_TAIL = re.compile(
    r"\s*(?:\((?:continued|cont\.?|cont'd|contd\.?|cpd|cvf(?: \d{4})?)\)|[-–—]? ?(?:continued|cont\.?|cont'd|contd\.?)"
    r"|(?<=\w) (?:cpd|\(?e / d\)?)"
    r"|(?: and| /)?[ (]+%(?: of)?(?: (?:working |total |your )?time)?\)?| and (?:share of )?time spent)$"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 90
_LONGEST_OPENER = 200
_FEWEST_WORDS = 2

_INLINE = (
    "Role [Pp]urpose|Overall [Pp]urpose|Job [Pp]urpose|Main [Pp]urpose of the [Rr]ole|(?:Key|Primary"
    "|Main) (?:[Aa]ccountabilities|[Rr]esponsibilities)|Main Duties (?:&|and) Responsibilities"
    "|Competencies, values and core skills|Core [Ss]kills|Education, [Qq]ualifications,? (?:[Ss]kills )?and "
    r"[Ee]xperience|Prior [Ee]ducation and [Ee]xperience|Continuing [Pp]rofessional [Dd]evelopment(?! \(CPD\) "
    r"[a-z])(?: \(CPD\))?|(?:Personal|Business|Professional) Skills|Professional [Dd]evelopment"
    "|Learning and accreditation|Professional Registration/Licen[cs]es|Links to other Profiles|Related roles"
    "|About the role|Was this page useful|Leave Feedback|Person [Ss]pecification|Job Family|Job Sub Family|Code"
)
_INLINE_WORD = "Behaviours|Competencies|Values|Skills|Eligibility|Contents"
_AFTER_A_SENTENCE = r"(?:(?<=^)|(?<=[.:;?!)] ))"
INLINE = re.compile(
    rf"(?P<heading>(?:(?<=^)|(?<=[.:;?!)\w] ))(?:{_INLINE}):?(?= (?:[•●(A-Z]|\d))"
    rf"|{_AFTER_A_SENTENCE}(?:{_INLINE_WORD}):?(?= [•●(A-Z])|\b(?:{_INLINE_WORD})(?::(?= [•●(A-Z])"
    rf"|(?= (?:This role|The CVF|All roles))))"
)
"""A heading inside a line, as a document on one line has it; one word alone counts only between sentences."""


class Heading(NamedTuple):
    """A part that begins, and the words of its first line that stand after a colon."""

    kind: str
    rest: str


_WHOLE = {"ll": " will", "re": " are", "ve": " have", "d": " would"}
_SHORTENED = re.compile(rf"(?<=[a-z])'({'|'.join(_WHOLE)})\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def heading_key(text: str) -> str:
    """Return a line as headings are compared: lower case, one kind of quote and dash, no mark-up or numbering.

    >>> heading_key("## 3. Education, Qualifications & Experience:")
    'education qualifications and experience'
    >>> heading_key("What you'll do")
    'what you will do'
    """
    text = _SHORTENED.sub(lambda match: _WHOLE[match[1].casefold()], even_marks(text).replace("&", " and "))
    text = _NUMBERING.sub("", text.strip(" \t#*_|>").casefold()).replace(",", " ").replace("/", " / ")
    text = " ".join(text.split()).strip(" .:-?…*_")
    return _TAIL.sub("", text).strip(" .:-?…")


@cache
def heading(text: str) -> Heading | None:
    """Return the part that a line opens, or none: the whole line is a heading, or a heading and a colon begin it."""
    if not text:
        return None
    short = len(text) <= _LONGEST
    titled = short and not text.rstrip().endswith((".", ";", ","))
    kind = (_kind(heading_key(text)) or _kind(heading_key(_GLUED.sub(" ", text)))) if titled else None
    if kind:
        return Heading(kind, "")
    lower = " ".join(even_marks(text).casefold().split())
    if len(lower) <= _LONGEST_OPENER and _STATEMENTS.fullmatch(lower):
        return Heading("accountabilities", "")
    for opened, pattern in _OPENERS if len(lower) <= _LONGEST_OPENER and lower.endswith(":") else ():
        if pattern.fullmatch(lower):
            return Heading(opened, "")
    for mark in (":", " / "):
        label, separator, rest = text.partition(mark)
        kind = (
            _kind(heading_key(label))
            if separator and len(label) <= _LONGEST and len(rest.split()) >= _FEWEST_WORDS
            else None
        )
        if kind:
            return Heading(kind, rest.strip())
    return None


def likely_heading(text: str) -> Heading | None:
    """Return the part that a line opens which stands as a heading does, by the words in it, or none.

    >>> likely_heading("What training will I get?")
    Heading(kind='development', rest='')
    """
    words = heading_key(text)
    return next((Heading(kind, "") for kind, pattern in _HINTS.items() if pattern.search(words)), None)


def _kind(words: str) -> str | None:
    match = _PARTS.fullmatch(words) if words else None
    return match.lastgroup.replace("_", "-") if match and match.lastgroup else None
