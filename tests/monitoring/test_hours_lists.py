"""Actual hours come in from elsewhere, go out as a list, and are added up by project, person and objective."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.core.errors import Forbidden
from mainstay.core.exchange import check, commit, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import HoursEntry
from mainstay.monitoring.operations.hours import HoursCell, correct_hours, enter_hours
from mainstay.monitoring.operations.timesheets import approve_timesheets, lock_weeks
from mainstay.monitoring.queries.hours import hours_by_person, hours_by_project, strategic_use
from mainstay.portfolio.models import Project
from mainstay.resources.models import Resource
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal
from tests.core.exchange.files import csv_file
from tests.monitoring.crew import TUESDAY, WEEK, gather_crew

pytestmark = pytest.mark.django_db
FILE = """Key in the source,Person,Day,Hours,Project,Other work
e-1,anna-berg,2026-05-12,6.5,PUMPS,
e-2,ben-frost,2026-05-13,2,,Training
"""
MAY = date(2026, 5, 1), date(2026, 5, 31)


@pytest.fixture
def crew(world):
    """Anna, Ben and who manages them."""
    return gather_crew(world)


def checked(text: str, crew, act=check, actor=None):
    """What a file of hours would do, or did, for the director."""
    sheet, table = sheet_named("hours"), read_table(csv_file(text), "hours.csv")
    return act(sheet, table, propose(sheet, table), crew.world.networks, actor or crew.world.director)


def test_actual_hours_come_in_once_however_often_the_file_is_sent(crew):
    first, again = checked(FILE, crew, commit), checked(FILE, crew, commit)
    assert (first.new, again.new, again.changed, again.unchanged) == (2, 0, 0, 2)
    later = checked(FILE.replace("6.5", "7"), crew, commit)
    assert (later.new, later.changed) == (0, 1)
    rows = HoursEntry.objects.order_by("external_key").values_list("resource__key", "hours", "work", "project__code")
    assert list(rows) == [("anna-berg", Decimal(7), "", "PUMPS"), ("ben-frost", Decimal(2), "training", None)]


def test_people_and_projects_nobody_knows_are_named_row_by_row(crew):
    text = FILE.replace("anna-berg", "carl-moor").replace("2,,Training", "2,SEWERS,")
    found = checked(text, crew, commit)
    assert [(one.row, one.message) for one in found.problems] == [
        (2, "There is no person carl-moor here."),
        (3, "There is no project SEWERS here."),
    ]
    assert not HoursEntry.objects.exists()


def test_hours_for_nothing_or_for_two_things_are_refused(crew):
    found = checked(FILE.replace("PUMPS,", "PUMPS,Training").replace(",,Training", ",,"), crew, commit)
    assert {one.message for one in found.problems} == {"Hours are for a project or for other work, one of the two."}
    assert not HoursEntry.objects.exists()


def test_nothing_comes_into_a_locked_week_while_what_is_there_may_be_sent_again(crew):
    checked(FILE, crew, commit)
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    assert checked(FILE, crew, commit).unchanged == 2
    found = checked(FILE.replace("6.5", "7") + "e-3,ben-frost,2026-05-14,1,,Training\n", crew, commit)
    assert [(one.row, one.message) for one in found.problems] == [
        (2, "The week of 11 May 2026 is locked."),
        (4, "The week of 11 May 2026 is locked."),
    ]
    moved = checked(FILE.replace("2026-05-12", "2026-05-19"), crew, commit)
    assert [one.message for one in moved.problems] == ["The week of 11 May 2026 is locked."]
    assert sorted(HoursEntry.objects.values_list("hours", flat=True)) == [Decimal(2), Decimal("6.50")]


def test_a_week_that_was_handed_in_takes_no_hours_from_elsewhere(crew):
    crew.enter("1")
    crew.hand_in()
    found = checked(FILE, crew, commit)
    assert [one.message for one in found.problems] == ["The week of 11 May 2026 is submitted."]
    assert HoursEntry.objects.count() == 1


def test_an_imported_entry_that_was_corrected_is_left_alone(crew):
    checked(FILE, crew, commit)
    entry = HoursEntry.objects.get(external_key="e-1")
    correct_hours(entry, actor=crew.manager, hours=Decimal(5), reason="Typing error")
    found = checked(FILE.replace("6.5", "7"), crew, commit)
    assert [one.message for one in found.problems] == ["This entry was corrected by hand since."]
    assert HoursEntry.objects.get(external_key="e-1").hours == Decimal("6.50")


def test_only_who_may_correct_there_brings_hours_in(crew):
    with pytest.raises(Forbidden):
        checked(FILE, crew, commit, crew.world.controller)
    assert not HoursEntry.objects.exists()


def test_a_list_names_no_project_that_is_not_open_to_the_reader(crew):
    heron = HoursCell(TUESDAY, Decimal(2), crew.world.heron, note="Kick-off")
    enter_hours(crew.anna, actor=MAINSTAY, week=WEEK, cells=[heron])
    sheet = sheet_named("hours")

    def written(who) -> list[dict]:
        columns = sheet.export_columns(who)
        return [{one.name: one.write(row) for one in columns} for row in sheet.rows_for(who)]

    seen, own = written(crew.manager), written(crew.person)
    assert [(row["project"], row["note"], row["hours"]) for row in seen] == [("", "", Decimal(2))]
    assert [(row["project"], row["note"]) for row in own] == [("HERON", "Kick-off")]
    assert written(crew.other) == []


def test_hours_are_added_up_by_project_person_and_objective(crew):
    pumps, meters = crew.world.pumps, crew.world.meters
    cells = [
        HoursCell(TUESDAY, Decimal(3), pumps),
        HoursCell(TUESDAY, Decimal(1), meters),
        HoursCell(TUESDAY, Decimal(2), work="run"),
        HoursCell(date(2026, 5, 13), Decimal(8), work="absence"),
    ]
    enter_hours(crew.anna, actor=MAINSTAY, week=WEEK, cells=cells)
    goal = create_goal(None, actor=MAINSTAY, name="Halve the leaks", kind="objective")
    set_contribution(pumps, actor=MAINSTAY, goal=goal, share=Decimal(50))
    may = date(2026, 5, 1)
    every = Project.objects.all()
    assert hours_by_project(every, *MAY) == {pumps.pk: {may: 3}, meters.pk: {may: 1}}
    assert hours_by_project(every, *MAY, approved_only=True) == {}
    assert hours_by_person(Resource.objects.all(), *MAY) == {crew.anna.pk: {may: 14}}
    used = strategic_use(Resource.objects.all(), *MAY)
    assert (used.strategic, used.total, used.share) == (3, 6, Decimal("0.5"))
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    assert hours_by_project(every, *MAY, approved_only=True) == {pumps.pk: {may: 3}, meters.pk: {may: 1}}
    assert strategic_use(Resource.objects.none(), *MAY).share is None
