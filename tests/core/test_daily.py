"""Work that is done once a day, by one worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.core import daily
from mainstay.core.models import DailyWork

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12)


@pytest.fixture
def counted(monkeypatch: Any) -> list[str]:
    """The only work of the day counts how often it is done."""
    done: list[str] = []
    monkeypatch.setattr(daily, "_work", {})
    daily.every_day("count", lambda: done.append("once") or "Counted.")
    return done


def test_what_is_due_is_done_once_a_day(counted: list[str]) -> None:
    assert daily.do_what_is_due(NOON) == {"count": "Counted."}
    assert daily.do_what_is_due(NOON + timedelta(hours=3)) == {}
    assert daily.do_what_is_due(NOON + timedelta(days=1)) == {"count": "Counted."}
    assert counted == ["once", "once"]
    assert [(row.name, row.said) for row in DailyWork.objects.all()] == [("count", "Counted.")] * 2


def test_nothing_is_done_in_the_night(counted: list[str]) -> None:
    assert daily.do_what_is_due(NOON.replace(hour=4)) == {}
    assert counted == []
    assert not DailyWork.objects.exists()


def test_what_fails_is_said_and_hinders_nothing_else(counted: list[str]) -> None:
    daily.every_day("break", lambda: str(1 / 0))
    daily.every_day("after", lambda: "Done.")
    told = daily.do_what_is_due(NOON)
    assert told == {"count": "Counted.", "break": "It failed; the log tells why.", "after": "Done."}
    assert daily.do_what_is_due(NOON) == {}


def test_rows_of_a_month_ago_are_dropped(counted: list[str]) -> None:
    DailyWork.objects.create(name="count", day=NOON.date() - timedelta(days=31))
    daily.do_what_is_due(NOON)
    assert [row.day for row in DailyWork.objects.all()] == [NOON.date()]


def test_reminders_and_alert_rules_are_work_of_the_day() -> None:
    told = daily.do_what_is_due(NOON)
    assert set(told) == {"alert rules", "benefits", "conditions", "reports", "reviews"}
    assert told["conditions"] == "0 notices left."
