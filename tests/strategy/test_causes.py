"""Links between goals: no circles, no doubles."""

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden
from mainstay.core.system import MAINSTAY
from mainstay.strategy.models import Cause
from mainstay.strategy.operations.causes import link_cause, unlink_cause
from mainstay.strategy.operations.goals import create_goal

pytestmark = pytest.mark.django_db


def test_a_link_is_drawn_once_and_closes_no_circle(golden):
    third = create_goal(None, actor=MAINSTAY, name="Skilled crews")
    link_cause(third, actor=MAINSTAY, target=golden.leaks)
    link_cause(golden.leaks, actor=MAINSTAY, target=golden.trust)
    for source, target, told in (
        (golden.leaks, golden.trust, "This link is there already"),
        (golden.trust, third, "would close a circle"),
        (third, third, "does not help itself"),
    ):
        with pytest.raises(ValidationError, match=told):
            link_cause(source, actor=MAINSTAY, target=target)
    assert Cause.objects.count() == 2


def test_a_link_is_taken_away(golden):
    unlink_cause(link_cause(golden.leaks, actor=MAINSTAY, target=golden.trust), actor=MAINSTAY)
    assert not Cause.objects.exists()


def test_who_reads_only_draws_nothing(golden):
    with pytest.raises(Forbidden):
        link_cause(golden.leaks, actor=golden.world.sponsor, target=golden.trust)
    assert not Cause.objects.exists()
