"""`rankgraph picture`: the file that is written, what is said beside it, and what is refused."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ontology import NODE_KINDS
from queries.picture.cards import Item, draw_cards, lay_out_items
from queries.picture.contrast import INK, MUTED, PAPER, line, ratio, text_colour, tint
from queries.picture.shapes import COLUMNS, MARGIN, SHEET, Block, Group, Picture, Words
from queries.picture.sources import text_row
from queries.picture.text_width import lines, width
from queries.picture.writing import html, is_long, png, svg
from tests.harness.commands import documents, run
from tests.harness.pictures import kept_open

PICTURES = (
    ("ladder",),
    ("rank", "inspector"),
    ("pathway", "constable", "inspector"),
    ("gap", "sergeant", "inspector"),
    ("oversight", "sergeant"),
)
RANKS = PICTURES[1:]
STARTS = {".svg": b"<svg ", ".html": b"<!DOCTYPE html>", ".png": b"\x89PNG\r\n\x1a\n"}
HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single' \x1b[31m \x00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Load two made-up profiles into a graph."""
    folder = tmp_path_factory.mktemp("loaded")
    found = run("load", str(documents(folder / "profiles")), RANKGRAPH_HOME=str(folder / "home"))
    assert found.exit_code == 0, found.stderr
    with kept_open(folder / "home") as home:
        yield home


@pytest.mark.parametrize("ending", STARTS)
@pytest.mark.parametrize("words", PICTURES, ids=lambda words: words[0])
def test_a_picture_is_written_and_said(words: tuple[str, ...], ending: str, home: str, tmp_path: Path) -> None:
    """The file is of the kind that its name says, stderr says where it is, stdout what it shows."""
    target = tmp_path / f"picture{ending}"
    found = run("picture", *words, "--out", str(target), "--format", "json", RANKGRAPH_HOME=home)
    rows = json.loads(found.stdout)
    assert (0, True, True, {COLUMNS}) == (
        found.exit_code,
        target.read_bytes().startswith(STARTS[ending]),
        f"the picture is in {target}" in found.stderr,
        {tuple(row) for row in rows},
    )


@pytest.mark.parametrize("ending", STARTS)
def test_the_same_command_writes_the_same_bytes(ending: str, home: str, tmp_path: Path) -> None:
    """In all three forms."""
    targets = [tmp_path / f"{number}{ending}" for number in range(2)]
    for target in targets:
        run("picture", "rank", "sergeant", "--as-of", "2026-03-31", "--out", str(target), RANKGRAPH_HOME=home)
    first, second = (target.read_bytes() for target in targets)
    assert first == second


@pytest.mark.parametrize("words", PICTURES, ids=lambda words: words[0])
def test_a_file_that_is_there_is_kept(words: tuple[str, ...], home: str, tmp_path: Path) -> None:
    """It is said which option replaces it."""
    target = tmp_path / "there.svg"
    target.write_text("mine")
    found = run("picture", *words, "--out", str(target), RANKGRAPH_HOME=home)
    assert (1, "mine") == (found.exit_code, target.read_text())
    assert "found a file there; name another, or give --overwrite to replace it" in found.stderr


OUT = "there.svg"


@pytest.mark.parametrize(
    "words",
    [
        ("ladder", "--out", OUT, "--force"),
        ("ladder", "--force", "--out", OUT),
        ("ladder", "--out", OUT, "--overwrite"),
        ("rank", "dac", "--force", "mps", "--out", OUT, "--overwrite"),
        ("rank", "dac", "--force", "mps", "--out", OUT, "--force"),
        ("rank", "ac", "--force", "--out", OUT, "--force", "city"),
        ("rank", "sergeant", "--force", "--out", OUT),
        ("rank", "--force=MPS", "ac", "--force", "--out", OUT),
        ("pathway", "constable", "inspector", "--out", OUT, "--force"),
        ("gap", "sergeant", "inspector", "--overwrite", "--out", OUT),
        ("oversight", "ac", "--overwrite", "--out", OUT, "--force", "mps"),
    ],
    ids=" ".join,
)
def test_a_file_is_replaced_where_that_is_asked_for(words: tuple[str, ...], home: str, tmp_path: Path) -> None:
    """--overwrite, or --force without a ladder, wherever it stands; --force with one is the ladder."""
    target = tmp_path / OUT
    target.write_text("mine")
    given_words = [str(target) if word == OUT else word for word in words]
    found = run("picture", *given_words, RANKGRAPH_HOME=home)
    assert (0, "<svg ") == (found.exit_code, target.read_text()[:5]), found.stderr


def test_the_ladder_is_the_one_asked_for(home: str, tmp_path: Path) -> None:
    """--force without a ladder leaves RANKGRAPH_FORCE as it is."""
    target = tmp_path / OUT
    words = ("picture", "rank", "ac", "--out", str(target), "--force")
    run(*words, RANKGRAPH_HOME=home, RANKGRAPH_FORCE="city")
    city = "city/assistant-commissioner" in target.read_text()
    run(*words, "mps", "--overwrite", RANKGRAPH_HOME=home, RANKGRAPH_FORCE="city")
    assert (True, True) == (city, "mps/assistant-commissioner" in target.read_text())


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("lader", "--out", "x.svg"), 2, "no picture is called 'lader': did you mean ladder?"),
        (("ladder",), 2, "Missing option '--out'"),
        (("ladder", "--out", "x.gif"), 2, "expected a name that ends in .svg, .html, .png"),
        (("ladder", "--out", "x"), 2, "expected a name that ends in .svg, .html, .png"),
        (("ladder", "--out", "nowhere/x.svg"), 1, "make it first, or name another place"),
        (("ladder", "--out", "folder.svg"), 1, "found a folder; expected the name of a file to write"),
        (("ladder", "--out", "x.svg", "--as-of", "yesterday"), 2, "expected a day such as"),
        (("rank", "dac", "--force", "leeds", "--out", "x.svg"), 2, "Invalid value for '--force'"),
        (("rank", "sargent", "--out", "x.svg"), 1, "sargent"),
        (("rank", "assistant commissioner", "--out", "x.svg"), 1, "city/assistant-commissioner"),
        (("oversight", "nobody at all", "--out", "x.svg"), 1, "nobody at all"),
        (("pathway", "inspector", "constable", "--out", "x.svg"), 1, "no way leads from uk/inspector"),
        (("pathway", "constable", "constable", "--out", "x.svg"), 2, "expected two different ranks"),
        (("pathway", "constable", "inspector", "--way", "9", "--out", "x.svg"), 2, "--way: found 9"),
        (("gap", "dog handler", "tutor constable", "--out", "x.svg"), 1, "found no profile of role/dog-handler"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    words: tuple[str, ...], code: int, says: str, *, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clear message, and the folder as it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.svg").mkdir()
    found = run("picture", *words, RANKGRAPH_HOME=home)
    said = " ".join(found.stderr.split())
    assert (code, [tmp_path / "folder.svg"]) == (found.exit_code, list(tmp_path.iterdir())), said
    assert "Traceback" not in said
    assert says in said


def test_a_picture_that_is_too_long_for_a_sheet_is_said_to_be(home: str, tmp_path: Path) -> None:
    """A pathway of ten steps is; the ladder is not."""
    words = (("ladder",), ("pathway", "constable", "met commissioner"))
    said = [run("picture", *one, "--out", str(tmp_path / f"{one[0]}.svg"), RANKGRAPH_HOME=home).stderr for one in words]
    assert [False, True] == ["longer than a sheet of A4" in notes for notes in said]


def _shown(text: str) -> Picture:
    shapes = [Group([Words(text, MARGIN, 20)], {"rank": text})]
    return Picture(text, text, [Block(40, shapes)], [text_row(text, text, text, {"document": text})])


def test_text_stays_text_whatever_it_holds() -> None:
    """Mark-up in a name is shown, not obeyed, in the SVG and on the page."""
    picture = _shown(HOSTILE)
    root = ET.fromstring(svg(picture))  # noqa: S314 -- our own text
    written = next(one for one in root.iter() if one.tag.endswith("text"))
    page = html(picture)
    assert (HOSTILE.replace("\x1b", "�").replace("\x00", "�"), 0) == (written.text, page.count("<script"))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    at = 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        body, check = data[at + 4 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        yield body[:4], body[4:], zlib.crc32(body).to_bytes(4) == check
        at += 12 + size


def test_a_png_carries_its_alternative_text() -> None:
    """Title and description stand in text chunks, all chunks are sound, and there are letters in it."""
    found = list(_chunks(png(_shown("Chief Constable — “CC”"))))
    texts = {body.split(b"\0", 1)[0]: body.rpartition(b"\0")[2].decode() for kind, body, _ in found if kind == b"iTXt"}
    said = "Chief Constable — “CC”"
    assert ({b"Title": said, b"Description": said}, True) == (texts, all(sound for *_, sound in found))
    assert len(png(_shown(said))) > len(png(_shown(""))) + 500


@given(st.text(max_size=200), st.floats(30, 400), st.booleans())
def test_lines_are_never_wider_than_there_is_room(text: str, most: float, bold: bool) -> None:
    """Whatever the text; and no letter of it is lost."""
    found = lines(text, most, 12, bold=bold)
    assert [] == [one for one in found if width(one, 12, bold=bold) > most]
    assert "".join(text.split()) == "".join("".join(found).split())


@given(st.text(max_size=300), st.floats(40, 400), st.integers(1, 4))
def test_a_text_that_is_cut_says_so(text: str, most: float, at_most: int) -> None:
    """Never more lines than allowed, three dots where some are left out."""
    whole, found = lines(text, most, 12), lines(text, most, 12, at_most=at_most)
    assert (min(len(whole), at_most), len(whole) > at_most) == (len(found), found[-1].endswith("…") and found != whole)


def test_the_mark_of_a_place_stays_whole_when_its_text_is_cut() -> None:
    """The entry takes as many lines as allowed, and ends in the mark."""
    item = Item("a duty of very many words " * 20, cite="[2:80-91, 95]", at_most=2)
    ((_, group),) = lay_out_items([item], MARGIN, SHEET - 2 * MARGIN)
    said = [one.text for one in group.shapes if isinstance(one, Words)][1:]
    assert (2, True) == (len(said), said[-1].endswith("… [2:80-91,\xa095]"))


def test_a_card_that_is_too_high_goes_on_in_another() -> None:
    """No block is higher than a page, and no entry is lost."""
    blocks = draw_cards("Duties", [Item(f"duty {number}") for number in range(200)], "#1F5FA8", part="duty")
    assert (True, True) == (len(blocks) > 1, max(block.high for block in blocks) < 680)
    said = [text for block in blocks for text in _words(block.shapes) if text.startswith("duty ")]
    assert [f"duty {number}" for number in range(200)] == said


def _words(shapes: object) -> Iterator[str]:
    for shape in shapes if isinstance(shapes, list | tuple) else ():
        if isinstance(shape, Words):
            yield shape.text
        elif isinstance(shape, Group):
            yield from _words(shape.shapes)


@pytest.mark.parametrize("colour", sorted({kind.colour for kind in NODE_KINDS}))
def test_every_colour_of_the_ontology_can_be_drawn_with(colour: str) -> None:
    """Letters on it and on its tint 4.5 to 1, lines of it 3 to 1."""
    letters = min(ratio(text_colour(colour), colour), ratio(INK, tint(colour)), ratio(MUTED, PAPER))
    lined = min(ratio(line(colour), PAPER), ratio(line(colour), tint(colour)))
    assert (True, True) == (letters >= 4.5, lined >= 3)


def test_a_long_picture_is_known() -> None:
    """The limit is where letters on A4 fall below eight points."""
    assert [False, True] == [is_long(Picture("", "", [Block(high, [])], [])) for high in (1090.0, 1110.0)]


def test_a_picture_shows_what_is_held_and_prints_one_line(home: str, tmp_path: Path) -> None:
    """A gate says how it stands, in the words of the text; without holdings it says nothing."""
    target, words = tmp_path / "way.svg", ("pathway", "sergeant", "inspector", "--as-of", "2026-03-31")
    held = ("--me", str(tmp_path / "me.yaml"))
    (tmp_path / "me.yaml").write_text("exams: [{rank: inspector, passed: 2023-03-14}]\n", encoding="utf-8")
    found = run("picture", *words, *held, "--out", str(target), RANKGRAPH_HOME=home)
    assert f"the picture is in {target}\n" == found.stdout
    assert "counts until 14 Mar 2028" in _shown_words(target)
    way = " ".join(run(*words, *held, RANKGRAPH_HOME=home).stdout.split())
    assert re.search(r"\d of 5 done", way)[0] == re.search(r"Inspector: (\d of 5 done)", _shown_words(target))[1]  # type: ignore[index]
    assert "done. Earliest: " in _shown_words(target)
    run("picture", *words, "--out", str(target), "--overwrite", RANKGRAPH_HOME=home)
    assert not re.search("counts until|Earliest|of 5 done", _shown_words(target))
    run("picture", "gap", *words[1:], *held, "--out", str(target), "--overwrite", RANKGRAPH_HOME=home)
    assert "NPPF step 2: legal exam: counts until 14 Mar 2028" in _shown_words(target)


def _shown_words(target: Path) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", target.read_text(encoding="utf-8")).split())
