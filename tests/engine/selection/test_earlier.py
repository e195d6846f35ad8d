"""A plan near an earlier one: as few candidates changed as the asked worth allows."""

import json

import numpy as np
import pytest

from benchmarks.check import check
from benchmarks.generated import portfolio
from mainstay.engine.selection import (
    Choice,
    ProblemError,
    answer_to_dict,
    changed,
    read_chosen,
    read_problem,
    solve,
)
from mainstay.engine.selection.search import hybrid
from tests.engine.selection.brute_force import CLOSE, BruteForce, Tried, ways
from tests.engine.selection.builders import Document, candidate, example, problem
from tests.engine.selection.random_problems import random_problem


def earlier_plan(document: Document, seed: int) -> list[Document]:
    """A choice for some of the candidates, whether or not it holds."""
    draw = np.random.default_rng(seed)
    offered = [ways(each) for each in document["candidates"] if draw.random() < 0.6]
    return [each[int(draw.integers(len(each)))] for each in offered]


def nearest(tried: BruteForce, earlier: list[Document], give_up: float) -> Tried | None:
    """The plan to expect: good enough, fewest changes, most valuable, preferred."""
    best = tried.best()
    if best is None:
        return None
    enough = best.objective - give_up * abs(best.objective) - CLOSE
    plans = [each for each in tried.plans if not each.broken and each.objective >= enough]
    fewest = min(len(changes(earlier, each)) for each in plans)
    near = [each for each in plans if len(changes(earlier, each)) == fewest]
    top = max(each.objective for each in near)
    return min((each for each in near if each.objective >= top - CLOSE), key=lambda each: each.preference)


def changes(earlier: list[Document], plan: Tried) -> set[str]:
    differing = [each for each in earlier if each not in plan.chosen]
    return {each["candidate"] for each in differing + [each for each in plan.chosen if each not in earlier]}


@pytest.mark.parametrize("give_up", [0.0, 0.2])
@pytest.mark.parametrize("searching", [False, True])
def test_the_plan_is_the_nearest_of_all_that_are_worth_enough(
    give_up: float, searching: bool, monkeypatch: pytest.MonkeyPatch
):
    if searching:
        monkeypatch.setattr(hybrid, "WORTH_SEARCHING", 0)
    for seed in range(40 if searching else 100):
        document = random_problem(seed)
        earlier = earlier_plan(document, seed)
        expected = nearest(BruteForce(document), earlier, give_up)
        chosen = [Choice(each["candidate"], each["option"], each["start"]) for each in earlier]
        answer = solve(read_problem(document), earlier=chosen, give_up=give_up)
        if expected is None:
            assert answer.status == "infeasible", seed
            continue
        assert answer_to_dict(answer)["chosen"] == expected.chosen, seed
        assert answer.objective == pytest.approx(expected.objective, abs=1e-9), seed
        assert check(document, answer_to_dict(answer)) == [], seed


def test_among_equally_good_plans_the_earlier_one_stays():
    twins = problem([candidate(each, 5, money=1) for each in "ABC"], money=2)
    assert solve(read_problem(twins)).chosen_ids() == ("A", "B")
    earlier = [Choice("C", "full", 0)]
    assert solve(read_problem(twins), earlier=earlier).chosen_ids() == ("A", "C")


def test_a_share_that_may_be_lost_keeps_what_is_running():
    rivals = problem([candidate("A", 100, money=1), candidate("B", 98, money=1)], money=1)
    running = [Choice("B", "full", 0)]
    assert solve(read_problem(rivals), earlier=running).chosen_ids() == ("A",)
    near = solve(read_problem(rivals), earlier=running, give_up=0.05)
    assert (near.chosen_ids(), near.objective, near.bound, near.status) == (("B",), 98, 100, "optimal")
    assert solve(read_problem(rivals), earlier=running, give_up=0.01).chosen_ids() == ("A",)


def test_choices_that_are_no_longer_offered_are_left_out():
    only = problem([candidate("A", 5, money=1)], money=1)
    gone = [Choice("Z", "full", 0), Choice("A", "other", 0), Choice("A", "full", 3)]
    assert solve(read_problem(only), earlier=gone).chosen_ids() == ("A",)


def test_an_earlier_plan_that_no_longer_fits_is_mended_before_anything_else():
    document = portfolio(120, 4, 8)
    asked = read_problem(json.dumps(document))
    earlier = solve(asked, seconds=3, threads=2, gap=0.02)
    limits = [{**each, "by_period": [0.9 * amount for amount in each["by_period"]]} for each in document["limits"]]
    cut = {**document, "limits": limits}
    answer = solve(read_problem(cut), seconds=4, threads=2, gap=0.02, earlier=earlier.chosen, give_up=0.02)
    assert check(cut, answer_to_dict(answer)) == []
    fresh = solve(read_problem(cut), seconds=4, threads=2, gap=0.02)
    assert len(changed(earlier.chosen, answer.chosen)) <= len(changed(earlier.chosen, fresh.chosen))


@pytest.mark.parametrize("give_up", [-0.1, 1.0])
def test_a_share_that_makes_no_sense_is_refused(give_up: float):
    with pytest.raises(ValueError, match="give_up"):
        solve(read_problem(example("budget-only")), earlier=(), give_up=give_up)


def test_what_is_chosen_is_read_from_an_answer():
    answer = solve(read_problem(example("five-projects")))
    assert read_chosen(json.dumps(answer_to_dict(answer))) == answer.chosen
    assert changed(answer.chosen, answer.chosen) == ()


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("{", r"\$: is not JSON"),
        ({"format": "mainstay-plan/1", "chosen": []}, r"\$\.format"),
        ({"format": "mainstay-plan-answer/1"}, r'\$: "chosen" is missing'),
        (
            {"format": "mainstay-plan-answer/1", "chosen": [{"candidate": "A"}]},
            r'\$\.chosen\[0\]: "option" is missing',
        ),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(source: str | Document, place: str):
    with pytest.raises(ProblemError, match=place):
        read_chosen(source)
