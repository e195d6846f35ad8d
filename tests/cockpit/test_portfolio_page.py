"""The page of a portfolio."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.tree import create_portfolio


def test_the_page_shows_sentence_figures_charts_and_what_lies_below(see):
    page = see("grace", "/portfolios/NM/")
    assert "3 projects for GBP 2.4m; none is committed yet." in page
    assert page.count("<m-chart") == 5
    assert "/projects/?portfolio=NET&amp;phase=pipeline%2Ccommitted%2Cfinished" in page
    assert {"project", "portfolio", "exchangerate"} <= set(page.split('data-live="')[1].split('"')[0].split())


def test_htmx_gets_the_body_alone(see):
    page = see("grace", "/portfolios/NM/", hx_request="true")
    assert page.lstrip().startswith('<div id="dashboard"')
    assert 'id="part-figures"' in page
    assert "<html" not in page


def test_a_portfolio_out_of_reach_is_not_found(client, world):
    client.force_login(world.sponsor)
    assert client.get("/portfolios/UND/").status_code == 404
    client.force_login(world.stranger)
    assert client.get("/portfolios/NM/").status_code == 404
    assert client.get("/portfolios/NOWHERE/").status_code == 404


def test_a_visitor_is_sent_to_sign_in(client, world):
    answer = client.get("/portfolios/NM/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/portfolios/NM/")


def test_no_figure_of_a_hidden_case_is_anywhere_in_the_page(see, world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("7654321.00"), benefit=Decimal("8765432.00"))
    page = see("tom", "/portfolios/NM/")
    assert "Not open to you" in page
    assert not [trace for trace in ("7654321", "7.7m", "8765432", "8.8m", "7,654,321") if trace in page]
    assert "7654321" in see("grace", "/portfolios/NM/")


def test_a_past_date_shows_what_was_known_and_offers_no_change(see, world):
    for model in (type(world.top), type(world.depot)):
        model.Version.objects.update(known_from=timezone.now() - timedelta(days=3))
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(9_400_000))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    page = see("ada", f"/portfolios/NM/?as_of={yesterday}")
    assert "GBP 2.4m" in page
    assert "GBP 11.4m" not in page
    assert "Propose a project" not in page
    assert f"as_of={yesterday}" in page


def test_before_it_was_opened_a_portfolio_is_not_found(client, world):
    client.force_login(world.sponsor)
    assert client.get("/portfolios/NM/?as_of=2020-01-01").status_code == 404


def test_an_empty_portfolio_teaches_the_next_step(see, world):
    create_portfolio(world.top, actor=MAINSTAY, name="Fresh", code="FRESH")
    assert "Propose the first one, or import the list you keep today" in see("ada", "/portfolios/FRESH/")
    assert "Projects appear here once somebody proposes them" in see("mei", "/portfolios/FRESH/")


def test_the_way_up_names_only_what_may_be_seen(see):
    page = see("amara", "/portfolios/NET/")
    assert "Northmoor" not in page
    assert 'href="/portfolios/NM/"' in see("grace", "/portfolios/NET/")
