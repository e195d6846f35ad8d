"""Key results, check-ins and how far they are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.queries import Reading
from mainstay.strategy.models import CheckIn, KeyResult
from mainstay.strategy.operations.results import (
    add_result,
    correct_check_in,
    edit_result,
    record_check_in,
    remove_result,
)
from mainstay.strategy.queries import Strategy
from mainstay.strategy.queries.progress import Measured, Point
from tests.strategy.conftest import measure

pytestmark = pytest.mark.django_db


def node_of(golden, goal):
    return Strategy(Reading(golden.world.administrator)).by_id[goal.pk]


@pytest.mark.parametrize(("current", "told"), [("20", "0"), ("15", "0.5"), ("10", "1"), ("8", "1.2"), ("22", "-0.2")])
def test_progress_follows_the_direction_of_the_target(golden, current, told):
    record_check_in(golden.result, actor=MAINSTAY, value=Decimal(current))
    assert node_of(golden, golden.leaks).progress == Decimal(told)


def test_a_goal_is_the_weighted_mean_of_its_key_results_and_leaves_out_what_nobody_measured(golden):
    second = measure(golden.leaks, name="Bursts", start_value=Decimal(0), target_value=Decimal(100), weight=3)
    measure(golden.leaks, name="Unknown")
    record_check_in(golden.result, actor=MAINSTAY, value=Decimal(15))
    record_check_in(second, actor=MAINSTAY, value=Decimal(10))
    node = node_of(golden, golden.leaks)
    assert (node.progress, node.unmeasured) == (Decimal("0.2"), 1)


def test_a_goal_without_key_results_is_the_mean_of_the_goals_below_it(golden):
    other = measure(golden.trust, name="Satisfied", start_value=Decimal(0), target_value=Decimal(100))
    record_check_in(golden.result, actor=MAINSTAY, value=Decimal(15))
    assert node_of(golden, golden.vision).progress == Decimal("0.5")
    record_check_in(other, actor=MAINSTAY, value=Decimal(100))
    assert node_of(golden, golden.vision).progress == Decimal("0.7")


def test_a_standing_measure_has_a_band_and_no_end(golden):
    fields = {"name": "Calls answered", "kind": "measure", "healthy_from": Decimal(90), "due_date": date(2027, 1, 1)}
    result = add_result(golden.trust, actor=MAINSTAY, **fields)
    assert (result.due_date, result.is_measure) == (None, True)
    words = []
    for day, value in enumerate((80, 95)):
        record_check_in(result, actor=MAINSTAY, value=Decimal(value), on_date=date(2026, 1, 1 + day))
        words.append(node_of(golden, golden.trust).results[0].status)
    assert words == [("bad", "Below its band"), ("good", "Healthy")]
    assert node_of(golden, golden.trust).progress is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target_value": None}, "Say the target"),
        ({"target_value": Decimal(20)}, "The target differs from the value at the start"),
        ({"due_date": date(2025, 1, 1)}, "It is due before it starts"),
        ({"kind": "measure"}, "Say from or up to which value the measure is healthy"),
        ({"kind": "measure", "healthy_from": Decimal(3), "healthy_to": Decimal(2)}, "ends before it begins"),
    ],
)
def test_a_key_result_that_makes_no_sense_is_refused(golden, changes, told):
    with pytest.raises(ValidationError, match=told):
        edit_result(golden.result, actor=MAINSTAY, **changes)
    assert KeyResult.objects.get().version == 1


def test_a_check_in_tells_nothing_of_the_future(golden):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="not what will be"):
        record_check_in(golden.result, actor=MAINSTAY, value=Decimal(1), on_date=tomorrow)
    assert not CheckIn.objects.exists()


def test_a_correction_keeps_both_entries_and_counts_instead_of_the_first(golden):
    wrong = record_check_in(golden.result, actor=MAINSTAY, value=Decimal(150), note="Quarter", confidence=4)
    right = correct_check_in(wrong, actor=MAINSTAY, value=Decimal(15))
    assert (right.note, right.confidence, right.corrects) == ("Quarter", 4, wrong)
    assert [row.value for row in CheckIn.objects.all()] == [150, 15]
    assert list(CheckIn.objects.all().standing()) == [right]
    assert node_of(golden, golden.leaks).progress == Decimal("0.5")
    with pytest.raises(Impossible, match="corrected already"):
        correct_check_in(wrong, actor=MAINSTAY, value=Decimal(16))
    assert CheckIn.objects.count() == 2


def test_progress_as_known_on_a_date_leaves_out_what_came_later(golden):
    first = record_check_in(golden.result, actor=MAINSTAY, value=Decimal(15))
    moment = timezone.now()
    correct_check_in(first, actor=MAINSTAY, value=Decimal(10))
    then = Strategy(Reading(golden.world.administrator, moment)).by_id[golden.leaks.pk]
    assert (then.progress, node_of(golden, golden.leaks).progress) == (Decimal("0.5"), 1)


def test_who_reads_only_records_nothing(golden):
    with pytest.raises(Forbidden):
        record_check_in(golden.result, actor=golden.world.controller, value=Decimal(15))
    assert not CheckIn.objects.exists()


def test_a_key_result_work_contributes_through_stays(golden):
    golden.contribute(golden.world.pumps, golden.leaks, "10", key_result=golden.result)
    with pytest.raises(Impossible, match="Work contributes through"):
        remove_result(golden.result, actor=MAINSTAY)
    assert KeyResult.objects.count() == 1


def test_a_key_result_goes_with_its_check_ins(golden):
    wrong = record_check_in(golden.result, actor=MAINSTAY, value=Decimal(150))
    correct_check_in(wrong, actor=MAINSTAY, value=Decimal(15))
    remove_result(golden.result, actor=MAINSTAY)
    assert (KeyResult.objects.count(), CheckIn.objects.count(), CheckIn.Version.objects.count()) == (0, 0, 2)


@pytest.mark.parametrize(
    ("value", "today", "told"),
    [
        (14, date(2026, 7, 1), ("good", "On track")),
        (18, date(2026, 7, 1), ("bad", "Off track")),
        (17, date(2026, 7, 1), ("warn", "At risk")),
        (10, date(2026, 2, 1), ("good", "Reached")),
        (11, date(2027, 2, 1), ("bad", "Missed")),
    ],
)
def test_a_key_result_is_set_against_the_time_that_passed(golden, value, today, told):
    point = Point(Decimal(value), date(2026, 1, 31), None)
    assert Measured(golden.result, point, today).status == told
