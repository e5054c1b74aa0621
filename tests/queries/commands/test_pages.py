"""What `load` and `read` do with addresses: pages beside files, again, changed, and where a site gives none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.ids import fingerprint
from tests.harness.commands import INSPECTOR, SERGEANT, documents, run
from tests.harness.web_site import Reply, Site, running_site

pytestmark = pytest.mark.usefixtures("reference")

NOTHING = {"nodes": 0, "edges": 0}
UNCHANGED = dict.fromkeys(("created", "changed", "removed", "closed"), NOTHING)
MISSING = "found the answer 404 (Not Found); expected a page that can be fetched; check the address"
FIRST, SECOND = "Give each constable a clear task at the start of a shift.", "Walk the beat with each constable."


def page(text: str, around: str = "") -> Reply:
    """Return a profile as a page of a site, with something around it that is no text."""
    return Reply(f"<!doctype html><nav>{around}</nav><main><pre>{text}</pre></main>".encode())


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a site with the profiles of two ranks."""
    with running_site({"/sergeant": page(SERGEANT), "/inspector": page(INSPECTOR)}) as running:
        yield running


def load(*words: str) -> dict[str, dict[str, int]]:
    """Return the counts of a load that has to go well."""
    found = run("load", *words, "--format", "json")
    assert 0 == found.exit_code, found.stderr
    counts: dict[str, dict[str, int]] = json.loads(found.stdout)
    return counts


def copies() -> dict[str, str]:
    """Return the copies beside the graph by their names."""
    folder = Path(os.environ["RANKGRAPH_HOME"]) / "pages"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}


def duties(rank: str) -> set[tuple[str, str]]:
    """Return the duties of a rank with the documents that they rest on."""
    rows = json.loads(run("ask", "duties-of", "--rank", rank, "--format", "json").stdout)
    return {(row["duty"], row["document"]) for row in rows}


def test_a_page_is_loaded_and_its_lines_are_kept(site: Site) -> None:
    """The answers name the address; the copy has address, day, hash and lines, masked, for its owner alone."""
    text = SERGEANT.replace("any complaint", "any complaint, by jo@force.example")
    site.replies["/sergeant"] = page(text)
    address = site.at("/sergeant")

    load(address)

    assert {address} == {document for _, document in duties("sergeant")}
    name = f"{fingerprint(f'{address} v7.1', 16)}.txt"
    assert [name] == list(copies())
    head, _, lines = copies()[name].partition("\n\n")
    assert run("read", address, "--as-text").stdout == lines
    assert "by [e-mail] that it must see" in lines
    assert "jo@" not in lines
    words = [line.partition(": ")[0] for line in head.splitlines()]
    assert (["address", "day", "sha256"], f"address: {address}") == (words, head.splitlines()[0])
    assert 0o600 == (Path(os.environ["RANKGRAPH_HOME"]) / "pages" / name).stat().st_mode & 0o777


def test_a_page_whose_text_is_the_same_changes_nothing(site: Site) -> None:
    """Whatever stands around its text and whatever its bytes are; its copy keeps the day."""
    load(site.at("/sergeant"))
    (name, kept) = copies().popitem()
    older = kept.replace("day: 20", "day: 19")
    (Path(os.environ["RANKGRAPH_HOME"]) / "pages" / name).write_text(older, encoding="utf-8")
    site.replies["/sergeant"] = page(SERGEANT, around="<a href=/>Home</a>")

    counts = load(f"{site.at('/sergeant')}#top")

    assert UNCHANGED == {name: count for name, count in counts.items() if name != "untouched"}
    assert {name: older} == copies()


@pytest.mark.parametrize("dated", [True, False])
def test_what_a_page_says_now_takes_the_place_of_what_it_said(site: Site, dated: bool) -> None:
    """Of one edition, unasked, in the graph as in the copy; a page that nothing dates has one edition."""
    text = SERGEANT if dated else SERGEANT.replace(" v7.1", "")
    site.replies["/sergeant"] = page(text)
    load(site.at("/sergeant"))
    site.replies["/sergeant"] = page(text.replace(FIRST, SECOND))

    load(site.at("/sergeant"))

    assert (True, False) == tuple((duty, site.at("/sergeant")) in duties("sergeant") for duty in (SECOND, FIRST))
    assert [True] == [SECOND in copy and FIRST not in copy for copy in copies().values()]


def test_another_edition_at_an_address_stands_beside_the_one_before(site: Site) -> None:
    """Each with its document and its copy."""
    load(site.at("/sergeant"))
    site.replies["/sergeant"] = page(SERGEANT.replace("v7.1", "v7.2").replace(FIRST, SECOND))

    load(site.at("/sergeant"))

    rows = json.loads(run("ask", "editions-of", "--rank", "sergeant", "--format", "json").stdout)
    editions = {(row["edition"], row["document"]) for row in rows}
    assert {(f"uk/sergeant@{version}", site.at("/sergeant")) for version in ("v7.1", "v7.2")} == editions
    assert {(FIRST, SECOND): 1, (SECOND, FIRST): 1} == {
        pair: sum(pair[0] in copy and pair[1] not in copy for copy in copies().values())
        for pair in ((FIRST, SECOND), (SECOND, FIRST))
    }


def test_pages_files_and_folders_are_loaded_together(site: Site, tmp_path: Path) -> None:
    """Each once; a file and a page that say the same are one document."""
    folder = documents(tmp_path / "documents")
    (folder / "inspector.txt").unlink()

    found = run(
        "load", site.at("/inspector"), str(folder), f"{site.at('/inspector')}#x", str(folder / "sergeant.txt"), "--all"
    )

    names = [line.split()[0] for line in found.stdout.splitlines()[3:-1]]
    assert [site.at("/inspector"), "sergeant.txt"] == sorted(names)
    assert ["/robots.txt", "/inspector"] == site.asked
    again = run("load", site.at("/sergeant"))
    assert "says the same as" in again.stderr
    assert 1 == len({document for _, document in duties("sergeant")})


def test_a_page_that_is_named_and_fails_stops_the_load(site: Site) -> None:
    """Each fault is told, and nothing is written or kept."""
    faulty = [site.at("/none"), site.at("/nothing")]

    found = run("load", site.at("/sergeant"), *faulty)

    assert (1, "") == (found.exit_code, found.stdout)
    assert [f"{address}: {MISSING}" for address in faulty] == found.stderr.removeprefix("Error: ").splitlines()
    assert (set(), {}) == (duties("sergeant"), copies())


@pytest.mark.parametrize("other", ["none.txt", "ftp://force.example/x"])
def test_no_page_is_asked_for_where_something_else_is_at_fault(site: Site, other: str) -> None:
    """A file costs nothing to read, nor an address that is none."""
    assert (1, []) == (run("load", site.at("/sergeant"), other).exit_code, site.asked)


def test_of_a_list_what_answers_is_loaded(site: Site, tmp_path: Path) -> None:
    """What does not answer is listed; with --strict nothing is loaded, nor where nothing answers."""
    addresses = [site.at(path) for path in ("/none", "/sergeant")]
    file = tmp_path / "pages.txt"
    file.write_text("\n".join(addresses), encoding="utf-8")

    strict = run("load", "--addresses", str(file), "--strict")
    assert (1, f"Error: {site.at('/none')}: {MISSING}\n") == (strict.exit_code, strict.stderr)
    assert set() == duties("sergeant")

    found = run("load", "--addresses", str(file))
    assert (0, f"{site.at('/none')} is left out: {MISSING}") == (found.exit_code, found.stderr.splitlines()[0])
    assert {site.at("/sergeant")} == {document for _, document in duties("sergeant")}

    site.replies.clear()
    nothing = run("load", "--addresses", str(file))
    seen = "2 pages and none that can be read; expected one at least; see above why each was left out"
    lines = [*(f"{address} is left out: {MISSING}" for address in addresses), f"Error: {file}: found {seen}"]
    assert (1, lines) == (nothing.exit_code, nothing.stderr.splitlines())


def test_one_cause_of_many_pages_is_one_line(site: Site, tmp_path: Path) -> None:
    """With how many they are; another cause has a line of its own."""
    site.replies["/empty"] = Reply(body=b"")
    addresses = [site.at(path) for path in ("/none", "/sergeant", "/gone", "/empty", "/nowhere")]
    file = tmp_path / "pages.txt"
    file.write_text("\n".join(addresses), encoding="utf-8")
    found = run("load", "--addresses", str(file), "--dry-run")
    left_out = [line for line in found.stderr.splitlines() if "left out: " in line]
    assert f"{addresses[0]} and 2 more pages are left out: {MISSING}" in left_out
    assert [True, False] == [line.startswith(f"{site.at('/empty')} is left out: ") for line in left_out]


def test_the_pages_of_the_college_are_a_list(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which those that answer are loaded."""
    addresses = [site.at(path) for path in ("/sergeant", "/none")]
    monkeypatch.setattr("loaders.origins.addresses.college_pages", {"core": addresses}.__getitem__)

    found = run("load", "--college", "core", "--dry-run", "--all")

    assert (0, f"{site.at('/none')} is left out: {MISSING}") == (found.exit_code, found.stderr.splitlines()[0])
    assert [site.at("/sergeant")] == [line.split()[0] for line in found.stdout.splitlines()[3:-1]]


def test_a_dry_run_keeps_no_copy_and_reset_removes_all(site: Site) -> None:
    """What was loaded is gone with its copies."""
    load(site.at("/sergeant"), "--dry-run")
    assert {} == copies()
    load(site.at("/sergeant"))
    assert 1 == len(copies())
    assert 0 == run("reset", "--yes").exit_code
    assert {} == copies()


def test_read_shows_what_a_page_says(site: Site) -> None:
    """Its address is its name and source; nothing is written."""
    address = site.at("/sergeant")

    found = json.loads(run("read", address, "--format", "json").stdout)

    assert (address, address, "uk/sergeant") == (
        found["document"]["name"],
        found["document"]["source"],
        found["role"]["id"],
    )
    assert [{"text": "Able to plan the work of one team.", "lines": [27, 27]}] == found["skills"]
    assert {} == copies()


def test_the_time_of_a_page_is_the_users(site: Site) -> None:
    """With --page-seconds, for load and read."""
    site.replies["/slow"] = Reply(endless=True)
    for command in ("load", "read"):
        found = run(command, site.at("/slow"), "--page-seconds", "0.2")
        assert (1, True) == (found.exit_code, "found no whole answer in 0.2 s" in found.stderr)
