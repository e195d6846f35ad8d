"""The charts of a study."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from mainstay.authorisation.models import Study
from mainstay.authorisation.result import Result
from mainstay.authorisation.sentences import shorten
from mainstay.authorisation.studies.address import address_of
from mainstay.charts import Figure
from mainstay.charts.breach_chances import BreachChance, breach_chances
from mainstay.charts.core_index import Index, core_index
from mainstay.charts.figure import Kind
from mainstay.charts.quantile_fan import Fan, quantile_fan
from mainstay.charts.tornado import Swing, tornado
from mainstay.charts.value_against_limit import Point, value_against_limit


def breaches(study: Study) -> Figure:
    """How likely each limit is to be passed."""
    return breach_chances(
        [
            BreachChance(each["name"], each["chance"], each["error"], each["limit"], each["p80"], each["unit"])
            for each in study.result["breaches"]
        ]
    )


def fans(study: Study, result: Result) -> list[Figure]:
    """Cost and what the plan brings, period by period where that is known; none where there is one period only."""
    years = study.result["years"]
    if len(years) < 2:
        return []
    gain = result.aim.noun[:1].upper() + result.aim.noun[1:]
    named = {"cost": "Cost", study.result["main"]: gain}
    drawn = study.result.get("drawn", named)
    return [_fan(study.result["flows"][key], years, named[key]) for key in drawn]


def _fan(flow: Mapping[str, Any], years: list[str], noun: str) -> Figure:
    spread = flow["by_period"]
    rows = [
        Fan(year, *(spread[name][nth] for name in ("p10", "p50", "p90", "planned"))) for nth, year in enumerate(years)
    ]
    return quantile_fan(rows, noun, flow["unit"], kind=_kind(flow["unit"]))


def sources_of_uncertainty(study: Study, result: Result, name: str, noun: str) -> Figure:
    """Which projects move a total most."""
    flow = study.result["flows"][name]
    swings = [
        Swing(
            shorten(result.names.get(each["code"], each["code"])),
            each["low"],
            each["high"],
            "at its P10",
            "at its P90",
            reverse("project", args=[each["code"]]),
        )
        for each in flow["contributions"]
        if abs(each["share"]) > 1e-9
    ]
    return tornado(swings, flow["total"]["mean"], noun, flow["unit"], kind=_kind(flow["unit"]))


def curve(study: Study, result: Result) -> Figure:
    """What more or less of the limit is worth."""
    found = study.result
    points = [
        Point(
            each["amount"],
            each["objective"],
            each["objective"] if each["bound"] is None else each["bound"],
            each["count"],
            each["status"] == "optimal",
            address_of(study.solution, "frontier_point", nth),
        )
        for nth, each in enumerate(found["points"])
        if each["objective"] is not None
    ]
    noun = result.aim.noun[:1].upper() + result.aim.noun[1:]
    unit = result.aim.unit if result.aim.unit != result.aim.noun else ""
    return value_against_limit(points, found["present"], found["name"], found["unit"], noun, unit)


def indexes(study: Study, result: Result) -> Figure:
    """Which candidates belong to the best plan however things come out."""
    chosen = {line.code for line in result.ins}
    return core_index(
        [
            Index(
                shorten(result.names.get(each["candidate"], each["candidate"])),
                each["share"],
                each["low"],
                each["high"],
                each["place"],
                each["candidate"] in chosen,
                reverse("project", args=[each["candidate"]]),
            )
            for each in study.result["indexes"]
        ]
    )


def _kind(unit: str) -> Kind:
    return "money" if len(unit) == 3 and unit.isupper() else "number"
