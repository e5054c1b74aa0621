"""What an officer reads first: the verdict, then one screen, on the real documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from graph.rows import list_or_empty
from queries.answers.answer import named
from queries.answers.comparison import comparison
from queries.answers.for_audience import answer_for
from queries.answers.gap import gap
from queries.answers.gates import gates
from queries.answers.inquiry import Inquiry
from queries.answers.pathway import pathway
from queries.answers.rank import rank
from queries.parameters.holdings import Holding, from_options
from queries.parameters.my_record import read
from queries.show import evidence_screens, screens
from queries.show.screen import Screen
from queries.show.tables import draw
from tests.harness.engines import ON_EMBEDDED, Engine
from tests.harness.real import needed

pytestmark = [ON_EMBEDDED, needed, pytest.mark.real, pytest.mark.holds("documents")]

DAY = "2026-11-29"
SCC = from_options(("scc:2021",))
MINE = (Holding("exam", "inspector", achieved="2023-03-14"), Holding("rank", "sergeant", achieved="2021-04-01"))
COMMANDER, DAC = "002_50cd6505d195e598.txt", "001_170ebb81ebc6000d.txt"
ALTERNATIVES = (
    "Executive leaders programme (ELP), or Senior Police National Assessment Centre (Senior PNAC) before 2023-01-01 "
    "beside your Strategic Command Course (SCC)"
)
HARDER = "ELP, or SCC before 2023-01-01 and Senior PNAC before 2023-01-01; before: ELP, or SCC before 2023-01-01"
_MOST_LINES, _WIDTH = 40, 100


@pytest.fixture
def inquiry(engine: Engine) -> Iterator[Inquiry]:
    """Return the open graph, asked about one day."""
    with engine.open(write=False) as graph:
        yield Inquiry(graph, DAY)


def _said(screen: Screen) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return texts and places by label."""
    found: dict[str, list[tuple[str, str]]] = {}
    for label, text, place in screen.lines:
        if label and label.strip():
            found.setdefault(label.strip(), []).append((text, place))
    return found


def test_a_gap_says_what_is_lacking_and_what_is_harder(inquiry: Inquiry) -> None:
    """With the strategic command course of 2021; new texts stand with their lines, reworded ones are counted."""
    screen = screens.gap(gap(inquiry, "met commander", "dac", holdings=SCC))
    said = _said(screen)
    assert "Commander to Deputy Assistant Commissioner: you lack 3, harder 1, 3 new or raised" == screen.lines[0][1]
    assert [
        (ALTERNATIVES, f"{DAC}:64"),
        ("Senior appointment: ELP, or Senior PNAC beside your SCC", "[1]"),
        ("Authorising officer's course (A7)", f"{DAC}:65"),
    ] == said["YOU LACK"]
    assert [(HARDER, f"{DAC}:64")] == said["HARDER"]
    assert [f"{DAC}:{line}" for line in (80, 81, 87)] == [place for _, place in said["NEW"]]
    assert [("9 skills, 2 fields of knowledge, 1 experience", "")] == said["CHANGED"]
    assert [("1 list of core skills, 1 field of knowledge, 5 experiences", "")] == said["SAME"]
    assert {f"{COMMANDER}:37", *(f"{DAC}:{line}" for line in (50, 56, 60))} == {
        text.split()[0] for text, _ in said["NOT KNOWN"]
    }


def test_without_holdings_nothing_is_lacking(inquiry: Inquiry) -> None:
    """The screen says how to give them."""
    said = _said(screens.gap(gap(inquiry, "met commander", "dac")))
    assert {"HARDER", "SAME", "NEW", "CHANGED", "NOT KNOWN", "NOTE", "NEXT"} == set(said)
    shown = _said(screens.gates(gates(inquiry, "met ac", (), place=None)))
    assert {"not stated", "Note", "Next"} == set(shown)


def test_what_the_rank_held_meets_is_not_new_and_each_label_stands_once(inquiry: Inquiry) -> None:
    """A deputy assistant commissioner is above commander, which an assistant commissioner must have been."""
    screen = screens.gap(gap(inquiry, "dac", "met ac"))
    said = _said(screen)
    condition = "Assistant Chief Constable or above or Commander or above or have held one of the designated roles"
    assert [f"{condition} if appointed from overseas (by the rank of Deputy Assistant Commissioner)"] == [
        text for text, _ in said["YOU HAVE"]
    ]
    labels = [label.strip() for label, *_ in screen.lines if label and label.strip()]
    assert ["YOU HAVE", "NEW", "CHANGED", "SAME", "NOT NAMED", "NOT KNOWN", "NOTE", "NEXT"] == [
        label for label, _ in groupby(labels) if label.isupper()
    ]
    assert "Deputy Assistant Commissioner to Assistant Commissioner: you have 1, 1 new or raised" == screen.lines[0][1]


def test_a_way_begins_with_what_is_done_and_what_is_next(inquiry: Inquiry) -> None:
    """An exam passed on a day says the last day on which it counts."""
    screen = screens.pathway(pathway(inquiry, "sergeant", "inspector", holdings=MINE))
    assert screen
    said = _said(screen)
    assert screen.lines[0][1].startswith("Sergeant to Inspector: 1 step. ")
    assert [("NPPF step 2: legal exam", "[1]")] == said["counts until 14 Mar 2028"]
    assert "Next: NPPF step 1: competence in rank" in screen.lines[0][1]


ME = """rank: sergeant
from: 2021-04-01
exams: [{name: inspectors' legal exam, passed: 2023-03-14}]
"""


def test_a_sergeant_with_the_exam_sees_what_is_done_what_is_next_and_when(inquiry: Inquiry, tmp_path: Path) -> None:
    """Two of five done; the selection waits for the first step, temporary promotion for the selection."""
    file = tmp_path / "me.yaml"
    file.write_text(ME, encoding="utf-8")
    answer = pathway(inquiry, "sergeant", "inspector", holdings=read(file))
    screen = screens.pathway(answer)
    first = "not before 29 Nov 2027, 12 months after step 3"
    title = f"Sergeant to Inspector: 1 step. Earliest: {first}. 2 of 5 done for Inspector. "
    assert f"{title}Next: NPPF step 1: competence in rank" == screen.lines[0][1]
    shown = {(label.strip(), text) for label, text, _ in screen.lines if label and text.startswith(("NPPF", "Promo"))}
    assert {
        ("done", "Promotion: least service before inspector"),
        ("for your force to judge", "NPPF step 1: competence in rank"),
        ("counts until 14 Mar 2028", "NPPF step 2: legal exam"),
        ("opens when step 1 is passed", "NPPF step 3: local selection"),
        ("opens when step 3 is passed", "NPPF step 4: temporary promotion"),
    } == shown
    [step] = answer.rows
    waits = [f"NPPF step {step}" for step in ("1: competence in rank", "3: local selection", "4: temporary promotion")]
    assert (None, "2027-11-29", waits) == (step["earliest"], step["not_before"], step["waits_for"])


@pytest.mark.parametrize(
    ("judged", "first", "next_step"),
    [
        ("[]", "not before 29 Nov 2027, 12 months after step 3", "NPPF step 1: competence in rank"),
        (
            "[{gate: nppf step 1, result: met, on: 2026-01-05}]",
            "not before 29 Nov 2027, 12 months after step 3",
            "NPPF step 3: local selection",
        ),
        (
            (
                "[{gate: NPPF step 1, result: met, on: 2026-01-05}, {gate: NPPF step 3, result: met, on: 2026-02-05}]\n"
                "temporary_promotion: {rank: inspector, begun: 2026-03-01}"
            ),
            "not before 1 Mar 2027, once your force has judged",
            "NPPF step 4: temporary promotion",
        ),
        (
            (
                "[{gate: NPPF step 1, result: met, on: 2026-01-05}, {gate: NPPF step 3, result: met, on: 2026-02-05}]\n"
                "temporary_promotion: {rank: inspector, begun: 2026-03-01, assessed: 2027-04-01}"
            ),
            "1 Apr 2027 (NPPF step 4: temporary promotion)",
            "NPPF step 4: temporary promotion",
        ),
    ],
)
def test_what_was_judged_brings_the_earliest_day_nearer(
    inquiry: Inquiry, tmp_path: Path, judged: str, first: str, next_step: str
) -> None:
    """By the names of the gates of the next rank; a judgement of a later day is a plan."""
    file = tmp_path / "me.yaml"
    file.write_text(f"{ME}judged: {judged}\n", encoding="utf-8")
    title = screens.pathway(pathway(inquiry, "sergeant", "inspector", holdings=read(file))).lines[0][1]
    assert (first, next_step) == (title.split("Earliest: ")[1].split(". ")[0], title.split("Next: ")[1])


def test_a_step_after_the_next_waits_for_it(inquiry: Inquiry) -> None:
    """The rank below is held from the day on which it can be reached; then come two years, and a third on trial."""
    judged = [Holding("gate", f"NPPF step {step}", achieved="2026-01-05", result="met") for step in (1, 3)]
    mine = (
        Holding("rank", "constable", achieved="2020-01-01", now=True),
        Holding("exam", "sergeant", achieved="2025-03-14"),
        Holding("gate", "Promotion: least service before sergeant", achieved="2022-01-01", result="met"),
        Holding("temporary", "sergeant", begun="2026-01-10"),
        *judged,
    )
    answer = pathway(inquiry, "constable", "inspector", holdings=mine)
    step = "NPPF step 4: temporary promotion"
    assert [
        (None, "2027-01-10", [step]),
        (None, "2030-01-10", [step]),
    ] == [
        (row["earliest"], row["not_before"], sorted(map(str, list_or_empty(row["decided_by"])))) for row in answer.rows
    ]


def test_an_exam_of_a_year_is_unclear_where_its_days_differ(inquiry: Inquiry) -> None:
    """Lapsed, or to lapse in December 2026."""
    said = _said(screens.gates(gates(inquiry, "inspector", from_options(["nppf-exam-inspector:2021"]), place=None)))
    text = "NPPF step 2: legal exam: lapsed, or counts until 31 Dec 2026 at the latest"
    assert [(text, "[1]")] == said["unclear (give the day)"]


def test_a_day_to_come_is_a_plan(inquiry: Inquiry) -> None:
    """It opens on its day."""
    said = _said(
        screens.gates(gates(inquiry, "inspector", from_options(["nppf-exam-inspector:2027-03-14"]), place=None))
    )
    assert [("NPPF step 2: legal exam: a plan", "[1]")] == said["opens on 14 Mar 2027"]


@pytest.mark.parametrize("width", [60, 100, 200])
def test_a_screen_is_no_longer_than_one(inquiry: Inquiry, width: int) -> None:
    """At 100 columns at most 40 lines, and at no width a line that is wider."""
    drawn = [
        screens.gap(gap(inquiry, "met commander", "dac", holdings=SCC)),
        screens.gap(gap(inquiry, "dac", "met ac")),
        screens.pathway(pathway(inquiry, "constable", "dac")),
        screens.gates(gates(inquiry, "met ac", SCC, place=None)),
        screens.rank(rank(inquiry, "dac")),
        evidence_screens.comparison(comparison(inquiry, "dac@2021-01", "dac")),
        evidence_screens.conflicts(answer_for(inquiry.graph, named("conflicts"), {"as_of": None}, "named")),
    ]
    for screen in drawn:
        assert screen
        lines = draw(screen, width).splitlines()
        assert max(map(len, lines)) <= width
        assert width < _WIDTH or len(lines) <= _MOST_LINES


def test_what_rests_on_a_closed_advert_says_so(inquiry: Inquiry) -> None:
    """Beside its place, and once for a way; the edition of the rank says it too."""
    closed = "004_bbab1a7034ea6cae.txt:43, closed on 2017-01-04"
    assert closed in [
        place for _, place in _said(screens.gates(gates(inquiry, "met commissioner", (), place=None)))["not stated"]
    ]
    way = _said(screens.pathway(pathway(inquiry, "constable", "met commissioner")))
    assert ("what rests on an advert that is over: 004_bbab1a7034ea6cae.txt, closed on 2017-01-04", "") in way["Note"]
    profiles = _said(screens.rank(rank(inquiry, "met commissioner")))["PROFILE"]
    assert [("mps/commissioner@2017-01, closed on 2017-01-04", "")] == profiles


def test_what_rests_on_an_edition_that_is_out_of_date_says_so(inquiry: Inquiry) -> None:
    """Once for the answer, beside the years of which the texts of its sources are."""
    out = "Commander: profile v2.1, by Competency and Values Framework 2016, which is out of date"
    shown = [
        screens.gates(gates(inquiry, "met commander", (), place=None)),
        screens.rank(rank(inquiry, "met commander")),
    ]
    shown += [screens.pathway(pathway(inquiry, "constable", "dac"))]
    old = "law and policy are read as of {}: look for later changes"
    years = ("2024", "2024", "2013, 2015, 2019 and 2024")
    expected = [[(out, ""), (old.format(one), "")] for one in years]
    assert expected == [_said(one).get("Note") or _said(one)["NOTE"] for one in shown]
    assert "Police (Promotion) Regulations 1996 (SI 1996/1685) (as in 2013 and 2015)" in draw(shown[-1], 200)


def test_conflicts_begin_with_how_many_there_are(inquiry: Inquiry) -> None:
    """Each side with its days and where it stands; of those that do not fit the title alone."""
    answer = answer_for(inquiry.graph, named("conflicts"), {"as_of": None}, "named")
    screen = evidence_screens.conflicts(answer)
    heads = [text for label, text, _ in screen.lines if label is None]
    counts = "an office the force has not 2, different conditions 3, different figures 1, member and supporter 1"
    assert f"7 conflicts between sources: {counts}" == heads[0]
    others = [text for text, _ in _said(screen)["ALSO"]]
    assert 7 == len([*heads[1:-1], *others])
    assert ("there is a Chief Constable (from 2024-05-01)", "000_3a13ae3a5ef9d11e.txt:88") in _said(screen)["2."]


def test_words_and_sources_stand_below_their_line(inquiry: Inquiry) -> None:
    """What changed is marked; a source is the document, its lines and its words, its authority once below all."""
    answer = gap(inquiry, "met commander", "dac")
    said = _said(screens.gap(answer).detailed(words=True, sources=False))
    assert (
        '"Up to date [-operational/technical-] {+operational and technical+} policing knowledge."  ' + f"{DAC}:72",
        "",
    ) in said["CHANGED"]
    said = _said(screens.gap(answer).detailed(words=False, sources=True))
    assert (f'"Successful completion of the A7 authorising officer\u2019s course."  {DAC}:65 [1]', "") in said["SAME"]
    assert (f"{DAC}:81 [1]", "") in said["NEW"]
    shown = draw(screens.gap(answer).detailed(words=False, sources=True), None)
    assert "[1] national profile\n[2] Annex B under regulation 11" in shown


def test_what_comes_after_the_promotion_is_said_and_waited_for_by_nobody(inquiry: Inquiry) -> None:
    """A year of probation in the PSNI; that of somebody who joins."""
    mine = from_options((), ("constable:2020-01-01",))
    psni = _said(screens.gates(gates(inquiry, "sergeant", mine, place="northern-ireland")))
    assert {"comes afterwards", "for your force to judge", "Earliest"} <= set(psni)
    assert [("once your force has judged; then PSNI: a year's probation in the rank (12 months)", "")] == psni[
        "Earliest"
    ]
    joining = gates(inquiry, "constable", from_options((), ("pcso:2020-01-01",)), place=None)
    assert joining.day == joining.earliest.not_before


def test_temporary_promotion_begins_when_the_service_is_done(inquiry: Inquiry, tmp_path: Path) -> None:
    """Its twelve months come after; what the gate says is the day on which it may begin."""
    file = tmp_path / "me.yaml"
    judged = "[{gate: competence in rank, result: met, on: 2026-10-20}, {gate: step 3, result: met, on: 2026-10-20}]"
    judged = judged.replace("gate: step 3", "gate: local selection")
    text = ME.replace("2021-04-01", "2025-01-31").replace("2023-03-14", "2025-06-01")
    file.write_text(f"{text}judged: {judged}\n", encoding="utf-8")
    answer = gates(inquiry, "inspector", read(file), place=None)
    said = _said(screens.gates(answer))
    assert "2028-01-31" == answer.earliest.not_before
    assert "NPPF step 4: temporary promotion" in {text for text, _ in said["opens on 31 Jan 2027"]}


def test_an_exam_that_counted_when_temporary_promotion_began_is_kept(inquiry: Inquiry) -> None:
    """Whether a lapse since then matters is for the force to say."""
    mine = (
        *from_options(("nppf-exam-inspector:2021-11-15", "NPPF step 3:2025-10-20"), ("sergeant:2020-01-31",)),
        Holding("temporary", "inspector", begun="2026-02-01"),
    )
    answer = gates(inquiry, "inspector", mine, place=None)
    done = dict(_said(screens.gates(answer))["done"])
    words = "counted when what comes after it began on 1 Feb 2026; whether a lapse since then matters was not found"
    assert f"NPPF step 2: legal exam: {words}: ask your force" in done
    assert "2027-02-01" == answer.earliest.not_before


def test_a_rank_between_comes_first_and_one_that_is_held_is_said(inquiry: Inquiry) -> None:
    """No day is computed for either."""
    said = [
        _said(screens.gates(gates(inquiry, aim, from_options((), ("sergeant:2020-01-01",)), place=None)))
        for aim in ("chief inspector", "sergeant")
    ]
    assert [("Inspector comes first", "")] == said[0]["Earliest"]
    assert [('the way there: `rankgraph pathway "uk/sergeant" "uk/chief-inspector"`', "")] == said[0]["Next"]
    assert ("you hold this rank, or have held it: the gates are those of the way to it", "") in said[1]["Note"]
