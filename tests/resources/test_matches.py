"""Who fits a request: level, hours free, continuity, site and cost, explained, in a constant number of queries."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.rates import set_cost_rate
from mainstay.resources.queries.matches import Match, Wanted, matches
from tests.resources.people import Staff, hire

FIRST, LAST = date(2027, 6, 1), date(2027, 6, 30)


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna, proficient and free; Ben, an expert who is booked; Cleo, a beginner; Dan, whose certificate runs out."""
    staff = hire(world)
    told = (("Ben Frost", 4, None), ("Cleo Ray", 1, None), ("Dan Ore", 5, date(2027, 6, 15)))
    set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=3)
    for name, level, until in told:
        set_proficiency(staff.add(name), actor=MAINSTAY, skill=staff.skill, level=level, valid_until=until)
    ben = staff.team.resources.get(name="Ben Frost")
    time = {"starts_on": FIRST, "ends_on": LAST, "hours": Decimal(132)}
    add_booking(ben, actor=MAINSTAY, project=world.pumps, role=staff.role, **time)
    return staff


def _found(world: Any, staff: Staff, user: Any) -> list[Match]:
    return matches(Wanted(world.pumps.pk, staff.role, staff.skill, 3, None, FIRST, LAST, Decimal(88)), user)


def test_only_those_with_a_valid_level_come_into_question(world: Any, staff: Staff) -> None:
    found = _found(world, staff, world.portfolio_manager)
    assert [(one.resource.name, one.level, one.free) for one in found] == [
        ("Anna Berg", 3, 176.0),
        ("Ben Frost", 4, 44.0),
    ]


def test_the_score_is_explained_and_leaves_cost_out_where_rates_are_not_open(world: Any, staff: Staff) -> None:
    set_cost_rate(staff.anna, actor=MAINSTAY, valid_from=date(2026, 1, 1), hourly=Decimal("73.10"))
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    blind, told = (_found(world, staff, user)[0] for user in (world.portfolio_manager, rosa))
    assert blind.hourly is None
    assert "cost" not in blind.points
    assert (round(blind.points["availability"], 2), blind.points["continuity"]) == (44.44, 0)
    assert told.hourly == (Decimal("73.10"), "GBP")
    assert told.points == pytest.approx({"availability": 40, "level": 15, "continuity": 0, "site": 10, "cost": 10})


def test_ten_times_the_people_take_the_same_queries(world: Any, staff: Staff) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            _found(world, staff, user)
        return len(seen)

    user = world.portfolio_manager
    asked()  # what the person may is read once
    few = asked()
    for number in range(20):
        person = staff.add(f"Person {number}")
        set_proficiency(person, actor=MAINSTAY, skill=staff.skill, level=3)
    assert asked() == few
