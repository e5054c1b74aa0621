"""What holds of the themes of any graph of documents: as plain Python groups and counts them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.session import Graph
from tests.harness.loaded import TODAY, Row, rows
from tests.oracles.facts import Oracle
from tests.oracles.themes import shared_themes, similar_ranks, theme_of

AC, DAC, COMMANDER = "mps/assistant-commissioner", "mps/deputy-assistant-commissioner", "mps/commander"
RANKS = (*("uk/constable", "uk/sergeant", "uk/inspector"), COMMANDER, DAC, AC, "mps/commissioner", "role/pcso")
DAYS = (None, "2021-06-01", "2017-06-01", "2001-01-01")


def numbers(row: Row) -> tuple[object, ...]:
    """Return what similar-ranks counts, without the name of the rank."""
    return tuple(row[name] for name in ("rank_id", "likeness", "shared", "only_here", "only_there"))


class ComparedByThemes:
    """Tests of a module whose graph holds what `facts` returns in memory."""

    facts: Callable[[], Oracle]

    def test_every_requirement_of_the_three_kinds_has_one_theme(self, graph: Graph) -> None:
        """That of the slow grouping, named by its oldest wording; one that is alone is a theme too."""
        found = graph.read(
            "MATCH (n:Requirement)-[:VARIANT_OF]->(t:Theme) RETURN n.id AS id, t.id AS theme ORDER BY id", {}
        )
        assert sorted(theme_of(self.facts()).items()) == [(row["id"], row["theme"]) for row in found]

    def test_a_theme_has_the_name_and_the_kind_of_its_oldest_wording(self, graph: Graph) -> None:
        """And that wording scores 100."""
        found = graph.read(
            "MATCH (n:Requirement)-[e:VARIANT_OF]->(t:Theme) WHERE t.id = 'theme/' + n.id "
            "RETURN t.id AS id, t.name = n.name AS named, e.score AS score, t.kind AS kind",
            {},
        )
        assert {(True, 100.0)} == {(row["named"], row["score"]) for row in found}
        assert {(theme, theme.split("/")[1]) for theme in set(theme_of(self.facts()).values())} == {
            (row["id"], row["kind"]) for row in found
        }

    @pytest.mark.parametrize("day", DAYS)
    def test_shared_themes_are_those_of_plain_python(self, graph: Graph, day: str | None) -> None:
        """For every two ranks."""
        for first in RANKS:
            for second in RANKS:
                if first != second:
                    answer = rows(graph, "shared-themes", first=first, second=second, as_of=day)
                    found = {(row["theme_id"], row["lines"], row["second_lines"]) for row in answer}
                    assert shared_themes(self.facts(), first, second, day, TODAY) == found, (first, second)

    @pytest.mark.parametrize("day", DAYS)
    def test_similar_ranks_are_those_of_plain_python_in_their_order(self, graph: Graph, day: str | None) -> None:
        """For every rank, with all numbers."""
        for rank in RANKS:
            found = [numbers(row) for row in rows(graph, "similar-ranks", rank=rank, as_of=day)]
            assert similar_ranks(self.facts(), rank, day, TODAY) == found, rank

    def test_the_numbers_of_a_row_are_those_of_its_shared_themes(self, graph: Graph) -> None:
        """What the one question counts, the other shows."""
        for rank in RANKS:
            for row in rows(graph, "similar-ranks", rank=rank):
                shown = rows(graph, "shared-themes", first=rank, second=str(row["rank_id"]))
                assert row["shared"] == len({one["theme_id"] for one in shown})
