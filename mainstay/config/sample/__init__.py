"""The sample: an invented utility with three years of history, told by operations and relative to today."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

PORTFOLIO = "NORTHMOOR"


def people() -> list[dict[str, str]]:
    """The log-ins of the sample, one for each role: name, role, username and password."""
    from mainstay.config.sample.staff import PASSWORD, logins

    return [
        {"name": one.name, "role": one.role.label, "username": one.username, "password": PASSWORD} for one in logins()
    ]


def load() -> bool:
    """Tell the history of the sample, all of it or nothing; False where it has been told before."""
    from mainstay.portfolio.models import Portfolio

    if Portfolio.objects.filter(code=PORTFOLIO).exists():
        return False
    with transaction.atomic():
        _tell(timezone.localdate())
    _settle()
    return True


def _tell(today: date) -> None:
    from mainstay.config.sample import facts, scenarios, setting
    from mainstay.config.sample.diary import Diary
    from mainstay.config.sample.staff import Staff
    from mainstay.core.models import Channel
    from mainstay.core.surrounding import acting
    from mainstay.resources.operations.load import later

    diary, staff = Diary(today), Staff()
    with acting(Channel.SYSTEM, at=timezone.now() - timedelta(days=setting.FOUNDED)):
        staff.create()
        staff.give_roles(setting.lay_down(today))
    setting.open_currencies(diary)
    _enter(facts.projects(), staff, diary)
    with later():
        diary.play()
    scenarios.tell(staff, diary)


def _enter(projects: list[Any], staff: Any, diary: Any) -> None:
    """Write the lives of the projects and what each room did with them into the diary."""
    from mainstay.config.sample import (
        benefits,
        boards,
        calibration,
        cases,
        control,
        course,
        cycles,
        endings,
        engagements,
        funds,
        gates,
        judging,
        keeping,
        money,
        progress,
        ranking,
        reports,
        requests,
        reviews,
        scores,
        strategy,
        studies,
        surveys,
        timesheets,
        workforce,
    )
    from mainstay.config.sample.biography import Biography

    for one in projects:
        Biography(one, staff, diary).write()
    with_projects = {cycles, strategy, cases, judging, engagements, funds, gates, money}
    with_projects |= {progress, calibration, endings, benefits, surveys}
    # Acts of one moment happen in the order in which they are entered.
    first = (cycles, scores, studies, ranking, strategy, cases, requests, judging, workforce, engagements, timesheets)
    order = (*first, reviews, funds, gates, boards, money, progress, calibration, course)
    for room in (*order, reports, control, endings, benefits, surveys, keeping):
        known = (projects, staff, diary) if room in with_projects else (staff, diary)
        room.enter(*known)


def _settle() -> None:
    """Put away what was told while three years passed in seconds: no page is open yet, and old notices were read."""
    from mainstay.config.sample import keeping
    from mainstay.core.models import Pulse

    keeping.settle_notices()
    Pulse.objects.all().delete()
