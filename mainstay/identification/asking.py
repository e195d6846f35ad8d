"""Whoever asked for a project is tied to it."""

from collections.abc import Collection
from typing import Any

from mainstay.identification.models import Request
from mainstay.portfolio.approval import tie


@tie("asked for")
def asked_for(person: Any, projects: Collection[int]) -> set[int]:
    """Those of the projects that a person requested."""
    own = Request.objects.filter(requester_id=person.pk).exclude(project=None).values_list("project_id", flat=True)
    return set(own) & set(projects)
