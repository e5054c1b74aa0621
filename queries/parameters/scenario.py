"""Read a scenario: what changes in a force, one change after another, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from graph.errors import NameAmbiguousError, NameUnknownError, UsageError
from graph.nodes import Model
from loaders.yaml_lines import YamlFile, first_day

_MOST = 10_000
_MOST_CHANGES = 500
_PARTS = {
    "open_": ("posts", "rank", "unit"),
    "promote": ("person", "rank"),
    "move": ("person", "to"),
    "recruit": ("people", "rank"),
    "train": ("who", "course"),
}
"""What the parts of an option are."""


def _name(text: object) -> str:
    if not re.fullmatch(r"\w[\w .,()&/'-]{0,39}", str(text)):  # it is the head of a column, in spreadsheets too
        raise ValueError("a name of at most 40 letters, digits and spaces")
    return str(text)


def _whole(text: object, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", str(text)) or not 1 <= int(str(text)) <= most:
        raise ValueError(f"a number from 1 to {most}")
    return int(str(text))


def _changes(value: object) -> object:
    if not isinstance(value, list):
        raise ValueError("a list of changes, each behind a dash")  # noqa: TRY004 -- what pydantic takes for a fault
    if len(value) > _MOST_CHANGES:
        raise ValueError(f"at most {_MOST_CHANGES} changes; one can name many people, posts or a unit")
    return value


def _listed(value: object) -> object:
    if not isinstance(value, str | list):
        raise ValueError("a name, or a list of them")  # noqa: TRY004 -- what pydantic takes for a fault
    return [value] if isinstance(value, str) else value


_Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
_Number = Annotated[int, BeforeValidator(lambda text: _whole(text, _MOST))]
_Level = Annotated[int, BeforeValidator(lambda text: _whole(text, 100))]
_Pounds = Annotated[float, Field(ge=0, le=10_000_000)]


class Promote(Model):
    """Somebody rises to a rank."""

    person: str
    rank: str


class Move(Model):
    """Somebody goes to a post, or to the first vacant post of their rank in a unit."""

    person: str
    to: str


class Recruit(Model):
    """New people fill vacant posts of a rank, in a unit and those below it."""

    people: _Number = 1
    rank: str
    unit: str | None = None
    holds: _Names = ()


class Open(Model):
    """Posts open in a unit; they ask for what the nearest post of the rank asks for, or one that is named."""

    posts: _Number = 1
    rank: str | None = None
    unit: str
    like: str | None = None


class Which(Model):
    """Posts that fit every part that is given; in a title `*` stands for any letters, a unit has those below it."""

    post: str | None = None
    rank: str | None = None
    title: str | None = None
    unit: str | None = None


class Close(Which):
    """So many of these posts close, vacant ones first; all of them where no number is given."""

    posts: _Number | None = None


def _by_post(value: object) -> object:
    return {"post": value} if isinstance(value, str) else value


class Train(Model):
    """A person, or who needs it in a unit, comes to hold what a course teaches, or a requirement."""

    who: str
    course: str
    level: _Level | None = None


class Need(Which):
    """What these posts ask for."""

    requirement: str
    level: _Level | None = None


class Change(Model):
    """One change, of one kind."""

    leave: _Names | None = None
    promote: Promote | None = None
    move: Move | None = None
    recruit: Recruit | None = None
    open: Open | None = None
    close: Annotated[Close, BeforeValidator(_by_post)] | None = None
    train: Train | None = None
    add_need: Need | None = None
    drop_need: Need | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_one(cls, value: object) -> object:
        if not isinstance(value, dict) or len(value) != 1:
            raise ValueError(f"one of {', '.join(cls.model_fields)}, each change behind a dash of its own")
        return value


class Costs(Model):
    """Pounds that are given: a year's pay by rank, and a seat by course."""

    pay: dict[str, _Pounds] = Field({})
    courses: dict[str, _Pounds] = Field({})


class Scenario(Model):
    """What changes, in this order, on a day."""

    rankgraph: Literal["scenario"] = "scenario"
    name: Annotated[str, BeforeValidator(_name)] = "after"
    day: Annotated[str | None, BeforeValidator(first_day)] = None
    changes: Annotated[tuple[Change, ...], BeforeValidator(_changes)]
    costs: Costs = Costs()


@dataclass(frozen=True)
class Plan:
    """A scenario, and the file that it stands in; none where it was given by options."""

    scenario: Scenario
    file: YamlFile | None = None

    def refuse(self, error: Exception, section: str, number: int | None = None) -> None:
        """Keep a fault in the meaning of a section, or of a change by its number; raise it where there is no file."""
        if self.file is None:
            raise error
        node = _child(self.file.root, section)
        if number is not None and isinstance(node, yaml.SequenceNode):
            node = node.value[number]
        if isinstance(error, NameUnknownError | NameAmbiguousError):
            actual, expected = repr(error.name), f"the name of a {error.kind}"
            advice = str(error).partition(": ")[2]
            node = next((one for one in _scalars(node) if str(one.value).strip() == error.name), node)
        else:
            actual, _, rest = str(error).replace(": found ", ": ").partition("; expected ")
            expected, _, advice = rest.partition("; ")
        self.file.fault(node, actual, expected, advice or "correct it, or leave it out")


def plans(options: Mapping[str, Sequence[object]], files: Sequence[str]) -> list[Plan]:
    """Return the scenario of options, each a list of values or of their parts, where there is one, and those of files.

    Raises UsageError for an option, `DocumentErrors` for a file with all faults before names are looked up.
    """
    changes = [
        {name.rstrip("_"): dict(zip(_PARTS[name], value, strict=True)) if isinstance(value, tuple) else value}
        for name, values in options.items()
        for value in values
    ]
    try:
        given = [Plan(Scenario.model_validate({"changes": changes}))] if changes else []
    except ValidationError as error:
        [first, *_] = error.errors()
        raise UsageError(
            f"--{first['loc'][2]}: found {first['input']!r}; expected a number from 1 to {_MOST}"
        ) from error
    return [*given, *(_read(Path(file)) for file in files)]


def _read(path: Path) -> Plan:
    file = YamlFile(path, f"{path} is at fault", expected="a file that begins with `rankgraph: scenario`")
    file.check_kind("scenario", "`rankgraph what-if --help` shows such a file")
    scenario = file.model(Scenario)
    name = re.sub(r"^\W+|[^\w .-]", "", path.stem)[:40] or "scenario"
    return Plan(scenario.model_copy(update={} if "name" in scenario.model_fields_set else {"name": name}), file)


def _child(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), node)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield the single values within a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for one in node.value:
            for part in one if isinstance(one, tuple) else (one,):
                yield from _scalars(part)
