"""The order of editions in a series."""

from __future__ import annotations

import itertools

from graph.documents.edition_order import Edition, Place, order

OLD = Edition("r@v2.1", "R", "2.1", "2023-01-01")
NEW = Edition("r@v2.10", "R", "2.10", "2023-01-01")
PACK = Edition("r@2021-01", None, None, "2020-11-01")
UNKNOWN = Edition("r@undated-1", None, None, None)


def test_a_later_version_closes_the_earlier_even_with_the_same_day() -> None:
    """Versions are compared as numbers, and decide before days."""
    expected = (
        Place("r@v2.1", "2023-01-01", "2023-01-01", (), ()),
        Place("r@v2.10", "2023-01-01", None, ("r@v2.1",), ()),
    )
    assert expected == order([OLD, NEW])


def test_days_order_what_has_no_version() -> None:
    """A pack is closed by the edition that counts from a later day."""
    expected = (
        Place("r@2021-01", "2020-11-01", "2023-01-01", (), ()),
        Place("r@v2.1", "2023-01-01", None, ("r@2021-01",), ()),
    )
    assert expected == order([PACK, OLD])


def test_an_edition_of_unknown_age_stays_open_beside_the_others() -> None:
    """It neither closes another nor is closed, and that can be said."""
    expected = (
        Place("r@undated-1", None, None, (), ("r@v2.1",)),
        Place("r@v2.1", "2023-01-01", None, (), ("r@undated-1",)),
    )
    assert expected == order([UNKNOWN, OLD])


def test_a_later_version_counts_no_earlier_than_the_one_before() -> None:
    """A text that names nothing recent is still no older than the version it replaces."""
    later = Edition("r@v3.0", "R", "3.0", "2015-01-01")
    expected = (
        Place("r@v2.1", "2023-01-01", "2023-01-01", (), ()),
        Place("r@v3.0", "2023-01-01", None, ("r@v2.1",), ()),
    )
    assert expected == order([OLD, later])


def test_the_order_of_loading_changes_nothing() -> None:
    """Every permutation gives the same places."""
    everything = (OLD, NEW, PACK, UNKNOWN)
    assert {order(everything)} == {order(one) for one in itertools.permutations(everything)}
