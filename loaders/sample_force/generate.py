"""Write the files of a sample force as it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from loaders.sample_force.documents import write_documents, write_readme
from loaders.sample_force.organisation import Force
from loaders.sample_force.sheets import Sheets


def make(out: Path, people: int, seed: int) -> Mapping[str, int]:
    """Write the sample force of so many people into a folder, and return how many rows each sheet has.

    The same numbers give the same files. Memory does not grow with the force: a command is planned and written at a
    time.
    """
    force = Force(people, seed)
    with Sheets(out / "csv") as sheets:
        sheets.write_courses()
        for headquarters, commands in force.top_units():
            for block in chain([headquarters], commands):
                for unit in block.units:
                    sheets.write_unit(unit)
                sheets.write_block(block, force.random(f"rows of {block.units[0].id}"))
    write_documents(out / "documents")
    write_readme(out, people, seed, sheets.rows)
    return sheets.rows
