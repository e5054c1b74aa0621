"""A profile in the making: what was read so far, and what no field has taken yet."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from loaders.fields.competencies import behaviours
from loaders.fields.dates import closing_day, edition, not_before, published
from loaders.fields.force_values import core_skills, own_values
from loaders.fields.pay import pay_lines, term_months
from loaders.fields.selection_stages import numbered_stages, prose_stages, with_timetable
from loaders.layout.headings import plain
from loaders.layout.lines import sentences
from loaders.layout.list_items import Items, asks_nothing, is_template, is_wished, items, paragraphs, stated
from loaders.layout.sections import is_group, is_titled
from loaders.profile import DevelopmentLine, DocumentInfo, EducationLine, Profile, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.fields.title_block import Head
    from loaders.formats.plain_text import Source
    from loaders.layout.lines import Line
    from loaders.layout.list_items import Item
    from loaders.layout.sections import Outline, Section


_BEHAVIOURS = ("behaviours", "competencies", "values", "core-skills")
_ON_ONE_LINE = 10
_FRAMES = ("foot", "links", "related", "registration", "eligibility", "contact")
_NAMING = frozenset({"links", "related", "registration"})
S = TypeVar("S", bound=Statement)


class Draft:
    """Collects the fields of one document; `profile` gives what it holds, the lines nobody took as leftovers."""

    def __init__(self, source: Source, lines: Sequence[Line], outline: Outline, family: str) -> None:
        self.source, self.lines, self.outline, self.family = source, lines, outline, family
        self.fields: dict[str, tuple[Statement, ...]] = {}
        self.frames: list[Line] = list(outline.frames)
        self.rest: list[Line] = []
        self.notes: list[str] = list(source.notes)
        self.text = "\n".join(line.text for line in lines)
        most = max(Counter(line.first for line in lines).values(), default=0)
        if most >= _ON_ONE_LINE:
            self.notes.append(
                "a line holds a whole part of the document: its statements were told apart as far as it shows"
            )
        self.framework: str | None = None
        self.closes = closing_day([line.text for line in lines])

    def put(self, field: str, statements: Iterable[Statement]) -> None:
        """Add statements to a field."""
        self.fields[field] = (*self.fields.get(field, ()), *statements)

    def frame(self, lines: Iterable[Line]) -> None:
        """Set lines aside: they say nothing of the role."""
        self.frames.extend(lines)

    def take_profile(self) -> None:
        """Read the parts that every profile has."""
        self._purpose()
        for section in self.outline.sections:
            self._list(section)
            if section.kind in _FRAMES:
                self.frame(line for line in section.lines if section.kind not in _NAMING or not _names(line))
        signed = [two for one, two in pairwise(self.lines) if one.text == "[name]" and is_titled(two)]
        self.frame([*signed, *(line for line in self.lines if line.text == "[name]")])
        self._behaviours()

    def _purpose(self) -> None:
        for section in self.outline.of("purpose"):
            found = paragraphs(section.lines)
            self.put("purpose", map(stated, found.items))
            self.frame(found.frames)

    def take_about(self) -> None:
        """Take what is said about the role as its purpose, where no part is called that."""
        if not self.fields.get("purpose"):
            framed = {(line.first, line.text) for line in self.frames}
            for section in self.outline.of("about"):
                lines = [line for line in section.lines if (line.first, line.text) not in framed]
                running = [line for line in lines if line.mark or not is_titled(line)]
                self.put("purpose", map(stated, paragraphs(running).items))

    def _list(self, section: Section) -> None:
        necessity = _necessity(section)
        if section.kind in {"accountabilities", "skills", "learning", "criteria"}:
            closed = section.kind == "criteria"
            found = self._taken(items(section.lines, necessity=necessity, closed=closed))
            wished = section.kind != "accountabilities"
            wanted = [one for one in found if one.necessity == "desirable" or (wished and is_wished(one.text))]
            places = {id(item) for item in wanted}
            self.put(section.kind, [stated(item) for item in found if id(item) not in places])
            kind = "skill" if section.kind == "skills" else "experience"
            self.put("education", [_education(one).model_copy(update={"kind": kind}) for one in wanted])
        elif section.kind == "education":
            found = self._taken(items(section.lines, necessity=necessity))
            nothing = [item for item in found if asks_nothing(item.text)]
            self.frame(item.line for item in nothing)
            self.put("education", [_education(item) for item in found if item not in nothing])
        elif section.kind == "development":
            self._development(section)

    def _taken(self, found: Items) -> list[Item]:
        self.frame(found.frames)
        self.rest.extend(found.rest)
        return found.items

    def _development(self, section: Section) -> None:
        group: str | None = None
        block: list[Line] = []
        blocks: list[tuple[str | None, list[Line]]] = [(None, block)]
        for line in section.lines:
            if is_group(line, section.lines):
                group, block = line.text.strip(" :"), []
                self.frame([line])
                blocks.append((group, block))
            else:
                block.append(line)
        marked = any(line.mark for line in section.lines)
        for name, lines in blocks:
            kept = lines if name is not None or not marked else _from_first_mark(lines, self.frames)
            for item in self._taken(items(kept, group=name)):
                self.put("development", [DevelopmentLine(text=item.text, lines=(item.first, item.last), group=name)])

    def _behaviours(self) -> None:
        found = behaviours(self.outline.of(*_BEHAVIOURS), self.text)
        self.put("competencies", found.competencies)
        self.put("clusters", found.clusters)
        self.put("values", found.values)
        self.frame(found.frames)
        self.notes += found.notes
        self.framework = found.framework

    def take_offer(self) -> None:
        """Read pay and the stages of the selection, wherever the text gives them."""
        parts = self.outline.of("pay")
        for section in parts:
            title = section.title.text.partition(":")[0] if section.title else ""
            self.put("pay", pay_lines(section.lines, within=True, under=title.strip().capitalize()))
        if all(section.closed for section in parts):
            held = {line.first for section in parts for line in section.lines}
            self.put("pay", pay_lines((line for line in self.lines if line.first not in held), within=False))
        process = [line for section in self.outline.of("process") for line in section.lines]
        numbered = numbered_stages(process) or numbered_stages(self.lines)
        stages = with_timetable(numbered, process, self.closes) if numbered else ()
        self.put("stages", stages or prose_stages(self.lines, self.closes, process))

    def profile(self, head: Head) -> Profile:
        """Return the profile; lines that no field and no frame holds are its leftovers."""
        organisation = head.role.organisation
        core = core_skills(self.lines)
        texts = [line.text for line in self.lines]
        closes = self.closes[0] if self.closes and self.family in {"pack", "advert"} else None
        earliest, issued = not_before(texts, closes), published(texts)
        self.frame(self._used())
        leftovers = self._leftovers(core[0] if core else None)
        self.put("values", _others(own_values(self.lines, organisation), self.fields.get("values", ())))
        version = head.version
        return Profile.model_validate(
            {
                "document": DocumentInfo.model_validate(
                    {"name": self.source.name, "sha256": self.source.sha256, "format": self.family}
                ),
                "role": head.role,
                "code": head.code,
                "version": version,
                "edition": edition(
                    version, published_on=issued, closes=closes, earliest=earliest, sha256=self.source.sha256
                ),
                "published": issued,
                "not_before": earliest,
                "closes": closes,
                "term_months": term_months(texts) if self.family in {"pack", "advert"} else None,
                "framework": self.framework,
                "core_skills": core[0] if core else None,
                "core_skill_count": core[1] if core else None,
                **self.fields,
                "frames": _statements(self.frames),
                "leftovers": _statements(leftovers),
                "notes": tuple(dict.fromkeys((*self.notes, *head.notes))),
            }
        )

    def _leftovers(self, core: Statement | None) -> list[Line]:
        """Return the lines that nothing holds; where a file line holds several, their words decide."""
        held: dict[int, list[str]] = {}
        for one in (*(one for field in self.fields.values() for one in field), *([core] if core else ())):
            for number in (*range(one.lines[0], one.lines[1] + 1), *getattr(one, "description_lines", ())):
                held.setdefault(number, []).append(one.text)
        alone = Counter(line.first for line in self.lines)
        framed = {(line.first, line.text if alone[line.first] > 1 else "") for line in self.frames}
        return [
            line
            for line in self.lines
            if (line.first, line.text if alone[line.first] > 1 else "") not in framed
            and not any(
                number in held and (alone[line.first] == 1 or _shares(line.text, held[number]))
                for number in (line.first, line.last)
            )
        ]

    def _used(self) -> list[Line]:
        """Return the lines whose one sentence is the closing day or the term, which are fields without lines."""
        if self.family not in {"pack", "advert"}:
            return []
        terms = [line for line in self.lines if len(sentences(line.text)) == 1 and term_months([line.text])]
        closing = self.lines[self.closes[1] - 1] if self.closes else None
        return [*terms[:1], *([closing] if closing and len(sentences(closing.text)) == 1 else [])]


def _shares(text: str, statements: Iterable[str]) -> bool:
    return any(text in statement or statement in text for statement in statements)


def _names(line: Line) -> bool:
    """Tell whether a line names a role or licence, and does not only say that there are some or none."""
    return (bool(line.mark) or is_titled(line)) and not is_template(line)


def _necessity(section: Section) -> str | None:
    title = plain(section.title.text) if section.title else ""
    return next((word for word in ("essential", "desirable") if word in title.split()), None)


def _education(item: Item) -> EducationLine:
    necessity = "desirable" if is_wished(item.text) else item.necessity or "essential"
    return EducationLine.model_validate({"text": item.text, "lines": (item.first, item.last), "necessity": necessity})


def _from_first_mark(lines: Sequence[Line], frames: list[Line]) -> list[Line]:
    """Set the introduction of a marked list aside."""
    first = next((place for place, line in enumerate(lines) if line.mark), len(lines))
    intro = [line for line in lines[:first] if is_template(line) or line.text.endswith(":")]
    frames.extend(intro)
    return [line for line in lines if line not in intro]


def _others(values: Iterable[S], known: Iterable[Statement]) -> list[S]:
    names = {value.text.casefold() for value in known}
    return [value for value in values if value.text.casefold() not in names]


def _statements(lines: Iterable[Line]) -> tuple[Statement, ...]:
    once = sorted({(line.first, line.last, line.text) for line in lines})
    return tuple(Statement(text=text, lines=(first, last)) for first, last, text in once)
