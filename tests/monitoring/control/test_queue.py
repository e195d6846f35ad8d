"""The queue of running work, what waits for what is set free, and the terms of exit."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.engine.control import Advice
from mainstay.monitoring.control.operations import set_exit, stop_work
from mainstay.monitoring.control.queue import queue_of
from mainstay.monitoring.control.replanning import planned_with, set_free
from mainstay.monitoring.control.waiting import WaitingList
from mainstay.monitoring.models import ExitTerms, LedgerFile, LedgerLine
from mainstay.monitoring.money.operations.keeping import keep_money
from mainstay.portfolio.operations.projects import edit_project
from tests.monitoring.control.conftest import ON, YEAR
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db


NOW = datetime(YEAR - 1, 12, 3, 9, tzinfo=UTC)


def spend(project, amount):
    """The ledger says that so much was spent."""
    known = {"portfolio": project.portfolio, "source": "SAP"}
    file = LedgerFile.objects.create(**known, name="ledger.csv", sha256="0", lines=1, imported_at=NOW)
    day = {"date": NOW.date(), "month": NOW.date().replace(day=1)}
    money = {"amount": amount, "own_amount": amount, "currency": project.currency}
    LedgerLine.objects.create(file=file, external_key="1", project=project, **known, **day, **money)
    keep_money([project.pk])


def test_what_was_spent_is_shown_and_counts_nowhere(running):
    before = queue_of(running.manager).rows[0]
    assert (before.spent, before.remaining, before.benefit) == (0, 1_200_000, 2_000_000)
    assert before.per_cost == pytest.approx(2_000_000 / 1_200_000)
    # Nothing of what lies ahead changes where 900,000 more were spent and so much more will have been needed.
    spend(running.project, Decimal(900_000))
    edit_project(running.project, actor=MAINSTAY, cost=Decimal(2_100_000))
    after = queue_of(running.manager).rows[0]
    assert (after.spent, after.forecast) == (900_000, 2_100_000)
    ahead = ("remaining", "value", "per_cost", "net", "per_hour", "advice")
    assert [getattr(after, name) for name in ahead] == [getattr(before, name) for name in ahead]


def test_the_least_worth_going_on_with_comes_first_with_the_reason(running):
    let_run(running.world.meters, manager=running.world.project_manager)
    edit_project(running.world.meters, actor=MAINSTAY, benefit=Decimal(700_000))
    terms = {"stop_cost": Decimal(50_000), "salvage": Decimal(10_000), "pause_cost": Decimal(0)}
    set_exit(running.world.meters, actor=running.manager, **terms)
    queue = queue_of(running.manager, hurdle=2.0)
    assert [row.project.code for row in queue.rows] == ["METERS", "PUMPS"]
    meters = queue.rows[0]
    assert (meters.value, meters.net, meters.advice) == (740_000, -60_000, Advice.STOP)
    assert meters.per_cost == pytest.approx(740 / 800)
    assert [row.project.code for row in queue.below] == ["METERS", "PUMPS"]
    assert queue.finding.startswith("1 of 2 running projects would be worth more stopped")
    assert meters.why == (
        "Going on brings GBP 700k for GBP 800k still to be spent; stopping costs GBP 50k and leaves GBP 10k: "
        "GBP 60k worse than stopping."
    )


def test_a_queue_asks_the_same_number_of_questions_for_any_number_of_projects(running, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as one:
        queue_of(running.manager)
    let_run(running.world.meters, manager=running.world.project_manager)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(queue_of(running.manager).rows) == 2


def test_terms_of_exit_are_set_by_whoever_may_and_never_over_a_newer_version(running):
    terms = {"stop_cost": Decimal(5), "salvage": Decimal(1), "pause_cost": Decimal(2)}
    set_exit(running.project, actor=running.world.project_manager, terms_version=0, **terms)
    with pytest.raises(Impossible, match="Somebody else changed"):
        set_exit(running.project, actor=running.manager, terms_version=0, **(terms | {"stop_cost": Decimal(9)}))
    with pytest.raises(ValidationError):
        set_exit(running.project, actor=running.manager, **(terms | {"salvage": Decimal(-1)}))
    with pytest.raises(Forbidden):
        set_exit(running.project, actor=running.world.sponsor, **terms)
    assert [(row.stop_cost, row.version) for row in ExitTerms.objects.all()] == [(5, 1)]


def test_what_a_stop_sets_free_is_offered_to_those_who_wait_with_days(running):
    def fitting():
        found = WaitingList(running.manager, running.world.networks)
        return found.money, [(one.project.code, one.alone, one.together) for one in found.candidates]

    with acting(at=NOW):
        # Anna has no 90 hours a month beside the pumps in 2030, and the fund has 200,000 left.
        assert fitting() == (
            200_000,
            [("VALVES", None, None), ("FILTERS", date(YEAR + 1, 1, 1), date(YEAR + 1, 1, 1))],
        )
        stop_work(running.project, actor=running.manager, on=ON, reason="The grid plan changed")
        assert fitting() == (
            700_000,
            [("VALVES", ON, ON), ("FILTERS", ON, date(YEAR, 10, 1))],
        )


def test_planning_with_the_chosen_puts_them_where_they_fit(running):
    with acting(at=NOW):
        starts = {"VALVES": ON, "FILTERS": date(YEAR, 10, 1)}
        made = planned_with(running.world.networks, actor=running.manager, name="After", starts=starts)
    lines = made.lines.filter(is_in=True, project__code__in=starts).order_by("project__code")
    assert [(line.start_date, line.end_date) for line in lines] == [
        (date(YEAR, 10, 1), date(YEAR + 1, 3, 31)),
        (ON, date(YEAR, 9, 30)),
    ]


def test_running_work_set_free_has_its_ways_in_the_scenario(running):
    with acting(at=NOW):
        made = set_free(running.world.networks, actor=running.manager, name="Anew", budget=Decimal(2_000_000))
        offers = {offer.code: offer for offer in frame_of(made, running.manager).offers.values()}
    ways = offers["PUMPS"].ways
    assert [(way.name, round(sum(way.cost))) for way in ways] == [("Continue", 1_200_000), ("Pause", 1_200_000)]
    assert offers["PUMPS"].stop is not None
    assert offers["VALVES"].stop is None
