"""A small crew that tests of timesheets begin with: Anna, booked for the pumps, and who manages her."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import HoursEntry, Timesheet
from mainstay.monitoring.operations.hours import HoursCell, enter_hours
from mainstay.monitoring.operations.timesheets import submit_timesheet
from mainstay.resources.models import Resource
from mainstay.resources.operations.bookings import add_booking
from tests.resources.people import hire
from tests.world import PASSWORD

WEEK = date(2026, 5, 11)
"""A Monday long past, with five working days and no public holiday in England."""
TUESDAY = date(2026, 5, 12)


@dataclass
class Crew:
    """Anna and Ben of one team, who sign in, and the manager of people of Networks."""

    world: Any
    staff: Any
    anna: Resource
    ben: Resource

    @property
    def person(self) -> Person:
        """Anna as she signs in."""
        return Person.objects.get(username="anna")

    @property
    def other(self) -> Person:
        """Ben as he signs in."""
        return Person.objects.get(username="ben")

    @property
    def manager(self) -> Person:
        """Rhea, who manages the people of Networks."""
        return Person.objects.get(username="rhea")

    def enter(self, hours: str = "6", project: Any = None, day: date = TUESDAY, week: date = WEEK) -> HoursEntry:
        """Hours of Anna on a day, for the pumps."""
        cell = HoursCell(day, Decimal(hours), project or self.world.pumps)
        enter_hours(self.anna, actor=self.person, week=week, cells=[cell])
        return HoursEntry.objects.get(resource=self.anna, date=day, project=cell.project, corrects=None)

    def hand_in(self, week: date = WEEK) -> Timesheet:
        """Anna's week, submitted."""
        return submit_timesheet(self.anna, actor=self.person, week=week)


def gather_crew(world: Any) -> Crew:
    """Anna and Ben hold no grant at all; they may enter hours because it is their own."""
    staff = hire(world)
    for username, name in (("anna", "Anna Berg"), ("ben", "Ben Frost"), ("rhea", "Rhea Marsh")):
        create_person(None, actor=MAINSTAY, username=username, name=name, password=PASSWORD)
    give_grant(
        Person.objects.get(username="rhea"), actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path
    )
    Resource.objects.filter(pk=staff.anna.pk).update(person=Person.objects.get(username="anna"))
    staff.anna.refresh_from_db()
    ben = staff.add("Ben Frost", person=Person.objects.get(username="ben"), site=staff.site)
    add_booking(
        staff.anna, actor=MAINSTAY, project=world.pumps, role=staff.role,
        starts_on=WEEK, ends_on=date(2026, 5, 15), hours=Decimal(20),
    )  # fmt: skip
    return Crew(world, staff, staff.anna, ben)
