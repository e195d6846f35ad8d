"""A year of monthly reports of the sample's running work; for the last month some have not reported yet."""

from datetime import timedelta
from functools import partial
from typing import Any

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.monitoring.models import Every, Rhythm
from mainstay.monitoring.reports.operations import draft_report, publish_report, set_rhythm
from mainstay.monitoring.reports.periods import Period, last_over, period_with
from mainstay.portfolio.models import Phase, Portfolio, Project

SET, MONTHS, HALF, DUE_AFTER, SILENT = -400, 12, 6, 5, 5
PLACE, OFFICE = "NORTHMOOR", "priya"
DONE = {
    "green": (
        "The crews worked through their sections without a stop; tests of the week passed.",
        "Deliveries came on the day; the second shift has begun on site.",
        "The monthly walk with operations found nothing that stops the work.",
    ),
    "amber": (
        "Ground water slowed the excavation; pumps from another site were lent for the month.",
        "Two deliveries came late; work was moved to sections that could go on.",
        "The approval of the design took longer than agreed; the drawings are now complete.",
    ),
    "red": (
        "Work stood still for nine days because the permit for the road was missing.",
        "The tests failed a second time; the supplier sent new parts.",
        "The contractor has too few people on site; weekends are worked.",
    ),
}
NEXT = "Finish the sections in hand, and agree the shutdown of the next month with operations."
HELP = {
    "green": "",
    "amber": "A word with the supplier from above would help.",
    "red": "A decision on the new dates.",
}
WHY = {
    "green": "Small delays of the month are caught up; nothing that was promised is in doubt.",
    "amber": "The delay is known and agreed with operations; the people for catching up are on site.",
    "red": "The new dates depend on the supplier's next delivery; a decision is prepared.",
}


def enter(staff: Staff, diary: Diary) -> None:
    """Write the rhythm and every month's reports into the diary."""
    diary.enter(SET, partial(_set, staff), hour=8)
    period = last_over(Every.MONTH, diary.today)
    for back in range(MONTHS):
        day = (period.end - diary.today).days + 3
        diary.enter(day, partial(_report, staff, period, back), hour=18)
        period = period_with(Every.MONTH, period.start - timedelta(days=1))


def _set(staff: Staff) -> None:
    place = Portfolio.objects.get(code=PLACE)
    set_rhythm(place, actor=staff[OFFICE], every=Rhythm().every, due_after=DUE_AFTER)


def _report(staff: Staff, period: Period, back: int) -> None:
    """The reports on a month; on the latest every fifth project is still silent, and half of them began this year."""
    running = Project.objects.filter(stage__phase=Phase.COMMITTED, start_date__lte=period.end)
    running = running.filter(manager__isnull=False, portfolio__path__startswith=_path())
    for number, project in enumerate(running.select_related("manager", "stage").order_by("code")):
        if number % SILENT if not back else back < HALF or number % 2:
            _one(staff, project, period, number + back)


def _one(staff: Staff, project: Any, period: Period, number: int) -> None:
    actor, health = staff[project.manager.username], project.health or "green"
    said = {"overall": health, "done": DONE[health][number % 3], "planned": NEXT, "needed": HELP[health]}
    share = (period.end - project.start_date).days / max((project.end_date - project.start_date).days, 1)
    said |= {"explanation": WHY[health], "schedule": health, "percent": round(95 * min(max(share, 0), 1))}
    publish_report(draft_report(project, actor=actor, within=period.end, **said), actor=actor)


def _path() -> str:
    path: str = Portfolio.objects.values_list("path", flat=True).get(code=PLACE)
    return path
