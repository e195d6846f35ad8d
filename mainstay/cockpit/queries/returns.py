"""What committed and finished work returns for its cost: planned, and by the forecast of its cost."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from mainstay.monitoring.dashboard.money import money_in, parts_of
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Phase
from mainstay.value.queries import Converted, rates_on


@dataclass(frozen=True)
class Return:
    """Benefits and costs in one currency, over `have` of `of` projects."""

    benefit: Converted
    cost: Converted
    have: int
    of: int

    @property
    def share(self) -> float | None:
        """(benefits - costs) / costs; none where nothing is spent."""
        return float((self.benefit.amount - self.cost.amount) / self.cost.amount) if self.cost.amount else None


def invested(sight: Sight) -> Any:
    """Committed and finished projects."""
    return sight.projects().in_phase(Phase.COMMITTED, Phase.FINISHED)


def planned_return(sight: Sight) -> Return:
    """Over the projects that give both figures; two queries."""
    both = invested(sight).filter(cost_seen__isnull=False, benefit_seen__isnull=False)
    rows = (
        both.order_by()
        .values_list("currency")
        .annotate(rows=Count("*"), costs=Sum("cost_seen"), benefits=Sum("benefit_seen"))
    )
    found = list(rows)
    costs, benefits = ({row[0]: row[place] for row in found} for place in (2, 3))
    return _return(sight, costs, benefits, sum(row[1] for row in found))


def forecast_return(sight: Sight) -> Return:
    """Over the projects that give a benefit, with their cost at completion: finished, or forecast by month."""
    given = sight.with_figures().in_phase(Phase.COMMITTED, Phase.FINISHED).filter(benefit_seen__isnull=False)
    money = money_in(sight)
    month = sight.day.replace(day=1)
    rows = given.order_by().values_list(sight.reading.key, "currency", "benefit_seen", "stage__phase")
    found = [
        (pk, currency, benefit)
        for pk, currency, benefit, phase in rows
        if pk in money and (phase == Phase.FINISHED or money[pk][1].is_forecast(month))
    ]
    benefits: dict[str, Decimal] = defaultdict(Decimal)
    for _, currency, benefit in found:
        benefits[currency] += benefit
    costs = {part.currency: part.sums.outlook(month) for part in parts_of(money, [row[0] for row in found])}
    return _return(sight, costs, benefits, len(found))


def _return(sight: Sight, costs: dict[str, Decimal], benefits: dict[str, Decimal], have: int) -> Return:
    rates = rates_on(sight.day, {*costs, *benefits, sight.currency}, sight.as_of)
    both = (rates.convert(sums, sight.currency) for sums in (benefits, costs))
    return Return(*both, have=have, of=sight.once("invested", lambda: invested(sight).count()))
