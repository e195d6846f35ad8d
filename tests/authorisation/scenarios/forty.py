"""Forty candidates that plan two years: nine roles, budgets by year, dependencies and an exclusion."""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import FiscalYear, Portfolio, Project
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.setup import open_year
from mainstay.portfolio.operations.tree import create_portfolio
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_role
from tests.authorisation.conftest import candidate

FIRST = date(2027, 1, 1)
COUNT, QUARTERS = 40, 8
ROLES = (
    "Analyst", "Architect", "Data engineer", "Designer", "Developer", "Operator", "Project manager", "Surveyor",
    "Tester",
)  # fmt: skip
SCARCE = ROLES.index("Data engineer")
THEMES = ("Run", "Run", "Grow", "Transform")
REQUIRES = (("P07", "P03"), ("P12", "P01"), ("P25", "P18"))
EXCLUDES = ("P05", "P09")


@dataclass
class Forty:
    """The portfolio of the forty candidates; Amara is its manager."""

    portfolio: Portfolio

    @property
    def manager(self) -> Person:
        """Amara, portfolio manager."""
        return Person.objects.get(username="amara")

    def project(self, code: str) -> Project:
        """A project as it is now."""
        return Project.objects.get(code=code)


def build_forty(world: Any) -> Forty:
    """Lay down the forty candidates beside the small world."""
    portfolio = create_portfolio(world.top, actor=MAINSTAY, name="Forty", code="FORTY")
    give_grant(world.portfolio_manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=portfolio.path)
    _years()
    roles = [add_role(None, actor=MAINSTAY, name=name) for name in ROLES]
    team = create_team(portfolio, actor=MAINSTAY, name="Works")
    for nth, role in enumerate(roles):
        for number in range(1 if role.name == "Data engineer" else 2 + nth % 2):
            add_resource(team, actor=MAINSTAY, name=f"{role.name} {number + 1}", role=role)
    _projects(portfolio, roles)
    for code, needs in REQUIRES:
        _depend(code, needs, "requires")
    _depend(*EXCLUDES, "excludes")
    return Forty(portfolio)


def _years() -> None:
    for year in (2027, 2028):
        if not FiscalYear.objects.filter(start_date__lte=date(year, 6, 1), end_date__gte=date(year, 6, 1)).exists():
            days = {"start_date": date(year, 1, 1), "end_date": date(year, 12, 31)}
            open_year(None, actor=MAINSTAY, name=f"{year}", **days)


def _projects(portfolio: Portfolio, roles: list[Any]) -> None:
    draw = random.Random(7)  # noqa: S311  (the same candidates every time)
    for nth in range(COUNT):
        quarters, start = draw.randint(1, 3), draw.randrange(4)
        cost = 10 * draw.randint(4, 20)
        benefit = round(cost * draw.uniform(0.5, 3.0), 1)
        begins = month_after(FIRST, 3 * start)
        ends = date.fromordinal(month_after(begins, 3 * quarters).toordinal() - 1)
        project = candidate(
            portfolio, f"P{nth + 1:02d}", str(benefit), cost, theme=THEMES[nth % len(THEMES)], start_date=begins,
            end_date=ends,
        )  # fmt: skip
        needed = draw.sample(roles, 2)
        if nth % 3 == 0 and roles[SCARCE] not in needed:
            needed[0] = roles[SCARCE]
        entries = [
            DemandEntry(role, hours={month_after(begins, 3 * at): _hours(draw) for at in range(quarters)})
            for role in needed
        ]
        enter_demand(project, actor=MAINSTAY, entries=entries)


def _hours(draw: random.Random) -> Decimal:
    return Decimal(draw.randint(8, 22) * 10)


def _depend(code: str, needs: str, kind: str) -> None:
    one, other = (Project.objects.get(code=each) for each in (code, needs))
    add_dependency(one, actor=MAINSTAY, needs=other, kind=kind)
