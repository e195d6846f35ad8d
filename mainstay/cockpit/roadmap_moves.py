"""Moves on the roadmap: their effect, what is told after one, and what somebody else changed first."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.cockpit.queries.roadmap import Work, read
from mainstay.cockpit.queries.roadmap_effect import Effect, effect_of
from mainstay.cockpit.roadmap_plan import plan_of
from mainstay.core.errors import Missing, Stale
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries import ProjectFilter, Reading


def effect_on(
    user: Any, code: str, start: date | None, end: date | None, as_of: datetime | None, scenario: str
) -> Effect:
    """The effect of new dates of a project that the person may see; a date left away stays as it is."""
    reading = Reading(user, as_of)
    facts = read(ProjectFilter.read({"code": code}, reading), plan_of(scenario, user).dates)
    work: Work | None = next(iter(facts.works), None)
    if work is None:
        raise Missing("There is no such project, or it is not open to you.")
    if not work.is_planned:
        raise ValidationError({"start": f"{work.name} has no dates yet; plan it on its page first."})
    start, end = start or work.start, end or work.end
    if end < start:
        raise ValidationError({"end": "The end lies before the start."})
    return effect_of(facts, work, start, end, reading)


def after_move(project: Project, user: Any) -> dict[str, Any]:
    """Where the project lies now, what contradicts it, and its version for the next move."""
    facts = read(ProjectFilter.read({"code": project.code}, Reading(user)))
    return {
        "message": f"{project.name}: {day(project.start_date)} to {day(project.end_date)}.",
        "conflicts": [clash.sentence for clash in facts.clashes()],
        "version": project.version,
    }


def told_stale(stale: Stale) -> dict[str, Any]:
    """What somebody else changed meanwhile."""
    told = [f"{one.label}: {_said(one.before)} became {_said(one.after)} ({one.who})" for one in stale.changes]
    return {"message": stale.message, "changes": told, "version": stale.current}


def _said(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    return str(day(value)) if isinstance(value, date) else str(value)
