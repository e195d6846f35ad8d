"""The plan of record: how a project stands in the register, in the words that scenarios keep and merges compare."""

from datetime import date
from typing import Any

from mainstay.portfolio.models import Phase, Project

FIELDS = ("is_in", "start_date", "end_date")


def standing(project: Project) -> dict[str, Any]:
    """Whether it is committed, from when to when, and the version of the register's row, as JSON keeps it."""
    return {
        "is_in": project.stage.phase == Phase.COMMITTED,
        "start_date": _text(project.start_date),
        "end_date": _text(project.end_date),
        "version": project.version,
    }


def has_moved_on(base: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the plan of record differs from what a branch was made from."""
    return any(base.get(name) != now[name] for name in FIELDS)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
