"""Build a profile from the parts that were read, and find the lines that no part holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import compress, pairwise
from typing import TypeVar

from loaders.documents.family import DocumentText, Family
from loaders.documents.parts import Parts
from loaders.fields.competencies import behaviours
from loaders.fields.dates import closing_day, edition, not_before, published
from loaders.fields.force_values import announcements, core_skills, own_values
from loaders.fields.form_labels import paired
from loaders.fields.pay import is_labelled_pay, pay_lines, term_months
from loaders.fields.selection_stages import around_stages, stages
from loaders.fields.title_block import Head
from loaders.language.condition_terms import asks_nothing, is_wished
from loaders.language.patterns import any_case
from loaders.language.sentences import split_sentences
from loaders.layout.columns import necessity_of
from loaders.layout.criteria_tables import criteria_of_table, is_table, matter_of_table, set_above, without_notes
from loaders.layout.headings import LISTS, heading_key
from loaders.layout.lines import Line, rows
from loaders.layout.list_items import Item, Items, is_template, items, paragraphs, stated
from loaders.layout.outline import Outline, Section, is_titled, leads_to_list
from loaders.layout.sections import is_group
from loaders.profile import Criterion, DevelopmentLine, DocumentInfo, EducationLine, Leftover, Profile, Statement
from loaders.reference.rules import framework_start

_BEHAVIOURS = ("behaviours", "competencies", "values", "core-skills")
_SHARE = re.compile(r"[\s(–-]+(\d{1,3}) ?%?\)?$")
_WHOLE = 100
_ON_ONE_LINE = 10
_SIGNS = 3
"""Characters of a line that its frames may lack; where they lack more, the rest of it must say something."""
_ANNOUNCED = ("competencies", "values")
_FRAMES = ("foot", "links", "related", "registration", "contact")
_NAMING = frozenset({"links", "related", "registration"})
_WISHED = any_case(
    r"\b(?:desirable|not (?:essential|needed|necessary)"
    r"|bonus|advantage\w*|asset|a plus|ideally|prefer\w*|stand out|(?:bonus|extra) points"
    r"|would like|(?:would|'d)(?: also)? (?:like|love|welcome)\b.*\b(?:have|had|hear|see|who|if|with)\b"
    r"|(?:may|might|could)(?: also)? (?:be|have|bring|hold|offer)"
    r"|(?:would|will|may|is|['’]d)(?: also)?(?: be)? (?:great|good|nice|helpful|useful|beneficial|welcome|help)"
    r"|(?:nice|good|great|useful|helpful) to have)"
)
_REACHES = any_case(
    r"\[(?:name|telephone|e-mail)\]|www\.|https?:|\b(?:contact|call|e-?mail|speak|talk|write|ring|visit)\b"
)
_ON_THE_LIST = any_case(
    r"(?:the following|this (?:person )?(?:specification|section|table|list|document)|these|please|it is important"
    r"|we(?:'ll| will) assess|(?:applicants?|candidates?|you)(?: who do not meet [^.]*)? will (?:be (?:assessed|scored"
    r"|shortlisted|asked|tested|marked)|not be))\b"
)
_LEADS = any_case(
    r"\b(?:must|should|needs?|required|have|be|will|can|if|you|who|that)\b[^:]{0,30}:$",
    r"\b(?:if|that) (?:you|they)(?: are| have| can)?$",
)
S = TypeVar("S", bound=Statement)


def _joined(parts: Iterable[Parts]) -> Parts:
    return reduce(Parts.__add__, parts, Parts())


def _part(name: str, statements: Iterable[Statement], frames: Iterable[Line] = (), rest: Iterable[Line] = ()) -> Parts:
    return Parts({name: tuple(statements)}, tuple(frames), tuple(rest))


def read_sections(text: DocumentText) -> Parts:
    """Return the parts that every profile has, each from its section."""
    aside = (
        line
        for section in text.outline.sections
        if section.kind in _FRAMES
        for line in section.lines
        if not (_names(line) if section.kind in _NAMING else section.kind == "contact" and _says_more(line))
    )
    signed = [two for one, two in pairwise(text.lines) if one.text == "[name]" and is_titled(two)]
    unnamed = (line for line in text.lines if line.text == "[name]")
    parts = _joined((_purpose(text), *map(_section, text.outline.sections), _behaviours(text)))
    return parts.with_frames((*aside, *signed, *unnamed))


def _purpose(text: DocumentText) -> Parts:
    contents = (paragraphs(section.lines) for section in text.outline.of("purpose"))
    return _joined(_part("purpose", map(stated, one.items), one.frames) for one in contents)


def _section(section: Section) -> Parts:
    if section.kind in {"accountabilities", "skills", "learning", "criteria", "eligibility"}:
        return _list(section)
    if section.kind == "education":
        content = _items(section)
        if _say_necessity(content.items):
            return _part("criteria", map(_criterion, content.items), content.frames, content.rest)
        return _listed("education", content, _education)
    return _development(section) if section.kind == "development" else Parts()


def _list(section: Section) -> Parts:
    """Return a list of the profile; what is only wished for is no part of it, but of the education wanted."""
    if section.kind in {"criteria", "eligibility"}:
        return _listed("criteria", _criteria(section), _criterion)
    content = _items(section)
    may_wish = section.kind != "accountabilities"
    wished = [one for one in content.items if may_wish and (one.necessity == "desirable" or is_wished(one.text))]
    places = {id(item) for item in wished}
    kind = "skill" if section.kind == "skills" else "experience"
    education = [_education(one).model_copy(update={"kind": kind}) for one in wished]
    listed = [stated(item) for item in content.items if id(item) not in places]
    return _part(section.kind, listed, content.frames, content.rest) + _part("education", education)


def _listed(name: str, content: Items, stating: Callable[[Item], Statement]) -> Parts:
    """Return what a list asks for; items that only say what nobody needs are set aside."""
    nothing = [item for item in content.items if asks_nothing(item.text)]
    asked = (stating(item) for item in content.items if item not in nothing)
    return _part(name, asked, (*content.frames, *(item.line for item in nothing)), content.rest)


def _items(section: Section) -> Items:
    lines, aside = matter_of_table(section.lines, section.title)
    content = items(lines, necessity=_necessity(section))
    content.frames += aside
    _drop_shares(content.items)
    table = [row for row in rows(section.lines) if len(row) > 1]
    wished = {
        line.first for row in table if "desirable" in [necessity_of(cell.text, None) for cell in row] for line in row
    }
    for item in content.items:
        item.necessity = "desirable" if item.lines[0] in wished else item.necessity
    return content


def _drop_shares(listed: Sequence[Item]) -> None:
    """Take the share of time off the end of each item, where each has one and all make the whole of it."""
    shares = [_SHARE.search(item.text) for item in listed]
    if len(shares) > 1 and sum(int(share[1]) if share else _WHOLE + 1 for share in shares) == _WHOLE:
        for item, share in zip(listed, shares, strict=True):
            item.text = item.text[: share.start()] if share else item.text


def _criteria(section: Section) -> Items:
    if is_table(section.lines):
        return criteria_of_table(section.lines, _necessity(section))
    above = section.lines[: set_above(section.lines)]
    lines, aside, necessities = without_notes(section.lines[len(above) :])
    aside += [line for line in above if is_titled(line)]
    leads = [bool(_LEADS.search(line.text)) or leads_to_list(line.text) for line in lines]
    aside = [*aside, *compress(lines, leads)]
    lines = [line for line, is_lead in zip(lines, leads, strict=True) if not is_lead]
    around = [not line.mark and bool(_ON_THE_LIST.match(line.text)) for line in lines]
    within = [line for line, is_around in zip(lines, around, strict=True) if not is_around]
    content = items(within, necessity=_necessity(section), closed=True)
    content.frames += aside
    content.rest += [*(line for line in above if not is_titled(line)), *compress(lines, around)]
    for item in content.items:
        item.necessity = necessities.get(item.last, item.necessity)
    return content


def _development(section: Section) -> Parts:
    group: str | None = None
    block: list[Line] = []
    blocks: list[tuple[str | None, list[Line]]] = [(None, block)]
    titles: list[Line] = []
    for line in section.lines:
        if is_group(line, section.lines):
            group, block = line.text.strip(" :"), []
            titles.append(line)
            blocks.append((group, block))
        else:
            block.append(line)
    marked = any(line.mark for line in section.lines)
    return _joined(_group(name, lines, marked=marked) for name, lines in blocks).with_frames(titles)


def _group(name: str | None, lines: Sequence[Line], *, marked: bool) -> Parts:
    intro = _introduction(lines) if name is None and marked else []
    content: Items = items([line for line in lines if line not in intro], group=name)
    lined = (DevelopmentLine(text=item.text, lines=item.lines, group=name) for item in content.items)
    return _part("development", lined, (*intro, *content.frames), content.rest)


def _behaviours(text: DocumentText) -> Parts:
    content = behaviours(text.outline.of(*_BEHAVIOURS), "\n".join(line.text for line in text.lines))
    fields = {
        "competencies": tuple(content.competencies),
        "clusters": tuple(content.clusters),
        "values": tuple(content.values),
    }
    return Parts(fields, tuple(content.frames), (), tuple(content.notes), content.framework)


def read_pay_and_stages(text: DocumentText) -> Parts:
    """Return pay and the stages of the selection, wherever the text gives them."""
    lines = paired(text.lines)
    closes = closing_day([line.text for line in lines])
    sections = text.outline.of("pay")
    pay = [one for section in sections for one in pay_lines(paired(section.lines), within=True, under=_title(section))]
    known = {line.first for section in sections for line in (section.title, *section.lines) if line}
    elsewhere = [line for line in lines if line.first not in known]
    if not all(section.closed for section in sections):
        top = {line.first for line in text.top}
        elsewhere = [line for line in elsewhere if line.first in top and is_labelled_pay(line.text)]
    pay += pay_lines(elsewhere, within=False)
    process = [line for section in text.outline.of("process") for line in section.lines]
    found = stages(lines, paired(process, timetable=True), closes)
    return _part("pay", pay) + _part("stages", found, around_stages(process) if found else ())


def _title(section: Section) -> str:
    return section.title.text.partition(":")[0].strip().capitalize() if section.title else ""


def build_profile(text: DocumentText, family: Family, head: Head, parts: Parts) -> Profile:
    """Return the profile; lines that no field and no frame holds are its leftovers."""
    texts = [line.text for line in text.lines]
    core = core_skills(text.lines)
    recruits = family.recruits or bool(parts.of("stages"))
    closing = closing_day([line.text for line in paired(text.lines)]) if recruits else None
    closes = closing[0] if closing else None
    issued, latest = published(texts, closes), not_before(texts, closes)
    bounds = min(latest, issued) if latest and issued else latest, framework_start(parts.framework)
    earliest = max((day for day in bounds if day), default=None)
    frames = [*text.outline.frames, *parts.frames, *(_closing_and_term(text, closing) if recruits else ())]
    leftovers = _leftovers(text, parts, frames, core[0] if core else None)
    own = _others(own_values(text.lines, head.role.organisation), parts.of("values"))
    sha256 = text.source.sha256
    document = {"name": text.source.name, "sha256": sha256, "format": family.name}
    notes = (*text.source.notes, *_note_on_lines(text), *parts.notes, *head.notes)
    return Profile.model_validate(
        {
            "document": DocumentInfo.model_validate(document),
            **{name: getattr(head, name) for name in ("role", "code", "version")},
            "edition": edition(head.version, published_on=issued, closes=closes, earliest=earliest, sha256=sha256),
            "published": issued,
            "not_before": earliest,
            "closes": closes,
            "term_months": term_months([line.text for line in paired(text.lines)]) if recruits else None,
            "framework": parts.framework,
            "core_skills": core[0] if core else None,
            "core_skill_count": core[1] if core else None,
            "not_printed": announcements(text.lines, [name for name in _ANNOUNCED if parts.of(name)]),
            **parts.fields,
            "criteria": _without_stages(parts),
            "values": (*parts.of("values"), *own),
            "frames": _statements(frames),
            "leftovers": _with_reasons(leftovers, text.outline),
            "notes": tuple(dict.fromkeys(notes)),
        }
    )


def _without_stages(parts: Parts) -> tuple[Statement, ...]:
    """Return the criteria but for sentences below them that are stages of the selection."""
    stages = {(one.lines, one.text) for one in parts.of("stages")}
    return tuple(one for one in parts.of("criteria") if (one.lines, one.text) not in stages)


def _note_on_lines(text: DocumentText) -> list[str]:
    most = max(Counter(line.first for line in text.lines).values(), default=0)
    note = "a line holds a whole part of the document: its statements were told apart as far as it shows"
    return [note] if most >= _ON_ONE_LINE else []


def _leftovers(text: DocumentText, parts: Parts, frames: Iterable[Line], core: Statement | None) -> list[Line]:
    """Return the lines that nothing holds; where a file line holds several, their words decide."""
    statements: dict[int, list[str]] = {}
    for one in (*(one for of_field in parts.fields.values() for one in of_field), *([core] if core else ())):
        for number in (*range(one.lines[0], one.lines[1] + 1), *getattr(one, "description_lines", ())):
            statements.setdefault(number, []).append(one.text)
    alone = Counter(number for line in text.lines for number in range(line.first, line.last + 1))
    whole = {line.first: len(line.text) - _SIGNS for line in text.lines}
    covered: Counter[int] = Counter()
    for first, words in {(line.first, line.text) for line in frames}:
        covered[first] += len(words) + 1
    framed = {
        (line.first, line.text if alone[line.first] > 1 else "")
        for line in frames
        if alone[line.first] > 1 or covered[line.first] >= whole.get(line.first, 0)
    }
    return [
        line
        for line in text.lines
        if (line.first, line.text if alone[line.first] > 1 else "") not in framed
        and not any(
            number in statements and (alone[line.first] == 1 or _shares(line.text, statements[number]))
            for number in line.lines
        )
    ]


def _with_reasons(lines: Iterable[Line], outline: Outline) -> list[Leftover]:
    """Return lines that were not understood, each with the heading above it and why it is left."""
    parts = {(line.first, line.text): section for section in outline.sections for line in section.lines}
    found = []
    for line in dict.fromkeys(lines):
        section = parts.get((line.first, line.text))
        heading = section.title.text if section and section.title else None
        listed = bool(line.mark) or (section is not None and section.kind in LISTS)
        why = "title" if is_titled(line) else "in a list" if listed else "running text"
        found.append(Leftover.model_validate({"text": line.text, "lines": line.lines, "heading": heading, "why": why}))
    return found


def _closing_and_term(text: DocumentText, closing: tuple[str, int] | None) -> list[Line]:
    """Return the lines whose one sentence is the closing day or the term, which are fields without lines."""
    terms = [line for line in text.lines if len(split_sentences(line.text)) == 1 and term_months([line.text])]
    line = paired(text.lines)[closing[1] - 1] if closing else None
    held = [one for one in text.lines if line and line.first <= one.first <= line.last]
    return [*terms[:1], *(held if line and len(split_sentences(line.text)) == 1 else [])]


def _shares(text: str, statements: Iterable[str]) -> bool:
    return any(text in statement or statement in text for statement in statements)


def _names(line: Line) -> bool:
    """Return whether a line names a role or licence, and does not only say that there are some or none."""
    return (bool(line.mark) or is_titled(line)) and not is_template(line)


def _says_more(line: Line) -> bool:
    """Return whether a line below "Contact" is a sentence that names no way to reach anybody."""
    return not is_titled(line) and line.text.endswith(".") and not _REACHES.search(line.text)


def _necessity(section: Section) -> str | None:
    title = heading_key(section.title.text) if section.title else ""
    lead = section.lines[0].text if section.lines else ""
    if lead.endswith(":") and _WISHED.search(lead):
        return "desirable"
    if {"essential", "desirable"} <= set(re.findall(r"\w+", title)):
        return None
    if is_wished(title) or _WISHED.search(title):
        return "desirable"
    return "essential" if "essential" in title.split() else None


def _say_necessity(listed: Sequence[Item]) -> bool:
    """Return whether most items say themselves whether they are essential: it is a person specification."""
    say = (item.necessity is not None and item.text != item.line.text and not item.nested for item in listed)
    return len(listed) > 1 and 2 * sum(say) > len(listed)


def _criterion(item: Item) -> Criterion:
    necessity = "desirable" if is_wished(item.text) else item.necessity or "essential"
    return Criterion.model_validate({"text": item.text, "lines": item.lines, "necessity": necessity})


def _education(item: Item) -> EducationLine:
    necessity = "desirable" if is_wished(item.text) else item.necessity or "essential"
    return EducationLine.model_validate({"text": item.text, "lines": item.lines, "necessity": necessity})


def _introduction(lines: Sequence[Line]) -> list[Line]:
    """Return the lines above a marked list that only lead to it."""
    first = next((place for place, line in enumerate(lines) if line.mark), len(lines))
    return [line for line in lines[:first] if is_template(line) or line.text.endswith(":")]


def _others(values: Iterable[S], known: Iterable[Statement]) -> list[S]:
    names = {value.text.casefold() for value in known}
    return [value for value in values if value.text.casefold() not in names]


def _statements(lines: Iterable[Line]) -> tuple[Statement, ...]:
    once = sorted({(line.first, line.last, line.text) for line in lines})
    return tuple(Statement(text=text, lines=(first, last)) for first, last, text in once)
