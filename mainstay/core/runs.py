"""Long work: one run row, progress by page push, log, cancel, retry, heartbeat and reaper.

A room registers a job; `start_run` queues it; any worker on the database takes it up. The work itself writes
through operations like everybody else.
"""

import logging
import socket
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection
from django.tasks import task
from django.utils import timezone

from mainstay.core.daily import do_what_is_due
from mainstay.core.errors import Refusal
from mainstay.core.models import Channel, Pulse, Run, RunState
from mainstay.core.surrounding import acting

WRITE_EVERY = 0.2
BEAT_EVERY = 5.0
DEAD_AFTER = timedelta(seconds=45)
MOST_ATTEMPTS = 3
KEEP_PULSES = timedelta(hours=6)
LONGEST_LOG = 100_000
log = logging.getLogger("mainstay.runs")


class Cancelled(Exception):
    """Somebody asked for the work to stop; what was reached by then may be kept as its result."""

    def __init__(self, said: str = "Cancelled.", result: dict[str, Any] | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.result = result or {}


@dataclass(frozen=True)
class Job:
    """A kind of long work."""

    kind: str
    work: Callable[..., dict[str, Any]]


_jobs: dict[str, Job] = {}


def job(kind: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., dict[str, Any]]]:
    """Register long work: a function of a reporter and the run's parameters that gives its result."""

    def register(work: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        _jobs[kind] = Job(kind, work)
        return work

    return register


def knows(kind: str) -> bool:
    """Whether such a job is registered."""
    return kind in _jobs


class Reporter:
    """What a job tells about its progress; asking it also finds out whether to stop."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.actor = run.person
        self._written = 0.0
        self._figures: dict[str, Any] = {}

    def progress(self, share_done: float, step: str = "", **figures: Any) -> None:
        """Say how far it is; written at most every 0.2 s. Raises Cancelled when somebody asked to stop."""
        self._figures |= figures
        if time.monotonic() - self._written < WRITE_EVERY:
            return
        self._written = time.monotonic()
        share = min(max(share_done, 0.0), 1.0)
        _write(self.run, share_done=share, step=step[:200], figures=self._figures)
        if self.is_cancelled():
            raise Cancelled

    def say(self, text: str) -> None:
        """Add a line to the log."""
        stamp = timezone.localtime().strftime("%H:%M:%S")
        self.run.log = f"{self.run.log}{stamp} {text}\n"[-LONGEST_LOG:]
        _write(self.run, log=self.run.log)

    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return Run.objects.filter(pk=self.run.pk, cancel_asked=True).exists()


def _write(run: Run, **values: Any) -> None:
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now(), **values)
    announce(run)


def announce(run: Run) -> None:
    """Tell open pages of the person that the run moved."""
    Pulse.objects.create(noun="run", row_id=run.pk, person_id=run.person_id)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('mainstay', '')")


@task
def execute(run_id: int) -> None:
    """Take up a queued run; one that was cancelled or taken by another worker is left alone."""
    now = timezone.now()
    taken = Run.objects.filter(pk=run_id, state=RunState.QUEUED).update(
        state=RunState.RUNNING, started_at=now, heartbeat_at=now, worker=worker_name()
    )
    if not taken:
        return
    run = Run.objects.select_related("person").get(pk=run_id)
    announce(run)
    with _beating(run):
        _finish(run, *_outcome(run))


def _outcome(run: Run) -> tuple[str, dict[str, Any], str]:
    """Do the work; gives the state it ends in, the result, and a line for the log."""
    if run.kind not in _jobs:
        return RunState.FAILED, {}, f"Nobody knows how to do {run.kind}."
    try:
        with acting(Channel.JOB, run_id=run.pk):
            return RunState.SUCCEEDED, _jobs[run.kind].work(Reporter(run), **run.parameters), "Done."
    except Cancelled as stop:
        return RunState.CANCELLED, stop.result, stop.said
    except Refusal as refusal:
        return RunState.FAILED, {}, refusal.message
    except ValidationError as error:
        return RunState.FAILED, {}, " ".join(error.messages)
    except Exception as error:
        log.exception("Run %s failed", run.pk)
        place = traceback.extract_tb(error.__traceback__)[-1]
        return RunState.FAILED, {}, f"It failed unexpectedly: {type(error).__name__} in {place.name}."


def _finish(run: Run, state: str, result: dict[str, Any], line: str) -> None:
    known = Run.objects.get(pk=run.pk)
    share = 1.0 if state == RunState.SUCCEEDED else known.share_done
    stamp = timezone.localtime().strftime("%H:%M:%S")
    _write(
        run,
        state=state,
        result=result,
        step=line[:200],
        share_done=share,
        log=f"{known.log}{stamp} {line}\n",
        finished_at=timezone.now(),
    )


def worker_name() -> str:
    """The host and thread that does the work."""
    return f"{socket.gethostname()[:40]}/{threading.get_ident() % 100000}"


class _beating:  # noqa: N801  (reads as a word in `with`)
    """Keep the run's heartbeat fresh from a thread of its own while the work is busy elsewhere."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        if not connection.in_atomic_block:
            self.thread.start()

    def __exit__(self, *error: object) -> None:
        self.over.set()
        if self.thread.is_alive():
            self.thread.join()

    def _beat(self) -> None:
        while not self.over.wait(BEAT_EVERY):
            try:
                Run.objects.filter(pk=self.run.pk).update(heartbeat_at=timezone.now())
            except Exception:
                log.warning("No heartbeat for run %s", self.run.pk, exc_info=True)
        connection.close()


def reap() -> int:
    """Take up again what a dead worker left, or fail it visibly after three attempts; gives their number."""
    silent = Run.objects.filter(state=RunState.RUNNING, heartbeat_at__lt=timezone.now() - DEAD_AFTER)
    reaped = 0
    for run in silent:
        reaped += _reap(run)
    Pulse.objects.filter(at__lt=timezone.now() - KEEP_PULSES).delete()
    return reaped


def _reap(run: Run) -> int:
    mine = Run.objects.filter(pk=run.pk, state=RunState.RUNNING, heartbeat_at=run.heartbeat_at)
    if run.attempts + 1 >= MOST_ATTEMPTS or run.cancel_asked:
        state = RunState.CANCELLED if run.cancel_asked else RunState.FAILED
        ended = mine.update(state=state, step="Its worker stopped answering.", finished_at=timezone.now())
        if ended:
            announce(run)
        return ended
    again = mine.update(state=RunState.QUEUED, attempts=run.attempts + 1, step="Taken up again.")
    if again:
        execute.enqueue(run.pk)
        announce(run)
    return again


def work_forever(*, interval: float = 0.5, stop: threading.Event | None = None) -> None:
    """Be a worker until told to stop: take up queued runs, reap what dead workers left, do the work of the day."""
    from django_tasks_db.management.commands.db_worker import Worker

    stop = stop or threading.Event()
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:30]}-{threading.get_ident()}",
        excluded_queue_names=[],
    )
    watcher = threading.Thread(target=_watch, args=(stop, worker), daemon=True)
    watcher.start()
    worker.run()
    watcher.join(timeout=2)


def _watch(stop: threading.Event, worker: Any) -> None:
    while not stop.wait(DEAD_AFTER.total_seconds() / 3):
        try:
            close_old_connections()
            reap()
            do_what_is_due()
        except Exception:
            log.warning("The watch could not work", exc_info=True)
    worker.running = False
    connection.close()


def work_off() -> int:
    """Do everything that is queued now and return; for commands and tests. Gives the number of runs."""
    done = 0
    while (run := Run.objects.filter(state=RunState.QUEUED).order_by("pk").first()) is not None:
        execute.func(run.pk)
        done += 1
    return done
