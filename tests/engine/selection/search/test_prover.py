"""The proof in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.program import Program
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.pipes import received, send
from mainstay.engine.selection.search.prover import Prover

EXAMPLE = Path(__file__).resolve().parents[4] / "docs" / "examples" / "five-projects.json"


class _Grab(Exception):
    """Carries a program out of the planner."""


class _Grabbing:
    name = "nobody"

    def maximise(self, program: Program, effort: Effort, first: object = None) -> object:
        raise _Grab(program)


@pytest.fixture(scope="module")
def program() -> Program:
    with pytest.raises(_Grab) as grabbed:
        find_optimum(read_problem(EXAMPLE.read_text()), _Grabbing(), Effort(5))  # type: ignore[arg-type]
    found: Program = grabbed.value.args[0]
    return found


def test_what_the_other_process_finds_and_proves_reaches_the_incumbent(program: Program) -> None:
    incumbent = Incumbent(program)
    ended = Prover(program, incumbent).prove(Effort(60))
    assert ended is not None
    assert ended.status == "optimal"
    assert ended.objective == pytest.approx(89)
    assert incumbent.worth * program.unit == pytest.approx(89)


def test_an_effort_that_is_over_ends_the_other_process_without_an_answer(program: Program) -> None:
    assert Prover(program, Incumbent(program)).prove(Effort(60, cancelled=lambda: True)) is None


def test_the_other_process_ends_when_nobody_listens_any_more(program: Program) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mainstay.engine.selection.search.proving"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    assert process.wait(60) is not None
    process.stdout.close()


def test_a_message_arrives_as_it_was_sent_and_a_closed_pipe_says_nothing() -> None:
    read, write = os.pipe()
    with os.fdopen(read, "rb") as ear, os.fdopen(write, "wb") as mouth:
        send(mouth, np.array([1.0, 0.0]))
        assert received(ear).tolist() == [1.0, 0.0]
        mouth.close()
        assert received(ear) is None


def test_sending_to_somebody_who_has_gone_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb", buffering=0) as mouth:
        send(mouth, 1.0)
