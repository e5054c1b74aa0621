"""Read documents about police roles: what each says, with its lines, and what was not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from graph.errors import DocumentError
from graph.ids import fingerprint
from loaders.documents.families import family_named, family_of
from loaders.documents.family import DocumentText, Family
from loaders.documents.job_description import own_job
from loaders.documents.profile_builder import build_profile
from loaders.documents.several_roles import aims, lines_of, shares, together
from loaders.documents.written_profile import read_written
from loaders.fields.figures import figures
from loaders.fields.form_labels import values_below
from loaders.fields.title_block import role_named
from loaders.formats.formats import read_source
from loaders.formats.source import Source, SourceLine
from loaders.language.document_names import naming
from loaders.language.gates import education_kind, gates
from loaders.language.patterns import any_case
from loaders.language.relations import relations
from loaders.language.sentences import split_sentences
from loaders.language.skill_levels import with_levels
from loaders.layout.furniture import without_furniture
from loaders.layout.lines import Line, logical_lines
from loaders.layout.sections import split_sections
from loaders.profile import NamedEntity, Profile, Statement
from loaders.reference.ranks import is_shared

_OPEN_TO = any_case(
    r"(?:the|this) (?:role|post|position|vacancy)\b.*\bopen to\b|applications?\b.*\b(?:invited|welcomed?) from\b"
)
_EXPECTED = "a profile, pack or advert of one police role"


def read(path: Path) -> Profile:
    """Return what a document says; its family is told by its content.

    Raises `DocumentError` for what is no text. What cannot be loaded, because it names no role or says nothing of one,
    is read all the same: `loaders.facts` refuses it.
    """
    source = read_source(path)
    return _by_content(annotate(*read_written(path, source)) if source.form == "yaml" else read_text(source))


def _by_content(profile: Profile) -> Profile:
    """Return what nothing dates as the edition of what it says: another rendering of the page is the same one."""
    edition, of_roles = profile.edition, tuple(map(_by_content, profile.of_roles))
    if edition.startswith("undated-") and profile.says_something:
        edition = f"undated-{fingerprint(f'{profile.role.organisation} {profile.content}', 8)}"
    return profile.model_copy(update={"edition": edition, "of_roles": of_roles})


def read_text(source: Source) -> Profile:
    """Return what numbered lines say, as `read` does."""
    lines, aside = without_furniture(logical_lines(source.lines, source.hidden, source.marks))
    text = DocumentText(source, lines, split_sections(lines))
    if not lines:
        raise DocumentError(source.name, "no words", _EXPECTED, "give a file with text in it")
    family = family_of(text)
    whole = _read_as(text, family, aside)
    about = aims(text, whole)
    shared = shares(text, about, whole.role.organisation) if about else []
    return together(whole, [_on_rank(text, family, lines_of(aim.id, shared), aim.title) for aim in about])


def _read_as(text: DocumentText, family: Family, aside: Sequence[Line] = (), title: str | None = None) -> Profile:
    """Return what a text says, of the role of a title where its own names several."""
    head, parts = family.read(text)
    if title:
        role = role_named(title, head.role.organisation, None)
        head = head.model_copy(update={"role": own_job(role) if family.name == "job-description" else role})
    return _explained(
        annotate(build_profile(text, family, head, parts.with_frames(aside)), text.source.lines, text.source.marks)
    )


def _on_rank(text: DocumentText, family: Family, lines: tuple[Line, ...], title: str) -> Profile:
    """Return what the lines of a paper that are on one rank say of it."""
    kept = {number for line in lines for number in range(line.first, line.last + 1)}
    numbered = enumerate(text.source.lines, 1)
    source = text.source.model_copy(update={"lines": tuple(one if n in kept else "" for n, one in numbered)})
    share = _read_as(DocumentText(source, lines, split_sections(lines)), family, title=title)
    return share.model_copy(update={"is_share": is_shared(share.role.id)})


def annotate(profile: Profile, lines: Sequence[str], marks: Sequence[SourceLine] = ()) -> Profile:
    """Return the profile with what its words name and say: bodies, courses, plans, relations, figures and gates.

    Args:
        profile: What the structure of the document gave.
        lines: The lines of the file, the first of them line 1.
        marks: The same with what the format of the file knows of each.
    """
    body, cells = profile.role.organisation, {n: one.cell for n, one in enumerate(marks, 1) if one.cell}
    names = naming(lines, body, profile.document.format)
    education = tuple(education_kind(line, names, body) for line in profile.education)
    skills, notes = with_levels(profile.skills)
    profile = profile.model_copy(update={"education": education, "skills": skills, "notes": (*profile.notes, *notes)})
    return profile.model_copy(
        update={
            "bodies": tuple(
                one for one in names.named_bodies() if one.id == body or not _only_runs(one, profile.frames)
            ),
            "courses": names.named_courses(),
            "instruments": names.named_instruments(),
            "relations": relations(profile, names, lines, values_below(lines, cells)),
            "gates": gates(profile, names, lines),
            "figures": figures(profile, names, lines, with_term=family_named(profile.document.format).recruits),
        }
    )


def _only_runs(named: NamedEntity, frames: Sequence[Statement]) -> bool:
    """Return whether a body is named only by what runs along the pages, whatever their numbers."""
    texts = [(re.sub(r"\d+", "#", one.text), one.lines) for one in frames]
    counts = Counter(text for text, _ in texts)
    running = {number for text, lines in texts if counts[text] > 1 for number in range(lines[0], lines[1] + 1)}
    return all(mention.line in running for mention in named.mentions)


def _explained(profile: Profile) -> Profile:
    """Set aside what relations quote whole, the ranks that may apply too, and say of which line a part is read."""
    related = [relation for relation in profile.relations if relation.kind != "PART_OF"]
    quoted = {(relation.lines, _words(relation.quote)) for relation in related}
    used: list[Statement] = [
        one
        for one in profile.leftovers
        if all((one.lines, _words(sentence)) in quoted for sentence in split_sentences(one.text))
    ]
    open_to = {(one.lines, _words(one.quote)) for one in related if _OPEN_TO.match(one.quote)}
    used += [one for one in profile.criteria if (one.lines, _words(one.text)) in open_to]
    beside = {one.lines for one in (*related, *profile.gates, *profile.figures)}
    left = [
        one.model_copy(update={"why": "read in part"}) if one.lines in beside else one
        for one in profile.leftovers
        if one not in used
    ]
    set_aside = (Statement(text=one.text, lines=one.lines) for one in used)
    frames = sorted((*profile.frames, *set_aside), key=lambda one: one.lines)
    criteria = tuple(one for one in profile.criteria if one not in used)
    return profile.model_copy(update={"leftovers": tuple(left), "frames": tuple(frames), "criteria": criteria})


def _words(text: str) -> str:
    return " ".join(text.split()).strip(" .;")
