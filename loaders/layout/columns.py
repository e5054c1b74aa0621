"""What stands in the columns of a table: their heads, marks of what is essential, how it is assessed, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from loaders.language.patterns import any_case
from loaders.layout.headings import heading_key

NECESSITIES = frozenset({"essential", "desirable"})
_NAMED = "(?:criteria|criterion|requirements?|attributes|qualities|skills|experience|knowledge|qualifications)"
_HEADS = {
    "necessity": any_case(
        r"(?:E|ess(?:ential)?)(?: \(E\))?(?: /| or| and)? ?(?:D|des(?:irable)?)(?: \(D\))?|necessity|importance"
        r"|(?:essential|required|mandatory) ?(?:\?|\(y(?:es)? / no?\))|weight(?:ing)?"
    ),
    "essential": any_case(
        rf"(?:essentials?|minimum)(?: {_NAMED}|\(E\))*|essential(?! /| or\b| and\b) .{{0,30}}|hanfodol"
    ),
    "desirable": any_case(rf"desirables?(?: {_NAMED}|\(D\))*|desirable .{{0,30}}|dymunol"),
    "method": any_case(
        r"(?:method|means|how|where|stage|when|evidence)?s?(?: (?:of|will|to|it|is|be|this|candidates?|the|they))* ?"
        r"(?:assess(?:ed|ment|ing)|measur(?:ed|ement)|identif(?:ied|ication)|tested|evidenced|evidence)(?: (?:method|by"
        r"|at|via|through|stage))?s?|method"
    ),
    "label": any_case(
        r"(?:selection |assessment |person )?(?:criteria|criterion|attributes?|area|category|factor|requirements?"
        r"|heading|specification)"
    ),
    "number": any_case(
        r"no|nos|ref|number|item|#|%(?: .*)?|.{1,30}(?: %|\(%\))|per ?cent(?:age)?.*"
        r"|(?:share|amount|proportion) of time"
    ),
}
_OFFERED = any_case(r"(?:post|job|role|position)(?: title)?s?|title|vacanc(?:y|ies)|ranks?|promotion to")
_OFFER = any_case(r"\b(?:clos(?:es|ing)|deadline|salary|pay|boards?|interviews?)\b")
_LETTERS = {"e": "essential", "d": "desirable"}
_MARKED = any_case(r"(?P<word>E|D|ess|des|essential|desirable)|(?P<tick>[✓✔√☑☒Xx●•*]|yes|Y)|(?P<no>no|N|n/?a|[-–—])")
_METHOD = any_case(
    r"(?:(?:application(?: form)?|interview|assessment(?: centre| day)?|tests?|presentation|certificates?"
    r"|references?|form|cv|panel|sift|board|practical|documents?|vetting|medical"
    r"|exercise|\b(?-i:[AICTPRFSEDM]{1,4})\b|\b[AICTPRFSEDM]\b)(?:[\s,;/&+.]+(?:and )?)?)+"
)
_NUMBER = any_case(r"[(\[]?\d{1,3}(?:\.\d{1,2})*[.)\]]?|\d{1,3}(?:[-–]\d{1,3})? ?%|[a-h][.)]?")
_PAIR = r"\(?(?-i:[A-Z]{1,2})\)?\s*[=:–-]\s*[A-Za-z][A-Za-z /]{2,40}[\s,;.]*"
_LEGEND = any_case(
    r"(?:key|legend|codes?|abbreviations?)\b[\s:–-]*"
    r"(?:\(?(?-i:[A-Z]{1,2})\)?\s*[=:–-]?\s+[a-z][a-z /]{2,40}[\s,;.]*)+",
    rf"(?:{_PAIR}){{2,}}|\(?[A-Z]{{1,2}}\)?\s*=\s*[a-z][a-z /]{{2,40}}\.?",
    r"\(?[ED]\)?\s*[:–-]\s*(?:essential|desirable)\.?",
    r"(?=.*essential)(?=.*desirable)(?:essential|desirable|[\s()/&,=ED-]|or|and)+",
)


@lru_cache(maxsize=20_000)
def column_head(text: str) -> str | None:
    """Return what the head of a column says of it, or none where it is no such head.

    >>> [column_head(text) for text in ("Essential/Desirable", "How assessed", "% of time", "Full driving licence")]
    ['necessity', 'method', 'number', None]
    """
    words = heading_key(text)
    words = words if len(words) > 1 else text.strip()
    known = len(words) > 1 or words in {"#", "%"}
    return next((name for name, pattern in _HEADS.items() if pattern.fullmatch(words)), None) if known else None


def heads_of_row(texts: Sequence[str]) -> dict[int, str]:
    """Return the heads among the cells of a row by their place: E and D count where they stand beside each other."""
    letters = {"e", "d"} <= {text.casefold() for text in texts}
    heads = {
        place: _LETTERS.get(text.casefold()) if letters and text.casefold() in _LETTERS else column_head(text)
        for place, text in enumerate(texts)
    }
    return {place: head for place, head in heads.items() if head}


def is_head_row(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row are heads of columns that say what is essential, or how it is assessed."""
    kinds = set(heads_of_row(texts).values())
    return len(texts) > 1 and (
        len(kinds & {*NECESSITIES, "necessity", "method"}) > 1
        or (bool(kinds & {*NECESSITIES, "necessity", "method"}) and len(heads_of_row(texts)) == len(texts))
    )


def is_offer_row(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row are the heads of a table of vacancies: posts or ranks, their pay or days.

    >>> is_offer_row(["Post title", "Location", "Closing date"])
    True
    """
    return bool(texts and _OFFERED.fullmatch(texts[0])) and any(_OFFER.search(text) for text in texts[1:])


def necessity_of(text: str, head: str | None) -> str | None:
    """Return what a mark says of its row, in a column with that head; none where it is no mark or says nothing."""
    match = _MARKED.fullmatch(text)
    if match is None:
        return None
    if match["word"]:
        return _LETTERS[match["word"][0].casefold()]
    if match["tick"]:
        return head if head in NECESSITIES else "essential" if head == "necessity" else None
    return "desirable" if head == "necessity" else None


def is_mark(text: str) -> bool:
    """Return whether a cell only says whether its row is essential or desirable."""
    return _MARKED.fullmatch(text) is not None


def is_method(text: str) -> bool:
    """Return whether a line only says how a criterion is assessed.

    >>> [is_method(text) for text in ("Application form / Interview", "A/I", "First aid")]
    [True, True, False]
    """
    return bool(_METHOD.fullmatch(text.strip()))


def is_number(text: str) -> bool:
    """Return whether a cell only numbers or weighs its row."""
    return _NUMBER.fullmatch(text) is not None


def is_legend(text: str) -> bool:
    """Return whether a line only explains the letters of a table.

    >>> [is_legend(text) for text in ("A = Application form", "Key: E essential, D desirable", "A degree")]
    [True, True, False]
    """
    return _LEGEND.fullmatch(text) is not None
