"""Alert rules, alerts and measures in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, PortfolioCode, Sent, Told, Username, YesNo, text, whole
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts import queries
from mainstay.monitoring.alerts.measures import known_measures
from mainstay.monitoring.alerts.operations import (
    checked,
    create_rule,
    edit_rule,
    evaluate_now,
    remove_rule,
    take_alert,
)
from mainstay.monitoring.models import Alert, AlertKind, AlertRule, AlertState, Severity, Side
from mainstay.portfolio.api.finding import named_portfolio, portfolio_at
from mainstay.portfolio.approval import people_who_may

routes = Routes("Alerts")
Limit = Annotated[float, Rule(ge=-1e15, le=1e15, allow_inf_nan=False)]
MeasureKey = text(60, least=1, example="report.silence")
KINDS, SIDES, GRAVE = tuple(AlertKind.values), tuple(Side.values), tuple(Severity.values)

RULES = Resource(
    "AlertRule",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("name", Kind.TEXT, "Its name.", example="No report for six weeks"),
        Field("measure", Kind.TEXT, "The key of the measure.", example="report.silence"),
        Field("kind", Kind.CHOICE, "What raises an alert.", choices=KINDS, example="silence"),
        Field("side", Kind.CHOICE, "On which side of the limit it alerts.", choices=SIDES, example="above"),
        Field("raise_at", Kind.FLOAT, "The limit.", may_be_missing=True),
        Field("clear_at", Kind.FLOAT, "From where on it is in order again.", may_be_missing=True),
        Field("days", Kind.WHOLE, "Within or after so many days.", may_be_missing=True, example=42),
        Field("severity", Kind.CHOICE, "How much it matters.", choices=GRAVE, example="warning"),
        Field("owner", Kind.TEXT, "Who follows up; null: the manager.", "owner__username", may_be_missing=True),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    key="id",
    order=("id",),
)
ALERTS = Resource(
    "Alert",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        number("rule", "The number of the rule.", lookup="rule_id", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(AlertState.values), example="open"),
        Field("value", Kind.FLOAT, "The value when it was raised.", may_be_missing=True),
        Field("latest", Kind.FLOAT, "The value at the last look.", may_be_missing=True),
        Field("raised_at", Kind.MOMENT, "When it was raised."),
        Field("cleared_at", Kind.MOMENT, "When it was in order again.", may_be_missing=True),
        Field("owner", Kind.TEXT, "Who follows up, by sign-in name.", "owner__username", may_be_missing=True),
        Field("note", Kind.TEXT, "What is done.", sorts=False),
        Field("follow_up", Kind.DAY, "When to look again.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-id",),
)


class AlertRuleTerms(Changes):
    """What a rule watches; limits are in the unit of the measure."""

    name: text(120, least=1) = ""
    measure: MeasureKey = ""
    kind: Literal[KINDS] = "threshold"
    side: Literal[SIDES] = "above"
    raise_at: Limit | None = None
    clear_at: Limit | None = None
    days: whole(1, 3650) | None = None
    severity: Literal[GRAVE] = "warning"
    owner: Username | None = None
    is_active: YesNo = True


class AlertRuleSent(AlertRuleTerms):
    """A rule for a portfolio."""

    portfolio: PortfolioCode
    name: text(120, least=1)
    measure: MeasureKey


class AlertTaking(Sent):
    """What is done, and when to look again."""

    note: text(500, least=1)
    follow_up: Day | None = None


class AlertMeasureTold(Told):
    """A measure and what it means."""

    key: str
    label: str
    unit: str
    definition: str
    is_silence: bool


class AlertMeasuresTold(Told):
    """Every measure a rule may watch."""

    items: list[AlertMeasureTold]


class AlertFoundTold(Told):
    """A project a rule would find, with the value in words."""

    project: Code
    value: str


class AlertPreviewTold(Told):
    """What a rule would find now."""

    finding: str
    count: int
    looked_at: int
    items: list[AlertFoundTold]


class AlertEvaluationTold(Told):
    """How many alerts were raised, came back, are in order again, or are to be looked at again."""

    raised: int
    back: int
    cleared: int
    due: int


def _rules(request: HttpRequest) -> Any:
    return AlertRule.objects.as_of(request.as_of).visible_to(request.user)


def _alerts(request: HttpRequest) -> Any:
    return Alert.objects.as_of(request.as_of).visible_to(request.user)


def _terms(sent: dict[str, Any], place: Any) -> dict[str, Any]:
    """What was sent, the owner as a row among those who may see figures there."""
    if sent.get("owner"):
        able = {person.username: person for person in people_who_may(Verb.SEE_FIGURES, place)}
        name = sent["owner"]
        if name not in able:
            raise Invalid("There is no such person here.", owner="Nobody of this name sees figures there.")
        owner: Person = able[name]
        sent["owner"] = owner
    return sent


@routes.reads("/alert-measures", "alertmeasures", AlertMeasuresTold)
def measures(request: HttpRequest) -> Any:
    """List the measures that rules may watch."""
    names = AlertMeasureTold.model_fields
    known = sorted(known_measures().values(), key=lambda one: one.key)
    return {"items": [{name: getattr(one, name) for name in names} for one in known]}


@routes.reads("/alert-rules", "alertrules", RULES.Page, is_list=True)
def rules(request: HttpRequest, query: RULES.Asked) -> Any:
    """List alert rules."""
    return RULES.page(request, _rules(request), query)


@routes.reads("/alert-rules/{alertrule_id}", "alertrule", RULES.One, versioned=True)
def rule(request: HttpRequest, alertrule_id: Id) -> Any:
    """Read an alert rule."""
    return RULES.one(request, _rules(request).identified_by([alertrule_id]))


@routes.does(
    "POST", "/alert-rules", Verb.ALERTRULE_CREATE, RULES.One, status=201,
    example={"portfolio": "NET", "name": "No report", "measure": "report.silence", "kind": "silence", "days": 42},
)  # fmt: skip
def create(request: HttpRequest, body: AlertRuleSent) -> Any:
    """Watch a measure of every running project of a portfolio and of everything below it."""
    sent = body.sent_only()
    place = named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.ALERTRULE_CREATE)
    made = create_rule(place, actor=request.user, **_terms(sent, place))
    told = RULES.one(request, AlertRule.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/alert-rules/{made.pk}")


@routes.works_out(
    "/alert-rule-previews", "alertrule.preview", AlertPreviewTold,
    example={"portfolio": "NET", "name": "Late", "measure": "milestones.slip", "raise_at": 30},
)  # fmt: skip
def preview(request: HttpRequest, body: AlertRuleSent) -> Any:
    """Work out which projects a rule would find now, among those whose figures you may see."""
    sent = body.model_dump()
    place = named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.ALERTRULE_CREATE)
    access.require(request.user, Verb.ALERTRULE_CREATE, place)
    found_now = queries.preview_of(checked(AlertRule(portfolio=place, **_terms(sent, place))), request.user)
    items = [{"project": project.code, "value": value} for project, value in found_now.found]
    told = {"finding": found_now.finding, "count": found_now.count, "looked_at": found_now.looked_at}
    return told | {"items": items}


@routes.does(
    "PATCH", "/alert-rules/{alertrule_id}", Verb.ALERTRULE_EDIT, RULES.One, precondition="required",
    example={"is_active": False},
)  # fmt: skip
def edit(request: HttpRequest, alertrule_id: Id, body: AlertRuleTerms) -> Any:
    """Change an alert rule."""
    row, version = found(_rules(request).identified_by([alertrule_id])), request.expected_version
    edit_rule(row, actor=request.user, expected_version=version, **_terms(body.sent_only(), row.portfolio))
    return RULES.one(request, _rules(request).identified_by([alertrule_id]))


@routes.does(
    "DELETE", "/alert-rules/{alertrule_id}", Verb.ALERTRULE_REMOVE, None, status=204, precondition="possible"
)
def remove(request: HttpRequest, alertrule_id: Id) -> Any:
    """Take a rule away that never found anything."""
    row = found(_rules(request).identified_by([alertrule_id]))
    remove_rule(row, actor=request.user, expected_version=request.expected_version)


@routes.does(
    "POST", "/portfolios/{code}/alert-evaluation", Verb.ALERTS_EVALUATE, AlertEvaluationTold, takes_long=True
)
def evaluate(request: HttpRequest, code: PortfolioCode) -> Any:
    """Look at the figures of a portfolio and of everything below it through its rules now."""
    return evaluate_now(portfolio_at(request, code), actor=request.user).counts


@routes.reads("/alerts", "alerts", ALERTS.Page, is_list=True)
def alerts(request: HttpRequest, query: ALERTS.Asked) -> Any:
    """List alerts, the newest first. Only where you may see figures."""
    return ALERTS.page(request, _alerts(request), query)


@routes.reads("/alerts/{alert_id}", "alert", ALERTS.One, versioned=True)
def alert(request: HttpRequest, alert_id: Id) -> Any:
    """Read an alert."""
    return ALERTS.one(request, _alerts(request).identified_by([alert_id]))


@routes.does(
    "POST", "/alerts/{alert_id}/taking", Verb.ALERT_TAKE, ALERTS.One, precondition="possible",
    example={"note": "Second supplier asked"},
)  # fmt: skip
def take(request: HttpRequest, alert_id: Id, body: AlertTaking) -> Any:
    """Take an alert over; with a day to look again it is open again then, if it still stands."""
    rows, version = _alerts(request).identified_by([alert_id]), request.expected_version
    take_alert(found(rows), actor=request.user, expected_version=version, **body.model_dump())
    return ALERTS.one(request, rows)
