"""Envelopes as a list, each known by its fund and its fiscal year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from mainstay.core.exchange import BadCell, Column, Entry, Importer, Kind, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import FiscalYear, Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found
from mainstay.value.envelopes import least_of
from mainstay.value.funds.queries import envelopes_for
from mainstay.value.models import Envelope, Fund

COLUMNS = (
    Column("fund", "Fund", Kind.CODE, required=True, also_called=("Fund key", "Source of funds")),
    Column("year", "Fiscal year", required=True, longest=20, also_called=("Year",)),
    Column("amount", "Amount", Kind.MONEY, required=True, also_called=("Envelope", "Budget")),
    Column("held_back", "Held back", Kind.MONEY, also_called=("Reserve",)),
)


class EnvelopeSheet(RegisterSheet):
    """What the funds of a portfolio hold in each fiscal year."""

    name = "envelopes"
    label = "Envelopes of funds"
    keys = ("fund", "year")

    def targets_for(self, user: Any) -> Any:
        """The portfolios the person may import into, where they may also set envelopes."""
        may_set = Portfolio.objects.visible_to(user, Verb.ENVELOPE_SET).values("pk")
        return super().targets_for(user).filter(pk__in=may_set)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Fund, year and amounts."""
        return COLUMNS

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """Every column, written from an envelope."""
        special = {"fund": lambda row: row.fund.key, "year": lambda row: row.year.name}
        return tuple(replace(column, write=special.get(column.name) or _attribute(column.name)) for column in COLUMNS)

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The envelopes whose figures the person may see."""
        rows = envelopes_for(user, as_of)
        return rows if within is None else rows.filter(fund__portfolio__in=Reading(user, as_of).below(within.pk))

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into envelopes."""
        return EnvelopeImporter(entries, target, actor, columns)

    def list_url(self, target: Portfolio) -> str:
        """The list of funds."""
        return reverse("funds")


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class EnvelopeImporter(SimpleImporter):
    """Turns entries into envelopes of the funds of the target portfolio."""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        funds = Fund.objects.filter(portfolio=target) if target.pk else Fund.objects.none()
        self.funds = {fund.key.casefold(): fund for fund in funds}
        self.years = {year.name.casefold(): year for year in FiscalYear.objects.filter(is_closed=False)}
        rows = Envelope.objects.filter(fund__in=funds).select_related("fund", "year")
        self.known = {(row.fund.key.casefold(), row.year.name.casefold()): row for row in rows}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("fund", self._key(entry))]

    def existing(self, entry: Entry) -> Envelope | None:
        return self.known.get(self._key(entry))

    def fresh(self, entry: Entry) -> Envelope:
        return Envelope()

    def put_fund(self, row: Envelope, value: str) -> None:
        """The fund of this portfolio with that key."""
        row.fund = found(self.funds, value, "fund")

    def put_year(self, row: Envelope, value: str) -> None:
        """An open fiscal year."""
        row.year = found(self.years, value, "open fiscal year")

    def put_amount(self, row: Envelope, value: Decimal) -> None:
        """At least what is promised already."""
        if row.pk and value - row.held_back < least_of(row):
            raise BadCell("More is promised than this.", "Return or carry money first.")
        row.amount = value

    def put_held_back(self, row: Envelope, value: Decimal | None) -> None:
        """Nothing given is nothing held back."""
        row.held_back = value or Decimal(0)

    @staticmethod
    def _key(entry: Entry) -> tuple[str, str]:
        values = entry.values
        return (values.get("fund") or "").casefold(), (values.get("year") or "").casefold()
