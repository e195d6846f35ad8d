"""Creating, changing, weighing and removing goals."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.strategy.models import Goal
from mainstay.strategy.operations.goals import create_goal, edit_goal, remove_goal, weigh_goals

pytestmark = pytest.mark.django_db


def test_a_goal_of_a_portfolio_is_written_by_its_manager(world):
    goal = create_goal(world.networks, actor=world.portfolio_manager, name=" Fewer bursts ", owner=world.sponsor)
    assert (goal.name, goal.code, goal.kind, goal.weight) == ("Fewer bursts", "G-001", "objective", 0)
    assert Event.objects.latest("pk").verb == "goal.create"


def test_a_goal_of_the_whole_organisation_needs_a_grant_for_the_whole(world):
    with pytest.raises(Forbidden):
        create_goal(None, actor=world.portfolio_manager, name="Ours")
    assert not Goal.objects.exists()
    assert create_goal(None, actor=world.administrator, name="Ours").portfolio is None


@pytest.mark.parametrize(
    ("kind", "parent", "told"),
    [("vision", "vision", "A vision does not hang under a vision."), ("theme", "leaks", "A theme does not hang")],
)
def test_a_goal_hangs_only_under_wider_ones(golden, kind, parent, told):
    before = Goal.objects.count()
    with pytest.raises(ValidationError, match=told):
        create_goal(None, actor=MAINSTAY, name="Wrong", kind=kind, parent=getattr(golden, parent))
    assert Goal.objects.count() == before


def test_what_hangs_under_a_goal_of_a_portfolio_stands_for_it_or_a_part(world):
    goal = create_goal(world.networks, actor=MAINSTAY, name="Fewer bursts")
    with pytest.raises(ValidationError, match="Fewer bursts stands for Networks"):
        create_goal(world.top, actor=MAINSTAY, name="Too wide", parent=goal)
    with pytest.raises(ValidationError, match="Fewer bursts stands for Networks"):
        create_goal(None, actor=MAINSTAY, name="Too wide", parent=goal)
    assert Goal.objects.count() == 1


def test_a_goal_moves_to_another_portfolio_only_with_what_hangs_under_it(world):
    goal = create_goal(world.top, actor=MAINSTAY, name="Wide")
    create_goal(world.top, actor=MAINSTAY, name="Below", parent=goal)
    with pytest.raises(ValidationError, match="Wide stands for Networks"):
        edit_goal(goal, actor=MAINSTAY, portfolio=world.networks)
    assert Goal.objects.get(pk=goal.pk).portfolio == world.top


def test_a_goal_hangs_in_no_circle(golden):
    below = create_goal(None, actor=MAINSTAY, name="Below", parent=golden.leaks)
    with pytest.raises(ValidationError, match="It cannot hang under itself"):
        edit_goal(golden.leaks, actor=MAINSTAY, parent=below)
    assert Goal.objects.get(pk=golden.leaks.pk).parent == golden.vision


def test_a_goal_ends_after_it_begins(world):
    with pytest.raises(ValidationError, match="The end lies before the start"):
        create_goal(None, actor=MAINSTAY, name="X", start_date=date(2027, 1, 1), end_date=date(2026, 1, 1))
    assert not Goal.objects.exists()


def test_a_stale_edit_is_refused_with_what_changed(golden):
    edit_goal(golden.leaks, actor=MAINSTAY, name="Leak less")
    with pytest.raises(Stale) as refused:
        edit_goal(golden.leaks, actor=MAINSTAY, expected_version=golden.leaks.version, name="Mine")
    assert [(change.before, change.after) for change in refused.value.changes] == [("Halve the leaks", "Leak less")]
    assert Goal.objects.get(pk=golden.leaks.pk).name == "Leak less"


def test_weights_are_given_to_all_goals_that_hang_together_at_once(golden):
    weights = {golden.leaks.pk: Decimal(70), golden.trust.pk: Decimal(30)}
    assert weigh_goals([golden.leaks, golden.trust], actor=MAINSTAY, weights=weights, reason="Board of March") == 2
    assert list(Goal.objects.filter(parent=golden.vision).values_list("weight", flat=True)) == [70, 30]
    assert Event.objects.latest("pk").reason == "Board of March"
    with pytest.raises(ValidationError, match="all open goals under one goal at once"):
        weigh_goals([golden.leaks], actor=MAINSTAY, weights={golden.leaks.pk: Decimal(100)})


def test_weights_add_up_to_a_hundred(golden):
    weights = {golden.leaks.pk: Decimal(70), golden.trust.pk: Decimal(40)}
    with pytest.raises(ValidationError, match="The weights add up to 110%; make them 100%"):
        weigh_goals([golden.leaks, golden.trust], actor=MAINSTAY, weights=weights)
    assert list(Goal.objects.filter(parent=golden.vision).values_list("weight", flat=True)) == [60, 40]


def test_weights_somebody_changed_meanwhile_are_refused(golden):
    read = {golden.leaks.pk: golden.leaks.version, golden.trust.pk: golden.trust.version}
    both = [golden.leaks, golden.trust]
    weigh_goals(both, actor=MAINSTAY, weights={golden.leaks.pk: Decimal(50), golden.trust.pk: Decimal(50)})
    mine = {golden.leaks.pk: Decimal(10), golden.trust.pk: Decimal(90)}
    with pytest.raises(Stale):
        weigh_goals(both, actor=MAINSTAY, weights=mine, versions=read)
    assert list(Goal.objects.filter(parent=golden.vision).values_list("weight", flat=True)) == [50, 50]


def test_only_a_goal_nothing_hangs_on_is_removed(golden):
    with pytest.raises(Impossible, match="Other goals hang under"):
        remove_goal(golden.vision, actor=MAINSTAY)
    with pytest.raises(Impossible, match="has key results"):
        remove_goal(golden.leaks, actor=MAINSTAY)
    golden.contribute(golden.world.pumps, golden.trust, "10")
    with pytest.raises(Impossible, match="Work contributes"):
        remove_goal(golden.trust, actor=MAINSTAY)
    assert Goal.objects.count() == 3


def test_a_goal_removed_is_still_known_on_the_day_before(golden):
    spare = create_goal(None, actor=MAINSTAY, name="A slip")
    moment = Event.objects.latest("pk").at
    remove_goal(spare, actor=MAINSTAY)
    assert not Goal.objects.filter(name="A slip").exists()
    assert Goal.objects.as_of(moment).visible_to(golden.world.sponsor).filter(name="A slip").exists()


def test_goals_are_read_by_whoever_works_below_them_and_by_nobody_elsewhere(world):
    for portfolio, name in ((None, "All"), (world.top, "Top"), (world.networks, "Net"), (world.secret, "Secret")):
        create_goal(portfolio, actor=MAINSTAY, name=name)
    seen = {who: set(Goal.objects.visible_to(world.person(who)).values_list("name", flat=True)) for who in _WHO}
    assert seen == {
        "jonas": {"All", "Top", "Net"},
        "amara": {"All", "Top", "Net"},
        "grace": {"All", "Top", "Net"},
        "dora": {"All", "Top", "Net", "Secret"},
        "tom": set(),
    }


_WHO = ("jonas", "amara", "grace", "dora", "tom")


def test_a_goal_of_another_portfolio_does_not_exist_for_the_manager(world):
    goal = create_goal(world.secret, actor=MAINSTAY, name="Secret")
    with pytest.raises(Missing):
        edit_goal(goal, actor=world.portfolio_manager, name="Mine")
    assert Goal.objects.get().name == "Secret"
