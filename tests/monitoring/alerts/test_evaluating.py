"""Rules raise, clear and bring back alerts, and nobody is flooded."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mainstay.core.errors import Forbidden
from mainstay.core.models import Event
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.alerts.evaluating import look
from mainstay.monitoring.alerts.operations import (
    create_rule,
    edit_rule,
    evaluate_alerts,
    evaluate_now,
    take_alert,
)
from mainstay.monitoring.models import Alert
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project
from tests.monitoring.alerts.conftest import TODAY
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def day_by_day(watched, django_capture_on_commit_callbacks):
    """What a look at a slip of so many days comes to, a day after the last look."""

    def look(slip, after=1):
        watched.slip(slip)
        with django_capture_on_commit_callbacks(execute=True):
            return watched.look(after).counts

    return look


def test_a_value_that_swings_around_its_limit_makes_no_storm(watched, day_by_day):
    watched.rule()
    swings = [12, 9, 11, 8, 10, 9, 14, 6, 10, 7, 11, 9]
    assert [day_by_day(slip)["raised"] for slip in swings] == [1] + [0] * 11
    assert [alert.state for alert in watched.alerts] == ["open"]
    assert watched.told(watched.world.project_manager) == ["Alert: Replace the pumps: Milestones late, 12 days."]


def test_a_value_that_swings_through_both_limits_brings_the_same_alert_back_and_tells_nobody_anew(
    watched, day_by_day
):
    watched.rule()
    outcomes = [day_by_day(slip) for slip in (12, 3, 12, 3, 12)]
    assert [one["raised"] for one in outcomes] == [1, 0, 0, 0, 0]
    assert [one["cleared"] for one in outcomes] == [0, 1, 0, 1, 0]
    assert [one["back"] for one in outcomes] == [0, 0, 1, 0, 1]
    assert len(watched.alerts) == 1
    assert len(watched.told(watched.world.project_manager)) == 1


def test_what_comes_back_after_more_than_a_week_is_a_new_alert(watched, day_by_day):
    watched.rule()
    outcomes = [day_by_day(12), day_by_day(3), day_by_day(12, after=8)]
    assert [one["raised"] for one in outcomes] == [1, 0, 1]
    assert [alert.state for alert in watched.alerts] == ["cleared", "open"]
    assert len(watched.told(watched.world.project_manager)) == 2


def test_nothing_is_written_while_nothing_changes(watched, day_by_day):
    watched.rule()
    day_by_day(12)
    before = Event.objects.count()
    with_nothing_new = watched.look().counts
    assert with_nothing_new == {"raised": 0, "back": 0, "cleared": 0, "due": 0}
    assert Event.objects.count() == before


def test_two_alerts_are_told_in_one_notice(watched, django_capture_on_commit_callbacks):
    watched.rule()
    watched.slip(12)
    watched.slip(30, watched.world.meters)
    with django_capture_on_commit_callbacks(execute=True):
        assert watched.look().counts["raised"] == 2
    assert watched.told(watched.world.project_manager) == [
        "2 alerts: Replace the pumps: Milestones late, 12 days; Smart meters: Milestones late, 30 days."
    ]


def test_the_owner_of_a_rule_is_told_and_else_the_manager(watched, day_by_day):
    watched.rule(owner=watched.world.portfolio_manager)
    day_by_day(12)
    assert watched.alerts[0].owner == watched.world.portfolio_manager
    assert watched.told(watched.world.project_manager) == []


def test_an_owner_who_may_not_see_the_project_is_not_told_of_it(watched, day_by_day):
    watched.rule(owner=watched.world.stranger)
    day_by_day(12)
    assert watched.alerts[0].owner == watched.world.project_manager
    assert watched.told(watched.world.stranger) == []


def test_a_confidential_part_has_rules_of_its_own(watched):
    let_run(watched.world.heron, manager=watched.world.director)
    terms = {"name": "Any cost", "measure": "source.cost", "raise_at": 1.0}
    rule = create_rule(watched.world.top, actor=MAINSTAY, **terms)
    evaluate_now(watched.world.top, actor=MAINSTAY)
    raised = set(Alert.objects.filter(rule=rule).values_list("project__code", flat=True))
    assert raised == {"PUMPS", "METERS"}


def test_an_alert_taken_over_is_open_again_on_its_day_and_told_once(watched, day_by_day):
    watched.rule()
    day_by_day(12)
    manager = watched.world.project_manager
    take_alert(watched.alerts[0], actor=manager, note="Second supplier asked", follow_up=date(2099, 1, 1))
    alert = watched.alerts[0]
    Alert.objects.filter(pk=alert.pk).update(follow_up=TODAY + timedelta(days=4))
    assert day_by_day(12)["due"] == 0
    assert day_by_day(12, after=2)["due"] == 1
    assert day_by_day(12)["due"] == 0
    assert [(one.state, one.note) for one in watched.alerts] == [("open", "Second supplier asked")]
    assert len(watched.told(manager)) == 2


def test_a_project_that_no_longer_runs_is_no_longer_watched(watched, day_by_day):
    watched.rule()
    day_by_day(12)
    row = Project.objects.get(code="PUMPS")
    advance_project(row, actor=MAINSTAY, target=Stage.objects.get(key="on_hold"), reason="Waits")
    assert watched.look().counts["cleared"] == 1
    assert [alert.state for alert in watched.alerts] == ["cleared"]


def test_a_rule_out_of_use_clears_its_alerts(watched, day_by_day):
    rule = watched.rule()
    day_by_day(12)
    edit_rule(rule, actor=watched.world.portfolio_manager, is_active=False)
    assert watched.look().counts["cleared"] == 1


def test_a_rule_changed_while_it_was_looked_at_is_left_to_the_next_look(watched):
    rule, manager = watched.rule(), watched.world.portfolio_manager
    watched.slip(12)
    found = look(watched.world.networks)
    edit_rule(rule, actor=manager, raise_at=20.0)
    assert evaluate_alerts(watched.world.networks, actor=manager, findings=found).counts["raised"] == 0
    assert watched.alerts == []


def test_a_trend_compares_with_what_was_known_then(watched):
    watched.rule(name="Slipping", kind="trend", raise_at=5.0, clear_at=None, days=7)
    watched.slip(20)
    now, manager = timezone.now(), watched.world.portfolio_manager

    def looked(days):
        with acting(at=now + timedelta(days=days)):
            return evaluate_now(watched.world.networks, actor=manager).counts

    assert looked(9)["raised"] == 0
    with acting(at=now + timedelta(days=10)):
        watched.slip(26)
    assert looked(12)["raised"] == 1
    assert [alert.value for alert in watched.alerts] == [6.0]
    assert looked(30)["cleared"] == 1


def test_silence_is_counted_from_the_beginning_where_there_never_was_news(watched, day_by_day):
    watched.rule(name="No reports", measure="report.silence", kind="silence", raise_at=None, clear_at=None, days=30)
    Project.objects.update(stage_since=TODAY - timedelta(days=27))
    assert [watched.look().counts["raised"] for _ in range(4)] == [0, 0, 2, 0]


def test_at_most_one_alert_of_a_rule_and_project_is_open_whoever_writes(watched, day_by_day):
    watched.rule()
    day_by_day(12)
    alert = watched.alerts[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(rule=alert.rule, project=alert.project, raised_at=alert.raised_at)


def test_a_sponsor_does_not_evaluate(watched):
    watched.rule()
    watched.slip(12)
    with pytest.raises(Forbidden):
        evaluate_now(watched.world.networks, actor=watched.world.sponsor)
    assert watched.alerts == []
