"""The rows below a portfolio as its page shows them, and the way that leads to it."""

from dataclasses import dataclass
from typing import Any

from mainstay.charts import words
from mainstay.cockpit.queries.dashboard import Facts, Place
from mainstay.cockpit.queries.sums import ALIVE, TROUBLED, by_currency
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Phase, Portfolio


@dataclass(frozen=True)
class PlaceRow:
    """A portfolio or programme below, ready to be shown."""

    kind: str
    name: str
    url: str
    count: int
    records_url: str
    cost: str
    note: str
    troubled: int
    troubled_url: str


def rows_of(facts: Facts, currency: str, links: Links) -> list[PlaceRow]:
    """What lies below, portfolios first."""
    return [_row(place, facts, currency, links) for place in facts.places]


def _row(place: Place, facts: Facts, currency: str, links: Links) -> PlaceRow:
    inside = Links(place.code if place.kind == "portfolio" else links.portfolio, links.as_of)
    narrowed = {} if place.kind == "portfolio" else {"programme": place.code}
    cost = facts.rates.convert(by_currency(place.parts), currency)
    given = sum(part.with_cost for part in place.parts)
    return PlaceRow(
        kind=place.kind.capitalize(),
        name=place.name,
        url=links.place(place.kind, place.code),
        count=place.count,
        records_url=inside.records(*ALIVE, **narrowed),
        cost=words.money(float(cost.amount), currency) if given else words.MISSING,
        note="" if given == place.count else f"{words.number(given)} of {words.number(place.count)}",
        troubled=place.troubled,
        troubled_url=inside.records(Phase.COMMITTED, health=TROUBLED, **narrowed),
    )


def whole_of(portfolio: Any, facts: Facts, links: Links) -> PlaceRow:
    """A portfolio itself as a row above those below it."""
    cells, committed = facts.alive, facts.committed
    cost = facts.rates.convert(by_currency(cells), portfolio.currency)
    given, count = sum(cell.with_cost for cell in cells), sum(cell.count for cell in cells)
    return PlaceRow(
        kind="",
        name=portfolio.name,
        url=links.place("portfolio", portfolio.code),
        count=count,
        records_url=links.records(*ALIVE),
        cost=words.money(float(cost.amount), portfolio.currency) if given else words.MISSING,
        note="" if given == count else f"{words.number(given)} of {words.number(count)}",
        troubled=sum(cell.count for cell in committed if cell.health in TROUBLED),
        troubled_url=links.records(Phase.COMMITTED, health=TROUBLED),
    )


def trail_to(portfolio: Any, user: Any, links: Links) -> list[tuple[str, str]]:
    """The portfolios above, as far as the person may see them, outermost first."""
    keys = portfolio.path.strip("/").split("/")
    above = Portfolio.objects.visible_to(user).filter(key__in=keys[:-1]).order_by("path")
    trail = [(row.name, links.place("portfolio", row.code)) for row in above.only("name", "code", "path")]
    return [("Portfolios", f"/portfolios/{links.query}"), *trail, (portfolio.name, "")]
