"""No name in documents, staff files, YAML or file names steers what shows an answer: every command, every form."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click
import pytest
from lxml import etree, html
from openpyxl import load_workbook

from cli import COMMANDS, main
from graph.ids import slug
from graph.session import Transaction, open_graph
from queries.catalogue import questions
from tests.harness.commands import INSPECTOR, SERGEANT, run
from tests.harness.engines import with_settings

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SIGNS = (
    "\x1b]8;;http://x.example\x07\x1b[31m\x9b31m\x7f\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2069"
)
LINKS = "![x](http://x.example/p.png) [a](javascript:alert(1)) <javascript:alert(1)> <img src=x>"
HOSTILE = f"\N{HEBREW LETTER ALEF}{SIGNS}{LINKS}"
RUNS = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20](?![\d.]*$)")

CALLS = {
    "browser-pack": ("{out}/pack.zip --page http://x.example/browser/",),
    "check": ("", "--save {out}/state.json", "--against {out}/state.json"),
    "compare": ("sergeant inspector", "sergeant inspector --out {out}/changes.html"),
    "conflicts": ("",),
    "expiring": ("--days 60 --audience named",),
    "export": (
        "graphml {out}/graph.graphml --audience named",
        "jsonld {out}/graph.jsonld --audience named",
        "csv {out}/csv --audience named",
        "tables {out}/tables --audience named",
    ),
    "forecast": ("--as-of 2026-06-01", "--as-of 2026-06-01 --out {out}/plan.yaml"),
    "gap": ("sergeant inspector", "sergeant inspector --sources", "sergeant inspector --all"),
    "gates": ("inspector", "inspector --me {yaml}/me.yaml"),
    "growth": ("--audience named",),
    "heat-map": ("", "--out {out}/map.csv", "--out {out}/map.md", "--out {out}/map.json"),
    "load": ("{documents} --dry-run",),
    "model": ("",),
    "pathway": ("sergeant inspector", "sergeant inspector --all"),
    "pathway-gap": ("sergeant inspector", "sergeant inspector --all"),
    "person": ("P000005 --to inspector",),
    "picture": (
        "rank inspector --out {out}/rank.svg",
        "rank inspector --out {out}/rank.html",
        "rank inspector --out {out}/rank.png",
        "gap sergeant inspector --out {out}/gap.svg",
    ),
    "questions": ("",),
    "rank": ("inspector", "inspector --all"),
    "read": ("{document}", "{document} --as-text"),
    "report": ("--out {out}/gap.html", "--out {out}/gap.xlsx", "--out {out}/gap.md"),
    "sample-force": ("{out}/force --people 150",),
    "single-points": ("--audience named",),
    "staff": ("load {staff} --dry-run", "load {bad} --errors {out}/bad.xlsx", "mapping {raw}"),
    "status": ("",),
    "succession": ("inspector --audience named",),
    "template": ("staff --out {out}/templates",),
    "training-plan": ("", "--out {out}/plan.xlsx"),
    "trend": ("",),
    "vacancies": ("",),
    "what-if": ("--leave P000005",),
    "why": ("uk/inspector",),
}
"""How each command is called; each in all the forms that it has."""
ELSEWHERE = {
    "ask": "below",
    "mcp": "tests/queries/agents",
    "reset": "prints a number and the address of the graph",
    "serve": "prints addresses and its own words",
}

OWN_WORDS = {"browser-pack", "conflicts", "forecast", "model", "questions", "sample-force", "status", "template"}
"""Commands whose answers hold no name of these documents and staff."""

WRONG = (
    *("ask {hostile}", "ask gates --{hostile}", "--{hostile}", "{hostile}", "gap {hostile} dac", "staff {hostile}"),
    *("heat-map --unit {hostile}", "heat-map --as-of {hostile}", "load {hostile}", "load --force {hostile} x"),
    *("gates inspector --me {yaml}/bad.yaml", "what-if --scenario {yaml}/scenario.yaml", "person {hostile} --to dac"),
    *("staff load {staff} --mapping {yaml}/mapping.yaml", "load {table} --mapping {yaml}/framework.yaml"),
    *("heat-map --out {hostile}", "report --out {hostile}.html/x.html", "why {hostile}", "load {yaml}/profile.yaml"),
)
"""Calls that end in a message."""


@pytest.fixture(scope="module")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the places that calls name, beside a graph whose names are all hostile."""
    folder = tmp_path_factory.mktemp("signs")
    places = {name: folder / name for name in ("out", "documents", "staff", "bad", "yaml", "raw")}
    for place in places.values():
        place.mkdir()
    places["document"] = places["documents"] / "sergeant \u202e\x1b[31m\u2028<img src=x>[a](javascript:x).txt"
    places["table"] = folder / "table \u202e.csv"
    _write_documents(places)
    _write_staff(folder, places)
    _write_yaml(places["yaml"])
    home = str(folder / "home")
    with with_settings({"RANKGRAPH_HOME": home}), open_graph(write=True) as graph:
        for words in (("load", str(places["documents"])), ("staff", "load", str(places["staff"]))):
            assert run(*words).exit_code == 0, run(*words).stderr
        for label in ("Unit", "Person", "Requirement", "Document", "CourseOffer"):  # what staff files cannot say
            graph.write(partial(_spoil, label=label))
        yield {"hostile": f"x{HOSTILE}", "home": home, **{name: str(path) for name, path in places.items()}}


@pytest.fixture
def places(_hostile: dict[str, str], monkeypatch: pytest.MonkeyPatch, _no_settings: None) -> dict[str, str]:
    """Use the graph whose names are all hostile."""
    monkeypatch.setenv("RANKGRAPH_HOME", _hostile["home"])
    return _hostile


def _spoil(transaction: Transaction, label: str) -> None:
    query = f"MATCH (n:{label}) WHERE n.name IS NOT NULL SET n.name = n.name + $signs"
    transaction.run(query, {"signs": SIGNS})


def _write_documents(places: dict[str, Path]) -> None:
    text = SERGEANT.replace("one team", f"one team {HOSTILE}")
    places["document"].write_text(text, encoding="utf-8")
    text = INSPECTOR.replace("several teams", f"several teams {HOSTILE}").replace("with many", f"{HOSTILE} with many")
    (places["documents"] / "inspector.txt").write_text(text, encoding="utf-8")
    places["table"].write_text(f"role,skill,level\nA{HOSTILE},B,9\n", encoding="utf-8")


def _write_staff(folder: Path, places: dict[str, Path]) -> None:
    run("sample-force", str(folder / "force"), "--people", "150", "--seed", "1")
    with (folder / "force" / "csv" / "requirements.csv").open(encoding="utf-8") as file:
        names = {f"skill/{slug(row['requirement'])}": row["requirement"] for row in csv.DictReader(file)}
    for path in (folder / "force" / "csv").iterdir():
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for row in rows:
            for column in {"name", "title", "requirement", "provider", "evidence"} & set(row):
                row[column] = names.get(row[column], row[column])
                if row[column] in names.values() or (column != "requirement" and row[column]):
                    row[column] = f"\N{FULLWIDTH EQUALS SIGN}{row[column]} {HOSTILE}"
        text = as_raw(rows, path)
        (places["staff"] / path.name).write_text(text, encoding="utf-8")
        (places["bad"] / path.name).write_text(text.replace("2026-0", f"={HOSTILE}"), encoding="utf-8")
    text = f"Pay {HOSTILE};Name;Rank;Team\n1;A;PC{HOSTILE};=T{HOSTILE}\n2;B;PC;T\n"
    (places["raw"] / "people \u202e\x1b.csv").write_text(text, encoding="utf-8")


def as_raw(rows: list[dict[str, str]], path: Path) -> str:
    """Return rows as CSV, signs as they are."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0] if rows else path.read_text(encoding="utf-8").strip().split(","))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _write_yaml(folder: Path) -> None:
    name = json.dumps(HOSTILE)
    for file, text in {
        "me": f"holdings:\n  - {name}\n",
        "bad": f"{name}: {name}\n",
        "scenario": f"rankgraph: scenario\nname: {name}\nchanges:\n  - leave: {name}\n",
        "mapping": f"rankgraph: mapping\npeople:\n  {name}: {name}\n",
        "framework": f"rankgraph: framework\nframework: {name}\ncolumns: {{role: role, {name}: x}}\n",
        "profile": f"rankgraph: profile\nrole: {name}\n{name}: [1]\n",
    }.items():
        (folder / f"{file}.yaml").write_text(text, encoding="utf-8")


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    """Return what --format of a command may be."""
    found: click.Command | None = main
    context = click.Context(main)
    for word in words:
        if not isinstance(found, click.Group):
            break
        found = found.get_command(context, word)
    kinds = [one.type for one in (found.params if found else ()) if one.opts == ["--format"]]
    return tuple(kinds[0].choices) if kinds and isinstance(kinds[0], click.Choice) else ()


def test_every_command_is_called() -> None:
    """A new command is called here, or it is said why not."""
    assert set(COMMANDS) == {*CALLS, *ELSEWHERE}


@pytest.mark.parametrize("command", CALLS)
def test_no_answer_steers(command: str, places: dict[str, str]) -> None:
    """Neither what a command prints, nor a file that it writes."""
    found: dict[str, list[str]] = {}
    shows = False
    for call in CALLS[command]:
        words = [command, *(word.format(**places) for word in call.split())]
        is_file = "{out}" in call
        for kind in _forms(words)[: 1 if is_file else None]:
            answer = run(*words, "--format", kind, COLUMNS="120")
            assert (True, SystemExit) == (answer.exit_code in {0, 1}, type(answer.exception or SystemExit())), call
            form = "table" if {"--as-text", "mapping"} & {*words} else kind  # a mapping is YAML in each form
            found[f"{call} as {kind}"] = [*faults(answer.stdout, form), *faults(answer.stderr, "table")]
            shows |= "\ufffd" in answer.output or "\\u202e" in answer.stdout
    written = [path for path in Path(places["out"]).rglob("*") if path.is_file() and path.name != "data-dictionary.md"]
    found |= {path.name: file_faults(path) for path in written}
    for path in written:
        shows |= b"\xef\xbf\xbd" in path.read_bytes()
        path.unlink()

    assert {} == {call: listed for call, listed in found.items() if listed}
    assert shows or command in OWN_WORDS


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("kind", ["table", "csv", "json", "markdown"])
def test_no_question_steers(kind: str) -> None:
    """Nor do the answers to the questions of the catalogue that need no parameter."""
    names = [one.name for one in questions() if all(given.optional for given in one.parameters)]
    answers = {name: run("ask", name, "--format", kind).stdout for name in names}

    assert {} == {name: listed for name, text in answers.items() if (listed := faults(text, kind))}
    assert sum("\ufffd" in text or "\\u202e" in text for text in answers.values()) > 3


@pytest.mark.parametrize("call", WRONG)
def test_no_message_steers(call: str, places: dict[str, str]) -> None:
    """A message repeats what was typed or written, and shows its signs."""
    answer = run(*(word.format(**places) for word in call.split()))

    assert (True, []) == (answer.exit_code in {1, 2}, faults(answer.stdout + answer.stderr, "table"))
    assert isinstance(answer.exception, SystemExit)


def faults(text: str, kind: str) -> list[str]:
    """Return what of an answer steers, runs, or is a link."""
    steering = sorted({ascii(sign) for sign in STEERING.findall(text)})
    if kind == "json":
        return steering + [ascii(one) for one in text.splitlines() if "\ufffd" in one]
    if kind == "csv":
        cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
        return steering + [ascii(cell) for cell in cells if RUNS.match(cell)]
    if kind == "markdown":
        return steering + re.findall(r"(?<!\\)[\[<](?!c\])[^|]*", text)
    return steering


def file_faults(path: Path) -> list[str]:
    """Return the same of a file that was written."""
    if path.suffix == ".xlsx":
        sheets = load_workbook(path).worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
        texts = zipfile.ZipFile(path)
        charts = "".join(texts.read(name).decode() for name in texts.namelist() if "chart" in name or "core" in name)
        formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
        return faults(charts.replace("\r", "") + "".join(str(cell.value) for cell in cells), "table") + formulas
    if path.suffix in {".png", ".zip"}:
        return []
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".html":
        return faults(text, "table") + _page_faults(text)
    if path.suffix in {".svg", ".graphml"}:
        etree.fromstring(text.encode())
    kinds = {".json": "json", ".jsonld": "json", ".csv": "csv", ".md": "markdown"}
    is_bulk = path.parent.parent.name in {"csv", "out"} and path.parent.name in {"nodes", "edges"}
    return faults(text.replace("\r\n", "\n"), "table" if is_bulk else kinds.get(path.suffix, "table"))


def _page_faults(text: str) -> list[str]:
    """Return elements that a name became, and letters read to the left that are not kept apart."""
    page = html.fromstring(text)
    made = [one.tag for one in page.iter("img", "javascript:alert(1)")]
    links = [one.get("href") for one in page.iter("a") if str(one.get("href")).startswith("javascript")]
    letters = page.xpath("//text()[contains(., '\u05d0')]")
    loose = [one.getparent().tag for one in letters if one.getparent().tag not in {"bdi", "title", "text"}]
    return [*made, *links, *(f"no bdi in {tag}" for tag in loose)]
