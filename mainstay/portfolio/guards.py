"""Guards: conditions for entering a stage. Upper rooms register theirs; transitions name them as data."""

from collections.abc import Callable

from mainstay.core.errors import Impossible
from mainstay.portfolio.models import Project, Transition

Guard = Callable[[Project], str]
GuardOfWay = Callable[[Project, Transition], str]
_guards: dict[str, tuple[str, GuardOfWay]] = {}


def guard(name: str, description: str) -> Callable[[Guard], Guard]:
    """Register a condition; the function gives a sentence saying what is missing, or nothing."""

    def register(function: Guard) -> Guard:
        _guards[name] = (description, lambda project, _: function(project))
        return function

    return register


def guard_of_way(name: str, description: str) -> Callable[[GuardOfWay], GuardOfWay]:
    """Register a condition that depends on the stage to be entered, too."""

    def register(function: GuardOfWay) -> GuardOfWay:
        _guards[name] = (description, function)
        return function

    return register


def known_guards() -> dict[str, str]:
    """Every guard with its description, for the page where transitions are edited."""
    return {name: description for name, (description, _) in _guards.items()}


def obstacles(project: Project, transition: Transition) -> list[str]:
    """What stands in the way of a transition, one sentence each."""
    found = [
        _guards[name][1](project, transition) if name in _guards else f"Unknown guard {name}."
        for name in transition.guards
    ]
    return [sentence for sentence in found if sentence]


def pass_guards(project: Project, transition: Transition) -> None:
    """Refuse while anything stands in the way."""
    if found := obstacles(project, transition):
        raise Impossible(" ".join(found))


@guard("has_cost", "The whole-life cost is known")
def has_cost(project: Project) -> str:
    return "" if project.cost is not None else "The whole-life cost is missing."


@guard("has_owner", "Somebody owns it")
def has_owner(project: Project) -> str:
    return "" if project.owner_id else "Nobody owns it yet."


@guard("has_dates", "Start and end are planned")
def has_dates(project: Project) -> str:
    return "" if project.start_date and project.end_date else "Start and end are not planned."


@guard("has_manager", "A project manager is named")
def has_manager(project: Project) -> str:
    return "" if project.manager_id else "No project manager is named."


@guard("milestones_done", "Every milestone is done")
def milestones_done(project: Project) -> str:
    open_ones = project.milestones.filter(done_date=None).count()
    return f"{open_ones} milestones are not done." if open_ones else ""


@guard("needed_projects_chosen", "Every required project is authorised")
def needed_projects_chosen(project: Project) -> str:
    # Counted, not named: the reader may not be allowed to know of them.
    needed = project.dependencies.filter(kind="requires").exclude(needs__stage__phase__in=["committed", "finished"])
    count = needed.count()
    return f"It requires {count} {'project' if count == 1 else 'projects'} not authorised yet." if count else ""
