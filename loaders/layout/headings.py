"""The headings that profiles, packs and adverts print, and the part of a document that each opens."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from graph.ids import even_marks
from loaders.language.patterns import any_case

_ROLE = r"(?:role|job|post|position|profile|vacancy)"
_HOLDER = r"(?:role|job|post|position|postholder|post holder|role holder|jobholder|job holder)"
_CVF = r"(?:competency|competence|competencies)(?: and)? values? framework"
_DUTIES = (
    r"(?:accountabilities|accountability|accountability areas|accountability statements|responsibilities|responsibility"
    r"|responsibility statements|duties|tasks|activities|deliverables|result areas|outputs?|areas of responsibility"
    r"|areas of accountability|objectives|functions)"
)
_DUTY_RANK = (
    r"(?:key|primary|main|core|principal|specific|general|major|role|job|overall|post|essential"
    r"|additional|other|your|the)"
)
_SHOULD = r"(?:must|should|will need to|will be able to)"
_SKILLS = r"(?:skills?|abilities|ability|aptitudes?)"
_EDUCATION = r"(?:education|educational|qualifications?|experience|knowledge|training|attainments?|expertise)"
_EDUCATION_RANK = "(?:prior|previous|essential|desirable|relevant|required|formal|professional|academic|minimum|key)"
_MORE_EDUCATION = (
    "(?:(?: and| or|/)?(?: (?:prior|relevant|professional|essential|previous))?"
    f" (?:{_EDUCATION}|{_SKILLS}|competence|accreditation))*"
)
_ASKED_OF_HOLDER = f"(?:required|needed|requirements?|for (?:the|this) {_HOLDER})"

_PATTERNS: dict[str, str] = {
    "contents": r"(?:table of )?contents(?: page)?",
    "purpose": rf"(?:(?:overall|main|key|the|primary|core) )*(?:(?:{_ROLE}) )?purpose(?: of (?:the |this )?{_HOLDER})?"
    rf"|{_ROLE} summary|summary of (?:the )?{_ROLE}|{_ROLE} overview|overview of (?:the )?{_ROLE}|post {_ROLE} purpose"
    r"|purpose and scope(?: of (?:the )?role)?",
    "accountabilities": rf"(?:{_DUTY_RANK} (?:and )?)*(?:{_ROLE} )?{_DUTIES}"
    rf"(?: (?:and|/) (?:{_DUTY_RANK} )*{_DUTIES})*(?: (?:of|for) (?:the |this )?{_HOLDER})?(?: / % time)?"
    r"|what you(?: will|'ll) (?:do|be doing|be responsible for)|what the (?:role|job) involves"
    rf"|main {_ROLE} / responsibilities|key outputs for role(?: / % time)?|(?:the )?(?:role|job|post) involves",
    "behaviours": rf"behaviours?|behavioural (?:competencies|requirements|competences)|(?:our )?{_CVF}.*|cvf"
    r"|competenc(?:ies|y)(?: and)? values(?:(?: and)? core skills)?|values(?: and)? (?:behaviours|competencies)"
    r"|competenc(?:ies|y) and behaviours|behaviours and (?:values|competencies)|personal qualities"
    r"|competenc(?:ies|y)(?: and)? values for .*|(?:expected|required) (?:behaviours|competencies)(?: and behaviours)?"
    r"|policing professional framework.*",
    "competencies": r"(?:core |key |the )?(?:competencies|competency|competences)(?: (?:required|levels?))?"
    r"|(?:cvf|competency) levels?",
    "values": r"(?:the |core |cvf )?values",
    "core-skills": r"core skills",
    "skills": rf"(?:{_DUTY_RANK} |required |relevant |professional |personal |technical |interpersonal )*{_SKILLS}"
    rf"(?:(?: and|/)? (?:personal )?{_SKILLS})*(?: (?:required|needed|you will need|for (?:the|this) {_HOLDER}))?"
    r"|skills and (?:personal )?(?:attributes|qualities)|(?:essential|desirable) skills",
    "education": rf"(?:{_EDUCATION_RANK} )*{_EDUCATION}{_MORE_EDUCATION}(?: {_ASKED_OF_HOLDER})?"
    rf"|{_SKILLS}(?: and)? (?:relevant )?{_EDUCATION}(?:(?: and)? {_EDUCATION})*(?: required)?|entry requirements",
    "development": r"(?:continuing|continuous) professional development|cpd|professional development"
    r"|(?:suggested|recommended) "
    r"(?:cpd|development)|personal development|development(?: opportunities)?|(?:training|learning) and development",
    "learning": "(?:learning|training|mandatory (?:learning|training))(?: and)? accreditation"
    "|accreditation(?: and learning)?|mandatory (?:training|learning)|learning requirements|learning and training",
    "registration": r"professional (?:registration|licen[cs]es?)(?: ?(?:/|and"
    r"|or) ?(?:professional )?(?:licen[cs]es?|licensing|registration|accreditation))?",
    "links": r"links? to (?:other|related) (?:professional )?(?:profiles?|roles?)|other (?:relevant )?profiles",
    "related": r"related (?:roles?|profiles?|content|information|links|pages)|see also|career (?:pathways?"
    r"|paths?|progression)",
    "foot": "was this page (?:useful|helpful)|leave feedback|feedback|give feedback|share this page"
    "|print this page|back to top|is this page useful|tags|share|cookies on this site|follow us",
    "about": rf"about (?:the|this|your) {_ROLE}|the {_ROLE}|{_ROLE} (?:description|profile|specification|information)"
    r"|(?:national )?policing professional profile|professional profile|job advert(?:isement)?",
    "criteria": r"(?:person|personal|candidate|employee) (?:specification|profile|requirements)|selection criteria"
    r"|(?:essential|desirable|assessment|key|person specification) criteria|what we are looking for"
    r"|who we are looking for"
    r"|about you|the (?:ideal|successful) candidate|the person|criteria|essential|desirable"
    r"|(?:the )?(?:ideal |successful )?(?:candidates?|applicants?|officers? who wish to apply|you|post ?holder) "
    r"(?:will|must|should)(?: (?:also|be able to|need to|have|be|demonstrate|possess|show|be able to demonstrate))*",
    "eligibility": r"eligibility(?: (?:criteria|requirements|to apply))?|are you eligible|who (?:can|may|should) apply"
    r"|eligibility and entry requirements|criteria to transfer|eligible ranks?",
    "contact": r"contact(?: us| details| information)?|further information|more information"
    r"|informal discussions?|enquiries",
    "introduction": r"(?:an )?(?:introduction|welcome|foreword|letter|message|word)(?: (?:from|by|to) .*)?"
    r"|welcome to .*",
    "force": "about (?:us|.*(?:police|constabulary|force|met|mps|service|area|county|region|commissioner|authority"
    r"|opcc)\b.*)|(?:our|the|executive|senior|organisational|command|force|management) (?:team )?structure.*"
    "|who we are|our (?:force|county|area)|our (?:mission|vision|values|priorities|people|purpose|strategy"
    "|plan)(?: .*)?",
    "pay": "(?:remuneration|salary|pay|reward|benefits|package|terms)(?:(?:,? and|/|,)? (?:remuneration|salary|pay"
    "|rewards?|benefits|package|conditions|allowances?|expenses|conditions of (?:appointment|service|employment)"
    "|terms|london allowances))*(?: package)?(?: (?:of|and) (?:appointment|conditions|service"
    r"|employment))?(?: \(.*\))?|(?:your|the) (?:rewards?|package|benefits)|what we offer|what we can offer"
    "|salary range|pay scales?|annual salary",
    "process": "(?:the )?(?:(?:selection|application|recruitment|appointment|promotion(?:al)?|assessment"
    "|interview) (?:and )?)+(?:process|procedure|timetable|timeline|stages|panel|arrangements)|the process"
    "|how to apply|what to do next|next steps|applying|applications?|key dates|timetable|timescales"
    "|(?:indicative )?timeline|promotion boards?(?: interviews)?",
    "vetting": r"(?:security )?(?:vetting|clearance)(?: and other checks| level| requirements| and medical)?"
    r"|medical(?: and vetting)?|security clearance|pre-employment checks",
}

PROFILE_KINDS = frozenset(
    (
        *("purpose", "accountabilities", "behaviours", "competencies", "values", "core-skills", "skills"),
        *("education", "development", "learning", "registration", "links", "related", "criteria"),
    )
)
"""Parts of a role's profile; the rest are parts of a page, pack or advert around it."""

LISTS = frozenset(["accountabilities", "skills", "education", "development", "learning", "criteria"])
"""Parts whose lines are statements of a list, whether or not they bear a mark."""

_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_OPENERS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("accountabilities", r"key (?:responsibility|accountability) statements show\b.*"),
        ("criteria", r".*\b(?:successful|ideal) candidates? (?:will|must|should)(?: [a-z]+){0,6}:"),
        ("criteria", rf".*\b(?:candidates|applicants|officers|you)\b.* {_SHOULD}(?: [a-z]+){{0,6}}:"),
        ("criteria", r".*\b(?:appoint|looking for|seeking|recruit)\b.*\b(?:who|that|with|criteria)\b.*:"),
    )
)
_NUMBERING = any_case(
    r"^(?:(?:section|part|annex|appendix) [a-z0-9]{1,3}\b[\s.:–—-]*|\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[a-h][.)]\s+)"
)
_TAIL = re.compile(
    r"\s*(?:\((?:continued|cont\.?|cont'd|contd\.?|cpd|cvf)\)|[-–—]? ?(?:continued|cont\.?|cont'd|contd\.?)"
    r"|(?<=\w) cpd)$"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 90
_LONGEST_OPENER = 200
_FEWEST_WORDS = 2

_INLINE = (
    "Role [Pp]urpose|Overall [Pp]urpose|Job [Pp]urpose|Main [Pp]urpose of the [Rr]ole|(?:Key|Primary"
    "|Main) (?:[Aa]ccountabilities|[Rr]esponsibilities)|Main Duties (?:&|and) Responsibilities"
    "|Competencies, values and core skills|Core [Ss]kills|Education, [Qq]ualifications,? (?:[Ss]kills )?and "
    r"[Ee]xperience|Prior [Ee]ducation and [Ee]xperience|Continuing [Pp]rofessional [Dd]evelopment(?! \(CPD\) "
    r"[a-z])(?: \(CPD\))?|(?:Personal|Business|Professional) Skills|Professional [Dd]evelopment"
    "|Learning and accreditation|Professional Registration/Licen[cs]es|Links to other Profiles|Related roles"
    "|About the role|Was this page useful|Leave Feedback|Person [Ss]pecification|Job Family|Job Sub Family|Code"
)
_INLINE_WORD = "Behaviours|Competencies|Values|Skills|Eligibility|Contents"
_AFTER_A_SENTENCE = r"(?:(?<=^)|(?<=[.:;?!)] ))"
INLINE = re.compile(
    rf"(?P<heading>(?:(?<=^)|(?<=[.:;?!)\w] ))(?:{_INLINE}):?(?= (?:[•●(A-Z]|\d))"
    rf"|{_AFTER_A_SENTENCE}(?:{_INLINE_WORD}):?(?= [•●(A-Z])|\b(?:{_INLINE_WORD})(?::(?= [•●(A-Z])"
    rf"|(?= (?:This role|The CVF|All roles))))"
)
"""A heading inside a line, as a document on one line has it; one word alone counts only between sentences."""


class Heading(NamedTuple):
    """A part that begins, and the words of its first line that stand after a colon."""

    kind: str
    rest: str


def heading_key(text: str) -> str:
    """Return a line as headings are compared: lower case, one kind of quote and dash, no mark-up or numbering.

    >>> heading_key("## 3. Education, Qualifications & Experience:")
    'education qualifications and experience'
    """
    text = even_marks(text).replace("&", " and ")
    text = _NUMBERING.sub("", text.strip(" \t#*_|>").casefold()).replace(",", " ").replace("/", " / ")
    text = " ".join(text.split()).strip(" .:-?…*_")
    return _TAIL.sub("", text).strip(" .:-?…")


@cache
def heading(text: str) -> Heading | None:
    """Return the part that a line opens, or none: the whole line is a heading, or a heading and a colon begin it."""
    if not text:
        return None
    short = len(text) <= _LONGEST
    titled = short and not text.rstrip().endswith((".", ";", ","))
    kind = (_kind(heading_key(text)) or _kind(heading_key(_GLUED.sub(" ", text)))) if titled else None
    if kind:
        return Heading(kind, "")
    lower = " ".join(even_marks(text).casefold().split())
    for opened, pattern in _OPENERS:
        if len(lower) <= _LONGEST_OPENER and pattern.fullmatch(lower):
            return Heading(opened, "")
    for mark in (":", " / "):
        label, separator, rest = text.partition(mark)
        kind = (
            _kind(heading_key(label))
            if separator and len(label) <= _LONGEST and len(rest.split()) >= _FEWEST_WORDS
            else None
        )
        if kind:
            return Heading(kind, rest.strip())
    return None


def _kind(words: str) -> str | None:
    return next((kind for kind, pattern in _COMPILED.items() if words and pattern.fullmatch(words)), None)
