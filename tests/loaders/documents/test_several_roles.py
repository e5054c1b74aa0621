"""A paper on several roles: what is said of one of them, and of all, is read and loaded of each."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from loaders import read
from loaders.facts.document import facts
from loaders.facts.reference import known

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.profile import Profile

NOTICE = """\
    Inspector and Chief Inspector promotion boards 2027

    Issued: 4 January 2027 by Valleyshire Police

    1. Who may apply

    Everybody must:
    - have no live written warning;
    - have a current fitness test.

    2. Inspector

    - You must be a substantive sergeant.
    - Applications close on 1 February 2027.
    - Board: 3 March 2027.

    3. Chief Inspector

    - You must be a substantive inspector.
    - Applications close on 8 February 2027.
    - Board: 10 March 2027.

    4. What is assessed

    Competencies for Inspector: We take ownership (level 2), We collaborate (level 1).
    Competencies for Chief Inspector: We analyse critically (level 3), We collaborate (level 2).
"""

POLICY = """\
    VALLEYSHIRE POLICE

    Title: Promotion Policy
    Version: 2.1
    In force from: 1 May 2026
    Review date: 1 May 2028

    1. INTRODUCTION
    1.1 This policy says how officers are promoted to any rank from Sergeant to Superintendent.

    2. GENERAL ELIGIBILITY
    2.1 An officer must:
        (a) hold the rank below;
        (b) be fit for full duty.

    3. PROMOTION TO SERGEANT
    3.1 A constable must have passed the NPPF Step 2 legal examination for sergeants.

    4. PROMOTION TO CHIEF INSPECTOR AND ABOVE
    4.1 There is no legal examination for these ranks.
    4.2 Candidates for Superintendent must have at least three years' experience as a Chief Inspector.

    5. APPEALS
    5.1 Appeals go to the head of people.
"""

RANGE = """\
    Promotion selection 2027: Constable to Chief Inspector

    Date of issue: 2 February 2027

    Valleyshire Police invites applications.

    Who can seek promotion to Sergeant?

    Constables who:
    - have completed probation;
    - are fit.

    Who can seek promotion to Inspector?

    Sergeants who:
    - are calm;
    - are fair.

    Who can seek promotion to Chief Inspector?

    Inspectors who:
    - can lead;
    - can plan.

    Timetable

    Rank              Closing date        Board
    Sergeant          1 March 2027        22-26 March 2027
    Inspector         8 March 2027        12-16 April 2027
    Chief Inspector   15 March 2027       4 May 2027
"""

GRID = (
    "<h1>Sergeant and Inspector promotion process 2027</h1><p>Valleyshire Police will promote officers.</p><table>"
    "<tr><th></th><th>Sergeant</th><th>Inspector</th></tr>"
    "<tr><td>Eligibility</td><td>Substantive constable</td><td>Substantive sergeant with one year in rank</td></tr>"
    "<tr><td>Exam</td><td>Sergeants' exam</td><td>Inspectors' exam</td></tr>"
    "<tr><td>Closing date</td><td>5 May 2027</td><td>12 May 2027</td></tr></table>"
    "<h2>Selection process</h2><ol><li>A written test</li><li>An interview</li>"
    "<li>A media exercise (inspector only)</li></ol>"
)

PARTS = "<h1>Valleyshire Police promotion procedure</h1><p>Officers are promoted in two ways.</p>" + "".join(
    f"<h2>Promotion to {rank}</h2><h3>Eligibility</h3><ul><li>Substantive {below}</li><li>Fit for duty</li></ul>"
    f"<h3>Timetable</h3><p>Applications close on {day} May 2027.</p>"
    for rank, below, day in (("Sergeant", "Constable", 3), ("Inspector", "Sergeant", 7))
)

ROWS = (
    "<h1>Valleyshire Police promotion scheme</h1><p>Applies to: Sergeants and Inspectors</p><table>"
    "<tr><th>Promotion to</th><th>Minimum service</th><th>Examination</th></tr>"
    "<tr><td>Sergeant</td><td>Two years as a Constable</td><td>NPPF Step 2 for Sergeants</td></tr>"
    "<tr><td>Inspector</td><td>One year as a Sergeant</td><td>NPPF Step 2 for Inspectors</td></tr></table>"
)

POSTS = (
    "<h1>Vacancies in Fraud, Valleyshire Police</h1><table>"
    "<tr><th>Post title</th><th>Salary</th><th>Closing date</th></tr>"
    "<tr><td>Detective Constable, Fraud</td><td>£41,000</td><td>2 June 2027</td></tr>"
    "<tr><td>Detective Sergeant, Fraud</td><td>£55,000</td><td>9 June 2027</td></tr></table>"
    "<h2>Detective Constable, Fraud</h2><h3>Key duties</h3><ul><li>Take statements.</li><li>Seize papers.</li></ul>"
    "<h2>Detective Sergeant, Fraud</h2><h3>Key duties</h3><ul><li>Plan searches.</li><li>Brief the team.</li></ul>"
)

JOINT = (
    "<h1>Role profile: Sergeant / Inspector – Marine Unit</h1><p>Valleyshire Police</p>"
    "<h2>Role purpose</h2><p>The unit keeps the harbour safe.</p>"
    "<h2>Main duties</h2><ul><li>Plan patrols.</li><li>Check the boats.</li></ul>"
    "<h2>Main duties of an Inspector</h2><ul><li>Hold the budget.</li></ul>"
)


def each(folder: Path, text: str, ending: str = ".txt") -> dict[str, Profile]:
    """Return what a paper says of each of its roles, by their ids."""
    path = folder / f"paper{ending}"
    path.write_text(dedent(text), encoding="utf-8")
    return {one.role.id: one for one in read(path).of_roles}


def gates_of(profile: Profile) -> set[tuple[str, int | None]]:
    """Return what the gates of a profile need, each with its months."""
    return {(part.target, part.for_months) for gate in profile.gates for option in gate.options for part in option}


def test_a_notice_gives_each_rank_its_own_days_gates_and_competencies(tmp_path: Path) -> None:
    """What stands above the ranks, and below a title of the same standing, is on both."""
    roles = each(tmp_path, NOTICE)
    shared = ["have no live written warning;", "have a current fitness test."]
    assert {
        "uk/inspector": ("2027-02-01", {("uk/sergeant", None)}, {"We take ownership": 2, "We collaborate": 1}),
        "uk/chief-inspector": (
            "2027-02-08",
            {("uk/inspector", None)},
            {"We analyse critically": 3, "We collaborate": 2},
        ),
    } == {
        key: (one.closes, gates_of(one), {named.text: named.level for named in one.competencies})
        for key, one in roles.items()
    }
    assert all(shared == [line.text for line in one.criteria][:2] for one in roles.values())
    assert ["2027-02-01", "2027-03-03"] == [stage.date for stage in roles["uk/inspector"].stages]


def test_a_policy_from_one_rank_to_another_is_on_all_between(tmp_path: Path) -> None:
    """What is asked of candidates for a rank is no condition to hold that rank; "and above" is of those above, too."""
    roles = each(tmp_path, POLICY)
    assert {
        "uk/sergeant": {("uk/constable", None), ("course/nppf-exam-sergeant", None)},
        "uk/inspector": set[tuple[str, int | None]](),
        "uk/chief-inspector": set[tuple[str, int | None]](),
        "uk/superintendent": {("uk/chief-inspector", 36)},
    } == {key: gates_of(one) for key, one in roles.items()}
    common = ["hold the rank below;", "be fit for full duty."]
    assert all(common == [line.text for line in one.criteria] for one in roles.values())
    assert {"2026-05-01"} == {one.not_before for one in roles.values()}


def test_ranks_stand_over_the_columns_of_a_table(tmp_path: Path) -> None:
    """A stage that is said to be of one rank only is not the other's."""
    roles = each(tmp_path, GRID, ".html")
    assert {
        "uk/sergeant": ("2027-05-05", {("uk/constable", None), ("course/nppf-exam-sergeant", None)}, 3),
        "uk/inspector": ("2027-05-12", {("uk/sergeant", 12), ("course/nppf-exam-inspector", None)}, 4),
    } == {key: (one.closes, gates_of(one), len(one.stages)) for key, one in roles.items()}
    assert {"valleyshire-police"} == {one.role.organisation for one in roles.values()}


def test_titles_of_one_standing_are_each_on_their_rank(tmp_path: Path) -> None:
    """The first of them is not the role of the whole paper."""
    assert {
        "uk/sergeant": ("2027-05-03", {("uk/constable", None)}),
        "uk/inspector": ("2027-05-07", {("uk/sergeant", None)}),
    } == {key: (one.closes, gates_of(one)) for key, one in each(tmp_path, PARTS, ".html").items()}


def test_ranks_stand_in_the_first_column_of_a_table(tmp_path: Path) -> None:
    """Each row is on its rank alone."""
    assert {
        "uk/sergeant": {("uk/constable", 24), ("course/nppf-exam-sergeant", None)},
        "uk/inspector": {("uk/sergeant", 12), ("course/nppf-exam-inspector", None)},
    } == {key: gates_of(one) for key, one in each(tmp_path, ROWS, ".html").items()}


def test_an_advert_of_two_posts_gives_each_its_duties_pay_and_closing_day(tmp_path: Path) -> None:
    """The row of a table of vacancies is on its post, and so is the part below the title of that name."""
    roles = each(tmp_path, POSTS, ".html")
    assert {
        "role/detective-constable-fraud": ("2027-06-02", [41000.0], ["Take statements.", "Seize papers."]),
        "role/detective-sergeant-fraud": ("2027-06-09", [55000.0], ["Plan searches.", "Brief the team."]),
    } == {
        key: (one.closes, [pay.amount for pay in one.pay], [duty.text for duty in one.accountabilities])
        for key, one in roles.items()
    }


def test_a_role_profile_of_two_ranks_is_one_of_each(tmp_path: Path) -> None:
    """What stands below the title of one rank is not the other's."""
    roles = each(tmp_path, JOINT, ".html")
    assert {
        "role/sergeant-marine-unit": ["Plan patrols.", "Check the boats."],
        "role/inspector-marine-unit": ["Plan patrols.", "Check the boats.", "Hold the budget."],
    } == {key: [duty.text for duty in one.accountabilities] for key, one in roles.items()}


def test_the_whole_paper_has_what_is_said_of_each_role_once(tmp_path: Path) -> None:
    """It is of no one role, and a note says of which it is."""
    path = tmp_path / "notice.txt"
    path.write_text(dedent(NOTICE), encoding="utf-8")
    whole = read(path)
    stages = [stage.date for stage in whole.stages]
    assert ("", ["2027-02-01", "2027-03-03", "2027-02-08", "2027-03-10"]) == (whole.role.name, stages)
    assert any("it is on Inspector, Chief Inspector" in note for note in whole.notes)


@pytest.mark.parametrize("force", ["Valleyshire", "Coastshire"])
def test_papers_of_two_forces_on_one_rank_are_editions_of_their_own(tmp_path: Path, force: str) -> None:
    """Neither is taken for another text of the other's edition, and neither takes its place."""
    shares = each(tmp_path, NOTICE.replace("Valleyshire", force))
    editions = {facts(one, known()).edition for one in shares.values()}
    assert {f"uk/{rank}@2027-01-{force.lower()}-police" for rank in ("inspector", "chief-inspector")} == editions


def test_a_range_of_ranks_is_on_each_of_them_and_questions_say_of_which(tmp_path: Path) -> None:
    """A plural that names who applies is no title of a part; the row of a timetable is on its rank."""
    roles = each(tmp_path, RANGE)
    assert {
        "uk/sergeant": (["have completed probation;", "are fit."], ["2027-03-01", "2027-03-22"]),
        "uk/inspector": (["are calm;", "are fair."], ["2027-03-08", "2027-04-12"]),
        "uk/chief-inspector": (["can lead;", "can plan."], ["2027-03-15", "2027-05-04"]),
    } == {
        key: ([line.text for line in one.criteria], [stage.date for stage in one.stages]) for key, one in roles.items()
    }


def test_a_table_of_the_posts_that_a_role_leads_is_no_table_of_vacancies(tmp_path: Path) -> None:
    """Nor is the post below the head of another column the rank of the role."""
    path = tmp_path / "job.html"
    path.write_text(
        "<h1>Job description: Superintendent, Fraud</h1><p>Valleyshire Police</p><h2>Structure</h2><table>"
        "<tr><th>Post</th><th>Number</th><th>Grade</th></tr><tr><td>Inspector</td><td>2</td><td>Police</td></tr>"
        "<tr><td>Sergeant</td><td>6</td><td>Police</td></tr></table><h2>Main duties</h2>"
        "<ul><li>Lead the department.</li><li>Set the budget.</li></ul>",
        encoding="utf-8",
    )
    profile = read(path)
    ranks = {one.target for one in profile.relations if one.kind == "AT_RANK"}
    assert ((), {"uk/superintendent"}) == (profile.of_roles, ranks)


def test_notices_of_two_forces_on_one_rank_are_editions_of_their_own(tmp_path: Path) -> None:
    """Also where each is on that rank alone: both would be that of one month."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Promotion to Sergeant\n\nValleyshire Police\n\nClosing date: 4 May 2027\n\nEligibility\n\n- You must be fit.\n"
        "- You must drive.\n\nSelection process\n\nStep 1: Test\n\nStep 2: Board\n",
        encoding="utf-8",
    )
    profile = read(path)
    assert "uk/sergeant@2027-05-valleyshire-police" == facts(profile, known()).edition


@pytest.mark.parametrize(
    "head",
    [
        "Job title: Sergeant / Inspector",
        "Rank: Sergeant and Inspector",
        "Role profile: Sergeant, Inspector",
        "Sergeant, Inspector",
        "Sergeant or Inspector",
    ],
)
def test_a_head_of_several_ranks_is_one_of_each(head: str, tmp_path: Path) -> None:
    """Behind a label, or on a line of nothing but ranks; what is said of one of them is not said of the other."""
    paper = f"Valleyshire Police\n\n{head}\n\nMain duties\n- Plan patrols.\n\nEssential criteria\n- A driving licence\n"
    roles = each(tmp_path, paper)
    assert ["inspector", "sergeant"] == sorted(role.rpartition("-")[2].rpartition("/")[2] for role in roles)
    assert [["Plan patrols."]] * 2 == [[duty.text for duty in one.accountabilities] for one in roles.values()]
