"""Commands that read and load documents."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Literal

import click

from queries.answers.answer import Answer
from queries.commands import options
from queries.commands.running import Result, log, opened, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.documents.write import Counts
    from graph.ontology import Facts
    from loaders.profile import Profile
    from queries.commands.running import Advance


@options.command("load --samples", "load profiles --dry-run", "load commander.txt inspector.txt --format json")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--samples", is_flag=True, help="Load the invented documents that come with rankgraph.")
@click.option("--mix", is_flag=True, help="Let samples and real documents stand in one graph.")
@click.option("--replace", is_flag=True, help="Let a file take the place of another of the same edition.")
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written.")
@options.wait
@options.output("table", "json")
def load(paths: tuple[str, ...], *, samples: bool, mix: bool, replace: bool, dry_run: bool, wait: float) -> Result:
    """Load documents, or folders of them.

    The reference data that they rest on is loaded with them; without a PATH it is loaded alone. Every
    file is read first: if one is at fault, nothing is written. Loading again changes nothing.

    A sources.yaml beside the documents says of each file what its text does not show: edition,
    published, source, licence, authority (national profile, force policy, pack or advert), and
    sample where it is invented.
    """
    from graph.documents.load import load as write
    from loaders.facts.reference import reference_facts
    from loaders.files import samples as sample_folder
    from queries.answers.load_result import Line, document_load
    from queries.show import views

    with progress() as advance:
        documents = _read_all(paths, advance)
        documents += _read_all([str(sample_folder())] if samples else [], advance, basis="sample")
        waiting = [(profile.document.name, profile.role.name, facts.edition) for profile, facts in documents]
        lines: list[Line] = []

        def on_document(name: str, counts: Counts) -> None:
            number = next(number for number, document in enumerate(waiting) if document[0] == name)
            lines.append((*waiting.pop(number), counts.model_dump()))
            advance("writing", len(documents))

        with opened(write=not dry_run, fill=False) as graph:
            graph.wait = wait
            wanted = [facts for _, facts in documents]
            how: dict[str, Any] = {"mix": mix, "replace": replace, "dry_run": dry_run, "on_document": on_document}
            loaded = write(graph, wanted, reference_facts(), **how)
    notes, total = [*loaded.notes, *(["dry run: nothing was written"] if dry_run else [])], loaded.counts.model_dump()
    answer = document_load(lines, total, notes)
    return Result(answer, views.document_load)


def _read_all(
    paths: Sequence[str], advance: Advance, basis: Literal["stated", "sample"] = "stated"
) -> list[tuple[Profile, Facts]]:
    """Return the profile and the facts of every document under the paths, and log what a user should know of them."""
    from loaders import files
    from loaders import read as read_document
    from loaders.facts.document import facts_of_all
    from loaders.facts.reference import known

    documents = files.find(paths)
    profiles = files.read_all(documents, read_document, lambda _: advance("reading", len(documents.documents)))
    notes = list(documents.notes)
    for path, profile in zip(documents.documents, profiles, strict=True):
        notes += [f"{path}: {note}" for note in profile.notes]
        if profile.leftovers:
            command = f"rankgraph read {shlex.quote(str(path))}"
            notes.append(f"{path}: {len(profile.leftovers)} statement(s) not understood; `{command}` lists them")
    for note in notes:
        log.info(note)
    return list(zip(profiles, facts_of_all(profiles, known(), basis=basis), strict=True))


@options.command("read profile.txt", "read profile.txt --format json")
@click.argument("file")
@options.output("table", "json")
def read(file: str) -> Result:
    """Show what FILE says, line by line.

    What was not understood is listed as leftovers. Nothing is written.
    """
    from pathlib import Path

    from loaders import files
    from loaders import read as read_document
    from queries.show.document_tree import document

    [profile] = files.read_all(files.Selection([Path(file)]), read_document)
    notes = [f"{file}: {note}" for note in profile.notes]
    if profile.leftovers:
        notes.append(f"{file}: {len(profile.leftovers)} statement(s) not understood, listed as leftovers")
    parts = profile.model_dump(mode="json")
    return Result(Answer((), [], notes, parts=parts), lambda _: document(parts))
