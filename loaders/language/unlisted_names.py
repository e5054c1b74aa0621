"""Bodies and instruments that no list holds, known by the shape of their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from graph.ids import even_marks, slug
from graph.nodes import BodyKind
from loaders.language.name_finder import NameMention
from loaders.reference.names import Entity


class Unlisted(NamedTuple):
    """A thing with a shape that is known, the abbreviation that the text gives it, and where it is named."""

    entity: Entity
    abbreviation: str | None
    start: int
    end: int

    @property
    def named_to(self) -> int:
        """Return where the name ends, the abbreviation in brackets left out."""
        return self.start + len(self.entity.name)


_CAP = r"[A-Z][\w'-]*"
_BODY_WORD = (
    r"(?:Constabulary|Police|Council|Board|Panel|Commissioner|Authority|Service|Partnership|Forum|Chief|Constable|Deputy|"
    r"Assistant|Mayor|Home|Government|Independent|College|Crown|National|His|Her|The|Section|Act)\b"
)
_TITLE = rf"(?!{_BODY_WORD})[A-Z][a-z'-]+(?:-[A-Z][a-z]+)*"
_PLACE = rf"{_TITLE}(?:(?:,|,? (?:and|&)(?: the)?| of(?: the)?| upon)? {_TITLE}){{0,4}}"
_AREA = rf"{_TITLE}(?: (?:(?:and|of|upon|&) )*{_TITLE}){{0,4}}"
_CAPS = rf"{_CAP}(?:,? (?:(?:and|&|of|for|the) )?{_CAP}){{0,6}}"
_ABBREVIATION = r"(?: \((?:the )?['\"]?(?P<abbreviation>[A-Z][A-Za-z&]{1,9})['\"]?\))?"

_POLICE_NEXT = (
    r"(?! (?i:officers?|constables?|staff|association|community|and|&|services?|forces?|federation|national|"
    r"authority|superintendents?|sergeants?|inspectors?|powers?|dut(?:y|ies)|operations?|now|leadership|uplift|regulations|reform|act|"
    r"cadets?|cars?|stations?|vehicles?|support|complaints?|conduct|education|chiefs?|control|custody|work|"
    r"driving|information|intelligence|recruitment|training|investigat\w+|digital|dog|dogs|community)\b)"
)
_NO_PLACE = r"(?:Parish|Town|Local|Staff|Police|National|Privy|Joint|Youth|Works|Consultative|General)\b"
_NO_FORCE = (
    r"(?!(?:Black|Asian|Muslim|Christian|Disabled|Gay|Women|Volunteer|National|Local|Military|Royal|Special|UK|"
    r"United|Kingdom|British|English|Welsh|Home|Other|Profiles?|Links?|Constable|Any|Teams?|Units?|Branch|Department"
    r"|Directorate|Resources|Services|HR|Managers?|Officers?)\b)"
)
_SHAPES: tuple[tuple[str, BodyKind], ...] = (
    (rf"(?:Office of the )?Police,?(?: Fire)? (?:and |& )?Crime Commissioner for {_PLACE}", "local_policing_body"),
    (rf"{_PLACE} (?:Police|Constabulary) and Crime Commissioner", "local_policing_body"),
    (rf"{_PLACE} Police,?(?: Fire)? (?:and|&) Crime (?:Commissioner|Panel)", "local_policing_body"),
    (rf"{_PLACE} Police Authority(?: Board)?", "local_policing_body"),
    (rf"Deputy Mayor (?:of|for) {_PLACE}", "office"),
    (rf"Mayor of {_PLACE}", "office"),
    (rf"{_PLACE} Combined (?:County )?Authority", "local_policing_body"),
    (rf"{_AREA} Constabulary", "force"),
    (rf"{_AREA} Police Service", "force"),
    (rf"Police Service of {_PLACE}", "force"),
    (rf"(?<=[a-z,] )(?<!\. ){_NO_FORCE}{_CAP}(?:,? (?:and )?{_NO_FORCE}{_CAP}){{0,2}} Police{_POLICE_NEXT}", "force"),
    (rf"(?<![^\n]){_NO_FORCE}{_AREA} Police(?=[,|]|[^\S\n]*(?:\n|$))", "force"),
    (rf"{_PLACE} Fire (?:and|&) Rescue (?:Service|Authority)", "fire_and_rescue"),
    (rf"{_PLACE} (?:County|City|Borough|District|Metropolitan Borough) Council", "local_authority"),
    (rf"(?!{_NO_PLACE}){_TITLE}(?: {_TITLE})? Council", "local_authority"),
    (rf"{_PLACE} (?:Local Resilience Forum|Community Safety Partnership)", "partnership"),
    (rf"{_PLACE} (?:Local )?Criminal Justice Board", "partnership"),
    (rf"{_PLACE} Safeguarding (?:Adults |Children |Children's )?(?:Board|Partnership)", "partnership"),
    (rf"{_PLACE} Regional Organised Crime Unit", "unit"),
    (rf"{_PLACE} NHS (?:Foundation )?Trust", "health_body"),
    (rf"{_CAP}(?: {_CAP}){{0,3}} Directorate", "internal_unit"),
    (rf"(?:{_CAP} ){{1,4}}(?:Faculty|Establishment|Taskforce)", "unknown"),
)
_OF_WHAT = rf"(?:of|for) (?:the )?(?!(?:Constable|Chief|Police and Crime|Excellence)\b){_CAPS}"
_HEADS_BY_KIND: dict[BodyKind, tuple[str, ...]] = {
    "agency": ("Agency", "Authority", "Bureau", "Office", "Service", "Services"),
    "network": ("Alliance", "Network"),
    "staff_association": ("Association", "Federation", "Union"),
    "partnership": ("Board", "Committee", "Forum", "Panel", "Partnership"),
    "watchdog": ("Commission", "Ombudsman"),
    "national_body": ("Council",),
    "internal_unit": ("Department", "Directorate"),
    "unit": ("Hub", "Team", "Unit"),
    "inspectorate": ("Inspectorate",),
    "professional_body": ("Institute",),
    "health_body": ("Trust",),
    "unknown": (
        *(
            "Academy",
            "Centre",
            "Collaboration",
            "College",
            "Command",
            "Company",
            "Consortium",
            "Corps",
            "Establishment",
        ),
        *("Executive", "Faculty", "Foundation", "Group", "Laboratory", "Ministry", "School", "Secretariat", "Society"),
        "Taskforce",
    ),
}
_HEADS = {head: kind for kind, heads in _HEADS_BY_KIND.items() for head in heads}
_LONG_NAME = re.compile(
    rf"(?<=[a-z,;|] )(?P<name>{_CAP}(?:,? (?:and |& )?{_CAP}){{1,5}} (?P<head>Agency|Association|Authority|Board|Bureau"
    r"|Commission|Committee|Federation|Inspectorate|Institute|Network|Office|Ombudsman|Review Body|(?<!Public )Service"
    r"|Society))(?! (?:[A-Z]|and [A-Z]|\())(?![\w'-])"
    rf"|(?<![\w@])(?P<of>(?:(?:Royal|Chartered|National|British|Scottish|Police|Independent|Public) )*"
    rf"(?:Superintendents' )?(?P<whose>Association|Federation|Institute|Society|Commission|Inspectorate"
    rf"|Office(?= for)) {_OF_WHAT})"
)
"""A name of three words or more before what it is, in running text; or what it is and of whom."""
_INNER = re.compile(
    r"\b(?:Selection|Promotions?|Appointments?|Interview|Assessment|Appeals?|Recruitment|Executive|Senior|Emergency"
    r"|Customer|Management|Project|Chief|Gold|Strategic|Tactical|Force)\b"
)
"""Words of what a process or a force calls its own."""
_INTRODUCED = re.compile(rf"(?P<name>{_CAPS}) \((?:the )?['\"]?(?P<abbreviation>[A-Z][A-Z&]{{1,7}})['\"]?\)")
_LEADING = re.compile(
    "^(?:(?:The|A|An|In|At|By|As|To|Of|For|From|With|Our|Your|Their|This|That|Under|Within|Across|And|Both|See|Job"
    "|Family|Role|Post|Rank|Special(?= Constabulary)|Support|Supporting|Represent|Representing|Join|Welcome|Dear"
    "|About|Appointment|Advert|Chief|Constable|Deputy|Assistant|Former|Head|Director|Temporary|Police Officer"
    r"|Liaise|Liaising|Working|Work|Attend|Attending|[A-Z][a-z]+(?= the\b))\b"
    r"(?: (?:of|the|to|for|with|in|at|by|and))*,? )+"
)


_BEGINS = re.compile(r"(?:.*[\n.:;])?[\s•*–-]*[A-Z][a-z]+ .*", re.DOTALL)
"""A name at the beginning of a sentence, where its first word may be a verb: "Brief Marine Board (MB) members"."""
_SHORTEST = 4
_LONGEST = 200
"""Characters of a name."""
_WRAPPED, _FIELD_WRAPPED = 45, 80
_FIELD = re.compile(r"\s*[A-Z][\w /&()-]{1,40}:")
_NEW_LINE = re.compile(r"\s|[•*#|-]|$|[A-Z][\w /&()-]{1,40}:|\d+[.)]")


def unlisted_bodies(text: str, known: Sequence[NameMention]) -> tuple[Unlisted, ...]:
    """Return the bodies of a text that the names already found do not cover.

    A place is a letter in capitals, so running text in lower case never makes a body.
    """
    line = _one_line(text)
    return _apart([*_by_shape(line), *_by_abbreviation(line), *_by_head(line), *_teams(line, known)], known)


def _one_line(text: str) -> str:
    """Keep the length, so that places hold; the end of a long line that runs on is a space."""
    lines = even_marks(text).split("\n")
    joined = lines[0]
    for above, line in pairwise(lines):
        wraps = (
            len(above) >= (_FIELD_WRAPPED if _FIELD.match(above) else _WRAPPED)
            and above[-1] not in " .:;!?"
            and not _NEW_LINE.match(line)
        )
        joined += (" " if wraps else "\n") + line
    return joined


def _by_shape(line: str) -> Iterable[Unlisted]:
    for shape, kind in _SHAPES:
        pattern, words = _compiled(shape)
        for match in pattern.finditer(line) if words.search(line) else ():
            yield from _unlisted(match, kind)


_FEWEST_WORDS = 3


@cache
def _compiled(shape: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a shape, and the words of which every name of it has one: most texts have few of them."""
    own = shape
    for part in (_PLACE, _AREA, _TITLE, _CAP, _NO_FORCE, _NO_PLACE, _POLICE_NEXT):
        own = own.replace(part, "")
    words = "|".join(re.findall(r"[A-Z][a-z]{3,}", own))
    return re.compile(rf"(?<![\w@])(?P<name>{shape})(?!\w){_ABBREVIATION}"), re.compile(words)


_LONGEST_TEAM = 90
_TEAM = re.compile(rf"(?<![\w@])(?P<name>{_CAPS} (?:Team|Unit|Department|Directorate)), $")


def _teams(line: str, known: Sequence[NameMention]) -> Iterable[Unlisted]:
    """Find each "… Team, Body": a unit of a body that is known."""
    for body in known:
        before = line[max(0, body.start - _LONGEST_TEAM) : body.start]
        match = _TEAM.search(before)
        if match:
            name = f"{match['name']}, {line[body.start : body.end]}"
            yield Unlisted(
                Entity(id=slug(name), name=name, kind="unit"), None, body.start - len(before) + match.start(), body.end
            )


def _by_abbreviation(line: str) -> Iterable[Unlisted]:
    for match in _INTRODUCED.finditer(line):
        head = match["name"].split()[-1]
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", match["name"]) if word[0].isupper())
        if head in _HEADS and match["abbreviation"][-1] in initials:
            yield from _unlisted(match, _HEADS[head])


def _by_head(line: str) -> Iterable[Unlisted]:
    for match in _LONG_NAME.finditer(line):
        head = (match["head"] or match["whose"]).split()[-1]
        for one in _unlisted(match, _HEADS.get(head, "unknown"), "name" if match["name"] else "of"):
            if len(one.entity.name.split()) >= _FEWEST_WORDS and not _INNER.search(one.entity.name):
                yield one


def _unlisted(match: re.Match[str], kind: str, group: str = "name") -> Iterable[Unlisted]:
    lead = _LEADING.match(match[group])
    name = match[group][lead.end() if lead else 0 :]
    initials = "".join(re.findall(r"\b[A-Z]", name))
    before = match.string[max(0, match.start(group) - _SHORTEST) : match.start(group)]
    if initials[1:] == match.groupdict().get("abbreviation") and _BEGINS.fullmatch(f"{before}{name}"):
        name = name.partition(" ")[2]
    if len(name.split()) > 1 and name[0].isupper():
        entity = Entity(id=slug(name), name=" ".join(name.split()), kind=kind)
        start = match.end(group) - len(name)
        yield Unlisted(entity, match.groupdict().get("abbreviation"), start, match.end())


def _apart(candidates: Iterable[Unlisted], known: Sequence[NameMention]) -> tuple[Unlisted, ...]:
    """Keep the longest of those that overlap; one inside or equal to a known name goes, one around it stays."""
    taken: list[Unlisted] = []
    known = sorted(known)
    for one in sorted((_cut(one, known) for one in candidates), key=lambda name: (name.start - name.end, name.start)):
        place = bisect_left(taken, one.end, key=attrgetter("start"))
        hidden = place and taken[place - 1].end > one.start
        if not hidden and not any(_covers(other, one) for other in _beside(known, one)):
            taken.insert(place, one)
    return tuple(taken)


def _beside(known: Sequence[NameMention], one: Unlisted) -> Sequence[NameMention]:
    """Return those of the names in their order that may overlap with one."""
    first, last = (bisect_left(known, place, key=attrgetter("start")) for place in (one.start - _LONGEST, one.end))
    return known[first:last]


def _cut(one: Unlisted, known: Sequence[NameMention]) -> Unlisted:
    """Part a name from a known one before it: "Known Board and Other Board"."""
    for other in sorted(_beside(known, one)):
        joined = re.match(r",? and |, ", one.entity.name[max(0, other.end - one.start) :])
        if one.start < other.end < one.named_to and joined:
            name = one.entity.name[other.end - one.start + joined.end() :]
            entity = Entity(id=slug(name), name=name, kind=one.entity.kind)
            one = Unlisted(entity, one.abbreviation, other.end + joined.end(), one.end)
    return one


def _covers(known: NameMention, one: Unlisted) -> bool:
    overlapping = one.start < known.end and known.start < one.named_to
    shorter = known.end - known.start < len(one.entity.name)
    around = shorter and one.start <= known.start and known.end <= one.named_to
    return overlapping and not (around and one.entity.kind not in {"force", "law"})


_YEARS = r"(?:,? \(?(?:19|20)\d\d(?: ?(?:to|-|/) ?(?:(?:19|20)\d\d|\d\d))?\)?)"
_ISSUED_FOR = rf"{_TITLE}(?:(?:,|,? (?:and|&)| of(?: the)?| upon)? {_TITLE}){{0,4}}"
_ISSUE = re.compile(rf"(?P<place>(?: for (?!policing){_ISSUED_FOR})?)(?P<years>{_YEARS}?)")
_LAW_WORD = r"(?:[A-Z][\w'-]*|\([A-Z][^()\n]{0,60}\)|and|of(?: the)?|from|against(?: the)?|for|at|&|etc\.?)"
_LAW = re.compile(
    rf"(?:(?P<part>[Ss]ections?|[Ss]chedules?|[Pp]art|[Rr]egulations?|s\.?) ?(?P<section>\d+[A-Z]*(?:\(\d+\))?)"
    rf" (?:of|to) (?:the )?)?"
    rf"(?P<name>[A-Z][\w'-]*(?:,? +{_LAW_WORD}){{0,14}}?"
    rf" +(?:(?:Act \d{{4}} \([A-Z][^()\n]{{3,200}}\) )?(?:Regulations|(?:Order|Rules)(?= (?:19|20)\d\d))|Act))"
    rf"(?P<year> (?:1[3-9]|20)\d\d)?(?!\w)"
)
_PLAN = re.compile(
    rf"(?P<name>{_CAP}(?:,? (?:(?:and|&) )?{_CAP}){{0,5}} "
    rf"(?P<head>Plan|Strategy|Programme|Policy|Protocol|Charter|Concordat|Vision"
    rf"|Philosophy|Manual(?: of Guidance)?|Curriculum|Mechanism|Management Statement))"
    rf"(?P<years>{_YEARS}?)(?! [A-Z])(?!\w)"
)
_NO_PLAN = re.compile(
    r"\b(?:Personal|Development|Individual|Application|Training|Pension|Promotion|Leadership|Entry)\b"
)
_SURE = {"Charter", "Concordat", "Philosophy", "Manual", "Manual of Guidance", "Curriculum", "Mechanism"}
_OWNER = re.compile(
    r"^(?:NPCC|ACPO|NPIA|CPS|College of Policing|Home Office|Police Scotland|PSNI|MPS|Met) (?=[A-Z].* .)"
)
_PART_OF_POST = re.compile(r"\b(?:Head|Director|Manager|Lead|Officer)(?: of| for|,)? $")
"""What comes next is a matter that somebody is in charge of: "Head of HR Policy"."""
_STANDARD = re.compile(r"(?<![\w/])(?:BS |EN )*ISO(?:/IEC)? ?\d{4,5}(?:[-:]\d{1,4})?(?!\w)")
_PLAN_KINDS = {"Plan": "plan", "Strategy": "strategy", "Vision": "strategy", "Programme": "programme"}


def unlisted_instruments(text: str, known: Sequence[NameMention]) -> tuple[Unlisted, ...]:
    """Return the laws and plans of a text that the names already found do not cover."""
    line = _one_line(text)
    return _apart([*_laws(line), *_plans(line), *_agreements(line), *_standards(line)], known)


def _standards(line: str) -> Iterable[Unlisted]:
    for match in _STANDARD.finditer(line):
        yield Unlisted(Entity(id=slug(match[0]), name=match[0], kind="policy"), None, match.start(), match.end())


_AGREEMENT = re.compile(
    r"(?<=\")(?:(?:Memorandum|Statement|Code|Guidance|Policy|Protocol|Scheme) (?:of|on|for) [^\"\n]{5,200})(?=\")"
    rf"|Memorand(?:um|a) of (?:Understanding|Agreement)|[Ss]tatement of [Pp]ractice(?: for (?:the )?{_CAPS})?"
)


def _agreements(line: str) -> Iterable[Unlisted]:
    for match in _AGREEMENT.finditer(line):
        yield Unlisted(Entity(id=slug(match[0]), name=match[0], kind="policy"), None, match.start(), match.end())


_SAID_OF_LAW = re.compile(r"[^()]*\b(?:of|with|to|under|in) the (?!People )")
"""Words before a law that a capital or two makes look like its own: "Knowledge of the ...", "Use of the ..."."""
_BEFORE_LAW = re.compile(
    r"^(?:(?:[A-Z][a-z]+ )?(?:Knowledge|Understanding|Awareness|Application|Use|Breach) (?:of )+"
    r"|(?:The|A|An|In|By|As|To|Of|Under|Within|And|See|Also|Both|Following)\b(?: the)? )+"
)


def _laws(line: str) -> Iterable[Unlisted]:
    for match in _LAW.finditer(line):
        lead = _SAID_OF_LAW.match(match["name"]) or _BEFORE_LAW.match(match["name"])
        name = match["name"][lead.end() if lead else 0 :]
        if len(name.split()) > 1 or match["year"]:
            start = (
                match.start("section" if match["section"] else "name") if not lead else match.end("name") - len(name)
            )
            begin = match.start() if match["section"] else start
            part = (match["part"] or "").casefold().rstrip("s.") or "section"
            section = f", {part} {match['section']}" if match["section"] else ""
            full = f"{' '.join(name.split())}{match['year'] or ''}{section}"
            yield Unlisted(Entity(id=slug(full), name=full, kind="law"), None, begin, match.end())


def _plans(line: str) -> Iterable[Unlisted]:
    for match in _PLAN.finditer(line):
        lead = _LEADING.match(match["name"])
        name = match["name"][lead.end() if lead else 0 :]
        name = _OWNER.sub("", name)
        if _PART_OF_POST.search(line[max(0, match.start() - _WRAPPED) : match.end("name") - len(name)]):
            continue
        if len(name.split()) > 1 and (match["head"] in _SURE or not _NO_PLAN.search(name)):
            full = f"{name}{match['years']}"
            entity = Entity(id=slug(full), name=full, kind=_PLAN_KINDS.get(match["head"], "policy"))
            yield Unlisted(entity, None, match.end("name") - len(name), match.end())


def issue_after(text: str, end: int) -> tuple[str, int]:
    """Return the place and years printed after a name, and where they end; an empty text where there are none."""
    match = _ISSUE.match(even_marks(text).replace("\n", " "), end)
    return (match[0], match.end()) if match else ("", end)


_COURSE = re.compile(
    rf"(?P<name>(?:{_CAP}(?:,? (?:and |& |of |in )?{_CAP}){{0,6}} )(?P<head>[Cc]ourse|(?:Development|Learning|Training"
    r"|Leadership) Programme|Leader Award)"
    rf"|(?:(?:Foundation|Postgraduate|Level \d|Professional|National) )*(?P<degree>Diploma|Certificate|Award)"
    rf" in {_CAPS})"
    r"(?:s\b)?(?![\w-])(?! [A-Z][a-z]+ (?:Manager|Lead|Officer|Team))"
)
_ANY_COURSE = re.compile(
    r"^(?:(?:The|A|An|Any|Each|This|Your|Our|All|Every|Complete|Completed|Completion|Pass|Passed|Hold|Holds|Holding|Attend"
    r"|Attended|Undertake|Relevant|Required|Appropriate|Successful|Essential|Desirable|Have|Must|Of|And|Or|In)\b,? ?)+"
)
_NO_COURSE = re.compile(r"(?:(?:Training|Refresher|Mandatory|Personal|Individual|Continuing|Further|Own|Online) ?)*")


def unlisted_courses(text: str, known: Sequence[NameMention]) -> tuple[Unlisted, ...]:
    """Return the courses of a text that the names already found do not cover."""
    line = _one_line(text)
    found = []
    for match in _COURSE.finditer(line):
        lead = _ANY_COURSE.match(match["name"])
        name = match["name"][lead.end() if lead else 0 :]
        subject = name.removesuffix(match["head"] or "").strip()
        if name[:1].isupper() and subject and not _NO_COURSE.fullmatch(subject):
            kind = "course" if (match["head"] or "").casefold() == "course" else "programme"
            entity = Entity(id=f"course/{slug(name)}", name=name, kind="accreditation" if match["degree"] else kind)
            found.append(Unlisted(entity, None, match.end("name") - len(name), match.end("name")))
    return _apart(found, known)
