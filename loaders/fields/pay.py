"""Money that goes with a post: amounts with their currency and period, and how long the appointment lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.advert_nodes import Currency, Period
from loaders.language.number_words import NUMBER, number
from loaders.language.patterns import any_case
from loaders.language.sentences import short_sentences
from loaders.layout.lines import Line
from loaders.profile import PayLine

_CURRENCY = r"(?:[£€$]|\b(?:GBP|EUR|USD)\b)"
_AMOUNT = any_case(
    rf"(?P<currency>{_CURRENCY})\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>k\b|m\b|bn\b|million|billion)?"
)
_BARE = re.compile(r"(?<![\d£,.])(?P<number>\d{2,3},\d{3})(?![\d,])")
_CURRENCIES: dict[str, Currency] = {"£": "GBP", "€": "EUR", "$": "USD", "GBP": "GBP", "EUR": "EUR", "USD": "USD"}
_FORMS: dict[Period, str] = {
    "year": r"p\.?\s?a\b\.?|per (?:annum|year)|a year|each year|annually|/ ?(?:year|annum)|yearly",
    "month": r"p\.?\s?c?\.?m\b\.?|per (?:calendar )?month|a month|monthly|each month",
    "week": r"per week|a week|weekly",
    "night": r"per night|a night|nightly",
    "day": r"per day|a day|daily|per diem",
    "hour": r"per hour|an hour|hourly",
}
_BEFORE_PERIOD = r"\s*(?:gross |pro rata |\(pro rata\) |(?:[-–]|(?:rising |increasing )?to )\s?£?[\d,.]+ ?)*"
_PERIODS = {period: any_case(rf"{_BEFORE_PERIOD}(?:{forms})\b") for period, forms in _FORMS.items()}
_WORDS_OF_PAY = any_case(
    r"\b(?:salar(?:y|ies)|remunerat\w+|pay|paid|allowances?|per annum|p\.a|weighting|bonus|supplement|reward"
    r"|starting at|relocation|package)\b"
)
_NOT_PAY = any_case(
    r"\b(?:budget|turnover|expenditure|revenue|savings?|funding|precept|grant|fine|fraud|seiz\w+|stolen)\b"
)
_YEARLY = any_case(r"\b(?:salary|basic pay|per annum|p\.a\.|annual)\b")
_UNKNOWN = re.compile(
    r"(?P<name>(?:[A-Z][\w'-]*,? (?:(?:and|or|of|to) )?){0,5}(?:[Aa]llowances?|[Ss]upplement|[Bb]onus|[Ww]eighting))\b"
    r".*\b(?:amounts?|dependent|depends|var(?:y|ies|iable)|to be (?:confirmed|agreed)|negotiable"
    r"|individual circumstances)\b"
)
_LABEL = re.compile(
    r"^(?P<name>[A-Z][\w '()/&-]*?)\s*(?:[-–—:]|is|of|will be)?\s*(?:up to|a maximum of|from|circa|c\.?)?\s*$"
)
_NAMED = re.compile(
    r"(?P<name>[A-Z][\w '/&-]{2,50}?) (?:of|is|will be|at)(?: up to| circa| around| between"
    r"| within the range of| a maximum of)?\s*$"
)
_NEAR = any_case(
    r"(?P<name>(?:[\w'-]+ ){0,2}?(?:allowance|package|weighting|bonus|supplement|payment|salary|pay"
    "|remuneration|expenses|contribution|lump sum)s?)(?: (?:of|is|will be|at|worth|from|between|up to|circa"
    r"|around|approximately|about|a maximum of))*\s*$"
)
_NO_NAME_OF_PAY = any_case(
    r"\b(?:(?:an?|the|your|our|this|that|and|or|plus|with|of|is|are|be|also|any|receive|offer|offers|includes?"
    "|including|paid|get|attracts?|carries|in|to|on|for) )+"
)
_SPEAKS = any_case(r"(?:you|we|it|they|there|in|as|for|this|the (?:post|role|successful|force))\b")
_RANGE = any_case(r"[\d,.]+k?\s*(?:per annum\s*)?(?:to|[-–—]|and|,? rising to|,? increasing to)\s*$")
_IN_WORDS = any_case(
    r"(?P<name>(?:annual |basic |starting )?(?:salary|pay|remuneration)(?: (?:scale|band|grade|range))?)\s*(?::"
    r"|[-–—](?=\s))\s*"
    r"(?P<words>[a-z].{2,80})"
)
"""Pay in words, as "Salary: National Police Scales", is kept as it is said."""
_LABELLED_PAY = any_case(
    r"(?:[\w’' ]{2,30} / )?(?:[a-z]+ )?(?:salary|pay|remuneration|wages?|grade|band|rank|scale)\b[^:£.]{0,30}:"
    rf"[^:]*{_CURRENCY}\s?\d.*"
)
"""Pay behind its label, though it be called a grade that holds the amounts."""
_NOTHING_SAID = any_case(r"(?:tbc|n/?a|not applicable|to be (?:confirmed|agreed)|negotiable|see .*)\.?")
_BAND = re.compile(
    rf"(?:[\w&/'-]+ ){{0,7}}{_CURRENCY}\s?\d[\d,.]*k?\s*(?:to|[-–—])\s*{_CURRENCY}?\s?\d[\d,.]*k?"
    r"(?:,? (?:p\.?a\.?|per annum|pro rata|plus|London|rising|\+|\().{0,60})?\.?"
)
"""A line that is a name and two amounts is a band of pay, wherever it stands."""
_FIRST = any_case(r"\bfirst\s*$")

_TO = any_case(rf"{_CURRENCY}\s?\d[\d,.]*k?\s*(?:to|[-–—])\s*$")
"""What stands before the upper end of a range that has no sign of its own."""
_LONGEST_HEADING = 6
_LENGTH = rf"(?P<number>{NUMBER})[ -](?P<unit>years?|months?)"
_TERMS = (
    any_case(
        r"\b(?:fixed[ -]term|term|tenure|tenancy|appointment|appointed|contract|secondment"
        rf"|period)\b(?: [a-z]+){{0,6}}?[ :]+(?:\()?{_LENGTH}"
    ),
    any_case(rf"(?:it|the (?:post|appointment|role|contract)) (?:is|will be|lasts)(?: offered)?(?: for)? {_LENGTH}\b"),
    any_case(rf"\b(?:initial )?{_LENGTH}\)?[ -](?:fixed[ -])?(?:term|tenure|appointment|contract|posting)"),
)
_FIXED = any_case(
    r"\b(?:fixed[ -]term|term of|for a term|initial .{0,20}term|tenure|appoint\w+|posting|contract"
    r"|(?:it|the post|the role) (?:is|will be)(?: offered)? for|in the first instance)\b"
)
_LABELLED = any_case(
    r"(?:term|tenure|tenancy|length|duration|period|contract|secondment|posting)(?: length| type| period)?"
    r"(?: of (?:the )?(?:post|term|contract|appointment|secondment|posting|tenure))?\s*[:–-]\s*(?:[a-z][a-z -]*,? )?"
    rf"{_LENGTH}"
)
_NOT_TERM = any_case(
    r"\b(?:extension|extended|extend|accommodation|property|expenses|service in|experience|previous"
    r"|within the last|notice)\b"
)


def pay_lines(lines: Iterable[Line], *, within: bool, under: str = "") -> list[PayLine]:
    """Return the amounts of a pay part, each once a line, or those that a sentence elsewhere calls pay.

    An allowance without an amount has none: it is not zero.

    Args:
        lines: Lines of the part, or of the whole document.
        within: Whether they stand under a heading on pay.
        under: That heading; an amount without words of its own is named by it, or by the next one below it.
    """
    result: list[PayLine] = []
    for line in lines:
        seen: set[float] = set()
        pieces = short_sentences(line.text)
        if within and _is_heading(line.text):
            under = line.text.strip(" :")
        for piece in pieces:
            result += _of_sentence(piece, line, under, within=within, seen=seen)
    return result


def is_labelled_pay(text: str) -> bool:
    """Return whether a line is pay behind its label, as "Grade: SO2, £42,000 to £46,000" is."""
    return _LABELLED_PAY.fullmatch(text) is not None


def _is_heading(text: str) -> bool:
    return not any(char in text for char in "£.;") and len(text.split()) <= _LONGEST_HEADING and text[:1].isupper()


def _of_sentence(text: str, line: Line, under: str, *, within: bool, seen: set[float]) -> list[PayLine]:
    surely = within or _BAND.fullmatch(text) or is_labelled_pay(text)
    if not surely and (not _WORDS_OF_PAY.search(text) or _NOT_PAY.search(text)):
        return []
    amounts = list(_AMOUNT.finditer(text))
    amounts += [match for match in _BARE.finditer(text) if _TO.search(text[: match.start()])]
    if not amounts and _YEARLY.search(text):
        amounts = list(_BARE.finditer(text))
    if not amounts and (said := _IN_WORDS.fullmatch(text)) and not _NOTHING_SAID.fullmatch(said["words"]):
        return [PayLine(text=text, lines=line.lines, name=said["name"].capitalize(), amount=None)]
    if not amounts:
        unknown = _UNKNOWN.search(text) if within else None
        return [PayLine(text=text, lines=line.lines, name=unknown["name"].strip(), amount=None)] if unknown else []
    result: list[PayLine] = []
    for match in amounts:
        value = _value(match)
        if value is None or value in seen:
            continue
        seen.add(value)
        one = _line(text, line, match, value, under)
        is_end = bool(result) and _RANGE.search(text[: match.start()])
        result.append(one.model_copy(update={"name": result[-1].name}) if is_end else one)
    return result


def _value(match: re.Match[str]) -> float | None:
    """Return the amount; what is counted in millions is a budget and nobody's pay."""
    scale = (match.groupdict().get("scale") or "").lower()
    if scale and scale != "k":
        return None
    return float(match["number"].rstrip(",.").replace(",", "")) * (1000 if scale else 1)


def _line(text: str, line: Line, match: re.Match[str], value: float, under: str) -> PayLine:
    after = text[match.end() :]
    per = next((period for period, form in _PERIODS.items() if form.match(after)), None)
    alone = not text[: match.start()].strip() or _RANGE.search(text[: match.start()])
    if (
        per is None
        and _YEARLY.search(f"{under} {text}" if alone else text)
        and not _FIRST.search(text[: match.start()])
    ):
        per = "year"
    before = re.findall(_CURRENCY, text[: match.start()].upper())
    symbol = (match.groupdict().get("currency") or (before or ["£"])[-1]).upper()
    name = _name(text, match, under)
    return PayLine(text=text, lines=line.lines, name=name, amount=value, currency=_CURRENCIES[symbol], per=per)


def _name(text: str, match: re.Match[str], under: str) -> str:
    before = text[: match.start()]
    if _FIRST.search(before):
        return f"{under or 'Pay'}: first part"
    for pattern in (_LABEL, _NAMED):
        label = pattern.search(before)
        if (
            label
            and not _SPEAKS.match(label["name"])
            and label["name"].strip().lower() not in {"plus", "or", "alternatively", "up to"}
        ):
            return _titled(label["name"].strip(" -–:"))
    near = _NEAR.search(before)
    if near and not _RANGE.search(before):
        return _titled(_NO_NAME_OF_PAY.sub("", near["name"]))
    words = _WORDS_OF_PAY.search(before)
    lead = re.match(r"(?P<name>[A-Z][a-z]+(?: [a-z]+){0,2}?) of (?:up to )?[£€$]", text)
    if lead:
        return lead["name"]
    return under or (words.group().capitalize() if words else "Pay")


def _titled(name: str) -> str:
    bare = re.sub(r"^(?:The|Your|An?) (?=\w)", "", name)
    return bare[:1].upper() + bare[1:]


def term_months(texts: Sequence[str]) -> int | None:
    """Return how many months an appointment lasts, where a text gives a fixed term.

    >>> term_months(["You will serve for a fixed term of 5 years, which may be extended."])
    60
    """
    for text in texts:
        for sentence in short_sentences(text):
            timed = any(unit in sentence.lower() for unit in ("year", "month"))
            for pattern in (_LABELLED, *_TERMS) if timed else ():
                match = pattern.match(sentence) if pattern is _LABELLED else pattern.search(sentence)
                fixed = match and (pattern is _LABELLED or _FIXED.search(sentence))
                if match and fixed and not _NOT_TERM.search(sentence[: match.end()]):
                    return (number(match["number"]) or 0) * (12 if match["unit"].lower().startswith("year") else 1)
    return None
