"""Record what a checkout shows and stores, so that two checkouts can be compared.

    python bench/snapshot.py CHECKOUT OUT [--uri BOLT]
    python bench/snapshot.py --compare OUT OTHER

OUT gets a file for each command with its exit code, stdout and stderr, one for each file that a command writes, and
each graph as sorted lines. Of the checkout only the command line and `open_graph` are known; the documents lie in
`shared` beside it. Graphs are embedded; --uri names an empty Neo4j that is used, and left empty, in their place.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import click
from click import testing
from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAY = "2026-10-01"
MET = ("mps/commander", "mps/deputy-assistant-commissioner", "mps/assistant-commissioner", "mps/commissioner")
RANKS = ("uk/constable", "uk/sergeant", "uk/inspector", *MET)
PAIRS = (*pairwise(RANKS), (RANKS[0], RANKS[-1]))
ENDS = ("--rank", "--from", "--to", "--first", "--second")
PARTS = {"texts": "", "documents": "asked of documents", "samples": "asked of documents", "force": "asked of the force"}
"""The parts of a recording, and the section of snapshot.txt with what each graph is asked."""
ME = "rank: sergeant\nfrom: 2019-04\nheld: [{rank: constable, from: 2012}]\nexams: [{rank: inspector, passed: 2023-03}]"
NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
EDGES = """MATCH (a)-[r]->(b) RETURN type(r) AS kind, labels(a) AS start, a.id AS start_id, labels(b) AS end,
b.id AS end_id, properties(r) AS properties"""
MOST_OF_NAME, MOST_OF_LINE, MOST_LINES = 120, 240, 12


def main() -> None:
    """Record a checkout, or compare two recordings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path, metavar="CHECKOUT")
    parser.add_argument("second", type=Path, metavar="OUT")
    parser.add_argument("--uri", default="", help="NEO4J_USERNAME and NEO4J_PASSWORD say who")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.compare:
        sys.exit(compare(args.first, args.second))
    if args.part:
        Recording(args.first, args.second / args.part).make(args.part)
    else:
        record(args.first.resolve(), args.second.resolve(), args.uri)


def compare(old: Path, new: Path) -> int:
    """Print how the files of two recordings differ, and return 1 if any does."""
    one, other = ({path.relative_to(root): path for path in root.rglob("*") if path.is_file()} for root in (old, new))
    differing = 0
    for name in sorted({*one, *other}):
        before, after = (side[name].read_text("utf-8").splitlines() if name in side else [] for side in (one, other))
        if before != after or (name in one) != (name in other):
            differing += 1
            print(f"== {name}" + ("" if name in one and name in other else f": only in {old if name in one else new}"))
            lines = [*difflib.unified_diff(before, after, n=0, lineterm="")][2:]
            print(*(f"   {line[:MOST_OF_LINE]}" for line in lines[:MOST_LINES]), sep="\n")
            print(f"   and {len(lines) - MOST_LINES} lines more\n" if len(lines) > MOST_LINES else "", end="")
    print(f"{differing} of {len({*one, *other})} files differ")
    return int(differing > 0)


def record(checkout: Path, out: Path, uri: str) -> None:
    """Record every part, each in a process of its own: side by side, but on a server one after the other."""
    if out.exists() and any(out.iterdir()):
        sys.exit(f"found files in {out}; expected an empty folder")
    ours = {"PYTHONPATH": str(checkout), "NEO4J_URI": uri, "RANKGRAPH_HOME": "home", "RANKGRAPH_FORCE": ""}
    ours |= {"TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "", "NO_COLOR": "", "COLUMNS": "100"}
    ours = {**os.environ, **ours, "RANKGRAPH_PSEUDONYM_KEY": "the same codes in each recording"}
    running = {}
    with tempfile.TemporaryDirectory(prefix="rankgraph-snapshot-") as scratch:
        for part in PARTS:
            folder = Path(scratch) / part
            folder.mkdir()
            (folder / "shared").symlink_to(checkout.parent / "shared")
            (folder / "me.yaml").write_text(ME, encoding="utf-8")
            command = [sys.executable, "-P", __file__, str(checkout), str(out), "--part", part]
            running[part] = subprocess.Popen(command, cwd=folder, env=ours)
            if uri:
                running[part].wait()
        if failed := [part for part, process in running.items() if process.wait()]:
            sys.exit(f"not recorded: {', '.join(failed)}")


class Recording:
    """One part of a recording, made in a scratch folder with the checkout on the path."""

    def __init__(self, checkout: Path, out: Path) -> None:
        cli = importlib.import_module("cli")
        if Path(str(cli.__file__)).parent != checkout:
            sys.exit(f"found the command line at {cli.__file__}; expected it in {checkout}")
        self.main: click.Group = cli.main
        self.commands = dict(_commands(self.main))
        self.out = out
        self.done: set[tuple[str, ...]] = set()
        self.hidden = {str(Path.cwd()): "<scratch>", str(checkout.parent): "<beside>"}
        self.hidden |= {version("rankgraph"): "<version>", time.strftime("%Y-%m-%d"): "<today>"}

    def make(self, part: str) -> None:
        """Record one part: the texts, or a graph and what is answered on it."""
        if part == "texts":
            self.texts()
            return
        with importlib.import_module("graph.session").open_graph(write=True) as graph:
            if graph.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}):
                sys.exit(f"found data at {graph.address}; expected an empty graph")
            for words in section(part):
                self.run(*words)
            for name, query in (("nodes", NODES), ("edges", EDGES)):
                rows = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in graph.read(query, {}))
                self.keep(Path(f"graph-{name}.jsonl"), "\n".join(rows))
            self.questions()
            for words in section(PARTS[part]):
                self.in_formats(words, ["table"] if "--out" in words else ())
            if part == "samples":
                self.staff_files()
            self.run("reset", "--yes")

    def texts(self) -> None:
        """Record every help page, what is read of every document, and the files that need no graph."""
        for command in self.commands:
            self.run(*command, "--help")
        for name in ("profiles", "documents", "faults"):
            for path in sorted(Path("shared", name).rglob("*.txt")):
                self.run("read", str(path), "--format", "json")
        for words in section("texts"):
            self.run(*words)

    def questions(self) -> None:
        """Ask each question what its help shows, in every format, and of other ranks."""
        for words in (words for words in self.commands if words[:1] == ("ask",) and words[1:]):
            page = self.call(*words, "--help").stdout
            match = re.search(rf"^ *rankgraph ({' '.join(words)}.*)$", page, re.MULTILINE)
            example = shlex.split(match[1]) if match else list(words)
            self.in_formats(example)
            self.run(*example, "--graph")
            places = [place for place, word in enumerate(example, 1) if word in ENDS]
            for ranks in ((), [(rank,) for rank in RANKS], PAIRS)[len(places)]:
                rank_at = dict(zip(places, ranks, strict=True))
                self.in_formats([rank_at.get(place, word) for place, word in enumerate(example)], ["table"])

    def staff_files(self) -> None:
        """Try the staff files that lie beside the checkout."""
        for path in [*sorted(Path("shared").glob("staff/exports/*")), *sorted(Path("shared").glob("faults/f*"))]:
            if not (path / "d.txt").exists():
                self.run("staff", "load", str(path), "--dry-run", "--format", "json")
                self.run("staff", "load", str(path), "--dry-run", "--on-error", "skip", "--errors", "faults.xlsx")

    def in_formats(self, words: Sequence[str], formats: Sequence[str] = ()) -> None:
        """Run a command on the fixed day, once in each of its formats, and once as a terminal shows it."""
        command = self.commands.get(tuple(words[:2])) or self.commands.get(tuple(words[:1]))
        options = {name: option for option in (command.params if command else ()) for name in option.opts}
        if "--as-of" in {*options} - {*words} and words[0] != "staff":
            words = [*words, "--as-of", DAY]
        known = getattr(options["--format"].type, "choices", ()) if "--format" in options else ()
        for choice in [choice for choice in known if choice in (formats or known)] or [None]:
            self.run(*words, *(["--format", choice] if choice else []))
        if known and not formats and "load" not in words:  # there a terminal shows what the clock says
            with mock.patch.object(testing._NamedTextIOWrapper, "isatty", return_value=True, create=True):  # noqa: SLF001
                self.run(*words)

    def run(self, *words: str) -> None:
        """Run a command, unless it was run, and keep what it shows and the files that it writes."""
        if words in self.done:
            return
        self.done.add(words)
        done = self.call(*words)
        name = re.sub(r"[^\w.@-]+", "_", " ".join(words))
        if name[MOST_OF_NAME:]:
            name = f"{name[:MOST_OF_NAME]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
        lines = [f"$ rankgraph {shlex.join(words)}", f"exit {done.exit_code}", done.stdout, "--- stderr", done.stderr]
        self.keep(Path(f"{name}.txt"), "\n".join(lines))
        for top in {*Path().iterdir()} - {*map(Path, ("home", "shared", "me.yaml", "force"))}:
            for path in [top] if top.is_file() else [path for path in top.rglob("*") if path.is_file()]:
                self.keep(Path(f"{name}.files") / path, content(path))
            (Path.unlink if top.is_file() else shutil.rmtree)(top)

    def call(self, *words: str) -> testing.Result:
        """Run a command in this process."""
        return testing.CliRunner().invoke(self.main, words, prog_name="rankgraph", color=True)

    def keep(self, name: Path, text: str) -> None:
        """Write a file of the recording, without what differs from place to place and from day to day."""
        for original, placeholder in self.hidden.items():
            text = text.replace(original, placeholder)
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(re.sub(r"(127\.0\.0\.1|localhost)(:|%3A)\d+", r"\1\2<port>", text))


def _commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (below := command.get_command(context, name)) is not None:
                yield from _commands(below, (*words, name))


def section(name: str) -> list[list[str]]:
    """Return the commands of a section of snapshot.txt, as words."""
    text = Path(__file__).with_suffix(".txt").read_text("utf-8").partition(f"[{name}]\n")[2].partition("\n[")[0]
    return [shlex.split(line) for line in text.splitlines()]


def content(path: Path) -> str:
    """Return a file as text: the cells of a workbook, the files of an archive, or what it says."""
    if path.suffix == ".xlsx":
        cells = ((sheet.title, cell) for sheet in load_workbook(path).worksheets for row in sheet for cell in row)
        return "\n".join(f"{title}!{cell.coordinate} {cell.value!r}" for title, cell in cells)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return "\n".join(f"== {name}\n{archive.read(name).decode()}" for name in archive.namelist())
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    main()
