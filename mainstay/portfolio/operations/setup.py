"""What an administrator sets up: custom fields, stages, transitions, fiscal years."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.guards import known_guards
from mainstay.portfolio.models import CustomField, FiscalYear, Project, Stage, Transition
from mainstay.portfolio.operations.tree import change

FIELD_FIELDS = frozenset({"label", "options", "unit", "help_text", "is_confidential", "position", "is_active"})
STAGE_FIELDS = frozenset({"name", "position", "phase", "description", "probability"})


@operation(Verb.FIELD_CREATE)
def create_field(subject: None, *, actor: Actor, key: str, label: str, kind: str, **fields: Any) -> CustomField:
    """Add a field to projects; it appears in pages, lists, imports and the API at once."""
    field = CustomField(key=key, label=label, kind=kind)
    change(field, FIELD_FIELDS, fields)
    return history.create(field)


@operation(Verb.FIELD_EDIT)
def edit_field(
    field: CustomField, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> CustomField:
    """Change a custom field; an option that is in use stays."""
    if "options" in changes:
        _keep_used_options(field, changes["options"])
    change(field, FIELD_FIELDS, changes)
    return history.save(field)


def _keep_used_options(field: CustomField, options: list[str]) -> None:
    for option in set(field.options) - set(options):
        if Project.objects.filter(**{f"custom__{field.key}": option}).exists():
            raise Impossible(f"The option {option} is in use; change those projects first.")


@operation(Verb.STAGE_EDIT)
def set_stage(
    subject: Stage | None, *, actor: Actor, key: str = "", expected_version: int | None = None, **fields: Any
) -> Stage:
    """Change a stage, or add one under a new key."""
    stage = subject or Stage(key=key)
    change(stage, STAGE_FIELDS, fields)
    return history.save(stage) if stage.pk else history.create(stage)


@operation(Verb.TRANSITION_EDIT)
def set_transition(
    subject: None,
    *,
    actor: Actor,
    origin: Stage,
    target: Stage,
    action: str = "",
    guards: list[str] | None = None,
    needs_reason: bool = False,
    is_authorising: bool = False,
    remove: bool = False,
) -> Transition | None:
    """Open, change or close a way between two stages."""
    if unknown := set(guards or []) - known_guards().keys():
        raise ValidationError({"guards": f"There is no guard {', '.join(sorted(unknown))}."})
    way = Transition.objects.filter(origin=origin, target=target).first()
    if remove:
        if way is not None:
            history.remove(way)
        return None
    way = way or Transition(origin=origin, target=target)
    way.action = action or way.action or target.name
    way.guards, way.needs_reason, way.is_authorising = guards or [], needs_reason, is_authorising
    return history.save(way) if way.pk else history.create(way)


@operation(Verb.YEAR_OPEN)
def open_year(subject: None, *, actor: Actor, name: str, start_date: date, end_date: date) -> FiscalYear:
    """Open a fiscal year."""
    return history.create(FiscalYear(name=name, start_date=start_date, end_date=end_date))
