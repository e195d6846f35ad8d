"""Scenarios in the REST API: their terms, their lines, what they come to, solving them and passing them on."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.models import PeriodLength, Scenario, ScenarioState
from mainstay.authorisation.scenarios import operations, queries
from mainstay.authorisation.scenarios.mix import Mix
from mainstay.authorisation.scenarios.page import ScenarioPage
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Currency,
    Id,
    Number,
    PortfolioCode,
    Reason,
    Sent,
    Told,
    YesNo,
    text,
)
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Scenarios")
LONGEST = 30.0
PERIODS = tuple(PeriodLength.values)

SCENARIOS = Resource(
    "Scenario",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Growth"),
        Field("description", Kind.TEXT, "What it is about."),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(ScenarioState.values)),
        Field("is_open", Kind.YES_NO, "Whether all who see the figures see it."),
        Field("starts_on", Kind.DAY, "The first day of the time it plans.", example="2027-01-01"),
        Field("period", Kind.CHOICE, "How its time is divided.", choices=PERIODS),
        number("periods", "How many periods it plans.", example=8),
        Field("maximise", Kind.TEXT, "What shall be most.", example="net_benefit"),
        Field("currency", Kind.TEXT, "Its currency.", example="GBP"),
        Field("limits", Kind.DATA, "Its limits.", schema=list[dict[str, Any]]),
        Field("changes", Kind.DATA, "Changes to what there is.", schema=list[dict[str, Any]]),
        Field("rules", Kind.DATA, "Its rules; `mix`: shares of kinds of work by classification, bucket, min, max."),
        VERSION,
    ),
    key="id",
    order=("-id",),
)  # fmt: skip

Terms = Annotated[list[dict[str, Any]], Rule(max_length=500)]
Length = Literal[PERIODS]
Day = text(10)


class ScenarioCreate(Sent):
    """A branch of the plan of record."""

    portfolio: PortfolioCode
    name: text(120, least=1)
    description: text(500) = ""
    starts_on: Day
    period: Length = "quarter"
    periods: Annotated[int, Rule(ge=1, le=60)] = 8
    maximise: text(60, least=1) = "net_benefit"
    currency: Currency = "GBP"
    limits: Terms = Rule(default_factory=list)
    changes: Terms = Rule(default_factory=list)
    rules: dict[str, Any] = Rule(default_factory=dict)


class ScenarioEdit(Changes):
    """Changes to what a scenario asks; what is left away stays."""

    name: text(120, least=1) = ""
    description: text(500) = ""
    starts_on: Day = ""
    period: Length = "quarter"
    periods: Annotated[int, Rule(ge=1, le=60)] = 8
    maximise: text(60, least=1) = ""
    limits: Terms = Rule(default_factory=list)
    changes: Terms = Rule(default_factory=list)
    rules: dict[str, Any] = Rule(default_factory=dict)
    reason: Reason = ""


class Copy(Sent):
    """The name of a copy."""

    name: text(120, least=1)


class PlanLineSent(Sent):
    """A project in a scenario; what is left away stays."""

    project: Code
    is_in: YesNo = False
    option: text(80) = ""
    start_date: Day | None = None
    end_date: Day | None = None
    forced: Literal["", "in", "out"] = ""
    reason: text(300) = ""


class LinesSent(Sent):
    """Projects to take in or out, or to move."""

    lines: Annotated[list[PlanLineSent], Rule(max_length=1000)]


class Effort(Sent):
    """How long the solver may take, in seconds, and whether it explains every project."""

    seconds: Number = 10
    explain: YesNo = False


class Person(Sent):
    """Somebody it is shared with."""

    username: text(80, least=1)
    may_edit: YesNo = False


class ScenarioShares(Sent):
    """Who may see a scenario; what is left away stays."""

    is_open: YesNo = False
    people: Annotated[list[Person], Rule(max_length=200)] = Rule(default_factory=list)


class Nothing(Sent):
    """Nothing needs to be said."""


class PlanLineTold(Told):
    """A project in a scenario."""

    project: str
    is_in: bool
    option: str
    start_date: str | None
    end_date: str | None
    forced: str
    reason: str
    base: dict[str, Any]


class PlannedBucketTold(Told):
    """A kind of work: money, and shares from 0 to 1 of the plan, the plan of record and the target."""

    name: str
    amount: float
    share: float | None
    was: float | None
    target: float | None
    tolerance: float
    is_off: bool


class PlannedMixTold(Told):
    """The money of a scenario by the kinds of a classification."""

    classification: str
    kinds: list[PlannedBucketTold]


class GoalServed(Told):
    """What is given to a goal, from 0 to 1; reach: its part of the strategy; most: what everybody gives."""

    code: str
    name: str
    reach: float
    plan: float
    was: float
    most: float


class TotalsTold(Told):
    """What a scenario comes to, and its lines."""

    finding: str
    projects: int
    value: float
    cost: float
    by_period: dict[str, float]
    limits: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    exceeded: list[str]
    mixes: list[PlannedMixTold]
    goals: list[GoalServed]
    differences: list[str]
    lines: list[PlanLineTold]


def told(request: HttpRequest, scenario_id: int) -> Answer:
    """A scenario as it is told."""
    queries.scenario_for(request.user, scenario_id, request.as_of)
    return SCENARIOS.one(request, Scenario.objects.as_of(request.as_of).identified_by([scenario_id]))


@routes.reads("/scenarios", "scenarios", SCENARIOS.Page, is_list=True)
def scenarios(request: HttpRequest, query: SCENARIOS.Asked) -> Any:
    """List scenarios, the newest first. Only where you may see figures."""
    open_ones = [row.row_id for row in queries.scenarios_for(request.user, request.as_of)]
    return SCENARIOS.page(request, Scenario.objects.as_of(request.as_of).identified_by(open_ones), query)


@routes.reads("/scenarios/{scenario_id}", "scenario", SCENARIOS.One, versioned=True)
def scenario(request: HttpRequest, scenario_id: Id) -> Any:
    """Read a scenario; what it asks."""
    return told(request, scenario_id)


@routes.reads("/scenarios/{scenario_id}/totals", "scenario.totals", TotalsTold)
def scenario_totals(request: HttpRequest, scenario_id: Id) -> Any:
    """Read what a scenario comes to, with every line."""
    row = queries.scenario_for(request.user, scenario_id, request.as_of)
    page = ScenarioPage(row, request.user, request.as_of)
    totals = page.totals
    return {
        "finding": page.finding,
        "projects": totals.count,
        "value": totals.value,
        "cost": totals.cost,
        "by_period": dict(page.spending),
        "limits": [{"name": one.name, "used": one.used, "most": one.most} for one in (*totals.money, *totals.others)],
        "roles": [
            {"role": one.key, "need": [c.need for c in one.cells], "room": [c.room for c in one.cells]}
            for one in totals.roles
        ],
        "exceeded": totals.over,
        "mixes": [_mix(mix) for mix in totals.mixes],
        "goals": [asdict(goal) for goal in totals.goals],
        "differences": page.differences,
        "lines": [_line(line) for line in page.lines],
    }


def _mix(mix: Mix) -> dict[str, Any]:
    return {"classification": mix.code, "kinds": [asdict(one) | {"is_off": one.is_off} for one in mix.parts]}


def _line(line: Any) -> dict[str, Any]:
    names = ("is_in", "option", "forced", "reason", "base")
    dates = {name: str(getattr(line, name)) if getattr(line, name) else None for name in ("start_date", "end_date")}
    return {"project": line.project.code, **{name: getattr(line, name) for name in names}, **dates}


@routes.does(
    "POST", "/scenarios", Verb.SCENARIO_CREATE, SCENARIOS.One, status=201,
    example={"portfolio": "NET", "name": "Growth", "starts_on": "2027-01-01", "maximise": "benefit"},
)  # fmt: skip
def create(request: HttpRequest, body: ScenarioCreate) -> Any:
    """Branch off the plan of record."""
    sent = body.sent_only()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = operations.create_scenario(portfolio, actor=request.user, **sent)
    return Answer(told(request, made.pk).body, location=f"/api/v1/scenarios/{made.pk}")


@routes.does(
    "PATCH", "/scenarios/{scenario_id}", Verb.SCENARIO_EDIT, SCENARIOS.One, precondition="required",
    example={"periods": 12},
)  # fmt: skip
def edit(request: HttpRequest, scenario_id: Id, body: ScenarioEdit) -> Any:
    """Change what a scenario asks; the answer to the former question is put aside."""
    row, sent = queries.scenario_for(request.user, scenario_id), body.sent_only()
    operations.edit_scenario(
        row, actor=request.user, expected_version=request.expected_version, reason=sent.pop("reason", ""), **sent
    )
    return told(request, scenario_id)


@routes.does(
    "POST", "/scenarios/{scenario_id}/copy", Verb.SCENARIO_COPY, SCENARIOS.One, status=201,
    example={"name": "Growth, slower"},
)  # fmt: skip
def copy(request: HttpRequest, scenario_id: Id, body: Copy) -> Any:
    """Copy a scenario with its lines."""
    made = operations.copy_scenario(
        queries.scenario_for(request.user, scenario_id), actor=request.user, name=body.name
    )
    return Answer(told(request, made.pk).body, location=f"/api/v1/scenarios/{made.pk}")


@routes.does(
    "POST", "/scenarios/{scenario_id}/lines", Verb.SCENARIO_ARRANGE, SCENARIOS.One, precondition="possible",
    example={"lines": [{"project": "NET-001", "is_in": True}]},
)  # fmt: skip
def arrange(request: HttpRequest, scenario_id: Id, body: LinesSent) -> Any:
    """Take projects in or out by hand, in an option, at other dates."""
    row = queries.scenario_for(request.user, scenario_id)
    lines = [line.model_dump(exclude_unset=True) for line in body.lines]
    operations.arrange_scenario(row, actor=request.user, expected_version=request.expected_version, lines=lines)
    return told(request, scenario_id)


@routes.does(
    "POST", "/scenarios/{scenario_id}/solution", Verb.SCENARIO_SOLVE, SCENARIOS.One, example={"seconds": 5}
)  # fmt: skip
def solve(request: HttpRequest, scenario_id: Id, body: Effort) -> Any:
    """Find the best plan and write it into the lines; the best found in the time given is kept."""
    row = queries.scenario_for(request.user, scenario_id)
    seconds = min(max(float(body.seconds), 1.0), LONGEST)
    with one_of_few():
        solve_scenario_now(row, actor=request.user, seconds=seconds, explain="all" if body.explain else "few")
    return told(request, scenario_id)


@routes.does(
    "POST", "/scenarios/{scenario_id}/freezing", Verb.SCENARIO_FREEZE, SCENARIOS.One, precondition="possible"
)
def freeze(request: HttpRequest, scenario_id: Id, body: Nothing) -> Any:
    """Freeze a scenario."""
    return _step(request, scenario_id, operations.freeze_scenario)


@routes.does(
    "POST", "/scenarios/{scenario_id}/reopening", Verb.SCENARIO_REOPEN, SCENARIOS.One, precondition="possible"
)
def reopen(request: HttpRequest, scenario_id: Id, body: Nothing) -> Any:
    """Take a scenario up again."""
    return _step(request, scenario_id, operations.reopen_scenario)


@routes.does(
    "POST", "/scenarios/{scenario_id}/submission", Verb.SCENARIO_SUBMIT, SCENARIOS.One, precondition="possible"
)
def submit(request: HttpRequest, scenario_id: Id, body: Nothing) -> Any:
    """Put a scenario before the board."""
    return _step(request, scenario_id, operations.submit_scenario)


@routes.does(
    "POST", "/scenarios/{scenario_id}/archiving", Verb.SCENARIO_ARCHIVE, SCENARIOS.One, precondition="possible"
)
def archive(request: HttpRequest, scenario_id: Id, body: Nothing) -> Any:
    """Put a scenario away."""
    return _step(request, scenario_id, operations.archive_scenario)


@routes.does(
    "POST", "/scenarios/{scenario_id}/sharing", Verb.SCENARIO_SHARE, SCENARIOS.One, precondition="possible",
    example={"is_open": True},
)  # fmt: skip
def share(request: HttpRequest, scenario_id: Id, body: ScenarioShares) -> Any:
    """Say who may see a scenario, and who may change it."""
    row = queries.scenario_for(request.user, scenario_id)
    sent = body.sent_only()
    operations.share_scenario(row, actor=request.user, expected_version=request.expected_version, **sent)
    return told(request, scenario_id)


def _step(request: HttpRequest, scenario_id: int, operation: Any) -> Answer:
    row = queries.scenario_for(request.user, scenario_id)
    operation(row, actor=request.user, expected_version=request.expected_version)
    return told(request, scenario_id)
