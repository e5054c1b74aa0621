"""Which documents are loaded, by name."""

from __future__ import annotations

import pytest

from graph.session import Graph
from queries.answers.answer import named
from queries.ask import ask

pytestmark = pytest.mark.holds("samples")

PACK, DAC = "met-deputy-assistant-commissioner-2021-pack.txt", "mps/deputy-assistant-commissioner"


def test_documents_are_listed_with_what_they_state(graph: Graph) -> None:
    """Each with its edition, whether it counts on the day, and how much of it was not understood."""
    rows = {str(row["document"]): row for row in ask(graph, named("documents"), {"as_of": None}).rows}
    names = {"constable", "inspector", "sergeant", "pcso", "met-assistant-commissioner", "met-commander"}
    names |= {"met-commissioner-advert", "met-deputy-assistant-commissioner"}
    assert {PACK, *(f"{name}.txt" for name in names)} == set(rows)
    assert {
        "document": PACK,
        "source_kind": "pack",
        "role": "Deputy Assistant Commissioner",
        "role_id": DAC,
        "edition": f"{DAC}@2021-03",
        "valid_from": "2021-03-01",
        "valid_to": "2025-01-01",
        "current": False,
        "not_understood": 4,
    } == rows[PACK]
    then = {row["document"]: row["current"] for row in ask(graph, named("documents"), {"as_of": "2022-01-01"}).rows}
    assert then[PACK] is True
