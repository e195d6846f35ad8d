"""Demand against capacity: rows by skill, role, team, site or person, columns by week, month or quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.engine.capacity import Horizon, Unit
from mainstay.portfolio.models import Project
from mainstay.resources.models import Proficiency, Resource, ResourceKind
from mainstay.resources.queries.keeping import id_of, weights_of_projects
from mainstay.resources.queries.load import FEW, Part, needs_in, net_of, parts_of_load
from mainstay.resources.queries.remembered import remembered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
HARD, SOFT, OPEN, PIPELINE = range(4)
KINDS = ("hard", "soft", "open", "pipeline")
LAST_DAY = date.max.toordinal()
NOISE = 0.05  # hours below this are none: what is kept is rounded


class By(StrEnum):
    """What the rows of a heat map are."""

    SKILL = "skill"
    ROLE = "role"
    TEAM = "team"
    SITE = "site"
    PERSON = "person"


@dataclass(frozen=True)
class Question:
    """Which part of the heat map is asked for: rows, periods from a first to a last day, and whose time.

    teams, sites, roles, skills, people: ids; none given: all.
    """

    by: By
    unit: Unit
    first: date
    last: date
    teams: tuple[int, ...] = ()
    sites: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    skills: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    @property
    def horizon(self) -> Horizon:
        """The periods."""
        return Horizon(self.first, self.last, self.unit)


@dataclass(frozen=True, eq=False)
class Heat:
    """Hours by row and period.

    keys: (rows,) ids of skills, roles, teams, sites or people, 0 for "none named". demand: (rows, 4, periods) hard,
    soft, open (nobody found yet) and pipeline (weighted by how likely it comes). supply: (rows, periods) net
    capacity, each hour of a person once. overbooked: (rows, periods) people with more hours than they can give.
    """

    horizon: Horizon
    keys: Integers
    demand: Floats
    supply: Floats
    overbooked: Integers

    @property
    def total(self) -> Floats:
        """(rows, periods) all demand."""
        return self.demand.sum(axis=1)


@dataclass(frozen=True, eq=False)
class Facts:
    """People as arrays of (people,), in order of their ids."""

    ids: Integers
    team: Integers
    role: Integers
    site: Integers
    real: NDArray[np.bool_]


def people_of(question: Question, reader: Person, as_of: datetime | None = None) -> Any:
    """The people whose time is asked for, of those the reader may see."""
    rows = Resource.objects.as_of(as_of).visible_to(reader)
    for name in ("team", "site", "role"):
        if wanted := getattr(question, f"{name}s"):
            rows = rows.filter(**{f"{name}__in": wanted})
    if question.people:
        rows = rows.identified_by(question.people)
    if question.skills:
        able = Proficiency.objects.as_of(as_of).filter(skill__in=question.skills)
        rows = rows.identified_by(able.order_by().values("resource_id"))
    return rows


def heat(question: Question, reader: Person, as_of: datetime | None = None) -> Heat:
    """The heat map as the reader may see it; remembered until something moves it, unless a past date is asked for."""
    if as_of is not None:
        return _heat(question, reader, as_of)
    return remembered(question, reader, lambda: _heat(question, reader, None))


@dataclass(frozen=True, eq=False)
class Hours:
    """What people can give and what is booked; (people, periods) hours, people in order of their ids.

    projects: (people, months of all years) how many projects somebody is booked on.
    """

    facts: Facts
    booked: Floats
    net: Floats
    projects: Floats


def hours_of_people(question: Question, reader: Person, as_of: datetime | None = None) -> Hours:
    """The hours of everybody asked for whom the reader may see; placeholders give none."""

    def found() -> Hours:
        people, horizon = people_of(question, reader, as_of), question.horizon
        facts = facts_of(people)
        asked = _narrowed(people, as_of)
        net, projects = net_of(asked, facts.ids, horizon, as_of, with_projects=True)
        booked = np.zeros_like(net)
        for part in parts_of_load(asked, facts.ids, horizon, as_of):
            _add(booked, part.person, part.total, part.first)
        return Hours(facts, booked, net, projects)

    return found() if as_of is not None else remembered(("hours", question), reader, found)


def _narrowed(people: Any, as_of: datetime | None) -> Any:
    """None where everybody is asked for as they are today: then no row has to be compared with anybody."""
    return None if people.query.where.children == [] and as_of is None else people


def _heat(question: Question, reader: Person, as_of: datetime | None) -> Heat:
    people, horizon = people_of(question, reader, as_of), question.horizon
    facts = facts_of(people)
    asked = _narrowed(people, as_of)
    by = question.by.value if question.by in (By.ROLE, By.SKILL) else "total"
    parts = list(parts_of_load(asked, facts.ids, horizon, as_of, by))
    net, _ = net_of(asked, facts.ids, horizon, as_of)
    booked = np.zeros_like(net)
    for part in parts:
        _add(booked, part.person, part.total, part.first)
    main, of_part = _keys_of(question, people, facts, horizon, as_of)
    needs = _needs(question, reader, horizon, as_of)
    keys = np.unique(np.concatenate([np.unique(main), *(of_part(part) for part in parts), needs[0]]))
    demand = _demand(keys, facts, parts, of_part, needs, horizon)
    supply = _supply(keys, parts, of_part, main, net, booked)
    over = facts.real[:, None] & (booked > net + NOISE)
    return Heat(horizon, keys, demand, supply, _overbooked(keys, parts, of_part, over))


def facts_of(people: Any) -> Facts:
    """What the figures need to know of the people of a query."""
    columns = (id_of(people), "team_id", "role_id", "site_id", "kind")
    rows = sorted(people.order_by().values_list(*columns))
    who, team, role, site, kind = zip(*rows, strict=True) if rows else ([],) * 5
    ids = (np.array([each or 0 for each in one], dtype=np.int64) for one in (who, team, role, site))
    return Facts(*ids, np.array([each != ResourceKind.GENERIC for each in kind], dtype=bool))


def _keys_of(question: Question, people: Any, facts: Facts, horizon: Horizon, as_of: datetime | None) -> Any:
    """(people, 1 or periods) which row somebody's own hours belong to; and a function: that of strands of load."""
    if question.by is By.SKILL:
        return main_skills(people, facts.ids, horizon, as_of), lambda part: part.key
    if question.by is By.ROLE:
        return facts.role[:, None], lambda part: part.key
    own = {By.TEAM: facts.team, By.SITE: facts.site, By.PERSON: facts.ids}[question.by]
    return own[:, None], lambda part: own[part.person]


def main_skills(people: Any, ids: Integers, horizon: Horizon, as_of: datetime | None = None) -> Integers:
    """(people, periods) the skill each masters best at the beginning of each period, 0 for none."""
    rows = Proficiency.objects.as_of(as_of)
    if people.query.where.children:
        named = len(ids) <= FEW
        rows = rows.filter(resource__in=ids.tolist() if named else people.order_by().values(id_of(people)))
    columns = ("resource_id", "level", "skill_id", "valid_from", "valid_until")
    found = list(rows.order_by("resource_id", "level", "-skill_id").values_list(*columns))
    main = np.zeros((len(ids), horizon.periods), dtype=np.int64)
    if not found:
        return main
    who, _, skill, begins, ends = zip(*found, strict=True)
    person, skills = np.searchsorted(ids, who), np.array(skill)
    low = np.array([each.toordinal() if each else 0 for each in begins])
    high = np.array([each.toordinal() if each else LAST_DAY for each in ends])
    starts = np.array([each.toordinal() for each in horizon.starts])
    place = np.arange(len(person)) - np.searchsorted(person, person)
    for number in range(int(place.max()) + 1):
        # The weakest first, so that the strongest that holds comes to stand last.
        some = np.flatnonzero(place == number)
        holds = (low[some, None] <= starts) & (starts <= high[some, None])
        main[person[some]] = np.where(holds, skills[some, None], main[person[some]])
    return main


def _needs(
    question: Question, reader: Person, horizon: Horizon, as_of: datetime | None
) -> tuple[Integers, Floats, Floats]:
    """Row, hours and weight of each line that nobody is found for; none where only some people are asked for."""
    some = question.teams or question.sites or question.people
    projects = Project.objects.as_of(as_of).visible_to(reader)
    everything = access.condition(reader, Verb.SEE_REGISTER) is None and as_of is None
    needs = needs_in(projects.none() if some else None if everything else projects, horizon, as_of)
    chosen = np.ones(len(needs.project), dtype=bool)
    for wanted, given in ((question.roles, needs.role), (question.skills, needs.skill)):
        if wanted:
            chosen &= np.isin(given, wanted)
    weights = weights_of_projects(as_of)
    weight = np.array([weights.get(each, 1.0) for each in needs.project[chosen].tolist()])
    row = {By.SKILL: needs.skill, By.ROLE: needs.role}.get(question.by, np.zeros_like(needs.role))
    return row[chosen], needs.hours[chosen], weight


def _demand(
    keys: Integers, facts: Facts, parts: Iterable[Part], of_part: Any, needs: Any, horizon: Horizon
) -> Floats:
    demand = np.zeros((len(keys), len(KINDS), horizon.periods))
    for part in parts:
        row, real = np.searchsorted(keys, of_part(part)), facts.real[part.person]
        for kind in (HARD, SOFT):
            _add(demand[:, kind], row[real], part.hours[real, kind], part.first)
        _add(demand[:, OPEN], row[~real], part.total[~real], part.first)
    key, hours, weight = needs
    row = np.searchsorted(keys, key)
    for into, chosen in ((OPEN, weight == 1), (PIPELINE, weight < 1)):
        _add(demand[:, into], row[chosen], hours[chosen] * weight[chosen, None], 0)
    return demand


def _supply(
    keys: Integers, parts: Iterable[Part], of_part: Any, main: Integers, net: Floats, booked: Floats
) -> Floats:
    """Hours go where they are booked, as far as there are any; what is left counts for somebody's main row."""
    supply = np.zeros((len(keys), net.shape[1]))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(booked > net, net / booked, 1.0)
    for part in parts:
        given = part.total * share[part.person, part.periods]
        _add(supply, np.searchsorted(keys, of_part(part)), given, part.first)
    free = np.maximum(net - booked, 0)
    _add_cells(supply, np.searchsorted(keys, np.broadcast_to(main, free.shape)), free)
    return supply


def _overbooked(keys: Integers, parts: Iterable[Part], of_part: Any, over: NDArray[np.bool_]) -> Integers:
    """How many people of each row have more hours than they can give, each counted once."""
    seen = np.zeros((len(keys), over.shape[1]))
    before: dict[int, Integers] = {}
    for part in sorted(parts, key=lambda one: one.first):
        row = np.searchsorted(keys, of_part(part))
        hit = (part.total > NOISE) & over[part.person, part.periods]
        who = row * len(over) + part.person
        if part.first in before:  # a week over new year stands in both years
            hit[:, 0] &= ~np.isin(who, before[part.first])
        before[part.periods.stop - 1] = who[hit[:, -1]]
        _add(seen, row, hit.astype(np.float64), part.first)
    return seen.astype(np.int64)


def _add(into: Floats, row: Integers, hours: Floats, first: int) -> None:
    """Add (lines, periods) hours to the rows of (rows, all periods), from the first of their periods on."""
    if not len(row):
        return
    order = np.argsort(row, kind="stable")
    ordered = row[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    into[ordered[begins], first : first + hours.shape[1]] += np.add.reduceat(hours[order], begins, axis=0)


def _add_cells(into: Floats, row: Integers, hours: Floats) -> None:
    """Add (lines, periods) hours to rows that may differ from period to period."""
    if hours.size:
        cells = row * hours.shape[1] + np.arange(hours.shape[1])
        sums = np.bincount(cells.ravel(), weights=hours.ravel(), minlength=into.size)
        into += sums.reshape(into.shape)
