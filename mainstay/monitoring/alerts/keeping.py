"""Turning what was found into alerts: raised, brought back, cleared or still there; and each owner told once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils import timezone

from mainstay.core import history
from mainstay.core.system import Actor
from mainstay.engine.control import watch
from mainstay.monitoring.alerts.evaluating import Findings, Seen, limit_of
from mainstay.monitoring.alerts.telling import owners_of, tell_owners
from mainstay.monitoring.models import Alert, AlertRule, AlertState
from mainstay.portfolio.models import Portfolio

COMES_BACK_WITHIN = timedelta(days=7)
MOVED = 0.02  # a value is written again when it moved by this share of itself
Key = tuple[int, int]


@dataclass
class Outcome:
    """What became of alerts, each list with those it says: only raised and due ones are told to their owners."""

    raised: list[Alert] = field(default_factory=list)
    back: list[Alert] = field(default_factory=list)
    cleared: list[Alert] = field(default_factory=list)
    due: list[Alert] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {each.name: len(getattr(self, each.name)) for each in fields(self)}


def keep(portfolio: Portfolio, findings: Findings, actor: Actor) -> Outcome:
    """Write what was found. The rules are held meanwhile, so that two looks never raise the same alert."""
    rows = AlertRule.objects.filter(portfolio__path__startswith=portfolio.path).order_by("pk")
    rules = {rule.pk: rule for rule in rows.select_for_update(of=("self",))}
    keeping = _Keeping(rules, findings)
    outcome, changed = keeping.outcome, keeping.changed()
    owners_of(outcome.raised)
    history.create_many(outcome.raised)
    history.save_many(changed)
    tell_owners([*outcome.raised, *outcome.due], actor)
    return outcome


class _Keeping:
    """The open alerts of some rules beside what was found."""

    def __init__(self, rules: dict[int, AlertRule], findings: Findings) -> None:
        self.rules, self.findings = rules, findings
        self.today = timezone.localdate(findings.at)
        recent = Q(cleared_at__gt=findings.at - COMES_BACK_WITHIN)
        rows = Alert.objects.filter(~Q(state=AlertState.CLEARED) | recent, rule__in=rules)
        found = sorted(rows, key=lambda row: row.raised_at)
        self.open: dict[Key, Alert] = {_key(row): row for row in found if row.state != AlertState.CLEARED}
        self.past: dict[Key, Alert] = {_key(row): row for row in found if row.state == AlertState.CLEARED}
        self.outcome = Outcome()

    def changed(self) -> list[Alert]:
        """The alerts that stood before and are to be written again; new ones are in the outcome."""
        changed = dict(self._no_longer_watched())
        for pk, seen in self.findings.by_rule.items():
            rule = self.rules.get(pk)
            if rule is not None and rule.is_active and rule.version == seen.version:
                changed |= dict(self._of_rule(rule, seen))
        changed |= dict(self._due(changed))
        return list(changed.values())

    def _of_rule(self, rule: AlertRule, seen: Seen) -> Iterator[tuple[Key, Alert]]:
        open_ones = np.array([project for pk, project in self.open if pk == rule.pk], dtype=np.int64)
        is_open = np.isin(seen.ids, open_ones)
        found = watch(limit_of(rule), seen.values, is_open)
        value_of = dict(zip(seen.ids.tolist(), seen.values.tolist(), strict=True))
        for project in seen.ids[found.raised].tolist():
            yield from self._raise((rule.pk, project), value_of[project])
        for project in seen.ids[found.cleared].tolist():
            yield self._clear((rule.pk, project), value_of[project])
        for project in seen.ids[is_open & ~found.cleared & ~np.isnan(seen.values)].tolist():
            yield from self._move((rule.pk, project), value_of[project])

    def _raise(self, key: Key, value: float) -> Iterator[tuple[Key, Alert]]:
        """A new alert; one that was cleared a few days ago comes back as it was, and nobody is told anew."""
        past = self.past.get(key)
        if past is None:
            self.outcome.raised.append(
                Alert(rule_id=key[0], project_id=key[1], value=value, latest=value, raised_at=self.findings.at)
            )
            return
        past.state = AlertState.TAKEN if past.note else AlertState.OPEN
        past.cleared_at, past.latest = None, value
        self.outcome.back.append(past)
        yield key, past

    def _clear(self, key: Key, value: float | None) -> tuple[Key, Alert]:
        alert = self.open[key]
        alert.state, alert.cleared_at, alert.latest = AlertState.CLEARED, self.findings.at, value
        self.outcome.cleared.append(alert)
        return key, alert

    def _move(self, key: Key, value: float) -> Iterator[tuple[Key, Alert]]:
        """The value of now, where it moved so much that it is worth a version."""
        alert = self.open[key]
        if alert.latest is None or abs(value - alert.latest) > MOVED * max(abs(alert.latest), abs(value)):
            alert.latest = value
            yield key, alert

    def _no_longer_watched(self) -> Iterator[tuple[Key, Alert]]:
        """Alerts of rules out of use, and of projects that no longer run or lie elsewhere now."""
        seen = {pk: set(one.ids.tolist()) for pk, one in self.findings.by_rule.items()}
        for rule, project in list(self.open):
            is_off = not self.rules[rule].is_active
            if is_off or (rule in seen and project not in seen[rule]):
                yield self._clear((rule, project), None)

    def _due(self, changed: dict[Key, Alert]) -> Iterator[tuple[Key, Alert]]:
        """Alerts to look at again by now that still stand: open again, their owner is told."""
        for key, alert in self.open.items():
            if alert.state == AlertState.TAKEN and alert.follow_up and alert.follow_up <= self.today:
                alert.state, alert.follow_up = AlertState.OPEN, None
                self.outcome.due.append(alert)
                yield key, alert


def _key(row: Any) -> Key:
    return row.rule_id, row.project_id
