"""Merging a scenario with a plan of record that has moved on: all or nothing, conflicts settled by named people."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.comparing.difference import difference_of
from mainstay.authorisation.comparing.operations import merge_scenario
from mainstay.authorisation.comparing.settling import settlements_of
from mainstay.authorisation.deciding.operations.adopting import adopt_scenario
from mainstay.authorisation.models import PlanLine
from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario, freeze_scenario
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Event
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import authorise_project, edit_project
from tests.authorisation.conftest import candidate

pytestmark = pytest.mark.django_db
JUNE, SEPTEMBER, NOVEMBER = date(2027, 6, 1), date(2027, 9, 1), date(2027, 11, 30)


def line(scenario, code: str) -> PlanLine:
    return scenario.lines.get(project__code=code)


def edit(golden, code: str, **fields) -> Project:
    return edit_project(golden.project(code), actor=golden.manager, **fields)


@pytest.fixture
def scenario(golden):
    """A branch in which A runs from March to November and C is in."""
    edit(golden, "A", start_date=date(2027, 1, 1), end_date=date(2027, 9, 30))
    made = create_scenario(
        golden.portfolio, actor=golden.manager, name="Growth", starts_on=date(2027, 1, 1), maximise="benefit"
    )
    lines = [{"project": "A", "is_in": True, "start_date": date(2027, 3, 1)}, {"project": "C", "is_in": True}]
    return arrange_scenario(made, actor=golden.manager, lines=lines)


def test_what_the_plan_changed_is_told_with_who_and_what_it_was(scenario, golden):
    edit(golden, "A", start_date=JUNE, end_date=NOVEMBER)
    edit(golden, "B", cost=Decimal(95))
    found = difference_of(scenario, golden.manager)
    rows = {row.project.code: row for row in found.there}
    assert [(each.name, each.before, each.after, each.who) for each in rows["A"].there] == [
        ("start", date(2027, 1, 1), JUNE, "Amara Diallo"),
        ("end", date(2027, 9, 30), NOVEMBER, "Amara Diallo"),
    ]
    assert [(each.name, each.before, each.after) for each in rows["B"].there] == [("cost", 90, 95)]
    assert [(row.project.code, part.value) for row, part in found.conflicts] == [("A", "dates")]
    assert [row.project.code for row in found.here] == ["A", "C"]
    assert list(found.plan) == ["A"]


def test_what_does_not_conflict_merges_by_itself_and_the_branch_begins_from_the_plan_as_it_is(scenario, golden):
    edit(golden, "C", start_date=JUNE, end_date=NOVEMBER)
    before = scenario.branched_at
    merged = merge_scenario(scenario, actor=golden.manager, expected_version=scenario.version)
    row = line(scenario, "C")
    assert (row.is_in, row.start_date, row.end_date) == (True, JUNE, NOVEMBER)
    assert row.base == {
        "is_in": False,
        "start_date": "2027-06-01",
        "end_date": "2027-11-30",
        "version": golden.project("C").version,
    }
    assert merged.branched_at > before
    assert difference_of(merged, golden.manager).there == []
    assert line(scenario, "A").start_date == date(2027, 3, 1)


def test_a_conflict_is_settled_by_somebody_with_a_reason_that_stays_on_record(scenario, golden):
    edit(golden, "A", start_date=JUNE, end_date=NOVEMBER)
    with pytest.raises(ValidationError) as refusal:
        merge_scenario(scenario, actor=golden.manager)
    assert refusal.value.message_dict == {"A.dates": ["Say which version stays."]}
    assert line(scenario, "A").base["start_date"] == "2027-01-01"
    settled = {"A": {"dates": {"choice": "mine", "reason": "The engineers are free then"}}}
    merge_scenario(scenario, actor=golden.manager, settled=settled)
    assert line(scenario, "A").start_date == date(2027, 3, 1)
    told = settlements_of(scenario)
    assert [(one.code, one.part, one.who, one.value, one.theirs, one.reason) for one in told] == [
        (
            "A",
            "Dates",
            "Amara Diallo",
            "1 Mar 2027 to 30 Nov 2027",
            "1 Jun 2027 to 30 Nov 2027",
            "The engineers are free then",
        )
    ]


def test_their_version_or_another_value_may_stay(scenario, golden):
    edit(golden, "A", start_date=JUNE, end_date=NOVEMBER)
    other = {"choice": "other", "start": "2027-09-01", "end": "2027-08-01"}
    with pytest.raises(ValidationError, match="The end lies before the start"):
        merge_scenario(scenario, actor=golden.manager, settled={"A": {"dates": other}})
    with pytest.raises(ValidationError, match="31 February is no date"):
        merge_scenario(scenario, actor=golden.manager, settled={"A": {"dates": other | {"end": "31 February"}}})
    assert line(scenario, "A").start_date == date(2027, 3, 1)
    merge_scenario(scenario, actor=golden.manager, settled={"A": {"dates": other | {"end": "2027-12-31"}}})
    assert (line(scenario, "A").start_date, line(scenario, "A").end_date) == (SEPTEMBER, date(2027, 12, 31))
    edit(golden, "A", start_date=date(2027, 7, 1))
    merge_scenario(scenario, actor=golden.manager, settled={"A": {"dates": {"choice": "theirs"}}})
    assert line(scenario, "A").start_date == date(2027, 7, 1)
    assert len(settlements_of(scenario)) == 2


def test_a_choice_about_what_is_no_conflict_is_refused(scenario, golden):
    edit(golden, "C", start_date=JUNE)
    with pytest.raises(ValidationError, match="no conflict, or no longer one"):
        merge_scenario(scenario, actor=golden.manager, settled={"C": {"dates": {"choice": "mine"}}})
    assert line(scenario, "C").base["start_date"] is None


def test_when_the_plan_moved_again_nothing_is_merged_and_the_change_is_told(scenario, golden):
    edit(golden, "C", start_date=JUNE)
    plan = difference_of(scenario, golden.manager).plan
    edit(golden, "C", start_date=SEPTEMBER)
    edit(golden, "E", start_date=JUNE)
    with pytest.raises(Stale) as stale:
        merge_scenario(scenario, actor=golden.manager, plan=plan)
    assert [(one.label, one.before, one.after, one.who) for one in stale.value.changes] == [
        ("Start of Project C", JUNE, SEPTEMBER, "Amara Diallo"),
        ("Start of Project E", None, JUNE, "Amara Diallo"),
    ]
    assert line(scenario, "C").base["start_date"] is None
    assert not Event.objects.filter(verb="scenario.merge").exists()


def test_of_two_who_merge_at_once_the_second_is_told(scenario, golden):
    edit(golden, "C", start_date=JUNE)
    version = scenario.version
    merge_scenario(scenario, actor=golden.manager, expected_version=version)
    with pytest.raises(Stale) as stale:
        merge_scenario(scenario, actor=golden.manager, expected_version=version)
    assert [one.who for one in stale.value.changes] == ["Amara Diallo"]
    assert Event.objects.filter(verb="scenario.merge").count() == 1


def test_merging_twice_changes_nothing(scenario, golden):
    edit(golden, "C", start_date=JUNE)
    once = merge_scenario(scenario, actor=golden.manager)
    assert merge_scenario(once, actor=golden.manager).version == once.version
    assert Event.objects.filter(verb="scenario.merge").count() == 1


def test_what_came_into_the_register_after_the_branch_is_taken_in(scenario, golden):
    new = candidate(golden.portfolio, "N", 10, 10)
    merge_scenario(scenario, actor=golden.manager)
    assert not line(scenario, "N").is_in
    assert line(scenario, "N").base["version"] == new.version


def test_a_project_taken_out_of_the_plan_but_held_in_by_hand_is_a_conflict(golden):
    authorise_project(
        golden.project("B"), actor=golden.member, target=Stage.objects.get(key="authorised"), reason="Go"
    )
    made = create_scenario(golden.portfolio, actor=golden.manager, name="Held", maximise="benefit")
    held = {"project": "B", "is_in": True, "forced": "in", "reason": "The law asks for it"}
    arrange_scenario(made, actor=golden.manager, lines=[held])
    cancelled = Stage.objects.get(key="cancelled")
    authorise_project(golden.project("B"), actor=golden.member, target=cancelled, reason="Sold")
    found = difference_of(made, golden.manager)
    assert [(row.project.code, part.value) for row, part in found.conflicts] == [("B", "is_in")]
    merge_scenario(made, actor=golden.manager, settled={"B": {"is_in": {"choice": "theirs"}}})
    assert (line(made, "B").is_in, line(made, "B").forced) == (False, "")


def test_a_merged_scenario_can_be_adopted(scenario, golden):
    edit(golden, "A", start_date=JUNE, end_date=NOVEMBER)
    with pytest.raises(Impossible, match="merge first"):
        adopt_scenario(scenario, actor=golden.member)
    merge_scenario(scenario, actor=golden.manager, settled={"A": {"dates": {"choice": "mine"}}})
    adopt_scenario(scenario, actor=golden.member)
    assert golden.project("A").start_date == date(2027, 3, 1)


def test_only_its_owner_merges_and_only_while_it_is_worked_on(scenario, golden):
    edit(golden, "C", start_date=JUNE)
    with pytest.raises(Forbidden):
        merge_scenario(scenario, actor=golden.evaluator)
    freeze_scenario(scenario, actor=golden.manager)
    with pytest.raises(Impossible, match="Growth is frozen"):
        merge_scenario(scenario, actor=golden.manager)
    assert line(scenario, "C").base["start_date"] is None
