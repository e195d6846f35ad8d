"""Adding and changing people, placeholders and groups."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.models import Resource, Role, Team
from mainstay.resources.operations.rules import free_key, put

FIELDS = frozenset(
    {
        "name", "kind", "person", "team", "role", "site", "calendar", "headcount", "working_share", "run_share",
        "starts_on", "leaves_on", "most_projects",
    }
)  # fmt: skip


@operation(Verb.RESOURCE_ADD)
def add_resource(team: Team, *, actor: Actor, name: str, role: Role, key: str = "", **fields: Any) -> Resource:
    """Add a person, a placeholder or a group to a team."""
    _refuse_unseen(fields.get("person"), actor)
    resource = Resource(key=free_key(Resource, key, name), name=name.strip(), team=team, role=role)
    return put(resource, FIELDS - {"team", "role"}, fields)


@operation(Verb.RESOURCE_EDIT)
def edit_resource(
    resource: Resource, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Resource:
    """Change a person, placeholder or group; a new team must be one the actor may add people to."""
    if "team" in changes and changes["team"] != resource.team:
        access.require(actor, Verb.RESOURCE_ADD, changes["team"].scope)
    if "person" in changes and changes["person"] != resource.person:
        _refuse_unseen(changes["person"], actor)
    return put(resource, FIELDS, changes)


def _refuse_unseen(person: Person | None, actor: Actor) -> None:
    if person is None or not isinstance(actor, Person):
        return
    if not Person.objects.visible_to(actor).filter(pk=person.pk).exists():
        raise ValidationError({"person": "There is nobody of this name, or they are not open to you."})
