"""Working time from rows: holidays, calendars, part time, absences, start and leave dates."""

from datetime import date, timedelta
from decimal import Decimal

import holidays
import pytest

from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Resource, ResourceKind
from mainstay.resources.operations.absences import record_absence
from mainstay.resources.operations.places import SpecialDay, create_calendar, edit_calendar
from mainstay.resources.operations.resources import edit_resource
from mainstay.resources.queries.public_holidays import countries, holidays_between, regions
from mainstay.resources.queries.working import availability, day_hours
from tests.resources.people import hire

pytestmark = pytest.mark.django_db


def net(first: date, last: date, unit: str = "month") -> list[list[float]]:
    """Hours of everybody, person by person in the order of their ids."""
    return availability(Resource.objects.order_by("pk"), first, last).net(unit).tolist()


@pytest.mark.parametrize(("country", "region"), [("GB", "SCT"), ("DE", "BY"), ("US", "TX")])
def test_public_holidays_are_those_of_the_package(country, region):
    first, last = date(2026, 1, 1), date(2028, 12, 31)
    expected = set(holidays.country_holidays(country, subdiv=region, years=[2026, 2027, 2028]))
    assert {day for day, _ in holidays_between(country, region, first, last)} == expected


def test_a_holiday_of_a_region_is_free_there_and_worked_elsewhere(world):
    calendars = [create_calendar(None, actor=MAINSTAY, name=name, country="DE", region=name) for name in ("BY", "BE")]
    epiphany = date(2026, 1, 6)
    assert day_hours(calendars, epiphany, epiphany).tolist() == [[8.0], [0.0], [8.0]]


def test_countries_and_regions_have_names():
    assert dict(countries())["GB"] == "United Kingdom"
    assert dict(regions("GB"))["SCT"] == "Scotland"
    assert regions("XX") == ()


@pytest.mark.parametrize("monday", [date(2028, 3, 20), date(2026, 10, 19)])
def test_weeks_in_which_the_clock_changes_are_as_long_as_others(world, monday):
    hire(world)
    assert net(monday, monday + timedelta(days=13), "week") == [[40.0, 40.0]]


def test_the_leap_day_is_worked(world):
    hire(world)
    assert net(date(2028, 2, 1), date(2028, 2, 29)) == [[21 * 8.0]]
    assert net(date(2027, 2, 1), date(2027, 2, 28)) == [[20 * 8.0]]


def test_who_has_no_calendar_works_the_plain_week(world):
    staff = hire(world)
    edit_resource(staff.anna, actor=MAINSTAY, site=None)
    assert net(date(2026, 12, 21), date(2026, 12, 27)) == [[40.0]]


def test_ones_own_calendar_comes_before_that_of_the_site(world):
    staff = hire(world)
    four_days = create_calendar(None, actor=MAINSTAY, name="Four days", week=[9, 9, 9, 9, 0, 0, 0])
    edit_resource(staff.anna, actor=MAINSTAY, calendar=four_days)
    assert net(date(2026, 12, 21), date(2026, 12, 27)) == [[36.0]]


def test_a_day_named_in_the_calendar_wins_over_a_holiday(world):
    staff = hire(world)
    days = [SpecialDay(date(2026, 12, 24), Decimal(4), "Christmas Eve"), SpecialDay(date(2026, 12, 25), Decimal(6))]
    edit_calendar(staff.calendar, actor=MAINSTAY, days=days)
    assert net(date(2026, 12, 21), date(2026, 12, 27), "day") == [[8, 8, 8, 4, 6, 0, 0]]


def test_part_time_and_run_work_are_taken_off(world):
    staff = hire(world)
    edit_resource(staff.anna, actor=MAINSTAY, working_share=Decimal("0.5"), run_share=Decimal("0.2"))
    week = availability(Resource.objects.all(), date(2026, 11, 2), date(2026, 11, 8))
    assert (week.net().tolist(), week.gross().tolist()) == ([[16.0]], [[20.0]])


def test_only_days_from_start_to_leave_date_count(world):
    staff = hire(world)
    edit_resource(staff.anna, actor=MAINSTAY, starts_on=date(2026, 11, 4), leaves_on=date(2026, 11, 10))
    assert net(date(2026, 10, 26), date(2026, 11, 22), "week") == [[0.0, 24.0, 16.0, 0.0]]


def test_half_a_day_away_leaves_the_other_half(world):
    staff = hire(world)
    days = {"starts_on": date(2026, 11, 3), "ends_on": date(2026, 11, 4)}
    record_absence(staff.anna, actor=MAINSTAY, share=Decimal("0.5"), **days)
    assert net(date(2026, 11, 2), date(2026, 11, 8), "day") == [[8, 4, 4, 8, 8, 0, 0]]
    record_absence(staff.anna, actor=MAINSTAY, share=Decimal("0.75"), **days)
    assert net(date(2026, 11, 2), date(2026, 11, 8), "day") == [[8, 0, 0, 8, 8, 0, 0]]


def test_a_group_works_with_all_its_heads_and_a_placeholder_with_none(world):
    staff = hire(world)
    staff.add("Contractors", kind=ResourceKind.GROUP, headcount=3)
    staff.add("Designer to be found", kind=ResourceKind.GENERIC)
    assert net(date(2026, 11, 2), date(2026, 11, 8)) == [[40.0], [120.0], [0.0]]


def test_the_number_of_queries_does_not_grow_with_people(world, django_assert_num_queries):
    staff = hire(world)
    for number in range(30):
        one = staff.add(f"Person {number}", site=staff.site)
        record_absence(one, actor=MAINSTAY, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 3))
    with django_assert_num_queries(5):
        found = availability(Resource.objects.all(), date(2026, 11, 1), date(2026, 11, 30))
    assert found.net().sum() == 31 * 168 - 30 * 16


def test_working_time_is_told_as_it_was_known(world):
    staff = hire(world)
    before = staff.anna.Version.objects.get().known_from
    edit_resource(staff.anna, actor=MAINSTAY, working_share=Decimal("0.5"))
    record_absence(staff.anna, actor=MAINSTAY, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 2))
    then = Resource.objects.as_of(before)
    week = date(2026, 11, 2), date(2026, 11, 8)
    assert availability(then, *week, as_of=before).net().tolist() == [[40.0]]
    assert net(*week) == [[16.0]]
