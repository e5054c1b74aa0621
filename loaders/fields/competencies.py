"""Competencies with their levels, clusters, values and core skills, as a document names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from loaders.language.competency_lines import (
    BETWEEN,
    LEVEL,
    LEVEL_IN_TITLE,
    LEVEL_LINE,
    TEMPLATE_LEVEL,
    cluster_pattern,
    entries_by_name,
    framework_of,
    is_lead_of_level,
    level_of,
    match_competency,
    name_pattern,
    normal_name,
)
from loaders.language.patterns import any_case
from loaders.layout.lines import Line
from loaders.layout.outline import Section
from loaders.profile import Competency, Statement, ValueLine
from loaders.reference.rules import FrameworkEntry

_VOCABULARY = any_case(r"\b(?:cvf|competenc\w+|values?|framework|levels?|core skills?|ethics?|ethical|behaviours?)\b")
_HEADS = any_case(r"(?:(?:clusters?|competenc(?:y|ies)|values?|levels?|names?|required|expected|and|[|/&])\s*)+")
"""The heads of the columns that competencies and their levels stand in."""
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


def behaviours(sections: Iterable[Section], text: str) -> Behaviours:
    """Read the parts on behaviours, competencies and values; `text` is the whole document, which dates the names.

    A competency that comes again as a heading takes the paragraphs below it as its description. A level beside no
    name counts for the competencies listed, never for those a template sentence only counts.
    """
    reader = _Reader(text)
    for section in sections:
        reader.cluster = None
        reader.in_values = section.kind == "values"
        if level := LEVEL_IN_TITLE.search(section.title.text) if section.title else None:
            reader.level_below(level_of(level))
        if section.kind in {"values", "core-skills"}:
            reader.described = None
        for line in section.lines:
            reader.read(line)
    return reader.finish()


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
        if match := match_competency(text):
            self._competency(match, line)
        elif match := LEVEL_LINE.fullmatch(text):
            self._level_alone(match, line)
        elif normal_name(text) in entries_by_name("cluster"):
            self._cluster(line)
        elif self._several(line) or self._several_clusters(line) or self._value(line):
            return
        elif self.described is not None and not line.mark and _is_sentence(text) and not _is_template_level(text):
            self._descriptions.setdefault(self.described, []).append(line)
        elif (is_lead := is_lead_of_level(text)) or _frames(text):
            self.out.frames.append(line)
            if match := TEMPLATE_LEVEL.search(text) or (LEVEL_IN_TITLE.search(text) if is_lead else None):
                self.level_below(level_of(match))
                self._levelled.append(line)

    def level_below(self, level: int | None) -> None:
        """Keep the level of what is listed below; what was listed above has the one that stood over it."""
        for place, item in enumerate(self.out.competencies if self.default else ()):
            self._change(place, level=item.level or self.default)
        self.default = level

    def _competency(self, match: re.Match[str], line: Line) -> None:
        name = match["name"].strip(" -–,")
        same = normal_name(name)
        known = next((n for n, item in enumerate(self.out.competencies) if normal_name(item.text) == same), None)
        if known is not None:
            self.described = known
            self.out.frames.append(line)
            if level_of(match) is not None:
                self._change(known, level=level_of(match))
            return
        entry = self._entry(same)
        self.out.competencies.append(
            Competency(
                text=name,
                lines=line.lines,
                id=entry.id if entry else None,
                framework=entry.id.split("/")[0] if entry else self.framework,
                level=level_of(match),
                cluster=self.cluster,
            )
        )
        self.described = len(self.out.competencies) - 1

    def _entry(self, same: str) -> FrameworkEntry | None:
        entries = entries_by_name("competency").get(same, ())
        of = [entry for entry in entries if self.framework and entry.id.startswith(self.framework)]
        return of[0] if of else entries[0] if len(entries) == 1 else None

    def _change(self, place: int, **values: object) -> None:
        self.out.competencies[place] = self.out.competencies[place].model_copy(update=values)

    def _level_alone(self, match: re.Match[str], line: Line) -> None:
        place = len(self.out.competencies) - 1
        last = self.out.competencies[place] if self.out.competencies else None
        if last and last.level is None and last.lines[1] < line.first:
            self._change(place, level=level_of(match), lines=(last.lines[0], line.last))
        else:
            self.level_below(level_of(match))
            self.out.frames.append(line)

    def _cluster(self, line: Line) -> None:
        self.cluster, self.described = line.text, None
        if any(normal_name(cluster.text) == normal_name(line.text) for cluster in self.out.clusters):
            self.out.frames.append(line)
        else:
            self.out.clusters.append(Statement(text=line.text, lines=line.lines))

    def _several(self, line: Line) -> bool:
        """Read a line that names several competencies in a row, or one beside its level and a part of its cluster."""
        named = any_case(
            rf"(?P<name>{name_pattern().pattern})(?:{BETWEEN}(?:{LEVEL}|(?P<digit>[1-5])(?:(?<=\(.)(?=\))|(?![\d.)]))))?"
        )
        matches = list(named.finditer(line.text))
        cluster = _cluster_with(named.sub(" ", line.text)) if matches else None
        if len(matches) < 2 and not (cluster and level_of(matches[0])):  # noqa: PLR2004
            return False
        if cluster and cluster != self.cluster:
            self._cluster(replace(line, text=cluster))
        if lead := LEVEL_IN_TITLE.search(line.text[: matches[0].start()]):
            self.level_below(level_of(lead))
        for match in matches:
            self._competency(match, line)
        return True

    def _several_clusters(self, line: Line) -> bool:
        matches = list(cluster_pattern().finditer(line.text))
        if len(matches) < 2:  # noqa: PLR2004
            return False
        for match in matches:
            self._cluster(replace(line, text=match.group()))
        self.out.frames.append(line)
        return True

    def _value(self, line: Line) -> bool:
        names = [name.strip() for name in re.split(r"[,;]| and (?=\w+$)", line.text) if name.strip()]
        if len(names) > 1 and all(normal_name(name) in entries_by_name("value") for name in names):
            for name in names:
                self._value(replace(line, text=name))
            return True
        entries = entries_by_name("value").get(normal_name(line.text), ())
        of = [entry for entry in entries if entry.id.split("/")[0] == self.framework] or list(entries)
        if not of or not (self.in_values or line.mark or self.framework):
            return False
        framework = of[0].id.split("/")[0] if len(of) == 1 else None
        name = line.text.rstrip(" .;,")
        self.out.values.append(ValueLine(text=name, lines=line.lines, framework=framework))
        return True

    def finish(self) -> Behaviours:
        for place, item in enumerate(self.out.competencies):
            lines = self._descriptions.get(place, [])
            numbers = tuple(number for line in lines for number in range(line.first, line.last + 1))
            text = "\n".join(line.text for line in lines) or None
            level = self.default if item.level is None else item.level
            self._change(place, level=level, description=text, description_lines=numbers)
        self._settle_framework()
        if self.default is not None and not self.out.competencies:
            self.out.notes.append(f"the text gives level {self.default} but names no competency")
            self.out.frames = [line for line in self.out.frames if line not in self._levelled]
        return self.out

    def _settle_framework(self) -> None:
        """Give the names that several frameworks share to the one that alone has the others."""
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
            entry = self._entry(normal_name(item.text))
            if item.id is None and entry:
                self._change(place, id=entry.id, framework=of)

    def _is_value_of(self, name: str) -> bool:
        entries = entries_by_name("value").get(normal_name(name), ())
        return any(entry.id.startswith(f"{self.framework}/") for entry in entries)


def _cluster_with(part: str) -> str | None:
    """Return the one cluster whose name has these words side by side, as its name is wrapped in a column."""
    words = f" {normal_name(part)} " if part.strip() else "none"
    names = {one.name for name, of in entries_by_name("cluster").items() if words in f" {name} " for one in of}
    return names.pop() if len(names) == 1 else None


def _frames(text: str) -> bool:
    """Return whether a line only stands around the names: the heads of columns, a lead-in, a sentence on them."""
    spoken = bool(_VOCABULARY.search(text)) and _is_sentence(text)
    return spoken or text.endswith(":") or _HEADS.fullmatch(text) is not None


def _is_sentence(text: str) -> bool:
    """Return whether a line on the framework only speaks of it: a short one may name what we do not know."""
    return len(text.split()) >= _FEWEST_SENTENCE_WORDS or text.endswith(".")


def _is_template_level(text: str) -> bool:
    return bool(TEMPLATE_LEVEL.search(text))
