"""What spreadsheets and systems do to cells: each comes out right or as a fault, never wrong in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ids import name_key
from loaders.staff.dates import Days
from loaders.staff.faults import Fault
from loaders.staff.read import read
from tests.builders.staff_export import Export, KnownNames, export, row, write_csv
from tests.loaders.staff.test_read import problems


def faults(rows: Export, folder: Path, mapping: str = "", *, delimiter: str = ",") -> list[Fault]:
    """Return the faults of an export that do not follow from others."""
    path = folder / "mapping.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mapping or "rankgraph: mapping\n")
    with read(write_csv(rows, folder / "export", delimiter=delimiter), KnownNames(), mapping=path) as staff:
        return [fault for fault in staff.faults if fault.kind != "left out"]


def value(rows: Export, sheet: str, column: str, folder: Path, mapping: str = "", *, delimiter: str = ",") -> object:
    """Return what the last row of a sheet has in a column; the fault where it has one."""
    key = rows[sheet][-1][next(iter(rows[sheet][-1]))]
    (folder / "mapping.yaml").write_text(mapping or "rankgraph: mapping\n")
    with read(
        write_csv(rows, folder / "export", delimiter=delimiter), KnownNames(), mapping=folder / "mapping.yaml"
    ) as staff:
        wrong = [fault.expected for fault in staff.faults if fault.kind != "left out"]
        first = next(iter(rows[sheet][-1]))
        return wrong or next(one[column] for one in staff.rows(sheet) if one[first] == key)


def post(fte: str) -> Export:
    """Return an export with one more post, of an fte as it is typed."""
    rows = export()
    rows["posts"][2]["fte"] = "1"
    rows["posts"].append(row("posts", "X1", "U1", "PC", "", "", fte))
    return rows


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-30T23:00:00Z", "2026-07-01"),
        ("2026-06-30T23:00:00.000Z", "2026-07-01"),
        ("2026-06-30 23:30 UTC", "2026-07-01"),
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-10-25T23:30:00+00:00", "2026-10-25"),
        ("2026-07-01T00:30:00+0200", "2026-06-30"),
        ("2026-01-15T23:59:59Z", "2026-01-15"),
        ("2026-06-30T23:00:00+01:00", "2026-06-30"),
        ("2026-06-30T23:00:00", "2026-06-30"),
        ("30/06/2026 23:15Z", "2026-07-01"),
        ("20260630T230000Z", "2026-07-01"),
        ("30 Jun 2026 23:15 GMT", "2026-07-01"),
    ],
)
def test_a_moment_with_its_zone_is_its_day_in_the_united_kingdom(text: str, day: str) -> None:
    """In summer an hour before midnight by UTC is the next day; without a zone it is the day that is written."""
    assert day == Days().read(text)


@pytest.mark.parametrize(
    ("text", "delimiter", "mapping", "expected"),
    [
        ("0,5", ";", "", 0.5),
        ("0,500", ";", "", 0.5),
        ("1,25", ";", "", 1.25),
        ("0,5", ",", "decimal: comma", 0.5),
        ("2,500", ",", "decimal: comma", 2.5),
        ("2,500", ",", "decimal: point", 2500),
        ("2.500", ",", "decimal: comma", 2500),
        ("1.234,0", ";", "", 1234),
        ("2.5", ";", "", 2.5),
        ("0,5", ",", "", "a number from 0"),
        ("0,500", ",", "", "a number from 0"),
        ("2,500", ",", "", "a number that can be read one way only; it may be 2500.0 or 2.5"),
        ("1,500", ";", "", "a number that can be read one way only; it may be 1500.0 or 1.5"),
    ],
)
def test_a_decimal_comma_is_read_by_the_habit_of_the_file_or_is_a_fault(
    text: str, delimiter: str, mapping: str, expected: object, tmp_path: Path
) -> None:
    """Semicolons between cells show that commas are decimal; what may be thousands too must be said."""
    found = value(post(text), "posts", "fte", tmp_path, mapping, delimiter=delimiter)
    assert ([expected] if isinstance(expected, str) else expected) == found


@pytest.mark.parametrize(("days", "is_fault"), [("2,500", True), ("1,000", True), ("2.5", False), ("12", False)])
def test_days_of_a_course_are_never_thousands(days: str, is_fault: bool, tmp_path: Path) -> None:
    """Nobody is away for 2,500 days."""
    rows = export()
    rows["courses"][-1]["days"] = days
    assert is_fault == any(fault.column == "days" for fault in faults(rows, tmp_path))


@pytest.mark.parametrize("text", ["22.2", "37", "37.5", "40", "18.5", "36 hours", "22.2 hrs", "37h per week"])
def test_weekly_hours_are_no_fte(text: str, tmp_path: Path) -> None:
    """The cure is in the mapping: the hours of a full week, or that these are none."""
    [fault] = faults(post(text), tmp_path / "a")
    assert ("full-time equivalents, not hours a week", True) == (fault.expected, "`hours: 37`" in fault.advice)
    hours = value(post(text), "posts", "fte", tmp_path, "posts: {hours: 37}")
    assert round(float(text.rstrip("hourswkpe ")) / 37, 4) == hours


@pytest.mark.parametrize(
    ("text", "mapping", "fte"),
    [
        ("12", "", 12),
        ("4.5", "", 4.5),
        ("60%", "", 0.6),
        ("37", "posts: {hours: none}", 37),
        ("0.8", "posts: {hours: 37}", 0.8),
    ],
)
def test_pools_shares_and_what_the_mapping_says_are_fte(text: str, mapping: str, fte: float, tmp_path: Path) -> None:
    """A post of twelve is twelve."""
    assert fte == value(post(text), "posts", "fte", tmp_path, mapping)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grade A driver", "Grade A+ driver"),
        ("C", "C#"),
        ("Driving < 3.5t", "Driving > 3.5t"),
        ("Category B", "Category B-"),
        ("Level 2", "Level 2*"),
        ("Вождение А", "Вождение А+"),
        ("Γ", "Γ'#"),
        ("级别一", "级别一+"),
        ("Cafe", "Café"),
        ("Band 3.5", "Band 3-5"),
    ],
)
def test_two_names_that_differ_in_a_sign_are_two_requirements(one: str, other: str, tmp_path: Path) -> None:
    """Both can be declared and held, and one does not stand for the other."""
    rows = export()
    rows["requirements"] += [row("requirements", one), row("requirements", other)]
    rows["holdings"] = [row("holdings", "P1", one), row("holdings", "P2", other)]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert ([], 2) == (list(staff.faults), len({held["requirement"] for held in staff.rows("holdings")}))
    rows["requirements"].pop()
    assert [("holdings", 3, "requirement")] == [(f.sheet, f.row, f.column) for f in faults(rows, tmp_path)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("first-aid", "First  Aid"),
        ("TASER.", "Taser"),
        ("Risk & control", "Risk and control"),
        ("Å", "A\u030a"),
    ],
)
def test_two_ways_to_write_one_name_are_one(one: str, other: str) -> None:
    """Composed and decomposed signs, case, spaces, and what only parts words."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("word", ["A", "T", "S", "a", " t "])
def test_a_letter_alone_is_no_basis(word: str, tmp_path: Path) -> None:
    """A may be active as well as acting: the mapping says which."""
    rows = export()
    rows["occupancies"][-1]["basis"] = word
    [fault] = faults(rows, tmp_path / "a")
    assert ("basis", word.strip()) == (fault.column, fault.value.strip())
    assert [] == faults(rows, tmp_path / "b", f"occupancies: {{values: {{basis: {{{word.strip()}: substantive}}}}}}")


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL", "Grand total", "Sub-total Response", "Subtotal:", "Total posts: 5", "Sum", "Count"]
)
def test_a_row_of_totals_is_no_person_and_no_post(word: str, tmp_path: Path) -> None:
    """It is left out, and that is said."""
    rows = export()
    rows["posts"].append(row("posts", word, "U1", "PC", "", "", "7"))
    rows["people"].append(row("people", word, "6"))
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert ([], 6, 6) == (list(staff.faults), staff.counts["posts"].taken, staff.counts["people"].taken)
        said = f"left out: a total ({word}) (1)"
        assert {f"{sheet}.csv: 1 row(s) of {sheet} {said}" for sheet in ("posts", "people")} == set(staff.notes)


@pytest.mark.parametrize("name", ["Totalis", "Summer", "Counting, Ann", "Subtle", "Total Recall"])
def test_a_name_that_begins_like_a_total_is_a_name(name: str, tmp_path: Path) -> None:
    """Only whole words are totals."""
    rows = export()
    rows["people"].append(row("people", "X1", name))
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert () == staff.notes


@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#SPILL!", "Err:502"])
@pytest.mark.parametrize(
    ("sheet", "column"), [("people", "name"), ("units", "name"), ("posts", "title"), ("holdings", "requirement")]
)
def test_an_error_of_a_spreadsheet_is_no_name(error: str, sheet: str, column: str, tmp_path: Path) -> None:
    """Nor is it any other value."""
    rows = export()
    rows[sheet][-1][column] = error
    expected = "a value; this is an error of the spreadsheet"
    assert (sheet, column, expected) in {(f.sheet, f.column, f.expected) for f in faults(rows, tmp_path)}


@pytest.mark.parametrize(
    "text",
    ["1.23457E+11", "1.2E+11", "1E+15", "2026-03-01", "01-Mar", "1-Mar-26", "Mar-01", "01/03/2026", "1234567890123450"],
)
def test_an_identifier_that_a_spreadsheet_has_changed_is_a_fault(text: str, tmp_path: Path) -> None:
    """What is left of it would be another."""
    rows = export()
    rows["people"].append(row("people", text, "Somebody"))
    assert [("people", "person_id", text)] == [(f.sheet, f.column, f.value) for f in faults(rows, tmp_path)]


@pytest.mark.parametrize("text", ["12E4", "A1-3", "MAR1", "000123", "2026", "123456789012345"])
def test_other_identifiers_stay_as_they_are(text: str, tmp_path: Path) -> None:
    """Zeros in front, too."""
    rows = export()
    rows["people"].append(row("people", text, "Somebody"))
    assert text == value(rows, "people", "person_id", tmp_path)


@pytest.mark.parametrize(
    "sign", ["\x00", "\u00ad", "\u200b", "\ufeff", "\u200e", "\u2060", "\u202e", "_x000D_", "_x0000_"]
)
def test_a_sign_that_nobody_sees_makes_no_second_person(sign: str, tmp_path: Path) -> None:
    """It is taken out, and that is said."""
    rows = export()
    rows["people"][0]["name"] = f"Pat{sign} Lee{sign}"
    rows["occupancies"][0]["person_id"] = f"{sign}P1{sign}"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        names = {one["person_id"]: one["name"] for one in staff.rows("people")}
        assert ([], "Pat Lee") == (list(staff.faults), names["P1"])
        said = "1 row(s) had signs that nobody sees, which are taken out"
        assert {f"people.csv: {said}", f"occupancies.csv: {said}"} == set(staff.notes)


@pytest.mark.parametrize(
    ("typed", "text"), [('="0345"', "0345"), ('="a ""b"""', 'a "b"'), ('=""', None), ("=0345", "=0345")]
)
def test_a_cell_that_says_it_is_text_is_that_text(typed: str, text: str | None, tmp_path: Path) -> None:
    """As exports keep zeros in front."""
    rows = export()
    rows["posts"].append(row("posts", "X1", "U1", "PC", typed))
    assert text == value(rows, "posts", "title", tmp_path)


@pytest.mark.parametrize("text", ["SeÃ¡n", "Ã“ Brien", "Zoâ€™s", "NiÃ±a", "Å\xa0karda"])
def test_text_that_was_read_in_a_wrong_code_is_seen(text: str, tmp_path: Path) -> None:
    """The message says what it may be."""
    rows = export()
    rows["people"][-1]["name"] = text
    expected = text.replace("\xa0", " ")
    found = [(f.column, f.value) for f in faults(rows, tmp_path)]
    assert ([] if text.endswith("karda") else [("name", expected)]) == found


@pytest.mark.parametrize("text", ["JOSÉ’S", "Zoë", "Ångström", "São", "Straße", "Ирина"])
def test_names_with_other_letters_are_right(text: str, tmp_path: Path) -> None:
    """They are no text in a wrong code."""
    rows = export()
    rows["people"][-1]["name"] = text
    assert [] == faults(rows, tmp_path)


@pytest.mark.parametrize(
    ("typed", "known", "cure"),
    [
        ("0345", "345", "people: {pad: {person_id: 4}}"),
        ("345", "0345", "occupancies: {pad: {person_id: 4}}"),
        ("PS 0345", "0345", "occupancies: {without_rank: [person_id]}"),
        ("PC1456", "1456", "occupancies: {without_rank: [person_id]}"),
        ("T/DS 77", "77", "occupancies: {without_rank: [person_id]}"),
        ("AB-12", "AB12", ""),
    ],
)
def test_an_id_that_is_nearly_one_is_suggested_with_its_cure(typed: str, known: str, cure: str, tmp_path: Path) -> None:
    """And the cure cures."""
    rows = export()
    rows["people"].append(row("people", known, "Somebody"))
    rows["occupancies"].append(row("occupancies", typed, "T2", "2010-01-01", "2010-12-31", "0.1"))
    rows["posts"][1]["opened"] = ""
    [fault] = faults(rows, tmp_path / "a")
    assert (f"did you mean {known}?", bool(cure)) == (
        fault.advice.partition(" correct")[0],
        f"`{cure}`" in fault.advice,
    )
    if cure:
        assert [] == faults(rows, tmp_path / "b", cure)


def test_an_id_that_could_be_two_is_not_suggested(tmp_path: Path) -> None:
    """Nothing is guessed."""
    rows = export()
    rows["people"] += [row("people", "345", "Somebody"), row("people", "00345", "Else")]
    rows["holdings"].append(row("holdings", "0345", "Taser"))
    assert ["mend it, or add the row that is missing"] == [fault.advice for fault in faults(rows, tmp_path)]


@pytest.mark.parametrize(
    ("theirs", "ours"), [("Expirey", "expires"), ("Dat Achieved", "achieved"), ("achievd", "achieved")]
)
def test_a_column_that_is_nearly_ours_is_a_fault_before_its_rows(theirs: str, ours: str, tmp_path: Path) -> None:
    """Else its cells would be missed in silence; the message says both ways out."""
    rows = export()
    rows["holdings"] = [
        {(theirs if name == ours else name): cell for name, cell in one.items()} for one in rows["holdings"]
    ]
    [(file, found, _)] = problems(write_csv(rows, tmp_path))
    assert ("holdings.csv", f"no {ours}, but {theirs!r}") == (file, found.partition(" among")[0])


def test_posts_without_a_column_for_rank_or_role_are_refused_as_a_whole(tmp_path: Path) -> None:
    """Not row by row."""
    rows = export()
    rows["posts"] = [
        {("Band" if name == "rank" else name): cell for name, cell in one.items() if name != "role"}
        for one in rows["posts"]
    ]
    assert ["no rank and no role"] == [
        found.partition(" among")[0] for _, found, _ in problems(write_csv(rows, tmp_path))
    ]


def test_a_post_without_a_rank_says_that_the_file_has_no_such_column(tmp_path: Path) -> None:
    """The cause, which is one for all rows; with both columns the cells are at fault."""
    for number, advice in enumerate(("give the post one of the two", "the file has no column rank; call it so")):
        rows = export()
        rows["posts"][0] |= {"rank": "", "role": ""}
        if number:
            rows["posts"] = [
                {("Level" if name == "rank" else name): cell for name, cell in one.items()} for one in rows["posts"]
            ]
        found = faults(rows, tmp_path / str(number))
        assert found[0].advice.startswith(advice)


def test_the_words_of_faults_of_one_kind_are_those_of_all(tmp_path: Path) -> None:
    """The first among them, which is none of those that are more."""
    rows = export()
    for one, joined in zip(rows["people"], ("soon", "then"), strict=False):
        one["joined"] = joined
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert "; so are 1 more, in all 'soon,then'" in str(next(staff.fault_groups()))


def test_faults_that_follow_from_others_are_counted_with_these(tmp_path: Path) -> None:
    """One kind of fault in units leaves out posts, and these leave out who is in them."""
    rows = export()
    rows["units"][3]["name"] = "#N/A"
    for one in rows["people"][:3]:
        one["joined"] = "soon"
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        groups = [(one.sheet, one.column, one.others, one.follow) for one in staff.fault_groups()]
        followers = sum(one.kind == "left out" for one in staff.faults)
        assert [("units", "name", 0), ("people", "joined", 2)] == [one[:3] for one in groups]
        assert (followers, followers) == (staff.following(), sum(one[3] for one in groups))


def test_rows_that_stand_twice_are_one_kind_of_fault(tmp_path: Path) -> None:
    """Whatever their rows are."""
    rows = export()
    rows["holdings"] += rows["holdings"]
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        assert [("holdings", "duplicate", 6)] == [(one.sheet, one.kind, one.others) for one in staff.fault_groups()]


@pytest.mark.parametrize("text", ["N/A", "-", "NULL", "Current", "00/00/0000"])
def test_a_placeholder_is_empty_where_the_mapping_says_so(text: str, tmp_path: Path) -> None:
    """Until then it is a fault that says how."""
    rows = export()
    rows["people"][-1]["left"] = text
    [fault] = faults(rows, tmp_path / "a")
    assert fault.advice.endswith(f'`empty: ["{text}"]`')
    assert [] == faults(rows, tmp_path / "b", f'people: {{empty: ["{text}"]}}')


@pytest.mark.parametrize("sheet", ["rules", "cover", "posts"])
@pytest.mark.parametrize(
    ("typed", "known"), [("North", "U1"), ("south", "U2"), ("North  Team-A", "U3"), ("East", None)]
)
def test_a_name_of_a_unit_in_place_of_its_id_is_said_with_the_id(
    sheet: str, typed: str, known: str | None, tmp_path: Path
) -> None:
    """One that no unit has stays a row that is missing."""
    rows = export()
    rows["rules"], rows["cover"] = [row("rules", "PC", "", "", "", "Taser")], [row("cover", "U1", "Taser", "", "2")]
    rows[sheet][0]["unit_id"] = typed
    with read(write_csv(rows, tmp_path), KnownNames()) as staff:
        [fault] = [one for one in staff.faults if one.sheet == sheet]
    said = f"did you mean {known}? correct it" if known else "mend it, or add the row that is missing"
    assert (typed, said) == (fault.value, fault.advice)
