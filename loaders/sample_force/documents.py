"""The documents of the sample force: what its ranks and one role ask for, in words of our own, and how to load all."""

from __future__ import annotations

from pathlib import Path

from loaders.sample_force.calendar import AS_OF
from loaders.sample_force.catalogue import COMPETENCIES, names
from loaders.sample_force.teams import COMMANDER, CONSTABLE, CUSTODY_SERGEANT, PROFILES, SERGEANT

_PUBLISHED = "2025-04-01"

_PAGE = """\
This page belongs to a sample force. It has been made up and is no official text.

{title}

Information about the role of a {name}: why it exists, what it answers for and what it asks of people.

About the role

A {name} holds a {place} position. It's a {kind} role within the policing professional profiles.

Role purpose

{purpose}

Key responsibilities

{duties}

Competencies, values and core skills

The competency and values framework (CVF) has six competencies and three values.

Competencies

{competencies}

Education, qualifications and experience

{education}

Skills

{skills}
"""

_TEXTS: dict[str, dict[str, str | tuple[str, ...]]] = {
    CONSTABLE: {
        "file": "constable.txt",
        "title": "Police constable",
        "name": "police constable",
        "place": "local policing",
        "kind": "service deliverer",
        "purpose": "A constable goes where help is needed and puts right what can be put right on the spot.",
        "duties": (
            "Going to calls and making the place safe.",
            "Writing down what was seen and heard while it is fresh.",
            "Looking in on people who were hurt, until they no longer wish it.",
        ),
        "education": ("Experience of working with strangers.",),
        "skills": ("staying calm when others shout", "telling a story in the order in which it happened"),
    },
    SERGEANT: {
        "file": "sergeant.txt",
        "title": "Police sergeant",
        "name": "police sergeant",
        "place": "local policing",
        "kind": "team leader",
        "purpose": "A sergeant leads one team through its shift and answers for the work that it leaves behind.",
        "duties": (
            "Briefing the team before each shift and sharing out the work.",
            "Checking statements and exhibits before a file goes to the prosecutors.",
            "Noticing who is tired or hurt, and finding them help.",
        ),
        "education": ("Police Leadership Programme Stage 2.", "Experience of guiding new colleagues."),
        "skills": ("giving clear orders in little time", "hearing both sides of a quarrel within the team"),
    },
    CUSTODY_SERGEANT: {
        "file": "custody-sergeant.txt",
        "title": "Custody sergeant",
        "name": "custody sergeant",
        "place": "custody",
        "kind": "team leader",
        "purpose": "A custody sergeant decides who is kept in a cell, and how they are looked after there.",
        "duties": (
            "Booking in each person and writing down why they are kept.",
            "Seeing to food, rest, medicine and a solicitor.",
            "Counting the keys and the people at each change of shift.",
        ),
        "education": (
            "Police Leadership Programme Stage 2.",
            "Custody officer course.",
            "Experience of looking after people in distress.",
        ),
        "skills": ("refusing politely and firmly", "keeping a log that others can follow"),
    },
    COMMANDER: {
        "file": "commander.txt",
        "title": "Commander (Metropolitan Police Service)",
        "name": "commander",
        "place": "Metropolitan Police Service",
        "kind": "force leader",
        "purpose": "A commander answers for several commands and for the large events that take place in them.",
        "duties": (
            "Setting out what each command should achieve in the year.",
            "Taking charge when an event outgrows one command.",
            "Telling the public plainly what went well and what did not.",
        ),
        "education": ("Authorising officer's course (A7).", "Experience of leading several large teams at once."),
        "skills": ("explaining a hard choice to those whom it hits", "reading a budget and asking about the gaps"),
    },
}

_README = """\
# A sample force of {people:,} people

Made by `rankgraph sample-force --people {people} --seed {seed}`. Nobody in it exists. In this folder:

    rankgraph load documents
    rankgraph staff load csv

Load it into a graph of its own (`RANKGRAPH_HOME` names the folder of an embedded one): other documents on the same
ranks would ask for other things. `staff.xlsx`, where it is there, holds the same rows as `csv`; load one of them.

All that is planned is about {day}, so ask with `--as-of {day}`:

    rankgraph ask heat-map --unit "Frontline Policing" --as-of {day}
    rankgraph ask single-points --as-of {day}

| sheet | rows |
|---|---|
{table}
"""


def write_documents(folder: Path) -> None:
    """Write the four profiles, and the sidecar that says from when they count, and that they are invented."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, text in _TEXTS.items():
        (folder / str(text["file"])).write_text(_page(role, text), encoding="utf-8")
    details = f"  published: {_PUBLISHED}\n  authority: force policy\n  sample: yes\n"
    entries = [f"{text['file']}:\n{details}" for text in _TEXTS.values()]
    (folder / "sources.yaml").write_text("".join(entries), encoding="utf-8")


def write_readme(out: Path, people: int, seed: int, rows: dict[str, int]) -> None:
    """Write how to load the force, and what is in it."""
    table = "\n".join(f"| {sheet} | {count:,} |" for sheet, count in rows.items())
    text = _README.format(people=people, seed=seed, day=AS_OF.isoformat(), table=table)
    (out / "README.md").write_text(text, encoding="utf-8")


def _page(role: str, text: dict[str, str | tuple[str, ...]]) -> str:
    levels = [
        f"{names()[need.requirement]} – level {need.level}"
        for need in PROFILES[role]
        if need.requirement in COMPETENCIES
    ]
    listed = {part: _bullets(lines) for part, lines in text.items() if isinstance(lines, tuple)}
    return _PAGE.format(**{**text, **listed, "competencies": _bullets(levels)})


def _bullets(lines: tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"  • {line}" for line in lines)
