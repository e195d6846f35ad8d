"""The risks of a portfolio: where they stand before and after the responses, the largest, and what is done."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.charts import Figure, words
from mainstay.charts.risk_matrix import risk_matrix
from mainstay.core.values import plain
from mainstay.evaluation.appraisal.reading import all_figures
from mainstay.identification.case_content import RISK_FIELDS
from mainstay.identification.case_risks import Exposure, Weighed, cells
from mainstay.identification.models import BusinessCase, Response, Risk
from mainstay.portfolio.queries.reading import Reading

MOST_SHOWN = 30


@dataclass(frozen=True)
class PlacedRisk:
    """An open risk with the project whose case it stands in."""

    weighed: Weighed
    project: Any
    case_id: int
    owner: str

    @property
    def response(self) -> str:
        """What is done about it, in words."""
        return str(Response(self.weighed.risk["response"]).label)


@dataclass(frozen=True)
class CurrencyRisks:
    """The risks stated in one currency, the largest first."""

    currency: str
    risks: list[PlacedRisk]
    costs: dict[int, Decimal | None]

    @property
    def exposure(self) -> Exposure:
        """What they come to."""
        return Exposure.of(one.weighed for one in self.risks)

    @property
    def shown(self) -> list[PlacedRisk]:
        """The largest."""
        return self.risks[:MOST_SHOWN]

    @property
    def without_place(self) -> int:
        """How many threats cannot stand in the matrix, because their case states no cost."""
        return cells(self._with_cost())[1]

    @property
    def inherent(self) -> Figure:
        """The matrix before the responses."""
        return risk_matrix(cells(self._with_cost())[0], self.currency, noun="threat")

    @property
    def residual(self) -> Figure:
        """The matrix after the responses."""
        return risk_matrix(cells(self._with_cost(), residual=True)[0], self.currency, noun="threat")

    def _with_cost(self) -> list[tuple[Weighed, Decimal | None]]:
        return [(one.weighed, self.costs.get(one.project.row_id)) for one in self.risks]

    @property
    def responses(self) -> list[tuple[str, int]]:
        """How many risks there are of each response, the most first."""
        return Counter(one.response for one in self.risks).most_common()


class PortfolioRisks:
    """The open risks below a portfolio, or of everything the person may see."""

    def __init__(self, user: Any, portfolio: Any = None, as_of: datetime | None = None) -> None:
        self.reading, self.portfolio = Reading(user, as_of), portfolio
        projects = self.reading.projects()
        if portfolio is not None:
            projects = projects.filter(portfolio__in=self.reading.below(portfolio.row_id))
        self.costs = {pk: one.cost for pk, one in all_figures(user, as_of).items()}
        rows = BusinessCase.objects.as_of(as_of).visible_to(user).filter(project__isnull=False)
        self.cases = {case.row_id: case for case in rows.only(self.reading.key, "project_id", "currency")}
        ids = {case.project_id for case in self.cases.values()}
        found = projects.filter(**{f"{self.reading.key}__in": list(ids)}).only(self.reading.key, "code", "name")
        self.projects = {project.row_id: project for project in found}

    @cached_property
    def by_currency(self) -> list[CurrencyRisks]:
        """The risks apart by currency, the one with most risks first."""
        found: dict[str, list[PlacedRisk]] = {}
        for risk in self._rows():
            case = self.cases[risk.case_id]
            content = {name: plain(getattr(risk, name)) for name in RISK_FIELDS}
            placed = PlacedRisk(
                Weighed(content), self.projects[case.project_id], risk.case_id, risk.owner.name if risk.owner else ""
            )
            found.setdefault(case.currency, []).append(placed)
        groups = [
            CurrencyRisks(currency, sorted(risks, key=lambda one: -abs(one.weighed.exposure)), self.costs)
            for currency, risks in found.items()
        ]
        return sorted(groups, key=lambda group: -len(group.risks))

    def _rows(self) -> list[Any]:
        rows = (
            Risk.objects.as_of(self.reading.as_of).filter(is_closed=False).select_related("owner").order_by("case_id")
        )
        return [
            risk
            for risk in rows
            if risk.case_id in self.cases and self.cases[risk.case_id].project_id in self.projects
        ]

    @property
    def finding(self) -> str:
        """The risks in a sentence."""
        if not self.by_currency:
            return "No open risk stands in a business case that is open to you here."
        sentences = [self._sentence(group) for group in self.by_currency]
        return " ".join(sentences)

    def _sentence(self, group: CurrencyRisks) -> str:
        told, largest = group.exposure, group.risks[0]
        inherent, residual = (words.money(float(each), group.currency) for each in (told.inherent, told.residual))
        undecided = f" {told.undecided} without a response." if told.undecided else ""
        return (
            f"{words.counted(told.count, 'open risk')} with an expected value of {inherent}, "
            f"{residual} after the responses; the largest is in {largest.project.name}.{undecided}"
        )
