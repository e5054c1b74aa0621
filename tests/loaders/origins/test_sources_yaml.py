"""sources.yaml beside the documents: what it says wins, and all that is wrong with it is refused with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.days import LAST_DAY
from graph.errors import DocumentError, DocumentErrors
from graph.session import Graph
from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known as known_nodes
from loaders.files import find, read_all
from loaders.origins.sources_yaml import source_entries
from loaders.profile import Profile
from tests.graph.documents.test_load import everything
from tests.harness.commands import SERGEANT, documents, run
from tests.harness.engines import Engine

PROFILES = """MATCH (p:Profile)-[:PUBLISHED_IN]->(d:Document)
RETURN p.id AS id, p.authority AS authority, p.series AS series, p.published AS published, p.valid_from AS valid_from,
  p.valid_to AS valid_to, d.source AS source, d.licence AS licence ORDER BY id"""
FULL = """# what is known of the two
sergeant.txt:
  edition: v7.2
  published: 2024-05
  source: https://example.org/sergeant
  licence: OGL 3.0
inspector.txt:
  published: 2023-03-09
  authority: force policy
"""
AS_A_LIST = """- edition: v7.2
  file: sergeant.txt
  published: 2024-05
  source: https://example.org/sergeant
  licence: OGL 3.0
- file: inspector.txt
  published: 2023-03-09
  authority: force policy
"""


def folder(path: Path, sidecar: str | bytes) -> Path:
    """Write the two documents and a sidecar."""
    documents(path)
    (path / "sources.yaml").write_bytes(sidecar.encode() if isinstance(sidecar, str) else sidecar)
    return path


def profiles(path: Path) -> dict[str, Profile]:
    """Read a folder."""
    return {profile.document.name: profile for profile in read_all(find([path]), read)}


def known(profile: Profile) -> tuple[str | None, ...]:
    """Return what a sidecar can say."""
    document = profile.document
    return (profile.edition, profile.version, profile.published, profile.authority, document.source, document.licence)


@pytest.mark.parametrize("sidecar", [FULL, AS_A_LIST, "\ufeff" + FULL])
def test_what_the_sidecar_says_wins(tmp_path: Path, sidecar: str) -> None:
    """As a map, as a list, and with a byte order mark; a month is widened to its first day."""
    found = {name: known(profile) for name, profile in profiles(folder(tmp_path, sidecar)).items()}
    assert {
        "sergeant.txt": ("v7.2", "7.2", "2024-05-01", None, "https://example.org/sergeant", "OGL 3.0"),
        "inspector.txt": ("v7.1", "7.1", "2023-03-09", "force policy", None, None),
    } == found


@pytest.mark.parametrize("sidecar", ["", "# nothing yet\n", "inspector.txt:\n  licence: none known\n"])
def test_a_file_without_an_entry_is_read_as_its_text_shows(tmp_path: Path, sidecar: str) -> None:
    """An empty sidecar, and one about another file."""
    found = profiles(folder(tmp_path, sidecar))["sergeant.txt"]
    assert read(tmp_path / "sergeant.txt") == found


def test_a_document_that_is_called_invented_is_a_sample(tmp_path: Path) -> None:
    """So it never stands beside a real one, and its authority says what it is."""
    found = profiles(folder(tmp_path, "sergeant.txt: {authority: advert, sample: yes}"))
    stated = {name: facts(profile, known_nodes()) for name, profile in found.items()}
    whose = {
        (name, edge.statement.basis, edge.statement.authority)
        for name, one in stated.items()
        for edge in one.edges
        if edge.statement
    }
    assert {
        ("sergeant.txt", "sample", "sample of an advert"),
        ("inspector.txt", "stated", "national profile"),
    } == whose


def test_a_published_day_names_an_edition_without_a_version(tmp_path: Path) -> None:
    """The name is then the month of publication."""
    folder(tmp_path, "sergeant.txt: {published: 2022-08-30}")
    (tmp_path / "sergeant.txt").write_text(SERGEANT.replace("Code CR-TL-Sergeant v7.1\n", ""), encoding="utf-8")
    found = profiles(tmp_path)["sergeant.txt"]
    assert ("2022-08", "2022-08-30") == (found.edition, found.published)


def test_what_the_sidecar_contradicts_is_said(tmp_path: Path) -> None:
    """It wins, and the text's own day and version are in the notes."""
    text = SERGEANT.replace("Code", "Published 3 May 2021\n\nCode").replace(
        "shifts.", "shifts, as the Act 2020 has it."
    )
    folder(tmp_path, "sergeant.txt:\n  edition: v8\n  published: 2019-01-01\n")
    (tmp_path / "sergeant.txt").write_text(text, encoding="utf-8")
    found = profiles(tmp_path)["sergeant.txt"]
    assert (
        "sources.yaml:1: published 2019-01-01 stands, though the text has 2021-05-03",
        "sources.yaml:1: version 8 stands, though the text has 7.1",
        "sources.yaml:1: published 2019-01-01, though the text names 2021-05-03",
    ) == found.notes
    assert ("v8", "8", "2019-01-01") == (found.edition, found.version, found.published)


FAULTS = {
    "a wrong key": ("sergeant.txt:\n  licence: OGL\n  publishd: 2021-01-04\n", {(3, "the key 'publishd'")}),
    "no such day": ("sergeant.txt:\n  published: 2021-02-30\n", {(2, "published: '2021-02-30'")}),
    "no such month": ("sergeant.txt:\n  published: 2021-13\n", {(2, "published: '2021-13'")}),
    "a day in words": ("sergeant.txt:\n  published: 4 January 2021\n", {(2, "published: '4 January 2021'")}),
    "a missing file": ("\nsargeant.txt:\n  licence: OGL\n", {(2, "'sargeant.txt'")}),
    "a file elsewhere": ("../sergeant.txt:\n  licence: OGL\n", {(1, "'../sergeant.txt'")}),
    "a file twice": (
        "sergeant.txt: {licence: OGL}\nsergeant.txt: {licence: none}\n",
        {(2, "sergeant.txt again, after line 1")},
    ),
    "a key twice": ("sergeant.txt:\n  licence: a\n  licence: b\n", {(3, "licence again, after line 2")}),
    "an entry that says nothing": ("sergeant.txt:\n", {(1, "nothing on 'sergeant.txt'")}),
    "a key that says nothing": ("sergeant.txt:\n  licence:\n", {(2, "licence: nothing")}),
    "a list for a word": ("sergeant.txt:\n  licence: [a]\n", {(2, "licence: a list")}),
    "an unknown authority": ("sergeant.txt:\n  authority: rumour\n", {(2, "authority: 'rumour'")}),
    "an edition of two words": ("sergeant.txt:\n  edition: May 2021\n", {(2, "edition: 'May 2021'")}),
    "an address of a person": (
        "sergeant.txt:\n  source: someone@example.org\n",
        {(2, "source: 'someone@example.org'")},
    ),
    "an entry without a file": ("- licence: OGL\n", {(1, "an entry with 0 `file`")}),
    "a word": ("sergeant.txt\n", {(1, "'sergeant.txt'")}),
    "bad YAML": (
        "sergeant.txt:\n  licence: [OGL\n",
        {(3, "what is no YAML (expected ',' or ']', but got '<stream end>')")},
    ),
    "several at once": (
        "- file: sergeant.txt\n  published: 2021-02-30\n- file: inspector.txt\n  editon: v1\n",
        {(2, "published: '2021-02-30'"), (4, "the key 'editon'")},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    """All faults of a sidecar are told at once."""
    sidecar, expected = FAULTS[name]
    with pytest.raises(DocumentErrors) as raised:
        source_entries(folder(tmp_path, sidecar))
    assert {(str(tmp_path / "sources.yaml"), *fault) for fault in expected} == {
        (error.file, error.line, error.found) for error in raised.value.exceptions if isinstance(error, DocumentError)
    }


@pytest.mark.parametrize("sidecar", [b"a: \xff", b"[" * 5000, b"a: \x00", b"#" * 1_000_001])
def test_what_is_no_yaml_is_refused(tmp_path: Path, sidecar: bytes) -> None:
    """Bytes that are no UTF-8, brackets without end, a zero byte, and more than anyone writes."""
    with pytest.raises(DocumentErrors):
        source_entries(folder(tmp_path, sidecar))


@pytest.mark.parametrize("sidecar", [fault for fault, _ in FAULTS.values()])
def test_a_fault_leaves_the_graph_as_it_is(tmp_path: Path, sidecar: str) -> None:
    """Exit 1, each fault with file and line on stderr, and no document is written."""
    found = run("load", str(folder(tmp_path / "docs", sidecar)))
    status = json.loads(run("status", "--format", "json").stdout)
    assert (1, "", {}) == (found.exit_code, found.stdout, status["nodes"])
    assert f"{tmp_path / 'docs' / 'sources.yaml'}:" in found.stderr


def test_the_sidecar_is_not_among_the_files_passed_over(tmp_path: Path) -> None:
    """It is no document, and is not ignored."""
    assert [] == find([folder(tmp_path, FULL)]).notes


def test_read_shows_what_the_sidecar_says(tmp_path: Path) -> None:
    """The readable form and JSON of one file have its source, licence and edition."""
    file = str(folder(tmp_path, FULL) / "sergeant.txt")
    shown, data = run("read", file), json.loads(run("read", file, "--format", "json").stdout)
    lines = {line.lstrip("│├└─ ") for line in shown.stdout.splitlines()[:10]}
    assert {
        "source: https://example.org/sergeant",
        "licence: OGL 3.0",
        "edition: v7.2",
        "published: 2024-05-01",
    } <= lines
    assert ("v7.2", "OGL 3.0") == (data["edition"], data["document"]["licence"])


@pytest.fixture
def empty(engine: Engine) -> Iterator[Graph]:
    """Open an empty graph."""
    with engine.open() as graph:
        graph.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
        yield graph


EXPECTED = [
    {
        "id": "uk/inspector@v7.1",
        "authority": "force policy",
        "series": "uk/inspector#policy",
        "published": "2023-03-09",
        "valid_from": "2023-03-09",
        "valid_to": LAST_DAY,
        "source": None,
        "licence": None,
    },
    {
        "id": "uk/sergeant@v7.2",
        "authority": "national profile",
        "series": "uk/sergeant#profile",
        "published": "2024-05-01",
        "valid_from": "2024-05-01",
        "valid_to": LAST_DAY,
        "source": "https://example.org/sergeant",
        "licence": "OGL 3.0",
    },
]


def test_a_sidecar_that_comes_later_gives_the_same_graph(empty: Graph, tmp_path: Path) -> None:
    """An edition that stood under another name is taken away, with its facts; again, nothing changes.

    A theme is named by its oldest wording, which is now another one; a dry run does not count what follows.
    """
    path = folder(tmp_path / "docs", FULL)
    run("load", str(path))
    at_once = everything(empty)
    empty.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
    (path / "sources.yaml").unlink()
    run("load", str(path))
    before = {row["id"] for row in empty.read(PROFILES, {})}
    (path / "sources.yaml").write_text(FULL, encoding="utf-8")

    counted = json.loads(run("load", str(path), "--dry-run", "--format", "json").stdout)
    done = json.loads(run("load", str(path), "--format", "json").stdout)
    again = json.loads(run("load", str(path), "--format", "json").stdout)

    assert {"uk/sergeant@v7.1", "uk/inspector@v7.1"} == before
    assert (EXPECTED, at_once) == (empty.read(PROFILES, {}), everything(empty))
    assert (2, 1) == (done["removed"]["nodes"], counted["removed"]["nodes"])
    nothing = {"nodes": 0, "edges": 0}
    assert [nothing] * 3 == [again[name] for name in ("created", "changed", "removed")]


def test_two_files_may_swap_their_editions(empty: Graph, tmp_path: Path) -> None:
    """What the sidecar says of both counts at once."""
    path = tmp_path / "docs"
    documents(path)
    (path / "inspector.txt").write_text(SERGEANT.replace("seven", "six").replace("any complaint", "every complaint"))
    sidecar = "inspector.txt: {edition: %s}\nsergeant.txt: {edition: %s}\n"
    published = "MATCH (p:Profile)-[:PUBLISHED_IN]->(d:Document) RETURN p.id AS id, d.name AS name ORDER BY id"
    for editions, expected in (
        (("v1", "v2"), [("uk/sergeant@v1", "inspector.txt"), ("uk/sergeant@v2", "sergeant.txt")]),
        (("v2", "v1"), [("uk/sergeant@v1", "sergeant.txt"), ("uk/sergeant@v2", "inspector.txt")]),
    ):
        (path / "sources.yaml").write_text(sidecar % editions, encoding="utf-8")
        loaded = run("load", str(path))
        assert (0, expected) == (loaded.exit_code, [(row["id"], row["name"]) for row in empty.read(published, {})])


def test_two_texts_that_claim_one_edition_are_reported(tmp_path: Path) -> None:
    """Neither overwrites the other, in one load or in two, and nothing of the second is written."""
    path = folder(tmp_path / "docs", "sergeant.txt: {edition: 2024-05}\nother.txt: {edition: 2024-05}\n")
    (path / "other.txt").write_text(SERGEANT.replace("one team", "two teams"), encoding="utf-8")
    together = run("load", str(path))
    first, second = run("load", str(path / "sergeant.txt")), run("load", str(path / "other.txt"))
    editions = json.loads(run("ask", "editions-of", "--rank", "sergeant", "--format", "json").stdout)
    assert [1, 0, 1] == [found.exit_code for found in (together, first, second)]
    assert ["sergeant.txt"] == [row["document"] for row in editions]
    claims = "other.txt: found the edition uk/sergeant@2024-05, which sergeant.txt claims with other text"
    assert claims in second.stderr
    assert "uk/sergeant@2024-05" in together.stderr
