"""Forces, notices and parts in the forms that forces print them: short names, heads of pages, letters and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.fields.title_block import force_in
from loaders.language.document_names import naming

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

_DUTY = "\n\nKey responsibilities\n\n- Answer calls from the public\n- Keep the log\n"


@pytest.fixture
def profile(tmp_path: Path, request: pytest.FixtureRequest) -> Profile:
    """The profile of a text, with a title of its own above it."""
    path = tmp_path / "paper.txt"
    path.write_text(request.param, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Herts Constabulary", "hertfordshire-constabulary"),
        ("Staffs Police", "staffordshire-police"),
        ("NORTHANTS POLICE", "northamptonshire-police"),
        ("D&C Police", "devon-and-cornwall-police"),
        ("Hampshire & IOW Constabulary", "hampshire-and-isle-of-wight-constabulary"),
        ("S Yorks Police", "south-yorkshire-police"),
        ("MoD Police", "mdp"),
        ("Met Police", "mps"),
        ("PSNI", "psni"),
        ("PSOS RECRUITMENT", "police-scotland"),
    ],
)
def test_the_usual_short_form_of_a_force_is_its_name(name: str, expected: str) -> None:
    """At the head of a paper, in capitals too, and in a sentence."""
    assert expected == force_in([name])
    assert expected in {one.entity_id for one in naming([f"She serves in {name} today."], None, "other").bodies}


@pytest.mark.parametrize(
    "page",
    [
        "<title>Call handler - Jobs - Suffolk Constabulary</title><body>{}</body>",
        "<body><header>Suffolk Constabulary<nav>Jobs Help</nav></header>{}</body>",
        "<body>{}<footer>&copy; Suffolk Constabulary</footer></body>",
    ],
)
def test_a_force_that_only_surrounds_the_page_is_the_one_of_the_role(tmp_path: Path, page: str) -> None:
    """The title of a page, its head and its foot say whose it is, where the text does not."""
    path = tmp_path / "page.html"
    duties = "<h1>Call handler</h1><h2>What you will do</h2><ul><li>Answer calls.</li><li>Keep the log.</li></ul>"
    path.write_text(f"<html>{page.format(duties)}</html>", encoding="utf-8")
    assert ("suffolk-constabulary", "Call Handler") == (read(path).role.organisation, read(path).role.name)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("Chief Inspectors' Promotion 2027: notice" + _DUTY, "Chief Inspector"),
        ("Inspectors’ Board, spring 2027" + _DUTY, "Inspector"),
        ("Promotion process: Constable to Sergeant" + _DUTY, "Sergeant"),
        ("PROMOTION TO THE RANK OF SUPERINTENDENT - 2027" + _DUTY, "Superintendent"),
        ("English | Cymraeg\n\nVetting Manager" + _DUTY, "Vetting Manager"),
        ("Detention Officers" + _DUTY, "Detention Officer"),
        ("Police Community Support Officers" + _DUTY, "Police Community Support Officer"),
        ("From: Chief Superintendent, North\nSubject: Vacancy - Inspector, Custody" + _DUTY, "Inspector, Custody"),
        (
            "VACANCY BULLETIN 7\n\nDETECTIVE SERGEANTS x 3, FRAUD\n\nCONTACT   Chief Inspector, Fraud" + _DUTY,
            "Detective Sergeant, Fraud",
        ),
        ("Roads Policing Constable: expression of interest" + _DUTY, "Roads Policing Constable"),
        ("Interest sought\nFor: Constable to Sergeant; Sergeant to Inspector" + _DUTY, ""),
        (
            "Salary from £30,000\n\nGraduate Entry Scheme (GES) - Dog Trainer - North and South" + _DUTY,
            "Graduate Entry Scheme (GES) - Dog Trainer - North and South",
        ),
        ("Chief Officer (Estates) - police staff" + _DUTY, "Chief Officer (Estates)"),
        ("Can I transfer?" + _DUTY, ""),
        ("Sergeants and Inspectors: promotion campaign 2027\n\nSergeant board     3 May 2027" + _DUTY, ""),
    ],
    indirect=["profile"],
)
def test_the_role_of_a_notice_is_the_one_that_it_is_about(profile: Profile, expected: str) -> None:
    """In the plural, in a pair of ranks, or in a letter; a question is no title, and several ranks are no one role."""
    assert expected == profile.role.name


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("Dog Trainer\n\n2. Main duties      % of\n                   time\na) Train dogs     70\nb) Feed dogs     30",
         ["Train dogs", "Feed dogs"]),
        ("Dog Trainer\n\nTasks, % of time\n\n- Train dogs 60%\n- Feed dogs (40%)", ["Train dogs", "Feed dogs"]),
        ("Dog Trainer\n\nMain tasks\n\n- Answer all calls within 20\n- Cut waste by 10%\n",
         ["Answer all calls within 20", "Cut waste by 10%"]),
        ("Dog Trainer\n\nDELIVER\n\n01  Trained dogs\n02  Fed dogs\n\nBE\n\n* calm\n", ["Trained dogs", "Fed dogs"]),
        ("Dog Trainer\n\nThe Chief Inspector will\n\n- Train dogs\n- Feed dogs\n", ["Train dogs", "Feed dogs"]),
    ],
    indirect=["profile"],
)  # fmt: skip
def test_duties_bear_neither_number_nor_share_of_time(profile: Profile, expected: list[str]) -> None:
    """Shares are shares where each duty has one and all make a hundred; other figures are part of the duty."""
    assert expected == [one.text for one in profile.accountabilities]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("Dog Trainer\n\nYou have (E = essential, D = desirable)\n\n- E - a licence\n- D: a kennel\n",
         {("a licence", "essential"), ("a kennel", "desirable")}),
        ("Dog Trainer\n\nRequired\n\n- [x] a licence\n- [ ] a van\n",
         {("a licence", "essential"), ("a van", "essential")}),
        ("Dog Trainer\n\nYou can apply if you:\nhave a licence;\nhave a van.\n\nYou cannot apply if you:\nfear dogs;\n",
         {("have a licence;", "essential"), ("have a van.", "essential")}),
        ("Dog Trainer\n\nYou would have to:\n\n- hold a licence\n- swim - desirable\n",
         {("hold a licence", "essential"), ("swim", "desirable")}),
        ("Dog Trainer\n\nMust hold\n\n- a licence\n\nUseful but not needed\n\n- a van\n",
         {("a licence", "essential"), ("a van", "desirable")}),
        ("Dog Trainer\n\nWho is eligible?\n\n- Residents\n\nWho isn't eligible?\n\n- Visitors\n",
         {("Residents", "essential")}),
        ("Dog Trainer\n\nYou must\n\n- swim\n\nThings you need to know\n\nSelection process details\n\n1. Sift\n",
         {("swim", "essential")}),
        ("Dog Trainer\n\nWe'd love it if you also\n\n- know cats\n- know horses\n",
         {("know cats", "desirable"), ("know horses", "desirable")}),
    ],
    indirect=["profile"],
)  # fmt: skip
def test_what_is_asked_bears_its_own_letter_and_what_shuts_out_is_not_asked(
    profile: Profile, expected: set[tuple[str, str]]
) -> None:
    """Letters and boxes before an item say what it is; who cannot apply is no criterion."""
    assert expected == {(one.text, one.necessity) for one in profile.criteria}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Level 2: We take ownership, We are collaborative", [2, 2]),
        ("We take ownership (3) · We are collaborative (1)", [3, 1]),
        ("We take ownership L2; We are collaborative L1", [2, 1]),
        ("Level 3\n- We take ownership\n- We are collaborative", [3, 3]),
        ("The board looks for level 2 behaviours: We take ownership; We are collaborative.", [2, 2]),
    ],
)
def test_competencies_in_a_row_have_their_levels(tmp_path: Path, line: str, expected: list[int]) -> None:
    """A level stands before all of them, or in brackets behind each, also below the criteria."""
    path = tmp_path / "a.txt"
    path.write_text(f"Dog Trainer\n\nEssential\n\n- a licence\n\nCVF\n\n{line}\n", encoding="utf-8")
    assert expected == [one.level for one in read(path).competencies]


def test_days_ahead_of_the_closing_one_are_neither_its_edition_nor_a_stage(tmp_path: Path) -> None:
    """A month in which courses begin is not when the advert was published, nor the opening day that of an interview."""
    path = tmp_path / "a.txt"
    path.write_text(
        "Dog Trainer\nCourses: May 2027, June 2027\nApplications shut on 3 March 2027\n\nProcess\n\nStage 1 - Sift\n"
        "Stage 2 - Interview\n\nTimeline\n\nOpens      1 February 2027\n",
        encoding="utf-8",
    )
    profile = read(path)
    assert ("2027-03-03", None) == (profile.closes, profile.published)
    assert [("Sift", None), ("Interview", None), ("Applications", "2027-03-03")] == sorted(
        ((one.name, one.date) for one in profile.stages), key=lambda one: one[1] or ""
    )


def test_the_month_of_a_review_is_no_name(tmp_path: Path) -> None:
    """Short names of months and the words of forms in Welsh stay where a name might stand."""
    path = tmp_path / "a.txt"
    path.write_text("Dog Trainer\nLast reviewed: Oct 2026\nAtebol i: Sergeant\n\nPwrpas\n", encoding="utf-8")
    assert "[name]" not in "".join(one.text for one in (*read(path).leftovers, *read(path).frames))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Edition 4", "4"),
        ("JOB DESCRIPTION                Edition 2.1", "2.1"),
        ("3rd edition", "3"),
        ("VERSION 3.2 (September 2026)", "3.2"),
        ("Revision 5 | June 2026", "5"),
        ("A new edition of 7 pages", None),
    ],
)
def test_an_edition_is_a_version(tmp_path: Path, line: str, expected: str | None) -> None:
    """Beside the kind of paper, as an ordinal number, or before its month."""
    path = tmp_path / "a.txt"
    path.write_text(f"{line}\n\nDog Trainer{_DUTY}", encoding="utf-8")
    assert expected == read(path).version


@pytest.mark.parametrize(
    ("rank", "expected"),
    [("DCI", "uk/chief-inspector"), ("DS", "uk/sergeant"), ("Det Supt", "uk/superintendent"), ("Band E", None)],
)
def test_the_short_form_of_a_detective_is_a_rank(tmp_path: Path, rank: str, expected: str | None) -> None:
    """What the form at the head calls the rank of the post is where it stands."""
    path = tmp_path / "a.txt"
    path.write_text(f"Rank: {rank}\nRole: Case Reviewer{_DUTY}", encoding="utf-8")
    assert expected == next((one.target for one in read(path).relations if one.kind == "AT_RANK"), None)


def test_dots_lead_from_a_label_to_its_value(tmp_path: Path) -> None:
    """They are the colon of a form, and the stop behind a number."""
    path = tmp_path / "a.txt"
    path.write_text(
        "Role title ........ Dog Trainer\nReports to ........ Kennel Manager\nSalary .......... £30,000\n\nTasks\n\n"
        "  1 ... Train dogs\n  2 ... Feed dogs\n",
        encoding="utf-8",
    )
    profile = read(path)
    assert "Dog Trainer" == profile.role.name
    assert {("REPORTS_TO", "role/kennel-manager")} == {(one.kind, one.target) for one in profile.relations}
    assert [30_000] == [one.amount for one in profile.pay]
    assert ["Train dogs", "Feed dogs"] == [one.text for one in profile.accountabilities]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Longlisting 3 March, panels 8 March, interview 9 March 2027.", [("Interview", "2027-03-09")]),
        ("Paper form (deadline 9 March 2027), then an interview.", [("Applications", "2027-03-09")]),
        ("Interviews will be held on 9 March 2027.", [("Interview", "2027-03-09")]),
    ],
)
def test_a_day_is_that_of_the_stage_beside_it(tmp_path: Path, sentence: str, expected: list[tuple[str, str]]) -> None:
    """Other days of the sentence have no year; a deadline is one whatever follows it."""
    path = tmp_path / "a.txt"
    path.write_text(f"Dog Trainer{_DUTY}\nHow to apply\n\n{sentence}\n", encoding="utf-8")
    assert expected == [(one.name, one.date) for one in read(path).stages]


@pytest.mark.parametrize("title", ["Dog Handler (General Purpose)", "Training Manager", "Recruitment Adviser - North"])
def test_a_title_that_speaks_of_purpose_or_training_is_no_heading(tmp_path: Path, title: str) -> None:
    """What stands above all parts and is called as a post is the role."""
    path = tmp_path / "a.html"
    path.write_text(
        f"<h2>{title}</h2><p>Kent Police</p><p>Rank Police Constable</p><h3>Overview</h3><p>Keeps people safe.</p>"
        "<h3>Person spec</h3><p>Must:</p><ul><li>Swim</li></ul>",
        encoding="utf-8",
    )
    profile = read(path)
    assert title == profile.role.name
    assert [("Keeps people safe.",), ("Swim",)] == [
        tuple(one.text for one in part) for part in (profile.purpose, profile.criteria)
    ]
