"""Looking at the figures of many projects through every rule at once; nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from mainstay.core.surrounding import surrounding
from mainstay.engine.control import Watch
from mainstay.monitoring.alerts.batch import Batch, Floats, Integers
from mainstay.monitoring.alerts.measures import Measure, measure_named
from mainstay.monitoring.models import AlertKind, AlertRule, Side
from mainstay.monitoring.running import running
from mainstay.portfolio.models import Portfolio, Project


@dataclass(frozen=True, eq=False)
class Seen:
    """What a rule, as it stood in a version, looked at: (projects,) ids in order and their values."""

    version: int
    ids: Integers
    values: Floats


@dataclass(frozen=True, eq=False)
class Findings:
    """Values by rule as known at a moment; a rule whose measure is no longer known looked at no project."""

    at: datetime
    by_rule: Mapping[int, Seen]


def limit_of(rule: AlertRule) -> Watch:
    """The limit a rule watches; a silence alerts from its number of days on."""
    if rule.kind == AlertKind.SILENCE:
        return Watch(float(rule.days or 0))
    return Watch(float(rule.raise_at or 0), rule.clear_at, rule.side == Side.ABOVE)


def rules_below(portfolio: Portfolio) -> Any:
    """The rules of a portfolio and of everything below it that are in use."""
    return AlertRule.objects.filter(portfolio__path__startswith=portfolio.path, is_active=True)


def look(portfolio: Portfolio) -> Findings:
    """The figures of all running projects that rules of a portfolio and below it watch, as they are now."""
    return findings(portfolio, rules_below(portfolio).select_related("portfolio"))


def findings(portfolio: Portfolio, rules: Iterable[AlertRule]) -> Findings:
    """The figures that some rules of a portfolio and below it watch."""
    now = surrounding().now()
    looking = _Looking(running(Project.objects.within(portfolio)), now)
    found = {}
    for rule in rules:
        found[rule.pk] = looking.through(rule)
    return Findings(now, found)


class _Looking:
    """The projects now and at earlier days; each measure is read once for each day."""

    def __init__(self, projects: Any, at: datetime) -> None:
        self.at = at
        self.now = Batch(projects, timezone.localdate(at))
        self._batches = {0: self.now}
        self._values: dict[tuple[str, int], Floats] = {}
        places = sorted(projects.order_by().values_list("pk", "path", "seal"))
        self._paths = np.array([path for _, path, _ in places], dtype=str)
        self._seals = np.array([seal for *_, seal in places], dtype=str)

    def through(self, rule: AlertRule) -> Seen:
        """What one rule looks at."""
        measure = measure_named(rule.measure)
        if measure is None:
            return Seen(rule.version, self.now.ids[:0], np.zeros(0))
        chosen = self._below(rule.portfolio)
        return Seen(rule.version, self.now.ids[chosen], self._compared(rule, measure)[chosen])

    def _below(self, portfolio: Portfolio) -> NDArray[np.bool_]:
        """(projects,) those of a portfolio and below it; confidential parts have rules of their own."""
        if not len(self._paths):
            return np.zeros(0, dtype=bool)
        return np.char.startswith(self._paths, portfolio.path) & (self._seals == portfolio.seal)

    def _compared(self, rule: AlertRule, measure: Measure) -> Floats:
        """(projects,) what the rule compares with its limit: the measure, or its change over some days."""
        now = self._read(measure, 0)
        return now - self._read(measure, rule.days or 0) if rule.kind == AlertKind.TREND else now

    def _read(self, measure: Measure, days: int) -> Floats:
        if (measure.key, days) not in self._values:
            batch = self._batch(days)
            self._values[measure.key, days] = np.where(batch.is_known, measure.values(batch), np.nan)
        return self._values[measure.key, days]

    def _batch(self, days: int) -> Batch:
        if days not in self._batches:
            day = timezone.localdate(self.at) - timedelta(days=days)
            then = timezone.make_aware(datetime.combine(day, time.max))
            self._batches[days] = Batch(self.now.projects, day, then)
        return self._batches[days]
