"""Themes: requirements of one kind that ask for the same, so that ranks can be compared whatever their sentences.

SIMILAR_TO joins two requirements that ask for the same, VARIANT_OF each requirement to its theme. Each load derives
all of them anew, and writes what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph import derive
from graph.days import FIRST_DAY, LAST_DAY
from graph.documents.derived_edges import Likenesses, sync_edges
from graph.documents.write import Counts, in_batches, node_row
from graph.nodes import Theme
from graph.ontology import Likeness
from graph.text.likeness import likeness, similar, subject
from graph.text.linkage import linked

if TYPE_CHECKING:
    from graph.session import Transaction


_KINDS = ("Experience", "Knowledge", "Skill")
_WORDINGS = """MATCH (n:Requirement) WHERE n:Experience OR n:Knowledge OR n:Skill
OPTIONAL MATCH ()-[e:REQUIRES|NEEDS]->(n) WHERE e.valid_from > $unknown
RETURN n.id AS id, n.name AS name, n.text AS text, n.framework AS framework, labels(n) AS labels,
  min(e.valid_from) AS since ORDER BY id"""
_THEMES = "MATCH (t:Theme) RETURN t.id AS id, t.digest AS digest ORDER BY id"


class Wording(NamedTuple):
    """A requirement, and the first day on which anything asks for it; the older one is the less."""

    since: str
    text: str
    id: str
    name: str


def relate_requirements(transaction: Transaction) -> Counts:
    """Make SIMILAR_TO join what asks for the same of all requirements in the graph, and give each its theme."""
    kinds: defaultdict[str, list[Wording]] = defaultdict(list)
    framework: dict[str, object] = {}
    for row in transaction.run(_WORDINGS, {"unknown": FIRST_DAY}):
        kind = next(label for label in _KINDS if label in row["labels"])  # type: ignore[operator]
        kinds[kind].append(Wording(str(row["since"] or LAST_DAY), str(row["text"]), str(row["id"]), str(row["name"])))
        framework[kinds[kind][-1].id] = row["framework"]
    alike: Likenesses = {}
    groups: dict[Theme, list[Wording]] = {}
    for kind, wordings in kinds.items():
        # two terms of one framework are two, however near they read: "Data modelling" and "Data modelling, cleansing"
        pairs = [
            (one, other, score)
            for one, other, score in similar({wording.id: wording.text for wording in wordings})
            if framework[one] is None or framework[one] != framework[other]
        ]
        alike |= {(one, other): Likeness(score=score) for one, other, score in pairs}
        groups |= themes(kind, wordings, pairs)
    return sync_edges(transaction, "SIMILAR_TO", alike) + _sync_themes(transaction, groups)


def themes(
    kind: str, wordings: Iterable[Wording], pairs: Iterable[tuple[str, str, float]]
) -> dict[Theme, list[Wording]]:
    """Return the themes of requirements of one kind, each with its wordings, first the oldest, which names it.

    `pairs` has the ids of every two that ask for the same, and their score. Each requirement is in one theme, and
    every two of a theme are among the pairs.
    """
    by_id = {wording.id: wording for wording in wordings}
    groups = linked({wording.id: wording.text for wording in by_id.values()}, pairs)
    in_order = (sorted(by_id[key] for key in group) for group in groups)
    return {Theme(id=f"theme/{group[0].id}", name=group[0].name, kind=kind.lower()): group for group in in_order}


def _sync_themes(transaction: Transaction, groups: Mapping[Theme, Sequence[Wording]]) -> Counts:
    """Make the themes of the graph, and what is a wording of each, exactly those given."""
    wanted = {theme.id: node_row(theme) for theme in groups}
    stored = {str(row["id"]): row["digest"] for row in transaction.run(_THEMES)}
    new = [key for key in wanted if key not in stored]
    other = [key for key in wanted if stored.get(key, wanted[key]["digest"]) != wanted[key]["digest"]]
    gone = [key for key in stored if key not in wanted]
    edges = {
        (wording.id, theme.id): Likeness(score=likeness(subject(wording.text), subject(group[0].text)))
        for theme, group in groups.items()
        for wording in group
    }

    def send(statement: str, keys: Sequence[str]) -> None:
        for batch in in_batches([{"id": key, "props": wanted.get(key)} for key in sorted(keys)]):
            transaction.run(statement, {"rows": batch})

    send(derive.create_nodes(Theme), new)
    send(derive.update_nodes(Theme.label), other)
    counts = sync_edges(transaction, "VARIANT_OF", edges)
    send(derive.delete_nodes(Theme.label), gone)
    return counts + Counts.of("nodes", len(wanted), created=len(new), changed=len(other), removed=len(gone))
