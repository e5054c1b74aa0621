"""Competencies with their levels, clusters, values and core skills, as a document names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from loaders.language.number_words import NUMBER, number
from loaders.profile import Competency, Statement, ValueLine
from loaders.reference.rules import FrameworkEntry, frameworks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.layout.lines import Line
    from loaders.layout.sections import Section


_LEVEL = rf"(?:(?:at|to|working towards)\s+)?(?:level\s*(?P<level>{NUMBER})|(?-i:L)(?P<short>[1-5]))\b"
_LEVEL_WORDS = (
    r"\s*(?:[-–—:(,]?\s*(?:practitioner|supervisor|middle|senior|manager|executive|leader)[\w /,]*\)?)?\s*[.;]?"
)
_BETWEEN = r"\s*[-–—:|,(/]*\s*"
_LEVEL_LINE = re.compile(rf"{_LEVEL}{_LEVEL_WORDS}:?", re.IGNORECASE)
_TEMPLATE_LEVEL = re.compile(
    rf"\b(?:operating|working|assessed|required|expected)\b.{{0,60}}\b{_LEVEL}"
    rf"|\blevel\s*(?P<all>{NUMBER})\b.{{0,40}}"
    r"\b(?:appl(?:y|ies)|required|expected|(?:for|in|across|to) (?:all|each|every))\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(rf"(?P<name>We [a-z][a-z ,&-]{{3,50}}?){_BETWEEN}{_LEVEL}{_LEVEL_WORDS}\)?", re.IGNORECASE)
_VOCABULARY = re.compile(
    r"\b(?:cvf|competenc\w+|values?|framework|levels?|core skills?|ethics?|ethical|behaviours?)\b", re.IGNORECASE
)
_FEWEST_SENTENCE_WORDS = 7


@dataclass(slots=True)
class Behaviours:
    """What the behaviours part of a document names, and its lines that only frame that."""

    competencies: list[Competency] = field(default_factory=list)
    clusters: list[Statement] = field(default_factory=list)
    values: list[ValueLine] = field(default_factory=list)
    frames: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    framework: str | None = None


def _same(text: str) -> str:
    """Return a name as it is compared: words only, without the `we`, one form of what print varies."""
    words = re.sub(r"[^a-z ]+", " ", text.replace("&", " and ").casefold().replace("-", " ")).split()
    return " ".join(words).removeprefix("we ").removeprefix("are ")


@cache
def _named(kind: str) -> dict[str, tuple[FrameworkEntry, ...]]:
    found: dict[str, tuple[FrameworkEntry, ...]] = {}
    for entry in frameworks():
        if entry.kind == kind:
            found[_same(entry.name)] = (*found.get(_same(entry.name), ()), entry)
    return found


@cache
def _name_pattern() -> re.Pattern[str]:
    names = sorted(_named("competency"), key=len, reverse=True)
    forms = "|".join(r"[\s,&-]+(?:and\s+)?".join(name.split()) for name in names)
    return re.compile(rf"\b(?:we\s+)?(?:are\s+)?(?:{forms})\b", re.IGNORECASE)


@cache
def _cluster_pattern() -> re.Pattern[str]:
    forms = "|".join(r"[\s,&-]+(?:and\s+)?".join(name.replace(" and ", " ").split()) for name in _named("cluster"))
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


@cache
def _line_pattern() -> re.Pattern[str]:
    name = _name_pattern().pattern
    before = rf"(?:{_LEVEL.replace('level>', 'before>').replace('short>', 'brief>')}{_BETWEEN}|competency\s*[:–-]\s*)?"
    after = rf"(?:{_BETWEEN}(?:{_LEVEL}{_LEVEL_WORDS}|(?P<digit>[1-5]))\)?)?\s*[.;:]?"
    return re.compile(rf"{before}(?P<name>{name}){after}", re.IGNORECASE)


def is_competency_line(text: str) -> bool:
    """Tell whether a line is the name of a competency, or a level, its level beside it or not."""
    return bool(_competency_match(text) or _LEVEL_LINE.fullmatch(text.strip()))


def _competency_match(text: str) -> re.Match[str] | None:
    return _line_pattern().fullmatch(text.strip()) or _GENERAL.fullmatch(text.strip())


def _level(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    word = next(
        (parts[name] for name in ("level", "short", "before", "brief", "digit", "all") if parts.get(name)), None
    )
    return number(word) if word else None


def behaviours(sections: Iterable[Section], text: str) -> Behaviours:
    """Read the parts on behaviours, competencies and values; `text` is the whole document, which dates the names.

    A competency that comes again as a heading takes the paragraphs below it as its description. A level beside no
    name counts for the competencies listed, never for those a template sentence only counts.
    """
    reader = _Reader(text)
    for section in sections:
        reader.cluster = None
        reader.in_values = section.kind == "values"
        if section.kind in {"values", "core-skills"}:
            reader.described = None
        for line in section.lines:
            reader.read(line)
    return reader.found()


class _Reader:
    """Walks through the behaviours part, line by line."""

    def __init__(self, text: str) -> None:
        self.out = Behaviours()
        self.framework = framework_of(text)
        self.cluster: str | None = None
        self.in_values = False
        self.default: int | None = None
        self.described: int | None = None
        self._descriptions: dict[int, list[Line]] = {}
        self._levelled: list[Line] = []

    def read(self, line: Line) -> None:
        text = line.text.strip(" |")
        if match := _competency_match(text):
            self._competency(match, line)
        elif match := _LEVEL_LINE.fullmatch(text):
            self._level_alone(match, line)
        elif _same(text) in _named("cluster"):
            self._cluster(line)
        elif self._several(line) or self._several_clusters(line) or self._value(line):
            return
        elif self.described is not None and not line.mark and _is_sentence(text) and not _is_template_level(text):
            self._descriptions.setdefault(self.described, []).append(line)
        elif (_VOCABULARY.search(text) and _is_sentence(text)) or text.endswith(":"):
            self.out.frames.append(line)
            if match := _TEMPLATE_LEVEL.search(text):
                self.default = _level(match)
                self._levelled.append(line)

    def _competency(self, match: re.Match[str], line: Line) -> None:
        name = match["name"].strip(" -–,")
        same = _same(name)
        known = next((n for n, item in enumerate(self.out.competencies) if _same(item.text) == same), None)
        if known is not None:
            self.described = known
            self.out.frames.append(line)
            if _level(match) is not None:
                self._set_level(known, _level(match))
            return
        entry = self._entry(same)
        self.out.competencies.append(
            Competency(
                text=name,
                lines=(line.first, line.last),
                id=entry.id if entry else None,
                framework=entry.id.split("/")[0] if entry else self.framework,
                level=_level(match),
                cluster=self.cluster,
            )
        )
        self.described = len(self.out.competencies) - 1

    def _entry(self, same: str) -> FrameworkEntry | None:
        entries = _named("competency").get(same, ())
        of = [entry for entry in entries if self.framework and entry.id.startswith(self.framework)]
        return of[0] if of else entries[0] if len(entries) == 1 else None

    def _set_level(self, place: int, level: int | None) -> None:
        self.out.competencies[place] = self.out.competencies[place].model_copy(update={"level": level})

    def _level_alone(self, match: re.Match[str], line: Line) -> None:
        place = len(self.out.competencies) - 1
        last = self.out.competencies[place] if self.out.competencies else None
        if last and last.level is None and last.lines[1] < line.first:
            self._set_level(place, _level(match))
            self.out.competencies[place] = self.out.competencies[place].model_copy(
                update={"lines": (last.lines[0], line.last)}
            )
        else:
            self.default = _level(match)
            self.out.frames.append(line)

    def _cluster(self, line: Line) -> None:
        self.cluster, self.described = line.text, None
        if any(_same(cluster.text) == _same(line.text) for cluster in self.out.clusters):
            self.out.frames.append(line)
        else:
            self.out.clusters.append(Statement(text=line.text, lines=(line.first, line.last)))

    def _several(self, line: Line) -> bool:
        """Read a line that names several competencies, or clusters, in a row."""
        matches = list(
            re.finditer(rf"(?P<name>{_name_pattern().pattern})(?:{_BETWEEN}{_LEVEL})?", line.text, re.IGNORECASE)
        )
        if len(matches) < 2:  # noqa: PLR2004
            return False
        for match in matches:
            self._competency(match, line)
        return True

    def _several_clusters(self, line: Line) -> bool:
        matches = list(_cluster_pattern().finditer(line.text))
        if len(matches) < 2:  # noqa: PLR2004
            return False
        for match in matches:
            self._cluster(replace(line, text=match.group()))
        self.out.frames.append(line)
        return True

    def _value(self, line: Line) -> bool:
        names = [name.strip() for name in re.split(r"[,;]| and (?=\w+$)", line.text) if name.strip()]
        if len(names) > 1 and all(_same(name) in _named("value") for name in names):
            for name in names:
                self._value(replace(line, text=name))
            return True
        entries = _named("value").get(_same(line.text), ())
        of = [entry for entry in entries if entry.id.split("/")[0] == self.framework] or list(entries)
        if not of or not (self.in_values or line.mark or self.framework):
            return False
        framework = of[0].id.split("/")[0] if len(of) == 1 else None
        name = line.text.rstrip(" .;,")
        self.out.values.append(ValueLine(text=name, lines=(line.first, line.last), framework=framework))
        return True

    def found(self) -> Behaviours:
        for place, item in enumerate(self.out.competencies):
            lines = self._descriptions.get(place, [])
            update: dict[str, object] = {"level": item.level if item.level is not None else self.default}
            if lines:
                update["description"] = "\n".join(line.text for line in lines)
                update["description_lines"] = tuple(n for line in lines for n in range(line.first, line.last + 1))
            self.out.competencies[place] = item.model_copy(update=update)
        self._settle_framework()
        if self.default is not None and not self.out.competencies:
            self.out.notes.append(f"the text gives level {self.default} but names no competency")
            self.out.frames = [line for line in self.out.frames if line not in self._levelled]
        return self.out

    def _settle_framework(self) -> None:
        """Let the names that one framework alone has decide for those that several share."""
        ours = [one.framework for one in self.out.competencies] + [one.framework for one in self.out.values]
        named = {framework for framework in ours if framework}
        self.out.framework = self.framework or (named.pop() if len(named) == 1 else None)
        of = self.out.framework
        if of is None or self.framework:
            return
        self.framework = of
        self.out.values = [
            one.model_copy(update={"framework": of}) if one.framework is None and self._is_value_of(one.text) else one
            for one in self.out.values
        ]
        for place, item in enumerate(self.out.competencies):
            entry = self._entry(_same(item.text))
            if item.id is None and entry:
                self.out.competencies[place] = item.model_copy(update={"id": entry.id, "framework": of})

    def _is_value_of(self, name: str) -> bool:
        return any(entry.id.startswith(f"{self.framework}/") for entry in _named("value").get(_same(name), ()))


def _is_sentence(text: str) -> bool:
    """Tell whether a line on the framework only speaks of it: a short one may name what we do not know."""
    return len(text.split()) >= _FEWEST_SENTENCE_WORDS or text.endswith(".")


def _is_template_level(text: str) -> bool:
    return bool(_TEMPLATE_LEVEL.search(text))


def framework_of(text: str) -> str | None:
    """Return the framework whose names the text uses, or none where it uses those of several, or of none.

    >>> framework_of("The CVF has six competencies that are clustered into three groups.")
    'cvf-2016'
    """
    plain = " ".join(text.casefold().split())
    if "competency and values framework" not in plain.replace("competencies", "competency").replace("&", "and") and (
        "cvf" not in plain and not _name_pattern().search(plain)
    ):
        return None
    votes = {"cvf-2016": 0, "cvf-2024": 0}
    for kind in ("competency", "cluster"):
        for name, entries in _named(kind).items():
            subject = r"we (?:are )?" if kind == "competency" else r"\b"
            if len(entries) == 1 and re.search(rf"{subject}{'[ ,-]+'.join(name.split())}\b", plain):
                votes[entries[0].id.split("/")[0]] += 1
    votes["cvf-2016"] += bool(re.search(r"clustered into three|three clusters|four values", plain))
    votes["cvf-2024"] += bool(re.search(r"\bthree values\b|cvf 2024|framework 2024", plain))
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] > 0 and min(votes.values()) <= 0 else None
