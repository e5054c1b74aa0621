"""Which edition is meant where a rank alone is named."""

from __future__ import annotations

from typing import cast

import pytest

from graph.errors import AnswerError, NameAmbiguousError
from graph.session import Graph
from queries.parameters.editions import Roles


class _Editions:
    """Stands for a graph that knows some editions of one role and nothing else."""

    def __init__(self, **editions: tuple[str, bool]) -> None:
        self.editions = editions

    def read(self, query: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        """Return the editions, each with its series and whether it counts."""
        assert "DESCRIBES" in query
        assert {"day": "2026-01-01"} == parameters
        role = {
            "id": "role/boss",
            "name": "Boss",
            "short": None,
            "aliases": None,
            "ladder": None,
            "valid_from": None,
            "force": None,
        }
        return [
            {**role, "edition": f"role/boss@{name}", "series": f"role/boss#{series}", "counts": counts}
            for name, (series, counts) in self.editions.items()
        ]


def found_among(**editions: tuple[str, bool]) -> str:
    """Return the edition that the rank alone is taken as."""
    graph = cast("Graph", _Editions(**editions))
    return Roles(graph, "2026-01-01").find_edition("boss", force=None)[0]


def test_a_rank_alone_is_its_profile_before_an_advert() -> None:
    """An advert stands for the rank only where no profile counts."""
    assert ("role/boss@old", "role/boss@new") == (
        found_among(new=("advert", True), old=("profile", True)),
        found_among(new=("advert", True), old=("profile", False)),
    )


def test_editions_that_cannot_be_ordered_have_to_be_named() -> None:
    """Two that count on the day are listed; where none does, all that are known are."""
    with pytest.raises(NameAmbiguousError) as several:
        found_among(a=("profile", True), b=("profile", True))
    with pytest.raises(AnswerError) as none:
        found_among(a=("profile", False), b=("profile", False))
    assert ("role/boss@a", "role/boss@b") == several.value.candidates
    assert str(none.value).endswith("counts on the day; give one of role/boss@a, role/boss@b")
