"""What may never stand in a file of the project, and what its constraints pin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.harness.project_files import ROOT, path_name, repository, text_of
from tests.harness.real import SHARED
from tests.project.test_rooms import DRIVERS

RUN = 12

_REQUIREMENT = re.compile(
    r"^(\S+)==(\S+)(?: ; [^\\\n]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n",
    re.MULTILINE,
)

_HOMES = "work|tmp|root|home"
_FORBIDDEN = {
    "a path of somebody's machine": re.compile(rf"(?<![\w.:/$}}-])/(?:{_HOMES})/[\w.-]+"),
    "an index of packages": re.compile(
        r"--(?:extra-)?[i]ndex-url|--[t]rusted-host|[f]ind-links|[a]rtifactory|[d]evpi", re.IGNORECASE
    ),
    "an address in a private network": re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b"),
    "unfinished work": re.compile(r"\b(?:T[O]DO|F[I]XME|X{3})\b"),
    "an e-mail address": re.compile(
        r"\b[\w.+-]+@(?!example\.)[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|io)\b", re.IGNORECASE
    ),
    "a telephone number": re.compile(
        r"(?<![\w.-])(?:\+44[\d ()-]{9,}|0(?!1632 960)(?:20|1\d{2,3}|7\d{3}|800)[ -]\d{3,4}[ -]?\d{3,6})\b"
    ),
}
_EXAMPLES = {
    f"open('/{'home'}/me/x.txt')": "a path of somebody's machine",
    f"pip install --{'index'}-url https://example.org": "an index of packages",
    "https://10.0.12.7:8080": "an address in a private network",
    f"# TO{'DO'}: later": "unfinished work",
    "ask jo@force.police.uk": "an e-mail address",
    "ring 020 7946 0018": "a telephone number",
}


def forbidden(text: str) -> set[tuple[str, str]]:
    """Return what a text holds that no file of the project may hold, and what it is."""
    return {(what, match[0]) for what, pattern in _FORBIDDEN.items() for match in pattern.finditer(text)}


def test_nothing_stands_in_the_project_that_must_not() -> None:
    """No private path, host, person's address or unfinished work; the examples here are the one exception."""
    shown_here = {path_name(Path(__file__).resolve()): forbidden("\n".join(_EXAMPLES))}
    found = {path_name(path): forbidden(text_of(path)) for path in repository()}
    assert {} == {name: wrong for name, one in found.items() if (wrong := one - shown_here.get(name, set()))}


@pytest.mark.parametrize(("text", "what"), _EXAMPLES.items())
def test_what_must_not_stand_there_is_noticed(text: str, what: str) -> None:
    """Each kind is found in a text that holds it."""
    assert {what} == {kind for kind, _ in forbidden(text)}


def words(text: str) -> list[str]:
    """Return the words of a text as runs are compared: lower case, no marks, whatever lines they stand on."""
    return re.findall(r"[a-z0-9]+", re.sub(r"['’‘]", "", text.casefold()))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of twelve words."""
    found = words(text)
    return (tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


@cache
def _real_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(run for path in SHARED.glob("profiles/*.txt") for run in runs(text_of(path)))


@pytest.fixture
def real_runs() -> frozenset[tuple[str, ...]]:
    """Return the runs of the real documents."""
    if not _real_runs():
        pytest.skip("the real documents are not beside the project (../shared/profiles)")
    return _real_runs()


@pytest.mark.real
def test_no_sentence_of_a_real_document_stands_in_the_project(real_runs: frozenset[tuple[str, ...]]) -> None:
    """No twelve words in a row are taken over, in whatever kind of file."""
    copied = {
        (path_name(path), " ".join(run)) for path in repository() for run in runs(text_of(path)) if run in real_runs
    }
    assert set() == copied


@pytest.mark.real
def test_a_sentence_taken_over_would_be_noticed(real_runs: frozenset[tuple[str, ...]]) -> None:
    """A run is found though its lines, marks and quotes differ."""
    run = sorted(real_runs)[len(real_runs) // 2]
    altered = "# " + " \n * ".join(run).title() + "."
    assert set(runs(altered)) <= real_runs


def test_the_constraints_pin_every_dependency_and_name_no_place() -> None:
    """Each line is one exact version, and each declared dependency has its line."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [re.fullmatch(r"([A-Za-z0-9._-]+)==[\w.]+", line) for line in lines]
    assert None not in pins
    declared = re.findall(r'^    "([\w-]+)[=>]=[^"]*",$', text_of(ROOT / "pyproject.toml"), re.MULTILINE)
    pinned = {pin[1].casefold().replace("_", "-") for pin in pins if pin}
    assert ([name for name in declared if name.casefold() not in pinned], len(declared) > len(DRIVERS)) == ([], True)


def test_the_requirements_have_the_versions_of_the_constraints_and_a_hash_for_each_file() -> None:
    """All that is installed is in them, as pinned, with nothing but hashes: no address, no option."""
    text = text_of(ROOT / "requirements.txt")
    pins = dict(
        line.split("==") for line in text_of(ROOT / "constraints.txt").casefold().replace("_", "-").splitlines()
    )
    named = dict(_REQUIREMENT.findall(text))
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    needed = {re.split(r"[<>=; ]", one)[0].casefold() for one in project["dependencies"]}

    assert ("", {}) == (_REQUIREMENT.sub("", text), dict(named.items() - pins.items()))
    assert set() == needed - set(named)


def test_what_is_installed_needs_nothing_that_has_no_hash() -> None:
    """Each requirement of each package that is installed here, extras apart, is in the requirements itself."""
    named = {name for name, _ in _REQUIREMENT.findall(text_of(ROOT / "requirements.txt"))}
    missing = {
        (one.name, needed.name)
        for one in distributions()
        if canonicalize_name(one.name) in named
        for needed in map(Requirement, one.requires or ())
        if not needed.marker or needed.marker.evaluate({"extra": ""})
        if canonicalize_name(needed.name) not in named
    }
    assert set() == missing
