"""What staffing asks for: which teams a project may ask, and what speaks against an offer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import StrIndex

from mainstay.portfolio.models import Project
from mainstay.resources.booking_changes import as_added
from mainstay.resources.booking_rules import objections, refuse
from mainstay.resources.models import ResourceKind, StaffingOffer, Team


def teams_to_ask(project: Project, user: Any) -> Any:
    """Teams in use of the project's portfolio, of those above and below it, and those whose people one sees."""
    place = project.portfolio
    above = Team.objects.annotate(at=StrIndex(Value(project.path), "portfolio__path")).filter(at=1)
    near = Q(pk__in=above.values("pk")) | Q(portfolio__path__startswith=place.path)
    # A confidential part is known only within: its teams are asked from there.
    open_ones = Q(portfolio__seal="") | Q(portfolio__seal=project.seal)
    seen = Team.objects.visible_to(user)
    return Team.objects.filter(is_active=True).filter((near & open_ones) | Q(pk__in=seen.values("pk")))


def refuse_offer(offer: StaffingOffer, reason: str) -> None:
    """Refuse an offer of somebody who cannot do it: too low a level, a certificate that runs out, no working time."""
    offer.clean_fields(exclude=["request", "resource", "made_by"])
    if offer.resource.kind != ResourceKind.NAMED:
        raise ValidationError({"resource": "Offer a person; a placeholder is what the project has already."})
    request = offer.request
    fields = {
        "role": request.role, "skill": request.skill, "starts_on": offer.starts_on, "ends_on": offer.ends_on,
        "hours": offer.hours,
    }  # fmt: skip
    found = objections(as_added(offer.resource, request.project, fields), request.least_level)
    # The booking has a skill where the offer has a person.
    meant = [type(one)("resource" if one.field == "skill" else one.field, one.text, one.yields) for one in found]
    refuse(meant, reason)
