"""The values of a list as its page shows them, in the components every page uses."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.templatetags import components, figures
from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries.column import Column, Kind
from mainstay.portfolio.queries.reading import Reading

LONGEST = 120
Shower = Callable[[Any], str]


class Cells:
    """Turns values into what a page shows; names of people are looked up once for all rows."""

    def __init__(self, reading: Reading, columns: Iterable[Column], rows: Iterable[dict[str, Any]] = ()) -> None:
        self.reading = reading
        people = {column.path for column in columns if column.kind is Kind.PERSON}
        self.people = _names({row[path] for row in rows for path in people})
        self.stages = {pk: components.stage(stage) for pk, stage in reading.stages.items()}
        self.showers = {column.name: self._shower(column) for column in columns}

    def show(self, column: Column, value: Any, currency: str = "") -> str:
        """What a cell of this column shows for a value."""
        if value is None:
            return ""
        if column.kind is Kind.MONEY:
            return str(figures.money(Decimal(value), currency))
        return self.showers[column.name](value)

    def _shower(self, column: Column) -> Shower:
        by_kind: dict[Kind, Shower] = {
            Kind.DATE: _day,
            Kind.NUMBER: lambda value: f"{Decimal(value).normalize():,f} {column.unit}".strip(),
            Kind.STAGE: lambda value: self.stages.get(value, ""),
            Kind.PHASE: lambda value: Phase(self.reading.stages[value].phase).label,
            Kind.HEALTH: components.health,
            Kind.CONFIDENCE: components.confidence,
            Kind.PERSON: lambda value: self.people.get(value, ""),
            Kind.PORTFOLIO: lambda value: _name(self.reading.portfolios, value),
            Kind.PROGRAMME: lambda value: _name(self.reading.programmes, value),
            Kind.YES_NO: lambda value: "Yes" if value in {True, "true"} else "No",
        }
        return by_kind.get(column.kind, _text)


def _text(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _day(value: Any) -> str:
    return str(figures.day(value if isinstance(value, date) else date.fromisoformat(value)))


def _name(rows: dict[int, Any], key: int) -> str:
    row = rows.get(key)
    return row.name if row else ""


def _names(ids: set[int | None]) -> dict[int, str]:
    known = ids - {None}
    return dict(Person.objects.filter(pk__in=known).values_list("pk", "name")) if known else {}
