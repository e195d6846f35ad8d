"""Real city elections: the plan with the most votes within the budget, proven."""

from pathlib import Path

import pytest

from benchmarks.check import check
from benchmarks.elections import elections
from mainstay.engine.selection import answer_to_dict, read_problem, solve


def test_every_election_is_solved_to_its_proven_optimum(shared_data: Path):
    folder = shared_data / "pabulib"
    if not (folder / "index.csv").is_file():
        pytest.skip("the city elections are not among the shared data sets")
    found = elections(folder)
    assert len(found) == 12
    for election in found:
        answer = solve(read_problem(election.problem))
        assert (answer.status, answer.gap) == ("optimal", 0), election.name
        assert answer.objective == election.most_votes, election.name
        assert check(election.problem, answer_to_dict(answer)) == [], election.name
