"""Demand, bookings and staffing in the permission table.

Anna of the team inside is booked for a confidential project, too: nobody of Networks may read its name. The person
outside is booked for a project outside.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.resources.models import Resource, Role, Team
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.staffing import ask_for_staff, offer_person
from tests.permissions.rows import CLOSED, SIGNED_IN, KeyOf, Room, Row

TIME: dict[str, Any] = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 28), "hours": Decimal(60)}
SENT = {"starts_on": "2027-05-03", "ends_on": "2027-05-28", "hours": "40"}
PROJECT, BOOKING, STAFFING = {"code": "project"}, {"booking_id": "booking"}, {"staffing_id": "staffing"}
VERSION = {"version": "1"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A booking and a request inside and outside, and a booking inside for a confidential project."""
    inside, outside = _staffed(world.pumps, "design"), _staffed(world.depot, "far")
    anna, role = Resource.objects.get(key="design-one"), Role.objects.get(key="data")
    add_booking(anna, actor=MAINSTAY, project=world.heron, role=role, note="zq7secret", **TIME)
    words: dict[str, Any] = {"booking_action": "edit", "staffing_word": "withdraw", "demand_source": "template"}
    words["line_number"] = 1
    return inside | words, outside | words


def _staffed(project: Any, team: str) -> dict[str, Any]:
    role, person = Role.objects.get(key="data"), Resource.objects.get(key=f"{team}-one")
    mark = "zq7outside" if team == "far" else "On site"
    entries = [DemandEntry(role=role, hours={date(2027, 5, 1): Decimal(160)})]
    enter_demand(project, actor=MAINSTAY, entries=entries)
    booking = add_booking(person, actor=MAINSTAY, project=project, role=role, note=mark, **TIME)
    asked = Team.objects.get(key=team)
    request = ask_for_staff(project, actor=MAINSTAY, team=asked, role=role, note=mark, **TIME)
    offer_person(asked, actor=MAINSTAY, request=request, resource=person, note=mark, **TIME)
    return {"booking": booking.pk, "staffing": request.pk}


PAGES = {
    "project_people": Row(arguments=PROJECT),
    "project_demand": Row(Verb.DEMAND_ENTER, Verb.DEMAND_ENTER, arguments=PROJECT),
    "project_demand_from": Row(None, Verb.DEMAND_ENTER, arguments=PROJECT | {"source": "demand_source"}),
    "staffing_new": Row(Verb.STAFFING_ASK, Verb.STAFFING_ASK, arguments=PROJECT),
    "resource_bookings": Row(Verb.SEE_RESOURCES, arguments={"key": "resource"}),
    "booking_new": Row(Verb.BOOKING_ADD, Verb.BOOKING_ADD, arguments={"key": "resource"}, sent=VERSION),
    "booking_confirmation": Row(None, Verb.BOOKINGS_CONFIRM, arguments={"key": "resource"}),
    "booking": Row(arguments=BOOKING),
    "booking_change": Row(
        Verb.BOOKING_EDIT, Verb.BOOKING_EDIT, arguments=BOOKING | {"action": "booking_action"}, sent=VERSION | SENT
    ),
    "staffing": Row(SIGNED_IN),
    "staffing_proposals": Row(None, Verb.BOOKING_ADD, place="somewhere"),
    "staffing_proposal": Row(CLOSED, arguments={"run_id": "run"}),
    "staffing_proposal_line": Row(None, CLOSED, arguments={"run_id": "run", "number": "line_number"}),
    "staffing_request": Row(arguments=STAFFING),
    "staffing_offer": Row(None, Verb.STAFFING_OFFER, arguments=STAFFING, sent=VERSION),
    "staffing_counter": Row(None, Verb.STAFFING_COUNTER, arguments=STAFFING, sent=VERSION),
    "staffing_answer": Row(
        None, Verb.STAFFING_WITHDRAW, arguments=STAFFING | {"word": "staffing_word"}, sent={"version": "2"}
    ),
}
TERMS = {"resource": "design-one"} | SENT
ROOM = Room(
    pages=PAGES,
    arguments={"booking_id": "booking", "staffing_id": "staffing"},
    sent={
        "demand.enter": {"lines": [{"role": "data", "months": [{"month": "2027-06-01", "hours": "40"}]}]},
        "booking.add": {"resource": "design-one", "project": "PUMPS", "role": "data"} | SENT,
        "booking.edit": {"hours": "50"},
        "booking.split": {"on": "2027-05-17"},
        "booking.replace": {"resource": "design-one"},
        "bookings.confirm": {"bookings": [KeyOf("booking")]},
        "see.bookings.effect": {"kind": "add", "resource": "design-one", "project": "PUMPS", "role": "data"} | SENT,
        "staffing.ask": {"team": "design", "role": "data"} | SENT,
        "staffing.offer": TERMS,
        "staffing.counter": TERMS,
        "staffing.decline": {"reason": "Later"},
        "staffing.refuse": {"reason": "Nobody is free"},
    },
    reads={
        "see.booking": Verb.SEE_REGISTER,
        "see.bookings.effect": Verb.BOOKING_ADD,
        "see.staffing.request": Verb.SEE_REGISTER,
        "see.staffing.matches": Verb.STAFFING_OFFER,
    },
    placed=frozenset({"booking", "staffing"}),
    furnish=furnish,
)
