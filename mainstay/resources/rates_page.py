"""The page of rates: what hours cost and how more of them can be had."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.resources.forms.rates import NewSourcingForm, RoleRateForm
from mainstay.resources.models import CostRate, SourcingOption

PAGE_ROWS = 100


class RatesPage:
    """Rates of roles and of people, and ways to get more people."""

    def __init__(self, request: HttpRequest, **forms: Any) -> None:
        self.request, self.user, self.as_of, self.forms = request, request.user, request.as_of, forms

    @cached_property
    def _rates(self) -> Any:
        rows = CostRate.objects.as_of(self.as_of).visible_to(self.user)
        return rows.select_related("resource__team__portfolio", "role")

    @cached_property
    def of_roles(self) -> list[Any]:
        """Rates of roles, by role and day."""
        return list(self._rates.exclude(role=None).order_by("role__name", "-valid_from"))

    @cached_property
    def of_people(self) -> Page[Any]:
        """Rates of people, a page of them."""
        rows = self._rates.exclude(resource=None).order_by("resource__name", "-valid_from")
        return Paginator(rows, PAGE_ROWS).get_page(self.request.GET.get("page"))

    @cached_property
    def sourcing(self) -> list[Any]:
        """Ways to get more people."""
        rows = SourcingOption.objects.as_of(self.as_of).visible_to(self.user).select_related("role", "skill")
        return list(rows.order_by("role__name", "skill__name", "lead_weeks"))

    def _may(self, verb: Verb) -> bool:
        return self.as_of is None and access.may(self.user, verb)

    @property
    def may_set_roles(self) -> bool:
        """Whether the reader may set rates of roles."""
        return self._may(Verb.COSTRATE_SET)

    @property
    def may_set_sourcing(self) -> bool:
        """Whether the reader may say how more people can be had."""
        return self._may(Verb.SOURCING_SET)

    @cached_property
    def role_form(self) -> RoleRateForm:
        """A further rate of a role."""
        return self.forms.get("role_form") or RoleRateForm(user=self.user, prefix="role")

    @cached_property
    def sourcing_form(self) -> NewSourcingForm:
        """A further way to get more people."""
        return self.forms.get("sourcing_form") or NewSourcingForm(user=self.user, prefix="sourcing")

    @property
    def finding(self) -> str:
        """How many rates are known."""
        count = self.of_people.paginator.count
        roles = len({rate.role_id for rate in self.of_roles})
        return f"{roles} roles and {count:,} rates of people; open to few, and told in no feed."
