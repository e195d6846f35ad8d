"""The sample: an invented utility with three years of history, told by operations and relative to today."""

from datetime import date, timedelta

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
    from mainstay.config.sample import (
        boards,
        cases,
        cycles,
        engagements,
        facts,
        funds,
        gates,
        judging,
        keeping,
        ranking,
        requests,
        scenarios,
        scores,
        setting,
        strategy,
        studies,
        timesheets,
        workforce,
    )
    from mainstay.config.sample.biography import Biography
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
    projects = facts.projects()
    for one in projects:
        Biography(one, staff, diary).write()
    cycles.enter(projects, staff, diary)
    scores.enter(staff, diary)
    studies.enter(staff, diary)
    ranking.enter(staff, diary)
    strategy.enter(projects, staff, diary)
    cases.enter(projects, staff, diary)
    requests.enter(staff, diary)
    judging.enter(projects, staff, diary)
    workforce.enter(staff, diary)
    engagements.enter(projects, staff, diary)
    timesheets.enter(staff, diary)
    funds.enter(projects, staff, diary)
    gates.enter(projects, staff, diary)
    boards.enter(staff, diary)
    keeping.enter(staff, diary)
    with later():
        diary.play()
    scenarios.tell(staff, diary)


def _settle() -> None:
    """Put away what was told while three years passed in seconds: no page is open yet, and old notices were read."""
    from mainstay.config.sample import keeping
    from mainstay.core.models import Pulse

    keeping.settle_notices()
    Pulse.objects.all().delete()
