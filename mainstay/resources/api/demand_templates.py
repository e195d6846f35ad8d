"""Demand templates in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Changes, Reason, Sent, YesNo, text, whole
from mainstay.core.verbs import Verb
from mainstay.engine.basics import Curve
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.api.shared import Slug, sent_of
from mainstay.resources.models import DemandTemplate
from mainstay.resources.models.demand_template import MOST_SHARES
from mainstay.resources.operations.demand_templates import add_demand_template, edit_demand_template

routes = Routes("Resources")
COURSES = tuple(one.value for one in Curve)
TEMPLATES = Resource(
    "DemandTemplate",
    (
        Field("key", Kind.TEXT, "The key other systems know it by.", example="works"),
        Field("name", Kind.TEXT, "The name.", example="Construction works"),
        Field("description", Kind.TEXT, "What it means."),
        Field(
            "shares",
            Kind.DATA,
            "Shares of the hours: role, share in per cent, and its course over the months.",
            schema=list[dict[str, str | int]],
            filters=False,
        ),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    key="key",
    order=("name",),
)


class ShareSent(Sent):
    """A role, its share in per cent, and its course over the months."""

    role: Slug
    share: whole(1, 100)
    curve: Literal[COURSES] = "flat"


Shares = Annotated[list[ShareSent], Rule(min_length=1, max_length=MOST_SHARES)]


class TemplateAdd(Sent):
    """What projects of a kind usually need; without a key the name makes one."""

    name: text(80, least=1)
    shares: Shares
    key: Slug | None = None
    description: text(300) = ""


class TemplateEdit(Changes):
    """Changes to a template; shares are sent whole."""

    name: text(80, least=1) = ""
    shares: Shares = []
    description: text(300) = ""
    is_active: YesNo = True
    reason: Reason = ""


def _rows(request: HttpRequest) -> Any:
    return DemandTemplate.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/demand-templates", "demand-templates", TEMPLATES.Page, is_list=True)
def templates(request: HttpRequest, query: TEMPLATES.Asked) -> Any:
    """List what projects of each kind usually need."""
    return TEMPLATES.page(request, _rows(request), query)


@routes.does(
    "POST", "/demand-templates", Verb.DEMANDTEMPLATE_ADD, TEMPLATES.One, status=201,
    example={"name": "Survey", "shares": [{"role": "data", "share": 100, "curve": "flat"}]},
)  # fmt: skip
def put_template(request: HttpRequest, body: TemplateAdd) -> Any:
    """Say what projects of a kind usually need."""
    made = add_demand_template(None, actor=request.user, **_plain(sent_of(body)))
    return TEMPLATES.one(request, DemandTemplate.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/demand-templates/{template}", Verb.DEMANDTEMPLATE_EDIT, TEMPLATES.One, precondition="required",
    example={"is_active": False},
)  # fmt: skip
def change_template(request: HttpRequest, template: Slug, body: TemplateEdit) -> Any:
    """Change a demand template, or take it out of use."""
    changes, reason = sent_changes(body)
    rows, version = _rows(request).filter(key=template), request.expected_version
    edit_demand_template(found(rows), actor=request.user, expected_version=version, reason=reason, **_plain(changes))
    return TEMPLATES.one(request, rows)


def _plain(sent: dict[str, Any]) -> dict[str, Any]:
    """The shares as plain values."""
    if "shares" in sent:
        sent["shares"] = [one if isinstance(one, dict) else one.model_dump() for one in sent["shares"]]
    return sent
