"""A small strategy that the tests of this room begin with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.strategy.models import Driver, Goal, KeyResult
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.drivers import create_driver
from mainstay.strategy.operations.goals import create_goal, weigh_goals
from mainstay.strategy.operations.mix import WantedBucket, create_classification
from mainstay.strategy.operations.results import add_result


@dataclass
class Golden:
    """Two goals weighing 60 and 40, of which projects contribute 50 and 25."""

    world: Any
    vision: Goal
    leaks: Goal
    trust: Goal
    result: KeyResult

    def contribute(self, project: Project, goal: Goal, share: str, **more: Any) -> Any:
        """Say what a project gives to a goal."""
        return set_contribution(project, actor=MAINSTAY, goal=goal, share=Decimal(share), **more)


def authorise(*projects: Project) -> None:
    """Make projects committed work, without the way there."""
    for project in projects:
        type(project).objects.filter(pk=project.pk).update(stage=Stage.objects.get(key="active"))


def measure(goal: Goal, **more: Any) -> KeyResult:
    """A key result from 20 down to 10."""
    fields = {"name": "Leakage", "unit": "Ml a day", "start_value": Decimal(20), "target_value": Decimal(10)}
    dates = {"start_date": date(2026, 1, 1), "due_date": date(2027, 1, 1)}
    return add_result(goal, actor=MAINSTAY, **(fields | dates | more))


@pytest.fixture
def golden(world) -> Golden:
    """The golden strategy, without contributions yet."""
    authorise(world.pumps, world.meters)
    vision = create_goal(None, actor=MAINSTAY, name="Water for everybody", kind="vision")
    leaks = create_goal(None, actor=MAINSTAY, name="Halve the leaks", parent=vision, perspective="internal")
    trust = create_goal(None, actor=MAINSTAY, name="Trusted by customers", parent=vision, perspective="customer")
    weigh_goals([leaks, trust], actor=MAINSTAY, weights={leaks.pk: Decimal(60), trust.pk: Decimal(40)})
    fresh = [Goal.objects.get(pk=goal.pk) for goal in (vision, leaks, trust)]
    return Golden(world, *fresh, measure(leaks))


@pytest.fixture
def drivers(world) -> list[Driver]:
    """Two drivers of the whole organisation."""
    texts = {"none": "Nothing changes", "strong": "A tenth less"}
    return [
        create_driver(None, actor=MAINSTAY, name="Leakage", code="LEAK", statements=texts),
        create_driver(None, actor=MAINSTAY, name="Customer trust", code="TRUST"),
    ]


@pytest.fixture
def kinds(world) -> Any:
    """Run, grow and transform as 50, 30 and 20."""
    shares = (("Run", 50), ("Grow", 30), ("Transform", 20))
    buckets = [WantedBucket(name, Decimal(share)) for name, share in shares]
    return create_classification(None, actor=MAINSTAY, name="Run, grow, transform", code="RGT", buckets=buckets)
