"""The page of a person, a placeholder or a group."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.resources.forms.absences import AbsenceForm
from mainstay.resources.forms.people import NewProficiencyForm
from mainstay.resources.forms.rates import RateForm
from mainstay.resources.models import Absence, CostRate, Proficiency, Resource
from mainstay.resources.parts import parts_of
from mainstay.resources.queries.expiry import state_of
from mainstay.resources.queries.working import availability

WEEKS_SHOWN = 12
DAYS_PAST = 92


class PersonPage:
    """Facts, skills, absences and, where allowed, what an hour costs."""

    def __init__(self, request: HttpRequest, key: str, **forms: Any) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        rows = Resource.objects.as_of(self.as_of).visible_to(self.user).filter(key=key)
        row = rows.select_related("team__portfolio", "team__manager", "role", "site", "calendar", "person").first()
        if row is None:
            raise Missing("There is nobody of this key, or they are not open to you.")
        self.row, self.forms = row, forms

    @property
    def today(self) -> date:
        """The day for which it is told."""
        return timezone.localdate(self.as_of) if self.as_of else timezone.localdate()

    @cached_property
    def skills(self) -> list[tuple[Any, Any]]:
        """Each skill with whether it holds, runs out soon, or has run out."""
        rows = Proficiency.objects.as_of(self.as_of).filter(resource_id=self.row.row_id)
        found = rows.select_related("skill").order_by("-level", "skill__name")
        return [(row, state_of(row, self.today)) for row in found]

    @cached_property
    def absences(self) -> list[Any]:
        """Absences to come and of the past three months; why only where the person may know."""
        rows = Absence.objects.as_of(self.as_of).readable_by(self.user).filter(resource_id=self.row.row_id)
        return list(rows.filter(ends_on__gte=self.today - timedelta(days=DAYS_PAST)).order_by("starts_on"))

    @cached_property
    def rates(self) -> list[Any]:
        """What an hour costs, the latest first; empty where the person may not know."""
        rows = CostRate.objects.as_of(self.as_of).visible_to(self.user)
        return list(rows.filter(resource_id=self.row.row_id).order_by("-valid_from"))

    @cached_property
    def hours(self) -> float:
        """Hours for projects in the coming twelve weeks."""
        rows = Resource.objects.as_of(self.as_of).identified_by([self.row.row_id])
        last = self.today + timedelta(weeks=WEEKS_SHOWN, days=-1)
        return float(availability(rows, self.today, last, as_of=self.as_of).net().sum())

    @cached_property
    def knows_why(self) -> bool:
        """Whether the reader may know why the person is away."""
        own = self.row.person_id is not None and self.row.person_id == self.user.pk
        return own or self._may(Verb.SEE_ABSENCES)

    def _may(self, verb: Verb) -> bool:
        return access.may(self.user, verb, self.row.team.portfolio)

    def _may_now(self, verb: Verb) -> bool:
        return self.as_of is None and self._may(verb)

    @property
    def sees_rates(self) -> bool:
        """Whether the reader may know what an hour costs."""
        return self._may(Verb.SEE_RATES)

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change the facts."""
        return self._may_now(Verb.RESOURCE_EDIT)

    @cached_property
    def skill_form(self) -> Any:
        """A further skill; None where the reader may add none."""
        if not self._may_now(Verb.PROFICIENCY_SET):
            return None
        return self.forms.get("skill_form") or NewProficiencyForm(user=self.user, prefix="skill")

    @cached_property
    def absence_form(self) -> Any:
        """A further absence; None where the reader may record none."""
        if not self._may_now(Verb.ABSENCE_RECORD):
            return None
        return self.forms.get("absence_form") or AbsenceForm(user=self.user, prefix="absence")

    @cached_property
    def rate_form(self) -> Any:
        """A further cost rate; None where the reader may set none."""
        if not self._may_now(Verb.COSTRATE_SET):
            return None
        return self.forms.get("rate_form") or RateForm(user=self.user, prefix="rate")

    @cached_property
    def parts(self) -> list[tuple[str, dict[str, Any]]]:
        """What else belongs on the page."""
        return parts_of(self.request, self.row)

    @property
    def finding(self) -> str:
        """What the person can give, in a sentence."""
        row = self.row
        if row.kind == "generic":
            return "A placeholder for somebody still to be found; booked hours stand here until then."
        if row.leaves_on and row.leaves_on < self.today:
            return f"Left on {row.leaves_on:%-d %B %Y}."
        return f"{self.hours:,.0f} hours for projects in the coming {WEEKS_SHOWN} weeks."
