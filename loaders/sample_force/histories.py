"""What people hold and have held, drawn at random; what answers are about is planted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random

from loaders.sample_force.calendar import QUIET, after, before
from loaders.sample_force.catalogue import (
    A7,
    AID,
    COMPETENCIES,
    DRIVING,
    DRONE,
    ELP,
    ENTRY,
    FIREARMS,
    NEGOTIATOR,
    ORDER,
    PNAC,
    SAFETY,
    SCC,
    SEARCH,
    STAGE_2,
    TASER,
)
from loaders.sample_force.model import Absence, Block, Person, Post, RankPeriod, Seat
from loaders.sample_force.qualifications import qualification
from loaders.sample_force.teams import CHIEF, COMMANDER, CONSTABLE, PROFILES, SERGEANT

Holdings = dict[str, tuple[int | None, str]]

CAREERS = ("now", "12m", "24m", "no gate", "no level", "no course", "now by the older way", "12m by the gate")
"""Ways in which a chief superintendent may stand before the rank of Commander."""

_WAYS = {"held": 790, "higher": 40, "renewed": 70, "expiring": 45, "lapsed": 25, "low": 12, "fallen": 5, "never": 13}
_WEAK_WAYS = {"held": 400, "expiring": 50, "lapsed": 150, "low": 50, "never": 350}
_MAY_BE_WEAK = (TASER, ENTRY, ORDER, SEARCH, AID, DRIVING, FIREARMS, COMPETENCIES[-1])
_RARE = (NEGOTIATOR, DRONE)
_NOISE = (TASER, ENTRY, ORDER, SAFETY)
_WORDS = {
    CONSTABLE: ("PC", "Constable", "uk/constable"),
    SERGEANT: ("PS", "Sgt", "uk/sergeant"),
    "uk/inspector": ("Insp", "Inspector", "uk/inspector"),
    "uk/chief-inspector": ("Ch Insp", "Chief Inspector", "uk/chief-inspector"),
    "uk/superintendent": ("Supt", "Superintendent", "uk/superintendent"),
    CHIEF: ("Ch Supt", "Chief Superintendent", "uk/chief-superintendent"),
    COMMANDER: ("mps/commander",),
}
_DETECTIVES = {CONSTABLE: "DC", SERGEANT: "DS"}
_LADDER = tuple(_WORDS)
_READY_FOR_CUSTODY = 0.07


def add_histories(random: Random, block: Block, *, showcase: bool) -> None:
    """Give everybody of a block what they hold and a past; a showcase has one of each case that answers need."""
    places: dict[str, list[Post]] = {}
    for unit in block.units:
        for post in unit.posts:
            for seat in post.seats:
                places.setdefault(seat.person.id, []).append(post)
    weak = frozenset(random.sample(_MAY_BE_WEAK, 2))
    _choose_careers(random, block, places, showcase=showcase)
    rare = _rare(random, block, places, showcase=showcase)
    for person in block.people:
        posts = places.get(person.id, [])
        wanted = _drawn(random, posts, weak)
        wanted.update(_noise(random, person, wanted))
        wanted.update(_planted(person))
        wanted.update(rare.get(person.id, {}))
        _hold(random, person, wanted)
        _remember(random, person, posts)
    _act_in_the_past(random, block)


def _choose_careers(random: Random, block: Block, places: Mapping[str, list[Post]], *, showcase: bool) -> None:
    serving = [person for person in block.people if _serves(person, places)]
    chiefs = [person for person in serving if person.rank == CHIEF]
    for number, person in enumerate(chiefs):
        person.career = CAREERS[number % len(CAREERS)] if len(chiefs) > 1 else random.choice(CAREERS)
    sergeants = [one for one in serving if one.rank == SERGEANT and not _in_custody(places[one.id])]
    for number, person in enumerate(sergeants):
        if not person.absent and (random.random() < _READY_FOR_CUSTODY or (showcase and number == 0)):
            person.career = "ready for custody"
    if showcase:
        constables = [one for one in serving if one.rank == CONSTABLE and not one.absent]
        for person, career in zip(constables, ("every status", "nearly there"), strict=False):
            person.career = career


def _serves(person: Person, places: Mapping[str, list[Post]]) -> bool:
    return any(seat.person is person for post in places.get(person.id, []) for seat in post.sitting)


def _in_custody(posts: Iterable[Post]) -> bool:
    return any(post.role == "role/custody-sergeant" for post in posts)


def _rare(random: Random, block: Block, places: Mapping[str, list[Post]], *, showcase: bool) -> dict[str, Holdings]:
    """Choose how many of a block hold what hardly anybody holds: nobody, one or a few.

    A showcase has one negotiator, who is about to be none.
    """
    rare: dict[str, Holdings] = {}
    serving = [person for person in block.people if _serves(person, places) and not person.absent]
    for requirement in _RARE:
        candidates = [one for one in serving if any(requirement in post.needs for post in places[one.id])]
        random.shuffle(candidates)
        alone = showcase and requirement == NEGOTIATOR
        holders = 1 if alone else random.choice((0, 1, 1, 2))
        for number, person in enumerate(candidates):
            way = "expiring" if alone else random.choice(("held", "expiring", "renewed"))
            rare.setdefault(person.id, {})[requirement] = (None, way if number < holders else "never")
    return rare


def _drawn(random: Random, posts: Iterable[Post], weak: frozenset[str]) -> Holdings:
    wanted: Holdings = {}
    for post in posts:
        for requirement, level in post.needs.items():
            ways = _WEAK_WAYS if requirement in weak else _WAYS
            way = random.choices(tuple(ways), tuple(ways.values()))[0]
            if requirement not in wanted or (level or 0) > (wanted[requirement][0] or 0):
                wanted[requirement] = (level, way)
    return wanted


def _noise(random: Random, person: Person, wanted: Holdings) -> Holdings:
    """Add what nobody asked this person for."""
    extras: Holdings = {
        requirement: (None, random.choice(("held", "held", "expiring", "lapsed", "renewed")))
        for requirement in _NOISE
        if requirement not in wanted and person.rank and random.random() < 0.06  # noqa: PLR2004 -- a share of the people
    }
    if person.rank and person.rank not in PROFILES:
        extras |= {requirement: (2, "held") for requirement in COMPETENCIES if random.random() < 0.5}  # noqa: PLR2004
    return extras


def _planted(person: Person) -> Holdings:
    if person.rank == CHIEF:
        return _before_commander(person.career or CAREERS[3])
    if person.career == "ready for custody":
        levels = {need.requirement: need.level for need in PROFILES["role/custody-sergeant"]}
        return {requirement: (level, "held") for requirement, level in levels.items()}
    if person.career == "every status":
        ways = ("held", "ending", "low", "lapsed", "never", "renewed")
        return {requirement: (2, way) for requirement, way in zip(COMPETENCIES, ways, strict=True)}
    if person.career == "nearly there":
        return {
            **dict.fromkeys(COMPETENCIES[1:], (2, "ending")),
            COMPETENCIES[0]: (2, "fallen"),
            STAGE_2: (None, "held"),
        }
    return {}


def _before_commander(career: str) -> Holdings:
    wanted: Holdings = {**dict.fromkeys(COMPETENCIES, (3, "held")), A7: (None, "held"), ELP: (None, "held")}
    otherwise: dict[str, Holdings] = {
        "12m": {A7: (None, "booked 12m"), COMPETENCIES[1]: (3, "ending")},
        "24m": {A7: (None, "booked 24m")},
        "no gate": {ELP: (None, "never"), SCC: (None, "held")},
        "no level": {COMPETENCIES[3]: (3, "low"), COMPETENCIES[5]: (3, "never")},
        "no course": {A7: (None, "lapsed")},
        "now by the older way": {ELP: (None, "never"), SCC: (None, "held"), PNAC: (None, "held")},
        "12m by the gate": {ELP: (None, "booked 12m")},
    }
    return wanted | otherwise.get(career, {})


def _hold(random: Random, person: Person, wanted: Holdings) -> None:
    for requirement, (level, way) in wanted.items():
        drawn = qualification(random, requirement, level, way)
        if drawn is not None:
            person.qualifications[requirement] = drawn


def _remember(random: Random, person: Person, posts: list[Post]) -> None:
    """Write down the ranks that a person has held, and times away that are over or still to come."""
    if person.rank:
        detective = any(post.title.startswith("Detective") for post in posts)
        word = _DETECTIVES.get(person.rank, "") if detective else ""
        person.rank_periods.append(_rank_period(random, person, word))
        lower = _LADDER[max(0, _LADDER.index(person.rank) - 1)]
        if person.since and person.joined and person.joined < person.since:
            last = person.since - timedelta(days=1)
            person.rank_periods.insert(0, RankPeriod(random.choice(_WORDS[lower]), person.joined, last, "substantive"))
    for post in {post.id: post for post in posts}.values():  # one may have come back to a post
        person.rank_periods += [_acted(random, post, seat) for seat in post.sitting if _counts(person, post, seat)]
    chance = random.random()
    if posts and not person.absent and not person.left and chance < 0.06:  # noqa: PLR2004 -- a share of the people
        begins = before(random.randint(160, 380)) if chance < 0.05 else after(random.randint(QUIET, 300))  # noqa: PLR2004
        if person.joined is None or person.joined <= begins:
            person.absences.append(Absence(begins, begins + timedelta(days=random.randint(5, 100)), "long-term sick"))


def _rank_period(random: Random, person: Person, word: str) -> RankPeriod:
    rank = word or random.choice(_WORDS[person.rank or CONSTABLE])
    return RankPeriod(rank, person.since, person.left, random.choice(("substantive", "substantive", "")))


def _counts(person: Person, post: Post, seat: Seat) -> bool:
    return seat.person is person and seat.basis != "substantive" and post.rank not in {None, COMMANDER}


def _acted(random: Random, post: Post, seat: Seat) -> RankPeriod:
    word = random.choice(_WORDS[post.rank or CONSTABLE][:1])
    prefix = "A/" if seat.basis == "acting" else "T/"
    return RankPeriod(prefix + word, seat.begins, seat.ends, random.choice((seat.basis, "")))


def _act_in_the_past(random: Random, block: Block) -> None:
    """Let some constables have stood in for their sergeant, long ago."""
    for unit in block.units:
        leads = [post for post in unit.posts if post.rank == SERGEANT and post.open and not post.opened]
        ready = [seat.person for post in unit.posts if post.rank == CONSTABLE for seat in post.sitting]
        if leads and ready and random.random() < 0.2:  # noqa: PLR2004 -- a share of the teams
            person, begins = random.choice(ready), before(random.randint(250, 370))
            if person.joined and person.joined <= begins:
                ends = begins + timedelta(days=random.randint(20, 90))
                leads[0].seats.append(Seat(person, begins, ends, "acting", now=False))
