"""What is easily misread: labels in one line, glued words, wishes, torn items, and several amounts in one line."""

from __future__ import annotations

from textwrap import dedent
from time import process_time
from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.fields.dates import days
from loaders.language.condition_terms import asks_nothing, is_wished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loaders.profile import Profile

    Reading = Callable[[str], Profile]

LETTER = """\
    Appointment of Chief Constable, Northshire Police

    Salary: £150,000 a year

    The commissioner is seeking to appoint a Chief Constable to lead Northshire Police.

    You will direct the work of every officer. You will answer to the commissioner for results.

    The successful candidate will:

    - have led a large command;
    - listen to residents.

    The closing date for applications is noon on 3 March 2031. Interviews will be held on 7 and 8 April 2031.
    """

SERGEANT = """\
    Sergeant

    Code CR-TL-Sergeant v2.0

    RolePurpose

    Sergeants lead a shift.

    KeyAccountabilities

    {duties}

    Behaviours

    {behaviours}

    Education, Qualifications, Skills and Experience

    {education}
    """

PACK = """\
    Deputy Chief Constable
    Candidate Information Pack

    Role Purpose

    The deputy runs the force from day to day.

    Key Accountabilities

    - Lead on standards.

    Salary and benefits

    {pay}

    Selection process

    {stages}

    Vetting

    You must pass the checks of the force.
    """


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Return a reader of a text."""

    def read_text(text: str) -> Profile:
        path = tmp_path / "document.txt"
        path.write_text(dedent(text), encoding="utf-8")
        return read(path)

    return read_text


@pytest.fixture
def sergeant(reading: Reading) -> Callable[..., Profile]:
    """Return a reader of a sergeant's profile with these lines in it."""

    def read_lines(duties: str = "• Brief the shift.", behaviours: str = "", education: str = "") -> Profile:
        return reading(dedent(SERGEANT).format(duties=duties, behaviours=behaviours, education=education))

    return read_lines


@pytest.fixture
def pack(reading: Reading) -> Callable[..., Profile]:
    """Return a reader of a pack with these lines in it."""

    def read_lines(pay: str = "Salary: £100,000", stages: str = "") -> Profile:
        return reading(dedent(PACK).format(pay=pay, stages=stages))

    return read_lines


def test_a_long_list_is_read_in_a_time_that_grows_with_its_length(sergeant: Callable[..., Profile]) -> None:
    """Four times the items take much less than sixteen times as long, names and laws in each of them."""
    took = []
    sergeant()
    for count in (250, 1000):
        duty = "  • Report case {} to Northshire Council and the Home Office under the Example Act 1999."
        start = process_time()
        found = sergeant(duties="\n".join(duty.format(number) for number in range(count)))
        took.append(process_time() - start)
        assert len(found.accountabilities) == count
    assert took[1] < 9 * took[0]


def test_a_label_with_its_value_does_not_hide_the_letter_below_it(reading: Reading) -> None:
    """Duties, criteria and pay of a letter are read where a line on the salary stands above the prose."""
    found = reading(LETTER)
    assert [one.text for one in found.prose_duties] == [
        "direct the work of every officer",
        "answer to the commissioner for results",
    ]
    assert [one.text for one in found.criteria] == ["have led a large command;", "listen to residents."]
    assert [(one.amount, one.per) for one in found.pay] == [(150_000.0, "year")]
    assert [(one.name, one.date) for one in found.stages] == [
        ("Applications", "2031-03-03"),
        ("Interview", "2031-04-07"),
    ]


def test_a_pack_of_a_purpose_and_a_person_specification_is_read(reading: Reading) -> None:
    """A short pack without accountabilities is no page to refuse."""
    found = reading("""\
        Chief Constable

        Information Pack

        Role Purpose

        The chief leads the force.

        Person Specification

        - Has led a command.
        """)
    assert ("pack", ["Has led a command."]) == (found.document.format, [one.text for one in found.criteria])


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("A degree in law is desirable.", True),
        ("Ideally has led a team of ten.", True),
        ("It would be an advantage to speak Welsh.", True),
        ("A degree is essential and a second one is desirable.", False),
        ("Gives advantage to nobody.", False),
        ("Dive licence; a boat licence is desirable.", False),
        ("Boat licence; it would be an advantage.", True),
        ("A boat licence is desirable but not essential.", True),
    ],
)
def test_a_sentence_that_wishes_is_told_from_one_that_demands(*, text: str, wished: bool) -> None:
    """What a line calls desirable in running words is desirable; what it also demands is not."""
    assert is_wished(text) is wished


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("No previous experience is required.", True),
        ("There is no requirement to have served as an inspector.", True),
        ("A degree is not essential.", True),
        ("No degree is required, but you must pass a test.", False),
        ("No live misconduct findings.", False),
        ("No. A boat licence is not needed.", True),
        ("It is no longer necessary to have led a team.", True),
        ("You do not need to have led a team.", True),
        ("Officers no longer need to pass a swim.", True),
        ("Officers do not have any live warnings.", False),
        ("Candidates will not have to swim.", True),
        ("You do not need to hold a licence before you start.", False),
        ("There is no longer a least age for the post.", True),
        ("You need not live in the county, but you must be on call.", False),
    ],
)
def test_a_line_that_asks_for_nothing_is_told_from_a_condition(*, text: str, nothing: bool) -> None:
    """Only a line that says of something that nobody needs it is no requirement."""
    assert asks_nothing(text) is nothing


def test_education_lines_that_wish_or_ask_nothing_open_no_condition(sergeant: Callable[..., Profile]) -> None:
    """One is desirable, one is set aside, and the rest is essential."""
    found = sergeant(education="• Served as a constable.\n• A degree is desirable.\n• No driving licence is needed.")
    assert [(one.text, one.necessity) for one in found.education] == [
        ("Served as a constable.", "essential"),
        ("A degree is desirable.", "desirable"),
    ]
    assert "No driving licence is needed." in {one.text for one in found.frames}


def test_a_level_for_competencies_that_nobody_names_is_left_over(sergeant: Callable[..., Profile]) -> None:
    """A sentence that gives a level to all competencies, none of them named, is reported and not set aside."""
    line = "In the competency framework, level 2 applies to all six competencies."
    found = sergeant(behaviours=line)
    assert (False, [line]) == (bool(found.competencies), [one.text for one in found.leftovers])


def test_a_short_form_of_a_level_and_the_stop_of_a_value_are_read(sergeant: Callable[..., Profile]) -> None:
    """L2 is level 2, and a value ends without its full stop."""
    found = sergeant(behaviours="We are collaborative L2\nWe take ownership - L1\n\nValues\n\n• Integrity.")
    assert [(one.text, one.level) for one in found.competencies] == [
        ("We are collaborative", 2),
        ("We take ownership", 1),
    ]
    assert [one.text for one in found.values] == ["Integrity"]


def test_glued_headings_open_their_parts_and_a_page_number_is_no_part_of_an_item(
    sergeant: Callable[..., Profile],
) -> None:
    """Words run together in a heading are told apart; a number behind the last stop goes, one in the text stays."""
    found = sergeant(duties="• Keep to the legal requirements. 2\n• Meet all targets of para. 3\n• Lead PIP 2")
    assert [one.text for one in found.purpose] == ["Sergeants lead a shift."]
    assert [one.text for one in found.accountabilities] == [
        "Keep to the legal requirements.",
        "Meet all targets of para. 3",
        "Lead PIP 2",
    ]


def test_the_level_of_a_service_function_leader_stands_in_a_code(reading: Reading) -> None:
    """A code with SFL is a code, with its version and the level it stands for."""
    found = reading(
        "Code CR-SFL-Chief Superintendent v1.3\n\nRole Purpose\n\nLeads.\n\nKey Accountabilities\n\n- Plan.\n"
    )
    assert (found.code, found.version, found.role.profile_level) == ("CR-SFL-Chief Superintendent", "1.3", "SL")


def test_an_item_broken_before_a_capital_is_one(sergeant: Callable[..., Profile]) -> None:
    """The end of an item on a line of its own belongs to it, also behind a semicolon."""
    found = sergeant(duties="• Work with the Crown\nProsecution Service.\n• Open cases;\nand close them.\n• Plan.")
    assert [one.text for one in found.accountabilities] == [
        "Work with the Crown Prosecution Service.",
        "Open cases; and close them.",
        "Plan.",
    ]


def test_all_names_below_a_colon_belong_to_the_item_that_waits_for_them(sergeant: Callable[..., Profile]) -> None:
    """Nested items of the same mark end with the first that is an item like those above."""
    duties = "• Working with:\n• the Home Office\n• HM Prison Service\n• Youth Council\n• Leading the shift"
    found = sergeant(duties=duties)
    assert [one.text for one in found.accountabilities] == [
        "Working with: the Home Office; HM Prison Service; Youth Council",
        "Leading the shift",
    ]


def test_a_timetable_gives_its_labels_and_its_numbers_as_stages(pack: Callable[..., Profile]) -> None:
    """Lines with a label and a day stand beside numbered ones, in their order; the closing day comes first."""
    stages = "Closing date: noon on 5th May 2031\nShortlisting: w/c 8 May 2031\nStage 1 - Panel 16 May 2031\n"
    found = pack(stages=f"{stages}Familiarisation day: 20 May 2031\nStart date: 1 July 2031")
    assert [(one.order, one.name, one.date) for one in found.stages] == [
        (1, "Applications", "2031-05-05"),
        (2, "Shortlisting", "2031-05-08"),
        (3, "Panel", "2031-05-16"),
        (4, "Familiarisation day", "2031-05-20"),
    ]


@pytest.mark.parametrize("text", ["1 and 2 May 2031", "1st, 2nd and 3rd May 2031", "1–2 May 2031", "1 May 2031"])
def test_the_first_of_several_days_counts(text: str) -> None:
    """Days that share their month are one time, which begins with the first."""
    assert [day.iso for day in days(text)] == ["2031-05-01"]


def test_each_amount_of_a_line_has_a_name_of_its_own(pack: Callable[..., Profile]) -> None:
    """The name is that of the words beside the amount, not the sentence."""
    pay = "You will receive a salary of £99,000 a year plus a car allowance of £5,000."
    pay += " A relocation package of up to £800 is open."
    assert [(one.name, one.amount) for one in pack(pay=pay).pay] == [
        ("Salary", 99_000.0),
        ("Car allowance", 5_000.0),
        ("Relocation package", 800.0),
    ]


def test_lines_that_became_a_term_or_a_closing_day_are_not_left_over(pack: Callable[..., Profile]) -> None:
    """What a field holds is not reported as unread."""
    pay = "Salary: £99,000\n\nTerm of appointment: fixed term of four years."
    found = pack(pay=pay, stages="Applications close at noon on 5 May 2031.")
    assert (48, "2031-05-05") == (found.term_months, found.closes)
    left = {one.text for one in found.leftovers}
    assert (
        left & {"Term of appointment: fixed term of four years.", "Applications close at noon on 5 May 2031."} == set()
    )


@pytest.mark.parametrize(
    "lead", ["CVF 2016, Level 2", "Your answers are read. You will be tested at level 2 on:", "Our framework, level 2:"]
)
def test_a_line_above_competencies_gives_their_level(reading: Reading, lead: str) -> None:
    """The level is that of those listed below it, and not of those that a line with another level leads."""
    found = reading(
        "Valleyshire Police\n\nPromotion to Sergeant\n\nClosing date: 4 May 2027\n\nEligibility\n\n"
        f"- You must be fit.\n\nAssessment\n\n{lead}\n- We take ownership\n- C2 We are collaborative\n\n"
        "Competencies at level 3:\n- We analyse critically\n"
    )
    assert {"We take ownership": 2, "We are collaborative": 2, "We analyse critically": 3} == {
        one.text: one.level for one in found.competencies
    }
