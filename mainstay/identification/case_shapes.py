"""What options, lines, assumptions and risks look like in the API, told and sent."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.types import DAY, Changes, Day, Id, Money, Number, Reason, Sent, Told, Username, YesNo, text
from mainstay.identification.models import Belief, CostType, OptionKind, Response, RiskKind
from mainstay.identification.models.lines import Curve
from mainstay.value.models.benefit import BenefitKind

NUMBER = number("id", "The row's number.", lookup="pk", example=1)
CASE = Field("case", Kind.WHOLE, "The number of the case.", "case_id", example=1)
OWNER = Field("owner", Kind.TEXT, "Who answers for it, by sign-in name.", "owner__username", may_be_missing=True)
SHEETS = ("costs", "benefits", "demands")

OPTIONS = Resource(
    "Option",
    (
        NUMBER,
        CASE,
        Field("name", Kind.TEXT, "The name.", example="The proposal"),
        Field("kind", Kind.CHOICE, "What it stands for.", choices=tuple(OptionKind.values), example="full"),
        Field("description", Kind.TEXT, "What it is."),
        Field("is_preferred", Kind.YES_NO, "Whether it is the one proposed."),
        VERSION,
    ),
    key="id",
    order=("case", "name"),
)
ASSUMPTIONS = Resource(
    "Assumption",
    (
        NUMBER,
        CASE,
        Field("text", Kind.TEXT, "What the case takes for true."),
        OWNER,
        Field("evidence", Kind.TEXT, "What speaks for it."),
        Field("belief", Kind.CHOICE, "What is known about it.", choices=tuple(Belief.values), example="open"),
        Field("check_by", Kind.DAY, "When it is to be checked.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("case", "text"),
)
RISKS = Resource(
    "Risk",
    (
        NUMBER,
        CASE,
        Field("project", Kind.TEXT, "The code of the project.", "case__project__code", may_be_missing=True),
        Field("name", Kind.TEXT, "The risk."),
        Field(
            "kind", Kind.CHOICE, "Whether it would hurt or help.", choices=tuple(RiskKind.values), example="threat"
        ),
        Field("cause", Kind.TEXT, "Why it may happen."),
        Field("effect", Kind.TEXT, "What would follow."),
        OWNER,
        Field("probability", Kind.DECIMAL, "From 0 to 1.", example="0.3"),
        Field("impact", Kind.MONEY, "In the currency of the case.", example="200000.00"),
        Field("response", Kind.CHOICE, "What is done about it.", choices=tuple(Response.values), example="reduce"),
        Field("plan", Kind.TEXT, "How."),
        Field("residual_probability", Kind.DECIMAL, "After the response.", may_be_missing=True),
        Field("residual_impact", Kind.MONEY, "After the response.", may_be_missing=True),
        Field("is_closed", Kind.YES_NO, "Whether it counts no more."),
        VERSION,
    ),
    key="id",
    order=("case", "name"),
)


class OptionAdd(Sent):
    """A way to meet the need; `copy_of` names the option whose lines it begins with."""

    name: text(120, least=1)
    kind: Literal[tuple(OptionKind.values)] = "full"
    description: text(4_000) = ""
    is_preferred: YesNo = False
    copy_of: Id | None = None


class OptionEdit(Changes):
    """Changes to an option."""

    name: text(120, least=1) = ""
    kind: Literal[tuple(OptionKind.values)] = "full"
    description: text(4_000) = ""
    is_preferred: YesNo = False
    reason: Reason = ""


Statement = text(500, least=1)
Evidence = text(2_000)


class AssumptionAdd(Changes):
    """Something the case takes for true."""

    text: Statement
    owner: Username | None = None
    evidence: Evidence = ""
    belief: Literal[tuple(Belief.values)] = "open"
    check_by: Day | None = None


class AssumptionEdit(AssumptionAdd):
    """Changes to an assumption."""

    text: Statement = ""
    reason: Reason = ""


Share = Annotated[Number, Rule(ge=0, le=1)]


class RiskAdd(Changes):
    """Something that may go otherwise."""

    name: text(160, least=1)
    kind: Literal[tuple(RiskKind.values)] = "threat"
    cause: text(500) = ""
    effect: text(500) = ""
    owner: Username | None = None
    probability: Share
    impact: Money
    response: Literal[tuple(Response.values)] = ""
    plan: text(500) = ""
    residual_probability: Share | None = None
    residual_impact: Money | None = None
    is_closed: YesNo = False


class RiskEdit(RiskAdd):
    """Changes to a risk."""

    name: text(160, least=1) = ""
    probability: Share = Decimal(0)
    impact: Money = Decimal(0)
    reason: Reason = ""


Amounts = dict[Annotated[str, Rule(pattern=DAY)], Money | None]


class LineSent(Changes):
    """A line: with `id` a stored one, without a new one. An estimate that is sent replaces the stored one."""

    id: Id | None = None
    name: text(160, least=1) = ""
    basis: text(300) = ""
    likely: Amounts = Rule(default_factory=dict)
    low: Amounts = Rule(default_factory=dict)
    high: Amounts = Rule(default_factory=dict)
    cost_type: Literal[tuple(CostType.values)] = "other"
    is_capital: YesNo = False
    kind: Literal[tuple(BenefitKind.values)] = "cashable"
    measure: text(160) = ""
    unit: text(30) = ""
    owner: Username | None = None
    is_disbenefit: YesNo = False
    role: text(40) | None = None
    skill: text(40) | None = None
    curve: Literal[tuple(Curve.values)] = "typed"


class LinesEnter(Sent):
    """Lines of one sheet of an option, and the numbers of those that go."""

    sheet: Literal[SHEETS]
    lines: Annotated[list[LineSent], Rule(max_length=200)] = Rule(default_factory=list)
    removed: Annotated[list[Id], Rule(max_length=200)] = Rule(default_factory=list)
    reason: Reason = ""


class LinesEntered(Told):
    """How many lines changed, and the version of the case since."""

    changed: int
    version: int
