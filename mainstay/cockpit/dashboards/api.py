"""Dashboards in the REST API; how one is arranged is kept as a view of the page `dashboard`."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field as Rule

from mainstay.cockpit.dashboards.arrangement import ROLES, Arrangement, role_named
from mainstay.cockpit.dashboards.page import OPTIONS, USUAL
from mainstay.cockpit.dashboards.showing import Stage
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Sent, Told, key_like, text
from mainstay.core.errors import Missing
from mainstay.portfolio.dashboard import Part, Sight, parts_for

routes = Routes("Dashboards")


class ScopeAsked(Sent):
    """What is looked at; nothing named: all one may see."""

    portfolio: text(200) = ""
    programme: text(200) = ""
    theme: text(200) = ""
    owner: text(200) = ""
    manager: text(200) = ""
    as_of: text(40) = ""


class PartAsked(ScopeAsked):
    """What one part looks at."""

    plan: text(20) = Rule("", description="The number of an adopted plan, for the parts that look back on one.")


class DashboardFigureTold(Told):
    """A figure with what makes it trustworthy; `have` of `of` things give it."""

    label: str
    value: str = Rule(description="As people read it.")
    amount: str | None = Rule(description="The figure itself; null where it is not measured or not open to you.")
    unit: str
    definition: str
    status: str
    have: int | None
    of: int | None
    noun: str
    comparison: str
    trend: str
    note: str
    url: str = Rule(description="The records behind it.")


class ChartTold(Told):
    """The rows of a chart and the finding it shows."""

    title: str
    description: str
    rows: list[dict[str, Any]]


class TableTold(Told):
    """Records as a table."""

    caption: str
    heads: list[str]
    rows: list[list[str]]


class PartTold(Told):
    """A part of a dashboard."""

    key: str
    title: str
    question: str
    definition: str
    sentence: str
    figures: list[DashboardFigureTold]
    charts: list[ChartTold]
    tables: list[TableTold]


class DashboardTold(Told):
    """The parts of one dashboard, in order."""

    role: str
    name: str
    parts: list[PartTold]


class OfferedTold(Told):
    """A part one may use."""

    key: str
    title: str
    question: str
    definition: str


class StandsTold(Told):
    """A dashboard and what stands on it."""

    role: str
    name: str
    parts: list[str]
    is_own: bool = Rule(description="Whether you arranged it; else it is as it stands from the start.")


class DashboardsTold(Told):
    """Every dashboard, and every part there is for you."""

    dashboards: list[StandsTold]
    parts: list[OfferedTold]


@routes.reads("/dashboards", "dashboards", DashboardsTold)
def dashboards(request: HttpRequest) -> Any:
    """List dashboards and parts; to arrange one, save a view of the page `dashboard` named after its role."""
    stands = [(role, Arrangement.of(request.user, role)) for role in ROLES]
    told = [
        {"role": role.value, "name": ROLES[role], "parts": list(one.keys), "is_own": one.is_own}
        for role, one in stands
    ]
    return {"dashboards": told, "parts": [_offered(part) for part in parts_for(request.user).values()]}


def _offered(part: Part) -> dict[str, str]:
    return {"key": part.key, "title": part.title, "question": part.question.text, "definition": part.definition}


def _sight(request: HttpRequest, query: ScopeAsked, usual: dict[str, str] | None = None) -> Sight:
    told = {name: value for name, value in query.model_dump(exclude={"as_of"}).items() if value}
    options = {name: told.pop(name) for name in OPTIONS if name in told}
    return Sight.asked(request, usual, told or None, options)


@routes.reads("/dashboards/{dashboard}", "dashboard", DashboardTold)
def dashboard(request: HttpRequest, dashboard: key_like("executive"), query: Annotated[ScopeAsked, Query()]) -> Any:
    """Read the dashboard of a role as I arranged it: figures with their definitions, rows of charts, tables."""
    role = role_named(dashboard)
    parts = Arrangement.of(request.user, role).parts
    stage = Stage(_sight(request, query, USUAL.get(role)), parts)
    return {
        "role": role.value,
        "name": ROLES[role],
        "parts": [_offered(part) | stage.plain(part) for part in parts],
    }


@routes.reads("/dashboard-parts/{part}", "dashboard.part", PartTold)
def dashboard_part(request: HttpRequest, part: key_like("health"), query: Annotated[PartAsked, Query()]) -> Any:
    """Read one part, whether or not it stands on a dashboard."""
    found = parts_for(request.user).get(part)
    if found is None:
        raise Missing("There is no such part of a dashboard, or it is not open to you.")
    return _offered(found) | Stage(_sight(request, query), [found]).plain(found)
