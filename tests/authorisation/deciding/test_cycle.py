"""What a planning cycle shows of authorisation: its scenarios, and the plans adopted from them."""

from datetime import date

import pytest

from mainstay.authorisation.deciding.operations.adopting import adopt_scenario, undo_adoption
from mainstay.authorisation.scenarios.operations import edit_scenario
from mainstay.core.system import MAINSTAY
from mainstay.governance.contents import contents
from mainstay.governance.operations.cycles import create_cycle

pytestmark = pytest.mark.django_db


def test_a_cycle_shows_its_scenarios_and_what_came_of_the_plans_adopted_from_them(branch):
    dates = {"start_date": date(2027, 1, 1), "end_date": date(2027, 12, 31)}
    cycle = create_cycle(branch.golden.portfolio, actor=MAINSTAY, name="2027", **dates)
    scenario = edit_scenario(branch.fresh(), actor=branch.golden.manager, cycle=cycle)
    decision = adopt_scenario(scenario, actor=branch.golden.member)

    def shelves(person):
        return {shelf.title: shelf.things for shelf in contents(cycle, person)}

    told = shelves(branch.golden.member)
    assert [(one.name, one.state) for one in told["Scenarios"]] == [("Growth", "Adopted")]
    assert [one.url for one in told["Adopted plans"]] == [f"/learning/plans/{decision.pk}/"]
    assert shelves(branch.golden.evaluator) == {}
    undo_adoption(decision, actor=branch.golden.member, reason="The wrong branch")
    assert "Adopted plans" not in shelves(branch.golden.member)
