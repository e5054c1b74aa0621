"""Everything that can go wrong, as one tree.

RankgraphError                  exit code 1
├── DocumentError               a file is not what it should be (file, line, found, expected, advice)
├── ReferenceDataError          an entry of the reference data is at fault
├── CheckError                  facts do not hold together (loose ends, cycles)
├── MixError                    samples and real documents in one graph
├── NameUnknownError            a name resolves to nothing (name, kind, suggestions)
├── NameAmbiguousError          a name resolves to several (name, kind, candidates)
├── QuestionError               a question file breaks the format (file, line)
├── AnswerError                 a question cannot be answered from what is loaded
├── OutputError                 an answer cannot be written where it should: path
├── EngineError                 the database: address, database
│   ├── UnreachableError        nothing answers at the address
│   ├── NotReadyError           a cluster answers, but has no leader or is not up to date
│   ├── PasswordError           the database refused the user or password
│   ├── DatabaseMissingError    the server has no database of that name
│   ├── VersionError            the server is older than what we need
│   ├── BusyError               somebody else is loading
│   └── QueryError              the database refused a statement
│       └── RightsError         its user may not do what the statement does
├── StoreError                  the folder of the embedded graph: folder
├── ServeError                  the embedded graph cannot be served as asked: a port, a host, a page
└── WriteError                  fewer statements stand in the database than were sent (sent, stored)
UsageError                      wrong usage, exit code 2

`DocumentErrors` groups all errors of one load (style rule 20).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

TOO_LITTLE_MEMORY = (
    "this process gets too little memory; end other programs, or allow it more (`ulimit -v unlimited`, or the limit of "
    "its container)"
)
"""What a message says where the system refused memory."""


class RankgraphError(Exception):
    """Stand for every fault that a user can be told of: what was found, what was expected, what to do."""

    exit_code = 1


class DocumentError(RankgraphError):
    """Name a file, the line if there is one, what was found there, what was expected and what to do."""

    def __init__(self, file: str, found: str, expected: str, advice: str, *, line: int | None = None) -> None:
        self.file, self.line, self.found, self.expected, self.advice = file, line, found, expected, advice
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: found {found}; expected {expected}; {advice}")


class DocumentErrors(ExceptionGroup[DocumentError], RankgraphError):  # noqa: N818
    """Carry every `DocumentError` of one call."""

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.exceptions)


class ReferenceDataError(DocumentError):
    """Name the entry of the reference data that is at fault."""


class CheckError(RankgraphError):
    """Carry the problems found in a set of facts before anything is written."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the facts do not hold together, nothing was written:\n" + "\n".join(problems))


class MixError(RankgraphError):
    """Samples and real documents would meet in one graph."""


class NameUnknownError(RankgraphError):
    """Carry a name that means nothing here, and the nearest that do."""

    def __init__(self, name: str, kind: str, suggestions: Sequence[str], why: str = "") -> None:
        self.name, self.kind, self.suggestions = name, kind, tuple(dict.fromkeys(suggestions))
        hint = why or (f"did you mean {', '.join(self.suggestions)}?" if suggestions else "nothing is near it")
        super().__init__(f"no {kind} is called {name!r}: {hint}")


class NameAmbiguousError(RankgraphError):
    """Carry a name that several things share."""

    def __init__(self, name: str, kind: str, candidates: Sequence[str], advice: str = "") -> None:
        self.name, self.kind, self.candidates = name, kind, tuple(candidates)
        super().__init__(
            f"{name!r} is the name of more than one {kind}: {', '.join(candidates)}; {advice or 'give the id'}"
        )


class QuestionError(RankgraphError):
    """Name the question file and line that break the format."""

    def __init__(self, file: str, problem: str, *, line: int | None = None) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")


class AnswerError(RankgraphError):
    """A question has no answer in what is loaded; the message says why."""


class OutputError(RankgraphError):
    """Name the file that an answer cannot be written to, and why."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


class EngineError(RankgraphError):
    """Stand for what the database did, with its address and never its password."""

    def __init__(self, message: str, *, address: str = "") -> None:
        self.address = address
        super().__init__(message)


class UnreachableError(EngineError):
    """Nothing answers at the address."""


class NotReadyError(EngineError):
    """A cluster answers, but has no leader, or no member that is up to date."""


class PasswordError(EngineError):
    """The database refused the user or the password."""


class DatabaseMissingError(EngineError):
    """The server has no such database, or none that can hold a graph."""


class VersionError(EngineError):
    """The server is older than what the questions need."""


class BusyError(EngineError):
    """Another process is loading; the message says which."""


class QueryError(EngineError):
    """The database refused a statement."""


class RightsError(QueryError):
    """The user may not do what a statement does, such as write."""


class StoreError(RankgraphError):
    """Name the folder of the embedded graph and what is wrong with it."""

    def __init__(self, folder: str, message: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {message}")


class ServeError(RankgraphError):
    """The embedded graph cannot be served as it was asked for; the message says why."""


class WriteError(RankgraphError):
    """The database does not hold what was sent."""

    def __init__(self, document: str, sent: int, stored: int) -> None:
        self.document, self.sent, self.stored = document, sent, stored
        super().__init__(f"{document}: {sent} rows were sent and {stored} stand in the database; nothing was kept")


class UsageError(Exception):
    """Stand for wrong usage, exit code 2."""

    exit_code = 2


_EXPECTED = {
    **dict.fromkeys(("dict_type", "model_type"), "keys, and behind each its value"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "yes or no"),
    **dict.fromkeys(("list_type", "tuple_type"), "a list"),
    **dict.fromkeys(("string_type", "string_unicode", "string_too_short"), "words"),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "a number"),
    "string_pattern_mismatch": "a word of this form",
    "date_from_datetime_parsing": "a day, such as 2024-12-01",
    "union_tag_invalid": "one of the kinds that there are",
}
"""What was expected, by the kind of fault that a model finds, where the model's own words are those of a program."""


def expected_of(kind: str, message: str) -> str:
    """Return what a model expected where it found a fault of a kind, in our own words; `message` has the model's."""
    return _EXPECTED.get(kind) or re.sub(r"^(?:Value error, |\w+ should (?:be )?(?:a valid )?)", "", message)
