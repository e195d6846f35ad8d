"""Milestones, dependencies and members of a project."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from mainstay.core import access, history
from mainstay.core.errors import Stale
from mainstay.core.models import Grant, Person
from mainstay.core.operation import changes_since, operation
from mainstay.core.operations.grants import give_grant
from mainstay.core.reactions import tell
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Dependency, Member, Milestone, Project
from mainstay.portfolio.operations.tree import change
from mainstay.portfolio.queries.dependencies import days_late

MILESTONE_FIELDS = frozenset({"name", "due_date", "forecast_date", "done_date"})
OF_TAKER = frozenset({"note", "subject", "promised_date", "needed_date", "delivered_date"})
OF_GIVER = frozenset({"promised_date", "delivered_date"})


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
    project: Project,
    *,
    actor: Actor,
    needs: Project,
    kind: str = "requires",
    note: str = "",
    subject: str = "",
    promised_date: date | None = None,
    needed_date: date | None = None,
) -> Dependency:
    """Say that a project depends on another one the person may see: what it hands over, promised and needed when."""
    access.require(actor, Verb.SEE_REGISTER, needs)
    if kind != "excludes" and _reaches(needs, project):
        raise ValidationError({"needs": f"{needs} already depends on {project}; that would be a circle."})
    days = {"promised_date": promised_date, "needed_date": needed_date}
    made = history.create(
        Dependency(project=project, needs=needs, kind=kind, note=note, subject=subject.strip(), **days)
    )
    _tell_of_conflict(made, 0)
    return made


@operation(Verb.DEPENDENCY_EDIT)
def edit_dependency(
    project: Project,
    *,
    actor: Actor,
    dependency: Dependency,
    dependency_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Dependency:
    """Change a dependency from one of its ends: whoever gives says when it comes, whoever needs it says all of it.

    Where it is promised after it is needed from now on, owners and managers of both projects are told once.
    """
    row = Dependency.objects.select_for_update(of=("self",)).select_related("project", "needs").get(pk=dependency.pk)
    if dependency_version is not None and dependency_version != row.version:
        told = changes_since(row, dependency_version, actor)
        raise Stale(row.noun, dependency_version, row.version, told)
    before, fields = days_late(row), _fields_at(project, row)
    change(row, fields, changes)
    row.subject = row.subject.strip()
    saved = history.save(row)
    _tell_of_conflict(saved, before)
    return saved


@operation(Verb.DEPENDENCY_REMOVE)
def remove_dependency(dependency: Dependency, *, actor: Actor, reason: str = "") -> None:
    """Take a dependency away."""
    history.remove(dependency)


def _fields_at(project: Project, row: Dependency) -> frozenset[str]:
    """What may be changed from this end."""
    if project.pk == row.project_id:
        return OF_TAKER
    if project.pk == row.needs_id:
        return OF_GIVER
    raise ValidationError({"dependency": f"It is no dependency of {project}."})


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


def _tell_of_conflict(row: Dependency, before: int) -> None:
    """Owners and managers of both ends learn of a conflict when it arises; nobody learns of a project they may not
    see."""
    late = days_late(row)
    if not late or before:
        return
    what = row.subject or "What is handed over"
    for own, other in ((row.project, row.needs), (row.needs, row.project)):
        for person in _people_of(own):
            named = other.name if access.may(person, Verb.SEE_REGISTER, other) else "another project"
            way = f"by {named} to {own.name}" if own == row.project else f"by {own.name} to {named}"
            text = f"{what}, given {way}, is promised for {row.promised_date:%-d %b %Y}: {late} days too late."
            transaction.on_commit(partial(tell, [person], text, reverse("project", args=[own.code])))


def _people_of(project: Project) -> list[Person]:
    ids = {project.owner_id, project.manager_id} - {None}
    return [one for one in Person.objects.filter(pk__in=ids, is_active=True) if _sees(one, project)]


def _sees(person: Person, project: Project) -> bool:
    return access.may(person, Verb.SEE_REGISTER, project)
