"""A portfolio whose best choices are known, and people who may do different things with it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.models import Selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Portfolio, Project, Stage
from mainstay.portfolio.operations.projects import advance_project, propose_project
from mainstay.portfolio.operations.tree import create_portfolio

GOLDEN = {"A": (30, 100), "B": (26, 90), "C": (24, 80), "D": (15, 60), "E": (12, 50)}


def candidate(portfolio: Portfolio, code: str, benefit: Any, cost: Any, **fields: Any) -> Project:
    """A project admitted as a candidate."""
    fields = {"name": f"Project {code}"} | fields
    project = propose_project(
        portfolio, actor=MAINSTAY, code=code, benefit=Decimal(benefit), cost=Decimal(cost), **fields
    )
    return advance_project(project, actor=MAINSTAY, target=Stage.objects.get(key="candidate"))


@dataclass
class Golden:
    """The golden portfolio of five candidates: 320 buys A, B, C and E, worth 92."""

    portfolio: Portfolio

    @property
    def manager(self) -> Person:
        """Amara, portfolio manager of the golden portfolio."""
        return Person.objects.get(username="amara")

    @property
    def member(self) -> Person:
        """Bao, member of the board."""
        return Person.objects.get(username="bao")

    @property
    def evaluator(self) -> Person:
        """Edda, who sees the register but no figures."""
        return Person.objects.get(username="edda")

    def project(self, code: str) -> Project:
        """A project as it is now."""
        return Project.objects.get(code=code)

    def prepare(self, **terms: Any) -> Selection:
        """A selection of most benefit for 320."""
        known = {"name": "Budget", "maximise": "benefit", "budget": Decimal(320)} | terms
        return prepare_selection(self.portfolio, actor=self.manager, **known)

    def solved(self, **terms: Any) -> Selection:
        """The same, solved and explained."""
        return solve_now(self.prepare(**terms), actor=self.manager, seconds=10, explain="few")


def build_golden(world: Any) -> Golden:
    """Lay down the golden portfolio beside the small world."""
    portfolio = create_portfolio(world.top, actor=MAINSTAY, name="Golden", code="GOLD")
    for code, (benefit, cost) in GOLDEN.items():
        candidate(portfolio, code, benefit, cost)
    give_grant(world.portfolio_manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=portfolio.path)
    for username, name, role in (("bao", "Bao Board", Role.BOARD_MEMBER), ("edda", "Edda Eval", Role.EVALUATOR)):
        person = create_person(None, actor=MAINSTAY, username=username, name=name)
        give_grant(person, actor=MAINSTAY, role=role, path=portfolio.path)
    return Golden(portfolio)


@pytest.fixture
def golden(world: Any) -> Golden:
    """The golden portfolio beside the small world."""
    return build_golden(world)
