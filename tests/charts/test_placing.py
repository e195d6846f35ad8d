import pytest

from mainstay.charts.placing import Box, place


def test_each_mark_takes_the_first_side_that_is_free():
    marks = [(150, 60, "Meters"), (150, 60, "Ledger"), (150, 60, "Portal"), (150, 60, "Archive"), (150, 60, "Fifth")]
    assert place(marks, 300, 120, most=9) == ["right", "left", "above", "below", ""]


def test_names_stay_on_the_plot():
    assert place([(295, 60, "Meters")], 300, 120, most=9) == ["left"]
    assert place([(295, 60, "Meters")], 300, 120, most=0) == [""]
    assert place([(20, 60, "Meters")], 40, 120, most=9) == ["above"]
    assert place([(20, 5, "Meters")], 40, 40, most=9) == ["below"]
    assert place([(5, 5, "Meters")], 10, 10, most=9) == [""]


def test_no_more_are_named_than_asked_for_and_the_first_come_first():
    marks = [(50, 20 * number + 10, f"P{number}") for number in range(5)]
    assert place(marks, 300, 200, most=2) == ["right", "right", "", "", ""]


def test_a_name_does_not_cover_a_mark_that_has_one():
    assert place([(120, 60, "A"), (100, 60, "Meters")], 300, 120, most=9) == ["right", "left"]


def test_a_long_name_is_cut_to_its_letters():
    long = "x" * 100
    assert place([(10, 50, long)], 200, 100, most=1) == ["right"]
    assert place([(10, 50, long)], 200, 100, most=1, letters=100) == [""]


@pytest.mark.parametrize(
    ("other", "meets"), [(Box(5, 5, 9, 9), True), (Box(10, 10, 12, 12), True), (Box(11, 0, 12, 10), False)]
)
def test_boxes_meet_where_they_share_a_point(other, meets):
    box = Box(0, 0, 10, 10)
    assert (box.meets(other), other.meets(box)) == (meets, meets)
