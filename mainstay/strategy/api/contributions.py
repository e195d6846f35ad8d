"""What projects and programmes contribute to goals, in the REST API."""

from typing import Any

from django.http import HttpRequest

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Id, ProgrammeCode, Reason, Sent, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_programme, named_project
from mainstay.strategy.api.shared import NUMBER, GoalCode, Share, named_goal, named_result
from mainstay.strategy.models import Contribution
from mainstay.strategy.operations.contributions import remove_contribution, set_contribution

routes = Routes("Strategy")

CONTRIBUTIONS = Resource(
    "Contribution",
    (
        NUMBER,
        Field("goal", Kind.TEXT, "The code of the goal.", "goal__code"),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", may_be_missing=True),
        Field("programme", Kind.TEXT, "The code of the programme.", "programme__code", may_be_missing=True),
        Field("key_result", Kind.WHOLE, "The key result it works through.", "key_result_id", may_be_missing=True),
        Field("share", Kind.DECIMAL, "The share of the goal, in percent.", example="25.00"),
        Field("note", Kind.TEXT, "What is expected."),
        VERSION,
    ),
    key="id",
    order=("goal", "-share"),
)


class ContributionSet(Sent):
    """The share of a goal that is expected from a project or a programme; name one of the two."""

    goal: GoalCode
    project: Code | None = None
    programme: ProgrammeCode | None = None
    key_result: Id | None = None
    share: Share
    note: text(300) = ""
    reason: Reason = ""


def _contributions(request: HttpRequest) -> Any:
    return Contribution.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/contributions", "contributions", CONTRIBUTIONS.Page, is_list=True)
def contributions(request: HttpRequest, query: CONTRIBUTIONS.Asked) -> Any:
    """List what work contributes to goals; `goal=` and `project=` narrow it."""
    return CONTRIBUTIONS.page(request, _contributions(request), query)


@routes.does(
    "POST",
    "/contributions",
    Verb.CONTRIBUTION_SET,
    CONTRIBUTIONS.One,
    example={"goal": "G-001", "project": "PUMPS", "share": "25"},
)
def put(request: HttpRequest, body: ContributionSet) -> Any:
    """Say what a project or a programme contributes; a second time changes the share."""
    goal = named_goal(request, "goal", body.goal)
    result = None if body.key_result is None else named_result(request, "key_result", body.key_result)
    terms = {"goal": goal, "key_result": result, "share": body.share, "note": body.note, "reason": body.reason}
    made = set_contribution(_work(request, body), actor=request.user, **terms)
    return CONTRIBUTIONS.one(request, Contribution.objects.filter(pk=made.pk))


def _work(request: HttpRequest, body: ContributionSet) -> Any:
    if (body.project is None) == (body.programme is None):
        raise Invalid("Name a project or a programme.", project="Name a project or a programme.")
    if body.project is not None:
        return named_project(request, "project", body.project)
    return named_programme(request, "programme", body.programme)


@routes.does("DELETE", "/contributions/{contribution_id}", Verb.CONTRIBUTION_REMOVE, None, status=204)
def remove(request: HttpRequest, contribution_id: Id) -> Any:
    """Take a contribution back."""
    remove_contribution(found(_contributions(request).filter(pk=contribution_id)), actor=request.user)
