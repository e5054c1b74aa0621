"""Find the documents that a user names, and read them all before anything is done with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graph.errors import DocumentError, DocumentErrors
from loaders.profile import Profile

__all__ = ["SUFFIXES", "Found", "find", "read_all", "samples"]

SUFFIXES = (".md", ".text", ".txt")
"""Endings of the files that a folder is searched for; a file that is named itself may have any."""


@dataclass(frozen=True)
class Found:
    """Documents in the order given, those of a folder by name; what was passed over; what is at fault."""

    documents: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)


def samples() -> Path:
    """Return the folder of the invented documents."""
    return Path(str(files("loaders") / "samples"))


def find(paths: Iterable[str | Path]) -> Found:
    """Return the documents under the paths given, each once."""
    found = Found()
    for path in map(Path, paths):
        if path.is_dir():
            _search(path, found)
        else:
            found.documents.append(path)
    once = {document.absolute(): document for document in reversed(found.documents)}
    found.documents[:] = reversed(once.values())
    return found


def _search(folder: Path, found: Found) -> None:
    expected = f"documents ending in {', '.join(SUFFIXES)}"
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        found.problems.append(
            DocumentError(str(folder), f"a folder that cannot be read ({error})", expected, "mend it")
        )
        return
    documents = [entry for entry in entries if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    found.documents.extend(documents)
    others = ", ".join(entry.name for entry in entries if entry not in documents)
    if not documents:
        advice = "give the files themselves, or another folder"
        seen = f"a folder without documents ({others or 'empty'})"
        found.problems.append(DocumentError(str(folder), seen, expected, advice))
    elif others:
        found.notes.append(f"{folder}: passed over {others}; expected {expected}; name a file itself to have it read")


def read_all(
    found: Found, read: Callable[[Path], Profile], on_read: Callable[[Path], None] = lambda _: None
) -> Sequence[Profile]:
    """Return the profile of each document found. Raises `DocumentErrors` with every problem of all of them."""
    problems = list(found.problems)
    profiles = []
    for path in found.documents:
        try:
            profiles.append(read(path))
        except DocumentErrors as errors:
            problems += _plain(errors)
        except DocumentError as error:
            problems.append(error)
        on_read(path)
    if problems:
        raise DocumentErrors("documents at fault, nothing was written", problems)
    return profiles


def _plain(errors: DocumentErrors) -> Iterable[DocumentError]:
    for error in errors.exceptions:
        if isinstance(error, DocumentErrors):
            yield from _plain(error)
        elif isinstance(error, DocumentError):
            yield error
