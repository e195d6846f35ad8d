"""What resources add to dashboards: how well people are used, where skills are short, what waits for an answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.roles import Role as PersonRole
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.dashboard import PLACES, Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.resources.forecast_page import EXPLAINED
from mainstay.resources.models import Skill, StaffingRequest, Team
from mainstay.resources.queries.forecast import forecast
from mainstay.resources.queries.heat import By
from mainstay.resources.queries.heat import Question as Asked
from mainstay.resources.queries.pieces import widened
from mainstay.resources.queries.utilisation import UseLine, utilisation
from mainstay.resources.queries.waiting import overbooked, waiting_for

MONTHS_AHEAD = 3
MONTHS_OF_SHORTAGE = 6
MOST_SHOWN = 8
LOW, HIGH = 0.75, 0.10
"""Efficiency below this, or overload above that, is worth a look."""
PEOPLE = frozenset({"resource", "booking", "absence", "calendar", "calendarday", "team", "site"})
NEEDS = PLACES | PEOPLE | {"demand", "skill", "proficiency", "sourcingoption", "costrate"}


def _asked(sight: Sight, by: By, months: int) -> Asked:
    first, last = widened(sight.day, month_after(sight.day.replace(day=1), months - 1), "month")
    asked = Asked(by, "month", first, last)
    return replace(asked, teams=teams_of(sight)) if sight.home is not None else asked


def teams_of(sight: Sight) -> tuple[int, ...]:
    """The teams of the portfolio looked at; none where it has none of its own, then everybody counts."""
    rows = Team.objects.as_of(sight.as_of).visible_to(sight.user)
    rows = rows.filter(portfolio__path__startswith=sight.home.path)
    return tuple(sorted(rows.values_list(sight.reading.key, flat=True)))


def _use(sight: Sight) -> Content:
    asked = _asked(sight, By.TEAM, MONTHS_AHEAD)
    whole, lines = utilisation(asked, sight.user, sight.as_of)
    if not whole.capacity:
        return Content(empty=Empty("Nobody you may see can give any hours in these months."))
    over = (whole.use.overload or 0) > HIGH
    low = (whole.use.efficiency or 0) < LOW
    held = ("bad", "Too much overload") if over else ("warn", "Hours lie idle") if low else ("good", "In order")
    names = {"Resource Utilisation Efficiency": whole.use.efficiency, "Overload": whole.use.overload}
    names |= {"Idle": whole.use.idle, "Utilisation": whole.use.utilisation}
    url = reverse("utilisation") + sight.links.query
    indicators = tuple(
        Indicator(
            name,
            words.percent(share),
            EXPLAINED[name],
            url,
            amount=share,
            have=whole.people,
            of=whole.people,
            noun="people",
            status=held if number == 0 else None,
        )
        for number, (name, share) in enumerate(names.items())
    )
    months = f"{asked.first:%B} to {asked.last:%B %Y}"
    whose = "" if asked.teams or sight.home is None else " No team belongs to this portfolio: everybody is counted."
    headline = f"{words.percent(whole.use.efficiency)} of capacity is put to use"
    return Content(f"{months}.{whose}", headline, indicators, tables=_teams(lines, sight), url=url)


def _teams(lines: Sequence[UseLine], sight: Sight) -> tuple[Table, ...]:
    names = dict(Team.objects.as_of(sight.as_of).values_list(sight.reading.key, "name"))
    worst = sorted(lines, key=lambda one: (-(one.use.overload or 0), names.get(one.key, "")))[:MOST_SHOWN]
    rows = tuple(
        (
            Cell(names.get(one.key, "No team")),
            figure(words.number(one.people)),
            *(figure(words.percent(share)) for share in (one.use.efficiency, one.use.overload, one.use.idle)),
        )
        for one in worst
    )
    heads = ("Team", "People", "Efficiency", "Overload", "Idle")
    return (Table(heads, rows, "Teams, most overload first", is_folded=True),)


def _shortages(sight: Sight) -> Content:
    asked = _asked(sight, By.SKILL, MONTHS_OF_SHORTAGE)
    found = forecast(asked, sight.user, sight.day, sight.as_of)
    short = [one for one in found.shortages if one.is_short]
    url = f"{reverse('forecast')}{sight.links.query}"
    if not short:
        return Content(empty=Empty("Capacity covers demand in the next six months, the likely pipeline included."))
    names = dict(Skill.objects.as_of(sight.as_of).values_list(sight.reading.key, "name")) | {0: "No skill named"}
    months = list(asked.horizon.starts)
    rows = tuple(
        (
            Cell(names.get(one.key, "")),
            figure(f"{words.number(float(one.missing.sum()))} h"),
            Cell(f"{months[int((one.missing > 0).argmax())]:%B %Y}"),
            figure(words.money(one.value, found.currency) if one.value else words.MISSING),
            figure(words.number(one.projects)),
        )
        for one in short[:MOST_SHOWN]
    )
    heads = ("Skill", "Hours short", "From", "Benefit that waits", "Projects")
    headline = f"{words.counted(len(short), 'skill')} {'is' if len(short) == 1 else 'are'} short"
    more = f"All {words.number(len(short))}" if len(short) > MOST_SHOWN else ""
    return Content("", headline, tables=(Table(heads, rows, more=more, more_url=url),), url=url)


def _staffing(sight: Sight) -> Content:
    """Today's: what waits is not kept by date."""
    rows = StaffingRequest.objects.visible_to(sight.user).filter(waiting_for(sight.user))
    count = rows.count()
    over = overbooked(sight.user, sight.day) if access.may_somewhere(sight.user, Verb.BOOKING_EDIT) else 0
    indicators = (
        Indicator(
            "Staffing requests for you",
            words.number(count),
            "Requests and offers of people that wait for your answer.",
            f"{reverse('staffing')}?waits=on",
            amount=count,
            status=("warn", "Waits for you") if count else ("good", "Answered"),
        ),
        Indicator(
            "Overbooked this month",
            words.number(over),
            "People you see who are booked for more hours this month than they can give.",
            f"{reverse('capacity')}?{urlencode({'by': 'person'})}",
            amount=over,
            status=("warn", "To be relieved") if over else ("good", "Nobody"),
        ),
    )
    headline = (
        f"{words.counted(count, 'staffing request')} {'waits' if count == 1 else 'wait'} for you" if count else ""
    )
    return Content("", headline, indicators, url=reverse("staffing"))


def _part(*words_: Any, **more: Any) -> Part:
    return Part(*words_, verb=Verb.SEE_RESOURCES, is_anywhere=True, **more)


PARTS = (
    _part(
        "utilisation",
        "Use of people",
        Question.COURSE,
        _use,
        PEOPLE,
        "How much of what people can give in this month and the next two is put to use, how much is asked beyond it, "
        "and how much lies idle, person by person and month by month.",
        (PersonRole.EXECUTIVE, PersonRole.PORTFOLIO_MANAGER, PersonRole.RESOURCE_MANAGER, PersonRole.PMO_DIRECTOR),
        position=22,
    ),
    _part(
        "shortages",
        "Skills that are short",
        Question.VALUE,
        _shortages,
        NEEDS,
        "Skills of which more hours are needed in the next six months than there are, with the benefit of the "
        "projects "
        "that wait for them; the pipeline counts with the probability of its stage.",
        (PersonRole.RESOURCE_MANAGER, PersonRole.PORTFOLIO_MANAGER, PersonRole.PROGRAMME_MANAGER),
        position=38,
    ),
    _part(
        "staffing",
        "Staffing",
        Question.DECISION,
        _staffing,
        PEOPLE | {"staffingrequest", "staffingoffer"},
        "Staffing requests that wait for your answer, and people with more to do than they can.",
        (PersonRole.RESOURCE_MANAGER, PersonRole.PORTFOLIO_MANAGER),
        is_personal=True,
        position=20,
    ),
)
