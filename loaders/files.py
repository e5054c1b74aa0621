"""Find the documents that a user names, and read them all before anything is done with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from graph.errors import DocumentError, DocumentErrors
from loaders.formats.formats import ENDINGS
from loaders.profile import Profile, refusal
from loaders.sources_yaml import SIDECAR, SourceEntry, source_entries, with_sidecar


@dataclass(frozen=True)
class Selection:
    """Documents in the order given, those of a folder by name; what was passed over; what is at fault."""

    documents: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)


def samples() -> Path:
    """Return the folder of the invented documents."""
    return Path(str(files("loaders") / "samples"))


def find(paths: Iterable[str | Path]) -> Selection:
    """Return the documents under the paths given, each once."""
    inputs = Selection()
    for path in map(Path, paths):
        if path.is_dir():
            _search(path, inputs)
        else:
            inputs.documents.append(path)
    once = {document.absolute(): document for document in reversed(inputs.documents)}
    inputs.documents[:] = reversed(once.values())
    return inputs


def _search(folder: Path, inputs: Selection) -> None:
    expected = f"documents ending in {', '.join(ENDINGS)}"
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        inputs.problems.append(
            DocumentError(str(folder), f"a folder that cannot be read ({error})", expected, "check who may read it")
        )
        return
    documents = [entry for entry in entries if entry.suffix.lower() in ENDINGS and entry.is_file()]
    inputs.documents.extend(documents)
    others = ", ".join(entry.name for entry in entries if entry not in documents and entry.name != SIDECAR)
    if not documents:
        advice = "give the files themselves, or another folder"
        seen = f"a folder without documents ({others or 'empty'})"
        inputs.problems.append(DocumentError(str(folder), seen, expected, advice))
    elif others:
        inputs.notes.append(f"{folder}: passed over {others}; expected {expected}; name a file itself to have it read")


def read_all(
    inputs: Selection, read: Callable[[Path], Profile], on_read: Callable[[Path], None] = lambda _: None
) -> Sequence[Profile]:
    """Return the profile of each document found, with what the sidecar beside it says.

    Raises `DocumentErrors` with every problem of all documents and sidecars.
    """
    problems = list(inputs.problems)
    known = _sidecars(inputs.documents, problems)
    profiles = []
    for path in inputs.documents:
        try:
            profile, entry = read(path), known[path.parent].get(path.name)
            profiles.append(with_sidecar(profile, entry) if entry else profile)
        except DocumentErrors as errors:
            problems += _single_faults(errors)
        except DocumentError as error:
            problems.append(error)
        except ValidationError as error:
            problems.append(refusal(str(path), error))
        on_read(path)
    if problems:
        raise DocumentErrors("documents at fault, nothing was written", problems)
    return profiles


def _sidecars(documents: Iterable[Path], problems: list[DocumentError]) -> Mapping[Path, Mapping[str, SourceEntry]]:
    sidecars: dict[Path, Mapping[str, SourceEntry]] = {}
    for folder in dict.fromkeys(document.parent for document in documents):
        try:
            sidecars[folder] = source_entries(folder)
        except DocumentErrors as errors:
            sidecars[folder] = {}
            problems += _single_faults(errors)
    return sidecars


def _single_faults(errors: DocumentErrors) -> Iterable[DocumentError]:
    for error in errors.exceptions:
        if isinstance(error, DocumentErrors):
            yield from _single_faults(error)
        elif isinstance(error, DocumentError):
            yield error
