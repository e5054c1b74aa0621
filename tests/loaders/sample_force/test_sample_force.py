"""The sample force: always the same, free of faults, and its planted answers are what its files say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from graph.staff_nodes import StaffNames
from loaders import files, read
from loaders.facts.document import facts
from loaders.facts.reference import known, reference_facts
from loaders.sample_force import AS_OF, make, write_workbook
from loaders.staff.read import read as read_staff
from queries.parameters.staff_names import names_of
from tests.harness.commands import run
from tests.oracles.planted.answers import Answer
from tests.oracles.planted.force import planted_answers
from tests.oracles.recount import NEVER, Recount, Row

PEOPLE = 300
SEEDS = (1, 2, 3)

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    """Return each seed."""
    found: int = request.param
    return found


@pytest.fixture(scope="module")
def folder(seed: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small force of the seed."""
    found = tmp_path_factory.mktemp("force")
    _made(found, seed)
    return Path(found)


def _made(out: Path, seed: int) -> None:
    make(out, PEOPLE, seed)
    write_workbook(out / "csv", out / "staff.xlsx")


@pytest.fixture(scope="module")
def recount(folder: Path) -> Recount:
    """Return the force as its files say."""
    return Recount(folder, AS_OF.isoformat())


@pytest.fixture(scope="module")
def answers(seed: int) -> Iterator[list[Answer]]:
    """Return what was planted in the force, counted from its plan."""
    with planted_answers(PEOPLE, seed) as found:
        yield found


def _recounted(recount: Recount, question: str, asked: Mapping[str, object]) -> Rows:
    unit = asked.get("unit")
    assert unit is None or isinstance(unit, str)
    by_question: dict[str, Callable[[], Rows]] = {
        "heat-map": lambda: recount.heat_map(unit),
        "single-points": lambda: recount.single_points(unit),
        "expiring": lambda: recount.expiring(unit, int(str(asked["days"]))),
        "vacancies": lambda: recount.vacancies(unit),
        "establishment": lambda: recount.establishment(unit),
        "training-demand": lambda: recount.training_demand(unit),
        "succession": lambda: recount.succession(unit, str(asked["rank"])),
        "ready-for": lambda: recount.ready_for(unit, str(asked["to"])),
        "person-gap": lambda: recount.person_gap(str(asked["person"]), str(asked["to"])),
        "lateral-moves": lambda: recount.lateral_moves(str(asked["from"])),
    }
    return by_question[question]()


def _counted(rows: Iterable[Iterable[object]]) -> Counter[str]:
    """Return rows without their order; a whole number is the same with and without its point."""
    return Counter(json.dumps([float(v) if isinstance(v, int | float) else v for v in row]) for row in rows)


def test_every_planted_answer_is_what_the_files_say(answers: list[Answer], recount: Recount) -> None:
    """All answers on all scopes agree with a plain recount of the CSV files, row by row."""
    wrong = {}
    for answer in answers:
        question, asked = answer.question, answer.parameters
        expected, actual = _counted(_recounted(recount, question, asked)), _counted(answer.rows())
        if expected != actual:
            wrong[f"{question} {asked}"] = (list(expected - actual)[:3], list(actual - expected)[:3])
    assert wrong == {}


def _keys(sheet: str) -> tuple[str, ...]:
    return {
        "units": ("unit_id",),
        "posts": ("post_id",),
        "people": ("person_id",),
        "occupancies": ("person_id", "post_id", "from"),
        "requirements": ("requirement",),
        "post_requirements": ("post_id", "requirement"),
        "holdings": ("person_id", "requirement", "achieved"),
        "ranks_held": ("person_id", "rank", "from"),
        "absences": ("person_id", "from"),
        "courses": ("course_id",),
        "teaches": ("course_id", "requirement"),
        "course_dates": ("course_id", "starts"),
    }[sheet]


def _twice(recount: Recount) -> Iterator[str]:
    for sheet, rows in recount.sheets.items():
        named = [{**row, "requirement": recount.thing(row.get("requirement", ""))} for row in rows]
        found = Counter(tuple(row[key] for key in _keys(sheet)) for row in named)
        yield from (f"{sheet} {key} twice" for key, times in found.items() if times > 1)


def _loose(recount: Recount) -> Iterator[str]:
    """Yield every cell that points at nothing, and every post with neither rank nor role."""
    ids = {key: {row[key] for row in recount.sheets[f"{name}"]} for key, name in _HOMES.items()}
    for sheet, rows in recount.sheets.items():
        for row in rows:
            for key, there in ids.items():
                if key in row and row[key] not in there:
                    yield f"{sheet} {key} {row[key]}"
            if row.get("parent_id") and row["parent_id"] not in ids["unit_id"]:
                yield f"units parent_id {row['parent_id']}"
            if sheet == "posts" and not row["rank"] and not row["role"]:
                yield f"posts {row['post_id']} without rank and role"


_HOMES = {"unit_id": "units", "post_id": "posts", "person_id": "people", "course_id": "courses"}
_SPANS = (("from", "to"), ("opened", "closed"), ("joined", "left"), ("achieved", "expires"))


def _backwards(recount: Recount) -> Iterator[str]:
    for sheet, rows in recount.sheets.items():
        for row in rows:
            for first, last in _SPANS:
                if first in row and row[last] and row[first] > row[last]:
                    yield f"{sheet} {row}"


def _outside(recount: Recount) -> Iterator[str]:
    """Yield what reaches beyond the time of its post or its person."""
    posts = {row["post_id"]: (row["opened"], row["closed"] or NEVER) for row in recount.sheets["posts"]}
    people = {row["person_id"]: (row["joined"], row["left"] or NEVER) for row in recount.sheets["people"]}
    for sheet in ("occupancies", "ranks_held", "absences"):
        for row in recount.sheets[sheet]:
            spans = [people[row["person_id"]], posts.get(row.get("post_id", ""), ("", NEVER))]
            if any(row["from"] < first or (row["to"] or NEVER) > last for first, last in spans):
                yield f"{sheet} {row}"


def _beyond(recount: Recount) -> Iterator[str]:
    """Yield posts and people with more than they have room for, on the first day of any occupancy."""
    room = {row["post_id"]: float(row["fte"]) for row in recount.sheets["posts"]}
    seats = [row for row in recount.sheets["occupancies"] if row["basis"] in {"", "substantive"}]
    for key, most in (("post_id", room), ("person_id", dict.fromkeys(recount.held, 1.0))):
        groups: dict[str, list[Row]] = {}
        for row in seats:
            groups.setdefault(row[key], []).append(row)
        for name, rows in groups.items():
            for day in {row["from"] for row in rows}:
                worked = sum(float(row["fte"]) for row in rows if row["from"] <= day <= (row["to"] or NEVER))
                if worked > most[name]:
                    yield f"{name} with {worked} on {day}"


def _levels(recount: Recount) -> Iterator[str]:
    top_units = {row["requirement"]: int(row["max_level"] or 0) for row in recount.sheets["requirements"]}
    for sheet in ("holdings", "post_requirements", "teaches"):
        for row in recount.sheets[sheet]:
            thing = recount.thing(row["requirement"])
            top = 3 if thing.startswith("cvf-2024/") else top_units.get(recount.names[thing], 0)
            if not 0 <= int(row["level"] or 0) <= top:
                yield f"{sheet} {row}"


def test_the_rows_hold_together(recount: Recount) -> None:
    """No row is there twice, points at nothing, ends before it begins, or reaches beyond post, person or scale."""
    checks = (_twice, _loose, _backwards, _outside, _beyond, _levels)
    assert [fault for check in checks for fault in check(recount)] == []


@pytest.mark.parametrize(("people", "seed"), [(6000, 1), (2000, 3)])
def test_the_rows_of_a_larger_force_hold_together(tmp_path: Path, people: int, seed: int) -> None:
    """What is rare among few people happens among many, such as coming back to a post, and is no fault either."""
    make(tmp_path, people, seed)
    recount = Recount(tmp_path, AS_OF.isoformat())
    assert [fault for check in (_twice, _outside, _beyond) for fault in check(recount)] == []


def test_the_force_has_the_people_asked_for(recount: Recount) -> None:
    """Exactly so many people are there, each under an id of their own and a name that is a number."""
    people = {(row["person_id"], row["name"]) for row in recount.sheets["people"]}
    assert {(f"P{number:06}", f"Person {number:06}") for number in range(1, PEOPLE + 1)} == people


def test_every_case_that_answers_speak_of_is_there(answers: list[Answer], recount: Recount) -> None:
    """Even the smallest force has each kind of gap, vacancy, cover, status and readiness."""

    def column(question: str, place: int) -> set[object]:
        values = [row[place] for one in answers if one.question == question for row in one.rows()]
        return {tuple(value) if isinstance(value, list) else value for value in values}

    seats = Counter(seat["person_id"] for rows in recount.sitting.values() for seat in rows)
    assert {
        "ready": {"now", "12m", "24m", "no"},
        "status": {"done", "missing", "too_low", "lapsed"},
        "last holder": {True, False},
        "vacant for ever": True,
        "covered": True,
        "only somebody absent": True,
        "need and nobody": True,
        "without a course": True,
        "without a limit of seats": True,
        "in two posts": True,
        "shared": True,
    } == {
        "ready": column("succession", 1),
        "status": column("person-gap", 3),
        "last holder": column("expiring", 5),
        "vacant for ever": None in column("vacancies", 4),
        "covered": bool(column("vacancies", 5) - {()}),
        "only somebody absent": column("heat-map", 8) > {0},
        "need and nobody": 0 in column("heat-map", 7),
        "without a course": None in column("training-demand", 0),
        "without a limit of seats": None in column("training-demand", 2),
        "in two posts": max(seats.values()) > 1,
        "shared": any(len(rows) > 1 for rows in recount.sitting.values()),
    }


def _contents(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def test_the_same_numbers_give_the_same_files(seed: int, folder: Path, tmp_path: Path) -> None:
    """A force of the same size and seed is the same to the byte, workbook included."""
    _made(tmp_path, seed)
    assert _contents(folder) == _contents(tmp_path)


def test_another_seed_gives_another_force(folder: Path, tmp_path: Path) -> None:
    """What does not depend on chance stays: documents, tickets, courses, what they teach, and at times the units."""
    _made(tmp_path, 99)
    same = {name for name, mark in _contents(tmp_path).items() if _contents(folder)[name] == mark} - {"csv/units.csv"}
    fixed = {"commander.txt", "constable.txt", "custody-sergeant.txt", "sergeant.txt", "sources.yaml"}
    sheets = {"requirements.csv", "courses.csv", "teaches.csv", "not_met.csv"}  # nobody was judged
    sheets |= {"roles.csv", "rules.csv", "cover.csv", "course_dates.csv"}  # a sample force has none of these
    assert {f"documents/{name}" for name in fixed} | {f"csv/{name}" for name in sheets} == same


def _named(folder: Path) -> StaffNames:
    """Return the names that the graph would have with the reference data and the documents of the force."""
    profiles = files.read_all(files.find([folder / "documents"]), read)
    found = [reference_facts(), *(facts(profile, known()) for profile in profiles)]
    nodes = {(node.label, node.id): node for one in found for node in one.nodes}

    def rows(label: str) -> list[dict[str, object]]:
        return [
            {
                **dict.fromkeys(("aliases", "ladder", "framework", "scale", "valid_from", "valid_to")),
                **node.model_dump(),
                "short": getattr(node, "short_name", None),
                "top": None,
                "rank": node.subtype == "Rank",
                "course": node.subtype == "Course",
                "competency": node.subtype == "Competency",
            }
            for (kind, _), node in nodes.items()
            if kind == label
        ]

    return names_of(rows("Role"), rows("Requirement"), rows("Framework"), day=AS_OF.isoformat(), force=None)


@pytest.mark.parametrize("source", ["csv", "staff.xlsx"])
def test_the_reader_of_staff_files_takes_every_row(folder: Path, recount: Recount, source: str) -> None:
    """Neither the CSV files nor the workbook has a fault, a name that is not known or a doubt to tell of."""
    with read_staff(folder / source, _named(folder)) as staff:
        taken = {sheet: count.taken for sheet, count in staff.counts.items()}
        things = {str(row["requirement"]) for row in staff.rows("holdings")}
        assert ([], [], (), {sheet: len(rows) for sheet, rows in recount.sheets.items()}) == (
            list(staff.faults),
            staff.unmatched(),
            staff.notes,
            taken,
        )
    assert {recount.thing(row["requirement"]) for row in recount.sheets["holdings"]} == things


def test_the_command_writes_a_force_and_says_what_is_in_it(tmp_path: Path) -> None:
    """Rows by sheet go to stdout, what to do with them to stderr; the folder has all parts."""
    made = run("sample-force", str(tmp_path / "out"), "--people", "150", "--seed", "5", "--format", "json")
    sheets = {path.stem for path in (tmp_path / "out" / "csv").iterdir()}
    assert (
        0,
        150,
        {"README.md", "csv", "documents", "staff.xlsx"},
        sheets,
    ) == (
        made.exit_code,
        next(row["rows"] for row in json.loads(made.stdout) if row["sheet"] == "people"),
        {path.name for path in (tmp_path / "out").iterdir()},
        {row["sheet"] for row in json.loads(made.stdout)},
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("full",), 1, "found a folder that is not empty; name another, or give --overwrite"),
        (("file",), 1, "found a file; expected the name of a folder"),
        (("no/where",), 1, "make it first, or name another place"),
        (("new", "--people", "20"), 2, "found --people 20; expected a number from 150 to 900,000"),
        (("new", "--people", "50001", "--xlsx"), 2, "a workbook holds 50,000: leave it out"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """Nothing that is there is written over unasked, and a number out of range is wrong usage."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    found = run("sample-force", str(tmp_path / arguments[0]), *arguments[1:])
    assert (code, True, ["full", "file"]) == (
        found.exit_code,
        said in found.stderr,
        sorted((path.name for path in tmp_path.iterdir()), reverse=True),
    )


def test_a_workbook_of_another_force_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no workbook is written for so many people, the one of a smaller force is taken away."""
    before = run("sample-force", str(tmp_path), "--people", "150")
    monkeypatch.setattr("queries.commands.staff._WORKBOOK_PEOPLE", 150)
    after = run("sample-force", str(tmp_path), "--people", "151", "--overwrite")
    told = "no workbook is written for more than 150 people; --xlsx writes it"
    assert (False, True, False) == (told in before.stderr, told in after.stderr, (tmp_path / "staff.xlsx").exists())


def test_a_folder_may_be_written_again_if_asked(tmp_path: Path) -> None:
    """With --overwrite a smaller force takes the place of a larger one, and other files stay."""
    for people in ("300", "150"):
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
        assert run("sample-force", str(tmp_path), "--people", people, "--overwrite").exit_code == 0
    make(tmp_path.parent / "alone", 150, 1)
    alone = _contents(tmp_path.parent / "alone")
    again = {name: mark for name, mark in _contents(tmp_path).items() if name not in {"staff.xlsx", "mine.txt"}}
    assert (alone, "mine") == (again, (tmp_path / "mine.txt").read_text(encoding="utf-8"))
