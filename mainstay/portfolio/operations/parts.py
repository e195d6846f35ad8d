"""Milestones, dependencies and members of a project."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.models import Grant, Person
from mainstay.core.operation import operation
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Dependency, Member, Milestone, Project
from mainstay.portfolio.operations.tree import change

MILESTONE_FIELDS = frozenset({"name", "due_date", "forecast_date", "done_date"})


@operation(Verb.MILESTONE_ADD)
def add_milestone(project: Project, *, actor: Actor, **fields: Any) -> Milestone:
    """Add a dated result to a project."""
    milestone = Milestone(project=project)
    change(milestone, MILESTONE_FIELDS, fields)
    return history.create(milestone)


@operation(Verb.MILESTONE_EDIT)
def edit_milestone(
    milestone: Milestone,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Milestone:
    """Change a milestone, its forecast or its being done."""
    change(milestone, MILESTONE_FIELDS, changes)
    return history.save(milestone)


@operation(Verb.MILESTONE_REMOVE)
def remove_milestone(milestone: Milestone, *, actor: Actor, reason: str = "") -> None:
    """Take a milestone away."""
    history.remove(milestone)


@operation(Verb.DEPENDENCY_ADD)
def add_dependency(
    project: Project, *, actor: Actor, needs: Project, kind: str = "requires", note: str = ""
) -> Dependency:
    """Say that a project depends on another one the person may see."""
    access.require(actor, Verb.SEE_REGISTER, needs)
    if kind != "excludes" and _reaches(needs, project):
        raise ValidationError({"needs": f"{needs} already depends on {project}; that would be a circle."})
    return history.create(Dependency(project=project, needs=needs, kind=kind, note=note))


def _reaches(start: Project, goal: Project) -> bool:
    """Whether `start` depends, over any number of steps, on `goal`."""
    seen: set[int] = set()
    front = {start.pk}
    while front:
        if goal.pk in front:
            return True
        seen |= front
        further = Dependency.objects.filter(project__in=front).exclude(kind="excludes")
        front = set(further.values_list("needs_id", flat=True)) - seen
    return False


@operation(Verb.DEPENDENCY_REMOVE)
def remove_dependency(dependency: Dependency, *, actor: Actor, reason: str = "") -> None:
    """Take a dependency away."""
    history.remove(dependency)


@operation(Verb.MEMBER_ADD)
def add_member(project: Project, *, actor: Actor, person: Person, role: Role | str) -> Member:
    """Give somebody a part in a project and with it the role there."""
    member = history.create(Member(project=project, person=person, role=role))
    give_grant(person, actor=MAINSTAY, role=role, path=project.path, reason=f"Member of {project.code}")
    return member


@operation(Verb.MEMBER_REMOVE)
def remove_member(member: Member, *, actor: Actor, reason: str = "") -> None:
    """End somebody's part in a project and the role that came with it."""
    from mainstay.core.operations.grants import withdraw_grant

    history.remove(member)
    held = Grant.objects.filter(person=member.person, role=member.role, path=member.project.path).first()
    if held is not None:
        withdraw_grant(held, actor=MAINSTAY, reason=f"No longer a member of {member.project.code}")
