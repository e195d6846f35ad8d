"""A scenario of the golden portfolio: A, B, C and E are in, D stays out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.plan_of_record import standing
from mainstay.core import history
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
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
    """The scenario, written as its room would write it."""
    scenario = Scenario(
        portfolio=golden.portfolio,
        name="Growth",
        branched_at=surrounding().now(),
        owner=golden.manager,
        is_open=True,
        starts_on=date(2027, 1, 1),
        maximise="benefit",
        currency=golden.portfolio.currency,
    )
    change = history.Change(Verb.SCENARIO_CREATE, MAINSTAY, surrounding().now(), scenario)
    token = history._current.set(change)
    try:
        history.create(scenario)
        for project in Project.objects.filter(portfolio=golden.portfolio).select_related("stage"):
            start = date(2027, IN[project.code], 1) if project.code in IN else None
            end = date(2027, 12, 31) if start else None
            line = PlanLine(
                scenario=scenario, project=project, is_in=bool(start), start_date=start, end_date=end,
                base=standing(project),
            )  # fmt: skip
            history.create(line)
        history.book(change)
    finally:
        history._current.reset(token)
    return Branch(golden, scenario)


@pytest.fixture
def booked(branch: Branch) -> Booking:
    """A booking for project A that is only pencilled in."""
    team = create_team(branch.golden.portfolio, actor=MAINSTAY, name="Design", key="design")
    role: Role = add_role(None, actor=MAINSTAY, name="Engineer", key="engineer")
    person = add_resource(team, actor=MAINSTAY, name="Finn Carr", key="finn", role=role)
    project = branch.project("A")
    time: dict[str, Any] = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 26), "hours": Decimal(40)}
    return add_booking(person, actor=MAINSTAY, project=project, role=role, **time)
