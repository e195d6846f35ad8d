"""What was invested: what the work was to cost and has cost, and what finished work returns for it."""

from decimal import Decimal

import numpy as np
from django.db.models import Count, Sum

from mainstay.charts import words
from mainstay.cockpit.queries.returns import invested
from mainstay.cockpit.value.facts import MONEY, NOUNS, Finished, finished_in
from mainstay.core.roles import Role
from mainstay.monitoring.dashboard.money import money_in, parts_of
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.value.queries import Converted, rates_on

MOST_SHOWN = 8
DEFINITIONS = {
    "planned": "What committed and finished work was to cost over its whole life.",
    "spent": "What the ledger says was spent on it up to now; only projects with money by month count.",
    "finished": "What the ledger says finished work has cost, of projects whose benefits were read at least once.",
    "realised": "What was read of benefits up to now less the cost, divided by the cost: the ratio of the sums over "
    "finished projects with a cost and a reading; not discounted. It rises for as long as benefits come.",
    "forecast": "The same with all that will have come: what was read, and the rest of each plan at its pace so far.",
    "promised": "The same with all that was to come by the plans of the benefits.",
}


def _invested(sight: Sight) -> Content:
    rows = invested(sight).order_by().values_list("currency")
    found = list(rows.annotate(rows=Count("*"), given=Count("cost_seen"), costs=Sum("cost_seen")))
    count = sum(row[1] for row in found)
    if not count:
        return Content(empty=Empty("No work is committed or finished here yet."))
    ids = set(invested(sight).order_by().values_list(sight.reading.key, flat=True))
    money = money_in(sight)
    parts = parts_of(money, ids & money.keys())
    spent = {part.currency: part.sums.total("actual") for part in parts}
    planned = {row[0]: row[3] for row in found if row[3] is not None}
    rates = rates_on(sight.day, {*planned, *spent, sight.currency}, sight.as_of)
    both = (rates.convert(sums, sight.currency) for sums in (planned, spent))
    counts = (sum(row[2] for row in found), len(ids & money.keys()))
    told = [
        _sum(label, key, one, have, count, sight)
        for (label, key), one, have in zip((("Planned", "planned"), ("Spent", "spent")), both, counts, strict=True)
    ]
    headline = f"{told[1].value} is spent of {told[0].value} planned"
    return Content("", headline, tuple(told))


def _sum(label: str, key: str, total: Converted, have: int, of: int, sight: Sight) -> Indicator:
    left = f"without {words.listed(total.missing)}: no exchange rate" if total.missing else ""
    url = sight.links.records(Phase.COMMITTED, Phase.FINISHED)
    text = words.money(float(total.amount), sight.currency) if have else words.MISSING
    amount = total.amount if have else None
    return Indicator(label, text, DEFINITIONS[key], url, note=left, amount=amount, have=have, of=of)


def _finished(sight: Sight) -> Content:
    found = finished_in(sight)
    if not found.ids:
        return Content(empty=Empty("No work is finished here yet."))
    measured = int(found.counted.sum())
    cost, came = (float(each[found.counted].sum()) for each in (found.cost, found.came))
    counted = {"have": measured, "of": len(found.ids), "noun": "finished projects"}
    records = sight.links.records(Phase.FINISHED)
    text = words.money(cost, sight.currency) if measured else words.MISSING
    figures = [
        Indicator("Cost", text, DEFINITIONS["finished"], records, amount=_cents(cost, measured), **counted),
        _return("Realised return", "realised", found, found.came, sight),
        _return("Forecast return", "forecast", found, found.forecast, sight),
        _return("Planned return", "promised", found, found.planned, sight),
    ]
    headline = ""
    if measured:
        back = words.money(came, sight.currency)
        headline = f"finished work has brought back {back} of the {text} it cost"
    return Content("", headline, tuple(figures), tables=_table(found, sight))


def _return(label: str, key: str, found: Finished, back: object, sight: Sight) -> Indicator:
    share = found.roi(back)
    text = words.MISSING if share is None else words.percent(share)
    url = sight.links.records(Phase.FINISHED)
    return Indicator(label, text, DEFINITIONS[key], url, unit="of cost" if share is not None else "", amount=share)


def _cents(amount: float, measured: int) -> Decimal | None:
    return Decimal(f"{amount:.2f}") if measured else None


def _table(found: Finished, sight: Sight) -> tuple[Table, ...]:
    """The finished projects that cost most, each with what came and what will have come."""
    places = np.flatnonzero(found.counted)
    if not len(places):
        return ()
    order = places[np.argsort(-found.cost[places], kind="stable")][:MOST_SHOWN]
    rows = tuple(_row(found, int(place), sight) for place in order)
    heads = ("Project", "Cost", "Came to date", "Will have come", "Planned")
    return (
        Table(
            heads,
            rows,
            "What finished work cost and brought",
            more="All finished projects",
            more_url=sight.links.records(Phase.FINISHED),
        ),
    )


def _row(found: Finished, place: int, sight: Sight) -> tuple[Cell, ...]:
    code, name = found.names[place]
    sums = (each[place] for each in (found.cost, found.came, found.forecast, found.planned))
    return (
        Cell(name, f"/value/projects/{code}/benefits/{sight.links.query}"),
        *(figure(words.money(float(one), sight.currency)) for one in sums),
    )


ABOVE = (Role.FINANCE, Role.PMO_DIRECTOR)
PARTS = (
    Part(
        "value_invested",
        "Invested",
        Question.COURSE,
        _invested,
        NOUNS | MONEY,
        "What committed and finished work was to cost and what was spent on it up to now.",
        (Role.FINANCE,),
        position=60,
    ),
    Part(
        "value_finished",
        "What finished work returns",
        Question.VALUE,
        _finished,
        NOUNS | MONEY,
        "What finished work cost and what its benefits have brought up to now, will bring, and were to bring.",
        ABOVE,
        is_wide=True,
        position=62,
    ),
)
