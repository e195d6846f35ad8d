"""What the open risks of committed work may cost: probability times impact, before and after responses."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from mainstay.identification.models import BusinessCase, Risk, RiskKind
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Phase, Project
from mainstay.value.queries import Converted, Rates, rates_on

MONEY = DecimalField(max_digits=22, decimal_places=5)
MOST_SHOWN = 10


@dataclass(frozen=True)
class TopRisk:
    """One of the largest risks, in the currency of what is looked at."""

    name: str
    project: str
    code: str
    probability: float
    exposure: float
    residual: float
    has_response: bool


@dataclass(frozen=True)
class Exposure:
    """The open risks of committed projects: their number, what they may cost, and the largest of them.

    projects: how many of the `committed` projects give a risk.
    """

    risks: int
    projects: int
    committed: int
    inherent: Converted
    residual: Converted
    top: tuple[TopRisk, ...]


def exposure_of(sight: Sight) -> Exposure:
    """Exposure of what is looked at, as far as the person may see figures; a handful of queries whatever its size."""
    committed = sight.with_figures().in_phase(Phase.COMMITTED)
    cases = BusinessCase.objects.as_of(sight.as_of).filter(project_id__in=committed.values(sight.reading.key))
    rows = Risk.objects.as_of(sight.as_of).filter(is_closed=False, case_id__in=cases.values(sight.reading.key))
    rows = _measured(rows, sight)
    sums = list(
        rows.order_by().values_list("money").annotate(count=Count("*"), whole=Sum("inherent"), rest=Sum("residual"))
    )
    rates = rates_on(sight.day, {row[0] for row in sums} | {sight.currency}, sight.as_of)
    return Exposure(
        risks=sum(row[1] for row in sums),
        projects=rows.order_by().values("case_id").distinct().count(),
        committed=committed.count(),
        inherent=rates.convert({row[0]: row[2] for row in sums}, sight.currency),
        residual=rates.convert({row[0]: row[3] for row in sums}, sight.currency),
        top=tuple(_top(rows, sight, rates, [row[0] for row in sums])),
    )


def _measured(rows: Any, sight: Sight) -> Any:
    """Risks with currency and exposure; an opportunity counts against the threats."""
    sign = Case(When(kind=RiskKind.OPPORTUNITY, then=Value(-1)), default=Value(1))
    probability = Coalesce(F("residual_probability"), F("probability"))
    impact = Coalesce(F("residual_impact"), F("impact"))
    return rows.annotate(
        money=_of_case(sight, "currency"),
        inherent=ExpressionWrapper(sign * F("probability") * F("impact"), output_field=MONEY),
        residual=ExpressionWrapper(sign * probability * impact, output_field=MONEY),
    )


def _of_case(sight: Sight, name: str) -> Any:
    """A column of the case: that of today, or as it was known."""
    if sight.is_today:
        return F(f"case__{name}")
    return Subquery(BusinessCase.objects.as_of(sight.as_of).filter(row_id=OuterRef("case_id")).values(name)[:1])


def _top(rows: Any, sight: Sight, rates: Rates, currencies: list[str]) -> list[TopRisk]:
    """The largest, compared in one currency; what has no rate is left out."""
    known = {code: rates.convert({code: Decimal(1_000_000)}, sight.currency) for code in currencies}
    worth = {code: one.amount / 1_000_000 for code, one in known.items() if one.is_whole}
    if not worth:
        return []
    factor = Case(*(When(money=code, then=Value(rate)) for code, rate in worth.items()), output_field=MONEY)
    told = rows.filter(money__in=worth).annotate(
        shown=ExpressionWrapper(F("inherent") * factor, output_field=MONEY),
        stays=ExpressionWrapper(F("residual") * factor, output_field=MONEY),
        of=_of_case(sight, "project_id"),
    )
    names = ("name", "probability", "shown", "stays", "response", "of")
    found = list(told.order_by("-shown", "name").values_list(*names)[:MOST_SHOWN])
    ids = {row[-1] for row in found}
    projects = Project.objects.as_of(sight.as_of).filter(**{f"{sight.reading.key}__in": ids})
    named = {pk: (name, code) for pk, name, code in projects.values_list(sight.reading.key, "name", "code")}
    return [
        TopRisk(name, *named[of], float(chance), float(shown), float(stays), bool(response))
        for name, chance, shown, stays, response, of in found
        if shown > 0
    ]
