"""Find people who hold no post substantively, and those of police staff whom a contract that ends may make such."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from loaders.staff.row_store import RowStore

_ONLY = """SELECT count(DISTINCT person_id), min(person_id) FROM occupancies o
WHERE "to" IS NULL AND basis <> 'substantive' AND NOT EXISTS (SELECT 1 FROM occupancies s
  WHERE s.person_id = o.person_id AND s.basis = 'substantive' AND s."to" IS NULL)"""
_OF_STAFF = """SELECT count(*), min(o.post_id) FROM occupancies o JOIN posts p ON p.post_id = o.post_id
WHERE o."to" IS NULL AND o.basis = 'temporary' AND (p.rank IS NULL OR p.rank LIKE 'role/%')"""


def notes_on_temporary(store: RowStore, words: Sequence[str]) -> Iterator[str]:
    """Yield how many people are acting or temporary alone, and of police staff what such a word may mean otherwise.

    `words` are those for a temporary occupant that no mapping explains.
    """
    [(people, first)] = store.run(_ONLY)
    if people:
        yield (
            f"occupancies: {people} person(s) ({first}{' ...' if people > 1 else ''}) are acting or temporary and hold "
            "no post substantively; they count in the strength of the post they are in"
        )
    [(rows, post)] = store.run(_OF_STAFF)
    if rows and words:
        cure = ", ".join(f"{json.dumps(word, ensure_ascii=False)}: substantive" for word in words)
        which = f"{rows} of these are in posts without a rank ({post}{' ...' if rows > 1 else ''})"
        yield (
            f"occupancies: {', '.join(words)} stands for a temporary promotion, and {which}; where it is a contract "
            f"that ends, write in a mapping `occupancies: {{values: {{basis: {{{cure}}}}}}}`; `temporary` keeps it"
        )
