"""Stopping and putting to rest what an adopted plan leaves, within the operation that adopts it."""

from typing import Any

from django.utils import timezone

from mainstay.authorisation.models import Decision
from mainstay.authorisation.scenarios.exits import PAUSE, REST_MONTHS
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.monitoring.control import telling
from mainstay.monitoring.control.operations.freeing import enter, free, put_off_milestones, wind_up
from mainstay.monitoring.control.release import Release
from mainstay.monitoring.control.ways import way_to_pause
from mainstay.monitoring.running import RESTING
from mainstay.portfolio.models import Project


def leave(work: list[tuple[Project, str]], decision: Decision, actor: Actor) -> list[dict[str, Any]]:
    """Set free what these projects bind from today on; what stops is dropped already, what rests ends later."""
    return [_left(project, way, decision, actor) for project, way in work if project.stage.key != RESTING]


def _left(project: Project, way: str, decision: Decision, actor: Actor) -> dict[str, Any]:
    day = timezone.localdate(surrounding().now())
    release = Release(project, day, REST_MONTHS if way == PAUSE else 0)
    told = {"project": project.code, "way": way, "freed": release.content}
    free(release)
    if way == PAUSE:
        enter(project, way_to_pause(project))
        put_off_milestones(project, REST_MONTHS, day)
        telling.tell_paused(project, release, decision, actor)
    else:
        wind_up(project, day)
        telling.tell_left(project, release, actor)
    return told
