"""A document says the same in whatever rendering it comes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from loaders import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.profile import Profile

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
DOCUMENTS = sorted((SHARED / "profiles").glob("*.txt"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DOCUMENTS, reason=f"the real documents are not at {SHARED}"),
]
FIELDS = (
    *("purpose", "accountabilities", "prose_duties", "criteria", "skills", "education", "development", "learning"),
    *("competencies", "clusters", "values", "pay", "stages"),
)
_MARK = re.compile(r"^\s*[•-] ")
_SYNONYMS = {
    "Role purpose": "Purpose of the role",
    "Role Purpose": "OVERALL PURPOSE",
    "Role Purpose:": "**Job purpose**",
    "Key responsibilities": "Main duties & responsibilities",
    "Key Accountabilities": "2. Key duties",
    "Primary Accountabilities:": "Core responsibilities:",
    "Behaviours": "Competencies and values",
    "Behaviours:": "Values & behaviours",
    "Education, qualifications and experience": "Qualifications and experience",
    "Prior education and experience:": "Experience and qualifications required",
    "Prior Education and Experience:": "Knowledge & experience",
    "Skills": "Skills and abilities",
    "Skills:": "## Key skills",
    "Continuing Professional Development (CPD)": "CPD",
    "Continuing Professional Development (CPD):": "Continuous professional development",
}


def remarked(mark: str) -> Callable[[list[str]], list[str]]:
    """Return a rendering in which every item bears this mark."""
    return lambda lines: [_MARK.sub(mark, line) for line in lines]


def compact(lines: list[str]) -> list[str]:
    """Leave out blank lines and the title."""
    kept = [line for line in lines if line.strip()]
    return kept[2:] if kept[0].startswith("Sorry") else kept


def spaced(lines: list[str]) -> list[str]:
    """Put a blank line between all lines."""
    return [one for line in lines for one in (line, "")]


def wrapped(width: int, indent: str = "") -> Callable[[list[str]], list[str]]:
    """Return a rendering wrapped as a page is."""
    return lambda lines: [
        one for line in lines for one in (wrap(line, width, subsequent_indent=indent) if len(line) > width else [line])
    ]


def headed(header: str, every: int) -> Callable[[list[str]], list[str]]:
    """Return a rendering with a page header every few lines, below the head of the document."""
    return lambda lines: [
        one
        for place, line in enumerate(lines)
        for one in ((line, "", header, "") if place > 15 and place % every == 0 else (line,))
    ]


def renamed(lines: list[str]) -> list[str]:
    """Give headings other names."""
    return [_SYNONYMS.get(line.strip(), line) for line in lines]


def no_break(lines: list[str]) -> list[str]:
    """Put no-break spaces about, and the line ends of another system."""
    return [re.sub(r" of ", " of\u00a0", _MARK.sub("\u00a0 •\u00a0 ", line)) + "\r" for line in lines]


RENDERINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "as printed": list,
    "compact": compact,
    "compact with dashes": lambda lines: remarked("- ")(compact(lines)),
    "blank lines between": spaced,
    "en dashes": remarked("– "),
    "numbers": remarked("1. "),
    "letters o": remarked("o "),
    "asterisks": remarked("* "),
    "bullets without space": remarked("•"),
    "lost marks": remarked(""),
    "lost marks, compact": lambda lines: remarked("")(compact(lines)),
    "lost marks, spaced": lambda lines: remarked("")(spaced(lines)),
    "wrapped at 70": wrapped(70),
    "wrapped at 90": wrapped(90, "    "),
    "wrapped at 100": wrapped(100),
    "wrapped and compact": lambda lines: wrapped(90)(compact(lines)),
    "wrapped without marks": lambda lines: wrapped(80)(remarked("")(spaced(lines))),
    "page headers": headed("METROPOLITAN POLICE SERVICE", 9),
    "page headers with numbers": headed("Page 3 of 9", 7),
    "page headers like a heading": headed("About the role", 8),
    "items in one line": lambda lines: re.sub(r"\n\s*[•-] ", " • ", "\n".join(lines)).split("\n"),
    "other headings": renamed,
    "no-break spaces": no_break,
}


def said(found: Profile) -> dict[str, list[str]]:
    """Return the words of every field."""
    return {field: [" ".join(one.text.split()) for one in getattr(found, field)] for field in FIELDS}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], tuple[list[str], Profile]]:
    """Return the lines of a document in a rendering, and what is read of them; each is read once."""

    @cache
    def one(document: Path, rendering: str) -> tuple[list[str], Profile]:
        lines = RENDERINGS[rendering](document.read_text(encoding="utf-8").split("\n"))
        path = tmp_path_factory.mktemp("rendered") / document.name
        path.write_text("\n".join(lines), encoding="utf-8", newline="")
        return lines, read(path)

    return one


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_rendering_says_the_same(
    rendered: Callable[[Path, str], tuple[list[str], Profile]], document: Path, rendering: str
) -> None:
    """Role, family, edition and the words of all fields are those of the original."""
    _, original = rendered(document, "as printed")
    _, found = rendered(document, rendering)
    same = [(one.role, one.document.format, one.edition, said(one)) for one in (original, found)]
    assert same[0] == same[1]


@pytest.mark.parametrize("document", DOCUMENTS[:3], ids=lambda path: path.name[:3])
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_rendering_of_a_profile_leaves_nothing_over(
    rendered: Callable[[Path, str], tuple[list[str], Profile]], document: Path, rendering: str
) -> None:
    """No line of the three profiles is left over in any rendering."""
    assert [] == [one.text for one in rendered(document, rendering)[1].leftovers]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_line_of_a_rendering_ends_up_somewhere(
    rendered: Callable[[Path, str], tuple[list[str], Profile]], document: Path, rendering: str
) -> None:
    """Each line with words is held by a field, a frame or a leftover."""
    lines, found = rendered(document, rendering)
    held = {
        n
        for field in (*FIELDS, "frames", "leftovers")
        for one in getattr(found, field)
        for n in (*range(one.lines[0], one.lines[1] + 1), *getattr(one, "description_lines", ()))
    }
    held |= set(range(found.core_skills.lines[0], found.core_skills.lines[1] + 1)) if found.core_skills else set()
    printed = {n for n, line in enumerate(lines, 1) if line.replace("\u00a0", " ").strip()}
    assert set() == printed - held


def test_parts_in_another_order_say_the_same(tmp_path: Path) -> None:
    """Skills before education, and development before both, change nothing."""
    lines = DOCUMENTS[2].read_text(encoding="utf-8").split("\n")
    education, skills, development, end = (
        next(n for n, line in enumerate(lines) if line.startswith(start))
        for start in ("Education, Q", "Skills:", "Continuing", "Professional Registration")
    )
    swapped = (
        lines[:education] + lines[development:end] + lines[skills:development] + lines[education:skills] + lines[end:]
    )
    path = tmp_path / "swapped.txt"
    path.write_text("\n".join(swapped), encoding="utf-8")
    assert said(read(DOCUMENTS[2])) == said(read(path))


def test_a_document_on_one_line_keeps_its_items_and_says_so(tmp_path: Path) -> None:
    """Marks inside the one line still tell the items apart; a note says what was done."""
    lines = DOCUMENTS[2].read_text(encoding="utf-8").split("\n")
    path = tmp_path / "one.txt"
    path.write_text(" ".join(" ".join(line.split()) for line in lines), encoding="utf-8")
    original, found = said(read(DOCUMENTS[2])), said(read(path))
    kept = ("accountabilities", "skills", "education", "development", "clusters")
    assert {field: original[field] for field in kept} == {field: found[field] for field in kept}
    assert [True] == ["told apart" in note for note in read(path).notes]
