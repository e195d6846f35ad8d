"""Portfolios and programmes as lists."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from mainstay.core.exchange import Column, Entry, Importer, Kind, NewField
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Programme
from mainstay.portfolio.operations.tree import next_codes
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter, found

CODE = Column("code", "Code", Kind.CODE, required=True, longest=40)
NAME = Column("name", "Name", required=True, longest=200)
DESCRIPTION = Column("description", "Description", Kind.LONG_TEXT)
OWNER = Column("owner", "Owner", Kind.PERSON, also_called=("Sponsor",))
CURRENCY = Column("currency", "Currency", Kind.CODE, longest=3)


class PortfolioSheet(RegisterSheet):
    """Portfolios, imported below another one."""

    name = "portfolios"
    label = "Portfolios"
    keys = ("code",)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What a portfolio is known by; the portfolio it lies in, if not the target itself."""
        return (CODE, NAME, Column("parent", "Lies in", Kind.CODE), DESCRIPTION, OWNER, CURRENCY)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, written from a portfolio."""
        known = Reading(user, as_of).portfolios
        return _written(self.columns(), user, {"parent": lambda row: _code(known, row.parent_id)})

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The portfolios the person may see, outermost first."""
        rows = Portfolio.objects.as_of(as_of).visible_to(user).order_by("path")
        return rows.filter(path__startswith=within.path) if within else rows

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into portfolios below the target."""
        return PortfolioImporter(entries, target, actor, columns)


class ProgrammeSheet(RegisterSheet):
    """Programmes, imported into a portfolio."""

    name = "programmes"
    label = "Programmes"
    keys = ("code",)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What a programme is known by and for."""
        objective = Column("objective", "Shared objective", longest=300)
        return (CODE, NAME, Column("portfolio", "Portfolio", Kind.CODE), DESCRIPTION, objective, OWNER)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The same columns, written from a programme."""
        known = Reading(user, as_of).portfolios
        return _written(self.columns(), user, {"portfolio": lambda row: _code(known, row.portfolio_id)})

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The programmes the person may see."""
        rows = Programme.objects.as_of(as_of).visible_to(user).order_by("code")
        return rows.filter(portfolio__in=Reading(user, as_of).below(within.pk)) if within else rows

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into programmes."""
        return ProgrammeImporter(entries, target, actor, columns)

    def list_url(self, target: Portfolio) -> str:
        """The page of the portfolio."""
        return reverse("portfolio", args=[target.code])


def _code(rows: dict[int, Any], key: int | None) -> str:
    row = rows.get(key) if key else None
    return row.code if row else ""


def _written(columns: Sequence[Column], user: Any, special: dict[str, Any]) -> tuple[Column, ...]:
    usernames = dict(Person.objects.visible_to(user).values_list("pk", "username"))
    special = {"owner": lambda row: usernames.get(row.owner_id, ""), **special}
    return tuple(replace(column, write=special.get(column.name) or _attribute(column.name)) for column in columns)


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)


class TreeImporter(SimpleImporter):
    """What portfolios and programmes share: they hang below a portfolio and are found again by code."""

    model: Any = None
    prefix = ""

    def __init__(self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]) -> None:
        super().__init__(entries, target, actor, columns)
        below = [target, *Portfolio.objects.visible_to(actor, Verb.ROWS_IMPORT).within(target)]
        self.portfolios = {row.code.casefold(): row for row in below}
        self.known = {row.code: row for row in self.model.objects.filter(path__startswith=target.path)}
        self.names = self.people()
        self.codes = iter(next_codes(self.prefix, self.model, len(entries)))

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        return [("code", entry.values["code"])] if entry.values.get("code") else []

    def existing(self, entry: Entry) -> Any:
        return self.known.get(entry.values["code"]) if entry.values.get("code") else None

    def put_owner(self, row: Any, value: str | None) -> None:
        """Name the owner."""
        row.owner_id = self.names.id_of(value) if value else None

    def shown(self, name: str, value: Any) -> Any:
        return self.names.usernames.get(value, value) if name == "owner_id" else value


class PortfolioImporter(TreeImporter):
    """Turns entries into portfolios."""

    model = Portfolio
    prefix = "PF"
    texts = frozenset({"description"})

    def fresh(self, entry: Entry) -> Portfolio:
        parent = self.portfolios.get((entry.values.get("parent") or "").casefold(), self.target)
        row = Portfolio(parent=parent, currency=parent.currency)
        row.put_under(parent)
        return row

    def put_parent(self, row: Portfolio, value: str | None) -> None:
        """Where it lies; an outer portfolio has to be there before."""
        if value and row.pk is None:
            found(self.portfolios, value, "portfolio")

    def put_currency(self, row: Portfolio, value: str | None) -> None:
        """Its currency; without one, that of the portfolio it lies in."""
        row.currency = value or row.currency


class ProgrammeImporter(TreeImporter):
    """Turns entries into programmes."""

    model = Programme
    prefix = "PG"
    texts = frozenset({"description", "objective"})

    def fresh(self, entry: Entry) -> Programme:
        portfolio = self.portfolios.get((entry.values.get("portfolio") or "").casefold(), self.target)
        row = Programme(portfolio=portfolio)
        row.put_under(portfolio)
        return row

    def put_portfolio(self, row: Programme, value: str | None) -> None:
        """Where it lies."""
        if value and row.pk is None:
            found(self.portfolios, value, "portfolio")
