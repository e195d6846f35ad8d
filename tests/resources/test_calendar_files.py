"""Absences from calendar files: whole days, parts of days, series, called off, and read twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mainstay.core.errors import Forbidden
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.resources.calendar_events import LARGEST_FILE, BadCalendar, Window, read_calendar
from mainstay.resources.models import Absence
from mainstay.resources.operations.absences import edit_absence, import_absences
from tests.resources.people import hire

WINDOW = Window(date(2026, 1, 1), date(2028, 12, 31))


def file_of(*events: str) -> bytes:
    """A calendar file with these events, each given as its lines."""
    told = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n{told}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def days_of(*events: str, window: Window = WINDOW) -> list[tuple[str, str, str]]:
    """First day, last day and share of what the events take."""
    read = read_calendar(file_of(*events), "leave", window)
    assert read.problems == []
    return [(f"{one.first}", f"{one.last}", f"{one.share:f}") for one in read.away]


WEEK = "UID:week\nDTSTART;VALUE=DATE:20270503\nDTEND;VALUE=DATE:20270508\nSUMMARY:Summer holiday"
MORNING = "UID:morning\nDTSTART;TZID=Europe/London:20270510T090000\nDTEND;TZID=Europe/London:20270510T130000"
FRIDAYS = "UID:fridays\nDTSTART;VALUE=DATE:20270604\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20270611"


def test_the_end_of_a_whole_day_event_is_the_day_after():
    assert days_of(WEEK) == [("2027-05-03", "2027-05-07", "1")]


def test_an_event_of_one_day_needs_no_end():
    assert days_of("UID:one\nDTSTART;VALUE=DATE:20270503") == [("2027-05-03", "2027-05-03", "1")]


@pytest.mark.parametrize(
    ("times", "share"),
    [("T090000 T130000", "0.500"), ("T080000 T180000", "1"), ("T080000 T100000", "0.250")],
)
def test_an_event_with_times_takes_its_share_of_the_day(times, share):
    begins, ends = times.split()
    event = f"UID:part\nDTSTART:20270510{begins}\nDTEND:20270510{ends}"
    assert days_of(event) == [("2027-05-10", "2027-05-10", share)]


def test_the_share_is_measured_by_the_hours_of_the_persons_day():
    short = Window(WINDOW.first, WINDOW.last, Decimal(5))
    assert days_of(MORNING, window=short) == [("2027-05-10", "2027-05-10", "0.800")]


def test_times_over_several_days_are_cut_into_parts_and_whole_days():
    event = "UID:long\nDTSTART:20270510T200000\nDTEND:20270513T020000"
    assert days_of(event) == [
        ("2027-05-10", "2027-05-10", "0.500"),
        ("2027-05-11", "2027-05-12", "1"),
        ("2027-05-13", "2027-05-13", "0.250"),
    ]


def test_an_event_with_a_duration_ends_by_it():
    assert days_of("UID:d\nDTSTART;VALUE=DATE:20270503\nDURATION:P2D") == [("2027-05-03", "2027-05-04", "1")]


def test_a_series_is_laid_out_without_its_exceptions():
    assert [first for first, _, _ in days_of(FRIDAYS)] == ["2027-06-04", "2027-06-18", "2027-06-25"]


def test_a_series_without_end_stops_at_the_window():
    endless = "UID:e\nDTSTART;VALUE=DATE:20251231\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1"
    days = days_of(endless, window=Window(date(2026, 1, 1), date(2026, 3, 31)))
    assert [first for first, _, _ in days] == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_a_moved_time_of_a_series_is_found_by_the_day_it_was_planned_for():
    moved = "UID:fridays\nRECURRENCE-ID;VALUE=DATE:20270618\nDTSTART;VALUE=DATE:20270617"
    read = read_calendar(file_of(FRIDAYS, moved), "leave", WINDOW)
    assert {one.key: f"{one.first}" for one in read.away} == {
        "fridays/20270604": "2027-06-04",
        "fridays/20270618": "2027-06-17",
        "fridays/20270625": "2027-06-25",
    }


def test_free_time_is_no_absence():
    assert days_of(f"{WEEK}\nTRANSP:TRANSPARENT") == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [("SUMMARY:Off sick", "sickness"), ("CATEGORIES:Training", "training"), ("SUMMARY:Away", "other")],
)
def test_words_of_the_event_say_why(words, kind):
    read = read_calendar(file_of(f"UID:w\nDTSTART;VALUE=DATE:20270503\n{words}"), "other", WINDOW)
    assert [one.kind for one in read.away] == [kind]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART;VALUE=DATE:20270503", "no UID"),
        ("UID:x\nSUMMARY:When?", "when it begins"),
        ("UID:x\nDTSTART;VALUE=DATE:2027-05", "cannot be read"),
        ("UID:x\nDTSTART;VALUE=DATE:20270503\nDTEND;VALUE=DATE:20270501", "ends before it begins"),
        ("UID:x\nDTSTART;VALUE=DATE:20270503\nDTEND:20270504T120000", "begins with a date and ends with a time"),
        ("UID:x\nDTSTART:20270503T090000\nDURATION:PT1H\nRRULE:FREQ=HOURLY", "more often than daily"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_the_others_are_read(event, why):
    read = read_calendar(file_of(event, WEEK), "leave", WINDOW)
    (problem,) = read.problems
    assert problem.startswith("Event 1: ")
    assert why in problem
    assert [one.key for one in read.away] == ["week"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Name;From;Until", "no calendar file"),
        (b"x" * (LARGEST_FILE + 1), "larger than 2 MB"),
        (file_of(*["UID:x\nDTSTART;VALUE=DATE:20270503"] * 1001), "1,001 events"),
    ],
    ids=["no calendar", "too large", "too many events"],
)
def test_a_file_that_is_none_or_too_large_is_refused(content, why):
    with pytest.raises(BadCalendar, match=why):
        read_calendar(content, "leave", WINDOW)


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(world):
    anna = hire(world).anna
    read = read_calendar(file_of(WEEK, MORNING, FRIDAYS), "leave", WINDOW)
    done = import_absences(anna, actor=MAINSTAY, read=read)
    events = Event.objects.count()
    again = import_absences(anna, actor=MAINSTAY, read=read)
    assert (done.new, again.new, again.changed, again.unchanged) == (5, 0, 0, 5)
    assert (Absence.objects.count(), Event.objects.count()) == (5, events)


@pytest.mark.django_db
def test_a_moved_event_moves_its_absence_and_a_cancelled_one_takes_it_back(world):
    anna = hire(world).anna
    import_absences(anna, actor=MAINSTAY, read=read_calendar(file_of(WEEK, MORNING), "leave", WINDOW))
    later = WEEK.replace("20270508", "20270512")
    changed = file_of(later, f"{MORNING}\nSTATUS:CANCELLED")
    done = import_absences(anna, actor=MAINSTAY, read=read_calendar(changed, "leave", WINDOW))
    assert (done.changed, done.removed) == (1, 1)
    assert list(Absence.objects.values_list("external_key", "ends_on")) == [("week", date(2027, 5, 11))]


@pytest.mark.django_db
def test_who_may_not_know_why_brings_in_days_and_leaves_the_reason(world):
    anna = hire(world).anna
    import_absences(anna, actor=MAINSTAY, read=read_calendar(file_of(WEEK), "leave", WINDOW))
    edit_absence(Absence.objects.get(), actor=MAINSTAY, kind="sickness", note="Back pain")
    again = read_calendar(file_of(WEEK.replace("20270508", "20270512")), "leave", WINDOW)
    assert import_absences(anna, actor=world.portfolio_manager, read=again).changed == 1
    row = Absence.objects.get()
    assert (row.ends_on, row.kind, row.note) == (date(2027, 5, 11), "sickness", "Back pain")
    with pytest.raises(Forbidden):
        import_absences(anna, actor=world.sponsor, read=again)


@pytest.mark.django_db
def test_the_page_takes_a_file_and_says_what_it_did(world, client):
    hire(world)
    client.force_login(world.director)
    address = "/resources/people/anna-berg/calendar-file/"
    bad = SimpleUploadedFile("a.ics", b"nonsense")
    assert client.post(address, {"file": bad, "kind": "leave"}).status_code == 422
    good = SimpleUploadedFile("a.ics", file_of(WEEK, "SUMMARY:No UID\nDTSTART;VALUE=DATE:20270601"))
    shown = client.post(address, {"file": good, "kind": "leave"}).content.decode()
    assert "1 new, 0 changed, 0 unchanged, 0 called off; 1 could not be read." in shown
    assert "Event 2: it has no UID" in shown
    assert Absence.objects.count() == 1
