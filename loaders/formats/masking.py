"""Put e-mail addresses, telephone numbers and the names of people out of sight; nothing of them goes further."""

from __future__ import annotations

import re
from collections.abc import Sequence

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|\[email[\s\u00a0]protected\]", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\w/£.,])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?!\d)")
_NAME = r"[A-Z][a-z'’]+(?:[ -][A-Z][\w'’-]+|[ ][A-Z]\.?){1,2}"
_HONOURED = re.compile(
    rf"\b(?:Sir|Dame|Mr|Mrs|Ms|Miss|Dr|Lord(?! (?:Mayor|Chief|Lieutenant|Advocate|Chancellor|Justice))"
    rf"|Lady)\.? {_NAME}|\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+\b"
)
_NO_NAME = (
    r"(?!(?:[A-Z]\w* )*(?:Centre|Team|Human|Resources|Police|Office|Officer|Department|Services?|Manager"
    r"|Chief|Executive|Unit|"
    r"Constabulary|Commissioner|Recruitment|Appointments?|Line|Support|Crime|Federation|Control|Management|Handler|Room)\b)"
)
_CONTACT = re.compile(
    rf"(?P<cue>(?<=[a-z,:] )(?:contact|speak (?:to|with)|call|ring|telephone"
    rf"|e-?mail) ){_NO_NAME}(?P<name>{_NAME})(?= (?:on|at|by|via|or|\[)|[,.(]|$)"
)
_SIGNATURE = re.compile(rf"\s*(?:{_NAME})(?:,? (?:QPM|CBE|OBE|MBE|KPM|CVO))*\s*")
_SIGNED_BY = re.compile(
    r"\s*(?:the |temporary |acting )?(?:deputy |assistant )*"
    r"(?:commissioner|chief constable|police(?:,? fire)? and crime commissioner|mayor|chief executive"
    r"|home secretary)\b.*",
    re.IGNORECASE,
)
_TITLE_WORDS = (
    "Police|Constabulary|Service|Force|Selection|Recruitment|Promotion|Process|Pack|Profile|Role|Information|Application|Candidate"
    "|Applicant|Vacancy|Appointment|Advert|Description|Job|Person|Board|Panel|Met|Metropolitan|London|Scotland|City|Level|Core"
)
_RANKED_NAME = re.compile(
    r"\s*(?:(?:temporary|acting|deputy|assistant|chief|detective|police|t/|a/)\s*)*(?:constable|superintendent|inspector|commissioner|commander)"
    rf"(?-i:,? (?!(?:[A-Z]\w* )*(?:{_TITLE_WORDS})\b){_NAME})(?-i:,? (?:QPM|KPM|CBE|OBE|MBE))*\s*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\s*(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) (?:regards|wishes)|regards),?\s*", re.IGNORECASE
)
_WINDOW = 4


def mask(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines with e-mail addresses, telephone numbers and the names of people put out of sight."""
    masked = [_mask_line(line) for line in lines]
    for index, line in enumerate(masked):
        ranked = index and _RANKED_NAME.fullmatch(line) and _lone(masked, index)
        if ranked or (_SIGNATURE.fullmatch(line) and _is_signature(masked, index)):
            masked[index] = "[name]"
    return tuple(masked)


def _mask_line(line: str) -> str:
    line = _TELEPHONE.sub("[telephone]", _EMAIL.sub("[e-mail]", line))
    return _CONTACT.sub(r"\g<cue>[name]", _HONOURED.sub("[name]", line))


def _is_signature(lines: list[str], index: int) -> bool:
    """Return whether a line is a name: a sign-off stands above it, or an office right below it."""
    above = [line for line in lines[max(0, index - _WINDOW) : index] if line.strip()]
    if any(_SIGN_OFF.fullmatch(line) for line in above):
        return True
    office = index + 1 < len(lines) and _SIGNED_BY.fullmatch(lines[index + 1])
    return bool(above and office) and _lone(lines, index)


def _lone(lines: list[str], index: int) -> bool:
    """Return whether a blank line stands above it and a letter before that: a title page has no letter."""
    sentences = sum(line.rstrip().endswith((".", "!", "?")) for line in lines[max(0, index - 12) : index])
    return not lines[index - 1].strip() and sentences > 0
