"""How roles stand to bodies and to each other, in the words of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ontology import EDGE_KINDS
from loaders import annotate, read
from loaders.language.rank_titles import role_of
from loaders.language.relation_phrases import CUES
from loaders.profile import DocumentInfo, Profile, Relation, Statement

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
Said = tuple[str, str, str]

AC, DAC, COMMANDER, COMMISSIONER = (
    "mps/assistant-commissioner",
    "mps/deputy-assistant-commissioner",
    "mps/commander",
    "mps/commissioner",
)
CC, BOARD, PEERS = "territorial/chief-constable", "mps-management-board", "COLLABORATES_WITH"
REAL: dict[str, set[tuple[int, str, str, str]]] = {
    "000": {
        (9, AC, "PART_OF", "mps"),
        *((line, AC, "MEMBER_OF", BOARD) for line in (13, 26, 27, 28)),
        (15, AC, PEERS, AC),
        (28, AC, "LEADS", "mps"),
        (29, AC, "LEADS", "chief-officer-team"),
        (30, AC, "AUTHORISES_AS", CC),
        (32, AC, "ADVISES", "cobr"),
        (88, AC, "EXEMPTED_BY", CC),
        *((105, AC, "WORKS_WITH", body) for body in ("hmicfrs", "nca", "college-of-policing")),
        (106, AC, "CONTRIBUTES_TO_INVESTIGATIONS_OF", "iopc"),
    },
    "001": {
        (9, DAC, "PART_OF", "mps"),
        *((line, DAC, "SUPPORTS", BOARD) for line in (13, 15, 32)),
        *((line, DAC, PEERS, DAC) for line in (13, 15, 17, 36, 41)),
        (31, DAC, "LIAISES_WITH", "mopac"),
        (31, DAC, "INFORMS", "mayor-of-london"),
        (38, DAC, "INFORMS", BOARD),
        (100, DAC, "EXEMPTED_BY", CC),
        *((118, DAC, "WORKS_WITH", body) for body in ("hmicfrs", "nca", "college-of-policing")),
        (119, DAC, "CONTRIBUTES_TO_INVESTIGATIONS_OF", "iopc"),
    },
    "002": {
        (1, COMMANDER, "PART_OF", "mps"),
        (19, COMMANDER, "SUPPORTS", BOARD),
        (24, COMMANDER, "INFORMS", BOARD),
        (28, COMMANDER, "LIAISES_WITH", "mopac"),
        (28, COMMANDER, "INFORMS", "mayor-of-london"),
        (30, COMMANDER, "SUPPORTS", BOARD),
        (30, COMMANDER, "SUPPORTS", COMMISSIONER),
        *((100, COMMANDER, "WORKS_WITH", body) for body in ("hmicfrs", "nca", "college-of-policing")),
        (100, COMMANDER, "CONTRIBUTES_TO_INVESTIGATIONS_OF", "iopc"),
    },
    "003": {
        (35, DAC, "PART_OF", "mps"),
        (39, DAC, "MEMBER_OF", BOARD),
        *(
            (line, DAC, "OPEN_TO", rank)
            for line in (54, 318)
            for rank in ("territorial/assistant-chief-constable", COMMANDER, "territorial/deputy-chief-constable")
        ),
        (77, "mps", "ACCOUNTABLE_TO", "mopac"),
        (156, "mps/deputy-commissioner", "LINE_MANAGES", AC),
        (156, "mps/deputy-commissioner", "LINE_MANAGES", "role/chief-digital-and-technology-officer"),
        *((line, DAC, "SUPPORTS", BOARD) for line in (176, 180, 194, 212)),
        (212, DAC, "SUPPORTS", COMMISSIONER),
        *((line, DAC, PEERS, DAC) for line in (178, 180, 182, 201, 206)),
        (193, DAC, "LIAISES_WITH", "mopac"),
        (193, DAC, "INFORMS", "mayor-of-london"),
        (203, DAC, "INFORMS", BOARD),
        *((313, DAC, "WORKS_WITH", body) for body in ("hmicfrs", "nca", "college-of-policing")),
    },
    "004": {
        (14, COMMISSIONER, "PART_OF", "mps"),
        (14, COMMISSIONER, "LEADS", "mps"),
        (16, COMMISSIONER, "ACCOUNTABLE_TO", "home-secretary"),
        (16, COMMISSIONER, "ACCOUNTABLE_TO", "mopac"),
        (16, COMMISSIONER, "ACCOUNTABLE_TO", "the-public"),
        *(
            (20, COMMISSIONER, "WORKS_WITH", office)
            for office in ("mayor-of-london", "deputy-mayor-for-policing-and-crime", "home-secretary")
        ),
        (43, COMMISSIONER, "OPEN_TO", CC),
        (45, COMMISSIONER, "APPOINTED_BY", "crown"),
        (45, COMMISSIONER, "RECOMMENDED_BY", "home-secretary"),
        (45, COMMISSIONER, "APPOINTMENT_CONSULTS", "mopac"),
    },
}


def relations_of(
    *lines: str, title: str = "Inspector", organisation: str | None = None, duties: bool = True
) -> tuple[Relation, ...]:
    """Annotate a profile whose lines are all duties of the role, or all prose."""
    stated = tuple(Statement(text=line, lines=(number, number)) for number, line in enumerate(lines, 1) if duties)
    return annotate(
        Profile(
            document=DocumentInfo(name="own.txt", sha256="0" * 64, format="pack"),
            role=role_of(title, organisation),
            edition="undated",
            accountabilities=stated,
        ),
        lines,
    ).relations


def said(*lines: str, title: str = "Inspector", organisation: str | None = None, duties: bool = True) -> set[Said]:
    """Return subject, kind and target of each relation."""
    found = relations_of(*lines, title=title, organisation=organisation, duties=duties)
    return {(one.subject, one.kind, one.target) for one in found}


@pytest.mark.real
@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not beside the project")
@pytest.mark.parametrize("number", REAL)
def test_the_relations_of_a_real_document_are_those_of_its_words(number: str) -> None:
    """Subject, kind, target and line of each, and nothing else."""
    path = next((SHARED / "profiles").glob(f"{number}_*.txt"))
    found = read(path).relations
    assert {(one.lines[0], one.subject, one.kind, one.target) for one in found} == REAL[number]


@pytest.mark.real
@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not beside the project")
@pytest.mark.parametrize("number", REAL)
def test_the_quote_of_a_relation_stands_in_its_statement(number: str) -> None:
    """The words that say it are those printed."""
    path = next((SHARED / "profiles").glob(f"{number}_*.txt"))
    found = read(path).relations
    missing = {
        one.quote for one in found if " ".join(one.quote.split()) not in " ".join(one.text.replace("*", "").split())
    }
    assert set() == missing


def test_every_cue_is_of_a_kind_that_the_graph_knows() -> None:
    """A relation that cannot be written is never read; line management is written as reporting, deputising as cover."""
    assert set() == {cue.kind for cue in CUES} - EDGE_KINDS.keys() - {"LINE_MANAGES", "DEPUTISES_FOR"}


INSPECTOR = "uk/inspector"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Advise national bodies such as the NPCC on custody.", {("ADVISES", "npcc")}),
        ("Liaise with the CPS, and with courts.", {("LIAISES_WITH", "cps")}),
        (
            "Work with a range of partners, including the NCA and HMICFRS.",
            {("WORKS_WITH", "nca"), ("WORKS_WITH", "hmicfrs")},
        ),
        ("Build effective relationships with the Home Office.", {("WORKS_WITH", "home-office")}),
        ("In collaboration with other Inspectors, plan the week.", {("COLLABORATES_WITH", INSPECTOR)}),
        ("Assist the Chief Inspector in planning.", {("SUPPORTS", "uk/chief-inspector")}),
        ("As part of the chief officer team, set direction.", {("MEMBER_OF", "chief-officer-team")}),
        ("Lead and motivate the chief officer team.", {("LEADS", "chief-officer-team")}),
        ("Provide timely reports to the Superintendent.", {("INFORMS", "uk/superintendent")}),
        ("Share figures to enable the PCC to answer questions.", {("INFORMS", "pcc")}),
        ("Hold the budget, and be accountable to the Superintendent.", {("ACCOUNTABLE_TO", "uk/superintendent")}),
        ("Reporting directly to the Chief Inspector, run the shift.", {("REPORTS_TO", "uk/chief-inspector")}),
        ("Be responsible to the Detective Superintendent.", {("ACCOUNTABLE_TO", "role/detective-superintendent")}),
        ("Line manage Sergeants and Constables.", {("LINE_MANAGES", "uk/sergeant"), ("LINE_MANAGES", "uk/constable")}),
        ("Contribute to IOPC investigations.", {("CONTRIBUTES_TO_INVESTIGATIONS_OF", "iopc")}),
        ("Carry the authorising powers of a Superintendent.", {("AUTHORISES_AS", "uk/superintendent")}),
        ("Exemptions are at the discretion of the Superintendent.", {("EXEMPTED_BY", "uk/superintendent")}),
        (
            "Be accountable to the PCC and to the Home Secretary.",
            {("ACCOUNTABLE_TO", "pcc"), ("ACCOUNTABLE_TO", "home-secretary")},
        ),
        (
            "Reduce fraud by working with Action Fraud and the NFIB.",
            {("WORKS_WITH", "action-fraud"), ("WORKS_WITH", "nfib")},
        ),
        ("Plan, working with the police and crime commissioner's office.", {("WORKS_WITH", "pcc")}),
        ("Brief JTAC on threats.", {("INFORMS", "jtac")}),
    ],
)
def test_a_duty_says_how_the_role_stands_to_others(line: str, expected: set[tuple[str, str]]) -> None:
    """The subject of a duty is the role."""
    assert {(INSPECTOR, kind, target) for kind, target in expected} == said(line)


@pytest.mark.parametrize(
    "line",
    [
        "Do not lead, mentor or support the Superintendent.",
        "May also work with the NCA.",
        "Ensure that officers report to the Superintendent.",
        "Enable staff to work with the CPS.",
        "Support NCA officers in their enquiries.",
        "Support the delivery of Home Office policy.",
        "Work with the Mayor of Casterbridge's advisers.",
        "Follow the guidance that the College of Policing gives.",
        "Support the Superintendent's plan.",
    ],
)
def test_what_is_denied_in_doubt_or_of_others_is_no_relation(line: str) -> None:
    """Nor is what concerns the staff, the policy or the advisers of a body."""
    assert set() == said(line)


def test_a_sentence_with_a_subject_of_its_own_is_about_that_subject() -> None:
    """Prose says things of others than the role; they keep their direction."""
    assert said(
        "The Superintendent line manages the Chief Inspectors.",
        "",
        "The Home Office is accountable to the Home Secretary.",
        duties=False,
    ) == {
        ("uk/superintendent", "LINE_MANAGES", "uk/chief-inspector"),
        ("home-office", "ACCOUNTABLE_TO", "home-secretary"),
    }


def test_prose_without_a_plain_subject_says_nothing() -> None:
    """Neither the writer nor a function of the force is the role."""
    assert set() == said(
        "We work with the CPS.",
        "",
        "My aim is to support the Superintendent.",
        "",
        "Custody will report to the PCC.",
        duties=False,
    )


def test_prose_on_the_post_holder_is_about_the_role() -> None:
    """You, the post holder and the candidate are the role's holder."""
    assert said("You will work with the CPS.", "", "The post holder reports to the Superintendent.", duties=False) == {
        (INSPECTOR, "WORKS_WITH", "cps"),
        (INSPECTOR, "REPORTS_TO", "uk/superintendent"),
    }


def test_an_appointment_names_who_appoints_recommends_and_is_consulted() -> None:
    """What follows the appointment is about the role."""
    assert said(
        "The Chief Constable will be appointed by the Police and Crime Commissioner, after consultation with the NPCC.",
        title="Chief Constable",
        organisation="kent-police",
        duties=False,
    ) == {
        ("territorial/chief-constable", "APPOINTED_BY", "pcc"),
        ("territorial/chief-constable", "APPOINTMENT_CONSULTS", "npcc"),
    }


@pytest.mark.parametrize(
    ("lines", "kind", "target"),
    [
        (["Reports to: Superintendent"], "REPORTS_TO", "uk/superintendent"),
        (["Reporting to", "", "Chief Inspector"], "REPORTS_TO", "uk/chief-inspector"),
        (["**Responsible to:** Superintendent      Date: May 2009"], "REPORTS_TO", "uk/superintendent"),
        (["Reports to: Superintendent      Ref 12"], "REPORTS_TO", "uk/superintendent"),
        (["Line manager: Head of Criminal Justice"], "REPORTS_TO", "role/head-of-criminal-justice"),
        (["Accountable to: Police and Crime Commissioner"], "ACCOUNTABLE_TO", "pcc"),
        (["Line manages: Sergeant"], "LINE_MANAGES", "uk/sergeant"),
    ],
)
def test_a_label_with_a_value_is_a_reporting_line(lines: list[str], kind: str, target: str) -> None:
    """The value stands beside the label or on the next line with words."""
    assert {(INSPECTOR, kind, target)} == said(*lines, duties=False)


@pytest.mark.parametrize(
    "line",
    [
        "Line manages: Nil",
        "Reports to: None",
        "Responsible for: Custody Suite",
        "Reports to: the team",
        "Reports to:",
    ],
)
def test_a_label_that_names_nobody_is_no_reporting_line(line: str) -> None:
    """Nil is nobody, and a budget is no person."""
    assert set() == said(line, duties=False)


def test_who_may_apply_is_open_to_each_rank_named() -> None:
    """The vacancy itself is not; "or above" is kept."""
    found = relations_of(
        "Applications for the post of Inspector are invited from substantive Sergeants or above, and Inspectors.",
        duties=False,
    )
    assert {("uk/inspector", "OPEN_TO", "uk/sergeant", True)} == {
        (one.subject, one.kind, one.target, one.at_least) for one in found
    }


def test_leading_the_force_is_leading_the_body_of_the_document() -> None:
    """Where the document is of no body, or the force is only a part of the words, nothing is said."""
    line = "Lead the force through change."
    of_kent = said(line, title="Chief Constable", organisation="kent-police")
    assert {("territorial/chief-constable", "LEADS", "kent-police")} == of_kent
    assert set() == said(line) | said(
        "Lead the force control room.", title="Chief Constable", organisation="kent-police"
    )


def test_a_rank_that_is_the_least_opens_to_those_above_it() -> None:
    """The higher ranks may apply as well."""
    line = "Applicants must hold the rank of at least Sergeant."
    assert [("uk/sergeant", True)] == [
        (one.target, one.at_least) for one in relations_of(line, duties=False) if one.kind == "OPEN_TO"
    ]


def test_the_role_is_part_of_the_body_that_its_document_names() -> None:
    """The line that names both is the one that says so."""
    found = relations_of(
        *("Kent Police is a force.", "", "The Dog Handler serves in Kent Police."),
        title="Dog Handler",
        organisation="kent-police",
        duties=False,
    )
    assert [("PART_OF", "kent-police", (3, 3))] == [(one.kind, one.target, one.lines) for one in found]


@pytest.mark.parametrize(
    ("title", "organisation", "line"),
    [
        ("Sergeant", "kent-police", "The Sergeant serves in Kent Police."),
        ("Inspector", "mdp", "By post: Recruitment, Ministry of Defence Police, Wethersfield CM7 4AZ"),
        ("Superintendent", "mps", "The Superintendent is based at a station of the Metropolitan Police."),
        ("Chief Constable", "btp", "British Transport Police, London NW1 9LN"),
    ],
)
def test_a_rank_that_forces_share_is_part_of_none(title: str, organisation: str, line: str) -> None:
    """What is sent to one force, or says where one serves, is no statement on the rank of all."""
    kinds = {kind for _, kind, _ in said(line, title=title, organisation=organisation, duties=False)}
    assert "PART_OF" not in kinds


def test_a_rank_of_one_force_alone_is_part_of_it() -> None:
    """The ladder of the Met is the Met's."""
    found = said("Metropolitan Police", title="Commander", organisation="mps", duties=False)
    assert {("mps/commander", "PART_OF", "mps")} == found


def test_a_role_that_is_no_rank_is_known_by_all_its_names() -> None:
    """Its abbreviation and its plural are the role too."""
    assert said(
        "PCSOs work with the Community Safety Partnership.", title="Police Community Support Officer (PCSO)"
    ) == {("role/pcso", "WORKS_WITH", "csp")}


@pytest.mark.parametrize(
    ("form", "superior"),
    [
        ("Post title|Reports to|Band|Base|Dog Handler|Kennel Manager|4|Wymondham", "role/kennel-manager"),
        ("Post title:|Band:|(Agenda for Change)|Line manager:|Dog Handler|4|Kennel Manager", "role/kennel-manager"),
        ("Reports to|Kennel Manager|Band|4", "role/kennel-manager"),
        ("Reports to:||Kennel Manager", "role/kennel-manager"),
        ("Band|Reports to|Kennel Manager|Hours|37", "role/kennel-manager"),
        ("Reports to|Salary range|Hours per week", None),
        ("Responsible to:|Band: 4", None),
        ("Reports to|Key Accountabilities|Walk the dogs.", None),
        ("Immediate supervisor|Pay band|4", None),
    ],
)
def test_a_label_is_no_value(form: str, superior: str | None) -> None:
    """Labels above each other have their values below the last, in order; a label or heading is nobody's superior."""
    found = relations_of(*form.split("|"), title="Dog Handler", duties=False)
    assert [superior] * (superior is not None) == [one.target for one in found if one.kind == "REPORTS_TO"]
