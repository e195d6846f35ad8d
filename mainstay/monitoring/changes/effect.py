"""What a change does to time, cost, benefit, milestones, people and those who depend on it: before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes.demand import hours_ahead
from mainstay.portfolio.models import Dependency, DependencyKind, Milestone, Project
from mainstay.portfolio.queries.chain import Chain
from mainstay.portfolio.queries.dependencies import Link
from mainstay.portfolio.queries.reading import Reading
from mainstay.resources.models import Role
from mainstay.resources.queries.heat import By, Question, heat


@dataclass(frozen=True)
class Line:
    """A figure before and after; `kind` is day, money, number or hours."""

    label: str
    kind: str
    before: Any
    after: Any

    @property
    def difference(self) -> Any:
        """How much it changes: days for days, else the amount; None where one side is not known."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before).days if self.kind == "day" else self.after - self.before

    @property
    def is_changed(self) -> bool:
        """Whether anything changes."""
        return bool(self.before != self.after)


@dataclass(frozen=True)
class Moved:
    """A milestone before and after."""

    name: str
    before: date
    after: date


@dataclass(frozen=True)
class People:
    """Hours of a role that the project needs from now on, and that the reader's people have free until its end.

    free: None for whoever sees no capacity.
    """

    role: Role
    before: Decimal
    after: Decimal
    free: float | None

    @property
    def more(self) -> Decimal:
        """Hours needed on top."""
        return self.after - self.before

    @property
    def left(self) -> float | None:
        """Free hours once the change is made; below zero where people are missing."""
        return None if self.free is None else self.free - float(self.more)


class Effect:
    """The effect of a change on the project as it stands now, for a reader who sees its figures."""

    def __init__(self, change: Any, reader: Any) -> None:
        self.change, self.reader = change, reader
        self.project: Project = change.project
        self.today = timezone.localdate()

    @property
    def new_end(self) -> date | None:
        """When the project would end."""
        end: date | None = self.project.end_date
        return end and end + timedelta(days=self.change.days)

    @property
    def lines(self) -> list[Line]:
        """Time, cost and benefit, and what follows from them."""
        project, change = self.project, self.change
        cost = _plus(project.cost, change.cost_effect)
        benefit = _plus(project.benefit, change.benefit_effect)
        return [
            Line("End", "day", project.end_date, self.new_end),
            Line("Whole-life cost", "money", project.cost, cost),
            Line("Whole-life benefit", "money", project.benefit, benefit),
            Line("Benefit less cost", "money", _less(project.benefit, project.cost), _less(benefit, cost)),
            Line("Benefit / cost", "number", _ratio(project.benefit, project.cost), _ratio(benefit, cost)),
        ]

    @cached_property
    def milestones(self) -> list[Moved]:
        """Those that move along."""
        if not (self.change.days and self.change.moves_milestones):
            return []
        shift = timedelta(days=self.change.days)
        return [Moved(row.name, row.due_date, row.due_date + shift) for row in to_move(self.project, self.today)]

    @cached_property
    def people(self) -> list[People]:
        """The roles whose hours change."""
        roles = {role.key: role for role in Role.objects.filter(key__in=list(self.change.demand_effect))}
        needed, free = hours_ahead(self.project, self.today.replace(day=1)), self._free(roles)
        return [
            People(
                role,
                before := needed.get(role.pk, Decimal(0)),
                max(before + Decimal(self.change.demand_effect[key]), Decimal(0)),
                None if free is None else free.get(role.pk, 0.0),
            )
            for key, role in sorted(roles.items())
        ]

    def _free(self, roles: dict[str, Role]) -> dict[int, float] | None:
        """Hours that nothing claims, by role, from this month to the new end."""
        if not roles or not access.may_somewhere(self.reader, Verb.SEE_RESOURCES):
            return None
        first = self.today.replace(day=1)
        last = max(self.new_end or first, first + timedelta(days=31))
        ids = tuple(sorted(role.pk for role in roles.values()))
        found = heat(Question(By.ROLE, "month", first, last, roles=ids), self.reader)
        left = found.supply.sum(axis=1) - found.total.sum(axis=1)
        return dict(zip(found.keys.tolist(), left.tolist(), strict=True))

    @cached_property
    def late_for(self) -> list[tuple[Link, int]]:
        """Those who need the project and would get it too late, with the days, where the reader may see them."""
        rows = Dependency.objects.filter(needs=self.project, delivered_date=None)
        rows = list(rows.exclude(kind=DependencyKind.EXCLUDES))
        takers = Reading(self.reader).projects().filter(pk__in=[row.project_id for row in rows])
        seen = {one.pk: one for one in takers}
        found = [(Link(row, seen[row.project_id], self.project), row) for row in rows if row.project_id in seen]
        return [(link, late) for link, row in found if (late := self._late(link, row)) > 0]

    def _late(self, link: Link, row: Dependency) -> int:
        needed = row.needed_date or link.project.start_date
        promised = (row.promised_date or self.project.end_date) if needed else None
        return (promised + timedelta(days=self.change.days) - needed).days if promised and needed else 0

    @cached_property
    def moved(self) -> list[tuple[Any, int]]:
        """The other projects that would move with it, with the days, where the reader may see them."""
        return Chain(Reading(self.reader)).moved_by(self.project, self.change.days)

    def kept(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        """The figures as the record of the decision keeps them."""
        for line in self.lines:
            yield line.label, {"before": _text(line.before), "after": _text(line.after)}


def to_move(project: Project, today: date) -> Any:
    """The milestones of a project that lie ahead."""
    return Milestone.objects.filter(project=project, done_date=None, due_date__gte=today).order_by("due_date", "pk")


def _plus(amount: Decimal | None, more: Decimal) -> Decimal | None:
    return None if amount is None else amount + more


def _less(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first - second


def _ratio(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return (first / second).quantize(Decimal("0.01")) if first is not None and second else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
