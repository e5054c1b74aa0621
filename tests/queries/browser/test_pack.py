"""The pack for Neo4j Browser: favourites, style sheet and guide follow from the catalogue and the ontology."""

from __future__ import annotations

import io
import itertools
import operator
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from graph import nodes
from graph.errors import QuestionError
from graph.nodes import Node
from graph.ontology import EDGE_KINDS, NODE_KINDS
from graph.style_sheet import contrast, style_sheet
from queries.browser import guide
from queries.browser.archive import GUIDE, PLAIN, archive, favourites
from queries.browser.dashboard import dashboard
from queries.browser.guide import guide_steps, other_questions
from queries.catalogue import Step, graph_forms, parse, question, questions
from tests.harness.commands import run

REQUIREMENTS = ("Skill", "Knowledge", "Experience", "Course", "Competency", "Value", "CoreSkillSet")
APART = ("Rank", "Accountability", *REQUIREMENTS, "Body", "Gate")
"""What an analyst tells apart by colour."""
SEEN_BY = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}
"""What eyes without red or green cones see of red, green and blue light (Machado, Oliveira and Fernandes, 2009)."""


def _members(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


def _rules(sheet: str) -> dict[str, dict[str, str]]:
    """Return the rules of a style sheet as Browser reads them: selector, then property and value."""
    found = re.findall(r"^(\S+) \{\n((?:  \S+: .+;\n)+)\}$", sheet, re.MULTILINE)
    rules = {selector: dict(re.findall(r"^  (\S+): (.+);$", body, re.MULTILINE)) for selector, body in found}
    lines = sum(len(looks) + 2 for looks in rules.values())
    assert lines == len([line for line in sheet.splitlines() if line])
    return rules


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_question_and_graph_form_is_a_favourite_in_the_folder_of_its_family() -> None:
    """The whole text is in it, header and example too, and nothing else is in those folders."""
    tables = {f"{found.family}/{found.name}.cypher": found.text for found in questions()}
    drawn = {f"{found.family}/{found.name}.graph.cypher": found.text for found in graph_forms()}
    packed = _members(archive())
    assert {**tables, **drawn} == {name: text for name, text in packed.items() if not name.startswith(f"{GUIDE}/")}


def test_the_steps_of_the_guide_are_favourites_in_their_order() -> None:
    """Browser sorts by the letters of the first line, and so do the files."""
    steps = {name: text for name, text in _members(archive()).items() if name.startswith(f"{GUIDE}/")}
    titles = [text.partition("\n")[0] for _, text in sorted(steps.items())]
    number = len(guide_steps())
    wanted = [f"// {step.number:02} of {number}: {step.question.title}" for step in guide_steps()]
    wanted.insert(0, "// 00: Draw what a question returns, and no more")
    assert (wanted, sorted(titles)) == (titles, titles)


def test_a_step_says_why_it_is_asked_and_runs_as_its_question_does() -> None:
    """But for its first two lines it is the graph form, or the question where there is none."""
    first, *texts = (text for name, text in favourites().items() if name.startswith(GUIDE))
    assert PLAIN == first.splitlines()[-1]
    for step, text in zip(guide_steps(), texts, strict=True):
        asked, says = step.graph or step.question, step.question.step
        _, reason, *rest = text.splitlines()
        assert (f"// {says and says.asks}", asked.text.splitlines()[1:]) == (reason, rest)


def test_no_two_favourites_share_a_name() -> None:
    """Browser names a favourite by its first line alone."""
    names = Counter(text.partition("\n")[0] for text in favourites().values())
    assert [] == [name for name, times in names.items() if times > 1]


def test_every_favourite_begins_with_its_name_and_carries_an_example() -> None:
    """So it can be run as it is; what sets up Browser is no question."""
    bare = [name for name, text in favourites().items() if not text.startswith("// ") or "\n// :params {" not in text]
    assert [f"{GUIDE}/00-draw.cypher"] == bare


def test_no_favourite_shares_a_folder_with_a_family_by_accident() -> None:
    """The guide's folder is nobody's family."""
    assert GUIDE not in {found.family for found in questions()}


def test_the_archive_is_the_same_each_time() -> None:
    """No clock and no packer leaves a mark in it."""
    with zipfile.ZipFile(io.BytesIO(archive())) as packed:
        marks = {(entry.date_time, entry.compress_type, entry.create_system) for entry in packed.infolist()}
    assert ({((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)}, True) == (marks, archive() == archive())


def test_the_guide_follows_the_catalogue() -> None:
    """Ten questions that their files give a place, each place once and none left out, and then all others by family."""
    places = sorted(one.step.number for one in questions() if one.step)
    others = [entry.question.name for _, entries in other_questions() for entry in entries]
    assert (list(range(1, len(places) + 1)), True) == (places, len(places) >= 10)
    steps = {step.question.name for step in guide_steps()}
    assert [one.name for one in questions() if one.name not in steps] == others


def test_a_question_that_says_a_place_is_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else has to be written."""
    text = question("cover").text.replace(  # type: ignore[union-attr]
        "MATCH", "// guide 11: Who stands in?\n// How to read it: The arrow\n// ends at who is away.\nMATCH", 1
    )
    new = parse("cover", "duties", text)
    monkeypatch.setattr(guide, "questions", lambda: (*(one for one in questions() if one.name != "cover"), new))
    last = guide_steps()[-1]
    assert ("11 of 11: " + new.title, Step(11, "Who stands in?", "The arrow ends at who is away.")) == (
        last.title,
        last.question.step,
    )


def test_a_step_that_does_not_say_how_to_read_it_is_refused() -> None:
    """The file is named."""
    text = question("cover").text.replace("MATCH", "// guide 11: Who stands in?\nMATCH", 1)  # type: ignore[union-attr]
    with pytest.raises(QuestionError, match=r"duties/cover\.cypher: found 'guide 11"):
        parse("cover", "duties", text)


def test_the_style_sheet_has_a_rule_for_everything_that_is_declared() -> None:
    """And for nothing else."""
    nodes = {f"node.{label}" for kind in NODE_KINDS for label in kind.labels()}
    edges = {f"relationship.{name}" for name in EDGE_KINDS}
    assert {"node", "relationship", *nodes, *edges} == set(_rules(style_sheet()))


def test_a_second_label_has_its_rule_after_the_first() -> None:
    """Browser lets the later rule win, so a rank looks as a rank and not as any role."""
    order = list(_rules(style_sheet()))
    wrong = [
        kind.labels()
        for kind in NODE_KINDS
        if kind.subtype and order.index(f"node.{kind.label}") > order.index(f"node.{kind.subtype}")
    ]
    assert [] == wrong


def _caption(kind: type[Node]) -> str:
    return f"'{' '.join('{' + name + '}' for name in kind.caption.split())}'"


def test_a_node_has_the_colour_and_caption_that_its_class_declares() -> None:
    """They are declared once."""
    rules = _rules(style_sheet())
    shown = {kind: rules[f"node.{kind.subtype or kind.label}"] for kind in NODE_KINDS}
    assert {kind: (kind.colour, _caption(kind)) for kind in NODE_KINDS} == {
        kind: (looks["color"], looks["caption"]) for kind, looks in shown.items()
    }


def test_the_caption_of_a_node_is_a_property_that_it_has() -> None:
    """Else its circle is empty."""
    assert [] == [kind for kind in NODE_KINDS if not set(kind.caption.split()) <= set(kind.model_fields)]


def test_an_edge_shows_its_type_whether_it_ended_and_the_level_where_it_can_have_one() -> None:
    """Browser reads <type> only where nothing else stands beside it."""
    rules = _rules(style_sheet())
    levels = {"REQUIRES", "REQUIRES_ELSEWHERE", "HOLDS", "ASKS_FOR", "MUST_COVER", "TEACHES"}
    staff = {name for name, kind in EDGE_KINDS.items() if kind.staff}
    words = {name: f"{name} {{level}}" if name in levels else name for name in EDGE_KINDS}
    wanted = {name: f"'{words[name]}'" if name in staff else f"'{{standing}} {words[name]}'" for name in EDGE_KINDS}
    wanted |= dict.fromkeys(staff - levels, "'<type>'")
    assert wanted == {name: rules[f"relationship.{name}"]["caption"] for name in EDGE_KINDS}


def test_text_stands_out_from_every_fill() -> None:
    """WCAG AA asks for 4.5 to 1."""
    faint = {
        selector
        for selector, looks in _rules(style_sheet()).items()
        if contrast(looks["color"], looks["text-color-internal"]) < 4.5
    }
    assert set() == faint


@pytest.mark.parametrize(("one", "other", "ratio"), [("#777777", "#FFFFFF", 4.48), ("#0000FF", "#FFFFFF", 8.59)])
def test_contrast_is_measured_as_the_guidelines_do(one: str, other: str, ratio: float) -> None:
    """Well-known pairs; the order of the two does not matter."""
    assert (ratio, ratio) == (round(contrast(one, other), 2), round(contrast(other, one), 2))


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(APART, 2)])
def test_what_is_told_apart_by_colour_differs_in_colour(one: str, other: str) -> None:
    """Thirty in CIELAB, where two or three is the least that an eye sees side by side."""
    first, second = (_lab(getattr(nodes, name).colour) for name in (one, other))
    assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 >= 30


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(REQUIREMENTS, 2)])
def test_kinds_of_requirement_differ_for_who_sees_fewer_colours(one: str, other: str, eyes: str) -> None:
    """Fifteen, half of the above."""
    first, second = (_lab(getattr(nodes, name).colour, SEEN_BY[eyes]) for name in (one, other))
    assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 >= 15


def _lab(colour: str, seen: tuple[tuple[float, ...], ...] = ()) -> tuple[float, float, float]:
    """Return a colour in CIELAB (white point D65), as it is or as it is seen."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    if seen:
        light = [min(1, max(0, sum(map(operator.mul, row, light)))) for row in seen]
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_the_command_writes_four_files_of_one_name(tmp_path: Path) -> None:
    """What they hold is what the modules make."""
    found = run("browser-pack", str(tmp_path / "desk.zip"), "--format", "json")
    files = _files(tmp_path)
    assert (0, {"desk.zip", "desk.grass", "desk.html", "desk.json"}) == (found.exit_code, set(files))
    assert (archive(), style_sheet(), dashboard()) == (
        files["desk.zip"],
        files["desk.grass"].decode(),
        files["desk.json"].decode(),
    )


def test_the_command_gives_the_same_bytes_again(tmp_path: Path) -> None:
    """In any folder, and over the files that are there where that is asked for."""
    for option in ("--overwrite", "--force"):
        assert run("browser-pack", str(tmp_path / "pack.zip"), option).exit_code == 0
        before = _files(tmp_path)
        assert run("browser-pack", str(tmp_path / "pack.zip"), option).exit_code == 0
        assert before == _files(tmp_path)


def test_the_command_opens_no_graph(tmp_path: Path) -> None:
    """A pack can be made where there is none."""
    home = tmp_path / "home"
    assert 0 == run("browser-pack", str(tmp_path / "pack.zip"), RANKGRAPH_HOME=str(home)).exit_code
    assert not home.exists()


@pytest.mark.parametrize(
    ("options", "settings", "wanted"),
    [
        ((), {}, "http://localhost:7474/browser/?dbms=bolt%3A%2F%2Flocalhost%3A7687&"),
        (
            (),
            {"NEO4J_URI": "neo4j://me:secret@db.example:7687"},
            "http://db.example:7474/browser/?dbms=neo4j%3A%2F%2Fdb",
        ),
        (
            ("--page", "https://b.example/x/", "--bolt", "bolt://b:1"),
            {},
            "https://b.example/x/?dbms=bolt%3A%2F%2Fb%3A1&",
        ),
    ],
)
def test_the_guide_links_to_the_browser_of_the_graph(
    tmp_path: Path, options: tuple[str, ...], settings: dict[str, str], wanted: str
) -> None:
    """That of the options, else that of NEO4J_URI, else one of this machine; never a password."""
    assert run("browser-pack", str(tmp_path / "pack.zip"), *options, **settings).exit_code == 0
    page = (tmp_path / "pack.html").read_text(encoding="utf-8").replace("&amp;", "&")
    links = re.findall(r'href="([^"]+&cmd=edit&[^"]+)"', page)
    assert ([], False, True) == (
        [link for link in links if not link.startswith(wanted)],
        "secret" in page,
        len(links) >= len(questions()),
    )


def test_the_guide_links_to_what_serves_the_embedded_graph(tmp_path: Path) -> None:
    """Where it serves is read from its folder, and the graph is not opened."""
    home = tmp_path / "home"
    home.mkdir()
    served = '{"bolt": 1234, "http": 1, "owner": 1, "engine": "e", "page": "http://127.0.0.1:8080/browser/"}'
    (home / "address.json").write_text(served, encoding="utf-8")
    found = run("browser-pack", str(tmp_path / "pack.zip"), RANKGRAPH_HOME=str(home))
    page = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert (0, True) == (found.exit_code, "http://127.0.0.1:8080/browser/?dbms=bolt%3A%2F%2F127.0.0.1%3A1234&" in page)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("no-such-folder/pack.zip",), 1),
        (("pack.tar",), 2),
        (("pack",), 2),
        ((), 2),
        (("pack.zip", "--page", "javascript:alert(1)"), 2),
        (("pack.zip", "--bolt", "http://localhost:7687"), 2),
    ],
)
def test_a_wrong_name_or_address_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int
) -> None:
    """One message, and the folder stays empty."""
    monkeypatch.chdir(tmp_path)
    found = run("browser-pack", *words)
    assert (code, "", {}) == (found.exit_code, found.stdout, _files(tmp_path))


@pytest.mark.parametrize("suffix", [".zip", ".grass", ".html", ".json"])
def test_a_file_that_is_there_is_left_alone(tmp_path: Path, suffix: str) -> None:
    """Each of the four names is looked at before the first is written."""
    (tmp_path / f"pack{suffix}").write_bytes(b"mine")
    found = run("browser-pack", str(tmp_path / "pack.zip"))
    assert (1, True, {f"pack{suffix}": b"mine"}) == (found.exit_code, "--overwrite" in found.stderr, _files(tmp_path))


@pytest.mark.parametrize("before", [{}, {"pack.zip": b"mine", "pack.html": b"mine too"}])
def test_where_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, bytes]
) -> None:
    """What stood there before stands there again."""
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.suffix == ".html" and not self.read_bytes().startswith(b"mine"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    found = run("browser-pack", str(tmp_path / "pack.zip"), "--overwrite")
    assert (1, True, before) == (found.exit_code, "No space left" in found.stderr, _files(tmp_path))


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("bolt://anna:geheim@graph.example:7687", 0),
        ("neo4j://anna:geheim@graph.example:7687?password=geheim", 0),
        ("anna:geheim@graph.example", 1),
        ("bolt:/anna:geheim@graph.example", 1),
        ("bolt://[::1", 1),
    ],
)
def test_a_password_in_the_address_of_a_server_is_nowhere_to_be_read(tmp_path: Path, uri: str, code: int) -> None:
    """Neither in the guide nor in a message; what is no address is refused, and nothing is written."""
    found = run("browser-pack", str(tmp_path / "pack.zip"), NEO4J_URI=uri)
    written = [path.read_bytes() for path in tmp_path.iterdir()]
    assert (code, 4 - 4 * code, False, False) == (
        found.exit_code,
        len(written),
        "geheim" in found.output,
        any(b"geheim" in content for content in written),
    )


@pytest.mark.parametrize("bolt", ["bolt://anna:geheim@graph.example", "bolt://graph.example?password=geheim"])
def test_a_password_in_the_address_of_the_graph_is_refused(tmp_path: Path, bolt: str) -> None:
    """The page would give it away."""
    found = run("browser-pack", str(tmp_path / "pack.zip"), "--bolt", bolt)
    assert (2, False, []) == (found.exit_code, "geheim" in found.output, list(tmp_path.iterdir()))
