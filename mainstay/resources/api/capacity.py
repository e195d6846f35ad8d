"""Capacity in the REST API: the heat map, the forecast, and how well capacity is used."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query

from mainstay.core import access
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Sent, Told, whole
from mainstay.core.errors import Forbidden
from mainstay.core.values import plain
from mainstay.core.verbs import Verb
from mainstay.resources.forecast_page import ForecastPage, UtilisationPage
from mainstay.resources.heat_page import HeatPage

routes = Routes("Resources")


class HeatCellTold(Told):
    """One period of a row; hours. open: nobody found yet; pipeline: weighted by how likely it comes."""

    starts_on: date
    hard: float
    soft: float
    open: float
    pipeline: float
    capacity: float
    gap: float
    overbooked: int


class HeatRowTold(Told):
    """A row of the heat map; its key is `none` where no role, skill or person is named."""

    key: str
    name: str
    cells: list[HeatCellTold]


class HeatTold(Told):
    """Demand against capacity."""

    by: str
    unit: str
    finding: str
    items: list[HeatRowTold]


class MonthTold(Told):
    """A month of a role or skill; hours."""

    starts_on: date
    demand: float
    capacity: float
    gap: float


class WayTold(Told):
    """A way to close a gap: hours it covers from a day on, and hours that stay short before."""

    kind: str
    ready_on: date
    covers: float
    remains: float
    people: int
    cost: str | None
    currency: str


class ShortageTold(Told):
    """A role or skill with its months; value only where figures may be seen."""

    name: str
    missing: float
    value_waiting: float | None
    value_of_next_hour: float | None
    projects_waiting: int
    ways: list[WayTold]
    months: list[MonthTold]


class ForecastTold(Told):
    """What is short in the months to come, the most valuable first."""

    finding: str
    currency: str
    items: list[ShortageTold]


class UseTold(Told):
    """How the capacity of a group is used; shares of capacity, null where there is none."""

    name: str
    people: int
    booked: float
    capacity: float
    utilisation: float | None
    efficiency: float | None
    overload: float | None
    idle: float | None
    projects_at_a_time: float
    most_projects: int


class UtilisationTold(Told):
    """Everybody together, and each group."""

    finding: str
    whole: UseTold
    items: list[UseTold]


class Window(Sent):
    """From which month on, for how many months, and whose time: keys of team, site, role and skill."""

    first: str = ""
    months: whole(1, 60) | None = None
    team: str = ""
    site: str = ""
    role: str = ""
    skill: str = ""


class HeatAsked(Window):
    """Rows and columns."""

    by: Literal["skill", "role", "team", "site", "person"] = "role"
    unit: Literal["week", "month", "quarter"] = "month"


class ForecastAsked(Window):
    """By role or by skill."""

    by: Literal["role", "skill"] = "role"


class UseAsked(Window):
    """By team, role, site or person."""

    by: Literal["team", "role", "site", "person"] = "team"


@routes.reads("/capacity", "capacity", HeatTold)
def heat_map(request: HttpRequest, query: Annotated[HeatAsked, Query()]) -> Any:
    """Read demand against net capacity, row by row and period by period."""
    _require(request)
    page = _asked(HeatPage(request))
    lines = [page.line(number) for number in page.order]
    return {
        "by": page.question.by.value,
        "unit": page.question.unit,
        "finding": page.finding,
        "items": [{"key": one.key, "name": one.name, "cells": [_cell(cell) for cell in one.cells]} for one in lines],
    }


@routes.reads("/capacity/forecast", "capacity.forecast", ForecastTold)
def forecast(request: HttpRequest, query: Annotated[ForecastAsked, Query()]) -> Any:
    """Read what is short in the months to come, which value waits for it, and ways to close the gap."""
    _require(request)
    page = _asked(ForecastPage(request))
    items = [_shortage(name, one, cells) for name, one, cells in page.lines]
    return {"finding": page.finding, "currency": page.forecast.currency, "items": items}


@routes.reads("/capacity/utilisation", "capacity.utilisation", UtilisationTold)
def utilisation(request: HttpRequest, query: Annotated[UseAsked, Query()]) -> Any:
    """Read how well capacity is used: utilisation, efficiency, overload, idle, projects at a time."""
    _require(request)
    page = _asked(UtilisationPage(request))
    items = [_use(name, one) for name, one in page.lines]
    return {"finding": page.finding, "whole": _use("Everybody", page.whole), "items": items}


def _require(request: HttpRequest) -> None:
    if not access.may_somewhere(request.user, Verb.SEE_RESOURCES):
        raise Forbidden("Your roles do not let you see resources. Ask an administrator for a grant.")


def _asked(page: Any) -> Any:
    """The page, unless a filter names something that is not there or not open to the reader."""
    if page.form.errors:
        wrong = dict.fromkeys(page.form.errors, "There is no such row, or it is not open to you.")
        raise Invalid("The filters do not fit.", **wrong)
    return page


def _cell(cell: Any) -> dict[str, Any]:
    hard, soft, missing, pipeline = (round(one, 2) for one in cell.parts)
    told = {"hard": hard, "soft": soft, "open": missing, "pipeline": pipeline, "overbooked": cell.overbooked}
    return told | {"starts_on": plain(cell.starts_on), "capacity": round(cell.supply, 2), "gap": round(cell.gap, 2)}


def _shortage(name: str, one: Any, cells: list[Any]) -> dict[str, Any]:
    return {
        "name": name,
        "missing": round(float(one.missing.sum()), 2),
        "value_waiting": one.value,
        "value_of_next_hour": one.per_hour,
        "projects_waiting": one.projects,
        "ways": [_way(way) for way in one.ways],
        "months": [
            {
                "starts_on": plain(cell.starts_on),
                "demand": round(cell.demand, 2),
                "capacity": round(cell.supply, 2),
                "gap": round(cell.gap, 2),
            }
            for cell in cells
        ],
    }


def _way(way: Any) -> dict[str, Any]:
    cost = str(way.cost) if way.cost is not None else None
    told = {
        "kind": way.kind,
        "ready_on": plain(way.ready_on),
        "people": way.heads,
        "cost": cost,
        "currency": way.currency,
    }
    return told | {"covers": round(way.covers, 2), "remains": round(way.remains, 2)}


def _use(name: str, one: Any) -> dict[str, Any]:
    shares = {key: getattr(one.use, key) for key in ("utilisation", "efficiency", "overload", "idle")}
    told = {key: None if share is None else round(share, 4) for key, share in shares.items()}
    figures = {"booked": round(one.booked, 2), "capacity": round(one.capacity, 2), "people": one.people}
    projects = {"projects_at_a_time": round(one.projects, 2), "most_projects": one.most_projects}
    return {"name": name} | figures | told | projects
