"""Comparing and merging take the same number of queries for thirty-five projects as for five."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.merging import settled
from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from tests.authorisation.conftest import candidate

pytestmark = pytest.mark.django_db
FIRST = date(2027, 1, 1)
MOST_QUERIES = {"comparison": 32, "difference": 13, "merge": 12, "merging": 36}


def at_odds(golden, name):
    """A scenario that moves every project of the portfolio, each of which the plan of record then moves elsewhere."""
    for project in Project.objects.filter(portfolio=golden.portfolio):
        edit_project(project, actor=MAINSTAY, start_date=FIRST, end_date=FIRST + timedelta(days=200))
    made = create_scenario(golden.portfolio, actor=golden.manager, name=name, starts_on=FIRST, maximise="benefit")
    codes = Project.objects.filter(portfolio=golden.portfolio).values_list("code", flat=True)
    lines = [{"project": code, "is_in": True, "start_date": FIRST + timedelta(days=40)} for code in codes]
    arrange_scenario(made, actor=golden.manager, lines=lines)
    for project in Project.objects.filter(portfolio=golden.portfolio):
        edit_project(project, actor=MAINSTAY, start_date=FIRST + timedelta(days=70))
    return made


def queries_of(client, scenario):
    """The queries of each page and of the merge with every conflict settled."""
    one = f"/authorise/scenarios/{scenario.pk}"
    paths = {
        "comparison": f"/authorise/scenarios/comparison/?scenario={scenario.pk}",
        "difference": f"{one}/difference/",
        "merge": f"{one}/merge/",
    }
    counts, pages = {}, {}
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as captured:
            pages[name] = client.get(path)
        assert pages[name].status_code == 200
        counts[name] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(f"{one}/merge/", settled(pages["merge"].content.decode())).status_code == 302
    return counts | {"merging": len(captured)}


def test_comparing_and_merging_take_as_many_queries_for_35_projects_as_for_5(golden, client):
    client.force_login(golden.manager)
    queries_of(client, at_odds(golden, "First"))  # fills what is kept between requests
    few = queries_of(client, at_odds(golden, "Few"))
    for number in range(30):
        candidate(golden.portfolio, f"M{number:02d}", 10, 10)
    many = queries_of(client, at_odds(golden, "Many"))
    assert many == few
    assert {name: count for name, count in many.items() if count > MOST_QUERIES[name]} == {}
