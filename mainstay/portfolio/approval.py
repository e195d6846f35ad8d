"""Who may approve a project: nobody their own, nobody beyond their limit; and who can instead.

Upper rooms register what else ties a person to a project and how far somebody may go.
"""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from mainstay.charts import words
from mainstay.core.access import Held, held_by
from mainstay.core.errors import Forbidden
from mainstay.core.models import Grant, Person
from mainstay.core.roles import Role
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.guards import obstacles
from mainstay.portfolio.models import Phase, Project, Transition

Tie = Callable[[Any, Collection[int]], set[int]]
Limit = Callable[[Project, Person], str]
PARTS = {Role.SPONSOR: "sponsors", Role.PROJECT_MANAGER: "manages"}
MOST_NAMED = 3
_ties: dict[str, Tie] = {}
_limits: list[Limit] = []


def tie(word: str) -> Callable[[Tie], Tie]:
    """Register what else ties a person to projects: a function that gives those of some projects it does."""

    def register(function: Tie) -> Tie:
        _ties[word] = function
        return function

    return register


def limit(function: Limit) -> Limit:
    """Register how far somebody may go: a function that says why a project lies beyond it, or nothing."""
    _limits.append(function)
    return function


def conflicts_with(projects: Collection[Project], person: Any) -> dict[int, str]:
    """Why projects are a person's own cause, by their keys and without the name; those that are not are left out."""
    known = {project.pk for project in projects}
    further = {word: function(person, known) for word, function in _ties.items()}
    found = {project.pk: [*_ties_within(project, person)] for project in projects}
    for word, keys in further.items():
        for key in keys:
            found[key].append(word)
    names = {project.pk: project.name for project in projects}
    return {key: words.listed([f"{word} {names[key]}" for word in ties]) for key, ties in found.items() if ties}


def _ties_within(project: Project, person: Any) -> Iterable[str]:
    named = ((project.owner_id, "owns"), (project.manager_id, "manages"), (project.proposed_by_id, "proposed"))
    found = [word for key, word in named if key == person.pk]
    found += [PARTS[held.role] for held in held_by(person) if held.path == project.path and held.role in PARTS]
    return dict.fromkeys(found)


def conflict_with(project: Project, person: Any) -> str:
    """Why a project is a person's own cause, without their name; nothing where it is not."""
    return conflicts_with([project], person).get(project.pk, "")


def refuse_unapproved(project: Project, way: Transition, actor: Actor) -> None:
    """Refuse to commit to a project in one's own cause, saying who can, or beyond one's limit."""
    enters = way.target.phase == Phase.COMMITTED and project.stage.phase != Phase.COMMITTED
    if not enters or not isinstance(actor, Person):
        return
    if why := conflict_with(project, actor):
        raise own_project(project, actor, why, Verb.PROJECT_AUTHORISE)
    if why := " ".join(filter(None, (function(project, actor) for function in _limits))):
        raise Forbidden(why)


def obstacles_for(actor: Actor, project: Project, way: Transition) -> list[str]:
    """What stands in the way of a transition for this person, one sentence each."""
    found = obstacles(project, way)
    try:
        refuse_unapproved(project, way, actor)
    except Forbidden as refusal:
        found.append(refusal.message)
    return found


def own_project(project: Project, person: Person, why: str, verb: Verb) -> Forbidden:
    """The refusal of a decision on one's own project."""
    return own_cause(f"{person} {why}", verb, project, lambda one: not conflict_with(project, one))


def own_cause(why: str, verb: Verb, placed: Any, is_free: Callable[[Person], bool]) -> Forbidden:
    """The refusal of a decision on one's own cause, with the names of those who can decide."""
    return Forbidden(f"Nobody decides on their own cause: {why}. {_who_can(verb, placed, is_free)}")


def _who_can(verb: Verb, placed: Any, is_free: Callable[[Person], bool]) -> str:
    free = (person.name for person in people_who_may(verb, placed) if is_free(person))
    if named := list(islice(free, MOST_NAMED)):
        return f"{words.listed(named)} can."
    return "Nobody else has the right here yet; an administrator gives it to somebody."


def people_who_may(verb: Verb, placed: Any) -> Iterable[Person]:
    """Everybody in service whose roles let them do this to a placed row, by name."""
    roles = {role.value for role in Role if verb in role.verbs}
    grants = Grant.objects.in_force().filter(role__in=roles, person__is_active=True).select_related("person")
    reaching = (grant for grant in grants if Held(Role(grant.role), grant.path).reaches(placed.path, placed.seal))
    found = {grant.person_id: grant.person for grant in reaching}
    return sorted(found.values(), key=lambda person: person.name)
