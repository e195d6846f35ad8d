"""What Mainstay does by itself once a day: a room registers it, the first worker awake does it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from mainstay.core.models import DailyWork

FIRST_HOUR = 5
"""From which hour of the day, by the clock of the instance."""
KEPT = timedelta(days=30)
log = logging.getLogger("mainstay.daily")
_work: dict[str, Callable[[], str]] = {}


def every_day(name: str, work: Callable[[], str]) -> None:
    """Let something be done once a day; it says in a few words what came of it."""
    _work[name] = work


def do_what_is_due(now: datetime | None = None) -> dict[str, str]:
    """Do what nobody has done today; gives what came of it by name. What fails is logged and left to tomorrow."""
    local = timezone.localtime(now)
    if local.hour < FIRST_HOUR:
        return {}
    day = local.date()
    known = set(DailyWork.objects.filter(day=day).values_list("name", flat=True))
    return {name: _done(row) for name in _work if name not in known for row in _taken(name, day)}


def _taken(name: str, day: object) -> list[DailyWork]:
    """The row of today's work, for the one worker that comes first."""
    row, is_first = DailyWork.objects.get_or_create(name=name, day=day)
    return [row] if is_first else []


def _done(row: DailyWork) -> str:
    try:
        row.said = _work[row.name]()[:300]
    except Exception:
        log.exception("Daily work failed: %s", row.name)
        row.said = "It failed; the log tells why."
    row.save()
    DailyWork.objects.filter(day__lt=row.day - KEPT).delete()
    return row.said
