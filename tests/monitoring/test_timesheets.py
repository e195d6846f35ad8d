"""Entering, handing in, approving, returning, correcting and locking hours."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event, Notice
from mainstay.core.operations.undo import undo_change
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import Favourite, HoursEntry, LockedWeek, Timesheet, monday_of
from mainstay.monitoring.operations.favourites import set_favourites
from mainstay.monitoring.operations.hours import HoursCell, correct_hours, enter_hours
from mainstay.monitoring.operations.timesheets import (
    approve_timesheets,
    lock_weeks,
    remind_late,
    return_timesheet,
    submit_timesheet,
)
from mainstay.monitoring.queries.late import late_in
from mainstay.monitoring.queries.week import week_of, week_state
from mainstay.resources.models import Resource
from mainstay.resources.operations.resources import edit_resource
from mainstay.resources.operations.teams import create_team
from tests.monitoring.crew import TUESDAY, WEEK, gather_crew

pytestmark = pytest.mark.django_db
SIX, SEVEN = Decimal(6), Decimal(7)


@pytest.fixture
def crew(world):
    """Anna, Ben and who manages them."""
    return gather_crew(world)


def standing() -> list[tuple]:
    """Every entry: day, project, hours, and whether it corrects another one."""
    rows = HoursEntry.objects.order_by("pk").select_related("project")
    return [(row.date, row.project.code, row.hours, row.corrects_id is not None) for row in rows]


def test_hours_are_entered_changed_and_taken_away_again(crew):
    entry = crew.enter("6")
    crew.enter("7.5")
    entry.refresh_from_db()
    assert (entry.hours, entry.version) == (Decimal("7.50"), 2)
    assert Timesheet.objects.get().state == "open"
    cells = [HoursCell(TUESDAY, None, crew.world.pumps)]
    assert enter_hours(crew.anna, actor=crew.person, week=WEEK, cells=cells) == 1
    assert enter_hours(crew.anna, actor=crew.person, week=WEEK, cells=cells) == 0
    assert not HoursEntry.objects.exists()


def test_a_booked_person_without_any_grant_enters_hours_for_the_booked_project_only(crew):
    crew.enter("6")
    cells = [HoursCell(TUESDAY, SIX, crew.world.meters)]
    with pytest.raises(ValidationError, match="There is no such project"):
        enter_hours(crew.anna, actor=crew.person, week=WEEK, cells=cells)
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


@pytest.mark.parametrize(("who", "refusal"), [("other", Missing), ("manager", Forbidden)])
def test_nobody_enters_or_hands_in_hours_of_somebody_else(crew, who, refusal):
    crew.enter("6")
    actor, cells = getattr(crew, who), [HoursCell(TUESDAY, SEVEN, crew.world.pumps)]
    for act in (
        lambda: enter_hours(crew.anna, actor=actor, week=WEEK, cells=cells),
        lambda: submit_timesheet(crew.anna, actor=actor, week=WEEK),
        lambda: set_favourites(crew.anna, actor=actor, projects=[crew.world.pumps]),
    ):
        with pytest.raises(refusal):
            act()
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]
    assert Timesheet.objects.get().state == "open"
    assert not Favourite.objects.exists()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ({"date": date(2026, 5, 18), "hours": SIX}, "is not in the week"),
        ({"date": TUESDAY, "hours": Decimal(25)}, "0 to 24 hours"),
        ({"date": TUESDAY, "hours": Decimal(-1)}, "0 to 24 hours"),
        ({"date": TUESDAY, "hours": SIX, "work": "run"}, "one of the two"),
    ],
)
def test_what_makes_no_sense_is_refused(crew, cell, told):
    with pytest.raises(ValidationError, match=told):
        enter_hours(crew.anna, actor=crew.person, week=WEEK, cells=[HoursCell(project=crew.world.pumps, **cell)])
    assert not HoursEntry.objects.exists()


def test_a_day_of_more_than_24_hours_is_refused_whole(crew):
    crew.enter("20")
    with pytest.raises(ValidationError, match=r"Tuesday would have 25\.00 hours"):
        enter_hours(
            crew.anna, actor=crew.person, week=WEEK, cells=[HoursCell(TUESDAY, Decimal(5), work="run")]
        )  # fmt: skip
    assert standing() == [(TUESDAY, "PUMPS", Decimal(20), False)]


def test_a_week_that_changed_meanwhile_is_refused(crew):
    state = week_state(crew.anna, WEEK)
    crew.enter("6")
    cells = [HoursCell(TUESDAY, SEVEN, crew.world.pumps)]
    with pytest.raises(Stale) as refused:
        enter_hours(crew.anna, actor=crew.person, week=WEEK, cells=cells, expected_state=state)
    assert refused.value.changes[0].who == "Anna Berg"
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


def test_a_week_is_handed_in_approved_and_closed(crew):
    crew.enter("6")
    sheet = crew.hand_in()
    with pytest.raises(Impossible, match="submitted"):
        crew.enter("7")
    assert approve_timesheets([sheet], actor=crew.manager) == 1
    sheet.refresh_from_db()
    assert (sheet.state, sheet.decided_by.username) == ("approved", "rhea")
    with pytest.raises(Impossible, match="approved"):
        crew.enter("7")
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


def test_an_empty_week_and_one_to_come_are_not_handed_in(crew):
    with pytest.raises(ValidationError, match="no hours in this week"):
        crew.hand_in()
    with pytest.raises(Impossible, match="when it has begun"):
        crew.hand_in(monday_of(timezone.localdate()) + timedelta(days=7))
    assert not Timesheet.objects.exists()


def test_only_managers_of_the_team_approve_and_nobody_their_own(crew):
    crew.enter("6")
    sheet = crew.hand_in()
    for who in (crew.other, crew.world.project_manager, crew.world.controller):
        with pytest.raises((Forbidden, Missing)):
            approve_timesheets([sheet], actor=who)
    Resource.objects.filter(pk=crew.anna.pk).update(person=crew.manager)
    with pytest.raises(ValidationError, match="Somebody else approves"):
        approve_timesheets([sheet], actor=crew.manager)
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_several_are_approved_together_or_none(crew):
    crew.enter("6")
    sheet = crew.hand_in()
    enter_hours(crew.ben, actor=crew.other, week=WEEK, cells=[HoursCell(TUESDAY, SIX, work="run")])
    both = [sheet, Timesheet.objects.get(resource=crew.ben)]
    with pytest.raises(Impossible, match="nothing was approved"):
        approve_timesheets(both, actor=crew.manager)
    assert set(Timesheet.objects.values_list("state", flat=True)) == {"submitted", "open"}
    submit_timesheet(crew.ben, actor=crew.other, week=WEEK)
    assert approve_timesheets(both, actor=crew.manager) == 2
    assert set(Timesheet.objects.values_list("state", flat=True)) == {"approved"}


def test_a_returned_week_is_open_again_and_says_why(crew, django_capture_on_commit_callbacks):
    crew.enter("6")
    sheet = crew.hand_in()
    with pytest.raises(ValidationError, match="Say what should be changed"):
        return_timesheet(sheet, actor=crew.manager, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        return_timesheet(sheet, actor=crew.manager, reason="Tuesday was training")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.returned_reason) == ("open", "Tuesday was training")
    notice = Notice.objects.get(person=crew.person)
    assert notice.text == "Your week of 11 May 2026 was returned: Tuesday was training"
    assert notice.url == "/timesheets/2026-05-11/"
    crew.enter("7")


def test_a_correction_leaves_the_old_entry_its_reversal_and_the_new_one(crew):
    entry = crew.enter("6")
    with pytest.raises(Impossible, match="still open"):
        correct_hours(entry, actor=crew.manager, hours=SEVEN, reason="Typing error")
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    correct_hours(entry, actor=crew.manager, hours=SEVEN, reason="Typing error")
    assert standing() == [
        (TUESDAY, "PUMPS", SIX, False),
        (TUESDAY, "PUMPS", -SIX, True),
        (TUESDAY, "PUMPS", SEVEN, True),
    ]
    assert week_of(crew.anna, WEEK, crew.person).hours == SEVEN
    with pytest.raises(Impossible, match="corrected already"):
        correct_hours(entry, actor=crew.manager, hours=Decimal(8), reason="Again")
    newest = HoursEntry.objects.order_by("-pk").first()
    correct_hours(newest, actor=crew.manager, hours=Decimal(0), reason="Was on leave")
    assert week_of(crew.anna, WEEK, crew.person).hours == 0
    assert HoursEntry.objects.count() == 4


def test_only_who_may_correct_there_corrects_and_with_a_reason(crew):
    entry = crew.enter("6")
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    for who in (crew.person, crew.other, crew.world.project_manager):
        with pytest.raises((Forbidden, Missing)):
            correct_hours(entry, actor=who, hours=SEVEN, reason="Mine")
    with pytest.raises(ValidationError, match="Say why"):
        correct_hours(entry, actor=crew.manager, hours=SEVEN, reason="")
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


def test_weeks_are_locked_by_finance_and_managers_of_people_and_never_before_they_are_over(crew):
    for who in (crew.person, crew.world.project_manager, crew.world.portfolio_manager):
        with pytest.raises((Forbidden, Missing)):
            lock_weeks(crew.world.networks, actor=who, weeks=[WEEK])
    with pytest.raises(Impossible, match="is not over"):
        lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK, monday_of(timezone.localdate())])
    assert not LockedWeek.objects.exists()
    assert lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK]) == 1
    assert lock_weeks(crew.world.networks, actor=crew.world.controller, weeks=[WEEK]) == 0


def locked(crew):
    """An approved entry in a week that is locked, and its sheet."""
    entry = crew.enter("6")
    sheet = crew.hand_in()
    approve_timesheets([sheet], actor=crew.manager)
    lock_weeks(crew.world.top, actor=crew.world.controller, weeks=[WEEK])
    sheet.refresh_from_db()
    return entry, sheet


def test_in_a_locked_week_nothing_is_entered_handed_in_approved_or_returned(crew):
    _, sheet = locked(crew)
    run = [HoursCell(TUESDAY, SIX, work="run")]
    for act in (
        lambda: crew.enter("7"),
        lambda: enter_hours(crew.ben, actor=crew.other, week=WEEK, cells=run),
        lambda: return_timesheet(sheet, actor=crew.manager, reason="Once more"),
        lambda: enter_hours(crew.ben, actor=MAINSTAY, week=WEEK, cells=run),
    ):
        with pytest.raises(Impossible):
            act()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.is_locked) == ("approved", True)
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


def test_a_week_that_nobody_began_is_locked_as_well(crew):
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    with pytest.raises(Impossible, match="The week of 11 May 2026 is locked"):
        crew.enter("6")
    assert not HoursEntry.objects.exists()
    assert not Timesheet.objects.exists()


def test_a_sheet_stays_locked_when_its_person_joins_a_team_elsewhere(crew):
    crew.enter("6")
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    away = create_team(crew.world.top, actor=MAINSTAY, name="Elsewhere")
    edit_resource(crew.anna, actor=MAINSTAY, team=away)
    with pytest.raises(Impossible, match="is locked"):
        crew.enter("7")
    assert standing() == [(TUESDAY, "PUMPS", SIX, False)]


def test_undo_brings_nothing_back_into_a_locked_week_whatever_was_done_there(crew):
    crew.enter("6")
    entry = crew.enter("7")
    sheet = crew.hand_in()
    return_timesheet(sheet, actor=crew.manager, reason="Once more")
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    correct_hours(entry, actor=crew.manager, hours=SIX, reason="Typing error")
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    kept = [list(model.objects.order_by("pk").values()) for model in (HoursEntry, Timesheet, LockedWeek)]
    done = [
        "hours.enter", "hours.enter", "timesheet.submit", "timesheet.return", "timesheet.submit",
        "timesheets.approve", "hours.correct", "weeks.lock",
    ]  # fmt: skip
    events = Event.objects.filter(verb__in=done).order_by("pk")
    assert list(events.values_list("verb", flat=True)) == done
    for event in events:
        with pytest.raises(Impossible):
            undo_change(event, actor=crew.world.director)
    assert kept == [list(model.objects.order_by("pk").values()) for model in (HoursEntry, Timesheet, LockedWeek)]


def test_a_correction_of_a_locked_week_is_booked_in_the_next_open_one(crew):
    entry, _ = locked(crew)
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[date(2026, 5, 18)])
    correct_hours(entry, actor=crew.manager, hours=SEVEN, reason="Found by the auditors")
    later = date(2026, 5, 25)
    assert standing() == [
        (TUESDAY, "PUMPS", SIX, False),
        (later, "PUMPS", -SIX, True),
        (later, "PUMPS", SEVEN, True),
    ]
    assert week_of(crew.anna, WEEK, crew.person).hours == SIX
    assert week_of(crew.anna, later, crew.person).hours == 1


def test_the_database_itself_refuses_two_reversals_and_hours_below_zero(crew):
    entry = crew.enter("6")
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    reversal, _ = correct_hours(entry, actor=crew.manager, hours=SEVEN, reason="Typing error")
    for change in ({"corrects": None}, {"work": "run"}, {"hours": Decimal(-25)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HoursEntry.objects.filter(pk=reversal.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursEntry.objects.bulk_create(
            [HoursEntry(resource=crew.anna, date=TUESDAY, project=crew.world.pumps, hours=-SIX, corrects=entry)]
        )
    assert HoursEntry.objects.count() == 3


def test_the_late_are_those_with_working_hours_and_no_week_handed_in(crew, django_capture_on_commit_callbacks):
    crew.enter("6")
    crew.hand_in()
    crew.staff.add("Cy without a log-in")
    assert [(one.resource.name, one.hours) for one in late_in(Resource.objects.all(), [WEEK])] == [("Ben Frost", 40)]
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_late([crew.anna, crew.ben], actor=crew.manager, week=WEEK) == 1
    notices = list(Notice.objects.filter(text__startswith="Please").values_list("person__username", "text"))
    assert notices == [("ben", "Please hand in your week of 11 May 2026.")]
    with pytest.raises((Forbidden, Missing)):
        remind_late([crew.ben], actor=crew.person, week=WEEK)
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    assert late_in(Resource.objects.all(), [WEEK]) == []


def test_the_week_knows_what_is_expected_and_what_is_booked(crew):
    known = week_of(crew.anna, WEEK, crew.person)
    assert known.expected == (*[Decimal("8.00")] * 5, Decimal(0), Decimal(0))
    assert known.booked == {crew.world.pumps.pk: [*[Decimal(4)] * 5, Decimal(0), Decimal(0)]}
    assert list(known.projects) == [crew.world.pumps.pk]
    assert week_of(crew.anna, WEEK, crew.other).projects == {}


def test_favourites_stand_in_their_order(crew):
    pumps, meters = crew.world.pumps, crew.world.meters
    with pytest.raises(ValidationError, match="There is no such project"):
        set_favourites(crew.anna, actor=crew.person, projects=[meters])
    assert set_favourites(crew.anna, actor=MAINSTAY, projects=[meters, pumps]) == 2
    assert set_favourites(crew.anna, actor=MAINSTAY, projects=[pumps]) == 1
    assert week_of(crew.anna, WEEK, crew.person).favourites == (pumps.pk,)
