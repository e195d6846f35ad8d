"""What a project looks like in the API, told and sent."""

from typing import Annotated, Any, Literal

from pydantic import Field as Rule
from pydantic import StrictBool, StringConstraints, WithJsonSchema

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.types import (
    NO_NUL,
    Changes,
    Code,
    Currency,
    Day,
    Key,
    LongText,
    Money,
    Name,
    PortfolioCode,
    ProgrammeCode,
    Reason,
    Sent,
    StageKey,
    Username,
    text,
    whole,
)
from mainstay.portfolio.api import reading
from mainstay.portfolio.models import Confidence, Health, Phase

HEALTH = tuple(Health.values)
CONFIDENCE = tuple(Confidence.values)

PROJECTS = Resource(
    "Project",
    (
        number("id", "The project's number, as events have it.", lookup="pk"),
        Field("code", Kind.TEXT, "The code.", example="PRJ-0007"),
        Field("name", Kind.TEXT, "The name.", example="Replace the pumps"),
        Field("description", Kind.TEXT, "What it is about.", sorts=False),
        Field(
            "portfolio",
            Kind.TEXT,
            "The code of the portfolio; a filter takes everything below it too.",
            "portfolio_seen",
            example="NET",
            may_be_missing=True,
            matches=reading.asked_as("portfolio"),
        ),
        Field(
            "programme",
            Kind.TEXT,
            "The code of the programme.",
            "programme_seen",
            example="SMART",
            may_be_missing=True,
            matches=reading.asked_as("programme"),
        ),
        Field(
            "stage",
            Kind.TEXT,
            "The key of the stage; several separated by commas.",
            "stage__key",
            example="candidate",
            order_lookup="stage__position",
            order_kind=Kind.WHOLE,
            matches=reading.asked_as("stage"),
        ),
        Field("phase", Kind.CHOICE, "What the stage means.", "stage__phase", choices=tuple(Phase.values)),
        Field("stage_since", Kind.DAY, "Since when it is in this stage.", may_be_missing=True),
        Field("theme", Kind.TEXT, "The theme.", example="Resilience"),
        Field(
            "owner",
            Kind.TEXT,
            "Who owns it, by sign-in name; a filter also takes me and none.",
            "owner__username",
            example="grace",
            may_be_missing=True,
            matches=reading.asked_as("owner"),
        ),
        Field(
            "manager",
            Kind.TEXT,
            "The project manager, by sign-in name; a filter also takes me and none.",
            "manager__username",
            may_be_missing=True,
            matches=reading.asked_as("manager"),
        ),
        Field("health", Kind.CHOICE, "How it is doing; empty: not reported.", choices=HEALTH, example="green"),
        Field("confidence", Kind.CHOICE, "Delivery confidence; empty: not assessed.", choices=CONFIDENCE),
        Field("start_date", Kind.DAY, "The planned start.", may_be_missing=True, example="2026-04-01"),
        Field("end_date", Kind.DAY, "The planned end.", may_be_missing=True, example="2027-03-31"),
        Field("currency", Kind.TEXT, "The currency of its figures.", example="GBP"),
        Field(
            "cost",
            Kind.MONEY,
            "The whole-life cost; null where there is none or it is hidden.",
            "cost_seen",
            may_be_missing=True,
            example="1250000.00",
        ),
        Field(
            "benefit",
            Kind.MONEY,
            "The whole-life benefit; null where there is none or it is hidden.",
            "benefit_seen",
            may_be_missing=True,
            example="2000000.00",
        ),
        Field("risk", Kind.WHOLE, "The risk from 0 to 100.", may_be_missing=True, example=30),
        Field("external_key", Kind.TEXT, "Its key in the file it came from."),
        Field("custom", Kind.DATA, "Custom fields by key; numbers and money as text."),
        Field("given_text", Kind.DATA, "Text that was given instead of a value, by field.", schema=dict[str, str]),
        Field("path", Kind.TEXT, "Its place in the tree, for grants.", filters=False),
        VERSION,
    ),
    search=("code", "name", "description"),
    private=("figures_open",),
    finish=reading.hide_figures,
    extend=reading.custom_fields,
    added={
        "hidden": (
            list[str],
            Rule(default_factory=list, description="The figures you may not see here.", examples=[["cost"]]),
        )
    },
)

Scalar = Annotated[
    Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
    | StrictBool
    | Annotated[int, Rule(ge=-(10**15), le=10**15, strict=True)]
    | Annotated[float, Rule(ge=-1e15, le=1e15, allow_inf_nan=False, strict=True)]
    | None,
    WithJsonSchema({"type": ["string", "boolean", "number", "null"]}),
]
Custom = Annotated[dict[Key, Scalar], Rule(max_length=500, examples=[{"region": "North"}])]


class ProjectPropose(Sent):
    """A proposal."""

    portfolio: PortfolioCode
    name: Name
    code: Code | Literal[""] = ""
    description: LongText = ""
    programme: ProgrammeCode | None = None
    owner: Username | None = None
    manager: Username | None = None
    theme: text(100) = ""
    health: Literal[HEALTH] = ""
    confidence: Literal[CONFIDENCE] = ""
    start_date: Day | None = None
    end_date: Day | None = None
    currency: Currency | Literal[""] = ""
    cost: Money | None = None
    benefit: Money | None = None
    risk: whole(0, 100) | None = None
    external_key: text(80) = ""
    custom: Custom = Rule(default_factory=dict)


class ProjectEdit(Changes):
    """Changes to a project; what is left away stays."""

    code: Code = ""
    name: Name = ""
    description: LongText = ""
    programme: ProgrammeCode | None = None
    owner: Username | None = None
    manager: Username | None = None
    theme: text(100) = ""
    health: Literal[HEALTH] = ""
    confidence: Literal[CONFIDENCE] = ""
    start_date: Day | None = None
    end_date: Day | None = None
    currency: Currency = ""
    cost: Money | None = None
    benefit: Money | None = None
    risk: whole(0, 100) | None = None
    external_key: text(80) = ""
    custom: Custom = Rule(default_factory=dict)
    reason: Reason = ""


class BulkChanges(Changes):
    """The same changes for many projects."""

    owner: Username | None = None
    manager: Username | None = None
    theme: text(100) = ""
    health: Literal[HEALTH] = ""
    confidence: Literal[CONFIDENCE] = ""
    risk: whole(0, 100) | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    custom: Custom = Rule(default_factory=dict)


class ProjectVersion(Sent):
    """A project, and which version of it was read."""

    code: Code
    version: whole(1, 10**9) | None = None


class BulkEdit(Sent):
    """Which projects, and what to change in them."""

    projects: list[ProjectVersion] = Rule(min_length=1, max_length=500)
    changes: BulkChanges
    reason: Reason = ""


class ProjectMove(Sent):
    """Where a project goes."""

    portfolio: PortfolioCode
    programme: ProgrammeCode | None = None
    reason: Reason = ""


class ProjectAdvance(Sent):
    """The stage a project enters."""

    stage: StageKey
    reason: Reason = ""


def sent_changes(body: Any) -> tuple[dict[str, Any], str]:
    """The changes of a body and the reason given for them."""
    changes = body.sent_only()
    return changes, changes.pop("reason", "")
