"""Starting, cancelling and retrying long work."""

from typing import Any

from django.utils import timezone

from mainstay.core import history, runs
from mainstay.core.errors import Impossible, Missing, Unreadable
from mainstay.core.models import Run, RunState
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb


@operation(Verb.RUN_START)
def start_run(subject: None, *, actor: Actor, kind: str, title: str, parameters: dict[str, Any]) -> Run:
    """Queue long work; what it changes is done in the person's name with their rights."""
    if not runs.knows(kind):
        raise Unreadable(f"There is no job {kind}.")
    run = history.create(Run(kind=kind, title=title[:200], person=actor, parameters=parameters))
    runs.execute.enqueue(run.pk)
    return run


@operation(Verb.RUN_CANCEL)
def cancel_run(run: Run, *, actor: Actor) -> Run:
    """Ask for the work to stop; what is still waiting never starts."""
    _own(run, actor)
    if run.is_over:
        raise Impossible("It is over already.")
    run.cancel_asked = True
    if run.state == RunState.QUEUED:
        run.state, run.finished_at, run.step = RunState.CANCELLED, timezone.now(), "Cancelled before it began."
    return history.save(run)


@operation(Verb.RUN_RETRY)
def retry_run(run: Run, *, actor: Actor) -> Run:
    """Do failed or cancelled work again with the same parameters."""
    _own(run, actor)
    if run.state not in {RunState.FAILED, RunState.CANCELLED}:
        raise Impossible("Only failed or cancelled work can be done again.")
    run.state, run.cancel_asked, run.attempts, run.share_done = RunState.QUEUED, False, 0, 0.0
    run.step, run.finished_at, run.heartbeat_at = "Waiting to be done again.", None, None
    history.save(run)
    runs.execute.enqueue(run.pk)
    return run


def _own(run: Run, actor: Actor) -> None:
    if run.person_id != actor.pk:
        raise Missing("There is no such run.")
