"""A run in pieces: independent parts that any worker on the database takes up, while the run waits for all.

The worker of the run does pieces too, so that one worker alone finishes it. A piece whose worker fell silent is
taken up again, at most three times; then the run fails with the reason.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F
from django.tasks import task
from django.utils import timezone

from mainstay.core.errors import Impossible
from mainstay.core.models import Piece, PieceState, Run, RunState
from mainstay.core.runs import DEAD_AFTER, MOST_ATTEMPTS, Cancelled, Reporter, worker_name

MOST_HELPERS = 15
LOOK_EVERY = 0.25
log = logging.getLogger("mainstay.pieces")

Stop = Callable[[], bool]
Work = Callable[..., dict[str, Any]]
_works: dict[str, Work] = {}


def piece_work(kind: str) -> Callable[[Work], Work]:
    """Register how a piece is done: a function of `stop` (ask it often) and the piece's task; gives its result."""

    def register(work: Work) -> Work:
        _works[kind] = work
        return work

    return register


def share_out(
    reporter: Reporter, kind: str, tasks: Sequence[dict[str, Any]], told: Callable[[int], str]
) -> list[dict[str, Any]]:
    """Have all tasks done by whoever is free, and give their results in order.

    `told` says in words how far it is after so many. What an earlier attempt of the run has done stays done.
    Raises Cancelled when somebody asked to stop, and Impossible when a piece could not be done.
    """
    run = reporter.run
    _lay_out(run, tasks)
    for _ in range(min(len(tasks) - 1, MOST_HELPERS)):
        help_out.enqueue(run.pk, kind)
    try:
        while (left := _left(run)) > 0:
            done = len(tasks) - left
            reporter.progress(done / len(tasks), told(done))
            if not _do_next(run, kind, lambda done=done: _report(reporter, done / len(tasks), told(done))):
                time.sleep(LOOK_EVERY)
                _take_back(run)
    finally:
        Piece.objects.filter(run=run, state=PieceState.WAITING).delete()
    return [piece.result for piece in Piece.objects.filter(run=run)]


@task
def help_out(run_id: int, kind: str) -> None:
    """Do pieces of somebody else's run until none is left or it is over."""
    while (run := Run.objects.filter(pk=run_id, state=RunState.RUNNING, cancel_asked=False).first()) is not None:
        if not _do_next(run, kind, lambda: None):
            return


def _report(reporter: Reporter, share: float, step: str) -> None:
    reporter.progress(share, step)


def _lay_out(run: Run, tasks: Sequence[dict[str, Any]]) -> None:
    """One row for each task; rows of an earlier attempt at the same tasks stay, what was taken waits again."""
    known = {piece.number: piece.task for piece in Piece.objects.filter(run=run)}
    if any(number >= len(tasks) or given != tasks[number] for number, given in known.items()):
        Piece.objects.filter(run=run).delete()
        known = {}
    Piece.objects.filter(run=run, state=PieceState.FAILED).update(state=PieceState.WAITING, attempts=0)
    Piece.objects.filter(run=run, state=PieceState.TAKEN).update(state=PieceState.WAITING)
    Piece.objects.bulk_create(
        Piece(run=run, number=number, task=given) for number, given in enumerate(tasks) if number not in known
    )


def _left(run: Run) -> int:
    """How many pieces are not done; refused when one failed."""
    failed = Piece.objects.filter(run=run, state=PieceState.FAILED).first()
    if failed is not None:
        raise Impossible(failed.result["why"])
    return Piece.objects.filter(run=run).exclude(state=PieceState.DONE).count()


def _do_next(run: Run, kind: str, report: Callable[[], None]) -> bool:
    """Take the next waiting piece and do it; whether there was one."""
    piece = _taken(run)
    if piece is None:
        return False
    alive = _Alive(piece, report)
    try:
        result = _works[kind](alive.should_stop, **piece.task)
    except Cancelled:
        _settle(piece, PieceState.WAITING, None)
        raise
    except Exception as error:
        log.exception("Piece %s of run %s failed", piece.number, run.pk)
        _settle(piece, PieceState.FAILED, {"why": f"A part of the work failed: {type(error).__name__}."})
        return True
    _settle(piece, PieceState.WAITING if alive.was_stopped else PieceState.DONE, result)
    return not alive.was_stopped


def _taken(run: Run) -> Piece | None:
    """A piece that nobody else has; two workers that reach for one get it once."""
    waiting = Piece.objects.filter(run=run, state=PieceState.WAITING).order_by("number")
    while (piece := waiting.first()) is not None:
        values = {"state": PieceState.TAKEN, "worker": worker_name(), "heartbeat_at": timezone.now()}
        if Piece.objects.filter(pk=piece.pk, state=PieceState.WAITING).update(**values):
            piece.refresh_from_db()
            return piece
    return None


def _settle(piece: Piece, state: str, result: dict[str, Any] | None) -> None:
    """Keep what came out, unless the piece was given to somebody else meanwhile."""
    mine = Piece.objects.filter(pk=piece.pk, state=PieceState.TAKEN, worker=piece.worker)
    mine.update(state=state, result=result)


def _take_back(run: Run) -> None:
    """Let pieces wait again whose worker fell silent; three times at most."""
    silent = Piece.objects.filter(run=run, state=PieceState.TAKEN, heartbeat_at__lt=timezone.now() - DEAD_AFTER)
    why = {"why": "A part of the work was lost three times: its workers stopped answering."}
    silent.filter(attempts__gte=MOST_ATTEMPTS - 1).update(state=PieceState.FAILED, result=why)
    silent.update(state=PieceState.WAITING, attempts=F("attempts") + 1, worker="")


class _Alive:
    """Keeps a piece's heartbeat fresh while its work asks whether to stop, and knows when the run is over."""

    def __init__(self, piece: Piece, report: Callable[[], None]) -> None:
        self.piece = piece
        self.report = report
        self.was_stopped = False
        self._looked_at = time.monotonic()

    def should_stop(self) -> bool:
        """Whether the run was cancelled, is over, or gave the piece to somebody else."""
        if not self.was_stopped and time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._looked_at = time.monotonic()
            self.report()
            self.was_stopped = not self._is_wanted()
        return self.was_stopped

    def _is_wanted(self) -> bool:
        mine = Piece.objects.filter(pk=self.piece.pk, state=PieceState.TAKEN, worker=self.piece.worker)
        wanted = mine.filter(run__state=RunState.RUNNING, run__cancel_asked=False)
        return bool(wanted.exists() and mine.update(heartbeat_at=timezone.now()))
