"""Look-alikes in the REST API: pairs that say nearly the same, merged or dismissed."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Sent, Told, text
from mainstay.core.errors import Forbidden
from mainstay.core.verbs import Verb
from mainstay.identification.alike import THRESHOLD, near_duplicates
from mainstay.identification.operations.duplicates import dismiss_pair, merge_projects
from mainstay.portfolio.api.finding import named_project, project_at

routes = Routes("Look-alikes")
Level = Annotated[float, Query(ge=0.3, le=1, description="How alike they have to be, from 0.3 to 1.")]


class PairTold(Told):
    """Two projects that look alike."""

    one: str
    one_name: str
    other: str
    other_name: str
    score: float
    shared: list[str]


class PairPage(Told):
    """The pairs, the closest first."""

    items: list[PairTold]


class Merging(Sent):
    """The project it goes on in, and why."""

    into: Code
    reason: text(500, least=1, example="The same portal.")


class Dismissing(Sent):
    """The project it only looks like, and what is different."""

    other: Code
    reason: text(300, least=1, example="Another region.")


class Settled(Told):
    """What was written down."""

    id: int = Rule(description="The number of the row that keeps it.")


@routes.reads("/duplicates", "duplicates", PairPage)
def duplicates(request: HttpRequest, level: Level = THRESHOLD) -> Any:
    """List near-duplicates of which you may see and settle both."""
    if not access.may_somewhere(request.user, Verb.DUPLICATE_DISMISS):
        raise Forbidden("Your roles do not let you settle look-alikes. Ask an administrator for a grant.")
    return {
        "items": [
            {
                "one": pair.one.code,
                "one_name": pair.one.name,
                "other": pair.other.code,
                "other_name": pair.other.name,
                "score": pair.score,
                "shared": list(pair.shared),
            }
            for pair in near_duplicates(request.user, level)
        ]
    }


@routes.does(
    "POST",
    "/projects/{code}/merger",
    Verb.DUPLICATE_MERGE,
    Settled,
    example={"into": "METERS", "reason": "The same meters."},
)
def merge(request: HttpRequest, code: Code, body: Merging) -> Any:
    """Let a project go on in another; both histories are kept."""
    project = project_at(request, code)
    into = named_project(request, "into", body.into)
    return {"id": merge_projects(project, actor=request.user, into=into, reason=body.reason).pk}


@routes.does(
    "POST",
    "/projects/{code}/unlike",
    Verb.DUPLICATE_DISMISS,
    Settled,
    example={"other": "METERS", "reason": "Another region."},
)
def dismiss(request: HttpRequest, code: Code, body: Dismissing) -> Any:
    """Say that two projects only look alike."""
    project = project_at(request, code)
    other = named_project(request, "other", body.other)
    return {"id": dismiss_pair(project, actor=request.user, other=other, reason=body.reason).pk}
