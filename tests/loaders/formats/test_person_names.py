"""Names of people are put out of sight; those of roles, ranks, forces, units, places and courses are facts and stay."""

from __future__ import annotations

import pytest

from loaders.formats.masking import mask

_SIGNS = str.maketrans({"¶": "\n", "→": "\t", "⓪": "0"})

NAMES = r"""
Contact: Avery Sample => Contact: [name]
Contact: AVERY SAMPLE => Contact: [name]
Contact name: A. Sample => Contact name: [name]
Contact name – Avery Sample-Example => Contact name – [name]
Prepared by: Avery J Sample => Prepared by: [name]
Prepared by Avery Sample on 1 May 2020 => Prepared by [name] on 1 May 2020
Author: Avery Sample, HR Adviser => Author: [name], HR Adviser
**Author:** Avery Sample => **Author:** [name]
Author    Avery Sample => Author    [name]
| Owner | Avery Sample | => | Owner | [name] |
Owner: / Avery Sample / Version: / 2 => Owner: / [name] / Version: / 2
Document owner: Avery van der Sample => Document owner: [name]
Line manager: Avery O’Sample => Line manager: [name]
Line Manager→Avery Sample => Line Manager→[name]
Line manager:¶Avery Sample => Line manager:¶[name]
Line manager¶¶Avery Sample => Line manager¶¶[name]
Reports to: Avery Sample (Head of Estates) => Reports to: [name] (Head of Estates)
Reports to: DCI Sample => Reports to: DCI [name]
Reports to: Detective Chief Inspector Avery Sample => Reports to: Detective Chief Inspector [name]
Reports to: Head of Estates, Avery Sample => Reports to: Head of Estates, [name]
Hiring manager: Ms A Sample => Hiring manager: [name]
Hiring manager: Avery Sample and Robin Specimen => Hiring manager: [name] and [name]
Signed: ........ Avery Sample => Signed: ........ [name]
Signed A.N. Other => Signed [name]
Approved by: Sample, Avery => Approved by: [name], [name]
Approved by ACC Sample => Approved by ACC [name]
Approved By: Zoë Šample => Approved By: [name]
Contact: Jo Constable => Contact: [name]
Contact: Avery Sample Tel: ⓪1632 960001 => Contact: [name] Tel: [telephone]
Contact: Avery Lincoln => Contact: [name]
Please contact Avery Sample on the number => Please contact [name] on the number
To know more, speak to Det Insp Jo Bloggs. => To know more, speak to Det Insp [name].
You may speak to DCI Smith-Jones about it. => You may speak to DCI [name] about it.
T/Chief Supt A. N. Other => T/Chief Supt [name]
PC 1234 Sample => PC [name]
Sgt 12 A Sample will help. => Sgt [name] will help.
PCSO 7123 Avery Sample => PCSO [name]
A/DCI Sample and DS Specimen => A/DCI [name] and DS [name]
D/Sgt Sample => D/Sgt [name]
Det. Ch. Insp. Sample => Det. Ch. Insp. [name]
It was Chief Superintendent Avery Sample, who left. => It was Chief Superintendent [name], who left.
Our chief constable, Avery Sample, writes => Our chief constable, [name], writes
Chief Constable Avery Sample's plan => Chief Constable [name] plan
Founded by Sir Alpha Beta in 1829 => Founded by [name] in 1829
Dear Ms Sample => Dear [name]
Dear Avery Sample, => Dear [name],
Mr Constable will answer. => [name] will answer.
You will report to Avery Sample, who leads the team. => You will report to [name], who leads the team.
Your line manager will be Avery Sample. => Your line manager will be [name].
Or ring the front desk and ask for Det Supt Avery¶Sample. => Or ring the front desk and ask for Det Supt [name]¶.
please reach Robin Specimen, Resource Team Leader on => please reach [name], Resource Team Leader on
Name of line manager: Avery Sample => Name of line manager: [name]
FAO Avery Sample => FAO [name]
Contact: Avery Sample / Robin Specimen => Contact: [name] / [name]
For a chat contact Avery on ⓪7700 900123. => For a chat contact [name] on [telephone].
| Owner | Avery Sample | Base | Upper Wallop | => | Owner | [name] | Base | Upper Wallop |
Line manager: Detective Inspector (Avery Sample) => Line manager: Detective Inspector ([name])
Sgt. O'Sample => Sgt. [name]
Cmdr Sample spoke. => Cmdr [name] spoke.
Author: Insp 1234 Sample => Author: Insp [name]
CONTACT: DCI SAMPLE => CONTACT: DCI [name]
Budget holder: Avery Sample, Head of Estates => Budget holder: [name], Head of Estates
Contact: Insp Sample or Sgt Specimen => Contact: Insp [name] or Sgt [name]
Name: Quorra Sample => Name: [name]
NAME: QUORRA SAMPLE => NAME: [name]
Enw: Quorra Sample => Enw: [name]
Held by: Q. Sample-Specimen, x 2277 => Held by: [name], [telephone]
Owned by: Quorra Sample => Owned by: [name]
Enquiries to Quorra Sample, Human Resources => Enquiries to [name], Human Resources
Ymholiadau / Enquiries: Quorra Sample, ⓪1632 960717 => Ymholiadau / Enquiries: [name], [telephone]
Questions to the chair, Quorra Sample, on ⓪1632 960717 => Questions to the chair, [name], on [telephone]
the Head of HR Policy, Quorra Sample, Tel: 101 => the Head of HR Policy, [name], Tel: 101
Ring his PA Quorra Sample (⓪1632 960717). => Ring his PA [name] ([telephone]).
Forms go to Quorra Sample, Resourcing, quorra AT force DOT example => Forms go to [name], Resourcing, [e-mail]
Quorra Sample, Head of Appointments: ⓪1632 960717 => [name], Head of Appointments: [telephone]
Quorra Sample - Resourcing Partner => [name] - Resourcing Partner
Quorra Sample (Vetting Manager) => [name] (Vetting Manager)
Jane Sample: ⓪1632 960717 => [name]: [telephone]
⓪1632 960717 (Quorra Sample) => [telephone] ([name])
Author Quorra Sample, HR Adviser. => Author [name], HR Adviser.
Vacancy holder: Quorra Sample => Vacancy holder: [name]
Copies to Quorra Sample and Robin Specimen => Copies to [name] and [name]
Our Director of Finance, Quorra Sample MBE, writes => Our Director of Finance, [name] MBE, writes
the lead officer, Quorra Sample, will answer => the lead officer, [name], will answer
Present: Insp Sample (chair), Quorra Specimen (HR), UNISON rep => Present: Insp [name] (chair), [name] (HR), UNISON rep
Apologies: Quorra Sample, Robin Specimen => Apologies: [name], [name]
We close at noon.¶¶Quorra Plumtree¶Head of People => We close at noon.¶¶[name]¶Head of People
We close at noon.¶¶Head of People¶Quorra Sample => We close at noon.¶¶Head of People¶[name]
Apply now.¶Signed ...   Date ...¶Quorra Sample¶Head of HR => Apply now.¶Signed ...   Date ...¶[name]¶Head of HR
Kind regards,¶Quorra => Kind regards,¶[name]
Quorra Sample¶HR Business Partner¶⓪1632 960717 => [name]¶HR Business Partner¶[telephone]
Quorra Sample QPM, Chief Constable => [name] QPM, Chief Constable
Message from Quorra Sample, Chief Constable => Message from [name], Chief Constable
v1.0 Quorra Sample 12/03/2021 First draft => v1.0 [name] 12/03/2021 First draft
| 1.0 | 12/03/2021 | Q Sample | First draft | => | 1.0 | 12/03/2021 | [name] | First draft |
Policy lead Quorra Sample => Policy lead [name]
Employee: Quorra Sample  Date: => Employee: [name]  Date:
Post must be directed to Quorra Sample in HR => Post must be directed to [name] in HR
Police HQ, Upper Wallop, NS1 2AB. T: ⓪1632 960717 => Police HQ, Upper Wallop, NS1 2AB. T: [telephone]
Police Station, Market Harborough, ⓪1632 960717 => Police Station, Market Harborough, [telephone]
Jobcentre Plus ⓪1632 960717 => Jobcentre Plus [telephone]
Human Resources: ⓪1632 960717 => Human Resources: [telephone]
Enquiries to Wealdshire Council, ⓪1632 960717 => Enquiries to Wealdshire Council, [telephone]
Chair, Wealdshire Police and Crime Panel, ⓪1632 960717 => Chair, Wealdshire Police and Crime Panel, [telephone]
"""

NO_NAMES = r"""
Reports to: Chief Inspector Operations
Line manager: Detective Inspector
Owner: Professional Standards Department
Author: College of Policing
Reports to Assistant Commissioner Met Operations
Reports to: Chief Superintendent
Reports To: Detective Inspector ² PSD
Reports to: Head of Crime and Intelligence
Reports to: Chief Inspector North
Reports to: Inspector Swindon
Reports to: Superintendent Neighbourhoods
Reports to: ACC Crime
Reports to: DCI Major Crime
Reports to: Sergeant, Roads Policing Unit
Reports to the Chief Constable of Northshire Police
Line manager: Resolution Centre Manager
Line manager: Custody Sergeant (Northshire)
Line Manager: Response Inspector / Duty Inspector
Line manager¶Detective Inspector
Owner: Human Resources
Owner: Head of Learning and Development
Document owner: People and Development
Document owner: Deputy Chief Constable
Author: Northshire Police
Author: Home Office
Author: Strategy and Governance
Author: Kent and Essex Serious Crime Directorate
Prepared by: Corporate Communications
Prepared by the Resourcing Team
Approved by: Chief Officer Team
Approved by the Police and Crime Commissioner for Northshire
Contact: Recruitment Team
Contact Centre Officer
Contact Management Centre
Contact: see the website
Contact us
Contact details
Hiring manager: Tasking Inspector
Hiring Manager: Major Incident Team Lead
Signed: on appointment
Follow us at @NorthshirePolice
Police Constable Degree Apprenticeship
Police Constable Neighbourhood Policing
Sergeant Custody
Inspector Firearms
PC AFO
Detective Constable Accelerated Entry Pathway
Police Sergeant (Tutor)
Special Constable Handbook
Commander Met Operations
Assistant Commissioner Specialist Operations
Chief Constable Reports to: PCC
Constable, Sergeant and Inspector ranks
the rank of Superintendent¶Applicants must have passed
Temporary Chief Inspector Response
Lord Chief Justice
Lord Mayor of London
Dear Candidate
Dear Sir or Madam
Dear Colleague,
PC Pathway
DS or DI in Operation Falcon Team
Author: Ministry of Justice
Responsible to: Superintendent (Operations)
Responsible for: Two Sergeants
Head of Department: Chief Superintendent
Lead: Gold Commander
Rank: Chief Superintendent
Signed: Date:
Line manager   Job title   Location
Contact your line manager
Speak to your Inspector about it.
Liaise with Crown Prosecution Service and Border Force
Supervised by: Tutor Constable
Line managed by Detention Sergeants
Reports to: Borsetshire Local Policing Commander
Custody Officer, Market Harborough
Station Manager, Saffron Walden
| Custody Officer | Upper Wallop | 2 posts |
Front Counter Officer Upper Wallop.
Head of Custody, Crime and Intelligence
Course name: Operation Wallop
Present: chief officers, the Police Federation and UNISON
Members: Northshire Police, Home Office, College of Policing
Panel: Assistant Chief Constable, Head of HR, independent member
Held by: Professional Standards Department
Applications to Northshire Police
We close on Friday.¶¶Custody Officer¶Head of Custody
We close on Friday.¶¶Person Specification¶Director of People
Covert Operations Manager, National Undercover Foundation Course
Leadership Essentials, Line Manager Programme
Crime Scene Investigator - Scientific Support Officer
Questions to the panel: Fraud Act, Theft Act
Prif Swyddog, Heddlu Gogledd Cymru
5.1 Theft Act 1968
2.0 Interview Stage 12/03/2021
Message from the Chief Constable
Forms must be directed to Wealdshire Council in writing
the Act of 2005, as amended by Garda Wallop (Policing Authority) Act
"""

ROLES = r"""
Detective Inspector Reactive CID
Sergeant Rural Crime
Superintendent Tactical Firearms
PC Schools Liaison
DC Paedophile Online Investigation Team
DI Economic
Sergeant Football Liaison
Sergeant Missing Persons
Inspector Ops Planning
Sergeant Drone Unit
Inspector Hate Crime
Superintendent Prevention
DS Sexual Offences
Inspector Critical
Commander Counter Terrorism
Chief Superintendent Homicide
Superintendent Bronze
Inspector Early Intervention
Inspector Taser
DC Trainee
Sergeant Evening Economy
Constable Entry Routes
Police Constable Rejoiners
Police Constable Transferees
DI Proactive
Sergeant Safer Neighbourhoods
Chief Inspector Tri-Service
PS Response
PC Investigator
Sergeant Integrated Offender Management
Inspector Licensing
Commissioner Selection
Constable Mentoring
Reports to: Director of People
Reports to: Chief Finance Officer
Reports to: Treasurer
Owner: Ethics Committee
Owner: Payroll
Author: Kantar Public
Author: National Police Chiefs' Council
Author: Police Federation of England and Wales
Line manager: Vetting Manager
Line manager: Shift Supervisor
Line manager: Chief Dog Trainer
Line manager: Fingerprint Bureau Head
Line manager: Digital Forensics Manager
Contact: Talent Acquisition
Contact: People Services
Contact: Employee Relations
Approved by: Joint Negotiating Consultative Committee
Prepared by: Reward Team
Signed: Post holder
Signed (manager): Date:
Owner: Northshire Constabulary Professional Standards
Reports to: Inspector or Sergeant
Head of Profession: Chief Statistician
Reports to: Nominated Officer
Reports to: Station Commander
Reports to: Deputy Head of Wellbeing
Mentor: Experienced Tutor
Author: Operation Lighthouse Team
Contact Officer
Line Manager Responsibilities
Reports to Crime Manager
"""


def _cases(block: str) -> list[str]:
    return block.strip().split("\n")


def _masked(text: str) -> str:
    return "\n".join(mask(text.split("\n")))


@pytest.mark.parametrize("case", _cases(NAMES))
def test_the_name_of_a_person_goes(case: str) -> None:
    """After a rank, a title or a label, in the manner of each; the rank stays. Breaks and tabs are written as signs."""
    text, expected = case.translate(_SIGNS).split(" => ")
    assert expected == _masked(text)


@pytest.mark.parametrize("case", [*_cases(NO_NAMES), *_cases(ROLES)])
def test_the_name_of_a_role_or_unit_stays(case: str) -> None:
    """So do those of ranks, forces, places and courses, after the same labels and ranks."""
    assert case.translate(_SIGNS) == _masked(case.translate(_SIGNS))


@pytest.mark.parametrize(
    ("below", "expected"),
    [("Inspector Wombat", "Inspector Wombat"), ("Inspector Young", "Inspector [name]")],
)
def test_a_word_that_the_text_prints_in_lower_case_is_no_name(below: str, expected: str) -> None:
    """A title in capitals is told from a name by the text itself, but for surnames that are common words."""
    assert expected == mask([below, "Looks after each wombat, and the young people who feed it."])[0]


def test_letters_lose_the_name_below_them() -> None:
    """A name below a sign-off, or above an office, is one line less; that of a rank goes with it."""
    letter = ["We hope to hear of you.", "", "Avery Sample", "Commissioner", "Yours sincerely,", "Robin Specimen QPM"]
    ranked = ["We hope to hear of you.", "", "Chief Constable Avery Sample, KPM"]
    expected = [*letter[:2], "[name]", *letter[3:5], "[name]"]
    assert (expected, [*ranked[:2], "[name]"]) == (list(mask(letter)), list(mask(ranked)))
