"""Asking for a change, changing and withdrawing the question, and deciding it."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.history import Touched
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes.demand import clean_demand
from mainstay.monitoring.changes.operations.carrying import carry_out
from mainstay.monitoring.changes.rights import deciders, refuse_undelegated
from mainstay.monitoring.models import ChangeRequest, ChangeState
from mainstay.portfolio.models import Phase, Project
from mainstay.portfolio.operations.tree import change as set_fields

FIELDS = frozenset(
    {
        "title", "reason", "scope_effect", "days", "cost_effect", "benefit_effect", "demand_effect",
        "moves_milestones",
    }
)  # fmt: skip
DECIDED = frozenset({ChangeState.APPROVED, ChangeState.REJECTED, ChangeState.WITHDRAWN})
MOST_DAYS = 3_650


@operation(Verb.CHANGEREQUEST_DRAFT)
def draft_change(project: Project, *, actor: Actor, **fields: Any) -> ChangeRequest:
    """Write down a change of what was authorised, with its effect; nobody has to decide yet."""
    access.require(actor, Verb.SEE_FIGURES, project)
    if project.stage.phase != Phase.COMMITTED:
        raise Impossible(f"{project} is {project.stage.name.lower()}; only authorised work is changed by request.")
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    last = ChangeRequest.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    row = ChangeRequest(project=project, number=last + 1, asked_by=actor if isinstance(actor, Person) else None)
    set_fields(row, FIELDS, fields)
    return history.create(_sound(row))


@operation(Verb.CHANGEREQUEST_EDIT)
def edit_change(
    row: ChangeRequest, *, actor: Actor, expected_version: int | None = None, **fields: Any
) -> ChangeRequest:
    """Change what is asked for, while it is a draft."""
    access.require(actor, Verb.SEE_FIGURES, row.project)
    _require(row, ChangeState.DRAFT)
    set_fields(row, FIELDS, fields)
    return history.save(_sound(row))


@operation(Verb.CHANGEREQUEST_SUBMIT)
def submit_change(row: ChangeRequest, *, actor: Actor, expected_version: int | None = None) -> ChangeRequest:
    """Ask for a decision; those who may give it are told."""
    _require(row, ChangeState.DRAFT)
    _refuse_pointless(row)
    row.state, row.submitted_at = ChangeState.SUBMITTED, surrounding().now()
    row.asked_by = actor if isinstance(actor, Person) else row.asked_by
    saved = history.save(row)
    text = f"{row.project} asks for a change that waits for your decision: {row.title}"
    _tell([one for one in deciders(row) if one.pk != actor.pk], text, row)
    return saved


@operation(Verb.CHANGEREQUEST_WITHDRAW)
def withdraw_change(
    row: ChangeRequest, *, actor: Actor, reason: str = "", expected_version: int | None = None
) -> ChangeRequest:
    """Take the question back before it is decided."""
    _require(row, ChangeState.DRAFT, ChangeState.SUBMITTED)
    row.state, row.decision_note = ChangeState.WITHDRAWN, reason.strip()[:500]
    return history.save(row)


@operation(Verb.CHANGEREQUEST_DECIDE)
def decide_change(
    row: ChangeRequest, *, actor: Actor, approve: bool, note: str, expected_version: int | None = None
) -> ChangeRequest:
    """Approve a change or not, with the reason; never one's own, nor beyond what is delegated.

    What is approved changes end, cost, benefit, milestones and demand, and becomes the current baseline beside all
    earlier ones.
    """
    _require(row, ChangeState.SUBMITTED)
    row.project = Project.objects.select_for_update(of=("self",)).get(pk=row.project_id)
    refuse_undelegated(row, actor)
    if not note.strip():
        raise ValidationError({"note": "Say why; the reason stays on record."})
    row.state = ChangeState.APPROVED if approve else ChangeState.REJECTED
    row.decision_note, row.decided_at = note.strip(), surrounding().now()
    row.decided_by = actor if isinstance(actor, Person) else None
    if approve:
        _refuse_pointless(row)
        row.baseline = carry_out(row, actor)
    saved = history.save(row)
    history.about(saved)
    people = {one for one in (row.asked_by, row.project.manager, row.project.owner) if one and one.pk != actor.pk}
    seeing = [one for one in people if one.is_active and access.may(one, Verb.SEE_REGISTER, row.project)]
    _tell(seeing, f"{row.project}: the change “{row.title}” was {row.get_state_display().lower()}.", row)
    return saved


@history.follows(ChangeRequest)
def refuse_changes(written: list[Touched]) -> None:
    """What was decided stays as it is, through whichever channel somebody tries."""
    for one in written:
        if one.before is not None and one.before["state"] in DECIDED:
            raise Impossible(f"Change {one.row.number} was decided; it stays as it is. Ask for another one.")


def _require(row: ChangeRequest, *states: ChangeState) -> None:
    if row.state not in states:
        raise Impossible(f"Change {row.number} is {row.get_state_display().lower()}; that cannot be done now.")


def _sound(row: ChangeRequest) -> ChangeRequest:
    row.title, row.reason = row.title.strip(), row.reason.strip()
    row.demand_effect = clean_demand(row.demand_effect)
    if abs(row.days) > MOST_DAYS:
        raise ValidationError({"days": f"At most {MOST_DAYS:,} days."})
    return row


def _refuse_pointless(row: ChangeRequest) -> None:
    """A change changes something, and what it changes is known and stays possible."""
    project = row.project
    told = row.scope_effect.strip() or row.days or row.cost_effect or row.benefit_effect or row.demand_effect
    if not told:
        raise ValidationError("Say what changes: scope, time, cost, benefit or hours.")
    if row.days and project.end_date is None:
        raise ValidationError({"days": "The project has no end yet; give it one first."})
    if row.days < 0 and project.end_date + timedelta(days=row.days) < max(_first_day(project), _today()):
        raise ValidationError({"days": "The project would end before it can."})
    for name, noun in (("cost", "cost"), ("benefit", "benefit")):
        effect, known = getattr(row, f"{name}_effect"), getattr(project, name)
        if effect and known is None:
            raise ValidationError({f"{name}_effect": f"The {noun} of the project is not known; give it first."})
        if effect and known + effect < Decimal(0):
            raise ValidationError({f"{name}_effect": f"The {noun} would be below zero."})


def _first_day(project: Project) -> Any:
    return project.start_date or project.end_date


def _today() -> Any:
    return timezone.localdate(surrounding().now())


def _tell(people: list[Person], text: str, row: ChangeRequest) -> None:
    if people:
        transaction.on_commit(partial(tell, people, text, reverse("change", args=[row.pk])))
