"""What projects give to goals, never more than the whole."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.system import MAINSTAY
from mainstay.strategy.models import Contribution
from mainstay.strategy.operations.contributions import remove_contribution, set_contribution
from mainstay.strategy.operations.goals import create_goal, edit_goal

pytestmark = pytest.mark.django_db


def test_a_second_time_changes_the_share(golden):
    golden.contribute(golden.world.pumps, golden.leaks, "30")
    row = golden.contribute(golden.world.pumps, golden.leaks, "40", note="As agreed")
    assert [(one.share, one.note, one.version) for one in Contribution.objects.all()] == [(40, "As agreed", 2)]
    assert row.work == golden.world.pumps


def test_shares_over_a_hundred_per_goal_are_refused_with_the_total(golden):
    golden.contribute(golden.world.pumps, golden.leaks, "70")
    golden.contribute(golden.world.pumps, golden.leaks, "20", key_result=golden.result)
    told = "The shares of Halve the leaks would add up to 110%. 90% is given to other work, so at most 10% is left."
    with pytest.raises(ValidationError) as refused:
        golden.contribute(golden.world.meters, golden.leaks, "20")
    assert refused.value.message_dict == {"share": [told]}
    assert Contribution.objects.count() == 2


def test_who_may_not_see_the_other_project_is_told_the_total_only(golden):
    golden.contribute(golden.world.heron, golden.leaks, "90")
    with pytest.raises(ValidationError) as refused:
        set_contribution(
            golden.world.meters, actor=golden.world.portfolio_manager, goal=golden.leaks, share=Decimal(20)
        )
    assert "90% is given to other work" in refused.value.messages[0]
    assert "Heron" not in refused.value.messages[0]
    assert Contribution.objects.count() == 1


def test_a_programme_contributes_beside_projects(golden):
    row = golden.contribute(golden.world.programme, golden.trust, "60")
    assert (row.programme, row.project, row.scope) == (golden.world.programme, None, golden.world.programme)
    with pytest.raises(ValidationError, match="would add up to 110%"):
        golden.contribute(golden.world.pumps, golden.trust, "50")
    assert Contribution.objects.count() == 1


def test_nothing_contributes_to_a_vision_a_closed_goal_or_another_goals_result(golden):
    with pytest.raises(ValidationError, match="A vision is too wide"):
        golden.contribute(golden.world.pumps, golden.vision, "10")
    with pytest.raises(ValidationError, match="no key result of Trusted by customers"):
        golden.contribute(golden.world.pumps, golden.trust, "10", key_result=golden.result)
    edit_goal(golden.trust, actor=MAINSTAY, is_closed=True)
    with pytest.raises(Impossible, match="is closed"):
        golden.contribute(golden.world.pumps, golden.trust, "10")
    assert not Contribution.objects.exists()


def test_a_project_manager_speaks_for_their_project_only(golden):
    manager = golden.world.project_manager
    set_contribution(golden.world.pumps, actor=manager, goal=golden.leaks, share=Decimal(10))
    with pytest.raises(Exception, match="not open to you"):
        set_contribution(golden.world.meters, actor=manager, goal=golden.leaks, share=Decimal(10))
    with pytest.raises(Forbidden):
        set_contribution(golden.world.meters, actor=golden.world.sponsor, goal=golden.leaks, share=Decimal(10))
    assert Contribution.objects.count() == 1


def test_a_goal_out_of_sight_does_not_exist(golden):
    secret = create_goal(golden.world.secret, actor=MAINSTAY, name="Secret")
    with pytest.raises(ValidationError, match="There is no such goal"):
        set_contribution(golden.world.meters, actor=golden.world.portfolio_manager, goal=secret, share=Decimal(10))
    assert not Contribution.objects.exists()


def test_contributions_are_seen_by_whoever_sees_work_and_goal(golden):
    golden.contribute(golden.world.pumps, golden.leaks, "10")
    golden.contribute(golden.world.heron, golden.leaks, "10")
    golden.contribute(golden.world.programme, golden.leaks, "10")
    counts = {
        who: Contribution.objects.visible_to(golden.world.person(who)).count()
        for who in ("jonas", "amara", "dora", "tom")
    }
    assert counts == {"jonas": 1, "amara": 2, "dora": 3, "tom": 0}


def test_a_contribution_is_taken_back(golden):
    row = golden.contribute(golden.world.pumps, golden.leaks, "10")
    remove_contribution(row, actor=golden.world.project_manager)
    assert not Contribution.objects.exists()
