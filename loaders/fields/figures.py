"""The figures that a text gives: how many people a body has, its budget, how long an appointment lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.advert_nodes import Figure
from graph.ids import slug
from graph.nodes import Measure, Unit
from loaders.fields.pay import term_months
from loaders.language.document_names import Naming
from loaders.language.patterns import any_case
from loaders.language.sentences import Sentence, loose_blocks, sentences, stated_blocks
from loaders.profile import FigureLine, Profile

_QUALIFIER = (
    r"(?P<qualifier>(?:just|slightly|well)\s+(?:over|under)|more\s+than|less\s+than|fewer\s+than|over|under|almost|nearly|"
    r"around|approximately|approx\.?|about|circa|some|up\s+to|at\s+least|in\s+excess\s+of)"
)
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_SCALES = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_OFFICERS = r"(?:sworn\s+|warranted\s+|full[\s-]time\s+)?(?:police\s+)?officers"
_STAFF = r"(?:police\s+|civilian\s+)?staff"
_AND = r"\s*(?:,|,?\s+and|&|,?\s+plus)\s*"
_COUNTED: tuple[tuple[Measure, str], ...] = (
    ("head count", rf"{_OFFICERS}{_AND}{_STAFF}(?!{_AND}volunteers)|{_STAFF}{_AND}{_OFFICERS}(?!{_AND}volunteers)"),
    ("head count", r"people|employees|personnel|members\s+of\s+the\s+workforce"),
    ("head count with volunteers", rf"{_OFFICERS}{_AND}{_STAFF}{_AND}volunteers"),
    ("police officers", rf"{_OFFICERS}"),
    ("police staff", rf"{_STAFF}(?:\s+members)?|members\s+of\s+(?:police\s+)?staff"),
    ("special constables", r"special\s+constables|specials"),
    ("PCSOs", r"PCSOs?|police\s+community\s+support\s+officers"),
    ("volunteers", r"volunteers"),
)
_PEOPLE = re.compile(
    rf"(?<![\w£.,-])(?:{_QUALIFIER}\s+)?{_NUMBER}\s+(?:dedicated\s+|talented\s+|committed\s+|professional\s+)*(?:"
    + "|".join(f"(?P<counted{place}>{words})" for place, (_, words) in enumerate(_COUNTED))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_STRONG = any_case(
    rf"(?<![\w£.,-])(?:{_QUALIFIER}\s+)?{_NUMBER}[\s-]strong\s+(?:workforce|force|organisation|service)\b",
    rf"\bworkforce\s+of\s+(?:{_QUALIFIER.replace('qualifier', 'also')}\s+)?{_NUMBER.replace('number', 'then')}("
    r"?![\w,.]*\w)",
)
_BUDGET = any_case(
    rf"\bbudget\s+(?:of\s+|is\s+|totalling\s+)(?:{_QUALIFIER}\s+)?£{_NUMBER}\s*(?P<scale>k|m|bn|million|billion)?\b"
)
_LEADS_IN = any_case(
    r"(?:\b(?:employ(?:s|ed|ing)?|made\s+up\s+of|compris(?:es|ing)|consist(?:s|ing)\s+of|has|have|having|with"
    r"|staffed\s+by|(?:workforce|organisation|force|service)\s+of|total\s+of|strength\s+of|establishment\s+of"
    r"|numbers|our)\b(?:\s+(?:a|an|the|combined|total|current|workforce|strength|establishment|of))*)\s*$"
)
_PART = any_case(
    r"\b(?:teams?|units?|departments?|commands?|directorates?|divisions?|branch(?:es)?|sections?|shifts?"
    r"|portfolio)\b[^.;]{0,40}$",
    r"\b(?:lead|leads|leading|manag\w+|supervis\w+|command\w*|responsib\w+|recruit\w*|train\w*|deploy\w*"
    r"|additional|extra|work\w*\s+(?:closely\s+)?with)\s[^.;,]{0,20}$",
)
_ITSELF = any_case(r"\b(?:organisation|force|service|constabulary|employers?|we|our)\b")
_AND_SO_ON = any_case(r"(?:\s|,|&|\band\b|\bplus\b|\bas well as\b|\balongside\b|\bsupported by\b|\bsome\b)*")
_WHOLE = any_case(r"\bstrong\b|\bworkforce\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TERM: Measure = "term of appointment"


class _Figure(NamedTuple):
    """A figure in a sentence, and where it stands."""

    start: int
    end: int
    name: Measure
    amount: float
    unit: Unit
    qualifier: str | None


def figure(of: str, measure: Measure, amount: float, unit: Unit, qualifier: str | None) -> Figure:
    """Return the node of a figure: equal figures of one thing are one node."""
    quantity = f"{qualifier} {amount:,.10g}" if qualifier else f"{amount:,.10g}"
    return Figure(
        id=f"figure/{of}/{slug(measure)}/{slug(quantity)}",
        name=f"{measure}: {quantity} {unit}",
        measure=measure,
        amount=amount,
        unit=unit,
        qualifier=qualifier,
    )


def figures(profile: Profile, naming: Naming, lines: Sequence[str], *, with_term: bool) -> tuple[FigureLine, ...]:
    """Return the figures that a text gives of a body as a whole, in the order of the lines.

    Figures of a team, a command or of people in general are none of them. `with_term` adds how long the appointment
    lasts.
    """
    candidates = [
        *(_terms(profile, lines) if with_term else ()),
        *(
            one
            for blocks, of_role in ((stated_blocks(profile), True), (loose_blocks(profile, lines), False))
            for block in blocks
            for sentence in sentences(block, of_role=of_role)
            for one in _in_sentence(sentence, naming, profile.role.organisation)
        ),
    ]
    distinct = {(one.subject, one.name, one.amount, one.qualifier, one.lines): one for one in candidates}
    return tuple(sorted(distinct.values(), key=lambda one: (one.lines, one.name)))


def _terms(profile: Profile, lines: Sequence[str]) -> Iterable[FigureLine]:
    for number, line in enumerate(lines, 1):
        months = term_months([line])
        if months:
            words = " ".join(line.replace("\u00a0", " ").split())
            yield FigureLine(
                subject=profile.role.id,
                name=_TERM,
                amount=months,
                unit="months",
                text=words,
                quote=words,
                lines=(number, number),
            )


def _in_sentence(sentence: Sentence, naming: Naming, own: str | None) -> Iterable[FigureLine]:
    text, taken = sentence.even_text, 0
    for mention in sorted([*_people(text), *_budgets(text)]):
        subject = _subject(sentence, mention, naming, own)
        whole = mention.unit == "GBP" or _WHOLE.search(text[mention.start : mention.end])
        listed = taken and _AND_SO_ON.fullmatch(text[taken : mention.start])
        counted = whole or listed or _LEADS_IN.search(text[: mention.start])
        if subject is None or not counted or _PART.search(text[: mention.start]):
            continue
        taken = mention.end
        yield FigureLine(
            subject=subject,
            name=mention.name,
            amount=mention.amount,
            unit=mention.unit,
            qualifier=mention.qualifier,
            text=sentence.block,
            quote=sentence.text[mention.start : mention.end],
            lines=sentence.lines,
        )


def _people(text: str) -> Iterable[_Figure]:
    for match in _PEOPLE.finditer(text):
        place = next(place for place in range(len(_COUNTED)) if match[f"counted{place}"])
        if match["qualifier"] or not _YEAR.fullmatch(match["number"]):
            yield _figure(match, _COUNTED[place][0], match["number"], match["qualifier"])
    for match in _STRONG.finditer(text):
        yield _figure(match, "head count", match["number"] or match["then"], match["qualifier"] or match["also"])


def _budgets(text: str) -> Iterable[_Figure]:
    for match in _BUDGET.finditer(text):
        budget = _figure(match, "budget", match["number"], match["qualifier"], "GBP")
        yield budget._replace(amount=budget.amount * _SCALES.get((match["scale"] or "").casefold(), 1))


def _figure(match: re.Match[str], name: Measure, number: str, qualifier: str | None, unit: Unit = "people") -> _Figure:
    wording = " ".join(qualifier.casefold().split()) if qualifier else None
    return _Figure(match.start(), match.end(), name, float(number.replace(",", "")), unit, wording)


def _subject(sentence: Sentence, mention: _Figure, naming: Naming, own: str | None) -> str | None:
    """Return the body last named before a figure; else the role's own, where the text speaks of it as a whole."""
    before = [body.entity_id for body in naming.bodies_in(sentence.text) if body.end <= mention.start]
    if before:
        return before[-1]
    itself = not sentence.of_role and _ITSELF.search(sentence.even_text[: mention.end])
    return own if itself else None
