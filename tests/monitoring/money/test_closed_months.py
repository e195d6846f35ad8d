"""A closed month: no page, no program, no import, no sheet and no rule changes its money."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import ClosedPeriod, LedgerLine, LedgerRule, MoneyLine
from mainstay.monitoring.money.operations.entering import MoneyEntry, close_period, enter_money, reopen_period
from mainstay.monitoring.money.operations.ledger import match_ledger
from mainstay.monitoring.money.queries import is_closed
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.projects import edit_project, move_project
from mainstay.portfolio.operations.tree import create_portfolio, move_portfolio
from tests.monitoring.money.conftest import APRIL, FILE, HEADER, MARCH

pytestmark = pytest.mark.django_db


def typed(march, april):
    """What the sheet sends."""
    return {"money": json.dumps({"lines": [{"key": "opex-other-0", "cells": {"2026-03": march, "2026-04": april}}]})}


@pytest.fixture
def closed(books):
    """March is closed; the pumps have a forecast in March and April, and two lines wait for their project."""
    books.enter("100")
    books.enter("200", APRIL)
    books.book()
    LedgerLine.objects.filter(external_key="L-4").update(month=MARCH)
    close_period(books.world.networks, actor=books.mei, month=MARCH, note="Quarter")
    return books


@pytest.fixture
def screen(closed):
    """Mei at the screen."""
    client = Client()
    client.force_login(closed.mei)
    return client


def stands(books):
    """What must not have moved."""
    amounts = dict(MoneyLine.objects.values_list("month", "amount"))
    return amounts == {MARCH: Decimal(100), APRIL: Decimal(200)} and LedgerLine.objects.count() == 6


def test_a_month_is_closed_for_everything_below_and_for_nothing_beside(closed):
    assert is_closed(closed.world.networks, MARCH)
    assert is_closed(closed.world.pumps, MARCH)
    assert not is_closed(closed.world.pumps, APRIL)
    assert not is_closed(closed.world.depot, MARCH)
    with pytest.raises(Impossible, match="closed already"):
        close_period(closed.world.networks, actor=closed.mei, month=MARCH)


def test_the_operation_refuses_the_closed_month_and_keeps_the_open_one_too(closed):
    entries = [MoneyEntry("forecast", MARCH, Decimal(150)), MoneyEntry("forecast", APRIL, Decimal(250))]
    with pytest.raises(Impossible, match="March 2026 is closed; nothing was changed"):
        enter_money(closed.world.pumps, actor=closed.mei, entries=entries)
    with pytest.raises(Impossible):
        closed.enter("0")
    assert stands(closed)
    assert closed.enter("100") == 0
    assert closed.enter("250", APRIL) == 1


def test_the_sheet_refuses_it_and_keeps_what_was_typed(closed, screen):
    address = reverse("project_money_edit", args=["PUMPS"]) + "?kind=forecast&from=2026-01"
    answer = screen.post(address, typed("150.00", "250.00"))
    assert answer.status_code == 409
    assert b"March 2026 is closed; nothing was changed." in answer.content
    assert b"150.00" in answer.content
    assert stands(closed)
    assert screen.post(address, typed("100.00", "250.00")).status_code == 302
    assert MoneyLine.objects.get(month=APRIL).amount == Decimal(250)


def test_the_api_refuses_it(closed, screen):
    body = {"entries": [{"kind": "budget", "month": "2026-03-01", "amount": "1.00"}]}
    answer = screen.post("/api/v1/projects/PUMPS/money", body, content_type="application/json")
    assert answer.status_code == 409
    assert stands(closed)


def test_an_import_refuses_it_by_row_on_page_and_api(closed, screen):
    late = f"{HEADER}\nL-7,2026-05-30,5.00,GBP,PUMPS,,,,,,\nL-8,2026-03-30,5.00,GBP,PUMPS,,,,,,\n"
    plan = closed.book(late)
    (problem,) = plan.problems
    assert (problem.row, problem.column, problem.message) == (
        3,
        "Date",
        "March 2026 is closed for Replace the pumps.",
    )
    file = SimpleUploadedFile("late.csv", late.encode())
    answer = screen.post("/api/v1/portfolios/NET/ledger", {"source": "Ledger", "file": file})
    assert answer.status_code == 422
    file = SimpleUploadedFile("late.csv", late.encode())
    check = screen.post(reverse("ledger", args=["NET"]), {"source": "Ledger", "file": file}).url
    assert b"March 2026 is closed" in screen.get(check).content
    assert screen.post(check).status_code == 422
    assert stands(closed)
    assert closed.book(FILE).known == 6


def test_a_rule_moves_nothing_into_it(closed, screen):
    terms = {"source": "Ledger", "field": "cost_centre", "text": "CC-3", "project": closed.world.pumps}
    with pytest.raises(Impossible, match="March 2026 is closed"):
        match_ledger(closed.world.networks, actor=closed.mei, **terms)
    answer = screen.post(reverse("ledger_match", args=["NET"]), terms | {"project": "PUMPS"})
    assert answer.status_code == 409
    body = terms | {"project": "PUMPS"}
    assert (
        screen.post("/api/v1/portfolios/NET/ledger/rules", body, content_type="application/json").status_code == 409
    )
    assert LedgerLine.objects.get(external_key="L-4").project is None
    assert not LedgerRule.objects.exists()


def test_it_opens_again_for_a_reason_that_is_kept(closed):
    period = ClosedPeriod.objects.get()
    with pytest.raises(ValidationError):
        reopen_period(period, actor=closed.mei, reason=" ")
    with pytest.raises(Forbidden):
        reopen_period(period, actor=closed.world.portfolio_manager, reason="I want to")
    assert is_closed(closed.world.pumps, MARCH)
    reopen_period(period, actor=closed.mei, reason="An invoice was booked twice")
    event = Event.objects.latest("id")
    assert (event.verb, event.reason) == ("period.reopen", "An invoice was booked twice")
    assert closed.enter("150") == 1


def test_a_month_that_has_not_begun_is_not_closed(books):
    with pytest.raises(ValidationError, match="once it has begun"):
        close_period(books.world.networks, actor=books.mei, month=MARCH.replace(year=2099))
    assert not ClosedPeriod.objects.exists()


def test_work_with_money_in_a_closed_month_stays_where_that_month_was_closed(closed):
    world, pumps = closed.world, closed.world.pumps
    with pytest.raises(Impossible, match="March 2026 is closed where it lies, with money of Replace the pumps"):
        move_project(pumps, actor=MAINSTAY, portfolio=world.top)
    assert Project.objects.get(code="PUMPS").portfolio == world.networks
    within = create_portfolio(world.networks, actor=MAINSTAY, name="Pumping", code="PUMP")
    move_project(Project.objects.get(code="PUMPS"), actor=MAINSTAY, portfolio=within)
    with pytest.raises(Impossible, match="March 2026 is closed where it lies, with money of Pumping"):
        move_portfolio(Portfolio.objects.get(code="PUMP"), actor=MAINSTAY, parent=world.top)
    assert Project.objects.get(code="PUMPS").path.startswith(world.networks.path)
    move_portfolio(Portfolio.objects.get(code="NET"), actor=MAINSTAY, parent=None)
    reopen_period(ClosedPeriod.objects.get(), actor=MAINSTAY, reason="A late bill")
    move_project(Project.objects.get(code="PUMPS"), actor=MAINSTAY, portfolio=world.top)


def test_nothing_with_money_moves_into_a_closed_month(closed):
    closed.enter("70", project=closed.world.depot)
    with pytest.raises(Impossible, match="March 2026 is closed where it would lie"):
        move_project(closed.world.depot, actor=MAINSTAY, portfolio=closed.world.networks)
    assert Project.objects.get(code="DEPOT").portfolio == closed.world.top


def test_the_money_of_a_closed_month_stays_in_its_currency(closed):
    with pytest.raises(Impossible, match="March 2026 is closed; the money of Replace the pumps stays in GBP"):
        edit_project(closed.world.pumps, actor=MAINSTAY, currency="EUR")
    assert Project.objects.get(code="PUMPS").currency == "GBP"
    edit_project(closed.world.depot, actor=MAINSTAY, currency="EUR")
