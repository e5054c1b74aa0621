"""Find the documents that a user names, and read them all before anything is done with one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from graph.errors import DocumentError, DocumentErrors
from loaders.documents import framework_mapping
from loaders.documents.framework_table import read_framework
from loaders.formats import table
from loaders.formats.formats import ENDINGS, YAML
from loaders.origins.addresses import is_address, normalised
from loaders.origins.sources_yaml import SIDECAR, SourceEntry, source_entries, with_sidecar
from loaders.profile import Profile, RoleFramework, refusal
from loaders.yaml_lines import YamlFile

P = TypeVar("P", Profile, RoleFramework)

_EXPECTED = f"documents ending in {', '.join(ENDINGS)}"
_MAPPED = "a mapping that says which of its columns are roles, skills and levels"
_MAP = "give one with --mapping FILE, or write one beside it; `rankgraph template framework` shows how"
_WRITTEN = "`rankgraph: profile`, `framework` or `mapping` as the first line of YAML that is to be loaded"
_SEVERAL = 3
"""From how many pages on one cause is noted once."""


@dataclass(frozen=True)
class Selection:
    """Documents in the order given, those of a folder by name; what was left out; what is at fault.

    `tables` has the mapping of each table, `pages` the addresses of pages. What is in `folders` (named folders, each
    with its files and those of folders below) or `lists` (named lists of addresses) and not `named` itself is left out
    where it cannot be read, unless `strict`; any other file or page is at fault then.
    """

    documents: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused_pages: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[Path | str] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)
    tables: dict[Path, Path] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    folders: dict[Path, list[Path]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    named: set[Path | str] = field(default_factory=set)
    strict: bool = False

    def refuse(self, path: Path | str, errors: Sequence[DocumentError]) -> None:
        """Take a file or page out, for what is wrong with it."""
        if isinstance(path, str):
            self.pages.remove(path)
            inside = path not in self.named
        else:
            if path in self.documents:
                self.documents.remove(path)
            self.tables.pop(path, None)
            inside = any(path in files for files in self.folders.values()) and path.absolute() not in self.named
        if self.strict or not inside:
            self.problems.extend(errors)
            return
        self.left_out.append(path)
        first, more = errors[0], f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        at = f":{first.line}" if first.line else ""
        reason = f"found {first.found}; expected {first.expected}; {first.advice}{more}"
        if isinstance(path, str):
            self.refused_pages.setdefault(reason, []).append(path)
        else:
            self.notes.append(f"{path}{at} is left out: {reason}")

    def all_notes(self) -> list[str]:
        """Return the notes, and those on pages that are left out: one for several of one cause."""
        several = {reason: pages for reason, pages in self.refused_pages.items() if len(pages) >= _SEVERAL}
        one_by_one = [
            f"{page} is left out: {reason}"
            for reason, pages in self.refused_pages.items()
            if reason not in several
            for page in pages
        ]
        together = [
            f"{pages[0]} and {len(pages) - 1} more pages are left out: {reason}" for reason, pages in several.items()
        ]
        return [*self.notes, *one_by_one, *together]

    def check(self) -> None:
        """Raise `DocumentErrors` with every problem, a folder of which nothing is left among them."""
        for folder, inside in self.folders.items():
            if not any(path in self.documents or path in self.tables for path in inside) and not self.problems:
                names = ", ".join(str(path.relative_to(folder)) for path in inside)
                seen = f"a folder without documents ({names or 'empty'})"
                advice = "give the files themselves, or another folder"
                self.problems.append(DocumentError(str(folder), seen, _EXPECTED, advice))
        for name, addresses in self.lists.items():
            if not any(address in self.pages for address in addresses) and not self.problems:
                seen, advice = f"{len(addresses)} pages and none that can be read", "see above why each was left out"
                self.problems.append(DocumentError(name, seen, "one at least", advice))
        if self.problems:
            raise DocumentErrors("documents at fault, nothing was written", self.problems)


def samples() -> Path:
    """Return the folder of the invented documents."""
    return Path(str(files("loaders") / "samples"))


def find(
    paths: Iterable[str | Path],
    mapping: Path | None = None,
    *,
    lists: Mapping[str, list[str]] | None = None,
    strict: bool = False,
) -> Selection:
    """Return the documents under the paths given, each once, and the tables with their mappings.

    Args:
        paths: Files, folders and addresses of pages.
        mapping: That of tables which no mapping beside them names.
        lists: Lists of addresses by name; of theirs, pages that cannot be read are left out.
        strict: Whether a file of a folder that cannot be read is at fault, as one named itself is.
    """
    inputs = Selection(strict=strict, lists=dict(lists or {}))
    for path in paths:
        if is_address(str(path)):
            _take_page(str(path), inputs)
    listed = (address for addresses in inputs.lists.values() for address in addresses)
    inputs.pages[:] = dict.fromkeys((*inputs.pages, *listed))
    for path in (Path(path) for path in paths if not is_address(str(path))):
        if path.is_dir():
            _search(path, inputs, mapping)
        else:
            inputs.named.add(path.absolute())
            _take(path, inputs, mapping)
    once = {document.absolute(): document for document in reversed(inputs.documents)}
    inputs.documents[:] = reversed(once.values())
    return inputs


def _take_page(address: str, inputs: Selection) -> None:
    try:
        inputs.pages.append(normalised(address))
    except DocumentError as error:
        inputs.problems.append(error)
    else:
        inputs.named.add(inputs.pages[-1])


def _search(folder: Path, inputs: Selection, mapping: Path | None) -> None:
    try:
        inside = [path for path in _files_below(folder) if path.name != SIDECAR and path != mapping]
    except OSError as error:
        actual = f"a folder that cannot be read ({error})"
        inputs.problems.append(DocumentError(str(folder), actual, _EXPECTED, "check who may read it"))
        return
    inputs.folders[folder] = inside
    known = [path for path in inside if path.suffix.lower() in ENDINGS and path.is_file()]
    # tables last: what a mapping beside it names needs no other
    for path in sorted(known, key=lambda path: path.suffix.lower() in table.ENDINGS):
        if path not in inputs.tables:
            _take(path, inputs, mapping)
    if others := [path for path in inside if path not in known]:
        names = ", ".join(str(path.relative_to(folder)) for path in others)
        advice = "name a file itself to have it read"
        if inputs.strict:
            inputs.problems.append(DocumentError(str(folder), names, _EXPECTED, advice))
        else:
            inputs.left_out.extend(others)
            inputs.notes.append(f"{folder}: left out {names}; expected {_EXPECTED}; {advice}")


def _files_below(folder: Path) -> list[Path]:
    """Return the files in a folder and in those below, without hidden ones. Raises OSError."""

    def fail(error: OSError) -> None:
        raise error

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # Word leaves a file such as "~$profile.docx" beside each document that is open.
        found += (Path(place, name) for name in sorted(names) if not name.startswith((".", "~$")))
    return found


def _take(path: Path, inputs: Selection, mapping: Path | None) -> None:
    """Add a file as what it is: a table with its mapping, a mapping's table, or a document."""
    ending = path.suffix.lower()
    if ending in YAML.endings and path.is_file():
        _take_yaml(path, inputs)
    elif ending in table.ENDINGS and mapping:
        inputs.tables[path] = mapping
    elif ending not in table.ENDINGS or not path.is_file():
        inputs.documents.append(path)
    else:
        inputs.refuse(path, [DocumentError(path.name, "a table without a mapping", _MAPPED, _MAP)])


def _take_yaml(path: Path, inputs: Selection) -> None:
    file = YamlFile(path, f"{path} is at fault", expected="YAML in UTF-8")
    if file.kind == "profile" or file.faults:
        inputs.documents.append(path)
    elif file.kind not in framework_mapping.KINDS:
        actual = f"`rankgraph: {file.kind}`" if file.kind else "YAML that does not begin with `rankgraph:`"
        inputs.refuse(path, [DocumentError(path.name, actual, _WRITTEN, "write it there, or leave the file out")])
    elif name := framework_mapping.table_of(file):
        inputs.tables[path.parent / name] = path
        for inside in inputs.folders.values():
            if path in inside and path.parent / name not in inside:
                inside.append(path.parent / name)
    else:
        advice = f"write `table: NAME` there, or `rankgraph load TABLE --mapping {path.name}`"
        actual = "a mapping that names no table"
        inputs.refuse(path, [DocumentError(path.name, actual, "`table`, a table beside it", advice)])


def read_all(
    inputs: Selection, read: Callable[[Path], Profile], on_read: Callable[[Path], None] = lambda _: None
) -> Sequence[Profile]:
    """Return the profile of each document that can be read, with what the sidecar beside it says.

    Raises `DocumentErrors` with every problem of all documents and sidecars.
    """
    return _read_each(inputs, list(inputs.documents), read, on_read)


def read_tables(inputs: Selection, on_read: Callable[[Path], None] = lambda _: None) -> Sequence[RoleFramework]:
    """Return the framework of each table that can be read, in their order. Raises as `read_all` does."""
    return _read_each(inputs, list(inputs.tables), lambda path: read_framework(path, inputs.tables[path]), on_read)


def read_pages(
    inputs: Selection, read: Callable[[str], Profile], on_read: Callable[[str], None] = lambda _: None
) -> Sequence[Profile]:
    """Return the profile of each page that can be read, in their order. Raises as `read_all` does."""
    return _read_each(inputs, list(inputs.pages), read, on_read)


def _read_each(
    inputs: Selection, paths: Sequence[Path | str], read: Callable[[Any], P], on_read: Callable[[Any], None]
) -> list[P]:
    sidecars, contents = _sidecars([path for path in paths if isinstance(path, Path)], inputs.problems), []
    for path in paths:
        try:
            content = read(path)
            entry = sidecars[path.parent].get(path.name) if isinstance(path, Path) else None
            contents.append(with_sidecar(content, entry) if entry else content)
        except DocumentErrors as errors:
            inputs.refuse(path, list(_single_faults(errors)))
        except DocumentError as error:
            inputs.refuse(path, [error])
        except ValidationError as error:
            inputs.refuse(path, [refusal(str(path), error)])
        on_read(path)
    inputs.check()
    return contents


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
