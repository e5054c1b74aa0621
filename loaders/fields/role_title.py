"""The title of the role that a document is about, where its family has no place of its own for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.ids import even_marks
from loaders.fields.dates import days
from loaders.fields.form_labels import Form, label_of
from loaders.fields.title_block import force_in, rank_wanted, title_line
from loaders.language.patterns import any_case
from loaders.language.rank_titles import find_ranks, stripped
from loaders.language.sentences import split_sentences
from loaders.layout.headings import heading
from loaders.layout.lines import Line
from loaders.layout.outline import is_titled

_NONE = any_case(
    r"(?:(?:the|new|force|police|national|our|staff|officer) )*(?:role|job|post|position|vacancy|person"
    r"|personal|candidates?"
    r"|applicants?|information|recruitment|application|policing|professional|advert\w*|specification|profile|description"
    r"|details?|pack|booklet|brief|form|document|page|staff|police|constabulary|official|sensitive|restricted|restrictions"
    r"|not|protectively|marked|unclassified|title|guidance|notes?|appendix|annex|part|section|short|list|copy|final|draft"
    r"|version|publi\w+|updated?|issued?|review\w*|dated?|\d+(?:st|nd|rd|th)|v?[\d.]+|of|for|the|and|to|a|an|in|on|at|us|welcome|introduction|foreword|home|menu|search|back|share|print"
    r"|about|terms|conditions|appointment|policy|procedure|promotion|framework|transcript\w*|contents|overview|summary"
    r"|[-–—|/:&(),.>\s])+",
)
_AROUND = any_case(
    r"^(?:(?:role|job|post|position|vacancy|person|candidate) (?:profile|description|specification|information"
    r"|title|details)"
    r"|terms(?: and conditions)?(?: of (?:appointment|service|employment))?|profile|vacancy|advert(?:isement)?"
    r"|information pack|candidate pack|job advert)\s*(?:for|of|:|[-–—])\s*"
    r"(?:(?:the|an?) (?:role|post|position|rank) of )?",
    r"\s*[-–—:|,]?\s*(?:(?:role|job|post|person) (?:profile|description|specification)s?|(?:candidates? )?information"
    r" (?:pack|booklet|about\b.*)|candidate brief|vacanc(?:y|ies)\b.*|recruitment pack|application pack)$",
)
_QUESTION = any_case(
    r"(?:what does (?:an?|the) (?P<one>.+?) do\b.*|(?:becom\w+|working as|life as"
    r"|apply to be) (?:an?|the) (?P<two>.+))"
)
_NOUN = (
    r"(?:Officer|Assistant|Manager|Investigator|Analyst|Supervisor|Co-?ordinator|Administrator|Advis[eo]r|Lead|Leader|Inspector"
    r"|Sergeant|Constable|Superintendent|Commander|Commissioner|Director|Head|Technician|Examiner|Handler|Operator|Controller"
    r"|Specialist|Trainer|Instructor|Researcher|Clerk|Engineer|Driver|Secretary|Executive|Solicitor|Consultant|Detective"
    r"|Practitioner|Navigator|Dispatcher|Trainee|Apprentice|Volunteer|Warden|Partner|Developer|Architect|Negotiator|PCSO)"
)
_PHRASE = re.compile(
    rf"(?P<title>(?:[A-Z][\w’'&/-]*|of|and|for|&)(?: (?:[A-Z(][\w’'&/)-]*|of|and|for|the|&))*? ?{_NOUN}s?\b"
    rf"|(?:Chief|Head|Director) of "
    r"(?:[A-Z][\w’'-]+(?: (?:and )?)?)+|[A-Z]{0,4}\b(?<!\w)" + rf"{_NOUN}s?\b)"
)
_SUBJECT = re.compile(r"^(?:The|A|An|As (?:the|an?)|In a \w+ cadre of|Our|[A-Z][a-z]+ing a team of) ?")
_LONGEST = 14
_SENTENCES = 12


def is_title(text: str) -> bool:
    """Return whether a line can name a role: it is no date, marking, label, page heading or force."""
    even = even_marks(text).strip(" .:-–")
    if not even or len(even.split()) > _LONGEST or not re.search(r"[A-Za-z]{2}", even) or even.endswith((".", ";")):
        return False
    if label_of(text) or heading(text) or _NONE.fullmatch(even) or "[" in even:
        return False
    for day in reversed(days(even)):
        even = even[: day.start] + even[day.end :]
    return not _NONE.fullmatch(even) and bool(re.search(r"[A-Za-z]{2}", even))


def without_frame(text: str) -> str:
    """Return a title without the words that say what kind of paper it heads.

    >>> without_frame("Job description: Custody Officer")
    'Custody Officer'
    """
    even = _bare(text)
    asked = _QUESTION.fullmatch(even)
    even = (asked["one"] or asked["two"]) if asked else even
    return _AROUND.sub("", _AROUND.sub("", even)).strip(" :-–|,?")


def _bare(text: str) -> str:
    return even_marks(text).strip(" :-–|,?")


def title_of(top: Sequence[Line], form: Form, lines: Sequence[Line], statements: Iterable[str]) -> str:
    """Return the title of a document's role, empty where it has none.

    Args:
        top: Its lines above the first part of a profile.
        form: The form among them.
        lines: All of its lines.
        statements: Its purpose and duties, which may name who does them.
    """
    organisation = force_in(line.text for line in top)
    if form.title and is_title(form.title):
        return form.title
    framed = (title for line in top if is_titled(line) and (title := without_frame(line.text)) != _bare(line.text))
    if found := next((title for title in framed if is_title(title)), None):
        return found
    plain = [line for line in top if line not in form.lines and is_titled(line) and not line.cell]
    ranked = next((line.text for line in plain if is_title(line.text) and find_ranks(line.text, organisation)), None)
    wanted = rank_wanted((line.text for line in lines), organisation)
    return ranked or wanted or _first_title(plain) or _who_acts(statements) or form.grade or ""


def _first_title(plain: Sequence[Line]) -> str:
    """Return the first line that names a role by its last words, or by standing alone at the top."""
    titled = [line for line in plain if is_title(line.text) and not line.text.endswith(":")]
    named = next((line.text for line in titled if re.search(rf"\b{_NOUN}s?\b", line.text)), None)
    alone = (line for line in titled if not force_in([line.text]))
    return named or title_line([*alone][:1]) or ""


def _who_acts(statements: Iterable[str]) -> str:
    """Return who the first sentences on the role say does it."""
    for text in list(statements)[:_SENTENCES]:
        for sentence in split_sentences(text)[:2]:
            subject = _SUBJECT.match(sentence)
            named = _PHRASE.match(sentence[subject.end() :]) if subject else None
            if named:
                title = re.sub(r"s$", "", named["title"].strip())
                return "" if _NONE.fullmatch(stripped(title)) else title
    return ""
