"""What a name of a rank is taken to mean."""

from __future__ import annotations

import pytest

from graph.errors import NameAmbiguousError, NameUnknownError
from queries.parameters.names import Choice, Entry, ladder_of, resolve

ENTRIES = [
    Entry("uk/constable", ("Constable", "PC"), "uk"),
    Entry("mps/deputy-assistant-commissioner", ("Deputy Assistant Commissioner", "DAC"), "mps"),
    Entry("mps/assistant-commissioner", ("Assistant Commissioner", "AC"), "mps"),
    Entry("city/assistant-commissioner", ("Assistant Commissioner", "AC"), "city"),
    Entry("role/pcso", ("Police community support officer", "PCSO")),
]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mps/assistant-commissioner", "mps/assistant-commissioner"),
        ("dac", "mps/deputy-assistant-commissioner"),
        ("Deputy Assistant  commissioner", "mps/deputy-assistant-commissioner"),
        ("met ac", "mps/assistant-commissioner"),
        ("ac (met)", "mps/assistant-commissioner"),
        ("City of London Police assistant commissioner", "city/assistant-commissioner"),
        ("pcso", "role/pcso"),
    ],
)
def test_a_name_is_resolved(said: str, expected: str) -> None:
    """Ids, short names, full names and names with a force mean one rank."""
    assert Choice(expected) == resolve(said, "rank", ENTRIES)


def test_a_shared_name_takes_the_ladder_of_the_other_rank() -> None:
    """The choice is said."""
    other = ladder_of("dac", ENTRIES)
    expected = Choice("mps/assistant-commissioner", "'ac' is taken as mps/assistant-commissioner, as the other rank")
    assert expected == resolve("ac", "rank", ENTRIES, other=other)


def test_a_shared_name_takes_the_force_that_was_asked_for() -> None:
    """--force or the environment decides where the other rank does not."""
    expected = Choice(
        "city/assistant-commissioner",
        "'ac' is taken as city/assistant-commissioner, as --force or RANKGRAPH_FORCE says",
    )
    assert expected == resolve("ac", "rank", ENTRIES, other=ladder_of("pc", ENTRIES), force="city")


def test_a_shared_name_alone_is_refused_with_its_candidates() -> None:
    """Nothing is guessed."""
    with pytest.raises(NameAmbiguousError) as caught:
        resolve("ac", "rank", ENTRIES)
    assert caught.value.candidates == ("mps/assistant-commissioner", "city/assistant-commissioner")


def test_a_rank_goes_before_a_job_of_its_name() -> None:
    """The choice is said, with the job that is not meant; two ranks are not chosen from."""
    job = Entry("role/chief-superintendent", ("Chief Superintendent",))
    entries = [Entry("uk/chief-superintendent", ("Chief Superintendent",), ladder="uk"), job]
    words = f"'chief superintendent' is taken as uk/chief-superintendent, the rank; a job of that name is {job.id}"
    assert Choice("uk/chief-superintendent", words) == resolve("chief superintendent", "rank", entries)


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A slip of the finger is answered with what was probably meant."""
    with pytest.raises(NameUnknownError) as caught:
        resolve("asistant comissioner", "rank", ENTRIES)
    expected = {
        "mps/assistant-commissioner (Assistant Commissioner)",
        "city/assistant-commissioner (Assistant Commissioner)",
    }
    assert expected == set(caught.value.suggestions[:2])


def test_an_abbreviation_suggests_one_of_nearly_the_same_letters() -> None:
    """A slip in three letters is not answered with long names that hold two of them."""
    entries = [Entry("course/scc", ("Strategic Command Course", "SCC")), Entry("course/scaidp", ("SCAIDP",))]
    with pytest.raises(NameUnknownError) as caught:
        resolve("ssc", "course", entries)
    assert ("course/scc (SCC)",) == caught.value.suggestions
