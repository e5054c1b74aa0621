"""What a header of a system that is not known means by its words: whose number it is, which day, which name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from loaders.staff.schema import normalise, split_names
from loaders.staff.sheets import SHEETS

_PERSON = (
    "employees?|empl?|persons?|personal|personnel|pers|staff|workers?|officers?|users?|learners?|delegates?|collar|"
    "shoulder|epaulette|warrant|force|payroll|members?|candidates?|participants?|attendees?|trainees?|students?|"
    "individuals?|holders?|incumbents?|occupants?|assignee|hr|employment|post ?holders?|member of staff|staff member|"
    "res(?:ource)?"
)
_BEARER = (
    "employees?|workers?|officers?|learners?|delegates?|candidates?|participants?|attendees?|trainees?|students?|"
    "(?:(?:current|post|position) ?)?(?:holders?|incumbents?|occupants?)|member of staff|staff member"
)
_ALONE = "collar|shoulder|epaulette|warrant(?: card)?|payroll"
_NUMBER = "nos?|number|num|id|ref|reference|identifier|key"
_POST = "posts?|positions?|posn?|jobs?|seat|establishment"
_NAMED = "(?:(?:full|long|short) )?(?:title|name|text|description|descr?)|t"
_UNIT = (
    r"org\w*(?: unit)?|(?:org\w* )?unit|dep(?:artmen)?t|department|division|team|section|branch"
    "|cost ?c(?:ent(?:re|er))?"
)
_COURSE = (
    r"courses?|training|skills?|learning|qualifications?|tickets?|modules?|items?|competenc\w+|accreditations?|"
    r"certifications?|programmes?|class|activity|authorisations?|licen[cs]es?|events?"
)
_AWAY = "(?:absence|leave|sickness)"
_BACK = r"(?:expected |actual |planned |anticipated )?(?:date of )?return(?: to work)?(?: date)?"
_WORKS = "(?:worker |employee )?assignments?"
_IN_POST = rf"(?:{_POST}|{_WORKS}|in (?:post|role|position)|postings?|occupancy|placement|tenure|role)"
_START, _END = r"start(?:ed|s)?|from|since|begins?|began|effective from|commenc\w+", r"ends?|ended|to|until|finish\w*"
_SERVICE = r"(?:(?:original|latest|force|police|continuous|company|service|pensionable)\b ?)*"
_GOT = (
    r"achieved|awarded|complet\w+|passed|attended|obtained|gained|issued?|attained|qual(?:ified)?|trained|granted"
    r"|certified|taken"
)
_LAPSES = r"exp(?:ir\w+)?|valid (?:to|until|till)|renewal|refresher|requalif\w+|recert\w+|lapses?|re ?test"
_DAY = "(?: dates?| on| by| at| due)*"

_INTO = (
    "since|(?:date (?:of )?)?posting(?: date)?|date (?:of )?(?:posted|appointed|appointment)"
    rf"|(?:date )?(?:posted|(?:in(?:to)?|entered) {_IN_POST}){_DAY}"
)
_HOURS = (
    "(?:contract(?:ed|ual)|weekly|work(?:ed|ing)) h(?:ou)?rs|(?:std )?h(?:ou)?rs(?: (?:(?:per|a|p) (?:week|wk|w)|pw))?"
)


def _day_of(what: str, first: str) -> str:
    """Return a pattern of headers of the first day of something, or of the last."""
    return rf"{what} (?:{first}){_DAY}|(?:date )?(?:{first})(?: date| day)?(?: in| of)? {what}"


_MEANS = {
    (where.partition(".")[0], where.partition(".")[2]): re.compile(pattern)
    for where, pattern in {
        "people.person_id": rf"(?:(?:{_PERSON}) )+(?:{_NUMBER})(?: number)?|id number|{_ALONE}",
        "people.name": rf"(?:(?:{_PERSON}) ?s? )*(?:full ?|display ?)?names?|res no t|{_BEARER}",
        "people.joined": rf"(?:date )?{_SERVICE}(?:hired?|join\w*|entry|appointed|recruit\w*|start) ?{_SERVICE}{_DAY}",
        "people.left": rf"(?:date )?{_SERVICE}(?:leav\w+|left|terminat\w+|exit|retire\w*|resign\w*) ?{_SERVICE}{_DAY}",
        "posts.post_id": rf"(?:{_POST}) (?:{_NUMBER}|code)",
        "posts.title": rf"(?:{_POST}|role) (?:{_NAMED})",
        "ranks_held.rank": rf"(?:{_PERSON}|actual|curr(?:ent)?|substantive|held) (?:rank|grade)",
        "units.unit_id": rf"(?:{_UNIT})(?: (?:{_NUMBER}|code))?",
        "units.name": rf"(?:{_UNIT}) (?:{_NAMED})|descr(?:iption)?",
        "units.parent_id": rf"(?:parent|superior|higher|reports to) (?:{_UNIT})(?: (?:{_NUMBER}|code))?",
        "occupancies.from": rf"{_day_of(_IN_POST, _START)}|{_INTO}",
        "occupancies.to": rf"(?:projected )?(?:{_day_of(_IN_POST, _END)})",
        "occupancies.fte": rf"{_HOURS}|cap\w* util\w*(?: le?ve?l)?|percentage",
        "occupancies.basis": rf"(?:{_PERSON}|{_IN_POST}|appointment|contract) (?:type|status|category|basis)(?: t)?",
        "requirements.valid_months": "(?:valid(?:ity)?|renewal|refresher)(?: for| every| period| in)* m(?:on)?ths?",
        "holdings.requirement": rf"(?:{_COURSE})(?: (?:{_NAMED}))?",
        "holdings.achieved": rf"(?:(?:{_COURSE}|date|time|transcript|last) )*(?:{_GOT}){_DAY}"
        rf"|(?:{_COURSE}) end{_DAY}|(?:(?:{_COURSE}) )?date",
        "holdings.expires": rf"(?:(?:{_COURSE}|date|transcript|cert(?:ificate)?|next) )*(?:{_LAPSES}){_DAY}",
        "absences.kind": rf"{_AWAY} (?:type|reason|kind|category)",
        "absences.from": _day_of(_AWAY, f"{_START}|first"),
        "absences.to": f"{_day_of(_AWAY, f'{_END}|last')}|{_BACK}",
        "courses.course_id": rf"(?:{_COURSE}) (?:{_NUMBER}|code)",
        "courses.name": rf"(?:{_COURSE}) (?:{_NAMED})",
        "courses.cost": "(?:cost|price|fee)s?(?: per (?:place|seat|head|delegate|person|student))?",
        "courses.days": "(?:course )?duration(?: in)?(?: days)?|(?:no|number) of days|length(?: in)? days",
        "courses.seats": "max(?:imum)?(?: (?:no|number) of)? (?:delegates|places|seats|students)|capacity",
    }.items()
}
_NUMBER_WORDS = ("no", "number", "num", "id", "ref", "reference", "code")
ENDING = re.compile(rf" (?:{'|'.join(_NUMBER_WORDS)})$")
_OF_ANOTHER = {"unit_id": "units", "post_id": "posts", "person_id": "people"}
"""Where a column that points to another sheet is declared."""


def may_be(header: str, name: str, column: str) -> bool:
    """Return whether a header may be a column of a sheet of ours by its words.

    >>> may_be("EmployeeID", "holdings", "person_id"), may_be("Job", "posts", "title")
    (True, False)
    """
    return (_OF_ANOTHER.get(column, name), column) in meanings(header)


@lru_cache(4096)
def meanings(header: str) -> frozenset[tuple[str, str]]:
    """Return of which sheets a header may be which column, where each column is declared."""
    words = normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    return frozenset(where for where, pattern in _MEANS.items() if pattern.fullmatch(words))


@cache
def lexicon() -> Mapping[str, Mapping[str, set[str]]]:
    """Return the names of each column of each sheet, evened out: ours, synonyms, and those of known systems."""
    known = {
        one.name: {column.name: {normalise(column.name), *split_names(column.synonyms)} for column in one.columns}
        for one in SHEETS
    }
    shapes = yaml.safe_load(files("loaders.staff").joinpath("shapes.yaml").read_text(encoding="utf-8"))
    for system in shapes.values():
        for name, columns in system.items():
            for column, theirs in columns.items():
                known[name][column] |= {normalise(one) for one in ([theirs] if isinstance(theirs, str) else theirs)}
    for column, of in (("person_id", "people"), ("post_id", "posts")):
        for columns in known.values():
            names = columns.get(column, set()) | known[of][column]
            ends = {f"{ENDING.sub('', name)} {word}" for name in names for word in _NUMBER_WORDS if ENDING.search(name)}
            columns.update({column: names | ends} if column in columns else {})
    return known


@cache
def all_names() -> set[str]:
    """Return the names of all columns of all sheets."""
    return {name for columns in lexicon().values() for names in columns.values() for name in names}
