"""Themes computed the slow way, from the facts in memory, and what ranks share of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import cache

from graph.days import FIRST_DAY
from graph.nodes import Requirement
from graph.text.likeness import similar
from tests.oracles.facts import Oracle, Said

KINDS = ("skill", "knowledge", "experience")
UNKNOWN = "9999-12-31"


def joined(texts: Mapping[str, str], pairs: Iterable[tuple[str, str, float]]) -> list[list[str]]:
    """Group by complete linkage: look at every two groups again after each step."""
    scores = {frozenset((one, other)): score for one, other, score in pairs}
    groups = [[key] for key in sorted(texts, key=lambda key: (texts[key], key))]
    while True:
        steps = [
            (
                -min(scores.get(frozenset(ends), -1) for ends in itertools.product(groups[one], groups[other])),
                one,
                other,
            )
            for one, other in itertools.combinations(range(len(groups)), 2)
        ]
        score, one, other = min(steps, default=(1, 0, 0))
        if score > 0:
            return groups
        groups[one] += groups.pop(other)


@cache
def theme_of(facts: Oracle) -> dict[str, str]:
    """Return the theme of each requirement, by their ids."""
    themes: dict[str, str] = {}
    for kind in KINDS:
        texts = {node.id: node.text for node in facts.every(Requirement) if facts.kind("Requirement", node.id) == kind}
        since = {key: first_day(facts, key) for key in texts}
        for group in joined(texts, similar(texts)):
            oldest = min(group, key=lambda key: (since[key], texts[key], key))
            themes |= dict.fromkeys(group, f"theme/{oldest}")
    return themes


def first_day(facts: Oracle, requirement: str) -> str:
    """Return the first day on which anything asks for it, the last of days where that is unknown."""
    days = [one.valid_from for one in facts.said if one.edge.kind in {"REQUIRES", "NEEDS"} if _asks(one, requirement)]
    return min((day for day in days if day and day > FIRST_DAY), default=UNKNOWN)


def _asks(one: Said, requirement: str) -> bool:
    return (one.edge.end.label, one.edge.end.id) == ("Requirement", requirement)


def asked(facts: Oracle, rank: str, day: str | None, today: str) -> list[tuple[str, Said]]:
    """Return the themes that a rank asks for on a day, each with the statement."""
    themes = theme_of(facts)
    return [
        (themes[one.edge.end.id], one)
        for one in facts.on(day, today, "REQUIRES")
        if one.edge.start.id == rank and one.edge.end.label == "Requirement" and one.edge.end.id in themes
    ]


def shared_themes(facts: Oracle, first: str, second: str, day: str | None, today: str) -> set[tuple[object, ...]]:
    """Return theme_id, lines and second_lines."""
    here, there = (asked(facts, rank, day, today) for rank in (first, second))
    return {(theme, one.lines, two.lines) for theme, one in here for other, two in there if theme == other}


def similar_ranks(facts: Oracle, rank: str, day: str | None, today: str) -> list[tuple[str, float, int, int, int]]:
    """Return rank_id, likeness, shared, only_here and only_there, in the order of the answer."""
    here = {theme for theme, _ in asked(facts, rank, day, today)}
    others = {one.edge.start.id for one in facts.said if one.edge.kind == "REQUIRES"} - {rank}
    found = []
    for other in sorted(others):
        there = {theme for theme, _ in asked(facts, other, day, today)}
        if here and there:
            shared = len(here & there)
            score = round(100 * shared / len(here | there)) / 100
            found.append((other, score, shared, len(here) - shared, len(there) - shared))
    return sorted(found, key=lambda row: (-row[1], -row[2], row[0]))
