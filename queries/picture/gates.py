"""The gates of a rank as entries of a list: each with its options as alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.rows import Row
from queries.answers.gate_rows import Gates, by_option
from queries.parameters.choices import place_name
from queries.picture.cards import Item
from queries.picture.sources import Sources, text_row
from queries.show.gate_words import condition, standing


def options_by_gate(gates: Gates) -> list[tuple[str, list[list[Row]]]]:
    """Return the name of each gate with what each of its options needs, in the order of the names."""
    return [(name, by_option(needs)) for (name, *_), needs in sorted(gates.items())]


def gate_items(gates: Gates, sources: Sources, *, rank: str) -> Iterator[Item]:
    """Yield each gate and under it what it needs: one thing, or alternatives."""
    every = list(gates.values())
    for name, options in options_by_gate(gates):
        first = options[0][0]
        where = f" ({place_name(first['applies_in'])})" if first["applies_in"] else ""
        texts = [_in_words(parts) for parts in options]
        needs = [
            {"option": name, "rank": rank, "needs": " ".join(sorted({str(part["needs_id"]) for part in parts}))}
            for parts in options
        ]
        alone = texts == [name]
        data = {"gate": name, "rank": rank, **(needs[0] if alone else {})}
        stands = (
            f": {standing([part for option in options for part in option], every)}" if "part_status" in first else ""
        )
        yield Item(f"{name}{where}{stands}", 1, sources.cite(first), bold=True, data=data)
        if not alone:
            words = ["either: ", *["or: "] * len(texts)] if len(texts) > 1 else [""]
            for word, text, marks in zip(words, texts, needs, strict=False):
                yield Item(f"{word}{text}", 2, data=marks)
    yield from _exemptions(every, sources)


def _exemptions(gates: Sequence[Sequence[Row]], sources: Sources) -> Iterator[Item]:
    """Yield who is exempt from which gates, once; what stands above in the picture is not repeated."""
    names: dict[str, list[str]] = {}
    for parts in gates:
        if words := parts[0]["exempt"]:
            name = str(parts[0]["gate"])
            step = name.partition(":")[0]  # of a framework, which counts them: NPPF step 1
            names.setdefault(str(words), []).append(step if step[-1:].isdigit() else name)
    for words, of in names.items():
        yield Item(f"Exempt from {', '.join(dict.fromkeys(of))}: {sources.once(words)}", 1)


def gate_rows(part: str, gates: Gates) -> list[Row]:
    """Return the gates as rows of text, one an option."""
    return [
        text_row(part, name, f"option {number} of {len(options)}: {_in_words(parts)}", parts[0])
        for name, options in options_by_gate(gates)
        for number, parts in enumerate(options, 1)
    ]


def _in_words(parts: Sequence[Row]) -> str:
    return " and ".join(dict.fromkeys(map(condition, parts)))
