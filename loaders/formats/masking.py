"""Put e-mail addresses, telephone numbers and the names of people out of sight; nothing of them goes further.

All are looked for in the whole text, so that what is broken over two lines is found too; the number of lines stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.formats.person_names import RANK, TITLE_LINE, People

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\n]")

_BREAK = r"[^\S\n]{0,3}\n\s{0,8}"
_SIGNS = r"\w+'’ʼ`‐‑&=~!#$%*?^{|}/-"
"""What stands before the @ beside dots: letters of any script, signs of RFC 5322, and what printers make of them."""
_NAME = rf"[{_SIGNS}]{{1,64}}"
_PART = r"[\w+'‐‑-]{1,64}"
_DOT = r"(?:\.|\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2}|\s{1,2}dot\s{1,2})"
_TORN = rf"(?:(?:(?<=[\n:(<])|(?<=: )|(?<=mail )|(?<= to )|(?<= at ))(?:{_NAME}\.){{1,3}}{_BREAK})?"
_LOCAL = rf"(?<![.{_SIGNS}]){_TORN}{_NAME}(?:{_DOT}{_NAME}){{0,6}}\.?"
_AT = r"(?:@|＠|&#0?64;|&commat;)"
_WRITTEN_AT = r"\s{0,3}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,3}"
_DOMAIN = (
    rf"{_PART}(?:(?:\.{_BREAK}|{_BREAK}\.){_PART})?(?:{_DOT}{_PART}){{0,6}}(?:\.{_BREAK}(?-i:uk|com|org|net|gov)\b)?"
)
_ANY_EMAIL = re.compile(rf"{_AT}|{_WRITTEN_AT}|\bdot\b|protected", re.IGNORECASE)
"""What no address lacks: the patterns of whole addresses begin with any word, and so are slow."""
_EMAILS = (
    re.compile(r"\[email\sprotected\]", re.IGNORECASE),
    re.compile(rf"{_LOCAL}(?:{_BREAK})?{_AT}(?:{_BREAK})?{_DOMAIN}", re.IGNORECASE),
    re.compile(rf"{_LOCAL}[^\S\n]?{_AT}[^\S\n]?(?:{_PART}\.){{1,6}}[a-z]{{2,20}}\b", re.IGNORECASE),
    re.compile(rf"{_LOCAL}{_WRITTEN_AT}{_DOMAIN}", re.IGNORECASE),
    re.compile(rf"{_LOCAL}\s{{1,2}}at\s{{1,2}}{_PART}(?:\s{{1,2}}dot\s{{1,2}}{_PART}){{1,6}}", re.IGNORECASE),
)

_GAP = r"[\s()./‐‑–-]{0,3}"
_TIME = r"(?:[01]\d|2[0-3])[.:]?[0-5]\d"
_NUMBER = (
    rf"(?:\(?\+[1-9]\d{{0,2}}(?:{_GAP}\d){{6,13}}|\(?00(?:\s?44|[1-9]\d\d)(?:{_GAP}\d){{7,12}}"
    rf"|(?:44\s?)?\(0\)(?:{_GAP}\d){{9,10}}|\(?0\d\d(?:{_GAP}\d){{7,9}})(?!\d)"
)
_SECOND = r"(?:\s?(?:/|\bor\b|&)\s?[1-9]\d{0,6}(?!\s?\d|/|[,.]\d)){0,3}"
_EXTENSION = r"(?:ext(?:ension|n)?s?|x)[\s.:]{0,3}(?:(?:no|number)\b[\s.:]{0,2})?\d"
_DEVICE = (
    r"(?:\b(?:tel(?:ephone)?|(?:tele)?phone|mobile|mob|fax|ddi|direct (?:dial|line)|switchboard|minicom|textphone|pager"
    r"|mil(?:net)?|civ|gptn|dfts|ring|dial|ff[oô]n|rhif)s?(?: (?:no|number))?|(?<![\w'’.-])[tmf](?=\s?:))"
)
_PUBLIC = r"(?:101|105|111|112|116 ?\d{3}|119|999)\b"
_TELEPHONES = (
    re.compile(
        rf"(?=[(+04])(?<![\w£.,])(?!{_TIME}(?:\s?[-–—/]\s?{_TIME}(?![\s-]?\d{{3}}|\d)|\s{_TIME}\s{_TIME}\b))"
        rf"{_NUMBER}{_SECOND}"
        rf"(?:[\s,;(]{{0,3}}{_EXTENSION}\d{{1,6}}\)?)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<kept>{_DEVICE}[\s.:–-]{{1,4}})(?!{_PUBLIC})[+(]?\d(?:[^\S\n]?[().‐‑-]?[^\S\n]?\d){{4,12}}(?!\d|,\d|/){_SECOND}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?<![\d£] )(?<!\d)\bx[\s.:]?\d{{4,6}}|\b(?!x){_EXTENSION}\d{{2,6}}(?:\s\d{{3,4}})?"
        rf"|\bint(?:ernal)?[.:]{{0,2}}\s?(?:no\.?\s?)?(?:(?<=[.:]\s)\d{{4}}|\d{{5,6}}))(?![\d/]|[,.]\d)",
        re.IGNORECASE,
    ),
)
"""Numbers as they are written in this country and to it from abroad; those after a label; those inside an office.

Two times of a day joined by a dash are none, nor is a number that anybody may call.
"""

_RANKED_NAME = re.compile(rf"\s*(?:[\w/.]+\s){{0,5}}{RANK},? \[name\](?:,? [A-Z]{{2,4}})*\s*", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"\s*(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) (?:regards|wishes)|regards),?\s*", re.IGNORECASE
)
_SIGNED = re.compile(r"\s*(?:signed|signature|for and on behalf of)\b", re.IGNORECASE)
_WINDOW = 4


def mask(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines with e-mail addresses, telephone numbers and the names of people put out of sight."""
    text = "\n".join(_UNSEEN.sub("", line) for line in lines)
    text = _without(text, _EMAILS, "[e-mail]") if _ANY_EMAIL.search(text) else text
    text = _without(text, _TELEPHONES, "[telephone]")
    masked = _without_names(text).split("\n")
    people, start = People("\n".join(masked)), 0
    for index, line in enumerate(masked):
        begin, end = start + len(line) - len(line.lstrip()), start + len(line)
        signed = begin < end and _is_signed_off(masked, index)
        is_name = begin < end and people.is_name(begin, end, 2 - signed) and (signed or _is_signature(masked, index))
        if is_name or (index and _RANKED_NAME.fullmatch(line) and _is_below_letter(masked, index)):
            masked[index] = "[name]"
        start = end + 1
    return tuple(masked[: len(lines)])


def _without(text: str, patterns: Iterable[re.Pattern[str]], mark: str) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: _marked(match, mark), text)
    return text


def _marked(match: re.Match[str], mark: str) -> str:
    """Return what stands for a match: a number over more than one line break is a column of a table."""
    breaks = match[0].count("\n")
    kept = match.groupdict().get("kept") or ("(" if match[0][0] == "(" and ")" not in match[0] else "")
    below = "\n" * (breaks - kept.count("\n"))
    return match[0] if breaks > 1 else f"{kept}{mark}{below}"


def _without_names(text: str) -> str:
    pieces, place = [], 0
    for start, end in sorted(People(text).spans()):
        if end > place:
            pieces += [text[place : max(start, place)], "" if start < place else "[name]"]
            pieces.append("\n" * text.count("\n", max(start, place), end))
            place = end
    return "".join([*pieces, text[place:]])


def _is_signed_off(lines: Sequence[str], index: int) -> bool:
    return any(_SIGN_OFF.fullmatch(line) for line in lines[max(0, index - _WINDOW) : index])


def _is_signature(lines: Sequence[str], index: int) -> bool:
    """Return whether the title of a post stands right above or below a name."""
    if index + 1 < len(lines) and TITLE_LINE.fullmatch(lines[index + 1]):
        reached = any("[telephone]" in line or "[e-mail]" in line for line in lines[index + 1 : index + 3])
        return reached or bool(index and _is_below_letter(lines, index))
    return bool(index > 1 and TITLE_LINE.fullmatch(lines[index - 1]) and _is_below_letter(lines, index - 1))


def _is_below_letter(lines: Sequence[str], index: int) -> bool:
    """Return whether a letter stands before a line, parted by a blank one or one to sign on: a title page has none."""
    sentences = sum(line.rstrip().endswith((".", "!", "?")) for line in lines[max(0, index - 12) : index])
    above = lines[index - 1]
    return (not above.strip() or _SIGNED.match(above) is not None) and sentences > 0
