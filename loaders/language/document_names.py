"""What a document calls things: the names that hold in it, and every place where one is printed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from operator import attrgetter

from graph.ids import even_marks, slug
from loaders.language.name_finder import Lexicon, Name, NameMention, line_of
from loaders.language.patterns import NEAR, any_case
from loaders.language.unlisted_names import (
    Unlisted,
    issue_after,
    unlisted_bodies,
    unlisted_courses,
    unlisted_instruments,
)
from loaders.profile import Course, Mention, NamedEntity
from loaders.reference.names import (
    BodyEntry,
    CourseEntry,
    Entity,
    InstrumentEntry,
    NamedEntry,
    bodies,
    courses,
    instruments,
)
from loaders.reference.ranks import rank_abbreviations
from loaders.reference.rules import elsewhere

_ANYWHERE = "*"
_LONGEST_ISSUE = 200
_YEAR = re.compile(r" (?:19|20)\d\d\b")


class Naming:
    """The names that hold in one document."""

    def __init__(self, text: str, organisation: str | None, family: str) -> None:
        self.text, self.organisation = text, organisation
        self.entities = {entry.id: Entity(id=entry.id, name=entry.name, kind=entry.kind) for entry in _entries()}
        self._course_names = _names(courses(), text, organisation, family)
        self._learn_courses()
        self.courses = self.courses_in(text)
        self.instruments = self._with_issues(_names(instruments(), text, organisation, family).find(text))
        self._body_names = _names(bodies(), text, organisation, family)
        self._inside: dict[str, tuple[str, ...]] = {entry.id: (entry.part_of,) for entry in bodies() if entry.part_of}
        self._learn_bodies()
        self.bodies = self.bodies_in(text)

    def bodies_in(self, text: str) -> tuple[NameMention, ...]:
        """Return the places where a text of this document names a body."""
        return self._body_names.find(text, self._inside)

    def courses_in(self, text: str) -> tuple[NameMention, ...]:
        """Return the places where a text of this document names a course."""
        mentions = (_of_rank(text, one) for one in self._course_names.find(text) if not _is_part(text, one))
        return tuple(sorted(self._of_force(text, one) for one in mentions))

    def _of_force(self, text: str, mention: NameMention) -> NameMention:
        """Return the exam of the force that sets its own, where the words do not say that it is the national one."""
        if not mention.entity_id.startswith("course/nppf-exam") or _NATIONAL.search(mention.text):
            return mention
        before = text[: mention.start].rstrip()
        named = (force for force, words in _own_exams().items() if before.endswith(words))
        force = next(named, self.organisation)
        if force not in _own_exams():
            return mention
        id_ = mention.entity_id.replace("nppf", force)
        rank = id_.rpartition("-exam")[2].strip("-")
        name = f"{_body_name(force)}: {f'its own exam for {rank}s' if rank else 'its own promotion exam'}"
        self.entities.setdefault(id_, Entity(id=id_, name=name, kind="exam"))
        return mention._replace(entity_id=id_)

    def _learn_courses(self) -> None:
        """Add the courses that only this text names, by the form of their names."""
        learnt = {
            one.entity.id: one.entity
            for one in _piecewise(unlisted_courses, self.text, self._course_names.find(self.text))
        }
        self.entities = {**learnt, **self.entities}
        names = (Name(entity_id=one.id, text=one.name, any_case=True, loose=True) for one in learnt.values())
        self._course_names = self._course_names.with_names(names)

    def _learn_bodies(self) -> None:
        """Add the bodies that only this text names, by the form and the abbreviation that it gives them."""
        other = sorted([*self.courses, *self.instruments])
        ends = _ends_up_to(other)
        names: dict[str, list[Name]] = {}
        for known in self._body_names.names:
            names.setdefault(known.text, []).append(known)
        learnt: set[tuple[str, str, str | None]] = set()
        for one in _piecewise(unlisted_bodies, self.text, [*self._body_names.find(self.text), *other]):
            place = bisect_left(other, one.end, key=attrgetter("start"))
            same = (one.entity.id, one.entity.name, one.abbreviation)
            if same in learnt or (place and ends[place - 1] > one.start):
                continue
            learnt.add(same)
            self.entities.setdefault(one.entity.id, one.entity)
            self._inside.setdefault(one.entity.id, self._parts(one))
            forms = [one.entity.name, *([one.abbreviation] if one.abbreviation else [])]
            names.pop(one.abbreviation or "", None)
            for form in forms:
                names.setdefault(form, []).append(Name(entity_id=one.entity.id, text=form))
        if learnt:
            self._body_names = Lexicon(chain.from_iterable(names.values()))

    def _parts(self, one: Unlisted) -> tuple[str, ...]:
        """For "… Team, Body": the body that the team is a unit of."""
        _, comma, body = one.entity.name.partition(" Team, ")
        return tuple(mention.entity_id for mention in self._body_names.find(body)) if comma else ()

    def _with_issues(self, known: Sequence[NameMention]) -> tuple[NameMention, ...]:
        """Part the issues of a plan by year and place, and add what no list holds."""
        issued = {entry.id for entry in instruments() if entry.issues}
        unnamed = {entry.id for entry in instruments() if entry.kind == "law" and not entry.aliases}
        known = [one for one in known if one.entity_id not in unnamed or not _YEAR.match(self.text, one.end)]
        mentions = [self._issue(one) if one.entity_id in issued else one for one in known]
        parts = self._course_names.find(self.text)
        for one in _piecewise(unlisted_instruments, self.text, [*mentions, *self.courses, *parts]):
            self.entities.setdefault(one.entity.id, one.entity)
            mentions.append(NameMention(one.start, one.end, one.entity.id, self.text[one.start : one.end]))
        return tuple(sorted(mentions))

    def _issue(self, mention: NameMention) -> NameMention:
        after, length = issue_after(self.text[mention.end : mention.end + _LONGEST_ISSUE], 0)
        if not after.strip():
            return mention
        base = self.entities[mention.entity_id]
        text = " ".join(after.split())
        entity = Entity(
            id=slug(f"{base.name} {re.sub(r'^for | to |[()]', ' ', text)}"), name=f"{base.name} {text}", kind=base.kind
        )
        self.entities.setdefault(entity.id, entity)
        end = mention.end + length
        return NameMention(mention.start, end, entity.id, self.text[mention.start : end])

    def named_bodies(self) -> tuple[NamedEntity, ...]:
        """Return the bodies of the document, in the order of their first mention."""
        return tuple(self._named(self.bodies))

    def named_courses(self) -> tuple[Course, ...]:
        """Return the courses of the document, in the order of their first mention."""
        return tuple(Course.model_validate(one.model_dump()) for one in self._named(self.courses))

    def named_instruments(self) -> tuple[NamedEntity, ...]:
        """Return the instruments of the document, in the order of their first mention."""
        return tuple(self._named(self.instruments))

    def _named(self, all_mentions: Iterable[NameMention]) -> Iterable[NamedEntity]:
        places: dict[str, list[Mention]] = {}
        for one in all_mentions:
            line = line_of(self.text, one.start)
            places.setdefault(one.entity_id, []).append(Mention(text=one.text.replace("\u00a0", " "), line=line))
        for id_, mentions in places.items():
            entity, first = self.entities[id_], mentions[0]
            yield NamedEntity(
                id=id_,
                name=entity.name,
                kind=entity.kind,
                text=first.text,
                lines=(first.line, first.line + first.text.count("\n")),
                mentions=tuple(mentions),
            )


def naming(lines: Sequence[str], organisation: str | None, family: str) -> Naming:
    """Read what a document calls things.

    Args:
        lines: Its lines as printed; a name may run over the end of one.
        organisation: Id of the body that it is about: makes short names such as "Met" hold.
        family: Format of the document: "College" holds in the College's own.
    """
    return Naming("\n".join(line.rstrip("\r\n") for line in lines), organisation, family)


def _ends_up_to(mentions: Sequence[NameMention]) -> list[int]:
    """Return how far each name and those before it reach."""
    return list(accumulate((one.end for one in mentions), max))


_PIECE = 4_000
_BREAK = re.compile(r"\n(?=[\s•*-])")


def _piecewise(
    search: Callable[[str, Sequence[NameMention]], tuple[Unlisted, ...]], text: str, known: Sequence[NameMention]
) -> list[Unlisted]:
    """Search a long text piece by piece, cut where no name runs on: each name is compared with all those beside it."""
    names: list[Unlisted] = []
    beside = sorted(known)
    for start, end in pairwise(_cuts(text)):
        first, last = (bisect_left(beside, place, key=attrgetter("start")) for place in (start, end))
        here = [one._replace(start=one.start - start, end=one.end - start) for one in beside[first:last]]
        names += [one._replace(start=one.start + start, end=one.end + start) for one in search(text[start:end], here)]
    return sorted(names, key=lambda one: (one.start - one.end, one.start))


def _cuts(text: str) -> list[int]:
    cuts = [0]
    for match in _BREAK.finditer(text):
        if match.start() - cuts[-1] >= _PIECE:
            cuts.append(match.start())
    return [*cuts, len(text)]


@cache
def _entries() -> tuple[BodyEntry | CourseEntry | InstrumentEntry, ...]:
    return (*bodies(), *courses(), *instruments())


_Entries = tuple[BodyEntry, ...] | tuple[CourseEntry, ...] | tuple[InstrumentEntry, ...]


def _names(entries: _Entries, text: str, organisation: str | None, family: str) -> Lexicon:
    """Return the names that hold: all the sure ones, and those of the context where it fits."""
    sure = _sure(entries)
    named = {mention.entity_id for mention in sure.find(text)} | ({organisation} if organisation else set())
    fitting = (
        entry
        for entry in entries
        if entry.contextual and _holds(entry, named, family) and not _is_away(entry, organisation)
    )
    return sure.with_names(name for entry in fitting for name in _forms(entry, entry.contextual))


@cache
def _sure(entries: _Entries) -> Lexicon:
    return Lexicon(name for entry in entries for name in _forms(entry, entry.aliases))


def _holds(entry: NamedEntry, named: set[str], family: str) -> bool:
    return bool(named & {entry.id, *entry.context}) or family in entry.formats or _ANYWHERE in entry.context


def _is_away(entry: NamedEntry, organisation: str | None) -> bool:
    """Return whether a document is another body's than those at which a short name is at home."""
    at_home = isinstance(entry, BodyEntry) and entry.at_home
    return at_home and organisation is not None and organisation not in {entry.id, *entry.context}


_LONGER_NAME = re.compile(r"[a-z]\W+(?P<head>[A-Z][a-z]+) (?:for|in) $")


def _is_part(text: str, mention: NameMention) -> bool:
    """Return whether a name in capitals is the end of a longer one that is not known: "the Diploma for ..."."""
    before = text[max(0, mention.start - 40) : mention.start]
    return mention.text[:1].isupper() and " " in mention.text and bool(_LONGER_NAME.search(before))


def _of_rank(text: str, mention: NameMention) -> NameMention:
    """Return the form of an exam for the rank that stands beside its name: "the sergeants' ..."."""
    first = max(0, mention.start - NEAR)
    before, after = even_marks(text[first : mention.start]), text[mention.end : mention.end + NEAR]
    for form in _forms_for_ranks().get(mention.entity_id, ()):
        rank = rf"(?:{form.rank}|{'|'.join(_abbreviations(form.rank))})"
        owner = re.search(rf"(?<![\w-]){rank}(?:'s|s'|s)?\s+$", before, re.IGNORECASE)
        aim = re.match(
            rf"\s*\((?:to\s+)?{rank}s?\)|\s+(?:to|for|at)\s+(?:the\s+)?(?:rank\s+of\s+)?{rank}s?(?!\w)",
            after,
            re.IGNORECASE,
        )
        if owner or aim:
            start, end = first + owner.start() if owner else mention.start, mention.end + (aim.end() if aim else 0)
            if not text[:start].rstrip().casefold().endswith(("chief", "detective")):
                return NameMention(start, end, form.id, text[start:end])
    return mention


_NATIONAL = any_case("NPPF|OSPRE|national|step (?:2|two)")


@cache
def _own_exams() -> dict[str, tuple[str, ...]]:
    """Return the forces that set exams of their own, with the words before an exam that make it theirs."""
    return {one.body: one.own_exams for one in elsewhere() if one.own_exams}


@cache
def _abbreviations(rank: str | None) -> list[str]:
    """Return the short forms of the rank of a name."""
    return [short for short, of in rank_abbreviations().items() if of[0].name.casefold() == rank]


@cache
def _forms_for_ranks() -> dict[str, list[CourseEntry]]:
    """Return, for each course, its forms that are each for one rank."""
    forms: dict[str, list[CourseEntry]] = {}
    for one in courses():
        if one.form_of and one.rank:
            forms.setdefault(one.form_of, []).append(one)
    return forms


def _forms(entry: NamedEntry, texts: Iterable[str]) -> list[Name]:
    course = isinstance(entry, CourseEntry)
    return [
        Name(
            entity_id=entry.id,
            text=text,
            any_case=course or isinstance(entry, InstrumentEntry),
            loose=course,
            exact=isinstance(entry, BodyEntry) and entry.exact,
            apart=isinstance(entry, BodyEntry) and entry.apart,
            not_after=entry.not_after,
            not_before=entry.not_before,
            owners=_owners(entry),
        )
        for text in texts
    ]


def _owners(entry: NamedEntry) -> tuple[str, ...]:
    """Return how a course's provider is printed before its name: "the College of Policing's …"."""
    if not isinstance(entry, CourseEntry) or entry.provided_by is None:
        return ()
    return tuple(f"{_body_name(entry.provided_by)}{mark}" for mark in ("'s", ""))


@cache
def _body_name(body: str) -> str:
    return even_marks(next((entry.name for entry in bodies() if entry.id == body), body))
