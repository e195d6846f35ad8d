"""Bookings: moved, split, shared, replaced and confirmed, with what speaks against it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.resources.booking_changes import as_moved
from mainstay.resources.models import Booking, Firmness
from mainstay.resources.operations.bookings import (
    add_booking,
    confirm_bookings,
    edit_booking,
    remove_booking,
    replace_booking,
    split_booking,
)
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.queries.effect import effect_of
from mainstay.resources.queries.seen import seen_of
from tests.resources.people import Staff, hire

MONDAY, FRIDAY = date(2027, 3, 1), date(2027, 3, 12)


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna and her team."""
    return hire(world)


@pytest.fixture
def booking(world: Any, staff: Staff) -> Booking:
    """Anna works two weeks of March on the pumps, 60 hours of her 80."""
    return add_booking(staff.anna, actor=MAINSTAY, project=world.pumps, **_time(staff))


def _time(staff: Staff, hours: int = 60, first: date = MONDAY, last: date = FRIDAY, **more: Any) -> dict[str, Any]:
    return {"role": staff.role, "starts_on": first, "ends_on": last, "hours": Decimal(hours), **more}


def _told() -> list[tuple[Any, ...]]:
    rows = Booking.objects.order_by("starts_on", "resource__name", "pk")
    return [(one.resource.name, one.starts_on, one.ends_on, one.hours) for one in rows]


def test_a_booking_is_known_with_its_person_and_told_without_its_project(booking: Booking) -> None:
    event = Event.objects.get(verb="booking.add")
    assert event.label == "Anna Berg, 1 Mar 2027 to 12 Mar 2027"
    assert "project_id" not in event.changes[0]["fields"]
    assert booking.firmness == Firmness.SOFT


def test_a_booking_moves_and_changes_its_hours(booking: Booking) -> None:
    moved = edit_booking(
        booking, actor=MAINSTAY, starts_on=date(2027, 3, 8), ends_on=date(2027, 3, 19), hours=Decimal(50)
    )
    assert (moved.version, _told()) == (2, [("Anna Berg", date(2027, 3, 8), date(2027, 3, 19), Decimal("50.00"))])


def test_a_booking_is_split_at_a_day_by_working_hours(booking: Booking) -> None:
    split_booking(booking, actor=MAINSTAY, on=date(2027, 3, 10))
    assert _told() == [
        ("Anna Berg", MONDAY, date(2027, 3, 9), Decimal("42.00")),
        ("Anna Berg", date(2027, 3, 10), FRIDAY, Decimal("18.00")),
    ]


def test_the_second_part_may_move_some_weeks_later(booking: Booking) -> None:
    split_booking(booking, actor=MAINSTAY, on=date(2027, 3, 8), later_weeks=4)
    assert _told() == [
        ("Anna Berg", MONDAY, date(2027, 3, 7), Decimal("30.00")),
        ("Anna Berg", date(2027, 4, 5), date(2027, 4, 9), Decimal("30.00")),
    ]


@pytest.mark.parametrize("day", [MONDAY, date(2027, 3, 13), date(2026, 1, 1)])
def test_a_booking_is_not_split_outside_its_days(booking: Booking, day: date) -> None:
    with pytest.raises(ValidationError, match="Choose a day after the first"):
        split_booking(booking, actor=MAINSTAY, on=day)
    assert _told() == [("Anna Berg", MONDAY, FRIDAY, Decimal("60.00"))]


def test_hours_are_shared_with_somebody_else(booking: Booking, staff: Staff) -> None:
    ben = staff.add("Ben Frost")
    split_booking(booking, actor=MAINSTAY, other=ben, share=Decimal("0.25"))
    assert _told() == [
        ("Anna Berg", MONDAY, FRIDAY, Decimal("45.00")),
        ("Ben Frost", MONDAY, FRIDAY, Decimal("15.00")),
    ]


def test_somebody_takes_over_from_a_day_on(booking: Booking, staff: Staff) -> None:
    replace_booking(booking, actor=MAINSTAY, resource=staff.add("Ben Frost"), from_day=date(2027, 3, 8))
    assert _told() == [
        ("Anna Berg", MONDAY, date(2027, 3, 7), Decimal("30.00")),
        ("Ben Frost", date(2027, 3, 8), FRIDAY, Decimal("30.00")),
    ]


def test_a_placeholder_gives_way_to_a_person(world: Any, staff: Staff) -> None:
    generic = staff.add("UX designer, to be named", kind="generic")
    booking = add_booking(generic, actor=MAINSTAY, project=world.pumps, **_time(staff))
    replace_booking(booking, actor=MAINSTAY, resource=staff.anna)
    assert _told() == [("Anna Berg", MONDAY, FRIDAY, Decimal("60.00"))]


def test_soft_bookings_are_confirmed_together(world: Any, booking: Booking, staff: Staff) -> None:
    add_booking(staff.anna, actor=MAINSTAY, project=world.meters, **_time(staff, 8, firmness=Firmness.HARD))
    assert confirm_bookings(list(Booking.objects.all()), actor=MAINSTAY) == 1
    assert set(Booking.objects.values_list("firmness", flat=True)) == {Firmness.HARD}


def test_a_removed_booking_sets_the_person_free_and_stays_known(booking: Booking) -> None:
    remove_booking(booking, actor=MAINSTAY)
    assert not Booking.objects.exists()
    assert Booking.Version.objects.filter(row_id=booking.pk).count() == 1


def test_nobody_is_booked_before_they_start_or_after_they_leave(world: Any, staff: Staff) -> None:
    guest = staff.add("Guest Worker", starts_on=date(2027, 3, 3), leaves_on=date(2027, 3, 10))
    with pytest.raises(ValidationError) as refused:
        add_booking(guest, actor=MAINSTAY, project=world.pumps, **_time(staff))
    assert refused.value.message_dict == {
        "starts_on": ["Guest Worker starts on 3 March 2027; begin then or later."],
        "ends_on": ["Guest Worker leaves on 10 March 2027; end then or earlier."],
    }
    assert not Booking.objects.exists()


def test_nobody_is_booked_where_they_have_no_working_hours(world: Any, staff: Staff) -> None:
    weekend = _time(staff, 8, date(2027, 3, 6), date(2027, 3, 7))
    with pytest.raises(ValidationError, match="Anna Berg has no working hours in this time"):
        add_booking(staff.anna, actor=MAINSTAY, project=world.pumps, **weekend)
    assert not Booking.objects.exists()


def test_a_certificate_must_hold_as_long_as_the_booking(world: Any, staff: Staff) -> None:
    set_proficiency(
        staff.anna, actor=MAINSTAY, skill=staff.skill, level=4, valid_until=date(2027, 3, 5), certificate="CPUX"
    )
    with pytest.raises(ValidationError) as refused:
        add_booking(staff.anna, actor=MAINSTAY, project=world.pumps, **_time(staff, skill=staff.skill))
    assert refused.value.message_dict == {"ends_on": ["The certificate CPUX of Anna Berg runs out on 5 March 2027."]}
    assert not Booking.objects.exists()


def test_who_does_not_have_the_skill_is_not_booked_for_it(world: Any, staff: Staff) -> None:
    with pytest.raises(ValidationError, match="Anna Berg does not have the skill Prototyping"):
        add_booking(staff.anna, actor=MAINSTAY, project=world.pumps, **_time(staff, skill=staff.skill))
    assert not Booking.objects.exists()


def test_more_projects_than_the_most_need_a_reason(world: Any, staff: Staff) -> None:
    ben = staff.add("Ben Frost", most_projects=1)
    add_booking(ben, actor=MAINSTAY, project=world.pumps, **_time(staff, 8))
    with pytest.raises(ValidationError) as refused:
        add_booking(ben, actor=MAINSTAY, project=world.meters, **_time(staff, 8))
    told = "Ben Frost would work on 2 projects at a time; 1 are the most. Give a reason to book all the same."
    assert refused.value.message_dict == {"reason": [told]}
    assert Booking.objects.count() == 1
    add_booking(ben, actor=MAINSTAY, project=world.meters, **_time(staff, 8), reason="Only for the handover")
    assert Booking.objects.count() == 2


def test_who_books_second_is_told_what_changed(world: Any, staff: Staff) -> None:
    seen = seen_of([staff.anna], MONDAY, FRIDAY)
    add_booking(staff.anna, actor=world.administrator, project=world.pumps, **_time(staff), seen=seen)
    with pytest.raises(Stale) as refused:
        add_booking(staff.anna, actor=MAINSTAY, project=world.meters, **_time(staff, 40), seen=seen)
    change = refused.value.changes[0]
    assert (change.label, change.before, change.after) == (
        "Booking of Anna Berg",
        "",
        "60 hours, 1 Mar to 12 Mar 2027",
    )
    assert change.who == "Ada Admin"
    assert Booking.objects.count() == 1


def test_an_edit_of_an_older_version_is_refused(booking: Booking) -> None:
    edit_booking(booking, actor=MAINSTAY, hours=Decimal(50))
    with pytest.raises(Stale):
        edit_booking(booking, actor=MAINSTAY, expected_version=1, hours=Decimal(70))
    assert _told() == [("Anna Berg", MONDAY, FRIDAY, Decimal("50.00"))]


def test_a_project_manager_does_not_book_people_of_a_team(world: Any, staff: Staff) -> None:
    with pytest.raises(Missing):
        add_booking(staff.anna, actor=world.project_manager, project=world.pumps, **_time(staff))
    assert not Booking.objects.exists()


def test_nobody_is_borrowed_from_a_team_one_does_not_book(world: Any, booking: Booking, staff: Staff) -> None:
    from mainstay.resources.operations.resources import add_resource
    from mainstay.resources.operations.teams import create_team

    far = create_team(world.top, actor=MAINSTAY, name="Far away")
    olga = add_resource(far, actor=MAINSTAY, name="Olga Far", role=staff.role)
    with pytest.raises((Forbidden, Missing)):
        replace_booking(booking, actor=world.portfolio_manager, resource=olga)
    assert _told() == [("Anna Berg", MONDAY, FRIDAY, Decimal("60.00"))]


def test_nobody_books_for_a_project_they_may_not_see(world: Any, staff: Staff) -> None:
    with pytest.raises(ValidationError, match="There is no such project"):
        add_booking(staff.anna, actor=world.portfolio_manager, project=world.heron, **_time(staff))
    assert not Booking.objects.exists()


def test_the_effect_of_a_move_is_shown_before_it_is_booked(world: Any, booking: Booking, staff: Staff) -> None:
    add_booking(staff.anna, actor=MAINSTAY, project=world.meters, **_time(staff, 40))
    effect = effect_of(as_moved(booking, 2), world.administrator)
    cells = [(cell.period, cell.capacity, cell.before, cell.after) for cell in effect.rows[0].cells]
    assert cells == [
        ("2027-W09", 40.0, 50.0, 20.0),
        ("2027-W10", 40.0, 50.0, 20.0),
        ("2027-W11", 40.0, 0.0, 33.33),
        ("2027-W12", 32.0, 0.0, 26.67),
    ]
    assert (effect.solved, effect.new_overloads) == (2, 0)
    assert effect.sentence == "No new overload; 2 overloaded weeks relieved."
    assert Booking.objects.get(pk=booking.pk).starts_on == MONDAY
