"""Read the question files: queries/<family>/<name>.cypher.

A file's header is its declaration: title, prose, `// name (kind): meaning` a parameter, `// :params` an example,
`// returns:` the columns; `// severity:` makes it a rule of health, `// counts: people` says that its numbers are of
people, so that small ones can be hidden, and `// guide N: why it is asked`, last of all and with `How to read it: ...`,
makes it a step of the guide. The whole file is what is sent, so Neo4j Browser shows what ran. Beside it
`<name>.graph.cypher`, with the same parameters, may
return paths: the graph form of the question, which Neo4j Browser draws.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path

from graph.errors import QuestionError

KINDS = frozenset(
    {
        *("rank", "role", "body", "edition", "unit", "person", "day", "words", "number", "flag", "holdings", "place"),
        *("force", "id", "attribute"),
    }
)
"""What a parameter can be; each kind is resolved and checked before it is sent."""

SEVERITIES = ("error", "warning", "note")
"""How grave the rows of a rule of health are; only an error fails `rankgraph check`."""

PROCEDURES = frozenset({"db.index.fulltext.queryNodes"})
"""Procedures that a question may call."""

_PARAMETER = re.compile(r"(?P<name>[a-z_]+) \((?P<kind>[a-z]+)(?P<optional>, optional)?\): (?P<says>.+)")
_STEP = re.compile(r"guide (?P<number>\d+): (?P<asks>.+?) How to read it: (?P<reads>.+)")
_WRITES = re.compile(r"\b(CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|LOAD|FOREACH)\b", re.IGNORECASE)
_GRAPH = ".graph"
_NUMBERED = {"person_id", "post_id"}
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    kind: str
    says: str
    optional: bool


@dataclass(frozen=True)
class Step:
    """What a step of the guide says: its place among them, why it is asked, and what to look at in the answer."""

    number: int
    asks: str
    reads: str


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
    severity: str | None = None
    counts_people: bool = False
    step: Step | None = None

    @property
    def audience(self) -> str | None:
        """The most careful audience that it answers; none where it is of nobody."""
        return "aggregate" if self.counts_people else "pseudonymous" if self.names_people else None

    @property
    def names_people(self) -> bool:
        """Whether its rows tell who somebody is."""
        return not {"person_id", "covered_by"}.isdisjoint(self.returns)

    @property
    def ordered_by(self) -> tuple[str, ...]:
        """The columns that put its rows in order before the numbers of people and posts do."""
        words = re.findall(r"\w+", self.text.rpartition("ORDER BY")[2])
        return tuple(one for one in takewhile(lambda word: word not in _NUMBERED, words) if one in self.returns)

    @property
    def no_rows(self) -> str:
        """Return what it means when nothing comes back, in the words of the header."""
        _, _, meaning = self.prose.partition("No rows: ")
        return meaning.removesuffix(".")

    @property
    def mend(self) -> str:
        """Return what to do about a row of a rule of health, in the words of the header."""
        _, _, mend = self.prose.partition("To mend: ")
        return mend.partition(" No rows: ")[0].removesuffix(".")


def parse(name: str, family: str, text: str) -> Question:
    """Return the question that a file declares. Raises `QuestionError` naming the file and line."""
    file = f"{family}/{name}.cypher"
    header = [line[2:].strip() for line in text.splitlines() if line.startswith("//")]
    if not header or not text.startswith("// "):
        raise QuestionError(file, "found no header; expected `// Title` first", line=1)
    last = next((place for place, line in enumerate(header) if line.startswith("guide ")), len(header))
    step = _step(file, " ".join(header[last:]))
    result = _declared(file, header[1:last], Question(name, family, header[0], "", (), {}, (), text, step=step))
    _check(file, result)
    return result


def _declared(file: str, lines: list[str], question: Question) -> Question:
    """Return a question with what the lines of its header declare below its title."""
    prose: list[str] = []
    parameters: list[Parameter] = []
    example: dict[str, object] | None = None
    for number, line in enumerate(lines, 2):
        if line.startswith(":params "):
            example = _example(file, line.removeprefix(":params "), number)
        elif line.startswith("returns: "):
            question = replace(question, returns=tuple(map(str.strip, line.removeprefix("returns: ").split(","))))
        elif line == "counts: people":
            question = replace(question, counts_people=True)
        elif line.startswith("severity: "):
            question = replace(question, severity=line.removeprefix("severity: "))
        elif match := _PARAMETER.fullmatch(line):
            optional = bool(match["optional"]) or match["kind"] == "day"
            parameters.append(Parameter(match["name"], match["kind"], match["says"], optional))
        else:
            prose.append(line)
    if example is None or not question.returns:
        raise QuestionError(file, "expected a `// :params {...}` line and a `// returns: ...` line")
    return replace(question, prose=" ".join(prose), parameters=tuple(parameters), example=example)


def _step(file: str, text: str) -> Step | None:
    found = _STEP.fullmatch(text)
    if text and found is None:
        raise QuestionError(file, f"found {text!r}; expected `guide N: why it is asked`, then `How to read it: ...`")
    return found and Step(int(found["number"]), found["asks"], found["reads"])


def _example(file: str, text: str, line: int) -> dict[str, object]:
    try:
        example = json.loads(re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', text))
    except ValueError as error:
        raise QuestionError(
            file, f"found the example {text}; expected a map such as {{rank: null}}", line=line
        ) from error
    return dict(example)


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
    if question.severity not in (None, *SEVERITIES):
        raise QuestionError(file, f"found the severity {question.severity!r}; expected one of {', '.join(SEVERITIES)}")
    if write := _WRITES.search(body):
        raise QuestionError(file, f"found {write[0]}; expected a question that only reads")
    if called := set(re.findall(r"\bCALL\s+([\w.]+)", body)) - PROCEDURES:
        raise QuestionError(file, f"found calls of {sorted(called)}; expected some of {sorted(PROCEDURES)}")


def _families() -> list[Path]:
    here = Path(__file__).parent  # importlib.resources takes 8 ms to import
    return sorted(entry for entry in here.iterdir() if entry.is_dir() and not entry.name.startswith("_"))


def _read(name: str) -> Question | None:
    for family in _families():
        file = family / f"{name}.cypher"
        if file.is_file():
            return parse(name, family.name, file.read_text(encoding="utf-8"))
    return None


@cache
def question(name: str) -> Question | None:
    """Return the question of a name, reading its file alone; none where there is no such file."""
    return None if name.endswith(_GRAPH) else _read(name)


@cache
def questions() -> tuple[Question, ...]:
    """Return the whole catalogue by family and name."""
    return tuple(
        parse(file.stem, family.name, file.read_text(encoding="utf-8"))
        for family in _families()
        for file in sorted(family.glob("*.cypher"))
        if not file.stem.endswith(_GRAPH)
    )


@cache
def graph_form(question: str) -> Question | None:
    """Return the form of a question that returns paths, named as the question is; none where it has no such form.

    Raises `QuestionError` where it does not take the parameters of the question, in their order; a force that its
    paths do not show may be left out.
    """
    base, form = _read(question), _read(question + _GRAPH)
    if base is None or form is None:
        return None
    known = {base.parameters, tuple(one for one in base.parameters if one.kind != "force")}
    if form.parameters not in known:
        file = f"{form.family}/{form.name}.cypher"
        raise QuestionError(file, f"expected the parameters of {base.family}/{base.name}.cypher, in the same words")
    return replace(form, name=question)


def graph_forms() -> tuple[Question, ...]:
    """Return every graph form by family and name of its question."""
    return tuple(form for one in questions() if (form := graph_form(one.name)) is not None)
