"""Every business case a person may read, appraised together and remembered until anything changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.evaluation.appraisal.measures import Flows, Measures, appraised
from mainstay.evaluation.appraisal.rates import Rates
from mainstay.evaluation.corrections.queries import Factors, factors_on
from mainstay.evaluation.models.correction import Estimate
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import (
    BenefitLine,
    BusinessCase,
    CostLine,
    DemandLine,
    Option,
    OptionKind,
    Risk,
)
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.remember import remembered
from mainstay.value.models.benefit import MONEY_BENEFITS

CENT = Decimal("0.01")


@dataclass(frozen=True)
class CaseFigures:
    """The figures of one case: its preferred option, less doing nothing, in the currency of the case.

    `measures` are as estimated, `taken` with the corrections that are switched on, which plans count with.
    """

    case_id: int
    project_id: int
    currency: str
    cost: Decimal | None
    cost_low: Decimal | None
    cost_high: Decimal | None
    benefit: Decimal | None
    demand: Decimal
    exposure: Decimal
    residual: Decimal
    risks: int
    measures: Measures
    taken: Measures

    @property
    def width(self) -> Decimal | None:
        """The width of the cost range as a share of the likely cost; None where no range is given."""
        if not self.cost or self.cost_low is None or self.cost_high is None or self.cost_low == self.cost_high:
            return None
        return (self.cost_high - self.cost_low) / self.cost


@dataclass(slots=True)
class _Sums:
    """The amounts of one option by period, and their totals."""

    costs: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    benefits: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    low: float = 0.0
    high: float = 0.0
    demand: float = 0.0


def appraise_cases(projects: Iterable[Any], user: Any, as_of: datetime | None = None) -> dict[int, CaseFigures]:
    """The figures of these projects' cases by project, where the person may read them."""
    known = all_figures(user, as_of)
    return {project.row_id: known[project.row_id] for project in projects if project.row_id in known}


def all_figures(user: Any, as_of: datetime | None = None) -> Mapping[int, CaseFigures]:
    """The figures of every case of a project that the person may read, by project."""
    return remembered(Reading(user, as_of), name_of_figures(user, as_of), lambda: _appraised(user, as_of))


def name_of_figures(user: Any, as_of: datetime | None) -> str:
    """Under which name they are remembered: rates of discount hold for days."""
    return f"appraisals of {user.pk} on {timezone.localdate(as_of)}"


def _appraised(user: Any, as_of: datetime | None) -> dict[int, CaseFigures]:
    cases = BusinessCase.objects.as_of(as_of).visible_to(user).filter(project__isnull=False)
    return figures_of(list(cases.defer("problem", "consequences")), as_of)


def figures_of(
    cases: list[Any], as_of: datetime | None = None, factors: Mapping[int, Factors] | None = None
) -> dict[int, CaseFigures]:
    """The figures of cases by project, whoever may read them; a few queries whatever their number.

    `factors`: the corrections to take by project, where not those that are switched on.
    """
    paths = dict(Project.objects.filter(pk__in=[case.project_id for case in cases]).values_list("pk", "path"))
    cases = [case for case in cases if case.project_id in paths]
    options = _options({case.row_id for case in cases}, as_of)
    sums = _summed({pk for pair in options.values() for pk in pair if pk is not None}, as_of)
    rates, risks = Rates(as_of), _risks(as_of)
    on = factors_on(paths, as_of) if factors is None else factors
    flows = [_flows(case, options, sums, rates.of(paths[case.project_id])) for case in cases]
    corrected = [case for case in cases if case.project_id in on]
    flows += [
        _flows(case, options, sums, rates.of(paths[case.project_id]), on[case.project_id]) for case in corrected
    ]
    worth = appraised(flows)
    taken = dict(zip((case.project_id for case in corrected), worth[len(cases) :], strict=True))
    return {
        case.project_id: _figures(case, sums.get(options.get(case.row_id, (None,))[0]), measures, taken, risks)
        for case, measures in zip(cases, worth[: len(cases)], strict=True)
    }


def _options(cases: set[int], as_of: datetime | None) -> dict[int, tuple[int | None, int | None]]:
    """The preferred option and the baseline of each case."""
    key = "pk" if as_of is None else "row_id"
    found: dict[int, list[int | None]] = {}
    for pk, case, kind, chosen in Option.objects.as_of(as_of).values_list(key, "case_id", "kind", "is_preferred"):
        if case not in cases:
            continue
        pair = found.setdefault(case, [None, None])
        if chosen:
            pair[0] = pk
        elif kind == OptionKind.DO_NOTHING:
            pair[1] = pk
    return {case: (pair[0], pair[1]) for case, pair in found.items()}


def _summed(options: set[int], as_of: datetime | None) -> dict[int | None, _Sums]:
    found: dict[int | None, _Sums] = defaultdict(_Sums)
    costs = CostLine.objects.as_of(as_of).values_list("option_id", "likely", "low", "high")
    for option, likely, low, high in costs:
        if option in options:
            _add_cost(found[option], likely, low, high)
    money = BenefitLine.objects.as_of(as_of).filter(kind__in=MONEY_BENEFITS)
    for option, likely, against in money.values_list("option_id", "likely", "is_disbenefit"):
        if option in options:
            _add(found[option].benefits, likely, -1 if against else 1)
    for option, likely in DemandLine.objects.as_of(as_of).values_list("option_id", "likely"):
        if option in options:
            found[option].demand += sum(map(float, likely.values()))
    return dict(found)


def _add(amounts: dict[str, float], given: Mapping[str, str], sign: int) -> None:
    for key, text in given.items():
        amounts[key] += sign * float(text)


def _add_cost(sums: _Sums, likely: Mapping[str, str], low: Mapping[str, str], high: Mapping[str, str]) -> None:
    _add(sums.costs, likely, 1)
    sums.low += sum(float(low.get(key, text)) for key, text in likely.items())
    sums.high += sum(float(high.get(key, text)) for key, text in likely.items())


def _flows(
    case: Any, options: Mapping[int, Any], sums: Mapping[Any, _Sums], discount: Any, factors: Factors | None = None
) -> Flows:
    """What the preferred option costs and brings more than doing nothing, corrected where factors say so."""
    frame, times = Frame.of(case), _times(factors or {})
    preferred, baseline = options.get(case.row_id, (None, None))
    chosen, nothing = sums.get(preferred, _Sums()), sums.get(baseline, _Sums())
    costs, benefits = (
        tuple(
            times[name] * getattr(chosen, name).get(key, 0.0) - getattr(nothing, name).get(key, 0.0)
            for key in frame.keys
        )
        for name in ("costs", "benefits")
    )
    return Flows(frame.months, costs, benefits, discount)


def _times(factors: Factors) -> dict[str, float]:
    """By how much costs and benefits of the preferred option are multiplied."""
    names = {"costs": Estimate.COST, "benefits": Estimate.BENEFIT}
    return {name: float(factors[what].factor) if what in factors else 1.0 for name, what in names.items()}


def _risks(as_of: datetime | None) -> dict[int, tuple[Decimal, Decimal, int]]:
    """Exposure before and after the responses, and the number of open risks, by case."""
    found: dict[int, tuple[Decimal, Decimal, int]] = {}
    for risk in Risk.objects.as_of(as_of).filter(is_closed=False).order_by():
        inherent, residual, count = found.get(risk.case_id, (Decimal(0), Decimal(0), 0))
        found[risk.case_id] = (inherent + risk.exposure, residual + risk.residual_exposure, count + 1)
    return found


def _figures(
    case: Any, sums: _Sums | None, measures: Measures, taken: Mapping[int, Measures], risks: Mapping[int, Any]
) -> CaseFigures:
    inherent, residual, count = risks.get(case.row_id, (Decimal(0), Decimal(0), 0))
    has_cost = bool(sums and sums.costs)
    return CaseFigures(
        case_id=case.row_id,
        project_id=case.project_id,
        currency=case.currency,
        cost=_money(sum(sums.costs.values())) if sums and has_cost else None,
        cost_low=_money(sums.low) if sums and has_cost else None,
        cost_high=_money(sums.high) if sums and has_cost else None,
        benefit=_money(sum(sums.benefits.values())) if sums and sums.benefits else None,
        demand=_money(sums.demand) if sums else Decimal(0),
        exposure=inherent.quantize(CENT),
        residual=residual.quantize(CENT),
        risks=count,
        measures=measures,
        taken=taken.get(case.project_id, measures),
    )


def _money(amount: float) -> Decimal:
    return Decimal(amount).quantize(CENT)
