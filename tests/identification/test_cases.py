"""Business cases: opened, changed, entered, published and compared; who may not changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.identification.case_changes import compare
from mainstay.identification.case_content import content_of
from mainstay.identification.case_parts import PARTS, missing_parts
from mainstay.identification.models import BusinessCase, CaseEdition, CostLine, Option
from mainstay.identification.operations.assumptions import add_assumption
from mainstay.identification.operations.cases import edit_case, open_case, publish_case
from mainstay.identification.operations.lines import CellErrors, Entry, enter_lines
from mainstay.identification.operations.options import add_option, edit_option, remove_option
from mainstay.identification.operations.risks import add_risk
from mainstay.resources.operations.vocabulary import add_role
from tests.identification.cases import amounts, enter, golden_case, proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    """The golden case of the pumps."""
    return golden_case(world.pumps)


def test_a_case_begins_with_doing_nothing_and_the_proposal(world):
    case = open_case(world.pumps, actor=world.project_manager)
    assert list(case.options.values_list("name", "kind", "is_preferred")) == [
        ("Do nothing", "nothing", False),
        ("The proposal", "full", True),
    ]
    assert (case.currency, case.grain, case.periods, case.version) == ("GBP", "year", 5, 1)
    assert missing_parts(case) == [part for part in PARTS if part != "Preferred option"]
    with pytest.raises(Impossible, match="It has a business case already"):
        open_case(world.pumps, actor=world.project_manager)


@pytest.mark.parametrize(
    ("who", "refusal"), [("sponsor", Forbidden), ("controller", Forbidden), ("stranger", Missing)]
)
def test_only_who_may_edit_the_project_opens_its_case(world, who, refusal):
    before = Event.objects.count()
    with pytest.raises(refusal):
        open_case(world.pumps, actor=getattr(world, who))
    assert not BusinessCase.objects.exists()
    assert Event.objects.count() == before


def test_the_right_to_the_verb_alone_makes_no_case_ones_own(world, case):
    rita = create_person(None, actor=MAINSTAY, username="rita", name="Rita Request")
    give_grant(rita, actor=MAINSTAY, role=Role.REQUESTER, path=world.networks.path)
    with pytest.raises(Forbidden, match="is not yours to change"):
        edit_case(case, actor=rita, problem="Mine now")
    case.refresh_from_db()
    assert case.problem == ""


def test_a_complete_case_misses_nothing(world, case):
    role = add_role(None, actor=MAINSTAY, name="Fitter")
    edit_case(case, actor=world.project_manager, problem="They fail.", consequences="They fail more.")
    enter(case, "demands", 10, 20, name="Fitters", role_id=role.pk)
    add_assumption(case, actor=MAINSTAY, text="Steel stays cheap", owner=world.controller)
    add_risk(case, actor=MAINSTAY, name="Late", probability=Decimal("0.3"), impact=Decimal(100))
    assert missing_parts(BusinessCase.objects.get(pk=case.pk)) == []


def test_a_sheet_is_saved_whole_or_not_at_all(world, case):
    version, event = case.version, Event.objects.count()
    entries = [
        Entry("new-1", None, {"name": "Fine"}, {"likely": amounts(case, 10)}),
        Entry("new-2", None, {"name": "Wrong"}, {"likely": amounts(case, 10), "low": amounts(case, 11)}),
        Entry("new-3", None, {"name": "Alone"}, {"high": amounts(case, None, 5)}),
        Entry("new-4", None, {"name": ""}, {"likely": {"2050-01-01": Decimal(1)}}),
    ]
    with pytest.raises(CellErrors) as refused:
        enter_lines(case, actor=world.project_manager, option=proposal(case), kind="costs", entries=entries)
    assert refused.value.cells == {
        ("new-2", "2027-01-01"): "Low is not above likely (10.00).",
        ("new-3", "2028-01-01"): "A range needs its likely amount; enter that first.",
        ("new-4", "name"): "This field cannot be blank.",
        ("new-4", "2050-01-01"): "This is no period of the case.",
    }
    case.refresh_from_db()
    assert (CostLine.objects.count(), case.version, Event.objects.count()) == (1, version, event)


def test_lines_are_changed_added_and_removed_in_one_event(world, case):
    line = CostLine.objects.get()
    event = Event.objects.count()
    entries = [
        Entry(str(line.pk), line.pk, {}, {"likely": amounts(case, 400), "low": amounts(case, 350)}),
        Entry("new-1", None, {"name": "Testing"}, {"likely": amounts(case, None, "12.505")}),
    ]
    changed = enter_lines(case, actor=world.project_manager, option=proposal(case), kind="costs", entries=entries)
    line.refresh_from_db()
    assert (changed, Event.objects.count()) == (2, event + 1)
    assert (line.likely, line.low, line.high) == ({"2027-01-01": "400.00"}, {"2027-01-01": "350.00"}, {})
    assert CostLine.objects.get(name="Testing").likely == {"2028-01-01": "12.50"}
    enter_lines(case, actor=world.project_manager, option=proposal(case), kind="costs", removed=[line.pk])
    assert list(CostLine.objects.values_list("name", flat=True)) == ["Testing"]


def test_who_saves_second_is_told_what_changed_anywhere_in_the_case(world, case):
    seen = case.version
    enter(case, "costs", None, 30, name="Training", actor=world.portfolio_manager)
    before = Event.objects.count()
    entry = Entry("new-1", None, {"name": "Fees", "kind": "revenue"}, {"likely": amounts(case, 1)})
    with pytest.raises(Stale) as stale:
        enter_lines(
            case, actor=world.project_manager, option=proposal(case), kind="benefits", entries=[entry],
            expected_version=seen,
        )  # fmt: skip
    told = [(one.label, one.before, one.after, one.who) for one in stale.value.changes]
    assert told == [
        ("Cost “Training” of The proposal: Line", "", "added", "Amara Diallo"),
        ("Cost “Training” of The proposal: 2028, likely", "", "30", "Amara Diallo"),
    ]
    assert Event.objects.count() == before


def test_a_line_of_another_option_or_case_cannot_be_reached(world, case):
    other = golden_case(world.meters)
    theirs = CostLine.objects.get(option__case=other)
    entry = Entry("x", theirs.pk, {}, {"likely": amounts(case, 1)})
    with pytest.raises(ValidationError, match="Somebody removed this line"):
        enter_lines(case, actor=world.project_manager, option=proposal(case), kind="costs", entries=[entry])
    with pytest.raises(ValidationError, match="not one of this case"):
        enter_lines(case, actor=world.project_manager, option=proposal(other), kind="costs")
    theirs.refresh_from_db()
    assert theirs.likely["2027-01-01"] == "500.00"


def test_amounts_move_with_the_periods_and_none_is_dropped_unasked(world, case):
    with pytest.raises(ValidationError, match="2 amounts lie in periods that would be gone"):
        edit_case(case, actor=MAINSTAY, periods=4)
    case.refresh_from_db()
    assert case.periods == 6
    edit_case(case, actor=MAINSTAY, periods=4, drops_amounts=True)
    assert proposal(case).benefits.get().likely == {
        "2027-01-01": "0.00", "2028-01-01": "120.00", "2029-01-01": "150.00", "2030-01-01": "180.00",
    }  # fmt: skip
    edit_case(case, actor=MAINSTAY, grain="quarter", periods=16)
    cost = CostLine.objects.get().likely
    assert [cost[f"2027-{month}-01"] for month in ("01", "04", "07", "10")] == ["125.00"] * 4
    edit_case(case, actor=MAINSTAY, grain="year", periods=4)
    assert CostLine.objects.get().likely["2027-01-01"] == "500.00"


def test_a_period_begins_on_a_day_every_month_has(world, case):
    with pytest.raises(ValidationError, match="Periods begin on a day from 1 to 28"):
        edit_case(case, actor=MAINSTAY, first_period=date(2027, 1, 31))


def test_one_option_is_preferred_and_the_baseline_stays(world, case):
    reduced = add_option(case, actor=MAINSTAY, name="Reduced", kind="reduced", copy_of=proposal(case))
    assert reduced.costs.get().likely["2027-01-01"] == "500.00"
    edit_option(reduced, actor=MAINSTAY, is_preferred=True)
    assert list(case.options.filter(is_preferred=True)) == [reduced]
    with pytest.raises(Impossible, match="prefer another one first"):
        remove_option(reduced, actor=MAINSTAY)
    with pytest.raises(Impossible, match="it stays"):
        remove_option(case.options.get(kind="nothing"), actor=MAINSTAY)
    with pytest.raises(ValidationError, match="Doing nothing is the baseline"):
        edit_option(case.options.get(kind="nothing"), actor=MAINSTAY, is_preferred=True)
    remove_option(case.options.get(name="The proposal"), actor=MAINSTAY)
    assert list(Option.objects.values_list("name", flat=True)) == ["Do nothing", "Reduced"]


def test_publishing_keeps_the_case_and_tells_the_register(world, case):
    world.pumps.refresh_from_db()
    assert world.pumps.cost == Decimal("1200000.00")
    edition = publish_case(case, actor=world.project_manager, reason="For the board")
    world.pumps.refresh_from_db()
    assert (world.pumps.cost, world.pumps.benefit, world.pumps.currency) == (Decimal(500), Decimal(810), "GBP")
    assert (world.pumps.start_date, world.pumps.end_date) == (date(2027, 1, 1), date(2032, 12, 31))
    assert (edition.number, edition.made_by, edition.reason) == (1, world.project_manager, "For the board")
    edit_case(BusinessCase.objects.get(pk=case.pk), actor=MAINSTAY, problem="They fail.")
    second = publish_case(BusinessCase.objects.get(pk=case.pk), actor=world.project_manager)
    told = [(one.place, one.label, one.before, one.after) for one in compare(edition.content, second.content)]
    assert told == [("The case", "Problem and purpose", "", "They fail.")]
    assert CaseEdition.objects.get(number=1).content["problem"] == ""


def test_two_states_are_compared_field_by_field_and_period_by_period(world, case):
    before = content_of(case)
    line = CostLine.objects.get()
    entry = Entry("x", line.pk, {"cost_type": "software"}, {"likely": amounts(case, 450, 50)})
    enter_lines(case, actor=MAINSTAY, option=proposal(case), kind="costs", entries=[entry])
    add_risk(case, actor=MAINSTAY, name="Late", probability=Decimal("0.3"), impact=Decimal(100))
    edit_option(proposal(case), actor=MAINSTAY, name="New pumps")
    told = [(one.place, one.label, one.before, one.after) for one in compare(before, content_of(case))]
    assert told == [
        ("Option New pumps", "Name", "The proposal", "New pumps"),
        ("Cost “Build” of New pumps", "Type", "Contractors", "Software and licences"),
        ("Cost “Build” of New pumps", "2027, likely", "500", "450"),
        ("Cost “Build” of New pumps", "2028, likely", "0", "50"),
        *[("Cost “Build” of New pumps", f"{year}, likely", "0", "") for year in range(2029, 2033)],
        ("Risk “Late”", "Risk", "", "added"),
    ]


def test_nothing_of_a_case_is_told_by_the_feed_to_who_sees_no_figures(world, case, client):
    edda = create_person(None, actor=MAINSTAY, username="edda", name="Edda Eval")
    give_grant(edda, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    add_risk(
        case, actor=world.project_manager, name="Secret supplier", probability=Decimal("0.3"), impact=Decimal(100)
    )
    client.force_login(edda)
    for page in ("/activity/", "/projects/PUMPS/history/", "/projects/PUMPS/"):
        said = client.get(page).content.decode()
        assert "Secret supplier" not in said
        assert "usiness case of" not in said
