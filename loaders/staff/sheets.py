"""The sheets of staff files, each column declared once: reading, templates and the data dictionary follow from it.

A column becomes the property of its name on the node or edge of its sheet (graph/staff_nodes.py, graph/ontology.py).
"""

from __future__ import annotations

from dataclasses import replace

from loaders.staff.schema import Column, Kind, Sheet

_PERSON = (
    "person number, collar number, collar no, shoulder number, shoulder no, warrant number, employee id, "
    "employee number, employee no, staff id, staff number, payroll number, hr number, hr id"
)
_UNIT = "unit, unit code, unit no, org unit, organisation unit, organisation unit id, department id"
_POST = (
    "post, post number, post no, post ref, position id, position number, position no, position ref, position, job id"
)
_NEED = (
    "requirement name, requirement id, skill, skill name, competency, competence, ticket, qualification, accreditation"
)
_FROM = "start, start date, date from, from date, effective from, valid from, begin date, date started"
_TO = "end, end date, date to, to date, effective to, valid to, date ended"
_NAME = "full name, display name"
_FTE = "full time equivalent, wte, whole time equivalent"

_BASIS = Column(
    "basis",
    "word",
    "Whether it is held for good, as a temporary promotion, or in acting up",
    "substantive",
    synonyms="status, appointment basis, assignment status, held as",
    words={
        "substantive": "sub, subst, permanent, perm, regular",
        "temporary": "temp, t/, tempy, temporary promotion",
        "acting": "a/, act, actg, acting up",
    },
    default="substantive",
)
_NECESSITY = Column(
    "necessity",
    "word",
    "Whether it must be held",
    "essential",
    words={"essential": "e, required, mandatory, must, yes", "desirable": "d, preferred, optional"},
    default="essential",
)
_AWAY = Column(
    "kind",
    "word",
    "Why",
    "maternity",
    synonyms="reason, absence kind, absence reason, absence type",
    words={
        "sick": "sickness, short term sick, sick leave, self certified",
        "long-term sick": "long term sickness, lts, long term sick leave",
        "maternity": "maternity leave, mat leave",
        "paternity": "paternity leave, pat leave, maternity support leave",
        "adoption": "adoption leave",
        "parental leave": "shared parental leave, spl, ordinary parental leave",
        "career break": "career break leave, sabbatical",
        "secondment": "seconded, on secondment, external secondment",
        "restricted duties": "restricted, restricted duty, limited duties",
        "adjusted duties": "adjusted, adjusted duty",
        "recuperative duties": "recuperative, recuperative duty, recup, phased return",
        "suspended": "suspension, suspended from duty",
        "unpaid leave": "leave without pay, unpaid",
        "annual leave": "a/l, al, holiday, leave",
        "special leave": "compassionate leave, bereavement leave, carers leave, emergency leave, dependants leave",
        "training": "course, training course, study leave, abstracted to training",
    },
)
_CATEGORIES = {
    "skill": "ticket, accreditation, authorisation, licence, qualification, certificate, permit",
    "course": "training, training course, exam, assessment",
    "knowledge": "",
    "experience": "",
    "competency": "competence",
    "value": "",
}
_LEVEL_SYNONYMS = "skill level, level held, level required"
_WEIGHT = Column("weight", "number", "How much it matters; empty: 1", "2", synonyms="priority, importance")
_LEVEL = Column("level", "level", "Level, where the requirement has levels", "2", synonyms=_LEVEL_SYNONYMS)

LABELS = {name: name.capitalize() for name in _CATEGORIES}
"""The label in the graph of each kind of requirement."""


def _required(name: str, kind: Kind, says: str, example: str, synonyms: str) -> Column:
    return Column(name, kind, says, example, required=True, synonyms=synonyms)


def _pointing(name: str, says: str, example: str, synonyms: str, points_to: str) -> Column:
    return replace(_required(name, "id", says, example, synonyms), points_to=points_to)


def _person(says: str) -> Column:
    return _pointing("person_id", says, "P123", _PERSON, "people")


def _post(says: str) -> Column:
    return _pointing("post_id", says, "POST-7", _POST, "posts")


def _need(says: str, *synonyms: str) -> Column:
    return _required("requirement", "requirement", says, "Taser", ", ".join((_NEED, *synonyms)))


def _first(name: str, says: str, *synonyms: str) -> Column:
    return Column(name, "day", says, "2024-04-01", synonyms=", ".join((_FROM, *synonyms)))


def _last(name: str, says: str, *synonyms: str) -> Column:
    return Column(name, "day", says, "2027-03-31", synonyms=", ".join((_TO, *synonyms)))


_UNITS = Sheet(
    "units",
    "The units of the force, as a tree",
    (
        _required("unit_id", "id", "Identifier of the unit", "U1", _UNIT),
        _required("name", "name", "Name of the unit", "Frontline Policing", f"unit name, {_NAME}"),
        Column(
            "parent_id",
            "id",
            "Unit that it is part of; empty at the top",
            "U0",
            synonyms="parent, parent unit, parent unit id, part of, reports to",
            points_to="units",
        ),
    ),
    key=("unit_id",),
    required=True,
)
_POSTS = Sheet(
    "posts",
    "Every established post, whether somebody is in it or not; a post has a rank or a role, or both",
    (
        _required("post_id", "id", "Identifier of the post", "POST-7", _POST),
        _pointing("unit_id", "Unit of the post", "U1", _UNIT, "units"),
        Column(
            "rank",
            "rank",
            "Rank of the post; detective is a prefix, not a rank",
            "DS",
            synonyms="post rank, post grade, grade",
        ),
        Column("title", "text", "Title of the post", "Team sergeant", synonyms="post title, job title, post name"),
        Column("role", "role", "Role, where a profile says more than the rank", "PCSO", synonyms="job role"),
        Column(
            "fte",
            "number",
            "Established full-time equivalents",
            "1.0",
            synonyms=f"{_FTE}, established fte, funded fte, budget fte",
            default=1.0,
        ),
        _first("opened", "First day the post is open; empty: it always was", "open date, date opened, open from"),
        _last("closed", "Last day the post is open; empty: it still is", "close date, date closed, open to"),
        Column(
            "places",
            "whole",
            "How many people it is for; empty: its FTE to the nearest whole number, at least 1",
            "1",
            synonyms="headcount, established headcount, number of posts",
            least=1,
        ),
        Column(
            "attributes",
            "text",
            "What it is counted by beside its rank, with commas between; detective follows from DC, DS and the like",
            "firearms, PIP 2",
            synonyms="attribute, specialism, specialisms, markers",
        ),
    ),
    key=("post_id",),
    required=True,
    periods=(("opened", "closed"),),
    one_of=("rank", "role"),
)
_ROLES = Sheet(
    "roles",
    "The force's own roles of police staff, that no published profile describes",
    (
        _required("role", "name", "Name, as posts use it", "Crime analyst", "role name, job role, job title"),
        Column("grade", "text", "Grade or pay band", "Grade E", synonyms="pay grade, pay band, band, scale"),
    ),
    key=("role",),
    derived=("role", "name", "declared"),
)
_PEOPLE = Sheet(
    "people",
    "Everybody, by HR or collar number and name; nothing else personal is kept",
    (
        _required("person_id", "id", "HR or collar number", "P123", _PERSON),
        _required("name", "name", "Name", "Person 123", f"person name, employee name, post holder, {_NAME}"),
        _first("joined", "First day in the force", "date joined, joining date, hire date, join date"),
        _last("left", "Last day in the force; empty: still there", "date left, leaving date, leave date"),
    ),
    key=("person_id",),
    required=True,
    periods=(("joined", "left"),),
    added=("counted",),
)
_OCCUPANCIES = Sheet(
    "occupancies",
    "Who is in which post, from when until when",
    (
        _person("Who is in the post"),
        _post("The post"),
        _first("from", "First day in the post"),
        _last("to", "Last day in the post; empty: still in it"),
        Column(
            "fte",
            "number",
            "Full-time equivalents worked in it",
            "1.0",
            synonyms=f"{_FTE}, contracted fte",
            most=1,
            default=1.0,
        ),
        _BASIS,
    ),
    key=("person_id", "post_id", "from"),
    required=True,
    periods=(("from", "to"),),
)
_REQUIREMENTS = Sheet(
    "requirements",
    "The force's own skills, tickets and courses",
    (
        _required("requirement", "name", "Name, as other sheets use it", "Taser", f"name, {_NEED}"),
        Column("kind", "word", "What it is", "ticket", synonyms="category, type", words=_CATEGORIES, default="skill"),
        Column(
            "valid_months",
            "whole",
            "Months it counts from the day achieved, where a holding gives no expiry",
            "12",
            synonyms="validity, validity months, months valid",
            least=1,
        ),
        Column("max_level", "whole", "Highest level; levels begin at 1", "3", synonyms="highest level", least=1),
    ),
    key=("requirement",),
    derived=("requirement", "name"),
)
_POST_REQUIREMENTS = Sheet(
    "post_requirements",
    "What a post asks for beyond its rank or role",
    (_post("The post"), _need("What it asks for"), _LEVEL, _NECESSITY, _WEIGHT),
    key=("post_id", "requirement"),
    added=("by_rule",),
)
_RULES = Sheet(
    "rules",
    "What posts of a kind ask for: each post that fits all cells of a row asks for it",
    (
        Column("rank", "rank", "Rank of the posts; DC: detectives only; empty: any", "PC", synonyms="post rank, grade"),
        Column("role", "role", "Role of the posts; empty: any", synonyms="job role"),
        Column(
            "title",
            "text",
            "Title of the posts, * for any letters; empty: any",
            "*response*",
            synonyms="post title, job title, post name",
        ),
        Column(
            "unit_id", "id", "Unit of the posts, with those below it; empty: any", synonyms=_UNIT, points_to="units"
        ),
        _need("What they ask for"),
        _LEVEL,
        _NECESSITY,
        _WEIGHT,
    ),
    key=("rank", "role", "title", "unit_id", "requirement", "detective"),
    derived=("detective",),
)
_COVER = Sheet(
    "cover",
    "How many people of a unit must hold something, whatever their posts ask for",
    (
        _pointing("unit_id", "The unit, with those below it", "U1", _UNIT, "units"),
        _need("What must be held"),
        _LEVEL,
        replace(
            _required("people", "whole", "How many must hold it at least", "2", "minimum, minimum cover, at least"),
            least=1,
        ),
        _WEIGHT,
    ),
    key=("unit_id", "requirement"),
)
_HOLDINGS = Sheet(
    "holdings",
    "Who holds what; a renewal is a row of its own",
    (
        _person("Who holds it"),
        _need(
            "What is held; exams, courses and what only a person can judge in a gate (such as local selection) are "
            "recorded here too, by the name that `rankgraph gates RANK` shows",
            "course, course name",
        ),
        _LEVEL,
        _first("achieved", "First day it counts", "date achieved, achieved on, date passed, awarded, issued"),
        _last(
            "expires",
            "Last day it counts; empty: by the valid_months of the requirement",
            "expiry, expiry date, date expires, valid until",
        ),
        Column("evidence", "text", "Certificate or record", "Certificate 17", synonyms="certificate, reference"),
    ),
    key=("person_id", "requirement", "achieved"),
    periods=(("achieved", "expires"),),
    outcomes=True,
)
_NOT_MET = Sheet(
    "not_met",
    "What a person judged that somebody does not meet; the latest judgement counts, a later holding too",
    (
        _person("Who was judged"),
        _need("What only a person can judge in a gate, by the name that `rankgraph gates RANK` shows"),
        _required("judged", "day", "Day of the judgement", "2026-05-12", "date judged, judged on, date of decision"),
    ),
    key=("person_id", "requirement", "judged"),
)
_RANKS_HELD = Sheet(
    "ranks_held",
    "Ranks that a person holds or held",
    (
        _person("Who holds or held it"),
        _required(
            "rank", "rank", "The rank; T/ and A/ give the basis where that is empty", "T/DCI", "rank held, grade"
        ),
        _first("from", "First day in the rank"),
        _last("to", "Last day in the rank; empty: still in it"),
        replace(_BASIS, example="temporary"),
    ),
    key=("person_id", "rank", "from"),
    periods=(("from", "to"),),
)
_ABSENCES = Sheet(
    "absences",
    "Times in which a person is away, or not on full duties",
    (
        _person("Who is away"),
        _first("from", "First day away"),
        _last("to", "Last day away; empty: still away"),
        _AWAY,
    ),
    key=("person_id", "from", "kind"),
    periods=(("from", "to"),),
)
_COURSES = Sheet(
    "courses",
    "Courses that can be had",
    (
        _required("course_id", "id", "The force's own number of the course", "C1", "course code"),
        _required("name", "name", "Name", "Taser, first course", "course name, course, title"),
        Column("cost", "number", "Pounds a seat", "250", synonyms="price, cost per seat, unit cost"),
        Column("days", "number", "Days away from duty a person", "3", synonyms="duration, length, duration days"),
        Column("seats", "whole", "Seats that can be had; empty: no limit is known", "12", synonyms="places"),
        Column("provider", "text", "Who gives it", "Training school", synonyms="supplier, training provider"),
    ),
    key=("course_id",),
    derived=("requirement",),
)
_TEACHES = Sheet(
    "teaches",
    "What a course brings people to; a holding of the course alone is not a holding of what it teaches",
    (
        _pointing("course_id", "The course", "C1", "course code, course", "courses"),
        _need("What it teaches"),
        _LEVEL,
    ),
    key=("course_id", "requirement"),
)
_COURSE_DATES = Sheet(
    "course_dates",
    "When a course is given; one without a row here can be taken at any time",
    (
        _pointing("course_id", "The course", "C1", "course code, course", "courses"),
        _required("starts", "day", "First day of the run", "2026-04-13", f"{_FROM}, run date, course date"),
        Column("seats", "whole", "Seats on this run; empty: no limit is known", "8", synonyms="places"),
    ),
    key=("course_id", "starts"),
)

SHEETS = (
    *(_UNITS, _POSTS, _PEOPLE, _OCCUPANCIES, _ROLES, _REQUIREMENTS, _POST_REQUIREMENTS),
    *(_RULES, _COVER, _HOLDINGS, _NOT_MET, _RANKS_HELD, _ABSENCES, _COURSES, _TEACHES, _COURSE_DATES),
)
"""Every sheet, in the order of templates; the first four must be there."""

_BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def sheet(name: str) -> Sheet:
    """Return a sheet by its name. Raises KeyError for one that is not declared."""
    return _BY_NAME[name]
