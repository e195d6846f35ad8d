"""A list costs the same number of queries however many rows there are and wherever the page lies."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import propose_project
from tests.api.conftest import program_of

MOST_QUERIES = {
    "/projects": 3,
    "/projects?sort=-cost,name&portfolio=NET&health_in=green,amber": 5,
    "/projects?count=true&q=pipe": 4,
    "/projects/PUMPS": 3,
    "/portfolios": 4,
    "/portfolios/NET/figures": 8,
    "/milestones": 3,
    "/events": 4,
    "/people": 3,
}


def queries_of(program, path):
    """The number of queries a request takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = program.get(path)
        count = len(captured)
    assert answer.status_code == 200, answer.data
    return count


def more_projects(world, count):
    """So many more projects, each with a milestone."""
    for number in range(count):
        project = propose_project(world.networks, actor=MAINSTAY, name=f"Pipe {number}", cost=number)
        add_milestone(project, actor=MAINSTAY, name="Laid", due_date="2026-05-01")


@pytest.fixture
def program(world):
    """The program of the portfolio manager."""
    return program_of(world.portfolio_manager)


def test_a_list_takes_as_many_queries_at_200_rows_as_at_10(program, world):
    more_projects(world, 8)
    few = {path: queries_of(program, path) for path in MOST_QUERIES}
    more_projects(world, 190)
    many = {path: queries_of(program, path) for path in MOST_QUERIES}
    assert few == many
    assert {path: count for path, count in few.items() if count > MOST_QUERIES[path]} == {}


def test_the_last_page_takes_as_many_queries_as_the_first(program, world):
    more_projects(world, 12)
    address, counts = "/projects?limit=5&sort=-cost", []
    while address:
        counts.append(queries_of(program, address))
        address = program.get(address).data["next"]
    assert counts == [3, 3, 3]
