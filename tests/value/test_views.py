"""The pages about currencies."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.value.models import Currency, ExchangeRate
from mainstay.value.operations import add_currency, set_rate


@pytest.fixture
def euro(world):
    return add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")


@pytest.fixture
def as_administrator(client, world):
    client.force_login(world.administrator)
    return client


def test_the_list_says_which_currency_has_no_rate(as_administrator, euro):
    page = as_administrator.get("/value/currencies/").content.decode()
    assert "EUR has none yet, so sums leave it out and say so." in page


def test_a_currency_is_added_and_its_page_opens(as_administrator):
    answer = as_administrator.post("/value/currencies/", {"code": "pln", "name": "Złoty", "decimals": "2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/value/currencies/PLN/")
    assert Currency.objects.get().name == "Złoty"


def test_a_currency_is_not_added_twice(as_administrator, euro):
    answer = as_administrator.post("/value/currencies/", {"code": "eur", "name": "Euro", "decimals": "2"})
    assert answer.status_code == 422
    assert "EUR is here already." in answer.content.decode()
    assert Currency.objects.count() == 1


def test_a_rate_is_set_and_shown(as_administrator, euro):
    as_administrator.post("/value/currencies/EUR/", {"date": "2026-03-31", "rate": "0.8655"})
    assert ExchangeRate.objects.get().rate == Decimal("0.8655")
    page = as_administrator.get("/value/currencies/EUR/").content.decode()
    assert "1 EUR has been worth 0.8655 GBP since" in page


def test_a_rate_of_nothing_answers_with_the_form(as_administrator, euro):
    answer = as_administrator.post("/value/currencies/EUR/", {"date": "2026-03-31", "rate": "0"})
    assert answer.status_code == 422
    assert "A rate is more than nothing" in answer.content.decode()
    assert ExchangeRate.objects.count() == 0


def test_somebody_who_may_not_set_rates_sees_no_form_and_is_refused(client, world, euro):
    client.force_login(world.project_manager)
    assert "Set rate" not in client.get("/value/currencies/EUR/").content.decode()
    answer = client.post("/value/currencies/EUR/", {"date": "2026-03-31", "rate": "1"})
    assert (answer.status_code, ExchangeRate.objects.count()) == (403, 0)


def test_a_stranger_finds_nothing(client, world, euro):
    client.force_login(world.stranger)
    assert client.get("/value/currencies/").status_code == 404
    assert client.get("/value/currencies/EUR/").status_code == 404


def test_an_unknown_currency_is_not_found(as_administrator):
    assert as_administrator.get("/value/currencies/XXX/").status_code == 404


def test_a_past_day_shows_no_form(as_administrator, euro):
    set_rate(euro, actor=MAINSTAY, date=date(2026, 1, 1), rate=Decimal("0.8"))
    page = as_administrator.get("/value/currencies/?as_of=2020-01-01").content.decode()
    assert "One currency so far" in page
    assert "Add a currency" not in page
