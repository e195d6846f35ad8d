"""What holds a plan back: the money and the people that are so used up that nobody who is out fits in any more."""

from collections.abc import Iterator

from mainstay.authorisation.models import PlanLine
from mainstay.authorisation.scenarios.frame import Frame, Money
from mainstay.authorisation.scenarios.problem import used
from mainstay.authorisation.scenarios.totals import Totals
from mainstay.authorisation.scenarios.ways import Offer, Way
from mainstay.charts import words


def held_back_by(totals: Totals, frame: Frame, lines: list[PlanLine]) -> list[str]:
    """The limits that bind, in words; a role binds in the periods where less is left than anybody out needs of it."""
    out = {line.project_id for line in lines if not line.is_in} & frame.offers.keys()
    ways = [way for pk in out if frame.offers[pk].ways[0].value > 0 for way in frame.offers[pk].ways]
    return [*_money(totals, frame, ways), *_people(totals, ways), *_slices(frame, lines, out)]


def _money(totals: Totals, frame: Frame, ways: list[Way]) -> Iterator[str]:
    budgets = {budget.id: budget for budget in frame.budgets}
    for use in totals.money:
        budget = budgets[use.id]
        least = min((need for way in ways for need in _needs(way, budget) if need), default=0.0)
        if use.most is not None and not use.is_over and use.left < least:
            yield use.name


def _slices(frame: Frame, lines: list[PlanLine], out: set[int]) -> Iterator[str]:
    """The shares of themes and kinds of work that leave no room for the cheapest project that is out."""
    chosen = [line for line in lines if line.is_in and line.project_id in frame.offers]
    money = {line.project_id: sum(frame.offers[line.project_id].way(line.option).cost) for line in chosen}
    waiting = {pk: _least(frame.offers[pk]) for pk in out if frame.offers[pk].ways[0].value > 0}
    yield from filter(None, (one.binds(money, waiting) for one in frame.slices if not one.broken(money)))


def _least(offer: Offer) -> float:
    """What the cheapest option of a project costs."""
    return min(sum(way.cost) for way in offer.ways)


def _needs(way: Way, budget: Money) -> tuple[float, ...]:
    """What an option needs of a budget at least: all of it, or a period's part where the budget is of one year."""
    amounts = used(way, budget)
    return amounts if budget.window else (sum(amounts),)


def _people(totals: Totals, ways: list[Way]) -> Iterator[str]:
    for strip in totals.roles:
        least = min((hours for way in ways for hours in way.roles.get(strip.key, ()) if hours), default=0.0)
        if full := [cell.period for cell in strip.cells if not cell.is_over and cell.room - cell.need < least]:
            yield f"{strip.name} in {words.listed(full)}"
