"""Choosing the projects that stand in every week."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Favourite
from mainstay.monitoring.operations.rules import known_projects, require_own
from mainstay.portfolio.models import Project
from mainstay.resources.models import Resource

MOST = 30


@operation(Verb.FAVOURITES_SET)
def set_favourites(resource: Resource, *, actor: Actor, projects: Sequence[Project]) -> int:
    """Say which projects stand in every week of one's own, in this order; gives their number."""
    require_own(resource, actor)
    wanted = list(dict.fromkeys(project.pk for project in projects))
    if len(wanted) > MOST:
        raise ValidationError({"projects": f"{MOST} favourites at most."})
    if known_projects(resource, actor).filter(pk__in=wanted).count() < len(wanted):
        raise ValidationError({"projects": "There is no such project, or it is not open to you."})
    known = {row.project_id: row for row in Favourite.objects.filter(resource=resource)}
    for gone in known.keys() - set(wanted):
        history.remove(known[gone])
    for place, pk in enumerate(wanted):
        row = known.get(pk) or Favourite(resource=resource, project_id=pk)
        row.place = place
        _ = history.save(row) if row.pk else history.create(row)
    return len(wanted)
