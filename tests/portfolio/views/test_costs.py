"""What a page costs does not grow with what it shows."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.operations.tree import create_portfolio, create_programme


def fill(world, times):
    """More of everything the pages of the register show."""
    for number in range(times):
        below = create_portfolio(world.networks, actor=MAINSTAY, name=f"Area {times}-{number}")
        create_programme(below, actor=MAINSTAY, name=f"Programme {times}-{number}")
        person = create_person(None, actor=MAINSTAY, username=f"p{times}{number}", name=f"Person {times}-{number}")
        project = propose_project(
            world.networks, actor=MAINSTAY, name=f"Project {number}", programme=world.programme, owner=person
        )
        add_dependency(world.pumps, actor=MAINSTAY, needs=project)
        add_member(world.pumps, actor=MAINSTAY, person=person, role=Role.SPONSOR)
        add_milestone(world.pumps, actor=MAINSTAY, name=f"M{number}", due_date=date(2027, 1, 1) + timedelta(number))
        edit_project(world.pumps, actor=MAINSTAY, owner=person)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/projects/?group=owner", 15),
        ("/portfolios/", 10),
        ("/programmes/SMART/", 14),
        ("/projects/PUMPS/", 15),
        ("/projects/PUMPS/history/", 12),
        ("/inventory/filters/", 14),
    ],
)
def test_the_number_of_queries_stays(world, client, address, expected):
    client.force_login(world.director)

    def queries():
        client.get("/profile/")
        cache.clear()
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    fill(world, 2)
    few = queries()
    fill(world, 9)
    assert (few, queries()) == (expected, expected)
