"""The benchmark gives other solvers the same problem, and counts only what the independent check confirms."""

import pytest

from benchmarks import contenders, families
from benchmarks.contenders import run
from benchmarks.formulation import formulate
from benchmarks.generated import portfolio
from benchmarks.selection import main
from tests.engine.selection.builders import example


@pytest.mark.parametrize("family", ["typical", "tight", "scarce"])
def test_the_plain_formulation_says_the_same_problem(family: str):
    problem = portfolio(15, 3, 6, family)
    ours, plain = (run(name, problem, 60, 1) for name in ("mainstay", "highs"))
    assert (ours.gap, plain.gap) == (0.0, 0.0)
    assert ours.objective == pytest.approx(plain.objective, abs=1e-6)


def test_orders_and_totals_are_in_the_plain_formulation():
    problem = example("five-projects")
    order = {"id": "r", "kind": "finish_to_start", "before": "A", "after": "B", "lag": 0}
    needs = {"id": "n", "kind": "requires", "candidate": "B", "needs": "A"}
    problem["rules"] = [order, needs]
    ours, plain = (run(name, problem, 60, 1) for name in ("mainstay", "highs"))
    assert (ours.objective, ours.complaint) == (plain.objective, plain.complaint)


def test_a_rule_that_is_not_in_the_plain_formulation_is_refused():
    with pytest.raises(ValueError, match="overload"):
        formulate(example("every-rule"))


def test_an_answer_that_is_not_confirmed_does_not_count(monkeypatch: pytest.MonkeyPatch):
    problem = portfolio(15, 3, 6)
    everything = [{"candidate": each["id"], "option": "full", "start": -1} for each in problem["candidates"]]
    cheat = {"cheat": lambda *_: contenders.Found(everything[:1], 10.0)}
    monkeypatch.setattr(contenders, "CONTENDERS", cheat)
    outcome = run("cheat", problem, 1, 1)
    assert (outcome.objective, outcome.gap) == (None, None)
    assert outcome.complaint == f"candidate {problem['candidates'][0]['id']}: no such option and start"


def test_a_table_of_one_family_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(families, "SIZES", ((12, 3, 6),))
    assert main(["--family", "typical", "--instances", "1", "--contender", "mainstay", "--seconds", "20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "| typical | mainstay |"
    assert lines[4].startswith("| typical 12 x 3 x 6, 0 | proven, ")
    assert lines[5] == "| mean | 0.000% |"


def test_data_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str], tmp_path):
    assert main(["--family", "ppssp", "--data", str(tmp_path), "--contender", "mainstay"]) == 0
    assert capsys.readouterr().err == f"ppssp is left out: its data are not in {tmp_path}\n"
