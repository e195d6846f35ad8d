"""Sums of money are converted exactly, at the rate of the date, and never at a rate nobody gave."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.value.models import Currency
from mainstay.value.operations import add_currency, set_rate
from mainstay.value.queries import rates_on, with_latest_rate

DAY = date(2026, 3, 31)


@pytest.fixture
def euro(db):
    euro = add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
    set_rate(euro, actor=MAINSTAY, date=date(2026, 1, 1), rate=Decimal("0.80"))
    set_rate(euro, actor=MAINSTAY, date=date(2026, 3, 1), rate=Decimal("0.85"))
    return euro


def test_a_sum_is_converted_at_the_latest_rate_before_the_date(euro):
    sums = {"GBP": Decimal("100.00"), "EUR": Decimal("10.01")}
    assert rates_on(DAY).convert(sums, "GBP").amount == Decimal("108.51")
    assert rates_on(date(2026, 2, 28)).convert(sums, "GBP").amount == Decimal("108.01")


def test_a_sum_is_converted_into_a_currency_that_is_not_the_base(euro):
    dollar = add_currency(None, actor=MAINSTAY, code="USD", name="Dollar")
    set_rate(dollar, actor=MAINSTAY, date=DAY, rate=Decimal("0.68"))
    converted = rates_on(DAY).convert({"USD": Decimal(5), "EUR": Decimal(4)}, "EUR")
    assert (converted.amount, converted.currency, converted.is_whole) == (Decimal("8.00"), "EUR", True)


def test_a_currency_without_a_rate_is_named_and_left_out(euro):
    converted = rates_on(DAY).convert({"GBP": Decimal(7), "PLN": Decimal(9), "USD": Decimal(0)}, "GBP")
    assert converted.amount == Decimal("7.00")
    assert converted.left_out == {"PLN": Decimal(9)}
    assert converted.missing == ("PLN",)


def test_a_rate_of_a_later_date_is_not_used(euro):
    converted = rates_on(date(2025, 12, 31)).convert({"EUR": Decimal(10)}, "GBP")
    assert (converted.amount, converted.missing) == (Decimal("0.00"), ("EUR",))


def test_a_sum_in_the_wanted_currency_needs_no_rate(db):
    assert rates_on(DAY).convert({"PLN": Decimal("4986682")}, "PLN").amount == Decimal("4986682.00")


def test_a_sum_has_the_decimal_places_of_its_currency(euro):
    yen = add_currency(None, actor=MAINSTAY, code="JPY", name="Yen", decimals=0)
    set_rate(yen, actor=MAINSTAY, date=DAY, rate=Decimal("0.005"))
    assert str(rates_on(DAY).convert({"GBP": Decimal("1.23")}, "JPY").amount) == "246"


def test_a_rate_is_used_as_it_was_known_at_the_moment(db):
    yesterday = timezone.now() - timedelta(days=1)
    with acting(at=yesterday - timedelta(days=1)):
        euro = add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
        set_rate(euro, actor=MAINSTAY, date=DAY, rate=Decimal("0.90"))
    set_rate(euro, actor=MAINSTAY, date=DAY, rate=Decimal("0.80"))
    ten = {"EUR": Decimal(10)}
    assert rates_on(DAY).convert(ten, "GBP").amount == Decimal("8.00")
    assert rates_on(DAY, as_of=yesterday).convert(ten, "GBP").amount == Decimal("9.00")
    assert [row.latest_rate for row in with_latest_rate(yesterday)] == [Decimal("0.90")]


def test_the_list_shows_the_latest_rate_of_each_currency(euro):
    add_currency(None, actor=MAINSTAY, code="PLN", name="Złoty")
    rows = [(row.code, row.latest_rate, row.latest_date) for row in with_latest_rate()]
    assert rows == [("EUR", Decimal("0.85"), date(2026, 3, 1)), ("PLN", None, None)]
    assert Currency.objects.count() == 2
