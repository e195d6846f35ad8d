"""Running work set free: the best plan with going on, resting and stopping is what trying everything finds."""

from datetime import UTC, datetime
from itertools import product

import pytest

from mainstay.authorisation.scenarios import exits
from mainstay.authorisation.scenarios.exits import Exit
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.operations import arrange_scenario
from mainstay.authorisation.scenarios.problem import problem_of_scenario, worth
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.scenarios.totals import totals
from mainstay.core.errors import Impossible
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import authorise_project
from tests.authorisation.scenarios.conftest import LIMITS

pytestmark = pytest.mark.django_db
FREE = {"window": 0, "committed": "free", "delay": {"amount": "1"}}
# A still brings 9 for 60 that stays to be spent, B 80 for 50; stopping A costs 4 and leaves 10.
KNOWN = {"A": Exit(60, 9, stop_cost=4, salvage=10), "B": Exit(50, 80, stop_cost=20, pause_cost=1)}


@pytest.fixture
def running(five, monkeypatch):
    """A and B of the five run; others wait."""
    for code in KNOWN:
        stage = Stage.objects.get(key="authorised")
        authorise_project(five.project(code), actor=MAINSTAY, target=stage, reason="Chosen")
    monkeypatch.setattr(exits, "_readers", [])
    exits.register_exits(lambda projects, actor: {one.pk: KNOWN[one.code] for one in projects if one.code in KNOWN})
    with acting(at=datetime(2027, 1, 1, 8, tzinfo=UTC)):
        yield five


def scenario_of(running, budget, aim="net_benefit"):
    limits = [{"source": "cost", "max": str(budget)}, *LIMITS[1:]]
    return running.scenario(limits=limits, rules=FREE, maximise=aim)


def tried(scenario, manager):
    """The value of the best plan by trying every way of every project, stopping among them."""
    frame = frame_of(scenario, manager)
    ways = [[*offer.ways, offer.stop] for offer in frame.offers.values()]
    best = -1e9
    for chosen in product(*ways):
        plan = [(offer, way) for offer, way in zip(frame.offers.values(), chosen, strict=True) if way]
        cost = sum(sum(way.cost) for _, way in plan)
        hours = [
            sum(way.roles.get(room.key, ())[place] for _, way in plan if place < len(way.roles.get(room.key, ())))
            <= room.hours[place]
            for room in frame.rooms
            for place in range(frame.periods.count)
        ]
        if cost <= frame.budgets[0].amount and all(hours):
            best = max(best, sum(worth(scenario, frame.periods, offer, way, 0) for offer, way in plan))
    return best


@pytest.mark.parametrize("budget", [90, 130, 200, 320])
@pytest.mark.parametrize("aim", ["net_benefit", "benefit"])
def test_the_plan_found_is_the_best_of_all(running, budget, aim):
    scenario = scenario_of(running, budget, aim)
    solved = solve_scenario_now(scenario, actor=running.manager, seconds=20)
    assert solved is not None
    assert totals(solved, running.manager).value == pytest.approx(tried(scenario, running.manager))
    assert totals(solved, running.manager).cost <= budget


def test_work_that_is_worth_more_stopped_is_out_with_what_stopping_costs(running):
    solved = solve_scenario_now(scenario_of(running, 320), actor=running.manager, seconds=20)
    stopped, going = running.line(solved, "A"), running.line(solved, "B")
    assert (stopped.is_in, stopped.option) == (False, "Stop")
    assert (going.is_in, going.option) == (True, "Continue")
    everything = totals(solved, running.manager)
    others = [line for line in solved.lines.filter(is_in=True) if line.project.code != "B"]
    spent = sum(line.project.cost for line in others)
    assert everything.cost == pytest.approx(float(spent) + 50 + 4)


def test_stopping_by_hand_and_taking_back_settles_the_way(running):
    scenario = scenario_of(running, 320)
    before = totals(scenario, running.manager)
    arrange_scenario(scenario, actor=running.manager, lines=[{"project": "B", "is_in": False}])
    assert running.line(scenario, "B").option == "Stop"
    after = totals(scenario, running.manager)
    assert (after.value - before.value, after.cost - before.cost) == (-30 - 20, 20 - 50)
    arrange_scenario(scenario, actor=running.manager, lines=[{"project": "B", "is_in": True}])
    assert running.line(scenario, "B").option == ""


def test_a_budget_that_does_not_pay_for_stopping_everything_is_refused(running):
    with pytest.raises(Impossible, match="does not even pay for stopping"):
        problem_of_scenario(scenario_of(running, 23), running.manager)


def test_kept_work_has_one_way_as_before(running):
    scenario = running.scenario(rules=FREE | {"committed": "kept"})
    offers = frame_of(scenario, running.manager).offers
    assert {offer.stop for offer in offers.values()} == {None}
    assert {offer.way("Stop").name for offer in offers.values()} == {"whole"}
