"""Funds and envelopes: who opens them, what they may hold, and their pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.setup import open_year
from mainstay.value.models import Envelope, Fund
from mainstay.value.operations import create_fund, edit_fund, set_envelope


@pytest.fixture
def year(world):
    """The fiscal year 2027."""
    return open_year(None, actor=MAINSTAY, name="2027", start_date=date(2027, 1, 1), end_date=date(2027, 12, 31))


@pytest.fixture
def fund(world):
    """A fund of Networks that finance opened."""
    return create_fund(world.networks, actor=world.controller, key="growth", name=" Growth ")


def test_a_fund_takes_the_currency_of_its_portfolio(world, fund):
    assert (fund.name, fund.currency, fund.portfolio) == ("Growth", "GBP", world.networks)


def test_only_those_with_the_right_open_and_change_a_fund(world, fund):
    for person, refusal in ((world.portfolio_manager, Forbidden), (world.stranger, Missing)):
        with pytest.raises(refusal):
            create_fund(world.networks, actor=person, key="mine", name="Mine")
        with pytest.raises(refusal):
            edit_fund(fund, actor=person, name="Mine")
    assert list(Fund.objects.values_list("name", "version")) == [("Growth", 1)]


def test_the_currency_and_the_portfolio_of_a_fund_stay(world, fund):
    with pytest.raises(ValidationError, match="These cannot be changed here: currency"):
        edit_fund(fund, actor=world.controller, currency="EUR")
    assert Fund.objects.get().version == 1


def test_an_edit_of_an_old_version_is_refused(world, fund):
    edit_fund(fund, actor=world.controller, note="First", expected_version=1)
    with pytest.raises(Stale):
        edit_fund(fund, actor=world.controller, note="Second", expected_version=1)
    assert Fund.objects.get().note == "First"


def test_the_same_year_again_corrects_the_envelope(world, fund, year):
    set_envelope(fund, actor=world.controller, year=year, amount=Decimal(100))
    set_envelope(fund, actor=world.controller, year=year, amount=Decimal(150), held_back=Decimal(50))
    assert list(Envelope.objects.values_list("amount", "held_back", "version")) == [(150, 50, 2)]


def test_more_held_back_than_there_is_is_refused(world, fund, year):
    with pytest.raises(ValidationError, match="More is held back than the envelope holds"):
        set_envelope(fund, actor=world.controller, year=year, amount=Decimal(100), held_back=Decimal(101))
    assert Envelope.objects.count() == 0


def test_the_envelope_of_a_closed_year_stays(world, fund, year):
    year.is_closed = True
    year.save()
    with pytest.raises(Impossible, match="2027 is closed"):
        set_envelope(fund, actor=world.controller, year=year, amount=Decimal(100))
    assert Envelope.objects.count() == 0


def test_the_pages_open_a_fund_and_set_its_envelope(world, year, client):
    client.force_login(world.controller)
    terms = {
        "portfolio": "NET",
        "key": "growth",
        "name": "Growth",
        "nature": "any",
        "currency": "GBP",
        "is_open": "on",
    }
    assert client.post("/value/funds/new/", terms).status_code == 302
    sent = {"year": year.pk, "amount": "100", "held_back": "101"}
    answer = client.post("/value/funds/growth/envelope/", sent)
    assert (answer.status_code, Envelope.objects.count()) == (422, 0)
    assert b"More is held back than the envelope holds." in answer.content
    answer = client.post("/value/funds/growth/envelope/", sent | {"held_back": ""})
    assert (answer.status_code, Envelope.objects.get().amount) == (302, 100)


def test_a_list_of_funds_takes_the_same_questions_for_one_and_for_many(
    world, year, client, django_assert_max_num_queries
):
    for number in range(12):
        made = create_fund(world.networks, actor=MAINSTAY, key=f"f{number}", name=f"Fund {number}")
        set_envelope(made, actor=MAINSTAY, year=year, amount=Decimal(100))
    client.force_login(world.controller)
    client.get("/authorise/funds/")
    with django_assert_max_num_queries(20):
        answer = client.get("/authorise/funds/")
    assert answer.content.count(b'data-label="Available"') == 12
