"""Pages of capacity in the permission table: sums only over people, demand and projects the reader may see.

A person inside is booked on a confidential project, whose hours are seen and whose name is not; demand of projects
outside is in no sum.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_role
from tests.permissions.rows import Room, Row

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
WINDOW = "first=2026-11&months=3"


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Somebody inside booked on what few may know of, and demand of projects outside."""
    role = add_role(None, actor=MAINSTAY, name="Valve fitter", key="fitter")
    team = create_team(world.networks, actor=MAINSTAY, name="Fitters", key="fitters")
    person = add_resource(team, actor=MAINSTAY, name="Finn Carr", key="finn-carr", role=role)
    for project, hours in ((world.heron, 160), (world.pumps, 40)):
        fields = {"role": role, "starts_on": FIRST, "ends_on": LAST, "hours": Decimal(hours)}
        add_booking(person, actor=MAINSTAY, project=project, reason="Both", **fields)
    for project in (world.heron, world.depot):
        entry = DemandEntry(role=role, skill=None, hours={FIRST: Decimal(77)})
        enter_demand(project, actor=MAINSTAY, entries=[entry])
    return {}, {}


SEEN = Row(Verb.SEE_RESOURCES, place="somewhere", query=WINDOW)
PAGES = {
    "capacity": Row(Verb.SEE_RESOURCES, place="somewhere", query=f"by=person&{WINDOW}"),
    "capacity_export": SEEN,
    "capacity_cell": Row(
        Verb.SEE_RESOURCES,
        Verb.BOOKING_EDIT,
        place="somewhere",
        query="by=role&unit=month&row=fitter&at=2026-12-01",
        sent={"proposal": "nothing"},
    ),
    "forecast": SEEN,
    "forecast_export": SEEN,
    "bench": SEEN,
    "strategic_utilisation": SEEN,
    "utilisation": Row(Verb.SEE_RESOURCES, place="somewhere", query=f"by=person&{WINDOW}"),
}
ROOM = Room(
    pages=PAGES,
    reads={
        "see.capacity": Verb.SEE_RESOURCES,
        "see.capacity.forecast": Verb.SEE_RESOURCES,
        "see.capacity.utilisation": Verb.SEE_RESOURCES,
        "see.capacity.strategic": Verb.SEE_RESOURCES,
    },
    furnish=furnish,
)
