"""Mutated YAML files of every kind that users write: each is taken, or refused in one message that names it."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from tests.builders.mutations import mutated
from tests.builders.staff_export import export, write_csv
from tests.campaign.homes import FORCE, kept_open, whole
from tests.campaign.judge import inside
from tests.campaign.trial import Part
from tests.harness.project_files import ROOT
from tests.loaders.documents.test_framework_table import MAPPING, TABLE

_ME = """rank: sergeant
from: 2019-04
held:
  - rank: constable
    from: 2012
courses:
  - course: custody officer course
    achieved: 2020
exams:
  - name: inspectors' legal exam
    passed: 2023-03-14
temporary_promotion:
  rank: inspector
  begun: 2025-09-01
judged:
  - gate: NPPF step 1
    result: met
    on: 2026-05-12
"""
_ASSUMPTIONS = """rankgraph: assumptions
leavers:
  constable: {0: 8 %, 3: 4 % of 310}
  all: 3 %
promotions: {constable: 2 %}
intake: {constable: 60}
retirement: {1987: 30, 2006-04: 35}
renewals: {all: 90 %, Taser: 95 %}
estimate: yes
pay: {constable: 48000}
"""
_SCENARIO = """rankgraph: scenario
name: Plan B
day: 2027-04-01
changes:
  - leave: [P000001, P000002]
  - promote: {person: P000003, rank: inspector}
  - recruit: {people: 20, rank: constable, unit: Frontline Policing, holds: [Taser]}
  - open: {posts: 2, rank: sergeant, unit: Frontline Policing}
  - add_need: {requirement: Taser, rank: constable, title: "*response*"}
costs: {pay: {constable: 45000}, courses: {Taser: 450}}
"""
_STAFF = """rankgraph: mapping
people:
  file: people.csv
  person_id: person_id
  name: name
posts:
  file: posts.csv
  post_id: post_id
  unit_id: unit_id
  rank: rank
"""
_SOURCES = """profile.txt:
  edition: v7.1
  published: 2024-05-01
  source: https://force.example/profile
  licence: Open Government Licence v3.0
  authority: force policy
  sample: yes
"""
_PROFILE = (ROOT / "loaders" / "documents" / "templates" / "profile.yaml").read_text(encoding="utf-8")

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "profile": (_PROFILE, ("read", "{file}")),
    "framework": (MAPPING, ("read", "{own}/roles.csv", "--mapping", "{file}")),
    "me": (_ME, ("gates", "inspector", "--me", "{file}")),
    "assumptions": (_ASSUMPTIONS, ("forecast", "--assume", "{file}", "--years", "1")),
    "scenario": (_SCENARIO, ("what-if", "--scenario", "{file}")),
    "staff": (_STAFF, ("staff", "load", "{own}/export", "--mapping", "{file}", "--dry-run")),
    "sources": (_SOURCES, ("load", "{own}/documents", "--dry-run", "--mix")),
}
"""A file of each kind, and the command that takes it."""

_ODD = (
    *(
        "2026-02-30",
        "0000-01-01",
        "9999-99-99",
        "2026-01-01T25:61:00Z",
        "1:61:61",
        "12e999",
        ".nan",
        "-.inf",
        "0x1F",
        "0o9",
    ),
    *(
        "null",
        "yes",
        "~",
        "-1",
        "[]",
        "{}",
        "[[]]",
        "!!binary x",
        "!!python/object:os.system {}",
        "*a",
        "&a [*a]",
        "!x y",
    ),
    *(
        "? a",
        "a: b: c",
        "<<: {a: 1}",
        "\t",
        "%",
        "@x",
        "`",
        "|",
        ">-",
        "---",
        "...",
        "'",
        '"\\x00"',
        '"\\ud800"',
        "\u2028",
    ),
    *("9" * 6000, "a" * 9000, "[" * 3000, "{a: " * 2000, "&x {a: *x}", '"\\e[31mred"', '"\\u202eabc"'),
)
_VALUE = re.compile(r"(?<=[:\-,\[{] )[^\n,\]}#]+")
_KEY = re.compile(r"[A-Za-z_][\w ]*(?=:)")


def drawn(text: str, random: Random) -> bytes:
    """Return a file in which values, keys, lines or bytes are changed."""
    for _ in range(random.choice((1, 1, 2, 5))):
        pattern = random.choice((_VALUE, _VALUE, _VALUE, _KEY))
        places = [match.span() for match in pattern.finditer(text)]
        if places:
            start, end = random.choice(places)
            text = text[:start] + random.choice(_ODD) + text[end:]
        if random.random() < 0.25:
            lines = text.split("\n")
            place = random.randrange(len(lines))
            lines[place:place] = random.choice(
                ([lines[place]], ["  " + lines[place]], [f"&b {lines[place]}"], ["- *b"])
            )
            text = "\n".join(lines)
    raw = text.encode("utf-8", errors="surrogatepass")
    return mutated(raw, random) if random.random() < 0.3 else raw


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Give one mutated file to the command that takes it."""
    del shared
    random = Random(seed)
    kind = random.choice(sorted(KINDS))
    text, words = KINDS[kind]
    path = own / ("documents/sources.yaml" if kind == "sources" else f"{kind}.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(drawn(text, random))
    if kind == "framework":
        (own / "roles.csv").write_text(TABLE, encoding="utf-8")
    if kind == "staff":
        write_csv(export(), own / "export")
    if kind == "sources":
        sample = ROOT / "loaders" / "samples" / "pcso.txt"
        (path.parent / "profile.txt").write_bytes(sample.read_bytes())
    end = inside(*(word.format(file=path, own=own) for word in words))
    why = end.wrong()
    if not why and end.code == 1 and path.name not in end.notes and kind not in {"framework", "staff"}:
        why = f"the message does not name the file: {end.notes[:200]}"
    return f"{kind}: {why}" if why else ""


PART = Part(
    "yaml",
    count=1000,
    means="the command that takes the file answers, or says in one message what is wrong and in which file",
    attempt=attempt,
    prepare=lambda shared: whole(shared, FORCE),
    around=kept_open(FORCE),
)
