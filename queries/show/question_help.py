"""How a question is asked: the help text that follows from its header."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.catalogue import Question


def example(question: Question) -> str:
    """Return a command that asks the question with the parameters of its own example."""
    words = ["rankgraph", "ask", question.name]
    for name, value in question.example.items():
        if value is True:
            words.append(f"--{name.replace('_', '-')}")
        elif value is not None and value is not False:
            text = value if isinstance(value, str) else json.dumps(value)
            words += [f"--{name.replace('_', '-')}", text]
    return shlex.join(words)


def help_text(question: Question) -> str:
    """Return title, prose, columns and a runnable example, as click lays them out."""
    columns = f"Columns: {', '.join(question.returns)}."
    parts = (f"{question.title}.", question.prose, columns, f"\b\nExamples:\n  {example(question)}")
    return "\n\n".join(part for part in parts if part)
