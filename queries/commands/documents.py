"""Commands that read and load documents."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from graph.errors import UsageError
from queries.answers.answer import Answer, number_of
from queries.commands import options
from queries.commands.running import Result, log, opened, progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.documents.write import Counts
    from graph.ontology import Facts
    from loaders.files import Selection
    from loaders.profile import Profile, RoleFramework
    from queries.commands.running import Advance

    Content = Profile | RoleFramework
    Basis = Literal["stated", "sample"]

_mapping = click.option(
    "--mapping", metavar="FILE.yaml", help="What the columns of a table are; `rankgraph template framework` shows one."
)


@options.command(
    "load --samples",
    "load profiles --dry-run",
    "load commander.txt inspector.txt --format json",
    "load roles.csv --mapping roles.yaml",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--samples", is_flag=True, help="Load the invented documents that come with rankgraph.")
@click.option("--mix", is_flag=True, help="Let samples and real documents stand in one graph.")
@click.option("--replace", is_flag=True, help="Let a file take the place of another of the same edition.")
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written.")
@click.option("--strict", is_flag=True, help="Load nothing where a file of a folder cannot be read.")
@click.option("--accept-uncertain", is_flag=True, help="Load also what was read of a text of no known family.")
@_mapping
@options.wait
@options.output("table", "json")
def load(paths: tuple[str, ...], *, samples: bool, mapping: str | None, wait: float, **how: Any) -> Result:
    """Load documents, or folders of them.

    The reference data that they rest on is loaded with them; without a PATH it is loaded alone. Every
    file is read first: if one that is named here is at fault, nothing is written. What cannot be read in
    a folder is left out and listed. Loading again changes nothing.

    A document is a text, a saved web page, a PDF, a Word or OpenDocument file, a profile by hand in YAML
    (`rankgraph template profile`), or a table of roles, skills and levels (.csv, .xlsx) with its mapping.

    A sources.yaml beside the documents says of each file what its text does not show: edition,
    published, source, licence, authority (national profile, force policy, pack or advert), and
    sample where it is invented.
    """
    from graph.documents.load import load as write
    from loaders.facts.reference import reference_facts
    from queries.answers.load_result import Line, document_load
    from queries.show import views

    with progress() as advance:
        inputs = _find(paths, mapping, strict=how.pop("strict"))
        documents = _read_all(inputs, advance, uncertain=how.pop("accept_uncertain"))
        documents += _samples(advance) if samples else []
        waiting = [(content.document.name, _about(content), facts.edition) for content, facts in documents]
        lines: list[Line] = []

        def on_document(name: str, counts: Counts) -> None:
            number = next(number for number, document in enumerate(waiting) if document[0] == name)
            lines.append((*waiting.pop(number), counts.model_dump()))
            advance("writing", len(documents))

        with opened(write=not how["dry_run"], fill=False) as graph:
            graph.wait = wait
            wanted = [facts for _, facts in documents]
            loaded = write(graph, wanted, reference_facts(), **how, on_document=on_document)
    notes = [*loaded.notes, *(["dry run: nothing was written"] if how["dry_run"] else [])]
    answer = document_load(lines, loaded.counts.model_dump(), notes)
    return Result(answer, views.document_load)


def _samples(advance: Advance) -> list[tuple[Content, Facts]]:
    from loaders import files

    return _read_all(_find([str(files.samples())], None, strict=True), advance, basis="sample")


def _about(content: Content) -> str:
    """Return the role that a document is about, or how many there are."""
    from loaders.profile import Profile

    return content.role.name if isinstance(content, Profile) else number_of(len(content.roles), "role")


def _find(paths: Sequence[str], mapping: str | None, *, strict: bool) -> Selection:
    from loaders import files

    inputs = files.find(paths, Path(mapping) if mapping else None, strict=strict)
    if mapping and Path(mapping) not in inputs.tables.values():
        raise UsageError(f"found --mapping {mapping} and no table (.csv, .xlsx) that it is for; expected both")
    return inputs


def _read_all(
    inputs: Selection, advance: Advance, basis: Basis = "stated", *, uncertain: bool = False
) -> list[tuple[Content, Facts]]:
    """Return content and facts of every document that was found, and log what a user should know of them."""
    try:
        contents = [(path, content if uncertain else _certain(content)) for path, content in _contents(inputs, advance)]
        documents = list(_with_facts(inputs, contents, basis))
        inputs.check()
    finally:
        for note in inputs.notes:
            log.info(note)
    for path, content in contents:
        for note in _notes(path, content):
            log.info(note)
    return documents


def _contents(inputs: Selection, advance: Advance) -> list[tuple[Path, Content]]:
    from loaders import files
    from loaders import read as read_document

    steps = len(inputs.documents) + len(inputs.tables)
    profiles = files.read_all(inputs, read_document, lambda _: advance("reading", steps))
    frameworks = files.read_tables(inputs, lambda _: advance("reading", steps))
    return [*zip(inputs.documents, profiles, strict=True), *zip(inputs.tables, frameworks, strict=True)]


def _certain(content: Content) -> Content:
    """Return a document without what is uncertain in it, which a note then says."""
    from loaders.profile import Profile, without_uncertain

    return without_uncertain(content) if isinstance(content, Profile) else content


def _with_facts(
    inputs: Selection, contents: Sequence[tuple[Path, Content]], basis: Basis
) -> Iterator[tuple[Content, Facts]]:
    """Yield what was read with its facts; what the ontology does not allow is taken out."""
    from graph.errors import DocumentError
    from loaders.facts.document import facts
    from loaders.facts.framework import framework_facts
    from loaders.facts.reference import known
    from loaders.profile import Profile

    for path, content in contents:
        try:
            if isinstance(content, Profile):
                yield content, facts(content, known(), basis=basis)
            else:
                yield content, framework_facts(content, known(), basis=basis)
        except DocumentError as error:
            inputs.refuse(path, [error])


def _notes(path: Path, content: Content) -> Iterator[str]:
    """Yield what a user should know of a document; those of a table name it themselves."""
    from loaders.profile import Profile, why_left

    yield from (f"{path}: {note}" for note in content.notes)
    if isinstance(content, Profile) and content.leftovers:
        command = f"rankgraph read {shlex.quote(str(path))}"
        yield f"{path}: {why_left(content.leftovers)}; `{command}` lists them"


@options.command(
    "read profile.txt", "read profile.txt --format json", "read profile.txt --as-text", "read r.csv --mapping r.yaml"
)
@click.argument("file")
@_mapping
@click.option("--as-text", is_flag=True, help="Print the numbered lines that every answer refers to, and no more.")
@options.output("table", "json")
def read(file: str, *, mapping: str | None, as_text: bool) -> Result:
    """Show what FILE says, line by line.

    What was not understood is listed as leftovers. Nothing is written.
    """
    from loaders import files
    from loaders import read as read_document

    if as_text:
        return Result(Answer((), [], []), text=_numbered(Path(file)))
    inputs = _find([file], mapping, strict=True)
    profiles, frameworks = files.read_all(inputs, read_document), files.read_tables(inputs)
    return _framework(file, frameworks[0]) if frameworks else _profile(file, profiles[0])


def _numbered(path: Path) -> str:
    from loaders.formats.formats import read_source

    lines = read_source(path).lines
    return "".join(f"{number:>6}  {line}".rstrip() + "\n" for number, line in enumerate(lines, 1))


def _profile(file: str, profile: Profile) -> Result:
    from loaders.profile import why_left
    from queries.show.document_tree import document

    notes = [f"{file}: {note}" for note in profile.notes]
    if profile.leftovers:
        notes.append(f"{file}: {why_left(profile.leftovers)}; they are listed as leftovers")
    parts = profile.model_dump(mode="json")
    return Result(Answer((), [], notes, parts=parts), lambda _: document(parts))


def _framework(file: str, framework: RoleFramework) -> Result:
    from queries.show import views

    columns = ("role", "role_id", "skill", "level", "necessity", "lines")
    rows = [
        {
            "role": role.name,
            "role_id": role.id,
            "skill": need.name,
            "level": need.level,
            "necessity": need.necessity,
            "lines": "-".join(map(str, dict.fromkeys(need.lines))),
        }
        for role in framework.roles
        for need in role.needs
    ]
    notes = [f"{file}: {note}" for note in framework.notes]
    parts = framework.model_dump(mode="json")
    return Result(Answer(columns, rows, notes, parts=parts), lambda answer: views.chosen_columns(answer, columns))
