"""What a scenario is planned with: offers, people and money, kept until the register changes."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np

from mainstay.authorisation.aims import Aim, aim_of
from mainstay.authorisation.candidates import COUNT, LeftOut, projects_of
from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.mix import Goal, Kinds, goals_of, kinds_of
from mainstay.authorisation.scenarios.offers import Offering
from mainstay.authorisation.scenarios.periods import Periods, periods_of
from mainstay.authorisation.scenarios.slices import Slice, slices_of
from mainstay.authorisation.scenarios.ways import Offer
from mainstay.core.models import Event, Person
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.evaluation.corrections.taking import Taken, take_corrections
from mainstay.evaluation.sources import Source, known_sources, read_all
from mainstay.portfolio.models import FiscalYear, Phase, Project
from mainstay.resources.models import Role
from mainstay.resources.queries.heat import By, Question, heat
from mainstay.resources.queries.taken import taken_by_role
from mainstay.value.models import Envelope

HOURS_A_DAY = 8
MOST_KEPT = 32
_kept: OrderedDict[Any, "Frame"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Room:
    """How many hours of a role there are in each period."""

    key: str
    name: str
    hours: tuple[float, ...]


@dataclass(frozen=True)
class Money:
    """An amount of money that limits a use ("cost" or "capital", "running") in a window of periods."""

    id: str
    name: str
    amount: float
    use: str = "cost"
    window: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Frame:
    """Everything a scenario is planned with; the budgets have the whole one first."""

    periods: Periods
    aim: Aim
    currency: str
    offers: dict[int, Offer]
    left_out: tuple[LeftOut, ...]
    rooms: tuple[Room, ...]
    budgets: tuple[Money, ...]
    others: dict[str, tuple[Source, float]]
    gathered_at: Any
    kinds: tuple[Kinds, ...]
    goals: tuple[Goal, ...]
    slices: tuple[Slice, ...]
    corrected: dict[int, list[Taken]]


def frame_of(scenario: Scenario, actor: Actor) -> Frame:
    """The frame of a scenario for a person; read anew after the register or the scenario's terms changed."""
    terms = (scenario.starts_on, scenario.period, scenario.periods, scenario.maximise, scenario.currency)
    lists = repr((scenario.limits, scenario.changes, scenario.rules))
    stamp = Event.objects.exclude(verb__startswith="scenario.").order_by("-pk").values_list("pk", flat=True).first()
    members = scenario.lines.count()
    who = actor.pk if isinstance(actor, Person) else 0
    key = (scenario.pk, who, tuple(map(str, terms)), lists, stamp, members)
    with _lock:
        if found := _kept.get(key):
            return found
    made = _gathered(scenario, actor)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _gathered(scenario: Scenario, actor: Actor) -> Frame:
    rows = projects_of(scenario.portfolio, actor)
    projects = list(rows.filter(pk__in=scenario.lines.values("project")))
    corrected = take_corrections(projects)
    aim, periods = aim_of(scenario), periods_of(scenario)
    values, others = aim.values(projects, scenario.currency), _others(scenario)
    amounts = {key: _amounts(source, projects, scenario.currency) for key, (source, _) in others.items()}
    offering, gates = Offering(scenario, projects, actor, corrected), aim.failed_gates()
    offers, left_out = {}, []
    for row, project in enumerate(projects):
        uses = {key: column[row] for key, column in amounts.items()}
        value = values.get(project.pk)
        why = gates.get(project.pk, "") if project.stage.phase != Phase.COMMITTED else ""
        if why or (why := _obstacle(scenario, project, value, aim, periods)):
            left_out.append(LeftOut(project.pk, project.code, project.name, why, is_barred=project.pk in gates))
        else:
            known = {key: max(0.0, float(use)) for key, use in uses.items() if use is not None}
            offers[project.pk] = offering.offer(project, value or Decimal(), known)
    kinds = kinds_of(scenario, actor, offers)
    return Frame(
        periods, aim, scenario.currency, offers, tuple(left_out),
        tuple(_rooms(scenario, periods, actor, offers)), tuple(_budgets(scenario, periods, offers)), others,
        surrounding().now(), kinds, goals_of(scenario, actor, offers), slices_of(scenario, offers, kinds), corrected,
    )  # fmt: skip


def _obstacle(scenario: Scenario, project: Any, value: Decimal | None, aim: Aim, periods: Periods) -> str:
    if project.cost_seen is None:
        return "It gives no cost."
    if project.currency != scenario.currency:
        return f"Its figures are in {project.currency}, the scenario is in {scenario.currency}."
    if value is None:
        return f"It gives no {aim.noun}."
    if project.start_date and periods.place(project.start_date) >= periods.count:
        return "It starts after the time this scenario plans."
    if project.end_date and project.end_date < periods.first:
        return "It ends before the time this scenario plans."
    return ""


def _others(scenario: Scenario) -> dict[str, tuple[Source, float]]:
    """Further numbers whose sum is limited, such as risk."""
    sources = known_sources() | {COUNT.key: COUNT}
    plain = [limit for limit in scenario.limits if limit["source"] in sources and limit["source"] != "cost"]
    return {limit["source"]: (sources[limit["source"]], float(limit["max"])) for limit in plain}


def _amounts(source: Source, projects: list[Project], currency: str) -> list[Decimal | None]:
    return [Decimal(1) for _ in projects] if source is COUNT else read_all(source, projects, currency)


def _budgets(scenario: Scenario, periods: Periods, offers: dict[int, Offer]) -> Iterator[Money]:
    """The whole budget, then those of years and funds; without a whole one there is as much as everything costs."""
    limits = [limit for limit in scenario.limits if limit["source"] == "cost"]
    more = [change for change in scenario.changes if change["kind"] == "budget"]
    everything = sum(max(sum(way.cost) for way in offer.ways) for offer in offers.values())
    whole = next((float(limit["max"]) for limit in limits if not limit.get("year")), None)
    extra = sum(float(change["amount"]) for change in more)
    yield Money("budget", "Budget", everything if whole is None else max(0.0, whole + extra))
    for year in FiscalYear.objects.order_by("start_date"):
        if window := periods.window(year.start_date, year.end_date):
            yield from _of_year(limits, more, year, window)
            yield from _of_funds(scenario, year, window)


def _of_year(limits: list[Any], more: list[Any], year: FiscalYear, window: tuple[int, int]) -> Iterator[Money]:
    for limit in limits:
        if limit.get("year") == year.name:
            inside = [one for one in more if year.start_date <= date.fromisoformat(one["from"]) <= year.end_date]
            amount = float(limit["max"]) + sum(float(one["amount"]) for one in inside)
            yield Money(f"budget:{year.name}", f"Budget {year.name}", max(0.0, amount), window=window)


def _of_funds(scenario: Scenario, year: FiscalYear, window: tuple[int, int]) -> Iterator[Money]:
    keys = {limit["source"].removeprefix("fund.") for limit in scenario.limits if limit["source"].startswith("fund.")}
    uses = {"capex": "capital", "opex": "running"}
    for row in Envelope.objects.filter(year=year, fund__key__in=keys).select_related("fund"):
        left, use = float(row.amount - row.held_back), uses.get(row.fund.nature, "cost")
        yield Money(f"fund:{row.fund.key}:{year.name}", f"{row.fund.name} {year.name}", left, use, window)


def _rooms(scenario: Scenario, periods: Periods, actor: Actor, offers: dict[int, Offer]) -> Iterator[Room]:
    """The hours people have by role, where the scenario counts them, with hires and losses; or as it was typed.

    What is booked on work outside the scenario is not there for it.
    """
    typed = {
        limit["source"].removeprefix("role."): limit
        for limit in scenario.limits
        if limit["source"].startswith("role.")
    }
    roles = {role.pk: role for role in Role.objects.all()}
    for role in roles.values():
        if role.key in typed:
            hours = np.full(periods.count, float(typed[role.key]["max"]))
            yield Room(role.key, role.name, _changed(scenario, periods, role.key, hours))
    if not any(limit["source"] == "roles" for limit in scenario.limits) or not isinstance(actor, Person):
        return
    found = heat(Question(By.ROLE, "month", periods.first, periods.last), actor)
    taken = taken_by_role(actor, periods.first, periods.last, offers)
    for place, key in enumerate(found.keys.tolist()):
        if (role := roles.get(key)) and role.key not in typed:
            free = np.maximum(found.supply[place] - taken.get(key, 0.0), 0.0)
            hours = free.reshape(periods.count, periods.months).sum(axis=1)
            yield Room(role.key, role.name, _changed(scenario, periods, role.key, hours))


def _changed(scenario: Scenario, periods: Periods, role: str, hours: Any) -> tuple[float, ...]:
    for change in scenario.changes:
        if change.get("role") == role and change["kind"] in {"hire", "loss"}:
            sign = 1 if change["kind"] == "hire" else -1
            hours = hours + sign * float(change["amount"]) * _working_hours(
                periods, date.fromisoformat(change["from"])
            )
    return tuple(np.maximum(hours, 0.0).round(2).tolist())


def _working_hours(periods: Periods, since: date) -> Any:
    """What somebody working full time gives in each period from a day on: eight hours from Monday to Friday."""
    starts = [periods.start(place) for place in range(periods.count + 1)]
    spans = [(max(start, since), max(end, since)) for start, end in pairwise(starts)]
    return np.array([HOURS_A_DAY * np.busday_count(first, last) for first, last in spans])
