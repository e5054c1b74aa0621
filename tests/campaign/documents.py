"""Mutated documents of all formats: each is read, or refused in one message that names it."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from zipfile import BadZipFile

from graph.errors import RankgraphError
from loaders import files, read
from loaders.facts.document import facts
from loaders.facts.framework import framework_facts
from loaders.facts.reference import known
from tests.builders.distortions import DISTORTIONS
from tests.builders.mutations import mutated
from tests.builders.prints import web_page
from tests.campaign.judge import inside
from tests.campaign.trial import Part
from tests.harness.once import made_once
from tests.loaders.documents.test_framework_table import MAPPING
from tests.loaders.formats.test_mutations import samples

_MOST_SECONDS = 10.0
_FOLDER, _MAPPING = "documents", "mapping.yaml"
_NO_LONGER_ZIPPED = (BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError)
_TABLES = (".csv", ".xlsx")


def whole(shared: Path) -> Path:
    """Return a folder with a document of each format, and the samples as texts, as Markdown and as web pages."""

    def make(draft: Path) -> None:
        (draft / _FOLDER).mkdir()
        (draft / _MAPPING).write_text(MAPPING, encoding="utf-8")
        for ending, raw in samples(draft).items():
            (draft / _FOLDER / f"made.{ending}").write_bytes(raw)
        for path in files.find([str(files.samples())]).documents:
            text = path.read_text(encoding="utf-8")
            for ending, content in (("txt", text), ("md", text.replace("  • ", "- ")), ("html", web_page(text))):
                (draft / _FOLDER / f"{path.stem}.{ending}").write_text(content, encoding="utf-8")

    return made_once(shared, "documents to mutate", make)


def drawn(shared: Path, random: Random) -> tuple[str, bytes]:
    """Return the name and the bytes of a mutated document; formats are drawn equally often."""
    paths = sorted((whole(shared) / _FOLDER).iterdir())
    ending = random.choice(sorted({path.suffix for path in paths}))
    path = random.choice([path for path in paths if path.suffix == ending])
    raw = path.read_bytes()
    if ending in {".txt", ".md"} and random.random() < 0.5:
        damage = DISTORTIONS[random.choice(sorted(DISTORTIONS))]
        raw = "\n".join(damage(raw.decode().splitlines(), random)).encode()
    for _ in range(random.choice((1, 1, 3))):
        with suppress(*_NO_LONGER_ZIPPED):
            raw = mutated(raw, random)
    named = random.choice(paths).suffix if random.random() < 0.05 else ending
    return f"{path.stem}{named}", raw


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Read one mutated document by the command, and make facts of it."""
    name, raw = drawn(shared, Random(seed))
    path, began = own / name, time.process_time()
    path.write_bytes(raw)
    mapping = ["--mapping", str(whole(shared) / _MAPPING)] if path.suffix in _TABLES else []
    end = inside("read", str(path), *mapping, "--format", "json")
    why = end.wrong()
    if not why and end.code == 1 and name not in end.notes:
        why = f"the message does not name the file: {end.notes[:200]}"
    if not why and end.code == 0:
        _facts(path, whole(shared) / _MAPPING)
        why = _outside(json.loads(end.output))
    took = time.process_time() - began
    return why or (f"it took {took:.1f} s" if took > _MOST_SECONDS else "")


def _outside(answer: object) -> str:
    """Return where an answer names lines that can be none."""
    wrong = [lines for lines in _lines(answer) if not (len(lines) == 2 and 1 <= lines[0] <= lines[1])]
    return f"lines {wrong[0]}" if wrong else ""


def _lines(answer: object) -> Iterator[list[int]]:
    if isinstance(answer, dict):
        if isinstance(answer.get("lines"), list):
            yield answer["lines"]
        for inner in answer.values():
            yield from _lines(inner)
    elif isinstance(answer, list):
        for inner in answer:
            yield from _lines(inner)


def _facts(path: Path, mapping: Path) -> None:
    """Make the facts that a load would write, or refuse them."""
    inputs = files.find([path], mapping if path.suffix in _TABLES else None)
    with suppress(RankgraphError):  # as what no role can be made of
        for profile in files.read_all(inputs, read):
            facts(profile, known())
        for framework in files.read_tables(inputs):
            framework_facts(framework, known())


PART = Part(
    "documents",
    count=2000,
    means="read, or one message that names the file; facts can be made of what was read; 10 s at the most",
    attempt=attempt,
    prepare=whole,
)
