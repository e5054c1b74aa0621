"""What packs and adverts offer, ask and count beside the role's profile, as nodes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.nodes import Measure, Named, Unit

Currency = Literal["GBP", "EUR", "USD"]
Period = Literal["year", "month", "week", "day", "night", "hour"]


class Advert(Named):
    """What a pack or advert offers and asks beside the role's profile."""

    label = "Advert"
    id_form = "`<source>/advert`, such as `mps/commissioner@2017-01/advert`"
    colour = "#F2A900"
    owned = True

    closes: str | None = Field(None, description="Last day to apply")
    term_months: int | None = Field(None, description="Length of the appointment in months")
    place: str | None = Field(None, description="Place of work")


class Stage(Named):
    """One stage of a selection."""

    label = "Stage"
    id_form = "`<source>/stage/<number>-<name>`, such as `mps/commissioner@2017-01/stage/1-applications`"
    colour = "#F5C04A"
    owned = True

    order: int = Field(ge=1, description="Place in the selection")
    date: str | None = Field(None, description="Its day")


class PayItem(Named):
    """An amount of pay or allowance."""

    label = "PayItem"
    id_form = "`<source>/pay/<item>`, such as `mps/commissioner@2017-01/pay/basic-pay-150000`"
    colour = "#F7D57E"
    owned = True

    amount: float | None = Field(None, description="Amount; unknown where the text gives none")
    currency: Currency = Field("GBP", description="ISO 4217")
    per: Period | None = Field(None, description="For what time; none for a single amount")


class Figure(Named):
    """A number that a source gives of a body or a role; two sources that differ give two figures."""

    label = "Figure"
    id_form = "`figure/<of>/<name>/<name>`, such as `figure/mps/head-count/nearly-48-000`"
    colour = "#C6DDA4"
    owned = True

    measure: Measure = Field(description="What is counted")
    amount: float = Field(description="The number, in the unit")
    unit: Unit = Field(description="What the number is of")
    qualifier: str | None = Field(None, description="over, nearly, up to ..., as printed")
