"""Ask of posts what rules ask of all posts of a kind, once every sheet is checked."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.staff.row_store import RowStore

_FITS = """WITH RECURSIVE below(top, unit) AS (SELECT unit_id, unit_id FROM units
  UNION SELECT below.top, units.unit_id FROM below JOIN units ON units.parent_id = below.unit)
{}FROM rules r JOIN posts p ON (r.rank IS NULL OR r.rank = p.rank) AND (r.role IS NULL OR r.role = p.role)
  AND (r.detective IS NULL OR ', ' || p.attributes || ',' LIKE '%, detective,%')
  AND (r.title IS NULL OR p.title LIKE replace(replace(replace(r.title, '%', '!%'), '_', '!_'), '*', '%') ESCAPE '!')
  AND (r.unit_id IS NULL OR EXISTS (SELECT 1 FROM below WHERE below.top = r.unit_id AND below.unit = p.unit_id)) """
_ASK = f"""INSERT INTO post_requirements (post_id, requirement, level, necessity, weight, by_rule)
{_FITS.format("SELECT p.post_id, r.requirement, max(r.level), max(r.necessity), max(r.weight), 1 ")}
WHERE NOT EXISTS (SELECT 1 FROM post_requirements o WHERE o.post_id = p.post_id AND o.requirement = r.requirement)
GROUP BY p.post_id, r.requirement"""  # noqa: S608 -- both parts stand above; essential comes after desirable
_UNUSED = f"""SELECT row & 4294967295 FROM rules WHERE row NOT IN ({_FITS.format("SELECT r.row ")}) ORDER BY row"""  # noqa: S608
_SHOWN = 10


def ask_by_rules(store: RowStore) -> Iterator[str]:
    """Add to `post_requirements` what rules ask; yield notes on how often, and on rules that fit no post.

    Of several rules that ask for one thing the highest level counts, and essential before desirable. What
    `post_requirements` itself asks of a post goes before what a rule asks of it.
    """
    if not store.rows_read["rules"]:
        return
    asked = store.run(_ASK).rowcount
    store.rows_read["post_requirements"] += asked
    yield f"rules: they ask {asked:,} times for something of a post"
    if unused := [str(row) for (row,) in store.run(_UNUSED)]:
        more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
        yield f"rules: no post fits row {', '.join(unused[:_SHOWN])}{more}"
