"""Writing down issues and actions, changing them and taking them away."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import Risk
from mainstay.monitoring.models import Action, Issue, IssueState
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.tree import change

ISSUE_FIELDS = frozenset(
    {"title", "description", "severity", "owner", "due_date", "risk", "state", "resolution", "external_key"}
)
ABOUT = ("risk", "issue", "change", "alert")
ACTION_FIELDS = frozenset({"text", "owner", "due_date", "done_date", "outcome", "external_key", *ABOUT})


@dataclass(frozen=True)
class Before:
    """Who owned a row and which risk it named before it changed."""

    owner: int | None
    risk: int | None


NOBODY = Before(None, None)


@operation(Verb.ISSUE_ADD)
def add_issue(project: Project, *, actor: Actor, reason: str = "", **fields: Any) -> Issue:
    """Write down something that has happened and must be dealt with."""
    issue = Issue(project=project)
    change(issue, ISSUE_FIELDS, fields)
    made = history.create(_sound_issue(issue, actor, NOBODY))
    _tell_owner(made, None, actor, f"You own an issue of {project}: {made.title}", _place(made))
    return made


@operation(Verb.ISSUE_EDIT)
def edit_issue(
    issue: Issue, *, actor: Actor, expected_version: int | None = None, reason: str = "", **fields: Any
) -> Issue:
    """Change an issue; to resolve it, say how it was resolved."""
    before = Before(issue.owner_id, issue.risk_id)
    change(issue, ISSUE_FIELDS, fields)
    saved = history.save(_sound_issue(issue, actor, before))
    _tell_owner(saved, before.owner, actor, f"You own an issue of {issue.project}: {issue.title}", _place(saved))
    return saved


@operation(Verb.ISSUE_REMOVE)
def remove_issue(issue: Issue, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Take an issue away that was written down by mistake; its history and its actions stay."""
    for action in Action.objects.filter(issue=issue):
        action.issue = None
        history.save(action)
    history.remove(issue)


@operation(Verb.ACTION_ADD)
def add_action(project: Project, *, actor: Actor, reason: str = "", **fields: Any) -> Action:
    """Say what somebody does by a day: about a risk, an issue, a change or an alert, or by itself."""
    action = Action(project=project)
    change(action, ACTION_FIELDS, fields)
    made = history.create(_sound_action(action, actor, NOBODY))
    _tell_owner(made, None, actor, _of_action(made), reverse("action", args=[made.pk]))
    return made


@operation(Verb.ACTION_EDIT)
def edit_action(
    action: Action, *, actor: Actor, expected_version: int | None = None, reason: str = "", **fields: Any
) -> Action:
    """Change an action, or say that it is done and what came of it."""
    before = Before(action.owner_id, action.risk_id)
    change(action, ACTION_FIELDS, fields)
    saved = history.save(_sound_action(action, actor, before))
    _tell_owner(saved, before.owner, actor, _of_action(saved), reverse("action", args=[saved.pk]))
    return saved


@operation(Verb.ACTION_REMOVE)
def remove_action(action: Action, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Take an action away that was written down by mistake; its history stays."""
    history.remove(action)


def _sound_issue(issue: Issue, actor: Actor, before: Before) -> Issue:
    """The issue in its stored form; what does not belong to its project is refused."""
    issue.title = issue.title.strip()
    _refuse_elsewhere(issue, actor, before)
    if issue.state == IssueState.RESOLVED:
        issue.resolved_on = issue.resolved_on or timezone.localdate(surrounding().now())
    else:
        issue.resolved_on, issue.resolution = None, ""
    return issue


def _sound_action(action: Action, actor: Actor, before: Before) -> Action:
    action.text = action.text.strip()
    _refuse_elsewhere(action, actor, before)
    named = [name for name in ABOUT if getattr(action, f"{name}_id")]
    if len(named) > 1:
        raise ValidationError({named[1]: "An action is about one thing."})
    if named and named[0] != "risk" and getattr(action, named[0]).project_id != action.project_id:
        raise ValidationError({named[0]: "It belongs to another project."})
    if action.done_date and action.done_date > timezone.localdate(surrounding().now()):
        raise ValidationError({"done_date": "What is done was done by today."})
    return action


def _refuse_elsewhere(row: Any, actor: Actor, before: Before) -> None:
    """Whoever newly is to see to it must see it, and a risk is one of the project's case that the actor reads."""
    moved = row.owner is not None and row.owner_id != before.owner
    if moved and not access.may(row.owner, Verb.SEE_REGISTER, row.project):
        raise ValidationError({"owner": f"{row.owner} may not see {row.project}; give them a part in it first."})
    if not row.risk_id or row.risk_id == before.risk:
        return
    known = Risk.objects.filter(pk=row.risk_id, case__project=row.project_id)
    if not known.exists() or not access.may(actor, Verb.SEE_FIGURES, row.project):
        raise ValidationError({"risk": "There is no such risk of this project."})


def _of_action(action: Action) -> str:
    due = f" by {action.due_date:%-d %b %Y}" if action.due_date else ""
    return f"You have something to do for {action.project}{due}: {action.text}"


def _place(issue: Issue) -> str:
    return reverse("issue", args=[issue.pk])


def _tell_owner(row: Any, before: int | None, actor: Actor, text: str, url: str) -> None:
    """Whoever newly owns it learns of it, unless they wrote it down themselves."""
    owner: Person | None = row.owner
    if owner is not None and owner.pk not in {before, actor.pk} and owner.is_active:
        transaction.on_commit(partial(tell, [owner], text, url))
