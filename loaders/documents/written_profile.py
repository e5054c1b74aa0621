"""Read a profile that somebody wrote by hand, in YAML, key by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from graph.errors import DocumentError
from graph.ids import slug
from graph.nodes import Model, ProfileLevel
from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.documents.yaml_values import Day, Flag, Line, Number, Text, WrittenLine, listed, with_lines
from loaders.fields import dates
from loaders.fields.title_block import Head, force_in, role_named
from loaders.formats.source import Source
from loaders.language.competency_lines import entries_by_name, level_of, match_competency, normal_name
from loaders.profile import Authority, DocumentInfo, Profile
from loaders.reference.rules import FrameworkEntry, framework_start, frameworks
from loaders.yaml_lines import YamlFile

_EXPECTED = "a profile in YAML, which begins with `rankgraph: profile`"


class Wanted(WrittenLine):
    """What is asked for."""

    necessity: Literal["essential", "desirable"] = Field("essential", description="Whether it must be there")


class Grouped(WrittenLine):
    """A line of professional development."""

    group: Text | None = Field(None, description="Heading that it stands under")


class Levelled(WrittenLine):
    """A competency by its name."""

    level: int | None = Field(None, ge=1, description="Level on the framework's own scale")
    description: Line | None = Field(None, description="What that level asks for")


_Wanted = Annotated[Wanted, BeforeValidator(with_lines, json_schema_input_type=str | Wanted)]
_Grouped = Annotated[Grouped, BeforeValidator(with_lines, json_schema_input_type=str | Grouped)]
_Levelled = Annotated[Levelled, BeforeValidator(with_lines, json_schema_input_type=str | Levelled)]
_List = BeforeValidator(listed)


class WrittenProfile(Model):
    """A profile of one rank or role, written by hand."""

    rankgraph: Literal["profile"] = Field(description="What this file is")
    title: Line = Field(description="The rank or role, such as Inspector or Custody Support Officer")
    organisation: Line | None = Field(None, description="The force or body that it is in, by name")
    profile_level: ProfileLevel | None = Field(None, description="Level of the College's professional profiles")
    code: Text | None = Field(None, description="Code of the profile")
    version: Number | None = Field(None, description="Version, as printed")
    published: Day | None = Field(None, description="Day, month or year of publication: since when it counts")
    authority: Authority = Field("force policy", description="Whose word it is")
    source: Text | None = Field(None, description="Where it comes from")
    licence: Text | None = Field(None, description="Its licence")
    sample: Flag = Field(default=False, description="yes for an invented one: it never stands beside a real one")
    framework: Text | None = Field(None, description="Framework of its competencies and values, such as cvf-2024")
    purpose: Annotated[tuple[Line, ...], _List] = Field((), description="What the role is for, paragraph by paragraph")
    accountabilities: Annotated[tuple[Line, ...], _List] = Field((), description="Its duties")
    criteria: Annotated[tuple[Line, ...], _List] = Field((), description="What whoever applies must meet")
    skills: Annotated[tuple[_Wanted, ...], _List] = Field((), description="Skills that it asks for")
    education: Annotated[tuple[_Wanted, ...], _List] = Field(
        (), description="Courses, exams, ranks held, knowledge and experience that it asks for, as sentences"
    )
    competencies: Annotated[tuple[_Levelled, ...], _List] = Field((), description="Competencies, each with its level")
    values: Annotated[tuple[Line, ...], _List] = Field((), description="Values, by name")
    development: Annotated[tuple[_Grouped, ...], _List] = Field((), description="Professional development")
    learning: Annotated[tuple[Line, ...], _List] = Field((), description="Learning and accreditation in the role")

    @field_validator("framework")
    @classmethod
    def _is_framework(cls, words: str | None) -> str | None:
        known = [one.id for one in frameworks() if one.kind == "framework"]
        if words and slug(words) not in known:
            raise ValueError(f"one of {', '.join(known)}")
        return slug(words) if words else None

    @property
    def lines(self) -> Iterator[WrittenLine]:
        """Yield all words that may name something."""
        yield from (line for line in (self.title, self.organisation) if line)
        for name in ("purpose", "accountabilities", "criteria", "skills", "education", "development", "learning"):
            yield from getattr(self, name)


def read_written(path: Path, source: Source) -> tuple[Profile, list[str]]:
    """Return what the keys say, and the lines of the file with nothing but their words, where names are looked for.

    Raises `DocumentErrors` with all that is wrong with the file.
    """
    file = YamlFile(path, f"{path} is at fault", expected=_EXPECTED)
    if not file.faults and file.kind != "profile":
        found = f"`rankgraph: {file.kind}`" if file.kind else "another first key"
        file.fault(file.root, found, _EXPECTED, "`rankgraph template profile` shows one")
    written = file.model(WrittenProfile)
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for line in written.lines:
        texts[line.lines[0]].append(line.text)
    lines = [". ".join(texts[number]) for number in range(1, len(source.lines) + 1)]
    return _profile(written, source, lines), lines


def _profile(written: WrittenProfile, source: Source, lines: Iterable[str]) -> Profile:
    organisation = (
        force_in([written.organisation.text]) or slug(written.organisation.text) if written.organisation else None
    )
    bounds = dates.not_before(lines, None), framework_start(written.framework)
    earliest = max((day for day in bounds if day), default=None)
    published, version, sha256 = written.published, written.version, source.sha256
    origin = written.model_dump(include={"source", "licence"})
    desired = [line for line in written.skills if line.necessity == "desirable"]
    return Profile.model_validate(
        {
            "document": DocumentInfo(name=source.name, sha256=sha256, format=FAMILY.name, **origin),
            "role": role_named(written.title.text, organisation, written.code, written.profile_level),
            **written.model_dump(include={"code", "version", "published", "authority", "sample", "framework"}),
            "edition": dates.edition(version, published_on=published, closes=None, earliest=earliest, sha256=sha256),
            "not_before": earliest,
            **{
                name: [line.model_dump() for line in getattr(written, name)]
                for name in ("purpose", "accountabilities", "criteria", "education", "development", "learning")
            },
            "skills": [line.model_dump(include={"text", "lines"}) for line in written.skills if line not in desired],
            "education": [
                *(line.model_dump() for line in written.education),
                *({**line.model_dump(), "kind": "skill"} for line in desired),
            ],
            "competencies": [_competency(line, written.framework) for line in written.competencies],
            "values": [_value(line, written.framework, organisation) for line in written.values],
            "notes": source.notes,
        }
    )


def _competency(line: Levelled, framework: str | None) -> dict[str, object]:
    match = match_competency(line.text)
    name = match["name"].strip(" -–,") if match else line.text
    entry, says = _entry("competency", name, framework), line.description
    return {
        "text": name,
        "lines": line.lines,
        "id": entry.id if entry else None,
        "framework": entry.id.partition("/")[0] if entry else framework,
        "level": line.level or (level_of(match) if match else None),
        "description": says.text if says else None,
        "description_lines": tuple(range(says.lines[0], says.lines[1] + 1)) if says else (),
    }


def _value(line: WrittenLine, framework: str | None, organisation: str | None) -> dict[str, object]:
    entry = _entry("value", line.text, framework)
    of = entry.id.partition("/")[0] if entry else framework or organisation
    return {"text": line.text, "lines": line.lines, "framework": of}


def _entry(kind: str, name: str, framework: str | None) -> FrameworkEntry | None:
    """Return what a framework calls by a name: the one that is named, or the only one that does."""
    entries = entries_by_name(kind).get(normal_name(name), ())
    of = [entry for entry in entries if framework and entry.id.startswith(f"{framework}/")]
    return of[0] if of else entries[0] if len(entries) == 1 and not framework else None


def _read(text: DocumentText) -> tuple[Head, Parts]:
    raise DocumentError(text.source.name, "a text", _EXPECTED, "save it with the ending .yaml")


FAMILY = Family("yaml-profile", authority="force policy", matches=lambda _text: False, read=_read)
"""Told by its first key and never by its text; what else holds for families holds for it."""
