"""Gates as they are read from lines, for tests of what lines ask: each gate is the set of its options."""

from __future__ import annotations

from loaders import annotate
from loaders.language.rank_titles import role_of
from loaders.profile import DocumentInfo, EducationLine, OptionPart, Profile

Part = tuple[str, str | None, bool, int | None, int | None]


def asked(part: OptionPart, most: int = 99) -> Part:
    """Return what a part asks, without its words; what a person judges stands as its first words."""
    target = " ".join(part.text.split()[:most]) if part.target.startswith("experience/") else part.target
    return (target, part.before, part.at_least, part.within_months, part.for_months)


def plain(target: str, **terms: object) -> Part:
    """Return what a part asks where only some terms are given."""
    part = OptionPart.model_validate({"target": target, "text": "", **terms})
    return (target, part.before, part.at_least, part.within_months, part.for_months)


def annotated(
    *lines: str,
    education: bool = True,
    title: str = "Dog Handler",
    organisation: str | None = None,
    desirable: bool = False,
) -> Profile:
    """Annotate a profile whose lines are all lines on education, or none of them."""
    return annotate(
        Profile(
            document=DocumentInfo(name="own.txt", sha256="0" * 64, format="pack"),
            role=role_of(title, organisation),
            edition="undated",
            education=tuple(
                EducationLine(text=line, lines=(number, number), necessity="desirable" if desirable else "essential")
                for number, line in enumerate(lines, 1)
                if education
            ),
        ),
        lines,
    )


def gates_of(
    *lines: str, education: bool = True, title: str = "Dog Handler", organisation: str | None = None
) -> set[frozenset[tuple[Part, ...]]]:
    """Return each gate as the set of its options."""
    said = annotated(*lines, education=education, title=title, organisation=organisation)
    return {frozenset(tuple(asked(part) for part in option) for option in gate.options) for gate in said.gates}


def gate(*options: tuple[Part, ...]) -> frozenset[tuple[Part, ...]]:
    """Return a gate as the set of its options."""
    return frozenset(options)


ELP, A7 = plain("course/elp"), plain("course/a7-authorising-officer")
PNAC, SCC = "course/senior-pnac", "course/scc"
