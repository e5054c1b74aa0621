"""Count the lines of the product, room by room: all of them, and those that hold code.

`python bench/lines.py [CHECKOUT]`. A line holds code unless it is blank, a comment alone, or part of the docstring
of a module, a class or a function. The product is graph, loaders, queries and cli.py.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

ROOMS = ("graph", "loaders", "queries")


def main() -> None:
    """Print a line for each folder, and the total."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])
    whole: Counter[str] = Counter()
    code: Counter[str] = Counter()
    for path in (root / "cli.py", *(path for room in ROOMS for path in (root / room).rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        room = path.name if path.parent == root else path.parent.relative_to(root).as_posix()
        for name in (room, "total"):
            whole[name] += len(text.splitlines())
            code[name] += code_lines(text)
    print(f"{'room':<32}{'all':>8}{'code':>8}")
    for room in sorted(whole, key=lambda name: (name == "total", name)):
        print(f"{room:<32}{whole[room]:>8,}{code[room]:>8,}")


def code_lines(text: str) -> int:
    """Return how many lines are neither blank, nor a comment alone, nor a docstring.

    >>> code_lines('def one():' + chr(10) + '    "Return 1."' + chr(10) * 2 + '    # first' + chr(10) + '    return 1')
    2
    """
    documented = {line for node in ast.walk(ast.parse(text)) for line in _docstring(node)}
    lines = enumerate(map(str.strip, text.splitlines()), 1)
    return sum(bool(line) and not line.startswith("#") and number not in documented for number, line in lines)


def _docstring(node: ast.AST) -> range:
    """Return the numbers of the lines of a node's docstring."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
        return range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    return range(0)


if __name__ == "__main__":
    main()
