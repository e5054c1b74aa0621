"""Ranks compared by the themes of what they ask for, on the real documents."""

from __future__ import annotations

import pytest

from graph.session import Graph
from tests.harness.loaded import TODAY, oracle, rows
from tests.harness.real import needed
from tests.harness.themes import COMMANDER, DAC, ComparedByThemes, numbers
from tests.oracles.facts import requirements_of
from tests.oracles.judged_pairs import OTHER_THEME, SAME_THEME, Pair

pytestmark = [needed, pytest.mark.real, pytest.mark.holds("documents")]

BOTH = (("document", "002"), ("second_document", "001"))


class TestRealDocuments(ComparedByThemes):
    """The five documents."""

    facts = staticmethod(oracle)

    def test_a_commander_and_a_deputy_assistant_commissioner_ask_for_much_the_same(self, graph: Graph) -> None:
        """All eighteen themes of the Commander are among the other's twenty-one; by sentence they share a fifth."""
        [row] = [row for row in rows(graph, "similar-ranks", rank=DAC) if row["rank_id"] == COMMANDER]
        assert (COMMANDER, 0.86, 18, 3, 0) == numbers(row)
        mine, theirs = ({one[1] for one in requirements_of(oracle(), rank, None, TODAY)} for rank in (DAC, COMMANDER))
        assert 0.2 == len(mine & theirs) / len(mine | theirs)

    def test_shared_themes_name_both_wordings_with_their_sources(self, graph: Graph) -> None:
        """The two texts say in other words that trends are foreseen."""
        answer = rows(graph, "shared-themes", first=COMMANDER, second=DAC)
        [row] = [row for row in answer if row["lines"] == "67"]
        assert ("skill", "84", "national profile", "national profile") == tuple(
            row[name] for name in ("kind", "second_lines", "authority", "second_authority")
        )
        assert [True, True] == [str(row[name]).startswith(number) for name, number in BOTH]
        assert row["wording"] != row["second_wording"]
        assert row["fact"] != row["second_fact"]

    def test_the_judged_pairs_are_together_and_apart_in_the_graph(self, graph: Graph) -> None:
        """As they are in memory: kinds and editions change nothing."""
        theme = {
            f"{str(row['document'])[:3]}:{row['lines']}": row["theme"]
            for row in graph.read(
                "MATCH (:Role)-[e:REQUIRES]->(:Requirement)-[:VARIANT_OF]->(t:Theme) "
                "MATCH (d:Document {id: e.document}) RETURN d.name AS document, e.lines AS lines, t.id AS theme",
                {},
            )
        }

        def together(pairs: tuple[Pair, ...]) -> set[Pair]:
            return {(one, other) for one, other in pairs if one in theme and theme[one] == theme.get(other)}

        assert (set(), True) == (together(OTHER_THEME), len(together(SAME_THEME)) >= 48)
