"""The words around a role's title: of packs and adverts, of forces, and abbreviations in brackets."""

from __future__ import annotations

import re

from loaders.reference.ranks import force_of, rank_abbreviations

QUOTES = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")
MET = r"metropolitan police(?: service)?|the met|met|mps|new scotland yard"
CITY = r"city of london police|city of london|colp"
FORCE = re.compile(rf"(?<!\w)(?:(?P<mps>{MET})|(?P<city>{CITY}))(?!\w)")
_ROLE_NOUN = r"(?:position|post|role|rank)"
_LEAD = re.compile(
    r"^(?:(?:the|an?) )?(?:(?:proposed )?appointment of|"
    r"(?:advert|advertisement|vacancy|recruitment|application|selection)(?: pack)?(?: for| of)(?: the)?"
    rf"(?: {_ROLE_NOUN} of)?|"
    rf"{_ROLE_NOUN} of|(?:candidate )?information (?:pack )?(?:for|about)(?: the)?(?: {_ROLE_NOUN} of)?|"
    rf"(?:role profile|job description|(?:job|role|post) title|{_ROLE_NOUN})(?: for(?: the)?)?(?: *[:-])?)"
    r"(?: (?:an?|the|our|new))* +",
    re.IGNORECASE,
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TAIL = re.compile(
    r"[\s,:-]+(?:selection process|(?:internal |external )?promotion(?:al)? (?:process|board|pack)|"
    r"(?:role |job )?(?:profile|description)|person specification|candidate information|"
    r"(?:candidate |recruitment |application )?(?:information )?pack|recruitment(?: information)?|"
    rf"vacancy|advert(?:isement)?|application|(?:{_MONTH} )?(?:19|20)\d\d)$",
    re.IGNORECASE,
)
_FOR_A_TIME = re.compile(r"^(?:(?:temporary|acting|interim|substantive)\s+|[ta]/\s*)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_NOT_TITLE = re.compile(r"accessible|version|updated|grade|part[ -]time|full[ -]time", re.IGNORECASE)
_AROUND = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "of",
            "for",
            "to",
            "in",
            "on",
            "our",
            "new",
            "join",
            "welcome",
            "opportunity",
            "opportunities",
        ),
        *("promotion", "promotional", "process", "board", "campaign", "selection", "appointment", "application"),
        *("pack", "information", "candidate", "candidates", "recruitment", "vacancy", "advert", "booklet", "brochure"),
        *("guide", "guidance", "role", "rank", "post", "position", "job", "jd", "profile", "title", "description"),
        *("transfer", "transfers", "transferee", "transferees", "lateral", "rejoiner", "rejoiners"),
        *("external", "internal", "substantive", "temporary", "acting", "designated"),
    )
)


def force_named(text: str) -> str | None:
    """Return the id of the one London force that a text names, else None."""
    found = {match.lastgroup for match in FORCE.finditer(text.translate(QUOTES).casefold())}
    return force_of(str(found.pop())) if len(found) == 1 else None


def stripped(title: str) -> str:
    """Return a title without mark-up, bracketed abbreviations and the words of packs and adverts around it."""
    text = " ".join(re.sub(r"[*#|]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])", " ", title.translate(QUOTES)).split()).strip(
        " .,:-"
    )
    text = _BRACKETS.sub(lambda match: "" if _is_aside(match[1]) else f" {match[1]}", text)
    for _ in range(4):
        text = _FOR_A_TIME.sub("", _TAIL.sub("", _LEAD.sub("", text))).strip(" .,:-")
    return text


def bare(name: str) -> str:
    """Drop from both ends the words and numbers of adverts, which a layout may have put in any order."""
    words = re.findall(r"[\w'/-]*\w[\w'/-]*", name)
    kept = [place for place, word in enumerate(words) if not _is_around(word.casefold())]
    return " ".join(words[kept[0] : kept[-1] + 1]) if kept else ""


def _is_around(word: str) -> bool:
    return word in _AROUND or bool(re.fullmatch(rf"{_MONTH}|(?!pip)\w*\d\w*", word))


def _is_aside(inner: str) -> bool:
    plain = inner.strip()
    return (
        plain.isupper()
        or plain in rank_abbreviations()
        or bool(FORCE.fullmatch(plain.casefold()) or _NOT_TITLE.search(plain))
    )
