"""Who may approve a project: nobody their own, nobody beyond their limit; and who can instead.

Upper rooms register what else ties a person to a project and how far somebody may go.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from mainstay.charts import words
from mainstay.core.access import Held, held_by
from mainstay.core.errors import Forbidden
from mainstay.core.models import Grant, Person
from mainstay.core.roles import Role
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project

Tie = Callable[[Project, Any], str]
Limit = Callable[[Project, Person], str]
PARTS = {Role.SPONSOR: "sponsors", Role.PROJECT_MANAGER: "manages"}
MOST_NAMED = 3
_ties: list[Tie] = []
_limits: list[Limit] = []


def tie(function: Tie) -> Tie:
    """Register what else ties a person to a project: a function that gives the word for it, or nothing."""
    _ties.append(function)
    return function


def limit(function: Limit) -> Limit:
    """Register how far somebody may go: a function that says why a project lies beyond it, or nothing."""
    _limits.append(function)
    return function


def ties_of(project: Project, person: Any) -> list[str]:
    """What a person has to do with a project, each as a verb: owns, manages, proposed, sponsors."""
    named = ((project.owner_id, "owns"), (project.manager_id, "manages"), (project.proposed_by_id, "proposed"))
    found = [word for key, word in named if key == person.pk]
    found += [PARTS[held.role] for held in held_by(person) if held.path == project.path and held.role in PARTS]
    found += [function(project, person) for function in _ties]
    return [word for word in dict.fromkeys(found) if word]


def conflict_with(project: Project, person: Any) -> str:
    """Why a project is a person's own cause, without their name; nothing where it is not."""
    return words.listed([f"{word} {project.name}" for word in ties_of(project, person)])


def refuse_unapproved(project: Project, actor: Actor) -> None:
    """Refuse to commit to a project in one's own cause, saying who can, or beyond one's limit."""
    if not isinstance(actor, Person):
        return
    if why := conflict_with(project, actor):
        raise own_cause(f"{actor} {why}", Verb.PROJECT_AUTHORISE, project, lambda one: not ties_of(project, one))
    if why := " ".join(filter(None, (function(project, actor) for function in _limits))):
        raise Forbidden(why)


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
