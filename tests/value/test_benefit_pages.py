"""The pages of benefits: golden realisation to the same date, recording by the owner, verifying by finance."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after, month_number
from mainstay.portfolio.queries.reading import Reading
from mainstay.value.benefits.register import Register
from mainstay.value.models import Benefit, BenefitReading
from mainstay.value.operations import Read, add_benefit, record_readings, set_needs

pytestmark = pytest.mark.django_db


@pytest.fixture
def saving(world):
    """100 a month for a year, from three months ago; the sponsor answers for it, 60 % is due to the pumps."""
    first = month_after(timezone.localdate(), -3)
    return add_benefit(
        world.pumps, actor=MAINSTAY, owner=world.sponsor, name="Less power", target=Decimal(1200),
        first_month=first, attribution=Decimal("0.6"), measure="Energy bill",
    )  # fmt: skip


def read(benefit, *amounts):
    """Readings of the first months."""
    told = [Read(month_after(benefit.first_month, at), Decimal(one), "Bill") for at, one in enumerate(amounts)]
    record_readings(benefit, actor=MAINSTAY, readings=told)


def test_the_rate_is_that_to_the_same_date_and_never_against_all_years(world, saving):
    read(saving, 150, 100)
    found = Register(Reading(world.controller), "GBP")
    assert (found.planned, found.came, found.rate) == (300, 150, 0.75)
    assert found.unmeasured == 0


def test_what_was_never_read_is_listed_apart_and_not_counted_as_nothing(world, saving):
    read(saving, 150, 100, 100)
    first = month_after(timezone.localdate(), -2)
    add_benefit(world.meters, actor=MAINSTAY, name="Fewer visits", target=Decimal(2400), first_month=first)
    found = Register(Reading(world.controller), "GBP")
    assert (found.rate, found.unmeasured, found.unmeasured_money) == (0.7, 1, 400)
    assert [found.lines(found.places)[0].badge[1]] == ["Not measured"]


def test_a_disadvantage_counts_below_zero_and_other_units_are_in_no_sum(world, saving):
    read(saving, 150)
    first = saving.first_month
    worse = add_benefit(
        world.pumps, actor=MAINSTAY, name="More noise", target=Decimal(120), first_month=first, is_disbenefit=True
    )
    read(worse, 20)
    other = {"kind": "customer", "measure": "Answers", "unit": "points"}
    add_benefit(world.pumps, actor=MAINSTAY, name="Content", target=Decimal(12), first_month=first, **other)
    found = Register(Reading(world.controller), "GBP")
    assert (found.planned, found.came) == (300 - 30, 90 - 20)
    assert round(found.rate, 4) == round(70 / 90, 4)


def test_its_owner_records_in_the_page_and_finance_verifies(world, saving, client):
    client.force_login(world.sponsor)
    address, month = f"/value/benefits/{saving.pk}/", f"{saving.first_month:%Y-%m}"
    sent = {"month": month, "amount": "90", "evidence": "", "confidence": "high"}
    answer = client.post(f"{address}readings/", sent)
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()
    assert not BenefitReading.objects.exists()
    assert client.post(f"{address}readings/", sent | {"evidence": "Bill of the month"}).status_code == 302
    assert client.post(f"{address}verification/", {"month": saving.first_month.isoformat()}).status_code == 403
    client.force_login(world.controller)
    assert "Verify what is ticked" in client.get(address).content.decode()
    assert client.post(f"{address}verification/", {"month": saving.first_month.isoformat()}).status_code == 302
    page = client.get(address).content.decode()
    assert "54% of what was planned for the months read came" in page
    assert "Verified" in page


def test_it_is_written_down_in_the_page_and_a_wrong_share_stands_beside_its_field(world, client):
    client.force_login(world.portfolio_manager)
    sent = {
        "name": "Less power", "kind": "cashable", "target": "1200", "profile": "ramp", "first_month": "2026-01",
        "waiting": "0", "months": "12", "attribution": "160",
    }  # fmt: skip
    wrong = client.post("/value/projects/PUMPS/benefits/new/", sent)
    assert wrong.status_code == 422
    assert not Benefit.objects.exists()
    assert client.post("/value/projects/PUMPS/benefits/new/", sent | {"attribution": "60"}).status_code == 302
    made = Benefit.objects.get()
    assert (made.attribution, made.first_month) == (Decimal("0.6"), date(2026, 1, 1))
    page = client.get("/value/benefits/?portfolio=NET").content.decode()
    assert "Less power" in page
    assert month_number(made.first_month) == 2026 * 12


def test_a_reading_is_taken_back_and_what_it_hangs_on_is_said_in_the_page(world, saving, client):
    read(saving, 150)
    other = add_benefit(
        world.meters, actor=MAINSTAY, name="Fewer visits", target=Decimal(2400), first_month=saving.first_month
    )
    hidden = add_benefit(
        world.heron, actor=MAINSTAY, name="Secret", target=Decimal(2400), first_month=saving.first_month
    )
    set_needs(saving, actor=MAINSTAY, needed=[hidden])
    client.force_login(world.portfolio_manager)
    address = f"/value/benefits/{saving.pk}/"
    assert "Secret" not in client.get(address).content.decode()
    assert client.post(f"{address}needs/", {"needed": [other.pk]}).status_code == 302
    assert set(saving.needs.values_list("needed__name", flat=True)) == {"Fewer visits", "Secret"}
    assert client.post(f"{address}needs/", {"needed": [hidden.pk]}).status_code == 422
    reading = saving.readings.get()
    assert client.post(f"{address}readings/{reading.pk}/removal/").status_code == 302
    assert not saving.readings.exists()
