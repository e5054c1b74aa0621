"""Say the conditions of a rank as entries of a list: each gate with its options as alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from graph.rows import Row
from queries.answers.gates import gates_by_place
from queries.parameters.choices import place_name
from queries.picture.cards import Item
from queries.picture.sources import Sources, told
from queries.show.gate_words import condition


def gates_of(rows: Sequence[Row]) -> list[tuple[str, list[list[Row]]]]:
    """Return the gates in the rows of the question `gates`: name, and the parts of each option."""
    found = sorted(gates_by_place(rows).items())
    return [
        (name, [list(parts) for _, parts in groupby(needs, key=lambda row: row["option"])])
        for (name, *_), needs in found
    ]


def gate_items(rows: Sequence[Row], sources: Sources, *, rank: str, depth: int = 1) -> Iterator[Item]:
    """Yield each gate and under it what it needs: one thing, or alternatives."""
    for name, options in gates_of(rows):
        first = options[0][0]
        where = f" ({place_name(first['applies_in'])})" if first["applies_in"] else ""
        said = [_together(parts) for parts in options]
        needs = [
            {"option": name, "rank": rank, "needs": " ".join(sorted({str(x["needs_id"]) for x in parts}))}
            for parts in options
        ]
        alone = said == [name]
        data = {"gate": name, "rank": rank, **(needs[0] if alone else {})}
        yield Item(f"{name}{where}", depth, sources.cite(first), bold=True, data=data)
        if not alone:
            words = ["either: ", *["or: "] * len(said)] if len(said) > 1 else [""]
            for word, text, marks in zip(words, said, needs, strict=False):
                yield Item(f"{word}{text}", depth + 1, data=marks)
        if first["exempt"]:
            yield Item(f"exempt: {first['exempt']}", depth + 1)


def gate_rows(part: str, rows: Sequence[Row]) -> list[Row]:
    """Return the gates as rows of text, one an option."""
    return [
        told(part, name, f"option {number} of {len(options)}: {_together(parts)}", parts[0])
        for name, options in gates_of(rows)
        for number, parts in enumerate(options, 1)
    ]


def _together(parts: Sequence[Row]) -> str:
    return " and ".join(dict.fromkeys(map(condition, parts)))
