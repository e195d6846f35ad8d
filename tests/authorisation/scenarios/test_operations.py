"""Tests of branching, sharing and passing on scenarios."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.operations import (
    archive_scenario,
    arrange_scenario,
    copy_scenario,
    edit_scenario,
    reopen_scenario,
    share_scenario,
    submit_scenario,
)
from mainstay.authorisation.scenarios.totals import totals
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(five: Any) -> Person:
    """Nadia, who manages the same portfolio."""
    person = create_person(None, actor=MAINSTAY, username="nadia", name="Nadia Noor")
    give_grant(person, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=five.portfolio.path)
    return Person.objects.get(username="nadia")


def test_a_new_scenario_has_every_candidate_as_the_plan_of_record_has_it(five: Any) -> None:
    scenario = five.scenario()
    lines = PlanLine.objects.filter(scenario=scenario)
    assert sorted(lines.values_list("project__code", flat=True)) == ["A", "B", "C", "D", "E"]
    line = five.line(scenario, "A")
    assert (line.is_in, line.start_date, line.end_date) == (False, date(2027, 1, 1), date(2027, 6, 30))
    assert line.base["start_date"] == "2027-01-01"
    assert line.base["is_in"] is False


def test_a_scenario_is_its_owners_alone_until_it_is_shared(five: Any, colleague: Person) -> None:
    scenario = five.scenario()
    assert not Scenario.objects.visible_to(colleague).exists()
    share_scenario(scenario, actor=five.manager, people=[{"username": "nadia"}])
    assert Scenario.objects.visible_to(colleague).get() == scenario
    with pytest.raises(Forbidden, match="Only its owner"):
        arrange_scenario(scenario, actor=colleague, lines=[{"project": "A", "is_in": True}])
    assert not five.line(scenario, "A").is_in
    share_scenario(scenario, actor=five.manager, people=[{"username": "nadia", "may_edit": True}])
    arrange_scenario(scenario, actor=colleague, lines=[{"project": "A", "is_in": True}])
    assert five.line(scenario, "A").is_in


def test_nobody_shares_with_somebody_who_may_not_see_the_figures(five: Any) -> None:
    scenario = five.scenario()
    with pytest.raises(ValidationError, match="called tom"):
        share_scenario(scenario, actor=five.manager, people=[{"username": "tom"}])
    assert not scenario.shares.exists()


def test_what_is_submitted_is_open_and_no_longer_changed_until_it_is_reopened(five: Any, colleague: Person) -> None:
    scenario = arrange_scenario(five.scenario(), actor=five.manager, lines=[{"project": "A", "is_in": True}])
    submit_scenario(scenario, actor=five.manager)
    assert Scenario.objects.visible_to(colleague).filter(state="submitted").exists()
    with pytest.raises(Impossible, match="before the board"):
        edit_scenario(scenario, actor=five.manager, periods=6)
    assert Scenario.objects.get().periods == 4
    reopen_scenario(scenario, actor=five.manager)
    assert Scenario.objects.get().is_draft


def test_an_empty_scenario_is_not_submitted_but_may_be_archived(five: Any) -> None:
    scenario = five.scenario()
    with pytest.raises(Impossible, match="nothing to submit"):
        submit_scenario(scenario, actor=five.manager)
    assert Scenario.objects.get().is_draft
    assert archive_scenario(scenario, actor=five.manager).state == "archived"


def test_a_stale_arrangement_is_refused(five: Any) -> None:
    scenario = five.scenario()
    arrange_scenario(scenario, actor=five.manager, expected_version=1, lines=[{"project": "A", "is_in": True}])
    with pytest.raises(Stale):
        arrange_scenario(scenario, actor=five.manager, expected_version=1, lines=[{"project": "B", "is_in": True}])
    assert not five.line(scenario, "B").is_in


def test_a_moved_start_takes_the_end_along_and_the_hours_too(five: Any) -> None:
    moved = {"project": "A", "is_in": True, "start_date": "2027-04-01"}
    scenario = arrange_scenario(five.scenario(), actor=five.manager, lines=[moved])
    assert five.line(scenario, "A").end_date == date(2027, 9, 30)
    found = totals(scenario, five.manager)
    assert found.by_period == (0, 50, 50, 0)
    assert [cell.need for cell in found.roles[0].cells] == [0, 2, 2, 0]
    assert found.value == 29


def test_what_is_exceeded_is_told(five: Any) -> None:
    every = [{"project": code, "is_in": True} for code in "ABCDE"]
    scenario = arrange_scenario(five.scenario(), actor=five.manager, lines=every)
    assert totals(scenario, five.manager).over == [
        "Budget is exceeded by 60",
        "Skill 1 is overbooked in Q1 2027 and Q2 2027",
        "Skill 2 is overbooked in Q1 2027",
    ]


def test_a_copy_is_ones_own_and_open_to_nobody_else(five: Any, colleague: Person) -> None:
    scenario = share_scenario(five.scenario(), actor=five.manager, is_open=True)
    copy = copy_scenario(scenario, actor=colleague, name="Slower growth")
    assert (copy.owner, copy.is_open, copy.lines.count()) == (colleague, False, 5)
    assert not Scenario.objects.visible_to(five.manager).filter(pk=copy.pk).exists()


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ([{"source": "cost"}], "Say how much there is at most of budget."),
        ([{"source": "nonsense", "max": "1"}], "Choose what is limited."),
        ([{"source": "cost", "max": "1", "year": "1812"}], "by one of the fiscal years"),
        ([{"source": "cost", "max": "1"}, {"source": "cost", "max": "2"}], "limited twice"),
    ],
)
def test_limits_that_make_no_sense_are_refused(five: Any, limits: Any, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        five.scenario(limits=limits)
    assert not Scenario.objects.exists()
