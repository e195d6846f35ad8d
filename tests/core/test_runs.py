"""Long work: queued, reported, cancelled, retried, and never lost with its worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.core import runs
from mainstay.core.errors import Impossible, Missing, Unreadable
from mainstay.core.models import Event, Pulse, Run, RunState
from mainstay.core.operations.runs import cancel_run, retry_run, start_run
from mainstay.core.runs import Reporter, job
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from tests.world import World


@job("test_rename")
def rename(reporter: Reporter, *, code: str, name: str) -> dict[str, Any]:
    reporter.progress(0.5, "Half way", found=1)
    reporter.say(f"Renaming {code}")
    edit_project(Project.objects.get(code=code), actor=reporter.actor, name=name)
    return {"name": name}


@job("test_fail")
def fail(reporter: Reporter) -> dict[str, Any]:
    raise ZeroDivisionError("secret detail")


def start(world: World, kind: str = "test_rename", **parameters: Any) -> Run:
    return start_run(None, actor=world.project_manager, kind=kind, title="Rename", parameters=parameters)


def test_a_run_does_its_work_in_the_name_of_its_person(world: World) -> None:
    run = start(world, code="PUMPS", name="Pumps, renamed")
    assert run.state == RunState.QUEUED
    assert runs.work_off() == 1
    run.refresh_from_db()
    assert (run.state, run.share_done, run.result, run.figures) == (
        "succeeded",
        1.0,
        {"name": "Pumps, renamed"},
        {"found": 1},
    )
    assert "Renaming PUMPS" in run.log
    event = Event.objects.filter(verb="project.edit").first()
    assert (event.who, event.channel, event.run_id) == ("Jonas Weber", "job", run.pk)
    assert Pulse.objects.filter(noun="run", row_id=run.pk, person_id=run.person_id).count() >= 3


def test_a_run_may_do_only_what_its_person_may(world: World) -> None:
    run = start(world, code="DEPOT", name="Mine")
    runs.work_off()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert Project.objects.get(code="DEPOT").name == "New depot"


def test_an_unexpected_failure_is_told_without_its_secrets(world: World) -> None:
    run = start(world, "test_fail")
    runs.work_off()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "ZeroDivisionError" in run.step
    assert "secret detail" not in run.log + run.step


def test_a_cancelled_run_that_waits_never_starts_and_can_be_done_again(world: World) -> None:
    run = start(world, code="PUMPS", name="Never")
    cancel_run(run, actor=world.project_manager)
    assert runs.work_off() == 0
    assert Project.objects.get(code="PUMPS").name == "Replace the pumps"
    retry_run(run, actor=world.project_manager)
    runs.work_off()
    assert Project.objects.get(code="PUMPS").name == "Never"
    with pytest.raises(Impossible):
        retry_run(run, actor=world.project_manager)


def test_a_running_run_stops_at_its_next_report(world: World) -> None:
    run = start(world, code="PUMPS", name="Never")
    Run.objects.filter(pk=run.pk).update(cancel_asked=True)
    runs.work_off()
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert Project.objects.get(code="PUMPS").name == "Replace the pumps"


def test_runs_of_others_do_not_exist(world: World) -> None:
    run = start(world, code="PUMPS", name="Never")
    with pytest.raises(Missing):
        cancel_run(run, actor=world.director)
    assert not Run.objects.visible_to(world.director).exists()
    assert Run.objects.get(pk=run.pk).cancel_asked is False


def test_an_unknown_job_is_refused(world: World) -> None:
    with pytest.raises(Unreadable):
        start(world, "nonsense")
    assert not Run.objects.exists()


def test_what_a_dead_worker_left_is_taken_up_again_and_fails_after_three_attempts(world: World) -> None:
    run = start(world, code="PUMPS", name="Renamed")
    for attempt, state in ((1, "queued"), (2, "queued"), (2, "failed")):
        long_ago = timezone.now() - timedelta(minutes=5)
        Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, heartbeat_at=long_ago)
        assert runs.reap() == 1
        run.refresh_from_db()
        assert (run.attempts, run.state) == (attempt, state)
    assert Project.objects.get(code="PUMPS").name == "Replace the pumps"


def test_a_living_run_is_left_alone(world: World) -> None:
    run = start(world, code="PUMPS", name="Renamed")
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, heartbeat_at=timezone.now())
    assert runs.reap() == 0
