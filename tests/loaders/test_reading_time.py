"""A document of 100 kB is read in seconds, whatever is in it, and the work grows in step with its length."""

from __future__ import annotations

import time
from contextlib import nullcontext
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import pytest

from graph.errors import DocumentError
from loaders import read
from loaders.facts.document import facts
from loaders.formats.formats import LONGEST_WORD, MOST_LINES
from tests.builders.word_file import p, word_file

if TYPE_CHECKING:
    from pathlib import Path

_WHOLE, _PART = 100_000, 25_000
_LONGEST, _GROWTH, _LEAST = 2.0, 5.0, 0.2
"""CPU seconds for 100 kB; how many times as long as a quarter it may take, of which a fifth of a second is free.

Work that grows with the square of the length takes sixteen times as long.
"""
_WORDS, _USUAL = 200_000, 0.25
"""So many words put into a table and looked up three times take so many CPU seconds where nothing else runs."""

_PROFILE = """Custody Sergeant

Code OPS-CUST-TL-Custody Sergeant v1.0
Northshire Police

Role Purpose

Sergeants run the custody suite and answer for those who are held in it. {purpose}

Key Accountabilities

• Keep the custody record with the Crown Prosecution Service (CPS).
{duties}

Education, Qualifications, Skills and Experience

• Passed the exam for the rank. {education}

Key Skills
{skills}
"""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class _Kind(NamedTuple):
    """Where a text stands in a profile, and what it is made of: `{n}` is a number and `{w}` a word, new each time."""

    part: str
    piece: str
    form: str = "txt"


_PROSE = (
    "The custody team works with Essex Police and the local authority, and leads the response to incident {n}. "
    "You will brief officers (PC and PS) before each shift; the Chief Inspector agrees the plan by 4 May 2024.\n\n"
)
_BULLET = "• Brief the {w} team at the start of every shift.\n"
_KINDS = {
    "a rank again and again": _Kind("purpose", "Commander "),
    "ranks one a line": _Kind("purpose", "Commander\n"),
    "ranks among duties": _Kind("duties", "Commander\n"),
    "short ranks": _Kind("purpose", "PC and PS, "),
    "a rank in a gate": _Kind("education", "Commander "),
    "dates": _Kind("purpose", "1 May 2020, "),
    "dates one a line": _Kind("purpose", "1 May 2020\n"),
    "distinct dates": _Kind("purpose", "by {d} May 20{y} and "),
    "years": _Kind("purpose", "by 2020 "),
    "a body again and again": _Kind("purpose", "Essex Police, "),
    "bodies and acronyms": _Kind("purpose", "advises Essex Police and the CPS, "),
    "distinct bodies": _Kind("purpose", "{w} Police and the {w} Safety Board, "),
    "distinct bodies one a line": _Kind("duties", "• Meet the {w} Safety Board each month.\n"),
    "acronyms in brackets": _Kind("purpose", "{w} Review Board ({a}), "),
    "a course in brackets": _Kind("education", "NPPF (NPPF) "),
    "or in a gate": _Kind("education", "or Sergeant for 2 years "),
    "or between words in a gate": _Kind("education", "held the rank of Sergeant or {w} or "),
    "either in a gate": _Kind("education", "either Sergeant and Inspector or "),
    "courses in a gate": _Kind("education", "NPPF or PIP level 2 and "),
    "distinct duties": _Kind("duties", _BULLET),
    "distinct gates": _Kind("education", "\n• Sergeant for {n} years with the {w} course."),
    "distinct skills": _Kind("skills", "• Speaks {w} to the level of the team.\n"),
    "headings": _Kind("duties", "Key Accountabilities\n"),
    "headings of each kind": _Kind("duties", "Role Purpose\n\nKey Skills\n\n{w}:\n\n"),
    "short lines": _Kind("duties", "{w}\n"),
    "lines that go on": _Kind("skills", "we use the boats of this site\n"),
    "two columns": _Kind("duties", "• Brief the {w} team          • Keep the {w} log\n"),
    "gaps at every place": _Kind("duties", "the  {w}  team   and the    {w}     log\n"),
    "consent to cookies": _Kind("duties", "We use cookies on this site\n"),
    "labels": _Kind("duties", "Reports to: Chief Inspector\n"),
    "table of criteria": _Kind(
        "duties", "\nPerson Specification\n\nCriteria | Essential | Desirable\n" + "{w} with people | X |\n" * 50
    ),
    "cross references": _Kind("purpose", "see section {n} of the Police Act 1996, "),
    "laws": _Kind("purpose", "Police and {w} Evidence Act 1984 and "),
    "capitals": _Kind("purpose", "The {w} "),
    "numbers": _Kind("purpose", "{n} 1,000 "),
    "figures": _Kind("purpose", "12 officers and "),
    "money": _Kind("duties", "Salary of £{n},000 a year and "),
    "numbered lines": _Kind("duties", "1.1.{n} Brief the team\n"),
    "brackets nested": _Kind("purpose", "(team "),
    "brackets": _Kind("purpose", "( "),
    "commas": _Kind("purpose", ", "),
    "quotes": _Kind("purpose", '" '),
    "joining words": _Kind("purpose", "and "),
    "dashes": _Kind("duties", "• - "),
    "bullets on one line": _Kind("duties", "• • "),
    "one word": _Kind("purpose", "x"),
    "words": _Kind("purpose", "word "),
    "cues": _Kind("purpose", "lead reports to leading advises "),
    "abbreviations": _Kind("purpose", "e.g. A"),
    "prose": _Kind("purpose", _PROSE),
    "prose on one line": _Kind("purpose", _PROSE.replace("\n", " ")),
    "sentences among duties": _Kind("duties", "• " + _PROSE),
    "blank lines": _Kind("duties", "\n"),
    "lines of spaces": _Kind("duties", "   \n"),
    "spaces": _Kind("purpose", " "),
    "addresses": _Kind("purpose", "write to {w}@example.com or call 01632 960{d}, "),
    "addresses of pages": _Kind("purpose", "https://example.com/{w} "),
    "stars": _Kind("purpose", "**{w}* _"),
    "levels": _Kind("duties", "We take ownership - level {d}\n"),
    "stages": _Kind("duties", "Stage {n}: interview on 1 May 2024\n"),
    "a rank in a page": _Kind("purpose", "Commander ", "html"),
    "distinct duties in a page": _Kind("duties", _BULLET, "html"),
    "a rank in a Word document": _Kind("purpose", "Commander ", "docx"),
    "distinct duties in a Word document": _Kind("duties", _BULLET, "docx"),
}


_AT_LENGTH = frozenset(
    (
        *("a rank again and again", "distinct dates", "distinct bodies", "a course in brackets", "distinct gates"),
        *(
            "headings",
            "labels",
            "lines that go on",
            "table of criteria",
            "numbered lines",
            "prose",
            "distinct duties in a Word document",
        ),
    )
)
"""The kinds that take longest or that authors write; the others are read at a quarter of the length, as they grow."""


_OF_LINES = frozenset({"short lines"})
"""Kinds that have in a quarter of the length as many lines as others in the whole, and so may take as long."""


def _text(kind: _Kind, size: int) -> str:
    """Return a profile in which one part has so many characters."""
    pieces, length = [], 0
    for number in count(1):
        if length >= size:
            break
        word = _LETTERS[number % 26] + "".join(_LETTERS[number // 26**at % 26].lower() for at in range(4))
        small = {"n": number, "d": 1 + number % 28, "y": 10 + number % 90, "w": word, "a": word.upper()}
        pieces.append(kind.piece.format(**small))
        length += len(pieces[-1])
    return _PROFILE.format(**{"purpose": "", "duties": "", "education": "", "skills": "", kind.part: "".join(pieces)})


def _file(folder: Path, kind: _Kind, size: int) -> Path:
    text = _text(kind, size)
    path = folder / f"{size}.{kind.form}"
    blocks = [" ".join(block.split()) for block in text.split("\n") if block.strip()]
    if kind.form == "docx":
        path.write_bytes(word_file("".join(map(p, blocks))))
    elif kind.form == "html":
        body = "".join(f"<p>{block}</p>" for block in blocks)
        path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")
    return path


def _is_refused(text: str) -> bool:
    """Return whether a text has more lines, or a longer word, than an author writes."""
    return text.count("\n") >= MOST_LINES or max(map(len, text.split())) > LONGEST_WORD


def _seconds(path: Path) -> float:
    """Return the CPU seconds in which a document is read and made into facts, or refused."""
    refused = path.suffix == ".txt" and _is_refused(path.read_text(encoding="utf-8"))
    start = time.process_time()
    with pytest.raises(DocumentError) if refused else nullcontext():
        facts(read(path), frozenset())
    return time.process_time() - start


def _slowness() -> float:
    """Return how much slower this machine is just now than an idle one of its kind, at least 1.

    Two processes that share a core count more seconds for the same work than one alone.
    """
    start = time.process_time()
    words = {str(number): number for number in range(_WORDS)}
    sum(words[str(number)] for _ in range(3) for number in range(_WORDS))
    return max(1.0, (time.process_time() - start) / _USUAL)


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read the reference data, which is read once."""
    for form in ("txt", "html", "docx"):
        _seconds(_file(tmp_path_factory.mktemp("warm"), _Kind("purpose", _PROSE, form), 1_000))


@pytest.mark.parametrize("name", _KINDS)
def test_a_document_is_read_in_step_with_its_length(tmp_path: Path, name: str) -> None:
    """100 kB take seconds, in step with a quarter of it; a busy machine has twelve tries."""
    size, longest = (_WHOLE, _LONGEST) if name in _AT_LENGTH else (_PART, _LONGEST * _PART / _WHOLE + _LEAST)
    longest = _LONGEST if name in _OF_LINES else longest
    quarter, whole = (_file(tmp_path, _KINDS[name], length) for length in (size // 4, size))
    for _ in range(12):
        least, most = _seconds(quarter), _seconds(whole)
        if most <= _GROWTH * max(least, _LEAST) and (most <= longest or most <= longest * _slowness()):
            return
    pytest.fail(
        f"{least:.2f} s for a quarter, {most:.2f} s for all, on a machine {_slowness():.1f} times as slow as usual"
    )
