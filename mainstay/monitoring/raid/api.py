"""Issues, actions and the register of risks in the REST API."""

from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Day,
    Id,
    PortfolioCode,
    ProgrammeCode,
    Reason,
    Told,
    Username,
)
from mainstay.core.api.types import (
    text as words,
)
from mainstay.core.verbs import Verb
from mainstay.identification.models import Risk
from mainstay.monitoring.models import Action, Alert, ChangeRequest, Issue, IssueState, Severity
from mainstay.monitoring.raid.operations import (
    add_action,
    add_issue,
    edit_action,
    edit_issue,
    remove_action,
    remove_issue,
)
from mainstay.monitoring.raid.places import place_asked
from mainstay.monitoring.raid.queries import Asked, Register
from mainstay.portfolio.api.finding import named_person, project_at
from mainstay.portfolio.api.reading import reading_of
from mainstay.portfolio.api.shapes import sent_changes

routes = Routes("Risks and issues")
STATES, GRAVE = tuple(IssueState.values), tuple(Severity.values)
_ID = number("id", "The row's number.", lookup="pk", example=1)
_PROJECT = Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS")
_OWNER = Field("owner", Kind.TEXT, "Who sees to it, by sign-in name.", "owner__username", may_be_missing=True)
_DUE = Field("due_date", Kind.DAY, "When it is due.", may_be_missing=True)
_KEY = Field("external_key", Kind.TEXT, "Its key in another system.", example="JIRA-7")


def _about(name: str) -> Field:
    return Field(name, Kind.WHOLE, f"The number of the {name} it is about.", f"{name}_id", may_be_missing=True)


ISSUES = Resource(
    "Issue",
    (
        _ID,
        _PROJECT,
        Field("title", Kind.TEXT, "What has happened.", example="Supplier late"),
        Field("description", Kind.TEXT, "More about it.", sorts=False),
        Field("severity", Kind.CHOICE, "How much it matters.", choices=GRAVE, example="warning"),
        _OWNER,
        _DUE,
        Field("risk", Kind.WHOLE, "The number of the risk it was foreseen as.", "risk_id", may_be_missing=True),
        Field("state", Kind.CHOICE, "Where it stands.", choices=STATES, example="open"),
        Field("resolution", Kind.TEXT, "How it was resolved.", sorts=False),
        Field("resolved_on", Kind.DAY, "When.", may_be_missing=True),
        _KEY,
        VERSION,
    ),
    key="id",
    order=("id",),
)
ACTIONS = Resource(
    "Action",
    (
        _ID,
        _PROJECT,
        Field("text", Kind.TEXT, "What is done.", example="Ask a second supplier"),
        _OWNER,
        _DUE,
        Field("done_date", Kind.DAY, "When it was done.", may_be_missing=True),
        Field("outcome", Kind.TEXT, "What came of it.", sorts=False),
        _about("risk"),
        _about("issue"),
        _about("change"),
        _about("alert"),
        _KEY,
        VERSION,
    ),
    key="id",
    order=("id",),
)


class IssueChanges(Changes):
    """An issue; to resolve it, say how."""

    title: words(160, least=1) = ""
    description: words(2_000) = ""
    severity: Literal[GRAVE] = "warning"
    owner: Username | None = None
    due_date: Day | None = None
    risk: Id | None = None
    state: Literal[STATES] = "open"
    resolution: words(500) = ""
    external_key: words(80) = ""
    reason: Reason = ""


class IssueSent(IssueChanges):
    """Something that has happened and must be dealt with."""

    title: words(160, least=1)


class ActionChanges(Changes):
    """What somebody does by a day, about one thing at most."""

    text: words(300, least=1) = ""
    owner: Username | None = None
    due_date: Day | None = None
    done_date: Day | None = None
    outcome: words(500) = ""
    risk: Id | None = None
    issue: Id | None = None
    change: Id | None = None
    alert: Id | None = None
    external_key: words(80) = ""
    reason: Reason = ""


class ActionSent(ActionChanges):
    """Something somebody does by a day."""

    text: words(300, least=1)


class RiskTold(Told):
    """One of the largest open risks; money in the currency of the register, null where there is no rate."""

    id: int
    project: str
    name: str
    kind: str
    probability: str
    owner: str
    exposure: str | None
    residual: str | None


class RegisterTold(Told):
    """What threatens the work, what has happened and what is done. `risks` is null where you see no figures."""

    finding: str
    currency: str
    issues: int
    serious: int
    late_issues: int
    actions: int
    late_actions: int
    late_handovers: int
    exposure: str | None
    residual: str | None
    risks: list[RiskTold] | None


def _issues(request: HttpRequest) -> Any:
    return Issue.objects.as_of(request.as_of).visible_to(request.user)


def _actions(request: HttpRequest) -> Any:
    return Action.objects.as_of(request.as_of).visible_to(request.user)


def _rows(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with rows in place of their numbers and names."""
    if sent.get("owner"):
        sent["owner"] = named_person(request, "owner", sent["owner"])
    for name, model in (("risk", Risk), ("issue", Issue), ("change", ChangeRequest), ("alert", Alert)):
        if sent.get(name):
            sent[name] = model.objects.visible_to(request.user).filter(pk=sent[name]).first()
            if sent[name] is None:
                raise Invalid(f"There is no such {name}.", **{name: f"There is no such {name}."})
    return sent


@routes.reads("/issues", "issues", ISSUES.Page, is_list=True)
def issues(request: HttpRequest, query: ISSUES.Asked) -> Any:
    """List issues."""
    return ISSUES.page(request, _issues(request), query)


@routes.reads("/issues/{issue_id}", "issue", ISSUES.One, versioned=True)
def issue(request: HttpRequest, issue_id: Id) -> Any:
    """Read an issue."""
    return ISSUES.one(request, _issues(request).identified_by([issue_id]))


@routes.does(
    "POST", "/projects/{code}/issues", Verb.ISSUE_ADD, ISSUES.One, status=201,
    example={"title": "Supplier late", "severity": "serious", "due_date": "2027-03-31"},
)  # fmt: skip
def put_issue(request: HttpRequest, code: Code, body: IssueSent) -> Any:
    """Write down something that has happened and must be dealt with."""
    made = add_issue(project_at(request, code), actor=request.user, **_rows(request, body.sent_only()))
    told = ISSUES.one(request, Issue.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/issues/{made.pk}")


@routes.does(
    "PATCH", "/issues/{issue_id}", Verb.ISSUE_EDIT, ISSUES.One, precondition="required",
    example={"state": "resolved", "resolution": "A second supplier delivers"},
)  # fmt: skip
def change_issue(request: HttpRequest, issue_id: Id, body: IssueChanges) -> Any:
    """Change an issue, or say how it was resolved."""
    changes, reason = sent_changes(body)
    rows, version = _issues(request).identified_by([issue_id]), request.expected_version
    edit_issue(
        found(rows), actor=request.user, expected_version=version, reason=reason, **_rows(request, changes)
    )  # fmt: skip
    return ISSUES.one(request, rows)


@routes.does("DELETE", "/issues/{issue_id}", Verb.ISSUE_REMOVE, None, status=204, precondition="possible")
def drop_issue(request: HttpRequest, issue_id: Id) -> Any:
    """Remove an issue that was written down by mistake."""
    row = found(_issues(request).identified_by([issue_id]))
    remove_issue(row, actor=request.user, expected_version=request.expected_version)


@routes.reads("/actions", "actions", ACTIONS.Page, is_list=True)
def actions(request: HttpRequest, query: ACTIONS.Asked) -> Any:
    """List actions."""
    return ACTIONS.page(request, _actions(request), query)


@routes.reads("/actions/{action_id}", "action", ACTIONS.One, versioned=True)
def action(request: HttpRequest, action_id: Id) -> Any:
    """Read an action."""
    return ACTIONS.one(request, _actions(request).identified_by([action_id]))


@routes.does(
    "POST", "/projects/{code}/actions", Verb.ACTION_ADD, ACTIONS.One, status=201,
    example={"text": "Ask a second supplier", "due_date": "2027-03-31"},
)  # fmt: skip
def put_action(request: HttpRequest, code: Code, body: ActionSent) -> Any:
    """Say what somebody does by a day: about a risk, an issue, a change or an alert, or by itself."""
    made = add_action(project_at(request, code), actor=request.user, **_rows(request, body.sent_only()))
    told = ACTIONS.one(request, Action.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/actions/{made.pk}")


@routes.does(
    "PATCH", "/actions/{action_id}", Verb.ACTION_EDIT, ACTIONS.One, precondition="required",
    example={"done_date": "2026-03-31", "outcome": "Offered for less"},
)  # fmt: skip
def change_action(request: HttpRequest, action_id: Id, body: ActionChanges) -> Any:
    """Change an action, or say that it is done and what came of it."""
    changes, reason = sent_changes(body)
    rows, version = _actions(request).identified_by([action_id]), request.expected_version
    edit_action(
        found(rows), actor=request.user, expected_version=version, reason=reason, **_rows(request, changes)
    )  # fmt: skip
    return ACTIONS.one(request, rows)


@routes.does("DELETE", "/actions/{action_id}", Verb.ACTION_REMOVE, None, status=204, precondition="possible")
def drop_action(request: HttpRequest, action_id: Id) -> Any:
    """Remove an action that was written down by mistake."""
    row = found(_actions(request).identified_by([action_id]))
    remove_action(row, actor=request.user, expected_version=request.expected_version)


@routes.reads("/raid", "raid", RegisterTold)
def register(
    request: HttpRequest, portfolio: PortfolioCode | None = None, programme: ProgrammeCode | None = None
) -> Any:
    """Read the register of a portfolio, a programme or everything: open issues, actions, risks and their exposure."""
    place = place_asked(reading_of(request), portfolio or "", programme or "")
    known = Register(place, Asked())
    told = {"finding": known.finding, "currency": place.currency, "late_handovers": len(known.conflicts)}
    risks = known.risks
    return (
        told
        | known.counts
        | {
            "exposure": risks and _money(risks.exposure),
            "residual": risks and _money(risks.residual),
            "risks": risks and [_risk(one) for one in risks.top],
        }
    )


def _risk(one: Any) -> dict[str, Any]:
    told = one.weighed.risk
    return {
        "id": one.pk, "project": one.project.code, "name": one.name, "kind": told["kind"],
        "probability": str(told["probability"]), "owner": one.owner, "exposure": _money(one.exposure),
        "residual": _money(one.residual),
    }  # fmt: skip


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
