"""The demand of a business case becomes the demand of its project."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mainstay.core.system import MAINSTAY
from mainstay.identification.demand_handover import hand_over
from mainstay.identification.models import BusinessCase
from mainstay.identification.operations.cases import edit_case, open_case
from mainstay.resources.models import Demand, Role
from mainstay.resources.operations.vocabulary import add_role
from tests.identification.cases import enter


@pytest.fixture
def role(world: Any) -> Role:
    """A role of the organisation."""
    return add_role(None, actor=MAINSTAY, name="UX designer")


@pytest.fixture
def case(world: Any) -> BusinessCase:
    """A case of the pumps over three quarters of 2027."""
    case = open_case(world.pumps, actor=MAINSTAY)
    edit_case(case, actor=MAINSTAY, first_period="2027-01-01", periods=3, grain="quarter")
    case.refresh_from_db()
    return case


def test_person_days_of_a_quarter_become_hours_of_its_months(case: BusinessCase, role: Role) -> None:
    enter(case, "demands", 30, 0, 15, role_id=role.pk)
    assert hand_over(case, MAINSTAY) == 6
    told = list(Demand.objects.order_by("month").values_list("month", "hours", "source"))
    assert told == [
        *((date(2027, month, 1), Decimal(80), "case") for month in (1, 2, 3)),
        *((date(2027, month, 1), Decimal(40), "case") for month in (7, 8, 9)),
    ]


def test_a_case_without_demand_hands_nothing_over(case: BusinessCase) -> None:
    with pytest.raises(ValidationError, match="asks for nobody yet"):
        hand_over(case, MAINSTAY)
    assert not Demand.objects.exists()


def test_the_button_of_the_case_leads_to_the_people_of_the_project(
    world: Any, case: BusinessCase, role: Role
) -> None:
    enter(case, "demands", 30, role_id=role.pk)
    browser = Client()
    browser.force_login(world.project_manager)
    assert "Hand the demand over" in browser.get(f"/cases/{case.pk}/").content.decode()
    answer = browser.post(f"/cases/{case.pk}/demand/")
    assert (answer.status_code, answer["Location"]) == (302, "/resources/projects/PUMPS/")
    assert Demand.objects.count() == 3
