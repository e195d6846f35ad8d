"""Bookings as a list: brought in by key, refused as by hand, and written without names that are not open."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.exchange import check, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Booking
from mainstay.resources.operations.bookings import add_booking
from tests.core.exchange.files import csv_file
from tests.resources.people import hire
from tests.resources.test_people_sheets import bring_in

HEAD = "Person,Project,Key in the source,From,Until,Hours\n"


def test_bookings_come_in_by_their_key_and_a_second_time_change(world: Any) -> None:
    hire(world)
    line = "anna-berg,PUMPS,A-1,2027-03-01,2027-03-12,{}\n"
    bring_in("bookings", HEAD + line.format(40), world.networks, world.administrator)
    bring_in("bookings", HEAD + line.format(60), world.networks, world.administrator)
    row = Booking.objects.get()
    assert (row.hours, row.version, row.role.name, row.firmness) == (Decimal(60), 2, "UX designer", "soft")


def test_what_is_refused_by_hand_is_refused_in_a_list(world: Any) -> None:
    staff = hire(world)
    staff.add("Guest Worker", leaves_on=date(2027, 3, 5))
    sheet, text = sheet_named("bookings"), HEAD + "guest-worker,PUMPS,A-1,2027-03-01,2027-03-12,40\n"
    table = read_table(csv_file(text), "bookings.csv")
    found = check(sheet, table, propose(sheet, table), world.networks, world.administrator)
    told = "Guest Worker leaves on 5 March 2027; end then or earlier."
    assert [problem.message for problem in found.problems] == [told]
    assert not Booking.objects.exists()


def test_an_export_names_no_project_that_is_not_open_to_the_reader(world: Any) -> None:
    staff = hire(world)
    time = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 12), "hours": Decimal(40)}
    for project in (world.pumps, world.heron):
        add_booking(staff.anna, actor=MAINSTAY, project=project, role=staff.role, note="About it", **time)
    reader, sheet = world.portfolio_manager, sheet_named("bookings")
    columns = {one.name: one for one in sheet.export_columns(reader)}
    rows = sheet.rows_for(reader).order_by("pk")
    told = [(columns["project"].write(row), columns["note"].write(row)) for row in rows]
    assert told == [("PUMPS", "About it"), ("", "")]
