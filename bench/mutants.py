"""Change one thing in functions that were moved and not rewritten: what tests noticed before, do they notice after?

    python bench/mutants.py --before DIR --after DIR [--seed N] [--reach BEFORE.json AFTER.json]

Eight mutants each of graph, loaders and queries are drawn from the functions whose name stands once in both checkouts,
in whatever module, and whose bodies differ at most in the names that they use. Of each checkout, the test modules that
call the function run on the embedded engine, those that call least first, until one fails, at most 60 seconds.
Everything happens in copies. Which test module calls what is found by one run of the tests and kept in the files of
--reach; without --after, only that is done. The last lines of a run are the list; the exit code is 1 if a mutant was
noticed before and is not after.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.reach import PRODUCT, Function, functions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EACH = 8
_PAIRS = ["Eq NotEq", "Lt GtE", "Gt LtE", "In NotIn", "Is IsNot", "And Or", "Add Sub"]
OPPOSITE = {one: other for pair in map(str.split, _PAIRS) for one, other in (pair, pair[::-1])}
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".demo", "__pycache__", ".*_cache", ".hypothesis")


@dataclass(frozen=True)
class Change:
    """An expression of a function, what stands in its place, and of what kind that is."""

    kind: str
    old: ast.expr
    new: ast.expr


@dataclass(frozen=True)
class Place:
    """Where a function stands in a checkout, without what is no part of its body; `calling` are test modules."""

    path: str
    node: Function
    calling: tuple[str, ...]


class Checkout:
    """A copy of a checkout, and what its tests call."""

    def __init__(self, root: Path, scratch: Path, reach: Path, keep: str, seconds: float) -> None:
        self.copy = scratch / "repo"
        self.keep, self.seconds = keep, seconds
        self.stamp = 0
        shutil.copytree(root, self.copy, ignore=LEFT_OUT)
        shutil.copy(Path(__file__).with_name("reach.py"), self.copy / "sitecustomize.py")
        (scratch / "shared").symlink_to(root.resolve().parent / "shared")
        texts = [
            path.read_bytes() for room in (*PRODUCT, "tests") for path in sorted(self.copy.glob(f"{room}/**/*.py"))
        ]
        state = hashlib.sha256(b"".join(texts)).hexdigest()
        if not reach.exists():
            reach.write_text(json.dumps({"state": state, **self._reached(scratch / "reached")}, indent=1), "utf-8")
        record = json.loads(reach.read_text("utf-8"))
        if record["state"] != state:
            sys.exit(f"{reach} was recorded of another state of {root}; remove it, or name another file")
        self.failed: list[str] = record["failed"]
        self.calls: dict[str, list[str]] = record["calls"]
        self.sizes = Counter(module for modules in self.calls.values() for module in modules)

    def _reached(self, folder: Path) -> dict[str, object]:
        """Run all tests once; return the test modules that call each function, and the tests that fail as it is."""
        folder.mkdir()
        self.test([], {"REACH_FOLDER": str(folder)}, None)
        notes = [json.loads(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
        calls: dict[str, set[str]] = {}
        for note in notes:
            for module, names in note["reached"].items():
                for name in names:
                    calls.setdefault(name, set()).update([module] if module else [])
        seconds = {module: round(taken, 1) for note in notes for module, taken in note["seconds"].items()}
        failed = sorted(name for note in notes for name in note["failed"])
        return {"failed": failed, "seconds": seconds, "calls": {name: sorted(calls[name]) for name in sorted(calls)}}

    def places(self) -> dict[str, list[Place]]:
        """Return the functions by their name, qualified by the class."""
        places: dict[str, list[Place]] = {}
        for path in (
            path.relative_to(self.copy).as_posix() for room in PRODUCT for path in self.copy.glob(f"{room}/**/*.py")
        ):
            for name, node in functions(ast.parse((self.copy / path).read_bytes())):
                body = bare(node)
                modules = sorted(self.calls.get(f"{path}::{name}", ()), key=lambda module: (self.sizes[module], module))
                places.setdefault(name, []).append(Place(path, body, tuple(modules)))
        return places

    def outcome(self, place: Place, number: int) -> str:
        """Apply one change, run the tests that call the function, and take the change back."""
        file = self.copy / place.path
        text = file.read_bytes()
        try:
            self._write(file, replaced(text, changes(place.node)[number]))
            return self.test([*place.calling, "-x"], {}, self.seconds)
        finally:
            self._write(file, text)

    def _write(self, file: Path, text: bytes) -> None:
        self.stamp += 1
        file.write_bytes(text)
        os.utime(file, (self.stamp, self.stamp))  # else bytecode of the text before may pass for that of this one

    def test(self, arguments: Sequence[str], settings: Mapping[str, str], seconds: float | None) -> str:
        """Return survived, timeout, or killed and by which test."""
        left_out = [word for name in self.failed for word in ("--deselect", name)] if arguments else []
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "sitecustomize",
            "-p",
            "no:cacheprovider",
            "-k",
            self.keep,
        ]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "RANKGRAPH_"))}
        process = subprocess.Popen(
            [*command, f"--basetemp={self.copy.parent / 'temporary'}", *left_out, *arguments],
            cwd=self.copy,
            env={**kept, "PYTHONPATH": str(self.copy), **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            output = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            return "timeout"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.returncode in (0, 5):
            return "survived" if process.returncode == 0 else "not tested"
        failed = re.search(r"^(?:FAILED|ERROR) (\S+)", output, re.MULTILINE)
        return f"killed by {failed[1] if failed else output[-200:]}"


def bare(function: Function) -> Function:
    """Take from a function what may change when it is moved, docstrings and annotations, and return it."""
    for node in ast.walk(function):
        if isinstance(node, Function | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, Function):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return function


def shape(function: Function) -> str:
    """Return what a function does, whatever it calls its parts and those of others."""
    return re.sub(r"\b(id|attr|arg|name|module|asname)='[^']*'", r"\1=''", ast.dump(function))


def changes(function: Function) -> list[Change]:
    """Return every change of one thing in a function, in the order of its nodes."""
    inside = {id(part) for node in ast.walk(function) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    return [change for node in ast.walk(function) if id(node) not in inside for change in _changes_of(node)]


def _changes_of(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[only]) if type(only).__name__ in OPPOSITE:
            yield Change("comparison", node, ast.Compare(node.left, [_opposite(only)], node.comparators))
        case ast.BoolOp(op, values):
            yield Change("and, or", node, ast.BoolOp(_opposite(op), values))
        case ast.BinOp(left, op, right) if type(op).__name__ in OPPOSITE:
            yield Change("sum", node, ast.BinOp(left, _opposite(op), right))
        case ast.UnaryOp(ast.Not(), operand):
            yield Change("not", node, operand)
        case ast.Constant(bool(value)):
            yield Change("truth", node, ast.Constant(not value))
        case ast.Constant(int(value)):
            yield Change("number", node, ast.Constant(value + 1))
        case ast.Constant(str(value)):
            yield Change("string", node, ast.Constant(f"{value}X"))
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield Change("answer", value, ast.Constant(None))
        case ast.If(test) | ast.IfExp(test) | ast.While(test) if isinstance(test, ast.Name | ast.Call | ast.Attribute):
            yield Change("condition", test, ast.UnaryOp(ast.Not(), test))


def _opposite(operator: ast.AST) -> Any:
    return getattr(ast, OPPOSITE[type(operator).__name__])()


def replaced(text: bytes, change: Change) -> bytes:
    """Return a module with a change."""
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    start = starts[change.old.lineno - 1] + change.old.col_offset
    end = starts[(change.old.end_lineno or 0) - 1] + (change.old.end_col_offset or 0)
    return text[:start] + f"({ast.unparse(change.new)})".encode() + text[end:]


def drawn(before: Checkout, after: Checkout, seed: int) -> Iterator[tuple[str, Place, Place, int]]:
    """Yield the mutants: the name of a function, where it stands on both sides, and the number of the change."""
    old, new = before.places(), after.places()
    same = [key for key in old if len(old[key]) == len(new.get(key, ())) == 1]
    same = [key for key in same if shape(old[key][0].node) == shape(new[key][0].node)]
    same = [key for key in same if old[key][0].calling and new[key][0].calling and changes(old[key][0].node)]
    same.sort(key=lambda key: hashlib.sha256(f"{seed} {key}".encode()).digest())
    for room in PRODUCT:
        for key in [key for key in same if old[key][0].path.startswith(f"{room}/")][:EACH]:
            candidates = changes(old[key][0].node)
            chance = random.Random(f"{seed} {key}")  # noqa: S311 -- a seed, so that the same are drawn
            kind = chance.choice(sorted({change.kind for change in candidates}))
            number = chance.choice([number for number, change in enumerate(candidates) if change.kind == kind])
            yield key, old[key][0], new[key][0], number


def main() -> None:
    """Print each mutant and what became of it, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--reach", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--keep", default="not neo4j", help="the tests of the embedded engine, as pytest -k takes them")
    parser.add_argument("--seconds", type=float, default=60, help="the most that the tests of a mutant take")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rankgraph-mutants-") as scratch, ThreadPoolExecutor(2) as both:
        files = [*args.reach, Path(scratch, "before.json"), Path(scratch, "after.json")]
        roots = [root for root in (args.before, args.after) if root]
        sides = [
            Checkout(root, Path(scratch, str(n)), files[n], args.keep, args.seconds) for n, root in enumerate(roots)
        ]
        if args.after:
            sys.exit(_compare(sides[0], sides[1], args.seed, both))


def _compare(before: Checkout, after: Checkout, seed: int, both: ThreadPoolExecutor) -> int:
    """Print the fate of each mutant on both sides, and return 1 if one escapes that was noticed before."""
    escaped, sums = [], [Counter[str](), Counter[str]()]
    for name, old, new, number in drawn(before, after, seed):
        change = changes(old.node)[number]
        what = " -> ".join(" ".join(ast.unparse(part).split())[:50] for part in (change.old, change.new))
        print(f"{old.path}::{name}: {change.kind}: {what}", flush=True)
        running = [both.submit(side.outcome, place, number) for side, place in ((before, old), (after, new))]
        fates = [each.result() for each in running]
        print(f"    before: {fates[0]}\n    after:  {fates[1]}", flush=True)
        for fate, counted in zip(fates, sums, strict=True):
            counted[fate.partition(" by ")[0]] += 1
        if fates[0].startswith("killed") and not fates[1].startswith("killed"):
            escaped.append(name)
    print(f"before: {dict(sums[0])}; after: {dict(sums[1])}; killed before and not after: {escaped or 'none'}")
    return int(bool(escaped))


if __name__ == "__main__":
    main()
