"""Reporting lines printed as a label and a value: "Reports to: Sergeant"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.language.document_names import Naming
from loaders.language.name_finder import even_marks
from loaders.language.rank_titles import role_of
from loaders.profile import Profile, Relation, RoleInfo
from loaders.reference.ranks import ranks, roles

_LABELS: tuple[tuple[str, str], ...] = (
    (r"(?:reports?|reporting)\s+(?:directly\s+)?to", "REPORTS_TO"),
    (
        r"responsible\s+to|(?:immediate\s+)?(?:line\s+manager|supervisor)|line\s+managed\s+by|supervised\s+by",
        "REPORTS_TO",
    ),
    (r"accountable\s+to", "ACCOUNTABLE_TO"),
    (r"line\s+manag(?:es|ement\s+of)|direct\s+reports|staff\s+responsibilities\s*(?:\([^)]*\))?", "LINE_MANAGES"),
    (r"responsible\s+for(?:\s+staff)?|supervisory\s+responsibilit(?:y|ies)(?:\s+for)?", "LINE_MANAGES"),
)
_FIELD = re.compile(
    rf"(?:^|(?<=\s/\s)|(?<=\s\s))(?P<label>{'|'.join(f'(?:{words})' for words, _ in _LABELS)})"
    r"\s*(?:[:\t/|]|-(?=\s)|(?=\s{2,})|$)\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"(?<!\w)(?P<label>{'|'.join(f'(?:{words})' for words, _ in _LABELS)})\s*:\s*(?P<value>[A-Z].*)$", re.IGNORECASE
)
_NEXT_CELL = re.compile(r"\s{3,}|\s+/\s+|\t")
_NEXT_FIELD = re.compile(
    r"\s+(?=(?:(?:Overall|Main|Job|Role|Post|Work|Security|Key|Staff|Home)\s+)?(?:Purpose|Duties|Location|Department|Date|"
    r"Grade|Salary|Hours|Band|Base|Section|Division|Vetting|Status|Level|Responsible|Reports|Accountable|Line|Tenure|"
    r"Contract|Dimensions|Family|Title|Rank|Responsibilities|Accountabilities)\b[\w &/-]{0,30}:)"
)
_NOBODY = re.compile(r"^(?:nil|none|n/?a|not applicable|no|-+|tbc|various|see .*)\.?$", re.IGNORECASE)
_LONGEST = 9


def labelled(profile: Profile, naming: Naming, lines: Sequence[str]) -> Iterable[Relation]:
    """Give the relations that stand as a label and a value, on its line or on the next one with words."""
    for number, line in enumerate(lines, 1):
        plain = re.sub(r"\*\*|^\s*[•*-]\s+", "", even_marks(line.rstrip("\r\n"))).strip()
        found = _FIELD.search(plain) or _INLINE.search(plain)
        if found is None:
            continue
        value, place = _value(found["value"], lines, number)
        kind = next(kind for words, kind in _LABELS if re.fullmatch(words, found["label"], re.IGNORECASE))
        target = _target(value, kind, profile.role, naming)
        if target and target.id != profile.role.id:
            words = f"{found['label']}: {value}"
            yield Relation(
                subject=profile.role.id,
                kind=kind,
                target=target.id,
                text=words,
                lines=(number, place),
                quote=words,
            )


def _value(printed: str, lines: Sequence[str], number: int) -> tuple[str, int]:
    cell = _NEXT_CELL.split(printed.strip(), maxsplit=1)[0]
    value = _NEXT_FIELD.split(cell, maxsplit=1)[0].strip(" .:/|")
    if value:
        return value, number
    for place, line in enumerate(lines[number : number + 2], number + 1):
        if words := " ".join(even_marks(line).split()).strip(" .:/|*"):
            return words, place
    return "", number


def _target(value: str, kind: str, role: RoleInfo, naming: Naming) -> RoleInfo | None:
    """Return the body, rank or role that a value names; one that is no name of a post is nobody."""
    if _NOBODY.match(value) or not value[:1].isupper() or len(value.split()) > _LONGEST:
        return None
    bodies = naming.bodies_in(value)
    if bodies and bodies[0].start <= len("the ") and bodies[0].end - bodies[0].start > len(value) // 2:
        return RoleInfo(id=bodies[0].thing, name=bodies[0].text)
    target = role_of(value, role.organisation)
    if kind == "LINE_MANAGES" and not _is_known(target.id):
        return None
    return target


def _is_known(target: str) -> bool:
    return target in {*(rank.id for rank in ranks()), *(role.id for role in roles())}
