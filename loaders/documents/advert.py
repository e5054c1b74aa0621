"""Read an advert or letter: duties in running text, what the candidate must show, and the day it closes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.fields.duties import duties
from loaders.fields.title_block import Head, code_of, force_in, is_label, labelled, rank_wanted, role_named, title_line
from loaders.language.rank_titles import find_ranks
from loaders.layout.list_items import paragraphs
from loaders.layout.sections import is_titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.documents.profile_builder import Draft
    from loaders.layout.lines import Line


_SIGNS = re.compile(
    r"\b(?:advertis\w+ for|looking to (?:appoint|recruit)|seek\w* (?:to (?:appoint|recruit)|an? "
    r"|applications)|applications? (?:are|is|should|will|must|from|for|close)\b"
    r"|applicants (?:should|must|will)|invites? applications|to apply|closing date|(?:promotion|selection"
    r"|recruitment) process|vacanc(?:y|ies)"
    r"|advert (?:for|of)|we are recruiting|dear (?:candidate|applicant|colleague))",
    re.IGNORECASE,
)
_APPLYING = re.compile(
    r"\b(?:appl(?:y|ying|icants?|ications?|icant)|advertis\w+|appointed|appointment|candidates? (?:who|must"
    r"|should|will be)|interviews?|shortlist\w*"
    r"|vetting|closing|salary|dear |yours (?:sincerely|faithfully)|(?:looking|seeking|wishes|wish"
    r"|hopes?) to (?:appoint|recruit)|recruit\w*|vacancy)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:updated|posted|published)\b.*|\[name\]|dear .*|yours .*", re.IGNORECASE)


def is_advert(lines: tuple[Line, ...]) -> bool:
    """Tell whether the text asks for applications."""
    return any(_SIGNS.search(line.text) for line in lines)


def read(draft: Draft) -> Head:
    """Fill the draft; the role is the one in the title, else the one that the text says is to be filled."""
    outline = draft.outline
    draft.take_profile()
    draft.take_offer()
    running = [
        *outline.head,
        *(line for part in outline.of("about", "introduction", "force") for line in part.lines),
        *draft.rest,
    ]
    found = paragraphs([line for line in running if not is_titled(line)])
    draft.put("prose_duties", duties(found.items))
    draft.frame(outline.head[:1])
    draft.frame(line for line in outline.head if is_titled(line) or is_label(line.text) or _DATED.fullmatch(line.text))
    draft.frame(line for line in (*running, *_process(draft)) if _APPLYING.search(line.text))
    head = outline.head
    organisation = force_in(line.text for line in draft.lines)
    coded = code_of(head)
    title = (
        labelled(head)
        or _titled_rank(head, organisation)
        or rank_wanted((line.text for line in draft.lines), organisation)
        or title_line(head)
        or ""
    )
    return Head(role=role_named(title, organisation, coded.code), code=coded.code, version=coded.version)


def _titled_rank(lines: Sequence[Line], organisation: str | None) -> str | None:
    return next((line.text for line in lines if is_titled(line) and find_ranks(line.text, organisation)), None)


def _process(draft: Draft) -> list[Line]:
    return [
        line for section in draft.outline.of("process", "eligibility", "vetting", "contact") for line in section.lines
    ]
