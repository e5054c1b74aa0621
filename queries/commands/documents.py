"""Commands that read and load documents."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from graph.errors import UsageError
from queries.answers.answer import Answer, number_of
from queries.commands import options
from queries.commands.running import Result, log, opened, progress, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.documents.write import Counts
    from graph.ontology import Facts
    from loaders.files import Selection
    from loaders.formats.source import Source
    from loaders.profile import Profile, RoleFramework
    from queries.commands.running import Advance

    Content = Profile | RoleFramework
    Basis = Literal["stated", "sample"]

_mapping = click.option(
    "--mapping", metavar="FILE.yaml", help="What the columns of a table are; `rankgraph template framework` shows one."
)
_page_seconds = click.option(
    "--page-seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    help="How long one page may take.",
)


@options.command(
    "load --samples",
    "load --college core",
    "load https://force.example/jobs/sergeant",
    "load profiles --dry-run",
    "load commander.txt inspector.txt --format json",
    "load roles.csv --mapping roles.yaml",
)
@click.argument("paths", nargs=-1, metavar="[PATH_OR_URL]...")
@click.option("--samples", is_flag=True, help="Load the invented documents that come with rankgraph.")
@click.option("--college", type=click.Choice(["core"]), help="Load the College of Policing's profiles of core ranks.")
@click.option("--addresses", metavar="FILE", help="Load the pages whose addresses FILE has, one a line.")
@_page_seconds
@click.option("--mix", is_flag=True, help="Let samples and real documents stand in one graph.")
@click.option("--replace", is_flag=True, help="Let a file take the place of another of the same edition.")
@click.option("--dry-run", is_flag=True, help="Compare and count only; nothing is written.")
@click.option("--strict", is_flag=True, help="Load nothing where a file of a folder cannot be read.")
@click.option("--accept-uncertain", is_flag=True, help="Load also what was read of a text of no known family.")
@_mapping
@options.wait
@options.whole
@options.output("table", "json")
def load(
    paths: tuple[str, ...], *, samples: bool, mapping: str | None, wait: float, page_seconds: float, **how: Any
) -> Result:
    """Load documents, or folders of them, or pages by their addresses.

    The reference data that they rest on is loaded with them; without a PATH it is loaded alone. Every
    file is read first: if one that is named here is at fault, nothing is written. What cannot be read in
    a folder, one below it or a list is left out and listed. Loading again changes nothing.

    A document is a text, a saved web page, a PDF, a Word or OpenDocument file, a profile by hand in YAML
    (`rankgraph template profile`), or a table of roles, skills and levels (.csv, .xlsx) with its mapping.

    A page is fetched from a URL (http or https) where its site's robots.txt allows it, through the proxy
    that the environment names. Its lines are kept in `pages` in the folder of the graph. What it says of
    an edition later takes the place of what it said before.

    A sources.yaml beside the documents says of each file what its text does not show: edition,
    published, source, licence, authority (national profile, force policy, pack or advert), and
    sample where it is invented.
    """
    with progress() as advance:
        lists = _lists(how.pop("college"), how.pop("addresses"))
        inputs, pages = _find(paths, mapping, lists=lists, strict=how.pop("strict")), Pages(page_seconds)
        documents = _read_all(inputs, advance, pages, uncertain=how.pop("accept_uncertain"))
        documents += _samples(advance) if samples else []
        return _write(documents, pages, advance, wait, left_out=len(inputs.left_out), **how)


def _write(
    documents: Sequence[tuple[Content, Facts]],
    pages: Pages,
    advance: Advance,
    wait: float,
    *,
    left_out: int,
    whole: bool,
    **how: Any,
) -> Result:
    """Write documents into the graph, and copies of those that are pages beside it; return what was done."""
    from graph.documents.load import load as write
    from loaders.facts.reference import reference_facts
    from queries.answers.load_result import Line, document_load
    from queries.show import evidence_screens, views

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
    if not how["dry_run"]:
        pages.keep([facts for content, facts in documents if content.document.name in loaded.documents])
    notes = [*loaded.notes, *(["dry run: nothing was written"] if how["dry_run"] else [])]
    answer = document_load(lines, loaded.counts.model_dump(), notes)
    screen = partial(evidence_screens.document_load, left_out=left_out)
    return shown(answer, screen, views.document_load, options.Detail(words=False, sources=False, whole=whole))


def _samples(advance: Advance) -> list[tuple[Content, Facts]]:
    from loaders import files

    return _read_all(_find([str(files.samples())], None, strict=True), advance, Pages(), basis="sample")


class Pages:
    """Reads pages by their addresses, and keeps copies of what was read."""

    def __init__(self, seconds: float = 30) -> None:
        from loaders.origins.fetch import Fetcher

        self._fetcher = Fetcher(seconds)
        self._read: dict[str, tuple[str, Source]] = {}

    def source(self, address: str) -> Source:
        """Return the numbered lines of a page. Raises `DocumentError` for what gives none."""
        import hashlib

        from loaders.origins.pages import page_source

        page = self._fetcher.page(address)
        source = page_source(page)
        self._read[source.name] = hashlib.sha256(page.raw).hexdigest(), source
        return source

    def profile(self, address: str) -> Profile:
        """Return what a page says. Raises `DocumentError` as `source` does."""
        from loaders import read_text
        from loaders.origins.pages import with_address

        return with_address(read_text(self.source(address)))

    def keep(self, loaded: Sequence[Facts]) -> None:
        """Keep the lines of those of the pages that were loaded."""
        from graph.engine.page_copies import keep
        from graph.nodes import Document

        documents = [node for facts in loaded for node in facts.nodes if isinstance(node, Document)]
        for document in documents:
            if document.name in self._read:
                sha256, source = self._read[document.name]
                keep(document.id, document.name, sha256, _numbered(source.lines))


def _lists(college: str | None, addresses: str | None) -> dict[str, list[str]]:
    """Return the addresses that options ask for, by the name of their list."""
    from loaders.origins.addresses import college_pages, listed

    found = {f"--college {college}": college_pages(college)} if college else {}
    return {**found, **({addresses: listed(Path(addresses))} if addresses else {})}


def _about(content: Content) -> str:
    """Return the role that a document is about, or how many there are."""
    from loaders.profile import Profile

    return content.role.name if isinstance(content, Profile) else number_of(len(content.roles), "role")


def _find(
    paths: Sequence[str], mapping: str | None, *, lists: dict[str, list[str]] | None = None, strict: bool
) -> Selection:
    from loaders import files

    inputs = files.find(paths, Path(mapping) if mapping else None, lists=lists, strict=strict)
    if mapping and Path(mapping) not in inputs.tables.values():
        raise UsageError(f"found --mapping {mapping} and no table (.csv, .xlsx) that it is for; expected both")
    return inputs


def _read_all(
    inputs: Selection, advance: Advance, pages: Pages, basis: Basis = "stated", *, uncertain: bool = False
) -> list[tuple[Content, Facts]]:
    """Return content and facts of every document that was found, and log what a user should know of them."""
    try:
        read = _contents(inputs, advance, pages)
        contents = [(path, content if uncertain else _certain(content)) for path, content in read]
        documents = list(_with_facts(inputs, contents, basis))
        inputs.check()
    finally:
        for note in inputs.all_notes():
            log.info(note)
    for path, content in contents:
        for note in _notes(path, content, loaded=any(content.document == one.document for one, _ in documents)):
            log.info(note)
    return documents


def _contents(inputs: Selection, advance: Advance, pages: Pages) -> list[tuple[Path | str, Content]]:
    """Return what files say, then pages, each with its path or address; no page is fetched where a file is at fault."""
    from loaders import files
    from loaders import read as read_document

    steps = len(inputs.documents) + len(inputs.tables) + len(inputs.pages)
    profiles = files.read_all(inputs, read_document, lambda _: advance("reading", steps))
    frameworks = files.read_tables(inputs, lambda _: advance("reading", steps))
    fetched = files.read_pages(inputs, pages.profile, lambda _: advance("reading", steps))
    return [
        *zip(inputs.documents, profiles, strict=True),
        *zip(inputs.tables, frameworks, strict=True),
        *zip(inputs.pages, fetched, strict=True),
    ]


def _certain(content: Content) -> Content:
    """Return a document without what is uncertain in it, which a note then says."""
    from loaders.profile import Profile, without_uncertain

    return without_uncertain(content) if isinstance(content, Profile) else content


def _with_facts(
    inputs: Selection, contents: Sequence[tuple[Path | str, Content]], basis: Basis
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
                for one in content.of_roles or (content,):
                    yield one, facts(one, known(), basis=basis)
            else:
                yield content, framework_facts(content, known(), basis=basis)
        except DocumentError as error:
            inputs.refuse(path, [error])


def _notes(path: Path | str, content: Content, *, loaded: bool) -> Iterator[str]:
    """Yield what a user should know of a document; those of a table name it themselves."""
    from loaders.profile import Profile, why_left

    yield from (f"{path}: {note}" for note in content.notes)
    if loaded and isinstance(content, Profile) and content.leftovers:
        command = f"rankgraph read {shlex.quote(str(path))}"
        yield f"{path}: {why_left(content.leftovers)}; `{command}` lists them"


@options.command(
    "read profile.txt",
    "read profile.txt --format json",
    "read profile.txt --as-text",
    "read https://force.example/jobs/sergeant",
    "read r.csv --mapping r.yaml",
)
@click.argument("file", metavar="FILE_OR_URL")
@_mapping
@click.option("--as-text", is_flag=True, help="Print the numbered lines that every answer refers to, and no more.")
@_page_seconds
@options.output("table", "json")
def read(file: str, *, mapping: str | None, as_text: bool, page_seconds: float) -> Result:
    """Show what a file or page says, line by line.

    What was not understood is listed as leftovers. Nothing is written.
    """
    from loaders.formats.formats import read_source
    from loaders.origins.addresses import is_address
    from loaders.profile import Profile

    pages = Pages(page_seconds)
    if as_text:
        source = pages.source(file) if is_address(file) else read_source(Path(file))
        return Result(Answer((), [], []), text=_numbered(source.lines))
    inputs = _find([file], mapping, strict=True)
    content = _contents(inputs, lambda _task, _steps: None, pages)[0][1]
    return _profile(file, content) if isinstance(content, Profile) else _framework(file, content)


def _numbered(lines: Sequence[str]) -> str:
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
