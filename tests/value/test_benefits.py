"""Benefits: who answers for them, what they claim, what was read of them and who verified it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Notice
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import edit_project
from mainstay.value.models import Benefit, BenefitNeed, BenefitReading
from mainstay.value.operations import (
    Read,
    add_benefit,
    edit_benefit,
    record_readings,
    remove_benefit,
    remove_reading,
    set_needs,
    verify_readings,
)
from mainstay.value.operations.reminding import month_due, remind_everybody, remind_owners

pytestmark = pytest.mark.django_db
SAVING = {"name": "Less power", "target": Decimal(1200), "first_month": date(2026, 1, 15), "measure": "Energy bill"}
MARCH = Read(date(2026, 3, 31), Decimal("80.50"), "Bill of March")


@pytest.fixture
def saving(world):
    """Less power for the pumps; the sponsor answers for it."""
    return add_benefit(world.pumps, actor=world.portfolio_manager, owner=world.sponsor, **SAVING)


def test_a_benefit_begins_with_the_first_day_of_its_month(saving):
    assert (saving.first_month, saving.months, saving.attribution) == (date(2026, 1, 1), 12, 1)


def test_who_manages_the_project_does_not_answer_for_its_benefits(world):
    edit_project(world.pumps, actor=MAINSTAY, manager=world.project_manager)
    world.pumps.refresh_from_db()
    with pytest.raises(ValidationError, match="does not answer"):
        add_benefit(world.pumps, actor=world.portfolio_manager, owner=world.project_manager, **SAVING)
    assert not Benefit.objects.exists()


def test_a_measure_is_claimed_once_as_a_whole(world, saving):
    edit_benefit(saving, actor=world.portfolio_manager, attribution=Decimal("0.6"))
    more = SAVING | {"measure": "energy BILL"}
    with pytest.raises(ValidationError, match=r"claim 60 % of this measure already \(PUMPS\); 40 % is free"):
        add_benefit(world.meters, actor=world.portfolio_manager, attribution=Decimal("0.41"), **more)
    assert Benefit.objects.count() == 1
    add_benefit(world.meters, actor=world.portfolio_manager, attribution=Decimal("0.4"), **more)


def test_its_owner_records_with_evidence_and_a_stranger_does_not(world, saving):
    with pytest.raises(ValidationError, match="by what one sees"):
        record_readings(saving, actor=world.sponsor, readings=[Read(date(2026, 2, 1), Decimal(5))])
    with pytest.raises(ValidationError, match="has not begun"):
        record_readings(saving, actor=world.sponsor, readings=[Read(date(2190, 2, 1), Decimal(5), "A dream")])
    with pytest.raises(Forbidden):
        record_readings(saving, actor=world.controller, readings=[MARCH])
    assert not BenefitReading.objects.exists()
    record_readings(saving, actor=world.sponsor, readings=[MARCH])
    assert BenefitReading.objects.get().month == date(2026, 3, 1)


def test_finance_verifies_what_others_recorded_and_a_correction_is_verified_anew(world, saving):
    record_readings(saving, actor=world.sponsor, readings=[MARCH])
    with pytest.raises(Forbidden):
        verify_readings(saving, actor=world.portfolio_manager, months=[MARCH.month])
    verify_readings(saving, actor=world.controller, months=[MARCH.month])
    row = BenefitReading.objects.get()
    assert row.verified_by == world.controller
    with pytest.raises(Impossible, match="has verified"):
        remove_reading(row, actor=world.portfolio_manager)
    with pytest.raises(ValidationError, match="has been read"):
        remove_benefit(saving, actor=world.portfolio_manager)
    assert record_readings(saving, actor=world.sponsor, readings=[MARCH]) == []
    record_readings(saving, actor=world.sponsor, readings=[Read(MARCH.month, Decimal(81), "Corrected bill")])
    row.refresh_from_db()
    assert (row.amount, row.verified_at) == (81, None)


def test_a_benefit_never_hangs_on_itself(world, saving):
    other = add_benefit(world.pumps, actor=MAINSTAY, **SAVING | {"name": "Fewer faults", "measure": ""})
    set_needs(saving, actor=world.portfolio_manager, needed=[other])
    with pytest.raises(ValidationError, match="hang on itself"):
        set_needs(other, actor=world.portfolio_manager, needed=[saving])
    assert BenefitNeed.objects.count() == 1
    remove_benefit(other, actor=world.portfolio_manager)
    assert not BenefitNeed.objects.exists()


def test_owners_are_reminded_once_of_a_month_they_have_not_read_also_after_the_work(world, saving):
    month = month_due(timezone.localdate())
    edit_benefit(saving, actor=MAINSTAY, first_month=month_after(month, -2), months=3)
    add_benefit(
        world.meters, actor=MAINSTAY, owner=world.sponsor, **SAVING | {"name": "Over", "months": 1, "measure": ""}
    )
    stage = Stage.objects.get(key="closed")
    Project.objects.filter(pk=world.pumps.pk).update(stage=stage)
    assert remind_owners(world.portfolio_manager) == 1
    told = Notice.objects.get(text__startswith="Say what came")
    assert (told.person, told.text) == (
        world.sponsor,
        f"Say what came of Less power in {month:%B %Y} (Replace the pumps).",
    )
    assert remind_everybody() == 0
    with pytest.raises(Forbidden):
        remind_owners(world.stranger)
    Notice.objects.all().delete()
    record_readings(saving, actor=world.sponsor, readings=[Read(month, Decimal(5), "Bill")])
    assert remind_everybody() == 0
    assert month_due(date(2026, 3, 10)) == date(2026, 1, 1)
    assert month_due(date(2026, 3, 11)) == date(2026, 2, 1)
