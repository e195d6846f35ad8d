"""Kept load, capacity and need: always what the rows say, whatever was done to them."""

import random
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from mainstay.core.system import MAINSTAY
from mainstay.engine.capacity import Unit
from mainstay.resources.models import Absence, Booking, KeptCapacity, KeptLoad, KeptNeed, KeptStamp, Resource
from mainstay.resources.operations import load
from mainstay.resources.operations.absences import edit_absence, record_absence, remove_absence
from mainstay.resources.operations.bookings import add_booking, edit_booking, remove_booking, replace_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.places import edit_calendar
from mainstay.resources.operations.resources import edit_resource
from mainstay.resources.queries.working import availability
from tests.resources.daily import day_by_day, kept_hours
from tests.resources.people import Staff, hire

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
BY: dict[str, Any] = {"actor": MAINSTAY, "reason": "Tried out"}


@pytest.fixture
def staff(world: Any) -> Staff:
    return hire(world)


def _book(world: Any, staff: Staff, first: date, last: date, hours: int, **more: Any) -> Booking:
    project, who = more.pop("project", world.pumps), more.pop("who", staff.anna)
    fields = {"starts_on": first, "ends_on": last, "hours": Decimal(hours), "role": staff.role}
    return add_booking(who, project=project, **fields, **more, **BY)


def test_hours_lie_on_working_days_and_not_on_holidays(world: Any, staff: Staff) -> None:
    # 28 December 2026 is a bank holiday in England; 24 December to 1 January has five working days, four in 2026.
    _book(world, staff, date(2026, 12, 24), date(2027, 1, 4), 60)
    kept = kept_hours(Resource.objects.all(), date(2026, 12, 1), date(2027, 1, 31))
    assert kept == {(staff.anna.pk, "soft", 0): pytest.approx(48), (staff.anna.pk, "soft", 1): pytest.approx(12)}


def test_a_week_over_new_year_is_one_week(world: Any, staff: Staff) -> None:
    _book(world, staff, date(2026, 12, 29), date(2027, 1, 1), 24)
    weeks = kept_hours(Resource.objects.all(), date(2026, 12, 28), date(2027, 1, 10), "week")
    assert weeks == {(staff.anna.pk, "soft", 0): pytest.approx(24)}


def test_a_booking_moved_leaves_no_hours_behind(world: Any, staff: Staff) -> None:
    booking = _book(world, staff, date(2026, 11, 2), date(2026, 11, 6), 20)
    edit_booking(booking, starts_on=date(2028, 2, 7), ends_on=date(2028, 2, 11), **BY)
    assert KeptLoad.objects.get().year == 2028
    assert kept_hours(Resource.objects.all(), FIRST, LAST) == {(staff.anna.pk, "soft", 25): pytest.approx(20)}


def test_a_change_that_is_refused_keeps_everything_as_it_was(world: Any, staff: Staff) -> None:
    booking = _book(world, staff, date(2026, 11, 2), date(2026, 11, 6), 20)
    before = list(KeptLoad.objects.values_list("pk", "total")), KeptStamp.objects.count()
    with pytest.raises(Exception, match="before the first"):
        edit_booking(booking, ends_on=date(2026, 10, 1), **BY)
    assert (list(KeptLoad.objects.values_list("pk", "total")), KeptStamp.objects.count()) == before


def test_what_is_booked_is_needed_no_more_and_no_hour_counts_twice(world: Any, staff: Staff) -> None:
    month = date(2026, 11, 1)
    entries = [
        DemandEntry(role=staff.role, skill=None, hours={month: Decimal(50)}),
        DemandEntry(role=None, skill=staff.skill, hours={month: Decimal(40)}),
    ]
    enter_demand(world.pumps, entries=entries, **BY)
    _book(world, staff, date(2026, 11, 2), date(2026, 11, 6), 30)
    needed = {(one.role_id, one.skill_id): _hours(one)[10] for one in KeptNeed.objects.all()}
    assert needed == {(staff.role.pk, None): 20, (None, staff.skill.pk): 40}


def _hours(kept: KeptNeed) -> list[float]:
    import numpy as np

    return np.frombuffer(kept.hours, dtype="<f4").tolist()


def test_several_changes_within_later_are_computed_once(world: Any, staff: Staff) -> None:
    before = KeptStamp.objects.count()
    with load.later():
        for day in (2, 9, 16):
            _book(world, staff, date(2026, 11, day), date(2026, 11, day + 4), 10)
        assert KeptLoad.objects.count() == 0
    assert KeptStamp.objects.count() == before + 1
    assert kept_hours(Resource.objects.all(), FIRST, LAST) == {(staff.anna.pk, "soft", 10): pytest.approx(30)}


def test_everything_computed_anew_is_what_was_kept(world: Any, staff: Staff) -> None:
    _book(world, staff, date(2026, 11, 2), date(2027, 2, 26), 200, firmness="hard")
    before = _all_kept()
    assert load.keep_all() == 1
    assert _all_kept() == before


def test_what_is_missing_is_computed_and_what_is_there_is_left_alone(world: Any, staff: Staff) -> None:
    _book(world, staff, date(2026, 11, 2), date(2026, 11, 6), 20)
    KeptLoad.objects.all().delete()
    call_command("keep_capacity", verbosity=0, stdout=StringIO())
    before = list(KeptLoad.objects.values_list("pk", "total"))
    load.keep_missing()
    assert (len(before), list(KeptLoad.objects.values_list("pk", "total"))) == (1, before)


def _all_kept() -> list[Any]:
    loads = KeptLoad.objects.order_by("resource", "year").values_list("resource", "year", "total", "role", "skill")
    capacities = KeptCapacity.objects.order_by("resource", "year").values_list(
        "resource", "year", "hours", "projects"
    )
    return [[tuple(map(_plain, row)) for row in rows] for rows in (loads, capacities)]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else value


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_changes_what_is_kept_is_what_the_rows_say(world: Any, staff: Staff, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  (the same changes every time)
    people = [staff.anna, *(staff.add(f"Person {n}", site=staff.site) for n in range(3))]
    for _ in range(25):
        _do_something(draw, world, staff, people)
    assert Booking.objects.exists()
    for unit in ("month", "week"):
        _compare(unit)


def _compare(unit: Unit) -> None:
    first, last = (FIRST, LAST) if unit == "month" else (date(2026, 1, 5), date(2028, 12, 31))
    kept, known = (ask(Resource.objects.all(), first, last, unit) for ask in (kept_hours, day_by_day))
    differences = {cell: kept.get(cell, 0) - known.get(cell, 0) for cell in {*kept, *known}}
    assert {cell: round(gap, 3) for cell, gap in differences.items() if abs(gap) > 0.005} == {}
    years = sorted({one.year for one in KeptCapacity.objects.all()})
    for one in KeptCapacity.objects.all():
        net = availability(
            Resource.objects.filter(pk=one.resource_id), date(one.year, 1, 1), date(one.year, 12, 31)
        ).net()
        assert sum(_hours(one)) == pytest.approx(float(net.sum()), abs=0.05), years


def _do_something(draw: random.Random, world: Any, staff: Staff, people: list[Resource]) -> None:
    bookings, absences = list(Booking.objects.order_by("pk")), list(Absence.objects.order_by("pk"))
    first = date(2026, 6, 1) + timedelta(days=draw.randrange(700))
    last = first + timedelta(days=draw.randrange(5, 90))
    who = draw.choice(people)
    choice = draw.randrange(9)
    if choice <= 2 or not bookings:
        project = draw.choice([world.pumps, world.meters])
        _book(world, staff, first, last, draw.randrange(5, 300), who=who, project=project,
              firmness=draw.choice(["soft", "hard"]))  # fmt: skip
    elif choice == 3:
        edit_booking(draw.choice(bookings), starts_on=first, ends_on=last, **BY)
    elif choice == 4:
        remove_booking(draw.choice(bookings), **BY)
    elif choice == 5:
        booking = draw.choice(bookings)
        others = [one for one in people if one.pk != booking.resource_id]
        replace_booking(booking, resource=draw.choice(others), **BY)
    elif choice == 6:
        record_absence(who, starts_on=first, ends_on=last, kind="leave", actor=MAINSTAY)
    elif choice == 7:
        _change_absence(draw, absences, first, last)
    else:
        _change_terms(draw, staff, who)


def _change_absence(draw: random.Random, absences: list[Absence], first: date, last: date) -> None:
    if absences and draw.random() < 0.5:
        remove_absence(draw.choice(absences), actor=MAINSTAY)
    elif absences:
        edit_absence(draw.choice(absences), actor=MAINSTAY, starts_on=first, ends_on=last)


def _change_terms(draw: random.Random, staff: Staff, who: Resource) -> None:
    if draw.random() < 0.5:
        edit_calendar(staff.calendar, actor=MAINSTAY, week=[draw.choice([0, 4, 8]) for _ in range(6)] + [6])
        staff.calendar.refresh_from_db()
    else:
        edit_resource(who, actor=MAINSTAY, working_share=Decimal(draw.choice(["1", "0.5"])))
