"""Value against effort, and MoSCoW."""

import pytest

from mainstay.engine.scoring import Moscow, Quadrant, moscow_order, quadrants

NAN = float("nan")


def test_fields_begin_on_their_lines_and_the_unknown_has_none() -> None:
    found = quadrants([50, 49, 50, 49, NAN, 50], [49, 49, 50, 50, 1, NAN])
    assert found == [
        Quadrant.QUICK_WIN,
        Quadrant.FILL_IN,
        Quadrant.MAJOR_PROJECT,
        Quadrant.MONEY_PIT,
        None,
        None,
    ]
    assert quadrants([5], [300], value_line=4, effort_line=400) == [Quadrant.QUICK_WIN]
    with pytest.raises(ValueError, match="one effort"):
        quadrants([1, 2], [1])


def test_classes_come_first_then_points_then_the_order_given() -> None:
    classes = [Moscow.WONT, None, Moscow.SHOULD, Moscow.MUST, Moscow.SHOULD, Moscow.SHOULD, Moscow.COULD]
    assert moscow_order(classes, [99, 99, 10, 1, 20, NAN, 50]).tolist() == [3, 4, 2, 5, 6, 0, 1]
    assert moscow_order(classes).tolist() == [3, 2, 4, 5, 6, 0, 1]
    with pytest.raises(ValueError, match="one total"):
        moscow_order(classes, [1])
