"""Benefits, readings and surveys come in as lists, twice is once, and what may not be is refused with everything."""

import io
from decimal import Decimal

import pytest

from mainstay.core.exchange import commit, read_table, sheet_named, suggest
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.value.models import Benefit, BenefitReading, Survey
from mainstay.value.operations.readings import verify_readings

pytestmark = pytest.mark.django_db

BENEFITS = """Key in the source,Project code,Benefit,Kind,Owner,Measured by,Unit,Target,First month,Months,Attribution
B-1,PUMPS,Less energy,Cashable saving,grace,,,120000,2024-01-15,24,
B-2,PUMPS,Fewer bursts,Other measure,,Bursts,a year,40,2024-01-01,,60
B-3,METERS,Fewer bursts,Other measure,,bursts,A year,20,2024-01-01,,{share}
"""
READINGS = """Project,Benefit,Month,What came,Evidence
PUMPS,B-1,2024-01-31,5000,Meter
PUMPS,Less energy,2024-02-01,6000.50,Meter
"""
SURVEYS = """Project,Question,Asked,Asked from,Asked until,0,1,2,3,4,5,9,10
PUMPS,How content are you? (1 to 5),Before the work,2024-01-01,2024-01-31,,2,3,10,20,5,,
PUMPS,Would you recommend us? (0 to 10),After the work,2025-01-01,2025-01-31,1,,,,,,20,30
"""


def bring(name, text, actor, world):
    sheet, table = sheet_named(name), read_table(io.BytesIO(text.encode()), "list.csv")
    return commit(sheet, table, suggest(sheet, table)[1], world.networks, actor, lambda share: None)


def told(report):
    return {problem.message for problem in report.problems}


@pytest.fixture
def benefits(world):
    report = bring("benefits", BENEFITS.format(share=40), world.portfolio_manager, world)
    assert (report.new, told(report)) == (3, set())
    return world


def test_benefits_come_in_and_twice_is_once(benefits):
    one, two = Benefit.objects.get(external_key="B-1"), Benefit.objects.get(external_key="B-2")
    assert (one.target, str(one.first_month), one.months, one.attribution) == (120_000, "2024-01-01", 24, 1)
    assert (one.owner.username, two.attribution, two.months, two.profile) == ("grace", Decimal("0.6"), 12, "steady")
    before = Event.objects.count()
    assert bring("benefits", BENEFITS.format(share=40), benefits.portfolio_manager, benefits).unchanged == 3
    assert Event.objects.count() == before


def test_benefits_of_one_file_claim_no_more_than_all_of_a_measure(world):
    report = bring("benefits", BENEFITS.format(share=41), world.portfolio_manager, world)
    assert told(report) == {"Others claim 60 % of this measure already (PUMPS); 40 % is free."}
    assert not Benefit.objects.exists()


def test_months_and_targets_lie_where_they_may(world):
    text = BENEFITS.format(share=40).replace("2024-01-15,24", "2024-01-15,0")
    assert told(bring("benefits", text, world.portfolio_manager, world)) == {
        "Ensure this value is greater than or equal to 1."
    }
    assert not Benefit.objects.exists()


def test_who_manages_the_project_is_no_owner_of_an_imported_benefit(world):
    edit_project(world.pumps, actor=MAINSTAY, manager=world.sponsor)
    text = BENEFITS.format(share=40)
    report = bring("benefits", text, world.portfolio_manager, world)
    assert told(report) == {"Who manages the project does not answer for its benefits, too."}
    assert not Benefit.objects.exists()


def test_readings_are_found_by_key_or_name_and_a_changed_one_waits_for_finance_again(benefits):
    manager = benefits.portfolio_manager
    assert bring("benefit-readings", READINGS, manager, benefits).new == 2
    benefit = Benefit.objects.get(external_key="B-1")
    assert [(str(one.month), one.amount) for one in benefit.readings.order_by("month")] == [
        ("2024-01-01", 5000),
        ("2024-02-01", Decimal("6000.50")),
    ]
    verify_readings(benefit, actor=benefits.controller, months=[one.month for one in benefit.readings.all()])
    report = bring("benefit-readings", READINGS.replace("5000", "5100"), manager, benefits)
    assert (report.changed, report.unchanged) == (1, 1)
    rows = {str(one.month): one for one in BenefitReading.objects.all()}
    assert rows["2024-01-01"].verified_at is None
    assert rows["2024-01-01"].recorded_by == manager
    assert rows["2024-02-01"].verified_by == benefits.controller


def test_readings_of_unknown_benefits_and_of_the_future_are_refused_with_everything(benefits):
    text = READINGS + "PUMPS,Magic,2024-03-01,1,None\nPUMPS,B-1,2199-01-01,1,Hope\n"
    report = bring("benefit-readings", text, benefits.portfolio_manager, benefits)
    assert told(report) == {"The project has no benefit Magic.", "January 2199 has not begun yet."}
    assert not BenefitReading.objects.exists()


def test_surveys_come_in_with_a_column_for_each_answer(world):
    assert bring("surveys", SURVEYS, world.portfolio_manager, world).new == 2
    assert {one.question: one.counts for one in Survey.objects.all()} == {
        "csat": {"1": 2, "2": 3, "3": 10, "4": 20, "5": 5},
        "nps": {"0": 1, "9": 20, "10": 30},
    }
    assert bring("surveys", SURVEYS, world.portfolio_manager, world).unchanged == 2
    wrong = SURVEYS.replace("20,5,,", "20,5,7,")
    assert told(bring("surveys", wrong, world.portfolio_manager, world)) == {"9 is no answer from 1 to 5."}


def test_nobody_imports_benefits_who_may_not_write_them(world):
    sheet = sheet_named("benefits")
    assert world.networks in sheet.targets_for(world.portfolio_manager)
    assert world.networks not in sheet.targets_for(world.controller)
