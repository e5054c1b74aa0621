"""What a document says of itself: the title of its role, the force, the code, version and level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from graph.ids import slug
from graph.nodes import Model
from loaders.fields.dates import pieces
from loaders.language.name_finder import Lexicon, Name
from loaders.language.patterns import any_case
from loaders.language.rank_titles import find_ranks, role_of, stripped
from loaders.language.unlisted_names import unlisted_bodies
from loaders.layout.lines import Line
from loaders.layout.outline import is_titled
from loaders.profile import RoleInfo
from loaders.reference.names import bodies
from loaders.reference.ranks import is_abroad, roles

_CODE = re.compile(
    r"(?:.*\b[Cc](?:ode|ODE)\b\s*[:–-]?\s*)?(?P<code>[A-Z]{2,4}(?:-[A-Z]{2,4})*-(?:SD|TL|ME|S?FL|SL)\s?-\s?.*?)"
    r"(?:\s*[-–—,]?\s*\(?\b[Vv](?:ersion)?\.?\s?(?P<version>\d+(?:\.\d+)*)\)?)?\s*"
)
_OWN_CODE = any_case(
    r"(?:role|post|job|profile) (?:code|number|ref(?:erence)?)\s*[:–-]\s*(?P<code>[A-Z]{0,4}[-/ ]?\d[\w/-]*)"
)
_VERSION = any_case(
    r"(?:(?:document|profile|policy|(?:job|role|post) (?:description|profile|specification))\s*(?:[-–—]\s*)?)?"
    r"(?:(?:version|issue|revision|edition)(?: (?:number|no\.?))?[\s.:–-]*v?(?P<version>\d+(?:\.\d+)*)"
    r"|(?P<nth>\d+)(?:st|nd|rd|th) edition)(?: \([^()]{4,30}\))?"
)
_LABELS = {
    "title": r"(?:job|role|post|position|profile|vacancy) ?(?:title|name)|title|role profile for|post|role"
    r"|position|role type",
    "any": "rank|job family|job sub[ -]?family|family|sector|profile level|code|version|status|grade|location"
    "|department|division|section|directorate|business area|unit|hours|salary range|reports? to|reporting to"
    "|responsible (?:to|for)|accountable to|line manager|line manages|post ?(?:number|holder)|role code"
    r"|home office code|rank/?grade|rank\\scale|band(?: level)?|limited duties category|work location"
    "|security vetting(?: level)?|vetting(?: level)?|tenure|date|staff responsibilities.*|contract(?: type)?|type"
    "|job type|employment type|reference|ref|job evaluation number|role profile title|prepared by|review date"
    "|weekly hours|area|supervises",
}
_LABEL = {name: any_case(rf"(?P<label>{form})\s*[:/]\s*(?P<value>.*)") for name, form in _LABELS.items()}
_NEXT_LABEL = any_case(rf" / |\s+(?=(?:{_LABELS['any']})\s*:)")
_FAMILY = any_case(r"job (?:sub[ -]?)?family\b.*|code\b.*")
_SUMMARY = any_case(r"information about the (?:role|post|job) of (?:an? |the )?(?P<title>.+?)(?:, including\b.*|\.|$)")
_ABOUT = any_case(
    r"(?:(?:an?|the) )?(?P<title>[A-Za-z0-9][\w ,()/'’–-]{2,80}?) (?:is an? (?:.{0,60}?)?(?:core )?(?:rank "
    r")?(?:position|role)|sits) within\b.*"
)
_LEVELS = {
    "SD": r"service deliverer",
    "TL": r"team leader|technical lead",
    "ME": r"manager(?: or |/| / )expert advis[eo]r|expert advis[eo]r|manager",
    "SL": r"service function lead(?:er)?",
    "FL": r"force lead(?:er)?",
}
_LEVEL = re.compile(
    "|".join(
        rf"(?P<{code}>\b(?:it['’]s|it is|this is) an? (?:{form}) (?:or [a-z ]+ )?role\b"
        rf"|\bprofile level\s*[:–-]\s*(?:{form}|{code})\b)"
        for code, form in _LEVELS.items()
    ),
    re.IGNORECASE,
)
_WANTED = any_case(
    r"\b(?:advertis\w+ for|appoint(?:ing|ment of)?|recruit(?:ing|ment of|ment to|ment for)?|seek(?:ing|s)?"
    "|looking for|searching for|vacanc(?:y|ies) (?:for|of)|becoming|role of|post of|position of|position as|rank of"
    r"|applications? (?:for|to become|are invited for)|apply for|promotion to|next|a new|our new|join\b.{0,60}\bas)\b"
)
_NOT_THIS = any_case(
    r"\b(?:from|held|serving|substantive|former|current|report(?:s|ing)? to|by the|to the|by our|with the"
    r"|as the)\s+(?:an? |the |our )?$|\b(?:in|at|hold(?:s|ing)?|held|reached|attained|achieved|minimum|from|served)"
    r"(?: at least)?(?: the)? rank of\s+(?:an? )?$"
)
_IS_WANTED = any_case(r"(?:\s*\([^()]*\))?\s+(?:wanted|needed|required|sought)\W*$")
_FORCE_TITLE = re.compile(
    r"(?P<name>(?!(?:Chief|Senior|National|Special|The|Our|Your|About|Welcome|Detective|Neighbourhood|Community)\b)[A-Z][a-z]+"
    r"(?:,? (?:(?:and|of|&) )?[A-Z][a-z]+){0,3} (?:Police|Constabulary))(?=$|\s*[-–,:|(]"
    r"|(?: [A-Z][a-z]+)* (?:Selection|Promotion|Recruitment|Process|Pack)"
    r"| (?:is|has|are|have|will|can|seeks?|serves?|covers|invites?|employs|wishes|wants|expects|welcomes)\b)"
)
_PART_OF_TITLE = re.compile(r"\s+[-–—]\s+|\s*[,:()]\s*")
_DETECTIVE = re.compile(r"D(?:[A-Z]|et |/)")
_BEFORE_RANK = any_case(r"(?:(?:temporary|acting|interim|substantive|uniformed?|police|detective|det\.?) |[ta]/|d/)*")
_OF_ANOTHER = any_case(r"\b(?:to|for) |['’]s\b|\b(?:officer|assistant|manager|secretary|support|staff|pa)\b")
"""Words that make a title that of somebody who works for the rank named in it."""
_OTHERS = any_case(
    r"(?:from|to|cc|bcc|sent|signed|direct reports|supervises|(?:line )?manage[sr]|(?:line )?managed by|deputises for"
    r"|(?:reports?|reporting|responsible|accountable|answers|answerable)(?: directly)? (?:to|for))\s*:.*"
)
"""A line of a letter's or form's head that names others than the role."""
_NEARBY = 60
_LONG_TITLE = 14
_SHORT_WORD = 3


class Code(NamedTuple):
    """The code of a profile, its version and the line they stand on."""

    code: str | None
    version: str | None
    line: Line | None


class Head(Model):
    """What a document says of itself."""

    role: RoleInfo
    code: str | None = None
    version: str | None = None
    notes: tuple[str, ...] = ()


def code_of(lines: Iterable[Line]) -> Code:
    """Return the code and version that the head prints; a version may stand on a line of its own."""
    code, version, at = None, None, None
    for line in lines:
        if code is None and (match := _CODE.fullmatch(line.text)):
            name = re.sub(r"\s*-\s*", "-", match["code"].strip(" -–"))
            code, at, version = name, line, match["version"] or version
        elif code is None and (match := _OWN_CODE.search(line.text)):
            code, at = match["code"], line
        elif version is None:
            version = next(
                (match["version"] or match["nth"] for one in pieces(line.text) if (match := _VERSION.fullmatch(one))),
                None,
            )
    return Code(code, version, at)


def is_label(text: str) -> bool:
    """Return whether a line is a label of the head, its value behind it."""
    return bool(_FAMILY.fullmatch(text) or _LABEL["any"].fullmatch(text) or _LABEL["title"].fullmatch(text))


def labelled_title(lines: Sequence[Line]) -> str | None:
    """Return the title that a label gives, on its line or the next."""
    for place, line in enumerate(lines):
        match = _LABEL["title"].fullmatch(line.text) or re.fullmatch(
            _LABELS["title"] + r"\s*:?", line.text, re.IGNORECASE
        )
        if match is None:
            continue
        value = match.groupdict().get("value") or ""
        if not value and place + 1 < len(lines):
            value = lines[place + 1].text.strip(" /")
        value = _NEXT_LABEL.split(value)[0].strip()
        if value and len(value.split()) <= _LONG_TITLE:
            return value
    return None


def about_title(lines: Iterable[Line]) -> str | None:
    """Return the title in the summary of a web page, else in its sentence about the role."""
    texts = [line.text for line in lines]
    for pattern in (_SUMMARY, _ABOUT):
        match = next((candidate for text in texts if (candidate := pattern.match(text))), None)
        if match:
            return match["title"].strip()
    return None


def level_in(texts: Iterable[str]) -> str | None:
    """Return the level of the profile where the text names it: SD, TL, ME, SL or FL."""
    match = next((candidate for text in texts if (candidate := _LEVEL.search(text))), None)
    return match.lastgroup if match else None


@cache
def _force_names() -> Lexicon:
    return Lexicon(
        Name(entity_id=body.id, text=alias, not_before=body.not_before, not_after=body.not_after)
        for body in bodies()
        if body.kind == "force"
        for alias in body.aliases
    )


@cache
def _body_names() -> frozenset[str]:
    return frozenset(alias.casefold() for body in bodies() if body.kind != "office" for alias in body.aliases)


def is_body_name(text: str) -> bool:
    """Return whether a text is the name of a body and nothing else."""
    return text.casefold().removeprefix("the ") in _body_names()


def force_in(lines: Iterable[str]) -> str | None:
    """Return the id of the force that lines of text name most often, the first of equals."""
    counts = Counter(force for line in lines for force in _forces(line))
    return counts.most_common(1)[0][0] if counts else None


def _forces(text: str) -> list[str]:
    if text.isupper() and not _force_names().find(text):
        text = " ".join(word.capitalize() if len(word) > _SHORT_WORD else word.lower() for word in text.split())
    known = _force_names().find(text)
    if not known and (alone := _FORCE_TITLE.match(text)) and not find_ranks(alone["name"]):
        return [slug(alone["name"])]
    named = [(mention.start, mention.entity_id) for mention in known]
    named += [(one.start, one.entity.id) for one in unlisted_bodies(text, known) if one.entity.kind == "force"]
    return [force for _, force in sorted(named) if not force.endswith("special-constabulary")]


def is_force_name(text: str) -> bool:
    """Return whether a text is the name of a force and nothing else."""
    named = _FORCE_TITLE.fullmatch(text)
    return bool(named or text in {one.text for one in _force_names().names}) and not find_ranks(text)


def rank_line(lines: Iterable[Line], organisation: str | None) -> str | None:
    """Return the first title line that names a rank."""
    own = (line.text for line in lines if is_titled(line) and not _OTHERS.fullmatch(line.text))
    return next((text for text in own if find_ranks(text, organisation)), None)


def rank_wanted(texts: Iterable[str], organisation: str | None) -> str | None:
    """Return the rank that running text says is to be filled."""
    for text in texts:
        for mention in find_ranks(text, organisation):
            before = text[max(0, mention.start - _NEARBY) : mention.start]
            wanted = _WANTED.search(before) or _IS_WANTED.match(text, mention.end)
            if wanted and not _NOT_THIS.search(before):
                detective = "Detective " if before.endswith("Detective ") else ""
                return detective + (mention.text.removesuffix("s") if not _WANTED.search(before) else mention.text)
    return None


def role_named(title: str, organisation: str | None, code: str | None, level: str | None = None) -> RoleInfo:
    """Return the role of a title, with the level that the text gives it, and the rank that the title gives it."""
    role = role_of(title, organisation, code)
    if role.id.startswith("role/"):
        role = role.model_copy(update={"at_rank": _rank_in_title(title, role)})
    return role.model_copy(update={"profile_level": level}) if level and not role.profile_level else role


def _rank_in_title(title: str, role: RoleInfo) -> str | None:
    """Return the one rank that a part of a title begins or ends with, as "Police Constable (Dog Handler)" does."""
    parts = _PART_OF_TITLE.split(stripped(title, brackets=True) or role.name)
    ranks = {rank for part in parts for rank in _ranks_at_ends(part, role.organisation)}
    return ranks.pop() if len(ranks) == 1 and not is_abroad(role.organisation) else None


def _ranks_at_ends(part: str, organisation: str | None) -> Iterator[str]:
    if _OF_ANOTHER.search(part):
        return
    detective = next((known for short, known in _detectives().items() if re.match(rf"{short}(?![\w'’-])", part)), None)
    if detective:
        yield detective
    for rank in find_ranks(part, organisation):
        if rank.rank_id and (_BEFORE_RANK.fullmatch(part[: rank.start]) or rank.end == len(part)):
            yield rank.rank_id


@cache
def _detectives() -> dict[str, str]:
    """Return the abbreviations of roles that have a rank, each with the rank."""
    return {short: role.rank for role in roles() if role.rank for short in role.aliases if _DETECTIVE.match(short)}


def head_of(title: str, organisation: str | None, coded: Code, level: str | None = None) -> Head:
    """Return the head with the role of a title, its code and version."""
    role = role_named(title, organisation, coded.code, level)
    return Head(role=role, code=coded.code, version=coded.version)
