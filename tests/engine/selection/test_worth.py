"""What more of a limit is worth, equal to solving every increase anew by trying out every plan."""

import pytest

from mainstay.engine.selection import marginal_worth, read_problem
from tests.engine.selection.brute_force import BruteForce, Document
from tests.engine.selection.builders import candidate, problem
from tests.engine.selection.random_problems import random_problem


def increased(document: Document, limits: tuple[str, ...], step: float) -> Document:
    """The problem with some limits increased, in every period."""
    return {**document, "limits": [more(each, step) if each["id"] in limits else each for each in document["limits"]]}


def more(limit: Document, step: float) -> Document:
    if "by_period" in limit:
        return {**limit, "by_period": [each + step for each in limit["by_period"]]}
    return {**limit, "total": limit["total"] + step}


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_singles_and_pairs_equal_trying_out_every_plan(first: int):
    for seed in range(first, first + 10):
        document = random_problem(seed)
        best = BruteForce(document).best()
        worths = marginal_worth(read_problem(document), step=2, pairs=True)
        if best is None:
            assert worths == (), seed
            continue
        assert [each.limits for each in worths] == [("money",), ("people",), ("money", "people")]
        for each in worths:
            expected = BruteForce(increased(document, each.limits, 2)).best()
            assert (each.proven, each.step) == (True, 2)
            assert each.worth == pytest.approx(expected.objective - best.objective, abs=1e-9), (seed, each.limits)


def test_a_limit_with_room_is_worth_nothing_more():
    document = problem([candidate("A", 5, money=1, hours=2)], money=9, hours=1)
    worths = marginal_worth(read_problem(document))
    assert [(each.limits, each.worth, each.proven) for each in worths] == [
        (("money",), 0, True),
        (("hours",), 5, True),
    ]
