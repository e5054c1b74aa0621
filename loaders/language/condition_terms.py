"""Words of conditions: dates, spans of time, "or above", and what only promises."""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.ids import even, text_key
from loaders.language.number_words import MONTH, NUMBER, month_number, number
from loaders.language.patterns import any_case, ends_with
from loaders.language.sentences import split_sentences
from loaders.profile import OptionPart

_MORE_NUMBERS = {"eighteen": 18, "twenty four": 24, "twenty-four": 24, "a": 1}
_NUMBER = rf"(?P<number>{NUMBER}|{'|'.join(_MORE_NUMBERS)})"
_SPAN = rf"{_NUMBER}(?:\s*\(\d+\))?(?P<half>\s+and\s+a\s+half|½|\.5)?[\s-]*(?P<unit>months?|years?)'?s?'?"
_BEFORE = any_case(
    r"\b(?:prior\s+to|before|up\s+to|until)\s+(?:the\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd"
    rf"|th)?\s+)?(?:(?P<month>{MONTH})\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_WITHIN = any_case(rf"\b(?:with)?in\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+|preceding\s+)?{_SPAN}")
_LAST = any_case(r"\blast\b|\bpast\b|\bprevious\b|\bpreceding\b|\bwithin\b")
_FOR = any_case(
    r"(?<!valid )\b(?:(?P<led>minimum(?:\s+of)?|at\s+least|(?:no|not)\s+(?:less|fewer)\s+than|for|with|over"
    rf"|completed)\s+(?:(?:a\s+minimum\s+of|at\s+least|(?:no|not)\s+(?:less|fewer)\s+than)\s+)?)?{_SPAN}(?P<followed>\s+(?:or\s+more"
    r"|(?:substantive\s+|operational\s+)?(?:service|experience)|as\b|in\b|at\b))?"
)
_SENIOR = (
    r"(?:an?\s+|any\s+|of\s+(?:an?\s+)?)?"
    r"(?:more\s+senior(?:\s+(?:rank|ranks|officer|officers|position))?|above|higher|upwards)"
)
_EXEMPT = any_case(r"\bor\b[^.;]*\bexempt(?:ed|ions?)?\b")
_TIME = any_case(rf"\b(?:months?|years?)\b|\b(?:since|after|from)\s+(?:\d{{1,2}}\w*\s+)?(?:{MONTH}\s+)?(?:19|20)\d\d\b")
EQUIVALENT = any_case(r"^(?:an?\s+|of\s+)?(?:equivalent|comparable|similar)\b")
RANK_EQUIVALENT = any_case(
    r"^(?:(?:hold|be|have|serve)\w*\s+)?(?:in\s+)?(?:an?\s+|of\s+)?equivalent(?:\s+(?:\w+\s+)?(?:ranks?|levels?))?$"
)
_AT_LEAST = any_case(
    rf"\b(?:or|and)\s+{_SENIOR}\b|\bat\s+least\s+(?:the\s+)?rank\b|\bminimum\s+(?:the\s+)?rank\b|\bat\s+or\s+above\b"
)
_SENIOR_PIECE = any_case(rf"^\s*(?:the\s+rank\s+of\s+)?{_SENIOR}\b")
_HEDGED = any_case(
    r"\b(?:working\s+towards?|willing(?:ness)?|prepared\s+to|able\s+to|ability\s+to|agree(?:s|ment)?\s+to"
    r"|aspir\w+\s+to|commit(?:ted|ment)?\s+to|undertaking\s+to|expected\s+to|intend\w*\s+to"
    r"|in\s+the\s+process\s+of|to\s+be\s+completed|if\s+(?:you\s+|they\s+)?(?:join|apply"
    r"|enter)\w*\s+(?:through|via|by|on)|capable\s+of|potential\s+to|opportunity\s+to)\b"
    r"|\bwithin\s+[\w\s-]{1,20}\b(?:months?|years?)\s+of\s+(?:your\s+|the\s+|their\s+|being\s+)?"
    r"(?:appoint|join|start|tak|promot|select|commenc)\w*"
)
_LEAST = any_case(r"\b(?:at\s+least|not\s+below|no\s+lower\s+than|minimum)\s+(?:(?:an?|the|substantive|rank|of)\s+)*$")
_QUALIFICATION = any_case(
    r"\b(?:degree|diploma|certificate|qualification|accreditation|award|NVQ|A[ -]levels?|GCSEs?|level \d|pass|test"
    r"|programme|course|scheme|command)\b|(?-i:(?<=[a-z] )[A-Z])"
)
_WITH = any_case(
    r"^\s*,?\s*(?:with|holding|having|accredited|trained|qualified(?!\s+(?:to|for|as)\b)|who\s+(?:ha(?:s|ve)|holds?|possess(?:es)?)"
    r"|(?:must|should|needs?\s+to)\s+(?:have|hold))\s+"
    r"(?!.*\b(?:years?|months?)\b|.*\b(?:held|holds?|reached)\s+(?:(?:the|that|this|substantive)\s+)*rank\b)\w"
)
"""What the holder of a rank is to have beside it."""
_VERB = any_case(
    r"^\s*(?:(?:must|should|to|be|has|have|having|is|are|been|already|either|successfully"
    r"|the)\s+)*(?:complete[ds]?|achieve[ds]?|attain(?:ed|s)?|pass(?:ed|es)?|held|holds?|holding"
    r"|possess(?:es)?|obtain(?:ed|s)?|gain(?:ed|s)?|qualified|accredited|trained)?\s*$"
)

_WISHED = any_case(
    r"^(?:ideally|preferably)\b|\bideally (?:ha(?:s|ve)|hold(?:s|ing)?|will|with)\b",
    r"\b(?:is|are|would be|be) (?:also )?(?:highly |very )?(?:desirable|advantageous|preferable|preferred)\b",
    r"\b(?:is|are|would be|be) (?:considered |seen as )?an? (?:distinct |definite )?(?:advantage|asset|bonus)\b",
)
_NEEDED = any_case(r"(?<!not )\b(?:essential|must|required|requirement|mandatory|necessary|minimum)\b")
_NEED = r"(?:an? )?(?:pre-?requisite|requirement|required|necessary|essential|needed|compulsory|mandatory)"
_NOT_ASKED = any_case(
    r"(?:there (?:is|are) )?no\b[^.;:]{0,80}\b(?:requirements?\b(?: (?:to|for)\b[^.;:]*)?|required|needed"
    r"|necessary|essential|expected)\.?",
    rf"(?:no[.,] )?[^.;:]*\b(?:is|are) (?:not|no longer) {_NEED}\.?",
    rf"(?:no[.,] )?it is (?:not|no longer) {_NEED} (?:to|that|for)\b[^.;:]*\.?",
    r"(?:no[.,] )?[^.;:]*\b(?:(?:do|does|will) not (?:need|have to)|no longer (?:needs?|ha(?:s|ve) to)|need not)\b"
    r"[^.;:]*\.?",
    r"there (?:is|are) no longer (?:an?|any)\b[^.;:]*\.?",
)
_BUT = any_case(
    r"\b(?:but|however|although|though|must|unless|except|only|at (?:the )?(?:time|point|application)|before|until|when"
    r"|yet|already)\b"
)
_OF_THE_SAME = any_case(
    r"(?:(?:this|it|that|these|which|both|is|are|would|will|be|but|though|not|highly|very|an?|also|essential|desirable"
    r"|advantage(?:ous)?|preferred|preferable|ideally|required|necessary)\b[\s,.]*)+"
)


class Terms(NamedTuple):
    """The times that a condition names."""

    before: str | None = None
    within_months: int | None = None
    for_months: int | None = None


def terms_of(text: str) -> Terms:
    """Return the times in the words of a condition.

    >>> terms_of("the course, completed prior to 2023")
    Terms(before='2023-01-01', within_months=None, for_months=None)
    >>> terms_of("at least two years in the rank of sergeant").for_months
    24
    """
    before, within = _BEFORE.search(text), _WITHIN.search(text)
    recent = within if within and _LAST.search(within[0]) else None
    rest = text.replace(recent[0], " ") if recent else text
    lasting = next((span for span in _FOR.finditer(rest) if span["led"] or span["followed"]), None)
    return Terms(
        _day(before) if before else None, _months(recent) if recent else None, _months(lasting) if lasting else None
    )


def spanned(text: str) -> tuple[int, str] | None:
    """Return the months with which words begin, and the words on whom they hold for: "a year for graduates"."""
    match = re.match(rf"\s*(?:or\s+)?{_SPAN}\s+(?P<whom>(?:for|if|where|when)\b.*)$", text, re.IGNORECASE)
    return (_months(match), match["whom"]) if match else None


def _day(match: re.Match[str]) -> str:
    """Widen a year or month to its first day: what came before it came before all of it."""
    month = month_number(match["month"]) if match["month"] else 1
    day = int(match["day"]) if match["day"] and match["month"] else 1
    return f"{match['year']}-{month:02}-{day:02}"


def _months(match: re.Match[str]) -> int:
    word = match["number"].casefold()
    count = _MORE_NUMBERS.get(word) or number(word) or 0
    return count * 12 + 6 * bool(match["half"]) if match["unit"].casefold().startswith("year") else count


def at_least(text: str) -> bool:
    """Return whether a higher rank does as well."""
    return bool(_AT_LEAST.search(text))


def is_senior(piece: str) -> bool:
    """Return whether words stand for any higher rank: "above", "a more senior rank"."""
    return bool(_SENIOR_PIECE.match(piece))


def is_minimum(text: str, start: int) -> bool:
    """Return whether the title that starts at a place is the lowest that does: "at least Sergeant"."""
    return bool(ends_with(_LEAST, text, start))


def is_hedged(piece: str) -> bool:
    """Return whether words promise a thing, and so do not say that it is done."""
    return bool(_HEDGED.search(piece))


def is_only_verb(piece: str) -> bool:
    """Return whether words lack what they speak of: "has completed" before "or is working towards ..."."""
    return bool(_VERB.match(piece))


def firm_clauses(text: str) -> list[str]:
    """Return the clauses between semicolons, without those that only wish for something of their own.

    >>> firm_clauses("PIP 2; PIP 3 is desirable"), firm_clauses("PIP 3; this is desirable")
    (['PIP 2'], ['PIP 3; this is desirable'])
    """
    clauses = text.split(";")
    if len(clauses) == 1 or any(_OF_THE_SAME.fullmatch(one.strip()) for one in clauses):
        return [text]
    return [one for one in clauses if _NEEDED.search(one) or not _WISHED.search(one)]


def is_wished(text: str) -> bool:
    """Return whether a sentence calls what it names desirable, and nothing beside it needed."""
    wished = [bool(_WISHED.search(one)) and not _NEEDED.search(one) for one in firm_clauses(text) or [text]]
    return all(wished) and len(split_sentences(text)) == 1


def asks_nothing(text: str) -> bool:
    """Return whether a sentence says of something only that nobody has to have it."""
    return bool(_NOT_ASKED.fullmatch(text.strip())) and not _BUT.search(text)


def asks_more(words: str) -> bool:
    """Return whether words behind a rank say what its holder is to have beside it, but for a time in it."""
    return bool(_WITH.match(words))


def names_qualification(words: str) -> bool:
    """Return whether words that no list holds name a qualification, by its kind or as a name."""
    return bool(_QUALIFICATION.search(words))


def states_time(text: str) -> bool:
    """Return whether words say for how long something was, or since when."""
    return bool(_TIME.search(text))


def exempts(text: str) -> bool:
    """Return whether who is exempt need not have what words ask for."""
    return bool(_EXEMPT.search(text))


def human_judgement(text: str) -> OptionPart:
    """Return a part that only a person can judge, in its own words: an address in brackets is none of them."""
    words = trimmed(re.sub(r"\s*\((?:https?://|www\.)[^)]*\)", "", text))
    words = words if re.search(r"\w", words) else trimmed(text)
    return OptionPart(target=f"experience/{text_key(even(words))}", text=words)


def trimmed(text: str) -> str:
    """Return words without the marks and the loose bracket around them."""
    words = " ".join(text.split()).lstrip(" .,;:)").rstrip(" .,;:(")
    if words.count("(") < words.count(")"):
        words = words.removesuffix(")") if words.endswith(")") else words
    return words.removeprefix("(") if words.count("(") > words.count(")") else words
