"""What moving a project does before it is moved: to dependants, to overloaded roles, and to money by fiscal year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.charts import words
from mainstay.cockpit.queries.roadmap import Clash, Facts, Work
from mainstay.core import access
from mainstay.core.templatetags.figures import MONTHS
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import FiscalYear, Project
from mainstay.portfolio.queries import Reading
from mainstay.resources.models import Role
from mainstay.resources.queries.heat import NOISE, By, Question, heat
from mainstay.resources.queries.keeping import weights_of_projects
from mainstay.resources.queries.load import needs_in

Floats = NDArray[np.float64]
MOST_YEARS = 8  # the capacity of more years is not asked for: nobody plans people that far
MOST_MONTHS_NAMED = 3


@dataclass(frozen=True)
class RoleShift:
    """Months in which a role gets overloaded by the move, and months in which it is so no longer."""

    role: str
    added: tuple[date, ...]
    removed: tuple[date, ...]


@dataclass(frozen=True)
class YearShift:
    """Cost that lies in a fiscal year before and after; the year is empty for days outside of every fiscal year."""

    year: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """What comes to the year, below zero where it leaves."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """The effect of new dates. roles: None where the reader sees no resources; years: None without a known cost."""

    clashes_added: tuple[Clash, ...]
    clashes_removed: tuple[Clash, ...]
    roles: tuple[RoleShift, ...] | None
    years: tuple[YearShift, ...] | None
    currency: str

    @property
    def capacity_sentence(self) -> str:
        """How many overloaded months of roles come and go."""
        if self.roles is None:
            return ""
        added, removed = sum(len(one.added) for one in self.roles), sum(len(one.removed) for one in self.roles)
        if not added and not removed:
            return "No overloaded month of a role comes or goes."
        more = [_named(one.role, one.added) for one in self.roles if one.added]
        less = [_named(one.role, one.removed) for one in self.roles if one.removed]
        parts = [f"{words.counted(added, 'overloaded role-month')} more ({'; '.join(more)})"] if more else []
        parts += [f"{words.counted(removed, 'overloaded role-month')} fewer ({'; '.join(less)})"] if less else []
        return f"{', '.join(parts)}."

    @property
    def budget_sentence(self) -> str:
        """What moves between fiscal years."""
        if self.years is None:
            return ""
        moved = [one for one in self.years if abs(one.difference) >= 0.5]
        if not moved:
            return "No cost moves to another fiscal year."
        return f"Cost: {', '.join(_year(one, self.currency) for one in moved)}."


def _named(role: str, months: tuple[date, ...]) -> str:
    shown = ", ".join(f"{MONTHS[one.month]} {one.year}" for one in months[:MOST_MONTHS_NAMED])
    rest = len(months) - MOST_MONTHS_NAMED
    return f"{role}: {shown}{f' and {rest} more' if rest > 0 else ''}"


def _year(one: YearShift, currency: str) -> str:
    sign = "+" if one.difference > 0 else "\N{MINUS SIGN}"
    return f"{one.year or 'outside the fiscal years'} {sign}{words.money(abs(one.difference), currency)}"


def effect_of(facts: Facts, work: Work, start: date, end: date, reading: Reading) -> Effect:
    """What happens when a project takes other dates; its open needs and its cost move along, its bookings do not."""
    moved = work._replace(start=start, end=end)
    before, after = (_clashes(facts, one) for one in (work, moved))
    pairs = [{(one.needs.id, one.project.id) for one in some} for some in (before, after)]
    return Effect(
        tuple(one for one in after if (one.needs.id, one.project.id) not in pairs[0]),
        tuple(one for one in before if (one.needs.id, one.project.id) not in pairs[1]),
        _roles(work, moved, reading),
        *_years(work, moved, reading),
    )


def _clashes(facts: Facts, work: Work) -> list[Clash]:
    known = facts.by_id | {work.id: work}
    pairs = dict.fromkeys((one.needs_id, one.project_id) for one in facts.links if work.id in one[:2])
    found = [Clash(known[needs], known[project]) for needs, project in pairs]
    return [one for one in found if one.days]


def _roles(work: Work, moved: Work, reading: Reading) -> tuple[RoleShift, ...] | None:
    """Overloaded months of roles that come and go, as far as the reader may see people."""
    if not access.may_somewhere(reading.user, Verb.SEE_RESOURCES):
        return None
    question = _question([work, moved])
    rows = Project.objects.as_of(reading.as_of).visible_to(reading.user).identified_by([work.id])
    needs = needs_in(rows, question.horizon, reading.as_of)
    if not needs.hours.any():
        return ()
    weight = weights_of_projects(reading.as_of).get(work.id, 1.0)
    found = heat(question, reading.user, reading.as_of)
    shift = _Shift(work, moved, question.first)
    names = dict(Role.objects.values_list("pk", "name"))
    shifts = []
    for role in np.unique(needs.role[needs.role > 0]).tolist():
        hours = needs.hours[needs.role == role].sum(axis=0) * weight
        line = int(np.searchsorted(found.keys, role))
        total, supply = found.total[line], found.supply[line]
        was, will = total > supply + NOISE, total - hours + shift.of(hours) > supply + NOISE
        starts = np.array(found.horizon.starts)
        shifts.append(RoleShift(names[role], tuple(starts[will & ~was]), tuple(starts[was & ~will])))
    return tuple(shifts)


def _question(works: Iterable[Work]) -> Question:
    """Whole years, so that the figures are remembered while somebody drags."""
    days = [day for work in works for day in (work.start, work.end) if day]
    first = min(days).year
    return Question(By.ROLE, "month", date(first, 1, 1), date(min(max(days).year, first + MOST_YEARS - 1), 12, 31))


class _Shift:
    """Takes hours by month along with a project: moved by whole months, or stretched over its new length."""

    def __init__(self, work: Work, moved: Work, first: date) -> None:
        spans = [(_month(one.start, first), _month(one.end, first) + 1) for one in (work, moved)]
        (self.start, self.end), (self.new_start, self.new_end) = spans

    def of(self, hours: Floats) -> Floats:
        """(months,) the hours where they belong after the move; what leaves the months asked for is left out."""
        periods = len(hours)
        if self.end - self.start == self.new_end - self.new_start:
            found, by = np.zeros(periods), self.new_start - self.start
            kept = hours[max(0, -by) : periods - max(0, by)]
            found[max(0, by) : max(0, by) + len(kept)] = kept
            return found
        inside = np.zeros(periods)
        inside[self.start : self.end] = hours[self.start : self.end]
        reached = np.concatenate([[0.0], np.cumsum(inside)])
        edges = np.arange(periods + 1, dtype=float)
        scale = (self.end - self.start) / (self.new_end - self.new_start)
        at = np.clip(self.start + (edges - self.new_start) * scale, self.start, self.end)
        return hours - inside + np.diff(np.interp(at, edges, reached))


def _month(day: date, first: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _years(work: Work, moved: Work, reading: Reading) -> tuple[tuple[YearShift, ...] | None, str]:
    """The whole-life cost, laid evenly over the days of the project, by fiscal year; only where it may be seen."""
    found = reading.projects().filter(**{reading.key: work.id}).values_list("cost_seen", "currency").first()
    if found is None or found[0] is None:
        return None, ""
    cost = float(found[0])
    years = list(FiscalYear.objects.as_of(reading.as_of).values_list("name", "start_date", "end_date"))
    before, after = (_by_year(one, cost, years) for one in (work, moved))
    names = [name for name, *_ in sorted(years, key=lambda year: year[1])]
    shifts = [YearShift(name, before.get(name, 0.0), after.get(name, 0.0)) for name in [*names, ""]]
    return tuple(one for one in shifts if one.before or one.after), found[1]


def _by_year(work: Work, cost: float, years: list[tuple[str, date, date]]) -> dict[str, float]:
    shares = {
        name: ((min(work.end, last) - max(work.start, first)).days + 1) / work.days
        for name, first, last in years
        if first <= work.end and last >= work.start
    }
    rest = 1 - sum(shares.values())
    return {name: cost * share for name, share in shares.items()} | ({"": cost * rest} if rest > 1e-9 else {})


def as_told(effect: Effect) -> dict[str, Any]:
    """The effect as the picture and the API take it."""
    return {
        "conflicts_added": [one.sentence for one in effect.clashes_added],
        "conflicts_removed": [one.sentence for one in effect.clashes_removed],
        "capacity": effect.capacity_sentence,
        "budget": effect.budget_sentence,
        "roles": [
            {
                "role": one.role,
                "added": [day.isoformat() for day in one.added],
                "removed": [day.isoformat() for day in one.removed],
            }
            for one in effect.roles or ()
        ],
        "years": [
            {"year": one.year, "before": f"{one.before:.2f}", "after": f"{one.after:.2f}"}
            for one in effect.years or ()
        ],
        "currency": effect.currency,
    }
