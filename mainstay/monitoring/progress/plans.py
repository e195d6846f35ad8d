"""What projects planned: the packages known when their current baseline was frozen, or as they are without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, OuterRef, QuerySet, Subquery
from numpy.typing import NDArray

from mainstay.authorisation.models import Baseline
from mainstay.engine import evm
from mainstay.engine.basics.periods import month_after, month_number, month_of
from mainstay.monitoring.models import EarningRule, WorkPackage
from mainstay.portfolio.models import Project

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CODES = {
    EarningRule.ALL_AT_END: evm.Rule.ZERO_HUNDRED,
    EarningRule.HALVES: evm.Rule.FIFTY_FIFTY,
    EarningRule.MILESTONES: evm.Rule.MILESTONES,
    EarningRule.UNITS: evm.Rule.UNITS,
    EarningRule.PHYSICAL: evm.Rule.PHYSICAL,
    EarningRule.EFFORT: evm.Rule.EFFORT,
}
FIELDS = ("row_id", "project_id", "rule", "budget", "start_date", "end_date", "milestones")


@dataclass(frozen=True)
class Frozen:
    """A baseline that a plan is read from."""

    number: int
    at: datetime


@dataclass(frozen=True)
class Package:
    """A package as it was planned."""

    pk: int
    project: int
    rule: str
    budget: Any
    start: date
    end: date
    milestones: dict[str, float]

    @property
    def counts_milestones(self) -> bool:
        """Whether it earns by the weights of milestones, which nobody tells by hand."""
        return self.rule == EarningRule.MILESTONES and bool(self.milestones)


@dataclass(frozen=True, eq=False)
class Plans:
    """The packages of projects, those of one project beside each other; projects without any budget are left out.

    `frozen` names the baseline the plan of a project is of; `loose` holds the projects with a current baseline that
    knew no package.
    """

    packages: Sequence[Package]
    frozen: dict[int, Frozen]
    loose: frozenset[int]

    @cached_property
    def ids(self) -> Integers:
        """(projects,) the ids of the projects, rising."""
        return np.unique(np.array([one.project for one in self.packages], dtype=np.int64))

    @cached_property
    def place(self) -> Integers:
        """(packages,) the place of the project of each package."""
        return np.searchsorted(self.ids, [one.project for one in self.packages]).astype(np.int64)

    @cached_property
    def begins(self) -> Integers:
        """(projects,) the month in which each project begins, see `month_number`."""
        return self._of_projects([month_number(one.start) for one in self.packages], np.minimum)

    @cached_property
    def ends(self) -> Integers:
        """(projects,) the month in which the plan of each project ends."""
        return self._of_projects([month_number(one.end) for one in self.packages], np.maximum)

    @cached_property
    def rules(self) -> Integers:
        """(packages,) how each earns."""
        return np.array([CODES[EarningRule(one.rule)] for one in self.packages], dtype=np.int64)

    @cached_property
    def budgets(self) -> Floats:
        """(packages,) money in the currency of the project."""
        return np.array([float(one.budget) for one in self.packages])

    def planned(self, periods: int) -> Floats:
        """(packages, periods) cumulative planned value at the end of each month since its project began, by days."""
        first, last = (
            np.array([getattr(one, name).toordinal() for one in self.packages]) for name in ("start", "end")
        )
        day = last_days(self.begins, periods)[self.place]
        share = (day - first[:, None] + 1) / (last - first + 1)[:, None]
        return self.budgets[:, None] * np.clip(share, 0, 1)

    def summed(self, values: Floats) -> Floats:
        """(projects, periods) the sums of packages."""
        starts = np.searchsorted(self.place, np.arange(len(self.ids)))
        return np.add.reduceat(values, starts, axis=0)

    def effort_share(self) -> Floats:
        """(projects,) the share of the budget that is level of effort."""
        many = len(self.ids)
        by_effort = np.bincount(self.place, weights=self.budgets * (self.rules == evm.Rule.EFFORT), minlength=many)
        return by_effort / np.bincount(self.place, weights=self.budgets, minlength=many)

    def _of_projects(self, months: list[int], take: Any) -> Integers:
        starts = np.searchsorted(self.place, np.arange(len(self.ids)))
        return np.asarray(take.reduceat(np.array(months, dtype=np.int64), starts), dtype=np.int64)


def plans_of(projects: Any, as_of: datetime | None = None) -> Plans:
    """The plans of projects (rows, numbers or a query) in three queries, as known at a moment."""
    chosen = chosen_of(projects)
    current = Baseline.objects.as_of(as_of).filter(is_current=True)
    frozen = {
        pk: Frozen(number, at)
        for pk, number, at in current.filter(project_id__in=chosen).values_list("project_id", "number", "frozen_at")
    }
    moment = Subquery(current.filter(project_id=OuterRef("project_id")).values("frozen_at")[:1])
    kept = WorkPackage.Version.objects.filter(project_id__in=chosen).annotate(moment=moment)
    kept = kept.filter(known_from__lte=F("moment"), known_to__gt=F("moment"))
    promised = _packages(kept.values_list(*FIELDS))
    known = {one.project for one in promised if one.budget}
    now = [one for one in packages_now(chosen, as_of) if one.project not in known]
    return _plans([*(one for one in promised if one.project in known), *now], frozen, known)


def plan_at(project: int, moment: datetime) -> Plans:
    """The plan of one project as it was known at a moment."""
    rows = WorkPackage.Version.objects.filter(project_id=project, known_from__lte=moment, known_to__gt=moment)
    return _plans(_packages(rows.values_list(*FIELDS)), {}, set())


def packages_now(chosen: Any, as_of: datetime | None = None) -> list[Package]:
    """The packages of projects as they are, or as they were known at a moment."""
    rows = WorkPackage.objects.as_of(as_of).filter(project_id__in=chosen)
    names = FIELDS if as_of else ("pk", *FIELDS[1:])
    return _packages(rows.values_list(*names))


def chosen_of(projects: Any) -> Any:
    """Projects as others may be looked up by: a query of their ids, or a list of them."""
    if isinstance(projects, QuerySet):
        return projects.order_by().values("pk" if projects.model is Project else "row_id")
    return [one if isinstance(one, int) else one.row_id for one in projects]


def _packages(rows: Iterable[Any]) -> list[Package]:
    return [Package(*row) for row in rows]


def _plans(packages: list[Package], frozen: dict[int, Frozen], known: set[int]) -> Plans:
    with_budget = {one.project for one in packages if one.budget}
    kept = sorted((one for one in packages if one.project in with_budget), key=lambda one: (one.project, one.pk))
    used = {pk: one for pk, one in frozen.items() if pk in known}
    return Plans(kept, used, frozenset(with_budget & (frozen.keys() - known)))


def last_days(begins: Integers, periods: int) -> Integers:
    """(projects, periods) the last day of each month from the one in which a project begins, as day numbers."""
    if not len(begins):
        return np.zeros((0, periods), dtype=np.int64)
    low = int(begins.min())
    many = int(begins.max()) - low + periods
    ends = [month_after(month_of(low), place + 1).toordinal() - 1 for place in range(many)]
    return np.array(ends, dtype=np.int64)[(begins - low)[:, None] + np.arange(periods)]
