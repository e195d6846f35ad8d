"""Who may add currencies and set rates, and which rates are refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.value.models import Currency, ExchangeRate
from mainstay.value.operations import add_currency, set_rate
from tests.world import World

DAY = date(2026, 3, 31)


@pytest.fixture
def euro(world: World) -> Currency:
    return add_currency(None, actor=MAINSTAY, code=" eur", name="Euro ")


def test_the_code_is_kept_in_capitals(euro):
    assert (euro.code, euro.name, euro.decimals) == ("EUR", "Euro", 2)


def test_finance_for_the_whole_instance_sets_a_rate(world, euro):
    set_rate(euro, actor=world.administrator, date=DAY, rate=Decimal("0.85"))
    event = Event.objects.first()
    assert (event.verb, event.who, event.noun) == ("rate.set", "Ada Admin", "exchange rate")


def test_the_same_date_again_corrects_the_rate(euro):
    set_rate(euro, actor=MAINSTAY, date=DAY, rate=Decimal("0.85"))
    set_rate(euro, actor=MAINSTAY, date=DAY, rate=Decimal("0.86"))
    rate = ExchangeRate.objects.get()
    assert (rate.rate, rate.version) == (Decimal("0.86"), 2)


def test_a_project_manager_may_not_set_rates(world, euro):
    with pytest.raises(Forbidden):
        set_rate(euro, actor=world.project_manager, date=DAY, rate=Decimal(1))
    with pytest.raises(Forbidden):
        add_currency(None, actor=world.project_manager, code="USD", name="Dollar")
    assert (Currency.objects.count(), ExchangeRate.objects.count()) == (1, 0)


@pytest.mark.parametrize("rate", ["0", "-1", "1000000000", "0.12345678901"])
def test_a_rate_that_makes_no_sense_is_refused(euro, rate):
    with pytest.raises(ValidationError) as refused:
        set_rate(euro, actor=MAINSTAY, date=DAY, rate=Decimal(rate))
    assert list(refused.value.message_dict) == ["rate"]
    assert ExchangeRate.objects.count() == 0


def test_the_base_currency_has_no_rate(db):
    pound = add_currency(None, actor=MAINSTAY, code="GBP", name="Pound sterling")
    with pytest.raises(ValidationError, match="GBP is the base currency"):
        set_rate(pound, actor=MAINSTAY, date=DAY, rate=Decimal(2))
    assert ExchangeRate.objects.count() == 0


@pytest.mark.parametrize("code", ["EU", "EURO", "E1R", ""])
def test_a_code_has_three_letters(db, code):
    with pytest.raises(ValidationError):
        add_currency(None, actor=MAINSTAY, code=code, name="Something")
    assert Currency.objects.count() == 0
