"""The standard life cycle: laid down once, and brought up to date where an earlier version laid it down."""

import pytest

from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Stage, Transition
from mainstay.portfolio.operations.setup import set_transition
from mainstay.portfolio.standard import TRANSITIONS, set_up

pytestmark = pytest.mark.django_db


def _way(origin: str, target: str) -> Transition:
    return Transition.objects.get(origin__key=origin, target__key=target)


def _forget(way: Transition, *guards: str) -> None:
    """Make a way as if an earlier version, which did not know these guards, had laid it down."""
    left = [name for name in way.guards if name not in guards]
    Transition.objects.filter(pk=way.pk).update(guards=left)
    Transition.Version.objects.filter(row_id=way.pk).update(guards=left)


def test_a_life_cycle_of_today_is_left_as_it_is(db: None) -> None:
    set_up()
    before = Event.objects.count()
    set_up()
    assert Event.objects.count() == before
    assert Transition.objects.count() == len(TRANSITIONS)


def test_an_older_life_cycle_gets_a_new_guard_beside_what_the_office_changed(db: None) -> None:
    set_up()
    way = _way("authorised", "active")
    _forget(way, "gate_passed", "conditions_met")
    ends = {"origin": way.origin, "target": way.target}
    set_transition(
        None, actor=MAINSTAY, **ends, action="Kick off", guards=["has_cost", "has_dates"], needs_reason=True
    )
    set_up()
    now = _way("authorised", "active")
    assert (now.action, now.needs_reason) == ("Kick off", True)
    # Whoever took out has_manager meant it; what is new stands behind what there is.
    assert now.guards == ["has_cost", "has_dates", "gate_passed", "conditions_met"]


def test_a_guard_that_the_office_took_out_stays_out(db: None) -> None:
    set_up()
    way = _way("authorised", "active")
    set_transition(None, actor=MAINSTAY, origin=way.origin, target=way.target, guards=["has_dates"])
    set_up()
    assert _way("authorised", "active").guards == ["has_dates"]


def test_a_way_that_is_new_is_opened_and_one_that_was_closed_stays_closed(db: None) -> None:
    set_up()
    closed, unknown = _way("rejected", "proposed"), _way("closing", "active")
    set_transition(None, actor=MAINSTAY, origin=closed.origin, target=closed.target, remove=True)
    Transition.Version.objects.filter(row_id=unknown.pk).delete()
    Transition.objects.filter(pk=unknown.pk).delete()
    set_up()
    assert not Transition.objects.filter(origin__key="rejected", target__key="proposed").exists()
    assert _way("closing", "active").action == "Reopen"


def test_a_life_cycle_of_ones_own_gets_no_stages_of_the_standard(db: None) -> None:
    set_up()
    Transition.Version.objects.all().delete()
    Transition.objects.all().delete()
    Stage.objects.exclude(key="active").delete()
    set_up()
    assert list(Stage.objects.values_list("key", flat=True)) == ["active"]
    assert not Transition.objects.exists()
