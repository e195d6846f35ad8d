"""The five projects of docs/examples/five-projects.json as rows of a register, with a scenario of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.operations import create_scenario
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.tree import create_portfolio
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.vocabulary import add_role
from mainstay.strategy.models import Bucket, Goal
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal, weigh_goals
from mainstay.strategy.operations.mix import WantedBucket, classify_projects, create_classification
from tests.authorisation.conftest import candidate

FIRST = date(2027, 1, 1)
# Code: what it brings, what it costs, its quarters, hours of skill 1 and of skill 2 in each.
FIVE = {
    "A": (30, 100, 2, 2, 1),
    "B": (26, 90, 2, 2, 0),
    "C": (24, 80, 1, 1, 2),
    "D": (15, 60, 2, 0, 1),
    "E": (12, 50, 1, 1, 1),
}
LIMITS = [
    {"source": "cost", "max": "320"},
    {"source": "role.skill1", "max": "3"},
    {"source": "role.skill2", "max": "2"},
]
RULES = {"window": 3, "delay": {"amount": "1"}}


@dataclass
class Five:
    """The portfolio of the five projects; Amara is its manager."""

    portfolio: Portfolio

    @property
    def manager(self) -> Person:
        """Amara, portfolio manager."""
        return Person.objects.get(username="amara")

    def scenario(self, **terms: Any) -> Scenario:
        """A scenario of 320 over four quarters, in which each quarter of delay costs 1."""
        known = {
            "name": "Growth", "starts_on": FIRST, "period": "quarter", "periods": 4, "maximise": "benefit",
            "limits": LIMITS, "rules": RULES,
        } | terms  # fmt: skip
        return create_scenario(self.portfolio, actor=self.manager, **known)

    def solved(self, **terms: Any) -> Scenario:
        """The same, solved and explained."""
        solved = solve_scenario_now(self.scenario(**terms), actor=self.manager, seconds=20, explain="few")
        assert solved is not None
        return solved

    def line(self, scenario: Scenario, code: str) -> PlanLine:
        """A line of a scenario as it is now."""
        return PlanLine.objects.get(scenario=scenario, project__code=code)

    def project(self, code: str) -> Project:
        """A project as it is now."""
        return Project.objects.get(code=code)


def build_five(world: Any) -> Five:
    """Lay down the five projects beside the small world."""
    portfolio = create_portfolio(world.top, actor=MAINSTAY, name="Five", code="FIVE")
    roles = [add_role(None, actor=MAINSTAY, name=f"Skill {n}", key=f"skill{n}") for n in (1, 2)]
    for code, (benefit, cost, quarters, *hours) in FIVE.items():
        end = date.fromordinal(month_after(FIRST, 3 * quarters).toordinal() - 1)
        project = candidate(portfolio, code, benefit, cost, start_date=FIRST, end_date=end)
        entries = [
            DemandEntry(role, hours={month_after(FIRST, 3 * quarter): Decimal(need) for quarter in range(quarters)})
            for role, need in zip(roles, hours, strict=True)
            if need
        ]
        enter_demand(project, actor=MAINSTAY, entries=entries)
    give_grant(world.portfolio_manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=portfolio.path)
    return Five(portfolio)


@pytest.fixture
def five(world: Any) -> Five:
    """The five projects beside the small world."""
    return build_five(world)


@pytest.fixture
def strategy(five: Any) -> None:
    """Run, grow and transform as 50, 30 and 20; two goals of which projects promise parts."""
    wanted = [WantedBucket(name, Decimal(share)) for name, share in (("Run", 50), ("Grow", 30), ("Transform", 20))]
    kinds = create_classification(None, actor=MAINSTAY, name="Run, grow, transform", code="RGT", buckets=wanted)
    for name, codes in (("Run", "AB"), ("Grow", "C")):
        bucket = Bucket.objects.get(name=name)
        projects = [five.project(code) for code in codes]
        classify_projects(projects, actor=MAINSTAY, classification=kinds, bucket=bucket)
    leaks, trust = (create_goal(None, actor=MAINSTAY, name=name, code=name) for name in ("Leaks", "Trust"))
    weigh_goals([leaks, trust], actor=MAINSTAY, weights={leaks.pk: Decimal(60), trust.pk: Decimal(40)})
    for code, goal, share in (("A", "Leaks", 50), ("C", "Trust", 25), ("D", "Trust", 50)):
        set_contribution(five.project(code), actor=MAINSTAY, goal=Goal.objects.get(code=goal), share=Decimal(share))
