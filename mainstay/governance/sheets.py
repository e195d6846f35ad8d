"""Planning cycles as a list, each known by its portfolio and its name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse

from mainstay.core.exchange import Column, Entry, Importer, Kind, NewField
from mainstay.governance.models import Cycle, CycleState
from mainstay.governance.queries import cycles_for
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter

COLUMNS = (
    Column("name", "Name", required=True, longest=80, also_called=("Cycle", "Planning cycle")),
    Column("portfolio", "Portfolio", Kind.CODE, is_read=False),
    Column("state", "State", Kind.CHOICE, choices=tuple(CycleState.choices), is_read=False),
    Column("start_date", "Plans from", Kind.DATE, required=True, also_called=("From", "Start")),
    Column("end_date", "Plans to", Kind.DATE, required=True, also_called=("To", "End")),
    Column("intake_until", "Proposals until", Kind.DATE, also_called=("Intake until", "Call closes")),
    Column("decision_date", "Decision", Kind.DATE, also_called=("Decision expected", "Decision date")),
    Column("note", "Note", longest=500),
)


class CycleSheet(RegisterSheet):
    """The planning cycles of portfolios; how far one has come is not imported."""

    name = "cycles"
    label = "Planning cycles"
    keys = ("name",)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """Name, dates and note."""
        return tuple(column for column in COLUMNS if column.is_read)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """Every column, written from a cycle."""
        special = {"portfolio": lambda row: row.portfolio.code}
        return tuple(replace(column, write=special.get(column.name) or _attribute(column.name)) for column in COLUMNS)

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The cycles the person may see."""
        rows = cycles_for(user, as_of)
        return rows if within is None else rows.filter(portfolio__in=Reading(user, as_of).below(within.pk))

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into cycles."""
        return CycleImporter(entries, target, actor, columns)

    def list_url(self, target: Portfolio) -> str:
        """The list of cycles."""
        return reverse("cycles")


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class CycleImporter(SimpleImporter):
    """Turns entries into cycles of the target portfolio."""

    texts: ClassVar[frozenset[str]] = frozenset({"note"})

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        self.target = target
        self.known = {row.name: row for row in Cycle.objects.filter(portfolio=target)} if target.pk else {}

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("name", entry.values.get("name"))]

    def existing(self, entry: Entry) -> Cycle | None:
        return self.known.get(entry.values.get("name") or "")

    def fresh(self, entry: Entry) -> Cycle:
        return Cycle(portfolio=self.target)
