"""Read the question files: queries/<family>/<name>.cypher.

A file's header is its declaration: title, prose, `// name (kind): meaning` a parameter, `// :params`
an example, `// returns:` the columns. The whole file is what is sent, so Neo4j Browser shows what ran.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import QuestionError

__all__ = ["KINDS", "PROCEDURES", "Parameter", "Question", "parse", "question", "questions"]

KINDS = frozenset(
    {"rank", "role", "body", "edition", "unit", "person", "day", "words", "number", "flag", "holdings", "place", "id"}
)
"""What a parameter can be; each kind is resolved and checked before it is sent."""

PROCEDURES = frozenset({"db.index.fulltext.queryNodes"})
"""Procedures that a question may call."""

_PARAMETER = re.compile(r"(?P<name>[a-z_]+) \((?P<kind>[a-z]+)(?P<optional>, optional)?\): (?P<says>.+)")
_WRITES = re.compile(r"\b(CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|LOAD|FOREACH)\b", re.IGNORECASE)
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    kind: str
    says: str
    optional: bool


@dataclass(frozen=True)
class Question:
    """One question, as its file declares it."""

    name: str
    family: str
    title: str
    prose: str
    parameters: tuple[Parameter, ...]
    example: dict[str, object]
    returns: tuple[str, ...]
    text: str

    @property
    def no_rows(self) -> str:
        """Say what it means when nothing comes back, in the words of the header."""
        _, _, meaning = self.prose.partition("No rows: ")
        return meaning.removesuffix(".")


def parse(name: str, family: str, text: str) -> Question:
    """Return the question that a file declares. Raises `QuestionError` naming the file and line."""
    file = f"{family}/{name}.cypher"
    header = [line[2:].strip() for line in text.splitlines() if line.startswith("//")]
    if not header or not text.startswith("// "):
        raise QuestionError(file, "found no header; expected `// Title` first", line=1)
    prose, parameters, example, returns = _header(file, header[1:])
    found = Question(name, family, header[0], prose, parameters, example, returns, text)
    _check(file, found)
    return found


def _header(file: str, lines: list[str]) -> tuple[str, tuple[Parameter, ...], dict[str, object], tuple[str, ...]]:
    prose: list[str] = []
    parameters: list[Parameter] = []
    example: dict[str, object] | None = None
    returns: tuple[str, ...] = ()
    for number, line in enumerate(lines, 2):
        if line.startswith(":params "):
            example = _example(file, line.removeprefix(":params "), number)
        elif line.startswith("returns: "):
            returns = tuple(column.strip() for column in line.removeprefix("returns: ").split(","))
        elif match := _PARAMETER.fullmatch(line):
            optional = bool(match["optional"]) or match["kind"] == "day"
            parameters.append(Parameter(match["name"], match["kind"], match["says"], optional))
        else:
            prose.append(line)
    if example is None or not returns:
        raise QuestionError(file, "expected a `// :params {...}` line and a `// returns: ...` line")
    return " ".join(prose), tuple(parameters), example, returns


def _example(file: str, text: str, line: int) -> dict[str, object]:
    try:
        found = json.loads(re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', text))
    except ValueError as error:
        raise QuestionError(
            file, f"found the example {text}; expected a map such as {{rank: null}}", line=line
        ) from error
    return dict(found)


def _check(file: str, question: Question) -> None:
    body = _STRINGS.sub("''", "\n".join(line for line in question.text.splitlines() if not line.startswith("//")))
    declared = {parameter.name for parameter in question.parameters}
    used = set(re.findall(r"\$(\w+)", body))
    if not declared == used == set(question.example):
        raise QuestionError(
            file,
            f"declares {sorted(declared)}, uses {sorted(used)}, has examples of {sorted(question.example)}; "
            "expected the same in all three",
        )
    if unknown := {parameter.kind for parameter in question.parameters} - KINDS:
        raise QuestionError(file, f"found the kinds {sorted(unknown)}; expected some of {sorted(KINDS)}")
    if write := _WRITES.search(body):
        raise QuestionError(file, f"found {write[0]}; expected a question that only reads")
    if called := set(re.findall(r"\bCALL\s+([\w.]+)", body)) - PROCEDURES:
        raise QuestionError(file, f"found calls of {sorted(called)}; expected some of {sorted(PROCEDURES)}")


def _families() -> list[Path]:
    here = Path(__file__).parent  # importlib.resources takes 8 ms to import
    return sorted(entry for entry in here.iterdir() if entry.is_dir() and not entry.name.startswith("_"))


@cache
def question(name: str) -> Question | None:
    """Return the question of a name, reading its file alone; none where there is no such file."""
    for family in _families():
        file = family / f"{name}.cypher"
        if file.is_file():
            return parse(name, family.name, file.read_text(encoding="utf-8"))
    return None


@cache
def questions() -> tuple[Question, ...]:
    """Return the whole catalogue by family and name."""
    return tuple(
        parse(file.stem, family.name, file.read_text(encoding="utf-8"))
        for family in _families()
        for file in sorted(family.glob("*.cypher"))
    )
