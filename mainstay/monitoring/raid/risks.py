"""The risks of running work as its business cases tell them: the matrix, the exposure, and the largest ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.charts import Figure
from mainstay.charts.risk_matrix import RiskCell, risk_matrix
from mainstay.identification.case_risks import Weighed
from mainstay.identification.models import Assumption, Belief, Risk
from mainstay.monitoring.raid.places import Place
from mainstay.value.queries import Converted, Rates, rates_on

STEPS_TOLD = (
    "Probability: up to 10%, 30%, 50%, 70%, and above. "
    "Impact: up to 1%, 5%, 10%, 20% of the whole-life cost of the project, and above."
)
DEFINITION = (
    "The sum of probability x impact over the open risks of business cases; an opportunity counts against it. "
    "After responses: with the probability and impact that remain after what is done about each."
)
MOST_SHOWN = 20
FIGURES = (
    "kind", "name", "probability", "impact", "response", "residual_probability", "residual_impact", "owner__name",
    "case__project_id", "case__currency", "case_id",
)  # fmt: skip


@dataclass(frozen=True)
class ShownRisk:
    """An open risk with its exposure in the currency of the register; None where there is no rate."""

    pk: int
    weighed: Weighed
    project: Any
    owner: str
    case: int
    exposure: Decimal | None
    residual: Decimal | None

    @property
    def name(self) -> str:
        """What may happen."""
        return str(self.weighed.risk["name"])

    @property
    def is_threat(self) -> bool:
        """Whether it would hurt."""
        return self.weighed.sign > 0

    @property
    def measure(self) -> Decimal | None:
        """The whole-life cost of the project, where it is in the currency of the risk."""
        cost: Decimal | None = self.project.cost
        return cost if self.weighed.risk["case__currency"] == self.project.currency else None


class Risks:
    """The open risks of a place, as far as the person may see figures there."""

    def __init__(self, place: Place) -> None:
        self.place = place

    @cached_property
    def projects(self) -> dict[int, Any]:
        """The projects whose risks are shown."""
        names = ("code", "name", "cost", "currency", self.place.reading.key)
        return {row.row_id: row for row in self.place.at_risk.only(*names)}

    @cached_property
    def rows(self) -> list[ShownRisk]:
        """Every open risk, the largest exposure first."""
        found = Risk.objects.as_of(self.place.reading.as_of).filter(is_closed=False)
        inside = self.place.at_risk.order_by().values(self.place.reading.key)
        stored = list(found.filter(case__project_id__in=inside).values("pk", *self._id, *FIGURES))
        rates = self._rates({row["case__currency"] for row in stored})
        shown = [self._shown(row, rates) for row in stored if row["case__project_id"] in self.projects]
        return sorted(shown, key=lambda one: (-abs(one.exposure or 0), one.pk))

    @property
    def _id(self) -> tuple[str, ...]:
        return () if self.place.reading.as_of is None else ("row_id",)

    def _rates(self, codes: Iterable[str]) -> Rates:
        of_projects = {row.currency for row in self.projects.values()}
        return rates_on(
            self.place.today, {*codes, *of_projects, self.place.currency}, self.place.reading.as_of
        )  # fmt: skip

    def _shown(self, row: dict[str, Any], rates: Rates) -> ShownRisk:
        weighed, project = Weighed(row), self.projects[row["case__project_id"]]

        def told(amount: Decimal) -> Decimal | None:
            return _amount(rates.convert({row["case__currency"]: amount}, self.place.currency))

        return ShownRisk(
            row.get("row_id", row["pk"]), weighed, project, row["owner__name"] or "", row["case_id"],
            told(weighed.exposure), told(weighed.residual_exposure),
        )  # fmt: skip

    @property
    def top(self) -> list[ShownRisk]:
        """The largest of them."""
        return self.rows[:MOST_SHOWN]

    @property
    def exposure(self) -> Decimal:
        """What they come to before responses."""
        return sum((one.exposure for one in self.rows if one.exposure is not None), Decimal(0))

    @property
    def residual(self) -> Decimal:
        """What they come to after responses."""
        return sum((one.residual for one in self.rows if one.residual is not None), Decimal(0))

    @property
    def without_rate(self) -> int:
        """How many are in no sum because their currency has no rate."""
        return sum(one.exposure is None for one in self.rows)

    @cached_property
    def matrix(self) -> Figure | None:
        """Where the threats stand before responses; None where none has a place."""
        found = [RiskCell(*cell, 1, float(one.exposure or 0)) for one, cell in self._cells if cell]
        return risk_matrix(found, self.place.currency, noun="threat") if found else None

    @property
    def unplaced(self) -> int:
        """How many threats have no place in it, because the cost of their project is not known in their currency."""
        return sum(cell is None for _, cell in self._cells)

    @cached_property
    def _cells(self) -> list[tuple[ShownRisk, tuple[int, int] | None]]:
        return [(one, one.weighed.cell(one.measure)) for one in self.rows if one.is_threat]

    @cached_property
    def assumptions(self) -> list[Any]:
        """The assumptions that were not confirmed, those refuted first."""
        inside = self.place.at_risk.order_by().values(self.place.reading.key)
        rows = Assumption.objects.as_of(self.place.reading.as_of).exclude(belief=Belief.CONFIRMED)
        rows = rows.filter(case__project_id__in=inside).select_related("owner", "case__project")
        return list(rows.order_by("-belief", "check_by", "pk")[:MOST_SHOWN])


def _amount(told: Converted) -> Decimal | None:
    return told.amount if told.is_whole else None
