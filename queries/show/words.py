"""The words of answers: ladders, kinds in their order, headings, counts, days and places in documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from graph.days import LAST_DAY, today
from graph.ontology import EDGE_KINDS
from graph.rows import Row
from queries.answers.answer import kind_of

SHARED = "uk"
"""The ladder whose ranks every force has; the others stand on it."""

LADDERS = {
    "territorial": "Territorial forces",
    "mps": "Metropolitan Police",
    "city": "City of London Police",
    SHARED: "All forces",
}
"""Names of the ladders, in their order."""

VIAS = {
    "promotion": "promotion",
    "open-to": "a document opens it to this rank",
    "entry": "by joining, as any applicant",
}
"""How a step of a way is taken."""

REQUIREMENT_KINDS = (
    *("gate", "course", "competency", "value", "core skills", "skill", "knowledge", "experience", "duty"),
)
"""In the order in which answers have them."""

SENTENCE_KINDS = frozenset({"duty", "purpose", "skill", "education", "development", "learning"})
"""What editions say in sentences; the others have names."""

_HEADINGS = {
    "gate": "Gates",
    "course": "Courses",
    "competency": "Competencies",
    "value": "Values",
    "core skills": "Core skills",
    "skill": "Skills",
    "knowledge": "Knowledge",
    "experience": "Experience",
    "duty": "Duties",
    "purpose": "Purpose",
    "education": "Education and experience",
    "development": "Professional development",
    "learning": "Learning and accreditation",
    "instrument": "Plans, codes and laws",
    "body": "Bodies",
    "framework": "Framework",
    "eligibility": "Who may apply",
}
_SEVERAL = {"knowledge": "fields of knowledge", "experience": "experiences", "core skills": "lists of core skills"}
_ONE = {"knowledge": "field of knowledge", "core skills": "list of core skills"}


def heading(kind: str) -> str:
    """Return the heading of what is of a kind.

    >>> heading("course"), heading("body"), heading("power")
    ('Courses', 'Bodies', 'Powers')
    """
    return _HEADINGS.get(kind, f"{kind.capitalize()}s")


def change_counts(size: Row, order: Sequence[str]) -> list[str]:
    """Return how many statements of a kind were added, dropped and kept, in that order, and as how many now.

    >>> change_counts({"added": 2, "dropped": 0, "kept": 12, "kept_as": 13}, ("kept", "dropped", "added"))
    ['12 kept as 13', '2 added']
    """
    kept, now = size["kept"], size["kept_as"]
    words = {one: f"{size[one]} {one}" for one in order if size[one]}
    if kept != now:
        words["kept"] = f"{kept} kept as {now}" if kept and now else f"{kept or now} moved {'away' if kept else 'here'}"
    return [words[one] for one in order if one in words]


def number_of_kind(number: int, kind: str) -> str:
    """Return a number with what is counted.

    >>> number_of_kind(1, "competency"), number_of_kind(2, "competency"), number_of_kind(2, "knowledge")
    ('1 competency', '2 competencies', '2 fields of knowledge')
    """
    return f"{number} {_ONE.get(kind, kind) if number == 1 else _SEVERAL.get(kind, heading(kind).lower())}"


def in_order(kinds: Sequence[str], order: Sequence[str] = REQUIREMENT_KINDS) -> list[str]:
    """Return different kinds, each once: those of an order in it, others behind.

    >>> in_order(["skill", "power", "gate", "skill"])
    ['gate', 'skill', 'power']
    """
    return sorted(dict.fromkeys(kinds), key=lambda kind: order.index(kind) if kind in order else len(order))


def ladder_name(ladder: object) -> str:
    """Return what a ladder is called.

    >>> ladder_name("mps"), ladder_name(None)
    ('Metropolitan Police', 'not on a ladder')
    """
    return LADDERS.get(str(ladder), str(ladder)) if ladder else "not on a ladder"


def ladder_and_step(rank: Row) -> str:
    """Return the ladder of a rank and its step on it."""
    step = f", step {rank['step']}" if rank["step"] else ""
    return f"{ladder_name(rank['ladder'])}{step}"


def forces_of(ranks: Iterable[object]) -> list[str]:
    """Return the names of the ladders that ids of ranks begin with, each once; a role that is no rank has none.

    >>> forces_of(["mps/commander", "role/pcso", "mps/commissioner"])
    ['Metropolitan Police']
    """
    ladders = dict.fromkeys(str(rank).partition("/")[0] for rank in ranks)
    return [LADDERS[ladder] for ladder in ladders if ladder in LADDERS]


def relation_in_words(relation: object) -> str:
    """Return a type of relationship in words.

    >>> relation_in_words("REPORTS_TO"), relation_in_words("SUSPENDED_BY")
    ('reports to', 'may be suspended by')
    """
    kind = EDGE_KINDS.get(str(relation))
    return kind.says if kind else str(relation).lower().replace("_", " ")


def level_words(row: Row) -> str:
    """Return the level that is needed, and the level held, in brackets; empty where there is neither."""
    held, needed = row["held_level"], row["needed_level"]
    if needed is None:
        return "" if held is None else f" (level {held} held)"
    return f" (level {needed}, {held} held)" if held is not None else f" (level {needed})"


def place(row: Row, document: str = "document", lines: str = "lines") -> str:
    """Return where a row stands: the document and its lines."""
    return f"{row[document]}:{row[lines]}"


def edition_words(row: Row) -> str:
    """Return what follows the days of an edition: that an advert has closed, and that it does not count on the day."""
    closed = row["closes"] if row["source_kind"] == "advert" and str(row["closes"] or LAST_DAY) < today() else None
    return f"{f', closed on {closed}' if closed else ''}{'' if row['current'] else ', does not count on the day'}"


def day_words(day: object) -> str:
    """Return a day as people write it.

    >>> day_words("2028-03-04")
    '4 Mar 2028'
    """
    one = date.fromisoformat(str(day))
    return f"{one.day} {one:%b %Y}"


def days_valid(row: Row) -> str:
    """Return in brackets the days between which a statement counts; empty where neither is known."""
    start, end = row["valid_from"], row["valid_to"]
    if end:
        return f" ({start or 'unknown day'} to {end})"
    return f" (from {start})" if start else ""


def days_or_unknown(row: Row) -> str:
    """Return the days between which a statement of a document counts, and where none is known that none is."""
    return days_valid(row) or ("" if str(row["document"]).startswith("reference/") else " (from an unknown day)")


def sorted_groups(rows: Sequence[Row], column: str, order: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """Yield rows by what a column holds, in an order; what is not named in it comes last."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[column]), []).append(row)
    yield from sorted(groups.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))


def with_kinds(rows: Sequence[Row]) -> list[Row]:
    """Return rows with the kind of a requirement behind its name where several of the rows have that name.

    >>> names = {"cvf-2016/we-are-kind": "We are kind", "cvf-2024/we-are-kind": "We are kind", "skill/taser": "Taser"}
    >>> rows = with_kinds([{"requirement": name, "requirement_id": id_} for id_, name in names.items()])
    >>> [row["requirement"] for row in rows]
    ['We are kind (CVF 2016)', 'We are kind (CVF 2024)', 'Taser']
    """
    ids: dict[object, set[object]] = defaultdict(set)
    for row in rows:
        ids[row["requirement"]].add(row["requirement_id"])
    return [
        {**row, "requirement": f"{row['requirement']} ({kind_of(str(row['requirement_id']))})"}
        if len(ids[row["requirement"]]) > 1
        else row
        for row in rows
    ]
