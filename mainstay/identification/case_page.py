"""A business case as its page shows it, today or as it was known: content, sums, pictures, and what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.charts import Figure, words
from mainstay.charts.profile_by_period import PeriodAmount, profile_by_period
from mainstay.charts.risk_matrix import risk_matrix
from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.engine.risk import contingency
from mainstay.identification.case_content import content_of
from mainstay.identification.case_parts import may_write, missing_parts
from mainstay.identification.case_periods import Frame
from mainstay.identification.case_risks import Exposure, Weighed, cells, open_risks
from mainstay.identification.case_sheet import KINDS
from mainstay.identification.case_totals import Range, Totals, preferred
from mainstay.identification.models import (
    Belief,
    BusinessCase,
    CaseEdition,
    OptionKind,
    Response,
    RiskKind,
)
from mainstay.resources.models import Role, Skill


@dataclass(frozen=True)
class OptionShown:
    """One option beside the others."""

    option: Mapping[str, Any]
    totals: Totals
    labels: Mapping[str, str]

    @property
    def kind(self) -> str:
        """What it stands for, in words."""
        return str(OptionKind(self.option["kind"]).label)

    @property
    def peak(self) -> str:
        """When it needs most and how much, in words."""
        if self.totals.peak is None:
            return ""
        period, days = self.totals.peak
        return f"{words.number(float(days), 1)} days in {self.labels.get(period, period)}"

    @property
    def sheets(self) -> list[tuple[Any, int]]:
        """Its sheets with the number of their lines."""
        counts = {
            "costs": len(self.option["costs"]),
            "benefits": len(self.totals.money_lines),
            "measures": len(self.totals.other_benefits),
            "demand": len(self.option["demands"]),
        }
        return [(kind, counts[kind.key]) for kind in KINDS.values()]


class CasePage:
    """One case for one person."""

    def __init__(self, case: Any, user: Any, as_of: Any = None) -> None:
        self.case, self.user, self.as_of = case, user, as_of
        self.content = content_of(case, as_of)
        self.frame = Frame.of(case)
        self.labels = {period.key: period.label for period in self.frame.periods}

    @cached_property
    def may_write(self) -> bool:
        """Whether anything may be changed; nothing can be in the past."""
        return self.as_of is None and may_write(self.user, self.case)

    @cached_property
    def missing(self) -> list[str]:
        """What a complete case still needs; only told of today's."""
        return missing_parts(self.case) if isinstance(self.case, BusinessCase) else []

    @cached_property
    def options(self) -> list[OptionShown]:
        """The options, side by side."""
        return [OptionShown(option, Totals(option), self.labels) for option in self.content["options"]]

    @cached_property
    def preferred(self) -> OptionShown | None:
        """The one that is proposed."""
        chosen = preferred(self.content)
        return next((shown for shown in self.options if chosen and shown.option["id"] == chosen["id"]), None)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return str(self.content["currency"])

    @property
    def finding(self) -> str:
        """The case in a sentence."""
        if self.preferred is None or self.preferred.totals.cost is None:
            return "It does not say yet what the proposal costs."
        totals, name = self.preferred.totals, self.preferred.option["name"]
        cost = f"{name} costs {self._money(totals.costs.likely)}{self._range(totals.costs)}"
        if totals.benefit is None:
            return f"{cost} over {self._time}; no benefit in money is stated."
        benefit = f"{self._money(totals.benefits.likely)}{self._range(totals.benefits)}"
        return f"{cost} and brings {benefit} over {self._time}."

    @property
    def _time(self) -> str:
        return f"{self.frame.count} {self.frame.grain}{'s' * (self.frame.count != 1)}"

    def _money(self, amount: Decimal) -> str:
        return words.money(float(amount), self.currency)

    def _range(self, given: Range) -> str:
        low, high = words.compact(float(given.low)), words.compact(float(given.high))
        return f" ({low} to {high})" if given.is_wide else ""

    @property
    def money_picture(self) -> Figure | None:
        """Cost and benefit of the proposal by period, and what is left so far."""
        if self.preferred is None:
            return None
        totals = self.preferred.totals
        rows = [
            PeriodAmount(label, word, float(sign * amounts.get(key, 0)))
            for key, label in self.labels.items()
            for word, sign, amounts in (("Benefit", 1, totals.benefit_by_period), ("Cost", -1, totals.cost_by_period))
            if key in amounts
        ]
        order = ("Benefit", "Cost")
        return (
            profile_by_period(rows, "Benefit less cost", self.currency, order=order, cumulative=True)
            if rows
            else None
        )

    @property
    def may_hand_over(self) -> bool:
        """Whether the reader may make the demand of the case that of its project."""
        project = self.case.project
        return self.as_of is None and project is not None and access.may(self.user, Verb.DEMAND_ENTER, project)

    @property
    def demand_picture(self) -> Figure | None:
        """Person-days of the proposal by period, role and skill."""
        lines = self.preferred.option["demands"] if self.preferred else []
        rows = [
            PeriodAmount(label, self.whom(line), float(line["likely"][key]))
            for key, label in self.labels.items()
            for line in lines
            if key in line["likely"]
        ]
        return profile_by_period(rows, "Demand", "person-days", kind="number") if rows else None

    def whom(self, line: Mapping[str, Any]) -> str:
        """The role or skill a demand line is for."""
        role, skill = ("role", line["role_id"]), ("skill", line["skill_id"])
        return self.names.get(role) or self.names.get(skill, "")

    @cached_property
    def names(self) -> dict[tuple[str, Any], str]:
        """Names of the roles and skills."""
        found = {("role", pk): name for pk, name in Role.objects.values_list("pk", "name")}
        return found | {("skill", pk): name for pk, name in Skill.objects.values_list("pk", "name")}

    @cached_property
    def people(self) -> dict[int | None, str]:
        """Names of whoever answers for a part."""
        parts = [*self.content["assumptions"], *self.content["risks"]]
        parts += [line for option in self.content["options"] for line in option["benefits"]]
        ids = {part["owner_id"] for part in parts} - {None}
        return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))

    @property
    def assumptions(self) -> list[dict[str, Any]]:
        """The assumptions with owner and state in words."""
        return [self._assumed(row) for row in self.content["assumptions"]]

    def _assumed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        day = date.fromisoformat(row["check_by"]) if row["check_by"] else None
        owner, state = self.people.get(row["owner_id"], ""), str(Belief(row["belief"]).label)
        return {**row, "owner": owner, "state": state, "check_day": day}

    @cached_property
    def weighed(self) -> list[Weighed]:
        """The open risks, the largest exposure first."""
        return open_risks(self.content)

    @property
    def risks(self) -> list[tuple[Weighed, dict[str, str]]]:
        """Every risk with its words, the open ones first."""
        closed = [Weighed(risk) for risk in self.content["risks"] if risk["is_closed"]]
        return [(one, self._words(one.risk)) for one in [*self.weighed, *closed]]

    def _words(self, risk: Mapping[str, Any]) -> dict[str, str]:
        return {
            "kind": str(RiskKind(risk["kind"]).label),
            "response": str(Response(risk["response"]).label),
            "owner": self.people.get(risk["owner_id"], ""),
        }

    @property
    def exposure(self) -> Exposure:
        """What the open risks come to."""
        return Exposure.of(self.weighed)

    @property
    def risk_picture(self) -> Figure | None:
        """The threats by probability and impact."""
        cost = self.preferred.totals.cost if self.preferred else None
        places, _ = cells(((one, cost) for one in self.weighed), residual=False)
        return risk_matrix(places, self.currency) if places else None

    @property
    def contingency(self) -> Decimal | None:
        """A hint: what would have to be held so that four of five outcomes stay within the mean and it."""
        if self.preferred is None or not self.preferred.totals.costs.is_wide:
            return None
        costs = self.preferred.totals.costs
        spread = contingency([float(costs.mean)], [float(costs.sigma)]).above_mean
        return (Decimal(spread) + max(self.exposure.residual, Decimal(0))).quantize(Decimal(1))

    @cached_property
    def editions(self) -> list[CaseEdition]:
        """What was published, the newest first."""
        rows = CaseEdition.objects.as_of(self.as_of).filter(case_id=self.case.row_id)
        return list(rows.defer("content").select_related("made_by").order_by("-number"))
