"""Make a sample force: its files, and the answers that they must give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.sample_force.answers import Answers
from loaders.sample_force.calendar import AS_OF
from loaders.sample_force.cases import Cases
from loaders.sample_force.documents import write_documents, write_readme
from loaders.sample_force.model import Block
from loaders.sample_force.organisation import Force
from loaders.sample_force.sheets import Sheets


@dataclass(frozen=True)
class Made:
    """How many rows each sheet has, and how many answers are known, with how many rows."""

    rows: Mapping[str, int]
    answers: Mapping[str, int]


def make(out: Path, people: int, seed: int) -> Made:
    """Write the sample force of so many people into a folder; the same numbers give the same files.

    Memory does not grow with the force: it is planned, counted and written a command at a time.
    """
    force = Force(people, seed)
    with Answers() as answers, Sheets(out / "csv") as sheets:
        answers.scope(None)
        sheets.offers()
        cases: Cases | None = None
        for headquarters, commands in force.tops():
            top = headquarters.units[0]
            if cases is None:
                answers.scope(top)
                cases = Cases(answers, top)
            sheets.unit(top)
            whole = answers.block(headquarters)
            _write(headquarters, force, sheets, cases)
            for number, block in enumerate(commands):
                if number == 0 and len(answers.scopes) == 2:  # noqa: PLR2004 -- the force and its first top
                    answers.scope(block.units[0])
                    answers.scope(block.units[1])
                for unit in block.units:
                    sheets.unit(unit)
                found = answers.block(block)
                answers.unit(block.units[0], found)
                whole.add(found)
                _write(block, force, sheets, cases)
            answers.unit(top, whole)
        answers.close()
        counted = _write_answers(out / "answers.json", answers, people, seed)
    write_documents(out / "documents")
    write_readme(out, people, seed, sheets.rows)
    return Made(sheets.rows, counted)


def _write(block: Block, force: Force, sheets: Sheets, cases: Cases) -> None:
    cases.block(block)
    sheets.block(block, force.random(f"rows of {block.units[0].id}"))


def _write_answers(path: Path, answers: Answers, people: int, seed: int) -> dict[str, int]:
    head = {"as_of": AS_OF.isoformat(), "people": people, "seed": seed}
    counted: dict[str, int] = {}
    with path.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(head)[:-1] + ', "answers": [')
        for number, answer in enumerate(answers.all):
            about = {"question": answer.question, "parameters": answer.parameters, "columns": answer.columns}
            stream.write(("," if number else "") + "\n" + json.dumps(about)[:-1] + ', "rows": [')
            first = True
            for row in answer.rows():
                stream.write(("" if first else ",") + "\n" + row)
                first = False
                counted[answer.question] = counted.get(answer.question, 0) + 1
            stream.write("]}")
        stream.write("\n]}\n")
    return counted
