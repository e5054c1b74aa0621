"""Ask once for all that a skills-gap report tells, so that everything after works on values alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from graph.days import add_months, today
from graph.errors import UsageError
from graph.rows import Row, list_or_empty
from queries.answers.answer import kind_of, named
from queries.answers.force_tables import ForceTables
from queries.answers.forecast_answer import forecast_answer
from queries.answers.skills_gap import totals
from queries.answers.skills_gap.counts import Counts
from queries.answers.skills_gap.data_quality import IN_POST, OPEN, Scope, data_quality
from queries.answers.skills_gap.facts import Critical, Force, Load, Report, Rows
from queries.answers.workforce import check_staff
from queries.ask import Reply
from queries.ask import ask as ask_all
from queries.ask import day as parse_day
from queries.parameters.editions import BEGINS, COUNTS, Roles
from queries.parameters.unit_names import read_units

if TYPE_CHECKING:
    from graph.session import Graph


_ROLES = f"""MATCH (p:Post)-[:FOR_ROLE]->(r:Role) WHERE {OPEN}
MATCH (p)-[:WITHIN]->(u:Unit)
WITH u, r, count(p) AS posts
RETURN u.id AS unit_id, r.id AS role_id, r.name AS role, posts ORDER BY unit_id, role_id"""
_HIGH = f"""MATCH (r:Rank)<-[:FOR_ROLE]-(p:Post) WHERE r.step >= $step AND {OPEN}
MATCH (p)-[:WITHIN]->(u:Unit)
OPTIONAL MATCH (person:Person)-[o:OCCUPIES]->(p) WHERE {IN_POST}
WITH r, p, u, count(DISTINCT person) AS people
RETURN p.id AS post_id, p.title AS title, u.id AS unit_id, u.name AS unit, r.id AS rank_id, r.name AS rank,
  r.step AS step, people ORDER BY step DESC, rank_id, unit, post_id"""
_EDITIONS = f"""MATCH (r:Role)<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
WHERE r.id IN $roles AND {COUNTS}
RETURN DISTINCT r.id AS role_id, r.name AS role, p.id AS edition, p.source_kind AS source_kind, p.basis AS basis,
  p.authority AS authority, d.name AS document, p.published AS published, {BEGINS} AS valid_from
ORDER BY role_id, edition"""
_REFERENCE = """MATCH (:Role)-[e:PROMOTES_FROM]->(:Role)
RETURN DISTINCT e.edition AS edition ORDER BY edition"""
_LOAD = """MATCH (s:StaffLoad) RETURN s.state AS state, s.files AS files, s.sha256 AS sha256, s.loaded AS loaded,
  s.export_day AS export_day, s.people AS people, s.skipped AS skipped, s.lasting AS lasting ORDER BY loaded"""
_WEIGHTS = """MATCH ()-[e:ASKS_FOR]->(r:Requirement) WHERE e.weight IS NOT NULL
RETURN r.id AS id, max(e.weight) AS weight ORDER BY id"""
_ALIKE = """MATCH (r:Requirement) WITH r.name AS name, collect(r.id) AS ids WHERE size(ids) > 1
UNWIND ids AS id RETURN id, name ORDER BY id"""
_NAMES = "MATCH (p:Person) WHERE p.id IN $ids RETURN p.id AS id, p.name AS name ORDER BY id"

_NO_RANK = "no rank or role"
HIGH = 5
"""Superintendent, the lowest step of a critical post: the ranks above those of the Police Federation."""
_INSTEAD = 2
"""Ranks whose posts are the critical ones of a unit without any of superintendent or above."""
_YEAR = 365
_YEARS = 4
"""How many years ahead a report looks."""


class _Questions:
    """The questions of one report, asked of the same unit and day each time."""

    def __init__(self, graph: Graph, unit: str | None, as_of: str | None) -> None:
        self.graph, self.unit, self.as_of, self.notes = graph, unit, as_of, list[str]()
        self.roles = Roles(graph, as_of)
        self.alike = {row["id"]: f"{row['name']} ({kind_of(str(row['id']))})" for row in graph.read(_ALIKE, {})}

    def ask(self, name: str, **values: object) -> Reply:
        values = {"unit": self.unit, "as_of": self.as_of, **values}
        reply = ask_all(self.graph, named(name), values, roles=self.roles)
        self.notes += [note for note in reply.notes if not note.startswith("no rows")]
        return replace(reply, rows=[*map(dict, self.told_apart(reply.rows))])

    def told_apart(self, rows: Iterable[Row]) -> Rows:
        """Return rows with names of requirements that are not those of others."""
        return tuple(
            {**row, "requirement": self.alike[row["requirement_id"]]}
            if row.get("requirement_id") in self.alike
            else row
            for row in rows
        )


def skills_gap(
    graph: Graph,
    unit: str | None,
    as_of: str | None,
    since: str | None = None,
    assume: str | None = None,
    *,
    for_aggregate: bool = False,
) -> Report:
    """Return all that a report on a unit tells, with the numbers of people.

    Args:
        graph: An open graph.
        unit: The unit, by id or name; none for the whole force.
        as_of: The day asked about; none for today.
        since: An earlier day to compare with; none for no comparison.
        assume: A file of assumptions and pay, or "recorded" to estimate what comes; none for only what is recorded.
        for_aggregate: Whether the tables of the whole force are kept too, by which numbers of a unit are hidden.

    Raises AnswerError where no unit is loaded, NameUnknownError and NameAmbiguousError for the unit, UsageError
    for a day that is not earlier, and what `forecast_answer` raises for what is assumed.
    """
    notes = check_staff(graph, as_of)
    every = read_units(graph)
    questions = _Questions(graph, unit, as_of)
    questions.notes += notes
    vacancies = questions.ask("vacancies")
    top, sent_day = vacancies.sent["unit"], vacancies.sent["as_of"]
    questions.unit = None if top is None else str(top)
    day = today() if sent_day is None else str(sent_day)
    since = parse_day(since, "--since") if since else None
    if since and since >= day:
        raise UsageError(f"--since: found {since}; expected a day before {day}, that of the report")
    gathering = _Gathering(questions, totals.tree(every, questions.unit), day, since, whole=for_aggregate)
    report = gathering.report(vacancies.rows, assume)
    return replace(report, force=gathering.force(report, totals.tree(every, None))) if for_aggregate else report


class _Gathering:
    """What the parts of a report have in common while it is put together."""

    def __init__(self, questions: _Questions, units: Rows, day: str, since: str | None, *, whole: bool) -> None:
        self.questions, self.graph, self.units, self.day = questions, questions.graph, units, day
        self.since = since
        self.ranks = sorted(
            questions.roles.ranks.values(), key=lambda row: (-totals.number(row["step"]), str(row["id"]))
        )
        self.inside = {row["unit_id"]: row["unit"] for row in units}
        self.whole, self.supply = whole, Rows()
        self.tables = ForceTables(self.graph, day)

    def report(self, vacancies: Sequence[Row], assume: str | None) -> Report:
        questions, units, graph, ask = self.questions, self.units, self.graph, self.questions.ask
        counts, told_apart = Counts(self.tables, questions.unit), questions.told_apart
        needs = told_apart(counts.heat_map())
        heat = tuple(row for row in needs if not row["unknown"])
        single = told_apart(counts.single_points())
        ranks = {row["id"]: row["name"] for row in self.ranks} | {None: _NO_RANK}
        establishment = totals.establishment(ask("establishment").rows, vacancies, ranks, self.inside)
        roles = self._roles()
        steps, critical_ranks = self._critical_steps(roles)
        critical = self._critical(vacancies, steps)
        succession = self._succession(critical)
        return Report(
            unit_id=questions.unit,
            unit=str(units[0]["unit"]) if questions.unit else "Whole force",
            day=self.day,
            made=today(),
            audience="named",
            units=units,
            editions=tuple(graph.read(_EDITIONS, {"roles": list(roles), "day": self.day})),
            reference=tuple(str(row["edition"]) for row in graph.read(_REFERENCE, {})),
            load=self._load(),
            strength=totals.strength(establishment, ranks),
            establishment=establishment,
            vacancies=tuple(self._placed(vacancies, ranks)),
            heat_map=heat,
            single=totals.single(single, heat),
            single_points=single,
            **self._calendar(told_apart(counts.expiring(_YEAR))),
            readiness=totals.readiness(critical, succession, roles),
            blockers=totals.blockers(critical, succession),
            critical_posts=critical,
            critical_ranks=critical_ranks,
            succession=succession,
            training=tuple(counts.training_demand()),
            quality=data_quality(graph, self._scope(), roles, needs),
            notes=tuple(dict.fromkeys(questions.notes)),
            **self._first_page(),
            **self._ahead(assume),
        )

    def force(self, report: Report, units: Rows) -> Force:
        """Return the tables of the whole force: those of its report, or asked for."""
        if not self.questions.unit:
            return Force(units, report.heat_map, report.establishment, self.supply)
        ask, names = self.questions.ask, {row["id"]: row["name"] for row in self.ranks}
        every = self.questions.told_apart(Counts(self.tables, None).heat_map())
        needs = tuple(row for row in every if not row["unknown"])
        posts = totals.establishment(
            ask("establishment", unit=None).rows, ask("vacancies", unit=None).rows, names, dict.fromkeys(names)
        )
        return Force(units, needs, posts, self.supply)

    def _first_page(self) -> dict[str, Any]:
        """Return what the first page has beside the rest, by the names of the report."""
        before = Counts(ForceTables(self.graph, self.since), self.questions.unit).heat_map() if self.since else ()
        ranks = Counter[object]()
        for row in self.questions.ask("establishment", as_of=self.since).rows if self.since else []:
            ranks[row["rank"]] += totals.number(row["strength_fte"])  # type: ignore[assignment]  # FTE have parts
        return {
            "since": self.since,
            "strength_before": sum(ranks.values()),
            "ranks_before": ranks,
            "cover": tuple(
                {**row, "need": row["people"]}
                for row in self.questions.ask("minimum-cover").rows
                if row["short"] is not None
            ),
            "before": self.questions.told_apart(row for row in before if row["depth"] == 0),
            "seats": tuple(ask_all(self.graph, named("courses"), {"as_of": self.day}).rows),
            "weights": {str(row["id"]): totals.number(row["weight"]) for row in self.graph.read(_WEIGHTS, {})},
        }

    def _ahead(self, assume: str | None) -> dict[str, Any]:
        """Return what comes, by the names of the report: what falls in 12 months, and ranks year by year."""
        years = next((years for years in range(_YEARS, 0, -1) if add_months(self.day, 12 * years)), 0)
        if not years:  # the calendar ends before
            return {}
        unit = None if self.whole else self.questions.unit
        answer = forecast_answer(
            self.graph, years=years, unit=unit, assume=assume, as_of=self.day, seed=0, tables=self.tables
        )
        self.supply = tuple(answer.rows)
        top = self.questions.unit or answer.top
        rows = [
            {**row, "name": _NO_RANK if row["id"] == "None" else answer.names.get(str(row["id"]), row["id"])}
            for row in answer.rows
            if row["unit_id"] == top
        ]
        ranks = {row["id"]: row["name"] for row in self.ranks}
        order = {key: place for place, key in enumerate(ranks)}
        of_ranks = [{**row, "rank": ranks.get(row["id"], row["name"])} for row in rows if row["kind"] == "rank"]
        return {
            "ahead": tuple(
                {
                    **now,
                    "established": later["established"],
                    "later": later["day"],
                    "now": now["central"],
                    "in_12m": later["central"],
                }
                for now, later in pairwise(rows)
                if now["day"] == self.day
            ),
            "years": tuple(
                sorted(of_ranks, key=lambda row: (order.get(row["id"], len(order)), str(row["id"]), str(row["day"])))
            ),
            "assumed": answer.warnings[0],
            "pay": answer.assumptions.pay,
        }

    def _calendar(self, expiring: Sequence[Row]) -> dict[str, Any]:
        """Return what ends, by the names of the report."""
        expiries = totals.expiries(expiring)
        return {
            "expiries": expiries,
            "ends": totals.ends_by_month(expiries, self.day),
            "expiring": tuple(row for row in expiring if totals.number(row["days_left"]) <= totals.WINDOWS[1]),
        }

    def _placed(self, vacancies: Sequence[Row], ranks: Mapping[object, object]) -> Iterable[Row]:
        """Return vacancies with names beside ids, and who covers them with number and name."""
        covering = sorted({str(person) for row in vacancies for person in list_or_empty(row["covered_by"])})
        names = {row["id"]: row["name"] for row in self.graph.read(_NAMES, {"ids": covering})}
        for row in vacancies:
            by = [
                " ".join(filter(None, (str(of), str(names.get(of) or "")))) for of in list_or_empty(row["covered_by"])
            ]
            rank = {"rank_id": row["rank"], "rank": ranks.get(row["rank"], row["rank"])}
            yield {**row, **rank, "unit": self.inside.get(row["unit_id"]), "covered_by": by}

    def _scope(self) -> Scope:
        questions = self.questions
        return Scope(tuple(self.inside), questions.unit is None, self.tables, questions.as_of, questions.roles)

    def _roles(self) -> dict[str, tuple[str, int]]:
        """Return the ranks and roles of open posts in scope, each with its name and number of posts."""
        rows = [row for row in self.graph.read(_ROLES, {"day": self.day}) if row["unit_id"] in self.inside]
        names = {str(row["role_id"]): str(row["role"]) for row in rows}
        posts = Counter[str]()
        for row in rows:
            posts[str(row["role_id"])] += int(totals.number(row["posts"]))
        return {role: (names[role], posts[role]) for role in sorted(names)}

    def _critical_steps(self, roles: Mapping[str, object]) -> tuple[tuple[int, ...], Critical]:
        """Return the steps of ranks whose posts can be critical, and the names of those ranks.

        Without posts of the higher ranks, the two highest are taken of those in scope that have a rank below.
        """
        ranks = [(int(totals.number(row["step"])), str(row["name"])) for row in self.ranks if row["id"] in roles]
        every = sorted({step for step, _ in ranks if step > 1}, reverse=True)
        high = tuple(step for step in every if step >= HIGH)
        steps = high or tuple(every[:_INSTEAD])
        return steps, Critical(tuple(name for step, name in ranks if step in steps), bool(high))

    def _critical(self, vacancies: Sequence[Row], steps: Sequence[int]) -> Rows:
        if not steps:
            return ()
        empty = {row["post_id"] for row in vacancies}
        posts = self.graph.read(_HIGH, {"day": self.day, "step": min(steps)})
        rows = [row for row in posts if row["unit_id"] in self.inside]
        return tuple(
            {**row, "state": "vacant" if row["post_id"] in empty else "one person in it"}
            for row in rows
            if row["post_id"] in empty or totals.number(row["people"]) <= 1
        )

    def _succession(self, critical: Rows) -> Rows:
        ranks = dict.fromkeys(str(row["rank_id"]) for row in critical)
        return tuple(
            {"for_rank": rank, **row} for rank in ranks for row in self.questions.ask("succession", rank=rank).rows
        )

    def _load(self) -> Load | None:
        rows = self.graph.read(_LOAD, {})
        if not rows:
            return None
        row = rows[-1]
        return Load(
            str(row["state"]),
            tuple(map(str, list_or_empty(row["files"]))),
            str(row["sha256"]),
            str(row["loaded"]),
            None if row["export_day"] is None else str(row["export_day"]),
            int(totals.number(row["people"])),
            int(totals.number(row["skipped"])),
            int(totals.number(row["lasting"] or 0)),
        )
