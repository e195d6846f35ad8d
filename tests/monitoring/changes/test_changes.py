"""A change of authorised work: its effect before anybody decides, delegation, the new baseline, and the trail."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.authorisation.models import Baseline, Decision
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.governance.operations.delegations import set_delegation
from mainstay.monitoring.changes.demand import shared_out
from mainstay.monitoring.changes.effect import Effect
from mainstay.monitoring.changes.operations import (
    decide_change,
    draft_change,
    edit_change,
    submit_change,
    withdraw_change,
)
from mainstay.monitoring.models import ChangeRequest
from mainstay.portfolio.models import Milestone, Project
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.resources.models import Demand
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from tests.monitoring.going import let_run
from tests.resources.people import hire

pytestmark = pytest.mark.django_db
END, AHEAD = date(2090, 12, 31), date(2090, 6, 30)
SIX_WEEKS = {"title": "Longer trial run", "reason": "The pumps run hot", "days": 42, "cost_effect": Decimal(50_000)}


@pytest.fixture
def pumps(world: Any) -> Project:
    """The pumps run until the end of 2090, with one milestone behind them and one ahead."""
    project = let_run(world.pumps, world.project_manager, end_date=END)
    add_milestone(project, actor=MAINSTAY, name="Ordered", due_date=date(2026, 2, 1), done_date=date(2026, 2, 3))
    add_milestone(project, actor=MAINSTAY, name="Commissioned", due_date=AHEAD)
    return project


def submitted(project: Project, actor: Any, **more: Any) -> ChangeRequest:
    """A change that waits for a decision."""
    return submit_change(draft_change(project, actor=actor, **SIX_WEEKS | more), actor=actor)


def test_the_effect_is_told_before_anybody_decides(world: Any, pumps: Project) -> None:
    row = draft_change(pumps, actor=world.project_manager, **SIX_WEEKS)
    effect = Effect(row, world.project_manager)
    told = {line.label: (line.before, line.after, line.difference) for line in effect.lines}
    assert told["End"] == (END, END + timedelta(days=42), 42)
    assert told["Whole-life cost"] == (Decimal("1200000.00"), Decimal("1250000.00"), Decimal("50000.00"))
    assert told["Benefit / cost"] == (Decimal("1.67"), Decimal("1.60"), Decimal("-0.07"))
    assert [(one.name, one.after) for one in effect.milestones] == [("Commissioned", AHEAD + timedelta(days=42))]
    assert Project.objects.get(pk=pumps.pk).end_date == END


def test_what_is_approved_becomes_a_baseline_beside_the_old_one(
    world: Any, pumps: Project, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = submitted(pumps, world.project_manager)
        decide_change(row, actor=world.portfolio_manager, approve=True, note="Cheaper than a failure")
    pumps.refresh_from_db()
    assert (pumps.end_date, pumps.cost) == (END + timedelta(days=42), Decimal("1250000.00"))
    due = dict(Milestone.objects.filter(project=pumps).values_list("name", "due_date"))
    assert due == {"Ordered": date(2026, 2, 1), "Commissioned": AHEAD + timedelta(days=42)}
    before, after = Baseline.objects.filter(project=pumps).order_by("number")
    assert (before.is_current, before.end_date, before.figures["cost"]) == (False, END, "1200000.00")
    assert (after.is_current, after.end_date, after.figures["cost"]) == (True, END + timedelta(days=42), "1250000.00")
    row.refresh_from_db()
    assert (row.state, row.baseline, row.decided_by) == ("approved", after, world.portfolio_manager)
    assert '"End":{"after":"2091-02-11","before":"2090-12-31"}' in Decision.objects.get().record.content
    assert any("Longer trial run" in one.text for one in Notice.objects.filter(person=world.portfolio_manager))
    assert any("was approved" in one.text for one in Notice.objects.filter(person=world.project_manager))


def test_nobody_decides_their_own_change_or_beyond_what_is_delegated(world: Any, pumps: Project) -> None:
    set_delegation(
        world.top, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, up_to=Decimal(40_000), currency="GBP"
    )  # fmt: skip
    row = submitted(pumps, world.project_manager)
    with pytest.raises(Forbidden, match=r"The change comes to GBP 50,000; .* decides up to 40,000 GBP"):
        decide_change(row, actor=world.portfolio_manager, approve=True, note="Yes")
    own = submitted(pumps, world.portfolio_manager, cost_effect=Decimal(10_000))
    with pytest.raises(Forbidden, match="Amara Diallo asked for this change"):
        decide_change(own, actor=world.portfolio_manager, approve=True, note="Yes")
    give_grant(world.project_manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=world.networks.path)
    with pytest.raises(Forbidden, match="manages Replace the pumps"):
        decide_change(own, actor=world.project_manager, approve=True, note="Yes")
    small = submitted(pumps, world.project_manager, cost_effect=Decimal(10_000))
    assert decide_change(small, actor=world.portfolio_manager, approve=False, note="No").state == "rejected"
    assert Project.objects.get(pk=pumps.pk).cost == Decimal("1200000.00")
    assert not Baseline.objects.exists()


def test_what_was_decided_or_makes_no_sense_stays_as_it_is(world: Any, pumps: Project) -> None:
    jonas = world.project_manager
    nothing = draft_change(pumps, actor=jonas, title="Nothing", reason="None")
    for wrong in ({}, {"cost_effect": Decimal(-2_000_000)}, {"days": -40_000}):
        with pytest.raises(ValidationError):
            submit_change(edit_change(nothing, actor=jonas, **wrong), actor=jonas)
    assert ChangeRequest.objects.get().state == "draft"
    withdraw_change(nothing, actor=jonas, reason="Not needed")
    with pytest.raises(Impossible):
        edit_change(nothing, actor=jonas, title="After all")
    with pytest.raises(Impossible, match="only authorised work"):
        draft_change(world.meters, actor=world.portfolio_manager, **SIX_WEEKS)
    assert ChangeRequest.objects.get().title == "Nothing"


def test_hours_of_a_role_are_added_and_taken_to_the_hour(world: Any, pumps: Project) -> None:
    staff, month = hire(world), timezone.localdate().replace(day=1)
    edit_project(pumps, actor=MAINSTAY, end_date=month_after(month, 4))
    months = {month_after(month, place): Decimal(100) for place in range(3)}
    enter_demand(pumps, actor=MAINSTAY, entries=[DemandEntry(staff.role, hours=months)])
    more = submitted(pumps, world.project_manager, days=0, demand_effect={staff.role.key: "70"})
    assert [(one.before, one.after) for one in Effect(more, world.project_manager).people] == [(300, 370)]
    decide_change(more, actor=world.portfolio_manager, approve=True, note="Yes")
    assert whole(pumps) == Decimal(370)
    less = submitted(pumps, world.project_manager, days=0, demand_effect={staff.role.key: "-170.01"})
    decide_change(less, actor=world.portfolio_manager, approve=True, note="Yes")
    assert whole(pumps) == Decimal("199.99")
    with pytest.raises(ValidationError, match="no role"):
        draft_change(pumps, actor=world.project_manager, **SIX_WEEKS | {"demand_effect": {"zzz": 1}})


def whole(project: Project) -> Decimal:
    """All hours a project needs."""
    return sum(Demand.objects.filter(project=project).values_list("hours", flat=True), Decimal(0))


def test_hours_are_shared_out_without_a_remainder() -> None:
    months = [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert list(shared_out(Decimal(100), months).values()) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_the_pages_lead_from_the_question_to_the_decision(world: Any, pumps: Project, client: Any) -> None:
    client.force_login(world.project_manager)
    sent = {"title": "Longer trial run", "reason": "Hot", "days": "42", "cost_effect": "50000", "benefit_effect": "0",
            "moves_milestones": "on", "hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}  # fmt: skip
    made = client.post("/monitor/projects/PUMPS/changes/new/", sent)
    row = ChangeRequest.objects.get()
    assert made["Location"] == f"/monitor/changes/{row.pk}/"
    page = client.get(f"/monitor/changes/{row.pk}/").content.decode()
    assert "1,250,000" in page
    client.post(f"/monitor/changes/{row.pk}/submission/", {"version": "1"})
    decision = f"/monitor/changes/{row.pk}/decision/"
    assert client.post(decision, {"verdict": "approve", "note": "Mine", "version": "2"}).status_code == 403
    client.force_login(world.portfolio_manager)
    assert "Longer trial run" in client.get("/monitor/changes/?state=mine").content.decode()
    assert client.post(decision, {"verdict": "approve", "note": "", "version": "2"}).status_code == 422
    assert ChangeRequest.objects.get().state == "submitted"
    assert client.post(decision, {"verdict": "approve", "note": "Yes", "version": "2"}).status_code == 302
    assert "Baseline 2" in client.get(f"/monitor/changes/{row.pk}/").content.decode()
    client.force_login(world.stranger)
    assert client.get(f"/monitor/changes/{row.pk}/").status_code == 404
