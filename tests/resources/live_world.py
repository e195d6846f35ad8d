"""A small team with one booking and one offer, and who is signed in, for pages that two people have open."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import Client

from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.staffing import ask_for_staff, offer_person
from tests.resources.people import hire
from tests.world import World


def lay_down(world: World, month: date) -> dict[str, Any]:
    """Anna is booked for a whole month and offered for it a second time; Rosa books, Amara looks on."""
    staff = hire(world)
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    time = {"starts_on": month, "ends_on": (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)}
    booking = add_booking(
        staff.anna, actor=MAINSTAY, project=world.pumps, role=staff.role, hours=Decimal(150), **time
    )
    request = ask_for_staff(
        world.meters, actor=world.portfolio_manager, team=staff.team, role=staff.role, hours=Decimal(40), **time
    )
    offer_person(staff.team, actor=rosa, request=request, resource=staff.anna, hours=Decimal(40), **time)
    sessions = {}
    for username in ("rosa", "amara"):
        client = Client()
        client.force_login(world.person(username))
        sessions[username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"booking": booking.pk, "sessions": sessions, "cookie": settings.SESSION_COOKIE_NAME}
