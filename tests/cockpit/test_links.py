"""Every figure opens exactly the records it counts."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from mainstay.cockpit.charts import Charts
from mainstay.cockpit.places import rows_of
from mainstay.cockpit.queries.dashboard import facts_of
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.queries import ProjectFilter, Reading

CHARTS = ("stages", "health", "confidence", "themes", "ends")


def counted(url, person):
    query = QueryDict(urlsplit(url).query)
    return ProjectFilter.read(query, Reading(person), {"as_of"}).apply().count()


@pytest.fixture
def lively(world, bring):
    bring(world.pumps, "active", health="red", confidence="amber_red")
    bring(world.meters, "closed")
    edit_project(world.depot, actor=MAINSTAY, theme="", end_date="2027-02-01")
    return world


@pytest.mark.parametrize("chart", CHARTS)
def test_every_mark_opens_as_many_projects_as_it_counts(lively, chart):
    facts = facts_of(lively.top, lively.sponsor, None)
    rows = getattr(Charts(facts, "GBP", Links("NM")), chart)().rows
    assert rows
    assert [counted(row["url"], lively.sponsor) for row in rows] == [row["count"] for row in rows]


def test_every_place_below_opens_as_many_projects_as_it_counts(lively):
    facts = facts_of(lively.top, lively.sponsor, None)
    rows = rows_of(facts, "GBP", Links("NM"))
    assert [(row.name, row.count, row.troubled) for row in rows] == [("Networks", 2, 1), ("Smart network", 1, 1)]
    assert [counted(row.records_url, lively.sponsor) for row in rows] == [2, 1]
    assert [counted(row.troubled_url, lively.sponsor) for row in rows] == [1, 1]


def test_links_keep_the_as_of_date():
    links = Links("NM", "2026-03-31")
    assert parse_qs(urlsplit(links.records("committed", health=("amber", "red"))).query) == {
        "portfolio": ["NM"],
        "phase": ["committed"],
        "health": ["amber,red"],
        "as_of": ["2026-03-31"],
    }
    assert links.project("PUMPS") == "/projects/PUMPS/?as_of=2026-03-31"
    assert links.place("programme", "SMART") == "/programmes/SMART/?as_of=2026-03-31"
    assert Links("NM").place("portfolio", "NET") == "/portfolios/NET/"


def test_an_empty_text_asks_for_none_given():
    assert Links("NM").records(theme="") == "/projects/?portfolio=NM&theme=none"
