"""What is known about how sure the figures of candidates are: ranges and risks of their business cases, and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mainstay.authorisation.studies.terms import Ranges
from mainstay.core.system import Actor
from mainstay.identification.models import BenefitLine, BusinessCase, CostLine, Option, Risk
from mainstay.identification.models.risk import RiskKind
from mainstay.portfolio.models import Project
from mainstay.value.models.benefit import MONEY_BENEFITS

CASE, RANGE = "case", "range"
BENEFIT_YEARS = 3


@dataclass
class Estimate:
    """One candidate: factors low and high around 1 for cost and value, where they come from, risks, and the years.

    risks: name, probability, and what it adds to the cost (below zero: takes off). cost_years, value_years: which
    part of the whole falls into which year.
    """

    code: str
    cost: tuple[float, float]
    value: tuple[float, float]
    cost_from: str = RANGE
    value_from: str = RANGE
    risks: list[tuple[str, float, float]] = field(default_factory=list)
    cost_years: dict[int, float] = field(default_factory=dict)
    value_years: dict[int, float] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """The estimate as it is kept with a study."""
        return vars(self) | {name: sorted(getattr(self, name).items()) for name in ("cost_years", "value_years")}


@dataclass
class _Lines:
    """The lines of one kind of a case: low, likely and high together, and the likely amounts by year."""

    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0
    years: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, likely: Mapping[str, str], low: Mapping[str, str], high: Mapping[str, str], sign: int = 1) -> None:
        """Count one line; a disadvantage counts against."""
        for key, text in likely.items():
            amount = sign * float(text)
            ends = sorted(sign * float(given.get(key, text)) for given in (low, high))
            self.likely += amount
            self.low, self.high = self.low + min(ends[0], amount), self.high + max(ends[1], amount)
            self.years[date.fromisoformat(key).year] += amount

    @property
    def range(self) -> tuple[float, float] | None:
        """Low and high as factors on the likely amount; None where the lines give no range."""
        if self.likely <= 0 or self.low == self.high:
            return None
        return max(0.0, self.low / self.likely), self.high / self.likely

    @property
    def shares(self) -> dict[int, float]:
        """Which part falls into which year; empty where amounts of both signs make that meaningless."""
        if self.likely <= 0 or min(self.years.values()) < 0:
            return {}
        return {year: amount / self.likely for year, amount in self.years.items() if amount}


def estimates_of(projects: Mapping[str, int], ranges: Ranges, actor: Actor) -> list[Estimate]:
    """The estimates of candidates (code: project id) from the cases the person may read, else the ranges given."""
    cases = BusinessCase.objects.visible_to(actor).filter(project_id__in=projects.values())
    case_of = dict(cases.values_list("project_id", "pk"))
    options = dict(Option.objects.filter(case__in=case_of.values(), is_preferred=True).values_list("pk", "case_id"))
    costs, benefits = _costs(options), _benefits(options)
    risks, dates = _risks(case_of.values()), _dates(projects.values())
    found = []
    for code, pk in projects.items():
        case = case_of.get(pk)
        estimate = _estimate(code, costs.get(case, _Lines()), benefits.get(case, _Lines()), ranges)
        estimate.risks = risks.get(case, [])
        _fill_years(estimate, *dates[pk])
        found.append(estimate)
    return found


def _costs(options: Mapping[int, int]) -> dict[int | None, _Lines]:
    found: dict[int | None, _Lines] = defaultdict(_Lines)
    rows = CostLine.objects.filter(option__in=options).values_list("option_id", "likely", "low", "high")
    for option, likely, low, high in rows:
        found[options[option]].add(likely, low, high)
    return found


def _benefits(options: Mapping[int, int]) -> dict[int | None, _Lines]:
    found: dict[int | None, _Lines] = defaultdict(_Lines)
    rows = BenefitLine.objects.filter(option__in=options, kind__in=MONEY_BENEFITS)
    for option, likely, low, high, against in rows.values_list("option_id", "likely", "low", "high", "is_disbenefit"):
        found[options[option]].add(likely, low, high, -1 if against else 1)
    return found


def _risks(cases: Iterable[int]) -> dict[int | None, list[tuple[str, float, float]]]:
    """The open risks by case, after the response where one is given."""
    found: dict[int | None, list[tuple[str, float, float]]] = defaultdict(list)
    for risk in Risk.objects.filter(case__in=cases, is_closed=False).order_by("case_id", "position", "pk"):
        is_answered = risk.residual_probability is not None
        probability = risk.residual_probability if is_answered else risk.probability
        impact = risk.residual_impact if is_answered else risk.impact
        sign = -1 if risk.kind == RiskKind.OPPORTUNITY else 1
        if probability and impact:
            found[risk.case_id].append((risk.name, float(probability), sign * float(impact)))
    return found


def _dates(projects: Iterable[int]) -> dict[int, tuple[date | None, date | None]]:
    rows = Project.objects.filter(pk__in=projects).values_list("pk", "start_date", "end_date")
    return {pk: (start, end) for pk, start, end in rows}


def _estimate(code: str, cost: _Lines, benefit: _Lines, ranges: Ranges) -> Estimate:
    own_cost, own_value = cost.range, benefit.range
    return Estimate(
        code=code,
        cost=own_cost or (1 - ranges.cost_low / 100, 1 + ranges.cost_high / 100),
        value=own_value or (1 - ranges.value_low / 100, 1 + ranges.value_high / 100),
        cost_from=CASE if own_cost else RANGE,
        value_from=CASE if own_value else RANGE,
        cost_years=cost.shares,
        value_years=benefit.shares,
    )


def _fill_years(estimate: Estimate, start: date | None, end: date | None) -> None:
    """Without a case: costs evenly from start to end, what it brings evenly over the three years after the end."""
    if not estimate.cost_years and start and end and start <= end:
        estimate.cost_years = _evenly(range(start.year, end.year + 1))
    if not estimate.value_years and end:
        estimate.value_years = _evenly(range(end.year + 1, end.year + 1 + BENEFIT_YEARS))


def _evenly(years: range) -> dict[int, float]:
    return dict.fromkeys(years, 1 / len(years))
