"""What the operations on timesheets share."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, Timesheet
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Resource


def require_own(resource: Resource, actor: Actor) -> None:
    """Refuse whoever enters hours of somebody else; whoever may not even see them learns nothing."""
    if actor is MAINSTAY or (resource.person_id is not None and resource.person_id == actor.pk):
        return
    if not access.may(actor, Verb.SEE_HOURS, resource.scope):
        raise Missing("There is nothing here, or it is not open to you.")
    raise Forbidden("Everybody enters their own hours; correct an entry instead.")


def require_week(week: date) -> None:
    """Refuse a day that is no Monday."""
    if week.weekday():
        raise ValidationError({"week": "A week is named by its Monday."})


def today() -> date:
    """The day on which something is done."""
    return timezone.localdate(surrounding().now())


def sheet_of(resource: Resource, week: date) -> Timesheet:
    """The week of a person; where nothing was entered yet, one that is not kept so far."""
    found = Timesheet.objects.select_for_update(of=("self",)).filter(resource=resource, week=week).first()
    return found or Timesheet(resource=resource, week=week)


def known_projects(resource: Resource, actor: Any) -> Any:
    """Projects hours may be entered for: those open to the person, and those they are booked for or worked on."""
    seen = Project.objects.visible_to(actor).order_by().values("pk")
    mine = Q(pk__in=seen)
    if actor is MAINSTAY or resource.person_id == actor.pk:
        booked = Booking.objects.filter(resource_id=resource.row_id).order_by().values("project_id")
        worked = HoursEntry.objects.filter(resource_id=resource.row_id, project__isnull=False).order_by()
        mine |= Q(pk__in=booked) | Q(pk__in=worked.values("project_id"))
    return Project.objects.filter(mine)
