"""A report asked of a graph: what is gathered, and what of it reaches the files that are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pytest

from graph.session import open_graph
from queries.answers.skills_gap import totals
from queries.answers.skills_gap.data_quality import summed_needs
from queries.answers.skills_gap.facts import Critical
from queries.answers.skills_gap.gather import skills_gap
from tests.builders.force import Force, Row, put
from tests.harness.commands import run
from tests.harness.engines import ON_EMBEDDED, Engine, with_settings

DAY = "2027-04-01"
PEOPLE = [f"HR-{number:03}" for number in range(1, 13)]
FORMULA = "=1+1"
IDLE = "HR-013"
RANKS_HELD: list[Row] = [
    {"person_id": PEOPLE[1], "rank": "uk/sergeant", "from": "2026-01-01"},
    {"person_id": PEOPLE[2], "rank": "uk/constable", "from": "2020-01-01"},
    {"person_id": PEOPLE[3], "rank": "uk/sergeant", "from": "2020-01-01", "to": "2021-01-01"},
    {"person_id": PEOPLE[4], "rank": "uk/sergeant", "from": "2026-01-01", "basis": "temporary"},
    {"person_id": PEOPLE[8], "rank": "uk/constable", "from": "2020-01-01"},
    {"person_id": PEOPLE[11], "rank": "uk/inspector", "from": "2020-01-01"},
]
HIGH: list[Row] = [
    {"post_id": "HIGH-1", "unit_id": "front", "rank": "uk/superintendent", "title": "Head"},
    {"post_id": "HIGH-2", "unit_id": "front", "rank": "uk/superintendent", "title": "Deputy", "fte": 0.5},
]


def _force() -> Force:
    """Return a unit of two posts of the higher ranks with a team of ten constables, one post of which is vacant."""
    posts: list[Row] = [
        {"post_id": f"POST-{number}", "unit_id": "team", "rank": "uk/constable"} for number in range(11)
    ]
    closed: Row = {"post_id": "CLOSED", "unit_id": "team", "rank": "uk/constable", "closed": "2027-03-31"}
    away: Row = {"post_id": "POST-99", "unit_id": "elsewhere", "rank": "uk/sergeant"}
    taser: list[Row] = [{"post_id": f"POST-{number}", "requirement": "skill/taser"} for number in range(11)]
    rare: list[Row] = [{"post_id": "HIGH-1", "requirement": "skill/rare"}]
    return Force(
        units=[
            {"unit_id": "front", "name": "Frontline"},
            {"unit_id": "team", "name": FORMULA, "parent_id": "front"},
            {"unit_id": "elsewhere", "name": "Elsewhere"},
        ],
        posts=[*HIGH, *posts, closed, away],
        people=_people(),
        ranks_held=RANKS_HELD,
        occupancies=_occupancies(),
        requirements=[
            {"id": "skill/taser", "name": "Taser", "kind": "Skill"},
            {"id": "skill/rare", "name": "Rare", "kind": "Skill"},
        ],
        post_requirements=[*taser, *rare],
        holdings=[
            {
                "person_id": PEOPLE[place],
                "requirement": "skill/taser",
                "achieved": "2026-01-01",
                "expires": "2027-05-01",
            }
            for place in range(1, 7)
        ],
    )


def _people() -> list[Row]:
    staying: list[Row] = [{"person_id": person, "name": f"Person of {person}"} for person in (*PEOPLE, IDLE, "HR-014")]
    return [*staying, {"person_id": "HR-015", "name": "Person of HR-015", "left": "2027-03-31"}]


def _occupancies() -> list[Row]:
    places = ("HIGH-1", *(f"POST-{place}" for place in range(1, 11)), "POST-99", "CLOSED")
    substantive: list[Row] = [
        {"person_id": person, "post_id": post, "from": "2025-01-01"}
        for person, post in zip((*PEOPLE, "HR-014"), places, strict=True)
    ]
    acting: Row = {"person_id": PEOPLE[8], "post_id": "POST-0", "from": "2027-01-01", "basis": "acting"}
    return [*substantive, acting]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine_of_module: Engine) -> Iterator[None]:
    """Have the force in the graph, beside the reference data, and keep it open: all tests only read it."""
    with ExitStack() as stack:
        with with_settings(engine_of_module.environment):
            graph = stack.enter_context(engine_of_module.open())
            put(graph, _force())
        yield


pytestmark = [ON_EMBEDDED, pytest.mark.usefixtures("engine"), pytest.mark.holds("reference", changed=True)]


def test_what_is_gathered_is_of_the_unit_and_those_below() -> None:
    """Numbers of posts and people, what is vacant, and what nobody was ever recorded with."""
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY)

    assert [("front", 0), ("team", 1)] == [(row["unit_id"], row["depth"]) for row in found.units]
    assert [("uk/superintendent", 2, 1, 1), ("uk/constable", 11, 10, 1), (None, 13, 11, 2)] == [
        tuple(row[name] for name in ("rank_id", "posts", "heads", "vacant")) for row in found.strength
    ]
    assert {"HIGH-2", "POST-0"} == {row["post_id"] for row in found.vacancies}
    assert {("HIGH-1", "one person in it"), ("HIGH-2", "vacant")} == {
        (row["post_id"], row["state"]) for row in found.critical_posts
    }
    assert {"skill/rare"} == {row["requirement_id"] for row in found.quality.unrecorded}
    assert ({"uk/superintendent", "uk/constable"}, 5) == (
        {row["role_id"] for row in found.quality.unprofiled},
        found.quality.without_holdings,
    )


def test_the_first_page_has_an_earlier_day_and_what_comes() -> None:
    """Nobody held it before 2026, all lose it within 12 months, and who left was there; a day may be in words."""
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY, "1 December 2025")

    assert ("2025-12-01", 12, ()) == (found.since, found.strength_before, found.cover)
    assert {("front", "skill/taser", 11, 0)} == {
        tuple(row[name] for name in ("unit_id", "requirement_id", "need", "have"))
        for row in found.before
        if not row["unknown"]
    }
    assert {("Taser", "ticket", 11, 6, 0)} == {
        tuple(row[name] for name in ("name", "kind", "established", "now", "in_12m"))
        for row in found.ahead
        if row["now"] != row["in_12m"]
    }


def test_the_heat_map_and_the_calendar_are_those_of_the_questions() -> None:
    """Six of eleven hold what the team asks for, and all six lose it within 30 days."""
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY)

    assert {("front", "skill/taser", 11, 6), ("team", "skill/taser", 11, 6)} == {
        tuple(row[name] for name in ("unit_id", "requirement_id", "need", "have")) for row in found.heat_map
    }
    assert [("skill/taser", 6, 0, 0)] == [
        tuple(row[name] for name in ("requirement_id", "within_30", "within_90", "within_365"))
        for row in found.expiries
    ]


def test_the_whole_force_has_every_unit() -> None:
    """Without a unit nothing is left out."""
    with open_graph() as graph:
        found = skills_gap(graph, None, DAY)

    assert {"front", "team", "elsewhere"} == {row["unit_id"] for row in found.units}
    assert ("Whole force", 14) == (found.unit, found.strength[-1]["posts"])


def test_vacancies_are_told_with_names_of_ranks_and_of_who_covers_them() -> None:
    """The ids stand in the question; a reader wants names."""
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY)

    assert {
        ("HIGH-2", "Superintendent", "Frontline", ()),
        ("POST-0", "Constable", FORMULA, ("HR-009 Person of HR-009",)),
    } == {(row["post_id"], row["rank"], row["unit"], tuple(_listed(row["covered_by"]))) for row in found.vacancies}


def _listed(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize(
    ("unit", "contradicting", "idle"), [(None, 2, {IDLE, "HR-014"}), ("front", 1, None), ("elsewhere", 1, None)]
)
def test_contradicting_ranks_are_of_the_unit_and_people_in_no_post_of_the_force(
    unit: str | None, contradicting: int, idle: set[str] | None
) -> None:
    """A past or temporary rank is no contradiction, nor is acting up; who is in a closed post alone is in none."""
    with open_graph() as graph:
        found = skills_gap(graph, unit, DAY).quality

    assert (contradicting, None if idle is None else len(idle), idle or set()) == (
        found.contradicting,
        found.idle,
        {row["person_id"] for row in found.idle_people},
    )


@pytest.mark.parametrize(
    ("unit", "ranks", "posts"),
    [
        (None, Critical(("Superintendent",), high=True), {"HIGH-1", "HIGH-2"}),
        ("elsewhere", Critical(("Sergeant",), high=False), {"POST-99"}),
        ("team", Critical((), high=False), set()),
    ],
)
def test_critical_posts_are_of_the_highest_ranks_where_none_is_high(
    unit: str | None, ranks: Critical, posts: set[str]
) -> None:
    """Nobody follows into the lowest rank by promotion."""
    with open_graph() as graph:
        found = skills_gap(graph, unit, DAY)

    assert (ranks, posts) == (found.critical_ranks, {row["post_id"] for row in found.critical_posts})
    assert {row["rank_id"] for row in found.critical_posts} == {row["rank_id"] for row in found.readiness}


@pytest.mark.parametrize("suffix", ["html", "md", "xlsx"])
def test_a_report_is_for_the_most_careful_audience_unless_told_otherwise(suffix: str, tmp_path: Path) -> None:
    """Nobody is in it, nor in what is said beside it."""
    target = tmp_path / f"gap.{suffix}"

    result = run("report", "--unit", "front", "--as-of", DAY, "--out", str(target))

    assert result.exit_code == 0, result.stderr
    text = _text(target) + result.stdout + result.stderr
    assert set() == {person for person in PEOPLE if person in text}
    assert "Person of" not in text


def _text(file: Path) -> str:
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8")
    book = openpyxl.load_workbook(file)
    return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


def test_a_named_report_names_people(tmp_path: Path) -> None:
    """Numbers and names stand beside what they hold, and beside the post that they cover."""
    target = tmp_path / "gap.md"

    result = run("report", "--audience", "named", "--as-of", DAY, "--out", str(target))

    assert result.exit_code == 0, result.stderr
    text = target.read_text(encoding="utf-8")
    assert ({f"Person of {person}" for person in (*PEOPLE[1:7], PEOPLE[8])}, True) == (
        {f"Person of {person}" for person in PEOPLE if f"Person of {person} |" in text},
        FORMULA in text,
    )


def test_pseudonyms_agree_only_between_reports_of_one_key(tmp_path: Path) -> None:
    """Without the setting each report has codes of its own."""
    texts: list[str] = []
    for key in ("", "", "a key of sixteen or more", "a key of sixteen or more"):
        target = tmp_path / f"{len(texts)}.md"
        words = ("report", "--audience", "pseudonymous", "--as-of", DAY, "--out", str(target))
        assert run(*words, RANKGRAPH_PSEUDONYM_KEY=key).exit_code == 0
        texts.append(target.read_text(encoding="utf-8"))

    assert (4, False, True) == (len(texts), texts[0] == texts[1], texts[2] == texts[3])
    assert [] == [text for text in texts if "HR-0" in text or "Person of" in text]


def test_what_is_said_beside_it_are_the_tables_and_their_rows(tmp_path: Path) -> None:
    """Rows for other programs, in the form that was asked for."""
    result = run("report", "--as-of", DAY, "--out", str(tmp_path / "gap.html"), "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert ["section", "table", "rows"] == list(rows[0])
    assert {"Heat map": "2"} == {row["section"]: row["rows"] for row in rows if row["section"] == "Heat map"}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--out", "gap.pdf"), 2, "--out: found 'gap.pdf'; expected a name that ends in .html, .xlsx, .md"),
        (("--out", "missing/gap.html"), 1, "missing/gap.html: found no folder missing; make it first"),
        (("--out", "there.html"), 1, "there.html: found a file there; name another, or give --overwrite"),
        (("--out", "gap.html", "--unit", "Frontlin"), 1, "no unit is called 'Frontlin': did you mean front"),
        ((), 2, "Missing option '--out'"),
    ],
)
def test_what_cannot_be_written_is_refused(
    words: tuple[str, ...], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with what was found, and what was there stays."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("kept", encoding="utf-8")

    result = run("report", "--as-of", DAY, *words)

    assert (code, "", True) == (result.exit_code, result.stdout, message in result.stderr), result.stderr
    assert "kept" == (tmp_path / "there.html").read_text(encoding="utf-8")


def test_what_is_needed_is_summed_over_units_and_levels() -> None:
    """Units within another are in its row already."""
    rows = [
        ("a", "x", 0, 1, 44),
        ("b", "x", 0, 1, 66),
        ("a", "x", 0, 2, 2),
        ("a1", "x", 1, 1, 40),
        ("b", "y", 0, None, 3),
    ]
    heat: list[dict[str, object]] = [
        {"unit_id": unit, "requirement_id": requirement, "depth": depth, "level": level, "need": need}
        for unit, requirement, depth, level, need in rows
    ]
    assert {"x": 112, "y": 3} == {requirement: row["need"] for requirement, row in summed_needs(tuple(heat)).items()}


def test_ranks_stand_year_by_year_and_what_ends_month_by_month() -> None:
    """From the highest rank down, four years of each, and all six tickets end in the first month."""
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY)

    ranks = [("Superintendent", 2, 1), ("Constable", 11, 10)]
    assert [(*rank, year) for rank in ranks for year in range(2027, 2032)] == [
        (row["rank"], row["established"], row["central"], int(str(row["day"])[:4])) for row in found.years
    ]
    assert ([("2027-05-01", 6)], {}) == ([(row["by"], row["ends"]) for row in found.ends if row["ends"]], found.pay)
    assert found.assumed.startswith("only what is recorded moves")


def test_a_file_of_assumptions_gives_pay_and_what_comes(tmp_path: Path) -> None:
    """By the ids of ranks, and the page says which file it was."""
    file = tmp_path / "plan.yaml"
    file.write_text("rankgraph: assumptions\nleavers: {constable: 50 %}\npay: {constable: 40000}\n", encoding="utf-8")
    with open_graph() as graph:
        found = skills_gap(graph, "Frontline", DAY, assume=str(file))

    assert ({"uk/constable": 40_000.0}, "assumed: leavers (plan.yaml)") == (found.pay, found.assumed)
    [last] = [row for row in found.years if (row["rank"], row["day"]) == ("Constable", "2031-04-01")]
    assert totals.number(last["low"]) < 10 > totals.number(last["central"])
