"""Demand of projects: entered month by month, all of it or nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Stale
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Demand, DemandSource
from mainstay.resources.operations.demands import DemandEntry, demand_state, enter_demand
from tests.resources.people import Staff, hire

MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)


@pytest.fixture
def staff(world: Any) -> Staff:
    """A role and a skill."""
    return hire(world)


def _entry(staff: Staff, march: int, april: int, **more: Any) -> DemandEntry:
    return DemandEntry(role=staff.role, hours={MARCH: Decimal(march), APRIL: Decimal(april)}, **more)


def _told() -> list[tuple[date, Decimal, str]]:
    return [(one.month, one.hours, one.source) for one in Demand.objects.order_by("month")]


def test_demand_is_entered_by_month(world: Any, staff: Staff) -> None:
    assert enter_demand(world.pumps, actor=MAINSTAY, entries=[_entry(staff, 80, 120)]) == 2
    assert _told() == [(MARCH, Decimal("80.00"), "typed"), (APRIL, Decimal("120.00"), "typed")]


def test_entering_it_again_changes_nothing_and_zero_takes_it_away(world: Any, staff: Staff) -> None:
    enter_demand(world.pumps, actor=MAINSTAY, entries=[_entry(staff, 80, 120)])
    assert enter_demand(world.pumps, actor=MAINSTAY, entries=[_entry(staff, 80, 120)]) == 0
    assert enter_demand(world.pumps, actor=MAINSTAY, entries=[_entry(staff, 80, 0)]) == 1
    assert _told() == [(MARCH, Decimal("80.00"), "typed")]


def test_what_a_source_no_longer_says_goes_and_what_is_typed_stays(world: Any, staff: Staff) -> None:
    enter_demand(world.pumps, actor=MAINSTAY, entries=[DemandEntry(skill=staff.skill, hours={MARCH: Decimal(16)})])
    case: dict[str, Any] = {"actor": MAINSTAY, "source": DemandSource.CASE, "whole_source": True}
    enter_demand(world.pumps, entries=[_entry(staff, 80, 120)], **case)
    enter_demand(world.pumps, entries=[DemandEntry(role=staff.role, hours={APRIL: Decimal(40)})], **case)
    assert _told() == [(MARCH, Decimal("16.00"), "typed"), (APRIL, Decimal("40.00"), "case")]


def test_demand_needs_a_role_or_a_skill_and_whole_months(world: Any, staff: Staff) -> None:
    for entry in (
        DemandEntry(hours={MARCH: Decimal(8)}),
        DemandEntry(role=staff.role, hours={date(2027, 3, 2): Decimal(8)}),
        DemandEntry(role=staff.role, hours={MARCH: Decimal(-8)}),
    ):
        with pytest.raises(ValidationError):
            enter_demand(world.pumps, actor=MAINSTAY, entries=[entry])
    assert not Demand.objects.exists()


def test_who_saves_second_is_told_by_whom_it_was_changed(world: Any, staff: Staff) -> None:
    state = demand_state(world.pumps)
    enter_demand(world.pumps, actor=world.administrator, entries=[_entry(staff, 80, 120)], expected_state=state)
    with pytest.raises(Stale) as refused:
        enter_demand(world.pumps, actor=MAINSTAY, entries=[_entry(staff, 8, 8)], expected_state=state)
    assert refused.value.changes[0].who == "Ada Admin"
    assert _told() == [(MARCH, Decimal("80.00"), "typed"), (APRIL, Decimal("120.00"), "typed")]


def test_a_sponsor_enters_no_demand(world: Any, staff: Staff) -> None:
    with pytest.raises(Forbidden):
        enter_demand(world.pumps, actor=world.sponsor, entries=[_entry(staff, 80, 120)])
    assert not Demand.objects.exists()
