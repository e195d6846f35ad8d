"""Budget and forecast typed into a sheet, several fiscal years apart, by treatment, cost type and fund."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.core.errors import Stale
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import MoneyLine
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money, money_state
from mainstay.value.operations import create_fund
from tests.monitoring.money.conftest import APRIL, MARCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas(books):
    """Jonas, who runs the pumps, at the screen."""
    client = Client()
    client.force_login(books.world.project_manager)
    return client


@pytest.fixture
def mei(books):
    """Mei, who keeps the books, at the screen."""
    client = Client()
    client.force_login(books.mei)
    return client


def send(client, year, lines, kind="budget", **more):
    address = reverse("project_money_edit", args=["PUMPS"]) + f"?kind={kind}&from={year}-01"
    return client.post(address, {"money": json.dumps({"lines": lines} | more)})


def test_lines_are_typed_for_two_years_by_treatment_cost_type_and_fund(books, mei):
    create_fund(books.world.networks, actor=MAINSTAY, key="renewal", name="Renewal fund")
    create_fund(books.world.secret, actor=MAINSTAY, key="hidden", name="Hidden fund")
    cells = {"treatment": "capex", "cost_type": "equipment", "fund": "renewal", "2026-03": "1,200.50"}
    assert send(mei, 2026, [{"key": "new-1", "cells": cells}]).status_code == 302
    stored = MoneyLine.objects.get()
    assert (stored.treatment, stored.fund.key, stored.amount) == ("capex", "renewal", Decimal("1200.50"))
    key = f"capex-equipment-{stored.fund_id}"
    assert send(mei, 2027, [{"key": key, "cells": {"2027-05": "30"}}]).status_code == 302
    amounts = dict(MoneyLine.objects.values_list("month", "amount"))
    assert amounts == {MARCH: Decimal("1200.50"), date(2027, 5, 1): Decimal(30)}
    refused = send(mei, 2026, [{"key": "new-1", "cells": cells | {"fund": "hidden"}}])
    assert refused.status_code == 422
    assert MoneyLine.objects.count() == 2


def test_a_line_that_goes_leaves_the_other_years_alone(books, jonas):
    for month in (MARCH, date(2027, 5, 1)):
        books.enter("10", month, kind="budget")
    assert send(jonas, 2026, [], gone=["opex-other-0"]).status_code == 302
    assert list(MoneyLine.objects.values_list("month", flat=True)) == [date(2027, 5, 1)]


def test_two_lines_of_one_kind_are_refused_with_what_was_typed(books, jonas):
    lines = [{"key": f"new-{place}", "cells": {"treatment": "opex", "2026-03": f"{place}7"}} for place in (1, 2)]
    answer = send(jonas, 2026, lines)
    assert answer.status_code == 422
    assert b"Two lines have the same treatment" in answer.content
    assert b"27" in answer.content
    assert not MoneyLine.objects.exists()


def test_who_saves_second_is_told_and_nothing_is_lost(books):
    books.enter("10")
    before = money_state(books.world.pumps)
    books.enter("20")
    entry = MoneyEntry("forecast", APRIL, Decimal(1))
    with pytest.raises(Stale) as stale:
        enter_money(books.world.pumps, actor=MAINSTAY, entries=[entry], expected_state=before)
    assert stale.value.changes[0].who == str(books.mei)
    assert MoneyLine.objects.get().amount == 20


def test_the_pages_show_the_money_and_lead_to_its_lines(books, jonas, mei):
    books.enter("1000", kind="budget")
    books.book()
    page = jonas.get(reverse("project_money", args=["PUMPS"])).content.decode()
    assert "GBP 2,650 of GBP 1,000 are spent" in page
    assert "What exchange rates did" in page
    lines = jonas.get(reverse("project_postings", args=["PUMPS"]) + "?month=2026-03").content.decode()
    assert "L-2" in lines
    assert "L-5" not in lines
    assert jonas.get(reverse("project_money", args=["METERS"])).status_code == 404
    assert jonas.get(reverse("portfolio_money", args=["NET"])).status_code == 404
    assert "METERS" in mei.get(reverse("portfolio_money", args=["NET"])).content.decode()
    assert "GBP 2,650" in mei.get(reverse("money")).content.decode()
    exported = b"".join(mei.get(reverse("money_export", args=["NET", "csv"])).streaming_content).decode()
    assert "PUMPS,Replace the pumps,2026-03-01,GBP,1000.00,0.00,2700.10,0.00,-1700.10" in exported
