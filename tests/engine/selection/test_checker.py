"""The independent checker finds what is wrong with an answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.check import check, main
from mainstay.engine.selection import answer_to_dict, read_problem, solve
from tests.engine.selection.builders import example

Document = dict[str, Any]


@pytest.fixture
def right() -> Document:
    return answer_to_dict(solve(read_problem(example("every-rule"))))


def with_choices(answer: Document, *choices: tuple[str, str, int]) -> Document:
    chosen = [{"candidate": name, "option": option, "start": start} for name, option, start in choices]
    return {**answer, "chosen": chosen, "objective": 0, "bound": None, "limits": []}


def complaints(answer: Document) -> list[str]:
    return [each for each in check(example("every-rule"), answer) if not each.startswith("objective")]


def test_a_right_answer_holds(right: Document):
    assert check(example("every-rule"), right) == []


def test_a_wrong_objective_is_found(right: Document):
    assert check(example("every-rule"), {**right, "objective": 96.5, "bound": 97}) == [
        "objective: the answer says 96.5, the choices give 96.0"
    ]


def test_a_bound_below_the_objective_is_found(right: Document):
    assert check(example("every-rule"), {**right, "bound": 95}) == ["bound: 95 is below the objective 96.0"]


def test_a_wrong_use_is_found(right: Document):
    right["limits"][0]["used"] = 300
    assert check(example("every-rule"), right) == ["limit money: the answer says 300 used, it is 310.0"]


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ([("A", "full", 0), ("A", "full", 1)], ["candidate A: chosen twice"]),
        ([("A", "half", 0)], ["candidate A: no such option and start"]),
        ([("A", "full", 3)], ["candidate A: no such option and start"]),
        ([], ["forcing A: must be in"]),
        ([("A", "full", 0), ("C", "full", 2), ("G", "full", 0)], ["forcing G: must be out"]),
        (
            [("A", "full", 0), ("D", "full", 0), ("F", "full", 0)],
            [
                "limit first half: exceeded",
                "rule twins: all_or_none is broken",
                "rule keep the lights on: share is broken",
            ],
        ),
        ([("A", "reduced", 0), ("B", "full", 0)], ["rule then roll out: finish_to_start is broken"]),
        ([("A", "full", 0), ("C", "full", 2), ("D", "full", 2)], ["rule one supplier: at_most_one is broken"]),
        ([("D", "full", 0), ("B", "full", 2)], ["forcing A: must be in", "rule platform first: requires is broken"]),
        (
            [("A", "full", 2), ("C", "full", 2), ("E", "full", 2), ("F", "full", 2)],
            ["limit analysts: exceeded"],
        ),
    ],
)
def test_what_a_plan_breaks_is_named(right: Document, choices: list[tuple[str, str, int]], found: list[str]):
    assert complaints(with_choices(right, *choices)) == found


def test_the_command_tells_by_its_exit_code(tmp_path: Path, right: Document, capsys: pytest.CaptureFixture[str]):
    problem, answer = tmp_path / "problem.json", tmp_path / "answer.json"
    problem.write_text(json.dumps(example("every-rule")))
    answer.write_text(json.dumps(right))
    assert main([str(problem), str(answer)]) == 0
    answer.write_text(json.dumps({**right, "objective": 1}))
    assert main([str(problem), str(answer)]) == 1
    assert main([str(problem)]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "holds: optimal, objective 96, 5 chosen",
        "objective: the answer says 1, the choices give 96.0",
    ]
