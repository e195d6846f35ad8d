"""A run in pieces: shared out, taken up again when a worker falls silent, failed visibly, cancelled."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.core import pieces, runs
from mainstay.core.models import Piece, PieceState, Run, RunState
from mainstay.core.operations.runs import start_run
from mainstay.core.pieces import help_out, piece_work, share_out
from mainstay.core.runs import Reporter, job
from tests.world import World

DONE_BY: list[tuple[str, int]] = []


@piece_work("test_square")
def square(stop: Any, number: int) -> dict[str, Any]:
    """The square; the first piece brings a helper along."""
    if number == 0 and not DONE_BY:
        DONE_BY.append(("run", number))
        help_out.func(Piece.objects.get(number=0).run_id, "test_square")
        return {"square": 0}
    DONE_BY.append(("piece", number))
    return {"square": number * number}


@piece_work("test_break")
def broken(stop: Any, number: int) -> dict[str, Any]:
    raise ZeroDivisionError("secret detail")


@piece_work("test_stopped")
def stopped(stop: Any, number: int) -> dict[str, Any]:
    run = Piece.objects.first().run
    Run.objects.filter(pk=run.pk).update(cancel_asked=True)
    while not stop():
        pass
    return {"square": -1}


@job("test_pieces")
def in_pieces(reporter: Reporter, *, kind: str, count: int) -> dict[str, Any]:
    tasks = [{"number": number} for number in range(count)]
    found = share_out(reporter, kind, tasks, lambda done: f"{done} of {count}")
    return {"squares": [each["square"] for each in found]}


@pytest.fixture(autouse=True)
def nobody_did_anything() -> None:
    """Forget who did what."""
    DONE_BY.clear()


def start(world: World, kind: str = "test_square", count: int = 4) -> Run:
    parameters = {"kind": kind, "count": count}
    return start_run(None, actor=world.project_manager, kind="test_pieces", title="Squares", parameters=parameters)


def test_a_run_gives_the_results_of_all_pieces_in_their_order_whoever_did_them(world: World) -> None:
    run = start(world)
    runs.work_off()
    run.refresh_from_db()
    assert (run.state, run.result) == ("succeeded", {"squares": [0, 1, 4, 9]})
    assert DONE_BY == [("run", 0), ("piece", 1), ("piece", 2), ("piece", 3)]


def test_a_piece_that_fails_fails_the_run_with_a_reason_and_without_secrets(world: World) -> None:
    run = start(world, "test_break")
    runs.work_off()
    run.refresh_from_db()
    assert (run.state, run.step) == ("failed", "A part of the work failed: ZeroDivisionError.")
    assert "secret detail" not in run.log
    assert not Piece.objects.filter(run=run, state=PieceState.WAITING).exists()


def test_a_cancelled_run_stops_the_piece_in_work_and_keeps_nothing_of_it(world: World) -> None:
    run = start(world, "test_stopped", 2)
    runs.work_off()
    run.refresh_from_db()
    assert (run.state, run.result) == ("cancelled", {})
    assert not Piece.objects.filter(run=run, state=PieceState.DONE).exists()


def _laid_out(world: World, **values: Any) -> Run:
    """A run whose only piece was taken by a worker."""
    run = start(world, count=1)
    values = {"state": PieceState.TAKEN, "worker": "gone", "heartbeat_at": timezone.now()} | values
    Piece.objects.create(run=run, number=0, task={"number": 0}, **values)
    return run


def test_a_piece_of_a_killed_worker_is_taken_up_again(world: World) -> None:
    run = _laid_out(world, heartbeat_at=timezone.now() - timedelta(minutes=5))
    pieces._take_back(run)
    piece = Piece.objects.get()
    assert (piece.state, piece.attempts, piece.worker) == (PieceState.WAITING, 1, "")


def test_a_piece_whose_worker_answers_is_left_alone(world: World) -> None:
    run = _laid_out(world)
    pieces._take_back(run)
    assert Piece.objects.get().state == PieceState.TAKEN


def test_a_piece_lost_three_times_fails_and_says_so(world: World) -> None:
    run = _laid_out(world, heartbeat_at=timezone.now() - timedelta(minutes=5), attempts=2)
    pieces._take_back(run)
    piece = Piece.objects.get()
    assert piece.state == PieceState.FAILED
    assert piece.result["why"].startswith("A part of the work was lost three times")


def test_a_run_taken_up_again_keeps_what_is_done(world: World) -> None:
    run = start(world, count=3)
    Piece.objects.create(run=run, number=1, task={"number": 1}, state=PieceState.DONE, result={"square": 77})
    runs.work_off()
    run.refresh_from_db()
    assert run.result == {"squares": [0, 77, 4]}
    assert ("piece", 1) not in DONE_BY


def test_who_lost_a_piece_to_another_does_not_overwrite_its_result(world: World) -> None:
    _laid_out(world)
    piece = Piece.objects.get()
    Piece.objects.update(worker="another", state=PieceState.DONE, result={"square": 5})
    pieces._settle(piece, PieceState.DONE, {"square": 6})
    assert Piece.objects.get().result == {"square": 5}


def test_help_for_a_run_that_is_over_does_nothing(world: World) -> None:
    run = _laid_out(world, state=PieceState.WAITING, worker="")
    Run.objects.filter(pk=run.pk).update(state=RunState.SUCCEEDED)
    help_out.func(run.pk, "test_square")
    assert (Piece.objects.get().state, DONE_BY) == (PieceState.WAITING, [])
