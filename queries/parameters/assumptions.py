"""Read a file of assumptions on what comes: who leaves, joins, rises and retires, and which tickets are renewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeVar

import yaml
from pydantic import BeforeValidator, Field

from graph.errors import NameAmbiguousError, NameUnknownError
from graph.nodes import Model
from graph.staff_nodes import StaffNames
from loaders.yaml_lines import WrongEntryError, YamlFile, day, first_day

ALL = "all"
"""Stands for every rank, or every ticket, that has no line of its own."""

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)(?:\s+of\s+((?![0.]+$)\d+(?:\.\d+)?))?")
_MOST = 1_000_000
_CAREER = 50
"""Years: nobody serves for longer."""
S = TypeVar("S")
T = TypeVar("T")


class Rate(NamedTuple):
    """A share of one a year, or a number a year, and of how many person-years, years or tickets it was counted."""

    value: float
    counted: float | None = None


def _number(text: object) -> Rate:
    return _rate(text, _MOST, "a number, such as 60, and behind it what it was counted of, if it was: 60 of 2")


def _share(text: object) -> Rate:
    return _rate(text, 1, "a share of all, such as 4.5 % or 0.045, or as counted: 4.5 % of 310")


def _rate(text: object, most: float, expected: str) -> Rate:
    found = _RATE.fullmatch(str(text))
    value = float(found[1]) / (100 if found[2] else 1) if found else inf
    if not found or value > most or (found[2] and most > 1):
        raise ValueError(expected)
    return Rate(value, float(found[3]) if found[3] else None)


def _by_service(value: object) -> object:
    """Return shares by the years of service from which they hold, in order; one alone holds from the first day."""
    return _in_order(value, "0", lambda years, share: (_years(years), _share(share)))


def _by_joining(value: object) -> object:
    """Return years of service by the day of joining from which they hold, in order; one number holds for all."""

    def entry(joined: object, years: object) -> tuple[str, float]:
        if (first := day(str(joined))) is None:
            raise ValueError("the day, month or year of joining before each number")
        return first, _years(years, 1)

    return _in_order(value, "0001", entry)


def _in_order(value: object, only: str, read: Callable[[object, object], tuple[S, T]]) -> tuple[tuple[S, T], ...]:
    """Return the entries of a map as they are read, in order; one value alone has the key `only`."""
    if not isinstance(value, Mapping):
        return (read(only, value),)
    entries = []
    for key, one in value.items():
        try:
            entries.append(read(key, one))
        except ValueError as error:
            raise WrongEntryError(str(error), str(key)) from error
    return tuple(sorted(entries))


def _years(text: object, least: int = 0) -> float:
    if not re.fullmatch(r"\d{1,2}(?:\.\d+)?", str(text)):
        raise ValueError("years of service, such as 30")
    if not least <= float(str(text)) <= _CAREER:
        raise ValueError(f"years of service from {least} to {_CAREER}")
    return float(str(text))


_Share = Annotated[Rate, BeforeValidator(_share)]
_Number = Annotated[Rate, BeforeValidator(_number)]


def _pounds(text: object) -> float:
    return _rate(str(text).removeprefix("£").replace(",", ""), _MOST, "pounds a year, such as 48231").value


_Pounds = Annotated[float, BeforeValidator(_pounds)]
_ByService = Annotated[tuple[tuple[float, Rate], ...], BeforeValidator(_by_service)]


class Assumptions(Model):
    """What is assumed; what is left out is not, and then only what is recorded moves."""

    rankgraph: Literal["assumptions"] = Field("assumptions", description="What this file is")
    estimate: bool = Field(default=False, description="yes: what is left out here is estimated from what is recorded")
    since: Annotated[str | None, BeforeValidator(first_day)] = Field(
        None, description="Day since which all who join, rise and leave are recorded, for estimates"
    )
    leavers: dict[str, _ByService] = Field({}, description="Share who leave in a year, by rank and years of service")
    promotions: dict[str, _Share] = Field({}, description="Share promoted to the next rank in a year, by rank")
    intake: dict[str, _Number] = Field({}, description="How many join in a year, by rank")
    renewals: dict[str, _Share] = Field({}, description="Share of tickets renewed when they lapse, by ticket")
    retirement: Annotated[tuple[tuple[str, float], ...], BeforeValidator(_by_joining)] = Field(
        (), description="Years of service after which people retire, by the day of joining where schemes differ"
    )
    pay: dict[str, _Pounds] = Field({}, description="Pounds a year for a full-time post, by rank or role; moves nobody")

    @property
    def names(self) -> list[str]:
        """Return what is assumed, by the keys of the file."""
        return [name for name in SECTIONS if getattr(self, name)]

    def label(self, name: str) -> str:
        """Return a name, and that it was estimated where it is counted of something."""
        values = getattr(self, name).values() if name not in {"leavers", "retirement"} else ()
        rates = [*values, *(rate for bands in self.leavers.values() for _, rate in bands if name == "leavers")]
        return f"{name} (estimated)" if any(rate.counted for rate in rates) else name


SECTIONS = ("leavers", "promotions", "intake", "retirement", "renewals")


def read_assumptions(path: Path, names: StaffNames) -> Assumptions:
    """Return what a file assumes, by ids of ranks, roles and requirements. Raises `DocumentErrors` with all faults."""
    file = YamlFile(path, f"{path} is at fault", expected="a file that begins with `rankgraph: assumptions`")
    file.check_kind("assumptions", "`rankgraph forecast --assume recorded --out FILE` writes such a file")
    assumptions = file.model(Assumptions)
    known = {
        section: getattr(assumptions, section) for section in ("leavers", "promotions", "intake", "renewals", "pay")
    }
    ids = {section: _by_id(file, section, values, names) for section, values in known.items()}
    file.check()
    return assumptions.model_copy(update=ids)


def _by_id(file: YamlFile, section: str, values: Mapping[str, object], names: StaffNames) -> dict[str, object]:
    """Return values by the ids of what their keys name; a name that means nothing is a fault on its line."""
    result: dict[str, object] = {}
    for name, value in values.items():
        try:
            known = name == ALL and section not in {"intake", "pay"}
            one = name if known else (names.requirement if section == "renewals" else names.rank)(name)
        except (NameUnknownError, NameAmbiguousError) as error:
            _, _, advice = str(error).partition(": ")
            file.fault(_key(file, section, name), f"in {section} {name!r}", f"the name of a {error.kind}", advice)
        else:
            if one in result:
                file.fault(_key(file, section, name), f"{name!r} in {section} again", "each once", "keep one of them")
            result[one] = value
    return result


def _key(file: YamlFile, section: str, name: str) -> yaml.Node | None:
    sections = file.root.value if isinstance(file.root, yaml.MappingNode) else ()
    keys = (key for of, values in sections if of.value == section for key, _ in values.value)
    return next((key for key in keys if key.value == name), None)


def as_yaml(assumptions: Assumptions) -> str:
    """Return assumptions as a file to edit; behind each rate that was counted stands of how much."""
    values: dict[str, object] = {"rankgraph": "assumptions"}
    for section in (*assumptions.names, *(["pay"] if assumptions.pay else [])):
        value = getattr(assumptions, section)
        values[section] = {one: _as_written(what, section) for one, what in dict(value).items()}
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def _as_written(value: Rate | float | tuple[tuple[float, Rate], ...], section: str) -> object:
    if isinstance(value, Rate):
        number = f"{value.value:.4g}" if section == "intake" else f"{100 * value.value:.4g} %"
        return f"{number} of {value.counted:.4g}" if value.counted else number
    return value if isinstance(value, float) else {years: _as_written(share, section) for years, share in value}
