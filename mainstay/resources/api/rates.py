"""Cost rates, and ways to get more people, in the REST API; open to few."""

from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Changes, Currency, Day, Id, Money, Reason, Sent, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.api.shared import NUMBER, Slug, named, named_resource
from mainstay.resources.models import CostRate, Role, Skill, SourcingKind, SourcingOption
from mainstay.resources.operations.rates import (
    edit_cost_rate,
    edit_sourcing,
    remove_cost_rate,
    remove_sourcing,
    set_cost_rate,
    set_sourcing,
)

routes = Routes("Resources")
WAYS = tuple(SourcingKind.values)
CURRENCY = Field("currency", Kind.TEXT, "The currency.", example="GBP")
OF_ROLE = Field("role", Kind.TEXT, "The key of the role.", "role__key", may_be_missing=True)
RATES = Noun(
    "CostRate",
    (
        NUMBER,
        Field("resource", Kind.TEXT, "The key of the person.", "resource__key", may_be_missing=True),
        OF_ROLE,
        Field("valid_from", Kind.DAY, "From which day it holds."),
        Field("hourly", Kind.MONEY, "What an hour costs.", example="85.00"),
        CURRENCY,
        VERSION,
    ),
    key="id",
    order=("-valid_from",),
)
SOURCING = Noun(
    "SourcingOption",
    (
        NUMBER,
        OF_ROLE,
        Field("skill", Kind.TEXT, "The key of the skill.", "skill__key", may_be_missing=True),
        Field("kind", Kind.CHOICE, "The way.", choices=WAYS),
        Field("lead_weeks", Kind.WHOLE, "Weeks until the first hour."),
        Field("hourly", Kind.MONEY, "What an hour costs.", example="85.00"),
        Field("once", Kind.MONEY, "What it costs once.", example="6000.00"),
        CURRENCY,
        Field("note", Kind.TEXT, "A note."),
        VERSION,
    ),
    key="id",
    order=("kind", "lead_weeks"),
)


class CostRateSet(Sent):
    """What an hour costs from a day on; name a person or a role. The same day again corrects it."""

    resource: Slug | None = None
    role: Slug | None = None
    valid_from: Day
    hourly: Money
    currency: Currency = "GBP"
    reason: Reason = ""


class SourcingSet(Sent):
    """A way to get more of a role or of a skill."""

    role: Slug | None = None
    skill: Slug | None = None
    kind: Literal[WAYS] = "hire"
    lead_weeks: whole(0, 520)
    hourly: Money
    once: Money = Decimal(0)
    currency: Currency = "GBP"
    note: text(200) = ""
    reason: Reason = ""


@routes.reads("/cost-rates", "cost-rates", RATES.Page, is_list=True)
def cost_rates(request: HttpRequest, query: RATES.Asked) -> Any:
    """List what hours cost, where you may know it."""
    return RATES.page(request, CostRate.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/cost-rates",
    Verb.COSTRATE_SET,
    RATES.One,
    example={"resource": "anna-berg", "valid_from": "2027-04-01", "hourly": "92.50"},
)
def put_rate(request: HttpRequest, body: CostRateSet) -> Any:
    """Set what an hour of a person or of a role costs from a day on."""
    told = body.model_dump()
    person, role = told.pop("resource"), told.pop("role")
    _one(resource=person, role=role)
    subject = named_resource(request, person) if person else named(Role.objects, "role", role)
    made = set_cost_rate(subject, actor=request.user, **told)
    return RATES.one(request, CostRate.objects.filter(pk=made.pk))


class CostRateEdit(Changes):
    """A corrected rate; what is left away stays."""

    valid_from: Day = None
    hourly: Money = Decimal(0)
    currency: Currency = "GBP"
    reason: Reason = ""


@routes.does(
    "PATCH", "/cost-rates/{rate_id}", Verb.COSTRATE_EDIT, RATES.One, precondition="required",
    example={"hourly": "94.00"},
)  # fmt: skip
def change_rate(request: HttpRequest, rate_id: Id, body: CostRateEdit) -> Any:
    """Correct a cost rate or the day from which it holds."""
    changes, reason = sent_changes(body)
    row, version = found(CostRate.objects.visible_to(request.user).filter(pk=rate_id)), request.expected_version
    edit_cost_rate(row, actor=request.user, expected_version=version, reason=reason, **changes)
    return RATES.one(request, CostRate.objects.filter(pk=row.pk))


@routes.does("DELETE", "/cost-rates/{rate_id}", Verb.COSTRATE_REMOVE, None, status=204)
def take_rate(request: HttpRequest, rate_id: Id) -> Any:
    """Take a cost rate back."""
    remove_cost_rate(found(CostRate.objects.visible_to(request.user).filter(pk=rate_id)), actor=request.user)


@routes.reads("/sourcing-options", "sourcing-options", SOURCING.Page, is_list=True)
def sourcing_options(request: HttpRequest, query: SOURCING.Asked) -> Any:
    """List the ways to get more people, where you may know what they cost."""
    return SOURCING.page(request, SourcingOption.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/sourcing-options",
    Verb.SOURCING_SET,
    SOURCING.One,
    example={"role": "data", "kind": "contract", "lead_weeks": 4, "hourly": "110.00"},
)
def put_sourcing(request: HttpRequest, body: SourcingSet) -> Any:
    """Say how more hours of a role or a skill can be had."""
    told = body.model_dump()
    role, skill = told.pop("role"), told.pop("skill")
    _one(role=role, skill=skill)
    subject = named(Role.objects, "role", role) if role else named(Skill.objects, "skill", skill)
    made = set_sourcing(subject, actor=request.user, **told)
    return SOURCING.one(request, SourcingOption.objects.filter(pk=made.pk))


class SourcingEdit(Changes):
    """Another way, time or price; what is left away stays."""

    kind: Literal[WAYS] = "hire"
    lead_weeks: whole(0, 520) = 0
    hourly: Money = Decimal(0)
    once: Money = Decimal(0)
    currency: Currency = "GBP"
    note: text(200) = ""
    reason: Reason = ""


@routes.does(
    "PATCH", "/sourcing-options/{sourcing_id}", Verb.SOURCING_EDIT, SOURCING.One, precondition="required",
    example={"lead_weeks": 6},
)  # fmt: skip
def change_sourcing(request: HttpRequest, sourcing_id: Id, body: SourcingEdit) -> Any:
    """Change how more hours of a role or a skill can be had."""
    changes, reason = sent_changes(body)
    row = found(SourcingOption.objects.visible_to(request.user).filter(pk=sourcing_id))
    edit_sourcing(row, actor=request.user, expected_version=request.expected_version, reason=reason, **changes)
    return SOURCING.one(request, SourcingOption.objects.filter(pk=row.pk))


@routes.does("DELETE", "/sourcing-options/{sourcing_id}", Verb.SOURCING_REMOVE, None, status=204)
def take_sourcing(request: HttpRequest, sourcing_id: Id) -> Any:
    """Take a way to get more people away."""
    remove_sourcing(found(SourcingOption.objects.visible_to(request.user).filter(pk=sourcing_id)), actor=request.user)


def _one(**names: str | None) -> None:
    """Refuse unless exactly one of these is named."""
    if sum(value is not None for value in names.values()) != 1:
        told = f"Name exactly one of {' and '.join(names)}."
        raise Invalid(told, **dict.fromkeys(names, told))
