"""Names of bodies, courses and instruments in documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from loaders.language.document_names import Naming, naming

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
FAMILIES = {"000": "web-page", "001": "web-page", "002": "coded-profile", "003": "pack", "004": "advert"}
NO_BODIES = {"rank_or_office"}


def gold() -> list[dict[str, object]]:
    """Read the annotation of the real documents; none where they are missing."""
    path = SHARED / "gold" / "seeds.json"
    return list(json.loads(path.read_text(encoding="utf-8"))["documents"]) if path.exists() else []


def names_of(document: str) -> Naming:
    """Return what a real document calls things."""
    text = (SHARED / "profiles" / document).read_text(encoding="utf-8")
    return naming(text.split("\n"), "mps", FAMILIES[document[:3]])


def bodies_of(*lines: str, organisation: str | None = None, family: str = "pack") -> set[tuple[str, str, int]]:
    """Return id, words and line of each mention of a body."""
    named = naming(lines, organisation, family).named_bodies()
    return {(body.id, mention.text, mention.line) for body in named for mention in body.mentions}


def kinds_of(*lines: str) -> set[tuple[str, str, str]]:
    """Return id, name and kind of each body."""
    return {(body.id, body.name, body.kind) for body in naming(lines, None, "pack").named_bodies()}


def instruments_of(*lines: str) -> set[tuple[str, str, str]]:
    """Return id, kind and first words of each instrument."""
    return {(one.id, one.kind, one.text) for one in naming(lines, None, "pack").named_instruments()}


def courses_of(*lines: str) -> set[tuple[str, str]]:
    """Return id and words of each mention of a course."""
    return {(one.id, mention.text) for one in naming(lines, None, "pack").named_courses() for mention in one.mentions}


needs_documents = pytest.mark.skipif(not gold(), reason="the real documents are not beside the project")


@pytest.mark.real
@needs_documents
@pytest.mark.parametrize("annotated", gold(), ids=lambda one: str(one["document"])[:3])
def test_bodies_of_a_real_document_are_those_of_its_annotation(annotated: dict[str, list[dict[str, object]]]) -> None:
    """Names, kinds, printed forms, counts and lines all agree, and there is nothing else."""
    wanted: set[object] = {
        (
            str(body["canonical"]),
            str(body["type"]),
            tuple(sorted((form["form"], form["count"]) for form in body["surface_forms"])),  # type: ignore[attr-defined]
            tuple(body["mention_lines"]),  # type: ignore[arg-type]
        )
        for body in annotated["bodies"]
        if body["type"] not in NO_BODIES
    }
    found = {
        (
            body.name,
            body.kind,
            tuple(sorted(Counter(mention.text for mention in body.mentions).items())),
            tuple(sorted({mention.line for mention in body.mentions})),
        )
        for body in names_of(str(annotated["document"])).named_bodies()
    }
    assert wanted == found


@pytest.mark.real
@needs_documents
@pytest.mark.parametrize("annotated", gold(), ids=lambda one: str(one["document"])[:3])
def test_courses_of_a_real_document_are_printed_as_annotated(annotated: dict[str, list[dict[str, object]]]) -> None:
    """Each course stands on its line in the words of the annotation."""
    wanted = {(course["surface"], course["line"]) for course in annotated["courses"]}
    found = {
        (mention.text, mention.line)
        for course in names_of(str(annotated["document"])).named_courses()
        for mention in course.mentions
    }
    assert wanted == found


@pytest.mark.real
@needs_documents
@pytest.mark.parametrize("annotated", gold(), ids=lambda one: str(one["document"])[:3])
def test_instruments_of_a_real_document_are_those_of_its_annotation(
    annotated: dict[str, list[dict[str, object]]],
) -> None:
    """Kinds and first lines agree, and there is nothing else."""
    wanted: set[object] = {(plan["type"], plan.get("line") or plan["lines"][0]) for plan in annotated["plans"]}  # type: ignore[index]
    named = names_of(str(annotated["document"])).named_instruments()
    assert (wanted, len(annotated["plans"])) == ({(one.kind, one.lines[0]) for one in named}, len(named))


@pytest.mark.real
@needs_documents
def test_the_framework_is_counted_in_every_form_of_its_name() -> None:
    """Plural, ampersand, capitals and abbreviation all are the framework."""
    named = names_of("003_437376a8630aa21b.txt").named_instruments()
    lines = {one.id: [mention.line for mention in one.mentions] for one in named}
    assert lines["cvf"] == [29, 221, 223, 384, 388, 398, 413, 415, 417, 443]


def test_a_name_and_its_abbreviation_in_brackets_are_one_mention() -> None:
    """The brackets are a part of what is printed."""
    assert bodies_of("Ask the National Crime Agency (NCA), or the NCA.") == {
        ("nca", "National Crime Agency (NCA)", 1),
        ("nca", "NCA", 1),
    }


def test_quotes_and_spaces_of_all_kinds_are_equal() -> None:
    """Curly quotes, straight ones and no-break spaces name one body, printed as they stand."""
    assert bodies_of("the Mayor’s\u00a0Office for Policing and Crime", "the Mayor's Office for Policing & Crime") == {
        ("mopac", "Mayor’s Office for Policing and Crime", 1),
        ("mopac", "Mayor's Office for Policing & Crime", 2),
    }


def test_the_mayor_is_not_found_in_the_name_of_the_office() -> None:
    """A name inside a longer one is no mention of its own, unless it is a part of it."""
    assert bodies_of("the Mayor's Office for Policing and Crime and the Mayor") == {
        ("mopac", "Mayor's Office for Policing and Crime", 1),
        ("mayor-of-london", "the Mayor", 1),
    }


def test_a_letterhead_over_two_lines_is_one_name() -> None:
    """A name broken over lines is read whole, and printed as it stands."""
    assert bodies_of("MAYOR OF LONDON", "OFFICE FOR POLICING AND CRIME") == {
        ("mopac", "MAYOR OF LONDON\nOFFICE FOR POLICING AND CRIME", 1)
    }


def test_letters_set_apart_are_an_abbreviation() -> None:
    """Letterheads print abbreviations so."""
    assert bodies_of("H M I C F R S") == {("hmicfrs", "H M I C F R S", 1)}


def test_a_name_wrapped_by_hand_is_found_on_its_first_line() -> None:
    """A line break counts as a space in a name as written, not where the case differs."""
    assert bodies_of("guidance of the College of", "Policing", "", "METROPOLITAN", "POLICE") == {
        ("college-of-policing", "College of\nPolicing", 1)
    }


def test_short_names_hold_only_in_their_context() -> None:
    """Short names such as "Met", "College" and "management board" mean nothing in the document of another force."""
    line = "The Met and its management board met the College and the Mayor."
    of_met = {
        ("mps", "Met", 1),
        ("mps-management-board", "management board", 1),
        ("mayor-of-london", "the Mayor", 1),
    }
    assert (set(), of_met) == (bodies_of(line), bodies_of(line, organisation="mps"))


def test_only_the_national_government_is_the_government() -> None:
    """Local government and the Scottish Government are others."""
    line = "Government policy; national and local Government; the Scottish Government; good government"
    assert bodies_of(line) == {("uk-government", "Government", 1)}


def test_a_part_of_a_body_counts_for_the_body_as_well() -> None:
    """A team of the Home Office names the Home Office."""
    assert bodies_of("Write to the Vetting Support Team, Home Office, London.") == {
        ("vetting-support-team-home-office", "Vetting Support Team, Home Office", 1),
        ("home-office", "Home Office", 1),
    }


def test_abbreviations_need_their_capitals_and_whole_words() -> None:
    """Addresses and other words are no names."""
    assert bodies_of("see www.college.police.uk, nca@example.org, the unicast met, Governmental") == set()


def test_bodies_that_no_list_holds_are_known_by_their_shape() -> None:
    """The abbreviation that the text gives one names it from then on."""
    assert kinds_of(
        "The West Riding Combined Authority (WRCA) and the Police and Crime Commissioner for Barsetshire.",
        "WRCA works with Barsetshire Constabulary, the Barsetshire Police and Crime Panel and Barset County Council.",
        "The Mayor of Casterbridge chairs it.",
    ) == {
        ("west-riding-combined-authority", "West Riding Combined Authority", "local_policing_body"),
        (
            "police-and-crime-commissioner-for-barsetshire",
            "Police and Crime Commissioner for Barsetshire",
            "local_policing_body",
        ),
        ("barsetshire-constabulary", "Barsetshire Constabulary", "force"),
        ("barsetshire-police-and-crime-panel", "Barsetshire Police and Crime Panel", "local_policing_body"),
        ("barset-county-council", "Barset County Council", "local_authority"),
        ("mayor-of-casterbridge", "Mayor of Casterbridge", "office"),
    }


def test_the_abbreviation_that_a_text_gives_is_its_own() -> None:
    """A known abbreviation names the body that the text introduces by it."""
    assert bodies_of("Office of the Police and Crime Commissioner for Barset (OPCC)", "", "Ask the OPCC.") == {
        (
            "office-of-the-police-and-crime-commissioner-for-barset",
            "Office of the Police and Crime Commissioner for Barset (OPCC)",
            1,
        ),
        ("office-of-the-police-and-crime-commissioner-for-barset", "OPCC", 3),
    }


@pytest.mark.parametrize("lead", ["Inform the", "Advise", "- Brief", "It meets. Chair the", "• Audit", "Work with the"])
def test_the_verb_of_a_sentence_is_no_part_of_a_name(lead: str) -> None:
    """The abbreviation that the text gives says where the name begins."""
    for name, short in (("Marine Safety Board", "MSB"), ("Upper Marine Safety Board", "UMSB")):
        assert {name} == {found for _, found, _ in kinds_of(f"{lead} {name} ({short}) on tides.")}


def test_words_before_a_force_do_not_join_its_name() -> None:
    """Titles and headings around a known force make no other force."""
    assert kinds_of(
        "Chief Constable of Dorset Police",
        "the Great Dorset Police",
        "Job Family Special Constabulary",
        "Support Police officers",
    ) == {("dorset-police", "Dorset Police", "force")}


def test_two_bodies_joined_by_and_stay_two() -> None:
    """A known name at the head of a shape is cut off."""
    assert kinds_of("the Crown Prosecution Service, Border Force and West Riding Combined Authority") == {
        ("cps", "Crown Prosecution Service", "government_department"),
        ("border-force", "Border Force", "agency"),
        ("west-riding-combined-authority", "West Riding Combined Authority", "local_policing_body"),
    }


def test_the_issues_of_a_plan_are_different_things() -> None:
    """A year, a span of years or a place makes an issue of its own."""
    assert instruments_of(
        "the Police and Crime Plan",
        "the Police and Crime Plan for Kent 2021-2025",
        "Strategic Policing Requirement (2023)",
    ) == {
        ("police-and-crime-plan", "plan", "Police and Crime Plan"),
        ("police-and-crime-plan-kent-2021-2025", "plan", "Police and Crime Plan for Kent 2021-2025"),
        ("strategic-policing-requirement-2023", "national_requirement", "Strategic Policing Requirement (2023)"),
    }


def test_laws_and_plans_that_no_list_holds_are_known_by_their_shape() -> None:
    """A section is a part of the name; law and order in general is no law."""
    assert instruments_of(
        "Under section 12 of the Serious Crime Act 2015 we keep order.",
        "The Police (Conduct) Regulations 2020 apply to the Barsetshire Rural Crime Strategy.",
        "Public Order and legal and service requirements; the Personal Development Plan",
    ) == {
        ("serious-crime-act-2015-section-12", "law", "section 12 of the Serious Crime Act 2015"),
        ("police-conduct-regulations-2020", "law", "Police (Conduct) Regulations 2020"),
        ("barsetshire-rural-crime-strategy", "strategy", "Barsetshire Rural Crime Strategy"),
    }


def test_titles_of_instruments_are_whole() -> None:
    """A regulation under an Act has the Act in its title, and a title in quotation marks ends with them."""
    assert instruments_of(
        "as the Borough Watch Act 2009 (Fitness of Watchmen and Wardens) Regulations 2011 ask",
        "under our \u201cCode of Conduct for Wardens on the River and at Sea\u201d, which you have read",
        "live the BWF Leadership Philosophy, and write a Leadership Programme",
    ) == {
        (
            "borough-watch-act-2009-fitness-of-watchmen-and-130d7260",
            "law",
            "Borough Watch Act 2009 (Fitness of Watchmen and Wardens) Regulations 2011",
        ),
        (
            "code-of-conduct-for-wardens-on-the-river-and-at-sea",
            "policy",
            "Code of Conduct for Wardens on the River and at Sea",
        ),
        ("bwf-leadership-philosophy", "policy", "BWF Leadership Philosophy"),
    }


def test_one_course_has_many_names() -> None:
    """Names, stages and abbreviations of one course are one course."""
    assert courses_of(
        "executive leadership programme (ELP)", "Police Leadership Programme - Stage 5", "PLP Stage 5", "SPNAC", "PIP2"
    ) == {
        ("course/elp", "executive leadership programme (ELP)"),
        ("course/elp", "Police Leadership Programme - Stage 5"),
        ("course/elp", "PLP Stage 5"),
        ("course/senior-pnac", "SPNAC"),
        ("course/pip-2", "PIP2"),
    }


def test_the_name_of_a_role_is_no_course() -> None:
    """A PIP 2 investigator is a role; PIP 2 is an accreditation; NPPF after vetting is another thing."""
    assert courses_of("The PIP 2 investigator", "a Senior Investigator PIP3", "MV level (NPPF)", "holds PIP 2") == {
        ("course/pip-2", "PIP 2")
    }


def test_the_mayor_of_another_place_is_an_office_of_its_own() -> None:
    """Outside London "the Mayor" alone is nobody that is known."""
    assert {("mayor-of-greater-manchester", "Mayor of Greater Manchester", 1)} == bodies_of(
        "Work with the Mayor of Greater Manchester.", organisation="greater-manchester-police"
    )
    assert "mayor-of-london" not in {
        body for body, _, _ in bodies_of("Brief the Mayor, and the MPS.", organisation="merseyside-police")
    }


def test_a_law_with_a_body_in_its_name_is_no_mention_of_the_body() -> None:
    """The law has its year, and its schedule is no section."""
    line = "Powers under the Metropolitan Police Act 1839 and schedule 4 of the Borough Watch Act 2009."
    assert (set(), {"Metropolitan Police Act 1839", "Borough Watch Act 2009, schedule 4"}) == (
        bodies_of(line),
        {one.name for one in naming([line], None, "pack").named_instruments()},
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Leads a command in a UK Police Force.",),
        ("Works with other UK Police forces",),
        ("Links to other Profiles", "Police Sergeant"),
    ],
)
def test_words_that_name_no_force_are_no_body(lines: tuple[str, ...]) -> None:
    """A country, or a heading above a title, is no part of a name."""
    assert set() == bodies_of(*lines)


def test_a_name_does_not_run_on_into_the_next_label() -> None:
    """Only a long line runs over its end."""
    assert {("police-and-crime-commissioner-for-northshire", "Police and Crime Commissioner for Northshire", 1)} == (
        bodies_of("Reports to: Police and Crime Commissioner for Northshire", "Location", "Northshire")
    )


def test_the_title_of_a_notice_is_no_part_of_a_force() -> None:
    """What stands before the comma is the post."""
    assert {("southmoor-police", "Southmoor Police", 1)} == bodies_of(
        "The appointment of Chief Constable, Southmoor Police"
    )


def test_the_authority_of_the_city_is_one_body() -> None:
    """The force in its name does not count apart."""
    assert {("city-of-london-police-authority-board", "City of London Police Authority Board", 1)} == bodies_of(
        "Report to the City of London Police Authority Board."
    )


def test_a_course_is_known_by_its_whole_name() -> None:
    """The end of a longer name is neither that course nor a programme."""
    line = "Completed the Diploma for Senior Leaders Programme"
    assert (set(), set()) == (courses_of(line), instruments_of(line))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Has passed the sgt exam", "course/nppf-exam-sergeant"),
        ("Holds the Sgts' legal examination", "course/nppf-exam-sergeant"),
        ("NPPF Step 2 (Insp)", "course/nppf-exam-inspector"),
        ("NPPF exam for Insps", "course/nppf-exam-inspector"),
        ("Part 2 of the NPPF", "course/nppf-exam"),
        ("the legal exam, with its Inspection", "course/nppf-exam"),
    ],
)
def test_an_exam_is_that_of_the_rank_beside_it_in_short_too(text: str, expected: str) -> None:
    """Before it, behind it or in brackets, as the rank is written in short."""
    assert [expected] == [one.entity_id for one in naming([text], None, "other").courses]


@pytest.mark.parametrize(
    "text", ["It values Integrity, Impartiality, Public Service.", "Exams: Crime, General Police Duties"]
)
def test_a_value_or_a_subject_is_no_body(text: str) -> None:
    """The words that end a list may end the name of a body elsewhere."""
    assert set() == kinds_of(text)
