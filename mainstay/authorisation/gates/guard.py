"""The guard that keeps a project from a stage until its gate let it through."""

from mainstay.authorisation.gates.standing import obstacle
from mainstay.portfolio.guards import guard_of_way
from mainstay.portfolio.models import Project, Transition


@guard_of_way("gate_passed", "The gate before the stage is passed, where one applies")
def gate_passed(project: Project, way: Transition) -> str:
    return obstacle(project, way)
