"""A total over periods by a curve: exact sums, known shapes."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.basics.curves import Curve, spread

CASES = json.loads((Path(__file__).parents[3] / "frontend" / "tests" / "cases" / "curves.json").read_text())


def parts(total: str, periods: int, curve: Curve, places: int = 2) -> list[str]:
    return [str(part) for part in spread(Decimal(total), periods, curve, places)]


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        (Curve.FLAT, ["250.00", "250.00", "250.00", "250.00"]),
        (Curve.FRONT, ["400.00", "300.00", "200.00", "100.00"]),
        (Curve.BACK, ["100.00", "200.00", "300.00", "400.00"]),
        (Curve.BELL, ["200.00", "300.00", "300.00", "200.00"]),
    ],
)
def test_a_thousand_over_four_periods(curve, expected):
    assert parts("1000", 4, curve) == expected


def test_what_does_not_come_out_even_goes_to_the_largest_remainders_the_earlier_first():
    assert parts("100", 3, Curve.FLAT) == ["33.34", "33.33", "33.33"]
    assert parts("-100", 3, Curve.FLAT) == ["-33.34", "-33.33", "-33.33"]
    assert parts("0.05", 3, Curve.BACK) == ["0.01", "0.02", "0.02"]
    assert parts("7", 5, Curve.BELL, 0) == ["1", "2", "2", "1", "1"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['total']} {case['periods']} {case['curve']}")
def test_the_cases_shared_with_the_page_hold(case):
    assert parts(case["total"], case["periods"], Curve(case["curve"]), case["places"]) == case["parts"]


@given(
    units=st.integers(-(10**15), 10**15),
    periods=st.integers(1, 120),
    curve=st.sampled_from(Curve),
    places=st.integers(0, 4),
)
def test_parts_add_up_and_keep_their_shape(units, periods, curve, places):
    total = Decimal(units).scaleb(-places)
    found = spread(total, periods, curve, places)
    assert (len(found), sum(found)) == (periods, total)
    sizes = [abs(part) for part in found]
    if curve == Curve.FRONT:
        assert sizes == sorted(sizes, reverse=True)
    if curve == Curve.FLAT:
        assert max(sizes) - min(sizes) in {Decimal(0), Decimal(1).scaleb(-places)}


@pytest.mark.parametrize(
    ("total", "periods", "message"),
    [
        ("100", 0, "1 to 1200 periods"),
        ("100", 1201, "1 to 1200 periods"),
        ("0.001", 3, "2 decimals at most"),
        ("NaN", 3, "2 decimals at most"),
    ],
)
def test_nonsense_is_refused(total, periods, message):
    with pytest.raises(ValueError, match=message):
        spread(Decimal(total), periods, Curve.FLAT)
