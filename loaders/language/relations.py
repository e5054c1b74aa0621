"""What a document says on how its role, and others, stand to bodies and ranks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter

from graph.ids import even_marks
from loaders.language.clauses import Party, Scene, find_subject, find_targets, is_asserted
from loaders.language.condition_terms import at_least, is_minimum
from loaders.language.document_names import Naming
from loaders.language.gates import who_may_apply, whom
from loaders.language.name_finder import line_of
from loaders.language.number_words import NUMBER
from loaders.language.patterns import MASKED, any_case
from loaders.language.rank_titles import POST_NOUN, RankMention, find_ranks, ranks_called, ranks_to_hold, role_of
from loaders.language.relation_phrases import CUES, Cue
from loaders.language.sentences import Sentence, loose_blocks, sentences, split_sentences, stated_blocks
from loaders.profile import Profile, Relation, RoleInfo, Statement
from loaders.reference.ranks import is_shared, ranks, roles

_POSTS = {"LINE_MANAGES", "REPORTS_TO"}
_PUBLIC = any_case(
    r"\b(?:Londoners|the\s+(?:general\s+|British\s+|wider\s+)?public|the\s+(?:local\s+)?communit(?:y|ies)(?:\s+(?:we"
    r"|they|it)\s+serves?)?)(?!\s+(?:sector|body|bodies|purse|interest|safety|service|inquir))\b"
)
_FORCE = any_case(
    r"\b(?:the|our|this|your)\s+(?:entire\s+|whole\s+)?(?:force"
    r"|constabulary)(?!['\w-])(?=\s*(?:$|[.,;:)]|(?:and|to|in|into|through|with|by|towards?|as|on|from|at|for)\b))"
)
_POST = re.compile(
    r"\b(?:Chief|Head|Director|Deputy Director|Assistant Director|Deputy Head)(?: of)?(?: (?:[A-Z][\w-]+|and|of|&))*"
    r" (?!and\b|of\b)[A-Z][\w-]+"
    rf"|\b(?!(?:The|An?|Our|Your|This)\b)(?:[A-Z][\w-]+ (?:(?:and|of|&) )?)+{POST_NOUN}(?=s?\b)"
)
_LABELS: tuple[tuple[str, str], ...] = (
    (r"(?:reports?|reporting)\s+(?:directly\s+)?(?:to|line)", "REPORTS_TO"),
    (
        r"responsible\s+to|(?:immediate\s+)?(?:line\s+manager|supervisor)|line\s+managed\s+by|supervised\s+by",
        "REPORTS_TO",
    ),
    (r"(?:police\s+)?(?:rank|grade)(?:\s*/\s*(?:rank|grade))?", "AT_RANK"),
    (r"accountable\s+to", "ACCOUNTABLE_TO"),
    (
        r"line\s+manag(?:es|ement(?:\s+responsibilit(?:y|ies))?(?:\s+(?:of|for))?)|direct\s+reports|staff\s+responsibilities\s*(?:\([^)]*\))?",
        "LINE_MANAGES",
    ),
    (r"(?:accountable|responsible)\s+for(?:\s+staff)?|supervisory\s+responsibilit(?:y|ies)(?:\s+for)?", "LINE_MANAGES"),
)
_FIELD = any_case(
    rf"(?:^|(?<=\s/\s)|(?<=\s\s))(?P<label>{'|'.join(f'(?:{words})' for words, _ in _LABELS)})\s*(?:[:\t/|]|\.{{4,}}"
    r"|-(?=\s)|(?=\s{2,})|$)\s*(?P<value>.*)$"
)
_INLINE = any_case(rf"(?<!\w)(?P<label>{'|'.join(f'(?:{words})' for words, _ in _LABELS)})\s*:\s*(?P<value>[A-Z].*)$")
_NEXT_CELL = re.compile(r"\s{3,}|\s+/\s+|\t")
_NEXT_FIELD = re.compile(
    r"\s+(?=(?:(?:Overall|Main|Job|Role|Post|Work|Security|Key|Staff|Home)\s+)?(?:Purpose|Duties|Location|Department|Date|"
    r"Grade|Salary|Hours|Band|Base|Section|Division|Vetting|Status|Level|Responsible|Reports|Accountable|Line|Tenure|"
    r"Contract|Dimensions|Family|Title|Rank|Responsibilities|Accountabilities)\b[\w &/-]{0,30}:)"
)
_LISTED = any_case(
    rf"[,;/]\s*(?:and\s+)?|\s+and\s+(?=(?:[\w-]+ ){{0,4}}{POST_NOUN}s?(?!\w)|(?:Chief|Head|Director|Deputy)\b)"
)
_COUNTED = any_case(rf"\s*\([^()]*\)|^(?:up to )?(?:\d+\s*x?|{NUMBER})\s+|\s+x\s*\d+$")
_NOBODY = any_case(r"^(?:nil|none|n/?a|not applicable|no|-+|tbc|various|see .*)\.?$")
_LONGEST = 9


def relations(profile: Profile, naming: Naming, lines: Sequence[str], below: Mapping[int, int]) -> tuple[Relation, ...]:
    """Return the relations that the text states, each statement of each once, in the order of the lines.

    `below` are the lines of the values of labels that stand alone, 0 where there is none.
    """
    loose = tuple(loose_blocks(profile, lines))
    candidates = [
        *_belonging(profile, naming),
        *labelled_relations(profile, naming, lines, below),
        *_titled_at_rank(profile, lines),
        *(one for block in stated_blocks(profile) for one in _in_block(block, profile.role, naming, of_role=True)),
        *(one for block in loose for one in _in_block(block, profile.role, naming, of_role=False)),
        *(one for block in loose for one in _open_to(block, profile.role, naming)),
    ]
    distinct: dict[tuple[object, ...], Relation] = {}
    for one in candidates:
        distinct.setdefault((one.subject, one.kind, one.target, one.lines, one.at_least), one)
    return tuple(sorted(distinct.values(), key=lambda one: (one.lines, one.kind, one.target)))


def _belonging(profile: Profile, naming: Naming) -> Iterable[Relation]:
    """Yield which body the role is in, by the first line that names both, else the first that names the body.

    A rank of a ladder that forces share is part of none of them.
    """
    body = profile.role.organisation
    places = [mention for mention in naming.bodies if mention.entity_id == body]
    if body is None or not places or is_shared(profile.role.id):
        return
    text = naming.text.split("\n")
    title = even_marks(profile.role.name).casefold()
    numbers = [line_of(naming.text, mention.start) for mention in places]
    line = next((number for number in numbers if title in even_marks(text[number - 1]).casefold()), numbers[0])
    words = " ".join(text[line - 1].replace("\u00a0", " ").replace("*", "").split())
    yield Relation(
        subject=profile.role.id,
        kind="PART_OF",
        target=body,
        text=words,
        lines=(line, line),
        quote=split_sentences(words)[0],
    )


def _titled_at_rank(profile: Profile, lines: Sequence[str]) -> Iterable[Relation]:
    """Yield the rank that a force's own job bears the title of, by the first line that prints it.

    That of a role of the reference data is stated there.
    """
    role = profile.role
    number = next((n for n, line in enumerate(lines, 1) if role.name.casefold() in line.casefold()), None)
    if role.at_rank and number and role.id not in {known.id for known in roles() if known.rank}:
        words = " ".join(lines[number - 1].split())
        yield Relation(
            subject=role.id, kind="AT_RANK", target=role.at_rank, text=words, lines=(number, number), quote=words
        )


def _in_block(block: Statement, role: RoleInfo, naming: Naming, *, of_role: bool) -> Iterable[Relation]:
    last: str | None = role.id if of_role else None
    parted = sentences(block, of_role=of_role)
    for place, sentence in enumerate(parted, 1):
        cues = _cues_in(sentence.even_text)
        if not cues and place == len(parted):
            return
        parties = _parties(sentence, role, naming)
        yield from _in_sentence(Scene(sentence, parties, role.id, last), cues, role.organisation, block.text)
        first = next((party for party in parties if not sentence.even_text[: party.start].strip(" TheA")), None)
        last = first.who if first else last


def _in_sentence(
    scene: Scene, cues: Sequence[tuple[Cue, re.Match[str]]], body: str | None, text: str
) -> Iterable[Relation]:
    sentence = scene.sentence
    wider = scene._replace(parties=_with_posts(sentence, scene.parties, body))
    public = scene._replace(parties=sorted([*scene.parties, *_public(sentence, scene.parties)]))
    force = scene._replace(parties=sorted([*scene.parties, *_force(sentence, scene.parties, body)]))
    for cue, match in cues:
        seen = wider if cue.kind in _POSTS else public if cue.kind == "ACCOUNTABLE_TO" else scene
        seen = force if cue.kind == "LEADS" else seen
        subject = find_subject(seen, cue, match.start()) if is_asserted(seen, cue, match) else None
        for target in find_targets(seen, cue, match) if subject else ():
            if subject and target.who and (subject != target.who or cue.kind == "COLLABORATES_WITH"):
                yield Relation(
                    subject=subject,
                    kind=cue.kind,
                    target=target.who,
                    text=text,
                    lines=sentence.lines,
                    quote=_quote(sentence, cue, match.start(), target.end),
                )


@lru_cache(maxsize=1024)
def _cues_in(text: str) -> Sequence[tuple[Cue, re.Match[str]]]:
    """Find the cues of a sentence; one inside the words of another is a part of it: "provide reports to"."""
    matches = [(cue, match) for cue in CUES for match in cue.words.finditer(text)]
    reach, furthest = 0, {}
    for start, spans in groupby(sorted(match.span() for _, match in matches), key=itemgetter(0)):
        furthest[start] = reach
        reach = max(reach, *(end for _, end in spans))
    return [(cue, match) for cue, match in matches if match.end() > furthest[match.start()]]


def _quote(sentence: Sentence, cue: Cue, start: int, end: int) -> str:
    after = cue.after.search(sentence.even_text[end:]) if cue.after else None
    return sentence.text[start : end + (after.end() if after else 0)].rstrip(" .,;)" if after else "")


def _parties(sentence: Sentence, role: RoleInfo, naming: Naming) -> list[Party]:
    """Return whom a sentence names: the outermost names, the role's own before the ranks inside it."""
    text = sentence.text
    bodies = [Party(mention.start, mention.end, mention.entity_id, is_body=True) for mention in naming.bodies_in(text)]
    selves = [
        Party(match.start(), match.end(), role.id, is_body=False)
        for match in _own_names(role).finditer(sentence.even_text)
    ]
    holders = [_holder(text, mention, role) for mention in find_ranks(text, role.organisation)]
    taken: list[Party] = []
    for party in sorted([*bodies, *holders, *selves], key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(taken, party.end, key=attrgetter("start"))
        if place == 0 or taken[place - 1].end <= party.start:
            taken.insert(place, party)
    return taken


@lru_cache(maxsize=4)
def _own_names(role: RoleInfo) -> re.Pattern[str]:
    """Return what matches the names of the role that the document is about."""
    entry = next((entry for entry in roles() if entry.id == role.id), None)
    others = (entry.name, *entry.aliases, *([entry.short_name] if entry.short_name else [])) if entry else ()
    names = sorted({role.name, *others}, key=len, reverse=True)
    return any_case(rf"(?<![\w-])(?:{'|'.join(re.escape(even_marks(name)) for name in names)})s?(?![\w-])")


def _holder(text: str, mention: RankMention, role: RoleInfo) -> Party:
    """Return who a rank in a sentence is; a detective of a rank is a role of its own."""
    detective = re.search(r"Detective\s+$", text[: mention.start], re.IGNORECASE)
    if detective:
        title = text[detective.start() : mention.end].removesuffix("s")
        return Party(detective.start(), mention.end, role_of(title, role.organisation).id, is_body=False)
    return Party(mention.start, mention.end, mention.rank_id or _same(mention.text, role), is_body=False)


def _same(title: str, role: RoleInfo) -> str | None:
    return role.id if title.casefold().removesuffix("s") == role.name.casefold() else None


def _with_posts(sentence: Sentence, parties: Sequence[Party], body: str | None) -> list[Party]:
    """Return parties with the posts that are neither ranks nor bodies: a chief of finance, a custody inspector."""
    posts = [
        Party(match.start(), match.end(), role_of(match[0], body).id, is_body=False)
        for match in _POST.finditer(sentence.even_text)
        if not any(_meets(party, *match.span()) for party in parties)
    ]
    inside = [one for one in parties if any(post.start <= one.start and one.end <= post.end for post in posts)]
    return sorted([*(one for one in parties if one not in inside), *posts])


def _meets(party: Party, start: int, end: int) -> bool:
    """Return whether a party shares words with a post, and is not just the rank at its end that all forces have."""
    is_rank_of_it = str(party.who).startswith("uk/") and start < party.start and party.end == end
    return party.start < end and start < party.end and not is_rank_of_it


def _public(sentence: Sentence, parties: Sequence[Party]) -> Iterable[Party]:
    """Find the people that a force answers to: they are named where someone is accountable, and nowhere else."""
    for match in _PUBLIC.finditer(sentence.even_text):
        if all(match.end() <= party.start or party.end <= match.start() for party in parties):
            yield Party(match.start(), match.end(), "the-public", is_body=True)


def _force(sentence: Sentence, parties: Sequence[Party], body: str | None) -> Iterable[Party]:
    """Find "the force", which in a document of one body is that body."""
    for match in _FORCE.finditer(sentence.even_text) if body else ():
        if all(match.end() <= party.start or party.end <= match.start() for party in parties):
            yield Party(match.start(), match.end(), body, is_body=True)


def _open_to(block: Statement, role: RoleInfo, naming: Naming) -> Iterable[Relation]:
    for sentence in sentences(block, of_role=False):
        if not who_may_apply(sentence):
            continue
        words = whom(sentence)
        exams = naming.courses_in(words)
        for mention in ranks_to_hold(words, role.organisation):
            if any(exam.start <= mention.start < exam.end for exam in exams):
                continue
            for rank in (mention.rank_id,) if mention.rank_id else ranks_called(mention.text):
                if rank != role.id:
                    yield Relation(
                        subject=role.id,
                        kind="OPEN_TO",
                        target=rank,
                        text=block.text,
                        lines=sentence.lines,
                        quote=sentence.text,
                        at_least=at_least(words) or is_minimum(words, mention.start),
                    )


def labelled_relations(
    profile: Profile, naming: Naming, lines: Sequence[str], below: Mapping[int, int]
) -> Iterable[Relation]:
    """Yield the relations that stand as a label and a value, on its line or below it."""
    for number, line in enumerate(lines, 1):
        stripped = re.sub(r"\*\*|^\s*[•*-]\s+", "", even_marks(line.rstrip("\r\n"))).strip()
        match = _FIELD.search(stripped) or _INLINE.search(stripped)
        if match is None:
            continue
        value, place = _value(match["value"], lines, number, below)
        kind = next(kind for words, kind in _LABELS if re.fullmatch(words, match["label"], re.IGNORECASE))
        words = f"{match['label']}: {value}"
        for target in _targets(value, kind, profile.role, naming):
            if target.id != profile.role.id:
                yield Relation(
                    subject=profile.role.id, kind=kind, target=target.id, text=words, lines=(number, place), quote=words
                )


def _value(printed: str, lines: Sequence[str], number: int, below: Mapping[int, int]) -> tuple[str, int]:
    cell = _NEXT_CELL.split(printed.strip(), maxsplit=1)[0]
    value = _NEXT_FIELD.split(cell, maxsplit=1)[0].strip(" .:/|")
    if value:
        return value, number
    places = [below[number]] if number in below else range(number + 1, min(number + 2, len(lines)) + 1)
    for place in places:
        words = " ".join(even_marks(lines[place - 1]).split()).strip(" .:/|*") if place else ""
        if words:
            return ("", number) if place in below else (words, place)
    return "", number


def _targets(value: str, kind: str, role: RoleInfo, naming: Naming) -> list[RoleInfo]:
    """Return whom a value names: the posts of a list of those that somebody manages, else the one name that it is."""
    one = _target(value, kind, role, naming)
    if one or kind != "LINE_MANAGES" or _NOBODY.match(value):
        return [one] if one else []
    pieces = (_COUNTED.sub("", piece).strip() for piece in _LISTED.split(value))
    return [
        role_of(piece, role.organisation)
        for piece in pieces
        if _POST.fullmatch(piece.removesuffix("s")) or find_ranks(piece)
    ]


def _target(value: str, kind: str, role: RoleInfo, naming: Naming) -> RoleInfo | None:
    """Return the body, rank or role that a value names; one that is no name of a post is nobody."""
    value = MASKED.sub("", value).strip(" ,-()") if MASKED.search(value) else value
    if _NOBODY.match(value) or not value[:1].isupper() or len(value.split()) > _LONGEST:
        return None
    if kind == "AT_RANK":
        return _at_rank(value, role)
    bodies = naming.bodies_in(value)
    if bodies and bodies[0].start <= len("the ") and bodies[0].end - bodies[0].start > len(value) // 2:
        return RoleInfo(id=bodies[0].entity_id, name=bodies[0].text)
    target = role_of(value, role.organisation)
    if kind == "LINE_MANAGES" and not _is_known(target.id):
        return None
    return target


def _at_rank(value: str, role: RoleInfo) -> RoleInfo | None:
    """Return the rank that a job is graded at; a rank is at no other, and two ranks are none."""
    ranks_named: set[str | None] = {mention.rank_id for mention in find_ranks(value, role.organisation)}
    if not ranks_named:
        ranks_named = {one.rank for one in roles() if one.id == role_of(value, role.organisation).id}
    if role.id.startswith("role/") and len(ranks_named) == 1 and (rank := ranks_named.pop()):
        return RoleInfo(id=rank, name=value)
    return None


def _is_known(target: str) -> bool:
    return target in {*(rank.id for rank in ranks()), *(role.id for role in roles())}
