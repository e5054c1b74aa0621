"""Promotion outside England and Wales: the ladders of other forces, and whose rules hold there."""

from __future__ import annotations

import json

import pytest

from graph.errors import AnswerError, NameUnknownError
from graph.session import Graph
from loaders.reference.rules import elsewhere
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.rank import rank
from queries.catalogue import graph_form
from queries.parameters.choices import PLACES
from queries.parameters.holdings import from_options
from queries.show import screens
from tests.harness.commands import run
from tests.harness.loaded import rows

pytestmark = pytest.mark.holds("reference")

SCOTLAND = ["Police Scotland: leadership diploma or programme", "Police Scotland: selection"]
PSNI = [
    "PSNI: a year's probation in the rank",
    "PSNI: written and practical exam of the process, and selection",
]
ENGLISH = ("NPPF", "1996/1685", "least service", "Home Office", "commissioner", "college.police.uk")
NINE = [
    *("constable", "sergeant", "inspector", "chief-inspector", "superintendent", "chief-superintendent"),
    *("assistant-chief-constable", "deputy-chief-constable", "chief-constable"),
]


def test_places_are_those_of_the_reference_data() -> None:
    """What --in takes is what is known of."""
    assert PLACES == ("england-and-wales", *(entry.id for entry in elsewhere()))


@pytest.mark.parametrize(
    ("force", "ladder"),
    [
        *((force, NINE) for force in ("police-scotland", "psni", "btp", "mdp")),
        *(("cnc", NINE[6:]), ("nca", []), ("garda-siochana", []), ("kent-police", [])),
    ],
)
def test_the_ladder_of_a_force_is_what_a_source_gives(graph: Graph, force: str, ladder: list[str]) -> None:
    """Nine ranks of four forces, chief officers alone of one, and none where a source gives none."""
    found = rows(graph, "ladder-of", body=force)
    assert ladder == [str(row["rank_id"]).partition("/")[2] for row in found]
    assert all("http" in str(row["authority"]) for row in found)


@pytest.mark.parametrize(
    ("start", "aim", "place", "expected"),
    [
        ("sergeant", "inspector", "scotland", SCOTLAND),
        ("sergeant", "police scotland inspector", None, SCOTLAND),
        ("psni sergeant", "inspector", None, PSNI),
        *(("sergeant", "inspector", place, []) for place in PLACES[3:]),
    ],
)
def test_a_way_elsewhere_has_the_gates_of_the_place_alone(
    graph: Graph, start: str, aim: str, place: str | None, expected: list[str]
) -> None:
    """No gate, time, appointment or source of England and Wales is given as theirs; whose rules hold is said."""
    found = pathway(Inquiry(graph), start, aim, place=place)
    assert [expected] == [row["gates"] for row in found.rows]
    unknown = [(row["minimum_months"], row["term_months"], row["appointed_by"]) for row in found.rows]
    assert [(None, None, [])] == unknown
    assert sorted(key[0] for key in found.gates["uk/inspector"]) == expected
    assert found.rules is not None
    assert found.rules == found.warnings[0]
    assert not [word for word in ENGLISH if word in json.dumps(found.rows)]


@pytest.mark.parametrize(("held", "state"), [("pldp:2022-01-01", True), ("nppf-exam-inspector:2025-01-01", False)])
def test_what_is_held_counts_by_the_rules_of_the_place(graph: Graph, held: str, state: bool) -> None:
    """The programme of Police Scotland opens its gate; the exam of England and Wales alone is not said to."""
    found = gates(Inquiry(graph), "inspector", from_options((held,), ()), place="scotland")
    assert SCOTLAND == sorted({str(row["gate"]) for row in found.rows})
    assert {state} == {row["gate_open"] is True for row in found.rows if row["gate"] == SCOTLAND[0]}


def test_a_gap_elsewhere_has_the_gates_of_the_place(graph: Graph) -> None:
    """Where nothing is known of a place, that is said in place of an empty table."""
    found = gap(Inquiry(graph), "sergeant", "inspector", place="scotland")
    assert SCOTLAND == sorted(str(row["requirement"]) for row in found.rows)
    with pytest.raises(AnswerError, match="British Transport Police promotes was not found"):
        gap(Inquiry(graph), "sergeant", "inspector", place="btp")


def test_a_rank_of_another_force_is_not_given_the_conditions_or_bodies_of_england(graph: Graph) -> None:
    """Its own are; of forces that have none of ours the reason is said."""
    found = rank(Inquiry(graph), "psni sergeant").parts or {}
    assert PSNI == sorted({str(row["gate"]) for row in found["gates"]})  # type: ignore[attr-defined]
    chief = rank(Inquiry(graph), "Chief Constable of Police Scotland")
    assert [] == (chief.parts or {})["bodies"]
    assert str(chief.rules).startswith("Police Scotland has the nine ranks")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("cnc sergeant", "which ranks it has below assistant chief constable"),
        ("NCA inspector", "has grades 1 to 6 and no ranks"),
        ("Garda sergeant", "the police of Ireland"),
        ("Jersey Police inspector", "Crown dependencies"),
        ("PSNI", "that is a force"),
    ],
)
def test_a_rank_that_a_force_is_not_known_to_have_is_refused_with_the_reason(graph: Graph, name: str, why: str) -> None:
    """Nothing near is suggested."""
    with pytest.raises(NameUnknownError, match=why):
        gates(Inquiry(graph), name, (), place=None)


@pytest.mark.parametrize(
    ("force", "place"), [("PSNI", "northern-ireland"), ("Police Scotland", "scotland"), ("NCA", "nca")]
)
def test_the_force_of_a_setting_is_a_place(graph: Graph, force: str, place: str) -> None:
    """--force and RANKGRAPH_FORCE with the name of a force give what --in gives, and --in comes before them."""
    assert graph
    for words in (("gates", "sergeant"), ("pathway", "constable", "sergeant")):
        expected = run(*words, "--in", place).stdout
        assert elsewhere_rules(place) in " ".join(expected.split())
        assert {expected} == {
            run(*words, "--force", force).stdout,
            run(*words, RANKGRAPH_FORCE=force).stdout,
            run(*words, "--in", place, RANKGRAPH_FORCE="PSNI").stdout,
        }
    assert elsewhere_rules(place) in " ".join(run("rank", "sergeant", "--force", force).stdout.split())


def elsewhere_rules(place: str) -> str:
    """Return whose rules hold at a place."""
    return next(entry.rules for entry in elsewhere() if entry.id == place)


@pytest.mark.parametrize(
    ("name", "body", "exempt"),
    [
        ("gwent sergeant", None, True),
        ("sergeant", "gwent-police", True),
        ("kent sergeant", None, False),
        ("kent sergeant", "gwent-police", False),
    ],
)
def test_a_force_that_is_named_among_the_exempt_is_told(
    graph: Graph, name: str, body: str | None, exempt: bool
) -> None:
    """Of each answer on the rank it is the first line, and names the gates."""
    inquiry = Inquiry(graph, body=body)
    for answer in (
        gates(inquiry, name, (), place=None),
        rank(inquiry, name),
        pathway(inquiry, "constable", name),
        gap(inquiry, "constable", name),
    ):
        words = str(answer.rules).partition(" From the framework")[0]
        steps = ", ".join(f"NPPF step {number}" for number in range(1, 5))
        assert (f"{steps}: not for all forces. Exempt:" if exempt else "None") == words


@pytest.mark.parametrize(
    ("name", "overseer"),
    [
        ("GMP CC", "Mayor of Greater Manchester"),
        ("North Yorkshire chief constable", "Mayor of York and North Yorkshire"),
        ("Kent CC", "Police and Crime Commissioner"),
        ("chief constable", "Police and Crime Commissioner"),
    ],
)
def test_a_mayor_stands_in_place_of_the_commissioner(graph: Graph, name: str, overseer: str) -> None:
    """Where the mayor has the functions, with the words of the source that says so."""
    found: list[dict[str, object]] = (rank(Inquiry(graph), name).parts or {})["bodies"]  # type: ignore[assignment]
    ties = {
        ("ACCOUNTABLE_TO", overseer),
        ("APPOINTED_BY", overseer),
        ("SUSPENDED_BY", overseer),
        ("APPOINTMENT_CONSULTS", "Police and Crime Panel"),
    }
    assert ties <= {(row["relation"], row["body"]) for row in found}
    assert {overseer} == {row["body"] for row in found if "Panel" not in str(row["body"]) and row["kind"] != "rank"}
    assert [[overseer]] == [row["appointed_by"] for row in pathway(Inquiry(graph), "dcc", name).rows]
    assert ("The mayor exercises" in str(found)) == overseer.startswith("Mayor")


@pytest.mark.parametrize(
    ("named", "day", "overseer"),
    [
        (("--rank", "GMP CC"), "2025-12-01", "mayor-of-greater-manchester"),
        (("--rank", "chief constable", "--force", "South Yorkshire"), "2025-12-01", "mayor-of-south-yorkshire"),
        (("--rank", "Kent chief constable", "--force", "South Yorkshire"), "2025-12-01", "pcc"),
        (("--rank", "chief constable", "--force", "territorial"), "2025-12-01", "pcc"),
        (("--rank", "GMP CC"), "2013-01-01", "pcc"),
    ],
)
@pytest.mark.usefixtures("graph")
def test_the_questions_themselves_have_the_mayor(named: tuple[str, ...], day: str, overseer: str) -> None:
    """A row each that appoints, suspends and holds to account, as long as the source says so, with its words."""
    for question, column in (("appointment-of", "by_id"), ("bodies-of", "body_id")):
        rows = json.loads(run("ask", question, *named, "--as-of", day, "--format", "json").stdout)
        offices = [row for row in rows if str(row[column]).startswith(("mayor", "pcc"))]
        assert {overseer} == {row[column] for row in offices}
        assert {overseer != "pcc"} == {"The mayor exercises" in row["quote"] for row in offices}
    sent = run("ask", "appointment-of", *named, "--as-of", day, "--graph").stdout.splitlines()[0]
    assert ('force: "south-yorkshire-police"' in sent) == overseer.endswith("south-yorkshire")


@pytest.mark.parametrize(
    ("question", "others"), [("appointment-of", {}), ("bodies-of", {}), ("pathway", {"from": "uk/constable"})]
)
def test_the_drawn_forms_have_the_mayor(graph: Graph, question: str, others: dict[str, str]) -> None:
    """The force and its mayor are drawn in place of the chief constable and the commissioner."""
    form = graph_form(question)
    assert form is not None
    aim = "territorial/chief-constable"
    sent = {"rank": aim, "to": aim, "force": "greater-manchester-police", "as_of": None, **others}
    found = str(graph.read(form.text, {one.name: sent[one.name] for one in form.parameters}))
    assert [question != "pathway", False] == ["mayor-of-greater-manchester" in found, "'pcc'" in found]


def test_at_home_nothing_of_it_is_seen(graph: Graph) -> None:
    """Gates of other places are in no answer on England and Wales."""
    for name in ("gates", "requirements-of"):
        assert not [
            row for row in rows(graph, name, rank="uk/sergeant") if "Scotland" in str(row) or "PSNI" in str(row)
        ]
    assert pathway(Inquiry(graph), "sergeant", "inspector").rules is None


@pytest.mark.parametrize("place", ["jersey", "guernsey", "nca"])
def test_where_no_rule_is_known_no_day_is_known(graph: Graph, place: str) -> None:
    """The least time of England and Wales counts nowhere else, and nobody is asked again for what is stated."""
    held = from_options([], ["sergeant:2021"])
    answer = pathway(Inquiry(graph, "2026-11-30"), "sergeant", "inspector", holdings=held, place=place)
    title, *lines = [text for _, text, _ in screens.pathway(answer).lines]

    assert {None} == {row["earliest"] for row in answer.rows}
    assert title == "Sergeant to Inspector: 1 step. Earliest: not known."
    assert [] == [line for line in lines if line.startswith("say what you hold")]
