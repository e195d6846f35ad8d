"""The progress of one project as its page shows it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mainstay.authorisation.models import Baseline
from mainstay.charts import Figure
from mainstay.charts.earned_curve import earned_curve
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.engine import evm
from mainstay.monitoring.models import EarningRule, ProgressReading, WorkPackage
from mainstay.monitoring.money.queries import day_of, with_figures
from mainstay.monitoring.progress.course import months_of
from mainstay.monitoring.progress.forms import RULES_TOLD
from mainstay.monitoring.progress.measures import IN_TIME, METHOD_LABELS, METHODS, Told, tell
from mainstay.monitoring.progress.plans import Plans, plan_at
from mainstay.monitoring.progress.queries import EarnedValue, earned_value
from mainstay.monitoring.progress.ranges import Ranges
from mainstay.portfolio.queries.reading import Reading


@dataclass(frozen=True)
class PackageRow:
    """A package with the last that was told of it; `is_planned` says whether the baseline knows it."""

    package: Any
    latest: Any
    is_planned: bool

    @property
    def rule(self) -> str:
        """How it earns, in a word."""
        return str(self.package.get_rule_display()).split(":")[0]

    @property
    def told(self) -> str:
        """How it earns, in a sentence."""
        return RULES_TOLD[EarningRule(self.package.rule)]


class ProjectProgress:
    """A project whose figures the person may see, with its packages and what they have earned."""

    def __init__(self, user: Any, code: str, as_of: Any, method: str = "", against: int = 0) -> None:
        self.user, self.as_of, self.today = user, as_of, day_of(as_of)
        self.method_key, self.against_number = method if method in METHODS else "typical", against
        self.reading = Reading(user, as_of)
        project = with_figures(self.reading).filter(code=code).first()
        if project is None:
            raise Missing("There is no such project, or its figures are not open to you.")
        self.project = project

    @cached_property
    def packages(self) -> list[PackageRow]:
        """Its packages as they are now, each with the last that was told of it."""
        rows = WorkPackage.objects.as_of(self.as_of).filter(project_id=self.project.row_id)
        told = ProgressReading.objects.as_of(self.as_of).filter(
            package__project_id=self.project.row_id, date__lte=self.today
        )
        latest = {one.package_id: one for one in told.order_by("date")}
        planned = {one.pk for one in self.value.plans.packages} if self.value else set()
        ordered = sorted(rows, key=lambda row: (row.position, row.row_id))
        return [PackageRow(row, latest.get(row.row_id), row.row_id in planned) for row in ordered]

    @cached_property
    def value(self) -> EarnedValue | None:
        """Its earned value; None where it has no package with a budget."""
        return earned_value([self.project], as_of=self.as_of)

    @property
    def month(self) -> date | None:
        """The last day of the month the measures stand for; None where none is known yet."""
        return self.value.month(0) if self.value else None

    @property
    def baseline(self) -> Any:
        """The baseline the plan is of; None where it is the packages as they are."""
        return self.value.plans.frozen.get(self.project.row_id) if self.value else None

    @property
    def is_loose(self) -> bool:
        """Whether there is a current baseline that knew no package."""
        return bool(self.value and self.project.row_id in self.value.plans.loose)

    @property
    def outside(self) -> list[PackageRow]:
        """The packages the baseline does not know, which earn nothing before a new one."""
        return [row for row in self.packages if not row.is_planned] if self.baseline else []

    @property
    def method(self) -> evm.Method:
        """How the cost at completion is estimated."""
        return METHODS[self.method_key][0]

    @cached_property
    def measures(self) -> dict[str, Told]:
        """Every measure in the last known month."""
        return tell(self.value, 0, self.method) if self.value else {}

    @property
    def in_money(self) -> list[Told]:
        """The measures of money and cost."""
        return [one for key, one in self.measures.items() if key not in IN_TIME]

    @property
    def in_time(self) -> list[Told]:
        """The measures of time."""
        return [one for key, one in self.measures.items() if key in IN_TIME]

    @cached_property
    def methods(self) -> list[tuple[str, str, str, Told]]:
        """The estimate at completion by each method: key, label, definition, estimate."""
        found = []
        for key, (method, said) in METHODS.items():
            eac = tell(self.value, 0, method)["eac"] if self.value else None
            found.append((key, METHOD_LABELS[key], said, eac))
        return found

    @property
    def finish(self) -> date | None:
        """The day it ends at its pace so far."""
        ieac = self.measures["ieac_t"].value if self.measures else None
        return None if self.value is None or ieac is None else self.value.day(0, ieac)

    @property
    def planned_finish(self) -> date | None:
        """The day the plan ends."""
        return max((one.end for one in self.value.plans.packages), default=None) if self.value else None

    @property
    def days_late(self) -> int:
        """By how many days it ends after its plan, below zero before it."""
        return (self.finish - self.planned_finish).days if self.finish and self.planned_finish else 0

    @property
    def effort_share(self) -> float:
        """The share of the budget that is level of effort, which hides delay."""
        return float(self.value.plans.effort_share()[0]) if self.value else 0.0

    @cached_property
    def ranges(self) -> Ranges | None:
        """How its forecasts may come out."""
        if self.value is None or self.month is None:
            return None
        return Ranges(self.reading, self.value, 0, self.measures["eac"].value)

    @cached_property
    def baselines(self) -> list[Any]:
        """Its baselines, the newest first."""
        rows = Baseline.objects.as_of(self.as_of).filter(project_id=self.project.row_id)
        return list(rows.order_by("-number").only("number", "frozen_at"))

    @cached_property
    def against(self) -> Any:
        """The other baseline whose plan is drawn: the one asked for, else the one before; None without one."""
        used = self.baseline.number if self.baseline else 0
        others = [row for row in self.baselines if row.number != used]
        asked = next((row for row in others if row.number == self.against_number), None)
        return asked or next((row for row in others if row.number < used), None)

    @cached_property
    def earlier(self) -> Plans | None:
        """The plan of the other baseline; None where it knew no package."""
        found = plan_at(self.project.row_id, self.against.frozen_at) if self.against else None
        return found if found and len(found.ids) else None

    @cached_property
    def figure(self) -> Figure | None:
        """The S-curve."""
        if self.value is None:
            return None
        leads_to = (self.finish, self.measures["eac"].value)
        return earned_curve(months_of(self.value, leads_to, self.earlier), self.project.currency)

    @property
    def may_add(self) -> bool:
        """Whether the person may add packages now."""
        return self._may(Verb.PACKAGE_ADD)

    @property
    def may_record(self) -> bool:
        """Whether the person may say how far packages are."""
        return bool(self.packages) and self._may(Verb.PROGRESS_RECORD)

    def _may(self, verb: Verb) -> bool:
        return self.as_of is None and access.may(self.user, verb, self.project)
