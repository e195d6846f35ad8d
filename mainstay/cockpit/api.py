"""Finding things by a few letters in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel
from pydantic import Field as Rule

from mainstay.cockpit.queries.finding import find
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Told, text, whole

routes = Routes("Search")
MOST = 50


class Asked(BaseModel):
    """What is looked for."""

    q: text(100) = Rule("", description="A few letters of a code or name; without any, one's own.", examples=["pump"])
    limit: whole(1, MOST) = Rule(8, description="How many of each kind.")


class FoundTold(Told):
    """Something to go to."""

    label: str
    hint: str
    url: str
    kind: str


class Findings(Told):
    """What was found, the likeliest first."""

    items: list[FoundTold]


@routes.reads("/search", "search", Findings)
def search(request: HttpRequest, query: Annotated[Asked, Query()]) -> Any:
    """Find projects, portfolios, programmes, people and pages; today's only."""
    return {"items": [found.as_dict() for found in find(request, query.q, query.limit)]}
