"""Business cases in lists: brought in by project, option and line, found again, and written back the same."""

import io
from decimal import Decimal

import pytest

from mainstay.core.exchange import commit, export_file, propose, read_table, sheet_named
from mainstay.core.models import Event
from mainstay.identification.models import Assumption, BenefitLine, BusinessCase, CostLine, DemandLine, Risk
from mainstay.identification.operations.cases import edit_case
from mainstay.resources.models import Role
from tests.core.exchange.files import csv_file
from tests.identification.cases import enter, golden_case, proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    """The golden case of the pumps."""
    return golden_case(world.pumps)


def bring(world, name, rows):
    """Import rows into Networks."""
    sheet = sheet_named(name)
    table = read_table(csv_file("\n".join(rows)), "list.csv")
    return commit(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager)


def written(name, person):
    """What an export writes."""
    file = io.BytesIO()
    sheet = sheet_named(name)
    export_file(sheet.export_columns(person), sheet.rows_for(person), "csv", file)
    return file.getvalue().decode("utf-8-sig").splitlines()


def test_cases_come_in_with_their_options(world):
    rows = ["Project,Problem and purpose,First period starts,Periods", "METERS,Old meters,2027-01-01,4"]
    assert bring(world, "cases", rows).committed
    case = BusinessCase.objects.get(project=world.meters)
    assert (case.problem, case.periods, case.currency) == ("Old meters", 4, "GBP")
    assert list(case.options.values_list("kind", "is_preferred")) == [("nothing", False), ("full", True)]
    again = bring(world, "cases", rows)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)


def test_costs_come_in_by_year_and_the_case_counts_up(world, case):
    version = case.version
    rows = ["Project,Option,Line,Type,2027,2027 low,2027 high,2028", "PUMPS,,Build,Contractors,480,450,600,20"]
    done = bring(world, "case-costs", rows)
    line = CostLine.objects.get()
    case.refresh_from_db()
    assert (done.new, done.changed, case.version) == (0, 1, version + 1)
    assert [line.likely[f"{year}-01-01"] for year in (2027, 2028, 2029)] == ["480.00", "20.00", "0.00"]
    assert (line.low, line.high) == ({"2027-01-01": "450.00"}, {"2027-01-01": "600.00"})


def test_in_shorter_periods_a_year_is_laid_evenly_and_added_up_again(world, case):
    edit_case(case, actor=world.portfolio_manager, grain="quarter", periods=24)
    rows = ["Project,Option,Line,2027", "PUMPS,The proposal,Testing,100.02"]
    assert bring(world, "case-costs", rows).committed
    line = CostLine.objects.get(name="Testing")
    assert list(line.likely.values()) == ["25.01", "25.01", "25.00", "25.00"]
    header, *lines = written("case-costs", world.portfolio_manager)
    place = header.split(",").index("2027")
    assert next(row for row in lines if "Testing" in row).split(",")[place] == "100.02"


def test_benefits_and_demand_name_people_roles_and_skills(world, case):
    role = Role.objects.create(key="fitter", name="Fitter")
    rows = ["Project,Line,Type,Owner,Measured by,2028", "PUMPS,Fewer calls,Cashable saving,mei,Calls a month,12.5"]
    assert bring(world, "case-benefits", rows).committed
    line = BenefitLine.objects.get(name="Fewer calls")
    assert (line.owner, line.measure, line.likely) == (world.controller, "Calls a month", {"2028-01-01": "12.50"})
    assert bring(world, "case-demand", ["Project,Line,Role,2027", "PUMPS,Fitters,fitter,40"]).committed
    assert DemandLine.objects.get().role == role


def test_risks_and_assumptions_are_found_again_by_their_words(world, case):
    risks = ["Project,Risk,Probability,Impact,Response", "PUMPS,Soil,0.3,200000,Reduce"]
    assert bring(world, "case-risks", risks).new == 1
    assert bring(world, "case-risks", [risks[0], "PUMPS,Soil,0.4,200000,Reduce"]).changed == 1
    assert Risk.objects.get().exposure == Decimal(80_000)
    rows = ["Project,We assume that,Owner,State", "PUMPS,Steel stays cheap,mei,Confirmed"]
    assert bring(world, "case-assumptions", rows).new == 1
    assert Assumption.objects.get().belief == "confirmed"


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("case-costs", ["Project,Line,2027", "METERS,Build,1"], "There is no business case of METERS here."),
        (
            "case-costs",
            ["Project,Option,Line,2027", "PUMPS,Luxury,Build,1"],
            "There is no option Luxury in this case.",
        ),
        ("case-costs", ["Project,Line,2040", "PUMPS,Build,1"], "The case has no period that begins in 2040."),
        ("case-costs", ["Project,Line,2027", "PUMPS,Build,-1"], "An amount is not negative."),
        ("case-costs", ["Project,Line,2027,2027 low", "PUMPS,Build,1,2"], "The low amount of 2027-01-01 lies beyond"),
        ("case-demand", ["Project,Line,2027", "PUMPS,Fitters,1"], "Choose a role or a skill."),
        ("case-demand", ["Project,Line,Role,2027", "PUMPS,Fitters,nobody,1"], "There is no role nobody."),
        ("case-risks", ["Project,Risk,Probability,Impact", "PUMPS,Soil,3,1"], "less than or equal to 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_brought_in(world, case, name, rows, told):
    before = Event.objects.count()
    done = bring(world, name, rows)
    assert not done.committed
    assert told in " ".join(problem.message for problem in done.problems)
    assert Event.objects.count() == before


def test_an_export_has_only_cases_whose_figures_may_be_seen(world, case):
    secret = golden_case(world.heron)
    enter(secret, "costs", 1, name="Hidden", option=proposal(secret))
    assert len(written("case-costs", world.director)) == 4
    assert [row.split(",")[:3] for row in written("case-costs", world.portfolio_manager)[1:]] == [
        ["PUMPS", "The proposal", "Build"]
    ]
    assert written("cases", world.stranger)[1:] == []
