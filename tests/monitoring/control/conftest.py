"""The pumps run: Anna is booked for them, a fund pays for them, and two projects wait for both."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainstay.authorisation.funding.balance import balance_of
from mainstay.authorisation.funding.operations import commit_funding, divide_commitment, release_tranche
from mainstay.authorisation.models import Commitment
from mainstay.core.models import Notice, Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_member, add_milestone
from mainstay.portfolio.operations.setup import open_year
from mainstay.resources.models import Booking, Demand, Resource
from mainstay.resources.models import Role as WorkRole
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.value.models import Envelope
from mainstay.value.operations import create_fund, set_envelope
from tests.authorisation.conftest import candidate
from tests.monitoring.going import let_run
from tests.resources.people import hire
from tests.world import PASSWORD

YEAR = 2030
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
ON = date(YEAR, 4, 1)


@dataclass
class Running:
    """The pumps from January to December 2030, with people, money and those who wait."""

    world: Any
    anna: Resource
    role: WorkRole
    envelope: Envelope

    @property
    def project(self) -> Project:
        """The pumps as they are now."""
        return Project.objects.get(code="PUMPS")

    @property
    def manager(self) -> Person:
        """Amara, portfolio manager of Networks."""
        return self.world.portfolio_manager

    @property
    def member(self) -> Person:
        """Bao, member of the board, who neither advances projects nor returns money himself."""
        return Person.objects.get(username="bao")

    @property
    def booked(self) -> Decimal:
        """All hours booked for the pumps."""
        return sum((row.hours for row in Booking.objects.filter(project=self.project)), Decimal(0))

    @property
    def demanded(self) -> dict[date, Decimal]:
        """Hours that the pumps need by month."""
        return dict(Demand.objects.filter(project=self.project).order_by("month").values_list("month", "hours"))

    @property
    def available(self) -> Decimal:
        """What the fund has left."""
        return balance_of(self.envelope).available

    @property
    def held(self) -> Decimal:
        """What the pumps still hold of it."""
        return Commitment.objects.get(project=self.project).held

    def told(self, person: Person) -> list[str]:
        """What somebody was told."""
        return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def build_running(world: Any, year: int = YEAR) -> Running:
    """Lay all of it down beside the small world."""
    staff, first, last = hire(world), date(year, 1, 1), date(year, 12, 31)
    let_run(world.pumps, manager=world.project_manager, start_date=first, end_date=last)
    pumps = Project.objects.get(code="PUMPS")
    add_member(pumps, actor=MAINSTAY, person=world.sponsor, role=Role.SPONSOR)
    for name, month in (("Ordered", 2), ("Running", 10)):
        add_milestone(pumps, actor=MAINSTAY, name=name, due_date=date(year, month, 15))
    hours = {month_after(first, place): Decimal(100) for place in range(12)}
    enter_demand(pumps, actor=MAINSTAY, entries=[DemandEntry(staff.role, hours=hours)])
    terms = {"role": staff.role, "starts_on": first, "ends_on": last, "hours": Decimal(1200), "firmness": "hard"}
    add_booking(staff.anna, actor=MAINSTAY, project=pumps, reason="Planned", **terms)
    envelope = _pay(world, pumps, year)
    for code, benefit, cost, needed in (("VALVES", 900_000, 300_000, 90), ("FILTERS", 500_000, 200_000, 90)):
        waits = candidate(
            world.networks, code, benefit, cost, start_date=date(year, 3, 1), end_date=date(year, 8, 31)
        )
        months = {date(year, month, 1): Decimal(needed) for month in range(3, 9)}
        enter_demand(waits, actor=MAINSTAY, entries=[DemandEntry(staff.role, hours=months)])
    bao = create_person(None, actor=MAINSTAY, username="bao", name="Bao Board", password=PASSWORD)
    give_grant(bao, actor=MAINSTAY, role=Role.BOARD_MEMBER, path=world.networks.path)
    return Running(world, staff.anna, staff.role, envelope)


def _pay(world: Any, pumps: Project, year: int) -> Envelope:
    """A fund of a million with 800,000 promised, of which 300,000 are released."""
    days = {"start_date": date(year, 1, 1), "end_date": date(year, 12, 31)}
    opened = open_year(None, actor=MAINSTAY, name=str(year), **days)
    fund = create_fund(world.networks, actor=MAINSTAY, key="renewal", name="Renewal fund")
    envelope = set_envelope(fund, actor=MAINSTAY, year=opened, amount=Decimal(1_000_000))
    made = commit_funding(pumps, actor=world.controller, envelope=envelope, amount=Decimal(800_000))
    parts = [{"amount": Decimal(300_000)}, {"amount": Decimal(500_000)}]
    first, _ = divide_commitment(made, actor=world.controller, tranches=parts)
    release_tranche(first, actor=world.portfolio_manager)
    return envelope


@pytest.fixture
def running(world: Any) -> Running:
    """The running pumps beside the small world."""
    return build_running(world)
