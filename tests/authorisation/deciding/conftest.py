"""A scenario of the golden portfolio: A, B, C and E are in, D stays out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario, share_scenario
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Role
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_role

IN = {"A": 1, "B": 2, "C": 3, "E": 4}  # the month in which each begins


@dataclass
class Branch:
    """A scenario with the portfolio it belongs to."""

    golden: Any
    scenario: Scenario

    def fresh(self) -> Scenario:
        """The scenario as it is now."""
        return Scenario.objects.get(pk=self.scenario.pk)

    def project(self, code: str) -> Project:
        """A project as it is now."""
        return Project.objects.select_related("stage").get(code=code)


@pytest.fixture
def branch(golden: Any) -> Branch:
    """The scenario as its manager arranges it, open to all."""
    scenario = create_scenario(
        golden.portfolio, actor=golden.manager, name="Growth", starts_on=date(2027, 1, 1), maximise="benefit"
    )
    lines = [
        {"project": code, "is_in": True, "start_date": date(2027, month, 1), "end_date": date(2027, 12, 31)}
        for code, month in IN.items()
    ]
    scenario = arrange_scenario(scenario, actor=golden.manager, expected_version=scenario.version, lines=lines)
    return Branch(golden, share_scenario(scenario, actor=golden.manager, is_open=True))


@pytest.fixture
def booked(branch: Branch) -> Booking:
    """A booking for project A that is only pencilled in."""
    team = create_team(branch.golden.portfolio, actor=MAINSTAY, name="Design", key="design")
    role: Role = add_role(None, actor=MAINSTAY, name="Engineer", key="engineer")
    person = add_resource(team, actor=MAINSTAY, name="Finn Carr", key="finn", role=role)
    project = branch.project("A")
    time: dict[str, Any] = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 26), "hours": Decimal(40)}
    return add_booking(person, actor=MAINSTAY, project=project, role=role, **time)
