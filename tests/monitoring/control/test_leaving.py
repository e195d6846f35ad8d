"""Adopting a plan that stops one running project and lets another rest sets free what both bind."""

from datetime import UTC, date, datetime

import pytest

from mainstay.authorisation.deciding.log import verify
from mainstay.authorisation.deciding.operations.adopting import adopt_scenario, undo_adoption
from mainstay.authorisation.scenarios.operations import arrange_scenario
from mainstay.core.errors import Impossible
from mainstay.core.surrounding import acting
from mainstay.monitoring.control.operations import resume_work
from mainstay.monitoring.control.recording import pause_of, stopped_by, told_by
from mainstay.monitoring.control.replanning import set_free
from mainstay.monitoring.models import Action
from mainstay.portfolio.models import Project
from tests.monitoring.control.conftest import LAST, ON, YEAR
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(running):
    """A plan in which the pumps rest and the meters stop, on the first of April 2030."""
    let_run(running.world.meters, manager=running.world.project_manager, end_date=LAST)
    with acting(at=datetime(YEAR, ON.month, ON.day, 9, tzinfo=UTC)):
        made = set_free(running.world.networks, actor=running.manager, name="Anew", by_people=False)
        lines = [{"project": "METERS", "is_in": False}, {"project": "PUMPS", "option": "Pause"}]
        yield arrange_scenario(made, actor=running.manager, lines=lines)


def test_adopting_a_plan_stops_and_rests_what_it_leaves_with_all_that_frees(running, plan):
    decision = adopt_scenario(plan, actor=running.member)
    stages = dict(Project.objects.filter(code__in=["PUMPS", "METERS"]).values_list("code", "stage__key"))
    assert stages == {"PUMPS": "on_hold", "METERS": "cancelled"}
    assert Project.objects.get(code="METERS").end_date == ON
    assert [one.due_date.day for one in Action.objects.filter(project__code="METERS")] == [1, 16]
    assert stopped_by(decision) == ["METERS"]
    assert (running.available, running.held) == (700_000, 300_000)
    assert running.booked < 1200
    assert sum(running.demanded.values()) == 1200
    assert date(YEAR, 4, 1) not in running.demanded
    freed = told_by(decision)["freed"]
    assert (freed["money"], freed["people"]) == ([["Renewal fund 2030", "GBP", "500000.00"]], 1)
    assert float(running.booked) + float(freed["hours"]) == 1200
    assert "1 project taken out and 1 project put to rest" in decision.statement
    assert verify() == []


def test_work_a_plan_put_to_rest_goes_on_as_planned(running, plan):
    adopt_scenario(plan, actor=running.member)
    was, pumps = running.demanded, running.project
    assert pumps.end_date == date(YEAR + 1, 6, 30)
    assert pause_of(pumps).goes_on == date(YEAR, 10, 1)
    resume_work(pumps, actor=running.member, reason="The people are back", on=date(YEAR, 11, 2))
    assert running.project.end_date == date(YEAR + 1, 7, 31)
    assert sum(running.demanded.values()) == sum(was.values())


def test_what_was_set_free_is_not_taken_back_with_the_plan(running, plan):
    decision = adopt_scenario(plan, actor=running.member)
    with pytest.raises(Impossible, match="what it held is free; decide anew"):
        undo_adoption(decision, actor=running.world.director, reason="A mistake")
    assert Project.objects.get(code="METERS").stage.key == "cancelled"
