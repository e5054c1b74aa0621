"""Hard conditions in words: which courses and ranks open them, joined by and, or and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.language.alternatives import options_of
from loaders.language.condition_terms import firm_clauses, human_judgement
from loaders.language.document_names import Naming
from loaders.language.patterns import any_case
from loaders.language.rank_titles import ranks_to_hold
from loaders.language.sentences import Sentence, loose_blocks, sentences, split_sentences
from loaders.profile import EducationLine, GateText, OptionPart, Profile, Statement
from loaders.reference.ranks import ranks

_KNOWLEDGE = any_case(
    "^(?:(?:an?|the|good|sound|detailed|thorough|working|up[ -]to[ -]date|current|extensive|excellent|in-depth"
    "|strong|clear|basic|general|proven|demonstrable|operational|technical|specialist|expert|relevant|deep|and"
    r"|professional|policing|legal|to|up|date|have|has|having|possess|demonstrates?)[\s/,]+)*(?:knowledge"
    r"|understanding|awareness)\b",
    r"^up[ -]to[ -]date\b.*\bknowledge\b",
)
_EXPERIENCE = any_case(
    r"^(?:(?:proven|previous|significant|relevant|recent|wide[ -]ranging|extensive)\s+)*experience\b"
)
_HELD = any_case(
    r"\b(?:has|have|having|must)?\s*(?:held?|holds?|holding|attained|achieved|reached|served|serving|completed)\b",
    r"\bsubstantive\b|\brank\s+of\b|\bcurrently\b|\b(?:has|have)\s+been\b|\bminimum\s+rank\b|\bat least\b",
    r"\b(?:months?|years?)'?\b|\bmust be\b",
)
_ELIGIBLE = any_case(
    r"\bapplications?\b.{0,90}?\b(?:invited|welcomed?|sought|considered|accepted|encouraged|open)\b.{0,30}?\bfrom\b",
    r"\b(?:is|are|now|also)\s+(?:only\s+|currently\s+)?open\s+to\b",
    r"\b(?:applicants?|candidates?)\b(?:\s+[\w-]+){0,4}?\s+(?:must|should|(?:will\s+)?need\s+to"
    r"|are\s+required\s+to)\s+(?:be|have|hold)\b",
    r"\b(?:you|officers?|applicants?|candidates?)\b.{0,40}?\bmust\s+(?:be|have|hold)\b",
    r"\b(?:constables?|sergeants?|inspectors?|superintendents?)\s+must\s+(?:be|have|hold)\b",
    r"\bonly\s+(?:if|when|where|once)\b.{0,40}\b(?:passed|completed|hold|holds|held|served)\b",
    r"\b(?:to\s+be\s+eligible|eligible\s+(?:to\s+apply|if|for))\b",
    r"\bmust\s+(?:currently\s+)?(?:have\s+)?(?:held|hold|served|passed|completed|attained"
    r"|be\s+(?:a\s+)?(?:substantive|serving))\b",
    r"\bthose\s+(?:who|seeking|applying|wishing|on)\b.{0,60}?\b(?:must|should|(?:will\s+)?need|require)\b",
)
_WAYS = (
    *(any_case(r"\btransfer\w*|\blateral(?:ly)?\b"), any_case(r"\bpromot\w+")),
    *(any_case(r"\bre-?join\w*|\breturn(?:ers?|ing)\b"), any_case(r"\bdirect\s+entr\w+")),
)
"""Ways into a rank: what is asked on one of them is an alternative to what is asked on another."""
_WHO = any_case(
    r"\b(?:invited|welcomed?|sought|considered|accepted|encouraged|open)\b|\bserving\b|\bsubstantive\b",
    r"\b(?:applicants?|candidates?)\s+must\s+(?:currently\s+)?(?:hold|have\s+held)\s+(?:at\s+least\s+)?the\s+rank\b",
)
_ALSO = any_case(r"^(?:applications?\s+(?:are|is|will be)\s+also|we\s+(?:will\s+)?also\s+welcome|alternatively)\b")
_FROM = any_case(
    r"^.*?(?:\b(?:welcomed?|invited|considered|accepted|sought|encouraged|open)\b.*?\bfrom\b|\bopen\s+to\b)\s*"
)
_NOT_NEEDED = any_case(
    r"\b(?:not|no\s+longer)\s+(?:an?\s+)?(?:pre-?requisite|requirement|required|necessary|essential|needed)\b",
    r"\bno\s+(?:[a-z]+\s+)?(?:requirement|need|exam\w*|test|assessment)\b|\bneed\s+not\b|\bno\s+longer\s+(?:ha(?:s|ve)|needs)\s+to\b",
)
_WISHED = any_case(r"\bdesirable\b|\bideally\b|\badvantag\w+|\bprefer(?:red|abl[ey]|ence)\b|\bbeneficial\b|\bdesired\b")
_DENIED = any_case(
    r"\b(?:has|have|having|had|must|should|need|does|do|did|is|are|was"
    r"|may)\s+not\s+(?!(?:only|less|fewer|under|below|more|later|yet)\b)(?:(?!\b(?:and|but|or)\b)[^,;.])*$",
    r"\bnever\b[^,;.]*$",
)
_PROBATION = any_case(r"\b(?:completed?|completion of|confirmed)\b.{0,40}\b(?:probation\w*|in\s+(?:the\s+)?rank)\b")

_MUST = any_case(r"\b(?:essential|must|mandatory|required)\b")
_CLAUSE = any_case(r"\s*[,;.]\s+(?:and\s+|but\s+)?|\s+(?:and|but|while|whilst)\s+")
_LISTED = any_case(r"[;,]\s*(?:and|or)\s*$")
_CHOICES = any_case(r":|;\s*(?:and/or|or|and|plus|but)\b|\b(?:either|one of|any of)\b")
_PREDICATE = any_case(r"\s+(?:is|are|will be)\s+(?:the\s+)?(?:minimum|lowest|least)\b.*$")
_LONGEST_NAME = 160
_LONGEST_WORDS = 80
_TO_APPLICANTS = any_case(
    r"^.*?\b(?:you|those|officers?|applicants?|candidates?)\b.{0,40}?\b(?:must|should|(?:will )?need to|have to)\s+"
    r"(?:(?:currently|also|already)\s+)*(?:(?:be|have|hold)\s+)?(?=\w)"
)


def education_kind(line: EducationLine, naming: Naming, organisation: str | None) -> EducationLine:
    """Return a line on education with what it asks for: a course, a rank held, knowledge or experience."""
    if line.kind == "skill":
        return line
    text = " ".join(line.text.split())
    kind = "experience"
    if _KNOWLEDGE.search(text):
        kind = "knowledge"
    elif _EXPERIENCE.search(text) or _is_open(text, naming, organisation):
        kind = "experience"
    elif naming.courses_in(text):
        kind = "course"
    elif ranks_to_hold(text, organisation) and _HELD.search(text):
        kind = "rank"
    wished = not _firm(text) or _NOT_NEEDED.search(text)
    return line.model_copy(update={"kind": kind, "necessity": "desirable" if wished else line.necessity})


def _firm(text: str) -> str:
    """Return a text without the clauses on what is only wished for, where another clause says what must be."""
    text = ";".join(firm_clauses(text))
    if not _WISHED.search(text):
        return text
    clauses = _CLAUSE.split(text)
    return ", ".join(one for one in clauses if not _WISHED.search(one)) if _MUST.search(text) else ""


def asked_of(profile: Profile, naming: Naming) -> tuple[EducationLine, ...]:
    """Return the essential lines on education, and the criteria, that ask for a course, a rank or a probation."""
    body = profile.role.organisation
    criteria = (
        education_kind(EducationLine(text=line.text, lines=line.lines, necessity=line.necessity), naming, body)
        for line in profile.criteria
    )
    return tuple(
        line
        for line in (*profile.education, *criteria)
        if line.necessity == "essential" and (line.kind in {"course", "rank"} or _PROBATION.search(line.text))
    )


def _is_open(text: str, naming: Naming, organisation: str | None) -> bool:
    """Return whether a course or rank is denied, or not needed: "has not failed the exam"."""
    starts = [one.start for one in naming.courses_in(text)] + [one.start for one in ranks_to_hold(text, organisation)]
    before = text[: min(starts, default=0)]
    return bool(_NOT_NEEDED.search(text) or _DENIED.search(before))


def gates(profile: Profile, naming: Naming, lines: Sequence[str]) -> tuple[GateText, ...]:
    """Return the hard conditions of a document, each once.

    Lines on education count where they are essential and name a course or a rank to have held; of the other
    lines those that say who may apply. What only a person can judge is a part of its own, so that no gate opens
    in silence.
    """
    body = profile.role.organisation
    candidates = [gate(line, naming, body) for line in asked_of(profile, naming)]
    candidates += [_of_block(block, naming, body) for block in loose_blocks(profile, lines)]
    distinct: dict[object, GateText] = {}
    for one in candidates:
        if one is not None and (to_come := _of_newcomers(one, profile.role.id, naming)):
            distinct.setdefault(_conditions(to_come), to_come)
    return tuple(_with_names(distinct.values()))


def _of_newcomers(one: GateText, role: str, naming: Naming) -> GateText | None:
    """Return a gate with what is asked of holders of the rank itself for a person to judge, none where that is all."""
    holds = [any(part.target == role for part in option) for option in one.options]
    if not any(holds) or all(holds):
        return None if any(holds) else one
    options = [
        (human_judgement(" and ".join(dict.fromkeys(part.text for part in option))),) if is_held else option
        for is_held, option in zip(holds, one.options, strict=True)
    ]
    return _gate(one, options, naming)


def _conditions(one: GateText) -> object:
    return frozenset(
        tuple((part.target, part.before, part.at_least, part.within_months, part.for_months) for part in option)
        for option in one.options
    )


def _with_names(distinct: Iterable[GateText]) -> Iterable[GateText]:
    """Yield the gates, a name that comes again with its line: it is the key of a gate in its edition."""
    taken: dict[str, int] = {}
    for one in distinct:
        taken[one.name] = taken.get(one.name, 0) + 1
        again = taken[one.name] > 1
        yield one.model_copy(update={"name": f"{one.name} (line {one.lines[0]})"}) if again else one


def _of_block(block: Statement, naming: Naming, body: str | None) -> GateText | None:
    relevant = [
        sentence
        for sentence in sentences(block, of_role=False)
        if eligibility(sentence) and not _is_open(sentence.text, naming, body)
    ]
    options: list[tuple[OptionPart, ...]] = []
    for sentence in relevant:
        if _names_condition(sentence.text, naming, body):
            options += options_of(whom(sentence), naming, body, listed=whom(sentence) != sentence.text)
        elif options and _ALSO.search(sentence.text):
            options.append((human_judgement(whom(sentence)),))
    return _gate(block, options, naming)


def eligibility(sentence: Sentence) -> bool:
    """Return whether a sentence tells who may apply, or what an applicant must have."""
    text = sentence.text
    return bool(_ELIGIBLE.search(text)) and not (_NOT_NEEDED.search(text) or _WISHED.search(text))


def who_may_apply(sentence: Sentence) -> bool:
    """Return whether it names the ranks whose holders may apply."""
    return eligibility(sentence) and bool(_WHO.search(sentence.text))


def whom(sentence: Sentence) -> str:
    """Return the words on the applicants, without those on the vacancy; the whole where there are no others."""
    words = _FROM.sub("", sentence.text)
    return words if re.search(r"\w", words) else sentence.text


def gate(line: Statement, naming: Naming, organisation: str | None) -> GateText | None:
    """Return the condition that a line states, or None where it says that something is not needed."""
    if _NOT_NEEDED.search(line.text):
        return None
    text = " ".join(line.text.split())
    clauses = _clauses(text)
    asking = [
        one
        for clause in clauses
        for one in split_sentences(clause)
        if _names_condition(one, naming, organisation) and _firm(one)
    ]
    ways: dict[int | None, list[str]] = {}
    for one in asking if len(asking) > 1 or (asking and len(clauses) > 1) else [text]:
        ways.setdefault(_way(one), []).append(_LISTED.sub("", _firm(one)))
    common = _together(ways.pop(None, []), naming, organisation)
    own = [option for words in ways.values() for option in _together(words, naming, organisation)]
    unknown = [one for one in clauses if len(clauses) > 1 and not _names_condition(one, naming, organisation)]
    beside = tuple(human_judgement(one) for one in unknown if asking)
    return _gate(line, [(*one, *other, *beside) for one in common for other in own or [()]], naming)


def _clauses(text: str) -> list[str]:
    """Return what a condition asks for clause by clause, where semicolons part it; the whole where it lists choices."""
    clauses = [one.strip() for one in _LISTED.sub("", text).rstrip(" ;").split(";")]
    return [text] if len(clauses) == 1 or _CHOICES.search(text) else [one for one in clauses if _firm(one)]


def _together(texts: Sequence[str], naming: Naming, organisation: str | None) -> list[tuple[OptionPart, ...]]:
    """Return the alternatives that fulfil all texts; one that names again what others ask for adds nothing."""
    asked: dict[frozenset[str], list[tuple[OptionPart, ...]]] = {}
    for text in filter(None, texts):
        options = options_of(_PREDICATE.sub("", text), naming, organisation)
        asked.setdefault(frozenset(part.target for option in options for part in option), options)
    together: list[tuple[OptionPart, ...]] = [()]
    for targets, options in asked.items():
        courses = {course.entity_id for one in options[0] for course in naming.courses_in(one.text)}
        if not courses or courses & targets or not any(courses <= others for others in asked):
            together = [(*one, *other) for one in together for other in options]
    return together


def _names_condition(text: str, naming: Naming, organisation: str | None) -> bool:
    return bool(ranks_to_hold(text, organisation) or naming.courses_in(text) or _PROBATION.search(text))


def _way(text: str) -> int | None:
    return next((number for number, way in enumerate(_WAYS) if way.search(text)), None)


def _gate(line: Statement, options: Sequence[tuple[OptionPart, ...]], naming: Naming) -> GateText | None:
    if not options:
        return None
    printed = (" and ".join(_part_name(part, naming) for part in option) for option in options)
    names = " or ".join(dict.fromkeys(printed))
    short = names if len(names) <= _LONGEST_NAME else f"{names[: _LONGEST_NAME - 3].rsplit(' ', 1)[0]} ..."
    return GateText(text=line.text, lines=line.lines, name=short, options=tuple(options))


def _part_name(part: OptionPart, naming: Naming) -> str:
    if part.target in naming.entities:
        return naming.entities[part.target].name
    rank = next((rank.name for rank in ranks() if rank.id == part.target), None)
    if rank:
        return f"{rank} or above" if part.at_least else rank
    words = _TO_APPLICANTS.sub("", part.text)
    return words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 3].rsplit(' ', 1)[0]} ..."
