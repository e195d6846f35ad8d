"""Stopping, pausing and resuming: what is set free is neither lost nor made, and the decision is on record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.deciding.log import verify
from mainstay.authorisation.models import Commitment, Decision
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.governance.operations.delegations import set_delegation
from mainstay.monitoring.control.operations import pause_work, resume_work, stop_work
from mainstay.monitoring.control.recording import told_by
from mainstay.monitoring.models import Action
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.resources.models import Booking, StaffingRequest
from mainstay.resources.operations.staffing import ask_for_staff
from mainstay.resources.queries.heat import By, Question, heat
from tests.monitoring.control.conftest import FIRST, LAST, ON, YEAR

pytestmark = pytest.mark.django_db
WHY = "The grid plan changed"


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Does something and lets everybody be told of it."""

    def act(function, *args, **keywords):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **keywords)

    return act


def free_hours(running):
    """Hours of the role that nobody has booked, month by month."""
    found = heat(Question(By.ROLE, "month", FIRST, LAST), running.world.director)
    row = found.keys.tolist().index(running.role.pk)
    return (found.supply[row] - found.demand[row][:2].sum(axis=0)).round(1).tolist()


def test_what_a_stop_sets_free_is_exactly_what_was_bound(running):
    booked, free, available, held = running.booked, free_hours(running), running.available, running.held
    decision = stop_work(running.project, actor=running.manager, on=ON, reason=WHY)
    freed = told_by(decision)["freed"]
    assert (available, held) == (200_000, 800_000)
    assert (running.available, running.held) == (700_000, 300_000)
    assert running.available + running.held == available + held
    assert freed["money"] == [["Renewal fund 2030", "GBP", "500000.00"]]
    assert running.booked + Decimal(freed["hours"]) == booked == 1200
    by_month = {month: hours for _, month, hours in freed["hours_by_month"]}
    assert sum(by_month.values()) == pytest.approx(float(freed["hours"]), abs=0.1)
    expected = [was + by_month.get(f"{YEAR}-{place:02d}-01", 0) for place, was in enumerate(free, 1)]
    assert free_hours(running) == pytest.approx(expected, abs=0.2)
    assert list(running.demanded) == [date(YEAR, month, 1) for month in (1, 2, 3)]
    assert freed["demand"] == "900.00"


def test_a_stop_ends_the_project_keeps_the_decision_asks_for_its_closing_and_tells_its_people(running, told):
    terms = {"role": running.role, "starts_on": FIRST, "ends_on": LAST, "hours": Decimal(10)}
    ask_for_staff(running.project, actor=MAINSTAY, team=running.anna.team, **terms)
    # A member of the board, who could neither advance the project nor return money alone.
    decision = told(stop_work, running.project, actor=running.member, on=ON, reason=WHY)
    assert (running.project.stage.key, running.project.end_date) == ("cancelled", ON)
    assert Booking.objects.get(project=running.project).ends_on == ON - timedelta(days=1)
    assert StaffingRequest.objects.get().state == "withdrawn"
    assert (decision.title, decision.note, decision.decided_by) == ("Stop: Replace the pumps", WHY, running.member)
    assert decision.statement.startswith("Replace the pumps (PUMPS) is stopped from 1 Apr 2030 on; ")
    assert [(line.project.code, line.outcome) for line in decision.lines.all()] == [("PUMPS", "withdrawn")]
    assert verify() == []
    course = told_by(decision)["course"]
    assert (course["remaining"], course["spent"]) == ("1200000.00", "0.00")
    actions = Action.objects.filter(project=running.project).order_by("due_date")
    manager = running.world.project_manager
    assert [(one.owner, one.due_date) for one in actions] == [
        (manager, ON + timedelta(days=30)),
        (manager, ON + timedelta(days=45)),
    ]
    for person in (running.world.sponsor, manager):
        assert any(text.startswith(f"Replace the pumps was stopped: {WHY}") for text in running.told(person))
    assert running.told(running.member) == []


def test_a_pause_moves_what_is_planned_and_loses_nothing_of_it(running):
    before, booked = running.demanded, running.booked
    decision = pause_work(running.project, actor=running.manager, on=ON, months=6, reason=WHY)
    after = running.demanded
    assert sum(after.values()) == sum(before.values()) == 1200
    kept = [date(YEAR, month, 1) for month in (1, 2, 3)]
    assert sorted(after) == kept + [month_after(FIRST, place) for place in range(9, 18)]
    assert running.booked + Decimal(told_by(decision)["freed"]["hours"]) == booked
    assert (running.project.stage.key, running.project.end_date) == ("on_hold", date(YEAR + 1, 6, 30))
    moved = dict(running.project.milestones.values_list("name", "forecast_date"))
    assert moved == {"Ordered": None, "Running": date(YEAR + 1, 4, 15)}
    assert running.available == 700_000


def test_going_on_sooner_moves_everything_back(running):
    pause_work(running.project, actor=running.manager, on=ON, months=6, reason=WHY)
    resume_work(running.project, actor=running.manager, on=date(YEAR, 8, 1), reason="Needed after all")
    assert running.project.stage.key == "active"
    kept = [date(YEAR, month, 1) for month in (1, 2, 3)]
    assert sorted(running.demanded) == kept + [month_after(FIRST, place) for place in range(7, 16)]
    assert sum(running.demanded.values()) == 1200
    assert running.project.end_date == date(YEAR + 1, 4, 30)
    titles = list(Decision.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["Pause: Replace the pumps", "Resume: Replace the pumps"]


def test_a_pause_in_the_middle_of_a_month_and_back_in_that_month_changes_nothing_in_sum(running):
    on = date(YEAR, 4, 16)
    pause_work(running.project, actor=running.manager, on=on, months=2, reason=WHY, returns_money=False)
    assert (running.demanded[date(YEAR, 4, 1)], running.demanded[date(YEAR, 6, 1)]) == (50, 50)
    assert (running.available, running.held) == (200_000, 800_000)
    resume_work(running.project, actor=running.manager, on=on, reason="Back")
    assert running.demanded == {month_after(FIRST, place): Decimal(100) for place in range(12)}


def test_who_may_not_stop_changes_nothing(running):
    refused = {"jonas": Forbidden, "mei": Forbidden, "tom": Missing}
    for who, refusal in refused.items():
        with pytest.raises(refusal):
            stop_work(running.project, actor=running.world.person(who), on=ON, reason=WHY)
    limit = {"role": "portfolio_manager", "up_to": Decimal(1000), "currency": "GBP"}
    set_delegation(running.world.networks, actor=MAINSTAY, **limit)
    with pytest.raises(Forbidden, match="costs GBP 1,200,000"):
        stop_work(running.project, actor=running.manager, on=ON, reason=WHY)
    edit_project(running.project, actor=MAINSTAY, owner=running.member)
    with pytest.raises(Forbidden, match="Nobody decides on their own cause"):
        stop_work(running.project, actor=running.member, on=ON, reason=WHY)
    _nothing_happened(running)


def test_a_step_needs_a_reason_a_day_to_come_and_work_that_can_take_it(running):
    with pytest.raises(ValidationError, match="Say why"):
        stop_work(running.project, actor=running.manager, on=ON, reason=" ")
    with pytest.raises(ValidationError, match="past cannot be set free"):
        stop_work(running.project, actor=running.manager, on=date(2020, 1, 1), reason=WHY)
    with pytest.raises(ValidationError, match="from 1 to 36 months"):
        pause_work(running.project, actor=running.manager, on=ON, months=0, reason=WHY)
    with pytest.raises(Impossible, match="does not rest"):
        resume_work(running.project, actor=running.manager, on=ON, reason=WHY)
    with pytest.raises(Impossible, match="candidate; it cannot be stopped"):
        stop_work(type(running.project).objects.get(code="VALVES"), actor=running.manager, on=ON, reason=WHY)
    _nothing_happened(running)


def test_work_paused_by_its_manager_is_resumed_where_it_stood(running):
    target = Stage.objects.get(key="on_hold")
    advance_project(running.project, actor=running.world.project_manager, target=target, reason="Waits")
    before = running.demanded
    resume_work(running.project, actor=running.manager, on=ON, reason="Goes on")
    assert (running.project.stage.key, running.demanded) == ("active", before)


def _nothing_happened(running):
    assert (running.project.stage.key, running.booked, running.available) == ("active", 1200, 200_000)
    assert not Decision.objects.exists()
    assert not Event.objects.filter(verb__startswith="work.").exists()
    assert Commitment.objects.get(project=running.project).returned == 0
