"""Pages of teams and calendars."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import Calendar, CalendarDay, Resource, Site, Team
from mainstay.resources.queries.public_holidays import country_name, holidays_of_year, regions
from mainstay.resources.special_days import WEEKDAYS


class TeamsPage:
    """Teams as a tree, with manager and heads."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.as_of = request.user, request.as_of
        rows = Team.objects.as_of(self.as_of).visible_to(self.user).select_related("portfolio", "manager")
        self.teams = list(rows.order_by("name"))

    @cached_property
    def heads(self) -> Counter[int]:
        """How many people, placeholders and groups each team has."""
        rows = Resource.objects.as_of(self.as_of).visible_to(self.user)
        return Counter(rows.order_by().values_list("team_id", flat=True))

    @cached_property
    def lines(self) -> list[tuple[Any, int, int, bool]]:
        """Each team with its depth, its heads, and whether the reader may change it; parts below the whole."""
        below: dict[int | None, list[Any]] = {}
        known = {team.row_id for team in self.teams}
        for team in self.teams:
            below.setdefault(team.parent_id if team.parent_id in known else None, []).append(team)
        return [self._line(team, depth) for team, depth in _walk(below)]

    @cached_property
    def editable(self) -> set[int]:
        """The portfolios whose teams the reader may change."""
        if self.as_of is not None:
            return set()
        return set(Portfolio.objects.visible_to(self.user, Verb.TEAM_EDIT).values_list("pk", flat=True))

    def _line(self, team: Any, depth: int) -> tuple[Any, int, int, bool]:
        return team, depth, self.heads[team.row_id], team.portfolio_id in self.editable

    @property
    def may_create(self) -> bool:
        """Whether the reader may found a team anywhere."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.TEAM_CREATE)

    @property
    def finding(self) -> str:
        """How many there are, and which have nobody who manages them."""
        open_ones = [team for team in self.teams if team.is_active]
        without = sum(team.manager_id is None for team in open_ones)
        told = f"{len(open_ones)} team{'' if len(open_ones) == 1 else 's'} in use"
        return f"{told}; {without} without a resource manager." if without else f"{told}."


def _walk(below: dict[int | None, list[Any]]) -> list[tuple[Any, int]]:
    found, waiting = [], [(team, 0) for team in reversed(below.get(None, []))]
    while waiting:
        team, depth = waiting.pop()
        found.append((team, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(team.row_id, []))]
    return found


class CalendarsPage:
    """Calendars and sites."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.as_of = request.user, request.as_of

    @cached_property
    def calendars(self) -> list[tuple[Any, str, str, int]]:
        """Each calendar with its week and its holidays in words, and how many days differ from this year on."""
        days = CalendarDay.objects.as_of(self.as_of).filter(date__gte=date(self._today.year, 1, 1))
        counts = Counter(days.order_by().values_list("calendar_id", flat=True))
        rows = Calendar.objects.as_of(self.as_of).visible_to(self.user).order_by("name")
        return [(row, week_in_words(row.week), holidays_in_words(row), counts[row.row_id]) for row in rows]

    @property
    def _today(self) -> date:
        return timezone.localdate(self.as_of) if self.as_of else timezone.localdate()

    @cached_property
    def sites(self) -> list[tuple[Any, int]]:
        """Each site with how many of the people one may see work there."""
        people = Resource.objects.as_of(self.as_of).visible_to(self.user)
        counts = Counter(people.order_by().values_list("site_id", flat=True))
        rows = Site.objects.as_of(self.as_of).visible_to(self.user).select_related("calendar").order_by("name")
        return [(row, counts[row.row_id]) for row in rows]

    def _may(self, verb: Verb) -> bool:
        return self.as_of is None and access.may(self.user, verb)

    @property
    def may_create(self) -> bool:
        """Whether the reader may add calendars."""
        return self._may(Verb.CALENDAR_CREATE)

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change calendars."""
        return self._may(Verb.CALENDAR_EDIT)

    @property
    def may_add_site(self) -> bool:
        """Whether the reader may add sites."""
        return self._may(Verb.SITE_ADD)

    @property
    def may_edit_site(self) -> bool:
        """Whether the reader may change sites."""
        return self._may(Verb.SITE_EDIT)


@dataclass(frozen=True)
class HolidayPreview:
    """The public holidays of next year, shown before a calendar is saved."""

    country: str
    region: str

    @property
    def year(self) -> int:
        """The year they are shown for."""
        return timezone.localdate().year + 1

    @property
    def regions(self) -> tuple[tuple[str, str], ...]:
        """The regions of the country to choose from."""
        return regions(self.country)

    @property
    def chosen(self) -> str:
        """The region, where the country has it."""
        return self.region if self.region in dict(self.regions) else ""

    @property
    def days(self) -> tuple[tuple[date, str], ...]:
        """Each holiday with its name."""
        known = self.country and country_name(self.country) != self.country
        return holidays_of_year(self.country, self.chosen, self.year) if known else ()

    @property
    def where(self) -> str:
        """The country and the region in words."""
        return place_in_words(self.country, self.chosen)


def week_in_words(week: list[float]) -> str:
    """The hours of a week: `40 hours; Monday to Friday 8`."""
    runs: list[tuple[int, int, float]] = []
    for day, hours in enumerate(week):
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    told = ", ".join(f"{_days(first, last)} {hours:g}" for first, last, hours in runs if hours)
    return f"{sum(week):g} hours" + (f"; {told}" if told else "")


def _days(first: int, last: int) -> str:
    names = [name for _, name in WEEKDAYS]
    return names[first] if first == last else f"{names[first]} to {names[last]}"


def holidays_in_words(calendar: Any) -> str:
    """Whose public holidays hold."""
    return place_in_words(calendar.country, calendar.region) if calendar.country else "No public holidays"


def place_in_words(country: str, region: str) -> str:
    """A country, or a region of it."""
    name = country_name(country)
    return f"{dict(regions(country)).get(region, region)}, {name}" if region else name
