"""Key results and where they stand: check-ins, and corrections that keep what was said before."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.strategy.models import CheckIn, Goal, KeyResult
from mainstay.strategy.operations.changing import change, last_position

FIELDS = frozenset(
    {
        "name", "kind", "unit", "start_value", "target_value", "healthy_from", "healthy_to", "weight", "owner",
        "start_date", "due_date", "position",
    }
)  # fmt: skip
ENTRIES = frozenset({"value", "on_date", "confidence", "note"})


@operation(Verb.RESULT_ADD)
def add_result(goal: Goal, *, actor: Actor, **fields: Any) -> KeyResult:
    """Say how one sees that a goal is reached, or what has to stay healthy meanwhile."""
    if goal.is_closed:
        raise Impossible(f"{goal} is closed. Open it again first.")
    result = KeyResult(goal=goal, position=last_position(goal.key_results))
    change(result, FIELDS, fields)
    return history.create(_tidy(result))


@operation(Verb.RESULT_EDIT)
def edit_result(
    result: KeyResult, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> KeyResult:
    """Change a key result or a measure."""
    change(result, FIELDS, changes)
    return history.save(_tidy(result))


def _tidy(result: KeyResult) -> KeyResult:
    """Without what belongs to the other kind, so that nothing stands there that is not shown."""
    if result.is_measure:
        result.start_value = result.target_value = result.due_date = None
    else:
        result.healthy_from = result.healthy_to = None
    return result


@operation(Verb.RESULT_REMOVE)
def remove_result(result: KeyResult, *, actor: Actor, reason: str = "") -> None:
    """Take a key result away with its check-ins; their history stays."""
    if result.contributions.exists():
        raise Impossible(f"Work contributes through {result}. Let it contribute to the goal itself first.")
    for check_in in result.check_ins.order_by("-pk"):
        history.remove(check_in)
    history.remove(result)


@operation(Verb.CHECKIN_RECORD)
def record_check_in(
    result: KeyResult,
    *,
    actor: Actor,
    value: Decimal,
    on_date: date | None = None,
    confidence: int | None = None,
    note: str = "",
) -> CheckIn:
    """Record where a key result stands on a day and how sure its people are."""
    day = on_date or _today()
    check_in = CheckIn(key_result=result, value=value, on_date=day, confidence=confidence, note=note.strip())
    return _enter(check_in, actor)


@operation(Verb.CHECKIN_CORRECT)
def correct_check_in(wrong: CheckIn, *, actor: Actor, reason: str = "", **changes: Any) -> CheckIn:
    """Replace a check-in by a right one; both are kept."""
    if CheckIn.objects.filter(corrects=wrong).exists():
        raise Impossible("This check-in was corrected already. Correct the later one.")
    right = CheckIn(key_result=wrong.key_result, corrects=wrong)
    change(right, ENTRIES, {name: getattr(wrong, name) for name in ENTRIES} | changes)
    return _enter(right, actor)


def _enter(check_in: CheckIn, actor: Actor) -> CheckIn:
    if check_in.on_date > _today():
        raise ValidationError({"on_date": "A check-in tells what is, not what will be; choose today or earlier."})
    check_in.by = actor if isinstance(actor, Person) else None
    return history.create(check_in)


def _today() -> date:
    return timezone.localdate(surrounding().now())
