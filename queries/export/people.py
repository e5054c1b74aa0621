"""What of people stands in an export: all, codes in their place, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from queries.audience.codes import code, pseudonym_key

_CODED = {"Person": "person_id", "Post": "post_id", "Absence": "absence_id"}
"""Labels whose ids tell who somebody is, and what is coded with each id; codes of reports are the same by one key."""
_OF_FEW = ("Person", "Absence", "LoadTotal")
"""Labels whose nodes tell of one person, or may count few."""
_NAMING = {"Person": ("name",), "HOLDS": ("evidence",)}
"""Properties that tell who somebody is, by label or relationship type."""


class People:
    """Decides what an audience sees of people: all where it is `named`, codes, or (aggregate) no row on one or few."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self._key = pseudonym_key() if audience == "pseudonymous" else b""

    def id(self, label: str, id: str) -> str | None:  # noqa: A002 -- the key's own name
        """Return what stands for an id; none where its node is left out."""
        if self.audience == "aggregate" and label in _OF_FEW:
            return None
        return code(f"{_CODED[label]}:{id}", self._key) if self._key and label in _CODED else id

    def node(self, label: str, properties: Mapping[str, object]) -> Mapping[str, object]:
        """Return the properties of a node without those that tell who somebody is."""
        return self._without(_NAMING.get(label, ()), properties)

    def edge(self, kind: str, properties: Mapping[str, object]) -> Mapping[str, object]:
        """Return the properties of an edge without those that tell who somebody is."""
        return self._without(_NAMING.get(kind, ()), properties)

    def _without(self, names: tuple[str, ...], properties: Mapping[str, object]) -> Mapping[str, object]:
        if self.audience == "named" or not names:
            return properties
        return {name: value for name, value in properties.items() if name not in names}
