"""Who works on what in the sample: demand of running projects, bookings, and requests for people.

One case is told in full: the designers are overbooked in a month to come by three projects, and there is a way out by
moving, splitting, replacing and asking.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.staff import Staff
from mainstay.engine.basics import Curve, spread
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Resource, Role, Skill, StaffingRequest, Team
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.staffing import accept_offer, ask_for_staff, counter_offer, offer_person

SEED = 1852
DEMAND, BOOKED, ASKED = -75, -45, -12
MONTHS, BACK = 15, 2
RUNNING = ("active", "authorised")
NEEDS = {
    "WATER": (("project-manager", 40), ("civil-engineer", 150), ("process-engineer", 70)),
    "POWER": (("project-manager", 40), ("electrical-engineer", 120), ("field-technician", 110)),
    "DIGITAL": (("project-manager", 45), ("software-developer", 160), ("data-engineer", 90)),
}
UX_MONTH = 4
MUCH = 200
CASE = (("DIG-001", 110), ("DIG-003", 90), ("DIG-004", 120))


def enter(projects: Sequence[Facts], staff: Staff, diary: Diary) -> None:
    """Write demand, bookings and requests into the diary."""
    chance = random.Random(SEED)  # noqa: S311  (no secrets)
    running = [one for one in projects if one.stage in RUNNING and one.portfolio in NEEDS]
    first = month_after(diary.today, -BACK)
    for one in running:
        diary.enter(DEMAND, partial(_demand, staff, one, first))
    for place, one in enumerate(running):
        diary.enter(BOOKED, partial(_bookings, staff, one, place, first, chance), hour=11)
    diary.enter(BOOKED, partial(_designers, staff, month_after(diary.today, UX_MONTH)), hour=14)
    diary.enter(ASKED, partial(_requests, staff, month_after(diary.today, UX_MONTH)))


def _demand(staff: Staff, one: Facts, first: date) -> None:
    """A year and a quarter of each role, most of it in the middle."""
    entries = []
    for key, hours in NEEDS[one.portfolio]:
        parts = spread(Decimal(hours * MONTHS), MONTHS, Curve.FLAT if key == "project-manager" else Curve.BELL)
        by_month = {month_after(first, place): part for place, part in enumerate(parts)}
        entries.append(DemandEntry(role=Role.objects.get(key=key), hours=by_month))
    enter_demand(_project(one.code), actor=staff["priya"], entries=entries)


def _bookings(staff: Staff, one: Facts, place: int, first: date, chance: random.Random) -> None:
    """Firm for two quarters, soft for the two after them; the people take turns, and large needs take two of them."""
    project = _project(one.code)
    for key, hours in NEEDS[one.portfolio]:
        role = Role.objects.get(key=key)
        people = list(Resource.objects.filter(role=role, kind="named", leaves_on=None).order_by("key"))
        for quarter, firmness in enumerate(("hard", "hard", "soft", "soft")):
            start = month_after(first, 3 * quarter)
            end = month_after(start, 3) - timedelta(days=1)
            booked = Decimal(hours * 3 * chance.choice((55, 75, 95))) / 100
            count = 1 if booked < MUCH else 2
            for number in range(count):
                person = people[(place + number) % len(people)]
                _book(staff, person, project, role, start, end, booked / count, firmness=firmness)


def _designers(staff: Staff, month: date) -> None:
    """Three projects want the same designers in one month; those at the other site have room."""
    role, end = Role.objects.get(key="ux-designer"), month_after(month, 1) - timedelta(days=1)
    people = {one.key: one for one in Resource.objects.filter(role=role)}
    for code, hours in CASE:
        lena = Decimal(hours) * Decimal("0.6")
        _book(staff, people["lena-marsh"], _project(code), role, month, end, lena, firmness="soft")
        _book(staff, people["tobias-ashby"], _project(code), role, month, end, Decimal(hours) - lena, firmness="soft")
        needed = {month: Decimal(hours), month_after(month, 1): Decimal(40)}
        enter_demand(_project(code), actor=staff["priya"], entries=[DemandEntry(role=role, hours=needed)])
    placeholder = people["ux-designer-to-come"]
    _book(staff, placeholder, _project("DIG-010"), role, month, end, Decimal(60), note="Screens of the alarm centre")
    _book(staff, people["niamh-brady"], _project("DIG-003"), role, month, end, Decimal(30), firmness="hard")


def _requests(staff: Staff, month: date) -> None:
    """One request waits, one is offered, one countered, one agreed."""
    role, end = Role.objects.get(key="ux-designer"), month_after(month, 1) - timedelta(days=1)
    design, software = Team.objects.get(key="design"), Team.objects.get(key="software")
    skill = Skill.objects.get(key="accessibility")
    placeholder = Booking.objects.filter(resource__key="ux-designer-to-come").first()
    ask = partial(_ask, staff, role=role, starts_on=month, ends_on=end)
    ask("DIG-010", software, Decimal(60), skill=skill, least_level=3, replaces=placeholder,
        note="Alarm screens must be usable by everybody in the control room.")  # fmt: skip
    offered = ask("DIG-004", software, Decimal(50), note="Two weeks at the billing desk, then from anywhere.")
    countered = ask("DIG-001", design, Decimal(40), note="Only the duplicate screens are left.")
    later_month, later_end = month_after(month, 1), month_after(month, 2) - timedelta(days=1)
    agreed = ask("DIG-001", software, Decimal(40), starts_on=later_month, ends_on=later_end)
    _offer(staff, offered, "niamh-brady", Decimal(40), month, end, "She is with the councils until the tenth.")
    _offer(staff, countered, "lena-marsh", Decimal(20), month, end, "Half of it; the rest a month later.")
    _offer(staff, agreed, "sean-burke", Decimal(40), later_month, later_end, "")
    manager = staff["jonas"]
    counter_offer(
        _fresh(countered), actor=manager, starts_on=later_month, ends_on=later_end, hours=Decimal(40),
        note="A month later is fine, if it is all of it.",
    )  # fmt: skip
    accept_offer(_fresh(agreed), actor=manager)


def _ask(staff: Staff, code: str, team: Team, hours: Decimal, **fields: Any) -> StaffingRequest:
    return ask_for_staff(_project(code), actor=_manager(staff, code), team=team, hours=hours, **fields)


def _offer(
    staff: Staff, request: StaffingRequest, key: str, hours: Decimal, first: date, last: date, note: str
) -> None:
    person = Resource.objects.get(key=key)
    offer_person(
        request.team, actor=staff["ingrid"], request=request, resource=person, starts_on=first, ends_on=last,
        hours=hours, note=note,
    )  # fmt: skip


def _book(
    staff: Staff, person: Resource, project: Project, role: Role, first: date, last: date, hours: Decimal,
    **more: Any,
) -> None:  # fmt: skip
    add_booking(
        person, actor=staff["ingrid"], project=project, role=role, starts_on=first, ends_on=last,
        hours=hours.quantize(Decimal(1)), reason="Agreed in the planning round", **more,
    )  # fmt: skip


def _project(code: str) -> Project:
    return Project.objects.get(code=code)


def _manager(staff: Staff, code: str) -> Any:
    """The project's manager; the portfolio office where the sample gives them no log-in for it."""
    return staff["jonas"] if code in {"DIG-001", "DIG-004"} else staff["priya"]


def _fresh(request: StaffingRequest) -> StaffingRequest:
    return StaffingRequest.objects.get(pk=request.pk)
