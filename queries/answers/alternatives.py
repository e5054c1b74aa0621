"""Compare the alternatives of two gates by what opens each, whatever words they are written in."""

from __future__ import annotations

from collections.abc import Sequence

from graph.days import LAST_DAY
from graph.rows import Row

Options = Sequence[Sequence[Row]]
"""The options of a gate, each the rows of what it needs: `needs_id` with `before`, `at_least` and the months."""

_ANY = 12 * 9999
"""More months than anybody holds anything."""


def difference(one: Options, other: Options) -> str:
    """Return what the second of two gates is beside the first: equal, harder, easier or other.

    Harder: whatever opens the second opens the first, and something that opens the first does not open the second.

    >>> elp, scc, pnac = ({"needs_id": name} for name in ("elp", "scc", "senior-pnac"))
    >>> difference([[elp], [scc]], [[elp], [scc, pnac]])
    'harder'
    """
    is_opened_by_other, opens_other = _opens(one, other), _opens(other, one)
    if is_opened_by_other and opens_other:
        return "equal"
    return "harder" if is_opened_by_other else "easier" if opens_other else "other"


def _opens(gate: Options, by: Options) -> bool:
    """Return whether whatever opens one gate opens another too."""
    return all(any(all(any(_meets(one, part) for one in given) for part in option) for option in gate) for given in by)


def _meets(strict: Row, part: Row) -> bool:
    """Return whether whatever meets one condition meets another: of the same course or rank, no looser in its days."""
    return strict["needs_id"] == part["needs_id"] and all(
        (
            bool(part.get("at_least")) or not strict.get("at_least"),
            _latest(strict.get("before")) <= _latest(part.get("before")),
            _months(strict.get("within_months"), _ANY) <= _months(part.get("within_months"), _ANY),
            _months(strict.get("for_months"), 0) >= _months(part.get("for_months"), 0),
        )
    )


def _latest(day: object) -> str:
    return str(day or LAST_DAY)


def _months(count: object, otherwise: int) -> int:
    return int(str(count)) if count else otherwise
