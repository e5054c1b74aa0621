"""What officers, HR and adverts call ranks, forces and courses is understood, or it is said that it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.nodes import Body, Competency, Course, Framework, Instrument, Node, Role, Value
from loaders.facts.reference import reference_facts
from loaders.reference.names import bodies
from queries.parameters.names import Choice, Entry, entry, ladder_of, resolve
from queries.parameters.titles import force_ladder

NAMES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("officer_names.yaml").read_text(encoding="utf-8")
)
GIVEN = [(kind, name, meant) for kind, named in NAMES.items() for meant, names in named.items() for name in names]
NODES = [
    node
    for node in reference_facts().nodes
    if isinstance(node, (Role, Body, Course, Competency, Value, Instrument, Framework))
]
KINDS: dict[str, type[Node]] = {"rank": Role, "body": Body, "course": Course}


def entries(of: type[Node] = Node) -> list[Entry]:
    """Return what can be named of a kind, as a graph gives it."""
    rows = [
        {
            **{key: getattr(node, key, None) for key in ("id", "name", "ladder")},
            "short": getattr(node, "short_name", None),
            "aliases": list(getattr(node, "aliases", None) or ()),
        }
        for node in NODES
        if isinstance(node, of)
    ]
    return [entry(row) for row in rows]


ENTRIES = {kind: entries(of) for kind, of in KINDS.items()}
ALL = entries()


def meaning(kind: str, name: str) -> str:
    """Return the id that a name means, or that it is ambiguous or unknown."""
    try:
        return resolve(name, kind, ENTRIES[kind]).id
    except NameAmbiguousError:
        return "ambiguous"
    except NameUnknownError:
        return "unknown"


@pytest.mark.parametrize(("kind", "name", "meant"), GIVEN)
def test_a_name_that_officers_use_means_what_was_written_down(kind: str, name: str, meant: str) -> None:
    """None is taken for another, and what it cannot tell is not guessed."""
    assert meant == meaning(kind, name)


def test_most_names_have_one_meaning() -> None:
    """The list is long, and what is refused is the smaller part."""
    assert 120 < len({name for _, name, meant in GIVEN if meant not in {"ambiguous", "unknown"}})


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("T/DCI", "'T/DCI' is taken as uk/chief-inspector: temporary and detective are no part of the rank"),
        ("DS", "'DS' is taken as uk/sergeant: detective is no part of the rank"),
        ("kent inspector", "'kent inspector' is taken as uk/inspector: every force has it"),
        ("skipper", None),
        ("CoLP commander", None),
    ],
)
def test_what_was_left_out_of_a_name_is_said(name: str, note: str | None) -> None:
    """Nothing is said where the id tells it all."""
    assert note == resolve(name, "rank", ENTRIES["rank"]).note


@pytest.mark.parametrize("name", ["Detective Sergeant", "DS", "Det Sgt", "met DS"])
def test_where_a_role_is_asked_for_a_detective_is_one(name: str) -> None:
    """The profile of a detective is another than that of the rank."""
    assert "role/detective-sergeant" == resolve(name, "role", ENTRIES["rank"]).id


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("PSNI", ()),
        ("SPoC", ()),
        ("gold commander", ()),
        ("Superintendant", ("uk/superintendent (Superintendent)", "role/detective-superintendent")),
        ("met acc", ("territorial/assistant-chief-constable",)),
        ("kent dac", ("mps/deputy-assistant-commissioner",)),
    ],
)
def test_what_is_suggested_is_near_in_meaning(name: str, suggestions: tuple[str, ...]) -> None:
    """A word more may make it another thing; a rank that a force has not is another force's."""
    with pytest.raises(NameUnknownError) as caught:
        resolve(name, "rank", ENTRIES["rank"])
    assert (caught.value.suggestions[:1], bool(suggestions)) == (suggestions[:1], bool(caught.value.suggestions))


def test_a_force_in_a_name_tells_the_ladder_of_the_other_rank() -> None:
    """From an inspector of the Met one gets to its commanders."""
    other = ladder_of("met inspector", ENTRIES["rank"])
    assert Choice("mps/commander", "'commander' is taken as mps/commander, as the other rank") == resolve(
        "commander", "rank", ENTRIES["rank"], other=other
    )


def test_every_name_that_is_printed_is_understood() -> None:
    """Alone, unless several bear it, and with its id as answers and suggestions print it."""
    named = {node.id: str(getattr(node, "name", node.id)) for node in NODES}
    forms = {form: key for key, name in named.items() for form in (name, f"{name} ({key})", f"{key} ({name})")}
    assert {} == {form: key for form, key in forms.items() if not _is_understood(form, key)}


def _is_understood(name: str, key: str) -> bool:
    try:
        return key == resolve(name, "fact, node or name", ALL).id
    except NameAmbiguousError as error:
        return key in error.candidates


def test_every_force_is_known_by_its_names_and_its_area() -> None:
    """In any case, with and without police; one abroad has no ladder of ours."""
    forces = [body for body in bodies() if body.kind == "force"]
    unknown = [
        name
        for body in forces
        for name in (body.name, *body.aliases, *body.informal)
        if (force_ladder(name.upper()) is None) != body.abroad
    ]
    assert [] == unknown
    assert ["mps", "city", "territorial", None] == [force_ladder(name) for name in ("the Met", "CoLP", "Kent", "Garda")]
