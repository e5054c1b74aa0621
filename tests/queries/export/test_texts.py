"""Of a text that no licence lets others have, an export has the first eight words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queries.export.texts import MOST_WORDS
from tests.harness import real
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.exports import KINDS, export, files, place

pytestmark = [ON_EMBEDDED, pytest.mark.holds("documents")]


@real.needed
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_without_a_licence_gives_no_sentence(engine: Engine, tmp_path: Path, kind: str) -> None:
    """No run of nine words of a document without a licence stands in any file."""
    del engine
    path = place(tmp_path, kind)
    manifest = export(kind, path)
    ours = {row["name"] for row in manifest["documents"] if row["whole"]}
    assert all(name.startswith("reference/") for name in ours)
    assert len(manifest["documents"]) - len(ours) == len(real.DOCUMENTS)
    assert _runs_of_words(path) & _runs_of_documents() == set()
    export(kind, path, "--texts", "all", "--overwrite")
    assert len(_runs_of_words(path) & _runs_of_documents()) > 1000


def _runs(text: str) -> set[str]:
    """Return all runs of nine words; the words of an id, with hyphens between, are one."""
    words = [word for part in text.casefold().split() if (word := re.sub(r"^\W+|\W+$", "", part))]
    return {" ".join(words[place : place + MOST_WORDS + 1]) for place in range(len(words) - MOST_WORDS)}


def _runs_of_documents() -> set[str]:
    """Return all runs of nine words in a line of the documents, but for those that the reference data has too."""
    lines = [
        line for number in real.DOCUMENTS for line in real.path_of(number).read_text(encoding="utf-8").splitlines()
    ]
    return {run_ for line in lines for run_ in _runs(line)} - _runs_of_reference()


def _runs_of_reference() -> set[str]:
    folder = Path(__file__).resolve().parents[3] / "loaders" / "reference"
    return {run_ for path in folder.glob("*.yaml") for run_ in _runs(path.read_text(encoding="utf-8"))}


def _runs_of_words(path: Path) -> set[str]:
    texts = (one.read_text(encoding="utf-8").replace("␟", "\n") for one in files(path))
    return {run_ for text in texts for line in re.split(r'[\n<>"…]', text) for run_ in _runs(line)}
