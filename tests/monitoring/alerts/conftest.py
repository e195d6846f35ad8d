"""Two running projects of Networks with a milestone each, watched by a rule."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mainstay.core.models import Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.alerts.keeping import Outcome
from mainstay.monitoring.alerts.operations import create_rule, evaluate_now
from mainstay.monitoring.models import Alert, AlertRule
from mainstay.portfolio.models import Milestone, Project
from mainstay.portfolio.operations.parts import add_milestone, edit_milestone
from tests.monitoring.going import let_run

TODAY = date(2026, 9, 1)
DUE = date(2028, 10, 1)


@dataclass
class Watched:
    """The pumps and the meters, and looking at them day by day."""

    world: Any
    days: int = 0

    def rule(self, **terms: Any) -> AlertRule:
        """A rule on the latest milestone: alerts from 10 days on, in order again at 5."""
        known = {"name": "Milestones late", "measure": "milestones.slip", "raise_at": 10.0, "clear_at": 5.0} | terms
        return create_rule(self.world.networks, actor=self.world.portfolio_manager, **known)

    def slip(self, days: int, project: Project | None = None) -> None:
        """Let the milestone of the pumps be so many days late."""
        row = Milestone.objects.get(project=project or self.world.pumps)
        edit_milestone(row, actor=MAINSTAY, forecast_date=DUE + timedelta(days=days))

    def look(self, after: int = 1) -> Outcome:
        """Evaluate some days later."""
        self.days += after
        with acting(at=datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC) + timedelta(days=self.days)):
            return evaluate_now(self.world.networks, actor=self.world.portfolio_manager)

    @property
    def alerts(self) -> list[Alert]:
        """Every alert, the earliest first."""
        return list(Alert.objects.order_by("pk"))

    def told(self, person: Any) -> list[str]:
        """What somebody was told of alerts."""
        rows = Notice.objects.filter(person=person, text__icontains="alert").order_by("pk")
        return list(rows.values_list("text", flat=True))


@pytest.fixture
def watched(world: Any) -> Watched:
    """Two running projects with a milestone in October 2028."""
    give_grant(world.project_manager, actor=MAINSTAY, role=Role.PROJECT_MANAGER, path=world.meters.path)
    for project in (world.pumps, world.meters):
        let_run(project, manager=world.project_manager)
        add_milestone(project, actor=MAINSTAY, name="Ordered", due_date=DUE)
    return Watched(world)
