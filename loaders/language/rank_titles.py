"""Titles of ranks as documents print them: in running text, and as the title of a document's role."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from graph.ids import even_marks, slug
from loaders.language.number_words import MONTH
from loaders.language.patterns import MASKED, any_case, ends_with
from loaders.profile import RoleInfo
from loaders.reference.ranks import (
    RankEntry,
    force_of,
    is_abroad,
    ladder_of,
    rank_abbreviations,
    rank_names,
    rank_of,
    roles,
)

MET = r"metropolitan police(?: service)?|the met|met|mps|new scotland yard"
CITY = r"city of london police|city of london|colp"
FORCE = re.compile(rf"(?<!\w)(?:(?P<mps>{MET})|(?P<city>{CITY}))(?!\w)")
_ROLE_NOUN = r"(?:position|post|role|rank)"
_LEAD = any_case(
    "^(?:(?:the|an?) )?(?:(?:proposed )?appointment of|(?:advert|advertisement|vacancy|recruitment|application"
    f"|selection)(?: pack)?(?: for| of)(?: the)?(?: {_ROLE_NOUN} of)?|{_ROLE_NOUN} of"
    f"|(?:candidate )?information (?:pack )?(?:for|about)(?: the)?(?: {_ROLE_NOUN} of)?|(?:role profile"
    f"|job description|(?:job|role|post) title|{_ROLE_NOUN})(?: for(?: the)?)?(?: *[:-])?)(?: (?:an?|the|our|new))* +"
)
_TAIL = any_case(
    r"[\s,:-]+(?:selection process|(?:internal |external )?promotion(?:al)?(?: selection)?"
    r"(?: (?:process|board|pack|competition|campaign|exercise|round))?|competition|posts?|positions?"
    "|(?:role |job )?(?:profile|description)|person specification|candidate information"
    "|(?:candidate |recruitment |application )?(?:information )?pack|recruitment(?: information)?|vacancy"
    rf"|advert(?:isement)?|application|(?:{MONTH} )?(?:19|20)\d\d(?: ?[/-] ?\d\d(?:\d\d)?)?)$"
)
_FOR_A_TIME = any_case(r"^(?:(?:temporary|acting|interim|substantive)\s+|[ta]/\s*)")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_NOT_TITLE = any_case(
    r"accessible|version|updated|grade|part[ -]time|full[ -]time|vacanc(?:y|ies)|fixed[ -]term|secondment|\bref\b"
    r"|\b(?:\d+|one|two|three|six|twelve|several) ?x?(?: [a-z]+)? ?(?:months?|years?|posts?|roles?|positions?)\b"
    r"|\b(?:internal|external|temporary|permanent)\b|^x ?\d+$"
)
_AROUND = frozenset(
    (
        *("a", "an", "the", "of", "for", "to", "in", "on", "our", "new", "join", "welcome"),
        *("opportunity", "opportunities", "promotion", "promotional", "process", "board", "campaign", "selection"),
        *("appointment", "application", "pack", "information", "candidate", "candidates", "recruitment", "vacancy"),
        *("advert", "booklet", "brochure", "guide", "guidance", "role", "rank", "post", "position", "job", "jd"),
        *("profile", "title", "description", "transfer", "transfers", "transferee", "transferees", "lateral"),
        *("rejoiner", "rejoiners", "external", "internal", "substantive", "temporary", "acting", "designated"),
    )
)
"""Words of packs and adverts around a title."""
_FORCE_BEFORE = re.compile(rf"(?<!\w)(?:(?P<mps>{MET})|(?P<city>{CITY}|city))(?:'s)?[\s-]*$")
_FORCE_AFTER = re.compile(
    rf"\s*(?:,|-|\(|(?:of|in|for|at|with)(?: police)?(?: of| for)?)\s*(?:the )?"
    rf"(?:(?P<mps>{MET}|metropolis)|(?P<city>{CITY}|city))(?!\w)"
)
_BESIDE = 60
"""How many characters around a title are looked at for what it is."""
_WORD_BEFORE = re.compile(r"([\w'-]+)[ \t]+$")
_FORCE_LIKE = re.compile(
    r"(?:police|constabulary|police (?:service|force)(?: of .+)?|police scotland|scotland|metropolis|mps|met|"
    r"service|btp|psni|city of london)$"
)
_PLACE_LIKE = re.compile(
    rf"{_FORCE_LIKE.pattern}|(?:department|directorate|command|division|divisions|unit|team|branch|section|room|centre)$"
)
_OTHER_POST = re.compile(
    r"'s\b|\b(?:officer|assistant|secretary|support|staff|team|office|manager|driver|advis[eo]r)s?\b"
)
_CODE = re.compile(r"^(?P<family>[A-Z]{2,4})-(?:[A-Z]{2,4}-)*?(?P<level>SD|TL|ME|S?FL|SL)-(?P<name>.+)$")
POST_NOUN = (
    r"(?:Officer|Assistant|Manager|Investigator|Analyst|Supervisor|Co-?ordinator|Administrator|Advis[eo]r|Lead|Leader|Inspector"
    r"|Sergeant|Constable|Superintendent|Commander|Commissioner|Director|Head|Technician|Examiner|Handler|Operator|Controller"
    r"|Specialist|Trainer|Instructor|Researcher|Clerk|Engineer|Driver|Secretary|Executive|Solicitor|Consultant|Detective"
    r"|Practitioner|Navigator|Dispatcher|Trainee|Apprentice|Volunteer|Warden|Partner|Developer|Architect|Negotiator|PCSO)"
)
"""The last word of what a post is called."""
_POST = re.compile(
    r"(?!(?i:what|who|how|why|when|where|about|your|our|the|this|we|you)\b)[A-Z]"
    rf"(?:[\w’'&/-]+ )*{POST_NOUN}(?:\s*\([^()]*\)|,.*|\s+[-–—].*)?$"
)
COUNT = any_case(r"\s*\bx ?\d{1,2}\b|^\d{1,2} ?x\s+")
"""How many such posts there are: "x 3"."""
_SEVERAL = any_case(
    rf"^(?!(?:head|director|chief|manager) of )(?P<one>.*\b{POST_NOUN})s(?P<rest>\s*\(.*\)|(?:\s+[-–—]|,).*)?$"
)
_CHIEF_OFFICER_STEP = 7
_LONGEST_CAPITALS = 4
_OF_SPECIALS = any_case(r"^special constabulary (?=\w)|^sc (?=(?:sergeant|inspector|superintendent)\b)")
_ABBREVIATED = re.compile(r"[A-Z]{2,5}|D(?:et |/).*")
_SMALL = frozenset({"Of", "And", "For", "The", "To", "In", "On", "At", "With"})


_ASKS = any_case(
    r"^ (?:expects?|requires?|decides?|considers?|approves?|reserves?|wish(?:es)?|wants?|asks?|may|will|shall)\b"
)
_THE = any_case(r"\b(?:the|our|your) $")
_THESE = any_case(r"\b(?:these|this|our|into|for)(?: the)? $")
_AIMED_AT = any_case(
    r"\b(?:candidates?|applicants?|applications?|applying|qualified|promoted|promotion|eligible|boards?) (?:to|for) "
    r"(?:promotion to )?(?:the )?(?:ranks? of )?(?:an? )?$|\btemporarily promoted $"
)
"""What stands before a rank that somebody wants, or has the exam for, and does not hold."""
_VACANT = any_case(r"^ (?:posts?|roles?|positions?|vacanc(?:y|ies)|boards?|process|campaign|selection)\b")


_JOINT = any_case(r"[\s,/&]*(?:and|or)?[\s,/&]*")


class RankMention(NamedTuple):
    """A place in a text that names a rank; `rank_id` is None where ladders share the title and nothing decides."""

    start: int
    end: int
    rank_id: str | None
    text: str


@cache
def _title_pattern() -> re.Pattern[str]:
    names = sorted(rank_names(), key=len, reverse=True)
    forms = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in names)
    return any_case(rf"(?<![\w@-])(?:{forms})s?(?![\w@])")


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    forms = "|".join(re.escape(short) for short in sorted(rank_abbreviations(), key=len, reverse=True))
    return re.compile(rf"(?<![\w@&-])({forms})s?(?![\w@&])")


@lru_cache(maxsize=20_000)
def find_ranks(text: str, organisation: str | None = None) -> tuple[RankMention, ...]:
    """Return the places that name a rank, in their order.

    A longer title hides those inside it, plurals count, abbreviations count in capitals only. Commissioners of
    other kinds, gold commanders, inspectors of constabulary and the like are no ranks; nor is "chief officer".

    Args:
        text: Words of a document; a title may run over a line break.
        organisation: Id of the body that the document is about: it decides between ranks that share a title.
    """
    even_text, titles = even_marks(text), list(_title_pattern().finditer(text))
    without_titles = _title_pattern().sub(lambda match: " " * len(match[0]), text) if titles else text
    mentions = [
        *(_mention(match, _named(match[0]), even_text, organisation) for match in titles),
        *(
            _mention(match, rank_abbreviations()[match[1]], even_text, organisation)
            for match in _abbreviation_pattern().finditer(without_titles)
        ),
    ]
    return tuple(sorted(mention for mention in mentions if mention))


def ranks_to_hold(text: str, organisation: str | None) -> list[RankMention]:
    """Return the ranks that a text may ask for: not who asks ("the Inspector expects"), nor what is to be filled."""
    named, aimed = find_ranks(text, organisation), -1
    held: list[RankMention] = []
    for one in named:
        joined = aimed >= 0 and _JOINT.fullmatch(text, aimed, one.start)
        if joined or ends_with(_AIMED_AT, text, one.start):
            aimed = one.end
        elif not _asks_or_is_vacant(text, one):
            held.append(one)
    return held


def _asks_or_is_vacant(text: str, rank: RankMention) -> bool:
    after = text[rank.end :]
    asks = not text[rank.start : rank.end].endswith("s") and ends_with(_THE, text, rank.start) and _ASKS.match(after)
    return bool(asks or (ends_with(_THESE, text, rank.start) and _VACANT.match(after)))


def _named(words: str) -> tuple[RankEntry, ...]:
    name = " ".join(words.casefold().split())
    return rank_names().get(name) or rank_names()[name.removesuffix("s")]


def _mention(
    match: re.Match[str], candidates: tuple[RankEntry, ...], even_text: str, organisation: str | None
) -> RankMention | None:
    before = even_text[max(0, match.start() - _BESIDE) : match.start()]
    after = even_text[match.end() : match.end() + _BESIDE]
    if _is_other(candidates, before, after):
        return None
    force = _FORCE_BEFORE.search(before.casefold()) or _FORCE_AFTER.match(after.casefold())
    body = force_of(str(force.lastgroup)) if force else organisation
    rank = rank_of(candidates, body)
    if rank is None and ladder_of(body) == "territorial" and any(one.only_after for one in candidates):
        return None  # outside London "the Commissioner" is the police and crime commissioner
    return RankMention(match.start(), match.end(), rank.id if rank else None, match[0])


def _is_other(candidates: tuple[RankEntry, ...], before: str, after: str) -> bool:
    """Return whether the words around a title make it another thing than a rank."""
    following = after.casefold().lstrip()
    if any(following.startswith(words) for rank in candidates for words in rank.not_before):
        return True
    previous = _WORD_BEFORE.search(before)
    if previous is None:
        return False
    word = previous[1].casefold()
    allowed = {words for rank in candidates for words in rank.only_after}
    if allowed and previous[1][0].isupper() and word not in allowed:
        return True
    return any(word in rank.not_after for rank in candidates)


def is_post(text: str) -> bool:
    """Return whether a line is nothing but what a post is called, whatever its words speak of.

    >>> [is_post(text) for text in ("Dog Handler (General Purpose)", "TRAINING MANAGER", "What we want of an Officer")]
    [True, True, False]
    """
    return _POST.match(text.title() if text.isupper() else text) is not None


def role_of(title: str, organisation: str | None = None, code: str | None = None) -> RoleInfo:
    """Return the rank, else the known role, else a role of its own that a document's title names.

    A title that says more than a rank (a detective, a neighbourhood constable) is another role than the rank. A title
    that ladders share, with nothing to decide between them, is the role of that name and not a guess at the rank.

    Args:
        title: As printed; the name of a force, "temporary", and words such as "information pack" may stand around it.
        organisation: Id of the body that the document is about, if it is known.
        code: Profile code, whose level and force help, and which names the role where the title does not.
    """
    title = _SEVERAL.sub(r"\g<one>\g<rest>", COUNT.sub("", title))
    parts = _CODE.match(" ".join((code or "").split()))
    level, coded = (parts["level"].replace("SFL", "SL"), parts["name"].replace("-", " - ")) if parts else (None, "")
    name = stripped(title) or stripped(coded)
    body = organisation or force_named(title) or force_named(coded)
    tries = (name, bare(name), *([stripped(coded)] if coded else []))
    known = next(filter(None, (_known(words, body, level) for words in tries)), None)
    if known:
        return known
    where = f"{body}-" if is_abroad(body) else ""
    return RoleInfo(
        id=f"role/{where}{slug(name)}" if name else "",
        name=as_printed(title) if name else "",
        organisation=body,
        profile_level=level,
    )


def as_printed(title: str) -> str:
    """Return a title with the brackets and capitals that it has, but for one in capitals throughout.

    >>> [as_printed(title) for title in ("Role profile: strategic commander (gold)", "PC AFO", "HEAD OF CUSTODY")]
    ['Strategic commander (gold)', 'PC AFO', 'Head of Custody']
    """
    name = stripped(title, brackets=True)
    if name.isupper() and max(map(len, name.split())) > _LONGEST_CAPITALS:
        words = (word if word in rank_abbreviations() else word.capitalize() for word in name.split())
        name = " ".join(word.lower() if word in _SMALL else word for word in words)
    return name[:1].upper() + name[1:]


def _known(name: str, body: str | None, level: str | None) -> RoleInfo | None:
    if is_abroad(body):
        return None
    lower = name.casefold()
    exact = rank_names().get(lower) or rank_abbreviations().get(name)
    if exact is None and (role := _known_role(name, body, level)):
        return role
    rank = rank_of(exact, body) if exact else _rank_beside_force(lower, body)
    if rank is None:
        return None
    where = force_of(rank.ladder) or body
    return RoleInfo(id=rank.id, name=rank.name, organisation=where, profile_level=rank.profile_level)


def _rank_beside_force(lower: str, body: str | None) -> RankEntry | None:
    """Find the rank in a title that also names a force, or the area or portfolio of a chief officer."""
    for name in sorted(rank_names(), key=len, reverse=True):
        match = re.fullmatch(rf"(?P<before>|.*\W){re.escape(name)}(?P<after>|\W.*)", lower)
        if match is None:
            continue
        candidates = rank_names()[name]
        high = candidates[0].step >= _CHIEF_OFFICER_STEP
        if _is_other(candidates, match["before"], match["after"]):
            return None
        if _is_force_before(match["before"], high=high) and _is_force_after(match["after"], high=high):
            return rank_of(candidates, body)
    return None


def _is_force_before(words: str, *, high: bool) -> bool:
    bare = words.strip(" ,:-")
    if not bare or FORCE.fullmatch(bare):
        return True
    apart = high or words.rstrip() != bare or bare.endswith(("constabulary", "police service"))
    return apart and bool(_FORCE_LIKE.search(bare))


def _is_force_after(words: str, *, high: bool) -> bool:
    bare = words.strip(" ,:-")
    return not bare or bool(_FORCE_LIKE.search(bare)) or (high and not _OTHER_POST.search(words))


def _words_of(title: str) -> tuple[str, ...]:
    lower = re.sub(r"\bpip[ -]*(?:level )?(\d)", r"pip\1", even_marks(title).casefold())
    return tuple(sorted(re.findall(r"[\w/']+", lower)))


@cache
def _roles_by_words() -> dict[tuple[str, ...], int]:
    return {
        _words_of(title): place
        for place, role in reversed(list(enumerate(roles())))
        for title in (role.name, *role.aliases)
    }


def _known_role(name: str, body: str | None, level: str | None) -> RoleInfo | None:
    """Find a known role, its words in any order; segments that name a force or unit do not count.

    It is called as printed, but for an abbreviation.
    """
    kept = [part for part in re.split(r"\s+-\s+|\s*[,:]\s+", name) if not _PLACE_LIKE.search(part.casefold())]
    for title in (name, " ".join(kept), _OF_SPECIALS.sub("Special ", name)):
        place = _roles_by_words().get(_words_of(title))
        if place is not None:
            role = roles()[place]
            printed = as_printed(title)
            is_same = _ABBREVIATED.fullmatch(title) or printed.casefold() == role.name.casefold()
            called = role.name if is_same else printed
            return RoleInfo(id=role.id, name=called, organisation=body, profile_level=role.profile_level or level)
    return None


def force_named(text: str) -> str | None:
    """Return the id of the one London force that a text names, else None."""
    forces = {match.lastgroup for match in FORCE.finditer(even_marks(text).casefold())}
    return force_of(str(forces.pop())) if len(forces) == 1 else None


def stripped(title: str, *, brackets: bool = False) -> str:
    """Return a title without mark-up and the words of packs and adverts around it; brackets may stay as they are."""
    plain = even_marks(MASKED.sub("", title))
    text = " ".join(re.sub(r"[*#|]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])", " ", plain).split()).strip(" .,:-")
    if not brackets:
        text = _BRACKETS.sub(lambda match: "" if _is_aside(match[1]) else f" {match[1]}", text)
    elif _NOT_TITLE.search(" ".join(_BRACKETS.findall(text))):
        text = _BRACKETS.sub(lambda match: "" if _NOT_TITLE.search(match[1]) else match[0], text)
    for _ in range(4):
        text = _FOR_A_TIME.sub("", _TAIL.sub("", _LEAD.sub("", text))).strip(" .,:-")
    return text


def bare(name: str) -> str:
    """Drop from both ends the words and numbers of adverts, which a layout may have put in any order."""
    words = re.findall(r"[\w'/-]*\w[\w'/-]*", name)
    kept = [place for place, word in enumerate(words) if not _is_around(word.casefold())]
    return " ".join(words[kept[0] : kept[-1] + 1]) if kept else ""


def _is_around(word: str) -> bool:
    return word in _AROUND or bool(re.fullmatch(rf"{MONTH}|(?!pip)\w*\d\w*", word))


def _is_aside(inner: str) -> bool:
    words = inner.strip()
    return (
        words.isupper()
        or words in rank_abbreviations()
        or bool(FORCE.fullmatch(words.casefold()) or _NOT_TITLE.search(words))
    )


def ranks_called(title: str) -> tuple[str, ...]:
    """Return every rank of a title that ladders share: one held on any of them counts."""
    key = " ".join(title.casefold().split())
    shared = rank_names().get(key) or rank_names().get(key.removesuffix("s"), ())
    return tuple(rank.id for rank in shared or rank_abbreviations().get(title.removesuffix("s"), ()))
