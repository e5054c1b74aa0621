"""Fill in what the words of a document name and say: bodies, courses, plans, relations and gates."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.fields.figures import figures
from loaders.language.document_names import naming
from loaders.language.gates import education_kind, gates
from loaders.language.relations import relations
from loaders.profile import Profile


def annotate(profile: Profile, lines: Sequence[str]) -> Profile:
    """Return the profile with its bodies, courses, instruments, relations, figures, gates and kinds of education lines.

    Args:
        profile: What the structure of the document gave.
        lines: The lines of the file, the first of them line 1.
    """
    names = naming(lines, profile.role.organisation, profile.document.format)
    body = profile.role.organisation
    sorted_out = profile.model_copy(
        update={"education": tuple(education_kind(line, names, body) for line in profile.education)}
    )
    return sorted_out.model_copy(
        update={
            "bodies": names.named_bodies(),
            "courses": names.named_courses(),
            "instruments": names.named_instruments(),
            "relations": relations(sorted_out, names, lines),
            "gates": gates(sorted_out, names, lines),
            "figures": figures(sorted_out, names, lines),
        }
    )
