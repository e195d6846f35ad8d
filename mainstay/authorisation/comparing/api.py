"""Comparing scenarios, what differs from the plan of record, and merging, for programs."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query

from mainstay.authorisation.comparing.compare import compare
from mainstay.authorisation.comparing.difference import Difference, Row, difference_of
from mainstay.authorisation.comparing.forms import numbers_in
from mainstay.authorisation.comparing.operations import merge_scenario
from mainstay.authorisation.comparing.settling import settlements_of
from mainstay.authorisation.comparing.telling import finding_of
from mainstay.authorisation.comparing.threeway import Part, State
from mainstay.authorisation.scenarios import queries
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code, Day, Id, Sent, Told, text, whole
from mainstay.core.verbs import Verb

routes = Routes("Comparing scenarios")
LONGEST_LIST = 60


class ComparedCellTold(Told):
    """A project in one plan; `is_in` null: the plan does not know it."""

    is_in: bool | None
    option: str
    start_date: str | None
    end_date: str | None
    moved: str


class MergeLineTold(Told):
    """A project over all plans."""

    project: str
    name: str
    cost: str | None
    currency: str
    cells: list[ComparedCellTold]
    agreement: str
    differs: bool


class FigureTold(Told):
    """A figure over all plans, in words."""

    label: str
    definition: str
    values: list[str]


class ComparisonTold(Told):
    """Scenarios side by side; the plan of record is the first of the plans."""

    finding: str
    plans: list[str]
    figures: list[FigureTold]
    lines: list[MergeLineTold]


class StateTold(Told):
    """How a project stands in a plan."""

    is_in: bool
    option: str
    start_date: str | None
    end_date: str | None


class ChangedFieldTold(Told):
    """A field the plan of record changed, by whom and when."""

    field: str
    before: str | None
    after: str | None
    who: str
    at: str | None


class ComparedRowTold(Told):
    """A project that differs: at the branch, in the scenario and in the plan of record now."""

    project: str
    name: str
    base: StateTold
    here: StateTold
    there: StateTold
    changed_here: list[str]
    changes_there: list[ChangedFieldTold]
    conflicts: list[Literal[tuple(part.value for part in Part)]]


class SettlementTold(Told):
    """A conflict that somebody settled."""

    project: str
    part: str
    mine: str
    theirs: str
    value: str
    who: str
    at: str
    reason: str


class DifferenceTold(Told):
    """What differs; `plan` is sent along with a merge, so that it is refused when the plan of record moves again."""

    version: int
    finding: str
    rows: list[ComparedRowTold]
    plan: dict[str, int]
    settled: list[SettlementTold]


class SettledSent(Sent):
    """How one conflict is settled; another value is possible for dates."""

    project: Code
    part: Literal[tuple(part.value for part in Part)]
    choice: Literal["mine", "theirs", "other"]
    start_date: Day | None = None
    end_date: Day | None = None
    reason: text(300) = ""


class SeenSent(Sent):
    """The version of a project that was looked at."""

    project: Code
    version: whole(1, 2**31 - 1)


class MergeSent(Sent):
    """The choices for every conflict, and what they were made on."""

    settled: list[SettledSent] = []
    plan: list[SeenSent] | None = None


class ComparisonAsked(Sent):
    """Which scenarios are compared."""

    scenarios: text(LONGEST_LIST, example="1,2") = ""


@routes.reads("/scenario-comparison", "scenariocomparison", ComparisonTold)
def comparison(request: HttpRequest, query: Annotated[ComparisonAsked, Query()]) -> Any:
    """Compare scenarios side by side with the plan of record; up to five numbers between commas."""
    known = {scenario.row_id: scenario for scenario in queries.scenarios_for(request.user, request.as_of)}
    asked = numbers_in(query.scenarios.split(","))
    found = compare([known[number] for number in asked if number in known], request.user, request.as_of)
    figures = [
        {"label": one.label, "definition": one.definition, "values": list(one.values)} for one in found.figures
    ]
    lines = [_line(line) for line in found.lines]
    return {
        "finding": found.finding,
        "plans": found.names if found.scenarios else [],
        "figures": figures,
        "lines": lines,
    }


def _line(line: Any) -> dict[str, Any]:
    cells = [
        {
            "is_in": cell.is_in,
            "option": cell.option,
            "start_date": _day(cell.start),
            "end_date": _day(cell.end),
            "moved": cell.moved,
        }
        for cell in line.cells
    ]
    return {
        "project": line.code,
        "name": line.name,
        "cost": None if line.cost is None else str(line.cost),
        "currency": line.currency,
        "cells": cells,
        "agreement": line.agreement,
        "differs": line.differs,
    }


@routes.reads("/scenarios/{scenario_id}/difference", "scenario.difference", DifferenceTold, versioned=True)
def difference(request: HttpRequest, scenario_id: Id) -> Any:
    """Read how a scenario differs from the plan of record at the branch and now, and what conflicts."""
    return _told(queries.scenario_for(request.user, scenario_id), request.user)


@routes.does(
    "POST", "/scenarios/{scenario_id}/merge", Verb.SCENARIO_MERGE, DifferenceTold, precondition="possible",
    example={"settled": [], "plan": None},
)  # fmt: skip
def merge(request: HttpRequest, scenario_id: Id, body: MergeSent) -> Any:
    """Merge a scenario with the plan of record; all of it or nothing, every conflict settled."""
    scenario = queries.scenario_for(request.user, scenario_id)
    settled: dict[str, dict[str, dict[str, Any]]] = {}
    for one in body.settled:
        sent = {"choice": one.choice, "start": one.start_date, "end": one.end_date, "reason": one.reason}
        settled.setdefault(one.project, {})[one.part] = sent
    plan = None if body.plan is None else {one.project: one.version for one in body.plan}
    version = request.expected_version
    merged = merge_scenario(scenario, actor=request.user, expected_version=version, settled=settled, plan=plan)
    return Answer(_told(merged, request.user))


def _told(scenario: Any, reader: Any) -> dict[str, Any]:
    found: Difference = difference_of(scenario, reader)
    rows = [row for row in found.rows if row.three.changed_here or row.has_moved_there or row.there]
    return {
        "version": scenario.version,
        "finding": finding_of(found),
        "rows": [_row(row) for row in rows],
        "plan": found.plan,
        "settled": [_settlement(one) for one in settlements_of(scenario)],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "project": row.project.code,
        "name": row.project.name,
        "base": _state(row.three.base),
        "here": _state(row.three.here),
        "there": _state(row.three.there),
        "changed_here": list(row.three.changed_here),
        "changes_there": [
            {
                "field": change.name,
                "before": _plain(change.before),
                "after": _plain(change.after),
                "who": change.who,
                "at": change.at.isoformat() if change.at else None,
            }
            for change in row.there
        ],
        "conflicts": [part.value for part in row.three.conflicts],
    }


def _settlement(one: Any) -> dict[str, str]:
    kept = ("part", "mine", "theirs", "value", "who", "at", "reason")
    return {"project": one.code, **{name: getattr(one, name) for name in kept}}


def _state(state: State) -> dict[str, Any]:
    days = {"start_date": _day(state.start), "end_date": _day(state.end)}
    return {"is_in": state.is_in, "option": state.option, **days}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, date):
        return _day(value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
