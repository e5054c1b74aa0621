"""A dashboard of ten questions as NeoDash 2.4 takes it, and the dashboards of Aura import it: the Cypher of the files.

The rank is chosen on the first page; other parameters are filled in as the examples of the files have them.
"""

from __future__ import annotations

import json
import re

from graph.errors import QuestionError
from queries.browser.links import cypher_value
from queries.catalogue import Question, question

_RANK = "neodash_rank_id"
_FIRST = "mps/assistant-commissioner"
_PAGES = {
    "A rank": ("next-ranks", "requirements-of", "gates", "duties-of", "bodies-of"),
    "The force": ("establishment", "heat-map", "trend", "training-demand", "courses"),
}
_BARS = {"training-demand": {"index": "course", "value": "people", "key": "(none)"}}
"""Questions that are drawn: which column is on which axis."""
_CHOOSE = """MATCH (n:`Rank`)
WHERE toLower(toString(n.`id`)) CONTAINS toLower($input) OR toLower(n.`name`) CONTAINS toLower($input)
RETURN DISTINCT n.`id` AS value, n.`name` + ' ' + n.`ladder` AS display
ORDER BY size(toString(value)), value LIMIT 20"""
_WIDTH, _HEIGHT, _COLUMNS = 12, 4, 24


def dashboard() -> str:
    """Return the file. Raises QuestionError where a question is not there."""
    choice = {"type": "Node Property", "entityType": "Rank", "propertyType": "id", "parameterName": _RANK}
    choice["propertyTypeDisplay"] = "name"
    selector = _card("rank", "Choose a rank", _CHOOSE, type="select", settings=choice)
    pages = {title: [_card_of(name) for name in names] for title, names in _PAGES.items()}
    pages["A rank"].insert(0, selector)
    parameters = {_RANK: _FIRST, f"{_RANK}_display": _FIRST}
    contents = {
        "title": "rankgraph: ranks, duties and the force",
        "version": "2.4",
        "settings": {"pagenumber": 0, "editable": True, "fullscreenEnabled": True, "parameters": parameters},
        "pages": [{"title": title, "reports": _placed(cards)} for title, cards in pages.items()],
        "parameters": {},
        "extensions": {},
    }
    return json.dumps(contents, ensure_ascii=False, indent=2) + "\n"


def query_of(asked: Question) -> str:
    """Return the Cypher of a question without its header, the rank as NeoDash's parameter, all others filled in."""
    body = "\n".join(line for line in asked.text.splitlines() if not line.startswith("//"))
    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    filled = {name: f"${_RANK}" if kinds[name] == "rank" else cypher_value(asked.example[name]) for name in kinds}
    return re.sub(r"\$(\w+)", lambda found: filled[found[1]], body)


def _card_of(name: str) -> dict[str, object]:
    asked = question(name)
    if asked is None:
        raise QuestionError(name, "found no such question; the dashboard expects it; install rankgraph again")
    drawn = {"type": "bar", "selection": _BARS[name]} if name in _BARS else {}
    return _card(name, asked.title, query_of(asked), **drawn)


def _card(name: str, title: str, query: str, **other: object) -> dict[str, object]:
    """Return a card, a table unless its `type` is another."""
    card = {"id": name, "title": title, "query": query, "width": _WIDTH, "height": _HEIGHT}
    return {**card, "type": "table", "settings": {}, "selection": {}, "schema": [], **other}


def _placed(cards: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the cards of a page side by side, two in a row."""
    beside = _COLUMNS // _WIDTH
    return [
        {**card, "x": number % beside * _WIDTH, "y": number // beside * _HEIGHT} for number, card in enumerate(cards)
    ]
