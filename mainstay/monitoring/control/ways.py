"""The steps of the life cycle that pausing, stopping and resuming take."""

from mainstay.core.errors import Impossible
from mainstay.monitoring.running import RESTING
from mainstay.portfolio.models import Phase, Project, Transition


def way_to_stop(project: Project) -> Transition:
    """The step that drops running work."""
    return _first(project, "stopped", target__phase=Phase.DROPPED)


def way_to_pause(project: Project) -> Transition:
    """The step to where work rests."""
    return _first(project, "paused", target__key=RESTING)


def way_to_resume(project: Project) -> Transition:
    """The step from where work rests back to where it runs."""
    if project.stage.key != RESTING:
        raise Impossible(f"{project} does not rest; it is {project.stage.name.lower()}.")
    return _first(project, "resumed", target__phase=Phase.COMMITTED)


def _first(project: Project, done: str, **target: str) -> Transition:
    if project.stage.phase != Phase.COMMITTED:
        raise Impossible(f"{project} is {project.stage.name.lower()}; it cannot be {done}.")
    ways = Transition.objects.filter(origin=project.stage_id, **target).select_related("target")
    way = ways.order_by("target__position").first()
    if way is None:
        raise Impossible(f"The life cycle has no way by which {project.stage.name.lower()} work is {done}.")
    return way
