"""Which goal helps which: links without circles."""

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.strategy.models import Cause, Goal


@operation(Verb.CAUSE_LINK)
def link_cause(source: Goal, *, actor: Actor, target: Goal, note: str = "") -> Cause:
    """Say that reaching one goal helps to reach another."""
    if not Goal.objects.visible_to(actor).filter(pk=target.pk).exists():
        raise ValidationError({"target": "There is no such goal, or it is not open to you."})
    # Everybody who links goals holds the first goal of all, so that two links cannot close a circle together.
    Goal.objects.order_by("pk").select_for_update(of=("self",)).first()
    if source.pk == target.pk:
        raise ValidationError({"target": "A goal does not help itself."})
    if _leads(target, source):
        told = f"{target} already helps {source}, perhaps over others; this link would close a circle."
        raise ValidationError({"target": told})
    return history.create(Cause(source=source, target=target, note=note.strip()))


@operation(Verb.CAUSE_UNLINK)
def unlink_cause(cause: Cause, *, actor: Actor, reason: str = "") -> None:
    """Take a link between goals away."""
    history.remove(cause)


def _leads(start: Goal, end: Goal) -> bool:
    """Whether one goal helps another over any number of steps."""
    seen, front = set[int](), {start.pk}
    while front:
        if end.pk in front:
            return True
        seen |= front
        front = set(Cause.objects.filter(source__in=front).values_list("target", flat=True)) - seen
    return False
