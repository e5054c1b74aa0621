"""Titles of ranks and roles as documents print them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from loaders.language.rank_titles import find_ranks, force_named, role_of

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
DOCUMENTS = (
    "000_3a13ae3a5ef9d11e.txt",
    "001_170ebb81ebc6000d.txt",
    "002_50cd6505d195e598.txt",
    "003_437376a8630aa21b.txt",
    "004_bbab1a7034ea6cae.txt",
)
RANK_IDS = {
    "Assistant Chief Constable": "territorial/assistant-chief-constable",
    "Deputy Chief Constable": "territorial/deputy-chief-constable",
    "Chief Constable": "territorial/chief-constable",
    "Commander": "mps/commander",
    "Deputy Assistant Commissioner": "mps/deputy-assistant-commissioner",
    "Assistant Commissioner": "mps/assistant-commissioner",
    "Deputy Commissioner": "mps/deputy-commissioner",
    "Commissioner": "mps/commissioner",
}


@pytest.mark.real
@pytest.mark.parametrize("name", DOCUMENTS)
def test_ranks_of_the_real_documents_are_those_of_the_gold(name: str) -> None:
    """Each rank is found as often, and on the lines, that the annotation says."""
    file = SHARED / "profiles" / name
    if not file.exists():
        pytest.skip(f"the real documents are not at {SHARED}")
    gold = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))["documents"]
    said = next(document for document in gold if document["document"] == name)["ranks_mentioned"]
    expected = {
        (RANK_IDS[rank["rank"]], rank["count"], tuple(rank["lines"])) for rank in said if rank["rank"] in RANK_IDS
    }
    assert {rank["rank"] for rank in said} - RANK_IDS.keys() == {"Chief Officer"}

    found = [
        (mention.rank_id, number)
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for mention in find_ranks(line, "mps")
    ]

    counts = Counter(rank for rank, _ in found)
    lines = {rank: tuple(sorted({line for other, line in found if other == rank})) for rank in counts}
    assert expected == {(rank, counts[rank], lines[rank]) for rank in counts}


@pytest.mark.parametrize(
    ("text", "organisation", "expected"),
    [
        (
            "ACCs and DCCs meet CCs",
            None,
            [
                "territorial/assistant-chief-constable",
                "territorial/deputy-chief-constable",
                "territorial/chief-constable",
            ],
        ),
        ("a deputy\nchief constable", None, ["territorial/deputy-chief-constable"]),
        ("a deputy\u00a0chief  constable", None, ["territorial/deputy-chief-constable"]),
        ("Chief Superintendents or superintendents", None, ["uk/chief-superintendent", "uk/superintendent"]),
        ("PCs, PS and Insp", None, ["uk/constable", "uk/sergeant", "uk/inspector"]),
        ("a pc, an ac, dacs and accounts", None, []),
        ("served as Detective Superintendent or higher", None, ["uk/superintendent"]),
        ("a commander", "mps", ["mps/commander"]),
        ("a commander", "city-of-london-police", ["city/commander"]),
        ("a commander", None, [None]),
        ("a commander", "kent-police", [None]),
        ("the AC", None, [None]),
        ("the AC", "mps", ["mps/assistant-commissioner"]),
        ("the Commander (Met) and a Commander of the City of London Police", None, ["mps/commander", "city/commander"]),
        ("Metropolitan Police Commissioner", None, ["mps/commissioner"]),
        ("Commissioner of Police for the City of London", "mps", ["city/commissioner"]),
        ("DEPUTY COMMISSIONER", None, ["mps/deputy-commissioner"]),
        ("The Commissioner", "mps", ["mps/commissioner"]),
        ("The Commissioner", "home-office", [None]),
        ("The Commissioner", "kent-police", []),
        ("the Police and Crime Commissioner", "mps", []),
        ("POLICE, FIRE AND CRIME COMMISSIONER", "mps", []),
        ("Deputy Police and Crime Commissioner", "mps", []),
        ("the Information Commissioner and the Biometrics Commissioner", "mps", []),
        ("a Whatever Commissioner", "mps", []),
        ("gold commander, Tactical Firearms Commanders and a BCU Commander", "mps", []),
        ("special constables and a Special Inspector", None, []),
        ("HM Chief Inspector of Constabulary, His Majesty's Inspector", None, []),
        ("Police Superintendents' Association; Chief Constables\u2019 Council", None, []),
        ("the chief officer team and the constabulary", None, []),
        ("CommissionerPost@example.org, commander@example.org, CR-FL-MPS-Commander", "mps", []),
    ],
)
def test_ranks_in_a_text(text: str, organisation: str | None, expected: list[str | None]) -> None:
    """The longest title counts, whole words, and no title of another thing."""
    assert expected == [mention.rank_id for mention in find_ranks(text, organisation)]


def test_a_mention_is_where_it_is_printed() -> None:
    """Start, end and words are those of the text."""
    text = "An ACC or a chief constable, a Commissioner of Police for the City of London."
    expected = [
        (3, 6, "territorial/assistant-chief-constable", "ACC"),
        (12, 27, "territorial/chief-constable", "chief constable"),
        (31, 76, "city/commissioner", "Commissioner of Police for the City of London"),
    ]
    assert expected == [tuple(mention) for mention in find_ranks(text)]


@pytest.mark.parametrize(
    ("title", "organisation", "code", "expected"),
    [
        ("Metropolitan Police Service - Commander", None, None, "mps/commander"),
        ("Commander", None, "CR-FL-MPS-Commander", "mps/commander"),
        ("Commander", None, None, "role/commander"),
        ("Assistant commissioner", "mps", None, "mps/assistant-commissioner"),
        ("Assistant commissioner", "city-of-london-police", None, "city/assistant-commissioner"),
        ("Assistant Commissioner (AC), City of London Police", None, None, "city/assistant-commissioner"),
        ("AC (Met)", None, None, "mps/assistant-commissioner"),
        ("COMMISSIONER OF POLICE OF THE METROPOLIS", None, None, "mps/commissioner"),
        ("COMMISSIONER METROPOLITAN POLICE SERVICE Recruitment Information", None, None, "mps/commissioner"),
        ("Police Constable", None, None, "uk/constable"),
        ("PC", None, None, "uk/constable"),
        ("Superintendent (Supt)", None, None, "uk/superintendent"),
        ("**Police Sergeant**", "kent-police", None, "uk/sergeant"),
        ("Job title: Police Constable", None, None, "uk/constable"),
        ("", None, "CR-TL-Sergeant", "uk/sergeant"),
        ("Temporary Chief Superintendent", None, None, "uk/chief-superintendent"),
        ("Acting Inspector", None, None, "uk/inspector"),
        ("Chief Superintendent Information Pack 2019", None, None, "uk/chief-superintendent"),
        ("PROMOTION CHIEF SUPERINTENDENT PACK INFORMATION CANDIDATE", None, None, "uk/chief-superintendent"),
        ("Candidate Information Pack \u2013 Deputy Chief Constable", None, None, "territorial/deputy-chief-constable"),
        ("Police Constable Transferees", None, None, "uk/constable"),
        ("Recruitment Officer", None, None, "role/recruitment-officer"),
        ("Information Pack for the Chief Inspector Promotion Process", None, None, "uk/chief-inspector"),
        ("Cheshire Constabulary - Superintendent Promotion Process", None, None, "uk/superintendent"),
        ("Appointment of Chief Constable Wiltshire", None, None, "territorial/chief-constable"),
        ("Chief Constable of Somewhere", None, None, "territorial/chief-constable"),
        ("Assistant Chief Constable (Crime)", None, None, "territorial/assistant-chief-constable"),
        ("Chief Constable's Staff Officer", None, None, "role/chief-constables-staff-officer"),
        ("Chief Inspector of Constabulary", None, None, "role/chief-inspector-of-constabulary"),
        ("Police and Crime Commissioner", None, None, "role/police-and-crime-commissioner"),
        ("Detective Inspector", None, None, "role/detective-inspector"),
        ("T/Detective Inspector", None, None, "role/detective-inspector"),
        ("Neighbourhood police constable", None, None, "role/neighbourhood-police-constable"),
        ("Community Police Sergeant", None, None, "role/community-police-sergeant"),
        ("Sergeant dog handler", None, None, "role/sergeant-dog-handler"),
        ("Police Community Support Officer (PCSO)", None, None, "role/pcso"),
        ("Police Community Support Officer, Neighbourhood Policing Team", None, None, "role/pcso"),
        ("Force Control Room - Contact Handler", None, None, "role/contact-centre-officer"),
        ("Superintendent Promotion 2018 (External)", None, None, "uk/superintendent"),
        ("NP_1076 June 2016 Chief Superintendent", None, None, "uk/chief-superintendent"),
        ("", None, None, ""),
        ("PCSO - Essex Police", None, None, "role/pcso"),
        ("ROLE PROFILE SPECIAL CONSTABLE", None, None, "role/special-constable"),
        ("Special Constable \u2013 Independent Patrol", None, None, "role/special-constable"),
        ("Investigator PIP1", None, None, "role/pip1-investigator"),
        ("PIP 2 investigator", None, None, "role/pip2-investigator"),
        ("Investigator (PIP Level 2)", None, None, "role/pip2-investigator"),
        ("Senior Investigator PIP3", None, None, "role/pip3-senior-investigating-officer"),
        ("PIP 3 senior investigative officer", None, None, "role/pip3-senior-investigating-officer"),
        ("Strategic Investigator PIP4", None, None, "role/pip4-strategic-investigator"),
        ("Contact Centre Officer", None, "OPS-CON-SD-Contact Centre Officer", "role/contact-centre-officer"),
        ("Wildlife Officer", None, "OPS-LOC-SD-Wildlife Officer", "role/wildlife-officer"),
    ],
)
def test_role_of_a_title(title: str, organisation: str | None, code: str | None, expected: str) -> None:
    """A title is a rank only where it says no more than the rank; else it is a role."""
    assert expected == role_of(title, organisation, code).id


def test_role_says_name_organisation_and_level() -> None:
    """The rank's own name and force are given, and the level of an unknown role is that of its code."""
    found = [
        role_of("Commander - Metropolitan Police"),
        role_of("Deputy Assistant Commissioner"),
        role_of("Police Constable", "kent-police"),
        role_of("WILDLIFE OFFICER", None, "OPS-LOC-SD-Wildlife Officer"),
    ]
    expected = [
        ("Commander", "mps", "FL"),
        ("Deputy Assistant Commissioner", "mps", "FL"),
        ("Constable", "kent-police", "SD"),
        ("Wildlife Officer", None, "SD"),
    ]
    assert expected == [(role.name, role.organisation, role.profile_level) for role in found]


def test_force_named_is_none_where_both_are() -> None:
    """Only one London force decides."""
    texts = ("the Met", "City of London Police", "the Met and the City of London Police", "Kent Police")
    expected = ["mps", "city-of-london-police", None, None]
    assert expected == [force_named(text) for text in texts]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Custody Officer", "Custody Officer"),
        ("COMMUNICATIONS OFFICER", "Communications Officer"),
        ("Job description: PSD Investigating Officer - Northshire Police", "PSD Investigating Officer"),
        ("custody sergeant", "Custody Sergeant"),
        ("Investigator PIP 2", "Investigator PIP 2"),
        ("DCI", "Detective Chief Inspector"),
        ("Det Insp", "Detective Inspector"),
        ("PCSO", "Police Community Support Officer"),
    ],
)
def test_a_known_role_is_called_as_printed(title: str, name: str) -> None:
    """It has the id of the role that it is, whatever it is called; an abbreviation is written out."""
    role = role_of(title)
    assert (name, role_of(role.name).id) == (role.name, role.id)


@pytest.mark.parametrize("rank", ["Sergeant", "Inspector", "Chief Inspector", "Superintendent"])
def test_a_rank_of_the_special_constabulary_is_no_rank_of_regulars(rank: str) -> None:
    """However it is written: the constabulary of specials is no force whose rank it would be."""
    assert {f"role/special-{rank.lower().replace(' ', '-')}"} == {
        role_of(title.format(rank), "westmark-constabulary").id for title in ("Special Constabulary {}", "Special {}")
    }
